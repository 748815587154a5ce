"""Laws of the slot language: what is printed reads back, nothing is dropped, no day is invented."""

from __future__ import annotations

import calendar
import itertools
from datetime import date, datetime, timedelta
from typing import get_args

import chinese_calendar
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xianke import slots, when
from xianke.errors import NotUnderstood
from xianke.slots import (
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
    Weeks,
)

_LAWS = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])

HOLIDAYS = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆节")
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
NTH = st.sampled_from([1, 2, 3, 4, 5, LAST])
WEEKDAY = st.integers(1, 7)
CLASSES = st.builds(DayClass, st.sampled_from(["workday", "weekend", "holiday"]))
WEEKDAYS = st.builds(
    lambda days: Weekdays(tuple(sorted(days))), st.sets(WEEKDAY, min_size=1, max_size=7)
)
DATES = st.builds(
    lambda first, length: Dates(first, first + timedelta(days=length)), DAYS, st.integers(0, 9)
)
TERMS: st.SearchStrategy[DayTerm] = st.one_of(
    CLASSES,
    WEEKDAYS,
    st.builds(NthWeekday, NTH, WEEKDAY),
    st.builds(MonthDay, st.sampled_from([*range(1, 32), LAST])),
    st.builds(NamedHoliday, st.sampled_from(HOLIDAYS)),
    DATES,
)
SPANS = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 1439), st.integers(1, 1440)
)


@st.composite
def rules(draw: st.DrawFn) -> SlotRule:
    """Any rule in normal form."""
    weeks: Weeks = draw(st.sampled_from(get_args(Weeks)))
    terms = TERMS if weeks == "all" else st.one_of(CLASSES, WEEKDAYS)
    while True:
        try:
            return slots.make(
                draw(st.lists(terms, min_size=1, max_size=4)),
                draw(st.lists(SPANS, min_size=1, max_size=3)),
                exclude=draw(st.lists(TERMS, max_size=2)),
                weeks=weeks,
                anchor=draw(DAYS) if weeks != "all" else None,
            )
        except NotUnderstood:
            # Nothing was left, or the spans met their own next day.
            continue


PHRASES = (
    "工作日 12:00-13:00",
    "周一到周五晚上 7点到9点半",
    "周一、三、五 19:00-21:00",
    "周六日全天",
    "每天 21:30～次日00:30",
    "除了周三的工作日晚上",
    "周一至周五（除周三）18:30-20:00",
    "每月第二个周日下午",
    "每月1号和15号 9-12点",
    "隔周（自2026-11-16起）周六 09:00-12:00",
    "2026-11-28 到 2026-11-30 全天",
    "12月1日至5日 晚上",
    "下周六上午",
    "法定节假日 9:00-18:00",
    "工作日12点半起1小时",
    "Mon, Wed and Fri 19:00-21:00",
    "weekdays except Wed 7-9pm",
    "every other Saturday 9am-noon",
    "first Saturday of the month 9:00-12:00",
    "on the 15th of every month 9-12",
    "Nov 28 14:00-17:00",
    "Sat from 9:00 for 90 minutes",
)
# Signs that stand in no word of the language, and words that are no time.
JUNK = st.one_of(
    st.text("猫狗鱼树花海哈吗呢喵qzx#?!=@_", min_size=1, max_size=4),
    st.sampled_from(["通勤", "午休", "有空", "大概", "左右", "平时", "lunch", "maybe", "about"]),
)
# What slots are made of, shaken: most of it makes no sense, and some of it nearly does.
WORDS = """
周 周一 三 五 日 六 周末 工作日 每 每天 每月 每周 第 第一个 最后一个 最后一天 15号 1 号 月 年 天
11月28日 2026-11-28 11-28 11/28 12.24 2026 99999999 到 至 - ~ 、 , 和 / 除 除了 除外 以外 （ ）
的 在 从 自 上午 下午 晚上 凌晨 深夜 全天 9 12 7 30 00 0 25 点 半 一刻 分 : 9:00 12:00 22:00 02:00
7点 9点半 次日 起 1小时 半小时 30分钟 隔周 单周 双周 下周 本周 上周 今天 明天 昨天 今晚 国庆
法定节假日 十 二十 两 Mon Fri Sat every other the of month of_the_month first last next this
weekdays weekends am pm 7pm 9am noon midnight from to and except all_day evening night tomorrow
15th on at in for 2 hours half an Nov 28 猫 ＡＭ ９ ： ² é
"""
FRAGMENTS = st.lists(
    st.sampled_from([word.replace("_", " ") for word in WORDS.split()]), max_size=9
)
TEXTS = st.one_of(
    st.text(max_size=30),
    st.builds(lambda words, joiner: joiner.join(words), FRAGMENTS, st.sampled_from(["", " "])),
)


@_LAWS
@given(rules(), DAYS)
def test_print_and_parse(rule: SlotRule, today: date) -> None:
    """What is printed in either language reads back as the same rule on any day."""
    chinese = slots.format_rule(rule, "zh")
    english = slots.format_rule(rule, "en")

    assert slots.parse(chinese, today=today) == rule
    assert slots.parse(english, today=today) == rule


@_LAWS
@given(st.sampled_from(PHRASES), JUNK, st.data())
def test_junk_is_never_dropped(phrase: str, junk: str, data: st.DataObject) -> None:
    """A word that is no time, put anywhere into a slot, is refused and never passed over."""
    at = data.draw(st.integers(0, len(phrase)))
    spaced = data.draw(st.booleans())
    typed = phrase[:at] + (f" {junk} " if spaced else junk) + phrase[at:]

    slots.parse(phrase, today=date(2026, 11, 22))
    try:
        rule = slots.parse(typed, today=date(2026, 11, 22))
    except NotUnderstood as refusal:
        assert refusal.hint
    else:
        raise AssertionError(f"{typed} was read as {slots.format_rule(rule, 'zh')}")


@settings(_LAWS, max_examples=600)
@given(TEXTS, DAYS)
def test_any_text_is_a_rule_or_refused(text: str, today: date) -> None:
    """Arbitrary text is a rule that prints and reads back, or is refused with a hint."""
    try:
        rule = slots.parse(text, today=today)
    except NotUnderstood as refusal:
        assert refusal.message
        assert refusal.hint
        assert "{part}" in text or "{part}" not in refusal.message + refusal.hint
    else:
        assert slots.parse(slots.format_rule(rule, "zh"), today=date(2031, 5, 5)) == rule


@settings(_LAWS, max_examples=400)
@given(TEXTS, st.sampled_from(["past", "future"]))
def test_any_moment_is_read_or_refused(text: str, prefer: when.Prefer) -> None:
    """Arbitrary text is a day, moment, week or length of time, or is refused with a hint."""
    now = datetime(2026, 11, 22, 15, 30)

    try:
        moment = when.parse_moment(text, now, prefer=prefer)
        assert moment.minute is None or 0 <= moment.minute < 1440
    except NotUnderstood as refusal:
        assert refusal.hint
    try:
        day = when.parse_day(text, now, prefer=prefer)
        assert when.parse_moment(text, now, prefer=prefer) == when.Moment(day, None)
    except NotUnderstood as refusal:
        assert refusal.hint
    try:
        assert when.parse_duration(text, minimum=0) >= 0
    except NotUnderstood as refusal:
        assert refusal.hint
    try:
        assert when.iso_week(when.week_days(when.parse_week(text, now))[6])
    except NotUnderstood as refusal:
        assert refusal.hint


@_LAWS
@given(st.integers(0, 100_000))
def test_durations_read_back(minutes: int) -> None:
    """A length of time means the same in every spelling."""
    hours, rest = divmod(minutes, 60)

    for text in (f"{minutes}", f"{minutes}分钟", f"{hours}小时{rest}分", f"{hours}h{rest}m"):
        assert when.parse_duration(text, minimum=0) == minutes


@_LAWS
@given(DAYS, st.integers(0, 1439))
def test_moments_read_back(day: date, minute: int) -> None:
    """A civil time means the same in every spelling, and no other day."""
    now = datetime(2026, 11, 22, 15, 30)
    hour, rest = divmod(minute, 60)
    half = f"{hour % 12 or 12}:{rest:02d} {'am' if hour < 12 else 'pm'}"

    for text in (
        f"{day} {hour:02d}:{rest:02d}",
        f"{day}T{hour:02d}:{rest:02d}:00",
        f"{day.year}年{day.month}月{day.day}日{hour}点{rest}分",
        f"{day:%b} {day.day}, {day.year} {half}",
    ):
        assert when.parse_moment(text, now) == when.Moment(day, minute)


# The calendar read once more, slowly and by other means than the program's.


def _published(day: date) -> bool:
    return 2004 <= day.year <= 2026


def _is_workday(day: date) -> bool:
    if _published(day):
        return bool(chinese_calendar.is_workday(day))
    return calendar.weekday(day.year, day.month, day.day) < 5


def _holiday(day: date) -> str | None:
    """Return the English name of the break the day is in."""
    if not _published(day):
        return None
    off, name = chinese_calendar.get_holiday_detail(day)
    return name if off else None


def _break(day: date) -> set[str]:
    """Return the names of all holidays in the unbroken row of holidays around *day*."""
    names = set()
    for direction in (-1, 1):
        at = day
        while (name := _holiday(at)) is not None:
            names.add(chinese_calendar.Holiday(name).chinese)
            at += timedelta(days=direction)
    return names


def _is_on(term: DayTerm, day: date) -> bool:
    weeks = calendar.monthcalendar(day.year, day.month)
    weekday = calendar.weekday(day.year, day.month, day.day)
    if isinstance(term, Weekdays):
        return weekday + 1 in term.days
    if isinstance(term, DayClass):
        if term.name == "workday":
            return _is_workday(day)
        if term.name == "holiday":
            return _holiday(day) is not None
        return weekday in (5, 6) and not _is_workday(day)
    if isinstance(term, NthWeekday):
        column = [week[term.weekday - 1] for week in weeks if week[term.weekday - 1]]
        index = term.nth if term.nth == LAST else term.nth - 1
        return index < len(column) and column[index] == day.day
    if isinstance(term, MonthDay):
        return day.day == (max(map(max, weeks)) if term.day == LAST else term.day)
    if isinstance(term, NamedHoliday):
        return term.name in _break(day)
    return term.first.isoformat() <= day.isoformat() <= term.last.isoformat()


def _takes_place(rule: SlotRule, day: date) -> bool:
    if rule.anchor is not None:
        monday = day
        while calendar.weekday(monday.year, monday.month, monday.day) != 0:
            monday -= timedelta(days=1)
        number = 0
        while rule.anchor + timedelta(weeks=number) < monday:
            number += 1
        # Week 1 is the anchor's own; there is nothing before it.
        if monday < rule.anchor or (number + 1) % 2 != (rule.days.weeks == "odd"):
            return False
    included = [_is_on(term, day) for term in rule.days.include]
    excluded = [_is_on(term, day) for term in rule.days.exclude]
    return any(included) and not any(excluded)


def _expected_flags(rule: SlotRule, day: date) -> set[str]:
    matched = [term for term in rule.days.include if _is_on(term, day)]
    named = [
        isinstance(t, NthWeekday) or (isinstance(t, Weekdays) and len(t.days) < 7) for t in matched
    ]
    judged = [isinstance(t, DayClass | NamedHoliday) for t in matched]
    struck = [isinstance(t, DayClass | NamedHoliday) for t in rule.days.exclude]
    flags = set()
    if all(named) and day.weekday() >= 5 and _is_workday(day):
        flags.add("makeup_workday")
    if all(named) and _holiday(day) is not None:
        flags.add("holiday")
    if not _published(day) and (all(judged) or any(struck)):
        flags.add("estimated")
    return flags


@_LAWS
@given(rules(), DAYS, st.integers(0, 45))
def test_expansion_agrees_with_the_calendar(rule: SlotRule, first: date, days: int) -> None:
    """A slot takes place on the very days that a slow reading of the calendar finds."""
    last = first + timedelta(days=days)
    expected = [
        (
            datetime(day.year, day.month, day.day) + timedelta(minutes=span.start),
            timedelta(minutes=span.end - span.start),
            _expected_flags(rule, day),
        )
        for day in (first + timedelta(days=offset) for offset in range(days + 1))
        if _takes_place(rule, day)
        for span in rule.spans
    ]

    found = slots.expand(rule, first, last)

    assert [(one.start, one.end - one.start, set(one.flags)) for one in found] == expected
    assert all(one.end <= later.start for one, later in itertools.pairwise(found))


@_LAWS
@given(st.lists(rules(), max_size=5))
def test_minutes_laws(several: list[SlotRule]) -> None:
    """The union lies between the largest slot and the sum, and never exceeds a week."""
    single = [slots.minutes_per_week(rule) for rule in several]
    union = slots.union_minutes_per_week(several)

    assert max(single, default=0) <= union <= min(sum(single), 7 * 1440)
    assert union == slots.union_minutes_per_week(several[::-1])
    assert union == slots.union_minutes_per_week(several + several)
    assert [slots.union_minutes_per_week([rule]) for rule in several] == single


WEEKLY_RULES = st.builds(
    slots.make,
    st.lists(st.one_of(WEEKDAYS, st.just(DayClass("workday"))), min_size=1, max_size=2),
    st.lists(
        st.builds(
            lambda start, length: Span(start, start + length),
            st.integers(0, 1439),
            st.integers(1, 240),
        ),
        min_size=1,
        max_size=1,
    ),
)


@_LAWS
@given(st.lists(WEEKLY_RULES, max_size=4))
def test_weekly_union_counts_every_minute_once(several: list[SlotRule]) -> None:
    """For weekly slots the union is the number of distinct minutes of an ordinary week."""
    minutes = {
        ((day - 1) * 1440 + minute) % 10080
        for rule in several
        for term in rule.days.include
        for day in (term.days if isinstance(term, Weekdays) else (1, 2, 3, 4, 5))
        for span in rule.spans
        for minute in range(span.start, span.end)
    }

    assert slots.union_minutes_per_week(several) == len(minutes)


@_LAWS
@given(rules(), rules(), DAYS)
def test_overlap_is_never_missed(one: SlotRule, other: SlotRule, first: date) -> None:
    """Slots said not to collide do not collide in an ordinary month, whoever asks.

    Ordinary means: without holidays and make-up days, which are no reason for a warning.
    """

    def ordinary(day: date) -> when.DayKind:
        weekend = day.isoweekday() > 5
        return when.DayKind(working=not weekend, holiday=None, makeup=False, estimated=False)

    collide = slots.overlaps(one, other, ordinary)
    assert slots.overlaps(other, one, ordinary) is collide
    if collide:
        return
    last = first + timedelta(days=31)
    mine = slots.expand(one, first, last, ordinary)
    theirs = slots.expand(other, first, last, ordinary)

    assert not [
        (here, there) for here in mine for there in theirs
        if here.start < there.end and there.start < here.end
    ]  # fmt: skip
