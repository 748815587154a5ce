"""Laws of matching, on the shipped catalogue: nothing lost, nothing twice, nothing closed."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianke import inventory, matching, platforms, profiles, rates, scoring, vocabulary
from xianke.inventory import Stock
from xianke.priorities import GOALS, Goal
from xianke.records import PLACES, Asset, Evidence, Gig, Skill, Slot
from xianke.scoring import WEIGHTS, OwnWeeks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xianke.matching import Advice, Pick
    from xianke.scoring import Candidate

TODAY = date(2026, 11, 22)
SHIPPED = platforms.catalogue()
SKILLS = [raw["id"] for raw in vocabulary._vocabulary("skills")]
ASSETS = [raw["id"] for raw in vocabulary._vocabulary("assets") if "device" not in raw]
PLATFORMS = [one.id for one in SHIPPED.routes() if one.kind != "self"]

some = settings(max_examples=40)

goals = st.sampled_from(GOALS)
rules = st.sampled_from(
    [
        "工作日 12:00-12:20",
        "工作日 08:00-09:00",
        "工作日 19:00-21:00",
        "周末 09:00-18:00",
        "周五 22:00-次日02:00",
        "每月第二个周六 09:00-12:00",
        "2026-12-05 09:00-18:00",
        "隔周（自2026-11-23起）周一 10:00-15:00",
    ]
)
slots = st.builds(
    Slot,
    st.integers(1, 99),
    rules,
    st.none(),
    st.sampled_from(PLACES),
    st.sampled_from([None, None, "phone", "pc", "phone,pc"]),
    st.sampled_from([False, False, False, True]),
)
skills = st.builds(
    lambda key, level: Skill(1, key, key, level),
    st.sampled_from([*SKILLS, "吹唢呐"]),
    st.integers(1, 5),
)
assets = st.builds(lambda key: Asset(1, key, key, None, None), st.sampled_from([*ASSETS, "八仙桌"]))
answers = {
    "city": st.sampled_from(["长沙", "杭州", "Wuhan"]),
    "birth_year": st.sampled_from(["1960", "2008", "2012"]),
    **{key: st.sampled_from(["yes", "no"]) for key in profiles.FLAGS},
}
persons = st.fixed_dictionaries({}, optional=answers)
stocks = st.builds(
    lambda rows, able, own, profile: inventory.stock(rows, able, own, profile, TODAY),
    st.lists(slots, max_size=4),
    st.lists(skills, max_size=5),
    st.lists(assets, max_size=4),
    persons,
)
gigs = st.builds(
    lambda platform, minutes, fen, status: Gig(
        1, platform, None, "2026-11-01", None, 1, minutes, 0, fen, 0, 0, 0, status, None, None,
        None, None,
    ),
    st.sampled_from(PLATFORMS),
    st.integers(1, 300),
    st.integers(0, 50_000),
    st.sampled_from(["paid", "rejected"]),
)  # fmt: skip
findings = st.builds(
    lambda platform, field: Evidence(1, platform, field[0], field[1], "2026-11-20", None),
    st.sampled_from(PLATFORMS),
    st.sampled_from([("upfront", "required"), ("status", "closed"), ("status", "active")]),
)
few_gigs = st.lists(gigs, max_size=5)
few_findings = st.lists(findings, max_size=8)


def match(
    stock: Stock,
    goal: Goal,
    done: Sequence[Gig] = (),
    known: platforms.Catalogue = SHIPPED,
    weeks: Mapping[tuple[str, str], OwnWeeks] | None = None,
) -> Advice:
    return matching.match(stock, known, rates.learn(known, done, TODAY), goal, TODAY, weeks)


def rows(advice: Advice) -> Iterator[Pick]:
    yield from (*advice.picks, *advice.untested)


def candidates(advice: Advice) -> Iterator[Candidate]:
    for row in rows(advice):
        yield from row.routes


def eligible(advice: Advice) -> set[tuple[str, str]]:
    return {(one.platform.category, one.platform.id) for one in candidates(advice)}


@pytest.mark.parametrize("goal", GOALS)
def test_the_weights_of_a_goal_sum_to_one(goal: Goal) -> None:
    """Every part is weighed, none below nothing."""
    assert tuple(WEIGHTS[goal]) == scoring.COMPONENTS
    assert round(sum(WEIGHTS[goal].values()), 9) == 1
    assert min(WEIGHTS[goal].values()) >= 0


@some
@given(stocks, goals, few_gigs, few_findings)
def test_every_part_is_between_zero_and_one_and_every_score_within_a_hundred(
    stock: Stock, goal: Goal, done: list[Gig], found: list[Evidence]
) -> None:
    """The score is the sum of its parts."""
    for one in candidates(match(stock, goal, done, platforms.catalogue((), found))):
        assert all(0 <= part.value <= 1 for part in one.components)
        assert 0 <= one.score <= 100
        total = 100 * sum(part.value * part.weight for part in one.components)
        assert abs(one.score - total) <= 0.05 + 1e-9


@some
@given(stocks, goals, few_gigs, few_findings)
def test_every_route_is_suggested_or_rejected_exactly_once(
    stock: Stock, goal: Goal, done: list[Gig], found: list[Evidence]
) -> None:
    """Nothing disappears; a self route goes with its category."""
    known = platforms.catalogue((), found)

    advice = match(stock, goal, done, known)

    suggested = Counter((one.platform.category, one.platform.id) for one in candidates(advice))
    rejected = Counter(one.id for one in advice.rejected if one.kind == "platform")
    for route in known.routes():
        times = suggested[route.category, route.id]
        if route.kind == "self":
            assert times <= 1
        else:
            assert times + rejected[route.id] == 1
    assert sum(rejected.values()) + sum(suggested.values()) <= len(list(known.routes()))
    refused = Counter(one.id for one in advice.rejected if one.kind == "category")
    present = {row.category for row in rows(advice)}
    assert {category: int(category not in present) for category in known.categories} == {
        category: refused[category] for category in known.categories
    }


@some
@given(stocks, goals, few_findings)
def test_what_is_closed_is_never_suggested(stock: Stock, goal: Goal, found: list[Evidence]) -> None:
    """Neither what the catalogue calls closed nor what the user found closed."""
    for one in candidates(match(stock, goal, (), platforms.catalogue((), found))):
        assert one.platform.fact("status").value != "closed"
        assert one.platform.not_for_workers is None
        assert "closed" not in one.flags


@some
@given(stocks, goals, few_gigs, few_findings)
def test_money_up_front_is_never_among_the_first_three(
    stock: Stock, goal: Goal, done: list[Gig], found: list[Evidence]
) -> None:
    """Nor before an untested row that asks for none, nor before another route of its row."""
    advice = match(stock, goal, done, platforms.catalogue((), found))

    for row in advice.picks[:3]:
        assert "upfront_required" not in row.best.flags
    for wanting in (
        ["upfront_required" in row.best.flags for row in advice.untested],
        *(["upfront_required" in one.flags for one in row.routes] for row in rows(advice)),
    ):
        assert wanting == sorted(wanting)


@some
@given(stocks, goals, few_gigs, few_findings)
def test_what_is_not_verified_never_leads_while_something_verified_is_eligible(
    stock: Stock, goal: Goal, done: list[Gig], found: list[Evidence]
) -> None:
    """Except before what wants money first, which never leads either."""
    for row in rows(match(stock, goal, done, platforms.catalogue((), found))):
        free = [one for one in row.routes if "upfront_required" not in one.flags]
        if any(not one.verify_first for one in free):
            assert not row.best.verify_first


@some
@given(stocks, goals, few_gigs)
def test_rows_are_ranked_and_timed(stock: Stock, goal: Goal, done: list[Gig]) -> None:
    """Ranks are 1..n in either block; time rows have usable minutes and others none."""
    advice = match(stock, goal, done)

    for block in (advice.picks, advice.untested):
        assert [row.rank for row in block] == list(range(1, len(block) + 1))
    for row in rows(advice):
        for one in row.routes:
            assert one.platform.income == row.kind
            assert one.platform.category == row.category
            assert (one.usable_minutes_per_week > 0) == (row.kind == "time")
            assert one.usable_minutes_per_week <= stock.free_minutes_per_week
    keys = [(row.category, row.kind) for row in rows(advice)]
    assert len(keys) == len(set(keys))


@some
@given(stocks, goals, few_gigs)
def test_picks_have_credible_pay_and_the_second_block_has_none(
    stock: Stock, goal: Goal, done: list[Gig]
) -> None:
    """But for rows that want money first, which may wait there."""

    def has_pay(row: Pick) -> bool:
        if row.kind == "time":
            return row.best.rate.mid_fen_per_hour is not None
        return row.best.income is not None

    advice = match(stock, goal, done)

    assert all(has_pay(row) for row in advice.picks)
    assert all(not has_pay(row) or "upfront_required" in row.best.flags for row in advice.untested)


@some
@given(stocks, goals, few_gigs, slots, skills, assets)
def test_having_more_never_takes_a_route_away(
    stock: Stock, goal: Goal, done: list[Gig], slot: Slot, skill: Skill, asset: Asset
) -> None:
    """A slot, a skill, a thing, a computer: each can only add."""
    before = eligible(match(stock, goal, done))

    (more_time,) = inventory.stock([slot], [], [], {}, TODAY).slots
    richer = [
        replace(stock, slots=(*stock.slots, more_time)),
        replace(stock, skills=(*stock.skills, skill)),
        replace(stock, assets=(*stock.assets, asset)),
        replace(stock, profile={**stock.profile, "pc": "yes", "phone": "yes"}),
    ]
    for one in richer:
        assert before <= eligible(match(one, goal, done))


@some
@given(stocks, goals, few_gigs, st.randoms(use_true_random=False))
def test_the_same_question_has_the_same_answer(
    stock: Stock, goal: Goal, done: list[Gig], chance: random.Random
) -> None:
    """Also when slots, skills, things and gigs come in another order."""
    other = Stock(
        tuple(chance.sample(stock.slots, len(stock.slots))),
        tuple(chance.sample(stock.skills, len(stock.skills))),
        tuple(chance.sample(stock.assets, len(stock.assets))),
        stock.profile,
    )

    answer = match(stock, goal, done)

    assert match(stock, goal, done) == answer
    assert match(other, goal, chance.sample(done, len(done))) == answer


@given(
    st.integers(0, 20_000),
    st.integers(1, 5_000),
    st.lists(st.integers(1, 5_000), max_size=8),
    st.one_of(st.none(), st.floats(0, 1)),
)
def test_a_weekly_figure_is_never_more_than_the_hours_bring(
    fen: int, usable: int, weeks: list[int], share: float | None
) -> None:
    """Bound by the usable minutes and the best own week; none before three weeks."""
    rate = rates.Rate(fen, fen * 2, fen * 3, "own", 3, "2026-11-01", paid_share=share)

    week = scoring.weekly(rate, usable, OwnWeeks(tuple(weeks)))

    if len(weeks) < 3:
        assert week is None
    else:
        assert week is not None
        assert week.minutes <= min(usable, max(weeks))
        assert 0 <= week.low_fen <= week.mid_fen <= week.high_fen
        assert week.high_fen * 60 <= fen * 3 * week.minutes
