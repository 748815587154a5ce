"""`goal`: what somebody wants to earn, how far they are, and what it would take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from xianke import settings, store
from xianke.commands.shell import Command, JsonFlag, new_app, untouched
from xianke.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from xianke.goals import Pace, Wanted
    from xianke.render.goals import View

app = new_app()


@app.command(
    "goal",
    cls=Command,
    help=_(
        "想挣多少：定一个每周或每月净得的目标，看进度、照这样到期末大概多少、还差什么。\n\n"
        "例：\n"
        "  xianke goal 1500/月\n"
        "  xianke goal 300/周\n"
        "  xianke goal\n"
        "  xianke goal none"
    ),
)
def goal(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[GOAL]", help=_("1500/月、300/周；none 是不要了"), show_default=False
        ),
    ] = None,
    json: JsonFlag = False,
) -> None:
    from xianke import goals
    from xianke.render import envelope
    from xianke.render import goals as screen

    changed = False
    if words:
        changed = _set(goals.parse(" ".join(words)))
    found = _look()
    if json:
        envelope.emit(screen.document(found))
    else:
        screen.show(
            found,
            changed=changed,
            cleared=bool(words) and found is None,
            untouched=found is None and untouched(),
        )


def _set(wanted: Wanted | None) -> bool:
    """Store a goal in place of the one before, or none; return whether anything changed."""
    from xianke import goals

    now = settings.now()
    with store.read() as db:
        before = db.goal()
    known = None if before is None else goals.Wanted(before.amount_fen, before.unit)
    if wanted == known:
        return False
    action = "goal.rm" if wanted is None else "goal.set"
    with store.write(action, "", now) as db:
        while (old := db.goal()) is not None:
            before = old
            db.delete("goal", old.id)
        if wanted is not None:
            db.insert(
                "goal",
                {
                    "amount_fen": wanted.amount_fen,
                    "unit": wanted.unit,
                    "set_on": now.date().isoformat(),
                },
            )
        shown = wanted if wanted is not None else before
        db.subject = "" if shown is None else goals.amount_text(shown.amount_fen, shown.unit)
    return True


def pace_of(db: store.Queries, today: date) -> Pace | None:
    """Return how far one is with the goal that counts, None without one."""
    from xianke import goals

    wanted = db.goal()
    if wanted is None:
        return None
    period = goals.period(wanted.unit, today)
    days = (period.first.isoformat(), today.isoformat())
    sums = db.sums("month", *days)
    earned = sum(one.gross_fen - one.fee_fen - one.cost_fen - one.tax_fen for one in sums)
    spent = sum(fen for _platform, _day, fen in db.spend_costs(*days))
    money = goals.Money(earned - spent, db.received_total(*days), db.outstanding(*days))
    return goals.Pace(wanted, period, money)


def _look() -> View | None:
    """Return the goal with its pace, where it is heading, and what it takes; None without one."""
    from xianke import bestweek, goals, steadiness
    from xianke.commands import advice, growing
    from xianke.render.goals import View

    with store.read() as db:
        pace = pace_of(db, settings.now().date())
        nets = [] if pace is None else growing.daily_nets(db)
    if pace is None:
        return None
    known = advice.load()
    best = growing.usual_week(known)
    own = steadiness.weekly_nets(nets, known.now.date(), goals.PROJECTED_WEEKS)
    hour = bestweek.hour(known.timed_gigs, best)
    return View(pace, goals.project(pace, own.fen, own.logged), goals.effort(pace.goal, hour, best))
