"""What an import of bills would do: which rows are new, whose they are, and what they sum up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from xianke import assigning, store
from xianke.catalogue import Catalogue
from xianke.i18n import _
from xianke.importers.spool import Spool
from xianke.importers.types import Bill, BillRow
from xianke.records import PRIVATE

RANK = {
    "pending": 0, "unknown": 1, "received": 2, "transfer": 2, "expense": 2, "refund": 3, "closed": 3
}  # fmt: skip
"""How far a transaction has come. An older export that is imported later takes nothing back."""

SHOWN = 12
"""Rows of money in that a preview shows, the newest ones."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it was read; `mapping` is the one it was read by, if any."""

    path: Path
    bill: Bill
    account: str
    keys: Sequence[str]
    mapping: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One row and what becomes of it; `known` is the row of the store that it is again.

    `verdict` is the furthest that file and store know, `target` whom it belongs to. A `repeated`
    row stands in an earlier file of the same import.
    """

    row: BillRow
    key: str
    known: int | None
    changed: bool
    verdict: str
    target: str | None
    reason: str
    repeated: bool = False

    @property
    def is_new(self) -> bool:
        """Return whether neither the store nor an earlier file has the row."""
        return self.known is None and not self.repeated

    @property
    def is_open(self) -> bool:
        """Return whether somebody has to look at the row."""
        if self.repeated or self.target is not None:
            return False
        if self.row.direction == "out":
            return self.verdict == "refund"
        return self.verdict in ("received", "unknown")


@dataclass(slots=True)
class Tally:
    """What the rows of a file sum up to, counted in one go: a long file is not read twice.

    `fresh` are the newest rows of money in that are new or changed, `fresh_rows` how many there
    are. What stands in an earlier file of the same import is not received again.
    """

    new: int = 0
    updated: int = 0
    review: int = 0
    withdrawn: int = 0
    received_rows: int = 0
    received_fen: int = 0
    assigned_fen: int = 0
    private_fen: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    first: str = ""
    last: str = ""
    fresh: list[Judged] = field(default_factory=list)
    fresh_rows: int = 0

    def count(self, one: Judged) -> None:
        """Count one row."""
        self.new += one.is_new
        self.updated += one.changed
        self.review += one.is_open
        self.withdrawn += one.changed and one.verdict in ("refund", "closed")
        self.verdicts[one.verdict] += 1
        day = one.row.at.date().isoformat()
        self.first, self.last = min(self.first or day, day), max(self.last, day)
        if one.verdict == "received" and not one.repeated:
            fen = one.row.amount_fen
            self.received_rows += 1
            self.received_fen += fen
            self.assigned_fen += fen if one.target not in (None, PRIVATE) else 0
            self.private_fen += fen if one.target == PRIVATE else 0
        if (one.is_new or one.changed) and one.verdict in ("received", "unknown"):
            self.fresh_rows += 1
            self.fresh.append(one)
            if len(self.fresh) > 2 * SHOWN:
                self.fresh = newest(self.fresh)


def newest(rows: Iterable[Judged]) -> list[Judged]:
    """Return the rows that a preview shows, the newest first."""
    return sorted(rows, key=lambda one: one.row.at, reverse=True)[:SHOWN]


@dataclass(frozen=True, slots=True)
class Plan:
    """One file's rows with what an import makes of them."""

    source: Source
    rows: Sequence[Judged]
    tally: Tally

    @property
    def duplicate(self) -> int:
        """Return how many rows the store, or an earlier file, has already."""
        return len(self.rows) - self.tally.new - self.tally.updated


@dataclass(frozen=True, slots=True)
class _Seen:
    """A row of this import: in which file and where, and what is known of it so far."""

    file: int
    place: int
    verdict: str
    target: str | None


def plan(db: store.Queries, catalogue: Catalogue, found: Sequence[Source]) -> tuple[Plan, ...]:
    """Return what an import of the files would do to the store as it is."""
    book = assigning.book(assigning.shipped(), db.rules(), catalogue, db.used_platforms())
    # Within one file no key stands twice.
    seen: dict[str, _Seen] | None = {} if len(found) > 1 else None
    better: dict[tuple[int, int], Judged] = {}
    done: list[Sequence[Judged]] = []
    for number, source in enumerate(found):
        rows = Spool[Judged]()
        for row, key in zip(source.bill.rows, source.keys, strict=True):
            one = _judged(row, key, db.known_row(key), book, source)
            before = seen.get(key) if seen is not None else None
            if before is not None:
                if RANK[row.verdict] > RANK[before.verdict]:
                    # Another file of this very import knows better what became of it.
                    better[before.file, before.place] = one
                    before = replace(before, verdict=one.verdict, target=one.target)
                one = replace(
                    one,
                    changed=False,
                    repeated=True,
                    verdict=before.verdict,
                    target=before.target,
                )
            if seen is not None:
                seen[key] = before or _Seen(number, len(rows), one.verdict, one.target)
            rows.append(one)
        done.append(rows.finished())
    return tuple(
        _counted(source, rows, {place: one for (at, place), one in better.items() if at == number})
        for number, (source, rows) in enumerate(zip(found, done, strict=True))
    )


def _counted(source: Source, rows: Sequence[Judged], better: dict[int, Judged]) -> Plan:
    """Return the plan of one file with the rows of which another file knew better."""
    if better:
        mended = Spool[Judged]()
        for place, one in enumerate(rows):
            mended.append(better.get(place, one))
        rows = mended.finished()
    tally = Tally()
    for one in rows:
        tally.count(one)
    return Plan(source, rows, tally)


def _judged(
    row: BillRow,
    key: str,
    stored: tuple[int, str, str | None] | None,
    book: assigning.Book,
    source: Source,
) -> Judged:
    if stored is not None and RANK[row.verdict] <= RANK[stored[1]]:
        return Judged(row, key, stored[0], False, stored[1], stored[2], row.reason)
    known = stored[0] if stored is not None else None
    target, reason = None, row.reason
    if row.verdict == "received" or (row.verdict == "refund" and row.direction == "out"):
        proposal = assigning.propose(book, row, source.bill.source)
        if proposal is not None and proposal.confidence >= assigning.AUTOMATIC:
            target = proposal.target
            reason = _("{verdict}；{rule}").format(verdict=row.reason, rule=proposal.reason)
    return Judged(row, key, known, known is not None, row.verdict, target, reason)
