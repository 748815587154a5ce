"""The shared sample bills: every figure that lies beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xianke import importers, money
from xianke.importers import identity

if TYPE_CHECKING:
    from xianke.importers.types import Bill, BillRow

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "samples" / "bills"
FIGURES = SAMPLES / "expected.json"
EXPECTED: dict[str, dict[str, Any]] = (  # Any: counts and texts
    json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
)

pytestmark = pytest.mark.skipif(not EXPECTED, reason="the samples are not beside the checkout")


def _count_and_sum(rows: Iterable[BillRow]) -> tuple[int, str]:
    rows = list(rows)
    return len(rows), money.plain_yuan(sum(row.amount_fen for row in rows))


def _bill(name: str) -> Bill:
    return importers.read(SAMPLES / name, password=lambda: "110110")


def _tax_refund(row: BillRow) -> bool:
    return row.verdict == "refund" and "退税" in row.status


def _figures(bill: Bill) -> dict[str, object]:
    rows = bill.rows
    received = _count_and_sum(row for row in rows if row.verdict == "received")
    refunds = _count_and_sum(
        row for row in rows if row.verdict == "refund" and not _tax_refund(row)
    )
    pending = _count_and_sum(row for row in rows if row.verdict == "pending")
    tax = _count_and_sum(row for row in rows if _tax_refund(row))
    own = _count_and_sum(row for row in rows if row.verdict == "transfer")
    pattern = "%Y-%m-%d %H:%M:%S" if any(row.has_time for row in rows) else "%Y-%m-%d"
    return {
        "rows": len(rows),
        "income_direction_rows": sum(row.direction == "in" for row in rows),
        "received_rows": received[0],
        "received_sum": received[1],
        "refund_rows": refunds[0],
        "refund_sum": refunds[1],
        "pending_rows": pending[0],
        "pending_sum": pending[1],
        "closed_income_rows": sum(
            row.verdict == "closed" and row.direction == "in" for row in rows
        ),
        "tax_refund_rows": tax[0],
        "tax_refund_sum": tax[1],
        "own_transfer_rows": own[0],
        "own_transfer_sum": own[1],
        "first": min(row.at for row in rows).strftime(pattern),
        "last": max(row.at for row in rows).strftime(pattern),
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_every_figure_of_a_sample(name: str) -> None:
    """Rows, received, refunds, first and last are those counted independently."""
    bill = _bill(name)

    found = _figures(bill)
    assert {key: found[key] for key in EXPECTED[name]} == EXPECTED[name]
    assert bill.problems == ()


@pytest.mark.parametrize(
    ("packed", "plain"),
    [
        (
            "synthetic-alipay-aes256-password-110110.zip",
            "synthetic-alipay-app-2025-gb18030.csv",
        ),
        ("synthetic-wechat-zipcrypto-password-110110.zip", "synthetic-wechat-2026-xlsx.xlsx"),
    ],
)
def test_a_zip_holds_the_bill_it_was_made_of(packed: str, plain: str) -> None:
    """Both ciphers, and names with and without the mark of UTF-8."""
    assert _bill(packed) == _bill(plain)


def test_the_same_account_as_csv_and_as_workbook() -> None:
    """The keys are the same, whatever the container; anonymised numbers do not make rows equal."""
    of_csv = identity.keys_of(_bill("wechat-csv-2019-2025-utf8.csv"))
    of_xlsx = identity.keys_of(_bill("wechat-xlsx-2026-two-sheets.xlsx"))

    assert of_csv == of_xlsx
    assert len(set(of_csv)) == 27


def test_what_the_samples_warn_of() -> None:
    """Edited samples say more rows than they have; a workbook with a copy says so."""
    warnings = {name: len(_bill(name).warnings) for name in EXPECTED}

    assert {name: count for name, count in warnings.items() if count} == {
        "alipay-app-2023-gb18030.csv": 1,
        "wechat-csv-2019-2025-utf8.csv": 1,
        "wechat-xlsx-2026-two-sheets.xlsx": 2,
    }
