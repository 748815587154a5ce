"""The Beancount file: whole texts, hostile words, its grammar, and the program itself."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from tests.conftest import tool
from tests.exporters import books
from tests.exporters.books import EMPTY, deposit, gig, payout

from xianke import i18n
from xianke.exporters import accounts, beancount
from xianke.exporters.bookings import Account
from xianke.records import Settlement

if TYPE_CHECKING:
    from xianke.exporters.book import Book

BOOK = replace(
    EMPTY,
    gigs=[gig(1, note='头像 "加急" \\ 第二版', cost_fen=5_00, due="2026-11-05", worked_minutes=90)],
    payouts=[payout(1, amount_fen=70_00)],
    settlements=[Settlement(1, 1, 1, 60_00)],
    spends=[deposit(1, platform="own-1")],
    wallets={1: "alipay"},
)
WHOLE = r"""option "title" "闲客：副业收支"
option "operating_currency" "CNY"

2026-10-01 commodity CNY

2026-10-01 open Assets:Receivable:Xianyu CNY
  name: "待收 闲鱼"
2026-10-01 open Assets:Deposit:Own-1 CNY
  name: "押金 示例甲方"
2026-10-01 open Assets:Received:Alipay CNY
  name: "已收 支付宝"
2026-10-01 open Income:Gig:Xianyu CNY
  name: "兼职 闲鱼"
2026-10-01 open Income:Unexplained CNY
  name: "没说明的进账"
2026-10-01 open Expenses:Gig:OwnCost CNY
  name: "自己花的"
2026-10-01 open Equity:OwnMoney CNY
  name: "自己的钱"

2026-10-01 * "示例甲方" "交押金" ^c1
  Assets:Deposit:Own-1  300.00 CNY
  Equity:OwnMoney  -300.00 CNY

2026-10-05 ! "闲鱼" "头像 \"加急\" \\ 第二版" ^g1
  due: 2026-11-05
  minutes: 90
  Assets:Receivable:Xianyu  100.00 CNY
  Income:Gig:Xianyu  -100.00 CNY
  Expenses:Gig:OwnCost  5.00 CNY
  Equity:OwnMoney  -5.00 CNY

2026-10-12 * "闲鱼" "进账" ^p1 ^g1
  Assets:Received:Alipay  70.00 CNY
  Assets:Receivable:Xianyu  -60.00 CNY
  Income:Unexplained  -10.00 CNY

2026-10-13 balance Assets:Receivable:Xianyu  40.00 ~ 0.00 CNY
2026-10-13 balance Assets:Deposit:Own-1  300.00 ~ 0.00 CNY
2026-10-13 balance Assets:Received:Alipay  70.00 ~ 0.00 CNY
"""

_HEAD = re.compile(
    r'(\d{4}-\d\d-\d\d) [*!]((?: "(?:[^"\\\n]|\\["\\])*"){1,2})((?: \^[A-Za-z0-9]+)*)'
)
_OPEN = re.compile(r"(\d{4}-\d\d-\d\d) open ([A-Z][\w:-]*) CNY", re.ASCII)
_NAME = re.compile(r'  name: "(?:[^"\\\n]|\\["\\])*"')
_FACT = re.compile(r"  [a-z][a-z-]*: (?:\d{4}-\d\d-\d\d|\d+)")
_POSTING = re.compile(r"  ([A-Z][\w:-]*)  (-?\d+)\.(\d\d) CNY", re.ASCII)
_BALANCE = re.compile(
    r"(\d{4}-\d\d-\d\d) balance ([A-Z][\w:-]*)  (-?\d+)\.(\d\d) ~ 0\.00 CNY", re.ASCII
)
_ACCOUNT = re.compile(
    r"(?:Assets|Liabilities|Equity|Income|Expenses)(?::[A-Z0-9][A-Za-z0-9-]*)+", re.ASCII
)


@dataclass
class Read:
    """What a strict reader has seen so far."""

    opened: dict[str, str] = field(default_factory=dict)
    sums: Counter[str] = field(default_factory=Counter)
    last_day: str = ""
    current: list[int] = field(default_factory=list)


def _fen(yuan: str, rest: str) -> int:
    fen = abs(int(yuan)) * 100 + int(rest)
    return -fen if yuan.startswith("-") else fen


def _check(text: str) -> None:
    """Read the file by a grammar much stricter than Beancount's own; fail where it is not kept."""
    lines = text.removesuffix("\n").split("\n")
    assert lines[:2] == [
        'option "title" "闲客：副业收支"',
        'option "operating_currency" "CNY"',
    ]
    seen = Read()
    for line in lines[2:]:
        if not line or re.fullmatch(r"\d{4}-\d\d-\d\d commodity CNY", line):
            assert sum(seen.current) == 0
            seen.current = []
        elif found := _OPEN.fullmatch(line):
            assert _ACCOUNT.fullmatch(found[2]), line
            assert found[2] not in seen.opened
            seen.opened[found[2]] = found[1]
        elif found := _HEAD.fullmatch(line):
            assert seen.last_day <= found[1]
            seen.last_day = found[1]
        elif found := _POSTING.fullmatch(line):
            assert seen.opened[found[1]] <= seen.last_day
            seen.current.append(_fen(found[2], found[3]))
            seen.sums[found[1]] += _fen(found[2], found[3])
        elif found := _BALANCE.fullmatch(line):
            assert seen.last_day < found[1]
            assert seen.sums[found[2]] == _fen(found[3], found[4]), line
        else:
            assert _NAME.fullmatch(line) or _FACT.fullmatch(line), line


def _bean_check(text: str, folder: Path) -> str:
    """Return what the program complains of."""
    path = folder / "books.beancount"
    path.write_text(text, encoding="utf-8")
    ended = subprocess.run(
        [tool("bean-check"), "--no-cache", path], capture_output=True, encoding="utf-8"
    )
    return ended.stdout + ended.stderr if ended.returncode else ""


def test_a_whole_file() -> None:
    """Accounts with their meaning, events with links and facts, balances at the end."""
    assert beancount.text(BOOK) == WHOLE


def test_an_empty_book() -> None:
    """There is nothing to open and nothing to check."""
    assert beancount.text(EMPTY).splitlines() == [
        'option "title" "闲客：副业收支"',
        'option "operating_currency" "CNY"',
    ]


def test_in_english() -> None:
    """Accounts keep their names; what they mean is said in the user's language."""
    i18n.set_language("en")

    text = beancount.text(BOOK)

    i18n.set_language("zh")
    chinese, english = WHOLE.splitlines(), text.splitlines()
    assert [line for line in english if " open " in line] == [
        line for line in chinese if " open " in line
    ]
    assert '  name: "Receivable 闲鱼"' in english
    assert re.findall("[一-鿿]+", text.replace("闲鱼", "").replace("示例甲方", "")) == [
        "头像",
        "加急",
        "第二版",
    ]


@pytest.mark.parametrize(
    ("platform", "component"),
    [
        ("xianyu", "Xianyu"),
        ("ali_zhongbao", "AliZhongbao"),
        ("own-12", "Own-12"),
        ("58tc", "58tc"),
        ("a_1", "A1-142667"),
        ("a__b", "AB-63e5c1"),
        ("a_", "A-571fb0"),
        ("甲", "X-33e358"),
    ],
)
def test_the_account_of_a_platform(platform: str, component: str) -> None:
    """Its id in ASCII; where two ids could meet, some letters tell them apart."""
    name = accounts.ascii_name(Account("income", platform))

    assert name == f"Income:Gig:{component}"
    assert _ACCOUNT.fullmatch(name)


def test_no_two_platforms_share_an_account() -> None:
    """However alike their ids are."""
    ids = ["a_1", "a1", "a-1", "a_b", "ab", "a-b", "a__b", "a_b_", "甲", "乙"]

    assert len({accounts.ascii_name(Account("income", one)) for one in ids}) == len(ids)


@given(books.books())
def test_any_book_keeps_the_grammar(book: Book) -> None:
    """Every line is well formed, every transaction balances, every stated balance holds."""
    _check(beancount.text(book))


@pytest.mark.external
def test_bean_check_accepts_a_file(tmp_path: Path) -> None:
    """Beancount itself finds nothing wrong."""
    assert _bean_check(beancount.text(BOOK), tmp_path) == ""
    assert _bean_check(beancount.text(EMPTY), tmp_path) == ""


@pytest.mark.external
def test_bean_check_looks_at_the_balances(tmp_path: Path) -> None:
    """A stated balance that is one fen off is found: the check is one."""
    wrong = WHOLE.replace("Xianyu  40.00 ~", "Xianyu  40.01 ~")

    assert "Balance failed" in _bean_check(wrong, tmp_path)


@pytest.mark.external
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(book=books.books())
def test_bean_check_accepts_any_book(book: Book, tmp_path: Path) -> None:
    """Whatever stands in notes and names."""
    assert _bean_check(beancount.text(book), tmp_path) == ""
