"""What a bill looks like once it is read: rows with a verdict, rows that failed, and totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

Direction = Literal["in", "out", "neutral"]
"""What the file itself says: money in, money out, or neither."""

Verdict = Literal["received", "pending", "refund", "transfer", "expense", "closed", "unknown"]
"""What a row is. `unknown` may be income: a person has to look at it."""


@dataclass(frozen=True, slots=True)
class BillRow:
    """One transaction. Texts are trimmed, fillers such as `/` are empty, amounts never negative.

    `at` is civil time in China; without `has_time` it is midnight of a day. `refunded_fen` is
    what the file says came back of this very row; the money returns as a row of its own.
    """

    line: int
    at: datetime
    has_time: bool
    direction: Direction
    amount_fen: int
    counterparty: str
    item: str
    kind: str
    status: str
    method: str
    number: str | None
    merchant_number: str | None
    note: str
    verdict: Verdict
    reason: str
    refunded_fen: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that could not be read: where, what stands there, and why not."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What the file says of itself; None where it says nothing."""

    rows: int | None = None
    in_rows: int | None = None
    in_fen: int | None = None
    out_rows: int | None = None
    out_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """Everything one file holds. `account` is the nickname, account or end of the card number."""

    source: str
    account: str | None
    rows: Sequence[BillRow]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    stated: Stated | None = None


class Line(NamedTuple):
    """One row of a table as text, with the line of the file or row of the sheet it stands in."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet or one CSV file. `lines()` begins anew each time; `head` is its beginning.

    `name` and `sheet` are for messages alone: what a file is, its content decides.
    """

    name: str
    sheet: str | None
    head: tuple[Line, ...]
    lines: Callable[[], Iterator[Line]]
    height: int = 0
    """Rows of a sheet, to choose among several; 0 where nobody counted."""


class Reader(Protocol):
    """One kind of bill. The modules of this package that read a kind are such readers."""

    name: str
    """The word that `--format` takes."""

    def title(self) -> str:
        """Return what the user calls this kind of bill."""
        ...

    def identify(self, table: Table) -> bool:
        """Return whether the content says that it is such a bill, even an incomplete one."""
        ...

    def extract(self, table: Table) -> Bill:
        """Return the bill; raise NotUnderstood naming the part that was not found."""
        ...
