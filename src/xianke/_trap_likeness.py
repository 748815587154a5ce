"""What an offer reads like: pieces of two and three characters, weighed by invented offers.

The signs of `data/cues.yaml` find the deals they know. Beside them stands this plainer measure,
which knows no deal: how much more often each piece of the text occurs in invented traps than in
invented honest offers, chats and notices (`data/offers/`). Every text it was taught by was written
for this project. Numbers count as one piece whatever their value.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NUMBER = re.compile(r"[0-9][0-9.,]*|[一二两三四五六七八九十百千万几半]+")

# Half an offer is added to each count; a piece of a single offer says nothing.
_ADDED = 0.5
_LEAST = 2
# So many offers of all sorts stand behind the share of a piece in one sort.
_LENT = 20
# A weight of hundredths below this is left out: it hardly moves a sum.
_NEGLIGIBLE = 25

# Of fewer known pieces nothing is said: a word or two read like anything.
FEWEST = 6

# The root keeps a long text from being judged by its length, the number a short one from being
# judged by a word or two.
_STEADYING = 3.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece weighs, in hundredths of a log-odds, and its most typical kind of trap."""

    pieces: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How an offer reads: above nought like the traps; `towards` and `away` are its passages.

    Passages are spans of the plain text, those that weigh most first; `kind` is the kind of trap
    that the pieces are typical of, `pieces` the number of them that are known at all.
    """

    score: float
    kind: str
    pieces: int
    towards: tuple[tuple[int, int], ...]
    away: tuple[tuple[int, int], ...]


def taught(offers: Iterable[tuple[str, bool, str, str]]) -> Weights:
    """Return the weights that *offers* teach: plain text, whether it is a trap, its kind, its sort.

    What sort of texts a file holds, `sort_of` says. A piece is as common in traps as in the sort of
    traps where it is most common, and so with the honest: job advertisements and everyday chats
    thus teach what is harmless without hiding what tells a trap from an honest look-alike.
    """
    counts: dict[tuple[bool, str], Counter[str]] = {}
    texts: Counter[tuple[bool, str]] = Counter()
    kinds: dict[str, Counter[str]] = {}
    of_kind: Counter[str] = Counter()
    for plain, trap, kind, sort_name in offers:
        found = {piece for piece, _start, _end in pieces(plain)}
        sort = (trap, sort_name)
        counts.setdefault(sort, Counter()).update(found)
        texts[sort] += 1
        if trap:
            kinds.setdefault(kind, Counter()).update(found)
            of_kind[kind] += 1

    every = {
        trap: sum((seen for sort, seen in counts.items() if sort[0] is trap), Counter[str]())
        for trap in (True, False)
    }
    number = {trap: sum(n for sort, n in texts.items() if sort[0] is trap) for trap in every}

    def share(piece: str, *, trap: bool) -> float:
        overall = (every[trap][piece] + _ADDED) / (number[trap] + 2 * _ADDED)
        return max(
            (seen[piece] + _LENT * overall) / (texts[sort] + _LENT)
            for sort, seen in counts.items()
            if sort[0] is trap
        )

    weights: dict[str, tuple[int, str]] = {}
    known = every[True] + every[False]
    for piece in sorted(piece for piece, times in known.items() if times >= _LEAST):
        weight = round(100 * math.log(share(piece, trap=True) / share(piece, trap=False)))
        if abs(weight) >= _NEGLIGIBLE:
            typical = max(sorted(kinds), key=lambda kind: kinds[kind][piece] / of_kind[kind])
            weights[piece] = (weight, typical if kinds[typical][piece] else "")
    return Weights(weights)


@cache
def shipped() -> Weights:
    """Return the weights that come with the program."""
    text = resources.files("xianke").joinpath("_data/offers.json").read_text(encoding="utf-8")
    data = json.loads(text)
    kinds: list[str] = data["kinds"]
    return Weights(
        {piece: (weight, kinds[kind]) for piece, (weight, kind) in data["pieces"].items()}
    )


def sort_of(file: str) -> str:
    """Return the sort of texts a file holds; most hold offers and what looks like them."""
    return file if file in ("honest", "strangers") else "offers"


def pieces(plain: str) -> list[tuple[str, int, int]]:
    """Return the pieces of two and three characters, with their spans; a number is one `0`."""
    signs: list[tuple[str, int, int]] = []
    last = 0
    for number in _NUMBER.finditer(plain):
        signs.extend((plain[n], n, n + 1) for n in range(last, number.start()))
        signs.append(("0", *number.span()))
        last = number.end()
    signs.extend((plain[n], n, n + 1) for n in range(last, len(plain)))
    return [
        ("".join(sign for sign, _s, _e in signs[n : n + size]), signs[n][1], signs[n + size - 1][2])
        for size in (2, 3)
        for n in range(len(signs) - size + 1)
    ]


def likeness(weights: Weights, plain: str) -> Likeness:
    """Weigh the pieces of an offer's *plain* text, each counted once."""
    found: dict[str, tuple[int, int]] = {}
    for piece, start, end in pieces(plain):
        found.setdefault(piece, (start, end))
    known = {piece: weights.pieces[piece] for piece in found if piece in weights.pieces}
    total = sum(weight for weight, _kind in known.values()) / 100
    kinds: Counter[str] = Counter()
    for weight, kind in known.values():
        if weight > 0:
            kinds[kind] += weight
    kind = max(sorted(kinds), key=lambda name: kinds[name]) if kinds else ""
    marks = [0] * len(plain)
    for piece, (weight, _kind) in known.items():
        start, end = found[piece]
        for place in range(start, end):
            marks[place] += weight
    return Likeness(
        total / (math.sqrt(len(found)) + _STEADYING),
        kind,
        len(known),
        _passages(plain, marks, 1),
        _passages(plain, marks, -1),
    )


def _passages(plain: str, marks: Sequence[int], side: int) -> tuple[tuple[int, int], ...]:
    """Return the three clauses whose characters weigh most to one *side*."""
    clauses: list[tuple[int, int, int]] = []
    start = 0
    for place in range(len(plain) + 1):
        if place == len(plain) or plain[place] in "，,。；;！!？?\n：:":
            weight = side * sum(marks[start:place])
            if place - start >= 2 and weight > 0:
                clauses.append((weight, start, place))
            start = place + 1
    best = sorted(clauses, key=lambda clause: (-clause[0], clause[1]))[:3]
    return tuple((start, end) for _weight, start, end in best)
