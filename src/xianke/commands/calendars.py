"""`inventory slots` and the calendars that take some of them: read, read again, removed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xianke import settings
from xianke.commands.imports import LEFT_OUT
from xianke.commands.shell import Command, JsonFlag, new_app, untouched
from xianke.errors import NotUnderstood
from xianke.i18n import _

app = new_app()

MOST_DAYS = 3660
"""Ten years: nobody looks further ahead."""

CalendarName = Annotated[str, typer.Argument(metavar="NAME", help=_("日历的名字"))]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help=_("读不懂的事跳过，其余照读"))]


@app.command(
    "slots",
    cls=Command,
    help=_(
        "把时段摊开到日历上：哪天几点到几点，遇上节假日和调休会标出来；读过的日历里有事的"
        "时间已经扣掉\n\n"
        "例：\n"
        "  xianke inventory slots\n"
        "  xianke inventory slots --from 2026-12-01 --to 2026-12-31"
    ),
)
def occurrences(
    first: Annotated[
        str | None, typer.Option("--from", metavar="D", help=_("从哪天起，默认今天"))
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="D", help=_("到哪天止，默认再过六天"))
    ] = None,
    json: JsonFlag = False,
) -> None:
    from datetime import timedelta

    from xianke import when
    from xianke.commands import slotdays
    from xianke.render import calendars, envelope

    now = settings.now()
    start = now.date() if first is None else when.parse_day(first, now, prefer="future")
    end = start + timedelta(days=6) if last is None else when.parse_day(last, now, prefer="future")
    if end < start:
        raise NotUnderstood(
            _("--to {last} 比 --from {first} 还早").format(last=end, first=start),
            _("两个日子换一下"),
        )
    if (end - start).days > MOST_DAYS:
        raise NotUnderstood(_("这段日子超过十年"), _("把 --from 和 --to 写近一些"))
    found = slotdays.slot_days(start, end)
    if json:
        envelope.emit(calendars.slots_document(found))
    else:
        calendars.show_slots(found, untouched=not found.pieces and untouched())


@app.command(
    "import-calendar",
    cls=Command,
    help=_(
        "读一个 .ics 日历：有事的时间从空闲时段里扣掉。只在这台电脑上读，不上传。\n\n"
        "例：\n"
        "  xianke inventory import-calendar 工作.ics\n"
        "  xianke inventory import-calendar basic.ics --name 家里\n"
        "同名的再读一次，就换成新的。标成「空闲」和已取消的不算有事。"
    ),
)
def import_calendar(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("日历软件导出的 .ics 文件"))],
    name: Annotated[
        str | None, typer.Option("--name", metavar="N", help=_("叫什么，默认用文件名"))
    ] = None,
    skip_bad: SkipBad = False,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import calendarbook
    from xianke.render import calendars, envelope

    done = calendarbook.add(file, name, skip_bad=skip_bad)
    status, errors = calendars.outcome([done])
    if json:
        envelope.emit(calendars.read_document(done), status=status, errors=errors)
    else:
        calendars.show_read([done])
    if errors:
        raise typer.Exit(LEFT_OUT)


@app.command(
    "calendars",
    cls=Command,
    help=_("读过的日历：从哪来，读到哪天，有几件事\n\n例：\n  xianke inventory calendars"),
)
def listing(json: JsonFlag = False) -> None:
    from xianke.commands import calendarbook
    from xianke.render import calendars, envelope

    found = calendarbook.listed()
    if json:
        envelope.emit({"calendars": [calendars.document(one) for one in found]})
    else:
        calendars.show_list(found)


@app.command(
    "refresh-calendar",
    cls=Command,
    help=_(
        "从原来的文件再读一遍，日子往后移；不写名字就全部再读\n\n"
        "例：\n"
        "  xianke inventory refresh-calendar\n"
        "  xianke inventory refresh-calendar 工作"
    ),
)
def refresh(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help=_("日历的名字，不写就是全部"))
    ] = None,
    skip_bad: SkipBad = False,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import calendarbook
    from xianke.render import calendars, envelope

    done = calendarbook.refresh(name, skip_bad=skip_bad)
    status, errors = calendars.outcome(done)
    if json:
        documents = [calendars.read_document(one) for one in done]
        envelope.emit({"calendars": documents}, status=status, errors=errors)
    else:
        calendars.show_read(done)
    if errors:
        raise typer.Exit(LEFT_OUT)


@app.command(
    "remove-calendar",
    cls=Command,
    help=_(
        "不再看一个日历，空闲时段还原；xianke undo 可以撤回\n\n"
        "例：\n"
        "  xianke inventory remove-calendar 工作"
    ),
)
def remove(name: CalendarName, json: JsonFlag = False) -> None:
    from xianke.commands import calendarbook
    from xianke.render import calendars, envelope

    gone = calendarbook.remove(name)
    if json:
        envelope.emit({"calendar": calendars.document(gone), "removed": gone.busy})
    else:
        calendars.show_removed(gone)
