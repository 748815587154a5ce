"""Agreed work: how long it takes, and the time it gets before its day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from tests.unit.weeks_of_life import MONDAY, gig

from xianke import dues, platforms
from xianke.planner import Limits, Piece

if TYPE_CHECKING:
    from xianke.records import Gig

SUNDAY = date(2026, 11, 29)


def pieces(*days: int, hours: int = 1) -> tuple[Piece, ...]:
    """Return one evening piece on each of these days of November 2026."""
    return tuple(
        Piece(datetime(2026, 11, day, 19), datetime(2026, 11, day, 19 + hours), 1) for day in days
    )


def wanted(*gigs: Gig, timed: tuple[Gig, ...] = ()) -> tuple[dues.Due, ...]:
    return dues.dues(gigs, timed, platforms.catalogue(), SUNDAY)


def placed(found: dues.Placement) -> list[tuple[int, int, int]]:
    return [(one.piece.start.day, one.due.gig.id, one.expected_fen) for one in found.appointments]


def test_the_earliest_due_comes_first() -> None:
    """Of two agreed gigs the one due sooner gets the first piece."""
    some = wanted(gig(1, due="2026-11-29"), gig(2, due="2026-11-25"))

    found = dues.place(some, pieces(23, 24), {}, Limits(), MONDAY)

    assert placed(found) == [(23, 2, 30_000), (24, 1, 30_000)]
    assert (found.short, found.left) == ((), ())


def test_only_accepted_work_with_a_day_in_the_week_counts() -> None:
    """What is done, has no day, or is due later needs no time now."""
    some = wanted(gig(1, due=None), gig(2, due="2026-11-30"), gig(3, status="delivered"), gig(4))

    assert [one.gig.id for one in some] == [4]


def test_minutes_are_typed_else_usual_there_else_an_hour() -> None:
    """The gig's own minutes go before the median of the route's, and that before the usual."""
    timed = tuple(
        gig(number, platform="xianyu", category="skill_service", worked_minutes=minutes,
            status="paid", paid_day="2026-11-20", due=None)
        for number, minutes in ((10, 30), (11, 90), (12, 200))
    )  # fmt: skip
    some = wanted(
        gig(1, worked_minutes=100, unpaid_minutes=20),
        gig(2, platform="xianyu", category="skill_service"),
        gig(3),
        timed=timed,
    )

    assert [one.minutes for one in some] == [120, 90, dues.USUAL_MINUTES]


def test_whole_pieces_are_taken_until_it_is_done() -> None:
    """Its net is shared by the minutes worked in each, to the fen."""
    some = wanted(gig(1, worked_minutes=150, gross_fen=10_001, cost_fen=1))

    found = dues.place(some, pieces(23, 24, 25, 26), {}, Limits(), MONDAY)

    assert placed(found) == [(23, 1, 4_000), (24, 1, 4_000), (25, 1, 2_000)]
    assert [piece.start.day for piece in found.left] == [26]


def test_nothing_is_placed_behind_its_day() -> None:
    """What does not fit before it is due is said, with the minutes that are missing."""
    some = wanted(gig(1, worked_minutes=150, due="2026-11-24"))

    found = dues.place(some, pieces(23, 24, 25), {}, Limits(), MONDAY)

    assert [piece.start.day for piece in found.left] == [25]
    assert [(one.due.gig.id, one.minutes) for one in found.short] == [(1, 30)]


def test_midnight_belongs_to_the_day_before() -> None:
    """A piece that ends at twelve on the day it is due is in time."""
    late = (Piece(datetime(2026, 11, 27, 23), datetime(2026, 11, 28), 1),)

    found = dues.place(wanted(gig(1)), late, {}, Limits(), MONDAY)

    assert placed(found) == [(27, 1, 30_000)]


def test_pieces_that_do_not_suit_the_route_are_passed_over() -> None:
    """Where it is known what suits, nothing else is taken."""
    some = wanted(gig(1, platform="xianyu", category="skill_service"))

    found = dues.place(some, pieces(23, 24), {("skill_service", "xianyu"): {1}}, Limits(), MONDAY)

    assert placed(found) == [(24, 1, 30_000)]


def test_limits_are_kept_as_long_as_the_work_allows() -> None:
    """A full day is passed over for a later one; where there is none, what is agreed goes first."""
    some = wanted(gig(1), gig(2))
    evening = (*pieces(23), Piece(datetime(2026, 11, 23, 20), datetime(2026, 11, 23, 21), 1))

    kept = dues.place(some, (*evening, *pieces(24)), {}, Limits(day_minutes=60), MONDAY)
    broken = dues.place(some, evening, {}, Limits(day_minutes=60), MONDAY)

    assert [day for day, _gig, _fen in placed(kept)] == [23, 24]
    assert [day for day, _gig, _fen in placed(broken)] == [23, 23]


def test_what_costs_more_than_it_brings_is_worth_nothing() -> None:
    """A plan says what comes in, never less than nothing."""
    found = dues.place(
        wanted(gig(1, gross_fen=100, cost_fen=900)), pieces(23), {}, Limits(), MONDAY
    )

    assert placed(found) == [(23, 1, 0)]
