"""How bare `xianke` looks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from xianke import money, settings, slots
from xianke.i18n import _, language, plural
from xianke.render import calendars, goals, stopwatch
from xianke.render.advice import rate_text, upcoming_text, warnings
from xianke.render.advice_data import pick_document
from xianke.render.gigs import date_text, day_text, name_of
from xianke.render.owed import item_document
from xianke.render.tables import next_step, note, sentence

if TYPE_CHECKING:
    from xianke.commands.reports import Months
    from xianke.commands.timing import Running
    from xianke.goals import Pace
    from xianke.inventory import Stock
    from xianke.matching import Pick
    from xianke.moments import Moment
    from xianke.owed import Item
    from xianke.platforms import Catalogue
    from xianke.records import Spend

Document = dict[str, Any]

MOST_WAITING = 3
MOST_STEPS = 2


@dataclass(frozen=True, slots=True)
class Money:
    """What the month brought, and what waits: gigs (late ones first), deposits, rows of bills."""

    months: Months
    waiting: tuple[Item, ...]
    deposits: tuple[Spend, ...]
    unassigned_rows: int

    @property
    def outstanding_fen(self) -> int:
        """Return what is still to come of all gigs."""
        return sum(item.outstanding_fen for item in self.waiting)

    @property
    def deposit_fen(self) -> int:
        """Return the deposits that are out."""
        return sum(spend.amount_fen for spend in self.deposits)


@dataclass(frozen=True, slots=True)
class View:
    """All that the dashboard shows."""

    untouched: bool
    stopwatch: Running | None
    stock: Stock
    moment: Moment
    pick: Pick | None
    money: Money
    pace: Pace | None
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
        "stopwatch": None if view.stopwatch is None else stopwatch.document(view.stopwatch),
        "running": None if view.moment.slot is None else f"s{view.moment.slot.slot.id}",
        "next": upcoming,
        "busy": None if view.moment.taken is None else calendars.busy_document(view.moment.taken),
        "pick": None if view.pick is None else pick_document(view.pick),
        "months": asdict(view.money.months),
        "goal": None if view.pace is None else goals.pace_document(view.pace),
        "outstanding_fen": view.money.outstanding_fen,
        "deposit_fen": view.money.deposit_fen,
        "unassigned_rows": view.money.unassigned_rows,
        "waiting": [
            {**item_document(item), "platform": item.gig.platform, "due": item.gig.due}
            for item in view.money.waiting
        ],
    }


def show(view: View) -> None:
    """Print the dashboard, or the first commands where nothing has been written down yet."""
    if view.untouched:
        sentence(_("闲客：盘点空闲，看清哪里值得试，记下真正挣了多少。"))
        next_step(_("先看一遍：xianke demo（不碰你的数据）"))
        next_step(_("从这里开始：xianke init（最多十个问题）"))
        note(_("全部命令：xianke --help"), indent=0)
        return
    if view.stopwatch is not None:
        sentence(stopwatch.running_text(view.stopwatch))
    _show_slot(view)
    months = view.money.months
    sentence(
        _("本月净得 {net}（上月到同一天 {same}）").format(
            net=money.yuan(months.this_fen), same=money.yuan(months.before_same_days_fen)
        )
    )
    if view.pace is not None:
        sentence(goals.pace_text(view.pace))
    _show_waiting(view.money, view.catalogue)
    if view.money.unassigned_rows:
        count = view.money.unassigned_rows
        sentence(plural("账单里有 {count} 笔还没认", count).format(count=count))
    for text in _next_steps(view)[:MOST_STEPS]:
        next_step(text)


def _next_steps(view: View) -> list[str]:
    """Return what to do, the most pressing first."""
    found = view.money
    steps = {
        _("做完了：xianke stop 金额"): view.stopwatch is not None,
        _("这会儿做什么：xianke now"): view.stopwatch is None and view.moment.slot is not None,
        _("谁还欠着、晚了没有：xianke owed"): bool(found.waiting or found.deposits),
        _("逐笔认领：xianke import --review"): bool(found.unassigned_rows),
        _("从这里开始：xianke init（最多十个问题）"): view.stock.empty,
        _("添一段：xianke inventory add slot 工作日 12:00-13:00 --label 午休"): (
            not view.stock.slots and not view.stock.empty
        ),
        _("记一单：xianke log 平台 金额 --minutes 分钟"): view.stopwatch is None,
    }
    return [text for text, fits in steps.items() if fits]


def _show_waiting(found: Money, catalogue: Catalogue) -> None:
    if found.waiting:
        sentence(
            plural("还有 {count} 单没到账，共 {fen}", len(found.waiting)).format(
                count=len(found.waiting), fen=money.yuan(found.outstanding_fen)
            )
        )
        for item in found.waiting[:MOST_WAITING]:
            note(
                f"g{item.gig.id}  {name_of(item.gig.platform, catalogue)}  "
                f"{day_text(item.gig)}  {_when_text(item)}"
            )
    if found.deposits:
        sentence(_("押金 {fen} 还没退").format(fen=money.yuan(found.deposit_fen)))


def _when_text(item: Item) -> str:
    """Return by when money was promised or is usually there, and whether it is late."""
    if item.expected_by is None:
        return _("没说几时到")
    if item.basis == "due":
        text = _("说好 {due}").format(due=item.expected_by)
    else:
        text = _("一般 {day} 到").format(day=date_text(item.expected_by.isoformat()))
    return _("{text}，晚了").format(text=text) if item.late else text


def _show_slot(view: View) -> None:
    if view.moment.slot is not None:
        free = view.moment.slot
        sentence(
            _("现在：{name}，还有 {minutes} 分钟").format(
                name=free.slot.label or slots.format_rule(free.rule, language()),
                minutes=view.moment.minutes,
            )
        )
    elif view.moment.taken is not None:
        calendars.show_now(view.moment.taken)
    if view.moment.upcoming is None:
        if not view.stock.slots:
            sentence(_("还没有登记空闲时段"))
        return
    sentence(_("下一段空闲：{text}").format(text=upcoming_text(view.moment)))
    if view.pick is None:
        note(_("这一段目录里没有合适的"))
        return
    best = view.pick.best
    names = {"name": view.pick.name, "platform": best.platform.name}
    if best.rate.mid_fen_per_hour is None:
        note(_("没有报价可信的活；想试：{name}（{platform}）").format(**names))
    else:
        text = _("可以做：{name}（{platform}），每小时 {rate}")
        note(text.format(**names, rate=rate_text(best.rate)))
    warning = warnings(best)
    if warning:
        note(_("当心：{warnings}").format(warnings=warning))
