"""How backups look: what one holds beside what is there now, and the way back."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xianke import settings
from xianke.i18n import _, plural
from xianke.render.tables import next_step, note, place, sentence, table

if TYPE_CHECKING:
    from xianke.store.backups import Backup, Summary
    from xianke.store.copies import Copy
    from xianke.store.loading import Doubt
    from xianke.store.restoring import Found, Restored

Document = dict[str, Any]

MOST_NAMED = 5
"""Of rows that do not add up, how many are named on the screen."""


def document(found: Found, before: Summary | None, restored: Restored | None) -> Document:
    """Return what was found, what was there, and what became of it."""
    copy = None if restored is None else restored.copy
    return {
        "restored": restored is not None,
        "path": str(found.path),
        "kind": found.kind,
        "made_at": found.made_at.isoformat(),
        "file": asdict(found.summary),
        "present": None if before is None else asdict(before),
        "copy": None if copy is None else str(copy),
        "back": None
        if restored is None or restored.copy is None or restored.damaged
        else _command(restored.copy, sure=True),
        "doubts": [
            {"code": doubt.code, "ids": [_id(doubt, one) for one in doubt.ids]}
            for doubt in found.doubts
        ],
    }


def copy_documents(copies: Sequence[Copy]) -> list[Document]:
    """Return the dated copies, oldest first."""
    zone = settings.zone()
    return [
        {
            "path": str(copy.path),
            "made_at": copy.at.replace(tzinfo=zone).isoformat(),
            "reason": copy.reason,
            "bytes": copy.size,
        }
        for copy in copies
    ]


def show_backup(made: Backup) -> None:
    """Print where a backup lies and how to come back to it."""
    place(_("备份好了：{path}").format(path=made.path), indent=0)
    note(
        _("{content}，{size}。没有加密，只有你自己的账户能读。").format(
            content=_content(made.summary), size=_size(made.size)
        )
    )
    next_step(_("恢复：{command}").format(command=_command(made.path)))


def show_copies(copies: Sequence[Copy]) -> None:
    """Print the dated copies, the newest last."""
    if not copies:
        sentence(_("还没有备份。"))
        next_step(_("备份全部数据：xianke backup"))
        return
    table(
        [
            (_("什么时候"), "left"),
            (_("为什么"), "left"),
            (_("大小"), "right"),
            (_("文件"), "left"),
        ],
        [
            [_moment(copy.at), _reason(copy.reason), _size(copy.size), copy.path.name]
            for copy in copies
        ],
        flexible=[1],
        fold=[2, 1, 0],
    )
    place(_("都在 {folder}").format(folder=copies[-1].path.parent))
    next_step(_("先看看再换：{command}").format(command=_command(copies[-1].path)))


def show_comparison(found: Found, before: Summary | None) -> None:
    """Print what is in a file beside what is there now."""
    names = [_("记的单"), _("到账笔数"), _("盘点"), _("从"), _("到"), _("最后改动"), _("备份于")]
    now = [*_column(before), ""]
    inside = [*_column(found.summary), _moment(found.made_at)]
    rows = list(zip(names, now, inside, strict=True))
    table([("", "left"), (_("现在"), "left"), (_("备份里"), "left")], rows)
    if before is None:
        note(_("现在的数据文件坏了，读不出来。"))
    elif _is_later(before, found.summary):
        note(_("备份之后还改过：恢复以后，那些改动就不在了。"))
    for doubt in found.doubts:
        note(_doubt_text(doubt))


def show_not_restored(file: str) -> None:
    """Print that nothing happened, and how it would."""
    sentence(_("没有恢复，什么也没有改。"))
    next_step(_("真要换：{command}").format(command=_command(file, sure=True)))


def show_restored(found: Found, restored: Restored) -> None:
    """Print what is there now, where the rest went, and the way back."""
    sentence(_("恢复好了：{content}").format(content=_content(found.summary)))
    if restored.copy is None:
        note(_("原来没有数据，不用另存。"))
        return
    if restored.damaged:
        place(_("坏掉的那份留在 {path}").format(path=restored.copy))
        return
    place(_("原来的数据另存在 {path}").format(path=restored.copy))
    note(_("恢复不能用 xianke undo 撤销，要用这份换回去。"))
    next_step(_("换回去：{command}").format(command=_command(restored.copy, sure=True)))


def _command(path: Path | str, *, sure: bool = False) -> str:
    """Return the command line that restores a file; a dated copy needs no folder before it."""
    beside = Path(path).parent == settings.home() / "backups"
    name = Path(path).name if beside else str(path)
    return f"xianke restore {shlex.quote(name)}" + (" --yes" if sure else "")


def _content(summary: Summary) -> str:
    gigs = plural("{count} 单", summary.gigs).format(count=summary.gigs)
    payouts = plural("{count} 笔到账", summary.payouts).format(count=summary.payouts)
    stock = plural("盘点 {count} 项", summary.stock).format(count=summary.stock)
    return _("，").join([gigs, payouts, stock])


def _column(summary: Summary | None) -> list[str]:
    if summary is None:
        return [""] * 6
    changed = summary.changed_at
    return [
        str(summary.gigs),
        str(summary.payouts),
        str(summary.stock),
        summary.first_day or "",
        summary.last_day or "",
        "" if changed is None else _moment(datetime.fromisoformat(changed)),
    ]


def _is_later(before: Summary, inside: Summary) -> bool:
    if before.changed_at is None or inside.changed_at is None:
        return before.changed_at is not None
    return datetime.fromisoformat(before.changed_at) > datetime.fromisoformat(inside.changed_at)


def _moment(at: datetime) -> str:
    """Return an instant as civil time; what has no zone is civil already."""
    civil = at if at.tzinfo is None else at.astimezone(settings.zone())
    return f"{civil:%Y-%m-%d %H:%M}"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} KB"


def _reason(reason: str) -> str:
    names = {
        "backup": _("自己备份的"),
        "import": _("导入之前"),
        "restore": _("恢复之前"),
        "damaged": _("坏掉的原样"),
    }
    return names.get(reason) or (_("升级之前") if reason.startswith("v") else reason)


def _id(doubt: Doubt, number: int) -> str:
    return f"{'p' if doubt.code == 'payout_oversettled' else 'g'}{number}"


def _doubt_text(doubt: Doubt) -> str:
    ids = ", ".join(_id(doubt, one) for one in doubt.ids[:MOST_NAMED])
    if len(doubt.ids) > MOST_NAMED:
        ids += "…"
    if doubt.code == "payout_oversettled":
        return _("留心：这些到账结清的比收到的多：{ids}").format(ids=ids)
    return _("留心：这些单结清的比该收的多：{ids}").format(ids=ids)
