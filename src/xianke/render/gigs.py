"""How gigs look, to people and to programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from xianke import gigs, money, settings, when
from xianke.i18n import _, plural
from xianke.render.advice import rate_text
from xianke.render.stock import weekday_name
from xianke.render.tables import first_step, hours, next_step, note, pairs, sentence, table
from xianke.searches import is_search

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from xianke.commands.recording import Recorded
    from xianke.platforms import Catalogue
    from xianke.rates import Rate
    from xianke.records import Gig, Payout

Document = dict[str, Any]

MOST_ON_SCREEN = 40


def document(gig: Gig) -> Document:
    """Return one gig as the contract's data; a rejected one earned nothing."""
    return documents([gig])[0]


def documents(found: Sequence[Gig]) -> list[Document]:
    """Return gigs as the contract's data; the zone is looked up once for all of them."""
    zone = settings.zone()
    return [_document(gig, zone) for gig in found]


def _document(gig: Gig, zone: ZoneInfo) -> Document:
    return {
        "id": f"g{gig.id}",
        "platform": gig.platform,
        "category": gig.category,
        "day": gig.day,
        "start": None if gig.start_minute is None else _instant(gig.day, gig.start_minute, zone),
        "orders": gig.orders,
        "worked_minutes": gig.worked_minutes,
        "unpaid_minutes": gig.unpaid_minutes,
        "gross_fen": gigs.earned_fen(gig),
        "agreed_fen": gig.gross_fen,
        "fee_fen": gigs.fee_fen(gig),
        "cost_fen": gig.cost_fen,
        "tax_fen": gigs.tax_fen(gig),
        "net_fen": gigs.net_fen(gig),
        "net_fen_per_hour": gigs.net_fen_per_hour(gig),
        "status": gig.status,
        "due": gig.due,
        "paid_at": gig.paid_day,
        "rating": gig.rating,
        "note": gig.note,
    }


def _instant(day: str, minute: int, zone: ZoneInfo) -> str:
    clock = time(minute // 60, minute % 60)
    return datetime.combine(date.fromisoformat(day), clock, zone).isoformat()


def day_text(gig: Gig) -> str:
    """Return when a gig was: `11-22 周日 14:00`, with the year where it is not this one."""
    clock = "" if gig.start_minute is None else f" {when.clock_text(gig.start_minute)}"
    return f"{date_text(gig.day)}{clock}"


def date_text(iso: str) -> str:
    """Return a day: `11-22 周日`, with the year where it is not this one."""
    day = date.fromisoformat(iso)
    written = iso if day.year != settings.now().year else f"{day:%m-%d}"
    return f"{written} {weekday_name(day.isoweekday())}"


def hourly_text(fen: int | None) -> str:
    """Return an hourly rate, or that nobody knows it."""
    return _("没记用时") if fen is None else _("{rate} 元/小时").format(rate=money.plain_yuan(fen))


def show_recorded(recorded: Recorded) -> None:
    """Print what a gig really made per hour, and how that compares."""
    gig = recorded.gig
    if recorded.added_platform:
        sentence(
            _("添了新客户「{name}」（{id}）").format(name=recorded.platform.name, id=gig.platform)
        )
    sentence(
        _("记下了 g{id}：{name} {gross}，{day}").format(
            id=gig.id, name=recorded.platform.name, gross=_brought(gig), day=day_text(gig)
        )
    )
    _show_net(recorded)
    show_doubles(recorded)


def recorded_document(recorded: Recorded) -> Document:
    """Return a gig that was just written down; `overlaps` names those that may be the same."""
    found = (*recorded.overlapping, *recorded.alike)
    more = {"overlaps": [f"g{one.id}" for one in found]} if found else {}
    return {**document(recorded.gig), **more}


def show_doubles(recorded: Recorded) -> None:
    """Say where a gig may have been written down twice, and the way back."""
    for found, text in (
        (
            recorded.overlapping,
            _("和 {ids} 的时间重叠，是不是记了两遍？是就：xianke gigs rm g{id}"),
        ),
        (
            recorded.alike,
            _("和 {ids} 同一天、同一处、一样的钱，是不是记了两遍？是就：xianke gigs rm g{id}"),
        ),
    ):
        if found:
            ids = _("、").join(f"g{one.id}" for one in found)
            note(text.format(ids=ids, id=recorded.gig.id))


def _brought(gig: Gig) -> str:
    return _("没接到单") if is_search(gig) else money.yuan(gig.gross_fen)


def _show_search(gig: Gig) -> None:
    """Say what became of time in which no work was found."""
    text = _("找了 {hours}").format(hours=hours(gig.unpaid_minutes))
    if gig.cost_fen:
        text = _("{text}，自己花了 {cost}").format(text=text, cost=money.yuan(gig.cost_fen))
    note(text)
    note(_("不算一单，时间照样算进这里的每小时。"))


def _show_net(recorded: Recorded) -> None:
    gig = recorded.gig
    if is_search(gig):
        _show_search(gig)
        return
    status = gigs.status_names()[gig.status]
    parts = [_("净得 {net}").format(net=money.yuan(gigs.net_fen(gig))), status]
    rate = gigs.net_fen_per_hour(gig)
    if rate is not None:
        minutes = (gig.worked_minutes or 0) + gig.unpaid_minutes
        spent = _("用时 {hours}").format(hours=hours(minutes))
        if gig.unpaid_minutes:
            spent = _("{spent}（含不算钱的 {unpaid}）").format(
                spent=spent, unpaid=hours(gig.unpaid_minutes)
            )
        parts[1:1] = [spent, _("合每小时 {rate}").format(rate=money.yuan(rate))]
    note(_("，").join(parts))
    if recorded.settled_by:
        note(_settled_text(recorded.settled_by))
    if gig.orders > 1 and gig.status in gigs.EARNED:
        note(
            _("{orders} 单，每单净得 {each}").format(
                orders=gig.orders, each=money.yuan(gigs.net_fen(gig) // gig.orders)
            )
        )
    if gigs.net_fen(gig) < 0:
        note(_("这一单是亏的。"))
    if gig.category is None:
        note(
            _("没写是哪类活，建议学不到它：xianke gigs edit g{id} --category 类别").format(
                id=gig.id
            )
        )
    if rate is None:
        note(_("没记用时，算不出每小时多少：xianke gigs edit g{id} --minutes 40").format(id=gig.id))
    else:
        _show_comparison(recorded, rate)


def _settled_text(settled_by: Sequence[Payout]) -> str:
    """Say which money, known before, turned out to be for this gig."""
    if len(settled_by) == 1:
        return _("这单的钱是 {day} 到账的那笔（p{id}）").format(
            day=date_text(settled_by[0].day), id=settled_by[0].id
        )
    return _("这单的钱是已经到账的几笔：{payouts}").format(
        payouts=_("、").join(f"p{one.id}" for one in settled_by)
    )


def _show_comparison(recorded: Recorded, rate: int) -> None:
    earlier = recorded.earlier
    if earlier is None or earlier.own_net_fen_per_hour is None:
        if recorded.stated is not None and recorded.stated.mid_fen_per_hour is not None:
            note(_against_stated(recorded.stated, rate))
        return
    before = money.yuan(earlier.own_net_fen_per_hour)
    count = earlier.own_gigs
    text = plural("这里之前 {count} 单平均每小时 {before}", count).format(
        count=count, before=before
    )
    if rate > earlier.own_net_fen_per_hour:
        text += _("，这次高一些")
    elif rate < earlier.own_net_fen_per_hour:
        text += _("，这次低一些")
    if recorded.beats is not None:
        text += _("，胜过以前的 {share:.0%}").format(share=recorded.beats)
    note(text)


def _against_stated(stated: Rate, rate: int) -> str:
    """Say where a first gig lies in the range that the catalogue gives."""
    low, high = stated.low_fen_per_hour or 0, stated.high_fen_per_hour or 0
    span = rate_text(stated)
    if rate < low:
        return _("目录里的行情是每小时 {span}，这次低于这个范围").format(span=span)
    if rate > high:
        return _("目录里的行情是每小时 {span}，这次高于这个范围").format(span=span)
    return _("目录里的行情是每小时 {span}，这次在范围里").format(span=span)


def show_after_log(recorded: Sequence[Recorded]) -> None:
    """Print what comes next after recording."""
    if not recorded:
        sentence(_("什么也没记。"))
        return
    if len(recorded) > 1:
        total = sum(gigs.net_fen(one.gig) for one in recorded)
        count = sum(not is_search(one.gig) for one in recorded)
        text = plural("共 {count} 单，净得 {net}", count)
        sentence(text.format(count=count, net=money.yuan(total)))
    next_step(_("看合计：xianke report（记错了：xianke undo）"))


def show_list(found: Sequence[Gig], catalogue: Catalogue, *, untouched: bool) -> None:
    """Print gigs, the newest last; of many only the latest."""
    if not found:
        sentence(_("没有符合的单。"))
        first_step(_("记一单：xianke log 闲鱼 85 --minutes 40"), untouched=untouched)
        return
    shown = found[-MOST_ON_SCREEN:]
    if len(shown) < len(found):
        sentence(
            _("共 {count} 单，这里是最近 {shown} 单；用 --from、--to 缩小范围").format(
                count=len(found), shown=len(shown)
            )
        )
    names = gigs.status_names()
    table(
        [
            ("", "left"),
            (_("什么时候"), "left"),
            (_("平台"), "left"),
            (_("净得"), "right"),
            (_("用时"), "right"),
            (_("每小时"), "right"),
            (_("状态"), "left"),
        ],
        [
            [
                f"g{gig.id}",
                day_text(gig),
                name_of(gig.platform, catalogue),
                money.plain_yuan(gigs.net_fen(gig)),
                ""
                if gig.worked_minutes is None
                else hours(gig.worked_minutes + gig.unpaid_minutes),
                "" if (rate := gigs.net_fen_per_hour(gig)) is None else money.plain_yuan(rate),
                names[gig.status],
            ]
            for gig in shown
        ],
        flexible=[2],
        fold=[5, 4, 6, 1],
    )
    next_step(_("细看一单：xianke gigs show g{id}").format(id=shown[-1].id))


def name_of(platform: str, catalogue: Catalogue) -> str:
    """Return a platform's or client's name, its id where the catalogue no longer has it."""
    known = catalogue.platforms.get(platform)
    return known.name if known is not None else platform


def show_one(gig: Gig, catalogue: Catalogue) -> None:
    """Print all of one gig."""
    sentence(f"g{gig.id}  {name_of(gig.platform, catalogue)}  {day_text(gig)}")
    category = catalogue.categories.get(gig.category or "")
    rows = [
        (_("类别"), category.name if category is not None else _("没有")),
        (_("单数"), str(gig.orders)),
        (_("收入"), money.yuan(gig.gross_fen)),
        (_("平台扣"), money.yuan(gig.fee_fen + gig.kept_fen)),
        (_("自己花"), money.yuan(gig.cost_fen)),
        (_("代扣税"), money.yuan(gig.tax_fen)),
        (_("净得"), money.yuan(gigs.net_fen(gig))),
        (_("做了"), _("没记") if gig.worked_minutes is None else hours(gig.worked_minutes)),
        (_("不算钱的"), hours(gig.unpaid_minutes)),
        (_("每小时"), hourly_text(gigs.net_fen_per_hour(gig))),
        (_("状态"), gigs.status_names()[gig.status]),
        (_("说好到账"), gig.due or _("没说")),
        (_("到账"), gig.paid_day or _("还没有")),
        (_("评分"), str(gig.rating) if gig.rating else _("没有")),
        (_("备注"), gig.note or _("没有")),
    ]
    pairs(rows)
    if is_search(gig):
        note(_("不算一单，时间照样算进这里的每小时。"))
    elif gig.status in gigs.UNEARNED:
        note(_("没有成，收入按零算；用掉的时间和自己花的照算。"))
    next_step(
        _("改：xianke gigs edit g{id} --minutes 45；删：xianke gigs rm g{id}").format(id=gig.id)
    )


def show_edited(recorded: Recorded) -> None:
    """Print a gig as it is now."""
    sentence(
        _("改好了 g{id}：{name} {gross}，{day}").format(
            id=recorded.gig.id,
            name=recorded.platform.name,
            gross=_brought(recorded.gig),
            day=day_text(recorded.gig),
        )
    )
    _show_net(recorded)
    next_step(_("看合计：xianke report（改错了：xianke undo）"))


def show_removed(recorded: Recorded) -> None:
    """Print what was removed."""
    sentence(
        _("删掉了 g{id}：{name} {gross}，{day}").format(
            id=recorded.gig.id,
            name=recorded.platform.name,
            gross=_brought(recorded.gig),
            day=day_text(recorded.gig),
        )
    )
    next_step(_("删错了就 xianke undo"))
