"""`xianke usage`: where spare time goes, exact, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from xianke import settings, store

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Refused = Callable[..., str]
Screen = Callable[..., str]

IDLE: Document = {
    "supplied_minutes": 0,
    "planned_minutes": 0,
    "worked_minutes": 0,
    "searched_minutes": 0,
    "paid_minutes": 0,
    "waiting_minutes": 0,
    "rejected_minutes": 0,
    "inside_minutes": 0,
    "unplaced_minutes": 0,
    "net_fen": 0,
    "net_fen_per_supplied_hour": None,
    "net_fen_per_worked_hour": None,
}


@pytest.fixture
def life(run: Run) -> None:
    """Free evenings, a plan for two of them, four gigs and a search in the week of 9 November."""
    for line in (
        ("inventory", "add", "slot", "周一到周四 19:00-21:00", "--place", "home"),
        ("log", "闲鱼", "60", "--minutes", "40", "--unpaid", "20", "--at", "2026-11-09 19:30"),
        ("log", "闲鱼", "50", "--minutes", "60", "--at", "2026-11-10 20:30"),
        ("log", "闲鱼", "20", "--minutes", "30", "--at", "2026-11-11", "--status", "delivered"),
        (
            "log", "美团众包", "25", "--minutes", "50", "--at", "2026-11-12 19:00",
            "--status", "rejected",
        ),
        (
            "log", "美团众包", "0", "--status", "none_found", "--unpaid", "25",
            "--at", "2026-11-12 20:00",
        ),
        ("spend", "美团众包", "10", "--at", "2026-11-11"),
    ):  # fmt: skip
        assert run(*line).code == 0, line
    with store.write("plan.keep", "", datetime(2026, 11, 8)) as db:
        for day in ("2026-11-09", "2026-11-12"):
            block: dict[str, int | str | None] = {
                "week": "2026-W46", "day": day, "start_minute": 1_140, "end_minute": 1_260,
                "category": "skill_service", "platform": "xianyu", "expected_fen": 8_000,
                "setup_minutes": 0, "travel_minutes": 0, "supply": "unknown", "uid": f"{day}@x",
            }  # fmt: skip
            db.insert("plan_block", block)


def test_an_empty_store_has_one_week_of_nothing(run: Run) -> None:
    """Zeros and nulls, and no store is made."""
    assert run("usage", "--json").data == {
        "until": "2026-11-22T10:00:00+08:00",
        "slots_of": "2026-11-22",
        "weeks": [{"week": "2026-W47", "from": "2026-11-16", "to": "2026-11-22", **IDLE}],
        "total": IDLE,
        "leaks": [],
        "floor_fen": None,
        "floor_weeks": 0,
        "floor_missing_weeks": 8,
        "dependence": None,
    }
    assert run("usage").out.splitlines() == [
        "还没有空闲时段，也没有记录，看不出用得怎样。",
        "→ 从这里开始：xianke init（最多十个问题）",
        "→ 自己来：xianke inventory add slot 工作日 12:00-13:00 --label 午休",
    ]
    assert not settings.home().exists()


@pytest.mark.usefixtures("life")
def test_a_week_is_told_to_the_minute_and_the_fen(run: Run) -> None:
    """Four evenings, two of them planned; every leak; one source, which would be missed."""
    found = run("usage", "--week", "2026-W46", "--json").data
    use = {
        "supplied_minutes": 480,
        "planned_minutes": 240,
        "worked_minutes": 200,
        "searched_minutes": 25,
        "paid_minutes": 120,
        "waiting_minutes": 30,
        "rejected_minutes": 50,
        "inside_minutes": 140,
        "unplaced_minutes": 30,
        # 60 + 50 + 20, less 10 for the platform.
        "net_fen": 12_000,
        "net_fen_per_supplied_hour": 1_500,
        # 130 yuan over 225 minutes.
        "net_fen_per_worked_hour": 3_466,
    }

    loss = found["dependence"].pop("loss_fen_per_week")
    assert loss is None or loss >= 0
    assert found == {
        "until": "2026-11-22T10:00:00+08:00",
        "slots_of": "2026-11-22",
        "weeks": [{"week": "2026-W46", "from": "2026-11-09", "to": "2026-11-15", **use}],
        "total": use,
        "leaks": [
            # Two evenings without a plan, less the half hour of Tuesday.
            {"code": "not_planned", "minutes": 210, "text": "空着：没排计划，也没见在做"},
            # Two planned evenings, less an hour on Monday, 50 and 25 minutes on Thursday.
            {"code": "not_worked", "minutes": 105, "text": "排了计划，没见在做"},
            {"code": "rejected", "minutes": 50, "text": "被拒或取消，白做了"},
            {"code": "outside", "minutes": 30, "text": "在登记的空闲以外做的"},
            {"code": "searched", "minutes": 25, "text": "找活没找到"},
            {"code": "unpaid", "minutes": 20, "text": "做单时没钱的部分：等、路上"},
        ],
        "floor_fen": None,
        "floor_weeks": 1,
        "floor_missing_weeks": 7,
        "dependence": {"platform": "xianyu", "share_percent": 100},
    }


@pytest.mark.usefixtures("life")
def test_unless_asked_it_goes_back_as_far_as_there_is_a_log(run: Run) -> None:
    """Two weeks here, and the one that runs up to this minute."""
    found = run("usage", "--json").data

    assert [(one["week"], one["from"], one["to"]) for one in found["weeks"]] == [
        ("2026-W46", "2026-11-09", "2026-11-15"),
        ("2026-W47", "2026-11-16", "2026-11-22"),
    ]
    assert [one["supplied_minutes"] for one in found["weeks"]] == [480, 480]
    narrow = run("usage", "--from", "2026-11-10", "--to", "2026-11-10", "--json").data
    assert [(one["from"], one["supplied_minutes"]) for one in narrow["weeks"]] == [
        ("2026-11-10", 120)
    ]


@pytest.mark.usefixtures("life")
def test_it_says_what_the_figures_rest_on(screen: Screen) -> None:
    """That today's slots stand for the past, that leaks overlap, and what could not be placed."""
    out = screen("usage")

    assert "空闲按今天登记的时段往回算：以前的时段没有存。" in out
    assert "几样会重叠，不能相加。" in out
    assert "0:30 没记几点开始" in out
    assert "有记录的整周还差 7 个" in out
    assert "最靠 闲鱼：占净得的 100%" in out


@pytest.mark.usefixtures("life")
def test_it_speaks_english(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first line to the last, but for what the user wrote."""
    monkeypatch.setenv("XIANKE_LANG", "en")

    out = screen("usage")

    assert "planned, but not seen at work" in out
    assert not any("\u4e00" <= char <= "\u9fff" for char in out)


def test_work_without_slots_has_no_leak_but_itself(run: Run, screen: Screen) -> None:
    """It is said that nobody can tell, and how to begin."""
    run("log", "闲鱼", "60", "--minutes", "40", "--at", "2026-11-20 19:30")

    assert run("usage", "--json").data["leaks"] == [
        {"code": "outside", "minutes": 40, "text": "在登记的空闲以外做的"}
    ]
    assert "没有登记空闲时段，看不出漏了多少。" in screen("usage")


def test_the_floor_comes_with_eight_weeks(run: Run) -> None:
    """Of eight whole weeks the second worst."""
    days = ("09-21", "09-28", "10-05", "10-12", "10-19", "10-26", "11-02", "11-09")
    for number, day in enumerate(days, 1):
        run("log", "闲鱼", str(10 * number), "--minutes", "40", "--at", f"2026-{day}")

    found = run("usage", "--json").data

    assert (found["floor_fen"], found["floor_weeks"], found["floor_missing_weeks"]) == (2_000, 8, 0)
    assert "五周里有四周净得不少于 ￥20.00" in run("usage").out


def test_a_platform_that_can_be_planned_would_be_missed(run: Run) -> None:
    """Of a usual week that it fills alone, all is lost but what is left to do instead."""
    run("inventory", "add", "slot", "工作日 19:00-21:00", "--place", "home")
    run("inventory", "add", "skill", "PPT")
    run("inventory", "add", "asset", "电脑")
    for day in (16, 17, 18):
        run("log", "闲鱼", "90", "--minutes", "60", "--at", f"2026-11-{day}", "--category",
            "skill_service")  # fmt: skip

    main = run("usage", "--json").data["dependence"]

    assert (main["platform"], main["share_percent"]) == ("xianyu", 100)
    assert 0 < main["loss_fen_per_week"] <= run("learn", "--json").data["week_fen"]
    assert "要是它没了，别的顶上，平常一周大概少" in run("usage").out


def test_of_a_client_nobody_knows_what_a_week_would_lose(run: Run) -> None:
    """The share is known all the same; a loss elsewhere is no source."""
    run("inventory", "add", "slot", "工作日 19:00-21:00", "--place", "home")
    run("log", "王阿姨", "90", "--minutes", "60", "--new", "--category", "local_service")
    run("log", "闲鱼", "30", "--minutes", "60")
    run("log", "美团众包", "0", "--minutes", "60", "--cost", "50")

    assert run("usage", "--json").data["dependence"] == {
        "platform": "wangayi",
        "share_percent": 75,
        "loss_fen_per_week": None,
    }


def test_days_without_records_are_said_to_have_none(run: Run) -> None:
    """Before the first and after today."""
    run("log", "闲鱼", "60", "--minutes", "40")

    for days in (("--to", "2020-01-01"), ("--from", "2027-01-01")):
        assert run("usage", *days, "--json").data["weeks"] == []
        assert run("usage", *days).out.splitlines() == ["这段日子没有记录。", "→ xianke usage"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--week", "2026-W60"),
        ("--week", "本周", "--from", "2026-11-01"),
        ("--from", "2026-11-09", "--to", "2026-11-08"),
        ("--from", "前世"),
    ],
)
def test_wrong_words_are_refused(refused: Refused, arguments: tuple[str, ...]) -> None:
    """With a hint; nothing is guessed."""
    refused(2, "not_understood", "usage", *arguments)


def test_a_document_is_json_throughout(run: Run) -> None:
    """Also in a pipe."""
    assert json.loads(run("usage", "--json").out)["schema"] == 1
