"""Bills of JD's wallet (京东金融)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xianke.i18n import _
from xianke.importers import columns, wallets

if TYPE_CHECKING:
    from xianke.importers.columns import Row
    from xianke.importers.types import Bill, BillRow, Table, Verdict

name = "jd"

LAYOUT = wallets.Layout(
    source=name,
    names={
        "time": ("交易时间",),
        "counterparty": ("商户名称",),
        "item": ("交易说明",),
        "amount": ("金额",),
        "method": ("收/付款方式",),
        "status": ("交易状态",),
        "direction": ("收/支",),
        "kind": ("交易分类",),
        "number": ("交易订单号",),
        "merchant_number": ("商家订单号",),
        "note": ("备注",),
    },
    required=("time", "counterparty", "item", "amount", "status", "direction", "number"),
    directions={"收入": "in", "支出": "out", "不计收支": "neutral", "": "neutral", "/": "neutral"},
    account=re.compile(r"京东账号名:\s*(\S+)"),
    joined=("item", "counterparty"),
)

_MARK = "京东账号名"
_SIGNATURE = ("counterparty", "item", "status", "direction")

_OWN = re.compile(
    r"小金库.*转[入出]|小金库-|转[入出]小金库|白条.*还款|.*钱包(?:充值|提现)|提现|充值-"
)
_REFUND = re.compile(r"退款|.*价保退款|.*退款$")


def title() -> str:
    """Return what the user calls such a bill."""
    return _("京东")


def identify(table: Table) -> bool:
    """Return whether the account of JD's is named above, or its columns are there."""
    if any(columns.first(line).startswith(_MARK) for line in table.head):
        return True
    header = columns.find(table, LAYOUT.names)
    return header is not None and all(role in header.places for role in _SIGNATURE)


def extract(table: Table) -> Bill:
    """Return the bill; raise NotUnderstood naming the part that was not found."""
    return wallets.extract(table, LAYOUT, title(), _judge)


def _judge(_row: Row, entry: BillRow) -> tuple[Verdict, str, int]:
    verdict, reason = classify(entry)
    return verdict, reason, entry.refunded_fen


def classify(row: BillRow) -> tuple[Verdict, str]:
    """Return what a row is and why, by direction, status and wording together."""
    if "退款" in row.status or _REFUND.match(row.item) or row.kind.endswith("退款"):
        return "refund", _("退款，不是收入")
    if row.status in ("交易关闭", "已关闭") or row.status.endswith(("失败", "已取消")):
        return "closed", _("交易关闭")
    if row.refunded_fen:
        return "expense", _("付过款，后来退了")
    if _OWN.match(row.item) or _OWN.match(row.kind):
        return "transfer", _("自己的钱转来转去")
    if row.direction == "out":
        return "expense", _("支出")
    if row.status.startswith(("等待", "待")):
        return "pending", _("还没到账：{status}").format(status=row.status)
    if row.status != "交易成功":
        return "unknown", _("不认识的状态「{status}」").format(status=row.status)
    if row.direction == "in":
        return "received", _("收入，{status}").format(status=row.status)
    return "transfer", _("京东不计入收支")
