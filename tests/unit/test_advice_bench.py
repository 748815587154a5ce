"""The bench adapter of advice: one file that can be taken elsewhere, and plays by the rules."""

from __future__ import annotations

import ast
import copy
import importlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADAPTER = ROOT / "bench" / "advice.py"
WORLD = ROOT.parent / "shared" / "benchmarks" / "advice"

pytestmark = pytest.mark.skipif(not ADAPTER.exists(), reason="the benchmarks are not in this copy")

# Any: the entries of a world are whatever its files say.
Entry = dict[str, Any]

LIFE = '''
"""An invented rule of what fits where."""


def fits(entry, slot, first_today):
    room = slot["minutes"] - (entry["setup_minutes"] if first_today else 0)
    return slot["place"] in entry["places"] and room >= entry["min_block_minutes"]
'''


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let a test import modules of common names, and forget them afterwards."""
    before = set(sys.modules)
    for name in ("life", "world", "baselines", "some_name"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield monkeypatch
    for name in set(sys.modules) - before:
        if not name.startswith("xianke"):
            del sys.modules[name]


def taken_to(folder: Path, clean: pytest.MonkeyPatch) -> ModuleType:
    """Return the adapter, copied under another name to where a `life` can be found."""
    home = folder / "copy"
    home.mkdir()
    shutil.copy(ADAPTER, home / "some_name.py")
    clean.syspath_prepend(str(home))
    return importlib.import_module("some_name")


@pytest.fixture
def adapter(tmp_path: Path, clean: pytest.MonkeyPatch) -> ModuleType:
    (tmp_path / "life.py").write_text(LIFE, encoding="utf-8")
    clean.syspath_prepend(str(tmp_path))
    return taken_to(tmp_path, clean)


def entry(route: str, category: str = "work", **changes: object) -> Entry:
    return {
        "route": route,
        "category": category,
        "pay": {"low": 20.0, "typical": 35.0, "high": 60.0},
        "pay_scope": "route",
        "min_block_minutes": 30,
        "setup_minutes": 15,
        "upfront_fen": 0,
        "settlement_days": 7,
        "places": ["home"],
        "devices": ["phone"],
        **changes,
    }


CATALOGUE = [
    entry("desk"),
    entry("bench", pay_scope="category", min_block_minutes=60),
    entry("road", "ride", places=["outside"], upfront_fen=20000),
    entry("quiet", "ride", places=["outside", "home"], pay=None, pay_scope=None),
    entry("far", "ride", places=["moon"]),
]
PROFILE = {"seed": 7, "skills": {"work": 3, "ride": 2}, "weeks": 6, "minutes_per_week": 500}


def slot(day: int, start: int, minutes: int, place: str) -> Entry:
    return {
        "day": day, "start_minute": start, "minutes": minutes, "part": "evening",
        "place": place, "devices": ["phone"],
    }  # fmt: skip


SLOTS = [
    slot(7, 480, 20, "home"),
    slot(7, 1140, 120, "home"),
    slot(8, 720, 50, "outside"),
    slot(9, 1140, 90, "home"),
    slot(12, 540, 180, "outside"),
    slot(12, 840, 60, "home"),
]


def record(route: str, day: int, gross: int = 4000, status: str = "paid") -> Entry:
    found = status != "none_found"
    return {
        "route": route,
        "category": next(one["category"] for one in CATALOGUE if one["route"] == route),
        "day": day,
        "start_minute": 1140,
        "worked_minutes": 60 if found else 0,
        "unpaid_minutes": 15,
        "gross_fen": gross if status == "paid" else 0,
        "fee_fen": 0,
        "cost_fen": 100,
        "status": status,
        "paid_day": day if status == "paid" else None,
    }


HISTORY = [
    record("desk", 0),
    record("desk", 1, 5500),
    record("road", 2, 7000),
    record("road", 3, status="rejected"),
    record("quiet", 4, status="none_found"),
]


# One file, whatever it is called


def test_its_top_level_imports_only_the_standard_library_the_rule_and_the_program() -> None:
    """Of the world's truth `fits` and nothing else, also not inside a function."""
    tree = ast.parse(ADAPTER.read_text(encoding="utf-8"))
    found: list[tuple[str, tuple[str, ...]]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name.split(".")[0], ()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = tuple(alias.name for alias in node.names)
            found.append(((node.module or "").split(".")[0], names))

    allowed = sys.stdlib_module_names | {"xianke", "life"}
    assert [package for package, _names in found if package not in allowed] == []
    assert [names for package, names in found if package == "life"] == [("fits",)]
    assert any(package == "xianke" for package, _names in found)


def test_its_top_level_only_names_things() -> None:
    """Definitions and constants: nothing runs, and no argument is read."""
    tree = ast.parse(ADAPTER.read_text(encoding="utf-8"))
    named = (
        ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign,
    )  # fmt: skip
    rest = [node for node in tree.body if not isinstance(node, named)]
    texts = [node for node in rest if isinstance(node, ast.Expr)]

    assert all(isinstance(node.value, ast.Constant) for node in texts)
    assert texts == rest
    constants = [node for node in tree.body if isinstance(node, (ast.Assign, ast.AnnAssign))]
    assert constants
    for node in constants:
        assert "argv" not in ast.unparse(node)
        assert "open(" not in ast.unparse(node)


def test_it_is_imported_under_any_name_and_says_nothing(
    tmp_path: Path, clean: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where the command line is somebody else's."""
    (tmp_path / "life.py").write_text(LIFE, encoding="utf-8")
    clean.syspath_prepend(str(tmp_path))
    clean.setattr(sys, "argv", ["someone", "--else", "7"])

    module = taken_to(tmp_path, clean)

    assert callable(module.make)
    assert capsys.readouterr() == ("", "")


# What it advises


@pytest.mark.parametrize("history", [[], HISTORY], ids=["new", "used"])
def test_a_plan_keeps_the_rules(adapter: ModuleType, history: list[Entry]) -> None:
    """Every block fits as its day's first, every slot has one route at most, and work is done."""
    by_name = {one["route"]: one for one in CATALOGUE}

    plan = adapter.make(CATALOGUE, PROFILE).plan(2, SLOTS, history)

    taken = [number for number, _route in plan]
    assert len(set(taken)) == len(taken)
    assert len(plan) >= 2
    for number, route in plan:
        assert adapter.fits(by_name[route], SLOTS[number], True), (number, route)


def test_a_plan_is_the_same_twice(adapter: ModuleType) -> None:
    """Of one policy, and of another for the same life."""
    policy = adapter.make(CATALOGUE, PROFILE)

    first = policy.plan(2, SLOTS, HISTORY)

    assert policy.plan(2, SLOTS, HISTORY) == first
    assert adapter.make(copy.deepcopy(CATALOGUE), dict(PROFILE)).plan(2, SLOTS, HISTORY) == first


def test_advice_leaves_what_it_was_given_alone(adapter: ModuleType) -> None:
    """Catalogue, slots and records belong to the world."""
    given = copy.deepcopy((CATALOGUE, PROFILE, SLOTS, HISTORY))

    policy = adapter.make(CATALOGUE, PROFILE)
    policy.plan(2, SLOTS, HISTORY)
    policy.interval("desk", HISTORY)

    assert given == (CATALOGUE, PROFILE, SLOTS, HISTORY)


def test_a_week_without_slots_has_no_plan(adapter: ModuleType) -> None:
    """And no error."""
    assert adapter.make(CATALOGUE, PROFILE).plan(1, [], []) == []


def test_a_range_depends_on_its_arguments_alone(adapter: ModuleType) -> None:
    """A policy that has planned and answered before says what a fresh one says."""
    used = adapter.make(CATALOGUE, PROFILE)
    used.plan(1, SLOTS, [])
    used.plan(2, SLOTS, HISTORY)
    used.interval("road", HISTORY[:2])

    for route in ("desk", "bench", "road", "quiet"):
        for history in ([], HISTORY[:2], HISTORY):
            fresh = adapter.make(CATALOGUE, PROFILE)
            assert used.interval(route, history) == fresh.interval(route, history)


def test_a_range_is_one_or_is_owned_up_to_be_none(adapter: ModuleType) -> None:
    """Two numbers in order, learned from what was paid; None where nobody knows anything."""
    policy = adapter.make(CATALOGUE, PROFILE)

    low, high = policy.interval("desk", [])
    rich_low, rich_high = policy.interval("desk", [record("desk", day, 40000) for day in range(9)])

    assert 0 < low < high
    assert low < rich_low < rich_high
    assert high < rich_high
    assert policy.interval("quiet", []) is None


@pytest.mark.skipif(not WORLD.exists(), reason="the made-up world is not beside this copy")
def test_in_the_made_up_world_no_request_is_refused_and_it_earns_more_than_chance(
    tmp_path: Path, clean: pytest.MonkeyPatch
) -> None:
    """Two lives of six weeks, played by the world itself, on the same luck as the random policy."""
    clean.syspath_prepend(str(WORLD))
    module = taken_to(tmp_path, clean)
    world, life, baselines = map(importlib.import_module, ("world", "life", "baselines"))
    params = json.loads((WORLD / "params.json").read_text(encoding="utf-8"))
    made = [life.make_life(params, number, 6) for number in range(2)]

    def played(make: Any) -> list[Entry]:  # Any: a factory of policies of either kind
        return [
            world.play(one, make(copy.deepcopy(one.catalogue), copy.deepcopy(one.profile)))
            for one in made
        ]

    ours, chance = played(module.make), played(baselines.BASELINES["random"])

    assert [one["refused"] for one in ours] == [0, 0]
    earned, by_chance = (sum(sum(one["income"]) for one in each) for each in (ours, chance))
    assert earned > by_chance
