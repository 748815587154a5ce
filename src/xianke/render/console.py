"""The terminal: how wide it is, what it can show, and the one gate through which text reaches it.

Nothing else writes to stdout or stderr but JSON documents, exports and what rich has drawn of
texts that were made harmless before; a test holds the list.
"""

from __future__ import annotations

import os
import shutil
import sys
from functools import cache
from typing import TYPE_CHECKING, Any  # Any: what ctypes gives has no types

if TYPE_CHECKING:
    from rich.console import Console

DEFAULT_WIDTH = 80
WIDEST = 110
"""Lines longer than this are hard to read, however wide the window is."""
ANSWER = 4
"""Cells that a question leaves for an answer of one letter."""


def terminal_width() -> int:
    """Return the cells a line may take: the terminal's, 80 in a pipe, never more than 110."""
    return min(shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns or DEFAULT_WIDTH, WIDEST)


_STDOUT = -11
_OBEY = 0x0004
"""STD_OUTPUT_HANDLE and ENABLE_VIRTUAL_TERMINAL_PROCESSING of the Windows console."""


@cache
def console() -> Console:
    """Return the console for stdout; colour only on a terminal that wants it."""
    from rich.console import Console

    plain = os.environ.get("TERM") == "dumb" or not escapes_work(_windows_console())
    return Console(
        file=sys.stdout,
        width=terminal_width(),
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
        no_color=plain or None,
        color_system=None if plain else "auto",
        legacy_windows=False,
    )


def escapes_work(windows: Any) -> bool:
    """Return whether the terminal obeys escapes; *windows* is its system library, else None.

    The old console of Windows writes them out as they are until it is told to obey them.
    """
    if windows is None:
        return True
    from ctypes import byref, c_ulong

    handle, mode = windows.GetStdHandle(_STDOUT), c_ulong()
    if not windows.GetConsoleMode(handle, byref(mode)):
        # A pipe or a file, or the terminal of another system: there is nothing to tell.
        return True
    return bool(mode.value & _OBEY or windows.SetConsoleMode(handle, mode.value | _OBEY))


def _windows_console() -> Any:
    if sys.platform != "win32":
        return None
    import ctypes

    return ctypes.windll.kernel32


def say(text: str = "") -> None:
    """Print one plain line on stdout, without rich; whatever stands in it moves nothing."""
    from xianke.render.text import harmless

    sys.stdout.write(harmless(text) + "\n")


def say_drawn(text: str) -> None:
    """Print lines that rich has drawn, with its escapes, of texts that are harmless already."""
    sys.stdout.write(text + "\n")


def prompt(text: str) -> None:
    """Print the beginning of a line on stdout, after which something is typed."""
    sys.stdout.write(_asked(text, sys.stdout.isatty()))
    sys.stdout.flush()


def question(text: str) -> None:
    """Print a question on stderr, after which a line is typed."""
    sys.stderr.write(_asked(text, sys.stderr.isatty()))
    sys.stderr.flush()


def _asked(text: str, wraps: bool) -> str:
    """Return what is asked, on a terminal in lines that leave room for a short answer."""
    from xianke.render.text import harmless, wrapped

    words = harmless(text).rstrip(" ")
    if not wraps:
        return harmless(text)
    blanks = len(harmless(text)) - len(words)
    return "\n".join(wrapped(words, terminal_width() - ANSWER)) + " " * blanks


def passing(text: str) -> None:
    """Show a line on stderr in the place of the last such one; an empty text clears it."""
    from xianke.render.text import harmless

    sys.stderr.write("\r" + harmless(text) if text else "\r\x1b[K")
    sys.stderr.flush()


def tell(text: str, indent: int = 0) -> None:
    """Print a sentence on stderr, what is not the result; a terminal gets it wrapped."""
    from xianke.render.text import harmless, wrapped

    lines = [harmless(text)]
    if sys.stderr.isatty():
        lines = wrapped(lines[0], terminal_width() - indent)
    sys.stderr.write("".join(" " * indent + line + "\n" for line in lines))


def is_interactive() -> bool:
    """Return whether somebody sits at the terminal and can answer a question."""
    return sys.stdin.isatty() and sys.stdout.isatty()
