"""Reading statements about the person: slots, skills, things, answers, platforms of their own."""

from __future__ import annotations

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

    # Platforms of the user's own

    def own_platforms(self) -> list[records.OwnPlatform]:
        """Return the platforms and clients the user added."""
        return select(self._connection, records.OwnPlatform, "ORDER BY id")

    def evidence(self) -> list[records.Evidence]:
        """Return what the user learned about platforms, oldest first."""
        return select(self._connection, records.Evidence, "ORDER BY id")
