"""Plain lines: width of Chinese text, padding, wrapping, and text from outside made harmless."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from shlex import quote

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_ON_TOP = {"Mn", "Me"}
"""Marks that stand over or under the character before them."""
_MOST_ON_TOP = 4
"""More than a letter of any script in use carries; a heap of them runs into the lines around."""
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters and marks by category, yet nobody sees them."""
_COMMON = re.compile(
    "[ -~\u2190-\u2193\u2500-\u259f\u3000-\u3020\u4e00-\u9fff\uff01-\uff5e\uffe5·×–—‘’“”…]*"
)
"""What nearly all lines are made of; none of it can do harm."""

_ORPHAN = 8
_ORPHAN_ROOM = 14
_WIDE = 40
"""A last line narrower than `_ORPHAN` cells is avoided at the price of at most `_ORPHAN_ROOM`,
where lines are `_WIDE` enough to spare them."""
_CLOSING = frozenset("，。、；：？！）」』》”’…%,.;:?!)")
_OPENING = frozenset("（「『《“‘(￥")
_NARROWEST = 2
"""A wide character must find room."""


def harmless(text: str) -> str:
    """Return *text* with control, escape and direction characters shown as a question mark.

    So are characters nobody sees, and marks heaped upon one letter. What comes from a bill, a
    catalogue file or a note must not move the cursor, hide words or spill into other lines.
    """
    if _COMMON.fullmatch(text):
        return text
    shown: list[str] = []
    heap = 0
    for char in text:
        category = unicodedata.category(char)
        heap = heap + 1 if category in _ON_TOP else 0
        bad = category in _INVISIBLE or char in _FILLERS or heap > _MOST_ON_TOP
        shown.append("?" if bad else char)
    return "".join(shown)


def shortened(text: str, cells: int = 60) -> str:
    """Return *text* on one line, cut to *cells* with an ellipsis, for quoting it in a sentence."""
    line = " ".join(text.split())
    if width(line) <= cells:
        return line
    return line[: _cut(line, cells - 1)].rstrip() + "…"


def command_line(words: Sequence[str]) -> str:
    """Return a command line as one would type it: quotes only where a shell needs them."""
    return " ".join(["xianke", *map(_quoted, words)])


def _quoted(word: str) -> str:
    if word and all(char.isalnum() or char in "-_./:" for char in word):
        return word
    quoted = quote(word)
    return f"'{word}'" if quoted == word else quoted


def width(text: str) -> int:
    """Return how many terminal cells *text* takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(char) in _ON_TOP
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def padded(text: str, cells: int) -> str:
    """Return *text* followed by blanks up to *cells*."""
    return text + " " * max(0, cells - width(text))


def wrapped(text: str, cells: int) -> list[str]:
    """Return *text* cut into lines of at most *cells*; between Chinese characters anywhere.

    Words of letters stay whole, closing punctuation never begins a line and opening never
    ends one, unless what belongs together is longer than a line. A last line of two or three
    characters is avoided by making the others a little shorter.
    """
    cells = max(cells, _NARROWEST)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        cut = _cut_lines(paragraph, cells)
        for narrower in range(cells - 2, cells - _ORPHAN_ROOM, -2):
            if len(cut) == 1 or width(cut[-1]) >= _ORPHAN or cells < _WIDE:
                break
            again = _cut_lines(paragraph, max(narrower, _NARROWEST))
            if len(again) == len(cut):
                cut = again
        lines.extend(cut)
    return lines


def _cut_lines(paragraph: str, cells: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(paragraph):
        if line.strip() and width(line) + width(piece.rstrip()) > cells:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while width(line.rstrip()) > cells:
            cut = _cut(line, cells)
            lines.append(line[:cut].rstrip())
            line = line[cut:]
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    """Cut a text where a line may break: after blanks and around wide characters."""
    pieces: list[str] = []
    for char in text:
        if pieces and not _may_break(pieces[-1][-1], char):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _CLOSING or before in _OPENING or width(after) == 0:
        return False
    if before + after == "-￥":
        return False
    return before == " " or 2 in (width(before), width(after))


def _cut(line: str, cells: int) -> int:
    used = 0
    for index, char in enumerate(line):
        used += width(char)
        if used > cells:
            return index
    return len(line)
