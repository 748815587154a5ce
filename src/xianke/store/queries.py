"""Reading statements about gigs, and sums that SQLite adds up itself."""

from __future__ import annotations

import sqlite3

from xianke import records
from xianke.records import Sums
from xianke.store.ledger import OWED, RECEIVABLE, Ledger
from xianke.store.stock import Stock
from xianke.store.tables import column_list, record_of, select

NEWEST_TIMED = 300
"""Per platform, how many timed gigs the rates look at: older ones would hardly count."""


_SUMS = """
    COALESCE(SUM(CASE WHEN {gig} THEN 1 ELSE 0 END), 0),
    COALESCE(SUM(CASE WHEN {gig} AND {timed} THEN 1 ELSE 0 END), 0),
    COALESCE(SUM(worked_minutes), 0),
    COALESCE(SUM(unpaid_minutes), 0),
    COALESCE(SUM(CASE WHEN {earned} THEN gross_fen ELSE 0 END), 0),
    COALESCE(SUM(CASE WHEN {earned} THEN fee_fen + kept_fen ELSE 0 END), 0),
    COALESCE(SUM(cost_fen), 0),
    COALESCE(SUM(CASE WHEN {earned} THEN tax_fen ELSE 0 END), 0),
    COALESCE(SUM(CASE WHEN {timed} THEN
        CASE WHEN {earned} THEN {receivable} ELSE 0 END - cost_fen
        ELSE 0 END), 0),
    COALESCE(SUM(CASE WHEN {timed} THEN worked_minutes + unpaid_minutes ELSE 0 END), 0),
    COALESCE(SUM(CASE WHEN {gig} THEN 0 ELSE unpaid_minutes END), 0)
"""
# A rejected gig counts its minutes and costs, but earned nothing.
_TIMED = "worked_minutes IS NOT NULL AND worked_minutes + unpaid_minutes > 0"
_FINAL = "status IN ('delivered', 'paid', 'rejected')"
# Looking for work in vain is no gig, but it takes time, and perhaps money, from the others.
_GIG = "status <> 'none_found'"
# What was called off counts once it has cost something: money or time is gone all the same.
_COUNTED = (
    f"({_FINAL} OR status = 'none_found' "
    "OR (status = 'cancelled' AND (cost_fen > 0 OR worked_minutes IS NOT NULL)))"
)

_GROUPS = {
    "platform": "platform",
    "category": "category",
    "day": "day",
    "month": "substr(day, 1, 7)",
    "hour": "CASE WHEN start_minute IS NULL THEN NULL ELSE start_minute / 60 END",
}


class Queries(Stock, Ledger):
    """The store open for reading, within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

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

    def used_platforms(self) -> set[str]:
        """Return the platforms and clients that have gigs."""
        rows = self._connection.execute("SELECT DISTINCT platform FROM gig")
        return {platform for (platform,) in rows}

    def usual_platforms(self) -> list[str]:
        """Return the platforms and clients with gigs or money from bills, most used first."""
        rows = self._connection.execute(
            "SELECT platform FROM (SELECT platform FROM gig UNION ALL "
            "SELECT platform FROM payout WHERE source = 'imported') AS used "
            "GROUP BY platform ORDER BY COUNT(*) DESC, platform"
        )
        return [platform for (platform,) in rows]

    def timed_gigs(self, platform: str | None = None) -> list[records.Gig]:
        """Return the newest timed and finished gigs, at most `NEWEST_TIMED` per platform.

        Time spent looking for work in vain is among them, and counts for one: all that is
        returned of a platform is all there was in one stretch of time. With *platform*, those
        of that one alone.
        """
        sql = (
            f"SELECT {column_list(records.Gig)} FROM (SELECT gig.*, ROW_NUMBER() OVER "
            "(PARTITION BY platform ORDER BY day DESC, id DESC) AS newest "
            f"FROM gig WHERE {_TIMED} AND ({_FINAL} OR NOT {_GIG}) "
            "AND (:platform IS NULL OR platform = :platform)) AS ranked "
            "WHERE newest <= :newest ORDER BY day, id"
        )
        rows = self._connection.execute(sql, {"newest": NEWEST_TIMED, "platform": platform})
        return [record_of(records.Gig, row) for row in rows]

    def sums(self, by: str, first: str | None = None, last: str | None = None) -> list[Sums]:
        """Return the sums of the finished gigs by platform, category, day, month or hour.

        What was spent on looking for work in vain is in the sums, but not counted as a gig.
        """
        sums = _SUMS.format(gig=_GIG, timed=_TIMED, earned=OWED, receivable=RECEIVABLE)
        sql = (
            f"SELECT {_GROUPS[by]} AS cell, {sums} FROM gig WHERE {_COUNTED} "
            "AND (:first IS NULL OR day >= :first) AND (:last IS NULL OR day <= :last) "
            "GROUP BY cell ORDER BY cell"
        )
        rows = self._connection.execute(sql, {"first": first, "last": last})
        return [Sums(None if row[0] is None else str(row[0]), *row[1:]) for row in rows]

    def heat(self, first: str | None = None, last: str | None = None) -> list[tuple[str, int, int]]:
        """Return (day, hour, minutes) of what the sums count and has a start and minutes."""
        sql = (
            "SELECT day, start_minute / 60 AS hour, SUM(worked_minutes + unpaid_minutes) "
            f"FROM gig WHERE {_COUNTED} AND {_TIMED} AND start_minute IS NOT NULL "
            "AND (:first IS NULL OR day >= :first) AND (:last IS NULL OR day <= :last) "
            "GROUP BY day, hour ORDER BY day, hour"
        )
        return self._connection.execute(sql, {"first": first, "last": last}).fetchall()

    def own_minutes(self) -> list[tuple[str, str | None, str, int]]:
        """Return (platform, category, day, minutes) of the timed and finished gigs.

        Only of those: where no work was found there was none.
        """
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

    def waiting(self) -> list[records.Gig]:
        """Return the gigs delivered but not paid, oldest first."""
        return select(self._connection, records.Gig, "WHERE status = 'delivered' ORDER BY day, id")

    def last_entry(self) -> records.Entry | None:
        """Return the latest writing command that has not been undone."""
        found = select(
            self._connection, records.Entry, "WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1"
        )
        return found[0] if found else None
