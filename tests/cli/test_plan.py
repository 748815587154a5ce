"""`xianke plan`: whole documents, keeping, calendars, screens, empty stores and wrong input."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
import vobject

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Stored = Callable[[], dict[str, list[tuple[object, ...]]]]
Refused = Callable[..., str]
Screen = Callable[..., str]

KEYS = [
    "week", "first_day", "last_day", "since", "value_fen", "low_fen", "high_fen", "blocks",
    "free_minutes", "planned_minutes", "idle_minutes", "idle", "limits", "binding", "short",
    "past", "estimated", "rejected", "stored", "kept",
]  # fmt: skip
BLOCK = [
    "start", "end", "category", "platform", "expected_fen", "setup_minutes", "travel_minutes",
    "supply", "name", "minutes", "slot", "uid", "due", "gig", "day_flags", "flags", "checks",
    "travel_unknown",
]  # fmt: skip
NEXT = ("--week", "2026-W48")


def have(run: Run, *things: str) -> None:
    """Take stock: each line is what follows `inventory`."""
    for thing in things:
        assert run("inventory", *thing.split()).code == 0, thing


@pytest.fixture
def somebody(run: Run) -> None:
    """Have two evenings and a Saturday, a computer, an e-bike and own gigs on one platform."""
    have(
        run, "add slot 周一、周三 19:00-21:00 --label 晚上", "add slot 周六 9:00-12:00",
        "add skill PPT --level 4", "add asset 电脑", "add asset 电动自行车", "set city 杭州",
    )  # fmt: skip
    for day in ("12", "14", "19"):
        run(
            "log", "闲鱼", "120", "--minutes", "90", "--category", "skill_service", "--at",
            f"2026-11-{day} 19:00",
        )  # fmt: skip


def plan(run: Run, *arguments: str) -> Document:
    return run("plan", *arguments, "--json").data


def at(run: Run, monkeypatch: pytest.MonkeyPatch, moment: str, *arguments: str) -> Document:
    """Plan at another moment of November 2026."""
    with monkeypatch.context() as patch:
        patch.setenv("XIANKE_NOW", f"2026-11-{moment}:00+08:00")
        return plan(run, *arguments)


# The document


@pytest.mark.usefixtures("somebody")
def test_a_whole_answer(run: Run) -> None:
    """Every key of the contract and the additions; the sum is that of the blocks."""
    data = plan(run, *NEXT)

    assert list(data) == KEYS
    assert (data["week"], data["first_day"], data["last_day"], data["since"]) == (
        "2026-W48", "2026-11-23", "2026-11-29", None,
    )  # fmt: skip
    assert [(one["start"], one["end"]) for one in data["blocks"]] == [
        ("2026-11-23T19:00:00+08:00", "2026-11-23T21:00:00+08:00"),
        ("2026-11-25T19:00:00+08:00", "2026-11-25T21:00:00+08:00"),
        ("2026-11-28T09:00:00+08:00", "2026-11-28T12:00:00+08:00"),
    ]
    assert [one["uid"] for one in data["blocks"]] == [
        "plan-2026-W48-s1-1-1", "plan-2026-W48-s1-3-1", "plan-2026-W48-s2-6-1",
    ]  # fmt: skip
    for one in data["blocks"]:
        assert list(one) == [*BLOCK, "first_step"]
        assert one["supply"] == "unknown"
        assert (one["due"], one["gig"], one["day_flags"]) == (None, None, [])
    best = data["blocks"][0]
    assert (best["category"], best["platform"], best["name"], best["slot"]) == (
        "skill_service", "xianyu", "技能接单 · 闲鱼", "s1",
    )  # fmt: skip
    assert data["value_fen"] == sum(one["expected_fen"] for one in data["blocks"])
    assert data["low_fen"] < data["value_fen"] < data["high_fen"]
    minutes = (data["free_minutes"], data["planned_minutes"], data["idle_minutes"])
    assert minutes == (420, 420, 0)
    assert (data["idle"], data["binding"], data["short"], data["past"]) == ([], [], [], [])
    assert data["limits"] == {
        "day_minutes": 480, "week_minutes": 2400, "max_platforms": 4, "platform_share": 70,
        "rest_days": 1,
    }  # fmt: skip
    assert (data["estimated"], data["stored"], data["kept"]) == (False, None, None)


@pytest.mark.usefixtures("somebody")
def test_rejections_are_those_of_suggest(run: Run) -> None:
    """The same kinds, ids, codes and texts, less what is open in this week after all."""
    rejected = plan(run, *NEXT)["rejected"]

    said = run("suggest", "--json").data["rejected"]
    assert rejected
    assert [one for one in said if one in rejected] == rejected


@pytest.mark.usefixtures("somebody")
def test_limits_bind_and_say_what_they_cost(run: Run) -> None:
    """One evening a week is left; without the limit the week would bring more."""
    data = plan(run, *NEXT, "--hours-a-week", "2")

    assert data["planned_minutes"] == 120
    assert {one["why"] for one in data["idle"]} == {"week"}
    (bound,) = data["binding"]
    assert (bound["limit"], bound["more_fen"] > 0) == ("week", True)


@pytest.mark.usefixtures("somebody")
def test_the_share_of_one_platform_is_kept(run: Run) -> None:
    """Seven hours at 70 percent: no more than 294 minutes on any."""
    data = plan(run, *NEXT)

    houses: dict[str, int] = {}
    for one in data["blocks"]:
        house = one["platform"] if one["platform"] != "self" else one["category"]
        houses[house] = houses.get(house, 0) + one["minutes"]
    assert len(houses) > 1
    assert max(houses.values()) <= 294


@pytest.mark.usefixtures("somebody")
def test_cautious_tries_nothing_out(run: Run) -> None:
    """Boldness moves choices: without it the sum of what is expected is no smaller."""
    bold, careful = (
        plan(run, *NEXT, "--share", "100"),
        plan(run, *NEXT, "--share", "100", "--cautious"),
    )

    assert careful["value_fen"] >= bold["value_fen"]


@pytest.mark.usefixtures("somebody")
def test_agreed_work_is_placed_first(run: Run) -> None:
    """It has its day and gig; what is short is said."""
    run(
        "log", "王阿姨", "300", "--new", "--status", "accepted", "--due", "2026-11-25",
        "--minutes", "5小时",
    )  # fmt: skip

    data = plan(run, *NEXT)

    first, second, _third = data["blocks"]
    assert [(one["platform"], one["due"], one["gig"]) for one in (first, second)] == [
        ("wangayi", "2026-11-25", "g4"),
    ] * 2  # fmt: skip
    assert (first["expected_fen"], first["supply"], first["first_step"]) == (12_000, "known", None)
    assert data["short"] == [
        {"gig": "g4", "platform": "wangayi", "due": "2026-11-25", "minutes": 300,
         "missing_minutes": 60},
    ]  # fmt: skip


@pytest.mark.usefixtures("somebody")
def test_agreed_work_at_a_set_time_leaves_that_time_alone(run: Run) -> None:
    """A gig on Monday at half past seven: what is left of the evening is planned."""
    run(
        "log", "王阿姨", "80", "--new", "--status", "accepted", "--at", "2026-11-23 19:30",
        "--minutes", "30",
    )  # fmt: skip

    monday = [one for one in plan(run, *NEXT)["blocks"] if one["start"].startswith("2026-11-23")]

    assert [(one["start"][11:16], one["end"][11:16]) for one in monday] == [
        ("19:00", "19:30"), ("20:00", "21:00"),
    ]  # fmt: skip


@pytest.mark.usefixtures("somebody")
def test_what_a_calendar_takes_is_not_planned(run: Run, tmp_path: Path) -> None:
    """A meeting on Monday evening."""
    calendar = tmp_path / "work.ics"
    calendar.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        "DTSTART:20261123T103000Z\r\nDURATION:PT3H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    run("inventory", "import-calendar", str(calendar))

    data = plan(run, *NEXT)

    assert data["free_minutes"] == 300
    assert {one["start"][:10] for one in data["blocks"]} == {"2026-11-25", "2026-11-28"}


# Which week


@pytest.mark.usefixtures("somebody")
def test_the_week_is_this_one_while_any_of_it_is_free(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Wednesday this week, once Saturday is over the next."""
    assert at(run, monkeypatch, "25T12:00")["week"] == "2026-W48"
    assert at(run, monkeypatch, "28T12:00")["week"] == "2026-W49"
    assert plan(run)["week"] == "2026-W48"
    assert plan(run, "--week", "下周")["week"] == "2026-W48"
    assert plan(run, "--week", "本周")["week"] == "2026-W47"


@pytest.mark.usefixtures("somebody")
def test_a_week_begun_is_planned_from_now_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a kept plan what has begun stays, apart from what is ahead."""
    kept = plan(run, *NEXT, "--keep")

    data = at(run, monkeypatch, "25T19:30")

    assert data["since"] == "2026-11-25T21:00:00+08:00"
    assert [one["uid"] for one in data["past"]] == [one["uid"] for one in kept["blocks"][:2]]
    assert [one["uid"] for one in data["blocks"]] == [kept["blocks"][2]["uid"]]
    assert data["value_fen"] == data["blocks"][0]["expected_fen"]


@pytest.mark.usefixtures("somebody")
def test_a_year_without_calendar_is_marked(run: Run) -> None:
    """Nobody knows the holidays of 2027 yet."""
    data = plan(run, "--week", "2027-W10")

    assert data["estimated"] is True


def test_a_holiday_is_flagged(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A named weekday on National Day stays, and says what day it is."""
    monkeypatch.setenv("XIANKE_NOW", "2026-09-27T10:00:00+08:00")
    have(run, "add slot 周四 19:00-21:00")

    (block,) = plan(run, "--week", "2026-W40")["blocks"]

    assert (block["start"][:10], block["day_flags"]) == ("2026-10-01", ["holiday"])
    assert "10-01 周四（节假日）" in run("plan", "--week", "2026-W40").out


@pytest.mark.usefixtures("somebody")
def test_a_week_that_is_over_is_refused(refused: Refused) -> None:
    """It says how to see what was kept then."""
    said = refused(1, "refused", "plan", "--week", "2026-W46")

    assert "「2026-W46」已经过去了" in said
    assert "xianke plan --kept --week 2026-W46" in said


# Keeping


@pytest.mark.usefixtures("somebody")
def test_a_plan_is_kept_shown_and_taken_back(run: Run, stored: Stored) -> None:
    """One entry of the journal; `undo` gives back what was there before."""
    before = stored()

    data = plan(run, *NEXT, "--keep")
    shown = plan(run, "--kept")

    assert data["stored"] is True
    assert [one["uid"] for one in shown["blocks"]] == [one["uid"] for one in data["blocks"]]
    assert (shown["week"], shown["value_fen"]) == ("2026-W48", data["value_fen"])
    assert (shown["idle_minutes"], shown["rejected"]) == (None, [])
    for one, other in zip(shown["blocks"], data["blocks"], strict=True):
        assert {key: one[key] for key in BLOCK[:12]} == {key: other[key] for key in BLOCK[:12]}
    assert run("undo", "--json").data["undone"] == "留存计划 2026-W48"
    assert stored() == before


@pytest.mark.usefixtures("somebody")
def test_keeping_twice_changes_nothing(run: Run, stored: Stored) -> None:
    """And leaves no entry to undo."""
    plan(run, *NEXT, "--keep")
    before = stored()

    again = plan(run, *NEXT, "--keep")

    assert again["stored"] is False
    assert again["kept"] == {"same": 3, "changed": 0, "new": 0, "gone": 0, "more_fen": 0}
    assert stored() == before


@pytest.mark.usefixtures("somebody")
def test_a_new_plan_replaces_the_kept_one(run: Run, stored: Stored) -> None:
    """Blocks keep their place and name in calendars; what is gone is gone. Undo brings it back."""
    plan(run, *NEXT, "--keep")
    before = stored()

    data = plan(run, *NEXT, "--hours-a-week", "2", "--keep")

    assert (data["kept"]["gone"], len(data["blocks"])) == (2, 1)
    assert len(plan(run, "--kept")["blocks"]) == 1
    run("undo")
    assert stored() == before


@pytest.mark.usefixtures("somebody")
def test_only_what_is_asked_to_be_kept_is_stored(run: Run, stored: Stored) -> None:
    """Planning writes nothing."""
    before = stored()

    assert plan(run, *NEXT)["stored"] is None
    assert stored() == before


@pytest.mark.usefixtures("somebody")
def test_the_kept_week_before_is_carried_on(run: Run) -> None:
    """The same weekday and time on the same platform, though nothing was kept for this week."""
    first = plan(run, *NEXT, "--keep")

    following = plan(run, "--week", "2026-W49")

    def what(data: Document) -> list[tuple[str, str]]:
        return [(one["start"][11:], one["platform"]) for one in data["blocks"]]

    assert what(following) == what(first)


# Calendars


def events(text: str) -> dict[str, Any]:  # Any: its properties are of many types
    """Return the events of a file by their id, as a calendar program has them after import."""
    calendar = icalendar.Calendar.from_ical(text)
    return {str(one["UID"]): one for one in calendar.walk("VEVENT")}


@pytest.mark.usefixtures("somebody")
def test_a_calendar_holds_every_block(run: Run, tmp_path: Path) -> None:
    """With its zone, a reminder, the expected sum and the first step, for two readers."""
    path = tmp_path / "plan.ics"

    data = plan(run, *NEXT, "--ics", str(path), "--alarm", "30")

    text = path.read_text(encoding="utf-8")
    found = events(text)
    assert len(found) == 3
    first = found["plan-2026-W48-s1-1-1@xianke.invalid"]
    assert first["DTSTART"].dt.isoformat() == data["blocks"][0]["start"]
    assert first["DTEND"].dt.isoformat() == data["blocks"][0]["end"]
    assert first["SUMMARY"] == "技能接单 · 闲鱼"
    assert "第一步" in first["DESCRIPTION"]
    assert "有单时约" in first["DESCRIPTION"]
    assert first["STATUS"] == "CONFIRMED"
    assert first["DTSTAMP"].dt.isoformat() == "2026-11-22T02:00:00+00:00"
    (alarm,) = first.walk("VALARM")
    assert alarm["TRIGGER"].dt.total_seconds() == -1800
    assert "BEGIN:VTIMEZONE" in text
    other = vobject.readOne(text)
    assert {str(one.uid.value) for one in other.vevent_list} == set(found)


@pytest.mark.usefixtures("somebody")
def test_planning_anew_moves_events_and_cancels_what_is_gone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Imported again by id: as many as before, none twice, those given up cancelled."""
    path = tmp_path / "plan.ics"
    plan(run, *NEXT, "--keep", "--ics", str(path))
    mine = events(path.read_text(encoding="utf-8"))
    before = {uid: int(one["SEQUENCE"]) for uid, one in mine.items()}

    at(run, monkeypatch, "22T11:00", *NEXT, "--hours-a-week", "2", "--keep", "--ics", str(path))
    again = events(path.read_text(encoding="utf-8"))
    mine |= again

    assert set(again) == set(before) == set(mine)
    assert all(int(one["SEQUENCE"]) > before[uid] for uid, one in again.items())
    statuses = sorted(str(one["STATUS"]) for one in mine.values())
    assert statuses == ["CANCELLED", "CANCELLED", "CONFIRMED"]
    gone = [one for one in mine.values() if one["STATUS"] == "CANCELLED"]
    assert [one.walk("VALARM") for one in gone] == [[], []]


@pytest.mark.usefixtures("somebody")
def test_a_later_export_still_cancels(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal knows what earlier plans had, whoever kept another one in between."""
    path = tmp_path / "plan.ics"
    plan(run, *NEXT, "--keep", "--ics", str(path))
    plan(run, *NEXT, "--hours-a-week", "2", "--keep")

    at(run, monkeypatch, "22T12:00", "--kept", "--ics", str(path))

    statuses = sorted(str(one["STATUS"]) for one in events(path.read_text("utf-8")).values())
    assert statuses == ["CANCELLED", "CANCELLED", "CONFIRMED"]


@pytest.mark.usefixtures("somebody")
def test_a_calendar_can_be_printed(run: Run) -> None:
    """`-` prints the file and nothing else; without reminders on request."""
    result = run("plan", *NEXT, "--ics", "-", "--alarm", "0")

    assert result.code == 0
    assert result.out.startswith("BEGIN:VCALENDAR")
    assert result.out.strip().endswith("END:VCALENDAR")
    assert "VALARM" not in result.out


@pytest.mark.usefixtures("somebody")
def test_a_file_that_cannot_be_written_keeps_no_plan(
    run: Run, stored: Stored, tmp_path: Path
) -> None:
    """All or nothing."""
    before = stored()

    result = run("plan", *NEXT, "--keep", "--ics", str(tmp_path / "nowhere" / "plan.ics"))

    assert result.code == 5
    assert stored() == before


# Screens


@pytest.mark.usefixtures("somebody")
def test_the_screen_says_what_when_and_why(screen: Screen) -> None:
    """Days with sums, the sum of the week with its range, limits, and the way on."""
    shown = screen("plan", *NEXT, "--hours-a-week", "4")

    assert "2026-W48（11-23 至 11-29）的计划" in shown
    assert "技能接单 · 闲鱼" in shown
    assert "有单时" in shown
    assert "预计到手" in shown
    assert "是估计，不是承诺" in shown
    assert "一周满了" in shown
    assert "一周不限小时（--hours-a-week）：约多" in shown
    assert "xianke plan --keep" in shown


@pytest.mark.usefixtures("somebody")
def test_the_screen_says_what_differs_from_the_kept_plan(screen: Screen) -> None:
    """In one line, and that it was kept."""
    assert "留存好了" in screen("plan", *NEXT, "--keep")
    assert "和留存的计划一样" in screen("plan", *NEXT)
    said = screen("plan", *NEXT, "--hours-a-week", "2")
    assert "照旧 1 段，改了 0，新的 0，没了 2" in said
    assert "留存时预计到手" in screen("plan", "--kept")


@pytest.mark.parametrize(
    ("things", "sentence", "step"),
    [
        ((), "还没有登记空闲时段", "xianke inventory add slot"),
        (("add slot 2026-12-24 19:00-21:00",), "没有空闲时段了", "xianke inventory slots"),
        (("add slot 每天 8:00-8:10 --place office",), "没有一条路", "xianke suggest"),
    ],
    ids=["no slots", "no free time", "no work"],
)
def test_nothing_to_plan_is_said_in_one_sentence(
    run: Run, screen: Screen, things: tuple[str, ...], sentence: str, step: str
) -> None:
    """With a next step; for programs an empty list, and no error."""
    have(run, *things)

    shown = screen("plan", *NEXT)
    data = plan(run, *NEXT)

    assert sentence in shown
    assert step in shown
    assert (data["blocks"], data["value_fen"]) == ([], 0)


# Wrong input


@pytest.mark.parametrize(
    ("code", "word", "arguments"),
    [
        (2, "not_understood", ("--week", "哪天")),
        (2, "not_understood", ("--platforms", "0")),
        (2, "not_understood", ("--platforms", "四")),
        (2, "not_understood", ("--hours-a-day", "25")),
        (2, "not_understood", ("--hours-a-day", "nan")),
        (2, "not_understood", ("--hours-a-week", "-1")),
        (2, "not_understood", ("--rest", "7")),
        (2, "not_understood", ("--share", "101")),
        (2, "not_understood", ("--ics", "x.ics", "--alarm", "1.5")),
        (2, "not_understood", ("--alarm", "15")),
        (2, "not_understood", ("--kept", "--keep")),
        (2, "not_understood", ("--kept", "--rest", "2")),
        (1, "refused", ("--week", "9999-W52")),
        (1, "refused", ("--kept", "--week", "9999-W52")),
        (3, "not_found", ("--kept",)),
        (3, "not_found", ("--kept", "--week", "2026-W01")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_wrong_input_is_refused(
    refused: Refused, code: int, word: str, arguments: tuple[str, ...]
) -> None:
    """One sentence, one hint, nothing changed."""
    refused(code, word, "plan", *arguments)


def test_a_document_and_a_calendar_are_not_both_printed(run: Run) -> None:
    """One output, one thing in it."""
    result = run("plan", "--ics", "-", "--json")

    assert result.code == 1
    assert result.document["errors"][0]["code"] == "refused"
