"""Why a piece of a week stays idle, read off the problem and its solution."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from xianke import _plan_check, _plan_model

if TYPE_CHECKING:
    from xianke._plan_model import Problem

Why = Literal[
    "no_route", "not_worth", "supply", "day", "week", "platforms", "dependence", "rest", "unlucky"
]
"""Why a piece stays idle: nothing fits, nothing pays there, or the limit that keeps it free.
`unlucky`: it could be filled, but not so that the whole week gains."""

LIMITS: tuple[Why, ...] = ("supply", "day", "week", "platforms", "dependence", "rest")


WHOLE_FIRST: tuple[Why, ...] = ("rest", "day", "week", "platforms", "dependence", "supply")


def why(
    problem: Problem, choice: Sequence[int | None], number: int, *, dropped: bool = False
) -> Why:
    """Return why the piece *number* stays idle in a choice.

    *dropped* says that it was chosen at first, and brings nothing.
    """
    options = [place for place, one in enumerate(problem.options) if one.slot == number]
    if not options:
        return "no_route"
    if dropped:
        return "not_worth"
    now = _plan_check.value(problem, choice)
    free = replace(problem, limits=_plan_model.Limits(), routes=_uncapped(problem.routes))
    broken: list[list[Why]] = []
    for place in options:
        filled = [*choice[:number], place, *choice[number + 1 :]]
        if _plan_check.value(free, filled) > now:
            broken.append([*_plan_check.broken(problem, filled)])
    if not broken:
        return "not_worth"
    if not all(broken):
        return "unlucky"
    # What keeps all routes out says more than what keeps out one of them.
    common = [one for one in WHOLE_FIRST if all(one in some for some in broken)]
    found = common[0] if common else min(broken, key=len)[0]
    return "rest" if found == "day" and _rests(problem, number) else found


def _uncapped(routes: Iterable[_plan_model.Route]) -> tuple[_plan_model.Route, ...]:
    return tuple(replace(route, cap_minutes=None) for route in routes)


def resting(problem: Problem, days: Collection[int]) -> Problem:
    """Return the problem in which just these days stay free, however many may be worked on."""
    limits = problem.limits
    whole = sum(slot.minutes for slot in problem.slots)
    room = limits.day_minutes or (whole,) * 7
    closed = tuple(RESTING if day in days else minutes for day, minutes in enumerate(room))
    return replace(problem, limits=replace(limits, day_minutes=closed, working_days=None))


RESTING = -1
"""The room of a day that is kept free, other than one that is merely full."""


def _rests(problem: Problem, number: int) -> bool:
    room = problem.limits.day_minutes
    return room is not None and room[problem.slots[number].day] == RESTING
