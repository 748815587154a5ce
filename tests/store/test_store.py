"""The store as a file: how it comes to be, who may read it, and what happens when it cannot."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import types
import typing
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from xianke import models, records, settings, store
from xianke.errors import NotUnderstood, Refused, Unreadable
from xianke.store import opening, tables

AT = datetime(2026, 11, 22, 10, 0)
SCHEMA = (Path(store.__file__).parent / "schema.sql").read_text(encoding="utf-8")
SKILL: tables.Row = {"key": "ppt", "name": "PPT 制作", "level": 4}

unix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")


def _add_skill(key: str = "ppt") -> None:
    with store.write("skill.add", key, AT) as db:
        db.insert("skill", {**SKILL, "key": key})


def _skills() -> list[str]:
    with store.read() as db:
        return [skill.key for skill in db.skills()]


def _raw() -> sqlite3.Connection:
    return sqlite3.connect(settings.database_path(), isolation_level=None)


def _layout(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    return connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    ).fetchall()


def _files() -> dict[str, bytes]:
    """Return the name and content of every file of the store."""
    home = settings.home()
    return {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}


def _both_refuse() -> list[Unreadable]:
    """Open the store through both doors and return what each of them says."""
    with pytest.raises(Unreadable) as reading:
        _skills()
    with pytest.raises(Unreadable) as writing:
        _add_skill("excel")
    errors = [reading.value, writing.value]
    assert all(error.hint and "\n" not in error.message for error in errors)
    return errors


# How it comes to be


def test_a_fresh_store_is_the_schema() -> None:
    """A new file holds what schema.sql says, under its version, and nothing else."""
    _add_skill()

    with closing(sqlite3.connect(":memory:")) as wanted, closing(_raw()) as found:
        wanted.executescript(SCHEMA)
        assert _layout(found) == _layout(wanted)
        assert found.execute("PRAGMA user_version").fetchone() == (store.SCHEMA_VERSION,)


def test_reading_a_store_that_is_not_there_shows_an_empty_one_and_writes_nothing() -> None:
    """A curious first command leaves no file behind."""
    with store.read() as db:
        found = (db.slots(), db.skills(), db.assets(), db.profile(), db.gigs(), db.last_entry())

    assert found == ([], [], [], {}, [], None)
    assert not settings.home().exists()


def test_an_empty_file_becomes_a_store() -> None:
    """A process that ended right after making the file left a good beginning."""
    settings.home().mkdir()
    settings.database_path().touch()

    assert _skills() == []


@unix
def test_the_store_is_the_user_s_alone() -> None:
    """0600 in 0700, whatever the umask allows, also for what SQLite puts beside the file."""
    before = os.umask(0)
    try:
        with store.write("skill.add", "PPT", AT) as db:
            db.insert("skill", SKILL)
            rights = {path.stat().st_mode & 0o777 for path in settings.home().iterdir()}
    finally:
        os.umask(before)

    assert rights == {0o600}
    assert settings.home().stat().st_mode & 0o777 == 0o700


def test_two_processes_making_the_store_at_once_both_get_what_they_want(tmp_path: Path) -> None:
    """Whoever comes second finds the store ready; neither is told that it is locked."""
    script = (
        "import sys\n"
        "from datetime import datetime\n"
        "from xianke import store\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "with store.write('skill.add', sys.argv[1], datetime(2026, 11, 22)) as db:\n"
        "    db.insert('skill', {'key': sys.argv[1], 'name': sys.argv[1], 'level': 3})\n"
    )
    names = ["a", "b", "c", "d"]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for name in names
    ]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    complaints = [process.communicate(timeout=60)[1] for process in processes]

    assert complaints == ["", "", "", ""]
    assert sorted(_skills()) == names


# How it is opened


def test_a_reader_and_a_writer_do_not_wait_for_each_other() -> None:
    """The file is in WAL mode: a reader sees the state from before an unfinished command."""
    _add_skill("ppt")

    with store.write("skill.add", "excel", AT) as db:
        db.insert("skill", {**SKILL, "key": "excel"})
        meanwhile = _skills()

    assert (meanwhile, _skills()) == (["ppt"], ["ppt", "excel"])
    with closing(_raw()) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_one_read_sees_one_moment() -> None:
    """Two questions within one command get answers that fit together."""
    _add_skill("ppt")

    with store.read() as db:
        before = len(db.skills())
        _add_skill("excel")
        after = len(db.skills())

    assert (before, after) == (1, 1)


def test_rows_must_belong_together() -> None:
    """Foreign keys are on: a settlement of a gig that is not there is a fault of the program."""
    with pytest.raises(sqlite3.IntegrityError), store.write("gig.add", "x", AT) as db:
        db.insert("settlement", {"payout_id": 1, "gig_id": 1, "amount_fen": 5})

    with closing(_raw()) as connection:
        assert connection.execute("SELECT COUNT(*) FROM settlement").fetchone() == (0,)


@pytest.mark.parametrize("fault", [ValueError("x"), KeyboardInterrupt(), Refused("不行")])
def test_a_command_that_fails_changes_nothing(fault: BaseException) -> None:
    """All of it happens, or nothing, whatever stopped it; not even an id is used up."""
    _add_skill("ppt")
    with closing(_raw()) as connection:
        before = list(connection.iterdump())

    with pytest.raises(type(fault)), store.write("skill.add", "excel", AT) as db:
        db.insert("skill", {**SKILL, "key": "excel"})
        db.update("skill", 1, {"level": 1})
        db.set_profile("city", "杭州")
        raise fault

    with closing(_raw()) as connection:
        assert list(connection.iterdump()) == before


def test_a_fault_of_the_program_is_not_blamed_on_the_file() -> None:
    """A wrong statement is an internal error; nobody shall restore a backup because of it."""
    _add_skill()

    with pytest.raises(sqlite3.ProgrammingError), store.read() as db:
        db._connection.execute("SELECT :missing", {})
    with pytest.raises(sqlite3.OperationalError), store.read() as db:
        db._connection.execute("SELEKT 1")
    with pytest.raises(ValueError, match="unrelated"), store.read():
        raise ValueError("unrelated")
    with pytest.raises(FileNotFoundError), store.read():
        Path("no-such-file-here").read_bytes()


def test_text_that_no_file_can_hold_is_refused() -> None:
    """Half characters come from a terminal that is not set to UTF-8."""
    with pytest.raises(NotUnderstood) as caught:
        _add_skill("\udcff")

    assert caught.value.message == "「\udcff」里有存不下的字符"
    assert _skills() == []


# When it cannot be read or written


def test_a_file_of_a_newer_program_is_refused_and_left_alone() -> None:
    """What a newer program wrote, this one could only spoil."""
    _add_skill()
    with closing(_raw()) as connection:
        connection.execute(f"PRAGMA user_version = {store.SCHEMA_VERSION + 1}")
    before = _files()

    errors = _both_refuse()

    path = settings.database_path()
    assert {error.message for error in errors} == {f"这份数据由更新版本的 xianke 写成：{path}"}
    assert _files() == before


@pytest.mark.parametrize(
    "content", [b"not a database at all " * 100, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_file_that_is_no_store_is_named_and_left_alone(content: bytes) -> None:
    """One sentence, the path, and what to do; the file may still be of use to somebody."""
    settings.home().mkdir()
    settings.database_path().write_bytes(content)

    errors = _both_refuse()

    assert all(str(settings.database_path()) in error.message for error in errors)
    assert all("损坏" in error.message for error in errors)
    assert settings.database_path().read_bytes() == content


def test_a_store_cut_short_is_named() -> None:
    """The first page is whole, the rest is gone: a copy that was interrupted."""
    with store.write("skill.add", "many", AT) as db:
        for number in range(400):
            db.insert("skill", {**SKILL, "key": f"{number:0200d}"})
    path = settings.database_path()
    path.write_bytes(path.read_bytes()[:16_384])

    errors = _both_refuse()

    assert all("损坏" in error.message and str(path) in error.message for error in errors)


def test_a_database_of_something_else_is_named() -> None:
    """It opens and has a version, but holds none of our tables."""
    settings.home().mkdir()
    with closing(_raw()) as connection:
        connection.execute("CREATE TABLE recipe (id INTEGER)")
        connection.execute(f"PRAGMA user_version = {store.SCHEMA_VERSION}")

    errors = _both_refuse()

    assert all("里面的表不是 xianke 的样子" in error.message for error in errors)


def test_a_folder_in_place_of_the_file_is_named() -> None:
    """It cannot be opened, and it is not replaced."""
    settings.database_path().mkdir(parents=True)

    errors = _both_refuse()

    path = settings.database_path()
    assert {error.message for error in errors} == {f"不能读写 {path}：打不开"}
    assert list(settings.home().iterdir()) == [path]


def test_a_file_in_place_of_the_folder_is_named() -> None:
    """Nothing can be stored below a file."""
    settings.home().write_bytes(b"")

    with pytest.raises(Unreadable) as caught:
        _add_skill()

    assert str(settings.home()) in caught.value.message
    assert settings.home().read_bytes() == b""


def test_folders_above_that_cannot_be_made_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder may be missing several levels up."""
    file = settings.home()
    file.write_bytes(b"")
    monkeypatch.setenv("XIANKE_HOME", str(file / "a" / "b"))

    with pytest.raises(Unreadable) as caught:
        _add_skill()

    assert str(file) in caught.value.message


def test_a_locked_store_is_waited_for_and_then_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program writes: after a while the user is told, and nothing is half done."""
    monkeypatch.setattr(opening, "BUSY_MILLISECONDS", 50)
    _add_skill("ppt")

    with closing(_raw()) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unreadable) as writing:
            _add_skill("excel")
        readable = _skills()

    assert writing.value.message == f"数据文件正被另一个程序占用：{settings.database_path()}"
    assert (readable, _skills()) == (["ppt"], ["ppt"])


def test_a_store_held_for_one_program_alone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even reading is possible then."""
    monkeypatch.setattr(opening, "BUSY_MILLISECONDS", 50)
    _add_skill("ppt")

    with closing(_raw()) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        errors = _both_refuse()

    assert all("占用" in error.message for error in errors)
    assert _skills() == ["ppt"]


def test_a_lock_that_goes_away_in_time_is_no_obstacle() -> None:
    """Two commands at once: the second waits for the first."""
    _add_skill("ppt")
    begun, done = threading.Event(), threading.Event()

    def first() -> None:
        with store.write("skill.add", "excel", AT) as db:
            db.insert("skill", {**SKILL, "key": "excel"})
            begun.set()
            done.wait(0.2)

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait(10)
    _add_skill("word")
    thread.join()

    assert _skills() == ["ppt", "excel", "word"]


@contextmanager
def _common_user(folder: Path) -> Iterator[None]:
    """Give *folder* away and act as a user without privileges: for root no rights hold."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65_534
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody, nobody)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a home that users other than the owner of the test's folder can reach."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        home.parent.chmod(0o755)
        monkeypatch.setenv("XIANKE_HOME", str(home))
        yield home


@unix
def test_a_folder_that_may_only_be_read_is_named_and_left_alone(open_home: Path) -> None:
    """Writing fails with a sentence about rights, not about damage."""
    _add_skill("ppt")
    before = _files()
    open_home.chmod(0o500)
    settings.database_path().chmod(0o400)

    with _common_user(open_home):
        with pytest.raises(Unreadable) as caught:
            _add_skill("excel")
        found = _files()

    open_home.chmod(0o700)
    assert caught.value.message.startswith(f"不能读写 {settings.database_path()}：")
    assert found == before


@unix
def test_a_home_that_may_not_be_made_is_named(
    open_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder above belongs to somebody else."""
    open_home.mkdir()
    open_home.chmod(0o500)
    monkeypatch.setenv("XIANKE_HOME", str(open_home / "a" / "b"))

    with _common_user(open_home), pytest.raises(Unreadable) as caught:
        _add_skill()

    assert caught.value.message.startswith(f"不能读写 {open_home / 'a'}：")


@unix
def test_a_full_disk_is_said_and_changes_nothing() -> None:
    """A limit on the size of files stands for the disk."""
    _add_skill("ppt")
    script = (
        "import resource, sys\n"
        "from datetime import datetime\n"
        "from xianke import store\n"
        "from xianke.errors import Unreadable\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try:\n"
        "    with store.write('skill.add', 'many', datetime(2026, 11, 22)) as db:\n"
        "        for number in range(20_000):\n"
        "            db.insert('skill', {'key': f'{number:0500d}', 'name': 'x', 'level': 3})\n"
        "except Unreadable as error:\n"
        "    print(error.message)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False
    )

    assert ended.stderr == ""
    assert ended.stdout.startswith(f"不能读写 {settings.database_path()}：")
    assert _skills() == ["ppt"]


# Records, tables and models are one thing said three times


def _columns(table: str) -> dict[str, bool]:
    """Return the columns of a table of the schema and whether each may be missing."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA)
        rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return {name: not not_null for _index, name, _kind, not_null, _default, _key in rows}


def _optional(record: type) -> dict[str, bool]:
    hints = typing.get_type_hints(record)
    return {name: isinstance(hint, types.UnionType) for name, hint in hints.items()}


def _models() -> dict[str, type[SQLModel]]:
    kinds = [kind for kind in vars(models).values() if isinstance(kind, type)]
    return {
        str(kind.__tablename__): kind
        for kind in kinds
        if issubclass(kind, SQLModel) and kind is not SQLModel
    }


@pytest.mark.parametrize("record", tables.TABLES, ids=lambda record: record.__name__)
def test_a_record_has_the_columns_of_its_table(record: type) -> None:
    """Same names in records, schema and models; None is possible where NULL is."""
    table = tables.TABLES[record]
    found = _columns(table)

    assert _optional(record) == found
    assert set(_models()[table].model_fields) == set(found)


def test_every_table_has_a_record_and_a_model() -> None:
    """What is declared can be read, and what is read is declared under the same name."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA)
        names = {row[1] for row in _layout(connection) if row[0] == "table"}

    assert names - {"sqlite_sequence"} == set(tables.TABLES.values()) == set(_models())
    assert {table: record.__name__ for record, table in tables.TABLES.items()} == {
        table: kind.__name__ for table, kind in _models().items()
    }


def test_the_journal_looks_after_every_table_but_its_own() -> None:
    """A table that `undo` forgets would be a trap."""
    assert set(tables.JOURNALED) == set(tables.TABLES.values()) - {"entry", "change"}


def test_a_record_comes_back_as_it_went_in() -> None:
    """Columns are taken by name: flags are flags, and what is missing is None."""
    slot = records.Slot(1, "每天 21:00-22:00", None, "home", None, True)

    with store.write("slot.add", "x", AT) as db:
        db.insert("slot", {"driving": 1, "place": "home", "rule": slot.rule})

    with store.read() as db:
        assert db.slots() == [slot]


@pytest.mark.parametrize("place", [*records.PLACES, "moon"])
def test_the_table_knows_the_places_of_the_record(place: str) -> None:
    """A closed set is closed in the file as well."""
    row: tables.Row = {"rule": "每天 21:00-22:00", "place": place, "driving": 0}

    if place in records.PLACES:
        with store.write("slot.add", "x", AT) as db:
            assert db.insert("slot", row) == 1
    else:
        with pytest.raises(sqlite3.IntegrityError), store.write("slot.add", "x", AT) as db:
            db.insert("slot", row)


def test_somebody_elses_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A SQLite file that is not ours gets one sentence, and no tables of ours."""
    path = settings.database_path()
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute("CREATE TABLE photos (name TEXT)")
        theirs.commit()
    before = path.read_bytes()

    with pytest.raises(Unreadable), store.read():
        pass
    with pytest.raises(Unreadable), store.write("skill.add", "PPT", settings.now()):
        pass

    assert path.read_bytes() == before
