"""Double entry: what each event becomes, and laws that hold for all of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from tests.exporters import books
from tests.exporters.books import EMPTY, deposit, gig, payout

from xianke import gigs
from xianke.exporters import bookings
from xianke.exporters.book import Book, outstanding_fen
from xianke.exporters.bookings import Account, Posting, Transaction
from xianke.records import Settlement, Spend, WriteOff


def _booked(book: Book) -> list[list[tuple[str, str, int]]]:
    return [
        [(one.account.kind, one.account.of, one.fen) for one in found.postings]
        for found in bookings.transactions(book)
    ]


def test_a_gig_that_was_earned() -> None:
    """Gross is income; the platform's share, the tax and what is to come add up to it."""
    one = gig(
        7, note="头像", orders=3, fee_fen=6_00, kept_fen=4_00, tax_fen=8_00, cost_fen=5_00,
        due="2026-11-05", rating=5, worked_minutes=90, unpaid_minutes=30,
    )  # fmt: skip

    assert bookings.transactions(replace(EMPTY, gigs=[one])) == [
        Transaction(
            "2026-10-05",
            True,
            "闲鱼",
            "头像，3 单",
            ("g7",),
            (("due", "2026-11-05"), ("rating", 5), ("minutes", 90), ("unpaid-minutes", 30)),
            (
                Posting(Account("receivable", "xianyu"), 82_00),
                Posting(Account("fee"), 10_00),
                Posting(Account("tax"), 8_00),
                Posting(Account("income", "xianyu"), -100_00),
                Posting(Account("own_cost"), 5_00),
                Posting(Account("own_money"), -5_00),
            ),
        )
    ]


def test_a_gig_without_a_note() -> None:
    """It is told by its kind of work, or simply as work."""
    named = [gig(1), gig(2, category=None), gig(3, category="gone")]

    found = bookings.transactions(replace(EMPTY, gigs=named))

    assert [one.text for one in found] == ["技能服务", "做单", "做单"]


def test_only_what_is_not_paid_is_pending() -> None:
    """A paid gig's money is there."""
    found = bookings.transactions(
        replace(EMPTY, gigs=[gig(1), gig(2, status="paid", paid_day="2026-10-05")])
    )

    assert [one.pending for one in found] == [True, False]


def test_gigs_that_earned_nothing() -> None:
    """What was called off leaves its own cost; what is only agreed on leaves nothing yet."""
    found = bookings.transactions(
        replace(
            EMPTY,
            gigs=[
                gig(1, status="rejected", cost_fen=5_00),
                gig(2, status="cancelled", cost_fen=3_00),
                gig(3, status="cancelled"),
                gig(4, status="accepted", cost_fen=2_00),
            ],
        )
    )

    assert [(one.text, one.pending, one.postings) for one in found] == [
        (
            f"{status}：技能服务",
            False,
            (Posting(Account("own_cost"), fen), Posting(Account("own_money"), -fen)),
        )
        for status, fen in (("被拒", 5_00), ("已取消", 3_00))
    ]


def test_a_payout_settles_gigs_and_the_rest_is_not_explained() -> None:
    """What it settles comes off what is to come at each platform; links name payout and gigs."""
    book = replace(
        EMPTY,
        gigs=[gig(1), gig(2), gig(3, platform="own-1")],
        payouts=[payout(9, amount_fen=250_00)],
        settlements=[
            Settlement(1, 9, 1, 100_00),
            Settlement(2, 9, 2, 60_00),
            Settlement(3, 9, 3, 50_00),
        ],
        wallets={9: "wechat"},
    )

    assert bookings.transactions(book)[-1] == Transaction(
        "2026-10-12",
        False,
        "闲鱼",
        "进账",
        ("p9", "g1", "g2", "g3"),
        (),
        (
            Posting(Account("received", "wechat"), 250_00),
            Posting(Account("receivable", "own-1"), -50_00),
            Posting(Account("receivable", "xianyu"), -160_00),
            Posting(Account("unexplained"), -40_00),
        ),
    )


def test_where_money_came_in() -> None:
    """The bill says it; without one the user said so, and any other bill is a bank's."""
    book = replace(
        EMPTY, payouts=[payout(1), payout(2), payout(3)], wallets={1: "alipay", 2: "ccb"}
    )

    assert [one.postings[0].account.of for one in bookings.transactions(book)] == [
        "alipay",
        "bank",
        "typed",
    ]


def test_money_that_was_given_up() -> None:
    """It is an expense, and no longer to come."""
    book = replace(EMPTY, gigs=[gig(1)], write_offs=[WriteOff(1, 1, "2026-11-01", 30_00)])

    assert _booked(book)[1] == [("written_off", "", 30_00), ("receivable", "xianyu", -30_00)]


def test_spends_and_refunds() -> None:
    """Both are costs paid out of the user's own money."""
    spent = [
        Spend(1, "2026-10-01", "xianyu", 99_00, "plain", None, None, None, "箱子"),
        Spend(2, "2026-10-02", "xianyu", 39_00, "refund", None, None, None, None),
    ]

    found = bookings.transactions(replace(EMPTY, spends=spent))

    assert [(one.text, one.links, one.postings) for one in found] == [
        (
            "箱子",
            ("c1",),
            (Posting(Account("platform_cost"), 99_00), Posting(Account("own_money"), -99_00)),
        ),
        (
            "退款给买家",
            ("c2",),
            (Posting(Account("refund"), 39_00), Posting(Account("own_money"), -39_00)),
        ),
    ]


def test_deposits() -> None:
    """One that is out is an asset; what does not come back of one is lost."""
    spent = [
        deposit(1),
        deposit(2, returned_day="2026-10-20", returned_fen=250_00),
        deposit(3, returned_day="2026-10-21", returned_fen=0),
    ]

    paid = [("deposit", "xianyu", 300_00), ("own_money", "", -300_00)]
    assert _booked(replace(EMPTY, spends=spent)) == [
        paid,
        paid,
        paid,
        [("own_money", "", 250_00), ("deposit_lost", "", 50_00), ("deposit", "xianyu", -300_00)],
        [("deposit_lost", "", 300_00), ("deposit", "xianyu", -300_00)],
    ]


def test_a_range_begins_with_what_was_open() -> None:
    """Money to come and deposits are carried forward; what came in or was earned is not."""
    book = replace(
        EMPTY,
        gigs=[gig(1), gig(2, day="2026-11-05")],
        payouts=[payout(1), payout(2, day="2026-11-10", amount_fen=40_00)],
        settlements=[Settlement(1, 1, 1, 60_00), Settlement(2, 2, 1, 40_00)],
        spends=[deposit(1)],
        first="2026-11-01",
        last="2026-11-07",
    )

    assert _booked(book) == [
        [("deposit", "xianyu", 300_00), ("receivable", "xianyu", 40_00), ("opening", "", -340_00)],
        [("receivable", "xianyu", 100_00), ("income", "xianyu", -100_00)],
    ]
    assert bookings.balances(book) == {
        Account("receivable", "xianyu"): 140_00,
        Account("deposit", "xianyu"): 300_00,
    }
    assert bookings.counts(book) == {"gigs": 1, "payouts": 0, "spends": 0, "write_offs": 0}


def test_a_range_with_nothing_open_before_it() -> None:
    """No opening is booked for nothing."""
    book = replace(EMPTY, gigs=[gig(1)], first="2026-10-05")

    assert len(bookings.transactions(book)) == 1


def test_what_is_counted() -> None:
    """Gigs count where they are booked: not those that are only agreed on."""
    book = replace(
        EMPTY,
        gigs=[gig(1), gig(2, status="accepted"), gig(3, status="cancelled")],
        payouts=[payout(1)],
        spends=[deposit(1)],
        write_offs=[WriteOff(1, 1, "2026-11-01", 30_00)],
    )

    assert bookings.counts(book) == {"gigs": 1, "payouts": 1, "spends": 1, "write_offs": 1}


@given(books.books())
def test_every_transaction_adds_up_to_zero(book: Book) -> None:
    """Debits and credits are equal, and no line is empty."""
    for one in bookings.transactions(book):
        assert sum(posting.fen for posting in one.postings) == 0
        assert all(posting.fen for posting in one.postings)


@given(books.books())
def test_the_stated_balances_are_those_of_the_transactions(book: Book) -> None:
    """Added up two ways, what is to come, deposits and what came in are the same."""
    sums = dict.fromkeys(bookings.balances(book), 0)
    for one in bookings.transactions(book):
        for account, fen in one.postings:
            if account.kind in bookings.ASSERTED:
                sums[account] = sums.get(account, 0) + fen

    stated = bookings.balances(book)

    assert {account: fen for account, fen in sums.items() if fen} == {
        account: fen for account, fen in stated.items() if fen
    }


@given(books.books())
def test_the_whole_book_says_what_is_earned_and_owed(book: Book) -> None:
    """Over all days the accounts hold what the gigs add up to."""
    book = replace(book, first=None, last=None)
    sums: dict[str, int] = {}
    for one in bookings.transactions(book):
        for account, fen in one.postings:
            sums[account.kind] = sums.get(account.kind, 0) + fen

    earned = [one for one in book.gigs if one.status in gigs.EARNED]
    received = sum(one.amount_fen for one in book.payouts)
    assert -sums.get("income", 0) == sum(one.gross_fen for one in earned)
    assert sums.get("fee", 0) == sum(gigs.fee_fen(one) for one in earned)
    assert sums.get("tax", 0) == sum(one.tax_fen for one in earned)
    assert sums.get("receivable", 0) == sum(outstanding_fen(book).values())
    assert sums.get("received", 0) == received
    assert -sums.get("unexplained", 0) == received - sum(one.amount_fen for one in book.settlements)
