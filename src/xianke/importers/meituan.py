"""Bills of Meituan (美团) for its customers; what riders earn is not in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xianke.i18n import _
from xianke.importers import columns, wallets

if TYPE_CHECKING:
    from xianke.importers.columns import Row
    from xianke.importers.types import Bill, BillRow, Table, Verdict

name = "meituan"

LAYOUT = wallets.Layout(
    source=name,
    names={
        # An order that was never paid has no second time, and no row with money.
        "time": ("交易成功时间", "交易创建时间"),
        "kind": ("交易类型",),
        "item": ("订单标题",),
        "direction": ("收/支",),
        "method": ("支付方式",),
        "amount": ("实付金额",),
        "number": ("交易单号",),
        "merchant_number": ("商家单号",),
        "note": ("备注",),
    },
    required=("time", "kind", "item", "direction", "amount", "number"),
    directions={"收入": "in", "支出": "out", "不计收支": "neutral", "": "neutral", "/": "neutral"},
    account=re.compile(r"(?:美团用户名|用户名|美团账号):\s*\[?([^\]\s]+)"),
    joined=("item",),
)

_TITLE = "美团交易账单明细"
_SIGNATURE = ("item", "amount", "direction", "number")


def title() -> str:
    """Return what the user calls such a bill."""
    return _("美团")


def identify(table: Table) -> bool:
    """Return whether the title of Meituan's stands above, or its columns are there."""
    if any(columns.first(line).lstrip("【").startswith(_TITLE) for line in table.head):
        return True
    header = columns.find(table, LAYOUT.names)
    return header is not None and all(role in header.places for role in _SIGNATURE)


def extract(table: Table) -> Bill:
    """Return the bill; raise NotUnderstood naming the part that was not found."""
    return wallets.extract(table, LAYOUT, title(), _judge)


def _judge(_row: Row, entry: BillRow) -> tuple[Verdict, str, int]:
    verdict, reason = classify(entry)
    return verdict, reason, 0


def classify(row: BillRow) -> tuple[Verdict, str]:
    """Return what a row is and why. All income ever seen in such bills was a refund."""
    if "退款" in row.kind:
        return "refund", _("退款，不是收入")
    if "还款" in row.kind:
        return "transfer", _("自己的钱转来转去")
    if row.direction == "out":
        return "expense", _("支出")
    return "unknown", _("不认识的类型「{kind}」").format(kind=row.kind)
