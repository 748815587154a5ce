"""Dated copies of the store: made before anything large is done to it, the last five kept.

The user's own backups lie among them and are never removed.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xianke import faultwords
from xianke.errors import Unreadable
from xianke.i18n import _
from xianke.store.complaints import BUSY, code, damaged, explained, is_about_access, no_access

KEPT = 5
"""How many dated copies stay: enough to go back some days, few enough to find the right one."""

OWN = "backup"
"""The reason of a copy that the user asked for."""

DAMAGED = "damaged"
"""The reason of a store that could not be read, laid aside as it was."""

_STAYING = (OWN, DAMAGED)
_NAME = re.compile(r"-(?P<at>\d{8}-\d{6})-(?P<reason>[a-z]+\d*)(?:-\d+)?\.db")


@dataclass(frozen=True, slots=True)
class Copy:
    """A dated copy; `reason` is why it was made: `backup`, `import`, `restore`, `v1`, `damaged`."""

    path: Path
    at: datetime
    reason: str
    size: int


def folder_of(path: Path) -> Path:
    """Return where the dated copies of a store lie."""
    return path.parent / "backups"


def listed(path: Path) -> list[Copy]:
    """Return the dated copies of the store at *path*, oldest first; `at` is civil time.

    Raise Unreadable where their folder cannot be looked into: that is not the same as no copy.
    """
    folder = folder_of(path)
    found = []
    try:
        for file in folder.iterdir():
            named = named_for(file, path.stem) if file.name.startswith(path.stem) else None
            if named is not None and file.is_file():
                status = file.stat()
                found.append((status.st_mtime, Copy(file, *named, status.st_size)))
    except (FileNotFoundError, NotADirectoryError):
        # No folder yet; or a copy went while it was looked at.
        pass
    except OSError as error:
        raise no_access(folder, faultwords.of_system(error)) from error
    # By their names first: a folder that was moved may have lost the times of its files.
    return [copy for _time, copy in sorted(found, key=lambda one: (one[1].at, one[0]))]


def named_for(file: Path, stem: str = "xianke") -> tuple[datetime, str] | None:
    """Return when and why a dated copy was made, as its name says; None for any other file."""
    name = _NAME.fullmatch(file.name.removeprefix(stem))
    if name is None:
        return None
    try:
        return datetime.strptime(name["at"], "%Y%m%d-%H%M%S"), name["reason"]
    except ValueError:
        return None


def make(path: Path, reason: str, at: datetime) -> Path | None:
    """Copy the store beside itself and return where; None where there is no store yet.

    The copy is named after the moment and the *reason*, a word such as `import`.
    """
    with explained(path):
        if not path.exists() or path.stat().st_size == 0:
            return None
        with closing(sqlite3.connect(path)) as source:
            return keep(source, path, reason, at)


def keep(
    source: sqlite3.Connection, path: Path, reason: str, at: datetime, *, spare: Path | None = None
) -> Path:
    """Copy the store at *path*, open as *source*, beside itself and return where.

    Old copies go, the user's own and *spare* excepted.
    """
    target = new_name(path, reason, at)
    fill(source, path, target)
    fleeting = [
        copy.path
        for copy in listed(path)
        if copy.reason not in _STAYING and copy.path not in (target, spare)
    ]
    room = KEPT if reason in _STAYING else KEPT - 1
    for old in fleeting[: max(0, len(fleeting) - room)]:
        old.unlink(missing_ok=True)
    return target


def new_name(path: Path, reason: str, at: datetime, folder: Path | None = None) -> Path:
    """Return a free name for a dated copy, in the folder for them unless another is given."""
    if folder is None:
        folder = folder_of(path)
        with explained(folder):
            folder.mkdir(mode=0o700, exist_ok=True)
    stem = f"{path.stem}-{at:%Y%m%d-%H%M%S}-{reason}"
    target = folder / f"{stem}.db"
    number = 2
    while target.exists():
        target = folder / f"{stem}-{number}.db"
        number += 1
    return target


def fill(source: sqlite3.Connection, path: Path, target: Path) -> None:
    """Write a whole and consistent copy of the store at *path*, open as *source*, to *target*.

    It is looked through before it gets its name: *target* is complete, or as it was before.
    Raise Damaged where the store is, Unreadable where *target* cannot be written.
    """
    with explained(path):
        # Whatever is wrong with the store itself is said here, before there is another file.
        source.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        with unfinished(target) as part:
            answer = _filled(source, path, part, target)
            if answer != "ok":
                raise damaged(path, answer)
            part.replace(target)


def _filled(source: sqlite3.Connection, path: Path, part: Path, target: Path) -> str:
    """Fill a file with a copy and return what SQLite has to say about it."""
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        try:
            pages(source, copy)
            # One plain file, that can be read where nothing may be written beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
            return str(copy.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            if code(error) == sqlite3.SQLITE_READONLY:
                # The copy is ours to write: what forbids it was copied from a spoiled beginning.
                raise damaged(path, faultwords.of_sqlite(str(error))) from error
            if is_about_access(error):
                raise not_written(target, faultwords.of_sqlite(str(error))) from error
            raise


def pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a whole database over another in one transaction; do not wait for ever for a lock."""

    def give_up(status: int, _remaining: int, _total: int) -> None:
        # SQLite has waited as long as it was told; Python would begin again, and never end.
        if status & 0xFF in BUSY:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = status
            raise error

    source.backup(target, progress=give_up)


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """Give a file beside *target* to write to, for its owner alone; what is left of it goes."""
    try:
        handle, name = tempfile.mkstemp(prefix=".xianke-", suffix=".part", dir=target.parent)
        os.close(handle)
        part = Path(name)
        try:
            yield part
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise not_written(target, faultwords.of_system(error)) from error


def not_written(target: Path, reason: str) -> Unreadable:
    """Return that a copy cannot be written there."""
    return Unreadable(
        _("写不了 {path}：{reason}").format(path=target, reason=reason), _("换一个能写的地方")
    )
