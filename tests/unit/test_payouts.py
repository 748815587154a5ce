"""What money settles: each rule by example, and that nothing is ever counted twice."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from xianke import payouts
from xianke.payouts import Match, Standing, Use
from xianke.records import Claim, Gig, GigStatus, Payout, Settlement

DAY = date(2026, 11, 1)


def _day(offset: int) -> str:
    return (DAY + timedelta(offset)).isoformat()


def _gig(
    identity: int,
    offset: int,
    fen: int,
    status: GigStatus = "delivered",
    *,
    paid: int | None = None,
    fee: int = 0,
) -> Gig:
    """Return a gig of a day counted from the first of November; paid on that day unless said."""
    day = None
    if status == "paid":
        day = _day(offset if paid is None else paid)
    return Gig(
        id=identity, platform="somewhere", category=None, day=_day(offset), start_minute=None,
        orders=1, worked_minutes=None, unpaid_minutes=0, gross_fen=fen, fee_fen=fee, cost_fen=0,
        tax_fen=0, status=status, due=None, paid_day=day, rating=None, note=None,
    )  # fmt: skip


def _bill(identity: int, offset: int, fen: int, *, fixed: bool = False) -> Payout:
    return Payout(identity, _day(offset), fen, "somewhere", "imported", fixed=fixed)


def _typed(identity: int, offset: int, fen: int, *, fixed: bool = False) -> Payout:
    return Payout(identity, _day(offset), fen, "somewhere", "typed", fixed=fixed)


def _match(
    gigs: Sequence[Gig],
    money: Sequence[Payout],
    fixed: Sequence[tuple[int, int, int]] = (),
    *,
    client: bool = False,
    usual: int | None = None,
    gone: dict[int, int] | None = None,
) -> Match:
    """Match; *fixed* are (payout, gig, fen), *gone* what was written off of a gig."""
    return payouts.match(
        [Claim(gig, 0, (gone or {}).get(gig.id, 0)) for gig in gigs],
        money,
        [Settlement(number, *row) for number, row in enumerate(fixed, 1)],
        is_client=client,
        usual_days=usual,
    )


def _shares(found: Match) -> dict[int, dict[int, int]]:
    return {payout: dict(use.shares) for payout, use in found.uses.items()}


def _typed_fen(found: Match) -> dict[int, int]:
    return {gig: one.typed_fen for gig, one in found.gigs.items()}


PAID = Standing(0, None, 0, 0, 0)
"""A gig the user calls paid and whose money is all in other payouts."""


# Nothing there


def test_gigs_without_money_are_what_the_user_says() -> None:
    """A paid gig stands on the user's word, a delivered one is owed."""
    found = _match([_gig(1, 0, 100, "paid"), _gig(2, 0, 70)], [])

    assert found == Match({}, {}, {1: Standing(0, None, 100, 0, 0), 2: PAID})


def test_money_without_gigs_settles_nothing() -> None:
    """It stays to be explained, and nobody claims to know what it was."""
    assert _match([], [_bill(1, 0, 500)]) == Match({1: Use((), True, False)}, {}, {})


# 0: what the user decided


def test_a_decision_stands_against_a_better_match() -> None:
    """The exact gig is left for others."""
    found = _match(
        [_gig(1, 0, 100), _gig(2, 0, 250)], [_bill(1, 1, 100, fixed=True)], [(1, 2, 100)]
    )

    assert found.uses == {1: Use(((2, 100),), True, True)}
    assert found.gigs == {1: PAID, 2: PAID}


def test_decided_for_none_is_a_decision() -> None:
    """The money waits, though a gig of its amount is open."""
    found = _match([_gig(1, 0, 100)], [_bill(1, 1, 100, fixed=True)])

    assert found.uses == {1: Use((), True, True)}


@pytest.mark.parametrize(
    ("receivable", "payout", "settled"),
    [(60, 100, 60), (100, 80, 80), (140, 100, 100), (100, 100, 100)],
)
def test_a_decision_follows_the_amounts(receivable: int, payout: int, settled: int) -> None:
    """It is the gig that was chosen: its share shrinks and grows with gig and payout."""
    found = _match([_gig(1, 0, receivable)], [_bill(1, 1, payout, fixed=True)], [(1, 1, 70)])

    assert _shares(found) == {1: {1: settled}}


def test_shares_that_still_fit_stay_as_they_were_decided() -> None:
    """Two payouts over two gigs: no other division, though others would add up as well."""
    rows = [(1, 1, 60), (1, 2, 40), (2, 2, 50)]
    found = _match(
        [_gig(1, 0, 60), _gig(2, 1, 90)],
        [_bill(1, 3, 100, fixed=True), _bill(2, 2, 50, fixed=True)],
        rows,
    )

    assert _shares(found) == {1: {1: 60, 2: 40}, 2: {2: 50}}


def test_a_decision_for_gigs_that_are_gone_is_none() -> None:
    """The payout is free again and finds another."""
    found = _match([_gig(2, 0, 100)], [_bill(1, 1, 100, fixed=True)], [(1, 1, 100)])

    assert found.uses == {1: Use(((2, 100),), True, False)}


def test_a_decided_payout_that_falls_a_little_short_shows_a_fee() -> None:
    """As it would have, had it been matched."""
    found = _match([_gig(1, 0, 1_000, "paid")], [_bill(1, 30, 990, fixed=True)], [(1, 1, 990)])

    assert _shares(found) == {1: {1: 990}}
    assert found.gigs == {1: Standing(10, None, 0, 0, 0)}


# 1: typed and imported


def test_a_typed_payout_gives_way_to_the_bill() -> None:
    """The same money within three percent and ten days: it counts once."""
    found = _match([_gig(1, 0, 1_000)], [_typed(1, 0, 1_000), _bill(2, 10, 970)])

    assert found.replaced == {1: 2}
    assert _shares(found) == {2: {1: 970}}


@pytest.mark.parametrize(("offset", "fen"), [(11, 1_000), (0, 969), (0, 1_031), (-11, 1_000)])
def test_what_is_too_different_is_other_money(offset: int, fen: int) -> None:
    """Both count."""
    assert _match([], [_typed(1, 0, 1_000), _bill(2, offset, fen)]).replaced == {}


def test_replacing_is_one_to_one_the_smallest_difference_first() -> None:
    """Then the nearest day; what finds no partner stays."""
    money = [
        _typed(1, 0, 1_000), _typed(2, 0, 1_010), _typed(3, 0, 1_000),
        _bill(4, 5, 1_010), _bill(5, 1, 1_000),
    ]  # fmt: skip

    assert _match([], money).replaced == {1: 5, 2: 4}


def test_two_typed_or_two_imported_payouts_are_two() -> None:
    """Only a bill and a word can mean the same money."""
    money = [_typed(1, 0, 100), _typed(2, 0, 100), _bill(3, 40, 100), _bill(4, 40, 100)]

    assert _match([], money).replaced == {}


def test_the_decision_of_a_replaced_payout_passes_on() -> None:
    """What the user said of the typed one holds for the same money in the bill."""
    found = _match(
        [_gig(1, 0, 100), _gig(2, 0, 500)],
        [_typed(1, 1, 100, fixed=True), _bill(2, 1, 99)],
        [(1, 2, 100)],
    )

    assert found.replaced == {1: 2}
    assert found.uses == {2: Use(((2, 99),), True, True)}


def test_two_decisions_are_two_moneys() -> None:
    """Who decided about both knows that they differ."""
    found = _match(
        [_gig(1, 0, 100), _gig(2, 0, 100)],
        [_typed(1, 1, 100, fixed=True), _bill(2, 1, 100, fixed=True)],
        [(1, 1, 100), (2, 2, 100)],
    )

    assert found.replaced == {}
    assert _shares(found) == {1: {1: 100}, 2: {2: 100}}


# 2: pairs


def test_an_exact_amount_goes_before_a_near_one() -> None:
    """Though the near one is nearer in time."""
    found = _match([_gig(1, 0, 1_000), _gig(2, 19, 1_001)], [_bill(1, 20, 1_000)])

    assert _shares(found) == {1: {1: 1_000}}


def test_among_equal_amounts_the_nearest_day_wins() -> None:
    """For all payouts together, whichever comes first."""
    gigs = [_gig(1, 0, 500), _gig(2, 10, 500), _gig(3, 20, 500)]

    found = _match(gigs, [_bill(1, 22, 500), _bill(2, 11, 500)])

    assert _shares(found) == {1: {3: 500}, 2: {2: 500}}


@pytest.mark.parametrize("waited", [-10, 0, 120])
def test_a_delivered_gig_is_paid_by_what_comes_in_time(waited: int) -> None:
    """From ten days before the work to a hundred and twenty after."""
    found = _match([_gig(1, 0, 500)], [_bill(1, waited, 500)])

    assert found.uses == {1: Use(((1, 500),), True, False)}
    assert found.gigs == {1: Standing(0, _day(waited), 0, 0, 0)}


@pytest.mark.parametrize("waited", [-11, 121])
def test_money_out_of_time_is_for_something_else(waited: int) -> None:
    """Nobody remembers for longer what it was for."""
    found = _match([_gig(1, 0, 500)], [_bill(1, waited, 500)])

    assert _shares(found) == {1: {}}


@pytest.mark.parametrize(
    ("waited", "usual", "client", "covered"),
    [
        (10, None, False, True),
        (11, None, False, False),
        (-10, None, False, True),
        (17, 7, False, True),
        (18, 7, False, False),
        (10, 7, True, True),
        (17, 7, True, False),
    ],
)
def test_the_users_word_is_covered_by_money_around_the_day(
    waited: int, usual: int | None, client: bool, covered: bool
) -> None:
    """Ten days about the day named; a platform may take its usual days on top."""
    gigs = [_gig(1, -3, 500, "paid", paid=0)]

    found = _match(gigs, [_bill(1, waited, 500)], client=client, usual=usual)

    assert _typed_fen(found) == {1: 0 if covered else 500}
    assert _shares(found) == {1: {1: 500} if covered else {}}


def test_a_platform_keeps_what_a_near_payout_lacks() -> None:
    """The gig is settled in full, the rest was a fee."""
    found = _match([_gig(1, 0, 10_000)], [_bill(1, 5, 9_940)])

    assert _shares(found) == {1: {1: 9_940}}
    assert found.gigs == {1: Standing(60, _day(5), 0, 0, 0)}


def test_a_client_still_owes_what_a_near_payout_lacks() -> None:
    """Nobody keeps a fee there; the delivered gig stays delivered."""
    found = _match([_gig(1, 0, 10_000)], [_bill(1, 5, 9_940)], client=True)

    assert _shares(found) == {1: {1: 9_940}}
    assert found.gigs == {1: PAID}


def test_the_word_does_not_stand_beside_the_bill_that_replaces_it() -> None:
    """A client's gig called paid, and a bill that shows less: the rest did not come."""
    found = _match([_gig(1, 0, 10_000, "paid")], [_bill(1, 5, 9_940)], client=True)

    assert found.gigs == {1: Standing(0, None, 0, 60, 0)}


def test_what_a_near_payout_has_too_much_is_not_explained() -> None:
    """A tip, perhaps: no other gig takes it."""
    found = _match([_gig(1, 0, 10_000), _gig(2, 0, 50_000)], [_bill(1, 5, 10_200)])

    assert _shares(found) == {1: {1: 10_000}}


def test_what_was_written_off_is_not_open() -> None:
    """The payout matches what was left to come, and the gig is then paid."""
    found = _match([_gig(1, 0, 1_000)], [_bill(1, 5, 600)], gone={1: 400})

    assert _shares(found) == {1: {1: 600}}
    assert found.gigs == {1: Standing(0, _day(5), 0, 0, 400)}


def test_no_more_is_lost_than_was_owed() -> None:
    """A gig that became smaller than what was written off of it."""
    found = _match([_gig(1, 0, 300)], [], gone={1: 400})

    assert found.gigs == {1: Standing(0, None, 0, 0, 300)}


# 3: runs


def test_a_week_is_settled_at_once() -> None:
    """The gigs up to a day before, whoever calls them paid or delivered."""
    gigs = [
        _gig(1, 0, 1_000, "paid"), _gig(2, 1, 1_100), _gig(3, 2, 1_200, "paid"), _gig(4, 9, 5_000),
    ]  # fmt: skip

    found = _match(gigs, [_bill(1, 8, 3_300)], usual=7)

    assert found.uses == {1: Use(((1, 1_000), (2, 1_100), (3, 1_200)), True, False)}
    assert found.gigs == {1: PAID, 2: Standing(0, _day(8), 0, 0, 0), 3: PAID, 4: PAID}


def test_whole_weeks_are_meant_first() -> None:
    """The second of November is a Monday: neither the gig left over before nor the one after."""
    gigs = [_gig(number, number, 700) for number in range(9)]

    found = _match(gigs, [_bill(1, 10, 4_900)])

    assert _shares(found) == {1: dict.fromkeys(range(1, 8), 700)}


def test_whole_months_are_meant_too() -> None:
    """What was done in October: the first was a Thursday, and the week of it is no whole one."""
    gigs = [_gig(1, -32, 930), *(_gig(at, 15 * at - 61, 1_000) for at in (2, 3, 4)), _gig(5, 0, 9)]

    found = _match(gigs, [_bill(1, 9, 2_970)])

    assert _shares(found) == {1: dict.fromkeys((2, 3, 4), 990)}


def test_else_the_run_that_begins_first_is_meant() -> None:
    """What is due longest is paid first; what comes later goes on from there."""
    gigs = [_gig(number, number, 700) for number in range(1, 7)]

    found = _match(gigs, [_bill(1, 6, 1_400), _bill(2, 7, 1_400)])

    assert _shares(found) == {1: {1: 700, 2: 700}, 2: {3: 700, 4: 700}}


def test_of_whole_periods_the_nearest_sum_is_meant() -> None:
    """A fee is taken from the week it is about, not from another that is near as well."""
    gigs = [_gig(1, 1, 5_000), _gig(2, 2, 5_100), _gig(3, 8, 5_000), _gig(4, 9, 5_000)]

    found = _match(gigs, [_bill(1, 16, 9_990)])

    assert _shares(found) == {1: {3: 4_995, 4: 4_995}}


def test_an_exact_run_goes_before_a_near_one() -> None:
    """Though the near one begins first."""
    gigs = [_gig(1, 1, 5_130), _gig(2, 2, 5_010), _gig(3, 3, 5_000)]

    found = _match(gigs, [_bill(1, 5, 10_010)])

    assert _shares(found) == {1: {2: 5_010, 3: 5_000}}


def test_what_a_run_lacks_is_kept_by_parts() -> None:
    """By what each was to bring, to the fen: the largest remainders take what is left over."""
    gigs = [_gig(1, 0, 3_333), _gig(2, 1, 3_333), _gig(3, 2, 3_334)]

    found = _match(gigs, [_bill(1, 5, 9_900)])

    assert _shares(found) == {1: {1: 3_300, 2: 3_300, 3: 3_300}}
    assert [one.kept_fen for one in found.gigs.values()] == [33, 33, 34]


def test_what_a_clients_run_lacks_is_owed_for_the_last() -> None:
    """The oldest are paid in full."""
    gigs = [_gig(1, 0, 5_000), _gig(2, 1, 5_000)]

    found = _match(gigs, [_bill(1, 5, 9_900)], client=True)

    assert _shares(found) == {1: {1: 5_000, 2: 4_900}}
    assert found.gigs == {1: Standing(0, _day(5), 0, 0, 0), 2: PAID}


@pytest.mark.parametrize(("first", "is_sure"), [(-45, True), (-46, False)])
def test_a_run_lies_within_a_month_and_a_half(first: int, is_sure: bool) -> None:
    """Older gigs may still be paid, but only because they are the oldest."""
    found = _match([_gig(1, first, 700), _gig(2, -1, 800)], [_bill(1, 0, 1_500)])

    assert found.uses == {1: Use(((1, 700), (2, 800)), is_sure, False)}


def test_a_run_has_no_gig_after_the_payout() -> None:
    """Nobody settles next week's work, were the sum ever so right."""
    gigs = [_gig(1, 0, 700), _gig(2, 3, 800)]

    found = _match(gigs, [_bill(1, 2, 1_500)])

    assert found.uses == {1: Use(((1, 700),), False, False)}


# 4: first in, first out


def test_what_nobody_explains_goes_to_the_oldest() -> None:
    """A part payment settles a part; the next one goes on from there. Neither is sure."""
    gigs = [_gig(2, 5, 1_000), _gig(1, 0, 1_000)]

    found = _match(gigs, [_bill(1, 10, 300), _bill(2, 11, 900)])

    assert found.uses == {
        1: Use(((1, 300),), False, False),
        2: Use(((1, 700), (2, 200)), False, False),
    }
    assert found.gigs == {1: Standing(0, _day(11), 0, 0, 0), 2: PAID}


def test_only_work_that_was_done_is_paid_in_order() -> None:
    """Of an advance nobody knows what for; it waits to be explained."""
    found = _match([_gig(1, 5, 1_000)], [_bill(1, 4, 300)])

    assert _shares(found) == {1: {}}


def test_a_platform_pays_in_order_what_the_user_calls_paid() -> None:
    """The payouts are most likely that money, so the word covers only what they do not."""
    gigs = [_gig(1, 0, 1_000, "paid"), _gig(2, 1, 1_000, "paid")]

    found = _match(gigs, [_bill(1, 4, 1_300)])

    assert found.uses == {1: Use(((1, 1_000), (2, 300)), False, False)}
    assert _typed_fen(found) == {1: 0, 2: 700}


def test_a_client_has_paid_elsewhere_what_the_user_calls_paid() -> None:
    """In cash, say: a transfer of another amount is for another gig."""
    gigs = [_gig(1, 0, 1_000, "paid"), _gig(2, 1, 1_000)]

    found = _match(gigs, [_bill(1, 4, 300)], client=True)

    assert _shares(found) == {1: {2: 300}}
    assert _typed_fen(found) == {1: 1_000, 2: 0}


def test_a_word_too_long_ago_is_left_alone() -> None:
    """A payout is for the gig behind it; the earlier day passes for good."""
    gigs = [_gig(1, 0, 1_000, "paid"), _gig(2, 15, 1_000, "paid")]

    found = _match(gigs, [_bill(1, 20, 300), _bill(2, 21, 300)])

    assert _shares(found) == {1: {2: 300}, 2: {2: 300}}


@pytest.mark.parametrize("client", [True, False])
@pytest.mark.parametrize("status", ["paid", "delivered"])
def test_a_gig_paid_in_parts_is_paid_once(status: GigStatus, client: bool) -> None:
    """Two payouts that add up to it settle it, and the user's word covers nothing beside them."""
    found = _match([_gig(1, 3, 1_100, status)], [_bill(1, 1, 300), _bill(2, 9, 800)], client=client)

    assert _shares(found) == {1: {1: 300}, 2: {1: 800}}
    assert _typed_fen(found) == {1: 0}
    assert found.uses[1].sure
    assert found.uses[2].sure


def test_a_deposit_before_the_work_is_part_of_it() -> None:
    """What a client paid beforehand is no money of its own; a platform pays afterwards."""
    gigs = [_gig(1, 20, 1_100)]

    early = _match(gigs, [_bill(1, 0, 300)], client=True)
    platform = _match(gigs, [_bill(1, 0, 300)])

    assert _shares(early) == {1: {1: 300}}
    assert not early.uses[1].sure
    assert _shares(platform) == {1: {}}


def test_part_of_what_a_client_is_said_to_have_paid_is_not_counted_beside_it() -> None:
    """The bill shows 300 of the 1 000 that the user calls paid: the word covers the rest."""
    found = _match([_gig(1, 0, 1_000, "paid")], [_bill(1, 4, 300)], client=True)

    assert _shares(found) == {1: {1: 300}}
    assert _typed_fen(found) == {1: 700}
    assert not found.uses[1].sure


# All together


def test_the_order_of_the_store_is_of_no_account() -> None:
    """Other ids, another order: the same days settle the same days."""
    rng = random.Random(5)
    rows = [(rng.randrange(60), rng.randrange(400, 900), rng.random() < 0.5) for _n in range(40)]
    money = [(rng.randrange(7, 70), rng.randrange(300, 3_000)) for _n in range(12)]

    def totals(seed: int) -> object:
        mixed = random.Random(seed)
        some, others = mixed.sample(rows, len(rows)), mixed.sample(money, len(money))
        gigs = [
            _gig(at, day, fen, "paid" if said else "delivered")
            for at, (day, fen, said) in enumerate(some)
        ]
        found = _match(gigs, [_bill(at, *one) for at, one in enumerate(others)], usual=7)
        days = {gig.id: (gig.day, gig.gross_fen) for gig in gigs}
        return (
            sorted(
                (others[payout], sorted((days[gig], fen) for gig, fen in use.shares), use.sure)
                for payout, use in found.uses.items()
            ),
            sorted((days[gig], one.kept_fen, one.typed_fen) for gig, one in found.gigs.items()),
        )

    assert totals(1) == totals(2) == totals(3)


def test_many_years_are_matched_in_a_moment() -> None:
    """Twenty thousand gigs and a thousand payouts; the limit leaves room for a slow machine."""
    rng = random.Random(7)
    gigs = [
        _gig(at, rng.randrange(1_000), rng.randrange(500, 6_000), rng.choice(("paid", "delivered")))
        for at in range(20_000)
    ]
    money = [_bill(at, at + 5, rng.randrange(3_000, 60_000)) for at in range(1_000)]

    began = time.process_time()
    found = _match(gigs, money, usual=7)

    assert time.process_time() - began < 5
    assert sum(len(use.shares) for use in found.uses.values()) > 1_000
