"""Tails: how far out the 10 % and 90 % points lie, assumed at first and then read off."""

from __future__ import annotations

import random
from statistics import NormalDist

import pytest

from xianke import _tails

STUDENT_T4_90 = 1.5332
"""The 90 % point of Student's t with four degrees of freedom, from any table."""


def evenly(count: int, scale: float = 1.0) -> list[tuple[float, float]]:
    """Return *count* points that lie as those of a normal distribution should."""
    normal = NormalDist(0, scale)
    return [(normal.inv_cdf((number + 0.5) / count), 1.0) for number in range(count)]


def test_before_any_gig_the_tails_are_those_of_students_t() -> None:
    """Heavier than the normal ones, and the lower one longer by what is assumed."""
    low, high = _tails.steps([])

    assert high == pytest.approx(STUDENT_T4_90, rel=0.06)
    assert low == pytest.approx(high * _tails.LOW_STRETCH, rel=1e-9)


def test_many_own_gigs_say_how_far_luck_goes() -> None:
    """Two thousand normal ones leave little of what was assumed."""
    low, high = _tails.steps(evenly(2000))

    assert low == pytest.approx(1.2816, rel=0.02)
    assert high == pytest.approx(1.2816, rel=0.02)


def test_wild_luck_widens_both_ends_and_tame_luck_narrows_them() -> None:
    """The own misses pull the assumed points to where they are."""
    assumed, wild, tame = (_tails.steps(one) for one in ([], evenly(200, 2.5), evenly(200, 0.5)))

    for side in (0, 1):
        assert tame[side] < assumed[side] < wild[side]


def test_each_tail_is_read_off_its_own_side() -> None:
    """Gigs that only ever fall short of what was thought say nothing good about the upper end."""
    short = [(-4.0, 1.0)] * 30

    low, high = _tails.steps(short)

    assert low > _tails.steps([])[0]
    assert high < _tails.steps([])[1]


def test_one_wild_gig_moves_little() -> None:
    """It is one against thirty assumed ones: how far out it lies makes no difference."""
    low, high = _tails.steps([])

    far, farther = _tails.steps([(8.0, 1.0)]), _tails.steps([(800.0, 1.0)])

    assert far == farther
    assert high < far[1] < 1.25 * high
    assert 0.9 * low < far[0] <= low


def test_a_faded_gig_says_less() -> None:
    """Half a weight moves an end by less than a whole one."""
    low = _tails.steps([])[0]

    whole, half = (_tails.steps([(-5.0, weight)] * 3)[0] for weight in (1.0, 0.5))

    assert low < half < whole


def test_the_order_of_the_misses_does_not_show() -> None:
    """To the last bit."""
    points = [(round(value, 1), weight) for value, weight in evenly(50)]
    shuffled = list(points)
    random.Random(1).shuffle(shuffled)

    assert _tails.steps(shuffled) == _tails.steps(points)
