"""Gigs from the time logs of Timewarrior and Watson."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from xianke.errors import NotUnderstood, Unreadable
from xianke.importers import timelogs
from xianke.importers.gigfiles import GigFile, GigRow

SHANGHAI = ZoneInfo("Asia/Shanghai")
INTERVAL = {
    "id": 1,
    "start": "20260930T161000Z",
    "end": "20260930T165001Z",
    "tags": ["美团众包", "夜班"],
    "annotation": "雨天",
}
FRAME = [1790784600, 1790787001, "闲鱼", "a1", ["修图"], 1790787001]
ENTRY = {
    "project": "闲鱼",
    "start": "2026-10-01T00:10:00+08:00",
    "stop": "2026-10-01T00:50:01+08:00",
    "tags": ["修图"],
}
GIG = GigRow(
    line=1,
    platform="美团众包",
    category=None,
    at=datetime(2026, 10, 1, 0, 10),
    worked_minutes=41,
    unpaid_minutes=0,
    gross_fen=None,
    fee_fen=0,
    cost_fen=0,
    tax_fen=0,
    status="delivered",
    note="雨天",
    tags=("美团众包", "夜班"),
)


def _timewarrior(tmp_path: Path, *entries: object) -> GigFile:
    path = tmp_path / "log.json"
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    return timelogs.read_timewarrior(path, SHANGHAI)


def _watson(tmp_path: Path, *entries: object) -> GigFile:
    path = tmp_path / "frames"
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    return timelogs.read_watson(path, SHANGHAI)


def test_an_interval_of_timewarrior(tmp_path: Path) -> None:
    """Its UTC becomes civil time, a minute begun is a minute, the first tag is the platform."""
    assert _timewarrior(tmp_path, INTERVAL) == GigFile((GIG,), ())


@pytest.mark.parametrize("entry", [FRAME, ENTRY], ids=["frames", "log --json"])
def test_a_frame_of_watson(entry: object, tmp_path: Path) -> None:
    """Its own file and its report are the same; the project is the platform."""
    (row,) = _watson(tmp_path, entry).rows

    assert (row.platform, row.at, row.worked_minutes) == ("闲鱼", GIG.at, 41)
    assert (row.note, row.tags) == ("修图", ("闲鱼", "修图"))


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({**INTERVAL, "tags": []}, "没有标签或项目，不知道是哪个平台"),
        ({**INTERVAL, "tags": [" "]}, "没有标签或项目，不知道是哪个平台"),
        ({"start": "20260930T161000Z", "tags": ["甲"]}, "还没有结束"),
        ({**INTERVAL, "end": INTERVAL["start"]}, "结束不晚于开始"),
        ({**INTERVAL, "end": "20290930T161000Z"}, "用时长得不合理"),
        ({**INTERVAL, "end": "昨天"}, "看不懂时间「昨天」"),
        ({**INTERVAL, "end": 5}, "看不懂时间「5」"),
        ({**INTERVAL, "tags": "甲"}, "「甲」应当是一列文字"),
        ({**INTERVAL, "tags": [5]}, "「5」应当是文字"),
        ({**INTERVAL, "annotation": None}, "「None」应当是文字"),
        ("x", "不是一条记录"),
    ],
)
def test_a_wrong_interval(entry: object, reason: str, tmp_path: Path) -> None:
    """It stands beside the good ones."""
    found = _timewarrior(tmp_path, entry, INTERVAL)

    assert [(one.line, one.reason) for one in found.problems] == [(1, reason)]
    assert [row.line for row in found.rows] == [2]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (FRAME[:3], "不是一条记录"),
        ("frame", "不是一条记录"),
        ([True, *FRAME[1:]], "看不懂时间「True」"),
        ([5, *FRAME[1:]], "看不懂时间「5」"),
        ([1.5, *FRAME[1:]], "看不懂时间「1.5」"),
        ([10**20, *FRAME[1:]], "看不懂时间「100000000000000000000」"),
        ({**ENTRY, "start": "2026-10-01T00:10:00"}, "看不懂时间「2026-10-01T00:10:00」"),
        ({**ENTRY, "stop": "昨天"}, "看不懂时间「昨天」"),
        ({**ENTRY, "project": None}, "「None」应当是文字"),
    ],
)
def test_a_wrong_frame(entry: object, reason: str, tmp_path: Path) -> None:
    """It stands beside the good ones."""
    found = _watson(tmp_path, entry, FRAME)

    assert [(one.line, one.reason) for one in found.problems] == [(1, reason)]
    assert [row.line for row in found.rows] == [2]


@pytest.mark.parametrize("text", ["[", "[" * 100_000, '{"a": ', "\xff", "9" * 5000])
def test_no_json(text: str, tmp_path: Path) -> None:
    """A file that is cut off, or made to harm, is unreadable."""
    path = tmp_path / "log.json"
    path.write_bytes(text.encode("latin-1"))

    with pytest.raises(Unreadable, match="不是完整的 JSON"):
        timelogs.read_timewarrior(path, SHANGHAI)


def test_json_of_another_kind(tmp_path: Path) -> None:
    """A list is wanted; the hint names the commands that print one."""
    path = tmp_path / "log.json"
    path.write_text('{"a": 1}', encoding="utf-8")

    with pytest.raises(NotUnderstood, match="里不是一列记录"):
        timelogs.read_watson(path, SHANGHAI)
