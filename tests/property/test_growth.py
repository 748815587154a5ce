"""Laws of paying back: more hours never sooner, more gain never later, and always enough."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xianke import growth
from xianke.bestweek import Points
from xianke.vocabulary import Hours

FEN = st.integers(0, 100_000)


def _hours(low: int, high: int) -> Hours:
    return Hours(low, high, "judgement", "a guess", "2026-11-28")


@given(st.integers(1, 500), st.integers(0, 500), st.integers(1, 50_000), st.tuples(FEN, FEN, FEN))
def test_weeks_to_pay_back_are_in_order_and_suffice(
    low: int, more: int, fen_per_hour: int, gains: tuple[int, int, int]
) -> None:
    """Near, middle, far; after so many weeks the hours are earned back, a week sooner not."""
    points = Points(*sorted(gains))
    hours = _hours(low, low + more)

    weeks = growth.weeks_to_break_even(hours, fen_per_hour, points)
    longer = growth.weeks_to_break_even(_hours(low + 1, low + more + 1), fen_per_hour, points)

    known = [one for one in (weeks.low, weeks.mid, weeks.high) if one is not None]
    assert known == sorted(known)
    assert [weeks.low is None, weeks.mid is None, weeks.high is None] == [
        gain == 0 for gain in (points.high_fen, points.mid_fen, points.low_fen)
    ]
    if weeks.low is not None and longer.low is not None:
        cost = hours.low * fen_per_hour
        assert (weeks.low - 1) * points.high_fen < cost <= weeks.low * points.high_fen
        assert longer.low >= weeks.low
