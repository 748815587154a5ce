"""What is known of the person: answers that can be, and how long they hold."""

from __future__ import annotations

from datetime import date

import pytest

from xianke import catalogue, profiles
from xianke.errors import NotFound, NotUnderstood

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("birthday", "5月1日", "05-01"),
        ("birthday", "05-01", "05-01"),
        ("birthday", "5/1", "05-01"),
        ("birthday", "２月２９日", "02-29"),
        ("birth_year", "１９９２", "1992"),
        ("real_name", "愿意", "yes"),
        ("headset", "ＹＥＳ", "yes"),
        ("travel_minutes", "３０", "30"),
        ("real_name", "不愿意", "no"),
        ("headset", "没有", "no"),
        ("城市", "浙江 杭州", "浙江 杭州"),
        ("健康证", "有", "yes"),
        ("travel_minutes", "1小时", "60"),
    ],
)
def test_an_answer_is_understood_by_the_key_or_the_name_of_its_entry(
    key: str, typed: str, stored: str
) -> None:
    """As people write it."""
    assert profiles.check(key, typed, TODAY.year) == (profiles.find(key), stored)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("birthday", "2月30日"),
        ("birthday", "13-01"),
        ("birthday", "1995-05-01"),
        ("birthday", "生日"),
        ("birth_year", "2026"),
        ("birth_year", "1900"),
        ("birth_year", "答案"),
        ("travel_minutes", "6小时"),
        ("real_name", "答案"),
        ("headset", "ANSWER"),
        ("city", "答案"),
        ("city", "ANSWER"),
    ],
)
def test_an_absurd_answer_is_refused(key: str, typed: str) -> None:
    """And so is the word that stands in an example for the answer."""
    with pytest.raises(NotUnderstood) as caught:
        profiles.check(key, typed, TODAY.year)

    assert f"「{typed}」" in caught.value.message
    assert caught.value.hint


def test_every_entry_has_a_name_and_is_found_by_it() -> None:
    """No two entries are called the same."""
    assert tuple(profiles.names()) == profiles.KEYS
    assert [profiles.find(name) for name in profiles.names().values()] == list(profiles.KEYS)
    with pytest.raises(NotFound):
        profiles.find("星座")


def test_whatever_helps_with_some_work_can_be_answered() -> None:
    """A tag of the catalogue without an entry here would be asked for ever."""
    helpful = {
        tag for route in catalogue.catalogue().routes() for tag in route.conditions.assets_helpful
    }

    assert helpful
    assert helpful <= set(profiles.THINGS)


@pytest.mark.parametrize(
    ("key", "day", "stale"),
    [
        ("health_certificate", "2025-11-28", False),
        ("health_certificate", "2025-11-27", True),
        ("student", "2024-09-01", False),
        ("licence", "2015-01-01", False),
        ("city", "2015-01-01", False),
        ("health_certificate", None, False),
    ],
)
def test_some_answers_hold_for_a_year(key: str, day: str | None, stale: bool) -> None:
    """The last day of the year still counts; an answer of no known day is believed."""
    days = {} if day is None else {key: day}

    assert profiles.is_stale(key, day, TODAY) is stale
    assert profiles.standing({key: "yes"}, days, TODAY) == ({} if stale else {key: "yes"})


@pytest.mark.parametrize(
    ("profile", "ages"),
    [
        ({}, None),
        ({"birthday": "05-01"}, None),
        ({"birth_year": "2008"}, (17, 18)),
        ({"birth_year": "2008", "birthday": "11-28"}, (18, 18)),
        ({"birth_year": "2008", "birthday": "11-29"}, (17, 17)),
        ({"birth_year": "2008", "birthday": "02-29"}, (18, 18)),
    ],
)
def test_the_birthday_settles_the_age(
    profile: dict[str, str], ages: tuple[int, int] | None
) -> None:
    """Without it one year more or less is possible."""
    assert profiles.ages(profile, TODAY) == ages
