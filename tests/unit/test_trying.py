"""Routes worth one try: drawn anew each week, never at the price of money or trust."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.unit.test_scoring import EVENING, TWO_SOURCES, book, pay, platform, stock

from xianke import matching, rates
from xianke.catalogue import Catalogue, Fact
from xianke.records import Gig

if TYPE_CHECKING:
    from xianke.matching import Advice

TODAY = date(2026, 11, 22)


def shops(count: int = 5) -> Catalogue:
    """Return shops of a category each; all pay the same, as far as anybody knows."""
    return book(*(platform(f"shop{n}", pay(), category=f"work{n}") for n in range(count)))


def advice(known: Catalogue, day: date = TODAY, *gigs: Gig) -> Advice:
    return matching.match(stock(EVENING), known, rates.learn(known, gigs, day), "income", day)


def tried(found: Advice) -> list[str]:
    return [one.candidate.platform.id for one in found.tries]


def done(shop: str, times: int) -> list[Gig]:
    return [
        Gig(
            number, shop, None, f"2026-11-{number:02d}", None, 1, 60, 0, 5000, 0, 0, 0, "paid",
            None, f"2026-11-{number:02d}", None, None,
        )
        for number in range(1, times + 1)
    ]  # fmt: skip


def test_two_routes_of_different_categories_are_proposed_and_never_the_leading_one() -> None:
    """The leading one is proposed as it is."""
    found = advice(shops())

    assert len(set(tried(found))) == 2
    assert found.picks[0].best.platform.id not in tried(found)


def test_a_week_proposes_the_same_and_weeks_differ() -> None:
    """It is chance, but the same chance all week."""
    monday, sunday = date(2026, 11, 23), date(2026, 11, 29)
    weeks = {tuple(tried(advice(shops(), date(2026, month, 7)))) for month in range(1, 12)}

    assert tried(advice(shops(), monday)) == tried(advice(shops(), sunday))
    assert len(weeks) > 1


def test_a_route_that_was_tried_is_not_proposed_again() -> None:
    """Three gigs are a try."""
    gigs = [gig for n in range(1, 5) for gig in done(f"shop{n}", 3)]

    assert tried(advice(shops(), TODAY, *gigs)) in ([], ["shop0"])


@pytest.mark.parametrize(
    "facts",
    [
        {"upfront": "required"},
        {"upfront": "possible"},
        {"escrow": "no"},
        {"status": "restricted"},
        {"status": None},
    ],
    ids=["money first", "maybe money first", "pay outside", "shrinking", "nobody knows of it"],
)
def test_curiosity_costs_no_money_and_no_trust(facts: dict[str, str | None]) -> None:
    """What wants money first, guarantees nothing or is not verified is never proposed."""
    known = book(
        platform("safe", pay(), category="a"),
        platform("other", pay(), facts=facts, category="b"),
    )

    assert tried(advice(known)) in ([], ["safe"])


def test_what_could_not_beat_the_best_is_not_proposed() -> None:
    """A route known to pay a tenth is no try."""
    known = book(
        platform("good", pay(90, 110), category="a"), platform("poor", pay(2, 3), category="b")
    )

    assert tried(advice(known)) == []


def test_a_try_stands_as_a_reason_in_its_row() -> None:
    """Programs find it by its code."""
    found = advice(shops())

    rows = {row.category for row in found.picks if "worth_a_try" in [r.code for r in row.reasons]}
    assert rows == {one.candidate.platform.category for one in found.tries}


def test_where_no_pay_is_published_no_chance_is_stated() -> None:
    """The guess rests on other work; it is used, and not shown as if it were known."""
    unknown = platform("dark", category="b", sources=TWO_SOURCES)
    known = book(platform("safe", pay(), category="a"), replace(unknown, facts=_active()))

    (found,) = advice(known).tries

    assert (found.candidate.platform.id, found.could_beat) == ("dark", None)


def _active() -> dict[str, Fact]:
    return {"status": Fact("active", "2026-06")}


def test_without_any_eligible_work_nothing_is_proposed() -> None:
    """Nothing is open, so nothing is worth a try."""
    assert advice(book()).tries == ()
