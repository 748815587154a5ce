"""Whose money a payment is: rules, what was learned, known names, and how sure all that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from xianke import lookup, payers
from xianke.i18n import _, plural
from xianke.payers import Rule, shipped
from xianke.records import PRIVATE

if TYPE_CHECKING:
    from xianke import records
    from xianke.catalogue import Catalogue

__all__ = ["AUTOMATIC", "Book", "Proposal", "Row", "book", "propose", "shipped"]

AUTOMATIC = 80
"""From this confidence on an import goes by a proposal; below it a person decides."""

OWN_NAME, USED_NAME, STRANGE_NAME = 90, 85, 60
"""How much the name of an own client, of a platform worked for, of any other platform says."""

_PERSONAL = frozenset({"转账", "转账红包", "红包", "二维码收款", "群收款", "赞赏码"})
_PACKET = "微信红包"
_COMPANY = "公司"

LEAST_NAME = 2
"""So many Chinese characters has a name that is looked for within others."""

WHOLE_NAME = 4
"""Who pays privately calls themselves what they like: only a whole name this long counts there."""


class Row(Protocol):
    """What a rule looks at: a row of a bill, just read or stored."""

    @property
    def counterparty(self) -> str:
        """Who paid, or was paid."""
        ...

    @property
    def item(self) -> str:
        """What it was for."""
        ...

    @property
    def kind(self) -> str:
        """What type the bill gives it."""
        ...

    @property
    def note(self) -> str:
        """What was remarked."""
        ...

    @property
    def merchant_number(self) -> str | None:
        """The merchant's order number."""
        ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whose a row may be (target None: nobody can tell), how sure, by which rule, and why.

    `category` is the kind of work it hints at, for a client that is new.
    """

    target: str | None
    confidence: int
    rule: str
    reason: str
    category: str | None = None

    @property
    def is_sure(self) -> bool:
        """Return whether it may be followed without asking."""
        return self.target is not None and self.confidence >= AUTOMATIC


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of the catalogue: who answers to it, and whether the user works there."""

    platform: str
    shown: str
    used: bool


Pairs = Mapping[str, Sequence[tuple[str, int]]]
"""Texts by their first two characters, each with its place in a list: few share a pair."""


@dataclass(frozen=True, slots=True)
class Book:
    """All that is known about payers, arranged for many questions; `answers` remembers them."""

    rules: Sequence[Rule]
    names: Sequence[_Name]
    rule_texts: Pairs
    name_texts: Pairs
    numbers: Sequence[Rule]
    payers: Mapping[str, Sequence[Rule]]
    own_names: Mapping[str, _Name]
    answers: dict[tuple[str, ...], Proposal | None] = field(
        default_factory=dict, compare=False, repr=False
    )


def book(
    given: Sequence[Rule],
    stored: Sequence[records.Rule],
    catalogue: Catalogue,
    used: Iterable[str],
) -> Book:
    """Return what is known about payers; *used* are the platforms that the user works for.

    Rules that are switched off, or whose target is gone, are left out.
    """
    general: list[Rule] = []
    numbers: list[Rule] = []
    exact: dict[str, list[Rule]] = defaultdict(list)
    for rule in payers.rules(given, stored):
        gone = rule.target not in (None, PRIVATE) and rule.target not in catalogue.platforms
        if gone or not rule.enabled:
            continue
        if rule.field == "payer":
            exact[lookup.folded(rule.text)].append(rule)
        elif rule.field == "merchant_number":
            numbers.append(_folded(rule))
        else:
            general.append(_folded(rule))
    own, names = _names(catalogue, frozenset(used))
    return Book(
        rules=general,
        names=[name for _text, name in names],
        rule_texts=_paired(
            (text, place) for place, rule in enumerate(general) for text in rule.texts
        ),
        name_texts=_paired((text, place) for place, (text, _name) in enumerate(names)),
        numbers=numbers,
        payers=exact,
        own_names=own,
    )


def _folded(rule: Rule) -> Rule:
    parts = (rule.texts, rule.also, rule.unless, rule.kinds)
    texts, also, unless, kinds = (tuple(map(lookup.folded, part)) for part in parts)
    return replace(rule, texts=texts, also=also, unless=unless, kinds=kinds)


def _paired(texts: Iterable[tuple[str, int]]) -> Pairs:
    pairs: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for text, place in texts:
        pairs[text[:2]].append((text, place))
    return dict(pairs)


def _names(
    catalogue: Catalogue, used: frozenset[str]
) -> tuple[dict[str, _Name], list[tuple[str, _Name]]]:
    """Return the names of own platforms and clients, and those of the catalogue."""
    own: dict[str, _Name] = {}
    names: list[tuple[str, _Name]] = []
    for entry in catalogue.entries:
        platform = catalogue.platforms[entry.id]
        name = _Name(platform.id, platform.name, platform.id in used)
        if platform.kind in ("own", "client"):
            own[lookup.folded(platform.name)] = name
            continue
        words = dict.fromkeys(map(lookup.folded, entry.words))
        names += [(word, name) for word in words if _is_long_enough(word)]
    return own, names


def _is_long_enough(word: str) -> bool:
    return sum("一" <= char <= "鿿" for char in word) >= LEAST_NAME


def propose(book: Book, row: Row, source: str) -> Proposal | None:
    """Return whose a row of a bill of kind *source* may be, None where nothing speaks for anybody.

    The user's own rules come first, then what was learned, then shipped rules that are sure,
    then known names, then what is only a hint. Among equals the longer text decides.
    """
    numbers = [rule for rule in book.numbers if _begins(row.merchant_number, rule)]
    key = (row.counterparty, row.item, row.kind, row.note, source, *(one.id for one in numbers))
    if key not in book.answers:
        book.answers[key] = _answer(book, row, source, numbers)
    return book.answers[key]


def _begins(number: str | None, rule: Rule) -> bool:
    return bool(number) and lookup.folded(number or "").startswith(rule.texts)


def _answer(book: Book, row: Row, source: str, numbers: Sequence[Rule]) -> Proposal | None:
    # Nothing shall be found across the border of two texts.
    words = lookup.folded("\0".join((row.counterparty, row.kind, row.item, row.note)))
    payer, kind, item = words.split("\0", 3)[:3]
    exact = [(len(payer), rule) for rule in book.payers.get(payer, ())]
    if not payer:
        # Some banks name the payer in the remark alone.
        payer, words = item, f"{item}\0{words}"
    sizes: dict[int, int] = {}
    for start, text, place in _found(book.rule_texts, words):
        if start < len(payer) or book.rules[place].field == "words":
            sizes[place] = max(sizes.get(place, 0), len(text))
    found = [(size, book.rules[place]) for place, size in sizes.items()]
    found += [(max(map(len, rule.texts)), rule) for rule in numbers]
    fitting = [one for one in found if _holds(one[1], words, kind, source)]
    said = [one for one in (*exact, *fitting) if one[1].origin == "user" and not one[1].broad]
    if said:
        return _best(map(_proposal, said))
    learned = _best(map(_proposal, exact))
    general = _general(fitting, _named(book, payer, personal=_is_personal(kind, payer)))
    if learned is None or learned.is_sure or general is None:
        return learned or general
    # What was learned so far, and what is known of everybody, bear each other out.
    agreed = general.target == learned.target and general.confidence > learned.confidence
    return general if agreed else learned


def _found(pairs: Pairs, text: str) -> list[tuple[int, str, int]]:
    """Return where in *text* which of the texts stand."""
    return [
        (start, wanted, place)
        for start in range(len(text) - 1)
        for wanted, place in pairs.get(text[start : start + 2], ())
        if text.startswith(wanted, start)
    ]


def _general(
    fitting: Sequence[tuple[int, Rule]], named: Sequence[tuple[int, Proposal]]
) -> Proposal | None:
    """Return what speaks for somebody where neither the user nor earlier decisions do."""
    if not fitting and not named:
        return None
    special = [one for one in fitting if not one[1].broad]
    sure = [_proposal(one) for one in special if one[1].confidence >= AUTOMATIC]
    return (
        _best(sure)
        or _best(one for one in named if one[1].is_sure)
        or _best([*map(_proposal, special), *named])
        or _best(_proposal(one) for one in fitting if one[1].broad)
    )


def _holds(rule: Rule, words: str, kind: str, source: str) -> bool:
    """Return whether the further conditions of a shipped rule are met."""
    return (
        (not rule.bills or source in rule.bills)
        and (not rule.kinds or kind in rule.kinds)
        and (not rule.also or any(text in words for text in rule.also))
        and not any(text in words for text in rule.unless)
    )


def _best(proposals: Iterable[tuple[int, Proposal]]) -> Proposal | None:
    """Return the one whose text is the longest, then the surest."""
    best = max(proposals, key=lambda one: (one[0], one[1].confidence), default=None)
    return None if best is None else best[1]


def _proposal(one: tuple[int, Rule]) -> tuple[int, Proposal]:
    size, rule = one
    if rule.reason:
        reason = rule.reason
    elif rule.origin == "learned":
        reason = plural("之前你有 {count} 次这样定", rule.hits).format(count=rule.hits)
    else:
        reason = _("你的规则 {id}：「{text}」").format(id=rule.id, text=rule.text)
    return size, Proposal(rule.target, rule.confidence, rule.id, reason, rule.category)


def _is_personal(kind: str, payer: str) -> bool:
    """Return whether one person pays another: there, names are nicknames."""
    return (kind in _PERSONAL or kind.startswith(_PACKET)) and _COMPANY not in payer


def _named(book: Book, payer: str, *, personal: bool) -> list[tuple[int, Proposal]]:
    """Return the names that stand in the payer's; the longest is the one that is meant."""
    own = book.own_names.get(payer)
    if own is not None:
        reason = _("名字就是「{name}」").format(name=own.shown)
        return [(len(payer), Proposal(own.platform, OWN_NAME, "name", reason))]
    found = [(text, book.names[place]) for _start, text, place in _found(book.name_texts, payer)]
    if personal:
        found = [one for one in found if one[0] == payer and len(payer) >= WHOLE_NAME]
    longest = max((len(text) for text, _name in found), default=0)
    meant = {name.platform: name for text, name in found if len(text) == longest}
    return [
        (
            longest,
            Proposal(
                name.platform,
                USED_NAME if name.used and len(meant) == 1 else STRANGE_NAME,
                "name",
                _("对方的名字里有「{name}」").format(name=name.shown),
            ),
        )
        for name in meant.values()
    ]
