"""Where spare time goes: supplied, planned, worked, searched in vain, paid; and what leaks away."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from xianke import busy, gigs, slots, when
from xianke.busy import BusyTime
from xianke.i18n import _
from xianke.searches import is_search

if TYPE_CHECKING:
    from xianke.busy import Stretch
    from xianke.inventory import Stock
    from xianke.records import Gig, PlanBlock

Code = Literal["not_planned", "not_worked", "outside", "searched", "unpaid", "rejected"]
CODES: tuple[Code, ...] = (
    "not_planned",
    "not_worked",
    "outside",
    "searched",
    "unpaid",
    "rejected",
)


@dataclass(frozen=True, slots=True)
class Use:
    """How one week, or several, were used; minutes, and fen for `net_fen`.

    Of the supplied minutes `used_minutes` were planned, or work or a search is known to have
    begun then; the rest is `not_planned_minutes`. Worked minutes are those of gigs, paid or not:
    `inside_minutes` within the supply, `outside_minutes` beside it, `unplaced_minutes` without a
    known start; and likewise `paid_minutes`, `waiting_minutes` and `rejected_minutes`. Of the
    gigs that were not rejected, `unpaid_minutes` were waiting and travelling. `timed_net_fen` and
    `timed_minutes` are those of gigs and searches with minutes, and make the rate per hour.
    """

    supplied_minutes: int = 0
    planned_minutes: int = 0
    worked_minutes: int = 0
    searched_minutes: int = 0
    paid_minutes: int = 0
    waiting_minutes: int = 0
    rejected_minutes: int = 0
    unpaid_minutes: int = 0
    inside_minutes: int = 0
    outside_minutes: int = 0
    unplaced_minutes: int = 0
    used_minutes: int = 0
    not_planned_minutes: int = 0
    not_worked_minutes: int = 0
    net_fen: int = 0
    timed_net_fen: int = 0
    timed_minutes: int = 0

    @property
    def net_fen_per_supplied_hour(self) -> int | None:
        """Return what an hour of spare time brought, used or not; None without any."""
        return _per_hour(self.net_fen, self.supplied_minutes)

    @property
    def net_fen_per_worked_hour(self) -> int | None:
        """Return what an hour brought, searches too, over what has minutes; None without any."""
        return _per_hour(self.timed_net_fen, self.timed_minutes)


@dataclass(frozen=True, slots=True)
class Week:
    """One week, or as much of it as was asked for and has passed."""

    week: str
    first: date
    last: date
    use: Use


@dataclass(frozen=True, slots=True)
class Leak:
    """Where time leaks: they may overlap, and do not add up to anything."""

    code: Code
    minutes: int


@dataclass(frozen=True, slots=True)
class Records:
    """What a span of days holds: gigs, kept plan, (day, fen) of what was paid for platforms."""

    gigs: Sequence[Gig]
    blocks: Sequence[PlanBlock]
    spends: Sequence[tuple[str, int]]


def weeks_of(first: date, last: date) -> list[tuple[date, date]]:
    """Return the weeks of a span of days, the first and the last cut to it."""
    found = []
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        found.append((max(monday, first), min(monday + timedelta(days=6), last)))
        monday += timedelta(weeks=1)
    return found


def supply(
    stock: Stock, first: date, last: date, taken: Iterable[BusyTime], now: datetime
) -> list[Stretch]:
    """Return the free time of a span of days, merged, less busy times, as far as it has passed.

    *now* is civil. The slots of today stand for the past: they are not kept by date.
    """
    taken = list(taken)
    # A slot may have begun on the evening before.
    free = [
        occurrence
        for owner in stock.slots
        for occurrence in slots.expand(owner.rule, first - timedelta(days=1), last)
    ]
    left = [(one.start, one.end) for one in busy.cut(free, taken)]
    return _clipped(_merged(left), _midnight(first), min(_midnight(last, 1), now))


def used(
    span: Iterable[tuple[date, date]], free: Sequence[Stretch], records: Records, now: datetime
) -> tuple[Week, ...]:
    """Return how each week was used; *free* is the supply of all of them and *now* is civil."""
    planned = _clipped(_merged(map(_block, records.blocks)), datetime.min, now)
    doing = _merged(found for gig in records.gigs if (found := _begun(gig)) is not None)
    return tuple(
        Week(
            when.iso_week(first),
            first,
            last,
            _use(first, last, free, planned, doing, records),
        )
        for first, last in span
    )


def _use(
    first: date,
    last: date,
    free: Sequence[Stretch],
    planned: Sequence[Stretch],
    doing: Sequence[Stretch],
    records: Records,
) -> Use:
    start, end = _midnight(first), _midnight(last, 1)
    own = _clipped(free, start, end)
    own_planned = _clipped(planned, start, end)
    touched = _merged([*own_planned, *_clipped(doing, start, end)])
    supplied, in_use = _minutes(own), _shared(own, touched)
    days = (first.isoformat(), last.isoformat())
    counted = [one for one in records.gigs if days[0] <= one.day <= days[1]]
    counted = [one for one in counted if gigs.is_counted(one)]
    done = [one for one in counted if not is_search(one)]
    placed = [(one, found) for one in done if (found := _begun(one)) is not None]
    inside = _shared(free, [stretch for _gig, stretch in placed])
    timed = [one for one in counted if one.worked_minutes is not None and _of([one])]
    spent = sum(fen for day, fen in records.spends if days[0] <= day <= days[1])
    worked, in_place = _of(done), _of(one for one, _stretch in placed)
    paid = [one for one in done if one.status == "paid"]
    waiting = [one for one in done if one.status == "delivered"]
    return Use(
        supplied_minutes=supplied,
        planned_minutes=_minutes(own_planned),
        worked_minutes=worked,
        searched_minutes=_of(one for one in counted if is_search(one)),
        paid_minutes=_of(paid),
        waiting_minutes=_of(waiting),
        rejected_minutes=worked - _of(paid) - _of(waiting),
        unpaid_minutes=sum(one.unpaid_minutes for one in (*paid, *waiting)),
        inside_minutes=inside,
        outside_minutes=in_place - inside,
        unplaced_minutes=worked - in_place,
        used_minutes=in_use,
        not_planned_minutes=supplied - in_use,
        not_worked_minutes=_minutes(own_planned) - _shared(own_planned, doing),
        net_fen=sum(map(gigs.net_fen, counted)) - spent,
        timed_net_fen=sum(map(gigs.net_fen, timed)),
        timed_minutes=_of(timed),
    )


def total(weeks: Iterable[Week]) -> Use:
    """Return several weeks added up."""
    uses = [week.use for week in weeks]
    return Use(**{one.name: sum(getattr(use, one.name) for use in uses) for one in fields(Use)})


def leaks(use: Use) -> list[Leak]:
    """Return where time leaked, the most first; what did not leak is left out."""
    minutes: Mapping[Code, int] = {
        "not_planned": use.not_planned_minutes,
        "not_worked": use.not_worked_minutes,
        "outside": use.outside_minutes,
        "searched": use.searched_minutes,
        "unpaid": use.unpaid_minutes,
        "rejected": use.rejected_minutes,
    }
    found = [Leak(code, minutes[code]) for code in CODES if minutes[code] > 0]
    return sorted(found, key=lambda leak: (-leak.minutes, CODES.index(leak.code)))


def leak_text(code: Code) -> str:
    """Return in plain words what kind of leak it is."""
    return {
        "not_planned": _("空着：没排计划，也没见在做"),
        "not_worked": _("排了计划，没见在做"),
        "outside": _("在登记的空闲以外做的"),
        "searched": _("找活没找到"),
        "unpaid": _("做单时没钱的部分：等、路上"),
        "rejected": _("被拒或取消，白做了"),
    }[code]


def inside_minutes(use: Use) -> int | None:
    """Return the worked minutes within the supply; None where no gig has a known start."""
    if use.worked_minutes and use.unplaced_minutes == use.worked_minutes:
        return None
    return use.inside_minutes


def _per_hour(fen: int, minutes: int) -> int | None:
    # Rounded down: a rate must never flatter.
    return None if minutes == 0 else fen * 60 // minutes


# Stretches of time


def _midnight(day: date, more_days: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=more_days), time())


def _block(block: PlanBlock) -> Stretch:
    start = _midnight(date.fromisoformat(block.day))
    return start + timedelta(minutes=block.start_minute), start + timedelta(
        minutes=block.end_minute
    )


def _begun(gig: Gig) -> Stretch | None:
    """Return when a gig or a search went on; None where its start or length is not known."""
    if gig.start_minute is None or not gigs.is_counted(gig):
        return None
    start = _midnight(date.fromisoformat(gig.day)) + timedelta(minutes=gig.start_minute)
    return start, start + timedelta(minutes=(gig.worked_minutes or 0) + gig.unpaid_minutes)


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    return busy.merged(BusyTime(start, end, None, False) for start, end in stretches if end > start)


def _clipped(stretches: Iterable[Stretch], start: datetime, end: datetime) -> list[Stretch]:
    clipped = [(max(one[0], start), min(one[1], end)) for one in stretches]
    return [one for one in clipped if one[1] > one[0]]


def _shared(left: Sequence[Stretch], right: Sequence[Stretch]) -> int:
    """Return the minutes of *right* that lie in *left*, whose stretches do not overlap."""
    starts = [start for start, _end in left]
    found: list[Stretch] = []
    for start, end in right:
        # The stretch before may still run on into this one.
        place = max(bisect_right(starts, start) - 1, 0)
        while place < len(left) and starts[place] < end:
            found += _clipped([left[place]], start, end)
            place += 1
    return _minutes(found)


def _minutes(stretches: Iterable[Stretch]) -> int:
    return sum(int((end - start).total_seconds()) // 60 for start, end in stretches)


def _of(found: Iterable[Gig]) -> int:
    """Return the minutes of gigs, waiting and travelling included."""
    return sum((gig.worked_minutes or 0) + gig.unpaid_minutes for gig in found)
