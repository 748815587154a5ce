"""Calendars of other programs, as iCalendar files: when somebody is busy, and nothing else.

Repetitions are laid out by recurring-ical-events, an extra of its own. What says that it keeps
nobody busy (TRANSP:TRANSPARENT) and what was called off (STATUS:CANCELLED) is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from xianke.busy import BusyTime
from xianke.errors import Unreadable
from xianke.i18n import _
from xianke.importers import containers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from zoneinfo import ZoneInfo

# Any, below: what icalendar gives has no types of its own for the values of a component.
Event = Any

MOST_TIMES = 20_000
"""Fifty a day over the days that are read: beyond that a file is no calendar of a person's."""

LONGEST_TITLE = 200
"""Characters of a title that are kept: enough to know what it was."""

_TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
"""The lines that say when something is."""

_ONCE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
"""Those of which an event has one at most."""

# A zone may be called like a folder of the zone database: that is an OSError.
_FAULTS = (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError)
"""What the libraries raise over a calendar that says what makes no sense."""

_TOO_DENSE = ("SECONDLY", "MINUTELY")
_MOST_A_DAY = 24

_FOLD = re.compile(rb"\r?\n[ \t]")
_SINGLE = re.compile(r"^(?:RDATE|EXDATE)\b.*$", re.MULTILINE | re.IGNORECASE)
"""A line of days that are added or left out one by one, each of which is laid out."""
_BOUND = re.compile(r"^(BEGIN|END):(VCALENDAR|VEVENT)[ \t]*$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are read, both included, and the zone they are days of."""

    first: date
    last: date
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Contents:
    """The busy times of a file that touch the window, by start; `unclear` names what cannot be
    read.
    """

    times: tuple[BusyTime, ...]
    unclear: tuple[str, ...]


def read(path: Path, window: Window) -> Contents:
    """Return when the calendars of a file are busy.

    Raise Unreadable for what is missing, damaged, no calendar, or too much, and where the extra
    that lays out repetitions is not installed.
    """
    try:
        import icalendar
        import recurring_ical_events
    except ModuleNotFoundError as error:
        raise Unreadable(
            _("读日历要再装一样东西：pip install 'xianke[calendar]'"),
            _("装好以后再执行一次；其他命令不需要它"),
        ) from error
    if path.is_dir():
        raise Unreadable(_("「{name}」是文件夹").format(name=path), _("写出里面的 .ics 文件"))
    text = _text(containers.contents(path), path.name)
    if sum(1 + line.count(",") for line in _SINGLE.findall(text)) > MOST_TIMES:
        raise _too_many(path.name)
    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
    except (*_FAULTS, IndexError) as error:
        raise _damaged(path.name) from error
    if len(calendars) != len(re.findall(r"(?im)^BEGIN:VCALENDAR", text)):
        raise _damaged(path.name)
    found: set[BusyTime] = set()
    unclear: list[str] = []
    for calendar in calendars:
        unclear += _take_out_unclear(calendar)
        for event in _laid_out(calendar, window, recurring_ical_events.of, unclear):
            if (taken := _busy(event, window.zone)) is not None and _touches(taken, window):
                found.add(taken)
        if len(found) > MOST_TIMES:
            raise _too_many(path.name)
    ordered = sorted(found, key=lambda one: (one.start, one.end, one.title or "", one.all_day))
    return Contents(tuple(ordered), tuple(dict.fromkeys(unclear)))


def _too_many(name: str) -> Unreadable:
    return Unreadable(
        _("「{name}」里的事超过 {most} 件，不像一个人的日历").format(name=name, most=MOST_TIMES),
        _("只导出你自己的那一份日历"),
    )


def _text(data: bytes, name: str) -> str:
    """Return the text of a file that begins and ends as a calendar does."""
    # Long lines are folded, by some programs in the middle of a character.
    data = _FOLD.sub(b"", data)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise _damaged(name) if b"BEGIN:VCALENDAR" in data else _no_calendar(name)
    bounds = Counter(
        (edge.upper(), of.upper()) for edge, of in _BOUND.findall(text.replace("\r", ""))
    )
    if not bounds["BEGIN", "VCALENDAR"]:
        raise _no_calendar(name)
    if any(bounds["BEGIN", of] != bounds["END", of] for of in ("VCALENDAR", "VEVENT")):
        raise _damaged(name)
    return text


def _no_calendar(name: str) -> Unreadable:
    return Unreadable(
        _("「{name}」不是日历文件").format(name=name), _("从日历软件里导出 .ics 文件")
    )


def _damaged(name: str) -> Unreadable:
    return Unreadable(
        _("「{name}」损坏了，或者没有下载完整").format(name=name),
        _("从日历软件里重新导出一次"),
    )


def _take_out_unclear(calendar: Event) -> list[str]:
    """Remove the events of which it is not sure when they are, and return their titles."""
    names = []
    for event in list(calendar.subcomponents):
        if event.name == "VEVENT" and _is_unclear(event):
            calendar.subcomponents.remove(event)
            names.append(_title(event) or _("没有标题的事"))
    return names


def _is_unclear(event: Event) -> bool:
    for name, fault in event.errors:
        # A line that is no line at all may have been one of these.
        lost = name is None and any(f"'{one}" in fault.upper() for one in _TIMES)
        if lost or str(name).upper() in _TIMES:
            return True
    if "DTSTART" not in event or any(isinstance(event.get(name), list) for name in _ONCE):
        return True
    return any(map(_is_no_rule, _several(event.get("RRULE")))) or any(
        map(_has_lost_zone, (event.get(name) for name in ("DTSTART", "DTEND", "RECURRENCE-ID")))
    )


def _several(value: Event) -> Iterable[Event]:
    if value is None:
        return ()
    return value if isinstance(value, list) else [value]


def _is_no_rule(rule: Event) -> bool:
    """Return whether a repetition says nothing, or repeats as nothing in a life does."""
    frequency = str(next(iter(rule.get("FREQ", [])), "")).upper()
    if not frequency or frequency in _TOO_DENSE:
        return True
    # Of every noughth day there is no end.
    if any(number < 1 for part in ("INTERVAL", "COUNT") for number in rule.get(part, [])):
        return True
    a_day = 1
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        a_day *= max(len(rule.get(part, [])), 1)
    return a_day > _MOST_A_DAY


def _has_lost_zone(value: Event) -> bool:
    """Return whether a time names a zone that nobody knows: it would pass for local time."""
    if value is None or not isinstance(value.dt, datetime):
        return False
    return value.dt.tzinfo is None and "TZID" in value.params


def _laid_out(calendar: Event, window: Window, of: Any, unclear: list[str]) -> list[Event]:
    """Return every single event in the window; what cannot be laid out is added to *unclear*."""
    # A day more on either side: what is a whole day elsewhere may begin on another one here.
    day = timedelta(days=1)
    start = datetime.combine(window.first - day, time(), window.zone)
    end = datetime.combine(window.last + 2 * day, time(), window.zone)
    try:
        return list(of(calendar).between(start, end))
    except _FAULTS:
        pass
    # Some event spoils all: each by itself, with what changes it.
    found: list[Event] = []
    for name, alone in _series(calendar):
        try:
            found += of(alone).between(start, end)
        except _FAULTS:
            unclear.append(name)
    return found


def _series(calendar: Event) -> Iterator[tuple[str, Event]]:
    """Return a calendar per series of events, with the title of each."""
    others = [one for one in calendar.subcomponents if one.name != "VEVENT"]
    groups: dict[str, list[Event]] = {}
    for number, event in enumerate(calendar.walk("VEVENT")):
        groups.setdefault(str(event.get("UID", number)), []).append(event)
    for events in groups.values():
        alone = calendar.copy()
        alone.subcomponents = [*others, *events]
        yield _title(events[0]) or _("没有标题的事"), alone


def _busy(event: Event, zone: ZoneInfo) -> BusyTime | None:
    """Return when an event takes place, None where it takes no time of the person's."""
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return None
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None
    begins = event["DTSTART"].dt
    ends = event["DTEND"].dt if "DTEND" in event else begins
    all_day = not isinstance(begins, datetime)
    if all_day and ends <= begins:
        # Some programs let a day end on itself.
        ends = begins + timedelta(days=1)
    start, end = _civil(begins, zone), _civil(ends, zone)
    if end <= start and ends > begins:
        # Clocks were put back meanwhile: it takes as long as it takes.
        end = start + (ends - begins)
    if end <= start:
        return None
    return BusyTime(_minute(start), _minute(end, up=True), _title(event), all_day)


def _civil(moment: date, zone: ZoneInfo) -> datetime:
    """Return a moment in the civil time of *zone*; a time without a zone is taken as it stands."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment if moment.tzinfo is None else moment.astimezone(zone).replace(tzinfo=None)


def _minute(moment: datetime, *, up: bool = False) -> datetime:
    """Return the whole minute: one that is begun is taken."""
    whole = moment.replace(second=0, microsecond=0)
    return whole + timedelta(minutes=1) if up and whole < moment else whole


def _touches(taken: BusyTime, window: Window) -> bool:
    first = datetime.combine(window.first, time())
    behind = datetime.combine(window.last, time()) + timedelta(days=1)
    return taken.end > first and taken.start < behind


def _title(event: Event) -> str | None:
    text = " ".join(str(event.get("SUMMARY", "")).split())
    return text[:LONGEST_TITLE] or None
