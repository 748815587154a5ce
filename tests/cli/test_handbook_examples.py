"""What READMEs and docs tell a reader to type works as they say."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from tests import handbook
from tests.handbook import ROOT, Example, Page

from xianke import i18n

if TYPE_CHECKING:
    from tests.conftest import Result, Run

    from xianke.i18n import Language

LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}
PAGES = [page for page in handbook.pages() if handbook.examples(page)]


def _readme_tool() -> ModuleType:
    path = ROOT / "tools" / "readme_command.py"
    spec = importlib.util.spec_from_file_location("readme_command", path)
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder with the invented files that the examples name."""
    handbook.lay_out(tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))


def _typed(example: Example, run: Run) -> Result:
    """Type one line; what asks questions is answered as people of that kind mostly do."""
    words = list(example.words[1:])
    if words == ["init"]:
        words += ["--preset", "office", "--yes"]
    return run(*words)


def _missing(shown: tuple[str, ...], said: str) -> list[str]:
    """Return the lines shown that were not said, or not in that order; `…` stands for any."""
    rest = iter(said.splitlines())
    return [line for line in shown if line.strip() != "…" and line.rstrip() not in rest]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_examples_do_what_the_page_shows(
    page: Page, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typed one after the other by somebody new, each works, and says the lines shown below it."""
    monkeypatch.setenv("XIANKE_LANG", page.language)
    monkeypatch.setenv("SHELL", "/bin/bash")  # not everything that runs tests has one
    i18n.set_language(LANGUAGES[page.language])

    failed = []
    for example in handbook.examples(page):
        assert example.words[0] == "xianke", example.line
        if example.now is not None:
            monkeypatch.setenv("XIANKE_NOW", example.now)
        result = _typed(example, run)
        # A trap that was found, and an offer with hints of one, have codes of their own.
        good = result.code in ((0, 10) if example.words[1:2] == ("check",) else (0,))
        missing = _missing(example.shown, result.out)
        if not good or missing:
            failed.append((example.line, result.code, result.err, missing))

    assert failed == []


@pytest.mark.parametrize("page", handbook.written_by_hand(), ids=str)
def test_blocks_for_a_shell_are_tried(page: Page) -> None:
    """A line of a `sh` block is one of the two of README that CI runs, or a plain xianke command.

    What installs asks the network, so it is not run here but there.
    """
    tool = _readme_tool()
    run_by_ci = " && ".join(tool.commands(tool.README.read_text(encoding="utf-8"))[:2])
    wrong = []
    for block in page.blocks():
        if block.kind != "sh":
            continue
        for line in block.lines:
            pieces = re.split(r" && ", line.partition(" #")[0].strip())
            wrong += [piece for piece in pieces if piece not in run_by_ci]

    assert wrong == []


def test_both_readmes_begin_with_the_same_two_commands() -> None:
    """The demo and the tests, in this order, as CI runs them, on the first screen of both."""
    tool = _readme_tool()
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")]

    found = [tool.commands(text)[:2] for text in texts]

    assert found[0] == found[1]
    demo, tests = found[0]
    assert demo.endswith("/xianke demo") and "pytest" in tests
    assert all(text[: text.index(tests)].count("\n") < 30 for text in texts)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_windows_is_told_the_same(name: str) -> None:
    """The commands for PowerShell are those for other systems, with the paths of Windows."""
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = [block for block in Page(ROOT / name).blocks() if block.kind == "powershell"]

    told = [
        line.replace("; ", " && ")
        .replace(".venv\\Scripts\\", ".venv/bin/")
        .replace("py ", "python3 ")
        for block in blocks
        for line in block.lines
    ]

    assert told == _readme_tool().commands(text)[:2]
