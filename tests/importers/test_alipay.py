"""Bills of Alipay: four layouts, and what each row is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.importers import bills
from tests.importers.bills import Entry

from xianke.errors import NotUnderstood
from xianke.importers import alipay
from xianke.importers.types import BillRow, Stated

if TYPE_CHECKING:
    from tests.importers.conftest import Read

ENTRIES = (
    Entry(),
    Entry(
        at="2026-10-06 11:00:00",
        kind="日用百货",
        direction="支出",
        amount="1,059.90",
        number="2026100600002",
        merchant="T200P01",
    ),
)

ROW = BillRow(
    line=1,
    at=datetime(2026, 10, 5, 10),
    has_time=True,
    direction="in",
    amount_fen=10000,
    counterparty="示例甲方",
    item="海报尾款",
    kind="转账红包",
    status="交易成功",
    method="余额",
    number="2026100500001",
    merchant_number=None,
    note="",
    verdict="received",
    reason="收入，交易成功",
)


@pytest.mark.parametrize(
    ("data", "line", "method"),
    [
        (bills.gb(bills.alipay(ENTRIES)), 22, "余额"),
        (bills.gb(bills.alipay(ENTRIES, padding=20)), 22, "余额"),
        (bills.gb(bills.alipay(ENTRIES, company="支付宝（中国）网络技术有限公司")), 22, "余额"),
        (bills.utf8(bills.alipay(ENTRIES).replace("收/付款方式", "收/支方式")), 22, "余额"),
        (bills.gb(bills.alipay(ENTRIES).replace("\n", "\r\n")), 22, "余额"),
        (bills.gb(bills.alipay_2021(ENTRIES)), 3, "余额"),
        (bills.gb(bills.alipay_web(ENTRIES)), 6, ""),
    ],
    ids=["2025", "2023 padded", "2023", "demo in UTF-8", "CRLF", "2021", "web"],
)
def test_a_layout(data: bytes, line: int, method: str, read: Read) -> None:
    """Every layout gives the same rows; the web knows no method of payment."""
    bill = read(data)

    assert (bill.source, bill.problems, bill.warnings) == ("alipay", (), ())
    assert bill.rows[0] == replace(ROW, line=line, method=method)
    second = bill.rows[1]
    assert (second.amount_fen, second.verdict, second.merchant_number) == (
        105990,
        "expense",
        "T200P01",
    )


def test_the_account_stands_above(read: Read) -> None:
    """App and website name the same account in their own ways; the old app names none."""
    accounts = [
        read(bills.gb(text)).account
        for text in (
            bills.alipay(ENTRIES),
            bills.alipay_web(ENTRIES),
            bills.alipay_2021(ENTRIES),
        )
    ]

    assert accounts == ["demo@example.com", "demo@example.com", None]


def test_columns_in_another_order(read: Read) -> None:
    """Columns are found by name: a reordered file is the same bill."""
    mixed = bills.alipay(ENTRIES, columns=tuple(reversed(bills.ALIPAY_2023)))

    assert read(bills.gb(mixed)) == read(bills.gb(bills.alipay(ENTRIES)))


def test_a_longer_preamble(read: Read) -> None:
    """The header is looked for, not counted to."""
    text = bills.alipay(ENTRIES).replace("特别提示：\n", "特别提示：\n" + "0.又一条提示\n" * 40)

    rows = read(bills.gb(text)).rows

    assert [row.line for row in rows] == [62, 63]


def test_a_spreadsheet_has_been_at_it(read: Read) -> None:
    """Dates in another form and without seconds are read; a missing tail of cells harms nobody."""
    text = (
        bills.alipay(ENTRIES)
        .replace("2026-10-05 10:00:00", "2026/10/5 10:00")
        .replace("\t,,\n", "\n")
    )

    row = read(bills.gb(text)).rows[0]

    assert (row.at, row.has_time, row.verdict) == (datetime(2026, 10, 5, 10), True, "received")


def test_a_number_cut_short_is_refused(read: Read) -> None:
    """Scientific notation would make two transactions look like one."""
    text = bills.alipay([Entry(number="2.02E+27"), Entry()])

    bill = read(bills.gb(text))

    assert [(problem.line, problem.reason) for problem in bill.problems] == [
        (22, "单号「2.02E+27」被表格软件改成了科学计数法，请用原始文件")
    ]
    assert [row.line for row in bill.rows] == [23]


def test_wrong_rows_stand_beside_the_good_ones(read: Read) -> None:
    """Each is named with its line, its text and what is wrong with it."""
    wrong = [
        Entry(amount="￥"),
        Entry(at="2026-10-05T10:00:00"),
        Entry(at="10/05/2026 10:00:00"),
        Entry(amount="-5.00"),
        Entry(at="2026-02-30 10:00:00"),
        Entry(amount="0.001"),
        Entry(amount="99999999999999"),
    ]

    bill = read(bills.gb(bills.alipay([Entry(), *wrong])))

    assert [row.line for row in bill.rows] == [22]
    assert [(problem.line, problem.reason) for problem in bill.problems] == [
        (23, "看不懂金额「￥」"),
        (24, "看不懂时间「2026-10-05T10:00:00」"),
        (25, "看不懂时间「10/05/2026 10:00:00」"),
        (26, "金额「-5.00」是负数"),
        (27, "看不懂时间「2026-02-30 10:00:00」"),
        (28, "看不懂金额「0.001」"),
        (29, "金额「99999999999999」大得不合理"),
    ]
    assert bill.problems[0].text.startswith("2026-10-05 10:00:00,转账红包,示例甲方")


def test_a_file_cut_off_in_a_row(read: Read) -> None:
    """The half row is a problem, not nothing."""
    text = bills.alipay(ENTRIES)
    cut = text[: text.index("1,059.90") - 20]

    bill = read(bills.gb(cut))

    assert (len(bill.rows), [problem.line for problem in bill.problems]) == (1, [23])


def test_totals_of_the_app(read: Read) -> None:
    """Totals that fit are silent."""
    totals = ["共2笔记录", "收入：1笔 100.00元", "支出：1笔 1059.90元", "不计收支：0笔 0.00元"]

    bill = read(bills.gb(bills.alipay(ENTRIES, totals=totals)))

    assert bill.stated == Stated(2, 1, 10000, 1, 105990)
    assert bill.warnings == ()


@pytest.mark.parametrize(
    ("totals", "warning"),
    [
        (["共3笔记录"], "文件自己写着共 3 笔，读到 2 笔：导出后删改过，或没有导全"),
        (
            ["共2笔记录", "收入：1笔 120.00元"],
            "文件自己写着收入 1 笔 120.00 元，读到 1 笔 100.00 元：请核对",
        ),
        (
            ["共2笔记录", "收入：2笔 100.00元"],
            "文件自己写着收入 2 笔 100.00 元，读到 1 笔 100.00 元：请核对",
        ),
    ],
)
def test_totals_that_differ(totals: list[str], warning: str, read: Read) -> None:
    """They are a reason to look, not to refuse."""
    bill = read(bills.gb(bills.alipay(ENTRIES, totals=totals)))

    assert (len(bill.rows), bill.warnings) == (2, (warning,))


def test_totals_of_the_website_stand_below(read: Read) -> None:
    """Its figure and its count are split by a comma; pending money is not mixed in."""
    totals = ["共2笔记录", "已收入:1笔,100.00元", "待收入:7笔,9.00元", "已支出:1笔,1059.90元"]

    bill = read(bills.gb(bills.alipay_web(ENTRIES, totals=totals)))

    assert bill.stated == Stated(2, 1, 10000, 1, 105990)
    assert bill.warnings == ()


def test_totals_of_the_old_app_stand_below(read: Read) -> None:
    """No line of the end is taken for a row."""
    bill = read(bills.gb(bills.alipay_2021(ENTRIES, totals=["共2笔记录", "收入:1笔 100.00元"])))

    assert (len(bill.rows), bill.problems, bill.stated) == (2, (), Stated(2, 1, 10000))


def test_no_rows_under_the_header(read: Read) -> None:
    """A month without transactions is a bill, and says so."""
    bill = read(bills.gb(bills.alipay([])))

    assert (bill.rows, bill.warnings) == ((), ("表头下面一笔交易也没有",))


def test_a_missing_column_is_named(read: Read) -> None:
    """The message says which part was not found."""
    columns = tuple(name for name in bills.ALIPAY_2023 if name not in ("交易状态", "金额"))

    with pytest.raises(NotUnderstood) as refused:
        read(bills.gb(bills.alipay(ENTRIES, columns=columns)))

    assert refused.value.message == "「账单.bin」像支付宝的账单，但表头里没有这几列：金额、交易状态"


def test_a_missing_header_is_named(read: Read) -> None:
    """A file that ends in its preamble is told apart from one without a column."""
    text = bills.alipay([])
    cut = text[: text.index("交易时间,")]

    with pytest.raises(NotUnderstood) as refused:
        read(bills.gb(cut))

    assert refused.value.message == "「账单.bin」像支付宝的账单，但没有找到表头那一行"


def test_a_missing_title_is_no_reason_to_refuse(read: Read) -> None:
    """The columns alone say what it is."""
    text = bills.alipay(ENTRIES)

    bill = read(bills.gb(text[text.index("交易时间,") :]))

    assert (bill.source, bill.account, len(bill.rows)) == ("alipay", None, 2)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        # Income
        ({"status": "支付成功"}, "received"),
        ({"kind": "收入", "who": "****n", "merchant": "T200P01"}, "received"),
        ({"kind": "收入", "item": "商品", "who": "*三"}, "received"),
        ({"kind": "收入", "status": "交易关闭"}, "closed"),
        ({"kind": "收入", "status": "已关闭"}, "closed"),
        ({"kind": "收入", "status": "等待确认收货"}, "pending"),
        ({"status": "等待付款"}, "pending"),
        ({"kind": "其他", "status": "退税成功"}, "refund"),
        ({"status": "退款成功"}, "refund"),
        ({"kind": "退款"}, "refund"),
        ({"kind": "餐饮美食", "item": "退款-示例外卖"}, "refund"),
        ({"kind": "信用借还", "status": "放款成功"}, "transfer"),
        ({"kind": "信用借还"}, "transfer"),
        ({"kind": "账户存取"}, "transfer"),
        ({"kind": "投资理财", "item": "示例基金-卖出至余额宝"}, "transfer"),
        ({"kind": "投资理财", "item": "余额宝-单次转入"}, "transfer"),
        ({"kind": "收入", "item": "绝版唱片-卖出"}, "received"),
        ({"kind": "投资理财", "item": "余额宝-2026.10.04-收益发放"}, "received"),
        ({"kind": "新分类"}, "unknown"),
        ({"status": "新状态"}, "unknown"),
        ({"status": "转账失败"}, "closed"),
        ({"direction": "进账"}, "unknown"),
        # Neither
        ({"direction": "不计收支", "status": "退款成功"}, "refund"),
        ({"direction": "其他", "status": "退款成功", "kind": "餐饮美食"}, "refund"),
        ({"direction": "", "status": "退款成功"}, "refund"),
        ({"direction": "不计收支", "status": "退款成功", "item": "某基金-买入退款"}, "transfer"),
        ({"direction": "不计收支", "status": "退款成功", "item": "某基金-买入"}, "transfer"),
        ({"direction": "不计收支", "kind": "退款"}, "refund"),
        ({"direction": "不计收支", "kind": "账户存取", "item": "提现-实时提现"}, "transfer"),
        ({"direction": "不计收支", "kind": "投资理财", "item": "余额宝-收益发放"}, "transfer"),
        ({"direction": "不计收支", "kind": "充值缴费", "item": "充值-普通充值"}, "transfer"),
        ({"direction": "不计收支", "kind": "信用借还", "status": "还款成功"}, "transfer"),
        ({"direction": "不计收支", "kind": "信用借还", "status": "还款失败"}, "closed"),
        ({"direction": "不计收支", "kind": "其他", "status": "解冻成功"}, "transfer"),
        ({"direction": "不计收支", "kind": "日用百货"}, "transfer"),
        ({"direction": "不计收支", "kind": "日用百货", "status": "交易关闭"}, "closed"),
        ({"direction": "不计收支", "status": "等待付款"}, "pending"),
        ({"direction": "不计收支", "kind": "转账红包"}, "unknown"),
        ({"direction": "不计收支", "kind": "新分类"}, "unknown"),
        ({"direction": "不计收支", "status": "新状态"}, "unknown"),
        # Spending
        ({"direction": "支出"}, "expense"),
        ({"direction": "支出", "status": "等待确认收货"}, "expense"),
        ({"direction": "支出", "status": "等待付款"}, "closed"),
        ({"direction": "支出", "status": "新状态"}, "expense"),
        ({"direction": "支出", "status": "退款成功"}, "refund"),
        ({"direction": "支出", "item": "信用卡还款"}, "transfer"),
        ({"direction": "支出", "status": "交易关闭", "method": ""}, "closed"),
        ({"direction": "支出", "status": "交易关闭", "method": "余额宝"}, "expense"),
        ({"direction": "支出", "method": "花呗&红包"}, "expense"),
    ],
    ids=lambda value: " ".join(value.values()) if isinstance(value, dict) else value,
)
def test_what_a_row_is(changes: dict[str, str], verdict: str, read: Read) -> None:
    """Direction, status and type decide together; what is not known goes to the user."""
    bill = read(bills.gb(bills.alipay([replace(Entry(), **changes)])))

    assert [row.verdict for row in bill.rows] == [verdict]
    assert bill.rows[0].reason


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "received"),
        ({"funds": ""}, "unknown"),
        ({"funds": "待收入"}, "pending"),
        ({"status": "交易关闭", "direction": "支出", "funds": ""}, "closed"),
        ({"status": "交易关闭", "direction": "支出", "funds": "已支出"}, "expense"),
    ],
)
def test_the_website_says_whether_money_moved(
    changes: dict[str, str], verdict: str, read: Read
) -> None:
    """Its column 资金状态 tells a paid order from one that never was."""
    bill = read(bills.gb(bills.alipay_web([replace(Entry(), **changes)])))

    assert [row.verdict for row in bill.rows] == [verdict]


def test_what_came_back_of_a_purchase(read: Read) -> None:
    """The website names the sum; a closed order that was paid came back in full."""
    partly = bills.alipay_web([Entry(direction="支出", refunded="27.25")])
    wholly = bills.alipay([Entry(direction="支出", status="交易关闭", amount="59.90")])

    assert [read(bills.gb(text)).rows[0].refunded_fen for text in (partly, wholly)] == [2725, 5990]


def test_a_row_can_be_judged_by_itself() -> None:
    """`classify` needs nothing but the row."""
    assert alipay.classify(ROW) == ("received", "收入，交易成功")
