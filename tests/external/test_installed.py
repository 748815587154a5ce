"""The release in the hands of a stranger: fresh environments, another folder, no source near."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import tool
from tests.external import installing
from tests.external.installing import ROOT, Built
from tests.importers import bills

import xianke

pytestmark = [
    pytest.mark.external,
    pytest.mark.skipif(not (ROOT / "hatch_build.py").exists(), reason="no source to build from"),
]
PYTHONS = installing.pythons()
HAN = re.compile("[\u4e00-\u9fff]")
OFFER = "急招线上打字员，先交押金199元，做完退还，加微信详谈"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return wheel and source of a clean copy."""
    if find_spec("hatchling") is None:
        tool("hatchling")
    return installing.build(tmp_path_factory.mktemp("release"))


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody who has installed the program: its folder, and their own."""

    programs: Path
    home: Path

    def types(self, *words: str, code: int = 0, **changes: str) -> str:
        """Run one command line that must end with *code* and return what it printed."""
        settings = {"HOME": str(self.home), "XIANKE_NOW": "2026-11-22T10:00:00+08:00", **changes}
        ended = subprocess.run(
            [str(self.programs / "xianke"), *words],
            cwd=self.home,
            env=installing.bare(**settings),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert ended.returncode == code, ended.stderr
        assert "Traceback" not in ended.stderr
        return ended.stdout

    def reads(self, *words: str, code: int = 0) -> dict[str, Any]:  # Any: whatever data holds
        """Run one command line with --json and return the data of its document."""
        found: dict[str, Any] = json.loads(self.types(*words, "--json", code=code))["data"]
        return found


def _lives_with_it(stranger: Stranger) -> None:
    """Take the whole way once: take stock, ask, record, import, check, plan, keep safe."""
    assert stranger.types("--version") == f"xianke {xianke.__version__}\n"
    assert "建议" in stranger.types("demo")
    stranger.types("init", "--preset", "office", "--yes")
    assert stranger.reads("suggest")["picks"]
    assert stranger.reads("log", "闲鱼", "85", "--minutes", "40")["net_fen"] == 8500
    bill = stranger.home / "bill.csv"
    bill.write_text(bills.alipay([bills.Entry()]), encoding="utf-8-sig")
    assert stranger.reads("import", str(bill), "--yes")["new"] == 1
    assert stranger.reads("import", str(bill), "--yes")["new"] == 0
    assert stranger.reads("check", OFFER, code=10)["verdict"] == "trap"
    assert stranger.reads("plan", "--week", "2026-W48")["blocks"]
    stranger.types("backup", "-o", str(stranger.home / "kept.db"))
    stranger.types("log", "闲鱼", "15", "--minutes", "10")
    stranger.types("restore", str(stranger.home / "kept.db"), "--yes")
    assert len(stranger.reads("gigs")["gigs"]) == 1
    assert stranger.reads("doctor")["findings"] == []
    english = stranger.types("suggest", XIANKE_LANG="en")
    assert len(HAN.findall(english)) < len(english) // 10
    assert not HAN.search(stranger.types("--help", XIANKE_LANG="en"))
    assert "complete -F" in stranger.types("completion", "show", "bash")


@pytest.mark.parametrize("version", PYTHONS)
def test_the_wheel_works_for_a_stranger(version: str, built: Built, tmp_path: Path) -> None:
    """On the oldest and the newest Python at hand, and the manual lies where `man` looks."""
    place = tmp_path / "environment"
    stranger = Stranger(installing.environment(place, PYTHONS[version], str(built.wheel)), tmp_path)

    _lives_with_it(stranger)

    assert (place / "share" / "man" / "man1" / "xianke.1").read_text().startswith('.\\" ')
    assert (place / "share" / "man" / "zh_CN" / "man1" / "xianke.1").exists()
    there = installing.done(
        str(stranger.programs / "python"), "-c", "import xianke; print(xianke.__file__)",
        where=tmp_path,
    )  # fmt: skip
    assert Path(there.strip()).is_relative_to(place)


def test_the_oldest_dependencies_are_enough(built: Built, tmp_path: Path) -> None:
    """Every lower bound holds, on the oldest Python at hand."""
    oldest = ROOT / "requirements" / "oldest.txt"
    python = next(iter(PYTHONS.values()))

    programs = installing.environment(
        tmp_path / "environment", python, "-r", str(oldest), f"xianke[calendar] @ {built.wheel}"
    )

    _lives_with_it(Stranger(programs, tmp_path))


def test_uv_installs_it_as_a_tool(built: Built, tmp_path: Path) -> None:
    """On the path, and taking it out again leaves the data alone."""
    uv = tool("uv")
    places = {
        "HOME": str(tmp_path),
        "UV_TOOL_DIR": str(tmp_path / "tools"),
        "UV_TOOL_BIN_DIR": str(tmp_path / "bin"),
        "UV_CACHE_DIR": installing.done(uv, "cache", "dir").strip(),
    }
    python = next(iter(PYTHONS.values()))

    installing.done(
        uv, "tool", "install", "-q", "--python", python, str(built.wheel), changes=places
    )
    stranger = Stranger(tmp_path / "bin", tmp_path)
    stranger.types("log", "闲鱼", "85")
    (store,) = tmp_path.rglob("xianke.db")
    before = store.read_bytes()
    installing.done(uv, "tool", "uninstall", "-q", "xianke", changes=places)

    assert not (tmp_path / "bin" / "xianke").exists()
    assert store.read_bytes() == before


def test_pip_builds_the_sources_over_the_pinned_versions(built: Built, tmp_path: Path) -> None:
    """Each package has the bytes that its hash names; without git and without our tools."""
    place = tmp_path / "environment"
    pinned = ROOT / "requirements" / "run.txt"
    python = next(iter(PYTHONS.values()))

    programs = installing.environment(place, python, "--require-hashes", "-r", str(pinned))
    installing.done(tool("uv"), "pip", "install", "-q", "--python", str(place), "pip")
    pip = (str(programs / "python"), "-m", "pip")
    installing.done(*pip, "install", "-q", "--no-deps", str(built.sdist), where=tmp_path)
    installing.done(*pip, "check")

    stranger = Stranger(programs, tmp_path)
    assert stranger.types("--version") == f"xianke {xianke.__version__}\n"
    assert stranger.reads("check", OFFER, code=10)["verdict"] == "trap"
    assert "Usage" in stranger.types("log", "--help", XIANKE_LANG="en")
