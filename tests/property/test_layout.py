"""Laws of tables: they keep within their cells, columns are straight, and no text is lost."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from xianke.render import layout
from xianke.render.layout import Grid, Side
from xianke.render.text import width

TEXTS = st.text("一二三四，（）《ab c-/·1", max_size=40).map(lambda text: " ".join(text.split()))
FIGURES = st.decimals(-(10**6), 10**6, places=2, allow_nan=False).map(lambda figure: f"{figure:f}")


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Draw a table with a mark, a name, some figures, and a remark."""
    figures = draw(st.integers(0, 4))
    row = st.tuples(
        st.integers(1, 999).map("g{}".format),
        TEXTS,
        *[FIGURES for _figure in range(figures)],
        TEXTS,
    )
    rows = draw(st.lists(row, max_size=8))
    right: list[Side] = ["right"] * figures
    return Grid(
        titles=("", "名字", *[f"Sum {number}" for number in range(figures)], "备注"),
        sides=("left", "left", *right, "left"),
        rows=tuple(rows),
        flexible=(1, figures + 2),
        spare=(),
        fold=tuple(reversed(range(2, figures + 3))),
        gap=draw(st.sampled_from([2, 3])),
    )


def _lines(fit: layout.Fit, room: int) -> list[str]:
    rows = [line for cells in fit.grid.rows for line in layout.row(fit, cells, room)]
    return [*layout.header(fit), layout.rule(fit, room), *rows]


@given(grids(), st.integers(30, 110))
def test_no_line_is_wider_than_there_is_room(grid: Grid, room: int) -> None:
    """Nor is any wider than the rule below the titles."""
    fit = layout.fitted(grid, room)

    lines = _lines(fit, room)

    assert max(map(width, lines)) <= room
    assert max(map(width, lines)) == width(layout.rule(fit, room))


@given(grids(), st.integers(30, 110))
def test_no_character_is_lost(grid: Grid, room: int) -> None:
    """All that stands in the cells stands on the screen, beside each other or under the row."""
    fit = layout.fitted(grid, room)

    for cells in grid.rows:
        shown = Counter("".join(layout.row(fit, cells, room)))
        wanted = Counter("".join(cells))
        del wanted[" "]
        assert wanted - shown == Counter()


@given(grids(), st.integers(30, 110))
def test_figures_are_never_broken_and_end_at_one_cell(grid: Grid, room: int) -> None:
    """Those that stand in columns; the first line of a row holds them all."""
    fit = layout.fitted(grid, room)

    for cells in grid.rows:
        first = layout.row(fit, cells, room)[0]
        at = 0
        for index, space in zip(fit.kept, fit.widths, strict=True):
            at += space
            if grid.sides[index] == "right":
                before = _cut(first, at)
                assert before.endswith(cells[index])
            at += fit.grid.gap


def _cut(line: str, cells: int) -> str:
    kept = ""
    for char in line:
        if width(kept + char) > cells:
            break
        kept += char
    return kept


@given(grids())
def test_where_there_is_room_all_stands_side_by_side(grid: Grid) -> None:
    """Each row on one line."""
    fit = layout.fitted(grid, 1000)

    assert fit.folded == ()
    assert all(len(layout.row(fit, cells, 1000)) == 1 for cells in grid.rows)
