"""Fifteen days of learning: blocks in the own free time, milestones, and when to stop."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from tests.unit.bestweeks import TODAY, stock

from xianke import trialdays
from xianke.bestweek import Hour
from xianke.busy import BusyTime
from xianke.trialdays import Aim, Step, Trial
from xianke.vocabulary import Hours

AIM = Aim(Hour(5_000, "own"), None)


def plan(*texts: str, aim: Aim = AIM, taken: tuple[BusyTime, ...] = ()) -> Trial:
    found = trialdays.plan(stock(*texts), TODAY, taken, aim)
    assert found is not None
    return found


def takes(low: int, high: int) -> Aim:
    return Aim(Hour(5_000, "own"), Hours(low, high, "judgement", "a guess", "2026-11-28"))


def test_fifteen_days_begin_tomorrow() -> None:
    """One block each free day, of an hour at most, thirds that end with a milestone."""
    found = plan("每天 19:00-21:00")

    assert (found.first, found.last) == (date(2026, 11, 23), date(2026, 12, 7))
    assert [step.kind for step in found.steps] == [
        *["learn"] * 4,
        "try_free",
        *["seek"] * 4,
        "first_job",
        *["work"] * 4,
        "review",
    ]
    assert [step.start for step in found.steps] == [
        datetime.combine(date(2026, 11, 23) + timedelta(days=number), time(19))
        for number in range(15)
    ]
    assert {step.minutes for step in found.steps} == {60}
    assert found.minutes == 15 * 60


def test_a_block_is_as_short_as_the_slot() -> None:
    """From 25 minutes on; what is shorter is no time to learn in."""
    found = plan("工作日 12:00-12:30", "周末 9:00-9:24")

    assert {step.minutes for step in found.steps} == {30}
    assert {step.start.isoweekday() for step in found.steps} == {1, 2, 3, 4, 5}


def test_of_several_slots_of_a_day_the_roomiest_is_taken() -> None:
    """The first of those that hold an hour."""
    found = plan("每天 8:00-8:30", "每天 12:00-13:00", "每天 19:00-22:00")

    assert {step.start.hour for step in found.steps} == {12}


def test_what_calendars_take_is_left_alone() -> None:
    """The whole of the first evening."""
    busy = BusyTime(datetime(2026, 11, 23, 18), datetime(2026, 11, 23, 22), "x", False)

    assert plan("每天 19:00-21:00", taken=(busy,)).steps[0] == Step(
        datetime(2026, 11, 24, 19), datetime(2026, 11, 24, 20), "learn"
    )


def test_nobody_learns_at_the_wheel() -> None:
    """Slots in which one drives are not for learning."""
    drives = stock("每天 19:00-21:00", driving=True)

    assert trialdays.plan(drives, TODAY, [], AIM) is None


def test_less_than_three_blocks_are_no_trial() -> None:
    """There would be no room for the milestones."""
    assert trialdays.plan(stock("11月25日 19:00-21:00"), TODAY, [], AIM) is None
    assert trialdays.plan(stock(), TODAY, [], AIM) is None
    assert [step.kind for step in plan("周一 19:00-20:00").steps] == [
        "try_free",
        "first_job",
        "review",
    ]


def test_what_is_learned_soon_leaves_more_days_for_work() -> None:
    """Two hours of learning at most: two blocks, and the rest in halves."""
    kinds = [step.kind for step in plan("每天 19:00-21:00", aim=takes(1, 2)).steps]

    assert kinds[:3] == ["learn", "try_free", "seek"]
    assert kinds.index("first_job") == 8
    assert (len(kinds), kinds[-1]) == (15, "review")


def test_it_is_said_when_fifteen_days_are_too_few() -> None:
    """Fifteen hours against what it takes at least; None where nobody knows."""
    assert plan("每天 19:00-21:00", aim=takes(15, 40)).enough is True
    assert plan("每天 19:00-21:00", aim=takes(16, 40)).enough is False
    assert plan("每天 19:00-21:00").enough is None


def test_the_line_to_stop_at_forgives_a_beginner_a_third() -> None:
    """50 yuan an hour otherwise, times exp(−0.3): 37.04."""
    assert trialdays.least_fen_per_hour(Hour(5_000, "own")) == 3_704
    assert trialdays.least_fen_per_hour(Hour(None, "none")) is None


def test_every_kind_of_block_has_its_words() -> None:
    """And the milestones are among them."""
    assert set(trialdays.kind_texts()) == {*trialdays.MILESTONES, *trialdays.STRETCHES}
