"""A week in one life: from an empty folder to a report, one process per command, as it is used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

Document = dict[str, Any]


class Life:
    """Somebody at a command line, at a moment that moves on."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.now = ""

    def at(self, day: str, clock: str) -> None:
        """Go on to another moment of November 2026."""
        self.now = f"2026-11-{day}T{clock}:00+08:00"

    def types(self, *words: str, code: int = 0, language: str = "zh") -> str:
        """Run one command and return what it printed; it must end with *code*."""
        done = subprocess.run(
            [sys.executable, "-m", "xianke", *words],
            env={
                **os.environ,
                "PYTHONIOENCODING": "utf-8",
                "XIANKE_HOME": str(self.home),
                "XIANKE_LANG": language,
                "XIANKE_NOW": self.now,
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert done.returncode == code, done.stderr
        assert (done.stderr == "") is (code == 0), done.stderr
        return done.stdout + done.stderr

    def asks(self, *words: str, language: str = "zh") -> Document:
        """Run one command with --json and return its data."""
        document = json.loads(self.types(*words, "--json", language=language))
        assert (document["schema"], document["status"], document["errors"]) == (1, "ok", [])
        data: Document = document["data"]
        return data


@pytest.fixture
def life(tmp_path: Path) -> Life:
    """Return somebody who has never used the program."""
    return Life(tmp_path / "somebody")


def test_a_week_from_an_empty_folder_to_a_report(life: Life) -> None:
    """Take stock, ask, try, record, err, take back, be paid, and see what an hour was worth."""
    life.at("15", "21:00")
    assert "xianke demo" in life.types()
    assert life.asks("report")["total"]["gigs"] == 0
    assert not life.home.exists()

    # Sunday evening: what is there?
    life.types("inventory", "add", "slot", "工作日 12:00-13:00", "--label", "午休")
    life.types("inventory", "add", "slot", "周一到周四 19:30-21:30", "--label", "晚上")
    life.types("inventory", "add", "skill", "PPT", "--level", "4")
    life.types("inventory", "add", "asset", "电脑")
    stock = life.asks("inventory")
    assert stock["free_minutes_per_week"] == 5 * 60 + 4 * 120
    assert stock["profile"] == {"pc": True}
    advice = life.asks("suggest")
    assert advice["picks"] or advice["untested"]
    assert "第一步" in life.types("suggest")

    # The evenings of the week to come, kept until they are planned anew.
    week = life.asks("plan", "--week", "下周", "--keep")
    assert (week["week"], week["free_minutes"]) == ("2026-W47", 5 * 60 + 4 * 120)
    assert week["value_fen"] == sum(block["expected_fen"] for block in week["blocks"])
    assert [one["uid"] for one in life.asks("plan", "--kept", "--week", "下周")["blocks"]] == [
        block["uid"] for block in week["blocks"]
    ]

    # Monday: the first evening's work, written down at its end.
    life.at("16", "12:10")
    assert life.asks()["running"] == "s1"
    life.at("16", "21:10")
    first = life.asks(
        "log", "闲鱼", "120", "--minutes", "75", "--unpaid", "15", "--category", "skill_service"
    )
    assert (first["id"], first["start"]) == ("g1", "2026-11-16T19:40:00+08:00")
    assert first["net_fen_per_hour"] == 8_000

    # Tuesday: a slip of the finger, refused; then a slip of the mind, taken back.
    life.at("17", "12:50")
    assert "字节 Xpert" in life.types("log", "字节 xprt", "12", code=3)
    life.types("log", "字节 xpert", "120", "--minutes", "40", "--count", "8")
    assert "120.00" in life.types("undo")
    assert life.asks("log", "字节 xpert", "12", "--minutes", "40", "--count", "8")["id"] == "g3"

    # Wednesday: work for a neighbour, to be paid on Saturday.
    life.at("18", "21:30")
    lesson = life.asks(
        "log", "王阿姨", "150", "--minutes", "2小时", "--cost", "10", "--new", "--category",
        "knowledge_teaching", "--status", "delivered", "--due", "周六",
    )  # fmt: skip
    assert (lesson["platform"], lesson["due"]) == ("wangayi", "2026-11-21")
    assert "还有 1 单没到账，共 ￥150.00" in life.types()

    # Thursday, past midnight: rejected after an hour.
    life.at("20", "00:10")
    night = life.asks("log", "字节 xpert", "15", "--minutes", "60", "--status", "rejected")
    assert (night["day"], night["start"]) == ("2026-11-19", "2026-11-19T23:10:00+08:00")

    # Friday: something was forgotten, and something was too much.
    life.at("20", "20:00")
    life.types("log", "闲鱼", "80", "--at", "昨天 20:00", "--category", "skill_service")
    life.types("gigs", "edit", "g6", "--minutes", "50", "--fee", "0.48")
    life.types("gigs", "rm", "g3")
    life.types("undo")

    # Sunday: the money came a day late.
    life.at("22", "10:00")
    (waiting,) = life.asks()["waiting"]
    assert (waiting["id"], waiting["due"], waiting["late"]) == ("g4", "2026-11-21", True)
    life.types("gigs", "edit", "g4", "--status", "paid")

    assert [gig["id"] for gig in life.asks("gigs")["gigs"]] == ["g1", "g3", "g4", "g6", "g5"]
    report = life.asks("report")
    assert {
        row["key"]: (row["gigs"], row["net_fen"], row["net_fen_per_hour"], row["received_fen"])
        for row in report["rows"]
    } == {
        "xianyu": (2, 19_952, 8_550, 19_952),
        "wangayi": (1, 14_000, 7_000, 15_000),
        "bytedance_xpert": (2, 1_200, 720, 1_200),
    }
    total = report["total"]
    assert (total["gigs"], total["net_fen"], total["net_fen_per_hour"]) == (5, 35_152, 5_858)
    assert (report["received_fen"], report["outstanding_fen"]) == (36_152, 0)
    weeks = life.asks("report", "--by", "week", "--from", "2026-11-16", "--to", "2026-11-22")
    assert [row["key"] for row in weeks["rows"]] == ["2026-W47"]
    assert weeks["total"] == total
    weekdays = life.asks("report", "--by", "weekday")["rows"]
    received = {row["key"]: row["received_fen"] for row in weekdays}
    assert received == {"1": 12_000, "2": 1_200, "3": 0, "4": 7_952, "7": 15_000}

    # What was earned is what is advised from now on.
    rates = {line["key"]: line["own_gigs"] for line in life.asks("rates")["rates"]}
    assert (rates["xianyu"], rates["bytedance_xpert"], rates["wangayi"]) == (2, 2, 1)
    best = life.asks("suggest")["picks"][0]
    assert (best["category"], best["rate"]["own_gigs"]) == ("skill_service", 2)
    assert "本月净得 ￥351.52" in life.types()

    # The same life in English: the same figures.
    english = life.asks("report", language="en")["total"]
    assert {**english, "name": None} == {**total, "name": None}
    for words in ([], ["inventory"], ["suggest"], ["report"], ["gigs"], ["rates"]):
        assert life.types(*words, language="en")


def test_everything_can_be_taken_back_to_the_beginning(life: Life) -> None:
    """Undo until there is nothing left, and the program greets a beginner again."""
    life.at("16", "21:10")
    life.types("inventory", "add", "skill", "PPT")
    life.types("log", "王阿姨", "50", "--new")
    life.types("gigs", "edit", "g1", "--minutes", "30")

    for said in ("改单 g1 王阿姨 50.00", "记单 王阿姨 50.00", "添技能 PPT 制作"):
        assert said in life.types("undo")

    assert "没有可以撤销的改动" in life.types("undo", code=1)
    assert "xianke demo" in life.types()
    assert life.asks("gigs") == {"gigs": []}
    assert life.asks("inventory")["skills"] == []


def test_only_one_file_is_kept_and_only_for_its_owner(life: Life) -> None:
    """Everything lies below one folder, readable by nobody else."""
    life.at("16", "21:10")
    life.types("log", "闲鱼", "85")
    life.types("report")

    assert [path.name for path in life.home.iterdir()] == ["xianke.db"]
    if os.name != "nt":
        modes = [path.stat().st_mode & 0o777 for path in (life.home, life.home / "xianke.db")]
        assert modes == [0o700, 0o600]
