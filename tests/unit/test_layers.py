"""Who may import whom, held against the source itself."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

import xianke

ROOT = Path(xianke.__file__).parent
BASE = {
    "errors",
    "faultwords",
    "i18n",
    "settings",
    "money",
    "when",
    "records",
    "lookup",
    "faults",
    "rights",
    "jsontext",
    "configuring",
    "ailments",
}
BUILD = {"schema", "cueschema", "schema_traps", "schema_types", "datafile", "yamltext"}
"""Checks of the catalogue's sources, run when the package is made and on a file of the user's."""
SHELL = {"cli", "__main__", "commands", "render"}
OUTSIDE = {"updates"}
"""The one module that speaks HTTP."""

HEAVY = {
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "httpx",
    "yaml",
    "rich",
    "jinja2",
    "pypinyin",
    "rapidfuzz",
    "chinese_calendar",
    "platformdirs",
    "sqlite3",
}
HEAVY_AT_THE_TOP = {
    "xianke.models": {"sqlmodel", "sqlalchemy", "pydantic"},
    "xianke.schema": {"pydantic"},
    "xianke.cueschema": {"pydantic"},
    "xianke.schema_traps": {"pydantic"},
    "xianke.schema_types": {"pydantic"},
    "xianke.datafile": {"pydantic", "yaml"},
}
NOT_IN_THE_CORE = {
    "typer",
    "click",
    "rich",
    "jinja2",
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "httpx",
    "sqlite3",
    "yaml",
}
ONLY_IN = {
    "sqlite3": {"store"},
    "rich": {"render"},
    "jinja2": {"render"},
    "httpx": {"updates"},
    "sqlmodel": {"models", "store"},
    "sqlalchemy": {"models"},
}


@dataclasses.dataclass(frozen=True)
class Import:
    """One import: who, whom, and whether it happens with the module or only inside a function."""

    importer: str
    target: str
    line: int
    at_the_top: bool
    for_types: bool

    @property
    def package(self) -> str:
        """Return the first name of the target."""
        return self.target.split(".")[0]

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.target}"


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {
    _name(path): ast.parse(path.read_text(encoding="utf-8"), str(path))
    for path in sorted(ROOT.rglob("*.py"))
}


def _room(module: str) -> str:
    """Return the room of a module of the package: its first part below `xianke`."""
    return module.split(".")[1] if "." in module else "__init__"


def _layer(module: str) -> str:
    room = _room(module)
    if room in BASE or room.startswith("_time_") or room == "__init__":
        return "base"
    if room in {"models", "store"}:
        return "data"
    if room in SHELL:
        return "shell"
    if room in BUILD:
        return "build"
    return "outside" if room in OUTSIDE else "core"


def _imports(module: str) -> Iterator[Import]:
    yield from _walk(module, TREES[module], at_the_top=True, for_types=False)


def _walk(module: str, node: ast.AST, *, at_the_top: bool, for_types: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            for target in _targets(module, child):
                yield Import(module, target, child.lineno, at_the_top, for_types)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for statement in child.body:
                yield from _walk(
                    module, ast.Module([statement], []), at_the_top=at_the_top, for_types=True
                )
            for statement in child.orelse:
                yield from _walk(
                    module, ast.Module([statement], []), at_the_top=at_the_top, for_types=for_types
                )
        else:
            inside = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            yield from _walk(
                module, child, at_the_top=at_the_top and not inside, for_types=for_types
            )


def _targets(module: str, node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    assert node.level == 0, f"{module}:{node.lineno} imports relatively"
    origin = node.module or ""
    for alias in node.names:
        full = f"{origin}.{alias.name}"
        yield full if full in TREES else origin


IMPORTS = [one for module in TREES for one in _imports(module)]
OWN = [one for one in IMPORTS if one.package == "xianke"]
REAL = [one for one in OWN if not one.for_types]


def _said(wrong: list[Import]) -> list[str]:
    return [str(one) for one in wrong]


def test_the_source_was_found() -> None:
    """The other tests of this file would pass over nothing."""
    assert {"xianke.money", "xianke.store.journal", "xianke.cli"} <= set(TREES)
    assert any(one.target == "xianke.errors" for one in OWN)
    assert {_layer("xianke._time_clock"), _layer("xianke.settings")} == {"base"}
    assert {_layer("xianke._slot_parse"), _layer("xianke.matching")} == {"core"}


def test_imports_inside_functions_and_for_types_are_told_apart() -> None:
    """The reader of imports itself, on a source of its own."""
    source = (
        "import a\n"
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import b\nelse:\n    import c\n"
        "class K:\n    import d\n    def f(self):\n        import e\n"
        "try:\n    import f\nexcept ImportError:\n    pass\n"
    )

    found = {
        one.target: (one.at_the_top, one.for_types)
        for one in _walk("m", ast.parse(source), at_the_top=True, for_types=False)
    }

    assert found == {
        "a": (True, False),
        "typing": (True, False),
        "b": (True, True),
        "c": (True, False),
        "d": (True, False),
        "e": (False, False),
        "f": (True, False),
    }


def test_the_base_leans_on_the_base_alone() -> None:
    """Errors, language, money and time know nothing of what is built on them."""
    wrong = [one for one in OWN if _layer(one.importer) == "base" and _layer(one.target) != "base"]

    assert _said(wrong) == []


def test_the_core_leans_on_core_and_base() -> None:
    """It neither stores nor shows; of the models it may know the types."""
    wrong = [
        one
        for one in OWN
        if _layer(one.importer) == "core"
        and _layer(one.target) not in ("base", "core")
        and not (one.for_types and one.target == "xianke.models")
    ]

    assert _said(wrong) == []


def test_the_store_leans_on_base_and_data() -> None:
    """The calculations do not come down into the file."""
    wrong = [
        one
        for one in OWN
        if _layer(one.importer) == "data" and _layer(one.target) not in ("base", "data")
    ]

    assert _said(wrong) == []


def test_the_checks_of_the_build_are_loaded_only_to_check_a_file() -> None:
    """What runs on the user's machine reads the compiled catalogue; `validate` asks for more."""
    wrong = [
        one
        for one in REAL
        if _layer(one.target) == "build"
        and _layer(one.importer) != "build"
        and (_room(one.importer) != "commands" or one.at_the_top)
    ]

    assert _said(wrong) == []


def test_nothing_imports_the_way_in() -> None:
    """`cli` uses all and serves none; only `python -m xianke` begins there."""
    wrong = [one for one in OWN if one.target == "xianke.cli" and one.importer != "xianke.__main__"]

    assert _said(wrong) == []


def test_the_core_and_the_base_know_no_terminal_no_database_no_network() -> None:
    """At no level, not even inside a function or for types."""
    wrong = [
        one
        for one in IMPORTS
        if _layer(one.importer) in ("base", "core") and one.package in NOT_IN_THE_CORE
    ]

    assert _said(wrong) == []


@pytest.mark.parametrize("package", ONLY_IN)
def test_a_heavy_package_has_one_home(package: str) -> None:
    """SQL in the store, drawing in render, HTTP in updates."""
    wrong = [
        one
        for one in IMPORTS
        if one.package == package and _room(one.importer) not in ONLY_IN[package]
    ]

    assert _said(wrong) == []


def test_heavy_packages_are_imported_where_they_are_used() -> None:
    """At the top only where the whole file is about them: each command pays its own way."""
    wrong = [
        one
        for one in IMPORTS
        if one.package in HEAVY
        and one.at_the_top
        and not one.for_types
        and one.package not in HEAVY_AT_THE_TOP.get(one.importer, set())
        and not (one.package == "sqlite3" and _room(one.importer) == "store")
    ]

    assert _said(wrong) == []


def test_the_models_are_loaded_by_no_command_on_its_way() -> None:
    """They cost forty times an empty program: nobody imports them at the top of a file."""
    wrong = [one for one in REAL if one.target == "xianke.models" and one.at_the_top]

    assert _said(wrong) == []


def test_no_imports_go_in_a_circle() -> None:
    """Also those inside functions; what only types need does not count."""
    edges: dict[str, set[str]] = {module: set() for module in TREES}
    for one in REAL:
        if one.target in TREES and one.target != one.importer:
            edges[one.importer].add(one.target)

    assert _circle(edges) == []


def _circle(edges: dict[str, set[str]]) -> list[str]:
    """Return the modules of one circle in their order, or nothing."""
    finished: set[str] = set()

    def visit(module: str, way: list[str]) -> list[str]:
        if module in way:
            return [*way[way.index(module) :], module]
        if module in finished:
            return []
        for target in sorted(edges[module]):
            if found := visit(target, [*way, module]):
                return found
        finished.add(module)
        return []

    for module in sorted(edges):
        if found := visit(module, []):
            return found
    return []


def test_a_circle_would_be_found() -> None:
    """The search itself, on three modules of which two lean on each other."""
    assert _circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert _circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


LINE = ("slots", "inventory", "catalogue", "platforms", "rates", "matching", "planner")


def test_the_core_stands_in_a_line() -> None:
    """slots, inventory, platforms, rates, matching, planner: nobody leans forward."""
    wrong = [
        one
        for one in REAL
        if _room(one.importer) in LINE
        and _room(one.target) in LINE
        and LINE.index(_room(one.target)) > LINE.index(_room(one.importer))
    ]

    assert _said(wrong) == []


def _calls(module: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


@pytest.mark.parametrize("module", [name for name in TREES if _layer(name) != "shell"])
def test_only_the_shell_speaks_listens_and_ends(module: str) -> None:
    """No printing, no questions, no exit, no hand on the streams."""
    spoken = {"print", "input", "exit", "quit", "sys.exit", "os._exit", "breakpoint"}
    wrong = [f"{module}:{line} calls {name}" for name, line in _calls(module) if name in spoken]
    streams = [
        f"{module}:{node.lineno} uses {ast.unparse(node)}"
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in ("sys.stdout", "sys.stderr", "sys.stdin")
    ]

    assert wrong + streams == []


@pytest.mark.parametrize(
    "module", [name for name in TREES if _room(name) not in ("settings", "faults")]
)
def test_the_clock_is_an_argument(module: str) -> None:
    """`settings.now` reads it, so that it can be frozen; the log of faults has its own."""
    clocks = ("datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time")
    wrong = [f"{module}:{line} calls {name}" for name, line in _calls(module) if name in clocks]

    assert wrong == []
