"""`store/schema.sql` is what the declaration in `models.py` says, and is written by a tool."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from xianke import store

TOOL = Path(__file__).parents[2] / "tools" / "make_schema.py"
SCHEMA = Path(store.__file__).parent / "schema.sql"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Return the tool as a module: it is a script, not part of the package."""
    spec = importlib.util.spec_from_file_location("make_schema", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tracked_schema_is_current(tool: ModuleType) -> None:
    """Whoever changes a table runs `make schema`."""
    assert SCHEMA.read_text(encoding="utf-8") == tool.schema()


def test_check_tells_a_current_file_from_an_old_one(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--check` ends with 1 for an old file and never writes; without it the file is written."""
    target = tmp_path / "schema.sql"
    target.write_text("-- old\n", encoding="utf-8")
    monkeypatch.setattr(tool, "TARGET", target)

    monkeypatch.setattr(sys, "argv", ["make_schema.py", "--check"])
    before = (tool.main(), target.read_text(encoding="utf-8"))
    monkeypatch.setattr(sys, "argv", ["make_schema.py"])
    tool.main()
    monkeypatch.setattr(sys, "argv", ["make_schema.py", "--check"])

    assert before == (1, "-- old\n")
    assert tool.main() == 0
    assert target.read_text(encoding="utf-8") == SCHEMA.read_text(encoding="utf-8")
