"""Whether the gigs of a platform have brought back what was spent to begin there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xianke import spends
from xianke.records import Gig, GigStatus, Spend, SpendKind
from xianke.spends import PayBack


def _gig(day: str, net_fen: int, status: GigStatus = "paid") -> Gig:
    """Return a gig that brought so much, or cost it where it was rejected."""
    return Gig(
        id=1,
        platform="apple",
        category=None,
        day=day,
        start_minute=None,
        orders=1,
        worked_minutes=None,
        unpaid_minutes=0,
        gross_fen=max(net_fen, 0),
        fee_fen=0,
        cost_fen=max(-net_fen, 0),
        tax_fen=0,
        status=status,
        due=None,
        paid_day=day if status == "paid" else None,
        rating=None,
        note=None,
    )


def _spend(day: str, fen: int, kind: SpendKind = "plain", platform: str = "apple") -> Spend:
    return Spend(1, day, platform, fen, kind, None, None, None, None)


HELMET = _spend("2026-11-02", 1_000)


def test_it_is_paid_back_on_the_day_the_net_reaches_the_spend() -> None:
    """The running sum, whatever else comes later."""
    gigs = [_gig("2026-11-03", 600), _gig("2026-11-05", 400), _gig("2026-11-09", 500)]

    assert spends.pay_back("apple", [HELMET], gigs) == PayBack(
        platform="apple",
        spent_fen=1_000,
        net_fen=1_500,
        gigs=3,
        mean_net_fen=500,
        gigs_needed=0,
        paid_back_on="2026-11-05",
    )


def test_until_then_it_takes_more_gigs_like_those() -> None:
    """Rounded up, from the whole sum: a rounded mean would say too many."""
    gigs = [_gig("2026-11-03", 100), _gig("2026-11-04", 100), _gig("2026-11-05", 133)]

    found = spends.pay_back("apple", [HELMET], gigs)

    # 667 are missing; 6 gigs bring 666, 7 are enough. A mean of 111 would say the same.
    assert found == PayBack("apple", 1_000, 333, 3, 111, 7, None)
    one_more = spends.pay_back("apple", [_spend("2026-11-02", 999)], gigs)
    assert one_more is not None and one_more.gigs_needed == 6


@pytest.mark.parametrize(
    ("gigs", "mean"),
    [
        ([], None),
        ([_gig("2026-11-03", -50, "rejected")], -50),
        ([_gig("2026-11-03", 0)], 0),
    ],
)
def test_without_gain_nobody_knows_how_many_more(gigs: list[Gig], mean: int | None) -> None:
    """Null is not zero."""
    found = spends.pay_back("apple", [HELMET], gigs)

    assert found is not None
    assert (found.mean_net_fen, found.gigs_needed, found.paid_back_on) == (mean, None, None)


def test_only_gigs_since_the_first_spend_count() -> None:
    """The same day does; what is only agreed on, or was called off for nothing, does not."""
    gigs = [
        _gig("2026-11-01", 9_000),
        _gig("2026-11-02", 300),
        _gig("2026-11-03", 9_000, "accepted"),
        _gig("2026-11-04", 9_000, "cancelled"),
        _gig("2026-11-05", 200, "delivered"),
    ]

    found = spends.pay_back("apple", [HELMET], gigs)

    assert found is not None
    assert (found.gigs, found.net_fen) == (2, 500)


def test_a_second_spend_has_to_come_back_as_well() -> None:
    """What was covered once is covered again only when the gigs have caught up."""
    gigs = [_gig("2026-11-03", 1_200), _gig("2026-11-10", 900)]
    later = _spend("2026-11-05", 1_000)

    found = spends.pay_back("apple", [HELMET, later], gigs)

    assert found is not None
    assert (found.spent_fen, found.gigs_needed, found.paid_back_on) == (2_000, 0, "2026-11-10")
    before = spends.pay_back("apple", [HELMET, later], gigs[:1])
    assert before is not None
    assert (before.gigs_needed, before.paid_back_on) == (1, None)


@pytest.mark.parametrize(
    "other",
    [
        _spend("2026-11-02", 5, "deposit"),
        _spend("2026-11-02", 5, "refund"),
        _spend("2026-11-02", 5, platform="pear"),
    ],
)
def test_what_is_no_start_has_no_pay_back(other: Spend) -> None:
    """Deposits come back by themselves, refunds are no beginning, others have their own."""
    assert spends.pay_back("apple", [other], []) is None
    assert spends.pay_back("apple", [HELMET, other], []) == PayBack(
        "apple", 1_000, 0, 0, None, None, None
    )


def test_what_was_put_down_and_has_not_come_back_is_paid() -> None:
    """A deposit that came back has to be paid anew; a refund to a buyer opens no platform."""
    day = "2026-11-02"
    returned = replace(
        _spend(day, 100, "deposit", "back"), returned_day="2026-11-20", returned_fen=100
    )
    made = [
        _spend(day, 100, "deposit", "held"),
        _spend(day, 100, "plain", "bought"),
        _spend(day, 100, "refund", "sold"),
        returned,
    ]

    assert spends.put_down(made) == {"held", "bought"}
