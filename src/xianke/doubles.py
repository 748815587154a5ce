"""Gigs that may be one and the same, written down twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from xianke.searches import is_search

if TYPE_CHECKING:
    from xianke.records import Gig

DAY = 1440
"""Minutes of a day."""

NEAR_DAYS = 2
"""How many days before and after may hold what reaches into a day."""


def overlapping(gig: Gig, others: Iterable[Gig]) -> tuple[Gig, ...]:
    """Return the *others* whose time overlaps that of *gig*, both with start and minutes."""
    stretch = _stretch(gig)
    if stretch is None:
        return ()
    begin, end = stretch
    found = []
    for other in others:
        theirs = _stretch(other)
        if other.id != gig.id and theirs is not None and theirs[0] < end and begin < theirs[1]:
            found.append(other)
    return tuple(found)


def alike(gig: Gig, others: Iterable[Gig]) -> tuple[Gig, ...]:
    """Return the *others* of the same platform, day and amount; searches are never alike."""
    if is_search(gig) or not gig.gross_fen:
        return ()
    same = (gig.platform, gig.day, gig.gross_fen)
    return tuple(
        other
        for other in others
        if other.id != gig.id
        and not is_search(other)
        and (other.platform, other.day, other.gross_fen) == same
    )


def _stretch(gig: Gig) -> tuple[int, int] | None:
    """Return when a gig began and ended, in minutes since some day; None where nobody knows."""
    minutes = (gig.worked_minutes or 0) + gig.unpaid_minutes
    if gig.start_minute is None or not minutes:
        return None
    begin = date.fromisoformat(gig.day).toordinal() * DAY + gig.start_minute
    return begin, begin + minutes
