"""What a block of time should bring: the chances, the costs and the waiting, each by itself."""

from __future__ import annotations

import math
from datetime import date, datetime

import pytest

from xianke import experience, levels, worth
from xianke.catalogue import Catalogue, Category, Conditions, Fact, Factor, Pay, Platform
from xianke.records import Gig
from xianke.worth import Outlook

TODAY = date(2026, 11, 22)
MORNING = datetime(2026, 11, 23, 9)
EVENING = datetime(2026, 11, 23, 20)
ROUTE = ("work", "shop")
FACTORS = {
    name: Factor(name, 0.0, 0.0, name, "nobody", "2026", "assumption")
    for name in ("unpaid_share", "advertised")
}


def book() -> Catalogue:
    stated = Pay(
        "yuan_per_hour", 20, None, 80, "net", "press", "the paper", "2026-03", False, False,
        None, None, None,
    )  # fmt: skip
    shop = Platform(
        "shop", "The shop", "platform", "work", "time", "", Conditions(),
        {"status": Fact("active")}, pay=(stated,),
    )  # fmt: skip
    work = Category("work", "All work", "", "time", 0.5, "", (), (), (), (), Conditions(), (), None)
    return Catalogue("2026-11-22", {"work": work}, {"shop": shop}, FACTORS, ())


def gig(
    id: int, yuan: float = 40, *, status: str = "paid", cost: float = 0, start: int | None = None
) -> Gig:
    return Gig(
        id, "shop", "work", f"2026-11-{id:02d}", start, 1, 60, 0, round(yuan * 100), 0,
        round(cost * 100), 0, status, None, None, None, None,  # type: ignore[arg-type]
    )  # fmt: skip


def outlook(*gigs: Gig, delay: float | None = None) -> Outlook:
    return Outlook(ROUTE, experience.of(book(), gigs, TODAY), delay)


def test_an_hour_without_own_gigs_is_worth_what_is_published_and_usually_paid() -> None:
    """The middle of 20–80, at the speed of a beginner two gigs on, times the usual share paid."""
    slow = levels.PRACTICE_SLOWNESS * math.exp(-worth.PATIENCE_GIGS / levels.PRACTICE_GIGS)

    found = outlook().hourly_fen(MORNING)

    assert found == pytest.approx(4000 * math.exp(-slow) * experience.FIRST_PAID_SHARE)


def test_waiting_for_money_costs_by_the_day() -> None:
    """Thirty days cost thirty times a day; nobody knows is not the same as late."""
    at_once = outlook(delay=0.0).hourly_fen(MORNING)

    assert outlook(delay=None).hourly_fen(MORNING) == at_once
    assert outlook(delay=30.0).hourly_fen(MORNING) == pytest.approx(
        at_once * (1 - 30 * worth.DELAY_COST_PER_DAY)
    )


def test_waiting_never_costs_more_than_the_money() -> None:
    """What comes after ten years is worth nothing, and not less."""
    assert outlook(delay=3650.0).delay_share == 0.0
    assert outlook(delay=3650.0).hourly_fen(MORNING) == 0.0


def test_rejections_take_off_the_pay_and_leave_the_costs() -> None:
    """Three paid and three rejected gigs, each of which cost five yuan for its hour."""
    gigs = [gig(number, 45, cost=5) for number in (1, 2, 3)]
    lost = [gig(number, 45, cost=5, status="rejected") for number in (4, 5, 6)]

    sure, risky = outlook(*gigs), outlook(*gigs, *lost)

    weight = experience.FIRST_PAID_WEIGHT
    usual = experience.FIRST_PAID_SHARE * weight
    assert sure.paid_share == pytest.approx((3 + usual) / (3 + weight))
    assert risky.paid_share == pytest.approx((3 + usual) / (6 + weight))
    paid_hour = (sure.hourly_fen(MORNING) + (1 - sure.paid_share) * 500) / sure.paid_share
    assert risky.hourly_fen(MORNING) == pytest.approx(
        risky.paid_share * paid_hour - (1 - risky.paid_share) * 500
    )


def test_a_block_is_worth_its_chance_of_work_less_the_cost_of_looking() -> None:
    """Two hours, of which a quarter is spent on looking where there is nothing to be found."""
    one = outlook(*(gig(number, 45, cost=5) for number in (1, 2, 3)))
    chance, hourly = one.supply.chance(90), one.hourly_fen(MORNING)

    found = one.expected_fen(MORNING, 120, 90)

    assert 0 < chance < 1
    assert found == pytest.approx(2 * (chance * hourly - (1 - chance) * worth.SEARCH_SHARE * 500))


def test_a_block_is_worth_less_the_more_was_asked_of_the_route_that_week() -> None:
    """Work runs out before the week does."""
    one = outlook(gig(1))

    values = [one.expected_fen(MORNING, 60, asked) for asked in (0, 60, 240, 900)]

    assert values == sorted(values, reverse=True)
    assert len(set(values)) == 4


def test_the_time_of_the_week_makes_a_difference_once_it_is_known() -> None:
    """Evenings paid more: an evening is worth more, and a morning no less than nothing."""
    days = (2, 3, 4, 5, 9, 10, 11, 12)
    gigs = [gig(day, 30 if day % 2 else 60, start=540 if day % 2 else 1200) for day in days]

    known, unknown = outlook(*gigs), outlook()

    assert known.hourly_fen(EVENING) > known.hourly_fen(MORNING) > 0
    assert unknown.hourly_fen(EVENING) == unknown.hourly_fen(MORNING)


def test_boldness_counts_doubt_in_favour() -> None:
    """So many deviations of the level's doubt, and the less is known the more it counts."""
    new, known = outlook(), outlook(*(gig(number) for number in range(1, 21)))
    cell = levels.cell_of(MORNING.isoweekday(), 540)
    doubt = math.sqrt(new.experience.levels.level(ROUTE, cell=cell, practice=2.0).variance)

    def lift(one: Outlook) -> float:
        return one.hourly_fen(MORNING, 1.0) / one.hourly_fen(MORNING)

    assert lift(new) == pytest.approx(math.exp(doubt))
    assert lift(new) > lift(known) > 1
    assert new.expected_fen(MORNING, 60, boldness=1.0) > new.expected_fen(MORNING, 60)


def test_asking_twice_changes_nothing() -> None:
    """What is remembered inside is no part of an answer, nor of what makes two outlooks alike."""
    used, fresh = outlook(gig(1)), outlook(gig(1))
    for boldness in (0.0, 0.6, 0.0):
        used.hourly_fen(EVENING, boldness)

    assert used.hourly_fen(MORNING) == fresh.hourly_fen(MORNING)
    assert used == fresh


def test_the_mean_over_starts_is_the_mean() -> None:
    """And nothing where there is no start."""
    one = outlook(gig(2, 90, start=1200), gig(3, 30, start=540))

    assert worth.mean_hourly_fen(one, [MORNING, EVENING]) == pytest.approx(
        (one.hourly_fen(MORNING) + one.hourly_fen(EVENING)) / 2
    )
    assert worth.mean_hourly_fen(one, []) == 0.0
