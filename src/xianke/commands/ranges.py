"""`--from` and `--to`: a range of days, both ends included, either end open."""

from __future__ import annotations

from dataclasses import dataclass

from xianke import settings, when
from xianke.errors import NotUnderstood
from xianke.i18n import _


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days as ISO text; None is an open end."""

    first: str | None
    last: str | None


def day_range(first: str | None, last: str | None) -> DayRange:
    """Return the range two options name; raise NotUnderstood for one that ends before it begins."""
    now = settings.now()
    start = None if first is None else when.parse_day(first, now).isoformat()
    end = None if last is None else when.parse_day(last, now).isoformat()
    if start is not None and end is not None and end < start:
        raise NotUnderstood(
            _("--to {last} 比 --from {first} 还早").format(last=end, first=start),
            _("两个日子换一下"),
        )
    return DayRange(start, end)
