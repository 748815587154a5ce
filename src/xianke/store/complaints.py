"""What SQLite and the file system say about a file, as one sentence for the user."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xianke import faultwords
from xianke.errors import NotUnderstood, Unreadable
from xianke.i18n import _

BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NO_ACCESS = (
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_DAMAGED_SIGNS = (
    "no such table",
    "already exists",
    "unsupported file format",
    "Could not decode to UTF-8",
)
"""What SQLite says without a code of its own about a file that is not as a store should be."""


class Damaged(Unreadable):
    """The store itself is not as it should be; a restored backup may take its place."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say about *path* into one sentence for the user."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        explanation = _explanation(error, path)
        if explanation is None:
            # A fault of the program, not of the file.
            raise
        raise explanation from error
    except UnicodeEncodeError as error:
        if error.reason != "surrogates not allowed":
            raise
        raise NotUnderstood(
            _("「{text}」里有存不下的字符").format(text=error.object),
            _("把终端的编码设成 UTF-8，再写一遍"),
        ) from error
    except OSError as error:
        if Path(str(error.filename)) not in (path, *path.parents):
            raise
        raise no_access(Path(str(error.filename)), faultwords.of_system(error)) from error


@contextmanager
def suspected(path: Path) -> Iterator[None]:
    """Do the same where nothing but the file can be at fault: whatever else is said is damage."""
    try:
        with explained(path):
            yield
    # What SQLite quotes from a spoiled file may be no text at all.
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise damaged(path, faultwords.of_sqlite(str(error))) from error


def code(error: sqlite3.DatabaseError) -> int:
    """Return what happened; what stands above the low byte only says where in SQLite."""
    found: int = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return found


def is_about_access(error: sqlite3.DatabaseError) -> bool:
    """Return whether a file could not be opened, read or written: rights, a full disk."""
    return code(error) in _NO_ACCESS


def _explanation(error: sqlite3.DatabaseError, path: Path) -> Unreadable | None:
    text = str(error)
    if code(error) in BUSY:
        return Unreadable(
            _("数据文件正被另一个程序占用：{path}").format(path=path), _("等它结束后再试一次")
        )
    if is_about_access(error):
        return no_access(path, faultwords.of_sqlite(text))
    if code(error) in _DAMAGED or any(sign in text for sign in _DAMAGED_SIGNS):
        return damaged(path, faultwords.of_sqlite(text))
    return None


def damaged(path: Path, reason: str) -> Damaged:
    """Return that a store is damaged, and the way out."""
    return Damaged(
        _("数据文件打不开或已损坏：{path}（{reason}）").format(path=path, reason=reason),
        _("从备份恢复：xianke restore 会列出有哪些备份，坏掉的这份也会留着"),
    )


def no_access(path: Path, reason: str) -> Unreadable:
    """Return that a file cannot be read or written, and what to look at."""
    return Unreadable(
        _("不能读写 {path}：{reason}").format(path=path, reason=reason),
        _("检查这个文件夹的权限和磁盘空间，或用 XIANKE_HOME 换一个地方"),
    )
