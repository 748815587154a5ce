"""Text from outside reaches no screen in a form that could steer it, whatever command shows it."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests import hostile
from tests.conftest import leaves
from tests.hostile import ARGUMENT, FORBIDDEN, HOSTILE, OBEYED

import xianke
from xianke.commands import root

if TYPE_CHECKING:
    from tests.conftest import Run

SOURCES = Path(xianke.__file__).parent

READING: tuple[tuple[str, ...], ...] = (
    (),
    ("inventory",),
    ("inventory", "slots", "--from", "2026-11-22", "--to", "2026-11-29"),
    ("inventory", "export"),
    ("inventory", "calendars"),
    ("inventory", "questions"),
    ("suggest",),
    ("suggest", "--explain", "skill_service"),
    ("suggest", "--explain", "pingtaidu"),
    ("suggest", "--why-not", "pingtaidu"),
    ("now",),
    ("now", "--place", "office"),
    ("plan",),
    ("plan", "--platforms", "3"),
    ("plan", "--kept"),
    ("rates",),
    ("rates", "--by", "category"),
    ("rates", "--check"),
    ("gigs",),
    ("gigs", "show", "g1"),
    ("gigs", "show", "g2"),
    ("bills",),
    ("bills", "--all"),
    ("bills", "show", "b1"),
    ("bills", "show", "b3"),
    ("rules",),
    ("rules", "apply"),
    ("owed",),
    ("spend",),
    ("payouts",),
    ("payouts", "explain"),
    ("report",),
    ("report", "--by", "category"),
    ("report", "--by", "hour"),
    ("usage",),
    ("learn",),
    ("learn", "PPT"),
    ("goal",),
    ("platforms",),
    ("platforms", "--search", "毒"),
    ("platforms", "show", "pingtaidu"),
    ("platforms", "show", "闲鱼"),
    ("platforms", "verify"),
    ("restore",),
    ("start",),
    ("config",),
    ("config", "get", "zone"),
    ("doctor",),
    ("paths",),
)
"""Every command that shows and changes nothing; what a store does not hold is refused."""

WRITING: tuple[tuple[str, ...], ...] = (
    ("undo",),
    ("undo",),
    ("stop", "40", "--note", ARGUMENT),
    ("undo",),
    ("start", "pingtaidu"),
    ("stop", "--discard"),
    ("inventory", "edit", "s1", "--label", ARGUMENT),
    ("inventory", "edit", "a1", "--note", ARGUMENT, "--idle", ARGUMENT),
    ("inventory", "rm", "s1"),
    ("inventory", "rm", "k1"),
    ("inventory", "set", "city", ARGUMENT),
    ("inventory", "add", "slot", ARGUMENT),
    ("inventory", "add", "slot", "周一 9:00-10:00", "--label", ARGUMENT, "--place", ARGUMENT),
    ("inventory", "add", "slot", "周一 9:00-10:00", "--label", ARGUMENT, "--device", ARGUMENT),
    ("inventory", "add", "slot", "周一 9:00-10:00", "--label", ARGUMENT),
    ("inventory", "add", "skill", ARGUMENT),
    ("inventory", "add", "asset", ARGUMENT),
    ("inventory", "add", "asset", "相机", "--note", ARGUMENT, "--idle", ARGUMENT),
    ("inventory", "apply", ARGUMENT),
    ("inventory", "import-calendar", ARGUMENT),
    ("inventory", "refresh-calendar", ARGUMENT),
    ("inventory", "remove-calendar", ARGUMENT),
    ("inventory", "slots", "--from", ARGUMENT),
    ("inventory", "edit", ARGUMENT),
    ("log", ARGUMENT, "85"),
    ("log", ARGUMENT, "85", "--new"),
    ("log", "闲鱼", ARGUMENT),
    ("log", "闲鱼", "85", "--note", ARGUMENT),
    ("log", "闲鱼", "85", "--at", ARGUMENT),
    ("log", "闲鱼", "85", "--minutes", ARGUMENT),
    ("log", "闲鱼", "85", "--category", ARGUMENT),
    ("log", "闲鱼", "85", "--status", ARGUMENT),
    ("log", "闲鱼", "85", "--due", ARGUMENT),
    ("gigs", "edit", "g1", "--note", ARGUMENT),
    ("gigs", "rm", "g4"),
    ("gigs", "show", ARGUMENT),
    ("gigs", "--platform", ARGUMENT),
    ("gigs", "--status", ARGUMENT),
    ("import", ARGUMENT),
    ("import", ARGUMENT, "--format", ARGUMENT),
    ("import", ARGUMENT, "--map", ARGUMENT),
    ("import", ARGUMENT, "--password-env", ARGUMENT),
    ("bills", "assign", "b3", "pingtaidu", "--always"),
    ("bills", "assign", "b4", ARGUMENT),
    ("bills", "show", ARGUMENT),
    ("rules", "add", ARGUMENT, "闲鱼"),
    ("rules", "add", "某人", ARGUMENT),
    ("rules", "edit", "r1", "--text", ARGUMENT),
    ("rules", "edit", "r1", "--off"),
    ("rules", "rm", "r1"),
    ("rules", "rm", ARGUMENT),
    ("rules", "apply", "--yes"),
    ("owed", "--write-off", "g1"),
    ("owed", "--write-off", ARGUMENT),
    ("spend", "pingtaidu", "3", "--note", ARGUMENT),
    ("spend", ARGUMENT, "3"),
    ("spend", "returned", "d2"),
    ("spend", "returned", ARGUMENT),
    ("payouts", "add", "pingtaidu", "5", "--note", ARGUMENT),
    ("payouts", "settle", "p1", "g2"),
    ("payouts", "settle", ARGUMENT, ARGUMENT),
    ("payouts", "explain", "--platform", ARGUMENT),
    ("payouts", "explain", "--yes"),
    ("payouts", "rm", "p1"),
    ("goal", ARGUMENT),
    ("plan", "--week", ARGUMENT),
    ("plan", "--keep"),
    ("report", "--by", ARGUMENT),
    ("learn", ARGUMENT),
    ("suggest", "--goal", ARGUMENT),
    ("suggest", "--explain", ARGUMENT),
    ("suggest", "--why-not", ARGUMENT),
    ("now", "--minutes", ARGUMENT),
    ("export", "--format", ARGUMENT),
    ("platforms", "add", ARGUMENT),
    ("platforms", "add", "新平台", "--note", ARGUMENT),
    ("platforms", "edit", "闲鱼", ARGUMENT, ARGUMENT),
    ("platforms", "edit", "闲鱼", "escrow", ARGUMENT),
    ("platforms", "edit", "闲鱼", "escrow", "no", "--note", ARGUMENT),
    ("platforms", "edit", "pingtaidu", "name", "改名"),
    ("platforms", "show", ARGUMENT),
    ("platforms", "--search", ARGUMENT),
    ("platforms", "--category", ARGUMENT),
    ("platforms", "validate", ARGUMENT),
    ("platforms", "rm", "pingtaidu"),
    ("restore", ARGUMENT),
    ("init", "--preset", ARGUMENT),
    ("init", "--preset", "office", "--yes"),
    ("completion", "show", ARGUMENT),
    ("check", ARGUMENT),
    ("check", f"刷单日结，先交押金 300 元，{ARGUMENT}，保底返现"),
    ("platforms", "update", "--from", ARGUMENT),
    ("platforms", "update", "--rollback"),
    ("start", ARGUMENT),
    ("stop", ARGUMENT),
    ("usage", "--week", ARGUMENT),
    ("config", "set", ARGUMENT, ARGUMENT),
    ("config", "set", "zone", ARGUMENT),
    ("config", "get", ARGUMENT),
    ("config", "unset", ARGUMENT),
    (ARGUMENT,),
    ("gigs", ARGUMENT, ARGUMENT),
    ("gigs", f"--{ARGUMENT}"),
)
"""Commands that write what is hostile, speak of it, or refuse it."""

SILENT = {
    ("backup",),
    ("demo",),
    ("completion", "install"),
    ("completion", "uninstall"),
    ("completion", "show"),
}
"""They show no text of the user's: a place chosen with `-o`, an invented life, a shell's file.

What Tab is told of the user's words is looked at in `test_completing`.
"""


def test_no_command_is_forgotten() -> None:
    """A new command has to stand in one of the lists."""
    looked_at = {line[:length] for line in (*READING, *WRITING) for length in (1, 2, 3)} | SILENT

    assert {leaf for leaf in leaves(root.command()) if leaf not in looked_at} == set()


@pytest.fixture
def store(run: Run, tmp_path: Path) -> None:
    """Fill the store with hostile text."""
    hostile.plant(run, tmp_path / "bills")


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_a_pipe_no_escape_comes_at_all(
    run: Run, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor any other control, nor what hides or turns words; most screens do show the text."""
    monkeypatch.setenv("XIANKE_LANG", language)
    showing = 0
    for line in READING:
        done = run(*line)
        assert done.code in (0, 1, 2, 3), (line, done)
        assert FORBIDDEN.search(done.out) is None, line
        assert FORBIDDEN.search(done.err) is None, line
        showing += "[bold" in done.out
    assert showing > 20


@pytest.mark.usefixtures("store")
def test_documents_escape_what_a_terminal_would_obey(run: Run) -> None:
    """And say the same: a program gets the text unchanged."""
    found = 0
    for line in READING:
        done = run(*line, "--json")
        assert OBEYED.search(done.out) is None, line
        assert done.document["schema"] == 1
        found += HOSTILE in _texts(done.document)
    assert found > 15


def _texts(document: Any) -> str:
    """Return all the texts of a document, one after the other."""
    if isinstance(document, dict):
        return "|".join(map(_texts, document.values()))
    if isinstance(document, list):
        return "|".join(map(_texts, document))
    return document if isinstance(document, str) else ""


@pytest.mark.usefixtures("store")
def test_what_is_done_or_refused_is_said_harmlessly(run: Run) -> None:
    """Confirmations, errors and hints quote what was typed; none lets it through."""
    for line in WRITING:
        done = run(*line)
        assert done.code in (0, 1, 2, 3, 4, 5, 10), (line, done)
        assert FORBIDDEN.search(done.out) is None, (line, done.out)
        assert FORBIDDEN.search(done.err) is None, (line, done.err)


@pytest.mark.skipif(os.name == "nt", reason="no pseudo terminal there")
@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("colour", ["", "1"])
def test_on_a_terminal_no_escape_comes_but_rich_s_own(colour: str) -> None:
    """Bold and dim of the program's own tables; nothing clears, links, titles or copies."""
    import pexpect
    import pyte

    program = (
        "import sys; from xianke import cli; from xianke.render import console\n"
        f"for line in {READING!r}: console.console.cache_clear(); cli.run(line)\n"
        "print('== review'); cli.run(['import', '--review'])\n"
    )
    child = pexpect.spawn(
        sys.executable,
        ["-c", program],
        env={
            **{name: value for name, value in os.environ.items() if name != "XIANKE_DEBUG"},
            "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8",
            **({"NO_COLOR": colour} if colour else {}),
        },
        encoding="utf-8",
        dimensions=(40, 80),
        timeout=60,
    )  # fmt: skip
    # Whatever is asked on the way: no answer.
    child.send("\n" * 8)
    child.expect_exact("== review")
    text = child.before
    # Look for a platform, choose none, skip, end: keys may be typed ahead.
    child.expect_exact("> ")
    text += child.before
    child.send("/毒\nxsq")
    child.expect(pexpect.EOF)
    text += child.before

    left = hostile.escapes(text).replace("\r\n", "\n")
    assert "[bold red]" in text
    assert FORBIDDEN.search(left) is None
    screen = pyte.Screen(80, 40)
    pyte.Stream(screen).feed(text)
    assert screen.title == ""


def test_pages_and_charts_hold_no_markup_of_others(run: Run, tmp_path: Path) -> None:
    """In the page of a report names are text: no element, attribute, link or script of theirs."""
    hostile.plant(run, tmp_path / "bills")
    page = tmp_path / "page.html"

    assert run("report", "--html", str(page)).code == 0

    html = page.read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
    assert "javascript:" not in html
    assert "default-src 'none'" in html
    assert FORBIDDEN.search(html.replace("\n", "")) is None


def test_only_the_gate_writes_to_the_terminal() -> None:
    """Elsewhere nothing writes to a stream but what is no text for a screen."""
    allowed = {
        "render/console.py",  # the gate
        "render/envelope.py",  # documents, escaped
        "render/exports.py",  # the bytes of a file, into a pipe
        "cli.py",  # the version, and the end of a line
        "commands/root.py",  # the version
    }
    writing = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and re.fullmatch(
                r"print|typer\.(echo|secho)|sys\.(stdout|stderr)\.(write|writelines)",
                ast.unparse(node.func),
            ):
                writing.add(path.relative_to(SOURCES).as_posix())

    assert writing == allowed


def test_bytes_that_are_no_text_end_in_one_harmless_sentence() -> None:
    """A shell can pass them: half characters, an escape, a control of eight bits."""
    done = subprocess.run(
        [sys.executable, "-m", "xianke", "log", b"\xff\x1b[31m\xc2\x9b2J\xed\xa0\x80", "85"],
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 3
    assert FORBIDDEN.search(done.stderr.decode()) is None
