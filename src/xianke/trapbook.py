"""The book of traps: what each kind of trap is called, why it hurts, who says so, what to do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from xianke.findings import LIKENESS, weighed
from xianke.i18n import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xianke.findings import Finding, Offer

_DATA = Path(__file__).parent / "_data"

Naming = Literal["law", "official_warning", "case", "press"]
When = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Law:
    """A law, an official warning, a case or a report that names a kind of trap.

    `date` is as fine as it is known, for a law the day since when it stands; `seen` is False
    where it is well known and its text was not opened again.
    """

    id: str
    kind: Naming
    text: str
    date: str | None
    seen: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do: `before` anything was handed over, or `after`; with a number to call."""

    id: str
    when: When
    text: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of trap; `severity` goes from 2, a bad bargain, to 5, prosecution or bodily danger."""

    id: str
    name: str
    pitch: str
    why: str
    severity: int
    laws: tuple[Law, ...]
    advice: tuple[Advice, ...]


@cache
def _data() -> Any:  # Any: the compiled file was checked against its schema
    return json.loads((_DATA / "traps.json").read_text(encoding="utf-8"))


def as_of() -> str:
    """Return the day up to which the book is kept, `YYYY-MM-DD`."""
    day: str = _data()["as_of"]
    return day


def book() -> Mapping[str, Kind]:
    """Return every kind of trap by its id, in the language in use."""
    tongue, data = language(), _data()
    laws = {
        raw["id"]: Law(raw["id"], raw["kind"], raw["text"][tongue], raw.get("date"), raw["seen"])
        for raw in data["laws"]
    }
    advice = {
        raw["id"]: Advice(raw["id"], raw["when"], raw["text"][tongue], raw.get("phone"))
        for raw in data["advice"]
    }
    return {
        raw["id"]: Kind(
            id=raw["id"],
            name=raw["name"][tongue],
            pitch=raw["pitch"][tongue],
            why=raw["why"][tongue],
            severity=raw["severity"],
            laws=tuple(laws[one] for one in raw["laws"]),
            advice=tuple(advice[one] for one in raw["advice"]),
        )
        for raw in data["kinds"]
    }


def to_do(kinds: Iterable[Kind], when: When) -> tuple[Advice, ...]:
    """Return what to do about all *kinds* together, each once, that of the first kind first."""
    found = dict.fromkeys(one for kind in kinds for one in kind.advice if one.when == when)
    return tuple(found)


def telling(offer: Offer) -> tuple[Finding, ...]:
    """Return the signs that the verdict on an offer rests on, none for one that is ok.

    Where somebody asks about a deal and nobody offers it, these are the signs within the question.
    What an offer reads like as a whole says less than any sign: it stands among them only where
    they would not have decided.
    """
    if offer.verdict == "ok":
        return ()
    told = tuple(aside.finding for aside in offer.set_aside if aside.excuse == "told")
    signs = tuple(one for one in offer.findings if one.rule != LIKENESS)
    return (signs if weighed(signs) == "trap" else offer.findings) or told
