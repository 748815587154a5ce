"""A store that cannot be read: every command says so in one sentence and leaves it alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.importers import bills

from xianke import settings
from xianke.commands import root

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
    ["init", "--preset", "office", "--yes"],
    ["inventory"],
    ["inventory", "add", "slot", "工作日 12:00-13:00"],
    ["inventory", "apply", "stock.yaml"],
    ["inventory", "export"],
    ["inventory", "slots"],
    ["inventory", "calendars"],
    ["suggest"],
    ["suggest", "--why-not", "xianyu"],
    ["now"],
    ["plan"],
    ["plan", "--keep"],
    ["rates"],
    ["start"],
    ["start", "闲鱼"],
    ["stop", "40"],
    ["import", "bill.csv"],
    ["import", "bill.csv", "--yes"],
    ["bills"],
    ["bills", "assign", "b1", "闲鱼"],
    ["rules"],
    ["rules", "add", "星海", "闲鱼"],
    ["owed"],
    ["owed", "--write-off", "g1"],
    ["spend"],
    ["spend", "闲鱼", "3"],
    ["payouts"],
    ["payouts", "add", "闲鱼", "5"],
    ["report", "--html", "page.html"],
    ["usage"],
    ["learn"],
    ["goal"],
    ["goal", "1500/月"],
    ["export", "--format", "csv", "-o", "gigs.csv"],
    ["export", "--format", "json", "-o", "all.jsonl"],
    ["platforms"],
    ["platforms", "show", "xianyu"],
    ["platforms", "add", "新平台"],
    ["platforms", "edit", "xianyu", "escrow", "no"],
]
WITHOUT_A_STORE = {
    "check",  # reads an offer
    "completion",
    "config",
    "paths",
    "demo",  # has a store of its own
    "doctor",  # says what is wrong
    "restore",  # is the way back
}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put what the commands read where they look for it."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "stock.yaml").write_text("skills: [{name: Excel}]", encoding="utf-8")
    (folder / "bill.csv").write_text(bills.wechat_csv([bills.wechat_entry()]), encoding="utf-8")


def test_no_command_is_forgotten() -> None:
    """Each refuses a store that it cannot read, or needs none."""
    assert {command[0] for command in COMMANDS if command} | WITHOUT_A_STORE == set(root.table())


@pytest.mark.parametrize("name", sorted(WITHOUT_A_STORE))
def test_what_needs_no_store_works_without(run: Run, name: str) -> None:
    """The ways out stay open."""
    settings.home().mkdir()
    settings.database_path().write_bytes(b"not a database, and quite long " * 200)

    more = {"check": ["周末发传单，现场日结，不收任何费用"], "completion": ["show", "bash"]}

    assert run(name, *more.get(name, [])).code == (5 if name == "doctor" else 0)


def _check(run: Run, command: list[str], way_back: str) -> None:
    """Exit 5, the file named on stderr with a hint, the same in one document, nothing written."""
    path = settings.database_path()
    before = path.read_bytes()

    plain, document = run(*command), run(*command, "--json")

    assert (plain.code, document.code) == (5, 5)
    assert plain.out == ""
    error, hint = plain.err.splitlines()
    assert str(path) in error
    assert hint.startswith("提示：")
    assert way_back in hint
    (fault,) = document.document["errors"]
    assert fault["code"] == "unreadable"
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_damaged_store_is_named(run: Run, command: list[str]) -> None:
    """Something that is no database at all."""
    settings.home().mkdir()
    settings.database_path().write_bytes(b"not a database, and quite long " * 200)

    _check(run, command, "xianke restore")


def test_half_a_character_is_damage(run: Run) -> None:
    """SQLite itself would not mind; a text of a gig can no longer be read."""
    run("log", "闲鱼", "85", "--note", "雨天")
    with closing(sqlite3.connect(settings.database_path(), isolation_level=None)) as connection:
        connection.execute("UPDATE gig SET note = CAST(x'e99b' AS TEXT)")

    _check(run, ["gigs"], "xianke restore")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_newer_store_is_named(run: Run, command: list[str]) -> None:
    """One that a later version of the program has written."""
    run("log", "闲鱼", "85")
    with closing(sqlite3.connect(settings.database_path())) as connection:
        connection.execute("PRAGMA user_version = 999")

    _check(run, command, "升级 xianke")
