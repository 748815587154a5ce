"""Single cells: money, times, numbers, fillers."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianke import money
from xianke.importers import cells


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12.00", 1200),
        ("12", 1200),
        ("12.5", 1250),
        ("12.500", 1250),
        ("\u00a512.00", 1200),
        ("￥1,234.56", 123456),
        ("１２．３４", 1234),
        ("+10000.00", 1000000),
        ("-10.14", -1014),
        ("￥ 5 ", 500),
        ("5元", 500),
        ("0.00", 0),
    ],
)
def test_an_amount(text: str, fen: int) -> None:
    """Signs of yuan, separators and full width are set aside; no fen is lost."""
    assert cells.fen(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "￥",
        "-",
        "1,2345.00",
        "1,02",
        "12.345",
        "0.001",
        "1e5",
        "十元",
        "12.",
        ".5",
        "1 2x",
        "٣",
    ],
)
def test_no_amount(text: str) -> None:
    """What is half understood is refused."""
    with pytest.raises(cells.Unclear):
        cells.fen(text)


@given(st.integers(-money.MAX_FEN, money.MAX_FEN))
def test_amounts_come_back(fen: int) -> None:
    """What money prints, a bill may hold."""
    assert cells.fen(money.plain_yuan(fen)) == cells.fen(money.yuan(fen)) == fen


@pytest.mark.parametrize("text", ["10000000000.01", "9" * 5000])
def test_an_amount_beyond_reason(text: str) -> None:
    """It is refused, however many digits it has."""
    with pytest.raises(cells.Unclear, match="大得不合理"):
        cells.fen(text)


NINE = datetime(2026, 10, 1, 9, 5, 7)


@pytest.mark.parametrize(
    ("text", "at", "has_time"),
    [
        ("2026-10-01 09:05:07", NINE, True),
        ("2026/10/1 9:05:07", NINE, True),
        ("2026.10.01 09:05:07", NINE, True),
        ("2026年10月1日 09:05:07", NINE, True),
        ("20261001 09:05:07", NINE, True),
        ("2026/10/01  09:05:07", NINE, True),
        ("2026-10-01 09:05:07.0", NINE, True),
        ("2026-10-01 09:05", NINE.replace(second=0), True),
        ("2026-10-01", datetime(2026, 10, 1), False),
        ("20261001", datetime(2026, 10, 1), False),
        ("46296", datetime(2026, 10, 1), False),
        ("46296.378553240742", NINE, True),
    ],
)
def test_a_time(text: str, at: datetime, has_time: bool) -> None:
    """Vendors' forms, what Excel makes of them, and its serial numbers."""
    assert cells.stamp(text) == (at, has_time)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-10-01T09:05:07",
        "10/01/2026 09:05:07",
        "2026-10/01",
        "2026-13-01",
        "2026-02-30 09:05:07",
        "2026-10-01 25:00:00",
        "2026-10-01 9h",
        "1999-12-31",
        "3026-10-01",
        "10000",
        "99999",
        "一月一日",
        "٢٠٢٦-10-01",
    ],
)
def test_no_time(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(cells.Unclear, match="看不懂时间"):
        cells.stamp(text)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31, 23, 59, 59)))
def test_serials_come_back_to_the_second(at: datetime) -> None:
    """A serial number is a day and a part of it, with the noise of binary fractions."""
    at = at.replace(microsecond=0)
    serial = (at - datetime(1899, 12, 30)).total_seconds() / 86400

    assert cells.stamp(f"{serial:.11f}").at == at


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("14:06:51", time(14, 6, 51)),
        ("14:06", time(14, 6)),
        ("140651", time(14, 6, 51)),
        ("93015", time(9, 30, 15)),
        ("0.375", time(9)),
    ],
)
def test_a_clock(text: str, found: time) -> None:
    """With colons, without, and as a part of a day."""
    assert cells.clock(text) == found


@pytest.mark.parametrize("text", ["24:00:00", "1406", "1.5", "下午", "996161", "12:61"])
def test_no_clock(text: str) -> None:
    """What is no time of day is refused."""
    with pytest.raises(cells.Unclear, match="看不懂时间"):
        cells.clock(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [("", None), ("/", None), ("--", None), ("4200", "4200"), ("T200P-1", "T200P-1")],
)
def test_a_number(text: str, found: str | None) -> None:
    """Fillers are no number."""
    assert cells.number(text) == found


@pytest.mark.parametrize("text", ["2.02E+27", "2.02e27", "4E+21"])
def test_a_number_cut_short(text: str) -> None:
    """Its end is gone for good."""
    with pytest.raises(cells.Unclear, match="科学计数法"):
        cells.number(text)


def test_text_cannot_steer_a_terminal() -> None:
    """Marks that are no characters become blanks; all others stay."""
    assert cells.tidy("\t 甲\x1b[31m乙\r\n丙\u3000 丁\x00 ") == "甲 [31m乙 丙\u3000 丁"


@pytest.mark.parametrize("text", ["", "/", "-", "-----", "——"])
def test_a_filler(text: str) -> None:
    """It stands for nothing."""
    assert cells.plain(text) == ""


@pytest.mark.parametrize("text", ["/甲", "-1", "甲/乙", "退款-甲"])
def test_no_filler(text: str) -> None:
    """A text that only begins like one is kept."""
    assert cells.plain(text) == text
