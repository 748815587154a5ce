"""`xianke demo`: the whole loop once, in a store that is thrown away."""

from __future__ import annotations

import csv
import os
import shlex
import tempfile
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke import i18n, platforms
from xianke.commands import root, story
from xianke.i18n import _
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

    from xianke.i18n import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Speak one language and then the other."""
    spoken: Language = request.param
    monkeypatch.setenv("XIANKE_LANG", spoken)
    i18n.set_language(spoken)
    return spoken


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder for temporary files that is empty at first."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("language")
def test_the_demo_leaves_nothing_behind(run: Run, tmp_path: Path, scratch: Path) -> None:
    """No file in the user's folder, none among the temporary ones, the environment as it was."""
    before = dict(os.environ)

    result = run("demo")

    assert (result.code, result.err) == (0, "")
    assert list(tmp_path.rglob("*")) == [scratch]
    assert dict(os.environ) == before


@pytest.mark.usefixtures("language", "scratch")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_users_own_store_is_not_touched(run: Run, tmp_path: Path, options: list[str]) -> None:
    """Byte for byte, and nothing of it is seen in the demo."""
    run("log", "转转", "12345.67", "--minutes", "40")
    before = _files(tmp_path)

    result = run("demo", *options)

    assert result.code == 0
    assert _files(tmp_path) == before
    assert "12345" not in result.out
    assert [gig["id"] for gig in run("gigs", "--json").data["gigs"]] == ["g1"]


def test_without_a_folder_of_ones_own_choice_it_is_the_same(
    run: Run, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where XIANKE_HOME is not set, it is not set afterwards either."""
    monkeypatch.delenv("XIANKE_HOME")
    for name in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "person"))

    assert run("demo").code == 0

    assert "XIANKE_HOME" not in os.environ
    assert list(tmp_path.rglob("*")) == [scratch]


def test_an_interrupted_demo_cleans_up_too(
    run: Run, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in the middle leaves no folder, and the user's own home in place."""
    home = os.environ["XIANKE_HOME"]
    invoke = root.invoke

    def interrupted_at_the_report(arguments: Sequence[str]) -> int:
        if list(arguments) == ["report"]:
            raise KeyboardInterrupt
        return invoke(arguments)

    monkeypatch.setattr(root, "invoke", interrupted_at_the_report)

    result = run("demo")

    assert result.code == 130
    assert "$ xianke report" in result.out
    assert os.environ["XIANKE_HOME"] == home
    assert list(tmp_path.rglob("*")) == [scratch]


# What it shows


@pytest.mark.usefixtures("language")
def test_every_command_shown_is_the_one_that_ran(run: Run) -> None:
    """Each stands behind a $ as one would type it, in the order of the story."""
    lines = run("demo").out.splitlines()

    shown = [shlex.split(line.removeprefix("$ "))[1:] for line in lines if line[:2] == "$ "]
    assert shown == [list(line) for chapter in story.story() for line in chapter.lines]


@pytest.mark.usefixtures("language")
def test_it_walks_the_whole_loop(run: Run) -> None:
    """Stock, advice, gigs, report, what they taught, a week, the dashboard, and an offer."""
    first_words = [line[0] if line else "" for chapter in story.story() for line in chapter.lines]

    assert list(dict.fromkeys(first_words)) == [
        "inventory", "suggest", "import", "report", "rates", "plan", "", "check",
    ]  # fmt: skip
    assert run("demo").code == 0


@pytest.mark.usefixtures("language")
def test_every_invented_gig_says_that_it_is_made_up(tmp_path: Path) -> None:
    """Nobody shall take it for a promise: the note of each row begins with the same words."""
    story.write_month(tmp_path, date(2026, 11, 22))

    with (tmp_path / story.MADE_UP).open(encoding="utf-8", newline="") as file:
        notes = [row["note"] for row in csv.DictReader(file)]
    assert len(notes) == 13
    assert {note.split(":")[0].split("：")[0] for note in notes} == {_("编的")}


def test_the_invented_month_is_the_four_weeks_before_this_one(tmp_path: Path) -> None:
    """Three platforms, waiting in most gigs, one week far below the others, one gig still owed."""
    story.write_month(tmp_path, date(2026, 11, 22))

    with (tmp_path / story.MADE_UP).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    weeks = sorted({date.fromisoformat(row["at"][:10]).isocalendar().week for row in rows})
    assert weeks == [43, 44, 45, 46]
    assert len({row["platform"] for row in rows}) == 3
    assert [row["status"] for row in rows if row["status"] != "paid"] == ["delivered"]
    assert sum(row["unpaid_minutes"] != "0" for row in rows) == 12


@pytest.mark.usefixtures("language")
def test_what_it_has_led_to_is_one_document(run: Run) -> None:
    """With --json: what each part shows, and the sums of the report are those of the gigs."""
    result = run("demo", "--json")

    assert (result.code, result.err) == (0, "")
    found = result.data
    assert list(found) == [
        "inventory", "suggest", "report", "gigs", "rates", "plan", "dashboard",
    ]  # fmt: skip
    assert [len(found["inventory"][part]) for part in ("slots", "skills", "assets")] == [3, 2, 2]
    total = found["report"]["total"]
    assert (total["gigs"], total["net_fen"], total["net_fen_per_hour"]) == (13, 88_150, 3_860)
    assert sum(gig["net_fen"] for gig in found["gigs"]["gigs"]) == total["net_fen"]
    assert found["report"]["outstanding_fen"] == found["dashboard"]["outstanding_fen"] == 17_892
    first = found["suggest"]["picks"][0]
    assert (first["category"], first["rate"]["own_gigs"]) == ("skill_service", 6)
    assert found["plan"]["blocks"]


@pytest.mark.usefixtures("language")
def test_the_gigs_change_what_is_suggested_and_it_says_so(run: Run) -> None:
    """Another route comes first, and a sentence names both and how many gigs did it."""
    categories = platforms.catalogue().categories
    out = run("demo").out

    told = out[out.index("== 五" if i18n.language() == "zh" else "== 5") :]
    told = " ".join(told[: told.index("\n== ")].split("\n\n")[-1].split())
    assert categories["delivery_errand"].name in told
    assert categories["skill_service"].name in told
    assert " 6 " in told


def test_no_command_in_it_points_at_the_next(run: Run) -> None:
    """The tour itself says what follows: arrows stand at its end only, and point at `init`."""
    lines = run("demo").out.splitlines()

    arrows = [number for number, line in enumerate(lines) if line.lstrip().startswith("→")]
    assert arrows == [len(lines) - 2, len(lines) - 1]
    assert "xianke init" in lines[arrows[0]]
    assert "→" in run("suggest").out


@pytest.mark.usefixtures("language")
def test_it_is_a_short_tour(run: Run) -> None:
    """Nobody reads a wall."""
    lines = run("demo").out.splitlines()

    assert len(lines) <= 240
    assert not any(before == after == "" for before, after in pairwise(lines))


def test_both_languages_tell_the_same_story(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their figures are the same."""
    figures = []
    for spoken in LANGUAGES:
        monkeypatch.setenv("XIANKE_LANG", spoken)
        found = run("demo", "--json").data
        rows = [{**row, "name": None} for row in found["report"]["rows"]]
        picks = [(pick["category"], pick["score"]) for pick in found["suggest"]["picks"]]
        figures.append((rows, picks, found["inventory"]["free_minutes_per_week"]))

    assert figures[0] == figures[1]


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize(
    "now",
    ["2026-11-22T00:05:00+08:00", "2027-01-01T12:00:00+08:00", "2028-02-29T23:59:00+08:00"],
)
def test_it_works_on_any_day(run: Run, monkeypatch: pytest.MonkeyPatch, now: str) -> None:
    """Around midnight, at the turn of the year, in a leap year."""
    monkeypatch.setenv("XIANKE_NOW", now)

    assert (run("demo").code, run("demo").err) == (0, "")


@pytest.mark.usefixtures("language")
def test_it_fits_on_eighty_columns(run: Run) -> None:
    """But for the command lines, which must stay whole to be copied."""
    lines = [line for line in run("demo").out.splitlines() if not line.startswith("$ ")]

    assert max(map(width, lines)) <= 80


def test_it_takes_no_arguments(run: Run) -> None:
    """Exit 2, and nothing runs."""
    result = run("demo", "x", "--json")

    assert (result.code, result.document["errors"][0]["code"]) == (2, "not_understood")


def test_it_works_where_the_folder_one_stands_in_is_gone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after `git checkout` in another window: it needs no folder of the user's."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    assert run("demo").code == 0
