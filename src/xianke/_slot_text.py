"""Slots as canonical text in both languages; what is printed can be read back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

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

_ZH_WEEKDAYS: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_EN_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EN_LONG: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_ZH_NTH: Final = {1: "第一个", 2: "第二个", 3: "第三个", 4: "第四个", 5: "第五个", LAST: "最后一个"}
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
    term = _zh_term if chinese else _en_term
    joiner = "、" if chinese else " and "
    days = joiner.join(map(term, _runs(rule.days.include)))
    if rule.days.exclude:
        without = joiner.join(map(term, _runs(rule.days.exclude)))
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
        start, end = _clock(span.start), _clock(span.end)
        if span.end <= DAY:
            texts.append(f"{start}-{end}")
        elif chinese:
            texts.append(f"{start}-次日{_clock(span.end - DAY)}")
        else:
            texts.append(f"{start}-{_clock(span.end - DAY)} next day")
    return ("、" if chinese else ", ").join(texts)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _runs(terms: Sequence[DayTerm]) -> list[DayTerm]:
    """Return *terms* with weekdays cut into runs, so that 周一 to 周五 prints as a range."""
    cut: list[DayTerm] = []
    for term in terms:
        if not isinstance(term, Weekdays) or term.days == ALL_WEEK:
            cut.append(term)
            continue
        run: list[int] = []
        for day in (*term.days, 9):
            if run and day != run[-1] + 1:
                # Two days side by side read better apart: 周六、周日.
                cut += [Weekdays(tuple(run))] if len(run) > 2 else [Weekdays((d,)) for d in run]
                run = []
            run.append(day)
    return cut


def _zh_term(term: DayTerm) -> str:
    match term:
        case Weekdays(days):
            if days == ALL_WEEK:
                return "每天"
            return "至".join(_ZH_WEEKDAYS[d - 1] for d in sorted({days[0], days[-1]}))
        case DayClass(name):
            return _ZH_CLASS[name]
        case NthWeekday(nth, weekday):
            return f"每月{_ZH_NTH[nth]}{_ZH_WEEKDAYS[weekday - 1]}"
        case MonthDay(day):
            return "每月最后一天" if day == LAST else f"每月{day}日"
        case NamedHoliday(name):
            return name
        case Dates(first, last):
            return f"{first}" if first == last else f"{first}至{last}"


def _en_term(term: DayTerm) -> str:
    match term:
        case Weekdays(days):
            if days == ALL_WEEK:
                return "every day"
            return "-".join(_EN_WEEKDAYS[d - 1] for d in sorted({days[0], days[-1]}))
        case DayClass(name):
            return _EN_CLASS[name]
        case NthWeekday(nth, weekday):
            return f"{_EN_NTH[nth]} {_EN_LONG[weekday - 1]} of the month"
        case MonthDay(day):
            return "last day of the month" if day == LAST else f"{_ordinal(day)} of the month"
        case NamedHoliday(name):
            return EN_HOLIDAYS[name]
        case Dates(first, last):
            return f"{first}" if first == last else f"{first} to {last}"


def _ordinal(day: int) -> str:
    if day in (11, 12, 13):
        return f"{day}th"
    return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th') }"
