"""Reading statements about money: payouts, what they settle, spends, bills and their rules."""

from __future__ import annotations

import sqlite3

from xianke import records
from xianke.store.tables import column_list, record_of, select

OWED = "status IN ('delivered', 'paid')"
"""Gigs whose money is or was to come."""

RECEIVABLE = "(gross_fen - fee_fen - kept_fen - tax_fen)"
"""What is or was to be paid out of a gig: own cost is owed by nobody."""


_NAMING = (
    ("payout", "platform"),
    ("spend", "platform"),
    ("timer", "platform"),
    ("bill_row", "assigned"),
    ("rule", "target"),
)
"""Where a platform or client is named besides its gigs and what was found out about it."""


class Ledger:
    """Money that came, went, or is still to come, open for reading within one transaction."""

    _connection: sqlite3.Connection

    # Payouts

    def payouts(
        self,
        *,
        first: str | None = None,
        last: str | None = None,
        platform: str | None = None,
        replaced: bool = False,
    ) -> list[records.Receipt]:
        """Return the payouts of a range of days, both ends included, with what they settle.

        With *replaced* also those that an imported payout stands for now.
        """
        sql = (
            f"SELECT {column_list(records.Payout)}, COALESCE((SELECT SUM(settlement.amount_fen) "
            "FROM settlement WHERE settlement.payout_id = payout.id), 0) FROM payout "
            "WHERE (:first IS NULL OR day >= :first) AND (:last IS NULL OR day <= :last) "
            "AND (:platform IS NULL OR platform = :platform) "
            "AND (:replaced = 1 OR replaced_by IS NULL) ORDER BY day, id"
        )
        values = {"first": first, "last": last, "platform": platform, "replaced": int(replaced)}
        rows = self._connection.execute(sql, values)
        return [records.Receipt(record_of(records.Payout, row[:-1]), row[-1]) for row in rows]

    def has_payouts(self, platform: str) -> bool:
        """Return whether money came from a platform that is known not by a gig's status alone."""
        # The index of the gigs is the short one here: hardly a payout stands without a gig.
        sql = (
            "SELECT EXISTS (SELECT 1 FROM payout "
            "WHERE gig_id IS NULL AND platform || '' = :platform)"
        )
        return bool(self._connection.execute(sql, {"platform": platform}).fetchone()[0])

    def payout(self, payout_id: int) -> records.Payout | None:
        """Return one payout, or None."""
        found = select(self._connection, records.Payout, "WHERE id = :id", {"id": payout_id})
        return found[0] if found else None

    def payout_of_row(self, bill_row_id: int) -> records.Payout | None:
        """Return the payout that a row of a bill became, or None."""
        where = "WHERE bill_row_id = :row"
        found = select(self._connection, records.Payout, where, {"row": bill_row_id})
        return found[0] if found else None

    def payout_accounts(self) -> dict[int, str]:
        """Return payout id → account of the bill it stands in, of all that stand in one."""
        sql = (
            "SELECT payout.id, bill_row.account FROM payout "
            "JOIN bill_row ON bill_row.id = payout.bill_row_id"
        )
        return dict(self._connection.execute(sql).fetchall())

    def payouts_of(self, gig_id: int) -> list[records.Payout]:
        """Return the payouts that settle a gig."""
        return select(
            self._connection,
            records.Payout,
            "WHERE id IN (SELECT payout_id FROM settlement WHERE gig_id = :gig) ORDER BY id",
            {"gig": gig_id},
        )

    def settlements_of(self, gig_id: int) -> list[records.Settlement]:
        """Return what settles a gig."""
        return select(
            self._connection,
            records.Settlement,
            "WHERE gig_id = :gig ORDER BY id",
            {"gig": gig_id},
        )

    def settlements(self, platform: str | None = None) -> list[records.Settlement]:
        """Return what payouts settle, of one platform or of all."""
        return select(
            self._connection,
            records.Settlement,
            "WHERE :platform IS NULL OR payout_id IN "
            "(SELECT id FROM payout WHERE platform = :platform) "
            "OR gig_id IN (SELECT id FROM gig WHERE platform = :platform) ORDER BY id",
            {"platform": platform},
        )

    def received_total(self, first: str | None, last: str | None) -> int:
        """Return the fen received from platforms and clients in a range of days."""
        sql = (
            "SELECT COALESCE(SUM(amount_fen), 0) FROM payout WHERE replaced_by IS NULL "
            "AND (:first IS NULL OR day >= :first) AND (:last IS NULL OR day <= :last)"
        )
        total: int = self._connection.execute(sql, {"first": first, "last": last}).fetchone()[0]
        return total

    def delays(self) -> list[tuple[str, str, str]]:
        """Return (platform, day of the gig, day of the money) of all that a bill has settled."""
        sql = (
            "SELECT gig.platform, gig.day, payout.day FROM settlement "
            "JOIN payout ON payout.id = settlement.payout_id "
            "JOIN gig ON gig.id = settlement.gig_id "
            "WHERE payout.gig_id IS NULL OR payout.day <> gig.day ORDER BY payout.day, payout.id"
        )
        return self._connection.execute(sql).fetchall()

    def outcomes(
        self, first: str, today: str, platform: str | None = None
    ) -> list[records.Outcome]:
        """Return how the gigs from the day *first* on ended, alike ones counted together.

        When money came is told by the last bill that settled a gig, else by the user. A day that
        only the status `paid` gave is no word of it.
        """
        of_platform = "" if platform is None else "AND gig.platform = :platform "
        sql = (
            # Led by the payouts: where no bill was imported there is nothing to join.
            "WITH billed AS (SELECT settlement.gig_id, MAX(payout.day) AS day FROM payout "
            "CROSS JOIN settlement WHERE settlement.payout_id = payout.id "
            "AND payout.source = 'imported' GROUP BY settlement.gig_id), "
            "ended AS (SELECT gig.platform, gig.status, write_off.id IS NOT NULL AS lost, "
            "gig.day, gig.due, CASE WHEN gig.status = 'delivered' THEN :today "
            "ELSE COALESCE(billed.day, gig.paid_day) END AS came, "
            "gig.status = 'delivered' OR billed.day IS NOT NULL OR gig.paid_by_bill "
            "OR gig.paid_day <> gig.day AS told, write_off.amount_fen AS lost_fen "
            "FROM gig LEFT JOIN billed ON billed.gig_id = gig.id "
            "LEFT JOIN write_off ON write_off.gig_id = gig.id "
            f"WHERE gig.day >= :first {of_platform}AND (gig.status IN ('paid', 'rejected') "
            f"OR gig.status = 'delivered' AND {RECEIVABLE} > 0)) "
            "SELECT platform, status, lost, CASE WHEN status <> 'rejected' AND due IS NOT NULL "
            "THEN CAST(julianday(came) - julianday(due) AS INTEGER) END AS late, "
            "CASE WHEN status <> 'rejected' AND told "
            "THEN CAST(julianday(came) - julianday(day) AS INTEGER) END AS days, "
            "COUNT(*), COALESCE(SUM(lost_fen), 0), MAX(COALESCE(came, day)) FROM ended "
            "GROUP BY platform, status, lost, late, days "
            "ORDER BY platform, status, lost, late, days"
        )
        values = {"first": first, "today": today, "platform": platform}
        rows = self._connection.execute(sql, values)
        return [
            records.Outcome(platform, status, bool(lost), *rest)
            for platform, status, lost, *rest in rows
        ]

    # What is owed

    def claims(
        self, platform: str | None = None, *, only_open: bool = False
    ) -> list[records.Claim]:
        """Return the delivered and paid gigs with what was settled and written off of each.

        With *only_open*, those of which something is still owed. In the order they were done.
        """
        # Joined sums: asked for each gig by itself they take several times as long.
        columns = ", ".join(f"gig.{name}" for name in column_list(records.Gig).split(", "))
        sql = (
            f"SELECT {columns}, COALESCE(settled.fen, 0), COALESCE(write_off.amount_fen, 0) "
            "FROM gig LEFT JOIN (SELECT gig_id, SUM(amount_fen) AS fen FROM settlement "
            "GROUP BY gig_id) AS settled ON settled.gig_id = gig.id "
            f"LEFT JOIN write_off ON write_off.gig_id = gig.id WHERE {OWED} "
            "AND (:platform IS NULL OR platform = :platform) AND (:only_open = 0 OR "
            f"{RECEIVABLE} > COALESCE(settled.fen, 0) + COALESCE(write_off.amount_fen, 0)) "
            "ORDER BY gig.day, COALESCE(start_minute, 1440), gig.id"
        )
        values = {"platform": platform, "only_open": int(only_open)}
        rows = self._connection.execute(sql, values)
        return [records.Claim(record_of(records.Gig, row[:-2]), row[-2], row[-1]) for row in rows]

    def outstanding(self, first: str | None = None, last: str | None = None) -> int:
        """Return the fen that delivered and paid gigs of a range of days are still owed."""
        range_ = "(:first IS NULL OR gig.day >= :first) AND (:last IS NULL OR gig.day <= :last)"
        parts = " - ".join(
            f"(SELECT COALESCE(SUM({table}.amount_fen), 0) FROM {table} "
            f"JOIN gig ON gig.id = {table}.gig_id WHERE {OWED} AND {range_})"
            for table in ("settlement", "write_off")
        )
        sql = (
            f"SELECT (SELECT COALESCE(SUM({RECEIVABLE}), 0) FROM gig WHERE {OWED} AND {range_}) "
            f"- {parts}"
        )
        total: int = self._connection.execute(sql, {"first": first, "last": last}).fetchone()[0]
        return total

    def written_off(self, first: str | None = None, last: str | None = None) -> int:
        """Return the fen of gigs of a range of days that will not come any more."""
        sql = (
            "SELECT COALESCE(SUM(amount_fen), 0) FROM write_off "
            "JOIN gig ON gig.id = write_off.gig_id "
            f"WHERE {OWED} AND (:first IS NULL OR gig.day >= :first) "
            "AND (:last IS NULL OR gig.day <= :last)"
        )
        total: int = self._connection.execute(sql, {"first": first, "last": last}).fetchone()[0]
        return total

    def write_off_of(self, gig_id: int) -> records.WriteOff | None:
        """Return what was written off of a gig, or None."""
        found = select(self._connection, records.WriteOff, "WHERE gig_id = :gig", {"gig": gig_id})
        return found[0] if found else None

    def write_offs(self) -> list[records.WriteOff]:
        """Return everything that was written off."""
        return select(self._connection, records.WriteOff, "ORDER BY id")

    # Spends

    def spends(self, platform: str | None = None) -> list[records.Spend]:
        """Return what was paid for platforms, oldest first."""
        return select(
            self._connection,
            records.Spend,
            "WHERE :platform IS NULL OR platform = :platform ORDER BY day, id",
            {"platform": platform},
        )

    def spend(self, spend_id: int) -> records.Spend | None:
        """Return one spend, or None."""
        found = select(self._connection, records.Spend, "WHERE id = :id", {"id": spend_id})
        return found[0] if found else None

    def spend_of_row(self, bill_row_id: int) -> records.Spend | None:
        """Return the spend that a row of a bill became, or None."""
        where = "WHERE bill_row_id = :row"
        found = select(self._connection, records.Spend, where, {"row": bill_row_id})
        return found[0] if found else None

    def spend_costs(
        self, first: str | None = None, last: str | None = None
    ) -> list[tuple[str, str, int]]:
        """Return (platform, day, fen) of what spends have cost in a range of days.

        A plain spend and a refund cost on their day; a deposit only what did not come back,
        on the day the rest did.
        """
        sql = (
            "SELECT platform, day, amount_fen FROM spend WHERE kind <> 'deposit' "
            "AND (:first IS NULL OR day >= :first) AND (:last IS NULL OR day <= :last) "
            "UNION ALL "
            "SELECT platform, returned_day, amount_fen - returned_fen FROM spend "
            "WHERE kind = 'deposit' AND returned_fen < amount_fen "
            "AND (:first IS NULL OR returned_day >= :first) "
            "AND (:last IS NULL OR returned_day <= :last)"
        )
        return self._connection.execute(sql, {"first": first, "last": last}).fetchall()

    def timer(self) -> records.Timer | None:
        """Return the stopwatch that runs, or None."""
        found = select(self._connection, records.Timer, "ORDER BY id LIMIT 1")
        return found[0] if found else None

    def is_named(self, platform: str) -> bool:
        """Return whether money, bills, rules or the stopwatch name a platform or client."""
        any_of = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE {column} = :platform)"
            for table, column in _NAMING
        )
        found: int = self._connection.execute(
            f"SELECT {any_of}", {"platform": platform}
        ).fetchone()[0]
        return bool(found)

    def named_platforms(self) -> set[str]:
        """Return every id that anything of the user's own names: gigs, money, rules, plans."""
        more = ((table, "platform") for table in ("gig", "evidence", "plan_block"))
        every = " UNION ".join(
            f"SELECT {column} FROM {table}" for table, column in (*_NAMING, *more)
        )
        rows = self._connection.execute(every)
        return {row[0] for row in rows if row[0] is not None}

    # Bills

    def known_row(self, key: str) -> tuple[int, str, str | None] | None:
        """Return (id, verdict, assigned) of the row of a bill with a key, or None."""
        sql = "SELECT id, verdict, assigned FROM bill_row WHERE key = :key"
        found: tuple[int, str, str | None] | None = self._connection.execute(
            sql, {"key": key}
        ).fetchone()
        return found

    def bill_row_of(self, key: str) -> records.BillRow | None:
        """Return the row of a bill with a key, or None."""
        found = select(self._connection, records.BillRow, "WHERE key = :key", {"key": key})
        return found[0] if found else None

    def bill_row(self, row_id: int) -> records.BillRow | None:
        """Return one row of a bill, or None."""
        found = select(self._connection, records.BillRow, "WHERE id = :id", {"id": row_id})
        return found[0] if found else None

    def bill_rows(
        self, *, batch: int | None = None, unassigned: bool = False
    ) -> list[records.BillRow]:
        """Return rows of bills by time; *unassigned* leaves those that wait for a decision.

        Waiting are received rows that belong to nobody yet, rows nobody understood, and refunds
        that the user paid to a buyer.
        """
        return select(
            self._connection,
            records.BillRow,
            "WHERE (:batch IS NULL OR batch_id = :batch) AND (:unassigned = 0 OR "
            "(assigned IS NULL AND (verdict IN ('received', 'unknown') AND direction <> 'out' "
            "OR verdict = 'refund' AND direction = 'out'))) ORDER BY at, id",
            {"batch": batch, "unassigned": int(unassigned)},
        )

    def batches(self) -> list[records.Batch]:
        """Return the imports, oldest first."""
        return select(self._connection, records.Batch, "ORDER BY id")

    def rules(self) -> list[records.Rule]:
        """Return the user's own rules and those learned, oldest first."""
        return select(self._connection, records.Rule, "ORDER BY id")

    def mappings(self) -> list[records.Mapping]:
        """Return the column mappings that were used before, newest first."""
        return select(self._connection, records.Mapping, "ORDER BY id DESC")

    def import_keys(self) -> set[str]:
        """Return the keys of the gigs that came from files."""
        sql = "SELECT import_key FROM gig WHERE import_key IS NOT NULL"
        return {key for (key,) in self._connection.execute(sql)}
