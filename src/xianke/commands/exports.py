"""`export`: the books for accounting programs, a table, a calendar, or everything as it is."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from xianke import settings, store
from xianke.commands.shell import Command, FirstDay, JsonFlag, LastDay, new_app
from xianke.errors import Refused
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.commands.filing import Fill
    from xianke.commands.ranges import DayRange
    from xianke.exporters import Format
    from xianke.exporters.book import Book

app = new_app()


@app.command(
    "export",
    cls=Command,
    help=_(
        "导出给别的程序：复式记账、表格、日历，或原样的全部数据。不写 -o 就直接打印。\n\n"
        "  beancount  复式记账，末尾带余额核对\n"
        "  hledger    同上，ledger 也能读\n"
        "  csv        记过的单；表格软件能打开，xianke import 能读回\n"
        "  ics        日历：接下来的单、该到账的日子、没退的押金\n"
        "  json       全部数据，xianke restore 能读回\n\n"
        "例：\n"
        "  xianke export --format csv -o 副业.csv --from 2026-01-01\n"
        "  xianke export --format beancount -o 副业.beancount\n"
        "  xianke export --format hledger -o 副业.journal"
    ),
)
def export(
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="F", help=_("beancount、hledger、csv、json 或 ics")),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=_("写进文件；不写就打印"))
    ] = None,
    first: FirstDay = None,
    last: LastDay = None,
    json: JsonFlag = False,
) -> None:
    from xianke import exporters
    from xianke.commands import filing
    from xianke.commands.ranges import day_range
    from xianke.render import envelope
    from xianke.render import exports as screen

    wanted = exporters.check_format(format)
    span = day_range(first, last)
    if json and output is None:
        raise Refused(_("--json 和导出的内容不能一起打印"), _("加 -o FILE 把导出的内容写进文件"))
    if wanted == "json":
        if span.first or span.last:
            raise Refused(
                _("json 总是全部数据，不能只要一段日子"), _("只要一段日子：用 csv 或 beancount")
            )
        counts: dict[str, int] = {}
        fill = _whole_store(counts)
    else:
        prepared = _prepared(wanted, span)
        counts, fill = prepared.counts, prepared.fill
    if output is None:
        screen.pour(fill)
        return
    size = filing.replace_file(output, fill)
    if json:
        envelope.emit({"format": wanted, "path": str(output), "bytes": size, **counts})
    else:
        screen.show_written(wanted, output, counts)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An export that only has to be written, and how much it holds."""

    fill: Fill
    counts: dict[str, int]


def _prepared(format: Format, span: DayRange) -> Prepared:
    book = _book(span)
    if format == "ics":
        from xianke.exporters import calendars

        events = list(calendars.events(book, settings.zone()))
        text = calendars.text(events, settings.now())
        counts = {"events": len(events)}
    elif format == "csv":
        from xianke.exporters import tables

        text = tables.text(book)
        counts = {"gigs": sum(book.holds(gig.day) for gig in book.gigs)}
    else:
        from xianke.exporters import beancount, bookings, ledgers

        text = ledgers.text(book) if format == "hledger" else beancount.text(book)
        counts = bookings.counts(book)
    content = text.encode()

    def fill(file: BinaryIO) -> None:
        file.write(content)

    return Prepared(fill, counts)


def _whole_store(counts: dict[str, int]) -> Fill:
    """Return what writes the whole store; *counts* is told the rows once they are written."""
    from xianke.store import lines

    def fill(file: BinaryIO) -> None:
        text = io.TextIOWrapper(file, "utf-8", newline="\n")
        counts["rows"] = lines.dump(text, settings.now())
        text.flush()
        # The file is the caller's to close.
        text.detach()

    return fill


def _book(span: DayRange) -> Book:
    from xianke import platforms
    from xianke.commands import owed
    from xianke.exporters.book import Book

    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        waiting = owed.waiting(db, catalogue, settings.now().date())
        return Book(
            gigs=db.gigs(),
            payouts=[receipt.payout for receipt in db.payouts()],
            settlements=db.settlements(),
            write_offs=db.write_offs(),
            spends=db.spends(),
            names={one.id: one.name for one in catalogue.platforms.values()},
            categories={one.id: one.name for one in catalogue.categories.values()},
            wallets={
                payout: account.split(":")[0] for payout, account in db.payout_accounts().items()
            },
            expected={
                item.gig.id: item.expected_by.isoformat() for item in waiting if item.expected_by
            },
            first=span.first,
            last=span.last,
        )
