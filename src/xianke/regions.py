"""Where somebody lives: a city as people write it, understood down to its province."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from xianke import lookup
from xianke.errors import NotUnderstood
from xianke.i18n import _, language

_DATA = Path(__file__).parent / "_data"

MOST_LETTERS = 40
"""The longest names of a province, a city and a county together have fewer."""

MOST_NAMED = 4
"""So many of several places of one name are listed; the rest is left to the province."""

_NO_PLACES = frozenset(
    {
        "城市",
        "你的城市",
        "答案",
        "没有",
        "不知道",
        "city",
        "yourcity",
        "answer",
        "yes",
        "no",
        "unknown",
        "none",
    }
)
"""What people copy from an example, or write where there is nothing to say."""

_STREETS = ("路", "街", "道", "巷", "弄", "号")
_EXTRA_WORDS = {"city", "shi", "municipality", "prefecture"}
_PROVINCE_WORDS = {"province", "sheng", "china", "prc"}


@dataclass(frozen=True, slots=True)
class Place:
    """A province, or a city or county in it; full Chinese names, None for what was not said.

    The province goes by its short name, as the catalogue writes regions. `latin` is how the place
    itself is spelt in Latin letters.
    """

    province: str
    city: str | None = None
    county: str | None = None
    latin: str = ""


Names = dict[str, tuple[list[Place], list[Place], list[Place]]]
"""The places that a name can mean: provinces, cities, counties."""


@dataclass(frozen=True, slots=True)
class _Index:
    """All names, in full, in short and by sound; `provinces` have a full and an English name."""

    full: Names
    short: Names
    sounds: Names
    ask_back: frozenset[str]
    provinces: dict[str, tuple[str, str]]


@cache
def _index() -> _Index:
    # Any: the compiled file was checked against its schema.
    data: Any = json.loads((_DATA / "regions.json").read_text(encoding="utf-8"))
    index = _Index(
        {}, {}, {}, frozenset(data["ask_back"]),
        {one["zh"]: (one["full"], one["en"]) for one in data["provinces"]},
    )  # fmt: skip

    for one in data["provinces"]:
        zh, en = one["zh"], one["en"]
        # Of a province that is one city, the city is known as well.
        own_city = one["cities"][0][0] if len(one["cities"]) == 1 else None
        province = Place(zh, own_city, latin=en)
        _enter(index.full, one["full"], 0, province)
        _enter(index.short, zh, 0, province)
        for word in (en, *one["aliases"]):
            _enter(
                index.sounds if word.isascii() else index.short, lookup.folded(word), 0, province
            )
        for full, short, sounds, counties in one["cities"]:
            city = Place(zh, full, latin=sounds[0].capitalize())
            if own_city is None:
                _enter_all(index, (full, short, sounds), 1, city)
            for name, brief, heard in counties:
                latin = heard[0].capitalize() if heard else ""
                county = Place(zh, full, name, latin)
                _enter_all(index, (name, brief, heard), 2, county)
    return index


def _enter(names: Names, name: str, level: int, place: Place) -> None:
    places = names.setdefault(name, ([], [], []))[level]
    if place not in places:
        places.append(place)


def _enter_all(
    index: _Index, names: tuple[str, str, Sequence[str]], level: int, place: Place
) -> None:
    full, short, sounds = names
    _enter(index.full, full, level, place)
    _enter(index.short, short, level, place)
    for kind in ("州", "县", "旗"):
        # 恩施州 for 恩施土家族苗族自治州.
        if full.endswith(f"自治{kind}"):
            _enter(index.full, short + kind, level, place)
    for sound in sounds:
        _enter(index.sounds, sound, level, place)


@lru_cache(maxsize=256)
def understood(text: str) -> tuple[Place, ...]:
    """Return the places that *text* can mean: none where it is unknown, several where unclear."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or len(plain) > MOST_LETTERS:
        return ()
    if plain.isascii() or "ü" in plain.lower():
        return tuple(_latin(plain))
    whole = re.sub(r"[\s·,，、/\-—]+", "", plain).removeprefix("中国")
    return tuple(_chinese(whole, None))


def place_of(text: str) -> Place | None:
    """Return the one place that *text* means, or None."""
    found = understood(text)
    return found[0] if len(found) == 1 else None


def _chinese(text: str, inside: Place | None) -> list[Place]:
    """Return what a name means, or a name with the name of a smaller place behind it."""
    found = _named(text, inside)
    if found:
        return found
    rough: list[Place] = []
    for cut in range(len(text) - 1, 1, -1):
        head, tail = text[:cut], text[cut:]
        heads = _named(head, inside)
        if len(heads) != 1:
            continue
        below = [] if heads[0].county else _chinese(tail, heads[0])
        if below:
            return below
        # A village nobody listed; but 南京西路 is a street of another city.
        if not rough and len(tail) > 1 and not tail.endswith(_STREETS):
            rough = heads
    return rough


def _named(name: str, inside: Place | None) -> list[Place]:
    index = _index()
    for names in (index.full, index.short):
        levels = [[one for one in level if _lies_in(one, inside)] for level in names.get(name, ())]
        if names is index.short and name in index.ask_back and inside is None:
            return [one for level in levels for one in level]
        for level in levels:
            if level:
                return level
    return []


def _lies_in(place: Place, area: Place | None) -> bool:
    if area is None:
        return True
    if place.province != area.province:
        return False
    # 吉林 within 吉林 is the city; 北京市北京市 says one thing twice.
    return place.city is not None if area.city is None else place.city == area.city


def _latin(text: str) -> list[Place]:
    plain = text.lower().replace("ü", "u").replace("'", "").replace("’", "")
    words = re.findall(r"[a-z]+", plain)
    is_city = bool(_EXTRA_WORDS & set(words))
    words = [word for word in words if word not in _EXTRA_WORDS | _PROVINCE_WORDS]
    whole = "".join(words)
    for name in (whole, whole.removesuffix("sheng"), whole.removesuffix("shi")):
        cities_first = is_city or name != whole.removesuffix("sheng")
        found = _sounding(name, skip_provinces=cities_first)
        if found:
            return found
    for cut in range(1, len(words)):
        halves = "".join(words[:cut]), "".join(words[cut:])
        for small, large in (halves, halves[::-1]):
            found = [
                place
                for area in _sounding(large)
                for level in _index().sounds.get(small, ())
                for place in level
                if _lies_in(place, area)
            ]
            if found:
                return found
    return _known_parts(plain)


def _known_parts(text: str) -> list[Place]:
    """Return the city or province that is named beside a district no list spells in Latin.

    Of `Hangzhou, Zhejiang` the smaller one is meant; two cities are for the writer to choose.
    """
    named = re.sub(r"\b[a-z-]+ (?:districts?|qu|county|town|street)\b", " ", text)
    words = [word for word in re.findall(r"[a-z]+", named) if word not in _EXTRA_WORDS]
    found: list[Place] = []
    at = 0
    while at < len(words):
        for size in (2, 1):
            levels = _index().sounds.get("".join(words[at : at + size]), ([], [], []))
            if places := levels[1] or levels[0]:
                found += (one for one in places if one not in found)
                at += size
                break
        else:
            at += 1
    wide = {one.province for one in found if one.city is not None}
    return [one for one in found if one.city is not None or one.province not in wide]


def _sounding(name: str, *, skip_provinces: bool = False) -> list[Place]:
    levels = _index().sounds.get(name, ())
    ordered = [*levels[1:], *levels[:1]] if skip_provinces else list(levels)
    return next((level for level in ordered if level), [])


# Words about places


def name(place: Place) -> str:
    """Return a place in the user's language: 浙江省杭州市, or `Hangzhou, Zhejiang`.

    A district has no English name here: it goes by its city.
    """
    full, english = _index().provinces[place.province]
    if language() == "en":
        own = place.latin or _latin_of_city(place)
        return english if own in ("", english) else f"{own}, {english}"
    parts = dict.fromkeys(part for part in (full, place.city, place.county) if part)
    if place.city == place.province:
        # 香港特别行政区 and the city in it are one.
        parts.pop(place.city, None)
    return "".join(parts)


def _latin_of_city(place: Place) -> str:
    for level in _index().full.get(place.city or "", ()):
        for one in level:
            if one.province == place.province and one.county is None:
                return one.latin
    return ""


def shown(text: str) -> str:
    """Return a city as it was written, with what was understood where that says more."""
    place = place_of(text)
    if place is None:
        return _("{city}（认不出在哪个省）").format(city=text)
    told = name(place)
    same = (told, place.latin) if language() == "en" else (told,)
    if lookup.folded(text) in map(lookup.folded, same):
        return told
    return _("{city}（{place}）").format(city=text, place=told)


def check(text: str) -> str:
    """Return where somebody lives as they wrote it; an unknown place is kept as well.

    Raise NotUnderstood for what can be no place at all, and for one of several of the same name.
    """
    plain = lookup.readable(text)
    letters = any(letter.isalpha() for letter in plain)
    if not letters or len(plain) > MOST_LETTERS or lookup.folded(plain) in _NO_PLACES:
        raise NotUnderstood(
            _("看不懂城市「{text}」").format(text=plain), _("例如 xianke inventory set city 杭州")
        )
    found = understood(plain)
    if len(found) > 1:
        names = _("；").join(name(one) for one in found[:MOST_NAMED])
        if len(found) > MOST_NAMED:
            names = _("{names} 等 {count} 处").format(names=names, count=len(found))
        raise NotUnderstood(
            _("「{text}」可以是好几个地方：{names}").format(text=plain, names=names),
            _("连省名一起写，例如 xianke inventory set city {place}").format(
                place=name(found[0]) if language() == "zh" else f'"{name(found[0])}"'
            ),
        )
    return plain


def near(text: str) -> str | None:
    """Return the name of a place that a misspelt *text* may have meant."""
    from difflib import get_close_matches

    index = _index()
    wanted = lookup.folded(text)
    names = index.sounds if wanted.isascii() else index.short
    found = get_close_matches(wanted, names, 1, 0.75)
    if not found:
        return None
    place = next(level for level in names[found[0]] if level)[0]
    return place.latin if wanted.isascii() else found[0]


# Where a route is offered


def inside(areas: Sequence[str], text: str) -> bool | None:
    """Return whether the city that somebody wrote lies in one of *areas*.

    Areas are provinces and cities in Chinese. None where nobody can say: the city is unknown,
    or only the province is known and the work is in one of its cities.
    """
    place = place_of(text)
    answers = [_in_area(area, text, place) for area in areas]
    if True in answers:
        return True
    return None if None in answers else False


def _in_area(area: str, text: str, place: Place | None) -> bool | None:
    if lookup.folded(area) == lookup.folded(text):
        return True
    where = place_of(area)
    if place is None or where is None:
        return None
    if place.province != where.province:
        return False
    for there, here in ((where.city, place.city), (where.county, place.county)):
        if there is None:
            return True
        if here is None:
            return None
        if here != there:
            return False
    return True


def area_name(area: str) -> str:
    """Return what an area of the catalogue is called in the user's language."""
    place = place_of(area) if language() == "en" else None
    return area if place is None else name(place)


def widest(areas: Sequence[str]) -> tuple[str, ...]:
    """Return the areas that lie in no other of them: of a province with its cities the province."""
    return tuple(
        area
        for area in areas
        if not any(area != other and inside((other,), area) for other in areas)
    )
