"""Costs people forget: what goes off an hour, and what has to be put in before the first gig."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from xianke import costs, slots
from xianke.catalogue import Conditions, Fact, Platform
from xianke.rates import Rate

if TYPE_CHECKING:
    from xianke.costs import Costs

TODAY = date(2026, 11, 22)
TWO_HOURS = (slots.parse("工作日 19:00-21:00", today=TODAY),)
RATE = Rate(2000, 4000, 8000, "catalogue", 0, "2026-03")


def platform(facts: Mapping[str, Fact] | None = None, **conditions: Any) -> Platform:
    return Platform(
        "shop", "The shop", "platform", "work", "time", "", Conditions(**conditions), facts or {}
    )


def of(
    shop: Platform,
    rate: Rate = RATE,
    profile: Mapping[str, str] | None = None,
    spent_fen: int = 0,
) -> Costs:
    return costs.of(shop, rate, TWO_HOURS, profile or {}, spent_fen)


def items(found: Costs) -> dict[str, int]:
    return {item.code: item.fen_per_hour for item in found.items}


def test_where_nothing_goes_off_the_middle_is_what_is_left() -> None:
    """No set-up, no travel, no word on settlement, no own gigs: nothing is made up."""
    found = of(platform())

    assert (found.items, found.expected_fen_per_hour, found.block_minutes) == ((), 4000, 120)


def test_getting_ready_and_travelling_are_spread_over_a_block() -> None:
    """Ten minutes of set-up and twenty of travel leave ninety of a hundred and twenty."""
    shop = platform(setup_minutes=10, place="onsite")

    found = of(shop, profile={"travel_minutes": "10"})

    assert items(found) == {"setup": -334, "travel": -667}
    assert found.expected_fen_per_hour == 4000 - 334 - 667


def test_travel_that_nobody_told_of_is_left_out() -> None:
    """Unknown stays unknown."""
    assert items(of(platform(place="onsite"))) == {}


def test_own_gigs_hold_getting_ready_already() -> None:
    """It is not charged twice."""
    shop = platform(setup_minutes=10, place="onsite")
    own = replace(RATE, basis="both", own_gigs=3, paid_share=1.0)

    assert items(of(shop, own, {"travel_minutes": "10"})) == {}


def test_going_unpaid_and_waiting_come_off_one_after_the_other() -> None:
    """A tenth unpaid leaves 3600; thirty days at 0.05 % take 1.5 % of that."""
    shop = platform({"settlement": Fact("monthly")})
    own = replace(RATE, basis="both", own_gigs=10, paid_share=0.9)

    found = of(shop, own)

    assert items(found) == {"unpaid_gigs": -400, "delay": -54}
    assert found.expected_fen_per_hour == 3546


@pytest.mark.parametrize(("rate", "expected"), [(RATE, 1), (replace(RATE, own_gigs=2), 1)])
def test_money_up_front_says_after_how_many_gigs_it_is_back(rate: Rate, expected: int) -> None:
    """A gig of two hours leaves 80 yuan; 75 yuan are back after one."""
    found = of(platform({"upfront": Fact("required", amount_fen=7500)}), rate)

    (upfront,) = found.investments
    assert (upfront.code, upfront.fen, upfront.gigs) == ("upfront", 7500, expected)


def test_a_sum_that_is_not_known_pays_back_never_said_when() -> None:
    """Neither a sum nor a number of gigs is invented."""
    (upfront,) = of(platform({"upfront": Fact("possible")})).investments

    assert (upfront.fen, upfront.gigs) == (None, None)


def test_what_was_spent_becoming_practised_and_certificates_are_investments() -> None:
    """Each stands by itself; becoming practised is over with own gigs."""
    shop = platform(ramp_up_days=14, certificates=("health_certificate",))

    fresh = of(shop, spent_fen=20_000)
    practised = of(shop, replace(RATE, own_gigs=1, paid_share=1.0))

    assert [(one.code, one.fen, one.days, one.gigs) for one in fresh.investments] == [
        ("spent", 20_000, None, 3),
        ("ramp_up", None, 14, None),
        ("health_certificate", None, None, None),
    ]
    assert [one.code for one in practised.investments] == ["health_certificate"]


def test_without_a_rate_nothing_is_expected() -> None:
    """Where no credible pay is known, there is no figure to take anything from."""
    found = of(platform(setup_minutes=10), Rate(None, None, None, "none", 0, None))

    assert (found.items, found.expected_fen_per_hour) == ((), None)


def test_a_block_is_no_longer_than_three_hours() -> None:
    """A whole free day is not one block."""
    rules = [
        slots.parse("周六 9:00-21:00", today=TODAY),
        slots.parse("周日 9:00-10:00", today=TODAY),
    ]

    assert costs.typical_block(rules) == 120
    assert costs.typical_block([]) == 0
