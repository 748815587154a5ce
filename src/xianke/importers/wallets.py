"""What the bills of all wallets have in common: one row per transaction, and stated totals."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING

from xianke import money
from xianke.i18n import _
from xianke.importers import cells, columns
from xianke.importers.spool import Spool
from xianke.importers.types import Bill, BillRow, Problem, Stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from xianke.importers.columns import Header, Names, Row
    from xianke.importers.types import Direction, Table, Verdict

LONGEST_QUOTE = 120
"""Characters of a row that are shown where it could not be read."""

_ROWS = re.compile(r"共:?(\d{1,9})[笔条]")
_IN = re.compile(r"(?:^|[^计待])收入(?:合计)?:(\d{1,9})笔(?:\([^)]*\))?,?共?([\d,.]+)元")
_OUT = re.compile(r"(?:^|[^计待])支出(?:合计)?:(\d{1,9})笔(?:\([^)]*\))?,?共?([\d,.]+)元")

_REFUND_MARK = re.compile(r"已(?P<all>全额)?退款[(（]?[\u00a5￥]?(?P<fen>[\d,.]+)?")
_BRACKET = re.compile(r"(?P<amount>[^(（]+)[(（](?P<mark>已(?:全额)?退款[^)）]*)[)）]")
_THOUSANDS_CUT = re.compile(r"\d{3}(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the bills of one wallet are written.

    `joined` are the columns into which a comma too many belongs, the likeliest first.
    """

    source: str
    names: Names
    required: tuple[str, ...]
    directions: Mapping[str, Direction]
    account: re.Pattern[str]
    joined: tuple[str, ...] = ("counterparty", "item")


def extract(
    table: Table,
    layout: Layout,
    title: str,
    judge: Callable[[Row, BillRow], tuple[Verdict, str, int]],
) -> Bill:
    """Return the bill; *judge* says what a row is, why, and how much of it came back."""
    header = columns.require(table, layout.names, layout.required, title)
    notes = columns.above(table, header)
    account = account_in(notes, layout.account)
    rows = Spool[BillRow]()
    problems: list[Problem] = []
    for raw in columns.below(table, header, "time", notes):
        try:
            rows.append(_read(_mended(raw, header, layout), layout, judge))
        except cells.Unclear as fault:
            problems.append(problem(raw, fault))
    return bill(layout.source, account, rows.finished(), problems, notes)


def bill(
    source: str,
    account: str | None,
    rows: Sequence[BillRow],
    problems: Sequence[Problem],
    notes: Sequence[str],
) -> Bill:
    """Return the bill with what the file says of itself, and a warning where that differs."""
    stated = stated_in(notes)
    warnings = tuple(_doubts(rows, problems, stated)) if stated else ()
    return Bill(source, account, rows, tuple(problems), warnings, stated)


def problem(row: Row, fault: cells.Unclear) -> Problem:
    """Return a row that could not be read as something to show."""
    text = ",".join(row.cells).rstrip(",")
    return Problem(row.number, text[:LONGEST_QUOTE], str(fault))


def account_in(notes: Sequence[str], pattern: re.Pattern[str]) -> str | None:
    """Return the account that the lines above the header name, None where none does."""
    for note in notes:
        match = pattern.search(unicodedata.normalize("NFKC", note))
        if match and match[1].strip():
            return match[1].strip()
    return None


def amount_and_mark(text: str) -> tuple[int, int]:
    """Return the fen of an amount and of the refund noted behind it: `131.77(已退款89.84)`."""
    match = _BRACKET.fullmatch(text)
    if match is None:
        return cells.fen(text), 0
    amount = cells.fen(match["amount"])
    return amount, refund_mark(match["mark"], amount)


def refund_mark(text: str, amount_fen: int) -> int:
    """Return how much came back by a mark such as 已全额退款 or `已退款(￥2.00)`."""
    match = _REFUND_MARK.search(text)
    if match is None:
        return 0
    if match["all"]:
        return amount_fen
    return min(cells.fen(match["fen"]), amount_fen) if match["fen"] else 0


def _read(
    row: Row,
    layout: Layout,
    judge: Callable[[Row, BillRow], tuple[Verdict, str, int]],
) -> BillRow:
    at, has_time = cells.stamp(row.text("time"))
    direction = layout.directions.get(row.text("direction"))
    amount, refunded = amount_and_mark(row.text("amount"))
    if amount < 0:
        raise cells.Unclear(_("金额「{text}」是负数").format(text=row.text("amount")))
    plain, text = cells.plain, row.text
    # Names and words repeat over thousands of rows: one copy of each is kept.
    entry = BillRow(
        row.number,
        at,
        has_time,
        direction or "neutral",
        amount,
        intern(plain(text("counterparty"))),
        plain(text("item")),
        intern(plain(text("kind"))),
        intern(plain(text("status"))),
        intern(plain(text("method"))),
        cells.number(text("number")),
        plain(text("merchant_number")) or None,
        plain(text("note")),
        "unknown",
        "",
        refunded,
    )
    if direction is None:
        reason = _("不认识的收/支「{text}」").format(text=row.text("direction"))
        return judged(entry, "unknown", reason)
    return judged(entry, *judge(row, entry))


def judged(entry: BillRow, verdict: Verdict, reason: str, refunded_fen: int = 0) -> BillRow:
    """Return the row with what it was found to be."""
    # Written out: `replace` takes twice as long, which a hundred thousand rows make felt.
    return BillRow(
        entry.line,
        entry.at,
        entry.has_time,
        entry.direction,
        entry.amount_fen,
        entry.counterparty,
        entry.item,
        entry.kind,
        entry.status,
        entry.method,
        entry.number,
        entry.merchant_number,
        entry.note,
        verdict,
        intern(reason),
        refunded_fen,
    )


# Rows with more fields than the header has names


def _mended(row: Row, header: Header, layout: Layout) -> Row:
    """Return the row with a text cell joined again that an unquoted comma has split.

    Fields too many at the end harm nobody: only where direction and amount do not stand in
    their columns is something joined, and only so that they do.
    """
    fields = row.cells
    if len(fields) <= len(header.names) and not any(fields[header.width :]):
        return row
    # A comma at the end makes one more, of the header, of the row, or of both.
    filled = max(place for place, cell in enumerate(fields, 1) if cell)
    extras = {len(fields) - len(header.names), filled - header.width}
    amount = header.places["amount"]
    # `￥1,020.00` without quotes: the amount itself was split.
    if _is_cut(fields, amount):
        candidate = _joined(row, amount, 1)
        if _fits(candidate, layout):
            return candidate
    if _fits(row, layout):
        return row
    for extra in sorted(extra for extra in extras if extra > 0):
        for role in layout.joined:
            if role in header.places:
                candidate = _joined(row, header.places[role], extra)
                if _fits(candidate, layout):
                    return candidate
    return row


def _is_cut(fields: Sequence[str], amount: int) -> bool:
    following = fields[amount + 1] if amount + 1 < len(fields) else ""
    return "." not in fields[amount] and _THOUSANDS_CUT.fullmatch(following) is not None


def _joined(row: Row, place: int, extra: int) -> Row:
    fields, end = row.cells, place + extra + 1
    return row._replace(cells=[*fields[:place], ",".join(fields[place:end]), *fields[end:]])


def _fits(row: Row, layout: Layout) -> bool:
    if row.text("direction") not in layout.directions:
        return False
    try:
        amount_and_mark(row.text("amount"))
        cells.stamp(row.text("time"))
    except cells.Unclear:
        return False
    return True


# Totals


def stated_in(notes: Sequence[str]) -> Stated | None:
    """Return the totals that the lines around the rows state, None where there are none."""
    text = ["".join(unicodedata.normalize("NFKC", note).split()) for note in notes]
    rows = next((int(match[1]) for note in text if (match := _ROWS.search(note))), None)
    income = next((match for note in text if (match := _IN.search(note))), None)
    spent = next((match for note in text if (match := _OUT.search(note))), None)
    if rows is None and income is None and spent is None:
        return None
    return Stated(rows, *_total(income), *_total(spent))


def _total(match: re.Match[str] | None) -> tuple[int | None, int | None]:
    if match is None:
        return None, None
    try:
        return int(match[1]), cells.fen(match[2])
    except cells.Unclear:
        return int(match[1]), None


def _doubts(rows: Sequence[BillRow], problems: Sequence[Problem], stated: Stated) -> Iterator[str]:
    """Yield where the rows do not add up to the totals: a file that was edited, or cut off.

    The vendors themselves say that the totals may differ: a reason to look, never to refuse.
    """
    found = len(rows) + len(problems)
    if stated.rows is not None and stated.rows != found:
        yield _("文件自己写着共 {stated} 笔，读到 {found} 笔：导出后删改过，或没有导全").format(
            stated=stated.rows, found=found
        )
        return
    # Income alone: of what was spent, vendors count closed and returned rows as they like.
    income = [row.amount_fen for row in rows if row.direction == "in"]
    differs = stated.in_rows not in (None, len(income)) or stated.in_fen not in (None, sum(income))
    if differs and not problems:
        yield _(
            "文件自己写着收入 {stated_rows} 笔 {stated} 元，读到 {rows} 笔 {found} 元：请核对"
        ).format(
            stated_rows=stated.in_rows,
            stated=money.plain_yuan(stated.in_fen or 0),
            rows=len(income),
            found=money.plain_yuan(sum(income)),
        )
