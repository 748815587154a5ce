"""Opening a store only to look at it: nothing is written, not even beside it.

A store in WAL mode is usually opened by making two files beside it. Where there are none, nobody
is writing, and the file is read as it lies; where a dead process has left some, a copy is read.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from xianke.store import guarding
from xianke.store.complaints import is_about_access

WAITING_SECONDS = 2.0
"""How long to wait for a lock: whoever looks can look again."""

_BESIDE = ("-wal", "-shm", "-journal")
_HEADER = 100
_IS_WAL = 2
"""What bytes 18 and 19 of a database say in WAL mode (SQLite file format, section 1.3)."""


@contextmanager
def looked_at(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the store at *path* for reading; what SQLite says of it passes."""
    with ExitStack() as stack:
        connection = _opened(path, stack)
        guarding.limit(connection, path.stat().st_size)
        yield connection


def _opened(path: Path, stack: ExitStack) -> sqlite3.Connection:
    refusal: sqlite3.DatabaseError | None = None
    for option in _options(path):
        try:
            return _connected(path, option, stack)
        except sqlite3.DatabaseError as error:
            if not is_about_access(error):
                raise
            refusal = error
    beside = [Path(f"{path}{end}") for end in _BESIDE]
    if refusal is not None and not any(one.exists() for one in beside):
        raise refusal
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xianke-")))
    for one in (path, *(one for one in beside if one.exists() and not one.name.endswith("-shm"))):
        shutil.copyfile(one, folder / one.name)
    return _connected(folder / path.name, "mode=rw", stack)


def _connected(path: Path, option: str, stack: ExitStack) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?{option}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=WAITING_SECONDS)
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return stack.enter_context(closing(connection))


def _options(path: Path) -> list[str]:
    """Return the ways of opening that make no file, the one that respects most locks first."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if len(header) == _HEADER and _IS_WAL not in header[18:20]:
        return ["mode=ro"]
    if not Path(f"{path}-wal").exists():
        return ["mode=ro&immutable=1"]
    if Path(f"{path}-shm").exists():
        return ["mode=ro&readonly_shm=1", "mode=ro"]
    return []
