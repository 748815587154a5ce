"""Restoring: what comes in is checked, what was there is kept, and nothing falls in between."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st
from tests.store import test_lines, test_migrations

from xianke import settings, store
from xianke.errors import Unreadable
from xianke.store import backups, copies, lines, opening, restoring
from xianke.store.loading import Doubt

if TYPE_CHECKING:
    from xianke.store.tables import Row

AT = datetime.fromisoformat("2026-11-22T10:00:00+08:00")
SKILL: Row = {"name": "PPT 制作", "level": 4}

unix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")


def _add(key: str) -> None:
    with store.write("skill.add", key, AT) as db:
        db.insert("skill", {**SKILL, "key": key})


def _skills(path: Path | None = None) -> list[str]:
    with closing(sqlite3.connect(path or settings.database_path())) as connection:
        return [key for (key,) in connection.execute('SELECT "key" FROM skill ORDER BY id')]


def _backup(path: Path) -> Path:
    return backups.back_up(path, AT).path


def _restore(path: Path) -> restoring.Restored:
    with restoring.examined(path) as found:
        return restoring.put_in_place(found, AT)


def _refused(path: Path) -> str:
    """Restore a file that must be refused; the store and its folder are as they were."""
    before = _files()
    with pytest.raises(Unreadable) as caught:
        _restore(path)
    assert _files() == before
    return caught.value.message


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _files() -> dict[str, bytes]:
    home = settings.home()
    return {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Return a backup of a store with one skill; the store has another one since."""
    _add("ppt")
    path = _backup(tmp_path / "old.db")
    _add("excel")
    return path


def test_the_content_of_the_file_takes_the_place(backup: Path) -> None:
    """What was there lies in a dated copy, which leads back."""
    restored = _restore(backup)

    assert _skills() == ["ppt"]
    copy = settings.home() / "backups" / "xianke-20261122-100000-restore.db"
    assert restored == restoring.Restored(copy, damaged=False)
    _restore(copy)
    assert _skills() == ["ppt", "excel"]


def test_nothing_is_left_behind(backup: Path) -> None:
    """Neither beside the store nor beside the file."""
    content = backup.read_bytes()

    _restore(backup)

    assert _names(settings.home()) == ["backups", "xianke.db"]
    assert _names(backup.parent) == ["home", "old.db"]
    assert backup.read_bytes() == content


def test_undo_goes_on_from_there(backup: Path) -> None:
    """The journal of the file came along."""
    _restore(backup)

    with store.write("undo", "", AT) as db:
        entry = db.undo_last()

    assert entry is not None
    assert (entry.subject, _skills()) == ("ppt", [])


def test_a_store_that_is_not_there_is_made(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a new machine there is nothing to copy aside."""
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "new" / "home"))

    restored = _restore(backup)

    assert restored == restoring.Restored(None, damaged=False)
    assert _skills() == ["ppt"]
    assert _names(settings.home()) == ["xianke.db"]


@unix
def test_what_is_made_is_the_user_s_alone(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """0600 in 0700, whatever the file was and the umask allows."""
    backup.chmod(0o644)
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "new"))
    before = os.umask(0)
    try:
        _restore(backup)
    finally:
        os.umask(before)

    assert stat.S_IMODE(settings.home().stat().st_mode) == 0o700
    assert stat.S_IMODE(settings.database_path().stat().st_mode) == 0o600


def test_an_empty_store_is_not_copied_aside(backup: Path, tmp_path: Path) -> None:
    """There is nothing to go back to."""
    settings.database_path().unlink()
    with store.write("", "", AT):
        pass

    assert _restore(backup) == restoring.Restored(None, damaged=False)
    assert _skills() == ["ppt"]


@pytest.mark.parametrize("content", [b"not a database at all " * 100, b"SQLite format 3\0" + b"x"])
def test_a_damaged_store_is_laid_aside_as_it_is(backup: Path, content: bytes) -> None:
    """That is what backups are for."""
    settings.database_path().write_bytes(content)

    restored = _restore(backup)

    aside = settings.home() / "backups" / "xianke-20261122-100000-damaged.db"
    assert restored == restoring.Restored(aside, damaged=True)
    assert aside.read_bytes() == content
    assert _skills() == ["ppt"]


@pytest.mark.parametrize(
    "change",
    [
        lambda all_: all_[:18] + b"\x06" + all_[19:],  # "do not write", says the beginning
        lambda all_: all_.replace("PPT 制作".encode(), b"PPT \xff\xff\xff\xff\xff\xff"),
        lambda all_: all_[: len(all_) // 2],
    ],
)
def test_no_damage_stands_in_the_way(backup: Path, change: Callable[[bytes], bytes]) -> None:
    """Whether SQLite finds it or not: the backup comes in, and what was there is kept."""
    path = settings.database_path()
    path.write_bytes(change(path.read_bytes()))

    restored = _restore(backup)

    assert restored.copy is not None
    assert _skills() == ["ppt"]


@pytest.mark.parametrize("statement", ["UPDATE gig SET day = CAST(x'ff' AS TEXT)"])
def test_a_store_whose_texts_are_spoiled_can_be_compared(backup: Path, statement: str) -> None:
    """There is nothing to compare with, and that is said."""
    test_lines._log()
    _sql(statement)(settings.database_path())

    assert restoring.present() is None


def test_what_lies_beside_a_damaged_store_goes_along(backup: Path) -> None:
    """Pages that SQLite had still to put into the old file would spoil the new one."""
    path = settings.database_path()
    wal = Path(f"{path}-wal")
    with restoring.examined(backup) as found:
        wal.write_bytes(b"pages of another time")
        aside = restoring._replace(found, path, AT)

    assert Path(f"{aside}-wal").read_bytes() == b"pages of another time"
    assert not wal.exists()
    assert _skills() == ["ppt"]


def test_damage_in_the_middle_is_damage_as_well(backup: Path) -> None:
    """SQLite opens the file and finds out only when it reads on."""
    with store.write("skill.add", "many", AT) as db:
        for number in range(200):
            db.insert("skill", {**SKILL, "key": f"{number:0100d}"})
    content = bytearray(settings.database_path().read_bytes())
    content[5 * 4096 : -4096] = b"\xff" * (len(content) - 6 * 4096)
    settings.database_path().write_bytes(bytes(content))

    restored = _restore(backup)

    assert restored.damaged
    assert restored.copy is not None
    assert restored.copy.read_bytes() == bytes(content)
    assert _skills() == ["ppt"]


def test_somebody_elses_database_is_not_replaced(backup: Path) -> None:
    """It lies where the store should be, but it is not ours to move."""
    path = settings.database_path()
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (id INTEGER)")

    assert "这不是 xianke 的数据文件" in _refused(backup)


def test_a_newer_store_is_not_replaced(backup: Path) -> None:
    """The program does not know what it would throw away."""
    with closing(sqlite3.connect(settings.database_path(), isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 99")

    assert "更新版本" in _refused(backup)


def test_pages_of_another_size_are_no_obstacle(backup: Path) -> None:
    """The present store may come from another machine."""
    settings.database_path().unlink()
    with closing(sqlite3.connect(settings.database_path(), isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("VACUUM")
    _add("word")

    _restore(backup)

    assert _skills() == ["ppt"]


# What another process does meanwhile


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN; SELECT * FROM gig"])
def test_a_store_in_use_is_not_exchanged(
    backup: Path, lock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads or writes finishes first; after a while the user is told."""
    monkeypatch.setattr(opening, "BUSY_MILLISECONDS", 50)
    with closing(sqlite3.connect(settings.database_path(), isolation_level=None)) as other:
        for statement in lock.split(";"):
            other.execute(statement).fetchall()

        with pytest.raises(Unreadable) as caught:
            _restore(backup)

        assert "占用" in caught.value.message
    assert _skills() == ["ppt", "excel"]
    assert not (settings.home() / "backups").exists()


WRITER = """
import sys
from datetime import datetime
from xianke import store
for number in range(60):
    key = f"{sys.argv[1]}-{number}"
    with store.write("skill.add", key, datetime(2026, 11, 22)) as db:
        db.insert("skill", {"key": key, "name": "PPT", "level": 4})
    print(key, flush=True)
"""


def test_no_change_of_another_command_falls_in_between(backup: Path) -> None:
    """Whatever was said to be written stands in the store or in one of the copies."""
    with store.write("skill.add", "many", AT) as db:
        for number in range(300):
            db.insert("skill", {**SKILL, "key": f"{number:0300d}"})
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, name], stdout=subprocess.PIPE, text=True)
        for name in "ab"
    ]
    assert writers[0].stdout is not None
    said = [writers[0].stdout.readline().strip()]
    places = []
    for _time in range(3):
        copy = _restore(backup).copy
        assert copy is not None
        places.append(copy)
    for writer in writers:
        said += writer.communicate()[0].split()

    assert [writer.returncode for writer in writers] == [0, 0]
    kept = {key for path in [settings.database_path(), *places] for key in _skills(path)}
    assert len(said) == 120
    assert set(said) <= kept
    assert _skills()[0] == "ppt"


EXCHANGE = """
import sys
from datetime import datetime
from pathlib import Path
from xianke.store import restoring
with restoring.examined(Path(sys.argv[1])) as found:
    print("ready", flush=True)
    restoring.put_in_place(found, datetime(2026, 11, 22))
print("done", flush=True)
"""


@unix
@pytest.mark.parametrize("milliseconds", [0, 5, 10, 20, 40])
def test_a_restore_that_is_killed_leaves_one_or_the_other(
    backup: Path, tmp_path: Path, milliseconds: int
) -> None:
    """The store is whole, the old or the new, never a bit of both."""
    with store.write("skill.add", "many", AT) as db:
        for number in range(2000):
            db.insert("skill", {**SKILL, "key": f"{number:04d}" * 100})
    old = _skills()
    large = _backup(tmp_path / "large.db")
    with store.write("skill.edit", "many", AT) as db:
        for number in range(2000):
            db.update("skill", number + 3, {"key": f"new {number}" * 20})
    new = _skills()
    process = subprocess.Popen(
        [sys.executable, "-c", EXCHANGE, str(large)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(milliseconds / 1000)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    with store.read() as db:
        found = [skill.key for skill in db.skills()]
    assert found in (old, new)
    with closing(sqlite3.connect(settings.database_path())) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


FULL = """
import resource, sys
from datetime import datetime
from pathlib import Path
from xianke.errors import Unreadable
from xianke.store import backups, restoring
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
for attempt in (
    lambda: backups.back_up(None, datetime(2026, 11, 22)),
    lambda: restoring.examined(Path(sys.argv[1])).__enter__(),
):
    try:
        attempt()
    except Unreadable as error:
        print(error.message)
"""


@unix
def test_a_full_disk_changes_nothing(backup: Path) -> None:
    """A limit on the size of files stands for the disk; nothing half written stays."""
    ended = subprocess.run(
        [sys.executable, "-c", FULL, str(backup)], capture_output=True, text=True, check=True
    )

    backing_up, restoring_ = ended.stdout.splitlines()
    assert backing_up.startswith(f"写不了 {settings.home()}")
    assert restoring_.startswith(f"不能读写 {settings.home()}")
    assert [path.name for path in settings.home().rglob("*") if path.is_file()] == ["xianke.db"]
    assert _skills() == ["ppt", "excel"]


# What kinds of files there are


def test_a_store_that_is_in_use_elsewhere_can_be_restored_from(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is still in its log is read along."""
    source = settings.database_path()
    with closing(sqlite3.connect(source, isolation_level=None)) as other:
        other.execute("SELECT * FROM skill").fetchall()
        _add("word")
        monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "new"))

        _restore(source)

    assert _skills() == ["ppt", "excel", "word"]


@unix
def test_a_file_where_nothing_can_be_written_is_read(backup: Path, tmp_path: Path) -> None:
    """A stick that is write-protected; also where an older program left it in WAL mode."""
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    folder = tmp_path / "stick"
    folder.mkdir()
    path = folder / "问?号 #1 %20.db"
    path.write_bytes(backup.read_bytes())
    path.chmod(0o400)
    folder.chmod(0o500)

    _restore(path)

    assert _skills() == ["ppt"]
    assert _names(folder) == [path.name]
    folder.chmod(0o700)


@pytest.mark.parametrize("version", test_migrations.VERSIONS)
def test_a_backup_of_an_older_program_is_brought_up_to_date(
    version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a copy: the file stays what it was."""
    old = test_migrations._old_store(version)
    content = old.read_bytes()
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "new"))

    _restore(old)

    with store.read() as db:
        grosses = [gig.gross_fen for gig in db.gigs()]
        (receipt,) = db.payouts()
    assert (grosses, receipt.payout.gig_id, receipt.settled_fen) == ([8500, 12000], 1, 8500)
    assert old.read_bytes() == content
    assert _names(old.parent) == ["xianke.db"]


def _sql(statement: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript(statement)

    return change


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def apply(path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return apply


def _emptied(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for table in reversed(lines.COLUMNS):
            connection.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_bytes(lambda _all: b""), "「old.db」是空的"),
        (_bytes(lambda _all: b"PK\x03\x04" + b"\0" * 200), "「old.db」不是 xianke 的备份"),
        (_bytes(lambda _all: "记账".encode() * 99), "「old.db」不是 xianke 的备份"),
        (_bytes(lambda all_: all_[:50]), "「old.db」损坏了"),
        (_bytes(lambda all_: all_[:8192]), "「old.db」损坏了"),
        (_bytes(lambda all_: all_[:-5000]), "「old.db」损坏了"),
        (_bytes(lambda all_: all_[:20] + b"\xff" * 80 + all_[100:]), "「old.db」损坏了"),
        (
            _bytes(lambda all_: all_.replace("PPT 制作".encode(), b"PPT \xff\xff\xff\xff\xff\xff")),
            "「old.db」损坏了",
        ),
        (_emptied, "「old.db」里什么数据也没有"),
        (_sql("PRAGMA user_version = 99"), "「old.db」由更新版本的 xianke 写成"),
        (_sql("PRAGMA user_version = 0"), "「old.db」不是 xianke 的备份"),
        (_sql("DROP TABLE timer"), "「old.db」不是 xianke 的备份"),
        (_sql("DROP TABLE gig"), "「old.db」不是 xianke 的备份"),
        (_sql("ALTER TABLE slot ADD COLUMN colour TEXT"), "「old.db」不是 xianke 的备份"),
        (_sql("ALTER TABLE slot RENAME COLUMN rule TO rules"), "「old.db」不是 xianke 的备份"),
        # Some versions of SQLite find it themselves, and say it in their own words.
        (_sql("PRAGMA ignore_check_constraints = 1; UPDATE skill SET level = 9"), "「old.db」"),
        (
            _sql("UPDATE skill SET name = ''"),
            "「old.db」里 skill 编号 1 的那一行的 name 不能是「」",
        ),
        (
            _sql("UPDATE skill SET name = x'00ff'"),
            "「old.db」里 skill 编号 1 的那一行的 name 不能是「b'\\x00\\xff'」",
        ),
        (
            _sql("UPDATE change SET entry_id = 9"),
            "「old.db」里 change 编号 1 所指的那一行不在",
        ),
    ],
)
def test_a_file_that_is_no_sound_backup_is_named(
    backup: Path, spoil: Callable[[Path], None], said: str
) -> None:
    """One sentence, and nothing has changed."""
    spoil(backup)

    assert _refused(backup).startswith(said)


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"


def _hostile(statement: str) -> Callable[[Path], None]:
    """Return what changes a file's schema behind SQLite's back, and takes other rights too."""
    return _sql(f"PRAGMA writable_schema = ON; PRAGMA trusted_schema = ON; {statement}")


@pytest.mark.parametrize(
    "spoil",
    [
        # A view in the place of a table, which never ends or reads something else.
        _hostile(
            "DROP TABLE skill; CREATE VIEW skill AS "
            f"{ENDLESS} i AS id, 'k' || i AS 'key', 'x' AS name, 1 AS level FROM n"
        ),
        _hostile("DROP TABLE goal; CREATE VIRTUAL TABLE goal USING fts5(id, amount_fen)"),
        _hostile("ALTER TABLE skill ADD COLUMN more TEXT AS (hex(zeroblob(900000000)))"),
        _hostile(
            "UPDATE sqlite_master SET type = 'view', rootpage = 0, "
            f"sql = 'CREATE VIEW skill AS {ENDLESS} i, i, i, i FROM n' WHERE name = 'skill'"
        ),
        _hostile("UPDATE sqlite_master SET sql = 'CREATE TABLE skill (' WHERE name = 'skill'"),
        _hostile("UPDATE sqlite_master SET rootpage = 1 WHERE name = 'skill'"),
        _hostile("UPDATE sqlite_master SET rootpage = 99999999 WHERE name = 'gig'"),
        _hostile("UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master "
                 "WHERE name = 'gig') WHERE name = 'skill'"),
        _hostile(f"UPDATE skill SET name = hex(zeroblob({12_000_000}))"),
    ],
)  # fmt: skip
def test_a_schema_that_is_a_program_does_not_run(
    backup: Path, spoil: Callable[[Path], None]
) -> None:
    """The file is refused, in seconds and without filling memory or disk."""
    spoil(backup)
    started = time.monotonic()

    _refused(backup)

    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    "check",
    [
        "length(hex(randomblob(900000000))) > 0",
        "printf('%.*c', 900000000, 'x') > 0",
        f"({ENDLESS} max(i) FROM n) > 0",
        "name NOT LIKE replace(hex(zeroblob(90000)), '0', '%a')",
    ],
)
def test_a_check_that_is_a_program_takes_no_time(backup: Path, check: str) -> None:
    """Whether SQLite looks at it is SQLite's affair: the rows come in, or the file is refused."""
    _hostile(
        "UPDATE sqlite_master SET sql = replace(sql, 'level BETWEEN 1 AND 5', "
        f"'{check.replace(chr(39), chr(39) * 2)}') WHERE name = 'skill'"
    )(backup)
    started = time.monotonic()

    try:
        _restore(backup)
    except Unreadable:
        assert _skills() == ["ppt", "excel"]
    else:
        assert _skills() == ["ppt"]

    assert time.monotonic() - started < 60


@pytest.mark.parametrize("version", test_migrations.VERSIONS)
def test_an_older_file_s_triggers_do_not_run_while_it_is_brought_up_to_date(
    version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor do views stand in the way: a copy loses both first, and the file stays as it is."""
    old = test_migrations._old_store(version)
    triggers = "".join(
        f"CREATE TRIGGER evil_{table}_{when} AFTER {when} ON {table} BEGIN "
        f"SELECT ({ENDLESS} max(i) FROM n); END;"
        for table in ("gig", "payout", "skill", "entry", "change")
        for when in ("INSERT", "UPDATE", "DELETE")
    )
    _sql(triggers + "CREATE VIEW torn AS SELECT * FROM nowhere;")(old)
    content = old.read_bytes()
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "new"))

    _restore(old)

    with store.read() as db:
        assert [gig.gross_fen for gig in db.gigs()] == [8500, 12000]
    assert old.read_bytes() == content


def test_what_else_lies_in_a_file_does_not_come_in(backup: Path) -> None:
    """Only rows of known tables: no triggers, no views, no tables of anybody else's."""
    _sql(
        "CREATE TABLE other (id INTEGER); CREATE VIEW seen AS SELECT * FROM skill; "
        "CREATE TRIGGER evil AFTER INSERT ON skill BEGIN DELETE FROM gig; END"
    )(backup)

    _restore(backup)

    with closing(sqlite3.connect(settings.database_path())) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert not names & {"other", "seen", "evil"}


def test_a_place_that_is_no_file_is_named(backup: Path, tmp_path: Path) -> None:
    """A folder, nothing at all, a name that cannot be one."""
    assert "是文件夹" in _refused(tmp_path)
    assert "没有" in _refused(tmp_path / "nothing.db")
    assert "打不开" in _refused(Path("\0"))


@unix
def test_a_pipe_is_not_waited_for(backup: Path, tmp_path: Path) -> None:
    """It would never end."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    assert "不是普通文件" in _refused(pipe)


def test_money_that_does_not_add_up_is_said_and_no_reason_to_refuse(backup: Path) -> None:
    """The user's own data must come back, also if a bill and the gigs do not fit together."""
    test_lines._log()
    path = _backup(backup.with_name("odd.db"))
    _sql(
        "UPDATE payout SET amount_fen = 8400; INSERT INTO write_off (gig_id, day, amount_fen) "
        "VALUES (1, '2026-11-22', 1)"
    )(path)

    with restoring.examined(path) as found:
        doubts = found.doubts

    assert doubts == (Doubt("payout_oversettled", (1,)), Doubt("gig_oversettled", (1,)))


def test_the_date_of_a_file_is_in_its_name_or_its_own(backup: Path) -> None:
    """A dated copy says it itself, also after it was sent around."""
    os.utime(backup, (1790000000, 1790000000))
    named = backup.rename(backup.with_name("xianke-20260131-083000-import-2.db"))
    with restoring.examined(named) as found:
        by_name = found.made_at
    with restoring.examined(named.rename(backup)) as found:
        by_time = found.made_at

    assert by_name.isoformat() == "2026-01-31T08:30:00+08:00"
    assert by_time == datetime.fromtimestamp(1790000000, AT.tzinfo)


@given(st.data())
@laws(max_examples=60)
def test_whatever_happens_to_a_file_the_store_is_safe(data: st.DataObject) -> None:
    """Some bytes are changed, or the end is lost: refused, or what comes in can be used."""
    with test_lines._home() as folder:
        test_lines._log()
        path = _backup(folder / "old.db")
        spoiled = bytearray(path.read_bytes())
        for _time in range(data.draw(st.integers(1, 3))):
            # Most pages hold nothing but the beginning of an empty table.
            page = data.draw(st.integers(0, len(spoiled) // 4096 - 1)) * 4096
            place = page + data.draw(st.integers(0, 120) | st.integers(3400, 4095))
            spoiled[place] = data.draw(st.integers(0, 255))
        path.write_bytes(bytes(spoiled[: data.draw(st.integers(1, len(spoiled)) | st.none())]))
        before = _files()
        try:
            _restore(path)
        except Unreadable:
            assert _files() == before

        with store.read() as db:
            assert len(db.gigs()) <= 1
            assert db.payouts() is not None


def test_the_copies_are_found_by_name_alone(backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is there comes first; what is nowhere stays as it was written."""
    monkeypatch.chdir(backup.parent)
    made = copies.make(settings.database_path(), "import", AT)
    assert made is not None

    assert restoring.find(made.name) == made
    assert restoring.find("old.db") == Path("old.db")
    assert restoring.find(f"./{made.name}x") == Path(f"{made.name}x")
    assert restoring.find("nothing.db") == Path("nothing.db")
