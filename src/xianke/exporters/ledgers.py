"""The books as hledger and Ledger read them: one text for both, accounts in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke.exporters import accounts, bookings
from xianke.exporters.accounts import CURRENCY
from xianke.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xianke.exporters.book import Book
    from xianke.exporters.bookings import Account, Transaction

_STEERING = str.maketrans(";|", "；｜")
"""A comment and the border between payee and note begin with these."""
_STATUS = str.maketrans("(*!", "（＊！")
"""What a text must not begin with: it would be a code or a status."""


def text(book: Book) -> str:
    """Return the file: declarations, transactions, and at the end the balances they must have."""
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Book) -> Iterator[str]:
    found = bookings.transactions(book)
    title, check = _("闲客：副业收支"), _("核对余额")
    yield f"; {title}"
    yield f"commodity {CURRENCY}"
    yield f"    format 1000.00 {CURRENCY}"
    if not found:
        return
    used = bookings.accounts(found)
    names = accounts.named(book, used)
    yield ""
    for account in used:
        yield f"account {names[account]}"
    keys = sorted({key for one in found for key, _value in one.facts})
    if keys:
        yield ""
        for key in keys:
            yield f"tag {key}"
    for one in found:
        yield ""
        yield from _transaction(one, names)
    sums = bookings.balances(book)
    asserted = [account for account in used if account.kind in bookings.ASSERTED]
    if asserted:
        yield ""
        yield f"{found[-1].day} * {check}"
        for account in asserted:
            balance = accounts.amount(sums.get(account, 0))
            yield f"    {names[account]}  {accounts.amount(0)} = {balance}"


def _transaction(one: Transaction, names: Mapping[Account, str]) -> Iterator[str]:
    # One code, though a payout may settle many: what it settles is for its comment.
    code = f"({one.links[0]}) " if one.links else ""
    payee = f"{_safe(one.payee)} | " if one.payee else ""
    yield f"{one.day} {'!' if one.pending else '*'} {code}{payee}{_safe(one.text)}"
    for key, value in one.facts:
        yield f"    ; {key}: {value}"
    if len(one.links) > 1:
        yield f"    ; {' '.join(one.links[1:])}"
    for account, fen in one.postings:
        yield f"    {names[account]}  {accounts.amount(fen)}"


def _safe(text: str) -> str:
    text = text.translate(_STEERING)
    return text[:1].translate(_STATUS) + text[1:]
