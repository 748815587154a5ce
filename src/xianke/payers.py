"""Rules about payers: those the program comes with, the user's own, and what was learned."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from xianke import lookup
from xianke.errors import NotUnderstood
from xianke.i18n import _, language

if TYPE_CHECKING:
    from xianke import records

_DATA = Path(__file__).parent / "_data"

CERTAIN = 100
"""How sure a rule of the user's own is."""

DOUBTFUL_HITS = 6
"""So many decisions at most are remembered once there is another: however old a habit is, one
contrary decision brings it below what is automatic."""

MOST_LEARNED = 95
"""What was only learned stays below what the user has said."""

Field = Literal["counterparty", "payer", "words", "merchant_number"]
FIELDS: tuple[Field, ...] = ("counterparty", "payer", "words", "merchant_number")
"""Where a rule looks: within the counterparty's name, at the whole of it, at all words, or at
how the merchant's order number begins."""

Origin = Literal["user", "learned", "shipped"]

LEAST_TEXT = {"counterparty": 2, "payer": 1, "words": 2, "merchant_number": 4}
"""A shorter text would take rows that nobody meant."""

_JOINT = "、"


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows with one of `texts` in `field` belong to `target` (None: ask), so sure in percent.

    `stored` is the id of the user's row behind it, None for a shipped rule left as it is. A
    `broad` rule says what kind of payment it is, not who paid.
    """

    id: str
    field: Field
    texts: tuple[str, ...]
    target: str | None
    confidence: int
    origin: Origin
    enabled: bool = True
    hits: int = 0
    misses: int = 0
    stored: int | None = None
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    bills: tuple[str, ...] = ()
    broad: bool = False
    category: str | None = None
    reason: str = ""
    source: str | None = None
    date: str | None = None

    @property
    def text(self) -> str:
        """Return its texts as one, as they are shown and stored."""
        return _JOINT.join(self.texts)

    @property
    def is_shipped(self) -> bool:
        """Return whether the program came with it, whatever the user has changed of it."""
        return not (self.id[0] == "r" and self.id[1:].isdigit())


@cache
def _data() -> Any:  # Any: the compiled file was checked against its schema
    return json.loads((_DATA / "payers.json").read_text(encoding="utf-8"))


def shipped() -> tuple[Rule, ...]:
    """Return the rules that the program comes with, in the language in use."""
    tongue = language()
    return tuple(
        Rule(
            id=raw["id"],
            field=raw["field"],
            texts=tuple(raw["texts"]),
            target=raw.get("target"),
            confidence=raw["confidence"],
            origin="shipped",
            also=tuple(raw.get("also", ())),
            unless=tuple(raw.get("unless", ())),
            kinds=tuple(raw.get("kinds", ())),
            bills=tuple(raw.get("bills", ())),
            broad=raw.get("broad", False),
            category=raw.get("category"),
            reason=raw["reason"][tongue],
            source=raw["source"][tongue],
            date=raw["date"],
        )
        for raw in _data()["rules"]
    )


def rules(given: Iterable[Rule], stored: Iterable[records.Rule]) -> tuple[Rule, ...]:
    """Return all rules as they hold now: the user's own, then those learned, then the shipped.

    A stored rule with a base stands in the place of the shipped one.
    """
    shipped_rules = {rule.id: rule for rule in given}
    found: dict[str, list[Rule]] = {"user": [], "learned": []}
    for one in stored:
        base = shipped_rules.get(one.base or "")
        if base is not None:
            shipped_rules[base.id] = _changed(base, one)
        else:
            rule = _own(one)
            found[rule.origin].append(rule)
    return (*found["user"], *found["learned"], *shipped_rules.values())


def _own(one: records.Rule) -> Rule:
    kind: Field = next((known for known in FIELDS if known == one.field), "words")
    learned = one.origin == "learned"
    return Rule(
        id=f"r{one.id}",
        field=kind,
        texts=(one.text,),
        target=one.target,
        confidence=one.confidence if learned else CERTAIN,
        origin="learned" if learned else "user",
        enabled=one.enabled,
        hits=one.hits,
        misses=one.misses,
        stored=one.id,
        date=one.added_on,
    )


def _changed(base: Rule, one: records.Rule) -> Rule:
    """Return a shipped rule as the user wants it: for somebody else, for sure, or not at all."""
    return replace(
        base,
        target=one.target,
        confidence=one.confidence,
        origin="user",
        enabled=one.enabled,
        stored=one.id,
    )


# Learning


@dataclass(frozen=True, slots=True)
class Learned:
    """What the decisions about one payer come to: whose, and how often so and otherwise."""

    target: str
    hits: int
    misses: int

    @property
    def confidence(self) -> int:
        """Return how sure that is: three equal decisions make it automatic, one other undoes it."""
        sure = CERTAIN * (self.hits + 1) // (self.hits + self.misses + 2)
        return min(sure, MOST_LEARNED)


def learn(known: Learned | None, target: str) -> Learned:
    """Return what is learned once the user has decided for *target* as well.

    Where the other decisions are no longer in the majority, the newest one stands in.
    """
    if known is None:
        return Learned(target, 1, 0)
    if known.target == target:
        return replace(known, hits=known.hits + 1)
    if known.misses + 1 >= known.hits:
        return Learned(target, 1, known.hits)
    return replace(known, hits=min(known.hits, DOUBTFUL_HITS), misses=known.misses + 1)


def is_learnable(counterparty: str) -> bool:
    """Return whether a name tells one payer from another: not blank, not masked, not a till."""
    plain = lookup.folded(counterparty)
    return bool(plain) and "*" not in plain and plain not in _nameless()


@cache
def _nameless() -> frozenset[str]:
    return frozenset(map(lookup.folded, _data()["nameless"]))


def check_text(kind: Field, text: str) -> str:
    """Return the text of a new rule, cleaned; raise NotUnderstood where it would take too much."""
    plain = lookup.readable(text)
    if len(lookup.folded(plain)) < LEAST_TEXT[kind]:
        raise NotUnderstood(
            _("「{text}」太短，会带走不相干的钱").format(text=plain),
            _("写长一点：至少 {count} 个字").format(count=LEAST_TEXT[kind]),
        )
    return plain


def check_field(text: str) -> Field:
    """Return where a rule shall look, or raise NotUnderstood naming the places."""
    for kind in FIELDS:
        if text == kind:
            return kind
    raise NotUnderstood(
        _("没有「{text}」这一栏").format(text=text),
        lookup.with_guess(_("可以用：{names}").format(names=", ".join(FIELDS)), text, FIELDS),
    )
