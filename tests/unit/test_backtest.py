"""Looking back: ranges made of what was known before, held against what came."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.unit.test_scoring import book, pay, platform

from xianke import backtest, rates
from xianke.records import Gig, GigStatus

if TYPE_CHECKING:
    from xianke.backtest import Check

TODAY = date(2026, 11, 22)
KNOWN = book(platform("shop", pay(30, 60)), platform("stall", pay(10, 20)))


def gig(number: int, day: date, yuan: float, shop: str = "shop", status: GigStatus = "paid") -> Gig:
    return Gig(
        number, shop, "work", day.isoformat(), 600, 1, 60, 0, round(100 * yuan), 0, 0, 0, status,
        None, day.isoformat() if status == "paid" else None, None, None,
    )  # fmt: skip


def weekly(*yuan: float, first: date = date(2026, 9, 7), shop: str = "shop") -> list[Gig]:
    """Return one gig a week."""
    return [
        gig(number, first + timedelta(weeks=number), one, shop) for number, one in enumerate(yuan)
    ]


def check(gigs: list[Gig]) -> Check:
    return backtest.check(KNOWN, gigs, TODAY)


def test_only_gigs_with_own_ones_before_their_week_are_judged() -> None:
    """The first gig has nothing before it; one of the same week knows nothing of its neighbour."""
    monday = date(2026, 10, 5)
    same_week = [gig(1, monday, 40), gig(2, monday + timedelta(days=3), 40)]

    assert check(same_week).whole.gigs == 0
    assert check([*same_week, gig(3, monday + timedelta(days=7), 40)]).whole.gigs == 1


def test_what_came_later_changes_nothing_that_was_said_before() -> None:
    """Each week is judged by what was logged before it, and by nothing else."""
    early = weekly(40, 45, 38, 50)
    late = weekly(5, 400, 3, first=date(2026, 10, 19))

    assert check([*early, *late]).told[:3] == check(early).told


def test_a_gig_is_held_against_the_range_of_its_week() -> None:
    """The figures are those that `rates` gives for the Monday of the week."""
    gigs = weekly(40, 45, 38)

    told = check(gigs).told[-1]

    rate = rates.learn(KNOWN, gigs[:2], date(2026, 9, 21)).routes["work", "shop"]
    assert (told.low, told.mid, told.high) == (
        rate.low_fen_per_hour,
        rate.mid_fen_per_hour,
        rate.high_fen_per_hour,
    )
    assert (told.rate, told.gigs, told.mean) == (3800, 2, 4250)
    assert told.stated == rates.stated(KNOWN, ("work", "shop")).mid_fen_per_hour


def test_far_out_gigs_are_counted_on_their_side() -> None:
    """Below, inside and above add up to all."""
    whole = check(weekly(40, 40, 40, 40, 2, 40, 40, 900)).whole

    assert (whole.gigs, whole.below, whole.above) == (7, 1, 1)
    assert whole.held == 5


def test_rejected_gigs_are_not_judged() -> None:
    """A range is for a paid gig."""
    gigs = [*weekly(40, 40), gig(9, date(2026, 11, 2), 0, status="rejected")]

    assert check(gigs).whole.gigs == 1


def test_errors_are_the_median_factor_between_said_and_came() -> None:
    """Own gigs of 40 after 40, in a shop that publishes about 42: the mean is exact."""
    whole = check(weekly(40, 40, 40, 40)).whole

    assert whole.mean_error == 1.0
    assert whole.error is not None and whole.error < 1.1
    stated = rates.stated(KNOWN, ("work", "shop")).mid_fen_per_hour
    assert stated is not None
    assert whole.stated_error == pytest.approx(max(stated / 4000, 4000 / stated))


def test_shares_are_kept_apart_by_what_was_known() -> None:
    """One to three, four to nine, ten and more; together they are the whole."""
    parts = check(weekly(*[40.0] * 11)).by_known

    assert [(span, score.gigs) for span, score in parts] == [
        ((1, 3), 3),
        ((4, 9), 6),
        ((10, None), 1),
    ]


def test_about_eight_in_ten_gigs_fall_into_earlier_ranges() -> None:
    """On logs that vary as gigs do, the look back finds what the ranges promise."""
    dice, whole, held = random.Random(5), 0, 0
    for _life in range(12):
        level = dice.lognormvariate(3.7, 0.3)
        log = weekly(*(level * dice.lognormvariate(0, 0.45) for _week in range(11)))
        score = check(log).whole
        whole, held = whole + score.gigs, held + score.held

    assert 0.72 <= held / whole <= 0.92


def test_older_than_a_year_is_not_looked_at() -> None:
    """Gigs from before still teach, but are not judged."""
    old = weekly(40, 40, 40, first=date(2024, 3, 4))

    assert check(old).whole.gigs == 0
    assert check([*old, gig(9, date(2026, 11, 2), 40)]).whole.gigs == 1
