"""What is still owed: by when it should have come, when it is late, and who owes it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xianke import owed
from xianke.owed import Debtor, Item, Usual
from xianke.records import Claim, Gig, Spend

TODAY = date(2026, 11, 22)
GIG = Gig(
    id=1,
    platform="apple",
    category="selling",
    day="2026-11-12",
    start_minute=None,
    orders=1,
    worked_minutes=40,
    unpaid_minutes=0,
    gross_fen=10_000,
    fee_fen=600,
    cost_fen=1_500,
    tax_fen=300,
    status="delivered",
    due=None,
    paid_day=None,
    rating=None,
    note=None,
)
DEPOSIT = Spend(
    id=1,
    day="2026-11-01",
    platform="apple",
    amount_fen=20_000,
    kind="deposit",
    returned_day=None,
    returned_fen=None,
    bill_row_id=None,
    note=None,
)


def _gig(identity: int, day: str, platform: str = "apple", due: str | None = None) -> Gig:
    values = {name: getattr(GIG, name) for name in Gig.__dataclass_fields__}
    return Gig(**{**values, "id": identity, "day": day, "platform": platform, "due": due})


def _delays(*days: int, platform: str = "apple") -> list[tuple[str, str, str]]:
    """Return what was done on one day and paid so many days later."""
    done = date(2026, 10, 1)
    return [(platform, f"{done}", f"{done + timedelta(later)}") for later in days]


def _usual(*days: int, stated: int | None = None) -> Usual | None:
    return owed.usual_days(_delays(*days), lambda _platform: stated)("apple")


# What is usual


def test_what_is_usual_is_the_median_of_ones_own() -> None:
    """Half of the payments had come by then; late is what four in five were quicker than."""
    assert _usual(1, 7, 7, 8, 30) == Usual(7, 10, "own", 5)
    assert _usual(1, 2, 3, 9, 20) == Usual(3, 9, "own", 5)


def test_of_two_in_the_middle_the_later_one_counts() -> None:
    """A day that is named has to be a day on which half of it was really there."""
    assert _usual(2, 4, 6, 8) == Usual(6, 9, "own", 4)


def test_three_days_more_than_usual_are_no_delay() -> None:
    """A weekend lies in between; also where the money always came on the same day."""
    assert _usual(7, 7, 7) == Usual(7, 10, "own", 3)


def test_money_in_advance_was_there_at_once() -> None:
    """It makes nobody expect money before the work."""
    assert _usual(-3, -2, 0) == Usual(0, 3, "own", 3)


@pytest.mark.parametrize("days", [(), (30,), (30, 40)])
def test_two_payments_say_nothing(days: tuple[int, ...]) -> None:
    """With fewer than three of one's own the catalogue is asked, with a week to spare."""
    assert _usual(*days, stated=7) == Usual(7, 14, "catalogue", 0)
    assert _usual(*days) is None


def test_payments_of_others_say_nothing() -> None:
    """Each platform pays in its own time."""
    usual = owed.usual_days(_delays(1, 1, 1, platform="pear"), lambda _platform: None)

    assert usual("apple") is None
    assert usual("pear") == Usual(1, 4, "own", 3)


def test_only_the_newest_payments_count() -> None:
    """A platform that pays weekly now is no longer one that paid monthly."""
    assert _usual(*[30] * 200, *[7] * owed.NEWEST_DELAYS) == Usual(7, 10, "own", 100)


# One gig


WEEKLY = Usual(7, 10, "own", 5)


def test_what_was_agreed_on_comes_before_what_is_usual() -> None:
    """The gig's own day, late from the day after."""
    claim = Claim(_gig(1, "2026-11-01", due="2026-11-22"), 0, 0)
    missed = Claim(_gig(1, "2026-11-01", due="2026-11-21"), 0, 0)

    assert owed.item(claim, WEEKLY, TODAY) == Item(claim.gig, 9_100, TODAY, "due", late=False)
    assert owed.item(missed, WEEKLY, TODAY) == Item(
        missed.gig, 9_100, date(2026, 11, 21), "due", late=True
    )


@pytest.mark.parametrize(("day", "late"), [("2026-11-12", False), ("2026-11-11", True)])
def test_what_is_usual_is_expected_and_late_with_some_patience(day: str, late: bool) -> None:
    """Expected after the usual days, late after those that are too many."""
    claim = Claim(_gig(1, day), 0, 0)

    found = owed.item(claim, WEEKLY, TODAY)

    expected = date.fromisoformat(day) + timedelta(days=7)
    assert found == Item(claim.gig, 9_100, expected, "own", late=late)


def test_what_the_catalogue_says_is_named_as_such() -> None:
    """It is somebody else's word."""
    claim = Claim(GIG, 0, 0)

    found = owed.item(claim, Usual(1, 8, "catalogue", 0), TODAY)

    assert (found.expected_by, found.basis, found.late) == (
        date(2026, 11, 13),
        "catalogue",
        True,
    )


def test_what_nobody_knows_is_never_late() -> None:
    """However long ago it was."""
    claim = Claim(_gig(1, "2020-01-01"), 0, 0)

    assert owed.item(claim, None, TODAY) == Item(claim.gig, 9_100, None, None, late=False)


def test_only_what_is_left_is_owed() -> None:
    """Own cost is owed by nobody; what was paid or given up is not owed any more."""
    assert owed.outstanding_fen(Claim(GIG, 0, 0)) == 10_000 - 600 - 300
    assert owed.outstanding_fen(Claim(GIG, 5_000, 4_000)) == 100


def test_late_ones_come_first_then_the_longest_waiting() -> None:
    """What is settled is not there."""
    claims = [
        Claim(_gig(1, "2026-11-20"), 0, 0),
        Claim(_gig(2, "2026-11-19"), 0, 0),
        Claim(_gig(3, "2026-11-21", due="2026-11-21"), 0, 0),
        Claim(_gig(4, "2026-11-01"), 9_100, 0),
        Claim(_gig(5, "2026-11-19"), 0, 0),
    ]

    found = owed.items(claims, lambda _platform: WEEKLY, TODAY)

    assert [item.gig.id for item in found] == [3, 2, 5, 1]


# Who owes it


def test_a_debtor_is_expected_to_pay_with_its_earliest_gig() -> None:
    """It is late where any of them is; its age is that of the oldest."""
    items = [
        Item(_gig(1, "2026-11-02"), 100, None, None, late=False),
        Item(_gig(2, "2026-11-12"), 200, date(2026, 11, 19), "own", late=False),
        Item(_gig(3, "2026-11-15"), 300, date(2026, 11, 17), "due", late=True),
    ]

    found = owed.debtors(items, [DEPOSIT], lambda _platform: WEEKLY, TODAY)

    assert found == [
        Debtor(
            platform="apple",
            items=tuple(items),
            deposits=(DEPOSIT,),
            oldest_days=20,
            expected_by=date(2026, 11, 17),
            basis="due",
            usual=WEEKLY,
        )
    ]
    assert (found[0].outstanding_fen, found[0].deposit_fen, found[0].late) == (600, 20_000, True)


def test_late_debtors_come_first_and_deposits_alone_last() -> None:
    """Then the longest waiting."""
    items = [
        Item(_gig(1, "2026-11-20", "new"), 1, None, None, late=False),
        Item(_gig(2, "2026-11-01", "old"), 1, None, None, late=False),
        Item(_gig(3, "2026-11-21", "late"), 1, TODAY, "due", late=True),
    ]

    found = owed.debtors(items, [DEPOSIT], lambda _platform: None, TODAY)

    assert [one.platform for one in found] == ["late", "old", "new", "apple"]
    assert (found[-1].oldest_days, found[-1].expected_by, found[-1].late) == (None, None, False)


def test_deposits_that_came_back_are_not_out() -> None:
    """In whole, in part, or not at all: they are dealt with; other spends never come back."""
    kept = [
        Spend(2, "2026-11-01", "apple", 5, "deposit", "2026-11-02", 5, None, None),
        Spend(3, "2026-11-01", "apple", 5, "deposit", "2026-11-02", 0, None, None),
        Spend(4, "2026-11-01", "apple", 5, "plain", None, None, None, None),
        Spend(5, "2026-11-01", "apple", 5, "refund", None, None, None, None),
    ]

    assert owed.deposits_out([*kept, DEPOSIT]) == [DEPOSIT]
    assert owed.deposits_out([DEPOSIT], "2026-11-01", "2026-11-01") == [DEPOSIT]
    assert owed.deposits_out([DEPOSIT], "2026-11-02", None) == []
    assert owed.deposits_out([DEPOSIT], None, "2026-10-31") == []
