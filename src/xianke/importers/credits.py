"""What money into a bank account or an own table is, by the words beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.importers.types import BillRow, Verdict

_REFUND = re.compile(r"退款|退货|退费|退汇|退税|退还|冲正|冲销|撤销|红冲")
_CASH_WORDS = r"现金存入|存现|现存|[ac]tm.{0,4}存|无卡存|现金存款"
_OWN = re.compile(
    r"赎回|理财到期|定期转活|活期转|证券转银行|银证转账|证转银|通知存款|存款到期|信用卡.{0,6}还款"
    r"|贷款|借款|网贷|借呗|本人|余额提现|零钱提现|零钱通.*提现|小金库"
)
_NAMELESS = re.compile(r"转存|" + _CASH_WORDS, re.IGNORECASE)
"""Own money or a customer's: only the name of the other side would tell."""
_WITHDRAWAL = "提现"
_WALLETS = re.compile(r"支付宝|蚂蚁|财付通|微信|零钱|余额宝|京东|网银在线|钱包", re.IGNORECASE)
"""Wallets whose own bills are read, where the income was counted when it first arrived."""
_PAYERS = re.compile(r"合众易宝|钱袋宝|抖音")
"""Payment companies of platforms that have no bill of their own: their payouts arrive here."""
_OWN_SPENDING = re.compile(
    r"还款|atm.{0,2}取款|现金支取|取现|取款|本人|理财申购|基金申购|购买理财|理财购买|定期存款|活期转定"
    r"|银行转证券|银证转账|零钱充值|余额宝|小金库",
    re.IGNORECASE,
)
_INTEREST = re.compile(r"结息|利息")


def classify(row: BillRow, holder: str | None = None) -> tuple[Verdict, str]:
    """Return what a row is and why; *holder* is the account's owner where the file names one."""
    words = " ".join(filter(None, (row.kind, row.item, row.note, row.status)))
    if row.amount_fen == 0 or row.direction == "neutral":
        return "closed", _("没有动钱")
    own = holder is not None and row.counterparty == holder
    if row.direction == "out":
        if _REFUND.search(words):
            return "refund", _("退回去的钱")
        if own or _OWN_SPENDING.search(words):
            return "transfer", _("自己的钱转来转去")
        return "expense", _("支出")
    return _credit(row, words, own=own)


def _credit(row: BillRow, words: str, *, own: bool) -> tuple[Verdict, str]:
    if match := _REFUND.search(words):
        return "refund", _("「{word}」，不是收入").format(word=match[0])
    if _INTEREST.search(words):
        return "received", _("利息")
    if own or (match := _OWN.search(words)):
        return "transfer", _("自己的钱转来转去")
    everything = f"{words} {row.counterparty}"
    if _WITHDRAWAL in words:
        if _PAYERS.search(everything):
            return "received", _("平台付款公司打来的提现")
        if not row.counterparty or _WALLETS.search(everything):
            return "transfer", _("从自己的钱包提现，收入算在钱包那边")
        return "unknown", _("提现，看不出是不是自己的钱包")
    if not row.counterparty and (match := _NAMELESS.search(words)):
        return "unknown", _("「{word}」，看不出钱是哪来的").format(word=match[0])
    return "received", _("进账")
