"""Backups that the user asks for, and what a store holds at a glance."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xianke import faultwords, rights, settings
from xianke.errors import Refused, Unreadable
from xianke.i18n import _
from xianke.store import copies
from xianke.store.opening import reading
from xianke.store.tables import TABLES


@dataclass(frozen=True, slots=True)
class Summary:
    """What a store holds: enough to tell two of them apart.

    `stock` counts slots, skills and things; `changed_at` is the instant of the last change.
    """

    rows: int
    gigs: int
    payouts: int
    stock: int
    first_day: str | None
    last_day: str | None
    changed_at: str | None


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was just written."""

    path: Path
    size: int
    summary: Summary


def back_up(wanted: Path | None, now: datetime) -> Backup:
    """Write a backup to *wanted*, a file or a folder, else to a dated file beside the store.

    Raise Refused where there is nothing to back up yet, or where it would fall on the store.
    """
    path = settings.database_path()
    with reading(path) as connection:
        found = summary(connection)
        if found.rows == 0:
            raise Refused(
                _("还没有数据，没有什么可备份的"), _("先记一单：xianke log 闲鱼 85 --minutes 40")
            )
        target = _target(wanted, path, now)
        copies.fill(connection, path, target)
    size = target.stat().st_size
    if wanted is not None:
        # As the user has written it.
        target = wanted / target.name if wanted.is_dir() else wanted
    return Backup(target, size, found)


def summary(connection: sqlite3.Connection) -> Summary:
    """Return what a store holds."""
    rows = {
        table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        for table in TABLES.values()
    }
    first, last = connection.execute(
        "SELECT MIN(day), MAX(day) FROM (SELECT day FROM gig UNION ALL "
        "SELECT day FROM payout WHERE replaced_by IS NULL)"
    ).fetchone()
    sql = "SELECT COUNT(*) FROM payout WHERE replaced_by IS NULL"
    changed = connection.execute("SELECT at FROM entry ORDER BY id DESC LIMIT 1").fetchone()
    return Summary(
        rows=sum(rows.values()),
        gigs=rows["gig"],
        payouts=connection.execute(sql).fetchone()[0],
        stock=rows["slot"] + rows["skill"] + rows["asset"],
        first_day=first,
        last_day=last,
        changed_at=None if changed is None else changed[0],
    )


def _target(wanted: Path | None, path: Path, now: datetime) -> Path:
    if wanted is None:
        return copies.new_name(path, copies.OWN, now)
    try:
        if wanted.is_symlink() or not wanted.is_dir():
            rights.refuse_planted(wanted)
        # What a link stands for is written, not the link.
        target = wanted.resolve()
        if target.is_dir():
            return copies.new_name(path, copies.OWN, now, target)
        if target.parent == path.parent.resolve() and target.name.startswith(path.name):
            raise Refused(
                _("{path} 是 xianke 自己的数据，不能盖掉").format(path=wanted), _("换一个文件名")
            )
        if target.exists() and not target.is_file():
            raise Unreadable(
                _("{path} 不是普通文件，不能写").format(path=wanted),
                _("写出文件名或文件夹，例如 -o 闲客备份.db"),
            )
    except (OSError, RuntimeError) as error:
        reason = faultwords.of_system(error) if isinstance(error, OSError) else _("链接绕成了圈")
        raise copies.not_written(wanted, reason) from error
    return target
