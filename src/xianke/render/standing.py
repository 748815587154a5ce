"""How safe a platform is and how it has treated the user, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xianke.reasons import own_record_text

if TYPE_CHECKING:
    from xianke.ownrecord import OwnRecord
    from xianke.platforms import Safety

Document = dict[str, Any]


def safety_document(safety: Safety) -> Document:
    """Return how safe a platform is; `worst` is a fact or a flag of own experience."""
    return {
        "known": safety.known,
        "total": safety.total,
        "letter": safety.letter,
        "worst": safety.worst,
    }


def record_document(record: OwnRecord | None) -> Document | None:
    """Return how a platform has treated the user, None without own gigs or deposits there."""
    if record is None:
        return None
    return {
        "gigs": record.gigs,
        "paid": record.paid,
        "rejected": record.rejected,
        "unpaid": record.unpaid,
        "judged": record.judged,
        "late": record.late,
        "latest_days": record.latest_days,
        "median_late_days": record.median_late_days,
        "usual_days": record.usual_days,
        "arrivals": record.arrivals,
        "written_off_fen": record.written_off_fen,
        "deposit_out_fen": record.deposit_out_fen,
        "deposit_kept_fen": record.deposit_kept_fen,
        "best_letter": record.best_letter,
        "text": own_record_text(record),
    }
