"""How much work there is: chances learned from requests with and without work."""

from __future__ import annotations

import random

import pytest

from xianke import supply
from xianke.supply import Request, Supply

SHOP, MART, STAGE = ("work", "shop"), ("work", "mart"), ("art", "stage")


def asked(
    *found: bool,
    route: tuple[str, str] = SHOP,
    age: float = 1.0,
    minutes: int = 0,
) -> list[Request]:
    """Return requests of the same week after so many minutes, with and without work."""
    return [Request(route, age, minutes, one) for one in found]


def of(*requests: Request, route: tuple[str, str] = SHOP) -> Supply:
    return supply.learn([SHOP, MART, STAGE], requests)[route]


def test_nothing_logged_leaves_every_route_at_what_is_usual() -> None:
    """The first request finds work as often as is assumed, and none has shut."""
    learned = supply.learn([SHOP, MART, STAGE], [])

    assert len(set(learned.values())) == 1
    assert learned[SHOP].chance(0) == pytest.approx(supply.FIRST_CHANCE, abs=0.03)
    assert (learned[SHOP].open_share, learned[SHOP].requests) == (1.0, 0)


def test_no_routes_have_no_supply() -> None:
    """An empty catalogue is no error."""
    assert supply.learn([], []) == {}


def test_the_chance_falls_with_what_was_asked_that_week() -> None:
    """Known or unknown: every further minute finds less, and never less than nothing."""
    for one in (of(), of(*asked(True, True, False)), of(*asked(False, minutes=300))):
        chances = [one.chance(minutes) for minutes in (0, 30, 120, 600, 3000)]

        assert chances == sorted(chances, reverse=True)
        assert len(set(chances)) == len(chances)
        assert 0 < chances[-1] < chances[0] < 1


def test_requests_that_found_work_raise_the_chance_and_others_lower_it() -> None:
    """Also when the route is known not to have shut, because it had work since."""
    usual = of().chance(0)

    good = of(*asked(*[True] * 8))
    poor = of(*asked(*[False] * 4, age=2.0), *asked(True, age=1.0))

    assert poor.open_share == 1.0
    assert poor.chance(0) < usual < good.chance(0)
    assert (good.requests, poor.requests) == (8, 5)


def test_a_chance_known_from_many_requests_is_what_they_say() -> None:
    """Three in five of five hundred first requests."""
    dice = random.Random(2)
    found = [dice.random() < 0.6 for _ in range(500)]

    learned = of(*asked(*found, True, age=0.0))

    assert learned.chance(0) == pytest.approx(sum(found) / len(found), abs=0.06)


def test_how_much_work_a_week_has_is_learned() -> None:
    """Drawn from the model itself: the chance halves after 100 minutes, or after 700."""
    for halved in (100.0, 700.0):
        dice = random.Random(5)
        requests = []
        for number in range(900):
            minutes = (0, 100, 200, 400, 700)[number % 5]
            chance = 0.9 / (1 + (minutes / halved) ** 2)
            requests.append(Request(SHOP, 0.0, minutes, dice.random() < chance))

        learned = of(*requests)

        half = learned.chance(halved) / learned.chance(0)
        assert half == pytest.approx(0.5, abs=0.1)


def test_siblings_lend_what_they_know_of_the_work_there_is() -> None:
    """Demand of a trade is alike on its platforms; another trade knows nothing of it."""
    scarce = [Request(SHOP, 1.0, 200, number % 20 == 0) for number in range(60)]
    scarce += [Request(SHOP, 1.0, 0, True) for _ in range(60)]

    learned = supply.learn([SHOP, MART, STAGE], scarce)
    usual = supply.learn([STAGE], [])[STAGE]

    def kept(one: Supply) -> float:
        return one.chance(200) / one.chance(0)

    assert kept(learned[SHOP]) < kept(learned[MART]) < kept(usual)
    assert learned[MART].requests == 0
    assert learned[STAGE] == usual


def test_siblings_lend_no_first_chance() -> None:
    """Whether a platform has work at all is its own: its neighbour's luck is not."""
    learned = supply.learn([SHOP, MART], asked(*[True] * 40))

    assert learned[MART].chance(0) == pytest.approx(of().chance(0), abs=0.005)


def test_a_route_that_shut_goes_to_nothing() -> None:
    """It had work for months; then one request after the other found none."""
    before = [Request(SHOP, 20.0 - week / 2, 0, True) for week in range(30)]
    chances = []
    for failures in (0, 2, 5, 10, 20):
        since = [Request(SHOP, 4.0 - 0.2 * number, 0, False) for number in range(failures)]
        chances.append(of(*before, *since).chance(0))

    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.85
    assert chances[-1] < 0.05


def test_a_route_that_has_work_again_is_open() -> None:
    """One gig after all the failures is proof, whatever was thought before."""
    before = [Request(SHOP, 20.0 - week / 2, 0, True) for week in range(30)]
    failures = [Request(SHOP, 4.0 - 0.2 * number, 0, False) for number in range(10)]
    shut = of(*before, *failures)

    again = of(*before, *failures, Request(SHOP, 0.1, 0, True))

    assert shut.open_share < 0.3
    assert again.open_share == 1.0
    assert again.chance(0) > 2 * shut.chance(0)


def test_a_failure_late_in_a_full_week_hardly_says_that_a_route_has_shut() -> None:
    """After ten hours of the same week no work is what one expects."""
    before = [Request(SHOP, 5.0 + week / 2, 0, True) for week in range(10)]

    early = of(*before, *asked(False, False, False, minutes=0))
    late = of(*before, *asked(False, False, False, minutes=600))

    assert early.open_share < late.open_share


def test_old_requests_say_less_than_new_ones() -> None:
    """Four failures of last year move the chance less than four of last week."""
    old = of(*asked(*[False] * 4, age=60.0), *asked(True, age=0.0))
    new = of(*asked(*[False] * 4, age=2.0), *asked(True, age=0.0))

    assert new.chance(0) < old.chance(0)


def test_the_order_of_the_requests_does_not_show() -> None:
    """Nor the order in which routes are asked for: to a billionth, whatever sums up first."""
    dice = random.Random(9)
    requests = [
        Request(dice.choice([SHOP, MART]), float(number % 9), 30 * (number % 7), number % 3 > 0)
        for number in range(80)
    ]
    shuffled = list(requests)
    dice.shuffle(shuffled)

    one = supply.learn([SHOP, MART, STAGE], requests)
    other = supply.learn([STAGE, MART, SHOP], shuffled)

    for route in (SHOP, MART, STAGE):
        assert one[route].weights == pytest.approx(other[route].weights, rel=1e-9)
        assert one[route].open_share == pytest.approx(other[route].open_share, rel=1e-9)
        assert one[route].requests == other[route].requests


def test_chances_stay_chances_under_thousands_of_requests() -> None:
    """No sum of logarithms runs out of numbers."""
    for found in (True, False):
        one = of(*asked(*[found] * 5000, age=0.0))

        assert 0 <= one.chance(0) <= 1
        assert 0 <= one.open_share <= 1
