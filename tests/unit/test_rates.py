"""Rates: how own gigs move a range, whose they are, and how rates are listed."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date

import pytest

from xianke import experience, rates
from xianke.catalogue import Catalogue, Category, Conditions, Fact, Factor, Pay, Platform
from xianke.priors import Step
from xianke.rates import Line, Rate
from xianke.records import Gig

TODAY = date(2026, 11, 22)
UNPAID = Factor("unpaid_share", 0.33, 0.25, "a third goes unpaid", "a study", "2021", "third_party")
ADVERTISED = Factor("advertised", 0.0, 0.3, "only promised", "a guess", "2026", "assumption")
E_BIKE = Factor("e_bike_cost", 0.1, 0.1, "a tenth for the bike", "a guess", "2026", "assumption")
FACTORS = {one.id: one for one in (UNPAID, ADVERTISED, E_BIKE)}


def pay(
    low: float | None = None,
    typical: float | None = None,
    high: float | None = None,
    *,
    unit: str = "yuan_per_hour",
    measure: str = "net",
    grade: str = "press",
    date: str | None = "2026-03",
    single_case: bool = False,
    derived: bool = False,
    unpaid_included: bool | None = None,
    minutes: int | None = None,
) -> Pay:
    return Pay(
        unit, low, typical, high, measure, grade, "the paper", date, single_case, derived,
        unpaid_included, minutes, None,
    )  # fmt: skip


def platform(
    *pays: Pay,
    id: str = "shop",
    category: str = "work",
    kind: str = "platform",
    costs: tuple[str, ...] = (),
    status: str = "active",
) -> Platform:
    return Platform(
        id, f"The {id}", kind, category, "time", "", Conditions(), {"status": Fact(status)},
        pay=pays, costs=costs,
    )  # fmt: skip


def category(*pays: Pay, id: str = "work", self_route: Platform | None = None) -> Category:
    return Category(
        id, f"All {id}", "", "time", 0.5, "", (), (), pays, (), Conditions(), (), self_route
    )


def book(of: Category, *platforms: Platform) -> Catalogue:
    return Catalogue("2026-11-22", {of.id: of}, {one.id: one for one in platforms}, FACTORS, ())


def gig(
    yuan: float = 30,
    minutes: int | None = 60,
    *,
    id: int = 1,
    platform: str = "shop",
    category: str | None = "work",
    unpaid: int = 0,
    cost: int = 0,
    status: str = "paid",
    day: str = "2026-11-01",
) -> Gig:
    return Gig(
        id, platform, category, day, None, 1, minutes, unpaid, round(yuan * 100), 0, cost * 100, 0,
        status, None, None, None, None,  # type: ignore[arg-type]
    )  # fmt: skip


def figures(rate: Rate) -> tuple[int | None, int | None, int | None]:
    return rate.low_fen_per_hour, rate.mid_fen_per_hour, rate.high_fen_per_hour


def width(rate: Rate) -> float:
    assert rate.low_fen_per_hour and rate.high_fen_per_hour
    return math.log(rate.high_fen_per_hour / rate.low_fen_per_hour)


NOTHING = Rate(None, None, None, "none", 0, None)


# Own gigs


def test_own_gigs_alone_make_a_range_around_what_they_brought() -> None:
    """Where the catalogue knows nothing the user's log does, and says so.

    What a beginner made, a beginner no longer makes: the next gig is hoped to go a bit faster.
    """
    only = platform()

    rate = rates.learn(book(category(), only), [gig(30), gig(30, day="2026-11-03")], TODAY).of(only)

    low, mid, high = (fen or 0 for fen in figures(rate))
    assert low < 3000 <= mid < 3300 < high
    assert (rate.basis, rate.own_gigs, rate.as_of) == ("own", 2, "2026-11-03")
    assert rate.stated_as_of is None
    assert rate.own_net_fen_per_hour == 3000


def test_own_gigs_move_the_catalogues_range() -> None:
    """The more of them, the closer the middle comes to what they brought."""
    only = platform(pay(20, None, 80))
    known = book(category(), only)

    mids = [
        rates.learn(known, [gig(100, id=number) for number in range(count)], TODAY).of(only)
        for count in (0, 1, 5, 50)
    ]

    missing = [abs(math.log((rate.mid_fen_per_hour or 0) / 10000)) for rate in mids]
    assert missing == sorted(missing, reverse=True)
    assert mids[0].mid_fen_per_hour == 4000
    assert missing[-1] < 0.02
    assert [rate.basis for rate in mids] == ["catalogue", "both", "both", "both"]
    assert mids[1].as_of == "2026-11-01"
    assert mids[1].stated_as_of == "2026-03"
    assert mids[1].steps == mids[0].steps


def test_unpaid_minutes_are_hours_too() -> None:
    """Half an hour of waiting doubles what half an hour of work costs."""
    only = platform()

    waited = rates.learn(book(category(), only), [gig(30, 30, unpaid=30)], TODAY).of(only)
    worked = rates.learn(book(category(), only), [gig(30, 60)], TODAY).of(only)

    assert waited == worked
    assert waited.own_net_fen_per_hour == 3000


def test_the_effective_rate_is_net_of_everything_and_rounded_down() -> None:
    """Gross − fee − cost − tax over all minutes: 100 − 10 − 15 − 5 yuan in 90 minutes."""
    only = platform()
    done = replace(gig(100, 80, unpaid=10, cost=15), fee_fen=1000, tax_fen=500)

    rate = rates.learn(book(category(), only), [done], TODAY).of(only)

    assert rate.own_net_fen_per_hour == 4666


def test_a_rejected_gig_is_zero_pay_for_its_minutes() -> None:
    """It lowers the effective rate and the share of paid gigs, and leaves the range."""
    only = platform(pay(20, None, 80))
    known = book(category(), only)

    paid = rates.learn(known, [gig(50)], TODAY).of(only)
    both = rates.learn(known, [gig(50), gig(50, status="rejected")], TODAY).of(only)

    assert figures(both) == figures(paid)
    assert (paid.paid_share, both.paid_share) == (1.0, 0.5)
    assert (paid.own_net_fen_per_hour, both.own_net_fen_per_hour) == (5000, 2500)
    assert both.own_gigs == 2


def test_a_rejected_gig_keeps_its_costs_and_loses_fee_and_tax() -> None:
    """The petrol is spent; what was never paid was never charged."""
    only = platform()
    lost = replace(gig(50, status="rejected", cost=6), fee_fen=500, tax_fen=300)

    rate = rates.learn(book(category(), only), [lost], TODAY).of(only)

    assert rate.own_net_fen_per_hour == -600
    assert rate.losses == 1


def test_rejected_gigs_alone_leave_the_catalogues_range() -> None:
    """What a paid gig brings is as known as before; that none was paid stands beside it."""
    only = platform(pay(20, None, 80))

    rate = rates.learn(book(category(), only), [gig(50, status="rejected")], TODAY).of(only)

    assert rate == Rate(
        2000, 4000, 8000, "both", 1, "2026-11-01", paid_share=0.0, own_net_fen_per_hour=0,
        steps=(Step("每小时 20–80 元", "the paper", "2026-03"),), stated_as_of="2026-03",
    )  # fmt: skip


def test_rejected_gigs_alone_without_a_catalogue_show_no_number() -> None:
    """Nothing was paid, so nothing is known of what a paid gig brings."""
    only = platform()

    rate = rates.learn(book(category(), only), [gig(50, status="rejected")], TODAY).of(only)

    assert rate == Rate(
        None, None, None, "own", 1, "2026-11-01", paid_share=0.0, own_net_fen_per_hour=0
    )


def test_a_loss_counts_as_next_to_nothing_in_the_range_and_in_full_beside_it() -> None:
    """A logarithm has no place for a loss; the effective rate shows it."""
    only = platform()

    rate = rates.learn(book(category(), only), [gig(5, cost=11)], TODAY).of(only)

    tiny = rates.learn(book(category(), only), [gig(experience.LEAST_FEN_PER_HOUR / 100)], TODAY)
    assert figures(rate) == figures(tiny.of(only))
    assert rate.own_net_fen_per_hour == -600
    assert rate.losses == 1


# Which route a gig speaks for


def test_a_private_clients_gig_speaks_for_the_self_route() -> None:
    """Neighbours and word of mouth are one route per category."""
    own_way = platform(id="self", kind="self")
    client = platform(id="wang", kind="client")
    known = book(category(self_route=own_way), client)

    learned = rates.learn(known, [gig(40, platform="wang")], TODAY)

    assert learned.of(own_way).own_gigs == 1
    assert learned.categories["work"].own_gigs == 1
    assert rates.route_of(known, "wang", "work") == ("work", "self")


def test_a_gig_under_another_category_speaks_for_that_one() -> None:
    """The category of the gig goes before that of its platform."""
    only = platform()
    known = book(category(), only)

    learned = rates.learn(known, [gig(40, category="other")], TODAY)

    assert learned.of(only) == NOTHING
    assert learned.routes["other", "shop"].own_gigs == 1
    assert rates.route_of(known, "shop", None) == ("work", "shop")
    assert rates.route_of(known, "unheard of", None) == ("", "self")


def test_a_platform_under_two_categories_has_two_routes_and_one_line() -> None:
    """Each kind of work pays by itself; in the list of platforms its gigs count together."""
    only = platform()
    known = book(category(), only)
    done = [gig(30, id=1), gig(30, id=2), gig(120, id=3, category="other")]

    learned = rates.learn(known, done, TODAY)
    listed = rates.own_rates(known, done, TODAY)

    slow, fast = learned.of(only), learned.routes["other", "shop"]
    assert (slow.own_gigs, fast.own_gigs) == (2, 1)
    assert (slow.mid_fen_per_hour or 0) < (fast.mid_fen_per_hour or 0)
    assert list(listed) == ["shop"]
    assert listed["shop"].own_gigs == 3
    assert listed["shop"].own_net_fen_per_hour == 6000
    assert (
        (slow.mid_fen_per_hour or 0)
        < (listed["shop"].mid_fen_per_hour or 0)
        < (fast.mid_fen_per_hour or 0)
    )


def test_clients_stand_apart_in_the_list_and_together_as_a_route() -> None:
    """Who pays better is worth knowing; which neighbour comes next nobody knows."""
    own_way = platform(id="self", kind="self")
    clients = [platform(id="wang", kind="client"), platform(id="zhao", kind="client")]
    known = book(category(self_route=own_way), *clients)
    done = [gig(20, id=1, platform="wang"), gig(80, id=2, platform="zhao")]

    learned = rates.learn(known, done, TODAY).of(own_way)
    listed = rates.own_rates(known, done, TODAY)

    assert learned.own_gigs == 2
    assert [(key, one.own_gigs) for key, one in listed.items()] == [("wang", 1), ("zhao", 1)]
    assert (listed["wang"].mid_fen_per_hour or 0) < (learned.mid_fen_per_hour or 0)
    assert (learned.mid_fen_per_hour or 0) < (listed["zhao"].mid_fen_per_hour or 0)


def test_a_gig_dated_ahead_counts_as_one_of_today() -> None:
    """A slip of the pen neither stops the program nor weighs more than what is true."""
    only = platform(pay(20, None, 80))
    known = book(category(), only)

    ahead = rates.learn(known, [gig(100, day="2031-01-01")], TODAY).of(only)
    today = rates.learn(known, [gig(100, day=TODAY.isoformat())], TODAY).of(only)

    assert figures(ahead) == figures(today)
    assert ahead.as_of == "2031-01-01"


def test_a_search_in_vain_leaves_every_rate() -> None:
    """It says how often there is work, and nothing of what work brings."""
    only = platform(pay(20, None, 80))
    known = book(category(), only)
    search = gig(0, 0, id=9, unpaid=25, status="none_found")

    with_it = rates.learn(known, [gig(50), search], TODAY)
    without = rates.learn(known, [gig(50)], TODAY)

    assert with_it.routes == without.routes
    assert with_it.categories == without.categories
    assert rates.own_rates(known, [search], TODAY) == {}


def test_work_of_a_category_moves_its_other_platforms() -> None:
    """Up and down: who earns well there on one is likely to on the next, which stays unsure."""
    shop, mart = platform(pay(20, None, 80)), platform(pay(20, None, 80), id="mart")
    known = book(category(), shop, mart)

    poor, rich = (
        rates.learn(known, [gig(yuan, id=number) for number in range(8)], TODAY)
        for yuan in (10, 160)
    )

    assert (poor.of(mart).mid_fen_per_hour or 0) < 4000 < (rich.of(mart).mid_fen_per_hour or 0)
    for learned in (poor, rich):
        assert learned.of(mart).basis == "catalogue"
        assert learned.of(mart).own_gigs == 0
        assert width(learned.of(mart)) > width(learned.of(shop))


def test_work_elsewhere_lowers_untried_work_and_says_by_how_much() -> None:
    """Advertised pay was too rosy once; good luck elsewhere promises nothing."""
    stated = pay(20, None, 80)
    known = Catalogue(
        "2026-11-22",
        {"work": category(id="work"), "art": category(id="art")},
        {"shop": platform(stated), "stage": platform(stated, id="stage", category="art")},
        FACTORS,
        (),
    )
    stage = known.platforms["stage"]

    poor, rich = (
        rates.learn(known, [gig(yuan, id=number) for number in range(8)], TODAY)
        for yuan in (10, 160)
    )

    share = math.exp(poor.experience.levels.shift)
    assert 0.3 < share < 0.9
    assert figures(poor.of(stage)) == tuple(
        math.floor(fen * share + 1e-6) for fen in (2000, 4000, 8000)
    )
    percent = round(100 * share)
    assert poor.of(stage).steps[-1] == Step(
        f"你做的别的活比公布的行情挣得少，这里跟着调低到公布的 {percent}%（单越少动得越少）",
        "你自己的记录",
        None,
    )
    assert rich.of(stage) == rates.stated(known, ("art", "stage"))


@pytest.mark.parametrize(("yuan", "way"), [(400, "调高"), (8, "调低")])
def test_gigs_of_the_same_kind_elsewhere_say_which_way_they_move_a_rate(
    yuan: int, way: str
) -> None:
    """A rate that was moved up is never said to be moved down, and its share fits the way."""
    stated = pay(20, None, 80)
    known = book(category(id="work"), platform(stated), platform(stated, id="mart"))
    mart = known.platforms["mart"]

    learned = rates.learn(known, [gig(yuan, id=1)], TODAY)

    text = learned.of(mart).steps[-1].text
    percent = int(re.findall(r"(\d+)%", text)[0])
    assert way in text
    assert (percent > 100) == (way == "调高")


def test_the_catalogues_word_can_be_had_without_the_gigs() -> None:
    """A first gig is held against it."""
    only = platform(pay(20, None, 80))
    known = book(category(), only)

    assert rates.stated(known, ("work", "shop")) == rates.learn(known, [], TODAY).of(only)
    assert rates.stated(known, ("work", "nowhere")) == NOTHING


# Lists


def test_every_platform_with_an_own_timed_gig_is_listed_first_then_what_the_catalogue_knows() -> (
    None
):
    """Own ones by what they bring, whatever their kind; closed, hostile and self routes never."""
    stated = pay(20, None, 80)
    shops = [
        platform(stated, id="shop"),
        platform(stated, pay(200, None, 800), id="dear"),
        platform(stated, id="shut", status="closed"),
        replace(platform(stated, id="firms"), not_for_workers="firms only"),
        replace(platform(id="flea", kind="platform"), income="one_off"),
        platform(id="unknown"),
        platform(id="wang", kind="client"),
    ]
    known = book(category(self_route=platform(stated, id="self", kind="self")), *shops)
    gigs = [
        gig(40, platform="flea"),
        gig(90, platform="wang"),
        gig(60, platform="wang", category=None),
        gig(30, platform="gone"),
    ]

    learned = rates.learn(known, gigs, TODAY)
    lines = rates.by_platform(known, learned, gigs, TODAY)

    assert [(line.key, line.name, line.rate.own_gigs, line.rate.basis) for line in lines] == [
        ("wang", "The wang", 2, "own"),
        ("flea", "The flea", 1, "own"),
        ("gone", "gone", 1, "own"),
        ("dear", "The dear", 0, "catalogue"),
        ("shop", "The shop", 0, "catalogue"),
    ]


def test_categories_are_listed_where_something_is_known() -> None:
    """Own ones first, then by what they bring; what nobody knows is left out."""
    known = Catalogue(
        "2026-11-22",
        {
            "poor": category(pay(5, None, 20), id="poor"),
            "rich": category(pay(50, None, 200), id="rich"),
            "own": category(id="own"),
            "unknown": category(id="unknown"),
        },
        {},
        FACTORS,
        (),
    )

    lines = rates.by_category(known, rates.learn(known, [gig(8, category="own")], TODAY))

    assert [(line.key, line.name) for line in lines] == [
        ("own", "All own"),
        ("rich", "All rich"),
        ("poor", "All poor"),
    ]
    assert isinstance(lines[0], Line)
