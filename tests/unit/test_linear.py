"""The little linear algebra: factors that multiply back, and systems solved by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianke import _linear

close = pytest.approx


@st.composite
def factors(draw: st.DrawFn) -> list[list[float]]:
    """Draw a lower triangle with a diagonal that is safely above zero."""
    size = draw(st.integers(1, 6))
    below, diagonal = st.floats(-2, 2), st.floats(0.5, 3)
    return [
        [*draw(st.lists(below, min_size=at, max_size=at)), draw(diagonal)] for at in range(size)
    ]


def squared(factor: list[list[float]]) -> list[list[float]]:
    """Return the whole of A = L Lᵀ, summed entry by entry."""
    size = len(factor)
    full = [[*row, *[0.0] * (size - len(row))] for row in factor]
    return [
        [sum(full[i][k] * full[j][k] for k in range(size)) for j in range(size)]
        for i in range(size)
    ]


def lower(whole: list[list[float]]) -> list[list[float]]:
    return [row[: at + 1] for at, row in enumerate(whole)]


def test_a_factor_worked_out_on_paper() -> None:
    """A = (4 2; 2 10): two, one, three."""
    assert _linear.cholesky([[4.0], [2.0, 10.0]]) == [[2.0], [1.0, 3.0]]


def test_a_system_worked_out_on_paper() -> None:
    """4x + 2y = 8 and 2x + 10y = 22: one and two."""
    factor = _linear.cholesky([[4.0], [2.0, 10.0]])

    assert _linear.solve(factor, [8.0, 22.0]) == close([1.0, 2.0])


def test_forward_solves_with_the_factor_alone() -> None:
    """2x = 4 and x + 3y = 11: two and three."""
    assert _linear.forward([[2.0], [1.0, 3.0]], [4.0, 11.0]) == [2.0, 3.0]


def test_a_variance_worked_out_on_paper() -> None:
    """The inverse of (4 2; 2 10) is (10 −2; −2 4) / 36: of x + y it makes 10/36."""
    factor = _linear.cholesky([[4.0], [2.0, 10.0]])

    assert _linear.squared_length(factor, [1.0, 1.0]) == close(10 / 36)
    assert _linear.squared_length(factor, [1.0, 0.0]) == close(10 / 36)
    assert _linear.squared_length(factor, [0.0, 1.0]) == close(4 / 36)


def test_nothing_is_solved_by_nothing() -> None:
    """A system of no unknowns has no answer to give, and no error."""
    assert _linear.solve(_linear.cholesky([]), []) == []
    assert _linear.squared_length([], []) == 0


@pytest.mark.parametrize("wrong", [[[-1.0]], [[1.0], [2.0, 1.0]]])
def test_what_is_not_positive_definite_is_refused(wrong: list[list[float]]) -> None:
    """A negative variance is a fault of the program: it is not hidden in a number."""
    with pytest.raises(ValueError, match=r"math domain|nonnegative"):
        _linear.cholesky(wrong)


@given(factors())
def test_the_factor_multiplies_back(factor: list[list[float]]) -> None:
    """L Lᵀ = A, and of all lower triangles with a positive diagonal it is the only one."""
    whole = squared(factor)

    found = _linear.cholesky(lower(whole))

    for row, again in zip(whole, squared(found), strict=True):
        assert again == close(row, abs=1e-9)
    assert all(row[-1] > 0 for row in found)


@given(factors(), st.data())
def test_a_solution_solves(factor: list[list[float]], data: st.DataObject) -> None:
    """A times the answer is what was asked."""
    size = len(factor)
    right = data.draw(st.lists(st.floats(-10, 10), min_size=size, max_size=size))

    found = _linear.solve(factor, right)

    scale = 1 + max(map(abs, found))
    for row, value in zip(squared(factor), right, strict=True):
        assert math.fsum(a * x for a, x in zip(row, found, strict=True)) == close(
            value, abs=1e-8 * scale
        )


@given(factors(), st.data())
def test_a_variance_is_a_direction_times_its_own_solution(
    factor: list[list[float]], data: st.DataObject
) -> None:
    """vᵀ A⁻¹ v, by the one way and by the other, and never below zero."""
    size = len(factor)
    direction = data.draw(st.lists(st.floats(-3, 3), min_size=size, max_size=size))

    found = _linear.squared_length(factor, direction)

    solved = _linear.solve(factor, direction)
    by_hand = math.fsum(v * x for v, x in zip(direction, solved, strict=True))
    assert found >= 0
    assert found == close(by_hand, rel=1e-6, abs=1e-6)


def test_an_inverse_worked_out_on_paper() -> None:
    """L = (2 0; 1 3) has L⁻¹ = (1/2 0; −1/6 1/3), here column by column."""
    columns = _linear.inverse([[2.0], [1.0, 3.0]])

    assert columns[0] == close([1 / 2, -1 / 6])
    assert columns[1] == close([1 / 3])


@given(factors(), st.data())
def test_a_sum_of_parts_is_as_unsure_by_the_inverse(
    factor: list[list[float]], data: st.DataObject
) -> None:
    """What many sums are asked with is what one is asked with."""
    size = len(factor)
    places = data.draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=4, unique=True))

    found = _linear.summed_length(_linear.inverse(factor), places)

    direction = [float(at in places) for at in range(size)]
    assert found == close(_linear.squared_length(factor, direction), rel=1e-9)
