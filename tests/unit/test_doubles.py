"""Gigs that may be one and the same: same time, or same platform, day and amount."""

from __future__ import annotations

from dataclasses import replace

from xianke import doubles
from xianke.records import Gig

FIRST = Gig(
    1, "xianyu", None, "2026-11-20", 840, 1, 60, 0, 8500, 0, 0, 0, "paid", None, "2026-11-20",
    None, None,
)  # fmt: skip


def test_gigs_overlap_when_one_begins_before_the_other_ends() -> None:
    """Unpaid minutes are time as well; one after the other is no overlap, and none is its own."""
    inside = replace(FIRST, id=2, platform="epwk", start_minute=899)
    after = replace(FIRST, id=3, start_minute=900)
    waited = replace(FIRST, id=4, start_minute=780, worked_minutes=30, unpaid_minutes=31)

    assert doubles.overlapping(FIRST, [FIRST, inside, after, waited]) == (inside, waited)


def test_an_overlap_reaches_over_midnight() -> None:
    """Work that began late ends on the next day."""
    late = replace(FIRST, id=2, day="2026-11-19", start_minute=1400, worked_minutes=120)
    early = replace(FIRST, id=3, start_minute=30)

    assert doubles.overlapping(early, [late]) == (late,)


def test_without_start_or_minutes_nothing_overlaps() -> None:
    """Nobody knows when it was."""
    whenever = replace(FIRST, id=2, start_minute=None)
    untimed = replace(FIRST, id=3, worked_minutes=None)

    assert doubles.overlapping(FIRST, [whenever, untimed]) == ()
    assert doubles.overlapping(whenever, [FIRST]) == ()


def test_the_same_platform_day_and_amount_are_alike() -> None:
    """Another amount, day or platform is another gig; searches bring nothing and are no gigs."""
    same = replace(FIRST, id=2, start_minute=None)
    others = [
        replace(FIRST, id=3, gross_fen=8501),
        replace(FIRST, id=4, day="2026-11-21"),
        replace(FIRST, id=5, platform="epwk"),
        replace(FIRST, id=6, status="none_found"),
    ]

    assert doubles.alike(FIRST, [FIRST, same, *others]) == (same,)
    assert doubles.alike(replace(same, gross_fen=0), [replace(FIRST, gross_fen=0)]) == ()
