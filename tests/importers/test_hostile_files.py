"""Files made to do more than be read: what they ask for does not happen, nor take long."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.importers import bills
from tests.importers.bills import wechat_entry

from xianke import importers
from xianke.errors import XiankeError
from xianke.importers import icalendars

SECONDS = 20
"""Far more than any of these takes."""

SECRET = "not to be read"


def _workbook(declared: str, reference: str) -> bytes:
    """Return a good workbook whose sheet declares an entity and refers to it in a cell."""
    good = bills.raw_xlsx(bills.wechat_rows([wechat_entry(who="ENTITY")] * 3))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            text = old.read(info).decode()
            if info.filename.endswith(".xml"):
                prolog, mark, rest = text.rpartition("?>") if "?>" in text else ("", "", text)
                text = f"{prolog}{mark}<!DOCTYPE x [{declared}]>{rest}"
            new.writestr(info.filename, text.replace("ENTITY", reference))
    return made.getvalue()


def _read(folder: Path, data: bytes, name: str) -> str:
    """Return all that was read of a file, or what was said instead, in bounded time."""
    path = folder / name
    path.write_bytes(data)
    started = time.monotonic()
    try:
        found = repr(importers.read(path).rows)
    except XiankeError as refused:
        found = refused.message
    assert time.monotonic() - started < SECONDS
    return found


@pytest.mark.parametrize("scheme", ["file://{path}", "{path}"])
def test_an_entity_of_a_workbook_reads_no_file(tmp_path: Path, scheme: str) -> None:
    """What stands in another file does not come into a bill."""
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    place = scheme.format(path=secret)
    data = _workbook(f'<!ENTITY e SYSTEM "{place}">', "&e;")

    assert SECRET not in _read(tmp_path, data, "x.xlsx")


def test_entities_of_a_workbook_do_not_multiply(tmp_path: Path) -> None:
    """A thousand million of the same word would fill the memory."""
    declared = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10)
    )

    found = _read(tmp_path, _workbook(declared, "&a9;"), "x.xlsx")

    assert len(found) < 100_000
    assert "lollol" not in found


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><table><tr><td>x</td></tr></table></body></html>",
        b"\xef\xbb\xbf \r\n<TABLE>" + b"<tr><td>x" * 100_000,
        b'<?xml version="1.0"?><Workbook>' + b"<Row>" * 100_000,
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html><table>",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 5_000,
        b"," * 5_000_000,
        b'"' + b"a" * 5_000_000,
        b"\0" * 100_000,
        b"[" * 1_000_000,
        (b"a," * 100_000 + b"\n") * 5,
    ],
    ids=["html", "table", "xml", "mhtml", "ole", "commas", "one cell", "NULs", "json", "columns"],
)
def test_what_is_called_a_workbook_and_is_none(tmp_path: Path, data: bytes) -> None:
    """Refused with a sentence of one line, whatever its name says."""
    found = _read(tmp_path, data, "账单.xls")

    assert "账单.xls" in found
    assert len(found) < 200


def test_a_calendar_of_single_days_without_end_is_refused(tmp_path: Path) -> None:
    """Each of them would be laid out, though all are the same."""
    event = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20261101T000000Z", "DTSTART:20261123T080000"]
    days = "20261123T080000," * 9 + "20261123T080000"
    for line, times in (("RDATE:20261123T080000", 30_000), (f"EXDATE:{days}", 3_000)):
        path = tmp_path / "x.ics"
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *event, *([line] * times)]
        path.write_text("\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""]))
        window = icalendars.Window(date(2026, 11, 1), date(2026, 12, 31), ZoneInfo("Asia/Shanghai"))
        started = time.monotonic()

        with pytest.raises(XiankeError, match="不像一个人的日历"):
            icalendars.read(path, window)

        assert time.monotonic() - started < SECONDS
