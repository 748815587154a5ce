"""Fifteen days of learning in one's own free time: short blocks, three milestones, a stop rule."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from xianke import levels, week
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.bestweek import Hour
    from xianke.busy import BusyTime
    from xianke.inventory import Stock
    from xianke.planner import Piece
    from xianke.vocabulary import Hours

DAYS = 15

SHORTEST_MINUTES, LONGEST_MINUTES = 25, 60
"""A block of learning: shorter ones go by in getting into it, longer ones in getting tired."""

Kind = Literal["learn", "try_free", "seek", "first_job", "work", "review"]
"""What a block is for; `try_free`, `first_job` and `review` are the milestones."""

MILESTONES: tuple[Kind, ...] = ("try_free", "first_job", "review")
STRETCHES: tuple[Kind, ...] = ("learn", "seek", "work")
"""What is done on the way to each milestone."""


@dataclass(frozen=True, slots=True)
class Step:
    """One block of the fifteen days, in civil time."""

    start: datetime
    end: datetime
    kind: Kind

    @property
    def minutes(self) -> int:
        """Return how long it is."""
        return int((self.end - self.start).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class Trial:
    """Fifteen days, and when to stop: no order until then, or less than this an hour.

    `least_fen_per_hour` is None where nobody knows what an hour brings otherwise. `enough` says
    whether the blocks are as long as the skill takes at least, None where that is not known.
    """

    first: date
    last: date
    steps: tuple[Step, ...]
    least_fen_per_hour: int | None
    enough: bool | None = None

    @property
    def minutes(self) -> int:
        """Return how long all blocks are together."""
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True, slots=True)
class Aim:
    """What an hour brings otherwise, and how long the skill takes, None where nobody knows."""

    hour: Hour
    hours: Hours | None


def plan(stock: Stock, today: date, taken: Iterable[BusyTime], aim: Aim) -> Trial | None:
    """Return the fifteen days that begin tomorrow; None where they hold no three blocks.

    Blocks lie in the free time that calendars leave, one a day, where it is longest; who drives
    then does not learn.
    """
    first = today + timedelta(days=1)
    last = first + timedelta(days=DAYS - 1)
    by_day: dict[date, Piece] = {}
    for piece in _pieces(stock, first, last, list(taken)):
        best = by_day.get(piece.start.date())
        if piece.minutes >= SHORTEST_MINUTES and (best is None or _room(piece) > _room(best)):
            by_day[piece.start.date()] = piece
    if len(by_day) < len(MILESTONES):
        return None
    longest = timedelta(minutes=LONGEST_MINUTES)
    blocks = [(one.start, min(one.end, one.start + longest)) for one in by_day.values()]
    kinds = _kinds(len(blocks), aim.hours)
    steps = tuple(Step(*block, kind) for block, kind in zip(blocks, kinds, strict=True))
    enough = None
    if aim.hours is not None:
        enough = sum(step.minutes for step in steps) >= 60 * aim.hours.low
    return Trial(first, last, steps, least_fen_per_hour(aim.hour), enough)


def _room(piece: Piece) -> int:
    return min(piece.minutes, LONGEST_MINUTES)


def _pieces(stock: Stock, first: date, last: date, taken: Sequence[BusyTime]) -> list[Piece]:
    driving = {one.slot.id for one in stock.slots if one.slot.driving}
    found: list[Piece] = []
    reached = None
    for number in range(math.ceil(DAYS / 7)):
        more = week.pieces(stock, first + timedelta(weeks=number), taken, since=reached)
        found += more
        # A piece of the last evening may run on into the next seven days.
        reached = more[-1].end if more else reached
    return [piece for piece in found if piece.start.date() <= last and piece.slot not in driving]


def _kinds(count: int, hours: Hours | None) -> list[Kind]:
    """Return what so many blocks are for: each of three stretches ends with its milestone.

    They are thirds; only learning takes no more blocks than the skill takes hours.
    """
    learning = math.ceil(count / len(MILESTONES))
    if hours is not None:
        learning = min(learning, hours.high)
    seeking = math.ceil((count - learning) / 2)
    kinds: list[Kind] = []
    lengths = (learning, seeking, count - learning - seeking)
    for stretch, milestone, length in zip(STRETCHES, MILESTONES, lengths, strict=True):
        kinds += [*[stretch] * (length - 1), milestone]
    return kinds


def least_fen_per_hour(hour: Hour) -> int | None:
    """Return below which rate to stop: what an hour brings otherwise, less a beginner's slowness.

    A first gig takes about a third longer than a practised one; that much is forgiven, no more.
    """
    if hour.fen is None:
        return None
    return math.floor(hour.fen * math.exp(-levels.PRACTICE_SLOWNESS))


def kind_texts() -> dict[Kind, str]:
    """Return what each kind of block is for, in the user's language."""
    return {
        "learn": _("跟着免费的教程学，边学边动手"),
        "try_free": _("里程碑一：拿自己的东西完整做一遍，不收钱"),
        "seek": _("接着练，把样品发出去，找第一单小的"),
        "first_job": _("里程碑二：做完第一单收钱的，记下用时"),
        "work": _("接着接小单，每单都记"),
        "review": _("里程碑三：回头看，照下面的线决定停还是接着做"),
    }
