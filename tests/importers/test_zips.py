"""Zip files: passwords, names in any encoding, limits, and damage."""

from __future__ import annotations

import io
import itertools
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from tests.importers import bills
from tests.importers.bills import Entry, wechat_entry

from xianke.errors import NotUnderstood, Unreadable
from xianke.importers import zips

if TYPE_CHECKING:
    from tests.importers.conftest import Read

NAME = "支付宝交易明细(20261001-20261031).csv"
BILL = bills.gb(bills.alipay([Entry()]))
WECHAT = bills.xlsx({"Sheet1": bills.wechat_rows([wechat_entry()])})

OLD = bills.old_zipped(NAME.encode(), BILL, "110110")
AES = bills.aes_zipped({NAME: BILL}, "110110")


def _asked(*answers: str | None) -> tuple[Callable[[], str | None], list[str | None]]:
    """Return a way to ask that gives the answers in turn, the last one again; and what it gave."""
    given: list[str | None] = []
    coming: Iterator[str | None] = itertools.chain(answers, itertools.repeat(answers[-1]))

    def ask() -> str | None:
        given.append(next(coming))
        return given[-1]

    return ask, given


@pytest.mark.parametrize("data", [OLD, AES], ids=["the old cipher", "AES"])
def test_a_zip_with_a_password(data: bytes, read: Read) -> None:
    """The password is asked for once, and the bill is that of the plain file."""
    ask, given = _asked("110110")

    bill = read(data, password=ask)

    assert bill == read(BILL)
    assert given == ["110110"]


def test_no_password_is_asked_for_without_need(read: Read) -> None:
    """Neither for a plain file nor for an open zip."""
    ask, given = _asked("110110")

    assert read(bills.zipped({NAME: BILL}), password=ask) == read(BILL, password=ask)
    assert given == []


def test_a_workbook_in_a_zip(read: Read) -> None:
    """WeChat packs its workbooks; a zip inside a zip is then a table."""
    data = bills.old_zipped("微信支付账单.xlsx".encode("gb18030"), WECHAT, "110110")

    assert read(data, password=lambda: "110110") == read(WECHAT)


@pytest.mark.parametrize("data", [OLD, AES], ids=["the old cipher", "AES"])
def test_a_wrong_password_is_asked_for_again(data: bytes, read: Read) -> None:
    """As long as the answer changes, three times at most."""
    ask, given = _asked("000000", "110110")

    assert len(read(data, password=ask).rows) == 1
    assert given == ["000000", "110110"]


@pytest.mark.parametrize("data", [OLD, AES], ids=["the old cipher", "AES"])
@pytest.mark.parametrize(
    ("answers", "asked", "message"),
    [
        (("000000",), 2, "「账单.bin」的密码不对，或者压缩包坏了"),
        (("1", "2", "3", "110110"), 3, "「账单.bin」的密码不对，或者压缩包坏了"),
        ((None,), 1, "「账单.bin」有密码"),
        (("",), 1, "「账单.bin」有密码"),
        (("\udcff", None), 2, "「账单.bin」的密码不对，或者压缩包坏了"),
    ],
)
def test_no_password_that_fits(
    data: bytes, answers: tuple[str | None, ...], asked: int, message: str, read: Read
) -> None:
    """The message says what is wrong, the hint where the password is found."""
    ask, given = _asked(*answers)

    with pytest.raises(Unreadable) as refused:
        read(data, password=ask)

    assert refused.value.message == message
    assert "--password-env" in (refused.value.hint or "")
    assert len(given) == asked


def test_nobody_to_ask(read: Read) -> None:
    """Without a way to ask the answer is the same."""
    with pytest.raises(Unreadable, match="有密码"):
        read(AES)


def test_a_password_that_passes_the_short_check(read: Read) -> None:
    """One in 256 wrong passwords is only found out by the checksum."""
    for number in range(5000):
        word = f"{number:06d}"
        try:
            zips._read(OLD, zips.listing(OLD, "")[0], word.encode())
        except RuntimeError:
            continue
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, zlib.error):
            break

    with pytest.raises(Unreadable, match="密码不对"):
        read(OLD, password=lambda: word)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_name_of_a_member(encoding: str) -> None:
    """Vendors write either encoding without saying which."""
    data = bills.old_zipped(NAME.encode(encoding), BILL, "110110")

    assert [member.name for member in zips.members(data, "", lambda: "110110")] == [NAME]


def test_the_name_of_a_member_in_no_encoding() -> None:
    """It is only a name: something is shown."""
    data = bills.old_zipped(b"x\xff\xff.csv", BILL, "110110")

    assert len(zips.members(data, "", lambda: "110110")[0].name) == 7


def test_what_systems_add_is_left_out(read: Read) -> None:
    """A shadow of the file, a leaflet, a picture and an empty folder harm nobody."""
    members = {
        f"__MACOSX/._{NAME}": b"\0\5\x16\7",
        ".DS_Store": b"\0\0\0\1Bud1",
        f"~${NAME}": b"x",
        "folder/": b"",
        "说明.txt": "请在电脑上查看\n".encode(),
        "二维码.png": b"\x89PNG\r\n\x1a\n",
        f"folder/{NAME}": BILL,
    }

    assert read(bills.zipped(members)) == read(BILL)


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "C:\\x", "..\\x", "\x1b[2J"])
def test_a_name_is_only_a_name(name: str, read: Read) -> None:
    """Members are never written anywhere, whatever they are called."""
    bill = read(bills.zipped({name: BILL}))

    assert len(bill.rows) == 1


def test_two_bills_in_one_zip(read: Read) -> None:
    """They are two: the user unpacks them."""
    with pytest.raises(NotUnderstood, match="里有 2 份账单"):
        read(bills.zipped({"1.csv": BILL, "2.csv": BILL}))


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({}, "「账单.bin」里没有账单"),
        ({"__MACOSX/x": b"x"}, "「账单.bin」里没有账单"),
        ({"x.pdf": b"%PDF-1.7"}, "「x.pdf」是 PDF，读不出一行行的交易"),
        ({"x.csv": b"\xff\0"}, "「x.csv」不是表格，或者已经损坏"),
        ({"x.zip": bills.zipped({"y.csv": BILL})}, "「x.zip」是压缩包里的压缩包"),
        ({"x.txt": b"hello"}, "认不出「账单.bin」是哪家的账单：没有找到写着日期和金额的表头"),
    ],
)
def test_a_zip_without_a_bill(members: dict[str, bytes], message: str, read: Read) -> None:
    """The message says what was in it instead."""
    with pytest.raises((NotUnderstood, Unreadable)) as refused:
        read(bills.zipped(members))

    assert refused.value.message == message
    assert refused.value.hint


def test_a_bomb(read: Read) -> None:
    """What would burst is not opened: by ratio, by size, by count."""
    ratio = bills.zipped({"x.csv": bytes(zips.SMALL_BYTES * 4)})
    count = bills.zipped({str(number): b"x" for number in range(zips.MOST_MEMBERS + 1)})

    for data in (ratio, count):
        with pytest.raises(Unreadable, match="大得不像账单"):
            read(data)


def test_a_member_too_large(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """One packed file is held to the limit of a plain one."""
    monkeypatch.setattr(zips, "MOST_MEMBER_BYTES", 100)

    with pytest.raises(Unreadable, match="大得不像账单"):
        read(bills.zipped({"x.csv": BILL}))


def test_a_member_that_lies_about_its_size(read: Read) -> None:
    """The size it declares is the size it may have: more or less is damage."""
    honest = bills.zipped({"x.csv": BILL})
    size = len(BILL).to_bytes(4, "little")
    assert honest.count(size) == 2

    for wrong in (len(BILL) - 1, len(BILL) + 1):
        with pytest.raises(Unreadable, match="坏了"):
            read(honest.replace(size, wrong.to_bytes(4, "little")))


@pytest.mark.parametrize(
    "data",
    [
        bills.zipped({"x.csv": bills.gb(bills.alipay([Entry()]))}),
        bills.raw_xlsx(bills.wechat_rows([wechat_entry()])),
    ],
    ids=["zip", "workbook"],
)
@pytest.mark.parametrize("place", [6, 10], ids=["version", "method"])
def test_a_list_that_asks_for_what_nobody_knows(read: Read, data: bytes, place: int) -> None:
    """A newer version of zip, or a method, in the list at the end: named as such."""
    changed = bytearray(data)
    entry = changed.index(b"PK\x01\x02")
    changed[entry + place] = 231

    with pytest.raises(Unreadable, match="压缩方法不认识"):
        read(bytes(changed))


def test_an_unknown_method_of_packing(read: Read) -> None:
    """The message says what to do, with a password and without."""
    unknown = bytearray(bills.zipped({"x.csv": BILL}))
    for signature, place in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        unknown[unknown.index(signature) + place] = 9
    locked = bytearray(OLD)
    for signature, place in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        locked[locked.index(signature) + place] = 9

    for data in (bytes(unknown), bytes(locked)):
        with pytest.raises(Unreadable, match="压缩方法不认识"):
            read(data, password=lambda: "110110")


@pytest.mark.parametrize("data", [bills.zipped({"x.csv": BILL}), AES, WECHAT, OLD])
def test_a_zip_cut_off(data: bytes, read: Read) -> None:
    """A download that broke off is told from a wrong password."""
    for size in (4, len(data) // 2, len(data) - 1):
        with pytest.raises(Unreadable, match="坏了，或者没有下载完整"):
            read(data[:size], password=lambda: "110110")


def test_a_flipped_bit(read: Read) -> None:
    """The checksum finds it, in a zip and in a workbook."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("x.csv", BILL)
    damaged = bytearray(stored.getvalue())
    damaged[200] ^= 1
    workbook = bytearray(WECHAT)
    workbook[workbook.index(b"xl/worksheets/sheet1.xml") + 200] ^= 1

    for data in (bytes(damaged), bytes(workbook)):
        with pytest.raises(Unreadable, match="坏了，或者没有下载完整"):
            read(data)
