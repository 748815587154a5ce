"""How the file of the store is opened: laid out when new, brought up to date when old."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from xianke import faultwords, rights, settings
from xianke.errors import Unreadable
from xianke.i18n import _
from xianke.store import copies
from xianke.store.complaints import BUSY, code, damaged, explained

SCHEMA_VERSION = 3
BUSY_MILLISECONDS = 5_000

_HERE = Path(__file__).parent


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the store for one read transaction; without a file, an empty one is shown."""
    with explained(path):
        if path.exists():
            connection = open_store(path)
        else:
            connection = sqlite3.connect(":memory:", isolation_level=None)
            create(connection)
        with closing(connection):
            connection.execute("BEGIN")
            yield connection


def prepare_folder(path: Path) -> None:
    """Make the folder and an empty file where the store shall be, for the user alone."""
    # Created with these rights rather than narrowed later: nobody else reads along in between.
    path.parent.mkdir(mode=rights.FOLDER, parents=True, exist_ok=True)
    path.touch(mode=rights.FILE, exist_ok=True)


def open_store(path: Path) -> sqlite3.Connection:
    """Open the file, new, current or old; refuse one that is newer or not ours.

    Rights that others have on it are taken from them.
    """
    if rights.is_planted(path):
        raise Unreadable(
            _("{path} 是别人放在公共文件夹里的").format(path=path),
            _("用 XIANKE_HOME 换一个只有自己能写的文件夹"),
        )
    rights.close_off(path)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys = ON")
        found = checked_version(connection, path)
        _use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        if found == 0:
            create(connection)
        elif found < SCHEMA_VERSION:
            copies.make(path, f"v{found}", settings.now())
            _migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def checked_version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema's version, 0 for an empty file; refuse what is newer or not ours."""
    found = version(connection)
    if found > SCHEMA_VERSION:
        raise Unreadable(
            _("这份数据由更新版本的 xianke 写成：{path}").format(path=path),
            _("升级 xianke 后再打开；数据没有被改动"),
        )
    if found == 0 and not _is_empty(connection):
        raise Unreadable(
            _("这不是 xianke 的数据文件：{path}").format(path=path),
            _("把它移到别处，或用 XIANKE_HOME 换一个地方"),
        )
    return found


def version(connection: sqlite3.Connection) -> int:
    """Return the version of the schema a file has; 0 where xianke has not written it."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def create(connection: sqlite3.Connection) -> None:
    """Lay out an empty store; a second process that came first has done it already."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version(connection) == 0:
            _run(connection, _HERE / "schema.sql")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except BaseException:
        roll_back(connection)
        raise
    connection.execute("COMMIT")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an older store up to date: the numbered steps it has not seen, all or none.

    Raise sqlite3.IntegrityError where rows are not as the schema, old or new, demands.
    """
    # A table that others point at is replaced by its successor: meanwhile they point nowhere.
    # Within a transaction this cannot be switched.
    (enforced,) = connection.execute("PRAGMA foreign_keys").fetchone()
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        _take_steps(connection)
    finally:
        connection.execute(f"PRAGMA foreign_keys = {enforced}")


def _take_steps(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again: another process may have just done it.
        for step in sorted((_HERE / "migrations").glob("*.sql")):
            if int(step.name[:4]) > version(connection):
                _run(connection, step)
                connection.execute(f"PRAGMA user_version = {int(step.name[:4])}")
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise sqlite3.IntegrityError(f"{broken[0]} {broken[1]}: FOREIGN KEY constraint failed")
    except BaseException:
        roll_back(connection)
        raise
    connection.execute("COMMIT")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    try:
        migrate(connection)
    except sqlite3.IntegrityError as error:
        # Rows that no xianke has written so: better no step than half the money.
        raise damaged(path, faultwords.of_sqlite(str(error))) from error


def roll_back(connection: sqlite3.Connection) -> None:
    """Take back the open transaction, if SQLite has not done so by itself."""
    # After a full disk, for one, it has.
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _is_empty(connection: sqlite3.Connection) -> bool:
    """Return whether a file without our version is new, and not somebody else's database."""
    if version(connection) > 0:
        return True  # Another process has just laid it out.
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _use_wal(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work side by side; the file remembers it."""
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # SQLite does not wait here. If another process is just laying out the store, it sets
        # this as well; if it holds the file for longer, the transaction will say so.
        if code(error) not in BUSY:
            raise


def _run(connection: sqlite3.Connection, script: Path) -> None:
    # Not executescript: it would commit first, and a half-made store must not stay.
    for statement in script.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            connection.execute(statement)
