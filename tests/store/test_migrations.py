"""An older store is brought up to date: the schema is the same, the data is kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from xianke import settings, store
from xianke.records import Payout, Receipt
from xianke.store import opening

SCHEMAS = Path(__file__).parent / "schemas"
VERSIONS = sorted(int(path.stem[1:]) for path in SCHEMAS.glob("v*.sql"))

Shape = dict[str, object]


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
            found[table] = (
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
        (gig,) = db.gigs()
        receipts = db.payouts()

    assert (gig.platform, gig.gross_fen, gig.kept_fen, gig.paid_by_bill) == (
        "xianyu",
        8500,
        0,
        False,
    )
    assert receipts == [Receipt(Payout(1, "2026-10-02", 8500, "xianyu", "typed", gig_id=1), 8500)]
    (copy,) = (path.parent / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        assert connection.execute("SELECT gross_fen FROM gig").fetchall() == [(8500,)]


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
