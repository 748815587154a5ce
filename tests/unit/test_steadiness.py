"""How steady income is: the nets of whole weeks, a bad week's floor, the largest source."""

from __future__ import annotations

from datetime import date

from xianke import steadiness
from xianke.steadiness import Dependence, Floor, Nets

TODAY = date(2026, 11, 22)


def test_weeks_are_whole_and_begin_with_the_first_record() -> None:
    """A week without records between others brought nothing; the one that runs does not count."""
    cells = [
        ("2026-10-28", 700),
        ("2026-11-01", 300),
        ("2026-11-10", 500),
        ("2026-11-10", -100),
        ("2026-11-16", 9_000),
    ]

    assert steadiness.weekly_nets(cells, TODAY) == Nets((1_000, 0, 400), 2)


def test_no_more_weeks_count_than_asked_for() -> None:
    """The last ones."""
    cells = [("2026-01-05", 1), ("2026-11-02", 2), ("2026-11-09", 3)]

    assert steadiness.weekly_nets(cells, TODAY, most=2) == Nets((2, 3), 2)
    assert steadiness.weekly_nets([], TODAY) == Nets((), 0)


def test_the_floor_is_what_four_weeks_in_five_reach() -> None:
    """Of ten weeks the second worst; of eight the second worst as well."""
    assert steadiness.floor([5, 1, 9, 3, 7, 2, 8, 4, 6, 10], 10) == Floor(2, 10, 0)
    assert steadiness.floor([80, 70, 60, 50, 40, 30, 20, 10], 8) == Floor(20, 8, 0)


def test_with_too_few_weeks_no_floor_is_named() -> None:
    """It says how many are missing; weeks without records make up for none."""
    assert steadiness.floor([1, 2, 3], 3) == Floor(None, 3, 5)
    assert steadiness.floor([0] * 20, 7) == Floor(None, 7, 1)


def test_the_largest_source_is_named_with_its_share() -> None:
    """Of what the sources that brought something brought together, rounded down."""
    cells = [("apple", 500), ("apple", 100), ("pear", 300), ("plum", -400)]

    assert steadiness.dependence(cells) == Dependence("apple", 66)
    assert steadiness.dependence([("plum", -400), ("fig", 0)]) is None
    assert steadiness.dependence([]) is None
