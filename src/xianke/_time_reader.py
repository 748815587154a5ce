"""Text about time as a row of known words, and a cursor over it that refuses by name."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple, NoReturn

from xianke._time_words import LONGEST, PHRASES, WORDS
from xianke.errors import NotUnderstood

_CHUNK: Final = re.compile(r"\s+|[0-9]+|[ap]\.m\.|[a-z]+(?:['’][a-z]+)?", re.ASCII)
# Left behind by copying from web pages and chats.
_INVISIBLE: Final = frozenset("\u200b\u200e\u200f\u2060\ufeff")
_MAX_DIGITS: Final = 8
_AHEAD: Final = 12


class Token(NamedTuple):
    """One word or number: what it is, where it stands, whether a space comes before it."""

    kind: str
    text: str
    value: int
    word: str
    start: int
    end: int
    gap: bool


_END: Final = Token("end", "", 0, "", 0, 0, gap=True)


def fold(text: str) -> tuple[str, list[int] | None]:
    """Return *text* in NFKC and lower case, and for each sign the place it came from.

    The places are None where nothing moved. They let a refusal quote what was really typed.
    """
    lowered = text.lower()
    if len(lowered) == len(text) and unicodedata.is_normalized("NFKC", lowered):
        return lowered, None
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for folded in unicodedata.normalize("NFKC", sign).lower():
            signs.append(folded)
            places.append(place)
    places.append(len(text))
    return "".join(signs), places


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    gap = True
    while at < len(text):
        chunk = _CHUNK.match(text, at)
        if chunk is None and (text[at].isspace() or text[at] in _INVISIBLE):
            gap, at = gap or text[at].isspace(), at + 1
            continue
        if chunk is None:
            word = next(
                (
                    text[at : at + size]
                    for size in range(min(LONGEST, len(text) - at), 1, -1)
                    if text[at : at + size] in WORDS
                ),
                text[at],
            )
        else:
            word = chunk.group()
            if word.isspace():
                gap, at = True, chunk.end()
                continue
        end = at + len(word)
        if word[0] in "0123456789":
            # 009 is no hour and no day.
            if len(word) <= _MAX_DIGITS and not (len(word) > 2 and word[0] == "0"):
                found.append(Token("num", word, int(word), "", at, end, gap))
            else:
                found.append(Token("?", word, 0, "", at, end, gap))
        else:
            meanings = WORDS.get(word.replace("’", "'"), (("?", 0),))
            for kind, value in meanings:
                number, name = (value, "") if isinstance(value, int) else (0, value)
                found.append(Token(kind, word, number, name, at, end, gap))
        at, gap = end, False
    return found


def _joined(tokens: list[Token]) -> list[Token]:
    """Return *tokens* with English expressions of several words made one."""
    joined: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        for rest in PHRASES.get(token.text, ()):
            if tuple(t.text for t in tokens[at + 1 : at + 1 + len(rest)]) == rest:
                phrase = " ".join((token.text, *rest)).replace(" - ", "-")
                end = tokens[at + len(rest)].end
                for kind, value in WORDS[phrase]:
                    number, name = (value, "") if isinstance(value, int) else (0, value)
                    joined.append(Token(kind, phrase, number, name, token.start, end, token.gap))
                at += 1 + len(rest)
                break
        else:
            joined.append(token)
            at += 1
    return joined


class Reader:
    """A cursor over the words of one text.

    *pm_hours* are those that lie after noon where no word says which half of the day is meant.
    """

    __slots__ = ("_places", "_tokens", "_typed", "at", "count", "pm_hours")

    def __init__(self, text: str, pm_hours: range = range(0)) -> None:
        folded, self._places = fold(text)
        found = _joined(_tokens(folded))
        self._typed = text
        self.count = len(found)
        # Looking ahead must never run off the end.
        self._tokens = [*found, *[_END] * _AHEAD]
        self.at = 0
        self.pm_hours = pm_hours

    @property
    def done(self) -> bool:
        """Whether every word has been read."""
        return self.at >= self.count

    def peek(self, ahead: int = 0) -> Token:
        """Return the word *ahead* words further on, without reading it."""
        return self._tokens[self.at + ahead]

    def kind(self, ahead: int = 0) -> str:
        """Return what the word *ahead* words further on is."""
        return self._tokens[self.at + ahead].kind

    def take(self, *kinds: str) -> Token | None:
        """Read the next word if it is one of *kinds*."""
        token = self._tokens[self.at]
        if token.kind in kinds:
            self.at += 1
            return token
        return None

    def take_to(self) -> bool:
        """Read 到, 至, ~, - or the like (a long dash is typed as two signs)."""
        token = self.take("to")
        if token is None:
            return False
        while self.kind() == "to" and self.peek().text == token.text and not self.peek().gap:
            self.at += 1
        return True

    def take_sep(self) -> str:
        """Read 、 and 和 or the like (", and" is one); return the first sign, or nothing."""
        token = self.take("sep")
        if token is None:
            return ""
        more = self.peek()
        if token.text in ",、;" and more.kind == "sep" and more.text not in ",、;":
            self.at += 1
            return more.text
        return token.text

    def typed(self, first: int, past: int) -> str:
        """Return the words from *first* up to *past* as the user typed them."""
        if first >= min(past, self.count):
            return ""
        start, end = self._tokens[first].start, self._tokens[min(past, self.count) - 1].end
        if self._places is not None:
            start, end = self._places[start], self._places[end - 1] + 1
        return self._typed[start:end].strip()

    @property
    def whole(self) -> str:
        """The text as the user typed it."""
        return self._typed.strip()

    def refuse(self, first: int, message: str, hint: str, *, past: int | None = None) -> NoReturn:
        """Stop, naming as {part} the words from *first* to here (or up to *past*)."""
        part = self.typed(first, max(self.at if past is None else past, first + 1))
        raise NotUnderstood(message.format(part=part or self.whole), hint)

    def number(self) -> int | None:
        """Read a number in digits or Chinese numerals; None (and nothing read) otherwise."""
        token = self._tokens[self.at]
        if token.kind == "num":
            self.at += 1
            return token.value
        if token.kind != "zh":
            return None
        past = self.at + 1
        while self._tokens[past].kind == "zh" and not self._tokens[past].gap:
            past += 1
        value = numeral([self._tokens[i].value for i in range(self.at, past)])
        if value is not None:
            self.at = past
        return value


def numeral(signs: list[int]) -> int | None:
    """Return the value of Chinese numeral *signs* (十 is 10, 百 is 100), or None.

    Signs without 十 and 百 are read in a row only for years (二〇二六) and after 零 (零五).
    """
    if all(sign < 10 for sign in signs):
        row = len(signs) in (1, 4) or (len(signs) == 2 and signs[0] == 0)
        return int("".join(map(str, signs))) if row else None
    total = 0
    unit = 1000
    digit: int | None = None
    bridged = False
    for sign in signs:
        if sign < 10:
            # 零 only bridges a gap (一百零五); any other digit waits for its unit.
            if digit:
                return None
            digit, bridged = sign, bridged or sign == 0
        elif sign >= unit or digit == 0:
            return None
        else:
            total += sign * (1 if digit is None else digit)
            unit, digit = sign, None
    # 一百五 may mean 105 or 150: not read.
    return None if unit == 100 and digit and not bridged else total + (digit or 0)
