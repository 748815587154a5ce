"""Whether the store is sound: its pages, its schema, its rows, its money and its journal."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xianke import faultwords, rights
from xianke.ailments import Ailment
from xianke.errors import Unreadable
from xianke.i18n import _, plural
from xianke.store import bookkeeping, copies, guarding, opening
from xianke.store.backups import Summary, summary
from xianke.store.bookkeeping import MOST_NAMED
from xianke.store.complaints import BUSY, code, is_about_access
from xianke.store.lines import COLUMNS
from xianke.store.looking import looked_at
from xianke.store.tables import TABLES, key_column

_LETTERS = {"gig": "g", "payout": "p", "slot": "s", "skill": "k", "asset": "a", "bill_row": "b"}


@dataclass(frozen=True, slots=True)
class Examined:
    """What a store is: its `version`, None where it could not be read, and what is wrong with it.

    `summary` is None where the rows cannot be counted, or there is no store. `money` and `journal`
    are what is wrong with the sums and with the way back, `store` all else.
    """

    version: int | None
    summary: Summary | None
    store: tuple[Ailment, ...] = ()
    money: tuple[Ailment, ...] = ()
    journal: tuple[Ailment, ...] = ()


def examine(path: Path) -> Examined:
    """Look through the store at *path* without writing; whatever is wrong is in the answer."""
    try:
        if not path.exists():
            return Examined(None, None, tuple(_missing(path)))
        if rights.is_planted(path):
            return Examined(None, None, (_planted(path),))
        with looked_at(path) as connection:
            return _examined(connection, path)
    except (sqlite3.DatabaseError, UnicodeDecodeError, OSError) as error:
        return Examined(None, None, (_refusal(error, path),))


def way_back(path: Path) -> str:
    """Return how to come to a sound store again: the newest copy that can be read, by name."""
    try:
        kept = _kept(path)
    except Unreadable:
        kept = []
    for copy in reversed(kept):
        if is_readable(copy.path):
            return _("最近的好备份：xianke restore {name}").format(name=copy.path.name)
    return _("从备份恢复：xianke restore 会列出有哪些备份，坏掉的这份也会留着")


def is_readable(copy: Path) -> bool:
    """Return whether a dated copy is whole and of a schema that this program knows."""
    try:
        with looked_at(copy) as connection:
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            return answer == "ok" and 0 < opening.version(connection) <= opening.SCHEMA_VERSION
    except (sqlite3.DatabaseError, UnicodeDecodeError, OSError):
        return False


def _examined(connection: sqlite3.Connection, path: Path) -> Examined:
    found = opening.version(connection)
    if found > opening.SCHEMA_VERSION:
        return Examined(found, None, (_newer(path, found),))
    empty = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    if found == 0:
        return Examined(0, None, () if empty else (_foreign(path),))
    wrong = _collected(path, _pages(connection, path), _pointers(connection, path))
    if found < opening.SCHEMA_VERSION or _is_spoiled(wrong):
        return Examined(found, None, wrong)
    shape = _shape(connection, path)
    wrong = (*wrong, shape) if shape else (*wrong, *_collected(path, _rows(connection, path)))
    if shape or _is_spoiled(wrong):
        return Examined(found, None, wrong)
    return Examined(
        found,
        summary(connection),
        wrong,
        _collected(path, bookkeeping.money_ailments(connection, path)),
        _collected(path, bookkeeping.journal_ailments(connection, path, way_back(path))),
    )


def _is_spoiled(wrong: tuple[Ailment, ...]) -> bool:
    """Return whether nothing further can be said: pages or values cannot be relied on."""
    return any(one.code in ("store_damaged", "rows") for one in wrong)


def _collected(path: Path, *checks: Iterator[Ailment]) -> tuple[Ailment, ...]:
    """Run checks to their end; one that SQLite breaks off is damage, and does not stop the next."""
    found: list[Ailment] = []
    for check in checks:
        try:
            found.extend(check)
        except (sqlite3.DatabaseError, UnicodeDecodeError, OverflowError) as error:
            if not any(one.code == "store_damaged" for one in found):
                found.append(_damaged(path, faultwords.of_sqlite(str(error))))
    return tuple(found)


def _pages(connection: sqlite3.Connection, path: Path) -> Iterator[Ailment]:
    # What SQLite quotes from a spoiled file may be no text at all.
    connection.text_factory = lambda data: data.decode(errors="replace")
    try:
        rows = connection.execute(f"PRAGMA integrity_check({MOST_NAMED})").fetchall()
    finally:
        connection.text_factory = str
    said = [str(text) for (text,) in rows if text != "ok"]
    if said:
        yield _damaged(path, " ".join(said[0].split("\n")[-1].split()))


def _pointers(connection: sqlite3.Connection, path: Path) -> Iterator[Ailment]:
    lost: dict[tuple[str, str], list[str]] = {}
    for table, row, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        lost.setdefault((table, parent), []).append(f"{_LETTERS.get(table, '')}{row}")
    for (table, parent), ids in lost.items():
        yield Ailment(
            "foreign_keys",
            "damage",
            plural("{table} 里有 {count} 行，所指的 {parent} 不在了", len(ids)).format(
                table=table, count=len(ids), parent=parent
            ),
            way_back(path),
            path,
            tuple(ids[:MOST_NAMED]),
        )


def _shape(connection: sqlite3.Connection, path: Path) -> Ailment | None:
    """Return that tables or columns are not those of the schema; the version alone says little."""
    missing = [
        table
        for table, columns in COLUMNS.items()
        if {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} != set(columns)
    ]
    if not missing and guarding.are_plain(connection, COLUMNS):
        return None
    return Ailment(
        "schema",
        "damage",
        _("表和这个版本的 xianke 要的不一样：{names}").format(names=", ".join(missing) or "?"),
        way_back(path),
        path,
        tuple(missing),
    )


def _rows(connection: sqlite3.Connection, path: Path) -> Iterator[Ailment]:
    """Read every value of every row: whether it is of its kind, and text is text."""
    for record, table in TABLES.items():
        wrong = " OR ".join(
            f"typeof(\"{field.name}\") NOT IN ('{_kind(str(field.type))}', 'null')"
            for field in dataclasses.fields(record)
        )
        key = key_column(table)
        rows = connection.execute(f"SELECT {key} FROM {table} WHERE {wrong}").fetchall()
        if rows:
            text = plural("{table} 里有 {count} 行的值不对", len(rows))
            yield Ailment(
                "rows",
                "damage",
                text.format(table=table, count=len(rows)),
                way_back(path),
                path,
                tuple(f"{_LETTERS.get(table, '')}{one}" for (one,) in rows[:MOST_NAMED]),
            )
        for _row in connection.execute(f"SELECT * FROM {table}"):
            pass


def _kind(annotation: str) -> str:
    return "integer" if annotation.split(" |")[0] in ("int", "bool") else "text"


# What stands in the way of looking


def _missing(path: Path) -> Iterator[Ailment]:
    try:
        kept = bool(_kept(path))
    except Unreadable:
        kept = True
    if kept or Path(f"{path}-wal").exists():
        yield Ailment(
            "store_missing", "damage", _("数据文件不见了，可是有过"), way_back(path), path
        )


def _refusal(error: Exception, path: Path) -> Ailment:
    """Return why a store cannot be looked at at all."""
    if isinstance(error, sqlite3.DatabaseError) and code(error) in BUSY:
        return Ailment(
            "store_locked",
            "damage",
            _("数据文件正被另一个程序占用，看不了"),
            _("等它结束后再试一次"),
            path,
        )
    no_access = isinstance(error, sqlite3.DatabaseError) and is_about_access(error)
    if no_access or isinstance(error, OSError):
        reason = (
            faultwords.of_system(error)
            if isinstance(error, OSError)
            else faultwords.of_sqlite(str(error))
        )
        return Ailment(
            "store_no_access",
            "damage",
            _("数据文件读不了：{reason}").format(reason=reason),
            _("检查这个文件夹的权限和磁盘空间，或用 XIANKE_HOME 换一个地方"),
            path,
        )
    return _damaged(path, faultwords.of_sqlite(str(error)))


def _damaged(path: Path, reason: str) -> Ailment:
    text = _("数据文件坏了：{reason}").format(reason=reason)
    return Ailment("store_damaged", "damage", text, way_back(path), path)


def _newer(path: Path, found: int) -> Ailment:
    return Ailment(
        "store_newer",
        "damage",
        _("数据由更新版本的 xianke 写成：格式 {found}，这个程序只懂到 {known}").format(
            found=found, known=opening.SCHEMA_VERSION
        ),
        _("升级 xianke 后再打开；数据没有被改动"),
        path,
    )


def _foreign(path: Path) -> Ailment:
    return Ailment(
        "store_foreign",
        "damage",
        _("这不是 xianke 的数据文件"),
        _("把它移到别处，或用 XIANKE_HOME 换一个地方"),
        path,
    )


def _planted(path: Path) -> Ailment:
    return Ailment(
        "store_planted",
        "damage",
        _("数据文件是别人放在公共文件夹里的"),
        _("用 XIANKE_HOME 换一个只有自己能写的文件夹"),
        path,
    )


def examine_copies(path: Path) -> tuple[list[copies.Copy], tuple[Ailment, ...]]:
    """Return the dated copies of the store, oldest first, and what is wrong with the newest."""
    try:
        kept = _kept(path)
    except Unreadable:
        return [], (
            Ailment(
                "copies_no_access",
                "damage",
                _("备份的文件夹打不开"),
                _("检查这个文件夹的权限和磁盘空间，或用 XIANKE_HOME 换一个地方"),
                copies.folder_of(path),
            ),
        )
    broken = [copy for copy in kept[-copies.KEPT :] if not is_readable(copy.path)]
    return kept, tuple(
        Ailment(
            "copy_damaged",
            "damage",
            _("这份备份坏了，恢复不了"),
            _("删掉它，再备份一次：xianke backup"),
            copy.path,
        )
        for copy in broken
    )


def _kept(path: Path) -> list[copies.Copy]:
    """Return the copies that lead back; a damaged store that was laid aside does not."""
    return [copy for copy in copies.listed(path) if copy.reason != copies.DAMAGED]
