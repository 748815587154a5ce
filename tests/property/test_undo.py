"""The law of undo: whatever commands were run, undoing them all leads back, step by step."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianke import settings as places
from xianke import store
from xianke.store.tables import JOURNALED, Row, Value, key_column

AT = datetime(2026, 11, 22, 10, 0)
Dump = dict[str, list[tuple[Value, ...]]]

days = st.sampled_from(["2026-11-20", "2026-11-21"])
words = st.sampled_from(["a", "b", "c", "闲鱼"])
notes = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
fen = st.integers(0, 10**12)


def _row(**columns: st.SearchStrategy[Value]) -> st.SearchStrategy[dict[str, Value]]:
    return st.fixed_dictionaries(columns)


ROWS: dict[str, st.SearchStrategy[dict[str, Value]]] = {
    "slot": _row(
        rule=words,
        label=notes,
        place=st.sampled_from(["home", "office"]),
        driving=st.integers(0, 1),
    ),
    "skill": _row(key=words, name=words, level=st.integers(1, 5)),
    "asset": _row(key=words, name=words, idle=notes, note=notes),
    "profile": _row(key=words, value=words),
    "own_platform": _row(id=words, name=words, kind=st.just("client"), note=notes, added_on=days),
    "evidence": _row(platform=words, field=words, value=words, day=days, note=notes),
    "gig": _row(
        platform=words,
        day=days,
        orders=st.integers(1, 3),
        worked_minutes=st.none() | st.integers(0, 600),
        unpaid_minutes=st.integers(0, 60),
        gross_fen=fen,
        fee_fen=fen,
        cost_fen=fen,
        tax_fen=fen,
        status=st.sampled_from(["delivered", "rejected"]),
        note=notes,
    ),
    "payout": _row(
        day=days, amount_fen=st.integers(1, 10**12), platform=words, source=st.just("typed")
    ),
    "settlement": _row(
        payout_id=st.integers(1, 3), gig_id=st.integers(1, 3), amount_fen=st.integers(1, 9)
    ),
    "batch": _row(at=days, source=words, files=words),
    "bill_row": _row(
        batch_id=st.integers(1, 3),
        key=words,
        account=words,
        at=days,
        direction=st.sampled_from(["in", "out"]),
        amount_fen=fen,
        verdict=st.sampled_from(["received", "unknown"]),
        counterparty=words,
        item=words,
        kind=words,
        status=words,
        note=words,
        assigned=notes,
    ),
    "rule": _row(
        base=notes,
        field=words,
        text=words,
        confidence=st.integers(0, 100),
        origin=st.just("user"),
        hits=st.integers(0, 9),
        misses=st.integers(0, 9),
        enabled=st.integers(0, 1),
        added_on=days,
    ),
    "mapping": _row(columns=words, added_on=days),
    "write_off": _row(gig_id=st.integers(1, 3), day=days, amount_fen=st.integers(1, 9)),
    "spend": _row(
        day=days,
        platform=words,
        amount_fen=st.integers(1, 10**12),
        kind=st.sampled_from(["plain", "deposit"]),
        note=notes,
    ),
    "timer": _row(platform=words, started_at=days, note=notes),
    "calendar": _row(
        name=words, source=words, first_day=days, last_day=st.just("2026-12-31"), imported_at=days
    ),
    "busy": _row(
        calendar_id=st.integers(1, 3),
        start=st.just("2026-11-30T09:00"),
        end=st.just("2026-11-30T10:30"),
        title=notes,
        all_day=st.integers(0, 1),
    ),
    "plan_block": _row(
        week=st.just("2026-W48"),
        day=days,
        start_minute=st.integers(0, 1439),
        end_minute=st.integers(1440, 1500),
        slot_id=st.none() | st.integers(1, 3),
        category=words,
        platform=words,
        expected_fen=fen,
        setup_minutes=st.integers(0, 30),
        travel_minutes=st.integers(0, 30),
        supply=st.sampled_from(["known", "unknown"]),
        uid=words,
    ),
    "goal": _row(
        amount_fen=st.integers(1, 10**12), unit=st.sampled_from(["week", "month"]), set_on=days
    ),
}


@dataclass(frozen=True)
class Step:
    """One operation: insert a row; update or delete the one that *pick* falls on, if any."""

    kind: str
    table: str
    pick: int
    row: Row


steps = st.sampled_from(JOURNALED).flatmap(
    lambda table: st.builds(
        Step,
        st.sampled_from(["insert", "insert", "update", "delete"]),
        st.just(table),
        st.integers(0, 9),
        ROWS[table],
    )
)
commands = st.lists(st.lists(steps, max_size=4), max_size=8)


@contextmanager
def _fresh_home() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIANKE_HOME", folder)
        yield


def _dump() -> Dump:
    """Return every row of every table that the journal looks after."""
    with closing(sqlite3.connect(places.database_path())) as connection:
        return {
            table: connection.execute(
                f"SELECT * FROM {table} ORDER BY {key_column(table)}"
            ).fetchall()
            for table in JOURNALED
        }


def _do(db: store.Journal, step: Step) -> None:
    if step.kind == "insert":
        db.insert(step.table, step.row)
        return
    keys = [
        row[0]
        for row in db._connection.execute(
            f"SELECT {key_column(step.table)} FROM {step.table} ORDER BY 1"
        )
    ]
    if not keys:
        return
    key = keys[step.pick % len(keys)]
    if step.kind == "delete":
        db.delete(step.table, key)
    else:
        db.update(
            step.table,
            key,
            {name: value for name, value in step.row.items() if name != key_column(step.table)},
        )


def _run(name: str, command: Sequence[Step]) -> bool:
    """Run one command; return whether the store accepted it."""
    try:
        with store.write("test", name, AT) as db:
            for step in command:
                _do(db, step)
    except sqlite3.IntegrityError:
        return False
    return True


def _undo() -> str | None:
    with store.write("undo", "", AT) as db:
        entry = db.undo_last()
    return None if entry is None else entry.subject


@given(commands)
@settings(max_examples=40)
def test_undo_leads_back_through_every_state(sequence: list[list[Step]]) -> None:
    """Undo after undo, the store goes through all its states back to the empty one.

    A command that the store refuses changes nothing, and leaves nothing to undo.
    """
    with _fresh_home():
        _run("nothing", [])
        history = [("", _dump())]
        for number, command in enumerate(sequence):
            before = _dump()
            accepted = _run(str(number), command)
            after = _dump()
            assert accepted or after == before
            with store.read() as db:
                entry = db.last_entry()
            if entry is not None and entry.subject == str(number):
                history.append((str(number), after))
            else:
                assert after == before

        while len(history) > 1:
            subject, state = history.pop()
            assert _dump() == state
            assert _undo() == subject

        assert _dump() == history[0][1] == {table: [] for table in JOURNALED}
        assert _undo() is None


@given(commands, st.lists(steps, max_size=4))
@settings(max_examples=20)
def test_undo_of_the_last_command_is_identity(sequence: list[list[Step]], last: list[Step]) -> None:
    """do, undo, do, undo: the second time it leads back to the same rows."""
    with _fresh_home():
        for number, command in enumerate([[], *sequence]):
            _run(str(number), command)
        before = _dump()
        for name in ("first", "second"):
            _run(name, last)
            with store.read() as db:
                entry = db.last_entry()
            if entry is not None and entry.subject == name:
                _undo()
            assert _dump() == before
