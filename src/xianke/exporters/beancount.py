"""The books as Beancount reads them; accounts in ASCII, since it takes no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke.exporters import accounts, bookings
from xianke.exporters.accounts import CURRENCY
from xianke.i18n import _
from xianke.money import plain_yuan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xianke.exporters.book import Book
    from xianke.exporters.bookings import Account, Transaction


def text(book: Book) -> str:
    """Return the file: accounts, transactions, and at the end the balances they must have."""
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Book) -> Iterator[str]:
    found = bookings.transactions(book)
    title = _("闲客：副业收支")
    yield f'option "title" {_quoted(title)}'
    yield f'option "operating_currency" "{CURRENCY}"'
    if not found:
        return
    used = bookings.accounts(found)
    names = {account: accounts.ascii_name(account) for account in used}
    titles = accounts.titles(book, used)
    yield ""
    yield f"{found[0].day} commodity {CURRENCY}"
    yield ""
    for account in used:
        yield f"{found[0].day} open {names[account]} {CURRENCY}"
        yield f"  name: {_quoted(titles[account])}"
    for one in found:
        yield ""
        yield from _transaction(one, names)
    yield ""
    # Balances are looked at when their day begins.
    day = bookings.day_after(found)
    sums = bookings.balances(book)
    for account in used:
        if account.kind in bookings.ASSERTED:
            fen = plain_yuan(sums.get(account, 0))
            # To the fen: left to itself it lets one fen pass.
            yield f"{day} balance {names[account]}  {fen} ~ 0.00 {CURRENCY}"


def _transaction(one: Transaction, names: Mapping[Account, str]) -> Iterator[str]:
    head = [one.day, "!" if one.pending else "*"]
    if one.payee:
        head.append(_quoted(one.payee))
    head.append(_quoted(one.text))
    head += [f"^{link}" for link in one.links]
    yield " ".join(head)
    for key, value in one.facts:
        yield f"  {key}: {value}"
    for account, fen in one.postings:
        yield f"  {names[account]}  {accounts.amount(fen)}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
