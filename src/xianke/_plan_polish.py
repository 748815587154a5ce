"""Making the plan of given platforms better: empty some slots, fill them again, many times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from xianke._plan_moves import WHOLE, empty, fill, rebuilt

if TYPE_CHECKING:
    from xianke._plan_moves import Plan
    from xianke._plan_table import Chance, Table, Team

Bits = Callable[[int], int]
"""Draws an integer of so many random bits."""

FULL = 12
"""A week with fewer slots than this gets fewer rounds, in proportion."""
OVERLOOK = 3
"""In one of so many rounds, set-up and opening count only in part."""
FAVOUR = 12
"""In one of so many rounds, a route drawn comes first wherever it fits."""
DRAWS = 16
"""Slots are shuffled once for so many rounds, as shuffling costs more than drawing."""
STEPS = 48
"""In how many steps the heat falls."""
COOLING = [819 * 244**step // 256**step for step in range(STEPS)]
"""The heat in each step, in 4096ths of what a slot brings on average."""


def polished(table: Table, team: Team, plan: Plan, rounds: int, bits: Bits) -> Plan:
    """Return the best plan on these platforms that so many rounds from *plan* on come by.

    Each round empties some slots and fills them again. A plan that is worse by less than about the
    heat is kept; the heat falls from 0.2 to 0.02 of what a slot brings on average.
    """
    chances = _allowed(table, team)
    field = _Field(table, chances)
    if not field.live:
        return plan
    now, best, best_value = rebuilt(table, plan.choice), plan.choice.copy(), plan.value
    rounds = -(-rounds * min(len(field.live), FULL) // FULL)
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
        if number % FAVOUR == 1:
            fill(table, now, slots, field.favourite(slots[0], bits), 0)
            idle = [slot for slot in slots if now.choice[slot] is None]
            fill(table, now, idle, chances, WHOLE)
        else:
            fill(table, now, slots, chances, bits(4) if number % OVERLOOK == 0 else WHOLE)
        # 0, 1, 2 … times the heat may be lost, in a half, a quarter, an eighth … of all rounds.
        if now.value < value and value - now.value > heat * (8 - bits(8).bit_length()):
            now.ledger, now.value = ledger, value
            for slot, chance in zip(slots, before, strict=True):
                now.choice[slot] = chance
        elif now.value > best_value:
            best, best_value = now.choice.copy(), now.value
    return rebuilt(table, best)


def _allowed(table: Table, team: Team) -> list[list[Chance]]:
    """Return the chances of each slot on these platforms."""
    return [[one for one in some if one.house in team] for some in table.chances]


class _Field:
    """The slots that can be filled on some platforms, to draw from. State: their order."""

    __slots__ = (
        "_chances",
        "_day_of",
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
        self._days = list(by_day.values())
        self._day_of = {slot: by_day[table.days[slot]] for slot in self.live}
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
        for day in self._days:
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
            slots = list(dict.fromkeys(slots + self._day_of[slots[0]][: 1 + bits(4)]))
        if kind >= 4:
            slots.sort(key=self._longest.__getitem__)
        elif kind >= 2:
            slots.sort(key=self._richest.__getitem__)
        return slots


def _shuffle(some: list[int], bits: Bits) -> None:
    for size in range(len(some), 1, -1):
        other = bits(12) * size >> 12
        some[size - 1], some[other] = some[other], some[size - 1]
