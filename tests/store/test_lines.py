"""The whole store as JSON Lines: what is written, what is read back, and what is refused."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st
from tests.property import test_undo as stores

from xianke import __version__, settings, store
from xianke.errors import Unreadable
from xianke.records import Goal
from xianke.store import lines, loading, restoring

if TYPE_CHECKING:
    from xianke.store.tables import Row, Value

AT = datetime.fromisoformat("2026-11-22T10:00:00+08:00")
SAMPLES = Path(__file__).parent / "lines"

Document = dict[str, Any]  # Any: whatever a line may hold


def _dump(now: datetime = AT) -> str:
    file = io.StringIO()
    lines.dump(file, now)
    return file.getvalue()


def _restore(path: Path) -> None:
    with restoring.examined(path) as found:
        restoring.put_in_place(found, AT)


@contextmanager
def _home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIANKE_HOME", str(Path(folder, "home")))
        yield Path(folder)


def _log(note: str = "雨天") -> None:
    with store.write("gig.add", "闲鱼 85.00", AT) as db:
        gig = db.insert(
            "gig",
            {
                "platform": "xianyu",
                "day": "2026-11-20",
                "orders": 1,
                "unpaid_minutes": 0,
                "gross_fen": 8500,
                "fee_fen": 0,
                "cost_fen": 0,
                "tax_fen": 0,
                "status": "paid",
                "paid_day": "2026-11-21",
                "note": note,
            },
        )
        payout = db.insert(
            "payout",
            {
                "day": "2026-11-21",
                "amount_fen": 8500,
                "platform": "xianyu",
                "source": "typed",
                "gig_id": gig,
            },
        )
        db.insert("settlement", {"payout_id": payout, "gig_id": gig, "amount_fen": 8500})


GIG: dict[str, Value] = {
    "id": 1,
    "platform": "xianyu",
    "category": None,
    "day": "2026-11-20",
    "start_minute": None,
    "orders": 1,
    "worked_minutes": None,
    "unpaid_minutes": 0,
    "gross_fen": 8500,
    "fee_fen": 0,
    "cost_fen": 0,
    "tax_fen": 0,
    "status": "paid",
    "due": None,
    "paid_day": "2026-11-21",
    "rating": None,
    "note": "雨天",
    "kept_fen": 0,
    "paid_by_bill": False,
    "import_key": None,
}


def test_a_store_is_a_header_its_rows_and_an_end() -> None:
    """Every line is a document of its own; parents come before what hangs on them."""
    _log()

    text = _dump()

    header, gig, payout, settlement, entry, *changes, end = map(json.loads, text.splitlines())
    counts = {"gig": 1, "payout": 1, "settlement": 1, "entry": 1, "change": 3}
    assert header == {
        "xianke": "store",
        "schema": store.SCHEMA_VERSION,
        "program": __version__,
        "at": "2026-11-22T10:00:00+08:00",
        "rows": {**dict.fromkeys(lines.COLUMNS, 0), **counts},
        "last_ids": counts,
    }
    assert gig == {"table": "gig", "row": GIG}
    assert payout == {
        "table": "payout",
        "row": {
            "id": 1,
            "day": "2026-11-21",
            "amount_fen": 8500,
            "platform": "xianyu",
            "source": "typed",
            "bill_row_id": None,
            "gig_id": 1,
            "replaced_by": None,
            "fixed": False,
            "note": None,
        },
    }
    assert settlement["row"] == {"id": 1, "payout_id": 1, "gig_id": 1, "amount_fen": 8500}
    assert entry["row"]["subject"] == "闲鱼 85.00"
    assert [change["row"]["table_name"] for change in changes] == ["gig", "payout", "settlement"]
    before = text[: text.rindex('{"end"')]
    assert end == {"end": 7, "sha256": hashlib.sha256(before.encode()).hexdigest()}


def test_a_store_that_is_not_there_is_an_empty_one() -> None:
    """Nothing is made by looking at it."""
    file = io.StringIO()

    rows = lines.dump(file, AT)

    assert (rows, len(file.getvalue().splitlines())) == (0, 2)
    assert not settings.database_path().exists()


def test_the_number_of_rows_is_said() -> None:
    """Of all tables together."""
    _log()

    assert lines.dump(io.StringIO(), AT) == 7


@given(stores.commands)
@laws(max_examples=25)
def test_what_is_restored_is_written_the_same_again(
    sequence: list[list[stores.Step]],
) -> None:
    """dump, restore, dump: the same lines; and undo goes the same way from there."""
    with _home() as folder:
        for number, command in enumerate(sequence):
            stores._run(str(number), command)
        first = _dump()
        path = folder / "all.jsonl"
        path.write_text(first, encoding="utf-8", newline="\n")
        with _home():
            if not json.loads(first.splitlines()[-1])["end"]:
                with pytest.raises(Unreadable):
                    _restore(path)
                return
            _restore(path)
            again = _dump()
            stores._undo()
            undone = _dump()
        stores._undo()

        assert again == first
        assert undone == _dump()


def test_numbers_are_not_given_out_twice_after_a_restore(tmp_path: Path) -> None:
    """The last gig was removed before: its number is gone for good, here as there."""
    _log()
    _log()
    with store.write("gig.rm", "g2", AT) as db:
        db.unsettle_typed(2)
        db.delete("gig", 2)
    path = tmp_path / "all.jsonl"
    path.write_text(_dump(), encoding="utf-8")

    with _home():
        _restore(path)
        _log()
        with store.read() as db:
            found = [gig.id for gig in db.gigs()]

    assert found == [1, 3]


def test_a_large_store_takes_no_memory() -> None:
    """Rows pass through one by one, to the file and back from it."""
    with store.write("gig.add", "many", AT) as db:
        row: Row = {name: value for name, value in GIG.items() if name != "id"}
        for number in range(1500):
            db.insert("gig", {**row, "note": f"{number:02000d}"})
    path = settings.home() / "all.jsonl"
    loading._checkers()  # Loads the models, which is not what is measured.

    tracemalloc.start()
    with path.open("w", encoding="utf-8") as file:
        lines.dump(file, AT)
    _restore(path)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert path.stat().st_size > 6_000_000
    assert peak < 1_500_000


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_elsewhere_than_in_utf8_characters_are_escaped(encoding: str, tmp_path: Path) -> None:
    """A file or a pipe in another encoding holds the same, and is read back."""
    _log("雨天，很冷 \U0001f327")
    before = _dump()
    path = tmp_path / "all.jsonl"

    with path.open("w", encoding=encoding, newline="\n") as file:
        lines.dump(file, AT)
    with _home():
        _restore(path)
        after = _dump()

    assert path.read_bytes().isascii()
    assert after == before


def test_an_editor_may_have_changed_the_ends_of_lines(tmp_path: Path) -> None:
    """A mark at the beginning and the line ends of Windows do no harm."""
    _log("一行\u2028两行\r\n三行\u0085")
    before = _dump()
    path = tmp_path / "all.jsonl"

    path.write_bytes(b"\xef\xbb\xbf" + before.replace("\n", "\r\n").encode())
    with _home():
        _restore(path)
        after = _dump()

    assert after == before


@pytest.mark.parametrize("schema", range(lines.FIRST_SCHEMA, store.SCHEMA_VERSION + 1))
def test_a_file_of_every_schema_is_read(schema: int) -> None:
    """Whoever raises the version keeps a file of the one before, and a way to read it."""
    _restore(SAMPLES / f"v{schema}.jsonl")

    with store.read() as db:
        gigs, receipts, spends = db.gigs(), db.payouts(replaced=True), db.spends()
        rows = db.bill_rows()
        profile = db.profile()
    assert [(gig.id, gig.status, gig.kept_fen) for gig in gigs] == [
        (1, "paid", 0),
        (2, "delivered", 300),
        (4, "rejected", 0),
    ]
    assert [
        (one.payout.id, one.payout.amount_fen, one.payout.replaced_by, one.settled_fen)
        for one in receipts
    ] == [(1, 8500, 2, 0), (2, 8500, None, 8500)]
    assert [(spend.kind, spend.returned_fen) for spend in spends] == [("deposit", 9000)]
    assert [(row.counterparty, row.assigned) for row in rows] == [("小明", "xianyu")]
    assert profile == {"city": "杭州"}


def test_a_file_brings_calendars_plans_and_the_goal() -> None:
    """Whoever moves to another machine takes along what is planned, and what is taken."""
    _restore(SAMPLES / "v3.jsonl")

    with store.read() as db:
        names = [one.name for one in db.calendars()]
        busy = [(one.start, one.end, one.title) for one in db.busy("2026-11-30", "2026-11-30")]
        blocks = [(one.day, one.start_minute, one.uid) for one in db.plan_blocks("2026-W49")]
        goal = db.goal()
    assert names == ["工作"]
    assert busy == [("2026-11-30T09:00", "2026-11-30T10:30", "周会")]
    assert blocks == [("2026-11-30", 1140, "plan-2026-W49-1@xianke")]
    assert goal == Goal(1, 200000, "month", "2026-11-28")


# What is refused


def _signed(documents: Sequence[Document]) -> str:
    """Return a file whose end fits: only what stands in the lines is wrong."""
    text = "".join(json.dumps(one) + "\n" for one in documents)
    end = {"end": len(documents) - 1, "sha256": hashlib.sha256(text.encode()).hexdigest()}
    return text + json.dumps(end) + "\n"


def _documents() -> list[Document]:
    return [json.loads(line) for line in _dump().splitlines()[:-1]]


def _refusal(content: str | bytes, folder: Path) -> str:
    """Restore a file that must be refused, and return the sentence; nothing may have changed."""
    path = folder / "all.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = _dump()

    with pytest.raises(Unreadable) as caught:
        _restore(path)

    assert _dump() == before
    assert {one.name for one in settings.home().iterdir()} == {"xianke.db"}
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("id", None, "None"),
        ("id", "1", "1"),
        ("platform", " ", " "),
        ("platform", 7, "7"),
        ("platform", None, "None"),
        ("day", "2026-02-30", "2026-02-30"),
        ("day", "20261120", "20261120"),
        ("day", "٢٠٢٦-١١-٢٠", "٢٠٢٦-١١-٢٠"),
        ("due", "昨天", "昨天"),
        ("start_minute", 1440, "1440"),
        ("orders", 1.0, "1.0"),
        ("orders", True, "True"),
        ("orders", 0, "0"),
        ("gross_fen", "8500", "8500"),
        ("gross_fen", -1, "-1"),
        ("gross_fen", 2**53, "9007199254740992"),
        ("gross_fen", 10**30, "1000000000000000000000000000000"),
        ("gross_fen", float("nan"), "nan"),
        ("paid_by_bill", 0, "0"),
        ("note", ["雨天"], "['雨天']"),
        ("note", "\ud83c", "?"),
        ("note", {"a": "b" * 99}, "{'a': '" + "b" * 32 + "…"),
    ],
)
def test_a_wrong_value_is_named(column: str, value: object, said: str, tmp_path: Path) -> None:
    """With its line and its column."""
    _log()
    documents = _documents()
    documents[1]["row"][column] = value

    message = _refusal(_signed(documents), tmp_path)

    assert message == f"「all.jsonl」第 2 行的 {column} 不能是「{said}」"


@pytest.mark.parametrize("table", list(lines.COLUMNS))
def test_no_table_takes_a_row_of_wrong_types(table: str) -> None:
    """The checks are alive for every one of them."""
    with closing(sqlite3.connect(":memory:")) as target:
        row: Document = {column: {} for column in lines.COLUMNS[table]}
        with pytest.raises(Unreadable):
            loading.load([lines.Loose("第 2 行", table, row)], {}, target, "x")


Edit = Callable[[list[Document]], object]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda all_: all_[2].update(table="recipe"), "第 3 行有不认识的表「recipe」"),
        (lambda all_: all_[2].update(table=["gig"]), "第 3 行有不认识的表「['gig']」"),
        (lambda all_: all_[2].update(more=1), "第 3 行读不懂"),
        (lambda all_: all_[2].pop("table"), "第 3 行读不懂"),
        (lambda all_: all_[2].update(row=[]), "第 3 行读不懂"),
        (lambda all_: all_[1]["row"].update(colour="red"), "第 2 行的栏目和表「gig」对不上"),
        (lambda all_: all_[1]["row"].pop("note"), "第 2 行的栏目和表「gig」对不上"),
        (lambda all_: all_[1]["row"].update(status="lost"), "第 2 行放不进去：有一项的值不合规定"),
        (lambda all_: all_[1]["row"].update(paid_day=None), "第 2 行放不进去：有一项的值不合规定"),
        (lambda all_: all_.insert(2, all_[1]), "第 3 行放不进去：和另一行重复"),
        (lambda all_: all_[3]["row"].update(gig_id=9), "settlement 编号 1 所指的那一行不在"),
        (lambda all_: all_.pop(), "和结尾的校验不符"),
        (lambda all_: all_[0]["rows"].update(gig=2), "和结尾的校验不符"),
        (lambda all_: all_[0].update(schema=99), "由更新版本的 xianke 写成"),
        (lambda all_: all_[0].update(schema=1), "第 1 行读不懂"),
        (lambda all_: all_[0].update(schema="2"), "第 1 行读不懂"),
        (lambda all_: all_[0].update(schema=True), "第 1 行读不懂"),
        (lambda all_: all_[0].update(at="昨天"), "第 1 行读不懂"),
        (lambda all_: all_[0].update(at="2026-11-22T10:00:00"), "第 1 行读不懂"),
        (lambda all_: all_[0].update(at=7), "第 1 行读不懂"),
        (lambda all_: all_[0].pop("rows"), "第 1 行读不懂"),
        (lambda all_: all_[0].update(rows=[]), "第 1 行读不懂"),
        (lambda all_: all_[0]["rows"].update(gig=-1), "第 1 行读不懂"),
        (lambda all_: all_[0]["rows"].update(recipe=1), "第 1 行读不懂"),
        (lambda all_: all_[0]["last_ids"].update(gig="1"), "第 1 行读不懂"),
        (lambda all_: all_[0]["last_ids"].update(gig=10**30), "第 1 行读不懂"),
        (lambda all_: all_[0]["last_ids"].update(profile=1), "第 1 行读不懂"),
        (lambda all_: all_[0].update(xianke="page"), "不是 xianke 的备份"),
    ],
)
def test_a_wrong_line_is_named(edit: Edit, said: str, tmp_path: Path) -> None:
    """Also where the end fits: somebody has made it so."""
    _log()
    documents = _documents()
    edit(documents)

    assert said in _refusal(_signed(documents), tmp_path)


Change = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[: text.rindex(b'{"end"')], "不完整，到第 8 行就断了"),
        (lambda text: text[: text.rindex(b'{"end"') + 9], "第 9 行读不懂"),
        (lambda text: text[: len(text) // 2], "读不懂"),
        (lambda text: text[: text.index(b"\n") + 1], "不完整，到第 1 行就断了"),
        (lambda text: text[:20], "不是 xianke 的备份"),
        (lambda text: text.replace("雨天".encode(), "雪天".encode()), "和结尾的校验不符"),
        (lambda text: text.replace(b"8500", b"9500"), "和结尾的校验不符"),
        (lambda text: text.replace("雨".encode(), b"\xff"), "第 2 行读不懂"),
        (lambda text: text.replace(b"\n", b"\n\n", 1), "第 2 行读不懂"),
        (lambda text: text + b'{"table": "gig"}\n', "在结尾之后还有内容"),
        (lambda text: text + text, "在结尾之后还有内容"),
        (lambda text: text.replace(b'"end"', b'"End"'), "第 9 行读不懂"),
        (lambda text: text.replace(b"\n", b" ", 1), "不是 xianke 的备份"),
        (lambda text: b"{" + b"[" * 100_000, "不是 xianke 的备份"),
        (lambda text: b'{"a":' * 100_000, "不是 xianke 的备份"),
        (lambda text: b'{"a": ' + b"1" * 10_000 + b"}", "不是 xianke 的备份"),
        (lambda text: b"{" * 9_000_000, "不是 xianke 的备份"),
        (lambda text: text.replace(b"\n", b"\n" + b"[" * 8_100_000, 1), "第 2 行读不懂"),
        (lambda text: b"{}\n", "不是 xianke 的备份"),
        (lambda text: text.decode().encode("utf-16"), "不是 xianke 的备份"),
    ],
)
def test_a_spoiled_file_is_named(change: Change, said: str, tmp_path: Path) -> None:
    """Cut, overwritten, glued together, or something else altogether."""
    _log()

    assert said in _refusal(change(_dump().encode()), tmp_path)


@given(st.data())
@laws(max_examples=60)
def test_whatever_happens_to_a_file_the_store_is_safe(data: st.DataObject) -> None:
    """One byte is changed, some are lost or added: refused, or nothing of meaning has changed."""
    with _home() as folder:
        _log()
        before = _dump()
        spoiled = bytearray(before.encode())
        place = data.draw(st.integers(0, len(spoiled) - 1))
        end = data.draw(st.integers(place, min(place + 9, len(spoiled))))
        spoiled[place:end] = data.draw(st.binary(max_size=9))
        path = folder / "all.jsonl"
        path.write_bytes(bytes(spoiled))
        try:
            _restore(path)
        except Unreadable:
            assert [one.name for one in settings.home().iterdir()] == ["xianke.db"]

        assert _dump() == before
