"""The table of gigs: its cells, spreadsheets' formulas, and reading it back."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exporters import books
from tests.exporters.books import EMPTY, gig, payout

from xianke.exporters import tables
from xianke.exporters.book import plain
from xianke.importers import gigfiles
from xianke.importers.gigfiles import COLUMNS, GigRow
from xianke.records import Gig, Settlement, WriteOff

if TYPE_CHECKING:
    from xianke.exporters.book import Book


def _rows(book: Book) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(tables.text(book).removeprefix("\ufeff"), newline="")))


def test_a_whole_file() -> None:
    """A mark for Excel, the header, rows with line ends as spreadsheets write them."""
    book = replace(
        EMPTY,
        gigs=[
            gig(
                1, start_minute=540, orders=3, worked_minutes=90, unpaid_minutes=30,
                fee_fen=6_00, kept_fen=4_00, cost_fen=5_00, tax_fen=8_00,
                due="2026-11-05", rating=5, note='头像, "加急"',
            ),
            gig(2, platform="own-1", category=None, status="paid", paid_day="2026-10-09"),
        ],
        payouts=[payout(1, amount_fen=160_00)],
        settlements=[Settlement(1, 1, 1, 60_00), Settlement(2, 1, 2, 100_00)],
        write_offs=[WriteOff(1, 1, "2026-11-09", 2_00)],
    )  # fmt: skip

    assert tables.text(book) == (
        "\ufeffplatform,category,at,worked_minutes,unpaid_minutes,gross,fee,cost,tax,status,note,"
        "id,day,start,orders,net,net_per_hour,due,paid_at,rating,settled,outstanding\r\n"
        "xianyu,skill_service,2026-10-05 09:00,90,30,100.00,10.00,5.00,8.00,delivered,"
        '"头像, ""加急""",g1,2026-10-05,09:00,3,77.00,38.50,2026-11-05,,5,60.00,20.00\r\n'
        "own-1,,2026-10-05 00:00,,0,100.00,0.00,0.00,0.00,paid,,"
        "g2,2026-10-05,,1,100.00,,,2026-10-09,,100.00,0.00\r\n"
    )


def test_an_empty_book() -> None:
    """The header alone."""
    assert tables.text(EMPTY) == "\ufeff" + ",".join((*COLUMNS, *tables.MORE_COLUMNS)) + "\r\n"


def test_a_gig_that_earned_nothing() -> None:
    """It keeps what was agreed, its net is the loss as a number, and nothing is owed of it."""
    (row,) = _rows(replace(EMPTY, gigs=[gig(1, status="rejected", cost_fen=3_00)]))

    assert [row[name] for name in ("gross", "net", "settled", "outstanding")] == [
        "100.00",
        "-3.00",
        "0.00",
        "",
    ]


def test_a_range_of_days() -> None:
    """Both ends are included."""
    done = [gig(number, day=f"2026-10-0{number}") for number in range(1, 6)]

    rows = _rows(replace(EMPTY, gigs=done, first="2026-10-02", last="2026-10-04"))

    assert [row["id"] for row in rows] == ["g2", "g3", "g4"]


@pytest.mark.parametrize(
    ("note", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+86 1", "'+86 1"),
        ("-急单", "'-急单"),
        ("@我", "'@我"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠1", "'＠1"),
        ("\t=1+1", "'=1+1"),
        ("\r\n=1+1", "'=1+1"),
        ("\u200b=1+1", "'=1+1"),
        ("\u3000=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("a=1", "a=1"),
        ("两行\n备注", "两行 备注"),
        ("反\u202e向", "反向"),
    ],
)
def test_no_text_is_run_as_a_formula(note: str, cell: str) -> None:
    """A text that would be one gets a quote in front; lines and directions are made plain."""
    (row,) = _rows(replace(EMPTY, gigs=[gig(1, note=note)]))

    assert row["note"] == cell


def _as_read(line: int, one: Gig) -> GigRow:
    minute = one.start_minute or 0
    return GigRow(
        line=line,
        platform=one.platform,
        category=one.category,
        at=datetime.fromisoformat(one.day).replace(hour=minute // 60, minute=minute % 60),
        worked_minutes=one.worked_minutes,
        unpaid_minutes=one.unpaid_minutes,
        gross_fen=one.gross_fen,
        fee_fen=one.fee_fen + one.kept_fen,
        cost_fen=one.cost_fen,
        tax_fen=one.tax_fen,
        status=one.status,
        note=plain(one.note or "") or None,
    )


@given(st.text("'=+-@＝aé 1", max_size=6))
def test_a_guarded_text_reads_back(text: str) -> None:
    """It never begins like a formula, and loses just the mark it was given."""
    cell = tables.guarded(text)

    assert cell[:1] not in gigfiles.FORMULA_MARKS or not cell
    assert gigfiles.unguarded(cell) == plain(text)


@given(books.books())
def test_what_is_exported_reads_back(book: Book) -> None:
    """`import --format gigs` finds the same gigs, whatever stands in their notes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gigs.csv"
        path.write_bytes(tables.text(book).encode())

        found = gigfiles.read_gigs(path)

    wanted = [one for one in book.gigs if book.holds(one.day)]
    assert found.problems == ()
    assert list(found.rows) == [_as_read(line, one) for line, one in enumerate(wanted, 2)]
