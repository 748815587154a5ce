"""Where everything lies that this program keeps, and who may read it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xianke import rights, settings, shelf

Kind = Literal["folder", "file"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `rights` as in `0600` and `size` in bytes, None where there is nothing to say.

    `open` is whether others have rights on it.
    """

    key: str
    kind: Kind
    path: Path
    exists: bool
    rights: str | None
    size: int | None
    open: bool


def places() -> list[Place]:
    """Return where data, settings, log, copies and the fetched catalogue lie, there or not."""
    home = settings.home()
    return [
        _place("home", "folder", home),
        _place("data", "file", settings.database_path()),
        _place("config", "file", settings.config_path()),
        _place("log", "file", home / "errors.log"),
        _place("copies", "folder", home / "backups"),
        _place("catalogue", "file", shelf.current_path()),
    ]


def open_to_others() -> list[Path]:
    """Return what of ours others may read or change.

    A folder that the user shares with other things is not meant: what is ours in it is closed.
    """
    return [path for path in _ours() if rights.is_open(path)]


def leftovers() -> list[Path]:
    """Return what commands that died half-way have left behind."""
    home = settings.home()
    found: list[Path] = []
    for folder, patterns in (
        (home, (".xianke-*", ".restore-*", ".config.toml.*")),
        (home / "backups", (".xianke-*",)),
        (home / "catalogue", (".platforms*",)),
    ):
        for pattern in patterns:
            found.extend(sorted(folder.glob(pattern)))
    return found


def _ours() -> Iterator[Path]:
    home = settings.home()
    if not home.is_dir():
        return
    if rights.is_ours_alone(home):
        yield home
    database = settings.database_path()
    candidates = [Path(f"{database}{end}") for end in ("", "-wal", "-shm", "-journal")]
    candidates += [settings.config_path(), home / "errors.log"]
    for folder in (home / "backups", home / "catalogue"):
        if folder.is_dir():
            candidates += [folder, *sorted(one for one in folder.iterdir() if one.is_file())]
    yield from (path for path in candidates if path.exists())


def _place(key: str, kind: Kind, path: Path) -> Place:
    try:
        status = path.stat()
    except OSError:
        return Place(key, kind, path, exists=False, rights=None, size=None, open=False)
    mode = f"{stat.S_IMODE(status.st_mode):04o}" if os.name == "posix" else None
    size = status.st_size if stat.S_ISREG(status.st_mode) else None
    return Place(key, kind, path, True, mode, size, rights.is_open(path))
