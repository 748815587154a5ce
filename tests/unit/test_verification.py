from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xianke import verification
from xianke.catalogue import Catalogue, Category, Conditions, Fact, Pay, Platform
from xianke.verification import Check, Due

TODAY = date(2026, 11, 22)
FRESH, OLD, OLDER = "2026-08-24", "2026-08-23", "2025-11-21"
"""Exactly 90, 91 and 366 days ago."""

TWO = ({"title": "甲"}, {"title": "乙"})


def _platform(identity: str = "apple", **changes: Any) -> Platform:  # Any: any field of it
    values: dict[str, Any] = {
        "id": identity,
        "name": identity,
        "kind": "platform",
        "category": "errands",
        "income": "time",
        "what": "跑腿",
        "conditions": Conditions(),
        "facts": {},
        "sources": TWO,
    }
    return Platform(**(values | changes))


def _pay(day: str | None) -> Pay:
    return Pay(
        "yuan_per_hour", 10, None, 20, "gross", "press", "某报", day, False, False, None, None, None
    )


def _catalogue(*found: Platform) -> Catalogue:
    def category(identity: str) -> Category:
        return Category(
            identity, identity, "", "time", 0, "", (), (), (), (), Conditions(), (), None
        )

    return Catalogue(
        "2026-11-22",
        {name: category(name) for name in ("errands", "selling")},
        {platform.id: platform for platform in found},
        {},
        (),
    )


def _due(*found: Platform, gigs: dict[str, int] | None = None) -> list[Due]:
    return verification.due(_catalogue(*found), gigs or {}, TODAY)


@pytest.mark.parametrize(
    ("facts", "checks"),
    [
        ({"settlement": Fact("weekly", FRESH)}, []),
        ({"settlement": Fact("weekly", OLD)}, [Check("settlement", OLD, 91, ("old",))]),
        ({"min_withdrawal": Fact("10", OLD)}, [Check("min_withdrawal", OLD, 91, ("old",))]),
        ({"escrow": Fact("yes", OLD)}, []),
        ({"escrow": Fact("yes", "2025-11-22")}, []),
        ({"escrow": Fact("yes", OLDER)}, [Check("escrow", OLDER, 366, ("old",))]),
        ({"fee": Fact("抽一成")}, [Check("fee", None, None, ("undated",))]),
        ({"upfront": Fact("none", "2026")}, []),
        ({"upfront": Fact("none", FRESH, sources=(1,))},
         [Check("upfront", FRESH, 90, ("single_source",))]),
        ({"upfront": Fact("none", OLD, sources=(0,))},
         [Check("upfront", OLD, 91, ("old", "single_source"))]),
        ({"upfront": Fact("none", FRESH, own=True)}, []),
        ({"upfront": Fact("none", FRESH, own=True, stated=Fact("required", "2026-08-25"))},
         [Check("upfront", FRESH, 90, ("contested",))]),
        ({"upfront": Fact("none", OLD, own=True)}, [Check("upfront", OLD, 91, ("old",))]),
        ({"status": Fact("active", FRESH, sources=(0, 1), basis="community_list_only")},
         [Check("status", FRESH, 90, ("single_source",))]),
        ({"status": Fact("active", FRESH, sources=(0,), basis="community_list_plus_others")}, []),
        ({"status": Fact("active", FRESH, sources=(0,), basis="press_or_official")},
         [Check("status", FRESH, 90, ("single_source",))]),
        ({"status": Fact(None, OLD), "escrow": Fact(None)}, []),
    ],
)  # fmt: skip
def test_a_fact_wants_checking_when_old_undated_or_from_one_mouth(
    facts: dict[str, Fact], checks: list[Check]
) -> None:
    """90 days for what one acts on, a year for the rest; what nobody knows is no fact."""
    assert [one.checks for one in _due(_platform(facts=facts))] == (
        [tuple(checks)] if checks else []
    )


def test_a_number_of_days_stands_in_the_place_of_both_limits() -> None:
    """Older than that, or undated; what is young and from one source stays out."""
    facts = {
        "settlement": Fact("weekly", OLD),
        "escrow": Fact("yes", OLDER, sources=(0,)),
        "fee": Fact("抽一成"),
        "upfront": Fact("none", FRESH, sources=(0,)),
    }
    known = _catalogue(_platform(facts=facts))

    (all_of,) = verification.due(known, {}, TODAY, 90)
    (some,) = verification.due(known, {}, TODAY, 91)

    assert [one.field for one in all_of.checks] == ["settlement", "fee", "escrow"]
    assert some.checks == (
        Check("fee", None, None, ("undated",)),
        Check("escrow", OLDER, 366, ("old", "single_source")),
    )


def test_a_fact_of_a_platform_with_one_source_rests_on_it() -> None:
    """Also where nobody noted which source says it."""
    (due,) = _due(_platform(facts={"escrow": Fact("yes", FRESH)}, sources=TWO[:1]))

    assert due.checks == (Check("escrow", FRESH, 90, ("single_source",)),)


@pytest.mark.parametrize(
    ("days", "checks"),
    [
        ([OLDER, FRESH], ()),
        ([OLDER, None], (Check("pay", OLDER, 366, ("old",)),)),
        ([None], (Check("pay", None, None, ("undated",)),)),
    ],
)
def test_the_newest_statement_about_pay_decides(
    days: list[str | None], checks: tuple[Check, ...]
) -> None:
    """Older ones stand beside it as history."""
    found = _due(_platform(pay=tuple(_pay(day) for day in days)))

    assert [one.checks for one in found] == ([checks] if checks else [])


def test_own_platforms_come_first_then_category_by_category() -> None:
    """Where most of one's own gigs are, most is at stake."""
    facts = {"status": Fact("active", OLD)}
    platforms = [
        _platform("a", category="selling", facts=facts),
        _platform("b", category="", kind="own", facts=facts),
        _platform("c", facts=facts),
        _platform("d", category="selling", facts=facts),
        _platform("e", facts=facts),
        _platform("f", facts=facts),
    ]

    found = _due(*platforms, gigs={"d": 2, "e": 7})

    assert [(one.platform.id, one.own_gigs) for one in found] == [
        ("e", 7), ("d", 2), ("c", 0), ("f", 0), ("a", 0), ("b", 0),
    ]  # fmt: skip


def test_nobody_checks_clients_and_what_is_shut() -> None:
    """Unless there are own gigs: then it matters whether it is shut indeed."""
    closed = {"status": Fact("closed", OLD)}
    active = {"status": Fact("active", OLD)}
    platforms = [
        _platform("client", kind="client", facts=active),
        _platform("closed", facts=closed),
        _platform("used", facts=closed),
        _platform("firms", facts=active, not_for_workers="只招公司"),
    ]

    found = _due(*platforms, gigs={"used": 1, "client": 3})

    assert [one.platform.id for one in found] == ["used"]
