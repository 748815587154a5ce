"""What an hour on a route brings: the catalogue as prior, the user's own gigs on top.

Everything happens on the log scale, where pay is roughly symmetric. A range is the 80 % range
for the next *paid* gig's net per hour, waiting and travelling included; the middle is its median.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from xianke import priors
from xianke.gigs import EARNED, net_fen
from xianke.platforms import SELF
from xianke.searches import is_search

if TYPE_CHECKING:
    from xianke.platforms import Catalogue, Platform
    from xianke.priors import Prior, Step
    from xianke.records import Gig

Basis = Literal["catalogue", "own", "both", "none"]

GIG_SPREAD = 0.45
GIG_SPREAD_WEIGHT = 4
"""Prior of how much gigs on one route differ from each other (log scale), worth four gigs.
Of the order found in public records of ride and delivery pay."""

OWN_ALONE_SPREAD = 0.8
"""How unsure the level of a route is before the first gig, where no catalogue figure exists."""

LEAST_FEN_PER_HOUR = 50
"""A paid gig that brought less than half a yuan an hour, or a loss, counts as this much in the
range, because a logarithm has no place for a loss. Reports show the loss itself."""

ROUNDING_ROOM = 1e-6
"""Fen by which a figure may fall short of a whole one and still be it."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What an hour on a route brings, net: fen per hour, None where nothing credible is known.

    `as_of` is the day of the newest own gig or, before the first, the date of the evidence;
    `stated_as_of` is the date of the evidence alone.
    `paid_share` is the share of own settled gigs that were paid, None before the first.
    `own_net_fen_per_hour` is the plain effective rate of the own timed gigs, losses included.
    """

    low_fen_per_hour: int | None
    mid_fen_per_hour: int | None
    high_fen_per_hour: int | None
    basis: Basis
    own_gigs: int
    as_of: str | None
    discounted: bool = False
    paid_share: float | None = None
    own_net_fen_per_hour: int | None = None
    losses: int = 0
    steps: tuple[Step, ...] = ()
    stated_as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Rates:
    """All rates, by (category, platform) and by category."""

    routes: Mapping[tuple[str, str], Rate]
    categories: Mapping[str, Rate]

    def of(self, platform: Platform) -> Rate:
        """Return the rate of one route."""
        return self.routes[platform.category, platform.id]


@dataclass(frozen=True, slots=True)
class Own:
    """The own timed gigs of one route or category: earned rates on the log scale, and totals.

    What is delivered but not paid yet is neither paid nor rejected.
    """

    logs: tuple[float, ...]
    gigs: int
    paid: int
    rejected: int
    net_fen: int
    minutes: int
    losses: int
    last_day: str


def learn(catalogue: Catalogue, gigs: Iterable[Gig]) -> Rates:
    """Return the rate of every route and category from the catalogue and the own *gigs*.

    *gigs* are timed and finished; where no work was found, nothing is learned. A gig of a private
    client speaks for the `self` route of its category; a gig logged under another category than
    its platform's speaks for that one.
    """
    by_route: dict[tuple[str, str], list[Gig]] = {}
    by_category: dict[str, list[Gig]] = {}
    for gig in gigs:
        if is_search(gig):
            continue
        route = route_of(catalogue, gig.platform, gig.category)
        by_route.setdefault(route, []).append(gig)
        by_category.setdefault(route[0], []).append(gig)
    routes: dict[tuple[str, str], Rate] = {}
    categories: dict[str, Rate] = {}
    for category in catalogue.categories.values():
        shared = priors.from_statements(
            category.rates, priors.factors_of(catalogue, category.costs)
        )
        categories[category.id] = _blend(shared, by_category.get(category.id))
    for platform in catalogue.routes():
        key = (platform.category, platform.id)
        routes[key] = _blend(priors.of_route(catalogue, platform), by_route.pop(key, None))
    for key, left in by_route.items():
        # A client's or platform's gig outside any route of the catalogue still has its own rate.
        routes[key] = _blend(None, left)
    return Rates(routes, categories)


def route_of(catalogue: Catalogue, platform_id: str, category: str | None) -> tuple[str, str]:
    """Return the route, (category, platform), that a gig is evidence for."""
    platform = catalogue.platforms.get(platform_id)
    where = category or (platform.category if platform is not None else "")
    return where, SELF if platform is None or platform.kind == "client" else platform_id


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list of rates."""

    key: str
    name: str
    rate: Rate


def by_category(catalogue: Catalogue, rates: Rates) -> list[Line]:
    """Return the rates of the categories of which anything is known, own ones first."""
    return _ordered(
        Line(key, catalogue.categories[key].name, rate)
        for key, rate in rates.categories.items()
        if rate.basis != "none"
    )


def by_platform(catalogue: Catalogue, rates: Rates, gigs: Sequence[Gig]) -> list[Line]:
    """Return every platform with an own timed gig, then those that the catalogue has a rate for."""
    own = own_rates(catalogue, gigs)
    stated = (
        Line(platform.id, platform.name, rates.of(platform))
        for platform in catalogue.routes()
        if platform.kind != SELF
        and platform.id not in own
        and platform.fact("status").value != "closed"
        and platform.not_for_workers is None
        and rates.of(platform).basis != "none"
    )
    return _ordered(
        [*(Line(key, _name(catalogue, key), rate) for key, rate in own.items()), *stated]
    )


def _ordered(lines: Iterable[Line]) -> list[Line]:
    return sorted(
        lines,
        key=lambda line: (line.rate.own_gigs == 0, -(line.rate.mid_fen_per_hour or 0), line.key),
    )


def _name(catalogue: Catalogue, key: str) -> str:
    platform = catalogue.platforms.get(key)
    return platform.name if platform is not None else key


def stated(catalogue: Catalogue, route: tuple[str, str]) -> Rate:
    """Return what the catalogue alone says of a route, own gigs left aside."""
    platform = next((one for one in catalogue.routes() if (one.category, one.id) == route), None)
    return _blend(None if platform is None else priors.of_route(catalogue, platform), None)


def own_rates(catalogue: Catalogue, gigs: Iterable[Gig]) -> dict[str, Rate]:
    """Return one rate per platform or client that has own timed gigs, whatever its kind.

    All of a platform's gigs count together here, also those done under another category.
    """
    by_platform: dict[str, list[Gig]] = {}
    for gig in gigs:
        if is_search(gig):
            continue
        by_platform.setdefault(gig.platform, []).append(gig)
    result = {}
    for key, own in sorted(by_platform.items()):
        platform = catalogue.platforms.get(key)
        known = platform is not None and platform.category in catalogue.categories
        prior = priors.of_route(catalogue, platform) if platform is not None and known else None
        result[key] = _blend(prior, own)
    return result


def _own(own: Sequence[Gig]) -> Own:
    logs, net_total, minutes_total, losses = [], 0, 0, 0
    for gig in own:
        minutes = (gig.worked_minutes or 0) + gig.unpaid_minutes
        net = net_fen(gig)
        net_total += net
        minutes_total += minutes
        losses += net < 0
        if gig.status in EARNED:
            logs.append(math.log(max(net * 60 / minutes, LEAST_FEN_PER_HOUR)))
    return Own(
        logs=tuple(logs),
        gigs=len(own),
        paid=sum(gig.status == "paid" for gig in own),
        rejected=sum(gig.status == "rejected" for gig in own),
        net_fen=net_total,
        minutes=minutes_total,
        losses=losses,
        last_day=max(gig.day for gig in own),
    )


def _blend(prior: Prior | None, gigs: Sequence[Gig] | None) -> Rate:
    """Move the prior by the own gigs: a normal mean with known-ish spread, on the log scale."""
    if not gigs:
        if prior is None:
            return Rate(None, None, None, "none", 0, None)
        low, mid, high = _range(prior.mu, prior.sigma)
        return Rate(
            low, mid, high, "catalogue", 0, prior.as_of, prior.discounted, steps=prior.steps,
            stated_as_of=prior.as_of,
        )  # fmt: skip
    own = _own(gigs)
    # Rounded down: a rate must never flatter.
    plain = own.net_fen * 60 // own.minutes
    settled = own.paid + own.rejected
    share = own.paid / settled if settled else None
    if not own.logs:
        # Nothing was paid yet: that says how often one goes unpaid, not what a paid gig brings.
        return replace(
            _blend(prior, None),
            basis="own" if prior is None else "both",
            own_gigs=own.gigs,
            as_of=own.last_day,
            paid_share=share,
            own_net_fen_per_hour=plain,
            losses=own.losses,
        )
    count = len(own.logs)
    # Exact sums: the order in which gigs were logged must not show.
    mean = math.fsum(own.logs) / count
    scatter = math.fsum((value - mean) ** 2 for value in own.logs)
    gig_variance = (GIG_SPREAD_WEIGHT * GIG_SPREAD**2 + scatter) / (GIG_SPREAD_WEIGHT + count - 1)
    if prior is None:
        mu, level_variance = mean, 1 / (1 / OWN_ALONE_SPREAD**2 + count / gig_variance)
    else:
        # The prior's range is for one gig: what the level itself leaves open is the rest.
        level = max(prior.sigma**2 - GIG_SPREAD**2, priors.MIN_SPREAD**2)
        weight = count / gig_variance
        level_variance = 1 / (1 / level + weight)
        mu = level_variance * (prior.mu / level + mean * weight)
    low, mid, high = _range(mu, math.sqrt(level_variance + gig_variance))
    return Rate(
        low, mid, high, "own" if prior is None else "both", own.gigs, own.last_day,
        prior.discounted if prior is not None else False, share, plain, own.losses,
        prior.steps if prior is not None else (), prior.as_of if prior is not None else None,
    )  # fmt: skip


def _range(mu: float, sigma: float) -> tuple[int, int, int]:
    """Return the 10 %, 50 % and 90 % points of a lognormal in whole fen, rounded down."""
    # What a float loses on the way to the logarithm and back is not ours to take off.
    low, mid, high = (
        math.floor(math.exp(mu + step * sigma) + ROUNDING_ROOM)
        for step in (-priors.Z80, 0, priors.Z80)
    )
    return low, mid, high
