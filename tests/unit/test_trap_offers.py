"""Labelled offers: those that taught what offers read like, and those that only measure."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from xianke import traps
from xianke._trap_cues import shipped
from xianke._trap_likeness import pieces

ROOT = Path(__file__).resolve().parents[2]
TAUGHT = sorted((ROOT / "data" / "offers").glob("*.jsonl"))
MEASURING = sorted((ROOT / "tests" / "offers").glob("*.jsonl"))
SHARED = ROOT.parent / "shared" / "benchmarks" / "traps" / "dev.jsonl"
KINDS = {
    kind["id"]
    for kind in json.loads(
        (Path(traps.__file__).parent / "_data" / "traps.json").read_text(encoding="utf-8")
    )["kinds"]
}

pytestmark = pytest.mark.skipif(
    not (ROOT / "bench").exists(), reason="the benchmarks are not in this copy"
)


def bench() -> ModuleType:
    """Return the benchmark, which is no part of the package."""
    if "bench_traps" not in sys.modules:
        spec = importlib.util.spec_from_file_location("bench_traps", ROOT / "bench" / "traps.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["bench_traps"] = module
        spec.loader.exec_module(module)
    return sys.modules["bench_traps"]


def records(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def misses(path: Path) -> list[str]:
    """Return the bars that the texts of one file miss, slice by slice."""
    found: list[str] = []
    for name, listed in bench().read(path).items():
        verdicts = [traps.judge(one.text).verdict for one in listed]
        found += bench().missed(name, bench().shares(listed, verdicts))
    return found


@pytest.mark.parametrize("path", MEASURING, ids=lambda path: path.stem)
def test_the_bars_hold_on_offers_that_taught_nothing(path: Path) -> None:
    """Traps called trap or warn 95 %, trap 80 %; honest ones called trap 5 %, warn 25 % at most."""
    assert misses(path) == []


@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside this copy")
def test_the_bars_hold_on_the_shared_benchmark() -> None:
    """On texts of other hands too, real advertisements and messages among them."""
    assert misses(SHARED) == []


def test_the_set_is_large_and_holds_every_kind() -> None:
    """No kind of trap is left to luck, and the honest are no fewer than a third."""
    listed = [record for path in [*TAUGHT, *MEASURING] for record in records(path)]
    of_kind = {kind: sum(r["kind"] == kind for r in listed) for kind in KINDS}

    assert min(of_kind.values()) >= 30, of_kind
    assert sum(record["label"] == "ok" for record in listed) * 3 >= len(listed)
    assert {record["label"] for record in listed} == {"trap", "ok"}


def test_what_measures_was_not_taught() -> None:
    """No text of the measuring sets stands in the taught ones, nor most of its pieces."""
    taught = [frozenset(p for p, _s, _e in pieces(r["text"])) for f in TAUGHT for r in records(f)]

    for path in MEASURING:
        for record in records(path):
            own = frozenset(piece for piece, _start, _end in pieces(record["text"]))
            assert max(len(own & other) / len(own | other) for other in taught) < 0.5, record


def test_every_sign_names_a_kind_the_user_can_be_told_about() -> None:
    """A sign of a kind without advice would leave the user alone with it."""
    assert {sign.type for sign in shipped("zh").signs} <= KINDS


def test_no_made_up_text_holds_a_number_that_could_be_dialled() -> None:
    """The offers are invented; nobody's telephone shall ring for them."""
    for path in [*TAUGHT, *MEASURING]:
        digits = "".join(c if c.isdigit() else " " for c in path.read_text(encoding="utf-8"))
        assert not [run for run in digits.split() if len(run) == 11 and run[0] == "1"], path
