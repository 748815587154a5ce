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
from xianke.errors import Unreadable
from xianke.i18n import _
from xianke.store.journal import Journal
from xianke.store.queries import Queries

SCHEMA_VERSION = 1
BUSY_MILLISECONDS = 5_000

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
                connection.execute("ROLLBACK")
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
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if version == 0:
            _create(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _create(connection: sqlite3.Connection) -> None:
    """Lay out an empty store; a second process that came first has done it already."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) == 0:
            # Not executescript: it would commit first, and a half-made store must not stay.
            script = (_HERE / "schema.sql").read_text(encoding="utf-8")
            for statement in script.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into one sentence for the user."""
    try:
        yield
    except sqlite3.IntegrityError:
        # A fault of the program, not of the file: the checks before it should have spoken.
        raise
    except sqlite3.DatabaseError as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise Unreadable(
                _("数据文件正被另一个程序占用：{path}").format(path=path),
                _("等它结束后再试一次"),
            ) from error
        if isinstance(error, sqlite3.OperationalError) and "no such" in text:
            raise
        raise Unreadable(
            _("数据文件打不开或已损坏：{path}（{reason}）").format(path=path, reason=text),
            _("把它移到别处留底，再从备份恢复"),
        ) from error
    except OSError as error:
        if error.filename is None or not str(error.filename).startswith(str(path.parent)):
            raise
        raise Unreadable(
            _("不能读写 {path}：{reason}").format(path=error.filename, reason=error.strerror),
            _("检查这个文件夹的权限，或用 XIANKE_HOME 换一个地方"),
        ) from error
