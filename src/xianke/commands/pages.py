"""The page of `report --html`: gathers its figures, writes the file, opens it if asked to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from xianke import store
from xianke.errors import NotUnderstood
from xianke.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from xianke.commands.ranges import DayRange
    from xianke.gigs import By, Report
    from xianke.pagedata import Page
    from xianke.platforms import Catalogue
    from xianke.rates import Rate
    from xianke.records import Gig

    Build = Callable[[store.Queries, Catalogue, By, str | None, str | None], Report]


def check(html: str | None, *, open_it: bool) -> None:
    """Raise NotUnderstood where something shall be opened that is not written."""
    if open_it and html is None:
        raise NotUnderstood(
            _("--open 要和 --html 一起用"), _("例如 xianke report --html 报表.html --open")
        )


def gather(
    db: store.Queries, catalogue: Catalogue, span: DayRange, now: datetime, build: Build
) -> Page:
    """Return the figures of the page, read in the same transaction as the report.

    *build* makes a report: the page's sums are those of the terminal.
    """
    from xianke import gigs, inventory, pagedata, rates
    from xianke.render import report as screen

    days = pagedata.Span(span.first, span.last)
    if span.first is None and span.last is None:
        timed = db.timed_gigs()
    else:
        timed = pagedata.rated(db.gigs(first=span.first, last=span.last))
    own = rates.own_rates(catalogue, timed, now.date())
    stock = inventory.stock(db.slots(), db.skills(), db.assets(), db.profile(), now.date())
    sources = pagedata.Sources(
        platforms=build(db, catalogue, "platform", span.first, span.last),
        months=build(db, catalogue, "month", span.first, span.last),
        weeks=build(db, catalogue, "week", span.first, span.last),
        heat=gigs.heat_map(db.heat(span.first, span.last)),
        rates=own,
        stated=_stated(catalogue, timed),
        claims=db.claims(only_open=True),
        spends=db.spends(),
        free_minutes=stock.free_minutes_per_week or None,
    )
    return pagedata.page(
        sources, days, now.date(), lambda key: screen.key_name("platform", key, catalogue)
    )


def _stated(catalogue: Catalogue, timed: list[Gig]) -> dict[str, Rate]:
    """Return what the catalogue alone says of the platforms that were used."""
    from xianke import rates

    known = catalogue.platforms
    used = sorted({gig.platform for gig in timed if gig.platform in known})
    return {key: rates.stated(catalogue, (known[key].category, key)) for key in used}


def write(html: str, page: Page, now: datetime) -> Path:
    """Write the page whole or not at all, and return where it lies."""
    from xianke.commands import filing
    from xianke.render import page as drawing

    content = drawing.text(page, now).encode()
    filing.replace_file(Path(html), lambda file: _put(file, content))
    return Path(html).resolve()


def _put(file: BinaryIO, content: bytes) -> None:
    file.write(content)


def show(written: Path) -> None:
    """Say where the page lies."""
    from xianke.render.tables import next_step, note, place

    place(_("写好了：{path}").format(path=written), indent=0)
    note(_("用浏览器打开它；要改日子就加 --from 和 --to"), indent=0)
    next_step(_("终端里看：xianke report"))


def open_in_browser(written: Path) -> None:
    """Open the page; a browser that does not come is told, for the page is there all the same."""
    import webbrowser

    from xianke.render.console import tell

    try:
        opened = webbrowser.open(written.as_uri())
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        tell(_("浏览器没打开，请自己打开这个文件：{path}").format(path=written))
