"""Matching: what stands in the way, what a score is made of, how rows are ranked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from xianke import conditions, inventory, matching, rates, scoring
from xianke.catalogue import Catalogue, Category, Conditions, Fact, Factor, Pay, Platform
from xianke.conditions import Needs
from xianke.matching import Advice, Rejection
from xianke.rates import Rate, Rates
from xianke.records import Asset, Gig, Place, Skill, Slot
from xianke.scoring import Candidate, Goal, Income, OwnWeeks, Weekly

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


def timeless() -> inventory.Stock:
    return replace(stock(), slots=())


def gig(platform: str = "shop", status: str = "paid") -> Gig:
    return Gig(
        1, platform, "work", "2026-11-01", None, 1, 60, 0, 3000, 0, 0, 0,
        status, None, None, None, None,  # type: ignore[arg-type]
    )  # fmt: skip


def advice(
    known: Catalogue, have: inventory.Stock | None = None, goal: Goal = "income", *gigs: Gig
) -> Advice:
    return matching.match(have or stock(), known, rates.learn(known, gigs), goal, TODAY)


def needs(have: inventory.Stock, **wanted: Any) -> Needs:  # Any: fields of Conditions
    return conditions.needs_of(platform(conditions=Conditions(**wanted)), have, TODAY)


def only(found: Advice) -> Candidate:
    (row,) = (*found.picks, *found.untested)
    (candidate,) = row.routes
    return candidate


def parts(candidate: Candidate) -> dict[str, float]:
    return {part.name: round(part.value, 4) for part in candidate.components}


# What stands in the way


def test_what_is_closed_never_comes_into_question() -> None:
    """Whatever else fits."""
    shut = platform(facts={"status": "closed"})
    firms = platform(not_for_workers="firms only")

    assert conditions.needs_of(shut, stock(), TODAY) == Needs("closed")
    assert conditions.needs_of(firms, stock(), TODAY) == Needs("closed")


def test_any_one_of_the_skills_opens_work_that_asks_for_any() -> None:
    """Without one all of them are named."""
    wanted = ("writing", "coding")

    assert needs(stock(), skills_any=wanted) == Needs("no_skill", failed=wanted)
    assert needs(stock(skills=(("copywriting", 1),)), skills_any=wanted).missing is None


def test_every_one_of_the_skills_is_needed_where_all_are_asked_for() -> None:
    """Only those that lack are named."""
    have = stock(skills=(("english", 3),))

    assert needs(have, skills_all=("english", "coding")) == Needs("no_skill", failed=("coding",))
    assert needs(have, skills_all=("english",)).missing is None
    assert needs(have, skills_all=("english",), skills_any=("coding",)) == Needs(
        "no_skill", failed=("coding",)
    )


def test_things_are_asked_for_like_skills() -> None:
    """Any of some, all of others."""
    have = stock(assets=("e_bike",))

    assert needs(have, assets_all=("e_bike", "van")) == Needs("no_asset", failed=("van",))
    assert needs(have, assets_all=("e_bike",)).missing is None
    assert needs(have, assets_any=("car", "van")) == Needs("no_asset", failed=("car", "van"))
    assert needs(have, assets_any=("car", "e_bike")).missing is None


@pytest.mark.parametrize(
    ("profile", "missing", "checks"),
    [
        ({}, None, ("age",)),
        ({"birth_year": "2000"}, None, ()),
        ({"birth_year": "2007"}, None, ()),
        ({"birth_year": "2008"}, None, ("birthday",)),
        ({"birth_year": "2009"}, "profile", ()),
    ],
)
def test_an_age_is_asked_for_and_never_guessed(
    profile: dict[str, str], missing: str | None, checks: tuple[str, ...]
) -> None:
    """Unknown stays with a check; who turns eighteen this year may not be it yet."""
    found = needs(stock(profile=profile), min_age=18)

    assert (found.missing, found.checks) == (missing, checks)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({}, (None, ("driving_licence", "health_certificate"), ())),
        ({"licence": "yes"}, (None, ("health_certificate",), ())),
        ({"licence": "no"}, ("profile", (), ("driving_licence",))),
        ({"licence": "yes", "health_certificate": "yes"}, (None, (), ())),
        ({"licence": "yes", "health_certificate": "no"}, ("profile", (), ("health_certificate",))),
    ],
)
def test_certificates_are_checked_one_by_one(
    profile: dict[str, str], expected: tuple[str | None, tuple[str, ...], tuple[str, ...]]
) -> None:
    """Yes passes, no rejects, unknown is to be checked."""
    found = needs(stock(profile=profile), certificates=("driving_licence", "health_certificate"))

    assert (found.missing, found.checks, found.failed) == expected


@pytest.mark.parametrize(
    ("profile", "missing", "checks"),
    [
        ({}, None, ("city",)),
        ({"city": "武汉市"}, None, ()),
        ({"city": "湖南省"}, None, ()),
        ({"city": "Wuhan"}, None, ("region",)),
        ({"city": "杭州"}, "region", ()),
    ],
)
def test_a_region_is_checked_against_the_city(
    profile: dict[str, str], missing: str | None, checks: tuple[str, ...]
) -> None:
    """An unknown city, or one in Latin letters, is left to the user."""
    found = needs(stock(profile=profile), regions=("湖南", "武汉"))

    assert (found.missing, found.checks) == (missing, checks)


def test_an_employer_who_forbids_side_jobs_is_a_check_everywhere() -> None:
    """The program does not decide what a contract allows."""
    assert needs(stock(profile={"employer_forbids_side_jobs": "yes"})).checks == ("employer",)
    assert needs(stock(profile={"employer_forbids_side_jobs": "no"})).checks == ()


def test_what_would_help_is_named_when_it_is_not_there() -> None:
    """It never rejects."""
    assert needs(stock(), assets_helpful=("headset",)).checks == ("asset:headset",)
    assert needs(stock(assets=("headset",)), assets_helpful=("headset",)).checks == ()


def test_work_by_the_hour_needs_a_slot_that_comes_back() -> None:
    """No slot at all, or one on a single date, is no weekly time."""
    dated = stock("2026-12-05 09:00-12:00")

    assert needs(timeless(), assets_helpful=("headset",)) == Needs(
        "no_slot", checks=("asset:headset",)
    )
    assert needs(dated).missing == "no_slot"
    assert needs(stock(EVENING, "2026-12-05 09:00-12:00")).missing is None


@pytest.mark.parametrize("income", ["passive", "one_off"])
def test_what_takes_no_time_needs_no_slot(income: Any) -> None:  # Any: one of Income's words
    """A parking space earns while one sleeps."""
    found = conditions.needs_of(platform(income=income), timeless(), TODAY)

    assert found == Needs(None)


@pytest.mark.parametrize(
    ("have", "code"),
    [
        (stock("工作日 19:00-19:30"), "block_too_short"),
        (stock(devices="phone"), "no_device"),
        (stock(place="transit"), "no_place"),
    ],
)
def test_the_code_says_what_is_wrong_with_the_time(have: inventory.Stock, code: str) -> None:
    """Too short, without the device, or in the wrong place."""
    assert needs(have, devices_any=("pc",), min_block_minutes=60) == Needs(code)


def test_of_several_slots_the_one_closest_to_fitting_says_what_lacks() -> None:
    """A slot that is only too short says more than one in the wrong place."""
    short = stock("工作日 12:00-12:30", devices="pc")
    away = stock(place="transit")
    both = replace(short, slots=(*away.slots, *short.slots))

    assert needs(both, devices_any=("pc",), min_block_minutes=60) == Needs("block_too_short")


def test_an_unknown_computer_is_to_be_checked() -> None:
    """The route stays, on all slots where a computer may be."""
    found = needs(stock(), devices_any=("pc",))

    assert (found.missing, found.checks, len(found.usable)) == (None, ("pc",), 1)


def test_a_computer_that_is_there_for_sure_settles_the_question() -> None:
    """Then only the slots that surely have one count."""
    home, office = stock("周六 09:00-12:00"), stock("工作日 12:00-13:00", devices="pc")
    both = replace(home, slots=(*home.slots, *office.slots))

    found = needs(both, devices_any=("pc",))

    assert (found.checks, found.usable) == ((), tuple(free.rule for free in office.slots))


def test_a_computer_on_one_date_does_not_hide_a_weekly_slot() -> None:
    """Adding a slot never takes a route away."""
    home, dated = stock("周六 09:00-12:00"), stock("2026-12-05 09:00-12:00", devices="pc")
    both = replace(home, slots=(*home.slots, *dated.slots))

    found = needs(both, devices_any=("pc",))

    assert (found.missing, found.checks, len(found.usable)) == (None, ("pc",), 2)


# Rejections


def test_everything_is_suggested_or_rejected_once() -> None:
    """A category is rejected with the code that is closest to fitting."""
    known = book(
        platform("fits", category="open"),
        platform("shut", facts={"status": "closed"}, category="open"),
        platform("skilled", category="none", conditions=Conditions(skills_any=("coding",))),
        platform("long", category="none", conditions=Conditions(min_block_minutes=600)),
    )

    found = advice(known)

    assert [one.platform.id for row in found.untested for one in row.routes] == ["fits"]
    assert found.rejected == (
        Rejection("platform", "shut", "closed", "已经停了，不再推荐"),
        Rejection("platform", "skilled", "no_skill", "技能里没有：编程"),
        Rejection("platform", "long", "block_too_short", "合适的时段都太短"),
        Rejection("category", "none", "block_too_short", "合适的时段都太短"),
    )


def test_a_self_route_is_rejected_with_its_category_only() -> None:
    """It has no id of its own."""
    own_way = platform("self", kind="self", conditions=Conditions(skills_any=("coding",)))

    found = advice(book(self_route=own_way))

    assert [(one.kind, one.id, one.code) for one in found.rejected] == [
        ("category", "work", "no_skill")
    ]


# The score


@pytest.mark.parametrize("goal", scoring.GOALS)
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
    [("income", 2000), ("steady", 2000), ("safe", 2000), ("cash", 4000), ("growth", 4000)],
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
        (1, "work", "passive", "parking"),
        (2, "work", "time", "shop"),
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
    learned = rates.learn(known, [gig()])

    found = matching.match(
        stock(), known, learned, "income", TODAY, {("work", "shop"): OwnWeeks((60, 60, 60))}
    )

    assert {row.category: row.best.weekly is not None for row in found.picks} == {
        "work": True,
        "else": False,
    }


# Rows


def order(*platforms: Platform) -> list[str]:
    (row,) = (*advice(book(*platforms)).picks, *advice(book(*platforms)).untested)
    return [one.platform.id for one in row.routes]


def test_the_better_score_leads_a_row() -> None:
    """And of two alike the one whose id comes first."""
    assert order(platform("a", pay()), platform("b", pay(40, 160))) == ["b", "a"]
    assert order(platform("b", pay()), platform("a", pay())) == ["a", "b"]


def test_a_route_with_credible_pay_goes_before_one_without() -> None:
    """However well the other scores."""
    safe = platform(
        "safe",
        facts={"upfront": "none", "escrow": "yes", "settlement": "daily", "public_ratings": "yes"},
        category_rate=False,
    )

    assert order(safe, platform("poor", pay(1, 2)))[0] == "poor"


@pytest.mark.parametrize(
    "doubtful",
    [
        platform("doubtful", pay(100, 400), sources=TWO_SOURCES[:1]),
        platform("doubtful", pay(100, 400), facts={"status": None}),
        platform("doubtful", pay(100, 400), date="2021"),
    ],
    ids=["one source", "unknown status", "stale"],
)
def test_what_is_not_verified_never_leads_while_a_verified_route_is_eligible(
    doubtful: Platform,
) -> None:
    """However well it is said to pay; alone it is suggested, to be verified first."""
    assert order(doubtful, platform("poor", pay(1, 2))) == ["poor", "doubtful"]
    assert only(advice(book(doubtful))).verify_first
    assert not only(advice(book(platform()))).verify_first


def test_a_public_entrance_stands_first_among_boards() -> None:
    """Though the others have pay and score more."""
    public = platform("public", public_entrance=True, kind="public_service", category_rate=False)

    assert order(platform("board", pay()), public) == ["public", "board"]


def test_money_up_front_never_leads_while_another_route_is_eligible() -> None:
    """Not even before one that nobody verified."""
    paying = platform("paying", pay(100, 400), facts={"upfront": "required"})

    assert order(paying, platform("doubtful", pay(1, 2), sources=())) == ["doubtful", "paying"]


def paying(id: str, *pays: Pay) -> Platform:
    return platform(id, *pays, facts={"upfront": "required"}, category=id)


def test_rows_that_want_money_first_come_after_the_third() -> None:
    """From the fourth place on they are ranked by score again."""
    safe = [platform(name, pay(low, 4 * low), category=name) for name, low in (
        ("a", 20), ("b", 18), ("c", 16), ("d", 2),
    )]  # fmt: skip

    found = advice(book(paying("rich", pay(100, 400)), *safe))

    assert [(row.rank, row.category) for row in found.picks] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
        (4, "rich"),
        (5, "d"),
    ]
    assert "upfront_required" in found.picks[3].best.flags


def test_where_too_few_rows_stand_before_it_a_row_that_wants_money_is_held_back() -> None:
    """It stays to be seen, at the end of the second block."""
    found = advice(
        book(
            paying("rich", pay(100, 400)),
            platform("a", pay(), category="a"),
            paying("dear"),
            platform("b", category="b"),
        )
    )

    assert [(row.rank, row.category) for row in found.picks] == [(1, "a")]
    assert [(row.rank, row.category) for row in found.untested] == [
        (1, "b"),
        (2, "dear"),
        (3, "rich"),
    ]


def test_untested_rows_lead_with_what_is_known_to_exist() -> None:
    """What has to be verified comes after it, whatever it scores."""
    doubtful = platform(
        "doubtful",
        category="a",
        sources=(),
        facts={"upfront": "none", "escrow": "yes", "settlement": "daily", "public_ratings": "yes"},
    )

    known = platform("known", category="b", facts={"escrow": "no", "settlement": "monthly"})

    found = advice(book(doubtful, known))

    assert [row.category for row in found.untested] == ["b", "a"]
    assert found.untested[1].best.score > found.untested[0].best.score


def test_rates_of_another_catalogue_are_not_made_up() -> None:
    """A route without a rate is a fault of the program, not a zero."""
    with pytest.raises(KeyError):
        matching.match(stock(), book(platform()), Rates({}, {}), "income", TODAY)
