"""Conditions: what stands between a person and a route, and what is only to be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from xianke import conditions, inventory
from xianke.catalogue import Conditions, Fact, Platform
from xianke.conditions import Needs
from xianke.records import Asset, Place, Skill, Slot

TODAY = date(2026, 11, 22)
EVENING = "工作日 19:00-21:00"


def platform(*, status: str = "active", **changes: Any) -> Platform:  # Any: fields of Platform
    made = Platform(
        "shop", "The shop", "platform", "work", "time", "", Conditions(), {"status": Fact(status)}
    )
    return replace(made, **changes)


def stock(
    *texts: str,
    place: Place = "home",
    devices: str | None = None,
    skills: tuple[tuple[str, int], ...] = (),
    assets: tuple[str, ...] = (),
    profile: Mapping[str, str] | None = None,
) -> inventory.Stock:
    rows = [
        Slot(number, text, None, place, devices, False)
        for number, text in enumerate(texts or (EVENING,), 1)
    ]
    return inventory.stock(
        rows,
        [Skill(number, key, key, level) for number, (key, level) in enumerate(skills, 1)],
        [Asset(number, key, key, None, None) for number, key in enumerate(assets, 1)],
        profile or {},
        TODAY,
    )


def timeless() -> inventory.Stock:
    return replace(stock(), slots=())


def needs(have: inventory.Stock, **wanted: Any) -> Needs:  # Any: fields of Conditions
    return conditions.needs_of(platform(conditions=Conditions(**wanted)), have, TODAY)


def test_what_is_closed_never_comes_into_question() -> None:
    """Whatever else fits."""
    shut = platform(status="closed")
    firms = platform(not_for_workers="firms only")

    assert conditions.needs_of(shut, stock(), TODAY) == Needs("closed")
    assert conditions.needs_of(firms, stock(), TODAY) == Needs("closed")


def test_any_one_of_the_skills_opens_work_that_asks_for_any() -> None:
    """Without one all of them are named."""
    wanted = ("writing", "coding")

    assert needs(stock(), skills_any=wanted) == Needs("no_skill", failed=wanted)
    assert needs(stock(skills=(("copywriting", 1),)), skills_any=wanted).missing is None


def test_every_one_of_the_skills_is_needed_where_all_are_asked_for() -> None:
    """Only those that lack are named."""
    have = stock(skills=(("english", 3),))

    assert needs(have, skills_all=("english", "coding")) == Needs("no_skill", failed=("coding",))
    assert needs(have, skills_all=("english",)).missing is None
    assert needs(have, skills_all=("english",), skills_any=("coding",)) == Needs(
        "no_skill", failed=("coding",)
    )


def test_a_thing_that_was_answered_with_yes_is_there() -> None:
    """Whether it helps or is needed; a no is not asked again and rejects nothing that it helps."""
    have, lack = stock(profile={"tablet": "yes"}), stock(profile={"tablet": "no"})

    assert needs(have, assets_all=("tablet",)).missing is None
    assert needs(lack, assets_all=("tablet",)).missing == "no_asset"
    assert needs(stock(), assets_helpful=("tablet",)).checks == ("asset:tablet",)
    assert needs(have, assets_helpful=("tablet",)).checks == ()
    assert needs(lack, assets_helpful=("tablet",)) == needs(have, assets_helpful=("tablet",))


@pytest.mark.parametrize(
    ("profile", "missing", "checks"),
    [
        ({}, None, ("real_name",)),
        ({"real_name": "yes"}, None, ()),
        ({"real_name": "no"}, "profile", ()),
    ],
)
def test_proof_of_identity_is_asked_for_where_a_platform_wants_it(
    profile: dict[str, str], missing: str | None, checks: tuple[str, ...]
) -> None:
    """Where it is optional, or nobody knows, it is no condition."""
    wants = platform(facts={"status": Fact("active"), "id_verification": Fact("yes")})
    leaves = platform(facts={"status": Fact("active"), "id_verification": Fact("optional")})
    found = conditions.needs_of(wants, stock(profile=profile), TODAY)

    assert (found.missing, found.checks) == (missing, checks)
    assert conditions.needs_of(leaves, stock(profile=profile), TODAY).checks == ()


def test_things_are_asked_for_like_skills() -> None:
    """Any of some, all of others."""
    have = stock(assets=("e_bike",))

    assert needs(have, assets_all=("e_bike", "van")) == Needs("no_asset", failed=("van",))
    assert needs(have, assets_all=("e_bike",)).missing is None
    assert needs(have, assets_any=("car", "van")) == Needs("no_asset", failed=("car", "van"))
    assert needs(have, assets_any=("car", "e_bike")).missing is None


@pytest.mark.parametrize(
    ("profile", "missing", "checks"),
    [
        ({}, None, ("age",)),
        ({"birth_year": "2000"}, None, ()),
        ({"birth_year": "2007"}, None, ()),
        ({"birth_year": "2008"}, None, ("birthday",)),
        ({"birth_year": "2008", "birthday": "11-22"}, None, ()),
        ({"birth_year": "2008", "birthday": "11-23"}, "profile", ()),
        ({"birth_year": "2009"}, "profile", ()),
    ],
)
def test_an_age_is_asked_for_and_never_guessed(
    profile: dict[str, str], missing: str | None, checks: tuple[str, ...]
) -> None:
    """Unknown stays with a check; who turns eighteen this year may not be it yet."""
    found = needs(stock(profile=profile), min_age=18)

    assert (found.missing, found.checks) == (missing, checks)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({}, (None, ("driving_licence", "health_certificate"), ())),
        ({"licence": "yes"}, (None, ("health_certificate",), ())),
        ({"licence": "no"}, ("profile", (), ("driving_licence",))),
        ({"licence": "yes", "health_certificate": "yes"}, (None, (), ())),
        ({"licence": "yes", "health_certificate": "no"}, ("profile", (), ("health_certificate",))),
    ],
)
def test_certificates_are_checked_one_by_one(
    profile: dict[str, str], expected: tuple[str | None, tuple[str, ...], tuple[str, ...]]
) -> None:
    """Yes passes, no rejects, unknown is to be checked."""
    found = needs(stock(profile=profile), certificates=("driving_licence", "health_certificate"))

    assert (found.missing, found.checks, found.failed) == expected


@pytest.mark.parametrize(
    ("profile", "missing", "checks"),
    [
        ({}, None, ("city",)),
        ({"city": "武汉市"}, None, ()),
        ({"city": "湖南省"}, None, ()),
        ({"city": "Wuhan"}, None, ()),
        ({"city": "长沙岳麓区"}, None, ()),
        ({"city": "桃花源"}, None, ("region",)),
        ({"city": "湖北"}, None, ("region",)),
        ({"city": "杭州"}, "region", ()),
        ({"city": "Hangzhou"}, "region", ()),
    ],
)
def test_a_region_is_checked_against_the_city(
    profile: dict[str, str], missing: str | None, checks: tuple[str, ...]
) -> None:
    """An unknown city, or a province of which one city only is meant, is left to the user."""
    found = needs(stock(profile=profile), regions=("湖南", "武汉"))

    assert (found.missing, found.checks) == (missing, checks)


def test_an_employer_who_forbids_side_jobs_is_a_check_everywhere() -> None:
    """The program does not decide what a contract allows."""
    assert needs(stock(profile={"employer_forbids_side_jobs": "yes"})).checks == ("employer",)
    assert needs(stock(profile={"employer_forbids_side_jobs": "no"})).checks == ()


def test_what_would_help_is_named_when_it_is_not_there() -> None:
    """It never rejects."""
    assert needs(stock(), assets_helpful=("headset",)).checks == ("asset:headset",)
    assert needs(stock(assets=("headset",)), assets_helpful=("headset",)).checks == ()


def test_work_by_the_hour_needs_a_slot_that_comes_back() -> None:
    """No slot at all, or one on a single date, is no weekly time."""
    dated = stock("2026-12-05 09:00-12:00")

    assert needs(timeless(), assets_helpful=("headset",)) == Needs(
        "no_slot", checks=("asset:headset",)
    )
    assert needs(dated).missing == "no_slot"
    assert needs(stock(EVENING, "2026-12-05 09:00-12:00")).missing is None


@pytest.mark.parametrize("income", ["passive", "one_off"])
def test_what_takes_no_time_needs_no_slot(income: Any) -> None:  # Any: one of Income's words
    """A parking space earns while one sleeps."""
    found = conditions.needs_of(platform(income=income), timeless(), TODAY)

    assert found == Needs(None)


@pytest.mark.parametrize(
    ("have", "code"),
    [
        (stock("工作日 19:00-19:30"), "block_too_short"),
        (stock(devices="phone"), "no_device"),
        (stock(place="transit"), "no_place"),
    ],
)
def test_the_code_says_what_is_wrong_with_the_time(have: inventory.Stock, code: str) -> None:
    """Too short, without the device, or in the wrong place."""
    assert needs(have, devices_any=("pc",), min_block_minutes=60) == Needs(code)


def test_of_several_slots_the_one_closest_to_fitting_says_what_lacks() -> None:
    """A slot that is only too short says more than one in the wrong place."""
    short = stock("工作日 12:00-12:30", devices="pc")
    away = stock(place="transit")
    both = replace(short, slots=(*away.slots, *short.slots))

    assert needs(both, devices_any=("pc",), min_block_minutes=60) == Needs("block_too_short")


def test_an_unknown_computer_is_to_be_checked() -> None:
    """The route stays, on all slots where a computer may be."""
    found = needs(stock(), devices_any=("pc",))

    assert (found.missing, found.checks, len(found.usable)) == (None, ("pc",), 1)


def test_a_computer_that_is_there_for_sure_settles_the_question() -> None:
    """Then only the slots that surely have one count."""
    home, office = stock("周六 09:00-12:00"), stock("工作日 12:00-13:00", devices="pc")
    both = replace(home, slots=(*home.slots, *office.slots))

    found = needs(both, devices_any=("pc",))

    assert (found.checks, found.usable) == ((), tuple(free.rule for free in office.slots))


def test_a_computer_on_one_date_does_not_hide_a_weekly_slot() -> None:
    """Adding a slot never takes a route away."""
    home, dated = stock("周六 09:00-12:00"), stock("2026-12-05 09:00-12:00", devices="pc")
    both = replace(home, slots=(*home.slots, *dated.slots))

    found = needs(both, devices_any=("pc",))

    assert (found.missing, found.checks, len(found.usable)) == (None, ("pc",), 2)
