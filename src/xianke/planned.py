"""Blocks as they stand in a plan, new or kept: what they are called, and how two plans differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from xianke import platforms, reasons
from xianke.platforms import SELF

if TYPE_CHECKING:
    from xianke.dues import Due
    from xianke.levels import Route
    from xianke.platforms import Catalogue, Platform
    from xianke.rates import Rates
    from xianke.records import PlanBlock, Supply
    from xianke.week import Way


@dataclass(frozen=True, slots=True)
class Entry:
    """One block as it stands in a plan. `due` is set for agreed work, `way` where it is known."""

    start: datetime
    end: datetime
    category: str
    platform: str
    expected_fen: int
    setup_minutes: int
    travel_minutes: int
    supply: Supply
    slot: int | None
    uid: str
    due: Due | None = None
    way: Way | None = None
    flags: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Return how long it is."""
        return int((self.end - self.start).total_seconds()) // 60

    @property
    def route(self) -> Route:
        """Return the category and the platform."""
        return self.category, self.platform


def moments_of(block: PlanBlock) -> tuple[datetime, datetime]:
    """Return when a kept block begins and ends, in civil time."""
    midnight = datetime.fromisoformat(block.day)
    return (
        midnight + timedelta(minutes=block.start_minute),
        midnight + timedelta(minutes=block.end_minute),
    )


def stored_entry(block: PlanBlock) -> Entry:
    """Return a kept block as an entry."""
    start, end = moments_of(block)
    return Entry(
        start, end, block.category, block.platform, block.expected_fen, block.setup_minutes,
        block.travel_minutes, block.supply, block.slot_id, block.uid,
    )  # fmt: skip


def route_of(entry: Entry, catalogue: Catalogue) -> Platform | None:
    """Return the route of an entry as the catalogue has it; None for what it does not know."""
    category = catalogue.categories.get(entry.category)
    if entry.platform == SELF:
        if category is None:
            return None
        return category.self_route or platforms.for_clients(category)
    for route in catalogue.routes():
        if (route.category, route.id) == entry.route:
            return route
    return catalogue.platforms.get(entry.platform)


def work_name(entry: Entry, catalogue: Catalogue) -> str:
    """Return what is done and where: category and platform, one alone where that is all."""
    category = catalogue.categories.get(entry.category)
    route = route_of(entry, catalogue)
    names = [
        category.name if category is not None else "",
        route.name if route is not None else entry.platform,
    ]
    return " · ".join(filter(None, names))


def first_step(entry: Entry, catalogue: Catalogue, rates: Rates, today: date) -> str | None:
    """Return the one thing to do first for an entry; None where it is agreed already."""
    route = route_of(entry, catalogue)
    if entry.due is not None or route is None or entry.route not in rates.routes:
        return None
    standing = platforms.standing(route, today)
    return reasons.first_step_on(
        route, rates.routes[entry.route], standing.flags, verify_first=standing.verify_first
    )


# Beside the plan that was kept


@dataclass(frozen=True, slots=True)
class Change:
    """How a new plan differs from the one kept: blocks as before, moved or renamed, new, gone."""

    same: int
    changed: int
    new: int
    gone: tuple[PlanBlock, ...]
    value_fen: int

    @property
    def nothing(self) -> bool:
        """Return whether both say the same; sums may differ, as rates move every day."""
        return not (self.changed or self.new or self.gone)


def change(entries: Sequence[Entry], past: Sequence[Entry], kept: Sequence[PlanBlock]) -> Change:
    """Return how a plan differs from the kept one in all that has not begun."""
    begun = {one.uid for one in past}
    before = {one.uid: one for one in kept if one.uid not in begun}
    same = changed = new = 0
    for entry in entries:
        old = before.pop(entry.uid, None)
        if old is None:
            new += 1
        elif (*moments_of(old), old.category, old.platform) == (
            entry.start, entry.end, entry.category, entry.platform,
        ):  # fmt: skip
            same += 1
        else:
            changed += 1
    was = sum(one.expected_fen for one in kept if one.uid not in begun)
    value = sum(one.expected_fen for one in entries)
    return Change(same, changed, new, tuple(before.values()), value - was)
