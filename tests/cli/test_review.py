"""`import --review` on a real terminal: single keys, each decision stored at once, nothing lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.waiting import Entry, bring

from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

if sys.platform == "win32":
    pytest.skip("no pseudo terminal there", allow_module_level=True)

import pexpect

COLUMNS, LINES = 80, 60
KEYS = "q 结束\r\n> "
"""What stands on the screen when a key is waited for."""

STUDENT = Entry("王同学", 48_000, "2026-11-10 19:00:00", "家教课时费", "转账")
FRIEND = Entry("表姐", 6_666, "2026-11-09 20:00:00", kind="微信红包")
ORDERS = tuple(
    Entry(
        f"n***{number}", 30_000 - number, "2026-11-11 18:00:00", "二手显示器", "收入",
        account="alipay:me", merchant_number=f"T200P000{number}",
    )
    for number in range(3)
)  # fmt: skip


class Sitting:
    """A review on a terminal of its own, with an echo where the terminal does it."""

    def __init__(self, *arguments: str, **changes: str) -> None:
        kept = {name: text for name, text in os.environ.items() if name != "XIANKE_DEBUG"}
        self.text = ""
        self.child: Any = pexpect.spawn(  # Any: the library has no types
            "/bin/sh",
            # Whatever ends the review, the terminal's settings are told afterwards.
            ["-c", 'trap : INT; "$@"; echo "code $?"; stty -a', "sh", sys.executable, "-m",
             "xianke", *(arguments or ("import", "--review"))],
            env={**kept, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **changes},
            encoding="utf-8",
            dimensions=(LINES, COLUMNS),
            timeout=30,
        )  # fmt: skip

    def wait_for(self, text: str) -> str:
        """Read until *text* has come, and return what came before it."""
        self.child.expect_exact(text)
        self.text += self.child.before + text
        before: str = self.child.before
        return before

    def press(self, key: str, until: str = KEYS) -> str:
        """Press a key and return what it made appear, up to the next question."""
        self.child.send(key)
        return self.wait_for(until)

    def finish(self, key: str = "") -> int:
        """Press a last key, read to the end and return the exit code of the review."""
        self.child.send(key)
        self.wait_for("code ")
        self.child.expect(pexpect.EOF)
        settings = self.child.before
        self.child.close()
        assert " icanon" in settings
        assert " echo " in settings
        return int(settings.split()[0])

    @property
    def lines(self) -> list[str]:
        """Return everything that was shown."""
        return self.text.replace("\r", "").split("\n")


Sit = Callable[..., Sitting]


@pytest.fixture
def sit() -> Iterator[Sit]:
    """Sit down at a terminal, which is gone after the test, however it ends."""
    opened: list[Sitting] = []

    def call(*arguments: str, **changes: str) -> Sitting:
        opened.append(Sitting(*arguments, **changes))
        return opened[-1]

    yield call
    for sitting in opened:
        sitting.child.close(force=True)


def _whose(run: Run) -> dict[str, tuple[str | None, str | None]]:
    rows = run("bills", "--all", "--json").data["rows"]
    return {row["id"]: (row["assigned"], row["assigned_by"]) for row in rows}


def _own_rules(run: Run) -> list[tuple[str, str, str]]:
    return [
        (one["id"], one["target"], one["origin"])
        for one in run("rules", "--json").data["rules"]
        if one["origin"] != "shipped"
    ]


# What is shown


def test_a_case_shows_who_what_when_and_whose_it_may_be(sit: Sit) -> None:
    """The largest sum first; the keys beneath; 80 columns."""
    bring(FRIEND, Entry("表姐", 100, "2025-12-31", "饭钱", "转账"), ORDERS[0])

    session = sit()
    first = session.wait_for(KEYS)
    second = session.press("s")
    code = session.finish("q")

    assert first.splitlines() == [
        "按一个键就算，不用回车；按错了按 u；各键的意思按 ?",
        "",
        "── 还有 2 个 " + "─" * 67,
        "n***0：1 笔，共 ￥300.00",
        "  11-11  300.00  二手显示器",
        "  可能是闲鱼 70%：订单号是闲鱼或淘宝的：在闲鱼卖的吗？",
        "回车 闲鱼  p 私人  n 新客户  / 找平台  a 以后都这样：关  s 跳过  u 撤回",
    ]
    assert second.splitlines()[2:] == [
        "── 还有 1 个 " + "─" * 67,
        "表姐：2 笔，共 ￥67.66",
        "  2025-12-31   1.00  饭钱",
        "  11-09       66.66  微信红包",
        "  可能是私人 55%：私人转账：亲友，还是客户？",
        "回车 私人  p 私人  n 新客户  / 找平台  e 逐笔  a 以后都这样：关  s 跳过",
        "u 撤回  ",
    ]
    assert code == 0
    assert [line for line in session.lines if width(line) > COLUMNS] == []


def test_nothing_waits(sit: Sit) -> None:
    """Then it says so, and ends."""
    session = sit()

    assert session.finish() == 0
    assert "没有等着认领的进账。" in session.text


def test_it_needs_a_terminal(run: Run) -> None:
    """A script is told what to use."""
    bring(FRIEND)

    result = run("import", "--review")

    assert result.code == 1
    assert "xianke bills assign b12 平台" in result.err


def test_it_speaks_english(sit: Sit, run: Run) -> None:
    """The keys are the same."""
    bring(STUDENT)

    session = sit(XIANKE_LANG="en")
    session.wait_for("q leave\r\n> ")
    code = session.finish("p")

    assert code == 0
    assert _whose(run) == {"b1": ("private", "user")}
    assert [line for line in session.lines if width(line) > COLUMNS] == []


# Keys


def test_enter_takes_the_proposal(sit: Sit, run: Run) -> None:
    """One key for one case; at the end the sums, and what comes next."""
    bring(FRIEND, ORDERS[0])

    session = sit()
    session.wait_for(KEYS)
    session.press("\r")
    code = session.finish("\r")

    assert code == 0
    assert _whose(run) == {"b1": ("private", "user"), "b2": ("xianyu", "user")}
    assert session.text.replace("\r", "").endswith(
        "\n闲鱼：1 笔，共 ￥300.00\n私人：1 笔，共 ￥66.66\n"
        "→ 把到账的钱对到单上：xianke payouts explain\ncode "
    )


def test_enter_takes_nothing_where_nothing_is_proposed(sit: Sit, run: Run) -> None:
    """It says what to press instead, as for any other key without a meaning."""
    bring(Entry())

    session = sit()
    session.wait_for(KEYS)
    answered = session.press("\r") + session.press("x") + session.press("\x1b[A" + "7")
    code = session.finish("q")

    assert "没有建议可取" in answered
    assert answered.count("没有这个键") == 2
    assert code == 0
    assert _whose(run) == {"b1": (None, None)}


def test_a_question_mark_says_what_the_keys_do(sit: Sit, run: Run) -> None:
    """Only numbers that stand for somebody are named, and nothing is decided by asking."""
    bring(STUDENT)
    run("log", "闲鱼", "10", "--status", "delivered")

    session = sit()
    session.wait_for(KEYS)
    answered = session.press("?")
    code = session.finish("q")

    assert "1：归这个数字后面的平台或客户" in answered
    assert "1-5" not in session.text
    assert "u：撤回上一个" in answered
    assert code == 0
    assert _whose(run) == {"b1": (None, None)}


def test_numbers_are_the_usual_targets(sit: Sit, run: Run) -> None:
    """The most used platform first; whoever is new in this sitting joins them."""
    for amount in ("10", "20"):
        run("log", "知乎", amount)
    run("log", "闲鱼", "30")
    bring(Entry("甲", 300), Entry("乙", 200), Entry("丙", 100))

    session = sit()
    first = session.wait_for(KEYS)
    session.press("2")
    third = session.press("n", until="）：") + session.press("\r")
    code = session.finish("3")

    assert "1 知乎（盐选/盐言、好物）  2 闲鱼  p 私人" in first
    assert "2 闲鱼  3 乙  p 私人" in third
    assert code == 0
    assert _whose(run) == {"b3": ("yi", "user"), "b2": ("yi", "user"), "b1": ("xianyu", "user")}


def test_a_new_client_is_named_by_the_payer_or_anew(sit: Sit, run: Run) -> None:
    """With the kind of work that the payment hints at; a masked payer has no name to offer."""
    bring(STUDENT, Entry("李**", 2_500, kind="二维码收款"))

    session = sit()
    session.wait_for(KEYS)
    session.press("n", until="新客户的名字（回车就叫「王同学」）：")
    session.press("\r")
    session.press("n", until="新客户的名字：")
    code = session.finish("李阿姨\r")

    assert code == 0
    found = {
        one["name"]: one["category"]
        for name in ("王同学", "李阿姨")
        for one in run("platforms", "--search", name, "--json").data["platforms"]
    }
    assert found == {"王同学": "knowledge_teaching", "李阿姨": None}
    assert _whose(run) == {"b1": ("wangtongxue", "user"), "b2": ("liayi", "user")}


def test_a_name_left_empty_leaves_the_case_open(sit: Sit, run: Run) -> None:
    """Also at the end of input."""
    bring(Entry("李**", 2_500))

    session = sit()
    session.wait_for(KEYS)
    session.press("n", until="名字：")
    session.press("\r")
    session.press("/", until="客户：")
    session.press("\x04")
    code = session.finish("q")

    assert code == 0
    assert _whose(run) == {"b1": (None, None)}


def test_a_platform_is_found_by_name(sit: Sit, run: Run) -> None:
    """At once where there is one, by number where there are several, not at all otherwise."""
    bring(Entry("甲", 400), Entry("乙", 300), Entry("丙", 200))

    session = sit()
    session.wait_for(KEYS)
    session.press("/", until="客户：")
    session.press("小红书\r")
    session.press("/", until="客户：")
    listed = session.press("众包\r", until="放弃）：")
    given_up = session.press("x")
    session.press("/", until="客户：")
    session.press("众包\r", until="放弃）：")
    session.press("1")
    session.press("/", until="客户：")
    unknown = session.press("从没听说过\r")
    code = session.finish("q")

    assert "  1. " in listed
    assert "没有选" in given_up
    assert "没有找到；是新客户就按 n" in unknown
    assert code == 0
    whose = _whose(run)
    assert whose["b1"] == ("xiaohongshu", "user")
    assert whose["b2"][0] is not None
    assert whose["b3"] == (None, None)


def test_rows_of_one_payer_can_be_decided_one_by_one(sit: Sit, run: Run) -> None:
    """Two things of one payer are two decisions."""
    bring(Entry("甲", 300, item="稿费"), Entry("甲", 200, "2026-11-11", "饭钱", "转账"))

    session = sit()
    mixed = session.wait_for(KEYS)
    single = session.press("e")
    refused = session.press("e")
    session.press("p")
    code = session.finish("\r")

    assert "这几笔看起来不是一回事：按 e 逐笔看" in mixed
    assert "甲：1 笔，共 ￥3.00" in single
    assert "没有这个键" not in refused
    assert "这里只有一笔" in refused
    assert code == 0
    assert _whose(run) == {"b1": ("private", "user"), "b2": ("private", "user")}


def test_always_takes_along_what_still_waits(sit: Sit, run: Run) -> None:
    """One masked buyer decides for all of them, and the rule stays."""
    bring(*ORDERS, FRIEND)

    session = sit()
    session.wait_for(KEYS)
    switched = session.press("a")
    taken = session.press("\r")
    code = session.finish("q")

    assert "以后都这样：开" in switched
    assert "以后都这样，规则 xianyu_order：「T200P」" in taken
    assert "照这条规则又归了 2 笔，共 ￥599.97" in taken
    assert "还有 1 个" in taken
    assert "以后都这样：关" in taken
    assert code == 0
    assert _whose(run) == {
        "b1": ("xianyu", "user"),
        "b2": ("xianyu", "rule"),
        "b3": ("xianyu", "rule"),
        "b4": (None, None),
    }
    assert _own_rules(run) == [("xianyu_order", "xianyu", "user")]


def test_always_does_not_slip_into_the_next_case(sit: Sit, run: Run) -> None:
    """It was meant for the one that was skipped."""
    bring(Entry("甲", 300), Entry("乙", 200))

    session = sit()
    session.wait_for(KEYS)
    session.press("a")
    session.press("s")
    code = session.finish("p")

    assert code == 0
    assert _own_rules(run) == [("r1", "private", "learned")]


def test_always_without_a_name_holds_this_once(sit: Sit, run: Run) -> None:
    """It is decided all the same, and says that no rule came of it."""
    bring(Entry("李**", 2_500))

    session = sit()
    session.wait_for(KEYS)
    session.press("a")
    code = session.finish("p")

    assert "没有可以认人的名字，记不成规则，只定这一次" in session.text
    assert code == 0
    assert _whose(run) == {"b1": ("private", "user")}
    assert _own_rules(run) == []


def test_a_refund_is_shown_as_what_it_is(sit: Sit, run: Run) -> None:
    """What was paid back is no income of the same name."""
    bring(Entry("小刘", 300), Entry("小刘", 100, item="退货", verdict="refund", direction="out"))

    session = sit()
    first = session.wait_for(KEYS)
    second = session.press("p")
    code = session.finish("q")

    assert "小刘：1 笔，共 ￥3.00" in first
    assert "小刘：1 笔，共 -￥1.00" in second
    assert "这是你退给买家的钱：归到平台，就是那里的成本。" in second
    assert code == 0
    assert _whose(run) == {"b1": ("private", "user"), "b2": (None, None)}


@pytest.mark.parametrize(("answer", "done"), [("y", True), ("", False)])
def test_rules_are_applied_once_somebody_says_yes(
    sit: Sit, run: Run, answer: str, done: bool
) -> None:
    """On a terminal the preview ends with a question."""
    bring(Entry("", item="工资"))

    session = sit("rules", "apply")
    session.wait_for("[y/N] ")
    code = session.finish(f"{answer}\r")

    assert code == 0
    assert _whose(run) == {"b1": ("private", "rule") if done else (None, None)}


# Taking back, stopping


def test_the_last_decision_is_taken_back(sit: Sit, run: Run) -> None:
    """Also a case that was only skipped; before the first there is nothing."""
    bring(Entry("甲", 300), Entry("乙", 200))

    session = sit()
    session.wait_for(KEYS)
    nothing = session.press("u")
    session.press("p")
    session.press("s", until="还没认领的有 1 笔，共 ￥2.00")
    first = _whose(run)
    code = session.finish()
    again = sit()
    again.wait_for(KEYS)
    again.press("p", until="私人：")
    again.finish()

    assert "还没有可以撤回的" in nothing
    assert code == 0
    assert first == {"b1": ("private", "user"), "b2": (None, None)}
    assert _whose(run) == {"b1": ("private", "user"), "b2": ("private", "user")}


def test_going_back_and_deciding_otherwise(sit: Sit, run: Run) -> None:
    """Skips and decisions come back one by one, in the order in which they went."""
    bring(Entry("甲", 300), Entry("乙", 200), Entry("丙", 100))

    session = sit()
    session.wait_for(KEYS)
    session.press("p")
    session.press("s")
    back_to_second = session.press("u")
    back_to_first = session.press("u")
    whose = _whose(run)
    session.press("s")
    session.press("p")
    code = session.finish("q")

    assert "乙：1 笔" in back_to_second
    assert "甲：1 笔" in back_to_first
    assert set(whose.values()) == {(None, None)}
    assert code == 0
    assert _whose(run) == {"b3": (None, None), "b2": ("private", "user"), "b1": (None, None)}
    assert run("undo").out.splitlines()[0] == "撤销了：认领 私人 2.00"


def test_somebody_elses_change_is_not_taken_back(sit: Sit, run: Run) -> None:
    """Another window has written meanwhile: the review says so and leaves it alone."""
    bring(Entry("甲", 300), Entry("乙", 200), Entry("丙", 100))

    session = sit()
    session.wait_for(KEYS)
    session.press("p")
    run("bills", "assign", "b3", "闲鱼")
    said = session.press("u")
    session.press("p", until="私人：2 笔")
    code = session.finish()

    assert "这之后别处又改过数据" in said
    assert code == 0
    assert _whose(run)["b3"] == ("xianyu", "user")


def test_each_decision_is_an_entry_of_its_own(sit: Sit, run: Run) -> None:
    """Undo goes back through the sitting, decision by decision."""
    bring(Entry("甲", 300), Entry("乙", 200))
    session = sit()
    session.wait_for(KEYS)
    session.press("p")
    session.finish("p")

    undone = [run("undo").out.splitlines()[0] for _time in range(2)]

    assert undone == ["撤销了：认领 私人 2.00", "撤销了：认领 私人 3.00"]
    assert set(_whose(run).values()) == {(None, None)}


@pytest.mark.parametrize("asked", [False, True], ids=["at a key", "at a line"])
def test_ctrl_c_loses_nothing(sit: Sit, run: Run, asked: bool) -> None:
    """What was decided stays, the terminal is as before, and the exit code says 130."""
    bring(Entry("甲", 300), Entry("乙", 200))

    session = sit()
    session.wait_for(KEYS)
    session.press("p")
    if asked:
        session.press("n", until="）：")
    session.child.sendintr()
    code = session.finish()

    assert "停下了。定过的都已经记好。" in session.text
    assert "Traceback" not in session.text
    assert code == 130
    assert _whose(run) == {"b1": ("private", "user"), "b2": (None, None)}


def test_the_end_of_input_is_a_way_to_leave(sit: Sit, run: Run) -> None:
    """Ctrl-D is q."""
    bring(Entry("甲", 300))

    session = sit()
    session.wait_for(KEYS)

    assert session.finish("\x04") == 0
    assert _whose(run) == {"b1": (None, None)}


def test_what_is_typed_ahead_is_not_lost(sit: Sit, run: Run) -> None:
    """Fast fingers, also into the line of a search."""
    bring(Entry("甲", 400), Entry("乙", 300), Entry("丙", 200), Entry("丁", 100))

    session = sit()
    session.wait_for(KEYS)
    session.child.send("p/小红书\rn张三丰\rq")
    code = session.finish()

    assert code == 0
    assert _whose(run) == {
        "b1": ("private", "user"),
        "b2": ("xiaohongshu", "user"),
        "b3": ("zhangsanfeng", "user"),
        "b4": (None, None),
    }


def test_a_fault_leaves_the_terminal_as_it_was(sit: Sit, run: Run) -> None:
    """The store is taken away in the middle: a sentence, an exit code, and an echo."""
    from xianke import settings

    bring(Entry("甲", 300), Entry("乙", 200))

    session = sit()
    session.wait_for(KEYS)
    settings.database_path().write_bytes(b"this is no store any more" * 50)
    for beside in settings.database_path().parent.glob("*-wal"):
        beside.unlink()

    said = session.press("p")
    code = session.finish("q")

    assert "没记：" in said
    assert code == 5
