"""How much work there is: minutes found of minutes sought, learned where failures are logged too.

Asking a route for work is a draw. The chance falls with the minutes already asked of it in the
same week: found(a) = q / (1 + (a / c)²), where q is the chance of the first request and c the
minutes after which it has halved. Neither is known; both are weighed on a grid, by the own
requests, faded; platforms of one category lend each other what is known of c. A route that
had work and has had none ever since may have shut.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xianke.levels import Route

FIRST_CHANCE = 0.82
FIRST_CHANCE_WEIGHT = 4.0
"""The chance that a first request finds work before own requests say, worth four of them. Nobody
publishes one; judgement."""

HALVED_MINUTES = 250.0
HALVED_SPREAD = 0.8
HALVED_ROUTE_SPREAD = 0.5
"""Minutes a week after which the chance has halved, how unsure that is (log scale), and how much
platforms of one category differ in it. Judgement: between one long gig and a part-time job."""

HALF_LIFE_WEEKS = 14.0
"""Weeks after which a request counts half: demand moves with the seasons."""

SHUT_PER_WEEK = 0.001
"""How likely a route shuts in a week, for all that is asked of it. Kept small: a shut platform that
is asked once more costs a search, an open one that is dropped for good costs its pay."""

_CHANCES = (0.02, 0.1, 0.25, 0.4, 0.5, 0.6, 0.7, 0.78, 0.85, 0.91, 0.96)
_HALVED = tuple(45 * 1.45**step for step in range(11))
_ROUNDED_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Request:
    """One time that a route was asked for work.

    `asked_minutes` is what had been asked of it before in the same week; `found` says whether
    there was any.
    """

    route: Route
    age_weeks: float
    asked_minutes: int
    found: bool


@dataclass(frozen=True, slots=True)
class Supply:
    """The chance of work on one route: weights of every chance on the grid, by halving minutes.

    `open_share` is the chance that the route has not shut; `requests` how many own ones there are.
    """

    weights: tuple[float, ...]
    open_share: float = 1.0
    requests: int = 0

    def chance(self, asked_minutes: float) -> float:
        """Return the chance of work after *asked_minutes* of the same week."""
        if not asked_minutes:
            # Asked for every block of a plan.
            return self.open_share * sum(self.weights)
        return self.open_share * sum(
            weight * _share(asked_minutes, halved)
            for weight, halved in zip(self.weights, _HALVED, strict=True)
        )


def learn(routes: Iterable[Route], requests: Sequence[Request]) -> dict[Route, Supply]:
    """Return the supply of every route, from the own requests of all of them."""
    by_route: dict[Route, list[Request]] = {}
    for request in requests:
        by_route.setdefault(request.route, []).append(request)
    likelihoods = {route: _likelihood(own) for route, own in by_route.items()}
    seen = {route: _lent(table) for route, table in likelihoods.items()}
    by_category: dict[str, list[Route]] = {}
    for route in sorted(seen):
        by_category.setdefault(route[0], []).append(route)
    result: dict[Route, Supply] = {}
    strangers: dict[str, Supply] = {}
    for route in routes:
        siblings = [seen[one] for one in by_category.get(route[0], ()) if one != route]
        if route in likelihoods:
            own = by_route[route]
            supply = _supply(_halved_prior(siblings), likelihoods[route])
            result[route] = replace(supply, open_share=_open(supply, own), requests=len(own))
        else:
            # All platforms of a category that were never asked look the same.
            if route[0] not in strangers:
                strangers[route[0]] = _supply(_halved_prior(siblings), None)
            result[route] = strangers[route[0]]
    return result


def _normal(values: Sequence[float]) -> tuple[float, ...]:
    whole = math.fsum(values)
    return tuple(value / whole for value in values)


def _bell(center: float, spread: float) -> tuple[float, ...]:
    return _normal([math.exp(-((math.log(one / center) / spread) ** 2) / 2) for one in _HALVED])


_CHANCE_PRIOR = _normal(
    [
        chance ** (FIRST_CHANCE * FIRST_CHANCE_WEIGHT - 1)
        * (1 - chance) ** ((1 - FIRST_CHANCE) * FIRST_CHANCE_WEIGHT - 1)
        for chance in _CHANCES
    ]
)
_CATEGORY_PRIOR = _bell(HALVED_MINUTES, HALVED_SPREAD)
_AROUND = tuple(_bell(center, HALVED_ROUTE_SPREAD) for center in _HALVED)

_Table = list[list[float]]
"""Rows of first chances by columns of halving minutes."""


def _share(asked_minutes: float, halved: float) -> float:
    """Return what of the first chance is left after so many minutes."""
    return 1 / (1 + (asked_minutes / halved) ** 2)


def _likelihood(requests: Sequence[Request]) -> _Table:
    """Return how likely the requests of one route are under every point of the grid."""
    counts: dict[int, list[float]] = {}
    for request in requests:
        asked = round(request.asked_minutes / _ROUNDED_MINUTES) * _ROUNDED_MINUTES
        fade = 0.5 ** (request.age_weeks / HALF_LIFE_WEEKS)
        counts.setdefault(asked, [0.0, 0.0])[request.found] += fade
    pairs = sorted(counts.items())
    # What was found tells of the first chance and of the halving apart; what was not, of both.
    found_all = math.fsum(found for _missed, found in counts.values())
    halvings = [
        math.fsum(found * math.log(_share(asked, halved)) for asked, (_missed, found) in pairs)
        for halved in _HALVED
    ]
    table = [[found_all * math.log(first) + kept for kept in halvings] for first in _CHANCES]
    for asked, (missed, _found) in pairs:
        if not missed:
            continue
        for column, halved in enumerate(_HALVED):
            share = _share(asked, halved)
            for row, first in enumerate(_CHANCES):
                table[row][column] += missed * math.log1p(-first * share)
    top = max(map(max, table))
    return [[math.exp(value - top) for value in row] for row in table]


def _lent(table: _Table) -> tuple[float, ...]:
    """Return how likely a category's usual halving minutes are, as one of its routes sees them."""
    columns = [
        sum(prior * row[column] for prior, row in zip(_CHANCE_PRIOR, table, strict=True))
        for column in range(len(_HALVED))
    ]
    return tuple(
        sum(near * value for near, value in zip(around, columns, strict=True)) for around in _AROUND
    )


def _halved_prior(siblings: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return the prior of a route's halving minutes, given what its siblings saw."""
    center = list(_CATEGORY_PRIOR)
    for sibling in siblings:
        center = [own * other for own, other in zip(center, sibling, strict=True)]
    center = list(_normal(center))
    return tuple(
        sum(weight * around[column] for weight, around in zip(center, _AROUND, strict=True))
        for column in range(len(_HALVED))
    )


def _supply(halved: Sequence[float], table: _Table | None) -> Supply:
    """Return the expected first chance under every column of halving minutes, weighed."""
    weights = [0.0] * len(_HALVED)
    whole = 0.0
    for number, (prior, chance) in enumerate(zip(_CHANCE_PRIOR, _CHANCES, strict=True)):
        for column, width in enumerate(halved):
            mass = prior * width * (1.0 if table is None else table[number][column])
            whole += mass
            weights[column] += mass * chance
    return Supply(tuple(weight / whole for weight in weights))


def _open(supply: Supply, requests: Sequence[Request]) -> float:
    """Return the chance that a route is open, by what it was asked since it last had work."""
    weeks = min((one.age_weeks for one in requests if one.found), default=None)
    missed = [one for one in requests if weeks is None or one.age_weeks < weeks]
    if not missed:
        return 1.0
    since = max(one.age_weeks for one in missed) if weeks is None else weeks
    shut: float = 1 - (1 - SHUT_PER_WEEK) ** max(1.0, since)
    luck: float = math.prod(1 - supply.chance(one.asked_minutes) for one in missed)
    still = (1 - shut) * luck
    return still / (still + shut)
