"""The planner: what is chosen, why the rest stays free, and the limits at their edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.unit.weeks_of_life import BEFORE, MONDAY, ask, gig, means, slot

from xianke import planner, week, weekplan
from xianke.planner import Limits, Piece, Request
from xianke.records import PlanBlock

EVENINGS = slot(1, "每天 19:00-21:00")


def request(*pieces: Piece, limits: Limits = Limits(), **fields: object) -> Request:  # noqa: B008
    """Return a request over all routes open to somebody on these pieces."""
    somebody = ask(EVENINGS).stock
    ways = week.ways(somebody, pieces, means(), BEFORE.date())
    return Request(
        MONDAY, pieces, tuple(way.open for way in ways), limits, **fields  # type: ignore[arg-type]
    )  # fmt: skip


def evening(day: int, hours: int = 2) -> Piece:
    start = datetime.combine(MONDAY, datetime.min.time()) + timedelta(days=day, hours=19)
    return Piece(start, start + timedelta(hours=hours), 1)


def whys(plan: planner.Plan) -> list[str]:
    return [one.why for one in plan.idle]


def test_free_time_is_filled_with_what_brings_most() -> None:
    """Without limits nothing that pays stays free, and the sum is that of the blocks."""
    plan = planner.plan(request(evening(0), evening(1)))

    assert [block.piece.start.day for block in plan.blocks] == [23, 24]
    assert plan.value_fen == sum(block.expected_fen for block in plan.blocks) > 0
    assert (plan.idle, plan.binding) == ((), ())


def test_without_routes_all_stays_free() -> None:
    """Time that nothing fits says so."""
    plan = planner.plan(replace(request(evening(0)), open=()))

    assert (plan.blocks, whys(plan)) == ((), ["no_route"])


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(day_minutes=100), "day"),
        (Limits(week_minutes=100), "week"),
        (Limits(rest_days=7), "rest"),
    ],
)
def test_a_limit_that_keeps_time_free_is_named(limits: Limits, why: str) -> None:
    """It binds, and the piece says so."""
    plan = planner.plan(request(evening(0), limits=limits))

    assert (plan.blocks, whys(plan), plan.binding) == ((), [why], (why,))


def test_one_evening_a_week_may_hang_on_one_platform() -> None:
    """A share of 30 percent of two hours is no evening; any one piece is allowed all the same."""
    plan = planner.plan(request(evening(0), limits=Limits(platform_share=30)))

    assert len(plan.blocks) == 1


def test_days_with_fixed_work_take_no_rest_away() -> None:
    """Six days of rest: the one day of work is the one that has agreed work already."""
    limits = Limits(rest_days=6)
    spent = (0, 0, 30, 0, 0, 0, 0)

    plan = planner.plan(request(*map(evening, range(7)), limits=limits, spent_minutes=spent))

    assert [block.piece.start.day for block in plan.blocks] == [25]
    assert set(whys(plan)) == {"rest"}


def test_days_of_rest_are_chosen_beside_fixed_work() -> None:
    """One day is spent, two may be worked on: the other is the best of the rest."""
    limits = Limits(rest_days=5)
    pieces = (*map(evening, range(6)), evening(6, hours=3))

    plan = planner.plan(request(*pieces, limits=limits, spent_minutes=(30, 0, 0, 0, 0, 0, 0)))

    assert [block.piece.start.day for block in plan.blocks] == [23, 29]


def test_fixed_work_counts_for_the_day_and_the_week() -> None:
    """An hour that is taken leaves no room for two more within two."""
    day = Limits(day_minutes=120)
    whole = Limits(week_minutes=120)
    spent = (60, 0, 0, 0, 0, 0, 0)

    assert whys(planner.plan(request(evening(0), limits=day, spent_minutes=spent))) == ["day"]
    assert whys(planner.plan(request(evening(1), limits=whole, spent_minutes=spent))) == ["week"]


def test_past_the_midnight_after_sunday_is_still_sunday() -> None:
    """A night shift that a calendar has cut begins on Monday, and counts for the week it began."""
    start = datetime.combine(MONDAY, datetime.min.time()) + timedelta(days=7, hours=1)
    night = Piece(start, start + timedelta(hours=2), 1)

    plan = planner.plan(request(night, limits=Limits(day_minutes=240, rest_days=1)))

    assert [block.piece for block in plan.blocks] == [night]


def test_a_plan_kept_before_tips_the_balance() -> None:
    """What stood in a kept plan stands again where the difference is small."""
    first = planner.plan(request(evening(0), evening(1), evening(2)))
    kept = tuple((block.piece.start, block.route) for block in first.blocks)

    again = planner.plan(request(evening(0), evening(1), evening(2), kept=kept))

    assert [block.route for block in again.blocks] == [block.route for block in first.blocks]
    # The bonus moves the choice, never a figure that is shown.
    assert again.value_fen == first.value_fen


# A whole week


def test_what_a_limit_costs_is_told() -> None:
    """With room for one evening a week, the others are what lifting it would bring."""
    found = weekplan.arrange(ask(EVENINGS, limits=Limits(week_minutes=120)))

    assert [one.minutes for one in found.entries] == [120]
    assert found.binding == ("week",)
    assert found.gains["week"] > found.value_fen


def test_agreed_work_goes_first_and_has_its_price() -> None:
    """The first evening is the client's, with what was agreed."""
    found = weekplan.arrange(ask(EVENINGS, accepted=[gig(1, worked_minutes=60)]))

    first = found.entries[0]
    assert first.due is not None
    assert (first.platform, first.expected_fen, first.supply) == ("wangayi", 30_000, "known")
    assert first.category == "unknown"
    assert all(one.due is None for one in found.entries[1:])


def test_a_week_begun_is_planned_from_the_next_five_minutes_on() -> None:
    """Thursday, seven past eight in the evening."""
    now = datetime(2026, 11, 26, 20, 6, 30)

    found = weekplan.arrange(ask(EVENINGS, now=now))

    assert found.since == datetime(2026, 11, 26, 20, 10)
    assert found.entries[0].start == datetime(2026, 11, 26, 20, 10)


def test_a_kept_block_that_runs_is_left_alone() -> None:
    """It stands among what is past; its slot is not planned a second time."""
    running = PlanBlock(
        1, "2026-W48", "2026-11-26", 1140, 1260, 1, "micro_task", "bytedance_xpert", 900, 0, 0,
        "unknown", "plan-2026-W48-s1-4-1",
    )  # fmt: skip
    now = datetime(2026, 11, 26, 20, 6)

    found = weekplan.arrange(ask(EVENINGS, now=now, kept=[running]))

    assert [one.uid for one in found.past] == ["plan-2026-W48-s1-4-1"]
    assert found.entries[0].start == datetime(2026, 11, 27, 19)
    assert all(one.uid != "plan-2026-W48-s1-4-1" for one in found.entries)


def test_what_a_kept_plan_gave_a_client_is_not_given_again() -> None:
    """Two of three hours lie behind: one evening more is enough."""
    done = PlanBlock(
        1, "2026-W48", "2026-11-23", 1140, 1260, 1, "unknown", "wangayi", 20_000, 0, 0, "known",
        "plan-2026-W48-s1-1-1",
    )  # fmt: skip
    agreed = gig(1, worked_minutes=180)

    found = weekplan.arrange(
        ask(EVENINGS, now=datetime(2026, 11, 24, 9), kept=[done], accepted=[agreed])
    )

    given = [one for one in found.entries if one.due is not None]
    assert [(one.start.day, one.expected_fen) for one in given] == [(24, 10_000)]
    assert found.short == ()


def test_the_share_is_lifted_where_only_one_platform_is_open() -> None:
    """Half an empty week would make nobody more independent."""
    commute = slot(1, "工作日 8:00-9:00", "transit")

    found = weekplan.arrange(ask(commute, limits=Limits(platform_share=70)))

    houses = {way.platform.id for way in found.ways}
    assert found.limits.platform_share == (100 if len(houses) < 2 else 70)


def test_the_range_holds_the_sum_and_is_wide_without_own_gigs() -> None:
    """The catalogue alone leaves much open."""
    found = weekplan.arrange(ask(EVENINGS))

    low, high = found.likely_fen
    assert low < found.value_fen < high
    assert high > 1.5 * low
