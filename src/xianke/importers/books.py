"""Workbooks: xlsx in this process behind a guard, xls in a process of its own."""

from __future__ import annotations

import io
import json
import math
import os
import re
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from xianke.errors import NotUnderstood, Unreadable
from xianke.i18n import _
from xianke.importers import zips
from xianke.importers.cells import tidied, tidy
from xianke.importers.types import Line, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an xls begins, and an xlsx that is locked with a password."""

HEAD_ROWS = 300
"""In which a header is looked for. Preambles of today have at most 25 rows."""

MOST_TEXT = 1 << 32
"""Characters, were each cell to hold the longest shared text: it is copied for each."""

_CHILD_SECONDS = 60
_FAR_AWAY = re.compile(
    rb"""\br=["'](?:(?:[A-Z]{3}|[D-Z][A-Z]|C[W-Z])\d|[A-Z]{0,3}(?:[2-9]\d{5}|\d{7}))"""
)
"""A cell right of column CV (the hundredth) or below row 199 999: the library lays a sheet out as
a full rectangle, and one such cell would fill the memory."""
_OVERLAP = 32
_ANY_DAY = date(2000, 1, 1)
_LAST_SECOND = datetime.max.replace(microsecond=0)

LOCKED = 5
"""The exit status with which the process for xls says that a password is asked for."""

Cell = str | float | bool | datetime | date | time | timedelta


def is_workbook(data: bytes, name: str) -> bool:
    """Return whether a zip is an xlsx; raise NotUnderstood for other documents that are zips."""
    parts = {info.filename for info in zips.listing(data, name)}
    if "xl/workbook.xml" in parts:
        return True
    if "[Content_Types].xml" in parts or "content.xml" in parts:
        raise NotUnderstood(
            _("「{name}」是别种文档，不是 xlsx 表格").format(name=name),
            _("用表格软件打开它，另存为 xlsx 再导入"),
        )
    return False


def text_of(cell: Cell) -> str:
    """Return a cell as it would stand in a CSV: times to the nearest second, numbers in full."""
    # 19:05:00 is stored as a little less: cutting off would make it 19:04:59.
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        return _to_the_second(cell).isoformat(" ")
    if isinstance(cell, date):
        return f"{cell.isoformat()} 00:00:00"
    if isinstance(cell, time):
        return _to_the_second(datetime.combine(_ANY_DAY, cell)).time().isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return _digits(cell)


def _to_the_second(at: datetime) -> datetime:
    whole = at.replace(microsecond=0)
    up = at.microsecond >= 500_000 and whole < _LAST_SECOND
    return whole + timedelta(seconds=1) if up else whole


def _digits(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    # Fifteen digits is what a spreadsheet keeps; the rest is noise of the binary form.
    short = Decimal(f"{value:.15g}")
    # In full below, so that a number cut short is seen to be one.
    return f"{short:E}" if abs(short) >= 10**15 else f"{short.normalize():f}"


def xlsx_tables(data: bytes, name: str) -> list[Table]:
    """Return the sheets of an xlsx; raise Unreadable where it is damaged or would burst."""
    import python_calamine as calamine

    _guard(data, name)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        sheets = [
            book.get_sheet_by_name(about.name)
            for about in book.sheets_metadata
            if about.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.CalamineError as fault:
        raise _damaged(name) from fault
    return [_table(name, sheet.name, sheet.iter_rows, sheet.total_height) for sheet in sheets]


def xls_tables(data: bytes, name: str) -> list[Table]:
    """Return the sheets of an old workbook.

    It carries no checksums, and over a damaged one the library can end the whole process: it
    reads in a process of its own, whose end is only an answer.
    """
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "xianke.importers.xls"],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_CHILD_SECONDS,
            check=False,
            # Traces that nobody sees take the library seconds to write.
            env={**os.environ, "RUST_BACKTRACE": "0"},
        )
    except subprocess.TimeoutExpired as fault:
        raise _damaged(name) from fault
    if ended.returncode == LOCKED:
        raise Unreadable(
            _("「{name}」有密码").format(name=name), _("用表格软件打开，去掉密码后另存一份")
        )
    if ended.returncode != 0:
        raise _damaged(name)
    sheets: list[tuple[str, list[list[str]]]] = json.loads(ended.stdout)
    return [_table(name, sheet, rows.__iter__, len(rows)) for sheet, rows in sheets]


def _table(
    name: str, sheet: str, rows: Callable[[], Iterator[Sequence[Cell]]], height: int
) -> Table:
    def lines() -> Iterator[Line]:
        for number, row in enumerate(rows(), 1):
            texts = [cell if type(cell) is str else text_of(cell) for cell in row]
            yield Line(number, tidied(texts))

    return Table(name, sheet, tuple(islice(lines(), HEAD_ROWS)), lines, height)


def _guard(data: bytes, name: str) -> None:
    """Raise Unreadable for an xlsx that would not fit into memory once it is laid out."""
    longest = cells = 0
    for info in zips.listing(data, name):
        # Each part is read to its end, for its checksum.
        pieces = _overlapping(zips.chunks(data, info, name))
        if info.filename == "xl/sharedStrings.xml":
            longest = _longest_text(pieces)
        for piece in pieces:
            if not info.filename.startswith("xl/worksheets/"):
                continue
            cells += piece.count(b"<c ")
            if _FAR_AWAY.search(piece):
                raise _too_large(name)
    if longest * cells > MOST_TEXT:
        raise _too_large(name)


def _longest_text(pieces: Iterable[bytes]) -> int:
    """Return how long the longest shared text may be, its marks counted with it."""
    longest = current = 0
    for piece in _overlapping(pieces):
        first, *rest = piece.split(b"<si")
        current += len(first)
        for part in rest:
            longest = max(longest, current)
            current = len(part)
    return max(longest, current)


def _overlapping(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces, each with the end of the one before: a mark may lie across both."""
    end = b""
    for piece in pieces:
        yield end + piece
        end = piece[-_OVERLAP:]


def _too_large(name: str) -> Unreadable:
    return Unreadable(
        _("「{name}」的表格大得不像账单，没有打开").format(name=name),
        _("用表格软件打开，只留账单那几列，另存一份"),
    )


def _damaged(name: str) -> Unreadable:
    return Unreadable(
        _("「{name}」坏了，或者没有下载完整").format(name=name),
        _("重新下载或导出一次；能用表格软件打开的话，另存为 xlsx 再导入"),
    )
