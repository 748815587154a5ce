"""What is installed along with xianke is listed, and nothing of it takes rights away."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent
LISTED = ROOT / "docs" / "dependencies.md"
PERMISSIVE = re.compile(r"MIT|BSD|ISC|Apache|PSF|Public Domain|MPL|Mozilla")

pytestmark = pytest.mark.skipif(
    not (ROOT / "tools").exists(), reason="the tools are not in this copy"
)


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "make_dependencies", ROOT / "tools" / "make_dependencies.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_list_has_the_names_of_what_is_installed(tool: ModuleType) -> None:
    """`make dependencies` writes it anew; versions are those of the day it was written."""
    found = tool.installed("xianke", {"calendar"})

    assert tool.stale(LISTED.read_text(encoding="utf-8"), found) == set()


def test_a_name_too_many_or_too_few_is_found(tool: ModuleType) -> None:
    """What nothing needs and nothing pins, and what is missing."""
    text = LISTED.read_text(encoding="utf-8").replace("| rich |", "| poor |")

    assert tool.stale(text, tool.installed("xianke", {"calendar"})) == {"rich", "poor"}


def test_what_the_project_names_is_listed(tool: ModuleType) -> None:
    """Every direct dependency stands there, but for what only other systems need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["calendar"]
    names = {
        re.split(r"[><=;\[ ]", line)[0].lower() for line in lines if "sys_platform" not in line
    }

    assert names - tool.listed(LISTED.read_text(encoding="utf-8")) == set()


def test_a_plain_installation_is_permissive_throughout() -> None:
    """Another kind of licence would be a decision, and a line in NOTICE."""
    text = LISTED.read_text(encoding="utf-8")
    plain, _, _calendar = text.partition("## The extra")
    _head, *rows = re.findall(r"^\| ([a-z0-9-]+) \| [^|]+ \| ([^|]+) \|$", plain, re.MULTILINE)

    assert len(rows) > 20
    assert [row for row in rows if not PERMISSIVE.search(row[1])] == []
