"""Looking back at whether earlier ranges would have covered what came later in the own log.

Week by week, the ranges are learned anew from what was logged before that week, and held against
the paid gigs of the week.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from xianke import experience, rates
from xianke.gigs import EARNED, net_fen

if TYPE_CHECKING:
    from xianke.platforms import Catalogue
    from xianke.rates import Rate
    from xianke.records import Gig

MOST_WEEKS = 52
"""A year of looking back; each week is learned anew."""

LEAST_GIGS = 10
"""Fewer foretold gigs say nothing about a share of eight in ten."""

KNOWN = ((1, 3), (4, 9), (10, None))
"""Gigs known of the route when the range was made: few, some, many."""


@dataclass(frozen=True, slots=True)
class Told:
    """One paid gig beside what was said before it, in fen per hour.

    `gigs` is how many own gigs the route had, `mean` their plain rate, `stated` the middle of what
    the catalogue alone said; None where there was nothing.
    """

    day: str
    platform: str
    rate: int
    low: int
    mid: int
    high: int
    gigs: int
    mean: int | None
    stated: int | None

    @property
    def held(self) -> bool:
        """Return whether the range covered the gig."""
        return self.low <= self.rate <= self.high


@dataclass(frozen=True, slots=True)
class Score:
    """How ranges did over some gigs.

    `held` lie inside, `below` and `above` outside. `error`, `mean_error` and `stated_error` are the
    median factor by which the middle of the range, the plain mean of own gigs and the catalogue
    were off (1.25: a quarter), each over the gigs for which there was one; None where never.
    """

    gigs: int
    held: int
    below: int
    above: int
    error: float | None
    mean_error: float | None
    stated_error: float | None

    @property
    def enough(self) -> bool:
        """Return whether the share says anything."""
        return self.gigs >= LEAST_GIGS


@dataclass(frozen=True, slots=True)
class Check:
    """All gigs together, and by how many gigs were known before."""

    whole: Score
    by_known: tuple[tuple[tuple[int, int | None], Score], ...]
    first: str | None
    told: tuple[Told, ...]


def check(catalogue: Catalogue, gigs: Sequence[Gig], today: date) -> Check:
    """Return how the ranges of the last weeks did; only gigs whose route had own gigs count."""
    told = tuple(_told(catalogue, gigs, today))
    by_known = tuple(
        (span, _score([one for one in told if _within(one.gigs, span)])) for span in KNOWN
    )
    return Check(_score(told), by_known, told[0].day if told else None, told)


def _within(gigs: int, span: tuple[int, int | None]) -> bool:
    low, high = span
    return low <= gigs and (high is None or gigs <= high)


def _told(catalogue: Catalogue, gigs: Sequence[Gig], today: date) -> Iterator[Told]:
    """Yield every paid gig of a route that had own gigs before the week, oldest first."""
    done = sorted(gigs, key=lambda gig: (gig.day, gig.start_minute or 0, gig.id))
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=MOST_WEEKS)
    weeks: dict[date, list[Gig]] = {}
    for gig in done:
        day = date.fromisoformat(gig.day)
        if gig.status in EARNED and day >= first:
            weeks.setdefault(day - timedelta(days=day.weekday()), []).append(gig)
    for start, coming in sorted(weeks.items()):
        before = [gig for gig in done if gig.day < start.isoformat()]
        if not before:
            continue
        known = rates.learn(catalogue, before, start)
        for gig in coming:
            route = experience.route_of(catalogue, gig.platform, gig.category)
            rate = known.routes.get(route)
            if rate is not None and known.experience.levels.seen(route):
                yield _beside(catalogue, gig, route, rate)


def _beside(catalogue: Catalogue, gig: Gig, route: tuple[str, str], rate: Rate) -> Told:
    assert rate.low_fen_per_hour is not None  # the route has been seen
    assert rate.mid_fen_per_hour is not None
    assert rate.high_fen_per_hour is not None
    minutes = (gig.worked_minutes or 0) + gig.unpaid_minutes
    return Told(
        gig.day,
        gig.platform,
        net_fen(gig) * 60 // minutes,
        rate.low_fen_per_hour,
        rate.mid_fen_per_hour,
        rate.high_fen_per_hour,
        rate.own_gigs,
        rate.own_net_fen_per_hour,
        rates.stated(catalogue, route).mid_fen_per_hour,
    )


def _score(told: Sequence[Told]) -> Score:
    return Score(
        len(told),
        sum(one.held for one in told),
        sum(one.rate < one.low for one in told),
        sum(one.rate > one.high for one in told),
        _factor([(one.mid, one.rate) for one in told]),
        _factor([(one.mean, one.rate) for one in told]),
        _factor([(one.stated, one.rate) for one in told]),
    )


def _factor(pairs: Sequence[tuple[int | None, int]]) -> float | None:
    """Return the median factor between what was said and what came; losses count as the least."""
    least = experience.LEAST_FEN_PER_HOUR
    off = [
        abs(math.log(max(said, least) / max(came, least)))
        for said, came in pairs
        if said is not None
    ]
    return math.exp(median(off)) if off else None
