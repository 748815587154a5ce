"""The week as an integer programme for HiGHS, with the very meaning of `_plan_model`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

import highspy
import numpy as np

from xianke import _plan_check

if TYPE_CHECKING:
    from highspy.highs import highs_linear_expression, highs_var

    from xianke._plan_model import Problem, Route, Solution


def best(problem: Problem, seconds: float, start: Solution) -> tuple[int, int]:
    """Return the value of HiGHS's plan after so many seconds, and its bound on any plan's.

    It begins with the planner's own plan, so that it looks for nothing but a better one.
    """
    model = highspy.Highs()
    model.silent()
    model.setMaximize()
    for name, setting in (("time_limit", float(seconds)), ("threads", 1), ("mip_rel_gap", 0.0)):
        model.setOptionValue(name, setting)
    takes = [model.addBinary(obj=option.value_fen) for option in problem.options]
    _bound(model, problem, takes)
    _count(model, problem, takes)
    _charge(model, problem, takes)
    filled = np.arange(len(takes), dtype=np.int32)
    chosen = np.zeros(len(takes))
    chosen[[place for place in start.choice if place is not None]] = 1
    model.setSolution(len(takes), filled, chosen)
    model.solve()
    found = model.getSolution().col_value
    choice: list[int | None] = [None] * len(problem.slots)
    for place, option in enumerate(problem.options):
        if found[place] > 0.5:
            choice[option.slot] = place
    broken = _plan_check.violations(problem, choice)
    if broken:
        raise SystemExit(f"the integer programme is wrong: {broken}")
    value = _plan_check.value(problem, choice)
    # A plan found late may still pay for what it does not use; never the other way round.
    if model.getObjectiveValue() > value + 1:
        raise SystemExit(f"it counts {model.getObjectiveValue()}, the plan is worth {value}")
    return value, int(model.getInfo().mip_dual_bound + 1e-6)


def _bound(model: highspy.Highs, problem: Problem, takes: list[highs_var]) -> None:
    """Fill each slot once, and keep caps, ceilings and the hours of days and week."""
    limits = problem.limits
    sums = defaultdict(list)
    for take, option in zip(takes, problem.options, strict=True):
        slot, route = problem.slots[option.slot], problem.routes[option.route]
        minutes = take * slot.minutes
        sums["slot", option.slot, 1].append(take)
        sums["route", option.route, route.cap_minutes].append(minutes)
        sums["platform", route.platform, limits.platform_minutes].append(minutes)
        sums["week", 0, limits.week_minutes].append(minutes)
        if limits.day_minutes:
            sums["day", slot.day, limits.day_minutes[slot.day]].append(minutes)
    for (_what, _which, limit), terms in sums.items():
        if limit is not None:
            model.addConstr(model.qsum(terms) <= limit)


def _count(model: highspy.Highs, problem: Problem, takes: list[highs_var]) -> None:
    """Mark what is used at all: platforms and days for their limits, the rest for its price."""
    marks: dict[str, dict[Hashable, highs_var]] = defaultdict(dict)
    for take, option in zip(takes, problem.options, strict=True):
        day, route = problem.slots[option.slot].day, problem.routes[option.route]
        for what, which, price in (
            ("platform", route.platform, 0),
            ("working day", day, 0),
            ("set-up", (day, option.route), route.setup_fen),
            ("opening", option.route, route.opening_fen),
        ):
            if which not in marks[what]:
                marks[what][which] = model.addBinary(obj=-price)
            model.addConstr(take <= marks[what][which])
    for what, limit in (
        ("platform", problem.limits.max_platforms),
        ("working day", problem.limits.working_days),
    ):
        if limit is not None:
            model.addConstr(model.qsum(marks[what].values()) <= limit)


def _charge(model: highspy.Highs, problem: Problem, takes: list[highs_var]) -> None:
    """Subtract the scarcity of each route, in whole fen and rounded up."""
    minutes = defaultdict(list)
    for take, option in zip(takes, problem.options, strict=True):
        minutes[option.route].append(take * problem.slots[option.slot].minutes)
    for place, terms in minutes.items():
        route = problem.routes[place]
        if route.tiers:
            loss = model.addIntegral(lb=0, obj=-1)
            model.addConstr(loss >= model.qsum(_losses(model, route, model.qsum(terms))))


def _losses(
    model: highspy.Highs, route: Route, minutes: highs_linear_expression
) -> Iterator[highs_linear_expression]:
    """Yield what the minutes beyond each tier add to the loss in fen: convex, so none is free."""
    rate = 0
    for tier in route.tiers:
        beyond = model.addVariable(lb=0)
        model.addConstr(beyond >= minutes - tier.from_minutes)
        yield beyond * ((tier.loss_millifen_per_minute - rate) / 1000)
        rate = tier.loss_millifen_per_minute
