"""The plan in the store: what a week is planned from, keeping it, and reading it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from xianke import planned, settings, spends, store, weekplan, when
from xianke.commands import advice

if TYPE_CHECKING:
    from xianke.busy import BusyTime
    from xianke.commands.advice import Known
    from xianke.planned import Entry
    from xianke.planner import Limits
    from xianke.records import Gig, PlanBlock
    from xianke.store.tables import Row
    from xianke.weekplan import Ask, WeekPlan


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that weeks are planned from, read in one transaction.

    `kept` are the plans kept, by week, for the weeks asked for and those before them; `once` are
    all blocks that plans of the weeks asked for ever had.
    """

    known: Known
    accepted: list[Gig]
    kept: Mapping[str, list[PlanBlock]]
    once: Mapping[str, list[PlanBlock]]

    def ask(self, first: date, limits: Limits, boldness: float) -> Ask:
        """Return what the week of *first* is planned from."""
        from xianke.week import Means

        known = self.known
        civil = known.now.replace(tzinfo=None)
        fixed = appointments(self.accepted, civil)
        return weekplan.Ask(
            first,
            civil,
            known.stock,
            Means(known.catalogue, known.rates, known.own_weeks, spends.put_down(known.spends)),
            limits,
            [*known.busy, *fixed.values()],
            [gig for gig in self.accepted if gig.id not in fixed],
            known.timed_gigs,
            self.kept.get(when.iso_week(first), ()),
            self.kept.get(when.iso_week(first - timedelta(days=7)), ()),
            boldness,
        )

    def gone(self, week: str, entries: Iterable[Entry]) -> list[Entry]:
        """Return the blocks that plans of a week had and the one of these *entries* has not."""
        there = {one.uid for one in entries}
        return [planned.stored_entry(one) for one in self.once[week] if one.uid not in there]


def appointments(accepted: Sequence[Gig], now: datetime) -> dict[int, BusyTime]:
    """Return the times of agreed work that begins at a set time ahead, by gig.

    Nothing else fits there, and it needs no other time.
    """
    from xianke.busy import BusyTime

    found = {}
    for gig in accepted:
        minutes = (gig.worked_minutes or 0) + gig.unpaid_minutes
        if gig.start_minute is None or minutes == 0:
            continue
        start = datetime.fromisoformat(gig.day) + timedelta(minutes=gig.start_minute)
        if start > now:
            end = start + timedelta(minutes=minutes)
            found[gig.id] = BusyTime(start, end, None, False)
    return found


def read(mondays: Sequence[date]) -> Desk:
    """Read the store once for the weeks of these Mondays."""
    now = settings.now()
    first = min(mondays) - timedelta(days=1)
    # A slot of the last day may run on into the next.
    last = max(mondays) + timedelta(days=8)
    weeks = {when.iso_week(day) for day in mondays}
    weeks |= {when.iso_week(day - timedelta(days=7)) for day in mondays}
    with store.read() as db:
        rows = advice.read(db, first, last)
        accepted = db.gigs(status="accepted")
        kept = {one: db.plan_blocks(one) for one in sorted(weeks)}
        once = {when.iso_week(day): db.plan_blocks_once(when.iso_week(day)) for day in mondays}
    return Desk(advice.understood(rows, now), accepted, kept, once)


def keep(plan: WeekPlan) -> bool:
    """Store a plan in place of the one kept for its week; return whether anything is different.

    Blocks that have begun stay as they are.
    """
    begun = {one.uid for one in plan.past}
    with store.write("plan.keep", plan.week, settings.now()) as db:
        old = {one.uid: one for one in db.plan_blocks(plan.week) if one.uid not in begun}
        different = False
        for entry in plan.entries:
            row = _row(plan.week, entry)
            before = old.pop(entry.uid, None)
            if before is None:
                db.insert("plan_block", row)
                different = True
            else:
                different |= db.update("plan_block", before.id, row)
        for gone in old.values():
            db.delete("plan_block", gone.id)
            different = True
    return different


def _row(week: str, entry: Entry) -> Row:
    midnight = datetime.combine(entry.start.date(), datetime.min.time())
    return {
        "week": week,
        "day": entry.start.date().isoformat(),
        "start_minute": int((entry.start - midnight).total_seconds()) // 60,
        "end_minute": int((entry.end - midnight).total_seconds()) // 60,
        "slot_id": entry.slot,
        "category": entry.category,
        "platform": entry.platform,
        "expected_fen": entry.expected_fen,
        "setup_minutes": entry.setup_minutes,
        "travel_minutes": entry.travel_minutes,
        "supply": entry.supply,
        "uid": entry.uid,
    }
