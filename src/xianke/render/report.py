"""How reports look, to people and to programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from xianke import gigs, money
from xianke.i18n import _
from xianke.render.charts import bar, heat_map, shares
from xianke.render.console import say, terminal_width
from xianke.render.stock import weekday_name
from xianke.render.tables import first_step, gap, heading, hours, next_step, note, sentence, table
from xianke.render.text import width

if TYPE_CHECKING:
    from xianke.commands.ranges import DayRange
    from xianke.commands.reports import Months
    from xianke.gigs import Report, Row
    from xianke.platforms import Catalogue

Document = dict[str, Any]
Heat = Mapping[tuple[int, int], int]

BAR_CELLS = 12
INDENT = 2
GAP = 3
"""Blanks before and between sums that stand side by side."""
OWN_KINDS = ("own", "client")


def document(report: Report, heat: Heat, months: Months) -> Document:
    """Return a report as the contract's data, with the month before beside this one."""
    return {
        "by": report.by,
        "rows": [asdict(row) for row in report.rows],
        "total": asdict(report.total),
        "received_fen": report.total.received_fen,
        "earned_fen": report.earned_fen,
        "unexplained_fen": report.unexplained_fen,
        "outstanding_fen": report.outstanding_fen,
        "written_off_fen": report.written_off_fen,
        "spend_fen": report.spend_fen,
        "deposit_fen": report.deposit_fen,
        "searched_minutes": report.searched_minutes,
        "months": asdict(months),
        "heat": [
            {"weekday": weekday, "hour": hour, "minutes": minutes}
            for (weekday, hour), minutes in sorted(heat.items())
        ],
    }


def key_name(by: str, key: str, catalogue: Catalogue) -> str:
    """Return what a row is called."""
    if key == gigs.UNEXPLAINED:
        return _("收到了、还没说明的")
    if key == gigs.UNKNOWN_KEY:
        return _("没记几点") if by == "hour" else _("没有类别")
    if by == "platform":
        known = catalogue.platforms.get(key)
        return known.name if known is not None else key
    if by == "category":
        category = catalogue.categories.get(key)
        return category.name if category is not None else key
    if by == "weekday":
        return weekday_name(int(key))
    if by == "hour":
        return _("{hour} 点").format(hour=key)
    return key


def show(report: Report, heat: Heat, months: Months, span: DayRange, catalogue: Catalogue) -> None:
    """Print a report: the sums, the rows with bars, the month before, the heat map."""
    _show_sums(report)
    say()
    _show_rows(report, catalogue)
    if report.searched_minutes:
        note(searched_text(report))
    if not (span.first or span.last):
        _show_months(months)
    if heat:
        heading(_("一周里什么时候在做"))
        heat_map(heat)
    gap()
    _show_next(report)


def show_nothing(span: DayRange, *, untouched: bool) -> None:
    """Say that there is nothing to report, and where something would come from."""
    if span.first or span.last:
        say(_("这段日子没有记录。"))
        first_step(_("看全部日子：xianke report"), untouched=untouched)
    else:
        say(_("还没有记录，没有可报的。"))
        first_step(_("记一单：xianke log 闲鱼 85 --minutes 40"), untouched=untouched)


def _show_next(report: Report) -> None:
    if report.unexplained_fen > 0:
        next_step(_("说明收到的钱是哪几单：xianke payouts explain"))
    if report.outstanding_fen or report.deposit_fen:
        next_step(_("谁还欠着、晚了没有：xianke owed"))
    other = "platform" if report.by != "platform" else "month"
    next_step(_("换个分法：xianke report --by {other}").format(other=other))


def _show_sums(report: Report) -> None:
    total = report.total
    minutes = total.worked_minutes + total.unpaid_minutes
    sentence(
        _("{count} 单，净得 {net}，用时 {hours}").format(
            count=total.gigs, net=money.yuan(total.net_fen), hours=hours(minutes)
        )
    )
    if total.net_fen_per_hour is not None:
        text = _("每小时净得 {rate}").format(rate=money.yuan(total.net_fen_per_hour))
        if total.timed_gigs < total.gigs:
            text = _("{text}（{timed} 单记了用时，只按这些算）").format(
                text=text, timed=total.timed_gigs
            )
        note(text)
    else:
        note(_("没有一单记了用时，每小时多少还不知道"))
    if report.spend_fen:
        note(
            _(
                "净得已减去 {fen} 的开支（装备、退款、没退的押金）；不是哪一单的，不算进每小时"
            ).format(fen=money.yuan(report.spend_fen))
        )
    if total.net_fen < 0:
        note(_("合起来是亏的。"))
    say()
    side_by_side(amounts(report))


def amounts(report: Report) -> list[tuple[str, int]]:
    """Return what became of the money, in words that are the same everywhere.

    What was earned, received, received without a gig, and is still to come stand there always;
    what was written off and which deposits are out only where there are such.
    """
    found = [
        (_("该到手"), report.earned_fen),
        (_("收到了"), report.total.received_fen),
        (_("其中没说明"), report.unexplained_fen),
        (_("还没到手"), report.outstanding_fen),
    ]
    if report.written_off_fen:
        found.append((_("收不回"), report.written_off_fen))
    if report.deposit_fen:
        found.append((_("押金在外"), report.deposit_fen))
    return found


def side_by_side(found: Sequence[tuple[str, int]]) -> None:
    """Print sums beside each other, each under its name, in as many lines as they need."""
    cells = [(name, money.yuan(fen)) for name, fen in found]
    lines: list[tuple[str, str]] = []
    names = figures = ""
    for name, figure in cells:
        space = max(width(name), width(figure))
        more = GAP if names else INDENT
        if names and width(names) + more + space > terminal_width():
            lines.append((names, figures))
            names, figures, more = "", "", INDENT
        names += " " * (more + space - width(name)) + name
        figures += " " * (more + space - width(figure)) + figure
    for pair in [*lines, (names, figures)]:
        for line in pair:
            say(line)


def searched_text(report: Report) -> str:
    """Say how much of the time brought no work."""
    return _("用时里有 {hours} 没接到单：不算单数，算进每小时").format(
        hours=hours(report.searched_minutes)
    )


def _show_rows(report: Report, catalogue: Catalogue) -> None:
    most = max((abs(row.net_fen) for row in report.rows), default=0)
    parts = shares([row.net_fen for row in report.rows], report.total.net_fen)
    table(
        [
            (_title(report.by), "left"),
            (_("单"), "right"),
            (_("用时"), "right"),
            (_("净得"), "right"),
            ("", "left"),
            (_("占"), "right"),
            (_("每小时"), "right"),
            (_("收到"), "right"),
        ],
        [
            [_short_name(report.by, row, catalogue), *_cells(row, most, part)]
            for row, part in zip(report.rows, parts, strict=True)
        ],
        total=[report.total.name, *_cells(report.total, 0, "")],
        flexible=[0],
        spare=[4],
        fold=[5, 7, 6, 2, 1],
    )


def _short_name(by: str, row: Row, catalogue: Catalogue) -> str:
    """Return a name of the catalogue without what a bracket explains: the column is narrow.

    What the user named stays whole.
    """
    known = catalogue.platforms.get(row.key) if by == "platform" else None
    if known is None or known.kind in OWN_KINDS:
        return row.name
    return row.name.split("（")[0].split(" (")[0]


def _cells(row: Row, most: int, part: str) -> list[str]:
    minutes = row.worked_minutes + row.unpaid_minutes
    return [
        str(row.gigs),
        hours(minutes) if minutes else "",
        money.plain_yuan(row.net_fen),
        bar(row.net_fen, most, BAR_CELLS),
        part,
        "" if row.net_fen_per_hour is None else money.plain_yuan(row.net_fen_per_hour),
        money.plain_yuan(row.received_fen),
    ]


def _title(by: str) -> str:
    return {
        "platform": _("平台"),
        "category": _("类别"),
        "month": _("月"),
        "week": _("周"),
        "weekday": _("星期"),
        "hour": _("钟点"),
    }[by]


def _show_months(months: Months) -> None:
    say()
    note(
        _("本月（{this}）净得 {now}；上月到同一天 {same}，全月 {whole}").format(
            this=months.this,
            now=money.yuan(months.this_fen),
            same=money.yuan(months.before_same_days_fen),
            whole=money.yuan(months.before_fen),
        ),
        indent=0,
    )
