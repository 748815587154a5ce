"""Whatever a file holds, reading it ends in a bill or in an error with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.importers import bills
from tests.importers.bills import Entry, wechat_entry

from xianke import importers
from xianke.errors import XiankeError
from xianke.importers import gigfiles, identity

GOOD = [
    bills.gb(bills.alipay([Entry()] * 3)),
    bills.gb(bills.alipay_2021([Entry()] * 3)),
    bills.gb(bills.alipay_web([Entry()] * 3)),
    bills.utf8(bills.wechat_csv([wechat_entry()] * 3)),
    bills.utf8(bills.jd([Entry(amount="5.00(已退款1.00)")] * 3)),
    bills.utf8(bills.meituan([Entry()] * 3)),
    bills.utf8(
        bills.statement(
            ("交易日期", "收入", "支出", "余额", "摘要"), [("20261001", "1", "", "1", "x")]
        )
    ),
    bills.zipped({"x.csv": bills.gb(bills.alipay([Entry()]))}),
    bills.aes_zipped({"x.csv": bills.gb(bills.alipay([Entry()]))}, "1"),
    bills.old_zipped(b"x.csv", bills.gb(bills.alipay([Entry()])), "1"),
    bills.raw_xlsx(bills.wechat_rows([wechat_entry()] * 3)),
    bills.xlsx({"1": bills.wechat_rows([wechat_entry()])}),
]
WORDS = [
    *{word for text in GOOD[:7] for word in text.decode("gb18030", "replace").split(",") if word},
    ",", "\n", '"', "\t", "/", "￥", "\ufeff", "=1", "2.02E+27", "9" * 40, "-", "\x00", "\r",
]  # fmt: skip

patient = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _endure(folder: Path, data: bytes) -> None:
    path = folder / "账单"
    path.write_bytes(data)
    mapping = {"date": "交易时间", "amount": "金额"}
    for options in ({}, {"format": "bank"}, {"format": "generic", "mapping": mapping}):
        try:
            bill = importers.read(path, password=lambda: "1", **options)
        except XiankeError as refused:
            assert refused.message
            refused.message.encode("utf-8")
        else:
            keys = identity.keys_of(bill)
            assert len(set(keys)) == len(bill.rows)
            assert all(row.amount_fen >= 0 and row.reason for row in bill.rows)
    try:
        gigfiles.read_gigs(path)
    except XiankeError as refused:
        assert refused.message


@patient
@given(st.binary(max_size=300))
def test_arbitrary_bytes(tmp_path: Path, data: bytes) -> None:
    """Nothing but an error of the program's own ever comes out of them."""
    _endure(tmp_path, data)


@patient
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_words_of_bills_in_any_order(tmp_path: Path, words: list[str]) -> None:
    """Half headers, stray quotes, rows without ends."""
    _endure(tmp_path, ",".join(words).encode())


@patient
@given(st.sampled_from(GOOD), st.data())
def test_bills_with_damage(tmp_path: Path, data: bytes, draw: st.DataObject) -> None:
    """Bytes changed, taken out, put in, cut off: in text, in zips, in workbooks."""
    damaged = bytearray(data)
    for _time in range(draw.draw(st.integers(1, 4))):
        place = draw.draw(st.integers(0, max(0, len(damaged) - 1)))
        end = place + draw.draw(st.integers(0, 8))
        damaged[place:end] = draw.draw(st.binary(max_size=4))
    if draw.draw(st.booleans()):
        del damaged[draw.draw(st.integers(0, len(damaged))) :]

    _endure(tmp_path, bytes(damaged))


@patient
@given(st.sampled_from([0, 3, 4, 5]), st.data())
def test_rows_with_strange_cells(tmp_path: Path, layout: int, draw: st.DataObject) -> None:
    """A good header over cells of any text: each row is read or is a problem."""
    encoding = "gb18030" if layout == 0 else "utf-8-sig"
    text = GOOD[layout].decode(encoding)
    cells = draw.draw(st.lists(st.text(max_size=8), max_size=14))
    row = ",".join(cell.encode("utf-8", "replace").decode() for cell in cells)

    _endure(tmp_path, f"{text}{row}\n".encode(encoding))


@pytest.mark.parametrize("data", GOOD)
def test_the_bills_themselves_are_good(data: bytes, tmp_path: Path) -> None:
    """The fuzz begins at what can be read."""
    path = tmp_path / "账单"
    path.write_bytes(data)

    assert importers.read(path, password=lambda: "1").rows
