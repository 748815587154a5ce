"""What the store keeps of time that is taken or planned: calendars, kept plans, the goal."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from xianke import store

if TYPE_CHECKING:
    from xianke.store.tables import Row

AT = datetime(2026, 11, 28, 10, 0)
CALENDAR: Row = {
    "name": "工作",
    "source": "/home/ming/work.ics",
    "first_day": "2026-11-23",
    "last_day": "2027-12-28",
    "imported_at": "2026-11-28T10:00:00+08:00",
}


def _block(day: str, start: int, uid: str) -> Row:
    return {
        "week": "2026-W48" if day < "2026-11-30" else "2026-W49",
        "day": day,
        "start_minute": start,
        "end_minute": start + 60,
        "category": "skill_service",
        "platform": "xianyu",
        "expected_fen": 9000,
        "setup_minutes": 5,
        "travel_minutes": 0,
        "supply": "unknown",
        "uid": uid,
    }


def _busy(*times: tuple[str, str]) -> None:
    with store.write("test", "", AT) as db:
        calendar = db.insert("calendar", CALENDAR)
        for start, end in times:
            row: Row = {"calendar_id": calendar, "start": start, "end": end, "all_day": False}
            db.insert("busy", row)


@pytest.mark.parametrize(
    ("start", "end", "touches"),
    [
        ("2026-11-30T00:00", "2026-11-30T00:01", True),
        ("2026-11-30T23:59", "2026-12-01T00:00", True),
        ("2026-11-29T22:00", "2026-11-30T00:01", True),
        ("2026-11-20T00:00", "2026-12-20T00:00", True),
        ("2026-11-29T22:00", "2026-11-30T00:00", False),
        ("2026-12-01T00:00", "2026-12-01T08:00", False),
    ],
)
def test_busy_times_of_a_day_are_those_that_touch_it(start: str, end: str, touches: bool) -> None:
    """Midnight belongs to the day that begins."""
    _busy((start, end))

    with store.read() as db:
        found = db.busy("2026-11-30", "2026-11-30")

    assert [(one.start, one.end) for one in found] == ([(start, end)] if touches else [])


def test_busy_times_come_in_order() -> None:
    """By their start, however they were read."""
    _busy(("2026-12-01T09:00", "2026-12-01T10:00"), ("2026-11-30T09:00", "2026-11-30T10:00"))

    with store.read() as db:
        found = [one.start for one in db.busy("2026-11-30", "2026-12-01")]

    assert found == ["2026-11-30T09:00", "2026-12-01T09:00"]


def test_a_calendar_does_not_go_before_its_times() -> None:
    """What went by itself the journal would not see, and undo could not bring back."""
    _busy(("2026-11-30T09:00", "2026-11-30T10:00"))

    with pytest.raises(sqlite3.IntegrityError), store.write("test", "", AT) as db:
        db.delete("calendar", 1)

    with store.read() as db:
        assert len(db.busy_of(1)) == 1


def test_the_plan_of_a_week_is_all_its_blocks_in_order() -> None:
    """Other weeks have plans of their own."""
    with store.write("test", "", AT) as db:
        for day, start, uid in (
            ("2026-11-29", 600, "c"),
            ("2026-11-29", 540, "b"),
            ("2026-11-28", 900, "a"),
            ("2026-11-30", 540, "d"),
        ):
            db.insert("plan_block", _block(day, start, uid))

    with store.read() as db:
        assert [one.uid for one in db.plan_blocks("2026-W48")] == ["a", "b", "c"]
        assert db.plan_weeks() == ["2026-W48", "2026-W49"]


def test_the_goal_that_counts_is_the_one_set_last() -> None:
    """Taking it back brings the one before to life again."""
    for amount in (100000, 200000):
        with store.write("goal.set", "", AT) as db:
            db.insert("goal", {"amount_fen": amount, "unit": "month", "set_on": "2026-11-28"})
    with store.read() as db:
        goal = db.goal()
    assert goal is not None
    assert goal.amount_fen == 200000

    with store.write("undo", "", AT) as db:
        db.undo_last()

    with store.read() as db:
        goal = db.goal()
    assert goal is not None
    assert goal.amount_fen == 100000


def test_an_empty_store_has_no_plan_and_no_goal() -> None:
    """Empty lists and None."""
    with store.read() as db:
        assert (db.calendars(), db.busy("2026-01-01", "2026-12-31")) == ([], [])
        assert (db.plan_blocks("2026-W48"), db.plan_weeks(), db.goal()) == ([], [], None)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("calendar", {**CALENDAR, "last_day": "2026-11-01"}),
        ("plan_block", {**_block("2026-11-28", 540, "a"), "end_minute": 540}),
        ("plan_block", {**_block("2026-11-28", 540, "a"), "supply": "perhaps"}),
        ("goal", {"amount_fen": 0, "unit": "month", "set_on": "2026-11-28"}),
        ("goal", {"amount_fen": 1, "unit": "year", "set_on": "2026-11-28"}),
    ],
)
def test_what_cannot_be_is_not_stored(table: str, row: Row) -> None:
    """The schema itself refuses it, from whatever command or backup it comes."""
    with pytest.raises(sqlite3.IntegrityError), store.write("test", "", AT) as db:
        db.insert(table, row)


@pytest.mark.parametrize(
    "columns", [{"gross_fen": 1}, {"worked_minutes": 5}, {"unpaid_minutes": 0}, {"tax_fen": 1}]
)
def test_looking_in_vain_has_minutes_and_no_money(columns: Row) -> None:
    """Time without an order earned nothing and was not work."""
    gig: Row = {
        "platform": "xianyu", "day": "2026-11-20", "orders": 1, "worked_minutes": 0,
        "unpaid_minutes": 25, "gross_fen": 0, "fee_fen": 0, "cost_fen": 300, "tax_fen": 0,
        "status": "none_found",
    }  # fmt: skip
    with store.write("test", "", AT) as db:
        db.insert("gig", gig)

    with pytest.raises(sqlite3.IntegrityError), store.write("test", "", AT) as db:
        db.insert("gig", {**gig, **columns})
