"""The page's sections about money: months, hourly rates, shares, what is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke import money
from xianke.i18n import _, plural
from xianke.pagedata import MOST_MONTHS
from xianke.render import svg
from xianke.render.blocks import Chart, Section, Table
from xianke.render.tables import hours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.pagedata import Age, Hourly, Page, Part

MOST_ROWS = 15
"""Rows of a chart; the table beside it has all of them."""


def months(page: Page) -> Section:
    """Return income by month: earned and received side by side."""
    shown = page.months[-MOST_MONTHS:]
    title = _("每个月净得和收到多少")
    if not shown:
        lead = _("还没有一单做完的，每个月多少画不出来。")
        command = "xianke payouts explain" if page.report.unexplained_fen else ""
        return Section("months", title, lead, command=command)
    best = max(shown, key=lambda month: month.net_fen)
    about = svg.About(
        title,
        _("{first} 到 {last}，每月两根柱：净得和收到。净得最多的是 {best}，{net}。").format(
            first=shown[0].key, last=shown[-1].key, best=best.key, net=money.yuan(best.net_fen)
        ),
    )
    years = {month.key for month in shown if month.key.endswith("-01")}
    if years.isdisjoint(month.key for month in shown[:3]):
        # A year right beside another would run into it.
        years.add(shown[0].key)
    columns = [
        svg.Column(
            str(int(month.key[5:])),
            month.key[:4] if month.key in years else "",
            (month.net_fen, month.received_fen),
        )
        for month in shown
    ]
    scale = svg.Scale(("net", "got"), money.FEN_PER_YUAN, money.axis_yuan)
    rows = [
        (
            month.key,
            str(month.gigs),
            hours(month.minutes),
            money.yuan(month.net_fen),
            money.yuan(month.received_fen),
        )
        for month in page.months
    ]
    if page.report.unexplained_fen:
        unexplained = money.yuan(page.report.unexplained_fen)
        rows.append((_("收到了、还没说明的"), "", "", "", unexplained))
    total = page.report.total
    minutes = total.worked_minutes + total.unpaid_minutes
    sums = (money.yuan(total.net_fen), money.yuan(total.received_fen))
    notes = [_("没有记录的月份是零，也画出来。")]
    if page.report.unexplained_fen:
        notes.append(_("收到了、还没说明是哪一单的，不在柱子里，表里单列。"))
    if page.report.spend_fen:
        notes.append(
            _("净得已减去给平台的开支 {fen}；它不是哪一单的，每小时里不算").format(
                fen=money.yuan(page.report.spend_fen)
            )
        )
    if len(page.months) > len(shown):
        notes.append(_("图里是最近 {count} 个月，更早的在表里。").format(count=len(shown)))
    return Section(
        "months",
        title,
        _("净得按做的那天算，收到按到账那天算。两样说的是同一笔钱的两头，不能相加。"),
        (
            Chart(
                svg.columns(about, columns, scale),
                (("net", _("净得（元）")), ("got", _("收到（元）"))),
            ),
        ),
        (
            Table(
                _("按月"),
                (_("月"), _("单"), _("用时"), _("净得"), _("收到")),
                tuple(rows),
                (_("合计"), str(total.gigs), hours(minutes), *sums),
            ),
        ),
        tuple(notes),
    )


def hourly(page: Page) -> Section:
    """Return what an hour brought by platform, with its range and what the catalogue says."""
    title = _("每小时净得，按平台")
    notes = []
    if page.untimed:
        names = _("、").join(page.untimed)
        notes.append(_("没有一单记了用时，时薪不知道：{names}").format(names=names))
    if not page.hourly:
        lead = _("没有一单记了用时，每小时多少还不知道")
        return Section("hourly", title, lead, notes=tuple(notes))
    shown = sorted(page.hourly, key=lambda one: -one.timed_gigs)[:MOST_ROWS]
    rows = [_span(one) for one in page.hourly if one in shown]
    about = svg.About(
        title,
        _(
            "每个平台一行：点是实际每小时净得，线是下一单的范围。共 {count} 行，最高的 {best}。"
        ).format(count=len(rows), best=money.yuan(page.hourly[0].net_fen_per_hour or 0)),
    )
    keys = [("dot", _("实际")), ("reach", _("下一单的范围，中间一竖是中位"))]
    if any(row.band for row in rows):
        keys.append(("band", _("目录里的行情（不是你的记录）")))
    notes.append(_("「下一单」是十次里大约八次会落在其中的范围，不是承诺"))
    if len(rows) < len(page.hourly):
        notes.append(_("图里是记了用时最多的 {count} 个，全部在表里。").format(count=len(rows)))
    return Section(
        "hourly",
        title,
        _("净得除以全部用时，等单和路上也算；只算记了用时的单。单数少的，范围就宽。"),
        (Chart(svg.spans(about, rows, money.FEN_PER_YUAN, money.axis_yuan), tuple(keys)),),
        (
            Table(
                _("每小时，元"),
                (_("平台"), _("记了用时"), _("实际"), _("下一单"), _("中位"), _("目录行情")),
                tuple(_hourly_row(one) for one in page.hourly),
            ),
        ),
        tuple(notes),
    )


def _span(one: Hourly) -> svg.Span:
    rate = _("不知道") if one.net_fen_per_hour is None else money.yuan(one.net_fen_per_hour)
    count = plural("{count} 单", one.timed_gigs).format(count=one.timed_gigs)
    return svg.Span(
        one.name, f"{rate} · {count}", one.net_fen_per_hour, one.range_fen, one.stated_fen
    )


def _hourly_row(one: Hourly) -> tuple[str, ...]:
    unknown = _("不知道")
    low, mid, high = one.range_fen or (0, 0, 0)
    first, last = one.stated_fen or (0, 0)
    return (
        one.name,
        f"{one.timed_gigs}/{one.gigs}",
        unknown if one.net_fen_per_hour is None else money.plain_yuan(one.net_fen_per_hour),
        f"{money.rounded_yuan(low)}–{money.rounded_yuan(high)}" if one.range_fen else unknown,
        money.rounded_yuan(mid) if one.range_fen else unknown,
        f"{money.rounded_yuan(first)}–{money.rounded_yuan(last)}" if one.stated_fen else "",
    )


def shares(page: Page) -> Section:
    """Return each platform's share of what was gained; losses are told, not drawn as shares."""
    title = _("净得从哪里来")
    gains = [part for part in page.parts if part.permille is not None]
    losses = [part for part in page.parts if part.net_fen < 0]
    notes = []
    if losses:
        names = _("、").join(
            # Without a sign, which a line may break off.
            _("{name}（{fen}）").format(name=part.name, fen=money.yuan(-part.net_fen))
            for part in losses
        )
        notes.append(_("亏的：{names}。占比只在赚钱的平台之间算。").format(names=names))
    if len(gains) > MOST_ROWS:
        notes.append(_("图里是前 {count} 个，全部在表里。").format(count=MOST_ROWS))
    table = Table(
        _("按平台"),
        (_("平台"), _("净得"), _("占")),
        tuple((one.name, money.yuan(one.net_fen), _share(one)) for one in page.parts),
        (_("合计"), money.yuan(page.report.total.net_fen), ""),
    )
    if not gains:
        lead = _("还没有哪个平台赚到钱。")
        return Section("shares", title, lead, (), (table,) if page.parts else (), tuple(notes))
    rows = [
        svg.Bar(one.name, one.net_fen, _beside(one.net_fen, _share(one)), "net")
        for one in gains[:MOST_ROWS]
    ]
    about = svg.About(
        title,
        _("每个平台一根横条，最多的是 {name}，占 {share}。").format(
            name=gains[0].name, share=_share(gains[0])
        ),
    )
    lead = _("各平台的净得，和它在所有赚到的钱里占多少。")
    return Section("shares", title, lead, (Chart(svg.bars(about, rows)),), (table,), tuple(notes))


def _share(part: Part) -> str:
    if part.permille is None:
        return ""
    return percent(part.permille) if part.permille else "<0.1%"


def percent(permille: int) -> str:
    """Return tenths of a percent in words."""
    return f"{permille // 10}.{permille % 10}%"


def owed(page: Page) -> Section:
    """Return what is owed, by age and by platform, and the deposits apart."""
    title = _("还没到手的钱")
    notes = []
    tables = []
    if page.deposits:
        out = sum(deposit.fen for deposit in page.deposits)
        notes.append(_("押金另算，不在这里面：还押着 {fen}。").format(fen=money.yuan(out)))
        tables.append(
            Table(
                _("还押着的押金"),
                (_("平台"), _("哪天交的"), _("金额")),
                tuple((one.name, one.day, money.yuan(one.fen)) for one in page.deposits),
                (_("合计"), "", money.yuan(out)),
            )
        )
    if not page.ages:
        lead = _("没有在等的钱：做完的单都收到了。")
        return Section("owed", title, lead, (), tuple(tables), tuple(notes))
    total = money.yuan(page.report.outstanding_fen)
    gigs = sum(age.gigs for age in page.ages)
    tables.insert(
        0,
        Table(
            _("按平台"),
            (_("平台"), _("单"), _("还没到手"), _("最久（天）")),
            tuple(
                (one.name, str(one.gigs), money.yuan(one.fen), str(one.oldest_days))
                for one in page.debtors
            ),
            (_("合计"), str(gigs), total, ""),
        ),
    )
    if len(page.debtors) > MOST_ROWS:
        notes.append(_("图里是前 {count} 个，全部在表里。").format(count=MOST_ROWS))
    return Section(
        "owed",
        title,
        plural("{count} 单做完了，{fen} 还没到手。日子从做的那天算起。", gigs).format(
            count=gigs, fen=total
        ),
        (_by_age(page.ages), _by_debtor(page, total)),
        tuple(tables),
        tuple(notes),
        "xianke owed",
    )


def _by_age(ages: Sequence[Age]) -> Chart:
    heading = _("等了多久")
    rows = [
        svg.Bar(
            _("{first}–{last} 天").format(first=age.first, last=age.last)
            if age.last is not None
            else _("超过 {days} 天").format(days=age.first - 1),
            age.fen,
            _amount(age.fen, age.gigs),
            "owed",
        )
        for age in ages
    ]
    spoken = _("，").join(f"{row.name} {row.text}" for row in rows)
    return Chart(svg.bars(svg.About(heading, spoken), rows), heading=heading)


def _by_debtor(page: Page, total: str) -> Chart:
    heading = _("谁还没付")
    rows = [
        svg.Bar(one.name, one.fen, _amount(one.fen, one.gigs), "owed")
        for one in page.debtors[:MOST_ROWS]
    ]
    about = svg.About(
        heading,
        _("每个平台一根横条，共 {total}，最多的是 {name}。").format(
            total=total, name=page.debtors[0].name
        ),
    )
    return Chart(svg.bars(about, rows), heading=heading)


def _amount(fen: int, gigs: int) -> str:
    return _beside(fen, plural("{count} 单", gigs).format(count=gigs))


def _beside(fen: int, more: str) -> str:
    return f"{money.yuan(fen)} · {more}"
