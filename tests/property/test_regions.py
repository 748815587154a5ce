"""Laws of places: every listed name is understood, however it is put."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from xianke import regions

# Any: compiled data is whatever JSON holds.
DATA: Any = json.loads(
    (Path(regions.__file__).parent / "_data" / "regions.json").read_text(encoding="utf-8")
)
CITIES = [(one, city) for one in DATA["provinces"] for city in one["cities"]]
COUNTIES = [(one, city, county) for one, city in CITIES for county in city[3]]


def _where(text: str) -> tuple[str, str | None, str | None] | None:
    place = regions.place_of(text)
    return None if place is None else (place.province, place.city, place.county)


@given(st.sampled_from(CITIES), st.sampled_from(["zh", "full"]), st.booleans(), st.booleans())
def test_a_city_behind_its_province_is_that_city(
    pair: tuple[Any, Any], province: str, short: bool, blank: bool
) -> None:
    """In full or in short, with a blank between them or without."""
    one, city = pair
    text = one[province] + (" " if blank else "") + (city[1] if short else city[0])
    if one["zh"] == city[1] and len(one["cities"]) == 1:
        text = one[province]
    places = [place for place in regions.understood(text) if place.county is None]

    if (one["zh"], short) != ("台湾", True):
        # Of 新竹 and 嘉义 there are a city and a county.
        assert [(place.province, place.city) for place in places] == [(one["zh"], city[0])]


@given(st.sampled_from(COUNTIES))
def test_a_county_behind_its_city_is_that_county(triple: tuple[Any, Any, Any]) -> None:
    """Many districts share a name; with the city in front each is one."""
    one, city, county = triple

    assert _where(one["full"] + city[0] + county[0]) == (one["zh"], city[0], county[0])


@given(st.sampled_from(CITIES), st.booleans())
def test_a_city_in_latin_letters_with_its_province_is_that_city(
    pair: tuple[Any, Any], before: bool
) -> None:
    """Whichever of the two comes first."""
    one, city = pair
    words = [one["en"], city[2][0].title()]
    text = " ".join(words if before else words[::-1])
    places = regions.understood(text)

    assert (one["zh"], city[0]) in [(place.province, place.city) for place in places]


@given(st.sampled_from(COUNTIES))
def test_what_lies_in_a_city_lies_in_its_province(triple: tuple[Any, Any, Any]) -> None:
    """And in no other province."""
    one, city, county = triple
    text = one["zh"] + city[0] + county[0]
    others = [other["zh"] for other in DATA["provinces"] if other is not one]

    assert regions.inside([one["zh"]], text) is True
    assert regions.inside([city[0]], text) is True
    assert regions.inside(others, text) is False


@given(st.text(max_size=60))
def test_any_text_is_understood_or_not_but_never_breaks(text: str) -> None:
    """And what is found lies in one of the provinces."""
    names = {one["zh"] for one in DATA["provinces"]}

    assert {place.province for place in regions.understood(text)} <= names
    assert regions.inside(["湖南"], text) in (True, False, None)
