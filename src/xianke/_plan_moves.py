"""What can be done to a plan: fill a slot, empty some, fill them again, start from greed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from xianke._plan_table import DAYS

if TYPE_CHECKING:
    from xianke._plan_table import Chance, Table

WHOLE = 16
"""The share of set-up and opening that counts, in sixteenths, when nothing is overlooked."""


class Plan:
    """A plan being changed: its ledger, what fills each slot, and its worth. State."""

    __slots__ = ("choice", "ledger", "value")

    def __init__(self, table: Table) -> None:
        self.ledger = table.blank.copy()
        self.choice: list[Chance | None] = [None] * len(table.minutes)
        self.value = 0


def put(table: Table, plan: Plan, slot: int, chance: Chance) -> None:
    """Fill an idle slot; that there is room for it has been seen before."""
    ledger, minutes, day = plan.ledger, table.minutes[slot], table.days[slot]
    value, cell, route, house, setup, losses, *_ = chance
    left = ledger[route] - minutes
    if losses is not None:
        value += losses[ledger[route]] - losses[left]
    if not ledger[cell]:
        value -= setup
    if not ledger[day + DAYS]:
        ledger[table.week + 1] -= 1
    ledger[route] = left
    ledger[house] -= minutes
    ledger[day] -= minutes
    ledger[table.week] -= minutes
    ledger[day + DAYS] += 1
    ledger[cell] += 1
    plan.choice[slot] = chance
    plan.value += value


def empty(table: Table, plan: Plan, slots: Iterable[int]) -> None:
    """Leave slots idle."""
    ledger, choice, days, week = plan.ledger, plan.choice, table.days, table.week
    gained = 0
    for slot in slots:
        chance = choice[slot]
        if chance is None:
            continue
        value, cell, route, house, setup, losses, _, _, _ = chance
        minutes, day = table.minutes[slot], days[slot]
        left = ledger[route] + minutes
        gained -= value
        if losses is not None:
            gained += losses[left - minutes] - losses[left]
        ledger[route] = left
        ledger[house] += minutes
        ledger[day] += minutes
        ledger[week] += minutes
        ledger[cell] -= 1
        if not ledger[cell]:
            gained += setup
        ledger[day + DAYS] -= 1
        if not ledger[day + DAYS]:
            ledger[week + 1] += 1
        choice[slot] = None
    plan.value += gained


def fill(
    table: Table, plan: Plan, slots: Iterable[int], chances: Sequence[Sequence[Chance]], share: int
) -> None:
    """Fill idle slots in this order, each with what fits and gains most, if anything does.

    With less than the `WHOLE` share, set-up and opening look cheaper than they are, so that a
    route is begun at a loss which a later slot may pay back.
    """
    ledger, days, week = plan.ledger, table.days, table.week
    choice, lengths, gained = plan.choice, table.minutes, 0
    for slot in slots:
        minutes, day = lengths[slot], days[slot]
        if ledger[day] < minutes or ledger[week] < minutes:
            continue
        if not (ledger[day + DAYS] or ledger[week + 1]):
            continue
        best, pick = 0, None
        for chance in chances[slot]:
            gain, cell, route, house, setup, losses, opening, full, _ = chance
            if gain <= best:
                break
            left = ledger[route]
            if left < minutes or ledger[house] < minutes:
                continue
            if not ledger[cell]:
                gain -= setup * share >> 4
            if losses is not None:
                gain -= losses[left - minutes] - losses[left]
                if left == full:
                    gain += opening * (WHOLE - share) >> 4
            if gain > best:
                best, pick = gain, chance
        if pick is None:
            continue
        # As in `put`; here once more, as a call would cost a tenth of the whole search.
        value, cell, route, house, setup, losses, _, _, _ = pick
        left = ledger[route] - minutes
        if losses is not None:
            value += losses[left + minutes] - losses[left]
        if not ledger[cell]:
            value -= setup
        if not ledger[day + DAYS]:
            ledger[week + 1] -= 1
        ledger[route] = left
        ledger[house] -= minutes
        ledger[day] -= minutes
        ledger[week] -= minutes
        ledger[day + DAYS] += 1
        ledger[cell] += 1
        choice[slot] = pick
        gained += value
    plan.value += gained


def greedy(table: Table, ranks: Iterable[int], most: int, *, at_a_loss: bool = False) -> Plan:
    """Return the plan that takes each chance in turn if it fits, on *most* platforms.

    One that gains nothing, as things stand when its turn comes, is taken only *at_a_loss*.
    """
    plan = Plan(table)
    ledger, choice, days, week = plan.ledger, plan.choice, table.days, table.week
    used: set[int] = set()
    for rank in ranks:
        slot, chance = table.ranked[rank]
        if choice[slot] is not None:
            continue
        minutes, day = table.minutes[slot], days[slot]
        gain, cell, route, house, setup, losses, _, _, _ = chance
        left = ledger[route]
        if left < minutes or ledger[house] < minutes or ledger[day] < minutes:
            continue
        if ledger[week] < minutes or not (ledger[day + DAYS] or ledger[week + 1]):
            continue
        if house not in used and len(used) == most:
            continue
        if not ledger[cell]:
            gain -= setup
        if losses is not None:
            gain -= losses[left - minutes] - losses[left]
        if gain > 0 or at_a_loss:
            used.add(house)
            put(table, plan, slot, chance)
    return plan


def rebuilt(table: Table, choice: Sequence[Chance | None]) -> Plan:
    """Return a plan of its own with these chances in its slots, for which there must be room."""
    plan = Plan(table)
    for slot, chance in enumerate(choice):
        if chance is not None:
            put(table, plan, slot, chance)
    return plan
