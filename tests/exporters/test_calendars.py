"""The calendar: what stands in it, and that other programs read the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from tests.exporters import books
from tests.exporters.books import EMPTY, deposit, gig, payout

from xianke.exporters import calendars
from xianke.exporters.calendars import Event
from xianke.records import Settlement

if TYPE_CHECKING:
    from xianke.exporters.book import Book

ZONE = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)


def _events(book: Book, zone: ZoneInfo = ZONE) -> list[Event]:
    return list(calendars.events(book, zone))


def test_agreed_work_with_a_time() -> None:
    """It lasts the minutes that were planned, an hour where nobody knows."""
    book = replace(
        EMPTY,
        gigs=[
            gig(1, status="accepted", start_minute=1140, worked_minutes=90, unpaid_minutes=30),
            gig(2, status="accepted", start_minute=1140, gross_fen=0, note="带电脑\n早到"),
        ],
    )

    start = datetime(2026, 10, 5, 19, tzinfo=ZONE)
    assert _events(book) == [
        Event(
            "gig-1",
            start,
            start + timedelta(hours=2),
            "做单：闲鱼",
            "说好 100.00 元\n技能服务\ng1",
        ),
        Event(
            "gig-2", start, start + timedelta(hours=1), "做单：闲鱼", "技能服务\n带电脑 早到\ng2"
        ),
    ]


def test_agreed_work_without_a_time() -> None:
    """It takes the day."""
    (event,) = _events(replace(EMPTY, gigs=[gig(1, status="accepted")]))

    assert (event.start, event.end) == (date(2026, 10, 5), date(2026, 10, 6))


def test_work_over_a_change_of_clocks() -> None:
    """Two hours stay two hours, whatever the clock on the wall does meanwhile."""
    book = replace(
        EMPTY,
        gigs=[gig(1, day="2026-11-01", status="accepted", start_minute=30, worked_minutes=120)],
    )

    (event,) = _events(book, NEW_YORK)

    assert isinstance(event.start, datetime)
    assert isinstance(event.end, datetime)
    assert event.end.astimezone(UTC) - event.start.astimezone(UTC) == timedelta(hours=2)
    assert event.end.hour == 1


def test_money_that_should_come() -> None:
    """On the agreed day, else on the usual one; with what is still open and an alarm at nine."""
    book = replace(
        EMPTY,
        gigs=[
            gig(1, due="2026-11-05", note="头像"),
            gig(2),
            gig(3),
            gig(4, due="2026-11-06"),
            gig(5, due="2026-11-07", status="rejected"),
        ],
        payouts=[payout(1, amount_fen=160_00)],
        settlements=[Settlement(1, 1, 1, 60_00), Settlement(2, 1, 4, 100_00)],
        expected={1: "2026-10-09", 2: "2026-10-15"},
    )

    assert _events(book) == [
        Event(
            "due-1",
            date(2026, 11, 5),
            date(2026, 11, 6),
            "该到账 40.00 元：闲鱼",
            "说好这天到账\n2026-10-05 做的，一共该收 100.00 元\n头像\ng1",
            timedelta(hours=9),
        ),
        Event(
            "due-2",
            date(2026, 10, 15),
            date(2026, 10, 16),
            "该到账 100.00 元：闲鱼",
            "一般这时候到账\n2026-10-05 做的，一共该收 100.00 元\ng2",
            timedelta(hours=9),
        ),
    ]


def test_deposits_that_are_out() -> None:
    """On the day they were paid; one that came back is no longer there."""
    book = replace(
        EMPTY,
        spends=[
            deposit(1, note="箱子"),
            deposit(2, returned_day="2026-10-20", returned_fen=300_00),
            replace(deposit(3), kind="plain"),
        ],
    )

    assert _events(book) == [
        Event(
            "deposit-1",
            date(2026, 10, 1),
            date(2026, 10, 2),
            "交了押金 300.00 元，还没退：闲鱼",
            "箱子\nc1",
        )
    ]


def test_a_range_of_days() -> None:
    """Each thing counts on its own day: work when it is done, money when it is due."""
    book = replace(
        EMPTY,
        gigs=[
            gig(1, due="2026-11-05"),
            gig(2, due="2026-10-20"),
            gig(3, day="2026-11-03", status="accepted"),
            gig(4, day="2026-10-30", status="accepted"),
        ],
        spends=[deposit(1), deposit(2, day="2026-11-01")],
        first="2026-11-01",
    )

    assert [event.uid for event in _events(book)] == ["due-1", "gig-3", "deposit-2"]


def test_a_whole_file() -> None:
    """In the order of days, with the zone's rules, ids that stay, alarms and free whole days."""
    book = replace(
        EMPTY,
        gigs=[
            gig(1, status="accepted", start_minute=1140, note="A, B; C\\D"),
            gig(2, due="2026-10-02"),
        ],
    )

    assert calendars.text(calendars.events(book, ZONE), NOW) == "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//xianke//xianke//ZH",
            "CALSCALE:GREGORIAN",
            "BEGIN:VTIMEZONE",
            "TZID:Asia/Shanghai",
            "COMMENT:This timezone only works from 2025-01-01 to 2028-01-01.",
            "BEGIN:STANDARD",
            "DTSTART:20250101T000000",
            "TZNAME:CST",
            "TZOFFSETFROM:+0800",
            "TZOFFSETTO:+0800",
            "END:STANDARD",
            "END:VTIMEZONE",
            "BEGIN:VEVENT",
            "SUMMARY:该到账 100.00 元：闲鱼",
            "DTSTART;VALUE=DATE:20261002",
            "DTEND;VALUE=DATE:20261003",
            "DTSTAMP:20261122T020000Z",
            "UID:due-2@xianke.invalid",
            "DESCRIPTION:说好这天到账\\n2026-10-05 做的，一共该收 100.00 ",
            " 元\\ng2",
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:该到账 100.00 元：闲鱼",
            "TRIGGER:PT9H",
            "END:VALARM",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "SUMMARY:做单：闲鱼",
            "DTSTART;TZID=Asia/Shanghai:20261005T190000",
            "DTEND;TZID=Asia/Shanghai:20261005T200000",
            "DTSTAMP:20261122T020000Z",
            "UID:gig-1@xianke.invalid",
            "DESCRIPTION:说好 100.00 元\\n技能服务\\nA\\, B\\; C\\\\D\\ng1",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def test_an_empty_calendar() -> None:
    """It is one all the same."""
    assert calendars.text([], NOW).splitlines() == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//xianke//xianke//ZH",
        "CALSCALE:GREGORIAN",
        "END:VCALENDAR",
    ]


@pytest.mark.parametrize("zone", [ZONE, NEW_YORK], ids=lambda zone: zone.key)
def test_another_program_reads_the_same_moments(zone: ZoneInfo) -> None:
    """By the rules of the zone that the file brings along, in summer as in winter."""
    done = [
        gig(number, day=day, status="accepted", start_minute=1140)
        for number, day in enumerate(("2026-07-05", "2026-12-05"), 1)
    ]

    text = calendars.text(calendars.events(replace(EMPTY, gigs=done), zone), NOW)

    starts = [one.dtstart.value for one in vobject.readOne(text).vevent_list]
    assert [start.astimezone(UTC) for start in starts] == [
        datetime.fromisoformat(one.day).replace(hour=19, tzinfo=zone).astimezone(UTC)
        for one in done
    ]


@given(books.books())
def test_two_other_readers_find_every_event(book: Book) -> None:
    """Whatever stands in notes and names: texts come back, lines are short and end as they must."""
    book = replace(book, expected={one.id: one.day for one in book.gigs})
    wanted = {f"{one.uid}@xianke.invalid": one for one in _events(book)}

    text = calendars.text(wanted.values(), NOW)

    lines = text.split("\r\n")
    assert not any("\n" in line or "\r" in line or len(line.encode()) > 75 for line in lines)
    mine = {str(one["uid"]): one for one in icalendar.Calendar.from_ical(text).walk("VEVENT")}
    theirs = {one.uid.value: one for one in getattr(vobject.readOne(text), "vevent_list", [])}
    assert mine.keys() == theirs.keys() == wanted.keys()
    for uid, event in wanted.items():
        assert str(mine[uid]["summary"]) == theirs[uid].summary.value == event.summary
        assert str(mine[uid].get("description", "")) == event.description
        assert mine[uid].decoded("dtstart") == event.start
        assert theirs[uid].dtstart.value == event.start
