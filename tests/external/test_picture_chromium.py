"""The pictures of README in a real browser: they fetch nothing, and every character has room."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import tool
from tests.external.browser import Browser, browser

pytestmark = pytest.mark.external

DOCS = Path(__file__).resolve().parents[2] / "docs"
CELL = 12
"""Units of the picture that a cell is wide, see `tools/make_picture.py`."""

PLACES = """
[...document.querySelectorAll("g.xianke-matrix text:not([textLength])")].flatMap(run =>
  [...run.textContent].map((char, at) => [
    char, run.getStartPositionOfChar(at).x, run.getExtentOfChar(at).width,
  ])
)
"""


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a tab of a browser that can reach nothing."""
    if sys.platform == "win32":
        pytest.skip("the browser is spoken to through pipes that Windows does not have")
    program = tool("chromium", "chromium-browser", "google-chrome")
    with browser(program, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.mark.parametrize("name", ["suggest.svg", "suggest.zh-CN.svg"])
def test_characters_stand_in_their_cells(tab: Browser, name: str) -> None:
    """Each begins on a cell; Chinese ones fill no more than two, all others no more than one."""
    tab.open((DOCS / name).as_uri(), width=1000)

    placed = tab.value(PLACES)

    assert len(placed) > 500
    assert [one for one in placed if round(one[1] % CELL, 2) not in (0, CELL)] == []
    # A hair of more than a cell is what fonts differ by; a Chinese character in one cell is not.
    room = [(char, CELL * (2 if ord(char) > 0x2E7F else 1) * 1.05) for char, _left, _wide in placed]
    wide = [one for one, (_char, most) in zip(placed, room, strict=True) if one[2] > most]
    assert wide == []
    assert tab.fetched() == [(DOCS / name).as_uri()]
    assert tab.complaints() == []
