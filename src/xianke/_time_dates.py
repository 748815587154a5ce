"""Dates and weekdays as people type them, resolved against a given today."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, NoReturn

from xianke.errors import NotUnderstood
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke._time_reader import Reader

Prefer = Literal["past", "future"]
"""Which way an incomplete date is completed: 11-20 in a log lies behind, in a plan ahead."""

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199
FAR_DAYS: Final = 3660
"""Who counts further than ten years from today has mistyped."""
# After these a numeral before them is no weekday: 周一三点 is Monday, three o'clock.
_UNITS: Final = frozenset(
    ("clock", "colon", "hao", "month", "ge", "min", "minutes", "hours", "quarter", "year", "ampm")
)
_LISTS: Final = frozenset("、,/和及与")


class PartDate(NamedTuple):
    """A date as typed; what is None was left out."""

    year: int | None
    month: int | None
    day: int
    dashed: bool
    """Typed as 11-28, which might be hours too."""
    first: int
    past: int


def read_part_date(reader: Reader, today: date) -> PartDate | None:
    """Read one date, whole or without year or month; None, and nothing read, without one."""
    first = reader.at
    found = _read_named_month(reader, today) or _read_numbers(reader, today)
    if found is None:
        reader.at = first
        return None
    year, month, day, dashed = found
    part = PartDate(year, month, day, dashed, first, reader.at)
    if month is not None:
        exact = year if year is not None else 2024
        if not FIRST_YEAR <= exact <= LAST_YEAR or not 1 <= month <= 12:
            no_such_date(reader, first)
        if not 1 <= day <= monthrange(exact, month)[1]:
            no_such_date(reader, first)
    elif not 1 <= day <= 31:
        no_such_date(reader, first)
    return part


def no_such_date(reader: Reader, first: int) -> NoReturn:
    """Refuse the words from *first* on as a day no calendar has."""
    reader.refuse(
        first, _("没有「{part}」这一天"), _("日期写成 2026-11-28 或 11月28日，周几写成周一到周日")
    )


def _read_named_month(reader: Reader, today: date) -> tuple[int | None, int, int, bool] | None:
    """Read Nov 28, 28 November, November 28th, 2026."""
    first = reader.at
    month = reader.take("monthname")
    if month is not None:
        day = reader.take("num")
        if day is None:
            reader.refuse(
                first,
                _("「{part}」缺少日子"),
                _("日期写成 2026-11-28 或 11月28日，周几写成周一到周日"),
            )
        reader.take("suffix")
    else:
        day = reader.take("num")
        reader.take("suffix")
        reader.take("of")
        month = reader.take("monthname")
        if day is None or month is None:
            reader.at = first
            return None
    year: int | None = None
    comma = 1 if reader.peek().text == "," else 0
    if reader.kind(comma) == "num" and len(reader.peek(comma).text) == 4:
        year = reader.peek(comma).value
        reader.at += comma + 1
    return year, month.value, day.value, False


def _read_numbers(reader: Reader, today: date) -> tuple[int | None, int | None, int, bool] | None:
    year: int | None = None
    month: int | None = None
    if named := reader.take("thisyear"):
        year = today.year + named.value
    elif named := reader.take("thismonth"):
        year, month = divmod(today.year * 12 + today.month - 1 + named.value, 12)
        month += 1
        reader.take("soft")
    token = reader.peek()
    value = reader.number()
    if value is None:
        return None
    if month is not None:
        return (year, month, value, False) if reader.take("hao", "ri") else None
    if reader.take("year"):
        if year is not None:
            return None
        year = value
        value = reader.number()
        if value is None:
            return None
        if reader.kind() != "month":
            return None
    if reader.take("month"):
        day = reader.number()
        if day is None:
            reader.refuse(
                reader.at - 2,
                _("「{part}」缺少日子"),
                _("日期写成 2026-11-28 或 11月28日，周几写成周一到周日"),
            )
        closed = reader.take("hao", "ri")
        if closed is None and reader.kind() in ("num", "zh") and not reader.peek().gap:
            return None
        return year, value, day, False
    if reader.take("hao", "ri"):
        return (None, None, value, False) if year is None else None
    mark = reader.peek().text
    if token.kind == "num" and len(token.text) == 8 and year is None:
        return value // 10000, value // 100 % 100, value % 100, False
    if token.kind != "num" or mark not in ("-", "/", ".") or reader.kind(1) != "num":
        return None
    second = reader.peek(1)
    third = reader.peek(3)
    if mark == "." and len(token.text) != 4:
        _dotted(reader)
        return None
    if len(token.text) == 4:
        if reader.peek(2).text != mark or third.kind != "num" or year is not None:
            return None
        reader.at += 4
        return value, second.value, third.value, False
    if mark == "-" and (value > 12 or second.value > 31):
        return None
    if reader.kind(2) in ("clock", "colon", "ampm", "hours", "minutes"):
        return None
    reader.at += 2
    return year, value, second.value, mark == "-"


def _dotted(reader: Reader) -> None:
    """Refuse 8.30, which some write for a date and some for a clock time."""
    if reader.kind(2) not in ("ampm", "hours"):
        reader.at += 2
        reader.refuse(
            reader.at - 3,
            _("「{part}」分不清是日期还是钟点"),
            _("日期写成 8-30 或 8月30日，钟点写成 8:30"),
        )


def complete(part: PartDate, today: date, prefer: Prefer) -> date:
    """Return the date *part* means: the nearest one in the preferred direction, today counts."""
    if part.year is not None and part.month is not None:
        return date(part.year, part.month, part.day)
    step = 1 if prefer == "future" else -1
    # Ends soon: leap days are eight years apart at most, a 31st two months.
    months = today.year * 12 + today.month - 1
    if part.month is not None:
        months = today.year * 12 + part.month - 1
        step *= 12
    while True:
        year, month = divmod(months, 12)
        months += step
        if part.day > monthrange(year, month + 1)[1]:
            continue
        day = date(year, month + 1, part.day)
        if (day >= today) if prefer == "future" else (day <= today):
            return day


def read_relative(reader: Reader, today: date) -> date | None:
    """Read 今天, 3天前, 一周后, in 3 days, 月底; None, and nothing read, where there is none."""
    first = reader.at
    if token := reader.take("rel"):
        return today + timedelta(days=token.value)
    if token := reader.take("monthstart", "monthend"):
        return _edge_of_month(today, token.value, token.kind)
    ahead = reader.take("in") is not None
    value = 1 if reader.take("one") else reader.number()
    if value is not None:
        reader.take("ge")
        unit = reader.take("tian", "days", "week", "weeks")
        direction = None if unit is None or ahead else reader.take("ago", "later")
        if unit is not None and (ahead or direction is not None):
            days = value * (7 if unit.kind in ("week", "weeks") else 1)
            back = direction is not None and direction.kind == "ago"
            if days > FAR_DAYS:
                no_such_date(reader, first)
            return today + timedelta(days=-days if back else days)
    reader.at = first
    return None


def _edge_of_month(today: date, offset: int, edge: str) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
    day = 1 if edge == "monthstart" else monthrange(year, month + 1)[1]
    return date(year, month + 1, day)


def read_weekdays(reader: Reader) -> tuple[int, ...] | None:
    """Read weekdays after 周 or in English, as a list or range: 周一三五, 周一到周五, Mon-Fri.

    The order is as typed; None, and nothing read, where there is no weekday.
    """
    first = reader.at
    if reader.kind() == "name":
        return tuple(_days_to(reader, reader.peek().value, first))
    if reader.take("week") is None:
        return None
    return read_weekday_signs(reader, first)


def read_weekday_signs(reader: Reader, first: int) -> tuple[int, ...] | None:
    """Read the 一三五 of 周一三五, or the 六 of 下周六; the word before stands at *first*."""
    start = _weekday_sign(reader)
    if start is None:
        token = reader.peek()
        typed = token.kind == "zh" or (token.kind == "num" and not token.gap)
        if typed and not 1 <= token.value <= 7 - (token.kind == "zh"):
            reader.at += 1
            no_such_date(reader, first)
        reader.at = first
        return None
    chinese = reader.peek().kind != "num"
    days = _days_to(reader, start, first)
    while True:
        pause = reader.at
        listed = reader.kind() == "sep" and reader.peek().text in _LISTS
        if listed:
            reader.at += 1
        elif reader.peek().gap:
            break
        more = _weekday_sign(reader)
        if more is None or (reader.peek().kind != "num") != chinese:
            reader.at = pause
            break
        days += _days_to(reader, more, first)
    return tuple(days)


def _days_to(reader: Reader, start: int, first: int) -> list[int]:
    """Step over the weekday just seen and read what a range adds to it."""
    reader.at += 1
    pause = reader.at
    if reader.take_to():
        reader.take("week")
        end = reader.peek().value if reader.kind() == "name" else _weekday_sign(reader)
        if end is not None:
            reader.at += 1
            if end == start:
                reader.refuse(
                    first,
                    _("「{part}」的起止是同一天"),
                    _("只有一天就写一天，例如：周三 19:00-21:00"),
                )
            return [(start + step - 1) % 7 + 1 for step in range((end - start) % 7 + 1)]
    reader.at = pause
    return [start]


def _weekday_sign(reader: Reader) -> int | None:
    """Return the weekday of the sign ahead, unless it belongs to a number; read nothing."""
    token = reader.peek()
    if token.kind in ("ri", "tian"):
        return 7
    if token.kind == "num":
        unit = reader.kind(1) in _UNITS or (reader.kind(1) == "ri" and not reader.peek(1).gap)
        apart = token.gap or len(token.text) > 1
        return None if apart or unit or not 1 <= token.value <= 7 else token.value
    if token.kind != "zh" or not 1 <= token.value <= 6 or token.text == "两":
        return None
    run = 1
    while reader.kind(run) == "zh" and not reader.peek(run).gap and run < 8:
        run += 1
    if reader.kind(run) not in _UNITS or reader.peek(run).gap:
        return token.value
    return token.value if run > _numeral_at_end(reader, run) else None


def _numeral_at_end(reader: Reader, run: int) -> int:
    """Return how many of the *run* numerals ahead belong to the unit that follows them.

    周一二十点 could be 周一 二十点 or 周一二 十点: refused.
    """
    values = [reader.peek(ahead).value for ahead in range(run)]
    if values[-1] == 10 and run > 1:
        sizes = [1] + ([2] if values[-2] == 2 else [])
    elif run > 1 and values[-2] == 10:
        sizes = [2] + ([3] if run > 2 and values[-3] == 2 else [])
    else:
        sizes = [1]
    if len(sizes) > 1 and run > sizes[0]:
        # Reading everything as the number is possible too, but then there is no list.
        reader.at += run
        reader.refuse(
            reader.at - run,
            _("「{part}」分不清哪些是周几、哪些是钟点"),
            _("在周几和钟点之间加一个空格"),
        )
    return sizes[0]


def read_week_day(reader: Reader, today: date) -> date | None:
    """Read 上周三, 本周日, last Monday, next week Friday; None, and nothing read, without one.

    English last and next are refused where the two ways to read them differ.
    """
    first = reader.at
    monday = today - timedelta(days=today.isoweekday() - 1)
    if token := reader.take("thisweek"):
        reader.take("soft")
        days = read_weekdays(reader) or read_weekday_signs(reader, reader.at)
        if days is not None and len(days) == 1:
            return monday + timedelta(days=7 * token.value + days[0] - 1)
    elif reader.kind() in ("this", "next", "last") and reader.kind(1) == "name":
        word, weekday = reader.peek().kind, reader.peek(1).value
        reader.at += 2
        return _english_weekday(reader, word, weekday, today)
    reader.at = first
    return None


def _english_weekday(reader: Reader, word: str, weekday: int, today: date) -> date:
    monday = today - timedelta(days=today.isoweekday() - 1)
    if word == "this":
        return monday + timedelta(days=weekday - 1)
    weeks = 1 if word == "next" else -1
    by_week = monday + timedelta(days=7 * weeks + weekday - 1)
    ahead = (weekday - today.isoweekday() - (word == "next")) % 7 + (word == "next")
    nearest = today + timedelta(days=ahead if word == "next" else ahead - 7)
    if by_week != nearest:
        reader.refuse(
            reader.at - 2,
            _("「{part}」可以指两个日子"),
            _("写成日期：{first} 还是 {second}？").format(
                first=min(by_week, nearest), second=max(by_week, nearest)
            ),
        )
    return by_week


def check_weekday(reader: Reader, day: date) -> None:
    """Read a weekday typed beside a date, as in 11月28日（周六）, and refuse a wrong one."""
    first = reader.at
    comma = reader.peek().text == ","
    opened = reader.kind(1 if comma else 0) == "open"
    reader.at += comma + opened
    days = read_weekdays(reader)
    if days is None or len(days) != 1 or (opened and reader.take("close") is None):
        reader.at = first
        return
    if days[0] != day.isoweekday():
        part = reader.typed(first, reader.at)
        raise NotUnderstood(
            _("{day} 不是「{part}」").format(day=day, part=part), _("改正日期，或去掉周几")
        )
