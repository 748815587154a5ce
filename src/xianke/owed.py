"""What is still owed: of which gigs, by when it should have come, and which deposits are out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

from xianke import gigs
from xianke.ownrecord import LATE_FIFTHS, LEAST_DELAYS, STATED_GRACE

if TYPE_CHECKING:
    from xianke.records import Claim, Gig, Spend

Basis = Literal["due", "own", "catalogue"]

NEWEST_DELAYS = 100
"""Platforms change their days: what counts is how they pay now."""
LEAST_OWN_GRACE = 3
"""Money is late when four in five of the own payments had come by then, and three days more than
usual have passed: a weekend is no delay. Judgement, not measurement."""


@dataclass(frozen=True, slots=True)
class Usual:
    """How many days money takes at one platform, and after how many it is late.

    `basis` is `own` where `payments` of the user's own say so, `catalogue` where only a fact does.
    """

    days: int
    late_after: int
    basis: Literal["own", "catalogue"]
    payments: int


@dataclass(frozen=True, slots=True)
class Item:
    """One gig of which money is still to come; what nobody knows is None and never late."""

    gig: Gig
    outstanding_fen: int
    expected_by: date | None
    basis: Basis | None
    late: bool


@dataclass(frozen=True, slots=True)
class Debtor:
    """What one platform or client still owes.

    `expected_by` and `basis` are those of the gig whose money is expected first, `oldest_days`
    the age of the oldest gig: None where only a deposit is out.
    """

    platform: str
    items: tuple[Item, ...]
    deposits: tuple[Spend, ...]
    oldest_days: int | None
    expected_by: date | None
    basis: Basis | None
    usual: Usual | None

    @property
    def outstanding_fen(self) -> int:
        """Return what is still to come of all gigs."""
        return sum(item.outstanding_fen for item in self.items)

    @property
    def deposit_fen(self) -> int:
        """Return the deposits that are out."""
        return sum(spend.amount_fen for spend in self.deposits)

    @property
    def late(self) -> bool:
        """Return whether money of any gig is late."""
        return any(item.late for item in self.items)


def usual_days(
    delays: Iterable[tuple[str, str, str]], stated: Callable[[str], int | None]
) -> Callable[[str], Usual | None]:
    """Return what tells how long money takes at a platform.

    *delays* are (platform, day of the gig, day of the money), the newest money last; *stated* is
    what the catalogue says of a platform of which the user has too few.
    """
    own: dict[str, list[tuple[str, str]]] = {}
    for platform, done, paid in delays:
        own.setdefault(platform, []).append((done, paid))

    @cache
    def find(platform: str) -> Usual | None:
        known = sorted(_days(*pair) for pair in own.get(platform, [])[-NEWEST_DELAYS:])
        if len(known) >= LEAST_DELAYS:
            # Of two in the middle the later one: by then half of it was really there.
            usual = known[len(known) // 2]
            most = known[-(-len(known) * LATE_FIFTHS // 5) - 1]
            return Usual(usual, max(most, usual + LEAST_OWN_GRACE), "own", len(known))
        days = stated(platform)
        return None if days is None else Usual(days, days + STATED_GRACE, "catalogue", 0)

    return find


def _days(done: str, paid: str) -> int:
    # Money in advance was there at once.
    return max((date.fromisoformat(paid) - date.fromisoformat(done)).days, 0)


def outstanding_fen(claim: Claim) -> int:
    """Return what is still to come of one gig."""
    return gigs.receivable_fen(claim.gig) - claim.settled_fen - claim.written_off_fen


def item(claim: Claim, usual: Usual | None, today: date) -> Item:
    """Return a gig's open money with the day on which it should be there.

    That is the day that was agreed on; failing that, what is usual at the platform.
    """
    gig, fen = claim.gig, outstanding_fen(claim)
    if gig.due is not None:
        due = date.fromisoformat(gig.due)
        return Item(gig, fen, due, "due", due < today)
    if usual is None:
        return Item(gig, fen, None, None, late=False)
    done = date.fromisoformat(gig.day)
    late = (today - done).days > usual.late_after
    return Item(gig, fen, done + timedelta(days=usual.days), usual.basis, late)


def items(
    claims: Iterable[Claim], usual_of: Callable[[str], Usual | None], today: date
) -> list[Item]:
    """Return the open money of gigs, late first, then the longest waiting."""
    found = [
        item(claim, usual_of(claim.gig.platform), today)
        for claim in claims
        if outstanding_fen(claim) > 0
    ]
    return sorted(found, key=lambda one: (not one.late, one.gig.day, one.gig.id))


def deposits_out(
    spends: Iterable[Spend], first: str | None = None, last: str | None = None
) -> list[Spend]:
    """Return the deposits paid in a range of days of which nothing has come back yet."""
    return [
        spend
        for spend in spends
        if spend.kind == "deposit"
        and spend.returned_day is None
        and (first or spend.day) <= spend.day <= (last or spend.day)
    ]


def debtors(
    waiting: Iterable[Item],
    deposits: Iterable[Spend],
    usual_of: Callable[[str], Usual | None],
    today: date,
) -> list[Debtor]:
    """Return who owes what: those who are late first, then the longest waiting."""
    owing: dict[str, tuple[list[Item], list[Spend]]] = {}
    for one in waiting:
        owing.setdefault(one.gig.platform, ([], []))[0].append(one)
    for spend in deposits:
        owing.setdefault(spend.platform, ([], []))[1].append(spend)
    found = [
        _debtor(platform, own, out, usual_of(platform), today)
        for platform, (own, out) in owing.items()
    ]
    found.sort(
        key=lambda one: (
            not one.late,
            1 if one.oldest_days is None else -one.oldest_days,
            one.platform,
        )
    )
    return found


def _debtor(
    platform: str,
    own: Sequence[Item],
    deposits: Sequence[Spend],
    usual: Usual | None,
    today: date,
) -> Debtor:
    expected = [(one.expected_by, one.basis) for one in own if one.expected_by is not None]
    by, basis = min(expected, key=lambda pair: pair[0]) if expected else (None, None)
    oldest = min((one.gig.day for one in own), default=None)
    days = None if oldest is None else (today - date.fromisoformat(oldest)).days
    return Debtor(platform, tuple(own), tuple(deposits), days, by, basis, usual)


@dataclass(frozen=True, slots=True)
class Debt:
    """What one platform or client still owes, in short: open gigs, their money, deposits out."""

    gigs: int
    outstanding_fen: int
    deposit_fen: int


def debt(claims: Iterable[Claim], spends: Iterable[Spend]) -> Debt | None:
    """Return what the open gigs and deposits of one platform come to; None where nothing is."""
    waiting = [fen for claim in claims if (fen := outstanding_fen(claim)) > 0]
    deposits = sum(spend.amount_fen for spend in deposits_out(spends))
    return Debt(len(waiting), sum(waiting), deposits) if waiting or deposits else None
