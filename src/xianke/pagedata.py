"""The figures of the page that `xianke report --html` writes, before anything is drawn.

Sums come from the same reports as the ones on the terminal, so that both agree to the fen; here
gaps are filled, shares taken, and open claims sorted by their age.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from xianke import owed, when
from xianke.gigs import FINISHED, UNEXPLAINED
from xianke.searches import is_search

if TYPE_CHECKING:
    from xianke.gigs import Report, Row
    from xianke.rates import Rate
    from xianke.records import Claim, Gig, Spend

Names = Callable[[str], str]

MOST_MONTHS = 24
"""Months side by side; what lies further back is listed only where something happened."""

MOST_WEEKS = 8
"""Weeks held against spare time: what somebody's weeks were like half a year ago says little."""

AGES = (7, 30, 90)
"""The last day of each age of a claim; what is older makes a fourth."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page is made of: reports of one range, and what rates, claims and spends say.

    `rates` are the own ones by platform, `stated` what the catalogue alone says of the same;
    `claims` are those of which something is still owed.
    `free_minutes` is None where no free time has been taken stock of.
    """

    platforms: Report
    months: Report
    weeks: Report
    heat: Mapping[tuple[int, int], int]
    rates: Mapping[str, Rate]
    stated: Mapping[str, Rate]
    claims: Sequence[Claim]
    spends: Sequence[Spend]
    free_minutes: int | None


@dataclass(frozen=True, slots=True)
class Span:
    """Days as ISO text, both included; None is an open end."""

    first: str | None
    last: str | None

    def holds(self, day: str) -> bool:
        """Return whether a day lies within."""
        return (self.first or day) <= day <= (self.last or day)

    def end(self, today: date) -> date:
        """Return the last day of which something can be known."""
        return today if self.last is None else min(today, date.fromisoformat(self.last))


@dataclass(frozen=True, slots=True)
class Month:
    """What one month brought and what came in; nothing happened in a month of zeros."""

    key: str
    gigs: int
    minutes: int
    net_fen: int
    received_fen: int


@dataclass(frozen=True, slots=True)
class Hourly:
    """What an hour on one platform brought, and the range of the next paid gig.

    `stated` is the catalogue's range alone; figures are None where nobody knows them.
    """

    name: str
    gigs: int
    timed_gigs: int
    net_fen_per_hour: int | None
    range_fen: tuple[int, int, int] | None
    stated_fen: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Part:
    """One platform's net; `permille` is its share of all gains, None where it gained nothing."""

    name: str
    net_fen: int
    permille: int | None


@dataclass(frozen=True, slots=True)
class Age:
    """What is owed for gigs done `first` to `last` days ago; the oldest age has no last day."""

    first: int
    last: int | None
    gigs: int
    fen: int


@dataclass(frozen=True, slots=True)
class Debtor:
    """What one platform still owes, and how many days the oldest of it is old."""

    name: str
    gigs: int
    fen: int
    oldest_days: int


@dataclass(frozen=True, slots=True)
class Deposit:
    """A deposit that has not come back."""

    name: str
    day: str
    fen: int


@dataclass(frozen=True, slots=True)
class Week:
    """The minutes of one ISO week; it is not `whole` where the range cuts it or it still runs."""

    key: str
    minutes: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Spare:
    """Minutes worked in the last weeks beside those that are free in a nominal week.

    `permille` is the share of free time that was used in whole weeks, None where unknown; it
    goes beyond a thousand when somebody works outside the slots.
    """

    free_minutes: int | None
    weeks: tuple[Week, ...]
    permille: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows; `report` is the one by platform."""

    span: Span
    report: Report
    months: tuple[Month, ...]
    hourly: tuple[Hourly, ...]
    untimed: tuple[str, ...]
    heat: Mapping[tuple[int, int], int]
    parts: tuple[Part, ...]
    ages: tuple[Age, ...]
    debtors: tuple[Debtor, ...]
    deposits: tuple[Deposit, ...]
    spare: Spare

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to show but the free time."""
        return not (self.months or self.report.rows or self.deposits)


def page(sources: Sources, span: Span, today: date, name_of: Names) -> Page:
    """Return the figures of the page for a range of days, as they stand *today*."""
    claims = [claim for claim in sources.claims if span.holds(claim.gig.day)]
    rows = [row for row in sources.platforms.rows if row.key != UNEXPLAINED]
    return Page(
        span=span,
        report=sources.platforms,
        months=months(sources.months.rows, span.end(today)),
        hourly=hourly(rows, sources.rates, sources.stated),
        untimed=tuple(row.name for row in rows if row.gigs and not row.timed_gigs),
        heat=sources.heat,
        parts=parts(rows),
        ages=ages(claims, today),
        debtors=debtors(claims, today, name_of),
        deposits=deposits(sources.spends, span, name_of),
        spare=spare(sources.weeks.rows, sources.free_minutes, span, today),
    )


def rated(gigs: Iterable[Gig]) -> list[Gig]:
    """Return the gigs that say something about an hour: finished, and with minutes.

    So does time that was spent on looking for work in vain.
    """
    return [
        gig
        for gig in gigs
        if (gig.status in FINISHED or is_search(gig))
        and gig.worked_minutes is not None
        and gig.worked_minutes + gig.unpaid_minutes > 0
    ]


def months(rows: Iterable[Row], end: date) -> tuple[Month, ...]:
    """Return the months in order, up to that of *end*, with zeros where nothing happened.

    Only the last `MOST_MONTHS` are without gaps: a slip in a year must not make a thousand.
    """
    known = {
        row.key: Month(row.key, row.gigs, _minutes(row), row.net_fen, row.received_fen)
        for row in rows
        if row.key != UNEXPLAINED
    }
    if not known:
        return ()
    last = max(*known, f"{end:%Y-%m}")
    index = int(last[:4]) * 12 + int(last[5:]) - 1
    window = (divmod(index - back, 12) for back in range(MOST_MONTHS))
    keys = (f"{year:04d}-{month + 1:02d}" for year, month in window)
    gaps = {key: Month(key, 0, 0, 0, 0) for key in keys if key > min(known)}
    return tuple(month for _key, month in sorted({**gaps, **known}.items()))


def hourly(
    rows: Iterable[Row], rates: Mapping[str, Rate], stated: Mapping[str, Rate]
) -> tuple[Hourly, ...]:
    """Return what an hour brought on each platform with minutes, best first."""
    found = [
        Hourly(
            row.name,
            row.gigs,
            row.timed_gigs,
            row.net_fen_per_hour,
            _range(rates.get(row.key)),
            _ends(stated.get(row.key)),
        )
        for row in rows
        if row.timed_gigs
    ]
    return tuple(sorted(found, key=lambda one: (-(one.net_fen_per_hour or 0), one.name)))


def _range(rate: Rate | None) -> tuple[int, int, int] | None:
    if rate is None or rate.basis == "none":
        return None
    low, mid, high = rate.low_fen_per_hour, rate.mid_fen_per_hour, rate.high_fen_per_hour
    return None if low is None or mid is None or high is None else (low, mid, high)


def _ends(rate: Rate | None) -> tuple[int, int] | None:
    found = _range(rate)
    return None if found is None else (found[0], found[2])


def parts(rows: Iterable[Row]) -> tuple[Part, ...]:
    """Return each platform's net, the most first, with its share of everything gained.

    Shares are of the gains alone, in tenths of a percent that add up to a hundred percent:
    set against a sum that losses have made smaller, they would add up to more.
    """
    found = [row for row in rows if row.gigs or row.net_fen]
    gains = [row.net_fen for row in found if row.net_fen > 0]
    shares = iter(_permilles(gains))
    return tuple(
        Part(row.name, row.net_fen, next(shares) if row.net_fen > 0 else None) for row in found
    )


def _permilles(amounts: Sequence[int]) -> list[int]:
    """Split a thousand by largest remainder."""
    whole = sum(amounts)
    shares = [amount * 1000 // whole for amount in amounts]
    by_rest = sorted(range(len(amounts)), key=lambda index: -(amounts[index] * 1000 % whole))
    for index in by_rest[: 1000 - sum(shares)]:
        shares[index] += 1
    return shares


def _days(claim: Claim, today: date) -> int:
    # Done on a day yet to come, say by a clock that was wrong: as young as can be.
    return max((today - date.fromisoformat(claim.gig.day)).days, 0)


def ages(claims: Iterable[Claim], today: date) -> tuple[Age, ...]:
    """Return what is owed by how long ago it was earned; nothing where nothing is owed."""
    edges = [0, *(last + 1 for last in AGES)]
    found = [[0, 0] for _first in edges]
    for claim in claims:
        cell = found[sum(_days(claim, today) > last for last in AGES)]
        cell[0] += 1
        cell[1] += owed.outstanding_fen(claim)
    if not any(gigs for gigs, _fen in found):
        return ()
    return tuple(
        Age(first, last, gigs, fen)
        for first, last, (gigs, fen) in zip(edges, [*AGES, None], found, strict=True)
    )


def debtors(claims: Iterable[Claim], today: date, name_of: Names) -> tuple[Debtor, ...]:
    """Return who owes something, the most first."""
    by_platform: dict[str, list[Claim]] = {}
    for claim in claims:
        by_platform.setdefault(claim.gig.platform, []).append(claim)
    found = [
        Debtor(
            name_of(key),
            len(own),
            sum(owed.outstanding_fen(claim) for claim in own),
            max(_days(claim, today) for claim in own),
        )
        for key, own in sorted(by_platform.items())
    ]
    return tuple(sorted(found, key=lambda one: -one.fen))


def deposits(spends: Iterable[Spend], span: Span, name_of: Names) -> tuple[Deposit, ...]:
    """Return the deposits of the range that are still out, oldest first."""
    return tuple(
        Deposit(name_of(spend.platform), spend.day, spend.amount_fen)
        for spend in owed.deposits_out(spends, span.first, span.last)
    )


def spare(rows: Iterable[Row], free_minutes: int | None, span: Span, today: date) -> Spare:
    """Return the worked minutes of the last weeks of the range beside the free ones.

    Weeks begin with the first one in which a gig was done: before that nothing was measured.
    """
    minutes = {row.key: _minutes(row) for row in rows if row.gigs and row.key != UNEXPLAINED}
    end = span.end(today)
    weeks = []
    for back in range(MOST_WEEKS - 1, -1, -1):
        monday = end - timedelta(days=end.weekday(), weeks=back)
        sunday = monday + timedelta(days=6)
        key = when.iso_week(monday)
        begun = minutes and key >= min(minutes)
        if begun and (span.first is None or sunday.isoformat() >= span.first):
            inside = span.holds(monday.isoformat()) and span.holds(sunday.isoformat())
            weeks.append(Week(key, minutes.get(key, 0), whole=inside and sunday < today))
    measured = [week.minutes for week in weeks if week.whole]
    share = None
    if free_minutes and measured:
        share = sum(measured) * 1000 // (free_minutes * len(measured))
    return Spare(free_minutes, tuple(weeks), share)


def _minutes(row: Row) -> int:
    return row.worked_minutes + row.unpaid_minutes
