"""The words of offers and the signs they make: what `data/cues.yaml` says, ready for reading."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from xianke._trap_text import Levels, Reading

if TYPE_CHECKING:
    from xianke.findings import Strength


@dataclass(frozen=True, slots=True)
class Token:
    """A concept seen in the plain text, from `start` to before `end`.

    Of a verb that moves money `by` and `to` say who does it and to whom it goes (`you`, `them`;
    empty where the words do not tell); `denied` is the place of the word that denies it.
    """

    concept: str
    start: int
    end: int
    clause: int
    sentence: int
    by: str = ""
    to: str = ""
    denied: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """One of the concepts a sign needs, what it gives going to the side named, if one is."""

    concepts: frozenset[str]
    to: str = ""

    def met_by(self, token: Token) -> bool:
        """Tell whether *token* is what is needed, and nothing denies it."""
        return (
            token.concept in self.concepts
            and token.denied is None
            and (not self.to or token.to in (self.to, ""))
        )


@dataclass(frozen=True, slots=True)
class Sign:
    """What speaks for a trap: concepts that stand together."""

    id: str
    type: str
    strength: Strength
    needs: tuple[Need, ...]
    within: str
    text: str
    ordered: bool = False
    unless: frozenset[str] = frozenset()
    unless_within: str = "offer"
    idea: str = ""
    loose: bool = False
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cues:
    """Everything the reading of offers goes by."""

    levels: Levels
    signs: tuple[Sign, ...]
    literals: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    work: dict[str, tuple[str, ...]]

    def tokens(self, reading: Reading) -> Iterator[Token]:
        """Yield the concepts of the plain text, in the order in which they begin."""
        plain = reading.plain
        blocked = 0
        clause = sentence = 0
        clauses, sentences = reading.clauses, reading.sentences
        for start in range(len(plain)):
            while clauses[clause][1] <= start:
                clause += 1
            while sentences[sentence][1] <= start:
                sentence += 1
            seen: set[str] = set()
            near = self.literals.get(plain[start : start + 2], ())
            for word, concepts in near or self.literals.get(plain[start], ()):
                if not plain.startswith(word, start):
                    continue
                end = start + len(word)
                if "noise" in concepts:
                    blocked = max(blocked, end)
                elif end > blocked:
                    for concept in concepts:
                        if concept not in seen:
                            seen.add(concept)
                            yield Token(concept, start, end, clause, sentence)


def _literals(words: dict[str, list[str]]) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Return the words by how they begin, the longest first, each with its concepts.

    A word is found under its first two characters, with those of one character that begin so too;
    words of one character stand under it as well.
    """
    concepts: dict[str, list[str]] = {}
    for concept, listed in words.items():
        for word in listed:
            concepts.setdefault(word, []).append(concept)
    first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for word, named in concepts.items():
        first.setdefault(word[:2], []).append((word, tuple(named)))
    for start in [start for start in first if len(start) == 2]:
        first[start] += first.get(start[0], [])
    return {
        start: tuple(sorted(listed, key=lambda pair: (-len(pair[0]), pair[0])))
        for start, listed in first.items()
    }


_NEED = re.compile(r"(?P<names>[A-Z_]+(?:\|[A-Z_]+)*)(?:>(?P<to>you|them))?")


def need(text: str) -> Need:
    """Read one need, `PAY|BUY>them`; raise ValueError for what is none."""
    found = _NEED.fullmatch(text)
    if found is None:
        raise ValueError(f"not a need: {text!r}")
    return Need(frozenset(found["names"].split("|")), found["to"] or "")


def cues_of(data: Any, tongue: str) -> Cues:  # Any: the compiled file was checked by its schema
    """Return the cues of the compiled *data*, their texts in the language *tongue*."""
    return Cues(
        Levels(data["traditional"], data["spellings"], data["masked"]),
        tuple(_sign(raw, tongue) for raw in data["signs"]),
        _literals(data["words"]),
        {category: tuple(words) for category, words in data["work"].items()},
    )


def _sign(raw: Any, tongue: str) -> Sign:
    return Sign(
        raw["id"],
        raw["type"],
        raw["strength"],
        tuple(need(one) for one in raw["needs"]),
        raw["within"],
        raw["says"][tongue],
        raw.get("ordered", False),
        frozenset(raw.get("unless", ())),
        raw.get("unless_within", "offer"),
        raw.get("idea") or raw["id"],
        raw.get("loose", False),
        frozenset(raw.get("beside", ())),
    )


@cache
def shipped(tongue: str) -> Cues:
    """Return the cues that come with the program."""
    text = resources.files("xianke").joinpath("_data/cues.json").read_text(encoding="utf-8")
    return cues_of(json.loads(text), tongue)


def by_concept(tokens: Iterable[Token]) -> dict[str, list[Token]]:
    """Return *tokens* by their concept, each list in the order of the text."""
    found: dict[str, list[Token]] = {}
    for token in tokens:
        found.setdefault(token.concept, []).append(token)
    return found


def spans(tokens: Sequence[Token]) -> tuple[int, int]:
    """Return the stretch from the first to the last of *tokens*."""
    return min(token.start for token in tokens), max(token.end for token in tokens)
