"""Bare `xianke`: what is being done, the next slot, this month's net, what waits."""

from __future__ import annotations

from xianke import store


def show(*, as_json: bool) -> None:
    """Print the dashboard, or how to begin."""
    from xianke import moments, owed
    from xianke.commands import advice, goals, timing
    from xianke.commands.owed import waiting
    from xianke.commands.reports import month_totals
    from xianke.render import dashboard, envelope

    known = advice.load()
    today = known.now.date()
    with store.read() as db:
        timer = db.timer()
        money = dashboard.Money(
            month_totals(db, today),
            tuple(waiting(db, known.catalogue, today)),
            tuple(owed.deposits_out(db.spends())),
            len(db.bill_rows(unassigned=True)),
        )
        untouched = db.last_entry() is None
        pace = goals.pace_of(db, today)
    moment = moments.at(known.stock, known.now, moments.Asked(), known.busy)
    upcoming = moments.for_next(known.stock, moment)
    pick = None
    if upcoming is not None:
        tested, untested = moments.picks(known.match(stock=upcoming))
        pick = next(iter((*tested, *untested)), None)
    view = dashboard.View(
        untouched,
        None if timer is None else timing.state(timer, known.catalogue),
        known.stock,
        moment,
        pick,
        money,
        pace,
        known.catalogue,
    )
    if as_json:
        envelope.emit(dashboard.document(view))
    else:
        dashboard.show(view)
