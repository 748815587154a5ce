"""Plain lines: width of Chinese text, padding, wrapping, and text from outside made harmless."""

from __future__ import annotations

import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def harmless(text: str) -> str:
    """Return *text* with control, escape and direction characters shown as a question mark.

    What comes from a bill, a catalogue file or a note must not move the cursor or hide words.
    """
    if text.isprintable():
        return text
    return "".join("?" if unicodedata.category(char) in _INVISIBLE else char for char in text)


def width(text: str) -> int:
    """Return how many terminal cells *text* takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(char)
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

    Closing punctuation never begins a line, and words of letters stay whole while they fit.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and width(line) + width(piece.rstrip()) > cells and piece not in _CLOSING:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
            while width(line) > cells + 2:
                cut = _cut(line, cells)
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line.rstrip())
    return lines


_CLOSING = frozenset("，。、；：？！）」』》”’%,.;:?!)")


def _pieces(text: str) -> list[str]:
    """Cut a text where a line may break: after blanks and around wide characters."""
    pieces: list[str] = []
    word = ""
    for char in text:
        if char == " ":
            pieces.append(word + char)
            word = ""
        elif width(char) == 2:
            if word:
                pieces.append(word)
            pieces.append(char)
            word = ""
        else:
            word += char
    if word:
        pieces.append(word)
    return pieces


def _cut(line: str, cells: int) -> int:
    used = 0
    for index, char in enumerate(line):
        used += width(char)
        if used > cells:
            return max(index, 1)
    return len(line)
