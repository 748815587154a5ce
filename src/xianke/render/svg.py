"""Charts as inline SVG: no script, no font, nothing fetched, colours left to the page's style.

Across they are measured in percent and down in pixels. So they fill whatever width there is, a
phone's or a sheet's, while their text keeps its size. Every chart carries its text alternative.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from xianke.render.text import harmless, width

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Label = Callable[[int], str]

NARROW_CELLS, WIDE_CELLS = 40, 56
"""Cells of a name and the words of its value over a bar, on the narrowest phone and elsewhere."""

LETTER_CELLS = 1.2
"""Outside of terminals a letter is wider than half a Chinese character."""

LEAST_COLUMNS = 6
"""Two columns across the whole page would look like walls."""

LABEL_CELLS = 42
"""Cells of all labels below a chart: where there is less room, the style hides some of them."""

SHADES = 4
"""Shades of a heat map beside the empty one: more than that nobody tells apart."""


@dataclass(frozen=True, slots=True)
class About:
    """What a chart is called, and what it shows to somebody who does not see it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A row with a bar: `text` is its value in words, `style` a class of the page's style."""

    name: str
    value: int
    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Span:
    """A row with a dot at `value`, a line over `span` with a tick at its middle, a faint `band`."""

    name: str
    text: str
    value: int | None
    span: tuple[int, int, int] | None
    band: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Column:
    """Values side by side over one label; `faint` marks what is not complete yet."""

    label: str
    below: str
    values: tuple[int, ...]
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """How columns are measured: a class of style for each value, the unit of round steps."""

    styles: tuple[str, ...]
    unit: int
    label: Label
    line: int | None = None


def bars(about: About, rows: Sequence[Bar]) -> str:
    """Return rows of bars from a common zero; losses go to the left of it."""
    values = [0, *(row.value for row in rows)]
    low, high = min(values), max(values)
    chart = _chart(about, 44 * len(rows))
    zero = _share(0, low, high)
    for index, row in enumerate(rows):
        top = 44 * index
        _names(chart, top, row.name, row.text)
        _add(chart, "rect", x="0", y=top + 22, width="100%", height=12, rx=2, class_="track")
        left, right = sorted((zero, _share(row.value, low, high)))
        # Even the least amount is something that can be seen.
        across = max(right - left, 0.4) if row.value else 0
        style = row.style if row.value >= 0 else "loss"
        _add(
            chart, "rect", x=_at(min(left, 100 - across)), y=top + 22, width=_at(across),
            height=12, rx=2, class_=style,
        )  # fmt: skip
    if low < 0:
        _add(chart, "line", x1=_at(zero), x2=_at(zero), y1=16, y2=44 * len(rows), class_="axis")
    return _text(chart)


def spans(about: About, rows: Sequence[Span], unit: int, label: Label) -> str:
    """Return rows with a dot and a range on one axis, which begins at zero or at the worst loss."""
    seen = [0, *(row.value for row in rows if row.value is not None)]
    seen += [fen for row in rows for fen in row.span or ()]
    bands = [fen for row in rows for fen in row.band or ()]
    # A catalogue's range may reach far beyond everything the user has seen: it is cut there.
    high = max(*seen, min(max(bands, default=0), 2 * max(seen)), unit)
    low = min(seen)
    steps = _steps(low, high, unit, 5)
    low, high = min(low, steps[0]), max(high, steps[-1])
    bottom = 56 * len(rows) + 4
    chart = _chart(about, bottom + 20)
    every = _every([label(step) for step in steps])
    for step in steps:
        across = _share(step, low, high)
        style = "axis" if step == 0 else "grid"
        _add(chart, "line", x1=_at(across), x2=_at(across), y1=0, y2=bottom, class_=style)
        side = "start" if across < 3 else "end" if across > 94 else "middle"
        # Counted from zero, which always has its label.
        shown = "small" if (steps.index(step) - steps.index(0)) % every == 0 else "small wide"
        _write(chart, across, bottom + 16, label(step), shown, side)
    for index, row in enumerate(rows):
        top = 56 * index
        _names(chart, top, row.name, row.text)
        middle = top + 34
        if row.band is not None:
            start, end = (_share(min(fen, high), low, high) for fen in row.band)
            _add(
                chart, "rect", x=_at(start), y=middle - 9, width=_at(max(end - start, 0.4)),
                height=18, rx=2, class_="band",
            )  # fmt: skip
        if row.span is not None:
            first, tick, last = (_share(fen, low, high) for fen in row.span)
            _add(chart, "line", x1=_at(first), x2=_at(last), y1=middle, y2=middle, class_="reach")
            for across, half in ((first, 4), (tick, 7), (last, 4)):
                _add(
                    chart, "line", x1=_at(across), x2=_at(across), y1=middle - half,
                    y2=middle + half, class_="reach",
                )  # fmt: skip
        if row.value is not None:
            at = _share(row.value, low, high)
            style = "dot" if row.value >= 0 else "dot loss"
            _add(chart, "circle", cx=_at(at), cy=middle, r=6, class_=style)
    return _text(chart)


def columns(about: About, found: Sequence[Column], scale: Scale) -> str:
    """Return columns side by side, below zero for losses, with a dashed line where one is given."""
    values = [0, *(value for column in found for value in column.values)]
    low, high = min(values), max(*values, scale.line or 0, scale.unit)
    steps = _steps(low, high, scale.unit, 4)
    low, high = min(low, steps[0]), max(high, steps[-1])
    top, bottom = 22, 212

    def down(value: int) -> float:
        return bottom - (bottom - top) * (value - low) / (high - low)

    below = any(column.below for column in found)
    chart = _chart(about, bottom + (40 if below else 24))
    for step in steps:
        style = "axis" if step == 0 else "grid"
        _add(chart, "line", x1="0", x2="100%", y1=down(step), y2=down(step), class_=style)
        _write(chart, 0, down(step) - 4, scale.label(step), "small")
    # Labels of the steps stand at the left end: the columns begin beside them.
    start = 11.0
    slot = (100 - start) / max(len(found), LEAST_COLUMNS)
    every = _every([column.label for column in found])
    for index, column in enumerate(found):
        left = start + slot * index
        each = slot * 0.76 / len(scale.styles)
        for place, (value, style) in enumerate(zip(column.values, scale.styles, strict=True)):
            y1, y2 = sorted((down(0), down(value)))
            shown = " ".join(filter(None, [style, "under" * (value < 0), "faint" * column.faint]))
            _add(
                chart, "rect", x=_at(left + slot * 0.12 + each * place), width=_at(each * 0.92),
                y=y1, height=max(y2 - y1, 1.0) if value else 0, class_=shown,
            )  # fmt: skip
        kept = (len(found) - 1 - index) % every == 0
        style = "small" if kept else "small wide"
        _write(chart, left + slot / 2, bottom + 17, column.label, style, "middle")
        if column.below:
            _write(chart, left + slot / 2, bottom + 33, column.below, "small", "middle")
    if scale.line is not None:
        at = down(scale.line)
        _add(chart, "line", x1=_at(start), x2="100%", y1=at, y2=at, class_="level")
    return _text(chart)


def heat(
    about: About, minutes: Mapping[tuple[int, int], int], days: Sequence[str], label: Label
) -> str:
    """Return a map of seven *days* by twenty-four hours, darker where more was done."""
    most = max(minutes.values())
    start, cell, down = 11.0, (100 - 11.0) / 24, 29
    chart = _chart(about, 20 + down * 7)
    for hour in range(0, 24, 3):
        _write(chart, start + cell * hour, 13, str(hour), "small")
    for weekday, name in enumerate(days, 1):
        top = 20 + down * (weekday - 1)
        _write(chart, 0, top + 17, name, "small")
        for hour in range(24):
            value = minutes.get((weekday, hour), 0)
            drawn = _add(
                chart, "rect", x=_at(start + cell * hour), y=top, width=_at(cell * 0.9),
                height=down - 3, rx=2, class_=f"h{shade(value, most)}",
            )  # fmt: skip
            if value:
                title = ElementTree.SubElement(drawn, "title")
                title.text = f"{name} {hour}:00  {label(value)}"
    return _text(chart)


def shade(value: int, most: int) -> int:
    """Return which shade a value has: none for nothing, the last for the most."""
    return -(-value * SHADES // most) if value > 0 else 0


def clipped(name: str, cells: float) -> str:
    """Return a name that fits in *cells*; the table beside the chart has it in full.

    What a bracket explains goes first.
    """
    name = harmless(name)
    if _cells(name) <= cells:
        return name
    kept = name.split("（")[0].split(" (")[0]
    while kept and _cells(kept) > cells - 2:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _cells(text: str) -> float:
    return sum(LETTER_CELLS if width(char) == 1 else width(char) for char in text)


def _chart(about: About, height: float) -> Element:
    chart = ElementTree.Element(
        "svg", {"role": "img", "class": "chart", "width": "100%", "height": f"{height:g}"}
    )
    for tag, text in (("title", about.title), ("desc", about.text)):
        ElementTree.SubElement(chart, tag).text = harmless(text)
    return chart


def _names(chart: Element, top: float, name: str, text: str) -> None:
    narrow, wide = (clipped(name, cells - 1 - _cells(text)) for cells in (NARROW_CELLS, WIDE_CELLS))
    if narrow == wide:
        _write(chart, 0, top + 15, wide, "name")
    else:
        # The style shows one of the two.
        _write(chart, 0, top + 15, narrow, "name narrow")
        _write(chart, 0, top + 15, wide, "name wide")
    _write(chart, 100, top + 15, text, "value", "end")


def _write(
    chart: Element, across: float, y: float, text: str, style: str, side: str = "start"
) -> None:
    written = _add(chart, "text", x=_at(across), y=y, class_=style)
    if side != "start":
        written.set("text-anchor", side)
    written.text = harmless(text)


def _add(chart: Element, tag: str, **attributes: str | float) -> Element:
    written = {
        name.rstrip("_"): value if isinstance(value, str) else f"{value:.6g}"
        for name, value in attributes.items()
    }
    return ElementTree.SubElement(chart, tag, written)


def _at(percent: float) -> str:
    return f"{percent:.5g}%"


def _share(value: int, low: int, high: int) -> float:
    return 100 * (value - low) / (high - low) if high > low else 0.0


def _every(labels: Sequence[str]) -> int:
    """Return of how many labels one has room on the narrowest phone."""
    return -(-sum(width(label) + 1 for label in labels) // LABEL_CELLS)


def _steps(low: int, high: int, unit: int, most: int) -> list[int]:
    """Return at most *most* round steps, of 1, 2 or 5 times ten to some power, over low to high."""
    step = unit
    while -(-high // step) - low // step > most:
        first = step // unit // 10 ** (len(str(step // unit)) - 1)
        step = step * 5 // 2 if first == 2 else step * 2
    return [step * number for number in range(low // step, -(-high // step) + 1)]


def _text(chart: Element) -> str:
    return ElementTree.tostring(chart, encoding="unicode")
