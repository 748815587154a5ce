"""Tab in a real bash, zsh and fish: completion is installed, the shell started, keys are sent."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import tool

if TYPE_CHECKING:
    from tests.conftest import Run

if sys.platform == "win32":
    pytest.skip("no pseudo terminal there", allow_module_level=True)

import pexpect
import pyte

pytestmark = pytest.mark.external

COLUMNS, LINES = 80, 40
PATIENCE_SECONDS = 30
PROMPT = "READY> "
SHELLS = ("bash", "zsh", "fish")
STARTS = {
    "bash": (".bashrc", "PS1='READY> '\n", ["--noprofile", "-i"]),
    "zsh": (".zshrc", "PROMPT='READY> '\nunsetopt PROMPT_SP\n", ["-i"]),
    "fish": (
        ".config/fish/config.fish",
        "function fish_prompt; echo -n 'READY> '; end\nset -g fish_greeting\n",
        ["-i"],
    ),
}


class Person:
    """Somebody at the prompt of a shell; State: the shell and the screen it paints."""

    def __init__(self, program: str, arguments: list[str], environment: dict[str, str]) -> None:
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.Stream(self._screen)
        self._child: Any = pexpect.spawn(  # Any: the library has no types
            program,
            arguments,
            env=environment,
            encoding="utf-8",
            dimensions=(LINES, COLUMNS),
        )
        self.wait_until(lambda lines: lines[-1:] == [PROMPT.strip()])

    def press(self, keys: str) -> None:
        """Send keys as they are, Tab being one of them."""
        self._child.send(keys)

    def wait_until(self, seen: Callable[[list[str]], bool]) -> list[str]:
        """Read until the screen shows what is waited for, and return its lines."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                self._stream.feed(self._child.read_nonblocking(65_536, timeout=0.1))
            except pexpect.TIMEOUT:
                # Only a screen at rest counts.
                if seen(self.lines()):
                    return self.lines()
        pytest.fail("this stayed on the screen:\n" + "\n".join(self.lines()))

    def lines(self) -> list[str]:
        """Return what is on the screen, without the empty lines.

        A wide character takes two cells, of which pyte leaves the second empty.
        """
        return [line.rstrip() for line in self._screen.display if line.strip()]

    def leave(self) -> None:
        """End the shell."""
        self._child.close(force=True)


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest) -> str:
    """Return each shell's name in turn."""
    name: str = request.param
    return name


@pytest.fixture
def person(
    shell: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    """Sit down in front of a shell for which completion was installed by the one command."""
    program = tool(shell)
    home = tmp_path / "person"
    name, content, arguments = STARTS[shell]
    (home / name).parent.mkdir(parents=True)
    (home / name).write_text(content, encoding="utf-8")
    monkeypatch.setenv("HOME", str(home))
    for variable in ("ZDOTDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
    assert run("completion", "install", "--shell", shell).code == 0
    for line in (
        ("inventory", "add", "slot", "工作日 12:00-13:00", "--label", "午休"),
        ("inventory", "add", "skill", "PPT"),
    ):
        assert run(*line).code == 0
    sat = Person(
        program,
        arguments,
        {
            **os.environ,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "LC_ALL": "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8",
            "TERM": "xterm",
            "XIANKE_LANG": "zh",
        },
    )
    yield sat
    sat.leave()


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("xianke lo", "xianke log"),
        ("xianke inventory imp", "xianke inventory import-calendar"),
        ("xianke log 闲鱼 85 --minu", "xianke log 闲鱼 85 --minutes"),
        ("xianke suggest --goal inc", "xianke suggest --goal income"),
        ("xianke suggest --goal=inc", "xianke suggest --goal=income"),
        ("xianke gigs --status del", "xianke gigs --status delivered"),
        ("xianke platforms --category deli", "xianke platforms --category delivery_errand"),
        ("xianke inventory rm s", "xianke inventory rm s1"),
        ("xianke completion uni", "xianke completion uninstall"),
    ],
)
def test_tab_finishes_the_word(typed: str, line: str, person: Person) -> None:
    """Commands, options, values, categories and ids."""
    person.press(f"{typed}\t")

    person.wait_until(lambda lines: lines[-1] == PROMPT + line)


def test_pinyin_becomes_the_platform(shell: str, person: Person) -> None:
    """Its Chinese name where the shell can put another word in place; its id elsewhere."""
    person.press("xianke log xy\t")

    expected = "xianyu" if shell == "fish" else "闲鱼"
    person.wait_until(lambda lines: lines[-1] == f"{PROMPT}xianke log {expected}")


def test_several_are_listed_with_what_they_are(shell: str, person: Person) -> None:
    """And what was typed stays; a second Tab makes bash show them."""
    person.press("xianke inventory rm \t" + ("\t" if shell == "bash" else ""))

    lines = person.wait_until(lambda lines: any("工作日 12:00-13:00 午休" in one for one in lines))
    assert any(line.startswith(PROMPT + "xianke inventory rm") for line in lines)
    assert any("PPT" in line for line in lines)


def test_pinyin_of_several_stays_as_typed(shell: str, person: Person) -> None:
    """No shell may wipe out what it cannot finish."""
    person.press("xianke log xian" + ("\t\t" if shell == "bash" else "\t"))

    wanted = "xianyu" if shell == "fish" else "闲鱼优品"
    lines = person.wait_until(lambda lines: any(wanted in one for one in lines))
    assert any(line.startswith(f"{PROMPT}xianke log xian") for line in lines)


def test_files_are_completed_by_the_shell(person: Person, tmp_path: Path) -> None:
    """Bills lie where they lie."""
    (tmp_path / "wechat-bill.xlsx").write_bytes(b"")

    person.press(f"cd {tmp_path}\r")
    person.press("clear; xianke import wech\t")

    person.wait_until(lambda lines: lines[-1].endswith("xianke import wechat-bill.xlsx"))


def test_a_fault_leaves_the_line_alone(person: Person, tmp_path: Path) -> None:
    """With a damaged store there are no ids, and not a word on the screen."""
    database = tmp_path / "home" / "xianke.db"
    database.write_bytes(b"no store" * 1000)

    person.press("xianke gigs show g\t")
    person.press("7")

    lines = person.wait_until(lambda lines: lines[-1].startswith(PROMPT + "xianke gigs show g7"))
    assert len(lines) == 1
