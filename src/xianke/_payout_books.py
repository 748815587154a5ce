"""What is still open of each gig of one platform or client, while payouts are matched to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from xianke._payout_search import LONGEST_WAIT, NEAR_DAYS, spread

if TYPE_CHECKING:
    from xianke.records import Claim, Gig, Payout


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows for one gig.

    `paid_day` is set where payouts settle in full what the user calls delivered. `typed_fen` is
    what only the user's word says was paid, `short_fen` what a bill has shown did not come.
    """

    kept_fen: int
    paid_day: str | None
    typed_fen: int
    short_fen: int
    written_off_fen: int


def is_said_paid(gig: Gig) -> bool:
    """Return whether it is the user, not a bill, who calls a gig paid."""
    return gig.status == "paid" and not gig.paid_by_bill


def stated(gig: Gig) -> Gig:
    """Return a gig as the user stated it, without what bills have shown."""
    if gig.paid_by_bill:
        gig = replace(gig, status="delivered", paid_day=None, paid_by_bill=False)
    return replace(gig, kept_fen=0)


@dataclass(slots=True)
class Books:
    """The work on one platform: what is still open of each gig, by its place in the order.

    `ref` is the day money is expected around: the one the user named, or that of the work.
    """

    claims: Sequence[Claim]
    is_client: bool
    usual_days: int
    open: list[int] = field(init=False)
    written_off: list[int] = field(init=False)
    day: list[int] = field(init=False)
    ref: list[int] = field(init=False)
    wait: list[int] = field(init=False)
    said: list[bool] = field(init=False)
    kept: list[int] = field(init=False)
    short: list[int] = field(init=False)
    last_day: list[str | None] = field(init=False)
    shares: dict[int, dict[int, int]] = field(default_factory=dict)
    unsure: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        owed = [_receivable(one) for one in self.claims]
        self.written_off = [
            min(one.written_off_fen, fen) for one, fen in zip(self.claims, owed, strict=True)
        ]
        self.open = [fen - gone for fen, gone in zip(owed, self.written_off, strict=True)]
        self.day = [ordinal(one.gig.day) for one in self.claims]
        self.said = [is_said_paid(one.gig) for one in self.claims]
        self.ref = [
            ordinal(one.gig.paid_day or one.gig.day) if said else day
            for one, said, day in zip(self.claims, self.said, self.day, strict=True)
        ]
        late = NEAR_DAYS + (0 if self.is_client else self.usual_days)
        self.wait = [late if said else LONGEST_WAIT for said in self.said]
        self.kept = [0] * len(self.claims)
        self.short = [0] * len(self.claims)
        self.last_day = [None] * len(self.claims)

    def latest(self, at: int) -> int:
        """Return the last day on which money for a gig is still believed to be for it."""
        return self.ref[at] + self.wait[at]

    def settle(self, payout: Payout, at: int, fen: int) -> None:
        """Take *fen* of a payout for a gig."""
        uses = self.shares.setdefault(payout.id, {})
        if fen:
            uses[at] = uses.get(at, 0) + fen
            self.open[at] -= fen
        self.last_day[at] = max(self.last_day[at] or "", payout.day)

    def settle_all(self, payout: Payout, places: Sequence[int]) -> None:
        """Settle gigs with a payout of about their sum; say what becomes of the difference."""
        missing = sum(self.open[at] for at in places) - payout.amount_fen
        if missing > 0 and not self.is_client:
            parts = spread(missing, [self.open[at] for at in places])
            for at, part in zip(places, parts, strict=True):
                self.kept[at] += part
                self.open[at] -= part
        rest = payout.amount_fen
        for at in places:
            fen = min(rest, self.open[at])
            self.settle(payout, at, fen)
            rest -= fen
            if self.said[at]:
                self.short[at] = self.open[at]

    def standing(self, at: int) -> Standing:
        """Return what follows for one gig."""
        day = self.last_day[at]
        is_paid = not self.said[at] and not self.open[at] and day is not None
        return Standing(
            self.kept[at],
            day if is_paid else None,
            self.open[at] - self.short[at] if self.said[at] else 0,
            self.short[at],
            self.written_off[at],
        )


def _receivable(claim: Claim) -> int:
    gig = claim.gig
    return gig.gross_fen - gig.fee_fen - gig.tax_fen


def claim_key(claim: Claim) -> tuple[str | int, ...]:
    """Return where a gig stands in the order: by day, amount and content, by id at last."""
    gig = claim.gig
    said = is_said_paid(gig)
    return (
        gig.day,
        1440 if gig.start_minute is None else gig.start_minute,
        _receivable(claim),
        claim.written_off_fen,
        said,
        (gig.paid_day or "") if said else "",
        gig.category or "",
        gig.gross_fen,
        gig.cost_fen,
        gig.note or "",
        gig.id,
    )


def ordinal(day: str) -> int:
    """Return the number of a day, to count with."""
    return date.fromisoformat(day).toordinal()
