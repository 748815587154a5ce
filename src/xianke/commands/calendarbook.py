"""The writing half of the calendar commands: from an .ics file to busy times in the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from xianke import settings, store
from xianke.busy import BusyTime
from xianke.errors import NotFound, NotUnderstood, Unreadable
from xianke.i18n import _
from xianke.importers import icalendars
from xianke.records import Busy, Calendar

if TYPE_CHECKING:
    from xianke.store.tables import Row

DAYS_AHEAD = 400
"""How far a calendar is read: a year and a month, so that yearly things come at least once."""

Key = tuple[str, str, str | None, bool]


@dataclass(frozen=True, slots=True)
class Listed:
    """A calendar and how many busy times are known of it."""

    calendar: Calendar
    busy: int


@dataclass(frozen=True, slots=True)
class ReadIn:
    """A calendar that was just read, and what is different now.

    `source_before` is where it came from so far, if that was another file. `unclear` are the
    titles of what could not be read and was left out on request.
    """

    calendar: Calendar
    added: int
    removed: int
    unchanged: int
    source_before: str | None
    unclear: tuple[str, ...]

    @property
    def busy(self) -> int:
        """Return how many busy times are known of it now."""
        return self.added + self.unchanged


@dataclass(frozen=True, slots=True)
class _Draft:
    """A calendar as it shall be."""

    name: str
    source: str
    window: icalendars.Window
    contents: icalendars.Contents


def listed() -> list[Listed]:
    """Return the calendars that were read, by name."""
    with store.read() as db:
        return [Listed(one, len(db.busy_of(one.id))) for one in db.calendars()]


def add(path: Path, name: str | None, *, skip_bad: bool) -> ReadIn:
    """Read a calendar; one of the same name gives way to it."""
    now = settings.now()
    wanted = _name(path.stem if name is None else name)
    draft = _draft(wanted, path, now, skip_bad=skip_bad)
    with store.write("calendar.import", wanted, now) as db:
        return _put(db, draft, now)


def refresh(name: str | None, *, skip_bad: bool) -> list[ReadIn]:
    """Read one calendar or all of them again from where they came: all, or none."""
    now = settings.now()
    with store.read() as db:
        known = db.calendars()
        wanted = known if name is None else [find(db, name)]
    if not wanted:
        raise NotFound(
            _("还没有读过日历"), _("先读一个：xianke inventory import-calendar 工作.ics")
        )
    # All files before the first row is changed.
    drafts = [_draft(one.name, Path(one.source), now, skip_bad=skip_bad) for one in wanted]
    names = _("、").join(one.name for one in wanted)
    with store.write("calendar.refresh", names, now) as db:
        return [_put(db, draft, now) for draft in drafts]


def remove(name: str) -> Listed:
    """Forget a calendar and all its busy times."""
    with store.write("calendar.remove", name, settings.now()) as db:
        calendar = find(db, name)
        gone = db.busy_of(calendar.id)
        for one in gone:
            db.delete("busy", one.id)
        db.delete("calendar", calendar.id)
        db.subject = calendar.name
    return Listed(calendar, len(gone))


def find(db: store.Queries, name: str) -> Calendar:
    """Return a calendar by its name; raise NotFound otherwise."""
    known = db.calendars()
    plain = " ".join(name.split())
    for wanted in (plain, plain.casefold()):
        for one in known:
            if wanted in (one.name, one.name.casefold()):
                return one
    names = _("、").join(one.name for one in known)
    raise NotFound(
        _("没有叫「{name}」的日历").format(name=name),
        _("有的是：{names}").format(names=names)
        if known
        else _("先读一个：xianke inventory import-calendar 工作.ics"),
    )


def window(now: datetime) -> icalendars.Window:
    """Return the days that are read: from the Monday of this week on."""
    monday: date = now.date() - timedelta(days=now.weekday())
    return icalendars.Window(monday, monday + timedelta(days=DAYS_AHEAD), settings.zone())


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise NotUnderstood(
            _("日历的名字「{text}」不能用").format(text=text), _("例如 --name 工作")
        )
    return name


def _draft(name: str, path: Path, now: datetime, *, skip_bad: bool) -> _Draft:
    days = window(now)
    contents = icalendars.read(path, days)
    if contents.unclear and not skip_bad:
        raise Unreadable(
            _("「{name}」里有事读不懂是什么时候：{titles}").format(
                name=path.name, titles=_named(contents.unclear)
            ),
            _("在日历软件里改好再导出；跳过这些就加 --skip-bad"),
        )
    # Whole: it is read again from wherever somebody stands then.
    return _Draft(name, str(path.absolute()), days, contents)


def _named(titles: Sequence[str]) -> str:
    shown = _("、").join(titles[:3])
    return shown if len(titles) <= 3 else _("{names} 等").format(names=shown)


def _put(db: store.Journal, draft: _Draft, now: datetime) -> ReadIn:
    """Store a calendar as it shall be; where all is as it was, nothing is written."""
    before = next((one for one in db.calendars() if one.name == draft.name), None)
    row: Row = {
        "name": draft.name,
        "source": draft.source,
        "first_day": draft.window.first.isoformat(),
        "last_day": draft.window.last.isoformat(),
    }
    stamp = now.isoformat(timespec="seconds")
    old = [] if before is None else db.busy_of(before.id)
    wanted = Counter(map(_key, draft.contents.times))
    gone = _surplus(old, wanted)
    same = before is not None and not gone and not +wanted
    if before is None:
        identity = db.insert("calendar", {**row, "imported_at": stamp})
    else:
        identity = before.id
        if not same or any(getattr(before, name) != value for name, value in row.items()):
            db.update("calendar", identity, {**row, "imported_at": stamp})
    for one in gone:
        db.delete("busy", one.id)
    added = sorted((+wanted).elements(), key=lambda key: key[:2])
    for start, end, title, all_day in added:
        values: Row = {"start": start, "end": end, "title": title, "all_day": all_day}
        db.insert("busy", {"calendar_id": identity, **values})
    calendar = next(one for one in db.calendars() if one.id == identity)
    moved = before is not None and before.source != draft.source
    return ReadIn(
        calendar,
        len(added),
        len(gone),
        len(old) - len(gone),
        before.source if before is not None and moved else None,
        draft.contents.unclear,
    )


def _surplus(old: Sequence[Busy], wanted: Counter[Key]) -> list[Busy]:
    """Return the stored times that are wanted no more; *wanted* keeps what is still to add."""
    gone = []
    for one in old:
        key = (one.start, one.end, one.title, one.all_day)
        if wanted[key] > 0:
            wanted[key] -= 1
        else:
            gone.append(one)
    return gone


def _key(time: BusyTime) -> Key:
    start, end = (moment.isoformat(timespec="minutes") for moment in (time.start, time.end))
    return start, end, time.title, time.all_day
