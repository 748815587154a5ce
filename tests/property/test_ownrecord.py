"""Laws of own experience: trouble never helps, good gigs never hurt, no gigs change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from xianke import inventory, matching, platforms, priorities, rates, scoring
from xianke.catalogue import Conditions, Fact, Platform
from xianke.platforms import Catalogue, Safety
from xianke.records import Outcome, Slot

TODAY = date(2026, 11, 28)
LETTERS = "ABCD"
SHIPPED = platforms.catalogue()

facts = st.fixed_dictionaries(
    {name: st.sampled_from([None, *platforms.EDITABLE[name]]) for name in platforms.SAFETY_FACTS}
)
ends = st.builds(
    Outcome,
    st.just("shop"),
    st.sampled_from(["paid", "delivered", "rejected"]),
    st.booleans(),
    st.none() | st.integers(-20, 100),
    st.none() | st.integers(0, 120),
    st.integers(1, 6),
    st.just(100),
    st.just("2026-11-20"),
)
lives = st.lists(ends, max_size=6)

GOOD = st.builds(
    Outcome, st.just("shop"), st.just("paid"), st.just(False), st.none() | st.integers(-20, 0),
    st.none() | st.integers(0, 7), st.integers(1, 9), st.just(0), st.just("2026-11-20"),
)  # fmt: skip
LATE = st.builds(
    Outcome, st.just("shop"), st.sampled_from(["paid", "delivered"]), st.just(False),
    st.integers(1, 99), st.integers(1, 120), st.integers(1, 9), st.just(0), st.just("2026-11-20"),
)  # fmt: skip
UNPAID = st.builds(
    Outcome, st.just("shop"), st.sampled_from(["paid", "delivered"]), st.just(True),
    st.none() | st.integers(-9, 99), st.none() | st.integers(0, 99), st.integers(1, 9),
    st.just(500), st.just("2026-11-20"),
)  # fmt: skip
REFUSED = st.builds(
    Outcome, st.just("shop"), st.just("rejected"), st.just(False), st.none(), st.none(),
    st.integers(1, 9), st.just(0), st.just("2026-11-20"),
)  # fmt: skip


def after(known: dict[str, str | None], outcomes: list[Outcome]) -> tuple[Safety, float]:
    """Return how safe the shop is after these gigs, and what it is worth in a score."""
    shop = Platform(
        "shop", "The shop", "platform", "work", "time", "", Conditions(),
        {name: Fact(value) for name, value in known.items()},
    )  # fmt: skip
    catalogue = Catalogue("2026-11-28", {}, {"shop": shop}, {}, ())
    judged = platforms.with_own_records(catalogue, outcomes, ()).platforms["shop"]
    found = platforms.safety(judged)
    value = scoring._safety_value(found)
    unknown = scoring.MOST_UNKNOWN_SAFETY if value is None else value
    return found, unknown * found.share_left


def no_better(found: Safety, than: Safety) -> bool:
    """Return whether a letter is no better than another; none is given or taken for nothing."""
    if found.letter is None or than.letter is None:
        return True
    return LETTERS.index(found.letter) >= LETTERS.index(than.letter)


@given(facts, lives, LATE | UNPAID | REFUSED)
def test_a_late_unpaid_or_refused_gig_never_raises_safety(
    known: dict[str, str | None], life: list[Outcome], bad: Outcome
) -> None:
    """Whatever else has happened."""
    before, worth_before = after(known, life)

    now, worth_now = after(known, [*life, bad])

    assert worth_now <= worth_before
    assert no_better(now, before)


@given(facts, lives, GOOD)
def test_a_gig_paid_in_time_never_lowers_safety(
    known: dict[str, str | None], life: list[Outcome], good: Outcome
) -> None:
    """Within a week of the work, by the day agreed on, or only said to be paid."""
    before, worth_before = after(known, life)

    now, worth_now = after(known, [*life, good])

    assert worth_now >= worth_before
    assert no_better(before, now)
    assert not (before.letter is not None and now.letter is None)


@given(facts)
def test_without_own_gigs_nothing_changes(known: dict[str, str | None]) -> None:
    """Not even the record is there."""
    found, _worth = after(known, [])

    assert found.share_left == 1
    assert platforms.with_own_records(SHIPPED, (), ()) is SHIPPED


@given(lives, LATE | UNPAID | REFUSED, st.sampled_from(priorities.GOALS))
def test_a_bad_gig_never_raises_the_safety_part_of_a_whole_answer(
    life: list[Outcome], bad: Outcome, goal: priorities.Goal
) -> None:
    """On the shipped catalogue, beside all other routes."""
    stock = inventory.stock(
        [Slot(1, "每天 9:00-21:00", None, "home", "phone,pc", False)], [], [], {}, TODAY
    )

    def part(outcomes: list[Outcome]) -> float:
        mine = [replace(one, platform="ant_weike") for one in outcomes]
        known = platforms.with_own_records(SHIPPED, mine, ())
        advice = matching.match(stock, known, rates.learn(known, [], TODAY), goal, TODAY)
        return next(
            component.value
            for row in (*advice.picks, *advice.untested)
            for route in row.routes
            if route.platform.id == "ant_weike"
            for component in route.components
            if component.name == "safety"
        )

    assert part([*life, bad]) <= part(life)
