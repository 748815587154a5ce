"""The store: one SQLite file, one transaction per command, every SQL statement.

`read()` and `write()` are the only doors. A writing command names its action and subject, and
whatever it changes goes into the journal in the same transaction, so that `undo` can reverse it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime

from xianke import settings
from xianke.store.complaints import explained
from xianke.store.journal import Journal
from xianke.store.opening import (
    SCHEMA_VERSION,
    open_store,
    prepare_folder,
    reading,
    roll_back,
)
from xianke.store.queries import Queries

__all__ = ["SCHEMA_VERSION", "Journal", "Queries", "read", "write"]


@contextmanager
def read() -> Iterator[Queries]:
    """Open the store for one read transaction; without a file, an empty one is shown.

    Raise Unreadable for a file that is damaged, locked, or newer than the program.
    """
    with reading(settings.database_path()) as connection:
        yield Queries(connection)


@contextmanager
def write(action: str, subject: str, at: datetime) -> Iterator[Journal]:
    """Open the store for one writing command: all of it happens, or nothing.

    *action* is a code such as `gig.add` and *subject* what it was about, in the user's words;
    `undo` names both. A command that changes no row leaves no trace in the journal.
    """
    path = settings.database_path()
    with explained(path):
        prepare_folder(path)
        with closing(open_store(path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                journal = Journal(connection, action, subject, at.isoformat(timespec="seconds"))
                yield journal
                journal.close()
            except BaseException:
                roll_back(connection)
                raise
            connection.execute("COMMIT")
