"""What the terminal can do: escapes on the old console of Windows, and how wide a line may be."""

from __future__ import annotations

from ctypes import c_ulong
from typing import Any

import pytest

from xianke.render import console

OBEY = 0x0004


class Library:
    """Answers as the library of Windows does that knows its console."""

    def __init__(self, mode: int | None, *, can_obey: bool = True) -> None:
        self.mode, self.can_obey = mode, can_obey

    def GetStdHandle(self, number: int) -> int:
        """Return the handle of stdout."""
        assert number == -11
        return 7

    def GetConsoleMode(self, handle: int, mode: Any) -> int:  # Any: of ctypes
        """Write the mode, unless this is no console."""
        assert handle == 7
        if self.mode is None:
            return 0
        target: c_ulong = mode._obj
        target.value = self.mode
        return 1

    def SetConsoleMode(self, handle: int, mode: int) -> int:
        """Take the mode, unless this is a system from before it was known."""
        assert handle == 7
        if self.can_obey:
            self.mode = mode
        return int(self.can_obey)


def test_an_old_console_is_told_to_obey_escapes() -> None:
    """It keeps what else its mode says."""
    library = Library(0x3)

    assert console.escapes_work(library)
    assert library.mode == 0x3 | OBEY


@pytest.mark.parametrize(
    ("library", "works"),
    [
        (None, True),
        (Library(None), True),
        (Library(0x3 | OBEY, can_obey=False), True),
        (Library(0x3, can_obey=False), False),
    ],
)
def test_what_cannot_obey_gets_no_escapes(library: Library | None, works: bool) -> None:
    """A pipe needs nothing, nor does a console that obeys already; one too old is spared."""
    assert console.escapes_work(library) is works


@pytest.mark.parametrize(("columns", "cells"), [("40", 40), ("80", 80), ("300", 110), ("0", 80)])
def test_a_line_takes_what_the_terminal_has(
    monkeypatch: pytest.MonkeyPatch, columns: str, cells: int
) -> None:
    """Never more than 110 cells, which are hard to read."""
    monkeypatch.setenv("COLUMNS", columns)

    assert console.terminal_width() == cells
