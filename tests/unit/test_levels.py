"""Levels: what a route brings, worked out a second way, and what a neighbour learns of it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from xianke import _fading, _tails, levels
from xianke.levels import Claim, Level, Levels, Sample

SHOP, MART, STAGE = ("work", "shop"), ("work", "mart"), ("art", "stage")
CLAIMS = {route: Claim(8.0) for route in (SHOP, MART, STAGE)}


def sample(
    rate: float,
    route: tuple[str, str] = SHOP,
    *,
    age: float = 0.0,
    practice: int = 50,
    cell: int | None = None,
) -> Sample:
    """Return a gig; of a person so practised that slowness is nothing, unless said otherwise."""
    return Sample(route, rate, age, practice, cell)


def fit(*samples: Sample) -> Levels:
    return levels.fit(CLAIMS, samples)


# The same by another way


Matrix = list[list[float]]


def solved(matrix: Matrix, right: Sequence[float]) -> list[float]:
    """Solve a small system by elimination, as on paper."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at, row in enumerate(rows):
        for other in range(at + 1, len(rows)):
            share = rows[other][at] / row[at]
            rows[other] = [x - share * y for x, y in zip(rows[other], row, strict=True)]
    found = [0.0] * len(rows)
    for at in reversed(range(len(rows))):
        known = sum(rows[at][k] * found[k] for k in range(at + 1, len(rows)))
        found[at] = (rows[at][-1] - known) / rows[at][at]
    return found


def by_covariance(samples: Sequence[Sample], claim: float, wanted: float) -> Level:
    """Return the level of the one route of *samples*, from the covariances of the gigs.

    The same model as a Gaussian process: no parts, no precision, no Cholesky factor. *wanted* is
    the slowness at which the level is asked for.
    """
    common = levels.USER_SPREAD**2 + levels.CATEGORY_SPREAD**2 + levels.ROUTE_SPREAD**2
    slow = [math.exp(-one.practice / levels.PRACTICE_GIGS) for one in samples]
    fade = [0.5 ** (one.age_weeks / _fading.USUAL_HALF_LIFE) for one in samples]
    rest = [
        one.log_rate - claim + levels.PRACTICE_SLOWNESS * s
        for one, s in zip(samples, slow, strict=True)
    ]

    def both(one: float, other: float) -> float:
        return common + levels.PRACTICE_SPREAD**2 * one * other

    variance, trust = levels.GIG_SPREAD**2, [1.0] * len(samples)
    for number in range(levels.ROUNDS):
        signal = [[both(one, other) for other in slow] for one in slow]
        whole = [list(row) for row in signal]
        for at, row in enumerate(whole):
            row[at] += variance / (fade[at] * trust[at])
        pulls = solved(whole, rest)
        if number == levels.ROUNDS - 1:
            break
        # How unsure the route itself is, as of somebody who is slow no more.
        plain = [common] * len(samples)
        doubt = common - sum(x * y for x, y in zip(plain, solved(whole, plain), strict=True))
        total = levels.GIG_SPREAD_WEIGHT * levels.GIG_SPREAD**2
        before, trust = variance, []
        for at, row in enumerate(signal):
            miss = rest[at] - sum(x * y for x, y in zip(row, pulls, strict=True))
            square = miss**2 + doubt
            trust.append((_tails.FREEDOM + 1) / (_tails.FREEDOM + square / before))
            total += fade[at] * trust[at] * square
        variance = total / (levels.GIG_SPREAD_WEIGHT + sum(fade))
    towards = [both(wanted, one) for one in slow]
    mean = sum(x * y for x, y in zip(towards, pulls, strict=True))
    lost = sum(x * y for x, y in zip(towards, solved(whole, towards), strict=True))
    return Level(claim + mean - levels.PRACTICE_SLOWNESS * wanted, both(wanted, wanted) - lost)


@pytest.mark.parametrize(
    "samples",
    [
        [sample(8.6)],
        [sample(8.6, practice=0), sample(7.9, practice=1, age=3.0)],
        [sample(7.1, practice=2, age=30.0), sample(9.9, practice=3, age=2.0)],
        [sample(8.2, practice=number, age=9.0 - number) for number in range(9)],
        [sample(8.0 + (-1) ** number, practice=number, age=1.0) for number in range(6)],
    ],
)
def test_one_route_is_what_the_covariances_of_its_gigs_say(samples: list[Sample]) -> None:
    """Mean and doubt to a billionth, after every round of reweighing."""
    fitted = fit(*samples)
    assert fitted.half_life == _fading.USUAL_HALF_LIFE

    for practice in (0.0, 5.0):
        by_hand = by_covariance(samples, 8.0, math.exp(-practice / levels.PRACTICE_GIGS))
        found = fitted.level(SHOP, practice=practice)

        assert found.mean == pytest.approx(by_hand.mean, rel=1e-9)
        assert found.variance == pytest.approx(by_hand.variance, rel=1e-8)


def test_one_gig_is_shared_out_by_the_spreads() -> None:
    """Of a surprise each part takes the share of its variance: route, category, person."""
    fitted = fit(sample(8.3))

    spreads = {
        "user": levels.USER_SPREAD,
        "category": levels.CATEGORY_SPREAD,
        "route": levels.ROUTE_SPREAD,
    }
    user, category, route = (
        fitted.best[0],
        fitted.best[fitted.parts["category", "work"]],
        fitted.best[fitted.parts["route", SHOP]],
    )
    assert user / spreads["user"] ** 2 == pytest.approx(category / spreads["category"] ** 2)
    assert user / spreads["user"] ** 2 == pytest.approx(route / spreads["route"] ** 2)
    assert 0 < user + category + route < 0.3


# Without gigs


def test_without_gigs_a_route_is_its_claim_and_the_doubt_all_that_is_assumed() -> None:
    """Nothing learned: every part is as unsure as its spread."""
    known = {SHOP: Claim(8.0), MART: Claim(7.0, told=False, spread=0.9)}
    fitted = levels.fit(known, [])

    shop, mart = fitted.level(SHOP), fitted.level(MART, cell=3)

    assert (shop.mean, mart.mean) == (8.0, 7.0)
    assert shop.variance == pytest.approx(
        levels.USER_SPREAD**2 + levels.CATEGORY_SPREAD**2 + levels.ROUTE_SPREAD**2
    )
    assert mart.variance == pytest.approx(
        levels.USER_SPREAD**2 + levels.UNTOLD_CATEGORY_SPREAD**2 + 0.9**2 + levels.CELL_SPREAD**2
    )
    assert fitted.shift == 0
    assert fitted.gig_variance == pytest.approx(levels.GIG_SPREAD**2)
    assert (fitted.low_step, fitted.high_step) == _tails.steps([])
    assert not fitted.seen(SHOP)
    assert not fitted.category_seen("work")


def test_a_beginner_is_slower_and_practice_wears_it_off() -> None:
    """By as much as is assumed, e-fold by e-fold."""
    fitted = fit()

    means = [fitted.level(SHOP, practice=practice).mean for practice in (0, 4, 400)]

    assert means[0] == pytest.approx(8.0 - levels.PRACTICE_SLOWNESS)
    assert means[1] == pytest.approx(
        8.0 - levels.PRACTICE_SLOWNESS * math.exp(-4 / levels.PRACTICE_GIGS)
    )
    assert means[2] == pytest.approx(8.0)


def test_a_route_nobody_claims_anything_of_is_a_fault_of_the_program() -> None:
    """Neither a gig of it nor a question about it is answered by a guess."""
    with pytest.raises(KeyError):
        fit().level(("work", "nowhere"))
    with pytest.raises(KeyError):
        fit(sample(8.0, ("work", "nowhere")))


# What is lent


def test_a_category_lends_to_its_routes_and_the_person_to_nobody_upwards() -> None:
    """Rich gigs in the shop raise the mart a little and the stage not at all."""
    fitted = fit(*[sample(9.5) for _ in range(20)])

    shop, mart, stage = (fitted.level(route).mean for route in (SHOP, MART, STAGE))

    assert 9.3 < shop < 9.55
    assert 8.2 < mart < shop
    assert stage == pytest.approx(8.0)
    assert fitted.shift == 0


def test_poor_pay_lowers_also_what_was_never_tried() -> None:
    """Published pay as a whole is rosy for this person: by `shift`, and not by more."""
    fitted = fit(*[sample(6.5) for _ in range(20)])

    shop, mart, stage = (fitted.level(route).mean for route in (SHOP, MART, STAGE))

    assert shop < mart < stage < 8.0
    assert stage == pytest.approx(8.0 + fitted.shift)
    assert fitted.seen(SHOP)
    assert not fitted.seen(MART)
    assert fitted.category_seen("work")
    assert not fitted.category_seen("art")


def test_doubt_grows_with_the_distance_from_what_was_worked() -> None:
    """The route itself, its category, other trades: each less sure than the one before."""
    fitted = fit(*[sample(8.1 + number / 50) for number in range(12)])

    doubts = [fitted.level(route).variance for route in (SHOP, MART, STAGE)]

    assert doubts == sorted(doubts)
    assert doubts[0] < 0.3 * doubts[2]


def test_evenings_that_pay_well_lift_evenings_of_the_category_alone() -> None:
    """The sibling's evenings too; its mornings and other trades' evenings not."""
    day = [sample(8.0, cell=1) for _ in range(15)]
    evening = [sample(8.8, cell=6) for _ in range(15)]
    fitted = fit(*day, *evening)

    def lift(route: tuple[str, str]) -> float:
        return fitted.level(route, cell=6).mean - fitted.level(route, cell=1).mean

    assert lift(SHOP) == pytest.approx(lift(MART))
    assert 0.1 < lift(SHOP) < 0.8
    assert lift(STAGE) == 0


# Luck


def test_wild_gigs_widen_the_luck_and_steady_ones_narrow_it() -> None:
    """Learned from the log, held by what is usual."""
    wild = fit(*[sample(8.0 + 1.2 * (-1) ** number) for number in range(30)])
    steady = fit(*[sample(8.0) for _ in range(30)])

    assert steady.gig_variance < levels.GIG_SPREAD**2 < wild.gig_variance


def test_one_wild_gig_among_many_hardly_moves_the_level() -> None:
    """A gig at fifty times the pay counts less than one at twice the pay."""
    plain = [sample(8.0 + number % 3 / 10) for number in range(15)]
    before = fit(*plain).level(SHOP).mean

    twice, fifty = (
        fit(*plain, sample(8.0 + math.log(times))).level(SHOP).mean for times in (2, 50)
    )

    assert 0 < twice - before < 0.1
    assert 0 < fifty - before < 0.1


def test_old_gigs_wear_off() -> None:
    """Pay of two years ago bows to that of last week, and without it still stands."""
    old = [sample(9.0, age=100.0) for _ in range(5)]

    alone = fit(*old).level(SHOP).mean
    both = fit(*old, *[sample(8.0) for _ in range(5)]).level(SHOP).mean

    assert 8.05 < alone < 9.0
    assert abs(both - 8.0) < abs(both - 9.0) / 4


# The time of the week


@pytest.mark.parametrize(
    ("minute", "part"),
    [(0, 0), (359, 0), (360, 1), (539, 1), (540, 2), (719, 2), (720, 3), (839, 3), (840, 4),
     (1019, 4), (1020, 5), (1139, 5), (1140, 6), (1259, 6), (1260, 7), (1439, 7)],
)  # fmt: skip
def test_the_day_has_eight_parts(minute: int, part: int) -> None:
    """Each begins with its first minute; workdays share them, and so do the two weekend days."""
    assert {levels.cell_of(day, minute) for day in range(1, 6)} == {part}
    assert {levels.cell_of(day, minute) for day in (6, 7)} == {part + 8}
