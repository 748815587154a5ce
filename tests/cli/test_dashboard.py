"""Bare `xianke`: the next slot and the pick for it, this month's net, what waits to be paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from xianke import settings
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]

MONDAY_NOON = "2026-11-23T12:20:00+08:00"


@pytest.fixture
def stock(run: Run) -> None:
    """Take stock of a lunch break, Sunday evenings, a skill and a computer."""
    run("inventory", "add", "slot", "工作日 12:00-13:00", "--label", "午休")
    run("inventory", "add", "slot", "周日 19:30-21:00", "--place", "home")
    run("inventory", "add", "skill", "PPT")
    run("inventory", "add", "asset", "电脑")


def _lines(run: Run) -> list[str]:
    result = run()
    assert (result.code, result.err) == (0, "")
    return result.out.splitlines()


# The first time


def test_a_beginner_is_shown_the_first_commands(run: Run) -> None:
    """A look around, the first step, the whole list; and looking makes no store."""
    lines = _lines(run)

    assert [line for line in lines if line.startswith("→")] == [
        "→ 先看一遍：xianke demo（不碰你的数据）",
        "→ 从这里开始：xianke inventory add slot 工作日 12:00-13:00 --label 午休",
        "→ 全部命令：xianke --help",
    ]
    assert not settings.home().exists()


def test_programs_get_a_whole_document_at_once(run: Run) -> None:
    """Null and zeros where nothing is known yet."""
    assert run("--json").data == {
        "running": None,
        "next": None,
        "pick": None,
        "months": {
            "this": "2026-11",
            "this_fen": 0,
            "before": "2026-10",
            "before_fen": 0,
            "before_same_days_fen": 0,
        },
        "outstanding_fen": 0,
        "waiting": [],
    }


@pytest.mark.parametrize(
    "line",
    [
        ["log", "闲鱼", "85", "--at", "2026-01-01"],
        ["log", "闲鱼", "0"],
        ["log", "闲鱼", "85", "--status", "accepted"],
        ["inventory", "add", "skill", "PPT"],
    ],
)
def test_who_has_written_anything_is_no_beginner(run: Run, line: list[str]) -> None:
    """However long ago, however little: the month is shown, and what is still missing."""
    run(*line)

    lines = _lines(run)

    assert not any("xianke demo" in line for line in lines)
    assert lines[:2] == [
        "还没有登记空闲时段",
        "→ xianke inventory add slot 工作日 12:00-13:00 --label 午休",
    ]
    assert lines[2].startswith("本月净得 ￥")


def test_who_has_taken_everything_back_begins_again(run: Run) -> None:
    """Nothing stands, so nothing was written."""
    run("log", "闲鱼", "85")
    run("undo")

    assert any("xianke demo" in line for line in _lines(run))


# Slots and the pick


@pytest.mark.usefixtures("stock")
def test_the_next_slot_has_a_pick(run: Run) -> None:
    """When it is, how long, what could be done, on which platform, for how much."""
    found = run("--json").data
    lines = _lines(run)

    assert (found["running"], found["next"]) == (
        None,
        {
            "slot": "s2",
            "start": "2026-11-22T19:30:00+08:00",
            "end": "2026-11-22T21:00:00+08:00",
        },
    )
    assert lines[0].startswith("下一段空闲：11-22 周日 19:30-21:00")
    pick = found["pick"]
    assert (pick["rank"], pick["kind"]) == (1, "time")
    assert lines[1].startswith(
        f"  可以做：{pick['name']}（{pick['platforms'][0]['name']}），每小时"
    )


@pytest.mark.usefixtures("stock")
def test_a_running_slot_is_named_with_what_is_left_of_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the command for this moment; the next slot stands below."""
    monkeypatch.setenv("XIANKE_NOW", MONDAY_NOON)

    lines = _lines(run)

    assert lines[:2] == ["现在：午休，还有 40 分钟", "→ xianke now"]
    assert lines[2].startswith("下一段空闲：11-24 周二 12:00-13:00 午休")
    assert run("--json").data["running"] == "s1"


def test_a_slot_without_a_name_is_called_by_its_rule(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was read."""
    run("inventory", "add", "slot", "工作日 12点到13点")
    monkeypatch.setenv("XIANKE_NOW", MONDAY_NOON)

    assert _lines(run)[0] == "现在：工作日 12:00-13:00，还有 40 分钟"


def test_slots_that_are_over_are_not_announced(run: Run) -> None:
    """A dated slot of the past leaves nothing to say, and nothing to add either."""
    run("inventory", "add", "slot", "2026-11-01 9:00-12:00")

    lines = _lines(run)

    assert lines[0].startswith("本月净得")
    assert run("--json").data["next"] is None


def test_a_slot_for_which_there_is_nothing_says_so(run: Run) -> None:
    """A few minutes on the way are too short for anything in the catalogue."""
    run("inventory", "add", "slot", "周日 19:30-19:31", "--place", "transit", "--driving")

    assert _lines(run)[1] == "  这一段目录里没有合适的"
    assert run("--json").data["pick"] is None


# Money


def test_the_month_stands_beside_the_last_one_to_the_same_day(run: Run) -> None:
    """Net of both, so that a month that has just begun is not held against a whole one."""
    run("log", "闲鱼", "85", "--cost", "5")
    run("log", "闲鱼", "30", "--at", "2026-10-22")
    run("log", "闲鱼", "500", "--at", "2026-10-23")

    assert "本月净得 ￥80.00（上月到同一天 ￥30.00）" in _lines(run)
    assert run("--json").data["months"] == {
        "this": "2026-11",
        "this_fen": 8_000,
        "before": "2026-10",
        "before_fen": 53_000,
        "before_same_days_fen": 3_000,
    }


def test_what_waits_to_be_paid_is_listed_with_its_due_day(run: Run) -> None:
    """Oldest first; late where the day has passed; the command for when it has come."""
    run("log", "美团众包", "60", "--at", "11-20", "--status", "delivered", "--due", "2026-11-22")
    run("log", "闲鱼", "85", "--at", "周三 9:00", "--status", "delivered", "--due", "2026-11-21")
    run("log", "闲鱼", "5", "--status", "delivered")
    run("log", "闲鱼", "500", "--status", "accepted")

    lines = _lines(run)

    start = lines.index("还有 3 单没到账，共 ￥150.00")
    assert lines[start + 1 :] == [
        "  g2  闲鱼  11-18 周三 09:00  说好 2026-11-21，已过",
        "  g1  美团众包  11-20 周五  说好 2026-11-22",
        "  g3  闲鱼  11-22 周日 10:00  没说几时到",
        "→ 到账了：xianke gigs edit g2 --status paid",
        "→ 记一单：xianke log 平台 金额 --minutes 分钟",
    ]
    found = run("--json").data
    assert found["outstanding_fen"] == 15_000
    assert found["waiting"] == [
        {"id": "g2", "due": "2026-11-21", "late": True},
        {"id": "g1", "due": "2026-11-22", "late": False},
        {"id": "g3", "due": None, "late": False},
    ]


def test_of_many_that_wait_the_oldest_three_are_shown(run: Run) -> None:
    """The screen stays one screen; programs get all."""
    for day in range(1, 6):
        run("log", "闲鱼", "5", "--at", f"2026-11-0{day}", "--status", "delivered")

    shown = [line.split()[0] for line in _lines(run) if line.startswith("  g")]

    assert shown == ["g1", "g2", "g3"]
    assert len(run("--json").data["waiting"]) == 5


# Width, languages, words


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_fits_on_eighty_columns(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """With a long name of a client too."""
    name = "某某小区三期业主互助跑腿与代取快递群（周末限定）"
    run("log", name, "85", "--new", "--status", "delivered", "--due", "明天")
    monkeypatch.setenv("XIANKE_LANG", language)
    monkeypatch.setenv("XIANKE_NOW", MONDAY_NOON)

    assert max(map(width, _lines(run))) <= 80


@pytest.mark.usefixtures("stock")
def test_programs_read_the_same_in_english(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes, ids and figures."""
    run("log", "闲鱼", "85", "--status", "delivered")
    chinese = run("--json").data
    monkeypatch.setenv("XIANKE_LANG", "en")

    english = run("--json").data

    def coded(found: Document) -> Document:
        pick = found["pick"]
        return {
            **found,
            "pick": (pick["category"], pick["score"], [one["id"] for one in pick["platforms"]]),
        }

    assert coded(english) == coded(chinese)


def test_an_unknown_word_is_no_command(run: Run) -> None:
    """Exit 2, in one document where programs ask."""
    result = run("logg", "--json")

    assert (result.code, result.document["errors"][0]["code"]) == (2, "not_understood")
