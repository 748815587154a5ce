"""The compiled catalogue: its records, and reading it with the user's own findings laid over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from xianke import lookup, money, shelf
from xianke.i18n import _, language
from xianke.wording import maybe_worded, named, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xianke.ownrecord import OwnRecord
    from xianke.records import Evidence, OwnPlatform

SELF = "self"
"""The route of a category that needs no platform: neighbours, word of mouth."""

Income = Literal["time", "passive", "one_off"]

FACTS = (
    "status", "settlement", "min_withdrawal", "fee", "upfront", "escrow", "public_ratings",
    "id_verification",
)  # fmt: skip
"""What can be known of a platform besides its pay, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a platform: what, who says so, as of when, how far to trust it.

    `value` None means not known. `sources` are numbers into the platform's list of sources, empty
    where nobody noted which of them says it; `own` marks what the user found out, whose date is
    the day it was typed. `basis` says on what kind of source a status rests. `amount_fen` is the
    sum behind a smallest withdrawal or money up front, `percent` the ends of a fee. `payments` are
    the own payments that say so, 0 where none do. `stated` is what the catalogue says where the
    user found out for themselves.
    """

    value: str | None
    date: str | None = None
    confidence: str | None = None
    sources: tuple[int, ...] = ()
    own: bool = False
    note: str | None = None
    basis: str | None = None
    amount_fen: int | None = None
    percent: tuple[float | None, float | None] | None = None
    payments: int = 0
    stated: Fact | None = None


UNKNOWN = Fact(None)


@dataclass(frozen=True, slots=True)
class Pay:
    """One statement about pay; amounts in yuan (or percent, dollars) per `unit`, as stated.

    `sources` are numbers into the platform's list; a category's statement has none.
    """

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
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a route asks for; empty or None asks for nothing.

    `region_names` are the `regions`, which are in Chinese, in the language in use.
    """

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
    region_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform, channel, public service, own platform, or the `self` route of a category.

    `record` is how it has treated the user, None without own gigs there.
    """

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
    record: OwnRecord | None = None

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
    conditions: Conditions
    costs: tuple[str, ...]
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
    used_routes: tuple[Platform, ...] = ()

    def routes(self) -> Iterable[Platform]:
        """Return every (category, platform) and (category, self), category by category.

        Where the user works on a platform in another category than its own, that is a route too.
        """
        for category in self.categories.values():
            for platform in self.platforms.values():
                if platform.category == category.id and platform.kind != "client":
                    yield platform
            yield from (route for route in self.used_routes if route.category == category.id)
            if category.self_route is not None:
                yield category.self_route


def catalogue(own: Sequence[OwnPlatform] = (), evidence: Sequence[Evidence] = ()) -> Catalogue:
    """Return the catalogue in force with the user's own platforms and findings laid over it."""
    return of_data(shelf.in_force(), own, evidence)


def of_data(
    data: Mapping[str, Any],  # Any: a compiled catalogue was checked against its schema
    own: Sequence[OwnPlatform] = (),
    evidence: Sequence[Evidence] = (),
) -> Catalogue:
    """Return a compiled catalogue as records, with the user's own laid over it."""
    tongue = language()
    categories = {raw["id"]: _category(raw, tongue) for raw in data["categories"]}
    conditions = {raw["id"]: raw for raw in data["categories"]}
    platforms = {
        raw["id"]: _platform(raw, conditions[raw["category"]], tongue) for raw in data["platforms"]
    }
    # A newer catalogue may list what the user had added: their word goes on meaning their own.
    entries = [lookup.Entry(added.id, (added.id, added.name)) for added in own]
    mine = {added.id for added in own}
    entries += [lookup.entry_of(raw) for raw in data["platforms"] if raw["id"] not in mine]
    for added in own:
        platforms[added.id] = _own_platform(added, conditions)
    for finding in evidence:
        if finding.platform in platforms:
            platforms[finding.platform] = _with_finding(platforms[finding.platform], finding)
    factors = {
        raw["id"]: Factor(
            raw["id"], raw["share"], raw["spread"], raw["text"][tongue],
            worded(raw["source"], tongue), raw.get("date"), raw["grade"],
        )
        for raw in data["factors"]
    }  # fmt: skip
    return Catalogue(data["as_of"], categories, platforms, factors, tuple(entries))


# From data to records


def _pay(raw: Mapping[str, Any], tongue: str) -> Pay:
    return Pay(
        raw["unit"], raw.get("low"), raw.get("typical"), raw.get("high"), raw["measure"],
        raw["grade"], worded(raw["by"], tongue), raw.get("date"), raw.get("single_case", False),
        raw.get("derived", False), raw.get("unpaid_included"), raw.get("minutes"),
        maybe_worded(raw.get("note"), tongue), tuple(raw.get("sources", ())),
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
    spelt = merged.pop("regions_en", None) if language() == "en" else None
    merged.pop("regions_en", None)
    if regions := merged.get("regions"):
        merged["region_names"] = spelt or regions
    # Any: the compiled file was checked against the schema, whose fields these are.
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in merged.items()
    }
    return Conditions(**fields)


def with_used_routes(known: Catalogue, used: Iterable[tuple[str, str]]) -> Catalogue:
    """Return the catalogue with the (category, platform) routes of own gigs that it lacks.

    Such a route asks what its category asks; the platform's own pay facts are about other work.
    Gigs at clients, in a category that nobody offers on their own, make its `self` route.
    """
    present = {(route.category, route.id) for route in known.routes()}
    added = []
    categories = dict(known.categories)
    for category_id, platform_id in sorted(set(used) - present):
        category = known.categories.get(category_id)
        platform = known.platforms.get(platform_id)
        if category is None:
            continue
        if platform_id == SELF:
            categories[category_id] = replace(category, self_route=for_clients(category))
        elif platform is not None and platform.kind != "client":
            added.append(
                replace(
                    platform,
                    category=category_id,
                    income=category.income,
                    conditions=category.conditions,
                    costs=category.costs,
                    pay=(),
                )
            )
    return replace(known, categories=categories, used_routes=tuple(added))


def for_clients(category: Category) -> Platform:
    """Return the route of work that comes from one's own clients."""
    return Platform(
        id=SELF,
        name=_("自己接（你的客户）"),
        kind=SELF,
        category=category.id,
        income=category.income,
        what=category.what,
        conditions=category.conditions,
        facts={"upfront": Fact("none")},
        costs=category.costs,
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
            facts={"upfront": Fact("none")},
            costs=tuple(own["costs"] if "costs" in own else raw.get("costs", ())),
        )
    return Category(
        raw["id"], raw["name"][tongue], raw["what"][tongue], income, raw["growth"],
        worded(raw["peak"], tongue), tuple(raw.get("peaks", ())),
        tuple(worded(one, tongue) for one in raw["risks"]),
        tuple(_pay(one, tongue) for one in raw.get("rates", ())), tuple(raw.get("claims", ())),
        _conditions(raw["conditions"], {}), tuple(raw.get("costs", ())), route,
    )  # fmt: skip


def _platform(raw: Mapping[str, Any], category: Mapping[str, Any], tongue: str) -> Platform:
    sources = tuple({**one, "title": named(one["title"], tongue)} for one in raw["sources"])
    facts = {
        name: _fact(name, raw[name], sources, raw["confidence"], tongue)
        for name in FACTS
        if name in raw
    }
    operator = raw.get("operator")
    return Platform(
        id=raw["id"],
        name=raw["name"][tongue],
        kind=raw["kind"],
        category=raw["category"],
        income=raw.get("income", category.get("income", "time")),
        what=raw["what"][tongue],
        conditions=_conditions(category["conditions"], raw["conditions"]),
        facts=facts,
        pay=tuple(_pay(one, tongue) for one in raw.get("pay", ())),
        costs=tuple(category.get("costs", ())),
        public_entrance=raw.get("public_entrance", False),
        category_rate=raw.get("category_rate", True),
        not_for_workers=maybe_worded(raw.get("not_for_workers"), tongue),
        operator=None if operator is None else named(operator, tongue),
        website=raw.get("website"),
        complaints=tuple(worded(one, tongue) for one in raw.get("complaints", ())),
        note=maybe_worded(raw.get("note"), tongue),
        confidence=raw["confidence"],
        sources=sources,
        aliases=tuple(raw.get("aliases", ())),
    )


def _fact(
    name: str,
    raw: Mapping[str, Any],
    sources: Sequence[Mapping[str, str]],
    confidence: str,
    tongue: str,
) -> Fact:
    numbers = tuple(raw.get("sources", ()))
    cited = [sources[number] for number in numbers] or sources
    # A fact that names no source may rest on any of them: it counts as old as the oldest.
    pick = max if numbers else min
    if name == "fee":
        value = worded(raw["text"], tongue)
    elif name == "min_withdrawal":
        value = f"{raw['yuan']:g}"
    else:
        value = raw["value"]
    return Fact(
        value=None if value == "unknown" else value,
        date=raw.get("date") or pick((one["date"] for one in cited if "date" in one), default=None),
        confidence=confidence,
        sources=numbers,
        note=maybe_worded(raw.get("note"), tongue),
        basis=raw.get("basis"),
        amount_fen=round(raw["yuan"] * money.FEN_PER_YUAN) if "yuan" in raw else None,
        percent=(raw.get("low_percent"), raw.get("high_percent")) if name == "fee" else None,
    )


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


def unlisted(identity: str) -> Platform:
    """Return what stands in for a platform that records name and the catalogue no longer has."""
    return Platform(
        id=identity,
        name=identity,
        kind="client",
        category="",
        income="time",
        what=_("目录里已经没有"),
        conditions=_conditions({}, {}),
        facts={},
    )


def _with_finding(platform: Platform, finding: Evidence) -> Platform:
    beneath = platform.facts.get(finding.field)
    stated = beneath.stated if beneath is not None and beneath.own else beneath
    fact = Fact(finding.value, finding.day, "own", own=True, note=finding.note, stated=stated)
    return replace(platform, facts={**platform.facts, finding.field: fact})
