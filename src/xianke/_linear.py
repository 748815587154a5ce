"""The little linear algebra that learning needs: a Cholesky factor and what is solved with it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul

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
