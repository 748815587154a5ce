"""Bills of Meituan."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.importers import bills
from tests.importers.bills import Entry

if TYPE_CHECKING:
    from tests.importers.conftest import Read

ORDER = Entry(kind="支付", item="示例餐厅外卖", direction="支出", status="")


def test_a_bill(read: Read) -> None:
    """The time is that of success, the amount that which was really paid."""
    bill = read(bills.meituan([ORDER]))

    row = bill.rows[0]
    assert (bill.source, bill.account, bill.problems, bill.warnings) == ("meituan", "示例", (), ())
    assert (row.line, row.at, row.amount_fen) == (10, datetime(2026, 10, 5, 10), 10000)
    assert (row.note, row.verdict) == ("", "expense")


def test_the_columns_alone_say_what_it_is(read: Read) -> None:
    """Without its preamble it is still Meituan's."""
    text = bills.meituan([ORDER])

    assert read(text[text.index("交易创建时间") :]).source == "meituan"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"kind": "退款", "direction": "收入"}, "refund"),
        ({"kind": "还款", "direction": "不计收支"}, "transfer"),
        ({"kind": "支付", "direction": "收入"}, "unknown"),
        ({"kind": "新类型", "direction": "/"}, "unknown"),
        ({"direction": "进"}, "unknown"),
    ],
)
def test_what_a_row_is(changes: dict[str, str], verdict: str, read: Read) -> None:
    """Income in a customer's bill has always been a refund; anything else goes to the user."""
    assert read(bills.meituan([replace(ORDER, **changes)])).rows[0].verdict == verdict
