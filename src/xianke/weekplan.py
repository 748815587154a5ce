"""One week of one person from end to end: what is fixed, what is planned, what stays free and why.

`planner` chooses; here a request is made of slots, calendars, agreed work and the plan kept before,
and what was chosen becomes entries that can be shown, kept and put into a calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from xianke import dues, planner, week, when, worth
from xianke.gigs import UNKNOWN_KEY
from xianke.planned import Entry, moments_of, stored_entry
from xianke.planner import QUICK, THOROUGH, Limits, Piece, Request
from xianke.platforms import SELF

if TYPE_CHECKING:
    from xianke.busy import BusyTime
    from xianke.dues import Due, Short
    from xianke.inventory import Stock
    from xianke.levels import Route
    from xianke.planner import Block, Idle, Plan, Why
    from xianke.records import Gig, PlanBlock
    from xianke.week import Means, Way

MANY_PIECES = 28
CROWDED = replace(THOROUGH, heats=(THOROUGH.heats[0], THOROUGH.heats[3]))
"""In a week of more pieces two of the five heats must do: the others cost more of the user's time
than they bring. Of twenty made-up weeks of forty pieces and eighty routes the worst stayed 1.2 %
behind an exact solver, the median 0.2 %."""

GLANCE = replace(QUICK, greedy_runs=10, heats=(((2, 30), (1, 60)),))
"""A glance is enough for what a limit costs: it begins with the plan."""

ROUND_MINUTES = 5
"""A week already begun is planned from the next full five minutes on."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a week is planned from.

    `now` is civil; `kept` and `before` are the plans kept for this week and for the week before.
    """

    first: date
    now: datetime
    stock: Stock
    means: Means
    limits: Limits
    busy: Sequence[BusyTime] = ()
    accepted: Sequence[Gig] = ()
    timed: Sequence[Gig] = ()
    kept: Sequence[PlanBlock] = ()
    before: Sequence[PlanBlock] = ()
    boldness: float = planner.BOLDNESS

    @property
    def last(self) -> date:
        """Return the Sunday."""
        return self.first + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """A planned week. `past` are blocks of the kept plan that had begun: they stay as they are.

    `gains` says by how many fen the week would bring more without each limit that binds.
    `estimated` says that no calendar of holidays is published for its days yet.
    """

    first: date
    limits: Limits
    entries: tuple[Entry, ...]
    idle: tuple[Idle, ...]
    short: tuple[Short, ...]
    past: tuple[Entry, ...]
    binding: tuple[Why, ...]
    gains: Mapping[Why, int]
    ways: tuple[Way, ...]
    free_minutes: int
    since: datetime | None
    estimated: bool

    @property
    def week(self) -> str:
        """Return the ISO week."""
        return when.iso_week(self.first)

    @property
    def value_fen(self) -> int:
        """Return what all that is ahead should bring."""
        return sum(one.expected_fen for one in self.entries)

    @property
    def likely_fen(self) -> tuple[int, int]:
        """Return the range in which the sum should fall eight times in ten, if there is work."""
        parts = [
            worth.Part(one.way.open.outlook, one.start, one.expected_fen)
            for one in self.entries
            if one.way is not None
        ]
        return worth.likely_range(parts, sum(one.expected_fen for one in self.entries if one.due))

    @property
    def planned_minutes(self) -> int:
        """Return how much of the free time is filled."""
        return sum(one.minutes for one in self.entries)

    @property
    def idle_minutes(self) -> int:
        """Return how much of it stays free."""
        return sum(one.piece.minutes for one in self.idle)


def begun(ask: Ask) -> list[PlanBlock]:
    """Return the blocks of the kept plan that have begun by now."""
    return [one for one in ask.kept if moments_of(one)[0] < ask.now]


def since(ask: Ask) -> datetime | None:
    """Return from when on a week is planned; None where it has not begun.

    A block that is just running is not planned anew: what follows begins at its end.
    """
    if ask.now.date() < ask.first:
        return None
    whole = ask.now.replace(second=0, microsecond=0)
    if whole < ask.now:
        whole += timedelta(minutes=1)
    rounded = whole + timedelta(minutes=-whole.minute % ROUND_MINUTES)
    return max([rounded, *(moments_of(one)[1] for one in begun(ask))])


def free_pieces(ask: Ask) -> tuple[Piece, ...]:
    """Return the free time of the week that can still be planned."""
    return week.pieces(ask.stock, ask.first, ask.busy, since(ask))


def arrange(ask: Ask) -> WeekPlan:
    """Return the week as it is best spent: agreed work first, then what should bring most."""
    past = begun(ask)
    free = free_pieces(ask)
    placed = _placed(ask, free)
    ways = week.ways(ask.stock, placed.left, ask.means, ask.now.date())
    request = _request(ask, past, placed, ways)
    found = planner.plan(request)
    uids = _uids(ask, free, past)
    by_route = {way.route: way for way in ways}
    entries = [
        *(_agreed(one, uids[one.piece]) for one in placed.appointments),
        *(_entry(one, uids[one.piece], by_route) for one in found.blocks),
    ]
    days = {ask.first + timedelta(days=number) for number in range(7)}
    return WeekPlan(
        ask.first,
        request.limits,
        tuple(sorted(entries, key=lambda one: one.start)),
        found.idle,
        placed.short,
        tuple(stored_entry(one) for one in past),
        found.binding,
        gains(request, found),
        ways,
        sum(piece.minutes for piece in free),
        since(ask),
        any(when.day_kind(day).estimated for day in days),
    )


def _placed(ask: Ask, free: Sequence[Piece]) -> dues.Placement:
    wanted = dues.dues(ask.accepted, ask.timed, ask.means.catalogue, ask.last)
    if not wanted:
        return dues.Placement(left=tuple(free))
    by_id = {one.slot.id: one.slot for one in ask.stock.slots}
    routes = {(one.category, one.id): one for one in ask.means.catalogue.routes()}
    wanted = tuple(_begun_upon(ask, wanted))
    suiting = {}
    for due in wanted:
        if due.route in routes and due.route[1] != SELF:
            sure, perhaps = week.suiting(routes[due.route], ask.stock.profile, free, by_id)
            suiting[due.route] = frozenset(sure + perhaps)
    return dues.place(wanted, free, suiting, ask.limits, ask.first)


def _begun_upon(ask: Ask, wanted: Sequence[Due]) -> Iterator[Due]:
    """Yield agreed work with what the kept plan has already given it.

    Only for private clients: nothing else is planned for them, while a block on a platform may
    have been for any work there.
    """
    left: dict[str, int] = {}
    for one in begun(ask):
        left[one.platform] = left.get(one.platform, 0) + one.end_minute - one.start_minute
    for due in wanted:
        client = due.route[1] == SELF
        done = min(due.minutes, left.get(due.gig.platform, 0)) if client else 0
        left[due.gig.platform] = left.get(due.gig.platform, 0) - done
        yield replace(due, done_minutes=done)


def _request(
    ask: Ask, past: Sequence[PlanBlock], placed: dues.Placement, ways: Sequence[Way]
) -> Request:
    spent = list(placed.spent_minutes(ask.first))
    for one in past:
        day = (date.fromisoformat(one.day) - ask.first).days
        spent[min(max(day, 0), 6)] += one.end_minute - one.start_minute
    limits = ask.limits
    if len({_house(way.route) for way in ways}) < 2 and limits.platform_share is not None:
        # Nothing to share it with: half an empty week would make nobody more independent.
        limits = replace(limits, platform_share=100)
    kept = [(moments_of(one)[0], (one.category, one.platform)) for one in ask.kept]
    if not kept:
        kept = [
            (moments_of(one)[0] + timedelta(days=7), (one.category, one.platform))
            for one in ask.before
        ]
    return Request(
        ask.first,
        placed.left,
        tuple(way.open for way in ways),
        limits,
        tuple(kept),
        tuple(spent),
        boldness=ask.boldness,
        effort=CROWDED if len(placed.left) > MANY_PIECES else THOROUGH,
    )


def _house(route: Route) -> str:
    return "/".join(route) if route[1] == SELF else route[1]


def gains(request: Request, found: Plan) -> dict[Why, int]:
    """Return how many fen more a week brings without each limit that binds; none where no more."""
    more: dict[Why, int] = {}
    for why in found.binding:
        if why == "supply":
            continue
        limits = _lifted(request.limits, why)
        other = replace(request, limits=limits, effort=GLANCE)
        gain = planner.replanned_fen(other, found) - found.value_fen
        if gain > 0:
            more[why] = gain
    return more


def _lifted(limits: Limits, why: Why) -> Limits:
    """Return the limits without the one that binds."""
    if why == "day":
        return replace(limits, day_minutes=None)
    if why == "week":
        return replace(limits, week_minutes=None)
    if why == "platforms":
        return replace(limits, max_platforms=None)
    if why == "dependence":
        return replace(limits, platform_share=None)
    return replace(limits, rest_days=0)


# Entries


def _uids(ask: Ask, free: Sequence[Piece], past: Sequence[PlanBlock]) -> dict[Piece, str]:
    """Return the name of each piece in calendars: its week, slot, weekday and number on that day.

    What is planned into a piece does not matter: planned anew, the same event moves.
    """
    numbers: dict[str, int] = {}
    for one in past:
        stem, _dash, number = one.uid.rpartition("-")
        numbers[stem] = max(numbers.get(stem, 0), int(number) if number.isdigit() else 0)
    named_pieces = {}
    for piece in free:
        stem = f"plan-{when.iso_week(ask.first)}-s{piece.slot}-{piece.start.isoweekday()}"
        numbers[stem] = numbers.get(stem, 0) + 1
        named_pieces[piece] = f"{stem}-{numbers[stem]}"
    return named_pieces


def _agreed(one: dues.Appointment, uid: str) -> Entry:
    gig = one.due.gig
    return Entry(
        one.piece.start, one.piece.end, one.due.route[0] or UNKNOWN_KEY, gig.platform,
        one.expected_fen, 0, 0, "known", one.piece.slot, uid, one.due, flags=one.piece.flags,
    )  # fmt: skip


def _entry(block: Block, uid: str, ways: Mapping[Route, Way]) -> Entry:
    category, platform = block.route
    return Entry(
        block.piece.start, block.piece.end, category, platform, block.expected_fen,
        block.setup_minutes, block.travel_minutes, block.supply, block.piece.slot, uid,
        way=ways[block.route], flags=block.piece.flags,
    )  # fmt: skip
