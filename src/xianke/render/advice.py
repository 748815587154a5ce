"""How suggestions, the present moment and rates look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xianke import moments, money, openchecks, priorities, slots
from xianke.i18n import _, language, plural
from xianke.reasons import FLAG_ORDER, check_name, check_text, flag_text
from xianke.render import calendars
from xianke.render import catalogue as catalogue_screen
from xianke.render.console import say
from xianke.render.stock import place_text, week_text, weekday_name
from xianke.render.tables import first_step, gap, heading, next_step, note, sentence, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.inventory import Stock
    from xianke.matching import Advice, Pick
    from xianke.moments import Moment
    from xianke.openchecks import OpenCheck
    from xianke.platforms import Catalogue
    from xianke.rates import Rate
    from xianke.scoring import Candidate, Income
    from xianke.trying import Try

Document = dict[str, Any]

MOST_ON_SCREEN = 6
MOST_DETAILED = 3
MOST_UNTESTED = 3
MOST_OTHERS = 2
MOST_REJECTED = 5
MOST_CHECKS = 2
"""Two questions in one place: a list of four would be skipped."""


def rate_text(rate: Rate) -> str:
    """Return an hourly range in whole yuan, rounded down; what is not known is said to be so."""
    low, high = rate.low_fen_per_hour, rate.high_fen_per_hour
    if low is None or high is None:
        return _("不知道")
    return _("{low}–{high} 元").format(low=money.rounded_yuan(low), high=money.rounded_yuan(high))


def mid_text(rate: Rate) -> str:
    """Return the middle of a range."""
    if rate.mid_fen_per_hour is None:
        return ""
    return _("约 {mid}").format(mid=money.rounded_yuan(rate.mid_fen_per_hour))


def income_text(income: Income | None) -> str:
    """Return pay per month or item in whole yuan."""
    if income is None:
        return _("没有可信报价")
    known = [
        value for value in (income.low_fen, income.mid_fen, income.high_fen) if value is not None
    ]
    span = "–".join(dict.fromkeys(money.rounded_yuan(value) for value in (known[0], known[-1])))
    if income.unit == "month":
        return _("每月 {span} 元").format(span=span)
    return _("每件 {span} 元").format(span=span)


def safety_text(candidate: Candidate) -> str:
    """Return a route's safety in short; that of no platform at all depends on the person."""
    if candidate.platform.kind == "self":
        return _("看人")
    return catalogue_screen.safety_text(candidate.safety)


def show(
    advice: Advice,
    catalogue: Catalogue,
    stock: Stock,
    most: int | None,
    checks: Sequence[OpenCheck],
) -> None:
    """Print suggestions: a table, the leading ones in detail, idle things, and what to try.

    The last line points at what is still open about the person, where anything is.
    """
    if stock.empty:
        sentence(_("还没有盘点，没有东西可以配。先写下什么时候有空、会什么、闲着什么。"))
        first_step(
            _("自己来：xianke inventory add slot 工作日 12:00-13:00 --label 午休"),
            untouched=True,
        )
        return
    timed, waiting = moments.picks(advice)
    timed = timed[: most or MOST_ON_SCREEN]
    untested = [pick for pick in waiting if pick.best.rate.mid_fen_per_hour is None]
    held_back = [pick for pick in waiting if pick not in untested]
    things = [pick for pick in (*advice.picks, *advice.untested) if pick.kind != "time"]
    if stock.profile.get("employer_forbids_side_jobs") == "yes":
        sentence(_("你记过单位不许兼职：先看清合同再往下走。"))
        next_step(_("谈妥了：xianke inventory set employer_forbids_side_jobs no"))
    asked: set[str] = set()
    if timed:
        sentence(_("每小时净得是范围，不是承诺；目录截至 {day}").format(day=catalogue.as_of))
        if advice.goal != priorities.DEFAULT:
            sentence(_("最看重「{goal}」，按它打分").format(goal=priorities.names()[advice.goal]))
        say()
        _pick_table(timed)
        for pick in timed[:MOST_DETAILED]:
            _details(pick, asked)
    elif waiting:
        sentence(_("合适的路里，没有一条有可信的报价。挑一条试一单、记下分钟，就有你自己的时薪。"))
    elif things and not stock.slots:
        sentence(_("没有登记空闲时段，按小时的活没法配；只看闲置能换什么。"))
    elif things:
        sentence(_("按小时的活，眼下没有一条合适；只看闲置能换什么。"))
    if untested:
        heading(_("没有可信报价，想试先做一单"))
        for pick in untested[: min(MOST_UNTESTED, most or MOST_UNTESTED)]:
            _untested(pick, asked)
        if len(untested) > MOST_UNTESTED and most is None:
            names = _("；").join(pick.name for pick in untested[MOST_UNTESTED:])
            note(_("还有：{names}").format(names=names))
    if advice.tries:
        heading(_("这周可以各试一单（证据还少，可能比现在的更好；每周换）"))
        for one in advice.tries:
            note(f"· {_try_text(one, catalogue)}")
    if held_back:
        heading(flag_text("upfront_required"))
        for pick in held_back:
            _untested(pick, asked)
    if things:
        heading(_("闲置能换的（不按小时）"))
        _thing_table(things)
    if not timed and not waiting and not things:
        _nothing(advice, catalogue, stock)
        return
    rejected = [one for one in advice.rejected if one.kind == "category"]
    if rejected:
        names = _("；").join(catalogue.categories[one.id].name for one in rejected)
        heading(_("眼下不合适：{names}").format(names=names))
        note(_("看原因：xianke suggest --why-not {id}").format(id=rejected[0].id))
    gap()
    leading = (timed or waiting or things)[0]
    if not stock.slots:
        next_step(_("添一段：xianke inventory add slot 工作日 19:00-21:00 --label 晚上"))
        return
    note(_("数字从哪来：xianke suggest --explain {id}").format(id=leading.category), indent=0)
    next_step(_("做完一单：xianke log 平台 金额 --minutes 分钟"))
    if checks:
        count = len(checks)
        text = plural(
            "还有 {count} 件关于你的事没问过，答了更准：xianke inventory questions", count
        )
        next_step(text.format(count=count))


def _pick_table(picks: Sequence[Pick]) -> None:
    table(
        [
            ("", "right"),
            (_("做什么"), "left"),
            (_("每小时净得"), "right"),
            (_("中位"), "right"),
            (_("每周合适"), "right"),
            (_("安全"), "left"),
            (_("分"), "right"),
        ],
        [
            [
                str(pick.rank),
                pick.name,
                rate_text(pick.best.rate),
                mid_text(pick.best.rate),
                week_text(pick.best.usable_minutes_per_week),
                safety_text(pick.best),
                f"{pick.best.score:.0f}",
            ]
            for pick in picks
        ],
        flexible=[1, 5],
        fold=[4, 3, 6],
    )


def _details(pick: Pick, asked: set[str]) -> None:
    best = pick.best
    heading(f"{pick.rank}. {pick.name}")
    note(_("走哪条路：{names}").format(names=_routes(pick)))
    if best.weekly is not None:
        low, high = map(money.rounded_yuan, (best.weekly.low_fen, best.weekly.high_fen))
        note(
            _("每周约 {figure} 元（按你自己最近几周的单量，各项不能相加）").format(
                figure=low if low == high else f"{low}–{high}"
            )
        )
    else:
        note(_("有单时按小时算；一周有多少单还不知道"))
    reasons = [reason.text for reason in pick.reasons if reason.code != "needs_check"]
    note(_("为什么：{reasons}").format(reasons=_("；").join(reasons)))
    warning = warnings(best)
    if warning:
        note(_("当心：{warnings}").format(warnings=warning))
    _checks(best, asked)
    _first_step(pick)


def _checks(candidate: Candidate, asked: set[str], indent: int = 2) -> None:
    """Print what to make sure of, at most two; how to answer stands once on a screen.

    That the employer forbids side jobs is said at the top, once for all.
    """
    found = [check for check in candidate.checks if check != "employer"]
    # What was not asked yet goes first: it comes with the command that answers it.
    found.sort(key=lambda check: openchecks.key_of(check) in asked)
    texts = []
    for check in found[:MOST_CHECKS]:
        key = openchecks.key_of(check)
        texts.append(check_name(check) if key in asked else check_text(check))
        if key is not None:
            asked.add(key)
    if texts:
        note(_("先确认：{checks}").format(checks=_("；").join(texts)), indent)


def _first_step(pick: Pick, indent: int = 2) -> None:
    """Print the first step, and under it how each answer is written down."""
    note(_("第一步：{step}").format(step=pick.first_step), indent)
    for one in pick.questions:
        answers = _("、").join(one.words)
        text = _("{command}（{answers}）").format(command=one.command, answers=answers)
        next_step(text, indent + 2)


def _try_text(one: Try, catalogue: Catalogue) -> str:
    """Return what to try, and what is known of it."""
    platform = one.candidate.platform
    name = _("{platform}（{category}）").format(
        platform=platform.name, category=catalogue.categories[platform.category].name
    )
    if one.could_beat is None:
        return _("{name}：没有可信报价，试了才知道").format(name=name)
    return _("{name}：行情 {span}，有 {percent}% 的可能比眼下最好的还好").format(
        name=name, span=rate_text(one.candidate.rate), percent=one.could_beat
    )


def warnings(candidate: Candidate) -> str:
    """Return a candidate's flags in words, worst first."""
    found = sorted(candidate.flags, key=FLAG_ORDER.index)
    return _("、").join(flag_text(flag) for flag in found)


def _routes(pick: Pick) -> str:
    """Return the names of a row's routes; those behind the first say that they want money first.

    What speaks against the first has a line of its own.
    """
    names = [pick.best.platform.name, *(_priced_name(one) for one in pick.routes[1:])]
    if len(names) == 1:
        return names[0]
    others = _("、").join(names[1 : 1 + MOST_OTHERS])
    more = len(names) - 1 - MOST_OTHERS
    if more > 0:
        return _("{first}；其次 {others} 等 {count} 处").format(
            first=names[0], others=others, count=len(names) - 1
        )
    return _("{first}；其次 {others}").format(first=names[0], others=others)


def _priced_name(candidate: Candidate) -> str:
    name = candidate.platform.name
    if "upfront_required" in candidate.flags:
        return _("{name}（要先付钱）").format(name=name)
    if "upfront_possible" in candidate.flags:
        return _("{name}（可能要先付钱）").format(name=name)
    return name


def _untested(pick: Pick, asked: set[str]) -> None:
    best = pick.best
    note(_("· {name}：{routes}").format(name=pick.name, routes=_routes(pick)))
    for reason in pick.reasons:
        if reason.code == "public_entrance":
            note(_("为什么：{reasons}").format(reasons=reason.text), indent=4)
    warning = warnings(best)
    if warning:
        note(_("当心：{warnings}").format(warnings=warning), indent=4)
    _checks(best, asked, indent=4)
    _first_step(pick, indent=4)


def _thing_table(picks: Sequence[Pick]) -> None:
    table(
        [
            (_("怎么换"), "left"),
            (_("从哪里"), "left"),
            (_("大概多少"), "left"),
            (_("当心"), "left"),
        ],
        [
            [
                kind_text(pick.kind),
                pick.best.platform.name,
                income_text(pick.best.income),
                warnings(pick.best) or _("—"),
            ]
            for pick in picks
        ],
        flexible=[1, 2, 3],
        fold=[3, 2],
    )
    for pick in picks:
        note(_("{name}，第一步：{step}").format(name=kind_text(pick.kind), step=pick.first_step))


def kind_text(kind: str) -> str:
    """Return a kind of income in words."""
    return {"time": _("做事"), "passive": _("出租"), "one_off": _("卖掉")}[kind]


def _nothing(advice: Advice, catalogue: Catalogue, stock: Stock) -> None:
    """Say what stands in the way when nothing at all fits."""
    sentence(_("按现在的盘点，没有一类合适。"))
    for rejection in [one for one in advice.rejected if one.kind == "category"][:MOST_REJECTED]:
        name = catalogue.categories[rejection.id].name
        note(_("{name}：{value}").format(name=name, value=rejection.text))
    if not stock.slots:
        next_step(_("添一段：xianke inventory add slot 工作日 19:00-21:00 --label 晚上"))
    elif not stock.skills:
        next_step("xianke inventory add skill PPT")
    else:
        next_step("xianke suggest --why-not micro_task")


def show_now(
    moment: Moment, picks: tuple[Sequence[Pick], Sequence[Pick]] | None, stock: Stock
) -> None:
    """Print what suits the moment."""
    if picks is None:
        if moment.taken is not None:
            calendars.show_now(moment.taken)
            if moment.upcoming is not None:
                note(_("下一段：{text}").format(text=upcoming_text(moment)))
        elif not stock.slots:
            sentence(_("还没有登记空闲时段。"))
            if stock.empty:
                next_step(_("从这里开始：xianke init（最多十个问题）"))
            else:
                next_step(_("添一段：xianke inventory add slot 工作日 12:00-13:00 --label 午休"))
        else:
            sentence(_("现在不在你登记的时段里。"))
            if moment.upcoming is not None:
                note(_("下一段：{text}").format(text=upcoming_text(moment)))
        next_step(_("这会儿有空就说几分钟：xianke now --minutes 30 --place home"))
        return
    tested, untested = picks
    if moment.slot is not None:
        where = moment.slot.slot.label or slots.format_rule(moment.slot.rule, language())
        sentence(
            _("{where}，{place}，还有 {minutes} 分钟").format(
                where=where, place=place_text(moment.slot.slot), minutes=moment.minutes
            )
        )
    else:
        place = place_text(moment.stock.slots[0].slot) if moment.stock else ""
        sentence(_("{place}，有 {minutes} 分钟").format(place=place, minutes=moment.minutes))
    if not tested and not untested:
        note(_("这点时间、这个地点，目录里没有合适的。歇一会儿也好。"))
        next_step("xianke suggest")
        return
    for pick in [*tested[:MOST_DETAILED], *untested[: max(0, MOST_DETAILED - len(tested))]]:
        known = pick.best.rate.mid_fen_per_hour is not None
        heading(f"{pick.name}  {rate_text(pick.best.rate) if known else _('没有可信报价')}")
        note(_("走哪条路：{names}").format(names=_routes(pick)))
        warning = warnings(pick.best)
        if warning:
            note(_("当心：{warnings}").format(warnings=warning))
        _first_step(pick)
    gap()
    next_step(_("做完一单：xianke log 平台 金额 --minutes 分钟"))


def upcoming_text(moment: Moment) -> str:
    """Return the next slot in words: `11-23 周一 12:00-12:30 午休`."""
    if moment.upcoming is None:
        return ""
    free, one = moment.upcoming
    name = free.slot.label or ""
    day = f"{one.start:%m-%d} {weekday_name(one.start.isoweekday())}"
    return f"{day} {one.start:%H:%M}-{one.end:%H:%M} {name}".strip()
