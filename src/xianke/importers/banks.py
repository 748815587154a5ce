"""Statements of debit cards: one reader for all banks, by a table of what they call things."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time
from sys import intern
from typing import TYPE_CHECKING

from xianke.errors import NotUnderstood
from xianke.i18n import _
from xianke.importers import cells, columns, credits, wallets
from xianke.importers.spool import Spool
from xianke.importers.types import BillRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xianke.importers.cells import Stamp
    from xianke.importers.columns import Header, Row
    from xianke.importers.types import Bill, Direction, Problem, Table, Verdict

name = "bank"

NAMES: Mapping[str, tuple[str, ...]] = {
    "time": ("交易日期", "交易日", "记账日期", "记账日", "入账日期", "日期"),
    "clock": ("交易时间", "记账时间", "时间"),
    "in": (
        "记账金额(收入)",
        "收入",
        "收入金额",
        "存入金额",
        "存入",
        "贷方发生额",
        "贷方金额",
        "收入(元)",
        "收入金额(元)",
        "转入金额",
    ),
    "out": (
        "记账金额(支出)",
        "支出",
        "支出金额",
        "取出金额",
        "支取金额",
        "取出",
        "借方发生额",
        "借方金额",
        "支出(元)",
        "支出金额(元)",
        "转出金额",
    ),
    "amount": ("交易金额", "金额", "发生额", "发生金额", "交易金额(元)"),
    "sign": ("借贷", "借贷标志", "借贷方向", "借/贷", "收支标志", "收/支"),
    "balance": ("余额", "账户余额", "联机余额", "本次余额", "交易后余额", "余额(元)", "可用余额"),
    "kind": ("交易类型", "交易名称", "业务类型"),
    "summary": ("摘要", "交易摘要", "业务摘要"),
    "counterparty": (
        "对方户名",
        "对手信息",
        "对方账户名",
        "对方账户名称",
        "对方名称",
        "对方姓名",
        "对方账号与户名",
    ),
    "remark": ("交易备注", "客户摘要", "附言", "交易附言", "交易地点/附言", "交易用途", "备注"),
    "detail": ("交易详情",),
    "place": ("交易场所", "交易地点", "交易渠道", "渠道"),
    "number": ("日志号", "交易流水号", "流水号"),
    "currency": ("记账币种", "币种", "币别", "货币"),
}
"""What the banks call a column. The first of several that a statement has is taken."""

BANKS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "cmb": (("联机余额", "对手信息"), ("收入", "支出", "交易备注")),
    "icbc": (("记账金额(收入)", "记账金额(支出)"),),
    "ccb": (("记账日", "账户余额"), ("钞汇", "币别"), ("对方账号与户名",)),
    "abc": (("日志号",),),
    "bocom": (("借贷", "交易金额"),),
    "boc": (("记账时间", "币别"),),
    "spdb": (("顺序号", "存入金额"),),
}
"""By which columns a bank is told from the others."""

_YUAN = frozenset({"", "人民币", "人民币元", "cny", "rmb", "156"})
_IN_WORD = re.compile(r"贷|cr|c$|收|存|进|入|转入|来账|in|\+")
_OUT_WORD = re.compile(r"借|de?b?|支|取|付|出|转出|往账|out|exp|-")
_ACCOUNT = re.compile(r"(?:卡|账|帐)(?:户|号)?[^:]{0,4}:.*?[\d*x]{3,}(\d{4})(?!\d)", re.IGNORECASE)
_HOLDER = re.compile(r"(?<!对方)(?:户名|姓名|客户名称):\[?([^\s:\[\],，;]{2,20}?)(?=[\]\s,;]|$)")
_GLUED_BEHIND = re.compile(r"\s*[\d*]{6,}$")
_GLUED_BEFORE = re.compile(r"^[\d*]{6,}\s*/?\s*")


def title() -> str:
    """Return what the user calls such a bill."""
    return _("银行")


def identify(table: Table) -> bool:
    """Return whether dates, money and a balance stand side by side, as in any statement."""
    header = _header(table)
    return header is not None and not _missing(header)


def extract(table: Table) -> Bill:
    """Return the bill; raise NotUnderstood naming the part that was not found."""
    header = _header(table) or columns.require(table, NAMES, (), title())
    if missing := _missing(header):
        raise NotUnderstood(
            _("「{name}」像{title}的账单，但表头里没有这几列：{columns}").format(
                name=table.name, title=title(), columns=_("、").join(missing)
            ),
            _("用没有改过的原始文件"),
        )
    return read(table, header, _bank(header))


def read(table: Table, header: Header, source: str) -> Bill:
    """Return the bill under a header whose columns are known."""
    notes = columns.above(table, header)
    account = wallets.account_in(["".join(note.split()) for note in notes], _ACCOUNT)
    holder = wallets.account_in(notes, _HOLDER)
    rows = Spool[BillRow]()
    problems: list[Problem] = []
    for row in columns.below(table, header, "time", notes):
        if _is_overflow(row):
            continue
        try:
            rows.append(_read(row, holder))
        except cells.Unclear as fault:
            problems.append(wallets.problem(row, fault))
    return wallets.bill(source, account, rows.finished(), problems, notes)


def classify(row: BillRow, holder: str | None = None) -> tuple[Verdict, str]:
    """Return what a row is and why; *holder* is the account's owner where the file names one."""
    return credits.classify(row, holder)


def _header(table: Table) -> Header | None:
    header = columns.find(table, NAMES)
    if header is None or "time" in header.places or "clock" not in header.places:
        return header
    # A single column 交易时间 holds day and clock together.
    places = {**header.places, "time": header.places["clock"]}
    del places["clock"]
    return replace(header, places=places)


def _missing(header: Header) -> list[str]:
    """Return which of the columns that make a statement are not there."""
    places = header.places
    missing = [] if "time" in places else [NAMES["time"][0]]
    if not ("amount" in places or ("in" in places and "out" in places)):
        missing.append(NAMES["amount"][0])
    # Wallets have dates and money too, and a status that would go unread here.
    if "balance" not in places and _bank(header) == name:
        missing.append(NAMES["balance"][0])
    return missing


def _bank(header: Header) -> str:
    for bank, marks in BANKS.items():
        for mark in marks:
            if all(columns.folded(word) in header.names for word in mark):
                return bank
    return name


def _is_overflow(row: Row) -> bool:
    """Return whether a line only goes on with the text of the row above: no day, no money."""
    return not any(cells.plain(row.text(role)) for role in ("time", "in", "out", "amount"))


def _read(row: Row, holder: str | None) -> BillRow:
    if row.text("currency").casefold() not in _YUAN:
        raise cells.Unclear(_("外币「{text}」：只认人民币").format(text=row.text("currency")))
    at, has_time = _at(row)
    direction, amount, reversed_ = _money(row)
    kind, *details = [
        text
        for role in ("kind", "summary", "detail", "remark")
        if (text := cells.plain(row.text(role)))
    ] or [""]
    entry = BillRow(
        line=row.number,
        at=at,
        has_time=has_time,
        direction=direction,
        amount_fen=amount,
        counterparty=intern(_counterparty(row.text("counterparty"))),
        item=" ".join(details),
        kind=intern(kind),
        status=_REVERSAL if reversed_ else "",
        method="",
        number=cells.number(row.text("number")),
        merchant_number=None,
        note=intern(cells.plain(row.text("place"))),
        verdict="unknown",
        reason="",
    )
    return wallets.judged(entry, *classify(entry, holder))


_REVERSAL = "冲正"
"""The status of a row whose amount has the sign of the other column."""


def _at(row: Row) -> Stamp:
    found = cells.stamp(row.text("time"))
    clock = cells.plain(row.text("clock"))
    if clock and found.at.time() == time.min:
        return cells.Stamp(datetime.combine(found.at, cells.clock(clock)), has_time=True)
    # A date from a spreadsheet comes with the clock at midnight.
    return cells.Stamp(found.at, found.at.time() != time.min)


def _money(row: Row) -> tuple[Direction, int, bool]:
    """Return the direction, the amount, and whether it takes back an earlier one."""
    if "in" in row.places and "out" in row.places:
        return _of_pair(_fen(row.text("in")), _fen(row.text("out")))
    amount = _fen(row.text("amount"))
    if amount is None:
        raise cells.Unclear(_("没有金额"))
    word = row.text("sign").casefold()
    if not word:
        return _signed(amount), abs(amount), False
    if _IN_WORD.match(word):
        return ("in" if amount >= 0 else "out"), abs(amount), amount < 0
    if _OUT_WORD.match(word):
        return ("out" if amount >= 0 else "in"), abs(amount), amount < 0
    raise cells.Unclear(_("不认识的收/支「{text}」").format(text=row.text("sign")))


def _of_pair(income: int | None, spent: int | None) -> tuple[Direction, int, bool]:
    if income is None and spent is None:
        raise cells.Unclear(_("没有金额"))
    if income and spent:
        raise cells.Unclear(_("收入和支出两列都有金额"))
    amount = (income or 0) - (spent or 0)
    return _signed(amount), abs(amount), (income or 0) < 0 or (spent or 0) < 0


def _signed(amount: int) -> Direction:
    if amount == 0:
        return "neutral"
    return "in" if amount > 0 else "out"


def _fen(text: str) -> int | None:
    text = cells.plain(text)
    return cells.fen(text) if text else None


def _counterparty(text: str) -> str:
    """Return a name without the account number that some banks glue to it."""
    text = cells.plain(text)
    return _GLUED_BEFORE.sub("", _GLUED_BEHIND.sub("", text)) or text
