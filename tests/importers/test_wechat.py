"""Bills of WeChat Pay: what its CSV and its workbooks have been, and what each row is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from tests.importers import bills
from tests.importers.bills import wechat_entry

from xianke.errors import NotUnderstood
from xianke.importers.types import BillRow

if TYPE_CHECKING:
    from tests.importers.conftest import Read

ROW = BillRow(
    line=18,
    at=datetime(2026, 10, 5, 10),
    has_time=True,
    direction="in",
    amount_fen=10000,
    counterparty="示例甲方",
    item="转账备注:海报尾款",
    kind="转账",
    status="已存入零钱",
    method="",
    number="4200001000001",
    merchant_number=None,
    note="",
    verdict="received",
    reason="收入，已存入零钱",
)


def _with_row(row: str) -> str:
    """Return a CSV with one row as it is given."""
    return bills.wechat_csv([]) + row + "\r\n"


@pytest.mark.parametrize("commas", [8, 10])
def test_a_csv(commas: int, read: Read) -> None:
    """Texts are trimmed, the filler `/` is empty, the nickname is the account."""
    bill = read(bills.wechat_csv([wechat_entry()], commas=commas))

    assert (bill.source, bill.account, bill.rows) == ("wechat", "示例", (ROW,))
    assert (bill.problems, bill.warnings) == ((), ())


def test_a_csv_that_excel_saved(read: Read) -> None:
    """GBK, the full-width sign of yuan, a separator of thousands: nothing is read as one yuan."""
    entry = wechat_entry(amount="1,020.00")
    text = bills.wechat_csv([entry]).replace("\u00a5", "￥").replace('"', "")
    quoted = text.replace("￥1,020.00", '"￥1,020.00"')

    unquoted = [read(bills.gb(text)).rows[0].amount_fen for text in (text, quoted)]

    assert unquoted == [102000, 102000]


@pytest.mark.parametrize(
    ("row", "counterparty", "item"),
    [
        (
            (
                '2026-10-05 10:00:00,"转账","甲\t店"\t,"尾款"\t,"收入"\t,"¥1.00"\t,'
                '"/"\t,"已存入零钱",1,2,"/"\t'
            ),
            "甲 店",
            "尾款",
        ),
        (
            "2026-10-05 10:00:00,商户消费,HK CO.,LIMITED,饮料,支出,¥1.00,零钱,支付成功,1,2,/",
            "HK CO.,LIMITED",
            "饮料",
        ),
        (
            "2026-10-05 10:00:00,商户消费,A,B,C LTD,饮料,支出,¥1.00,零钱,支付成功,1,2,/",
            "A,B,C LTD",
            "饮料",
        ),
        (
            '2026-10-05 10:00:00,商户消费,点击底部"多多视频","/",收入,¥0.07,/,充值成功,1,2,"/"',
            '点击底部"多多视频"',
            "",
        ),
        (
            (
                '2026-10-05 10:00:00,"商户消费","点击"多多视频"","视频","收入","¥0.07","/",'
                '"充值成功","1","2","/"'
            ),
            '点击"多多视频"',
            "视频",
        ),
        (
            '2026-10-05 10:00:00,"转账","甲 ""大号"", 乙","两行\n备注",收入,¥1.00,/,已收钱,1,2,/',
            '甲 "大号", 乙',
            "两行 备注",
        ),
        (
            '2026-10-05 10:00:00,转账,甲,"没有关上的引号,收入,¥1.00,/,已收钱,1,2,/',
            "甲",
            '"没有关上的引号',
        ),
        ("2026-10-05 10:00:00,转账,甲,20241001,收入,¥1.00,/,已收钱,1,2,/,,,", "甲", "20241001"),
    ],
    ids=[
        "tab after quotes",
        "unquoted comma",
        "two commas",
        "inner quotes",
        "inner quotes at the end",
        "doubled quotes and a line break",
        "open quote",
        "digits as text",
    ],
)
def test_csv_outside_the_rules(row: str, counterparty: str, item: str, read: Read) -> None:
    """What the vendor writes is read, not refused."""
    text = _with_row(row) + ",".join(bills.wechat_cells(wechat_entry())) + "\r\n"

    bill = read(text)

    first = bill.rows[0]
    assert (first.counterparty, first.item, first.number) == (counterparty, item, "1")
    assert (bill.rows[1].counterparty, bill.problems) == ("示例甲方", ())


def test_lines_are_counted_as_an_editor_does(read: Read) -> None:
    """A cell of two lines moves the number of the next row by one more."""
    two_lines = '2026-10-05 10:00:00,"转账","甲","两行\n备注",收入,¥1.00,/,已收钱,1,2,/'

    bill = read(_with_row(two_lines) + "坏了,,,,,,,,,,\r\n" * 1)

    assert ([row.line for row in bill.rows], [one.line for one in bill.problems]) == ([18], [20])


def test_a_workbook(read: Read) -> None:
    """Typed times and amounts make the same rows as the text of the CSV."""
    rows = bills.wechat_rows([wechat_entry()])

    for data in (bills.xlsx({"Sheet1": rows}), bills.raw_xlsx(rows)):
        bill = read(data)

        assert (bill.account, bill.rows) == ("示例", (replace(ROW, line=19),))


def test_a_workbook_of_2026(read: Read) -> None:
    """Rows 6 and 16 do not exist, styles are the vendor's own, serials are a little less."""
    at = datetime(2026, 10, 28, 19, 5)
    entries = [wechat_entry(at=f"{at}", amount="1020.00"), wechat_entry(at="2026-10-01 00:00:00")]

    bill = read(bills.raw_xlsx(bills.wechat_rows(entries)))

    assert [(row.line, row.at, row.has_time, row.amount_fen) for row in bill.rows] == [
        (19, at, True, 102000),
        (20, datetime(2026, 10, 1), True, 10000),
    ]


def test_a_workbook_with_texts(read: Read) -> None:
    """Between July 2025 and February 2026 time and amount were texts."""
    rows = bills.wechat_rows([], note=False)
    rows.append(bills.wechat_cells(wechat_entry()))

    assert read(bills.xlsx({"账单": rows})).rows == (ROW,)


def test_serial_times_are_rounded_to_the_second(read: Read) -> None:
    """19:05:00 is stored as a little less, with a style or without."""
    serial = 46323.79513888889
    rows = bills.wechat_rows([wechat_entry(), wechat_entry()])
    rows[-1][0] = serial
    rows[-2][0] = serial - 1e-9

    plain = read(bills.xlsx({"Sheet1": rows})).rows
    styled = read(bills.xlsx({"Sheet1": rows}, {"A": "yyyy/m/d h:mm:ss;@"})).rows

    assert {row.at for row in (*plain, *styled)} == {datetime(2026, 10, 28, 19, 5)}


def test_midnight_is_a_time(read: Read) -> None:
    """A whole serial number is the first second of a day, not a day without a time."""
    rows = bills.wechat_rows([wechat_entry()])
    rows[-1][0] = date(2026, 10, 1)

    row = read(bills.xlsx({"Sheet1": rows})).rows[0]

    assert (row.at, row.has_time) == (datetime(2026, 10, 1), True)


def test_amounts_as_numbers_are_exact(read: Read) -> None:
    """The binary form of 28.16 or 0.29 loses no fen; a number of thousands has its format only."""
    amounts = ["28.16", "0.29", "1020.00", "1001.10", "0.07"]
    rows = bills.wechat_rows([wechat_entry(amount=amount) for amount in amounts])
    rows[-1][5] = 0.07000000000000001

    bill = read(bills.xlsx({"Sheet1": rows}, {"F": '"\u00a5"#,##0.00'}))

    assert [row.amount_fen for row in bill.rows] == [2816, 29, 102000, 100110, 7]


def test_a_number_of_a_transaction_as_number(read: Read) -> None:
    """Fifteen digits are whole; more have lost their end and are refused."""
    rows = bills.wechat_rows([wechat_entry(), wechat_entry()])
    rows[-2][8] = 123456789012345
    rows[-1][8] = 4200009990202610300001

    bill = read(bills.xlsx({"Sheet1": rows}))

    assert [row.number for row in bill.rows] == ["123456789012345"]
    assert [problem.line for problem in bill.problems] == [20]


def test_a_text_that_looks_like_a_formula_is_text(read: Read) -> None:
    """It is data, whoever wrote it."""
    row = read(bills.wechat_csv([wechat_entry(item="=1+1", note="@SUM(A1)")])).rows[0]

    assert (row.item, row.note) == ("=1+1", "@SUM(A1)")


def test_of_two_sheets_one_is_read(read: Read) -> None:
    """A copy inside the workbook does not double anything, and is named."""
    rows = bills.wechat_rows([wechat_entry()])
    power_query = [[f"Column{number}" for number in range(1, 12)], *rows]

    bill = read(bills.xlsx({"副本": power_query, "Sheet1": rows, "笔记": [["我的笔记"]]}))

    assert [row.line for row in bill.rows] == [20]
    assert bill.warnings == ("只读了工作表「副本」，没有读同样的：Sheet1",)


def test_of_two_sheets_the_fuller_is_read(read: Read) -> None:
    """Order decides only between equals."""
    one, two = (bills.wechat_rows([wechat_entry()] * count) for count in (1, 2))

    bill = read(bills.xlsx({"旧": one, "新": two}))

    assert len(bill.rows) == 2
    assert "只读了工作表「新」，没有读同样的：旧" in bill.warnings


def test_two_exports_in_one_file(read: Read) -> None:
    """Pasted one below the other they are read as one; no line of the second preamble is a row."""
    entries = [wechat_entry(), wechat_entry(number="4200001000002")]

    bill = read("".join(bills.wechat_csv([entry]) for entry in entries))

    assert [row.number for row in bill.rows] == ["4200001000001", "4200001000002"]
    assert bill.problems == ()


def test_a_nickname_with_a_comma(read: Read) -> None:
    """It is the same account in a CSV, which splits it, and in a workbook."""
    of_csv = read(bills.wechat_csv([wechat_entry()], nickname="甲,[乙]"))
    of_xlsx = read(bills.xlsx({"1": bills.wechat_rows([wechat_entry()], nickname="甲,[乙]")}))

    assert of_csv.account == of_xlsx.account == "甲,[乙]"


@pytest.mark.parametrize(
    "column", ["交易时间", "交易类型", "收/支", "金额(元)", "当前状态", "交易单号"]
)
def test_a_missing_column_is_named(column: str, read: Read) -> None:
    """The message says which part was not found."""
    text = bills.wechat_csv([wechat_entry()]).replace(column, "别的列")

    with pytest.raises(NotUnderstood) as refused:
        read(text)

    assert refused.value.message == f"「账单.bin」像微信支付的账单，但表头里没有这几列：{column}"


def test_the_columns_alone_say_what_it_is(read: Read) -> None:
    """Somebody cut off the preamble: the account is not known then."""
    text = bills.wechat_csv([wechat_entry()])

    bill = read(text[text.index("交易时间,") :])

    assert (bill.source, bill.account, len(bill.rows)) == ("wechat", None, 1)


@pytest.mark.parametrize(
    ("changes", "verdict", "refunded"),
    [
        # Income
        ({"status": "已转入零钱通"}, "received", 0),
        ({"kind": "二维码收款", "status": "已收钱"}, "received", 0),
        ({"kind": "群收款", "status": "已收钱"}, "received", 0),
        ({"kind": "其他", "status": "已到账"}, "received", 0),
        ({"kind": "商户消费", "status": "充值成功"}, "received", 0),
        ({"kind": "微信红包"}, "received", 0),
        ({"kind": "微信红包（单发）"}, "received", 0),
        ({"kind": "商户消费-退款", "status": "已全额退款"}, "refund", 0),
        ({"kind": "微信红包-退款", "status": "已全额退款"}, "refund", 0),
        ({"kind": "转账-退款", "status": "已退款(￥2.00)"}, "refund", 0),
        ({"kind": "商户消费", "status": "已退款￥2.00"}, "refund", 0),
        ({"kind": "二维码收款", "status": "已全额退款"}, "refund", 0),
        ({"kind": "二维码收款", "status": "已退款(￥2.00)"}, "unknown", 0),
        ({"status": "对方已退还"}, "closed", 0),
        ({"status": "已过期"}, "closed", 0),
        ({"status": "待确认收款"}, "pending", 0),
        ({"status": "新状态"}, "unknown", 0),
        ({"kind": "新类型"}, "unknown", 0),
        ({"direction": "进"}, "unknown", 0),
        # Neither
        ({"direction": "/", "kind": "零钱提现", "status": "提现已到账"}, "transfer", 0),
        ({"direction": "/", "kind": "零钱提现", "status": "提现失败，已退回零钱"}, "closed", 0),
        ({"direction": "/", "kind": "零钱充值", "status": "充值完成"}, "transfer", 0),
        ({"direction": "/", "kind": "零钱通转出-到零钱", "status": "支付成功"}, "transfer", 0),
        ({"direction": "/", "kind": "转入零钱通-来自零钱", "status": "支付成功"}, "transfer", 0),
        ({"direction": "/", "kind": "购买理财通", "status": "支付成功"}, "transfer", 0),
        ({"direction": "/", "who": "示例银行信用卡还款", "status": "支付成功"}, "transfer", 0),
        ({"direction": "/", "kind": "新类型", "status": "支付成功"}, "unknown", 0),
        # Spending
        ({"direction": "支出", "kind": "商户消费", "status": "支付成功"}, "expense", 0),
        ({"direction": "支出", "kind": "新类型", "status": "支付成功"}, "expense", 0),
        ({"direction": "支出", "status": "朋友已收钱"}, "expense", 0),
        ({"direction": "支出", "kind": "商户消费", "status": "已全额退款"}, "expense", 10000),
        ({"direction": "支出", "kind": "商户消费", "status": "已退款(￥2.00)"}, "expense", 200),
        ({"direction": "支出", "kind": "商户消费", "status": "已退款￥2.00"}, "expense", 200),
        (
            {"direction": "支出", "kind": "商户消费", "status": "已退款（\u00a52.00）"},
            "expense",
            200,
        ),
        ({"direction": "支出", "kind": "商户消费", "status": "已退款"}, "expense", 0),
        ({"direction": "支出", "status": "对方已退还"}, "closed", 0),
        ({"direction": "支出", "kind": "信用卡还款", "status": "支付成功"}, "transfer", 0),
    ],
    ids=lambda value: " ".join(value.values()) if isinstance(value, dict) else str(value),
)
def test_what_a_row_is(changes: dict[str, str], verdict: str, refunded: int, read: Read) -> None:
    """Direction, status and type decide together; what is not known goes to the user."""
    row = read(bills.wechat_csv([wechat_entry(**changes)])).rows[0]

    assert (row.verdict, row.refunded_fen) == (verdict, refunded)
    assert row.reason
