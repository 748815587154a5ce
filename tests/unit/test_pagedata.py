"""The figures of the page: gaps, shares, ages, and weeks beside spare time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianke import pagedata
from xianke.gigs import UNEXPLAINED, Report, Row
from xianke.pagedata import (
    Age,
    Debtor,
    Deposit,
    Hourly,
    Month,
    Part,
    Sources,
    Span,
    Spare,
    Week,
)
from xianke.rates import Rate
from xianke.records import Claim, Gig, GigStatus, Spend

TODAY = date(2026, 11, 22)
"""A Sunday: its week is not over."""
ALWAYS = Span(None, None)

NO_RATE = Rate(None, None, None, "none", 0, None)


def _row(
    key: str,
    net: int = 0,
    *,
    gigs: int = 1,
    timed: int = 1,
    minutes: int = 60,
    rate: int | None = None,
    received: int = 0,
) -> Row:
    return Row(
        key, key.upper(), gigs, timed, minutes, 0, net, 0, 0, 0, net, rate, received
    )  # fmt: skip


def _report(*rows: Row, unexplained: int = 0, outstanding: int = 0) -> Report:
    total = _row("total", sum(row.net_fen for row in rows))
    return Report("platform", rows, total, 0, unexplained, outstanding, 0, 0, 0)


def _gig(number: int, day: str, gross: int, platform: str = "xianyu") -> Gig:
    return Gig(
        number, platform, None, day, None, 1, 30, 0, gross, 0, 0, 0, "delivered", None, None, None,
        None,
    )  # fmt: skip


def _claim(
    day: str, gross: int, platform: str = "xianyu", settled: int = 0, lost: int = 0
) -> Claim:
    return Claim(_gig(1, day, gross, platform), settled, lost)


def _deposit(number: int, day: str, returned: str | None = None) -> Spend:
    back = None if returned is None else 0
    return Spend(number, day, "shansong", 30_000, "deposit", returned, back, None, None)


# Months


def test_months_without_anything_are_zeros_up_to_today() -> None:
    """Also those after the last gig: nothing came in, and that shows."""
    rows = [_row("2026-07", 500, received=400), _row("2026-09", -30, gigs=2, minutes=45)]

    assert pagedata.months(rows, TODAY) == (
        Month("2026-07", 1, 60, 500, 400),
        Month("2026-08", 0, 0, 0, 0),
        Month("2026-09", 2, 45, -30, 0),
        Month("2026-10", 0, 0, 0, 0),
        Month("2026-11", 0, 0, 0, 0),
    )


def test_months_go_over_the_turn_of_the_year() -> None:
    """December is followed by January."""
    found = pagedata.months([_row("2025-11"), _row("2026-02")], date(2026, 2, 1))

    assert [month.key for month in found] == ["2025-11", "2025-12", "2026-01", "2026-02"]


def test_a_slip_in_the_year_makes_no_thousand_months() -> None:
    """Gaps are filled among the last two years; what is older stands alone."""
    found = pagedata.months([_row("1999-01"), _row("2026-11")], TODAY)

    assert len(found) == 1 + pagedata.MOST_MONTHS
    assert [month.key for month in found[:3]] == ["1999-01", "2024-12", "2025-01"]


def test_a_gig_yet_to_come_has_its_month() -> None:
    """The last month is today's or that of the last row."""
    assert [one.key for one in pagedata.months([_row("2026-12")], TODAY)] == ["2026-12"]


def test_the_unexplained_row_is_no_month() -> None:
    """Its money has no gig, hence no month of work."""
    assert pagedata.months([_row(UNEXPLAINED, received=500)], TODAY) == ()


# Hourly rates


def test_platforms_stand_by_what_an_hour_brought() -> None:
    """With the own range and the catalogue's where they are known; untimed ones are left out."""
    own = Rate(900, 1_000, 1_200, "own", 4, "2026-11-01")
    rows = [
        _row("a", rate=1_000, gigs=5, timed=4),
        _row("b", rate=3_000),
        _row("c", gigs=2, timed=0),
        _row("d", rate=-500),
    ]

    found = pagedata.hourly(rows, {"a": own, "b": NO_RATE}, {"a": replace(own, low_fen_per_hour=7)})

    assert found == (
        Hourly("B", 1, 1, 3_000, None, None),
        Hourly("A", 5, 4, 1_000, (900, 1_000, 1_200), (7, 1_200)),
        Hourly("D", 1, 1, -500, None, None),
    )


@pytest.mark.parametrize(
    ("status", "minutes", "unpaid", "counts"),
    [
        ("paid", 30, 0, True),
        ("delivered", 0, 5, True),
        ("rejected", 30, 0, True),
        ("paid", None, 20, False),
        ("paid", 0, 0, False),
        ("accepted", 30, 0, False),
        ("cancelled", 30, 0, False),
    ],
)
def test_only_finished_gigs_with_minutes_make_a_range(
    status: GigStatus, minutes: int | None, unpaid: int, counts: bool
) -> None:
    """The same gigs that the rates look at."""
    gig = replace(_gig(1, "2026-11-01", 100), worked_minutes=minutes, unpaid_minutes=unpaid)
    gig = replace(gig, status=status)

    assert pagedata.rated([gig]) == ([gig] if counts else [])


# Shares


def test_shares_are_of_the_gains_and_losses_have_none() -> None:
    """Thirds make 33.4, 33.3 and 33.3: a hundred percent to the tenth."""
    rows = [_row("a", 100), _row("b", 100), _row("c", 100), _row("d", 0), _row("e", -50)]

    assert pagedata.parts(rows) == (
        Part("A", 100, 334),
        Part("B", 100, 333),
        Part("C", 100, 333),
        Part("D", 0, None),
        Part("E", -50, None),
    )


def test_a_platform_of_which_only_money_is_known_has_no_part() -> None:
    """Nothing was earned there by a gig that is known."""
    assert pagedata.parts([_row("a", 0, gigs=0, received=500)]) == ()


@given(st.lists(st.integers(-(10**12), 10**12), max_size=30))
def test_shares_add_up_to_the_whole(nets: list[int]) -> None:
    """A thousand tenths of a percent, or nothing where nobody gained."""
    found = pagedata.parts([_row("a", net) for net in nets])

    shares = [part.permille for part in found if part.permille is not None]
    assert sum(shares) == (1000 if any(net > 0 for net in nets) else 0)
    assert all(share >= 0 for share in shares)


# What is owed


def test_claims_are_sorted_by_their_age() -> None:
    """Both edges of an age belong to it; what is partly settled counts with its rest."""
    claims = [
        _claim("2026-11-23", 1),
        _claim("2026-11-22", 10),
        _claim("2026-11-15", 100),
        _claim("2026-11-14", 1_000),
        _claim("2026-10-23", 10_000, settled=4_000, lost=1_000),
        _claim("2026-10-22", 100_000),
        _claim("2026-08-24", 1_000_000),
        _claim("2026-08-23", 10_000_000),
    ]

    assert pagedata.ages(claims, TODAY) == (
        Age(0, 7, 3, 111),
        Age(8, 30, 2, 6_000),
        Age(31, 90, 2, 1_100_000),
        Age(91, None, 1, 10_000_000),
    )


def test_nothing_owed_has_no_age() -> None:
    """Four bars of nothing would be noise."""
    assert pagedata.ages([], TODAY) == ()


def test_debtors_stand_by_what_they_owe() -> None:
    """With the number of gigs and the age of the oldest."""
    claims = [
        _claim("2026-11-12", 300, "a"),
        _claim("2026-11-20", 400, "b"),
        _claim("2026-11-02", 200, "a"),
    ]

    assert pagedata.debtors(claims, TODAY, str.upper) == (
        Debtor("A", 2, 500, 20),
        Debtor("B", 1, 400, 2),
    )


def test_deposits_of_the_range_that_are_out_stand_apart() -> None:
    """One that came back, or was paid outside the range, does not."""
    spends = [
        _deposit(1, "2026-09-01"),
        _deposit(2, "2026-10-01"),
        _deposit(3, "2026-10-02", "2026-10-20"),
        replace(_deposit(4, "2026-10-03"), kind="plain"),
    ]

    assert pagedata.deposits(spends, Span("2026-09-15", None), str.upper) == (
        Deposit("SHANSONG", "2026-10-01", 30_000),
    )


# Spare time


def test_whole_weeks_are_held_against_free_time() -> None:
    """The running week is shown and left out of the share; a week of nothing counts."""
    rows = [_row("2026-W44", minutes=120), _row("2026-W46", minutes=60), _row("2026-W47")]

    assert pagedata.spare(rows, 200, ALWAYS, TODAY) == Spare(
        200,
        (
            Week("2026-W44", 120, whole=True),
            Week("2026-W45", 0, whole=True),
            Week("2026-W46", 60, whole=True),
            Week("2026-W47", 60, whole=False),
        ),
        300,
    )


def test_only_the_last_weeks_count() -> None:
    """What was half a year ago says little of today's spare time."""
    found = pagedata.spare([_row("2026-W10")], 100, ALWAYS, TODAY)

    assert [week.key for week in found.weeks] == [f"2026-W{number}" for number in range(40, 48)]
    assert found.permille == 0


def test_weeks_that_the_range_cuts_are_not_whole() -> None:
    """The range ends the weeks, and its first day cuts one."""
    rows = [_row(f"2026-W{number}", minutes=100) for number in range(36, 48)]

    found = pagedata.spare(rows, 100, Span("2026-10-07", "2026-10-25"), TODAY)

    assert found == Spare(
        100,
        (
            Week("2026-W41", 100, whole=False),
            Week("2026-W42", 100, whole=True),
            Week("2026-W43", 100, whole=True),
        ),
        1000,
    )


def test_without_free_time_there_is_no_share() -> None:
    """Unknown is not zero."""
    found = pagedata.spare([_row("2026-W46")], None, ALWAYS, TODAY)

    assert (found.free_minutes, found.permille) == (None, None)


def test_before_the_first_gig_nothing_was_measured() -> None:
    """A payout alone begins nothing."""
    found = pagedata.spare([_row("2026-W45", gigs=0, minutes=0)], 100, ALWAYS, TODAY)

    assert found == Spare(100, (), None)


# The page


def _sources(*rows: Row, claims: list[Claim] | None = None, unexplained: int = 0) -> Sources:
    report = _report(*rows, unexplained=unexplained)
    months = _report(*(replace(row, key="2026-11") for row in rows[:1]))
    return Sources(report, months, _report(), {}, {}, {}, claims or [], [], None)


def test_the_page_leaves_out_claims_beyond_its_range() -> None:
    """What is owed for other days is not part of these days."""
    sources = _sources(
        _row("xianyu", 100), claims=[_claim("2026-10-31", 100), _claim("2026-11-01", 200)]
    )

    found = pagedata.page(sources, Span("2026-11-01", "2026-11-30"), TODAY, str.upper)

    assert found.debtors == (Debtor("XIANYU", 1, 200, 21),)
    assert found.report is sources.platforms


def test_the_page_names_platforms_without_timed_gigs() -> None:
    """Not those of which only money is known."""
    sources = _sources(_row("a", timed=0), _row("b"), _row("c", gigs=0, timed=0))

    assert pagedata.page(sources, ALWAYS, TODAY, str.upper).untimed == ("A",)


def test_the_unexplained_row_is_no_platform() -> None:
    """It stands in the report alone."""
    sources = _sources(_row("a", 5), _row(UNEXPLAINED, gigs=0, timed=0, received=9), unexplained=9)

    assert pagedata.page(sources, ALWAYS, TODAY, str.upper).parts == (Part("A", 5, 1000),)


def test_a_page_with_nothing_is_empty() -> None:
    """One with money that nobody has explained is not."""
    nothing = _sources()
    money = _sources(_row(UNEXPLAINED, gigs=0, timed=0, received=9), unexplained=9)

    assert pagedata.page(nothing, ALWAYS, TODAY, str.upper).empty
    assert not pagedata.page(money, ALWAYS, TODAY, str.upper).empty
