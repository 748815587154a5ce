"""Laws of the use of time: no minute is lost, none is counted twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xianke import inventory, timeuse
from xianke.records import Gig, GigStatus, PlanBlock, Slot
from xianke.timeuse import Records

FIRST, LAST = date(2026, 11, 9), date(2026, 11, 22)
TEXTS = ("工作日 19:00-21:00", "周末 9:00-12:00", "周一 20:00-23:00", "周日 22:00-次日1:00")
STATUSES: tuple[GigStatus, ...] = (
    "accepted",
    "delivered",
    "paid",
    "rejected",
    "cancelled",
    "none_found",
)


@st.composite
def gigs(draw: st.DrawFn) -> Gig:
    """Draw a gig of the fortnight or of the days around it."""
    day = FIRST + timedelta(days=draw(st.integers(-2, 15)))
    status = draw(st.sampled_from(STATUSES))
    return Gig(
        id=1,
        platform="apple",
        category=None,
        day=day.isoformat(),
        start_minute=draw(st.none() | st.integers(0, 1439)),
        orders=1,
        worked_minutes=draw(st.none() | st.integers(0, 300)),
        unpaid_minutes=draw(st.integers(0, 60)),
        gross_fen=draw(st.integers(0, 10_000)),
        fee_fen=0,
        cost_fen=draw(st.integers(0, 500)),
        tax_fen=0,
        status=status,
        due=None,
        paid_day=None,
        rating=None,
        note=None,
    )


@st.composite
def blocks(draw: st.DrawFn) -> PlanBlock:
    """Draw a block of a kept plan."""
    day = FIRST + timedelta(days=draw(st.integers(-1, 14)))
    start = draw(st.integers(0, 1380))
    end = start + draw(st.integers(1, 240))
    return PlanBlock(1, "w", day.isoformat(), start, end, 1, "c", "apple", 0, 0, 0, "unknown", "u")


@given(
    st.lists(st.sampled_from(TEXTS), unique=True),
    st.lists(gigs(), max_size=8),
    st.lists(blocks(), max_size=6),
    st.integers(0, 20 * 1440),
)
def test_every_minute_stands_in_one_place(
    texts: list[str], done: list[Gig], planned: list[PlanBlock], minutes: int
) -> None:
    """Supply is used or not planned; work is inside, outside or unplaced, and ended one way."""
    rows = [Slot(number, text, None, "home", None, False) for number, text in enumerate(texts, 1)]
    stock = inventory.stock(rows, [], [], {}, FIRST)
    now = datetime(2026, 11, 9) + timedelta(minutes=minutes)
    free = timeuse.supply(stock, FIRST, LAST, [], now)
    records = Records(done, planned, [])

    weeks = timeuse.used(timeuse.weeks_of(FIRST, LAST), free, records, now)
    (whole,) = timeuse.used([(FIRST, LAST)], free, records, now)

    assert timeuse.total(weeks) == whole.use
    for use in (one.use for one in (*weeks, whole)):
        assert use.supplied_minutes == use.used_minutes + use.not_planned_minutes
        assert use.worked_minutes == use.inside_minutes + use.outside_minutes + use.unplaced_minutes
        assert use.worked_minutes == use.paid_minutes + use.waiting_minutes + use.rejected_minutes
        assert 0 <= use.unpaid_minutes <= use.paid_minutes + use.waiting_minutes
        assert 0 <= use.not_worked_minutes <= use.planned_minutes
        assert min(use.used_minutes, use.not_planned_minutes, use.inside_minutes) >= 0
    assert all(leak.minutes > 0 for leak in timeuse.leaks(whole.use))
