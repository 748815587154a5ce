"""Reading statements about the person: what they have, and what they mean to do with their time."""

from __future__ import annotations

import json
import sqlite3

from xianke import records
from xianke.store.tables import select


class Stock:
    """What the user has, open for reading within one transaction."""

    _connection: sqlite3.Connection

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

    def answer_days(self) -> dict[str, str]:
        """Return the days on which the answers about the person were given, as far as known."""
        entries = select(self._connection, records.ProfileEntry, 'ORDER BY "key"')
        return {entry.key: entry.day for entry in entries if entry.day is not None}

    # Platforms of the user's own

    def own_platforms(self) -> list[records.OwnPlatform]:
        """Return the platforms and clients the user added."""
        return select(self._connection, records.OwnPlatform, "ORDER BY id")

    def evidence(self) -> list[records.Evidence]:
        """Return what the user learned about platforms, oldest first."""
        return select(self._connection, records.Evidence, "ORDER BY id")

    # Time that is taken, and time that is planned

    def calendars(self) -> list[records.Calendar]:
        """Return the calendars that were read, by name."""
        return select(self._connection, records.Calendar, "ORDER BY name")

    def busy(self, first_day: str, last_day: str) -> list[records.Busy]:
        """Return the busy times that touch a range of days, both ends included, by start."""
        # A time that ends at midnight does not touch the day that begins then. A stamp is a
        # day and more: no minute of the last day stands behind that day with a T and a tilde.
        return select(
            self._connection,
            records.Busy,
            'WHERE "end" > :first AND start < :behind ORDER BY start, "end", id',
            {"first": f"{first_day}T00:00", "behind": f"{last_day}T~"},
        )

    def busy_of(self, calendar_id: int) -> list[records.Busy]:
        """Return all busy times of one calendar, by start."""
        return select(
            self._connection,
            records.Busy,
            'WHERE calendar_id = :calendar ORDER BY start, "end", id',
            {"calendar": calendar_id},
        )

    def plan_blocks(self, week: str) -> list[records.PlanBlock]:
        """Return the plan that was kept for a week such as `2026-W48`, in order of time."""
        return select(
            self._connection,
            records.PlanBlock,
            "WHERE week = :week ORDER BY day, start_minute, id",
            {"week": week},
        )

    def plan_weeks(self) -> list[str]:
        """Return the weeks that a plan was kept for, earliest first."""
        rows = self._connection.execute("SELECT DISTINCT week FROM plan_block ORDER BY week")
        return [week for (week,) in rows]

    def plan_blocks_once(self, week: str) -> list[records.PlanBlock]:
        """Return the blocks that a plan of this week ever had, each as it was written last.

        They are read off the journal, so that a calendar can be told which of them are gone.
        """
        rows = self._connection.execute(
            'SELECT COALESCE("after", "before") FROM change '
            "WHERE table_name = 'plan_block' ORDER BY id"
        )
        found = {}
        for (text,) in rows:
            row = json.loads(text)
            if row["week"] == week:
                found[row["uid"]] = records.PlanBlock(**row)
        return list(found.values())

    def goal(self) -> records.Goal | None:
        """Return the goal that counts: the one set last, or None."""
        found = select(self._connection, records.Goal, "ORDER BY id DESC LIMIT 1")
        return found[0] if found else None
