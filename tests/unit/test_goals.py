"""Goals: read from plain words, the pace, the projection, and what it would take."""

from __future__ import annotations

from datetime import date

import pytest
from tests.unit.bestweeks import best, stock

from xianke import goals, i18n
from xianke.bestweek import Filled, Hour
from xianke.errors import NotUnderstood
from xianke.goals import Effort, Money, Pace, Period, Projection, Wanted
from xianke.records import Goal, GoalUnit

TODAY = date(2026, 11, 22)
OWN = Hour(5_000, "own")


def goal(fen: int, unit: GoalUnit = "month") -> Goal:
    return Goal(1, fen, unit, "2026-11-01")


def pace(earned_fen: int, fen: int = 150_000, unit: GoalUnit = "month") -> Pace:
    return Pace(goal(fen, unit), goals.period(unit, TODAY), Money(earned_fen, 0, 0))


# Words


@pytest.mark.parametrize(
    ("text", "fen", "unit"),
    [
        ("1500/月", 150_000, "month"),
        ("300/周", 30_000, "week"),
        ("1500 a month", 150_000, "month"),
        ("1500 / Month", 150_000, "month"),
        ("每月1500元", 150_000, "month"),
        ("每个月 1,500", 150_000, "month"),
        ("1500元每月", 150_000, "month"),
        ("300块一周", 30_000, "week"),
        ("300 per week", 30_000, "week"),
        ("300 weekly", 30_000, "week"),
        ("１５００／月", 150_000, "month"),
        ("1.2万/月", 1_200_000, "month"),
        ("99.50/礼拜", 9_950, "week"),
        ("￥300/星期", 30_000, "week"),
    ],
)
def test_a_goal_is_read_as_people_write_it(text: str, fen: int, unit: GoalUnit) -> None:
    """Either language, with the unit before or behind."""
    assert goals.parse(text) == Wanted(fen, unit)


@pytest.mark.parametrize("text", ["none", "None", "取消", " 不要 "])
def test_a_goal_is_taken_back_in_a_word(text: str) -> None:
    """In either language."""
    assert goals.parse(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1500", "看不懂目标「1500」"),
        ("5月", "看不懂目标「5月」"),
        ("300w", "看不懂目标「300w」"),
        ("/月", "看不懂目标「/月」"),
        ("很多/月", "看不懂金额「很多」"),
        ("1500/天", "看不懂目标「1500/天」"),
        ("1500/月 300/周", "看不懂金额「1500/月 300」"),
        ("0/周", "目标「0/周」要大于零"),
        ("-5/周", "金额「-5」不能小于 0.00 元"),
    ],
)
def test_what_may_mean_something_else_is_refused(text: str, message: str) -> None:
    """No week or month is guessed, and May is no five yuan a month."""
    with pytest.raises(NotUnderstood) as refused:
        goals.parse(text)

    assert refused.value.message == message


# Pace


def test_a_period_is_the_week_or_month_of_today() -> None:
    """Both ends included, today among the days that have begun."""
    month = goals.period("month", TODAY)
    week = goals.period("week", TODAY)

    assert month == Period("month", date(2026, 11, 1), date(2026, 11, 30), TODAY)
    assert week == Period("week", date(2026, 11, 16), date(2026, 11, 22), TODAY)
    assert (month.days, month.gone_days, week.days, week.gone_days) == (30, 22, 7, 7)
    assert goals.period("month", date(2028, 2, 10)).last == date(2028, 2, 29)
    assert goals.period("month", date(2026, 12, 31)).first == date(2026, 12, 1)


def test_the_straight_line_counts_today() -> None:
    """22 of 30 days of 1500 yuan are 1100."""
    found = pace(100_000)

    assert (found.line_fen, found.ahead_fen, found.left_fen) == (110_000, -10_000, 50_000)
    assert pace(200_000).left_fen == 0


# Projection


def test_the_projection_adds_usual_weeks_to_what_was_earned() -> None:
    """Eight days are left: 8/7 of a mean of 300 yuan, give or take 163 times the root of 8/7."""
    found = goals.project(pace(100_000), [10_000, 30_000, 30_000, 50_000], 4)

    # 100000 + 30000 × 8/7 = 134285.7; stdev 16329.93 × 1.069045 = 17457.4
    assert found == Projection(116_828, 134_285, 151_743, 4, 0)


def test_at_the_end_of_a_period_nothing_is_left_to_guess() -> None:
    """On Sunday evening a week is what was earned."""
    found = goals.project(pace(7_000, 30_000, "week"), [1, 2, 3, 4], 4)

    assert (found.low_fen, found.mid_fen, found.high_fen) == (7_000, 7_000, 7_000)


def test_with_too_few_weeks_nothing_is_projected() -> None:
    """It says how many are missing."""
    assert goals.project(pace(0), [5_000, 0, 0, 0, 0], 1) == Projection(None, None, None, 5, 3)
    assert goals.project(pace(0), [], 0) == Projection(None, None, None, 0, 4)


# What it takes


def test_a_month_is_4_345_weeks() -> None:
    """Rounded up: 1500 yuan a month are 345.23 a week."""
    assert goals.needed_fen_per_week(goal(150_000)) == 34_523
    assert goals.needed_fen_per_week(goal(34_760)) == 8_000
    assert goals.needed_fen_per_week(goal(30_000, "week")) == 30_000


def test_slots_that_suffice_are_said_to() -> None:
    """300 yuan at 50 an hour are six hours; the week as planned brings 400."""
    week = best(Filled(40_000, 600))

    assert goals.effort(goal(30_000, "week"), OWN, week) == Effort(
        needed_fen=30_000,
        hour=OWN,
        minutes=360,
        week_fen=40_000,
        week_minutes=600,
        free_minutes=week.free_minutes,
        suffices=True,
        more_minutes=None,
        fen_per_hour=None,
    )


def test_what_is_missing_is_hours_or_a_better_rate() -> None:
    """200 yuan in 300 minutes are 40 an hour: 300 yuan take 150 minutes more, or 60 an hour."""
    found = goals.effort(goal(30_000, "week"), OWN, best(Filled(20_000, 300)))

    assert (found.suffices, found.more_minutes, found.fen_per_hour) == (False, 150, 6_000)


def test_what_is_not_known_is_not_made_up() -> None:
    """Without a rate no hours, without slots no word on them, without work nothing to stretch."""
    nothing = Hour(None, "none")

    assert goals.effort(goal(30_000, "week"), nothing, None) == Effort(
        30_000, nothing, None, None, None, None, None, None, None
    )
    assert goals.effort(goal(30_000, "week"), nothing, best(have=stock())).suffices is None
    idle = goals.effort(goal(30_000, "week"), nothing, best(Filled(0, 0)))
    assert (idle.suffices, idle.more_minutes, idle.fen_per_hour) == (False, None, None)


def test_a_goal_is_named_in_the_language_in_use() -> None:
    """With its unit."""
    assert goals.amount_text(150_000, "month") == "每月 ￥1,500.00"
    i18n.set_language("en")
    assert goals.amount_text(30_000, "week") == "￥300.00 a week"
