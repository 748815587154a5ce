"""Where to go when money does not come."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from xianke import disputes, i18n, platforms

CATALOGUE = platforms.catalogue()


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Speak Chinese again after each test."""
    yield
    i18n.set_language("zh")


def test_every_platform_has_ways_from_the_nearest_to_the_court() -> None:
    """Asking first, the law last; fraud is a matter for the police everywhere."""
    for platform in CATALOGUE.platforms.values():
        found = [way.id for way in disputes.ways(platform)]

        assert found[0] in ("inside", "in_writing"), platform.id
        assert found[-1] == "court"
        assert "police" in found


def test_every_way_says_by_what_rule_and_since_when() -> None:
    """With how well it was checked; a number is a number to call and stands in the text."""
    for platform in CATALOGUE.platforms.values():
        for way in disputes.ways(platform):
            assert way.source
            assert re.fullmatch(r"\d{4}(-\d\d){0,2}", way.date)
            assert way.confidence in ("low", "medium", "high")
            assert way.contact is None or way.contact in way.text


def test_the_categories_named_are_those_of_the_catalogue() -> None:
    """A misspelt one would never be shown."""
    named = {one for raw in disputes._ways() for one in raw.get("categories", ())}

    assert named
    assert named <= set(CATALOGUE.categories)


def test_english_has_no_chinese_in_it() -> None:
    """Rules are named in English too."""
    i18n.set_language("en")

    for platform in CATALOGUE.platforms.values():
        for way in disputes.ways(platform):
            texts = f"{way.text}{way.limit or ''}{way.source}"
            assert not re.search(r"[\u4e00-\u9fff]", texts), way.id
