"""The use of time: supplied, planned, worked, searched, paid, to the minute; and the leaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from xianke import inventory, timeuse
from xianke.busy import BusyTime
from xianke.records import Gig, PlanBlock, Slot
from xianke.timeuse import Leak, Records, Use

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.records import GigStatus

MONDAY = date(2026, 11, 16)
SUNDAY = date(2026, 11, 22)
LATER = datetime(2026, 12, 1, 12, 0)


def gig(
    day: int,
    clock: str | None,
    worked: int,
    unpaid: int = 0,
    status: GigStatus = "paid",
    gross_fen: int = 0,
    cost_fen: int = 0,
) -> Gig:
    """Return a gig of a day of November 2026."""
    minute = None if clock is None else int(clock[:2]) * 60 + int(clock[3:])
    return Gig(
        id=1,
        platform="apple",
        category=None,
        day=f"2026-11-{day:02d}",
        start_minute=minute,
        orders=1,
        worked_minutes=worked,
        unpaid_minutes=unpaid,
        gross_fen=gross_fen,
        fee_fen=0,
        cost_fen=cost_fen,
        tax_fen=0,
        status=status,
        due=None,
        paid_day=None,
        rating=None,
        note=None,
    )


def block(day: int, start: int, end: int) -> PlanBlock:
    return PlanBlock(
        1, "2026-W47", f"2026-11-{day:02d}", start, end, 1, "c", "apple", 0, 0, 0, "unknown", "u"
    )


def stock(*texts: str) -> inventory.Stock:
    rows = [Slot(number, text, None, "home", None, False) for number, text in enumerate(texts, 1)]
    return inventory.stock(rows, [], [], {}, MONDAY)


def use(
    slots: Sequence[str],
    gigs: Sequence[Gig] = (),
    blocks: Sequence[PlanBlock] = (),
    spends: Sequence[tuple[str, int]] = (),
    taken: Sequence[BusyTime] = (),
    now: datetime = LATER,
) -> Use:
    """Return how the week from 16 to 22 November was used."""
    free = timeuse.supply(stock(*slots), MONDAY, SUNDAY, taken, now)
    records = Records(gigs, blocks, spends)
    (week,) = timeuse.used(timeuse.weeks_of(MONDAY, SUNDAY), free, records, now)
    return week.use


def test_a_span_is_cut_into_its_weeks() -> None:
    """The first and the last are as short as the span leaves them."""
    assert timeuse.weeks_of(date(2026, 11, 18), date(2026, 11, 24)) == [
        (date(2026, 11, 18), SUNDAY),
        (date(2026, 11, 23), date(2026, 11, 24)),
    ]
    assert timeuse.weeks_of(MONDAY, SUNDAY) == [(MONDAY, SUNDAY)]


def test_overlapping_slots_supply_their_time_once() -> None:
    """Monday to Friday 19:00-21:00, and Monday 20:00-22:00: five times two hours and one more."""
    assert use(["工作日 19:00-21:00", "周一 20:00-22:00"]).supplied_minutes == 5 * 120 + 60


def test_what_a_calendar_takes_is_not_supplied() -> None:
    """A meeting over half an hour of Monday's slot."""
    meeting = BusyTime(datetime(2026, 11, 16, 20, 30), datetime(2026, 11, 16, 23), "x", False)

    assert use(["周一 19:00-21:00"], taken=[meeting]).supplied_minutes == 90


def test_what_has_not_passed_is_not_supplied_yet() -> None:
    """At 19:45 on Monday, 45 minutes have been there, and of the plan as many."""
    now = datetime(2026, 11, 16, 19, 45)
    found = use(["工作日 19:00-21:00"], blocks=[block(16, 1140, 1260)], now=now)

    assert (found.supplied_minutes, found.planned_minutes) == (45, 45)


def test_a_slot_past_midnight_is_shared_between_the_weeks() -> None:
    """Sunday 22:00 to 1:00: the last evening's two hours, and one hour of the week before."""
    assert use(["周日 22:00-次日1:00"]).supplied_minutes == 120 + 60


def test_a_whole_week_adds_up_to_the_minute() -> None:
    """Every figure of a week with all there can be, counted by hand."""
    found = use(
        ["工作日 19:00-21:00"],
        [
            gig(16, "19:30", 40, 20, gross_fen=6_000),  # inside, planned
            gig(17, "20:30", 60, gross_fen=5_000, cost_fen=500),  # half inside, not planned
            gig(18, None, 30, 10, "delivered", gross_fen=2_000),  # nobody knows when
            gig(19, "19:00", 50, 0, "rejected", cost_fen=300),  # inside, not planned
            gig(20, "19:00", 0, 25, "none_found"),  # looking, planned
            gig(20, "12:00", 30, 0, "accepted", gross_fen=9_900),  # not done yet
        ],
        [block(16, 1140, 1260), block(20, 1140, 1260)],
        [("2026-11-18", 1_000), ("2026-11-23", 5_000)],
    )

    # Net: 6000 + (5000 − 500) + 2000 − 300, less 1000 for the platform.
    # In use: two planned evenings, Tuesday 20:30-21:00, Thursday 19:00-19:50.
    assert found == Use(
        supplied_minutes=600,
        planned_minutes=240,
        worked_minutes=210,
        searched_minutes=25,
        paid_minutes=120,
        waiting_minutes=40,
        rejected_minutes=50,
        unpaid_minutes=30,
        inside_minutes=140,
        outside_minutes=30,
        unplaced_minutes=40,
        used_minutes=240 + 30 + 50,
        not_planned_minutes=600 - 320,
        not_worked_minutes=240 - 60 - 25,
        net_fen=11_200,
        timed_net_fen=12_200,
        timed_minutes=235,
    )
    # 11,200 fen over ten hours; 12,200 fen over 235 minutes, rounded down.
    assert found.net_fen_per_supplied_hour == 1_120
    assert found.net_fen_per_worked_hour == 3_114


def test_leaks_come_with_the_most_first_and_none_of_nothing() -> None:
    """Each kind in its own minutes."""
    found = Use(
        not_planned_minutes=60, searched_minutes=25, outside_minutes=60, not_worked_minutes=90
    )

    assert timeuse.leaks(found) == [
        Leak("not_worked", 90),
        Leak("not_planned", 60),
        Leak("outside", 60),
        Leak("searched", 25),
    ]
    assert timeuse.leaks(Use()) == []


def test_without_a_known_start_nobody_can_say_what_was_inside() -> None:
    """None then; nothing at all is not unknown."""
    assert timeuse.inside_minutes(use(["工作日 19:00-21:00"], [gig(16, None, 40)])) is None
    assert timeuse.inside_minutes(use(["工作日 19:00-21:00"])) == 0
    assert (
        timeuse.inside_minutes(
            use(["工作日 19:00-21:00"], [gig(16, None, 40), gig(17, "19:00", 30)])
        )
        == 30
    )


def test_work_in_an_unplanned_slot_is_no_leak() -> None:
    """The slot was used, whether a plan said so or not."""
    found = use(["周一 19:00-20:00"], [gig(16, "19:00", 60, gross_fen=5_000)])

    assert timeuse.leaks(found) == []


def test_a_rate_needs_minutes() -> None:
    """Without slots there is none per supplied hour, without minutes none per worked hour."""
    found = use([], [replace(gig(16, None, 0, gross_fen=5_000), worked_minutes=None)])

    assert found.net_fen == 5_000
    assert found.net_fen_per_supplied_hour is None
    assert found.net_fen_per_worked_hour is None


def test_the_total_is_the_sum_of_the_weeks() -> None:
    """Column by column."""
    spans = timeuse.weeks_of(MONDAY, date(2026, 11, 29))
    free = timeuse.supply(stock("工作日 19:00-21:00"), MONDAY, date(2026, 11, 29), [], LATER)
    gigs = [gig(16, "19:00", 60, gross_fen=5_000), gig(24, "19:00", 30, gross_fen=100)]

    found = timeuse.used(spans, free, Records(gigs, [], []), LATER)

    assert [one.week for one in found] == ["2026-W47", "2026-W48"]
    assert timeuse.total(found).supplied_minutes == 1_200
    assert timeuse.total(found).worked_minutes == 90
    assert timeuse.total(found).net_fen == 5_100
