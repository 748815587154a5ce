"""What a skill would add, and when it has paid for the hours of learning."""

from __future__ import annotations

from typing import get_args

import pytest
from tests.unit.bestweeks import SLOTS, best, stock

from xianke import conditions, growth, vocabulary
from xianke.bestweek import Filled, Hour, Points
from xianke.growth import Gain, Weeks
from xianke.vocabulary import Hours

OWN = Hour(5_000, "own")
TEN_TO_THIRTY = Hours(10, 30, "judgement", "a guess", "2026-11-28")


def test_break_even_is_hours_times_worth_over_the_gain() -> None:
    """10 to 30 hours at 50 yuan; 20, 100 or 200 yuan a week: 2.5, 10 and 75 weeks, rounded up."""
    points = Points(2_000, 10_000, 20_000)

    assert growth.weeks_to_break_even(TEN_TO_THIRTY, 5_000, points) == Weeks(3, 10, 75)


def test_what_adds_nothing_never_pays_back() -> None:
    """None at the low end, or in the middle as well."""
    low = Points(0, 10_000, 20_000)
    most = Points(0, 0, 20_000)

    assert growth.weeks_to_break_even(TEN_TO_THIRTY, 5_000, low) == Weeks(3, 10, None)
    assert growth.weeks_to_break_even(TEN_TO_THIRTY, 5_000, most) == Weeks(3, None, None)


def test_skills_stand_in_the_order_in_which_they_pay_back() -> None:
    """Those that may never come last; the others are told apart with a reason each."""
    grown = growth.grow(best(), OWN)

    def order(weeks: Weeks | None) -> float:
        assert weeks is not None
        return float("inf") if weeks.mid is None else weeks.mid

    middles = [order(one.weeks) for one in grown.gains]
    assert middles == sorted(middles)
    assert grown.gains
    assert all(one.why is None and one.points and one.hours for one in grown.gains)
    assert {one.why for one in grown.untold} >= {"no_pay", "no_hours"}
    assert "nothing_new" not in {one.why for one in grown.untold}


def test_what_is_held_cannot_be_learned() -> None:
    """Neither listed nor added."""
    held = best(have=stock(*SLOTS, skills=["ppt", "cleaning"]))
    grown = growth.grow(held, OWN)

    assert not {"ppt", "cleaning"} & {one.key for one in (*grown.gains, *grown.untold)}


def test_a_skill_opens_what_only_it_was_missing_for() -> None:
    """Every route it opens was shut for want of a skill, and is open with it."""
    week = best()
    (word,) = (one for one in vocabulary.every_skill() if one.key == "cleaning")
    have = growth.with_skill(week.stock, word)
    grown = growth.grow(week, OWN, "cleaning")

    (gain,) = (*grown.gains, *grown.untold)
    assert gain.opens
    opened = [
        platform
        for platform in week.means.catalogue.routes()
        if conditions.needs_of_person(platform, week.stock, week.today).missing == "no_skill"
        and conditions.needs_of_person(platform, have, week.today).missing is None
    ]
    assert len(gain.opens) <= len(opened)
    assert have.skills[-1].level == growth.BEGINNER


@pytest.mark.parametrize(
    ("key", "why"),
    [("coding", "no_pay"), ("domain_consulting", "no_hours"), ("makeup", "nothing_new")],
)
def test_a_named_skill_of_which_it_cannot_be_told_has_its_reason(key: str, why: str) -> None:
    """Whatever it is, something is said."""
    grown = growth.grow(best(), OWN, key)

    assert grown.gains == ()
    assert [(one.key, one.why) for one in grown.untold] == [(key, why)]


def test_without_slots_nothing_can_be_told() -> None:
    """Whatever a skill opens."""
    grown = growth.grow(best(have=stock()), OWN)

    assert grown.gains == ()
    assert {one.why for one in grown.untold} == {"no_slots"}


def test_without_a_rate_nobody_knows_what_the_hours_cost() -> None:
    """The gain is there all the same."""
    grown = growth.grow(best(), Hour(None, "none"), "tutor_primary")

    (gain,) = grown.untold
    assert (gain.why, gain.weeks) == ("no_rate", None)
    assert gain.points is not None
    assert gain.points.high_fen > 0


def test_a_week_that_is_full_gains_nothing() -> None:
    """Where all that a skill opens brings less than what is there."""
    grown = growth.grow(best(Filled(10**9, 900)), OWN, "cleaning")

    assert [one.why for one in grown.untold] == ["no_gain"]


def _gain(key: str, weeks: Weeks | None, why: growth.Why | None = None) -> Gain:
    return Gain(key, key, ("somewhere",), Points(0, 1, 2), TEN_TO_THIRTY, weeks, why)


def test_fifteen_days_are_for_what_likely_pays_back() -> None:
    """The first that does; none where it only does with luck; a named one if it opens anything."""
    week = best()

    def grown(*gains: Gain) -> growth.Growth:
        told = tuple(one for one in gains if one.why is None)
        return growth.Growth(week, OWN, told, tuple(one for one in gains if one.why))

    likely = _gain("likely", Weeks(1, 5, None))
    lucky = _gain("lucky", Weeks(1, None, None))
    unpaid = _gain("unpaid", None, "no_pay")
    empty = _gain("empty", None, "nothing_new")

    assert growth.worth_learning(grown(likely, lucky), None) == likely
    assert growth.worth_learning(grown(lucky), None) is None
    assert growth.worth_learning(grown(unpaid), None) is None
    assert growth.worth_learning(grown(lucky), "lucky") == lucky
    assert growth.worth_learning(grown(unpaid), "unpaid") == unpaid
    assert growth.worth_learning(grown(empty), "empty") is None


def test_skills_are_grouped_by_what_is_not_known() -> None:
    """In the order in which the reasons come up."""
    one, two = _gain("one", None, "no_pay"), _gain("two", None, "no_hours")

    assert growth.by_reason([one, two, one]) == {"no_pay": [one, one], "no_hours": [two]}
    assert set(growth.why_texts()) == set(get_args(growth.Why))
