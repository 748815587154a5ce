"""What lies ahead as an iCalendar file: agreed work, money that should come, deposits still out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from xianke import gigs, money
from xianke.exporters.book import outstanding_fen, plain
from xianke.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from xianke.exporters.book import Book
    from xianke.records import Gig, Spend

USUAL_LENGTH = timedelta(hours=1)
"""Of agreed work whose minutes nobody knows yet."""

ALARM = time(9)
"""When on the day itself the calendar speaks of money that should come."""

_PRODUCT = "-//xianke//xianke//ZH"
_DOMAIN = "xianke.invalid"
"""Reserved by RFC 2606: no event of anybody else's can have such an id."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: from `start` to before `end`, moments with a zone or whole days.

    `uid` stays the same from export to export, so that a calendar brings the entry up to date.
    `alarm` counts from the start. `sequence` grows from export to export where an entry may move;
    `cancelled` takes an entry back that an earlier export brought.
    """

    uid: str
    start: date
    end: date
    summary: str
    description: str
    alarm: timedelta | None = None
    sequence: int | None = None
    cancelled: bool = False


def text(events: Iterable[Event], now: datetime) -> str:
    """Return the file; *now* is when it was written."""
    import icalendar

    found = sorted(events, key=lambda event: (_day(event.start), event.uid))
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for event in found:
        entry = icalendar.Event()
        entry.add("uid", f"{event.uid}@{_DOMAIN}")
        entry.add("dtstamp", now.astimezone(UTC))
        entry.add("dtstart", event.start)
        entry.add("dtend", event.end)
        entry.add("summary", event.summary)
        if event.sequence is not None:
            entry.add("sequence", event.sequence)
            entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
        if event.description:
            entry.add("description", event.description)
        if not isinstance(event.start, datetime):
            # A reminder of money keeps nobody busy.
            entry.add("transp", "TRANSPARENT")
        if event.alarm is not None:
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", event.summary)
            alarm.add("trigger", event.alarm)
            entry.add_component(alarm)
        calendar.add_component(entry)
    moments = [event.start for event in found if isinstance(event.start, datetime)]
    if moments:
        first, last = min(moments).year, max(moments).year
        # Two years around: without bounds it would tell the changes of clocks since 1970.
        calendar.add_missing_timezones(date(first - 1, 1, 1), date(last + 2, 1, 1))
    return str(calendar.to_ical(), "utf-8")


def events(book: Book, zone: ZoneInfo) -> Iterator[Event]:
    """Yield what of the range belongs into a calendar."""
    owed = outstanding_fen(book)
    for gig in book.gigs:
        if gig.status == "accepted" and book.holds(gig.day):
            yield _work(book, gig, zone)
        day = gig.due or book.expected.get(gig.id)
        if day and owed.get(gig.id, 0) > 0 and book.holds(day):
            yield _money(book, gig, day, owed[gig.id])
    for spend in book.spends:
        if spend.kind == "deposit" and spend.returned_day is None and book.holds(spend.day):
            yield _deposit(book, spend)


def _work(book: Book, gig: Gig, zone: ZoneInfo) -> Event:
    day = date.fromisoformat(gig.day)
    lines = [plain(book.categories.get(gig.category or "", "")), plain(gig.note or "")]
    if gig.gross_fen:
        lines.insert(0, _("说好 {amount} 元").format(amount=money.plain_yuan(gig.gross_fen)))
    start, end = day, day + timedelta(days=1)
    if gig.start_minute is not None:
        clock = time(gig.start_minute // 60, gig.start_minute % 60)
        start = datetime.combine(day, clock, zone)
        minutes = (gig.worked_minutes or 0) + gig.unpaid_minutes
        length = timedelta(minutes=minutes) if minutes else USUAL_LENGTH
        # By way of UTC: where clocks change, the work takes as long as it takes.
        end = (start.astimezone(UTC) + length).astimezone(zone)
    return Event(
        f"gig-{gig.id}",
        start,
        end,
        _("做单：{name}").format(name=book.name(gig.platform)),
        "\n".join(filter(None, [*lines, f"g{gig.id}"])),
    )


def _money(book: Book, gig: Gig, day: str, fen: int) -> Event:
    said = _("说好这天到账") if gig.due else _("一般这时候到账")
    done = _("{day} 做的，一共该收 {amount} 元").format(
        day=gig.day, amount=money.plain_yuan(gigs.receivable_fen(gig))
    )
    return Event(
        f"due-{gig.id}",
        date.fromisoformat(day),
        date.fromisoformat(day) + timedelta(days=1),
        _("该到账 {amount} 元：{name}").format(
            amount=money.plain_yuan(fen), name=book.name(gig.platform)
        ),
        "\n".join(filter(None, [said, done, plain(gig.note or ""), f"g{gig.id}"])),
        timedelta(hours=ALARM.hour),
    )


def _deposit(book: Book, spend: Spend) -> Event:
    day = date.fromisoformat(spend.day)
    return Event(
        f"deposit-{spend.id}",
        day,
        day + timedelta(days=1),
        _("交了押金 {amount} 元，还没退：{name}").format(
            amount=money.plain_yuan(spend.amount_fen), name=book.name(spend.platform)
        ),
        "\n".join(filter(None, [plain(spend.note or ""), f"c{spend.id}"])),
    )


def _day(start: date) -> str:
    return start.isoformat()
