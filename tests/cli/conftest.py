"""What the tests of commands share: looking into the store, and how a refusal must look."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xianke import settings, shelf, store
from xianke.render import console, tables
from xianke.render.text import harmless, width
from xianke.store.tables import JOURNALED, key_column

if TYPE_CHECKING:
    from rich.text import Text
    from tests.cli.terminals import Open, Terminal
    from tests.conftest import Run

Dump = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def stored() -> Callable[[], Dump]:
    """Return what reads every row of every table that the journal looks after."""

    def dump() -> Dump:
        if not settings.database_path().exists():
            return {table: [] for table in JOURNALED}
        with closing(sqlite3.connect(settings.database_path())) as connection:
            return {
                table: connection.execute(
                    f"SELECT * FROM {table} ORDER BY {key_column(table)}"
                ).fetchall()
                for table in JOURNALED
            }

    return dump


@pytest.fixture
def refused(run: Run) -> Callable[..., str]:
    """Return what runs a command line that must be refused, and gives back what was said.

    The exit code is the one expected, with and without --json; stderr holds one sentence and
    one hint; stdout holds nothing, or the one document with the same; the folder of the store
    is left as it was.
    """

    def call(code: int, word: str, *arguments: str) -> str:
        # A store must be there: it is what must be left alone.
        with store.write("", "", datetime(2026, 11, 22)):
            pass
        before = _files()

        plain, result = run(*arguments), run("--json", *arguments)

        assert _files() == before
        assert (plain.code, result.code) == (code, code), plain.err
        assert plain.out == ""
        assert plain.err == result.err
        error, hint = plain.err.splitlines()
        assert error.startswith("错误：")
        assert hint.startswith("提示：")
        (fault,) = result.document["errors"]
        assert {**fault, **{part: harmless(fault[part]) for part in ("message", "hint")}} == {
            "code": word,
            "message": error.removeprefix("错误："),
            "hint": hint.removeprefix("提示："),
        }
        assert {**result.document, "errors": []} == {
            "schema": 1,
            "status": "error",
            "data": {},
            "errors": [],
        }
        return plain.err

    return call


@pytest.fixture
def screen(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return what runs a command line and gives back a screen that holds at 80 columns.

    No line is wider, no row of a table is wider than its rule, a GBK terminal can show it.
    """
    drawn: list[str] = []

    class Recorder:
        is_terminal = True

        def print(self, table: Text, *, soft_wrap: bool) -> None:
            drawn.append(table.plain)
            console.console().print(table, soft_wrap=soft_wrap)

    def call(*arguments: str) -> str:
        drawn.clear()
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setattr(tables, "console", Recorder)
        result = run(*arguments)
        assert (result.code, result.err) == (0, "")
        wide = [line for line in result.out.splitlines() if width(line) > 80]
        # A path is never cut: it is there to be copied.
        assert [line for line in wide if str(settings.home()) not in line] == []
        for table in drawn:
            lines = table.splitlines()
            (rule,) = (width(line) for line in lines if set(line) == {"─"})
            assert max(map(width, lines)) <= rule, table
            assert len(lines) > 2, table
        result.out.encode("gbk")
        return result.out

    return call


def _files() -> dict[str, bytes]:
    home = settings.home()
    return {
        str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()
    }


@pytest.fixture
def terminal() -> Iterator[Open]:
    """Open terminals that are gone after the test, however it ends."""
    from tests.cli import terminals

    opened: list[Terminal] = []

    def open_one(*arguments: str, columns: int = terminals.COLUMNS, **changes: str) -> Terminal:
        opened.append(terminals.Terminal(*arguments, columns=columns, **changes))
        return opened[-1]

    yield open_one
    for one in opened:
        one.stop()


@pytest.fixture
def orchard() -> dict[str, Any]:
    """Return an invented catalogue of four platforms, as the compiled file would hold it."""
    path = Path(__file__).parent / "orchard.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def invented(orchard: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the invented catalogue in the place of the shipped one."""
    monkeypatch.setattr(shelf, "in_force", lambda: orchard)
