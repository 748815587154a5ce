"""Money: what is read as an amount, what is refused, and how fen are written."""

from __future__ import annotations

import pytest

from xianke import i18n, money
from xianke.errors import NotUnderstood


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("85", 8500),
        ("12.5", 1250),
        ("12.50", 1250),
        (".5", 50),
        ("0", 0),
        ("-0", 0),
        ("+3", 300),
        ("007", 700),
        ("1,234.50", 123450),
        ("1,234,567", 123456700),
        ("￥85", 8500),
        ("¥85", 8500),
        ("RMB 85", 8500),
        ("cny85.10", 8510),
        ("85元", 8500),
        ("85 块钱", 8500),
        ("85块", 8500),
        ("85 yuan", 8500),
        ("1.2万", 1200000),
        ("1.2 万元", 1200000),
        ("3千", 300000),
        ("3k", 300000),
        ("0.001w", 1000),
        ("１２．５０", 1250),
        ("　85　元　", 8500),
        ("\t85\n", 8500),
        ("100.000", 10000),
        ("10000000000", money.MAX_FEN),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, fen: int) -> None:
    """Signs of currency, groups, full width and scales are understood."""
    assert money.parse(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "十二块半",
        "abc",
        "12.",
        "1.2.3",
        "1,23",
        "12,345,67",
        "8 5",
        "1 234.50",
        "12 .5",
        "12元5",
        "85 40",
        "85-",
        "--85",
        "$85",
        "85美元",
        "1e3",
        "nan",
        "inf",
        "0x10",
        "85\x00",
        "1_000",
    ],
)
def test_anything_else_is_refused_in_the_user_s_own_words(text: str) -> None:
    """No guessing: the sentence quotes what was typed, the hint shows what can be."""
    with pytest.raises(NotUnderstood) as caught:
        money.parse(text)

    assert caught.value.message == f"看不懂金额「{text}」"
    assert caught.value.hint == "写成阿拉伯数字，例如 12.5 或 85"


@pytest.mark.parametrize("text", ["0.001", "12.345元", "1.234567千", "1." + "0" * 40 + "1"])
def test_a_part_of_a_fen_is_refused(text: str) -> None:
    """However small the part and however many digits before it: nothing is rounded."""
    with pytest.raises(NotUnderstood) as caught:
        money.parse(text)

    assert caught.value.message == f"金额「{text}」细于一分"


@pytest.mark.parametrize("text", ["10000000000.01", "1000001万", "9" * 1000])
def test_more_than_the_store_should_hold_is_refused(text: str) -> None:
    """A slip of the finger does not reach the store."""
    with pytest.raises(NotUnderstood) as caught:
        money.parse(text)

    assert caught.value.message == f"金额「{text}」大得不合理"


def test_less_than_the_minimum_is_refused() -> None:
    """The sentence names the amount and the least that is possible."""
    with pytest.raises(NotUnderstood) as negative:
        money.parse("-5")
    with pytest.raises(NotUnderstood) as zero:
        money.parse("0", minimum_fen=1)

    assert negative.value.message == "金额「-5」不能小于 0.00 元"
    assert zero.value.message == "金额「0」不能小于 0.01 元"
    assert money.parse("-5", minimum_fen=-500) == -500


@pytest.mark.parametrize(
    ("fen", "plain", "readable", "rounded"),
    [
        (0, "0.00", "￥0.00", "0"),
        (5, "0.05", "￥0.05", "0"),
        (-5, "-0.05", "-￥0.05", "-1"),
        (123450, "1234.50", "￥1,234.50", "1,234"),
        (-300, "-3.00", "-￥3.00", "-3"),
        (199, "1.99", "￥1.99", "1"),
        (money.MAX_FEN, "10000000000.00", "￥10,000,000,000.00", "10,000,000,000"),
    ],
)
def test_fen_are_written_as_yuan(fen: int, plain: str, readable: str, rounded: str) -> None:
    """Plain for files, grouped for people, whole and rounded down for estimates."""
    assert (money.plain_yuan(fen), money.yuan(fen), money.rounded_yuan(fen)) == (
        plain,
        readable,
        rounded,
    )


def test_the_sign_of_currency_survives_gbk() -> None:
    """A Chinese Windows terminal lacks the half-width sign."""
    assert money.yuan(100).encode("gbk").decode("gbk") == "￥1.00"


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (0, "0", "0"),
        (200_000, "2,000", "2,000"),
        (-999_900, "-9,999", "-9,999"),
        (1_500_000, "1.5万", "15k"),
        (-5_000_000, "-5万", "-50k"),
        (500_000_000, "500万", "5M"),
        (20_000_000_000, "2亿", "200M"),
        (10**14, "10,000亿", "1,000B"),
    ],
)
def test_steps_of_an_axis_are_short(fen: int, chinese: str, english: str) -> None:
    """Large ones in the units of the language: what stands below an axis has little room."""
    assert money.axis_yuan(fen) == chinese
    i18n.set_language("en")
    assert money.axis_yuan(fen) == english
