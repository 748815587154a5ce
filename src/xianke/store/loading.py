"""Rows from outside put into a new store: each is checked, and all must belong together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from xianke import faultwords
from xianke.i18n import _
from xianke.store.ledger import RECEIVABLE
from xianke.store.lines import COLUMNS, Loose, shown, spoiled
from xianke.store.opening import roll_back
from xianke.store.tables import TABLES, key_column

if TYPE_CHECKING:
    from pydantic import BaseModel

    from xianke.errors import Unreadable

MOST = 2**53
"""No amount and no number comes near; sums of such stay within what SQLite can add."""

_INSERTS = {
    table: (
        f"INSERT INTO {table} ({', '.join(chr(34) + name + chr(34) for name in names)}) "
        f"VALUES ({', '.join(':' + name for name in names)})"
    )
    for table, names in COLUMNS.items()
}

_DOUBTS = {
    "payout_oversettled": (
        "SELECT payout.id FROM payout JOIN settlement ON settlement.payout_id = payout.id "
        "GROUP BY payout.id HAVING SUM(settlement.amount_fen) > payout.amount_fen ORDER BY 1"
    ),
    "gig_oversettled": (
        "SELECT id FROM gig WHERE (SELECT COALESCE(SUM(amount_fen), 0) FROM settlement "
        "WHERE settlement.gig_id = gig.id) + (SELECT COALESCE(SUM(amount_fen), 0) FROM write_off "
        f"WHERE write_off.gig_id = gig.id) > MAX({RECEIVABLE}, 0) ORDER BY 1"
    ),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Money that does not add up: a code, and the numbers of the rows it is about."""

    code: str
    ids: tuple[int, ...]


def load(
    rows: Iterable[Loose], last_ids: Mapping[str, int], target: sqlite3.Connection, name: str
) -> None:
    """Put *rows* into the empty store *target*: all of them, or none.

    Raise Unreadable for the first that has no place there; *name* is the file they come from.
    """
    checkers = _checkers()
    target.execute("PRAGMA foreign_keys = ON")
    target.execute("BEGIN IMMEDIATE")
    # A payout may name one that stands after it.
    target.execute("PRAGMA defer_foreign_keys = ON")
    try:
        for one in rows:
            _check(one, checkers[one.table], name)
            try:
                target.execute(_INSERTS[one.table], one.row)
            except sqlite3.IntegrityError as error:
                raise spoiled(
                    _("「{name}」{where}放不进去：{reason}").format(
                        name=name, where=one.where, reason=faultwords.of_sqlite(str(error))
                    )
                ) from error
        broken = target.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise spoiled(
                _("「{name}」里 {table} 编号 {key} 所指的那一行不在").format(
                    name=name, table=broken[0], key=broken[1]
                )
            )
        _give_out(last_ids, target)
        target.execute("COMMIT")
    except BaseException:
        roll_back(target)
        raise


def doubts(connection: sqlite3.Connection) -> tuple[Doubt, ...]:
    """Return where more money is settled than came in or was to come."""
    found = []
    for code, sql in _DOUBTS.items():
        ids = tuple(identity for (identity,) in connection.execute(sql))
        if ids:
            found.append(Doubt(code, ids))
    return tuple(found)


@cache
def _checkers() -> dict[str, type[BaseModel]]:
    """Return what checks the rows of each table: the fields of the models, strictly.

    The mapped classes themselves would take twenty times as long over each row.
    """
    from pydantic import ConfigDict, create_model
    from sqlmodel import SQLModel

    from xianke import models

    strict = ConfigDict(strict=True, extra="forbid")
    checkers = {}
    for record, table in TABLES.items():
        model = getattr(models, record.__name__)
        assert issubclass(model, SQLModel)
        # Any: the fields are arguments whose names mypy cannot know.
        fields: dict[str, Any] = {
            field: (info.annotation, info) for field, info in model.model_fields.items()
        }
        checkers[table] = create_model(model.__name__, __config__=strict, **fields)
    return checkers


def _check(one: Loose, checker: type[BaseModel], name: str) -> None:
    from pydantic import ValidationError

    if one.row.keys() != set(COLUMNS[one.table]):
        raise spoiled(
            _("「{name}」{where}的栏目和表「{table}」对不上").format(
                name=name, where=one.where, table=one.table
            )
        )
    try:
        checker.model_validate(one.row)
    except ValidationError as error:
        column = str(error.errors(include_url=False)[0]["loc"][0])
        raise _wrong(one, column, name) from error
    key = key_column(one.table)
    if one.row[key] is None:
        raise _wrong(one, key, name)
    for column, value in one.row.items():
        if isinstance(value, str) and not _is_whole(value):
            raise _wrong(one, column, name)
        if isinstance(value, int) and not -MOST < value < MOST:
            raise _wrong(one, column, name)


def _is_whole(text: str) -> bool:
    """Return whether a text has no half characters, which no file can hold."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _wrong(one: Loose, column: str, name: str) -> Unreadable:
    return spoiled(
        _("「{name}」{where}的 {column} 不能是「{value}」").format(
            name=name, where=one.where, column=column, value=shown(one.row[column])
        )
    )


def _give_out(last_ids: Mapping[str, int], target: sqlite3.Connection) -> None:
    """Let the numbers go on where they stopped, also after those of rows that are gone."""
    for table, last in last_ids.items():
        values = {"table": table, "last": last}
        known = target.execute(
            "UPDATE sqlite_sequence SET seq = MAX(seq, :last) WHERE name = :table", values
        )
        if known.rowcount == 0:
            target.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)", values)
