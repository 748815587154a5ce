"""What the tests of commands share: looking into the store, and how a refusal must look."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from xianke import settings
from xianke.store.tables import JOURNALED, key_column

if TYPE_CHECKING:
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
        run("log", "闲鱼", "1")
        run("undo")
        before = _files()

        plain, document = run(*arguments), run("--json", *arguments)

        assert _files() == before
        assert (plain.code, document.code) == (code, code), plain.err
        assert plain.out == ""
        assert plain.err == document.err
        error, hint = plain.err.splitlines()
        assert error.startswith("错误：")
        assert hint.startswith("提示：")
        assert json.loads(document.out) == {
            "schema": 1,
            "status": "error",
            "data": {},
            "errors": [
                {
                    "code": word,
                    "message": error.removeprefix("错误："),
                    "hint": hint.removeprefix("提示："),
                }
            ],
        }
        return plain.err

    return call


def _files() -> dict[str, bytes]:
    home = settings.home()
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file()
    }
