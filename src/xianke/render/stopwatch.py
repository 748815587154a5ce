"""How the stopwatch looks, to people and to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xianke import gigs
from xianke.i18n import _
from xianke.render import gigs as gig_screen
from xianke.render.tables import first_step, hours, next_step, note, sentence

if TYPE_CHECKING:
    from xianke.commands.recording import Recorded
    from xianke.commands.timing import Running

Document = dict[str, Any]


def document(one: Running | None) -> Document:
    """Return the stopwatch as data; nulls where none runs."""
    if one is None:
        keys = ("platform", "name", "category", "started_at", "minutes", "note")
        return dict.fromkeys(keys)
    return {
        "platform": one.timer.platform,
        "name": one.name,
        "category": one.timer.category,
        "started_at": one.timer.started_at,
        "minutes": one.minutes,
        "note": one.timer.note,
    }


def running_text(one: Running) -> str:
    """Return what is being timed and for how long: 「正在做：美团众包，已 1:20」."""
    return _("正在做：{name}，已 {hours}").format(name=one.name, hours=hours(one.minutes))


def show(one: Running | None, *, started: bool, untouched: bool) -> None:
    """Print what is timed, since when, and how it ends."""
    if one is None:
        sentence(_("没有在计时。"))
        first_step(_("开始：xianke start 美团众包"), untouched=untouched)
        return
    if one.added_platform:
        sentence(_("添了新客户「{name}」（{id}）").format(name=one.name, id=one.timer.platform))
    if started:
        sentence(_("开始计时：{name}，从 {start} 起").format(name=one.name, start=one.start_text))
    else:
        sentence(running_text(one))
        note(_("{start} 开始的").format(start=one.start_text))
    next_step(_("做完了：xianke stop 金额；不记了：xianke stop --discard"))


def show_discarded(one: Running) -> None:
    """Print what was dropped."""
    sentence(_("丢掉了这次计时：{name}，{hours}").format(name=one.name, hours=hours(one.minutes)))
    next_step(_("弄错了就 xianke undo"))


def show_stopped(recorded: Recorded) -> None:
    """Print the gig like one that was logged, or what is still to be told of it."""
    gig = recorded.gig
    if gig.status != "accepted" or gig.gross_fen:
        gig_screen.show_recorded(recorded)
        gig_screen.show_after_log([recorded])
        return
    sentence(
        _("记下了 g{id}：{name}，{day}，用时 {hours}，多少钱还不知道").format(
            id=gig.id,
            name=recorded.platform.name,
            day=gig_screen.day_text(gig),
            hours=hours((gig.worked_minutes or 0) + gig.unpaid_minutes),
        )
    )
    note(_("状态先记成「{status}」，不进报表。").format(status=gigs.status_names()[gig.status]))
    gig_screen.show_doubles(recorded)
    next_step(_("知道了再补：xianke gigs edit g{id} --amount 85 --status paid").format(id=gig.id))
    next_step(_("或等账单：导入后 xianke payouts explain 按用时分摊"))
