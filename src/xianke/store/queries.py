"""Every reading statement: records by table, and sums that SQLite adds up itself."""

from __future__ import annotations

import sqlite3

from xianke import records
from xianke.records import Sums
from xianke.store.tables import column_list, record_of, select

NEWEST_TIMED = 300
"""Per platform, how many timed gigs the rates look at: older ones would hardly count."""


_SUMS = """
    COUNT(*),
    COALESCE(SUM(CASE WHEN {timed} THEN 1 ELSE 0 END), 0),
    COALESCE(SUM(worked_minutes), 0),
    COALESCE(SUM(unpaid_minutes), 0),
    COALESCE(SUM(CASE WHEN {earned} THEN gross_fen ELSE 0 END), 0),
    COALESCE(SUM(CASE WHEN {earned} THEN fee_fen ELSE 0 END), 0),
    COALESCE(SUM(cost_fen), 0),
    COALESCE(SUM(CASE WHEN {earned} THEN tax_fen ELSE 0 END), 0),
    COALESCE(SUM(CASE WHEN {timed} THEN
        CASE WHEN {earned} THEN gross_fen - fee_fen - tax_fen ELSE 0 END - cost_fen
        ELSE 0 END), 0),
    COALESCE(SUM(CASE WHEN {timed} THEN worked_minutes + unpaid_minutes ELSE 0 END), 0)
"""
# A rejected gig counts its minutes and costs, but earned nothing.
_EARNED = "status IN ('delivered', 'paid')"
_TIMED = "worked_minutes IS NOT NULL AND worked_minutes + unpaid_minutes > 0"
_FINAL = "status IN ('delivered', 'paid', 'rejected')"
# What was called off counts once it has cost something: money or time is gone all the same.
_COUNTED = f"({_FINAL} OR (status = 'cancelled' AND (cost_fen > 0 OR worked_minutes IS NOT NULL)))"

_GROUPS = {
    "platform": "platform",
    "category": "category",
    "day": "day",
    "month": "substr(day, 1, 7)",
    "hour": "CASE WHEN start_minute IS NULL THEN NULL ELSE start_minute / 60 END",
}


class Queries:
    """The store open for reading, within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # Inventory

    def slots(self) -> list[records.Slot]:
        """Return all slots, oldest first."""
        return select(self._connection, records.Slot, "ORDER BY id")

    def skills(self) -> list[records.Skill]:
        """Return all skills, oldest first."""
        return select(self._connection, records.Skill, "ORDER BY id")

    def assets(self) -> list[records.Asset]:
        """Return all assets, oldest first."""
        return select(self._connection, records.Asset, "ORDER BY id")

    def profile(self) -> dict[str, str]:
        """Return the answers about the person; what is absent is not known."""
        entries = select(self._connection, records.ProfileEntry, 'ORDER BY "key"')
        return {entry.key: entry.value for entry in entries}

    # Platforms of the user's own

    def own_platforms(self) -> list[records.OwnPlatform]:
        """Return the platforms and clients the user added."""
        return select(self._connection, records.OwnPlatform, "ORDER BY id")

    def evidence(self) -> list[records.Evidence]:
        """Return what the user learned about platforms, oldest first."""
        return select(self._connection, records.Evidence, "ORDER BY id")

    # Gigs and money

    def gig(self, gig_id: int) -> records.Gig | None:
        """Return one gig, or None."""
        found = select(self._connection, records.Gig, "WHERE id = :id", {"id": gig_id})
        return found[0] if found else None

    def gigs(
        self,
        *,
        first: str | None = None,
        last: str | None = None,
        platform: str | None = None,
        status: str | None = None,
    ) -> list[records.Gig]:
        """Return the gigs of a range of days (both ends included), in the order they began."""
        return select(
            self._connection,
            records.Gig,
            "WHERE (:first IS NULL OR day >= :first) AND (:last IS NULL OR day <= :last) "
            "AND (:platform IS NULL OR platform = :platform) "
            "AND (:status IS NULL OR status = :status) "
            "ORDER BY day, COALESCE(start_minute, 1440), id",
            {"first": first, "last": last, "platform": platform, "status": status},
        )

    def timed_gigs(self, platform: str | None = None) -> list[records.Gig]:
        """Return the newest timed and finished gigs, at most `NEWEST_TIMED` per platform.

        With *platform*, those of that one alone.
        """
        sql = (
            f"SELECT {column_list(records.Gig)} FROM (SELECT gig.*, ROW_NUMBER() OVER "
            "(PARTITION BY platform ORDER BY day DESC, id DESC) AS newest "
            f"FROM gig WHERE {_TIMED} AND {_FINAL} "
            "AND (:platform IS NULL OR platform = :platform)) AS ranked "
            "WHERE newest <= :newest ORDER BY day, id"
        )
        rows = self._connection.execute(sql, {"newest": NEWEST_TIMED, "platform": platform})
        return [record_of(records.Gig, row) for row in rows]

    def sums(self, by: str, first: str | None = None, last: str | None = None) -> list[Sums]:
        """Return the sums of the finished gigs by platform, category, day, month or hour."""
        sql = (
            f"SELECT {_GROUPS[by]} AS cell, {_SUMS.format(timed=_TIMED, earned=_EARNED)} "
            f"FROM gig WHERE {_COUNTED} "
            "AND (:first IS NULL OR day >= :first) AND (:last IS NULL OR day <= :last) "
            "GROUP BY cell ORDER BY cell"
        )
        rows = self._connection.execute(sql, {"first": first, "last": last})
        return [Sums(None if row[0] is None else str(row[0]), *row[1:]) for row in rows]

    def heat(self, first: str | None = None, last: str | None = None) -> list[tuple[str, int, int]]:
        """Return (day, hour, minutes) of the finished gigs that have a start and minutes."""
        sql = (
            "SELECT day, start_minute / 60 AS hour, SUM(worked_minutes + unpaid_minutes) "
            f"FROM gig WHERE {_COUNTED} AND {_TIMED} AND start_minute IS NOT NULL "
            "AND (:first IS NULL OR day >= :first) AND (:last IS NULL OR day <= :last) "
            "GROUP BY day, hour ORDER BY day, hour"
        )
        return self._connection.execute(sql, {"first": first, "last": last}).fetchall()

    def own_minutes(self) -> list[tuple[str, str | None, str, int]]:
        """Return (platform, category, day, minutes) of the timed and finished gigs."""
        sql = (
            "SELECT platform, category, day, SUM(worked_minutes + unpaid_minutes) "
            f"FROM gig WHERE {_FINAL} AND {_TIMED} GROUP BY platform, category, day"
        )
        return self._connection.execute(sql).fetchall()

    def received(
        self, by: str, first: str | None, last: str | None
    ) -> list[tuple[str | None, int]]:
        """Return (key, fen) of what payouts of a range of days settled, grouped like the gigs.

        Money counts on the day it came; platform, category and hour are those of the gig it
        settles. What settles no gig is in `unexplained`.
        """
        cell = {
            "platform": "payout.platform",
            "category": "gig.category",
            "day": "payout.day",
            "month": "substr(payout.day, 1, 7)",
            "hour": "CASE WHEN gig.start_minute IS NULL THEN NULL ELSE gig.start_minute / 60 END",
        }[by]
        sql = (
            f"SELECT {cell} AS cell, SUM(settlement.amount_fen) FROM settlement "
            "JOIN payout ON payout.id = settlement.payout_id "
            "JOIN gig ON gig.id = settlement.gig_id "
            "WHERE (:first IS NULL OR payout.day >= :first) "
            "AND (:last IS NULL OR payout.day <= :last) GROUP BY cell"
        )
        rows = self._connection.execute(sql, {"first": first, "last": last})
        return [(None if key is None else str(key), fen) for key, fen in rows]

    def received_total(self, first: str | None, last: str | None) -> int:
        """Return the fen received from platforms and clients in a range of days."""
        sql = (
            "SELECT COALESCE(SUM(amount_fen), 0) FROM payout "
            "WHERE (:first IS NULL OR day >= :first) AND (:last IS NULL OR day <= :last)"
        )
        total: int = self._connection.execute(sql, {"first": first, "last": last}).fetchone()[0]
        return total

    def outstanding(self, first: str | None = None, last: str | None = None) -> int:
        """Return the fen that delivered and paid gigs of a range of days are still owed."""
        range_ = "(:first IS NULL OR gig.day >= :first) AND (:last IS NULL OR gig.day <= :last)"
        sql = (
            "SELECT (SELECT COALESCE(SUM(gross_fen - fee_fen - tax_fen), 0) FROM gig "
            f"WHERE {_EARNED} AND {range_}) - (SELECT COALESCE(SUM(amount_fen), 0) "
            "FROM settlement JOIN gig ON gig.id = settlement.gig_id "
            f"WHERE {_EARNED} AND {range_})"
        )
        total: int = self._connection.execute(sql, {"first": first, "last": last}).fetchone()[0]
        return total

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

    def waiting(self) -> list[records.Gig]:
        """Return the gigs delivered but not paid, oldest first."""
        return select(self._connection, records.Gig, "WHERE status = 'delivered' ORDER BY day, id")

    def last_entry(self) -> records.Entry | None:
        """Return the latest writing command that has not been undone."""
        found = select(
            self._connection, records.Entry, "WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1"
        )
        return found[0] if found else None
