"""Keys: the same row in another export is the same row, and no other is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.importers import bills
from tests.importers.bills import Entry, wechat_entry

from xianke import importers
from xianke.importers import identity
from xianke.importers.types import Bill, BillRow

if TYPE_CHECKING:
    from tests.importers.conftest import Read

ROW = BillRow(
    line=1,
    at=datetime(2026, 10, 5, 10, 0, 30),
    has_time=True,
    direction="in",
    amount_fen=10000,
    counterparty="示例甲方",
    item="尾款",
    kind="转账",
    status="已存入零钱",
    method="",
    number="4200",
    merchant_number=None,
    note="",
    verdict="received",
    reason="",
)


def _key(row: BillRow, account: str = "wechat:示例", occurrence: int = 1) -> str:
    return identity.key_of(row, account, occurrence)


@pytest.mark.parametrize(
    "changed",
    [
        replace(ROW, line=9),
        replace(ROW, status="已全额退款", verdict="refund", reason="退款", refunded_fen=5),
        replace(ROW, counterparty="", item="", kind="", method="/", note="/"),
        replace(ROW, merchant_number="1"),
        replace(ROW, at=datetime(2026, 10, 5, 10, 0)),
        replace(ROW, number=" 4200 "),
    ],
)
def test_what_does_not_make_another_row(changed: BillRow) -> None:
    """Place, words, verdict and seconds may change: the transaction is the same."""
    assert _key(changed) == _key(ROW)


@pytest.mark.parametrize(
    "changed",
    [
        replace(ROW, number="4201"),
        replace(ROW, number=None),
        replace(ROW, direction="out"),
        replace(ROW, amount_fen=10001),
        replace(ROW, at=datetime(2026, 10, 5, 10, 1, 30)),
    ],
)
def test_what_makes_another_row(changed: BillRow) -> None:
    """A number alone is not enough: refunds, parts and anonymised files repeat it."""
    assert _key(changed) != _key(ROW)


def test_account_and_occurrence_count() -> None:
    """The same row in two accounts, or twice in one file, is two."""
    keys = {_key(ROW), _key(ROW, "wechat:别人"), _key(ROW, occurrence=2)}

    assert len(keys) == 3


def test_without_a_number_name_and_second_count() -> None:
    """And the second, but not how they are written: width, fillers, an account number behind."""
    named = replace(ROW, number=None)

    same = [
        replace(named, counterparty=name)
        for name in ("示例甲方", " 示例 甲方", "示例甲方6217000000000001", "示例甲方/")
    ]
    others = [replace(named, counterparty="示例乙方"), replace(named, at=datetime(2026, 10, 5, 10))]

    assert {_key(row) for row in same} == {_key(named)}
    assert _key(named) not in {_key(row) for row in others}


def test_a_key_is_the_same_in_every_version() -> None:
    """Were it to change, everything ever imported would be imported anew."""
    assert _key(ROW) == "fb7d4988717820edcd28181f627f39af"
    assert _key(replace(ROW, number=None)) == "914a2e8c183f4295a3b0009fbb421b2d"


def test_the_account_of_a_bill() -> None:
    """Source and account, however the account is spaced."""
    named = Bill("wechat", " Ｄemo 甲", ())

    assert identity.account_of(named) == "wechat:demo甲"
    assert identity.account_of(replace(named, account=None)) == "wechat:"


def test_a_file_that_excel_saved(read: Read) -> None:
    """Seconds are gone, dates look different, fillers too: nothing is imported twice."""
    entries = [wechat_entry(at="2026-10-05 10:00:31"), wechat_entry(number="/", who="甲")]
    text = bills.wechat_csv(entries)
    saved = (
        text.replace("2026-10-05 10:00:31", "2026/10/5 10:00")
        .replace("2026-10-05 10:00:00", "2026/10/5 10:00")
        .replace("\u00a5", "￥")
        .replace('"/"', "")
    )

    assert identity.keys_of(read(saved)) == identity.keys_of(read(text))


def test_web_and_app_of_one_account(read: Read) -> None:
    """Both exports of Alipay's name the transactions alike."""
    entries = [Entry(), Entry(direction="", status="退款成功", number="2_1")]

    app, web = bills.alipay(entries), bills.alipay_web(entries)

    assert identity.keys_of(read(bills.gb(app))) == identity.keys_of(read(bills.gb(web)))


# Laws

entries = st.builds(
    wechat_entry,
    at=st.sampled_from(["2026-10-05 10:00:00", "2026-10-05 10:00:20", "2026-10-06 09:00:00"]),
    who=st.sampled_from(["甲", "乙,店", "/"]),
    amount=st.sampled_from(["1.00", "28.16", "1020.00"]),
    direction=st.sampled_from(["收入", "支出"]),
    number=st.sampled_from(["/", "42001", "42002"]),
)
files = st.lists(entries, max_size=8)
rereading = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _keys(folder: Path, data: bytes) -> Sequence[str]:
    path = folder / "账单"
    path.write_bytes(data)
    return identity.keys_of(importers.read(path))


def _csv(rows: Sequence[Entry]) -> bytes:
    return bills.utf8(bills.wechat_csv(rows))


@rereading
@given(files)
def test_every_row_has_a_key_of_its_own(tmp_path: Path, rows: list[Entry]) -> None:
    """No row of a file is lost as a duplicate of another, and reading again changes nothing."""
    keys = _keys(tmp_path, _csv(rows))

    assert len(set(keys)) == len(rows)
    assert _keys(tmp_path, _csv(rows)) == keys


@rereading
@given(files)
def test_the_format_does_not_matter(tmp_path: Path, rows: list[Entry]) -> None:
    """A CSV and a workbook of one account bring the same keys."""
    assert _keys(tmp_path, _csv(rows)) == _keys(tmp_path, bills.raw_xlsx(bills.wechat_rows(rows)))


@rereading
@given(st.data(), files)
def test_the_order_does_not_matter(tmp_path: Path, data: st.DataObject, rows: list[Entry]) -> None:
    """Newest first or oldest first, it is the same set of keys."""
    mixed = data.draw(st.permutations(rows))

    assert set(_keys(tmp_path, _csv(rows))) == set(_keys(tmp_path, _csv(mixed)))


@rereading
@given(st.lists(files, min_size=1, max_size=4))
def test_overlapping_exports_add_up(tmp_path: Path, days: list[list[Entry]]) -> None:
    """Exports end between days: those of some days, in any overlap, give what one of all gives."""
    dated = [
        [replace(row, at=row.at.replace("-10-", f"-{number:02d}-")) for row in rows]
        for number, rows in enumerate(days, 1)
    ]
    whole = [row for rows in dated for row in rows]

    stored: Counter[str] = Counter()
    for end in range(1, len(dated) + 1):
        overlap = [row for rows in dated[max(0, end - 2) : end] for row in rows]
        stored |= Counter(_keys(tmp_path, _csv(overlap)))

    assert stored == Counter(_keys(tmp_path, _csv(whole)))
