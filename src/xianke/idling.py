"""What idle things could bring: let, used for work, or sold; only where figures are credible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from xianke import bestweek, conditions, scoring, vocabulary, week

if TYPE_CHECKING:
    from xianke.bestweek import Best
    from xianke.inventory import Stock
    from xianke.platforms import Platform
    from xianke.records import Asset

Use = Literal["rent", "use", "sell"]
USES: tuple[Use, ...] = ("rent", "use", "sell")
INCOMES = {"rent": "passive", "use": "time", "sell": "one_off"}


@dataclass(frozen=True, slots=True)
class Yield:
    """What one use of a thing brings: fen per month let, per week used, per item sold.

    A figure is None where nothing credible is known; `routes` names where it can be done.
    """

    use: Use
    routes: tuple[str, ...]
    low_fen: int | None = None
    mid_fen: int | None = None
    high_fen: int | None = None

    @property
    def known(self) -> bool:
        """Return whether there is any credible figure."""
        return (self.low_fen, self.mid_fen, self.high_fen) != (None, None, None)


@dataclass(frozen=True, slots=True)
class Idle:
    """An idle thing with what can be done with it, in the order of `USES`."""

    asset: Asset
    name: str
    yields: tuple[Yield, ...]

    def of(self, use: Use) -> Yield | None:
        """Return what one use brings, None where the catalogue has no use of that kind."""
        return next((one for one in self.yields if one.use == use), None)


def of(best: Best) -> tuple[Idle, ...]:
    """Return the things of the inventory that any route of the catalogue has a use for."""
    found = []
    for asset in best.stock.assets:
        yields = [one for use in USES if (one := _yield(best, asset, use)) is not None]
        if yields:
            name = vocabulary.display_name("asset", asset.key, asset.name)
            found.append(Idle(asset, name, tuple(yields)))
    return tuple(found)


def _yield(best: Best, asset: Asset, use: Use) -> Yield | None:
    """Return what one use of a thing brings; None where the catalogue has no use for it."""
    opened = [platform for platform in _opened(best, asset) if platform.income == INCOMES[use]]
    if not opened:
        return None
    names = tuple(week.name_of(platform, best.means.catalogue) for platform in opened)
    if use == "use":
        return _worked(best, asset, opened, Yield(use, names))
    stated = [
        (income, name)
        for platform, name in zip(opened, names, strict=True)
        if (income := scoring.income_of(platform)) is not None
    ]
    if not stated:
        return Yield(use, names)
    income, name = max(stated, key=lambda one: one[0].mid_fen or one[0].low_fen or 0)
    return Yield(use, (name,), income.low_fen, income.mid_fen, income.high_fen)


def _opened(best: Best, asset: Asset) -> Iterable[Platform]:
    """Return the routes that ask for just this thing, and are open with it."""
    alone = replace(best.stock, assets=(asset,))
    nothing = replace(best.stock, assets=())
    for platform in best.means.catalogue.routes():
        if platform.conditions.assets_any or platform.conditions.assets_all:
            lacking = conditions.needs_of_person(platform, nothing, best.today).missing
            if lacking == "no_asset" and _open(platform, alone, best):
                yield platform


def _open(platform: Platform, stock: Stock, best: Best) -> bool:
    return conditions.needs_of_person(platform, stock, best.today).missing is None


def _worked(best: Best, asset: Asset, opened: Iterable[Platform], unknown: Yield) -> Yield:
    """Return what a usual week gains by a thing, beside all that can be done without it."""
    others = tuple(one for one in best.stock.assets if one.id != asset.id)
    bare = replace(best.stock, assets=others)
    alone = {(platform.category, platform.id) for platform in opened}
    ways = [way for way in best.ways if way.route in alone]
    if not ways:
        return unknown
    rest = week.ways(bare, best.pieces, best.means, best.today)
    more = [way for way in ways if way.route not in {one.route for one in rest}]
    before = replace(
        best, stock=bare, ways=rest, filled=bestweek.filled(best.first, best.pieces, rest)
    )
    points = bestweek.added(before, more)
    names = tuple(week.name_of(way.platform, best.means.catalogue) for way in ways)
    return Yield("use", names, points.low_fen, points.mid_fen, points.high_fen)
