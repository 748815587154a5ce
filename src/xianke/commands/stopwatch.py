"""`start` and `stop`: a stopwatch that runs in the store, until it becomes a gig."""

from __future__ import annotations

from typing import Annotated

import typer

from xianke.commands import gigs as words_of
from xianke.commands.shell import Command, JsonFlag, new_app, untouched
from xianke.errors import NotUnderstood
from xianke.i18n import _

app = new_app()


@app.command(
    "start",
    cls=Command,
    help=_(
        "开始计时。关了终端、重启电脑都接着走；只写 xianke start，看在计什么。\n\n"
        "例：\n"
        "  xianke start 美团众包\n"
        "  xianke start 闲鱼 --at 9:30 --category skill_service"
    ),
)
def start(
    platform: Annotated[
        str | None, typer.Argument(metavar="PLATFORM", help=_("平台或客户：名字、别名、拼音都行"))
    ] = None,
    category: words_of.CategoryOption = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="WHEN", help=_("几点开始的，没写就是现在"))
    ] = None,
    note: words_of.Note = None,
    new: Annotated[bool, typer.Option("--new", help=_("目录里没有的，添成你自己的客户"))] = False,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import notes, timing
    from xianke.render import envelope
    from xianke.render import stopwatch as screen

    words = timing.Words(platform or "", category, at, note)
    if platform is None and (new or words != timing.Words("", None, None, None)):
        raise NotUnderstood(_("少了平台"), _("例如 xianke start 美团众包"))
    running = timing.running() if platform is None else timing.start(words, new=new)
    read = notes.reading(note)
    if json:
        envelope.emit({**screen.document(running), **notes.document(read)})
    else:
        screen.show(
            running,
            started=platform is not None,
            untouched=running is None and untouched(),
        )
        notes.warn(read)


@app.command(
    "stop",
    cls=Command,
    help=_(
        "停表，记成一单；还不知道多少钱就不写金额，回头再补。\n\n"
        "例：\n"
        "  xianke stop 85\n"
        "  xianke stop --unpaid 15 --status delivered 120\n"
        "  xianke stop --discard"
    ),
)
def stop(
    amount: Annotated[
        str | None, typer.Argument(metavar="AMOUNT", help=_("扣费之前的总收入（元）"))
    ] = None,
    minutes: Annotated[
        str | None,
        typer.Option("--minutes", metavar="M", help=_("做了多久，不按秒表：40、1小时20分")),
    ] = None,
    unpaid: Annotated[
        str | None,
        typer.Option("--unpaid", metavar="M", help=_("其中等待、找活、路上的：不算钱的时间")),
    ] = None,
    count: words_of.Count = None,
    fee: words_of.Fee = None,
    cost: words_of.Cost = None,
    tax: words_of.Tax = None,
    status: words_of.Status = None,
    due: words_of.Due = None,
    rating: words_of.Rating = None,
    note: words_of.Note = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="WHEN", help=_("几点做完的，没写就是现在"))
    ] = None,
    discard: Annotated[bool, typer.Option("--discard", help=_("不记了，丢掉这次计时"))] = False,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import notes, recording, timing
    from xianke.render import envelope
    from xianke.render import gigs as gig_screen
    from xianke.render import stopwatch as screen

    words = recording.Words(
        gross=amount, count=count, minutes=minutes, unpaid=unpaid, fee=fee, cost=cost, tax=tax,
        status=status, due=due, rating=rating, note=note, at=at,
    )  # fmt: skip
    if discard:
        if words != recording.Words():
            raise NotUnderstood(
                _("--discard 就什么也不记，别的都用不上"), _("只写 xianke stop --discard")
            )
        gone = timing.discard()
        if json:
            envelope.emit({**screen.document(gone), "discarded": True})
        else:
            screen.show_discarded(gone)
        return
    recorded = timing.stop(words)
    read = notes.reading(note)
    if json:
        envelope.emit({**gig_screen.recorded_document(recorded), **notes.document(read)})
    else:
        screen.show_stopped(recorded)
        notes.warn(read)
