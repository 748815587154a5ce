"""Small weeks of every shape, and their best plans by looking at all of them."""

from __future__ import annotations

from itertools import product

from hypothesis import strategies as st

from xianke import _plan_check
from xianke._plan_model import Limits, Option, Problem, Route, Slot, Tier

MINUTES = st.sampled_from((15, 30, 45, 60, 90, 120))
LIMIT = st.none() | st.integers(0, 400)


@st.composite
def tiers(draw: st.DrawFn) -> tuple[Tier, ...]:
    """Draw up to two tiers, each later and dearer than the one before."""
    starts = draw(st.lists(st.integers(0, 150), max_size=2, unique=True))
    rates = draw(st.lists(st.integers(0, 90_000), min_size=len(starts), max_size=len(starts)))
    return tuple(
        Tier(start, rate) for start, rate in zip(sorted(starts), sorted(rates), strict=True)
    )


@st.composite
def routes(draw: st.DrawFn, number: int) -> Route:
    """Draw a route of one of four platforms."""
    return Route(
        f"route-{number}",
        draw(st.sampled_from("pqrs")),
        draw(st.sampled_from((0, 0, 500, 2_000, 5_000))),
        draw(st.sampled_from((0, 0, 1_000, 4_000, 9_000))),
        draw(st.none() | st.integers(0, 300)),
        draw(tiers()),
    )


@st.composite
def limits(draw: st.DrawFn) -> Limits:
    """Draw limits, each of them absent at times."""
    return Limits(
        draw(st.none() | st.tuples(*[st.integers(0, 300)] * 7)),
        draw(LIMIT),
        draw(st.none() | st.integers(0, 4)),
        draw(LIMIT),
        draw(st.none() | st.integers(0, 3)),
    )


@st.composite
def weeks(draw: st.DrawFn, most_slots: int = 6, most_routes: int = 4) -> Problem:
    """Draw a week; its slots crowd on three days, so that set-ups are shared."""
    slots = tuple(
        Slot(day, minutes)
        for day, minutes in draw(
            st.lists(st.tuples(st.integers(0, 2), MINUTES), min_size=1, max_size=most_slots)
        )
    )
    ways = tuple(draw(routes(number)) for number in range(draw(st.integers(1, most_routes))))
    pairs = [(slot, route) for slot in range(len(slots)) for route in range(len(ways))]
    worth = draw(
        st.lists(st.none() | st.integers(-500, 9_000), min_size=len(pairs), max_size=len(pairs))
    )
    options = tuple(
        Option(slot, route, fen)
        for (slot, route), fen in zip(pairs, worth, strict=True)
        if fen is not None
    )
    return Problem(slots, ways, options, draw(limits()))


def best_value(problem: Problem) -> int:
    """Return the value of the best plan: of all there are, none that may be carried out is better.

    Those whose pieces alone bring most come first; the rest is not looked at once they bring no
    more than a plan already found.
    """
    per_slot: list[list[int | None]] = [[None] for _ in problem.slots]
    for place, option in enumerate(problem.options):
        per_slot[option.slot].append(place)
    worth = {place: option.value_fen for place, option in enumerate(problem.options)}
    plans = sorted(
        (
            (sum(worth[place] for place in plan if place is not None), plan)
            for plan in product(*per_slot)
        ),
        key=lambda pair: -pair[0],
    )
    best = 0
    for most, plan in plans:
        if most <= best:
            break
        found = _plan_check.value(problem, plan)
        if found > best and not _plan_check.violations(problem, plan):
            best = found
    return best
