"""Whole screens, as they were looked at last: a change must be seen and agreed to.

`XIANKE_UPDATE_SNAPSHOTS=1` writes the files anew; the difference is then for a person to read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

HERE = Path(__file__).parent / "snapshots"
COLUMNS = 80

LIFE: tuple[Sequence[str], ...] = (
    ("inventory", "add", "slot", "工作日 8:00-9:00", "--label", "通勤"),
    ("inventory", "add", "slot", "工作日 12:00-12:30", "--label", "午休"),
    ("inventory", "add", "slot", "周一到周四 19:30-21:30", "--label", "晚上"),
    ("inventory", "add", "skill", "PPT", "--level", "4"),
    ("inventory", "add", "skill", "文案"),
    ("inventory", "add", "asset", "相机", "--idle", "周末", "--note", "微单，两支镜头"),
    ("inventory", "add", "asset", "电脑"),
    ("inventory", "set", "city", "杭州"),
    (
        "log", "闲鱼", "120", "--minutes", "90", "--unpaid", "20", "--fee", "1.92",
        "--category", "skill_service", "--at", "2026-10-30 20:00",
    ),
    ("log", "美团众包", "88.1", "--count", "17", "--minutes", "4小时", "--at", "2026-11-18 14:00"),
    ("log", "王阿姨", "50", "--minutes", "30", "--new", "--category", "local_service"),
    (
        "log", "字节 xpert", "36", "--count", "6", "--minutes", "110", "--at", "2026-11-21 20:10",
        "--status", "delivered", "--due", "2026-11-27",
    ),
    ("log", "闲鱼", "25", "--minutes", "40", "--at", "2026-11-20", "--status", "rejected"),
)  # fmt: skip

SCREENS: dict[str, Sequence[str]] = {
    "inventory": ("inventory",),
    "suggest": ("suggest",),
    "report": ("report",),
    "gigs": ("gigs",),
    "platforms-show-xianyu": ("platforms", "show", "xianyu"),
    "plan": ("plan", "--week", "2026-W48"),
}
ENGLISH: dict[str, Sequence[str]] = {"plan-en": SCREENS["plan"]}
OFFERS = {
    "check-trap": (10, "先交100元押金才能派单"),
    "check-warn": (0, "朋友让我先垫付300块做任务，是真的吗？"),
    "check-ok": (0, "周末发传单，现场日结，不收任何费用"),
}
"""What somebody may be offered, and how the reading of it ends."""
CHECKS = [f"{name}{language}" for name in OFFERS for language in ("", "-en")]


@pytest.fixture
def _life(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    for line in LIFE:
        assert run(*line).code == 0


def _masked(text: str) -> str:
    """Hide the day of the catalogue: it moves with every correction."""
    return re.sub(r"(目录截至) \d{4}-\d{2}-\d{2}", r"\1 YYYY-MM-DD", text)


@pytest.mark.usefixtures("_life")
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_as_it_was(run: Run, name: str) -> None:
    """In Chinese, on eighty columns, on the morning of 2026-11-22."""
    path = HERE / f"{name}.txt"
    result = run(*SCREENS[name])
    assert (result.code, result.err) == (0, "")
    screen = _masked(result.out)

    if os.environ.get("XIANKE_UPDATE_SNAPSHOTS") == "1":
        path.write_text(screen, encoding="utf-8", newline="\n")

    assert screen == path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("_life")
@pytest.mark.parametrize("name", ENGLISH)
def test_a_screen_in_english_is_as_it_was(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The same life, told to somebody who reads English."""
    monkeypatch.setenv("XIANKE_LANG", "en")
    path = HERE / f"{name}.txt"
    result = run(*ENGLISH[name])
    assert (result.code, result.err) == (0, "")

    if os.environ.get("XIANKE_UPDATE_SNAPSHOTS") == "1":
        path.write_text(result.out, encoding="utf-8", newline="\n")

    assert result.out == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CHECKS)
def test_the_reading_of_an_offer_is_as_it_was(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A trap, a warning, and nothing found, in both languages."""
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    monkeypatch.setenv("XIANKE_LANG", "en" if name.endswith("-en") else "zh")
    path = HERE / f"{name}.txt"
    code, offer = OFFERS[name.removesuffix("-en")]
    result = run("check", offer)
    assert (result.code, result.err) == (code, "")

    if os.environ.get("XIANKE_UPDATE_SNAPSHOTS") == "1":
        path.write_text(result.out, encoding="utf-8", newline="\n")

    assert result.out == path.read_text(encoding="utf-8")
    # It is read where it was typed, without scrolling.
    assert len(result.out.splitlines()) <= 24


@pytest.mark.parametrize("name", [*SCREENS, *ENGLISH, *CHECKS])
def test_a_snapshot_keeps_within_its_columns(name: str) -> None:
    """A line that is too long would be broken anywhere; an address is never cut."""
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if width(line) > COLUMNS and "://" not in line] == []


def test_every_snapshot_has_a_screen() -> None:
    """No file lies there unread."""
    assert {path.stem for path in HERE.iterdir()} == {*SCREENS, *ENGLISH, *CHECKS}
