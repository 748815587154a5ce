"""`xianke learn`: what a skill would add, fifteen days for it, and what idle things bring."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Refused = Callable[..., str]
Screen = Callable[..., str]
Stored = Callable[[], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def stock(run: Run) -> None:
    """Evenings and weekends, one skill, a computer, two things, three gigs."""
    for line in (
        ("inventory", "add", "slot", "工作日 19:00-21:00", "--place", "home"),
        ("inventory", "add", "slot", "周末 14:00-17:00", "--place", "home"),
        ("inventory", "add", "skill", "PPT"),
        ("inventory", "add", "asset", "电脑"),
        ("inventory", "add", "asset", "车位"),
        ("inventory", "add", "asset", "相机"),
        *(("log", "闲鱼", "50", "--minutes", "60", "--at", f"2026-11-{day}") for day in (2, 3, 4)),
    ):
        assert run(*line).code == 0, line


def test_without_slots_nothing_is_promised(run: Run) -> None:
    """It says why, and where to begin."""
    found = run("learn", "--json").data
    out = run("learn").out

    assert (found["skills"], found["trial"], found["assets"]) == ([], None, [])
    assert (found["free_minutes"], found["week_fen"]) == (0, 0)
    assert found["hour"] == {"fen": None, "basis": "none"}
    assert {one["reason"]["code"] for one in found["untold"]} == {"no_slots"}
    assert out.splitlines()[0] == "平常一周没有登记的空闲，算不出学会一样能多挣多少。"


@pytest.mark.usefixtures("stock")
def test_the_whole_document_has_what_is_promised(run: Run) -> None:
    """The usual week, an hour's worth, every skill with its figures, fifteen days, things."""
    found = run("learn", "--json").data

    assert set(found) == {
        "week_of", "free_minutes", "week_fen", "hour", "skills", "untold", "trial", "assets",
    }  # fmt: skip
    assert (found["week_of"], found["free_minutes"]) == ("2026-11-23", 960)
    assert found["hour"] == {"fen": 5_000, "basis": "own"}
    assert found["skills"]
    for one in found["skills"]:
        gain, hours, weeks = one["gain_per_week"], one["hours_to_learn"], one["break_even_weeks"]
        assert one["opens"]
        assert one["reason"] is None
        assert 0 <= gain["low_fen"] <= gain["mid_fen"] <= gain["high_fen"]
        assert weeks["low"] == -(-hours["low"] * 5_000 // gain["high_fen"])
        assert weeks["high"] == (
            None if gain["low_fen"] == 0 else -(-hours["high"] * 5_000 // gain["low_fen"])
        )
        assert (hours["basis"], hours["source"]) == ("judgement", "编者估计")
    assert "ppt" not in {one["key"] for one in (*found["skills"], *found["untold"])}
    assert all(one["reason"]["text"] for one in found["untold"])


@pytest.mark.usefixtures("stock")
def test_things_are_named_with_what_is_known_of_them(run: Run) -> None:
    """A parking space has a rent; of a camera nobody knows; a computer is no thing."""
    things = {one["key"]: one for one in run("learn", "--json").data["assets"]}

    assert set(things) == {"parking_space", "camera"}
    assert things["parking_space"]["rent"]["unit"] == "month"
    assert things["parking_space"]["rent"]["known"] is True
    assert things["parking_space"]["use"] is None
    assert things["camera"]["sell"]["known"] is False
    assert things["camera"]["sell"]["mid_fen"] is None


@pytest.mark.usefixtures("stock")
def test_a_named_skill_has_fifteen_days_and_a_line_to_stop_at(run: Run) -> None:
    """Also where nobody knows what it pays: then one finds out cheaply."""
    found = run("learn", "编程", "--json").data

    assert [(one["key"], one["reason"]["code"]) for one in found["untold"]] == [
        ("coding", "no_pay")
    ]
    trial = found["trial"]
    assert (trial["skill"], trial["from"], trial["to"]) == ("coding", "2026-11-23", "2026-12-07")
    assert trial["minutes"] == 15 * 60
    assert trial["enough_to_learn"] is False
    assert trial["blocks"][0] == {
        "start": "2026-11-23T19:00:00+08:00",
        "end": "2026-11-23T20:00:00+08:00",
        "kind": "learn",
        "milestone": False,
        "text": "跟着免费的教程学，边学边动手",
    }
    assert [one["kind"] for one in trial["blocks"] if one["milestone"]] == [
        "try_free",
        "first_job",
        "review",
    ]
    assert trial["stop"] == {
        "day": "2026-12-07",
        "least_fen_per_hour": 3_704,
        "text": "到 2026-12-07 还没有第一单，或者每小时净得不到 ￥37.04，就停。",
    }
    assert found["assets"] == []


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_holds_at_eighty_columns(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """In both languages; no course is sold, and what is judgement is called so."""
    monkeypatch.setenv("XIANKE_LANG", language)

    out = screen("learn") + screen("learn", "编程")

    if language == "zh":
        assert "学费一分不付" in out
        assert "编者估计，不是统计" in out
    else:
        assert "Pay no one before the first order" in out
        assert not any("\u4e00" <= char <= "\u9fff" for char in out)


@pytest.mark.usefixtures("stock")
def test_a_limit_holds_for_both(run: Run) -> None:
    """So many skills, not one more, and the rest is counted."""
    everything = run("learn", "--json").data["skills"]

    assert run("learn", "--limit", "2", "--json").data["skills"] == everything[:2]
    assert f"另有 {len(everything) - 2} 样回本更慢" in run("learn", "--limit", "2").out


@pytest.mark.usefixtures("stock")
def test_looking_changes_nothing(run: Run, stored: Stored) -> None:
    """A what-if is not a purchase."""
    before = stored()

    run("learn")

    assert stored() == before


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize(
    ("code", "word", "arguments"),
    [
        (3, "not_found", ["吹唢呐"]),
        (3, "not_found", ["剪集"]),
        (1, "refused", ["PPT"]),
        (2, "not_understood", ["--limit", "0"]),
        (2, "not_understood", ["--limit", "两"]),
        (2, "not_understood", [" "]),
    ],
)
def test_wrong_words_are_refused(
    refused: Refused, code: int, word: str, arguments: list[str]
) -> None:
    """Unknown, misspelt, held already, or no number."""
    refused(code, word, "learn", *arguments)
