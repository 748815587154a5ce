"""How rows of bills look that may be income: whose they are, or whose they may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from xianke import money, settings
from xianke.i18n import _, plural
from xianke.records import PRIVATE
from xianke.render import columns
from xianke.render.console import say
from xianke.render.tables import first_step, next_step, note, pairs, sentence

if TYPE_CHECKING:
    from xianke.assigning import Proposal
    from xianke.catalogue import Catalogue
    from xianke.commands.deciding import Decided
    from xianke.records import BillRow

Document = dict[str, Any]
Proposals = Mapping[int, "Proposal | None"]

BILL_ZONE = ZoneInfo("Asia/Shanghai")
"""Bills give the time of China, wherever they are read."""

MOST_ON_SCREEN = 60


def document(row: BillRow, proposal: Proposal | None) -> Document:
    """Return one row as data."""
    return {
        "id": f"b{row.id}",
        "at": _instant(row.at),
        "direction": row.direction,
        "amount_fen": row.amount_fen,
        "verdict": row.verdict,
        "counterparty": row.counterparty,
        "item": row.item,
        "kind": row.kind,
        "status": row.status,
        "note": row.note,
        "account": row.account,
        "assigned": row.assigned,
        "assigned_by": row.assigned_by,
        "proposal": None if proposal is None else proposal_document(proposal),
    }


def proposal_document(proposal: Proposal) -> Document:
    """Return a proposal as data."""
    return {
        "target": proposal.target,
        "confidence": proposal.confidence,
        "rule": proposal.rule,
        "reason": proposal.reason,
    }


def _instant(at: str) -> str:
    if len(at) == len("2026-11-22"):
        return at
    return datetime.fromisoformat(at).replace(tzinfo=BILL_ZONE).isoformat()


def decided_document(decided: Decided) -> Document:
    """Return a decision as data."""
    return {
        "target": decided.target,
        "rows": [document(row, None) for row in decided.rows],
        "rules": [rule.id for rule in decided.rules],
        "more": decided.more,
    }


# Words


def target_name(target: str | None, catalogue: Catalogue) -> str:
    """Return how a target is called."""
    if target is None:
        return _("没定")
    if target == PRIVATE:
        return _("私人")
    platform = catalogue.platforms.get(target)
    return target if platform is None else platform.name


def day_text(at: str) -> str:
    """Return the day of a row, with the year where it is not this one."""
    return at[:10] if int(at[:4]) != settings.now().year else at[5:10]


def amount_text(row: BillRow) -> str:
    """Return the amount of a row; what was paid back has a minus."""
    return money.plain_yuan(-row.amount_fen if row.direction == "out" else row.amount_fen)


def words_of(row: BillRow) -> str:
    """Return what a row says it is about: goods and note, failing those its type."""
    said = dict.fromkeys(text for text in (row.item, row.note) if text)
    return _("，").join(said) or row.kind


def payer_of(row: BillRow) -> str:
    """Return who paid, or that the bill does not say."""
    return row.counterparty or _("没写对方")


def proposal_text(proposal: Proposal | None, catalogue: Catalogue) -> str:
    """Return a proposal in two words, empty where there is none."""
    if proposal is None or proposal.target is None:
        return ""
    return _("{name} {confidence}%").format(
        name=target_name(proposal.target, catalogue), confidence=proposal.confidence
    )


def total_text(rows: Sequence[BillRow]) -> str:
    """Return how many rows there are and what they come to."""
    total = sum(-row.amount_fen if row.direction == "out" else row.amount_fen for row in rows)
    return plural("{count} 笔，共 {total}", len(rows)).format(
        count=len(rows), total=money.yuan(total)
    )


# Screens


def show_list(
    rows: Sequence[BillRow],
    proposals: Proposals,
    catalogue: Catalogue,
    *,
    everything: bool,
    untouched: bool,
) -> None:
    """Print rows under whoever paid them, the largest sums first."""
    if not rows:
        say(_("没有这样的进账。") if everything else _("没有等着认领的进账。"))
        first_step(_("导入账单：xianke import 文件"), untouched=untouched)
        return
    groups: dict[str, list[BillRow]] = {}
    for row in rows:
        groups.setdefault(payer_of(row), []).append(row)
    ordered = sorted(groups.items(), key=lambda group: -sum(row.amount_fen for row in group[1]))
    shown: dict[str, list[list[str]]] = {}
    left = MOST_ON_SCREEN
    for name, found in ordered:
        if left <= 0:
            break
        title = _("{name}：{total}").format(name=name, total=total_text(found))
        shown[title] = [_cells(row, proposals, catalogue) for row in found[:left]]
        left -= len(found)
    if len(rows) > MOST_ON_SCREEN:
        sentence(
            _("共 {count} 笔，这里是 {shown} 笔；用 --from、--to 缩小范围").format(
                count=len(rows), shown=MOST_ON_SCREEN
            )
        )
    titles = ["", _("日期"), _("金额"), _("说明"), _("归谁") if everything else _("可能是")]
    columns.grouped(titles, shown, (3, 4))
    say()
    sentence(_("合计 {total}").format(total=total_text(rows)))
    next_step(_("用键盘逐个认领：xianke import --review"))
    note(_("或者 xianke bills assign b{id} 平台，私人的写「私人」").format(id=rows[-1].id), 3)


def _cells(row: BillRow, proposals: Proposals, catalogue: Catalogue) -> list[str]:
    if row.assigned is not None:
        whose = target_name(row.assigned, catalogue)
    else:
        whose = proposal_text(proposals.get(row.id), catalogue)
    return [f"  b{row.id}", day_text(row.at), amount_text(row), words_of(row), whose]


def show_one(
    row: BillRow, proposal: Proposal | None, made: str | None, catalogue: Catalogue
) -> None:
    """Print all that is known of one row; *made* names the payout or spend it became."""
    sentence(f"b{row.id}  {payer_of(row)}  {amount_text(row)}")
    rows = [
        (_("时间"), row.at),
        (_("账户"), row.account),
        (_("是什么"), verdict_name(row.verdict)),
        (_("类型"), row.kind),
        (_("说明"), row.item),
        (_("备注"), row.note),
        (_("状态"), row.status),
        (_("归谁"), _whose(row, catalogue)),
        (_("记成"), made or ""),
    ]
    pairs([(name, value) for name, value in rows if value])
    if row.assigned is None and proposal is not None:
        if proposal.target is not None:
            sentence(_("可能是{name}").format(name=proposal_text(proposal, catalogue)))
        note(proposal.reason)
        next_step(_("定下来：xianke bills assign b{id} 平台").format(id=row.id))


def _whose(row: BillRow, catalogue: Catalogue) -> str:
    name = target_name(row.assigned, catalogue)
    if row.assigned_by == "rule":
        return _("{name}（按规则）").format(name=name)
    return name


def verdict_name(verdict: str) -> str:
    """Return what a verdict is called."""
    names = {
        "received": _("收到的钱"),
        "pending": _("还没到账"),
        "refund": _("退给买家的钱"),
        "unknown": _("看不懂，要人看"),
    }
    return names.get(verdict, verdict)


def show_decided(decided: Decided, catalogue: Catalogue) -> None:
    """Print what a decision did, and what comes next."""
    sentence(
        _("{total} 归到{name}").format(
            total=total_text(decided.rows), name=target_name(decided.target, catalogue)
        )
        if decided.target is not None
        else _("{total} 又没有归属了").format(total=total_text(decided.rows))
    )
    for rule in decided.rules:
        note(_("以后都这样，规则 {id}：「{text}」").format(id=rule.id, text=rule.text))
    if decided.more:
        next_step(
            plural("还有 {count} 笔合这条规则：xianke rules apply", decided.more).format(
                count=decided.more
            )
        )
    else:
        next_step(_("看还有哪些：xianke bills（定错了：xianke undo）"))
