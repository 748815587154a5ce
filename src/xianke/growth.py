"""What a skill would add: the best usual week with it and without, the hours it takes to learn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from xianke import bestweek, conditions, vocabulary, week
from xianke.i18n import _
from xianke.records import Skill

if TYPE_CHECKING:
    from xianke.bestweek import Best, Hour, Points
    from xianke.inventory import Stock
    from xianke.levels import Route
    from xianke.platforms import Platform
    from xianke.vocabulary import Hours, Word
    from xianke.week import Way

BEGINNER = 2
"""The level with which a skill that was just learned is looked at."""

Why = Literal["no_slots", "nothing_new", "no_pay", "no_fit", "no_gain", "no_hours", "no_rate"]
"""Why nobody can say when a skill pays: no free time; it opens nothing; what it opens has no
credible pay, does not fit the free time (or wants money first), or brings no more than the plan
there is; nobody knows how long it takes, or what an hour brings otherwise."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks until the hours are earned back, rounded up; None where they never are."""

    low: int | None
    mid: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Gain:
    """What one skill would do: the routes it opens, what it adds per week, when it has paid.

    `opens` are the routes that can be planned, by name; `why` is None where `weeks` is known.
    """

    key: str
    name: str
    opens: tuple[str, ...]
    points: Points | None
    hours: Hours | None
    weeks: Weeks | None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """Every skill that would open something, those that pay back soonest first.

    `untold` are those of which it cannot be told yet, each with the reason.
    """

    best: Best
    hour: Hour
    gains: tuple[Gain, ...]
    untold: tuple[Gain, ...]


def grow(best: Best, hour: Hour, only: str | None = None) -> Growth:
    """Return what the skills that are not held would add to a usual week.

    With *only*, that skill alone, whatever there is to say of it.
    """
    held = {skill.key for skill in best.stock.skills}
    words = [word for word in vocabulary.every_skill() if word.key not in held]
    if only is not None:
        words = [word for word in words if word.key == only]
    weigher = _Weigher(best, hour)
    found = [weigher.gain(word) for word in words]
    if only is None:
        found = [one for one in found if one.why != "nothing_new"]
    gains = sorted((one for one in found if one.why is None), key=_by_weeks)
    untold = tuple(one for one in found if one.why is not None)
    return Growth(best, hour, tuple(gains), untold)


def _by_weeks(gain: Gain) -> tuple[float, float, float, str]:
    weeks = gain.weeks or Weeks(None, None, None)
    mid, high, low = (
        math.inf if one is None else one for one in (weeks.mid, weeks.high, weeks.low)
    )
    return mid, high, low, gain.key


class _Weigher:
    """What skills add; skills that open the same routes are planned once."""

    def __init__(self, best: Best, hour: Hour) -> None:
        self._best = best
        self._hour = hour
        self._shut = _shut_for_skill(best)
        self._points: dict[frozenset[Route], Points] = {}
        self._ways: dict[frozenset[Route], tuple[Way, ...]] = {}

    def gain(self, word: Word) -> Gain:
        """Return what one skill that is not held would do."""
        stock = with_skill(self._best.stock, word)
        opened = self._opened(stock)
        hours = vocabulary.hours_to_learn(word.key)
        if not opened:
            return Gain(word.key, word.name, (), None, hours, None, "nothing_new")
        if not self._best.pieces:
            return Gain(word.key, word.name, (), None, hours, None, "no_slots")
        ways = self._new_ways(stock, opened)
        if not ways:
            routes = self._best.means.rates.routes
            paid = any(routes[route].mid_fen_per_hour is not None for route in opened)
            why: Why = "no_fit" if paid else "no_pay"
            return Gain(word.key, word.name, (), None, hours, None, why)
        names = tuple(week.name_of(way.platform, self._best.means.catalogue) for way in ways)
        points = self._added(ways)
        return Gain(word.key, word.name, names, points, hours, *self._weeks(points, hours))

    def _opened(self, stock: Stock) -> frozenset[Route]:
        """Return the routes that are shut without a skill and open with it."""
        today = self._best.today
        return frozenset(
            route
            for route, platform in self._shut.items()
            if conditions.needs_of_person(platform, stock, today).missing is None
        )

    def _new_ways(self, stock: Stock, opened: frozenset[Route]) -> tuple[Way, ...]:
        if opened not in self._ways:
            best = self._best
            ways = week.ways(stock, best.pieces, best.means, best.today)
            self._ways[opened] = tuple(way for way in ways if way.route in opened)
        return self._ways[opened]

    def _added(self, ways: Sequence[Way]) -> Points:
        routes = frozenset(way.route for way in ways)
        if routes not in self._points:
            self._points[routes] = bestweek.added(self._best, ways)
        return self._points[routes]

    def _weeks(self, points: Points, hours: Hours | None) -> tuple[Weeks | None, Why | None]:
        if points.high_fen == 0:
            return None, "no_gain"
        if hours is None:
            return None, "no_hours"
        if self._hour.fen is None:
            return None, "no_rate"
        return weeks_to_break_even(hours, self._hour.fen, points), None


def _shut_for_skill(best: Best) -> Mapping[Route, Platform]:
    """Return the routes paid by time that only a skill is missing for."""
    found = {}
    for platform in best.means.catalogue.routes():
        if platform.income == "time":
            needs = conditions.needs_of_person(platform, best.stock, best.today)
            if needs.missing == "no_skill":
                found[platform.category, platform.id] = platform
    return found


def with_skill(stock: Stock, word: Word) -> Stock:
    """Return the stock of somebody who has just learned a skill."""
    return replace(stock, skills=(*stock.skills, Skill(0, word.key, word.name, BEGINNER)))


def weeks_to_break_even(hours: Hours, fen_per_hour: int, points: Points) -> Weeks:
    """Return after how many weeks what is added has made up for the hours of learning.

    The hours cost what they would have brought otherwise. Best case: few hours, a high gain;
    worst case: many hours, a low one. Rounded up: a promise must never flatter.
    """

    def weeks(twice_hours: int, gain_fen: int) -> int | None:
        return None if gain_fen == 0 else -(-twice_hours * fen_per_hour // (2 * gain_fen))

    return Weeks(
        weeks(2 * hours.low, points.high_fen),
        weeks(hours.low + hours.high, points.mid_fen),
        weeks(2 * hours.high, points.low_fen),
    )


def worth_learning(grown: Growth, only: str | None) -> Gain | None:
    """Return the skill that fifteen days are laid out for; None where nothing speaks for any.

    It is the one that pays back soonest, if that is likely at all; with *only* that one, as long
    as it opens something.
    """
    if only is not None:
        named = next(iter((*grown.gains, *grown.untold)))
        return None if named.why in ("nothing_new", "no_slots") else named
    first = next(iter(grown.gains), None)
    if first is None or first.weeks is None or first.weeks.mid is None:
        return None
    return first


def why_texts() -> dict[Why, str]:
    """Return the reasons why it cannot be told, in the user's language."""
    return {
        "no_slots": _("平常一周没有登记的空闲"),
        "nothing_new": _("目录里没有因它而新打开的路"),
        "no_pay": _("打开的路没有可信的报价"),
        "no_fit": _("打开的路放不进你的空闲，或者要先付钱，或者还没核实"),
        "no_gain": _("打开的路，最好的情况也不比现在多"),
        "no_hours": _("不知道要学多久"),
        "no_rate": _("不知道你现在一小时值多少"),
    }


def by_reason(untold: Iterable[Gain]) -> dict[Why, list[Gain]]:
    """Return the skills of which it cannot be told, by reason."""
    found: dict[Why, list[Gain]] = {}
    for gain in untold:
        if gain.why is not None:
            found.setdefault(gain.why, []).append(gain)
    return found
