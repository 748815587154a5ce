"""What a block of time on a route should bring: chance of work, chance of pay, delay and costs.

Everything per minute on the job; getting ready and travelling are charged apart, once a day.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xianke import levels, priors

if TYPE_CHECKING:
    from datetime import datetime

    from xianke.experience import Experience
    from xianke.levels import Route
    from xianke.supply import Supply

DELAY_COST_PER_DAY = 0.0005
"""What a day of waiting for money costs: 0.05 %, the upper bound of the daily interest of credit
cards in China (notice of the People's Bank of China, Yinfa [2016] 111, from 2017-01-01; left to
the parties since 2021). Who lives from the money borrows at about that."""

SEARCH_SHARE = 0.25
"""Of a block in which no work is found, the share that is spent on looking, and costs as work
does; then one gives up. Judgement."""

PATIENCE_GIGS = 2.0
"""A beginner's slowness is judged as of two gigs later: what is learned on the way pays back."""

BOLDNESS = 0.6
"""How much of the doubt about a route's level counts in its favour when a week is chosen: to learn
what a route pays, one has to go there. It moves choices, never a figure that is shown."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of one route: everything that turns a block of time into money.

    `delay_days` is None where nobody knows; then nothing is taken off for it. `level_steps` asks
    what if: it moves the level by so many standard deviations of the doubt about it.
    """

    route: Route
    experience: Experience
    delay_days: float | None = None
    level_steps: float = 0.0
    _rates: dict[tuple[int, float], float] = field(default_factory=dict, repr=False, compare=False)

    @property
    def supply(self) -> Supply:
        """Return how much work there is."""
        return self.experience.supplies[self.route]

    @property
    def paid_share(self) -> float:
        """Return the chance that a finished gig is paid."""
        return self.experience.tally(self.route).likely_paid

    @property
    def delay_share(self) -> float:
        """Return what is left of a yuan after waiting for it."""
        return max(0.0, 1 - DELAY_COST_PER_DAY * (self.delay_days or 0.0))

    def hourly_fen(self, start: datetime, boldness: float = 0.0) -> float:
        """Return what an hour on the job that begins at *start* should bring, if there is work.

        The median of a paid hour, times the chance that it is paid, less what waiting costs;
        *boldness* adds so many standard deviations of the doubt about the level.
        """
        boldness += self.level_steps
        minute = start.hour * 60 + start.minute
        cell = levels.cell_of(start.isoweekday(), minute)
        if (cell, boldness) not in self._rates:
            practice = self.experience.practice.get(self.route[0], 0) + PATIENCE_GIGS
            level = self.experience.levels.level(self.route, cell=cell, practice=practice)
            paid = math.exp(level.mean + boldness * math.sqrt(level.variance))
            share = self.paid_share
            cost = self.experience.tally(self.route).cost_fen_per_hour
            self._rates[cell, boldness] = share * paid * self.delay_share - (1 - share) * cost
        return self._rates[cell, boldness]

    def expected_fen(
        self, start: datetime, minutes: int, asked_minutes: float = 0.0, boldness: float = 0.0
    ) -> float:
        """Return what a block should bring when so much was asked of the route that week before."""
        chance = self.supply.chance(asked_minutes)
        cost = self.experience.tally(self.route).cost_fen_per_hour
        if_found = self.hourly_fen(start, boldness)
        return (chance * if_found - (1 - chance) * SEARCH_SHARE * cost) * minutes / 60


def mean_hourly_fen(outlook: Outlook, starts: Iterable[datetime], boldness: float = 0.0) -> float:
    """Return the mean over *starts* of what an hour should bring; 0 where there are none."""
    found = [outlook.hourly_fen(start, boldness) for start in starts]
    return sum(found) / len(found) if found else 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a sum: what is expected of which route at what time."""

    outlook: Outlook
    start: datetime
    fen: int


def likely_range(parts: Sequence[Part], certain_fen: int = 0) -> tuple[int, int]:
    """Return the range in which a sum of blocks should fall eight times in ten, in fen.

    A block is lognormal around what is expected of it, and nothing where it goes unpaid. Blocks of
    one route share the doubt about its level; all else, and different routes, are taken as
    independent, and the sum as lognormal again. What is certain is added as it stands.
    """
    whole = sum(part.fen for part in parts)
    if whole <= 0:
        return certain_fen, certain_fen
    variance = 0.0
    per_route: dict[Route, list[Part]] = {}
    for part in parts:
        per_route.setdefault(part.outlook.route, []).append(part)
    for route, some in per_route.items():
        outlook = some[0].outlook
        known = outlook.experience
        level = known.levels.level(route, practice=known.practice.get(route[0], 0) + PATIENCE_GIGS)
        shared = math.exp(level.variance + levels.DRIFT_SPREAD**2)
        luck = math.exp(levels.CELL_SPREAD**2 + known.levels.gig_variance) / outlook.paid_share
        if known.supply_logged:
            luck /= max(outlook.supply.chance(0), MIN_CHANCE)
        squares = sum(part.fen**2 for part in some)
        total = sum(part.fen for part in some)
        variance += squares * (shared * luck - 1) + (total**2 - squares) * (shared - 1)
    reach = priors.Z80 * math.sqrt(math.log1p(variance / whole**2))
    return (
        certain_fen + math.floor(whole * math.exp(-reach)),
        certain_fen + math.floor(whole * math.exp(reach)),
    )


MIN_CHANCE = 0.05
"""A chance of work smaller than this says no more about the range."""
