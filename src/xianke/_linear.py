"""The little linear algebra that learning needs: a Cholesky factor and what is solved with it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import add, mul

Rows = list[list[float]]
"""A lower triangle, row by row, each ending on the diagonal."""


def cholesky(lower: Sequence[Sequence[float]]) -> Rows:
    """Return the factor L of a positive definite matrix A = L Lᵀ, given its lower triangle."""
    factor: Rows = []
    for row in lower:
        out: list[float] = []
        for value, other in zip(row[:-1], factor, strict=True):
            out.append((value - sum(map(mul, out, other))) / other[-1])
        out.append(math.sqrt(row[-1] - sum(map(mul, out, out))))
        factor.append(out)
    return factor


def forward(factor: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Return x with L x = *right*."""
    out: list[float] = []
    for row, value in zip(factor, right, strict=True):
        out.append((value - sum(map(mul, row, out))) / row[-1])
    return out


def solve(factor: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Return x with L Lᵀ x = *right*."""
    out = forward(factor, right)
    for at in range(len(factor) - 1, -1, -1):
        row = factor[at]
        out[at] /= row[-1]
        for before in range(at):
            out[before] -= row[before] * out[at]
    return out


def squared_length(factor: Sequence[Sequence[float]], direction: Sequence[float]) -> float:
    """Return vᵀ A⁻¹ v: the variance of *direction* where A is the precision."""
    out = forward(factor, direction)
    square: float = sum(map(mul, out, out))
    return square


def inverse(factor: Sequence[Sequence[float]]) -> Rows:
    """Return the columns of L⁻¹, each from its diagonal on.

    The sum of some of them has the squared length of the direction that is one in their places,
    at a fraction of the work where many such directions are asked for.
    """
    columns: Rows = []
    for at, row in enumerate(factor):
        for begun, column in enumerate(columns):
            column.append(-sum(map(mul, row[begun:at], column)) / row[at])
        columns.append([1 / row[at]])
    return columns


def summed_length(columns: Sequence[Sequence[float]], places: Sequence[int]) -> float:
    """Return vᵀ A⁻¹ v where v is one in *places* and zero elsewhere, given `inverse` of L."""
    first = min(places)
    whole = [0.0] * (len(columns) - first)
    for at in places:
        before = at - first
        whole[before:] = map(add, whole[before:], columns[at])
    square: float = sum(map(mul, whole, whole))
    return square
