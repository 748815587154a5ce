"""Which record belongs to which table: the one place where rows become records."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Mapping
from typing import Any, TypeVar

from xianke import records

# A row's values are what SQLite holds: int, str or None.
Value = int | str | None
Row = Mapping[str, Value]

TABLES: dict[type, str] = {
    records.Slot: "slot",
    records.Skill: "skill",
    records.Asset: "asset",
    records.ProfileEntry: "profile",
    records.OwnPlatform: "own_platform",
    records.Evidence: "evidence",
    records.Gig: "gig",
    records.Batch: "batch",
    records.BillRow: "bill_row",
    records.Rule: "rule",
    records.Mapping: "mapping",
    records.Payout: "payout",
    records.Settlement: "settlement",
    records.WriteOff: "write_off",
    records.Spend: "spend",
    records.Timer: "timer",
    records.Calendar: "calendar",
    records.Busy: "busy",
    records.PlanBlock: "plan_block",
    records.Goal: "goal",
    records.Entry: "entry",
    records.Change: "change",
}

JOURNALED = (
    "slot",
    "skill",
    "asset",
    "profile",
    "own_platform",
    "evidence",
    "gig",
    "batch",
    "bill_row",
    "rule",
    "mapping",
    "payout",
    "settlement",
    "write_off",
    "spend",
    "timer",
    "calendar",
    "busy",
    "plan_block",
    "goal",
)
"""The tables that `undo` looks after; the journal does not keep a journal of itself."""

_FLAGS = {
    record: tuple(
        index for index, field in enumerate(dataclasses.fields(record)) if field.type == "bool"
    )
    for record in TABLES
}
"""Where a record holds yes or no, which SQLite keeps as 1 or 0."""

R = TypeVar("R")


def key_column(table: str) -> str:
    """Return the column that names a row for good."""
    return "key" if table == "profile" else "id"


def column_list(record: type[Any]) -> str:  # Any: whichever record it is
    """Return the columns of a record, in the order of its fields, as they stand in a SELECT."""
    return ", ".join(f'"{field.name}"' for field in dataclasses.fields(record))


def record_of(record: type[R], row: tuple[Any, ...]) -> R:
    """Build one record from a row that holds its columns in order."""
    flags = _FLAGS[record]
    if flags:
        values = list(row)
        for index in flags:
            values[index] = bool(values[index])
        return record(*values)
    return record(*row)


def select(
    connection: sqlite3.Connection,
    record: type[R],
    rest: str = "",
    parameters: Mapping[str, Value] | None = None,
) -> list[R]:
    """Return the records of one table; *rest* is what follows the table's name."""
    sql = f"SELECT {column_list(record)} FROM {TABLES[record]} {rest}"
    return [record_of(record, row) for row in connection.execute(sql, parameters or {})]
