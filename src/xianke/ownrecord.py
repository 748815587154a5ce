"""How a platform has treated its user: money late or never, work refused, deposits kept.

What somebody else says of a platform is weighed against it: own experience takes letters away,
and tells how fast money comes where nobody has said so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xianke.catalogue import Fact

if TYPE_CHECKING:
    from xianke.catalogue import Catalogue, Platform
    from xianke.records import Outcome, Spend

LEAST_DELAYS = 3
"""Fewer payments of one's own say nothing about what is usual."""
LATE_FIFTHS = 4
"""What is usual is what four in five of the own payments had reached."""
STATED_GRACE = 7
"""What somebody else says about a platform is taken with a week to spare."""

RECORD_DAYS = 730
"""Gigs of the last two years count: platforms change, and older word is out of date as well."""

NEVER_DAYS = 60
"""Money that is sixty days late counts as never come, until it comes. Judgement."""

QUICK_DAYS = 7
"""Money within a week of the work is fast; weekly settlement is the slowest that protects."""

FREE_TROUBLES = 1
"""One late payment or one refusal may be a holiday or bad luck: they weigh from the second on."""
UNPAID_WEIGHT = 1.0
TROUBLE_WEIGHT = 0.5
"""What never came weighs whole; what came late, or work that was refused, half."""

FIRST_GOOD = 5
"""Good gigs that a platform is lent before own ones: one bad gig must not decide. Judgement."""

LETTER_TROUBLE: Mapping[str, float] = {"A": 0.05, "B": 0.25, "C": 0.5}
"""The most trouble per good gig with which a letter can be kept: at A one in twenty went wrong,
so that money that never came takes the A away until some fifteen gigs were paid on time."""

SCORE_STRENGTH = 2.0
"""How hard trouble presses on the safety part of a score: one per two good gigs halves it."""

OWN_FLAGS = ("own_unpaid", "own_late", "own_rejections")
"""The warnings of own experience, worst first."""

FLAG_LEAST, FLAG_SHARE = 2, 0.2
"""Late payments and refusals are a warning from two of them on that make a fifth of all."""


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """The own gigs of the last two years on one platform, and how they ended.

    `gigs` are delivered, paid or rejected. `good` were paid and not noted to be late; `late` were
    paid late or are overdue, by at most `latest_days` and `median_late_days` in the middle;
    `unpaid` were written off or are long overdue. `arrivals` are payments with a day of their
    own, `quick` those within a week; four in five had come `usual_days` after the work.
    """

    platform: str
    gigs: int = 0
    paid: int = 0
    rejected: int = 0
    unpaid: int = 0
    good: int = 0
    late: int = 0
    latest_days: int | None = None
    median_late_days: int | None = None
    arrivals: int = 0
    quick: int = 0
    usual_days: int | None = None
    written_off_fen: int = 0
    deposit_out_fen: int = 0
    deposits_kept: int = 0
    deposit_kept_fen: int = 0
    last_day: str | None = None

    @property
    def judged(self) -> int:
        """Return the gigs of which the money came, or should have come and may still."""
        return self.good + self.late

    @property
    def trouble(self) -> float:
        """Return what went wrong per good gig; a few lent ones keep it from jumping.

        A good gig never raises it and a bad one never lowers it: they stand on different sides.
        """
        minor = max(self.late - FREE_TROUBLES, 0) + max(self.rejected - FREE_TROUBLES, 0)
        bad = UNPAID_WEIGHT * (self.unpaid + self.deposits_kept) + TROUBLE_WEIGHT * minor
        return bad / (self.good + FIRST_GOOD)

    @property
    def best_letter(self) -> str:
        """Return the best letter that can be kept with this much trouble."""
        for letter, most in LETTER_TROUBLE.items():
            if self.trouble <= most:
                return letter
        return "D"

    @property
    def share_left(self) -> float:
        """Return what is left of the safety part of a score, 1 without any trouble."""
        return 1 / (1 + SCORE_STRENGTH * self.trouble)

    @property
    def flags(self) -> tuple[str, ...]:
        """Return the codes of what own experience warns of, worst first."""
        found = []
        if self.unpaid or self.deposits_kept:
            found.append("own_unpaid")
        if _is_often(self.late, self.judged):
            found.append("own_late")
        if _is_often(self.rejected, self.paid + self.rejected):
            found.append("own_rejections")
        return tuple(found)

    @property
    def says_fast(self) -> bool:
        """Return whether enough own payments came within a week, and hardly any did not."""
        slow = self.arrivals - self.quick + self.late + self.unpaid
        return self.quick >= LEAST_DELAYS and self.quick >= LATE_FIFTHS * slow

    @property
    def settlement(self) -> str | None:
        """Return the word for how fast money comes, where own payments say that it is fast."""
        if not self.says_fast or self.usual_days is None:
            return None
        return (
            "daily" if self.usual_days <= 1 else "1_to_3_days" if self.usual_days <= 3 else "weekly"
        )


def _is_often(count: int, whole: int) -> bool:
    return count >= FLAG_LEAST and count >= FLAG_SHARE * whole


def of(
    outcomes: Iterable[Outcome], spends: Iterable[Spend], stated: Callable[[str], int | None]
) -> dict[str, OwnRecord]:
    """Return the record of every platform with own gigs or deposits.

    *stated* is how many days money takes by what is said of a platform, None where nobody says it.
    """
    gathered: dict[str, list[Outcome]] = {}
    for one in outcomes:
        gathered.setdefault(one.platform, []).append(one)
    deposits: dict[str, list[Spend]] = {}
    for spend in spends:
        if spend.kind == "deposit":
            deposits.setdefault(spend.platform, []).append(spend)
    return {
        name: _with_deposits(
            _record(name, gathered.get(name, ()), stated(name)), deposits.get(name, ())
        )
        for name in sorted({*gathered, *deposits})
    }


def _record(name: str, outcomes: Iterable[Outcome], stated: int | None) -> OwnRecord:
    counts = dict.fromkeys(("gigs", "paid", "rejected", "unpaid", "good", "quick"), 0)
    late_by: dict[int, int] = {}
    came_after: dict[int, int] = {}
    lost_fen, last_day = 0, ""
    for one in outcomes:
        by = _late_by(one, stated)
        lost_fen += one.lost_fen
        last_day = max(last_day, one.last_day)
        counts["gigs"] += one.gigs
        paid = one.status == "paid" and not one.lost
        counts["paid"] += one.gigs * paid
        counts["rejected"] += one.gigs * (one.status == "rejected")
        if one.lost or (one.status == "delivered" and by is not None and by > NEVER_DAYS):
            counts["unpaid"] += one.gigs
            continue
        # Open money that is not due yet says nothing either way.
        if by is not None and by > 0:
            late_by[by] = late_by.get(by, 0) + one.gigs
        elif paid:
            counts["good"] += one.gigs
        if paid and one.days is not None:
            after = max(one.days, 0)
            came_after[after] = came_after.get(after, 0) + one.gigs
            counts["quick"] += one.gigs * (after <= QUICK_DAYS and not (by or 0) > 0)
    return OwnRecord(
        name,
        **counts,
        late=sum(late_by.values()),
        latest_days=max(late_by, default=None),
        median_late_days=_reached(late_by, 1, 2),
        arrivals=sum(came_after.values()),
        usual_days=_reached(came_after, LATE_FIFTHS, 5),
        written_off_fen=lost_fen,
        last_day=last_day or None,
    )


def _late_by(one: Outcome, stated: int | None) -> int | None:
    """Return how many days late the money is or came: 0 on time, None where nobody can say.

    The day that was agreed on decides; failing that, what is said of the platform, with the week
    to spare that `owed` grants as well.
    """
    if one.due_days is not None:
        return max(one.due_days, 0)
    if stated is None or one.days is None:
        return None
    return one.days - stated if one.days > stated + STATED_GRACE else 0


def _reached(counts: Mapping[int, int], part: int, of_parts: int) -> int | None:
    """Return the days by which *part* of *of_parts* had come."""
    wanted = -(-sum(counts.values()) * part // of_parts)
    for days in sorted(counts):
        wanted -= counts[days]
        if wanted <= 0:
            return days
    return None


def _with_deposits(record: OwnRecord, deposits: Iterable[Spend]) -> OwnRecord:
    out = kept = kept_fen = 0
    for spend in deposits:
        if spend.returned_day is None:
            out += spend.amount_fen
        elif (gone := spend.amount_fen - (spend.returned_fen or 0)) > 0:
            kept += 1
            kept_fen += gone
    return replace(record, deposit_out_fen=out, deposits_kept=kept, deposit_kept_fen=kept_fen)


def laid_over(known: Catalogue, records: Mapping[str, OwnRecord]) -> Catalogue:
    """Return the catalogue with every platform's own record, as it stands for this user."""
    if not records:
        return known
    judged = {
        name: _with_record(known.platforms[name], record)
        for name, record in records.items()
        if name in known.platforms
    }
    return replace(known, platforms={**known.platforms, **judged})


def _with_record(platform: Platform, record: OwnRecord) -> Platform:
    facts = platform.facts
    word = record.settlement
    if word is not None and platform.fact("settlement").value is None:
        told = Fact(word, record.last_day, "own", own=True, payments=record.quick)
        facts = {**facts, "settlement": told}
    return replace(platform, facts=facts, record=record)
