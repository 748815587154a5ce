"""What a plan is worth and which limits it breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xianke._plan_check import scarcity, value, violations
from xianke._plan_model import Limits, Option, Problem, Route, Slot, Tier

TIERS = (Tier(60, 10_000), Tier(90, 25_001))

# Two pieces on Monday, one on Tuesday; two routes of one platform, one of another.
WEEK = Problem(
    slots=(Slot(0, 60), Slot(0, 90), Slot(1, 30)),
    routes=(
        Route("mending", "bench", setup_fen=300, opening_fen=2_000, cap_minutes=None),
        Route("sewing", "bench", setup_fen=0, opening_fen=0, cap_minutes=90, tiers=TIERS),
        Route("errands", "street", setup_fen=500, opening_fen=0, cap_minutes=None),
    ),
    options=(
        Option(0, 0, 4_000),
        Option(1, 0, 6_000),
        Option(2, 0, 1_500),
        Option(0, 1, 3_000),
        Option(1, 1, 5_000),
        Option(2, 2, 1_000),
    ),
)


def under(**limits: object) -> Problem:
    """Return the week under these limits alone."""
    return replace(WEEK, limits=replace(Limits(), **limits))  # type: ignore[arg-type]  # as named


def test_an_idle_week_is_worth_nothing() -> None:
    """Nothing done, nothing earned, nothing paid."""
    assert value(WEEK, (None, None, None)) == 0


def test_set_up_is_paid_once_a_day_and_opening_once_a_week() -> None:
    """Two pieces of a day share the set-up; the next day pays it again, but no opening."""
    assert value(WEEK, (0, None, None)) == 4_000 - 300 - 2_000
    assert value(WEEK, (0, 1, None)) == 10_000 - 300 - 2_000
    assert value(WEEK, (0, 1, 2)) == 11_500 - 2 * 300 - 2_000


def test_each_route_pays_its_own_set_up() -> None:
    """Work on several routes pays for each of them."""
    assert value(WEEK, (0, 4, 5)) == 4_000 + 5_000 + 1_000 - 300 - 2_000 - 300 - 500


@pytest.mark.parametrize(
    ("minutes", "fen"), [(0, 0), (60, 0), (61, 10), (90, 300), (91, 326), (100, 551)]
)
def test_scarcity_adds_up_over_the_minutes_beyond_each_tier(minutes: int, fen: int) -> None:
    """The rate of a tier replaces the one before from there on; a part of a fen counts whole."""
    assert scarcity(WEEK.routes[1], minutes) == fen


def test_scarcity_is_rounded_up_once_for_the_route() -> None:
    """Minutes of several pieces are added before rounding."""
    route = Route("thin", "bench", 0, 0, None, (Tier(0, 1),))
    week = Problem(WEEK.slots, (route,), tuple(Option(slot, 0, 1_000) for slot in range(3)))

    assert value(week, (0, 1, 2)) == 3_000 - 1


def test_a_week_without_limits_allows_everything() -> None:
    """Only the cap of the route is left."""
    assert violations(WEEK, (0, 1, 2)) == []
    assert violations(WEEK, (0, 4, 5)) == []


@pytest.mark.parametrize(
    ("problem", "choice", "broken"),
    [
        (WEEK, (3, 4, None), "supply sewing: 150 > 90"),
        (under(day_minutes=(149,) * 7), (0, 1, None), "day 0: 150 > 149"),
        (under(week_minutes=179), (0, 1, 5), "week: 180 > 179"),
        (under(max_platforms=1), (0, None, 5), "platforms: 2 > 1"),
        (under(platform_minutes=149), (0, 4, None), "dependence bench: 150 > 149"),
        (under(working_days=1), (0, None, 2), "rest: 2 > 1"),
    ],
)
def test_each_limit_is_watched(
    problem: Problem, choice: tuple[int | None, ...], broken: str
) -> None:
    """One minute, platform or day too much is told, and only that."""
    assert violations(problem, choice) == [broken]


@pytest.mark.parametrize(
    "limits",
    [
        {"day_minutes": (150,) + (30,) * 6},
        {"week_minutes": 180},
        {"max_platforms": 2},
        {"platform_minutes": 150},
        {"working_days": 2},
    ],
)
def test_a_limit_may_be_reached(limits: dict[str, object]) -> None:
    """What fills a limit to the last minute does not break it."""
    assert violations(under(**limits), (0, 4, 5)) == []


@pytest.mark.parametrize(
    ("choice", "broken"),
    [
        ((0, 1), "2 choices for 3 slots"),
        ((6, None, None), "slot 0: there is no option 6"),
        ((-1, None, None), "slot 0: there is no option -1"),
        ((1, None, None), "slot 0: option 1 is for slot 1"),
    ],
)
def test_a_plan_of_another_week_is_told_so(choice: tuple[int | None, ...], broken: str) -> None:
    """Choices that do not belong to the slots are named."""
    assert violations(WEEK, choice) == [broken]
