"""Looking for the best plan of a week: which platforms, and what fills each slot.

Where only so many platforms may be used, sets of them are compared by greed first. The best ones
race each other in longer and longer searches (`_plan_polish`), and between the heats those ahead
are changed in one platform.

Integers throughout, one seeded stream of random bits, bounded by counts and never by seconds: the
same week has the same plan on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from xianke._plan_model import Solution
from xianke._plan_moves import WHOLE, fill, greedy, rebuilt
from xianke._plan_polish import polished
from xianke._plan_table import compiled

if TYPE_CHECKING:
    from xianke._plan_model import Problem
    from xianke._plan_moves import Plan
    from xianke._plan_polish import Bits
    from xianke._plan_table import Table, Team

Heat = tuple[tuple[int, int], ...]
"""Stages of a race: how many sets are still in it, and how many rounds each of them gets."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried, in counts.

    About `greedy_runs` sets of platforms are judged by greed. Each heat then gives the best sets
    so many rounds of search, stage by stage; before the next one, the best `parents` are changed
    in one platform, and the best `children` of each join the others after `peek` rounds.
    Where all platforms may be used, `alone` rounds are all that is done. A week of few slots gets
    fewer rounds.
    """

    greedy_runs: int
    heats: tuple[Heat, ...]
    parents: int
    children: int
    peek: int
    alone: int


THOROUGH = Effort(
    greedy_runs=120,
    heats=(
        ((12, 40), (4, 150)),
        ((6, 120), (3, 200)),
        ((6, 100), (3, 250)),
        ((5, 150), (2, 400)),
        ((4, 150), (2, 700)),
    ),
    parents=2,
    children=12,
    peek=20,
    alone=8000,
)
"""For one week that somebody waits for."""
QUICK = Effort(
    greedy_runs=60,
    heats=(((6, 40),), ((4, 60), (1, 200))),
    parents=1,
    children=6,
    peek=10,
    alone=650,
)
"""For a simulation of many weeks."""


def solve(
    problem: Problem, effort: Effort, seed: int = 0, *, start: Sequence[int | None] | None = None
) -> Solution:
    """Return the best plan found: one that keeps all limits, and never worse than greed's.

    *start* is a plan to begin with, such as the one kept from before; what no longer fits of it
    is left out.
    """
    table = compiled(problem)
    bits = Random(seed).getrandbits
    plans = [greedy(table, range(len(table.ranked)), table.max_platforms)]
    if start is not None:
        plans.append(_replayed(problem, table, start))
    everything = tuple(table.ranks)
    if table.max_platforms == len(everything):
        plans.append(polished(table, everything, max(plans, key=_worth), effort.alone, bits))
    else:
        plans += _raced(table, plans, effort, bits)
    return _solution(max(plans, key=_worth))


def greedy_plan(problem: Problem) -> Solution:
    """Return the plan of plain greed: what brings most per minute first, whatever comes after."""
    table = compiled(problem)
    return _solution(greedy(table, range(len(table.ranked)), table.max_platforms))


def _solution(plan: Plan) -> Solution:
    places = (None if chance is None else chance.place for chance in plan.choice)
    return Solution(tuple(places), plan.value)


def _worth(plan: Plan) -> int:
    return plan.value


def _replayed(problem: Problem, table: Table, start: Sequence[int | None]) -> Plan:
    """Return what still fits of a plan, whether or not each piece gains by itself."""
    options = [problem.options[place] for place in start if place is not None]
    wanted = {(option.slot, option.route) for option in options}
    ranks = [
        rank for rank, (slot, chance) in enumerate(table.ranked) if (slot, chance.route) in wanted
    ]
    return greedy(table, ranks, table.max_platforms, at_a_loss=True)


# Which platforms


def _raced(table: Table, plans: Sequence[Plan], effort: Effort, bits: Bits) -> list[Plan]:
    """Return the best plans found for the best sets of platforms."""
    pool = _judged(table, plans, effort.greedy_runs)
    expanded: set[Team] = set()
    for number, heat in enumerate(effort.heats):
        if number > 0:
            for _ in range(effort.parents):
                _expand(table, pool, expanded, effort, bits)
        for teams, rounds in heat:
            pool = {
                team: polished(table, team, pool[team], rounds, bits)
                for team in _ahead(pool)[:teams]
            }
    return list(pool.values())


def _expand(
    table: Table, pool: dict[Team, Plan], expanded: set[Team], effort: Effort, bits: Bits
) -> None:
    """Add to the pool the best sets that differ by one platform from its best one not yet tried."""
    parent = next((team for team in _ahead(pool) if team not in expanded), None)
    if parent is None:
        return
    expanded.add(parent)
    children = {
        team: _inherited(table, team, pool[parent])
        for team in _exchanges(table, parent)
        if team not in pool
    }
    for team in _ahead(children)[: effort.children]:
        pool[team] = polished(table, team, children[team], effort.peek, bits)


def _ahead(pool: dict[Team, Plan]) -> list[Team]:
    """Return the sets, that with the best plan first."""
    return sorted(pool, key=lambda team: (-pool[team].value, team))


def _judged(table: Table, plans: Sequence[Plan], runs: int) -> dict[Team, Plan]:
    """Return the plans of greed for the sets around the best ones, looking at the best first."""
    judged: dict[Team, Plan] = {}
    first = _thinned(table)
    judged[first] = _by_greed(table, first)
    for plan in sorted(plans, key=_worth):
        team = _completed(table, plan)
        if team not in judged or plan.value >= judged[team].value:
            judged[team] = plan
    expanded: set[Team] = set()
    while len(judged) < runs:
        waiting = [team for team in judged if team not in expanded]
        if not waiting:
            break
        parent = max(waiting, key=lambda team: (judged[team].value, team))
        expanded.add(parent)
        for team in _exchanges(table, parent):
            if team not in judged:
                judged[team] = _by_greed(table, team)
    return judged


def _thinned(table: Table) -> Team:
    """Return the platforms that are left when those that earn least go, one after the other."""
    team = tuple(table.ranks)
    while len(team) > table.max_platforms:
        earned = dict.fromkeys(team, 0)
        for chance in _by_greed(table, team).choice:
            if chance is not None:
                earned[chance.house] += chance.value
        least = min(team, key=lambda house: (earned[house], -house))
        team = tuple(house for house in team if house != least)
    return team


def _completed(table: Table, plan: Plan) -> Team:
    """Return a set that allows a plan, filled up with the first platforms it does not use."""
    used = {chance.house for chance in plan.choice if chance is not None}
    spare = [house for house in table.ranks if house not in used]
    return tuple(sorted([*used, *spare[: table.max_platforms - len(used)]]))


def _exchanges(table: Table, team: Team) -> list[Team]:
    """Return the sets that differ by one platform, in order."""
    return [
        tuple(sorted([*(house for house in team if house != out), new]))
        for out in team
        for new in table.ranks
        if new not in team
    ]


def _by_greed(table: Table, team: Team) -> Plan:
    ranks = sorted([rank for house in team for rank in table.ranks[house]])
    return greedy(table, ranks, len(team))


def _inherited(table: Table, team: Team, parent: Plan) -> Plan:
    """Return what another set's plan leaves, with its idle slots filled on these platforms."""
    plan = rebuilt(
        table, [one if one is not None and one.house in team else None for one in parent.choice]
    )
    idle = [slot for slot, chance in enumerate(plan.choice) if chance is None]
    idle.sort(key=lambda slot: -table.minutes[slot])
    chances = [
        [one for one in some if one.house in team] if chance is None else []
        for some, chance in zip(table.chances, plan.choice, strict=True)
    ]
    fill(table, plan, idle, chances, WHOLE)
    return plan
