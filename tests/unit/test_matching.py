"""Matching: everything is suggested or rejected once, and rows are ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from xianke import inventory, matching, rates
from xianke.catalogue import Catalogue, Category, Conditions, Fact, Factor, Pay, Platform
from xianke.matching import Advice, Rejection
from xianke.records import Slot

if TYPE_CHECKING:
    from xianke.scoring import Candidate

TODAY = date(2026, 11, 22)
STOCK = inventory.stock(
    [Slot(1, "工作日 19:00-21:00", None, "home", None, False)], [], [], {}, TODAY
)
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


def advice(known: Catalogue) -> Advice:
    return matching.match(STOCK, known, rates.learn(known, [], TODAY), "income", TODAY)


def only(found: Advice) -> Candidate:
    (row,) = (*found.picks, *found.untested)
    (candidate,) = row.routes
    return candidate


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
    empty = book()

    with pytest.raises(KeyError):
        matching.match(STOCK, book(platform()), rates.learn(empty, [], TODAY), "income", TODAY)


@pytest.mark.parametrize("city", [None, "杭州", "Urumqi", "桃花源"])
def test_public_entrances_lead_the_boards_wherever_somebody_lives(city: str | None) -> None:
    """Those that the government runs first of all, whatever pays better; the reason says why."""
    facts = {"upfront": "none", "escrow": "no"}
    rich = platform("rich", pay(80, 120), facts={**facts, "escrow": "yes", "settlement": "daily"})
    mini = platform("mini", facts=facts, public_entrance=True)
    office = platform("office", facts=facts, public_entrance=True, kind="public_service")
    doubtful = replace(
        platform("doubtful", pay(90, 130), public_entrance=True), sources=TWO_SOURCES[:1]
    )
    stock = replace(STOCK, profile={} if city is None else {"city": city})
    known = book(rich, mini, office, doubtful)

    (row,) = (*(advice := matching.match(stock, known, rates.learn(known, [], TODAY), "income",
                                         TODAY)).picks, *advice.untested)  # fmt: skip

    assert [one.platform.id for one in row.routes] == ["office", "mini", "rich", "doubtful"]
    assert [reason.text for reason in row.reasons if reason.code == "public_entrance"] == [
        "政府办的入口，求职从不收费：谁在这里要钱，就不是它"
    ]
