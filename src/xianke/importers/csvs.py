"""Text tables: which encoding, and rows out of a CSV that not every vendor writes by the rules."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from typing import TYPE_CHECKING

from xianke.errors import Unreadable
from xianke.i18n import _
from xianke.importers.cells import tidied
from xianke.importers.types import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE = 200_000
"""Characters. A row of a bill has some hundred; a file without line breaks is no table."""

MOST_JOINED = 20
"""Lines that one quoted cell may span before its quote is taken for a stray one."""

_CHUNK = 1 << 16
_LONGEST_CHARACTER = 4

_QUOTE_AND_TABS = re.compile(r'"[ \t]+(?=,|\Z)')
_CELL = re.compile(
    # A quote ends the cell only where a comma or the end follows: others are part of the text.
    r'[ \t]*"([^"]*+(?:"(?![ \t]*(?:,|\Z))[^"]*+)*+)"[ \t]*(?:,|\Z)|([^,]*+)(?:,|\Z)'
)


def encoding_of(data: bytes, name: str) -> str:
    """Return the encoding in which all of *data* can be read; UTF-8 goes before GB18030.

    Raise Unreadable where neither fits, or where the file ends in the middle of a character.
    """
    if b"\0" in data[:_CHUNK]:
        raise _no_table(name)
    for encoding in ("utf-8-sig", "gb18030"):
        fault = _fault(data, encoding)
        if fault is None:
            return encoding
        # Within the last character, and nothing but good ones before it.
        if fault >= len(data) - _LONGEST_CHARACTER and not data[:fault].isascii():
            raise Unreadable(
                _("「{name}」在半个字处断了，像是没有下载完整").format(name=name),
                _("重新下载或导出一次"),
            )
    raise _no_table(name)


def _no_table(name: str) -> Unreadable:
    return Unreadable(
        _("「{name}」不是表格，或者已经损坏").format(name=name),
        _("用支付宝、微信或银行导出的原始文件（csv、xlsx、xls 或 zip）"),
    )


def _fault(data: bytes, encoding: str) -> int | None:
    """Return about where *data* stops being of this encoding, None where it is throughout."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=start + _CHUNK >= len(data))
        except UnicodeDecodeError as fault:
            return max(0, start - pending) + fault.start
    return None


def lines(data: bytes, encoding: str, name: str) -> Iterator[Line]:
    """Yield the rows of a text table, cells trimmed, each with its first physical line."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding, newline=None)
    waiting: deque[tuple[int, str]] = deque()
    numbered = enumerate(_physical(text, name), 1)
    width = 0

    def ahead(count: int) -> bool:
        while len(waiting) < count:
            following = next(numbered, None)
            if following is None:
                return False
            waiting.append(following)
        return True

    while ahead(1):
        number, line = waiting.popleft()
        cells = _plain_cells(line)
        joined = line
        taken = 0
        while cells is None and taken < MOST_JOINED and ahead(taken + 1):
            if _is_whole_row(waiting[taken][1], width):
                # The quote before it was a stray one.
                break
            joined = f"{joined}\n{waiting[taken][1]}"
            taken += 1
            cells = _plain_cells(joined)
        if cells is None:
            cells = _lenient_cells(line)
        else:
            for _taken in range(taken):
                waiting.popleft()
        width = max(width, len(cells))
        yield Line(number, tidied(cells))


def _is_whole_row(line: str, width: int) -> bool:
    """Return whether a line can stand alone, rather than end a quoted cell begun before it."""
    cells = _plain_cells(line) or []
    return len(cells) >= width > 0 and not any('"' in cell for cell in cells)


def _physical(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise _no_table(name)
        yield line.rstrip("\n")


def _plain_cells(line: str) -> list[str] | None:
    """Return the cells of a line that keeps the rules but for blanks after a quote, else None."""
    if '"' not in line:
        return line.split(",")
    for text in (line, _QUOTE_AND_TABS.sub('"', line)):
        try:
            return next(csv.reader([text], strict=True))
        except csv.Error:
            continue
    return None


def _lenient_cells(line: str) -> list[str]:
    """Return the cells of a line with stray quotes: `"点击"更多"",` holds 点击"更多"."""
    cells = []
    place = 0
    while True:
        match = _CELL.match(line, place)
        assert match is not None  # the second branch takes anything
        cells.append(match[2] if match[1] is None else match[1])
        place = match.end()
        if not match[0].endswith(","):
            return cells
