"""Where everything lies that this program keeps, and who may read it."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xianke import rights, settings, shelf

Kind = Literal["folder", "file"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `rights` as in `0600` and `size` in bytes, None where there is nothing to say.

    `exists` is None where the folder above cannot be looked into.

    `open` is whether others have more rights on it than they should.
    """

    key: str
    kind: Kind
    path: Path
    exists: bool | None
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
    """Return what of ours others may read or change; of settings and catalogue, what they change.

    A folder that the user shares with other things is not meant: what is ours in it is closed.
    """
    home = settings.home()
    if not home.is_dir():
        return []
    database, copies, fetched = settings.database_path(), home / "backups", home / "catalogue"
    private = [home] if rights.is_ours_alone(home) else []
    private += [Path(f"{database}{end}") for end in ("", "-wal", "-shm", "-journal")]
    private += [home / "errors.log", copies, *_files(copies)]
    public = [settings.config_path(), fetched, *_files(fetched)]
    return [one for one in private if _is_open(one)] + [
        one for one in public if _is_open(one, only_to_write=True)
    ]


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


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if one.is_file())
    except OSError:
        # Not there, or shut even to its owner: then nobody else reads in it.
        return []


def _is_open(path: Path, *, only_to_write: bool = False) -> bool:
    try:
        return rights.is_open(path, only_to_write=only_to_write)
    except OSError:
        return False


def _place(key: str, kind: Kind, path: Path) -> Place:
    try:
        status = path.stat()
    except OSError as error:
        there = False if isinstance(error, FileNotFoundError | NotADirectoryError) else None
        return Place(key, kind, path, exists=there, rights=None, size=None, open=False)
    mode = f"{stat.S_IMODE(status.st_mode):04o}" if os.name == "posix" else None
    size = status.st_size if stat.S_ISREG(status.st_mode) else None
    wide = rights.is_open(path, only_to_write=key in ("config", "catalogue"))
    return Place(key, kind, path, exists=True, rights=mode, size=size, open=wide)
