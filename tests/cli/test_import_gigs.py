"""`import` of one's own records: a table of gigs, and the time logs of other programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Dump
    from tests.conftest import Run

HEADER = "platform,category,at,worked_minutes,unpaid_minutes,gross,fee,cost,tax,status,note\n"
TABLE = HEADER + (
    "闲鱼,,2026-11-01 14:00,40,10,85.00,1.36,3,0,paid,旧书\n"
    "xianyu,second_hand_rental,2026-11-02T09:30:00,,0,20,0,0,0,delivered,\n"
    "王阿姨,local_service,2026-11-03 18:00,60,0,50,0,0,0,paid,看孩子\n"
    "王阿姨,local_service,2026-11-10 18:00,60,0,50,0,0,0,paid,看孩子\n"
    "Bob,,2026-11-04 08:00,30,0,30,0,0,0,rejected,\n"
)

Put = Callable[[str, str], str]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Return what writes an invented file and gives back its path."""

    def call(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8-sig")
        return str(path)

    return call


@pytest.mark.parametrize("options", [("--format", "gigs"), ()])
def test_a_table_of_gigs_becomes_gigs(run: Run, put: Put, options: tuple[str, ...]) -> None:
    """Every column arrives, with `--format gigs` or by the header alone; names that nobody has
    become the user's own, by pinyin or as they are."""
    path = put("gigs.csv", TABLE)

    data = run("import", path, "--yes", "--json", *options).data

    assert (data["source"], data["batch"], data["read"], data["new"]) == ("gigs", "b1", 5, 5)
    assert (data["received_fen"], data["assigned_fen"]) == (18364, 18364)
    found = {gig["id"]: gig for gig in run("gigs", "--json").data["gigs"]}
    assert found["g1"] == {
        "id": "g1", "platform": "xianyu", "category": "second_hand_rental", "day": "2026-11-01",
        "start": "2026-11-01T14:00:00+08:00", "orders": 1, "worked_minutes": 40,
        "unpaid_minutes": 10, "gross_fen": 8500, "agreed_fen": 8500, "fee_fen": 136,
        "cost_fen": 300, "tax_fen": 0, "net_fen": 8064, "net_fen_per_hour": 9676,
        "status": "paid", "due": None, "paid_at": "2026-11-01", "rating": None, "note": "旧书",
    }  # fmt: skip
    assert [gig["platform"] for gig in found.values()] == [
        "xianyu", "xianyu", "wangayi", "bob", "wangayi",
    ]  # fmt: skip
    assert run("report", "--json").data["received_fen"] == 18364


def test_the_same_table_again_adds_nothing(run: Run, put: Put, stored: Callable[[], Dump]) -> None:
    """Also when it has grown by a row: only that one is new."""
    path = put("gigs.csv", TABLE)
    run("import", path, "--yes")
    before = stored()

    again = run("import", path, "--yes", "--json").data
    same = stored()
    more = run(
        "import", put("b.csv", TABLE + "闲鱼,,2026-11-05 10:00,,0,9,0,0,0,paid,\n"),
        "--yes", "--json",
    ).data  # fmt: skip

    assert (again["new"], again["duplicate"], same) == (0, 5, before)
    assert (more["new"], more["duplicate"]) == (1, 5)


def test_undo_takes_all_gigs_of_a_file_back(run: Run, put: Put, stored: Callable[[], Dump]) -> None:
    """Gigs, payouts, and the clients that the file brought."""
    run("log", "闲鱼", "85")
    before = stored()

    run("import", put("gigs.csv", TABLE), "--yes")
    run("undo")

    assert stored() == before


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("zz,,2026-11-01 14:00,40,0,85,0,0,0,paid,\n", "zz"),
        ("闲鱼,nothing,2026-11-01 14:00,40,0,85,0,0,0,paid,\n", "nothing"),
        ("闲鱼,,2026-11-01,40,0,85,0,0,0,paid,\n", "2026-11-01"),
        ("闲鱼,,2026-11-01 14:00,40,0,八十五块半多,0,0,0,paid,\n", "八十五块半多"),
        ("闲鱼,,2026-11-01 14:00,40,0,5,6,0,0,paid,\n", "闲鱼"),
    ],
)
def test_one_bad_row_stops_the_file(
    run: Run, put: Put, stored: Callable[[], Dump], row: str, word: str
) -> None:
    """A name that fits several, an unknown category, a bad time or amount: listed, not guessed."""
    path = put("gigs.csv", TABLE + row)
    before = stored()

    result = run("import", path, "--yes", "--format", "gigs")
    left_out = run("import", path, "--yes", "--format", "gigs", "--skip-bad", "--json")

    assert (result.code, result.out) == (2, "")
    assert "7" in result.err
    assert word in result.err
    assert before["gig"] == []
    assert (left_out.code, left_out.document["data"]["new"]) == (7, 5)
    assert left_out.document["data"]["skipped"] == 1


def test_a_near_miss_is_a_client_of_its_own(run: Run, put: Put) -> None:
    """In a file nobody can be asked: what is not a name exactly is not guessed."""
    data = run(
        "import", put("g.csv", HEADER + "闲渔,,2026-11-01 14:00,40,0,85,0,0,0,paid,\n"),
        "--yes", "--json", "--format", "gigs",
    ).data  # fmt: skip

    assert [row["assigned"] for row in data["rows"]] != ["xianyu"]


def test_without_yes_it_is_a_preview(run: Run, put: Put, stored: Callable[[], Dump]) -> None:
    """As for bills: nothing is stored, exit 0, partial."""
    result = run("import", put("gigs.csv", TABLE), "--json")

    assert (result.code, result.document["status"]) == (0, "partial")
    assert (result.document["data"]["new"], result.document["data"]["batch"]) == (5, None)
    assert stored()["gig"] == []


TIMEWARRIOR = [
    {"id": 2, "start": "20261101T060000Z", "end": "20261101T070030Z", "tags": ["代练", "闲鱼"]},
    {"id": 1, "start": "20261102T060000Z", "end": "20261102T063000Z", "tags": ["读书"]},
]
WATSON = [[1793512800, 1793516400, "xianyu", "a1b2", ["旧书"], 1793516400]]


def test_a_time_log_brings_minutes_without_money(run: Run, put: Put) -> None:
    """Its first known label is the platform; pay is not known yet, so no hour counts as unpaid."""
    path = put("timew.json", json.dumps(TIMEWARRIOR))

    data = run("import", path, "--yes", "--json").data
    (gig,) = run("gigs", "--json").data["gigs"]

    assert (data["source"], data["new"], data["skipped"]) == ("timewarrior", 1, 1)
    assert (gig["platform"], gig["status"], gig["worked_minutes"], gig["gross_fen"]) == (
        "xianyu", "accepted", 61, 0,
    )  # fmt: skip
    assert gig["start"] == "2026-11-01T14:00:00+08:00"
    assert {one["own_gigs"] for one in run("rates", "--json").data["rates"]} == {0}


def test_unknown_labels_become_clients_on_request(run: Run, put: Put) -> None:
    """Nobody wants a client called reading, unless asked for."""
    path = put("timew.json", json.dumps(TIMEWARRIOR))

    data = run("import", path, "--yes", "--json", "--new").data

    assert [row["assigned"] for row in data["rows"]] == ["xianyu", "dushu"]
    assert data["skipped"] == 0


def test_watson_is_known_by_its_content(run: Run, put: Put) -> None:
    """Its frames are a list of lists; a second import adds nothing."""
    path = put("frames", json.dumps(WATSON))

    first = run("import", path, "--yes", "--json").data
    again = run("import", path, "--yes", "--json").data

    assert (first["source"], first["new"]) == ("watson", 1)
    assert (again["new"], again["duplicate"]) == (0, 1)


def test_bills_and_gigs_are_not_imported_together(run: Run, put: Put) -> None:
    """What a file is decides how it is previewed: one kind at a time."""
    result = run("import", put("g.csv", TABLE), put("b.csv", "a,b\n1,2\n"), "--yes")

    assert result.code == 2
    assert "g.csv" in result.err
