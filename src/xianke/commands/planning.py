"""`plan`: the free time of one week, spent on what should bring most, and what stays free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from xianke import settings, when
from xianke.commands.shell import Command, JsonFlag, new_app
from xianke.errors import NotFound, NotUnderstood, Refused
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.commands.planbook import Desk
    from xianke.planned import Entry
    from xianke.planner import Limits
    from xianke.weekplan import Ask

app = new_app()

MOST_PLATFORMS = 4
"""Each app wants its own attention, standing and rules; more than four nobody looks after beside
a job. Judgement."""

DAY_HOURS = 8
WEEK_HOURS = 40
"""No more side work than a full job would be: State Council, Provisions on Working Hours (decree
174, 1995), article 3: eight hours a day, forty a week."""

REST_DAYS = 1
"""A day a week without any work, as article 38 of the Labour Law gives it to employees."""

SHARE = 70
"""Percent of the week that may hang on one platform: accounts are blocked and rules change from one
day to the next, and then a third of the week should still stand. Judgement."""

WEEKS_AHEAD = 53
"""A year: what somebody does in a week farther off, nobody knows."""

ALARM_MINUTES = 15
MOST_ALARM_MINUTES = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Export:
    """Where the calendar goes, None for nowhere, and how long before a block it speaks up."""

    path: Path | None
    alarm: timedelta | None


def _whole(text: str, option: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and least <= int(text) <= most):
        raise NotUnderstood(
            _("看不懂 {option} 的「{text}」").format(option=option, text=text),
            _("写 {least} 到 {most} 的整数").format(least=least, most=most),
        )
    return int(text)


def _minutes(text: str, option: str, most: int) -> int:
    """Read hours such as `3` or `2.5` and return minutes."""
    try:
        hours = Decimal(text.strip())
    except InvalidOperation:
        hours = Decimal(0)
    if not text.isascii() or not hours.is_finite() or not 0 < hours <= most:
        raise NotUnderstood(
            _("看不懂 {option} 的「{text}」").format(option=option, text=text),
            _("写小时数，最多 {most}，例如 2.5").format(most=most),
        )
    return max(1, int(hours * 60))


@app.command(
    "plan",
    cls=Command,
    help=_(
        "把一周的空闲排成计划：哪段做什么、大概到手多少，哪段空着、为什么。"
        "说好的单先排，日历占着的不排；数字是估计，不是承诺。\n\n"
        "例：\n"
        "  xianke plan\n"
        "  xianke plan --week 下周 --hours-a-day 2 --rest 2\n"
        "  xianke plan --keep --ics 计划.ics\n"
        "  xianke plan --kept"
    ),
)
def plan(
    week: Annotated[
        str | None,
        typer.Option("--week", metavar="W", help=_("哪一周：本周、下周 或 2026-W48")),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help=_("留存这份计划，换掉这周原来的"))] = False,
    kept: Annotated[bool, typer.Option("--kept", help=_("看留存的那份，不重排"))] = False,
    ics: Annotated[
        str | None,
        typer.Option("--ics", metavar="FILE", help=_("写成日历文件；写 - 就打印")),
    ] = None,
    alarm: Annotated[
        str | None,
        typer.Option("--alarm", metavar="N", help=_("日历提前几分钟提醒，默认 15；0 不提醒")),
    ] = None,
    platforms: Annotated[
        str | None, typer.Option("--platforms", metavar="K", help=_("最多几个平台，默认 4"))
    ] = None,
    hours_a_day: Annotated[
        str | None, typer.Option("--hours-a-day", metavar="H", help=_("一天最多几小时，默认 8"))
    ] = None,
    hours_a_week: Annotated[
        str | None, typer.Option("--hours-a-week", metavar="H", help=_("一周最多几小时，默认 40"))
    ] = None,
    rest: Annotated[
        str | None, typer.Option("--rest", metavar="N", help=_("留几天完全不排，默认 1"))
    ] = None,
    share: Annotated[
        str | None,
        typer.Option("--share", metavar="P", help=_("一个平台最多占百分之几，默认 70")),
    ] = None,
    cautious: Annotated[
        bool, typer.Option("--cautious", help=_("只按有把握的排，不去试说不准的"))
    ] = False,
    json: JsonFlag = False,
) -> None:
    from xianke.planner import BOLDNESS

    limits = _limits(platforms, hours_a_day, hours_a_week, rest, share)
    export = _export(ics, alarm)
    if json and ics == "-":
        raise Refused(_("--json 和日历不能一起打印"), _("写 --ics 文件名，把日历写进文件"))
    if kept:
        asked = (platforms, hours_a_day, hours_a_week, rest, share)
        if keep or cautious or any(one is not None for one in asked):
            raise NotUnderstood(
                _("--kept 只看留存的计划，不能同时重排"), _("去掉 --kept，或者去掉别的条件")
            )
        _show_kept(week, export, as_json=json)
        return
    desk, ask = _asked(week, limits, 0.0 if cautious else BOLDNESS)
    _make(desk, ask, export, keep=keep, as_json=json)


def _limits(
    platforms: str | None,
    hours_a_day: str | None,
    hours_a_week: str | None,
    rest: str | None,
    share: str | None,
) -> Limits:
    from xianke.planner import Limits

    day = DAY_HOURS * 60 if hours_a_day is None else _minutes(hours_a_day, "--hours-a-day", 24)
    whole = WEEK_HOURS * 60
    return Limits(
        day,
        whole if hours_a_week is None else _minutes(hours_a_week, "--hours-a-week", 168),
        MOST_PLATFORMS if platforms is None else _whole(platforms, "--platforms", 1, 100),
        SHARE if share is None else _whole(share, "--share", 1, 100),
        REST_DAYS if rest is None else _whole(rest, "--rest", 0, 6),
    )


def _export(ics: str | None, alarm: str | None) -> Export:
    if alarm is not None and ics is None:
        raise NotUnderstood(_("--alarm 要和 --ics 一起用"), _("例如 --ics 计划.ics --alarm 30"))
    minutes = ALARM_MINUTES
    if alarm is not None:
        minutes = _whole(alarm, "--alarm", 0, MOST_ALARM_MINUTES)
    return Export(
        None if ics is None else Path(ics), timedelta(minutes=-minutes) if minutes else None
    )


# Which week


def _monday(week: str) -> date:
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def _near(week: str, now: datetime) -> date:
    """Return the Monday of the week that was asked for; raise Refused where it is too far off."""
    monday = _monday(when.parse_week(week, now))
    if monday > now.date() + timedelta(weeks=WEEKS_AHEAD):
        raise Refused(
            _("「{week}」太远了，排不准").format(week=week), _("排一年以内的，例如 --week 下周")
        )
    return monday


def _asked(week: str | None, limits: Limits, boldness: float) -> tuple[Desk, Ask]:
    """Return what is planned: the week asked for, else this one while any of it is free, or the
    next. Raise Refused for a week that is over.
    """
    from xianke import weekplan
    from xianke.commands import planbook

    now = settings.now()
    this = _monday(when.iso_week(now.date()))
    if week is not None:
        wanted = _near(week, now)
        if wanted < this:
            raise Refused(
                _("「{week}」已经过去了，不能再排").format(week=week),
                _("排这周：xianke plan；看当时留存的：xianke plan --kept --week {week}").format(
                    week=when.iso_week(wanted)
                ),
            )
        desk = planbook.read([wanted])
        return desk, desk.ask(wanted, limits, boldness)
    following = this + timedelta(days=7)
    desk = planbook.read([this, following])
    ask = desk.ask(this, limits, boldness)
    if weekplan.free_pieces(ask) or not desk.known.stock.slots:
        return desk, ask
    return desk, desk.ask(following, limits, boldness)


# Doing it


def _make(desk: Desk, ask: Ask, export: Export, *, keep: bool, as_json: bool) -> None:
    from xianke import matching, planned, weekplan
    from xianke.commands import planbook
    from xianke.render import envelope, plan_data
    from xianke.render import plan as screen

    found = weekplan.arrange(ask)
    differs = planned.change(found.entries, found.past, ask.kept)
    known = desk.known
    if export.path is not None:
        # The file before the store: where it cannot be written, nothing is kept either.
        entries = [*found.past, *found.entries]
        _write(export.path, _calendar(found.week, entries, desk, export.alarm))
    stored = planbook.keep(found) if keep else None
    if str(export.path) == "-":
        return
    if as_json:
        _eligible, rejected = matching.judged(known.stock, known.catalogue, known.now.date())
        document = plan_data.document(found, ask, rejected)
        envelope.emit({**document, **plan_data.kept_document(ask, differs, stored)})
        return
    screen.show(found, ask)
    screen.show_change(found, ask, differs, stored)
    screen.show_written(export.path)


def _show_kept(week: str | None, export: Export, *, as_json: bool) -> None:
    from xianke import planned
    from xianke.commands import planbook
    from xianke.render import envelope, plan_data
    from xianke.render import plan as screen

    now = settings.now()
    this = _monday(when.iso_week(now.date()))
    wanted = [this, this + timedelta(days=7)] if week is None else [_near(week, now)]
    desk = planbook.read(wanted)
    first = next((day for day in wanted if desk.kept[when.iso_week(day)]), None)
    if first is None:
        raise NotFound(
            _("{week} 没有留存的计划").format(week=when.iso_week(wanted[0])),
            _("排好留存：xianke plan --keep"),
        )
    entries = [*map(planned.stored_entry, desk.kept[when.iso_week(first)])]
    if export.path is not None:
        _write(export.path, _calendar(when.iso_week(first), entries, desk, export.alarm))
        if str(export.path) == "-":
            return
    if as_json:
        envelope.emit(plan_data.stored_document(first, entries, desk.known.catalogue))
        return
    screen.show_kept(first, entries, desk.known.catalogue)
    screen.show_written(export.path)


def _calendar(week: str, entries: list[Entry], desk: Desk, alarm: timedelta | None) -> str:
    from xianke.exporters import calendars, plans

    known = desk.known
    book = plans.Book(known.catalogue, known.rates, known.now.date(), alarm)
    events = plans.events(entries, desk.gone(week, entries), book, known.now)
    return calendars.text(events, known.now)


def _write(path: Path, text: str) -> None:
    from xianke.commands import filing
    from xianke.render import exports

    content = text.encode()

    def fill(file: BinaryIO) -> None:
        file.write(content)

    if str(path) == "-":
        exports.pour(fill)
    else:
        filing.replace_file(path, fill)
