"""Long lists in groups: plain columns that line up, each cell wrapped under its own beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke.render import layout
from xianke.render.console import say, terminal_width
from xianke.render.layout import Grid
from xianke.render.text import harmless, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GAP = 2
"""Blanks between columns."""


def grouped(
    titles: Sequence[str],
    groups: Mapping[str, Sequence[Sequence[str]]],
    flexible: Sequence[int],
    fold: Sequence[int],
) -> None:
    """Print rows under the name of their group, all groups in the same columns.

    *flexible* columns may wrap; those to *fold* go under their row where they find no room, the
    first of them first.
    """
    safe = {
        name: [tuple(harmless(cell) for cell in row) for row in group]
        for name, group in groups.items()
    }
    room = terminal_width()
    fit = layout.fitted(
        Grid(
            titles=tuple(titles),
            sides=tuple("left" for _title in titles),
            rows=tuple(row for group in safe.values() for row in group),
            flexible=tuple(flexible),
            spare=(),
            fold=tuple(fold),
            gap=GAP,
        ),
        room,
    )
    names = {name: wrapped(harmless(name), room) for name in safe}
    widest = max((width(line) for lines in names.values() for line in lines), default=0)
    for line in [*layout.header(fit), layout.rule(fit, room, widest)]:
        say(line)
    for index, (name, group) in enumerate(safe.items()):
        if index:
            say()
        for line in names[name]:
            say(line)
        for row in group:
            for line in layout.row(fit, row, room):
                say(line)
