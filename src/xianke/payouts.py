"""What money received settles: a function of gigs, payouts and the user's own decisions.

Nothing here is history. The same gigs and the same payouts give the same answer in whatever
order they came to the store, so an import may overlap another or be repeated. Ties are broken
by day, amount and content; ids decide only between what is equal in all of these.

For one platform or client the rules are, each for what the ones before it left open:

0. What the user decided.
1. A payout that was typed gives way to the imported one that is the same money. Its decision,
   if it has one, passes on; where both were decided they are two moneys, and both stay.
2. One payout, one gig of about that amount.
3. One payout, a run of gigs of about that amount: a settlement by the week (周结) or month.
4. One gig, payouts in a row of just that amount: paid in parts (定金 and 尾款).
5. First in, first out. Civil Code of the PRC, art. 560: where nobody said which debt a payment
   is for, it goes to what is due, and of equal debts to the one due first. A gig that the user
   calls paid takes part as well: a yuan left out can be found, one counted twice cannot.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from xianke._payout_books import Books, Standing, claim_key, is_said_paid, ordinal, stated
from xianke._payout_search import (
    DEPOSIT_DAYS,
    NEAR_DAYS,
    RUN_DAYS,
    Shelf,
    Span,
    Spot,
    about,
    exact_run,
    is_near,
    near_run,
    spread,
    whole_run,
)

if TYPE_CHECKING:
    from xianke.records import Claim, Payout, Settlement

__all__ = [
    "Match", "Share", "Standing", "Use", "is_near", "is_said_paid", "match", "spread", "stated"
]  # fmt: skip

Share = tuple[int, int]
"""The id of a gig, and how many fen of a payout settle it."""


@dataclass(frozen=True, slots=True)
class Use:
    """What one payout settles; not `sure` where it only goes to the oldest open gigs.

    `fixed` says that the user decided so, for this payout or for the typed one it replaces.
    """

    shares: tuple[Share, ...]
    sure: bool
    fixed: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Payouts by id and what they settle, replaced ones with the one in their place, and gigs."""

    uses: Mapping[int, Use]
    replaced: Mapping[int, int]
    gigs: Mapping[int, Standing]


def match(
    claims: Iterable[Claim],
    payouts: Iterable[Payout],
    fixed: Iterable[Settlement],
    *,
    is_client: bool,
    usual_days: int | None,
) -> Match:
    """Return what the payouts of one platform or client settle of its earned gigs.

    *payouts* are all but those that stand for a gig's own status, *fixed* what the user's
    decisions settle so far. Where a payout is short of what it is for by so little that it is
    that all the same, a platform has kept the rest; a client still owes it. *usual_days* is how
    long a platform takes to pay.
    """
    ordered = sorted(payouts, key=_payout_key)
    replaced = _replaced(ordered)
    books = Books(sorted(claims, key=claim_key), is_client, usual_days or 0)
    decisions = _decisions(ordered, fixed, replaced, {one.gig.id for one in books.claims})
    live = [one for one in ordered if one.id not in replaced]
    _decided(books, [one for one in live if one.id in decisions], decisions)
    free = [one for one in live if one.id not in decisions]
    free = _pairs(books, free)
    free = _runs(books, free)
    free = _instalments(books, free)
    _first_in_first_out(books, free)
    return Match(
        {
            one.id: Use(
                tuple((books.claims[at].gig.id, fen) for at, fen in books.shares[one.id].items()),
                one.id not in books.unsure,
                one.id in decisions,
            )
            for one in live
        },
        replaced,
        {claim.gig.id: books.standing(at) for at, claim in enumerate(books.claims)},
    )


def _payout_key(payout: Payout) -> tuple[str | int, ...]:
    return payout.day, payout.amount_fen, payout.source, payout.note or "", payout.id


# Rule 1, and who carries a decision


def _replaced(payouts: Sequence[Payout]) -> dict[int, int]:
    """Return which typed payout is which imported one: the smallest differences first."""
    imported = sorted(
        (one for one in payouts if one.source == "imported"), key=lambda one: one.amount_fen
    )
    amounts = [one.amount_fen for one in imported]
    found = []
    for order, typed in enumerate(one for one in payouts if one.source == "typed"):
        low, high = about(typed.amount_fen)
        for other in imported[bisect_left(amounts, low) : bisect_right(amounts, high)]:
            days = abs(ordinal(typed.day) - ordinal(other.day))
            if days <= NEAR_DAYS and not (typed.fixed and other.fixed):
                difference = abs(typed.amount_fen - other.amount_fen)
                found.append((difference, days, order, _payout_key(other), typed.id, other.id))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_rank, typed_id, other_id in sorted(found):
        if typed_id not in pairs and other_id not in taken:
            pairs[typed_id] = other_id
            taken.add(other_id)
    return pairs


def _decisions(
    payouts: Sequence[Payout],
    fixed: Iterable[Settlement],
    replaced: Mapping[int, int],
    owed: Container[int],
) -> dict[int, list[Share]]:
    """Return the decided payouts with the gigs they were decided for.

    A decision for gigs that are all called off since is none any more.
    """
    decisions: dict[int, list[Share]] = {
        replaced.get(one.id, one.id): [] for one in payouts if one.fixed
    }
    for one in sorted(fixed, key=lambda one: one.id):
        owner = replaced.get(one.payout_id, one.payout_id)
        if owner in decisions:
            decisions[owner].append((one.gig_id, one.amount_fen))
    return {
        payout: shares
        for payout, shares in decisions.items()
        if not shares or any(gig in owed for gig, _fen in shares)
    }


# Rule 0


def _decided(
    books: Books, payouts: Sequence[Payout], decisions: Mapping[int, Sequence[Share]]
) -> None:
    """Settle what the user decided, as far as payouts and gigs reach.

    It is the gigs that were chosen: where a gig or a payout has become smaller the amount
    shrinks, and where there is room for more on both sides it grows.
    """
    place = {claim.gig.id: at for at, claim in enumerate(books.claims)}
    chosen = {
        one.id: [(place[gig], fen) for gig, fen in decisions[one.id] if gig in place]
        for one in payouts
    }
    rest = {one.id: one.amount_fen for one in payouts}
    for limited in (True, False):
        for one in payouts:
            books.shares.setdefault(one.id, {})
            for at, stored in chosen[one.id]:
                fen = min(rest[one.id], books.open[at], stored if limited else rest[one.id])
                if fen:
                    books.settle(one, at, fen)
                    rest[one.id] -= fen
    for one in payouts:
        _explain_shortfall(books, one)


def _explain_shortfall(books: Books, payout: Payout) -> None:
    """Where a decided payout falls a little short of its gigs, treat it as any other pair."""
    shares = books.shares[payout.id]
    before = sum(books.open[at] + fen for at, fen in shares.items())
    if payout.amount_fen == sum(shares.values()) < before and is_near(payout.amount_fen, before):
        for at, fen in shares.items():
            books.open[at] += fen
        books.shares[payout.id] = {}
        books.settle_all(payout, list(shares))


# Rule 2


def _pairs(books: Books, payouts: Sequence[Payout]) -> list[Payout]:
    """Settle single gigs, exact amounts before near ones, the nearest day first."""
    for exact in (True, False):
        payouts = _paired(books, payouts, exact=exact)
    return list(payouts)


def _paired(books: Books, payouts: Sequence[Payout], *, exact: bool) -> list[Payout]:
    """Settle the best pairs first and return the payouts that found none."""
    spots = {
        at: Spot(at, fen, books.ref[at], books.wait[at])
        for at, fen in enumerate(books.open)
        if fen > 0
    }
    shelf = Shelf(spots.values())
    days = [ordinal(one.day) for one in payouts]
    left = dict(enumerate(payouts))
    waiting: list[tuple[int, int, int, int]] = []

    def propose(order: int) -> None:
        found = shelf.nearest(payouts[order].amount_fen, days[order], exact=exact)
        if found is not None:
            away, difference, at = found
            heapq.heappush(waiting, (away, difference, order, at))

    for order in left:
        propose(order)
    taken: set[int] = set()
    while waiting:
        _away, _difference, order, at = heapq.heappop(waiting)
        if at in taken:
            # Somebody nearer has it. What is next best can only be further away.
            propose(order)
            continue
        taken.add(at)
        shelf.take(spots[at])
        books.settle_all(left.pop(order), [at])
    return list(left.values())


# Rule 3


def _runs(books: Books, payouts: Sequence[Payout]) -> list[Payout]:
    """Settle runs of gigs in the order of the payouts.

    A near sum that is no whole period waits until all payouts have had their better choices.
    """
    places = [at for at, fen in enumerate(books.open) if fen > 0]
    days = [books.day[at] for at in places]
    amounts = [books.open[at] for at in places]
    for finders in ((exact_run, whole_run), (near_run,)):
        left = []
        for payout in payouts:
            last = ordinal(payout.day)
            first, end = bisect_left(days, last - RUN_DAYS), bisect_right(days, last)
            marks = [
                sorted({max(bisect_left(days, day) - first, 0) for day in begins} | {end - first})
                for begins in _period_begins(last)
            ]
            span = Span(amounts[first:end], marks)
            runs = (find(span, payout.amount_fen) for find in finders)
            found = next((run for run in runs if run is not None), None)
            if found is None:
                left.append(payout)
                continue
            run = slice(first + found[0], first + found[1])
            books.settle_all(payout, places[run])
            del places[run], days[run], amounts[run]
        payouts = left
    return list(payouts)


def _period_begins(last: int) -> tuple[list[int], list[int]]:
    """Return on which days weeks and months begin within the reach of a payout."""
    monday = last - (last - 1) % 7
    weeks = list(range(monday, last - RUN_DAYS - 7, -7))
    months = [date.fromordinal(last).replace(day=1)]
    while months[-1].toordinal() > last - RUN_DAYS:
        months.append((months[-1] - timedelta(1)).replace(day=1))
    return weeks, [month.toordinal() for month in months]


# Rule 4


def _instalments(books: Books, payouts: Sequence[Payout]) -> list[Payout]:
    """Settle gigs that were paid in parts: payouts in a row that come to just what is open."""
    left, days = list(payouts), [ordinal(one.day) for one in payouts]
    before = DEPOSIT_DAYS if books.is_client else NEAR_DAYS
    for at, fen in enumerate(books.open):
        first = bisect_left(days, books.ref[at] - before)
        end = bisect_right(days, books.latest(at))
        if not fen or end - first < 2:
            continue
        run = exact_run(Span([one.amount_fen for one in left[first:end]], []), fen)
        if run is not None:
            parts = slice(first + run[0], first + run[1])
            for payout in left[parts]:
                books.settle(payout, at, payout.amount_fen)
            del left[parts], days[parts]
    return left


# Rule 5


def _first_in_first_out(books: Books, payouts: Sequence[Payout]) -> None:
    """Let what nobody has explained settle open gigs, the oldest first, partly if need be.

    A client's gig that the user calls paid, perhaps in cash, comes after those that are not.
    """
    places = [at for at, fen in enumerate(books.open) if fen > 0]
    for one in payouts:
        books.shares.setdefault(one.id, {})
    if books.is_client:
        _settle_oldest(books, payouts, [at for at in places if not books.said[at]])
        places = [at for at in places if books.said[at]]
    _settle_oldest(books, payouts, places)


def _settle_oldest(books: Books, payouts: Iterable[Payout], places: Iterable[int]) -> None:
    """Let gigs take what is left of payouts: a client's also of those that came beforehand."""
    coming = sorted(
        (
            (
                books.ref[at] - DEPOSIT_DAYS
                if books.is_client
                else max(books.day[at], books.ref[at] - NEAR_DAYS),
                at,
            )
            for at in places
        ),
        reverse=True,
    )
    waiting: list[int] = []
    for payout in payouts:
        day = ordinal(payout.day)
        while coming and coming[-1][0] <= day:
            heapq.heappush(waiting, coming.pop()[1])
        rest = payout.amount_fen - sum(books.shares[payout.id].values())
        while rest and waiting:
            at = waiting[0]
            if books.latest(at) >= day:
                fen = min(rest, books.open[at])
                books.settle(payout, at, fen)
                books.unsure.add(payout.id)
                rest -= fen
            if not books.open[at] or books.latest(at) < day:
                # Settled, or too long ago for this payout and every later one.
                heapq.heappop(waiting)
