"""`payouts`: money that came, and whose work it was for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from xianke import store
from xianke.commands.shell import Command, FirstDay, JsonFlag, LastDay, ask, new_app, untouched
from xianke.errors import NotUnderstood, XiankeError
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.platforms import Catalogue
    from xianke.unexplained import Explanation

app = new_app()
group = new_app(
    invoke_without_command=True,
    help=_(
        "到账的钱：哪笔是哪几单的，哪些没对上。\n\n"
        "例：\n"
        "  xianke payouts --from 月初 --platform 闲鱼\n"
        "  xianke payouts add 闲鱼 300 --at 昨天\n"
        "  xianke payouts settle p12 g12\n"
        "  xianke payouts explain"
    ),
)
app.add_typer(group, name="payouts")

PlatformOption = Annotated[
    str | None, typer.Option("--platform", metavar="P", help=_("只看这个平台或客户"))
]
PayoutId = Annotated[str, typer.Argument(metavar="ID", help=_("编号，如 p12"))]


@group.callback()
def listing(
    context: typer.Context,
    first: FirstDay = None,
    last: LastDay = None,
    platform: PlatformOption = None,
    json: JsonFlag = False,
) -> None:
    """List the payouts."""
    if context.invoked_subcommand is not None:
        return
    from xianke import platforms
    from xianke.commands import receiving
    from xianke.commands.ranges import day_range
    from xianke.render import envelope
    from xianke.render import payouts as screen

    span = day_range(first, last)
    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        wanted = None if platform is None else platforms.find(catalogue, platform).id
        receipts = db.payouts(first=span.first, last=span.last, platform=wanted)
        found = receiving.received(db, catalogue, receipts)
    if json:
        envelope.emit(screen.list_document(found))
    else:
        screen.show_list(found, catalogue, untouched=not found and untouched())


@group.command(
    "add",
    cls=Command,
    help=_(
        "手记一笔到账：现金、尾款、账单里没有的。\n\n"
        "例：\n"
        "  xianke payouts add 闲鱼 300\n"
        "  xianke payouts add 闲鱼 85 --at 11-20 --note 线下付的"
    ),
)
def add(
    platform: Annotated[str, typer.Argument(metavar="PLATFORM", help=_("谁付的：平台或客户"))],
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help=_("收到多少（元）"))],
    at: Annotated[
        str | None, typer.Option("--at", metavar="WHEN", help=_("哪天到账，默认今天"))
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="T", help=_("备注"))] = None,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import notes, receiving
    from xianke.render import envelope
    from xianke.render import payouts as screen

    added = receiving.add(receiving.Words(platform, amount, at, note))
    read = notes.reading(note)
    if json:
        envelope.emit({**screen.document(added), **notes.document(read)})
    else:
        screen.show_added(added, _catalogue())
        notes.warn(read)


@group.command(
    "rm",
    cls=Command,
    help=_("删一笔手记的到账；xianke undo 可以撤回\n\n例：\n  xianke payouts rm p12"),
)
def remove(identity: PayoutId, json: JsonFlag = False) -> None:
    from xianke.commands import receiving
    from xianke.render import envelope
    from xianke.render import payouts as screen

    removed = receiving.remove(identity)
    if json:
        envelope.emit(screen.removed_document(removed))
    else:
        screen.show_removed(removed, _catalogue())


@group.command(
    "settle",
    cls=Command,
    help=_(
        "指定一笔到账是哪几单的钱；定了就不再自动改。\n\n"
        "例：\n"
        "  xianke payouts settle p12 g12 g13\n"
        "  xianke payouts settle p12 --none\n"
        "  xianke payouts settle p12 --auto"
    ),
)
def settle(
    identity: PayoutId,
    gigs: Annotated[
        list[str] | None, typer.Argument(metavar="GIG…", help=_("单的编号，先付的写在前面"))
    ] = None,
    none: Annotated[bool, typer.Option("--none", help=_("哪单都不是，先放着"))] = False,
    auto: Annotated[bool, typer.Option("--auto", help=_("交回自动对单"))] = False,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import receiving
    from xianke.render import envelope
    from xianke.render import payouts as screen

    if bool(gigs) + none + auto != 1:
        raise NotUnderstood(
            _("要写是哪几单，或者 --none、--auto 里的一个"),
            _("例如 xianke payouts settle {id} g3 g4").format(id=identity),
        )
    settled = receiving.release(identity) if auto else receiving.settle(identity, gigs or ())
    if json:
        envelope.emit(screen.document(settled))
    else:
        screen.show_settled(settled)


@group.command(
    "explain",
    cls=Command,
    help=_(
        "把没对上单的到账记成单：一个平台一周一单，有计时的按时间分。\n\n"
        "例：\n"
        "  xianke payouts explain\n"
        "  xianke payouts explain --platform 美团众包 --minutes 12小时 --yes"
    ),
)
def explain(
    platform: PlatformOption = None,
    minutes: Annotated[
        str | None, typer.Option("--minutes", metavar="M", help=_("一共做了多久（只有一单时）"))
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("不再问，直接记"))] = False,
    json: JsonFlag = False,
) -> None:
    from xianke import platforms, when
    from xianke.commands import receiving
    from xianke.render import envelope
    from xianke.render import payouts as screen
    from xianke.render.console import is_interactive

    spent = None if minutes is None else when.parse_duration(minutes)
    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        wanted = None if platform is None else platforms.find(catalogue, platform).id
        plan = receiving.plan(db, wanted)
    new = [place for place, one in enumerate(plan) if one.gig is None]
    if spent is not None and plan and len(new) != 1:
        raise NotUnderstood(
            _("会记出 {count} 张新单，不知道用时是哪一单的").format(count=len(new)),
            _("去掉 --minutes，记完再用 xianke gigs edit g9 --minutes 40 一单一单补"),
        )
    answers: Mapping[int, int] = {} if spent is None else dict.fromkeys(new, spent)
    asks = is_interactive() and not json and not yes
    if plan and asks:
        screen.show_plan(plan, catalogue)
        if spent is None:
            answers = _asked_minutes(plan, catalogue)
    go = bool(plan) and (yes or asks)
    made = receiving.explain(wanted, plan, answers) if go else []
    if json:
        left = 0 if go else sum(one.fen for one in plan)
        document = screen.explanation_document(plan, made, answers, left)
        envelope.emit(document, status="partial" if plan and not go else "ok")
    elif not plan:
        screen.show_nothing_to_explain(untouched=untouched())
    elif go:
        screen.show_explained(plan, made, answers, catalogue)
    else:
        screen.show_plan(plan, catalogue)
        screen.show_preview_end()


def _asked_minutes(plan: Sequence[Explanation], catalogue: Catalogue) -> Mapping[int, int]:
    """Ask once for the minutes of each new gig; who does not know presses enter."""
    from xianke import money, when
    from xianke.render.console import tell
    from xianke.render.gigs import name_of

    answers = {}
    for place, one in enumerate(plan):
        while one.gig is None:
            answer = ask(
                _("{name} {week} {amount}，一共做了多久？（回车：不知道）").format(
                    name=name_of(one.platform, catalogue), week=one.week, amount=money.yuan(one.fen)
                )
            )
            if not answer:
                break
            try:
                answers[place] = when.parse_duration(answer)
            except XiankeError as error:
                tell(error.message)
                continue
            break
    return answers


def _catalogue() -> Catalogue:
    from xianke import platforms

    with store.read() as db:
        return platforms.catalogue(db.own_platforms(), db.evidence())
