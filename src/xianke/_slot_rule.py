"""What a slot is: days × clock spans, in one normal form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from xianke._time_clock import DAY
from xianke.errors import NotUnderstood
from xianke.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

LAST: Final = -1
"""The last day or the last weekday of a month."""

ALL_WEEK: Final = (1, 2, 3, 4, 5, 6, 7)


# Named tuples and not dataclasses: six of those add 4 ms to the start of every command.
class Weekdays(NamedTuple):
    """Literal ISO weekdays (1 is Monday), ascending; all seven are 每天."""

    days: tuple[int, ...]


ClassName = Literal["workday", "weekend", "holiday"]


class DayClass(NamedTuple):
    """Days by the official calendar.

    `workday`: real working days; `weekend`: Saturdays and Sundays that are not worked;
    `holiday`: every day of an announced break.
    """

    name: ClassName


class NthWeekday(NamedTuple):
    """The first to fifth (or `LAST`) of one ISO weekday in each month; not every month has five."""

    nth: int
    weekday: int


class MonthDay(NamedTuple):
    """One day of each month, 1 to 31 or `LAST`; a 31st exists in seven months."""

    day: int


class NamedHoliday(NamedTuple):
    """The whole announced break that contains one holiday, by its Chinese name."""

    name: str


class Dates(NamedTuple):
    """All days from `first` to `last`, both included."""

    first: date
    last: date


DayTerm = Weekdays | DayClass | NthWeekday | MonthDay | NamedHoliday | Dates
Weeks = Literal["all", "odd", "even"]


@dataclass(frozen=True, slots=True)
class Days:
    """Which days: a union of terms minus another, perhaps in every second week only."""

    include: tuple[DayTerm, ...]
    exclude: tuple[DayTerm, ...] = ()
    weeks: Weeks = "all"


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes from midnight of the start day; an `end` over 1440 is on the next day."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SlotRule:
    """A recurring or dated piece of free time; equal rules mean equal slots.

    `anchor` is the Monday of week 1 for every second week (odd weeks are 1, 3, 5 …), else None.
    Make rules with `make`, which brings them to normal form.
    """

    days: Days
    spans: tuple[Span, ...]
    anchor: date | None = None


def make(
    include: Iterable[DayTerm],
    spans: Iterable[Span],
    *,
    exclude: Iterable[DayTerm] = (),
    weeks: Weeks = "all",
    anchor: date | None = None,
) -> SlotRule:
    """Return the rule in normal form; refuse one that has no days left or overlaps itself."""
    days = Days(_normal_days(include), _normal_days(exclude), weeks)
    if _empty(days):
        raise NotUnderstood(
            _("除去之后一天也不剩"), _("检查「除了」后面的日子，例如：工作日（除周三） 19:00-21:00")
        )
    if weeks != "all":
        if anchor is None or not all(isinstance(t, Weekdays | DayClass) for t in days.include):
            raise NotUnderstood(
                _("单周、双周、隔周只能配周几、工作日或周末"),
                _("例如：隔周周六 09:00-12:00"),
            )
        anchor -= timedelta(days=anchor.weekday())
    else:
        anchor = None
    return SlotRule(days, _normal_spans(spans), anchor)


def _normal_days(terms: Iterable[DayTerm]) -> tuple[DayTerm, ...]:
    """Return *terms* sorted, weekdays and adjoining dates merged, repetitions gone."""
    distinct = set(terms)
    weekdays = {d for term in distinct if isinstance(term, Weekdays) for d in term.days}
    if len(weekdays) == len(ALL_WEEK):
        return (Weekdays(ALL_WEEK),)
    merged: list[DayTerm] = [Weekdays(tuple(sorted(weekdays)))] if weekdays else []
    rest = [t for t in distinct if not isinstance(t, Weekdays | Dates)]
    dates = sorted((t.first, t.last) for t in distinct if isinstance(t, Dates))
    joined: list[tuple[date, date]] = []
    for first, last in dates:
        if joined and first <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(
        sorted([*merged, *rest, *(Dates(first, last) for first, last in joined)], key=_order)
    )


_CLASSES: Final = ("workday", "weekend", "holiday")


def _order(term: DayTerm) -> tuple[int, int, int, str]:
    if isinstance(term, DayClass):
        return (0, _CLASSES.index(term.name), 0, "")
    if isinstance(term, Weekdays):
        return (1, 0, 0, "")
    if isinstance(term, NthWeekday):
        return (2, term.weekday, term.nth % 100, "")
    if isinstance(term, MonthDay):
        return (3, term.day % 100, 0, "")
    if isinstance(term, NamedHoliday):
        return (4, 0, 0, term.name)
    return (5, term.first.toordinal(), 0, "")


def _empty(days: Days) -> bool:
    """Whether the exclusions plainly swallow every term that is included."""
    excluded = set(days.exclude)
    if Weekdays(ALL_WEEK) in excluded:
        return True
    weekdays = {d for term in excluded if isinstance(term, Weekdays) for d in term.days}
    ranges = [term for term in excluded if isinstance(term, Dates)]
    nominal = {"workday": {1, 2, 3, 4, 5}, "weekend": {6, 7}}

    def swallowed(term: DayTerm) -> bool:
        if term in excluded:
            return True
        if isinstance(term, Weekdays):
            return weekdays.issuperset(term.days)
        if isinstance(term, NthWeekday):
            return term.weekday in weekdays
        if isinstance(term, DayClass):
            return term.name == "weekend" and weekdays.issuperset(nominal["weekend"])
        if isinstance(term, NamedHoliday):
            return DayClass("holiday") in excluded
        return isinstance(term, Dates) and any(
            r.first <= term.first and term.last <= r.last for r in ranges
        )

    return all(swallowed(term) for term in days.include)


def _normal_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return *spans* in order, overlapping and touching ones joined."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    if not joined or joined[0].start < 0 or any(s.end <= s.start for s in joined):
        raise ValueError(f"not clock spans: {joined}")
    if joined[-1].end > joined[0].start + DAY:
        raise NotUnderstood(
            _("过夜的那段时间会和第二天的开始重叠"), _("缩短过夜的那段，或分成两条来写")
        )
    return tuple(joined)
