"""How calendars that were read look, and what they take of the slots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from xianke import inventory, settings
from xianke.busy import CUT
from xianke.i18n import _, plural
from xianke.render.stock import weekday_name
from xianke.render.tables import first_step, heading, next_step, note, place, sentence, table

if TYPE_CHECKING:
    from datetime import datetime

    from xianke.busy import BusyTime
    from xianke.commands.calendarbook import Listed, ReadIn
    from xianke.commands.slotdays import SlotDays
    from xianke.records import Calendar

Document = dict[str, Any]

MOST_ON_SCREEN = 30


def document(one: Listed | ReadIn) -> Document:
    """Return a calendar as the contract's data; `busy` is the number of its busy times."""
    calendar = one.calendar
    return {
        "id": f"cal{calendar.id}",
        "name": calendar.name,
        "source": calendar.source,
        "first_day": calendar.first_day,
        "last_day": calendar.last_day,
        "imported_at": calendar.imported_at,
        "busy": one.busy,
    }


def read_document(done: ReadIn) -> Document:
    """Return what reading a calendar has changed."""
    return {
        "calendar": document(done),
        "added": done.added,
        "removed": done.removed,
        "unchanged": done.unchanged,
        "skipped": len(done.unclear),
    }


def outcome(
    done: Sequence[ReadIn],
) -> tuple[Literal["ok", "partial"], list[dict[str, str | None]]]:
    """Return the status of reading calendars, and an error for each thing that was left out."""
    errors: list[dict[str, str | None]] = [
        {"code": "bad_event", "message": _left_out(one.calendar, title), "hint": None}
        for one in done
        for title in one.unclear
    ]
    return ("partial" if errors else "ok"), errors


def _left_out(calendar: Calendar, title: str) -> str:
    return _("{name}：「{title}」读不懂是什么时候，没有算进去").format(
        name=calendar.name, title=title
    )


def show_read(done: Sequence[ReadIn]) -> None:
    """Print what calendars were read, and what is different now."""
    for one in done:
        count = plural("{count} 段有事的时间", one.busy).format(count=one.busy)
        sentence(
            _("读好了日历「{name}」：{first} 到 {last}，{count}").format(
                name=one.calendar.name,
                first=one.calendar.first_day,
                last=one.calendar.last_day,
                count=count,
            )
        )
        if one.unchanged and not one.added and not one.removed:
            note(_("和上次读的一样"))
        elif one.removed or (one.added and one.unchanged):
            note(
                _("新的 {added}，没了的 {removed}，照旧 {unchanged}").format(
                    added=one.added, removed=one.removed, unchanged=one.unchanged
                )
            )
        if one.source_before is not None:
            place(_("换掉了同名的，原来读自 {path}").format(path=one.source_before))
        for title in one.unclear:
            note(_left_out(one.calendar, title))
    note(_("只存在这台电脑上，不上传。"))
    next_step(_("看扣掉以后的空闲：xianke inventory slots"))


def show_list(found: Sequence[Listed]) -> None:
    """Print the calendars that were read, or how to read one."""
    if not found:
        sentence(_("还没有读过日历。"))
        next_step(_("从日历软件导出 .ics，再：xianke inventory import-calendar 工作.ics"))
        return
    table(
        [
            (_("日历"), "left"),
            (_("有事"), "right"),
            (_("读到"), "left"),
            (_("哪天读的"), "left"),
        ],
        [
            [
                one.calendar.name,
                str(one.busy),
                one.calendar.last_day,
                one.calendar.imported_at[:10],
            ]
            for one in found
        ],
        flexible=[0],
    )
    for one in found:
        place(
            _("{name}：{value}").format(name=one.calendar.name, value=one.calendar.source),
            indent=2,
        )
    note(_("只存在这台电脑上，不上传。"))
    next_step(_("日历改了再读一遍：xianke inventory refresh-calendar"))


def show_removed(gone: Listed) -> None:
    """Print which calendar is not looked at any more."""
    sentence(
        plural("不再看日历「{name}」，放出 {count} 段时间", gone.busy).format(
            name=gone.calendar.name, count=gone.busy
        )
    )
    next_step(_("删错了就 xianke undo"))


# Slots, and what calendars take of them


def slots_document(found: SlotDays) -> Document:
    """Return the slots of a range of days, in the order they begin, and what takes some of them."""
    return {
        "occurrences": [
            {
                "slot": f"s{free.slot.id}",
                "start": _instant(one.start),
                "end": _instant(one.end),
                "flags": list(one.flags),
            }
            for free, one in found.pieces
        ],
        "busy": [busy_document(one) for one in found.busy],
        "estimated": any(inventory.calendar_is_estimated(day) for day in (found.first, found.last)),
    }


def busy_document(one: BusyTime) -> Document:
    """Return a busy time as the contract's data."""
    return {
        "start": _instant(one.start),
        "end": _instant(one.end),
        "title": one.title,
        "calendar": one.calendar,
        "all_day": one.all_day,
    }


def _instant(moment: datetime) -> str:
    return moment.replace(tzinfo=settings.zone()).isoformat()


def show_slots(found: SlotDays, *, untouched: bool) -> None:
    """Print the slots of a range of days, and what takes some of them."""
    if not found.pieces:
        days = {"first": found.first, "last": found.last}
        if found.busy:
            sentence(_("{first} 到 {last} 的空闲时段都被日历占了").format(**days))
            show_busy(found.busy)
        else:
            sentence(_("{first} 到 {last} 没有空闲时段").format(**days))
            first_step(
                _("添一段：xianke inventory add slot 工作日 12:00-13:00 --label 午休"),
                untouched=untouched,
            )
        return
    flags = {
        "makeup_workday": _("调休上班日"),
        "holiday": _("节假日"),
        "estimated": _("日历未公布，按星期估"),
        CUT: _("日历占了一部分"),
    }
    table(
        [
            (_("日子"), "left"),
            (_("钟点"), "left"),
            ("", "left"),
            (_("名字"), "left"),
            (_("留意"), "left"),
        ],
        [
            [
                f"{one.start:%m-%d} {weekday_name(one.start.isoweekday())}",
                f"{one.start:%H:%M}-{one.end:%H:%M}",
                f"s{free.slot.id}",
                free.slot.label or "",
                _("、").join(flags[flag] for flag in one.flags),
            ]
            for free, one in found.pieces
        ],
        flexible=[3, 4],
    )  # fmt: skip
    show_busy(found.busy)
    show_horizon(found.calendars, found.last)
    next_step(_("排成计划：xianke plan"))


def show_busy(found: Sequence[BusyTime]) -> None:
    """Print which busy times have taken something of the slots."""
    if not found:
        return
    heading(_("日历上占着的"))
    table(
        [(_("日子"), "left"), (_("钟点"), "left"), (_("日历"), "left"), (_("什么事"), "left")],
        [
            [
                _day_text(one.start),
                clock_text(one),
                one.calendar,
                one.title or "",
            ]
            for one in found[:MOST_ON_SCREEN]
        ],
        flexible=[2, 3],
    )
    if len(found) > MOST_ON_SCREEN:
        note(
            _("共 {count} 段，这里是最早的 {shown} 段").format(
                count=len(found), shown=MOST_ON_SCREEN
            )
        )


def _day_text(moment: datetime) -> str:
    """Return a day: `11-30 周一`, with the year where it is not this one."""
    written = f"{moment:%m-%d}" if moment.year == settings.now().year else f"{moment:%Y-%m-%d}"
    return f"{written} {weekday_name(moment.isoweekday())}"


def clock_text(one: BusyTime) -> str:
    """Return from when to when, the day of the end where it is another one."""
    last = one.end - timedelta(minutes=1)
    if one.all_day:
        if last.date() == one.start.date():
            return _("全天")
        return _("全天，到 {day}").format(day=f"{last:%m-%d}")
    if one.end.date() == one.start.date():
        return f"{one.start:%H:%M}-{one.end:%H:%M}"
    return f"{one.start:%H:%M}-{one.end:%m-%d %H:%M}"


def show_horizon(calendars: Sequence[Calendar], last: date) -> None:
    """Say from which day on calendars say nothing, where that is before *last*."""
    for one in calendars:
        if one.last_day < last.isoformat():
            note(
                _("日历「{name}」只读到 {day}，往后的没有扣").format(
                    name=one.name, day=one.last_day
                )
            )


def show_now(one: BusyTime) -> None:
    """Say that the calendar is busy at this moment, and until when."""
    same = one.end.date() == settings.now().date()
    sentence(
        _("日历「{calendar}」上这会儿有事，到 {until}").format(
            calendar=one.calendar, until=f"{one.end:%H:%M}" if same else f"{one.end:%m-%d %H:%M}"
        )
    )
    if one.title:
        note(one.title)
