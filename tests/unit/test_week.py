"""A real week: the pieces of free time, and the routes open in them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.unit.weeks_of_life import BEFORE, MONDAY, means, slot, stock

from xianke import inventory, platforms, week
from xianke.busy import BusyTime
from xianke.planner import Piece


def at(text: str) -> datetime:
    """Return a moment of the week: `1 09:30` is Monday, half past nine."""
    day, clock = text.split()
    hour, minute = clock.split(":")
    return datetime.combine(MONDAY, datetime.min.time()) + timedelta(
        days=int(day) - 1, hours=int(hour), minutes=int(minute)
    )


def spans(pieces: tuple[Piece, ...]) -> list[tuple[str, str, int | None]]:
    return [
        (f"{one.start.isoweekday()} {one.start:%H:%M}", f"{one.end:%H:%M}", one.slot)
        for one in pieces
    ]


def test_slots_become_pieces_in_order_of_time() -> None:
    """Each stands with the slot it comes from."""
    found = week.pieces(stock(slot(1, "周三 19:00-21:00"), slot(2, "周一 12:00-13:00")), MONDAY)

    assert spans(found) == [("1 12:00", "13:00", 2), ("3 19:00", "21:00", 1)]


def test_of_overlapping_slots_the_earlier_has_the_time() -> None:
    """The later one begins where it ends; none overlap."""
    found = week.pieces(stock(slot(1, "周一 19:00-21:00"), slot(2, "周一 20:00-22:00")), MONDAY)

    assert spans(found) == [("1 19:00", "21:00", 1), ("1 21:00", "22:00", 2)]


def test_calendars_cut_pieces_and_leave_no_scraps() -> None:
    """Five minutes before a meeting are no piece."""
    taken = [BusyTime(at("1 19:05"), at("1 20:00"), None, False)]

    found = week.pieces(stock(slot(1, "周一 19:00-21:00")), MONDAY, taken)

    assert spans(found) == [("1 20:00", "21:00", 1)]


def test_a_long_stretch_is_cut_with_rests_between() -> None:
    """Nine hours become three blocks of no more than three hours, all on whole five minutes."""
    found = week.pieces(stock(slot(1, "周六 9:00-18:00")), MONDAY)

    assert spans(found) == [
        ("6 09:00", "11:50", 1), ("6 12:05", "14:55", 1), ("6 15:10", "18:00", 1),
    ]  # fmt: skip


def test_what_is_past_is_left_out() -> None:
    """A slot that runs goes on from now."""
    found = week.pieces(stock(slot(1, "每天 19:00-21:00")), MONDAY, (), at("6 20:00"))

    assert spans(found) == [("6 20:00", "21:00", 1), ("7 19:00", "21:00", 1)]


def test_pieces_carry_the_flags_of_their_day() -> None:
    """A named weekday on the National Day holiday says so."""
    monday = MONDAY.replace(month=9, day=28)

    (found,) = week.pieces(stock(slot(1, "周四 19:00-21:00")), monday)

    assert (found.start.date().isoformat(), found.flags) == ("2026-10-01", ("holiday",))


EVENINGS = (Piece(at("1 19:00"), at("1 22:00"), 1), Piece(at("2 19:00"), at("2 22:00"), 1))


def test_ways_have_credible_pay_and_are_work() -> None:
    """What has no rate, and what is no work by the hour, cannot be planned."""
    judged = means()

    found = week.ways(stock(slot(1, "每天 19:00-22:00")), EVENINGS, judged, BEFORE.date())

    assert found
    for way in found:
        assert way.platform.income == "time"
        assert judged.rates.of(way.platform).mid_fen_per_hour is not None
        assert way.open.pieces == (0, 1)


def test_money_first_is_planned_only_once_it_is_paid() -> None:
    """A platform that wants money first appears when it has been put down, and not before."""
    somebody = stock(slot(1, "每天 19:00-22:00"))

    def routes(paid: frozenset[str]) -> set[str]:
        judged = means(paid_first=paid)
        return {way.platform.id for way in week.ways(somebody, EVENINGS, judged, BEFORE.date())}

    before, after = routes(frozenset()), routes(frozenset({"dada_jd"}))

    assert after - before == {"dada_jd"}
    assert not before & {
        one.id for one in means().catalogue.routes() if one.fact("upfront").value == "required"
    }


def test_what_one_source_says_stands_back() -> None:
    """Where another of the category is verified, an unverified platform is not planned."""
    found = week.ways(stock(slot(1, "每天 19:00-22:00")), EVENINGS, means(), BEFORE.date())

    sure = {way.platform.category for way in found if platforms.is_verified(way.platform)}
    unsure = {way.platform.category for way in found if not platforms.is_verified(way.platform)}
    assert sure
    assert sure & unsure == set()


@pytest.mark.parametrize(("profile", "expected"), [({}, True), ({"travel_minutes": "30"}, False)])
def test_an_unknown_way_is_said_to_be_so(profile: dict[str, str], *, expected: bool) -> None:
    """Work at a place of its own takes the way there; where nobody knows it, the plan says so."""
    somebody = stock(slot(1, "每天 9:00-18:00"), profile=profile)
    long = (Piece(at("6 09:00"), at("6 18:00"), 1),)

    found = week.ways(somebody, long, means(), BEFORE.date())

    onsite = [way for way in found if way.platform.conditions.place == "onsite"]
    assert onsite
    assert {way.travel_unknown for way in onsite} == {expected}
    assert {way.open.travel_minutes for way in onsite} == {0 if expected else 60}


def test_a_device_nobody_asked_about_becomes_a_check() -> None:
    """Work at a computer is planned where one may be, and asks first."""
    somebody = stock(slot(1, "每天 19:00-22:00", "home"))
    unsure = inventory.Stock(
        somebody.slots,
        somebody.skills,
        somebody.assets,
        {key: value for key, value in somebody.profile.items() if key != "pc"},
    )

    ways = week.ways(unsure, EVENINGS, means(), BEFORE.date())

    at_a_computer = [way for way in ways if way.platform.conditions.devices_any == ("pc",)]
    assert {("pc" in way.checks) for way in at_a_computer} <= {True}
    phone = [way for way in ways if "phone" in way.platform.conditions.devices_any]
    assert all("pc" not in way.checks for way in phone)
