"""The files of exact versions agree with what the project asks for, and name no place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "requirements"
HASHED = ("run.txt", "dev.txt")
EXTRAS: dict[str, tuple[str, ...]] = {
    "run.txt": (),
    "dev.txt": ("calendar", "test", "dev"),
    "oldest.txt": ("calendar",),
}
"""File → the extras that it covers beside what every installation brings."""
_PIN = re.compile(r"^([a-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the files are not in this copy")


def _asked(extras: Sequence[str]) -> list[Requirement]:
    """Return what the project names itself, by its own name and not by another extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"]]
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return [one for one in map(Requirement, lines) if one.name != "xianke"]


def _pinned(name: str) -> dict[str, Version]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return {found: Version(version) for found, version in _PIN.findall(text)}


@pytest.mark.parametrize("name", EXTRAS)
def test_all_that_is_asked_for_is_pinned_within_its_bounds(name: str) -> None:
    """`make requirements` writes the files anew after a change of `pyproject.toml`."""
    pinned = _pinned(name)

    asked = {canonicalize_name(one.name): one.specifier for one in _asked(EXTRAS[name])}

    assert set(asked) - set(pinned) == set()
    assert {key for key, bounds in asked.items() if pinned[key] not in bounds} == set()


def test_the_oldest_versions_are_the_lower_bounds() -> None:
    """What is installed to hold the project to its word is what it says."""
    pinned = _pinned("oldest.txt")
    lower = {
        canonicalize_name(one.name): bound.version
        for one in _asked(EXTRAS["oldest.txt"])
        for bound in one.specifier
        if bound.operator == ">="
    }

    assert len(lower) > 12
    newer = {key for key, bound in lower.items() if pinned[key] not in SpecifierSet(f"=={bound}.*")}
    assert newer == set()


@pytest.mark.parametrize("name", HASHED)
def test_every_pin_has_its_hashes(name: str) -> None:
    """Both pip and uv refuse the whole file otherwise."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    parts = re.split(r"\n(?=[a-z])", text.strip())

    assert len(parts) == len(_pinned(name)) > 25
    assert [part.split(" ")[0] for part in parts if "--hash=sha256:" not in part] == []


@pytest.mark.parametrize("name", EXTRAS)
def test_no_place_is_named(name: str) -> None:
    """Where packages come from is the reader's own affair."""
    text = (FOLDER / name).read_text(encoding="utf-8")

    assert re.findall(r"://|index-url|find-links|@ file|^-", text, re.MULTILINE) == []
