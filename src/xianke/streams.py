"""What comes in and goes out as text, whatever encoding the system is set to."""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
import unicodedata
from collections.abc import Sequence
from typing import TextIO

SIGNS = {
    "─": "-", "→": ">", "·": "-", "●": "*", "–": "-", "—": "-", "…": "...", "￥": "CNY ",
    "×": "x", "÷": "/", "“": '"', "”": '"', "‘": "'", "’": "'", "（": "(", "）": ")",
    "：": ":", "，": ",", "；": ";", "。": ".", "、": ",", "「": '"', "」": '"',
    "█": "#", "▉": "#", "▊": "#", "▋": "#", "▌": "#", "▍": "#", "▎": "#", "▏": "#",
    "▁": "_", "▃": "=", "▅": "%",
}  # fmt: skip
"""What the program's own signs become where an encoding lacks them; all else is escaped."""

HANDLER = "xianke"

_WIDE_BLANK = "\u3000"

_LETTER = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
_WIDE = re.compile(f"(?=.*[{_LETTER}])[{_LETTER}_./:,=＿．／：，＝－-]+")
_OPTION = re.compile(
    "(?P<dashes>[-－]{1,2}|[—–―]{1,2})"
    "(?P<name>[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ－-]*)"
    "(?:[=＝](?P<value>.*))?",
    re.DOTALL,
)
"""An option as it is typed with a Chinese keyboard, or as a text program has beautified it."""


def prepare() -> None:
    """Let no character stop the output: what an encoding lacks is replaced or escaped."""
    codecs.register_error(HANDLER, _replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=HANDLER)


def shows_chinese(stream: TextIO) -> bool:
    """Return whether the encoding of *stream* has Chinese characters."""
    try:
        "闲客".encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def writable(text: str) -> str:
    """Return *text* with what stdout's encoding lacks replaced or escaped.

    For what the parser writes itself: where it finds ASCII, it writes UTF-8 all the same.
    """
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, errors=HANDLER).decode(encoding)


def plain_words(arguments: Sequence[str]) -> list[str]:
    """Return the words of a command line with what a Chinese keyboard made wide narrow again.

    That are words of nothing but letters, digits and a few signs (`ｇ１`, `２０２６－Ｗ４８`), and
    options with long or wide dashes or a wide equals sign (`—minutes`, `--minutes＝４０`).
    Sentences stay as they are, and so does a word that names a file which is there, and all
    that comes after `--`. The first word is a command: wide blanks part it from what follows.
    """
    words = [read_again(word) for word in arguments]
    first = [part for word in words[:1] for part in word.split(_WIDE_BLANK) if part]
    words = [*(first or words[:1]), *words[1:]]
    end = words.index("--") if "--" in words else len(words)
    return [*map(_plain_word, words[:end]), *words[end:]]


def _plain_word(word: str) -> str:
    if word.isascii():
        return word
    bare = word.strip()
    option = _OPTION.fullmatch(bare)
    if option is not None:
        dashes = "-" if option["dashes"] in ("-", "－") else "--"
        narrow = dashes + unicodedata.normalize("NFKC", option["name"])
        return narrow if option["value"] is None else f"{narrow}={option['value']}"
    if _WIDE.fullmatch(bare) and not os.path.lexists(word):
        return unicodedata.normalize("NFKC", bare)
    return word


def read_again(argument: str) -> str:
    """Return a word of the command line as UTF-8 where the locale could not read it.

    Python keeps such bytes as lone surrogates; what is no UTF-8 either stays as it is.
    """
    if not any("\ud800" <= char <= "\udfff" for char in argument):
        return argument
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError:
        return argument


def _replaced(error: UnicodeError) -> tuple[str | bytes, int]:
    """Answer for a codec that lacks a character: its replacement, and where to go on."""
    if isinstance(error, UnicodeEncodeError):
        sign = SIGNS.get(error.object[error.start])
        if sign is not None:
            return sign, error.start + 1
    return codecs.lookup_error("backslashreplace")(error)
