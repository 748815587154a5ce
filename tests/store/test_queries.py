"""Sums that SQLite adds up, against a plain reading of the same gigs in Python."""

from __future__ import annotations

import dataclasses
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianke import store
from xianke.records import GIG_STATUSES, Gig, Payout, Settlement, Sums
from xianke.store import queries

AT = datetime(2026, 11, 22, 10, 0)
DAYS = ["2026-10-31", "2026-11-01", "2026-11-02", "2026-12-01"]
Range = tuple[str | None, str | None]

KEYS: dict[str, Callable[[Gig], str | None]] = {
    "platform": lambda gig: gig.platform,
    "category": lambda gig: gig.category,
    "day": lambda gig: gig.day,
    "month": lambda gig: gig.day[:7],
    "hour": lambda gig: None if gig.start_minute is None else str(gig.start_minute // 60),
}


def _gig(number: int, **columns: object) -> Gig:
    plain: dict[str, object] = {
        "platform": "xianyu",
        "category": "skill_service",
        "day": "2026-11-01",
        "start_minute": 1200,
        "orders": 1,
        "worked_minutes": 40,
        "unpaid_minutes": 20,
        "gross_fen": 8500,
        "fee_fen": 500,
        "cost_fen": 200,
        "tax_fen": 100,
        "status": "delivered",
        "due": None,
        "paid_day": None,
        "rating": None,
        "note": None,
    }
    if columns.get("status") == "paid":
        plain["paid_day"] = "2026-12-01"
    return Gig(number, **{**plain, **columns})  # type: ignore[arg-type]


def _search(gig: Gig) -> bool:
    return gig.status == "none_found"


def _in_vain(gig: Gig) -> Gig:
    """Return the gig as time spent on looking for one: that brings nothing."""
    return dataclasses.replace(
        gig,
        worked_minutes=0,
        unpaid_minutes=gig.unpaid_minutes + 1,
        gross_fen=0,
        fee_fen=0,
        tax_fen=0,
    )


some_gigs = st.lists(
    st.builds(
        lambda **columns: _gig(0, **columns),
        platform=st.sampled_from(["xianyu", "meituan"]),
        category=st.sampled_from([None, "skill_service", "delivery"]),
        day=st.sampled_from(DAYS),
        start_minute=st.none() | st.integers(0, 1439),
        worked_minutes=st.none() | st.integers(0, 120),
        unpaid_minutes=st.integers(0, 30),
        gross_fen=st.integers(0, 10**6),
        fee_fen=st.integers(0, 10**4),
        cost_fen=st.integers(0, 10**4),
        tax_fen=st.integers(0, 10**4),
        status=st.sampled_from(GIG_STATUSES),
    ).map(lambda gig: _in_vain(gig) if _search(gig) else gig),
    max_size=12,
).map(lambda gigs: [dataclasses.replace(gig, id=number) for number, gig in enumerate(gigs, 1)])
promised = st.tuples(
    some_gigs, st.lists(st.sampled_from([None, *DAYS]), min_size=12, max_size=12)
).map(lambda drawn: [dataclasses.replace(gig, due=due) for gig, due in zip(*drawn, strict=False)])
"""Gigs of which some were to be paid by an agreed day."""
ranges: st.SearchStrategy[Range] = st.tuples(
    st.sampled_from([None, *DAYS]), st.sampled_from([None, *DAYS])
)
payments = st.lists(
    st.tuples(
        st.sampled_from(DAYS), st.integers(1, 10**6), st.lists(st.integers(0, 20), max_size=3)
    ),
    max_size=4,
)


@contextmanager
def _stored(
    gigs: Sequence[Gig],
    payouts: Sequence[Payout] = (),
    settlements: Sequence[Settlement] = (),
) -> Iterator[store.Queries]:
    """Put the rows into a store of their own and open it for reading."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIANKE_HOME", folder)
        with store.write("test", "rows", AT) as journal:
            for table, rows in (("gig", gigs), ("payout", payouts), ("settlement", settlements)):
                for row in rows:
                    journal.insert(table, dataclasses.asdict(row))
        with store.read() as db:
            yield db


def _in(range_: Range, day: str) -> bool:
    first, last = range_
    return (first is None or day >= first) and (last is None or day <= last)


def _finished(gig: Gig) -> bool:
    return gig.status in ("delivered", "paid", "rejected")


def _counted(gig: Gig) -> bool:
    """Return whether a report counts a gig: what was called off, once it has cost something."""
    spent = gig.cost_fen > 0 or gig.worked_minutes is not None
    return _finished(gig) or _search(gig) or (gig.status == "cancelled" and spent)


def _minutes(gig: Gig) -> int:
    """Return the minutes of a timed gig, 0 for one without."""
    return 0 if gig.worked_minutes is None else gig.worked_minutes + gig.unpaid_minutes


def _money(gig: Gig) -> tuple[int, int, int, int]:
    """Return gross, fee, cost and tax; a rejected gig brought nothing, but cost what it cost."""
    if gig.status in ("rejected", "cancelled"):
        return (0, 0, gig.cost_fen, 0)
    return (gig.gross_fen, gig.fee_fen, gig.cost_fen, gig.tax_fen)


def _sums(key: str | None, gigs: Sequence[Gig]) -> Sums:
    timed = [gig for gig in gigs if _minutes(gig)]
    searches = list(filter(_search, gigs))
    gross, fee, cost, tax = (sum(column) for column in zip(*map(_money, gigs), strict=True))
    return Sums(
        key,
        len(gigs) - len(searches),
        len(timed) - len(searches),
        sum(gig.worked_minutes or 0 for gig in gigs),
        sum(gig.unpaid_minutes for gig in gigs),
        gross,
        fee,
        cost,
        tax,
        sum(a - b - c - d for a, b, c, d in map(_money, timed)),
        sum(map(_minutes, timed)),
        sum(map(_minutes, searches)),
    )


def _ordered(rows: Sequence[Sums]) -> list[Sums]:
    return sorted(rows, key=lambda row: (row.key is not None, row.key or ""))


# Laws


@given(some_gigs, st.sampled_from(list(KEYS)), ranges)
@settings(max_examples=30)
def test_sums_are_what_a_plain_reading_adds_up(gigs: list[Gig], by: str, range_: Range) -> None:
    """Every group, every column, both ends of the range included."""
    groups: dict[str | None, list[Gig]] = defaultdict(list)
    for gig in gigs:
        if _counted(gig) and _in(range_, gig.day):
            groups[KEYS[by](gig)].append(gig)

    with _stored(gigs) as db:
        found = db.sums(by, *range_)

    assert _ordered(found) == _ordered([_sums(key, group) for key, group in groups.items()])


@given(some_gigs, ranges)
@settings(max_examples=30)
def test_minutes_are_gathered_by_day_hour_and_route(gigs: list[Gig], range_: Range) -> None:
    """The heat map and the weeks of a route count the same timed and finished gigs."""
    heat: dict[tuple[str, int], int] = defaultdict(int)
    own: dict[tuple[str, str | None, str], int] = defaultdict(int)
    for gig in gigs:
        if _counted(gig) and _minutes(gig):
            if _finished(gig):
                own[gig.platform, gig.category, gig.day] += _minutes(gig)
            if gig.start_minute is not None and _in(range_, gig.day):
                heat[gig.day, gig.start_minute // 60] += _minutes(gig)

    with _stored(gigs) as db:
        found = (db.heat(*range_), db.own_minutes())

    assert found[0] == [(day, hour, heat[day, hour]) for day, hour in sorted(heat)]
    assert {row[:3]: row[3] for row in found[1]} == own
    assert len(found[1]) == len(own)


@given(some_gigs, st.integers(1, 4))
@settings(max_examples=30)
def test_rates_look_at_the_newest_timed_gigs_of_each_platform(gigs: list[Gig], most: int) -> None:
    """Timed and finished, or in vain: by newest day and then newest entry, oldest first."""
    timed = [gig for gig in gigs if (_finished(gig) or _search(gig)) and _minutes(gig)]
    newest: dict[str, list[Gig]] = defaultdict(list)
    for gig in sorted(timed, key=lambda gig: (gig.day, gig.id), reverse=True):
        newest[gig.platform].append(gig)
    wanted = [gig for group in newest.values() for gig in group[:most]]

    with pytest.MonkeyPatch.context() as patch, _stored(gigs) as db:
        patch.setattr(queries, "NEWEST_TIMED", most)
        found = db.timed_gigs()

    assert found == sorted(wanted, key=lambda gig: (gig.day, gig.id))


@given(some_gigs, ranges, st.sampled_from([None, "xianyu"]), st.sampled_from([None, "paid"]))
@settings(max_examples=30)
def test_gigs_are_listed_in_the_order_they_began(
    gigs: list[Gig], range_: Range, platform: str | None, status: str | None
) -> None:
    """Every narrowing holds at once; a gig without a start comes last of its day."""
    wanted = [
        gig
        for gig in gigs
        if _in(range_, gig.day)
        and platform in (None, gig.platform)
        and status in (None, gig.status)
    ]

    with _stored(gigs) as db:
        found = db.gigs(first=range_[0], last=range_[1], platform=platform, status=status)
        single = [db.gig(gig.id) for gig in gigs]
        waiting = db.waiting()

    assert found == sorted(
        wanted, key=lambda gig: (gig.day, 1440 if gig.start_minute is None else gig.start_minute)
    )
    assert single == gigs
    assert waiting == sorted(
        (gig for gig in gigs if gig.status == "delivered"), key=lambda gig: (gig.day, gig.id)
    )


def _paid_out(
    gigs: Sequence[Gig], drawn: Sequence[tuple[str, int, list[int]]]
) -> tuple[list[Payout], list[Settlement]]:
    """Return payouts that settle some of the gigs, each with a part of its amount."""
    payouts: list[Payout] = []
    settlements: list[Settlement] = []
    for number, (day, fen, picks) in enumerate(drawn, 1):
        payouts.append(Payout(number, day, fen, "xianyu", "imported"))
        targets = {gigs[pick % len(gigs)].id for pick in picks} if gigs else set()
        for gig_id in sorted(targets):
            part = fen // (len(targets) + 1) or 1
            settlements.append(Settlement(len(settlements) + 1, number, gig_id, part))
    return payouts, settlements


@given(some_gigs, payments, st.sampled_from(list(KEYS)), ranges)
@settings(max_examples=30)
def test_money_received_counts_on_the_day_it_came(
    gigs: list[Gig], drawn: list[tuple[str, int, list[int]]], by: str, range_: Range
) -> None:
    """Days and platforms are the payout's, categories and hours those of the gig it settles."""
    payouts, settlements = _paid_out(gigs, drawn)
    by_id = {gig.id: gig for gig in gigs}
    wanted: dict[str | None, int] = defaultdict(int)
    for part in settlements:
        payout, gig = payouts[part.payout_id - 1], by_id[part.gig_id]
        if _in(range_, payout.day):
            seen = dataclasses.replace(gig, day=payout.day, platform=payout.platform)
            wanted[KEYS[by](seen)] += part.amount_fen

    with _stored(gigs, payouts, settlements) as db:
        found = db.received(by, *range_)
        total = db.received_total(*range_)

    assert dict(found) == wanted
    assert len(found) == len(wanted)
    assert total == sum(payout.amount_fen for payout in payouts if _in(range_, payout.day))


@given(some_gigs, payments, ranges)
@settings(max_examples=30)
def test_what_is_owed_is_what_was_earned_less_what_was_settled(
    gigs: list[Gig], drawn: list[tuple[str, int, list[int]]], range_: Range
) -> None:
    """Own cost is owed by nobody; a rejected or cancelled gig is owed nothing."""
    payouts, settlements = _paid_out(gigs, drawn)
    earned = {
        gig.id: gig for gig in gigs if gig.status in ("delivered", "paid") and _in(range_, gig.day)
    }
    receivable = sum(gig.gross_fen - gig.fee_fen - gig.tax_fen for gig in earned.values())
    settled = sum(part.amount_fen for part in settlements if part.gig_id in earned)

    with _stored(gigs, payouts, settlements) as db:
        assert db.outstanding(*range_) == receivable - settled
        for gig in gigs:
            parts = [part for part in settlements if part.gig_id == gig.id]
            assert db.settlements_of(gig.id) == parts
            assert db.payouts_of(gig.id) == [payouts[part.payout_id - 1] for part in parts]


@given(promised, payments, st.lists(st.integers(0, 20), max_size=3), st.sampled_from(DAYS))
@settings(max_examples=30)
def test_outcomes_are_what_a_plain_reading_counts(
    gigs: list[Gig], drawn: list[tuple[str, int, list[int]]], given_up: list[int], first: str
) -> None:
    """Every finished gig with money in it once, with the days that its money took."""
    payouts, settlements = _paid_out(gigs, drawn)
    billed: dict[int, str] = {}
    for part in settlements:
        day = payouts[part.payout_id - 1].day
        billed[part.gig_id] = max(day, billed.get(part.gig_id, ""))
    lost = {gigs[index % len(gigs)].id for index in given_up} if gigs else set()
    wanted: dict[tuple[object, ...], int] = defaultdict(int)
    for gig in gigs:
        receivable = gig.gross_fen - gig.fee_fen - gig.tax_fen
        open_money = gig.status == "delivered" and receivable > 0
        if gig.day < first or not (gig.status in ("paid", "rejected") or open_money):
            continue
        wanted[
            gig.platform, gig.status, gig.id in lost, *_days_until_paid(gig, billed.get(gig.id))
        ] += 1

    with _stored(gigs, payouts, settlements), store.write("test", "lost", AT) as journal:
        for number in lost:
            journal.insert("write_off", {"gig_id": number, "day": first, "amount_fen": 7})
        found = journal.outcomes(first, "2026-12-31")

    assert {
        (one.platform, one.status, one.lost, one.due_days, one.days): one.gigs for one in found
    } == wanted
    assert all(one.lost_fen == 7 * one.gigs * one.lost for one in found)
    assert len(found) == len(wanted)


def _days_until_paid(gig: Gig, billed: str | None) -> tuple[int | None, int | None]:
    """Return the days beyond the one agreed on, and those since the work, as far as noted."""
    if gig.status == "rejected":
        return None, None
    open_money = gig.status == "delivered"
    came = date.fromisoformat("2026-12-31" if open_money else billed or gig.paid_day or "")
    due = None if gig.due is None else (came - date.fromisoformat(gig.due)).days
    noted = open_money or billed is not None or gig.paid_by_bill or gig.paid_day != gig.day
    return due, (came - date.fromisoformat(gig.day)).days if noted else None


# Single promises


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("paid", Sums("xianyu", 1, 1, 40, 20, 8500, 500, 200, 100, 7700, 60)),
        ("delivered", Sums("xianyu", 1, 1, 40, 20, 8500, 500, 200, 100, 7700, 60)),
        ("rejected", Sums("xianyu", 1, 1, 40, 20, 0, 0, 200, 0, -200, 60)),
        ("accepted", None),
        ("cancelled", Sums("xianyu", 1, 1, 40, 20, 0, 0, 200, 0, -200, 60)),
    ],
)
def test_what_a_gig_adds_depends_on_how_it_ended(status: str, expected: Sums | None) -> None:
    """A rejected gig took its minutes and its cost, and brought neither gross nor fee nor tax."""
    with _stored([_gig(1, status=status)]) as db:
        assert db.sums("platform") == ([] if expected is None else [expected])


@pytest.mark.parametrize(("worked", "unpaid"), [(None, 30), (0, 0)])
def test_a_gig_without_minutes_says_nothing_about_an_hour(worked: int | None, unpaid: int) -> None:
    """Its money is in the sums, but not in the rate."""
    with _stored([_gig(1, worked_minutes=worked, unpaid_minutes=unpaid)]) as db:
        (sums,) = db.sums("platform")

        assert (sums.gross_fen, sums.timed_gigs, sums.timed_net_fen, sums.timed_minutes) == (
            8500,
            0,
            0,
            0,
        )
        assert (db.timed_gigs(), db.heat(), db.own_minutes()) == ([], [], [])


def test_rates_look_at_three_hundred_gigs_per_platform() -> None:
    """A busy platform does not crowd out a quiet one."""
    first = date(2025, 1, 1)
    busy = [_gig(number, day=str(first + timedelta(number))) for number in range(1, 306)]
    quiet = [_gig(306, platform="meituan", day="2020-01-01")]

    with _stored([*busy, *quiet]) as db:
        found = db.timed_gigs()

    assert found == [*quiet, *busy[5:]]


def test_an_empty_store_adds_up_to_nothing() -> None:
    """Zeros and empty lists, never None."""
    with store.read() as db:
        assert (db.sums("month"), db.received("month", None, None), db.timed_gigs()) == ([], [], [])
        assert (db.received_total(None, None), db.outstanding(), db.waiting()) == (0, 0, [])
        assert db.gig(1) is None


def test_amounts_beyond_32_bits_are_added_exactly() -> None:
    """The greatest amounts there can be, a few times over."""
    gigs = [_gig(number, gross_fen=10**12, fee_fen=0, tax_fen=0) for number in range(1, 6)]

    with _stored(gigs) as db:
        assert db.sums("platform")[0].gross_fen == 5 * 10**12
        assert db.outstanding() == 5 * 10**12
