"""Time spent on looking for work without finding any: no gig, and yet hours that are gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xianke.errors import NotUnderstood
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.records import Gig


def is_search(gig: Gig) -> bool:
    """Return whether it is no gig at all, but time spent on looking for one in vain."""
    return gig.status == "none_found"


def as_search(gig: Gig) -> Gig:
    """Return *gig* as time spent on looking in vain: whatever minutes it has were not paid.

    Raise NotUnderstood where it has what only a gig can have, or no minutes. A cost of one's own
    it may have: fuel is burnt while looking as well.
    """
    taken_off = gig.fee_fen or gig.tax_fen
    if gig.gross_fen or taken_off or gig.orders > 1 or gig.due is not None:
        raise NotUnderstood(
            _("没接到单，就没有收入、单数、平台扣的、税和到账日"),
            _("金额写 0；自己花的写 --cost；做了却没拿到钱的写 --status rejected"),
        )
    minutes = (gig.worked_minutes or 0) + gig.unpaid_minutes
    if minutes == 0:
        raise NotUnderstood(
            _("没写找了多久"), _("例如 xianke log 闲鱼 0 --status none_found --unpaid 25")
        )
    return replace(gig, worked_minutes=0, unpaid_minutes=minutes, kept_fen=0)
