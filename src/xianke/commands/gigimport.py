"""From files of gigs and time logs to gigs in the store: all of a file or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xianke import platforms, settings, store
from xianke.catalogue import Catalogue, Platform
from xianke.commands import clients, settling
from xianke.errors import NotFound
from xianke.i18n import _
from xianke.importers import gigfiles, identity, timelogs
from xianke.importers.gigfiles import GigRow
from xianke.importers.types import Problem

FORMATS = ("gigs", "timewarrior", "watson")
"""What `--format` takes beside the bills."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One row of a file and the gig it makes; `client` is the name of one still to be added.

    `platform` is None for a time log whose labels name nobody known.
    """

    row: GigRow
    key: str
    platform: str | None
    client: str | None
    category: str | None
    known: bool

    @property
    def is_new(self) -> bool:
        """Return whether the row makes a gig."""
        return not self.known and self.platform is not None

    @property
    def is_unplaced(self) -> bool:
        """Return whether nobody knows whose work the row was."""
        return self.platform is None


@dataclass(frozen=True, slots=True)
class GigPlan:
    """One file of gigs with what an import makes of it."""

    path: Path
    format: str
    rows: tuple[Placed, ...]
    problems: tuple[Problem, ...]

    @property
    def new(self) -> int:
        """Return how many gigs the import adds."""
        return sum(one.is_new for one in self.rows)

    @property
    def duplicate(self) -> int:
        """Return how many rows the store has already."""
        return sum(one.known for one in self.rows)

    @property
    def unplaced(self) -> int:
        """Return how many rows of a time log nobody knows the platform of."""
        return sum(one.is_unplaced and not one.known for one in self.rows)


def format_of(path: Path, wanted: str | None) -> str | None:
    """Return which of `FORMATS` a file is, by its content unless it is said; None for others."""
    if wanted is not None:
        return wanted if wanted in FORMATS else None
    return timelogs.kind_of(path) or ("gigs" if gigfiles.is_gigs(path) else None)


def plan(db: store.Queries, catalogue: Catalogue, path: Path, format: str, *, new: bool) -> GigPlan:
    """Return what an import of the file would do; *new* makes clients of a time log's labels."""
    if format == "gigs":
        file = gigfiles.read_gigs(path)
    elif format == "timewarrior":
        file = timelogs.read_timewarrior(path, settings.zone())
    else:
        file = timelogs.read_watson(path, settings.zone())
    known = db.import_keys()
    problems = list(file.problems)
    ids: dict[str, str] = {}
    rows = []
    for row, key in zip(file.rows, identity.gig_keys_of(file.rows), strict=True):
        try:
            platform = _platform(catalogue, row)
            category = None
            if row.category is not None:
                category = platforms.find_category(catalogue, row.category).id
        except NotFound as refusal:
            problems.append(Problem(row.line, row.platform, refusal.message))
            continue
        client = None
        if platform is None and (format == "gigs" or new):
            client = " ".join(row.platform.split())
            if not client.isprintable():
                problems.append(Problem(row.line, row.platform, _("名字里有看不见的字符")))
                continue
            if client not in ids:
                ids[client] = platforms.own_id(client, {*catalogue.platforms, *ids.values()})
            platform = ids[client]
        rows.append(Placed(row, key, platform, client, category, key in known))
    return GigPlan(path, format, tuple(rows), tuple(sorted(problems, key=lambda one: one.line)))


def _platform(catalogue: Catalogue, row: GigRow) -> str | None:
    """Return whom a row names exactly, None where nobody answers to it.

    Of a time log's labels the first that names somebody counts. Raise NotFound for a name that
    several answer to.
    """
    for name in row.tags or (row.platform,):
        found = platforms.candidates(catalogue, name)
        if len(found) == 1:
            return found[0].id
        if found:
            raise NotFound(
                _("「{text}」可以指好几个：{names}").format(
                    text=name, names=", ".join(f"{one.name} ({one.id})" for one in found)
                )
            )
    return None


def run(plans: Sequence[GigPlan], now: datetime) -> int:
    """Store the gigs of all files as one entry of the journal; return the batch."""
    names = _("、").join(one.path.name for one in plans)
    kinds = ",".join(sorted({one.format for one in plans}))
    with store.write("import", names, now) as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        batch = db.insert(
            "batch",
            {"at": now.isoformat(timespec="seconds"), "source": kinds, "files": names},
        )
        known = db.import_keys()
        added: dict[str, str] = {}
        touched: dict[str, list[int]] = {}
        for placed in (row for one in plans for row in one.rows):
            if not placed.is_new or placed.key in known:
                continue
            known.add(placed.key)
            platform = placed.platform or ""
            if placed.client is not None:
                if placed.client not in added:
                    client = clients.add(db, catalogue, placed.client, placed.category, now)
                    added[placed.client] = client.id
                    catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
                platform = added[placed.client]
            gig = db.insert("gig", _values(placed, catalogue.platforms[platform]))
            touched.setdefault(platform, []).append(gig)
        settling.rebalance(
            db, catalogue, touched, touched={gig for found in touched.values() for gig in found}
        )
    return batch


def _values(placed: Placed, platform: Platform) -> dict[str, str | int | None]:
    row = placed.row
    day = row.at.date().isoformat()
    # Time alone is work whose pay nobody knows yet: it must not count as an hour for nothing.
    status = row.status if row.gross_fen is not None else "accepted"
    return {
        "platform": platform.id,
        "category": placed.category or platform.category or None,
        "day": day,
        "start_minute": row.at.hour * 60 + row.at.minute,
        "orders": 1,
        "worked_minutes": row.worked_minutes,
        "unpaid_minutes": row.unpaid_minutes,
        "gross_fen": row.gross_fen or 0,
        "fee_fen": row.fee_fen,
        "cost_fen": row.cost_fen,
        "tax_fen": row.tax_fen,
        "status": status,
        "paid_day": day if status == "paid" else None,
        "note": row.note,
        "import_key": placed.key,
    }
