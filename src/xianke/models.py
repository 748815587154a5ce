"""The tables: the one declaration of the schema and of what a valid row is.

`make schema` writes `store/schema.sql` from here. Restored and bulk data is checked with
`Model.model_validate`; a `table=True` constructor does not validate.
"""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator
from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

_STATUSES = "'accepted', 'delivered', 'paid', 'rejected', 'cancelled', 'none_found'"
_PLACES = "'home', 'office', 'transit', 'neighbourhood', 'anywhere'"
_DIRECTIONS = "'in', 'out', 'neutral'"
_VERDICTS = "'received', 'pending', 'refund', 'transfer', 'expense', 'closed', 'unknown'"
_NONE = {"server_default": text("0")}
"""For columns that came later: SQLite adds none that may not be empty without a default."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return text


def _a_day(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("must be written as 2026-11-22")
    date.fromisoformat(text)
    return text


def _a_minute(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}", text):
        raise ValueError("must be written as 2026-11-22T09:00")
    datetime.fromisoformat(text)
    return text


def _a_week(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-W[0-9]{2}", text):
        raise ValueError("must be written as 2026-W47")
    date.fromisoformat(f"{text}-1")
    return text


Text = Annotated[str, AfterValidator(_not_blank)]
Day = Annotated[str, AfterValidator(_a_day)]
Minute = Annotated[str, AfterValidator(_a_minute)]
Week = Annotated[str, AfterValidator(_a_week)]


class Slot(SQLModel, table=True):
    """A recurring or dated piece of free time."""

    __tablename__ = "slot"
    __table_args__ = (
        CheckConstraint(f"place IN ({_PLACES})", name="slot_place"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    rule: Text
    label: str | None = None
    place: str
    devices: str | None = None
    driving: bool = False


class Skill(SQLModel, table=True):
    """A light skill and how well the user has it, 1 to 5."""

    __tablename__ = "skill"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="skill_level"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    key: Text = Field(unique=True)
    name: Text
    level: int = Field(ge=1, le=5)


class Asset(SQLModel, table=True):
    """An idle thing."""

    __tablename__ = "asset"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    key: Text = Field(unique=True)
    name: Text
    idle: str | None = None
    note: str | None = None


class ProfileEntry(SQLModel, table=True):
    """One answer about the person."""

    __tablename__ = "profile"

    key: Text = Field(primary_key=True)
    value: Text
    day: str | None = None


class OwnPlatform(SQLModel, table=True):
    """A platform or private client of the user's own."""

    __tablename__ = "own_platform"
    __table_args__ = (CheckConstraint("kind IN ('platform', 'client')", name="own_platform_kind"),)

    id: Text = Field(primary_key=True)
    name: Text = Field(unique=True)
    kind: str
    category: str | None = None
    note: str | None = None
    added_on: Day


class Evidence(SQLModel, table=True):
    """One thing the user learned about a platform."""

    __tablename__ = "evidence"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    platform: Text = Field(index=True)
    field: Text
    value: Text
    day: Day
    note: str | None = None


class Gig(SQLModel, table=True):
    """One gig and its money, in fen."""

    __tablename__ = "gig"
    __table_args__ = (
        CheckConstraint(f"status IN ({_STATUSES})", name="gig_status"),
        CheckConstraint("orders >= 1", name="gig_orders"),
        CheckConstraint("start_minute BETWEEN 0 AND 1439", name="gig_start"),
        CheckConstraint("worked_minutes >= 0 AND unpaid_minutes >= 0", name="gig_minutes"),
        CheckConstraint(
            "gross_fen >= 0 AND fee_fen >= 0 AND cost_fen >= 0 AND tax_fen >= 0", name="gig_money"
        ),
        CheckConstraint("rating BETWEEN 1 AND 5", name="gig_rating"),
        CheckConstraint("(status = 'paid') = (paid_day IS NOT NULL)", name="gig_paid_day"),
        # Time looked for work in vain: it has minutes and perhaps a cost, and nothing else.
        CheckConstraint(
            "status <> 'none_found' OR (worked_minutes = 0 AND unpaid_minutes > 0 "
            "AND gross_fen + fee_fen + kept_fen + tax_fen = 0)",
            name="gig_none_found",
        ),
        Index("ux_gig_import_key", "import_key", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    platform: Text = Field(index=True)
    category: str | None = None
    day: Day = Field(index=True)
    start_minute: int | None = Field(default=None, ge=0, le=1439)
    orders: int = Field(default=1, ge=1)
    worked_minutes: int | None = Field(default=None, ge=0)
    unpaid_minutes: int = Field(default=0, ge=0)
    gross_fen: int = Field(ge=0)
    fee_fen: int = Field(default=0, ge=0)
    cost_fen: int = Field(default=0, ge=0)
    tax_fen: int = Field(default=0, ge=0)
    status: str
    due: Day | None = None
    paid_day: Day | None = None
    rating: int | None = Field(default=None, ge=1, le=5)
    note: str | None = None
    kept_fen: int = Field(default=0, ge=0, sa_column_kwargs=_NONE)
    paid_by_bill: bool = Field(default=False, sa_column_kwargs=_NONE)
    import_key: str | None = None


class Batch(SQLModel, table=True):
    """One import: which files, and when."""

    __tablename__ = "batch"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    at: Text
    source: Text
    files: Text


class BillRow(SQLModel, table=True):
    """One row of a bill. What the user spent is remembered by its key alone, without texts."""

    __tablename__ = "bill_row"
    __table_args__ = (
        CheckConstraint(f"direction IN ({_DIRECTIONS})", name="bill_row_direction"),
        CheckConstraint(f"verdict IN ({_VERDICTS})", name="bill_row_verdict"),
        CheckConstraint("amount_fen >= 0", name="bill_row_amount"),
        CheckConstraint("assigned_by IN ('rule', 'user')", name="bill_row_assigned_by"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True, ondelete="CASCADE")
    key: Text = Field(unique=True)
    account: Text = Field(index=True)
    at: Text
    direction: str
    amount_fen: int = Field(ge=0)
    verdict: str
    counterparty: str
    item: str
    kind: str
    status: str
    note: str
    number: str | None = None
    merchant_number: str | None = None
    assigned: str | None = Field(default=None, index=True)
    assigned_by: str | None = None


class Rule(SQLModel, table=True):
    """Whom rows of bills belong to, by words in them; `base` names the shipped rule it replaces."""

    __tablename__ = "rule"
    __table_args__ = (
        CheckConstraint("confidence BETWEEN 0 AND 100", name="rule_confidence"),
        CheckConstraint("origin IN ('user', 'learned')", name="rule_origin"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    base: str | None = Field(default=None, unique=True)
    field: Text
    text: Text
    target: str | None = None
    confidence: int = Field(ge=0, le=100)
    origin: str
    hits: int = Field(default=0, ge=0)
    misses: int = Field(default=0, ge=0)
    enabled: bool = True
    added_on: Day


class Mapping(SQLModel, table=True):
    """Which column of a table plays which part, for tables with this header."""

    __tablename__ = "mapping"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    columns: Text = Field(unique=True)
    added_on: Day


class Payout(SQLModel, table=True):
    """Money received from a platform or client."""

    __tablename__ = "payout"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="payout_amount"),
        CheckConstraint("source IN ('typed', 'imported')", name="payout_source"),
        Index("ux_payout_bill_row", "bill_row_id", unique=True),
        Index("ix_payout_gig", "gig_id"),
        Index("ix_payout_platform", "platform"),
        Index("ix_payout_replaced_by", "replaced_by"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    day: Day = Field(index=True)
    amount_fen: int = Field(gt=0)
    platform: Text
    source: str
    bill_row_id: int | None = Field(default=None, foreign_key="bill_row.id")
    gig_id: int | None = Field(default=None, foreign_key="gig.id")
    replaced_by: int | None = Field(default=None, foreign_key="payout.id")
    fixed: bool = Field(default=False, sa_column_kwargs=_NONE)
    note: str | None = None


class Settlement(SQLModel, table=True):
    """How much of a payout settles which gig."""

    __tablename__ = "settlement"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="settlement_amount"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    payout_id: int = Field(foreign_key="payout.id", index=True)
    gig_id: int = Field(foreign_key="gig.id", index=True)
    amount_fen: int = Field(gt=0)


class WriteOff(SQLModel, table=True):
    """Money of a gig that will not come any more."""

    __tablename__ = "write_off"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="write_off_amount"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    gig_id: int = Field(foreign_key="gig.id", unique=True)
    day: Day
    amount_fen: int = Field(gt=0)


class Spend(SQLModel, table=True):
    """Money paid for a platform: a plain cost, a deposit, or a refund to a buyer."""

    __tablename__ = "spend"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="spend_amount"),
        CheckConstraint("kind IN ('plain', 'deposit', 'refund')", name="spend_kind"),
        CheckConstraint("(returned_day IS NULL) = (returned_fen IS NULL)", name="spend_returned"),
        CheckConstraint("returned_fen BETWEEN 0 AND amount_fen", name="spend_returned_fen"),
        Index("ux_spend_bill_row", "bill_row_id", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    day: Day
    platform: Text = Field(index=True)
    amount_fen: int = Field(gt=0)
    kind: str
    returned_day: Day | None = None
    returned_fen: int | None = Field(default=None, ge=0)
    bill_row_id: int | None = Field(default=None, foreign_key="bill_row.id")
    note: str | None = None


class Timer(SQLModel, table=True):
    """The stopwatch that runs: what is being done, and since when."""

    __tablename__ = "timer"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    platform: Text
    category: str | None = None
    started_at: Text
    note: str | None = None


class Calendar(SQLModel, table=True):
    """A calendar read from a file, and the days that were read of it."""

    __tablename__ = "calendar"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="calendar_days"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    name: Text = Field(unique=True)
    source: Text
    first_day: Day
    last_day: Day
    imported_at: Text


class Busy(SQLModel, table=True):
    """A time that a calendar takes."""

    # Nothing goes with the calendar by itself: the journal would not see it go.
    __tablename__ = "busy"
    __table_args__ = (
        CheckConstraint('start < "end"', name="busy_order"),
        Index("ix_busy_start", "start"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    calendar_id: int = Field(foreign_key="calendar.id", index=True)
    start: Minute
    end: Minute
    title: str | None = None
    all_day: bool = False


class PlanBlock(SQLModel, table=True):
    """One block of the plan that was kept for a week, in minutes of its day and fen."""

    __tablename__ = "plan_block"
    __table_args__ = (
        CheckConstraint("start_minute BETWEEN 0 AND 1439", name="plan_block_start"),
        CheckConstraint("end_minute > start_minute", name="plan_block_order"),
        CheckConstraint("expected_fen >= 0", name="plan_block_money"),
        CheckConstraint("setup_minutes >= 0 AND travel_minutes >= 0", name="plan_block_minutes"),
        CheckConstraint("supply IN ('known', 'unknown')", name="plan_block_supply"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    week: Week = Field(index=True)
    day: Day
    start_minute: int = Field(ge=0, le=1439)
    end_minute: int = Field(gt=0)
    slot_id: int | None = None
    category: Text
    platform: Text
    expected_fen: int = Field(ge=0)
    setup_minutes: int = Field(ge=0)
    travel_minutes: int = Field(ge=0)
    supply: str
    uid: Text = Field(unique=True)


class Goal(SQLModel, table=True):
    """What the user wants to earn per week or month, in fen; the newest is the one that counts."""

    __tablename__ = "goal"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="goal_amount"),
        CheckConstraint("unit IN ('week', 'month')", name="goal_unit"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    amount_fen: int = Field(gt=0)
    unit: str
    set_on: Day


class Entry(SQLModel, table=True):
    """One writing command in the journal."""

    __tablename__ = "entry"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    at: Text
    action: Text
    subject: str
    undone_at: str | None = None


class Change(SQLModel, table=True):
    """One row changed by an entry."""

    __tablename__ = "change"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    table_name: Text
    row_key: Text
    before: str | None = None
    after: str | None = None
