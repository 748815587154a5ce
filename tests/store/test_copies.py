"""Dated copies: complete or not there, for their owner alone, the last five kept."""

from __future__ import annotations

import functools
import os
import sqlite3
import stat
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke import settings, store
from xianke.errors import Unreadable
from xianke.store import copies
from xianke.store.complaints import Damaged

if TYPE_CHECKING:
    from xianke.store.tables import Row

AT = datetime(2026, 11, 22, 10, 0)
SKILL: Row = {"name": "PPT 制作", "level": 4}

unix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")


def _add(key: str) -> None:
    with store.write("skill.add", key, AT) as db:
        db.insert("skill", {**SKILL, "key": key})


def _skills(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [key for (key,) in connection.execute('SELECT "key" FROM skill ORDER BY id')]


def _make(reason: str, at: datetime = AT) -> Path:
    made = copies.make(settings.database_path(), reason, at)
    assert made is not None
    return made


def _names() -> list[str]:
    return sorted(path.name for path in copies.folder_of(settings.database_path()).iterdir())


def _damage() -> bytes:
    """Spoil the middle of the store; SQLite opens it and only then finds out."""
    with store.write("skill.add", "many", AT) as db:
        for number in range(200):
            db.insert("skill", {**SKILL, "key": f"{number:0100d}"})
    content = bytearray(settings.database_path().read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    settings.database_path().write_bytes(bytes(content))
    return bytes(content)


def test_a_copy_is_named_after_the_moment_and_the_reason() -> None:
    """It holds what the store holds, and lies in a folder beside it."""
    _add("ppt")

    made = _make("import")

    assert made == settings.home() / "backups" / "xianke-20261122-100000-import.db"
    assert _skills(made) == ["ppt"]


def test_where_there_is_no_store_nothing_is_copied() -> None:
    """Neither without a file nor with an empty one."""
    assert copies.make(settings.database_path(), "import", AT) is None

    settings.home().mkdir()
    settings.database_path().touch()

    assert copies.make(settings.database_path(), "import", AT) is None
    assert not copies.folder_of(settings.database_path()).exists()


def test_a_copy_has_what_was_written_a_moment_ago() -> None:
    """What is still beside the file, in the log of SQLite, belongs to it."""
    _add("ppt")
    with closing(sqlite3.connect(settings.database_path(), isolation_level=None)) as other:
        other.execute("SELECT * FROM skill").fetchall()
        _add("excel")
        assert Path(f"{settings.database_path()}-wal").stat().st_size > 0

        made = _make("import")

    assert _skills(made) == ["ppt", "excel"]


def test_a_copy_is_one_plain_file() -> None:
    """It can be read where nothing can be written beside it, and it brings nothing along."""
    _add("ppt")

    made = _make("import")

    assert _names() == [made.name]
    with closing(sqlite3.connect(f"{made.as_uri()}?immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@unix
def test_a_copy_is_its_owner_s_alone() -> None:
    """0600 in 0700, whatever the umask allows."""
    _add("ppt")
    before = os.umask(0)
    try:
        made = _make("import")
    finally:
        os.umask(before)

    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700


def test_two_copies_of_one_moment_have_two_names() -> None:
    """None is lost, and they are told apart in the order in which they were made."""
    _add("ppt")
    made = [_make("import") for _time in range(3)]

    assert [path.name for path in made] == [
        "xianke-20261122-100000-import.db",
        "xianke-20261122-100000-import-2.db",
        "xianke-20261122-100000-import-3.db",
    ]
    assert [copy.path for copy in copies.listed(settings.database_path())] == made


def test_the_last_five_stay() -> None:
    """Of those that the program makes by itself, for whatever reason."""
    _add("ppt")
    for number in range(8):
        _make(["import", "restore", "v1"][number % 3], AT + timedelta(days=number))

    found = copies.listed(settings.database_path())

    assert [(copy.at.day, copy.reason) for copy in found] == [
        (25, "import"),
        (26, "restore"),
        (27, "v1"),
        (28, "import"),
        (29, "restore"),
    ]


def test_the_name_counts_and_not_the_time_of_the_file() -> None:
    """A folder that was moved to another machine may have lost the times."""
    _add("ppt")
    for number in range(5):
        made = _make("import", AT + timedelta(days=number))
        os.utime(made, (9e8 - number, 9e8 - number))

    _make("import", AT + timedelta(days=5))

    assert [copy.at.day for copy in copies.listed(settings.database_path())] == [23, 24, 25, 26, 27]


def test_what_the_user_made_stays_for_good() -> None:
    """Backups and what was laid aside are neither counted nor removed; nor are other files."""
    _add("ppt")
    own = [_make(copies.OWN, AT - timedelta(days=number)) for number in range(7)]
    aside = _make(copies.DAMAGED, AT - timedelta(days=9))
    other = [
        aside.with_name(name)
        for name in ("xianke-alt.db", "notes.txt", "xianke-20269999-999999-import.db")
    ]
    for path in other:
        path.touch()

    for number in range(1, 8):
        _make("import", AT + timedelta(days=number))

    assert all(path.exists() for path in [*own, aside, *other])
    assert len(_names()) == 7 + 1 + 3 + copies.KEPT


def test_a_clock_that_was_set_back_does_not_cost_the_new_copy() -> None:
    """The one just made is never the one to go."""
    _add("ppt")
    for number in range(5):
        _make("import", AT + timedelta(days=number))

    made = _make("import", AT - timedelta(days=400))

    assert made.exists()
    assert len(_names()) == copies.KEPT


def test_a_copy_in_use_is_spared() -> None:
    """What is being restored does not go because of the copy made before it."""
    _add("ppt")
    made = [_make("import", AT + timedelta(days=number)) for number in range(5)]
    path = settings.database_path()

    with closing(sqlite3.connect(path)) as source:
        copies.keep(source, path, "restore", AT + timedelta(days=9), spare=made[0])

    assert [one.exists() for one in made] == [True, True, True, True, True]


def test_a_damaged_store_makes_no_copy() -> None:
    """A copy that cannot be trusted would push out one that can."""
    _add("ppt")
    before = _make("import")
    content = _damage()

    with pytest.raises(Damaged) as caught:
        _make("import")

    assert str(settings.database_path()) in caught.value.message
    assert _names() == [before.name]
    assert settings.database_path().read_bytes() == content


def test_a_file_that_is_no_store_is_named() -> None:
    """The same sentence as everywhere else."""
    settings.home().mkdir()
    settings.database_path().write_bytes(b"not a database at all " * 100)

    with pytest.raises(Damaged) as caught:
        copies.make(settings.database_path(), "import", AT)

    assert "损坏" in caught.value.message
    assert _names() == []


def test_a_store_that_another_program_holds_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is waited for, but not for ever; nothing half done stays."""
    _add("ppt")
    open_it = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", functools.partial(open_it, timeout=0.05))
    with closing(open_it(settings.database_path(), isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(Unreadable) as caught:
            _make("import")

    assert "占用" in caught.value.message
    assert not isinstance(caught.value, Damaged)
    assert _names() == []


def test_a_target_that_is_locked_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    """Python's own copying would try again and again."""
    _add("ppt")
    target = tmp_path / "held.db"
    with closing(sqlite3.connect(target, isolation_level=None)) as other:
        other.execute("CREATE TABLE held (id INTEGER)")
        other.execute("BEGIN EXCLUSIVE")
        with (
            closing(sqlite3.connect(settings.database_path())) as source,
            closing(sqlite3.connect(target, timeout=0.05)) as copy,
            pytest.raises(sqlite3.OperationalError) as caught,
        ):
            copies.pages(source, copy)

    assert caught.value.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@unix
def test_a_folder_that_cannot_be_made_is_named() -> None:
    """A file lies where the copies shall go."""
    _add("ppt")
    (settings.home() / "backups").write_bytes(b"")

    with pytest.raises(Unreadable) as caught:
        _make("import")

    assert str(settings.home() / "backups") in caught.value.message
