"""`xianke inventory questions`: what is open about the person, listed and asked."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from xianke import profiles, store

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.terminals import Open
    from tests.conftest import Run

    Screen = Callable[..., str]

Document = dict[str, Any]

ASK = "\r\n> "
NO_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminal there")


@pytest.fixture
def driver(run: Run) -> None:
    """Somebody with free weekends, a car and an e-bike, and nothing else known."""
    run("inventory", "add", "slot", "周末", "8:00-20:00")
    run("inventory", "add", "asset", "汽车")
    run("inventory", "add", "asset", "电动车")


def _questions(run: Run) -> list[Document]:
    found: list[Document] = run("inventory", "questions", "--json").data["questions"]
    return found


def _profile() -> dict[str, str]:
    with store.read() as db:
        return db.profile()


@pytest.mark.usefixtures("driver")
def test_a_program_gets_what_hangs_on_each_question(run: Run) -> None:
    """The most valuable first; `suggest` carries the same list."""
    found = _questions(run)

    assert found == run("suggest", "--json").data["open_checks"]
    assert {"licence", "birth_year", "health_certificate"} <= {one["key"] for one in found}
    order = [(one["leading"], one["suggestions"], len(one["routes"])) for one in found]
    assert order == sorted(order, reverse=True)
    (licence,) = (one for one in found if one["key"] == "licence")
    assert licence == {
        "key": "licence",
        "text": "有驾照吗？",
        "command": "xianke inventory set licence 答案",
        "values": ["yes", "no"],
        "suggestions": 1,
        "leading": 1,
        "categories": ["ride_hailing"],
        "routes": licence["routes"],
        "before": None,
    }
    assert {"didi_sfc", "hello_sfc", "dida"} <= {one["id"] for one in licence["routes"]}


@pytest.mark.usefixtures("driver")
def test_each_is_answered_by_its_own_command_and_then_gone(run: Run) -> None:
    """A no as well as a yes; when all are answered nothing is asked and nothing pointed at."""
    for _number in profiles.KEYS:
        found = _questions(run)
        if not found:
            break
        key = found[0]["key"]
        answer = {"birth_year": "1990", "city": "杭州"}.get(key, "no")
        assert run("inventory", "set", key, answer).code == 0
        assert key not in {one["key"] for one in _questions(run)}

    assert _questions(run) == []
    assert run("inventory", "questions").out == (
        "眼下没有要问的：合适的活要的，你都答过了。\n→ xianke suggest\n"
    )
    assert "inventory questions" not in run("suggest").out
    assert run("suggest", "--why-not", "滴滴顺风车", "--json").data["conditions"] == [
        {"kind": "platform", "id": "didi_sfc", "code": "profile", "text": "没有驾照"}
    ]


@pytest.mark.usefixtures("driver")
def test_the_list_says_how_each_is_answered(screen: Screen) -> None:
    """And `suggest` ends with one line that points at it."""
    lines = screen("inventory", "questions").splitlines()
    last = screen("suggest").splitlines()[-1]

    assert lines[0] == "还没问过的，最值得答的在前："
    assert [line for line in lines if re.search("关系到 1 条建议：.*、", line)] == []
    assert "  → xianke inventory set licence 答案（有、没有）" in lines
    assert lines[-1] == "→ 在终端里一个个答：xianke inventory questions"
    count = sum(line.startswith("  → xianke inventory set") for line in lines)
    assert last == f"→ 还有 {count} 件关于你的事没问过，答了更准：xianke inventory questions"


@pytest.mark.usefixtures("driver")
def test_suggest_gives_each_command_once(run: Run) -> None:
    """However many rows wait for the same answer."""
    out = "".join(run("suggest").out.split())

    for key in ("licence", "birth_year", "health_certificate", "real_name", "pc"):
        assert out.count(f"xiankeinventoryset{key}") <= 1
    assert "先确认：要驾照：xiankeinventorysetlicenceyes" in out


def test_an_answer_of_last_year_is_asked_again(
    run: Run, monkeypatch: pytest.MonkeyPatch, driver: None
) -> None:
    """With what was answered when; the same answer holds for another year."""
    run("inventory", "set", "health_certificate", "有")
    assert "health_certificate" not in {one["key"] for one in _questions(run)}

    monkeypatch.setenv("XIANKE_NOW", "2027-12-01T10:00:00+08:00")
    (again,) = (one for one in _questions(run) if one["key"] == "health_certificate")
    shown = run("inventory", "questions").out
    run("inventory", "set", "health_certificate", "有")

    assert again["before"] == {"value": True, "day": "2026-11-22"}
    assert "2026-11-22 答过「有」，满一年了，再问一次" in shown
    assert "health_certificate" not in {one["key"] for one in _questions(run)}


def test_without_an_inventory_nothing_is_asked(run: Run) -> None:
    """No suggestion, no question; the screen says how to begin."""
    assert _questions(run) == []
    assert run("inventory", "questions").out == "还没有盘点，还不知道该问什么。\n→ xianke init\n"


@NO_WINDOWS
@pytest.mark.usefixtures("driver")
def test_on_a_terminal_they_are_asked_one_by_one(terminal: Open) -> None:
    """Enter skips, what makes no sense is asked again, q stops; answers are stored."""
    session = terminal("inventory", "questions")
    session.wait_for(ASK)
    assert "愿意用身份证做实名认证吗？（愿意/不愿意）" in session.text
    session.answer("大概")
    session.wait_for(ASK)
    assert "看不懂「大概」" in session.text
    assert "提示：写「愿意」或「不愿意」；说不准就回车跳过" in session.text
    session.answer("不愿意")
    session.wait_for(ASK)
    assert "记下了 愿意实名认证：不是" in session.text
    session.answer("")
    session.wait_for(ASK)
    session.answer("q")

    assert session.finish() == 0
    assert "答了 1 个。" in session.text
    assert _profile() == {"real_name": "no"}


@NO_WINDOWS
@pytest.mark.usefixtures("driver")
@pytest.mark.parametrize("text", ["不知道", "Don't know", "skip"])
def test_not_to_know_skips_a_question(terminal: Open, text: str) -> None:
    """Nothing is stored and the next one follows; no more are asked than were announced."""
    session = terminal("inventory", "questions")
    session.wait_for(ASK)
    count = int(re.search(r"最多 (\d+) 个问题", session.text)[1])  # type: ignore[index]
    session.answer(text)
    for _number in range(count - 1):
        session.wait_for(ASK)
        session.answer(text)

    assert session.finish() == 0
    assert session.text.count(ASK) == count
    assert _profile() == {}


@NO_WINDOWS
@pytest.mark.usefixtures("driver")
def test_ctrl_c_keeps_what_was_answered(terminal: Open) -> None:
    """And ends as an interrupted command does."""
    session = terminal("inventory", "questions")
    session.wait_for(ASK)
    session.answer("愿意")
    session.wait_for(ASK)
    session.interrupt()

    assert session.finish() == 130
    assert "答过的 1 个都记下了" in session.text
    assert _profile() == {"real_name": "yes"}


@NO_WINDOWS
@pytest.mark.usefixtures("driver")
def test_on_a_terminal_they_can_be_listed_only(terminal: Open) -> None:
    """With `--list` nothing is asked."""
    session = terminal("inventory", "questions", "--list")

    assert session.finish() == 0
    assert "还没问过的" in session.text
    assert "> " not in session.text.replace("→ ", "")
