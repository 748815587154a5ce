"""Laws of a planned week, counted again from its blocks: no overlap, every limit, every due day."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.weeks_of_life import MONDAY, gig, means, slot, stock

from xianke import planned, slots, weekplan
from xianke.busy import BusyTime
from xianke.planner import Limits
from xianke.records import PlanBlock
from xianke.weekplan import Ask, WeekPlan

MEANS = means()
DAYS = ("周一", "周三", "周五", "周六", "周日", "工作日", "周末", "每天")
PLACES = ("home", "office", "transit", "neighbourhood", "anywhere")


@st.composite
def asks(draw: st.DrawFn) -> Ask:
    """Return a week with whatever slots, busy times, agreed work and limits, begun or not."""
    rows = []
    for number in range(draw(st.integers(1, 5))):
        start = draw(st.integers(6, 23))
        rule = f"{draw(st.sampled_from(DAYS))} {start}:00-"
        length = draw(st.integers(1, 10))
        rule += f"{start + length}:30" if start + length < 24 else f"次日{start + length - 24}:30"
        rows.append(slot(number + 1, rule, draw(st.sampled_from(PLACES))))
    busy = []
    for _number in range(draw(st.integers(0, 4))):
        begin = _moment(draw(st.integers(0, 7 * 24 * 4)) * 15)
        busy.append(
            BusyTime(begin, begin + timedelta(minutes=draw(st.integers(5, 600))), None, False)
        )
    accepted = [
        gig(
            number + 1,
            due=(MONDAY + timedelta(days=draw(st.integers(-1, 8)))).isoformat(),
            worked_minutes=draw(st.sampled_from((None, 30, 120, 400))),
            gross_fen=draw(st.integers(0, 50_000)),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    limits = Limits(
        draw(st.sampled_from((None, 60, 240, 480))),
        draw(st.sampled_from((None, 300, 1200, 2400))),
        draw(st.sampled_from((None, 1, 2, 4))),
        draw(st.sampled_from((None, 30, 50, 70, 100))),
        draw(st.sampled_from((0, 0, 1, 3, 6))),
    )
    now = _moment(draw(st.sampled_from((-600, -600, 0, 2000, 5003, 9000))))
    return Ask(MONDAY, now, stock(*rows), MEANS, limits, busy, accepted)


def _moment(minutes: int) -> datetime:
    return datetime.combine(MONDAY, datetime.min.time()) + timedelta(minutes=minutes)


def kept(plan: WeekPlan) -> list[PlanBlock]:
    """Return a plan as the store would have it."""
    return [
        PlanBlock(
            number, plan.week, one.start.date().isoformat(),
            one.start.hour * 60 + one.start.minute,
            one.start.hour * 60 + one.start.minute + one.minutes,
            one.slot, one.category, one.platform, one.expected_fen, one.setup_minutes,
            one.travel_minutes, one.supply, one.uid,
        )
        for number, one in enumerate(plan.entries)
    ]  # fmt: skip


def day_of(moment: datetime) -> int:
    """Return the day of the week that a block counts for: past Sunday's midnight it is Sunday's."""
    return min((moment.date() - MONDAY).days, 6)


@pytest.mark.filterwarnings("error")
@settings(max_examples=40)
@given(asks())
def test_a_plan_keeps_every_limit_and_every_time(ask: Ask) -> None:
    """Nothing overlaps, all lies in slots, and the limits hold when counted from the blocks."""
    plan = weekplan.arrange(ask)

    assert_times(ask, plan)
    assert_limits(ask.limits, plan)
    assert_sums(plan)
    assert_dues(ask, plan)


def assert_times(ask: Ask, plan: WeekPlan) -> None:
    pieces = sorted(
        [(one.start, one.end) for one in plan.entries]
        + [(one.piece.start, one.piece.end) for one in plan.idle]
    )
    for (_start, end), (start, _end) in itertools.pairwise(pieces):
        assert end <= start
    free = {
        one.slot.id: slots.expand(one.rule, MONDAY, MONDAY + timedelta(days=6))
        for one in ask.stock.slots
    }
    for entry in plan.entries:
        assert entry.start >= ask.now
        assert not any(one.start < entry.end and entry.start < one.end for one in ask.busy)
        assert entry.slot is not None
        assert any(one.start <= entry.start and entry.end <= one.end for one in free[entry.slot])


def assert_limits(limits: Limits, plan: WeekPlan) -> None:
    agreed: Counter[int] = Counter()
    days: Counter[int] = Counter()
    houses: Counter[str] = Counter()
    for one in plan.entries:
        days[day_of(one.start)] += one.minutes
        if one.due is not None:
            agreed[day_of(one.start)] += one.minutes
        else:
            name = one.platform if one.platform != "self" else "/".join(one.route)
            houses[name] += one.minutes
    if limits.day_minutes is not None:
        for day, minutes in days.items():
            assert minutes <= max(limits.day_minutes, agreed[day])
    if limits.week_minutes is not None:
        assert days.total() <= max(limits.week_minutes, agreed.total())
    if limits.max_platforms is not None:
        assert len(houses) <= limits.max_platforms
    assert len(days) <= max(7 - limits.rest_days, len(agreed))
    if plan.limits.platform_share is not None and houses:
        rest = [one.minutes for one in plan.entries if one.due is None]
        rest += [one.piece.minutes for one in plan.idle]
        most = sum(rest)
        if limits.week_minutes is not None:
            most = min(most, max(0, limits.week_minutes - agreed.total()))
        share = most * plan.limits.platform_share // 100
        assert max(houses.values()) <= max(share, *rest)


def assert_sums(plan: WeekPlan) -> None:
    assert plan.value_fen == sum(one.expected_fen for one in plan.entries)
    assert all(one.expected_fen >= 0 for one in plan.entries)
    assert plan.planned_minutes + plan.idle_minutes == plan.free_minutes
    assert len({one.uid for one in plan.entries}) == len(plan.entries)
    low, high = plan.likely_fen
    assert 0 <= low <= plan.value_fen <= high + 1
    assert all(more > 0 for more in plan.gains.values())
    assert set(plan.gains) <= set(plan.binding)


def assert_dues(ask: Ask, plan: WeekPlan) -> None:
    given: Counter[int] = Counter()
    for one in plan.entries:
        if one.due is not None:
            assert (one.end - timedelta(minutes=1)).date() <= one.due.day
            given[one.due.gig.id] += one.minutes
    missing = {one.due.gig.id: one.minutes for one in plan.short}
    for gig_ in ask.accepted:
        if gig_.due is None or date.fromisoformat(gig_.due) > MONDAY + timedelta(days=6):
            assert given[gig_.id] == 0
        else:
            needed = gig_.worked_minutes or 60
            assert given[gig_.id] + missing.get(gig_.id, 0) >= needed
            assert given[gig_.id] >= needed or gig_.id in missing


@settings(max_examples=20)
@given(asks())
def test_the_same_week_has_the_same_plan(ask: Ask) -> None:
    """Once is as twice, and a plan that is kept stays as it is."""
    plan = weekplan.arrange(ask)
    again = weekplan.arrange(ask)
    stored = kept(plan)
    differs = planned.change(again.entries, again.past, stored)

    assert plan == again
    assert differs.nothing
    assert (differs.same, differs.value_fen) == (len(plan.entries), 0)


@settings(max_examples=20)
@given(asks(), st.integers(0, 7 * 24 * 60))
def test_a_week_planned_anew_goes_on_behind_what_has_begun(ask: Ask, minutes: int) -> None:
    """Nothing overlaps a block that has begun or takes its name, and its minutes count."""
    before = weekplan.arrange(replace(ask, now=_moment(-600), accepted=[]))
    later = replace(ask, now=_moment(minutes), kept=kept(before), accepted=[])

    plan = weekplan.arrange(later)

    assert {one.uid for one in plan.past}.isdisjoint(one.uid for one in plan.entries)
    assert [one.uid for one in plan.past] == [
        one.uid for one in before.entries if one.start < later.now
    ]
    for one in plan.entries:
        assert all(past.end <= one.start for past in plan.past)
    spent: Counter[int] = Counter()
    for one in (*plan.past, *plan.entries):
        spent[day_of(one.start)] += one.minutes
    limits = ask.limits
    if limits.day_minutes is not None:
        assert max(spent.values(), default=0) <= limits.day_minutes
    if limits.week_minutes is not None:
        assert spent.total() <= limits.week_minutes
    assert len(spent) <= 7 - limits.rest_days
