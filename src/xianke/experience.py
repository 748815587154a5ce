"""What the own log says in numbers: what gigs paid, how often there was work, what went unpaid.

Read once, from the gigs; `rates` makes ranges of it and `planner` plans with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from xianke import levels, priors, supply
from xianke.gigs import EARNED, net_fen
from xianke.levels import Claim, Levels, Sample
from xianke.platforms import SELF

if TYPE_CHECKING:
    from xianke.levels import Route
    from xianke.platforms import Catalogue
    from xianke.priors import Prior
    from xianke.records import Gig
    from xianke.supply import Request, Supply

LEAST_FEN_PER_HOUR = 50
"""A paid gig that brought less than half a yuan an hour, or a loss, counts as this much in the
range, because a logarithm has no place for a loss. Reports show the loss itself."""

LEAST_WEIGHT, MOST_WEIGHT = 0.5, 2.0
"""How little and how much a gig may say beside one of the usual length. Judgement."""

FIRST_PAID_SHARE = 0.95
FIRST_PAID_WEIGHT = 11.0
"""How many gigs are paid before own ones say, worth eleven gigs. Judgement: of finished work most
is paid, and one rejection must not sink a route."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The own gigs of one route or category, added up.

    `paid` and `rejected` are settled gigs: what is delivered but not paid yet is neither. `minutes`
    and `net_fen` are of finished gigs; searches that found nothing stand apart, in
    `searches` and `searched_minutes`. `earned_minutes` are those of gigs that were not rejected,
    `setup_minutes` how much of these getting ready took, `cost_fen` what all of it, searches
    included, cost.
    """

    gigs: int = 0
    earned: int = 0
    paid: int = 0
    rejected: int = 0
    searches: int = 0
    net_fen: int = 0
    cost_fen: int = 0
    minutes: int = 0
    searched_minutes: int = 0
    earned_minutes: int = 0
    setup_minutes: int = 0
    losses: int = 0
    last_day: str = ""

    @property
    def paid_share(self) -> float | None:
        """Return the share of settled gigs that were paid, None before the first."""
        settled = self.paid + self.rejected
        return self.paid / settled if settled else None

    @property
    def likely_paid(self) -> float:
        """Return the chance that a finished gig is paid, held by what is usual."""
        settled = self.paid + self.rejected
        return (self.paid + FIRST_PAID_SHARE * FIRST_PAID_WEIGHT) / (settled + FIRST_PAID_WEIGHT)

    @property
    def cost_fen_per_hour(self) -> float:
        """Return what an hour cost, of whatever kind; 0 before the first."""
        minutes = self.minutes + self.searched_minutes
        return 60 * self.cost_fen / minutes if minutes else 0.0

    @property
    def setup_share(self) -> float:
        """Return the share of the minutes of earning gigs that getting ready took."""
        return self.setup_minutes / self.earned_minutes if self.earned_minutes else 0.0


NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class Experience:
    """All that the own gigs say, beside what the catalogue claims.

    `practice` counts gigs that were not rejected, by category. `supply_logged` says whether
    searches that found nothing are logged at all: where they are not, nobody knows how much work
    there is.
    """

    priors: Mapping[Route, Prior | None]
    levels: Levels
    supplies: Mapping[Route, Supply]
    tallies: Mapping[Route, Tally]
    practice: Mapping[str, int]
    supply_logged: bool

    def tally(self, route: Route) -> Tally:
        """Return the own gigs of a route, added up."""
        return self.tallies.get(route, NOTHING)


def of(
    catalogue: Catalogue, gigs: Iterable[Gig], today: date, *, apart: bool = False
) -> Experience:
    """Return what *gigs*, timed and finished, and searches without work say on *today*.

    *apart* keeps each private client apart instead of counting it for its category's `self`.
    """
    routes = {(one.category, one.id): one for one in catalogue.routes()}
    stated = {key: priors.of_route(catalogue, platform) for key, platform in routes.items()}
    done = []
    for gig in gigs:
        key = route_of(catalogue, gig.platform, gig.category)
        if apart:
            key = key[0], gig.platform
        done.append((key, gig))
        if key not in stated:
            stated[key] = _elsewhere(catalogue, key)
    done.sort(key=_in_time)
    log = _Log(today, {key: one.conditions.setup_minutes for key, one in routes.items()})
    for key, gig in done:
        log.add(key, gig)
    samples = log.weighed()
    return Experience(
        stated,
        levels.fit(_claims(stated, samples), samples),
        supply.learn(stated, log.requests()),
        log.tallies,
        log.practice,
        any(one.searches for one in log.tallies.values()),
    )


def _elsewhere(catalogue: Catalogue, route: Route) -> Prior | None:
    """Return what is published of a platform or client that is no route of the catalogue."""
    platform = catalogue.platforms.get(route[1])
    if platform is None or platform.category != route[0] or route[0] not in catalogue.categories:
        return None
    return priors.of_route(catalogue, platform)


def together(tallies: Iterable[Tally]) -> Tally:
    """Return several tallies added up."""
    whole = NOTHING
    for one in tallies:
        sums = {
            field.name: getattr(whole, field.name) + getattr(one, field.name)
            for field in fields(Tally)
            if field.name != "last_day"
        }
        whole = Tally(**sums, last_day=max(whole.last_day, one.last_day))
    return whole


def route_of(catalogue: Catalogue, platform_id: str, category: str | None) -> Route:
    """Return the route, (category, platform), that a gig is evidence for."""
    platform = catalogue.platforms.get(platform_id)
    where = category or (platform.category if platform is not None else "")
    return where, SELF if platform is None or platform.kind == "client" else platform_id


def _in_time(item: tuple[Route, Gig]) -> tuple[str, int, Route, str, tuple[int, ...]]:
    route, gig = item
    # What is of the same minute stands in the order of what it is: that of logging must not show.
    figures = (
        gig.worked_minutes or 0, gig.unpaid_minutes,
        gig.gross_fen, gig.fee_fen, gig.cost_fen, gig.tax_fen,
    )  # fmt: skip
    start = -1 if gig.start_minute is None else gig.start_minute
    return gig.day, start, route, gig.status, figures


class _Log:
    """The gigs read in order of time; it knows what came before on the same day and in the week."""

    def __init__(self, today: date, setup_minutes: Mapping[Route, int]) -> None:
        self._samples: list[tuple[Sample, int]] = []
        self.tallies: dict[Route, Tally] = {}
        self.practice: dict[str, int] = {}
        self._today = today
        self._setup = setup_minutes
        self._days: set[tuple[Route, str]] = set()
        self._asked: list[tuple[Route, int, int, bool, float]] = []

    def add(self, route: Route, gig: Gig) -> None:
        """Count one gig, later than all before."""
        day = date.fromisoformat(gig.day)
        age = max(0, (self._today - day).days) / 7
        minutes = (gig.worked_minutes or 0) + gig.unpaid_minutes
        found = gig.status != "none_found"
        week = day.toordinal() - day.weekday()
        self._asked.append((route, week, minutes, found, age))
        before = self.tallies.get(route, NOTHING)
        if not found:
            self.tallies[route] = replace(
                before,
                searches=before.searches + 1,
                searched_minutes=before.searched_minutes + minutes,
                cost_fen=before.cost_fen + gig.cost_fen,
            )
            return
        net = net_fen(gig)
        earned = gig.status in EARNED
        setup = self._getting_ready(route, gig) if earned else 0
        self.tallies[route] = Tally(
            before.gigs + 1,
            before.earned + earned,
            before.paid + (gig.status == "paid"),
            before.rejected + (gig.status == "rejected"),
            before.searches,
            before.net_fen + net,
            before.cost_fen + gig.cost_fen,
            before.minutes + minutes,
            before.searched_minutes,
            before.earned_minutes + minutes * earned,
            before.setup_minutes + setup,
            before.losses + (net < 0),
            gig.day,
        )
        if not earned:
            # A rejected gig says how often one goes unpaid, and nothing of what a paid one brings.
            return
        rate = max(net * 60 / max(minutes - setup, 1), LEAST_FEN_PER_HOUR)
        start = gig.start_minute
        cell = None if start is None else levels.cell_of(day.isoweekday(), start)
        practice = self.practice.get(route[0], 0)
        self._samples.append((Sample(route, math.log(rate), age, practice, cell), minutes))
        self.practice[route[0]] = practice + 1

    def _getting_ready(self, route: Route, gig: Gig) -> int:
        """Return the minutes that getting ready took: once a day, where the log has room for it."""
        if (route, gig.day) in self._days:
            return 0
        self._days.add((route, gig.day))
        return min(self._setup.get(route, 0), gig.unpaid_minutes)

    def weighed(self) -> list[Sample]:
        """Return the paid gigs, each weighed by the root of its length beside the usual one.

        Of two hours the luck of the hours evens out, that of the gig does not.
        """
        usual = median([minutes for _sample, minutes in self._samples] or [1])
        return [
            replace(
                sample,
                weight=min(max(math.sqrt(minutes / usual), LEAST_WEIGHT), MOST_WEIGHT),
            )
            for sample, minutes in self._samples
        ]

    def requests(self) -> list[Request]:
        """Return every time a route was asked for work, with what had been asked that week.

        A search that found nothing stands for a gig of the usual length: that is what was sought.
        """
        lengths = [minutes for _route, _week, minutes, found, _age in self._asked if found]
        usual = round(median(lengths)) if lengths else 0
        asked: dict[tuple[Route, int], int] = {}
        found_requests = []
        for route, week, minutes, found, age in self._asked:
            before = asked.get((route, week), 0)
            found_requests.append(supply.Request(route, age, before, found))
            asked[route, week] = before + (minutes if found else max(minutes, usual))
        return found_requests


def _claims(stated: Mapping[Route, Prior | None], samples: Sequence[Sample]) -> dict[Route, Claim]:
    """Return what is believed of every route before any own gig.

    That is its prior, else the mean of the category's other platforms and the usual: what one
    platform pays says little of the next, what several pay says more. The usual is the lower
    quartile of all that is published: what is not known must not look good. Where nothing is
    published at all, the own gigs are all there is to begin with.
    """
    told: dict[str, list[float]] = {}
    for (category, _platform), prior in stated.items():
        if prior is not None:
            told.setdefault(category, []).append(prior.mu)
    known = sorted(mean for means in told.values() for mean in means)
    if known:
        usual = known[(len(known) - 1) // 4]
    else:
        usual = median([one.log_rate for one in samples] or [0.0])
    return {
        route: _untold(told.get(route[0], []), usual) if prior is None else _claim(prior)
        for route, prior in stated.items()
    }


def _untold(siblings: Sequence[float], usual: float) -> Claim:
    mean = (math.fsum(siblings) + usual) / (len(siblings) + 1)
    return Claim(mean, told=len(siblings) > 1)


def _claim(prior: Prior) -> Claim:
    # The prior's range is for one gig: what the level itself leaves open is the rest of it.
    own = prior.sigma**2 - levels.GIG_SPREAD**2 - levels.CATEGORY_SPREAD**2
    return Claim(prior.mu, spread=math.sqrt(max(own, levels.ROUTE_SPREAD**2)))
