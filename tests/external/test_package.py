"""The files of a release: what is in them, what they say of themselves, and that they agree."""

from __future__ import annotations

import re
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.metadata import Metadata
from packaging.version import Version
from tests.conftest import tool
from tests.external import installing
from tests.external.installing import ROOT, Built

import xianke

pytestmark = [
    pytest.mark.external,
    pytest.mark.skipif(not (ROOT / "hatch_build.py").exists(), reason="no source to build from"),
]
INFO = f"xianke-{xianke.__version__}.dist-info"
DATA = f"xianke-{xianke.__version__}.data/data/share/man"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return wheel and source of a clean copy."""
    if find_spec("hatchling") is None:
        tool("hatchling")
    return installing.build(tmp_path_factory.mktemp("release"))


def _contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_wheel_holds_the_program_and_nothing_else(built: Built) -> None:
    """Its modules, data, texts, licences and manuals; no tests, no caches, no sources of texts."""
    package = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "xianke").rglob("*")
        if path.is_file() and path.suffix not in (".po", ".mo", ".pyc")
    }
    beside = {f"{INFO}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")}
    beside |= {f"{INFO}/licenses/{name}" for name in ("LICENSE", "NOTICE")}
    beside |= {f"{DATA}/man1/xianke.1", f"{DATA}/zh_CN/man1/xianke.1"}

    found = _contents(built.wheel)

    assert set(found) == package | beside | {"xianke/locale/en/LC_MESSAGES/xianke.mo"}
    assert "xianke/py.typed" in found
    assert len([name for name in found if name.startswith("xianke/_data/")]) > 5


def test_the_sources_have_what_builds_and_tests_the_program(built: Built) -> None:
    """And nothing compiled."""
    with tarfile.open(built.sdist) as file:
        names = {name.partition("/")[2] for name in file.getnames()}

    wanted = {"pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE", "CHANGELOG.md"}
    wanted |= {"data/platforms.yaml", "tests/conftest.py", "tools/make_data.py", "Makefile"}
    wanted |= {"bench/advice.py", "requirements/oldest.txt", "docs/man/xianke.1"}
    assert wanted - names == set()
    assert [name for name in names if re.search(r"\.(mo|pyc)$|__pycache__|/\.|\.venv", name)] == []


def test_the_sources_build_the_same_wheel(built: Built, tmp_path: Path) -> None:
    """To the byte, without git, wherever they are unpacked."""
    with tarfile.open(built.sdist) as file:
        file.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()

    again = installing.build_wheel(source, tmp_path / "again")

    assert _contents(again) == _contents(built.wheel)
    assert again.read_bytes() == built.wheel.read_bytes()


def test_the_package_tells_the_truth_about_itself(built: Built) -> None:
    """Headers are valid, the version is the program's, the page for readers is there."""
    text = _contents(built.wheel)[f"{INFO}/METADATA"]

    found = Metadata.from_email(text, validate=True)

    assert (found.name, found.version) == ("xianke", Version(xianke.__version__))
    assert (found.license_expression, found.license_files) == ("MIT", ["LICENSE", "NOTICE"])
    assert found.description_content_type == "text/markdown"
    assert found.description is not None
    assert found.description.startswith("# xianke")
    assert found.classifiers is not None
    assert "Typing :: Typed" in found.classifiers
    assert found.requires_python == ">=3.11"
    assert not any(
        one.startswith("Programming Language :: Python :: 3.10") for one in found.classifiers
    )
