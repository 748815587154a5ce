"""Reading the bills of wallets and banks: which reader, which sheet, and what it holds.

`read` takes one file, however it is packed, and returns its rows with a verdict each. Nothing is
stored and nothing is asked for but the password of a zip.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from xianke import lookup
from xianke.errors import NotUnderstood, Unreadable
from xianke.i18n import _
from xianke.importers import alipay, banks, containers, generic, jd, meituan, strangers, wechat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from xianke.importers.containers import File
    from xianke.importers.generic import ColumnMapping
    from xianke.importers.types import Bill, Line, Reader, Table
    from xianke.importers.zips import Password

    Progress = Callable[[int], None]

READERS: tuple[Reader, ...] = (alipay, wechat, jd, meituan, banks)
FORMATS: tuple[str, ...] = (*(reader.name for reader in READERS), generic.name)
"""The words that `--format` takes for bills."""

PROGRESS_LINES = 5_000
"""So many lines are read in about a quarter of a second."""

_TABLE_NAME = re.compile(r"\.(?:csv|xlsx?|zip)(?![a-z])", re.IGNORECASE)


def expand(paths: Iterable[Path]) -> list[Path]:
    """Return the files that are meant: those named, and of folders what is named like a table.

    Raise Unreadable for a folder without any.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        try:
            inside = sorted(
                one
                for one in path.iterdir()
                if _TABLE_NAME.search(one.name)
                and not one.name.startswith((".", "~$"))
                and one.is_file()
            )
        except OSError as fault:
            raise Unreadable(
                _("打不开文件夹「{name}」").format(name=path), _("看看有没有读取权限")
            ) from fault
        if not inside:
            raise Unreadable(
                _("文件夹「{name}」里没有账单").format(name=path),
                _("账单是 csv、xlsx、xls 或 zip 文件"),
            )
        found += inside
    return list(dict.fromkeys(found))


def read(
    path: Path,
    *,
    password: Password | None = None,
    format: str | None = None,
    mapping: ColumnMapping | None = None,
    progress: Progress | None = None,
) -> Bill:
    """Return the bill in a file; *password* is asked for only where a zip wants one.

    *progress* is told the number of the line now and then while a long file is read.

    Raise Unreadable where the file cannot be read, NotUnderstood where it is no bill that is
    known, or more than one.
    """
    if format is not None and format not in FORMATS:
        raise NotUnderstood(
            _("没有「{text}」这种账单格式").format(text=format),
            lookup.with_guess(
                _("可以是：{formats}").format(formats=", ".join(FORMATS)), format, FORMATS
            ),
        )
    if (format == generic.name) != (mapping is not None):
        raise NotUnderstood(
            _("通用格式要说明每一列是什么"),
            _("加 --map {example}").format(example=generic.EXAMPLE),
        )
    found = containers.files(containers.contents(path), path.name, password)
    if progress is not None:
        found = [_watched(file, progress) for file in found]
    if mapping is not None:
        return _one([_mapped(file, mapping) for file in found], path.name)
    if format is not None:
        return _forced(found, next(one for one in READERS if one.name == format), path.name)
    claims = [(file, reader) for file in found for reader in _claims(file)]
    names = sorted({reader.title() for _file, reader in claims})
    if len(names) > 1:
        raise NotUnderstood(
            _("「{name}」同时像{readers}的账单").format(
                name=path.name, readers=_("、").join(names)
            ),
            _("分成两个文件，或用 --format 指明是哪一种"),
        )
    if not claims:
        raise strangers.explained((table for file in found for table in file.tables), path.name)
    return _one([_extracted(file, reader) for file, reader in claims], path.name)


def _watched(file: File, progress: Progress) -> File:
    """Return the file with tables that tell how far they have been read."""

    def watched(table: Table) -> Table:
        def lines() -> Iterator[Line]:
            for line in table.lines():
                if line.number % PROGRESS_LINES == 0:
                    progress(line.number)
                yield line

        return replace(table, lines=lines)

    return replace(file, tables=tuple(watched(table) for table in file.tables))


def _claims(file: File) -> list[Reader]:
    return [reader for reader in READERS if any(reader.identify(table) for table in file.tables)]


def _extracted(file: File, reader: Reader) -> Bill:
    """Return the bill of the sheet that has most rows; a workbook may hold copies of it."""
    own = [table for table in file.tables if reader.identify(table)] or list(file.tables)
    chosen = max(own, key=lambda table: table.height)
    bill = reader.extract(chosen)
    return _warned(bill, chosen, [table for table in own if table is not chosen])


def _warned(bill: Bill, chosen: Table, others: Sequence[Table]) -> Bill:
    """Return the bill with a word on sheets left out, and on there being nothing to read."""
    warnings = list(bill.warnings)
    if others:
        warnings.append(
            _("只读了工作表「{sheet}」，没有读同样的：{others}").format(
                sheet=chosen.sheet, others=_("、").join(table.sheet or "" for table in others)
            )
        )
    if not bill.rows and not bill.problems:
        warnings.append(_("表头下面一笔交易也没有"))
    return replace(bill, warnings=tuple(warnings))


def _forced(files: Sequence[File], reader: Reader, name: str) -> Bill:
    own = [file for file in files if reader in _claims(file)] or files
    return _one([_extracted(file, reader) for file in own], name)


def _mapped(file: File, mapping: ColumnMapping) -> Bill:
    """Return the rows of the first sheet that has the mapped columns and most rows."""
    found: list[tuple[Table, Bill]] = []
    fault: NotUnderstood | None = None
    for table in file.tables:
        try:
            found.append((table, generic.extract(table, mapping)))
        except NotUnderstood as error:
            fault = fault or error
    if not found:
        raise fault or strangers.explained(file.tables, file.name)
    chosen, bill = max(found, key=lambda pair: len(pair[1].rows))
    return _warned(bill, chosen, [table for table, _bill in found if table is not chosen])


def _one(bills: Sequence[Bill], name: str) -> Bill:
    if len(bills) > 1:
        raise NotUnderstood(
            _("「{name}」里有 {count} 份账单").format(name=name, count=len(bills)),
            _("先解压，再导入解压出来的文件夹"),
        )
    return bills[0]
