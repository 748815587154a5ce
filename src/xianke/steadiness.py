"""How steady income is: weekly nets, what a bad week still brings, and what hangs on one source."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FLOOR_SHARE = 0.2
"""A week in five brings less than the floor of a bad week."""

FLOOR_LEAST_WEEKS = 8
"""Whole weeks with records before anything is said of bad ones: with fewer, the 20 % point is no
more than the worst week there happened to be."""

FLOOR_WEEKS = 26
"""How far back weeks count for it: half a year; what was before says little of today."""


@dataclass(frozen=True, slots=True)
class Floor:
    """What four weeks in five bring at least, None until there are weeks enough.

    `weeks` is how many whole weeks have records; `missing_weeks` how many more it takes.
    """

    fen: int | None
    weeks: int
    missing_weeks: int


def floor(nets: Sequence[int], logged: int) -> Floor:
    """Return the floor of a bad week from the nets of whole weeks, *logged* of them with records.

    A week without records between others brought nothing, and counts so.
    """
    missing = max(0, FLOOR_LEAST_WEEKS - logged)
    if missing:
        return Floor(None, logged, missing)
    return Floor(sorted(nets)[math.ceil(FLOOR_SHARE * len(nets)) - 1], logged, 0)


@dataclass(frozen=True, slots=True)
class Nets:
    """The net of whole weeks, oldest first, and how many of them have records."""

    fen: tuple[int, ...]
    logged: int


def weekly_nets(cells: Iterable[tuple[str, int]], today: date, most: int = FLOOR_WEEKS) -> Nets:
    """Return the nets of the last whole weeks before *today*, from (day, fen) of every record.

    Those before the first record are not known and left out.
    """
    monday = today - timedelta(days=today.weekday())
    sums: dict[date, int] = {}
    for day, fen in cells:
        found = date.fromisoformat(day)
        start = found - timedelta(days=found.weekday())
        if start < monday:
            sums[start] = sums.get(start, 0) + fen
    if not sums:
        return Nets((), 0)
    begin = max(min(sums), monday - timedelta(weeks=most))
    weeks = [begin + timedelta(weeks=number) for number in range((monday - begin).days // 7)]
    return Nets(tuple(sums.get(week, 0) for week in weeks), sum(week in sums for week in weeks))


@dataclass(frozen=True, slots=True)
class Dependence:
    """How much of what was earned came from one platform or client.

    `loss_fen_per_week` is what a usual week would lose without it, None where nobody can say.
    """

    platform: str
    share_percent: int
    loss_fen_per_week: int | None = None


def dependence(cells: Iterable[tuple[str, int]]) -> Dependence | None:
    """Return the largest source of net from (platform, fen); None where nothing brought any.

    Its share is of what the sources that brought something brought together, rounded down.
    """
    nets: dict[str, int] = {}
    for platform, fen in cells:
        nets[platform] = nets.get(platform, 0) + fen
    gains = {platform: fen for platform, fen in nets.items() if fen > 0}
    if not gains:
        return None
    most = min(gains, key=lambda platform: (-gains[platform], platform))
    return Dependence(most, 100 * gains[most] // sum(gains.values()))
