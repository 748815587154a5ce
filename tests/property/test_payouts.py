"""Laws of money received: nothing counts twice, everything adds up, the order does not matter."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianke import gigs, platforms, store
from xianke import settings as places
from xianke.commands import billing, receiving, recording, reports, settling, spending
from xianke.commands.importing import COLUMNS
from xianke.commands.recording import Words
from xianke.errors import XiankeError
from xianke.records import PRIVATE, Payout, Spend
from xianke.store import soundness
from xianke.store.tables import JOURNALED, Row, key_column

AT = datetime(2026, 11, 22, 10, 0)
FIRST = date(2026, 9, 1)
CLIENT = "own-client"
NAMES = ("xianyu", "meituan_zhongbao", CLIENT)

Dump = dict[str, list[tuple[object, ...]]]


@contextmanager
def _fresh_home() -> Iterator[None]:
    """Open an empty store that knows one private client."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIANKE_HOME", folder)
        row = {"id": CLIENT, "name": "陈先生", "kind": "client", "added_on": "2026-01-01"}
        with store.write("platform.add", "", AT) as db:
            db.insert("own_platform", row)
        yield


def _day(offset: int) -> str:
    return (FIRST + timedelta(offset)).isoformat()


def _dump() -> Dump:
    with closing(sqlite3.connect(places.database_path())) as connection:
        return {
            table: connection.execute(
                f"SELECT * FROM {table} ORDER BY {key_column(table)}"
            ).fetchall()
            for table in JOURNALED
        }


def _rebalance(db: store.Journal, *names: str) -> None:
    catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
    settling.rebalance(db, catalogue, names)


# What can happen


@dataclass(frozen=True)
class Step:
    """One thing somebody does; *pick* chooses among what is there."""

    kind: str
    pick: int
    name: str
    day: int
    fen: int
    words: Words


KINDS = (
    "log", "log", "log", "import", "import", "import", "add", "edit", "edit", "rm", "settle",
    "none", "auto", "drop", "write off", "explain", "assign", "take back", "spend", "deposit",
    "returned", "lost", "undo",
)  # fmt: skip

amounts = st.sampled_from([100, 5_000, 9_900, 10_000, 10_100, 20_000]) | st.integers(1, 30_000)
statuses = st.sampled_from(["paid", "delivered", "accepted", "rejected"])
words = st.builds(
    Words,
    platform=st.none() | st.sampled_from(NAMES),
    gross=st.none() | amounts.map(lambda fen: f"{fen / 100:.2f}"),
    minutes=st.none() | st.just("30"),
    fee=st.none() | st.sampled_from(["0", "0.50"]),
    at=st.none() | st.integers(0, 80).map(_day),
    status=st.none() | statuses,
)
steps = st.builds(
    Step,
    st.sampled_from(KINDS),
    st.integers(0, 99),
    st.sampled_from(NAMES),
    st.integers(0, 80),
    amounts,
    words,
)


def _do(step: Step) -> None:
    """Do one thing as the commands do it; what is refused changes nothing."""
    if step.kind == "log":
        said = replace(step.words, platform=step.name, gross=f"{step.fen / 100:.2f}")
        recording.log(replace(said, at=_day(step.day)), new=False)
    elif step.kind == "import":
        _import(step)
    elif step.kind == "add":
        money = receiving.Words(step.name, f"{step.fen / 100:.2f}", _day(step.day), None)
        receiving.add(money)
    elif step.kind in ("edit", "rm", "write off"):
        _change(step)
    elif step.kind in ("settle", "none", "auto", "drop"):
        _decide(step)
    elif step.kind in ("assign", "take back"):
        _assign(step)
    elif step.kind in ("spend", "deposit", "returned", "lost"):
        _spend(step)
    elif step.kind == "explain":
        with store.read() as db:
            plan = receiving.plan(db)
        receiving.explain(None, plan, {})
    else:
        with store.write("undo", "", AT) as db:
            db.undo_last()


def _import(step: Step) -> None:
    """Import a bill of one row, money in or paid back to a buyer, that belongs to somebody."""
    paid_back = step.pick % 7 == 0
    direction, verdict = ("out", "refund") if paid_back else ("in", "received")
    with store.write("import", "", AT) as db:
        last = db.last_entry()
        key = f"row {last.id if last is not None else 0}"
        batch = db.insert("batch", {"at": AT.isoformat(), "source": "alipay", "files": "a.csv"})
        row = (batch, key, "alipay:a", _day(step.day), direction, step.fen, verdict)
        db.insert_bill_rows(COLUMNS, [(*row, "", "", "", "", "", None, None, None, None)])
        stored = db.bill_row_of(key)
        assert stored is not None
        _rebalance(db, *billing.assign(db, stored, step.name, "rule"))


def _assign(step: Step) -> None:
    """Say that a row of a bill is somebody else's, or nobody's."""
    with store.write("bill.assign", "", AT) as db:
        known = db.bill_rows()
        if known:
            target = step.name if step.kind == "assign" else (None, PRIVATE)[step.day % 2]
            row = known[step.pick % len(known)]
            _rebalance(db, *billing.assign(db, row, target, "user"))


def _spend(step: Step) -> None:
    with store.read() as db:
        known = db.spends()
    if step.kind in ("spend", "deposit"):
        said = spending.Words(step.name, f"{step.fen / 100:.2f}", _day(step.day), None)
        spending.pay(said, deposit=step.kind == "deposit")
    elif known and step.kind == "returned":
        back = f"{step.fen / 200:.2f}"
        spending.give_back(f"c{known[step.pick % len(known)].id}", back, _day(step.day))
    elif known:
        spending.write_off(f"c{known[step.pick % len(known)].id}")


def _change(step: Step) -> None:
    with store.read() as db:
        known = db.gigs()
    if not known:
        return
    gig = known[step.pick % len(known)]
    if step.kind == "edit":
        recording.edit(f"g{gig.id}", step.words)
    elif step.kind == "rm":
        recording.remove(f"g{gig.id}")
    else:
        spending.write_off(f"g{gig.id}")


def _decide(step: Step) -> None:
    with store.read() as db:
        known = [one.payout for one in db.payouts()]
        owed = [one.gig for one in db.claims()]
    if not known:
        return
    payout = known[step.pick % len(known)]
    mine = [gig for gig in owed if gig.platform == payout.platform]
    if step.kind == "settle":
        chosen = mine[step.day % 3 :: 3][:3]
        if chosen:
            receiving.settle(f"p{payout.id}", [f"g{gig.id}" for gig in chosen])
    elif step.kind == "none":
        receiving.settle(f"p{payout.id}", [])
    elif step.kind == "auto":
        receiving.release(f"p{payout.id}")
    else:
        receiving.remove(f"p{payout.id}")


# What must always hold


def _check() -> None:
    """Hold all sums against each other, row by row and in the totals of the store."""
    with store.read() as db:
        claims = db.claims()
        receipts = db.payouts(replaced=True)
        rows = db.settlements()
        outstanding, received = db.outstanding(), db.received_total(None, None)
        written_off = db.written_off()
        everything = db.gigs()
        bill_rows, spends = db.bill_rows(), db.spends()
    settled: dict[int, int] = {}
    for row in rows:
        assert row.amount_fen > 0
        settled[row.gig_id] = settled.get(row.gig_id, 0) + row.amount_fen
    owed = {claim.gig.id: claim for claim in claims}
    homes = {gig.id: gig.platform for gig in everything}
    assert set(settled) <= set(owed)
    for claim in claims:
        gig = claim.gig
        rest = gigs.receivable_fen(gig) - claim.settled_fen - claim.written_off_fen
        assert rest >= 0, gig
        assert claim.settled_fen == settled.get(gig.id, 0)
        if gig.paid_by_bill:
            assert rest == 0
        if gig.kept_fen:
            assert gig.platform != CLIENT
    assert all(gig.kept_fen == 0 or gig.id in owed for gig in everything)
    payouts = {one.payout.id: one for one in receipts}
    assert all(homes[row.gig_id] == payouts[row.payout_id].payout.platform for row in rows)
    for one in receipts:
        assert one.settled_fen <= one.payout.amount_fen
        assert one.payout.replaced_by is None or one.settled_fen == 0
        if one.payout.gig_id is not None:
            gig = owed[one.payout.gig_id].gig
            assert (gig.status, gig.paid_by_bill) == ("paid", False)
            assert one.settled_fen == one.payout.amount_fen
    receivable = sum(gigs.receivable_fen(claim.gig) for claim in claims)
    assert receivable == sum(settled.values()) + outstanding + written_off
    live = [one for one in receipts if one.payout.replaced_by is None]
    unexplained = sum(one.payout.amount_fen - one.settled_fen for one in live)
    assert received == sum(settled.values()) + unexplained
    assert outstanding >= 0
    # Each row of a bill that belongs to somebody is one payout or one refund, and no other is.
    movements: list[Payout | Spend] = [*(one.payout for one in receipts), *spends]
    made = sorted(
        (one.bill_row_id, one.platform, one.amount_fen, one.day)
        for one in movements
        if one.bill_row_id is not None
    )
    assert made == [
        (row.id, row.assigned, row.amount_fen, row.at)
        for row in sorted(bill_rows, key=lambda row: row.id)
        if row.assigned not in (None, PRIVATE)
    ]


COLUMNS_OF_REPORTS = (
    "gigs", "timed_gigs", "worked_minutes", "unpaid_minutes", "gross_fen", "fee_fen", "cost_fen",
    "tax_fen", "net_fen", "received_fen",
)  # fmt: skip


def _check_reports() -> None:
    """However a report is divided, its rows are its total, and the total what the store holds."""
    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        found = [reports.build(db, catalogue, by, None, None) for by in gigs.REPORT_KEYS]
        received, outstanding = db.received_total(None, None), db.outstanding()
        settled = sum(row.amount_fen for row in db.settlements())
        counted = [gig for gig in db.gigs() if gigs.is_counted(gig)]
        spends = db.spends()
    lost = sum(
        spend.amount_fen - (spend.returned_fen or 0)
        for spend in spends
        if spend.kind != "deposit" or spend.returned_day is not None
    )
    for one in found:
        for name in COLUMNS_OF_REPORTS:
            assert sum(getattr(row, name) for row in one.rows) == getattr(one.total, name), name
        assert one.total.net_fen == sum(map(gigs.net_fen, counted)) - lost
        assert one.total.received_fen == received == settled + one.unexplained_fen
        assert one.outstanding_fen == outstanding
        assert one.earned_fen == settled + outstanding + one.written_off_fen
        assert one.spend_fen == lost
        assert one.deposit_fen == sum(
            spend.amount_fen
            for spend in spends
            if spend.kind == "deposit" and spend.returned_day is None
        )


def _check_settled() -> None:
    """Settling once more finds nothing to do."""
    before = _dump()
    with store.write("again", "", AT) as db:
        _rebalance(db, *NAMES)
    assert _dump() == before


@given(st.lists(steps, max_size=12))
@settings(max_examples=25)
def test_everything_adds_up_whatever_happens(history: list[Step]) -> None:
    """After each command: earned is settled, outstanding or written off; received is settled or
    unexplained; nothing settles more than it is; and there is nothing left to settle.
    """
    with _fresh_home():
        for step in history:
            with suppress(XiankeError):
                _do(step)
            _check()
            _check_settled()
        _check_reports()
        found = soundness.examine(places.database_path())
        assert (found.store, found.money, found.journal) == ((), (), ())


@given(st.lists(steps, max_size=8), steps)
@settings(max_examples=15)
def test_undoing_any_of_it_is_identity(history: list[Step], last: Step) -> None:
    """Gigs, payouts, settlements and decisions are as they were."""
    with _fresh_home():
        for step in history:
            with suppress(XiankeError):
                _do(step)
        before = _dump()
        try:
            _do(replace(last, kind="edit" if last.kind == "undo" else last.kind))
        except XiankeError:
            assert _dump() == before
        if _dump() != before:
            with store.write("undo", "", AT) as db:
                db.undo_last()
        assert _dump() == before


@given(st.lists(steps, max_size=10))
@settings(max_examples=15)
def test_explaining_leaves_nothing_to_explain(history: list[Step]) -> None:
    """All money has its gig then, the sum of what came stays, and a second time adds nothing."""
    with _fresh_home():
        for step in history:
            with suppress(XiankeError):
                _do(step)
        with store.read() as db:
            received = db.received_total(None, None)

        _do(Step("explain", 0, "", 0, 0, Words()))
        _check()
        after = _dump()
        _do(Step("explain", 0, "", 0, 0, Words()))

        assert _dump() == after
        with store.read() as db:
            assert all(one.settled_fen == one.payout.amount_fen for one in db.payouts())
            assert db.received_total(None, None) == received


# In whatever order


@dataclass(frozen=True)
class Fact:
    """A gig or a payout as it came to be known."""

    name: str
    day: int
    fen: int
    status: str


facts = st.builds(
    Fact,
    st.sampled_from(NAMES[1:]),
    st.integers(0, 60),
    amounts,
    st.sampled_from(["paid", "paid", "delivered", "bill", "bill", "typed"]),
)


def _store(db: store.Journal, fact: Fact) -> None:
    """Store one fact, without settling anything."""
    row: Row = {"platform": fact.name, "day": _day(fact.day)}
    if fact.status in ("bill", "typed"):
        source = "imported" if fact.status == "bill" else "typed"
        db.insert("payout", {**row, "amount_fen": fact.fen, "source": source})
        return
    paid = _day(fact.day) if fact.status == "paid" else None
    values: Row = {
        "orders": 1, "unpaid_minutes": 0, "gross_fen": fact.fen, "fee_fen": 0, "cost_fen": 0,
        "tax_fen": 0, "status": fact.status, "paid_day": paid,
    }  # fmt: skip
    db.insert("gig", {**row, **values})


def _totals(batches: Sequence[Sequence[Fact]]) -> dict[str, tuple[int, ...]]:
    """Return (received, settled, outstanding, unexplained, fee) of each platform."""
    with _fresh_home():
        for batch in batches:
            with store.write("import", "", AT) as db:
                for fact in batch:
                    _store(db, fact)
                _rebalance(db, *NAMES)
        with store.read() as db:
            return {name: _total(db, name) for name in NAMES}


def _total(db: store.Queries, name: str) -> tuple[int, ...]:
    receipts, claims = db.payouts(platform=name), db.claims(name)
    received = sum(one.payout.amount_fen for one in receipts)
    settled = sum(one.settled_fen for one in receipts)
    owed = sum(gigs.receivable_fen(claim.gig) for claim in claims)
    kept = sum(claim.gig.kept_fen for claim in claims)
    return received, settled, owed - settled, received - settled, kept


@given(st.lists(facts, max_size=14).flatmap(
    lambda known: st.tuples(st.just(known), st.permutations(known), st.integers(1, 5))
))  # fmt: skip
@settings(max_examples=30)
def test_the_order_of_gigs_and_payouts_changes_no_total(
    known: tuple[list[Fact], list[Fact], int],
) -> None:
    """All at once, or mixed and in parts: each platform ends with the same sums."""
    facts_, mixed, size = known
    parts = [mixed[start : start + size] for start in range(0, len(mixed), size)]

    assert _totals([facts_]) == _totals(parts)


# A year


def _pay(name: str, day: str, fen: int, refund: int = 0) -> None:
    """Import one payout, and what the user gave back to a buyer on the same day."""
    row: Row = {"platform": name, "day": day, "amount_fen": fen, "source": "imported"}
    with store.write("import", "", AT) as db:
        db.insert("payout", row)
        if refund:
            spent: Row = {"platform": name, "day": day, "amount_fen": refund, "kind": "refund"}
            db.insert("spend", spent)
        _rebalance(db, name)


def test_a_year_ends_with_the_figures_of_its_bills() -> None:
    """Weekly withdrawals, a part payment, a short month, a refund to a buyer, and words before.

    Every second gig of the courier is logged as paid, the others as delivered; each is 40.00,
    five a week, and the platform pays the week's 200.00 eight days after it began, less 1 % in
    every tenth week. The client is sent an invoice of 800.00 a month, pays it in the next one,
    and once only half. What both platforms sent is known twice where the user typed it as well.
    """
    monday = date(2026, 1, 5)
    received = kept = 0
    with _fresh_home():
        for week in range(40):
            start = monday + timedelta(7 * week)
            fen = 19_800 if week % 10 == 9 else 20_000
            received, kept = received + fen, kept + 20_000 - fen
            for number in range(5):
                day = (start + timedelta(number)).isoformat()
                status = "paid" if number % 2 else "delivered"
                recording.log(Words("meituan_zhongbao", "40", at=day, status=status), new=False)
            paid_day = (start + timedelta(8)).isoformat()
            if week % 7 == 3:
                # Typed when it came; the bill of the month knows it as well.
                receiving.add(receiving.Words("meituan_zhongbao", "200", paid_day, None))
            _pay("meituan_zhongbao", paid_day, fen)
        for month in range(1, 11):
            day = f"2026-{month:02d}-28"
            recording.log(Words(CLIENT, "800", at=day, status="delivered"), new=False)
            _pay(CLIENT, f"2026-{month + 1:02d}-15", 40_000 if month == 10 else 80_000, refund=500)
        _check()
        with store.read() as db:
            courier, client = _total(db, "meituan_zhongbao"), _total(db, CLIENT)
            open_gigs = [(one.gig.day, one.settled_fen) for one in db.claims(only_open=True)]
            unpaid = {gig.day for gig in db.gigs(status="delivered")}

    assert courier == (received, received, 0, 0, kept)
    assert (received, kept) == (799_200, 800)
    assert client == (760_000, 760_000, 40_000, 0, 0)
    assert open_gigs == [("2026-10-28", 40_000)]
    assert unpaid == {"2026-10-28"}
