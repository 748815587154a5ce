"""Laws of gigs and money: sums agree to the fen, and whatever was written can be taken back."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, astuple, dataclass, fields, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianke import gigs, owed, platforms, records, searches, store
from xianke import settings as places
from xianke.commands import owed as owing
from xianke.commands import recording, reports
from xianke.commands.recording import Words
from xianke.errors import XiankeError
from xianke.gigs import By, Row
from xianke.records import Gig, Settlement, Spend, SpendKind
from xianke.render import gigs as screen
from xianke.store.tables import JOURNALED, key_column

AT = datetime(2026, 11, 22, 10, 0)
FIRST_DAY = date(2026, 12, 20)
"""The days around a new year, whose week belongs to both years."""
PLATFORMS = ("xianyu", "meituan_zhongbao", "wangayi")
CATEGORIES = (None, "skill_service", "delivery_errand")
TOTALLED = tuple(
    column.name for column in fields(Row) if column.name not in ("key", "name", "net_fen_per_hour")
)

Dump = dict[str, list[tuple[object, ...]]]
Span = tuple[str | None, str | None]

days = st.integers(0, 30).map(lambda later: (FIRST_DAY + timedelta(later)).isoformat())
minutes = st.integers(0, 600)
small_fen = st.integers(0, 3_000)


@dataclass(frozen=True)
class Money:
    """An imported payout: whether it settles a gig, how much of it, what is left over, when."""

    picked: int | None
    share: int
    rest_fen: int
    day: str


@st.composite
def gig_rows(draw: st.DrawFn) -> Gig:
    """Return a gig that could have been logged, of any status."""
    status = draw(st.sampled_from(records.GIG_STATUSES))
    fee_fen, tax_fen = draw(small_fen), draw(small_fen)
    day = draw(days)
    gig = Gig(
        id=0,
        platform=draw(st.sampled_from(PLATFORMS)),
        category=draw(st.sampled_from(CATEGORIES)),
        day=day,
        start_minute=draw(st.none() | st.integers(0, 1439)),
        orders=draw(st.integers(1, 9)),
        worked_minutes=draw(st.none() | minutes),
        unpaid_minutes=draw(minutes),
        gross_fen=fee_fen + tax_fen + draw(st.integers(0, 20_000)),
        fee_fen=fee_fen,
        cost_fen=draw(small_fen),
        tax_fen=tax_fen,
        status="accepted",
        due=None,
        paid_day=None,
        rating=None,
        note=None,
    )
    if status == "none_found":
        gig = replace(
            gig, orders=1, unpaid_minutes=gig.unpaid_minutes + 1, gross_fen=0, fee_fen=0, tax_fen=0
        )
        return searches.as_search(replace(gig, status=status))
    return gigs.with_status(gig, status, draw(days) if status == "paid" else None)


payouts = st.lists(
    st.builds(Money, st.none() | st.integers(0, 20), st.integers(1, 100), small_fen, days),
    max_size=5,
)


@st.composite
def spend_rows(draw: st.DrawFn) -> Spend:
    """Return what could have been paid for a platform, among it deposits in any state."""
    kind: SpendKind = draw(st.sampled_from(["plain", "deposit", "refund"]))
    fen = draw(st.integers(1, 5_000))
    back = kind == "deposit" and draw(st.booleans())
    return Spend(
        id=0,
        day=draw(days),
        platform=draw(st.sampled_from([*PLATFORMS, "gone"])),
        amount_fen=fen,
        kind=kind,
        returned_day=draw(days) if back else None,
        returned_fen=draw(st.integers(0, fen)) if back else None,
        bill_row_id=None,
        note=None,
    )


spends = st.lists(spend_rows(), max_size=5)
write_offs = st.lists(st.integers(0, 20), max_size=3)
"""Which of the gigs that wait are given up."""


def _in_order(span: Span) -> Span:
    first, last = span
    return (last, first) if first and last and last < first else span


ranges = st.tuples(st.none() | days, st.none() | days).map(_in_order)


@contextmanager
def _fresh_home() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIANKE_HOME", folder)
        yield


def _fill(rows: Sequence[Gig], money: Sequence[Money]) -> list[Gig]:
    """Store gigs, their typed payouts, and money that was imported; return the stored gigs."""
    with store.write("gig.add", "", AT) as db:
        stored = []
        for row in rows:
            values = asdict(row)
            del values["id"]
            gig = replace(row, id=db.insert("gig", values))
            db.settle_typed(gig, gigs.receivable_fen(gig))
            stored.append(gig)
        open_fen = {g.id: gigs.receivable_fen(g) for g in stored if g.status == "delivered"}
        for one in money:
            _pay(db, one, stored, open_fen)
    return stored


def _insert_payout(db: store.Journal, day: str, amount_fen: int, platform: str) -> int:
    return db.insert(
        "payout",
        {"day": day, "amount_fen": amount_fen, "platform": platform, "source": "imported"},
    )


def _pay(db: store.Journal, one: Money, stored: Sequence[Gig], open_fen: dict[int, int]) -> None:
    waiting = [gig for gig in stored if open_fen.get(gig.id)]
    if one.picked is None or not waiting:
        if one.rest_fen:
            _insert_payout(db, one.day, one.rest_fen, PLATFORMS[0])
        return
    gig = waiting[one.picked % len(waiting)]
    settled = max(open_fen[gig.id] * one.share // 100, 1)
    open_fen[gig.id] -= settled
    payout = _insert_payout(db, one.day, settled + one.rest_fen, gig.platform)
    db.insert("settlement", {"payout_id": payout, "gig_id": gig.id, "amount_fen": settled})


def _spend(rows: Sequence[Spend]) -> None:
    with store.write("spend.add", "", AT) as db:
        for row in rows:
            values = asdict(row)
            del values["id"]
            db.insert("spend", values)


def _give_up(picks: Sequence[int]) -> None:
    """Write off the rest of gigs that wait; what payouts settle stays as it is."""
    with store.write("owed.write_off", "", AT) as db:
        for pick in picks:
            waiting = db.claims(only_open=True)
            if waiting:
                claim = waiting[pick % len(waiting)]
                values: dict[str, int | str | None] = {
                    "gig_id": claim.gig.id,
                    "day": claim.gig.day,
                    "amount_fen": owed.outstanding_fen(claim),
                }
                db.insert("write_off", values)


# Sums done again, slowly and without SQL


@dataclass(frozen=True)
class Books:
    """Everything in the store, row by row."""

    gigs: Sequence[Gig]
    payouts: Sequence[records.Payout]
    settlements: Sequence[Settlement]
    spends: Sequence[Spend]


def _books() -> Books:
    with closing(sqlite3.connect(places.database_path())) as connection:
        rows = {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in ("gig", "payout", "settlement", "spend")
        }
    return Books(
        [Gig(*row) for row in rows["gig"]],
        [records.Payout(*row) for row in rows["payout"]],
        [Settlement(*row) for row in rows["settlement"]],
        [Spend(*row) for row in rows["spend"]],
    )


def _within(day: str, span: Span) -> bool:
    first, last = span
    return (first is None or day >= first) and (last is None or day <= last)


def _hour(gig: Gig) -> str:
    return "unknown" if gig.start_minute is None else str(gig.start_minute // 60)


def _week(day: str) -> str:
    return date.fromisoformat(day).strftime("%G-W%V")


def _weekday(day: str) -> str:
    return date.fromisoformat(day).strftime("%u")


EARNED_UNDER: dict[By, Callable[[Gig], str]] = {
    "platform": lambda gig: gig.platform,
    "category": lambda gig: gig.category or "unknown",
    "month": lambda gig: gig.day[:7],
    "week": lambda gig: _week(gig.day),
    "weekday": lambda gig: _weekday(gig.day),
    "hour": _hour,
}
RECEIVED_UNDER: dict[By, Callable[[records.Payout, Gig], str]] = {
    "platform": lambda payout, gig: payout.platform,
    "category": lambda payout, gig: gig.category or "unknown",
    "month": lambda payout, gig: payout.day[:7],
    "week": lambda payout, gig: _week(payout.day),
    "weekday": lambda payout, gig: _weekday(payout.day),
    "hour": lambda payout, gig: _hour(gig),
}


HOMES = {
    "xianyu": "second_hand_rental",
    "meituan_zhongbao": "delivery_errand",
    "wangayi": "unknown",
    "gone": "unknown",
}
SPENT_UNDER: dict[By, Callable[[str, str], str]] = {
    "platform": lambda platform, day: platform,
    "category": lambda platform, day: HOMES[platform],
    "month": lambda platform, day: day[:7],
    "week": lambda platform, day: _week(day),
    "weekday": lambda platform, day: _weekday(day),
    "hour": lambda platform, day: "unknown",
}


def _lost(spend: Spend) -> tuple[str, int]:
    """Say when a spend has cost how much: a deposit only what did not come back, when it did."""
    if spend.kind != "deposit":
        return spend.day, spend.amount_fen
    if spend.returned_day is None or spend.returned_fen is None:
        return spend.day, 0
    return spend.returned_day, spend.amount_fen - spend.returned_fen


def _counts(gig: Gig) -> bool:
    """Say whether a report counts a gig: finished, or called off when it had cost something."""
    if gig.status == "cancelled":
        return gig.cost_fen > 0 or gig.worked_minutes is not None
    return gig.status != "accepted"


def _naive_row(key: str, done: Sequence[Gig], received_fen: int, spent_fen: int = 0) -> Row:
    """Add up the gigs of one row one by one; what came to nothing earned nothing.

    What was spent on the platform costs, but belongs to no hour.
    """
    earned = [gig for gig in done if gig.status in ("delivered", "paid")]
    in_vain = [gig for gig in done if gig.status == "none_found"]
    timed = [
        gig
        for gig in done
        if gig.worked_minutes is not None and gig.worked_minutes + gig.unpaid_minutes > 0
    ]
    nets = {
        gig.id: (gig.gross_fen - gig.fee_fen - gig.tax_fen if gig in earned else 0) - gig.cost_fen
        for gig in done
    }
    hours = sum((gig.worked_minutes or 0) + gig.unpaid_minutes for gig in timed)
    return Row(
        key=key,
        name=key,
        gigs=len(done) - len(in_vain),
        timed_gigs=len(timed) - len(in_vain),
        worked_minutes=sum(gig.worked_minutes or 0 for gig in done),
        unpaid_minutes=sum(gig.unpaid_minutes for gig in done),
        gross_fen=sum(gig.gross_fen for gig in earned),
        fee_fen=sum(gig.fee_fen for gig in earned),
        cost_fen=sum(gig.cost_fen for gig in done) + spent_fen,
        tax_fen=sum(gig.tax_fen for gig in earned),
        net_fen=sum(nets.values()) - spent_fen,
        net_fen_per_hour=sum(nets[gig.id] for gig in timed) * 60 // hours if hours else None,
        received_fen=received_fen,
    )


def _naive_rows(books: Books, by: By, span: Span) -> dict[str, Row]:
    """Return the rows of a report, and its total, from the rows of the store."""
    done = [gig for gig in books.gigs if _within(gig.day, span) and _counts(gig)]
    paid = {one.id: one for one in books.payouts if _within(one.day, span)}
    owners = {gig.id: gig for gig in books.gigs}
    received: dict[str, int] = {}
    for one in books.settlements:
        if one.payout_id in paid:
            key = RECEIVED_UNDER[by](paid[one.payout_id], owners[one.gig_id])
            received[key] = received.get(key, 0) + one.amount_fen
    spent: dict[str, int] = {}
    for spend in books.spends:
        day, fen = _lost(spend)
        if fen and _within(day, span):
            key = SPENT_UNDER[by](spend.platform, day)
            spent[key] = spent.get(key, 0) + fen
    rows = {
        key: _naive_row(
            key,
            [gig for gig in done if EARNED_UNDER[by](gig) == key],
            received.get(key, 0),
            spent.get(key, 0),
        )
        for key in {*map(EARNED_UNDER[by], done), *received, *spent}
    }
    total_fen = sum(one.amount_fen for one in paid.values())
    rest = total_fen - sum(received.values())
    if rest:
        rows["unexplained"] = _naive_row("unexplained", [], rest)
    rows["total"] = _naive_row("total", done, total_fen, sum(spent.values()))
    return rows


@given(st.lists(gig_rows(), max_size=12), payouts, spends, ranges)
@settings(deadline=None, max_examples=40)
def test_every_report_is_the_sum_of_its_gigs(
    rows: list[Gig], money: list[Money], costs: list[Spend], span: Span
) -> None:
    """Under every --by and for any range: each row is what its gigs and spends add up to.

    The rows in turn add up to the total, and `received` is what was settled or unexplained.
    """
    with _fresh_home():
        _fill(rows, money)
        _spend(costs)
        books = _books()
        with store.read() as db:
            catalogue = platforms.catalogue()
            found = {by: reports.build(db, catalogue, by, *span) for by in gigs.REPORT_KEYS}

    for by, report in found.items():
        lines = {row.key: replace(row, name=row.key) for row in (*report.rows, report.total)}
        assert lines == _naive_rows(books, by, span), by
        for column in TOTALLED:
            parts = sum(getattr(row, column) for row in report.rows)
            assert parts == getattr(report.total, column), (by, column)
        settled = sum(row.received_fen for row in report.rows if row.key != "unexplained")
        assert report.total.received_fen == settled + report.unexplained_fen
        lost = [_lost(spend) for spend in books.spends]
        assert report.spend_fen == sum(fen for day, fen in lost if _within(day, span))
        assert report.deposit_fen == sum(
            spend.amount_fen
            for spend in books.spends
            if spend.kind == "deposit" and spend.returned_day is None and _within(spend.day, span)
        )


@given(st.lists(gig_rows(), max_size=12), payouts, spends, write_offs)
@settings(deadline=None, max_examples=25)
def test_what_was_earned_has_come_is_to_come_or_is_lost(
    rows: list[Gig], money: list[Money], costs: list[Spend], picks: list[int]
) -> None:
    """Earned and unexplained are what was received, is outstanding and was written off.

    Who owes it adds up to what is outstanding, wherever it is asked; spends change nothing of it.
    """
    with _fresh_home():
        _fill(rows, money)
        _spend(costs)
        _give_up(picks)
        with store.read() as db:
            catalogue = platforms.catalogue()
            report = reports.build(db, catalogue, "platform", None, None)
            found = owing.load(db, catalogue, AT.date())

    gone = report.total.received_fen + report.outstanding_fen + report.written_off_fen
    assert report.earned_fen + report.unexplained_fen == gone
    assert (found.outstanding_fen, found.written_off_fen, found.deposit_fen) == (
        report.outstanding_fen,
        report.written_off_fen,
        report.deposit_fen,
    )
    assert all(item.outstanding_fen > 0 for one in found.debtors for item in one.items)


@given(st.lists(gig_rows(), max_size=12), payouts, ranges)
@settings(deadline=None, max_examples=25)
def test_what_is_owed_was_either_settled_or_is_outstanding(
    rows: list[Gig], money: list[Money], span: Span
) -> None:
    """Σ receivable of delivered and paid gigs = settled + outstanding, of any range, to the fen."""
    with _fresh_home():
        _fill(rows, money)
        books = _books()
        with store.read() as db:
            outstanding = db.outstanding(*span)

    owed = {
        gig.id: gig.gross_fen - gig.fee_fen - gig.tax_fen
        for gig in books.gigs
        if gig.status in ("delivered", "paid") and _within(gig.day, span)
    }
    settled = sum(one.amount_fen for one in books.settlements if one.gig_id in owed)
    assert sum(owed.values()) == settled + outstanding
    assert outstanding >= 0


@given(st.lists(gig_rows(), max_size=8))
@settings(deadline=None, max_examples=20)
def test_a_paid_gig_is_settled_in_full_and_no_other_by_itself(rows: list[Gig]) -> None:
    """Paid is the word for money received: one typed payout per gig, none for the rest."""
    with _fresh_home():
        stored = _fill(rows, [])
        books = _books()

    expected = {
        gig.id: (gig.paid_day, gigs.receivable_fen(gig), gig.platform, "typed")
        for gig in stored
        if gig.status == "paid" and gigs.receivable_fen(gig) > 0
    }
    known = {one.id: one for one in books.payouts}
    assert len(books.payouts) == len(books.settlements)
    assert {one.gig_id: astuple(known[one.payout_id])[1:5] for one in books.settlements} == expected


@given(gig_rows())
def test_a_gigs_document_agrees_with_itself(gig: Gig) -> None:
    """Net is gross − fee − cost − tax there too, and the rate the net over all minutes."""
    found = screen.document(gig)

    net = found["gross_fen"] - found["fee_fen"] - found["cost_fen"] - found["tax_fen"]
    assert found["net_fen"] == net
    spent = None
    if found["worked_minutes"] is not None:
        spent = found["worked_minutes"] + found["unpaid_minutes"]
    assert found["net_fen_per_hour"] == (net * 60 // spent if spent else None)


# Taking back


def _maybe(*texts: str) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(texts)


logged = st.builds(
    Words,
    platform=st.sampled_from(["闲鱼", "mtzb", "王阿姨", "Rosa's café", "unknown"]),
    gross=st.sampled_from(["85", "￥1,234.50", "0", "12.34元"]),
    count=_maybe("17"),
    minutes=_maybe("40", "1小时20分"),
    unpaid=_maybe("0", "15"),
    fee=_maybe("0", "3.5", "90"),
    cost=_maybe("7.01"),
    tax=_maybe("0.99"),
    category=_maybe("skill_service"),
    at=_maybe("昨天", "周三 14:00", "2026-01-01 00:10", "明天"),
    status=_maybe(*records.GIG_STATUSES),
    due=_maybe("明天", "昨天"),
    rating=_maybe("5"),
    note=_maybe("雨天", "  "),
)


def _sound(words: Words) -> Words:
    """Return the words without what can be wrong in company with something else."""
    words = replace(words, fee=None, tax=None, at=None, due=None)
    if words.status == "none_found":
        words = replace(words, gross="0", count=None, unpaid="15")
    return words


sound = logged.map(_sound)
edits = st.builds(
    Words,
    platform=_maybe("闲鱼", "蜂鸟", "没有这个"),
    gross=_maybe("20", "-", "x"),
    count=_maybe("2", "-"),
    minutes=_maybe("50", "-"),
    unpaid=_maybe("10", "-"),
    fee=_maybe("1", "30", "-"),
    cost=_maybe("40", "-"),
    tax=_maybe("2", "-"),
    category=_maybe("delivery_errand", "-"),
    at=_maybe("前天", "11-01 9:00"),
    status=_maybe(*records.GIG_STATUSES),
    due=_maybe("后天", "-"),
    rating=_maybe("1", "-"),
    note=_maybe("改过", "-"),
)


EMPTY: Dump = {table: [] for table in JOURNALED}


def _dump() -> Dump:
    """Return every row of every table that the journal looks after."""
    if not places.database_path().exists():
        return EMPTY
    with closing(sqlite3.connect(places.database_path())) as connection:
        return {
            table: connection.execute(
                f"SELECT * FROM {table} ORDER BY {key_column(table)}"
            ).fetchall()
            for table in JOURNALED
        }


def _undo() -> records.Entry | None:
    with store.write("undo", "", AT) as db:
        return db.undo_last()


def _log(words: Words) -> bool:
    """Log one gig; return whether it was taken."""
    try:
        recording.log(words, new=True)
    except XiankeError:
        return False
    return True


@given(st.lists(logged, max_size=6))
@settings(deadline=None, max_examples=15)
def test_as_many_undos_as_logs_give_the_empty_store(lines: list[Words]) -> None:
    """Each undo leads back exactly one step; a refused gig is no step and leaves nothing."""
    with _fresh_home():
        past: list[Dump] = []
        for words in lines:
            before = _dump()
            if _log(words):
                past.append(before)
            else:
                assert _dump() == before

        while past:
            assert _undo() is not None
            assert _dump() == past.pop()
        assert _undo() is None
        assert _dump() == EMPTY


@given(sound, st.lists(edits, min_size=1, max_size=4))
@settings(deadline=None, max_examples=15)
def test_edit_then_undo_is_identity(words: Words, changes: list[Words]) -> None:
    """Gig, payout and settlement are as they were, whatever was edited or refused."""
    with _fresh_home():
        assert _log(words)
        for change in changes:
            before = _dump()
            try:
                recording.edit("g1", change)
            except XiankeError:
                assert _dump() == before
                continue
            if _dump() != before:
                _undo()
                assert _dump() == before
                recording.edit("g1", change)


@given(sound)
@settings(deadline=None, max_examples=8)
def test_rm_then_undo_is_identity(words: Words) -> None:
    """A removed gig comes back under its id, with the money received for it."""
    with _fresh_home():
        assert _log(words)
        before = _dump()

        recording.remove("g1")
        gone = _dump()
        _undo()

        assert gone["gig"] == gone["payout"] == gone["settlement"] == []
        assert _dump() == before


@given(sound, st.lists(edits, max_size=4))
@settings(deadline=None, max_examples=15)
def test_money_follows_every_edit(words: Words, changes: list[Words]) -> None:
    """After any edits the typed payout is what the gig says: its receivable while it is paid."""
    with _fresh_home():
        assert _log(words)
        for change in changes:
            try:
                gig = recording.edit("g1", change).gig
            except XiankeError:
                continue
            books = _books()
            fen = gigs.receivable_fen(gig) if gig.status == "paid" else 0
            paid = [(gig.paid_day, fen, gig.platform)] if fen else []
            assert books.gigs == [gig]
            assert [(one.day, one.amount_fen, one.platform) for one in books.payouts] == paid
            assert sum(one.amount_fen for one in books.settlements) == fen
