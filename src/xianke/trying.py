"""Routes worth one try: they could beat the best that is known, and hardly anybody asked them yet.

Who only ever does what did well so far never learns what else would. A few are drawn anew each
week, more likely the more they might bring; the same week always shows the same.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianke.priors import Z80

if TYPE_CHECKING:
    from xianke.experience import Experience
    from xianke.matching import Pick
    from xianke.scoring import Candidate

MOST_TRIES = 2
FEW_GIGS = 3
"""From three own gigs on, a route has had its try."""

SPOILERS = frozenset(
    {
        "upfront_required",
        "upfront_possible",
        "closed",
        "off_platform_pay",
        "region_mismatch",
        "restricted",
        "own_unpaid",
        "own_late",
    }
)
"""Flags with which nothing is proposed for a try: curiosity must not cost money."""


@dataclass(frozen=True, slots=True)
class Try:
    """A route to try once. `could_beat` is the chance in percent that it pays better than the best.

    It is None where no credible pay is published: then the guess rests on other work alone.
    """

    candidate: Candidate
    could_beat: int | None


def tries(rows: Sequence[Pick], known: Experience, week: str) -> tuple[Try, ...]:
    """Return up to `MOST_TRIES` routes of different categories to try in the ISO week *week*."""
    timed = [row for row in rows if row.kind == "time"]
    routes = [candidate for row in timed for candidate in row.routes]
    best = max((_middle(one, known) for one in routes), default=None)
    if best is None:
        return ()
    leading = timed[0].best
    open_routes = sorted(
        (
            one
            for one in routes
            if one is not leading
            and one.rate.own_gigs < FEW_GIGS
            and not one.verify_first
            and not SPOILERS & set(one.flags)
            and _upside(one, known) > best
        ),
        key=_key,
    )
    dice = random.Random(week)
    found: list[Try] = []
    while open_routes and len(found) < MOST_TRIES:
        weights = [math.exp(_upside(one, known) - best) for one in open_routes]
        (chosen,) = dice.choices(open_routes, weights)
        found.append(Try(chosen, _chance(chosen, known, best)))
        category = chosen.platform.category
        open_routes = [one for one in open_routes if one.platform.category != category]
    return tuple(found)


def _key(candidate: Candidate) -> tuple[str, str]:
    return candidate.platform.category, candidate.platform.id


def _middle(candidate: Candidate, known: Experience) -> float:
    return known.levels.level(_key(candidate)).mean


def _upside(candidate: Candidate, known: Experience) -> float:
    """Return what the level may well come to: one in ten is higher still."""
    level = known.levels.level(_key(candidate))
    return level.mean + Z80 * math.sqrt(level.variance)


def _chance(candidate: Candidate, known: Experience, best: float) -> int | None:
    if candidate.rate.mid_fen_per_hour is None:
        return None
    level = known.levels.level(_key(candidate))
    far = (best - level.mean) / math.sqrt(2 * level.variance)
    return round(50 * math.erfc(far))
