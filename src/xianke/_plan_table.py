"""A week made ready for searching: plain integers, and a ledger of the room that is left.

All limits are kept in one flat list of integers, so that a plan is copied in a microsecond. It
holds, one after the other, the minutes left on each route, on each platform and on each day, the
pieces of work on each day, the minutes left in the week, the working days left, and the pieces of
work on each route of each day whose set-up they can share. What is unlimited has as much room as
there are minutes at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xianke._plan_model import Option, Problem, Route

DAYS = 7

Team = tuple[int, ...]
"""The platforms that may be used, by their ledger places, in order."""


Placed = Sequence[tuple[int, "Option"]]
"""Options with their places in the problem."""
Steps = Sequence[tuple[int, int]]
"""From so many minutes on, so much more is lost per minute than before, in thousandths of a fen."""


class Losses(dict[int, int]):
    """What a route has cost in the week when so many minutes of its room are left, found out once.

    Opening and scarcity, in whole fen; nothing where its room is full, as it is not used then.
    """

    def __init__(self, route: Route, full: int) -> None:
        super().__init__({full: 0})
        self._full = full
        self._opening = route.opening_fen
        self._steps = _steps(route)

    def __missing__(self, left: int) -> int:
        lost = _scarcity_millifen(self._steps, self._full - left)
        self[left] = total = self._opening - (-lost // 1000)
        return total


def _steps(route: Route) -> Steps:
    rates = [tier.loss_millifen_per_minute for tier in route.tiers]
    return [
        (tier.from_minutes, rate - before)
        for tier, rate, before in zip(route.tiers, rates, [0, *rates], strict=False)
    ]


def _scarcity_millifen(steps: Steps, minutes: int) -> int:
    return sum((minutes - start) * more for start, more in steps if minutes > start)


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
    routes = problem.routes
    options = _useful(problem)
    names = sorted({routes[option.route].platform for _place, option in options})
    houses = {name: len(routes) + number for number, name in enumerate(names)}
    blank = _rooms(problem, options, len(names))
    chances = _chances(problem, options, houses, blank)
    ranked = _ranked(problem, chances)
    ranks: dict[int, list[int]] = {house: [] for house in houses.values()}
    for rank, (_slot, chance) in enumerate(ranked):
        ranks[chance.house].append(rank)
    first_day = len(routes) + len(names)
    return Table(
        minutes=[slot.minutes for slot in problem.slots],
        days=[first_day + slot.day for slot in problem.slots],
        chances=chances,
        ranked=ranked,
        ranks=ranks,
        week=first_day + 2 * DAYS,
        blank=blank,
        max_platforms=_least(len(names), problem.limits.max_platforms),
    )


def _least(room: int, limit: int | None) -> int:
    return room if limit is None else min(room, limit)


def _useful(problem: Problem) -> Placed:
    """Return the options that may be worth something and fit at all.

    Of two for the same slot and route only the better one may.
    """
    best: dict[tuple[int, int], tuple[int, Option]] = {}
    for place, option in enumerate(problem.options):
        key = option.slot, option.route
        if key not in best or best[key][1].value_fen < option.value_fen:
            best[key] = place, option
    return [(place, option) for place, option in best.values() if _may_help(problem, option)]


def _may_help(problem: Problem, option: Option) -> bool:
    limits, slot, route = problem.limits, problem.slots[option.slot], problem.routes[option.route]
    # Scarcity takes least from the first minutes, and set-up and opening may be paid already.
    scarce = _scarcity_millifen(_steps(route), slot.minutes) // 1000
    rooms = [route.cap_minutes, limits.platform_minutes, limits.week_minutes]
    if limits.day_minutes is not None:
        rooms.append(limits.day_minutes[slot.day])
    return option.value_fen > scarce and all(room is None or slot.minutes <= room for room in rooms)


def _rooms(problem: Problem, options: Placed, platforms: int) -> list[int]:
    """Return the ledger of an empty plan up to the working days.

    No route has more room than there are minutes that it may be used in.
    """
    limits = problem.limits
    total = sum(slot.minutes for slot in problem.slots)
    rooms = [0] * len(problem.routes)
    for _place, option in options:
        rooms[option.route] += problem.slots[option.slot].minutes
    capped = zip(rooms, problem.routes, strict=True)
    return [
        *(_least(room, route.cap_minutes) for room, route in capped),
        *[_least(total, limits.platform_minutes)] * platforms,
        *(limits.day_minutes or [total] * DAYS),
        *[0] * DAYS,
        _least(total, limits.week_minutes),
        _least(DAYS, limits.working_days),
    ]


def _chances(
    problem: Problem, options: Placed, houses: dict[str, int], blank: list[int]
) -> list[list[Chance]]:
    """Return the chances of each slot, the most valuable first; counters are added to the ledger.

    A set-up that no other slot of the day could share is taken from the value at once, and needs
    no counter of its own: the last place of the ledger serves for all of them.
    """
    days = Counter((problem.slots[option.slot].day, option.route) for _place, option in options)
    shared = [day for day, count in days.items() if count > 1 and problem.routes[day[1]].setup_fen]
    cells = {day: len(blank) + number for number, day in enumerate(shared)}
    losses = [
        Losses(route, full) if route.opening_fen or route.tiers else None
        for route, full in zip(problem.routes, blank, strict=False)
    ]
    chances: list[list[Chance]] = [[] for _ in problem.slots]
    for place, option in options:
        route = problem.routes[option.route]
        cell = cells.get((problem.slots[option.slot].day, option.route))
        chance = Chance(
            value=option.value_fen - (route.setup_fen if cell is None else 0),
            cell=len(blank) + len(cells) if cell is None else cell,
            route=option.route,
            house=houses[route.platform],
            setup=0 if cell is None else route.setup_fen,
            losses=losses[option.route],
            opening=route.opening_fen,
            full=blank[option.route],
            place=place,
        )
        if chance.value > 0:
            chances[option.slot].append(chance)
    blank += [0] * (len(cells) + 1)
    for some in chances:
        some.sort(key=lambda chance: (-chance.value, problem.routes[chance.route].key))
    return chances


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
