"""The whole store as JSON Lines: a header, a line per row, and an end that proves it is whole.

The header names the schema, when and by what it was written, how many rows follow per table and
the last number each table has given out. The last line holds the number of rows and a SHA-256 of
all lines before it, each with its line feed.
"""

from __future__ import annotations

import codecs
import dataclasses
import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, TextIO

from xianke import __version__, jsontext, settings
from xianke.errors import Unreadable
from xianke.i18n import _
from xianke.store.opening import SCHEMA_VERSION, reading
from xianke.store.tables import TABLES, column_list, key_column

FIRST_SCHEMA = 2
"""The oldest schema that was ever written in this form."""

LATER_COLUMNS: Mapping[int, Mapping[str, tuple[str, ...]]] = {4: {"profile": ("day",)}}
"""What each schema added to tables that were there before it: a file from before has none of it."""

MOST_BYTES_OF_A_LINE = 8_000_000

COLUMNS = {
    table: tuple(field.name for field in dataclasses.fields(record))
    for record, table in TABLES.items()
}
NUMBERED = tuple(
    table
    for record, table in TABLES.items()
    if any((field.name, field.type) == ("id", "int") for field in dataclasses.fields(record))
)
"""The tables whose rows get a number, never the same twice."""

_FLAGS = {
    table: tuple(field.name for field in dataclasses.fields(record) if field.type == "bool")
    for record, table in TABLES.items()
}


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says."""

    schema: int
    at: datetime
    rows: Mapping[str, int]
    last_ids: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Loose:
    """One row outside the store, its values not looked at yet; `where` says where it stands."""

    where: str
    table: str
    row: Mapping[str, Any]  # Any: whatever stood in the file


def dump(file: TextIO, now: datetime) -> int:
    """Write the whole store to *file* and return how many rows it has; empty where there is none.

    The store is read in one transaction, row by row.
    """
    # As everywhere: where a character may be missing, it is escaped.
    escaped = (file.encoding or "utf-8").lower() not in ("utf-8", "utf8")
    digest = hashlib.sha256()

    def put(document: Mapping[str, object]) -> None:
        line = jsontext.written(document, ascii_only=escaped) + "\n"
        digest.update(line.encode())
        file.write(line)

    with reading(settings.database_path()) as connection:
        counts: dict[str, int] = {
            table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            for table in COLUMNS
        }
        put(
            {
                "xianke": "store",
                "schema": SCHEMA_VERSION,
                "program": __version__,
                "at": now.isoformat(timespec="seconds"),
                "rows": counts,
                "last_ids": last_ids(connection),
            }
        )
        for table, row in rows_of(connection):
            put({"table": table, "row": row})
    total = sum(counts.values())
    put({"end": total, "sha256": digest.hexdigest()})
    return total


def last_ids(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the last number that each table has given out: a number is never given twice."""
    found = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    return {table: found[table] for table in NUMBERED if table in found}


def rows_of(connection: sqlite3.Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return every row of every table, parents before children, flags as true and false."""
    for record, table in TABLES.items():
        names, flags = COLUMNS[table], _FLAGS[table]
        sql = f'SELECT {column_list(record)} FROM {table} ORDER BY "{key_column(table)}"'
        for values in connection.execute(sql):
            row = dict(zip(names, values, strict=True))
            for name in flags:
                if type(row[name]) is int and row[name] in (0, 1):
                    row[name] = bool(row[name])
            yield table, row


class _Reader:
    """Lines of a file, one after the other, and what they add up to so far."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        self.line = 0
        self.sum_before = ""
        self._file = file
        self._digest = hashlib.sha256()

    def next(self) -> dict[str, Any]:
        """Return the next line's document; a file that ends is not complete."""
        raw = self._file.readline(MOST_BYTES_OF_A_LINE + 1)
        if not raw:
            raise spoiled(
                _("「{name}」不完整，到第 {line} 行就断了：没有写完，或者没有下载完").format(
                    name=self.name, line=self.line
                )
            )
        self.line += 1
        # An editor or a mailbox may have put a mark before it, and line ends of its own.
        text = raw.removeprefix(codecs.BOM_UTF8 if self.line == 1 else b"").rstrip(b"\r\n")
        self.sum_before = self._digest.hexdigest()
        self._digest.update(text + b"\n")
        try:
            document = json.loads(text.decode())
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            raise self.senseless() if self.line > 1 else foreign(self.name)
        return document

    def finish(self) -> None:
        """Refuse what stands after the last line."""
        if self._file.read(64).strip():
            raise spoiled(_("「{name}」在结尾之后还有内容").format(name=self.name))

    def senseless(self) -> Unreadable:
        """Return that the line makes no sense."""
        return spoiled(
            _("「{name}」第 {line} 行读不懂：损坏了，或者被改过").format(
                name=self.name, line=self.line
            )
        )


def read(file: BinaryIO, name: str) -> tuple[Header, Iterator[Loose]]:
    """Return the header of a file and its rows; raise Unreadable where it is not as written.

    That it is whole is known only when the last row has been taken.
    """
    reader = _Reader(file, name)
    first = reader.next()
    if first.get("xianke") != "store":
        raise foreign(name)
    header = _header(first, reader)
    return header, _rows(reader, header)


def _rows(reader: _Reader, header: Header) -> Iterator[Loose]:
    counts = dict.fromkeys(COLUMNS, 0)
    missing = _missing(header.schema)
    while "end" not in (document := reader.next()):
        table, row = document.get("table"), document.get("row")
        if set(document) != {"table", "row"} or not isinstance(row, dict):
            raise reader.senseless()
        if not isinstance(table, str) or table not in COLUMNS:
            raise spoiled(
                _("「{name}」第 {line} 行有不认识的表「{table}」").format(
                    name=reader.name, line=reader.line, table=shown(table)
                )
            )
        counts[table] += 1
        absent = dict.fromkeys(missing.get(table, ()))
        if absent.keys() & row.keys():
            raise reader.senseless()
        yield Loose(_("第 {line} 行").format(line=reader.line), table, {**row, **absent})
    if document != {"end": sum(counts.values()), "sha256": reader.sum_before} or (
        counts != header.rows
    ):
        raise spoiled(_("「{name}」和结尾的校验不符：损坏了，或者被改过").format(name=reader.name))
    reader.finish()


def _missing(schema: int) -> dict[str, tuple[str, ...]]:
    """Return the columns that the tables of an older schema did not have yet."""
    found: dict[str, tuple[str, ...]] = {}
    for version, tables in LATER_COLUMNS.items():
        if version > schema:
            for table, names in tables.items():
                found[table] = (*found.get(table, ()), *names)
    return found


def _header(document: Mapping[str, Any], reader: _Reader) -> Header:
    schema = document.get("schema")
    if type(schema) is not int or schema < FIRST_SCHEMA:
        raise reader.senseless()
    if schema > SCHEMA_VERSION:
        raise newer(reader.name)
    try:
        at = datetime.fromisoformat(document["at"])
        rows, ids = document["rows"], document["last_ids"]
    except (KeyError, TypeError, ValueError):
        raise reader.senseless() from None
    if at.tzinfo is None or not _are_counts(rows, COLUMNS) or not _are_counts(ids, NUMBERED):
        raise reader.senseless()
    # An older program did not know every table.
    return Header(schema, at, {**dict.fromkeys(COLUMNS, 0), **rows}, ids)


def _are_counts(document: object, tables: Collection[str]) -> bool:
    return (
        isinstance(document, dict)
        and set(document) <= set(tables)
        and all(type(number) is int and 0 <= number < 2**53 for number in document.values())
    )


def shown(value: object) -> str:
    """Return what stood in a file, short enough for a sentence."""
    text = str(value).encode(errors="replace").decode()
    return text if len(text) <= 40 else text[:39] + "…"


def spoiled(message: str) -> Unreadable:
    """Return that a file is not as it was written."""
    return Unreadable(message, _("换一份备份再试；现在的数据没有动"))


def newer(name: str) -> Unreadable:
    """Return that a newer program has written a file."""
    return Unreadable(
        _("「{name}」由更新版本的 xianke 写成").format(name=name),
        _("升级 xianke 后再恢复；现在的数据没有动"),
    )


def foreign(name: str) -> Unreadable:
    """Return that a file is something else."""
    return Unreadable(
        _("「{name}」不是 xianke 的备份").format(name=name),
        _("要用 xianke backup 或 xianke export --format json 写出的文件"),
    )
