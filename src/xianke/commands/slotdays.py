"""What is free in a range of days: the slots laid over the calendar, less what is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from xianke import busy, inventory, settings, slots, store

if TYPE_CHECKING:
    from xianke.busy import BusyTime
    from xianke.inventory import FreeSlot
    from xianke.records import Calendar
    from xianke.slots import Occurrence


@dataclass(frozen=True, slots=True)
class SlotDays:
    """The slots of a range of days, cut by the calendars, in the order the pieces begin.

    `busy` are the times of calendars that have taken something of them.
    """

    first: date
    last: date
    pieces: tuple[tuple[FreeSlot, Occurrence], ...]
    busy: tuple[BusyTime, ...]
    calendars: tuple[Calendar, ...]


def slot_days(first: date, last: date) -> SlotDays:
    """Return what is free from *first* to *last*, by the day on which a slot begins."""
    with store.read() as db:
        rows = (db.slots(), db.skills(), db.assets(), db.profile())
        stock = inventory.stock(*rows, settings.now().date())
        calendars = db.calendars()
        # A slot of the last day may run on into the next.
        behind = last + timedelta(days=1)
        times = busy.times(db.busy(first.isoformat(), behind.isoformat()), calendars)
    whole = [(free, slots.expand(free.rule, first, last)) for free in stock.slots]
    pieces = [(free, one) for free, found in whole for one in busy.cut(found, times)]
    pieces.sort(key=lambda pair: (pair[1].start, pair[1].end, pair[0].slot.id))
    taken = busy.touching(times, [one for _free, found in whole for one in found])
    return SlotDays(first, last, tuple(pieces), tuple(taken), tuple(calendars))
