"""The catalogue: what is known of each platform, with the user's own findings laid over it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from xianke import lookup
from xianke.errors import Conflict, NotFound, NotUnderstood
from xianke.i18n import _, language

if TYPE_CHECKING:
    from xianke.records import Evidence, OwnPlatform

SELF = "self"
"""The route of a category that needs no platform: neighbours, word of mouth."""

STALE_DAYS = 730
"""A platform whose latest word is two years old is shown as out of date."""

_DATA = Path(__file__).parent / "_data"

Income = Literal["time", "passive", "one_off"]
SAFETY_FACTS = ("escrow", "settlement", "public_ratings", "upfront")
FAST_DAYS = {
    "daily": 1, "per_visit": 0, "1_to_3_days": 3, "daily_or_weekly": 7, "weekly": 7,
    "on_acceptance": None, "on_buyer_confirmation": 10, "milestone": None, "monthly": 30,
}  # fmt: skip
"""Days until paid, by the catalogue's words; None where the word does not say how long.
A buyer on Xianyu has ten days to confirm before the money is released."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a platform: what, who says so, as of when, how far to trust it.

    `value` None means not known. `sources` are numbers into the platform's list of sources;
    `own` marks what the user found out, whose date is the day it was typed.
    """

    value: str | None
    date: str | None = None
    confidence: str | None = None
    sources: tuple[int, ...] = ()
    own: bool = False
    note: str | None = None


UNKNOWN = Fact(None)


@dataclass(frozen=True, slots=True)
class Pay:
    """One statement about pay; amounts in yuan (or percent, dollars) per `unit`, as stated."""

    unit: str
    low: float | None
    typical: float | None
    high: float | None
    measure: str
    grade: str
    by: str
    date: str | None
    single_case: bool
    derived: bool
    unpaid_included: bool | None
    minutes: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a route asks for; empty or None asks for nothing."""

    skills_any: tuple[str, ...] = ()
    skills_all: tuple[str, ...] = ()
    skills_helpful: tuple[str, ...] = ()
    assets_any: tuple[str, ...] = ()
    assets_all: tuple[str, ...] = ()
    assets_helpful: tuple[str, ...] = ()
    devices_any: tuple[str, ...] = ()
    place: str = "online"
    interruptible: bool = False
    ride_sharing: bool = False
    min_block_minutes: int = 0
    setup_minutes: int = 0
    ramp_up_days: int = 0
    min_age: int | None = None
    certificates: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform, channel, public service, own platform, or the `self` route of a category."""

    id: str
    name: str
    kind: str
    category: str
    income: Income
    what: str
    conditions: Conditions
    facts: Mapping[str, Fact]
    pay: tuple[Pay, ...] = ()
    costs: tuple[str, ...] = ()
    public_entrance: bool = False
    category_rate: bool = True
    not_for_workers: str | None = None
    operator: str | None = None
    website: str | None = None
    complaints: tuple[str, ...] = ()
    note: str | None = None
    confidence: str | None = None
    sources: tuple[Mapping[str, str], ...] = ()
    aliases: tuple[str, ...] = ()

    def fact(self, name: str) -> Fact:
        """Return one fact, or the unknown one."""
        return self.facts.get(name, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of side work with what holds for all of it."""

    id: str
    name: str
    what: str
    income: Income
    growth: float
    peak: str
    peaks: tuple[Mapping[str, str], ...]
    risks: tuple[str, ...]
    rates: tuple[Pay, ...]
    claims: tuple[Mapping[str, Any], ...]
    self_route: Platform | None


@dataclass(frozen=True, slots=True)
class Factor:
    """A named factor between stated and net pay; `spread` is on the log scale."""

    id: str
    share: float
    spread: float
    text: str
    source: str
    date: str | None
    grade: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything known about where work is, in the language in use."""

    as_of: str
    categories: Mapping[str, Category]
    platforms: Mapping[str, Platform]
    factors: Mapping[str, Factor]
    entries: tuple[lookup.Entry, ...] = field(repr=False)

    def routes(self) -> Iterable[Platform]:
        """Return every (category, platform) and (category, self), category by category."""
        for category in self.categories.values():
            for platform in self.platforms.values():
                if platform.category == category.id and platform.kind != "client":
                    yield platform
            if category.self_route is not None:
                yield category.self_route


@cache
def _data(name: str) -> Any:
    return json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))


def catalogue(
    own: Sequence[OwnPlatform] = (), evidence: Sequence[Evidence] = ()
) -> Catalogue:
    """Return the shipped catalogue with the user's own platforms and findings laid over it."""
    data = _data("platforms")
    tongue = language()
    categories = {raw["id"]: _category(raw, tongue) for raw in data["categories"]}
    conditions = {raw["id"]: raw for raw in data["categories"]}
    platforms = {
        raw["id"]: _platform(raw, conditions[raw["category"]], tongue) for raw in data["platforms"]
    }
    entries = [lookup.entry_of(raw) for raw in data["platforms"]]
    for added in own:
        platforms[added.id] = _own_platform(added, conditions)
        entries.append(lookup.Entry(added.id, (added.id, added.name)))
    for finding in evidence:
        if finding.platform in platforms:
            platforms[finding.platform] = _with_finding(platforms[finding.platform], finding)
    factors = {
        raw["id"]: Factor(
            raw["id"], raw["share"], raw["spread"], raw["text"][tongue], raw["source"],
            raw.get("date"), raw["grade"],
        )
        for raw in data["factors"]
    }  # fmt: skip
    return Catalogue(data["as_of"], categories, platforms, factors, tuple(entries))


def find(known: Catalogue, text: str) -> Platform:
    """Return the platform named by id, name, alias, pinyin or initials.

    Raise Conflict if several answer to it and NotFound, with near misses named, if none does.
    """
    ids = lookup.exact(known.entries, text)
    if len(ids) == 1:
        return known.platforms[ids[0]]
    if ids:
        raise Conflict(
            _("「{text}」可以指好几个：{names}").format(
                text=text, names=_named(known, ids)
            ),
            _("写全名或 id"),
        )
    proposals = lookup.near(known.entries, text)
    raise NotFound(
        _("目录里没有「{text}」").format(text=text),
        _("是不是：{names}？").format(names=_named(known, proposals))
        if proposals
        else _("用 xianke platforms --search 找一找，或用 xianke platforms add 添上"),
    )


def find_category(known: Catalogue, text: str) -> Category:
    """Return the category named by id or name; raise NotFound otherwise."""
    wanted = lookup.folded(text)
    for category in known.categories.values():
        if wanted in (category.id, lookup.folded(category.name)):
            return category
    raise NotFound(
        _("没有「{text}」这个类别").format(text=text),
        _("类别有：{names}").format(names=", ".join(known.categories)),
    )


def _named(known: Catalogue, ids: Sequence[str]) -> str:
    return ", ".join(f"{known.platforms[one].name} ({one})" for one in ids)


def flags(platform: Platform, today: date, city: str | None = None) -> tuple[str, ...]:
    """Return the codes of what speaks against a platform, worst first."""
    found = []
    upfront = platform.fact("upfront").value
    status = platform.fact("status")
    if platform.kind == SELF:
        return ()
    if upfront == "required":
        found.append("upfront_required")
    elif upfront == "possible":
        found.append("upfront_possible")
    if status.value == "closed" or platform.not_for_workers:
        found.append("closed")
    elif status.value == "restricted":
        found.append("restricted")
    elif status.value is None:
        found.append("status_unknown")
    if is_stale(status.date, today):
        found.append("stale")
    if _single_source(platform):
        found.append("single_source")
    if platform.fact("escrow").value == "no":
        found.append("off_platform_pay")
    if city and platform.conditions.regions and not in_region(platform.conditions.regions, city):
        found.append("region_mismatch")
    return tuple(found)


def in_region(regions: Sequence[str], city: str) -> bool:
    """Return whether a city (or province, as the user typed it) is among *regions*."""
    plain = city.removesuffix("市").removesuffix("省")
    return any(plain in region or region.removesuffix("省") in city for region in regions)


def is_stale(day: str | None, today: date) -> bool:
    """Return whether a fact's date (year, month or day) lies more than two years back."""
    if day is None:
        return False
    return (today - latest_day(day)).days > STALE_DAYS


def latest_day(day: str) -> date:
    """Return the last day a date of a year, a month or a day can mean."""
    if len(day) == 4:
        return date(int(day), 12, 31)
    if len(day) == 7:
        year, month = int(day[:4]), int(day[5:])
        return date(year + month // 12, month % 12 + 1, 1).fromordinal(
            date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
        )
    return date.fromisoformat(day)


def _single_source(platform: Platform) -> bool:
    """Return whether all that is known rests on one source, or on the community list alone."""
    if platform.kind == "own":
        return False
    status = platform.fact("status")
    if status.own:
        return False
    return status.note == "community_list_only" or len(platform.sources) <= 1


def is_verified(platform: Platform) -> bool:
    """Return whether more than one source, or the user, says that the platform runs."""
    if platform.kind == SELF:
        return True
    status = platform.fact("status")
    return status.value in ("active", "restricted") and not _single_source(platform)


@dataclass(frozen=True, slots=True)
class Safety:
    """The four facts that protect a worker: how many are known, how many are good, the letter."""

    known: int
    total: int
    good: int
    letter: str | None
    worst: str | None


def safety(platform: Platform) -> Safety:
    """Judge guarantee, speed of settlement, public ratings and money up front.

    A letter is given only from three known facts. Where money is required first, it is
    never better than C, whatever else is known.
    """
    judged = {name: _judge(name, platform.fact(name).value) for name in SAFETY_FACTS}
    known = [value for value in judged.values() if value is not None]
    good = sum(known)
    worst = next((name for name in ("upfront", "escrow", "settlement", "public_ratings")
                  if judged[name] is not None and judged[name] < 1), None)  # type: ignore[operator]
    letter = None
    if len(known) >= 3:
        share = good / len(known)
        letter = "A" if share == 1 else "B" if share >= 0.75 else "C" if share >= 0.5 else "D"
        if platform.fact("upfront").value == "required" and letter in "AB":
            letter = "C"
    return Safety(len(known), len(SAFETY_FACTS), int(good), letter, worst)


def _judge(name: str, value: str | None) -> float | None:
    """Return 1 for a fact that protects, 0 for one that does not, None for the unknown."""
    if value is None or value == "unknown":
        return None
    if name == "settlement":
        return 0.0 if value in ("monthly", "milestone") else 1.0
    if name == "upfront":
        return {"none": 1.0, "possible": 0.5, "required": 0.0}[value]
    # Where a platform pays the worker itself, there is no client's money to hold.
    return {"yes": 1.0, "not_applicable": 1.0, "partial": 0.5, "optional": 0.5, "no": 0.0}[value]


EDITABLE: Mapping[str, tuple[str, ...]] = {
    "status": ("active", "restricted", "closed"),
    "upfront": ("none", "possible", "required"),
    "settlement": tuple(FAST_DAYS),
    "escrow": ("yes", "partial", "no", "not_applicable"),
    "public_ratings": ("yes", "no"),
    "id_verification": ("yes", "optional", "no"),
}
"""The facts a user can find out and correct, with the values each can take."""


def check_finding(name: str, value: str) -> None:
    """Raise NotUnderstood unless *value* is one that the fact *name* can take."""
    if name not in EDITABLE:
        raise NotUnderstood(
            _("没有「{name}」这一项").format(name=name),
            _("可以改的有：{names}").format(names=", ".join(EDITABLE)),
        )
    if value not in EDITABLE[name]:
        raise NotUnderstood(
            _("{name} 不能是「{value}」").format(name=name, value=value),
            _("可以是：{values}").format(values=", ".join(EDITABLE[name])),
        )


# From data to records


def _pay(raw: Mapping[str, Any]) -> Pay:
    return Pay(
        raw["unit"], raw.get("low"), raw.get("typical"), raw.get("high"), raw["measure"],
        raw["grade"], raw["by"], raw.get("date"), raw.get("single_case", False),
        raw.get("derived", False), raw.get("unpaid_included"), raw.get("minutes"), raw.get("note"),
    )  # fmt: skip


def _conditions(base: Mapping[str, Any], over: Mapping[str, Any]) -> Conditions:
    """Lay the conditions of a platform over those of its category.

    Skills, and likewise assets, are one question each: a platform that answers it in any way
    answers it whole, so that a parking space does not also have to be something to sell.
    """
    merged = dict(base)
    for group in ("skills_", "assets_"):
        if any(name.startswith(group) and not name.endswith("helpful") for name in over):
            merged = {name: value for name, value in merged.items() if not name.startswith(group)}
    merged.update(over)
    return Conditions(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in merged.items()}
    )


def _category(raw: Mapping[str, Any], tongue: str) -> Category:
    income = raw.get("income", "time")
    route = None
    if (own := raw.get("self_route")) is not None:
        route = Platform(
            id=SELF,
            name=_("自己接（邻居、熟人介绍）"),
            kind=SELF,
            category=raw["id"],
            income=income,
            what=own["what"][tongue],
            conditions=_conditions(raw["conditions"], own.get("conditions", {})),
            facts={"upfront": Fact("none", own=False)},
            costs=tuple(own["costs"] if "costs" in own else raw.get("costs", ())),
        )
    return Category(
        raw["id"], raw["name"][tongue], raw["what"][tongue], income, raw["growth"], raw["peak"],
        tuple(raw.get("peaks", ())), tuple(raw["risks"]),
        tuple(_pay(one) for one in raw.get("rates", ())), tuple(raw.get("claims", ())), route,
    )  # fmt: skip


def _platform(raw: Mapping[str, Any], category: Mapping[str, Any], tongue: str) -> Platform:
    sources = tuple(raw["sources"])
    facts = {}
    for name in (
        "status", "settlement", "min_withdrawal", "fee", "upfront", "escrow", "public_ratings",
        "id_verification",
    ):  # fmt: skip
        if name in raw:
            facts[name] = _fact(name, raw[name], sources, raw["confidence"])
    return Platform(
        id=raw["id"],
        name=raw["name"][tongue],
        kind=raw["kind"],
        category=raw["category"],
        income=raw.get("income", category.get("income", "time")),
        what=raw["what"][tongue],
        conditions=_conditions(category["conditions"], raw["conditions"]),
        facts=facts,
        pay=tuple(_pay(one) for one in raw.get("pay", ())),
        costs=tuple(category.get("costs", ())),
        public_entrance=raw.get("public_entrance", False),
        category_rate=raw.get("category_rate", True),
        not_for_workers=raw.get("not_for_workers"),
        operator=raw.get("operator"),
        website=raw.get("website"),
        complaints=tuple(raw.get("complaints", ())),
        note=raw.get("note"),
        confidence=raw["confidence"],
        sources=sources,
        aliases=tuple(raw.get("aliases", ())),
    )


def _fact(
    name: str, raw: Mapping[str, Any], sources: Sequence[Mapping[str, str]], confidence: str
) -> Fact:
    numbers = tuple(raw.get("sources", ()))
    cited = [sources[number] for number in numbers] or sources
    day = raw.get("date") or max((one["date"] for one in cited if "date" in one), default=None)
    note = raw.get("note") or raw.get("basis")
    if name == "fee":
        value = raw["text"]
    elif name == "min_withdrawal":
        value = f"{raw['yuan']:g}"
    else:
        value = raw["value"]
        if "yuan" in raw:
            amount = _("{yuan:g} 元").format(yuan=raw["yuan"])
            note = f"{amount}；{note}" if note else amount
    return Fact(None if value == "unknown" else value, day, confidence, numbers, note=note)


def _own_platform(added: OwnPlatform, categories: Mapping[str, Mapping[str, Any]]) -> Platform:
    base = categories.get(added.category or "", {})
    return Platform(
        id=added.id,
        name=added.name,
        kind="client" if added.kind == "client" else "own",
        category=added.category or "",
        income=base.get("income", "time"),
        what=added.note or _("自己添的"),
        conditions=_conditions(base.get("conditions", {}), {}),
        facts={"status": Fact("active", added.added_on, own=True)},
        costs=tuple(base.get("costs", ())),
        note=added.note,
    )


def _with_finding(platform: Platform, finding: Evidence) -> Platform:
    fact = Fact(finding.value, finding.day, "own", own=True, note=finding.note)
    return replace(platform, facts={**platform.facts, finding.field: fact})
