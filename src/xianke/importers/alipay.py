"""Bills of Alipay (支付宝): the website's of 2019, and the app's of 2021, 2023 and 2025."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xianke.i18n import _
from xianke.importers import columns, wallets

if TYPE_CHECKING:
    from xianke.importers.columns import Row
    from xianke.importers.types import Bill, BillRow, Table, Verdict

name = "alipay"

LAYOUT = wallets.Layout(
    source=name,
    names={
        "time": ("交易时间", "交易创建时间"),
        "kind": ("交易分类", "类型"),
        "counterparty": ("交易对方",),
        "item": ("商品说明", "商品名称"),
        "direction": ("收/支",),
        "amount": ("金额", "金额（元）"),
        "method": ("收/付款方式", "收/支方式"),
        "status": ("交易状态",),
        "number": ("交易订单号", "交易号"),
        "merchant_number": ("商家订单号",),
        "note": ("备注",),
        "refunded": ("成功退款（元）",),
        "funds": ("资金状态",),
    },
    required=("time", "kind", "direction", "amount", "status", "number"),
    directions={
        "收入": "in",
        "支出": "out",
        "不计收支": "neutral",
        "其他": "neutral",
        "": "neutral",
        "/": "neutral",
    },
    account=re.compile(r"(?:支付宝账户|账号):\s*\[?([^\]\s]+)"),
)

_MARKS = ("支付宝交易记录明细查询", "支付宝账户")
_RECEIPT = "电子客户回单"
_SIGNATURE = ("number", "item", "status", "direction")

SUCCESS = frozenset({"交易成功", "支付成功", "代付成功"})
OWN_STATUSES = frozenset(
    {"还款成功", "解冻成功", "放款成功", "信用服务使用成功", "芝麻免押下单成功"}
)
"""Money lent, paid back or set free: not earned."""

KINDS = frozenset(
    {
        "餐饮美食",
        "服饰装扮",
        "日用百货",
        "家居家装",
        "数码电器",
        "运动户外",
        "美容美发",
        "母婴亲子",
        "宠物",
        "交通出行",
        "爱车养车",
        "住房物业",
        "酒店旅游",
        "文化休闲",
        "教育培训",
        "医疗健康",
        "生活服务",
        "公共服务",
        "商业服务",
        "公益捐赠",
        "互助保障",
        "投资理财",
        "保险",
        "信用借还",
        "充值缴费",
        "收入",
        "转账红包",
        "亲友代付",
        "账户存取",
        "退款",
        "其他",
        "即时到账交易",
        "支付宝担保交易",
        "转账",
        "红包",
        "收款",
    }
)
"""The categories of the app and the types of the website."""

_PAYER_WORDS = frozenset({"收入", "转账红包", "商业服务"})
"""Where the description was written by whoever paid: its words do not make the money one's own."""

_OWN = re.compile(
    r"(?:充值|提现)-|余额提现|余额宝-(?:单次|自动)?转|(?:单次|自动)转入|转出到|转(?:入|出)(?:$|到|至)"
    r"|信用卡还款|花呗.{0,4}还款|借呗|.*-买入|.*-?卖出至|.*赎回|.*-卖出"
)
_FUND_REFUND = re.compile(r".*买入(?:退款)?")
_INTEREST = re.compile(r"余额宝-.*收益发放|.*结息")


def title() -> str:
    """Return what the user calls such a bill."""
    return _("支付宝")


def identify(table: Table) -> bool:
    """Return whether a title of Alipay's stands above, or its columns are there."""
    titles = [columns.first(line) for line in table.head]
    if any(text.startswith(_MARKS) or _RECEIPT in text for text in titles):
        return True
    header = columns.find(table, LAYOUT.names)
    return header is not None and all(role in header.places for role in _SIGNATURE)


def extract(table: Table) -> Bill:
    """Return the bill; raise NotUnderstood naming the part that was not found."""
    return wallets.extract(table, LAYOUT, title(), _judge)


def _judge(row: Row, entry: BillRow) -> tuple[Verdict, str, int]:
    funds = row.text("funds") if "funds" in row.places else None
    verdict, reason = classify(entry, funds)
    refunded = entry.refunded_fen
    if verdict == "expense" and entry.status in ("交易关闭", "已关闭"):
        refunded = entry.amount_fen
    if column := row.text("refunded"):
        refunded = wallets.amount_and_mark(column)[0]
    return verdict, reason, refunded


def classify(row: BillRow, funds: str | None = None) -> tuple[Verdict, str]:
    """Return what a row is and why, by direction, status and type together.

    *funds* is the column of the website that says whether money moved, None where it is missing.
    """
    if "退税" in row.status:
        return "refund", _("退税，不是收入")
    if "退款" in row.status or "退还" in row.status:
        if _FUND_REFUND.fullmatch(row.item):
            return "transfer", _("基金买入退回")
        return "refund", _("退给买家的钱") if row.direction == "out" else _("退款，不是收入")
    if row.status in OWN_STATUSES:
        return "transfer", _("借还款或解冻，不是收入")
    if row.status.endswith("失败"):
        return "closed", _("没有成功")
    if row.direction == "in":
        return _income(row, funds)
    return _spending(row, funds) if row.direction == "out" else _neutral(row)


def _income(row: BillRow, funds: str | None) -> tuple[Verdict, str]:
    if row.status in ("交易关闭", "已关闭"):
        return "closed", _("交易关闭，钱没有留下")
    if row.status.startswith("等待") or funds == "待收入":
        return "pending", _("还没到账：{status}").format(status=row.status)
    if row.status not in SUCCESS:
        return "unknown", _("不认识的状态「{status}」").format(status=row.status)
    if row.kind == "退款" or row.item.startswith("退款-"):
        return "refund", _("退款，不是收入")
    if _INTEREST.match(row.item):
        return "received", _("利息")
    if row.kind in ("账户存取", "信用借还") or (
        row.kind not in _PAYER_WORDS and _OWN.match(row.item)
    ):
        return "transfer", _("自己的钱转来转去")
    if row.kind not in KINDS:
        return "unknown", _("不认识的类型「{kind}」").format(kind=row.kind)
    if funds == "":
        return "unknown", _("资金状态是空的，看不出钱到没到")
    return "received", _("收入，{status}").format(status=row.status)


def _spending(row: BillRow, funds: str | None) -> tuple[Verdict, str]:
    if row.status in ("交易关闭", "已关闭"):
        # An order that was never paid leaves no payment method and moves no funds.
        if funds or row.method:
            return "expense", _("付过款，后来退了")
        return "closed", _("没有付款就关闭了")
    if row.status == "等待付款":
        return "closed", _("还没有付款")
    if _OWN.match(row.item):
        return "transfer", _("自己的钱转来转去")
    return "expense", _("支出")


def _neutral(row: BillRow) -> tuple[Verdict, str]:
    if row.status in ("交易关闭", "已关闭"):
        return "closed", _("交易关闭")
    if row.status.startswith("等待"):
        return "pending", _("还没到账：{status}").format(status=row.status)
    if row.status not in SUCCESS:
        return "unknown", _("不认识的状态「{status}」").format(status=row.status)
    if row.kind == "退款" or row.item.startswith("退款-"):
        return "refund", _("退款，不是收入")
    if _INTEREST.match(row.item):
        return "transfer", _("余额宝收益，支付宝不计入收支")
    if _OWN.match(row.item):
        return "transfer", _("自己的钱转来转去")
    if row.kind in ("收入", "转账红包", "转账", "红包", "收款") or row.kind not in KINDS:
        return "unknown", _("支付宝没说是收还是支")
    return "transfer", _("支付宝不计入收支")
