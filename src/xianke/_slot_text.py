"""Slots as canonical text in both languages; what is printed can be read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from xianke._slot_rule import (
    ALL_WEEK,
    LAST,
    Dates,
    DayClass,
    DayTerm,
    MonthDay,
    NamedHoliday,
    NthWeekday,
    SlotRule,
    Span,
    Weekdays,
)
from xianke._time_clock import DAY
from xianke.when import clock_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_ZH_WEEKDAYS: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_EN_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EN_LONG: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_ZH_NTH: Final = {1: "第一", 2: "第二", 3: "第三", 4: "第四", 5: "第五", LAST: "最后一"}
_EN_NTH: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", LAST: "last"}
_ZH_CLASS: Final = {"workday": "工作日", "weekend": "周末", "holiday": "法定节假日"}
_EN_CLASS: Final = {"workday": "weekdays", "weekend": "weekends", "holiday": "public holidays"}
EN_HOLIDAYS: Final = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明": "Qingming",
    "劳动节": "Labour Day",
    "端午": "Dragon Boat Festival",
    "中秋": "Mid-Autumn Festival",
    "国庆节": "National Day",
}
"""Named holidays, as the official calendar calls them, and in English."""


def format_rule(rule: SlotRule, language: Literal["zh", "en"] = "zh") -> str:
    """Return *rule* as text with days, clock times, years and anchor; `parse` reads it back."""
    chinese = language == "zh"
    days = _days(rule.days.include, chinese=chinese)
    if rule.days.exclude:
        without = _days(rule.days.exclude, chinese=chinese)
        days += f"（除{without}）" if chinese else f" (except {without})"
    return f"{_weeks(rule, chinese=chinese)}{days} {_spans(rule.spans, chinese=chinese)}"


def _weeks(rule: SlotRule, *, chinese: bool) -> str:
    if rule.days.weeks == "all":
        return ""
    if rule.days.weeks == "odd":
        start = f"隔周（自{rule.anchor}起）", f"every other week (from {rule.anchor}) "
    else:
        start = f"双周（第1周自{rule.anchor}起）", f"even weeks (week 1 from {rule.anchor}) "
    return start[0] if chinese else start[1]


def _spans(spans: Sequence[Span], *, chinese: bool) -> str:
    texts = []
    for span in spans:
        start, end = clock_text(span.start), clock_text(span.end)
        if span.end <= DAY:
            texts.append(f"{start}-{end}")
        elif chinese:
            texts.append(f"{start}-次日{clock_text(span.end - DAY)}")
        else:
            texts.append(f"{start}-{clock_text(span.end - DAY)} next day")
    return ("、" if chinese else ", ").join(texts)


def _days(terms: Sequence[DayTerm], *, chinese: bool) -> str:
    if chinese:
        return "、".join(_zh_term(group) for group in _groups(terms))
    # Between a weekday and a date a comma would make them one: Saturday, Nov 28.
    mixed = len({isinstance(term, Dates) for term in terms}) > 1
    return (" and " if mixed else ", ").join(_en_term(group) for group in _groups(terms))


def _groups(terms: Sequence[DayTerm]) -> list[tuple[DayTerm, ...]]:
    """Return *terms* in groups that print as one: 周一至周五, 每月1日、15日."""
    groups: list[tuple[DayTerm, ...]] = []
    for term in terms:
        if isinstance(term, Weekdays):
            groups += ((run,) for run in _runs(term))
        elif groups and _prints_with(groups[-1][-1], term):
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
    return groups


def _prints_with(before: DayTerm, term: DayTerm) -> bool:
    if isinstance(before, MonthDay) and isinstance(term, MonthDay):
        return term.day != LAST
    if isinstance(before, NthWeekday) and isinstance(term, NthWeekday):
        return term.nth != LAST and before.weekday == term.weekday
    return False


def _runs(term: Weekdays) -> list[Weekdays]:
    """Cut weekdays into runs; two days side by side read better apart (周六、周日)."""
    if term.days == ALL_WEEK:
        return [term]
    runs: list[Weekdays] = []
    run: list[int] = []
    for day in (*term.days, 9):
        if run and day != run[-1] + 1:
            runs += [Weekdays(tuple(run))] if len(run) > 2 else [Weekdays((d,)) for d in run]
            run = []
        run.append(day)
    return runs


def _zh_term(group: Sequence[DayTerm]) -> str:
    match group[0]:
        case Weekdays(days):
            if days == ALL_WEEK:
                return "每天"
            return "至".join(_ZH_WEEKDAYS[d - 1] for d in sorted({days[0], days[-1]}))
        case DayClass(name):
            return _ZH_CLASS[name]
        case NthWeekday(_, weekday):
            nths = "、".join(_ZH_NTH[t.nth] for t in group if isinstance(t, NthWeekday))
            return f"每月{nths}个{_ZH_WEEKDAYS[weekday - 1]}"
        case MonthDay(day):
            if day == LAST:
                return "每月最后一天"
            return "每月" + "、".join(_ranges(group, "{}日", "至"))
        case NamedHoliday(name):
            return name
        case Dates(first, last):
            return f"{first}" if first == last else f"{first}至{last}"


def _en_term(group: Sequence[DayTerm]) -> str:
    match group[0]:
        case Weekdays(days):
            if days == ALL_WEEK:
                return "every day"
            return "-".join(_EN_WEEKDAYS[d - 1] for d in sorted({days[0], days[-1]}))
        case DayClass(name):
            return _EN_CLASS[name]
        case NthWeekday(_, weekday):
            nths = " and ".join(_EN_NTH[t.nth] for t in group if isinstance(t, NthWeekday))
            return f"{nths} {_EN_LONG[weekday - 1]} of the month"
        case MonthDay(day):
            if day == LAST:
                return "last day of the month"
            return f"{', '.join(_ranges(group, '{}', ' to '))} of the month"
        case NamedHoliday(name):
            return EN_HOLIDAYS[name]
        case Dates(first, last):
            return f"{first}" if first == last else f"{first} to {last}"


def _ranges(group: Sequence[DayTerm], form: str, to: str) -> list[str]:
    """Return the days of the month in *group* as text, three and more in a row as a range."""
    runs: list[list[int]] = []
    for term in group:
        if isinstance(term, MonthDay):
            if runs and term.day == runs[-1][-1] + 1:
                runs[-1].append(term.day)
            else:
                runs.append([term.day])
    texts: list[str] = []
    for run in runs:
        days = [form.format(day if to == "至" else _ordinal(day)) for day in run]
        texts += [f"{days[0]}{to}{days[-1]}"] if len(days) > 2 else days
    return texts


def _ordinal(day: int) -> str:
    if day in (11, 12, 13):
        return f"{day}th"
    return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th') }"
