"""Puts invented rows of bills into the store, as an import would, without any file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from xianke import store

NOW = datetime.fromisoformat("2026-11-22T10:00:00+08:00")


@dataclass(frozen=True)
class Entry:
    """One row of a bill; the defaults make it income that nothing is known about."""

    counterparty: str = "某小店"
    amount_fen: int = 10_000
    at: str = "2026-11-10 09:30:00"
    item: str = ""
    kind: str = "商户消费"
    note: str = ""
    verdict: str = "received"
    direction: str = "in"
    status: str = "已存入零钱"
    account: str = "wechat:me"
    merchant_number: str | None = None
    assigned: str | None = None
    assigned_by: str | None = None


def bring(*entries: Entry) -> None:
    """Store rows, b1 first, as one import."""
    with store.write("import", "账单.csv", NOW) as db:
        batch = db.insert("batch", {"at": NOW.isoformat(), "source": "wechat", "files": "账单.csv"})
        for number, entry in enumerate(entries):
            key = f"{batch}-{number}"
            db.insert("bill_row", {**asdict(entry), "batch_id": batch, "key": key, "number": None})
