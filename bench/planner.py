"""How far the week planner stays behind an exact solver: `python bench/planner.py --help`.

Each week is also given to HiGHS (`pip install -e '.[bench]'`) as an integer programme of the very
same meaning; every plan of either is checked and counted by `_plan_check`. Ends with 1 when the
gap is wider than the bars below, or a plan breaks a limit or is worse than the greedy one.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from xianke import _plan_check
from xianke._plan_model import Limits, Option, Problem, Route, Slot, Tier

SIZES = ((20, 50), (40, 80))
MEDIAN_BAR = 1.0
WORST_BAR = 2.0
"""Per cent that may be missing to the value of the solver's plan."""


# Weeks made up


def week(seed: int, slots: int, routes: int, *, limited: bool = True) -> Problem:
    """Make up a week like real ones; without *limited* as a simulation of many weeks has them.

    Such a week has no bound on platforms or working days, and tiers on every route.
    """
    dice = random.Random(f"{seed}/{slots}/{routes}")
    pieces = tuple(_slot(dice) for _ in range(slots))
    ways = tuple(_route(dice, number, routes, limited) for number in range(routes))
    options = []
    worth = [dice.lognormvariate(0, 0.15) for _ in pieces]
    for route in range(routes):
        fen_per_minute = dice.lognormvariate(3.9, 0.45)
        eligible = dice.uniform(0.2, 0.6)
        for place, piece in enumerate(pieces):
            if dice.random() < eligible:
                rate = fen_per_minute * worth[place] * dice.lognormvariate(0, 0.1)
                options.append(Option(place, route, round(rate * piece.minutes)))
    return Problem(pieces, ways, tuple(options), _limits(dice, pieces, limited))


def _slot(dice: random.Random) -> Slot:
    return Slot(dice.randrange(7), dice.choice((30, 45, 60, 60, 90, 90, 120, 120, 150, 180, 240)))


def _route(dice: random.Random, number: int, routes: int, limited: bool) -> Route:
    tiers: tuple[Tier, ...] = ()
    if not limited or dice.random() < 0.5:
        first, rate = dice.randrange(60, 300, 30), dice.randrange(3_000, 15_000)
        tiers = (
            Tier(first, rate),
            Tier(first + dice.randrange(60, 240, 30), rate + dice.randrange(3_000, 20_000)),
        )
    return Route(
        f"route-{number:02}",
        f"platform-{dice.randrange(routes * 3 // 10):02}",
        dice.choice((0, 0, 300, 600, 1_000, 2_000)),
        dice.choice((0, 0, 0, 1_000, 3_000, 6_000)),
        dice.randrange(90, 600, 15) if dice.random() < 0.75 else None,
        tiers,
    )


def _limits(dice: random.Random, slots: Sequence[Slot], limited: bool) -> Limits:
    total = sum(slot.minutes for slot in slots)
    most = total * dice.randrange(55, 80) // 100
    days = tuple(dice.randrange(240, 540, 30) for _ in range(7))
    if not limited:
        return Limits(days, most)
    return Limits(days, most, dice.randint(3, 6), most * dice.randrange(50, 71) // 100, 6)


# The solver


def judged(problem: Problem, seconds: float) -> tuple[int, float]:
    """Return the value of HiGHS's plan after so many seconds, and its bound on any plan."""
    import highspy

    model = highspy.Highs()
    model.silent()
    for name, setting in (("time_limit", seconds), ("threads", 1), ("mip_rel_gap", 0.0)):
        model.setOptionValue(name, setting)
    takes = [model.addBinary(obj=option.value_fen) for option in problem.options]
    _bound_sums(model, problem, takes)
    _charge(model, problem, takes)
    _count(model, problem, takes)
    model.maximize()
    taken = model.getSolution().col_value
    choice: list[int | None] = [None] * len(problem.slots)
    for place, option in enumerate(problem.options):
        if taken[place] > 0.5:
            choice[option.slot] = place
    broken = _plan_check.violations(problem, choice)
    if broken:
        raise SystemExit(f"the solver's model is wrong: {broken}")
    return _plan_check.value(problem, choice), model.getInfo().mip_dual_bound


def _bound_sums(model, problem, takes) -> None:  # type: ignore[no-untyped-def]  # highspy: untyped
    limits = problem.limits
    sums = defaultdict(list)
    for take, option in zip(takes, problem.options, strict=True):
        slot, route = problem.slots[option.slot], problem.routes[option.route]
        minutes = take * slot.minutes
        model.addConstr  # noqa: B018
        sums["slot", option.slot, 1].append(take)
        sums["route", option.route, route.cap_minutes].append(minutes)
        sums["platform", route.platform, limits.platform_minutes].append(minutes)
        sums["day", slot.day, limits.day_minutes and limits.day_minutes[slot.day]].append(minutes)
        sums["week", 0, limits.week_minutes].append(minutes)
    for (_what, _which, limit), terms in sums.items():
        if limit is not None:
            model.addConstr(model.qsum(terms) <= limit)
