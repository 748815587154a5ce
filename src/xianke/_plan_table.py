"""A week made ready for searching: plain integers, and a ledger of the room that is left.

All limits are kept in one flat list of integers, so that a plan is copied in a microsecond. It
holds, one after the other, the minutes left on each route, on each platform and on each day, the
pieces of work on each day, the minutes left in the week, the working days left, and the pieces of
work on each route of each day. What is unlimited has as much room as there are minutes at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xianke._plan_model import Option, Problem, Route

DAYS = 7


class Losses(dict[int, int]):
    """What a route has cost in the week when so many minutes are left on it, worked out once.

    Opening and scarcity in whole fen, and nothing while it is not used: for each further minute
    the loss is as high as for the one before, or higher.
    """

    def __init__(self, route: Route, full: int) -> None:
        super().__init__({full: 0})
        self._full = full
        self._opening = route.opening_fen
        self._tiers = [(tier.from_minutes, tier.loss_millifen_per_minute) for tier in route.tiers]

    def __missing__(self, left: int) -> int:
        minutes, lost, rate_before = self._full - left, 0, 0
        for start, rate in self._tiers:
            if minutes > start:
                lost += (minutes - start) * (rate - rate_before)
                rate_before = rate
        self[left] = total = self._opening - (-lost // 1000)
        return total


class Chance(NamedTuple):
    """An option with all that the search asks of it; `cell`, `route`, `house` are ledger places.

    `cell` counts the pieces of work on its route and day, `house` is its platform's room, `full`
    what its route's room is while it is not used; `losses` is None where a route has none.
    """

    value: int
    cell: int
    route: int
    house: int
    setup: int
    losses: Losses | None
    opening: int
    full: int
    place: int


@dataclass(frozen=True, slots=True)
class Table:
    """The compiled week.

    Per slot its minutes, the ledger place of its day's minutes (the day's count stands `DAYS`
    further), and its chances, the most valuable first. `ranked` holds all chances with their slots
    in the order in which plain greedy tries them, `ranks` their numbers per platform.
    """

    minutes: list[int]
    days: list[int]
    chances: list[list[Chance]]
    ranked: list[tuple[int, Chance]]
    ranks: dict[int, list[int]]
    week: int
    blank: list[int]
    max_platforms: int


def compiled(problem: Problem) -> Table:
    """Return the week ready for searching, without the options that cannot help any plan."""
    limits, routes = problem.limits, problem.routes
    options = list(_useful(problem))
    minutes = [slot.minutes for slot in problem.slots]
    total = sum(minutes)
    names = sorted({routes[option.route].platform for _place, option in options})
    houses = {name: len(routes) + number for number, name in enumerate(names)}
    day_room = len(routes) + len(names)
    week = day_room + 2 * DAYS
    blank = _rooms(problem, options)
    blank += [_least(total, limits.platform_minutes)] * len(names)
    blank += limits.day_minutes or [total] * DAYS
    blank += [0] * DAYS
    blank += [_least(total, limits.week_minutes), _least(DAYS, limits.working_days)]
    losses = [
        Losses(route, blank[number]) if route.opening_fen or route.tiers else None
        for number, route in enumerate(routes)
    ]
    first_cell = len(blank)
    blank += [0] * (DAYS * len(routes))
    chances: list[list[Chance]] = [[] for _ in minutes]
    for place, option in options:
        number, route = option.route, routes[option.route]
        cell = first_cell + problem.slots[option.slot].day * len(routes) + number
        chances[option.slot].append(
            Chance(
                option.value_fen,
                cell,
                number,
                houses[route.platform],
                route.setup_fen,
                losses[number],
                route.opening_fen,
                blank[number],
                place,
            )
        )
    for some in chances:
        some.sort(key=lambda chance: (-chance.value, routes[chance.route].key))
    ranked = _ranked(problem, chances)
    ranks: dict[int, list[int]] = {house: [] for house in houses.values()}
    for rank, (_slot, chance) in enumerate(ranked):
        ranks[chance.house].append(rank)
    days = [day_room + slot.day for slot in problem.slots]
    most = _least(len(names), limits.max_platforms)
    return Table(minutes, days, chances, ranked, ranks, week, blank, most)


def _least(room: int, limit: int | None) -> int:
    return room if limit is None else min(room, limit)


def _useful(problem: Problem) -> Iterator[tuple[int, Option]]:
    """Yield the options with their places that may be worth something and fit at all.

    Of two for the same slot and route only the better one may.
    """
    best: dict[tuple[int, int], tuple[int, Option]] = {}
    for place, option in enumerate(problem.options):
        key = option.slot, option.route
        if key not in best or best[key][1].value_fen < option.value_fen:
            best[key] = place, option
    limits = problem.limits
    for place, option in best.values():
        slot, route = problem.slots[option.slot], problem.routes[option.route]
        rooms = [route.cap_minutes, limits.platform_minutes, limits.week_minutes]
        if limits.day_minutes is not None:
            rooms.append(limits.day_minutes[slot.day])
        # Scarcity takes least from the first minutes, and set-up and opening may be paid already.
        scarce = _first_loss_millifen(route, slot.minutes) // 1000
        if option.value_fen > scarce and all(
            room is None or slot.minutes <= room for room in rooms
        ):
            yield place, option


def _first_loss_millifen(route: Route, minutes: int) -> int:
    lost, rate_before = 0, 0
    for tier in route.tiers:
        lost += max(0, minutes - tier.from_minutes) * (tier.loss_millifen_per_minute - rate_before)
        rate_before = tier.loss_millifen_per_minute
    return lost


def _rooms(problem: Problem, options: Sequence[tuple[int, Option]]) -> list[int]:
    """Return per route the minutes that could be used of it."""
    rooms = [0] * len(problem.routes)
    for _place, option in options:
        rooms[option.route] += problem.slots[option.slot].minutes
    return [
        _least(room, route.cap_minutes) for room, route in zip(rooms, problem.routes, strict=True)
    ]


def _ranked(problem: Problem, chances: Sequence[Sequence[Chance]]) -> list[tuple[int, Chance]]:
    """Return all chances with their slots, by value less set-up per minute."""
    flat = [(slot, chance) for slot, some in enumerate(chances) for chance in some]
    flat.sort(
        key=lambda pair: (
            (pair[1].setup - pair[1].value) * 1000 // problem.slots[pair[0]].minutes,
            pair[0],
            problem.routes[pair[1].route].key,
        )
    )
    return flat
