"""Looking for the gigs that an amount is for: one of them, or a run; and dividing what is short.

Only amounts and days: whose they are, and what follows, is said in `payouts`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add

NEAR_PERCENT = 3
"""How far a bill may be from what was typed and still mean it: a withdrawal costs up to that."""
NEAR_DAYS = 10
"""How far the day somebody named may be from the day in the bill."""
LONGEST_WAIT = 120
"""Money that comes later than this after the work is explained by nobody's memory."""
DEPOSIT_DAYS = 30
"""How long before the work a client may have paid a part of it (定金)."""
RUN_DAYS = 45
"""A run of gigs that is settled at once: a month, and half of the next until it is paid."""


def is_near(amount_fen: int, expected_fen: int) -> bool:
    """Return whether an amount may be the expected one, less or more what goes astray."""
    return abs(amount_fen - expected_fen) * 100 <= NEAR_PERCENT * expected_fen


def spread(fen: int, weights: Sequence[int]) -> list[int]:
    """Divide *fen* by weight, to the fen: the largest remainders get what rounding left."""
    total = sum(weights)
    parts = [fen * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda at: (-(fen * weights[at] % total), at))
    for at in order[: fen - sum(parts)]:
        parts[at] += 1
    return parts


def reach(fen: int) -> tuple[int, int]:
    """Return the least and the most that a payout of *fen* is near to."""
    return -(-fen * 100 // (100 + NEAR_PERCENT)), fen * 100 // (100 - NEAR_PERCENT)


def about(expected_fen: int) -> tuple[int, int]:
    """Return the least and the most that is still near an expected amount."""
    slack = expected_fen * NEAR_PERCENT // 100
    return expected_fen - slack, expected_fen + slack


@dataclass(frozen=True, slots=True)
class Spot:
    """What is open of the gig at one place of an order.

    Its money is expected around `day` and believed to come up to `wait` days later.
    """

    at: int
    fen: int
    day: int
    wait: int


class Shelf:
    """Open gigs by the day their money is expected around, and by amount on each day.

    State: what is on it. Those that wait equally long stand together.
    """

    def __init__(self, spots: Iterable[Spot]) -> None:
        self._days: dict[int, dict[int, list[tuple[int, int]]]] = {}
        for spot in spots:
            days = self._days.setdefault(spot.wait, {})
            days.setdefault(spot.day, []).append((spot.fen, spot.at))
        entries = [one for days in self._days.values() for one in days.values()]
        for one in entries:
            one.sort()
        self._amounts = sorted({fen for one in entries for fen, _at in one})

    def take(self, spot: Spot) -> None:
        """Remove a gig."""
        entries = self._days[spot.wait][spot.day]
        del entries[bisect_left(entries, (spot.fen, spot.at))]

    def nearest(self, fen: int, day: int, *, exact: bool) -> tuple[int, int, int] | None:
        """Return (days away, fen away, place) of the best gig for a payout, or None."""
        least, most = (fen, fen) if exact else reach(fen)
        if bisect_left(self._amounts, least) == bisect_right(self._amounts, most):
            return None
        for away in range(max(self._days) + 1):
            found = [
                (away, *hit)
                for expected in ({day - away, day + away} if away <= NEAR_DAYS else {day - away})
                for wait, days in self._days.items()
                if expected in days
                and day - expected <= wait
                and (hit := _best_of(days[expected], fen, exact=exact)) is not None
            ]
            if found:
                return min(found)
        return None


def _best_of(
    entries: Sequence[tuple[int, int]], fen: int, *, exact: bool
) -> tuple[int, int] | None:
    """Return (difference, place) of the amount nearest to *fen* among sorted ones, or None."""
    above = bisect_left(entries, (fen, -1))
    candidates = []
    if above < len(entries):
        candidates.append(entries[above])
    if above > 0 and not exact:
        candidates.append(entries[bisect_left(entries, (entries[above - 1][0], -1))])
    hits = [
        (abs(amount - fen), at)
        for amount, at in candidates
        if (amount == fen if exact else is_near(fen, amount))
    ]
    return min(hits, default=None)


@dataclass(frozen=True, slots=True)
class Span:
    """Open gigs within reach of a payout, in their order; `marks` are where periods begin or end.

    A mark is a place between gigs, from 0 to their number; `marks` holds one tuple per kind of
    period.
    """

    amounts: Sequence[int]
    marks: Sequence[Sequence[int]]


def exact_run(span: Span, fen: int) -> tuple[int, int] | None:
    """Return start and end of the run of two or more gigs that add up to *fen*, or None.

    Whole periods first; of all else the run that begins first, as what is due longest is paid
    first.
    """
    sums = list(accumulate(span.amounts, initial=0))
    hits = list(_whole_periods(span, sums, (fen, fen)))
    if hits:
        return min(hits)
    for start_fen in sorted({end - fen for end in sums}.intersection(sums)):
        start, end = bisect_left(sums, start_fen), bisect_left(sums, start_fen + fen)
        if end - start > 1:
            return start, end
    return None


def whole_run(span: Span, fen: int) -> tuple[int, int] | None:
    """Return the whole periods whose sum is nearest to *fen*, or None where none is near."""
    sums = list(accumulate(span.amounts, initial=0))
    hits = _whole_periods(span, sums, reach(fen))
    return min(hits, key=lambda run: (abs(sums[run[1]] - sums[run[0]] - fen), run), default=None)


def near_run(span: Span, fen: int) -> tuple[int, int] | None:
    """Return the run that begins first of those near *fen*; where it begins, the nearest."""
    sums = list(accumulate(span.amounts, initial=0))
    least, most = reach(fen)
    smallest = min(map(add, span.amounts, span.amounts[1:]), default=most + 1)
    if sums[-1] < least or smallest > most:
        return None
    end = 0
    for start in range(len(sums) - 2):
        while end < len(sums) and sums[end] < sums[start] + least:
            end += 1
        if end == len(sums):
            return None
        if sums[end] <= sums[start] + most:
            ends = range(max(end, start + 2), bisect_right(sums, sums[start] + most, end))
            if ends:
                return start, min(ends, key=lambda at: abs(sums[at] - sums[start] - fen))
    return None


def _whole_periods(
    span: Span, sums: Sequence[int], wanted: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    least, most = wanted
    for marks in span.marks:
        for number, start in enumerate(marks):
            for end in marks[number + 1 :]:
                if end - start > 1 and least <= sums[end] - sums[start] <= most:
                    yield start, end
