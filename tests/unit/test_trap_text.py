"""An offer made plain: what hides a word is taken away, and every character knows its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianke._trap_cues import shipped

if TYPE_CHECKING:
    from xianke._trap_text import Reading

LEVELS = shipped("zh").levels


def read(text: str) -> Reading:
    return LEVELS.read(text)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("招嫌职，日洁", "招兼职,日结"),
        ("刷&单", "刷单"),
        ("刷·单", "刷单"),
        ("刷 单", "刷单"),
        ("銀行卡轉賬", "银行卡转账"),
        ("ＱＱ群１２３", "qq群123"),
        ("加薇信", "加微信"),
        ("帐号", "账号"),
        ("押\u200b金", "押金"),
        ("先\u202e交\u202c钱", "先交钱"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("押金99，300一天", "押金99，300一天"),
    ],
)
def test_masks_and_sound_alikes_are_read_as_what_they_stand_for(written: str, plain: str) -> None:
    """A filter is fooled by a mask; the reading is not."""
    assert read(written).plain == plain


def test_a_slash_between_choices_is_no_mask() -> None:
    """Only words known to be masked lose what stands between their characters."""
    assert read("取/送文件").plain == "取/送文件"


def test_what_is_quoted_is_what_was_written() -> None:
    """A span of the plain text leads back to the characters it was read from."""
    reading = read("您好，加 V❤信 先交 押-金 99 元")
    start = reading.plain.index("押金")

    begin, end = reading.span(start, start + 2)

    assert reading.given[begin:end] == "押-金"


def test_a_decimal_point_ends_no_sentence() -> None:
    """1.8万 is one figure, not two clauses."""
    reading = read("费用1.8万，先付")

    assert [reading.plain[a:b] for a, b in reading.clauses] == ["费用1.8万,", "先付"]


@given(st.text(max_size=200))
def test_every_plain_character_has_its_place(text: str) -> None:
    """The places never go back, lie within the text, and clauses and sentences cover it all."""
    reading = read(text)

    assert len(reading.origin) == len(reading.plain)
    assert list(reading.origin) == sorted(reading.origin)
    assert all(0 <= place < len(text) for place in reading.origin)
    for parts in (reading.clauses, reading.sentences):
        assert "".join(reading.plain[a:b] for a, b in parts) == reading.plain
