"""Reading a slot: days, exclusions and clock spans in any order that has one meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

from xianke._slot_days import Read, read_days
from xianke._slot_draft import Draft, read_unknown, refuse_unfinished
from xianke._slot_rule import (
    Dates,
    DayClass,
    DayTerm,
    MonthDay,
    NamedHoliday,
    NthWeekday,
    SlotRule,
    Span,
    Weekdays,
    make,
)
from xianke._time_clock import DAY_PARTS, read_duration, read_span
from xianke._time_dates import PartDate, complete, read_part_date, read_weekday_signs
from xianke._time_reader import Reader
from xianke.errors import NotUnderstood
from xianke.i18n import _

if TYPE_CHECKING:
    from datetime import date

# Side by side without a word between, these add up: 周一 周三; others may mean what they share.
_ADDING: Final = ((Weekdays,), (DayClass, NamedHoliday), (Dates,), (MonthDay, NthWeekday))


def parse(
    text: str, *, today: date, anchor: date | None = None, pm_hours: range = range(0)
) -> SlotRule:
    """Return the rule that *text* means, in Chinese or English.

    *today* completes dates without a year (the next one, today counts) and relative ones.
    *anchor* is a day in week 1 for 单周, 双周 and 隔周 where the text names none; without it
    this week is week 1. A span that begins at one of *pm_hours*, and says neither which half of
    the day nor a 24-hour time, is one after noon. Raises NotUnderstood for
    whatever cannot be read in full.
    """
    reader = Reader(text, pm_hours)
    draft = Draft(today)
    while not reader.done:
        first = reader.at
        try:
            understood = _read_item(reader, draft)
        except NotUnderstood:
            # The first stumbling block is the one to name.
            if not draft.unknown:
                raise
            draft.cut_short = True
            break
        if not understood:
            reader.at = first
            read_unknown(reader, draft)
    refuse_unfinished(reader, draft)
    if draft.anchor is not None and draft.weeks == "all":
        raise NotUnderstood(
            _("「{text}」的起始日期只能配单周、双周、隔周").format(text=reader.whole),
            _("例如：隔周（自2026-11-16起）周六 09:00-12:00"),
        )
    start = draft.anchor or anchor or today
    return make(draft.include, draft.spans, exclude=draft.exclude, weeks=draft.weeks, anchor=start)


def _read_item(reader: Reader, draft: Draft) -> bool:
    """Read one more piece of the slot; False where nothing can be made of what stands there."""
    sep = reader.take_sep()
    begun = draft.order or draft.exclude or draft.weeks != "all"
    if (sep or reader.peek().text == "的") and not begun:
        return False
    if _read_anchor(reader, draft) or _read_weeks(reader, draft):
        return True
    if _read_exclude(reader, draft):
        draft.last_days = None
        return True
    start = reader.at
    if _read_bracketed_date(reader, draft):
        return True
    listed = bool(sep) and draft.last_days is not None and draft.last_days.dashed
    days = read_days(reader, draft.today, dashed=not draft.include or listed)
    if days is not None:
        _add_days(reader, draft, days, sep, start)
        return True
    return _read_time(reader, draft, sep)


def _read_bracketed_date(reader: Reader, draft: Draft) -> bool:
    """Read the date of 周六（11月28日）."""
    first = reader.at
    if draft.last_days is not None and reader.take("open"):
        days = read_days(reader, draft.today, dashed=True)
        if days is not None and reader.take("close") and isinstance(days.terms[0], Dates):
            _add_days(reader, draft, days, "", first)
            return True
    reader.at = first
    return False


def _add_days(reader: Reader, draft: Draft, days: Read, sep: str, first: int) -> None:
    if draft.order.endswith("DS"):
        _two_groups(reader, first)
    if draft.loose_exclude and sep and draft.include:
        reader.refuse(
            first,
            _("分不清「{part}」算不算在「除了」里"),
            _("把除去的日子放进括号，例如：每天（除周三、周五） 19:00-21:00"),
        )
    if draft.last_days is not None:
        _check_side_by_side(reader, draft, draft.last_days, days, sep, first)
    draft.include += days.terms
    draft.last_days, draft.last_clock = days, None
    if not draft.order.endswith("D"):
        draft.order += "D"


def _check_side_by_side(
    reader: Reader, draft: Draft, before: Read, now: Read, sep: str, first: int
) -> None:
    """Refuse days side by side that may mean both or what they share, as 工作日周一.

    A weekday before its date (Saturday, Nov 28) only names the date.
    """
    old, new = before.terms[-1], now.terms[0]
    apposed = isinstance(old, Weekdays) and len(old.days) == 1 and sep in ("", ",")
    if apposed and isinstance(new, Dates) and now.terms == (Dates(new.first, new.first),):
        if Weekdays((new.first.isoweekday(),)) != old:
            reader.refuse(first, _("「{part}」不是前面说的周几"), _("改正日期，或去掉周几"))
        draft.include.remove(old)
        return
    if isinstance(old, NthWeekday) and isinstance(new, Weekdays) and not now.every:
        unsure = True
    elif sep == "":
        unsure = not any(isinstance(old, kin) and isinstance(new, kin) for kin in _ADDING)
    else:
        unsure = sep == "," and isinstance(old, Dates) != isinstance(new, Dates)
    if unsure:
        reader.refuse(
            first,
            _("分不清「{part}」和前面的日子是都要，还是只要重合的"),
            _("都要就用「和」连起来，并把周几写在前面；只要重合的就写成日期"),
        )


def _two_groups(reader: Reader, first: int) -> NoReturn:
    reader.refuse(
        first,
        _("「{part}」是另一组日子或钟点"),
        _("一条只写一组日子加一组钟点；分成两条来写"),
    )


def _read_weeks(reader: Reader, draft: Draft) -> bool:
    """Read 隔周, 单周, 双周, 每两周, every other; also the 六 of 隔周六."""
    first = reader.at
    token = reader.take("alt")
    if token is None:
        twice = reader.take("every") is not None and reader.number() == 2
        reader.take("ge")
        if not twice or reader.take("week") is None:
            reader.at = first
            return False
    if draft.weeks != "all" or draft.order.endswith("DS"):
        _two_groups(reader, first)
    draft.weeks = "even" if token is not None and token.value == 2 else "odd"
    reader.take("soft")
    signed = not reader.peek().gap
    if signed and reader.take("mo"):
        _add_days(reader, draft, Read((DayClass("weekend"),)), "", first)
    elif signed and reader.kind() in ("zh", "ri", "tian"):
        pause = reader.at
        days = read_weekday_signs(reader, first)
        if days is None:
            # 隔周三点到五点: the numeral is an hour.
            reader.at = pause
        else:
            _add_days(reader, draft, Read((Weekdays(tuple(sorted(set(days)))),)), "", first)
    return True


def _read_anchor(reader: Reader, draft: Draft) -> bool:
    """Read （自2026-11-16起） or (week 1 from 2026-11-16) for every second week."""
    first = reader.at
    opened = reader.take("open") is not None
    if reader.take("di"):
        counted = reader.number() == 1 and reader.take("week") is not None
    elif reader.take("weeks"):
        counted = reader.number() == 1
    else:
        counted = True
    if counted and reader.take("from"):
        part = read_part_date(reader, draft.today)
        ended = reader.take("start") is not None
        closed = not opened or reader.take("close") is not None
        range_follows = reader.kind() == "to" and not ended
        if part is not None and closed and not range_follows and _is_anchor(draft, opened, ended):
            _set_anchor(reader, draft, part, first)
            return True
    reader.at = first
    return False


def _is_anchor(draft: Draft, opened: bool, ended: bool) -> bool:
    return opened or ended or draft.weeks != "all"


def _set_anchor(reader: Reader, draft: Draft, part: PartDate, first: int) -> None:
    if part.year is None:
        reader.refuse(
            first,
            _("「{part}」缺少年份"),
            _("例如：隔周（自2026-11-16起）周六 09:00-12:00"),
        )
    if draft.anchor is not None:
        _two_groups(reader, first)
    draft.anchor = complete(part, draft.today, "future")


def _read_exclude(reader: Reader, draft: Draft) -> bool:
    """Read 除了周三, （除周三、周五）, except Wed and Fri."""
    first = reader.at
    opened = reader.take("open") is not None
    if opened and _read_excepted(reader, draft):
        return True
    if reader.take("except") is None:
        reader.at = first
        return False
    leading = not opened and not draft.include
    _refuse_month_edge(reader)
    found = read_days(reader, draft.today, dashed=True)
    if found is None:
        reader.refuse(
            first,
            _("「{part}」后面缺少要除去的日子"),
            _("例如：工作日（除周三） 19:00-21:00"),
        )
    while found is not None:
        draft.exclude += found.terms
        pause = reader.at
        sep = reader.take_sep()
        if (leading and sep in ("", ",")) or reader.kind() in ("outside", "close"):
            reader.at = pause
            break
        start = reader.at
        _refuse_month_edge(reader)
        found = read_days(reader, draft.today, dashed=bool(sep))
        if found is None:
            reader.at = pause
        elif sep == "," and not opened:
            reader.refuse(
                start,
                _("分不清「{part}」算不算在「除了」里"),
                _("把除去的日子放进括号，例如：每天（除周三、周五） 19:00-21:00"),
            )
    ended = reader.take("outside") is not None or reader.kind() == "soft"
    if opened and reader.take("close") is None:
        reader.at += 1
        reader.refuse(first, _("看不懂「{part}」"), _("例如：工作日（除周三） 19:00-21:00"))
    draft.loose_exclude = leading and not ended
    return True


def _refuse_month_edge(reader: Reader) -> None:
    """Refuse 除了月底: which days of each month are meant is not said."""
    first = reader.at
    while reader.take("soft", "every", "monthly"):
        pass
    if reader.take("monthstart", "monthend"):
        reader.refuse(
            first,
            _("「{part}」是哪几天说不准，不能除去"),
            _("写明几号，例如：周末（除每月28至31号） 14:00-16:00"),
        )
    reader.at = first


def _read_excepted(reader: Reader, draft: Draft) -> bool:
    """Read the 周三、周五除外） of 工作日（周三、周五除外）."""
    first = reader.at
    found: list[DayTerm] = []
    edge = None
    while True:
        if reader.kind() in ("monthstart", "monthend"):
            edge = reader.at
        days = read_days(reader, draft.today, dashed=True)
        if days is None:
            break
        found += days.terms
        reader.take_sep()
    if found and reader.take("excepted") and reader.take("close"):
        if edge is not None:
            reader.at = edge
            _refuse_month_edge(reader)
        draft.exclude += found
        return True
    reader.at = first
    return False


def _read_time(reader: Reader, draft: Draft, sep: str) -> bool:
    """Read a clock span or a part of the day, or a length of time that lacks its start."""
    reader.take("soft")
    preposition = reader.take("at", "on", "in", "from")
    reader.take("soft")
    first = reader.at
    clock = _read_clock_span(reader, draft, sep)
    if not clock and not _read_day_part(reader, draft, sep):
        # A second length of time replaces the first: either is told as one too many.
        draft.duration = (first, reader.at) if read_duration(reader) and not sep else None
        return draft.duration is not None
    if preposition is not None and preposition.kind == ("in" if clock else "from"):
        # in the morning, from 9:00 to 12:00, but not the other way round.
        return False
    if draft.order.endswith("SD"):
        _two_groups(reader, first)
    if not draft.order.endswith("S"):
        draft.order += "S"
    draft.last_days = None
    return True


def _read_clock_span(reader: Reader, draft: Draft, sep: str) -> bool:
    first = reader.at
    before = draft.last_clock
    span = read_span(reader, bare=bool(draft.include), before=before if sep else None)
    if span is None:
        return False
    begin, end, clock = span
    colons = before is not None and before[0].style == clock.style == "colon"
    if before is not None and not (sep or clock.part or colons):
        _apart(reader, first)
    draft.spans.append(Span(begin, end))
    draft.last_clock = (clock, end)
    return True


def _read_day_part(reader: Reader, draft: Draft, sep: str) -> bool:
    first = reader.at
    token = reader.take("part", "noon", "midnight")
    if token is None:
        return False
    name = "noon" if token.kind == "noon" else token.word
    if name not in DAY_PARTS or reader.kind() == "to":
        reader.refuse(first, _("「{part}」要写清钟点"), _("例如：22:00-24:00、凌晨1点到3点"))
    if draft.last_clock is not None and not sep:
        _apart(reader, first)
    draft.spans.append(Span(*DAY_PARTS[name]))
    draft.last_clock = None
    return True


def _apart(reader: Reader, first: int) -> NoReturn:
    reader.refuse(
        first,
        _("分不清「{part}」和前面的钟点是不是一段"),
        _("时段写在钟点前面，两段之间用「、」，例如：早上7点到8点、晚上7点到9点"),
    )
