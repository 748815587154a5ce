"""How far out luck goes: heavy tails assumed at first, then read off the own misses."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

FREEDOM = 4.0
"""Degrees of freedom of the luck: one gig in twenty is far out, and must not move everything."""

WEIGHT = 30.0
LOW_STRETCH = 1.15
"""The assumed tails weigh as much as thirty gigs; the lower one is longer, because costs and
waiting stay when pay is small."""


_ASSUMED_POINTS = 20


def _assumed_tail() -> list[tuple[float, float]]:
    """Return evenly weighted points of Student's t, the lower half stretched.

    The expansion around the normal is that of Abramowitz and Stegun 26.7.5.
    """
    points = []
    for number in range(_ASSUMED_POINTS):
        z = NormalDist().inv_cdf((number + 0.5) / _ASSUMED_POINTS)
        value = (
            z
            + (z**3 + z) / (4 * FREEDOM)
            + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * FREEDOM**2)
            + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * FREEDOM**3)
        )
        stretch = LOW_STRETCH if value < 0 else 1.0
        points.append((value * stretch, WEIGHT / _ASSUMED_POINTS))
    return points


def steps(surprises: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return how far out the 10 % and 90 % points lie, by the assumed tails and the own misses."""
    points = sorted([*_assumed_tail(), *surprises])
    return -_point(points, 0.1), _point(points, 0.9)


def _point(points: Sequence[tuple[float, float]], share: float) -> float:
    """Return the quantile of weighted points, read off between the middles of their weights."""
    whole = sum(weight for _value, weight in points)
    passed = 0.0
    before: tuple[float, float] | None = None
    for value, weight in points:
        middle = (passed + weight / 2) / whole
        if middle >= share:
            if before is None:
                return value
            step = (share - before[1]) / (middle - before[1])
            return before[0] + (value - before[0]) * step
        before = (value, middle)
        passed += weight
    return points[-1][0]
