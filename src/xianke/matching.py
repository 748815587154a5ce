"""Inventory × routes × rates: ranked picks and rejections, each with reasons."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from xianke import inventory, platforms, slots
from xianke.platforms import SELF
from xianke.reasons import Reason, first_step, reasons_for, rejection_text

if TYPE_CHECKING:
    from xianke.inventory import Stock
    from xianke.platforms import Catalogue, Conditions, Platform
    from xianke.rates import Rate, Rates

Goal = Literal["income", "steady", "cash", "growth", "safe"]
GOALS: tuple[Goal, ...] = ("income", "steady", "cash", "growth", "safe")

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

BY_LOW: tuple[Goal, ...] = ("income", "steady", "safe")
"""Goals that judge pay by what happens in a bad case rather than in the middle."""

PAY_SCALE_FEN = 4_000
"""The hourly pay, 40 yuan, at which the pay component reaches 0.63; it saturates beyond."""

TIME_SCALE_MINUTES = 240
"""Four usable hours a week give half the time component."""

UNKNOWN_QUANTILE = 0.25
"""An unknown component counts as the 25th percentile of the known ones: never as if good."""

UNKNOWN_FACT = 0.25
"""What an unknown safety fact counts beside known ones: little, so that knowing pays."""

LEAST_WEEKS = 3
"""Weeks of own log from which a weekly figure is allowed, and the share of them it caps at."""
WEEKLY_QUANTILE = 0.8

UPFRONT_RANK = 3
"""Where money is required first, no row comes among the first three."""

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
class Pick:
    """One row: a category and kind of income, its best route first, the others behind."""

    rank: int
    category: str
    name: str
    kind: str
    routes: tuple[Candidate, ...]
    reasons: tuple[Reason, ...]
    first_step: str

    @property
    def best(self) -> Candidate:
        """Return the route the row stands for."""
        return self.routes[0]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A category or platform that does not come into question, and why."""

    kind: Literal["category", "platform"]
    id: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer of `suggest`."""

    goal: Goal
    picks: tuple[Pick, ...]
    untested: tuple[Pick, ...]
    rejected: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class OwnWeeks:
    """Own minutes per ISO week on one route, for the weeks in which it was used."""

    minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Raw:
    """An eligible route before unknown components are filled in."""

    platform: Platform
    rate: Rate
    values: Mapping[str, float | None]
    usable: int
    safety: platforms.Safety
    flags: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What stands between a person and a route: the code of what is missing, or what to check."""

    missing: str | None
    usable: tuple[slots.SlotRule, ...] = ()
    checks: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def match(
    stock: Stock,
    catalogue: Catalogue,
    rates: Rates,
    goal: Goal,
    today: date,
    own_weeks: Mapping[tuple[str, str], OwnWeeks] | None = None,
) -> Advice:
    """Return ranked picks, untested rows and rejections for *goal*.

    A row is one (category, kind of income). Routes without credible pay make the second block.
    """
    raws: list[_Raw] = []
    rejected: list[Rejection] = []
    tried: dict[str, list[str]] = {}
    for platform in catalogue.routes():
        needs = needs_of(platform, stock, today)
        if needs.missing is None:
            raws.append(_raw(platform, stock, rates.of(platform), needs, catalogue, today, goal))
            tried.setdefault(platform.category, []).append("")
            continue
        tried.setdefault(platform.category, []).append(needs.missing)
        if platform.kind != SELF:
            rejected.append(rejection(platform, needs))
    for category_id, codes in tried.items():
        if "" not in codes:
            rejected.append(_rejected_category(catalogue, category_id, codes))
    candidates = _scored(raws, goal, own_weeks or {})
    rows = _rows(candidates, catalogue, goal)
    tested = [row for row in rows if _has_pay(row.best)]
    untested = sorted(
        (row for row in rows if not _has_pay(row.best)),
        # Without pay to go by, what is known to exist goes before what has to be checked.
        key=lambda row: row.best.verify_first,
    )
    untested.sort(key=_wants_money)
    tested, held_back = _upfront_last(tested)
    return Advice(
        goal,
        tuple(replace(row, rank=rank) for rank, row in enumerate(tested, 1)),
        tuple(replace(row, rank=rank) for rank, row in enumerate([*untested, *held_back], 1)),
        tuple(rejected),
    )


def rejection(platform: Platform, needs: Needs) -> Rejection:
    """Return why one route does not come into question; its needs say what is missing."""
    code = needs.missing or "no_slot"
    text = rejection_text(platform, code, needs.failed)
    return Rejection("platform", platform.id, code, text)


def _rejected_category(catalogue: Catalogue, category_id: str, codes: Sequence[str]) -> Rejection:
    # The code closest to eligible says most: what is missing is one step away.
    order = (
        "block_too_short", "no_device", "no_place", "no_slot", "region", "profile", "no_asset",
        "no_skill", "closed",
    )  # fmt: skip
    code = min(codes, key=order.index)
    category = catalogue.categories[category_id]
    return Rejection("category", category_id, code, rejection_text(category, code, ()))


# What stands in the way


def needs_of(platform: Platform, stock: Stock, today: date) -> Needs:
    """Return what a person lacks for a route, or what of their time suits it.

    Unknown answers about the person never reject and never pass silently: they become checks.
    """
    wanted = platform.conditions
    if platform.fact("status").value == "closed" or platform.not_for_workers:
        return Needs("closed")
    missing = _missing_skill(wanted, stock)
    if missing:
        return Needs("no_skill", failed=missing)
    missing = _missing_asset(wanted, stock)
    if missing:
        return Needs("no_asset", failed=missing)
    code, failed, checks = _person(wanted, stock.profile, today)
    if code:
        return Needs(code, failed=failed)
    tags = inventory.asset_tags(stock.assets)
    checks += [f"asset:{tag}" for tag in wanted.assets_helpful if tag not in tags]
    if platform.income != "time":
        return Needs(None, (), tuple(checks))
    if not stock.slots:
        return Needs("no_slot", checks=tuple(checks))
    fits = [inventory.fit(free, wanted, stock.profile) for free in stock.slots]
    usable = tuple(fit.rule for fit in fits if fit.rule is not None)
    if not usable:
        codes = {fit.missing for fit in fits}
        code = next(one for one in ("block_too_short", "no_device", "no_place") if one in codes)
        return Needs(code)
    if slots.union_minutes_per_week(usable) == 0:
        # Dated slots alone: something to plan, but nothing that comes back every week.
        return Needs("no_slot", checks=tuple(checks))
    sure = tuple(fit.rule for fit in fits if fit.rule is not None and not fit.device_unsure)
    if slots.union_minutes_per_week(sure) == 0:
        return Needs(None, usable, (*checks, "pc"))
    return Needs(None, sure, tuple(checks))


def _missing_skill(wanted: Conditions, stock: Stock) -> tuple[str, ...]:
    if not (wanted.skills_any or wanted.skills_all):
        return ()
    have = inventory.skill_strengths(stock.skills)
    lacking = tuple(tag for tag in wanted.skills_all if tag not in have)
    if lacking:
        return lacking
    if wanted.skills_any and not any(tag in have for tag in wanted.skills_any):
        return wanted.skills_any
    return ()


def _missing_asset(wanted: Conditions, stock: Stock) -> tuple[str, ...]:
    if not (wanted.assets_any or wanted.assets_all):
        return ()
    have = inventory.asset_tags(stock.assets)
    lacking = tuple(tag for tag in wanted.assets_all if tag not in have)
    if lacking:
        return lacking
    if wanted.assets_any and not any(tag in have for tag in wanted.assets_any):
        return wanted.assets_any
    return ()


def _person(
    wanted: Conditions, profile: Mapping[str, str], today: date
) -> tuple[str | None, tuple[str, ...], list[str]]:
    checks = []
    if wanted.min_age is not None:
        if "birth_year" not in profile:
            checks.append("age")
        elif (years := today.year - int(profile["birth_year"])) < wanted.min_age:
            return "profile", ("age",), []
        elif years == wanted.min_age:
            checks.append("birthday")
    for certificate in wanted.certificates:
        state = inventory.certificate_state(certificate, profile)
        if state is None:
            checks.append(certificate)
        elif state == "no":
            return "profile", (certificate,), []
    if wanted.regions:
        city = profile.get("city")
        if city is None:
            checks.append("city")
        elif (inside := platforms.in_region(wanted.regions, city)) is None:
            checks.append("region")
        elif not inside:
            return "region", wanted.regions, []
    if profile.get("employer_forbids_side_jobs") == "yes":
        checks.append("employer")
    return None, (), checks


# Score


def _raw(
    platform: Platform,
    stock: Stock,
    rate: Rate,
    needs: Needs,
    catalogue: Catalogue,
    today: date,
    goal: Goal,
) -> _Raw:
    usable = slots.union_minutes_per_week(needs.usable) if needs.usable else 0
    safety = platforms.safety(platform)
    days = platforms.FAST_DAYS.get(platform.fact("settlement").value or "")
    values = {
        "pay": _pay_value(platform, rate, goal),
        "time": usable / (usable + TIME_SCALE_MINUTES) if platform.income == "time" else None,
        "skill": _skill_value(platform.conditions, stock),
        "safety": _safety_value(safety),
        "evidence": _evidence_value(platform, rate, today),
        "cash": None if days is None else _CASH[days],
        "growth": catalogue.categories[platform.category].growth,
    }
    flags = platforms.flags(platform, today, stock.profile.get("city"))
    return _Raw(platform, rate, values, usable, safety, flags, needs.checks)


def _pay_value(platform: Platform, rate: Rate, goal: Goal) -> float | None:
    if rate.paid_share == 0:
        return 0.0
    fen = rate.low_fen_per_hour if goal in BY_LOW else rate.mid_fen_per_hour
    if fen is None:
        return None
    # What goes unpaid is part of what an hour brings.
    expected = fen * (1 if rate.paid_share is None else rate.paid_share)
    return 1 - math.exp(-expected / PAY_SCALE_FEN)


def _safety_value(safety: platforms.Safety) -> float | None:
    """Return the share of the four facts that protect; what is not known counts a quarter."""
    if safety.known == 0:
        return None
    return (safety.good + UNKNOWN_FACT * (safety.total - safety.known)) / safety.total


def _skill_value(wanted: Conditions, stock: Stock) -> float | None:
    tags = (*wanted.skills_any, *wanted.skills_all)
    have = inventory.skill_strengths(stock.skills)
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


def _scored(
    raws: Sequence[_Raw], goal: Goal, own_weeks: Mapping[tuple[str, str], OwnWeeks]
) -> list[Candidate]:
    fallback = {}
    for name in COMPONENTS:
        known = sorted(value for raw in raws if (value := raw.values[name]) is not None)
        fallback[name] = known[int(UNKNOWN_QUANTILE * (len(known) - 1))] if known else 0.0
    result = []
    for raw in raws:
        parts = []
        for name in COMPONENTS:
            value = raw.values[name]
            filled = fallback[name] if value is None else value
            parts.append(Component(name, filled, WEIGHTS[goal][name], value is not None))
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


def weekly(rate: Rate, usable_minutes: int, weeks: OwnWeeks | None) -> Weekly | None:
    """Return what a week brings, or None while nobody knows how much work there is.

    The supply is known from at least three own weeks; it is capped at their 80th percentile and
    at the usable minutes. What goes unpaid is taken off.
    """
    if weeks is None or len(weeks.minutes) < LEAST_WEEKS or rate.mid_fen_per_hour is None:
        return None
    ordered = sorted(weeks.minutes)
    minutes = min(ordered[math.ceil(WEEKLY_QUANTILE * len(ordered)) - 1], usable_minutes)
    share = 1.0 if rate.paid_share is None else rate.paid_share

    def per_week(fen: int | None) -> int:
        return math.floor((fen or 0) * minutes * share / 60)

    return Weekly(
        per_week(rate.low_fen_per_hour),
        per_week(rate.mid_fen_per_hour),
        per_week(rate.high_fen_per_hour),
        minutes,
    )


# Rows


def _rows(candidates: Sequence[Candidate], catalogue: Catalogue, goal: Goal) -> list[Pick]:
    groups: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in candidates:
        key = (candidate.platform.category, candidate.platform.income)
        groups.setdefault(key, []).append(candidate)
    rows = []
    for (category, kind), routes in groups.items():
        ordered = sorted(routes, key=_route_order)
        rows.append(
            Pick(
                0,
                category,
                catalogue.categories[category].name,
                kind,
                tuple(ordered),
                reasons_for(ordered[0], catalogue),
                first_step(ordered[0]),
            )
        )
    return sorted(rows, key=lambda row: (-row.best.score, row.category, row.kind))


def _route_order(candidate: Candidate) -> tuple[bool, bool, bool, bool, float, str]:
    """Order the routes of one row: the best eligible one that nothing speaks against comes first.

    Money up front and unverified platforms never lead while another route is eligible; public
    entrances lead boards; a route with credible pay goes before one without.
    """
    return (
        "upfront_required" in candidate.flags,
        candidate.verify_first,
        not candidate.platform.public_entrance,
        not _has_pay(candidate),
        -candidate.score,
        candidate.platform.id,
    )


def _has_pay(candidate: Candidate) -> bool:
    if candidate.platform.income == "time":
        return candidate.rate.mid_fen_per_hour is not None
    return candidate.income is not None


def _wants_money(row: Pick) -> bool:
    return "upfront_required" in row.best.flags


def _upfront_last(rows: list[Pick]) -> tuple[list[Pick], list[Pick]]:
    """Return the rows with those that want money first moved below the third place.

    Where too few other rows would stand before them, they are handed back separately.
    """
    safe = [row for row in rows if not _wants_money(row)]
    paying = [row for row in rows if _wants_money(row)]
    if not paying:
        return rows, []
    if len(safe) < UPFRONT_RANK:
        return safe, paying
    head, tail = safe[:UPFRONT_RANK], [*safe[UPFRONT_RANK:], *paying]
    tail.sort(key=lambda row: (-row.best.score, row.category, row.kind))
    return [*head, *tail], []
