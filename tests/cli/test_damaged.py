"""A store that cannot be read: every command says so in one sentence and leaves it alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from xianke import settings

if TYPE_CHECKING:
    from tests.conftest import Run

COMMANDS = [
    [],
    ["report"],
    ["gigs"],
    ["gigs", "show", "g1"],
    ["gigs", "edit", "g1", "--note", "x"],
    ["gigs", "rm", "g1"],
    ["log", "闲鱼", "85"],
    ["undo"],
    ["backup"],
    ["inventory"],
    ["suggest"],
]


def _check(run: Run, command: list[str]) -> None:
    """Exit 5, the file named on stderr with a hint, the same in one document, nothing written."""
    path = settings.database_path()
    before = path.read_bytes()

    plain, document = run(*command), run(*command, "--json")

    assert (plain.code, document.code) == (5, 5)
    assert plain.out == ""
    error, hint = plain.err.splitlines()
    assert str(path) in error
    assert hint.startswith("提示：")
    (fault,) = document.document["errors"]
    assert fault["code"] == "unreadable"
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_damaged_store_is_named(run: Run, command: list[str]) -> None:
    """Something that is no database at all."""
    settings.home().mkdir()
    settings.database_path().write_bytes(b"not a database, and quite long " * 200)

    _check(run, command)


def test_half_a_character_is_damage(run: Run) -> None:
    """SQLite itself would not mind; a text of a gig can no longer be read."""
    run("log", "闲鱼", "85", "--note", "雨天")
    with closing(sqlite3.connect(settings.database_path(), isolation_level=None)) as connection:
        connection.execute("UPDATE gig SET note = CAST(x'e99b' AS TEXT)")

    _check(run, ["gigs"])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_newer_store_is_named(run: Run, command: list[str]) -> None:
    """One that a later version of the program has written."""
    run("log", "闲鱼", "85")
    with closing(sqlite3.connect(settings.database_path())) as connection:
        connection.execute("PRAGMA user_version = 999")

    _check(run, command)


def test_the_demo_does_not_mind(run: Run) -> None:
    """It has a store of its own."""
    settings.home().mkdir()
    settings.database_path().write_bytes(b"not a database, and quite long " * 200)

    assert run("demo").code == 0
