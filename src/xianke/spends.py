"""What was paid for a platform, and whether its gigs have brought it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianke import gigs
from xianke.searches import is_search

if TYPE_CHECKING:
    from xianke.records import Gig, Spend


@dataclass(frozen=True, slots=True)
class PayBack:
    """Start-up costs of one platform beside the net of its gigs since the first of them.

    `gigs_needed` is 0 once they are back; None, as `mean_net_fen`, where the gigs do not tell.
    """

    platform: str
    spent_fen: int
    net_fen: int
    gigs: int
    mean_net_fen: int | None
    gigs_needed: int | None
    paid_back_on: str | None


def put_down(spends: Iterable[Spend]) -> frozenset[str]:
    """Return the platforms for which money was put down and has not come back."""
    return frozenset(
        one.platform
        for one in spends
        if one.kind in ("deposit", "plain") and one.returned_day is None
    )


def pay_back(platform: str, spends: Iterable[Spend], own: Sequence[Gig]) -> PayBack | None:
    """Return how far a platform has paid back its plain spends; None where there are none.

    Deposits come back by themselves, refunds are no start. It is paid back on the first day from
    which the running net of the gigs has covered the spends, and has stayed above them since.
    """
    plain = [spend for spend in spends if spend.kind == "plain" and spend.platform == platform]
    if not plain:
        return None
    start = min(spend.day for spend in plain)
    since = [gig for gig in own if gig.day >= start and gigs.is_counted(gig)]
    # Looking for work in vain may cost, but it is no gig.
    done = sum(not is_search(gig) for gig in since)
    spent = sum(spend.amount_fen for spend in plain)
    net = sum(map(gigs.net_fen, since))
    mean = net // done if done else None
    needed = None
    if net >= spent:
        needed = 0
    elif net > 0:
        # In whole fen of all gigs together: a mean that is rounded down would ask for too many.
        needed = -(-(spent - net) * done // net)
    return PayBack(platform, spent, net, done, mean, needed, _covered_on(plain, since))


def _covered_on(plain: Iterable[Spend], since: Iterable[Gig]) -> str | None:
    days: dict[str, int] = {}
    for spend in plain:
        days[spend.day] = days.get(spend.day, 0) - spend.amount_fen
    for gig in since:
        days[gig.day] = days.get(gig.day, 0) + gigs.net_fen(gig)
    balance, covered = 0, None
    for day in sorted(days):
        balance += days[day]
        if balance < 0:
            covered = None
        elif covered is None:
            covered = day
    return covered
