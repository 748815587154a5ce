"""What a usual week could bring at best: the yardstick for a skill, a thing, a goal, a platform."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from xianke import _plan_search, planner, week, when
from xianke.gigs import net_fen
from xianke.priors import Z80
from xianke.searches import is_search

if TYPE_CHECKING:
    from xianke.inventory import Stock
    from xianke.levels import Route
    from xianke.planner import Piece
    from xianke.records import Gig
    from xianke.week import Means, Way

LOOK_AHEAD_WEEKS = 8
"""How far ahead a week without holidays is looked for; there is one at least."""

LEAST_GIGS = 3
"""Own timed gigs from which the own log says what an hour brings, rather than the plan."""


@dataclass(frozen=True, slots=True)
class Points:
    """What a week brings, or would add, at the 10, 50 and 90 % points of a doubtful level."""

    low_fen: int
    mid_fen: int
    high_fen: int


@dataclass(frozen=True, slots=True)
class Hour:
    """What an hour brings as things are: by the own log, else by the plan of a usual week."""

    fen: int | None
    basis: Literal["own", "plan", "none"]


@dataclass(frozen=True, slots=True)
class Filled:
    """A week filled at best: what it should bring, the chance of work counted, and the minutes."""

    value_fen: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Best:
    """A usual week with everything the stock has, filled for what it should bring.

    `pieces` are its free time, nothing taken off for calendars: what comes up this week or that
    says little of a usual one.
    """

    stock: Stock
    means: Means
    today: date
    first: date
    pieces: tuple[Piece, ...]
    ways: tuple[Way, ...]
    filled: Filled

    @property
    def free_minutes(self) -> int:
        """Return the free time that could be filled."""
        return sum(piece.minutes for piece in self.pieces)


def typical_week(today: date) -> date:
    """Return the Monday of the next week without a holiday or a make-up workday."""
    monday = planner.week_of(today) + timedelta(weeks=1)
    for number in range(LOOK_AHEAD_WEEKS):
        first = monday + timedelta(weeks=number)
        kinds = [when.day_kind(first + timedelta(days=day)) for day in range(7)]
        if not any(kind.holiday or kind.makeup for kind in kinds):
            return first
    return monday


def of(stock: Stock, means: Means, today: date) -> Best:
    """Return the best plan of a usual week, as the stock stands today.

    A slot of a single day or a holiday belongs to no usual week, even where it falls into it.
    """
    first = typical_week(today)
    usual = tuple(one for one in stock.slots if one.minutes_per_week)
    pieces = week.pieces(replace(stock, slots=usual), first)
    ways = week.ways(stock, pieces, means, today)
    return Best(stock, means, today, first, pieces, ways, filled(first, pieces, ways))


def filled(first: date, pieces: Sequence[Piece], ways: Iterable[Way]) -> Filled:
    """Return what a week should bring at best, with no limits but the free time.

    Unlike the single blocks of a plan, which hold if there is work, it counts how likely work is
    and that the more is asked of one route, the less there is: so a second one is worth something
    even where it pays no better. Nothing is tried out for the sake of learning.
    """
    request = planner.Request(
        first, tuple(pieces), tuple(way.open for way in ways), boldness=0.0, effort=planner.QUICK
    )
    problem = planner.problem_of(request)
    solution = _plan_search.solve(problem, request.effort, request.seed)
    chosen = zip(problem.slots, solution.choice, strict=True)
    minutes = sum(slot.minutes for slot, option in chosen if option is not None)
    return Filled(solution.value_fen, minutes)


def shifted(way: Way, steps: float) -> Way:
    """Return a route as if its level were so many standard deviations from the middle."""
    if steps == 0:
        return way
    outlook = replace(way.open.outlook, level_steps=steps)
    return replace(way, open=replace(way.open, outlook=outlook))


def added(best: Best, more: Sequence[Way]) -> Points:
    """Return what further routes add to a week, at three points of what is not known of them.

    Each time the whole week is planned anew: where they pay badly they are left alone, so that
    nothing is ever lost by having them.
    """
    values = []
    for steps in (-Z80, 0.0, Z80):
        ways = [*best.ways, *(shifted(way, steps) for way in more)]
        more_fen = filled(best.first, best.pieces, ways).value_fen - best.filled.value_fen
        values.append(max(0, more_fen))
    low, mid, high = sorted(values)
    return Points(low, mid, high)


def without(best: Best, gone: Iterable[Route]) -> int:
    """Return what a week would bring, in fen, if some routes were not there."""
    lost = set(gone)
    ways = [way for way in best.ways if way.route not in lost]
    if len(ways) == len(best.ways):
        return best.filled.value_fen
    return min(filled(best.first, best.pieces, ways).value_fen, best.filled.value_fen)


def hour(timed: Iterable[Gig], best: Best | None) -> Hour:
    """Return what an hour brings: over all own timed minutes, searches too, else as planned.

    *timed* are finished gigs with minutes and searches that found nothing. A rate that is nothing
    or less says what went wrong, not what an hour is worth.
    """
    count = minutes = net = 0
    for gig in timed:
        count += not is_search(gig)
        minutes += (gig.worked_minutes or 0) + gig.unpaid_minutes
        net += net_fen(gig)
    if count >= LEAST_GIGS and minutes and net > 0:
        return Hour(net * 60 // minutes, "own")
    if best is not None and best.filled.minutes and best.filled.value_fen > 0:
        return Hour(best.filled.value_fen * 60 // best.filled.minutes, "plan")
    return Hour(None, "none")
