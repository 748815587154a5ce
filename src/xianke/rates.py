"""What an hour on a route brings: the catalogue as prior, the user's own gigs on top.

A range is the 80 % range for the next *paid* gig's net per hour, waiting and travelling included;
the middle is its median. How the own gigs move it is in `levels`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from xianke import experience, levels, priors
from xianke.experience import route_of
from xianke.i18n import _
from xianke.platforms import SELF
from xianke.priors import Step

if TYPE_CHECKING:
    from xianke.experience import Experience, Tally
    from xianke.levels import Level, Route
    from xianke.platforms import Catalogue, Platform
    from xianke.priors import Prior
    from xianke.records import Gig

__all__ = [
    "Basis",
    "Line",
    "Rate",
    "Rates",
    "by_category",
    "by_platform",
    "learn",
    "own_rates",
    "route_of",
    "stated",
]

Basis = Literal["catalogue", "own", "both", "none"]

ROUNDING_ROOM = 1e-6
"""Fen by which a figure may fall short of a whole one and still be it."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What an hour on a route brings, net: fen per hour, None where nothing credible is known.

    `as_of` is the day of the newest own gig or, before the first, the date of the evidence;
    `stated_as_of` is the date of the evidence alone.
    `paid_share` is the share of own settled gigs that were paid, None before the first.
    `waiting` are own gigs that are done and neither paid nor refused yet.
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
    waiting: int = 0


NO_RATE = Rate(None, None, None, "none", 0, None)


@dataclass(frozen=True, slots=True)
class Rates:
    """All rates, by (category, platform) and by category, and the experience they rest on."""

    routes: Mapping[Route, Rate]
    categories: Mapping[str, Rate]
    experience: Experience

    def of(self, platform: Platform) -> Rate:
        """Return the rate of one route."""
        return self.routes[platform.category, platform.id]


def learn(catalogue: Catalogue, gigs: Iterable[Gig], today: date) -> Rates:
    """Return the rate of every route and category from the catalogue and the own *gigs*.

    *gigs* are timed and finished, or searches that found nothing. A gig of a private client speaks
    for the `self` route of its category; a gig logged under another category than its platform's
    speaks for that one.
    """
    known = experience.of(catalogue, gigs, today)
    routes = {route: _of_route(known, route) for route in known.priors}
    categories = {
        category.id: _of_category(
            known,
            category.id,
            priors.from_statements(category.rates, priors.factors_of(catalogue, category.costs)),
        )
        for category in catalogue.categories.values()
    }
    return Rates(routes, categories, known)


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


def by_platform(catalogue: Catalogue, rates: Rates, gigs: Sequence[Gig], today: date) -> list[Line]:
    """Return every platform with an own timed gig, then those that the catalogue has a rate for."""
    own = own_rates(catalogue, gigs, today)
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


def stated(catalogue: Catalogue, route: Route) -> Rate:
    """Return what the catalogue alone says of a route, own gigs left aside."""
    platform = next((one for one in catalogue.routes() if (one.category, one.id) == route), None)
    return NO_RATE if platform is None else _stated(priors.of_route(catalogue, platform))


def own_rates(catalogue: Catalogue, gigs: Iterable[Gig], today: date) -> dict[str, Rate]:
    """Return one rate per platform or client that has own timed gigs, whatever its kind.

    All of a platform's gigs count together here, also those done under another category.
    """
    known = experience.of(catalogue, gigs, today, apart=True)
    by_platform: dict[str, list[Route]] = {}
    for route, tally in sorted(known.tallies.items()):
        if tally.gigs:
            by_platform.setdefault(route[1], []).append(route)
    return {key: _mixed(known, routes, None) for key, routes in sorted(by_platform.items())}


# From the model to a range


def _stated(
    prior: Prior | None,
    shift: float = 0.0,
    spread: float = math.inf,
    *,
    same_category: bool = False,
) -> Rate:
    """Return the range of published figures alone, moved by what the own log says elsewhere.

    *same_category* says that gigs of the same category moved it.
    """
    if prior is None:
        return NO_RATE
    sigma = min(prior.sigma, spread)
    low, mid, high = _range(prior.mu + shift, priors.Z80 * sigma, priors.Z80 * sigma)
    return Rate(
        low, mid, high, "catalogue", 0, prior.as_of, prior.discounted,
        steps=(*prior.steps, *_shift_step(shift, same_category=same_category)),
        stated_as_of=prior.as_of,
    )  # fmt: skip


def _shift_step(shift: float, *, same_category: bool) -> tuple[Step, ...]:
    """Return which way own gigs elsewhere moved what is published, and to how much of it.

    Gigs of the same category speak for one another both ways; those of others only bring down.
    """
    percent = round(100 * math.exp(shift))
    if percent == 100:
        return ()
    if not same_category:
        text = _(
            "你做的别的活比公布的行情挣得少，这里跟着调低到公布的 {percent}%（单越少动得越少）"
        )
    elif shift > 0:
        text = _(
            "你在别处做同一类比公布的挣得多，这里跟着调高到公布的 {percent}%（单越少动得越少）"
        )
    else:
        text = _(
            "你在别处做同一类比公布的挣得少，这里跟着调低到公布的 {percent}%（单越少动得越少）"
        )
    return (Step(text.format(percent=percent), _("你自己的记录"), None),)


def _of_route(known: Experience, route: Route) -> Rate:
    """Return the rate of one route."""
    prior, tally = known.priors[route], known.tally(route)
    if known.levels.seen(route):
        return _with_own(prior, tally, _next_gig(known, route))
    shift, spread = _moved(known, route)
    seen = known.levels.category_seen(route[0])
    before = _stated(prior, shift, spread, same_category=seen)
    if not tally.gigs:
        return before
    return _unpaid(before, prior, tally)


def _unpaid(before: Rate, prior: Prior | None, tally: Tally) -> Rate:
    """Return a rate with gigs of which none was paid yet.

    They say how often one goes unpaid, not what a paid gig brings.
    """
    return replace(
        before,
        basis="own" if prior is None else "both",
        own_gigs=tally.gigs,
        as_of=tally.last_day,
        paid_share=tally.paid_share,
        own_net_fen_per_hour=_plain(tally),
        losses=tally.losses,
        waiting=tally.gigs - tally.paid - tally.rejected,
    )


def _moved(known: Experience, route: Route) -> tuple[float, float]:
    """Return how gigs elsewhere move and narrow what is published of a route."""
    if not known.levels.category_seen(route[0]):
        return known.levels.shift, math.inf
    level = known.levels.level(route, practice=known.practice.get(route[0], 0))
    spread = _spread(known, level)
    return level.mean - known.levels.claims[route].mean, spread


@dataclass(frozen=True, slots=True)
class _Next:
    """The next gig of a route: middle and two-sided reach on the log scale."""

    middle: float
    down: float
    up: float


def _spread(known: Experience, level: Level) -> float:
    """Return the standard deviation of the next gig's log rate, at whatever time of the week."""
    return math.sqrt(
        level.variance + levels.CELL_SPREAD**2 + levels.DRIFT_SPREAD**2 + known.levels.gig_variance
    )


def _next_gig(known: Experience, route: Route) -> _Next:
    level = known.levels.level(route, practice=known.practice.get(route[0], 0))
    spread = _spread(known, level)
    # What getting ready takes of an hour was left out of the level, and belongs to the hour.
    ready = math.log1p(-min(known.tally(route).setup_share, 0.9))
    return _Next(
        level.mean + ready, known.levels.low_step * spread, known.levels.high_step * spread
    )


def _with_own(prior: Prior | None, tally: Tally, coming: _Next) -> Rate:
    low, mid, high = _range(coming.middle, coming.down, coming.up)
    return Rate(
        low, mid, high, "own" if prior is None else "both", tally.gigs, tally.last_day,
        prior.discounted if prior is not None else False, tally.paid_share, _plain(tally),
        tally.losses, prior.steps if prior is not None else (),
        prior.as_of if prior is not None else None, tally.gigs - tally.paid - tally.rejected,
    )  # fmt: skip


def _of_category(known: Experience, category: str, prior: Prior | None) -> Rate:
    """Return the rate of a category: the mix of its routes as the user works them."""
    routes = [route for route in sorted(known.tallies) if route[0] == category]
    if any(known.tally(route).gigs for route in routes):
        return _mixed(known, routes, prior)
    return _stated(prior, known.levels.shift)


def _mixed(known: Experience, routes: Sequence[Route], prior: Prior | None) -> Rate:
    """Return the rate of several routes together, in the mix in which the user works them.

    *prior* is what is published of them together; of one route it is that route's own.
    """
    if len(routes) == 1 and prior is None:
        return _of_route(known, routes[0])
    worked = [route for route in routes if known.levels.seen(route)]
    tally = experience.together([known.tally(route) for route in routes])
    if not worked:
        return _unpaid(_stated(prior, known.levels.shift), prior, tally)
    coming = [_next_gig(known, route) for route in worked]
    weights = [known.tally(route).earned for route in worked]
    whole = sum(weights)
    middle = math.fsum(w * one.middle for w, one in zip(weights, coming, strict=True)) / whole

    def reach(side: Sequence[float]) -> float:
        # What a mixture reaches: within its routes, and between their middles.
        within = math.fsum(w * one**2 for w, one in zip(weights, side, strict=True)) / whole
        between = (
            math.fsum(
                w * (one.middle - middle) ** 2 for w, one in zip(weights, coming, strict=True)
            )
            / whole
        )
        return math.sqrt(within + priors.Z80**2 * between)

    mixed = _Next(middle, reach([one.down for one in coming]), reach([one.up for one in coming]))
    return _with_own(prior, tally, mixed)


def _plain(tally: Tally) -> int | None:
    """Return the effective rate of the own gigs; rounded down, because it must never flatter."""
    return tally.net_fen * 60 // tally.minutes if tally.minutes else None


def _range(middle: float, down: float, up: float) -> tuple[int, int, int]:
    """Return the 10 %, 50 % and 90 % points in whole fen, rounded down."""
    # What a float loses on the way to the logarithm and back is not ours to take off.
    low, mid, high = (
        math.floor(math.exp(value) + ROUNDING_ROOM)
        for value in (middle - down, middle, middle + up)
    )
    return low, mid, high
