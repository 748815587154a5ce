"""How `goal` looks, to people and to programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xianke import goals, money
from xianke.i18n import _, plural
from xianke.render.console import say
from xianke.render.tables import first_step, hours, next_step, note, sentence

if TYPE_CHECKING:
    from xianke.goals import Effort, Pace, Projection

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """A goal, how far one is, where it is heading, and what it takes."""

    pace: Pace
    projection: Projection
    effort: Effort


def document(view: View | None) -> Document:
    """Return the goal for programs; null without one."""
    if view is None:
        return {"goal": None}
    projection, effort = view.projection, view.effort
    return {
        "goal": {
            **pace_document(view.pace),
            "set_on": view.pace.goal.set_on,
            "left_fen": view.pace.left_fen,
            "projection": None
            if projection.mid_fen is None
            else {
                "low_fen": projection.low_fen,
                "mid_fen": projection.mid_fen,
                "high_fen": projection.high_fen,
            },
            "projection_weeks": projection.weeks,
            "projection_missing_weeks": projection.missing_weeks,
            "needed_fen_per_week": effort.needed_fen,
            "hour": {"fen": effort.hour.fen, "basis": effort.hour.basis},
            "needed_minutes_per_week": effort.minutes,
            "week_fen": effort.week_fen,
            "week_minutes": effort.week_minutes,
            "free_minutes": effort.free_minutes,
            "slots_suffice": effort.suffices,
            "more_minutes_per_week": effort.more_minutes,
            "needed_fen_per_hour": effort.fen_per_hour,
        }
    }


def pace_document(pace: Pace) -> Document:
    """Return how far one is with a goal, for programs."""
    return {
        "amount_fen": pace.goal.amount_fen,
        "unit": pace.goal.unit,
        "from": pace.period.first.isoformat(),
        "to": pace.period.last.isoformat(),
        "earned_fen": pace.money.earned_fen,
        "line_fen": pace.line_fen,
        "received_fen": pace.money.received_fen,
        "owed_fen": pace.money.owed_fen,
    }


def pace_text(pace: Pace) -> str:
    """Return goal and pace in one line, as the dashboard has it."""
    text = _("目标{goal}：净得 {earned}，匀着来到今天该有 {line}，{state}")
    return text.format(
        goal=goals.amount_text(pace.goal.amount_fen, pace.goal.unit),
        earned=money.yuan(pace.money.earned_fen),
        line=money.yuan(pace.line_fen),
        state=_state(pace),
    )


def _state(pace: Pace) -> str:
    if pace.left_fen == 0:
        return _("到了")
    if pace.ahead_fen >= 0:
        return _("快 {fen}").format(fen=money.yuan(pace.ahead_fen))
    return _("慢 {fen}").format(fen=money.yuan(-pace.ahead_fen))


def show(view: View | None, *, changed: bool, cleared: bool, untouched: bool) -> None:
    """Print the goal, or how to set one."""
    if view is None:
        if cleared:
            say(_("目标去掉了。") if changed else _("本来就没有目标。"))
        else:
            say(_("还没有目标。"))
        first_step(_("定一个：xianke goal 1500/月"), untouched=untouched)
        return
    if changed:
        say(_("记下了。"))
    sentence(pace_text(view.pace))
    note(
        _("{first} 到 {last}：收到 {received}，这段日子的单还有 {owed} 没到手").format(
            first=view.pace.period.first,
            last=view.pace.period.last,
            received=money.yuan(view.pace.money.received_fen),
            owed=money.yuan(view.pace.money.owed_fen),
        )
    )
    note(_projection_text(view.projection))
    say()
    _show_effort(view.effort)


def _projection_text(found: Projection) -> str:
    if found.low_fen is None or found.mid_fen is None or found.high_fen is None:
        count = found.missing_weeks
        return plural("照这样到期末多少还说不准：有记录的整周还差 {count} 个", count).format(
            count=count
        )
    return _(
        "照最近 {weeks} 个整周的样子，到期末大概 {mid} 元，三回里有两回在 {low} 到 {high} 元"
    ).format(
        weeks=found.weeks,
        mid=money.rounded_yuan(found.mid_fen),
        low=money.rounded_yuan(found.low_fen),
        high=money.rounded_yuan(found.high_fen),
    )


def _show_effort(effort: Effort) -> None:
    sentence(_("合每周 {fen}").format(fen=money.yuan(effort.needed_fen)))
    if effort.minutes is not None and effort.hour.fen is not None:
        rate = money.yuan(effort.hour.fen)
        text = (
            _("按自己的真实时薪 {rate}，每周要 {hours}")
            if effort.hour.basis == "own"
            else _("还没有自己的时薪；按排好的一周每小时 {rate}，每周要 {hours}")
        )
        note(text.format(rate=rate, hours=hours(effort.minutes)))
    else:
        note(_("一小时值多少还不知道，算不出要多少小时"))
    if effort.week_fen is None:
        note(_("平常一周没有登记的空闲，看不出够不够"))
        next_step(_("添一段：xianke inventory add slot 工作日 12:00-13:00 --label 午休"))
        return
    week = money.rounded_yuan(effort.week_fen)
    if effort.suffices:
        note(_("今天登记的空闲排好了，一周大概 {fen} 元（有没有活已折算）：够").format(fen=week))
        next_step(_("排好下一周：xianke plan --keep"))
        return
    note(_("今天登记的空闲排好了，一周大概 {fen} 元（有没有活已折算）：不够").format(fen=week))
    if effort.more_minutes is not None and effort.fen_per_hour is not None:
        note(
            _("差在哪：照这样每周还要多 {hours}，或者同样的时间每小时净得 {rate}").format(
                hours=hours(effort.more_minutes), rate=money.yuan(effort.fen_per_hour)
            )
        )
    next_step(_("学会一样会多挣多少：xianke learn"))
