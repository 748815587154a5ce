"""How fast what a gig says wears off: the half-life that would have foretold the own log best."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from xianke import _tails

if TYPE_CHECKING:
    from xianke.levels import Route

HALF_LIVES = (10.0, 20.0, 40.0, 80.0)
USUAL_HALF_LIFE = 20.0
HALF_LIFE_DOUBT = 2.0
"""Weeks after which a gig counts half, and how much better (in log likelihood) another choice than
the usual one must have foretold the own log to be taken."""


def likely_half_life(logs: Mapping[Route, Sequence[tuple[float, float]]], spread: float) -> float:
    """Return the half-life, in weeks, under which each gig was best foretold by those before it.

    *logs* gives each route's (age in weeks, log rate), oldest first; *spread* is that of gigs on
    one route. Another half-life than the usual one must be clearly better to be taken.
    """
    scores = {
        half: math.fsum(_foretold(log, half, spread) for log in logs.values())
        for half in HALF_LIVES
    }
    scores[USUAL_HALF_LIFE] += HALF_LIFE_DOUBT
    return max(HALF_LIVES, key=lambda half: (scores[half], half == USUAL_HALF_LIFE))


def _foretold(log: Sequence[tuple[float, float]], half_life: float, spread: float) -> float:
    """Return the log likelihood of a route's gigs after its first, up to a constant.

    Each is foretold by the faded mean of those before it, the first by nothing: it says the same
    under all half-lives. Luck is Student's t, so that one wild gig does not decide.
    """
    score = total = weight = 0.0
    before = 0.0
    for age, rate in log:
        if weight:
            fade = 0.5 ** ((before - age) / half_life)
            total, weight = total * fade, weight * fade
            variance = spread**2 * (1 + 1 / weight)
            far = (rate - total / weight) ** 2 / variance / _tails.FREEDOM
            score -= math.log1p(far) * (_tails.FREEDOM + 1) / 2 + math.log(variance) / 2
        total, weight, before = total + rate, weight + 1.0, age
    return score
