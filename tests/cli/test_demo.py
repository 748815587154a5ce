"""`xianke demo`: the whole loop once, in a store that is thrown away."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke import i18n
from xianke.commands import demo, root
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

    shown = [shlex.split(line.removeprefix("$ xianke ")) for line in lines if line[:2] == "$ "]
    assert shown == [list(line) for chapter in demo.story() for line in chapter.commands]
    titles = [line.strip("= ") for line in lines if line.startswith("== ")]
    assert titles == [chapter.title for chapter in demo.story()]


@pytest.mark.usefixtures("language")
def test_it_walks_the_whole_loop(run: Run) -> None:
    """Stock, advice, gigs, report, advice again with what was earned, and a week."""
    first_words = [line[0] for chapter in demo.story() for line in chapter.commands]

    assert list(dict.fromkeys(first_words)) == [
        "inventory", "suggest", "log", "report", "rates", "plan",
    ]  # fmt: skip
    assert first_words[-2:] == ["suggest", "plan"]
    assert run("demo").code == 0


@pytest.mark.usefixtures("language")
def test_every_amount_says_that_it_is_made_up() -> None:
    """Nobody shall take the invented gigs for a promise."""
    logs = [line for chapter in demo.story() for line in chapter.commands if line[0] == "log"]

    assert len(logs) == 3
    assert all("--note" in line for line in logs)
    assert len({line[list(line).index("--note") + 1] for line in logs}) == 1


@pytest.mark.usefixtures("language")
def test_the_report_at_the_end_is_the_sum_of_the_gigs(run: Run) -> None:
    """With --json: the inventory, the suggestions and the report, one document."""
    result = run("demo", "--json")

    assert (result.code, result.err) == (0, "")
    found = result.data
    assert list(found) == ["inventory", "suggest", "report"]
    assert [len(found["inventory"][part]) for part in ("slots", "skills", "assets")] == [3, 2, 2]
    total = found["report"]["total"]
    assert (total["gigs"], total["net_fen"], total["net_fen_per_hour"]) == (3, 23_600, 4_567)
    assert (found["report"]["received_fen"], found["report"]["outstanding_fen"]) == (20_000, 3_600)
    first = found["suggest"]["picks"][0]
    assert (first["category"], first["rate"]["own_gigs"]) == ("skill_service", 2)


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
