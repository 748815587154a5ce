"""How well gigs pay, learned from few records: a route borrows from its category, that from you.

The logarithm of what a paid gig brings per hour is taken for the sum of

    what the catalogue claims + how far the catalogue is off for this person + the category's own
    difference + the route's own difference + the time of the week − how slow a beginner is + luck,

each part normal around zero with a named spread, the luck with heavy tails.  The best guess of all
parts at once is one linear system; the spread of the luck is learned along with it, and so are its
tails, so that a range for the next gig holds also where pay is wilder than assumed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from xianke import _fading, _linear, _tails

Route = tuple[str, str]
"""A category and a platform in it (or `self`)."""

USER_SPREAD = 0.5
"""How far published pay as a whole may be off for one person: advertised figures are rosy, by an
unknown amount. Judgement; the own log soon says."""

CATEGORY_SPREAD = 0.3
UNTOLD_CATEGORY_SPREAD = 0.8
"""How far a category may differ from that, where the catalogue names its pay and where not: the
published middles of categories differ by about as much among themselves."""

ROUTE_SPREAD = 0.38
"""How far one platform may differ from its category. Judgement, of the order of the differences
between platforms of one trade in the catalogue's own figures."""

CELL_SPREAD = 0.14
"""How far pay at one time of the week differs from the rest in the same category."""

GIG_SPREAD = 0.4
GIG_SPREAD_WEIGHT = 8.0
"""How much gigs on one route differ from each other before the own ones say, worth eight gigs. Of
the order found in public records of ride and delivery pay."""

DRIFT_SPREAD = 0.1
"""What a level may have moved since the last gig."""

PRACTICE_SLOWNESS = 0.3
PRACTICE_SPREAD = 0.12
PRACTICE_GIGS = 4.0
"""A first gig in a new category takes about a third longer than a practised one; the difference
fades with e-fold four gigs. Judgement after the law of practice (Newell and Rosenbloom 1981)."""

ROUNDS = 3
"""Rounds of reweighing; the spread changes by less than a percent after the third."""

_EDGES = (0, 360, 540, 720, 840, 1020, 1140, 1260)
_SATURDAY = 6


def cell_of(isoweekday: int, minute: int) -> int:
    """Return the time of the week of a start: workday or weekend, and eight parts of the day."""
    part = sum(edge <= minute for edge in _EDGES) - 1
    return part + (len(_EDGES) if isoweekday >= _SATURDAY else 0)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is believed of a route before any own gig.

    `mean` is the log of net fen per hour; `told` says whether the category's pay is known at all;
    `spread` is how far the route may differ from its category.
    """

    mean: float
    told: bool = True
    spread: float = ROUTE_SPREAD


@dataclass(frozen=True, slots=True)
class Sample:
    """One paid gig: the log of its net fen per hour, how old it is, how practised the person was.

    `cell` is None where the start is not known; `practice` counts gigs of the category before
    this one, rejected ones left out. `weight` is how much it says beside a gig of usual length.
    """

    route: Route
    log_rate: float
    age_weeks: float
    practice: int
    cell: int | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Level:
    """Mean and variance of the log of what a gig brings per hour, its luck left aside."""

    mean: float
    variance: float


_Part = tuple[Literal["category"], str] | tuple[Literal["route"], Route] | tuple[str, int]
_USER, _PRACTICE = 0, 1


@dataclass(frozen=True, slots=True)
class Levels:
    """What all own gigs say together.

    `parts` gives the place of each part in `best`; `factor` is the Cholesky factor of their
    precision. `gig_variance` is that of the luck; `low_step` and `high_step` are how many of its
    standard deviations the 10 % and 90 % points lie from the middle.
    """

    claims: Mapping[Route, Claim]
    parts: Mapping[_Part, int]
    best: Sequence[float]
    factor: Sequence[Sequence[float]]
    gig_variance: float
    low_step: float
    high_step: float
    half_life: float
    _doubts: dict[tuple[int | float, ...], float] = field(
        default_factory=dict, repr=False, compare=False
    )

    def seen(self, route: Route) -> bool:
        """Return whether an own paid gig speaks for the route itself."""
        return ("route", route) in self.parts

    def category_seen(self, category: str) -> bool:
        """Return whether an own paid gig speaks for the category."""
        return ("category", category) in self.parts

    @property
    def shift(self) -> float:
        """Return how far, on the log scale, published pay as a whole is off for this person.

        Never above zero: good luck elsewhere must not make untried work look better.
        """
        return min(0.0, self.best[_USER])

    def level(
        self, route: Route, *, cell: int | None = None, practice: float | None = None
    ) -> Level:
        """Return the level of a route, at one time of the week and for somebody so practised.

        Raise KeyError for a route without a claim.
        """
        claim = self.claims[route]
        category = route[0]
        wanted: list[tuple[_Part, float]] = [
            (("category", category), _category_spread(claim)),
            (("route", route), claim.spread),
        ]
        if cell is not None:
            wanted.append(((category, cell), CELL_SPREAD))
        unknown = 0.0
        places: list[int] = []
        for part, spread in wanted:
            at = self.parts.get(part)
            if at is None:
                unknown += spread**2
            else:
                places.append(at)
        slow = 0.0 if practice is None else -_slowness(practice)
        best = self.best
        mean = claim.mean + best[_USER] + slow * best[_PRACTICE] + sum(best[at] for at in places)
        if not self.category_seen(category):
            mean += self.shift - best[_USER]
        return Level(mean, unknown + self._doubt(places, slow))

    def _doubt(self, places: Sequence[int], slow: float) -> float:
        """Return the variance of a sum of parts; most routes share theirs, so it is remembered."""
        key = (slow, *places)
        if key not in self._doubts:
            direction = [0.0] * len(self.best)
            direction[_USER], direction[_PRACTICE] = 1.0, slow
            for at in places:
                direction[at] = 1.0
            self._doubts[key] = _linear.squared_length(self.factor, direction)
        return self._doubts[key]


def fit(claims: Mapping[Route, Claim], samples: Sequence[Sample]) -> Levels:
    """Return what *samples* say of the routes in *claims*, in any order the same.

    Raise KeyError for a sample whose route has no claim.
    """
    # Exact sums and a fixed order: how gigs were logged must not show.
    ordered = sorted(samples, key=_in_order)
    half_life = _fading.likely_half_life(_logs(claims, ordered), GIG_SPREAD)
    parts, precision = _layout(claims, ordered)
    rows = [_row(claims, parts, sample, half_life) for sample in ordered]
    variance, trust = GIG_SPREAD**2, [1.0] * len(rows)
    factor: _linear.Rows = []
    best: list[float] = []
    for round_number in range(ROUNDS):
        factor, best = _solved(precision, rows, trust, variance)
        if round_number < ROUNDS - 1:
            variance, trust = _reweighed(rows, factor, best, variance)
    low, high = _tails.steps(_surprises(rows, factor, best, trust, variance))
    return Levels(claims, parts, best, factor, variance, low, high, half_life)


def _in_order(sample: Sample) -> tuple[float, Route, float, int, int, float]:
    cell = -1 if sample.cell is None else sample.cell
    return (
        sample.age_weeks, sample.route, sample.log_rate, sample.practice, cell, sample.weight
    )  # fmt: skip


def _logs(
    claims: Mapping[Route, Claim], samples: Sequence[Sample]
) -> dict[Route, list[tuple[float, float]]]:
    """Return, per route, (age in weeks, log rate against its claim) of its gigs, oldest first."""
    found: dict[Route, list[tuple[float, float]]] = {}
    for sample in reversed(samples):
        rest = sample.log_rate - claims[sample.route].mean
        found.setdefault(sample.route, []).append((sample.age_weeks, rest))
    return found


def _category_spread(claim: Claim) -> float:
    return CATEGORY_SPREAD if claim.told else UNTOLD_CATEGORY_SPREAD


def _slowness(practice: float) -> float:
    return math.exp(-practice / PRACTICE_GIGS)


@dataclass(frozen=True, slots=True)
class _Row:
    """One gig as a row of the linear system: which parts it is the sum of, and its weight."""

    parts: tuple[int, ...]
    slow: float
    rest: float
    fade: float


def _layout(
    claims: Mapping[Route, Claim], samples: Sequence[Sample]
) -> tuple[dict[_Part, int], list[float]]:
    """Return the place of each part that some gig speaks for, and each part's prior precision."""
    parts: dict[_Part, int] = {}
    precision = [USER_SPREAD**-2, PRACTICE_SPREAD**-2]
    for sample in samples:
        claim = claims[sample.route]
        category = sample.route[0]
        wanted: list[tuple[_Part, float]] = [
            (("category", category), _category_spread(claim)),
            (("route", sample.route), claim.spread),
        ]
        if sample.cell is not None:
            wanted.append(((category, sample.cell), CELL_SPREAD))
        for part, spread in wanted:
            if part not in parts:
                parts[part] = len(precision)
                precision.append(spread**-2)
    return parts, precision


def _row(
    claims: Mapping[Route, Claim], parts: Mapping[_Part, int], sample: Sample, half_life: float
) -> _Row:
    category = sample.route[0]
    places = [parts["category", category], parts["route", sample.route]]
    if sample.cell is not None:
        places.append(parts[category, sample.cell])
    return _Row(
        tuple(sorted(places, reverse=True)),
        -_slowness(sample.practice),
        sample.log_rate - claims[sample.route].mean,
        sample.weight * 0.5 ** (sample.age_weeks / half_life),
    )


@dataclass(slots=True)
class _Sums:
    """Gigs that are the sum of the same parts, added up: weights, and weighed figures."""

    weight: float = 0.0
    slow: float = 0.0
    slow_squared: float = 0.0
    seen: float = 0.0
    slow_seen: float = 0.0


def _sums(
    rows: Sequence[_Row], trust: Sequence[float], variance: float
) -> dict[tuple[int, ...], _Sums]:
    found: dict[tuple[int, ...], _Sums] = {}
    for row, trusted in zip(rows, trust, strict=True):
        sums = found.get(row.parts)
        if sums is None:
            sums = found[row.parts] = _Sums()
        weight = row.fade * trusted / variance
        slow, seen = weight * row.slow, weight * row.rest
        sums.weight += weight
        sums.slow += slow
        sums.slow_squared += slow * row.slow
        sums.seen += seen
        sums.slow_seen += slow * row.rest
    return found


def _solved(
    precision: Sequence[float], rows: Sequence[_Row], trust: Sequence[float], variance: float
) -> tuple[_linear.Rows, list[float]]:
    """Return the factor of the posterior precision and the best guess of every part."""
    lower = [[0.0] * at + [own] for at, own in enumerate(precision)]
    right = [0.0] * len(precision)
    right[_PRACTICE] = PRACTICE_SLOWNESS * precision[_PRACTICE]
    for parts, sums in _sums(rows, trust, variance).items():
        lower[_USER][_USER] += sums.weight
        lower[_PRACTICE][_USER] += sums.slow
        lower[_PRACTICE][_PRACTICE] += sums.slow_squared
        right[_USER] += sums.seen
        right[_PRACTICE] += sums.slow_seen
        for number, at in enumerate(parts):
            line = lower[at]
            line[_USER] += sums.weight
            line[_PRACTICE] += sums.slow
            right[at] += sums.seen
            for before in parts[number:]:
                line[before] += sums.weight
    factor = _linear.cholesky(lower)
    return factor, _linear.solve(factor, right)


def _fitted(
    rows: Sequence[_Row], factor: _linear.Rows, best: Sequence[float]
) -> dict[tuple[int, ...], Level]:
    """Return the fitted value of each combination of parts, slowness left aside, and its doubt."""
    columns = _linear.inverse(factor)
    return {
        parts: Level(
            best[_USER] + sum(best[at] for at in parts),
            _linear.summed_length(columns, (_USER, *parts)),
        )
        for parts in dict.fromkeys(row.parts for row in rows)
    }


def _miss(row: _Row, fitted: Level, best: Sequence[float]) -> float:
    return row.rest - fitted.mean - best[_PRACTICE] * row.slow


def _reweighed(
    rows: Sequence[_Row], factor: _linear.Rows, best: Sequence[float], variance: float
) -> tuple[float, list[float]]:
    """Return the spread of the luck as the misses show it, and how far to trust each gig.

    One step of expectation and maximization for Student's t: a gig far out counts less.
    """
    fitted = _fitted(rows, factor, best)
    trust, total, weight = [], GIG_SPREAD_WEIGHT * GIG_SPREAD**2, GIG_SPREAD_WEIGHT
    for row in rows:
        level = fitted[row.parts]
        square = _miss(row, level, best) ** 2 + level.variance
        trusted = (_tails.FREEDOM + 1) / (_tails.FREEDOM + square / variance)
        trust.append(trusted)
        total += row.fade * trusted * square
        weight += row.fade
    return total / weight, trust


def _surprises(
    rows: Sequence[_Row],
    factor: _linear.Rows,
    best: Sequence[float],
    trust: Sequence[float],
    variance: float,
) -> list[tuple[float, float]]:
    """Return each gig's miss in standard deviations, as if it had not been seen, and its weight."""
    fitted = _fitted(rows, factor, best)
    found = []
    for row, trusted in zip(rows, trust, strict=True):
        level = fitted[row.parts]
        doubt = level.variance
        # Leaving one row out of a linear fit: its miss grows by the pull it had on the fit.
        left = max(1 - row.fade * trusted / variance * doubt, 0.1)
        found.append(
            (_miss(row, level, best) / left / math.sqrt(variance + doubt / left), row.fade)
        )
    return found
