"""Every command on terminals of 40, 80 and 120 columns, in both languages, on a full store."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import filled
from tests.conftest import NOW, Run, leaves, run_here

from xianke.commands import root
from xianke.render.text import double_cells, width

COLUMNS = (40, 80, 120)
LANGUAGES = ("zh", "en")

READING: tuple[tuple[str, ...], ...] = (
    (),
    ("inventory",),
    ("inventory", "slots", "--from", "2026-11-22", "--to", "2026-11-29"),
    ("inventory", "calendars"),
    ("inventory", "questions"),
    ("suggest",),
    ("suggest", "--goal", "cash"),
    ("suggest", "--explain", "skill_service"),
    ("suggest", "--explain", "xianyu"),
    ("suggest", "--why-not", "ride_hailing"),
    ("now",),
    ("now", "--minutes", "40", "--place", "home"),
    ("plan",),
    ("plan", "--week", "2026-W48"),
    ("rates",),
    ("rates", "--by", "category"),
    ("rates", "--check"),
    ("gigs",),
    ("gigs", "show", "g1"),
    ("gigs", "show", "g2"),
    ("bills",),
    ("bills", "--all"),
    ("bills", "show", "b1"),
    ("rules",),
    ("rules", "apply"),
    ("owed",),
    ("spend",),
    ("payouts",),
    ("payouts", "explain"),
    ("report",),
    ("report", "--by", "category"),
    ("report", "--by", "month"),
    ("report", "--by", "week"),
    ("report", "--by", "weekday"),
    ("report", "--by", "hour"),
    ("usage",),
    ("learn",),
    ("learn", "英语"),
    ("goal",),
    ("check", "先交100元押金才能派单，刷单日结，加微信 example 领任务，名额不多先到先得"),
    ("check", "周末发传单，现场日结，不收任何费用"),
    ("platforms",),
    ("platforms", "--search", "美团"),
    ("platforms", "show", "meituan_zhongbao"),
    ("platforms", "show", filled.LONG_PLATFORM),
    ("platforms", "verify"),
    ("restore",),
    ("start",),
    ("config",),
    ("doctor",),
    ("paths",),
)
"""Screens of a full store that change nothing."""

WRITING: tuple[tuple[str, ...], ...] = (
    ("stop", "123456.78", "--note", "一份很长的备注，写的是这一单为什么拖了这么久才交"),
    ("undo",),
    ("start", filled.ENGLISH_CLIENT),
    ("stop", "--discard"),
    ("log", filled.LONG_PLATFORM, "85", "--minutes", "40", "--fee", "1.5"),
    ("log", "闲余", "85"),
    ("log", "闲鱼", "十二块半又三毛还差一点", "--minutes", "40"),
    ("gigs", "edit", "g1", "--rating", "5"),
    ("gigs", "rm", "g3"),
    ("inventory", "add", "slot", "工作日（除周三） 21:30-22:00", "--label", "睡前的半个小时"),
    ("inventory", "add", "slot", "单周周六 9:00-12:00"),
    ("inventory", "add", "skill", "Bookkeeping for small restaurants and food stalls"),
    ("inventory", "add", "asset", "三脚架", "--idle", "周末", "--note", "碳纤维，有一条腿不太稳"),
    ("inventory", "edit", "s1", "--label", "早上地铁换公交"),
    ("inventory", "set", "birth_year", "1995"),
    ("inventory", "apply", "no-such-stock.yaml"),
    ("inventory", "refresh-calendar"),
    ("inventory", "remove-calendar", "孩子学校与兴趣班的公用日历"),
    ("inventory", "rm", "a1"),
    ("import", "bill.csv", "--dry-run"),
    ("import", "bill.csv", "--yes"),
    ("bills", "assign", "b8", filled.ENGLISH_CLIENT, "--always"),
    ("rules", "add", "星海演示设计工作室", filled.LONG_CLIENT),
    ("rules", "edit", "r1", "--off"),
    ("rules", "rm", "r2"),
    ("owed", "--write-off", "g2"),
    ("spend", filled.LONG_PLATFORM, "30", "--note", "打印样稿，一共打了三份"),
    ("spend", "returned", "c2"),
    ("spend", "edit", "c1", "--note", "头盔"),
    ("spend", "rm", "c1"),
    ("payouts", "add", filled.LONG_CLIENT, "1234.5", "--note", "第二笔"),
    ("payouts", "settle", "p1", "g1"),
    ("payouts", "edit", "p1", "--note", "头一笔"),
    ("payouts", "rm", "p2"),
    ("goal", "1500/月"),
    ("goal", "--clear"),
    ("plan", "--week", "2026-W48", "--keep"),
    ("platforms", "add", "Neighbourhood Repair Exchange of the Western Suburbs"),
    ("platforms", "edit", filled.LONG_PLATFORM, "escrow", "no", "--note", "问过群主，没有"),
    ("platforms", "edit", filled.LONG_PLATFORM, "escrow", "--unset"),
    ("platforms", "validate", "no-such-catalogue.yaml"),
    ("platforms", "update", "--rollback"),
    ("platforms", "rm", "no-such-platform"),
    ("config", "set", "zone", "Asia/Urumqi"),
    ("config", "get", "zone"),
    ("config", "unset", "zone"),
    ("init", "--preset", "office", "--yes"),
    ("export", "--format", "csv", "-o", "gigs.csv"),
    ("backup", "-o", "copy.db"),
    ("restore", "copy.db"),
    ("completion", "show", "--shell", "fish"),
    ("completion", "install", "--shell", "fish"),
    ("completion", "uninstall", "--shell", "fish"),
    ("inventory", "import-calendar", "no-such-calendar.ics"),
    ("demo",),
    ("undo",),
    ("no-such-command",),
    ("gigs", "--no-such-option"),
)  # fmt: skip
"""What answers in a sentence or two, be it a refusal."""

DOCUMENTS = {("inventory", "export")}
"""What is written for programs, a line at a time."""

RAW = {("completion", "show"), ("config", "get")}


def test_no_command_is_forgotten() -> None:
    """A new command has to stand in one of the lists."""
    looked_at = {line[:length] for line in (*READING, *WRITING) for length in (1, 2, 3)} | DOCUMENTS

    assert {leaf for leaf in leaves(root.command()) if leaf not in looked_at} == set()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of a full store, made once."""
    folder = tmp_path_factory.mktemp("full")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIANKE_HOME", str(folder / "home"))
        patch.setenv("XIANKE_LANG", "zh")
        patch.setenv("XIANKE_NOW", NOW)
        filled.plant(run_here, folder / "files")
    return folder


@pytest.fixture(params=[(language, cells) for language in LANGUAGES for cells in COLUMNS])
def cells(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Set a language and a width."""
    language, cells = request.param
    monkeypatch.setenv("XIANKE_LANG", language)
    monkeypatch.setenv("COLUMNS", str(cells))
    return int(cells)


def _too_wide(text: str, cells: int) -> list[str]:
    """Return lines that are wider, but for what must stay whole to be copied."""
    return [
        line
        for line in text.splitlines()
        if width(line) > cells and not re.search(r"://|[/\\][\w.-]+[/\\]|^\$ ", line)
    ]


def _broken_tables(text: str) -> list[str]:
    """Return lines beside a rule that are wider than the rule."""
    lines = text.splitlines()
    return [
        lines[beside]
        for number, line in enumerate(lines)
        if line and set(line) == {"─"}
        for beside in (number - 1, number + 1)
        if width(lines[beside]) > width(line)
    ]


def test_no_screen_is_wider_than_the_terminal(
    full: Path, run: Run, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is a row wider than its rule, nor anything cut with dots."""
    monkeypatch.setenv("XIANKE_HOME", str(full / "home"))
    faults: dict[tuple[str, ...], list[str]] = {}
    for line in READING:
        done = run(*line)
        assert done.code in (0, 10), (line, done)
        faults[line] = _too_wide(done.out, cells) + _broken_tables(done.out)
        faults[line] += re.findall(r".*\S…(?:\s|$)", done.out)

    assert {line: found for line, found in faults.items() if found} == {}


def test_no_answer_is_wider_than_the_terminal(
    full: Path, run: Run, cells: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said after writing, and why something is refused."""
    shutil.copytree(full / "home", tmp_path / "home")
    shutil.copy(full / "files" / "账单.csv", tmp_path / "bill.csv")
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    faults: dict[tuple[str, ...], list[str]] = {}
    refused = 0
    for line in WRITING:
        done = run(*line)
        refused += done.code != 0
        faults[line] = _broken_tables(done.out)
        if line[:2] not in RAW:
            faults[line] += _too_wide(done.out, cells)

    assert {line: found for line, found in faults.items() if found} == {}
    assert refused < len(WRITING) / 3


def test_no_help_page_is_wider_than_the_terminal(run: Run, cells: int) -> None:
    """Terms and explanations stand side by side, or below each other."""
    pages = [(), *leaves(root.command()), ("inventory",), ("platforms",), ("payouts",)]
    for path in pages:
        done = run(*path, "--help")
        assert done.code == 0, path
        assert _too_wide(done.out, cells) == [], path


def _said(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isalnum())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_terminal_loses_nothing(
    full: Path, run: Run, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every letter, digit and character that a wide one shows stands on a narrow one too."""
    monkeypatch.setenv("XIANKE_HOME", str(full / "home"))
    monkeypatch.setenv("XIANKE_LANG", language)
    for line in READING:
        if line[-1:] in {("weekday",), ("hour",)}:
            continue  # The hours along a chart stand further apart.
        shown = {}
        for cells in COLUMNS:
            monkeypatch.setenv("COLUMNS", str(cells))
            shown[cells] = _said(run(*line).out)
        assert shown[120] - shown[80] == Counter(), line
        assert shown[120] - shown[40] == Counter(), line


@pytest.mark.parametrize(
    "line", [("gigs",), ("report",), ("owed",), ("payouts",), ("rates",), ("bills", "--all")]
)
def test_long_names_stand_there_in_full(
    full: Path, run: Run, line: tuple[str, ...], cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every word of the longest names, none of them broken inside."""
    monkeypatch.setenv("XIANKE_HOME", str(full / "home"))

    words = run(*line).out.split()

    for word in filled.ENGLISH_CLIENT.split():
        assert any(word in one for one in words), word


def test_every_platform_stands_in_the_list(
    full: Path, run: Run, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its whole name where that is one word, by its words where it is several."""
    monkeypatch.setenv("XIANKE_HOME", str(full / "home"))

    shown = set(re.findall(r"[A-Za-z]+", run("platforms").out))

    for platform in run("platforms", "--json").data["platforms"]:
        assert set(re.findall(r"[A-Za-z]+", platform["name"])) <= shown


@pytest.fixture
def wide_signs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Say that the terminal draws shared signs on two cells, until the test is over."""
    with monkeypatch.context() as changed:
        changed.setenv("XIANKE_WIDE_SIGNS", "1")
        yield
    double_cells.cache_clear()


@pytest.mark.usefixtures("wide_signs")
@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_may_be_two_cells_wide(
    full: Path, run: Run, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal that draws them so, and where that was said, screens hold as well."""
    monkeypatch.setenv("XIANKE_HOME", str(full / "home"))
    monkeypatch.setenv("XIANKE_LANG", language)
    monkeypatch.setenv("COLUMNS", "80")
    faults: dict[tuple[str, ...], list[str]] = {}
    for line in READING:
        done = run(*line)
        assert width("─") == 2
        faults[line] = _too_wide(done.out, 80) + _broken_tables(done.out)

    assert {line: found for line, found in faults.items() if found} == {}
