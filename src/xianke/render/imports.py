"""How an import looks: what the files hold, what is new, whose it is, and what comes next."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from xianke import money
from xianke.commands.billplans import newest
from xianke.errors import NotUnderstood
from xianke.i18n import _, plural
from xianke.records import PRIVATE
from xianke.render import envelope
from xianke.render.console import passing, say, tell
from xianke.render.gigs import name_of
from xianke.render.tables import next_step, note, sentence, table

if TYPE_CHECKING:
    from xianke.catalogue import Catalogue
    from xianke.commands.billplans import Judged, Plan
    from xianke.commands.importing import Imported
    from xianke.importers.types import Problem

Document = dict[str, Any]
Problems = Sequence[tuple[str, "Problem"]]

BILL_ZONE = ZoneInfo("Asia/Shanghai")
"""Bills give the time of China, wherever they are read."""

MOST_PROBLEMS = 20


@contextmanager
def progress() -> Iterator[Callable[[int], None]]:
    """Show on the terminal how far a long file has been read; in a pipe nothing is shown."""
    shown = False

    def tell_line(line: int) -> None:
        nonlocal shown
        if sys.stderr.isatty():
            shown = True
            passing(_("读到第 {line} 行…").format(line=line))

    try:
        yield tell_line
    finally:
        if shown:
            passing("")


# Documents


def emit(imported: Imported, problems: Problems, *, status: Literal["ok", "partial"]) -> None:
    """Print an import, or the preview of one, as the contract's document."""
    plans = imported.plans
    kinds = sorted({plan.source.bill.source for plan in plans})
    tallies = [plan.tally for plan in plans]
    received = sum(one.received_fen for one in tallies)
    assigned = sum(one.assigned_fen for one in tallies)
    private = sum(one.private_fen for one in tallies)
    data: Document = {
        "source": ",".join(kinds),
        "batch": batch_id(imported.batch),
        "read": sum(len(plan.rows) for plan in plans) + len(problems),
        "new": sum(one.new for one in tallies),
        "duplicate": sum(plan.duplicate for plan in plans),
        "updated": sum(one.updated for one in tallies),
        "review": sum(one.review for one in tallies),
        "skipped": len(problems),
        "received_fen": received,
        "assigned_fen": assigned,
        "private_fen": private,
        "unassigned_fen": received - assigned - private,
        "files": [_file(plan) for plan in plans],
        "rows": [_row(one) for plan in plans for one in plan.rows],
    }
    envelope.emit(data, status=status, errors=errors(problems))


def _file(plan: Plan) -> Document:
    return {
        "name": plan.source.path.name,
        "source": plan.source.bill.source,
        "account": plan.source.bill.account,
        "read": len(plan.rows) + len(plan.source.bill.problems),
        "new": plan.tally.new,
        "duplicate": plan.duplicate,
        "updated": plan.tally.updated,
        "warnings": list(plan.source.bill.warnings),
    }


def _row(one: Judged) -> Document:
    row = one.row
    return {
        "line": row.line,
        "at": row.at.replace(tzinfo=BILL_ZONE).isoformat()
        if row.has_time
        else row.at.date().isoformat(),
        "amount_fen": row.amount_fen,
        "direction": row.direction,
        "verdict": one.verdict,
        "assigned": one.target,
        "reason": one.reason,
        "new": one.is_new,
    }


def batch_id(number: int | None) -> str | None:
    """Return the id of an import, None where nothing was stored."""
    return None if number is None else f"b{number}"


def errors(problems: Problems) -> list[dict[str, str | None]]:
    """Return rows that could not be read as errors of the contract."""
    return [
        {"code": "bad_row", "message": _bad_row(name, bad), "hint": None} for name, bad in problems
    ]


def _bad_row(name: str, bad: Problem) -> str:
    return _("{name} 第 {line} 行：{reason}（{text}）").format(
        name=name, line=bad.line, reason=bad.reason, text=bad.text
    )


def show_problems(problems: Problems, *, as_json: bool) -> None:
    """Print which rows could not be read, and that nothing was imported."""
    message = plural("有 {count} 行读不出来，什么也没有导入", len(problems)).format(
        count=len(problems)
    )
    hint = _("改好文件再导入；或加 --skip-bad，跳过这些行")
    if as_json:
        first = {"code": NotUnderstood.code, "message": message, "hint": hint}
        envelope.emit({}, status="error", errors=[first, *errors(problems)])
        return
    tell(_("错误：{message}").format(message=message))
    list_problems(problems)
    tell(_("提示：{hint}").format(hint=hint))


def list_problems(problems: Problems) -> None:
    """Print the first rows that could not be read, and how many more there are."""
    for name, bad in problems[:MOST_PROBLEMS]:
        tell("  " + _bad_row(name, bad))
    if len(problems) > MOST_PROBLEMS:
        tell("  " + _("还有 {count} 行").format(count=len(problems) - MOST_PROBLEMS))


# Screens


def show_preview(plans: Sequence[Plan], catalogue: Catalogue, problems: Problems) -> None:
    """Print what each file holds, and the newest rows of money that came in."""
    for plan in plans:
        _show_file(plan)
    if problems:
        tell(plural("跳过读不出来的 {count} 行：", len(problems)).format(count=len(problems)))
        list_problems(problems)
    fresh = newest(one for plan in plans for one in plan.tally.fresh)
    if fresh:
        say()
        _show_rows(fresh, sum(plan.tally.fresh_rows for plan in plans), catalogue)


def _show_file(plan: Plan) -> None:
    bill = plan.source.bill
    parts = [source_name(bill.source)]
    if bill.account and plan.source.mapping is None:
        parts.append(bill.account)
    if plan.rows:
        parts.append(_("{first} 至 {last}").format(first=plan.tally.first, last=plan.tally.last))
    sentence(_("{file}：{what}").format(file=plan.source.path.name, what=_("，").join(parts)))
    counts = [plural("共 {count} 笔", len(plan.rows)).format(count=len(plan.rows))]
    counts.append(_("新的 {count}").format(count=plan.tally.new))
    if plan.duplicate:
        counts.append(_("记过的 {count}").format(count=plan.duplicate))
    if plan.tally.updated:
        counts.append(_("状态有变的 {count}").format(count=plan.tally.updated))
    note(_("，").join(counts))
    tally = plan.tally
    if tally.received_rows:
        total = tally.received_fen
        owners = [
            (_("平台和客户 {fen}"), tally.assigned_fen),
            (_("私人 {fen}"), tally.private_fen),
            (_("还没认 {fen}"), total - tally.assigned_fen - tally.private_fen),
        ]
        note(
            plural("进账 {count} 笔，共 {fen}：{owners}", tally.received_rows).format(
                count=tally.received_rows,
                fen=money.yuan(total),
                owners=_("，").join(
                    text.format(fen=money.yuan(fen)) for text, fen in owners if fen
                ),
            )
        )
    _show_others(plan)
    for warning in bill.warnings:
        note(_("注意：{text}").format(text=warning))


def _show_others(plan: Plan) -> None:
    """Print how many rows are something else than money that came in."""
    names = {
        "pending": _("还没到账 {count} 笔"),
        "refund": _("退款 {count} 笔"),
        "transfer": _("自己转账 {count} 笔"),
        "expense": _("支出 {count} 笔"),
        "closed": _("没成的 {count} 笔"),
        "unknown": _("看不懂的 {count} 笔"),
    }
    found = plan.tally.verdicts
    parts = [text.format(count=found[code]) for code, text in names.items() if found[code]]
    if parts:
        note(_("另有{parts}").format(parts=_("，").join(parts)))


def source_name(source: str) -> str:
    """Return what the user calls a kind of bill."""
    from xianke import importers

    for reader in importers.READERS:
        if reader.name == source:
            return reader.title()
    names = {
        "cmb": _("招商银行"),
        "icbc": _("工商银行"),
        "ccb": _("建设银行"),
        "abc": _("农业银行"),
        "bocom": _("交通银行"),
        "boc": _("中国银行"),
        "spdb": _("浦发银行"),
        "generic": _("自己的表"),
    }
    return names.get(source, source)


def target_name(target: str | None, catalogue: Catalogue) -> str:
    """Return whom a row belongs to, in words."""
    if target is None:
        return _("还没认")
    return _("私人") if target == PRIVATE else name_of(target, catalogue)


def _show_rows(shown: Sequence[Judged], count: int, catalogue: Catalogue) -> None:
    """Print the newest of *count* rows of money in."""
    table(
        [
            (_("日期"), "left"),
            (_("对方"), "left"),
            (_("说明"), "left"),
            (_("金额"), "right"),
            (_("归谁"), "left"),
        ],
        [
            [
                one.row.at.date().isoformat(),
                one.row.counterparty,
                one.row.item or one.row.kind,
                money.plain_yuan(one.row.amount_fen),
                _("看不懂") if one.verdict == "unknown" else target_name(one.target, catalogue),
            ]
            for one in shown
        ],
        flexible=[1, 2, 4],
    )
    if count > len(shown):
        rest = count - len(shown)
        note(plural("还有 {count} 笔进账", rest).format(count=rest))


def show_imported(imported: Imported, *, wanted: bool, dry_run: bool, again: str) -> None:
    """Print what was imported, what it settled, and what to do about the rest."""
    say()
    if not wanted:
        say(_("没有新的，都导入过了。"))
    elif imported.batch is None:
        say(_("只看了看，什么也没有导入。") if dry_run else _("什么也没有导入。"))
        next_step(_("要导入：{command}").format(command=again))
        return
    else:
        new = sum(plan.tally.new for plan in imported.plans)
        say(
            _("导入了：新的 {new} 笔，更新 {updated} 笔（撤回：xianke undo）").format(
                new=new, updated=sum(plan.tally.updated for plan in imported.plans)
            )
        )
    withdrawn = sum(plan.tally.withdrawn for plan in imported.plans)
    if withdrawn:
        text = plural("其中 {count} 笔后来退了或关闭了，不再算进账", withdrawn)
        note(text.format(count=withdrawn))
    review = sum(plan.tally.review for plan in imported.plans)
    if review:
        text = plural("有 {count} 笔进账还没认是谁的：xianke import --review", review)
        next_step(text.format(count=review))
    else:
        next_step(_("看钱对上了哪些单：xianke payouts"))
