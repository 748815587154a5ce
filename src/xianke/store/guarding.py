"""A database from elsewhere: its schema may be a program, which must neither run on nor lie.

A view can stand where a table should and never end; a check, a computed column or an index can
call functions over and over; a trigger waits for the first change. What is read are plain tables,
within limits that no real store comes near.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

LONGEST_VALUE = 16_000_000
"""Bytes of one text; what a person keeps has some thousand."""
_LONGEST_PATTERN = 100

_STEPS_AT_ONCE = 1_000_000
_STEPS = 300
_BYTES_PER_STEP = 10_000
"""Steps of SQLite's machine, in millions: so many for any file, and one more for so many bytes.
Looking through a real store takes a hundredth of that."""


def limit(connection: sqlite3.Connection, size: int) -> None:
    """Let whatever a file of *size* bytes makes SQLite do come to an end, and reach no other file.

    What goes beyond is a sqlite3.DatabaseError.
    """
    left = _STEPS + size // _BYTES_PER_STEP

    def go_on() -> int:
        nonlocal left
        left -= 1
        return left < 0

    connection.set_progress_handler(go_on, _STEPS_AT_ONCE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, _LONGEST_PATTERN)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.execute("PRAGMA trusted_schema = OFF")


def are_plain(connection: sqlite3.Connection, tables: Collection[str]) -> bool:
    """Return whether each of *tables* that is there holds its rows, as they are, itself."""
    sql = "SELECT name, type, sql FROM sqlite_master WHERE name = :name COLLATE NOCASE"
    for table in (*tables, "sqlite_sequence"):
        for _name, kind, text in connection.execute(sql, {"name": table}):
            if kind != "table" or not str(text).upper().startswith("CREATE TABLE"):
                return False
        if any(row[6] for row in connection.execute(f'PRAGMA table_xinfo("{table}")')):
            return False
    return True


def drop_programs(connection: sqlite3.Connection) -> None:
    """Take the triggers and views out of a copy that is about to be changed."""
    found = connection.execute(
        "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')"
    ).fetchall()
    for kind, name in found:
        quoted = str(name).replace('"', '""')
        connection.execute(f'DROP {kind} IF EXISTS "{quoted}"')
