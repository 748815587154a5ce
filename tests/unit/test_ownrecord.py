"""Own experience with a platform: what it counts, and what it takes from safety."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from xianke import ownrecord, platforms, scoring
from xianke.catalogue import Conditions, Fact, Platform
from xianke.ownrecord import OwnRecord
from xianke.records import Outcome, Spend

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2026, 11, 28)
GOOD = {"upfront": "none", "escrow": "yes", "settlement": "weekly", "public_ratings": "yes"}


def outcome(
    status: str = "paid", days: int | None = None, due: int | None = None, **changes: Any
) -> Outcome:
    # Any: fields of Outcome
    made = Outcome("shop", status, False, due, days, 1, 0, "2026-11-20")
    return replace(made, **changes)


def record(*outcomes: Outcome, stated: int | None = 7, spends: Sequence[Spend] = ()) -> OwnRecord:
    return ownrecord.of(outcomes, spends, lambda _platform: stated)["shop"]


def shop(of: OwnRecord | None, **facts: str | None) -> Platform:
    return Platform(
        "shop", "The shop", "platform", "work", "time", "", Conditions(),
        {name: Fact(value, "2026-06") for name, value in {**GOOD, **facts}.items()}, record=of,
    )  # fmt: skip


def deposit(returned: int | None) -> Spend:
    day = None if returned is None else "2026-11-01"
    return Spend(1, "2026-10-01", "shop", 10_000, "deposit", day, returned, None, None)


# What is counted


def test_money_is_late_after_the_day_that_was_agreed_on() -> None:
    """By the days beyond it; what is still to come is late as soon as what has come."""
    found = record(
        outcome(due=-2, days=3), outcome(due=0, days=30), outcome(due=9, days=20),
        outcome("delivered", due=2, days=8), outcome("delivered", due=-5, days=1),
    )  # fmt: skip

    assert (found.gigs, found.paid, found.good, found.late, found.judged) == (5, 3, 2, 2, 4)
    assert (found.latest_days, found.median_late_days) == (9, 2)


def test_without_an_agreed_day_the_word_of_the_catalogue_counts_with_a_week_to_spare() -> None:
    """Seven days stated: fourteen are on time, fifteen are eight days late."""
    found = record(outcome(days=14), outcome(days=15))

    assert (found.good, found.late, found.latest_days) == (1, 1, 8)


def test_where_nobody_says_how_long_money_takes_nothing_is_late() -> None:
    """Neither what came after months nor what has not come."""
    found = record(outcome(days=90), outcome("delivered", days=90), stated=None)

    assert (found.late, found.unpaid, found.good) == (0, 0, 1)


def test_money_that_is_sixty_days_late_counts_as_never_come() -> None:
    """As does what was written off; the sum is what was given up."""
    found = record(
        outcome("delivered", due=60, days=61),
        outcome("delivered", due=61, days=62),
        outcome("delivered", lost=True, lost_fen=8_000, gigs=2),
    )

    assert (found.late, found.unpaid, found.written_off_fen) == (1, 3, 8_000)


def test_deposits_are_out_or_kept() -> None:
    """A part that did not come back is a loss like any other; one that is out is none yet."""
    assert record(spends=[deposit(None)]) == OwnRecord("shop", deposit_out_fen=10_000)
    assert record(spends=[deposit(4_000)]) == OwnRecord(
        "shop", deposits_kept=1, deposit_kept_fen=6_000
    )
    assert record(spends=[deposit(10_000)]) == OwnRecord("shop")


# What it takes away


@pytest.mark.parametrize(
    ("outcomes", "letter"),
    [
        ([outcome(gigs=3)], "A"),
        ([outcome(due=3)], "A"),
        ([outcome(due=3, gigs=2)], "B"),
        ([outcome(gigs=8), outcome(due=9, gigs=4)], "B"),
        ([outcome(gigs=20), outcome(due=9, gigs=2)], "A"),
        ([outcome(lost=True)], "B"),
        ([outcome(lost=True), outcome(gigs=14)], "B"),
        ([outcome(lost=True), outcome(gigs=15)], "A"),
        ([outcome(lost=True, gigs=2)], "C"),
        ([outcome(lost=True, gigs=3)], "D"),
        ([outcome("rejected")], "A"),
        ([outcome("rejected", gigs=2)], "B"),
    ],
)
def test_trouble_takes_letters_away(outcomes: list[Outcome], letter: str) -> None:
    """One late payment may be a holiday; money that never came costs the A for fifteen gigs."""
    found = platforms.safety(shop(record(*outcomes)))

    assert (found.known, found.letter) == (4, letter)


def test_trouble_never_gives_a_letter() -> None:
    """Where too little is known there is none, and a worse one stays."""
    lost = record(outcome(lost=True))

    assert platforms.safety(shop(lost, escrow=None, public_ratings=None)).letter is None
    assert platforms.safety(shop(lost, upfront="required", escrow="no")).letter == "C"


@pytest.mark.parametrize(
    ("outcomes", "flags"),
    [
        ([outcome(gigs=9)], ()),
        ([outcome(due=1)], ()),
        ([outcome(due=1, gigs=2), outcome(gigs=8)], ("own_late",)),
        ([outcome(due=1, gigs=2), outcome(gigs=9)], ()),
        ([outcome("rejected", gigs=2), outcome(gigs=8)], ("own_rejections",)),
        ([outcome(lost=True), outcome(gigs=99)], ("own_unpaid",)),
    ],
)
def test_flags_name_what_happened_often_or_cost_money(
    outcomes: list[Outcome], flags: tuple[str, ...]
) -> None:
    """From two that make a fifth; money that never came always."""
    platform = shop(record(*outcomes))

    assert tuple(one for one in platforms.flags(platform, TODAY) if one[:4] == "own_") == flags
    assert platforms.safety(platform).worst == (flags[0] if flags else None)


def test_the_safety_part_of_a_score_shrinks() -> None:
    """Also where nothing is known of the four facts; without own gigs nothing changes."""
    assert platforms.safety(shop(None)).share_left == 1
    assert platforms.safety(shop(record(outcome(gigs=5)))).share_left == 1
    assert platforms.safety(shop(record(outcome(lost=True, gigs=5)))).share_left == 1 / 3
    assert scoring.MOST_UNKNOWN_SAFETY < 0.5


# What it tells


def settled(*outcomes: Outcome) -> Fact:
    (one,) = ownrecord.laid_over(
        replace(platforms.catalogue(), platforms={"shop": shop(None, settlement=None)}),
        {"shop": record(*outcomes, stated=None)},
    ).platforms.values()
    return one.fact("settlement")


def test_own_payments_tell_how_fast_money_comes() -> None:
    """From three on, by what four in five had reached; as own evidence with its day."""
    told = Fact("1_to_3_days", "2026-11-20", "own", own=True, payments=3)

    assert settled(outcome(days=0), outcome(days=2), outcome(days=3)) == told
    assert settled(outcome(days=1, gigs=4)).value == "daily"
    assert settled(outcome(days=7, gigs=4)).value == "weekly"
    assert settled(outcome(days=1, gigs=2)).value is None


def test_slow_payments_or_bare_words_tell_nothing_good() -> None:
    """One slow one in four, or gigs only said to be paid, leave the question open."""
    assert settled(outcome(days=1, gigs=3), outcome(days=8)).value is None
    assert settled(outcome(days=1, gigs=4), outcome(days=8)).value == "daily"
    assert settled(outcome(gigs=9)).value is None
    assert settled(outcome(days=1, gigs=3), outcome(lost=True)).value is None


def test_what_the_catalogue_says_is_not_overruled() -> None:
    """Only the unknown is filled."""
    known = replace(platforms.catalogue(), platforms={"shop": shop(None, settlement="monthly")})

    found = ownrecord.laid_over(known, {"shop": record(outcome(days=1, gigs=9))})

    assert found.platforms["shop"].fact("settlement") == Fact("monthly", "2026-06")
