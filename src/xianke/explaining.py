"""Where a score and its numbers come from, and what keeps a route from being suggested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xianke import conditions, costs, lookup, matching, platforms
from xianke.errors import NotFound, Refused
from xianke.i18n import _, language
from xianke.platforms import SELF
from xianke.wording import worded

if TYPE_CHECKING:
    from datetime import date

    from xianke.costs import Costs
    from xianke.inventory import Stock
    from xianke.matching import Advice
    from xianke.platforms import Catalogue
    from xianke.records import Gig, Spend
    from xianke.scoring import Candidate

DAYS_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """A claim about earnings put into proportion: the hours it takes, and what is left of it.

    `minutes_per_piece` is the least a piece can take (`basis` says why) or, where the user has
    logged pieces there, their own average (`own` True).
    """

    text: str
    source: str
    yuan_per_piece: float
    pieces_low: int
    pieces_high: int
    minutes_per_piece: float
    basis: str
    own: bool

    @property
    def day_minutes(self) -> tuple[int, int]:
        """Return the minutes a day that the claimed pieces take, at the low and the high end."""
        return (
            round(self.pieces_low * self.minutes_per_piece),
            round(self.pieces_high * self.minutes_per_piece),
        )

    @property
    def month_hours(self) -> tuple[int, int]:
        """Return the hours a month of thirty days without a rest."""
        low, high = self.day_minutes
        return low * DAYS_A_MONTH // 60, high * DAYS_A_MONTH // 60

    @property
    def yuan_per_hour(self) -> float:
        """Return what an hour brings at most, if the claim's price is true."""
        return 60 * self.yuan_per_piece / self.minutes_per_piece


@dataclass(frozen=True, slots=True)
class Explanation:
    """One candidate with everything behind its score, and the claims that go round about it.

    `costs` are of paid time only.
    """

    candidate: Candidate
    others: tuple[Candidate, ...]
    category_name: str
    claims: tuple[ClaimCheck, ...]
    risks: tuple[str, ...]
    peak: str
    costs: Costs | None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a category or platform is not suggested; `rejections` empty means that it is."""

    id: str
    name: str
    rejections: tuple[matching.Rejection, ...]
    eligible: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an explanation looks at beside the advice itself."""

    stock: Stock
    catalogue: Catalogue
    gigs: Sequence[Gig]
    spends: Sequence[Spend]
    today: date


def explain(text: str, advice: Advice, grounds: Grounds) -> Explanation:
    """Return the explanation of a suggested category or platform, named as people name it.

    Raise NotFound for an unknown name and Refused for one that is not eligible.
    """
    catalogue = grounds.catalogue
    category_id, platform_id = _named(text, catalogue)
    for pick in (*advice.picks, *advice.untested):
        if pick.category != category_id:
            continue
        for candidate in pick.routes:
            if platform_id in (None, candidate.platform.id):
                category = catalogue.categories[category_id]
                others = tuple(one for one in pick.routes if one is not candidate)
                claims = tuple(
                    _checked(claim, category_id, grounds.gigs, catalogue)
                    for claim in category.claims
                )
                return Explanation(
                    candidate,
                    others,
                    category.name,
                    claims,
                    category.risks,
                    category.peak,
                    _costs(candidate, grounds),
                )
    known = category_id if platform_id in (None, SELF) else platform_id
    raise Refused(
        _("「{text}」不在建议里").format(text=text),
        _("看原因：xianke suggest --why-not {id}").format(id=known),
    )


def _costs(candidate: Candidate, grounds: Grounds) -> Costs | None:
    platform = candidate.platform
    if platform.income != "time":
        return None
    needs = conditions.needs_of(platform, grounds.stock, grounds.today)
    spent = sum(
        spend.amount_fen
        for spend in grounds.spends
        if spend.platform == platform.id and spend.kind == "plain"
    )
    return costs.of(platform, candidate.rate, needs.usable, grounds.stock.profile, spent)


def why_not(text: str, advice: Advice, catalogue: Catalogue, stock: Stock, today: date) -> WhyNot:
    """Return what keeps a category or platform from being suggested."""
    category_id, platform_id = _named(text, catalogue)
    eligible = tuple(
        candidate.platform.name
        for pick in (*advice.picks, *advice.untested)
        for candidate in pick.routes
        if candidate.platform.category == category_id
        and platform_id in (None, candidate.platform.id)
    )
    rejections = []
    names: dict[str, str] = {}
    name = catalogue.categories[category_id].name
    for platform in catalogue.routes():
        if platform.category != category_id or platform_id not in (None, platform.id):
            continue
        if platform_id is not None:
            name = platform.name
        needs = conditions.needs_of(platform, stock, today)
        if needs.missing is not None:
            rejections.append(matching.rejection(platform, needs))
            names[platform.id] = platform.name
    return WhyNot(platform_id or category_id, name, tuple(rejections), eligible, names)


def _named(text: str, catalogue: Catalogue) -> tuple[str, str | None]:
    """Return (category, platform or None) for what a person typed: a category goes first.

    A private client stands for the `self` route of its category. Raise Refused for what is no
    route of any category.
    """
    wanted = lookup.folded(text)
    for category in catalogue.categories.values():
        names = [category.id, *category.name.replace("、", "\n").split("\n"), category.name]
        if wanted in [lookup.folded(name) for name in names]:
            return category.id, None
    try:
        platform = platforms.find(catalogue, text)
    except NotFound:
        # Half a name is enough for a category: 跑腿 means 配送跑腿.
        if len(wanted) > 1:
            found = [
                one for one in catalogue.categories.values() if wanted in lookup.folded(one.name)
            ]
            if len(found) == 1:
                return found[0].id, None
        raise
    route = platform.category, SELF if platform.kind == "client" else platform.id
    if route not in {(one.category, one.id) for one in catalogue.routes()}:
        unsorted = platform.category not in catalogue.categories
        raise Refused(
            _("「{text}」不是哪一类活的去处，没法打分").format(text=text)
            if unsorted
            else _("「{text}」还没有记过用时的单，没法打分").format(text=text),
            _("自己记过的看 xianke rates；补类别：xianke platforms edit {id} category 类别").format(
                id=platform.id
            )
            if unsorted
            else _("记一单带用时的：xianke log {id} 金额 --minutes 分钟").format(id=platform.id),
        )
    return route


def _checked(
    claim: Mapping[str, Any], category: str, gigs: Sequence[Gig], catalogue: Catalogue
) -> ClaimCheck:
    tongue = language()
    pieces = minutes = 0
    for gig in gigs:
        platform = catalogue.platforms.get(gig.platform)
        where = gig.category or (platform.category if platform is not None else None)
        # One order logged alone may be anything; a count says that it was pieces.
        if where == category and gig.orders > 1 and gig.worked_minutes is not None:
            pieces += gig.orders
            minutes += gig.worked_minutes + gig.unpaid_minutes
    own = pieces > 0 and minutes > 0
    return ClaimCheck(
        claim["text"][tongue],
        worded(claim["source"], tongue),
        claim["yuan_per_piece"],
        claim["pieces_per_day_low"],
        claim["pieces_per_day_high"],
        minutes / pieces if own else claim["minutes_per_piece"],
        _("按你自己记的 {pieces} 件算").format(pieces=pieces)
        if own
        else claim["minutes_basis"][tongue],
        own,
    )
