"""Put a backup in the place of the store: looked through first, then exchanged as one step.

Whatever a file is, its rows go one by one into a new store made by this program, so that nothing
but checked rows of known tables comes in. The present store is copied aside under the lock under
which it is replaced: no change of another command can fall in between.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from xianke import faultwords, settings
from xianke.errors import Unreadable
from xianke.i18n import _
from xianke.store import copies, guarding, lines, loading, opening
from xianke.store.backups import Summary, summary
from xianke.store.complaints import (
    BUSY,
    Damaged,
    code,
    explained,
    is_about_access,
    no_access,
    suspected,
)
from xianke.store.lines import Loose

if TYPE_CHECKING:
    from xianke.store.loading import Doubt

_SQLITE = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Found:
    """A file looked through from end to end; its content lies as a new store in `store`."""

    path: Path
    kind: Literal["sqlite", "lines"]
    made_at: datetime
    summary: Summary
    doubts: tuple[Doubt, ...]
    store: Path


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of the store before: `copy` is None where it was empty.

    A `damaged` one was laid aside as it was, and does not lead back.
    """

    copy: Path | None
    damaged: bool


def find(name: str) -> Path:
    """Return the file of that name; a dated copy needs no folder before it."""
    path = Path(name)
    beside = copies.folder_of(settings.database_path()) / name
    return beside if path.name == name and not path.exists() and beside.exists() else path


def present() -> Summary | None:
    """Return what the store holds now, None where it is damaged."""
    path = settings.database_path()
    try:
        with suspected(path), opening.reading(path) as connection:
            return summary(connection)
    except Damaged:
        return None


@contextmanager
def examined(path: Path) -> Iterator[Found]:
    """Look through a file and keep its content ready beside the store for as long as needed.

    Raise Unreadable for what is no whole and sound backup; nothing is changed by that.
    """
    kind = _kind(path)
    home = settings.home()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(prefix=".restore-", dir=home)
    except OSError as error:
        raise no_access(home, faultwords.of_system(error)) from error
    with folder as name:
        fresh = Path(name, "fresh.db")
        fresh.touch(mode=0o600)
        with explained(home), closing(sqlite3.connect(fresh, isolation_level=None)) as target:
            opening.create(target)
            if kind == "sqlite":
                made_at = _take_sqlite(path, Path(name, "old.db"), target)
            else:
                made_at = _take_lines(path, target)
            answer = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if answer != "ok":
                raise _broken(path, str(answer))
            found = Found(path, kind, made_at, summary(target), loading.doubts(target), fresh)
        if found.summary.rows == 0:
            raise lines.spoiled(_("「{name}」里什么数据也没有").format(name=path.name))
        yield found


def put_in_place(found: Found, now: datetime) -> Restored:
    """Let the content of a file take the place of the store, and keep what was there before."""
    path = settings.database_path()
    with explained(path):
        opening.prepare_folder(path)
    try:
        with suspected(path):
            return Restored(_exchange(found, path, now), damaged=False)
    except Damaged:
        with explained(path):
            return Restored(_replace(found, path, now), damaged=True)


def _exchange(found: Found, path: Path, now: datetime) -> Path | None:
    """Copy the present store aside and write the new content over it, under one lock."""
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        store.execute(f"PRAGMA busy_timeout = {opening.BUSY_MILLISECONDS}")
        opening.checked_version(store, path)
        # Once taken, such a lock stays until the file is closed, whatever is done meanwhile;
        # within a transaction of its own SQLite would not copy.
        store.execute("PRAGMA locking_mode = EXCLUSIVE")
        store.execute("BEGIN EXCLUSIVE")
        store.execute("COMMIT")
        opening.checked_version(store, path)
        copy = None
        if not _has_nothing(store):
            copy = copies.keep(store, path, "restore", now, spare=found.path.resolve())
        with closing(sqlite3.connect(found.store, isolation_level=None)) as fresh:
            # A file that is in use cannot change the size of its pages.
            size = store.execute("PRAGMA page_size").fetchone()[0]
            if fresh.execute("PRAGMA page_size").fetchone()[0] != size:
                fresh.execute(f"PRAGMA page_size = {size}")
                fresh.execute("VACUUM")
            copies.pages(fresh, store)
    return copy


def _has_nothing(store: sqlite3.Connection) -> bool:
    tables = store.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return all(
        store.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is None for (table,) in tables
    )


def _replace(found: Found, path: Path, now: datetime) -> Path:
    """Lay a store that SQLite cannot read aside as it is, and put the new one there."""
    aside = copies.new_name(path, copies.DAMAGED, now)
    belonging = [Path(f"{path}{end}") for end in ("-wal", "-shm", "-journal")]
    with copies.unfinished(aside) as part:
        shutil.copyfile(path, part)
        part.replace(aside)
    for file in belonging:
        if file.exists():
            # What another file has still to say belongs to the damaged one, and not to the new.
            file.replace(f"{aside}{file.name.removeprefix(path.name)}")
    found.store.replace(path)
    return aside


def _kind(path: Path) -> Literal["sqlite", "lines"]:
    """Return what a file is, by its first bytes."""
    try:
        if path.is_dir():
            raise Unreadable(_("「{name}」是文件夹").format(name=path), _("写出里面的哪个备份文件"))
        if path.exists() and not path.is_file():
            raise Unreadable(_("「{name}」不是普通文件").format(name=path))
        with path.open("rb") as file:
            head = file.read(64)
    except FileNotFoundError:
        raise Unreadable(
            _("没有「{name}」这个文件").format(name=path),
            _("看有哪些备份：xianke restore"),
        ) from None
    except (OSError, ValueError) as error:
        raise _closed(path) from error
    if not head:
        raise Unreadable(
            _("「{name}」是空的").format(name=path.name), _("看有哪些备份：xianke restore")
        )
    if head.startswith(_SQLITE):
        return "sqlite"
    if head.lstrip(b"\xef\xbb\xbf").startswith(b"{"):
        return "lines"
    raise lines.foreign(path.name)


def _take_lines(path: Path, target: sqlite3.Connection) -> datetime:
    try:
        with path.open("rb") as file:
            header, rows = lines.read(file, path.name)
            loading.load(rows, header.last_ids, target, path.name)
    except OSError as error:
        raise _closed(path) from error
    return header.at


def _take_sqlite(path: Path, old: Path, target: sqlite3.Connection) -> datetime:
    with _source(path, old) as source:
        with _readable(path):
            last_ids = lines.last_ids(source)
        loading.load(_loose(source, path), last_ids, target, path.name)
    named = copies.named_for(path)
    zone = settings.zone()
    if named is not None:
        return named[0].replace(tzinfo=zone)
    return datetime.fromtimestamp(path.stat().st_mtime, zone).replace(microsecond=0)


def _loose(source: sqlite3.Connection, path: Path) -> Iterator[Loose]:
    with _readable(path):
        for table, row in lines.rows_of(source):
            key = lines.shown(next(iter(row.values())))
            where = _("里 {table} 编号 {key} 的那一行").format(table=table, key=key)
            yield Loose(where, table, row)


@contextmanager
def _source(path: Path, old: Path) -> Iterator[sqlite3.Connection]:
    """Open a copy of a store for reading, an older one brought up to date in the file *old*."""
    # Where no other program writes, nothing is written beside the file, and nothing could be.
    busy = Path(f"{path}-wal").exists()
    uri = f"{path.resolve().as_uri()}?mode=ro{'' if busy else '&immutable=1'}"
    with ExitStack() as stack:
        with _readable(path):
            source = stack.enter_context(closing(sqlite3.connect(uri, uri=True)))
            guarding.limit(source, path.stat().st_size)
            if _version_of_ours(source, path) < opening.SCHEMA_VERSION:
                older = source
                source = stack.enter_context(closing(sqlite3.connect(old, isolation_level=None)))
                copies.pages(older, source)
                guarding.limit(source, path.stat().st_size)
                guarding.drop_programs(source)
                opening.migrate(source)
            for table, columns in lines.COLUMNS.items():
                found = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
                if found != set(columns):
                    raise lines.foreign(path.name)
            answer = source.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if answer != "ok":
                raise _broken(path, str(answer))
        yield source


def _version_of_ours(source: sqlite3.Connection, path: Path) -> int:
    version = opening.version(source)
    tables = {name for (name,) in source.execute("SELECT name FROM sqlite_master")}
    ours = {"gig", "entry", "change"} <= tables and guarding.are_plain(source, lines.COLUMNS)
    if version == 0 or not ours:
        raise lines.foreign(path.name)
    if version > opening.SCHEMA_VERSION:
        raise lines.newer(path.name)
    return version


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn what SQLite says about a file that shall be restored into one sentence."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if code(error) in BUSY or is_about_access(error):
            raise _closed(path) from error
        raise _broken(path, faultwords.of_sqlite(str(error))) from error
    except UnicodeDecodeError as error:
        # What SQLite quotes from a spoiled file may be no text at all.
        raise _broken(path, faultwords.of_sqlite(str(error))) from error


def _broken(path: Path, reason: str) -> Unreadable:
    return lines.spoiled(
        _("「{name}」损坏了：{reason}").format(name=path.name, reason=lines.shown(reason))
    )


def _closed(path: Path) -> Unreadable:
    return Unreadable(
        _("打不开「{name}」").format(name=path), _("看看有没有读取权限，是不是正被别的程序占用")
    )
