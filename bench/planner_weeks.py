"""Weeks made up for the planner's benchmark, the same ones on every run."""

from __future__ import annotations

import random
from collections.abc import Sequence

from xianke._plan_model import Limits, Option, Problem, Route, Slot, Tier

LENGTHS = (30, 45, 60, 60, 90, 90, 120, 120, 150, 180, 240)
"""Minutes of a piece of free time; what stands twice comes twice as often."""


def week(seed: int, slots: int, routes: int, *, limited: bool = True) -> Problem:
    """Make up a week like real ones; without *limited* as a simulation of many weeks has them.

    Such a week has no bound on platforms or working days, and tiers on every route.
    """
    dice = random.Random(f"{seed}/{slots}/{routes}")
    pieces = tuple(Slot(dice.randrange(7), dice.choice(LENGTHS)) for _ in range(slots))
    ways = tuple(_route(dice, number, routes, tiered=not limited) for number in range(routes))
    worth = [dice.lognormvariate(0, 0.15) for _ in pieces]
    options = []
    for route in range(routes):
        fen_per_minute = dice.lognormvariate(3.9, 0.45)
        eligible = dice.uniform(0.2, 0.6)
        for place, piece in enumerate(pieces):
            if dice.random() < eligible:
                rate = fen_per_minute * worth[place] * dice.lognormvariate(0, 0.1)
                options.append(Option(place, route, round(rate * piece.minutes)))
    return Problem(pieces, ways, tuple(options), _limits(dice, pieces, limited=limited))


def _route(dice: random.Random, number: int, routes: int, *, tiered: bool) -> Route:
    tiers: tuple[Tier, ...] = ()
    if tiered or dice.random() < 0.5:
        first, rate = dice.randrange(60, 300, 30), dice.randrange(3_000, 15_000)
        second = first + dice.randrange(60, 240, 30)
        tiers = (Tier(first, rate), Tier(second, rate + dice.randrange(3_000, 20_000)))
    return Route(
        f"route-{number:02}",
        f"platform-{dice.randrange(routes * 3 // 10):02}",
        dice.choice((0, 0, 300, 600, 1_000, 2_000)),
        dice.choice((0, 0, 0, 1_000, 3_000, 6_000)),
        dice.randrange(90, 600, 15) if dice.random() < 0.75 else None,
        tiers,
    )


def _limits(dice: random.Random, slots: Sequence[Slot], *, limited: bool) -> Limits:
    most = sum(slot.minutes for slot in slots) * dice.randrange(55, 80) // 100
    days = tuple(dice.randrange(240, 540, 30) for _ in range(7))
    if not limited:
        return Limits(days, most)
    return Limits(days, most, dice.randint(3, 6), most * dice.randrange(50, 71) // 100, 6)
