"""Charts made of characters that every Chinese terminal has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xianke.i18n import _
from xianke.render.console import say, terminal_width
from xianke.render.stock import weekday_name
from xianke.render.tables import note
from xianke.render.text import padded, width

EIGHTHS = " ▏▎▍▌▋▊▉"
"""Left blocks of one to seven eighths; GBK has them all."""
LABEL = 6
"""Cells before the first hour."""
SHADES = ("·", "▁", "▃", "▅", "█")


def bar(value: int, most: int, cells: int) -> str:
    """Return a bar of at most *cells*; a loss is a bar of minus signs, nothing is empty."""
    if most <= 0 or value == 0:
        return ""
    cells //= width("█")
    if value < 0:
        return "-" * max(1, min(cells, -value * cells // most))
    eighths = max(1, value * cells * 8 // most)
    whole, rest = divmod(min(eighths, cells * 8), 8)
    return "█" * whole + (EIGHTHS[rest] if rest else "")


def shares(values: Sequence[int], total: int) -> list[str]:
    """Return each value's share of *total* in whole percent, nothing where it means nothing.

    The values that make up the whole have shares that sum to 100: what rounding down leaves goes
    to the largest remainders. Where a loss is among them, each is rounded by itself.
    """
    if total <= 0:
        return [""] * len(values)
    if min(values, default=0) < 0 or sum(values) != total:
        return [f"{(200 * one + total) // (2 * total)}%" if one >= 0 else "" for one in values]
    found = [100 * one // total for one in values]
    by_rest = sorted(range(len(values)), key=lambda index: (-(100 * values[index] % total), index))
    for index in by_rest[: 100 - sum(found)]:
        found[index] += 1
    return [f"{percent}%" for percent in found]


def heat_map(minutes: Mapping[tuple[int, int], int]) -> None:
    """Print minutes by weekday (rows) and hour of the start (columns)."""
    most = max(minutes.values())
    hours = range(24)
    # Two marks and a blank for an hour, or one mark where there are few cells.
    small = terminal_width() < LABEL + 3 * len(hours)
    mark = width("█")
    cells, every = (mark, 6) if small else (3, 3)
    titles = "".join(str(hour).ljust(cells * every) for hour in hours[::every])
    say((" " * LABEL + titles).rstrip())
    for weekday in range(1, 8):
        marks = (_shade(minutes.get((weekday, hour), 0), most) for hour in hours)
        line = "".join(sign if small else sign * (2 // mark) + " " for sign in marks)
        say(padded(weekday_name(weekday), LABEL) + line.rstrip())
    note(
        _("{marks} 开始时刻，越满做得越久；最满 {minutes} 分钟").format(
            marks=" ".join(SHADES), minutes=most
        ),
        indent=LABEL,
    )


def _shade(value: int, most: int) -> str:
    step = 0 if value == 0 else 1 + (value * (len(SHADES) - 1) - 1) // most
    return SHADES[min(step, len(SHADES) - 1)]
