"""Print a command of README.md's first screen, so that CI runs what readers are told to run.

`python tools/readme_command.py 1` prints the one that runs the demo, `2` the one that runs the
tests. They are the first two `sh` blocks of the file.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def commands(text: str) -> list[str]:
    """Return the content of every `sh` block, in order."""
    return [block.strip() for block in re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)]


if __name__ == "__main__":
    print(commands(README.read_text(encoding="utf-8"))[int(sys.argv[1]) - 1])
