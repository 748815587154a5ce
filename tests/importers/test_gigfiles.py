"""Gigs from a table of one's own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.importers import bills

from xianke.errors import NotUnderstood, Unreadable
from xianke.importers import gigfiles, identity
from xianke.importers.gigfiles import GigFile, GigRow

HEADER = ",".join(gigfiles.COLUMNS)
FULL = 'xianyu,skill_service,2026-10-01 09:00,40,10,"1,085.00",8.50,3,1.2,delivered,"头像, 加急"'
GIG = GigRow(
    line=2,
    platform="xianyu",
    category="skill_service",
    at=datetime(2026, 10, 1, 9),
    worked_minutes=40,
    unpaid_minutes=10,
    gross_fen=108500,
    fee_fen=850,
    cost_fen=300,
    tax_fen=120,
    status="delivered",
    note="头像, 加急",
)


def _read(tmp_path: Path, text: str) -> GigFile:
    path = tmp_path / "单子.csv"
    path.write_bytes(bills.utf8(text))
    return gigfiles.read_gigs(path)


def test_a_full_row(tmp_path: Path) -> None:
    """Every column has its place; names stay as they are written."""
    assert _read(tmp_path, f"{HEADER}\n{FULL}\n") == GigFile((GIG,), ())


def test_a_row_with_little(tmp_path: Path) -> None:
    """What is left out is unknown or nothing: paid, no category, no minutes."""
    found = _read(tmp_path, f"{HEADER}\n王阿姨,,2026-10-01T09:00:30,,,50,,,,,\n\n")

    assert found.rows == (
        GigRow(
            line=2,
            platform="王阿姨",
            category=None,
            at=datetime(2026, 10, 1, 9, 0, 30),
            worked_minutes=None,
            unpaid_minutes=0,
            gross_fen=5000,
            fee_fen=0,
            cost_fen=0,
            tax_fen=0,
            status="paid",
            note=None,
        ),
    )


def test_columns_in_another_order_and_fewer(tmp_path: Path) -> None:
    """Three columns are enough, in any order, and in a workbook."""
    path = tmp_path / "单子.xlsx"
    path.write_bytes(
        bills.xlsx({"1": [["gross", "at", "platform"], [50.5, datetime(2026, 10, 1, 9), "闲鱼"]]})
    )

    (row,) = gigfiles.read_gigs(path).rows

    assert (row.platform, row.at, row.gross_fen) == ("闲鱼", datetime(2026, 10, 1, 9), 5050)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",,2026-10-01 09:00,,,50", "没有写平台"),
        ("甲,,2026-10-01,,,50", "时间「2026-10-01」没有写几点几分"),
        ("甲,,2026-10-01T09:00+08:00,,,50", "看不懂时间「2026-10-01T09:00+08:00」"),
        ("甲,,,,,50", "看不懂时间「」"),
        ("甲,,2026-10-01 09:00,,,", "没有金额"),
        ("甲,,2026-10-01 09:00,,,十块", "看不懂金额「十块」"),
        ("甲,,2026-10-01 09:00,,,-5", "金额「-5」不能小于 0.00 元"),
        ("甲,,2026-10-01 09:00,40分,,50", "看不懂分钟数「40分」"),
        ("甲,,2026-10-01 09:00,-4,,50", "看不懂分钟数「-4」"),
        ("甲,,2026-10-01 09:00,999999,1,50", "用时长得不合理"),
        ("甲,,2026-10-01 09:00,,,50,60", "平台扣的和税加起来比收入还多"),
        ("甲,,2026-10-01 09:00,,,50,,,,没了", "没有「没了」这种状态"),
        ("甲,,2026-10-01 09:00,,,50,,,,,备注,又一格", "比表头多出几格：含逗号的文字和金额要加引号"),
    ],
)
def test_a_wrong_row(row: str, reason: str, tmp_path: Path) -> None:
    """It stands beside the good ones, with its line and what is wrong."""
    found = _read(tmp_path, f"{HEADER}\n{row}\n{FULL}\n")

    assert [(one.line, one.text, one.reason) for one in found.problems] == [
        (2, row.rstrip(","), reason)
    ]
    assert [one.line for one in found.rows] == [3]


def test_a_missing_header(tmp_path: Path) -> None:
    """The message names what is missing, the hint is the header."""
    for text, columns in (
        ("platform,at,fee\n", "gross"),
        ("a,b,c\n", "platform、at、gross"),
    ):
        with pytest.raises(NotUnderstood) as refused:
            _read(tmp_path, text)

        assert refused.value.message == f"「单子.csv」的表头里没有这几列：{columns}"
        assert refused.value.hint == f"第一行写 {HEADER}"


def test_an_empty_workbook(tmp_path: Path) -> None:
    """A file without a table has no header."""
    path = tmp_path / "单子.xlsx"
    path.write_bytes(bills.xlsx({"空": []}))

    with pytest.raises(NotUnderstood, match="没有这几列"):
        gigfiles.read_gigs(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Like any other file."""
    with pytest.raises(Unreadable):
        gigfiles.read_gigs(tmp_path / "没有.csv")


def test_keys_of_gigs(tmp_path: Path) -> None:
    """The same file again brings the same keys; equal rows are told apart."""
    rows = _read(tmp_path, f"{HEADER}\n{FULL}\n{FULL}\n甲,,2026-10-01 09:00,,,50\n").rows

    keys = identity.gig_keys_of(rows)

    assert keys == identity.gig_keys_of(rows)
    assert len(set(keys)) == 3
