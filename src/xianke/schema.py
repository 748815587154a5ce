"""What a catalogue file may say: the check behind `make data` and `platforms validate`.

Every scalar comes in as text; the models here convert it.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from xianke.cueschema import Cues
from xianke.platforms import RESERVED_IDS
from xianke.schema_regions import Regions
from xianke.schema_traps import Traps
from xianke.schema_types import (
    Bilingual,
    Date,
    Flag,
    Grade,
    Id,
    Number,
    Strict,
    Text,
    Whole,
    Words,
    or_none,
    real_day,
    unique,
)
from xianke.shelf import FORMAT

NEWER = "written for a newer xianke"


def _known_format(number: int) -> int:
    if number > FORMAT:
        raise ValueError(NEWER)
    return number


Place = Literal["online", "neighbourhood", "onsite"]
Income = Literal["time", "passive", "one_off"]
Unit = Literal[
    "yuan_per_hour", "yuan_per_day", "yuan_per_half_day", "yuan_per_session", "yuan_per_month",
    "yuan_per_order", "yuan_per_task", "yuan_per_item", "yuan_per_project", "yuan_per_post",
    "yuan_per_image", "yuan_per_trip", "yuan_per_visit", "yuan_per_1000_chars",
    "yuan_per_10k_views", "yuan_per_audio_hour", "yuan_monthly_bonus", "usd_per_hour",
    "revenue_share_percent",
]  # fmt: skip
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]

TAG = r"^[a-z0-9_]+$"
Tags = list[Annotated[str, Field(pattern=TAG)]]


class Conditions(Strict):
    """What a route asks of the person, their things and their time."""

    skills_any: Tags = []
    skills_all: Tags = []
    skills_helpful: Tags = []
    assets_any: Tags = []
    assets_all: Tags = []
    assets_helpful: Tags = []
    devices_any: list[Literal["phone", "pc"]] = []
    place: Place | None = None
    interruptible: Flag | None = None
    ride_sharing: Flag | None = None
    min_block_minutes: Whole | None = None
    setup_minutes: Whole | None = None
    ramp_up_days: Whole | None = None
    min_age: Whole | None = None
    certificates: list[Literal["driving_licence", "health_certificate"]] = []
    regions: list[Text] = []
    regions_en: Annotated[list[str], Field(exclude=True)] = []
    """What compiling adds, for those who read no Chinese; it is made anew, never taken over."""


class Pay(Strict):
    """One statement about pay, with who said it, when, and what it measures."""

    unit: Unit
    low: Number | None = None
    typical: Number | None = None
    high: Number | None = None
    measure: Literal["advertised", "gross", "net", "customer_price"]
    grade: Grade
    by: Words
    date: Date = None
    single_case: Flag = False
    derived: Flag = False
    unpaid_included: Flag | None = None
    minutes: Whole | None = None
    note: Words | None = None
    sources: list[Whole] = []

    @model_validator(mode="after")
    def _ordered(self) -> "Pay":
        known = [value for value in (self.low, self.typical, self.high) if value is not None]
        if not known:
            raise ValueError("pay without low, typical or high")
        if known != sorted(known):
            raise ValueError("low <= typical <= high does not hold")
        return self


class Factor(Strict):
    """A named factor between what is said about pay and what is left of it."""

    id: Id
    share: Number
    spread: Number
    text: Bilingual
    source: Words
    date: Date
    grade: Grade


class Claim(Strict):
    """A claim about earnings that goes round, with the figures needed to check it."""

    text: Bilingual
    yuan_per_piece: Number
    pieces_per_day_low: Whole
    pieces_per_day_high: Whole
    minutes_per_piece: Number
    minutes_basis: Bilingual
    source: Words
    grade: Grade


class Peak(Strict):
    """Hours in which there is more work."""

    days: Literal["all", "workdays", "weekends", "holidays"]
    start: Clock = Field(alias="from")
    end: Clock = Field(alias="to")


class SelfRoute(Strict):
    """The category without any platform: neighbours, word of mouth."""

    what: Bilingual
    conditions: Conditions = Conditions()
    costs: list[Id] | None = None


class Category(Strict):
    """A kind of side work."""

    id: Id
    name: Bilingual
    what: Bilingual
    income: Income = "time"
    conditions: Conditions
    self_route: SelfRoute | None = Field(default=None, alias="self")
    costs: list[Id] = []
    growth: Number
    peak: Words
    peaks: list[Peak] = []
    risks: list[Words]
    rates: list[Pay] = []
    claims: list[Claim] = []


class Status(Strict):
    """Whether the platform still runs, as of when, and who says so."""

    value: Literal["active", "restricted", "closed", "unknown"]
    date: Date = None
    basis: (
        Literal["press_or_official", "community_list_plus_others", "community_list_only"] | None
    ) = None
    sources: list[Whole] = []


class Settlement(Strict):
    """How soon the money comes."""

    value: Literal[
        "daily", "1_to_3_days", "daily_or_weekly", "weekly", "monthly", "milestone",
        "on_acceptance", "on_buyer_confirmation", "per_visit",
    ]  # fmt: skip
    sources: list[Whole] = []


class Withdrawal(Strict):
    """The smallest sum that can be withdrawn."""

    yuan: Number
    sources: list[Whole] = []


class Fee(Strict):
    """What the platform keeps."""

    low_percent: Number | None = None
    high_percent: Number | None = None
    text: Words
    sources: list[Whole] = []


class Upfront(Strict):
    """Money or things asked for before the first pay."""

    value: Literal["none", "possible", "required", "unknown"]
    yuan: Number | None = None
    note: Words | None = None
    sources: list[Whole] = []


class Answer(Strict):
    """A known answer to a question of safety."""

    value: Literal["yes", "no", "partial", "optional", "not_applicable"]
    sources: list[Whole] = []


class Source(Strict):
    """Where something was read; a link that is not trusted is a record, never shown as a link."""

    title: Words
    date: Date = None
    url: Annotated[Text | None, BeforeValidator(or_none)] = None
    link: Flag = True

    @model_validator(mode="after")
    def _web_address(self) -> "Source":
        if self.url is not None and not self.url.startswith(("https://", "http://")):
            raise ValueError("a source's url starts with http:// or https://")
        return self


class Platform(Strict):
    """A platform, channel or public service and all that is known of it."""

    id: Id
    name: Bilingual
    aliases: list[Text] = []
    kind: Literal["platform", "channel", "public_service"]
    category: Id
    income: Income | None = None
    public_entrance: Flag = False
    category_rate: Flag = True
    not_for_workers: Words | None = None
    operator: Words | None = None
    what: Bilingual
    conditions: Conditions
    status: Status
    pay: list[Pay] = []
    settlement: Settlement | None = None
    min_withdrawal: Withdrawal | None = None
    fee: Fee | None = None
    upfront: Upfront | None = None
    escrow: Answer | None = None
    public_ratings: Answer | None = None
    id_verification: Answer | None = None
    website: Annotated[str, Field(pattern=r"^[a-z0-9.-]+\.[a-z]{2,}$")] | None = None
    complaints: list[Words] = []
    confidence: Literal["low", "medium", "high"]
    note: Words | None = None
    sources: list[Source]
    sounds: Annotated[list[str], Field(exclude=True)] = []
    """What compiling adds, for finding by sound; it is made anew, never taken over."""

    @model_validator(mode="after")
    def _source_numbers(self) -> "Platform":
        facts = (
            self.status, *self.pay, self.settlement, self.min_withdrawal, self.fee, self.upfront,
            self.escrow, self.public_ratings, self.id_verification,
        )  # fmt: skip
        for fact in facts:
            if fact is not None and any(number >= len(self.sources) for number in fact.sources):
                raise ValueError("a fact points at a source that is not in the list")
        known = any(fact is not None for fact in facts[1:]) or self.status.value != "unknown"
        if known and not self.sources:
            raise ValueError("something is said to be known, but no source is named")
        return self


class Catalogue(Strict):
    """The whole of `platforms.yaml`."""

    format: Annotated[Whole, Field(ge=1), AfterValidator(_known_format)] = FORMAT
    as_of: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(real_day)]
    factors: list[Factor]
    categories: list[Category]
    platforms: list[Platform]

    @model_validator(mode="after")
    def _references(self) -> "Catalogue":
        factors = {factor.id for factor in self.factors}
        categories = {category.id for category in self.categories}
        unique("category id", [category.id for category in self.categories])
        unique("platform id", [platform.id for platform in self.platforms])
        for platform in self.platforms:
            if platform.id in RESERVED_IDS:
                raise ValueError(f"platform id has a meaning of its own: {platform.id!r}")
        unique(
            "platform name or alias",
            [word for platform in self.platforms for word in _words(platform, platform.id)],
        )
        for category in self.categories:
            own = category.self_route.costs if category.self_route else None
            for cost in [*category.costs, *(own or [])]:
                if cost not in factors:
                    raise ValueError(f"category {category.id}: no factor {cost!r}")
        for platform in self.platforms:
            if platform.category not in categories:
                raise ValueError(f"platform {platform.id}: no category {platform.category!r}")
        return self


Strength = Annotated[Number, Field(ge=0.1, le=1)]


class HoursToLearn(Strict):
    """Hours from nothing to a first small paid job, and what the figure rests on."""

    low: Annotated[Whole, Field(ge=1)]
    high: Annotated[Whole, Field(ge=1)]
    basis: Literal["judgement", "published"]
    source: Bilingual
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]

    @model_validator(mode="after")
    def _in_order(self) -> "HoursToLearn":
        if self.low > self.high:
            raise ValueError(f"hours to learn from {self.low} to {self.high}")
        return self


class SkillEntry(Strict):
    """A light skill of the vocabulary; where nobody can say how long it takes, that is said."""

    id: Id
    name: Bilingual
    group: Annotated[str, Field(pattern=TAG)]
    aliases: list[Text]
    serves: dict[Annotated[str, Field(pattern=TAG)], Strength] = Field(min_length=1)
    hours_to_learn: Annotated[HoursToLearn | None, BeforeValidator(or_none)]


class AssetEntry(Strict):
    """An idle thing of the vocabulary, or a device that people name as one."""

    id: Id
    name: Bilingual
    aliases: list[Text]
    device: Literal["phone", "pc"] | None = None
    serves: dict[Annotated[str, Field(pattern=TAG)], Strength]


class Skills(Strict):
    """The whole of `skills.yaml`."""

    skills: list[SkillEntry]

    @model_validator(mode="after")
    def _words(self) -> "Skills":
        unique("skill id", [skill.id for skill in self.skills])
        _unique_words(self.skills)
        return self


class Assets(Strict):
    """The whole of `assets.yaml`."""

    assets: list[AssetEntry]

    @model_validator(mode="after")
    def _words(self) -> "Assets":
        unique("asset id", [asset.id for asset in self.assets])
        _unique_words(self.assets)
        return self


class PayerRule(Strict):
    """A guess whose money a payment is, by words in the bill; no target means: ask."""

    id: Id
    field: Literal["counterparty", "words", "merchant_number"]
    texts: list[Text] = Field(min_length=1)
    also: list[Text] = []
    unless: list[Text] = []
    kinds: list[Text] = []
    bills: list[Id] = []
    target: Id | None = None
    category: Id | None = None
    confidence: Annotated[Whole, Field(le=100)]
    broad: Flag = False
    reason: Bilingual
    source: Bilingual
    grade: Grade
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class Payers(Strict):
    """The whole of `payers.yaml`; that its targets are in the catalogue, a test sees to."""

    rules: list[PayerRule]
    nameless: list[Text]

    @model_validator(mode="after")
    def _ids(self) -> "Payers":
        unique("rule id", [rule.id for rule in self.rules])
        unique("nameless counterparty", self.nameless)
        return self


class DisputeWay(Strict):
    """One way to get what is due, for some kinds of platform and work, or for all."""

    id: Id
    kinds: list[Literal["platform", "channel", "public_service", "own", "client", "self"]] = []
    categories: list[Id] = []
    contact: Annotated[str, Field(pattern=r"^\d{3,5}$")] | None = None
    text: Bilingual
    limit: Bilingual | None = None
    source: Bilingual
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    confidence: Literal["low", "medium", "high"]


class Disputes(Strict):
    """The whole of `disputes.yaml`; that its categories are in the catalogue, a test sees to."""

    as_of: str
    ways: list[DisputeWay] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids(self) -> "Disputes":
        unique("way id", [way.id for way in self.ways])
        return self


def _unique_words(entries: list[SkillEntry] | list[AssetEntry]) -> None:
    unique("name or alias", [word for entry in entries for word in _words(entry)])


def _words(entry: "Platform | SkillEntry | AssetEntry", *more: str) -> set[str]:
    """Return all that an entry answers to, each once, without regard to case."""
    names = (entry.name.zh, entry.name.en, *entry.aliases, *more)
    return {name.casefold() for name in names}


MODELS: dict[str, type[Strict]] = {
    "platforms": Catalogue,
    "skills": Skills,
    "assets": Assets,
    "payers": Payers,
    "traps": Traps,
    "cues": Cues,
    "disputes": Disputes,
    "regions": Regions,
}
