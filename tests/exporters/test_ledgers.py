"""The file for hledger and Ledger: whole texts, hostile words, and the programs themselves."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from tests.conftest import tool
from tests.exporters import books
from tests.exporters.books import EMPTY, deposit, gig, payout

from xianke.exporters import ledgers
from xianke.records import Settlement

if TYPE_CHECKING:
    from xianke.exporters.book import Book

BOOK = replace(
    EMPTY,
    gigs=[
        gig(1, note="(加急; 两版 | 头像", cost_fen=5_00, due="2026-11-05", worked_minutes=90),
        gig(2, orders=3),
    ],
    payouts=[payout(1, amount_fen=170_00)],
    settlements=[Settlement(1, 1, 1, 60_00), Settlement(2, 1, 2, 100_00)],
    spends=[deposit(1, platform="own-1")],
    wallets={1: "alipay"},
)
WHOLE = """; 闲客：副业收支
commodity CNY
    format 1000.00 CNY

account Assets:待收:闲鱼
account Assets:押金:示例甲方
account Assets:已收:支付宝
account Income:兼职:闲鱼
account Income:没说明的进账
account Expenses:自己花的
account Equity:自己的钱

tag due
tag minutes

2026-10-01 * (c1) 示例甲方 | 交押金
    Assets:押金:示例甲方  300.00 CNY
    Equity:自己的钱  -300.00 CNY

2026-10-05 ! (g1) 闲鱼 | （加急； 两版 ｜ 头像
    ; due: 2026-11-05
    ; minutes: 90
    Assets:待收:闲鱼  100.00 CNY
    Income:兼职:闲鱼  -100.00 CNY
    Expenses:自己花的  5.00 CNY
    Equity:自己的钱  -5.00 CNY

2026-10-05 ! (g2) 闲鱼 | 技能服务，3 单
    Assets:待收:闲鱼  100.00 CNY
    Income:兼职:闲鱼  -100.00 CNY

2026-10-12 * (p1) 闲鱼 | 进账
    ; g1 g2
    Assets:已收:支付宝  170.00 CNY
    Assets:待收:闲鱼  -160.00 CNY
    Income:没说明的进账  -10.00 CNY

2026-10-12 * 核对余额
    Assets:待收:闲鱼  0.00 CNY = 40.00 CNY
    Assets:押金:示例甲方  0.00 CNY = 300.00 CNY
    Assets:已收:支付宝  0.00 CNY = 170.00 CNY
"""
CHECKS = {"hledger": ("check", "-s"), "ledger": ("--strict", "balance")}


def _complaints(program: str, text: str, folder: Path) -> str:
    """Return what the program complains of, or warns of."""
    path = folder / "books.journal"
    path.write_text(text, encoding="utf-8")
    ended = subprocess.run(
        [tool(program), "-f", path, *CHECKS[program]],
        capture_output=True,
        encoding="utf-8",
        env={"LC_ALL": "C.UTF-8", "HOME": str(folder)},
    )
    return ended.stderr


def test_a_whole_file() -> None:
    """Declarations, events with code, payee and note, balances at the end."""
    assert ledgers.text(BOOK) == WHOLE


def test_an_empty_book() -> None:
    """There is nothing to declare but the currency."""
    assert ledgers.text(EMPTY).splitlines() == [
        "; 闲客：副业收支",
        "commodity CNY",
        "    format 1000.00 CNY",
    ]


def test_names_that_became_the_same() -> None:
    """Colons of a name cannot stand in an account's; ids tell such apart."""
    book = replace(
        EMPTY,
        gigs=[gig(1), gig(2, platform="own-1"), gig(3, platform="a1")],
        names={"xianyu": "甲:乙", "own-1": "甲：乙", "a1": "\u202e"},
    )

    accounts = [line for line in ledgers.text(book).splitlines() if line.startswith("account")]

    assert accounts[:3] == [
        "account Assets:待收:a1",
        "account Assets:待收:甲：乙 own-1",
        "account Assets:待收:甲：乙 xianyu",
    ]


@pytest.mark.external
@pytest.mark.parametrize("program", CHECKS)
def test_the_programs_accept_a_file(program: str, tmp_path: Path) -> None:
    """At their strictest neither complains nor warns."""
    assert _complaints(program, ledgers.text(BOOK), tmp_path) == ""
    assert _complaints(program, ledgers.text(EMPTY), tmp_path) == ""


@pytest.mark.external
@pytest.mark.parametrize("program", CHECKS)
def test_the_programs_look_at_the_balances(program: str, tmp_path: Path) -> None:
    """A stated balance that does not hold is found: the check is one."""
    wrong = WHOLE.replace("= 40.00 CNY", "= 40.01 CNY")

    assert "assertion" in _complaints(program, wrong, tmp_path)


@pytest.mark.external
@pytest.mark.parametrize("program", CHECKS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(book=books.books())
def test_the_programs_accept_any_book(program: str, book: Book, tmp_path: Path) -> None:
    """Whatever stands in notes and names."""
    assert _complaints(program, ledgers.text(book), tmp_path) == ""
