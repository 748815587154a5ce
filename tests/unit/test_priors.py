"""Priors: what statements about pay amount to, and how they are brought down to net."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest

from xianke import rates
from xianke.catalogue import Catalogue, Category, Conditions, Fact, Factor, Pay, Platform
from xianke.priors import Step
from xianke.rates import Rate

TODAY = date(2026, 11, 22)
UNPAID = Factor("unpaid_share", 0.33, 0.25, "a third goes unpaid", "a study", "2021", "third_party")
ADVERTISED = Factor("advertised", 0.0, 0.3, "only promised", "a guess", "2026", "assumption")
E_BIKE = Factor("e_bike_cost", 0.1, 0.1, "a tenth for the bike", "a guess", "2026", "assumption")
FACTORS = {one.id: one for one in (UNPAID, ADVERTISED, E_BIKE)}


def pay(
    low: float | None = None,
    typical: float | None = None,
    high: float | None = None,
    *,
    unit: str = "yuan_per_hour",
    measure: str = "net",
    grade: str = "press",
    date: str | None = "2026-03",
    single_case: bool = False,
    derived: bool = False,
    unpaid_included: bool | None = None,
    minutes: int | None = None,
) -> Pay:
    return Pay(
        unit, low, typical, high, measure, grade, "the paper", date, single_case, derived,
        unpaid_included, minutes, None,
    )  # fmt: skip


def platform(
    *pays: Pay,
    id: str = "shop",
    category: str = "work",
    kind: str = "platform",
    costs: tuple[str, ...] = (),
    status: str = "active",
) -> Platform:
    return Platform(
        id, f"The {id}", kind, category, "time", "", Conditions(), {"status": Fact(status)},
        pay=pays, costs=costs,
    )  # fmt: skip


def category(*pays: Pay, id: str = "work", self_route: Platform | None = None) -> Category:
    return Category(
        id, f"All {id}", "", "time", 0.5, "", (), (), pays, (), Conditions(), (), self_route
    )


def book(of: Category, *platforms: Platform) -> Catalogue:
    return Catalogue("2026-11-22", {of.id: of}, {one.id: one for one in platforms}, FACTORS, ())


def of_platform(*pays: Pay, costs: tuple[str, ...] = ()) -> Rate:
    """Return the rate of a platform with these statements in a category without any."""
    only = platform(*pays, costs=costs)
    return rates.learn(book(category(), only), [], TODAY).of(only)


def of_category(*pays: Pay) -> Rate:
    return rates.learn(book(category(*pays)), [], TODAY).categories["work"]


def spread(rate: Rate) -> float:
    assert rate.low_fen_per_hour is not None
    assert rate.high_fen_per_hour is not None
    return math.log(rate.high_fen_per_hour / rate.low_fen_per_hour)


def figures(rate: Rate) -> tuple[int | None, int | None, int | None]:
    return rate.low_fen_per_hour, rate.mid_fen_per_hour, rate.high_fen_per_hour


NOTHING = Rate(None, None, None, "none", 0, None)


# The prior


def test_low_and_high_are_the_ten_and_ninety_percent_points_around_their_geometric_mean() -> None:
    """Without a typical figure the middle is the geometric mean."""
    rate = of_platform(pay(20, None, 80))

    assert rate == Rate(
        2000, 4000, 8000, "catalogue", 0, "2026-03",
        steps=(Step("每小时 20–80 元", "the paper", "2026-03"),), stated_as_of="2026-03",
    )  # fmt: skip


def test_typical_is_the_median() -> None:
    """The middle of the range is the typical figure, wherever low and high lie."""
    low, mid, high = figures(of_platform(pay(20, 30, 80)))

    assert (low, mid, high) == (1500, 3000, 6000)


@pytest.mark.parametrize(
    ("low", "high"), [(20, None), (None, 80)], ids=["low and typical", "high and typical"]
)
def test_typical_and_one_end_are_enough(low: float | None, high: float | None) -> None:
    """The other end lies as far off on the logarithmic scale."""
    assert figures(of_platform(pay(low, 40, high))) == (2000, 4000, 8000)


@pytest.mark.parametrize(
    ("low", "typical", "high"), [(None, 40, None), (20, None, None), (None, None, 80)]
)
def test_one_point_makes_no_distribution(
    low: float | None, typical: float | None, high: float | None
) -> None:
    """Fewer than two of the three say nothing, and then no number is shown."""
    assert of_platform(pay(low, typical, high)) == NOTHING


def test_a_platform_without_two_points_takes_its_categorys_range_made_wider() -> None:
    """What holds for all of a category holds for one platform with less certainty, and says so."""
    only = platform(pay(None, 40, None))

    learned = rates.learn(book(category(pay(20, None, 80)), only), [], TODAY)

    shared, own = learned.categories["work"], learned.of(only)
    assert own.mid_fen_per_hour == shared.mid_fen_per_hour == 4000
    assert spread(own) == pytest.approx(1.3 * spread(shared), rel=1e-3)
    assert own.basis == "catalogue"
    assert own.steps == (
        *shared.steps,
        Step(
            "没有这个平台自己的可信时薪，用「All work」整类的行情，范围放宽", "目录", "2026-11-22"
        ),
    )


def test_a_platform_can_refuse_its_categorys_range() -> None:
    """Teaching the elderly to use a phone is not paid like caring for them: no number at all."""
    only = replace(platform(), category_rate=False)

    assert rates.learn(book(category(pay(20, None, 80)), only), [], TODAY).of(only) == NOTHING


@pytest.mark.parametrize("income", ["passive", "one_off"])
def test_what_is_not_paid_by_the_hour_has_no_hourly_rate(income: str) -> None:
    """A parking space or a thing sold brings money per month or item."""
    only = replace(platform(pay(20, None, 80)), income=income)  # type: ignore[arg-type]

    assert rates.learn(book(category(), only), [], TODAY).of(only) == NOTHING


def test_third_party_figures_make_a_wider_prior() -> None:
    """The middle stays, the certainty does not."""
    press = of_platform(pay(20, None, 80))
    third = of_platform(pay(20, None, 80, grade="third_party"))

    assert third.mid_fen_per_hour == press.mid_fen_per_hour
    assert spread(third) == pytest.approx(1.3 * spread(press), rel=1e-3)


def test_official_and_press_figures_make_the_same_prior() -> None:
    """Both grades are evidence in full."""
    official = of_platform(pay(20, None, 80, grade="official"))

    assert figures(official) == figures(of_platform(pay(20, None, 80)))


def test_a_statement_without_a_date_makes_a_wider_prior_without_a_date() -> None:
    """Nobody knows what has changed since."""
    dated, undated = of_platform(pay(20, None, 80)), of_platform(pay(20, None, 80, date=None))

    assert undated.mid_fen_per_hour == dated.mid_fen_per_hour
    assert spread(undated) > spread(dated)
    assert undated.as_of is None


def test_the_newest_statement_dates_the_range() -> None:
    """`as_of` is the latest word among the evidence."""
    rate = of_platform(pay(20, None, 80, date="2024"), pay(20, None, 80, date="2026-01"))

    assert rate.as_of == "2026-01"


def test_a_platforms_community_estimate_never_makes_its_rate() -> None:
    """It is hearsay; the route falls back to its category."""
    only = platform(pay(100, 200, 300, grade="community_estimate"))

    learned = rates.learn(book(category(pay(20, None, 80)), only), [], TODAY)

    assert learned.of(only).mid_fen_per_hour == 4000
    assert of_platform(pay(100, 200, 300, grade="community_estimate")) == NOTHING


def test_a_community_estimate_alone_makes_no_categorys_rate() -> None:
    """It may only widen what other evidence says."""
    assert of_category(pay(2, 10, 20, grade="community_estimate")) == NOTHING


@pytest.mark.parametrize("typical", [None, 40])
def test_a_community_estimate_widens_a_category_and_does_not_move_it(
    typical: float | None,
) -> None:
    """Hearsay of 200 yuan makes the range less certain, and the middle stays where it was."""
    stated = pay(20, typical, 80)

    alone, widened = of_category(stated), of_category(stated, pay(
        None, None, 200, grade="community_estimate"
    ))  # fmt: skip

    assert widened.mid_fen_per_hour == alone.mid_fen_per_hour
    assert spread(widened) > spread(alone)


def test_a_community_estimate_within_the_range_changes_nothing() -> None:
    """It never makes a range narrower."""
    stated = pay(20, None, 80)

    narrow = of_category(stated, pay(30, 40, 50, grade="community_estimate"))

    assert narrow == of_category(stated)


def test_a_single_case_makes_no_range() -> None:
    """One person's case is never typical."""
    assert of_platform(pay(20, 40, 80, single_case=True)) == NOTHING


def test_three_cases_make_a_range_around_their_median() -> None:
    """The middle one of three people is as typical as it gets; a case without one has a middle."""
    rate = of_category(
        pay(10, None, 40, single_case=True),
        pay(None, 30, None, single_case=True),
        pay(None, 45, None, single_case=True),
    )

    assert rate.mid_fen_per_hour == 3000
    assert rate.basis == "catalogue"


@pytest.mark.parametrize("end", ["low", "high"])
def test_cases_that_name_one_end_alone_make_a_range_as_well(end: str) -> None:
    """Three people who said what they got at least, or at most, span from the least to the most."""
    stated = [(yuan, None, None) if end == "low" else (None, None, yuan) for yuan in (20, 40, 80)]

    rate = of_category(*(pay(*points, single_case=True) for points in stated))

    assert figures(rate) == (2000, 4000, 8000)


def test_a_single_case_beside_broad_evidence_does_not_move_the_middle() -> None:
    """It may only widen the ends."""
    broad = of_category(pay(20, 40, 80))

    both = of_category(pay(20, 40, 80), pay(None, 300, None, single_case=True))

    assert both.mid_fen_per_hour == broad.mid_fen_per_hour == 4000
    assert spread(both) > spread(broad)


def test_what_the_customer_pays_is_not_pay() -> None:
    """Neither alone nor beside other statements."""
    assert of_platform(pay(20, 40, 80, measure="customer_price")) == NOTHING


def test_pay_per_piece_says_nothing_about_an_hour() -> None:
    """Nobody said how long the work takes."""
    assert of_platform(pay(20, 40, 80, unit="yuan_per_task")) == NOTHING


def test_pay_for_work_of_a_stated_length_is_worked_out_per_hour() -> None:
    """300 yuan for three hours are 100 an hour, and the step says how it was worked out."""
    rate = of_platform(pay(150, 300, 600, unit="yuan_per_session", minutes=180))

    assert figures(rate) == (5000, 10000, 20000)
    assert [step.text for step in rate.steps] == ["每次 150–300–600 元，一次按 180 分钟推算"]


def test_a_figure_that_was_worked_out_says_so() -> None:
    """Arithmetic is not a statement."""
    rate = of_platform(pay(20, 20, 80, derived=True))

    assert [step.text for step in rate.steps] == ["每小时 20–80 元（推算）"]


# Down to net


def test_gross_pay_loses_the_unpaid_share_and_the_costs() -> None:
    """Each factor lowers the middle, widens the range, and is named with its source."""
    net = of_platform(pay(20, None, 80))

    rate = of_platform(pay(20, None, 80, measure="gross"), costs=("e_bike_cost",))

    assert rate.mid_fen_per_hour == math.floor(4000 * 0.67 * 0.9)
    assert spread(rate) > spread(net)
    assert rate.discounted
    assert rate.steps == (
        Step("每小时 20–80 元", "the paper", "2026-03"),
        Step("a tenth for the bike", "a guess", "2026"),
        Step("a third goes unpaid", "a study", "2021"),
    )


def test_an_advertised_figure_is_less_certain_but_not_lower_than_a_gross_one() -> None:
    """How far offers exceed what is paid is not known: only the range says so."""
    gross = of_platform(pay(20, None, 80, measure="gross"))

    rate = of_platform(pay(20, None, 80, measure="advertised"))

    assert rate.mid_fen_per_hour == gross.mid_fen_per_hour
    assert spread(rate) > spread(gross)
    assert [step.text for step in rate.steps][1:] == ["a third goes unpaid", "only promised"]


def test_unpaid_time_is_not_taken_off_twice() -> None:
    """A figure that contains the waiting is not discounted for waiting."""
    rate = of_platform(pay(20, None, 80, measure="gross", unpaid_included=True))

    assert rate.mid_fen_per_hour == 4000
    assert not rate.discounted


def test_a_net_figure_is_left_alone() -> None:
    """Neither costs nor waiting come off what somebody really had in hand."""
    rate = of_platform(pay(20, None, 80), costs=("e_bike_cost",))

    assert figures(rate) == (2000, 4000, 8000)
    assert not rate.discounted
