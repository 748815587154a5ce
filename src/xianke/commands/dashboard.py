"""Bare `xianke`: the next slot and the pick for it, this month's net, what waits to be paid."""

from __future__ import annotations

from xianke import settings, store


def show(*, as_json: bool) -> None:
    """Print the dashboard, or how to begin."""
    from xianke import gigs, moments
    from xianke.commands import advice
    from xianke.commands.reports import month_totals
    from xianke.render import dashboard, envelope

    known = advice.load()
    with store.read() as db:
        months = month_totals(db, known.now.date())
        waiting = db.waiting()
        outstanding = db.outstanding()
        untouched = db.last_entry() is None
    moment = moments.at(known.stock, known.now, moments.Asked())
    upcoming = moments.for_next(known.stock, moment)
    pick = None
    if upcoming is not None:
        tested, untested = moments.picks(known.match("income", upcoming))
        pick = next(iter((*tested, *untested)), None)
    view = dashboard.View(
        untouched,
        known.stock,
        moment,
        pick,
        months,
        tuple(waiting),
        outstanding,
        {gig.id: gigs.is_late(gig, settings.now().date()) for gig in waiting},
        known.catalogue,
    )
    if as_json:
        envelope.emit(dashboard.document(view))
    else:
        dashboard.show(view)
