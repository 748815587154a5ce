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
Heat = tuple[tuple[int, int], ...]
"""Stages of a race: how many sets are still in it, and how many rounds each of them gets."""
Bits = Callable[[int], int]
"""Draws an integer of so many random bits."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried, in counts.

    About `greedy_runs` sets of platforms are judged by greed. Each heat then gives the best sets
    so many rounds of search, stage by stage; before the next one, the best `parents` are changed
    in one platform, and the best `children` of each join the others after `peek` rounds.
    Where all platforms may be used, `alone` rounds are all that is done. A week with less than
    `FULL` slots gets fewer rounds in proportion.
    """

    greedy_runs: int
    heats: tuple[Heat, ...]
    parents: int
    children: int
    peek: int
    alone: int


FULL = 16

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
    alone=800,
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
    pool = _judged(table, plans, effort.greedy_runs)
    expanded: set[Team] = set()
    for number, heat in enumerate(effort.heats):
        if number > 0:
            for _ in range(effort.parents):
                _expand(table, pool, expanded, effort, bits)
        for teams, rounds in heat:
            pool = {
                team: _polished(table, team, pool[team], rounds, bits)
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
        pool[team] = _polished(table, team, children[team], effort.peek, bits)


def _ahead(pool: dict[Team, Plan]) -> list[Team]:
    """Return the sets, that with the best plan first."""
    return sorted(pool, key=lambda team: (-pool[team].value, team))


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
    """Return what another set's plan leaves, with its idle slots filled on these platforms."""
    plan = _rebuilt(
        table, [one if one is not None and one.house in team else None for one in parent.choice]
    )
    idle = [slot for slot, chance in enumerate(plan.choice) if chance is None]
    idle.sort(key=lambda slot: -table.minutes[slot])
    fill(table, plan, idle, _allowed(table, team), WHOLE)
    return plan


def _allowed(table: Table, team: Team) -> list[list[Chance]]:
    """Return the chances of each slot on these platforms."""
    return [[one for one in some if one.house in team] for some in table.chances]


# What fills each slot


def _polished(table: Table, team: Team, plan: Plan, rounds: int, bits: Bits) -> Plan:
    """Return the best plan on these platforms that so many rounds from *plan* on come by.

    Each round empties some slots and fills them again. A plan that is worse by less than about the
    heat is kept; the heat falls from 0.2 to 0.02 of what a slot brings on average.
    """
    chances = _allowed(table, team)
    field = _Field(table, chances)
    if not field.live:
        return plan
    now, best, best_value = _rebuilt(table, plan.choice), plan.choice.copy(), plan.value
    rounds = max(1, rounds * min(len(field.live), FULL) // FULL)
    heat = 0
    for number in range(rounds):
        if number * STEPS % rounds < STEPS:
            heat = max(1, best_value * COOLING[number * STEPS // rounds] // (len(field.live) << 12))
        ledger, value = now.ledger.copy(), now.value
        if number % DRAWS == 0:
            field.shuffle(bits)
        slots = field.draw(bits)
        before = [now.choice[slot] for slot in slots]
        empty(table, now, slots)
        if number % 16 == 1:
            fill(table, now, slots, field.favourite(slots[0], bits), 0)
            slots_left = [slot for slot in slots if now.choice[slot] is None]
            fill(table, now, slots_left, chances, WHOLE)
        else:
            fill(table, now, slots, chances, bits(4) if number % 3 == 0 else WHOLE)
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
    """The slots that can be filled on some platforms, to draw from. State: the order they are in.

    Shuffling costs more than drawing; it is done once for `DRAWS` draws.
    """

    __slots__ = (
        "_chances",
        "_days",
        "_favourites",
        "_longest",
        "_minutes",
        "_order",
        "_richest",
        "_worth",
        "live",
    )

    def __init__(self, table: Table, chances: Sequence[Sequence[Chance]]) -> None:
        self.live = [slot for slot, some in enumerate(chances) if some]
        self._order = self.live * 2
        by_day: dict[int, list[int]] = {}
        for slot in self.live:
            by_day.setdefault(table.days[slot], []).append(slot)
        self._days = {slot: by_day[table.days[slot]] for slot in self.live}
        self._minutes = table.minutes
        self._chances = chances
        self._favourites: dict[int, list[list[Chance]]] = {}
        self._worth = [
            some[0].value // minutes if some else 0
            for some, minutes in zip(chances, table.minutes, strict=True)
        ]

    def shuffle(self, bits: Bits) -> None:
        """Change which slots come together, and the noise in which comes first."""
        _shuffle(self.live, bits)
        self._order = self.live * 2
        for day in {id(day): day for day in self._days.values()}.values():
            _shuffle(day, bits)
        self._longest = [bits(6) - minutes for minutes in self._minutes]
        self._richest = [bits(5) - worth for worth in self._worth]

    def favourite(self, slot: int, bits: Bits) -> list[list[Chance]]:
        """Return the chances of one of the slot's routes alone, to see what comes of opening it."""
        some = self._chances[slot]
        route = some[bits(12) * len(some) >> 12].route
        if route not in self._favourites:
            self._favourites[route] = [
                [one for one in others if one.route == route] for others in self._chances
            ]
        return self._favourites[route]

    def draw(self, bits: Bits) -> list[int]:
        """Return slots to be emptied, in the order in which they are to be filled again.

        Up to three quarters of all, at times some or all of one day as well; half the time the
        longest come first, or else the most valuable, or any.
        """
        size = len(self.live)
        first = bits(12) * size >> 12
        slots = self._order[first : first + 1 + (bits(12) * size * 3 >> 14)]
        kind = bits(3)
        if kind & 1:
            slots = list(dict.fromkeys(slots + self._days[slots[0]][: 1 + bits(4)]))
        if kind >= 4:
            slots.sort(key=self._longest.__getitem__)
        elif kind >= 2:
            slots.sort(key=self._richest.__getitem__)
        return slots


DRAWS = 16


def _shuffle(some: list[int], bits: Bits) -> None:
    for size in range(len(some), 1, -1):
        other = bits(12) * size >> 12
        some[size - 1], some[other] = some[other], some[size - 1]


def _rebuilt(table: Table, choice: Sequence[Chance | None]) -> Plan:
    plan = Plan(table)
    for slot, chance in enumerate(choice):
        if chance is not None:
            put(table, plan, slot, chance)
    return plan
