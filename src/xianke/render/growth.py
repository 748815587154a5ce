"""How `learn` looks, to people and to programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from xianke import growth, money, settings, trialdays
from xianke.i18n import _, plural
from xianke.idling import USES
from xianke.render.console import say
from xianke.render.gigs import date_text
from xianke.render.stock import weekday_name
from xianke.render.tables import entry, first_step, heading, hours, next_step, note, sentence, table

if TYPE_CHECKING:
    from xianke.growth import Gain, Growth, Weeks
    from xianke.idling import Idle, Yield
    from xianke.trialdays import Trial

Document = dict[str, Any]

MOST_ON_SCREEN = 5
MOST_NAMES = 6
"""How many skills are named for one reason; the rest is counted."""
MANY_WEEKS = 520
"""Ten years: of a longer wait the number says nothing."""


@dataclass(frozen=True, slots=True)
class Learning:
    """What skills would add, fifteen days for the best of them, and what idle things bring.

    `first` is the skill that `days` are for; both are None where nothing speaks for one, and
    `days` alone where there is too little free time.
    """

    growth: Growth
    first: Gain | None
    days: Trial | None
    idle: tuple[Idle, ...]
    named: bool


def document(found: Learning, most: int | None) -> Document:
    """Return it all for programs; *most* limits the skills that pay back."""
    best, hour = found.growth.best, found.growth.hour
    return {
        "week_of": best.first.isoformat(),
        "free_minutes": best.free_minutes,
        "week_fen": best.filled.value_fen,
        "hour": {"fen": hour.fen, "basis": hour.basis},
        "skills": [_gain_document(one) for one in found.growth.gains[:most]],
        "untold": [_gain_document(one) for one in found.growth.untold],
        "trial": None if found.days is None else _trial_document(found.first, found.days),
        "assets": [_idle_document(one) for one in found.idle],
    }


def _gain_document(gain: Gain) -> Document:
    return {
        "key": gain.key,
        "name": gain.name,
        "opens": list(gain.opens),
        "gain_per_week": None if gain.points is None else asdict(gain.points),
        "hours_to_learn": None if gain.hours is None else asdict(gain.hours),
        "break_even_weeks": None if gain.weeks is None else asdict(gain.weeks),
        "reason": None
        if gain.why is None
        else {"code": gain.why, "text": growth.why_texts()[gain.why]},
    }


def _trial_document(first: Gain | None, trial: Trial) -> Document:
    zone = settings.zone()
    return {
        "skill": None if first is None else first.key,
        "from": trial.first.isoformat(),
        "to": trial.last.isoformat(),
        "minutes": trial.minutes,
        "enough_to_learn": trial.enough,
        "blocks": [
            {
                "start": step.start.replace(tzinfo=zone).isoformat(),
                "end": step.end.replace(tzinfo=zone).isoformat(),
                "kind": step.kind,
                "milestone": step.kind in trialdays.MILESTONES,
                "text": trialdays.kind_texts()[step.kind],
            }
            for step in trial.steps
        ],
        "stop": {
            "day": trial.last.isoformat(),
            "least_fen_per_hour": trial.least_fen_per_hour,
            "text": _stop_text(trial),
        },
    }


def _idle_document(idle: Idle) -> Document:
    return {
        "id": f"a{idle.asset.id}",
        "key": idle.asset.key,
        "name": idle.name,
        **{use: _yield_document(idle.of(use)) for use in USES},
    }


def _yield_document(one: Yield | None) -> Document | None:
    if one is None:
        return None
    return {
        "known": one.known,
        "routes": list(one.routes),
        "unit": {"rent": "month", "use": "week", "sell": "item"}[one.use],
        "low_fen": one.low_fen,
        "mid_fen": one.mid_fen,
        "high_fen": one.high_fen,
    }


def show(found: Learning, most: int | None, *, untouched: bool) -> None:
    """Print the skills, those of which it cannot be told, fifteen days, and the idle things."""
    _show_week(found.growth)
    gains = found.growth.gains[: MOST_ON_SCREEN if most is None else most]
    if gains:
        say()
        _show_gains(gains)
        more = len(found.growth.gains) - len(gains)
        if more:
            note(
                plural("另有 {count} 样回本更慢：xianke learn --limit 99", more).format(count=more)
            )
    elif not found.named and found.growth.best.pieces:
        sentence(_("没有哪样技能说得准能多挣。"))
    _show_untold(found.growth, named=found.named)
    _show_trial(found)
    _show_idle(found.idle)
    say()
    if found.growth.best.pieces:
        next_step(_("学会了就登记：xianke inventory add skill 技能 --level 2"))
    else:
        first_step(
            _("自己来：xianke inventory add slot 工作日 12:00-13:00 --label 午休"),
            untouched=untouched,
        )


def _show_week(grown: Growth) -> None:
    best, hour = grown.best, grown.hour
    if not best.pieces:
        sentence(_("平常一周没有登记的空闲，算不出学会一样能多挣多少。"))
        return
    sentence(
        _("平常一周空 {free}，照现在会的排好，大概净得 {fen} 元（有没有活已折算）").format(
            free=hours(best.free_minutes), fen=money.rounded_yuan(best.filled.value_fen)
        )
    )
    if hour.fen is None:
        note(_("一小时值多少还不知道"))
    elif hour.basis == "own":
        note(_("一小时按你自己的记录算 {fen}").format(fen=money.yuan(hour.fen)))
    else:
        note(_("一小时按排好的一周算 {fen}").format(fen=money.yuan(hour.fen)))


def _show_gains(gains: tuple[Gain, ...]) -> None:
    table(
        [
            (_("学会"), "left"),
            (_("要学(小时)"), "right"),
            (_("每周多(元)"), "right"),
            (_("大致多(元)"), "right"),
            (_("几周回本"), "right"),
            (_("大致几周"), "right"),
            (_("打开的路"), "left"),
        ],
        [_gain_cells(one) for one in gains],
        flexible=[0, 6],
        fold=[6, 1, 5, 3, 4],
    )
    note(_("学会一样按刚会（熟练度 2）算；两头是那条路的水平落在一成和九成的时候。"))
    note(_("要学多久是编者估计，不是统计；回本 = 学的时间本来能挣的 ÷ 每周多挣的。"))


def _gain_cells(gain: Gain) -> list[str]:
    points, weeks, taken = gain.points, gain.weeks, gain.hours
    return [
        gain.name,
        "" if taken is None else f"{taken.low}-{taken.high}",
        ""
        if points is None
        else f"{money.rounded_yuan(points.low_fen)}-{money.rounded_yuan(points.high_fen)}",
        "" if points is None else money.rounded_yuan(points.mid_fen),
        "" if weeks is None else _weeks_text(weeks),
        "" if weeks is None else _week_text(weeks.mid),
        _("、").join(_short(name) for name in gain.opens),
    ]


def _short(name: str) -> str:
    """Return a route's name without what a bracket explains: the column is narrow."""
    return name.split("（")[0].split(" (")[0]


def _weeks_text(weeks: Weeks) -> str:
    if weeks.low == weeks.high:
        return _week_text(weeks.low)
    return f"{_week_text(weeks.low)}-{_week_text(weeks.high)}"


def _week_text(weeks: int | None) -> str:
    if weeks is None:
        return _("不回本")
    return _("十年以上") if weeks > MANY_WEEKS else str(weeks)


def _show_untold(grown: Growth, *, named: bool) -> None:
    found = growth.by_reason(grown.untold)
    if not found or (not named and not grown.best.pieces):
        return
    heading(_("说不准的"))
    texts = growth.why_texts()
    for why, gains in found.items():
        names = _("、").join(gain.name for gain in gains[:MOST_NAMES])
        more = len(gains) - MOST_NAMES
        if more > 0:
            names = _("{names} 等 {count} 样").format(names=names, count=len(gains))
        note(_("{reason}：{names}").format(reason=texts[why], names=names))
    for gain in grown.untold if named else ():
        if gain.points is not None:
            note(
                _("每周多 {low}-{high} 元，大致 {mid} 元").format(
                    low=money.rounded_yuan(gain.points.low_fen),
                    high=money.rounded_yuan(gain.points.high_fen),
                    mid=money.rounded_yuan(gain.points.mid_fen),
                )
            )


def _show_trial(found: Learning) -> None:
    if found.first is None:
        return
    if found.days is None:
        heading(_("十五天试学：{name}").format(name=found.first.name))
        note(_("今后十五天的空闲放不下三段二十五分钟，排不出来。"))
        return
    trial = found.days
    heading(
        _("十五天试学：{name}，{first} 到 {last}，共 {hours}").format(
            name=found.first.name,
            first=date_text(trial.first.isoformat()),
            last=date_text(trial.last.isoformat()),
            hours=hours(trial.minutes),
        )
    )
    texts = trialdays.kind_texts()
    for step in trial.steps:
        day = f"{step.start:%m-%d} {weekday_name(step.start.isoweekday())}"
        entry(f"{day} {step.start:%H:%M}-{step.end:%H:%M}  ", texts[step.kind])
    if trial.enough is False and found.first.hours is not None:
        note(
            _("学会最快也要 {hours} 小时，这十五天不够：只试合不合适，别指望已经能接单。").format(
                hours=found.first.hours.low
            )
        )
    note(_stop_text(trial))
    note(_("接到第一单以前，学费一分不付：教人的、包接单的都一样。"))


def _stop_text(trial: Trial) -> str:
    if trial.least_fen_per_hour is None:
        return _("到 {day} 还没有第一单，就停。").format(day=trial.last)
    return _("到 {day} 还没有第一单，或者每小时净得不到 {fen}，就停。").format(
        day=trial.last, fen=money.yuan(trial.least_fen_per_hour)
    )


def _show_idle(idle: tuple[Idle, ...]) -> None:
    if not idle:
        return
    heading(_("闲置的东西（元；没有可信的数就写不知道）"))
    table(
        [
            (_("东西"), "left"),
            (_("出租，一个月"), "right"),
            (_("拿来干活，一周多"), "right"),
            (_("卖掉，一件"), "right"),
        ],
        [[one.name, *(_yield_text(one.of(use)) for use in USES)] for one in idle],
        flexible=[0],
    )


def _yield_text(one: Yield | None) -> str:
    if one is None:
        return "-"
    known = [fen for fen in (one.low_fen, one.mid_fen, one.high_fen) if fen is not None]
    if not known:
        return _("不知道")
    low, high = money.rounded_yuan(min(known)), money.rounded_yuan(max(known))
    return low if low == high else f"{low}-{high}"
