"""Whether the books balance, to the fen, and whether the journal can lead back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xianke import money
from xianke.ailments import Ailment
from xianke.i18n import _, plural
from xianke.store import loading
from xianke.store.lines import COLUMNS
from xianke.store.queries import Queries
from xianke.store.tables import JOURNALED

if TYPE_CHECKING:
    from xianke.records import Gig

MOST_NAMED = 20
"""Of rows with the same fault, how many are named."""


def money_ailments(connection: sqlite3.Connection, path: Path) -> Iterator[Ailment]:
    """Hold the sums against each other, to the fen: what `report` says rests on them."""
    for doubt in loading.doubts(connection):
        letter = "p" if doubt.code == "payout_oversettled" else "g"
        count = len(doubt.ids)
        text = (
            plural("有 {count} 笔到账结清的比收到的多", count)
            if doubt.code == "payout_oversettled"
            else plural("有 {count} 单结清的比该收的多", count)
        ).format(count=count)
        ids = tuple(f"{letter}{one}" for one in doubt.ids[:MOST_NAMED])
        yield _sums(doubt.code, text, path, ids)
    db = Queries(connection)
    claims, receipts = db.claims(), db.payouts()
    (settled,) = connection.execute(
        "SELECT COALESCE(SUM(amount_fen), 0) FROM settlement"
    ).fetchone()
    (lost,) = connection.execute("SELECT COALESCE(SUM(amount_fen), 0) FROM write_off").fetchone()
    earned = sum(_receivable(one.gig) for one in claims)
    accounted = settled + db.outstanding() + lost
    if earned != accounted:
        text = _("该收 {earned} 元，结清、欠着、勾销的加起来却是 {parts} 元").format(
            earned=money.plain_yuan(earned), parts=money.plain_yuan(accounted)
        )
        yield _sums("money_earned", text, path)
    received = db.received_total(None, None)
    open_fen = sum(one.payout.amount_fen - one.settled_fen for one in receipts)
    if received != settled + open_fen:
        text = _("收到 {received} 元，结清、没对上的加起来却是 {parts} 元").format(
            received=money.plain_yuan(received), parts=money.plain_yuan(settled + open_fen)
        )
        yield _sums("money_received", text, path)


def _receivable(gig: Gig) -> int:
    return gig.gross_fen - gig.fee_fen - gig.kept_fen - gig.tax_fen


def _sums(word: str, text: str, path: Path, ids: tuple[str, ...] = ()) -> Ailment:
    return Ailment(
        word,
        "damage",
        text,
        _("看看 xianke payouts 和 xianke owed；改不回来就用备份：xianke restore"),
        path,
        ids,
    )


def journal_ailments(
    connection: sqlite3.Connection, path: Path, way_back: str
) -> Iterator[Ailment]:
    """Read every change: `undo` must find the row as it was."""
    spoiled: dict[int, None] = {}
    for number, at in connection.execute("SELECT id, at FROM entry"):
        if not _is_instant(at):
            spoiled[number] = None
    sql = 'SELECT entry_id, table_name, "before", "after" FROM change'
    for entry, table, before, after in connection.execute(sql):
        whole = all(one is None or _is_row(one, table) for one in (before, after))
        if table not in JOURNALED or not whole or before is after is None:
            spoiled[entry] = None
    if spoiled:
        text = plural("改动记录里有 {count} 条读不出来，撤销到那里就会停", len(spoiled))
        yield Ailment(
            "journal",
            "damage",
            text.format(count=len(spoiled)),
            way_back,
            path,
            tuple(str(one) for one in list(spoiled)[:MOST_NAMED]),
        )


def _is_row(text: str, table: str) -> bool:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and bool(row) and set(row) <= set(COLUMNS.get(table, ()))


def _is_instant(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
