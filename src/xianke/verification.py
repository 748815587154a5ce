"""Which facts of the catalogue want checking again: too old, without a date, or from one mouth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from xianke.catalogue import FACTS
from xianke.platforms import latest_day, newer_statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xianke.catalogue import Catalogue, Fact, Platform

ACTION_FACTS = ("status", "settlement", "min_withdrawal", "fee", "upfront")
"""What a person acts on: whether it runs, and the terms of money: when and from what sum it pays,
what it keeps, what it wants first."""

ACTION_DAYS = 90
OTHER_DAYS = 365
"""Days after which a fact wants checking again. Judgement: platforms change their rules often."""

Doubt = Literal["old", "undated", "single_source", "contested"]
"""`contested` is what the user found out and the catalogue says otherwise, and later."""


@dataclass(frozen=True, slots=True)
class Check:
    """One fact to look up again, and why; `days` is its age, None without a date."""

    field: str
    date: str | None
    days: int | None
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A platform with all of its facts that want checking; `own_gigs` says how much is at stake."""

    platform: Platform
    checks: tuple[Check, ...]
    own_gigs: int


def due(
    known: Catalogue, own_gigs: Mapping[str, int], today: date, older_than: int | None = None
) -> list[Due]:
    """Return what wants checking, platforms with own gigs first, then category by category.

    With *older_than*, days, it is what is older than that or has no date, for all facts alike;
    to rest on one source is then no reason by itself.

    What nobody knows is no fact to check. Private clients are left out, and so are platforms that
    are closed or take no individuals, unless the user has gigs there: nobody acts on them.
    """
    found = []
    for platform in known.platforms.values():
        gigs = own_gigs.get(platform.id, 0)
        shut = platform.fact("status").value == "closed" or platform.not_for_workers is not None
        if platform.kind == "client" or (shut and not gigs):
            continue
        checks = _checks(platform, today, older_than)
        if checks:
            found.append(Due(platform, checks, gigs))
    order = list(known.categories)

    def place(one: Due) -> tuple[int, int]:
        category = one.platform.category
        return -one.own_gigs, order.index(category) if category in order else len(order)

    return sorted(found, key=place)


def _checks(platform: Platform, today: date, older_than: int | None) -> tuple[Check, ...]:
    found: list[tuple[str, str | None, bool]] = []
    for name in FACTS:
        fact = platform.fact(name)
        if fact.value is not None:
            found.append((name, fact.date, _rests_on_one(platform, name, fact)))
    if platform.pay:
        # Of several statements the newest decides: older ones stand beside it as history.
        dated = [pay.date for pay in platform.pay if pay.date is not None]
        found.append(("pay", max(dated, key=latest_day, default=None), False))
    checks = (_check(*one, today, older_than) for one in found)
    judged = (_with_contest(platform, check) for check in checks)
    return tuple(check for check in judged if _is_due(check, older_than))


def _with_contest(platform: Platform, check: Check) -> Check:
    if newer_statement(platform.fact(check.field)) is None:
        return check
    return replace(check, doubts=(*check.doubts, "contested"))


def _is_due(check: Check, older_than: int | None) -> bool:
    if older_than is None:
        return bool(check.doubts)
    return "old" in check.doubts or "undated" in check.doubts


def _check(name: str, day: str | None, alone: bool, today: date, older_than: int | None) -> Check:
    most = ACTION_DAYS if name in ACTION_FACTS else OTHER_DAYS
    doubts: list[Doubt] = []
    days = None
    if day is None:
        doubts.append("undated")
    else:
        # A date in a year that still runs can lie ahead of today in its latest meaning.
        days = max(0, (today - latest_day(day)).days)
        if days > (most if older_than is None else older_than):
            doubts.append("old")
    if alone:
        doubts.append("single_source")
    return Check(name, day, days, tuple(doubts))


def _rests_on_one(platform: Platform, name: str, fact: Fact) -> bool:
    if fact.own:
        return False
    if name == "status" and fact.basis in ("community_list_only", "community_list_plus_others"):
        return fact.basis == "community_list_only"
    # Where nobody noted which source says it, any of the platform's may.
    return len(fact.sources or platform.sources) == 1
