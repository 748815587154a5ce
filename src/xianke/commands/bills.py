"""`bills`: the money that bills show coming in, and whose it is."""

from __future__ import annotations

from typing import Annotated

import typer

from xianke import settings, store
from xianke.commands.shell import Command, FirstDay, JsonFlag, LastDay, new_app, untouched
from xianke.errors import NotUnderstood
from xianke.i18n import _

app = new_app()

group = new_app(
    invoke_without_command=True,
    help=_(
        "账单里的进账：哪些还没认领，归到平台、客户还是私人。\n\n"
        "例：\n"
        "  xianke bills --from 月初\n"
        "  xianke bills assign b12 闲鱼 --always\n"
        "  xianke bills assign b12 私人"
    ),
)
app.add_typer(group, name="bills")

RowId = Annotated[str, typer.Argument(metavar="ID", help=_("编号，如 b12"))]


@group.callback()
def listing(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=_("已经认领的也列出来"))] = False,
    first: FirstDay = None,
    last: LastDay = None,
    batch: Annotated[
        str | None, typer.Option("--batch", metavar="B", help=_("只看这一次导入，如 b3"))
    ] = None,
    json: JsonFlag = False,
) -> None:
    """List the rows that may be income."""
    if context.invoked_subcommand is not None:
        return
    from xianke.commands import deciding
    from xianke.commands.ranges import day_range
    from xianke.render import bills as screen
    from xianke.render import envelope

    span = day_range(first, last)
    with store.read() as db:
        known = deciding.desk(db)
        number = None if batch is None else deciding.find_batch(db, batch)
        rows = [
            row
            for row in deciding.candidates(db, batch=number, everything=everything)
            if (span.first or "") <= row.at[:10] <= (span.last or "9999")
        ]
    proposals = {row.id: known.proposal(row) if row.assigned is None else None for row in rows}
    if json:
        envelope.emit({"rows": [screen.document(row, proposals[row.id]) for row in rows]})
    else:
        screen.show_list(
            rows,
            proposals,
            known.catalogue,
            everything=everything,
            untouched=not rows and untouched(),
        )


@group.command(
    "show",
    cls=Command,
    help=_("一笔进账的全部：谁付的、写了什么、归谁\n\n例：\n  xianke bills show b12"),
)
def show(identity: RowId, json: JsonFlag = False) -> None:
    from xianke.commands import deciding
    from xianke.render import bills as screen
    from xianke.render import envelope

    with store.read() as db:
        known = deciding.desk(db)
        row = deciding.find(db, identity)
        payout, spend = db.payout_of_row(row.id), db.spend_of_row(row.id)
    proposal = known.proposal(row) if row.assigned is None else None
    made = f"p{payout.id}" if payout is not None else f"c{spend.id}" if spend is not None else None
    if json:
        envelope.emit({**screen.document(row, proposal), "became": made})
    else:
        screen.show_one(row, proposal, made, known.catalogue)


@group.command(
    "assign",
    cls=Command,
    help=_(
        "认领进账：归到平台、客户，「私人」是自己的事，- 是收回认领。\n\n"
        "例：\n"
        "  xianke bills assign b12 闲鱼\n"
        "  xianke bills assign b12 王阿姨 --new --category local_service\n"
        "  xianke bills assign b12 私人 --always"
    ),
)
def assign(
    words: Annotated[
        list[str],
        typer.Argument(metavar="ID… TARGET", help=_("编号，最后写归谁：平台、客户、私人或 -")),
    ],
    always: Annotated[
        bool, typer.Option("--always", help=_("以后这样的都归他，记成一条规则"))
    ] = False,
    new: Annotated[bool, typer.Option("--new", help=_("目录里没有的，添成你自己的客户"))] = False,
    category: Annotated[
        str | None, typer.Option("--category", metavar="C", help=_("新客户的类别"))
    ] = None,
    json: JsonFlag = False,
) -> None:
    from xianke import platforms
    from xianke.commands import deciding
    from xianke.render import bills as screen
    from xianke.render import envelope

    *identities, text = words
    if not identities:
        raise NotUnderstood(_("少了编号，或者没写归谁"), _("例如 xianke bills assign b12 闲鱼"))
    if text == deciding.NOBODY and always:
        raise NotUnderstood(_("收回认领不能加 --always"), _("不要规则了：xianke rules rm 编号"))
    now = settings.now()
    with store.write("bill.assign", text, now) as db:
        rows = list(
            {row.id: row for row in (deciding.find(db, one) for one in identities)}.values()
        )
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        target = None
        if text != deciding.NOBODY:
            target = deciding.target_of(db, catalogue, text, category, now, new=new)
        decided = deciding.decide(db, rows, target, now, always=always)
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
    if json:
        envelope.emit(screen.decided_document(decided))
    else:
        screen.show_decided(decided, catalogue)
