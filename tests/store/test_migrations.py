"""An older store is brought up to date: the schema is the same, the data is kept."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke import settings, store
from xianke.records import Payout, Receipt, Settlement, WriteOff
from xianke.store import opening
from xianke.store.complaints import Damaged

if TYPE_CHECKING:
    from xianke.store.tables import Row

SCHEMAS = Path(__file__).parent / "schemas"
VERSIONS = sorted(int(path.stem[1:]) for path in SCHEMAS.glob("v*.sql"))

Shape = dict[str, object]

NOTHING_FOUND: Row = {
    "platform": "xianyu",
    "day": "2026-11-20",
    "orders": 1,
    "worked_minutes": 0,
    "unpaid_minutes": 25,
    "gross_fen": 0,
    "fee_fen": 0,
    "cost_fen": 0,
    "tax_fen": 0,
    "status": "none_found",
}
"""A row of a kind that only the present schema knows."""


def _shape(path: Path) -> Shape:
    """Return all that a schema promises, column by column; only its wording may differ."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        found: Shape = {"version": connection.execute("PRAGMA user_version").fetchone()}
        for table in tables:
            indexes = connection.execute(f"PRAGMA index_list({table})").fetchall()
            (sql,) = connection.execute(
                "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
            ).fetchone()
            found[table] = (
                sorted(re.findall(r"CONSTRAINT (\w+) CHECK (\(.+\))", sql)),
                connection.execute(f"PRAGMA table_info({table})").fetchall(),
                sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({table})")),
                sorted(
                    (unique, connection.execute(f"PRAGMA index_info({name})").fetchall())
                    for _number, name, unique, *_rest in indexes
                ),
            )
        return found


def _old_store(version: int) -> Path:
    path = settings.database_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"v{version}.sql").read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute(
            "INSERT INTO gig (platform, day, orders, worked_minutes, unpaid_minutes, gross_fen, "
            "fee_fen, cost_fen, tax_fen, status, paid_day) VALUES "
            "('xianyu', '2026-10-01', 1, 40, 0, 8500, 0, 0, 0, 'paid', '2026-10-02')"
        )
        connection.execute(
            "INSERT INTO payout (day, amount_fen, platform, source) "
            "VALUES ('2026-10-02', 8500, 'xianyu', 'typed')"
        )
        connection.execute(
            "INSERT INTO settlement (payout_id, gig_id, amount_fen) VALUES (1, 1, 8500)"
        )
        # Of two more gigs the newest is gone: its number must not be given out again.
        connection.execute(
            "INSERT INTO gig (id, platform, day, orders, unpaid_minutes, gross_fen, fee_fen, "
            "cost_fen, tax_fen, status) VALUES "
            "(5, 'xianyu', '2026-10-03', 1, 0, 12000, 0, 0, 0, 'delivered'), "
            "(9, 'xianyu', '2026-10-04', 1, 0, 100, 0, 0, 0, 'rejected')"
        )
        connection.execute("DELETE FROM gig WHERE id = 9")
        if version > 1:
            connection.execute("UPDATE payout SET gig_id = 1")
            connection.execute(
                "INSERT INTO write_off (gig_id, day, amount_fen) VALUES (5, '2026-11-10', 500)"
            )
        connection.execute("INSERT INTO profile VALUES ('city', '杭州')")
        connection.commit()
    return path


def test_every_version_but_the_present_one_has_a_schema_here() -> None:
    """Whoever raises the version keeps the schema it had."""
    assert list(range(1, store.SCHEMA_VERSION)) == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_store_becomes_what_a_new_one_is(version: int, tmp_path: Path) -> None:
    """All steps together make the very schema of a new store."""
    path = _old_store(version)
    with store.read():
        pass
    steps = _shape(path)
    path.unlink()
    with store.write("", "", settings.now()):
        pass

    assert steps == _shape(path)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_data_of_an_old_store_is_kept(version: int) -> None:
    """Gigs and money are as they were; a dated copy of the old file lies beside."""
    path = _old_store(version)

    with store.read() as db:
        gigs = db.gigs()
        receipts, settlements, write_offs = db.payouts(), db.settlements(), db.write_offs()

    assert [(gig.id, gig.platform, gig.gross_fen, gig.kept_fen, gig.status) for gig in gigs] == [
        (1, "xianyu", 8500, 0, "paid"),
        (5, "xianyu", 12000, 0, "delivered"),
    ]
    assert settlements == [Settlement(1, 1, 1, 8500)]
    assert write_offs == ([WriteOff(1, 5, "2026-11-10", 500)] if version > 1 else [])
    assert receipts == [Receipt(Payout(1, "2026-10-02", 8500, "xianyu", "typed", gig_id=1), 8500)]
    (copy,) = (path.parent / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        assert connection.execute("SELECT gross_fen FROM gig").fetchall() == [(8500,), (12000,)]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_answer_of_an_old_store_has_no_day_until_it_is_given_again(version: int) -> None:
    """It stands as it did; whoever gives it again gives it today."""
    _old_store(version)

    with store.read() as db:
        assert (db.profile(), db.answer_days()) == ({"city": "杭州"}, {})
    with store.write("test", "", settings.now()) as db:
        db.set_profile("city", "杭州")
    with store.read() as db:
        today = settings.now().date().isoformat()
        assert (db.profile(), db.answer_days()) == ({"city": "杭州"}, {"city": today})


@pytest.mark.parametrize("version", VERSIONS)
def test_numbers_of_an_old_store_are_not_given_out_again(version: int) -> None:
    """A gig that is gone keeps its number: the next one comes after it."""
    _old_store(version)

    with store.write("test", "", settings.now()) as db:
        added = db.insert("gig", NOTHING_FOUND)

    assert added == 10


@pytest.mark.parametrize("version", VERSIONS)
def test_money_still_hangs_on_the_gigs_of_an_old_store(version: int) -> None:
    """After the steps, a gig that money settles cannot go away under it."""
    _old_store(version)

    with pytest.raises(sqlite3.IntegrityError), store.write("test", "", settings.now()) as db:
        db.delete("gig", 1)

    with store.read() as db:
        assert [gig.id for gig in db.gigs()] == [1, 5]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_store_whose_rows_point_nowhere_is_not_touched(version: int) -> None:
    """What no xianke has written so is called damage, and stays as it is."""
    path = _old_store(version)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM gig WHERE id = 1")
        connection.commit()
    before = _shape(path)

    with pytest.raises(Damaged), store.read():
        pass

    assert _shape(path) == before


def test_a_step_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Half a migration must not stay: the file is the old one, whole."""
    path = _old_store(1)
    before = _shape(path)
    steps = tmp_path / "migrations"
    steps.mkdir()
    (steps / "0002_broken.sql").write_text("CREATE TABLE new (id INTEGER);\nnonsense;\n")
    monkeypatch.setattr(opening, "_HERE", tmp_path)

    with pytest.raises(sqlite3.OperationalError), store.read():
        pass

    assert _shape(path) == before
