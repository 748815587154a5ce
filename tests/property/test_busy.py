"""The law of cutting: free and busy never overlap, and together they are the slots."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xianke import busy
from xianke.busy import BusyTime
from xianke.slots import Occurrence

MIDNIGHT = datetime(2026, 11, 30)


def _moment(minute: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=minute)


minutes = st.integers(0, 120)
lengths = st.integers(1, 60)
slots = st.lists(
    st.builds(
        lambda start, length: Occurrence(_moment(start), _moment(start + length), ()),
        minutes,
        lengths,
    ),
    max_size=5,
)
taken = st.lists(
    st.builds(
        lambda start, length: BusyTime(_moment(start), _moment(start + length), None, False),
        minutes,
        lengths,
    ),
    max_size=8,
)


def _covered(start: datetime, end: datetime) -> set[datetime]:
    """Return the minutes from *start* to before *end*."""
    return {start + timedelta(minutes=step) for step in range(int((end - start).seconds / 60))}


@given(slots, taken)
def test_free_and_busy_fill_the_slots_exactly(
    occurrences: list[Occurrence], times: list[BusyTime]
) -> None:
    """Minute by minute, for every slot by itself: free, or busy, never both, never neither."""
    busy_minutes = {minute for one in times for minute in _covered(one.start, one.end)}
    for one in occurrences:
        window = _covered(one.start, one.end)

        pieces = busy.cut([one], times)

        free = [minute for piece in pieces for minute in _covered(piece.start, piece.end)]
        assert len(free) == len(set(free))
        assert set(free) == window - busy_minutes
        assert all((busy.CUT in piece.flags) == (pieces != [one]) for piece in pieces)
        # Pieces that touch would be one piece.
        assert all(a.end < b.start for a, b in itertools.pairwise(pieces))


@given(slots, taken)
def test_many_slots_are_cut_like_each_alone(
    occurrences: list[Occurrence], times: list[BusyTime]
) -> None:
    """One after the other, in their order."""
    alone = [piece for one in occurrences for piece in busy.cut([one], times)]

    assert busy.cut(occurrences, times) == alone


@given(slots, taken)
def test_cutting_twice_takes_nothing_more(
    occurrences: list[Occurrence], times: list[BusyTime]
) -> None:
    """What is left is free."""
    left = busy.cut(occurrences, times)

    assert [(one.start, one.end) for one in busy.cut(left, times)] == [
        (one.start, one.end) for one in left
    ]


@given(taken)
def test_stretches_are_apart_and_cover_the_same(times: list[BusyTime]) -> None:
    """Merged, busy times cover the same minutes and no two of them touch."""
    found = busy.merged(times)

    assert {minute for start, end in found for minute in _covered(start, end)} == {
        minute for one in times for minute in _covered(one.start, one.end)
    }
    assert all(a[1] < b[0] for a, b in itertools.pairwise(found))


@given(slots, taken)
def test_what_touches_is_what_takes_a_minute(
    occurrences: list[Occurrence], times: list[BusyTime]
) -> None:
    """Of all busy times, those that share at least one minute with a slot."""
    window = {minute for one in occurrences for minute in _covered(one.start, one.end)}
    wanted = [one for one in times if _covered(one.start, one.end) & window]

    found = busy.touching(times, occurrences)

    assert sorted(found, key=repr) == sorted(wanted, key=repr)
