"""Shared ground: a home for every test, a frozen clock, and Chinese unless a test says so."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as laws

from xianke import cli, i18n

NOW = "2026-11-22T10:00:00+08:00"

# Whoever starts the tests in the background has them ignore Ctrl-C, and the programs they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine breaks no law.
laws.register_profile("xianke", deadline=None)
laws.load_profile("xianke")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "XIANKE_DEBUG", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XIANKE_LANG", "zh")
    monkeypatch.setenv("XIANKE_NOW", NOW)
    i18n.set_language("zh")
    yield
    i18n.set_language("zh")


@dataclass(frozen=True)
class Result:
    """What one command line did: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:  # Any: whatever the command's document holds
        """Return the JSON document on stdout."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def data(self) -> dict[str, Any]:  # Any: whatever the command's document holds
        """Return the data of a document that says ok."""
        assert self.document["status"] == "ok", self.document
        found: dict[str, Any] = self.document["data"]
        return found


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command line in this process, without a terminal: `run("log", "闲鱼", "85")`."""
    # A fault of the program shall stop the test, not hide behind an exit code.
    monkeypatch.setenv("XIANKE_DEBUG", "1")
    return run_here


def run_here(*arguments: str, stdin: str = "") -> Result:
    """Run one command line in this process, as the environment stands."""
    from xianke.render import console, text

    out, err = io.StringIO(), io.StringIO()
    console.console.cache_clear()
    text.double_cells.cache_clear()
    before, sys.stdin = sys.stdin, io.StringIO(stdin)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.run(arguments)
    finally:
        sys.stdin = before
    console.console.cache_clear()
    text.double_cells.cache_clear()
    return Result(code, out.getvalue(), err.getvalue())


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the names of each command below one; Any: no class of the parser is public."""
    if not hasattr(command, "list_commands"):
        yield path
        return
    for name in command.list_commands(None):
        yield from leaves(command.get_command(None, name), (*path, name))


def tool(*names: str) -> str:
    """Return where a program from outside is, the first of several names that is found.

    Without it the test is skipped, but fails where `XIANKE_TEST_STRICT` says that all are there.
    """
    # Programs that came with the environment lie beside its interpreter.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    for name in names:
        found = shutil.which(name, path=path)
        if found is not None:
            return found
    missing = f"{' or '.join(names)} is not there"
    if os.environ.get("XIANKE_TEST_STRICT") == "1":
        pytest.fail(missing)
    pytest.skip(missing)
