"""Laws of money: what is written can be read back, and no text is half understood."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from xianke import money
from xianke.errors import NotUnderstood

amounts = st.integers(-money.MAX_FEN, money.MAX_FEN)
scribble = st.text(st.sampled_from(list("0123456789.,+-￥¥元块钱万千kw RMBcny　１．")), max_size=14)


def _read(text: str) -> int | None:
    try:
        return money.parse(text, minimum_fen=-money.MAX_FEN)
    except NotUnderstood:
        return None


@given(amounts)
def test_plain_yuan_can_be_read_back(fen: int) -> None:
    """What a file holds is what was meant, to the fen."""
    assert _read(money.plain_yuan(fen)) == fen


@given(amounts)
def test_readable_yuan_can_be_read_back(fen: int) -> None:
    """What the screen shows can be typed again."""
    assert _read(money.yuan(fen)) == fen


@given(st.integers(0, 10**6))
def test_ten_thousand_is_ten_thousand(number: int) -> None:
    """万 is a scale, written with and without 元."""
    assert _read(f"{number}万") == _read(f"{number} 万元") == number * 1_000_000


@given(st.text())
@example("9" * 5000)
@example("٣")
@example("1" + "0" * 27 + ".001")
def test_arbitrary_text_is_an_amount_or_refused(text: str) -> None:
    """Nothing but NotUnderstood ever comes out of strange input."""
    fen = _read(text)

    assert fen is None or -money.MAX_FEN <= fen <= money.MAX_FEN


@given(scribble)
def test_two_numbers_are_never_taken_for_one(text: str) -> None:
    """Of all that looks like money, only a text with a single run of digits is an amount."""
    if _read(text) is not None:
        assert len(re.findall(r"[\d.,．]+", text)) == 1


@given(amounts)
def test_an_estimate_never_flatters(fen: int) -> None:
    """Whole yuan are never more than the fen they stand for, and less than a yuan below."""
    whole = int(money.rounded_yuan(fen).replace(",", "")) * money.FEN_PER_YUAN

    assert fen - money.FEN_PER_YUAN < whole <= fen
