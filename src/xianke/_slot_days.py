"""The day half of the slot language: which words name which days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn, cast

from xianke._slot_rule import (
    ALL_WEEK,
    LAST,
    ClassName,
    Dates,
    DayClass,
    DayTerm,
    MonthDay,
    NamedHoliday,
    NthWeekday,
    Weekdays,
)
from xianke._time_dates import (
    PartDate,
    check_weekday,
    complete,
    no_such_date,
    read_part_date,
    read_relative,
    read_week_day,
    read_weekday_signs,
    read_weekdays,
)
from xianke.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke._time_reader import Reader

_LONGEST_TURN: Final = timedelta(days=183)


class Read(NamedTuple):
    """Day terms that one expression stands for."""

    terms: tuple[DayTerm, ...]
    dashed: bool = False
    """A date typed as 11-28, after which another such may follow."""
    every: bool = False
    """Said with 每 or *every*: surely recurring."""


def read_days(reader: Reader, today: date, *, dashed: bool) -> Read | None:
    """Read one expression for days; None, and nothing read, where there is none.

    Without *dashed*, 9-18 is left to be a clock span.
    """
    first = reader.at
    reader.take("soft")
    reader.take("on")
    reader.take("soft")
    every = reader.take("every") is not None
    ranged = reader.take("from") is not None
    start = reader.at
    terms = _monthly(reader) or _classes(reader) or _weekdays(reader, first)
    if terms is None and not every:
        terms = _dates(reader, today, dashed=dashed)
    if terms is None or (ranged and not _is_range(terms)):
        reader.at = first
        return None
    typed = reader.typed(start, reader.at)
    return Read(tuple(terms), dashed="-" in typed[:3], every=every)


def _is_range(terms: Sequence[DayTerm]) -> bool:
    """Return whether *terms* can follow 从: several days, not one."""
    return len(terms) > 1 or any(
        (isinstance(term, Dates) and term.first < term.last)
        or (isinstance(term, Weekdays) and len(term.days) > 1)
        for term in terms
    )


def _classes(reader: Reader) -> list[DayTerm] | None:
    if token := reader.take("kind"):
        if token.word == "every":
            return [Weekdays(ALL_WEEK)]
        # The table of words holds exactly these names.
        return [DayClass(cast("ClassName", token.word))]
    if token := reader.take("holiday"):
        reader.take("break")
        return [NamedHoliday(token.word)]
    return None


def _weekdays(reader: Reader, first: int) -> list[DayTerm] | None:
    week = reader.kind() == "week"
    days = read_weekdays(reader)
    if days is not None:
        return [Weekdays(tuple(sorted(set(days))))]
    if week:
        reader.at += 1
        reader.refuse(
            first, _("「{part}」后面缺少周几"), _("写成周一到周日，例如：周六 09:00-12:00")
        )
    return None


def _monthly(reader: Reader) -> list[DayTerm] | None:
    """Read 每月15号, 每月第一个周六, 第一个周六, last day of the month."""
    first = reader.at
    said = reader.take("monthly") is not None
    if said:
        reader.take("on")
        reader.take("soft")
    terms = _nth_chinese(reader, first) or _nth_english(reader, first, said=said)
    if terms is None and said:
        days = read_day_list(reader)
        if days is None:
            reader.refuse(
                first,
                _("「{part}」后面缺少几号或第几个周几"),
                _("例如：每月15号、每月第一个周六、每月最后一天"),
            )
        if not all(1 <= day <= 31 for day in days):
            no_such_date(reader, first)
        terms = [MonthDay(day) for day in days]
    if terms is None:
        reader.at = first
    return terms


def read_day_list(reader: Reader) -> list[int] | None:
    """Read 1号、15号 or 1、3至5日; None, and nothing read, unless it ends in 号 or 日."""
    sure_at = reader.at
    sure: list[int] = []
    days: list[int] = []
    while (day := reader.number()) is not None:
        closed = reader.take("hao", "ri")
        past = day
        if reader.take_to():
            end = reader.number()
            closed = reader.take("hao", "ri")
            if end is None or not day < end <= 31:
                break
            past = end
        days += range(day, past + 1) if past <= 31 else [day]
        if closed:
            sure, sure_at = list(days), reader.at
        if not reader.take_sep():
            break
    reader.at = sure_at
    return sure or None


def _nth_chinese(reader: Reader, first: int) -> list[DayTerm] | None:
    """Read 第一个周六, 第1、3个周六, 最后一个周五, 最后一天."""
    start = reader.at
    nths: list[int] = []
    if reader.kind() == "last" and reader.peek().text != "last":
        reader.at += 1
        if reader.number() != 1:
            reader.at = start
            return None
        if reader.take("tian"):
            return [MonthDay(LAST)]
        nths.append(LAST)
    elif reader.take("di"):
        while (nth := reader.number()) is not None:
            nths.append(nth)
            reader.take("ge")
            pause = reader.at
            if not reader.take_sep():
                break
            reader.take("di")
            if reader.kind() not in ("num", "zh"):
                reader.at = pause
                break
    else:
        return None
    reader.take("ge")
    reader.take("soft")
    token = reader.peek(1)
    weekday = 7 if token.kind in ("ri", "tian") else token.value
    right = reader.kind() == "week" and token.kind in ("zh", "num", "ri", "tian")
    right = right and len(token.text) == 1
    if not right or not 1 <= weekday <= 7 or (token.kind == "zh" and weekday == 7):
        reader.at += 1
        _unsure_day(reader, first)
    reader.at += 2
    if not all(nth == LAST or 1 <= nth <= 5 for nth in nths):
        no_such_date(reader, first)
    return [NthWeekday(nth, weekday) for nth in nths]


def _unsure_day(reader: Reader, first: int) -> NoReturn:
    reader.refuse(
        first,
        _("看不懂「{part}」是哪一天"),
        _("写成第几个周几，例如：每月第一个周六 09:00-12:00"),
    )


def _numbered(reader: Reader) -> int | None:
    """Read 15th."""
    if reader.kind() != "num" or reader.kind(1) != "suffix":
        return None
    reader.at += 2
    return reader.peek(-2).value


def _ordinals(reader: Reader, first: int) -> list[int]:
    """Read first and third, 1st to 5th, 1st and last."""
    nths: list[int] = []
    pause = reader.at
    while True:
        if reader.kind() == "last" and reader.peek().text == "last":
            reader.at += 1
            nths.append(LAST)
        elif token := reader.take("ordinal"):
            nths.append(token.value)
        elif (nth := _numbered(reader)) is not None:
            nths.append(nth)
            if reader.take_to():
                past = _numbered(reader)
                if past is None or not nth < past <= 31:
                    _unsure_day(reader, first)
                nths += range(nth + 1, past + 1)
        else:
            # What was read as a list ends before its last "and".
            reader.at = pause
            return nths
        pause = reader.at
        if not reader.take_sep():
            return nths
        reader.take("soft")


def _nth_english(reader: Reader, first: int, *, said: bool) -> list[DayTerm] | None:
    """Read first Saturday of the month, 1st and 15th of the month, last day of the month."""
    start = reader.at
    nths = _ordinals(reader, first)
    if not nths:
        reader.at = start
        return None
    name = reader.take("name")
    day = None if name else reader.take("days")
    of_month = reader.take("ofmonth") is not None or said
    if not of_month or (name is None and day is None and LAST in nths):
        if reader.kind() in ("of", "monthname"):
            reader.at = start
            return None
        _unsure_day(reader, first)
    highest = 31 if name is None else 5
    if not all(nth == LAST or 1 <= nth <= highest for nth in nths):
        no_such_date(reader, first)
    if name is not None:
        return [NthWeekday(nth, name.value) for nth in nths]
    return [MonthDay(nth) for nth in nths]


End = date | PartDate
"""One end of a range of dates: settled, or still without its year."""


def _dates(reader: Reader, today: date, *, dashed: bool) -> list[DayTerm] | None:
    first = reader.at
    if (week := _days_of_week(reader, today)) is not None:
        return list(week)
    start = _end(reader, today)
    if start is None or (isinstance(start, PartDate) and start.dashed and not dashed):
        reader.at = first
        return None
    pause = reader.at
    if reader.take_to():
        end = _end(reader, today) or _short_end(reader, start)
        if end is not None:
            return [_range(reader, start, end, today, first)]
        reader.at = pause
    day = start if isinstance(start, date) else complete(start, today, "future")
    if isinstance(start, date) and day < today:
        _gone(reader, first)
    found: list[DayTerm] = [Dates(day, day)]
    check_weekday(reader, day)
    if isinstance(start, PartDate) and start.month is not None:
        found += _more_days(reader, day)
    return found


def _gone(reader: Reader, first: int) -> NoReturn:
    reader.refuse(
        first, _("「{part}」已经过去了"), _("写今天以后的日子，例如：明天、下周六、11月28日")
    )


def _end(reader: Reader, today: date) -> End | None:
    return (
        read_relative(reader, today)
        or read_week_day(reader, today)
        or read_part_date(reader, today)
    )


def _short_end(reader: Reader, start: End) -> PartDate | None:
    """Read the 30 of Nov 28-30, where it cannot be an hour."""
    named = isinstance(start, PartDate) and start.month is not None and not start.dashed
    after = reader.kind(1)
    if not named or reader.kind() != "num" or after in ("colon", "clock", "ampm", "dot"):
        return None
    token = reader.peek()
    reader.at += 1
    reader.take("suffix")
    return PartDate(None, None, token.value, False, reader.at - 1, reader.at)


def _more_days(reader: Reader, day: date) -> list[DayTerm]:
    """Read the 、3日、5日 that follow 12月1日."""
    pause = reader.at
    if not reader.take_sep():
        return []
    start = reader.at
    days = read_day_list(reader)
    if days is None:
        reader.at = pause
        return []
    if not all(1 <= more <= monthrange(day.year, day.month)[1] for more in days):
        no_such_date(reader, start)
    return [Dates(day.replace(day=more), day.replace(day=more)) for more in days]


def _range(reader: Reader, start: End, end: End, today: date, first: int) -> Dates:
    """Return the dates from *start* to *end*, the years left out being the next to come."""
    relative = isinstance(start, date) or isinstance(end, date)
    if isinstance(end, PartDate) and end.month is None and isinstance(start, PartDate):
        end = PartDate(start.year, start.month, end.day, False, end.first, end.past)
    if isinstance(start, PartDate) and start.year is not None:
        start = complete(start, today, "future")
    if isinstance(end, PartDate):
        longest = 31 if end.month is None else monthrange(end.year or 2024, end.month)[1]
        if not 1 <= end.day <= longest:
            no_such_date(reader, end.first)
        end = complete(end, start if isinstance(start, date) else today, "future")
    if isinstance(start, PartDate):
        start = complete(start, end, "past")
        # 12月30日到1月2日 runs over the new year, 11月28日到20日 is a slip.
        if end.year > start.year and end - start > _LONGEST_TURN:
            _reversed(reader, first)
    if start > end:
        _reversed(reader, first)
    if relative and end < today:
        _gone(reader, first)
    return Dates(start, end)


def _reversed(reader: Reader, first: int) -> NoReturn:
    reader.refuse(first, _("「{part}」的起止反了"), _("先写开始的日子，再写结束的日子"))


def _days_of_week(reader: Reader, today: date) -> list[Dates] | None:
    """Read days of one coming week: 下周一到周五, 下周一三五, 本周末, 下周."""
    first = reader.at
    token = reader.take("thisweek")
    if token is None:
        if reader.kind() == "this" and reader.peek(1).word == "weekend":
            reader.at += 2
            monday = today - timedelta(days=today.weekday())
            return [Dates(monday + timedelta(days=5), monday + timedelta(days=6))]
        return None
    monday = today - timedelta(days=today.weekday() - 7 * token.value)
    days: tuple[int, ...] | None
    if reader.take("mo") or (reader.peek().word == "weekend" and reader.take("kind")):
        days = (6, 7)
    else:
        pause = reader.at
        reader.take("soft")
        days = read_weekdays(reader) or read_weekday_signs(reader, reader.at)
        if days is None:
            reader.at = pause
            days = ALL_WEEK
    if reader.kind() == "to":
        # 下周一到下周三: one end of a range.
        reader.at = first
        return None
    if list(days) != sorted(set(days)):
        reader.refuse(
            first, _("「{part}」跨到了另一周"), _("写成日期，例如：2026-11-28 到 2026-11-30")
        )
    found = [Dates(monday + timedelta(days=d - 1), monday + timedelta(days=d - 1)) for d in days]
    if found[-1].last < today:
        _gone(reader, first)
    return found
