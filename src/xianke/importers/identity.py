"""What makes a row the same row in another export: keys that survive formats and versions.

A key is built from what a vendor cannot word differently: account, number, direction, amount and
minute. Seconds are left out because spreadsheets drop them when they save a wallet's CSV. Where
there is no number the second counts, and the name of the other side without fillers, punctuation
and the account number that some banks glue to it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from xianke.importers.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.importers.gigfiles import GigRow
    from xianke.importers.types import Bill, BillRow

VERSION = "1"
"""Part of each key: another way of making keys would otherwise import everything anew."""

_SEPARATOR = "\x1f"
_LENGTH = 32


def account_of(bill: Bill) -> str:
    """Return the source and account of a bill as one word: `wechat:nickname`."""
    return f"{bill.source}:{_bare(bill.account or '')}"


def keys_of(bill: Bill) -> Sequence[str]:
    """Return the key of each row, in the order of the rows."""
    account = account_of(bill)
    # Eight bytes for each of a hundred thousand fingerprints: two are never taken for one.
    seen: Counter[bytes] = Counter()
    keys = Spool[str]()
    for row in bill.rows:
        mark = fingerprint(row)
        short = hashlib.blake2b(mark.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        seen[short] += 1
        keys.append(_key(account, mark, seen[short]))
    return keys.finished()


def key_of(row: BillRow, account: str, occurrence: int) -> str:
    """Return the key of the *occurrence*-th row (from 1) of its fingerprint within one file.

    Two equal purchases in one minute are real, and one number can stand on several rows.
    """
    return _key(account, fingerprint(row), occurrence)


def fingerprint(row: BillRow) -> str:
    """Return what rows have to share to be counted as equal within a file."""
    if row.number:
        who, at = f"#{_bare(row.number)}", row.at.isoformat(timespec="minutes")
    else:
        who, at = f"@{_name(row.counterparty)}", row.at.isoformat(timespec="seconds")
    return _SEPARATOR.join((who, row.direction, str(row.amount_fen), at))


def gig_keys_of(rows: Sequence[GigRow]) -> list[str]:
    """Return a key for each row of a file of gigs: the same file again brings the same keys."""
    seen: Counter[str] = Counter()
    keys = []
    for row in rows:
        mark = _SEPARATOR.join(
            (
                _bare(row.platform),
                row.at.isoformat(timespec="minutes"),
                str(row.worked_minutes),
                str(row.gross_fen),
                _bare(row.note or ""),
            )
        )
        seen[mark] += 1
        keys.append(_key("gigs", mark, seen[mark]))
    return keys


def _key(account: str, mark: str, occurrence: int) -> str:
    text = _SEPARATOR.join((VERSION, account, mark, str(occurrence)))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _name(text: str) -> str:
    """Return the letters of a name alone: some files glue account numbers to it."""
    return "".join(char for char in _bare(text) if char.isalpha())
