"""`report`: what was earned, what came in, and what an hour really brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from xianke import settings, store
from xianke.commands.shell import Command, FirstDay, JsonFlag, LastDay, new_app, untouched
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.gigs import By, Report
    from xianke.platforms import Catalogue

app = new_app()

STORE_GROUPS = {"week": "day", "weekday": "day"}
"""What SQL groups by; weeks and weekdays are folded from days."""


@app.command(
    "report",
    cls=Command,
    help=_(
        "收支和真实时薪：挣了多少、收到多少、还欠多少，精确到分。\n\n"
        "例：\n"
        "  xianke report\n"
        "  xianke report --by month --from 2026-01-01\n"
        "  xianke report --by weekday\n"
        "  xianke report --html 报表.html"
    ),
)
def report(
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="K",
            help=_("按 platform、category、month、week、weekday 或 hour 分"),
        ),
    ] = "platform",
    first: FirstDay = None,
    last: LastDay = None,
    html: Annotated[
        str | None,
        typer.Option("--html", metavar="FILE", help=_("写成一页网页：可看可印，不联网")),
    ] = None,
    open_it: Annotated[bool, typer.Option("--open", help=_("写好就用浏览器打开"))] = False,
    json: JsonFlag = False,
) -> None:
    from xianke import gigs, platforms
    from xianke.commands import pages
    from xianke.commands.ranges import day_range
    from xianke.render import envelope
    from xianke.render import report as screen

    key = gigs.check_report_key(by)
    span = day_range(first, last)
    pages.check(html, open_it=open_it)
    now = settings.now()
    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        found = build(db, catalogue, key, span.first, span.last)
        heat = gigs.heat_map(db.heat(span.first, span.last)) if key in ("weekday", "hour") else {}
        months = month_totals(db, now.date())
        written = None
        if html is not None:
            written = pages.write(html, pages.gather(db, catalogue, span, now, build), now)
    if json:
        more = {} if written is None else {"html": str(written)}
        envelope.emit({**screen.document(found, heat, months), **more})
    elif written is not None:
        pages.show(written)
    else:
        if found.rows:
            screen.show(found, heat, months, span, catalogue)
        else:
            screen.show_nothing(span, untouched=untouched())
    if written is not None and open_it:
        pages.open_in_browser(written)


@dataclass(frozen=True, slots=True)
class Months:
    """Net of this month and of the month before up to the same day, in fen."""

    this: str
    this_fen: int
    before: str
    before_fen: int
    before_same_days_fen: int


def build(
    db: store.Queries, catalogue: Catalogue, by: By, first: str | None, last: str | None
) -> Report:
    """Return the report of a range of days from the store's sums."""
    from xianke import gigs, owed
    from xianke.render import report as screen

    group = STORE_GROUPS.get(by, by)
    flows = gigs.Flows(
        db.received(group, first, last),
        db.received_total(first, last),
        db.outstanding(first, last),
        db.written_off(first, last),
        db.spend_costs(first, last),
        sum(spend.amount_fen for spend in owed.deposits_out(db.spends(), first, last)),
    )
    known = catalogue.platforms
    return gigs.report(
        by,
        db.sums(group, first, last),
        flows,
        lambda key: screen.key_name(by, key, catalogue),
        lambda platform: known[platform].category or None if platform in known else None,
    )


def month_totals(db: store.Queries, today: date) -> Months:
    """Return this month's net beside the month before, whole and to the same day of the month."""
    from datetime import timedelta

    first = today.replace(day=1)
    before_last = first - timedelta(days=1)
    before_first = before_last.replace(day=1)
    same = before_first.replace(day=min(today.day, before_last.day))

    def net(start: date, end: date) -> int:
        sums = db.sums("month", start.isoformat(), end.isoformat())
        spent = db.spend_costs(start.isoformat(), end.isoformat())
        earned = sum(one.gross_fen - one.fee_fen - one.cost_fen - one.tax_fen for one in sums)
        return earned - sum(fen for _platform, _day, fen in spent)

    return Months(
        f"{first:%Y-%m}",
        net(first, today),
        f"{before_first:%Y-%m}",
        net(before_first, before_last),
        net(before_first, same),
    )
