"""What a stored row looks like to the rest of the program: one frozen record per table.

`models.py` declares the same tables for the schema and for validation; a test holds the
columns of both against each other. Records carry no behaviour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

GigStatus = Literal["accepted", "delivered", "paid", "rejected", "cancelled"]
GIG_STATUSES: tuple[GigStatus, ...] = ("accepted", "delivered", "paid", "rejected", "cancelled")

Place = Literal["home", "office", "transit", "neighbourhood", "anywhere"]
PLACES: tuple[Place, ...] = ("home", "office", "transit", "neighbourhood", "anywhere")

Device = Literal["phone", "pc"]
DEVICES: tuple[Device, ...] = ("phone", "pc")


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
    """One answer about the person; absent means not known."""

    key: str
    value: str


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
    where the user did not say. `paid_day` is set while the status is `paid`.
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


@dataclass(frozen=True, slots=True)
class Payout:
    """Money received from a platform or client; `source` says how it is known."""

    id: int
    day: str
    amount_fen: int
    platform: str
    source: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """How much of a payout settles which gig."""

    id: int
    payout_id: int
    gig_id: int
    amount_fen: int


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

    `timed_*` cover only the gigs with minutes: they make the hourly rate.
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
