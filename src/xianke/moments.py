"""The present moment: the slot that runs now, or the minutes somebody says they have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from xianke import inventory, slots
from xianke.records import Slot

if TYPE_CHECKING:
    from xianke.inventory import FreeSlot, Stock
    from xianke.matching import Advice, Pick

DEFAULT_MINUTES = 60
"""Taken where somebody names a place or a device but not how long."""

LOOK_AHEAD_DAYS = 14


@dataclass(frozen=True, slots=True)
class Asked:
    """What `now` was told: minutes at hand, place, devices; nothing means look at the slots."""

    minutes: int | None = None
    place: str | None = None
    devices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """The minutes at hand: `stock` holds them as its only slot, None where there are none now."""

    stock: Stock | None
    slot: FreeSlot | None
    minutes: int
    upcoming: tuple[FreeSlot, slots.Occurrence] | None


def at(stock: Stock, now: datetime, asked: Asked) -> Moment:
    """Return what is at hand at *now*: what was asked for, else the longest slot that runs."""
    civil = now.replace(tzinfo=None, second=0, microsecond=0)
    upcoming = next_slot(stock, civil)
    running = [
        (one.end, free)
        for free in stock.slots
        for one in slots.expand(free.rule, civil.date() - timedelta(days=1), civil.date())
        if one.start <= civil < one.end
    ]
    if asked != Asked():
        return _asked(stock, civil, asked, running, upcoming)
    if not running:
        return Moment(None, None, 0, upcoming)
    end, free = max(running, key=_latest)
    minutes = int((end - civil).total_seconds()) // 60
    return Moment(_only(stock, free.slot, civil, minutes), free, minutes, upcoming)


def _asked(
    stock: Stock,
    civil: datetime,
    asked: Asked,
    running: list[tuple[datetime, FreeSlot]],
    upcoming: tuple[FreeSlot, slots.Occurrence] | None,
) -> Moment:
    """Return what somebody says they have; what they leave unsaid is as in the running slot."""
    end, base = max(running, key=_latest) if running else (None, None)
    row = base.slot if base is not None else Slot(0, "", None, "home", None, driving=False)
    if asked.place:
        row = replace(row, place=inventory.check_place(asked.place), driving=False)
    if asked.devices:
        row = replace(row, devices=inventory.check_devices(asked.devices))
    left = int((end - civil).total_seconds()) // 60 if end is not None else DEFAULT_MINUTES
    minutes = asked.minutes or left
    return Moment(_only(stock, row, civil, minutes), None, minutes, upcoming)


def _latest(pair: tuple[datetime, FreeSlot]) -> tuple[datetime, int]:
    """Order running slots by how long they last; the older of two equal ones wins."""
    end, free = pair
    return end, -free.slot.id


def _only(stock: Stock, row: Slot, civil: datetime, minutes: int) -> Stock:
    start = civil.hour * 60 + civil.minute
    span = slots.Span(start, start + min(minutes, 1440))
    rule = slots.make([slots.Weekdays((civil.isoweekday(),))], [span])
    return replace(stock, slots=(inventory.FreeSlot(row, rule),))


def next_slot(stock: Stock, civil: datetime) -> tuple[FreeSlot, slots.Occurrence] | None:
    """Return the slot that begins next within two weeks."""
    last = civil.date() + timedelta(days=LOOK_AHEAD_DAYS)
    coming = [
        (one.start, free.slot.id, free, one)
        for free in stock.slots
        for one in slots.expand(free.rule, civil.date(), last)
        if one.start > civil
    ]
    if not coming:
        return None
    _start, _id, free, one = min(coming, key=lambda found: found[:2])
    return free, one


def for_next(stock: Stock, moment: Moment) -> Stock | None:
    """Return a stock whose only slot is the next one, or None where none comes."""
    if moment.upcoming is None:
        return None
    free, one = moment.upcoming
    minutes = int((one.end - one.start).total_seconds()) // 60
    return _only(stock, free.slot, one.start, minutes)


def picks(advice: Advice) -> tuple[tuple[Pick, ...], tuple[Pick, ...]]:
    """Return the picks and untested rows that take time: nothing else is done at a moment."""
    timed = [_for_now(pick) for pick in advice.picks if pick.kind == "time"]
    untested = [_for_now(pick) for pick in advice.untested if pick.kind == "time"]
    return (
        tuple(replace(pick, rank=rank) for rank, pick in enumerate(timed, 1)),
        tuple(replace(pick, rank=rank) for rank, pick in enumerate(untested, 1)),
    )


def _for_now(pick: Pick) -> Pick:
    # Hours a week say nothing about a single moment.
    reasons = tuple(reason for reason in pick.reasons if reason.code != "fits_slots")
    return replace(pick, reasons=reasons)
