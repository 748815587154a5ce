"""A made-up week and catalogue for the tests of what a skill, a thing or a goal comes to."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from xianke import bestweek, inventory, platforms, rates
from xianke.records import Asset, Gig, Skill, Slot
from xianke.week import Means

if TYPE_CHECKING:
    from xianke.bestweek import Best, Filled

TODAY = date(2026, 11, 22)
CATALOGUE = platforms.catalogue()
SLOTS = ("工作日 19:00-21:00", "周末 14:00-17:00")


def stock(
    *texts: str,
    skills: Sequence[str] = (),
    assets: Sequence[str] = (),
    driving: bool = False,
) -> inventory.Stock:
    """Return a stock with these slots, at home with a computer."""
    rows = [
        Slot(number, text, None, "home", "phone,pc", driving)
        for number, text in enumerate(texts, 1)
    ]
    return inventory.stock(
        rows,
        [Skill(number, key, key, 3) for number, key in enumerate(skills, 1)],
        [Asset(number, key, key, None, None) for number, key in enumerate(assets, 1)],
        {"birth_year": "1990", "pc": "yes"},
        TODAY,
    )


def means(*gigs: Gig) -> Means:
    """Return the shipped catalogue with own gigs."""
    return Means(CATALOGUE, rates.learn(CATALOGUE, gigs, TODAY), {})


def best(filled: Filled | None = None, have: inventory.Stock | None = None, *gigs: Gig) -> Best:
    """Return the best usual week of a stock; *filled* takes the place of what it would bring."""
    found = bestweek.of(stock(*SLOTS) if have is None else have, means(*gigs), TODAY)
    return found if filled is None else replace(found, filled=filled)


def gig(minutes: int, gross_fen: int, **changes: object) -> Gig:
    """Return a paid gig of a private client who wants slides."""
    made = Gig(
        id=1,
        platform="xianyu",
        category="skill_service",
        day="2026-11-20",
        start_minute=1_140,
        orders=1,
        worked_minutes=minutes,
        unpaid_minutes=0,
        gross_fen=gross_fen,
        fee_fen=0,
        cost_fen=0,
        tax_fen=0,
        status="paid",
        due=None,
        paid_day="2026-11-20",
        rating=None,
        note=None,
    )
    known = {one.name for one in dataclasses.fields(Gig)}
    assert set(changes) <= known
    return replace(made, **changes)  # type: ignore[arg-type]
