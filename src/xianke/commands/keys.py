"""The keyboard: single keys without enter where the terminal allows it, lines where it does not."""

from __future__ import annotations

import codecs
import importlib
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from xianke.commands.shell import ask

ENTER = "\n"
END = ""
"""What `key` returns at the end of input."""

_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;]*[ -/]*[@-~]|O.)")
"""What arrow and function keys send: no key that means anything here."""
_END_OF_INPUT = "\x04"
_INTERRUPT = "\x03"
_CHUNK = 1024


class Keyboard(Protocol):
    """Whoever sits at the terminal."""

    def key(self) -> str:
        """Return the next key: one character, `ENTER`, or `END`."""
        ...

    def line(self, question: str) -> str | None:
        """Return a line typed after a question, None at the end of input."""
        ...


@contextmanager
def keyboard() -> Iterator[Keyboard]:
    """Open the keyboard; however this ends, the terminal is as it was before."""
    termios = _module("termios")
    if termios is not None:
        fd = sys.stdin.fileno()
        before = termios.tcgetattr(fd)
        keys = UnixKeys(fd, termios, before)
        try:
            keys.listen()
            yield keys
        finally:
            termios.tcsetattr(fd, termios.TCSADRAIN, before)
        return
    msvcrt = _module("msvcrt")
    yield WindowsKeys(msvcrt) if msvcrt is not None else Lines()


def _module(name: str) -> Any:  # Any: each exists on one kind of system only
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def plain_key(char: str) -> str:
    """Return a key as it is meant: an input method for Chinese sends other signs for some."""
    if char in "\r\n":
        return ENTER
    if char == _END_OF_INPUT:
        return END
    return "/" if char == "、" else unicodedata.normalize("NFKC", char).casefold()


class UnixKeys:
    """Keys from a terminal that sends them one by one.

    State: the terminal's settings from before, and what was typed ahead.
    """

    def __init__(self, fd: int, termios: Any, before: Any) -> None:  # Any: see `_module`
        self._fd = fd
        self._termios = termios
        self._before = before
        self._typed = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def listen(self) -> None:
        """Let the terminal send each key at once, without showing it; Ctrl-C stays what it is."""
        import tty

        # What was typed ahead is kept: it may be meant for the next question.
        tty.setcbreak(self._fd, self._termios.TCSADRAIN)

    def key(self) -> str:
        """Return the next key: one character, `ENTER`, or `END`."""
        sys.stdout.flush()
        while not self._typed:
            data = os.read(self._fd, _CHUNK)
            if not data:
                return END
            self._typed = _SEQUENCE.sub("", self._typed + self._decoder.decode(data))
        char, self._typed = self._typed[0], self._typed[1:]
        return plain_key(char)

    def line(self, question: str) -> str | None:
        """Return a line typed after a question, None at the end of input."""
        from xianke.render.console import tell

        sys.stdout.flush()
        ahead, self._typed = self._typed, ""
        if ENTER in ahead:
            typed, self._typed = ahead.split(ENTER, 1)
            tell(f"{question}{typed}")
            return typed.strip()
        self._termios.tcsetattr(self._fd, self._termios.TCSADRAIN, self._before)
        try:
            answer = ask(question + ahead)
        finally:
            self.listen()
        return None if answer is None else (ahead + answer).strip()


class WindowsKeys:
    """Keys from a console of Windows."""

    def __init__(self, msvcrt: Any) -> None:  # Any: see `_module`
        self._msvcrt = msvcrt

    def key(self) -> str:
        """Return the next key: one character, `ENTER`, or `END`."""
        sys.stdout.flush()
        while True:
            char: str = self._msvcrt.getwch()
            if char in ("\0", "\xe0"):
                # An arrow or function key: the next one only says which.
                self._msvcrt.getwch()
                continue
            if char == _INTERRUPT:
                raise KeyboardInterrupt
            return plain_key(char)

    def line(self, question: str) -> str | None:
        """Return a line typed after a question, None at the end of input."""
        sys.stdout.flush()
        return ask(question)


class Lines:
    """A terminal that sends whole lines only: the first character of each is the key."""

    def key(self) -> str:
        """Return the next key: one character, `ENTER`, or `END`."""
        sys.stdout.flush()
        answer = ask("")
        if answer is None:
            return END
        return plain_key(answer[0]) if answer else ENTER

    def line(self, question: str) -> str | None:
        """Return a line typed after a question, None at the end of input."""
        sys.stdout.flush()
        return ask(question)
