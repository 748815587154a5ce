"""Clock times, parts of the day and durations, as people type them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from xianke.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xianke._time_reader import Reader

DAY: Final = 1440
"""Minutes of a civil day."""

NOON: Final = 720

DAY_PARTS: Final[Mapping[str, tuple[int, int]]] = {
    "early": (6 * 60, 8 * 60),
    "morning": (8 * 60, 12 * 60),
    "noon": (12 * 60, 14 * 60),
    "afternoon": (14 * 60, 18 * 60),
    "evening": (19 * 60, 22 * 60),
    "allday": (9 * 60, 21 * 60),
}
"""What a part of the day means without a clock time: first and last minute of the day."""

# Typed hour → hour of the day, for each part beside which it makes sense; 24 is midnight at the
# end of that day. Hours outside a table contradict the part: 上午14点 is refused, not repaired.
_PART_HOURS: Final[Mapping[str, Mapping[int, int]]] = {
    "dawn": {12: 0} | {h: h for h in range(7)},
    "early": {h: h for h in range(3, 12)},
    "morning": {h: h for h in range(5, 13)},
    "noon": {h: h for h in range(10, 16)} | {1: 13, 2: 14, 3: 15},
    "afternoon": {h: h for h in range(12, 21)} | {h: h + 12 for h in range(1, 9)},
    "dusk": {h: h for h in range(16, 21)} | {h: h + 12 for h in range(4, 9)},
    "evening": {h: h for h in range(17, 25)} | {h: h + 12 for h in range(5, 13)} | {0: 24},
    "night": {h: h for h in range(19, 25)} | {h: h + 12 for h in range(7, 13)} | {0: 24},
    "daytime": {h: h for h in range(6, 20)},
    "allday": {h: h for h in range(25)},
}
# An end before the start is the next day; a longer night than this is more likely a slip.
_LONGEST_NIGHT: Final = 16 * 60


class Clock(NamedTuple):
    """One clock time as typed: not yet a minute of the day."""

    hour: int
    minute: int
    style: str
    """`colon` (14:00), `spoken` (2点), `bare` (2) or `word` (noon)."""
    part: str
    """Part of the day before it (晚上8点), or nothing."""
    mark: str
    """`am`, `pm` or nothing."""
    padded: bool
    """Typed with a leading zero: surely a 24-hour time."""
    first: int
    past: int

    @property
    def stated(self) -> bool:
        """Whether the half of the day was said."""
        return bool(self.part or self.mark) or self.style == "word"


def read_clock(reader: Reader, *, bare: bool = False) -> Clock | None:
    """Read one clock time; None (and nothing read) where there is none.

    With *bare*, a number alone is an hour too (晚上7-9). Hours and minutes that no clock shows
    are refused.
    """
    first = reader.at
    token = reader.take("part")
    part = token.word if token else ""
    if part:
        reader.take("soft", "at")
    elif reader.kind() in ("noon", "midnight"):
        noon = reader.take("noon") is not None
        if not noon:
            reader.at += 1
        return Clock(12 if noon else 24, 0, "word", "", "", False, first, reader.at)
    typed = reader.peek()
    hour = reader.number()
    if hour is None:
        reader.at = first
        return None
    style, minute, mark = "bare", 0, ""
    dotted = reader.kind() == "dot" and reader.kind(1) == "num" and reader.kind(2) == "ampm"
    if typed.kind == "num" and (reader.kind() == "colon" or dotted):
        style, minute = "colon", _colon_minute(reader, first)
    elif reader.take("clock"):
        style, minute = "spoken", _spoken_minute(reader, first)
    if style != "spoken" and (ampm := reader.take("ampm")):
        mark = ampm.word
        style = "spoken" if style == "bare" else style
    counted = reader.kind() in ("minutes", "hours", "quarters")
    if style == "bare" and (counted or hour > 99 or not (bare or part)):
        reader.at = first
        return None
    clock = Clock(hour, minute, style, part, mark, typed.text.startswith("0"), first, reader.at)
    _check(reader, clock)
    return clock


def _colon_minute(reader: Reader, first: int) -> int:
    reader.at += 1
    token = reader.take("num")
    if token is None or len(token.text) != 2:
        _no_such_time(reader, first)
    return token.value


def _spoken_minute(reader: Reader, first: int) -> int:
    """Read what follows 点: 半, 一刻, 三刻, 整, 20分, 20, or nothing."""
    if reader.take("sharp"):
        return 0
    if reader.kind() == "half":
        if reader.kind(1) in ("hours", "ge"):
            return 0
        reader.at += 1
        return 30
    start, token = reader.at, reader.peek()
    value = reader.number()
    if value is None:
        return 0
    if reader.take("quarter"):
        if value not in (1, 3):
            _no_such_time(reader, first)
        return 15 * value
    if reader.take("min"):
        return value
    two_signs = reader.at - start == 2 or len(token.text) == 2 or value == 10
    followed = reader.peek()
    ends_here = followed.kind in ("end", "to", "sep", "close", "open", "soft", "start", "for")
    if token.gap or not (ends_here or followed.gap or followed.kind in ("nextday", "part")):
        # A number of its own: 12点 1小时, 7点 15号.
        reader.at = start
        return 0
    if not two_signs:
        _no_such_time(reader, first)
    return value


def _check(reader: Reader, clock: Clock) -> None:
    right = clock.hour <= 24 and clock.minute <= 59 and (clock.hour, clock.minute) <= (24, 0)
    if clock.mark:
        right = right and 1 <= clock.hour <= 12 and not clock.part
    if not right:
        _no_such_time(reader, clock.first)


def _no_such_time(reader: Reader, first: int) -> NoReturn:
    reader.refuse(
        first, _("没有「{part}」这个钟点"), _("钟点写成 00:00 到 24:00，例如：19:30、晚上7点半")
    )


def minute_of(reader: Reader, clock: Clock) -> int:
    """Return the minute of the day, 0 to 1440; refuse a part that contradicts the hour.

    Without part or mark the hour is read as on a 24-hour clock.
    """
    if clock.mark:
        return (clock.hour % 12 + (12 if clock.mark == "pm" else 0)) * 60 + clock.minute
    if not clock.part:
        return clock.hour * 60 + clock.minute
    hour = _PART_HOURS[clock.part].get(clock.hour)
    if hour is None:
        reader.refuse(
            clock.first,
            _("「{part}」里的时段和钟点对不上"),
            _("用 24 小时写法，例如：14:00、00:30；过了半夜写「次日01:00」"),
            past=clock.past,
        )
    return hour * 60 + clock.minute


def read_span(
    reader: Reader, *, bare: bool, before: tuple[Clock, int] | None = None
) -> tuple[int, int, Clock] | None:
    """Read one span of clock times: start and end minute, and the start as typed.

    The end exceeds 1440 where the span runs into the next day. None, and nothing read, where
    there is no clock time. *before* is the start and end of the span before in the same list.
    """
    first = reader.at
    start = read_clock(reader, bare=bare)
    if start is None:
        start = _bare_start(reader)
    if start is None:
        return None
    pause = reader.at
    said = reader.take("start") is not None
    if reader.peek().text == ",":
        reader.at += 1
    said = reader.take("for") is not None or said
    minutes = read_duration(reader) if said or start.style != "bare" else None
    if minutes is not None:
        begin = _begin(reader, _after_noon(reader, start, None, before)[0], before)
        if not 0 < minutes <= DAY:
            reader.refuse(first, _("「{part}」的时长不对"), _("时长要超过 0 分钟，不超过 24 小时"))
        return begin, begin + minutes, start
    reader.at = pause
    if not reader.take_to():
        if start.style in ("bare", "word"):
            # A number of something else, or noon as a part of the day.
            reader.at = first
            return None
        reader.refuse(
            first,
            _("「{part}」只有开始，缺少结束的钟点"),
            _("写出起止钟点，例如：19:00-21:00；或写时长，例如：19:00 起 1小时"),
        )
    next_day = reader.take("nextday") is not None
    end = read_clock(reader, bare=True)
    if end is None:
        reader.refuse(
            first,
            _("「{part}」缺少结束的钟点"),
            _("写出起止钟点，例如：19:00-21:00；到第二天的写「次日」"),
        )
    next_day = reader.take("nextday") is not None or next_day
    if reader.kind() == "open" and reader.kind(1) == "nextday" and reader.kind(2) == "close":
        reader.at += 3
        next_day = True
    start, finish_at = _after_noon(reader, start, end, before)
    begin, finish = _resolve(reader, start, finish_at or end, before, next_day=next_day)
    return begin, finish, start


def _after_noon(
    reader: Reader, start: Clock, end: Clock | None, before: tuple[Clock, int] | None
) -> tuple[Clock, Clock | None]:
    """Return a span with its hours after noon, where nothing but the question says which half.

    What was said of the span before, or stands at its end, says it as well; so does 01:00.
    """
    said = start.stated or start.padded or (before is not None and before[0].stated)
    if said or start.hour not in reader.pm_hours:
        return start, end
    moved = start._replace(hour=start.hour + 12)
    if end is None:
        return moved, end
    if end.stated:
        hour = 0 if end.mark or end.style == "word" else minute_of(reader, end) // 60
        return (moved, end) if hour > moved.hour else (start, end)
    if end.hour not in (0, DAY // 60) and (end.padded or end.hour > 12):
        return start, end
    # 9点到12点 in the evening ends at midnight, 10点到1点 after it.
    late = (end.hour + 12, end.minute)
    if (moved.hour, moved.minute) < late <= (24, 0):
        end = end._replace(hour=late[0])
    return moved, end


def _bare_start(reader: Reader) -> Clock | None:
    """Read the 9 of 9-12点 and 7-9pm: bare, but its end shows that it is an hour."""
    first = reader.at
    start = read_clock(reader, bare=True)
    past = reader.at
    if start is not None and reader.take_to():
        reader.take("nextday")
        end = read_clock(reader, bare=True)
        if end is not None and end.style != "bare":
            reader.at = past
            return start
    reader.at = first
    return None


def _begin(reader: Reader, start: Clock, before: tuple[Clock, int] | None) -> int:
    """Return the minute a span starts; after 晚上7点到8点、 a bare 9点 stays in the evening."""
    begin = minute_of(reader, start)
    if before is not None and not start.stated and start.hour <= 12 and not start.padded:
        first, past = before
        hour = _PART_HOURS[first.part].get(start.hour) if first.part else None
        if first.mark:
            hour = start.hour % 12 + (12 if first.mark == "pm" else 0)
        if first.stated and hour is not None and hour * 60 + start.minute >= past:
            begin = hour * 60 + start.minute
        elif first.stated and begin < past:
            _ambiguous(reader, start.first)
    if begin >= DAY and start.style != "word":
        reader.refuse(
            start.first,
            _("「{part}」是第二天的 0 点，不能当开始"),
            _("写成第二天的日子，从 00:00 开始"),
            past=start.past,
        )
    return begin % DAY


def _resolve(
    reader: Reader,
    start: Clock,
    end: Clock,
    before: tuple[Clock, int] | None,
    *,
    next_day: bool,
) -> tuple[int, int]:
    finish = minute_of(reader, end)
    if end.mark and not start.stated and 1 <= start.hour <= 12:
        # 7-9pm is one evening, 9-5pm a working day.
        half = 0 if end.mark == "am" else NOON
        typed = start.hour % 12 * 60 + start.minute
        begin = typed + half
        if begin >= finish or next_day:
            begin = typed + (NOON - half)
    else:
        begin = _begin(reader, start, before)
    if next_day:
        finish += DAY
    elif not end.stated and end.hour <= 12:
        finish = _carried(reader, start, end, begin)
    elif finish < begin or (finish == begin and end.stated != start.stated):
        finish += DAY
    if finish <= begin or (not next_day and finish - begin > _LONGEST_NIGHT and finish > DAY):
        reader.refuse(
            start.first,
            _("「{part}」的结束不在开始之后"),
            _("结束要晚于开始；到第二天的写「次日」，例如：22:00-次日02:00"),
        )
    if finish - begin > DAY:
        reader.refuse(
            start.first, _("「{part}」超过了一整天"), _("一段时间最多 24 小时，分成几条来写")
        )
    return begin, finish


def _carried(reader: Reader, start: Clock, end: Clock, begin: int) -> int:
    """Return the end of a span whose end says no half of the day: it carries on from the start.

    晚上10点到2点 ends at night, 12点半到1点半 an hour later, 22:00-02:00 on the next day.
    """
    typed = end.hour * 60 + end.minute
    plain = typed if typed > begin else typed + DAY
    if typed != begin and not start.stated and (end.padded or start.hour > 12):
        return plain
    if typed <= begin and (typed - begin) % NOON == 0:
        # 晚上10点到10点
        return begin
    carried = typed
    while carried <= begin:
        carried += NOON
    if carried == plain:
        return carried
    sure = (start.stated and start.hour <= 12) or "colon" not in (start.style, end.style)
    if not sure or end.padded or (start.hour > 12 and start.style != "word"):
        _ambiguous(reader, start.first)
    return carried


def _ambiguous(reader: Reader, first: int) -> NoReturn:
    reader.refuse(
        first,
        _("「{part}」分不清是上午、下午还是第二天"),
        _("用 24 小时写法，例如：12:30-13:30；到第二天的写「次日01:30」"),
    )


def read_duration(reader: Reader) -> int | None:
    """Read a length of time in minutes (1.5小时, 一个半小时, 1h20m, 90分钟); None without one."""
    first = reader.at
    minutes = _read_hours(reader)
    if minutes is None:
        reader.at = first
        value = _number_or_one(reader)
        if value is not None and reader.take("minutes", "min"):
            return value
        reader.at = first
        value = reader.number()
        if value is not None and reader.take("quarters"):
            return 15 * value
        reader.at = first
        return None
    pause = reader.at
    reader.take("sep")
    rest = reader.number()
    if rest is not None and (reader.take("minutes", "min") or reader.done) and rest < 60:
        return minutes + rest
    reader.at = pause
    if reader.take("half"):
        return minutes + 30
    return minutes


def _number_or_one(reader: Reader) -> int | None:
    return 1 if reader.take("one") else reader.number()


def _read_hours(reader: Reader) -> int | None:
    """Read the hours of a duration, in minutes: 2小时, 1.5h, 半小时, 一个半小时, half an hour."""
    if reader.take("half"):
        reader.take("ge", "one")
        return 30 if reader.take("hours") else None
    value = _number_or_one(reader)
    if value is None:
        return None
    minutes = value * 60
    if reader.kind() == "dot" and reader.kind(1) == "num" and reader.kind(2) == "hours":
        reader.at += 1
        digits = reader.peek().text
        reader.at += 1
        part = int(digits) * 60
        if part % 10 ** len(digits):
            reader.refuse(reader.at - 3, _("「{part}」不是整分钟"), _("直接写分钟，例如：80分钟"))
        minutes += part // 10 ** len(digits)
    if reader.take("ge") and reader.take("half"):
        minutes += 30
    return minutes if reader.take("hours") else None
