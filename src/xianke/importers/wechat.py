"""Bills of WeChat Pay (微信支付): CSV until 2025, workbooks since."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xianke.i18n import _
from xianke.importers import columns, wallets

if TYPE_CHECKING:
    from xianke.importers.columns import Row
    from xianke.importers.types import Bill, BillRow, Table, Verdict

name = "wechat"

LAYOUT = wallets.Layout(
    source=name,
    names={
        "time": ("交易时间",),
        "kind": ("交易类型",),
        "counterparty": ("交易对方",),
        "item": ("商品",),
        "direction": ("收/支",),
        "amount": ("金额(元)", "金额"),
        "method": ("支付方式",),
        "status": ("当前状态",),
        "number": ("交易单号",),
        "merchant_number": ("商户单号",),
        "note": ("备注",),
    },
    required=("time", "kind", "direction", "amount", "status", "number"),
    directions={"收入": "in", "支出": "out", "/": "neutral", "中性交易": "neutral"},
    account=re.compile(r"微信昵称:\s*\[(.*)\]"),
)

_TITLE = "微信支付账单明细"
_SIGNATURE = ("status", "number", "kind", "direction")

SUCCESS = frozenset({"已存入零钱", "已转入零钱通", "已存入零钱通", "已收钱", "已到账", "充值成功"})

INCOME_KINDS = frozenset({"商户消费", "转账", "二维码收款", "群收款", "赞赏码", "其他", "商家转账"})
_PACKET = "微信红包"

_OWN_KINDS = re.compile(
    r"零钱充值|零钱提现|零钱通转出|转入零钱通|信用卡还款|购买理财通|理财通|亲属卡"
)


def title() -> str:
    """Return what the user calls such a bill."""
    return _("微信支付")


def identify(table: Table) -> bool:
    """Return whether the title of WeChat's bills stands above, or its columns are there."""
    if any(columns.first(line).lstrip("-").startswith(_TITLE) for line in table.head):
        return True
    header = columns.find(table, LAYOUT.names)
    return header is not None and all(role in header.places for role in _SIGNATURE)


def extract(table: Table) -> Bill:
    """Return the bill; raise NotUnderstood naming the part that was not found."""
    return wallets.extract(table, LAYOUT, title(), _judge)


def _judge(_row: Row, entry: BillRow) -> tuple[Verdict, str, int]:
    verdict, reason = classify(entry)
    refunded = wallets.refund_mark(entry.status, entry.amount_fen) if verdict == "expense" else 0
    return verdict, reason, refunded


def classify(row: BillRow) -> tuple[Verdict, str]:
    """Return what a row is and why, by direction, status and type together."""
    if row.direction == "in":
        return _income(row)
    if "失败" in row.status:
        return "closed", _("没有成功，钱退回来了")
    if row.direction == "neutral":
        # Paying a credit card also goes under 转账.
        if _OWN_KINDS.match(row.kind) or "信用卡还款" in row.counterparty:
            return "transfer", _("自己的钱转来转去")
        return "unknown", _("不认识的类型「{kind}」").format(kind=row.kind)
    if row.status == "对方已退还":
        return "closed", _("对方退回来了，等于没转")
    if row.kind == "信用卡还款":
        return "transfer", _("自己的钱转来转去")
    return "expense", _("支出")


def _income(row: BillRow) -> tuple[Verdict, str]:
    if "退款" in row.kind:
        return "refund", _("退款，不是收入")
    if "已退还" in row.status:
        return "closed", _("已退还，钱没有留下")
    if "退款" in row.status:
        if "全额" in row.status or row.kind == "商户消费":
            return "refund", _("退款，不是收入")
        return "unknown", _("收到后又退了一部分：{status}").format(status=row.status)
    if row.status.startswith(("待", "等待")):
        return "pending", _("还没到账：{status}").format(status=row.status)
    if "过期" in row.status or "关闭" in row.status or "失败" in row.status:
        return "closed", _("没有收成：{status}").format(status=row.status)
    if row.status not in SUCCESS:
        return "unknown", _("不认识的状态「{status}」").format(status=row.status)
    if row.kind not in INCOME_KINDS and not row.kind.startswith(_PACKET):
        return "unknown", _("不认识的类型「{kind}」").format(kind=row.kind)
    return "received", _("收入，{status}").format(status=row.status)
