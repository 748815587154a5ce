"""Laws of plain lines: nothing is lost, nothing is too wide, nothing dangerous gets through."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from xianke.render.text import harmless, padded, width, wrapped

CLOSING = "，。、；：？！）」』》”’"
OPENING = "（「『《“‘"

prose = st.lists(
    st.one_of(
        st.sampled_from(["闲鱼", "一", "到手", "xianke", "log", " ", "  ", "\n", "a" * 30, "3.5"]),
        st.sampled_from(list(CLOSING + OPENING)),
        st.text(max_size=4),
    ),
    max_size=30,
).map("".join)
widths = st.integers(2, 40)


def _solid(text: str) -> str:
    return "".join(text.split())


@given(prose, widths)
def test_wrapping_loses_nothing_but_blanks(text: str, cells: int) -> None:
    """Every character stands in the lines, in its order."""
    assert _solid("".join(wrapped(text, cells))) == _solid(text)


@given(prose, widths)
def test_no_line_is_wider_than_asked(text: str, cells: int) -> None:
    """The terminal never breaks a line a second time."""
    assert max(width(line) for line in wrapped(text, cells)) <= cells


@given(prose, widths)
def test_no_line_ends_in_blanks(text: str, cells: int) -> None:
    """Output can be compared and pasted."""
    assert all(line == line.rstrip() for line in wrapped(text, cells))


@given(st.text(st.sampled_from(list("一二三四ab，。」（「 ")), max_size=40), st.integers(30, 40))
def test_closing_marks_never_begin_a_line(text: str, cells: int) -> None:
    """Unless the text itself puts one there, or the marks alone fill a line."""
    assume(not any(mark + " " in text for mark in OPENING))
    runs = "".join("x" if char in CLOSING + OPENING else " " for char in text).split()
    assume(max(map(len, runs), default=0) <= 10)

    lines = wrapped(text, cells)

    assert not any(line.startswith(tuple(CLOSING)) for line in lines[1:])
    assert not any(line.endswith(tuple(OPENING)) for line in lines[:-1])


@given(prose)
def test_what_is_wide_enough_stays_one_line_per_paragraph(text: str) -> None:
    """Wrapping breaks only for want of room."""
    assert len(wrapped(text, max(2, width(text)))) == text.count("\n") + 1


@given(st.text())
def test_harmless_text_moves_nothing(text: str) -> None:
    """Same length, one line, no controls; a second time nothing changes."""
    shown = harmless(text)

    assert len(shown) == len(text)
    assert "\x1b" not in shown
    assert len(shown.splitlines()) <= 1
    assert harmless(shown) == shown


@given(st.text(), st.integers(0, 60))
def test_padded_text_is_as_wide_as_asked_or_as_it_was(text: str, cells: int) -> None:
    """Columns line up whatever stands in them."""
    assert width(padded(text, cells)) == max(width(text), cells)
