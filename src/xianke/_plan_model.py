"""The week as a choice: pieces of free time, routes to spend them on, and what limits both.

Only numbers: what a route is called, and why an hour on it is worth so much, is said in `planner`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tier:
    """Of scarce work: from so many minutes a week on, each further minute is worth less.

    The loss is the whole of it from here on, in thousandths of a fen, not what this tier adds to
    the one before.
    """

    from_minutes: int
    loss_millifen_per_minute: int


@dataclass(frozen=True, slots=True)
class Route:
    """A way to earn, and what it costs to use.

    `setup_fen` (preparing and travelling) is paid on each day with work on the route, `opening_fen`
    once a week when there is any; neither is negative. `cap_minutes` is what there is to do in a
    week, None where nobody knows a bound. The `tiers` rise in minutes and do not fall in loss.
    `key` is unique and settles ties.
    """

    key: str
    platform: str
    setup_fen: int
    opening_fen: int
    cap_minutes: int | None
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of free time on a day of the week (0 to 6), used whole by one route or left idle."""

    day: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Option:
    """That the route numbered `route` may fill the slot numbered `slot`, and what that is worth.

    The value is that of the whole piece, before set-up, opening and scarcity; it may be negative.
    """

    slot: int
    route: int
    value_fen: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What a week may hold at most; None where there is no limit.

    `day_minutes` has one entry per day, `max_platforms` counts those with work in the week,
    `platform_minutes` is the most that may depend on any one of them, `working_days` leaves the
    other days free.
    """

    day_minutes: tuple[int, ...] | None = None
    week_minutes: int | None = None
    max_platforms: int | None = None
    platform_minutes: int | None = None
    working_days: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One week to be planned; options name slots and routes by their place here."""

    slots: tuple[Slot, ...]
    routes: tuple[Route, ...]
    options: tuple[Option, ...]
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan: for each slot the place of its option in the problem, or None when it stays idle."""

    choice: tuple[int | None, ...]
    value_fen: int
