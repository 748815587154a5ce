"""What a plan is worth and which limits it breaks, counted from its definition alone.

Nothing is shared with the search, so that a mistake there cannot hide here. What `violations` says
is read by developers, never shown to a user.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from xianke._plan_model import Option, Problem, Route

Choice = Sequence[int | None]
"""Per slot the place of its option among the problem's, or None."""


def value(problem: Problem, choice: Choice) -> int:
    """Return what a plan is worth in fen: its pieces less set-up, openings and scarcity."""
    taken = _taken(problem, choice)
    minutes = _minutes_per_route(problem, taken)
    days = {(problem.slots[option.slot].day, option.route) for option in taken}
    return (
        sum(option.value_fen for option in taken)
        - sum(problem.routes[route].setup_fen for _day, route in days)
        - sum(problem.routes[route].opening_fen for route in minutes)
        - sum(scarcity(problem.routes[route], spent) for route, spent in minutes.items())
    )


def scarcity(route: Route, minutes: int) -> int:
    """Return how many fen so many minutes a week on a route lose to its tiers, rounded up."""
    ends = [tier.from_minutes for tier in route.tiers[1:]] + [minutes]
    lost = sum(
        max(0, min(end, minutes) - tier.from_minutes) * tier.loss_millifen_per_minute
        for tier, end in zip(route.tiers, ends, strict=False)
    )
    return -(-lost // 1000)


def violations(problem: Problem, choice: Choice) -> list[str]:
    """Return a sentence for each limit that a plan breaks; none means that it may be carried out.

    A plan that does not belong to the problem at all is told so, and looked at no further.
    """
    return list(_misfits(problem, choice)) or [
        f"{kind} {which}".rstrip() + f": {spent} > {limit}"
        for kind, which, spent, limit in _measured(problem, _taken(problem, choice))
        if limit is not None and spent > limit
    ]


Kind = Literal["supply", "dependence", "day", "week", "platforms", "rest"]


def broken(problem: Problem, choice: Choice) -> list[Kind]:
    """Return which kinds of limits a choice of the problem's own options breaks, each once."""
    found = (
        kind
        for kind, _which, spent, limit in _measured(problem, _taken(problem, choice))
        if limit is not None and spent > limit
    )
    return list(dict.fromkeys(found))


def _misfits(problem: Problem, choice: Choice) -> Iterator[str]:
    if len(choice) != len(problem.slots):
        yield f"{len(choice)} choices for {len(problem.slots)} slots"
    for slot, place in enumerate(choice):
        if place is None:
            continue
        if not 0 <= place < len(problem.options):
            yield f"slot {slot}: there is no option {place}"
        elif problem.options[place].slot != slot:
            yield f"slot {slot}: option {place} is for slot {problem.options[place].slot}"


def _measured(
    problem: Problem, taken: Sequence[Option]
) -> Iterator[tuple[Kind, object, int, int | None]]:
    """Yield each thing that may be limited: what, how much of it is used, how much may be."""
    limits = problem.limits
    days: Counter[int] = Counter()
    for option in taken:
        days[problem.slots[option.slot].day] += problem.slots[option.slot].minutes
    platforms: Counter[str] = Counter()
    for route, spent in _minutes_per_route(problem, taken).items():
        platforms[problem.routes[route].platform] += spent
        yield "supply", problem.routes[route].key, spent, problem.routes[route].cap_minutes
    for platform, spent in platforms.items():
        yield "dependence", platform, spent, limits.platform_minutes
    for day, spent in days.items():
        yield "day", day, spent, limits.day_minutes[day] if limits.day_minutes else None
    yield "week", "", days.total(), limits.week_minutes
    yield "platforms", "", len(platforms), limits.max_platforms
    yield "rest", "", len(days), limits.working_days


def _taken(problem: Problem, choice: Choice) -> list[Option]:
    return [problem.options[place] for place in choice if place is not None]


def _minutes_per_route(problem: Problem, taken: Sequence[Option]) -> Counter[int]:
    minutes: Counter[int] = Counter()
    for option in taken:
        minutes[option.route] += problem.slots[option.slot].minutes
    return minutes
