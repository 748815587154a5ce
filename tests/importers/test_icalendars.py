"""Calendars of other programs: every kind of event, against times computed by hand."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianke.errors import Unreadable
from xianke.importers import icalendars
from xianke.importers.icalendars import Contents, Window

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
WEEKS = Window(date(2026, 11, 23), date(2026, 12, 20), SHANGHAI)
"""Four weeks from a Monday on."""

Read = Callable[..., list[str]]


def at(text: str, zone: ZoneInfo | None = None) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=zone)


def event(**lines: Any) -> icalendar.Event:  # Any: whatever a property may hold
    """Return an event of an hour on 30 November at nine, but for what is said; None takes away."""
    values: dict[str, Any] = {
        "uid": "a", "summary": "周会", "dtstart": at("11-30 09:00", SHANGHAI),
        "dtend": at("11-30 10:00", SHANGHAI),
    }  # fmt: skip
    if "duration" in lines:
        del values["dtend"]
    made = icalendar.Event()
    for name, value in {**values, **lines}.items():
        if value is not None:
            made.add(name.replace("_", "-"), value)
    return made


def text_of(*events: icalendar.Component) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//test//")
    calendar.add("version", "2.0")
    for one in events:
        calendar.add_component(one)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def raw(*lines: str) -> bytes:
    """Return a calendar of one event with just these lines."""
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1", "SUMMARY:周会",
         *lines, "END:VEVENT", "END:VCALENDAR", ""]
    ).encode()  # fmt: skip


@pytest.fixture
def contents(tmp_path: Path) -> Callable[..., Contents]:
    """Return what reads a file of such content."""

    def call(data: bytes, window: Window = WEEKS, name: str = "work.ics") -> Contents:
        path = tmp_path / name
        path.write_bytes(data)
        return icalendars.read(path, window)

    return call


@pytest.fixture
def read(contents: Callable[..., Contents]) -> Read:
    """Return what reads events, and gives back their times: `11-30 09:00 – 11-30 10:00`."""

    def call(*events: icalendar.Event, window: Window = WEEKS) -> list[str]:
        found = contents(text_of(*events), window)
        assert found.unclear == ()
        return [f"{one.start:%m-%d %H:%M} – {one.end:%m-%d %H:%M}" for one in found.times]

    return call


# Single events


def test_an_event_is_a_busy_time(contents: Callable[..., Contents]) -> None:
    """Its title in one line, its times in the store's zone, without a zone of their own."""
    (one,) = contents(text_of(event(summary="周会\n二楼"))).times

    assert (one.start, one.end) == (datetime(2026, 11, 30, 9), datetime(2026, 11, 30, 10))
    assert (one.title, one.all_day, one.calendar) == ("周会 二楼", False, "")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at("11-30 01:00").replace(tzinfo=UTC), at("11-30 02:00").replace(tzinfo=UTC), "09:00"),
        (at("11-30 09:00"), at("11-30 10:00"), "09:00"),
        (at("11-30 02:00", BERLIN), at("11-30 03:00", BERLIN), "09:00"),
    ],
)
def test_times_of_all_kinds_are_civil_here(
    read: Read, start: datetime, end: datetime, expected: str
) -> None:
    """UTC, floating, and another zone: all the same hour."""
    assert read(event(dtstart=start, dtend=end)) == [f"11-30 {expected} – 11-30 10:00"]


def test_another_zone_of_the_store_is_another_hour(read: Read) -> None:
    """Nine in Shanghai is two in Berlin."""
    berlin = Window(WEEKS.first, WEEKS.last, BERLIN)

    assert read(event(), window=berlin) == ["11-30 02:00 – 11-30 03:00"]


def test_a_zone_defined_in_the_file_is_used(contents: Callable[..., Contents]) -> None:
    """A name of somebody's own means what its VTIMEZONE says: here five hours and a half."""
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Somewhere\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    data = raw(
        "DTSTART;TZID=Somewhere:20261130T090000", "DTEND;TZID=Somewhere:20261130T100000"
    ).replace(b"BEGIN:VEVENT", zone.encode() + b"BEGIN:VEVENT")

    (one,) = contents(data).times

    assert f"{one.start:%H:%M}" == "11:30"


def test_zones_named_as_windows_does_are_known(contents: Callable[..., Contents]) -> None:
    """Outlook writes them."""
    (one,) = contents(
        raw("DTSTART;TZID=China Standard Time:20261130T090000", "DURATION:PT1H")
    ).times

    assert one.start == datetime(2026, 11, 30, 9)


def test_a_whole_day_is_taken_from_midnight_to_midnight(contents: Callable[..., Contents]) -> None:
    """Whatever zone the store is in: a day is a day."""
    for window in (WEEKS, Window(WEEKS.first, WEEKS.last, BERLIN)):
        (one,) = contents(
            text_of(event(dtstart=date(2026, 12, 1), dtend=date(2026, 12, 3))), window
        ).times

        assert (one.start, one.end, one.all_day) == (
            datetime(2026, 12, 1),
            datetime(2026, 12, 3),
            True,
        )


@pytest.mark.parametrize("lines", [("DTEND;VALUE=DATE:20261201",), ()])
def test_a_day_that_ends_on_itself_or_not_at_all_is_one_day(
    contents: Callable[..., Contents], lines: tuple[str, ...]
) -> None:
    """Some programs write it so."""
    (one,) = contents(raw("DTSTART;VALUE=DATE:20261201", *lines)).times

    assert (one.start, one.end) == (datetime(2026, 12, 1), datetime(2026, 12, 2))


def test_an_event_may_go_on_for_days(read: Read) -> None:
    """Over midnights, and beyond the window."""
    assert read(
        event(dtstart=at("11-28 18:00"), dtend=at("12-01 06:00")),
        event(uid="b", dtstart=at("11-01 08:00"), dtend=at("11-23 00:01")),
        event(uid="c", dtstart=at("12-20 23:00"), dtend=at("12-31 08:00")),
    ) == [
        "11-01 08:00 – 11-23 00:01",
        "11-28 18:00 – 12-01 06:00",
        "12-20 23:00 – 12-31 08:00",
    ]


def test_what_lies_outside_the_window_is_left_out(read: Read) -> None:
    """What ends as it begins, or begins as it ends, lies outside."""
    assert (
        read(
            event(dtstart=at("11-22 20:00"), dtend=at("11-23 00:00")),
            event(uid="b", dtstart=at("12-21 00:00"), dtend=at("12-21 08:00")),
        )
        == []
    )


def test_a_duration_stands_for_an_end(read: Read) -> None:
    """RFC 5545 allows either."""
    assert read(event(duration=timedelta(minutes=90))) == ["11-30 09:00 – 11-30 10:30"]


def test_a_minute_that_is_begun_is_taken(read: Read) -> None:
    """Seconds widen what is busy, never narrow it."""
    assert read(
        event(dtstart=at("11-30 09:00:30"), dtend=at("11-30 09:59:01"))
    ) == ["11-30 09:00 – 11-30 10:00"]  # fmt: skip


def test_what_takes_no_time_is_ignored(read: Read) -> None:
    """A moment, such as a reminder, keeps nobody busy."""
    assert read(event(dtend=at("11-30 09:00", SHANGHAI)), event(uid="b", dtend=None)) == []


@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        ({"transp": "TRANSPARENT"}, False),
        ({"transp": "OPAQUE"}, True),
        ({"status": "CANCELLED"}, False),
        ({"status": "TENTATIVE"}, True),
        ({"status": "CONFIRMED"}, True),
    ],
)
def test_only_what_keeps_one_busy_counts(read: Read, lines: dict[str, str], busy: bool) -> None:
    """Free and cancelled things do not; what is not sure yet does."""
    assert bool(read(event(**lines))) == busy


def test_tasks_and_journals_are_no_events(contents: Callable[..., Contents]) -> None:
    """Of all that a file may hold, only VEVENT says when somebody is busy."""
    todo = icalendar.Todo()
    todo.add("uid", "t")
    todo.add("dtstart", at("11-30 09:00", SHANGHAI))
    todo.add("due", at("11-30 10:00", SHANGHAI))

    assert contents(text_of(todo)).times == ()


def test_the_same_thing_twice_is_once(read: Read) -> None:
    """Under another UID, or in the second calendar of a file."""
    assert read(event(), event(uid="b")) == ["11-30 09:00 – 11-30 10:00"]


def test_events_without_a_uid_are_all_there(contents: Callable[..., Contents]) -> None:
    """They are not taken for one."""
    data = text_of(event(uid=None), event(uid=None, dtstart=at("11-30 09:30", SHANGHAI)))

    assert len(contents(data).times) == 2


# Repetitions


def test_every_monday_but_one(read: Read) -> None:
    """RRULE and EXDATE: four Mondays in the window, less one."""
    assert read(
        event(
            dtstart=at("11-09 09:00", SHANGHAI), dtend=at("11-09 10:00", SHANGHAI),
            rrule={"freq": "weekly"}, exdate=at("12-07 09:00", SHANGHAI),
        )
    ) == [
        "11-23 09:00 – 11-23 10:00", "11-30 09:00 – 11-30 10:00", "12-14 09:00 – 12-14 10:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ({"freq": "daily", "count": 3}, ["11-24", "11-25", "11-26"]),
        ({"freq": "daily", "interval": 10}, ["11-24", "12-04", "12-14"]),
        ({"freq": "weekly", "byday": ["tu", "fr"], "until": date(2026, 12, 4)},
         ["11-24", "11-27", "12-01", "12-04"]),
        ({"freq": "weekly", "interval": 2}, ["11-24", "12-08"]),
        ({"freq": "monthly", "bymonthday": 24}, ["11-24"]),
        ({"freq": "monthly", "byday": "-1tu"}, ["11-24"]),
        ({"freq": "monthly", "byday": "2tu"}, ["12-08"]),
        ({"freq": "yearly"}, ["11-24"]),
    ],
)  # fmt: skip
def test_rules_of_all_kinds(read: Read, rule: dict[str, Any], days: list[str]) -> None:
    """From 24 November, a Tuesday, on: reckoned with a calendar on paper."""
    # The second Tuesday of its month, where that is asked for.
    start = date(2026, 11, 10) if rule.get("byday") == "2tu" else date(2026, 11, 24)

    found = read(event(dtstart=start, dtend=start + timedelta(days=1), rrule=rule))

    assert [one[:5] for one in found] == days


def test_a_leap_day_comes_in_leap_years_alone(read: Read) -> None:
    """29 February 2028 is the next one."""
    window = Window(date(2027, 1, 1), date(2028, 12, 31), SHANGHAI)
    day = date(2024, 2, 29)

    found = read(
        event(dtstart=day, dtend=date(2024, 3, 1), rrule={"freq": "yearly"}), window=window
    )

    assert found == ["02-29 00:00 – 03-01 00:00"]


def test_further_dates_belong_to_it(read: Read) -> None:
    """RDATE adds days of the same length."""
    assert read(event(rdate=[at("12-02 14:00", SHANGHAI)])) == [
        "11-30 09:00 – 11-30 10:00",
        "12-02 14:00 – 12-02 15:00",
    ]


def test_a_single_day_may_be_moved_or_called_off(read: Read) -> None:
    """RECURRENCE-ID: the second Monday is moved to Tuesday, the third does not take place."""
    weekly = event(
        dtstart=at("11-23 09:00", SHANGHAI), dtend=at("11-23 10:00", SHANGHAI),
        rrule={"freq": "weekly", "count": 4},
    )  # fmt: skip
    moved = event(
        dtstart=at("12-01 15:00", SHANGHAI), dtend=at("12-01 17:00", SHANGHAI),
        recurrence_id=at("11-30 09:00", SHANGHAI),
    )  # fmt: skip
    off = event(
        dtstart=at("12-07 09:00", SHANGHAI), dtend=at("12-07 10:00", SHANGHAI),
        recurrence_id=at("12-07 09:00", SHANGHAI), status="CANCELLED",
    )  # fmt: skip

    assert read(weekly, moved, off) == [
        "11-23 09:00 – 11-23 10:00",
        "12-01 15:00 – 12-01 17:00",
        "12-14 09:00 – 12-14 10:00",
    ]


def test_a_meeting_abroad_moves_with_the_clocks_there(read: Read) -> None:
    """Nine in Berlin is three or four in Shanghai: clocks there go back on 25 October 2026."""
    window = Window(date(2026, 10, 19), date(2026, 11, 1), SHANGHAI)

    assert read(
        event(
            dtstart=at("10-19 09:00", BERLIN), dtend=at("10-19 10:00", BERLIN),
            rrule={"freq": "weekly", "count": 2},
        ),
        window=window,
    ) == ["10-19 15:00 – 10-19 16:00", "10-26 16:00 – 10-26 17:00"]  # fmt: skip


def test_clocks_that_go_back_meanwhile_do_not_shorten_it(read: Read) -> None:
    """On 25 October, half past two to ten past two in Berlin are forty minutes."""
    window = Window(date(2026, 10, 19), date(2026, 11, 1), BERLIN)

    assert read(
        event(
            dtstart=at("10-25 00:30").replace(tzinfo=UTC),
            dtend=at("10-25 01:10").replace(tzinfo=UTC),
        ),
        window=window,
    ) == ["10-25 02:30 – 10-25 03:10"]  # fmt: skip


# Files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_of_every_encoding_are_read(contents: Callable[..., Contents], encoding: str) -> None:
    """With or without a mark, and as old programs here write."""
    (one,) = contents(text_of(event()).decode().encode(encoding)).times

    assert one.title == "周会"


def test_a_character_may_be_folded_in_two(contents: Callable[..., Contents]) -> None:
    """Some programs count bytes."""
    data = raw("DTSTART:20261130T010000Z", "DURATION:PT1H").replace(
        "周会".encode(), "周会".encode()[:4] + b"\r\n " + "周会".encode()[4:]
    )

    (one,) = contents(data).times

    assert one.title == "周会"


def test_several_calendars_in_a_file_are_all_read(contents: Callable[..., Contents]) -> None:
    """One after the other."""
    other = event(uid="b", dtstart=at("12-01 09:00"), dtend=at("12-01 10:00"))

    found = contents(text_of(event()) + text_of(other)).times

    assert [one.start.day for one in found] == [30, 1]


def test_an_empty_calendar_is_a_calendar(contents: Callable[..., Contents]) -> None:
    """Nothing is known to be on."""
    assert contents(text_of()) == Contents((), ())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "是空的"),
        (b"hello", "不是日历文件"),
        ("日期,金额\n".encode(), "不是日历文件"),
        (b"\xff\xfe\x00B\x00E", "不是日历文件"),
        (text_of(event())[:-20], "损坏了"),
        (text_of(event())[:200], "损坏了"),
        (raw("DTSTART;TZID=Asia:20261130T090000", "DURATION:PT1H"), "损坏了"),
        (text_of(event()).replace(b"END:VEVENT\r\n", b""), "损坏了"),
        (text_of(event()).replace(b"VERSION:2.0", b"nonsense"), "损坏了"),
    ],
)
def test_what_is_no_whole_calendar_is_refused(
    contents: Callable[..., Contents], data: bytes, said: str
) -> None:
    """Half a calendar would make free what is busy."""
    with pytest.raises(Unreadable) as caught:
        contents(data)

    assert said in caught.value.message
    assert caught.value.hint


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    """And a folder is none."""
    for path, said in ((tmp_path / "no.ics", "没有"), (tmp_path, "是文件夹")):
        with pytest.raises(Unreadable) as caught:
            icalendars.read(path, WEEKS)
        assert said in caught.value.message


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:2026-11-30",),
        ("DTEND:20261130T100000Z",),
        ("DTSTART:20261130T090000Z", "DTEND:later"),
        ("DTSTART:20261130T090000Z", "DURATION:long"),
        ("DTSTART;TZID=Nowhere/Land:20261130T090000", "DURATION:PT1H"),
        ("DTSTART:20261130T090000Z", "DURATION:PT1H", "RRULE:hello"),
        ("DTSTART:20261130T090000Z", "DURATION:PT1H", "RRULE:FREQ=SOMETIMES"),
        ("DTSTART:20261130T090000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY"),
        ("DTSTART:20261130T090000Z", "DURATION:PT1H", "RRULE:FREQ=MINUTELY;INTERVAL=5"),
        ("DTSTART:20261130T090000Z", "DURATION:PT1H",
         "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,1,2,3,4,5"),
        ("DTSTART:20261130T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;INTERVAL=0"),
        ("DTSTART:20261130T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=0"),
        ("DTSTART:20261130T090000Z", "DURATION:PT1H", "DTSTART:20261201T090000Z"),
        ("DTSTART:20261130T090000Z", "DURATION:PT1H", "EXDATE:never"),
        ("DTSTART:20261130T090000Z", "DTEND20261130T100000Z"),
    ],
)  # fmt: skip
def test_an_event_nobody_can_place_is_named(
    contents: Callable[..., Contents], lines: tuple[str, ...]
) -> None:
    """It is neither guessed at nor passed over: its title comes back, and the rest is read."""
    good = text_of(event(summary="好的")).split(b"BEGIN:VEVENT")[1].split(b"END:VEVENT")[0]
    data = raw(*lines).replace(
        b"END:VCALENDAR", b"BEGIN:VEVENT" + good + b"END:VEVENT\r\nEND:VCALENDAR"
    )

    found = contents(data)

    assert found.unclear == ("周会",)
    assert [one.title for one in found.times] == ["好的"]


@given(st.integers(0, 10**6), st.binary(max_size=3), st.integers(0, 40))
def test_a_damaged_file_is_read_or_refused(place: int, put: bytes, taken: int) -> None:
    """Bytes changed, added or lost anywhere: no other end than times, titles, or a sentence."""
    whole = text_of(event(rrule={"freq": "weekly", "count": 3}), event(uid="b", status="TENTATIVE"))
    place %= len(whole)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "work.ics")
        path.write_bytes(whole[:place] + put + whole[place + taken :])
        try:
            found = icalendars.read(path, WEEKS)
        except Unreadable as refusal:
            assert "work.ics" in refusal.message
        else:
            assert all(one.start < one.end for one in found.times)


def test_too_much_is_no_persons_calendar(
    contents: Callable[..., Contents], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is an end to what is stored."""
    monkeypatch.setattr(icalendars, "MOST_TIMES", 2)

    with pytest.raises(Unreadable, match="超过 2 件"):
        contents(text_of(event(rrule={"freq": "daily", "count": 3})))


def test_without_the_extra_it_is_said_which_is_missing(
    contents: Callable[..., Contents], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence that can be copied."""
    monkeypatch.setitem(sys.modules, "recurring_ical_events", None)

    with pytest.raises(Unreadable) as caught:
        contents(text_of(event()))

    assert "pip install 'xianke[calendar]'" in caught.value.message
