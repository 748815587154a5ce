"""`xianke spend`: what was paid for platforms, deposits, and whether it has come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from xianke import store

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Refused = Callable[..., str]
Screen = Callable[..., str]
Stored = Callable[[], dict[str, list[tuple[object, ...]]]]

HELMET: Document = {
    "id": "c1", "day": "2026-11-22", "platform": "meituan_zhongbao", "amount_fen": 19_950,
    "kind": "plain", "returned_day": None, "returned_fen": None, "note": "头盔 和箱子",
}  # fmt: skip
DEPOSIT: Document = {
    **HELMET, "id": "c2", "day": "2026-11-20", "platform": "shansong", "amount_fen": 30_000,
    "kind": "deposit", "note": None,
}  # fmt: skip


@pytest.fixture
def two(run: Run) -> None:
    """Buy a helmet and pay a deposit."""
    run("spend", "美团众包", "199.5", "--note", " 头盔  和箱子 ")
    run("spend", "闪送", "300", "--deposit", "--at", "11-20")


@pytest.fixture
def refund(run: Run) -> None:
    """Pay a buyer back, as a row of a bill has it."""
    with store.write("import", "", datetime(2026, 11, 22)) as db:
        batch = db.insert("batch", {"at": "2026-11-22", "source": "alipay", "files": "编的.csv"})
        text = dict.fromkeys(("counterparty", "item", "kind", "status", "note"), "编的")
        row = db.insert(
            "bill_row",
            {
                **text, "batch_id": batch, "key": "1", "account": "编的", "at": "2026-11-21",
                "direction": "out", "amount_fen": 500, "verdict": "refund",
                "assigned": "xianyu", "assigned_by": "user",
            },
        )  # fmt: skip
        db.insert(
            "spend",
            {
                "day": "2026-11-21", "platform": "xianyu", "amount_fen": 500, "kind": "refund",
                "bill_row_id": row,
            },
        )  # fmt: skip


# What is paid


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        (["美团众包", "199.5", "--note", " 头盔  和箱子 "], {}),
        (["mtzb", "￥199.50", "--at", "昨天"], {"day": "2026-11-21", "note": None}),
        (
            ["闪送", "199.5元", "--deposit"],
            {"platform": "shansong", "kind": "deposit", "note": None},
        ),
    ],
)
def test_a_spend_is_stored_as_it_is_said(run: Run, words: list[str], changes: Document) -> None:
    """By any name of the platform, today unless said otherwise."""
    wanted = {**HELMET, **changes}

    read: Document = {"warnings": []} if "--note" in words else {}
    assert run("spend", *words, "--json").data == {**wanted, **read}
    assert run("spend", "--json").data["spends"] == [wanted]


def test_clients_cost_money_as_well(run: Run) -> None:
    """Material for somebody private."""
    run("log", "王阿姨", "80", "--new")

    assert run("spend", "王阿姨", "12", "--json").data["platform"] == "wangayi"


@pytest.mark.usefixtures("two")
def test_spends_are_listed_with_what_they_have_brought(run: Run) -> None:
    """Oldest first; deposits have no pay-back, what is not known is null."""
    assert run("spend", "--json").data == {
        "spends": [DEPOSIT, HELMET],
        "payback": [
            {
                "platform": "meituan_zhongbao", "name": "美团众包", "spent_fen": 19_950,
                "net_fen": 0, "gigs": 0, "mean_net_fen": None, "gigs_needed": None,
                "paid_back_on": None,
            }
        ],
    }  # fmt: skip


@pytest.mark.usefixtures("two")
def test_gigs_pay_back_what_was_spent(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many more like those; then the day on which the net has reached it."""
    run("log", "美团众包", "70", "--cost", "10", "--at", "昨天")
    run("log", "美团众包", "70", "--cost", "10")

    (halfway,) = run("spend", "--json").data["payback"]
    line = "  美团众包：花了 ￥199.50，之后 1 单净得 ￥60.00，照这样再做 3 单回本"
    assert line in run("spend").out.splitlines()
    monkeypatch.setenv("XIANKE_NOW", "2026-11-25T10:00:00+08:00")
    run("log", "美团众包", "139.50")
    (paid,) = run("spend", "--json").data["payback"]

    assert (halfway["net_fen"], halfway["gigs"], halfway["gigs_needed"]) == (6_000, 1, 3)
    assert halfway["paid_back_on"] is None
    assert (paid["net_fen"], paid["gigs_needed"], paid["paid_back_on"]) == (
        19_950,
        0,
        "2026-11-25",
    )
    assert "11-25 周三 已回本" in run("spend").out


def test_nothing_was_paid_yet(run: Run) -> None:
    """Empty lists for programs, an example for people."""
    assert run("spend", "--json").data == {"spends": [], "payback": []}
    assert run("spend").out.splitlines() == [
        "还没有记过给平台花的钱。",
        "→ 从这里开始：xianke init（最多十个问题）",
        "→ 记一笔：xianke spend 美团众包 199 --note 头盔",
    ]


# What comes back


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("words", "day", "returned_fen"),
    [
        ([], "2026-11-22", 30_000),
        (["--amount", "250"], "2026-11-22", 25_000),
        (["--amount", "0", "--at", "11-20"], "2026-11-20", 0),
        (["--at", "昨天"], "2026-11-21", 30_000),
    ],
)
def test_a_deposit_comes_back(run: Run, words: list[str], day: str, returned_fen: int) -> None:
    """In whole unless said otherwise; what is missing is a cost of that day, no more is owed."""
    found = run("spend", "returned", "c2", *words, "--json").data

    assert found == {**DEPOSIT, "returned_day": day, "returned_fen": returned_fen}
    assert run("owed", "--json").data["deposit_fen"] == 0
    report = run("report", "--from", day, "--to", day, "--json").data
    costs = {row["key"]: row["cost_fen"] for row in report["rows"]}
    assert costs.get("shansong", 0) == 30_000 - returned_fen


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    "words",
    [
        ["spend", "蜂鸟", "5"],
        ["spend", "returned", "2"],
        ["spend", "returned", "C2", "--amount", "1"],
        ["spend", "rm", "c1"],
        ["spend", "rm", "c2"],
    ],
)
def test_every_change_can_be_taken_back(run: Run, stored: Stored, words: list[str]) -> None:
    """The store is as it was before."""
    before = stored()
    assert run(*words).code == 0
    assert stored() != before

    assert run("undo").code == 0
    assert stored() == before


@pytest.mark.usefixtures("two")
def test_undo_says_what_it_was(run: Run) -> None:
    """Which spend of which platform."""
    run("spend", "returned", "c2")
    run("spend", "rm", "c1")

    said = [run("undo").out.splitlines()[0] for _step in range(4)]

    assert said == [
        "撤销了：删开支 c1 美团众包 199.50",
        "撤销了：退回押金 c2 闪送（闪送员） 300.00",
        "撤销了：记开支 c2 闪送（闪送员） 300.00",
        "撤销了：记开支 c1 美团众包 199.50",
    ]


# The screen


@pytest.mark.usefixtures("two", "refund")
def test_the_screen_lists_them(run: Run, screen: Screen) -> None:
    """What each is, in words; the next steps below."""
    run("spend", "闪送", "100", "--deposit", "--at", "11-01")
    run("spend", "returned", "c4", "--amount", "40")

    lines = screen("spend").splitlines()

    assert [line.split() for line in lines[2:6]] == [
        ["c4", "11-01", "周日", "闪送（闪送员）", "100.00", "押金，退了", "40.00"],
        ["c2", "11-20", "周五", "闪送（闪送员）", "300.00", "押金，没退"],
        ["c3", "11-21", "周六", "闲鱼", "5.00", "退给买家的"],
        ["c1", "11-22", "周日", "美团众包", "199.50", "开支", "头盔", "和箱子"],
    ]
    assert lines[6:] == [
        "",
        "回本没有（开支和之后做的单；押金不算）",
        "  美团众包：花了 ￥199.50，之后 0 单净得 ￥0.00，多久回本还不知道",
        "",
        "→ 押金退了：xianke spend returned c2",
        "→ 记错了：xianke spend rm c1",
    ]


def test_what_was_done_is_said(run: Run) -> None:
    """And what it means for the figures."""
    said = [
        run(*words).out.splitlines()
        for words in (
            ("spend", "美团众包", "199.5"),
            ("spend", "闪送", "300", "--deposit"),
            ("spend", "returned", "c2", "--amount", "250"),
            ("spend", "rm", "c1"),
        )
    ]

    assert said == [
        [
            "记下了 c1：给美团众包 ￥199.50，11-22 周日",
            "  算这个平台的成本，不分摊到哪一单。",
            "→ 看回本没有：xianke spend（记错了：xianke undo）",
        ],
        [
            "记下了 c2：闪送（闪送员） 押金 ￥300.00，11-22 周日",
            "  押金不算成本；没退之前在 xianke owed 里。",
            "→ 押金退了：xianke spend returned c2",
        ],
        [
            "押金 c2 退回 ￥250.00：闪送（闪送员），11-22 周日",
            "  少退的 ￥50.00 从这天起算成给这个平台的开支。",
            "→ 看还欠什么：xianke owed（弄错了：xianke undo）",
        ],
        ["删掉了 c1：美团众包 ￥199.50，11-22 周日", "→ 删错了就 xianke undo"],
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_keeps_within_eighty_columns(
    run: Run, screen: Screen, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Long names and notes wrap; of many spends the latest twenty are shown."""
    name = "某某小区三期业主互助跑腿与代取快递群（周末限定）"
    run("log", name, "5", "--new")
    for number in range(1, 24):
        run("spend", name, "1234567.89", "--note", f"第 {number} 次，\x1b[2J 保温箱加一副手套")
    monkeypatch.setenv("XIANKE_LANG", language)

    out = screen("spend")

    assert "\x1b[2J" not in out
    assert ("c4 " in out, "c3 " in out) == (True, False)


# What is refused


@pytest.mark.usefixtures("two", "refund")
@pytest.mark.parametrize(
    ("words", "code", "word", "quoted"),
    [
        (["没有这个", "5"], 3, "not_found", "「没有这个」"),
        (["闲鱼"], 2, "not_understood", "金额"),
        (["闲鱼", "五块"], 2, "not_understood", "「五块」"),
        (["闲鱼", "0"], 2, "not_understood", "「0」"),
        (["闲鱼", "5", "6"], 2, "not_understood", "「6」"),
        (["闲鱼", "5", "--at", "明天"], 2, "not_understood", "2026-11-23"),
        (["闲鱼", "5", "--at", "昨天 14:00"], 2, "not_understood", "「14:00」"),
        (["闲鱼", "5", "--amount", "5"], 2, "not_understood", "--amount"),
        (["--deposit"], 2, "not_understood", "--deposit"),
        (["--note", "头盔"], 2, "not_understood", "--note"),
        (["returned"], 2, "not_understood", "编号"),
        (["rm"], 2, "not_understood", "编号"),
        (["returned", "c2", "5"], 2, "not_understood", "「5」"),
        (["returned", "c2", "--amount", "300.01"], 2, "not_understood", "￥300.01"),
        (["returned", "c2", "--amount=-1"], 2, "not_understood", "「-1」"),
        (["returned", "c2", "--at", "11-19"], 2, "not_understood", "2026-11-19"),
        (["returned", "c2", "--at", "明天"], 2, "not_understood", "2026-11-23"),
        (["returned", "c2", "--deposit"], 2, "not_understood", "--deposit"),
        (["returned", "c2", "--note", "x"], 2, "not_understood", "--note"),
        (["returned", "c1"], 1, "refused", "c1"),
        (["returned", "c99"], 3, "not_found", "「c99」"),
        (["returned", "g2"], 3, "not_found", "「g2」"),
        (["rm", "c3"], 1, "refused", "c3"),
        (["rm", "c99"], 3, "not_found", "「c99」"),
        (["rm", "c1", "--at", "昨天"], 2, "not_understood", "--at"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    refused: Refused, words: list[str], code: int, word: str, quoted: str
) -> None:
    """Quoting the word, with a way on; nothing is changed."""
    assert quoted in refused(code, word, "spend", *words)


@pytest.mark.usefixtures("two")
def test_a_deposit_comes_back_once(run: Run, refused: Refused) -> None:
    """Also when only a part of it did."""
    run("spend", "returned", "c2", "--amount", "250", "--at", "昨天")

    assert "2026-11-21" in refused(1, "refused", "spend", "returned", "c2")
