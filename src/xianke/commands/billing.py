"""Rows of bills and what they make: a payout of whoever paid, or a refund that was a cost."""

from __future__ import annotations

from typing import Literal

from xianke import store
from xianke.errors import Refused
from xianke.i18n import _
from xianke.records import PRIVATE, BillRow

By = Literal["rule", "user"]


def is_money_in(row: BillRow) -> bool:
    """Return whether a row is income, or may be: it makes a payout when it belongs to somebody."""
    return row.direction != "out" and row.verdict in ("received", "unknown")


def is_refund_paid(row: BillRow) -> bool:
    """Return whether the user paid this back to a buyer: a cost of the platform it was sold on."""
    return row.direction == "out" and row.verdict == "refund"


def assign(db: store.Journal, row: BillRow, target: str | None, by: By) -> set[str]:
    """Say whom a row belongs to: a platform or client, `private`, or nobody (None).

    Whatever it made before is taken back and made anew. Return the platforms whose gigs have to
    be settled again, by `settling.rebalance`, once all rows are assigned. Raise Refused for a
    row that is neither income nor a refund to a buyer.
    """
    if not is_money_in(row) and not is_refund_paid(row):
        raise Refused(
            _("b{id} 不是进账，也不是退给买家的钱").format(id=row.id),
            _("xianke bills show b{id} 看它是什么").format(id=row.id),
        )
    touched = take_back(db, row) if row.assigned != target else set()
    changes: dict[str, str | None] = {
        "assigned": target,
        "assigned_by": None if target is None else by,
    }
    if row.verdict == "unknown" and target not in (None, PRIVATE):
        # Whoever says whom the money is from says that it came.
        changes["verdict"] = "received"
    db.update("bill_row", row.id, changes)
    if target not in (None, PRIVATE) and row.assigned != target:
        touched.add(made(db, row, target or ""))
    return touched


def made(db: store.Journal, row: BillRow, platform: str) -> str:
    """Store what a row is to a platform, and return the platform."""
    values: dict[str, str | int | None] = {
        "day": row.at[:10],
        "platform": platform,
        "amount_fen": row.amount_fen,
        "bill_row_id": row.id,
    }
    if row.amount_fen == 0:
        return platform
    if is_refund_paid(row):
        db.insert("spend", {**values, "kind": "refund"})
    else:
        db.insert("payout", {**values, "source": "imported"})
    return platform


def take_back(db: store.Journal, row: BillRow) -> set[str]:
    """Remove what a row made, so that what it settled is owed again; return the platforms."""
    touched = set()
    payout = db.payout_of_row(row.id)
    if payout is not None:
        for other in db.payouts(platform=payout.platform, replaced=True):
            if other.payout.replaced_by == payout.id:
                db.update("payout", other.payout.id, {"replaced_by": None})
        db.unsettle(payout)
        db.delete("payout", payout.id)
        touched.add(payout.platform)
    spend = db.spend_of_row(row.id)
    if spend is not None:
        db.delete("spend", spend.id)
    return touched
