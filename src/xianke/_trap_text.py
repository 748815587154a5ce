"""An offer's characters made comparable, each still knowing where it came from.

Width and case are levelled, traditional characters become simplified ones, sound-alikes and masks
(嫌职, 刷&单, letters between characters) the words they stand for. Every step keeps, for each
character of the plain text, the place of the character it came from, so that a finding can quote
the offer as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Marks that end a sentence, and those that end a clause within it.
SENTENCE_ENDS = "。！!？?\n；;…"
CLAUSE_ENDS = SENTENCE_ENDS + "，,：:"

# However long a writer goes on, a clause and a sentence end: what is looked for stands together.
_LONGEST = {CLAUSE_ENDS: 120, SENTENCE_ENDS: 480}

# What is put between the characters of a word to hide it from a filter.
_MASKS = " \t&*·._|~^#+-/\\"
_CJK = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LINE_ENDS = "\r\x85\u2028\u2029"
_UNSEEN = {"Cc", "Cf", "Cs", "Mn", "Me"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A text made plain: `origin[i]` is the place in the given text of the plain character i."""

    plain: str
    origin: tuple[int, ...]
    given: str
    clauses: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the given text's span of the plain characters from *start* to before *end*."""
        return self.origin[start], self.origin[end - 1] + 1

    def clause_of(self, place: int) -> int:
        """Return the number of the clause that holds the plain character at *place*."""
        return _index(self.clauses, place)

    def sentence_of(self, place: int) -> int:
        """Return the number of the sentence that holds the plain character at *place*."""
        return _index(self.sentences, place)


def _index(spans: Sequence[tuple[int, int]], place: int) -> int:
    return max(bisect_right(spans, (place, 1 << 60)) - 1, 0)


class Levels:
    """How characters and words are levelled: tables made once, used for every text."""

    def __init__(
        self, traditional: Mapping[str, str], spellings: Mapping[str, str], masked: Sequence[str]
    ) -> None:
        self._characters = traditional
        self._spellings = spellings
        gap = f"[{re.escape(_MASKS)}]{{0,2}}"
        words = sorted(masked, key=len, reverse=True)
        self._masked = re.compile("|".join(gap.join(map(re.escape, word)) for word in words))
        written = sorted(spellings, key=len, reverse=True)
        self._written = re.compile("|".join(map(re.escape, written)))

    def read(self, text: str) -> Reading:
        """Return *text* made plain; it takes time in proportion to its length."""
        plain, origin = self._levelled(text)
        plain, origin = _joined(plain, origin)
        plain, origin = _replaced(plain, origin, self._masked, _unmasked)
        plain, origin = _replaced(
            plain, origin, self._written, lambda found: self._spellings[found]
        )
        return Reading(
            plain,
            tuple(origin),
            text,
            tuple(_parts(plain, CLAUSE_ENDS)),
            tuple(_parts(plain, SENTENCE_ENDS)),
        )

    def _levelled(self, text: str) -> tuple[str, list[int]]:
        characters: list[str] = []
        origin: list[int] = []
        for place, character in enumerate(text):
            if character in "\n\t":
                wide = character
            elif character in _LINE_ENDS:
                # The two characters that end a line on Windows end one line, not two.
                wide = "" if text.startswith("\r\n", place) else "\n"
            elif character == "，" and _is_digit(text, place - 1) and _is_digit(text, place + 1):
                # Two figures: levelled they would read as one with its thousands parted.
                wide = character
            elif character < "\x80":
                wide = character.lower() if character >= " " else ""
            elif unicodedata.category(character) in _UNSEEN:
                wide = ""
            else:
                wide = unicodedata.normalize("NFKC", character).lower()
            for one in wide:
                characters.append(self._characters.get(one, one))
                origin.append(place)
        return "".join(characters), origin


def _is_digit(text: str, place: int) -> bool:
    return text[max(place, 0) : place + 1].isdecimal()


def _joined(plain: str, origin: list[int]) -> tuple[str, list[int]]:
    """Leave out blanks that stand between or beside Chinese characters."""
    kept: list[int] = []
    for place, character in enumerate(plain):
        if character in " \t":
            before = plain[place - 1] if place else " "
            after = plain[place + 1] if place + 1 < len(plain) else " "
            if before in " \t" or after in " \t" or _CJK.match(before) or _CJK.match(after):
                continue
        kept.append(place)
    return "".join(plain[place] for place in kept), [origin[place] for place in kept]


def _unmasked(found: str) -> str:
    return "".join(character for character in found if character not in _MASKS)


def _replaced(
    plain: str, origin: list[int], pattern: re.Pattern[str], into: Callable[[str], str]
) -> tuple[str, list[int]]:
    """Put another word where *pattern* matches; its characters point at the whole match."""
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for match in pattern.finditer(plain):
        word = into(match.group())
        if word == match.group():
            continue
        pieces.append(plain[last : match.start()])
        places.extend(origin[last : match.start()])
        pieces.append(word)
        inner = origin[match.start() : match.end()]
        places.extend(
            inner[min(n * len(inner) // len(word), len(inner) - 1)] for n in range(len(word))
        )
        if word:
            places[-1] = inner[-1]
        last = match.end()
    if not pieces:
        return plain, origin
    pieces.append(plain[last:])
    places.extend(origin[last:])
    return "".join(pieces), places


def _parts(plain: str, ends: str) -> list[tuple[int, int]]:
    """Return the spans between the marks; every character belongs to one, its mark included."""
    parts: list[tuple[int, int]] = []
    start = 0
    for place, character in enumerate(plain):
        inside = (
            character in ".,:"
            and place + 1 < len(plain)
            and plain[place - 1 : place].isdigit()
            and plain[place + 1].isdigit()
        )
        if (character in ends and not inside) or place - start >= _LONGEST[ends]:
            parts.append((start, place + 1))
            start = place + 1
    if start < len(plain) or not parts:
        parts.append((start, len(plain)))
    return parts
