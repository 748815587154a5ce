"""What the own log says in numbers: samples, requests and tallies, read in order of time."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date

import pytest

from xianke import experience, levels, rates
from xianke.catalogue import Catalogue, Category, Conditions, Fact, Factor, Pay, Platform
from xianke.experience import Experience, Tally
from xianke.records import Gig

TODAY = date(2026, 11, 22)
ROUTE = ("work", "shop")
FACTORS = {
    name: Factor(name, 0.0, 0.0, name, "nobody", "2026", "assumption")
    for name in ("unpaid_share", "advertised")
}
SETUP = 20


def platform(id: str = "shop", setup: int = SETUP, **changes: object) -> Platform:
    stated = Pay(
        "yuan_per_hour", 20, None, 80, "net", "press", "the paper", "2026-03", False, False,
        None, None, None,
    )  # fmt: skip
    made = Platform(
        id, f"The {id}", "platform", "work", "time", "", Conditions(setup_minutes=setup),
        {"status": Fact("active")}, pay=(stated,),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def book(*platforms: Platform) -> Catalogue:
    work = Category("work", "All work", "", "time", 0.5, "", (), (), (), (), Conditions(), (), None)
    shown = platforms or (platform(), platform("mart"))
    return Catalogue("2026-11-22", {"work": work}, {one.id: one for one in shown}, FACTORS, ())


def gig(
    yuan: float = 30,
    worked: int | None = 60,
    *,
    id: int = 1,
    shop: str = "shop",
    unpaid: int = 0,
    cost: float = 0,
    status: str = "paid",
    day: str = "2026-11-02",
    start: int | None = None,
) -> Gig:
    return Gig(
        id, shop, "work", day, start, 1, worked, unpaid, round(yuan * 100), 0, round(cost * 100),
        0, status, None, None, None, None,  # type: ignore[arg-type]
    )  # fmt: skip


def search(minutes: int = 25, **changes: object) -> Gig:
    made = gig(0, 0, unpaid=minutes, status="none_found")
    return replace(made, **changes)  # type: ignore[arg-type]


def learned(*gigs: Gig, of: Catalogue | None = None) -> Experience:
    return experience.of(of or book(), gigs, TODAY)


def tally(*gigs: Gig) -> Tally:
    return learned(*gigs).tally(ROUTE)


def level(*gigs: Gig, of: Catalogue | None = None) -> float:
    return learned(*gigs, of=of).levels.level(ROUTE).mean


# What gigs add up to


def test_a_log_of_all_kinds_adds_up() -> None:
    """Paid, waiting, rejected and not found: each in its own place, costs of all together."""
    found = tally(
        gig(30, cost=2, day="2026-11-02"),
        gig(50, 40, unpaid=30, status="delivered", day="2026-11-03"),
        gig(20, 30, cost=6, status="rejected", day="2026-11-04"),
        search(25, cost_fen=100, day="2026-11-05"),
    )

    assert found == Tally(
        gigs=3, earned=2, paid=1, rejected=1, searches=1, net_fen=2800 + 5000 - 600,
        cost_fen=200 + 600 + 100, minutes=60 + 70 + 30, searched_minutes=25, earned_minutes=130,
        setup_minutes=SETUP, losses=1, last_day="2026-11-04",
    )  # fmt: skip
    assert found.paid_share == 0.5
    assert found.cost_fen_per_hour == pytest.approx(60 * 900 / 185)
    assert found.setup_share == pytest.approx(SETUP / 130)


def test_nothing_logged_has_no_shares() -> None:
    """Neither a division by nothing nor a share that nobody saw."""
    empty = learned().tally(ROUTE)

    assert empty == experience.NOTHING
    assert (empty.paid_share, empty.cost_fen_per_hour, empty.setup_share) == (None, 0.0, 0.0)
    assert empty.likely_paid == experience.FIRST_PAID_SHARE


def test_tallies_add_up_to_those_of_all_gigs() -> None:
    """Field by field, with the newest day of all."""
    gigs = [gig(id=number, day=f"2026-11-{number:02d}") for number in range(1, 7)]

    parts = [tally(*gigs[4:]), tally(*gigs[:2]), tally(*gigs[2:4])]

    assert experience.together(parts) == tally(*gigs)
    assert experience.together([]) == experience.NOTHING


# Getting ready


def test_getting_ready_counts_once_a_day() -> None:
    """Three gigs of a day had one way to work, those of another day another."""
    same = [gig(unpaid=30, id=number, start=60 * number) for number in (1, 2, 3)]

    assert tally(*same).setup_minutes == SETUP
    assert tally(*same, gig(unpaid=30, id=4, day="2026-11-03")).setup_minutes == 2 * SETUP


@pytest.mark.parametrize(("unpaid", "setup"), [(0, 0), (7, 7), (SETUP, SETUP), (90, SETUP)])
def test_getting_ready_is_never_more_than_was_logged_unpaid(unpaid: int, setup: int) -> None:
    """Who logs no unpaid minute has left the way out: it is not taken off twice."""
    assert tally(gig(unpaid=unpaid)).setup_minutes == setup


def test_the_level_is_that_of_the_hours_after_getting_ready() -> None:
    """An hour at 30 yuan after 20 minutes on the way is an hour at 30 yuan."""
    assert level(gig(30, 60, unpaid=SETUP)) == pytest.approx(level(gig(30, 60)))
    assert level(gig(30, 60, unpaid=2 * SETUP)) < level(gig(30, 60))


def test_the_shown_range_still_counts_getting_ready_as_hours() -> None:
    """What it takes belongs to the hour that a range is about."""
    known = book()
    on_the_way = rates.learn(known, [gig(30, 60, unpaid=SETUP)], TODAY).routes[ROUTE]
    at_once = rates.learn(known, [gig(30, 60)], TODAY).routes[ROUTE]

    assert on_the_way.mid_fen_per_hour == pytest.approx(
        (at_once.mid_fen_per_hour or 0) * 60 / 80, abs=1
    )


def test_a_gig_that_was_all_getting_ready_is_no_division_by_nothing() -> None:
    """Minutes that leave nothing over count as one."""
    assert math.isfinite(level(gig(5, 0, unpaid=SETUP)))


def test_a_rejected_gig_takes_no_getting_ready_from_the_paid_one() -> None:
    """Or the range would move with it: the paid gig of the day keeps its way."""
    paid = gig(30, 60, unpaid=30, id=2, start=600)
    lost = gig(30, 60, unpaid=30, id=1, start=480, status="rejected")
    known = book()

    alone = rates.learn(known, [paid], TODAY).routes[ROUTE]
    both = rates.learn(known, [lost, paid], TODAY).routes[ROUTE]

    assert (both.low_fen_per_hour, both.mid_fen_per_hour, both.high_fen_per_hour) == (
        alone.low_fen_per_hour, alone.mid_fen_per_hour, alone.high_fen_per_hour,
    )  # fmt: skip


# Searches and requests


def test_a_log_without_searches_knows_nothing_of_supply() -> None:
    """Whoever logs only what went well has never been turned away, as far as the log can say."""
    assert not learned(gig()).supply_logged
    assert learned(gig(), search()).supply_logged


def test_every_gig_is_a_request_that_found_work_also_a_rejected_one() -> None:
    """There was work; that it went unpaid is another matter."""
    found = learned(gig(), gig(status="rejected", id=2), search(id=3), gig(shop="mart", id=4))

    assert found.supplies[ROUTE].requests == 3
    assert found.supplies["work", "mart"].requests == 1
    assert found.supplies[ROUTE].chance(0) < found.supplies["work", "mart"].chance(0)


def test_a_failure_after_much_work_of_the_week_says_less_about_the_first_chance() -> None:
    """Requests know what had been asked before in their ISO week, and in no other."""
    long = [gig(200, 400, id=1, day="2026-11-09", start=480)]

    same_week = learned(*long, search(id=2, day="2026-11-15", start_minute=600))
    next_week = learned(*long, search(id=2, day="2026-11-16", start_minute=600))

    assert next_week.supplies[ROUTE].chance(0) < same_week.supplies[ROUTE].chance(0)


def test_a_search_asks_for_a_gig_of_the_usual_length() -> None:
    """Five minutes of looking sought an hour of work: the next request comes after an hour."""
    gigs = [gig(id=number, day=f"2026-10-{5 + number:02d}") for number in range(1, 6)]
    log = [*gigs, search(5, id=6, start_minute=540), search(5, id=7, start_minute=700)]
    longer = [*gigs, search(60, id=6, start_minute=540), search(60, id=7, start_minute=700)]

    assert learned(*log).supplies == learned(*longer).supplies


def test_a_search_is_neither_gig_nor_practice_nor_sample() -> None:
    """It leaves the level alone, and costs of it are kept."""
    with_it, without = learned(gig(), search(cost_fen=300)), learned(gig())

    assert with_it.levels == without.levels
    assert with_it.practice == without.practice == {"work": 1}
    assert with_it.tally(ROUTE).gigs == 1
    assert with_it.tally(ROUTE).cost_fen == 300


def test_searches_alone_are_a_log() -> None:
    """No gig, no median of lengths: still a supply."""
    found = learned(search(), search(id=2, day="2026-11-03"))

    assert found.supplies[ROUTE].requests == 2
    assert not found.levels.seen(ROUTE)


# Length


def test_a_longer_gig_says_more() -> None:
    """Of a poor and a good hour's pay, the level leans to the one that was earned longer."""
    poor, good = gig(20, 60, day="2026-11-03"), gig(80, 60, id=2, day="2026-11-04")
    long_poor = replace(poor, worked_minutes=240, gross_fen=4 * poor.gross_fen)
    long_good = replace(good, worked_minutes=240, gross_fen=4 * good.gross_fen)

    assert level(long_poor, good) < level(poor, good) < level(poor, long_good)


def test_gigs_of_one_length_weigh_the_same_however_long() -> None:
    """Minutes count beside the usual ones, not by themselves."""
    short = [gig(20, 60, day="2026-11-03"), gig(80, 60, id=2, day="2026-11-04")]
    long = [replace(one, worked_minutes=240, gross_fen=4 * one.gross_fen) for one in short]

    assert level(*short) == pytest.approx(level(*long))


# Practice and starts


def test_practice_is_counted_by_category_in_order_of_time() -> None:
    """Work on one platform of a trade is practice for the next; a rejected gig is none."""
    found = learned(
        gig(id=1), gig(id=2, shop="mart"), gig(id=3, status="rejected"), gig(id=4, shop="elsewhere")
    )

    assert found.practice == {"work": 3}


def test_the_first_gigs_are_forgiven_their_slowness() -> None:
    """The same pay rising with practice speaks for a lower level when it falls instead."""
    rising = [
        gig(yuan, id=day, day=f"2026-11-{day:02d}") for day, yuan in enumerate((20, 30, 40), 2)
    ]
    falling = [replace(one, day=f"2026-11-{6 - one.id:02d}") for one in rising]

    assert learned(*rising).levels.best[1] > learned(*falling).levels.best[1]


def test_a_gig_without_a_start_speaks_for_no_time_of_the_week() -> None:
    """And one with it for its own alone, also where only half of the log has starts."""
    bare = gig(30, id=1)
    late = [gig(90, id=number, day=f"2026-11-{number:02d}", start=1200) for number in range(3, 7)]

    found = learned(bare, *late).levels

    evening, other = levels.cell_of(2, 1200), levels.cell_of(2, 600)
    assert ("work", evening) in found.parts
    assert ("work", other) not in found.parts
    assert found.level(ROUTE, cell=evening).mean > found.level(ROUTE, cell=other).mean
    assert learned(bare).levels.parts.keys().isdisjoint({("work", cell) for cell in range(16)})


def test_gigs_of_one_day_without_a_start_may_be_logged_in_any_order() -> None:
    """Ids are given in the order of logging, and must not show."""
    done = [gig(yuan, id=0, unpaid=yuan) for yuan in (12, 30, 75, 31)]
    dice = random.Random(1)

    def logged() -> Experience:
        dice.shuffle(done)
        return learned(*(replace(one, id=number) for number, one in enumerate(done, 1)))

    first = logged()
    for _again in range(5):
        assert logged() == first


def test_today_decides_how_old_a_gig_is() -> None:
    """Of two gigs the newer one weighs more, and the more the longer ago the other is."""
    old, new = gig(10, id=1, day="2025-01-06"), gig(100, id=2, day="2026-11-20")

    recent = replace(old, day="2026-11-06")

    assert level(recent, new) < level(old, new)


# Whose a gig is


def test_an_unknown_platform_counts_for_its_categorys_own_route() -> None:
    """What the catalogue does not list is work found by oneself, unless kept apart."""
    known = book()
    done = [gig(shop="gone"), gig(shop="wang", id=2)]

    together = experience.of(known, done, TODAY)
    apart = experience.of(known, done, TODAY, apart=True)

    assert set(together.tallies) == {("work", "self")}
    assert set(apart.tallies) == {("work", "gone"), ("work", "wang")}


def test_a_route_nobody_published_anything_of_is_not_thought_as_good_as_its_neighbours() -> None:
    """The mean of its neighbours and of the lower quartile of all that is published."""
    dear = platform("dear", pay=(replace(platform().pay[0], low=90.0, typical=100.0, high=110.0),))
    known = book(platform(), dear, platform("mart", pay=()))
    claims = learned(of=known).levels.claims

    cheap, high = claims[ROUTE].mean, claims["work", "dear"].mean
    assert claims["work", "mart"].mean == pytest.approx((cheap + high + cheap) / 3)
    assert claims["work", "mart"].told
    assert (
        not learned(of=book(platform(), platform("mart", pay=())))
        .levels.claims["work", "mart"]
        .told
    )


def test_where_nothing_is_published_own_gigs_begin_by_themselves() -> None:
    """The claim is the middle of what they brought, and known to be none."""
    known = book(platform(pay=()))
    claims = learned(gig(10, id=1), gig(30, id=2), gig(90, id=3), of=known).levels.claims

    assert claims[ROUTE].mean == pytest.approx(math.log(3000))
    assert not claims[ROUTE].told
