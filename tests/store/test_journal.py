"""The journal: what a writing command leaves behind, and how it is taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from xianke import settings, store
from xianke.records import Entry, Gig, Payout, Settlement, Skill

if TYPE_CHECKING:
    from xianke.store.tables import Row

AT = datetime.fromisoformat("2026-11-22T10:00:00+08:00")
SKILL: Row = {"key": "ppt", "name": "PPT 制作", "level": 4}
GIG: Row = {
    "platform": "xianyu",
    "day": "2026-11-20",
    "orders": 1,
    "worked_minutes": 40,
    "unpaid_minutes": 10,
    "gross_fen": 8500,
    "fee_fen": 500,
    "cost_fen": 200,
    "tax_fen": 0,
    "status": "paid",
    "paid_day": "2026-11-21",
}
ROWS: dict[str, Row] = {
    "slot": {"rule": "每天 21:00-22:00", "place": "home", "driving": 0},
    "skill": SKILL,
    "asset": {"key": "camera", "name": "相机"},
    "evidence": {"platform": "xianyu", "field": "upfront", "value": "no", "day": "2026-11-20"},
    "gig": GIG,
    "payout": {"day": "2026-11-21", "amount_fen": 8000, "platform": "xianyu", "source": "typed"},
}


def _undo(at: datetime = AT) -> Entry | None:
    with store.write("undo", "", at) as db:
        return db.undo_last()


def _add(key: str) -> int:
    with store.write("skill.add", key, AT) as db:
        return db.insert("skill", {**SKILL, "key": key})


def _skills() -> list[Skill]:
    with store.read() as db:
        return db.skills()


def _counts() -> tuple[int, int]:
    """Return how many entries and changes the journal holds."""
    with closing(sqlite3.connect(settings.database_path())) as connection:
        entries = connection.execute("SELECT COUNT(*) FROM entry").fetchone()[0]
        changes = connection.execute("SELECT COUNT(*) FROM change").fetchone()[0]
    return entries, changes


# What is left behind


def test_a_writing_command_is_one_entry_however_much_it_changes() -> None:
    """An import of many rows is taken back in one step."""
    with store.write("inventory.apply", "我的盘点", AT) as db:
        db.insert("skill", SKILL)
        db.insert("asset", ROWS["asset"])
        db.update("skill", 1, {"level": 5})
        db.set_profile("city", "杭州")

    with store.read() as db:
        assert db.last_entry() == Entry(
            1, "2026-11-22T10:00:00+08:00", "inventory.apply", "我的盘点", None
        )
    assert _counts() == (1, 4)


def test_a_command_may_learn_its_subject_while_it_works() -> None:
    """The entry keeps the last word."""
    with store.write("gig.add", "?", AT) as db:
        db.subject = f"g{db.insert('gig', GIG)}"
        db.action = "gig.log"

    with store.read() as db:
        entry = db.last_entry()
    assert entry is not None
    assert (entry.action, entry.subject) == ("gig.log", "g1")


def test_a_command_that_changes_nothing_leaves_no_entry() -> None:
    """`undo` never takes back a step that nobody saw."""
    _add("ppt")

    with store.write("nothing", "x", AT) as db:
        same = db.update("skill", 1, {"level": 4, "name": "PPT 制作"})
        db.set_profile("city", None)
    with store.write("undo", "", AT) as db:
        pass

    assert (same, _counts()) == (False, (1, 1))


def test_setting_an_answer_twice_is_one_change() -> None:
    """The second time nothing is different."""
    for _time in range(2):
        with store.write("profile.set", "city", AT) as db:
            db.set_profile("city", "杭州")

    with store.read() as db:
        assert db.profile() == {"city": "杭州"}
    assert _counts() == (1, 1)


def test_an_answer_can_be_changed_and_forgotten() -> None:
    """Absent means not known."""
    found = []
    for answer in ("杭州", "成都", None):
        with store.write("profile.set", "city", AT) as db:
            db.set_profile("city", answer)
            found.append(db.profile())

    assert found == [{"city": "杭州"}, {"city": "成都"}, {}]


def test_a_row_that_is_not_there_is_a_fault_of_the_program() -> None:
    """Commands look before they change; the journal does not guess."""
    with pytest.raises(KeyError), store.write("skill.edit", "k9", AT) as db:
        db.update("skill", 9, {"level": 1})
    with pytest.raises(KeyError), store.write("skill.rm", "k9", AT) as db:
        db.delete("skill", 9)

    assert _counts() == (0, 0)


# Ids


@pytest.mark.parametrize("table", ROWS)
def test_an_id_is_never_given_twice(table: str) -> None:
    """Neither after a removal nor after an undo: an id in somebody's notes stays right."""
    with store.write("a", "x", AT) as db:
        first = db.insert(table, ROWS[table])
    with store.write("b", "x", AT) as db:
        db.delete(table, first)
    with store.write("c", "x", AT) as db:
        second = db.insert(table, ROWS[table])
    _undo()
    with store.write("d", "x", AT) as db:
        third = db.insert(table, ROWS[table])

    assert (first, second, third) == (1, 2, 3)


def test_a_row_that_comes_back_keeps_its_id() -> None:
    """Taking back a removal restores the very row."""
    _add("ppt")
    before = _skills()
    with store.write("skill.rm", "PPT", AT) as db:
        db.delete("skill", 1)

    _undo()

    assert _skills() == before


# Taking back


def test_undo_names_what_it_took_back_and_when() -> None:
    """The entry is returned as it was and marked, not forgotten."""
    _add("ppt")

    undone = _undo(AT + timedelta(hours=1))

    assert undone == Entry(1, "2026-11-22T10:00:00+08:00", "skill.add", "ppt", None)
    assert _skills() == []
    with closing(sqlite3.connect(settings.database_path())) as connection:
        rows = connection.execute("SELECT id, undone_at FROM entry").fetchall()
    assert rows == [(1, "2026-11-22T11:00:00+08:00")]


def test_undo_again_goes_further_back() -> None:
    """Step by step, until nothing is left to take back."""
    for key in ("ppt", "excel", "word"):
        _add(key)

    undone = [_undo() for _time in range(4)]

    assert [entry and entry.subject for entry in undone] == ["word", "excel", "ppt", None]
    assert _skills() == []


def test_after_new_work_undo_takes_back_the_new_work_first() -> None:
    """What was undone before is skipped."""
    for key in ("ppt", "excel"):
        _add(key)
    _undo()
    _add("word")

    undone = [_undo() for _time in range(3)]

    assert [entry and entry.subject for entry in undone] == ["word", "ppt", None]


def test_one_row_changed_several_times_in_one_command_goes_back_to_its_first_state() -> None:
    """Changes are reversed in the opposite order."""
    _add("ppt")
    before = _skills()

    with store.write("many", "x", AT) as db:
        db.update("skill", 1, {"level": 5})
        db.update("skill", 1, {"level": 2, "name": "幻灯片"})
        db.delete("skill", 1)
        again = db.insert("skill", SKILL)
        db.update("skill", again, {"level": 1})
    _undo()

    assert _skills() == before


def test_two_rows_that_exchange_what_must_be_unique_go_back() -> None:
    """Every state in between was allowed on the way there, so it is on the way back."""
    _add("a")
    _add("b")
    before = _skills()

    with store.write("exchange", "x", AT) as db:
        for row, key in ((1, "c"), (2, "a"), (1, "b")):
            db.update("skill", row, {"key": key})
    changed = [skill.key for skill in _skills()]
    _undo()

    assert (changed, _skills()) == (["b", "a"], before)


def test_undo_brings_back_rows_with_what_hangs_on_them() -> None:
    """What was removed children first is restored parents first."""
    with store.write("gig.add", "x", AT) as db:
        gig = db.insert("gig", GIG)
        payout = db.insert("payout", ROWS["payout"])
        db.insert("settlement", {"payout_id": payout, "gig_id": gig, "amount_fen": 8000})
    with store.write("gig.rm", "x", AT) as db:
        db.delete("settlement", 1)
        db.delete("payout", payout)
        db.delete("gig", gig)

    _undo()

    with store.read() as db:
        assert db.payouts_of(gig) == [Payout(1, "2026-11-21", 8000, "xianyu", "typed")]
        assert db.settlements_of(gig) == [Settlement(1, 1, 1, 8000)]
        assert len(db.gigs()) == 1


def test_undo_that_cannot_be_done_changes_nothing() -> None:
    """Something new hangs on the row: the command fails as a whole and the entry still stands."""
    with store.write("gig.add", "x", AT) as db:
        db.insert("gig", GIG)
    with closing(sqlite3.connect(settings.database_path())) as connection, connection:
        # Past the journal, as only a fault of the program could.
        connection.execute(
            "INSERT INTO payout (day, amount_fen, platform, source) "
            "VALUES ('2026-11-21', 80, 'xianyu', 'typed')"
        )
        connection.execute("INSERT INTO settlement VALUES (1, 1, 1, 80)")

    with pytest.raises(sqlite3.IntegrityError):
        _undo()

    with store.read() as db:
        entry = db.last_entry()
        assert (len(db.gigs()), entry and entry.action) == (1, "gig.add")


# What was typed as received


def _gig(status: str) -> Gig:
    with store.read() as db:
        known = db.gigs()
    with store.write("gig", "x", AT) as db:
        number = known[0].id if known else db.insert("gig", GIG)
        day = "2026-11-21" if status == "paid" else None
        db.update("gig", number, {"status": status, "paid_day": day})
        gig = db.gig(number)
        assert gig is not None
        db.settle_typed(gig, 8000)
    return gig


def _received() -> list[tuple[int, str]]:
    with store.read() as db:
        return [(payout.amount_fen, payout.source) for payout in db.payouts_of(1)]


def test_a_paid_gig_has_one_typed_payout_and_any_other_has_none() -> None:
    """However often the status changes, money is neither doubled nor forgotten."""
    found = []
    for status in ("paid", "paid", "delivered", "paid", "cancelled"):
        _gig(status)
        found.append(_received())

    typed = [(8000, "typed")]
    assert found == [typed, typed, [], typed, []]


def test_what_an_imported_payout_settles_is_not_typed_again() -> None:
    """Only the rest of what is due is taken as received by hand."""
    gig = _gig("delivered")
    with store.write("import", "x", AT) as db:
        payout = db.insert("payout", {**ROWS["payout"], "source": "imported", "amount_fen": 3000})
        db.insert("settlement", {"payout_id": payout, "gig_id": gig.id, "amount_fen": 3000})

    _gig("paid")

    assert _received() == [(3000, "imported"), (5000, "typed")]


def test_undo_takes_back_the_typed_payout_with_the_status() -> None:
    """Both belong to one command."""
    _gig("delivered")
    _gig("paid")

    _undo()

    assert _received() == []
