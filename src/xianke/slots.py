"""The slot language: parse, print back, expand over the calendar, and count free minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xianke import when
from xianke._slot_parse import parse
from xianke._slot_rule import (
    ALL_WEEK,
    LAST,
    Dates,
    DayClass,
    Days,
    DayTerm,
    MonthDay,
    NamedHoliday,
    NthWeekday,
    SlotRule,
    Span,
    Weekdays,
    Weeks,
    make,
)
from xianke._slot_text import format_rule
from xianke.when import DayKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = [
    "LAST",
    "Dates",
    "DayClass",
    "DayTerm",
    "Days",
    "MonthDay",
    "NamedHoliday",
    "NthWeekday",
    "Occurrence",
    "SlotRule",
    "Span",
    "Weekdays",
    "Weeks",
    "expand",
    "format_rule",
    "make",
    "minutes_per_week",
    "overlaps",
    "parse",
    "union_minutes_per_week",
]

_DAY: Final = 1440
_FRAME_DAYS: Final = 14
"""Two weeks hold one turn of every second week."""
_FRAME: Final = _FRAME_DAYS * _DAY


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One concrete piece of free time, in civil time.

    Flags: `makeup_workday` and `holiday` where a named weekday (周六, 第一个周六) falls on such a
    day; `estimated` where a year without published calendar decided that the day belongs.
    """

    start: datetime
    end: datetime
    flags: tuple[str, ...]


def expand(
    rule: SlotRule,
    first: date,
    last: date,
    kind_of: Callable[[date], DayKind] = when.day_kind,
) -> list[Occurrence]:
    """Return what *rule* means from *first* to *last*, by start day, in order.

    *kind_of* is the workday calendar; it is asked only where a rule depends on it.
    """
    found: list[Occurrence] = []
    for day in _possible_days(rule, first, last):
        if not _takes_place(rule, day, kind_of):
            continue
        flags = _flags(rule, day, kind_of)
        midnight = datetime.combine(day, time())
        found += (
            Occurrence(
                midnight + timedelta(minutes=span.start),
                midnight + timedelta(minutes=span.end),
                flags,
            )
            for span in rule.spans
        )
    return found


def _possible_days(rule: SlotRule, first: date, last: date) -> list[date]:
    """Return the days worth a look: of a dated slot only its own."""
    if all(isinstance(term, Dates) for term in rule.days.include):
        ranges = [(max(t.first, first), min(t.last, last)) for t in _dates(rule)]
    else:
        ranges = [(first, last)]
    return [day for start, end in ranges for day in _days_from(start, end)]


def _dates(rule: SlotRule) -> list[Dates]:
    return [term for term in rule.days.include if isinstance(term, Dates)]


def _takes_place(rule: SlotRule, day: date, kind_of: Callable[[date], DayKind]) -> bool:
    return (
        (rule.anchor is None or _in_turn(rule.anchor, rule.days.weeks, day))
        and any(_matches(term, day, kind_of) for term in rule.days.include)
        and not any(_matches(term, day, kind_of) for term in rule.days.exclude)
    )


def _flags(rule: SlotRule, day: date, kind_of: Callable[[date], DayKind]) -> tuple[str, ...]:
    """Return the flags of *rule* on a *day* on which it takes place."""
    terms = rule.days.include
    # Most rules are of one sort, and a literal one has nothing to flag but named weekdays.
    if not any(map(_is_named, terms)) and not any(map(_by_calendar, (*terms, *rule.days.exclude))):
        return ()
    matched = [term for term in terms if _matches(term, day, kind_of)]
    # 工作日、周六 keeps its make-up Saturday without a flag: it was asked for as a workday.
    named = all(map(_is_named, matched))
    judged = all(map(_by_calendar, matched)) or any(map(_by_calendar, rule.days.exclude))
    kind = kind_of(day)
    flags = (
        ("makeup_workday", named and kind.makeup),
        ("holiday", named and kind.holiday is not None),
        ("estimated", judged and kind.estimated),
    )
    return tuple(flag for flag, applies in flags if applies)


def _is_named(term: DayTerm) -> bool:
    return isinstance(term, NthWeekday) or (isinstance(term, Weekdays) and term.days != ALL_WEEK)


def _by_calendar(term: DayTerm) -> bool:
    return isinstance(term, DayClass | NamedHoliday)


def _in_turn(anchor: date, weeks: Weeks, day: date) -> bool:
    """Return whether *day* is in a week of an alternating rule; none is before week 1."""
    week = (day - anchor).days // 7
    return week >= 0 and week % 2 == (1 if weeks == "even" else 0)


def _matches(term: DayTerm, day: date, kind_of: Callable[[date], DayKind]) -> bool:
    match term:
        case Weekdays(days):
            return day.isoweekday() in days
        case DayClass("workday"):
            return kind_of(day).working
        case DayClass("weekend"):
            return day.isoweekday() > 5 and not kind_of(day).makeup
        case DayClass():
            return kind_of(day).holiday is not None
        case NthWeekday(nth, weekday):
            if day.isoweekday() != weekday:
                return False
            return _is_last_week(day) if nth == LAST else (day.day - 1) // 7 + 1 == nth
        case MonthDay(number):
            return (day + timedelta(days=1)).day == 1 if number == LAST else day.day == number
        case NamedHoliday(name):
            return _in_break(day, name, kind_of)
        case Dates(first, last):
            return first <= day <= last


def _is_last_week(day: date) -> bool:
    return (day + timedelta(days=7)).month != day.month


def _in_break(day: date, name: str, kind_of: Callable[[date], DayKind]) -> bool:
    """Return whether *day* lies in the break of holiday *name*.

    国庆 and 中秋 are sometimes announced as one break: then it is both.
    """
    for step in (-1, 1):
        at = day
        while (holiday := kind_of(at).holiday) is not None:
            if holiday == name:
                return True
            at += timedelta(days=step)
    return False


def minutes_per_week(rule: SlotRule) -> int:
    """Return the nominal free minutes a week of *rule*.

    工作日 counts 5 days and 周末 2, every second week half, a day of the month its minutes
    divided by 4.345 and rounded down; dates and holidays count nothing, and dates, holidays and
    days of the month that are left out (除…) are not deducted.
    """
    return _nominal_minutes([rule])


def union_minutes_per_week(rules: Sequence[SlotRule]) -> int:
    """Return the nominal free minutes a week of all *rules* together, overlaps counted once.

    Weeks are laid over each other exactly, those of every second week in a frame of two weeks.
    A monthly rule adds what the weekly ones leave uncovered on its weekday (the average over
    all weekdays for 每月15号), divided by 4.345. Never less than the largest single rule, never
    more than the sum or a full week.
    """
    # Once each: rounding must not tell a slot typed twice from one.
    return _union(tuple(dict.fromkeys(rules)))


@lru_cache(maxsize=256)
def _union(distinct: tuple[SlotRule, ...]) -> int:
    # Remembered: of a hundred routes most suit the same few combinations of slots.
    single = [minutes_per_week(rule) for rule in distinct]
    return min(sum(single), max([*single, _nominal_minutes(distinct)]))


def _nominal_minutes(rules: Sequence[SlotRule]) -> int:
    weekly = 0
    monthly: dict[NthWeekday | MonthDay, int] = {}
    for rule in rules:
        weekly |= _mask(_weekly_days(rule), rule.spans)
        for term in rule.days.include:
            if isinstance(term, NthWeekday | MonthDay) and term not in rule.days.exclude:
                days = set(_term_days(term)) - _excluded_days(rule)
                monthly[term] = monthly.get(term, 0) | _mask(days, rule.spans)
    # Over 14 days: a weekday comes twice, a day of the month may be any of them. 4.345 weeks
    # to the month, kept exact in thousandths.
    total = 7 * 4345 * weekly.bit_count()
    for term, mask in monthly.items():
        weight = 7 if isinstance(term, NthWeekday) else 1
        total += weight * 1000 * (mask & ~weekly).bit_count()
    return min(total // (_FRAME_DAYS * 4345), 7 * _DAY)


def _term_days(term: DayTerm) -> Sequence[int]:
    """Return the days of the two-week frame (0 is Monday) a term may stand for, nominally."""
    match term:
        case Weekdays(days):
            weekdays: Sequence[int] = days
        case DayClass("workday"):
            weekdays = (1, 2, 3, 4, 5)
        case DayClass("weekend"):
            weekdays = (6, 7)
        case NthWeekday(_, weekday):
            weekdays = (weekday,)
        case MonthDay():
            weekdays = ALL_WEEK
        case _:
            weekdays = ()
    return [day - 1 + week for day in weekdays for week in (0, 7)]


def _excluded_days(rule: SlotRule) -> set[int]:
    return {
        day
        for term in rule.days.exclude
        if isinstance(term, Weekdays | DayClass)
        for day in _term_days(term)
    }


def _weekly_days(rule: SlotRule) -> set[int]:
    """Return the days of the two-week frame on which *rule* repeats week by week."""
    days = {
        day
        for term in rule.days.include
        if isinstance(term, Weekdays | DayClass)
        for day in _term_days(term)
    } - _excluded_days(rule)
    if rule.anchor is None:
        return days
    # Day 1 of the calendar was a Monday, so whole weeks since then tell the two weeks apart.
    turn = (rule.anchor.toordinal() - 1) // 7 + (1 if rule.days.weeks == "even" else 0)
    return {day for day in days if day // 7 == turn % 2}


def _mask(days: set[int], spans: Sequence[Span]) -> int:
    """Return the minutes of the two-week frame as bits; its end runs on into its start."""
    mask = 0
    for day in days:
        for span in spans:
            mask |= ((1 << (span.end - span.start)) - 1) << (day * _DAY + span.start)
    return mask & ((1 << _FRAME) - 1) | mask >> _FRAME


_WINDOW_START: Final = date(2023, 1, 2)
_WINDOW: Final = timedelta(days=4 * 365)


def overlaps(
    one: SlotRule,
    other: SlotRule,
    kind_of: Callable[[date], DayKind] = when.day_kind,
) -> bool:
    """Return whether the two slots can collide.

    Weekly rules are laid over each other nominally. Dates are looked up on their own days,
    make-up days included. Monthly rules and holidays are tried out on four years of calendar,
    which hold every ordinary coincidence: from 2023, or from week 1 of every second week.
    """
    shifts = [
        shift for shift in (-1, 0, 1) if _mask({7}, one.spans) & _mask({7 + shift}, other.spans)
    ]
    if not shifts:
        return False
    if _mask(_weekly_days(one), one.spans) & _mask(_weekly_days(other), other.spans):
        return True
    start = max(_WINDOW_START, *(rule.anchor or _WINDOW_START for rule in (one, other)))

    def nominal(day: date) -> DayKind:
        # A make-up Saturday is no reason to warn of 工作日 beside 第一个周六.
        kind = kind_of(day)
        return _FREE_WEEKEND if kind.makeup else kind

    return any(
        _takes_place(rival, day + timedelta(days=sign * shift), calendar)
        for rule, rival, sign in ((one, other, 1), (other, one, -1))
        for days, calendar in (
            (_dated_days(rule), kind_of),
            (_rare_days(rule, start), nominal),
        )
        for day in days
        if _takes_place(rule, day, calendar)
        for shift in shifts
    )


_FREE_WEEKEND: Final = DayKind(working=False, holiday=None, makeup=False, estimated=False)


def _dated_days(rule: SlotRule) -> Iterator[date]:
    return (day for term in _dates(rule) for day in _days_from(term.first, term.last))


def _rare_days(rule: SlotRule, start: date) -> Iterator[date]:
    """Return the days on which the months and holidays of *rule* show what they meet."""
    rare = any(
        isinstance(term, NthWeekday | MonthDay | NamedHoliday) or term == DayClass("holiday")
        for term in rule.days.include
    )
    return _days_from(start, start + _WINDOW) if rare else iter(())


def _days_from(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))
