"""Which reader, which file: by content, never by name; and what is said of all others."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.importers import bills
from tests.importers.bills import Entry, wechat_entry

from xianke import importers
from xianke.errors import NotUnderstood, Unreadable
from xianke.importers import containers

if TYPE_CHECKING:
    from tests.importers.conftest import Read

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

ALIPAY = bills.gb(bills.alipay([Entry()]))
WECHAT_XLSX = bills.xlsx({"Sheet1": bills.wechat_rows([wechat_entry()])})


@pytest.mark.parametrize(
    ("data", "source"),
    [
        (ALIPAY, "alipay"),
        (bills.utf8(bills.wechat_csv([wechat_entry()])), "wechat"),
        (WECHAT_XLSX, "wechat"),
        (bills.utf8(bills.jd([Entry()])), "jd"),
        (bills.utf8(bills.meituan([Entry()])), "meituan"),
    ],
)
@pytest.mark.parametrize(
    "name", ["账单.csv", "账单.xlsx", "账单.xls", "账单.zip", "账单", "账单.download"]
)
def test_the_content_decides(data: bytes, source: str, name: str, read: Read) -> None:
    """Users rename files, and mail clients add suffixes."""
    assert read(data, name).source == source


@pytest.mark.parametrize("format", ["alipay", "jd", "bank", "wechat", "meituan"])
def test_a_format_can_be_forced(format: str, read: Read) -> None:
    """Then no other reader is asked; a file of another kind is refused in its name."""
    if format == "alipay":
        assert read(ALIPAY, format=format) == read(ALIPAY)
        return
    with pytest.raises(NotUnderstood, match=r"没有找到|没有这几列"):
        read(ALIPAY, format=format)


def test_a_forced_format_chooses_within_a_zip(read: Read) -> None:
    """Of several files it takes the one of its kind."""
    data = bills.zipped({"1.csv": ALIPAY, "2.xlsx": WECHAT_XLSX})

    assert read(data, format="wechat") == read(WECHAT_XLSX)


def test_an_unknown_format(read: Read) -> None:
    """The message quotes it, the hint names those there are."""
    with pytest.raises(NotUnderstood) as refused:
        read(ALIPAY, format="qif")

    assert refused.value.message == "没有「qif」这种账单格式"
    assert refused.value.hint == "可以是：alipay, wechat, jd, meituan, bank, generic"


def test_generic_wants_a_mapping_and_a_mapping_wants_generic(read: Read) -> None:
    """One without the other is half a request."""
    for options in ({"format": "generic"}, {"mapping": {"date": "日", "amount": "钱"}}):
        with pytest.raises(NotUnderstood, match="通用格式要说明每一列是什么"):
            read(ALIPAY, **options)


def test_two_readers_claim_a_file(read: Read) -> None:
    """Nothing is guessed: both are named."""
    mixed = bills.alipay([Entry()]) + bills.wechat_csv([wechat_entry()])

    with pytest.raises(NotUnderstood) as refused:
        read(mixed)

    assert refused.value.message == "「账单.bin」同时像微信支付、支付宝的账单"


def test_two_kinds_in_one_zip(read: Read) -> None:
    """They are told apart by the user."""
    with pytest.raises(NotUnderstood, match="同时像"):
        read(bills.zipped({"1.csv": ALIPAY, "2.xlsx": WECHAT_XLSX}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "记录时间,分类,收支类型,金额,备注,账户,来源\n2026-10-01 10:00,工资,收入,5.00,,,\n",
            "「账单.bin」是支付宝记账本的导出，没有交易状态和订单号，看不出钱到没到",
        ),
        (
            "日期,金额,说明\n2026-10-01,5.00,稿费\n",
            "认不出「账单.bin」是哪家的账单：有日期和金额，但没有交易状态、收/支或余额",
        ),
        (
            "名字,电话\n甲,1\n",
            "认不出「账单.bin」是哪家的账单：没有找到写着日期和金额的表头",
        ),
    ],
)
def test_a_table_that_is_no_bill(text: str, message: str, read: Read) -> None:
    """The message says which part was not found."""
    with pytest.raises(NotUnderstood) as refused:
        read(bills.gb(text))

    assert refused.value.message == message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 ...", "「账单.bin」是 PDF，读不出一行行的交易"),
        (b"\x89PNG\r\n\x1a\n", "「账单.bin」是图片"),
        (b"\xff\xd8\xff\xe0", "「账单.bin」是图片"),
        (b"Rar!\x1a\x07", "「账单.bin」是别种压缩包"),
        (b"7z\xbc\xaf\x27\x1c", "「账单.bin」是别种压缩包"),
        (b"\xef\xbb\xbf <HTML><table>", "「账单.bin」是网页，不是表格"),
    ],
)
def test_files_of_other_kinds(data: bytes, message: str, read: Read) -> None:
    """The message says what it is, the hint what to do."""
    with pytest.raises(NotUnderstood) as refused:
        read(data)

    assert refused.value.message == message
    assert refused.value.hint


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
def test_an_empty_file(data: bytes, read: Read) -> None:
    """It is told from one that is not understood."""
    with pytest.raises(Unreadable, match="是空的"):
        read(data)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The path is quoted as it was given."""
    with pytest.raises(Unreadable) as refused:
        importers.read(tmp_path / "没有.csv")

    assert refused.value.message == f"没有「{tmp_path / '没有.csv'}」这个文件"


def test_paths_that_cannot_be_opened(tmp_path: Path) -> None:
    """A folder, a device, a name no system allows: one sentence each."""
    for path, message in (
        (tmp_path, "是文件夹"),
        (Path(os.devnull), "不是普通文件"),
        (tmp_path / "a\0b", "打不开"),
        (tmp_path / ("x" * 5000), "打不开"),
    ):
        with pytest.raises(Unreadable, match=message):
            importers.read(path)


@pytest.mark.skipif(IS_ROOT, reason="root may read everything")
def test_a_file_nobody_may_read(tmp_path: Path) -> None:
    """It is there, and cannot be opened."""
    path = tmp_path / "账单.csv"
    path.write_bytes(ALIPAY)
    path.chmod(0)

    with pytest.raises(Unreadable, match="打不开"):
        importers.read(path)


def test_a_file_too_large(tmp_path: Path) -> None:
    """It is refused in one sentence, before anything is read."""
    path = tmp_path / "账单.csv"
    with path.open("wb") as file:
        file.truncate(200 << 20)

    with pytest.raises(Unreadable) as refused:
        importers.read(path)

    assert refused.value.message == "「账单.csv」有 200 MB，超过 64 MB，不像账单"


def test_a_file_may_be_as_large_as_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only more is too much."""
    path = tmp_path / "账单.csv"
    path.write_bytes(ALIPAY)
    monkeypatch.setattr(containers, "MOST_BYTES", len(ALIPAY))

    assert len(importers.read(path).rows) == 1


# Folders


def test_a_folder_stands_for_its_tables(tmp_path: Path) -> None:
    """In the order of names; hidden files, lock files, other kinds and folders within are not."""
    folder = tmp_path / "账单"
    (folder / "旧.csv").mkdir(parents=True)
    wanted = ["a.CSV", "b.xlsx", "c.xls", "d.zip", "e.csv.download", "f.zip(1)"]
    for name in [*wanted, ".x.csv", "~$b.xlsx", "读我.txt", "x.csvx", "y.xlsm"]:
        (folder / name).write_bytes(b"x")
    single = tmp_path / "别处.bin"

    found = importers.expand([single, folder, folder / "a.CSV"])

    assert found == [single, *(folder / name for name in wanted)]


def test_a_folder_without_tables(tmp_path: Path) -> None:
    """Silence would look like an import of nothing."""
    with pytest.raises(Unreadable, match="里没有账单"):
        importers.expand([tmp_path])


@pytest.mark.skipif(IS_ROOT, reason="root may read everything")
def test_a_folder_nobody_may_read(tmp_path: Path) -> None:
    """It is there, and cannot be opened."""
    folder = tmp_path / "账单"
    folder.mkdir()
    folder.chmod(0)
    try:
        with pytest.raises(Unreadable, match="打不开文件夹"):
            importers.expand([folder])
    finally:
        folder.chmod(0o700)
