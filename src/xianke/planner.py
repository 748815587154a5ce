"""The week: pieces of free time, the routes open to somebody, and the best way to fill the one
with the other under the limits they set.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from xianke import _plan_model, _plan_search, _plan_why, worth
from xianke._plan_search import QUICK, THOROUGH, Effort
from xianke._plan_why import LIMITS, Why
from xianke.worth import BOLDNESS, Outlook

if TYPE_CHECKING:
    from xianke.levels import Route

__all__ = [
    "BOLDNESS",
    "LIMITS",
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
    "Why",
    "plan",
]

HORIZON_WEEKS = 13
"""A quarter: money paid at the start is spread over so many weeks, unless told how many."""

KEPT_BONUS_PERCENT = 3
"""What a block of the plan that was kept before is worth more: a week that stays as it was is
easier to live by than one a few yuan better."""

SHORTLIST = 20
"""Routes that are weighed against each other for a week, beside those that are the best for some
piece: a person uses a handful of platforms, and the time to choose them grows with the square."""

TIER_MINUTES = (0, 30, 60, 100, 150, 220, 320, 480, 720, 1080)
"""Where the loss to scarcity is looked at anew: the chance of work falls fastest at first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of free time in civil time, used whole for one route or not at all.

    `slot` is the id of the slot it comes from, None where there is none; `flags` are those of its
    day (`slots.Occurrence`).
    """

    start: datetime
    end: datetime
    slot: int | None = None
    flags: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Return how long it is."""
        return int((self.end - self.start).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class Open:
    """A route open to somebody: what is expected of it, and where it fits.

    `pieces` are the places of the pieces that suit it. Set-up and travel are minutes of each day
    with work on it. `start_up_fen` is what of the money to be paid first is likely lost, 0 once it
    is paid. `cap_minutes` is how much work a week had so far, None where nobody knows. Where not
    `curious`, doubt about what it pays counts nothing in its favour.
    """

    outlook: Outlook
    pieces: tuple[int, ...]
    setup_minutes: int = 0
    travel_minutes: int = 0
    start_up_fen: int = 0
    cap_minutes: int | None = None
    curious: bool = True

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
    that may hang on one platform, in percent; any one piece may, however long. `rest_days` are
    days without any work.
    """

    day_minutes: int | None = None
    week_minutes: int | None = None
    max_platforms: int | None = None
    platform_share: int | None = None
    rest_days: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """Everything a plan is made of; `kept` are the blocks of the plan that was kept before.

    `spent_minutes` is what is already taken of each day by what is fixed, 0 is Monday: it counts
    for the day, the week and the days of rest, not for platforms. A piece that begins past the
    midnight after Sunday belongs to Sunday.
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


@dataclass(frozen=True, slots=True)
class Idle:
    """A piece that stays free, and why."""

    piece: Piece
    why: Why


@dataclass(frozen=True, slots=True)
class Plan:
    """The week as planned. `binding` are the limits without which it would bring more.

    `problem` is the choice it was made from, so that it can be made anew under other limits.
    """

    blocks: tuple[Block, ...]
    idle: tuple[Idle, ...]
    binding: tuple[Why, ...]
    problem: _plan_model.Problem = field(repr=False, compare=False)

    @property
    def value_fen(self) -> int:
        """Return what all blocks together should bring."""
        return sum(block.expected_fen for block in self.blocks)


def plan(request: Request) -> Plan:
    """Return the plan with the highest expected net that keeps every limit."""
    whole = problem_of(request)
    problem, choice, chosen = _chosen(whole, request, None)
    kept = tuple(place if number in chosen else None for number, place in enumerate(choice))
    idle = tuple(
        Idle(piece, _plan_why.why(problem, kept, number, dropped=choice[number] is not None))
        for number, piece in enumerate(request.pieces)
        if number not in chosen
    )
    binding = tuple(why for why in LIMITS if any(one.why == why for one in idle))
    return Plan(_blocks(request, chosen), idle, binding, whole)


def replanned_fen(request: Request, begin: Plan) -> int:
    """Return what a plan brings under other limits, looked for from the plan *begin* on.

    *request* differs from that of *begin* in its limits and effort alone.
    """
    problem = replace(begin.problem, limits=_limits(request))
    _problem, _choice, chosen = _chosen(problem, request, begin)
    return sum(block.expected_fen for block in _blocks(request, chosen))


def _chosen(
    problem: _plan_model.Problem, request: Request, begin: Plan | None
) -> tuple[_plan_model.Problem, tuple[int | None, ...], dict[int, Open]]:
    """Return the problem, the choice made, and by piece the routes of it that bring something."""
    problem, choice = _solved(problem, request, _start(problem, request, begin))
    routes = {
        number: request.open[problem.options[place].route]
        for number, place in enumerate(choice)
        if place is not None
    }
    return problem, choice, _worthwhile(request, routes)


def _solved(
    problem: _plan_model.Problem, request: Request, start: Sequence[int | None] | None
) -> tuple[_plan_model.Problem, tuple[int | None, ...]]:
    """Return the choice, and the problem with the days of rest that it was made under.

    What is fixed has days of its own, on which more work takes no rest away. Which of the others
    stay free is tried out.
    """
    worked = {day for day, spent in enumerate(request.spent_minutes) if spent}
    if problem.limits.working_days is None or not worked:
        solution = _plan_search.solve(problem, request.effort, request.seed, start=start)
        return problem, solution.choice
    free = sorted({slot.day for slot in problem.slots} - worked)
    left = max(0, problem.limits.working_days - len(worked))
    tried = []
    for working in combinations(free, min(left, len(free))):
        resting = _plan_why.resting(problem, set(free) - set(working))
        found = _plan_search.solve(resting, QUICK, request.seed, start=start)
        tried.append((found.value_fen, resting, found.choice))
    _value, best, choice = max(tried, key=lambda one: one[0])
    return best, _plan_search.solve(best, request.effort, request.seed, start=choice).choice


def _worthwhile(request: Request, chosen: Mapping[int, Open]) -> dict[int, Open]:
    """Return the pieces without those that should bring nothing: boldness alone spoke for them."""
    left = dict(chosen)
    while losing := {
        request.pieces.index(block.piece)
        for block in _blocks(request, left)
        if block.expected_fen <= 0
    }:
        left = {number: one for number, one in left.items() if number not in losing}
    return left


# From a request to numbers


def problem_of(request: Request) -> _plan_model.Problem:
    """Return the choice to be made, in the numbers that the search knows."""
    slots = tuple(
        _plan_model.Slot(_day(piece, request.first), piece.minutes) for piece in request.pieces
    )
    kept = set(request.kept)
    routes, options = [], []
    for number, one in enumerate(request.open):
        boldness = request.boldness if one.curious else 0.0
        fitting = [request.pieces[place] for place in one.pieces]
        mean = worth.mean_hourly_fen(one.outlook, (piece.start for piece in fitting), boldness)
        routes.append(_route(one, mean, fitting, request.horizon_weeks))
        for place in one.pieces:
            piece = request.pieces[place]
            value = one.outlook.expected_fen(piece.start, piece.minutes, 0.0, boldness)
            if (piece.start, one.route) in kept:
                value += abs(value) * KEPT_BONUS_PERCENT / 100
            options.append(_plan_model.Option(place, number, math.floor(value)))
    few = _shortlisted(options, routes, {route for _start, route in request.kept}, request)
    options = [option for option in options if option.route in few]
    return _plan_model.Problem(slots, tuple(routes), tuple(options), _limits(request))


def _shortlisted(
    options: Sequence[_plan_model.Option],
    routes: Sequence[_plan_model.Route],
    kept: Collection[Route],
    request: Request,
) -> set[int]:
    """Return the routes that the search looks at: the best of each piece, of the week, and kept."""
    whole: Counter[int] = Counter()
    best: dict[int, tuple[int, str, int]] = {}
    for option in options:
        gain = option.value_fen - routes[option.route].setup_fen
        whole[option.route] += max(0, gain)
        mine = (-gain, routes[option.route].key, option.route)
        best[option.slot] = min(best.get(option.slot, mine), mine)
    leading = sorted(whole, key=lambda number: (-whole[number], routes[number].key))
    return {
        *leading[:SHORTLIST],
        *(number for _gain, _key, number in best.values()),
        *(number for number, one in enumerate(request.open) if one.route in kept),
    }


def _day(piece: Piece, first: date) -> int:
    return min((piece.start.date() - first).days, 6)


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
        if left is not None:
            fillable = min(fillable, left)
        longest = max((piece.minutes for piece in request.pieces), default=0)
        # Two evenings a week cannot be shared out: one of them always hangs on one platform.
        ceiling = max(longest, fillable * limits.platform_share // 100)
    return _plan_model.Limits(
        tuple(room) if limits.day_minutes is not None else None,
        left,
        limits.max_platforms,
        ceiling,
        7 - limits.rest_days if limits.rest_days else None,
    )


def _start(
    problem: _plan_model.Problem, request: Request, begin: Plan | None
) -> list[int | None] | None:
    """Return a plan that was made before as a choice to begin with; None where there is none."""
    wanted = set(request.kept)
    if begin is not None:
        wanted = {(block.piece.start, block.route) for block in begin.blocks}
    if not wanted:
        return None
    choice: list[int | None] = [None] * len(request.pieces)
    for place, option in enumerate(problem.options):
        if (request.pieces[option.slot].start, request.open[option.route].route) in wanted:
            choice[option.slot] = place
    return choice


# From the solution back to the week


def _blocks(request: Request, chosen: Mapping[int, Open]) -> tuple[Block, ...]:
    blocks = []
    asked: dict[Route, int] = {}
    ready: set[tuple[Route, int]] = set()
    for number in sorted(chosen, key=lambda one: request.pieces[one].start):
        piece, one = request.pieces[number], chosen[number]
        day = _day(piece, request.first)
        first = (one.route, day) not in ready
        ready.add((one.route, day))
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


def week_of(day: date) -> date:
    """Return the Monday of the week of *day*."""
    return day - timedelta(days=day.weekday())
