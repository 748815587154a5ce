"""How accounts are called: in ASCII where a program wants that, else in the user's language."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from xianke.exporters.book import BANK, TYPED
from xianke.i18n import _
from xianke.money import plain_yuan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xianke.exporters.book import Book
    from xianke.exporters.bookings import Account, Kind

CURRENCY = "CNY"

OF_PLATFORMS: tuple[Kind, ...] = ("receivable", "deposit", "income")
"""Kinds that have one account per platform or client."""

_ASCII: dict[Kind, str] = {
    "receivable": "Assets:Receivable",
    "deposit": "Assets:Deposit",
    "received": "Assets:Received",
    "tax": "Assets:Tax:Prepaid",
    "income": "Income:Gig",
    "unexplained": "Income:Unexplained",
    "fee": "Expenses:Gig:PlatformFee",
    "own_cost": "Expenses:Gig:OwnCost",
    "platform_cost": "Expenses:Gig:PlatformCost",
    "refund": "Expenses:Gig:Refunds",
    "deposit_lost": "Expenses:Gig:DepositLost",
    "written_off": "Expenses:Gig:WrittenOff",
    "own_money": "Equity:OwnMoney",
    "opening": "Equity:Opening",
}
_WALLETS = {
    TYPED: "Typed",
    "alipay": "Alipay",
    "wechat": "WeChat",
    "jd": "JD",
    "meituan": "Meituan",
    "generic": "Other",
    BANK: "Bank",
}

_HASH_LENGTH = 6
_STEERING = str.maketrans(":;|", "：；｜")
"""What means something within an account's name, and its full-width twin."""


def amount(fen: int) -> str:
    """Return an amount as both programs read it: `12.50 CNY`."""
    return f"{plain_yuan(fen)} {CURRENCY}"


def ascii_name(account: Account) -> str:
    """Return the account's name in ASCII: `Income:Gig:AliZhongbao`; it never changes."""
    path = _ASCII[account.kind]
    if account.kind == "received":
        return f"{path}:{_WALLETS[account.of]}"
    return f"{path}:{_component(account.of)}" if account.of else path


def titles(book: Book, accounts: Iterable[Account]) -> dict[Account, str]:
    """Return what each account is in the user's language: `待收 闲鱼`."""
    words, wallets = _words(), _wallet_words()
    found = {}
    for account in accounts:
        whose = ""
        if account.kind == "received":
            whose = wallets[account.of]
        elif account.of:
            whose = book.name(account.of)
        found[account] = f"{words[account.kind]} {whose}".strip()
    return found


def named(book: Book, accounts: Iterable[Account]) -> dict[Account, str]:
    """Return the account's names in the user's language below the five English top levels.

    Two platforms whose names became the same are told apart by their ids.
    """
    words, wallets = _words(), _wallet_words()
    platforms = {account.of for account in accounts if account.kind in OF_PLATFORMS}
    names = {one: book.name(one).translate(_STEERING) for one in platforms}
    often = Counter(names.values())
    found = {}
    for account in accounts:
        path = f"{_ASCII[account.kind].split(':')[0]}:{words[account.kind]}"
        if account.kind == "received":
            path += f":{wallets[account.of]}"
        elif account.of:
            name = names[account.of]
            path += f":{name} {account.of}" if often[name] > 1 else f":{name}"
        found[account] = path
    return found


def _component(platform: str) -> str:
    """Return a platform's id as a part of an account: `ali_zhongbao` becomes `AliZhongbao`.

    Where that could be another id's name as well, some letters that only this one has follow.
    """
    camel = "".join(part[:1].upper() + part[1:] for part in platform.split("_"))
    camel = re.sub(r"[^A-Za-z0-9-]", "", camel)
    back = re.sub(r"(?<!^)(?=[A-Z])", "_", camel).lower()
    if back == platform and not camel.startswith("-"):
        return camel
    return f"{camel.lstrip('-') or 'X'}-{sha256(platform.encode()).hexdigest()[:_HASH_LENGTH]}"


def _words() -> dict[Kind, str]:
    return {
        "receivable": _("待收"),
        "deposit": _("押金"),
        "received": _("已收"),
        "tax": _("代扣的税"),
        "income": _("兼职"),
        "unexplained": _("没说明的进账"),
        "fee": _("平台费"),
        "own_cost": _("自己花的"),
        "platform_cost": _("平台开销"),
        "refund": _("退给买家"),
        "deposit_lost": _("没退的押金"),
        "written_off": _("勾销的欠款"),
        "own_money": _("自己的钱"),
        "opening": _("期初"),
    }


def _wallet_words() -> dict[str, str]:
    return {
        TYPED: _("手记"),
        "alipay": _("支付宝"),
        "wechat": _("微信"),
        "jd": _("京东"),
        "meituan": _("美团"),
        "generic": _("其他账户"),
        BANK: _("银行卡"),
    }
