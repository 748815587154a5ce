"""What comes in and goes out as text, whatever encoding the system is set to."""

from __future__ import annotations

import codecs
import io
import os
import sys
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
