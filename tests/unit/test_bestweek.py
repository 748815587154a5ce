"""The best of a usual week: which week, what it brings, what more or fewer routes change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.bestweeks import SLOTS, TODAY, best, gig, means, stock

from xianke import bestweek
from xianke.bestweek import Filled, Hour
from xianke.priors import Z80


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (date(2026, 11, 22), date(2026, 11, 23)),
        (date(2026, 11, 16), date(2026, 11, 23)),
        # The national holiday from 1 October, and the days worked to make up for it.
        (date(2026, 9, 22), date(2026, 10, 12)),
    ],
)
def test_a_usual_week_has_no_holiday(today: date, monday: date) -> None:
    """It is the next whole one without, and without make-up workdays."""
    assert bestweek.typical_week(today) == monday


def test_a_week_without_slots_brings_nothing() -> None:
    """There is nothing to fill."""
    found = best(have=stock())

    assert (found.pieces, found.ways, found.filled) == ((), (), Filled(0, 0))


def test_what_is_free_once_is_not_usual() -> None:
    """A single evening is not counted, though it falls into the week."""
    have = stock("2026-11-25 19:00-21:00", "周一 19:00-20:00")

    assert best(have=have).free_minutes == 60


def test_a_week_is_filled_with_what_is_open() -> None:
    """No more minutes than there are, and some of them bring something."""
    found = best(have=stock(*SLOTS, skills=["ppt"]))

    assert found.free_minutes == 5 * 120 + 2 * 180
    assert 0 < found.filled.minutes <= found.free_minutes
    assert found.filled.value_fen > 0


def test_a_route_of_its_own_adds_nothing_a_second_time() -> None:
    """What the week has already cannot be added; nothing is ever lost by more."""
    found = best(have=stock(*SLOTS, skills=["ppt"]))
    bare = replace(found, ways=(), filled=Filled(0, 0))

    added = bestweek.added(bare, found.ways)

    assert added.mid_fen == found.filled.value_fen
    assert 0 <= added.low_fen < added.mid_fen < added.high_fen


def test_the_points_are_those_of_the_doubt_about_the_level() -> None:
    """One alone, moved to its 10 % point, brings the factor of so many standard deviations."""
    have = stock(*SLOTS, skills=["ppt"])
    way = best(have=have).ways[0]
    start = best(have=have).pieces[0].start

    low = bestweek.shifted(way, -Z80).open.outlook.hourly_fen(start)
    mid = way.open.outlook.hourly_fen(start)
    high = bestweek.shifted(way, Z80).open.outlook.hourly_fen(start)

    assert low < mid < high
    assert bestweek.shifted(way, -Z80).open.outlook.hourly_fen(start, Z80) == pytest.approx(mid)
    assert bestweek.shifted(way, 0.0) is way


def test_without_a_route_a_week_brings_less_or_the_same() -> None:
    """All of it without all routes, nothing less without one that was never there."""
    found = best(have=stock(*SLOTS, skills=["ppt"]))
    everything = [way.route for way in found.ways]

    assert bestweek.without(found, everything) == 0
    assert bestweek.without(found, [("nowhere", "nothing")]) == found.filled.value_fen
    assert bestweek.without(found, everything[:1]) <= found.filled.value_fen


def test_an_hour_is_worth_what_the_own_log_says() -> None:
    """Three gigs of 40 minutes with 180 yuan, and half an hour of looking: 72 an hour."""
    gigs = [gig(40, 6_000), gig(40, 6_000), gig(40, 6_000)]
    search = gig(0, 0, status="none_found", unpaid_minutes=30, paid_day=None)

    assert bestweek.hour([*gigs, search], None) == Hour(18_000 * 60 // 150, "own")


def test_before_three_gigs_an_hour_is_worth_what_the_week_brings() -> None:
    """The mean over the minutes that are filled; nothing where nothing is."""
    week = best(Filled(20_000, 300))

    assert bestweek.hour([gig(40, 9_000)], week) == Hour(4_000, "plan")
    assert bestweek.hour([gig(40, 9_000)], None) == Hour(None, "none")
    assert bestweek.hour([], best(Filled(0, 0))) == Hour(None, "none")


def test_a_loss_is_no_worth_of_an_hour() -> None:
    """Who lost money so far is told what the week should bring instead."""
    losses = [gig(40, 0, cost_fen=500) for _number in range(3)]

    assert bestweek.hour(losses, best(Filled(20_000, 300))) == Hour(4_000, "plan")


def test_own_gigs_move_what_the_week_brings() -> None:
    """Better pay, a better week."""
    have = stock(*SLOTS, skills=["ppt"])
    poor = bestweek.of(have, means(*[gig(60, 1_000)] * 3), TODAY)
    rich = bestweek.of(have, means(*[gig(60, 9_000)] * 3), TODAY)

    assert poor.filled.value_fen < rich.filled.value_fen
