"""Questions asked of the catalogue: which platform is meant, what speaks against it, how safe."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from xianke import fact_words, lookup, ownrecord, regions
from xianke.catalogue import (
    SELF,
    UNKNOWN,
    Catalogue,
    Category,
    Conditions,
    Fact,
    Factor,
    Income,
    Pay,
    Platform,
    catalogue,
    for_clients,
    with_used_routes,
)
from xianke.errors import Conflict, NotFound, NotUnderstood
from xianke.i18n import _, with_codes
from xianke.protection import FAST_DAYS, SAFETY_FACTS, Safety, safety

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from xianke.records import Outcome, Spend

__all__ = [
    "DIRECT",
    "EDITABLE",
    "FAST_DAYS",
    "SAFETY_FACTS",
    "SELF",
    "STALE_DAYS",
    "UNKNOWN",
    "Catalogue",
    "Category",
    "Conditions",
    "Fact",
    "Factor",
    "Income",
    "Pay",
    "Platform",
    "Safety",
    "Standing",
    "candidates",
    "catalogue",
    "check_field",
    "check_finding",
    "find",
    "find_category",
    "flags",
    "for_clients",
    "is_old_finding",
    "is_stale",
    "is_verified",
    "latest_day",
    "means_direct",
    "named",
    "near",
    "newer_statement",
    "own_id",
    "safety",
    "select",
    "standing",
    "with_own_records",
    "with_used_routes",
]

OWN_DAYS = 365
"""What the user found out is marked after a year: platforms change their rules more often."""

STALE_DAYS = 730
"""A platform whose latest word is two years old is shown as out of date."""


def find(known: Catalogue, text: str) -> Platform:
    """Return the platform named by id, name, alias, pinyin or initials.

    Raise Conflict if several answer to it and NotFound, with near misses named, if none does.
    """
    found = candidates(known, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise Conflict(
            _("「{text}」可以指好几个：{names}").format(text=text, names=_listed(found)),
            _("写全名或 id"),
        )
    proposals = near(known, text)
    raise NotFound(
        _("目录里没有「{text}」").format(text=text),
        _("是不是：{names}？").format(names=_listed(proposals))
        if proposals
        else _("用 xianke platforms --search 找一找，或用 xianke platforms add 添上"),
    )


def candidates(known: Catalogue, text: str) -> list[Platform]:
    """Return every platform that answers to *text*: by name or id, failing those by sound.

    A word for work found by oneself means the client that stands for it, once there is one.
    """
    found = lookup.exact(known.entries, text)
    if not found and means_direct(text) and DIRECT in known.platforms:
        found = [DIRECT]
    return [known.platforms[one] for one in found]


def means_direct(text: str) -> bool:
    """Return whether *text* is a word for work that comes from neighbours and friends."""
    return lookup.folded(text) in _DIRECT_WORDS


def near(known: Catalogue, text: str) -> list[Platform]:
    """Return the platforms that a misspelt *text* may have meant, best first."""
    return [known.platforms[one] for one in lookup.near(known.entries, text)]


def named(known: Catalogue, text: str) -> Platform | None:
    """Return the platform that is written as *text*; what only sounds alike is not meant."""
    wanted = lookup.folded(text)
    for entry in known.entries:
        if any(lookup.folded(word) == wanted for word in entry.words):
            return known.platforms[entry.id]
    return None


def find_category(known: Catalogue, text: str) -> Category:
    """Return the category named by id, name, or a part of its name; raise NotFound otherwise."""
    wanted = lookup.folded(text)
    for category in known.categories.values():
        parts = category.name.replace(",", "、").split("、")
        if wanted in (category.id, *map(lookup.folded, (category.name, *parts))):
            return category
    # A part of a name will do where only one category has it: 技能 means 技能接单.
    found = [one for one in known.categories.values() if wanted in lookup.folded(one.name)]
    if len(wanted) > 1 and len(found) == 1:
        return found[0]
    names = with_codes((one.id, one.name) for one in known.categories.values())
    words = [word for one in known.categories.values() for word in (one.id, one.name)]
    raise NotFound(
        _("没有「{text}」这个类别").format(text=text),
        lookup.with_guess(_("类别有：{names}").format(names=names), text, words),
    )


def select(known: Catalogue, category: str | None, search: str | None) -> list[Platform]:
    """Return the platforms of a category in whose names, sounds or work a text stands.

    They come category by category; what has no category, such as a client, comes last.
    """
    order = {identity: number for number, identity in enumerate(known.categories)}
    found = [one for one in known.platforms.values() if category in (None, one.category)]
    found.sort(key=lambda one: order.get(one.category, len(order)))
    if search is None:
        return found
    named_so = set(lookup.contains(known.entries, search))
    wanted = lookup.folded(search)
    return [one for one in found if one.id in named_so or wanted in lookup.folded(one.what)]


def _listed(found: Sequence[Platform]) -> str:
    return ", ".join(f"{one.name} ({one.id})" for one in found)


_OWN_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")

DIRECT = "direct"
"""The id of the client who stands for all that one found by oneself, named by nobody."""

_DIRECT_WORDS = frozenset(
    map(
        lookup.folded,
        (
            SELF, "自己接", "自己", "自己接（邻居、熟人介绍）", "邻居", "熟人", "熟人介绍",
            "on your own", "On your own (neighbours, word of mouth)", "on my own", "myself",
            "neighbour", "neighbours", "neighbor", "neighbors", "word of mouth",
        ),
    )
)  # fmt: skip

RESERVED_IDS = frozenset({SELF, DIRECT, "private", "unexplained", "unknown"})
"""Words that stand in the place of a platform's id with a meaning of their own."""


def own_id(name: str, taken: Container[str]) -> str:
    """Return the permanent id of a platform or client of the user's own.

    An ASCII name keeps itself where it can, any other is spelt in pinyin; where neither is free
    or valid, the id is `own-N`. *taken* holds every id in use, the catalogue's among them.
    """
    plain = unicodedata.normalize("NFKC", name).strip()
    for wanted in (plain.lower(), lookup.pinyin(plain)):
        if _OWN_ID.fullmatch(wanted) and wanted not in taken and wanted not in RESERVED_IDS:
            return wanted
    number = 1
    while f"own-{number}" in taken:
        number += 1
    return f"own-{number}"


def flags(platform: Platform, today: date, city: str | None = None) -> tuple[str, ...]:
    """Return the codes of what speaks against a platform, own experience last."""
    found = []
    upfront = platform.fact("upfront").value
    status = platform.fact("status")
    if platform.kind == SELF:
        return ()
    if upfront == "required":
        found.append("upfront_required")
    elif upfront == "possible":
        found.append("upfront_possible")
    if status.value == "closed" or platform.not_for_workers:
        found.append("closed")
    elif status.value == "restricted":
        found.append("restricted")
    elif status.value is None:
        found.append("status_unknown")
    if is_stale(status.date, today):
        found.append("stale")
    if _single_source(platform):
        found.append("single_source")
    if platform.fact("escrow").value == "no":
        found.append("off_platform_pay")
    wanted = platform.conditions.regions
    if city and wanted and regions.inside(wanted, city) is False:
        found.append("region_mismatch")
    if platform.record is not None:
        found.extend(platform.record.flags)
    return tuple(found)


def is_stale(day: str | None, today: date) -> bool:
    """Return whether a fact's date (year, month or day) lies more than two years back."""
    if day is None:
        return False
    return (today - latest_day(day)).days > STALE_DAYS


def is_old_finding(fact: Fact, today: date) -> bool:
    """Return whether the user found a fact out more than a year ago."""
    if not fact.own or fact.payments or fact.date is None:
        return False
    return (today - latest_day(fact.date)).days > OWN_DAYS


def newer_statement(fact: Fact) -> Fact | None:
    """Return what the catalogue says otherwise and later than the user found out, or None.

    The user's own word goes on counting: they are told, and decide.
    """
    stated = fact.stated
    if stated is None or stated.value in (None, fact.value) or stated.date is None:
        return None
    found_on = latest_day(fact.date) if fact.date is not None else date.min
    # A month or a year of a source begins before it ends: the whole of it must be later.
    return stated if first_day(stated.date) > found_on else None


def first_day(day: str) -> date:
    """Return the first day a date of a year, a month or a day can mean."""
    return date.fromisoformat(f"{day}-01-01"[:10])


def latest_day(day: str) -> date:
    """Return the last day a date of a year, a month or a day can mean."""
    if len(day) == 4:
        return date(int(day), 12, 31)
    if len(day) == 7:
        year, month = int(day[:4]), int(day[5:])
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date.fromisoformat(day)


def _single_source(platform: Platform) -> bool:
    """Return whether all that is known rests on one source, or on the community list alone."""
    if platform.kind == "own":
        return False
    status = platform.fact("status")
    if status.own:
        return False
    return status.basis == "community_list_only" or len(platform.sources) <= 1


def is_verified(platform: Platform) -> bool:
    """Return whether more than one source, or the user, says that the platform runs."""
    if platform.kind == SELF:
        return True
    status = platform.fact("status")
    return status.value in ("active", "restricted") and not _single_source(platform)


def with_own_records(
    known: Catalogue, outcomes: Iterable[Outcome], spends: Iterable[Spend]
) -> Catalogue:
    """Return the catalogue with how each platform has treated the user.

    What is late is told by what the catalogue, or the user, says of the platform's settlement.
    """

    def stated(identity: str) -> int | None:
        platform = known.platforms.get(identity)
        return None if platform is None else FAST_DAYS.get(platform.fact("settlement").value or "")

    return ownrecord.laid_over(known, ownrecord.of(outcomes, spends, stated))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a platform stands for one person on one day: what speaks against it, how safe it is."""

    flags: tuple[str, ...]
    safety: Safety
    verify_first: bool


def standing(platform: Platform, today: date, city: str | None = None) -> Standing:
    """Return how a platform stands; `verify_first` asks to make sure first that it runs at all."""
    found = flags(platform, today, city)
    return Standing(found, safety(platform), not is_verified(platform) or "stale" in found)


EDITABLE: Mapping[str, tuple[str, ...]] = {
    "status": ("active", "restricted", "closed"),
    "upfront": ("none", "possible", "required"),
    "settlement": tuple(FAST_DAYS),
    "escrow": ("yes", "partial", "no", "not_applicable"),
    "public_ratings": ("yes", "no"),
    "id_verification": ("yes", "optional", "no"),
}
"""The facts a user can find out and correct, with the values each can take."""


def check_finding(name: str, value: str) -> tuple[str, str]:
    """Return a fact and a value it can take, both as they are stored.

    Either may be given by its code or in words. Raise NotUnderstood for anything else.
    """
    field = check_field(name)
    found = fact_words.value_of(field, value)
    if found is None:
        words = fact_words.value_names(field)
        names = {one: words[one] for one in EDITABLE[field]}
        hint = _("可以是：{values}").format(values=with_codes(names.items()))
        raise NotUnderstood(
            _("{name} 不能是「{value}」").format(name=name, value=value),
            lookup.with_guess(hint, value, [*names, *names.values()]),
        )
    return field, found


def check_field(name: str) -> str:
    """Return the fact that is meant, by code or in words; raise NotUnderstood otherwise."""
    field = fact_words.field_of(name)
    if field is None or field not in EDITABLE:
        fields = {one: fact_words.fact_name(one) for one in EDITABLE}
        hint = _("可以改的有：{names}").format(names=with_codes(fields.items()))
        raise NotUnderstood(
            _("没有「{name}」这一项").format(name=name),
            lookup.with_guess(hint, name, [*fields, *fields.values()]),
        )
    return field
