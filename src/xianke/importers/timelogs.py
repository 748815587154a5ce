"""Gigs from the time logs of Timewarrior and Watson: they know the minutes, not the money."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from xianke import gigs
from xianke.errors import NotUnderstood, Unreadable
from xianke.i18n import _
from xianke.importers import containers
from xianke.importers.cells import Unclear
from xianke.importers.gigfiles import GigFile, GigRow
from xianke.importers.types import Problem
from xianke.importers.wallets import LONGEST_QUOTE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo
    from pathlib import Path

_TIMEWARRIOR_TIME = "%Y%m%dT%H%M%S%z"
_TIMEWARRIOR_MARK = re.compile(r'"start":"\d{8}T\d{6}Z"', re.ASCII)
_BEGINNING = 2000
"""Bytes in which the first interval shows whose format it is."""

_FRAME = 5
"""Start, stop, project, id, tags: what a frame of Watson begins with."""

_LEAST_EPOCH = 10**8
"""1973: a smaller number of seconds is no time at which anyone worked."""


class _Interval(NamedTuple):
    start: datetime
    end: datetime
    names: tuple[str, ...]
    note: str


def kind_of(path: Path) -> str | None:
    """Return whose time log a file is, by how it begins; None where it is none."""
    try:
        with path.open("rb") as file:
            start = "".join(file.read(_BEGINNING).decode("utf-8-sig", "replace").split())
    except OSError:
        return None
    if not start.startswith("["):
        return None
    return "timewarrior" if _TIMEWARRIOR_MARK.search(start) else "watson"


def read_timewarrior(path: Path, zone: tzinfo) -> GigFile:
    """Return the intervals of `timew export`; their times are UTC and become civil in *zone*."""
    return _read(path, zone, _timewarrior)


def read_watson(path: Path, zone: tzinfo) -> GigFile:
    """Return the frames of Watson: its own file `frames`, or `watson log --json`."""
    return _read(path, zone, _watson)


def _read(path: Path, zone: tzinfo, interval: Callable[[object], _Interval]) -> GigFile:
    rows: list[GigRow] = []
    problems: list[Problem] = []
    for number, entry in enumerate(_entries(path), 1):
        try:
            rows.append(_row(number, interval(entry), zone))
        except Unclear as fault:
            text = json.dumps(entry, ensure_ascii=False)[:LONGEST_QUOTE]
            problems.append(Problem(number, text, str(fault)))
    return GigFile(tuple(rows), tuple(problems))


def _entries(path: Path) -> Sequence[object]:
    data = containers.contents(path)
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise Unreadable(
            _("「{name}」不是完整的 JSON").format(name=path.name), _("重新导出一次")
        ) from fault
    if not isinstance(found, list):
        raise NotUnderstood(
            _("「{name}」里不是一列记录").format(name=path.name),
            _("用 timew export，或 watson log --json 的输出"),
        )
    return found


def _row(number: int, interval: _Interval, zone: tzinfo) -> GigRow:
    seconds = (interval.end - interval.start).total_seconds()
    # Rounded up: minutes left out would flatter the rate.
    minutes = int(-(-seconds // 60))
    if minutes <= 0:
        raise Unclear(_("结束不晚于开始"))
    if minutes > gigs.MAX_MINUTES:
        raise Unclear(_("用时长得不合理"))
    names = [name for name in interval.names if name.strip()]
    if not names:
        raise Unclear(_("没有标签或项目，不知道是哪个平台"))
    at = interval.start.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    return GigRow(
        line=number,
        platform=names[0].strip(),
        category=None,
        at=at,
        worked_minutes=minutes,
        unpaid_minutes=0,
        gross_fen=None,
        fee_fen=0,
        cost_fen=0,
        tax_fen=0,
        status="delivered",
        note=interval.note.strip() or None,
        tags=tuple(name.strip() for name in names),
    )


def _timewarrior(entry: object) -> _Interval:
    if not isinstance(entry, Mapping):
        raise Unclear(_("不是一条记录"))
    if "end" not in entry:
        raise Unclear(_("还没有结束"))
    return _Interval(
        _compact(entry.get("start")),
        _compact(entry.get("end")),
        _texts(entry.get("tags", [])),
        _text(entry.get("annotation", "")),
    )


def _watson(entry: object) -> _Interval:
    if isinstance(entry, Mapping):
        project, tags = entry.get("project"), entry.get("tags", [])
        start, stop = _iso(entry.get("start")), _iso(entry.get("stop"))
    elif isinstance(entry, Sequence) and not isinstance(entry, str) and len(entry) >= _FRAME:
        project, tags = entry[2], entry[4]
        start, stop = _epoch(entry[0]), _epoch(entry[1])
    else:
        raise Unclear(_("不是一条记录"))
    labels = _texts(tags)
    return _Interval(start, stop, (_text(project), *labels), " ".join(labels))


def _compact(value: object) -> datetime:
    try:
        return datetime.strptime(_text(value).replace("Z", "+0000"), _TIMEWARRIOR_TIME)
    except ValueError:
        raise _no_time(value) from None


def _iso(value: object) -> datetime:
    try:
        found = datetime.fromisoformat(_text(value))
    except ValueError:
        raise _no_time(value) from None
    if found.tzinfo is None:
        raise _no_time(value)
    return found


def _epoch(value: object) -> datetime:
    if isinstance(value, bool) or not isinstance(value, int) or value < _LEAST_EPOCH:
        raise _no_time(value)
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value)
    except OverflowError:
        raise _no_time(value) from None


def _no_time(value: object) -> Unclear:
    return Unclear(_("看不懂时间「{text}」").format(text=str(value)[:40]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unclear(_("「{text}」应当是文字").format(text=str(value)[:40]))
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Unclear(_("「{text}」应当是一列文字").format(text=str(value)[:40]))
    return tuple(_text(one) for one in value)
