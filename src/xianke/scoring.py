"""The score of an eligible route, 0 to 100: what it is made of and what each part is worth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from xianke import costs, platforms, slots, vocabulary
from xianke.platforms import SELF

if TYPE_CHECKING:
    from xianke.conditions import Needs
    from xianke.inventory import Stock
    from xianke.platforms import Catalogue, Conditions, Platform
    from xianke.priorities import Goal
    from xianke.rates import Rate

COMPONENTS = ("pay", "time", "skill", "safety", "evidence", "cash", "growth")

_WEIGHTS: Mapping[Goal, tuple[float, ...]] = {
    "income": (0.42, 0.14, 0.12, 0.14, 0.10, 0.05, 0.03),
    "steady": (0.26, 0.20, 0.10, 0.20, 0.16, 0.05, 0.03),
    "cash": (0.22, 0.16, 0.08, 0.14, 0.10, 0.30, 0.00),
    "growth": (0.16, 0.08, 0.24, 0.10, 0.08, 0.00, 0.34),
    "safe": (0.10, 0.10, 0.08, 0.44, 0.24, 0.04, 0.00),
}
WEIGHTS: Mapping[Goal, Mapping[str, float]] = {
    goal: dict(zip(COMPONENTS, weights, strict=True)) for goal, weights in _WEIGHTS.items()
}
"""What each goal cares about; every row sums to 1. Judgement, open to argument in one place."""

BY_LOW: tuple[Goal, ...] = ("income", "steady")
"""Goals that judge pay by what happens in a bad case rather than in the middle."""

PAY_SCALE_FEN = 4_000
"""The hourly pay, 40 yuan, at which the pay component reaches 0.63; it saturates beyond."""

TIME_SCALE_MINUTES = 240
"""Four usable hours a week give half the time component."""

UNKNOWN_QUANTILE = 0.25
"""An unknown component counts as the 25th percentile of the known ones: never as if good."""

UNKNOWN_FACT = 0.25
"""What an unknown safety fact counts beside known ones: little, so that knowing pays."""

MOST_UNKNOWN_SAFETY = (1 + 3 * UNKNOWN_FACT) / 4
"""Nothing known of safety is never worth more than one good fact: a good answer must not cost."""

LEAST_WEEKS = 3
"""Weeks of own log from which a weekly figure is allowed, and the share of them it caps at."""
WEEKLY_QUANTILE = 0.8

_CONFIDENCE = {"low": 0.25, "medium": 0.6, "high": 0.9}
_CASH = {0: 1.0, 1: 1.0, 3: 0.85, 7: 0.65, 10: 0.5, 30: 0.2}


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a score: its value in [0, 1], its weight, whether it was known."""

    name: str
    value: float
    weight: float
    known: bool


@dataclass(frozen=True, slots=True)
class Weekly:
    """What a week brings where own weeks show how much work there is."""

    low_fen: int
    mid_fen: int
    high_fen: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Income:
    """Pay that is not per hour: per month for what stands rented, per item for what is sold."""

    unit: Literal["month", "item"]
    low_fen: int | None
    mid_fen: int | None
    high_fen: int | None
    source: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An eligible route with its score and everything that led to it."""

    platform: Platform
    rate: Rate
    score: float
    components: tuple[Component, ...]
    usable_minutes_per_week: int
    safety: platforms.Safety
    flags: tuple[str, ...]
    checks: tuple[str, ...]
    income: Income | None
    weekly: Weekly | None

    @property
    def verify_first(self) -> bool:
        """Return whether the user should check that it runs at all before spending time."""
        return not platforms.is_verified(self.platform) or "stale" in self.flags


@dataclass(frozen=True, slots=True)
class OwnWeeks:
    """Own minutes per ISO week on one route, for the weeks in which it was used."""

    minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """An eligible route before unknown components are filled in."""

    platform: Platform
    rate: Rate
    values: Mapping[str, float | None]
    usable: int
    safety: platforms.Safety
    flags: tuple[str, ...]
    checks: tuple[str, ...]


def measure(
    platform: Platform,
    stock: Stock,
    rate: Rate,
    needs: Needs,
    catalogue: Catalogue,
    today: date,
    goal: Goal,
) -> Measured:
    """Return the components of an eligible route as far as they are known."""
    usable = slots.union_minutes_per_week(needs.usable) if needs.usable else 0
    block = costs.typical_block(needs.usable)
    safety = platforms.safety(platform)
    days = platforms.FAST_DAYS.get(platform.fact("settlement").value or "")
    values = {
        "pay": _pay_value(rate, goal, costs.share_of(platform, rate, block, stock.profile)),
        "time": usable / (usable + TIME_SCALE_MINUTES) if platform.income == "time" else None,
        "skill": _skill_value(platform.conditions, stock),
        "safety": _safety_value(safety),
        "evidence": _evidence_value(platform, rate, today),
        "cash": None if days is None else _CASH[days],
        "growth": catalogue.categories[platform.category].growth,
    }
    flags = platforms.flags(platform, today, stock.profile.get("city"))
    return Measured(platform, rate, values, usable, safety, flags, needs.checks)


def _pay_value(rate: Rate, goal: Goal, share: costs.Share) -> float | None:
    if rate.paid_share == 0:
        return 0.0
    fen = rate.low_fen_per_hour if goal in BY_LOW else rate.mid_fen_per_hour
    if fen is None:
        return None
    # What goes unpaid, comes late or goes into getting there is part of what an hour brings.
    return 1 - math.exp(-fen * share.whole / PAY_SCALE_FEN)


def _safety_value(safety: platforms.Safety) -> float | None:
    """Return the share of the four facts that protect; what is not known counts a quarter.

    What own experience leaves of it is taken in `scored`, from the unknown as well.
    """
    if safety.known == 0:
        return None
    return (safety.good + UNKNOWN_FACT * (safety.total - safety.known)) / safety.total


def _skill_value(wanted: Conditions, stock: Stock) -> float | None:
    tags = (*wanted.skills_any, *wanted.skills_all)
    have = vocabulary.skill_strengths(stock.skills)
    if tags:
        return max(have[tag][0] for tag in tags if tag in have)
    helpful = [have[tag][0] for tag in wanted.skills_helpful if tag in have]
    # Work that anyone can do fits everyone halfway; what helps lifts it.
    return 0.5 + max(helpful) / 2 if helpful else 0.5


def _evidence_value(platform: Platform, rate: Rate, today: date) -> float:
    own = 1 - math.exp(-rate.own_gigs / 5)
    if platform.kind == SELF or platform.confidence is None:
        known = 0.3 if rate.basis != "none" else 0.15
    else:
        known = _CONFIDENCE[platform.confidence]
        if platforms.is_stale(platform.fact("status").date, today):
            known /= 2
        if not platforms.is_verified(platform):
            known = min(known, 0.2)
    return max(own, known)


def scored(
    raws: Sequence[Measured], goal: Goal, own_weeks: Mapping[tuple[str, str], OwnWeeks]
) -> list[Candidate]:
    """Return the routes with their scores; what is unknown is filled in from the known ones."""
    fallback = {}
    for name in COMPONENTS:
        known = sorted(value for raw in raws if (value := raw.values[name]) is not None)
        fallback[name] = known[int(UNKNOWN_QUANTILE * (len(known) - 1))] if known else 0.0
    fallback["safety"] = min(fallback["safety"], MOST_UNKNOWN_SAFETY)
    result = []
    for raw in raws:
        # What stands rented or is sold takes no hours: its other parts share the weight of time.
        asked = [name for name in COMPONENTS if name != "time" or raw.platform.income == "time"]
        whole = sum(WEIGHTS[goal][name] for name in asked)
        parts = []
        for name in asked:
            value = raw.values[name]
            filled = fallback[name] if value is None else value
            if name == "safety":
                filled *= raw.safety.share_left
            parts.append(Component(name, filled, WEIGHTS[goal][name] / whole, value is not None))
        score = 100 * sum(part.value * part.weight for part in parts)
        weeks = own_weeks.get((raw.platform.category, raw.platform.id))
        result.append(
            Candidate(
                raw.platform,
                raw.rate,
                round(score, 1),
                tuple(parts),
                raw.usable,
                raw.safety,
                raw.flags,
                raw.checks,
                income_of(raw.platform),
                weekly(raw.rate, raw.usable, weeks),
            )
        )
    return result


def income_of(platform: Platform) -> Income | None:
    """Return what a thing brings per month or item, from credible statements only."""
    if platform.income == "time":
        return None
    unit: Literal["month", "item"] = "month" if platform.income == "passive" else "item"
    stated = "yuan_per_month" if unit == "month" else "yuan_per_item"
    for pay in platform.pay:
        if pay.unit == stated and pay.grade in ("official", "press", "third_party"):

            def fen(yuan: float | None) -> int | None:
                return None if yuan is None else round(yuan * 100)

            return Income(unit, fen(pay.low), fen(pay.typical), fen(pay.high), pay.by, pay.date)
    return None


def supply_minutes(weeks: OwnWeeks | None) -> int | None:
    """Return how much work a week had so far: the 80th percentile of three own weeks or more."""
    if weeks is None or len(weeks.minutes) < LEAST_WEEKS:
        return None
    ordered = sorted(weeks.minutes)
    return ordered[math.ceil(WEEKLY_QUANTILE * len(ordered)) - 1]


def weekly(rate: Rate, usable_minutes: int, weeks: OwnWeeks | None) -> Weekly | None:
    """Return what a week brings, or None while nobody knows how much work there is.

    The supply is known from at least three own weeks; it is capped at their 80th percentile and
    at the usable minutes. What goes unpaid is taken off.
    """
    supply = supply_minutes(weeks)
    if supply is None or rate.mid_fen_per_hour is None:
        return None
    minutes = min(supply, usable_minutes)
    share = 1.0 if rate.paid_share is None else rate.paid_share

    def per_week(fen: int | None) -> int:
        return math.floor((fen or 0) * minutes * share / 60)

    return Weekly(
        per_week(rate.low_fen_per_hour),
        per_week(rate.mid_fen_per_hour),
        per_week(rate.high_fen_per_hour),
        minutes,
    )
