"""Tables and notes on the terminal: one look for all commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Literal

from xianke.i18n import _
from xianke.render.console import console, say, say_drawn, terminal_width
from xianke.render.text import harmless, padded, width, wrapped

if TYPE_CHECKING:
    from rich.table import Table

Side = Literal["left", "right"]

GAP = 3
"""Blanks between two columns of a table."""
NARROWEST = 8
"""Cells that a column which may wrap keeps, so that its text can still be read."""

_pointing: ContextVar[bool] = ContextVar("pointing", default=True)


def sentence(text: str) -> None:
    """Print a text from the left edge, wrapped at the terminal's width."""
    note(text, indent=0)


def heading(text: str) -> None:
    """Print a heading with an empty line before it."""
    say()
    sentence(text)


def note(text: str, indent: int = 2) -> None:
    """Print a text below a table, wrapped at the terminal's width."""
    for line in wrapped(harmless(text), terminal_width() - indent):
        say(" " * indent + line)


def place(text: str, indent: int = 2) -> None:
    """Print a text that names a file: never cut, so that the path can be copied."""
    say(" " * indent + harmless(text))


def next_step(text: str, indent: int = 0) -> None:
    """Print the sensible next command; a path in it is never cut, so that it can be copied."""
    if not _pointing.get():
        return
    text, cells = harmless(text), terminal_width() - indent - 3
    whole = any(width(word) > cells and word.isascii() for word in text.split())
    first, *rest = [text] if whole else wrapped(text, cells)
    say(" " * indent + f"→ {first}")
    for line in rest:
        say(" " * indent + f"   {line}")


def first_step(text: str, *, untouched: bool) -> None:
    """Print the next command where there is nothing to show yet.

    Before it stands how to begin at all where *untouched*: nothing has ever been written down.
    """
    if untouched:
        next_step(_("从这里开始：xianke init（最多十个问题）"))
    next_step(text)


def gap() -> None:
    """Print the empty line that sets the next steps apart, where any are shown."""
    if _pointing.get():
        say()


@contextmanager
def no_next_steps() -> Iterator[None]:
    """Leave the next commands out: whoever leads through several says himself what follows."""
    before = _pointing.set(False)
    try:
        yield
    finally:
        _pointing.reset(before)


def table(
    columns: Sequence[tuple[str, Side]],
    rows: Iterable[Sequence[str]],
    *,
    total: Sequence[str] | None = None,
    flexible: Sequence[int] = (),
    spare: Sequence[int] = (),
) -> None:
    """Print a table; *flexible* columns may wrap, all others keep their text on one line.

    On a narrow terminal the *spare* columns are left out, the first of them first. What still
    does not fit runs over the edge: a figure that lost digits would be a wrong one.
    """
    body = [[harmless(cell) for cell in row] for row in rows]
    end = [] if total is None else [[harmless(cell) for cell in total]]
    widths = [
        max(map(width, cells))
        for cells in zip([title for title, _side in columns], *body, *end, strict=True)
    ]
    least = [
        min(cells, NARROWEST) if index in flexible else cells for index, cells in enumerate(widths)
    ]
    kept = list(range(len(columns)))
    for index in spare:
        if _across(least, kept) > terminal_width():
            kept.remove(index)
    drawn = _new(columns, flexible, least, kept)
    for row in body:
        drawn.add_row(*(row[index] for index in kept))
    for row in end:
        drawn.add_section()
        drawn.add_row(*(row[index] for index in kept), style="bold")
    too_wide = _across(least, kept) > terminal_width()
    if too_wide:
        drawn.width = _across(least, kept)
    elif console().is_terminal:
        console().print(drawn)
        return
    # In a pipe or a file nobody needs the blanks that fill the last column.
    with console().capture() as captured:
        console().print(drawn, crop=False)
    for line in captured.get().splitlines():
        say_drawn(line.rstrip())


def _across(widths: Sequence[int], kept: Sequence[int]) -> int:
    """Return the cells of a line with the columns that are kept."""
    return sum(widths[index] for index in kept) + GAP * (len(kept) - 1)


def pairs(rows: Sequence[tuple[str, str]], indent: int = 2) -> None:
    """Print names with their values in two columns."""
    column = max(width(name) for name, _value in rows) + 2
    for name, value in rows:
        first, *rest = wrapped(harmless(value), max(terminal_width() - indent - column, 20))
        say((" " * indent + padded(name, column) + first).rstrip())
        for line in rest:
            say(" " * (indent + column) + line)


def _new(
    columns: Sequence[tuple[str, Side]],
    flexible: Sequence[int],
    least: Sequence[int],
    kept: Sequence[int],
) -> Table:
    from rich import box
    from rich.table import Table

    drawn = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", padding=(0, 1)
    )
    for index in kept:
        title, side = columns[index]
        drawn.add_column(
            title,
            justify=side,
            min_width=least[index],
            no_wrap=index not in flexible,
            overflow="fold",
        )
    return drawn


def hours(minutes: int) -> str:
    """Return minutes as people read them: `3:05` for three hours and five minutes."""
    return f"{minutes // 60}:{minutes % 60:02d}"
