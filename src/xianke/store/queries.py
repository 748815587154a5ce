"""Every reading statement: records by table, and sums that SQLite adds up itself."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from xianke import records
from xianke.store.tables import column_list, record_of, select

NEWEST_TIMED = 300
"""Per platform, how many timed gigs the rates look at: older ones would hardly count."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the gigs of one cell add up to; a cell is a (platform, category, day, hour)-like key.

    `timed_*` count only gigs with minutes and a final result: they make the hourly rate.
    """

    key: str | None
    gigs: int
    timed_gigs: int
    worked_minutes: int
    unpaid_minutes: int
    gross_fen: int
    fee_fen: int
    cost_fen: int
    tax_fen: int
    timed_net_fen: int
    timed_minutes: int


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

    def timed_gigs(self) -> list[records.Gig]:
        """Return the newest timed and finished gigs, at most `NEWEST_TIMED` per platform."""
        sql = (
            f"SELECT {column_list(records.Gig)} FROM (SELECT gig.*, ROW_NUMBER() OVER "
            "(PARTITION BY platform ORDER BY day DESC, id DESC) AS newest "
            f"FROM gig WHERE {_TIMED} AND {_FINAL}) AS ranked "
            "WHERE newest <= :newest ORDER BY day, id"
        )
        rows = self._connection.execute(sql, {"newest": NEWEST_TIMED})
        return [record_of(records.Gig, row) for row in rows]

    def sums(self, by: str, first: str | None = None, last: str | None = None) -> list[Sums]:
        """Return the sums of the finished gigs grouped by platform, category, day, month or hour."""
        sql = (
            f"SELECT {_GROUPS[by]} AS cell, {_SUMS.format(timed=_TIMED, earned=_EARNED)} "
            f"FROM gig WHERE {_FINAL} "
            "AND (:first IS NULL OR day >= :first) AND (:last IS NULL OR day <= :last) "
            "GROUP BY cell ORDER BY cell"
        )
        rows = self._connection.execute(sql, {"first": first, "last": last})
        return [Sums(None if row[0] is None else str(row[0]), *row[1:]) for row in rows]
