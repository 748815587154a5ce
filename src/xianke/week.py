"""A real week of one person: what is left of their slots, and which routes are open to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from xianke import busy, conditions, inventory, platforms, scoring, slots, trying
from xianke.planner import Open, Piece
from xianke.platforms import SELF
from xianke.worth import Outlook

if TYPE_CHECKING:
    from xianke.busy import BusyTime
    from xianke.inventory import Stock
    from xianke.levels import Route
    from xianke.platforms import Catalogue, Platform
    from xianke.rates import Rates
    from xianke.records import Slot
    from xianke.scoring import OwnWeeks

BLOCK_MINUTES = 180
BREAK_MINUTES = 15
"""Longer stretches are cut into blocks of three hours at most, with a rest between."""


@dataclass(frozen=True, slots=True)
class Way:
    """A route open to somebody in this week, with what the plan has to say about it."""

    platform: Platform
    open: Open
    checks: tuple[str, ...]
    flags: tuple[str, ...]
    travel_unknown: bool

    @property
    def route(self) -> Route:
        """Return the category and the platform."""
        return self.platform.category, self.platform.id


def pieces(
    stock: Stock, first: date, taken: Iterable[BusyTime] = (), since: datetime | None = None
) -> tuple[Piece, ...]:
    """Return the free time of the seven days from *first*, in order, none overlapping.

    Busy times of calendars are cut out; where two slots overlap, the one that begins first has the
    time. *since* leaves out what lies before it, in civil time. Scraps of less than
    `busy.LEAST_MINUTES` are dropped.
    """
    last = first + timedelta(days=6)
    taken = list(taken)
    free = [
        (one.start, one.end, owner.slot.id, one.flags)
        for owner in stock.slots
        for one in busy.cut(slots.expand(owner.rule, first, last), taken)
    ]
    found: list[Piece] = []
    reached = since or datetime.min
    for start, end, slot, flags in sorted(free):
        begin = max(start, reached)
        if end > begin:
            found += _blocks(Piece(begin, end, slot, flags))
            reached = end
    return tuple(piece for piece in found if piece.minutes >= busy.LEAST_MINUTES)


def _blocks(free: Piece) -> list[Piece]:
    """Return a stretch cut into equal blocks, each of no more than `BLOCK_MINUTES`."""
    minutes = free.minutes
    count = -(-(minutes + BREAK_MINUTES) // (BLOCK_MINUTES + BREAK_MINUTES))
    # Whole five minutes: a block from 11:07 is no block anybody keeps.
    length = (minutes - (count - 1) * BREAK_MINUTES) // count
    if count > 1:
        length -= length % 5
    blocks = []
    for number in range(count):
        begin = free.start + timedelta(minutes=number * (length + BREAK_MINUTES))
        until = free.end if number == count - 1 else begin + timedelta(minutes=length)
        blocks.append(replace(free, start=begin, end=until))
    return blocks


@dataclass(frozen=True, slots=True)
class Means:
    """What routes are judged with: the catalogue, what was learned, what was paid already.

    `paid_first` are platforms whose money up front the user has already put down.
    """

    catalogue: Catalogue
    rates: Rates
    own_weeks: Mapping[Route, OwnWeeks]
    paid_first: frozenset[str] = frozenset()


def ways(stock: Stock, free: Sequence[Piece], means: Means, today: date) -> tuple[Way, ...]:
    """Return the routes that can be planned: open to the person, with pay that is credible.

    What wants money first is planned only once it is paid. Where the state of a platform rests on
    one source or on old word, another of its category goes before it. No curiosity is spent on a
    platform that something speaks against (`trying.SPOILERS`).
    """
    by_id = {one.slot.id: one.slot for one in stock.slots}
    found: list[Way] = []
    for platform in means.catalogue.routes():
        rate = means.rates.of(platform)
        if platform.income != "time" or rate.mid_fen_per_hour is None:
            continue
        needs = conditions.needs_of_person(platform, stock, today)
        if needs.missing is not None:
            continue
        flags = platforms.flags(platform, today, stock.profile.get("city"))
        if "upfront_required" in flags and platform.id not in means.paid_first:
            continue
        way = _way(platform, stock, free, means, by_id)
        if way.open.pieces:
            curious = _runs(platform, flags) and not trying.SPOILERS & set(flags)
            found.append(
                replace(
                    way,
                    checks=(*needs.checks, *way.checks),
                    flags=flags,
                    open=replace(way.open, curious=curious),
                )
            )
    running = {way.platform.category for way in found if _runs(way.platform, way.flags)}
    return tuple(
        way
        for way in found
        if _runs(way.platform, way.flags)
        or way.platform.category not in running
        or means.rates.experience.tally(way.route).gigs
    )


def _runs(platform: Platform, flags: Sequence[str]) -> bool:
    """Return whether a platform is known to run: by more than one source, and not long ago."""
    return platforms.is_verified(platform) and "stale" not in flags


def _way(
    platform: Platform,
    stock: Stock,
    free: Sequence[Piece],
    means: Means,
    by_id: Mapping[int, Slot],
) -> Way:
    wanted, route = platform.conditions, (platform.category, platform.id)
    travel = inventory.travel_minutes(wanted, stock.profile)
    least = wanted.min_block_minutes + wanted.setup_minutes + (travel or 0)
    sure, perhaps = suiting(platform, stock.profile, free, by_id)
    sure, perhaps = (
        [number for number in some if free[number].minutes >= least] for some in (sure, perhaps)
    )
    days = platforms.FAST_DAYS.get(platform.fact("settlement").value or "")
    experience = means.rates.experience
    # Where searches are logged, they say more of the supply than what was worked.
    cap = None if experience.supply_logged else scoring.supply_minutes(means.own_weeks.get(route))
    return Way(
        platform,
        Open(
            Outlook(route, experience, days),
            tuple(sure or perhaps),
            wanted.setup_minutes,
            travel or 0,
            cap_minutes=cap,
        ),
        () if sure or not perhaps else ("pc",),
        (),
        travel is None,
    )


def suiting(
    platform: Platform,
    profile: Mapping[str, str],
    free: Sequence[Piece],
    by_id: Mapping[int, Slot],
) -> tuple[list[int], list[int]]:
    """Return the places of the pieces that suit a route by place and device, however long.

    The second list are those that do if a device that nobody has asked about is at hand.
    """
    sure, perhaps = [], []
    for number, piece in enumerate(free):
        if piece.slot is None:
            continue
        obstacle = inventory.obstacle_of(by_id[piece.slot], platform.conditions, profile)
        if obstacle is None:
            sure.append(number)
        elif obstacle == "unsure":
            perhaps.append(number)
    return sure, perhaps


def name_of(platform: Platform, catalogue: Catalogue) -> str:
    """Return what a route is called in a plan: its platform, or its category without one."""
    if platform.kind == SELF:
        return f"{catalogue.categories[platform.category].name} · {platform.name}"
    return platform.name
