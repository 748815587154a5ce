"""How well a platform protects a worker: four facts, a letter, and what the user went through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xianke.catalogue import Platform

SAFETY_FACTS = ("escrow", "settlement", "public_ratings", "upfront")

BY_HARM = ("upfront", "escrow", "settlement", "public_ratings")
"""The four facts, the one that costs most first: money paid in advance is gone at once."""

LEAST_KNOWN = 3
"""A letter needs three known facts of four."""

FAST_DAYS = {
    "daily": 1, "per_visit": 0, "1_to_3_days": 3, "daily_or_weekly": 7, "weekly": 7,
    "on_acceptance": None, "on_buyer_confirmation": 10, "milestone": None, "monthly": 30,
}  # fmt: skip
"""Days until paid, by the catalogue's words; None where the word does not say how long.
A buyer on Xianyu has ten days to confirm before the money is released."""

LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class Safety:
    """The four facts that protect a worker: how many are known and good, the letter, the worst.

    What protects halfway (a partial guarantee, money that may be asked for) counts one half.
    `worst` is the worst known fact, with `halfway` where it protects halfway; where the user's own
    experience is bad it is its flag. `share_left` is what own experience leaves of the safety
    part of a score, 1 where there is none or none that is bad.
    """

    known: int
    total: int
    good: float
    letter: str | None
    worst: str | None
    halfway: bool = False
    share_left: float = 1.0


def safety(platform: Platform) -> Safety:
    """Judge guarantee, speed of settlement, public ratings and money up front.

    A letter is given only from three known facts. Where money is required first it is never
    better than C, whatever else is known; and never better than own experience allows.
    """
    judged = {name: _judge(name, platform.fact(name).value) for name in SAFETY_FACTS}
    known = [value for value in judged.values() if value is not None]
    good = sum(known)
    bad = [name for name in BY_HARM if (value := judged[name]) is not None and value < 1]
    worst = bad[0] if bad else None
    letter = None
    if len(known) >= LEAST_KNOWN:
        share = good / len(known)
        letter = "A" if share == 1 else "B" if share >= 0.75 else "C" if share >= 0.5 else "D"
        if platform.fact("upfront").value == "required":
            letter = _no_better(letter, "C")
    halfway = worst is not None and judged[worst] != 0
    record = platform.record
    if record is None:
        return Safety(len(known), len(SAFETY_FACTS), good, letter, worst, halfway)
    if letter is not None:
        letter = _no_better(letter, record.best_letter)
    if record.flags and worst != "upfront":
        worst, halfway = record.flags[0], False
    return Safety(len(known), len(SAFETY_FACTS), good, letter, worst, halfway, record.share_left)


def _no_better(letter: str, best: str) -> str:
    return max(letter, best, key=LETTERS.index)


def _judge(name: str, value: str | None) -> float | None:
    """Return 1 for a fact that protects, 0 for one that does not, None for the unknown."""
    if value is None:
        return None
    if name == "settlement":
        return 0.0 if value in ("monthly", "milestone") else 1.0
    if name == "upfront":
        return {"none": 1.0, "possible": 0.5, "required": 0.0}.get(value)
    # Where a platform pays the worker itself, there is no client's money to hold.
    return {"yes": 1.0, "not_applicable": 1.0, "partial": 0.5, "no": 0.0}.get(value)
