"""Tables and notes on the terminal: one look for all commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from xianke.i18n import _
from xianke.render import layout
from xianke.render.console import console, say, terminal_width
from xianke.render.layout import Grid, Side
from xianke.render.text import harmless, padded, width, wrapped

GAP = 3
"""Blanks between two columns of a table."""
SMALL = 60
"""A terminal of fewer cells has none to spare."""


FEWEST = 22
"""Cells that a second column of text needs to be read with ease."""

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


def entry(begin: str, text: str, indent: int = 2) -> None:
    """Print a text after a day or a figure; all its lines begin below its first."""
    column = indent + width(begin)
    first, *rest = wrapped(harmless(text), terminal_width() - column)
    say(" " * indent + begin + first)
    for line in rest:
        say(" " * column + line)


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
    fold: Sequence[int] | None = None,
) -> None:
    """Print a table; *flexible* columns may wrap, all others keep their text on one line.

    On a narrow terminal the *spare* columns are left out, the first of them first: they must
    say nothing of their own. Then those to *fold* go under their row, again the first of them
    first; without that, all but the first, the first flexible and the first figures may.
    """
    from rich.text import Text

    sides = tuple(side for _title, side in columns)
    body = [tuple(harmless(cell) for cell in row) for row in rows]
    end = [] if total is None else [tuple(harmless(cell) for cell in total)]
    grid = Grid(
        titles=tuple(title for title, _given in columns),
        sides=sides,
        rows=(*body, *end),
        flexible=tuple(flexible),
        spare=tuple(spare),
        fold=_foldable(sides, flexible, spare) if fold is None else tuple(fold),
        gap=between(),
    )
    room = terminal_width()
    fit = layout.fitted(grid, room)
    drawn = Text()
    for line in layout.header(fit):
        drawn.append(line + "\n", "bold")
    drawn.append(layout.rule(fit, room) + "\n")
    for row in body:
        drawn.append("\n".join(layout.row(fit, row, room)) + "\n")
    for row in end:
        drawn.append("\n" + "\n".join(layout.row(fit, row, room)) + "\n", "bold")
    drawn.rstrip()
    console().print(drawn, soft_wrap=True)


def between() -> int:
    """Return the blanks between two columns of a table: fewer where there are few cells."""
    return GAP if terminal_width() >= SMALL else GAP - 1


def _foldable(
    sides: Sequence[Side], flexible: Sequence[int], spare: Sequence[int]
) -> tuple[int, ...]:
    """Return which columns may go under their row: from the right, figures last."""
    figures = [index for index, side in enumerate(sides) if side == "right"]
    stay = {0, *flexible[:1], *[index for index in figures if index not in spare][:1]}
    others = [index for index in reversed(range(len(sides))) if index not in {*stay, *spare}]
    return tuple(sorted(others, key=lambda index: sides[index] == "right"))


def pairs(rows: Sequence[tuple[str, str]], indent: int = 2) -> None:
    """Print names with their values in two columns, on few cells each after its name."""
    column = max(width(name) for name, _value in rows) + 2
    if terminal_width() - indent - column < FEWEST:
        for name, value in rows:
            note(_("{name}：{value}").format(name=name, value=value), indent)
        return
    for name, value in rows:
        first, *rest = wrapped(harmless(value), terminal_width() - indent - column)
        say((" " * indent + padded(name, column) + first).rstrip())
        for line in rest:
            say(" " * (indent + column) + line)


def hours(minutes: int) -> str:
    """Return minutes as people read them: `3:05` for three hours and five minutes."""
    return f"{minutes // 60}:{minutes % 60:02d}"
