"""Plain lines: how wide they are, where they break, and what is not let through."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from xianke.render.text import harmless, padded, width, wrapped


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc 12", 6),
        ("闲客", 4),
        ("闲客 xianke", 11),
        ("￥85.00，约 3 小时", 18),
        ("ｆｕｌｌ", 8),
        ("e\u0301te\u0301", 3),
        ("か\u3099", 2),
        ("🐟", 2),
        ("→ 下一步", 8),
    ],
)
def test_width_counts_terminal_cells(text: str, cells: int) -> None:
    """Chinese takes two cells, letters one, marks above letters none; rich counts the same."""
    assert width(text) == cells == cell_len(text)


def test_the_width_of_what_gbk_holds_is_the_one_rich_draws_with() -> None:
    """Plain lines and tables stand beside each other: they must agree on every common character."""
    common = [
        bytes((high, low)).decode("gbk", errors="ignore")
        for high in range(0xA1, 0xF8)
        for low in range(0xA1, 0xFF)
    ]

    differing = {char for char in common if width(char) != cell_len(char)}

    assert differing == set()


def test_padded_fills_up_with_blanks_and_never_cuts() -> None:
    """A column of Chinese lines up; what is too long stays whole."""
    assert (padded("闲鱼", 6), padded("ab", 6), padded("闲鱼", 3)) == ("闲鱼  ", "ab    ", "闲鱼")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("闲鱼 85 元", "闲鱼 85 元"),
        ("全角　空格", "全角　空格"),
        ("\x1b[31m红\x1b[0m", "?[31m红?[0m"),
        ("\x1b]0;title\x07", "?]0;title?"),
        ("a\u202egpj.exe", "a?gpj.exe"),
        ("a\u2066b\u2069", "a?b?"),
        ("一\n二\r三\t四", "一?二?三?四"),
        ("一\u2028二\u2029三\x85四", "一?二?三?四"),
        ("零\u200b宽\ufeff", "零?宽?"),
        ("\x9b31m", "?31m"),
        ("坏\udcff", "坏?"),
        ("私\ue000", "私?"),
    ],
)
def test_harmless_shows_what_could_move_or_hide_words(text: str, shown: str) -> None:
    """Escapes, directions, line ends and half characters become a question mark each."""
    assert harmless(text) == shown


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("", 10, [""]),
        ("短", 10, ["短"]),
        ("一二三四五六", 10, ["一二三四五", "六"]),
        ("one two three", 7, ["one two", "three"]),
        ("记 xianke log 一下", 11, ["记 xianke", "log 一下"]),
        ("一\n\n二", 10, ["一", "", "二"]),
        ("一二三四五，六", 10, ["一二三四", "五，六"]),
        ("一二三四（五六）", 10, ["一二三四", "（五六）"]),
        ("一二三四五, 六", 10, ["一二三四", "五, 六"]),
        ("一二三四五……？！」六", 12, ["一二三四", "五……？！」六"]),
        ("abcdefghijklm", 5, ["abcde", "fghij", "klm"]),
        ("见 https://example.org/a", 10, ["见", "https://", "example.", "org/a"]),
        ("  xianke log\n  闲鱼", 8, ["  xianke", "log", "  闲鱼"]),
        ("one two   ", 7, ["one two"]),
        ("一二", 1, ["一", "二"]),
        ("ab", -5, ["ab"]),
        ("一二三四五￥120.00", 12, ["一二三四五", "￥120.00"]),
        ("一二三四五-￥120.00", 13, ["一二三四五", "-￥120.00"]),
    ],
)
def test_wrapped_breaks_where_a_reader_expects_it(text: str, cells: int, lines: list[str]) -> None:
    """Between Chinese characters, at blanks, never before closing or after opening marks.

    A word that is longer than a line breaks after a sign within it, where there is one.

    Nor between a sum and its sign.
    """
    assert wrapped(text, cells) == lines


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("一" * 21, 40, ["一" * 17, "一" * 4]),
        ("一" * 23, 40, ["一" * 19, "一" * 4]),
        ("一" * 24, 40, ["一" * 20, "一" * 4]),
        ("一" * 20, 38, ["一" * 19, "一"]),
    ],
)
def test_a_last_line_of_a_few_characters_is_avoided(
    text: str, cells: int, lines: list[str]
) -> None:
    """Where lines are wide enough to spare some room."""
    assert wrapped(text, cells) == lines
