"""The keyboard: the same keys from every terminal; the real one is in the tests of the review."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import pytest

from xianke.commands import keys
from xianke.commands.keys import END, ENTER, Lines, WindowsKeys


class Console:
    """Sends keys as the console of Windows does."""

    def __init__(self, typed: str) -> None:
        self._typed: Iterator[str] = iter(typed)

    def getwch(self) -> str:
        """Return the next character."""
        return next(self._typed)


@pytest.mark.parametrize(
    ("char", "key"),
    [
        ("\r", ENTER),
        ("\n", ENTER),
        ("\x04", END),
        ("P", "p"),
        ("ｐ", "p"),
        ("１", "1"),
        ("／", "/"),
        ("、", "/"),
    ],
)
def test_a_key_is_taken_as_it_is_meant(char: str, key: str) -> None:
    """Whoever has an input method for Chinese switched on need not switch it off."""
    assert keys.plain_key(char) == key


def test_the_console_of_windows() -> None:
    """Enter, letters; arrow keys pass unheard."""
    board = WindowsKeys(Console("\xe0H\r\0;p"))

    assert [board.key(), board.key()] == [ENTER, "p"]


def test_ctrl_c_on_windows_interrupts() -> None:
    """There it comes as a character."""
    with pytest.raises(KeyboardInterrupt):
        WindowsKeys(Console("\x03")).key()


@pytest.mark.parametrize("board", [Lines(), WindowsKeys(Console(""))], ids=["lines", "windows"])
def test_a_line_is_asked_for(
    board: keys.Keyboard, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its question, None at the end of input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(" 王阿姨 \n"))

    answers = [board.line("名字："), board.line("名字：")]

    assert answers == ["王阿姨", None]
    assert capsys.readouterr().err == "名字：名字："


def test_where_there_are_only_lines_the_first_character_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An empty line is enter."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("p\n\nskip\n"))
    board = Lines()

    assert [board.key() for _time in range(4)] == ["p", ENTER, "s", END]


def test_the_keyboard_fits_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the terminals of Unix the console of Windows, without that lines."""
    console = Console("q")
    monkeypatch.setitem(sys.modules, "termios", None)
    monkeypatch.setitem(sys.modules, "msvcrt", console)

    with keys.keyboard() as board:
        assert isinstance(board, WindowsKeys)
        assert board.key() == "q"
    monkeypatch.setitem(sys.modules, "msvcrt", None)
    with keys.keyboard() as board:
        assert isinstance(board, Lines)
