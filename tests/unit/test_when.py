"""Civil dates, clock times, durations, weeks and the workday calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest

from xianke import when
from xianke.errors import NotUnderstood
from xianke.when import DayKind, Moment

# A Sunday.
NOW = datetime(2026, 11, 22, 15, 30)


def _moment(text: str) -> str:
    found = when.parse_moment(text, NOW)
    return f"{found.day} {'-' if found.minute is None else when.clock_text(found.minute)}"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("今天", "2026-11-22 -"),
        ("today", "2026-11-22 -"),
        ("昨天", "2026-11-21 -"),
        ("前天", "2026-11-20 -"),
        ("大前天", "2026-11-19 -"),
        ("明天", "2026-11-23 -"),
        ("tomorrow", "2026-11-23 -"),
        ("后天", "2026-11-24 -"),
        ("day before yesterday", "2026-11-20 -"),
        ("3天前", "2026-11-19 -"),
        ("三天后", "2026-11-25 -"),
        ("3 days ago", "2026-11-19 -"),
        ("a week ago", "2026-11-15 -"),
        ("in 3 days", "2026-11-25 -"),
        ("2 days from now", "2026-11-24 -"),
        ("一周前", "2026-11-15 -"),
        ("两个星期后", "2026-12-06 -"),
        ("月底", "2026-11-30 -"),
        ("上月底", "2026-10-31 -"),
        ("月初", "2026-11-01 -"),
        ("下个月初", "2026-12-01 -"),
        ("上个月20号", "2026-10-20 -"),
        ("下月3日", "2026-12-03 -"),
    ],
)
def test_days_counted_from_today(text: str, meaning: str) -> None:
    """A day said from today on is counted on the calendar."""
    assert _moment(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("周日", "2026-11-22 -"),
        ("周三", "2026-11-18 -"),
        ("星期天", "2026-11-22 -"),
        ("礼拜六", "2026-11-21 -"),
        ("周1", "2026-11-16 -"),
        ("on Friday", "2026-11-20 -"),
        ("wed", "2026-11-18 -"),
        ("上周三", "2026-11-11 -"),
        ("上上周三", "2026-11-04 -"),
        ("本周三", "2026-11-18 -"),
        ("这个星期三", "2026-11-18 -"),
        ("下周三", "2026-11-25 -"),
        ("下下周一", "2026-11-30 -"),
        ("last week Friday", "2026-11-13 -"),
        ("last Sunday", "2026-11-15 -"),
        ("this Sunday", "2026-11-22 -"),
        ("next Friday", "2026-11-27 -"),
        ("next Sunday", "2026-11-29 -"),
    ],
)
def test_weekdays(text: str, meaning: str) -> None:
    """A bare weekday is the nearest one gone by; 上周 and 下周 count whole weeks."""
    assert _moment(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("2026-11-20", "2026-11-20 -"),
        ("2026/11/20", "2026-11-20 -"),
        ("2026.11.20", "2026-11-20 -"),
        ("20261120", "2026-11-20 -"),
        ("2026年11月20日", "2026-11-20 -"),
        ("二〇二六年十一月二十日", "2026-11-20 -"),
        ("２０２６－１１－２０", "2026-11-20 -"),
        ("11-20", "2026-11-20 -"),
        ("11-22", "2026-11-22 -"),
        ("11-23", "2025-11-23 -"),
        ("11/20", "2026-11-20 -"),
        ("11月20日", "2026-11-20 -"),
        ("11月20", "2026-11-20 -"),
        ("20号", "2026-11-20 -"),
        ("31日", "2026-10-31 -"),
        ("去年11月20日", "2025-11-20 -"),
        ("明年1月2日", "2027-01-02 -"),
        ("今年1-2", "2026-01-02 -"),
        ("2月29日", "2024-02-29 -"),
        ("Nov 20", "2026-11-20 -"),
        ("Nov 20th, 2025", "2025-11-20 -"),
        ("20 November", "2026-11-20 -"),
        ("20th of November 2024", "2024-11-20 -"),
        ("11月20日（周五）", "2026-11-20 -"),
        ("11月20日周五", "2026-11-20 -"),
        ("Nov 20, Friday", "2026-11-20 -"),
    ],
)
def test_dates(text: str, meaning: str) -> None:
    """A date may be typed in any usual way; what is left out lies behind, today counting."""
    assert _moment(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("14:00", "2026-11-22 14:00"),
        ("14点", "2026-11-22 14:00"),
        ("8点", "2026-11-22 08:00"),
        ("8点整", "2026-11-22 08:00"),
        ("8点05", "2026-11-22 08:05"),
        ("8点零五分", "2026-11-22 08:05"),
        ("十八点三十分", "2026-11-22 18:30"),
        ("下午2点半", "2026-11-22 14:30"),
        ("晚上8点一刻", "2026-11-22 20:15"),
        ("晚上8点3刻", "2026-11-22 20:45"),
        ("早上7点", "2026-11-22 07:00"),
        ("中午12点", "2026-11-22 12:00"),
        ("中午1点", "2026-11-22 13:00"),
        ("傍晚6点", "2026-11-22 18:00"),
        ("凌晨12点", "2026-11-22 00:00"),
        ("夜里11点", "2026-11-22 23:00"),
        ("2pm", "2026-11-22 14:00"),
        ("2:30 pm", "2026-11-22 14:30"),
        ("2.30 p.m.", "2026-11-22 14:30"),
        ("12am", "2026-11-22 00:00"),
        ("12 PM", "2026-11-22 12:00"),
        ("7 o'clock", "2026-11-22 07:00"),
        ("7 o’clock", "2026-11-22 07:00"),
        ("noon", "2026-11-22 12:00"),
        ("midnight", "2026-11-23 00:00"),
        ("晚上12点", "2026-11-23 00:00"),
        ("24:00", "2026-11-23 00:00"),
        ("今晚", "2026-11-22 19:00"),
        ("昨晚", "2026-11-21 19:00"),
        ("昨晚12点", "2026-11-22 00:00"),
        ("last night", "2026-11-21 19:00"),
        ("昨天下午", "2026-11-21 14:00"),
        ("yesterday evening", "2026-11-21 19:00"),
        ("in the morning", "2026-11-22 08:00"),
        ("11-20 14:00", "2026-11-20 14:00"),
        ("昨天的14:00", "2026-11-21 14:00"),
        ("上周三晚上8点", "2026-11-11 20:00"),
        ("11月20日下午2点半", "2026-11-20 14:30"),
        ("yesterday at 2:30 pm", "2026-11-21 14:30"),
        ("2pm yesterday", "2026-11-21 14:00"),
        ("2026-11-20T18:30", "2026-11-20 18:30"),
        ("2026-11-20t18:30:59", "2026-11-20 18:30"),
        ("刚才", "2026-11-22 15:30"),
        ("now", "2026-11-22 15:30"),
        ("2小时前", "2026-11-22 13:30"),
        ("半小时前", "2026-11-22 15:00"),
        ("90 minutes ago", "2026-11-22 14:00"),
        ("in 9 hours", "2026-11-23 00:30"),
    ],
)
def test_clock_times(text: str, meaning: str) -> None:
    """A clock time follows the day, or alone is today's; a part of the day means its start."""
    assert _moment(text) == meaning


def test_midnight_belongs_to_the_day_that_begins() -> None:
    """A minute is always one of its day: 24:00 is the next day at 0."""
    assert when.parse_moment("昨天24:00", NOW) == Moment(date(2026, 11, 22), 0)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("abc", "abc"),
        ("", "「」"),
        ("昨天 通勤", "通勤"),
        ("18:30:99", ":99"),
        ("18:30:", ":"),
        ("99999999小时前", "99999999"),
        ("9999999小时前", "9999999小时前"),
        ("上周一到周三", "上周一到周三"),
        ("2026-11/20", "2026-11/20"),
        ("昨天前天", "前天"),
        ("昨天 12:00 13:00", "13:00"),
        ("昨天全天", "全天"),
        ("昨天凌晨", "凌晨"),
        ("昨天 5", "5"),
        ("25:00", "25:00"),
        ("12:75", "12:75"),
        ("12:5", "12:5"),
        ("七:30", "七:30"),
        ("24:01", "24:01"),
        ("13pm", "13pm"),
        ("晚上2pm", "晚上2pm"),
        ("8点5", "8点5"),
        ("8点2刻", "8点2刻"),
        ("8点70分", "8点70分"),
        ("上午14点", "上午14点"),
        ("晚上2点", "晚上2点"),
        ("2月30日", "2月30日"),
        ("2026-02-29", "2026-02-29"),
        ("13月1日", "13月1日"),
        ("0月1日", "0月1日"),
        ("32号", "32号"),
        ("1969-12-31", "1969-12-31"),
        ("2200-01-01", "2200-01-01"),
        ("13/1", "13/1"),
        ("8.30", "8.30"),
        ("11月", "11月"),
        ("Nov", "Nov"),
        ("周八", "周八"),
        ("周八点", "周八"),
        ("周三点", "周三点"),
        ("周0", "周0"),
        ("周", "周"),
        ("11月20日周六", "周六"),
        ("last Friday", "last Friday"),
        ("9999天后", "9999天"),
        ("2026-11-20T18:30Z", "Z"),
        ("周一到周五", "周一到周五"),
        ("123456789", "123456789"),
        ("009点", "009点"),
        ("去年2026年1月1日", "去年2026年1月1日"),
        ("2026年", "2026年"),
        ("2026年5日", "2026年5日"),
        ("12月三1日", "12月三1日"),
        ("-3", "-3"),
    ],
)
def test_refused_moments(text: str, part: str) -> None:
    """What no calendar or clock shows, or is understood by half, is refused by name."""
    with pytest.raises(NotUnderstood) as refusal:
        when.parse_moment(text, NOW)

    assert part in refusal.value.message
    assert refusal.value.hint


def test_last_friday_names_both_days() -> None:
    """Where English is read in two ways, the hint shows both dates."""
    with pytest.raises(NotUnderstood) as refusal:
        when.parse_moment("last Friday", NOW)

    assert refusal.value.hint == "写成日期：2026-11-13 还是 2026-11-20？"


def test_refusal_quotes_what_was_typed() -> None:
    """Full width and capitals are quoted as the user typed them."""
    with pytest.raises(NotUnderstood) as refusal:
        when.parse_moment("昨天 ＡＢＣ㎡", NOW)

    assert "「ＡＢＣ㎡」" in refusal.value.message


def test_parse_day_looks_the_preferred_way() -> None:
    """A date without year or a bare weekday lies behind or ahead as asked; today counts in both."""
    texts = ("11-20", "11-22", "周三", "周日", "20号", "31号", "2月29日", "1月31日")

    past = [str(when.parse_day(text, NOW)) for text in texts]
    future = [str(when.parse_day(text, NOW, prefer="future")) for text in texts]

    assert past == [
        *("2026-11-20", "2026-11-22", "2026-11-18", "2026-11-22"),
        *("2026-11-20", "2026-10-31", "2024-02-29", "2026-01-31"),
    ]
    assert future == [
        *("2027-11-20", "2026-11-22", "2026-11-25", "2026-11-22"),
        *("2026-12-20", "2026-12-31", "2028-02-29", "2027-01-31"),
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("昨天 14:00", "14:00"),
        ("昨晚", "昨晚"),
        ("周三下午2点", "下午2点"),
        ("14:00", "14:00"),
        ("现在", "现在"),
        ("昨天 abc", "abc"),
        ("", "「」"),
    ],
)
def test_parse_day_wants_no_clock_time(text: str, part: str) -> None:
    """Where a day is asked, a clock time would be lost: it is refused by name."""
    with pytest.raises(NotUnderstood) as refusal:
        when.parse_day(text, NOW)

    assert part in refusal.value.message


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("40", 40),
        ("40分", 40),
        ("40分钟", 40),
        ("四十分钟", 40),
        ("九十", 90),
        ("一百二十分钟", 120),
        ("一百零五分", 105),
        ("90min", 90),
        ("45 mins", 45),
        ("1h", 60),
        ("1.5h", 90),
        ("1.5小时", 90),
        ("0.25 hours", 15),
        ("1小时20分", 80),
        ("1小时20", 80),
        ("1小时半", 90),
        ("1h20m", 80),
        ("1 hour 20 minutes", 80),
        ("1 hour and 20 minutes", 80),
        ("an hour", 60),
        ("half an hour", 30),
        ("半小时", 30),
        ("半个小时", 30),
        ("一个半小时", 90),
        ("两小时", 120),
        ("两个半钟头", 150),
        ("一刻钟", 15),
        ("三刻钟", 45),
        ("1:20", 80),
        ("１：２０", 80),
    ],
)
def test_durations(text: str, minutes: int) -> None:
    """A length of time may be typed in minutes, hours or both."""
    assert when.parse_duration(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "-5",
            "abc",
            "40块",
            "1:70",
            "1:2",
            "1:20:30",
            "1小时90分",
            "半",
            "1.33h",
            "1.5",
            "1:",
        ),
        *("一百五", "十一二", "零十", "十十", "一二三四五六七", "1e3", "4 0", "999999999"),
    ],
)
def test_refused_durations(text: str) -> None:
    """A length that cannot be read in full or is no whole minute is refused."""
    with pytest.raises(NotUnderstood) as refusal:
        when.parse_duration(text)

    assert refusal.value.hint


def test_duration_of_nothing() -> None:
    """Zero is too short for work, but fits where nothing went unpaid."""
    assert when.parse_duration("0", minimum=0) == 0
    with pytest.raises(NotUnderstood) as refusal:
        when.parse_duration("0分钟")

    assert "0分钟" in refusal.value.message
    assert refusal.value.hint == "至少写 1 分钟"


def test_clock_text() -> None:
    """A minute of the day prints as on a 24-hour clock, midnight at the end as 24:00."""
    assert [when.clock_text(m) for m in (0, 65, 1439, 1440)] == ["00:00", "01:05", "23:59", "24:00"]


def test_iso_week_at_the_turn_of_the_year() -> None:
    """Days around new year belong to the ISO year of their week."""
    assert when.iso_week(date(2026, 12, 31)) == "2026-W53"
    assert when.iso_week(date(2027, 1, 3)) == "2026-W53"
    assert when.iso_week(date(2027, 1, 4)) == "2027-W01"


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("本周", "2026-W47"),
        ("this week", "2026-W47"),
        ("上周", "2026-W46"),
        ("下周", "2026-W48"),
        ("next week", "2026-W48"),
        ("2026-W47", "2026-W47"),
        ("2026w7", "2026-W07"),
        ("W53", "2026-W53"),
        ("第47周", "2026-W47"),
        ("2026年第47周", "2026-W47"),
        ("2026-11-29", "2026-W48"),
        ("明天", "2026-W48"),
        ("周一", "2026-W48"),
    ],
)
def test_parse_week(text: str, week: str) -> None:
    """A week is named by number, from this week on, or by any day in it."""
    assert when.parse_week(text, NOW) == week


@pytest.mark.parametrize(
    "text", ["", "2026-W54", "2025-W53", "2026-W00", "47", "第47", "2026-W", "本周三周四", "abc"]
)
def test_refused_weeks(text: str) -> None:
    """A week that the year does not have, or no week at all, is refused with the text."""
    with pytest.raises(NotUnderstood) as refusal:
        when.parse_week(text, NOW)

    assert f"「{text}」" in refusal.value.message


def test_week_days() -> None:
    """A week is Monday to Sunday, also over the new year."""
    days = when.week_days("2026-W53")

    assert days == tuple(date(2026, 12, 28) + timedelta(days=offset) for offset in range(7))


@pytest.mark.parametrize("text", ["2026-W54", "W47", "本周", "2026-W47x"])
def test_week_days_wants_a_written_week(text: str) -> None:
    """Without a today only a written ISO week has days."""
    with pytest.raises(NotUnderstood):
        when.week_days(text)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-09-20", DayKind(True, None, True, False)),
        ("2026-09-21", DayKind(True, None, False, False)),
        ("2026-09-25", DayKind(False, "中秋", False, False)),
        ("2026-09-26", DayKind(False, "中秋", False, False)),
        ("2026-10-01", DayKind(False, "国庆节", False, False)),
        ("2026-10-10", DayKind(True, None, True, False)),
        ("2026-10-11", DayKind(False, None, False, False)),
        ("2026-01-01", DayKind(False, "元旦", False, False)),
        ("2027-10-01", DayKind(True, None, False, True)),
        ("2027-10-02", DayKind(False, None, False, True)),
        ("2003-01-01", DayKind(True, None, False, True)),
    ],
)
def test_day_kind(day: str, kind: DayKind) -> None:
    """Holidays are off, weekend days inside the break too; make-up days are worked.

    A year without published calendar goes by the weekday and says so.
    """
    assert when.day_kind(date.fromisoformat(day)) == kind


def test_day_kind_agrees_with_the_calendar() -> None:
    """Every published day is working exactly when the official calendar says so."""
    days = [date(2004, 1, 1) + timedelta(days=offset) for offset in range(366 * 23)]
    published = [day for day in days if day.year <= 2026]

    wrong = [
        day for day in published if when.day_kind(day).working != chinese_calendar.is_workday(day)
    ]

    assert len(published) > 8000
    assert wrong == []
