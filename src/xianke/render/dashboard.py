"""How bare `xianke` looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from xianke import money, settings, slots
from xianke.i18n import _, language, plural
from xianke.render.advice import rate_text, upcoming_text, warnings
from xianke.render.advice_data import pick_document
from xianke.render.console import say
from xianke.render.gigs import day_text, name_of
from xianke.render.tables import next_step, note

if TYPE_CHECKING:
    from xianke.commands.reports import Months
    from xianke.inventory import Stock
    from xianke.matching import Pick
    from xianke.moments import Moment
    from xianke.platforms import Catalogue
    from xianke.records import Gig

Document = dict[str, Any]

MOST_WAITING = 3


@dataclass(frozen=True, slots=True)
class View:
    """All that the dashboard shows; `late` says which waiting gigs are past their due day."""

    untouched: bool
    stock: Stock
    moment: Moment
    pick: Pick | None
    months: Months
    waiting: tuple[Gig, ...]
    outstanding_fen: int
    late: Mapping[int, bool]
    catalogue: Catalogue


def document(view: View) -> Document:
    """Return the dashboard for programs."""
    upcoming = None
    if view.moment.upcoming is not None:
        free, one = view.moment.upcoming
        zone = settings.zone()
        upcoming = {
            "slot": f"s{free.slot.id}",
            "start": one.start.replace(tzinfo=zone).isoformat(),
            "end": one.end.replace(tzinfo=zone).isoformat(),
        }
    return {
        "running": None if view.moment.slot is None else f"s{view.moment.slot.slot.id}",
        "next": upcoming,
        "pick": None if view.pick is None else pick_document(view.pick),
        "months": asdict(view.months),
        "outstanding_fen": view.outstanding_fen,
        "waiting": [
            {"id": f"g{gig.id}", "due": gig.due, "late": view.late[gig.id]} for gig in view.waiting
        ],
    }


def show(view: View) -> None:
    """Print the dashboard, or the first commands where nothing has been written down yet."""
    if view.untouched:
        say(_("闲客：盘点空闲，看清哪里值得试，记下真正挣了多少。"))
        next_step(_("先看一遍：xianke demo（不碰你的数据）"))
        next_step(_("从这里开始：xianke inventory add slot 工作日 12:00-13:00 --label 午休"))
        next_step(_("全部命令：xianke --help"))
        return
    _show_slot(view)
    same = money.yuan(view.months.before_same_days_fen)
    say(
        _("本月净得 {net}（上月到同一天 {same}）").format(
            net=money.yuan(view.months.this_fen), same=same
        )
    )
    if view.waiting:
        say(
            plural("还有 {count} 单没到账，共 {fen}", len(view.waiting)).format(
                count=len(view.waiting), fen=money.yuan(view.outstanding_fen)
            )
        )
        for gig in view.waiting[:MOST_WAITING]:
            due = _("说好 {due}").format(due=gig.due) if gig.due else _("没说几时到")
            if view.late[gig.id]:
                due = _("{due}，已过").format(due=due)
            note(f"g{gig.id}  {name_of(gig.platform, view.catalogue)}  {day_text(gig)}  {due}")
        next_step(_("到账了：xianke gigs edit g{id} --status paid").format(id=view.waiting[0].id))
    next_step(_("记一单：xianke log 平台 金额 --minutes 分钟"))


def _show_slot(view: View) -> None:
    if view.moment.slot is not None:
        free = view.moment.slot
        say(
            _("现在：{name}，还有 {minutes} 分钟").format(
                name=free.slot.label or slots.format_rule(free.rule, language()),
                minutes=view.moment.minutes,
            )
        )
        next_step("xianke now")
    if view.moment.upcoming is None:
        if not view.stock.slots:
            say(_("还没有登记空闲时段"))
            next_step(_("xianke inventory add slot 工作日 12:00-13:00 --label 午休"))
        return
    say(_("下一段空闲：{text}").format(text=upcoming_text(view.moment)))
    if view.pick is None:
        note(_("这一段目录里没有合适的"))
        return
    best = view.pick.best
    note(
        _("可以做：{name}（{platform}），每小时 {rate}").format(
            name=view.pick.name,
            platform=best.platform.name,
            rate=rate_text(best.rate) if best.rate.basis != "none" else _("没有可信的报价"),
        )
    )
    warning = warnings(best)
    if warning:
        note(_("当心：{warnings}").format(warnings=warning))
