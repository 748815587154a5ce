"""Write `docs/dependencies.md`: what an installation brings along, under which licence.

Run it in an environment in which xianke is installed with its extra `calendar`. With `--check`
it only says whether the names in the file are those that are installed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TARGET = Path(__file__).parent.parent / "docs" / "dependencies.md"
PINNED = TARGET.parent.parent / "requirements" / "dev.txt"
OLDEST = PINNED.parent / "oldest.txt"
HEAD = """# What is installed along with xianke

Written by `make dependencies` from what the packages say of themselves; versions are those of the
environment in which it ran. A plain installation brings the first table, the extra `calendar` the
second as well. None of them is part of xianke (see `NOTICE`).
"""
_ROW = re.compile(r"^\| ([a-z0-9-]+) \|", re.MULTILINE)
_PIN = re.compile(r"^([a-z0-9-]+)==", re.MULTILINE)
_LICENCE = re.compile(r"License :: (?:OSI Approved :: )?(.+)")


def main(arguments: list[str]) -> int:
    """Write the file, or with `--check` compare names."""
    plain = installed("xianke", set())
    more = installed("xianke", {"calendar"}) - plain
    if "--check" in arguments:
        wrong = stale(TARGET.read_text(encoding="utf-8"), plain | more)
        if wrong:
            print(f"{TARGET.name} is stale: {', '.join(sorted(wrong))}; make dependencies")
        return 1 if wrong else 0
    text = HEAD + _table("A plain installation", plain) + _table("The extra `calendar`", more)
    TARGET.write_text(text, encoding="utf-8")
    return 0


def listed(text: str) -> set[str]:
    """Return the names that the file holds."""
    return set(_ROW.findall(text)) - {"package"}


def stale(text: str, found: set[str]) -> set[str]:
    """Return the names that the file lacks, and those that nothing needs any more.

    What another Python or system needs is not installed here, but pinned; what only the oldest
    versions need is not listed.
    """
    pinned = set(_PIN.findall(PINNED.read_text(encoding="utf-8")))
    left_behind = set(_PIN.findall(OLDEST.read_text(encoding="utf-8"))) - pinned
    return (found - listed(text) - left_behind) | (listed(text) - found - pinned)


def installed(name: str, extras: set[str]) -> set[str]:
    """Return the names of all that a package with some extras needs, directly or by others."""
    found: set[str] = set()
    waiting = [(name, extras)]
    while waiting:
        for needed in _needs(*waiting.pop()):
            key = canonicalize_name(needed.name)
            if key not in found and key != name:
                found.add(key)
                waiting.append((key, set(needed.extras)))
    return found


def _needs(name: str, extras: set[str]) -> Iterator[Requirement]:
    try:
        about = distribution(name)
    except PackageNotFoundError:
        return
    for line in about.requires or ():
        needed = Requirement(line)
        wanted = [needed.marker is None or needed.marker.evaluate({"extra": extra})
                  for extra in (extras or {""})]  # fmt: skip
        if any(wanted):
            yield needed


def _table(title: str, names: set[str]) -> str:
    rows = "".join(f"| {name} | {_version(name)} | {_licence(name)} |\n" for name in sorted(names))
    return f"\n## {title}\n\n| package | version | licence |\n|---|---|---|\n{rows}"


def _version(name: str) -> str:
    return distribution(name).version


def _licence(name: str) -> str:
    """Return the licence by its identifier, else by its classifier, else the first line."""
    about = distribution(name)
    # Packages of different ages say it in different headers.
    metadata = about.metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    classified = [
        match[1]
        for line in metadata.get_all("Classifier") or ()
        if (match := _LICENCE.fullmatch(line)) and match[1] != "OSI Approved"
    ]
    if classified:
        return ", ".join(classified)
    stated = metadata["License"].strip() if "License" in metadata else ""
    return stated.splitlines()[0] if stated else _from_file(about)


def _from_file(about: Distribution) -> str:
    for file in about.files or ():
        if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING")):
            return file.read_text().strip().splitlines()[0].strip()
    return "not stated"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
