"""Workbooks: cells as text, the guard against what would fill memory, and damage."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.importers import bills
from tests.importers.bills import wechat_entry

from xianke.errors import NotUnderstood, Unreadable
from xianke.importers import books, xls

if TYPE_CHECKING:
    from tests.importers.conftest import Read

WECHAT = bills.xlsx({"Sheet1": bills.wechat_rows([wechat_entry()])})
RAW = bills.raw_xlsx(bills.wechat_rows([wechat_entry()]))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" 甲\t", "甲"),
        ("=1+1", "=1+1"),
        (True, "TRUE"),
        (12.0, "12"),
        (100.0, "100"),
        (28.16, "28.16"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (123456789012345.0, "123456789012345"),
        (4.2e27, "4.2E+27"),
        (float("inf"), "inf"),
        (datetime(2026, 10, 1, 9, 5, 7), "2026-10-01 09:05:07"),
        (datetime(2026, 10, 28, 19, 4, 59, 999_000), "2026-10-28 19:05:00"),
        (datetime(2026, 10, 28, 19, 5, 0, 400_000), "2026-10-28 19:05:00"),
        (datetime.max, "9999-12-31 23:59:59"),
        (date(2026, 10, 1), "2026-10-01 00:00:00"),
        (time(9, 5, 7), "09:05:07"),
        (time(9, 5, 6, 900_000), "09:05:07"),
        (timedelta(hours=9), "9:00:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_a_cell_as_text(cell: books.Cell, text: str) -> None:
    """As it would stand in a CSV: times to the second, numbers without the noise of binary."""
    assert books.text_of(cell) == text


def _rewritten(data: bytes, part: str, change: tuple[bytes, bytes]) -> bytes:
    """Return a workbook with one part changed."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                assert change[0] in content
                content = content.replace(*change)
            new.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("cell", [b"XFD1", b"CW1", b"A200000", b"A1048576", b"A9999999"])
def test_a_cell_far_away(cell: bytes, read: Read) -> None:
    """The rectangle up to it would fill the memory: the workbook is not opened."""
    data = _rewritten(WECHAT, "xl/worksheets/sheet1.xml", (b'r="A1"', b'r="%b"' % cell))

    with pytest.raises(Unreadable, match="大得不像账单"):
        read(data)


def test_the_last_cell_that_is_near(read: Read) -> None:
    """The hundredth column is no reason to refuse."""
    rows = bills.wechat_rows([wechat_entry()])
    rows[0] += [""] * 98 + ["x"]

    assert len(read(bills.xlsx({"Sheet1": rows})).rows) == 1


def test_a_text_that_is_copied_for_every_cell(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long shared texts times many cells are a bomb as well."""
    shared = bills.raw_xlsx(bills.wechat_rows([wechat_entry()] * 30))
    assert len(read(shared).rows) == 30
    monkeypatch.setattr(books, "MOST_TEXT", 10_000)

    with pytest.raises(Unreadable, match="大得不像账单"):
        read(shared)


def test_the_longest_shared_text() -> None:
    """It is measured across the pieces in which the part is read."""
    text = b"<sst>" + b"<si>" + b"x" * 50 + b"</si>" + b"<si>" + b"y" * 500 + b"</si></sst>"

    for size in (7, 64, 1000):
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        assert books._longest_text(pieces) >= 500


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet1.xml", (b"</sheetData>", b"")),
        ("xl/worksheets/sheet1.xml", (b't="s"', b't="x"')),
        ("xl/sharedStrings.xml", (b"</sst>", b"</si></sst>")),
        ("xl/workbook.xml", (b"<sheets>", b"<sheets")),
        ("xl/_rels/workbook.xml.rels", (b"sheet1.xml", b"sheet9.xml")),
    ],
)
def test_a_workbook_with_broken_parts(part: str, change: tuple[bytes, bytes], read: Read) -> None:
    """It is damaged, and the command hears nothing else."""
    with pytest.raises(Unreadable, match="坏了"):
        read(_rewritten(RAW, part, change))


def test_sheets_without_cells_and_of_other_kinds(read: Read) -> None:
    """Empty sheets and charts stand beside the bill."""
    import openpyxl  # type: ignore[import-untyped]  # it brings no types

    book = openpyxl.load_workbook(io.BytesIO(WECHAT))
    book.create_chartsheet("图")
    book.create_sheet("空", 0)
    buffer = io.BytesIO()
    book.save(buffer)

    assert read(buffer.getvalue()).rows == read(WECHAT).rows


def test_rows_and_columns_that_do_not_begin_at_the_corner(read: Read) -> None:
    """Line numbers are those the user sees."""
    rows = [[], [], *([["", "", *row] for row in bills.wechat_rows([wechat_entry()])])]

    bill = read(bills.xlsx({"Sheet1": rows}))

    assert ([row.line for row in bill.rows], bill.account) == ([21], "示例")


@pytest.mark.parametrize(
    "members",
    [
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"},
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"},
    ],
)
def test_other_documents(members: dict[str, bytes], read: Read) -> None:
    """They are zips too, and the message says what to do."""
    with pytest.raises(NotUnderstood, match="别种文档"):
        read(bills.zipped(members))


# Old workbooks, read in a process of their own


def _child(data: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "xianke.importers.xls"],
        input=data,
        capture_output=True,
        check=False,
        env={**os.environ, "RUST_BACKTRACE": "0"},
    )


def test_the_process_for_old_workbooks() -> None:
    """It answers with names and rows as JSON, and with nothing over what is no workbook."""
    good = _child(bills.xls([["日期", datetime(2026, 10, 1, 9)], ["金额", 12.5]]))
    bad = _child(b"nothing")

    assert (good.returncode, json.loads(good.stdout)) == (
        0,
        [["明细", [["日期", "2026-10-01 09:00:00"], ["金额", "12.5"]]]],
    )
    assert (bad.returncode, bad.stdout) == (1, b"")


def test_the_sheets_of_an_old_workbook() -> None:
    """The same in this process."""
    assert xls.sheets(bills.xls([["甲", 1.0]], sheet="页")) == [("页", [["甲", "1"]])]


def test_an_old_workbook_that_is_locked(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password inside the workbook cannot be asked for: the user takes it away."""
    _answer(monkeypatch, returncode=books.LOCKED)

    with pytest.raises(Unreadable) as refused:
        read(books.OLE + bytes(600))

    assert refused.value.message == "「账单.bin」有密码"


def test_an_old_workbook_that_never_ends(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A circle in the file ends after a while, as damage."""

    def run(*_arguments: object, **_options: object) -> object:
        raise subprocess.TimeoutExpired("python", 60)

    monkeypatch.setattr(subprocess, "run", run)

    with pytest.raises(Unreadable, match="坏了"):
        read(books.OLE + bytes(600))


def _answer(monkeypatch: pytest.MonkeyPatch, returncode: int) -> None:
    def run(*_arguments: object, **_options: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], returncode, b"", b"")

    monkeypatch.setattr(subprocess, "run", run)
