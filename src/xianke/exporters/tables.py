"""Gigs as a CSV file: spreadsheets open it, and `import --format gigs` reads it back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from xianke import gigs, when
from xianke.exporters.book import outstanding_fen, plain, settled_fen
from xianke.importers.gigfiles import COLUMNS, FORMULA_MARKS
from xianke.money import plain_yuan

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from xianke.exporters.book import Book
    from xianke.records import Gig

MORE_COLUMNS = (
    "id", "day", "start", "orders", "net", "net_per_hour", "due", "paid_at", "rating",
    "settled", "outstanding",
)  # fmt: skip
"""What follows the columns that are read back. `start` is empty where nobody knows it."""

_BOM = "\ufeff"
"""Without it Excel takes the file for GBK."""


def text(book: Book) -> str:
    """Return the file of the range's gigs.

    Amounts are plain numbers in yuan, a loss among them as `-3.00`: the mark against formulas
    is for texts alone, or a sum over the column would leave the losses out. `fee` holds all
    that the platform kept, told or seen in a bill.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow((*COLUMNS, *MORE_COLUMNS))
    settled, outstanding = settled_fen(book), outstanding_fen(book)
    for gig in book.gigs:
        if book.holds(gig.day):
            writer.writerow((*_read_back(gig), *_more(gig, settled, outstanding)))
    return _BOM + file.getvalue()


def guarded(text: str) -> str:
    """Return a text as a cell that is shown and never run."""
    text = plain(text)
    # One that has such a `'` of its own gets another: what is read back loses one.
    return f"'{text}" if text.lstrip("'")[:1] in FORMULA_MARKS else text


def _read_back(gig: Gig) -> tuple[str, ...]:
    # A file of gigs wants a clock time: without one the gig stands at the day's beginning.
    clock = when.clock_text(gig.start_minute or 0)
    return (
        guarded(gig.platform),
        guarded(gig.category or ""),
        f"{gig.day} {clock}",
        _number(gig.worked_minutes),
        str(gig.unpaid_minutes),
        plain_yuan(gig.gross_fen),
        plain_yuan(gig.fee_fen + gig.kept_fen),
        plain_yuan(gig.cost_fen),
        plain_yuan(gig.tax_fen),
        gig.status,
        guarded(gig.note or ""),
    )


def _more(gig: Gig, settled: Counter[int], outstanding: Mapping[int, int]) -> tuple[str, ...]:
    hourly = gigs.net_fen_per_hour(gig)
    owed = outstanding.get(gig.id)
    return (
        f"g{gig.id}",
        gig.day,
        "" if gig.start_minute is None else when.clock_text(gig.start_minute),
        str(gig.orders),
        plain_yuan(gigs.net_fen(gig)),
        "" if hourly is None else plain_yuan(hourly),
        gig.due or "",
        gig.paid_day or "",
        _number(gig.rating),
        plain_yuan(settled[gig.id]),
        "" if owed is None else plain_yuan(owed),
    )


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
