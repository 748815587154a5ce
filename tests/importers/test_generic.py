"""Tables of one's own, by a mapping of their columns."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.importers import bills

from xianke.errors import NotUnderstood
from xianke.importers import generic

if TYPE_CHECKING:
    from tests.importers.conftest import Read

LEDGER = (
    "我的账本,,,,\n"
    "哪天,几点,多少钱,进出,谁,说明\n"
    "2026-10-01,09:00,100.00,收入,示例甲方,稿费\n"
    "2026/10/2,,￥25.50,支出,示例店,材料\n"
    "2026-10-03,,30,进账,示例乙方,退款\n"
)


def test_a_table_with_a_word_for_the_direction(read: Read) -> None:
    """Each part is where the mapping says."""
    mapping = generic.parse_mapping(
        "date=哪天,time=几点，amount=多少钱, direction=进出, counterparty=谁,note=说明"
    )

    bill = read(LEDGER, format="generic", mapping=mapping)

    assert bill.source == "generic"
    assert [
        (row.line, row.at, row.has_time, row.amount_fen, row.counterparty, row.kind, row.verdict)
        for row in bill.rows
    ] == [
        (3, datetime(2026, 10, 1, 9), True, 10000, "示例甲方", "稿费", "received"),
        (4, datetime(2026, 10, 2), False, 2550, "示例店", "材料", "expense"),
        (5, datetime(2026, 10, 3), False, 3000, "示例乙方", "退款", "refund"),
    ]


def test_a_table_with_two_columns_of_money(read: Read) -> None:
    """`in` and `out` instead of a direction."""
    text = "日,进,出\n2026-10-01,5.00,\n2026-10-02,,3.00\n"

    bill = read(text, format="generic", mapping={"date": "日", "in": "进", "out": "出"})

    assert [(row.direction, row.amount_fen) for row in bill.rows] == [("in", 500), ("out", 300)]


def test_a_table_with_signs(read: Read) -> None:
    """Without a direction the sign decides."""
    data = bills.xlsx(
        {
            "说明": [["这里没有表"]],
            "少": [["日", "钱"], [datetime(2026, 10, 1), 5]],
            "多": [["日", "钱"], [datetime(2026, 10, 1), 5.5], [datetime(2026, 10, 2), -3]],
        }
    )

    bill = read(data, format="generic", mapping={"date": "日", "amount": "钱"})

    assert [(row.direction, row.amount_fen) for row in bill.rows] == [("in", 550), ("out", 300)]
    assert bill.warnings == ("只读了工作表「多」，没有读同样的：少",)


def test_columns_that_are_not_there(read: Read) -> None:
    """They are named as they were written."""
    with pytest.raises(NotUnderstood) as refused:
        read(LEDGER, format="generic", mapping={"date": "哪天", "amount": "金额"})
    with pytest.raises(NotUnderstood) as nothing:
        read("空空如也\n", format="generic", mapping={"date": "哪天", "amount": "金额"})

    assert refused.value.message == "「账单.bin」里没有这几列：金额"
    assert nothing.value.message == "「账单.bin」里没有这几列：哪天、金额"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "看不懂列的对应「」"),
        ("date", "看不懂列的对应「date」"),
        ("date=", "看不懂列的对应「date=」"),
        ("day=日", "看不懂列的对应「day=日」"),
        ("date=日,date=天,amount=钱", "「date」写了两次"),
        ("date=日", "列的对应「date=日」不完整"),
        ("amount=钱", "列的对应「amount=钱」不完整"),
        ("date=日,in=进", "列的对应「date=日,in=进」不完整"),
        ("date=日,in=进,out=出,amount=钱", "列的对应「date=日,in=进,out=出,amount=钱」不完整"),
    ],
)
def test_half_a_mapping_is_refused(text: str, message: str) -> None:
    """A date and money, one way or the other, are the least."""
    with pytest.raises(NotUnderstood) as refused:
        generic.parse_mapping(text)

    assert refused.value.message == message
    assert refused.value.hint


def test_the_example_of_the_hint_can_be_typed() -> None:
    """What the messages propose is a mapping."""
    assert generic.parse_mapping(generic.EXAMPLE)["direction"] == "收支"
