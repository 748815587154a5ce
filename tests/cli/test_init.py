"""`xianke init` where nobody can be asked: presets, refusals, one write, nothing twice."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from xianke import settings, starting
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.cli.conftest import Dump
    from tests.conftest import Run

PRESETS = [preset.code for preset in starting.PRESETS]


def _inventory(run: Run) -> dict[str, Any]:  # Any: the document of `inventory`
    return run("inventory", "--json").data


def test_without_anybody_to_ask_it_is_refused(refused: Callable[..., str]) -> None:
    """The ways without questions are named."""
    said = refused(1, "refused", "init")

    assert "xianke init --preset office --yes" in said
    assert "xianke inventory apply FILE" in said


def test_a_preset_alone_still_asks(refused: Callable[..., str]) -> None:
    """It answers one question only."""
    assert "--yes" in refused(1, "refused", "init", "--preset", "office")


def test_yes_needs_a_preset(refused: Callable[..., str]) -> None:
    """Nobody's life is guessed."""
    assert "--preset office --yes" in refused(2, "not_understood", "init", "--yes")


def test_an_unknown_preset_is_not_understood(refused: Callable[..., str]) -> None:
    """With the list of those there are."""
    said = refused(2, "not_understood", "init", "--preset", "宇航员", "--yes")

    assert "「宇航员」" in said
    assert all(code in said for code in PRESETS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_takes_stock_and_suggests(
    run: Run, monkeypatch: pytest.MonkeyPatch, preset: str, language: str
) -> None:
    """Without a question: slots, skills, and at least one suggestion, on eighty columns."""
    monkeypatch.setenv("XIANKE_LANG", language)
    monkeypatch.setenv("COLUMNS", "80")

    result = run("init", "--preset", preset, "--yes")

    assert (result.code, result.err) == (0, "")
    assert [line for line in result.out.splitlines() if width(line) > 80] == []
    result.out.encode("gbk")
    found = _inventory(run)
    assert found["slots"]
    assert found["skills"]
    goal = starting.default("goal", starting.find_preset(preset))
    assert run("suggest", "--goal", goal, "--json").data["picks"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("preset", PRESETS)
def test_the_commands_shown_would_have_done_the_same(
    run: Run, monkeypatch: pytest.MonkeyPatch, preset: str, language: str
) -> None:
    """Copied into a shell one by one, they leave the same inventory; the last one suggests."""
    monkeypatch.setenv("XIANKE_LANG", language)
    done = run("init", "--preset", preset, "--yes", "--json").data
    expected = _inventory(run)
    monkeypatch.setenv("XIANKE_HOME", str(settings.home() / "another"))

    for line in done["commands"][:-1]:
        name, *words = shlex.split(line)
        assert (name, run(*words).code) == ("xianke", 0), line

    assert _inventory(run) == expected
    suggestion = run(*shlex.split(done["commands"][-1])[1:], "--json")
    assert suggestion.data == done["suggest"]


def test_the_document_says_what_was_added(run: Run) -> None:
    """The preset, each new item with its id, the commands, and three suggestions at most."""
    done = run("init", "--preset", "parent", "--yes", "--json").data

    assert {key: done[key] for key in ("preset", "commands")} == {
        "preset": "parent",
        "commands": [
            "xianke inventory add slot 工作日 09:00-11:00 --label 白天",
            "xianke inventory add slot 工作日 20:30-22:00 --label 晚上",
            "xianke inventory add skill 做饭",
            "xianke inventory add skill 收纳整理",
            "xianke suggest --goal safe --limit 3",
        ],
    }
    whole = _inventory(run)
    del whole["free_minutes_per_week"]
    assert done["added"] == whole
    assert 0 < len(done["suggest"]["picks"]) <= 3


def test_one_undo_takes_it_all_back(run: Run, stored: Callable[[], Dump]) -> None:
    """A run is one change."""
    run("init", "--preset", "driver", "--yes")

    assert run("undo").out.splitlines()[0] == "撤销了：初次盘点 6 项"
    assert not any(stored().values())


@pytest.mark.parametrize("second", PRESETS)
def test_nothing_is_added_twice(run: Run, stored: Callable[[], Dump], second: str) -> None:
    """The same preset again changes nothing and leaves no entry; another adds what is missing."""
    run("init", "--preset", "office", "--yes")
    before = stored()

    result = run("init", "--preset", second, "--yes")

    assert result.code == 0
    after = stored()
    assert all(row in after[table] for table in before for row in before[table])
    rules = [row[1] for row in after["slot"]]
    assert len(set(rules)) == len(rules)
    if second == "office":
        assert after == before
        assert result.out.startswith("没有要添的，盘点和原来一样。\n")
        assert run("undo").out.splitlines()[0] == "撤销了：初次盘点 7 项"


def test_what_is_there_is_left_alone(run: Run) -> None:
    """Levels, places and answers of the user's own stand; what they cover is not added."""
    for line in (
        "add slot 周二 20:00-21:00 --place neighbourhood",
        "add skill 做饭 --level 5",
        "set student no",
    ):
        assert run("inventory", *line.split()).code == 0
    before = _inventory(run)

    added = run("init", "--preset", "student", "--yes", "--json").data["added"]

    assert [slot["label"] for slot in added["slots"]] == ["白天", "周末"]
    assert (added["skills"], added["profile"]) == ([], {"pc": True})
    after = _inventory(run)
    assert after["slots"][:1] == before["slots"]
    assert after["skills"] == before["skills"]
    assert after["profile"] == {"pc": True, "student": False}


def test_the_languages_know_the_same_time(
    run: Run, monkeypatch: pytest.MonkeyPatch, stored: Callable[[], Dump]
) -> None:
    """A second run in English adds no second commute under an English name."""
    run("init", "--preset", "office", "--yes")
    before = stored()
    monkeypatch.setenv("XIANKE_LANG", "en")

    run("init", "--preset", "office", "--yes")

    assert stored() == before


def test_the_help_and_the_first_screen_name_it(run: Run) -> None:
    """Whoever has just installed it finds the way in."""
    assert "xianke init" in run().out
    assert run("--help").out.index("  init ") < run("--help").out.index("  inventory ")
    assert "xianke init --preset student --yes" in run("init", "--help").out


def test_answers_that_wait_do_not_disturb_a_preset(run: Run) -> None:
    """Nor does a damaged file of answers; both are left where they are."""
    home = settings.home()
    home.mkdir(parents=True)
    path = home / ".xianke-init.json"
    path.write_text(json.dumps({"version": 1, "answers": {"city": "杭州"}}), encoding="utf-8")

    assert run("init", "--preset", "office", "--yes", "--json").data["added"]["profile"] == {
        "pc": True
    }
    assert path.exists()
