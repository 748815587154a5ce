"""The manual pages in the programs that show them: no complaint, and every line in its place."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.conftest import tool

from xianke.render.text import width

ROOT = Path(__file__).parent.parent.parent
PAGES = ("xianke.1", "xianke.zh_CN.1")

pytestmark = [
    pytest.mark.external,
    pytest.mark.skipif(not (ROOT / "docs").exists(), reason="the pages are not in this copy"),
]


def _ended(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments,
        cwd=ROOT / "docs" / "man",
        env={**os.environ, "LC_ALL": "C.UTF-8", **changes},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("page", PAGES)
def test_mandoc_finds_no_fault(page: str) -> None:
    """But for the day, which the changelog does not tell before the first release."""
    ended = _ended(tool("mandoc"), "-Tlint", "-Wwarning", page)

    assert [line for line in ended.stdout.splitlines() if "missing date" not in line] == []


@pytest.mark.parametrize("page", PAGES)
def test_groff_finds_no_fault(page: str) -> None:
    """With every warning switched on, at the width of a narrow terminal as well."""
    for cells in ("80n", "60n"):
        ended = _ended(tool("groff"), "-ww", "-man", f"-rLL={cells}", "-Kutf8", "-Tutf8", page)

        found = [line for line in ended.stderr.splitlines() if "can't break line" not in line]
        assert found == []


@pytest.mark.parametrize("page", PAGES)
def test_man_shows_it_at_eighty_columns(page: str) -> None:
    """No line is wider but those that are to be typed as they stand, and no escape is left."""
    ended = _ended(tool("man"), "-l", page, MANWIDTH="80", MAN_KEEP_FORMATTING="")

    lines = ended.stdout.splitlines()
    assert len(lines) > 1000
    assert [
        one for one in lines if width(one) > 80 and not one.startswith("           xianke")
    ] == []
    assert not any("\\f" in one or "\\(" in one for one in lines)
    assert "--minutes M" in ended.stdout
