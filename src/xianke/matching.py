"""Inventory × routes × rates: ranked picks and rejections, each with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from xianke import conditions, scoring, trying, when
from xianke.platforms import SELF
from xianke.reasons import (
    Reason,
    asked_first,
    first_step,
    reasons_for,
    rejection_text,
    try_reason,
)

if TYPE_CHECKING:
    from xianke.conditions import Needs
    from xianke.inventory import Stock
    from xianke.platforms import Catalogue, Platform
    from xianke.priorities import Goal
    from xianke.questions import OpenQuestion
    from xianke.rates import Rates
    from xianke.scoring import Candidate, OwnWeeks
    from xianke.trying import Try

UPFRONT_RANK = 3
"""Where money is required first, no row comes among the first three."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One row: a category and kind of income, its best route first, the others behind."""

    rank: int
    category: str
    name: str
    kind: str
    routes: tuple[Candidate, ...]
    reasons: tuple[Reason, ...]
    first_step: str
    questions: tuple[OpenQuestion, ...] = ()

    @property
    def best(self) -> Candidate:
        """Return the route the row stands for."""
        return self.routes[0]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A category or platform that does not come into question, and why."""

    kind: Literal["category", "platform"]
    id: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer of `suggest`."""

    goal: Goal
    picks: tuple[Pick, ...]
    untested: tuple[Pick, ...]
    rejected: tuple[Rejection, ...]
    tries: tuple[Try, ...] = ()


def match(
    stock: Stock,
    catalogue: Catalogue,
    rates: Rates,
    goal: Goal,
    today: date,
    own_weeks: Mapping[tuple[str, str], OwnWeeks] | None = None,
) -> Advice:
    """Return ranked picks, untested rows and rejections for *goal*.

    A row is one (category, kind of income). Routes without credible pay make the second block.
    """
    eligible, rejected = judged(stock, catalogue, today)
    raws = [
        scoring.measure(platform, stock, rates.of(platform), needs, catalogue, today, goal)
        for platform, needs in eligible
    ]
    candidates = scoring.scored(raws, goal, own_weeks or {})
    rows = _rows(candidates, catalogue, goal)
    tested = [row for row in rows if _has_pay(row.best)]
    untested = sorted(
        (row for row in rows if not _has_pay(row.best)),
        # Without pay to go by, what is known to exist goes before what has to be checked.
        key=lambda row: (_wants_money(row), row.best.verify_first),
    )
    tested, held_back = _upfront_last(tested)
    tries = trying.tries([*tested, *untested], rates.experience, when.iso_week(today))
    return Advice(
        goal,
        tuple(_ranked(tested, tries)),
        tuple(_ranked([*untested, *held_back], tries)),
        tuple(rejected),
        tries,
    )


def judged(
    stock: Stock, catalogue: Catalogue, today: date
) -> tuple[list[tuple[Platform, Needs]], list[Rejection]]:
    """Return the routes that are open to a person, and what does not come into question."""
    eligible: list[tuple[Platform, Needs]] = []
    rejected: list[Rejection] = []
    tried: dict[str, list[Needs]] = {}
    for platform in catalogue.routes():
        needs = conditions.needs_of(platform, stock, today)
        tried.setdefault(platform.category, []).append(needs)
        if needs.missing is None:
            eligible.append((platform, needs))
        elif platform.kind != SELF:
            rejected.append(rejection(platform, needs))
    for category_id, found in tried.items():
        if all(needs.missing for needs in found):
            rejected.append(_rejected_category(catalogue, category_id, found))
    return eligible, rejected


def _ranked(rows: Sequence[Pick], tries: Sequence[Try]) -> Iterator[Pick]:
    """Return the rows with their ranks, and with a reason where one of their routes is to try."""
    for rank, row in enumerate(rows, 1):
        own = [one.candidate for one in tries if one.candidate in row.routes]
        reasons = (*row.reasons, *(try_reason(candidate) for candidate in own))
        yield replace(row, rank=rank, reasons=reasons)


def rejection(platform: Platform, needs: Needs) -> Rejection:
    """Return why one route does not come into question; its needs say what is missing."""
    code = needs.missing or "no_slot"
    text = rejection_text(platform, code, needs.failed)
    return Rejection("platform", platform.id, code, text)


def _rejected_category(catalogue: Catalogue, category_id: str, found: Sequence[Needs]) -> Rejection:
    # The code closest to eligible says most: what is missing is one step away.
    order = (
        "block_too_short", "no_device", "no_place", "no_slot", "region", "profile", "no_asset",
        "no_skill", "closed",
    )  # fmt: skip
    code = min((needs.missing or "" for needs in found), key=order.index)
    # An answer about the person that bars every route is named; of the rest each has its own.
    failed = {needs.failed for needs in found if needs.missing == code}
    said = failed.pop() if code == "profile" and len(failed) == 1 else ()
    category = catalogue.categories[category_id]
    return Rejection("category", category_id, code, rejection_text(category, code, said))


# Rows


def _rows(candidates: Sequence[Candidate], catalogue: Catalogue, goal: Goal) -> list[Pick]:
    groups: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in candidates:
        key = (candidate.platform.category, candidate.platform.income)
        groups.setdefault(key, []).append(candidate)
    rows = []
    for (category, kind), routes in groups.items():
        ordered = sorted(routes, key=_route_order)
        rows.append(
            Pick(
                0,
                category,
                catalogue.categories[category].name,
                kind,
                tuple(ordered),
                reasons_for(ordered[0], catalogue),
                first_step(ordered[0]),
                asked_first(ordered[0]),
            )
        )
    return sorted(rows, key=lambda row: (-row.best.score, row.category, row.kind))


def _route_order(candidate: Candidate) -> tuple[bool, bool, bool, bool, bool, float, str]:
    """Order the routes of one row: the best eligible one that nothing speaks against comes first.

    Money up front and unverified platforms never lead while another route is eligible; public
    entrances lead boards, those that the government runs before the others; a route with credible
    pay goes before one without.
    """
    entrance = candidate.platform.public_entrance
    return (
        "upfront_required" in candidate.flags,
        candidate.verify_first,
        not entrance,
        entrance and candidate.platform.kind != "public_service",
        not _has_pay(candidate),
        -candidate.score,
        candidate.platform.id,
    )


def _has_pay(candidate: Candidate) -> bool:
    if candidate.platform.income == "time":
        return candidate.rate.mid_fen_per_hour is not None
    return candidate.income is not None


def _wants_money(row: Pick) -> bool:
    return "upfront_required" in row.best.flags


def _upfront_last(rows: list[Pick]) -> tuple[list[Pick], list[Pick]]:
    """Return the rows with those that want money first moved below the third place.

    Only rows of paid time count: things to rent or sell stand in a table of their own. Where
    too few other rows would stand before them, they are handed back separately.
    """
    safe = [row for row in rows if not _wants_money(row)]
    paying = [row for row in rows if _wants_money(row)]
    timed = [index for index, row in enumerate(safe, 1) if row.kind == "time"]
    if not paying:
        return rows, []
    if len(timed) < UPFRONT_RANK:
        return safe, paying
    third = timed[UPFRONT_RANK - 1]
    head, tail = safe[:third], [*safe[third:], *paying]
    tail.sort(key=lambda row: (-row.best.score, row.category, row.kind))
    return [*head, *tail], []
