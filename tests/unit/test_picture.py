"""The picture in README: one file that needs nothing, in which Chinese lines up."""

from __future__ import annotations

import importlib.util
import re
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from xianke.render.text import width

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def _load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("picture", ROOT / "tools" / "make_picture.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


TOOL = _load_tool()
LANGUAGES = ("en", "zh")


def _lines(drawn: str) -> dict[str, list[ElementTree.Element]]:
    """Return the runs of text below the title, by the height at which they stand."""
    matrix = ElementTree.fromstring(drawn).find(f"{SVG}g[@class='xianke-matrix']")
    assert matrix is not None
    found: dict[str, list[ElementTree.Element]] = {}
    for run in matrix.iter(f"{SVG}text"):
        found.setdefault(run.attrib["y"], []).append(run)
    return found


def _words(drawn: str) -> list[str]:
    return [
        "".join("".join(run.itertext()) for run in runs).replace("\xa0", "").replace(" ", "")
        for runs in _lines(drawn).values()
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_needs_nothing_from_outside(language: str) -> None:
    """No address but the name of the format, no script, no font to fetch: it works as an image."""
    drawn = TOOL.PICTURES[language].read_text(encoding="utf-8")

    assert set(re.findall(r"https?://[^\"' ]+", drawn)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<script|@font-face|@import|url\(|href", drawn)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_stands_in_its_cells(language: str) -> None:
    """A Chinese character takes two cells and any other one, whatever font is there."""
    drawn = TOOL.PICTURES[language].read_text(encoding="utf-8")

    for runs in _lines(drawn).values():
        for run in runs:
            text = run.text or ""
            if "textLength" in run.attrib:
                assert set(text) == {"─"}
                assert float(run.attrib["textLength"]) == TOOL.CELL * len(text)
                continue
            places = [float(place) for place in run.attrib["x"].split()]
            assert len(places) == len(text)
            steps = [after - place for place, after in pairwise(places)]
            assert steps == pytest.approx([TOOL.CELL * width(char) for char in text[:-1]])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_said_is_what_is_seen(language: str) -> None:
    """Nothing of the answer's lines is lost or added, markup in it stays text."""
    said = "甲 <b>&amp; 乙\x1b[1m丙\x1b[0m  1–2 元\n──────\n\n丁"

    drawn = TOOL.picture(said)

    assert _words(drawn) == ["$xiankesuggest--limit4", "甲<b>&amp;乙丙1–2元", "──────", "丁"]
