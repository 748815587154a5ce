"""A goal per week or month: read from plain words, the pace so far, and what it would take."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import stdev
from typing import TYPE_CHECKING

from xianke import money
from xianke.errors import NotUnderstood
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.bestweek import Best, Hour
    from xianke.records import Goal, GoalUnit

WEEKS_PER_MONTH = 4.345
"""As everywhere: 365.25 days are twelve months or 52.18 weeks."""

LEAST_WEEKS = 4
"""Whole weeks with records before a projection is made of them."""

PROJECTED_WEEKS = 8
"""How many of the last whole weeks it is made of: as things have been lately."""

_UNITS: dict[str, GoalUnit] = {
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "week": "week",
    "weekly": "week",
    "月": "month",
    "个月": "month",
    "month": "month",
    "monthly": "month",
}
_UNIT = "周|星期|礼拜|week|个月|月|month"
_BEFORE = re.compile(rf"(?:每个?|一个?)\s*(?P<unit>{_UNIT})\s*(?P<amount>.+)", re.IGNORECASE)
# 5月 is May, and 300w three million: without a word between there is no week or month in it.
_AFTER = re.compile(
    rf"(?P<amount>.+?)\s*(?:(?:/|每个?|一个?|\ban?\b|\bper\b|\bevery\b)\s*"
    rf"(?P<unit>{_UNIT})|\b(?P<ly>weekly|monthly))",
    re.IGNORECASE,
)

CLEAR_WORDS = frozenset({"none", "off", "clear", "取消", "清除", "不要", "无", "没有"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to earn net, per week or month."""

    amount_fen: int
    unit: GoalUnit


def parse(text: str) -> Wanted | None:
    """Return the goal that a text names, None for one that takes it back (`none`, 取消).

    Understood are `1500/月`, `每周 300`, `1500 a month`, `300/week`. Raise NotUnderstood for
    anything else: without a week or a month it would be a guess.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if plain.lower() in CLEAR_WORDS:
        return None
    match = _BEFORE.fullmatch(plain) or _AFTER.fullmatch(plain)
    if match is None:
        raise NotUnderstood(
            _("看不懂目标「{text}」").format(text=text),
            _("写成 1500/月、300/周；不要目标了写 none"),
        )
    groups = match.groupdict()
    unit = groups["unit"] or groups["ly"]
    fen = money.parse(groups["amount"].strip())
    if fen == 0:
        raise NotUnderstood(
            _("目标「{text}」要大于零").format(text=text), _("不要目标了写 xianke goal none")
        )
    return Wanted(fen, _UNITS[unit.lower()])


@dataclass(frozen=True, slots=True)
class Period:
    """The week or month that runs, both ends included."""

    unit: GoalUnit
    first: date
    last: date
    today: date

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1

    @property
    def gone_days(self) -> int:
        """Return how many of its days have begun, today among them."""
        return (self.today - self.first).days + 1


def period(unit: GoalUnit, today: date) -> Period:
    """Return the week or month that *today* lies in."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        return Period(unit, monday, monday + timedelta(days=6), today)
    first = today.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return Period(unit, first, after - timedelta(days=1), today)


@dataclass(frozen=True, slots=True)
class Money:
    """What a period has seen so far, in fen: earned net, received, and still owed of its gigs."""

    earned_fen: int
    received_fen: int
    owed_fen: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How far one is with a goal; `line_fen` is where a straight line would be tonight."""

    goal: Goal
    period: Period
    money: Money

    @property
    def line_fen(self) -> int:
        """Return what a straight line would have brought by the end of today, rounded down."""
        return self.goal.amount_fen * self.period.gone_days // self.period.days

    @property
    def ahead_fen(self) -> int:
        """Return how far what was earned is before the line; below zero behind it."""
        return self.money.earned_fen - self.line_fen

    @property
    def left_fen(self) -> int:
        """Return what is still missing to the goal."""
        return max(0, self.goal.amount_fen - self.money.earned_fen)


@dataclass(frozen=True, slots=True)
class Projection:
    """What the period should end with if things go on as in the last weeks; None if not known.

    About two periods in three should end between `low_fen` and `high_fen`. `missing_weeks` is
    how many more whole weeks with records it takes.
    """

    low_fen: int | None
    mid_fen: int | None
    high_fen: int | None
    weeks: int
    missing_weeks: int


def project(pace: Pace, nets: Sequence[int], logged: int) -> Projection:
    """Return where the period will end, from the nets of the last whole weeks.

    *logged* of them have records. What was earned so far stands; the days that remain bring as
    much as the mean of the weeks, give or take one standard deviation, which grows with the root
    of the time.
    """
    missing = max(0, LEAST_WEEKS - logged)
    if missing:
        return Projection(None, None, None, len(nets), missing)
    left_weeks = (pace.period.days - pace.period.gone_days) / 7
    middle = pace.money.earned_fen + sum(nets) / len(nets) * left_weeks
    reach = stdev(nets) * math.sqrt(left_weeks)
    low, mid, high = (math.floor(value) for value in (middle - reach, middle, middle + reach))
    return Projection(low, mid, high, len(nets), 0)


@dataclass(frozen=True, slots=True)
class Effort:
    """What a goal takes per week.

    `minutes` are those it takes at the rate of `hour`, None where that is not known. `week_fen` is
    what a usual week of today's slots should bring at best and `week_minutes` how many of its
    `free_minutes` that fills; None without slots. Where it does not suffice, it would take
    `more_minutes` at that rate, or `fen_per_hour` in the same time.
    """

    needed_fen: int
    hour: Hour
    minutes: int | None
    week_fen: int | None
    week_minutes: int | None
    free_minutes: int | None
    suffices: bool | None
    more_minutes: int | None
    fen_per_hour: int | None


def effort(wanted: Goal, hour: Hour, best: Best | None) -> Effort:
    """Return what a goal takes, with *best* a usual week of today's slots, None without any."""
    needed = needed_fen_per_week(wanted)
    minutes = None if hour.fen is None else -(-needed * 60 // hour.fen)
    if best is None or not best.pieces:
        return Effort(needed, hour, minutes, None, None, None, None, None, None)
    filled = best.filled
    suffices = filled.value_fen >= needed
    more = rate = None
    if not suffices and filled.minutes and filled.value_fen > 0:
        more = -(-(needed - filled.value_fen) * filled.minutes // filled.value_fen)
        rate = -(-needed * 60 // filled.minutes)
    return Effort(
        needed, hour, minutes, filled.value_fen, filled.minutes, best.free_minutes,
        suffices, more, rate,
    )  # fmt: skip


def needed_fen_per_week(wanted: Goal) -> int:
    """Return what a goal asks of a week, rounded up."""
    if wanted.unit == "week":
        return wanted.amount_fen
    # In thousandths, so that no fen hangs on a float.
    return -(-wanted.amount_fen * 1000 // round(1000 * WEEKS_PER_MONTH))


def amount_text(fen: int, unit: GoalUnit) -> str:
    """Return a goal in the user's language, such as ￥1,500.00 a month."""
    if unit == "week":
        return _("每周 {amount}").format(amount=money.yuan(fen))
    return _("每月 {amount}").format(amount=money.yuan(fen))
