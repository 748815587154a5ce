"""Bills of JD's wallet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.importers import bills
from tests.importers.bills import Entry

from xianke.errors import NotUnderstood

if TYPE_CHECKING:
    from tests.importers.conftest import Read

PURCHASE = Entry(kind="食品酒饮", who="京东平台商户", item="示例牛肉丸", direction="支出")


def test_a_bill(read: Read) -> None:
    """Tabs are trimmed, the blank note is empty, the user's name is the account."""
    bill = read(bills.jd([PURCHASE]))

    row = bill.rows[0]
    assert (bill.source, bill.account, bill.problems) == ("jd", "jd_demo", ())
    assert (row.line, row.number, row.note, row.verdict) == (11, "2026100500001", "", "expense")


def test_columns_that_changed_places(read: Read) -> None:
    """JD swapped two columns in 2024: names count, not places."""
    columns = list(bills.JD)
    columns[4], columns[5] = columns[5], columns[4]

    assert read(bills.jd([PURCHASE], columns=columns)) == read(bills.jd([PURCHASE]))


def test_a_missing_column_is_named(read: Read) -> None:
    """The account above says that it is JD's."""
    columns = [name for name in bills.JD if name != "交易状态"]

    with pytest.raises(NotUnderstood, match="像京东的账单，但表头里没有这几列：交易状态"):
        read(bills.jd([PURCHASE], columns=columns))


def test_the_columns_alone_say_what_it_is(read: Read) -> None:
    """Without its preamble it is still JD's."""
    text = bills.jd([PURCHASE])

    assert read(text[text.index("交易时间,") :]).source == "jd"


@pytest.mark.parametrize(
    ("changes", "verdict", "amount", "refunded"),
    [
        ({"amount": "131.77(已退款89.84)"}, "expense", 13177, 8984),
        ({"amount": "468.32(已全额退款)", "direction": "不计收支"}, "expense", 46832, 46832),
        ({"status": "退款成功", "direction": "不计收支"}, "refund", 10000, 0),
        ({"item": "退款-示例牛肉丸", "direction": "收入"}, "refund", 10000, 0),
        ({"item": "京东价保退款", "direction": "不计收支"}, "refund", 10000, 0),
        ({"item": "京东小金库-转入", "direction": "不计收支"}, "transfer", 10000, 0),
        ({"item": "白条主动还款", "direction": "不计收支"}, "transfer", 10000, 0),
        ({"item": "钱包提现", "direction": "不计收支"}, "transfer", 10000, 0),
        ({"direction": "不计收支", "amount": "0.00"}, "transfer", 0, 0),
        ({"direction": "不计收支", "status": "交易关闭"}, "closed", 10000, 0),
        ({"direction": "收入", "item": "推广佣金"}, "received", 10000, 0),
        ({"direction": "收入", "item": "推广佣金", "status": "等待入账"}, "pending", 10000, 0),
        ({"direction": "收入", "item": "推广佣金", "status": "新状态"}, "unknown", 10000, 0),
        ({"direction": "进"}, "unknown", 10000, 0),
    ],
)
def test_what_a_row_is(
    changes: dict[str, str], verdict: str, amount: int, refunded: int, read: Read
) -> None:
    """The number before the bracket was paid; what came back is a row of its own."""
    row = read(bills.jd([replace(PURCHASE, **changes)])).rows[0]

    assert (row.verdict, row.amount_fen, row.refunded_fen) == (verdict, amount, refunded)


def test_a_number_that_repeats(read: Read) -> None:
    """Parts of one order share its number; all of them are kept."""
    parts = [replace(PURCHASE, amount=amount) for amount in ("1.00", "2.00", "1.00")]

    assert len(read(bills.jd(parts)).rows) == 3
