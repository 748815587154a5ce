"""What a command loads: fresh processes, and the modules they ended with, never seconds."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.importers import bills

from xianke import cli, shelf
from xianke.commands import root

MACHINERY = {
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "yaml",
    "httpx",
    "icalendar",
    "recurring_ical_events",
    "dateutil",
}
"""What costs several times an empty program each, and no everyday command needs."""
DRAWING = {"rich", "jinja2"}
NONE: frozenset[str] = frozenset()

EVERYDAY = [
    (),
    ("init", "--preset", "office", "--yes"),
    ("inventory",),
    ("inventory", "slots"),
    ("inventory", "calendars"),
    ("inventory", "add", "asset", "相机"),
    ("suggest",),
    ("now",),
    ("plan",),
    ("plan", "--keep"),
    ("rates",),
    ("report",),
    ("usage",),
    ("learn",),
    ("goal",),
    ("goal", "1500/月"),
    ("owed",),
    ("spend",),
    ("start",),
    ("stop", "85", "--minutes", "40"),
    ("gigs",),
    ("log", "闲鱼", "85", "--minutes", "40"),
    ("payouts",),
    ("bills",),
    ("rules",),
    ("check", "周末发传单，现场日结，不收任何费用"),
    ("platforms",),
    ("platforms", "show", "xianyu"),
    ("backup",),
    ("restore",),
    ("undo",),
    ("config",),
    ("config", "set", "zone", "Asia/Shanghai"),
    ("paths",),
    ("doctor",),
    ("completion", "show", "bash"),
]

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTART:20261122T110000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)
"""A meeting every Sunday evening, in the middle of a slot."""

SCRIPT = """
import contextlib, io, json, sys
from xianke import cli, shelf
out, err = io.StringIO(), io.StringIO()
with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
    code = cli.run(sys.argv[1:])
print(json.dumps([code, out.getvalue(), err.getvalue(), sorted(sys.modules)]))
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended, and which modules were loaded by then."""

    code: int
    out: str
    err: str
    modules: frozenset[str]

    @property
    def packages(self) -> frozenset[str]:
        """Return the first names of the modules."""
        return frozenset(name.split(".")[0] for name in self.modules)


def _ended(*arguments: str) -> Ended:
    environment = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
    )
    code, out, err, modules = json.loads(ended.stdout)
    return Ended(code, out, err, frozenset(modules))


def _skip_unless_there(arguments: tuple[str, ...]) -> None:
    module = root.table()[arguments[0]][0] if arguments else "dashboard"
    if importlib.util.find_spec(f"xianke.commands.{module}") is None:
        pytest.skip(f"{module} is not there yet")


def _named(arguments: tuple[str, ...]) -> str:
    return " ".join(("xianke", *arguments))


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with an inventory, some gigs and a calendar: every command has work to do."""
    home = tmp_path_factory.mktemp("lived_in")
    calendar = tmp_path_factory.mktemp("calendar") / "work.ics"
    calendar.write_text(CALENDAR, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIANKE_HOME", str(home))
        patch.setenv("XIANKE_LANG", "zh")
        patch.setenv("XIANKE_NOW", "2026-11-22T20:00:00+08:00")
        for arguments in (
            ("inventory", "add", "slot", "工作日", "19:00-22:00", "--place", "home", "--json"),
            ("inventory", "add", "slot", "周末", "14:00-21:00", "--place", "home", "--json"),
            ("inventory", "add", "skill", "PPT", "--level", "4", "--json"),
            ("inventory", "set", "pc", "yes", "--json"),
            *(("log", "闲鱼", yuan, "--minutes", "40", "--json") for yuan in ("60", "70", "85")),
            ("log", "闲鱼", "50", "--status", "delivered", "--json"),
            ("spend", "闲鱼", "20", "--json"),
            ("goal", "300/周", "--json"),
            ("start", "闲鱼", "--json"),
            ("inventory", "import-calendar", str(calendar), "--json"),
        ):
            assert cli.run(arguments) == 0, arguments
    return home


@pytest.fixture
def at_home(lived_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command work in a copy of the home that is lived in."""
    shutil.copytree(lived_in, tmp_path / "home")
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize(
    "arguments", [("--version",), ("-V",), ("--help",), ("-h",)], ids=lambda words: words[0]
)
def test_the_version_and_the_help_open_nothing(arguments: tuple[str, ...]) -> None:
    """No store, no drawing, no catalogue: they answer before anything heavy is loaded."""
    ended = _ended(*arguments)

    heavy = MACHINERY | DRAWING | {"sqlite3", "pypinyin", "rapidfuzz", "chinese_calendar"}
    assert (ended.code, ended.err, ended.packages & heavy) == (0, "", NONE)
    assert "xianke" in ended.out


def test_the_version_needs_no_parser() -> None:
    """It is answered before the app is built."""
    assert "typer" not in _ended("--version").packages


def test_a_command_that_is_not_understood_opens_nothing() -> None:
    """A slip of the finger costs next to nothing."""
    ended = _ended("invenotry", "--json")

    assert (ended.code, ended.packages & (MACHINERY | DRAWING | {"sqlite3"})) == (2, NONE)


@pytest.mark.parametrize("arguments", EVERYDAY, ids=_named)
@pytest.mark.usefixtures("at_home")
def test_an_everyday_command_loads_no_machinery_for_json(arguments: tuple[str, ...]) -> None:
    """Programs call often: no models, no YAML, no HTTP, and nothing is drawn."""
    _skip_unless_there(arguments)

    ended = _ended(*arguments, "--json")

    assert json.loads(ended.out)["schema"] == 1
    assert (ended.code, ended.err, ended.packages & (MACHINERY | DRAWING)) == (0, "", NONE)


@pytest.mark.parametrize("arguments", EVERYDAY, ids=_named)
@pytest.mark.usefixtures("at_home")
def test_an_everyday_command_loads_no_machinery_for_the_screen(arguments: tuple[str, ...]) -> None:
    """People wait as well: rich alone may come, where a table is drawn."""
    _skip_unless_there(arguments)

    ended = _ended(*arguments)

    assert ended.out.strip()
    assert (ended.code, ended.packages & (MACHINERY | {"jinja2"})) == (0, NONE)


def test_no_everyday_command_is_left_out() -> None:
    """A new command of the table is measured, or named here with its reason."""
    of_files = {
        "demo",  # walks through many commands one after the other
        "export",  # writes a file: measured below
        "import",  # reads a file: measured below
    }

    assert {arguments[0] for arguments in EVERYDAY if arguments} | of_files == set(root.table())


@pytest.mark.parametrize("format", ["beancount", "hledger", "csv", "json"])
@pytest.mark.usefixtures("at_home")
def test_an_export_loads_what_its_format_needs(format: str, tmp_path: Path) -> None:
    """The calendar alone brings its package along."""
    ended = _ended("export", "--format", format, "-o", str(tmp_path / "out"), "--json")

    assert (ended.code, ended.err, ended.packages & (MACHINERY | DRAWING)) == (0, "", NONE)


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize(("note", "read"), [((), False), (("--note", "现场日结"), True)])
def test_traps_are_loaded_for_a_text_alone(note: tuple[str, ...], read: bool) -> None:
    """Whoever writes no note does not wait for its reading."""
    ended = _ended("log", "闲鱼", "85", *note, "--json")

    assert ended.code == 0
    assert ("xianke.traps" in ended.modules) is read


@pytest.mark.usefixtures("at_home")
def test_a_plan_loads_the_calendar_package_for_a_calendar_alone(tmp_path: Path) -> None:
    """Whoever wants no calendar file does not wait for it."""
    ended = _ended("plan", "--ics", str(tmp_path / "plan.ics"), "--json")

    wanted = {"icalendar", "dateutil"}
    assert (ended.code, ended.err, "icalendar" in ended.packages) == (0, "", True)
    assert ended.packages & (MACHINERY | DRAWING) - wanted == NONE


@pytest.mark.usefixtures("at_home")
def test_an_import_loads_what_its_file_needs(tmp_path: Path) -> None:
    """Whoever imports a table of text does not wait for workbooks and locked zips."""
    bill = tmp_path / "bill.csv"
    bill.write_text(bills.alipay([bills.Entry()]), encoding="utf-8-sig")

    ended = _ended("import", str(bill), "--yes", "--json")

    unneeded = MACHINERY | DRAWING | {"python_calamine", "pyzipper"}
    assert (ended.code, ended.err, ended.packages & unneeded) == (0, "", NONE)


@pytest.fixture
def updated(at_home: None) -> None:
    """Let the home hold a newer catalogue that was put in place before."""
    shipped = shelf.SHIPPED.read_bytes()
    shelf.put(shipped.replace(shelf.shipped_day().encode(), b"2099-01-01", 1))


@pytest.mark.parametrize("arguments", [("suggest",), ("platforms",), ("log", "闲鱼", "85")])
@pytest.mark.usefixtures("updated")
def test_a_kept_catalogue_costs_no_machinery(arguments: tuple[str, ...]) -> None:
    """It was checked when it came: reading it needs no models, no YAML, no HTTP."""
    ended = _ended(*arguments, "--json")

    assert (ended.code, ended.err, ended.packages & (MACHINERY | DRAWING)) == (0, "", NONE)


@pytest.mark.usefixtures("at_home")
def test_an_update_from_a_file_knows_no_network() -> None:
    """Nor does the way back."""
    ended = _ended("platforms", "update", "--from", str(shelf.SHIPPED), "--json")
    back = _ended("platforms", "update", "--rollback", "--json")

    assert (ended.code, ended.err, ended.packages & {"httpx"}) == (0, "", NONE)
    assert (back.code, back.packages & (MACHINERY | DRAWING)) == (1, NONE)
