"""`log` and `gigs`: record what was done and what it brought."""

from __future__ import annotations

from typing import Annotated

import typer

from xianke import store
from xianke.commands.shell import Command, FirstDay, JsonFlag, LastDay, new_app, untouched
from xianke.errors import NotUnderstood
from xianke.i18n import _

app = new_app()

Count = Annotated[str | None, typer.Option("--count", metavar="N", help=_("这笔钱合几单"))]
Minutes = Annotated[
    str | None, typer.Option("--minutes", metavar="M", help=_("做了多久：40、1小时20分"))
]
Unpaid = Annotated[
    str | None, typer.Option("--unpaid", metavar="M", help=_("等待、找活、路上：不算钱的时间"))
]
Fee = Annotated[str | None, typer.Option("--fee", metavar="X", help=_("平台扣的"))]
Cost = Annotated[str | None, typer.Option("--cost", metavar="X", help=_("自己花的：油、材料"))]
Tax = Annotated[str | None, typer.Option("--tax", metavar="X", help=_("代扣的税"))]
CategoryOption = Annotated[
    str | None, typer.Option("--category", metavar="C", help=_("类别，默认按平台"))
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="WHEN", help=_("什么时候开始：昨天、周三 14:00、11-20 9点")),
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="S",
        help=_(
            "accepted 已接、delivered 已交、paid 已收款、rejected 被拒、cancelled 已取消、"
            "none_found 没接到单"
        ),
    ),
]
Due = Annotated[str | None, typer.Option("--due", metavar="WHEN", help=_("说好哪天到账"))]
Rating = Annotated[str | None, typer.Option("--rating", metavar="1-5", help=_("对方给的评分"))]
Note = Annotated[str | None, typer.Option("--note", metavar="T", help=_("备注"))]
GigId = Annotated[str, typer.Argument(metavar="ID", help=_("编号，如 g12"))]


@app.command(
    "log",
    cls=Command,
    help=_(
        "记一单：平台、总收入、用时。只写 xianke log，可以在终端里一行一单连着记。"
        "等了半天没接到单也记一笔（none_found）：找活的时间也是时间。\n\n"
        "例：\n"
        "  xianke log 闲鱼 85 --minutes 40\n"
        "  xianke log 美团众包 88.1 --count 17 --minutes 4小时 --at 昨天\n"
        "  xianke log 王阿姨 50 --minutes 30 --new --category local_service\n"
        "  xianke log 美团众包 0 --status none_found --unpaid 25"
    ),
)
def log(
    platform: Annotated[
        str | None, typer.Argument(metavar="PLATFORM", help=_("平台或客户：名字、别名、拼音都行"))
    ] = None,
    amount: Annotated[
        str | None, typer.Argument(metavar="AMOUNT", help=_("扣费之前的总收入（元）"))
    ] = None,
    count: Count = None,
    minutes: Minutes = None,
    unpaid: Unpaid = None,
    fee: Fee = None,
    cost: Cost = None,
    tax: Tax = None,
    category: CategoryOption = None,
    at: At = None,
    status: Status = None,
    due: Due = None,
    rating: Rating = None,
    note: Note = None,
    new: Annotated[bool, typer.Option("--new", help=_("目录里没有的，添成你自己的客户"))] = False,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import notes, recording
    from xianke.render import envelope
    from xianke.render import gigs as screen

    words = recording.Words(
        platform=platform, gross=amount, count=count, minutes=minutes, unpaid=unpaid, fee=fee,
        cost=cost, tax=tax, category=category, at=at, status=status, due=due, rating=rating,
        note=note,
    )  # fmt: skip
    if platform is None:
        if words != recording.Words():
            raise NotUnderstood(_("少了平台"), _("例如 xianke log 闲鱼 85 --minutes 40"))
        recorded = recording.from_terminal()
    else:
        if amount is None:
            example = _("例如 xianke log {platform} 85 --minutes 40")
            if status is not None and recording.is_search(status):
                example = _("没接到单写 0：xianke log {platform} 0 --status none_found --unpaid 25")
            raise NotUnderstood(_("少了金额"), example.format(platform=platform))
        recorded = [recording.log(words, new=new)]
    read = notes.reading(note)
    if json:
        documents = [screen.recorded_document(one) for one in recorded]
        data = documents[0] if len(documents) == 1 else {"gigs": documents}
        envelope.emit({**data, **notes.document(read)})
    else:
        for one in recorded:
            screen.show_recorded(one)
        screen.show_after_log(recorded)
        notes.warn(read)


group = new_app(
    invoke_without_command=True,
    help=_(
        "记过的单：列出、细看、改、删。\n\n"
        "例：\n"
        "  xianke gigs --from 月初 --platform 闲鱼\n"
        "  xianke gigs edit g12 --status paid\n"
        "  xianke gigs rm g12"
    ),
)
app.add_typer(group, name="gigs")


@group.callback()
def listing(
    context: typer.Context,
    first: FirstDay = None,
    last: LastDay = None,
    platform: Annotated[
        str | None, typer.Option("--platform", metavar="P", help=_("只看这个平台或客户"))
    ] = None,
    status: Status = None,
    json: JsonFlag = False,
) -> None:
    """List the gigs."""
    if context.invoked_subcommand is not None:
        return
    from xianke import gigs, platforms
    from xianke.commands.ranges import day_range
    from xianke.render import envelope
    from xianke.render import gigs as screen

    span = day_range(first, last)
    wanted = None if status is None else gigs.check_status(status)
    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        found = db.gigs(
            first=span.first,
            last=span.last,
            platform=None if platform is None else platforms.find(catalogue, platform).id,
            status=wanted,
        )
    if json:
        envelope.emit({"gigs": screen.documents(found)})
    else:
        screen.show_list(found, catalogue, untouched=not found and untouched())


@group.command(
    "show", cls=Command, help=_("一单的全部：钱、时间、时薪、状态\n\n例：\n  xianke gigs show g12")
)
def show(identity: GigId, json: JsonFlag = False) -> None:
    from xianke import platforms
    from xianke.commands import recording
    from xianke.render import envelope
    from xianke.render import gigs as screen

    with store.read() as db:
        gig = recording.find(db, identity)
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
    if json:
        envelope.emit(screen.document(gig))
    else:
        screen.show_one(gig, catalogue)


@group.command(
    "edit",
    cls=Command,
    help=_(
        "改一单；写了哪项就改哪项，写 - 就清空那一项\n\n"
        "例：\n"
        "  xianke gigs edit g12 --minutes 45\n"
        "  xianke gigs edit g12 --status paid"
    ),
)
def edit(
    identity: GigId,
    platform: Annotated[
        str | None, typer.Option("--platform", metavar="P", help=_("换成另一个平台或客户"))
    ] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="X", help=_("扣费之前的总收入（元）"))
    ] = None,
    count: Count = None,
    minutes: Minutes = None,
    unpaid: Unpaid = None,
    fee: Fee = None,
    cost: Cost = None,
    tax: Tax = None,
    category: CategoryOption = None,
    at: At = None,
    status: Status = None,
    due: Due = None,
    rating: Rating = None,
    note: Note = None,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import notes, recording
    from xianke.render import envelope
    from xianke.render import gigs as screen

    words = recording.Words(
        platform=platform, gross=amount, count=count, minutes=minutes, unpaid=unpaid, fee=fee,
        cost=cost, tax=tax, category=category, at=at, status=status, due=due, rating=rating,
        note=note,
    )  # fmt: skip
    recorded = recording.edit(identity, words)
    read = notes.reading(note)
    if json:
        envelope.emit({**screen.document(recorded.gig), **notes.document(read)})
    else:
        screen.show_edited(recorded)
        notes.warn(read)


@group.command(
    "rm", cls=Command, help=_("删一单；xianke undo 可以撤回\n\n例：\n  xianke gigs rm g12")
)
def remove(identity: GigId, json: JsonFlag = False) -> None:
    from xianke.commands import recording
    from xianke.render import envelope
    from xianke.render import gigs as screen

    recorded = recording.remove(identity)
    if json:
        envelope.emit(screen.document(recorded.gig))
    else:
        screen.show_removed(recorded)
