"""How the columns of a table share the cells of a line; what finds no room goes under its row.

Nothing here writes: rows come in, lines go out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations
from typing import Literal

from xianke.i18n import _
from xianke.render.text import longest_word, padded, width, wrapped

Side = Literal["left", "right"]

NARROWEST = 10
"""Cells that a column which may wrap keeps, so that its text can still be read."""
WORD = 20
"""A longer word does not keep a column wide for its own sake."""
INDENT = 2
"""Blanks before the second line of a cell that did not fit on one."""
UNDER = 4
"""Blanks before what goes under a row."""
STEP = 2
"""Cells by which columns are narrowed at a time."""
TALL = 5
"""Lines beyond which nobody counts them exactly."""
MANY = 40
"""Rows from which on the steps are twice as wide: each of them costs time."""
MARK = 6
"""A first column without a title that is at most this wide marks the row; text stands after it."""
CLOSEST = 2
"""Blanks that columns keep between them."""
LOSS = 0.4
"""Lines per row that taking one more column out of its place must save."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table before it is fitted: titles, sides, and rows of cells.

    *flexible* columns may wrap. *spare* columns may be left out, the first of them first: they
    say nothing that the others do not. Those in *fold* may go under the row, the first first.
    """

    titles: tuple[str, ...]
    sides: tuple[Side, ...]
    rows: tuple[tuple[str, ...], ...]
    flexible: tuple[int, ...]
    spare: tuple[int, ...]
    fold: tuple[int, ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Fit:
    """Which columns stand side by side, how wide each of them is, and which go under the row."""

    grid: Grid
    kept: tuple[int, ...]
    widths: tuple[int, ...]
    folded: tuple[int, ...]


def fitted(grid: Grid, room: int) -> Fit:
    """Return the way to show *grid* within *room* cells that takes the fewest lines.

    Of ways that take as many, the one that leaves most side by side. Columns move together by
    a cell where that saves lines. Where not even the last columns have room, those that may
    wrap are as narrow as it takes.
    """
    heights = _measure(grid)
    least = 1 + len(grid.rows)
    best = _best(grid, room, heights)
    if (best is None or best[0] > least) and grid.gap > CLOSEST and len(grid.rows) < MANY:
        closer = _best(replace(grid, gap=CLOSEST), room, heights)
        if closer is not None and (best is None or closer[0] < best[0]):
            best = closer
    return best[1] if best is not None else _squeezed(grid, room)


def _best(grid: Grid, room: int, heights: Heights) -> tuple[float, Fit] | None:
    """Return the best way with these blanks between columns and what it costs, if there is one."""
    best: tuple[float, Fit] | None = None
    for dropped, folded in _ways(grid):
        gone = (*dropped, *folded)
        kept = tuple(index for index in range(len(grid.titles)) if index not in gone)
        for whole in (True, False):
            widths = _shared(grid, kept, room, heights, whole_titles=whole)
            if widths is None:
                continue
            fit = Fit(grid, kept, widths, tuple(sorted(folded)))
            cost = _lines(fit, room, heights) + LOSS * len(gone) * len(grid.rows)
            if best is None or cost < best[0]:
                best = cost, fit
        if best is not None and best[0] == 1 + len(grid.rows):
            break
    return best


def header(fit: Fit) -> list[str]:
    """Return the lines of the titles, each title at the bottom."""
    cells = [
        _title(fit.grid.titles[index], cells)
        for index, cells in zip(fit.kept, fit.widths, strict=True)
    ]
    most = max(map(len, cells))
    return list(_side_by_side(fit, [[""] * (most - len(lines)) + lines for lines in cells]))


def _title(text: str, cells: int) -> list[str]:
    """Return a title in lines: it breaks at blanks only, a Chinese word never."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and width(lines[-1]) + 1 + width(word) > cells:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines


def _title_word(text: str) -> int:
    return max(map(width, text.split(" ")))


def row(fit: Fit, cells: Sequence[str], room: int) -> list[str]:
    """Return the lines of one row: the columns, and under them what had no room."""
    pieces = [
        _cell(cells[index], space, fit.grid.sides[index])
        for index, space in zip(fit.kept, fit.widths, strict=True)
    ]
    return [*_side_by_side(fit, pieces), *_under(fit, cells, room)]


def rule(fit: Fit, room: int, least: int = 0) -> str:
    """Return the line between titles and rows, as wide as the widest of them, *least* or more."""
    across = sum(fit.widths) + fit.grid.gap * (len(fit.widths) - 1)
    under = [line for cells in fit.grid.rows for line in _under(fit, cells, room)]
    cells = max([least, across, *map(width, under)])
    sign = width("─")
    # A terminal that draws it on two cells may have none left for the last half.
    return "─" * min(-(-cells // sign), max(room // sign, 1))


def _ways(grid: Grid) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield what to leave out and what to put under the row, from nothing to everything."""
    for count in range(len(grid.spare) + 1):
        yield grid.spare[:count], ()
    for count in range(1, len(grid.fold) + 1):
        yield grid.spare, grid.fold[:count]


Heights = Callable[[int, int], Sequence[int]]


def _measure(grid: Grid) -> Heights:
    """Return what says how many lines each cell of a column takes at a width.

    Of a text that takes many it is an estimate: wrapping it again and again would take long.
    """
    whole = [[width(text) for text in one] for one in grid.rows]

    @cache
    def heights(index: int, cells: int) -> Sequence[int]:
        return [
            1 + taken[index] // max(cells - INDENT, 1)
            if taken[index] > TALL * cells
            else len(_cell(one[index], cells, grid.sides[index]))
            for one, taken in zip(grid.rows, whole, strict=True)
        ]

    return heights


def _shared(
    grid: Grid, kept: Sequence[int], room: int, heights: Heights, *, whole_titles: bool
) -> tuple[int, ...] | None:
    """Return the widths of the columns that are kept, or None where they do not fit."""
    title = width if whole_titles else _title_word
    room -= grid.gap * (len(kept) - 1)
    cells = {index: max((width(one[index]) for one in grid.rows), default=0) for index in kept}
    widths = {index: max(cells[index], title(grid.titles[index])) for index in kept}
    least = dict(widths)
    for index in set(kept).intersection(grid.flexible):
        words = max((longest_word(one[index]) for one in grid.rows), default=0)
        narrow = max(min(words, WORD) + INDENT, NARROWEST, title(grid.titles[index]))
        least[index] = min(least[index], narrow)
    if sum(least.values()) > room:
        return None
    # No column gets more than all that there is, however long its texts are.
    widths = {index: max(least[index], min(cells, room)) for index, cells in widths.items()}
    while (excess := sum(widths.values()) - room) > 0:
        able = [index for index in grid.flexible if index in least and widths[index] > least[index]]
        step = min(STEP if len(grid.rows) <= MANY else 2 * STEP, excess)
        index = min(able, key=lambda one: (_cost(widths, one, step, least, heights), -widths[one]))
        widths[index] = max(widths[index] - step, least[index])
    if len(grid.rows) <= MANY:
        _balance(widths, [index for index in grid.flexible if index in least], least, heights)
    return tuple(widths.values())


def _balance(
    widths: dict[int, int], able: Sequence[int], least: dict[int, int], heights: Heights
) -> None:
    """Move cells from one column that may wrap to another for as long as that saves lines."""
    lines = _tall(widths, heights)
    moves = [
        (giver, taker, step)
        for giver, taker in permutations(able, 2)
        for step in (STEP, 2 * STEP, 4 * STEP)
    ]
    while True:
        for giver, taker, step in moves:
            moved = {**widths, giver: widths[giver] - step, taker: widths[taker] + step}
            if moved[giver] >= least[giver] and (cost := _tall(moved, heights)) < lines:
                widths.update(moved)
                lines = cost
                break
        else:
            return


def _cost(
    widths: dict[int, int], index: int, step: int, least: dict[int, int], heights: Heights
) -> int:
    """Return the cost of the rows once a column is narrower by a step."""
    return _tall({**widths, index: max(widths[index] - step, least[index])}, heights)


def _tall(widths: dict[int, int], heights: Heights) -> int:
    """Return how many lines the rows take; beyond the second, each line of a row counts twice."""
    cells = zip(*(heights(index, cells) for index, cells in widths.items()), strict=True)
    return sum(most + max(most - 2, 0) for most in map(max, cells))


def _lines(fit: Fit, room: int, heights: Heights) -> int:
    total = len(header(fit)) + _tall(dict(zip(fit.kept, fit.widths, strict=True)), heights)
    if fit.folded:
        total += sum(len(_under(fit, cells, room)) for cells in fit.grid.rows)
    return total


def _squeezed(grid: Grid, room: int) -> Fit:
    """Return the columns that never go under, those that wrap as narrow as need be."""
    gone = {*grid.spare, *grid.fold}
    kept = tuple(index for index in range(len(grid.titles)) if index not in gone)
    widths = {index: max((width(one[index]) for one in grid.rows), default=0) for index in kept}
    left = room - grid.gap * (len(kept) - 1)
    left -= sum(cells for index, cells in widths.items() if index not in grid.flexible)
    able = [index for index in kept if index in grid.flexible]
    for index in able:
        widths[index] = min(widths[index], max(left // len(able), INDENT + 2))
    return Fit(grid, kept, tuple(widths.values()), tuple(sorted(grid.fold)))


def _cell(text: str, cells: int, side: Side) -> list[str]:
    if width(text) <= cells:
        return [text]
    if side == "right" or cells < NARROWEST:
        return wrapped(text, cells)
    # The first line is wider than the others: those stand in a little.
    first = wrapped(text, cells)[0]
    rest = wrapped(text[len(first) :].lstrip(), cells - INDENT)
    return [first, *(" " * INDENT + line for line in rest)]


def _side_by_side(fit: Fit, cells: Sequence[Sequence[str]]) -> Iterator[str]:
    for number in range(max(map(len, cells))):
        line = ""
        at = 0
        for index, lines, space in zip(fit.kept, cells, fit.widths, strict=True):
            piece = lines[number] if number < len(lines) else ""
            blanks = space - width(piece) if fit.grid.sides[index] == "right" else 0
            line = padded(line, at) + " " * blanks + piece
            at += space + fit.grid.gap
        yield line.rstrip()


def _under(fit: Fit, cells: Sequence[str], room: int) -> list[str]:
    """Return what stands under a row: the cells of columns that had no room, by name."""
    said = []
    for index in fit.folded:
        if cells[index] and fit.grid.titles[index]:
            said.append(
                _("{name}：{value}").format(name=fit.grid.titles[index], value=cells[index])
            )
        elif cells[index]:
            said.append(cells[index])
    if not said:
        return []
    marked = not fit.grid.titles[0] and fit.widths[0] <= MARK and len(fit.kept) > 1
    indent = fit.widths[0] + fit.grid.gap if marked else UNDER
    return [" " * indent + line for line in _strung(said, room - indent)]


def _strung(said: Sequence[str], cells: int) -> list[str]:
    """Return short texts one after the other, each whole on a line where a line can hold it."""
    lines: list[str] = []
    for text in said:
        if lines and width(f"{lines[-1]} · {text}") <= cells:
            lines[-1] += f" · {text}"
        else:
            lines += wrapped(text, cells)
    return lines
