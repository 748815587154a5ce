"""What published statements say an hour brings: from advertised and gross down to a net range.

A prior is a lognormal of net fen per hour. Its every step is kept in words, with its source.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.platforms import Catalogue, Factor, Pay, Platform

Z80 = 1.2816
"""The standard normal quantile that leaves 10 % on either side."""

MIN_SPREAD = 0.25
"""Log-scale floor of a prior: nobody knows the pay of strangers to better than about 30 %."""

THIRD_PARTY_WIDENING = 1.3
FALLBACK_WIDENING = 1.3
UNDATED_SPREAD = 0.2
"""Wideners of weak evidence: figures of third parties, a category standing in for a platform,
and statements without a date. Judgement, not measurement."""

ADMITTED = ("official", "press", "third_party")
"""Grades that can make a prior. A community's estimate only widens what others say."""

CASES_FOR_TYPICAL = 3
"""One person's case is never typical; the median of at least three cases may be."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a stated figure to the prior, in words, with its source."""

    text: str
    source: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Prior:
    """A lognormal of net fen per hour before any own gig; `mu` and `sigma` on the log scale."""

    mu: float
    sigma: float
    as_of: str | None
    discounted: bool
    steps: tuple[Step, ...]


def factors_of(catalogue: Catalogue, costs: Sequence[str]) -> list[Factor]:
    """Return the factors of some work: its own costs, and those of all statements about pay."""
    return [catalogue.factors[name] for name in (*costs, "unpaid_share", "advertised")]


def of_route(catalogue: Catalogue, platform: Platform) -> Prior | None:
    """Return the prior of a route: its own pay facts, else its category's, made wider.

    Only paid time has an hourly prior; what sells or stands rented is paid per item or month.
    """
    if platform.income != "time":
        return None
    factors = factors_of(catalogue, platform.costs)
    own = from_statements(platform.pay, factors, alone=True)
    if own is not None or not platform.category_rate:
        return own
    category = catalogue.categories[platform.category]
    shared = from_statements(category.rates, factors)
    if shared is None:
        return None
    step = Step(
        _("没有这个平台自己的可信时薪，用「{category}」整类的行情，范围放宽").format(
            category=category.name
        ),
        _("目录"),
        catalogue.as_of,
    )
    return Prior(
        shared.mu,
        shared.sigma * FALLBACK_WIDENING,
        shared.as_of,
        shared.discounted,
        (*shared.steps, step),
    )


@dataclass(frozen=True, slots=True)
class _Hourly:
    """A pay fact in fen per hour, on the log scale."""

    low: float | None
    typical: float | None
    high: float | None
    pay: Pay


def _hourly(pay: Pay) -> _Hourly | None:
    """Return a pay fact per hour, or None where it names no sum or no length of the work."""
    if pay.measure == "customer_price" or not (pay.low or pay.typical or pay.high):
        return None
    if pay.unit == "yuan_per_hour":
        scale = 100.0
    elif pay.minutes:
        scale = 6000.0 / pay.minutes
    else:
        return None

    def log(value: float | None) -> float | None:
        return math.log(value * scale) if value else None

    return _Hourly(log(pay.low), log(pay.typical), log(pay.high), pay)


def from_statements(
    pays: Sequence[Pay], factors: Sequence[Factor], *, alone: bool = False
) -> Prior | None:
    """Return what statements about pay amount to, or None if they do not make a distribution.

    Low and high are the 10 % and 90 % points, typical the median; at least two of the three must
    be known. *alone* marks a single platform's facts, which a community estimate never widens.
    """
    facts = [fact for fact in map(_hourly, pays) if fact is not None]
    admitted = [fact for fact in facts if fact.pay.grade in ADMITTED]
    broad = [fact for fact in admitted if not fact.pay.single_case]
    if not broad and len(admitted) < CASES_FOR_TYPICAL:
        return None
    nets = [_net(fact, factors) for fact in admitted]
    typicals = [
        net.typical
        for net, fact in zip(nets, admitted, strict=True)
        if net.typical is not None and not fact.pay.single_case
    ]
    cases = [_middle(net) for net, fact in zip(nets, admitted, strict=True) if fact.pay.single_case]
    if len(cases) < CASES_FOR_TYPICAL:
        cases = []
    has_low = any(net.low is not None for net in nets) or bool(cases)
    has_high = any(net.high is not None for net in nets) or bool(cases)
    typical = median(typicals or cases) if typicals or cases else None
    if (typical is not None) + has_low + has_high < 2:
        return None
    lows, highs = _ends(nets)
    # Of a case with one end alone, that end is all there is.
    lows, highs = lows + cases, highs + cases
    if typical is None:
        # The middle is that of the evidence: hearsay widens a range and never moves it.
        typical = (min(lows) + max(highs)) / 2
    hearsay = [] if alone else [_net(fact, factors) for fact in facts if fact not in admitted]
    more_lows, more_highs = _ends(hearsay)
    low = min(lows + more_lows) if has_low else None
    high = max(highs + more_highs) if has_high else None
    stated = max(_spread(low, typical, high), MIN_SPREAD)
    sigma = math.hypot(stated, median(net.spread for net in nets))
    if all(fact.pay.grade == "third_party" for fact in admitted):
        sigma *= THIRD_PARTY_WIDENING
    return Prior(
        typical,
        sigma,
        max((fact.pay.date for fact in admitted if fact.pay.date), default=None),
        any(net.discounts for net in nets),
        _steps(admitted, nets),
    )


def _ends(nets: Sequence[_Net]) -> tuple[list[float], list[float]]:
    """Return what may be the lower end of a range, and what may be the upper."""
    lows = [end for net in nets for end in (net.low, net.typical) if end is not None]
    highs = [end for net in nets for end in (net.high, net.typical) if end is not None]
    return lows, highs


def _spread(low: float | None, middle: float, high: float | None) -> float:
    """Return the spread, on the log scale, from at least one end of a range and its middle."""
    if low is not None and high is not None:
        return (high - low) / (2 * Z80)
    return max(abs(end - middle) for end in (low, high) if end is not None) / Z80


@dataclass(frozen=True, slots=True)
class _Net:
    """A fact brought down to net, with the spread the factors add and the factors used."""

    low: float | None
    typical: float | None
    high: float | None
    spread: float
    discounts: tuple[Factor, ...]


def _net(fact: _Hourly, factors: Sequence[Factor]) -> _Net:
    pay = fact.pay
    used = []
    if pay.measure != "net":
        for factor in factors:
            if factor.id == "unpaid_share" and pay.unpaid_included:
                continue
            if factor.id == "advertised" and pay.measure != "advertised":
                continue
            used.append(factor)
    shift = sum(math.log1p(-factor.share) for factor in used)
    spread = math.sqrt(
        sum(factor.spread**2 for factor in used) + (0.0 if pay.date else UNDATED_SPREAD**2)
    )

    def moved(value: float | None) -> float | None:
        return None if value is None else value + shift

    return _Net(moved(fact.low), moved(fact.typical), moved(fact.high), spread, tuple(used))


def _middle(net: _Net) -> float:
    if net.typical is not None:
        return net.typical
    ends = [end for end in (net.low, net.high) if end is not None]
    return sum(ends) / len(ends)


def _steps(facts: Sequence[_Hourly], nets: Sequence[_Net]) -> tuple[Step, ...]:
    """Say where the figures come from and what was taken off them, each factor once."""
    steps = []
    for fact in facts:
        pay = fact.pay
        known = [f"{value:g}" for value in (pay.low, pay.typical, pay.high) if value is not None]
        figure = "–".join(dict.fromkeys(known))
        if pay.unit != "yuan_per_hour":
            text = _("每次 {figure} 元，一次按 {minutes} 分钟推算").format(
                figure=figure, minutes=pay.minutes
            )
        elif pay.derived:
            text = _("每小时 {figure} 元（推算）").format(figure=figure)
        else:
            text = _("每小时 {figure} 元").format(figure=figure)
        steps.append(Step(text, pay.by, pay.date))
    factors = {factor.id: factor for net in nets for factor in net.discounts}
    steps.extend(Step(factor.text, factor.source, factor.date) for factor in factors.values())
    return tuple(steps)
