"""Time that calendars take: what is left of the slots, and which calendar took the rest.

Everything is civil time in the store's zone, like the slots themselves, and pieces are half open:
what ends at nine leaves room for what begins at nine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xianke.records import Busy, Calendar
    from xianke.slots import Occurrence

CUT = "cut"
"""The flag of a piece that a calendar has shortened."""

LEAST_MINUTES = 10
"""Minutes that what is left of a slot must have to be worth planning: in less nobody finds,
begins and ends anything. Whole slots of the user's own may be as short as they like."""


@dataclass(frozen=True, slots=True)
class BusyTime:
    """A time that a calendar takes; `calendar` is its name, empty before it has one."""

    start: datetime
    end: datetime
    title: str | None
    all_day: bool
    calendar: str = ""


Stretch = tuple[datetime, datetime]


def times(rows: Iterable[Busy], calendars: Iterable[Calendar]) -> list[BusyTime]:
    """Return stored busy times as moments, each with the name of its calendar."""
    names: Mapping[int, str] = {one.id: one.name for one in calendars}
    return [
        BusyTime(
            datetime.fromisoformat(row.start),
            datetime.fromisoformat(row.end),
            row.title,
            row.all_day,
            names.get(row.calendar_id, ""),
        )
        for row in rows
    ]


def merged(busy: Iterable[BusyTime]) -> list[Stretch]:
    """Return the stretches in which at least one calendar is busy, in order, none touching."""
    found: list[Stretch] = []
    for start, end in sorted((one.start, one.end) for one in busy):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def cut(occurrences: Iterable[Occurrence], busy: Iterable[BusyTime]) -> list[Occurrence]:
    """Return what is left of the occurrences beside the busy times, in their order.

    A piece that is shorter than its occurrence carries the flag `CUT`; an occurrence that is
    covered from end to end leaves none. However short, no piece is dropped: see `worthwhile`.
    """
    taken = merged(busy)
    starts = [start for start, _end in taken]
    found: list[Occurrence] = []
    for one in occurrences:
        # The stretch before may still run on into the occurrence.
        first = max(bisect_right(starts, one.start) - 1, 0)
        found += _left(one, (taken[index] for index in range(first, len(taken))))
    return found


def _left(one: Occurrence, taken: Iterable[Stretch]) -> list[Occurrence]:
    pieces: list[Stretch] = []
    at = one.start
    for start, end in taken:
        if start >= one.end:
            break
        if end <= at:
            continue
        if start > at:
            pieces.append((at, start))
        at = end
    if at < one.end:
        pieces.append((at, one.end))
    if pieces == [(one.start, one.end)]:
        return [one]
    flags = (*one.flags, CUT)
    return [replace(one, start=start, end=end, flags=flags) for start, end in pieces]


def worthwhile(pieces: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the pieces without the scraps that a calendar left: nothing fits into them."""
    return [piece for piece in pieces if CUT not in piece.flags or _minutes(piece) >= LEAST_MINUTES]


def _minutes(piece: Occurrence) -> int:
    return int((piece.end - piece.start).total_seconds()) // 60


def touching(busy: Iterable[BusyTime], occurrences: Iterable[Occurrence]) -> list[BusyTime]:
    """Return the busy times that take something of the occurrences, by start."""
    slots = merged(BusyTime(one.start, one.end, None, False) for one in occurrences)
    ends = [end for _start, end in slots]
    found = []
    for time in busy:
        nearest = bisect_right(ends, time.start)
        if nearest < len(slots) and slots[nearest][0] < time.end:
            found.append(time)
    return sorted(found, key=lambda time: (time.start, time.end, time.calendar, time.title or ""))


def at(busy: Sequence[BusyTime], moment: datetime) -> BusyTime | None:
    """Return what takes the moment, its end that of all that follows without a gap; else None."""
    running = [one for one in busy if one.start <= moment < one.end]
    if not running:
        return None
    until = next(end for start, end in merged(busy) if start <= moment < end)
    # The one that began last is what somebody is just doing.
    return replace(max(running, key=lambda one: (one.start, one.title or "")), end=until)
