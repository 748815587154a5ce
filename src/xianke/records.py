"""What a stored row looks like to the rest of the program: one frozen record per table.

`models.py` declares the same tables for the schema and for validation; a test holds the
columns of both against each other. Records carry no behaviour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

GigStatus = Literal["accepted", "delivered", "paid", "rejected", "cancelled", "none_found"]
GIG_STATUSES: tuple[GigStatus, ...] = (
    "accepted",
    "delivered",
    "paid",
    "rejected",
    "cancelled",
    "none_found",
)
"""`none_found` is no gig at all: time spent on looking for one, without finding any."""

Place = Literal["home", "office", "transit", "neighbourhood", "anywhere"]
PLACES: tuple[Place, ...] = ("home", "office", "transit", "neighbourhood", "anywhere")

Device = Literal["phone", "pc"]
DEVICES: tuple[Device, ...] = ("phone", "pc")

PRIVATE = "private"
"""What a row of a bill is assigned to when it is the user's own affair: wages, friends."""

SpendKind = Literal["plain", "deposit", "refund"]

Supply = Literal["known", "unknown"]
GoalUnit = Literal["week", "month"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A recurring or dated piece of free time; `rule` is its canonical Chinese text.

    `devices` is a comma-separated choice of the user's, or None for the default of the place.
    """

    id: int
    rule: str
    label: str | None
    place: Place
    devices: str | None
    driving: bool


@dataclass(frozen=True, slots=True)
class Skill:
    """A light skill; `key` is a vocabulary id, or the name itself for a skill of the user's own."""

    id: int
    key: str
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Asset:
    """An idle thing; `key` is a vocabulary id, or the name itself for one of the user's own."""

    id: int
    key: str
    name: str
    idle: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """One answer about the person and the day it was given; absent means not known."""

    key: str
    value: str
    day: str | None = None


@dataclass(frozen=True, slots=True)
class OwnPlatform:
    """A platform or private client that the user added; never part of the shipped catalogue."""

    id: str
    name: str
    kind: str
    category: str | None
    note: str | None
    added_on: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the user learned about a platform: one field, one value, on one day."""

    id: int
    platform: str
    field: str
    value: str
    day: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Gig:
    """One gig, or several small jobs logged as one (`orders`).

    Days are civil days of the store's zone; `start_minute` and `worked_minutes` are None
    where the user did not say. `paid_day` is set while the status is `paid`. `kept_fen` is
    what a bill showed the platform to have kept beyond `fee_fen`. `paid_by_bill` says that it is
    a bill, not the user, that made it paid; `import_key` which row of a file it came from.
    """

    id: int
    platform: str
    category: str | None
    day: str
    start_minute: int | None
    orders: int
    worked_minutes: int | None
    unpaid_minutes: int
    gross_fen: int
    fee_fen: int
    cost_fen: int
    tax_fen: int
    status: GigStatus
    due: str | None
    paid_day: str | None
    rating: int | None
    note: str | None
    kept_fen: int = 0
    paid_by_bill: bool = False
    import_key: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """One import: `source` is the kind of bill, `files` their names."""

    id: int
    at: str
    source: str
    files: str


@dataclass(frozen=True, slots=True)
class BillRow:
    """One row of an imported bill; `at` is civil time, a day alone where the bill has no clock.

    `key` makes it the same row in another export. Texts are kept only of what may be income or
    a refund to a buyer. `assigned` is a platform's id, `private`, or None for nobody yet.
    """

    id: int
    batch_id: int
    key: str
    account: str
    at: str
    direction: str
    amount_fen: int
    verdict: str
    counterparty: str
    item: str
    kind: str
    status: str
    note: str
    number: str | None
    merchant_number: str | None
    assigned: str | None
    assigned_by: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of bills with `text` in `field` belong to `target`, so sure in percent.

    A target of None means: ask. `base` names the shipped rule that this one replaces; `hits` and
    `misses` count how often the user decided so and otherwise.
    """

    id: int
    base: str | None
    field: str
    text: str
    target: str | None
    confidence: int
    origin: str
    hits: int
    misses: int
    enabled: bool
    added_on: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column of a table plays which part, as it was typed: `date=日期,amount=金额`."""

    id: int
    columns: str
    added_on: str


@dataclass(frozen=True, slots=True)
class Payout:
    """Money received from a platform or client; `source` says how it is known.

    `gig_id` is set where it only says that the user called this gig paid; such a payout stands
    for what no other covers. `replaced_by` names the imported payout that turned out to be this
    one; it then counts nowhere. `fixed` means that the user decided what it settles.
    """

    id: int
    day: str
    amount_fen: int
    platform: str
    source: str
    bill_row_id: int | None = None
    gig_id: int | None = None
    replaced_by: int | None = None
    fixed: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """How much of a payout settles which gig."""

    id: int
    payout_id: int
    gig_id: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class WriteOff:
    """Money of a gig that will not come any more."""

    id: int
    gig_id: int
    day: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Spend:
    """Money paid for a platform; a deposit is out until `returned_day`, and the rest is lost."""

    id: int
    day: str
    platform: str
    amount_fen: int
    kind: SpendKind
    returned_day: str | None
    returned_fen: int | None
    bill_row_id: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Timer:
    """The stopwatch that runs; `started_at` is an ISO instant with its offset."""

    id: int
    platform: str
    category: str | None
    started_at: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar read from a file: `source` is its whole path, from which it is read again.

    Known are the busy times from `first_day` to `last_day`, both included; `imported_at` is an
    ISO instant with its offset.
    """

    id: int
    name: str
    source: str
    first_day: str
    last_day: str
    imported_at: str


@dataclass(frozen=True, slots=True)
class Busy:
    """A time that a calendar takes: civil minutes of the store's zone, `2026-11-30T09:00`."""

    id: int
    calendar_id: int
    start: str
    end: str
    title: str | None
    all_day: bool


@dataclass(frozen=True, slots=True)
class PlanBlock:
    """One block of the plan kept for a week; `end_minute` is beyond 1440 past midnight.

    `expected_fen` is what it should bring after set-up and travel. `slot_id` says out of which
    slot it was planned, which may be gone since; `uid` names it in calendars.
    """

    id: int
    week: str
    day: str
    start_minute: int
    end_minute: int
    slot_id: int | None
    category: str
    platform: str
    expected_fen: int
    setup_minutes: int
    travel_minutes: int
    supply: Supply
    uid: str


@dataclass(frozen=True, slots=True)
class Goal:
    """What the user wants to earn per week or month, from the day it was set."""

    id: int
    amount_fen: int
    unit: GoalUnit
    set_on: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One writing command in the journal: what `undo` reverses and names."""

    id: int
    at: str
    action: str
    subject: str
    undone_at: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One row changed by an entry; `before` and `after` are JSON, None where there was no row."""

    id: int
    entry_id: int
    table_name: str
    row_key: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Sums:
    """What the gigs of one cell of a report add up to; `key` is the cell, None where unknown.

    `timed_net_fen` and `timed_minutes` cover what has minutes: they make the hourly rate. What
    was spent on looking for work in vain is in them, as in all sums, but it is no gig;
    `searched_minutes` are how many of the unpaid minutes went that way.
    """

    key: str | None
    gigs: int
    timed_gigs: int
    worked_minutes: int
    unpaid_minutes: int
    gross_fen: int
    fee_fen: int
    cost_fen: int
    tax_fen: int
    timed_net_fen: int
    timed_minutes: int
    searched_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How some gigs of one platform ended, all alike, counted by the store.

    `lost` were written off, `lost_fen` in all. `days` lie between the work and the money, or today
    where it is still to come; None where nobody noted when it came. `due_days` lie between the day
    that was agreed on and then, negative before it; None where nothing was agreed.
    """

    platform: str
    status: str
    lost: bool
    due_days: int | None
    days: int | None
    gigs: int
    lost_fen: int
    last_day: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivered or paid gig with what payouts have settled of it and what was written off."""

    gig: Gig
    settled_fen: int
    written_off_fen: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A payout with how much of it settles gigs; the rest is not explained yet."""

    payout: Payout
    settled_fen: int
