"""`xianke start` and `xianke stop`: a stopwatch that becomes a gig."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Refused = Callable[..., str]
Stored = Callable[[], dict[str, list[tuple[object, ...]]]]
Clock = Callable[[str], None]

NOTHING: Document = {
    "platform": None, "name": None, "category": None, "started_at": None, "minutes": None,
    "note": None,
}  # fmt: skip
RIDE: Document = {
    "platform": "meituan_zhongbao", "name": "美团众包", "category": None,
    "started_at": "2026-11-22T10:00:00+08:00", "minutes": 0, "note": None,
}  # fmt: skip


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return what sets the clock: `18:30:05` of the day, or `23 08:00` of another one."""

    def turn(text: str) -> None:
        day, _blank, time = f"22 {text}".rpartition(" ")
        monkeypatch.setenv("XIANKE_NOW", f"2026-11-{day[-2:]}T{time}+08:00")

    return turn


@pytest.fixture
def started(run: Run) -> None:
    """Start to deliver at ten."""
    assert run("start", "美团众包").code == 0


# Starting


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        (["mtzb"], {}),
        (["美团众包", "--at", "9:20"], {"started_at": "2026-11-22T09:20:00+08:00", "minutes": 40}),
        (
            ["美团众包", "--at", "昨天 22:00"],
            {"started_at": "2026-11-21T22:00:00+08:00", "minutes": 720},
        ),
        (
            ["美团众包", "--at", "20分钟前"],
            {"started_at": "2026-11-22T09:40:00+08:00", "minutes": 20},
        ),
        (
            ["美团众包", "--category", "顺风车", "--note", " 雨  天 "],
            {"category": "ride_hailing", "note": "雨 天"},
        ),
    ],
)
def test_a_stopwatch_is_started(run: Run, words: list[str], changes: Document) -> None:
    """Now, or at a clock time that is over; it says where it stands until it is stopped."""
    wanted = {**RIDE, **changes}

    read: Document = {"warnings": []} if "--note" in words else {}
    assert run("start", *words, "--json").data == {**wanted, **read}
    assert run("start", "--json").data == wanted


def test_nothing_runs(run: Run) -> None:
    """Nulls for programs, an example for people."""
    assert run("start", "--json").data == NOTHING
    assert run("start").out.splitlines() == [
        "没有在计时。",
        "→ 从这里开始：xianke init（最多十个问题）",
        "→ 开始：xianke start 美团众包",
    ]


@pytest.mark.usefixtures("started")
def test_it_runs_on_while_nothing_runs(run: Run, clock: Clock) -> None:
    """It is only an instant in the store: whole minutes, a minute that was begun is spent."""
    clock("11:19:01")

    assert run("start", "--json").data == {**RIDE, "minutes": 80}
    assert run("start").out.splitlines() == [
        "正在做：美团众包，已 1:20",
        "  11-22 10:00 开始的",
        "→ 做完了：xianke stop 金额；不记了：xianke stop --discard",
    ]


def test_a_start_is_said(run: Run) -> None:
    """Also that a client is new."""
    assert run("start", "王阿姨", "--new", "--at", "9:30").out.splitlines() == [
        "添了新客户「王阿姨」（wangayi）",
        "开始计时：王阿姨，从 11-22 09:30 起",
        "→ 做完了：xianke stop 金额；不记了：xianke stop --discard",
    ]


@pytest.mark.usefixtures("started")
def test_there_is_one_stopwatch(refused: Refused) -> None:
    """A second one is refused with the name of the first and how to end it."""
    said = refused(4, "conflict", "start", "闲鱼")

    assert "美团众包" in said and "11-22 10:00" in said
    assert "xianke stop 金额" in said and "xianke stop --discard" in said


@pytest.mark.parametrize(
    ("words", "code", "word", "quoted"),
    [
        (["没有这个"], 3, "not_found", "「没有这个」"),
        (["闲鱼", "--category", "没有这个"], 3, "not_found", "「没有这个」"),
        (["闲鱼", "--at", "明天 9:00"], 2, "not_understood", "「明天 9:00」"),
        (["闲鱼", "--at", "10:01"], 2, "not_understood", "「10:01」"),
        (["闲鱼", "--at", "昨天"], 2, "not_understood", "「昨天」"),
        (["闲鱼", "--at", "某时"], 2, "not_understood", "「某时」"),
        (["--at", "9:00"], 2, "not_understood", "平台"),
        (["--new"], 2, "not_understood", "平台"),
    ],
)
def test_what_cannot_be_started_is_refused(
    refused: Refused, words: list[str], code: int, word: str, quoted: str
) -> None:
    """Quoting the word; nothing runs."""
    assert quoted in refused(code, word, "start", *words)


# Stopping


@pytest.mark.usefixtures("started")
def test_a_stopwatch_becomes_a_gig(run: Run, clock: Clock) -> None:
    """With day and start of the start, its minutes rounded up, and all that `log` takes."""
    clock("11:30:01")

    found = run(
        "stop", "88.1", "--unpaid", "11", "--count", "17", "--fee", "1", "--cost", "2", "--tax",
        "3", "--status", "delivered", "--due", "11-30", "--rating", "5", "--note", "雨天", "--json",
    ).data  # fmt: skip

    assert found.pop("warnings") == []
    assert found == {
        "id": "g1", "platform": "meituan_zhongbao", "category": "delivery_errand",
        "day": "2026-11-22", "start": "2026-11-22T10:00:00+08:00", "orders": 17,
        "worked_minutes": 80, "unpaid_minutes": 11, "gross_fen": 8_810, "agreed_fen": 8_810,
        "fee_fen": 100, "cost_fen": 200, "tax_fen": 300, "net_fen": 8_210,
        "net_fen_per_hour": 5_413, "status": "delivered", "due": "2026-11-30", "paid_at": None,
        "rating": 5, "note": "雨天",
    }  # fmt: skip
    assert run("gigs", "--json").data["gigs"] == [found]
    assert run("start", "--json").data == NOTHING


@pytest.mark.usefixtures("started")
def test_a_gig_is_paid_unless_said_otherwise(run: Run, clock: Clock) -> None:
    """Like one that is logged: the same words on the screen, the money received."""
    clock("10:40:00")

    lines = run("stop", "85").out.splitlines()

    assert lines[:2] == [
        "记下了 g1：美团众包 ￥85.00，11-22 周日 10:00",
        "  净得 ￥85.00，用时 0:40，合每小时 ￥127.50，已收款",
    ]
    assert run("report", "--json").data["received_fen"] == 8_500


def test_category_and_note_of_the_start_are_kept(run: Run, clock: Clock) -> None:
    """Unless another note is written at the end."""
    for words, note in (([], "早上"), (["--note", "晚上"], "晚上")):
        run("start", "闲鱼", "--category", "skill_service", "--note", "早上")
        found = run("stop", "5", *words, "--json").data
        assert (found["category"], found["note"]) == ("skill_service", note)


def test_work_past_midnight_belongs_to_the_day_it_began(run: Run, clock: Clock) -> None:
    """Day and start are those of the start."""
    clock("23:10:00")
    run("start", "闲鱼")
    clock("23 00:40:00")

    found = run("stop", "85", "--json").data

    assert (found["day"], found["start"], found["worked_minutes"]) == (
        "2026-11-22",
        "2026-11-22T23:10:00+08:00",
        90,
    )


@pytest.mark.parametrize(
    ("now", "words", "worked", "unpaid"),
    [
        ("10:00:00", [], 1, 0),  # a slip of the finger is a minute as well
        ("10:00:01", [], 1, 0),
        ("11:00:00", [], 60, 0),
        ("11:00:00", ["--unpaid", "20"], 40, 20),
        ("12:00:00", ["--at", "11:30"], 90, 0),
        ("12:00:00", ["--at", "11:30", "--unpaid", "0"], 90, 0),
        ("12:00:00", ["--minutes", "1小时20分"], 80, 0),
        ("12:00:00", ["--minutes", "80", "--unpaid", "200"], 80, 200),
        ("23 02:00:00", [], 960, 0),
        ("25 10:00:00", ["--at", "11-22 18:00"], 480, 0),
        ("25 10:00:00", ["--minutes", "480"], 480, 0),
    ],
)
@pytest.mark.usefixtures("started")
def test_minutes_are_measured_or_said(
    run: Run, clock: Clock, now: str, words: list[str], worked: int, unpaid: int
) -> None:
    """Unpaid ones are a part of what was measured; what is said comes before what was measured."""
    clock(now)

    found = run("stop", "85", *words, "--json").data

    assert (found["worked_minutes"], found["unpaid_minutes"]) == (worked, unpaid)
    assert found["start"] == "2026-11-22T10:00:00+08:00"


@pytest.mark.usefixtures("started")
def test_without_an_amount_the_gig_waits_for_it(run: Run, clock: Clock) -> None:
    """Accepted, worth nothing yet, with its minutes; the next step says how to add the money."""
    clock("11:20:00")

    result = run("stop")

    assert result.out.splitlines() == [
        "记下了 g1：美团众包，11-22 周日 10:00，用时 1:20，多少钱还不知道",
        "  状态先记成「已接」，不进报表。",
        "→ 知道了再补：xianke gigs edit g1 --amount 85 --status paid",
        "→ 或等账单：导入后 xianke payouts explain 按用时分摊",
    ]
    (gig,) = run("gigs", "--json").data["gigs"]
    assert (gig["status"], gig["gross_fen"], gig["worked_minutes"]) == ("accepted", 0, 80)
    assert run("report", "--json").data["total"]["gigs"] == 0
    edited = run("gigs", "edit", "g1", "--amount", "85", "--status", "paid", "--json").data
    assert (edited["net_fen"], edited["net_fen_per_hour"]) == (8_500, 6_375)


@pytest.mark.usefixtures("started")
def test_what_was_rejected_needs_no_amount(run: Run, clock: Clock) -> None:
    """It brought nothing, in all its minutes."""
    clock("11:20:00")

    found = run("stop", "--status", "rejected", "--json").data

    assert (found["status"], found["net_fen_per_hour"]) == ("rejected", 0)


@pytest.mark.usefixtures("started")
def test_a_stopwatch_can_be_dropped(run: Run, clock: Clock, stored: Stored) -> None:
    """No gig comes of it; undo sets it running again."""
    before = stored()
    clock("11:20:00")

    assert run("stop", "--discard").out.splitlines() == [
        "丢掉了这次计时：美团众包，1:20",
        "→ 弄错了就 xianke undo",
    ]

    assert (stored()["timer"], stored()["gig"]) == ([], [])
    assert run("undo").out.splitlines()[0] == "撤销了：丢掉计时 美团众包"
    assert stored() == before
    found = run("stop", "--discard", "--json").data
    assert found == {**RIDE, "minutes": 80, "discarded": True}


@pytest.mark.usefixtures("started")
def test_stop_and_start_can_be_taken_back(run: Run, clock: Clock, stored: Stored) -> None:
    """After undoing the stop the stopwatch runs again, after undoing the start it is gone."""
    before = stored()
    clock("11:20:00")
    run("stop", "85")

    assert run("undo").out.splitlines()[0] == "撤销了：停表记单 美团众包 85.00"
    assert stored() == before
    assert run("start", "--json").data == {**RIDE, "minutes": 80}
    assert run("undo").out.splitlines()[0] == "撤销了：开始计时 美团众包"
    assert run("start", "--json").data == NOTHING


# What cannot have been meant


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("words", [["85"], ["85", "--unpaid", "30"], []])
def test_who_forgot_to_stop_is_asked_for_the_time(
    clock: Clock, refused: Refused, words: list[str]
) -> None:
    """More than sixteen hours are not believed; it runs on."""
    clock("23 02:00:01")

    said = refused(1, "refused", "stop", *words)

    assert "11-22 10:00" in said
    assert "--minutes" in said and "--at" in said


@pytest.mark.usefixtures("started")
def test_a_clock_that_was_set_back_is_not_believed(
    run: Run, clock: Clock, refused: Refused
) -> None:
    """With the minutes told, the work lies in those before now."""
    clock("21 09:00:00")

    assert "--minutes" in refused(1, "refused", "stop", "85")
    found = run("stop", "85", "--minutes", "40", "--unpaid", "20", "--json").data

    assert found["start"] == "2026-11-21T08:00:00+08:00"
    assert (found["worked_minutes"], found["unpaid_minutes"]) == (40, 20)


def test_nothing_can_be_stopped(refused: Refused) -> None:
    """Where nothing runs, the way to begin is named, and the one without a stopwatch."""
    for words in ([], ["85"], ["--discard"]):
        said = refused(1, "refused", "stop", *words)
        assert "xianke start" in said and "xianke log" in said


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        (["八十"], "「八十」"),
        ([""], "「」"),
        (["85", "--unpaid", "80"], "80"),
        (["85", "--unpaid", "x"], "「x」"),
        (["85", "--minutes", "0"], "「0」"),
        (["85", "--at", "9:59"], "「9:59」"),
        (["85", "--at", "11:21"], "「11:21」"),
        (["85", "--at", "今天"], "「今天」"),
        (["85", "--status", "done"], "「done」"),
        (["--status", "paid"], "金额"),
        (["--status", "delivered"], "金额"),
        (["85", "--fee", "90"], "收入"),
        (["85", "--rating", "6"], "「6」"),
        (["85", "--discard"], "--discard"),
        (["--discard", "--note", "x"], "--discard"),
    ],
)
def test_a_slip_of_the_finger_stops_nothing(
    clock: Clock, refused: Refused, words: list[str], quoted: str
) -> None:
    """Exit 2, quoting the word; the stopwatch runs on."""
    clock("11:20:00")

    assert quoted in refused(2, "not_understood", "stop", *words)


# On a terminal


if sys.platform != "win32":
    import pexpect

    class Terminal:
        """One command on a terminal of its own; what it writes is kept in `text`."""

        def __init__(self, *arguments: str) -> None:
            self.text = ""
            kept = {name: text for name, text in os.environ.items() if name != "XIANKE_DEBUG"}
            self.child: Any = pexpect.spawn(  # Any: the library has no types
                sys.executable,
                ["-m", "xianke", *arguments],
                env={**kept, "TERM": "xterm", "PYTHONIOENCODING": "utf-8"},
                encoding="utf-8",
                dimensions=(50, 80),
                timeout=30,
            )

        def wait_for(self, text: str) -> None:
            """Read until *text* has come."""
            self.child.expect_exact(text)
            self.text += self.child.before + self.child.after

        def finish(self) -> int:
            """Read to the end and return the exit code."""
            self.child.expect(pexpect.EOF)
            self.text += self.child.before
            self.child.close()
            code: int = self.child.exitstatus
            return code

    Open = Callable[..., Terminal]

    @pytest.fixture
    def terminal(clock: Clock) -> Iterator[Open]:
        """Open terminals at twenty past eleven that are gone after the test."""
        opened: list[Terminal] = []

        def open_one(*arguments: str) -> Terminal:
            clock("11:20:00")
            opened.append(Terminal(*arguments))
            return opened[-1]

        yield open_one
        for one in opened:
            one.child.close(force=True)

    QUESTION = "美团众包 做了 80 分钟，总收入多少元（还不知道就回车）："

    @pytest.mark.usefixtures("started")
    def test_the_amount_is_asked_for(terminal: Open, run: Run) -> None:
        """Until it is understood."""
        session = terminal("stop")
        session.wait_for(QUESTION)
        session.child.sendline("八十五")
        session.wait_for("看不懂金额「八十五」")
        session.wait_for(QUESTION)
        session.child.sendline("85")

        assert session.finish() == 0
        (gig,) = run("gigs", "--json").data["gigs"]
        assert (gig["gross_fen"], gig["status"], gig["worked_minutes"]) == (8_500, "paid", 80)

    @pytest.mark.usefixtures("started")
    def test_an_empty_answer_is_not_known_yet(terminal: Open, run: Run) -> None:
        """The gig is there without its money."""
        session = terminal("stop")
        session.wait_for(QUESTION)
        session.child.sendline("")

        assert session.finish() == 0
        (gig,) = run("gigs", "--json").data["gigs"]
        assert (gig["gross_fen"], gig["status"]) == (0, "accepted")

    @pytest.mark.usefixtures("started")
    def test_ctrl_c_leaves_it_running(terminal: Open, stored: Stored) -> None:
        """Exit 130; nothing is changed."""
        before = stored()
        session = terminal("stop")
        session.wait_for(QUESTION)
        session.child.sendintr()

        assert session.finish() == 130
        assert stored() == before

    @pytest.mark.usefixtures("started")
    def test_nothing_is_asked_in_vain(terminal: Open, clock: Clock) -> None:
        """What is said beforehand is checked beforehand."""
        session = terminal("stop", "--unpaid", "80")

        assert session.finish() == 2
        assert "总收入多少元" not in session.text

    def test_a_new_client_is_asked_about(terminal: Open, run: Run) -> None:
        """As `log` does."""
        session = terminal("start", "王阿姨")
        session.wait_for("目录里没有「王阿姨」，当作新客户记下吗？")
        session.child.sendline("y")

        assert session.finish() == 0
        assert run("start", "--json").data["platform"] == "wangayi"


@pytest.mark.usefixtures("started")
def test_programs_read_the_same_in_english(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """All but the name."""
    chinese = run("start", "--json").data
    monkeypatch.setenv("XIANKE_LANG", "en")

    assert {**run("start", "--json").data, "name": "美团众包"} == chinese
