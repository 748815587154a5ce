"""One slot half read, and the refusal that says what of it is missing or not understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn

from xianke.errors import NotUnderstood
from xianke.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from xianke._slot_days import Read
    from xianke._slot_rule import DayTerm, Span, Weeks
    from xianke._time_clock import Clock
    from xianke._time_reader import Reader

# A word that is not understood ends where one of these begins.
_STARTERS: Final = frozenset(
    """
    num zh week kind holiday alt every rel thisweek monthly name monthname part noon open close
    sep to from except soft on at of in end
    """.split()  # noqa: SIM905 - one word a line would bury them
)


@dataclass(slots=True)
class Draft:
    """What has been read of one slot so far."""

    today: date
    include: list[DayTerm] = field(default_factory=list)
    exclude: list[DayTerm] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    weeks: Weeks = "all"
    anchor: date | None = None
    order: str = ""
    """`D` for days, `S` for spans, as they came: each may stand in one place only."""
    last_days: Read | None = None
    """The days just before, as long as nothing else came between."""
    last_clock: tuple[Clock, int] | None = None
    loose_exclude: bool = False
    """An exclusion came first and nothing showed where it ends."""
    unknown: list[tuple[int, int, bool]] = field(default_factory=list)
    duration: tuple[int, int] | None = None
    cut_short: bool = False
    """Reading stopped before the end, so nothing can be called missing."""


def read_unknown(reader: Reader, draft: Draft) -> None:
    """Step over words that mean nothing here, to tell at the end what else is missing."""
    if reader.kind() == "sep" and reader.kind(1) in ("?", "label"):
        reader.at += 1
    first = reader.at
    word = reader.kind() in ("?", "label")
    reader.at += 1
    while not reader.peek().gap and reader.kind() not in _STARTERS:
        word = word or reader.kind() in ("?", "label")
        reader.at += 1
    draft.unknown.append((first, reader.at, word))


def refuse_unfinished(reader: Reader, draft: Draft) -> None:
    """Refuse unless all was understood and neither days nor clock times are missing."""
    days, clock = bool(draft.include), bool(draft.spans)
    if draft.unknown:
        _refuse_unknown(reader, draft, days=days, clock=clock)
    if draft.duration is not None:
        first, past = draft.duration
        message = _("「{part}」只是时长，缺少日子和钟点")
        if days and clock:
            message = _("看不懂这里的「{part}」")
        elif days or clock:
            message = _("「{part}」只是时长，缺少开始的钟点")
        reader.refuse(first, message, _("例如：工作日 12:00 起 1小时"), past=past)
    whole = reader.whole
    if clock and not days:
        raise NotUnderstood(
            _("「{text}」缺少日子").format(text=whole),
            _("加上哪几天，例如：工作日 {text}").format(text=whole),
        )
    if days and not clock:
        raise NotUnderstood(
            _("「{text}」缺少钟点").format(text=whole),
            _("加上钟点或时段，例如：{text} 19:00-21:00").format(text=whole),
        )
    if not days:
        raise NotUnderstood(
            _("「{text}」缺少日子和钟点").format(text=whole), _("例如：工作日 12:00-13:00")
        )


def _refuse_unknown(reader: Reader, draft: Draft, *, days: bool, clock: bool) -> NoReturn:
    """Refuse the first word that is not understood, and say what is missing beside it."""
    first, past, word = draft.unknown[0]
    part = reader.typed(first, past)
    hint = _("例如：工作日 12:00-13:00")
    if not word:
        reader.refuse(first, _("看不懂这里的「{part}」"), hint, past=past)
    if draft.cut_short:
        days = clock = True
    message = {
        (True, True): _("「{part}」不是时间"),
        (False, True): _("「{part}」不是时间，另外还缺日子"),
        (True, False): _("「{part}」不是时间，另外还缺钟点"),
        (False, False): _("「{part}」不是时间，另外还缺日子和钟点"),
    }[days, clock]
    if part in ("平时", "平日"):
        hint = _("每个上班的日子写「工作日」，例如：工作日 12:00-13:00")
    elif any(map(str.isalnum, part)):
        hint = _("时间写成「工作日 12:00-13:00」这样；别的话写到 --label {part}").format(part=part)
    reader.refuse(first, message, hint, past=past)
