"""`xianke goal`: set, shown, cleared, undone; and its line on the dashboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from xianke import settings

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Refused = Callable[..., str]
Screen = Callable[..., str]
Stored = Callable[[], dict[str, list[tuple[object, ...]]]]

PACE: Document = {
    "amount_fen": 150_000,
    "unit": "month",
    "from": "2026-11-01",
    "to": "2026-11-30",
    "earned_fen": 0,
    # 22 of 30 days.
    "line_fen": 110_000,
    "received_fen": 0,
    "owed_fen": 0,
}
ALONE: Document = {
    **PACE,
    "set_on": "2026-11-22",
    "left_fen": 150_000,
    "projection": None,
    "projection_weeks": 0,
    "projection_missing_weeks": 4,
    "needed_fen_per_week": 34_523,
    "hour": {"fen": None, "basis": "none"},
    "needed_minutes_per_week": None,
    "week_fen": None,
    "week_minutes": None,
    "free_minutes": None,
    "slots_suffice": None,
    "more_minutes_per_week": None,
    "needed_fen_per_hour": None,
}


def test_without_a_goal_it_says_how_to_set_one(run: Run) -> None:
    """Null for programs, and looking makes no store."""
    assert run("goal", "--json").data == {"goal": None}
    assert run("goal").out.splitlines() == [
        "还没有目标。",
        "→ 从这里开始：xianke init（最多十个问题）",
        "→ 定一个：xianke goal 1500/月",
    ]
    assert not settings.home().exists()


def test_a_goal_alone_makes_nothing_up(run: Run) -> None:
    """Nulls wherever nothing is known."""
    assert run("goal", "1500/月", "--json").data == {"goal": ALONE}
    assert run("goal", "--json").data == {"goal": ALONE}


def test_words_may_come_apart(run: Run) -> None:
    """As somebody types them without quotes."""
    assert run("goal", "1500", "a", "month", "--json").data == {"goal": ALONE}


def test_earned_received_and_owed_stand_apart(run: Run) -> None:
    """Net of this month alone; what is delivered is earned and still owed; a spend lowers it."""
    run("log", "闲鱼", "100", "--minutes", "60", "--at", "2026-11-03", "--fee", "2")
    run("log", "闲鱼", "50", "--at", "2026-11-04", "--status", "delivered")
    run("log", "闲鱼", "900", "--at", "2026-10-31")
    run("spend", "闲鱼", "8", "--at", "2026-11-05")

    found = run("goal", "1500/月", "--json").data["goal"]

    assert (found["earned_fen"], found["received_fen"], found["owed_fen"]) == (
        14_000,
        9_800,
        5_000,
    )
    assert found["left_fen"] == 136_000


def test_usual_weeks_make_a_projection(run: Run) -> None:
    """Four whole weeks of 70 yuan each: today's Sunday leaves eight days, 80 yuan more."""
    for day in ("10-19", "10-26", "11-02", "11-09"):
        run("log", "闲鱼", "70", "--minutes", "60", "--at", f"2026-{day}")

    found = run("goal", "1500/月", "--json").data["goal"]

    assert found["projection"] == {"low_fen": 22_000, "mid_fen": 22_000, "high_fen": 22_000}
    assert (found["projection_weeks"], found["projection_missing_weeks"]) == (4, 0)
    # 345.23 yuan at 70 an hour.
    assert found["needed_minutes_per_week"] == 296
    assert found["hour"] == {"fen": 7_000, "basis": "own"}


def test_it_says_whether_the_slots_suffice(run: Run, screen: Screen) -> None:
    """Little asked, enough; much asked, not, with the hours or the rate that are missing."""
    run("inventory", "add", "slot", "工作日 19:00-21:00", "--place", "home")
    run("inventory", "add", "skill", "PPT")
    run("inventory", "add", "asset", "电脑")

    little = run("goal", "5/周", "--json").data["goal"]
    much = run("goal", "5000/周", "--json").data["goal"]

    assert (little["slots_suffice"], little["more_minutes_per_week"]) == (True, None)
    assert (much["slots_suffice"], much["free_minutes"]) == (False, 600)
    assert much["needed_fen_per_hour"] == -(-500_000 * 60 // much["week_minutes"])
    assert much["more_minutes_per_week"] > 600
    assert "不够" in screen("goal")
    assert "→ 学会一样会多挣多少：xianke learn" in screen("goal")


def test_one_goal_counts_and_every_change_can_be_undone(run: Run, stored: Stored) -> None:
    """Set, set anew, cleared; each undo names the goal and brings the one before back."""
    run("goal", "1500/月")
    first = stored()["goal"]
    run("goal", "300/周")
    second = stored()["goal"]
    run("goal", "none")

    assert (len(first), len(second), stored()["goal"]) == (1, 1, [])
    assert run("undo", "--json").data["undone"] == "去掉目标 每周 ￥300.00"
    assert stored()["goal"] == second
    assert run("undo", "--json").data["undone"] == "定目标 每周 ￥300.00"
    assert stored()["goal"] == first
    assert run("undo", "--json").data["undone"] == "定目标 每月 ￥1,500.00"
    assert stored()["goal"] == []


def test_what_changes_nothing_leaves_no_trace(run: Run, stored: Stored) -> None:
    """The same goal again, or none where there is none."""
    assert run("goal", "none").out.splitlines()[0] == "本来就没有目标。"
    run("goal", "1500/月")
    before = stored()

    run("goal", "每月1500元")

    assert stored() == before
    run("undo")
    assert stored()["goal"] == []


def test_clearing_says_so(run: Run) -> None:
    """And how to set another."""
    run("goal", "300/周")

    assert run("goal", "取消").out.splitlines() == [
        "目标去掉了。",
        "→ 定一个：xianke goal 1500/月",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_holds_at_eighty_columns(
    run: Run, screen: Screen, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """In both languages, with slots and a log."""
    monkeypatch.setenv("XIANKE_LANG", language)
    run("inventory", "add", "slot", "工作日 19:00-21:00", "--place", "home")
    for day in ("10-19", "10-26", "11-02", "11-09"):
        run("log", "闲鱼", "70", "--minutes", "60", "--at", f"2026-{day}")

    out = screen("goal", "1500/month") + screen()

    assert ("Goal ￥1,500.00 a month" if language == "en" else "目标每月 ￥1,500.00") in out


@pytest.mark.parametrize("text", ["1500", "5月", "300w", "很多/月", "0/周", "1500/天", " "])
def test_wrong_words_are_refused(refused: Refused, text: str) -> None:
    """Nothing is guessed, and the goal stays as it was."""
    refused(2, "not_understood", "goal", text)


# The dashboard


def test_the_dashboard_shows_the_pace(run: Run) -> None:
    """One line, and the same figures for programs."""
    run("goal", "1500/月")
    run("log", "闲鱼", "1200", "--minutes", "60", "--at", "2026-11-03")

    assert (
        "目标每月 ￥1,500.00：净得 ￥1,200.00，匀着来到今天该有 ￥1,100.00，快 ￥100.00"
        in run().out.splitlines()
    )
    assert run("--json").data["goal"] == {**PACE, "earned_fen": 120_000, "received_fen": 120_000}


def test_a_goal_that_is_reached_is_said_to_be(run: Run) -> None:
    """Without telling how far ahead of a line nobody needs any more."""
    run("goal", "100/周")
    run("log", "闲鱼", "100", "--minutes", "60", "--at", "2026-11-17")

    assert "目标每周 ￥100.00：净得 ￥100.00，匀着来到今天该有 ￥100.00，到了" in run().out
