"""Sums of money as offers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianke._trap_amounts import amounts


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("先交99元", 9900),
        ("费用1.8万", 1_800_000),
        ("一天三百八", 38_000),
        ("押金一千五", 150_000),
        ("两千块", 200_000),
        ("转1,500给我", 150_000),
        ("5毛一条", 50),
        ("一块五", 150),
        ("一条一块五，多做多得", 150),
        ("8块5一单", 850),
        ("八块五毛", 850),
        ("3元5角", 350),
        ("两块半", 250),
        ("20块一单", 2_000),
        ("十块2天", 1_000),
        ("给2k", 200_000),
        ("三万", 3_000_000),
        ("一百块", 10_000),
        ("九千八", 980_000),
        ("十块", 1_000),
        ("一千零五十元", 105_000),
        ("半块", 50),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, fen: int) -> None:
    """Digits, Chinese numerals, 万 and k, and what follows a scale without its own."""
    assert [one.fen for one in amounts(text)][:1] == [fen]


@pytest.mark.parametrize(
    "text",
    [
        "3个月",
        "8点到10点",
        "二十岁",
        "两名",
        "138xxxx0000",
        "10%",
        "第三天",
        "30-50单",
        "三百单",
        "3 到 5 个",
    ],
)
def test_counts_times_and_numbers_of_things_are_no_money(text: str) -> None:
    """What counts months, hours, people or per cent is left out."""
    assert [one for one in amounts(text) if one.fen is not None and one.sure] == []


@pytest.mark.parametrize("text", ["给您xx元", "每单[数字]元", "几百块"])
def test_a_hidden_amount_is_an_amount_unknown(text: str) -> None:
    """Where the figure is masked or vague, that there is one is known, and no more."""
    assert [one.fen for one in amounts(text)] == [None]


@given(st.integers(min_value=1, max_value=999_999))
def test_digits_with_a_unit_are_their_value(yuan: int) -> None:
    """Plain figures come back to the fen."""
    assert [one.fen for one in amounts(f"付{yuan}元")] == [yuan * 100]


@given(st.text(alphabet="一二两三四五六七八九十百千万零几半0123456789.,元块毛xkw", max_size=30))
def test_no_figure_is_too_odd(text: str) -> None:
    """Whatever stands there is read or left out, in its place."""
    for one in amounts(text):
        assert 0 <= one.start < one.end <= len(text)
