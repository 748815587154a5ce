"""A planned week as events: each block one event that moves when the week is planned anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from xianke import money, planned
from xianke.exporters.book import plain
from xianke.exporters.calendars import Event
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.planned import Entry
    from xianke.platforms import Catalogue
    from xianke.rates import Rates

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""Sequence numbers are seconds since then: later exports have higher ones, and RFC 5545 lets them
be so large until 2088."""


@dataclass(frozen=True, slots=True)
class Book:
    """What the words of the events come from; `alarm` is None for none."""

    catalogue: Catalogue
    rates: Rates
    today: date
    alarm: timedelta | None


def events(
    entries: Iterable[Entry], gone: Iterable[Entry], book: Book, now: datetime
) -> Iterator[Event]:
    """Yield the blocks of a plan, and as cancelled those that an earlier one had.

    *now* carries the store's zone, in which the entries are.
    """
    for entry in entries:
        yield _event(entry, book, now)
    for entry in gone:
        yield _event(entry, book, now, cancelled=True)


def _event(entry: Entry, book: Book, now: datetime, *, cancelled: bool = False) -> Event:
    return Event(
        entry.uid,
        entry.start.replace(tzinfo=now.tzinfo),
        entry.end.replace(tzinfo=now.tzinfo),
        plain(planned.work_name(entry, book.catalogue)),
        "" if cancelled else "\n".join(_lines(entry, book)),
        None if cancelled else book.alarm,
        max(0, int((now - EPOCH).total_seconds())),
        cancelled,
    )


def _lines(entry: Entry, book: Book) -> Iterator[str]:
    amount = money.rounded_yuan(entry.expected_fen)
    if entry.due is not None:
        yield _("说好的单 {id}，{day} 前做完，这段约 {amount} 元").format(
            id=f"g{entry.due.gig.id}", day=entry.due.day, amount=amount
        )
    elif entry.supply == "unknown":
        yield _("有单时约 {amount} 元，是估计，不是承诺").format(amount=amount)
    else:
        yield _("约 {amount} 元，是估计，不是承诺").format(amount=amount)
    if entry.setup_minutes:
        yield _("其中准备 {minutes} 分钟").format(minutes=entry.setup_minutes)
    if entry.travel_minutes:
        yield _("其中来回路上 {minutes} 分钟").format(minutes=entry.travel_minutes)
    step = planned.first_step(entry, book.catalogue, book.rates, book.today)
    if step is not None:
        yield _("第一步：{step}").format(step=step)
