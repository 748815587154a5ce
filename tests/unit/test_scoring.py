"""Scoring: what a score is made of, what things bring, what a week brings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from xianke import inventory, matching, priorities, rates, scoring
from xianke.catalogue import Catalogue, Category, Conditions, Fact, Factor, Pay, Platform
from xianke.rates import Rate
from xianke.records import Asset, Gig, Place, Skill, Slot
from xianke.scoring import Candidate, Income, OwnWeeks, Weekly

if TYPE_CHECKING:
    from xianke.matching import Advice
    from xianke.priorities import Goal

TODAY = date(2026, 11, 22)
EVENING = "工作日 19:00-21:00"
FACTORS = {
    name: Factor(name, 0.33, 0.2, name, "a study", "2021", "third_party")
    for name in ("unpaid_share", "advertised")
}
TWO_SOURCES: tuple[Mapping[str, str], ...] = ({"url": "a"}, {"url": "b"})


def pay(low: float = 20, high: float = 80, **changes: Any) -> Pay:  # Any: fields of Pay
    stated = Pay(
        "yuan_per_hour", low, None, high, "net", "press", "the paper", "2026-03", False, False,
        None, None, None,
    )  # fmt: skip
    return replace(stated, **changes)


def platform(
    id: str = "shop",
    *pays: Pay,
    facts: Mapping[str, str | None] | None = None,
    date: str = "2026-06",
    category: str = "work",
    **changes: Any,  # Any: fields of Platform
) -> Platform:
    values = {"status": "active", **(facts or {})}
    made = Platform(
        id, f"The {id}", "platform", category, "time", "", Conditions(),
        {name: Fact(value, date) for name, value in values.items()}, pay=pays,
        confidence="medium", sources=TWO_SOURCES,
    )  # fmt: skip
    return replace(made, **changes)


def book(
    *platforms: Platform, self_route: Platform | None = None, growth: float = 0.5
) -> Catalogue:
    names = dict.fromkeys(
        one.category for one in (*platforms, *([self_route] if self_route else []))
    )
    categories = {
        name: Category(
            name, f"All {name}", "", "time", growth, "", (), (), (), (), Conditions(), (),
            self_route if self_route is not None and self_route.category == name else None,
        )
        for name in names
    }  # fmt: skip
    return Catalogue("2026-11-22", categories, {one.id: one for one in platforms}, FACTORS, ())


def stock(
    *texts: str,
    place: Place = "home",
    devices: str | None = None,
    skills: tuple[tuple[str, int], ...] = (),
    assets: tuple[str, ...] = (),
    profile: Mapping[str, str] | None = None,
) -> inventory.Stock:
    rows = [
        Slot(number, text, None, place, devices, False)
        for number, text in enumerate(texts or (EVENING,), 1)
    ]
    return inventory.stock(
        rows,
        [Skill(number, key, key, level) for number, (key, level) in enumerate(skills, 1)],
        [Asset(number, key, key, None, None) for number, key in enumerate(assets, 1)],
        profile or {},
        TODAY,
    )


def gig(platform: str = "shop", status: str = "paid") -> Gig:
    return Gig(
        1, platform, "work", "2026-11-01", None, 1, 60, 0, 3000, 0, 0, 0,
        status, None, None, None, None,  # type: ignore[arg-type]
    )  # fmt: skip


def advice(
    known: Catalogue, have: inventory.Stock | None = None, goal: Goal = "income", *gigs: Gig
) -> Advice:
    return matching.match(have or stock(), known, rates.learn(known, gigs, TODAY), goal, TODAY)


def only(found: Advice) -> Candidate:
    (row,) = (*found.picks, *found.untested)
    (candidate,) = row.routes
    return candidate


def parts(candidate: Candidate) -> dict[str, float]:
    return {part.name: round(part.value, 4) for part in candidate.components}


# The score


@pytest.mark.parametrize("goal", priorities.GOALS)
def test_a_score_is_the_weighted_sum_of_its_parts(goal: Goal) -> None:
    """Out of a hundred, to one decimal."""
    candidate = only(advice(book(platform("shop", pay())), goal=goal))

    assert sum(scoring.WEIGHTS[goal].values()) == pytest.approx(1)
    assert [part.name for part in candidate.components] == list(scoring.COMPONENTS)
    assert {part.name: part.weight for part in candidate.components} == scoring.WEIGHTS[goal]
    assert candidate.score == round(
        100 * sum(part.value * part.weight for part in candidate.components), 1
    )


@pytest.mark.parametrize(
    ("goal", "fen"),
    [("income", 2000), ("steady", 2000), ("safe", 4000), ("cash", 4000), ("growth", 4000)],
)
def test_pay_counts_by_the_low_end_or_the_middle(goal: Goal, fen: int) -> None:
    """Who wants income or steadiness asks what a bad hour brings."""
    candidate = only(advice(book(platform("shop", pay(20, 80))), goal=goal))

    assert parts(candidate)["pay"] == round(1 - math.exp(-fen / 4000), 4)


def test_what_goes_unpaid_is_part_of_what_an_hour_brings() -> None:
    """Half of the gigs unpaid halves the pay that counts."""
    known = book(platform("shop", pay(20, 80)))

    paid = only(advice(known, None, "cash", gig()))
    half = only(advice(known, None, "cash", gig(), gig(status="rejected")))
    never = only(advice(known, None, "cash", gig(status="rejected")))

    assert half.rate.mid_fen_per_hour == paid.rate.mid_fen_per_hour
    middle = half.rate.mid_fen_per_hour or 0
    assert parts(half)["pay"] == round(1 - math.exp(-middle / 2 / 4000), 4)
    assert parts(never)["pay"] == 0
    assert all(part.known for part in never.components if part.name == "pay")


def test_gigs_that_were_all_unpaid_are_a_known_nothing() -> None:
    """Without a catalogue's range the row waits in the second block, and unpaid is no 25th part."""
    found = advice(book(platform()), None, "income", gig(status="rejected"))

    assert found.picks == ()
    pay_part = only(found).components[0]
    assert (pay_part.name, pay_part.value, pay_part.known) == ("pay", 0.0, True)


def test_time_counts_by_usable_hours_with_four_a_week_as_half() -> None:
    """Two evening slots that overlap count once."""
    found = only(advice(book(platform()), stock("周六 09:00-13:00", "周六 10:00-11:00")))

    assert found.usable_minutes_per_week == 240
    assert parts(found)["time"] == 0.5


@pytest.mark.parametrize(
    ("conditions", "value"),
    [
        (Conditions(skills_any=("writing", "office")), 0.8),
        (Conditions(skills_all=("office",)), 0.64),
        (Conditions(), 0.5),
        (Conditions(skills_helpful=("coding",)), 0.5),
        (Conditions(skills_helpful=("office", "coding")), 0.82),
    ],
)
def test_skill_counts_by_the_best_fit(conditions: Conditions, value: float) -> None:
    """Work that anyone can do fits halfway; what helps lifts it."""
    have = stock(skills=(("excel", 3), ("copywriting", 3)))

    assert parts(only(advice(book(platform(conditions=conditions)), have)))["skill"] == value


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"upfront": "none"}, (1 + 0.75) / 4),
        ({"upfront": "required", "escrow": "no"}, 0.5 / 4),
        (
            {"upfront": "none", "escrow": "yes", "settlement": "daily", "public_ratings": "yes"},
            1.0,
        ),
    ],
)
def test_safety_counts_the_facts_that_protect(facts: dict[str, str], value: float) -> None:
    """Of four; one that is not known counts a quarter."""
    assert parts(only(advice(book(platform(facts=facts)))))["safety"] == round(value, 4)


@pytest.mark.parametrize(
    ("shop", "value"),
    [
        (platform(), 0.6),
        (platform(confidence="high"), 0.9),
        (platform(confidence="low"), 0.25),
        (platform(date="2020"), 0.3),
        (platform(sources=TWO_SOURCES[:1]), 0.2),
        (platform(facts={"status": None}), 0.2),
        (platform(kind="own", confidence=None), 0.15),
        (platform("shop", pay(), kind="own", confidence=None), 0.3),
    ],
    ids=["medium", "high", "low", "stale", "one source", "unknown", "own", "own with pay"],
)
def test_evidence_counts_by_confidence(shop: Platform, value: float) -> None:
    """Old, single and unknown ones count for little."""
    assert parts(only(advice(book(shop))))["evidence"] == value


def test_own_gigs_are_evidence_however_little_the_catalogue_knows() -> None:
    """Five gigs outweigh a single source."""
    shop = platform(sources=())

    found = only(advice(book(shop), None, "income", *[gig()] * 5))

    assert parts(found)["evidence"] == round(1 - math.exp(-1), 4)


@pytest.mark.parametrize(
    ("settlement", "value"),
    [("daily", 1.0), ("per_visit", 1.0), ("1_to_3_days", 0.85), ("weekly", 0.65), ("monthly", 0.2)],
)
def test_cash_counts_by_days_until_paid(settlement: str, value: float) -> None:
    """The sooner the better."""
    found = only(advice(book(platform(facts={"settlement": settlement}))))

    assert parts(found)["cash"] == value


def test_growth_is_the_categorys() -> None:
    """How far the work can grow is judged once for all of it."""
    assert parts(only(advice(book(platform(), growth=0.7))))["growth"] == 0.7


def test_an_unknown_part_counts_as_the_25th_percentile_of_the_known_ones() -> None:
    """Never as if it were good, and marked as unknown."""
    settled = ["daily", "1_to_3_days", "weekly", "on_buyer_confirmation", "monthly"]
    shops = [platform(name, facts={"settlement": name}) for name in settled]
    silent = platform("silent")

    (row,) = advice(book(*shops, silent)).untested

    found = next(one for one in row.routes if one.platform.id == "silent")
    cash = next(part for part in found.components if part.name == "cash")
    # Known are 1.0, 0.85, 0.65, 0.5 and 0.2.
    assert (cash.value, cash.known) == (0.5, False)


def test_a_part_that_nobody_knows_counts_nothing() -> None:
    """Then it makes no difference between the routes."""
    assert parts(only(advice(book(platform()))))["cash"] == 0


# Income that is not by the hour


def test_pay_per_month_or_item_comes_from_credible_statements() -> None:
    """With its source and date; what is not stated stays unknown."""
    month = pay(300, 400, unit="yuan_per_month", typical=350.0)
    item = pay(10, 20, unit="yuan_per_item")

    assert scoring.income_of(platform("a", pay(), month, income="passive")) == Income(
        "month", 30000, 35000, 40000, "the paper", "2026-03"
    )
    assert scoring.income_of(platform("b", item, income="one_off")) == Income(
        "item", 1000, None, 2000, "the paper", "2026-03"
    )


@pytest.mark.parametrize(
    "shop",
    [
        platform("a", pay(unit="yuan_per_month")),
        platform("b", income="passive"),
        platform("c", pay(unit="yuan_per_item"), income="passive"),
        platform("d", pay(unit="yuan_per_month", grade="community_estimate"), income="passive"),
    ],
    ids=["paid by time", "nothing stated", "other unit", "hearsay"],
)
def test_without_a_credible_statement_no_income_is_shown(shop: Platform) -> None:
    """Hearsay makes no number, and paid time has a rate instead."""
    assert scoring.income_of(shop) is None


def test_things_stand_in_rows_of_their_own() -> None:
    """A row is one category and kind; without a stated income it is untested."""
    parking = platform("parking", pay(300, 400, unit="yuan_per_month"), income="passive")
    known = book(platform("shop", pay()), parking, platform("flea", income="one_off"))

    found = advice(known)

    assert [(row.rank, row.category, row.kind, row.best.platform.id) for row in found.picks] == [
        (1, "work", "time", "shop"),
        (2, "work", "passive", "parking"),
    ]
    assert [(row.kind, row.best.usable_minutes_per_week) for row in found.untested] == [
        ("one_off", 0)
    ]


# The week


def rate(share: float | None = None) -> Rate:
    return Rate(2000, 3000, 5000, "own", 9, "2026-11-01", paid_share=share)


def test_a_weekly_figure_needs_three_own_weeks() -> None:
    """Before, nobody knows how much work there is."""
    assert scoring.weekly(rate(), 600, None) is None
    assert scoring.weekly(rate(), 600, OwnWeeks((60, 60))) is None
    assert scoring.weekly(rate(), 600, OwnWeeks((60, 60, 60))) == Weekly(2000, 3000, 5000, 60)


def test_a_week_is_capped_at_the_80th_percentile_of_own_weeks() -> None:
    """One heroic week out of five is not the rule."""
    found = scoring.weekly(rate(), 6000, OwnWeeks((600, 60, 120, 30, 90)))

    assert found == Weekly(4000, 6000, 10000, 120)


def test_a_week_is_capped_at_the_usable_minutes() -> None:
    """Nobody works in time that is not free."""
    assert scoring.weekly(rate(), 30, OwnWeeks((60, 60, 60))) == Weekly(1000, 1500, 2500, 30)


def test_what_goes_unpaid_comes_off_the_week() -> None:
    """Expected values contain the gigs that brought nothing."""
    found = scoring.weekly(rate(0.5), 600, OwnWeeks((60, 60, 60)))

    assert found == Weekly(1000, 1500, 2500, 60)


def test_without_a_rate_there_is_no_week() -> None:
    """However many weeks were logged."""
    unpaid = Rate(None, None, None, "own", 3, "2026-11-01", paid_share=0.0)

    assert scoring.weekly(unpaid, 600, OwnWeeks((60, 60, 60))) is None


def test_own_weeks_reach_the_row_of_their_route() -> None:
    """They are kept by category and platform."""
    known = book(platform("shop", pay()), platform("other", pay(), category="else"))
    learned = rates.learn(known, [gig()], TODAY)

    found = matching.match(
        stock(), known, learned, "income", TODAY, {("work", "shop"): OwnWeeks((60, 60, 60))}
    )

    assert {row.category: row.best.weekly is not None for row in found.picks} == {
        "work": True,
        "else": False,
    }
