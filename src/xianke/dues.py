"""Agreed work that must be done by a day: how long it takes, and which free time it gets first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from xianke import gigs
from xianke.experience import route_of
from xianke.searches import is_search

if TYPE_CHECKING:
    from xianke.levels import Route
    from xianke.planner import Limits, Piece
    from xianke.platforms import Catalogue
    from xianke.records import Gig

USUAL_MINUTES = 60
"""Taken for agreed work of which nobody said how long it takes, on a route without own timed
gigs: as long as the calendar file of `export` gives it."""


@dataclass(frozen=True, slots=True)
class Due:
    """One agreed gig: the day by which it must be done, and the minutes it takes.

    `done_minutes` of them are in blocks of the kept plan that have begun.
    """

    gig: Gig
    route: Route
    day: date
    minutes: int
    done_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Appointment:
    """A piece of free time that agreed work gets; its share of the agreed net."""

    piece: Piece
    due: Due
    expected_fen: int


@dataclass(frozen=True, slots=True)
class Short:
    """Agreed work for which the free time before its day is too short by so many minutes."""

    due: Due
    minutes: int


@dataclass(frozen=True, slots=True)
class Placement:
    """Which pieces agreed work gets, what does not fit, and the pieces that are left."""

    appointments: tuple[Appointment, ...] = ()
    short: tuple[Short, ...] = ()
    left: tuple[Piece, ...] = ()

    def spent_minutes(self, first: date) -> tuple[int, ...]:
        """Return the minutes of each of the seven days from *first* that agreed work takes."""
        spent = [0] * 7
        for one in self.appointments:
            spent[_day_of(one.piece, first)] += one.piece.minutes
        return tuple(spent)


def dues(
    accepted: Iterable[Gig], timed: Sequence[Gig], catalogue: Catalogue, last: date
) -> tuple[Due, ...]:
    """Return the accepted gigs that are due by *last*, the earliest first.

    The minutes are those typed with the gig, else the median of the own *timed* gigs of its
    route, else `USUAL_MINUTES`.
    """
    found = []
    for gig in accepted:
        if gig.status != "accepted" or gig.due is None or gig.due > last.isoformat():
            continue
        route = route_of(catalogue, gig.platform, gig.category)
        typed = (gig.worked_minutes or 0) + gig.unpaid_minutes
        minutes = typed or _usual_minutes(route, timed, catalogue)
        found.append(Due(gig, route, date.fromisoformat(gig.due), minutes))
    return tuple(sorted(found, key=lambda one: (one.day, one.gig.id)))


def _usual_minutes(route: Route, timed: Sequence[Gig], catalogue: Catalogue) -> int:
    lengths = [
        (gig.worked_minutes or 0) + gig.unpaid_minutes
        for gig in timed
        if not is_search(gig) and route_of(catalogue, gig.platform, gig.category) == route
    ]
    return round(median(lengths)) if lengths else USUAL_MINUTES


def place(
    wanted: Sequence[Due],
    free: Sequence[Piece],
    suiting: Mapping[Route, Collection[int]],
    limits: Limits,
    first: date,
) -> Placement:
    """Give agreed work its time: whole pieces, the earliest that end by its day, until it is done.

    *suiting* are the places of the pieces that suit a route, any where it is not named. What is
    agreed goes before the limits of day, week and rest, but keeps them as long as it can.
    """
    taken: dict[int, Due] = {}
    short = []
    for due in wanted:
        fitting = [
            number
            for number, piece in enumerate(free)
            if number in suiting.get(due.route, range(len(free)))
            and (piece.end - timedelta(minutes=1)).date() <= due.day
        ]
        missing = due.minutes - due.done_minutes
        for strict in (True, False):
            for number in fitting:
                if missing <= 0:
                    break
                if number in taken or (strict and not _fits(free, taken, number, limits, first)):
                    continue
                taken[number] = due
                missing -= free[number].minutes
        if missing > 0:
            short.append(Short(due, missing))
    return Placement(
        tuple(_appointments(free, taken)),
        tuple(short),
        tuple(piece for number, piece in enumerate(free) if number not in taken),
    )


def _fits(
    free: Sequence[Piece], taken: Collection[int], number: int, limits: Limits, first: date
) -> bool:
    """Return whether one more piece keeps the limits of its day, the week and the days of rest."""
    minutes = [0] * 7
    for other in (*taken, number):
        minutes[_day_of(free[other], first)] += free[other].minutes
    day = _day_of(free[number], first)
    return (
        (limits.day_minutes is None or minutes[day] <= limits.day_minutes)
        and (limits.week_minutes is None or sum(minutes) <= limits.week_minutes)
        and sum(map(bool, minutes)) <= 7 - limits.rest_days
    )


def _appointments(free: Sequence[Piece], taken: Mapping[int, Due]) -> Iterable[Appointment]:
    """Yield the pieces in order of time, each with its share of what was agreed, to the fen."""
    given: dict[int, int] = {}
    for number in sorted(taken):
        due, piece = taken[number], free[number]
        before = given.get(due.gig.id, due.done_minutes)
        after = min(due.minutes, before + piece.minutes)
        given[due.gig.id] = after
        # An agreed gig may cost more than it brings; a plan tells what comes in.
        net = max(0, gigs.net_fen(due.gig))
        yield Appointment(piece, due, net * after // due.minutes - net * before // due.minutes)


def _day_of(piece: Piece, first: date) -> int:
    return min((piece.start.date() - first).days, 6)
