"""Looking for the best plan of a week: which platforms, and what fills each slot.

Where only so many platforms may be used, sets of them are compared first by greed, then by short
searches, and the best ones race each other in longer and longer searches. One search empties a few
slots at a time and fills them again, and sometimes keeps a worse plan, ever more rarely.

Integers throughout, one seeded stream of random bits, bounded by counts and never by seconds: the
same week has the same plan on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from xianke._plan_model import Solution
from xianke._plan_moves import WHOLE, Plan, empty, fill, greedy, put
from xianke._plan_table import compiled

if TYPE_CHECKING:
    from xianke._plan_model import Problem
    from xianke._plan_table import Chance, Table

Team = tuple[int, ...]
"""The platforms that may be used, by their ledger places, in order."""
Bits = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried, in counts.

    At most `greedy_runs` sets of platforms are judged by greed, the `breadth` best of them by
    `glance` rounds of search; `expansions` times the exchanges of the best set so far are judged
    as well. Then each stage of the `race` gives so many sets so many rounds. Where all platforms
    may be used, the last stage's rounds are all that is done.
    """

    greedy_runs: int
    breadth: int
    glance: int
    expansions: int
    race: tuple[tuple[int, int], ...]
    alone: int


THOROUGH = Effort(600, 16, 60, 2, ((24, 100), (8, 300), (3, 900), (2, 2500)), 9000)
"""For one week that somebody waits for."""
QUICK = Effort(100, 6, 30, 0, ((4, 60), (1, 400)), 900)
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
        plans.append(_polished(table, everything, max(plans, key=_worth), effort.alone, bits))
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
    judged = _judged(table, plans, effort.greedy_runs)
    ahead = sorted(judged, key=lambda team: (-judged[team].value, team))
    polished = {
        team: _polished(table, team, judged[team], effort.glance, bits)
        for team in ahead[: effort.breadth]
    }
    expanded: set[Team] = set()
    for _ in range(effort.expansions):
        ahead = sorted(polished, key=lambda team: (-polished[team].value, team))
        parent = next((team for team in ahead if team not in expanded), None)
        if parent is None:
            break
        expanded.add(parent)
        for team in _exchanges(table, parent):
            if team not in polished:
                child = _inherited(table, team, polished[parent])
                polished[team] = _polished(table, team, child, effort.glance, bits)
    for teams, rounds in effort.race:
        ahead = sorted(polished, key=lambda team: (-polished[team].value, team))
        polished = {
            team: _polished(table, team, polished[team], rounds, bits) for team in ahead[:teams]
        }
    return list(polished.values())


def _judged(table: Table, plans: Sequence[Plan], runs: int) -> dict[Team, Plan]:
    """Return the plans of greed for the sets around the best ones, looking at the best first."""
    judged: dict[Team, Plan] = {}
    for plan in plans:
        judged[_completed(table, plan)] = plan
    first = _thinned(table)
    judged[first] = _by_greed(table, first)
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
    """Return what another set's plan leaves when only these platforms may be used."""
    plan = Plan(table)
    for slot, chance in enumerate(parent.choice):
        if chance is not None and chance.house in team:
            put(table, plan, slot, chance)
    return plan


# What fills each slot


def _polished(table: Table, team: Team, plan: Plan, rounds: int, bits: Bits) -> Plan:
    """Return the best plan on these platforms that so many rounds from *plan* on come by.

    Each round empties some slots and fills them again. A plan that is worse by less than about the
    heat is kept; the heat falls from 0.2 to 0.02 of what a slot brings on average.
    """
    allowed = set(team)
    chances = [[one for one in some if one.house in allowed] for some in table.chances]
    field = _Field(table, chances)
    if not field.live:
        return plan
    now, best, best_value = _inherited(table, team, plan), list(plan.choice), plan.value
    heat = 0
    for number in range(rounds):
        if number * STEPS % rounds < STEPS:
            heat = max(1, best_value * COOLING[number * STEPS // rounds] // (len(field.live) << 12))
        ledger, value = now.ledger.copy(), now.value
        slots = field.ruined(bits)
        before = [now.choice[slot] for slot in slots]
        share = bits(4) if number % 3 == 0 else WHOLE
        empty(table, now, slots)
        fill(table, now, field.ordered(slots, bits), chances, share)
        if now.value < value and value - now.value > heat * (8 - bits(8).bit_length()):
            now.ledger, now.value = ledger, value
            for slot, chance in zip(slots, before, strict=True):
                now.choice[slot] = chance
        elif now.value > best_value:
            best, best_value = now.choice.copy(), now.value
    return _rebuilt(table, best)


STEPS = 48
"""In how many steps the heat falls."""
COOLING = [819 * 244**step // 256**step for step in range(STEPS)]
"""The heat in each step, in 4096ths of what a slot brings on average."""


class _Field:
    """The slots that can be filled on some platforms, to draw from. State: the order they are in."""

    __slots__ = ("_longest", "_neighbours", "_richest", "live")

    def __init__(self, table: Table, chances: Sequence[Sequence[Chance]]) -> None:
        self.live = [slot for slot, some in enumerate(chances) if some]
        by_day: dict[int, list[int]] = {}
        for slot in self.live:
            by_day.setdefault(table.days[slot], []).append(slot)
        self._neighbours = {slot: by_day[table.days[slot]] for slot in self.live}
        self._longest = table.minutes
        self._richest = [
            some[0].value // minutes if some else 0
            for some, minutes in zip(chances, table.minutes, strict=True)
        ]

    def ruined(self, bits: Bits) -> list[int]:
        """Return the slots to be emptied: up to three quarters, at times most of one day as well."""
        count = 1 + (bits(12) * len(self.live) * 3 >> 14)
        slots = _drawn(self.live, count, bits)
        if bits(1):
            same = self._neighbours[slots[0]]
            slots += [slot for slot in _drawn(same, 1 + bits(4), bits) if slot not in slots]
        return slots

    def ordered(self, slots: list[int], bits: Bits) -> list[int]:
        """Return them the longest first, or the most valuable, with some noise, or at random."""
        kind = bits(2)
        if kind == 0:
            return slots
        if kind == 1:
            richest = self._richest
            return sorted(slots, key=lambda slot: bits(5) - richest[slot])
        longest = self._longest
        return sorted(slots, key=lambda slot: bits(6) - longest[slot])


def _drawn(some: list[int], count: int, bits: Bits) -> list[int]:
    """Return up to *count* of them at random; their order is left changed."""
    size = len(some)
    count = min(count, size)
    for place in range(count):
        other = place + (bits(12) * (size - place) >> 12)
        some[place], some[other] = some[other], some[place]
    return some[:count]


def _rebuilt(table: Table, choice: Sequence[Chance | None]) -> Plan:
    plan = Plan(table)
    for slot, chance in enumerate(choice):
        if chance is not None:
            put(table, plan, slot, chance)
    return plan
