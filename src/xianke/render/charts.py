"""Charts made of characters that every Chinese terminal has."""

from __future__ import annotations

from collections.abc import Mapping

from xianke.i18n import _
from xianke.render.console import say
from xianke.render.stock import weekday_name
from xianke.render.text import padded

EIGHTHS = " ▏▎▍▌▋▊▉"
"""Left blocks of one to seven eighths; GBK has them all."""
SHADES = ("·", "▁", "▃", "▅", "█")


def bar(value: int, most: int, cells: int) -> str:
    """Return a bar of at most *cells*; a loss is a bar of minus signs, nothing is empty."""
    if most <= 0 or value == 0:
        return ""
    if value < 0:
        return "-" * max(1, min(cells, -value * cells // most))
    eighths = max(1, value * cells * 8 // most)
    whole, rest = divmod(min(eighths, cells * 8), 8)
    return "█" * whole + (EIGHTHS[rest] if rest else "")


def share(value: int, total: int) -> str:
    """Return a share in whole percent, or nothing where a share means nothing."""
    return f"{100 * value // total}%" if total > 0 and value >= 0 else ""


def heat_map(minutes: Mapping[tuple[int, int], int]) -> None:
    """Print minutes by weekday (rows) and hour of the start (columns)."""
    most = max(minutes.values())
    hours = range(24)
    label = 6
    say(" " * label + "".join(f"{hour:<3d}" if hour % 3 == 0 else "   " for hour in hours).rstrip())
    for weekday in range(1, 8):
        cells = "".join(_shade(minutes.get((weekday, hour), 0), most) + " " for hour in hours)
        say(padded(weekday_name(weekday), label) + cells.rstrip())
    say(
        " " * label
        + _("{marks} 开始时刻，越满做得越久；最满 {minutes} 分钟").format(
            marks=" ".join(SHADES), minutes=most
        )
    )


def _shade(value: int, most: int) -> str:
    step = 0 if value == 0 else 1 + (value * (len(SHADES) - 1) - 1) // most
    return SHADES[min(step, len(SHADES) - 1)] * 2
