"""Screens on real terminals of several widths, and in every encoding a system may be set to."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests import filled
from tests.cli.test_widths import READING
from tests.conftest import NOW, Run, run_here, tool

if sys.platform == "win32":
    pytest.skip("no pseudo terminal there", allow_module_level=True)

import pexpect
import pyte
from tests.cli.terminals import environment

MAIN: tuple[tuple[str, ...], ...] = (
    (),
    ("inventory",),
    ("suggest",),
    ("now",),
    ("plan", "--week", "2026-W48"),
    ("rates",),
    ("gigs",),
    ("bills", "--all"),
    ("owed",),
    ("payouts",),
    ("report",),
    ("report", "--by", "hour"),
    ("usage",),
    ("learn",),
    ("platforms", "--search", "众包"),
    ("platforms", "show", "meituan_zhongbao"),
    ("check", "先交100元押金才能派单"),
    ("--help",),
)
LINES = 2500
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
PROGRAM = (
    "import json, sys; from xianke import cli; from xianke.render import console\n"
    "for line in json.loads(sys.argv[1]):\n"
    "    console.console.cache_clear(); cli.run(line)\n"
)
"""Many commands in one process: starting each anew would take a minute."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of a full store, made once."""
    folder = tmp_path_factory.mktemp("screens")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIANKE_HOME", str(folder / "home"))
        patch.setenv("XIANKE_LANG", "zh")
        patch.setenv("XIANKE_NOW", NOW)
        filled.plant(run_here, folder / "files")
    return folder / "home"


def _drawn(full: Path, columns: int, **changes: str) -> str:
    """Return what the main screens write on a terminal of so many columns."""
    child = pexpect.spawn(
        sys.executable,
        ["-c", PROGRAM, json.dumps(MAIN)],
        env=environment(XIANKE_HOME=str(full), **changes),
        encoding="utf-8",
        dimensions=(LINES, columns),
        timeout=120,
    )
    child.expect(pexpect.EOF)
    return str(child.before).replace("\r\n", "\n")


def _piped(full: Path, lines: tuple[tuple[str, ...], ...], **changes: str) -> bytes:
    """Return what screens write into a pipe; nothing goes to stderr."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(lines)],
        env=environment(XIANKE_HOME=str(full), **changes),
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert done.stderr == b""
    return done.stdout


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_terminal_shows_each_line_on_a_line(full: Path, columns: int, language: str) -> None:
    """Nothing runs into a second one, nothing is drawn over, the cursor and the pen come back."""
    text = _drawn(full, columns, XIANKE_LANG=language)

    screen = pyte.Screen(columns, LINES)
    pyte.Stream(screen).feed(text.replace("\n", "\r\n"))
    written = [line.rstrip() for line in ESCAPE.sub("", text).splitlines()]
    shown = [
        "".join(screen.buffer[row][column].data for column in range(columns)).rstrip()
        for row in range(LINES)
    ]
    paths = [line for line in written if "://" in line or str(full) in line]
    assert len(written) > 300
    # An address is never cut: on a narrow terminal it runs on.
    if columns > max(map(len, paths)):
        assert shown[: len(written)] == written
    assert [line for line in written if line not in shown] == [
        line for line in paths if line not in shown
    ]
    assert not screen.cursor.hidden
    assert screen.cursor.x == 0
    assert (screen.cursor.attrs.bold, screen.cursor.attrs.fg) == (False, "default")


def test_nothing_depends_on_colour(full: Path) -> None:
    """Bold is all there is: it is read on dark and on light, and by who sees no colours.

    So text keeps the contrast that the terminal gives to its own, and the same words stand
    there with colour, without, on a dumb terminal and in a pipe.
    """
    usual = _drawn(full, 80)
    rich = _drawn(full, 80, COLORTERM="truecolor")
    plain = _drawn(full, 80, NO_COLOR="1")
    dumb = _drawn(full, 80, TERM="dumb")
    piped = _piped(full, MAIN, COLUMNS="80", COLORTERM="truecolor").decode()

    assert {code for found in ESCAPE.findall(rich + usual) for code in found.split(";")} == {
        "0",
        "1",
    }
    assert "\x1b" not in ESCAPE.sub("", rich + usual + plain)
    assert "\x1b" not in dumb + piped
    assert ESCAPE.sub("", usual) == ESCAPE.sub("", rich) == ESCAPE.sub("", plain) == dumb == piped


@pytest.mark.parametrize("language", ["zh", "en"])
def test_gbk_has_every_character_of_every_screen(
    full: Path, run: Run, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redirected output on a Chinese Windows is GBK."""
    monkeypatch.setenv("XIANKE_HOME", str(full))
    monkeypatch.setenv("XIANKE_LANG", language)

    for line in READING:
        done = run(*line)
        (done.out + done.err).encode("gbk")


@pytest.mark.parametrize("encoding", ["gbk", "cp936", "gb18030", "utf-16"])
def test_screens_are_the_same_in_other_encodings(full: Path, encoding: str) -> None:
    """No character comes as an escape or a question mark."""
    usual = _piped(full, MAIN)

    other = _piped(full, MAIN, PYTHONIOENCODING=encoding)

    assert other.decode(encoding).replace("\ufeff", "") == usual.decode()


def test_an_encoding_without_chinese_gets_english(full: Path) -> None:
    """Escapes in place of all words would help nobody; names are escaped, nothing stops."""
    text = _piped(
        full,
        MAIN,
        XIANKE_LANG="",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
        PYTHONIOENCODING="",
    ).decode("ascii")

    assert "Net this month CNY 453.10" in text
    assert "\n-----" in text
    assert r"\u676d\u5dde" in text
    assert r"\u2500" not in text


def _command(*words: bytes, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "xianke", *words],
        env=environment(**changes),
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_words_are_read_where_the_locale_is_not_set() -> None:
    """A container without a locale still hands on what was typed, as UTF-8."""
    done = _command(
        b"log", "闲鱼".encode(), b"85", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )

    assert done.returncode == 0
    assert "记下了 g1：闲鱼 ￥85.00" in done.stdout.decode()


@pytest.mark.external
def test_a_locale_of_gbk_is_read_and_written(tmp_path: Path) -> None:
    """What is typed, shown and pasted is GBK."""
    subprocess.run(
        [tool("localedef"), "-f", "GBK", "-i", "zh_CN", str(tmp_path / "zh_CN.GBK")],
        capture_output=True,
        check=False,
    )
    gbk = {"LOCPATH": str(tmp_path), "LC_ALL": "zh_CN.GBK", "PYTHONIOENCODING": ""}
    note = "好评，“快”"

    done = _command(b"log", "闲鱼".encode("gbk"), b"85", b"--note", note.encode("gbk"), **gbk)
    shown = _command(b"gigs", b"show", b"g1", **gbk)

    assert done.returncode == 0
    assert "记下了 g1：闲鱼 ￥85.00" in done.stdout.decode("gbk")
    assert note in shown.stdout.decode("gbk")
