"""What is different between two catalogues: platforms come and gone, facts, pay."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from xianke.catalogue import FACTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xianke.catalogue import Catalogue, Fact, Pay, Platform


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact of a platform before and after.

    `sources` are the titles of those that say the new one; where that is not noted (`cited` is
    False), of all that the platform has.
    """

    platform: Platform
    field: str
    before: Fact
    after: Fact
    sources: tuple[str, ...]
    cited: bool


@dataclass(frozen=True, slots=True)
class PayChange:
    """The statements about a platform's pay that went and that came."""

    platform: Platform
    gone: tuple[Pay, ...]
    come: tuple[Pay, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """All that a newer catalogue changes; names are those of the newer one.

    `confirmed` are facts that only have a newer date, `described` platforms of which nothing but
    names, texts, conditions or sources is different, `categories` and `factors` those that came or
    changed.
    """

    added: tuple[Platform, ...]
    removed: tuple[Platform, ...]
    facts: tuple[FactChange, ...]
    confirmed: tuple[FactChange, ...]
    pay: tuple[PayChange, ...]
    described: tuple[Platform, ...]
    categories: tuple[str, ...]
    factors: tuple[str, ...]


def compare(old: Catalogue, new: Catalogue) -> Differences:
    """Return what *new* changes, in the order of its platforms and of `FACTS`."""
    both = [
        (old.platforms[one.id], one) for one in new.platforms.values() if one.id in old.platforms
    ]
    facts = [change for pair in both for change in _facts(*pair)]
    changed = [one for one in facts if _said(one.before) != _said(one.after)]
    pay = [change for pair in both if (change := _pay(*pair)) is not None]
    named = {one.platform.id for one in facts} | {one.platform.id for one in pay}
    return Differences(
        added=tuple(one for key, one in new.platforms.items() if key not in old.platforms),
        removed=tuple(one for key, one in old.platforms.items() if key not in new.platforms),
        facts=tuple(changed),
        confirmed=tuple(one for one in facts if one not in changed),
        pay=tuple(pay),
        described=tuple(
            after
            for before, after in both
            if after.id not in named and _rest(before) != _rest(after)
        ),
        categories=_changed(old.categories, new.categories),
        factors=_changed(old.factors, new.factors),
    )


def is_empty(changes: Differences) -> bool:
    """Return whether nothing but the day of the catalogue is different."""
    return not any(getattr(changes, one.name) for one in fields(changes))


def missing_categories(old: Catalogue, new: Catalogue) -> list[str]:
    """Return the ids of the categories that *new* no longer has; they are permanent."""
    return [key for key in old.categories if key not in new.categories]


def _facts(before: Platform, after: Platform) -> list[FactChange]:
    changes = []
    for name in FACTS:
        old, new = before.fact(name), after.fact(name)
        if _said(old) != _said(new) or old.date != new.date:
            changes.append(
                FactChange(after, name, old, new, _sources(after, new), bool(new.sources))
            )
    return changes


def _said(fact: Fact) -> Fact:
    """Return a fact without who says it and when."""
    return replace(fact, date=None, sources=(), confidence=None)


def _sources(platform: Platform, fact: Fact) -> tuple[str, ...]:
    if fact.value is None:
        return ()
    cited: Sequence[Mapping[str, str]] = [platform.sources[one] for one in fact.sources]
    return tuple(one["title"] for one in cited or platform.sources)


def _pay(before: Platform, after: Platform) -> PayChange | None:
    old = [replace(one, sources=()) for one in before.pay]
    new = [replace(one, sources=()) for one in after.pay]
    gone = tuple(one for one in old if one not in new)
    come = tuple(one for one in new if one not in old)
    return PayChange(after, gone, come) if gone or come else None


def _rest(platform: Platform) -> Platform:
    return replace(platform, facts={}, pay=())


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:  # Any: records
    return tuple(key for key, one in new.items() if old.get(key) != one)
