"""Civil dates, clock times and the workday calendar; the clock is always an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from xianke._time_clock import DAY, DAY_PARTS, minute_of, read_clock, read_duration
from xianke._time_dates import (
    FAR_DAYS,
    Prefer,
    check_weekday,
    complete,
    read_part_date,
    read_relative,
    read_week_day,
    read_weekdays,
)
from xianke._time_reader import Reader
from xianke.errors import NotUnderstood
from xianke.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "DAY_PARTS",
    "DayKind",
    "Moment",
    "Prefer",
    "clock_text",
    "day_kind",
    "iso_week",
    "parse_day",
    "parse_duration",
    "parse_moment",
    "parse_week",
    "week_days",
]

_SATURDAY: Final = 6


@dataclass(frozen=True, slots=True)
class Moment:
    """A civil day and, where it was said, the minute of that day (0 to 1439)."""

    day: date
    minute: int | None


@dataclass(frozen=True, slots=True)
class DayKind:
    """What the official calendar makes of one day."""

    working: bool
    """A real working day: make-up days are, holidays are not."""
    holiday: str | None
    """Chinese name of the announced break the day lies in, its weekend days included."""
    makeup: bool
    """A Saturday or Sunday that is worked."""
    estimated: bool
    """The calendar of the year is not published: judged by the weekday alone."""


@cache
def _published() -> tuple[Mapping[date, str], Mapping[date, str], range]:
    """Return the announced days off, the make-up workdays, and the years they cover."""
    # 9 ms to import, and most commands never ask. Its own functions look for the covered years
    # anew at every call, which makes a year of days slow.
    from chinese_calendar import Holiday, holidays, workdays

    chinese = {name.value: str(name.chinese) for name in Holiday}
    years = range(min(holidays).year, max(holidays).year + 1)
    return {day: chinese[name] for day, name in holidays.items()}, workdays, years


def day_kind(day: date) -> DayKind:
    """Return what the official Chinese calendar makes of *day*."""
    holidays, workdays, years = _published()
    weekend = day.isoweekday() >= _SATURDAY
    if day.year not in years:
        return DayKind(working=not weekend, holiday=None, makeup=False, estimated=True)
    if day in workdays:
        return DayKind(working=True, holiday=None, makeup=weekend, estimated=False)
    holiday = holidays.get(day)
    return DayKind(
        working=holiday is None and not weekend, holiday=holiday, makeup=False, estimated=False
    )


def clock_text(minute: int) -> str:
    """Return `HH:MM` of a minute of the day; 1440 is 24:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def iso_week(day: date) -> str:
    """Return the ISO week of *day*, such as `2026-W47`."""
    year, week, _weekday = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def week_days(text: str) -> tuple[date, ...]:
    """Return Monday to Sunday of the ISO week *text* (`2026-W47`)."""
    reader = Reader(text)
    monday = _written_week(reader, None)
    if monday is None or not reader.done:
        raise _not_a_week(text)
    return tuple(monday + timedelta(days=offset) for offset in range(7))


def parse_week(text: str, now: datetime) -> str:
    """Return the ISO week that *text* means: 本周, 下周, 2026-W47, 第47周, or any day in it."""
    reader = Reader(text)
    monday = _written_week(reader, now.date())
    if monday is not None and reader.done:
        return iso_week(monday)
    reader = Reader(text)
    token = reader.take("thisweek")
    if token is not None and reader.done:
        return iso_week(now.date() + timedelta(weeks=token.value))
    try:
        return iso_week(parse_day(text, now, prefer="future"))
    except NotUnderstood as error:
        raise _not_a_week(text) from error


def _not_a_week(text: str) -> NotUnderstood:
    return NotUnderstood(
        _("看不懂星期「{text}」").format(text=text.strip()),
        _("写成 本周、下周 或 2026-W47"),
    )


def _written_week(reader: Reader, today: date | None) -> date | None:
    """Read 2026-W47, W47 or 第47周 (of this year) and return its Monday."""
    year = today.isocalendar().year if today is not None else None
    if reader.kind() == "num" and len(reader.peek().text) == 4:
        year = reader.number()
        reader.take("year")
        if reader.peek().text == "-":
            reader.take_to()
    numbered = reader.take("di")
    if numbered is None and reader.take("w") is None:
        return None
    week = reader.number()
    if year is None or week is None or (numbered is not None and reader.take("week") is None):
        return None
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def parse_day(text: str, now: datetime, *, prefer: Prefer = "past") -> date:
    """Return the day *text* means, completed in the preferred direction; today counts.

    A clock time or part of the day is refused: where only a day is asked, it would be lost.
    """
    reader = Reader(text)
    day = _read_day(reader, now.date(), prefer)
    first = reader.at
    if day is not None and reader.done:
        return day
    if reader.kind() in _CLOCK_KINDS or (day is None and reader.kind() == "now"):
        reader.at = reader.count
        reader.refuse(first, _("这里只要日子，不要「{part}」"), _("例如：11-20、昨天、周三"))
    raise _not_a_day(reader, first)


def parse_moment(text: str, now: datetime, *, prefer: Prefer = "past") -> Moment:
    """Return the civil time *text* means; without a day it is today's.

    A day alone has no minute, a part of the day alone means its start (昨晚 is 19:00). Seconds
    are dropped. A bare weekday or a date without year is the nearest in the preferred direction,
    today counting.
    """
    reader = Reader(text)
    if reader.take("now") and reader.done:
        return Moment(now.date(), now.hour * 60 + now.minute)
    reader.at = 0
    if (ago := _read_ago(reader, now)) is not None:
        return Moment(ago.date(), ago.hour * 60 + ago.minute)
    day = _read_day(reader, now.date(), prefer)
    minute = _read_minute(reader)
    if day is None and minute is not None and not reader.done:
        day = _read_day(reader, now.date(), prefer)
    if not reader.done or (day is None and minute is None):
        raise _not_a_day(reader, reader.at)
    found = day if day is not None else now.date()
    if minute is not None and minute >= DAY:
        return Moment(found + timedelta(days=1), minute - DAY)
    return Moment(found, minute)


_CLOCK_KINDS: Final = frozenset(("num", "zh", "part", "noon", "midnight", "t"))


def _not_a_day(reader: Reader, first: int) -> NotUnderstood:
    part = "" if first == 0 else reader.typed(first, reader.count)
    hint = _("写成 2026-11-20、11-20 14:00、昨天下午2点半、上周三、3天前 这样的日子和钟点")
    if part:
        message = _("看不懂时间「{text}」里的「{part}」")
        return NotUnderstood(message.format(text=reader.whole, part=part), hint)
    return NotUnderstood(_("看不懂时间「{text}」").format(text=reader.whole), hint)


def _read_ago(reader: Reader, now: datetime) -> datetime | None:
    """Read 2小时前, 半小时前, 90 minutes ago, in 2 hours."""
    ahead = reader.take("in") is not None
    minutes = read_duration(reader)
    if minutes is not None and minutes <= FAR_DAYS * DAY:
        token = None if ahead else reader.take("ago", "later")
        if (ahead or token is not None) and reader.done:
            back = token is not None and token.kind == "ago"
            return now + timedelta(minutes=-minutes if back else minutes)
    reader.at = 0
    return None


def _read_minute(reader: Reader) -> int | None:
    """Read a clock time, or a part of the day for its start."""
    first = reader.at
    if reader.take("t") is None:
        reader.take("soft", "at", "in")
        reader.take("soft")
    clock = read_clock(reader)
    if clock is not None:
        if clock.style == "colon" and reader.kind() == "colon":
            _skip_seconds(reader)
        return minute_of(reader, clock)
    token = reader.take("part")
    if token is not None and token.word in DAY_PARTS and token.word != "allday":
        return DAY_PARTS[token.word][0]
    reader.at = first
    return None


def _skip_seconds(reader: Reader) -> None:
    """Read the :59 of 18:30:59, as programs write it."""
    seconds = reader.peek(1)
    if seconds.kind == "num" and len(seconds.text) == 2 and seconds.value < 60:
        reader.at += 2


def _read_day(reader: Reader, today: date, prefer: Prefer) -> date | None:
    """Read one day of any form; None, and nothing read, where there is none."""
    first = reader.at
    reader.take("on")
    day = read_relative(reader, today)
    if day is not None:
        return day
    if (part := read_part_date(reader, today)) is not None:
        day = complete(part, today, prefer)
        check_weekday(reader, day)
        return day
    if (day := read_week_day(reader, today)) is not None:
        return day
    days = read_weekdays(reader)
    if days is not None and len(days) == 1:
        ahead = (days[0] - today.isoweekday()) % 7
        return today + timedelta(days=ahead if prefer == "future" or not ahead else ahead - 7)
    reader.at = first
    return None


def parse_duration(text: str, *, minimum: int = 1) -> int:
    """Return minutes: 40, 40分钟, 1.5小时, 1h20m, 一个半小时, 1:20; at least *minimum*."""
    reader = Reader(text)
    minutes = read_duration(reader)
    if minutes is None:
        minutes = reader.number()
        if minutes is not None and reader.take("colon"):
            token = reader.take("num")
            right = token is not None and len(token.text) == 2 and token.value < 60
            minutes = minutes * 60 + token.value if right and token is not None else None
    if minutes is None or not reader.done:
        raise NotUnderstood(
            _("看不懂时长「{text}」").format(text=reader.whole),
            _("写成 40、40分钟、1.5小时 或 1h20m"),
        )
    if minutes < minimum:
        raise NotUnderstood(
            _("时长「{text}」太短").format(text=reader.whole),
            _("至少写 {minimum} 分钟").format(minimum=minimum),
        )
    return minutes
