"""Time in which no work was found: `log … --status none_found`, and where it counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Dump
    from tests.conftest import Run

Document = dict[str, Any]
Refused = Callable[..., str]
Stored = Callable[[], "Dump"]

VAIN = ("log", "美团众包", "0", "--status", "none_found")


def _search(run: Run, *arguments: str) -> Document:
    return run(*VAIN, *arguments, "--json").data


# Recording


def test_time_without_work_is_recorded(run: Run) -> None:
    """Nothing earned, nothing worked, the minutes unpaid; it began before they were gone."""
    found = _search(run, "--unpaid", "25")

    assert found == {
        "id": "g1", "platform": "meituan_zhongbao", "category": "delivery_errand",
        "day": "2026-11-22", "start": "2026-11-22T09:35:00+08:00", "orders": 1,
        "worked_minutes": 0, "unpaid_minutes": 25, "gross_fen": 0, "agreed_fen": 0, "fee_fen": 0,
        "cost_fen": 0, "tax_fen": 0, "net_fen": 0, "net_fen_per_hour": 0,
        "status": "none_found", "due": None, "paid_at": None, "rating": None, "note": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("options", "unpaid"),
    [
        (("--minutes", "25"), 25),
        (("--minutes", "25", "--unpaid", "10"), 35),
        (("--unpaid", "1小时"), 60),
    ],
)
def test_all_its_minutes_are_unpaid(run: Run, options: tuple[str, ...], unpaid: int) -> None:
    """However they were given: nobody works who has found no work."""
    found = _search(run, *options)

    assert (found["worked_minutes"], found["unpaid_minutes"]) == (0, unpaid)


def test_looking_may_cost_something(run: Run) -> None:
    """Fuel is burnt all the same."""
    found = _search(run, "--unpaid", "30", "--cost", "4.5")

    assert (found["cost_fen"], found["net_fen"], found["net_fen_per_hour"]) == (450, -450, -900)


def test_the_chinese_name_is_understood(run: Run) -> None:
    """A status is its code or its name."""
    found = run("log", "美团众包", "0", "--status", "没接到单", "--unpaid", "5", "--json").data

    assert found["status"] == "none_found"


@pytest.mark.parametrize(
    "options", [("--fee", "1"), ("--tax", "1"), ("--count", "2"), ("--due", "明天")]
)
def test_what_only_a_gig_has_is_refused(refused: Refused, options: tuple[str, ...]) -> None:
    """Somebody meant something else; nothing is written on a guess."""
    said = refused(2, "not_understood", *VAIN, "--unpaid", "25", *options)

    assert "没接到单，就没有收入" in said


def test_money_without_work_is_refused(refused: Refused) -> None:
    """Who was paid has found work."""
    said = refused(
        2, "not_understood", "log", "美团众包", "12", "--status", "none_found", "--unpaid", "25"
    )

    assert "金额写 0" in said


def test_no_minutes_is_nothing_to_learn(refused: Refused) -> None:
    """How long one looked is all there is to say."""
    assert "没写找了多久" in refused(2, "not_understood", *VAIN)


def test_without_an_amount_the_hint_says_nought(refused: Refused) -> None:
    """The example is one that would have been right."""
    said = refused(
        2, "not_understood", "log", "美团众包", "--status", "none_found", "--unpaid", "5"
    )

    assert "xianke log 美团众包 0 --status none_found --unpaid 25" in said


def test_the_future_has_not_been_looked_through(refused: Refused) -> None:
    """Time that is still to come was not spent."""
    refused(2, "not_understood", *VAIN, "--unpaid", "25", "--at", "2026-12-24 9:00")


def test_the_stopwatch_ends_without_work(run: Run) -> None:
    """What was measured becomes the time that was looked for work."""
    run("start", "美团众包", "--at", "9:20")

    found = run("stop", "--status", "none_found", "--json").data

    assert (found["status"], found["worked_minutes"], found["unpaid_minutes"]) == (
        "none_found",
        0,
        40,
    )


# Looking at it and changing it


def test_it_is_found_by_its_status(run: Run) -> None:
    """Among other gigs, `--status` tells them apart."""
    _search(run, "--unpaid", "25")
    run("log", "美团众包", "30", "--minutes", "40")

    found = run("gigs", "--status", "none_found", "--json").data["gigs"]

    assert [gig["id"] for gig in found] == ["g1"]


@pytest.mark.usefixtures("_english")
def test_it_is_called_so_in_english(run: Run, screen: Callable[..., str]) -> None:
    """List, page and the sentence after recording."""
    said = run(*VAIN[:2], "0", "--status", "none_found", "--unpaid", "25").out

    assert "no work found" in said
    assert "no work found" in screen("gigs")
    assert "No gig, but its time counts" in screen("gigs", "show", "g1")


@pytest.fixture
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIANKE_LANG", "en")


@pytest.mark.parametrize(
    ("options", "minutes"),
    [(("--minutes", "40"), 40), (("--unpaid", "40"), 40), (("--note", "下雨"), 25)],
)
def test_its_minutes_can_be_corrected(run: Run, options: tuple[str, ...], minutes: int) -> None:
    """A new figure takes the place of the old one, whichever option it comes by."""
    _search(run, "--unpaid", "25")

    found = run("gigs", "edit", "g1", *options, "--json").data

    assert (found["worked_minutes"], found["unpaid_minutes"]) == (0, minutes)


def test_a_gig_turns_out_to_be_none(run: Run) -> None:
    """With its amount taken away, all its time is time that was looked; no money is left of it."""
    run("log", "美团众包", "20", "--minutes", "15", "--unpaid", "10")

    found = run("gigs", "edit", "g1", "--status", "none_found", "--amount", "0", "--json").data

    assert (found["worked_minutes"], found["unpaid_minutes"], found["paid_at"]) == (0, 25, None)
    assert run("payouts", "--json").data["payouts"] == []


def test_a_gig_with_money_is_not_made_none(run: Run, refused: Refused) -> None:
    """Its amount must be taken away knowingly."""
    run("log", "美团众包", "20", "--minutes", "15")

    refused(2, "not_understood", "gigs", "edit", "g1", "--status", "none_found")


def test_undo_names_it(run: Run) -> None:
    """In the user's words, and it is gone."""
    _search(run, "--unpaid", "25")

    assert run("undo").out.splitlines()[0] == "撤销了：记单 美团众包 没接到单"
    assert run("gigs", "--json").data["gigs"] == []


# Where it counts, and where not


@pytest.fixture
def one_of_two(run: Run) -> None:
    """Log one paid gig of an hour, and half an hour of looking in vain that cost 3 yuan."""
    run("log", "美团众包", "60", "--minutes", "60", "--at", "2026-11-21 9:00")
    run(*VAIN, "--unpaid", "30", "--cost", "3", "--at", "2026-11-21 12:00")


@pytest.mark.usefixtures("one_of_two")
def test_a_report_counts_its_time_and_cost_but_no_gig(run: Run) -> None:
    """The hour falls by what was looked, and the document says how much that was."""
    found = run("report", "--json").data

    (row,) = found["rows"]
    assert {key: row[key] for key in row if key not in ("key", "name")} == {
        "gigs": 1, "timed_gigs": 1, "worked_minutes": 60, "unpaid_minutes": 30,
        "gross_fen": 6000, "fee_fen": 0, "cost_fen": 300, "tax_fen": 0, "net_fen": 5700,
        "net_fen_per_hour": 3800, "received_fen": 6000,
    }  # fmt: skip
    assert found["searched_minutes"] == 30


@pytest.mark.usefixtures("one_of_two")
def test_a_report_says_how_much_time_brought_no_work(screen: Callable[..., str]) -> None:
    """Below the table, where the hourly rate stands."""
    assert "  用时里有 0:30 没接到单：不算单数，算进每小时\n" in screen("report")


def test_a_report_without_any_says_nothing_of_it(run: Run, screen: Callable[..., str]) -> None:
    """A note nobody needs is noise."""
    run("log", "美团众包", "60", "--minutes", "60")

    assert "没接到单" not in screen("report")
    assert run("report", "--json").data["searched_minutes"] == 0


def test_a_report_of_nothing_else_has_no_gig(run: Run, screen: Callable[..., str]) -> None:
    """No gig at all, and an hour that brought nothing."""
    _search(run, "--unpaid", "30")

    (row,) = run("report", "--json").data["rows"]
    assert (row["gigs"], row["timed_gigs"], row["unpaid_minutes"], row["net_fen_per_hour"]) == (
        0,
        0,
        30,
        0,
    )
    assert "0 单，净得 ￥0.00，用时 0:30" in screen("report")


@pytest.mark.usefixtures("one_of_two")
def test_the_page_says_it_too(run: Run, tmp_path: Path) -> None:
    """Beside the time that was spent."""
    path = tmp_path / "page.html"

    assert run("report", "--html", str(path)).code == 0

    assert "其中 0:30 没接到单" in path.read_text(encoding="utf-8")


def test_nobody_owes_anything_for_it(run: Run) -> None:
    """And no money that comes is taken for it."""
    _search(run, "--unpaid", "30")
    run("log", "美团众包", "12", "--minutes", "30", "--status", "delivered")

    (owed,) = run("owed", "--json").data["owed"]

    assert (owed["gigs"], owed["outstanding_fen"]) == (1, 1200)


def test_rates_learn_no_range_from_it(run: Run) -> None:
    """The range is for the next paid gig: what an hour of looking brought is no pay."""
    run("log", "美团众包", "60", "--minutes", "60")
    before = run("rates", "--json").data["rates"][0]

    _search(run, "--unpaid", "30")

    after = run("rates", "--json").data["rates"][0]
    keys = ("key", "own_gigs", "low_fen_per_hour", "mid_fen_per_hour", "high_fen_per_hour")
    assert [after[key] for key in keys] == [before[key] for key in keys]


def test_the_next_gig_is_not_held_against_it(run: Run) -> None:
    """“Better than before” means than earlier gigs, not than looking in vain."""
    for _number in range(3):
        _search(run, "--unpaid", "30")

    assert "胜过" not in run("log", "美团众包", "10", "--minutes", "60").out


def test_what_was_spent_is_paid_back_by_gigs_alone(run: Run) -> None:
    """Looking costs, but a number of gigs counts gigs."""
    run("spend", "美团众包", "100", "--at", "2026-11-20")
    run("log", "美团众包", "30", "--minutes", "60", "--at", "2026-11-21 9:00")
    run(*VAIN, "--unpaid", "30", "--at", "2026-11-21 12:00")

    (found,) = run("spend", "--json").data["payback"]

    assert (found["gigs"], found["mean_net_fen"], found["gigs_needed"]) == (1, 3000, 3)


# Going out and coming in


@pytest.mark.usefixtures("one_of_two")
@pytest.mark.parametrize("form", ["beancount", "hledger"])
def test_books_have_its_cost_alone(run: Run, form: str) -> None:
    """Nothing was earned, and nobody owes; the fuel is booked as one's own."""
    text = run("export", "--format", form).out

    booked = next(part for part in text.split("\n\n") if "没接到单" in part)
    assert "3.00" in booked
    assert "Receivable" not in booked
    assert "Income" not in booked


@pytest.mark.parametrize("form", ["beancount", "hledger"])
def test_books_without_a_cost_leave_it_out(run: Run, form: str) -> None:
    """Time is not money in a book."""
    _search(run, "--unpaid", "30")

    assert "没接到单" not in run("export", "--format", form).out


@pytest.mark.usefixtures("one_of_two")
def test_a_calendar_has_nothing_of_it(run: Run) -> None:
    """What lies ahead are agreed gigs and money."""
    assert "BEGIN:VEVENT" not in run("export", "--format", "ics").out


@pytest.mark.usefixtures("one_of_two")
def test_a_table_takes_it_out_and_back(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CSV from one store into another: the same time without work."""
    path = tmp_path / "gigs.csv"
    run("export", "--format", "csv", "-o", str(path))
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "other"))

    assert run("import", str(path), "--format", "gigs", "--yes").code == 0

    (found,) = run("gigs", "--status", "none_found", "--json").data["gigs"]
    assert (found["worked_minutes"], found["unpaid_minutes"], found["cost_fen"]) == (0, 30, 300)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("美团众包,,2026-11-01 14:00,,30,5,0,0,0,none_found,", "没接到单，就没有收入"),
        ("美团众包,,2026-11-01 14:00,,,0,0,0,0,none_found,", "没写找了多久"),
    ],
)
def test_a_row_that_cannot_be_stops_its_file(
    run: Run, stored: Stored, tmp_path: Path, row: str, why: str
) -> None:
    """As with any other malformed row: nothing is imported, and the row is listed."""
    header = "platform,category,at,worked_minutes,unpaid_minutes,gross,fee,cost,tax,status,note"
    path = tmp_path / "gigs.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")

    result = run("import", str(path), "--format", "gigs", "--yes")

    assert result.code != 0
    assert why in result.err
    assert not any(stored().values())


def test_worked_minutes_of_a_row_count_as_unpaid(run: Run, tmp_path: Path) -> None:
    """As on the command line."""
    path = tmp_path / "gigs.csv"
    path.write_text(
        "platform,at,worked_minutes,gross,status\n美团众包,2026-11-01 14:00,30,0,none_found\n",
        encoding="utf-8",
    )

    run("import", str(path), "--format", "gigs", "--yes")

    (found,) = run("gigs", "--json").data["gigs"]
    assert (found["worked_minutes"], found["unpaid_minutes"]) == (0, 30)
