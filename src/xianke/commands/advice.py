"""`suggest`, `now`, `rates`: what is worth trying, and what an hour brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from xianke import lookup, settings, store
from xianke.commands.shell import Command, JsonFlag, new_app, untouched
from xianke.errors import NotUnderstood
from xianke.i18n import _, with_codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xianke.busy import BusyTime
    from xianke.inventory import Stock
    from xianke.matching import Advice
    from xianke.platforms import Catalogue
    from xianke.rates import Rates
    from xianke.records import Asset, Evidence, Gig, Outcome, OwnPlatform, Skill, Slot, Spend
    from xianke.scoring import Goal, OwnWeeks

app = new_app()


@dataclass(frozen=True, slots=True)
class Known:
    """Everything advice rests on, read in one transaction."""

    now: datetime
    stock: Stock
    catalogue: Catalogue
    timed_gigs: list[Gig]
    rates: Rates
    own_weeks: Mapping[tuple[str, str], OwnWeeks]
    busy: list[BusyTime]
    spends: list[Spend]

    def match(self, goal: Goal, stock: Stock | None = None) -> Advice:
        """Return the advice for *goal*, for the whole inventory or for a part of it."""
        from xianke import matching

        return matching.match(
            stock or self.stock,
            self.catalogue,
            self.rates,
            goal,
            self.now.date(),
            self.own_weeks,
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """What advice rests on, as the store has it."""

    inventory: tuple[list[Slot], list[Skill], list[Asset], dict[str, str]]
    timed_gigs: list[Gig]
    own_minutes: list[tuple[str, str | None, str, int]]
    own: list[OwnPlatform]
    evidence: list[Evidence]
    busy: list[BusyTime]
    spends: list[Spend]
    outcomes: list[Outcome]


def load() -> Known:
    """Read the store once and return what advice rests on."""
    from datetime import timedelta

    from xianke import moments

    now = settings.now()
    # A slot may have begun yesterday, and one of the last day may end on the next.
    first = now.date() - timedelta(days=1)
    last = now.date() + timedelta(days=moments.LOOK_AHEAD_DAYS + 1)
    with store.read() as db:
        rows = read(db, first, last)
    return understood(rows, now)


def read(db: store.Queries, first: date, last: date) -> Rows:
    """Return what advice rests on, with the busy times from *first* to *last*."""
    from xianke import busy
    from xianke.commands import platformbook

    return Rows(
        (db.slots(), db.skills(), db.assets(), db.profile()),
        db.timed_gigs(),
        db.own_minutes(),
        db.own_platforms(),
        db.evidence(),
        busy.times(db.busy(first.isoformat(), last.isoformat()), db.calendars()),
        db.spends(),
        platformbook.outcomes(db, settings.now().date()),
    )


def understood(rows: Rows, now: datetime) -> Known:
    """Return what the rows mean: the inventory, the catalogue with own routes, the rates."""
    from xianke import gigs, inventory, platforms, rates, scoring, searches

    catalogue = platforms.with_own_records(
        platforms.catalogue(rows.own, rows.evidence), rows.outcomes, rows.spends
    )
    used = {
        rates.route_of(catalogue, gig.platform, gig.category)
        for gig in rows.timed_gigs
        if not searches.is_search(gig)
    }
    catalogue = platforms.with_used_routes(catalogue, used)
    weeks = gigs.own_weeks(rows.own_minutes, lambda *where: rates.route_of(catalogue, *where))
    return Known(
        now,
        inventory.stock(*rows.inventory, now.date()),
        catalogue,
        rows.timed_gigs,
        rates.learn(catalogue, rows.timed_gigs, now.date()),
        {route: scoring.OwnWeeks(minutes) for route, minutes in weeks.items()},
        rows.busy,
        rows.spends,
    )


def goal_of(text: str) -> Goal:
    """Return what matters most by its code or name; raise NotUnderstood otherwise."""
    from xianke import scoring

    names = scoring.goal_names()
    for goal, name in names.items():
        if text in (goal, name):
            return goal
    raise NotUnderstood(
        _("没有「{text}」这个目标").format(text=text),
        lookup.with_guess(
            _("可以是：{goals}").format(goals=with_codes(names.items())),
            text,
            [*names, *names.values()],
        ),
    )


def _number(text: str, option: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= 1000):
        raise NotUnderstood(
            _("看不懂 {option} 的「{text}」").format(option=option, text=text),
            _("写 1 到 1000 的整数"),
        )
    return int(text)


@app.command(
    "suggest",
    cls=Command,
    help=_(
        "按你的盘点给目录打分：哪些值得试，一小时大概净得多少（范围，不是承诺），为什么，哪里要当心。\n\n"
        "例：\n"
        "  xianke suggest\n"
        "  xianke suggest --goal cash\n"
        "  xianke suggest --explain 跑腿\n"
        "  xianke suggest --why-not 顺风车"
    ),
)
def suggest(
    goal: Annotated[
        str,
        typer.Option(
            "--goal", metavar="G", help=_("看重什么：income、steady、cash、growth 或 safe")
        ),
    ] = "income",
    limit: Annotated[str | None, typer.Option("--limit", metavar="N", help=_("最多几条"))] = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="ID", help=_("某个类别或平台的分数和数字从哪来")),
    ] = None,
    why_not: Annotated[
        str | None, typer.Option("--why-not", metavar="ID", help=_("某个类别或平台为什么不合适"))
    ] = None,
    json: JsonFlag = False,
) -> None:
    from xianke.render import advice, advice_data, envelope, explanation

    wanted = goal_of(goal)
    most = None if limit is None else _number(limit, "--limit")
    known = load()
    if explain is not None:
        from xianke import explaining

        grounds = explaining.Grounds(
            known.stock,
            known.catalogue,
            known.timed_gigs,
            known.spends,
            known.now.date(),
        )
        found = explaining.explain(explain, known.match(wanted), grounds)
        if json:
            envelope.emit(explanation.explanation_document(found))
        else:
            explanation.show_explanation(found)
        return
    if why_not is not None:
        from xianke import explaining

        answer = explaining.why_not(
            why_not, known.match(wanted), known.catalogue, known.stock, known.now.date()
        )
        if json:
            envelope.emit(explanation.why_not_document(answer))
        else:
            explanation.show_why_not(answer)
        return
    result = known.match(wanted)
    if json:
        envelope.emit(advice_data.document(result, known.catalogue, known.now, most))
    else:
        advice.show(result, known.catalogue, known.stock, most)


@app.command(
    "now",
    cls=Command,
    help=_(
        "现在这会儿做什么合适。不在登记的时段里，或者日历上有事，就写明有几分钟、在哪里。\n\n"
        "例：\n"
        "  xianke now\n"
        "  xianke now --minutes 30 --place transit"
    ),
)
def now(
    minutes: Annotated[
        str | None, typer.Option("--minutes", metavar="N", help=_("有几分钟"))
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(
            "--place", metavar="P", help=_("home、office、transit、neighbourhood 或 anywhere")
        ),
    ] = None,
    device: Annotated[
        list[str] | None,
        typer.Option("--device", metavar="D", help=_("手边的设备：phone、pc，可写几次")),
    ] = None,
    json: JsonFlag = False,
) -> None:
    from xianke import moments, when
    from xianke.render import advice, advice_data, envelope

    known = load()
    asked = moments.Asked(
        None if minutes is None else when.parse_duration(minutes), place, tuple(device or ())
    )
    moment = moments.at(known.stock, known.now, asked, known.busy)
    picks = moments.picks(known.match("income", moment.stock)) if moment.stock else None
    if json:
        envelope.emit(advice_data.now_document(moment, picks, known.catalogue, known.now))
    else:
        advice.show_now(moment, picks, known.stock)


@app.command(
    "rates",
    cls=Command,
    help=_(
        "每小时到手多少：自己的记录加上行情，给范围不给承诺。\n\n"
        "例：\n"
        "  xianke rates\n"
        "  xianke rates --check"
    ),
)
def rates(
    by: Annotated[
        str, typer.Option("--by", metavar="K", help=_("按 platform（平台）或 category（类别）"))
    ] = "platform",
    check: Annotated[
        bool, typer.Option("--check", help=_("拿你自己的记录检验：以前的范围罩住了多少"))
    ] = False,
    json: JsonFlag = False,
) -> None:
    from xianke import rates as core
    from xianke.render import advice_data, envelope
    from xianke.render import rates as screen

    if check:
        _check(as_json=json)
        return

    if by == "platform":
        known = load()
        lines = core.by_platform(known.catalogue, known.rates, known.timed_gigs, known.now.date())
    elif by == "category":
        known = load()
        lines = core.by_category(known.catalogue, known.rates)
    else:
        raise NotUnderstood(
            _("不能按「{text}」分").format(text=by),
            lookup.with_guess(_("可以按 platform 或 category"), by, ("platform", "category")),
        )
    if json:
        envelope.emit({"rates": [advice_data.rate_line_document(line) for line in lines]})
    else:
        screen.show(lines, by, untouched=not known.timed_gigs and untouched())


def _check(*, as_json: bool) -> None:
    from xianke import backtest
    from xianke.render import envelope, lookback

    known = load()
    found = backtest.check(known.catalogue, known.timed_gigs, known.now.date())
    if as_json:
        envelope.emit(lookback.document(found))
    else:
        lookback.show(found, untouched=untouched())
