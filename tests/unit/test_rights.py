"""Rights on files: what others could read is closed, what others have left is not followed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from xianke import rights
from xianke.errors import Refused

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder in which everything was left open to all."""
    folder = tmp_path / "open"
    (folder / "backups").mkdir(parents=True)
    for name in ("xianke.db", "xianke.db-wal", "xianke.db-shm", "errors.log", "config.toml"):
        (folder / name).touch()
    for path in (folder, *folder.iterdir()):
        path.chmod(0o777)
    return folder


def test_what_was_open_is_closed(home: Path) -> None:
    """The folder, the copies' folder, the store and what SQLite puts beside it."""
    rights.close_off(home / "xianke.db")

    closed = [home, home / "backups", *home.glob("xianke.db*")]
    assert {_mode(path) & 0o077 for path in closed} == {0}


def test_a_folder_shared_with_other_things_stays_as_it_is(home: Path) -> None:
    """Somebody else may have to read those; ours are closed all the same."""
    (home / "notes.txt").touch()

    rights.close_off(home / "xianke.db")

    assert _mode(home) == 0o777
    assert _mode(home / "xianke.db") == 0o600


def test_a_link_is_left_and_what_it_stands_for_too(home: Path, tmp_path: Path) -> None:
    """Nobody's rights change in another place."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.touch()
    elsewhere.chmod(0o644)
    (home / "xianke.db").unlink()
    (home / "xianke.db").symlink_to(elsewhere)

    rights.close_off(home / "xianke.db")

    assert _mode(elsewhere) == 0o644


@pytest.mark.parametrize(
    ("folder", "mine", "planted"),
    [(0o1777, False, True), (0o1777, True, False), (0o755, False, False)],
)
def test_only_what_another_left_where_all_may_write_is_suspect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: int, mine: bool, planted: bool
) -> None:
    """A link of one's own is followed, and so is one in a folder that only its owner writes to."""
    tmp_path.chmod(folder)
    link = tmp_path / "out.csv"
    link.symlink_to(tmp_path / "target")
    if not mine:
        monkeypatch.setattr(os, "geteuid", lambda: link.lstat().st_uid + 1)

    assert rights.is_planted(link) is planted
    if planted:
        with pytest.raises(Refused):
            rights.refuse_planted(link)
    else:
        rights.refuse_planted(link)
