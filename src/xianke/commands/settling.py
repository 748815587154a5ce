"""Bring what the store holds in line with what `payouts.match` finds; only differences are written.

Whoever adds, changes or removes a gig or a payout calls `rebalance` within the same writing
command, so that what follows from it stands in the same entry of the journal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from xianke import gigs, payouts, platforms, store
from xianke.catalogue import SELF, Catalogue
from xianke.payouts import Match, Standing
from xianke.records import Claim, Gig, Payout, Settlement


@dataclass(frozen=True, slots=True)
class Outcome:
    """A payout that settles something else than before: which gigs, and how much of each.

    Not `sure` where only their age speaks for them: the user may know better.
    """

    payout: Payout
    shares: tuple[tuple[Gig, int], ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Book:
    """All that the matching of one platform or client starts from."""

    claims: tuple[Claim, ...]
    payouts: tuple[Payout, ...]
    settlements: tuple[Settlement, ...]
    typed: Mapping[int, Payout]


def rebalance(
    db: store.Journal,
    catalogue: Catalogue,
    names: Iterable[str],
    touched: Collection[int] | None = None,
) -> list[Outcome]:
    """Settle the gigs of platforms and clients anew and return what is settled differently now.

    *names* are their ids. With *touched*, the ids of all gigs that have changed, a platform
    that no money came from but by the user's word is not read through.
    """
    outcomes = []
    found: dict[str, Match] = {}
    for platform in sorted(set(names)):
        if touched is None or db.has_payouts(platform):
            book = read(db, platform)
            found[platform] = match(book, catalogue, platform)
            outcomes += _write(db, book, found[platform])
    for gig_id in sorted(touched or ()):
        gig = db.gig(gig_id)
        if gig is not None:
            standing = found[gig.platform].gigs.get(gig_id) if gig.platform in found else None
            _settle_one(db, gig, standing)
    return outcomes


def read(db: store.Queries, platform: str) -> Book:
    """Return what the store knows of one platform's or client's money."""
    known = [one.payout for one in db.payouts(platform=platform, replaced=True)]
    return Book(
        tuple(db.claims(platform)),
        tuple(one for one in known if one.gig_id is None),
        tuple(db.settlements(platform)),
        {one.gig_id: one for one in known if one.gig_id is not None},
    )


def match(book: Book, catalogue: Catalogue, platform: str) -> Match:
    """Return what the payouts of one platform or client settle."""
    known = catalogue.platforms.get(platform)
    decided = {one.id for one in book.payouts if one.fixed}
    word = known.fact("settlement").value if known is not None else None
    return payouts.match(
        book.claims,
        book.payouts,
        [one for one in book.settlements if one.payout_id in decided],
        # Of one that is gone from the catalogue nobody knows a fee or a delay.
        is_client=known is None or known.kind in ("client", SELF),
        usual_days=platforms.FAST_DAYS.get(word or ""),
    )


def _write(db: store.Journal, book: Book, match: Match) -> list[Outcome]:
    for claim in book.claims:
        _write_gig(db, claim, match.gigs[claim.gig.id])
    for payout in book.payouts:
        _write_payout(db, payout, match)
    outcomes = _write_settlements(db, book, match)
    for claim in book.claims:
        standing = match.gigs[claim.gig.id]
        typed = book.typed.get(claim.gig.id)
        stands = (typed.amount_fen, typed.day) if typed is not None else (0, None)
        wanted = (standing.typed_fen, claim.gig.paid_day if standing.typed_fen else None)
        if stands != wanted:
            _settle_one(db, claim.gig, standing)
    return outcomes


def _write_gig(db: store.Journal, claim: Claim, standing: Standing) -> None:
    gig = claim.gig
    if payouts.is_said_paid(gig):
        paid_day, by_bill = gig.paid_day, False
    else:
        paid_day, by_bill = standing.paid_day, standing.paid_day is not None
    if (gig.kept_fen, gig.paid_day, gig.paid_by_bill) != (standing.kept_fen, paid_day, by_bill):
        db.update(
            "gig",
            gig.id,
            {
                "kept_fen": standing.kept_fen,
                "status": "delivered" if paid_day is None else "paid",
                "paid_day": paid_day,
                "paid_by_bill": by_bill,
            },
        )
    if claim.written_off_fen != standing.written_off_fen:
        _write_off(db, gig.id, standing.written_off_fen)


def _write_off(db: store.Journal, gig_id: int, fen: int) -> None:
    """Let what was written off of a gig be at most *fen*: no more can be lost than was owed."""
    found = db.write_off_of(gig_id)
    if found is not None and fen < found.amount_fen:
        if fen:
            db.update("write_off", found.id, {"amount_fen": fen})
        else:
            db.delete("write_off", found.id)


def _write_payout(db: store.Journal, payout: Payout, match: Match) -> None:
    replaced_by = match.replaced.get(payout.id)
    # A decision that passed on is the other one's from now on.
    fixed = replaced_by is None and match.uses[payout.id].fixed
    if (payout.replaced_by, payout.fixed) != (replaced_by, fixed):
        db.update("payout", payout.id, {"replaced_by": replaced_by, "fixed": fixed})


def _write_settlements(db: store.Journal, book: Book, match: Match) -> list[Outcome]:
    known = {one.id: one for one in book.payouts}
    owners = {claim.gig.id: claim.gig for claim in book.claims}
    stored: dict[int, dict[int, Settlement]] = {}
    for row in book.settlements:
        if row.payout_id in known:
            stored.setdefault(row.payout_id, {})[row.gig_id] = row
    outcomes = []
    for payout in book.payouts:
        rows = stored.get(payout.id, {})
        use = match.uses.get(payout.id)
        wanted = dict(use.shares) if use is not None else {}
        if wanted == {gig: row.amount_fen for gig, row in rows.items()}:
            continue
        for gig, row in rows.items():
            if gig not in wanted:
                db.delete("settlement", row.id)
        for gig, fen in wanted.items():
            if gig in rows:
                db.update("settlement", rows[gig].id, {"amount_fen": fen})
            else:
                db.insert("settlement", {"payout_id": payout.id, "gig_id": gig, "amount_fen": fen})
        if use is not None:
            shares = tuple((owners[gig], fen) for gig, fen in use.shares)
            outcomes.append(Outcome(payout, shares, use.sure))
    return outcomes


def _settle_one(db: store.Journal, gig: Gig, standing: Standing | None) -> None:
    """Bring in line what the user's word alone says of one gig; without standing, all of it."""
    if standing is not None:
        # What a bill has shown not to have come is no longer believed on the user's word.
        gone = standing.kept_fen + standing.short_fen
        db.settle_typed(gig, gig.gross_fen - gig.fee_fen - gig.tax_fen - gone)
        return
    if gig.kept_fen or gig.paid_by_bill:
        gig = payouts.stated(gig)
        db.update(
            "gig",
            gig.id,
            {
                "kept_fen": 0,
                "status": gig.status,
                "paid_day": gig.paid_day,
                "paid_by_bill": False,
            },
        )
    _write_off(db, gig.id, gigs.receivable_fen(gig) if gig.status in gigs.EARNED else 0)
    db.settle_typed(gig, gigs.receivable_fen(gig))
