"""A real terminal: questions and answers, Ctrl-C, straight columns, colour, and other encodings."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke import settings
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

if sys.platform == "win32":
    pytest.skip("no pseudo terminal there", allow_module_level=True)

import pyte
from tests.cli.terminals import COLUMNS, LINES, PROMPT, Open, Terminal, environment

Stored = Callable[[], dict[str, list[tuple[object, ...]]]]

ESCAPE = "\x1b"
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:[34][0-8]|9[0-7]|10[0-7])(?:;\d+)*m")

LIFE: tuple[Sequence[str], ...] = (
    ("inventory", "add", "slot", "工作日 8:00-9:00", "--label", "通勤"),
    ("inventory", "add", "slot", "每月第二个周六 9:00-12:00", "--label", "小区 B 栋群"),
    ("inventory", "add", "slot", "周一到周四 19:30-21:30"),
    ("inventory", "add", "skill", "PPT"),
    ("inventory", "add", "asset", "电脑"),
    (
        "log", "闲鱼", "1200.5", "--minutes", "90", "--unpaid", "20", "--at", "昨天 20:00",
        "--category", "skill_service",
    ),
    ("log", "字节 xpert", "36", "--count", "6", "--minutes", "110", "--at", "11-18 9:00"),
    ("log", "王阿姨", "5", "--cost", "8", "--new", "--at", "2025-12-31"),
)  # fmt: skip


@pytest.fixture
def life(run: Run) -> None:
    """Write down a little of everything."""
    for line in LIFE:
        assert run(*line).code == 0


def _gigs(stored: Stored) -> list[tuple[object, ...]]:
    """Return platform, day, worked minutes and gross of each stored gig."""
    return [(row[1], row[3], row[6], row[8]) for row in stored()["gig"]]


# Several lines


def _lines(terminal: Open, *lines: str) -> Terminal:
    """Type lines into `xianke log`, each at its prompt, and wait for the next prompt."""
    session = terminal("log")
    session.wait_for(PROMPT)
    for line in lines:
        session.answer(line)
        session.wait_for(PROMPT)
    return session


def test_several_lines_are_one_write(terminal: Open, stored: Stored, run: Run) -> None:
    """One gig per line until an empty one; a single undo takes them all back."""
    session = _lines(
        terminal, "闲鱼 85 40分", "mtzb 88.1 1小时20分 昨天", "字节 xpert 36 昨天14:00"
    )
    session.answer("")

    assert session.finish() == 0
    assert _gigs(stored) == [
        ("xianyu", "2026-11-22", 40, 8_500),
        ("meituan_zhongbao", "2026-11-21", 80, 8_810),
        ("bytedance_xpert", "2026-11-21", None, 3_600),
    ]
    assert "共 3 单，净得 ￥209.10" in session.text
    assert (
        run("undo").out.splitlines()[0]
        == "撤销了：记单 闲鱼 85.00、美团众包 88.10、字节 Xpert 36.00"
    )
    assert not any(stored().values())


def test_a_line_may_say_how_it_ended(terminal: Open, run: Run) -> None:
    """A status by its name, among it time in which no work was found."""
    session = _lines(terminal, "美团众包 0 25分 没接到单", "闲鱼 30 被拒 20分")
    session.answer("")

    assert session.finish() == 0
    assert "共 1 单，净得 ￥0.00" in session.text
    found = run("gigs", "--json").data["gigs"]
    assert {(gig["status"], gig["worked_minutes"], gig["unpaid_minutes"]) for gig in found} == {
        ("none_found", 0, 25),
        ("rejected", 20, 0),
    }


def test_a_wrong_line_is_said_at_once_and_costs_no_other(terminal: Open, stored: Stored) -> None:
    """What is wrong and what to do, while it can still be typed again."""
    wrong = {"闲余 85": "是不是：闲鱼", "闲鱼 85 14:00": "是用时还是钟点"}
    session = terminal("log")
    session.wait_for(PROMPT)
    session.answer("闲鱼 12 10分")
    for line, said in wrong.items():
        session.wait_for(PROMPT)
        session.text = ""
        session.answer(line)
        session.wait_for(said)
        session.wait_for("\r\n")
        assert "这一行没记：" in session.text
    session.wait_for(PROMPT)
    session.answer("闲鱼 13 10分")
    session.wait_for(PROMPT)
    session.answer("")

    assert session.finish() == 0
    assert [row[3] for row in _gigs(stored)] == [1_200, 1_300]


def test_the_end_of_input_ends_the_lines_too(terminal: Open, stored: Stored) -> None:
    """Ctrl-D at the prompt is an empty line."""
    session = _lines(terminal, "闲鱼 85 40分")
    session.end_input()

    assert session.finish() == 0
    assert _gigs(stored) == [("xianyu", "2026-11-22", 40, 8_500)]


def test_no_line_is_nothing_recorded(terminal: Open) -> None:
    """It is said, and no store is made."""
    session = _lines(terminal)
    session.answer("")

    assert session.finish() == 0
    assert "什么也没记。" in session.text
    assert not settings.home().exists()


def test_ctrl_c_leaves_nothing_of_the_lines(terminal: Open) -> None:
    """Exit 130; not even the lines that were right, not even a file."""
    session = _lines(terminal, "闲鱼 85 40分", "闲鱼 12")
    session.interrupt()

    assert session.finish() == 130
    assert "Traceback" not in session.text
    assert not settings.home().exists()


# A near miss


def test_a_near_miss_is_asked_and_answered_by_number(terminal: Open, stored: Stored) -> None:
    """What may have been meant stands there with numbers; one is typed."""
    session = terminal("log", "闲余", "85", "--minutes", "40")
    session.wait_for("选哪个（数字，回车放弃）：")
    session.answer("1")

    assert session.finish() == 0
    assert "目录里没有「闲余」，是不是：\r\n  1. 闲鱼\r\n" in session.text
    assert _gigs(stored) == [("xianyu", "2026-11-22", 40, 8_500)]


def test_a_near_miss_may_be_a_new_client(terminal: Open, stored: Stored) -> None:
    """The last of the numbers adds the name as it was typed."""
    session = terminal("log", "闲余", "85")
    session.wait_for("选哪个")
    number = re.search(r"(\d+)\. 都不是，「闲余」是新客户", session.text)
    assert number is not None
    session.answer(number[1])

    assert session.finish() == 0
    assert [row[1] for row in stored()["own_platform"]] == ["闲余"]
    assert [row[0] for row in _gigs(stored)] == ["own-1"]


@pytest.mark.parametrize("answer", ["", "0", "99", "闲鱼", "一"])
def test_no_choice_is_nothing_recorded(terminal: Open, answer: str) -> None:
    """Exit 3 with the names again; nothing is guessed, nothing is written."""
    session = terminal("log", "闲余", "85")
    session.wait_for("选哪个")
    session.answer(answer)

    assert session.finish() == 3
    assert "错误：没有选平台，什么也没记" in session.text
    assert "提示：是不是：闲鱼" in session.text
    assert not settings.home().exists()


@pytest.mark.parametrize(("answer", "code", "count"), [("2", 0, 1), ("２", 0, 1), ("", 4, 0)])
def test_an_ambiguous_name_is_asked_too(
    terminal: Open, stored: Stored, answer: str, code: int, count: int
) -> None:
    """Two platforms share these initials."""
    session = terminal("log", "zz", "85")
    session.wait_for("选哪个")
    session.answer(answer)

    assert session.finish() == code
    assert "  1. 京东众智\r\n  2. 转转\r\n" in session.text
    assert [row[0] for row in _gigs(stored)] == ["zhuanzhuan"] * count


def test_new_is_not_asked_again(terminal: Open, stored: Stored) -> None:
    """`--new` is the answer."""
    session = terminal("log", "闲余", "85", "--new")

    assert session.finish() == 0
    assert [row[1] for row in stored()["own_platform"]] == ["闲余"]


def test_ctrl_c_at_the_question_leaves_nothing(terminal: Open) -> None:
    """Exit 130 and no file."""
    session = terminal("log", "闲余", "85")
    session.wait_for("选哪个")
    session.interrupt()

    assert session.finish() == 130
    assert "Traceback" not in session.text
    assert not settings.home().exists()


def test_nobody_waits_for_the_answer(terminal: Open, stored: Stored, run: Run) -> None:
    """While a question is open, another command writes at once; both are kept."""
    session = terminal("log", "闲余", "85")
    session.wait_for("选哪个")

    started = time.monotonic()
    assert run("log", "闲鱼", "12").code == 0
    # Far less than the five seconds after which a locked store is given up.
    assert time.monotonic() - started < 4
    session.answer("1")

    assert session.finish() == 0
    assert [row[3] for row in _gigs(stored)] == [1_200, 8_500]


# Straight columns


class Screen:
    """What a terminal of eighty columns shows of some output, cell by cell."""

    def __init__(self, output: str) -> None:
        screen = pyte.Screen(COLUMNS, LINES)
        pyte.Stream(screen).feed(output.replace("\r\n", "\n").replace("\n", "\r\n"))
        # The second cell of a wide character holds nothing; a blank one a blank.
        self.rows: list[list[str]] = [
            [screen.buffer[line][column].data for column in range(COLUMNS)] for line in range(LINES)
        ]
        self.lines = ["".join(row).rstrip() for row in self.rows]

    def table(self, title: str, last: str) -> list[list[tuple[int, int, str]]]:
        """Return the cells of a table: start, end and text, band by band.

        The header holds *title*, the last row begins with *last*. A band is a run of columns
        of the screen that is not blank in every row.
        """
        rules = [number for number, line in enumerate(self.lines) if set(line) == {"─"}]
        first = next(number - 1 for number in rules if title in self.lines[number - 1])
        end = next(
            number
            for number, line in enumerate(self.lines)
            if number > first + 1 and line.split()[:1] == [last]
        )
        rows = [self.rows[first], *self.rows[first + 2 : end + 1]]
        used = [any(row[column] != " " for row in rows) for column in range(COLUMNS)] + [False]
        bands, start = [], None
        for column, taken in enumerate(used):
            if taken and start is None:
                start = column
            elif not taken and start is not None:
                bands.append([_cell(row, start, column) for row in rows])
                start = None
        return [[cell for cell in band if cell[2]] for band in bands]


def _cell(row: list[str], start: int, end: int) -> tuple[int, int, str]:
    filled = [column for column in range(start, end) if row[column] != " "]
    if not filled:
        return start, end, ""
    return filled[0], filled[-1] + 1, "".join(row[filled[0] : filled[-1] + 1])


@pytest.mark.usefixtures("life")
@pytest.mark.parametrize(
    ("arguments", "title", "last", "titles"),
    [
        (["inventory"], "什么时候", "s3", ["什么时候", "名字", "地点", "每周"]),
        (
            ["suggest"], "每小时净得", "1",
            ["做什么", "每小时净得", "中位", "每周合适", "安全", "分"],
        ),
        (
            ["report"], "每小时", "合计",
            ["平台", "单", "用时", "净得", "占", "每小时", "收到"],
        ),
        (["report", "--by", "category"], "每小时", "合计", ["类别", "单", "用时", "净得"]),
        (["gigs"], "什么时候", "g1", ["什么时候", "平台", "净得", "用时", "每小时", "状态"]),
        (["rates"], "下一单", "字节", ["平台", "单数", "实际", "下一单", "中位"]),
    ],
)  # fmt: skip
def test_columns_are_straight_on_the_screen(
    terminal: Open, arguments: list[str], title: str, last: str, titles: list[str]
) -> None:
    """Every cell of a column begins at the same cell of the terminal, or ends at the same."""
    session = terminal(*arguments)
    assert session.finish() == 0

    screen = Screen(session.text)
    bands = screen.table(title, last)

    assert [band[0][2] for band in bands if band[0][2] in titles] == titles
    for band in bands:
        starts, ends = {cell[0] for cell in band}, {cell[1] for cell in band}
        assert len(starts) == 1 or len(ends) == 1, band


@pytest.mark.usefixtures("life")
@pytest.mark.parametrize(
    "arguments", [[], ["inventory"], ["suggest"], ["report"], ["gigs"], ["rates"], ["now"]]
)
def test_nothing_is_wider_than_the_terminal(terminal: Open, arguments: list[str]) -> None:
    """No line runs into a second one by itself: there are as many as were written."""
    session = terminal(*arguments)
    assert session.finish() == 0

    written = [line.rstrip() for line in _plain(session.text).splitlines()]
    assert Screen(session.text).lines[: len(written)] == written


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_a_wide_window_is_used_but_not_all_of_it(run: Run) -> None:
    """Lines of more than 110 cells are hard to read."""
    run("log", "王阿姨" * 30, "85", "--new", "--minutes", "40")

    done = _piped("report", COLUMNS="300")

    longest = max(map(width, done.stdout.decode().splitlines()))
    assert 80 < longest <= 110


# Colour


@pytest.mark.usefixtures("life")
@pytest.mark.parametrize("arguments", [["inventory"], ["suggest"], ["report"], ["gigs"]])
def test_no_color_is_obeyed(terminal: Open, arguments: list[str]) -> None:
    """Bold may stay, colour goes; a dumb terminal gets no escapes at all; the text is the same."""
    shown = []
    for changes in ({}, {"NO_COLOR": "1"}, {"TERM": "dumb"}):
        session = terminal(*arguments, **changes)
        assert session.finish() == 0
        shown.append(session.text)

    usual, colourless, dumb = shown
    assert not COLOUR.search(colourless)
    assert ESCAPE not in dumb
    assert _plain(usual) == _plain(colourless) == dumb


def _piped(*arguments: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "xianke", *arguments],
        env=environment(**changes),
        capture_output=True,
        check=True,
        timeout=60,
    )


SCREENS = [
    [],
    ["inventory"],
    ["suggest"],
    ["report"],
    ["report", "--by", "hour"],
    ["gigs"],
    ["gigs", "show", "g1"],
    ["rates"],
    ["now", "--minutes", "40"],
    ["platforms", "show", "xianyu"],
]


@pytest.mark.usefixtures("life")
@pytest.mark.parametrize("arguments", SCREENS)
def test_a_pipe_gets_plain_text(arguments: list[str]) -> None:
    """No escapes, even where the environment praises the terminal."""
    done = _piped(*arguments, COLORTERM="truecolor")

    assert ESCAPE.encode() not in done.stdout
    assert done.stderr == b""


# Other encodings


@pytest.mark.usefixtures("life")
@pytest.mark.parametrize("arguments", SCREENS)
def test_a_gbk_terminal_shows_everything(arguments: list[str]) -> None:
    """Every character of every screen is one that GBK has: none comes as an escape."""
    done = _piped(*arguments, PYTHONIOENCODING="gbk")

    text = done.stdout.decode("gbk")
    assert "\\u" not in text
    assert "\\x" not in text


@pytest.mark.usefixtures("life")
@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-16"])
def test_programs_read_the_same_in_any_encoding(encoding: str) -> None:
    """What an encoding lacks is escaped as JSON does it."""
    done = _piped("gigs", "--json", PYTHONIOENCODING=encoding)

    assert json.loads(done.stdout.decode(encoding)) == json.loads(_piped("gigs", "--json").stdout)


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1"])
def test_what_an_encoding_lacks_stops_nothing(run: Run, encoding: str) -> None:
    """A note with an emoji is shown as an escape, and the screen goes on."""
    run("log", "闲鱼", "85", "--note", "好评\N{GRINNING FACE}")

    done = _piped("gigs", "show", "g1", PYTHONIOENCODING=encoding)

    assert b"\\U0001f600" in done.stdout
    assert b"85.00" in done.stdout


def test_an_error_survives_any_encoding(tmp_path: Path) -> None:
    """The sentence on stderr too."""
    done = subprocess.run(
        [sys.executable, "-m", "xianke", "log", "闲鱼", "\N{GRINNING FACE}"],
        env=environment(PYTHONIOENCODING="gbk", XIANKE_HOME=str(tmp_path / "other")),
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 2
    assert "错误：看不懂金额「\\U0001f600」" in done.stderr.decode("gbk")


# An offer


def test_an_offer_is_pasted(terminal: Open) -> None:
    """Several lines with an empty one among them are one offer; an empty line ends it."""
    session = terminal("check")
    session.wait_for("Ctrl-C 放弃。")
    session.answer("大家看一下这个，谁认识\n\n先交100元押金才能派单\n")

    assert session.finish() == 10
    assert "是坑，别做" in session.text


def test_a_line_the_terminal_cuts_is_not_judged(terminal: Open) -> None:
    """What fell off its end may be the trap: no verdict on the rest, and the way that works."""
    session = terminal("check", LC_ALL="C.UTF-8")
    session.wait_for("Ctrl-C 放弃。")
    for _part in range(100):
        session.type("楼下超市理货，一小时二十元，当天结，")
    session.answer("要先交押金500元才能派单\n群里都这么说\n")

    assert session.finish() == 2
    assert "错误：有一行太长，终端没有收全，后面的没看到" in session.text
    assert "xianke check --file" in session.text
    assert "没看出坑" not in session.text


def test_ctrl_c_gives_up_a_paste(terminal: Open) -> None:
    """Nothing was read, and nothing is said about it."""
    session = terminal("check")
    session.wait_for("Ctrl-C 放弃。")
    session.answer("先交100元押金才能派单")
    session.interrupt()

    assert session.finish() == 130
    assert "是坑" not in session.text


def test_a_question_is_folded_between_words(terminal: Open) -> None:
    """The line that is typed on has room for the answer; nothing runs over."""
    name = "a client whose name is so long that the question does not fit on one line"
    session = terminal("log", name, "30", XIANKE_LANG="en")
    session.wait_for("[y/N] ")
    session.answer("n")

    assert session.finish() == 3
    asked = session.text.replace("\r", "").split("[y/N] ")[0] + "[y/N] n"
    assert max(map(width, asked.splitlines())) <= 80
    assert " ".join(asked.split()) == (
        f'"{name}" is not in the catalogue. Record it as a new client? [y/N] n'
    )
