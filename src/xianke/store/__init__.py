"""The store: one SQLite file, one transaction per command, every SQL statement.

`read()` and `write()` are the only doors. A writing command names its action and subject, and
whatever it changes goes into the journal in the same transaction, so that `undo` can reverse it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from xianke import settings
from xianke.errors import NotUnderstood, Unreadable
from xianke.i18n import _
from xianke.store import copies
from xianke.store.journal import Journal
from xianke.store.queries import Queries

SCHEMA_VERSION = 2
BUSY_MILLISECONDS = 5_000

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NO_ACCESS = (
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_DAMAGED_SIGNS = ("no such table", "already exists", "unsupported file format")
"""What SQLite says without a code of its own about a file that is not as a store should be."""

_HERE = Path(__file__).parent

__all__ = ["SCHEMA_VERSION", "Journal", "Queries", "read", "write"]


@contextmanager
def read() -> Iterator[Queries]:
    """Open the store for one read transaction; without a file, an empty one is shown.

    Raise Unreadable for a file that is damaged, locked, or newer than the program.
    """
    path = settings.database_path()
    with _explained(path):
        if path.exists():
            connection = _open(path)
        else:
            connection = sqlite3.connect(":memory:", isolation_level=None)
            _create(connection)
        with closing(connection):
            connection.execute("BEGIN")
            yield Queries(connection)


@contextmanager
def write(action: str, subject: str, at: datetime) -> Iterator[Journal]:
    """Open the store for one writing command: all of it happens, or nothing.

    *action* is a code such as `gig.add` and *subject* what it was about, in the user's words;
    `undo` names both. A command that changes no row leaves no trace in the journal.
    """
    path = settings.database_path()
    with _explained(path):
        _prepare_folder(path)
        with closing(_open(path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                journal = Journal(connection, action, subject, at.isoformat(timespec="seconds"))
                yield journal
                journal.close()
            except BaseException:
                _roll_back(connection)
                raise
            connection.execute("COMMIT")


def _prepare_folder(path: Path) -> None:
    # Created with these rights rather than narrowed later: nobody else reads along in between.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys = ON")
        version = _version(connection)
        if version > SCHEMA_VERSION:
            raise Unreadable(
                _("这份数据由更新版本的 xianke 写成：{path}").format(path=path),
                _("升级 xianke 后再打开；数据没有被改动"),
            )
        if version == 0 and not _is_empty(connection):
            raise Unreadable(
                _("这不是 xianke 的数据文件：{path}").format(path=path),
                _("把它移到别处，或用 XIANKE_HOME 换一个地方"),
            )
        _use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        if version == 0:
            _create(connection)
        elif version < SCHEMA_VERSION:
            copies.make(path, f"v{version}", settings.now())
            _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _is_empty(connection: sqlite3.Connection) -> bool:
    """Return whether a file without our version is new, and not somebody else's database."""
    if _version(connection) > 0:
        return True  # Another process has just laid it out.
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _use_wal(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work side by side; the file remembers it."""
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # SQLite does not wait here. If another process is just laying out the store, it sets
        # this as well; if it holds the file for longer, the transaction will say so.
        if error.sqlite_errorcode & 0xFF not in _BUSY:
            raise


def _roll_back(connection: sqlite3.Connection) -> None:
    # After a full disk, for one, SQLite has rolled back by itself.
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _create(connection: sqlite3.Connection) -> None:
    """Lay out an empty store; a second process that came first has done it already."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) == 0:
            _run(connection, _HERE / "schema.sql")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except BaseException:
        _roll_back(connection)
        raise
    connection.execute("COMMIT")


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring an older store up to date: the numbered steps it has not seen, all or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again: another process may have just done it.
        for step in sorted((_HERE / "migrations").glob("*.sql")):
            if int(step.name[:4]) > _version(connection):
                _run(connection, step)
                connection.execute(f"PRAGMA user_version = {int(step.name[:4])}")
    except BaseException:
        _roll_back(connection)
        raise
    connection.execute("COMMIT")


def _run(connection: sqlite3.Connection, script: Path) -> None:
    # Not executescript: it would commit first, and a half-made store must not stay.
    for statement in script.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            connection.execute(statement)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into one sentence for the user."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        explained = _explanation(error, path)
        if explained is None:
            # A fault of the program, not of the file.
            raise
        raise explained from error
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
        raise _no_access(Path(str(error.filename)), str(error.strerror)) from error


def _explanation(error: sqlite3.DatabaseError, path: Path) -> Unreadable | None:
    text = str(error)
    # The low byte says what happened; what stands above it only where in SQLite.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return Unreadable(
            _("数据文件正被另一个程序占用：{path}").format(path=path), _("等它结束后再试一次")
        )
    if code in _NO_ACCESS:
        return _no_access(path, text)
    if code in _DAMAGED or any(sign in text for sign in _DAMAGED_SIGNS):
        return Unreadable(
            _("数据文件打不开或已损坏：{path}（{reason}）").format(path=path, reason=text),
            _("把它移到别处留底，再从备份恢复"),
        )
    return None


def _no_access(path: Path, reason: str) -> Unreadable:
    return Unreadable(
        _("不能读写 {path}：{reason}").format(path=path, reason=reason),
        _("检查这个文件夹的权限和磁盘空间，或用 XIANKE_HOME 换一个地方"),
    )
