"""`xianke demo` at a real terminal: it waits after each chapter, and stops when told."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke.commands import story

if sys.platform == "win32":
    pytest.skip("no pseudo terminal there", allow_module_level=True)

if TYPE_CHECKING:
    from tests.cli.terminals import Open


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """Return a folder for temporary files that is empty at first."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


def test_it_waits_after_each_chapter(terminal: Open, scratch: Path) -> None:
    """Enter shows the next one, and so to the end."""
    told = terminal("demo", TMPDIR=str(scratch))

    for chapter in story.story()[:-1]:
        told.wait_for(f"== {chapter.title} ==")
        told.wait_for("q 停 ——")
        told.answer("")

    assert told.finish() == 0
    assert "演示完了" in told.text
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("answer", ["q", "Q", "退出"])
def test_it_stops_where_one_has_seen_enough(terminal: Open, scratch: Path, answer: str) -> None:
    """Without the rest, with how to begin, and nothing is left."""
    told = terminal("demo", TMPDIR=str(scratch))
    told.wait_for("q 停 ——")

    told.answer(answer)

    assert told.finish() == 0
    assert "== 二" not in told.text
    assert "xianke init" in told.text
    assert list(scratch.iterdir()) == []


def test_ctrl_d_stops_it_too(terminal: Open) -> None:
    """The end of input is no Enter."""
    told = terminal("demo")
    told.wait_for("q 停 ——")

    told.end_input()

    assert told.finish() == 0
    assert "== 二" not in told.text


def test_ctrl_c_between_chapters_leaves_nothing(terminal: Open, scratch: Path) -> None:
    """Exit 130, no traceback, no folder."""
    told = terminal("demo", TMPDIR=str(scratch))
    told.wait_for("q 停 ——")

    told.interrupt()

    assert told.finish() == 130
    assert "Traceback" not in told.text
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("option", ["--no-pause", "--json"])
def test_it_can_be_told_not_to_wait(terminal: Open, option: str) -> None:
    """No question on the terminal, and it runs to the end."""
    told = terminal("demo", option)

    assert told.finish() == 0
    assert "q 停" not in told.text
