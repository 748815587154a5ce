"""What is exported: everything the store knows of money, and the range of days that is wanted."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianke import gigs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xianke.records import Gig, Payout, Settlement, Spend, WriteOff

TYPED = "typed"
"""The wallet of a payout that stands in no bill: the user said so."""
BANK = "bank"
WALLETS = (TYPED, "alipay", "wechat", "jd", "meituan", "generic", BANK)
"""Where money comes in; every other source of bills is a bank."""

_DROPPED = "Cf"
"""Characters of no width, those that turn the direction of writing among them."""
_BLANK = ("Cc", "Zl", "Zp", "Zs")
_UNSHOWN = ("Cs", "Co", "Cn")
_BLANKS = re.compile(" +")


@dataclass(frozen=True, slots=True)
class Book:
    """All gigs and all money, whatever the range: what came before it is carried forward.

    `payouts` are those that count, none that was replaced. `names` holds the platforms and
    clients, `categories` the kinds of work; `wallets` the source of the bill a payout stands
    in; `expected` the day on which the rest of a gig should come, where that is known.
    """

    gigs: Sequence[Gig]
    payouts: Sequence[Payout]
    settlements: Sequence[Settlement]
    write_offs: Sequence[WriteOff]
    spends: Sequence[Spend]
    names: Mapping[str, str]
    categories: Mapping[str, str]
    wallets: Mapping[int, str]
    expected: Mapping[int, str]
    first: str | None = None
    last: str | None = None

    def holds(self, day: str) -> bool:
        """Return whether a day lies in the range, both ends included."""
        return (self.first is None or self.first <= day) and self.until(day)

    def until(self, day: str) -> bool:
        """Return whether a day is not after the range."""
        return self.last is None or day <= self.last

    def name(self, platform: str) -> str:
        """Return what a platform or client is called, its id where nobody knows, made safe."""
        return plain(self.names.get(platform, "")) or platform

    def wallet(self, payout: Payout) -> str:
        """Return where a payout came in, one of `WALLETS`."""
        source = self.wallets.get(payout.id, TYPED)
        return source if source in WALLETS else BANK


def settled_fen(book: Book) -> Counter[int]:
    """Return by gig what payouts have settled of it."""
    found: Counter[int] = Counter()
    for one in book.settlements:
        found[one.gig_id] += one.amount_fen
    return found


def outstanding_fen(book: Book) -> dict[int, int]:
    """Return what is still owed of each delivered or paid gig."""
    settled = settled_fen(book)
    given_up = {one.gig_id: one.amount_fen for one in book.write_offs}
    return {
        gig.id: gigs.receivable_fen(gig) - settled[gig.id] - given_up.get(gig.id, 0)
        for gig in book.gigs
        if gig.status in gigs.EARNED
    }


def plain(text: str) -> str:
    """Return a text from outside as one line that steers nothing.

    Line breaks, tabs and every kind of blank become one blank; what has no width, such as
    marks that turn the direction of writing, goes; what cannot be shown becomes a question mark.
    """
    if not text.isprintable():
        text = "".join(_shown(text))
    return _BLANKS.sub(" ", text).strip()


def _shown(text: str) -> Iterator[str]:
    for char in text:
        category = unicodedata.category(char)
        if category in _BLANK:
            yield " "
        elif category in _UNSHOWN:
            yield "?"
        elif category != _DROPPED:
            yield char
