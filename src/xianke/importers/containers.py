"""From the bytes of a file to its tables; the content decides, never the name."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from xianke.errors import NotUnderstood, Unreadable
from xianke.i18n import _
from xianke.importers import books, csvs, zips
from xianke.importers.types import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xianke.importers.types import Line
    from xianke.importers.zips import Password

MOST_BYTES = 64 << 20
"""A wallet's bill of 100 000 rows has a third of it."""

_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")


@dataclass(frozen=True, slots=True)
class File:
    """A file that may be a bill: the only one, or one of a zip; its tables are its sheets."""

    name: str
    tables: tuple[Table, ...]


def contents(path: Path) -> bytes:
    """Return the bytes of a file; raise Unreadable where that cannot or should not be done."""
    try:
        if path.is_dir():
            raise Unreadable(
                _("「{name}」是文件夹").format(name=path), _("写出里面的文件，或导入整个文件夹")
            )
        if path.exists() and not path.is_file():
            raise Unreadable(_("「{name}」不是普通文件").format(name=path))
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Unreadable(
                _("「{name}」有 {size} MB，超过 {most} MB，不像账单").format(
                    name=path.name, size=-(-size >> 20), most=MOST_BYTES >> 20
                ),
                _("分成几个较短的时间段导出"),
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(
            _("没有「{name}」这个文件").format(name=path), _("看看路径有没有写错")
        ) from None
    except (OSError, ValueError) as fault:
        raise Unreadable(
            _("打不开「{name}」").format(name=path), _("看看有没有读取权限，是不是正被别的程序占用")
        ) from fault
    if not data.strip():
        raise Unreadable(_("「{name}」是空的").format(name=path.name), _("重新下载或导出一次"))
    return data


def files(data: bytes, name: str, password: Password | None) -> list[File]:
    """Return what a file holds: itself, or the members of a zip that are tables.

    Raise Unreadable where it is damaged, and NotUnderstood where it is something else.
    """
    if not zips.is_zip(data) or books.is_workbook(data, name):
        return [File(name, tuple(_tables(data, name)))]
    found: list[File] = []
    other: NotUnderstood | Unreadable | None = None
    for member in zips.members(data, name, password):
        try:
            found.append(File(member.name, tuple(_tables(member.data, member.name))))
        except (NotUnderstood, Unreadable) as fault:
            # A picture or a leaflet beside the bill harms nobody.
            other = other or fault
    if found:
        return found
    raise other or NotUnderstood(
        _("「{name}」里没有账单").format(name=name), _("看看是不是下载错了文件")
    )


def _tables(data: bytes, name: str) -> list[Table]:
    if data.startswith(books.OLE):
        return books.xls_tables(data, name)
    if zips.is_zip(data):
        if books.is_workbook(data, name):
            return books.xlsx_tables(data, name)
        raise NotUnderstood(
            _("「{name}」是压缩包里的压缩包").format(name=name), _("先解压一次再导入")
        )
    _refuse_others(data, name)
    encoding = csvs.encoding_of(data, name)

    def lines() -> Iterator[Line]:
        return csvs.lines(data, encoding, name)

    return [Table(name, None, tuple(islice(lines(), books.HEAD_ROWS)), lines)]


def _refuse_others(data: bytes, name: str) -> None:
    """Raise NotUnderstood for kinds of files that people take for bills."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        raise NotUnderstood(
            _("「{name}」是 PDF，读不出一行行的交易").format(name=name),
            _("导出时选 Excel 或 CSV；只有 PDF 的，先转成表格"),
        )
    if data.startswith(_PICTURES):
        raise NotUnderstood(
            _("「{name}」是图片").format(name=name), _("用导出的账单文件，不要用截图")
        )
    if data.startswith(_ARCHIVES):
        raise NotUnderstood(
            _("「{name}」是别种压缩包").format(name=name), _("先解压，再导入里面的文件")
        )
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise NotUnderstood(
            _("「{name}」是网页，不是表格").format(name=name),
            _("用表格软件打开它，另存为 xlsx 再导入"),
        )
