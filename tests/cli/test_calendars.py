"""`xianke inventory import-calendar` and its kin, and what calendars take of slots and moments."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Dump
    from tests.conftest import Run

Document = dict[str, Any]
Refused = Callable[..., str]
Screen = Callable[..., str]
Stored = Callable[[], "Dump"]
Put = Callable[..., str]

MEETING = ("周会", "20261123T193000", "20261123T203000", "RRULE:FREQ=WEEKLY;COUNT=2")
"""On two Mondays, the day after now and a week later, in the middle of the evening's slot."""
DINNER = ("聚餐", "20261124T180000", "20261124T230000")
NOW_BUSY = ("开会", "20261122T093000", "20261122T103000")
BAD = ("怪事", "soon", "later")


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Return what writes a calendar with invented events and gives back its path."""

    def call(*events: tuple[str, ...], name: str = "工作.ics") -> str:
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
        for number, (title, start, end, *more) in enumerate(events):
            lines += ["BEGIN:VEVENT", f"UID:{number}", f"SUMMARY:{title}", f"DTSTART:{start}"]
            lines += [f"DTEND:{end}", *more, "END:VEVENT"]
        path = tmp_path / name
        path.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), encoding="utf-8")
        return str(path)

    return call


@pytest.fixture
def evenings(run: Run) -> None:
    """Write down workday evenings from seven to ten at home."""
    run("inventory", "add", "slot", "工作日", "19:00-22:00", "--label", "晚上")


def _import(run: Run, path: str, *options: str) -> Document:
    return run("inventory", "import-calendar", path, *options, "--json").data


def _pieces(run: Run, *options: str) -> list[tuple[str, str, list[str]]]:
    found = run("inventory", "slots", *options, "--json").data["occurrences"]
    return [(one["start"][5:16], one["end"][11:16], one["flags"]) for one in found]


# Reading


def test_a_calendar_is_read(run: Run, put: Put) -> None:
    """From the Monday of this week, 400 days on; named after its file."""
    path = put(MEETING, DINNER)

    found = _import(run, path)

    assert found == {
        "calendar": {
            "id": "cal1", "name": "工作", "source": path, "first_day": "2026-11-16",
            "last_day": "2027-12-21", "imported_at": "2026-11-22T10:00:00+08:00", "busy": 3,
        },
        "added": 3, "removed": 0, "unchanged": 0, "skipped": 0,
    }  # fmt: skip
    assert run("inventory", "calendars", "--json").data == {"calendars": [found["calendar"]]}


def test_the_screen_says_what_was_read_and_where_it_stays(screen: Screen, put: Put) -> None:
    """Name, days, number; and that nothing leaves this computer."""
    assert screen("inventory", "import-calendar", put(MEETING, DINNER)).splitlines() == [
        "读好了日历「工作」：2026-11-16 到 2027-12-21，3 段有事的时间",
        "  只存在这台电脑上，不上传。",
        "→ 看扣掉以后的空闲：xianke inventory slots",
    ]


def test_a_path_from_here_is_found_again_from_elsewhere(
    run: Run, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole path is kept."""
    path = put(MEETING)
    monkeypatch.chdir(tmp_path)
    assert _import(run, "工作.ics")["calendar"]["source"] == path
    monkeypatch.chdir("/")

    assert run("inventory", "refresh-calendar").code == 0


def test_one_of_the_same_name_gives_way(run: Run, put: Put, screen: Screen) -> None:
    """Only the difference is written; undo brings back what was there, in one step."""
    _import(run, put(MEETING, DINNER))
    before = _pieces(run)
    other = put(MEETING, ("体检", "20261125T190000", "20261125T200000"), name="new.ics")

    found = _import(run, other, "--name", "工作")

    assert (found["added"], found["removed"], found["unchanged"]) == (1, 1, 2)
    assert found["calendar"]["id"] == "cal1"
    assert found["calendar"]["busy"] == 3
    assert run("undo").out.splitlines()[0] == "撤销了：读日历 工作"
    (calendar,) = run("inventory", "calendars", "--json").data["calendars"]
    assert calendar["source"].endswith("工作.ics")
    assert _pieces(run) == before


def test_it_is_said_which_file_gave_way(run: Run, put: Put) -> None:
    """Two exports called basic.ics are easily mistaken for each other."""
    path = put(MEETING)
    run("inventory", "import-calendar", path)

    out = run("inventory", "import-calendar", put(DINNER, name="b.ics"), "--name", "工作").out

    assert f"换掉了同名的，原来读自 {path}" in out
    assert "新的 1，没了的 2，照旧 0" in out


def test_the_same_file_again_changes_nothing(run: Run, put: Put, stored: Stored) -> None:
    """Nothing to undo either."""
    path = put(MEETING)
    _import(run, path)
    before = stored()

    again = run("inventory", "import-calendar", path)

    assert "和上次读的一样" in again.out
    assert stored() == before
    assert run("undo").out.splitlines()[0] == "撤销了：读日历 工作"
    assert not any(stored().values())


def test_several_calendars_take_together(run: Run, put: Put, evenings: None) -> None:
    """Each under its name."""
    _import(run, put(MEETING))
    _import(run, put(("接娃", "20261123T210000", "20261123T213000"), name="家里.ics"))

    assert _pieces(run, "--to", "2026-11-23") == [
        ("11-23T19:00", "19:30", ["cut"]),
        ("11-23T20:30", "21:00", ["cut"]),
        ("11-23T21:30", "22:00", ["cut"]),
    ]


# Reading again


def test_a_refresh_reads_the_file_as_it_is_now(
    run: Run, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And moves the window on."""
    _import(run, put(MEETING, DINNER))
    put(MEETING)
    monkeypatch.setenv("XIANKE_NOW", "2026-11-30T10:00:00+08:00")

    (found,) = run("inventory", "refresh-calendar", "--json").data["calendars"]

    # A week on, last Monday's meeting lies behind.
    assert (found["added"], found["removed"], found["unchanged"]) == (0, 2, 1)
    assert found["calendar"]["first_day"] == "2026-11-30"
    assert found["calendar"]["imported_at"] == "2026-11-30T10:00:00+08:00"


def test_one_calendar_can_be_refreshed_by_its_name(run: Run, put: Put) -> None:
    """The others stay as they are."""
    _import(run, put(MEETING))
    _import(run, put(DINNER, name="Home.ics"))

    found = run("inventory", "refresh-calendar", "home", "--json").data["calendars"]

    assert [one["calendar"]["name"] for one in found] == ["Home"]


def test_a_refresh_of_all_is_one_step(run: Run, put: Put, stored: Stored) -> None:
    """One undo takes all of it back."""
    _import(run, put(MEETING))
    _import(run, put(DINNER, name="家里.ics"))
    before = stored()
    put()
    put(name="家里.ics")

    run("inventory", "refresh-calendar")

    assert stored()["busy"] == []
    assert run("undo").out.splitlines()[0] == "撤销了：再读日历 家里、工作"
    assert stored() == before


def test_a_file_that_is_gone_changes_nothing(run: Run, put: Put, refused: Refused) -> None:
    """Not even the calendars whose files are there: all, or none."""
    gone = put(MEETING)
    _import(run, gone)
    _import(run, put(DINNER, name="家里.ics"))
    put(name="家里.ics")
    Path(gone).unlink()

    said = refused(5, "unreadable", "inventory", "refresh-calendar")

    assert gone in said


def test_nothing_to_refresh_says_how_to_begin(refused: Refused) -> None:
    """An example that can be typed."""
    assert "import-calendar" in refused(3, "not_found", "inventory", "refresh-calendar")


# Removing


def test_a_calendar_is_removed_with_all_its_times(
    run: Run, put: Put, evenings: None, stored: Stored
) -> None:
    """The slots are whole again; undo brings it back."""
    whole = _pieces(run)
    _import(run, put(MEETING, DINNER))
    before = stored()

    found = run("inventory", "remove-calendar", "工作", "--json").data

    assert (found["calendar"]["name"], found["removed"]) == ("工作", 3)
    assert _pieces(run) == whole
    assert run("undo").out.splitlines()[0] == "撤销了：删日历 工作"
    assert stored() == before


@pytest.mark.parametrize("command", ["remove-calendar", "refresh-calendar"])
def test_a_name_nobody_has_is_said_so(run: Run, put: Put, refused: Refused, command: str) -> None:
    """With the names there are."""
    _import(run, put(MEETING))

    said = refused(3, "not_found", "inventory", command, "没有")

    assert "没有叫「没有」的日历" in said
    assert "有的是：工作" in said


# What is refused


def test_a_file_that_is_not_there_is_refused(refused: Refused) -> None:
    """As it was typed."""
    said = refused(5, "unreadable", "inventory", "import-calendar", "nowhere/工作.ics")

    assert "没有「nowhere/工作.ics」这个文件" in said


def test_another_file_is_refused(refused: Refused, tmp_path: Path) -> None:
    """A table is no calendar."""
    path = tmp_path / "bill.csv"
    path.write_text("日期,金额\n", encoding="utf-8")

    assert "不是日历文件" in refused(5, "unreadable", "inventory", "import-calendar", str(path))


@pytest.mark.parametrize("name", ["", "  ", "a\x1bb"])
def test_a_name_must_be_readable(refused: Refused, put: Put, name: str) -> None:
    """It is typed again later."""
    refused(2, "not_understood", "inventory", "import-calendar", put(MEETING), "--name", name)


def test_an_event_nobody_can_place_stops_the_file(refused: Refused, put: Put) -> None:
    """It might be just when work is planned; the way on is said."""
    said = refused(5, "unreadable", "inventory", "import-calendar", put(MEETING, BAD))

    assert "怪事" in said
    assert "--skip-bad" in said


def test_what_cannot_be_read_can_be_left_out(run: Run, put: Put) -> None:
    """On request, and said: done, with something left out."""
    result = run("inventory", "import-calendar", put(MEETING, BAD), "--skip-bad", "--json")

    assert result.code == 7
    assert result.document["status"] == "partial"
    assert (result.document["data"]["added"], result.document["data"]["skipped"]) == (2, 1)
    (error,) = result.document["errors"]
    assert error["code"] == "bad_event"
    assert "怪事" in error["message"]


def test_without_the_extra_it_is_said_which_is_missing(
    refused: Refused, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line to copy; nothing else needs it."""
    path = put(MEETING)
    monkeypatch.setitem(sys.modules, "recurring_ical_events", None)

    said = refused(5, "unreadable", "inventory", "import-calendar", path)

    assert "pip install 'xianke[calendar]'" in said


# Slots


@pytest.mark.usefixtures("evenings")
def test_slots_are_cut_by_what_calendars_take(run: Run, put: Put) -> None:
    """A piece that was shortened is flagged; what is covered from end to end is not there."""
    _import(run, put(MEETING, DINNER))

    data = run("inventory", "slots", "--to", "2026-11-25", "--json").data

    assert _pieces(run, "--to", "2026-11-25") == [
        ("11-23T19:00", "19:30", ["cut"]),
        ("11-23T20:30", "22:00", ["cut"]),
        ("11-25T19:00", "22:00", []),
    ]
    assert data["busy"] == [
        {
            "start": "2026-11-23T19:30:00+08:00", "end": "2026-11-23T20:30:00+08:00",
            "title": "周会", "calendar": "工作", "all_day": False,
        },
        {
            "start": "2026-11-24T18:00:00+08:00", "end": "2026-11-24T23:00:00+08:00",
            "title": "聚餐", "calendar": "工作", "all_day": False,
        },
    ]  # fmt: skip


@pytest.mark.usefixtures("evenings")
def test_the_screen_shows_pieces_and_what_took_the_rest(run: Run, put: Put, screen: Screen) -> None:
    """Two tables at 80 columns: what is left, and who has the rest."""
    _import(run, put(MEETING, DINNER))

    lines = screen("inventory", "slots").splitlines()

    assert "11-23 周一   19:00-19:30   s1   晚上   日历占了一部分" in [
        line.rstrip() for line in lines
    ]
    assert "11-24 周二   18:00-23:00   工作   聚餐" in [line.rstrip() for line in lines]


@pytest.mark.usefixtures("evenings")
def test_a_week_that_is_taken_altogether_is_said_so(run: Run, put: Put, screen: Screen) -> None:
    """It is not for want of slots."""
    _import(run, put(("出差", "20261122T000000", "20261129T000000")))

    out = screen("inventory", "slots")

    assert "2026-11-22 到 2026-11-28 的空闲时段都被日历占了" in out
    assert "出差" in out


@pytest.mark.usefixtures("evenings")
def test_beyond_what_was_read_nothing_is_deducted(run: Run, put: Put, screen: Screen) -> None:
    """And that is said."""
    _import(run, put(MEETING))

    out = screen("inventory", "slots", "--from", "2027-12-20", "--to", "2027-12-24")

    assert "日历「工作」只读到 2027-12-21，往后的没有扣" in out
    assert "往后的没有扣" not in screen("inventory", "slots")


@pytest.mark.usefixtures("evenings")
def test_a_title_from_outside_steers_no_terminal(run: Run, put: Put, screen: Screen) -> None:
    """Escape sequences are shown, not obeyed."""
    _import(run, put(("周会\x1b[31m", "20261123T193000", "20261123T203000")))

    assert "\x1b" not in screen("inventory", "slots")


# The present moment


@pytest.fixture
def sundays(run: Run) -> None:
    """Write down Sundays from nine to noon: such a slot runs now."""
    run("inventory", "add", "slot", "周日", "9:00-12:00")
    run("inventory", "add", "skill", "PPT")


@pytest.mark.usefixtures("sundays")
def test_now_advises_nothing_while_a_calendar_is_busy(run: Run, put: Put, screen: Screen) -> None:
    """It says until when, what goes on, and what comes after."""
    _import(run, put(NOW_BUSY))

    assert screen("now").splitlines() == [
        "日历「工作」上这会儿有事，到 10:30",
        "  开会",
        "  下一段：11-22 周日 10:30-12:00",
        "→ 这会儿有空就说几分钟：xianke now --minutes 30 --place home",
    ]
    data = run("now", "--json").data
    assert (data["picks"], data["untested"], data["slot"], data["minutes"]) == ([], [], None, 0)
    assert data["busy"] == {
        "start": "2026-11-22T09:30:00+08:00", "end": "2026-11-22T10:30:00+08:00",
        "title": "开会", "calendar": "工作", "all_day": False,
    }  # fmt: skip


@pytest.mark.usefixtures("sundays")
def test_who_says_they_have_minutes_is_believed(run: Run, put: Put) -> None:
    """The meeting may be off."""
    _import(run, put(NOW_BUSY))

    data = run("now", "--minutes", "30", "--json").data

    assert data["minutes"] == 30
    assert data["busy"] is None
    assert data["picks"] + data["untested"]


@pytest.mark.usefixtures("sundays")
@pytest.mark.parametrize("options", [(), ("--place", "home")])
def test_what_comes_next_ends_the_moment(run: Run, put: Put, options: tuple[str, ...]) -> None:
    """Twenty minutes to a meeting are twenty minutes."""
    _import(run, put(("开会", "20261122T102000", "20261122T110000")))

    assert run("now", *options, "--json").data["minutes"] == 20


@pytest.mark.usefixtures("sundays")
def test_scraps_are_no_next_slot(run: Run, put: Put) -> None:
    """Five minutes between two meetings are not announced as free time."""
    _import(
        run,
        put(
            NOW_BUSY,
            ("再开", "20261122T103500", "20261122T113000"),
        ),
    )

    upcoming = run("now", "--json").data["next"]

    assert upcoming["start"] == "2026-11-22T11:30:00+08:00"


@pytest.mark.usefixtures("sundays")
def test_the_dashboard_knows_the_calendar(run: Run, put: Put, screen: Screen) -> None:
    """It names no slot that runs, but what goes on, and the piece that comes next."""
    _import(run, put(NOW_BUSY))

    out = screen()

    assert "日历「工作」上这会儿有事，到 10:30" in out
    assert "下一段空闲：11-22 周日 10:30-12:00" in out
    data = run("--json").data
    assert (data["running"], data["busy"]["title"]) == (None, "开会")


# Listing, and English


def test_the_list_names_where_calendars_came_from(run: Run, put: Put) -> None:
    """Number, last day, and the whole path."""
    path = put(MEETING)
    _import(run, path)

    # A path is never cut: it is there to be copied.
    out = run("inventory", "calendars").out

    assert "2027-12-21" in out
    assert f"  工作：{path}" in out.splitlines()
    assert "不上传" in out


def test_no_calendar_yet_says_how_to_read_one(run: Run, screen: Screen) -> None:
    """An example for people, an empty list for programs."""
    assert "import-calendar 工作.ics" in screen("inventory", "calendars")
    assert run("inventory", "calendars", "--json").data == {"calendars": []}


def test_everything_is_there_in_english(
    run: Run, put: Put, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading, the slots, the moment, the list."""
    run("inventory", "add", "slot", "周日", "9:00-12:00")
    monkeypatch.setenv("XIANKE_LANG", "en")

    assert 'Read calendar "工作"' in screen("inventory", "import-calendar", put(NOW_BUSY))
    assert "shortened by a calendar" in screen("inventory", "slots")
    assert 'Calendar "工作" is busy now, until 10:30' in screen("now")
    assert "never uploaded" in run("inventory", "calendars").out
    assert "is no longer looked at" in screen("inventory", "remove-calendar", "工作")
