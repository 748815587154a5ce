"""Weeks in which taking the best piece first goes wrong, and those with nothing to plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xianke._plan_check import value, violations
from xianke._plan_model import Limits, Option, Problem, Route, Slot, Solution, Tier
from xianke._plan_search import QUICK, THOROUGH, Effort, greedy_plan, solve

EFFORTS = pytest.mark.parametrize("effort", [QUICK, THOROUGH], ids=["quick", "thorough"])


def route(key: str, platform: str = "", **costs: object) -> Route:
    """Return a route that costs only what is said; its platform is its own if none is named."""
    free = Route(key, platform or key, 0, 0, None)
    return replace(free, **costs)  # type: ignore[arg-type]  # as named


def week(days: str, routes: tuple[Route, ...], worth: tuple[tuple[int, ...], ...]) -> Problem:
    """Return a week of one-hour slots on these days; *worth* holds a row per slot, 0 for none."""
    options = tuple(
        Option(slot, number, fen)
        for slot, row in enumerate(worth)
        for number, fen in enumerate(row)
        if fen
    )
    return Problem(tuple(Slot(int(day), 60) for day in days), routes, options)


def taken(problem: Problem, solution: Solution) -> str:
    """Return the key of each slot's route, a dash for an idle one."""
    assert violations(problem, solution.choice) == []
    assert value(problem, solution.choice) == solution.value_fen
    return "".join(
        "-" if place is None else problem.routes[problem.options[place].route].key
        for place in solution.choice
    )


@EFFORTS
def test_set_up_is_paid_back_by_the_second_slot_of_the_day(effort: Effort) -> None:
    """A trip that does not pay for one piece of work is made for two."""
    problem = week(
        "00", (route("a"), route("b", setup_fen=3_000)), ((1_000, 3_500), (1_000, 3_500))
    )

    assert taken(problem, greedy_plan(problem)) == "aa"
    assert taken(problem, solve(problem, effort)) == "bb"


@EFFORTS
def test_set_up_on_two_days_is_not_paid_back(effort: Effort) -> None:
    """The same pieces on different days pay the trip twice, so it is not made."""
    problem = week(
        "03", (route("a"), route("b", setup_fen=3_000)), ((1_000, 3_500), (1_000, 3_500))
    )

    assert taken(problem, solve(problem, effort)) == "aa"


@EFFORTS
def test_platforms_are_exchanged_where_few_may_be_used(effort: Effort) -> None:
    """The platform with the best single piece gives way to one that fills the week."""
    routes = (route("a"), route("b"), route("c"))
    worth = ((9_000, 5_000, 0), (0, 5_000, 0), (0, 5_000, 4_000), (0, 0, 6_000))
    problem = replace(week("0123", routes, worth), limits=Limits(max_platforms=2))

    assert taken(problem, greedy_plan(problem)) == "a-cc"
    assert taken(problem, solve(problem, effort)) == "bbbc"


@EFFORTS
def test_two_platforms_have_to_be_exchanged_together(effort: Effort) -> None:
    """Neither of two platforms helps without the other, as each brings half of the week."""
    routes = (route("a"), route("b"), route("c"), route("d"))
    worth = (
        (5_000, 4_500, 0, 0),
        (0, 4_500, 0, 0),
        (0, 0, 5_000, 4_500),
        (0, 0, 0, 4_500),
    )
    problem = replace(week("0123", routes, worth), limits=Limits(max_platforms=2))

    assert taken(problem, greedy_plan(problem)) == "a-c-"
    assert taken(problem, solve(problem, effort)) == "bbdd"


@EFFORTS
def test_a_deposit_pays_with_the_second_slot(effort: Effort) -> None:
    """What it costs to begin at all is no loss once two pieces of different days share it."""
    problem = week(
        "04", (route("a"), route("b", opening_fen=4_000)), ((1_000, 3_900), (1_000, 3_900))
    )

    assert taken(problem, greedy_plan(problem)) == "aa"
    assert taken(problem, solve(problem, effort)) == "bb"


def test_a_deposit_is_carried_by_three_slots_that_others_want() -> None:
    """A costly beginning is made though each of its pieces is worth more on another route."""
    routes = (
        route("a", "p", tiers=(Tier(30, 56_024),), opening_fen=8_000),
        route("b", tiers=(Tier(0, 54_634), Tier(60, 79_279)), cap_minutes=200, opening_fen=8_000),
        route("c", "p", setup_fen=4_000, tiers=(Tier(60, 49_838),)),
        route("d", cap_minutes=150, opening_fen=8_000),
    )
    worth = (
        (6_062, 0, 1_518, 0),
        (3_485, 6_395, 0, 1_986),
        (5_132, 0, 3_032, 4_873),
        (3_552, 7_192, 0, 2_713),
        (7_741, 2_272, 28, 2_133),
        (189, 2_369, 3_981, 5_626),
    )
    minutes = (60, 60, 30, 60, 30, 45)
    whole = week("000012", routes, worth)
    slots = tuple(
        replace(slot, minutes=length) for slot, length in zip(whole.slots, minutes, strict=True)
    )
    limits = Limits(week_minutes=202, platform_minutes=214, working_days=1)
    problem = replace(whole, slots=slots, limits=limits)

    for seed in range(5):
        assert taken(problem, solve(problem, THOROUGH, seed)) == "-ddd--"


@EFFORTS
def test_a_deposit_that_one_slot_cannot_carry_is_not_paid(effort: Effort) -> None:
    """A route that costs more to begin than the week brings on it is left alone."""
    problem = week("0", (route("a", opening_fen=4_000),), ((3_900,),))

    assert solve(problem, effort) == Solution((None,), 0)


@EFFORTS
def test_scarce_work_is_spread_over_routes(effort: Effort) -> None:
    """Once a route's orders run thin, the next best one brings more."""
    thin = (Tier(60, 20_000), Tier(120, 60_000))
    problem = week(
        "0123",
        (route("a", tiers=thin), route("b")),
        ((4_000, 3_000), (4_000, 3_000), (4_000, 3_000), (4_000, 3_000)),
    )

    solution = solve(problem, effort)

    assert solution.value_fen == 4_000 + 3 * 3_000
    assert sorted(taken(problem, solution)) == ["a", "b", "b", "b"]


@EFFORTS
def test_a_short_supply_is_kept_for_where_nothing_else_goes(effort: Effort) -> None:
    """The one hour that a route has is spent in the slot without another use."""
    problem = week("01", (route("a", cap_minutes=60), route("b")), ((5_000, 4_900), (4_000, 0)))

    assert taken(problem, greedy_plan(problem)) == "a-"
    assert taken(problem, solve(problem, effort)) == "ba"


@EFFORTS
def test_the_day_off_is_the_poorest(effort: Effort) -> None:
    """With one working day, two good pieces of a day beat the best single one."""
    problem = replace(
        week("011", (route("a"),), ((5_000,), (4_000,), (4_000,))),
        limits=Limits(working_days=1),
    )

    assert taken(problem, greedy_plan(problem)) == "a--"
    assert taken(problem, solve(problem, effort)) == "-aa"


@EFFORTS
@pytest.mark.parametrize(
    "limits",
    [
        Limits(max_platforms=0),
        Limits(week_minutes=0),
        Limits(working_days=0),
        Limits(platform_minutes=59),
        Limits(day_minutes=(0,) * 7),
    ],
)
def test_a_week_that_allows_nothing_stays_idle(limits: Limits, effort: Effort) -> None:
    """A limit of nothing is kept like any other."""
    problem = replace(week("01", (route("a"), route("b")), ((100, 90), (100, 90))), limits=limits)

    assert solve(problem, effort) == Solution((None, None), 0)


@EFFORTS
@pytest.mark.parametrize(
    "problem",
    [
        Problem((), (), ()),
        Problem((Slot(0, 60),), (), ()),
        Problem((Slot(0, 60),), (route("a"),), ()),
        week("0", (route("a"),), ((-100,),)),
    ],
    ids=["no slot", "no route", "no option", "no gain"],
)
def test_a_week_without_anything_to_gain_stays_idle(problem: Problem, effort: Effort) -> None:
    """No slots, no routes, no options, or only losing ones: an idle plan worth nothing."""
    assert solve(problem, effort) == Solution((None,) * len(problem.slots), 0)


def test_a_plan_kept_is_where_the_search_begins() -> None:
    """Without any search, the plan given comes out, though its first piece alone is at a loss."""
    problem = week("00", (route("a"), route("b", setup_fen=3_000)), ((900, 2_500), (900, 2_500)))
    none = Effort(greedy_runs=0, heats=(), parents=0, children=0, peek=0, alone=0)

    assert taken(problem, solve(problem, none)) == "aa"
    assert solve(problem, none, start=(1, 3)).choice == (1, 3)


def test_what_no_longer_fits_of_a_plan_kept_is_left_out() -> None:
    """A plan from before a limit was drawn begins as much of itself as the limit allows."""
    problem = week("00", (route("a"), route("b")), ((1_000, 900), (1_000, 900)))
    tight = replace(problem, limits=Limits(week_minutes=60))

    solution = solve(tight, QUICK, start=(0, 2))

    assert solution.value_fen == 1_000
    assert violations(tight, solution.choice) == []
