"""Fuzz one reader of files led by coverage: `python -m tests.fuzz.guided "gig file" [options]`.

Needs atheris (`pip install atheris`), which is no dependency of anything here; the options are
libFuzzer's, such as `-max_total_time=60`. `make soak-guided` goes through all readers of files.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["xianke", "icalendar", "yaml"]):
    from tests.fuzz.targets import TARGETS

    from xianke.errors import XiankeError


def main(name: str, options: list[str]) -> None:
    """Begin at some damaged files, and go on from whatever reaches new lines."""
    target = next(one for one in TARGETS if one.name == name)
    folder = Path(tempfile.mkdtemp(prefix="xianke-fuzz-"))
    os.environ["XIANKE_HOME"] = str(folder / "home")

    def read(data: bytes) -> None:
        try:
            target.read(data, folder)
        except XiankeError:
            return

    seeds = folder / "seeds"
    seeds.mkdir()
    assert target.inputs.seeds is not None, "it reads no files"
    for number, seed in enumerate(target.inputs.seeds()):
        (seeds / str(number)).write_bytes(seed)
    atheris.Setup([sys.argv[0], *options, str(seeds)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
