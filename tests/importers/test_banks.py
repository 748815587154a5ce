"""Statements of debit cards: one reader, many words for the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.importers import bills

from xianke.errors import NotUnderstood, Unreadable
from xianke.importers.types import Bill, BillRow, Stated

if TYPE_CHECKING:
    from tests.importers.conftest import Read

CMB_PC = ("交易日期", "交易时间", "收入", "支出", "余额", "交易类型", "交易备注")
CMB_ABOVE = (
    '"# 招商银行交易记录"',
    '"# 导出时间: [            2026-11-01 09:00:00]"',
    '"# 账    号: [一卡通:6214********0000   招商银行]"',
    '"# 币    种: [                         人民币]"',
    '"# 起始日期: [20261001]   终止日期: [20261031]"',
    '"# 过滤设置:  无"',
    "",
)
CMB_END = ("", '"# 收入合计: 1 笔，共 1888.00 元"', '"# 支出合计: 1 笔，共 35.60 元"')

ICBC = (
    "交易日期", "摘要", "交易详情", "交易场所", "交易国家或地区简称", "钞/汇", "交易金额(收入)",
    "交易金额(支出)", "交易币种", "记账金额(收入)", "记账金额(支出)", "记账币种", "余额",
    "对方户名", "对方账户",
)  # fmt: skip
CCB = (
    "记账日", "交易日期", "交易时间", "支出", "收入", "账户余额", "币种", "摘要",
    "对方账号", "对方户名", "交易地点",
)  # fmt: skip
CCB_OTHER = (
    "序号", "摘要", "币别", "钞汇", "交易日期", "交易金额", "账户余额",
    "交易地点/附言", "对方账号与户名",
)  # fmt: skip
ABC = (
    "交易日期", "交易时间", "交易金额", "本次余额", "对方户名", "对方账号", "交易行",
    "交易渠道", "交易类型", "交易用途", "交易摘要", "日 志 号",
)  # fmt: skip
BOCOM = (
    "序号", "交易日期", "交易时间", "交易类型", "借贷", "交易金额", "余额", "对方账号",
    "对方户名", "交易地点", "摘要",
)  # fmt: skip
BOC = (
    "记账日期", "记账时间", "币别", "金额", "余额", "交易名称", "渠道", "网点名称", "附言",
    "对方账户名", "对方卡号/账号", "对方开户行",
)  # fmt: skip
SPDB = ("顺序号", "交易日期", "交易类型", "存入金额", "取出金额", "余额", "对方户名", "摘要")


def _icbc(day: str, kind: str, income: str, spent: str, who: str) -> tuple[str, ...]:
    cells = (
        day, kind, "", "", "CHN", "钞", "-", "-", "-", income, spent, "人民币", "9,999.00", who,
        "1234",
    )  # fmt: skip
    return (*(f"{cell.ljust(12)}\t" for cell in cells), "")


def _seen(bill: Bill) -> list[tuple[object, ...]]:
    return [
        (row.at, row.has_time, row.direction, row.amount_fen, row.counterparty, row.verdict)
        for row in bill.rows
    ]


DAY = datetime(2026, 10, 1)
NINE = datetime(2026, 10, 1, 9, 0, 1)


def test_cmb_from_the_website(read: Read) -> None:
    """A preamble of `#` lines, cells that begin with a tab, two columns of money, totals below."""
    rows = [
        (
            "\t20261001",
            "\t09:00:01",
            "1,888.00",
            "",
            "9,888.00",
            "代发其他",
            "\t示例众包 9月劳务费",
        ),
        ("\t20261002", "\t10:00:00", "", "35.60", "9,852.40", "快捷支付", "\t财付通-示例餐厅"),
    ]

    bill = read(bills.statement(CMB_PC, rows, above=CMB_ABOVE, end=CMB_END))

    assert (bill.source, bill.account, bill.problems, bill.warnings) == ("cmb", "0000", (), ())
    assert bill.stated == Stated(None, 1, 188800, 1, 3560)
    assert bill.rows[0] == BillRow(
        line=9,
        at=NINE,
        has_time=True,
        direction="in",
        amount_fen=188800,
        counterparty="",
        item="示例众包 9月劳务费",
        kind="代发其他",
        status="",
        method="",
        number=None,
        merchant_number=None,
        note="",
        verdict="received",
        reason="进账",
    )
    assert (bill.rows[1].direction, bill.rows[1].verdict) == ("out", "expense")


def test_cmb_without_its_preamble_in_gbk(read: Read) -> None:
    """Older exports are GBK, and the columns alone say whose they are."""
    text = bills.statement(CMB_PC, [("20261001", "09:00:01", "5.00", "", "5.00", "转账", "")])

    bill = read(bills.gb(text))

    assert (bill.source, len(bill.rows)) == ("cmb", 1)


def test_cmb_from_the_app(read: Read) -> None:
    """Dates alone, signed amounts, an account number glued to the name, seven columns or six."""
    header = ("记账日期", "货币", "交易金额", "联机余额", "交易摘要", "对手信息", "客户摘要")
    rows = [
        (
            "2026-10-01",
            "CNY",
            "1,234.00",
            "1,271.66",
            "汇入汇款",
            "示例甲方 66666666666666",
            "尾款",
        ),
        ("2026-10-01", "CNY", "-3.00", "81.22", "一网通支付", "示例电力有限公司99999999999999", ""),
    ]

    long = read(bills.statement(header, rows))
    short = read(bills.statement(header[:6], [row[:6] for row in rows]))

    assert long.source == short.source == "cmb"
    assert _seen(long) == _seen(short)
    assert _seen(long) == [
        (DAY, False, "in", 123400, "示例甲方", "received"),
        (DAY, False, "out", 300, "示例电力有限公司", "expense"),
    ]


@pytest.mark.parametrize("dropped", [(), ("交易详情", "对方账户")], ids=["since 2024", "before"])
def test_icbc(dropped: Sequence[str], read: Read) -> None:
    """The booked amounts count, not the pair of dashes; padding and the total line are no rows."""
    kept = [place for place, name in enumerate(ICBC) if name not in dropped]
    rows = [
        _icbc("2026-10-01", "他行汇入", "1,234.56", "", "李四"),
        _icbc("2026-10-01", "消费", "", "13.40", "示例公司"),
        _icbc("2026-10-01", "示例基金赎回", "341.58", "", "示例基金"),
        _icbc("2026-10-01", "退款", "1.04", "", "示例公司"),
    ]
    text = bills.statement(
        [ICBC[place] for place in kept],
        [[row[place] for place in kept] for row in rows],
        above=("明细查询文件下载", "", '卡号: 1234****9876,"卡别名: 示例"', ""),
        end=(" ", '人民币合计,,,,,,,,,"1,577.18","13.40",'),
    )

    bill = read(bills.gb(text))

    assert (bill.source, bill.account, bill.problems) == ("icbc", "9876", ())
    assert _seen(bill) == [
        (DAY, False, "in", 123456, "李四", "received"),
        (DAY, False, "out", 1340, "示例公司", "expense"),
        (DAY, False, "in", 34158, "示例基金", "transfer"),
        (DAY, False, "in", 104, "示例公司", "refund"),
    ]


def test_ccb_old_workbook(read: Read) -> None:
    """BIFF with padded header cells, spent before received, and a remark below."""
    data = bills.xls(
        [
            ["中国建设银行个人活期账户全部交易明细"],
            ["卡号/账号: 6217 **** **** 4321", "", "起始日期:20261001"],
            [f" {name} " for name in CCB],
            ["20261001", "20261001", "09:00:01", "0.00", "250.00", "350.00", "人民币", "转账存入",
             "6217000000000001", "示例甲方", "网上银行"],
            ["20261001", "20261001", "", "12.50", "0.00", "337.50", "人民币", "消费", "", "", "店"],
            ["以上数据仅供参考，具体内容请以业务凭证为准。"],
        ]
    )  # fmt: skip

    bill = read(data)

    assert (bill.source, bill.account, bill.problems) == ("ccb", "4321", ())
    assert _seen(bill) == [
        (NINE, True, "in", 25000, "示例甲方", "received"),
        (DAY, False, "out", 1250, "", "expense"),
    ]
    assert [row.line for row in bill.rows] == [4, 5]


def test_ccb_other_form(read: Read) -> None:
    """One signed column, and the account in front of the name."""
    rows = [
        (
            "1",
            "转账存入",
            "人民币元",
            "钞",
            "20261001",
            "250.00",
            "350.00",
            "尾款",
            "6217000000000001/示例甲方",
        ),
        ("2", "消费", "人民币元", "钞", "20261001", "-12.50", "337.50", "超市", ""),
    ]

    bill = read(bills.statement(CCB_OTHER, rows))

    assert bill.source == "ccb"
    assert _seen(bill) == [
        (DAY, False, "in", 25000, "示例甲方", "received"),
        (DAY, False, "out", 1250, "", "expense"),
    ]
    assert bill.rows[0].item == "尾款"


def test_abc(read: Read) -> None:
    """Signs before the amounts, a clock of six digits or none, blanks in the number's header."""
    rows = [
        ("20261001", "090001", "+10000.00", "10000.00", "示例甲方", "", "", "网银", "转存",
         "劳务费", "转账", "123456"),
        ("20261001", "", "-10.00", "9990.00"),
    ]  # fmt: skip

    bill = read(bills.statement(ABC, rows))

    assert (bill.source, bill.problems) == ("abc", ())
    assert [row.number for row in bill.rows] == ["123456", None]
    assert _seen(bill) == [
        (NINE, True, "in", 1000000, "示例甲方", "received"),
        (DAY, False, "out", 1000, "", "expense"),
    ]


def test_bocom(read: Read) -> None:
    """A word for the direction; rows in any order; the number of a row is no number of its own."""
    rows = [
        ("1", "2026-10-01", "09:00:01", "其他交易", "贷 Cr", "10.00", "184.69", "", "示例甲方",
         "网络", "转账"),
        ("2", "2026-09-30", "00:00:00", "网上支付", "借 Dr", "100.79", "84.00", "", "示例店",
         "网络", ""),
        ("3", "2026-09-30", "00:00:00", "存款利息", "贷 Cr", "1.23", "84.00", "", "", "批处理", ""),
    ]  # fmt: skip

    bill = read(bills.statement(BOCOM, rows))

    assert (bill.source, {row.number for row in bill.rows}) == ("bocom", {None})
    assert _seen(bill) == [
        (NINE, True, "in", 1000, "示例甲方", "received"),
        (datetime(2026, 9, 30), True, "out", 10079, "示例店", "expense"),
        (datetime(2026, 9, 30), True, "in", 123, "", "received"),
    ]


def test_boc(read: Read) -> None:
    """Dashes are fillers, and text that flows into a line of its own is no row."""
    rows = [
        ("2026-10-01", "09:00:01", "人民币", "88.00", "100.00", "转账收入", "手机银行", "-------",
         "稿费", "示例出版社", "6217", "-------------------"),
        ("", "", "", "", "", "", "", "", "（含九月）", "有限公司", "", ""),
        ("2026-10-01", "09:00:01", "人民币", "-12.00", "88.00", "网上快捷支付", "-------", "",
         "-------", "-------------------", "", ""),
    ]  # fmt: skip

    bill = read(bills.statement(BOC, rows, above=("中国银行交易流水明细清单,,客户姓名：示例甲",)))

    assert (bill.source, bill.problems) == ("boc", ())
    assert _seen(bill) == [
        (NINE, True, "in", 8800, "示例出版社", "received"),
        (NINE, True, "out", 1200, "", "expense"),
    ]
    assert (bill.rows[0].item, bill.rows[1].item) == ("稿费", "")


def test_spdb_old_workbook(read: Read) -> None:
    """Two blanks between day and clock, amounts as text or as numbers, times as cells of time."""
    data = bills.xls(
        [
            list(SPDB),
            ["1", "2026/10/01  09:00:01", "网银转入", "88.00", "", "100.00", "示例甲方", ""],
            ["2", datetime(2026, 10, 1, 9, 0, 1), "消费", "", 12.5, 87.5, "", "=1+1"],
        ]
    )

    bill = read(data)

    assert bill.source == "spdb"
    assert _seen(bill) == [
        (NINE, True, "in", 8800, "示例甲方", "received"),
        (NINE, True, "out", 1250, "", "expense"),
    ]
    assert bill.rows[1].item == "=1+1"


def test_a_bank_nobody_thought_of(read: Read) -> None:
    """Date, money and balance under usual names are enough."""
    rows = [("2026-10-01 09:00:01", "100.00", "", "100.00", "稿费")]

    bill = read(bills.statement(("交易时间", "贷方发生额", "借方发生额", "余额", "附言"), rows))

    assert bill.source == "bank"
    assert _seen(bill) == [(NINE, True, "in", 10000, "", "received")]


def test_money_between_own_accounts(read: Read) -> None:
    """Where the statement names its owner, the same name on the other side is the owner again."""
    header = ("交易日期", "收入", "支出", "余额", "摘要", "对方户名")
    rows = [
        ("2026-10-01", "100.00", "", "100.00", "汇入", "示例甲"),
        ("2026-10-01", "", "50.00", "50.00", "汇出", "示例甲"),
        ("2026-10-01", "1.00", "", "51.00", "汇入", "示例乙"),
    ]

    bill = read(bills.statement(header, rows, above=("户名：示例甲  币种：人民币",)))

    assert [row.verdict for row in bill.rows] == ["transfer", "transfer", "received"]


@pytest.mark.parametrize(
    ("income", "spent", "reason"),
    [
        ("", "", "没有金额"),
        ("-", "-", "没有金额"),
        ("1.00", "2.00", "收入和支出两列都有金额"),
        ("十元", "", "看不懂金额「十元」"),
    ],
)
def test_wrong_rows(income: str, spent: str, reason: str, read: Read) -> None:
    """A day without money that can be read is a problem with its line."""
    rows = [("20261001", "", income, spent, "", "转账", "")]

    bill = read(bills.statement(CMB_PC, rows))

    assert [(one.line, one.reason) for one in bill.problems] == [(2, reason)]


def test_wrong_words_and_currencies(read: Read) -> None:
    """Another currency is never counted as yuan, and a direction is never guessed."""
    rows = [
        ("1", "2026-10-01", "", "转账", "甲", "1.00", "", "", "", "", ""),
        ("2", "2026-10-01", "25:00:00", "转账", "贷", "1.00", "", "", "", "", ""),
        ("3", "2026-10-01", "", "转账", "贷", "", "1.00", "", "", "", ""),
    ]
    foreign = [("2026-10-01", "USD", "5.00", "5.00", "汇入汇款", "", "")]
    cmb = ("记账日期", "货币", "交易金额", "联机余额", "交易摘要", "对手信息", "客户摘要")

    problems = (
        read(bills.statement(BOCOM, rows)).problems + read(bills.statement(cmb, foreign)).problems
    )

    assert [problem.reason for problem in problems] == [
        "不认识的收/支「甲」",
        "看不懂时间「25:00:00」",
        "没有金额",
        "外币「USD」：只认人民币",
    ]


def test_amounts_with_the_sign_of_the_other_side(read: Read) -> None:
    """A negative amount takes an earlier one back; nothing moved where it is zero."""
    pair = [
        ("20261001", "", "-35.60", "", "", "消费", ""),
        ("20261001", "", "", "-20.00", "", "消费", ""),
        ("20261001", "", "0.00", "0.00", "", "账户维护", ""),
    ]
    word = [
        ("1", "2026-10-01", "", "转账", "贷", "-1.00", "", "", "", "", ""),
        ("2", "2026-10-01", "", "转账", "借", "-2.00", "", "", "", "", ""),
        ("3", "2026-10-01", "", "转账", "", "-3.00", "", "", "", "", ""),
    ]

    rows = [
        *read(bills.statement(CMB_PC, pair)).rows,
        *read(bills.statement(BOCOM, word)).rows,
    ]

    assert [(row.direction, row.amount_fen, row.verdict) for row in rows] == [
        ("out", 3560, "refund"),
        ("in", 2000, "refund"),
        ("neutral", 0, "closed"),
        ("out", 100, "refund"),
        ("in", 200, "refund"),
        ("out", 300, "expense"),
    ]


def test_a_header_without_money_is_named(read: Read) -> None:
    """Asked for by name, the reader says what it misses."""
    header = ("交易日期", "余额", "摘要")

    with pytest.raises(NotUnderstood) as no_money:
        read(bills.statement(header, []), format="bank")
    with pytest.raises(NotUnderstood) as no_header:
        read("只是一行字，没有表头\n", format="bank")
    with pytest.raises(NotUnderstood) as no_date:
        read("金额,余额,摘要\n", format="bank")

    assert no_money.value.message == "「账单.bin」像银行的账单，但表头里没有这几列：交易金额"
    assert no_header.value.message == "「账单.bin」像银行的账单，但没有找到表头那一行"
    assert no_date.value.message == "「账单.bin」像银行的账单，但表头里没有这几列：交易日期"


def test_a_damaged_old_workbook(read: Read) -> None:
    """Whatever the library does over it, the command only hears that it is damaged."""
    data = bills.xls([list(SPDB), ["1", "2026/10/01", "消费", "", "1.00", "", "", ""]])

    for damaged in (data[: len(data) // 2], data[:600], data[:512] + bytes(len(data) - 512)):
        with pytest.raises(Unreadable, match="坏了，或者没有下载完整"):
            read(damaged)
