"""Writing, with a journal: every changed row is kept as it was and as it became."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from xianke.records import Change, Entry, Gig, Payout
from xianke.store.queries import Queries
from xianke.store.tables import JOURNALED, Row, Value, key_column, select


class Journal(Queries):
    """The store during one writing command; it reads as well, and sees its own changes.

    State: the open connection and, once the first row changes, the entry it all belongs to.
    """

    def __init__(self, connection: sqlite3.Connection, action: str, subject: str, at: str) -> None:
        super().__init__(connection)
        self.action = action
        self.subject = subject
        self._at = at
        self._entry_id: int | None = None

    def insert(self, table: str, values: Row) -> int:
        """Add one row and return its id (0 where the table's key is text)."""
        names = list(values)
        sql = (
            f"INSERT INTO {table} ({', '.join(map(_quoted, names))}) "
            f"VALUES ({', '.join(':' + name for name in names)}) RETURNING *"
        )
        row = self._returned(sql, values)
        self._note(table, row[key_column(table)], None, row)
        identity = row.get("id", 0)
        return identity if isinstance(identity, int) else 0

    def update(self, table: str, key: Value, values: Row) -> bool:
        """Change some columns of one row; return whether anything is different now."""
        before = self._row(table, key)
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return False
        assignments = ", ".join(f"{_quoted(name)} = :{name}" for name in changed)
        where = f"{_quoted(key_column(table))} = :_key"
        sql = f"UPDATE {table} SET {assignments} WHERE {where} RETURNING *"
        after = self._returned(sql, {**changed, "_key": key})
        self._note(table, key, before, after)
        return True

    def delete(self, table: str, key: Value) -> None:
        """Remove one row."""
        before = self._row(table, key)
        self._connection.execute(
            f"DELETE FROM {table} WHERE {_quoted(key_column(table))} = :key", {"key": key}
        )
        self._note(table, key, before, None)

    def set_profile(self, key: str, value: str | None) -> None:
        """Store one answer about the person with today's date; None forgets it."""
        known = self.profile()
        if value is None:
            if key in known:
                self.delete("profile", key)
            return
        answer: Row = {"value": value, "day": self._at[:10]}
        if key in known:
            self.update("profile", key, answer)
        else:
            self.insert("profile", {"key": key, **answer})

    def settle_typed(self, gig: Gig, receivable_fen: int) -> None:
        """Bring the payout that stands for the user's word in line: one while a gig is paid.

        It covers what no other payout settles and what is not written off. None is needed where
        it was a bill that made the gig paid.
        """
        settled = self.settlements_of(gig.id)
        typed = [payout for payout in self.payouts_of(gig.id) if payout.gig_id == gig.id]
        own = {payout.id for payout in typed}
        due = 0
        if gig.status == "paid" and not gig.paid_by_bill:
            other = sum(one.amount_fen for one in settled if one.payout_id not in own)
            written_off = self.write_off_of(gig.id)
            due = receivable_fen - other - (written_off.amount_fen if written_off else 0)
        wanted = {"day": gig.paid_day, "amount_fen": due, "platform": gig.platform}
        if due > 0 and typed:
            self.update("payout", typed[0].id, wanted)
            for one in settled:
                if one.payout_id in own:
                    self.update("settlement", one.id, {"amount_fen": due})
            return
        self.unsettle_typed(gig.id)
        if due > 0:
            payout = self.insert("payout", {**wanted, "source": "typed", "gig_id": gig.id})
            self.insert("settlement", {"payout_id": payout, "gig_id": gig.id, "amount_fen": due})

    def unsettle(self, payout: Payout) -> None:
        """Remove what a payout settles."""
        for one in self.settlements(payout.platform):
            if one.payout_id == payout.id:
                self.delete("settlement", one.id)

    def unsettle_typed(self, gig_id: int) -> None:
        """Remove the payout that stands for the user's word that a gig was paid."""
        own = {payout.id for payout in self.payouts_of(gig_id) if payout.gig_id == gig_id}
        for settlement in self.settlements_of(gig_id):
            if settlement.payout_id in own:
                self.delete("settlement", settlement.id)
                self.delete("payout", settlement.payout_id)

    def insert_bill_rows(self, names: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Add rows of bills, one value for each of *names*; they are taken as they come.

        Taking back their batch takes them back, so no journal is kept.
        """
        self._connection.executemany(
            f"INSERT INTO bill_row ({', '.join(map(_quoted, names))}) "
            f"VALUES ({', '.join('?' for _name in names)})",
            rows,
        )

    def undo_last(self) -> Entry | None:
        """Reverse the latest entry that still stands and return it, or None if there is none.

        What is reversed is marked, not forgotten, so that calling again goes further back.
        """
        entry = self.last_entry()
        if entry is None:
            return None
        changes = select(
            self._connection,
            Change,
            "WHERE entry_id = :entry ORDER BY id DESC",
            {"entry": entry.id},
        )
        # One row may have been changed twice within an entry; deferring lets parents follow.
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        for change in changes:
            self._reverse(change)
        self._connection.execute(
            "UPDATE entry SET undone_at = :at WHERE id = :id", {"at": self._at, "id": entry.id}
        )
        return entry

    def close(self) -> None:
        """Write the final subject: a command may learn the ids it names only while it works."""
        if self._entry_id is not None:
            self._connection.execute(
                "UPDATE entry SET action = :action, subject = :subject WHERE id = :id",
                {"action": self.action, "subject": self.subject, "id": self._entry_id},
            )

    def _reverse(self, change: Change) -> None:
        table = change.table_name
        if table not in JOURNALED:
            raise ValueError(table)
        if change.before is None:
            self._connection.execute(
                f"DELETE FROM {table} WHERE {_quoted(key_column(table))} = :key",
                {"key": change.row_key},
            )
            return
        row = json.loads(change.before)
        names = list(row)
        updates = ", ".join(f"{_quoted(name)} = excluded.{_quoted(name)}" for name in names)
        self._connection.execute(
            f"INSERT INTO {table} ({', '.join(map(_quoted, names))}) "
            f"VALUES ({', '.join(':' + name for name in names)}) "
            f"ON CONFLICT ({_quoted(key_column(table))}) DO UPDATE SET {updates}",
            row,
        )

    def _note(self, table: str, key: Value, before: Row | None, after: Row | None) -> None:
        if self._entry_id is None:
            cursor = self._connection.execute(
                "INSERT INTO entry (at, action, subject) "
                "VALUES (:at, :action, :subject) RETURNING id",
                {"at": self._at, "action": self.action, "subject": self.subject},
            )
            self._entry_id = cursor.fetchone()[0]
        self._connection.execute(
            'INSERT INTO change (entry_id, table_name, row_key, "before", "after") '
            "VALUES (:entry, :table, :key, :before, :after)",
            {
                "entry": self._entry_id,
                "table": table,
                "key": str(key),
                "before": _json(before),
                "after": _json(after),
            },
        )

    def _row(self, table: str, key: Value) -> dict[str, Value]:
        return self._returned(
            f"SELECT * FROM {table} WHERE {_quoted(key_column(table))} = :key", {"key": key}
        )

    def _returned(self, sql: str, parameters: Mapping[str, Value]) -> dict[str, Value]:
        cursor = self._connection.execute(sql, parameters)
        row = cursor.fetchone()
        if row is None:
            raise KeyError(parameters)
        names = [description[0] for description in cursor.description]
        return dict(zip(names, row, strict=True))


def _quoted(name: str) -> str:
    return f'"{name}"'


def _json(row: Row | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False, sort_keys=True)
