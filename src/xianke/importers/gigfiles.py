"""Gigs from a table of the user's own, one per row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianke import gigs, money, searches
from xianke.errors import NotUnderstood
from xianke.i18n import _
from xianke.importers import cells, columns, containers
from xianke.importers.wallets import problem
from xianke.records import Gig

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from xianke.importers.columns import Header, Row
    from xianke.importers.types import Problem, Table
    from xianke.records import GigStatus

COLUMNS = (
    "platform", "category", "at", "worked_minutes", "unpaid_minutes",
    "gross", "fee", "cost", "tax", "status", "note",
)  # fmt: skip
"""The header of a file of gigs; only platform, at and gross have to be there."""

FORMULA_MARKS = frozenset("=+-@＝＋－＠")
"""How a cell begins that a spreadsheet would run; a table of gigs puts a `'` in front of it."""

_REQUIRED = ("platform", "at", "gross")
_LONGEST_HEADER = 1000
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class GigRow:
    """One gig of a file, names as written there: whom they mean is for the caller to find out.

    `gross_fen` is None where the file knows only time. `tags` are those of a time log, the
    first of which is taken for the platform.
    """

    line: int
    platform: str
    category: str | None
    at: datetime
    worked_minutes: int | None
    unpaid_minutes: int
    gross_fen: int | None
    fee_fen: int
    cost_fen: int
    tax_fen: int
    status: GigStatus
    note: str | None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GigFile:
    """The gigs of a file, and the rows that could not be read."""

    rows: tuple[GigRow, ...]
    problems: tuple[Problem, ...]


def is_gigs(path: Path) -> bool:
    """Return whether a file begins with the header of `COLUMNS`."""
    try:
        with path.open("rb") as file:
            first = file.readline(_LONGEST_HEADER)
    except OSError:
        return False
    names = {name.strip(' "\r\n') for name in first.decode("utf-8-sig", "replace").split(",")}
    return names.issuperset(_REQUIRED)


def read_gigs(path: Path) -> GigFile:
    """Return the gigs of a table with the header of `COLUMNS`, in any order.

    Raise Unreadable where the file cannot be read, NotUnderstood where the header is missing.
    """
    table = containers.files(containers.contents(path), path.name, None)[0].tables[0]
    header = columns.find(table, {column: (column,) for column in COLUMNS})
    missing = [column for column in _REQUIRED if header is None or column not in header.places]
    if header is None or missing:
        raise NotUnderstood(
            _("「{name}」的表头里没有这几列：{columns}").format(
                name=path.name, columns=_("、").join(missing)
            ),
            _("第一行写 {header}").format(header=",".join(COLUMNS)),
        )
    rows: list[GigRow] = []
    problems: list[Problem] = []
    for row in _below(table, header):
        try:
            rows.append(_gig(row, header))
        except cells.Unclear as fault:
            problems.append(problem(row, fault))
        except NotUnderstood as refusal:
            problems.append(problem(row, cells.Unclear(refusal.message)))
    return GigFile(tuple(rows), tuple(problems))


def _below(table: Table, header: Header) -> Iterable[Row]:
    for line in table.lines():
        if line.number > header.line and any(line.cells):
            yield columns.Row(line.number, line.cells, header.places)


def _gig(row: Row, header: Header) -> GigRow:
    if any(row.cells[header.width :]):
        raise cells.Unclear(_("比表头多出几格：含逗号的文字和金额要加引号"))
    platform = row.text("platform")
    if not platform:
        raise cells.Unclear(_("没有写平台"))
    at = _at(row.text("at"))
    status = gigs.check_status(row.text("status")) if row.text("status") else "paid"
    if not row.text("gross"):
        raise cells.Unclear(_("没有金额"))
    gross, fee, cost, tax = (_fen(row.text(role)) for role in ("gross", "fee", "cost", "tax"))
    worked = _minutes(row.text("worked_minutes"))
    unpaid = _minutes(row.text("unpaid_minutes")) or 0
    day = at.date().isoformat()
    gig = Gig(
        id=0,
        platform=platform,
        category=None,
        day=day,
        start_minute=None,
        orders=1,
        worked_minutes=worked,
        unpaid_minutes=unpaid,
        gross_fen=gross,
        fee_fen=fee,
        cost_fen=cost,
        tax_fen=tax,
        status=status,
        due=None,
        paid_day=None,
        rating=None,
        note=None,
    )
    gigs.check(gig)
    if searches.is_search(gig):
        gig = searches.as_search(gig)
    return GigRow(
        line=row.number,
        platform=platform,
        category=row.text("category") or None,
        at=at,
        worked_minutes=gig.worked_minutes,
        unpaid_minutes=gig.unpaid_minutes,
        gross_fen=gross,
        fee_fen=fee,
        cost_fen=cost,
        tax_fen=tax,
        status=status,
        note=unguarded(row.text("note")) or None,
    )


def unguarded(text: str) -> str:
    """Return a text without the `'` that keeps a spreadsheet from running it."""
    guarded = text[:1] == "'" and text.lstrip("'")[:1] in FORMULA_MARKS
    return text[1:] if guarded else text


def _at(text: str) -> datetime:
    found = cells.stamp(text.replace("T", " ") if _ISO.fullmatch(text) else text)
    if not found.has_time:
        raise cells.Unclear(_("时间「{text}」没有写几点几分").format(text=text))
    return found.at


def _fen(text: str) -> int:
    return money.parse(text) if text else 0


def _minutes(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(gigs.MAX_MINUTES))):
        raise cells.Unclear(_("看不懂分钟数「{text}」").format(text=text))
    return int(text)
