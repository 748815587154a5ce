"""The store: one SQLite file, one transaction per command, every SQL statement.

`read()` and `write()` are the only doors. A writing command names its action and subject, and
whatever it changes goes into the journal in the same transaction, so that `undo` can reverse it.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xianke.store.journal import Journal
    from xianke.store.opening import SCHEMA_VERSION
    from xianke.store.queries import Queries

__all__ = ["SCHEMA_VERSION", "Journal", "Queries", "read", "write"]

_HOMES = {"SCHEMA_VERSION": "opening", "Journal": "journal", "Queries": "queries"}


def __getattr__(name: str) -> Any:  # Any: whatever bears the name
    """Load what is asked for: help pages and completion know this package and open nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


@contextmanager
def read() -> Iterator[Queries]:
    """Open the store for one read transaction; without a file, an empty one is shown.

    Raise Unreadable for a file that is damaged, locked, or newer than the program.
    """
    from xianke import settings
    from xianke.store.opening import reading
    from xianke.store.queries import Queries

    with reading(settings.database_path()) as connection:
        yield Queries(connection)


@contextmanager
def write(action: str, subject: str, at: datetime) -> Iterator[Journal]:
    """Open the store for one writing command: all of it happens, or nothing.

    *action* is a code such as `gig.add` and *subject* what it was about, in the user's words;
    `undo` names both. A command that changes no row leaves no trace in the journal.
    """
    from xianke import settings
    from xianke.store.complaints import explained
    from xianke.store.journal import Journal
    from xianke.store.opening import open_store, prepare_folder, roll_back

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
