"""How an import of gigs or time logs looks: what the files hold, what is new, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Literal

from xianke import settings
from xianke.i18n import _, plural
from xianke.render import envelope
from xianke.render.console import say, tell
from xianke.render.imports import Document, Problems, batch_id, errors, list_problems
from xianke.render.tables import next_step, note, sentence

if TYPE_CHECKING:
    from xianke.commands.gigimport import GigPlan, Placed
    from xianke.importers.types import Verdict
    from xianke.records import GigStatus


def emit(
    plans: Sequence[GigPlan],
    batch: int | None,
    problems: Problems,
    *,
    status: Literal["ok", "partial"],
) -> None:
    """Print an import of gigs as the contract's document; what was paid counts as received."""
    rows = [(plan, one) for plan in plans for one in plan.rows]
    paid = sum(_paid_fen(one) for _plan, one in rows if not one.is_unplaced)
    data: Document = {
        "source": ",".join(sorted({plan.format for plan in plans})),
        "batch": batch_id(batch),
        "read": len(rows) + len(problems),
        "new": sum(plan.new for plan in plans),
        "duplicate": sum(plan.duplicate for plan in plans),
        "updated": 0,
        "review": 0,
        "skipped": len(problems) + sum(plan.unplaced for plan in plans),
        "received_fen": paid,
        "assigned_fen": paid,
        "private_fen": 0,
        "unassigned_fen": 0,
        "rows": [_row(one, settings.zone()) for _plan, one in rows],
    }
    envelope.emit(data, status=status, errors=errors(problems))


def _paid_fen(one: Placed) -> int:
    row = one.row
    if row.status != "paid":
        return 0
    return (row.gross_fen or 0) - row.fee_fen - row.tax_fen


def _row(one: Placed, zone: tzinfo) -> Document:
    row = one.row
    reason = _("不认得的标签") if one.is_unplaced else ""
    return {
        "line": row.line,
        "at": row.at.replace(tzinfo=zone).isoformat(),
        "amount_fen": row.gross_fen,
        "verdict": _verdict(row.status),
        "assigned": one.platform,
        "reason": reason,
        "new": one.is_new,
    }


def _verdict(status: GigStatus) -> Verdict:
    """Return what a gig's money is, in the words for rows of bills."""
    if status == "paid":
        return "received"
    return "closed" if status == "none_found" else "pending"


def show_preview(plans: Sequence[GigPlan], problems: Problems) -> None:
    """Print what each file of gigs holds."""
    for plan in plans:
        sentence(
            plural("{file}：{count} 单，新的 {new}，记过的 {known}", len(plan.rows)).format(
                file=plan.path.name, count=len(plan.rows), new=plan.new, known=plan.duplicate
            )
        )
        clients = list(dict.fromkeys(one.client for one in plan.rows if one.client))
        if clients:
            note(_("目录里没有、会添成你自己的：{names}").format(names=_("、").join(clients)))
        if plan.unplaced:
            labels = dict.fromkeys(one.row.platform for one in plan.rows if one.is_unplaced)
            note(
                plural("{count} 条的标签不认得，先不导入：{labels}", plan.unplaced).format(
                    count=plan.unplaced, labels=_("、").join(labels)
                )
            )
            note(_("要把它们添成你自己的客户，加 --new"))
    if problems:
        tell(plural("跳过读不出来的 {count} 行：", len(problems)).format(count=len(problems)))
        list_problems(problems)


def show_imported(
    plans: Sequence[GigPlan], batch: int | None, *, wanted: bool, dry_run: bool, again: str
) -> None:
    """Print how many gigs were imported, and what comes next."""
    if not wanted:
        say(_("没有新的，都导入过了。"))
        next_step(_("看合计：xianke report"))
    elif batch is None:
        say(_("只看了看，什么也没有导入。") if dry_run else _("什么也没有导入。"))
        next_step(_("要导入：{command}").format(command=again))
    else:
        new = sum(plan.new for plan in plans)
        say(plural("导入了 {count} 单（撤回：xianke undo）", new).format(count=new))
        next_step(_("看合计：xianke report"))
