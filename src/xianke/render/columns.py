"""Long lists in groups: plain columns that line up, each cell wrapped under its own beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke.render.console import say, terminal_width
from xianke.render.text import harmless, padded, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

GAP = 2
INDENT = 2
"""Blanks between columns, and before the second line of a cell that did not fit on one."""

NAME = 30
"""Cells for names, where both flexible columns want more than there is."""


def grouped(
    titles: Sequence[str],
    groups: Mapping[str, Sequence[Sequence[str]]],
    flexible: tuple[int, int],
) -> None:
    """Print rows under the name of their group, all groups in the same columns.

    The two *flexible* columns share, and wrap within, the cells that the others leave.
    """
    rows = [row for group in groups.values() for row in group]
    widths = [max(width(cell) for cell in column) for column in zip(titles, *rows, strict=True)]
    _fit(widths, flexible)
    _print(titles, widths)
    say("─" * (sum(widths) + GAP * (len(widths) - 1)))
    for index, (name, group) in enumerate(groups.items()):
        if index:
            say()
        for line in wrapped(harmless(name), terminal_width()):
            say(line)
        for row in group:
            _print(row, widths)


def _fit(widths: list[int], flexible: tuple[int, int]) -> None:
    """Narrow the flexible columns until a row fits; the first holds names, which are short."""
    fixed = sum(cells for index, cells in enumerate(widths) if index not in flexible)
    room = max(terminal_width() - fixed - GAP * (len(widths) - 1), 20)
    first, second = flexible
    if widths[first] + widths[second] > room:
        widths[first] = min(widths[first], max(min(NAME, room * 3 // 5), room - widths[second]))
        widths[second] = room - widths[first]


def _print(row: Sequence[str], widths: Sequence[int]) -> None:
    cells = [_cell(harmless(text), cells) for text, cells in zip(row, widths, strict=True)]
    for number in range(max(map(len, cells))):
        pieces: Iterable[str] = (
            padded(lines[number] if number < len(lines) else "", space)
            for lines, space in zip(cells, widths, strict=True)
        )
        say((" " * GAP).join(pieces).rstrip())


def _cell(text: str, cells: int) -> list[str]:
    if width(text) <= cells:
        return [text]
    first, *rest = wrapped(text, cells - INDENT)
    return [first, *(" " * INDENT + line for line in rest)]
