"""The present moment: the slot that runs now, or the minutes somebody says they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from xianke import busy, inventory, slots
from xianke.records import Slot

if TYPE_CHECKING:
    from xianke.busy import BusyTime
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
    """The minutes at hand: `stock` holds them as its only slot, None where there are none now.

    `taken` is what a calendar says to be going on, where that is why there are none.
    """

    stock: Stock | None
    slot: FreeSlot | None
    minutes: int
    upcoming: tuple[FreeSlot, slots.Occurrence] | None
    taken: BusyTime | None = None


Running = list[tuple[datetime, "FreeSlot"]]
"""The slots that run, each with the moment at which it ends."""


def at(stock: Stock, now: datetime, asked: Asked, times: Sequence[BusyTime] = ()) -> Moment:
    """Return what is at hand at *now*: what was asked for, else the longest slot that runs.

    What calendars take (*times*) is not at hand, unless somebody says that they have minutes.
    """
    civil = now.replace(tzinfo=None, second=0, microsecond=0)
    upcoming = next_slot(stock, civil, times)
    taken = busy.at(times, civil)
    if taken is not None and asked.minutes is None:
        return Moment(None, None, 0, upcoming, taken)
    # What begins next ends the slot before its time.
    ahead = min((one.start for one in times if one.start > civil), default=datetime.max)
    running = [
        (min(one.end, ahead), free)
        for free in stock.slots
        for one in slots.expand(free.rule, civil.date() - timedelta(days=1), civil.date())
        if one.start <= civil < one.end
    ]
    if asked != Asked():
        left = min(civil + timedelta(minutes=DEFAULT_MINUTES), ahead)
        moment = _asked(stock, civil, asked, running, left)
        return replace(moment, upcoming=upcoming)
    if not running:
        return Moment(None, None, 0, upcoming)
    end, free = max(running, key=_latest)
    minutes = _minutes(civil, end)
    return Moment(_only(stock, free.slot, civil, minutes), free, minutes, upcoming)


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds()) // 60


def _asked(
    stock: Stock, civil: datetime, asked: Asked, running: Running, without: datetime
) -> Moment:
    """Return what somebody says they have; what they leave unsaid is as in the running slot.

    *without* is until when they have time where no slot runs.
    """
    end, base = max(running, key=_latest) if running else (without, None)
    row = base.slot if base is not None else Slot(0, "", None, "home", None, driving=False)
    if asked.place:
        row = replace(row, place=inventory.check_place(asked.place), driving=False)
    if asked.devices:
        row = replace(row, devices=inventory.check_devices(asked.devices))
    minutes = asked.minutes or _minutes(civil, end)
    return Moment(_only(stock, row, civil, minutes), None, minutes, None)


def _latest(pair: tuple[datetime, FreeSlot]) -> tuple[datetime, int]:
    """Order running slots by how long they last; the older of two equal ones wins."""
    end, free = pair
    return end, -free.slot.id


def _only(stock: Stock, row: Slot, civil: datetime, minutes: int) -> Stock:
    start = civil.hour * 60 + civil.minute
    span = slots.Span(start, start + min(minutes, 1440))
    rule = slots.make([slots.Weekdays((civil.isoweekday(),))], [span])
    return replace(stock, slots=(inventory.FreeSlot(row, rule),))


def next_slot(
    stock: Stock, civil: datetime, times: Sequence[BusyTime] = ()
) -> tuple[FreeSlot, slots.Occurrence] | None:
    """Return the slot, or what calendars leave of one, that begins next within two weeks."""
    first, last = civil.date() - timedelta(days=1), civil.date() + timedelta(days=LOOK_AHEAD_DAYS)
    coming = [
        (one.start, free.slot.id, free, one)
        for free in stock.slots
        for one in busy.worthwhile(busy.cut(slots.expand(free.rule, first, last), times))
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
    return _only(stock, free.slot, one.start, _minutes(one.start, one.end))


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
