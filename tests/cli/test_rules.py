"""`rules`: what the user adds, what was learned, what came along, and putting them to work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.waiting import Entry, bring

if TYPE_CHECKING:
    from tests.conftest import Run

Stored = Callable[[], dict[str, list[tuple[object, ...]]]]
Refused = Callable[..., str]
Screen = Callable[..., str]

# Any: a row of a JSON document.
Raw = dict[str, Any]


def _rules(run: Run) -> dict[str, Raw]:
    return {one["id"]: one for one in run("rules", "--json").data["rules"]}


def _whose(run: Run) -> dict[str, tuple[str | None, str | None]]:
    rows = run("bills", "--all", "--json").data["rows"]
    return {row["id"]: (row["assigned"], row["assigned_by"]) for row in rows}


# The list


def test_the_list_begins_with_ones_own(run: Run) -> None:
    """Then what was learned, then what came along with source and date."""
    bring(Entry("星海文化"))
    run("bills", "assign", "b1", "知乎")
    run("rules", "add", "房租", "私人")

    own, learned, shipped, *_rest = _rules(run).values()

    assert own == {
        "id": "r2",
        "field": "words",
        "text": "房租",
        "target": "private",
        "confidence": 100,
        "origin": "user",
        "hits": 0,
        "misses": 0,
        "enabled": True,
        "source": None,
        "date": "2026-11-22",
    }
    assert learned == {
        **own,
        "id": "r1",
        "field": "payer",
        "text": "星海文化",
        "target": "zhihu",
        "confidence": 66,
        "origin": "learned",
        "hits": 1,
    }
    assert (shipped["id"], shipped["origin"], shipped["target"]) == ("wage", "shipped", "private")
    assert shipped["source"] and shipped["date"]


def test_the_screen_shows_all_three_kinds(screen: Screen, run: Run) -> None:
    """Each with where it comes from."""
    bring(Entry("星海文化"), Entry("星海文化", 5), Entry("星海文化", 6))
    for number, target in ((1, "知乎"), (2, "知乎"), (3, "闲鱼")):
        run("bills", "assign", f"b{number}", target)
    run("rules", "add", "房租", "私人")
    run("rules", "rm", "transfer")

    lines = screen("rules").splitlines()

    assert lines[:10] == [
        "先看你的规则，再看学到的，最后看自带的；把握到 80% 的自动归，其余的问你。",
        "",
        "你的规则",
        "r2  账单里有「房租」→ 私人，把握 100%",
        "",
        "从你的决定里学到的",
        "r1  对方就叫「星海文化」→ 知乎（盐选/盐言、好物），把握 60%",
        "    你这样定过 2 次，定成别的 1 次",
        "",
        "自带的规则",
    ]
    assert "transfer  账单里有「转账」→ 私人，把握 55%（关着）" in lines
    assert "kuaishou_withdrawal  账单里有「快手」→ 快手（创作者激励），把握 85%" in lines
    assert any(line.startswith("    还要有「提现、积分」；来源：") for line in lines)


# Adding


def test_a_new_rule_says_what_it_would_take(screen: Screen, run: Run) -> None:
    """And takes it only when told to."""
    bring(Entry("甲", 100, item="十月房租"), Entry("乙", 300, note="房租"), Entry("丙"))

    shown = screen("rules", "add", "房租", "私人")
    before = _whose(run)
    applied = run("rules", "apply", "--yes", "--json").data

    assert shown.splitlines() == [
        "添了规则 r1：账单里有「房租」→ 私人，把握 100%",
        "  等着认领的有 2 笔，共 ￥4.00 合它",
        "→ 照它归：xianke rules apply",
    ]
    assert set(before.values()) == {(None, None)}
    assert [row["id"] for row in applied["rows"]] == ["b1", "b2"]
    assert _whose(run) == {
        "b1": ("private", "rule"),
        "b2": ("private", "rule"),
        "b3": (None, None),
    }


def test_a_new_rule_can_be_put_to_work_at_once(run: Run) -> None:
    """One entry: undo takes back the rule, the client and what it took."""
    bring(Entry("小刘", 100, item="课时费"), Entry("丙"))

    added = run(
        "rules", "add", "课时费", "小刘", "--new", "--category", "knowledge_teaching", "--apply",
        "--json",
    ).data  # fmt: skip
    whose = _whose(run)
    run("undo")

    assert (added["id"], added["applied"]) == ("r1", True)
    assert added["rows"] == [
        {
            "id": "b1",
            "amount_fen": 100,
            "counterparty": "小刘",
            "target": "xiaoliu",
            "confidence": 100,
            "rule": "r1",
            "reason": "你的规则 r1：「课时费」",
        }
    ]
    assert whose == {"b1": ("xiaoliu", "rule"), "b2": (None, None)}
    assert _whose(run) == {"b1": (None, None), "b2": (None, None)}
    assert "r1" not in _rules(run)


def test_what_nobody_understood_is_left_to_a_person(run: Run) -> None:
    """A rule says whose money it is, not that it came."""
    bring(Entry("甲", item="房租", verdict="unknown"))

    assert run("rules", "add", "房租", "私人", "--apply", "--json").data["rows"] == []
    assert _whose(run) == {"b1": (None, None)}


def test_a_rule_looks_where_it_is_told_to(run: Run) -> None:
    """The name of the payer alone, say."""
    bring(Entry("房租小助手", 100), Entry("甲", 200, item="房租"))

    added = run("rules", "add", "房租", "私人", "--field", "counterparty", "--json").data

    assert (added["field"], [row["id"] for row in added["rows"]]) == ("counterparty", ["b1"])


def test_an_import_goes_by_it(run: Run, screen: Screen) -> None:
    """A rule that fits nothing yet is there for what comes."""
    assert screen("rules", "add", "房租", "私人").splitlines()[1:] == [
        "  等着认领的里面没有合它的；以后导入的会照它归。",
        "→ 看全部规则：xianke rules（添错了：xianke undo）",
    ]
    bring(Entry("甲", item="房租"))

    proposal = run("bills", "--json").data["rows"][0]["proposal"]

    assert (proposal["target"], proposal["confidence"], proposal["rule"]) == ("private", 100, "r1")


# Changing


def test_a_rule_is_changed(run: Run, screen: Screen) -> None:
    """Its text, its place, its target, its switch."""
    run("rules", "add", "房租", "私人")

    shown = screen("rules", "edit", "r1", "--text", "房租费", "--target", "闲鱼", "--off")
    after = _rules(run)["r1"]
    asked = run("rules", "edit", "1", "--target", "-", "--on", "--field", "payer", "--json").data

    assert shown.splitlines()[0] == ("改好了 r1：账单里有「房租费」→ 闲鱼，把握 100%（关着）")
    assert (after["text"], after["target"], after["enabled"]) == ("房租费", "xianyu", False)
    assert (asked["target"], asked["enabled"], asked["field"]) == (None, True, "payer")


def test_a_learned_rule_becomes_ones_own_by_being_changed(run: Run) -> None:
    """Whoever touches it means it."""
    bring(Entry("星海文化"))
    run("bills", "assign", "b1", "知乎")

    changed = run("rules", "edit", "r1", "--target", "私人", "--json").data

    assert (changed["origin"], changed["confidence"], changed["target"]) == (
        "user",
        100,
        "private",
    )


def test_a_shipped_rule_is_switched_off_and_on(run: Run, stored: Stored) -> None:
    """On again, it is as it came, and nothing of it is left in the store."""
    off = run("rules", "rm", "wage", "--json").data
    listed = _rules(run)["wage"]
    on = run("rules", "edit", "wage", "--on", "--json").data

    assert (off["id"], off["enabled"], listed["enabled"]) == ("wage", False, False)
    assert (on["origin"], on["enabled"], on["confidence"]) == ("shipped", True, 95)
    assert stored()["rule"] == []


def test_a_rule_that_is_off_takes_nothing(run: Run) -> None:
    """Wages of a client count as income, if the user says so."""
    bring(Entry("", item="工资"))
    before = run("rules", "apply", "--json").document["data"]["rows"]

    run("rules", "rm", "wage")

    assert [row["rule"] for row in before] == ["wage"]
    assert run("rules", "apply", "--json").data["rows"] == []


def test_a_shipped_rule_gets_another_target(run: Run) -> None:
    """Then it is certain, and says that the user changed it."""
    changed = run("rules", "edit", "douyin_wallet", "--target", "今日头条", "--json").data

    assert (changed["id"], changed["target"], changed["confidence"], changed["origin"]) == (
        "douyin_wallet",
        "toutiao",
        100,
        "user",
    )


def test_an_own_rule_is_removed_for_good(run: Run, screen: Screen) -> None:
    """Until undo brings it back."""
    run("rules", "add", "房租", "私人")

    shown = screen("rules", "rm", "r1")
    gone = "r1" not in _rules(run)
    undone = run("undo").out

    assert shown.splitlines() == ["删掉了 r1：「房租」", "→ 删错了就 xianke undo"]
    assert gone
    assert undone.splitlines()[0] == "撤销了：删规则 r1 房租"
    assert "r1" in _rules(run)


# Putting them to work


def test_without_a_terminal_it_is_a_preview(run: Run, screen: Screen) -> None:
    """Nothing is assigned unless --yes says so."""
    bring(Entry("", 500_000, "2026-11-05", "工资", account="bank:1"))

    shown = screen("rules", "apply")
    document = run("rules", "apply", "--json").document

    assert shown.splitlines()[2:] == [
        "b1   11-05   没写对方   5000.00   私人   工资一类，多半是主业的",
        "  合计 1 笔，共 ￥5,000.00",
        "→ 只是预览，还没有归；照着归：xianke rules apply --yes",
    ]
    assert (document["status"], document["data"]["applied"]) == ("partial", False)
    assert _whose(run) == {"b1": (None, None)}


def test_with_yes_it_is_done_as_one_entry(run: Run, screen: Screen) -> None:
    """And undone as one."""
    bring(*(Entry("", 100, item="工资") for _row in range(20)))

    shown = screen("rules", "apply", "--yes")
    again = screen("rules", "apply", "--yes")
    undone = run("undo").out

    assert "  还有 5 笔" in shown.splitlines()
    assert "照规则归好了 20 笔，共 ￥20.00" in shown
    assert again.splitlines()[0] == "等着认领的里面，没有规则能定的。"
    assert undone.splitlines()[0] == "撤销了：按规则认领 20 笔，共 ￥20.00"
    assert set(_whose(run).values()) == {(None, None)}


# What cannot be done


@pytest.mark.parametrize(
    ("code", "word", "arguments", "said"),
    [
        (2, "not_understood", ("add", "费", "私人"), "「费」太短"),
        (2, "not_understood", ("add", "房租费", "私人", "--field", "x"), "没有「x」这一栏"),
        (3, "not_found", ("add", "房租费", "从没听说"), "目录里没有「从没听说」"),
        (4, "conflict", ("add", "房 租", "闲鱼"), "「房 租」已经有规则了（r1）"),
        (2, "not_understood", ("edit", "r1"), "没写要改什么"),
        (2, "not_understood", ("edit", "r1", "--on", "--off"), "打开还是关掉"),
        (2, "not_understood", ("edit", "r1", "--text", "租"), "「租」太短"),
        (4, "conflict", ("edit", "r2", "--text", "房租"), "「房租」已经有规则了（r1）"),
        (1, "refused", ("edit", "wage", "--text", "工钱"), "「wage」是自带的规则"),
        (3, "not_found", ("edit", "r9", "--off"), "没有编号「r9」的规则"),
        (3, "not_found", ("rm", "wages"), "没有编号「wages」的规则"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_changes_nothing(
    run: Run, refused: Refused, code: int, word: str, arguments: tuple[str, ...], said: str
) -> None:
    """One sentence, one hint, the store as it was."""
    run("rules", "add", "房租", "私人")
    run("rules", "add", "水电", "私人")

    assert said in refused(code, word, "rules", *arguments)
