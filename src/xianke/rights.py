"""Who may read and plant files: nobody else reads ours, and what another left is not followed.

On Windows the rights of a profile's folders already say so, and nothing is done here.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

from xianke.errors import Refused
from xianke.i18n import _

FOLDER, FILE = 0o700, 0o600
"""For the owner alone."""

_OURS = re.compile(
    r"xianke\.db.*|backups|catalogue|errors\.log|config\.toml|"
    r"\.restore-.*|\.xianke-.*|\.config\.toml\..*"
)
"""What this program, and nobody else, keeps in its folder."""


def close_off(database: Path) -> None:
    """Take from everybody else what rights they have on the store and what belongs to it.

    The folder is closed too where nothing but ours lies in it; one that the user shares with
    other things stays as it is, since the files are closed anyway. What cannot be changed, as on
    a disk without rights, is left.
    """
    if os.name != "posix":
        return
    home, copies = database.parent, database.parent / "backups"
    _narrow(home, FOLDER, lambda: is_ours_alone(home))
    _narrow(copies, FOLDER)
    for end in ("", "-wal", "-shm", "-journal"):
        _narrow(Path(f"{database}{end}"), FILE)


def is_ours_alone(home: Path) -> bool:
    """Return whether nothing lies in the folder but what this program keeps there."""
    return all(_OURS.fullmatch(one.name) for one in home.iterdir())


def is_open(path: Path, *, only_to_write: bool = False) -> bool:
    """Return whether others have rights on a file or folder; never where rights say nothing.

    With *only_to_write*, reading is nothing to mind: there is no secret in it.
    """
    if os.name != "posix":
        return False
    found = path.lstat().st_mode
    return not stat.S_ISLNK(found) and bool(found & (0o022 if only_to_write else 0o077))


def is_planted(path: Path) -> bool:
    """Return whether *path*, a link or a file, was left by somebody else where anybody may write.

    In such a folder, `/tmp` for one, a name that others can guess may lead anywhere.
    """
    if os.name != "posix":
        return False
    try:
        owner = path.lstat().st_uid
        open_to_all = path.parent.stat().st_mode & stat.S_IWOTH
    except OSError:
        return False
    return bool(open_to_all) and owner != os.geteuid()


def refuse_planted(path: Path) -> None:
    """Raise Refused where a file that shall be written would go into what somebody else left."""
    if is_planted(path):
        raise Refused(
            _("{path} 是别人放在公共文件夹里的，不往里写").format(path=path),
            _("换一个文件名，或写到自己的文件夹里"),
        )


def narrow_file(path: Path) -> None:
    """Take from everybody else what rights they have on one file of ours."""
    if os.name == "posix":
        _narrow(path, FILE)


def _narrow(path: Path, rights: int, agreed: Callable[[], bool] = lambda: True) -> None:
    with contextlib.suppress(OSError):
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode) or not found.st_mode & 0o077 or not agreed():
            return
        path.chmod(stat.S_IMODE(found.st_mode) & rights)
