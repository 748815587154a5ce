"""Dated copies of the store: made before anything large is done to it, the last five kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

KEPT = 5
"""How many dated copies stay: enough to go back some days, few enough to find the right one."""


def make(path: Path, reason: str, at: datetime) -> Path | None:
    """Copy the store beside itself and return where; None where there is no store yet.

    The copy is named after the moment and the *reason*, a word such as `import`.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    stem = f"{path.stem}-{at:%Y%m%d-%H%M%S}-{reason}"
    target = folder / f"{stem}.db"
    number = 2
    while target.exists():
        target = folder / f"{stem}-{number}.db"
        number += 1
    write(path, target)
    for old in sorted(folder.glob(f"{path.stem}-*.db"), key=_made)[:-KEPT]:
        old.unlink()
    return target


def write(path: Path, target: Path) -> None:
    """Write a whole and consistent copy of the store at *path* to *target*, for its owner alone."""
    target.touch(mode=0o600, exist_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _made(path: Path) -> tuple[float, str]:
    return path.stat().st_mtime, path.name
