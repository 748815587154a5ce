"""The present moment: which slot runs, what somebody says they have, what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from xianke import inventory, matching, moments, platforms, rates, slots
from xianke.errors import NotUnderstood
from xianke.moments import Asked
from xianke.records import Asset, Place, Slot

TODAY = date(2026, 11, 22)
ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def slot(
    id: int, rule: str, place: Place = "home", label: str | None = None, *, driving: bool = False
) -> Slot:
    return Slot(id, rule, label, place, None, driving)


def stock(*rows: Slot) -> inventory.Stock:
    return inventory.stock(rows, [], [], {}, TODAY)


LUNCH = slot(1, "工作日 12:00-13:00", "office", "午休")
EVENING = slot(2, "工作日 19:00-21:00")
NIGHT = slot(3, "周五 22:00-次日02:00")

MONDAY_NOON = at("2026-11-23T12:20:40")
SUNDAY = at("2026-11-22T10:00:00")


def only_span(found: inventory.Stock) -> tuple[int, int]:
    """Return start and end of the single span that a moment's stock holds."""
    (free,) = found.slots
    (span,) = free.rule.spans
    return span.start, span.end


def test_the_slot_that_runs_has_the_minutes_until_its_end() -> None:
    """Seconds are not counted."""
    moment = moments.at(stock(LUNCH, EVENING), MONDAY_NOON, Asked())

    assert moment.slot is not None
    assert moment.slot.slot == LUNCH
    assert moment.minutes == 40
    assert moment.stock is not None
    assert only_span(moment.stock) == (740, 780)
    assert [free.slot for free in moment.stock.slots] == [LUNCH]


def test_nothing_runs_on_a_day_off() -> None:
    """A Sunday is no workday: what comes next is Monday's lunch."""
    moment = moments.at(stock(EVENING, LUNCH), SUNDAY, Asked())

    assert (moment.stock, moment.slot, moment.minutes) == (None, None, 0)
    assert moment.upcoming is not None
    free, one = moment.upcoming
    assert (free.slot, one.start) == (LUNCH, datetime(2026, 11, 23, 12, 0))


@pytest.mark.parametrize(
    ("clock", "minutes"), [("11:59", None), ("12:00", 60), ("12:59", 1), ("13:00", None)]
)
def test_a_slot_runs_from_its_first_minute_to_before_its_last(
    clock: str, minutes: int | None
) -> None:
    """At thirteen o'clock lunch is over."""
    moment = moments.at(stock(LUNCH), at(f"2026-11-23T{clock}:00"), Asked())

    assert (moment.minutes if moment.slot else None) == minutes


def test_a_slot_of_yesterday_runs_into_the_night() -> None:
    """At one o'clock on Saturday Friday's slot has an hour left."""
    moment = moments.at(stock(NIGHT), at("2026-11-28T01:00:00"), Asked())

    assert moment.slot is not None
    assert moment.minutes == 60


def test_of_two_slots_the_one_that_lasts_longer_runs() -> None:
    """And of two that end together the older one."""
    long = slot(7, "周一 12:00-14:00", "home")
    same = slot(8, "周一 11:00-14:00", "home")

    moment = moments.at(stock(LUNCH, same, long), MONDAY_NOON, Asked())

    assert moment.slot is not None
    assert moment.slot.slot.id == 7
    assert moment.minutes == 100


def test_what_was_asked_goes_before_the_slots() -> None:
    """Half an hour on the way is half an hour on the way, whatever was planned."""
    moment = moments.at(stock(LUNCH), MONDAY_NOON, Asked(30, "transit", ("phone",)))

    assert moment.slot is None
    assert moment.minutes == 30
    assert moment.stock is not None
    (free,) = moment.stock.slots
    assert (free.slot.place, free.slot.devices, free.slot.driving) == ("transit", "phone", False)
    assert slots.union_minutes_per_week([free.rule]) == 30


@pytest.mark.parametrize(
    ("asked", "minutes", "place", "devices"),
    [
        (Asked(minutes=25), 25, "home", None),
        (Asked(place="单位"), moments.DEFAULT_MINUTES, "office", None),
        (Asked(devices=("pc",)), moments.DEFAULT_MINUTES, "home", "pc"),
    ],
)
def test_what_was_not_said_is_an_hour_at_home(
    asked: Asked, minutes: int, place: str, devices: str | None
) -> None:
    """With the devices of the place."""
    moment = moments.at(stock(), SUNDAY, asked)

    assert moment.stock is not None
    (free,) = moment.stock.slots
    assert (moment.minutes, free.slot.place, free.slot.devices) == (minutes, place, devices)


def test_an_hour_before_midnight_may_run_over_it() -> None:
    """More than a day is not at hand at once."""
    late = moments.at(stock(), at("2026-11-22T23:30:00"), Asked(60))
    ages = moments.at(stock(), at("2026-11-22T23:30:00"), Asked(5000))

    assert late.stock is not None
    assert only_span(late.stock) == (1410, 1470)
    assert ages.stock is not None
    assert only_span(ages.stock) == (1410, 1410 + 1440)


@pytest.mark.parametrize("asked", [Asked(place="月球"), Asked(devices=("算盘",))])
def test_a_place_or_device_that_is_none_is_refused(asked: Asked) -> None:
    """In the same words as elsewhere."""
    with pytest.raises(NotUnderstood):
        moments.at(stock(), SUNDAY, asked)


def test_what_comes_next_is_looked_for_two_weeks_ahead() -> None:
    """A slot that just runs is not next; of two that begin together the older one is."""
    civil = datetime(2026, 11, 22, 10, 0)
    far = slot(4, "2026-12-06 09:00-10:00")
    farther = slot(5, "2026-12-07 09:00-10:00")
    twin = slot(6, "周一 12:00-13:00")

    assert moments.next_slot(stock(), civil) is None
    assert moments.next_slot(stock(farther), civil) is None
    found = moments.next_slot(stock(far, farther), civil)
    assert found is not None
    assert found[0].slot == far
    found = moments.next_slot(stock(twin, LUNCH), civil)
    assert found is not None
    assert found[0].slot == LUNCH
    found = moments.next_slot(stock(LUNCH), datetime(2026, 11, 23, 12, 0))
    assert found is not None
    assert found[1].start == datetime(2026, 11, 24, 12, 0)


def test_the_next_slot_can_be_matched_like_the_present_one() -> None:
    """Its stock holds it alone, with its own minutes and place."""
    have = stock(LUNCH, EVENING)
    moment = moments.at(have, SUNDAY, Asked())

    found = moments.for_next(have, moment)

    assert found is not None
    assert only_span(found) == (720, 780)
    assert [free.slot for free in found.slots] == [LUNCH]
    assert moments.for_next(stock(), moments.at(stock(), SUNDAY, Asked())) is None


def test_only_work_that_takes_time_is_done_at_a_moment() -> None:
    """Things to sell and to rent are left out, and the ranks begin at one again."""
    known = platforms.catalogue()
    have = replace(stock(EVENING), assets=(Asset(1, "camera", "相机", None, None),))
    advice = matching.match(have, known, rates.learn(known, [], TODAY), "income", TODAY)

    timed, untested = moments.picks(advice)

    assert {pick.kind for pick in (*advice.picks, *advice.untested)} > {"time"}
    assert {pick.kind for pick in (*timed, *untested)} == {"time"}
    assert [pick.rank for pick in timed] == list(range(1, len(timed) + 1))
    assert [pick.rank for pick in untested] == list(range(1, len(untested) + 1))
