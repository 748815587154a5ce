"""How fast a gig wears off: chosen by what would have foretold the own log."""

from __future__ import annotations

import random

from xianke import _fading

SPREAD = 0.4
SHOP, MART = ("work", "shop"), ("work", "mart")


def log_of(levels: list[float], seed: int = 1, luck: float = SPREAD) -> list[tuple[float, float]]:
    """Return one gig a week, oldest first, around the given levels."""
    chance = random.Random(seed)
    last = len(levels) - 1
    return [
        (float(last - week), level + chance.gauss(0, luck)) for week, level in enumerate(levels)
    ]


def half_life(*logs: list[tuple[float, float]]) -> float:
    routes = (SHOP, MART)
    return _fading.likely_half_life(dict(zip(routes, logs, strict=False)), SPREAD)


JUMPING = [0.0] * 40 + [1.6] * 15 + [0.2] * 15 + [1.8] * 15
"""Pay that changes for good, up and down again."""


def test_nothing_logged_means_the_usual_half_life() -> None:
    """No evidence, no choice."""
    assert _fading.likely_half_life({}, SPREAD) == _fading.USUAL_HALF_LIFE
    assert half_life([]) == _fading.USUAL_HALF_LIFE


def test_a_level_that_jumps_makes_old_gigs_wear_off_fast() -> None:
    """What was before a jump foretells nothing after it."""
    for seed in range(5):
        assert half_life(log_of(JUMPING, seed)) == min(_fading.HALF_LIVES)


def test_a_steady_level_keeps_old_gigs() -> None:
    """Where nothing changes, every gig tells: never a shorter half-life than the usual one."""
    for seed in range(20):
        assert half_life(log_of([0.0] * 85, seed)) >= _fading.USUAL_HALF_LIFE


def test_a_very_long_steady_log_outgrows_the_usual_half_life() -> None:
    """Many gigs over years are evidence enough that none has worn off.

    One gig every ten weeks: the usual half-life has then only the last few to go by.
    """
    chance = random.Random(4)
    log = [(10.0 * (400 - number), chance.gauss(0, SPREAD)) for number in range(400)]

    assert half_life(log) > _fading.USUAL_HALF_LIFE


def test_one_jump_in_a_short_log_is_no_evidence() -> None:
    """It may be luck: another choice than the usual one must be clearly better."""
    assert half_life([(3.0, 0.0), (2.0, 0.1), (1.0, 1.2), (0.0, 1.1)]) == _fading.USUAL_HALF_LIFE


def test_one_wild_gig_decides_nothing() -> None:
    """A gig at fifty times the pay is luck with heavy tails, and no new level."""
    log = log_of([0.0] * 30)
    log[15] = (log[15][0], 4.0)

    assert half_life(log) == _fading.USUAL_HALF_LIFE


def test_routes_add_up_and_their_order_does_not_show() -> None:
    """Two jumping routes agree; which stands first makes no difference."""
    first, second = log_of(JUMPING, 7), log_of([0.0] * 85, 8)

    one = _fading.likely_half_life({SHOP: first, MART: second}, SPREAD)
    other = _fading.likely_half_life({MART: second, SHOP: first}, SPREAD)

    assert one == other == min(_fading.HALF_LIVES)


def test_routes_at_different_levels_are_no_jump() -> None:
    """Each is foretold by its own gigs alone."""
    assert half_life(log_of([0.0] * 30, 2), log_of([5.0] * 30, 3)) == _fading.USUAL_HALF_LIFE
