"""Amounts and counts as offers write them: 99元, 三百八, 1.8万, 2k, 百分之二十, xx元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Months and clock times are no money; nor is what counts things.
_UNIT_AFTER = (
    "点时日号月年天小分钟秒岁个人名位楼层栋室线路米公斤克种类项周节课次份条张件台"
    "部届期排座寸里套双只头棵轮页字词题本厘平户班组代倍厂区局%‰成折单"
)
# 30-50单: the first figure counts what the second does.
_RANGE = re.compile(rf"\s*[-到至~]\s*\d{{1,4}}\s*[{_UNIT_AFTER}]")
_VALUES = {"两": 2, **{digit: n for n, digit in enumerate("一二三四五六七八九", 1)}}
_DIGITS = "".join(_VALUES)
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10000, "k": 1000, "w": 10000}

# 一块五, 3元5角: a tenth behind the unit, and what shows that it counts nothing else.
_TENTHS = r"(?:毛|角|(?=[，,。；;、！!？?\s)]|[一每/][单条张份个件篇页次位天小题字]|$))"
_NUMBER = re.compile(
    r"(?P<digits>\d{1,9}(?:[.,]\d{1,6})?|\[数字\]|x{2,6}|digit)"
    r"(?P<scale>[百千万kw](?![a-z]))?(?P<more>[多来余几]{0,2})(?P<unit>元|块|圆|rmb|r(?![a-z])|大洋|毛|角)?"
    rf"(?:(?<=[块元])(?P<rest>[{_DIGITS}半\d]){_TENTHS})?"
    r"|(?P<words>[半几零一二两三四五六七八九十百千万]{1,9})(?P<wmore>[多来余])?"
    r"(?P<wunit>元|块|圆|大洋|毛|角)?"
    rf"(?:(?<=[块元])(?P<wrest>[{_DIGITS}半\d]){_TENTHS})?"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure at `start` to before `end`; `fen` is None where the text hides it (xx元)."""

    start: int
    end: int
    fen: int | None
    sure: bool


def amounts(plain: str) -> Iterator[Amount]:
    """Yield what may be money: with its unit it is sure; a bare number is not."""
    for match in _NUMBER.finditer(plain):
        end = match.end()
        unit = match["unit"] or match["wunit"]
        if match["digits"]:
            if not unit and (_counts(plain, end) or _is_code(plain, match)):
                continue
            value = _digits(match["digits"], match["scale"])
        else:
            words = match["words"]
            if not unit and (len(words) < 2 or _counts(plain, end)):
                continue
            if not unit and not any(character in words for character in "百千万"):
                continue
            value = _words(words)
        if unit in ("毛", "角") and value is not None:
            value /= 10
        rest = match["rest"] or match["wrest"]
        fen = None if value is None else round(value * 100) + (_tenth(rest) if rest else 0)
        if fen is not None and fen > 10**12:
            fen = None
        yield Amount(match.start(), end, fen, unit is not None)


def _counts(plain: str, end: int) -> bool:
    """Tell whether the number before *end* counts things: what follows says which."""
    return plain[end : end + 1] in tuple(_UNIT_AFTER) or _RANGE.match(plain, end) is not None


def _is_code(plain: str, match: re.Match[str]) -> bool:
    """Tell a number that stands inside a name or a longer code (v123, 138xxxx)."""
    before = plain[match.start() - 1 : match.start()]
    after = plain[match.end() : match.end() + 1]
    long = len(match["digits"]) > 6 and not match["scale"]
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum()) or long


def _tenth(rest: str) -> int:
    """Return the fen of a digit of tenths; half of a yuan is five of them."""
    return 50 if rest == "半" else 10 * (_VALUES.get(rest) or int(rest))


def _digits(digits: str, scale: str | None) -> float | None:
    if not digits[0].isdigit():
        return None
    text = digits.replace(",", "") if re.fullmatch(r"\d{1,3},\d{3}", digits) else digits
    return float(text.replace(",", ".")) * (_SCALE[scale] if scale else 1)


def _words(words: str) -> float | None:
    """Return a Chinese numeral's value: 三百八 is 380, 两千 2000, 几百 unknown."""
    if "几" in words:
        return None
    total = section = 0.0
    digit: float | None = None
    last = 1
    for character in words:
        if character == "半":
            digit = 0.5
        elif character == "零":
            last = 1
        elif character in _DIGITS:
            digit = _VALUES[character]
        elif character == "万":
            total = (total + section + (digit or 0)) * 10000 or 10000
            section, digit, last = 0, None, 10000
        else:
            last = _SCALE[character]
            section += (1 if digit is None else digit) * last
            digit = None
    if digit is not None:
        # 三百八: what follows a scale without its own is of the next lower one.
        section += digit * (last // 10 if last > 10 else 1)
    return total + section
