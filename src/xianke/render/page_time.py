"""The page's sections about time: when work was done, and how much of the spare time it took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke import when
from xianke.i18n import _
from xianke.render import svg
from xianke.render.blocks import Chart, Section, Table
from xianke.render.page_money import percent
from xianke.render.stock import weekday_name
from xianke.render.tables import hours

if TYPE_CHECKING:
    from xianke.pagedata import Page, Week

WEEKDAYS = range(1, 8)


def heat(page: Page) -> Section:
    """Return when in the week work was done, weekdays by hours of the start."""
    title = _("一周里什么时候在做")
    if not page.heat:
        lead = _("没有一单既记了几点又记了用时，看不出什么时候在做。")
        return Section("heat", title, lead, command=_("xianke log 闲鱼 85 --minutes 40 --at 20:00"))
    days = [weekday_name(number) for number in WEEKDAYS]
    (weekday, hour), most = max(page.heat.items(), key=lambda one: (one[1], one[0]))
    busiest = _("{weekday} {hour} 点").format(weekday=weekday_name(weekday), hour=hour)
    about = svg.About(
        title,
        _("七行是星期，二十四列是钟点，颜色越重做得越久。最久的是{when}，{hours}。").format(
            when=busiest, hours=hours(most)
        ),
    )
    rows = [
        (f"{hour}:00", *(_cell(page.heat.get((weekday, hour), 0)) for weekday in WEEKDAYS))
        for hour in range(24)
        if any((weekday, hour) in page.heat for weekday in WEEKDAYS)
    ]
    sums = [sum(page.heat.get((day, hour), 0) for hour in range(24)) for day in WEEKDAYS]
    notes = [_("做得最久的一格是 {hours}（{when}）。").format(hours=hours(most), when=busiest)]
    total = page.report.total
    rest = total.worked_minutes + total.unpaid_minutes - sum(page.heat.values())
    if rest > 0:
        notes.append(_("另有 {hours} 没记几点开始，不在图里。").format(hours=hours(rest)))
    return Section(
        "heat",
        title,
        _("一单的全部用时都算在开始的那一格里，等单和路上也算。"),
        (
            Chart(
                svg.heat(about, page.heat, days, hours),
                (("h1", _("少")), ("h2", ""), ("h3", ""), ("h4", _("多"))),
            ),
        ),
        (
            Table(
                _("用时，时:分"),
                (_("钟点"), *days),
                tuple(rows),
                (_("合计"), *map(_cell, sums)),
            ),
        ),
        tuple(notes),
    )


def _cell(minutes: int) -> str:
    return hours(minutes) if minutes else ""


def spare(page: Page) -> Section:
    """Return how much of the spare time the last weeks took, and what that cannot know."""
    title = _("空闲时间用了多少")
    found = page.spare
    notes = [
        _(
            "这里不知道的：没记用时的单做了多久；做的时候是不是真在登记的时段里；哪几周有节假日。空闲按现在登记的、平常的一周算。"
        ),
    ]
    if not found.free_minutes:
        notes.append(_("没有登记每周的空闲时段，没有什么可比。"))
    command = "" if found.free_minutes else _("xianke inventory add slot 工作日 12:00-13:00")
    if not any(week.minutes for week in found.weeks):
        lead = _("最近几周没有记了用时的单。")
        return Section("spare", title, lead, notes=tuple(notes), command=command)
    if any(not week.whole for week in found.weeks):
        notes.append(_("浅色的一周没有过完，或者只有一部分在这段日子里，不进平均。"))
    about = svg.About(
        title,
        _("每周一根柱，{first} 到 {last}。数字在下面的表里。").format(
            first=found.weeks[0].key, last=found.weeks[-1].key
        ),
    )
    columns = [
        svg.Column(f"{when.week_days(week.key)[0]:%m-%d}", "", (week.minutes,), not week.whole)
        for week in found.weeks
    ]
    scale = svg.Scale(("net",), 60, lambda minutes: str(minutes // 60), found.free_minutes)
    keys = [("net", _("做了多久（小时），下面是周一的日子"))]
    if found.free_minutes:
        keys.append(("level", _("每周空闲 {hours}").format(hours=hours(found.free_minutes))))
    return Section(
        "spare",
        title,
        _lead(page),
        (Chart(svg.columns(about, columns, scale), tuple(keys)),),
        (
            Table(
                _("按周"),
                (_("周"), _("用时"), _("占空闲")),
                tuple(_week_row(week, found.free_minutes) for week in found.weeks),
            ),
        ),
        tuple(notes),
        command,
    )


def _lead(page: Page) -> str:
    found = page.spare
    whole = [week.minutes for week in found.weeks if week.whole]
    if not whole:
        return _("还没有过完的一周，平均多少还不知道。")
    mean = hours(sum(whole) // len(whole))
    if found.free_minutes is None or found.permille is None:
        return _("最近 {count} 个整周，平均每周做 {mean}。").format(count=len(whole), mean=mean)
    return _(
        "最近 {count} 个整周，平均每周做 {mean}，是登记的空闲（每周 {free}）的 {share}。"
    ).format(
        count=len(whole),
        mean=mean,
        free=hours(found.free_minutes),
        share=percent(found.permille),
    )


def _week_row(week: Week, free: int | None) -> tuple[str, ...]:
    name = week.key if week.whole else _("{week}（不满一周）").format(week=week.key)
    share = percent(week.minutes * 1000 // free) if free and week.whole else ""
    return (name, hours(week.minutes), share)
