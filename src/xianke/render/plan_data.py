"""A planned week as the contract's data."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from xianke import planned, settings, when

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from xianke.matching import Rejection
    from xianke.planned import Change, Entry
    from xianke.planner import Idle
    from xianke.platforms import Catalogue
    from xianke.weekplan import Ask, WeekPlan

Document = dict[str, Any]


def document(plan: WeekPlan, ask: Ask, rejected: Sequence[Rejection]) -> Document:
    """Return a planned week; *rejected* is what `suggest` rejects, without what is open here."""
    low, high = plan.likely_fen
    open_here = {way.platform.id for way in plan.ways} | {
        way.platform.category for way in plan.ways
    }
    catalogue = ask.means.catalogue
    return {
        "week": plan.week,
        "first_day": plan.first.isoformat(),
        "last_day": ask.last.isoformat(),
        "since": None if plan.since is None else _instant(plan.since),
        "value_fen": plan.value_fen,
        "low_fen": low,
        "high_fen": high,
        "blocks": [
            {
                **block_document(one, catalogue),
                "first_step": planned.first_step(one, catalogue, ask.means.rates, ask.now.date()),
            }
            for one in plan.entries
        ],
        "free_minutes": plan.free_minutes,
        "planned_minutes": plan.planned_minutes,
        "idle_minutes": plan.idle_minutes,
        "idle": [_idle(one) for one in plan.idle],
        "limits": {
            "day_minutes": plan.limits.day_minutes,
            "week_minutes": plan.limits.week_minutes,
            "max_platforms": plan.limits.max_platforms,
            "platform_share": plan.limits.platform_share,
            "rest_days": plan.limits.rest_days,
        },
        "binding": [{"limit": why, "more_fen": plan.gains.get(why)} for why in plan.binding],
        "short": [
            {
                "gig": f"g{one.due.gig.id}",
                "platform": one.due.gig.platform,
                "due": one.due.day.isoformat(),
                "minutes": one.due.minutes,
                "missing_minutes": one.minutes,
            }
            for one in plan.short
        ],
        "past": [block_document(one, catalogue) for one in plan.past],
        "estimated": plan.estimated,
        "rejected": [
            {"kind": one.kind, "id": one.id, "code": one.code, "text": one.text}
            for one in rejected
            if one.id not in open_here
        ],
    }


def kept_document(ask: Ask, differs: Change, stored: bool | None) -> Document:
    """Return how a plan stands to the one kept; `stored` is None where keeping was not asked."""
    return {
        "stored": stored,
        "kept": None
        if not ask.kept
        else {
            "same": differs.same,
            "changed": differs.changed,
            "new": differs.new,
            "gone": len(differs.gone),
            "more_fen": differs.value_fen,
        },
    }


def stored_document(first: date, entries: Sequence[Entry], catalogue: Catalogue) -> Document:
    """Return a plan as it was kept; what was only worked out for it then is not known now."""
    return {
        "week": when.iso_week(first),
        "first_day": first.isoformat(),
        "last_day": (first + timedelta(days=6)).isoformat(),
        "value_fen": sum(one.expected_fen for one in entries),
        "blocks": [block_document(one, catalogue) for one in entries],
        "planned_minutes": sum(one.minutes for one in entries),
        "idle_minutes": None,
        "rejected": [],
    }


def block_document(entry: Entry, catalogue: Catalogue) -> Document:
    """Return one block."""
    way, due = entry.way, entry.due
    return {
        "start": _instant(entry.start),
        "end": _instant(entry.end),
        "category": entry.category,
        "platform": entry.platform,
        "expected_fen": entry.expected_fen,
        "setup_minutes": entry.setup_minutes,
        "travel_minutes": entry.travel_minutes,
        "supply": entry.supply,
        "name": planned.work_name(entry, catalogue),
        "minutes": entry.minutes,
        "slot": None if entry.slot is None else f"s{entry.slot}",
        "uid": entry.uid,
        "due": None if due is None else due.day.isoformat(),
        "gig": None if due is None else f"g{due.gig.id}",
        "day_flags": list(entry.flags),
        "flags": [] if way is None else list(way.flags),
        "checks": [] if way is None else list(way.checks),
        "travel_unknown": way is not None and way.travel_unknown,
    }


def _idle(one: Idle) -> Document:
    return {
        "start": _instant(one.piece.start),
        "end": _instant(one.piece.end),
        "slot": None if one.piece.slot is None else f"s{one.piece.slot}",
        "minutes": one.piece.minutes,
        "why": one.why,
    }


def _instant(moment: datetime) -> str:
    return moment.replace(tzinfo=settings.zone()).isoformat()
