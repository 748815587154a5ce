"""Laws of importing: how rows are cut into files, and in what order, changes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.importers import bills
from tests.importers.bills import Entry

from xianke import money, platforms, store
from xianke.commands import billplans, importing
from xianke.commands.reports import build

Row = dict[str, str | int | None]

AT = datetime(2026, 11, 22, 10)
FIRST = datetime(2026, 9, 1, 20)
CLIENTS = {"甲方": "client-a", "乙方": "client-b"}


@dataclass(frozen=True)
class World:
    """Rows of one wallet, and gigs: (client, day, fen, whether the user said paid)."""

    entries: tuple[Entry, ...]
    gigs: tuple[tuple[str, int, int, bool], ...]


fen = st.sampled_from([5_000, 8_000, 8_100, 12_345, 20_000])
entries = st.builds(
    lambda who, day, amount, status, direction, number: Entry(
        at=str(FIRST + timedelta(days=day)),
        who=who,
        amount=money.plain_yuan(amount).replace(",", ""),
        status=status,
        direction=direction,
        kind="收入",
        number=f"{number}",
    ),
    st.sampled_from([*CLIENTS, "路人"]),
    st.integers(0, 40),
    fen,
    st.sampled_from(["交易成功", "交易成功", "交易成功", "交易关闭", "等待确认收货", "从没见过"]),
    st.sampled_from(["收入", "收入", "收入", "支出"]),
    st.integers(1, 10**6),
)
worlds = st.builds(
    World,
    st.lists(entries, min_size=1, max_size=9, unique_by=lambda one: one.number).map(tuple),
    st.lists(
        st.tuples(st.sampled_from(sorted(CLIENTS)), st.integers(0, 40), fen, st.booleans()),
        max_size=6,
    ).map(tuple),
)


@st.composite
def cuts(draw: st.DrawFn) -> tuple[World, list[list[Entry]]]:
    """Return a world, and its rows in several files that overlap, in any order."""
    world = draw(worlds)
    rows = list(world.entries)
    files = [
        draw(st.lists(st.sampled_from(rows), unique_by=lambda one: one.number))
        for _number in range(draw(st.integers(0, 3)))
    ]
    seen = {one.number for file in files for one in file}
    rest = [one for one in rows if one.number not in seen]
    parts = draw(st.permutations([*files, draw(st.permutations(rest))]))
    return world, [part for part in parts if part]


@contextmanager
def _fresh_home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIANKE_HOME", folder)
        yield Path(folder)


def _prepare(world: World) -> None:
    with store.write("prepare", "", AT) as db:
        for name, identity in CLIENTS.items():
            row: Row = {"id": identity, "name": name, "kind": "client", "added_on": "2026-09-01"}
            db.insert("own_platform", row)
            rule: Row = {
                    "field": "counterparty", "text": name, "target": identity, "confidence": 100,
                    "origin": "user", "hits": 0, "misses": 0, "enabled": 1,
                    "added_on": "2026-09-01"}  # fmt: skip
            db.insert("rule", rule)
        for who, day, amount, paid in world.gigs:
            when = (FIRST + timedelta(days=day)).date().isoformat()
            gig: Row = {"platform": CLIENTS[who], "day": when, "orders": 1, "unpaid_minutes": 0,
                   "gross_fen": amount, "fee_fen": 0, "cost_fen": 0, "tax_fen": 0,
                   "status": "paid" if paid else "delivered",
                   "paid_day": when if paid else None}  # fmt: skip
            number = db.insert("gig", gig)
            stored = db.gig(number)
            assert stored is not None
            db.settle_typed(stored, amount)


def _import(folder: Path, files: Sequence[Sequence[Entry]]) -> None:
    for number, rows in enumerate(files):
        path = folder / f"{number}.csv"
        path.write_text(bills.alipay(rows), encoding="utf-8-sig")
        found = importing.sources([path], importing.Options(), lambda _line: None)
        with store.read() as db:
            catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
            planned, as_of = billplans.plan(db, catalogue, found), db.last_entry()
        importing.run(found, planned, as_of, AT)


Totals = tuple[object, ...]


def _totals() -> Totals:
    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        report = build(db, catalogue, "platform", None, None)
        rows = [
            (row.account, row.at, row.amount_fen, row.verdict, row.assigned)
            for row in db.bill_rows()
        ]
        return (
            report,
            sorted(rows, key=str),
            db.sums("platform"),
            db.outstanding(),
            db.received_total(None, None),
        )


def _after(world: World, files: Sequence[Sequence[Entry]]) -> Totals:
    with _fresh_home() as folder:
        _prepare(world)
        _import(folder, files)
        return _totals()


@given(cuts())
@settings(max_examples=25)
def test_no_cut_order_or_overlap_changes_a_total(case: tuple[World, list[list[Entry]]]) -> None:
    """All rows in one file, or in several that overlap, in any order: the same books."""
    world, files = case

    assert _after(world, files) == _after(world, [world.entries])


@given(cuts())
@settings(max_examples=15)
def test_everything_again_changes_nothing(case: tuple[World, list[list[Entry]]]) -> None:
    """A second round of all files, backwards, adds no row and moves no fen."""
    world, files = case

    with _fresh_home() as folder:
        _prepare(world)
        _import(folder, files)
        once = _totals()
        _import(folder, files[::-1])
        assert _totals() == once


@given(worlds)
@settings(max_examples=25)
def test_the_money_identities_hold(world: World) -> None:
    """Receivable = settled + outstanding + written off; received = settled + unexplained."""
    with _fresh_home() as folder:
        _prepare(world)
        _import(folder, [world.entries])
        with store.read() as db:
            claims, receipts = db.claims(), db.payouts()
            outstanding, received = db.outstanding(), db.received_total(None, None)
            catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
            report = build(db, catalogue, "platform", None, None)

    receivable = sum(
        one.gig.gross_fen - one.gig.fee_fen - one.gig.kept_fen - one.gig.tax_fen for one in claims
    )
    settled = sum(one.settled_fen for one in claims)
    assert receivable == settled + outstanding + sum(one.written_off_fen for one in claims)
    assert settled == sum(one.settled_fen for one in receipts)
    assert received == settled + report.unexplained_fen
    assert sum(row.received_fen for row in report.rows) == report.total.received_fen == received
    assert all(one.settled_fen <= one.payout.amount_fen for one in receipts)
    assert outstanding >= 0
