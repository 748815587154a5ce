"""Laws of rates: gigs in any order, ranges that are ranges, hearsay that moves nothing."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from xianke import levels, rates
from xianke.catalogue import Catalogue, Category, Conditions, Fact, Factor, Pay, Platform
from xianke.records import Gig

if TYPE_CHECKING:
    from xianke.rates import Rate

TODAY = date(2026, 11, 22)

FACTORS = {
    name: Factor(name, share, spread, name, "somebody", "2026", "assumption")
    for name, share, spread in (
        ("unpaid_share", 0.33, 0.25),
        ("advertised", 0.0, 0.3),
        ("e_bike_cost", 0.1, 0.1),
    )
}

yuan = st.floats(1, 500)


@st.composite
def pays(draw: st.DrawFn, grades: tuple[str, ...] = ("official", "press", "third_party")) -> Pay:
    low, typical, high = sorted(draw(st.lists(yuan, min_size=3, max_size=3)))
    known = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    return Pay(
        draw(st.sampled_from(["yuan_per_hour", "yuan_per_session", "yuan_per_task"])),
        low if known[0] else None,
        typical if known[1] else None,
        high if known[2] else None,
        draw(st.sampled_from(["net", "gross", "advertised", "customer_price"])),
        draw(st.sampled_from(grades)),
        "somebody",
        draw(st.sampled_from([None, "2024", "2026-03", "2026-05-04"])),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.sampled_from([None, True, False])),
        draw(st.sampled_from([None, 60, 180])),
        None,
    )


hearsay = pays(grades=("community_estimate",))


@st.composite
def gigs(draw: st.DrawFn, status: str | None = None) -> Gig:
    return Gig(
        draw(st.integers(1, 9999)),
        draw(st.sampled_from(["shop", "client", "gone"])),
        draw(st.sampled_from(["work", "other", None])),
        f"2026-{draw(st.integers(1, 11)):02d}-{draw(st.integers(1, 28)):02d}",
        None,
        draw(st.integers(1, 30)),
        draw(st.integers(1, 600)),
        draw(st.integers(0, 300)),
        draw(st.integers(0, 100_000)),
        draw(st.integers(0, 5_000)),
        draw(st.integers(0, 20_000)),
        draw(st.integers(0, 5_000)),
        status or draw(st.sampled_from(["paid", "delivered", "rejected"])),  # type: ignore[arg-type]
        None,
        None,
        None,
        None,
    )


def book(of_category: list[Pay], of_platform: list[Pay]) -> Catalogue:
    def platform(id: str, kind: str, pay: list[Pay]) -> Platform:
        return Platform(
            id, id, kind, "work", "time", "", Conditions(), {"status": Fact("active")},
            pay=tuple(pay), costs=("e_bike_cost",),
        )  # fmt: skip

    work = Category(
        "work", "work", "", "time", 0.5, "", (), (), tuple(of_category), (), Conditions(), (),
        platform("self", "self", []),
    )  # fmt: skip
    known = {
        "shop": platform("shop", "platform", of_platform),
        "client": platform("client", "client", []),
    }
    return Catalogue("2026-11-22", {"work": work}, known, FACTORS, ())


def every_rate(known: Catalogue, done: list[Gig]) -> list[Rate]:
    learned = rates.learn(known, done, TODAY)
    own = rates.own_rates(known, done, TODAY)
    return [*learned.routes.values(), *learned.categories.values(), *own.values()]


def ends(rate: Rate) -> tuple[int | None, int | None, int | None]:
    return rate.low_fen_per_hour, rate.mid_fen_per_hour, rate.high_fen_per_hour


def spread(rate: Rate) -> float:
    assert rate.low_fen_per_hour and rate.high_fen_per_hour
    return math.log(rate.high_fen_per_hour / rate.low_fen_per_hour)


few_pays = st.lists(pays(), max_size=3)
few_gigs = st.lists(gigs(), max_size=6)


@given(few_pays, few_pays, few_gigs)
def test_a_range_is_a_range_or_nothing(shared: list[Pay], own: list[Pay], done: list[Gig]) -> None:
    """Low ≤ mid ≤ high, all known or none; own gigs are counted; shares are shares."""
    for rate in every_rate(book(shared, own), done):
        low, mid, high = ends(rate)
        if low is None or mid is None or high is None:
            assert ends(rate) == (None, None, None)
            assert rate.basis in ("none", "own")
        else:
            assert 0 <= low <= mid <= high
            assert rate.basis in ("catalogue", "own", "both")
        assert (rate.own_gigs > 0) == (rate.basis in ("own", "both"))
        assert rate.paid_share is None or rate.own_gigs > 0
        assert rate.paid_share is None or 0 <= rate.paid_share <= 1
        assert 0 <= rate.losses <= rate.own_gigs


@given(few_pays, few_pays, few_gigs, st.randoms(use_true_random=False))
def test_the_order_of_the_gigs_does_not_show(
    shared: list[Pay], own: list[Pay], done: list[Gig], chance: random.Random
) -> None:
    """To the fen: the same gigs give the same rates, however they were logged."""
    known = book(shared, own)
    shuffled = list(done)
    chance.shuffle(shuffled)

    assert rates.learn(known, shuffled, TODAY) == rates.learn(known, done, TODAY)
    assert rates.own_rates(known, shuffled, TODAY) == rates.own_rates(known, done, TODAY)


@given(few_pays, few_pays, few_gigs, st.lists(hearsay, min_size=1, max_size=3))
def test_a_community_estimate_never_moves_a_platforms_rate(
    shared: list[Pay], own: list[Pay], done: list[Gig], heard: list[Pay]
) -> None:
    """Neither its own nor the one it takes from its category is founded on hearsay about it."""
    without = rates.learn(book(shared, own), done, TODAY)

    assert rates.learn(book(shared, [*own, *heard]), done, TODAY).routes == without.routes


@given(few_pays, st.lists(hearsay, min_size=1, max_size=3))
def test_a_community_estimate_only_ever_widens_a_category(
    shared: list[Pay], heard: list[Pay]
) -> None:
    """It makes no range, moves no middle, narrows no end."""
    without = rates.learn(book(shared, []), [], TODAY).categories["work"]

    widened = rates.learn(book([*shared, *heard], []), [], TODAY).categories["work"]

    assert widened.mid_fen_per_hour == without.mid_fen_per_hour
    assert widened.basis == without.basis
    if without.low_fen_per_hour is not None and without.high_fen_per_hour is not None:
        assert (widened.low_fen_per_hour or 0) <= without.low_fen_per_hour
        assert (widened.high_fen_per_hour or 0) >= without.high_fen_per_hour


@given(few_pays, few_pays, few_gigs, st.lists(gigs(status="rejected"), min_size=1, max_size=4))
def test_rejected_gigs_leave_the_range_and_lower_the_share_of_paid_ones(
    shared: list[Pay], own: list[Pay], done: list[Gig], rejected: list[Gig]
) -> None:
    """low–high is about the next paid gig; the chance of going unpaid stands beside it."""
    known = book(shared, own)
    lost = [replace(one, platform="shop", category="work") for one in rejected]

    before = rates.learn(known, done, TODAY).routes["work", "shop"]
    after = rates.learn(known, [*done, *lost], TODAY).routes["work", "shop"]

    assert ends(after) == ends(before)
    assert after.own_gigs == before.own_gigs + len(lost)
    assert after.paid_share is not None
    assert after.paid_share == 0 or after.paid_share < (before.paid_share or 0)


@given(few_pays, few_pays, few_gigs)
def test_other_work_moves_an_untried_category_down_or_not_at_all(
    shared: list[Pay], own: list[Pay], done: list[Gig]
) -> None:
    """By what the log says of published pay as a whole, the same for its every end."""
    known = book(shared, own)
    shop = known.platforms["shop"]
    elsewhere = [replace(one, category="other") for one in done]

    learned = rates.learn(known, elsewhere, TODAY)
    moved, before = learned.of(shop), rates.learn(known, [], TODAY).of(shop)

    shift = learned.experience.levels.shift
    assert shift <= 0
    assert ends(before) == ends(rates.stated(known, ("work", "shop")))
    for after, stated in zip(ends(moved), ends(before), strict=True):
        assert (after is None) == (stated is None)
        assert after is None or stated is None or after <= stated
        # Both are rounded down, so the one may be a fen off as the other tells it.
        assert after is None or stated is None or abs(after - stated * math.exp(shift)) <= 1
    assert (moved.basis, moved.own_gigs) == (before.basis, 0)


def drawn(chance: random.Random, count: int) -> list[Gig]:
    """Return gigs of about 30 yuan an hour that differ as gigs are supposed to differ."""
    return [
        Gig(
            number, "shop", "work", "2026-11-01", None, 1, 60, 0,
            round(3000 * math.exp(chance.gauss(0, levels.GIG_SPREAD))), 0, 0, 0, "paid", None, None,
            None, None,
        )
        for number in range(count)
    ]  # fmt: skip


def test_more_own_gigs_narrow_the_range_on_average() -> None:
    """With a catalogue behind them or without."""
    statement = Pay(
        "yuan_per_hour", 5, None, 200, "net", "press", "somebody", "2026", False, False, None, None,
        None,
    )  # fmt: skip
    chance = random.Random(8)
    for stated in ([], [statement]):
        known = book([], stated)
        shop = known.platforms["shop"]
        averages = [
            sum(
                spread(rates.learn(known, drawn(chance, count), TODAY).of(shop)) for _ in range(150)
            )
            / 150
            for count in (1, 3, 10, 40)
        ]
        assert averages == sorted(averages, reverse=True)
        assert averages[-1] < 0.8 * averages[0]


def test_the_same_gig_again_and_again_narrows_the_range_every_time() -> None:
    """No scatter, no doubt left but the one about gigs in general."""
    known = book([], [])
    shop = known.platforms["shop"]
    one = drawn(random.Random(1), 1)

    widths = [spread(rates.learn(known, one * count, TODAY).of(shop)) for count in range(1, 40)]

    assert widths == sorted(widths, reverse=True)


def test_about_eight_in_ten_next_gigs_fall_into_the_range() -> None:
    """low–high is the 80 % range for the next paid gig, learned from the ones before."""
    known = book([], [])
    shop = known.platforms["shop"]
    chance = random.Random(3)
    hits = 0
    for _round in range(400):
        *earlier, following = drawn(chance, 13)
        low, _mid, high = ends(rates.learn(known, earlier, TODAY).of(shop))
        hits += (low or 0) <= following.gross_fen <= (high or 0)

    assert 0.75 <= hits / 400 <= 0.88
