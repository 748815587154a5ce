"""The week: pieces of free time, the routes open to somebody, and the best way to fill the one
with the other under the limits they set.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from xianke import _plan_check, _plan_model, _plan_search, worth
from xianke._plan_search import QUICK, THOROUGH, Effort
from xianke.worth import BOLDNESS, Outlook

if TYPE_CHECKING:
    from xianke.levels import Route

__all__ = [
    "BOLDNESS",
    "QUICK",
    "THOROUGH",
    "Block",
    "Effort",
    "Idle",
    "Limits",
    "Open",
    "Piece",
    "Plan",
    "Request",
    "plan",
]

HORIZON_WEEKS = 13
"""A quarter: money paid at the start is spread over so many weeks, unless told how many."""

KEPT_BONUS_PERCENT = 3
"""What a block of the plan that was kept before is worth more: a week that stays as it was is
easier to live by than one a few yuan better."""

TIER_MINUTES = (0, 30, 60, 100, 150, 220, 320, 480, 720, 1080)
"""Where the loss to scarcity is looked at anew: the chance of work falls fastest at first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of free time in civil time, used whole for one route or not at all.

    `slot` is the id of the slot it comes from, None where there is none.
    """

    start: datetime
    end: datetime
    slot: int | None = None

    @property
    def minutes(self) -> int:
        """Return how long it is."""
        return int((self.end - self.start).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class Open:
    """A route open to somebody: what is expected of it, and where it fits.

    `pieces` are the places of the pieces that suit it. Set-up and travel are minutes of each day
    with work on it. `start_up_fen` is what of the money to be paid first is likely lost, 0 once it
    is paid. `cap_minutes` is how much work a week had so far, None where nobody knows.
    """

    outlook: Outlook
    pieces: tuple[int, ...]
    setup_minutes: int = 0
    travel_minutes: int = 0
    start_up_fen: int = 0
    cap_minutes: int | None = None

    @property
    def route(self) -> Route:
        """Return the category and the platform."""
        return self.outlook.route

    @property
    def ready_minutes(self) -> int:
        """Return the minutes a day that getting there and getting ready take."""
        return self.setup_minutes + self.travel_minutes

    @property
    def supply_known(self) -> bool:
        """Return whether own records say how much work there is."""
        return self.cap_minutes is not None or self.outlook.experience.supply_logged


@dataclass(frozen=True, slots=True)
class Limits:
    """What somebody wants a week to hold at most; None is no limit.

    `platform_share` is the largest share of the minutes of the week, as far as it may be filled,
    that may hang on one platform, in percent. `rest_days` are days without any work.
    """

    day_minutes: int | None = None
    week_minutes: int | None = None
    max_platforms: int | None = None
    platform_share: int | None = None
    rest_days: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """Everything a plan is made of; `kept` are the blocks of the plan that was kept before.

    `spent_minutes` is what is already taken of each day by what is fixed, 0 is Monday.
    """

    first: date
    pieces: tuple[Piece, ...]
    open: tuple[Open, ...]
    limits: Limits = Limits()
    kept: tuple[tuple[datetime, Route], ...] = ()
    spent_minutes: tuple[int, ...] = (0, 0, 0, 0, 0, 0, 0)
    horizon_weeks: int = HORIZON_WEEKS
    boldness: float = BOLDNESS
    effort: Effort = THOROUGH
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a plan: what to do, when, and what it should bring after set-up and travel.

    Where the supply is not known, the figure holds if there is work (有单时).
    """

    piece: Piece
    route: Route
    expected_fen: int
    setup_minutes: int
    travel_minutes: int
    supply: Literal["known", "unknown"]


Why = Literal[
    "no_route", "not_worth", "supply", "day", "week", "platforms", "dependence", "rest", "unlucky"
]
"""Why a piece stays idle: nothing fits, nothing pays there, or the limit that keeps it free.
`unlucky`: it could be filled, but not so that the whole week gains."""


LIMITS: tuple[Why, ...] = ("supply", "day", "week", "platforms", "dependence", "rest")


@dataclass(frozen=True, slots=True)
class Idle:
    """A piece that stays free, and why."""

    piece: Piece
    why: Why


@dataclass(frozen=True, slots=True)
class Plan:
    """The week as planned. `binding` are the limits without which it would bring more."""

    blocks: tuple[Block, ...]
    idle: tuple[Idle, ...]
    binding: tuple[Why, ...]

    @property
    def value_fen(self) -> int:
        """Return what all blocks together should bring."""
        return sum(block.expected_fen for block in self.blocks)


def plan(request: Request) -> Plan:
    """Return the plan with the highest expected net that keeps every limit."""
    problem = problem_of(request)
    solution = _plan_search.solve(
        problem, request.effort, request.seed, start=_kept_choice(problem, request)
    )
    chosen = {
        number: request.open[problem.options[place].route]
        for number, place in enumerate(solution.choice)
        if place is not None
    }
    idle = tuple(
        Idle(piece, _why(problem, solution.choice, number))
        for number, piece in enumerate(request.pieces)
        if number not in chosen
    )
    binding = tuple(why for why in LIMITS if any(one.why == why for one in idle))
    return Plan(_blocks(request, chosen), idle, binding)


# From a request to numbers


def problem_of(request: Request) -> _plan_model.Problem:
    """Return the choice to be made, in the numbers that the search knows."""
    slots = tuple(
        _plan_model.Slot((piece.start.date() - request.first).days, piece.minutes)
        for piece in request.pieces
    )
    kept = {(start, route) for start, route in request.kept}
    routes, options = [], []
    for number, one in enumerate(request.open):
        fitting = [request.pieces[place] for place in one.pieces]
        mean = worth.mean_hourly_fen(
            one.outlook, (piece.start for piece in fitting), request.boldness
        )
        routes.append(_route(one, mean, fitting, request.horizon_weeks))
        for place in one.pieces:
            piece = request.pieces[place]
            value = one.outlook.expected_fen(piece.start, piece.minutes, 0.0, request.boldness)
            if (piece.start, one.route) in kept:
                value += abs(value) * KEPT_BONUS_PERCENT / 100
            options.append(_plan_model.Option(place, number, math.floor(value)))
    return _plan_model.Problem(slots, tuple(routes), tuple(options), _limits(request))


def _route(
    one: Open, mean_fen_per_hour: float, fitting: Sequence[Piece], horizon_weeks: int
) -> _plan_model.Route:
    per_minute = max(0.0, mean_fen_per_hour) / 60
    return _plan_model.Route(
        "/".join(one.route),
        one.route[1] if one.route[1] != "self" else "/".join(one.route),
        # Minutes of getting ready are inside the piece: they bring nothing.
        math.ceil(per_minute * one.outlook.supply.chance(0) * one.ready_minutes),
        math.ceil(one.start_up_fen / max(1, horizon_weeks)),
        one.cap_minutes,
        _tiers(one.outlook, per_minute, fitting),
    )


def _tiers(
    outlook: Outlook, fen_per_minute: float, fitting: Sequence[Piece]
) -> tuple[_plan_model.Tier, ...]:
    """Return how scarce work makes further minutes worth less.

    A block is looked for at its beginning, so that the first one of a week loses nothing: the
    minutes asked before are those of the week less about half a block.
    """
    if not fitting:
        return ()
    supply = outlook.supply
    half = sum(piece.minutes for piece in fitting) / len(fitting) / 2
    first = supply.chance(0)
    tiers = []
    for start, end in zip(TIER_MINUTES, (*TIER_MINUTES[1:], 2 * TIER_MINUTES[-1]), strict=True):
        lost = first - supply.chance((start + end) / 2)
        tiers.append(
            _plan_model.Tier(round(start + half), math.floor(1000 * lost * fen_per_minute))
        )
    return tuple(tiers)


def _limits(request: Request) -> _plan_model.Limits:
    limits = request.limits
    room = [max(0, (limits.day_minutes or 0) - spent) for spent in request.spent_minutes]
    left = None
    if limits.week_minutes is not None:
        left = max(0, limits.week_minutes - sum(request.spent_minutes))
    ceiling = None
    if limits.platform_share is not None:
        fillable = sum(piece.minutes for piece in request.pieces)
        ceiling = min(fillable, left or fillable) * limits.platform_share // 100
    return _plan_model.Limits(
        tuple(room) if limits.day_minutes is not None else None,
        left,
        limits.max_platforms,
        ceiling,
        7 - limits.rest_days if limits.rest_days else None,
    )


def _kept_choice(problem: _plan_model.Problem, request: Request) -> list[int | None] | None:
    """Return the plan that was kept before as a choice to begin with."""
    if not request.kept:
        return None
    kept = {(start, route) for start, route in request.kept}
    choice: list[int | None] = [None] * len(request.pieces)
    for place, option in enumerate(problem.options):
        if (request.pieces[option.slot].start, request.open[option.route].route) in kept:
            choice[option.slot] = place
    return choice


# From the solution back to the week


def _blocks(request: Request, chosen: Mapping[int, Open]) -> tuple[Block, ...]:
    blocks = []
    asked: dict[Route, int] = {}
    ready: set[tuple[Route, date]] = set()
    for number in sorted(chosen, key=lambda one: request.pieces[one].start):
        piece, one = request.pieces[number], chosen[number]
        first = (one.route, piece.start.date()) not in ready
        ready.add((one.route, piece.start.date()))
        setup, travel = (one.setup_minutes, one.travel_minutes) if first else (0, 0)
        before = asked.get(one.route, 0)
        asked[one.route] = before + piece.minutes
        busy = max(0, piece.minutes - setup - travel)
        if one.outlook.experience.supply_logged:
            value = one.outlook.expected_fen(piece.start, busy, before)
        else:
            value = one.outlook.hourly_fen(piece.start) * busy / 60
        blocks.append(
            Block(
                piece,
                one.route,
                math.floor(value),
                setup,
                travel,
                "known" if one.supply_known else "unknown",
            )
        )
    return tuple(blocks)


def _why(problem: _plan_model.Problem, choice: Sequence[int | None], number: int) -> Why:
    """Return why a piece stays idle in a solution."""
    options = [place for place, one in enumerate(problem.options) if one.slot == number]
    if not options:
        return "no_route"
    worst: Why = "not_worth"
    now = _plan_check.value(problem, choice)
    free = replace(problem, limits=_plan_model.Limits(), routes=_uncapped(problem.routes))
    for place in options:
        filled = [*choice[:number], place, *choice[number + 1 :]]
        if _plan_check.value(free, filled) <= now:
            continue
        broken = _plan_check.broken(problem, filled)
        if not broken:
            return "unlucky"
        worst = broken[0]
    return worst


def _uncapped(routes: Iterable[_plan_model.Route]) -> tuple[_plan_model.Route, ...]:
    return tuple(replace(route, cap_minutes=None) for route in routes)


def week_of(day: date) -> date:
    """Return the Monday of the week of *day*."""
    return day - timedelta(days=day.weekday())
