"""An internal error writes down where it happened, and nothing of what it was about."""

from __future__ import annotations

import contextlib
import io
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests import hostile
from tests.importers import bills
from tests.importers.bills import Entry

from xianke import cli, settings
from xianke.commands import root

if TYPE_CHECKING:
    from tests.conftest import Run

SECRETS = ("秘密", "4321.09", "432109", "p4ssw0rd", "2026100599999")
"""Parts of every name, note, amount, password and order number that is put in."""

LINES: tuple[tuple[str, ...], ...] = (
    ("log", "秘密甲方", "4321.09", "--new", "--minutes", "40", "--note", "秘密事"),
    ("gigs",),
    ("gigs", "show", "g1"),
    ("gigs", "edit", "g1", "--note", "秘密二"),
    ("report",),
    ("payouts", "add", "秘密甲方", "4321.09", "--note", "秘密"),
    ("rules", "add", "秘密人", "mimijiafang"),
    ("inventory", "add", "slot", "周三 9:00-10:00", "--label", "秘密地"),
    ("inventory",),
    ("suggest",),
    ("plan",),
    ("export", "--format", "beancount"),
    ("platforms", "show", "mimijiafang"),
    ("undo",),
)

PLACES = (
    "xianke.money.yuan",
    "xianke.money.parse",
    "xianke.store.journal.Journal.insert",
    "xianke.store.queries.Queries.gigs",
    "xianke.store.opening.open_store",
    "xianke.platforms.catalogue",
    "xianke.render.tables.say",
    "xianke.render.gigs.table",
    "xianke.inventory.guess_place",
    "xianke.exporters.beancount.text",
)
"""Somewhere in every layer."""


def _breaking(secrets: str) -> Callable[..., Any]:
    def broken(*arguments: object, **options: object) -> Any:
        held = (arguments, options)
        try:
            raise KeyError(f"{secrets} {held}")
        except KeyError as cause:
            raise ValueError(f"{secrets} {held!r}") from cause

    return broken


def _log() -> str:
    path = settings.home() / "errors.log"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _told(*arguments: str) -> tuple[int, str]:
    """Run a command line as a user does; return the exit code and what stderr holds."""
    err = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(err):
        code = cli.run(arguments)
    return code, err.getvalue()


def _leaked(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("place", PLACES)
def test_neither_the_log_nor_the_screen_tells_what_it_was_about(
    run: Run, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """The fault quotes all it was given, and its cause does: none of it is written down."""
    for line in (LINES[0], *LINES[5:8]):
        assert run(*line).code == 0
    monkeypatch.delenv("XIANKE_DEBUG")
    monkeypatch.setattr(place, _breaking(" ".join(SECRETS)))

    faults = [err for code, err in (_told(*line) for line in LINES) if code == cli.INTERNAL]

    assert faults
    for err in (*faults, _log()):
        assert _leaked(err) == []
    assert "ValueError" in _log()


@pytest.mark.parametrize(
    "place",
    [
        "xianke.importers.alipay.extract",
        "xianke.importers.zips.members",
        "xianke.importers.identity.keys_of",
        "xianke.commands.billplans.plan",
        "xianke.commands.importing.run",
        "xianke.store.journal.Journal.insert_bill_rows",
        "xianke.render.imports.show_imported",
    ],
)
def test_a_bill_and_its_password_stay_out_of_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Whatever breaks while a locked bill is read, judged, stored and shown."""
    monkeypatch.setenv("SECRET_WORD", "p4ssw0rd")
    monkeypatch.setattr(place, _breaking(" ".join(SECRETS)))

    code, err = _told("import", str(_locked(tmp_path)), "--yes", "--password-env", "SECRET_WORD")

    assert code == cli.INTERNAL
    assert _leaked(err) == []
    assert "ValueError" in _log()
    assert _leaked(_log()) == []


@pytest.mark.parametrize("word", ["p4ssw0rd1", "p4ssw0rd\udcff"])
def test_a_wrong_password_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    """Neither in the sentence nor in the log, even where it is no text."""
    monkeypatch.setenv("SECRET_WORD", word)

    code, err = _told("import", str(_locked(tmp_path)), "--yes", "--password-env", "SECRET_WORD")

    assert code == 5
    assert "的密码不对" in err
    assert "p4ssw0rd" not in err
    assert _log() == ""


def test_no_command_line_takes_a_password() -> None:
    """It would stand in the list of processes and in the shell's history: a variable's name may."""
    found = [option for option in _options(root.command()) if re.search("pass|secret|word", option)]

    assert found == ["--password-env"]


def test_recording_importing_and_showing_open_no_connection(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written down stays here: no socket is made, whatever is asked."""

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    hostile.plant(run, tmp_path / "in")

    for line in LINES:
        assert run(*line).code in (0, 3), line


def _options(command: Any) -> Iterator[str]:  # Any: typer's classes are not public
    for parameter in command.params:
        yield from (one for one in parameter.opts if one.startswith("--"))
    for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
        yield from _options(command.get_command(None, name))


def _locked(folder: Path) -> Path:
    path = folder / "账单.zip"
    entry = Entry(who="秘密人", item="秘密事", amount="4321.09", number="2026100599999")
    path.write_bytes(bills.aes_zipped({"秘密.csv": bills.gb(bills.alipay([entry]))}, "p4ssw0rd"))
    return path
