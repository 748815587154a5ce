"""A year of side work through the command line: every yuan is counted once, whatever the order.

The expected figures come from a ledger kept here, beside the program.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.importers import bills
from tests.importers.bills import Entry, wechat_entry

from xianke import money

if TYPE_CHECKING:
    from tests.conftest import Run

FIRST = date(2025, 11, 3)
WEEKS = 50
RULES = (
    ("示例众包服务有限公司", "美团众包"),
    ("示例设计工作室", "示例设计工作室"),
    ("****n", "闲鱼"),
)
HEADER = "platform,category,at,worked_minutes,unpaid_minutes,gross,fee,cost,tax,status,note\n"

Totals = dict[str, int]


@dataclass
class Year:
    """What happened: gigs as lines of a table, bills as entries, and what it all comes to."""

    gigs: list[str] = field(default_factory=list)
    alipay: list[Entry] = field(default_factory=list)
    wechat: list[Entry] = field(default_factory=list)
    received_fen: int = 0
    private_fen: int = 0
    unassigned_fen: int = 0
    earned_fen: int = 0
    refunded_fen: int = 0
    owed_fen: int = 0
    kept_fen: int = 0


def _gig(year: Year, platform: str, day: date, fen: int, status: str = "paid") -> None:
    amount = money.plain_yuan(fen)
    category = "" if platform in ("美团众包", "闲鱼") else "skill_service"
    year.gigs.append(f"{platform},{category},{day} 18:00,60,10,{amount},0,0,0,{status},\n")
    year.earned_fen += fen


def _came(year: Year, day: date, who: str, fen: int, **words: str) -> None:
    number = f"2025{len(year.alipay):08d}"
    entry = Entry(at=f"{day} 21:00:00", who=who, amount=money.plain_yuan(fen), number=number)
    year.alipay.append(Entry(**{**vars(entry), **words}))


def _year() -> Year:
    year = Year()
    for week in range(WEEKS):
        monday = FIRST + timedelta(weeks=week)
        # Three evenings of deliveries, noted as paid; the platform pays them out on Monday.
        parts = [8_000 + 137 * (week % 7) + 450 * number for number in range(3)]
        for number, fen in enumerate(parts):
            _gig(year, "美团众包", monday + timedelta(days=2 * number), fen)
        _came(year, monday + timedelta(days=7), "示例众包服务有限公司", sum(parts))
        year.received_fen += sum(parts)
        if week % 4 == 0:
            # A client pays an invoice in two parts, the last two not in full.
            _gig(year, "示例设计工作室", monday, 300_000, "delivered")
            halves = (100_000, 200_000 if week < WEEKS - 8 else 50_000)
            for number, fen in enumerate(halves):
                at = f"{monday + timedelta(days=10 + 9 * number)} 09:30:12"
                identity = f"42000{week:03d}{number}"
                year.wechat.append(
                    wechat_entry(at=at, who="示例设计工作室", amount=money.plain_yuan(fen),
                                 number=identity)
                )  # fmt: skip
            year.received_fen += sum(halves)
            year.owed_fen += 300_000 - sum(halves)
            # Wages, and a red packet: neither is side income.
            _came(year, monday, "示例公司", 800_000, item="工资", kind="转账红包")
            year.private_fen += 800_000
            year.wechat.append(
                wechat_entry(at=f"{monday} 12:00:01", kind="微信红包", who="示例朋友", item="/",
                             amount="6.66", number=f"43000{week:03d}")
            )  # fmt: skip
            year.unassigned_fen += 666
        if week % 3 == 0:
            # Something sold: what came is 1.6 % less than the price that was noted.
            price = 8_500 + 100 * week
            kept = price * 16 // 1000
            _gig(year, "闲鱼", monday + timedelta(days=1), price)
            _came(year, monday + timedelta(days=3), "****n", price - kept, kind="收入", item="旧书")
            year.received_fen += price - kept
            year.kept_fen += kept
        if week % 13 == 5:
            # A buyer gets some of it back.
            words = {"direction": "支出", "status": "退款成功", "kind": "收入"}
            _came(year, monday, "****n", 2_000, item="退款-旧书", **words)
            year.refunded_fen += 2_000
    return year


def _expected(year: Year) -> Totals:
    return {
        "gross_fen": year.earned_fen,
        "fee_fen": year.kept_fen,
        "cost_fen": year.refunded_fen,
        "net_fen": year.earned_fen - year.kept_fen - year.refunded_fen,
        "received_fen": year.received_fen,
        "unexplained_fen": 0,
        "outstanding_fen": year.owed_fen,
    }


def _found(run: Run) -> Totals:
    data = run("report", "--json").data
    total = data["total"]
    names = ("gross_fen", "fee_fen", "cost_fen", "net_fen", "received_fen")
    return {
        **{name: total[name] for name in names},
        "unexplained_fen": data["unexplained_fen"],
        "outstanding_fen": data["outstanding_fen"],
    }


def _slices(entries: Sequence[Entry], weeks: int, overlap: int) -> list[list[Entry]]:
    """Return the entries as exports of so many weeks, each reaching back into the one before."""
    found = []
    start = FIRST
    last = date.fromisoformat(max(entry.at[:10] for entry in entries))
    while start <= last:
        end = start + timedelta(weeks=weeks)
        reach = (start - timedelta(weeks=overlap)).isoformat()
        found.append([one for one in entries if reach <= one.at[:10] < end.isoformat()])
        start = end
    return found


def _bill_files(year: Year, folder: Path, weeks: int, overlap: int) -> list[str]:
    files = []
    for number, entries in enumerate(_slices(year.alipay, weeks, overlap)):
        path = folder / f"alipay-{number}.csv"
        path.write_bytes(bills.gb(bills.alipay(entries)))
        files.append(str(path))
    for number, entries in enumerate(_slices(year.wechat, weeks, overlap)):
        path = folder / f"wechat-{number}.csv"
        if number % 2:
            path = path.with_suffix(".xlsx")
            path.write_bytes(bills.xlsx({"Sheet1": bills.wechat_rows(entries)}))
        else:
            path.write_bytes(bills.utf8(bills.wechat_csv(entries)))
        files.append(str(path))
    return files


def _rules(run: Run) -> None:
    run("platforms", "add", "示例设计工作室", "--client", "--category", "skill_service")
    for text, target in RULES:
        assert run("rules", "add", text, target).code == 0, (text, target)


@pytest.mark.parametrize(
    ("weeks", "overlap", "order", "gigs_first"),
    [
        (60, 0, "forward", True),
        (60, 0, "forward", False),
        (9, 3, "forward", True),
        (9, 3, "backward", False),
        (13, 5, "odd", True),
    ],
)
def test_a_year_comes_to_the_same_in_any_order(
    run: Run, tmp_path: Path, weeks: int, overlap: int, order: str, gigs_first: bool
) -> None:
    """Weekly withdrawals, part payments, refunds, wages, red packets, in overlapping exports of
    two formats: the totals are those of the ledger kept here, and a second round adds nothing."""
    year = _year()
    files = _bill_files(year, tmp_path, weeks, overlap)
    files = {
        "forward": files,
        "backward": files[::-1],
        "odd": files[1::2] + files[::2],
    }[order]
    table = tmp_path / "gigs.csv"
    table.write_text(HEADER + "".join(year.gigs), encoding="utf-8")
    _rules(run)

    steps: list[Callable[[], object]] = [
        lambda: [run("import", path, "--yes") for path in files],
    ]
    steps.insert(0 if gigs_first else 1, lambda: run("import", str(table), "--yes"))
    for step in steps:
        step()

    assert _found(run) == _expected(year)
    again = run("import", *files, "--yes", "--json").data
    assert (again["new"], again["updated"]) == (0, 0)
    assert (again["assigned_fen"], again["private_fen"], again["unassigned_fen"]) == (
        year.received_fen, year.private_fen, year.unassigned_fen,
    )  # fmt: skip
    assert _found(run) == _expected(year)
    checked = run("doctor", "--json")
    assert (checked.code, checked.data["findings"]) == (0, [])


def test_undoing_the_year_leads_back(run: Run, tmp_path: Path) -> None:
    """Each import is one entry: taken back one by one, the totals are those of before."""
    year = _year()
    table = tmp_path / "gigs.csv"
    table.write_text(HEADER + "".join(year.gigs), encoding="utf-8")
    _rules(run)
    run("import", str(table), "--yes")
    states = [_found(run)]
    for path in _bill_files(year, tmp_path, 20, 6):
        run("import", path, "--yes")
        states.append(_found(run))

    for state in states[-2::-1]:
        assert run("undo").code == 0
        assert _found(run) == state
