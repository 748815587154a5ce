"""`xianke init` at a real terminal: the whole run, breaking off, going back, wrong answers."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke import settings
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.cli.conftest import Dump
    from tests.conftest import Run

if sys.platform == "win32":
    pytest.skip("no pseudo terminal there", allow_module_level=True)

import pyte
from tests.cli.terminals import LINES, Open, Terminal

HERE = Path(__file__).parent / "runs"
ASK = "\r\n> "
LIFE = {
    "zh": ("１", "杭州", "8:00－9:00 开车", "", "<", "", "晚上", "没有", "１，３、吹唢呐", "",
           "1 3", "快到账"),
    "en": ("2", "Qingdao", "none", "4-6pm", "<", "", "Mon and Wed 7pm-9pm", "sat 9am-noon",
           "Slide decks, 6", "1 2", "", "growth"),
}  # fmt: skip
"""What somebody answers, one step back among it."""


def _answered(session: Terminal, *lines: str) -> Terminal:
    """Type each line at its prompt and wait for the next prompt."""
    for line in lines:
        session.wait_for(ASK)
        session.answer(line)
    return session


def _begun(terminal: Open, *lines: str) -> Terminal:
    """Open a run, type some lines, and wait for the next prompt."""
    session = _answered(terminal("init"), *lines)
    session.wait_for(ASK)
    return session


def _told(session: Terminal, line: str) -> str:
    """Type a line at the prompt and return what stands there up to the next."""
    session.text = ""
    session.answer(line)
    session.wait_for(ASK)
    return session.text


def _screen(text: str, columns: int) -> list[str]:
    """Return what stands on the screen in the end."""
    screen = pyte.Screen(columns, LINES)
    pyte.Stream(screen).feed(text)
    # A wide character takes two cells, of which the second is empty.
    return ["".join(row[x].data for x in range(columns)).rstrip() for row in screen.buffer.values()]


def _kept() -> Path:
    return settings.home() / ".xianke-init.json"


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_run_is_as_it_was(
    terminal: Open, run: Run, monkeypatch: pytest.MonkeyPatch, language: str, columns: int
) -> None:
    """Ten questions, what they amounted to, and then what `suggest --limit 3` shows."""
    path = HERE / f"init-{language}-{columns}.txt"
    session = terminal("init", columns=columns, XIANKE_LANG=language)
    _answered(session, *LIFE[language])

    assert session.finish() == 0
    lines = session.text.replace("\r\n", "\n").split("\n")
    head = next(n for n, line in enumerate(lines) if "--limit 3" in line) + 1
    if columns == 80:
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setenv("XIANKE_LANG", language)
        shown = [line for line in _screen(session.text, columns) if line]
        suggested = run("suggest", "--limit", "3").out.splitlines()
        suggested = [line for line in suggested if line]
        assert shown[-len(suggested) :] == suggested
    text = "\n".join(lines[:head]) + "\n"
    if os.environ.get("XIANKE_UPDATE_SNAPSHOTS") == "1":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
    text.encode("gbk")
    commands = ("  xianke ", "→ ")
    wide = [line for line in lines[:head] if width(line) > columns]
    assert [line for line in wide if not line.startswith(commands)] == []


def test_a_run_is_one_change(terminal: Open, run: Run, stored: Callable[[], Dump]) -> None:
    """What was answered is stored, nothing else; one undo takes it all back."""
    session = _answered(terminal("init"), *LIFE["zh"])

    assert session.finish() == 0
    found = run("inventory", "--json").data
    assert [(slot["text"], slot["label"], slot["driving"]) for slot in found["slots"]] == [
        ("工作日 08:00-09:00", "通勤", True),
        ("工作日 12:00-13:00", "午休", False),
        ("工作日 19:00-22:00", "晚上", False),
    ]
    assert [skill["name"] for skill in found["skills"]] == ["PPT 制作", "Word 排版", "吹唢呐"]
    assert [asset["name"] for asset in found["assets"]] == ["小汽车"]
    assert found["profile"] == {
        "city": "杭州",
        "licence": True,
        "pc": True,
        "priority": "cash",
    }
    assert not _kept().exists()
    assert run("undo").out.splitlines()[0] == "撤销了：初次盘点 11 项"
    assert not any(stored().values())


@pytest.mark.parametrize("end", [Terminal.interrupt, Terminal.end_input])
def test_what_was_answered_is_kept_for_the_next_time(
    terminal: Open, run: Run, stored: Callable[[], Dump], end: Callable[[Terminal], None]
) -> None:
    """Ctrl-C and Ctrl-D put it aside: nothing stored, the answers for the user's eyes alone."""
    session = _begun(terminal, "4", "成都", "没有")
    end(session)

    assert session.finish() == 130
    assert "答过的 3 题留着" in session.text
    assert "接着答：xianke init" in session.text
    assert not any(stored().values())
    assert stat.S_IMODE(_kept().stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.home().stat().st_mode) == 0o700

    again = _begun(terminal)
    assert "城市：成都" in again.text
    assert "4/10 白天哪段有空？" in again.text
    again.answer("")
    _answered(again, *[""] * 6)
    assert again.finish() == 0
    assert run("inventory", "--json").data["profile"] == {
        "city": "成都",
        "licence": True,
        "priority": "income",
    }
    assert not _kept().exists()


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"version": 1}', '{"version": 9, "answers": {"city": "成都"}}',
     '{"version": 1, "answers": {"who": 3, "city": ["成都"], "evenings": "哪天再说"}}'],
)  # fmt: skip
def test_answers_that_cannot_be_read_are_asked_again(terminal: Open, content: str) -> None:
    """A damaged file stops nobody."""
    settings.home().mkdir()
    _kept().write_text(content, encoding="utf-8")

    session = _begun(terminal)

    assert "1/10 " in session.text
    assert "上次答过的" not in session.text


def test_a_step_back_shows_the_last_answer(terminal: Open) -> None:
    """Enter keeps it; from the first question there is no way back."""
    session = _begun(terminal, "", "长沙")

    assert "回车：长沙" in _told(session, "＜")
    assert "3/10 " in _told(session, "")
    assert "回车：长沙" in _told(session, "《")
    assert "1/10 " in _told(session, "<")
    assert "1/10 " in _told(session, "<")


@pytest.mark.parametrize(
    ("before", "wrong", "said", "hint"),
    [
        ([], "七", "看不懂「七」", "写一个号码，1 到 6"),
        ([""] * 4, "25点", "没有「25点」这个钟点", "写成 工作日 19:00-21:00 这样"),
        ([""] * 6, "1，99", "没有「99」号", "写 1 到 15 的号码"),
        ([""] * 8, "火箭", "看不懂「火箭」", "写 1 到 3 的号码"),
        ([""], "杭\x07州", "看不见的字符", "去掉它们"),
    ],
)
def test_a_wrong_answer_is_asked_again(
    terminal: Open, before: list[str], wrong: str, said: str, hint: str
) -> None:
    """What is wrong in the user's own words, one hint, the same question; nothing is lost."""
    session = _begun(terminal, *before)

    told = _told(session, wrong)

    assert said in told
    assert hint in told
    assert "/10 " not in told
    kept = json.loads(_kept().read_text())["answers"] if before else {}
    assert len(kept) == len(before)


@pytest.mark.parametrize("errors", ["strict", "surrogateescape"])
def test_bytes_that_are_no_text_are_asked_again(terminal: Open, errors: str) -> None:
    """A terminal of another encoding costs no answer and shows no traceback."""
    session = terminal("init", PYTHONIOENCODING=f"utf-8:{errors}")
    _answered(session, "")
    session.wait_for(ASK)
    session.text = ""
    session.send("杭州\n".encode("gbk"))
    session.wait_for(ASK)

    assert "再写" in session.text
    assert "回车：不说" not in session.text
    assert "3/10 " in _told(session, "杭州")


def test_a_killed_run_goes_on_where_it_was(terminal: Open) -> None:
    """Each answer is kept as soon as it is given."""
    session = _begun(terminal, "3", "西安")
    session.stop()

    again = _begun(terminal)

    assert "城市：西安" in again.text
    assert "3/10 " in again.text


def test_a_pipe_in_the_place_of_the_answers_is_not_waited_for(terminal: Open) -> None:
    """Nor written into: the first answer says what is wrong."""
    settings.home().mkdir()
    os.mkfifo(_kept())

    session = _answered(terminal("init"), "1")

    assert session.finish() == 5
    assert f"{_kept()} 不是普通文件" in session.text.replace("\r\n", "")


def test_a_misspelt_skill_is_doubted_once(terminal: Open, run: Run) -> None:
    """The near names are shown; typed once more it is meant as it stands."""
    session = _begun(terminal, *[""] * 6)

    assert "词表里没有「排板」，是不是：Word 排版" in _told(session, "排板")
    assert "记：排板" in _told(session, "排板")
    assert "8/10 " in session.text
    session.answer("")
    _answered(session, "", "")
    assert session.finish() == 0
    assert [one["key"] for one in run("inventory", "--json").data["skills"]] == ["排板"]


def test_enter_takes_the_name_that_was_proposed(terminal: Open, run: Run) -> None:
    """For a city and in a list, whose other words stay."""
    session = _begun(terminal, "")

    assert "是不是：Hangzhou" in _told(session, "Hangzou")
    assert "记：Hangzhou" in _told(session, "是")
    for _time in range(4):
        _told(session, "没有")
    said = _told(session, "PPT、EXECL")
    assert "回车或写「是」就记成「Excel 表格」" in said
    assert "记：PPT 制作、Excel 表格" in _told(session, "")
    session.answer("")
    _answered(session, "", "")
    assert session.finish() == 0
    found = run("inventory", "--json").data
    assert [one["key"] for one in found["skills"]] == ["ppt", "excel"]
    assert found["profile"]["city"] == "Hangzhou"


def test_a_preset_answers_the_first_question(terminal: Open) -> None:
    """Nine are left, with its answers for Enter."""
    session = terminal("init", "--preset", "retired")
    session.wait_for(ASK)

    assert "1/9 在哪个城市？" in session.text
    _told(session, "")
    assert "回车：工作日 09:00-11:00" in _told(session, "")


def test_on_an_inventory_only_the_rest_is_asked(terminal: Open, run: Run) -> None:
    """It says what is there; what that answers is not asked."""
    for line in ("add slot 工作日 20:00-21:00", "add skill PPT", "set city 苏州"):
        run("inventory", *line.split())

    session = _begun(terminal)

    assert "已经盘点过：时段 1、技能 1、闲置 0。" in session.text
    assert "一共 7 题。" in session.text
    session.answer("")
    _answered(session, *[""] * 6)
    assert session.finish() == 0
    found = run("inventory", "--json").data
    assert [slot["label"] for slot in found["slots"]] == [None, "通勤", "午休", "周末"]
    assert [skill["name"] for skill in found["skills"]] == ["PPT 制作"]
    assert found["profile"]["city"] == "苏州"


def test_whoever_skips_everything_changes_nothing(
    terminal: Open, stored: Callable[[], Dump]
) -> None:
    """And is told how to begin by hand."""
    session = _answered(terminal("init"), *["没有"] * 10)

    assert session.finish() == 0
    assert "没有要添的，盘点和原来一样。" in session.text
    assert "xianke inventory add slot" in session.text
    assert not any(stored().values())


def test_what_looks_like_an_option_is_shown_guarded(terminal: Open) -> None:
    """A copied command means what was answered, whatever it begins with."""
    session = _answered(
        terminal("init"), "", "-x; $(id)", *["没有"] * 4, "--level 9", "没有", "没有", ""
    )

    assert session.finish() == 0
    assert "xianke inventory set -- city '-x;' '$(id)'\r\n" in session.text
    assert "xianke inventory add skill -- --level 9\r\n" in session.text
