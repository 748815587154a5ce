"""`doctor`: really damaged files are found, named with the way back, and left as they are."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke import checkup, settings, shelf
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Result, Run

Findings = dict[str, tuple[str, list[str]]]


@pytest.fixture
def lived_in(run: Run) -> None:
    """Fill a store with a paid gig, an open one and stock, and back it up."""
    run("log", "闲鱼", "85", "--minutes", "40")
    run("log", "美团众包", "30", "--minutes", "60", "--status", "delivered")
    run("inventory", "add", "slot", "工作日 12:00-13:00")
    assert run("backup").code == 0


def _sql(*statements: str) -> None:
    with closing(sqlite3.connect(settings.database_path(), isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def _kept() -> Path:
    (copy,) = (settings.home() / "backups").iterdir()
    return copy


def _home() -> dict[str, tuple[int, int, bytes]]:
    """Return every file with its rights, its time and its bytes: nothing may have touched it."""
    return {
        str(path): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in (settings.home(), *settings.home().rglob("*"))
        if path.exists()
    }


def _looked(run: Run) -> Result:
    """Run it both ways: the exit codes agree, and nothing was written."""
    before = _home()
    result, plain = run("doctor", "--json"), run("doctor")
    assert _home() == before
    assert plain.code == result.code
    assert plain.err == result.err == ""
    return result


def _findings(result: Result) -> Findings:
    return {one["code"]: (one["grade"], one["ids"]) for one in result.document["data"]["findings"]}


# Clean


def test_without_a_store_all_is_well(run: Run) -> None:
    """A newcomer has lost nothing, and looking makes no folder."""
    result = _looked(run)

    assert (result.code, result.document["data"]["findings"]) == (0, [])
    assert not settings.home().exists()


@pytest.mark.usefixtures("lived_in")
def test_a_sound_store_is_clean(run: Run) -> None:
    """One document that says what was looked at."""
    result = _looked(run)

    assert (result.code, result.document["status"], result.document["errors"]) == (0, "ok", [])
    assert result.data["findings"] == []
    assert [(one["key"], one["state"]) for one in result.data["checks"]] == [
        (key, "ok")
        for key in (
            "settings",
            "store",
            "money",
            "journal",
            "copies",
            "catalogue",
            "rights",
            "space",
            "leftovers",
        )
    ]


def test_a_life_of_many_commands_is_clean(run: Run) -> None:
    """Corrections, refusals, write-offs, undo: the identities hold, the journal can be read."""
    for line in (
        ("log", "闲鱼", "85", "--minutes", "40", "--fee", "3", "--cost", "2"),
        ("log", "王阿姨", "200", "--new", "--status", "delivered", "--tax", "10"),
        ("log", "王阿姨", "50", "--status", "delivered"),
        ("payouts", "add", "王阿姨", "120"),
        ("gigs", "edit", "g1", "--gross", "90"),
        ("owed", "--write-off", "g3"),
        ("log", "闲鱼", "0", "--status", "rejected", "--minutes", "30"),
        ("undo",),
        ("gigs", "rm", "g1"),
        ("undo",),
        ("spend", "美团众包", "199", "--deposit"),
    ):
        run(*line)
        assert _findings(_looked(run)) in ({}, {"no_copy": ("warning", [])})


# A store that is damaged


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize(
    ("offset", "bytes_"),
    [(0, b"not a database at all, for a hundred bytes" * 3), (20_000, b"garbage" * 1_000)],
)
def test_overwritten_bytes_are_found(run: Run, offset: int, bytes_: bytes) -> None:
    """At the beginning, or in the midst of the pages; the newest copy is the way back."""
    with settings.database_path().open("r+b") as file:
        file.seek(offset)
        file.write(bytes_)

    result = _looked(run)

    assert result.code == 5
    assert _findings(result) == {"store_damaged": ("damage", [])}
    (error,) = result.document["errors"]
    assert (result.document["status"], error["code"]) == ("error", "unreadable")
    assert f"xianke restore {_kept().name}" in error["hint"]
    assert run("restore", _kept().name, "--yes").code == 0
    assert _looked(run).code == 0


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize("left", [60, 4_096, 100_000])
def test_a_file_cut_off_is_found(run: Run, left: int) -> None:
    """As after a full disk or a broken copy."""
    with settings.database_path().open("r+b") as file:
        file.truncate(left)

    result = _looked(run)

    assert (result.code, _findings(result)) == (5, {"store_damaged": ("damage", [])})


@pytest.mark.usefixtures("lived_in")
def test_a_newer_file_is_named(run: Run) -> None:
    """It is not damaged, but this program must not touch it."""
    _sql("PRAGMA user_version = 999")

    result = _looked(run)

    assert (result.code, _findings(result)) == (5, {"store_newer": ("damage", [])})
    (found,) = result.document["data"]["findings"]
    assert "999" in found["text"]
    assert "升级 xianke" in found["advice"]


@pytest.mark.usefixtures("lived_in")
def test_a_file_of_another_program_is_named(run: Run) -> None:
    """A database, whole, and not ours."""
    settings.database_path().unlink()
    settings.database_path().touch(mode=0o600)
    _sql("CREATE TABLE recipes (name)")

    result = _looked(run)

    assert (result.code, _findings(result)) == (5, {"store_foreign": ("damage", [])})


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_file_is_no_fault(run: Run, version: int) -> None:
    """The next command brings it up to date; looking leaves it old."""
    schema = Path(__file__).parent.parent / "store" / "schemas" / f"v{version}.sql"
    settings.home().mkdir(mode=0o700)
    settings.database_path().touch(mode=0o600)
    with closing(sqlite3.connect(settings.database_path())) as connection:
        connection.executescript(schema.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA user_version = {version}")

    result = _looked(run)

    assert (result.code, _findings(result)) == (0, {})
    assert "旧格式" in run("doctor").out


@pytest.mark.usefixtures("lived_in")
def test_a_row_that_points_nowhere_is_found(run: Run) -> None:
    """A gig was taken out past the program; the money that settled it hangs in the air."""
    _sql("PRAGMA foreign_keys = OFF", "DELETE FROM gig WHERE id = 1")

    result = _looked(run)

    assert result.code == 5
    assert [
        (one["code"], one["ids"], one["text"])
        for one in result.document["data"]["findings"]
        if one["code"] == "foreign_keys"
    ] == [
        ("foreign_keys", ["1"], "settlement 里有 1 行，所指的 gig 不在了"),
        ("foreign_keys", ["p1"], "payout 里有 1 行，所指的 gig 不在了"),
    ]


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE settlement SET amount_fen = amount_fen + 1",
            {"payout_oversettled": ["p1"], "gig_oversettled": ["g1"]},
        ),
        ("UPDATE gig SET gross_fen = gross_fen - 1 WHERE id = 1", {"gig_oversettled": ["g1"]}),
        ("UPDATE payout SET amount_fen = amount_fen - 1", {"payout_oversettled": ["p1"]}),
        (
            "UPDATE gig SET status = 'accepted', paid_day = NULL WHERE id = 1",
            {"money_earned": []},
        ),
        ("UPDATE payout SET replaced_by = id", {"money_received": []}),
        ("UPDATE gig SET gross_fen = 'viel' WHERE id = 1", {"rows": ["g1"]}),
        ("UPDATE gig SET note = CAST(x'e99b' AS TEXT)", {"store_damaged": []}),
        ("UPDATE change SET after = '{' WHERE entry_id = 2", {"journal": ["2"]}),
        ("UPDATE change SET after = '{\"x\": 1}' WHERE entry_id = 2", {"journal": ["2"]}),
        ("UPDATE change SET table_name = 'sqlite_master' WHERE entry_id = 1", {"journal": ["1"]}),
        ("UPDATE entry SET at = 'yesterday' WHERE id = 3", {"journal": ["3"]}),
        ("DROP TABLE goal", {"schema": ["goal"]}),
        ("ALTER TABLE goal ADD COLUMN x", {"schema": ["goal"]}),
        ("DROP INDEX ix_gig_day", {}),
    ],
)
def test_what_no_command_writes_is_found(
    run: Run, statement: str, found: dict[str, list[str]]
) -> None:
    """One fen too many, a word for a number, half a letter, a torn journal: each by its code."""
    _sql(statement)

    result = _looked(run)

    assert {word: ids for word, (_grade, ids) in _findings(result).items()} == found
    assert result.code == (5 if found else 0)


@pytest.mark.usefixtures("lived_in")
def test_a_store_that_vanished_is_named(run: Run) -> None:
    """Its copies tell that there was one."""
    settings.database_path().unlink()

    result = _looked(run)

    assert (result.code, _findings(result)) == (5, {"store_missing": ("damage", [])})
    assert _kept().name in result.document["errors"][0]["hint"]


@pytest.mark.usefixtures("lived_in")
def test_a_folder_in_place_of_the_store_is_named(run: Run) -> None:
    """What cannot be read at all."""
    settings.database_path().unlink()
    settings.database_path().mkdir(mode=0o700)

    result = _looked(run)

    assert (result.code, _findings(result)) == (5, {"store_no_access": ("damage", [])})


def test_whatever_bytes_are_spoiled_there_is_an_answer(run: Run) -> None:
    """Clean or damaged, in a sentence: never a fault of the program, never a byte written."""
    for number in range(12):
        run("log", "闲鱼", str(20 + number), "--minutes", "30", "--note", "雨天" * 20)
    whole = settings.database_path().read_bytes()
    dice = random.Random(8)
    codes = set()

    for _round in range(60):
        spoiled = bytearray(whole)
        for _byte in range(dice.choice([1, 2, 5, 50])):
            first = dice.random() < 0.2
            spoiled[dice.randrange(100 if first else len(spoiled))] = dice.randrange(256)
        settings.database_path().write_bytes(spoiled)
        names = sorted(settings.home().iterdir())
        codes.add(run("doctor").code)
        assert settings.database_path().read_bytes() == spoiled
        assert sorted(settings.home().iterdir()) == names

    assert codes == {0, 5}


# A store in use


@contextmanager
def _other_program(statements: list[str]) -> Iterator[subprocess.Popen[str]]:
    """Hold the store in another process, until it is killed without a word."""
    script = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "for statement in sys.argv[2:]: connection.execute(statement)\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()\n"
    )
    line = [sys.executable, "-c", script, str(settings.database_path()), *statements]
    with subprocess.Popen(
        line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.usefixtures("lived_in")
def test_a_writer_at_work_is_no_obstacle(run: Run) -> None:
    """What it has not finished is not seen."""
    with _other_program(["BEGIN EXCLUSIVE", "UPDATE gig SET gross_fen = 1"]):
        result = run("doctor", "--json")

    assert (result.code, _findings(result)) == (0, {})


@pytest.mark.usefixtures("lived_in")
def test_a_locked_store_is_named(run: Run) -> None:
    """Said after a short wait, with what to do."""
    with _other_program(["PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE"]):
        result = run("doctor", "--json")

    assert (result.code, _findings(result)) == (5, {"store_locked": ("damage", [])})


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize("lost", [[], ["-shm"]])
def test_what_a_dead_process_left_is_read_and_left(run: Run, lost: list[str]) -> None:
    """Its finished changes count, though they still lie beside the store."""
    # What it wrote lies in the file beside the store, and nowhere else.
    with _other_program(
        ["PRAGMA wal_autocheckpoint = 0", "UPDATE settlement SET amount_fen = amount_fen + 1"]
    ):
        pass
    for end in lost:
        Path(f"{settings.database_path()}{end}").unlink()
    names = sorted(path.name for path in settings.home().iterdir())
    content = settings.database_path().read_bytes()

    result = run("doctor", "--json")

    assert "gig_oversettled" in _findings(result)
    assert sorted(path.name for path in settings.home().iterdir()) == names
    assert settings.database_path().read_bytes() == content


@pytest.mark.usefixtures("lived_in")
def test_an_unfinished_change_of_old_manner_is_read_and_left(run: Run) -> None:
    """A process died in the midst of a change: the store counts as it was before."""
    _sql("PRAGMA journal_mode = DELETE")
    with _other_program(
        ["PRAGMA cache_size = 1", "BEGIN", "UPDATE gig SET note = hex(zeroblob(90000))"]
    ):
        pass
    assert Path(f"{settings.database_path()}-journal").exists()

    assert _findings(_looked(run)) == {}


# Around the store


@pytest.mark.usefixtures("lived_in")
def test_a_damaged_copy_is_named(run: Run) -> None:
    """Better to learn it now than on the day it is needed."""
    copy = _kept()
    with copy.open("r+b") as file:
        file.truncate(30_000)

    result = _looked(run)

    assert (result.code, _findings(result)) == (5, {"copy_damaged": ("damage", [])})
    (found,) = result.document["data"]["findings"]
    assert found["path"] == str(copy)


@pytest.mark.usefixtures("lived_in")
def test_the_way_back_passes_over_a_damaged_copy(run: Run) -> None:
    """The newest that can be read is named."""
    good = _kept()
    (settings.home() / "backups" / "xianke-20270101-000000-backup.db").write_bytes(b"x" * 5_000)
    settings.database_path().write_bytes(b"x" * 5_000)

    advice = {one["code"]: one["advice"] for one in _looked(run).document["data"]["findings"]}

    assert good.name in advice["store_damaged"]
    assert "xianke backup" in advice["copy_damaged"]


def test_without_a_copy_one_is_proposed(run: Run) -> None:
    """A warning, and no damage."""
    run("log", "闲鱼", "85")

    result = _looked(run)

    assert (result.code, _findings(result)) == (0, {"no_copy": ("warning", [])})


@pytest.mark.usefixtures("lived_in")
@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_rights_of_others_are_found(run: Run) -> None:
    """Each file that others can read or change; settings, where they can change them."""
    settings.config_path().touch(mode=0o644)
    wide = [settings.home(), settings.database_path(), _kept(), settings.config_path()]
    modes = (0o755, 0o640, 0o604, 0o646)
    for path, mode in zip(wide, modes, strict=True):
        path.chmod(mode)

    result = _looked(run)

    assert result.code == 0
    assert {one["code"] for one in result.data["findings"]} == {"rights_open"}
    assert {one["path"] for one in result.data["findings"]} == {str(path) for path in wide}

    settings.config_path().chmod(0o644)
    assert len(_looked(run).data["findings"]) == 3


@pytest.mark.usefixtures("lived_in")
def test_leftovers_are_found(run: Run) -> None:
    """What a command that was killed could not take away."""
    left = [
        settings.home() / ".restore-abc",
        settings.home() / "backups" / ".xianke-abc.part",
        settings.home() / ".config.toml.abc",
    ]
    left[0].mkdir(mode=0o700)
    for path in left[1:]:
        path.touch(mode=0o600)

    result = _looked(run)

    assert (result.code, set(_findings(result))) == (0, {"leftover"})
    assert {one["path"] for one in result.data["findings"]} == {str(path) for path in left}


@pytest.mark.parametrize(
    ("file", "code", "found"),
    [
        ("zone = ", 5, {"settings_damaged": "damage"}),
        ('zone = "Mars"', 5, {"setting_value": "damage"}),
        ('langage = "en"', 0, {"setting_unknown": "warning"}),
        ('zone = "Asia/Tokyo"', 0, {}),
    ],
)
def test_settings_are_looked_at(run: Run, file: str, code: int, found: dict[str, str]) -> None:
    """What stops every other command does not stop this one."""
    settings.home().mkdir(mode=0o700)
    settings.config_path().write_text(file)

    result = _looked(run)

    assert result.code == code
    assert {word: grade for word, (grade, _ids) in _findings(result).items()} == found


def test_a_clock_that_cannot_be_read_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set in a profile of the shell and forgotten, it stops every command."""
    monkeypatch.setenv("XIANKE_NOW", "gestern")

    result = _looked(run)

    assert (result.code, _findings(result)) == (5, {"clock": ("damage", [])})


@pytest.mark.parametrize(("days", "stale"), [(180, False), (181, True)])
def test_an_old_catalogue_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, days: int, stale: bool
) -> None:
    """After half a year, fees and rules of platforms have often changed."""
    from datetime import date, timedelta

    day = date.fromisoformat(shelf.shipped_day()) + timedelta(days=days)
    monkeypatch.setenv("XIANKE_NOW", f"{day}T10:00+08:00")

    result = _looked(run)

    assert result.code == 0
    assert _findings(result) == ({"catalogue_stale": ("warning", [])} if stale else {})


def test_a_damaged_catalogue_is_named(run: Run) -> None:
    """The shipped one is used meanwhile; without a word about it nobody would know."""
    for folder in (settings.home(), shelf.current_path().parent):
        folder.mkdir(mode=0o700)
    for path in (shelf.current_path(), shelf.previous_path()):
        path.write_bytes(b'{"format":1,"catalogue":{}')

    result = _looked(run)

    assert result.code == 5
    assert _findings(result) == {
        "catalogue_damaged": ("damage", []),
        "catalogue_previous_damaged": ("warning", []),
    }


def test_a_full_disk_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before SQLite finds out in the midst of a change."""
    monkeypatch.setattr(checkup, "LEAST_FREE_BYTES", 10**18)

    result = _looked(run)

    assert (result.code, _findings(result)) == (0, {"space": ("warning", [])})


def test_a_folder_of_copies_that_cannot_be_opened_is_named(run: Run) -> None:
    """That is not the same as no copy; `restore` says so too."""
    run("log", "闲鱼", "85")
    (settings.home() / "backups").symlink_to("backups")

    result, listed = run("doctor", "--json"), run("restore")

    assert (result.code, _findings(result)) == (5, {"copies_no_access": ("damage", [])})
    assert (listed.code, str(settings.home() / "backups") in listed.err) == (5, True)


@pytest.mark.parametrize("what", ["file", "circle"])
def test_a_home_that_is_no_folder_is_named(run: Run, what: str) -> None:
    """Then there is nothing else to look at; `paths` still says where it would be."""
    home = settings.home()
    if what == "file":
        home.write_text("hello")
    else:
        home.symlink_to(home)

    result = run("doctor", "--json")

    assert (result.code, _findings(result)) == (5, {"home_barred": ("damage", [])})
    assert run("paths").code == 0
    assert run("gigs").code == 5


# On the screen


@pytest.mark.parametrize("language", ["zh", "en"])
def test_many_faults_hold_at_80_columns(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Every line fits but those that name a file; a GBK terminal can show all of it."""
    monkeypatch.setenv("XIANKE_LANG", language)
    monkeypatch.setenv("COLUMNS", "80")
    for _number in range(30):
        run("log", "xianyu", "85", "--minutes", "40")
    run("backup")
    _sql("UPDATE settlement SET amount_fen = 1 WHERE id > 2", "UPDATE change SET before = '['")
    settings.config_path().write_text('zone = "Mars"\nlangage = "en"\n')
    for number in range(9):
        (settings.home() / f".xianke-{number}.part").touch(mode=0o600)

    result = run("doctor")

    assert result.code == 5
    wide = [line for line in result.out.splitlines() if width(line) > 80]
    assert [line for line in wide if str(settings.home()) not in line] == []
    result.out.encode("gbk")
    assert result.out.count(str(settings.database_path())) == 1


@pytest.mark.usefixtures("lived_in")
def test_a_clean_screen_is_short(screen: Callable[..., str]) -> None:
    """One line for each part, a word at the end, and what to do in good times."""
    lines = screen("doctor").splitlines()

    assert len(lines) == 12
    assert lines[-2:] == ["没有毛病。", "→ 备份一份更放心：xianke backup"]


def test_a_closed_pipe_ends_with_the_same_code(tmp_path: Path) -> None:
    """A script that reads the first line still learns how it ended."""
    home = tmp_path / "spoiled"
    home.mkdir()
    (home / "xianke.db").write_bytes(b"x" * 5_000)
    reading, writing = os.pipe()
    os.close(reading)

    ended = subprocess.run(
        [sys.executable, "-m", "xianke", "doctor"],
        stdout=writing,
        stderr=subprocess.PIPE,
        env={**os.environ, "XIANKE_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        check=False,
    )
    os.close(writing)

    assert (ended.returncode, ended.stderr) == (5, b"")


# Paths


def test_paths_are_told_before_there_is_anything(run: Run) -> None:
    """Where it all will lie; asking makes nothing."""
    found = {one["key"]: one for one in run("paths", "--json").data["paths"]}

    assert {key: one["path"] for key, one in found.items()} == {
        "home": str(settings.home()),
        "data": str(settings.database_path()),
        "config": str(settings.config_path()),
        "log": str(settings.home() / "errors.log"),
        "copies": str(settings.home() / "backups"),
        "catalogue": str(shelf.current_path()),
    }
    assert not any(one["exists"] for one in found.values())
    assert not settings.home().exists()


@pytest.mark.usefixtures("lived_in")
@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_paths_say_who_may_read(run: Run) -> None:
    """Rights as numbers, and whether others have too many."""
    settings.database_path().chmod(0o644)

    found = {one["key"]: one for one in run("paths", "--json").data["paths"]}

    assert (found["home"]["rights"], found["home"]["open_to_others"]) == ("0700", False)
    assert (found["data"]["rights"], found["data"]["open_to_others"]) == ("0644", True)
    assert found["data"]["bytes"] == settings.database_path().stat().st_size
    assert "xianke doctor" in run("paths").out


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("lived_in")
def test_paths_fit_a_screen(
    screen: Callable[..., str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """80 columns in both languages, the folder in full."""
    monkeypatch.setenv("XIANKE_LANG", language)

    assert str(settings.home()) in screen("paths")


def test_documents_are_one_each(run: Run) -> None:
    """A program reads one document, also of a store that is spoiled."""
    settings.home().mkdir()
    settings.database_path().write_bytes(b"x" * 5_000)

    for line in (("doctor", "--json"), ("--json", "doctor"), ("paths", "--json")):
        assert json.loads(run(*line).out)["schema"] == 1
