"""From files to rows of bills in the store: what is new, whose it is, all of it or nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from xianke import importers, platforms, settings, store
from xianke.commands import billing, settling
from xianke.commands.billplans import Judged, Plan, Source, plan
from xianke.errors import NotUnderstood, Refused
from xianke.i18n import _
from xianke.importers import generic, identity, zips
from xianke.importers.types import Bill
from xianke.records import PRIVATE, Entry
from xianke.store import copies

WITH_TEXTS = ("received", "pending", "unknown")
"""Rows that may be income keep their words; of what was spent the store knows no names."""


@dataclass(frozen=True, slots=True)
class Options:
    """How files are to be read; None where the content shall decide."""

    format: str | None = None
    mapping: str | None = None
    account: str | None = None
    password_env: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: its batch (None where nothing was new) and what its money settles."""

    batch: int | None
    plans: tuple[Plan, ...]
    outcomes: tuple[settling.Outcome, ...]


def sources(
    paths: Sequence[Path], options: Options, progress: Callable[[int], None]
) -> list[Source]:
    """Return every file as it was read; raise where one of them cannot be."""
    if not options.mapping:
        with store.read() as db:
            saved = [one.columns for one in db.mappings()]
    else:
        saved = []
    typed: list[str] = []

    def ask_for(path: Path) -> zips.Password:
        return partial(next, _passwords(path, options.password_env, typed), None)

    return [_source(path, options, saved, ask_for, progress) for path in paths]


def _source(
    path: Path,
    options: Options,
    saved: Sequence[str],
    ask_for: Callable[[Path], zips.Password],
    progress: Callable[[int], None],
) -> Source:
    mapping = options.mapping
    if mapping is not None:
        bill = _mapped(path, mapping, ask_for(path), progress)
    else:
        try:
            bill = importers.read(
                path, password=ask_for(path), format=options.format, progress=progress
            )
        except NotUnderstood:
            # A table of the user's own, whose columns were explained before?
            for mapping in saved if options.format is None else ():
                try:
                    bill = _mapped(path, mapping, ask_for(path), progress)
                except NotUnderstood:
                    continue
                break
            else:
                raise
    if options.account is not None:
        bill = replace(bill, account=options.account)
    elif mapping is not None:
        # Tables with the same columns come from the same place; others are other accounts.
        bill = replace(bill, account=hashlib.sha256(mapping.encode()).hexdigest()[:8])
    account = identity.account_of(bill)
    return Source(path, bill, account, identity.keys_of(bill), mapping)


def _mapped(
    path: Path, mapping: str, password: zips.Password, progress: Callable[[int], None]
) -> Bill:
    columns = generic.parse_mapping(mapping)
    return importers.read(
        path, password=password, format=generic.name, mapping=columns, progress=progress
    )


def _passwords(path: Path, variable: str | None, typed: list[str]) -> Iterator[str]:
    """Yield passwords for one zip until one fits: the environment's, or what somebody types.

    What was *typed* last, for the file before, is tried first and replaced by a better one.
    """
    from xianke.render.console import is_interactive, tell

    if variable is not None:
        word = os.environ.get(variable)
        if not word:
            raise Refused(
                _("环境变量 {name} 是空的").format(name=variable),
                _("先把解压密码放进去，再写 --password-env {name}").format(name=variable),
            )
        yield word
        return
    yield from typed
    if not is_interactive():
        return
    import getpass

    tell(
        _("「{name}」有解压密码：支付宝、微信发给你的六位数。输入时不显示。").format(name=path.name)
    )
    while True:
        typed[:] = [getpass.getpass(_("解压密码："))]
        yield typed[0]
        # Asked again, so it did not fit.
        tell(_("密码不对，再试一次；回车放弃。"))


# Into the store


def run(
    found: Sequence[Source], planned: Sequence[Plan], as_of: Entry | None, now: datetime
) -> Imported:
    """Store what is new in the files and settle gigs with it: one entry of the journal.

    What was *planned* holds while the last entry is still the one it was *as_of*.
    """
    names = _("、").join(source.path.name for source in found)
    with store.write("import", names, now) as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        # Somebody may have written while the preview was being read.
        plans = tuple(planned) if db.last_entry() == as_of else plan(db, catalogue, found)
        for source in found:
            if source.mapping and source.mapping not in [one.columns for one in db.mappings()]:
                db.insert(
                    "mapping", {"columns": source.mapping, "added_on": now.date().isoformat()}
                )
        if not any(one.tally.new or one.tally.updated for one in plans):
            return Imported(None, plans, ())
        kinds = sorted({source.bill.source for source in found})
        batch = db.insert(
            "batch",
            {"at": now.isoformat(timespec="seconds"), "source": ",".join(kinds), "files": names},
        )
        touched = _store(db, batch, plans)
        return Imported(batch, plans, tuple(settling.rebalance(db, catalogue, touched)))


def _store(db: store.Journal, batch: int, plans: Sequence[Plan]) -> set[str]:
    """Store rows and what they make; return the platforms whose gigs have to be settled anew."""
    for one in plans:
        account = one.source.account
        db.insert_bill_rows(
            COLUMNS, (_values(row, batch, account) for row in one.rows if row.is_new)
        )
    touched: set[str] = set()
    for one in plans:
        for judged in one.rows:
            if judged.changed:
                touched |= _change(db, judged)
            elif judged.is_new and judged.target not in (None, PRIVATE):
                row = db.bill_row_of(judged.key)
                assert row is not None  # it was stored a moment ago
                touched.add(billing.made(db, row, judged.target or ""))
    return touched


def _change(db: store.Journal, judged: Judged) -> set[str]:
    """Store what became of a known row, and whom it belongs to now."""
    row = db.bill_row(judged.known or 0)
    assert row is not None  # it was found a moment ago, in the same transaction
    touched = billing.take_back(db, row)
    values = dict(zip(COLUMNS, _values(judged, row.batch_id, row.account), strict=True))
    if row.assigned_by == "user" and judged.verdict == "received":
        values |= {"assigned": row.assigned, "assigned_by": "user"}
    db.update("bill_row", row.id, values)
    now = db.bill_row(row.id)
    assert now is not None  # it is the same row
    if now.assigned not in (None, PRIVATE):
        touched.add(billing.made(db, now, now.assigned or ""))
    return touched


COLUMNS = (
    "batch_id", "key", "account", "at", "direction", "amount_fen", "verdict", "counterparty",
    "item", "kind", "status", "note", "number", "merchant_number", "assigned", "assigned_by",
)  # fmt: skip


def _values(judged: Judged, batch: int, account: str) -> tuple[str | int | None, ...]:
    """Return what the store keeps of a row, in the order of `COLUMNS`."""
    row = judged.row
    at = row.at.isoformat(" ") if row.has_time else row.at.date().isoformat()
    words: tuple[str | None, ...] = ("", "", "", "", "", None, None)
    if row.verdict in WITH_TEXTS or (row.verdict == "refund" and row.direction == "out"):
        words = (
            row.counterparty, row.item, row.kind, row.status, row.note,
            row.number, row.merchant_number,
        )  # fmt: skip
    by = None if judged.target is None else "rule"
    return (
        batch, judged.key, account, at, row.direction, row.amount_fen, row.verdict,
        *words, judged.target, by,
    )  # fmt: skip


def copied(now: datetime) -> None:
    """Put a dated copy of the store aside, as before anything large."""
    copies.make(settings.database_path(), "import", now)
