"""`usage` and `learn`: where spare time goes, and what a skill would add to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from xianke import settings, store
from xianke.commands.shell import Command, FirstDay, JsonFlag, LastDay, new_app
from xianke.errors import NotFound, NotUnderstood, Refused
from xianke.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke import timeuse
    from xianke.bestweek import Best
    from xianke.commands.advice import Known
    from xianke.records import PlanBlock, Sums
    from xianke.render import growth as learning
    from xianke.render import timeuse as using
    from xianke.steadiness import Dependence

app = new_app()

DEFAULT_WEEKS = 8
"""Whole weeks that are shown unless asked otherwise, beside the one that runs."""


@app.command(
    "usage",
    cls=Command,
    help=_(
        "空闲用得怎样：每周有多少空、排了多少、做了多少、白找了多少，漏在哪；坏的一周大概还有多少，"
        "靠一家靠得多不多。\n\n"
        "例：\n"
        "  xianke usage\n"
        "  xianke usage --week 上周\n"
        "  xianke usage --from 2026-09-01 --to 2026-09-30"
    ),
)
def usage(
    first: FirstDay = None,
    last: LastDay = None,
    week: Annotated[
        str | None, typer.Option("--week", metavar="W", help=_("只看一周：上周、2026-W47"))
    ] = None,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import advice
    from xianke.render import envelope
    from xianke.render import timeuse as screen

    span = _span(first, last, week)
    found = _measure(advice.load(), span)
    if json:
        envelope.emit(screen.document(found))
    else:
        screen.show(found)


@dataclass(frozen=True, slots=True)
class _Span:
    """The days asked for; None is for the default."""

    first: date | None
    last: date | None


def _span(first: str | None, last: str | None, week: str | None) -> _Span:
    from xianke import when
    from xianke.commands.ranges import day_range

    if week is not None:
        if first is not None or last is not None:
            raise NotUnderstood(
                _("--week 不能和 --from、--to 一起用"), _("只写 --week，或者只写起止的日子")
            )
        days = when.week_days(when.parse_week(week, settings.now()))
        return _Span(days[0], days[-1])
    found = day_range(first, last)
    return _Span(
        None if found.first is None else date.fromisoformat(found.first),
        None if found.last is None else date.fromisoformat(found.last),
    )


def _measure(known: Known, asked: _Span) -> using.Usage:
    """Return how the days asked for were used, as far as they have passed and have a log."""
    from xianke import busy, steadiness, timeuse
    from xianke.render import timeuse as screen

    now = known.now.replace(tzinfo=None, second=0, microsecond=0)
    today = now.date()
    with store.read() as db:
        nets = daily_nets(db)
        begin = _begin(db, nets)
        first, last = _days(asked, today, begin)
        weeks = timeuse.weeks_of(first, last) if first <= last else []
        before = (first - timedelta(days=1)).isoformat()
        taken = busy.times(db.busy(before, last.isoformat()), db.calendars())
        records = _records(db, first, last)
        sources = _sources(db, first, last) if weeks else []
    free = timeuse.supply(known.stock, first, last, taken, now)
    own = steadiness.weekly_nets(nets, today)
    main = steadiness.dependence(sources)
    return screen.Usage(
        now,
        begin is not None,
        bool(known.stock.slots),
        timeuse.used(weeks, free, records, now),
        steadiness.floor(own.fen, own.logged),
        None if main is None else _closing(known, main),
        known.catalogue,
    )


def _begin(db: store.Queries, nets: Sequence[tuple[str, int]]) -> date | None:
    """Return the Monday of the first record or kept plan, None before any."""
    from xianke import planner, when

    planned = [when.week_days(week)[0] for week in db.plan_weeks()]
    return min(
        [*planned, *(planner.week_of(date.fromisoformat(day)) for day, _fen in nets)], default=None
    )


def _days(asked: _Span, today: date, begin: date | None) -> tuple[date, date]:
    """Return the days to look at: none before there were records, none after today."""
    from xianke import planner

    monday = planner.week_of(today)
    first = asked.first or monday - timedelta(weeks=DEFAULT_WEEKS)
    return max(first, begin or monday), min(asked.last or today, today)


def _records(db: store.Queries, first: date, last: date) -> timeuse.Records:
    from xianke.timeuse import Records

    days = (first.isoformat(), last.isoformat())
    return Records(
        db.gigs(first=days[0], last=days[1]),
        _blocks(db, first, last),
        [(day, fen) for _platform, day, fen in db.spend_costs(*days)],
    )


def _sources(db: store.Queries, first: date, last: date) -> list[tuple[str, int]]:
    """Return (platform, fen) of what was earned and spent in a span of days."""
    days = (first.isoformat(), last.isoformat())
    earned = [(one.key or "", _net(one)) for one in db.sums("platform", *days)]
    return earned + [(platform, -fen) for platform, _day, fen in db.spend_costs(*days)]


def _blocks(db: store.Queries, first: date, last: date) -> list[PlanBlock]:
    """Return the kept plans of all weeks that may reach into a span of days."""
    from xianke import when

    # A block of the Sunday before may run on past midnight.
    start = first - timedelta(days=1)
    weeks = {when.iso_week(start + timedelta(days=day)) for day in range((last - start).days + 1)}
    return [block for week in sorted(weeks) for block in db.plan_blocks(week)]


def _net(sums: Sums) -> int:
    return sums.gross_fen - sums.fee_fen - sums.cost_fen - sums.tax_fen


def daily_nets(db: store.Queries) -> list[tuple[str, int]]:
    """Return (day, fen) of everything that was earned or spent: together they are all net."""
    earned = [(one.key or "", _net(one)) for one in db.sums("day")]
    return earned + [(day, -fen) for _platform, day, fen in db.spend_costs()]


def _closing(known: Known, main: Dependence) -> Dependence:
    """Return what a usual week would lose if the largest source closed, where it can be told."""
    from xianke import bestweek

    best = usual_week(known)
    gone = [] if best is None else [way.route for way in best.ways if way.route[1] == main.platform]
    if best is None or not gone:
        return main
    loss = best.filled.value_fen - bestweek.without(best, gone)
    return replace(main, loss_fen_per_week=loss)


def usual_week(known: Known) -> Best | None:
    """Return the best plan of a usual week in today's slots; None without any."""
    from xianke import bestweek, spends, week

    if not known.stock.slots:
        return None
    paid = spends.put_down(known.spends)
    means = week.Means(known.catalogue, known.rates, known.own_weeks, paid)
    return bestweek.of(known.stock, means, known.now.date())


@app.command(
    "learn",
    cls=Command,
    help=_(
        "学会一样会怎样：按今天的空闲每周多挣多少、要学多久、几周回本；再排十五天，到期不行就停。"
        "闲置的东西出租、自用、卖掉各值多少也在这里。\n\n"
        "例：\n"
        "  xianke learn\n"
        "  xianke learn 视频剪辑\n"
        "  xianke learn --limit 3"
    ),
)
def learn(
    skill: Annotated[
        str | None, typer.Argument(metavar="[SKILL]", help=_("只看这一样"), show_default=False)
    ] = None,
    limit: Annotated[str | None, typer.Option("--limit", metavar="N", help=_("最多几条"))] = None,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import advice
    from xianke.render import envelope
    from xianke.render import growth as screen

    most = None if limit is None else _limit(limit)
    known = advice.load()
    found = _learn(known, None if skill is None else _skill(known, skill))
    if json:
        envelope.emit(screen.document(found, most))
    else:
        screen.show(found, most, untouched=known.stock.empty)


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 999):
        raise NotUnderstood(
            _("看不懂 --limit 的「{text}」").format(text=text), _("写 1 到 999 的整数")
        )
    return int(text)


def _skill(known: Known, text: str) -> str:
    """Return the key of a skill of the vocabulary that is not held yet."""
    from xianke import vocabulary

    word = vocabulary.find_skill(text)
    if not word.known:
        near = _("、").join(one.name for one in vocabulary.near_skills(text)[:3])
        raise NotFound(
            _("词表里没有「{text}」这样技能").format(text=text),
            _("是不是：{names}？").format(names=near)
            if near
            else _("看有哪些：xianke learn --limit 99"),
        )
    if any(skill.key == word.key for skill in known.stock.skills):
        raise Refused(
            _("「{text}」你已经会了").format(text=text),
            _("看它能做什么：xianke suggest --goal growth"),
        )
    return word.key


def _learn(known: Known, only: str | None) -> learning.Learning:
    """Return what skills would add, fifteen days for the best of them, and the idle things."""
    from xianke import bestweek, busy, growth, idling, trialdays, week
    from xianke.render import growth as screen

    today = known.now.date()
    best = usual_week(known)
    if best is None:
        means = week.Means(known.catalogue, known.rates, known.own_weeks)
        best = bestweek.of(known.stock, means, today)
    hour = bestweek.hour(known.timed_gigs, best)
    grown = growth.grow(best, hour, only)
    first = growth.worth_learning(grown, only)
    days = None
    if first is not None:
        last = (today + timedelta(days=trialdays.DAYS + 1)).isoformat()
        with store.read() as db:
            taken = busy.times(db.busy(today.isoformat(), last), db.calendars())
        days = trialdays.plan(known.stock, today, taken, trialdays.Aim(hour, first.hours))
    return screen.Learning(grown, first, days, () if only else idling.of(best), only is not None)
