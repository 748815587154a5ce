"""What is exported from a store full of hostile text steers no program that reads it."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import icalendar
import pytest
import yaml
from tests import hostile
from tests.conftest import tool

from xianke import settings
from xianke.exporters.book import plain

if TYPE_CHECKING:
    from tests.conftest import Run

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "\t=1",
    "\r=1",
    " =1",
    "\u3000=1",
    "\u200b=1",
    "'=1",
    "''+1",
    "\n=1",
    "=cmd|' /C calc'!A0",
    "\ufeff=1",
)


@pytest.fixture
def exported(run: Run, tmp_path: Path) -> Path:
    """Return a folder with every kind of export of a hostile store."""
    hostile.plant(run, tmp_path / "in")
    folder = tmp_path / "out"
    folder.mkdir()
    for name, format in (
        ("gigs.csv", "csv"),
        ("books.beancount", "beancount"),
        ("books.journal", "hledger"),
        ("all.jsonl", "json"),
        ("dates.ics", "ics"),
    ):
        assert run("export", "--format", format, "-o", str(folder / name)).code == 0
    assert run("plan", "--ics", str(folder / "plan.ics")).code == 0
    assert run("inventory", "export", "-o", str(folder / "stock.yaml")).code == 0
    return folder


def test_every_line_is_one_the_program_meant(exported: Path) -> None:
    """No line begins with a directive, no character steers: what was many lines became one."""
    for name in ("books.beancount", "books.journal", "gigs.csv"):
        text = (exported / name).read_text(encoding="utf-8-sig")
        assert hostile.OBEYED.search(text.replace("\r\n", "\n")) is None, name
        starts = {line.split(" ")[0] for line in text.splitlines()}
        assert starts & {"plugin", "include", "!include", "end"} == set(), name
    books = (exported / "books.beancount").read_text(encoding="utf-8")
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", books)
    assert "Evil" in books
    assert "Evil" not in outside
    assert outside.count("option") == 2


@pytest.mark.external
def test_bean_check_finds_nothing_to_complain_of(exported: Path) -> None:
    """Nor does it load, include or run anything."""
    done = subprocess.run(
        [tool("bean-check"), str(exported / "books.beancount")], capture_output=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.external
@pytest.mark.parametrize("program", ["hledger", "ledger"])
def test_ledgers_know_no_account_of_the_note_s(exported: Path, program: str) -> None:
    """The balances stand; what looked like a posting is a word of a text."""
    done = subprocess.run(
        [tool(program), "-f", str(exported / "books.journal"), "accounts"],
        capture_output=True,
        check=False,
        env={"LC_ALL": "C.UTF-8", "HOME": str(exported)},
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert not any(line.startswith("Assets:Evil") for line in done.stdout.decode().splitlines())


@pytest.mark.parametrize("name", ["dates.ics", "plan.ics"])
def test_a_calendar_holds_events_and_reminders_alone(exported: Path, name: str) -> None:
    """Nothing that was written into a text became a component, a link or a program to run."""
    raw = (exported / name).read_bytes()
    calendar = icalendar.Calendar.from_ical(raw)

    kinds = {part.name for part in calendar.walk()}
    alarms = {str(part["ACTION"]) for part in calendar.walk("VALARM")}
    assert len(calendar.walk("VEVENT")) > 0
    assert kinds <= {"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT", "VALARM"}
    assert alarms <= {"DISPLAY"}
    assert b"\nATTACH" not in raw
    assert hostile.OBEYED.search(raw.decode().replace("\r\n ", "").replace("\r\n", "\n")) is None


def test_an_inventory_file_is_plain_data(exported: Path) -> None:
    """No tags, no controls; every text comes back as it is in the store."""
    text = (exported / "stock.yaml").read_text(encoding="utf-8")

    assert hostile.OBEYED.search(text) is None
    assert "!!" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    assert f"通勤{hostile.HOSTILE}" in [slot["label"] for slot in yaml.safe_load(text)["slots"]]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula_and_each_comes_back(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formula: str
) -> None:
    """A spreadsheet shows the text; read back, it is the text that was there, on one line."""
    run("log", "某人", "85", "--new", "--minutes", "40", "--note", "x")
    with closing(sqlite3.connect(settings.database_path())) as connection:
        connection.execute("UPDATE gig SET note = ?", (formula,))
        connection.execute("UPDATE own_platform SET name = ?", (formula,))
        connection.commit()
    path = tmp_path / "gigs.csv"
    assert run("export", "--format", "csv", "-o", str(path)).code == 0

    _header, row = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    assert not [cell for cell in row if re.match(r"[\s\u200b]*[=+\-@＝＋－＠]", cell)]
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "other"))
    assert run("import", str(path), "--format", "gigs", "--yes").code == 0
    assert run("gigs", "--json").data["gigs"][0]["note"] == plain(formula)


def test_hostile_gigs_come_back_from_a_table(
    run: Run, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Amounts, days and minutes are the same; notes are what they were, on one line."""
    before = run("gigs", "--json").data["gigs"]
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "other"))

    done = run("import", str(exported / "gigs.csv"), "--format", "gigs", "--yes")

    assert done.code == 0, done.err
    after = run("gigs", "--json").data["gigs"]
    kept = ("day", "worked_minutes", "gross_fen", "cost_fen", "tax_fen", "status")
    assert sorted(str([gig[key] for key in kept]) for gig in after) == sorted(
        str([gig[key] for key in kept]) for gig in before
    )
    assert {gig["note"] for gig in after} == {
        plain(gig["note"]) if gig["note"] else None for gig in before
    }


def test_everything_comes_back_from_lines(
    run: Run, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON Lines hold the texts as they are, escaped: no line holds a control."""
    text = (exported / "all.jsonl").read_text(encoding="utf-8")
    assert hostile.OBEYED.search(text) is None
    before = run("inventory", "--json").data
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "other"))

    assert run("restore", str(exported / "all.jsonl"), "--yes").code == 0

    assert run("inventory", "--json").data == before
