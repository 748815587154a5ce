"""What tests of a week share: somebody's slots and things, over the shipped catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from xianke import inventory, platforms, rates
from xianke.planner import Limits
from xianke.records import Asset, Gig, Skill, Slot
from xianke.week import Means
from xianke.weekplan import Ask

MONDAY = date(2026, 11, 23)
BEFORE = datetime(2026, 11, 22, 10)
"""The Sunday before: nothing of the week has begun."""


def slot(number: int, rule: str, place: str = "anywhere") -> Slot:
    """Return a stored slot; its rule is Chinese."""
    found = inventory.check_place(place)
    return Slot(number, rule, None, found, None, driving=False)


def stock(*rows: Slot, profile: dict[str, str] | None = None) -> inventory.Stock:
    """Return somebody with these slots, a computer, a licence, an e-bike and PPT."""
    known = {"pc": "yes", "licence": "yes", "city": "杭州", "birth_year": "1995"}
    skills = [Skill(1, "ppt", "PPT", 4)]
    assets = [Asset(1, "e_bike", "电动自行车", None, None)]
    return inventory.stock(rows, skills, assets, {**known, **(profile or {})}, BEFORE.date())


def means(gigs: Sequence[Gig] = (), paid_first: frozenset[str] = frozenset()) -> Means:
    """Return the shipped catalogue with what was learned from *gigs*."""
    catalogue = platforms.catalogue()
    learned = rates.learn(catalogue, gigs, BEFORE.date())
    return Means(catalogue, learned, {}, paid_first)


def gig(number: int, **fields: object) -> Gig:
    """Return an accepted gig for a private client, with the *fields* that matter."""
    values: dict[str, object] = {
        "id": number, "platform": "wangayi", "category": None, "day": "2026-11-22",
        "start_minute": None, "orders": 1, "worked_minutes": None, "unpaid_minutes": 0,
        "gross_fen": 30_000, "fee_fen": 0, "cost_fen": 0, "tax_fen": 0, "status": "accepted",
        "due": "2026-11-27", "paid_day": None, "rating": None, "note": None,
    }  # fmt: skip
    return Gig(**{**values, **fields})  # type: ignore[arg-type]  # names are those of the record


def ask(*rows: Slot, limits: Limits = Limits(), **fields: object) -> Ask:  # noqa: B008
    """Return what the week of `MONDAY` is planned from."""
    values = {"now": BEFORE, "means": means(), "limits": limits, **fields}
    return Ask(MONDAY, stock=stock(*rows), **values)  # type: ignore[arg-type]  # as above
