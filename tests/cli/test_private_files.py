"""What a command writes only its user can read; what another planted is not followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests import hostile

from xianke import faults, settings

if TYPE_CHECKING:
    from tests.conftest import Run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")

WRITTEN: dict[str, tuple[str, ...]] = {
    "gigs.csv": ("export", "--format", "csv", "-o"),
    "books.beancount": ("export", "--format", "beancount", "-o"),
    "books.journal": ("export", "--format", "hledger", "-o"),
    "all.jsonl": ("export", "--format", "json", "-o"),
    "dates.ics": ("export", "--format", "ics", "-o"),
    "plan.ics": ("plan", "--ics"),
    "page.html": ("report", "--html"),
    "stock.yaml": ("inventory", "export", "-o"),
    "copy.db": ("backup", "-o"),
}
"""Every command that writes a file where the user says."""


@pytest.fixture(autouse=True)
def _no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def _open(folder: Path) -> dict[str, str]:
    """Return what others could read or write, with its rights."""
    return {
        path.relative_to(folder).as_posix(): oct(stat.S_IMODE(path.stat().st_mode))
        for path in (folder, *folder.rglob("*"))
        if path.stat().st_mode & 0o077
    }


def test_no_command_leaves_a_file_that_others_can_read(run: Run, tmp_path: Path) -> None:
    """Under no umask at all: the store, copies before imports, backups, a restore, the log."""
    hostile.plant(run, tmp_path / "in")
    assert run("backup").code == 0
    assert run("export", "--format", "json", "-o", str(tmp_path / "all.jsonl")).code == 0
    assert run("restore", str(tmp_path / "all.jsonl"), "--yes").code == 0
    faults.record(ValueError())

    assert (settings.home() / "backups").is_dir()
    assert (settings.home() / "errors.log").is_file()
    assert _open(settings.home()) == {}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_asked_for_is_for_its_owner_alone(run: Run, tmp_path: Path, name: str) -> None:
    """What is exported is as private as the store; one that was open before is closed."""
    run("log", "闲鱼", "85", "--minutes", "40")
    run("inventory", "add", "slot", "工作日 20:00-21:00")
    path = tmp_path / name
    for before in (None, 0o666):
        if before is not None:
            path.chmod(before)

        assert run(*WRITTEN[name], str(path)).code == 0

        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.name not in (name, "home")] == []


@pytest.mark.parametrize("name", WRITTEN)
def test_one_s_own_link_is_followed(run: Run, tmp_path: Path, name: str) -> None:
    """The link stays a link; what it stands for is written, for its owner alone."""
    run("log", "闲鱼", "85", "--minutes", "40")
    run("inventory", "add", "slot", "工作日 20:00-21:00")
    (tmp_path / name).symlink_to(tmp_path / "target")

    assert run(*WRITTEN[name], str(tmp_path / name)).code == 0

    assert (tmp_path / name).is_symlink()
    assert stat.S_IMODE((tmp_path / "target").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", WRITTEN)
def test_a_link_that_another_planted_is_not_followed(
    run: Run, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder where all may write: one sentence, and what it leads to is as it was."""
    run("log", "闲鱼", "85", "--minutes", "40")
    run("inventory", "add", "slot", "工作日 20:00-21:00")
    public = tmp_path / "public"
    public.mkdir()
    public.chmod(0o1777)
    target = tmp_path / "precious"
    target.write_text("precious")
    (public / name).symlink_to(target)
    monkeypatch.setattr(os, "geteuid", lambda: target.stat().st_uid + 1)

    done = run(*WRITTEN[name], str(public / name))

    assert done.code == 1
    assert "是别人放在公共文件夹里的，不往里写" in done.err
    assert target.read_text() == "precious"


def test_a_store_that_another_planted_is_not_opened(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all may write, a store of somebody else's would carry off what is written down."""
    home = tmp_path / "public"
    home.mkdir()
    home.chmod(0o1777)
    (home / "xianke.db").touch()
    monkeypatch.setenv("XIANKE_HOME", str(home))
    monkeypatch.setattr(os, "geteuid", lambda: home.stat().st_uid + 1)

    for line in (("gigs",), ("log", "闲鱼", "85")):
        done = run(*line)

        assert done.code == 5
        assert "是别人放在公共文件夹里的" in done.err
    assert (home / "xianke.db").read_bytes() == b""


def test_an_open_folder_is_closed_by_the_next_command(run: Run) -> None:
    """Reading is enough."""
    run("log", "闲鱼", "85")
    for path in (settings.home(), *settings.home().iterdir()):
        path.chmod(0o777)

    run("gigs")

    assert _open(settings.home()) == {}
