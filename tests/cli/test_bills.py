"""`bills`: what waits for a decision, and what a decision makes of it."""

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

# Any: rows of JSON documents.
Raw = dict[str, Any]

PACKET = Entry("表姐", 6_666, "2026-11-09 20:00:00", kind="微信红包")
ORDER = Entry(
    "n***8", 39_900, "2026-11-11 18:00:00", "二手显示器", "收入",
    account="alipay:me", merchant_number="T200P20001",
)  # fmt: skip
REFUND = Entry(
    "n***8", 2_000, "2026-11-12", "二手显示器", "退款", "", "refund", "out",
    account="alipay:me", merchant_number="T200P20001",
)  # fmt: skip
UNKNOWN = Entry("某小店", 500, "2026-11-13 08:00:00", kind="新鲜玩法", verdict="unknown")
PENDING = Entry("某小店", 700, "2026-11-14 08:00:00", verdict="pending")
SPENT = Entry("", 900, "2026-11-15 08:00:00", verdict="expense", direction="out")


def _rows(run: Run, *arguments: str) -> list[Raw]:
    found: list[Raw] = run("bills", *arguments, "--json").data["rows"]
    return found


def _whose(run: Run) -> dict[str, tuple[str | None, str | None]]:
    return {row["id"]: (row["assigned"], row["assigned_by"]) for row in _rows(run, "--all")}


def _payouts(run: Run) -> list[tuple[str, str, int]]:
    found = run("payouts", "--json").data["payouts"]
    return [(one["day"], one["platform"], one["amount_fen"]) for one in found]


# The list


def test_a_row_as_data(run: Run) -> None:
    """Everything the bill says, whose it is, and whose it may be."""
    bring(ORDER)

    assert run("bills", "--json").data == {
        "rows": [
            {
                "id": "b1",
                "at": "2026-11-11T18:00:00+08:00",
                "direction": "in",
                "amount_fen": 39_900,
                "verdict": "received",
                "counterparty": "n***8",
                "item": "二手显示器",
                "kind": "收入",
                "status": "已存入零钱",
                "note": "",
                "account": "alipay:me",
                "assigned": None,
                "assigned_by": None,
                "proposal": {
                    "target": "xianyu",
                    "confidence": 70,
                    "rule": "xianyu_order",
                    "reason": "订单号是闲鱼或淘宝的：在闲鱼卖的吗？",
                },
            }
        ]
    }


def test_what_waits_is_what_can_belong_to_somebody(run: Run) -> None:
    """Income, what nobody understood, and refunds to buyers; not what is pending or spent."""
    bring(PACKET, REFUND, UNKNOWN, PENDING, SPENT, Entry(assigned="private", assigned_by="user"))

    assert [row["id"] for row in _rows(run)] == ["b1", "b2", "b3"]
    assert [row["id"] for row in _rows(run, "--all")] == ["b1", "b6", "b2", "b3", "b4"]


def test_the_list_keeps_to_days_and_to_an_import(run: Run) -> None:
    """Both ends are included; an import is named by its number."""
    bring(PACKET, ORDER)
    bring(UNKNOWN)

    assert [row["id"] for row in _rows(run, "--from", "11-11", "--to", "11-11")] == ["b2"]
    assert [row["id"] for row in _rows(run, "--batch", "b2")] == ["b3"]
    assert [row["id"] for row in _rows(run, "--batch", "1")] == ["b1", "b2"]


def test_a_day_without_a_clock_stays_a_day(run: Run) -> None:
    """Some banks give no time; none is made up."""
    bring(REFUND)

    assert _rows(run)[0]["at"] == "2026-11-12"


def test_the_screen_puts_the_largest_sums_first(screen: Screen) -> None:
    """Under whoever paid, with what may be, and what is to be done."""
    bring(PACKET, ORDER, Entry("表姐", 100, "2025-12-31 10:00:00", "饭钱", "转账"), REFUND)

    assert screen("bills").splitlines() == [
        "      日期          金额  说明        可能是",
        "──────────────────────────────────────────────",
        "n***8：2 笔，共 ￥379.00",
        "  b2  11-11       399.00  二手显示器  闲鱼 70%",
        "  b4  11-12       -20.00  二手显示器  闲鱼 70%",
        "",
        "表姐：2 笔，共 ￥67.66",
        "  b3  2025-12-31    1.00  饭钱        私人 55%",
        "  b1  11-09        66.66  微信红包    私人 60%",
        "",
        "合计 4 笔，共 ￥446.66",
        "→ 用键盘逐个认领：xianke import --review",
        "   或者 xianke bills assign b4 平台，私人的写「私人」",
    ]


def test_a_long_list_is_cut_and_says_so(screen: Screen) -> None:
    """The sum is that of all."""
    bring(*(Entry(f"客户{number:02}", 100) for number in range(70)))

    shown = screen("bills")

    assert shown.startswith("共 70 笔，这里是 60 笔；用 --from、--to 缩小范围\n")
    assert shown.count("客户") == 60
    assert "合计 70 笔，共 ￥70.00" in shown


def test_long_and_hostile_names_do_no_harm(screen: Screen) -> None:
    """Wrapped within 80 columns, escapes made visible."""
    bring(Entry("示例\x1b[31m" + "长" * 60, item="说明" * 60, note="\u202e反"))

    assert "\x1b" not in screen("bills")
    assert "\x1b" not in screen("bills", "show", "b1")


def test_an_empty_list_says_what_comes_next(screen: Screen) -> None:
    """Nothing waits, or nothing is there at all."""
    begin = "→ 从这里开始：xianke init（最多十个问题）\n→ 导入账单：xianke import 文件\n"

    assert screen("bills") == f"没有等着认领的进账。\n{begin}"
    assert screen("bills", "--all") == f"没有这样的进账。\n{begin}"


def test_one_row_in_full(screen: Screen, run: Run) -> None:
    """What it says, why it may be somebody's, and what it became."""
    bring(ORDER)

    before = screen("bills", "show", "b1")
    run("bills", "assign", "b1", "闲鱼")
    after = run("bills", "show", "b1", "--json").data

    assert before.splitlines() == [
        "b1  n***8  399.00",
        "  时间    2026-11-11 18:00:00",
        "  账户    alipay:me",
        "  是什么  收到的钱",
        "  类型    收入",
        "  说明    二手显示器",
        "  状态    已存入零钱",
        "  归谁    没定",
        "可能是闲鱼 70%",
        "  订单号是闲鱼或淘宝的：在闲鱼卖的吗？",
        "→ 定下来：xianke bills assign b1 平台",
    ]
    assert (after["assigned"], after["assigned_by"], after["proposal"], after["became"]) == (
        "xianyu",
        "user",
        None,
        "p1",
    )
    assert "归谁    闲鱼" in screen("bills", "show", "1")


# Assigning


def test_a_row_becomes_a_payout(run: Run) -> None:
    """Of the platform it is assigned to, on its day; undo takes it back."""
    bring(ORDER)

    decided = run("bills", "assign", "b1", "闲鱼", "--json").data

    assert (decided["target"], decided["rules"], decided["more"]) == ("xianyu", [], 0)
    assert [row["assigned"] for row in decided["rows"]] == ["xianyu"]
    assert _payouts(run) == [("2026-11-11", "xianyu", 39_900)]
    assert run("undo").out.splitlines()[0] == "撤销了：认领 闲鱼 399.00"
    assert _payouts(run) == []
    assert _whose(run) == {"b1": (None, None)}


def test_several_rows_are_one_decision(run: Run, screen: Screen) -> None:
    """However they are written, each counts once."""
    bring(PACKET, ORDER)

    shown = screen("bills", "assign", "b1", "2", "B1", "闲鱼")

    assert shown.splitlines()[0] == "2 笔，共 ￥465.66 归到闲鱼"
    assert run("undo").code == 0
    assert _whose(run) == {"b1": (None, None), "b2": (None, None)}


@pytest.mark.parametrize("word", ["私人", "private", "自己"])
def test_private_money_is_nobodys_payout(run: Run, word: str) -> None:
    """It is settled whose it is, and no income."""
    bring(PACKET)

    assert run("bills", "assign", "b1", word).code == 0
    assert _whose(run) == {"b1": ("private", "user")}
    assert _payouts(run) == []


def test_a_decision_can_be_changed_and_taken_back(run: Run, screen: Screen) -> None:
    """The payout goes along, and in the end nothing is left of it."""
    bring(ORDER)
    run("bills", "assign", "b1", "闲鱼")

    run("bills", "assign", "b1", "转转")
    moved = _payouts(run)
    shown = screen("bills", "assign", "b1", "-")

    assert moved == [("2026-11-11", "zhuanzhuan", 39_900)]
    assert shown.splitlines()[0] == "1 笔，共 ￥399.00 又没有归属了"
    assert _payouts(run) == []
    assert _whose(run) == {"b1": (None, None)}


def test_a_refund_to_a_buyer_is_a_cost(run: Run) -> None:
    """It makes no payout."""
    bring(REFUND)

    run("bills", "assign", "b1", "闲鱼")

    assert _payouts(run) == []
    assert run("bills", "show", "b1", "--json").data["became"] == "c1"


def test_what_nobody_understood_came_in_once_it_is_somebodys(run: Run) -> None:
    """Whoever says whom it is from says that it came."""
    bring(UNKNOWN)

    run("bills", "assign", "b1", "闲鱼")

    assert _rows(run, "--all")[0]["verdict"] == "received"
    assert _payouts(run) == [("2026-11-13", "xianyu", 500)]


def test_a_new_client_is_added_with_the_decision(run: Run) -> None:
    """In one entry: undo forgets both."""
    bring(Entry("王同学", 48_000))

    run("bills", "assign", "b1", "王同学", "--new", "--category", "knowledge_teaching")

    (client,) = run("platforms", "--search", "王同学", "--json").data["platforms"]
    assert (client["name"], client["category"]) == ("王同学", "knowledge_teaching")
    assert _whose(run) == {"b1": (client["id"], "user")}
    run("undo")
    assert run("platforms", "--search", "王同学", "--json").data["platforms"] == []


def test_money_settles_the_gig_it_is_for(run: Run) -> None:
    """A delivered gig of the same sum is paid by it."""
    bring(ORDER)
    run("log", "闲鱼", "399", "--at", "11-08", "--status", "delivered")

    run("bills", "assign", "b1", "闲鱼")

    assert run("gigs", "show", "g1", "--json").data["status"] == "paid"


# Remembering


def _habits(run: Run) -> list[tuple[str, str, str, int, str]]:
    return [
        (one["id"], one["text"], one["target"], one["confidence"], one["origin"])
        for one in run("rules", "--json").data["rules"]
        if one["id"][0] == "r" and one["id"][1:].isdigit()
    ]


def test_three_decisions_make_the_fourth_by_themselves(run: Run) -> None:
    """And one otherwise makes it a question again."""
    bring(*(Entry("星海文化", 100 + number) for number in range(5)))

    for number in (1, 2, 3):
        run("bills", "assign", f"b{number}", "知乎")
    habit = _habits(run)
    would = run("rules", "apply", "--json").document
    run("bills", "assign", "b4", "私人")
    after = run("rules", "apply", "--json").document

    assert habit == [("r1", "星海文化", "zhihu", 80, "learned")]
    assert [row["id"] for row in would["data"]["rows"]] == ["b4", "b5"]
    assert after["data"]["rows"] == []
    assert _habits(run) == [("r1", "星海文化", "zhihu", 66, "learned")]


def test_several_rows_of_one_decision_count_once(run: Run) -> None:
    """It was decided once."""
    bring(*(Entry("星海文化", 100 + number) for number in range(3)))

    run("bills", "assign", "b1", "b2", "b3", "知乎")

    assert _habits(run) == [("r1", "星海文化", "zhihu", 66, "learned")]


def test_saying_the_same_again_is_no_news(run: Run) -> None:
    """A habit does not grow by repeating a command."""
    bring(Entry("星海文化"))

    run("bills", "assign", "b1", "知乎")
    run("bills", "assign", "b1", "知乎")

    assert _habits(run) == [("r1", "星海文化", "zhihu", 66, "learned")]


def test_a_masked_name_and_a_refund_teach_nothing(run: Run) -> None:
    """Of the next `n***8` nothing is known; a buyer is no payer."""
    bring(ORDER, Entry("小刘", direction="out", verdict="refund"))

    run("bills", "assign", "b1", "b2", "闲鱼")

    assert _habits(run) == []


def test_taking_back_a_decision_takes_back_what_it_taught(run: Run) -> None:
    """It is one entry of the journal."""
    bring(Entry("星海文化"))
    run("bills", "assign", "b1", "知乎")

    run("undo")

    assert _habits(run) == []


def test_always_makes_a_rule_of_the_users_own(run: Run, screen: Screen) -> None:
    """The next of that name goes there; said otherwise later, the rule follows."""
    bring(Entry("星海文化"), Entry("星海文化", 300), Entry("星海文化传媒", 500))

    shown = screen("bills", "assign", "b1", "知乎", "--always")
    applied = run("rules", "apply", "--yes", "--json").data["rows"]
    run("bills", "assign", "b1", "私人", "--always")

    assert shown.splitlines() == [
        "1 笔，共 ￥100.00 归到知乎（盐选/盐言、好物）",
        "  以后都这样，规则 r1：「星海文化」",
        "→ 还有 1 笔合这条规则：xianke rules apply",
    ]
    assert [(row["id"], row["target"]) for row in applied] == [("b2", "zhihu")]
    assert _habits(run) == [("r1", "星海文化", "private", 100, "user")]


def test_always_on_a_proposal_makes_its_rule_certain(run: Run) -> None:
    """A masked buyer has no name to go by, but the order number has its rule."""
    bring(ORDER, Entry("m***9", 100, kind="收入", merchant_number="T200P777"))

    decided = run("bills", "assign", "b1", "闲鱼", "--always", "--json").data
    rule = next(one for one in run("rules", "--json").data["rules"] if one["id"] == "xianyu_order")

    assert (decided["rules"], decided["more"]) == (["xianyu_order"], 1)
    assert (rule["origin"], rule["confidence"], rule["target"]) == ("user", 100, "xianyu")


def test_always_does_not_make_everybodys_transfers_private(run: Run) -> None:
    """A friend has a name: the rule is about the friend, not about all transfers."""
    bring(Entry("表姐", kind="转账"), Entry("小刘", kind="转账"))

    decided = run("bills", "assign", "b1", "私人", "--always", "--json").data

    assert (decided["rules"], decided["more"]) == (["r1"], 0)
    assert _habits(run) == [("r1", "表姐", "private", 100, "user")]


def test_always_needs_something_to_hold_on_to(run: Run, refused: Refused) -> None:
    """Without a name and without a rule that proposed it, nothing is stored."""
    bring(ORDER)

    said = refused(1, "refused", "bills", "assign", "b1", "转转", "--always")

    assert "b1 没有可以认人的名字" in said
    assert _whose(run) == {"b1": (None, None)}


@pytest.mark.parametrize(
    "arguments",
    [
        ("b1", "b2", "闲鱼"),
        ("b2", "b3", "闲鱼", "--always"),
        ("b4", "王同学", "--new"),
        ("b5", "-"),
        ("b5", "转转"),
        ("b1", "b2", "b3", "b4", "b5", "私人"),
    ],
    ids=" ".join,
)
def test_undo_leaves_nothing_of_a_decision(
    run: Run, stored: Stored, arguments: tuple[str, ...]
) -> None:
    """Rows, payouts, what they settled, spends, rules and clients are as before."""
    bring(UNKNOWN, ORDER, REFUND, Entry("王同学"), Entry("星海文化", 8_000))
    run("log", "闲鱼", "399", "--at", "11-08", "--status", "delivered")
    run("log", "知乎", "80", "--at", "11-08")
    run("bills", "assign", "b5", "知乎")
    before = stored()

    done = run("bills", "assign", *arguments)
    changed = stored()
    run("undo")

    assert done.code == 0
    assert changed != before
    assert stored() == before


# What cannot be done


@pytest.mark.parametrize(
    ("code", "word", "arguments", "said"),
    [
        (3, "not_found", ("show", "b9"), "没有编号「b9」的进账"),
        (3, "not_found", ("show", "闲鱼"), "没有编号「闲鱼」的进账"),
        (3, "not_found", ("assign", "b1", "b9", "闲鱼"), "没有编号「b9」的进账"),
        (3, "not_found", ("assign", "b1", "从没听说"), "目录里没有「从没听说」"),
        (3, "not_found", ("--batch", "b9"), "没有编号「b9」的导入"),
        (2, "not_understood", ("assign", "b1"), "少了编号，或者没写归谁"),
        (2, "not_understood", ("assign", "b1", "-", "--always"), "收回认领不能加 --always"),
        (1, "refused", ("assign", "b2", "闲鱼"), "b2 不是进账，也不是退给买家的钱"),
        (2, "not_understood", ("--from", "11-22", "--to", "11-01"), "比 --from"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_changes_nothing(
    refused: Refused, code: int, word: str, arguments: tuple[str, ...], said: str
) -> None:
    """One sentence, one hint, the store as it was."""
    bring(PACKET, SPENT)

    assert said in refused(code, word, "bills", *arguments)
