"""Reading single cells: money, times, numbers of transactions, and fillers that mean nothing."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta
from typing import NamedTuple

from xianke.i18n import _
from xianke.money import FEN_PER_YUAN, MAX_FEN

_AMOUNT = re.compile(
    r"(?P<sign>[+-]?)(?P<yuan>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<fen>\d{1,2})0*)?", re.ASCII
)
_SIGNS = str.maketrans("", "", "\u00a5￥元 \t\u3000\xa0")

_DATE_TIME = re.compile(
    r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"|年(?P<month_zh>\d{1,2})月(?P<day_zh>\d{1,2})日|(?P<compact>\d{4}))"
    r"(?:\s+(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?",
    re.ASCII,
)
_USUAL = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)
"""How nearly all are written: worth a shorter way."""
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_FILLER_MARKS = "/-—"
_FILLER = re.compile(rf"[{re.escape(_FILLER_MARKS)}]*")

EARLIEST_YEAR = 2000
LATEST_YEAR = 2099
"""No wallet is older, and a year outside is a column taken for another."""

_DAY_ZERO = datetime(1899, 12, 30)
"""The day from which spreadsheets count, their leap day of 1900 allowed for."""

_SHORTEST_COMPACT_CLOCK = 5
"""`93015`: a leading zero that a spreadsheet took away."""


class Stamp(NamedTuple):
    """A civil moment, and whether its clock time was written."""

    at: datetime
    has_time: bool


class Unclear(ValueError):
    """A cell that cannot be read; the text says why, for the row's problem."""


def tidy(text: str) -> str:
    """Return the text of a cell trimmed, and without marks that would steer a terminal."""
    text = text.strip()
    return text if text.isprintable() else _CONTROLS.sub(" ", text).strip()


def tidied(texts: list[str]) -> list[str]:
    """Return the cells of a row, each of them tidy."""
    trimmed = [text.strip() for text in texts]
    # One look at all of them: hardly any row holds such a mark.
    return trimmed if "".join(trimmed).isprintable() else [tidy(text) for text in trimmed]


def plain(text: str) -> str:
    """Return a text cell without the fillers that stand for nothing: `/`, `-----`."""
    # Nearly no text begins like one, and there are a million of them.
    return "" if text[:1] in _FILLER_MARKS and _FILLER.fullmatch(text) else text


def fen(text: str) -> int:
    """Return the signed fen of an amount such as `￥1,234.50`; raise Unclear for anything else."""
    digits = text.translate(_SIGNS)
    match = _AMOUNT.fullmatch(digits if digits.isascii() else unicodedata.normalize("NFKC", digits))
    if match is None:
        raise Unclear(_("看不懂金额「{text}」").format(text=text))
    digits = match["yuan"].replace(",", "")
    # The length first: Python refuses to read a number of thousands of digits.
    amount = MAX_FEN + 1
    if len(digits) < len(str(MAX_FEN)):
        amount = int(digits) * FEN_PER_YUAN + int((match["fen"] or "").ljust(2, "0"))
    if amount > MAX_FEN:
        raise Unclear(_("金额「{text}」大得不合理").format(text=text[:40]))
    return -amount if match["sign"] == "-" else amount


def stamp(text: str) -> Stamp:
    """Return the moment in a cell: `2026-09-01 10:00:00`, as Excel rewrites it, or its serial."""
    usual = _USUAL.fullmatch(text)
    if usual is not None:
        try:
            return Stamp(datetime.fromisoformat(text), has_time=True)
        except ValueError:
            raise _no_time(text) from None
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        return _serial(text)
    if match["compact"]:
        month, day = int(match["compact"][:2]), int(match["compact"][2:])
    else:
        month, day = int(match["month"] or match["month_zh"]), int(match["day"] or match["day_zh"])
    year = int(match["year"])
    try:
        at = datetime(year, month, day)
    except ValueError:
        raise _no_time(text) from None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise _no_time(text)
    if match["clock"] is None:
        return Stamp(at, has_time=False)
    found = clock(match["clock"])
    return Stamp(datetime.combine(at, found), has_time=True)


def _serial(text: str) -> Stamp:
    if not _SERIAL.fullmatch(text):
        raise _no_time(text)
    # To the nearest second: 19:05:00 is stored as a little less.
    at = _DAY_ZERO + timedelta(seconds=round(float(text) * 86400))
    if not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
        raise _no_time(text)
    return Stamp(at, has_time="." in text)


def _no_time(text: str) -> Unclear:
    return Unclear(_("看不懂时间「{text}」").format(text=text))


def clock(text: str) -> time:
    """Return a clock time: `14:06:51`, `14:06`, `140651`, or a spreadsheet's part of a day."""
    match = _CLOCK.fullmatch(text)
    try:
        if match is not None:
            return time(int(match[1]), int(match[2]), int(match[3] or 0))
        if text.isascii() and text.isdigit() and _SHORTEST_COMPACT_CLOCK <= len(text) <= 6:
            padded = text.zfill(6)
            return time(int(padded[:2]), int(padded[2:4]), int(padded[4:]))
        if re.fullmatch(r"0\.\d+", text, re.ASCII):
            return (_DAY_ZERO + timedelta(seconds=round(float(text) * 86400))).time()
    except ValueError:
        pass
    raise _no_time(text)


def number(text: str) -> str | None:
    """Return the number of a transaction, None where there is none.

    Raise Unclear where a spreadsheet has cut it to a few digits: two rows would look like one.
    """
    text = plain(text)
    if _SCIENTIFIC.fullmatch(text):
        raise Unclear(_("单号「{text}」被表格软件改成了科学计数法，请用原始文件").format(text=text))
    return text or None
