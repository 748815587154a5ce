"""What reading an offer leads to: findings with the words they rest on, and a verdict.

An offer is a stretch of the text that was handed in; one text may hold several. Every span is a
half-open range of characters of that text as it was given, never of a cleaned copy of it, so what
is quoted is what the user sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Verdict = Literal["trap", "warn", "ok"]
VERDICTS: tuple[Verdict, ...] = ("ok", "warn", "trap")

Strength = Literal["decisive", "strong", "weak"]
STRENGTHS: tuple[Strength, ...] = ("weak", "strong", "decisive")

LIKENESS = "reads_like"
"""The rule of a finding that rests on what an offer reads like, on none of its signs."""

# Why a sign that stands in the words does not count against the offer.
#   denied    the offer says that it is not so (another sign may say that it is all the same)
#   warning   somebody warns of it
#   told      somebody tells of it or asks about it: the deal is not offered by this text
#   honest    the words around it make it a usual, lawful thing (a rental deposit with its terms)
Excuse = Literal["denied", "warning", "told", "honest"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One sign of a trap: what kind, how strong, and the words that show it.

    A *loose* sign is also seen in honest offers: it decides only where the rest reads like a trap.
    """

    rule: str
    type: str
    strength: Strength
    start: int
    end: int
    quote: str
    text: str
    loose: bool = False


def weighed(findings: Iterable[Finding]) -> Verdict:
    """Return what signs of different ideas come to: one decisive or two strong ones make a trap."""
    strengths = [finding.strength for finding in findings]
    if "decisive" in strengths or strengths.count("strong") >= 2:
        return "trap"
    return "warn" if "strong" in strengths else "ok"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A sign that was seen and does not count, and the words that take its weight."""

    finding: Finding
    excuse: Excuse
    by: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A calculation over the figures of an offer.

    `code` is `first_against_promise` (`first_fen`, `promised_fen`), `above_market`
    (`claimed_fen_per_hour`, `known_high_fen_per_hour`; `category` names whose pay is known) or
    `minutes_implied` (`fen_each`, `orders_low`, `orders_high`, `fen_claimed`, `minutes_at_pace`).
    """

    code: str
    values: Mapping[str, int]
    quote: str
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Reads:
    """What an offer reads like, beside invented traps and invented honest offers.

    `hundredths` is above nought where it reads more like the traps; `towards` and `away` quote the
    passages that weigh most to either side.
    """

    hundredths: int
    towards: tuple[str, ...] = ()
    away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer of a text: where it stands, the verdict on it and what led there."""

    start: int
    end: int
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    sums: tuple[Sum, ...] = ()
    reads: Reads | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a whole text comes to: the worst verdict of its offers."""

    verdict: Verdict
    offers: tuple[Offer, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings of all offers in the order of the text."""
        return tuple(finding for offer in self.offers for finding in offer.findings)
