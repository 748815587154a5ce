"""Bare `xianke`: the next slot and the pick for it, this month's net, what waits to be paid."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from xianke import settings, store
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

    from xianke.store.tables import Row

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
        "→ 从这里开始：xianke init（最多十个问题）",
    ]
    assert lines[-1] == "全部命令：xianke --help"
    assert not settings.home().exists()


def test_programs_get_a_whole_document_at_once(run: Run) -> None:
    """Null and zeros where nothing is known yet."""
    assert run("--json").data == {
        "stopwatch": None,
        "running": None,
        "next": None,
        "busy": None,
        "pick": None,
        "months": {
            "this": "2026-11",
            "this_fen": 0,
            "before": "2026-10",
            "before_fen": 0,
            "before_same_days_fen": 0,
        },
        "goal": None,
        "outstanding_fen": 0,
        "deposit_fen": 0,
        "unassigned_rows": 0,
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
    assert lines[0] == "还没有登记空闲时段"
    assert lines[1].startswith("本月净得 ￥")
    missing = "xianke inventory add slot" if line[0] == "inventory" else "xianke init"
    assert any(missing in one for one in lines if one.startswith("→"))


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


def test_a_pick_without_credible_pay_is_one_to_try(run: Run) -> None:
    """Nothing is said of an hour of which nothing is known."""
    run("inventory", "add", "slot", "每天 19:30-20:00", "--place", "office")

    lines = _lines(run)

    pick = run("--json").data["pick"]
    assert pick["rate"]["mid_fen_per_hour"] is None
    name, platform = pick["name"], pick["platforms"][0]["name"]
    assert lines[1] == f"  没有报价可信的活；想试：{name}（{platform}）"


@pytest.mark.usefixtures("stock")
def test_a_running_slot_is_named_with_what_is_left_of_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the command for this moment; the next slot stands below."""
    monkeypatch.setenv("XIANKE_NOW", MONDAY_NOON)

    lines = _lines(run)

    assert lines[0] == "现在：午休，还有 40 分钟"
    assert lines[1].startswith("下一段空闲：11-24 周二 12:00-13:00 午休")
    assert "→ 这会儿做什么：xianke now" in lines
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


def test_what_waits_to_be_paid_is_listed_with_its_day(run: Run) -> None:
    """Late ones first, then the oldest: as promised, as is usual there, or nobody knows."""
    run("log", "美团众包", "60", "--at", "11-20", "--status", "delivered", "--due", "2026-11-22")
    run("log", "闲鱼", "85", "--at", "周三 9:00", "--status", "delivered", "--due", "2026-11-21")
    run("log", "闲鱼", "5", "--at", "11-16", "--status", "delivered")
    run("log", "闲鱼", "500", "--status", "accepted")

    lines = _lines(run)

    start = lines.index("还有 3 单没到账，共 ￥150.00")
    assert lines[start + 1 :] == [
        "  g2  闲鱼  11-18 周三 09:00  说好 2026-11-21，晚了",
        "  g3  闲鱼  11-16 周一  一般 11-26 周四 到",
        "  g1  美团众包  11-20 周五  说好 2026-11-22",
        "→ 谁还欠着、晚了没有：xianke owed",
        "→ 从这里开始：xianke init（最多十个问题）",
    ]
    found = run("--json").data
    assert found["outstanding_fen"] == 15_000
    assert found["waiting"] == [
        {
            "id": "g2", "platform": "xianyu", "day": "2026-11-18", "outstanding_fen": 8_500,
            "due": "2026-11-21", "expected_by": "2026-11-21", "late": True,
        },
        {
            "id": "g3", "platform": "xianyu", "day": "2026-11-16", "outstanding_fen": 500,
            "due": None, "expected_by": "2026-11-26", "late": False,
        },
        {
            "id": "g1", "platform": "meituan_zhongbao", "day": "2026-11-20",
            "outstanding_fen": 6_000, "due": "2026-11-22", "expected_by": "2026-11-22",
            "late": False,
        },
    ]  # fmt: skip


def test_nothing_is_known_of_a_new_client(run: Run) -> None:
    """Nobody said when, nobody knows what is usual: no day, and never late."""
    run("log", "王阿姨", "5", "--new", "--at", "2026-01-01", "--status", "delivered")

    assert "  g1  王阿姨  01-01 周四  没说几时到" in _lines(run)


def test_what_was_given_up_does_not_wait(run: Run) -> None:
    """Nor does what has come, whatever the status says; what is left of a gig does."""
    run("log", "闲鱼", "85", "--status", "delivered")
    run("log", "闲鱼", "60", "--status", "delivered")
    with store.write("payout.add", "", datetime(2026, 11, 22)) as db:
        row: Row = {"day": "2026-11-22", "amount_fen": 4_000, "platform": "xianyu"}
        payout = db.insert("payout", {**row, "source": "imported"})
        db.insert("settlement", {"payout_id": payout, "gig_id": 2, "amount_fen": 4_000})
    run("owed", "--write-off", "g1")

    found = run("--json").data

    waiting = [(one["id"], one["outstanding_fen"]) for one in found["waiting"]]
    assert (waiting, found["outstanding_fen"]) == ([("g2", 2_000)], 2_000)
    run("owed", "--write-off", "g2")
    assert not any("没到账" in line for line in _lines(run))


def test_deposits_wait_as_well(run: Run) -> None:
    """Until they are back."""
    run("spend", "闪送", "300", "--deposit")

    lines = _lines(run)

    start = lines.index("押金 ￥300.00 还没退")
    assert lines[start + 1] == "→ 谁还欠着、晚了没有：xianke owed"
    assert run("--json").data["deposit_fen"] == 30_000
    run("spend", "returned", "c1", "--amount", "200")
    assert not any("押金" in line for line in _lines(run))
    assert "本月净得 -￥100.00（上月到同一天 ￥0.00）" in _lines(run)


def test_rows_of_bills_wait_for_a_decision(run: Run) -> None:
    """How many there are, and the command that goes through them."""
    with store.write("import", "", datetime(2026, 11, 22)) as db:
        batch = db.insert("batch", {"at": "2026-11-22", "source": "alipay", "files": "编的.csv"})
        text = dict.fromkeys(("counterparty", "item", "kind", "status", "note"), "编的")
        for number, verdict in enumerate(("received", "unknown", "expense")):
            db.insert(
                "bill_row",
                {
                    **text, "batch_id": batch, "key": str(number), "account": "编的",
                    "at": "2026-11-21", "direction": "in", "amount_fen": 500, "verdict": verdict,
                },
            )  # fmt: skip

    lines = _lines(run)

    start = lines.index("账单里有 2 笔还没认")
    assert lines[start + 1] == "→ 逐笔认领：xianke import --review"
    assert run("--json").data["unassigned_rows"] == 2


def test_what_is_being_timed_stands_on_top(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what it has taken so far and how it ends; then there is nothing else to log."""
    run("start", "美团众包")
    monkeypatch.setenv("XIANKE_NOW", "2026-11-22T11:19:01+08:00")

    lines = _lines(run)

    assert lines[0] == "正在做：美团众包，已 1:20"
    assert next(line for line in lines if line.startswith("→")) == "→ 做完了：xianke stop 金额"
    assert not any("xianke log" in line for line in lines)
    assert run("--json").data["stopwatch"] == run("start", "--json").data


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
