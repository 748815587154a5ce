"""Suggestions, the present moment and rates as the contract's data."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from xianke import openchecks, profiles, settings
from xianke.render import calendars
from xianke.render.standing import record_document, safety_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.matching import Advice, Pick
    from xianke.moments import Moment
    from xianke.openchecks import OpenCheck
    from xianke.platforms import Catalogue
    from xianke.rates import Line, Rate
    from xianke.scoring import Candidate, Income

Document = dict[str, Any]


def document(
    advice: Advice,
    catalogue: Catalogue,
    now: datetime,
    most: int | None,
    checks: Sequence[OpenCheck],
) -> Document:
    """Return suggestions as the contract's data, with what is still open about the person."""
    return {
        "as_of": catalogue.as_of,
        "now": now.isoformat(timespec="seconds"),
        "goal": advice.goal,
        "picks": [pick_document(pick) for pick in advice.picks[:most]],
        "untested": [pick_document(pick) for pick in advice.untested],
        "rejected": [
            {"kind": one.kind, "id": one.id, "code": one.code, "text": one.text}
            for one in advice.rejected
        ],
        "worth_a_try": [
            {
                "category": one.candidate.platform.category,
                "platform": one.candidate.platform.id,
                "name": one.candidate.platform.name,
                "own_gigs": one.candidate.rate.own_gigs,
                "could_beat_percent": one.could_beat,
            }
            for one in advice.tries
        ],
        "open_checks": checks_document(checks),
    }


def pick_document(pick: Pick) -> Document:
    """Return one row of suggestions."""
    best = pick.best
    weekly = best.weekly
    return {
        "rank": pick.rank,
        "category": pick.category,
        "name": pick.name,
        "kind": pick.kind,
        "score": best.score,
        "usable_minutes_per_week": best.usable_minutes_per_week,
        "rate": rate_document(best.rate),
        "income": None if best.income is None else income_document(best.income),
        "weekly": None
        if weekly is None
        else {"low_fen": weekly.low_fen, "mid_fen": weekly.mid_fen, "high_fen": weekly.high_fen},
        "platforms": [_route_document(candidate) for candidate in pick.routes],
        "reasons": [{"code": reason.code, "text": reason.text} for reason in pick.reasons],
        "first_step": pick.first_step,
        "open_questions": [
            {
                "fact": one.fact,
                "text": one.text,
                "command": one.command,
                "values": list(one.values),
            }
            for one in pick.questions
        ],
    }


def checks_document(checks: Sequence[OpenCheck]) -> list[Document]:
    """Return what is still open about the person, as a list of questions."""
    return [
        {
            "key": one.key,
            "text": openchecks.question(one.key),
            "command": openchecks.command(one.key),
            "values": ["yes", "no"] if one.key in profiles.FLAGS else [],
            "suggestions": one.suggestions,
            "leading": one.leading,
            "categories": list(one.categories),
            "routes": [{"id": identity, "name": name} for identity, name in one.routes],
            "before": None
            if one.before is None
            else {"value": profiles.value(one.key, one.before[0]), "day": one.before[1]},
        }
        for one in checks
    ]


def _route_document(candidate: Candidate) -> Document:
    return {
        "id": candidate.platform.id,
        "name": candidate.platform.name,
        "kind": candidate.platform.kind,
        "status": candidate.platform.fact("status").value,
        "score": candidate.score,
        "rate": rate_document(candidate.rate),
        "safety": safety_document(candidate.safety),
        "own_record": record_document(candidate.platform.record),
        "flags": list(candidate.flags),
        "verify_first": candidate.verify_first,
    }


def rate_document(rate: Rate) -> Document:
    """Return an hourly range."""
    return {
        "low_fen_per_hour": rate.low_fen_per_hour,
        "mid_fen_per_hour": rate.mid_fen_per_hour,
        "high_fen_per_hour": rate.high_fen_per_hour,
        "basis": rate.basis,
        "own_gigs": rate.own_gigs,
        "as_of": rate.as_of,
        "own_net_fen_per_hour": rate.own_net_fen_per_hour,
        "paid_share": None if rate.paid_share is None else round(rate.paid_share, 3),
    }


def income_document(income: Income) -> Document:
    """Return pay per month or item."""
    return {
        "unit": income.unit,
        "low_fen": income.low_fen,
        "mid_fen": income.mid_fen,
        "high_fen": income.high_fen,
    }


def rate_line_document(line: Line) -> Document:
    """Return one line of the list of rates."""
    return {"key": line.key, "name": line.name, **rate_document(line.rate)}


def now_document(
    moment: Moment,
    picks: tuple[Sequence[Pick], Sequence[Pick]] | None,
    catalogue: Catalogue,
    now: datetime,
) -> Document:
    """Return what suits the moment; where no slot runs, no picks but the next slot."""
    tested, untested = picks or ((), ())
    upcoming = None
    if moment.upcoming is not None:
        free, one = moment.upcoming
        zone = settings.zone()
        upcoming = {
            "slot": f"s{free.slot.id}",
            "start": one.start.replace(tzinfo=zone).isoformat(),
            "end": one.end.replace(tzinfo=zone).isoformat(),
        }
    return {
        "as_of": catalogue.as_of,
        "now": now.isoformat(timespec="seconds"),
        "slot": None if moment.slot is None else f"s{moment.slot.slot.id}",
        "minutes": moment.minutes,
        "picks": [pick_document(pick) for pick in tested],
        "untested": [pick_document(pick) for pick in untested],
        "next": upcoming,
        "busy": None if moment.taken is None else calendars.busy_document(moment.taken),
    }
