"""The page of `xianke report --html`: one file to look at, print and keep, that fetches nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xianke import __version__, money
from xianke.i18n import _, language
from xianke.render import page_money, page_time
from xianke.render.blocks import Section
from xianke.render.tables import hours
from xianke.render.text import harmless

if TYPE_CHECKING:
    from datetime import datetime

    from xianke.gigs import Report
    from xianke.pagedata import Page, Span

TEMPLATES = Path(__file__).parent / "templates"

LONG = 10
"""Characters of a sum (up to ￥99,999.99) that find room in two columns on a phone."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One of the sums at the head of the page, with what it means in a line."""

    key: str
    name: str
    value: str
    meaning: str


def text(page: Page, now: datetime) -> str:
    """Return the whole page as HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def shown(value: Any) -> Any:  # Any: whatever a template writes
        # Names come from outside: nothing may turn the direction of a line or hide in it.
        return harmless(value) if type(value) is str else value

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Drawn as XML, which is as safe as the template's own escaping.
    environment.filters["drawn"] = Markup
    template = environment.get_template("page.html.j2")
    return template.render(
        language="en" if language() == "en" else "zh-CN",
        title=_("闲客：收入一览"),
        span=span_text(page.span),
        as_of=_("截至 {moment}").format(moment=f"{now:%Y-%m-%d %H:%M}"),
        local=_("本机文件：xianke 在这台电脑上写的，不联网，没有脚本，什么都不会发出去。"),
        long=max(len(one.value) for one in sums(page.report)) > LONG,
        sums=() if page.empty else sums(page.report),
        summary=() if page.empty else summary(page.report),
        sections=beginning(page) if page.empty else sections(page),
        words={
            "figures": _("看数字"),
            "next": _("下一步"),
            "meaning": _("净得是收入减去平台扣的、自己的成本和已扣的税，精确到分。"),
            "made_by": _("由 xianke {version} 写成").format(version=__version__),
        },
    )


def span_text(span: Span) -> str:
    """Return a range of days in words."""
    if span.first and span.last:
        return _("{first} 到 {last}").format(first=span.first, last=span.last)
    if span.first:
        return _("{first} 起").format(first=span.first)
    if span.last:
        return _("到 {last} 为止").format(last=span.last)
    return _("全部记录")


def sums(report: Report) -> tuple[Sum, ...]:
    """Return the sums that are never added up, under the names they have on the terminal."""
    found = (
        ("earned", _("该到手"), report.earned_fen, _("做完的单应付给你的：收入减平台扣的和税")),
        ("received", _("收到了"), report.total.received_fen, _("真的付来的，按到账那天算")),
        ("unexplained", _("其中没说明"), report.unexplained_fen, _("还不知道是哪一单的钱")),
        ("outstanding", _("还没到手"), report.outstanding_fen, _("做完了，钱还没来")),
    )
    return tuple(Sum(key, name, money.yuan(fen), meaning) for key, name, fen, meaning in found)


def summary(report: Report) -> tuple[tuple[str, str, str], ...]:
    """Return what stands below the sums: name, value, and a remark where one is due."""
    total = report.total
    remark = ""
    if total.net_fen_per_hour is not None and total.timed_gigs < total.gigs:
        remark = _("{timed}/{gigs} 单记了用时，只按这些算").format(
            timed=total.timed_gigs, gigs=total.gigs
        )
    rate = _("还不知道") if total.net_fen_per_hour is None else money.yuan(total.net_fen_per_hour)
    found = [
        (_("净得"), money.yuan(total.net_fen), _("合起来是亏的。") if total.net_fen < 0 else ""),
        (_("每小时净得"), rate, remark),
        (_("单"), str(total.gigs), ""),
        (
            _("用时"),
            hours(total.worked_minutes + total.unpaid_minutes),
            _("其中 {hours} 没接到单").format(hours=hours(report.searched_minutes))
            if report.searched_minutes
            else "",
        ),
    ]
    if report.written_off_fen:
        found.append((_("收不回"), money.yuan(report.written_off_fen), _("不会再来的，已经勾销")))
    if report.deposit_fen:
        found.append((_("押金在外"), money.yuan(report.deposit_fen), _("交出去，还没退回来")))
    return tuple(found)


def sections(page: Page) -> tuple[Section, ...]:
    """Return the questions of the page in their order."""
    return (
        page_money.months(page),
        page_money.hourly(page),
        page_money.shares(page),
        page_money.owed(page),
        page_time.heat(page),
        page_time.spare(page),
    )


def beginning(page: Page) -> tuple[Section, ...]:
    """Return what a page says that has nothing to show: how to begin."""
    if page.span.first or page.span.last:
        return (
            Section(
                "beginning",
                _("这段日子没有记录。"),
                _("换一段日子，或者看全部记录。"),
                command="xianke report --html report.html",
            ),
        )
    return (
        Section(
            "beginning",
            _("还没有记录，没有可报的。"),
            _("记下第一单，这一页就有东西看了：做了什么、多少钱、用了多久。"),
            command=_("xianke log 闲鱼 85 --minutes 40"),
        ),
    )
