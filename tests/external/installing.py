"""Building the package, and installing it as a stranger would: far from the source."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
from tests.conftest import tool

ROOT = Path(__file__).parent.parent.parent
LEFT = shutil.ignore_patterns(
    ".*", "__pycache__", "*.pyc", "*.mo", "dist", "build", "*.egg-info", "htmlcov"
)
"""What lies about in a folder that is worked in, and in no clean copy."""
OLDEST = (3, 11)
"""What the project's metadata asks for."""
_ASKED = """
import sys
if sys.implementation.name != "cpython" or sys.version_info.releaselevel != "final":
    sys.exit(1)
print(".".join(map(str, sys.version_info[:3])))
"""
_UNREACHED = re.compile(
    "dns error|error sending request|Could not connect|NewConnectionError|No route"
)


@dataclass(frozen=True, slots=True)
class Built:
    """The two files of a release."""

    wheel: Path
    sdist: Path


def build(folder: Path) -> Built:
    """Build both files from a clean copy of the source below *folder*."""
    copy = folder / "source"
    shutil.copytree(ROOT, copy, ignore=LEFT)
    shutil.copy(ROOT / ".gitignore", copy)
    done(sys.executable, "-m", "hatchling", "build", "-d", str(folder), where=copy)
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return Built(wheel, sdist)


def build_wheel(source: Path, folder: Path) -> Path:
    """Build the wheel alone from a source that was unpacked somewhere."""
    done(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), where=source)
    (wheel,) = folder.glob("*.whl")
    return wheel


@cache
def pythons() -> dict[str, str]:
    """Return the oldest and the newest Python at hand that is new enough: version → program.

    The running one is always among those that are looked at, so there is at least one.
    """
    beside = Path(sys.base_prefix).parent.glob("*/bin/python3")
    named = (shutil.which(f"python3.{minor}") for minor in range(OLDEST[1], OLDEST[1] + 10))
    found: dict[tuple[int, ...], str] = {}
    for program in (sys.executable, *map(str, beside), *filter(None, named)):
        asked = subprocess.run([program, "-c", _ASKED], capture_output=True, check=False)
        if asked.returncode == 0:
            version = tuple(int(part) for part in asked.stdout.strip().split(b"."))
            found.setdefault(version, program)
    fit = sorted(version for version in found if version >= OLDEST)
    return {".".join(map(str, one)): found[one] for one in (fit[0], fit[-1])}


def environment(place: Path, python: str, *wanted: str) -> Path:
    """Make an environment with what is *wanted* and return the folder of its programs."""
    uv = tool("uv")
    done(uv, "venv", "-q", "--python", python, str(place))
    done(uv, "pip", "install", "-q", "--python", str(place), *wanted)
    return programs(place)


def programs(place: Path) -> Path:
    """Return where an environment keeps its programs."""
    return place / ("Scripts" if os.name == "nt" else "bin")


def bare(**more: str) -> dict[str, str]:
    """Return the environment of somebody who has set nothing, but for how packages come here."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "UV_", "PIP_", "SSL_", "REQUESTS_", "HTTP", "http")
    return {
        **{name: text for name, text in os.environ.items() if name.startswith(kept)},
        "HOME": str(Path.home()),
        "LC_ALL": "C.UTF-8",
        "PYTHONIOENCODING": "utf-8",
        **_mirror(),
        **more,
    }


def done(
    *line: str, where: Path | None = None, changes: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Run a program that must succeed and return what it printed."""
    ended = subprocess.run(
        line, cwd=where, env=bare(**changes), capture_output=True, encoding="utf-8", check=False
    )
    if ended.returncode != 0:
        if _UNREACHED.search(ended.stderr) and os.environ.get("XIANKE_TEST_STRICT") != "1":
            pytest.skip("no packages can be had from here")
        pytest.fail(f"{' '.join(line)}\n{ended.stdout}\n{ended.stderr}")
    return ended.stdout


@cache
def _mirror() -> dict[str, str]:
    """Return where pip is told to find packages, for uv, which does not read pip's settings."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    place = asked.stdout.strip()
    return {"UV_DEFAULT_INDEX": place} if asked.returncode == 0 and place else {}
