"""Money that came and settles nothing yet: the gigs it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from xianke import when
from xianke._payout_search import RUN_DAYS, spread

if TYPE_CHECKING:
    from xianke.records import Gig, Payout, Receipt

Part = tuple[int, int]
"""The id of a payout, and how many fen of it are meant."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One gig that explains money: one that was logged without its pay, or None for a new one.

    `parts` are the payouts that settle it, `day` that of the last of them, `week` its ISO week.
    """

    platform: str
    day: str
    week: str
    gig: Gig | None
    parts: tuple[Part, ...]

    @property
    def fen(self) -> int:
        """Return what the gig brought."""
        return sum(fen for _payout, fen in self.parts)


def explain(receipts: Iterable[Receipt], waiting: Iterable[Gig]) -> list[Explanation]:
    """Return the gigs that would explain what is left of the payouts of one platform.

    Gigs of *waiting* were timed while nobody knew what they would bring. Those done since the
    payout before share the money by their minutes. What nothing was timed for becomes one gig
    per week: platforms settle weekly (周结), and more than that the money does not say.
    """
    timed = sorted((one for one in waiting if _minutes(one)), key=lambda one: (one.day, one.id))
    ordered = sorted(
        receipts, key=lambda one: (one.payout.day, one.payout.amount_fen, one.payout.id)
    )
    found = []
    weeks: dict[str, list[tuple[Payout, int]]] = {}
    since = ""
    for day, group in groupby(ordered, key=lambda one: one.payout.day):
        rests = [
            (one.payout, rest) for one in group if (rest := one.payout.amount_fen - one.settled_fen)
        ]
        earliest = max(since, (date.fromisoformat(day) - timedelta(RUN_DAYS)).isoformat())
        sharers = [one for one in timed if earliest <= one.day <= day] if rests else []
        if sharers:
            found += _shared(rests, sharers)
            timed = [one for one in timed if one not in sharers]
        elif rests:
            weeks.setdefault(when.iso_week(date.fromisoformat(day)), []).extend(rests)
        since = day
    found += [
        Explanation(
            rests[-1][0].platform,
            rests[-1][0].day,
            week,
            None,
            tuple((payout.id, fen) for payout, fen in rests),
        )
        for week, rests in weeks.items()
    ]
    return sorted(found, key=lambda one: (one.day, one.gig is None, one.gig.id if one.gig else 0))


def _minutes(gig: Gig) -> int:
    return (gig.worked_minutes or 0) + gig.unpaid_minutes


def _shared(rests: Sequence[tuple[Payout, int]], sharers: Sequence[Gig]) -> list[Explanation]:
    """Divide what came on one day between gigs, and say which payout settles which."""
    left = list(rests)
    found = []
    shares = spread(sum(fen for _payout, fen in rests), [_minutes(one) for one in sharers])
    for gig, share in zip(sharers, shares, strict=True):
        parts = []
        while share:
            payout, fen = left.pop(0)
            taken = min(fen, share)
            parts.append((payout.id, taken))
            share -= taken
            if fen > taken:
                left.insert(0, (payout, fen - taken))
        if parts:
            day = rests[0][0].day
            week = when.iso_week(date.fromisoformat(day))
            found.append(Explanation(gig.platform, day, week, gig, tuple(parts)))
    return found
