"""What calendars leave of the slots."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from xianke import busy
from xianke.busy import BusyTime
from xianke.records import Busy, Calendar
from xianke.slots import Occurrence

DAY = "2026-11-30"


def _at(clock: str) -> datetime:
    return datetime.fromisoformat(f"{DAY}T{clock}")


def _slot(start: str, end: str, *flags: str) -> Occurrence:
    return Occurrence(_at(start), _at(end), flags)


def _busy(start: str, end: str, title: str | None = None, calendar: str = "工作") -> BusyTime:
    return BusyTime(_at(start), _at(end), title, False, calendar)


def _clocks(pieces: list[Occurrence]) -> list[str]:
    return [f"{piece.start:%H:%M}-{piece.end:%H:%M} {'/'.join(piece.flags)}" for piece in pieces]


@pytest.mark.parametrize(
    ("times", "pieces"),
    [
        ([], ["19:00-22:00 "]),
        ([("18:00", "19:00")], ["19:00-22:00 "]),
        ([("22:00", "23:00")], ["19:00-22:00 "]),
        ([("18:00", "19:30")], ["19:30-22:00 cut"]),
        ([("21:30", "23:00")], ["19:00-21:30 cut"]),
        ([("20:00", "20:30")], ["19:00-20:00 cut", "20:30-22:00 cut"]),
        ([("20:00", "20:30"), ("20:15", "21:00")], ["19:00-20:00 cut", "21:00-22:00 cut"]),
        ([("20:00", "20:30"), ("20:30", "21:00")], ["19:00-20:00 cut", "21:00-22:00 cut"]),
        ([("19:00", "22:00")], []),
        ([("18:00", "20:00"), ("20:00", "23:00")], []),
        ([("21:59", "22:00")], ["19:00-21:59 cut"]),
        ([("08:00", "09:00"), ("20:00", "21:00")], ["19:00-20:00 cut", "21:00-22:00 cut"]),
    ],
)
def test_busy_times_cut_a_slot(times: list[tuple[str, str]], pieces: list[str]) -> None:
    """What only touches takes nothing; what lies within leaves a piece on either side."""
    left = busy.cut([_slot("19:00", "22:00")], [_busy(*one) for one in times])

    assert _clocks(left) == pieces


def test_every_slot_is_cut_by_itself() -> None:
    """Slots that overlap lose the same time, and keep their order and flags."""
    slots = [_slot("12:00", "13:00", "holiday"), _slot("12:30", "14:00"), _slot("19:00", "20:00")]

    left = busy.cut(slots, [_busy("12:45", "13:15")])

    assert _clocks(left) == [
        "12:00-12:45 holiday/cut",
        "12:30-12:45 cut",
        "13:15-14:00 cut",
        "19:00-20:00 ",
    ]


def test_a_slot_over_midnight_is_cut_on_the_next_day() -> None:
    """Busy times are moments, not minutes of a day."""
    night = Occurrence(_at("22:00"), _at("22:00") + timedelta(hours=4), ())
    early = BusyTime(_at("22:00") + timedelta(hours=3), _at("22:00") + timedelta(hours=9), "", True)

    (left,) = busy.cut([night], [early])

    assert left.end == night.start + timedelta(hours=3)


@pytest.mark.parametrize(("until", "kept"), [("21:50", True), ("21:51", False)])
def test_scraps_are_not_worth_planning(until: str, kept: bool) -> None:
    """What a calendar leaves must have ten minutes."""
    left = busy.cut([_slot("19:00", "22:00")], [_busy("18:00", until)])

    assert busy.worthwhile(left) == (left if kept else [])


def test_a_short_slot_of_ones_own_is_worthwhile() -> None:
    """Who writes down five minutes means them."""
    slots = [_slot("19:00", "19:05")]

    assert busy.worthwhile(busy.cut(slots, [])) == slots


def test_only_what_takes_something_touches() -> None:
    """By start; what ends where a slot begins is none of them."""
    before, inside, over = (
        _busy("18:00", "19:00"), _busy("20:00", "20:30"), _busy("10:00", "23:00"),
    )  # fmt: skip

    found = busy.touching([inside, before, over], [_slot("19:00", "22:00")])

    assert found == [over, inside]
    assert busy.touching([inside], []) == []


def test_a_moment_is_busy_until_all_that_follows_is_over() -> None:
    """Two meetings in a row are one stretch; what began last is what is going on."""
    times = [_busy("09:00", "10:00", "周会"), _busy("10:00", "11:00", "评审")]

    found = busy.at(times, _at("09:30"))

    assert found == _busy("09:00", "11:00", "周会")
    assert busy.at(times, _at("11:00")) is None
    assert busy.at([], _at("09:00")) is None


def test_stored_times_know_their_calendar() -> None:
    """Names instead of numbers."""
    calendar = Calendar(3, "工作", "/x.ics", "2026-11-23", "2027-12-28", "2026-11-28T10:00")
    row = Busy(1, 3, f"{DAY}T09:00", f"{DAY}T10:30", "周会", False)

    assert busy.times([row], [calendar]) == [_busy("09:00", "10:30", "周会")]
