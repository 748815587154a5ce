"""Double entry: what was earned, came in, was spent or given up, as transactions of whole fen.

Gross is booked once, when it is earned, against what is to come; money that comes in takes that
down. A range begins with what was open before it, so that its end is right as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from xianke import gigs
from xianke.exporters.book import plain
from xianke.i18n import _, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xianke.exporters.book import Book
    from xianke.records import Gig, Payout, Spend, WriteOff

Kind = Literal[
    "receivable", "deposit", "received", "tax", "income", "unexplained", "fee", "own_cost",
    "platform_cost", "refund", "deposit_lost", "written_off", "own_money", "opening",
]  # fmt: skip

CARRIED: tuple[Kind, ...] = ("receivable", "deposit")
"""What a range takes over from the days before it: money that is still out."""

ASSERTED: tuple[Kind, ...] = ("receivable", "deposit", "received")
"""Whose balance is stated at the end, for the other program to check."""


class Account(NamedTuple):
    """Where money is booked: a kind and, for some, whose it is: a platform's or a wallet's id."""

    kind: Kind
    of: str = ""


class Posting(NamedTuple):
    """One line of a transaction."""

    account: Account
    fen: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """One event: its postings add up to zero.

    `pending` says that its money is still to come. `links` tie a payout to what it settles.
    `facts` are kept for searching, as key and value.
    """

    day: str
    pending: bool
    payee: str
    text: str
    links: tuple[str, ...]
    facts: tuple[tuple[str, str | int], ...]
    postings: tuple[Posting, ...]


def transactions(book: Book) -> list[Transaction]:
    """Return all transactions of the range in the order of their days."""
    known = [one for one in _all(book) if one.postings and book.until(one.day)]
    known.sort(key=lambda one: one.day)
    if book.first is None:
        return known
    first = book.first
    opening = _opening(first, [one for one in known if one.day < first])
    inside = [one for one in known if one.day >= first]
    return [opening, *inside] if opening.postings else inside


def balances(book: Book) -> dict[Account, int]:
    """Return what stands on the asserted accounts at the end of the range.

    Added up from gigs and payouts, not from the transactions: the other program compares both.
    """
    found: Counter[Account] = Counter()
    by_id = {gig.id: gig for gig in book.gigs}
    payouts = {payout.id: payout for payout in book.payouts if book.until(payout.day)}
    for gig in book.gigs:
        if gig.status in gigs.EARNED and book.until(gig.day):
            found[Account("receivable", gig.platform)] += gigs.receivable_fen(gig)
    for one in book.settlements:
        if one.payout_id in payouts:
            found[Account("receivable", by_id[one.gig_id].platform)] -= one.amount_fen
    for loss in book.write_offs:
        if book.until(loss.day):
            found[Account("receivable", by_id[loss.gig_id].platform)] -= loss.amount_fen
    for payout in payouts.values():
        if book.holds(payout.day):
            found[Account("received", book.wallet(payout))] += payout.amount_fen
    for spend in book.spends:
        if spend.kind == "deposit" and book.until(spend.day):
            out = spend.returned_day is None or not book.until(spend.returned_day)
            found[Account("deposit", spend.platform)] += spend.amount_fen if out else 0
    return dict(found)


def counts(book: Book) -> dict[str, int]:
    """Return how many gigs, payouts, spends and write-offs of the range are booked."""
    return {
        "gigs": sum(book.holds(gig.day) and bool(_gig(book, gig).postings) for gig in book.gigs),
        "payouts": sum(book.holds(payout.day) for payout in book.payouts),
        "spends": sum(book.holds(spend.day) for spend in book.spends),
        "write_offs": sum(book.holds(loss.day) for loss in book.write_offs),
    }


def accounts(found: Iterable[Transaction]) -> list[Account]:
    """Return every account of the transactions, in the order of their kinds."""
    used = {posting.account for one in found for posting in one.postings}
    order = get_args(Kind)
    return sorted(used, key=lambda account: (order.index(account.kind), account.of))


def day_after(found: Sequence[Transaction]) -> str:
    """Return the day after the last transaction."""
    return (date.fromisoformat(found[-1].day) + timedelta(days=1)).isoformat()


def _all(book: Book) -> Iterator[Transaction]:
    settled = defaultdict(list)
    for one in book.settlements:
        settled[one.payout_id].append((one.gig_id, one.amount_fen))
    by_id = {gig.id: gig for gig in book.gigs}
    for gig in book.gigs:
        yield _gig(book, gig)
    for payout in book.payouts:
        yield _payout(book, payout, [(by_id[gig_id], fen) for gig_id, fen in settled[payout.id]])
    for loss in book.write_offs:
        yield _write_off(book, loss, by_id[loss.gig_id])
    for spend in book.spends:
        yield from _spend(book, spend)


def _postings(*lines: tuple[Account, int]) -> tuple[Posting, ...]:
    return tuple(Posting(account, fen) for account, fen in lines if fen)


def _opening(day: str, before: Sequence[Transaction]) -> Transaction:
    carried: Counter[Account] = Counter()
    for one in before:
        for account, fen in one.postings:
            if account.kind in CARRIED:
                carried[account] += fen
    lines = sorted(carried.items())
    total = sum(carried.values())
    return Transaction(
        day,
        False,
        "",
        _("这之前还没到账的钱和押金"),
        (),
        (),
        _postings(*lines, (Account("opening"), -total)),
    )


def _gig(book: Book, gig: Gig) -> Transaction:
    """Return what a gig earned and cost; one that was called off has its own cost alone."""
    lines: list[tuple[Account, int]] = []
    if gig.status in gigs.EARNED:
        lines += [
            (Account("receivable", gig.platform), gigs.receivable_fen(gig)),
            (Account("fee"), gigs.fee_fen(gig)),
            (Account("tax"), gigs.tax_fen(gig)),
            (Account("income", gig.platform), -gigs.earned_fen(gig)),
        ]
    if gig.status != "accepted":
        lines += [(Account("own_cost"), gig.cost_fen), (Account("own_money"), -gig.cost_fen)]
    return Transaction(
        gig.day,
        gig.status == "delivered",
        book.name(gig.platform),
        _gig_text(book, gig),
        (f"g{gig.id}",),
        _gig_facts(gig),
        _postings(*lines),
    )


def _gig_text(book: Book, gig: Gig) -> str:
    text = plain(gig.note or "") or plain(book.categories.get(gig.category or "", "")) or _("做单")
    if gig.orders > 1:
        text = plural("{text}，{count} 单", gig.orders).format(text=text, count=gig.orders)
    if gig.status in gigs.EARNED:
        return text
    return _("{status}：{text}").format(status=gigs.status_names()[gig.status], text=text)


def _gig_facts(gig: Gig) -> tuple[tuple[str, str | int], ...]:
    facts: tuple[tuple[str, str | int | None], ...] = (
        ("due", gig.due),
        ("rating", gig.rating),
        ("minutes", gig.worked_minutes),
        ("unpaid-minutes", gig.unpaid_minutes or None),
    )
    return tuple((key, value) for key, value in facts if value is not None)


def _payout(book: Book, payout: Payout, settles: Sequence[tuple[Gig, int]]) -> Transaction:
    taken: Counter[Account] = Counter()
    for gig, fen in settles:
        taken[Account("receivable", gig.platform)] -= fen
    rest = payout.amount_fen - sum(fen for _gig, fen in settles)
    return Transaction(
        payout.day,
        False,
        book.name(payout.platform),
        plain(payout.note or "") or _("进账"),
        (f"p{payout.id}", *dict.fromkeys(f"g{gig.id}" for gig, _fen in settles)),
        (),
        _postings(
            (Account("received", book.wallet(payout)), payout.amount_fen),
            *sorted(taken.items()),
            (Account("unexplained"), -rest),
        ),
    )


def _write_off(book: Book, loss: WriteOff, gig: Gig) -> Transaction:
    return Transaction(
        loss.day,
        False,
        book.name(gig.platform),
        _("收不回，勾销"),
        (f"g{gig.id}",),
        (),
        _postings(
            (Account("written_off"), loss.amount_fen),
            (Account("receivable", gig.platform), -loss.amount_fen),
        ),
    )


def _spend(book: Book, spend: Spend) -> Iterator[Transaction]:
    """Yield what was paid for a platform and, of a deposit, how it ended."""
    kinds: dict[str, tuple[Account, str]] = {
        "plain": (Account("platform_cost"), _("平台开销")),
        "refund": (Account("refund"), _("退款给买家")),
        "deposit": (Account("deposit", spend.platform), _("交押金")),
    }
    account, text = kinds[spend.kind]
    own = Account("own_money")
    name, links = book.name(spend.platform), (f"c{spend.id}",)
    yield Transaction(
        spend.day,
        False,
        name,
        plain(spend.note or "") or text,
        links,
        (),
        _postings((account, spend.amount_fen), (own, -spend.amount_fen)),
    )
    if spend.kind == "deposit" and spend.returned_day is not None:
        back = spend.returned_fen or 0
        yield Transaction(
            spend.returned_day,
            False,
            name,
            _("押金退回") if back else _("押金没有退"),
            links,
            (),
            _postings(
                (own, back),
                (Account("deposit_lost"), spend.amount_fen - back),
                (account, -spend.amount_fen),
            ),
        )
