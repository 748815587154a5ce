"""Check `data/*.yaml` and write the compiled catalogue below `src/xianke/_data`.

Run as `python tools/make_data.py`; with `--check` nothing is written and the exit status says
whether the compiled files are current.
"""

from __future__ import annotations

import sys
from pathlib import Path

from xianke import datafile
from xianke.schema import MODELS

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "data"
TARGET = ROOT / "src" / "xianke" / "_data"


def compiled(name: str) -> tuple[str | None, list[str]]:
    """Return the JSON of one data file, or the problems found in it."""
    data, problems = datafile.check(SOURCE / f"{name}.yaml", MODELS[name])
    if data is None:
        return None, [str(problem) for problem in problems]
    return datafile.compiled(name, data), []


def main() -> int:
    """Compile every data file, or check that the compiled ones are current."""
    failed = False
    for name in MODELS:
        text, problems = compiled(name)
        for problem in problems:
            print(f"data/{problem}", file=sys.stderr)
        if text is None:
            failed = True
            continue
        target = TARGET / f"{name}.json"
        if "--check" not in sys.argv:
            target.write_text(text, encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != text:
            print(f"{target.name} is stale: run `make data`", file=sys.stderr)
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
