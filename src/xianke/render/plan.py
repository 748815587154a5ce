"""How a planned week looks: day by day, what stays free and why, what holds it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from xianke import money, planned, when
from xianke.busy import CUT
from xianke.i18n import _, plural
from xianke.reasons import FLAG_ORDER, check_text, flag_text
from xianke.render import columns
from xianke.render.console import say
from xianke.render.stock import weekday_name
from xianke.render.tables import first_step, gap, heading, next_step, note, place, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from xianke.planned import Change, Entry
    from xianke.planner import Why
    from xianke.platforms import Catalogue
    from xianke.week import Way
    from xianke.weekplan import Ask, WeekPlan

MOST_PLACES = 3
"""Free pieces that are named for each reason."""


def show(plan: WeekPlan, ask: Ask) -> None:
    """Print a planned week, or in one sentence why there is nothing to plan."""
    _title(plan.first, plan.since)
    if not plan.entries:
        _nothing(plan, ask)
        _short(plan, ask.means.catalogue)
        return
    say()
    show_days(plan.entries, ask.means.catalogue)
    say()
    _total(plan)
    _short(plan, ask.means.catalogue)
    _idle(plan)
    _limits(plan)
    _warnings(plan, ask)
    gap()


def _title(first: date, since: datetime | None) -> None:
    last = first + timedelta(days=6)
    text = _("{week}（{first} 至 {last}）的计划").format(
        week=when.iso_week(first), first=f"{first:%m-%d}", last=f"{last:%m-%d}"
    )
    if since is not None:
        text = _("{text}，从 {since} 排起").format(text=text, since=_moment(since))
    sentence(text)


def show_days(entries: Sequence[Entry], catalogue: Catalogue) -> None:
    """Print blocks under the day they begin on, with what each day should bring."""
    groups: dict[str, list[list[str]]] = {}
    for day in dict.fromkeys(one.start.date() for one in entries):
        some = [one for one in entries if one.start.date() == day]
        groups[_day_title(day, some)] = [_row(one, catalogue) for one in some]
    columns.grouped(
        (_("钟点"), _("做什么 · 在哪"), _("预计"), _("留意")),
        groups,
        flexible=(1, 3),
        fold=(3,),
        figures=(2,),
    )


def _day_title(day: date, some: Sequence[Entry]) -> str:
    words = {
        "makeup_workday": _("调休上班日"),
        "holiday": _("节假日"),
        "estimated": _("日历未公布，按星期估"),
        CUT: "",
    }
    flags = [words[flag] for flag in dict.fromkeys(flag for one in some for flag in one.flags)]
    name = f"{day:%m-%d} {weekday_name(day.isoweekday())}"
    if any(flags):
        name = _("{day}（{flags}）").format(day=name, flags=_("、").join(filter(None, flags)))
    total = money.rounded_yuan(sum(one.expected_fen for one in some))
    return _("{day}  约 {amount} 元").format(day=name, amount=total)


def _row(entry: Entry, catalogue: Catalogue) -> list[str]:
    notes = []
    if entry.due is not None:
        notes.append(
            _("说好的 {id}，{day} 前做完").format(
                id=f"g{entry.due.gig.id}", day=f"{entry.due.day:%m-%d}"
            )
        )
    elif entry.supply == "unknown":
        notes.append(_("有单时"))
    if entry.setup_minutes:
        notes.append(_("准备 {minutes} 分").format(minutes=entry.setup_minutes))
    if entry.travel_minutes:
        notes.append(_("路上 {minutes} 分").format(minutes=entry.travel_minutes))
    elif entry.way is not None and entry.way.travel_unknown:
        notes.append(_("路程未知"))
    return [
        _clock(entry.start, entry.end),
        planned.work_name(entry, catalogue),
        _("{amount} 元").format(amount=money.rounded_yuan(entry.expected_fen)),
        _("、").join(notes),
    ]


def _clock(start: datetime, end: datetime) -> str:
    return f"{start:%H:%M}-{end:%H:%M}"


def _moment(moment: datetime) -> str:
    return f"{moment:%m-%d} {weekday_name(moment.isoweekday())} {moment:%H:%M}"


def _hours(minutes: int) -> str:
    if minutes < 60:
        return _("{minutes} 分钟").format(minutes=minutes)
    return _("{hours:.1f} 小时").format(hours=minutes / 60)


def _total(plan: WeekPlan) -> None:
    low, high = plan.likely_fen
    text = _("这周预计到手 {amount} 元：空闲 {free}，排了 {planned}")
    if plan.since is not None:
        text = _("本周预计到手 {amount} 元：空闲 {free}，排了 {planned}")
    sentence(
        text.format(
            amount=money.rounded_yuan(plan.value_fen),
            free=_hours(plan.free_minutes),
            planned=_hours(plan.planned_minutes),
        )
    )
    text = _("十周里大约八周落在 {low}–{high} 元，是估计，不是承诺").format(
        low=money.rounded_yuan(low), high=money.rounded_yuan(high)
    )
    if any(one.supply == "unknown" for one in plan.entries):
        text = _("{text}；「有单时」的，没单就没有").format(text=text)
    note(text)
    if plan.past:
        note(
            plural("留存的计划里已经开始的 {count} 段照旧，不算在内", len(plan.past)).format(
                count=len(plan.past)
            )
        )
    if plan.estimated:
        note(_("这周的节假日安排还没公布，按星期估"))


def _short(plan: WeekPlan, catalogue: Catalogue) -> None:
    for one in plan.short:
        gig = one.due.gig
        platform = catalogue.platforms.get(gig.platform)
        note(
            _("排不下：{name} 的 {id} 要在 {day} 前做完，还差 {missing}").format(
                name=platform.name if platform is not None else gig.platform,
                id=f"g{gig.id}",
                day=f"{one.due.day:%m-%d}",
                missing=_hours(one.minutes),
            )
        )


def why_text(why: Why) -> str:
    """Return why time stays free, in a few words."""
    return {
        "no_route": _("没有合适又有可信报价的活"),
        "not_worth": _("做了也不划算"),
        "supply": _("那里一周没有那么多活"),
        "day": _("当天满了"),
        "week": _("一周满了"),
        "platforms": _("平台数到顶了"),
        "dependence": _("一个平台占得够多了"),
        "rest": _("留着休息"),
        "unlucky": _("排上别的更好"),
    }[why]


def _idle(plan: WeekPlan) -> None:
    if not plan.idle:
        return
    heading(_("空着 {hours}，为什么").format(hours=_hours(plan.idle_minutes)))
    for why in dict.fromkeys(one.why for one in plan.idle):
        some = [one.piece for one in plan.idle if one.why == why]
        places = _("；").join(
            f"{_moment(piece.start)}-{piece.end:%H:%M}" for piece in some[:MOST_PLACES]
        )
        if len(some) > MOST_PLACES:
            places = plural("{places} 等 {count} 段", len(some)).format(
                places=places, count=len(some)
            )
        note(
            _("{why} {hours}：{places}").format(
                why=why_text(why), hours=_hours(sum(piece.minutes for piece in some)), places=places
            )
        )


def _limits(plan: WeekPlan) -> None:
    options = {
        "day": _("一天不限小时（--hours-a-day）"),
        "week": _("一周不限小时（--hours-a-week）"),
        "platforms": _("不限平台数（--platforms）"),
        "dependence": _("不限一个平台的份额（--share）"),
        "rest": _("一天也不休息（--rest 0）"),
    }
    lines = [
        _("{option}：约多 {amount} 元").format(
            option=options[why], amount=money.rounded_yuan(plan.gains[why])
        )
        for why in plan.binding
        if plan.gains.get(why, 0) >= WORTH_TELLING_FEN
    ]
    if lines:
        heading(_("放宽一样能多多少"))
        for line in lines:
            note(line)


WORTH_TELLING_FEN = 100
"""Less than a yuan more is no reason to change one's limits."""


def _warnings(plan: WeekPlan, ask: Ask) -> None:
    lines = []
    steps = []
    for entry in {one.route: one for one in plan.entries if one.way is not None}.values():
        way = entry.way
        assert way is not None
        name = planned.work_name(entry, ask.means.catalogue)
        found = _warning(way)
        if found:
            lines.append(_("{name}：{value}").format(name=name, value=_("；").join(found)))
        if not ask.means.rates.of(way.platform).own_gigs:
            step = planned.first_step(entry, ask.means.catalogue, ask.means.rates, ask.now.date())
            steps.append(_("{name}：{value}").format(name=name, value=step))
    if ask.stock.profile.get("employer_forbids_side_jobs") == "yes":
        lines.insert(0, _("你记过单位不许兼职：先看清合同再往下走。"))
    for title, some in ((_("当心"), lines), (_("没做过的，第一步"), steps)):
        if some:
            heading(title)
            for line in some:
                note(line)


def _warning(way: Way) -> list[str]:
    found = []
    if way.flags:
        found.append(_("、").join(map(flag_text, sorted(way.flags, key=FLAG_ORDER.index))))
    checks = [check_text(check) for check in way.checks if check != "employer"]
    if checks:
        found.append(_("先确认：{checks}").format(checks=_("；").join(checks)))
    if way.travel_unknown:
        found.append(_("路上多久没写：xianke inventory set travel_minutes 30"))
    return found


def _nothing(plan: WeekPlan, ask: Ask) -> None:
    """Say in one sentence why nothing is planned, and what to do."""
    if not ask.stock.slots:
        sentence(_("还没有登记空闲时段，没有时间可以排。"))
        first_step(
            _("添一段：xianke inventory add slot 工作日 19:00-21:00 --label 晚上"),
            untouched=ask.stock.empty,
        )
    elif not plan.free_minutes:
        sentence(_("这周没有空闲时段了，或者都被日历占着。"))
        next_step(f"xianke inventory slots --from {plan.first} --to {ask.last}")
    elif not plan.ways:
        sentence(_("这周的空闲里，没有一条路既走得通又有可信的报价。"))
        next_step("xianke suggest")
    else:
        sentence(_("这些条件下，没有一段排得上。"))
        _idle(plan)
        _limits(plan)
        next_step("xianke suggest")


def show_change(plan: WeekPlan, ask: Ask, differs: Change, stored: bool | None) -> None:
    """Print how the plan stands to the one kept, and whether it was kept now."""
    if ask.kept and differs.nothing:
        note(_("和留存的计划一样"), indent=0)
        next_step(_("到点看一眼：xianke now"))
    elif ask.kept:
        note(
            _("和留存的计划比：照旧 {same} 段，改了 {changed}，新的 {new}，没了 {gone}").format(
                same=differs.same,
                changed=differs.changed,
                new=differs.new,
                gone=len(differs.gone),
            ),
            indent=0,
        )
    if stored:
        sentence(_("留存好了。"))
        next_step(_("到点看一眼：xianke now（不要这份：xianke undo）"))
    elif stored is None and plan.entries and not (ask.kept and differs.nothing):
        next_step(_("留存这份计划：xianke plan --keep，放进日历加 --ics 计划.ics"))


def show_kept(first: date, entries: Sequence[Entry], catalogue: Catalogue) -> None:
    """Print a plan as it was kept."""
    _title(first, None)
    say()
    show_days(entries, catalogue)
    say()
    total = sum(one.expected_fen for one in entries)
    sentence(
        _("留存时预计到手 {amount} 元，排了 {planned}；是估计，不是承诺").format(
            amount=money.rounded_yuan(total), planned=_hours(_minutes(entries))
        )
    )
    next_step(_("按现在的情况重排：xianke plan"))


def _minutes(entries: Iterable[Entry]) -> int:
    return sum(one.minutes for one in entries)


def show_written(path: Path | None) -> None:
    """Say where the calendar was written."""
    if path is not None:
        place(_("日历写进了 {path}").format(path=path), indent=0)
        sentence(_("在手机或电脑的日历里导入它；以后再导入会更新，不会重复。"))
