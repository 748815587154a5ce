"""The tables: the one declaration of the schema and of what a valid row is.

`make schema` writes `store/schema.sql` from here. Restored and bulk data is checked with
`Model.model_validate`; a `table=True` constructor does not validate.
"""

from typing import Annotated

from pydantic import AfterValidator
from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

DAY_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
_STATUSES = "'accepted', 'delivered', 'paid', 'rejected', 'cancelled'"
_PLACES = "'home', 'office', 'transit', 'neighbourhood', 'anywhere'"


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return text


Text = Annotated[str, AfterValidator(_not_blank)]


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


class OwnPlatform(SQLModel, table=True):
    """A platform or private client of the user's own."""

    __tablename__ = "own_platform"
    __table_args__ = (CheckConstraint("kind IN ('platform', 'client')", name="own_platform_kind"),)

    id: Text = Field(primary_key=True)
    name: Text = Field(unique=True)
    kind: str
    category: str | None = None
    note: str | None = None
    added_on: str = Field(regex=DAY_PATTERN)


class Evidence(SQLModel, table=True):
    """One thing the user learned about a platform."""

    __tablename__ = "evidence"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    platform: Text = Field(index=True)
    field: Text
    value: Text
    day: str = Field(regex=DAY_PATTERN)
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
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    platform: Text = Field(index=True)
    category: str | None = None
    day: str = Field(regex=DAY_PATTERN, index=True)
    start_minute: int | None = Field(default=None, ge=0, le=1439)
    orders: int = Field(default=1, ge=1)
    worked_minutes: int | None = Field(default=None, ge=0)
    unpaid_minutes: int = Field(default=0, ge=0)
    gross_fen: int = Field(ge=0)
    fee_fen: int = Field(default=0, ge=0)
    cost_fen: int = Field(default=0, ge=0)
    tax_fen: int = Field(default=0, ge=0)
    status: str
    due: str | None = Field(default=None, regex=DAY_PATTERN)
    paid_day: str | None = Field(default=None, regex=DAY_PATTERN)
    rating: int | None = Field(default=None, ge=1, le=5)
    note: str | None = None


class Payout(SQLModel, table=True):
    """Money received from a platform or client."""

    __tablename__ = "payout"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="payout_amount"),
        CheckConstraint("source IN ('typed', 'imported')", name="payout_source"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    day: str = Field(regex=DAY_PATTERN, index=True)
    amount_fen: int = Field(gt=0)
    platform: Text
    source: str


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
