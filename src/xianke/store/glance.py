"""A glance at the store for completion: ids and what they are, read-only, at once or not at all.

Nothing is created, migrated or waited for: whoever presses Tab wants a word, not a complaint.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal

from xianke import money, rights, settings
from xianke.errors import XiankeError

Kind = Literal["slot", "skill", "asset", "gig", "payout", "bill", "batch", "rule", "spend"]

WAIT_SECONDS = 0.1
MOST_ROWS = 20
"""More than anybody reads below a prompt."""

_MOST_CHARACTERS = 16

LETTERS: dict[Kind, str] = {
    "slot": "s", "skill": "k", "asset": "a", "gig": "g", "payout": "p", "bill": "b", "batch": "b",
    "rule": "r", "spend": "c",
}  # fmt: skip

_SHOWN: dict[Kind, str] = {
    "slot": "SELECT id, rule, label FROM slot",
    "skill": "SELECT id, name, level FROM skill",
    "asset": "SELECT id, name, note FROM asset",
    "gig": (
        "SELECT gig.id, day, COALESCE(own_platform.name, platform), gross_fen AS fen FROM gig"
        " LEFT JOIN own_platform ON own_platform.id = platform"
    ),
    "payout": (
        "SELECT payout.id, day, COALESCE(own_platform.name, platform), amount_fen AS fen"
        " FROM payout LEFT JOIN own_platform ON own_platform.id = platform"
        " WHERE replaced_by IS NULL"
    ),
    "bill": "SELECT id, at, counterparty, amount_fen AS fen FROM bill_row WHERE direction = 'in'",
    "batch": "SELECT id, at, source FROM batch",
    "rule": "SELECT id, text, target FROM rule WHERE base IS NULL",
    "spend": (
        "SELECT spend.id, day, COALESCE(own_platform.name, platform), amount_fen AS fen FROM spend"
        " LEFT JOIN own_platform ON own_platform.id = platform"
    ),
}


def ids(kind: Kind, typed: str = "") -> list[tuple[str, str]]:
    """Return the newest ids that begin with *typed*, each with a word on what it is.

    Empty where the store is missing, locked, damaged, older or newer than the program.
    """
    letter = LETTERS[kind]
    digits = typed[1:] if typed[:1].lower() == letter else typed
    if digits and not (digits.isascii() and digits.isdigit()):
        return []
    rows = _rows(
        f"SELECT * FROM ({_SHOWN[kind]}) AS shown WHERE CAST(id AS TEXT) LIKE :begins"
        " ORDER BY id DESC LIMIT :most",
        {"begins": f"{digits}%", "most": MOST_ROWS},
    )
    return [(f"{letter}{row['id']}", _told(row)) for row in rows]


def own_platforms() -> list[tuple[str, str]]:
    """Return the ids and names of the platforms and clients that the user has added."""
    rows = _rows("SELECT id, name FROM own_platform ORDER BY name LIMIT :most", {"most": MOST_ROWS})
    return [(row["id"], row["name"]) for row in rows]


def calendars() -> list[str]:
    """Return the names of the calendars that were read in."""
    rows = _rows("SELECT name FROM calendar ORDER BY name LIMIT :most", {"most": MOST_ROWS})
    return [row["name"] for row in rows]


def _told(row: sqlite3.Row) -> str:
    values = {name: value for name, value in dict(row).items() if value and name != "id"}
    fen = values.pop("fen", None)
    words = [" ".join(str(one).split())[:_MOST_CHARACTERS] for one in values.values()]
    return " ".join(words if fen is None else [*words, money.plain_yuan(fen)])


def _rows(statement: str, values: dict[str, object]) -> list[sqlite3.Row]:
    try:
        path = settings.database_path().absolute()
        if not path.exists() or rights.is_planted(path):
            return []
        # Where nobody is writing, the file is read as it lies: even a read-only connection would
        # otherwise leave its -wal and -shm behind.
        quiet = not Path(f"{path}-wal").exists()
        address = f"{path.as_uri()}?mode=ro{'&immutable=1' if quiet else ''}"
        with closing(sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(statement, values).fetchall()
    except (sqlite3.Error, OSError, XiankeError):
        return []
