"""`xianke report`: what was earned, what came in, and what an hour really brought."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from xianke import store
from xianke.render import charts
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

    from xianke.store.tables import Row

Document = dict[str, Any]
Refused = Callable[..., str]

KEYS = ("platform", "category", "month", "week", "weekday", "hour")
ZEROS: Document = {
    "gigs": 0, "timed_gigs": 0, "worked_minutes": 0, "unpaid_minutes": 0, "gross_fen": 0,
    "fee_fen": 0, "cost_fen": 0, "tax_fen": 0, "net_fen": 0, "net_fen_per_hour": None,
    "received_fen": 0,
}  # fmt: skip


@pytest.fixture
def five(run: Run) -> None:
    """Log five gigs over two months, among them an untimed, a rejected and an unpaid one."""
    run(
        "log", "闲鱼", "100", "--minutes", "40", "--unpaid", "20", "--fee", "6", "--cost", "13",
        "--tax", "3", "--at", "2026-11-20 20:00",
    )  # fmt: skip
    run(
        "log", "闲鱼", "60", "--minutes", "50", "--at", "2026-11-01 00:10",
        "--category", "skill_service",
    )  # fmt: skip
    run(
        "log", "闲鱼", "30", "--minutes", "30", "--at", "2026-11-21 20:30", "--status", "rejected",
        "--fee", "2", "--tax", "1",
    )  # fmt: skip
    run("log", "王阿姨", "50", "--at", "2026-10-31", "--new")
    run(
        "log", "美团众包", "44.44", "--minutes", "90", "--at", "2026-11-21 9:00", "--status",
        "delivered", "--tax", "0.44",
    )  # fmt: skip
    # Neither is a finished gig, and neither has cost anything yet.
    run("log", "闲鱼", "500", "--status", "accepted", "--minutes", "40", "--cost", "5")
    run("log", "闲鱼", "500", "--status", "cancelled", "--fee", "5", "--unpaid", "5")


def _report(run: Run, *options: str) -> Document:
    return run("report", *options, "--json").data


def _rows(run: Run, *options: str) -> dict[str, Document]:
    return {row["key"]: row for row in _report(run, *options)["rows"]}


def _brief(rows: dict[str, Document]) -> dict[str, tuple[int, int, int]]:
    """Return gigs, net and received of each row, in the order of the report."""
    return {key: (row["gigs"], row["net_fen"], row["received_fen"]) for key, row in rows.items()}


def _block(lines: list[str]) -> dict[str, str]:
    """Return the sums that stand side by side above the table, each under its name."""
    start = next(number for number, line in enumerate(lines) if "该到手" in line)
    found: dict[str, str] = {}
    while lines[start]:
        found |= dict(zip(lines[start].split(), lines[start + 1].split(), strict=True))
        start += 2
    return found


# The document


@pytest.mark.usefixtures("five")
def test_a_report_is_the_documents_of_the_contract(run: Run) -> None:
    """Rows with all their columns, the total, and what was received, unexplained, outstanding.

    A rejected gig is zero pay for its minutes; one without minutes has no part in the rate;
    what is only agreed on, or was called off in time, is not there.
    """
    found = _report(run)

    assert {key: found[key] for key in found if key not in ("months", "heat")} == {
        "by": "platform",
        "rows": [
            {
                "key": "xianyu", "name": "闲鱼", "gigs": 3, "timed_gigs": 3,
                "worked_minutes": 120, "unpaid_minutes": 20, "gross_fen": 16_000,
                "fee_fen": 600, "cost_fen": 1_300, "tax_fen": 300, "net_fen": 13_800,
                "net_fen_per_hour": 5_914, "received_fen": 15_100,
            },
            {
                **ZEROS, "key": "wangayi", "name": "王阿姨", "gigs": 1, "gross_fen": 5_000,
                "net_fen": 5_000, "received_fen": 5_000,
            },
            {
                "key": "meituan_zhongbao", "name": "美团众包", "gigs": 1, "timed_gigs": 1,
                "worked_minutes": 90, "unpaid_minutes": 0, "gross_fen": 4_444, "fee_fen": 0,
                "cost_fen": 0, "tax_fen": 44, "net_fen": 4_400, "net_fen_per_hour": 2_933,
                "received_fen": 0,
            },
        ],
        "total": {
            "key": "total", "name": "合计", "gigs": 5, "timed_gigs": 4, "worked_minutes": 210,
            "unpaid_minutes": 20, "gross_fen": 25_444, "fee_fen": 600, "cost_fen": 1_300,
            "tax_fen": 344, "net_fen": 23_200, "net_fen_per_hour": 4_747,
            "received_fen": 20_100,
        },
        "received_fen": 20_100,
        "earned_fen": 24_500,
        "unexplained_fen": 0,
        "outstanding_fen": 4_400,
        "written_off_fen": 0,
        "spend_fen": 0,
        "deposit_fen": 0,
        "searched_minutes": 0,
    }  # fmt: skip


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(
    ("by", "rows"),
    [
        (
            "category",
            {
                "second_hand_rental": (2, 7_800, 9_100),
                "skill_service": (1, 6_000, 6_000),
                "unknown": (1, 5_000, 5_000),
                "delivery_errand": (1, 4_400, 0),
            },
        ),
        ("month", {"2026-10": (1, 5_000, 5_000), "2026-11": (4, 18_200, 15_100)}),
        ("week", {"2026-W44": (2, 11_000, 11_000), "2026-W47": (3, 12_200, 9_100)}),
        (
            "weekday",
            {"5": (1, 7_800, 9_100), "6": (3, 9_400, 5_000), "7": (1, 6_000, 6_000)},
        ),
        (
            "hour",
            {
                "0": (1, 6_000, 6_000),
                "9": (1, 4_400, 0),
                "20": (2, 7_800, 9_100),
                "unknown": (1, 5_000, 5_000),
            },
        ),
    ],
)
def test_each_division_has_its_keys(
    run: Run, by: str, rows: dict[str, tuple[int, int, int]]
) -> None:
    """Months YYYY-MM, weeks YYYY-Www, weekdays 1-7, hours 0-23; unknown where nobody said.

    Ten past midnight on the first belongs to that day, month, week and hour.
    """
    found = _brief(_rows(run, "--by", by))

    assert found == rows
    assert list(found) == list(rows)


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize("by", KEYS)
def test_every_division_has_the_same_total(run: Run, by: str) -> None:
    """However it is cut, it is the same money; the rows add up to it."""
    found = _report(run, "--by", by)

    assert found["total"] == _report(run)["total"]
    for column in ZEROS:
        if column != "net_fen_per_hour":
            assert sum(row[column] for row in found["rows"]) == found["total"][column]


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(
    ("options", "gigs", "received_fen", "outstanding_fen"),
    [
        ([], 5, 20_100, 4_400),
        (["--from", "2026-11-01"], 4, 15_100, 4_400),
        (["--from", "11-01", "--to", "11-01"], 1, 6_000, 0),
        (["--to", "2026-11-20"], 3, 20_100, 0),
        (["--from", "昨天"], 2, 0, 4_400),
        (["--from", "月初", "--to", "11-20"], 2, 15_100, 0),
    ],
)
def test_a_range_includes_both_its_ends(
    run: Run, options: list[str], gigs: int, received_fen: int, outstanding_fen: int
) -> None:
    """Earned on the day of the gig, received on the day of the money; without ends everything."""
    found = _report(run, *options)

    assert found["total"]["gigs"] == gigs
    assert found["received_fen"] == found["total"]["received_fen"] == received_fen
    assert found["outstanding_fen"] == outstanding_fen


def test_what_was_called_off_too_late_is_a_loss(run: Run) -> None:
    """Its cost and its minutes are gone all the same; it earned nothing."""
    run("log", "闲鱼", "85", "--minutes", "60")
    run("log", "闲鱼", "500", "--status", "cancelled", "--cost", "5", "--fee", "9")
    run("log", "闲鱼", "500", "--status", "cancelled", "--minutes", "40", "--unpaid", "20")

    row = _rows(run)["xianyu"]

    assert (row["gigs"], row["timed_gigs"]) == (3, 2)
    assert (row["gross_fen"], row["fee_fen"], row["cost_fen"]) == (8_500, 0, 500)
    assert (row["net_fen"], row["net_fen_per_hour"]) == (8_000, 4_250)


def test_money_counts_where_and_when_it_came(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Earned in October, received in November: each in its own month."""
    run("log", "闲鱼", "85", "--at", "2026-10-30 20:00", "--status", "delivered")
    run("gigs", "edit", "g1", "--status", "paid")

    assert _brief(_rows(run, "--by", "month")) == {
        "2026-10": (1, 8_500, 0),
        "2026-11": (0, 0, 8_500),
    }
    assert _rows(run, "--by", "month")["2026-11"]["net_fen_per_hour"] is None
    assert _brief(_rows(run, "--by", "hour")) == {"20": (1, 8_500, 8_500)}


# Money without gigs


@pytest.fixture
def payout(run: Run) -> None:
    """Log one gig and receive 300 yuan, of which only 60 settle it."""
    run("log", "美团众包", "60", "--minutes", "60", "--at", "昨天 9:00", "--status", "delivered")
    with store.write("payout.add", "", datetime(2026, 11, 22)) as db:
        row: Row = {"day": "2026-11-22", "amount_fen": 30_000, "platform": "meituan_zhongbao"}
        identity = db.insert("payout", {**row, "source": "imported"})
        db.insert("settlement", {"payout_id": identity, "gig_id": 1, "amount_fen": 6_000})


@pytest.mark.usefixtures("payout")
@pytest.mark.parametrize("by", KEYS)
def test_unexplained_money_has_a_row_of_its_own(run: Run, by: str) -> None:
    """Received, and nothing else: earned columns 0, rate null; never counted as earned."""
    found = _report(run, "--by", by)

    assert found["rows"][-1] == {
        **ZEROS, "key": "unexplained", "name": "收到了、还没说明的", "received_fen": 24_000,
    }  # fmt: skip
    assert (found["received_fen"], found["unexplained_fen"]) == (30_000, 24_000)
    assert (found["total"]["net_fen"], found["outstanding_fen"]) == (6_000, 0)
    assert found["total"]["net_fen_per_hour"] == 6_000


@pytest.mark.usefixtures("payout")
def test_unexplained_money_is_said_on_the_screen(run: Run) -> None:
    """How much of what came in belongs to no gig yet."""
    lines = run("report").out.splitlines()

    assert _block(lines) == {
        "该到手": "￥60.00", "收到了": "￥300.00", "其中没说明": "￥240.00", "还没到手": "￥0.00",
    }  # fmt: skip
    assert any(line.startswith("收到了、还没说明的") for line in lines)
    assert "→ 说明收到的钱是哪几单：xianke payouts explain" in lines


@pytest.mark.usefixtures("payout")
def test_money_outside_the_range_is_not_unexplained(run: Run) -> None:
    """It belongs to its own day."""
    found = _report(run, "--to", "2026-11-21")

    assert (found["received_fen"], found["unexplained_fen"]) == (0, 0)


# What became of the money


def test_what_was_earned_is_received_outstanding_or_lost(run: Run) -> None:
    """The four sums stand there always; what was given up and deposits where there are such.

    Earned and unexplained together are what was received, is still to come, and will not come.
    """
    run("log", "闲鱼", "100", "--fee", "6", "--cost", "13", "--tax", "3")
    run("log", "美团众包", "44.44", "--status", "delivered", "--at", "11-10")
    run("log", "美团众包", "5", "--status", "delivered", "--at", "11-11")
    run("owed", "--write-off", "g3")
    run("spend", "美团众包", "300", "--deposit", "--at", "11-01")
    with store.write("payout.add", "", datetime(2026, 11, 22)) as db:
        row: Row = {"day": "2026-11-22", "amount_fen": 750, "platform": "xianyu"}
        db.insert("payout", {**row, "source": "imported"})

    found, lines = _report(run), run("report").out.splitlines()

    sums = {key: value for key, value in found.items() if key.endswith("_fen")}
    assert sums == {
        "received_fen": 9_850, "earned_fen": 14_044, "unexplained_fen": 750,
        "outstanding_fen": 4_444, "written_off_fen": 500, "spend_fen": 0, "deposit_fen": 30_000,
    }  # fmt: skip
    assert 14_044 + 750 == 9_850 + 4_444 + 500
    assert _block(lines) == {
        "该到手": "￥140.44", "收到了": "￥98.50", "其中没说明": "￥7.50", "还没到手": "￥44.44",
        "收不回": "￥5.00", "押金在外": "￥300.00",
    }  # fmt: skip
    assert lines[-3:] == [
        "→ 说明收到的钱是哪几单：xianke payouts explain",
        "→ 谁还欠着、晚了没有：xianke owed",
        "→ 换个分法：xianke report --by month",
    ]
    assert _report(run, "--from", "11-02", "--to", "11-10")["deposit_fen"] == 0
    assert _report(run, "--from", "11-11")["written_off_fen"] == 500
    assert _report(run, "--from", "11-12")["written_off_fen"] == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_large_sums_take_a_second_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Six of them do not fit side by side: none is cut, none leaves its name."""
    run("log", "闲鱼", "9999999999")
    run("log", "闲鱼", "9999999999", "--status", "delivered")
    run("log", "闲鱼", "9999999999", "--status", "delivered")
    run("owed", "--write-off", "g3")
    run("spend", "闲鱼", "9999999999", "--deposit")
    monkeypatch.setenv("XIANKE_LANG", language)

    lines = run("report").out.splitlines()

    assert max(map(width, lines)) <= 80
    block = "\n".join(lines[2 : lines.index("", 3)])
    assert block.count("9,999,999,999.00") == 4
    assert block.count("29,999,999,997.00") == 1


@pytest.fixture
def spends(run: Run) -> None:
    """Log two gigs, buy a helmet in between, and get half of a deposit back."""
    run("log", "美团众包", "60", "--minutes", "60", "--at", "2026-10-31 9:00")
    run("spend", "美团众包", "19.99", "--at", "2026-11-01", "--note", "头盔")
    run("spend", "闪送", "200", "--deposit", "--at", "2026-10-01")
    run("spend", "returned", "c2", "--amount", "150", "--at", "2026-11-20")
    run("log", "美团众包", "30", "--minutes", "30", "--at", "2026-11-21 9:00")


@pytest.mark.usefixtures("spends")
@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("platform", {"meituan_zhongbao": (2, 7_001, 9_000), "shansong": (0, -5_000, 0)}),
        ("category", {"delivery_errand": (2, 2_001, 9_000)}),
        ("month", {"2026-10": (1, 6_000, 6_000), "2026-11": (1, -3_999, 3_000)}),
        ("week", {"2026-W44": (1, 4_001, 6_000), "2026-W47": (1, -2_000, 3_000)}),
        (
            "weekday",
            {"5": (0, -5_000, 0), "6": (2, 9_000, 9_000), "7": (0, -1_999, 0)},
        ),
        ("hour", {"9": (2, 9_000, 9_000), "unknown": (0, -6_999, 0)}),
    ],
)
def test_what_was_paid_for_platforms_is_their_cost(
    run: Run, by: str, rows: dict[str, tuple[int, int, int]]
) -> None:
    """On the day it was paid, or was lost of a deposit; no gig and no hour is dearer for it."""
    found = _report(run, "--by", by)

    assert _brief({row["key"]: row for row in found["rows"]}) == rows
    total = found["total"]
    assert (found["spend_fen"], total["cost_fen"], total["net_fen"]) == (6_999, 6_999, 2_001)
    assert total["net_fen_per_hour"] == 6_000
    assert found["earned_fen"] == found["received_fen"] == 9_000


@pytest.mark.usefixtures("spends")
def test_spends_belong_to_their_month(run: Run) -> None:
    """The month beside the last one has them too, and so has a range."""
    assert _report(run)["months"] == {
        "this": "2026-11", "this_fen": -3_999, "before": "2026-10", "before_fen": 6_000,
        "before_same_days_fen": 0,
    }  # fmt: skip
    assert _report(run, "--to", "2026-10-31")["spend_fen"] == 0
    assert _report(run, "--from", "2026-11-20")["spend_fen"] == 5_000


@pytest.mark.usefixtures("spends")
def test_it_is_said_that_spends_are_in_no_rate(run: Run) -> None:
    """And how much of the net they took; without any, nothing is said."""
    sentence = "净得已减去 ￥69.99 的开支（装备、退款、没退的押金）；不是哪一单的，不算进每小时"

    assert sentence in "".join(line.strip() for line in run("report").out.splitlines())
    assert "开支" not in run("report", "--to", "2026-10-31").out


def test_only_spends_are_a_report_too(run: Run) -> None:
    """Money is gone, and nothing has come yet."""
    run("spend", "美团众包", "19.99")

    found = _report(run)

    assert _brief({row["key"]: row for row in found["rows"]}) == {
        "meituan_zhongbao": (0, -1_999, 0)
    }
    assert "  合起来是亏的。" in run("report").out.splitlines()


# Months beside each other


@pytest.mark.parametrize(
    ("now", "months"),
    [
        (
            "2026-11-22T10:00:00+08:00",
            {
                "this": "2026-11", "this_fen": 700, "before": "2026-10", "before_fen": 3_500,
                "before_same_days_fen": 2_000,
            },
        ),
        (
            "2026-11-30T10:00:00+08:00",
            {
                "this": "2026-11", "this_fen": 700, "before": "2026-10", "before_fen": 3_500,
                "before_same_days_fen": 3_000,
            },
        ),
        (
            "2026-12-31T10:00:00+08:00",
            {
                "this": "2026-12", "this_fen": 0, "before": "2026-11", "before_fen": 700,
                "before_same_days_fen": 700,
            },
        ),
        (
            "2026-10-01T10:00:00+08:00",
            {
                "this": "2026-10", "this_fen": 0, "before": "2026-09", "before_fen": 0,
                "before_same_days_fen": 0,
            },
        ),
        (
            "2027-01-05T10:00:00+08:00",
            {
                "this": "2027-01", "this_fen": 0, "before": "2026-12", "before_fen": 0,
                "before_same_days_fen": 0,
            },
        ),
    ],
)  # fmt: skip
def test_months_stand_beside_each_other(
    run: Run, monkeypatch: pytest.MonkeyPatch, now: str, months: Document
) -> None:
    """Net of this month so far; of the last one whole, and to the same day or its own last."""
    run("log", "闲鱼", "20", "--at", "2026-10-22")
    run("log", "闲鱼", "10", "--at", "2026-10-30")
    run("log", "闲鱼", "5", "--at", "2026-10-31")
    run("log", "闲鱼", "7", "--at", "2026-11-22")
    monkeypatch.setenv("XIANKE_NOW", now)

    assert _report(run)["months"] == months


@pytest.mark.usefixtures("five")
def test_months_are_shown_where_everything_is(run: Run) -> None:
    """Below the whole report; a range would only be confused with them."""
    sentence = "本月（2026-11）净得 ￥182.00；上月到同一天 ￥0.00，全月 ￥50.00"

    assert sentence in run("report").out
    assert "本月" not in run("report", "--from", "2026-11-01").out


# The heat map


@pytest.mark.usefixtures("five")
def test_the_heat_map_says_when_work_was_done(run: Run) -> None:
    """Minutes by weekday and hour of the start, unpaid ones too, of gigs that have both."""
    heat = [
        {"weekday": 5, "hour": 20, "minutes": 60},
        {"weekday": 6, "hour": 9, "minutes": 90},
        {"weekday": 6, "hour": 20, "minutes": 30},
        {"weekday": 7, "hour": 0, "minutes": 50},
    ]

    assert _report(run, "--by", "weekday")["heat"] == heat
    assert _report(run, "--by", "hour")["heat"] == heat
    assert _report(run, "--by", "weekday", "--from", "11-21")["heat"] == heat[1:3]
    assert _report(run, "--by", "month")["heat"] == []


@pytest.mark.usefixtures("five")
def test_the_heat_map_has_a_line_per_day_and_a_cell_per_hour(run: Run) -> None:
    """Seven lines under one scale of hours; the fullest cell is full, an empty one a dot."""
    lines = run("report", "--by", "hour").out.splitlines()
    start = lines.index("一周里什么时候在做") + 1
    scale, *days, legend = lines[start : start + 9]

    cells = {line.split()[0]: line.split()[1:] for line in days}
    assert list(cells) == ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    assert {len(row) for row in cells.values()} == {24}
    full = charts.SHADES[-1] * 2
    assert [(day, row.index(full)) for day, row in cells.items() if full in row] == [("周六", 9)]
    assert cells["周一"] == ["··"] * 24
    assert (cells["周五"][20], cells["周六"][20], cells["周日"][0]) == ("▅▅", "▃▃", "▅▅")
    assert scale.split() == ["0", "3", "6", "9", "12", "15", "18", "21"]
    assert [scale.index(f" {hour}") + 1 for hour in (0, 9, 21)] == [6, 33, 69]
    assert "最满 90 分钟" in legend


# The screen


@pytest.mark.usefixtures("five")
def test_the_screen_holds_the_sums_and_a_line_per_row(run: Run) -> None:
    """How much, in how long, per hour, received and still owed; bars and shares beside."""
    lines = run("report").out.splitlines()

    assert lines[:6] == [
        "5 单，净得 ￥232.00，用时 3:50",
        "  每小时净得 ￥47.47（4 单记了用时，只按这些算）",
        "",
        "    该到手     收到了   其中没说明   还没到手",
        "  ￥245.00   ￥201.00       ￥0.00    ￥44.00",
        "",
    ]
    assert [line.split() for line in lines[8:11]] == [
        ["闲鱼", "3", "2:20", "138.00", "█" * 12, "59%", "59.14", "151.00"],
        ["王阿姨", "1", "50.00", "████▎", "22%", "50.00"],
        ["美团众包", "1", "1:30", "44.00", "███▊", "19%", "29.33", "0.00"],
    ]
    assert lines[12].split() == ["合计", "5", "3:50", "232.00", "47.47", "201.00"]


@pytest.mark.parametrize("by", KEYS)
def test_the_screen_keeps_within_eighty_columns(run: Run, by: str) -> None:
    """Also with long names and large sums: the name wraps, figures never do."""
    name = "某某小区三期业主互助跑腿与代取快递群（周末限定）"
    run("log", name, "1234567.89", "--minutes", "1000小时", "--new", "--at", "昨天 9:00")
    run("log", "大厂直招 AI 录音员", "85", "--minutes", "40")

    lines = run("report", "--by", by).out.splitlines()

    assert max(map(width, lines)) <= 80
    total = next(line for line in lines if line.startswith("合计"))
    assert total.split()[1:4] == ["2", "1000:40", "1234652.89"]


def test_only_untimed_gigs_have_no_rate(run: Run) -> None:
    """That is said, not shown as zero."""
    run("log", "闲鱼", "85")

    assert "没有一单记了用时，每小时多少还不知道" in run("report").out
    assert _report(run)["total"]["net_fen_per_hour"] is None


def test_all_timed_gigs_need_no_remark(run: Run) -> None:
    """Nothing was left out of the rate."""
    run("log", "闲鱼", "85", "--minutes", "60")

    assert "  每小时净得 ￥85.00" in run("report").out.splitlines()


def test_a_loss_is_said_plainly(run: Run) -> None:
    """A negative sum, a bar of minus signs, no share, and a sentence."""
    run("log", "闲鱼", "10", "--cost", "30", "--minutes", "40")

    lines = run("report").out.splitlines()

    assert "  合起来是亏的。" in lines
    row = next(line.split() for line in lines if line.startswith("闲鱼"))
    assert row == ["闲鱼", "1", "0:40", "-20.00", "-" * 12, "-30.00", "10.00"]
    assert _report(run)["total"]["net_fen_per_hour"] == -3_000


def test_nothing_recorded_is_an_answer_too(run: Run) -> None:
    """Zeros and null for programs, the first command for people; no store is made."""
    found = _report(run)

    assert found == {
        "by": "platform",
        "rows": [],
        "total": {**ZEROS, "key": "total", "name": "合计"},
        "received_fen": 0,
        "earned_fen": 0,
        "unexplained_fen": 0,
        "outstanding_fen": 0,
        "written_off_fen": 0,
        "spend_fen": 0,
        "deposit_fen": 0,
        "searched_minutes": 0,
        "months": {
            "this": "2026-11", "this_fen": 0, "before": "2026-10", "before_fen": 0,
            "before_same_days_fen": 0,
        },
        "heat": [],
    }  # fmt: skip
    screen = run("report")
    assert (screen.code, screen.err) == (0, "")
    assert "xianke log 闲鱼 85" in screen.out


@pytest.mark.usefixtures("five")
def test_an_empty_range_is_not_an_empty_store(run: Run) -> None:
    """The next command is the whole report."""
    assert run("report", "--from", "2020-01-01", "--to", "2020-12-31").out.splitlines() == [
        "这段日子没有记录。",
        "→ 看全部日子：xianke report",
    ]


@pytest.mark.usefixtures("five")
def test_another_division_is_proposed(run: Run) -> None:
    """One that is not the present one."""
    assert run("report").out.splitlines()[-1] == "→ 换个分法：xianke report --by month"
    assert run("report", "--by", "hour").out.splitlines()[-1].endswith("--by platform")


# Names


@pytest.mark.usefixtures("five")
def test_rows_are_called_by_their_names(run: Run) -> None:
    """Ids are for programs."""
    names = {
        by: [row["name"] for row in _report(run, "--by", by)["rows"]]
        for by in ("category", "month", "weekday", "hour")
    }

    assert names == {
        "category": ["闲置与出租", "技能接单", "没有类别", "配送跑腿"],
        "month": ["2026-10", "2026-11"],
        "weekday": ["周五", "周六", "周日"],
        "hour": ["0 点", "9 点", "20 点", "没记几点"],
    }


def test_only_names_of_the_catalogue_are_shortened(run: Run) -> None:
    """What explains in brackets is left out of a narrow column; what the user wrote stays whole."""
    run("log", "UU跑腿（跑男）", "5")
    run("log", "李老师（周三）", "5", "--new")
    run("log", "Rosa (Sat)", "5", "--new")

    names = [line.split("  ")[0] for line in run("report").out.splitlines()]

    assert [name for name in names if name in ("UU跑腿", "李老师（周三）", "Rosa (Sat)")] == [
        "李老师（周三）", "Rosa (Sat)", "UU跑腿",
    ]  # fmt: skip
    assert _rows(run)["uupt"]["name"] == "UU跑腿（跑男）"


def test_what_the_catalogue_no_longer_has_is_called_by_its_id(run: Run) -> None:
    """Old gigs stay readable."""
    with store.write("gig.add", "", datetime(2026, 11, 22)) as db:
        db.insert(
            "gig",
            {
                "platform": "gone", "category": "gone_too", "day": "2026-11-01", "orders": 1,
                "unpaid_minutes": 0, "gross_fen": 100, "fee_fen": 0, "cost_fen": 0, "tax_fen": 0,
                "status": "delivered",
            },
        )  # fmt: skip

    assert _rows(run)["gone"]["name"] == "gone"
    assert _rows(run, "--by", "category")["gone_too"]["name"] == "gone_too"
    assert "gone" in run("gigs").out


# What is refused, languages


@pytest.mark.parametrize(
    ("options", "quoted"),
    [
        (["--by", "day"], "「day」"),
        (["--by", ""], "「」"),
        (["--by"], "--by"),
        (["--from", "某天"], "「某天」"),
        (["--to", "2026-13-01"], "2026-13-01"),
        (["--from", "昨天 14:00"], "「14:00」"),
        (["--from", "昨天", "--to", "前天"], "2026-11-20"),
        (["--month", "11"], "--month"),
        (["2026"], "「2026」"),
    ],
)
def test_a_wrong_question_is_refused(refused: Refused, options: list[str], quoted: str) -> None:
    """Exit 2, quoting the word."""
    assert quoted in refused(2, "not_understood", "report", *options)


@pytest.mark.usefixtures("payout")
@pytest.mark.parametrize("by", KEYS)
def test_programs_read_the_same_in_english(
    run: Run, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """All but the names."""

    def nameless(found: Document) -> Document:
        rows = [{**row, "name": None} for row in found["rows"]]
        return {**found, "rows": rows, "total": {**found["total"], "name": None}}

    chinese = nameless(_report(run, "--by", by))
    monkeypatch.setenv("XIANKE_LANG", "en")

    assert nameless(_report(run, "--by", by)) == chinese
    screen = run("report", "--by", by)
    assert (screen.code, screen.err) == (0, "")
    assert max(map(width, screen.out.splitlines())) <= 80


@pytest.mark.usefixtures("payout")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [60, 40])
def test_a_narrow_terminal_costs_no_names_and_no_digits(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str, columns: int
) -> None:
    """A cut figure would be a wrong one: what has no room beside the others stands below."""
    monkeypatch.setenv("XIANKE_LANG", language)
    monkeypatch.setenv("COLUMNS", str(columns))

    shown = run("report").out

    words = re.split(r"[\s：·]+", shown)
    for row in _report(run)["rows"]:
        assert row["name"].split()[0][:6] in shown
        for fen in (row["net_fen"], row["received_fen"]):
            assert f"{fen / 100:.2f}" in words
        if row["net_fen_per_hour"] is not None:
            assert f"{row['net_fen_per_hour'] / 100:.2f}" in words
    assert max(map(width, shown.splitlines())) <= columns


# Characters


def test_bars_grow_by_eighths() -> None:
    """The most is full, nothing is empty, the least that is something can be seen."""
    assert charts.bar(100, 100, 12) == "█" * 12
    assert charts.bar(50, 100, 12) == "█" * 6
    assert charts.bar(17, 96, 12) == "██▏"
    assert charts.bar(1, 10**9, 12) == "▏"
    assert charts.bar(0, 100, 12) == charts.bar(5, 0, 12) == ""
    assert charts.bar(-50, 100, 12) == "-" * 6
    assert charts.bar(-1, 10**9, 12) == "-"


def test_a_share_is_said_only_where_it_means_something() -> None:
    """Whole percent; none of a loss, none for one."""
    assert charts.shares([0, 3], 3) == ["0%", "100%"]
    assert charts.shares([5, -2], 3) == ["167%", ""]
    assert charts.shares([1, -1], 0) == ["", ""]
    assert charts.shares([1], -3) == [""]
    assert charts.shares([], 0) == []


def test_shares_of_a_whole_sum_to_a_hundred() -> None:
    """What rounding down leaves goes to the largest remainders, the first of equal ones."""
    assert charts.shares([1775, 4225, 4000], 10000) == ["18%", "42%", "40%"]
    assert charts.shares([1, 1, 1], 3) == ["34%", "33%", "33%"]


def test_charts_are_made_of_what_gbk_has() -> None:
    """A Chinese Windows terminal shows every one of them, one cell wide."""
    marks = charts.EIGHTHS + "".join(charts.SHADES) + "█"

    assert marks.encode("gbk").decode("gbk") == marks
    assert {unicodedata.east_asian_width(mark) for mark in marks} <= {"A", "N", "Na"}
