"""The shipped data: complete, current, honest. `make data` and this file keep each other."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from xianke import catalogue, i18n, platforms, rates

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "facts" / "platforms.yaml"
COMPILED = Path(catalogue.__file__).parent / "_data"
CATEGORIES = {
    "micro_task", "delivery_errand", "skill_service", "content_creator", "second_hand_rental",
    "ride_hailing", "local_service", "survey_testing", "customer_service", "knowledge_teaching",
    "community_retail", "recruiting_board",
}  # fmt: skip
TODAY = date(2026, 11, 22)
# The same loader in C where it was built along: the files are long.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

WRITTEN = ["platforms", "skills", "assets", "payers", "traps", "cues", "disputes", "regions"]

# Any: compiled data is whatever JSON holds.
Raw = dict[str, Any]


def _compiled(name: str) -> Raw:
    found: Raw = json.loads((COMPILED / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _source(name: str) -> Raw:
    text = (ROOT / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    found: Raw = yaml.load(text, Loader=LOADER)
    return found


def _make_data() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_data", ROOT / "tools" / "make_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not (ROOT / "tools").exists(), reason="the tools are not in this copy")
@pytest.mark.parametrize(
    "name", ["platforms", "skills", "assets", "payers", "traps", "cues", "disputes", "regions"]
)
def test_the_compiled_files_are_current(name: str) -> None:
    """What the program reads is what the YAML says: run `make data` after an edit."""
    text, problems = _make_data().compiled(name)

    assert problems == []
    assert (COMPILED / f"{name}.json").read_text(encoding="utf-8") == text


def test_the_catalogue_is_as_wide_as_promised() -> None:
    """At least 95 platforms, in twelve categories of which none is empty."""
    known = catalogue.catalogue()

    assert len(known.platforms) >= 95
    assert set(known.categories) == CATEGORIES
    assert {platform.category for platform in known.platforms.values()} == CATEGORIES


@pytest.mark.parametrize(
    "name",
    ["阿里众包", "京东微工", "腾讯搜活帮", "猪八戒网", "一品威客", "闲鱼", "闲鱼优品", "小红书"],
)
def test_the_names_that_go_round_are_found(name: str) -> None:
    """Whoever read of one finds it, whatever there is to say about it."""
    assert platforms.find(catalogue.catalogue(), name).id in _ids()


def test_every_platform_is_found_by_id_and_by_full_name() -> None:
    """In both languages, and never another one."""
    for language in ("zh", "en"):
        i18n.set_language("en" if language == "en" else "zh")
        known = catalogue.catalogue()
        for platform in known.platforms.values():
            assert platforms.find(known, platform.id) is platform
            assert platforms.find(known, platform.name) is platform


def _ids() -> set[str]:
    return set(catalogue.catalogue().platforms)


def test_ids_are_permanent() -> None:
    """Gigs are stored under them: one may be added, none may go."""
    ids = "ali_zhongbao jd_weigong tencent_souhuobang zbj epwk xianyu meituan_zhongbao xiaohongshu"

    assert set(ids.split()) <= _ids()


@pytest.mark.skipif(not FACTS.exists(), reason="the research file is not in this copy")
def test_every_researched_platform_is_in_the_catalogue() -> None:
    """Nothing that was looked into was dropped, and none became another's."""
    researched = yaml.load(FACTS.read_text(encoding="utf-8"), Loader=LOADER)
    entries = researched["platforms"] if isinstance(researched, dict) else researched

    found = {entry["id"]: entry["category"] for entry in entries}

    assert found == {
        one["id"]: one["category"]
        for one in _source("platforms")["platforms"]
        if one["id"] in found
    }


def test_an_address_nobody_should_follow_is_not_shipped() -> None:
    """It stays in the YAML as a record, and nowhere else."""
    distrusted = {
        source["url"]
        for platform in _source("platforms")["platforms"]
        for source in platform["sources"]
        if source.get("link") == "no"
    }
    shipped = {
        source.get("url")
        for platform in _compiled("platforms")["platforms"]
        for source in platform["sources"]
    }

    assert distrusted
    assert distrusted & shipped == set()
    assert not any(url in (COMPILED / "platforms.json").read_text("utf-8") for url in distrusted)


def test_every_known_fact_has_a_source() -> None:
    """Nothing is said to be known that nobody said; a platform without sources knows nothing."""
    for platform in catalogue.catalogue().platforms.values():
        known = [name for name in catalogue.FACTS if platform.fact(name).value is not None]
        if known or platform.pay:
            assert platform.sources, platform.id
        for pay in platform.pay:
            assert pay.by, platform.id


def test_no_date_lies_ahead() -> None:
    """Nothing was known before it was said, as of the catalogue's own day."""
    known = catalogue.catalogue()
    as_of = date.fromisoformat(known.as_of)

    for text in _dates(_compiled("platforms")):
        earliest = (*map(int, text.split("-")), 1, 1)[:3]
        assert date(*earliest) <= as_of, text


def _dates(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for name, value in content.items():
            if name == "date" and isinstance(value, str):
                yield value
            else:
                yield from _dates(value)
    elif isinstance(content, list):
        for item in content:
            yield from _dates(item)


def test_figures_of_pay_are_whole_fen() -> None:
    """An amount in yuan is at most two digits fine, so that fen tell it exactly."""
    known = catalogue.catalogue()
    pays = [pay for one in known.platforms.values() for pay in one.pay]
    pays += [pay for one in known.categories.values() for pay in one.rates]

    for pay in pays:
        for amount in (pay.low, pay.typical, pay.high):
            if amount is not None and pay.unit.startswith("yuan_"):
                assert abs(amount * 100 - round(amount * 100)) < 1e-6, pay


# What advice makes of it


def test_a_community_estimate_alone_never_gives_a_rate() -> None:
    """A platform of which only hearsay is known falls back to its category, or has no figure."""
    known = catalogue.catalogue()
    learned = rates.learn(known, [], TODAY)

    hearsay = [
        one
        for one in known.platforms.values()
        if one.income == "time"
        and one.pay
        and all(pay.grade == "community_estimate" for pay in one.pay)
    ]

    silent = replace(
        known,
        platforms={
            one.id: replace(one, pay=()) if one in hearsay else one
            for one in known.platforms.values()
        },
    )
    without = rates.learn(silent, [], TODAY)

    assert hearsay
    for platform in hearsay:
        assert _figures(learned.of(platform)) == _figures(without.of(platform)), platform.id


def _figures(rate: rates.Rate) -> tuple[int | None, int | None, int | None]:
    return rate.low_fen_per_hour, rate.mid_fen_per_hour, rate.high_fen_per_hour


def test_a_category_of_which_only_hearsay_is_known_has_no_rate() -> None:
    """Micro tasks and surveys: the list's figures are shown, and counted for nothing."""
    known = catalogue.catalogue()
    learned = rates.learn(known, [], TODAY)

    for category in known.categories.values():
        if category.rates and all(pay.grade == "community_estimate" for pay in category.rates):
            assert learned.categories[category.id].basis == "none", category.id


def test_what_the_customer_pays_is_not_pay() -> None:
    """A platform with nothing but customers' prices has no rate of its own either."""
    known = catalogue.catalogue()
    learned = rates.learn(known, [], TODAY)

    only_prices = [
        one
        for one in known.platforms.values()
        if one.income == "time"
        and one.pay
        and all(pay.measure == "customer_price" for pay in one.pay)
    ]

    assert only_prices
    for platform in only_prices:
        category = learned.categories[platform.category]
        assert learned.of(platform).mid_fen_per_hour is None or category.basis != "none"


def test_closed_platforms_are_flagged_and_never_verified() -> None:
    """They stand in the catalogue to warn, not to suggest."""
    closed = [
        one
        for one in catalogue.catalogue().platforms.values()
        if one.fact("status").value == "closed"
    ]

    assert {"ali_zhongbao"} <= {one.id for one in closed}
    for platform in closed:
        standing = platforms.standing(platform, date(2026, 11, 22))
        assert "closed" in standing.flags
        assert standing.verify_first


def test_money_up_front_is_known_where_it_is_wanted() -> None:
    """Whoever is asked for a deposit is told so, and the letter is never above C."""
    for platform in catalogue.catalogue().platforms.values():
        if platform.fact("upfront").value == "required":
            assert "upfront_required" in platforms.flags(platform, date(2026, 11, 22))
            assert platforms.safety(platform).letter in (None, "C", "D")


# Vocabulary


def test_the_vocabulary_is_as_wide_as_promised() -> None:
    """Eighty skills and forty things, phone and computer among them as devices."""
    assets = _compiled("assets")["assets"]

    assert len(_compiled("skills")["skills"]) >= 80
    assert len(assets) >= 40
    assert {one["device"] for one in assets if "device" in one} == {"phone", "pc"}


def test_hours_to_learn_are_never_passed_off_as_more_than_they_are() -> None:
    """Judgement says so in both languages; most skills have hours, and some cannot have any."""
    skills = _compiled("skills")["skills"]
    stated = {one["id"]: one["hours_to_learn"] for one in skills if "hours_to_learn" in one}

    assert 60 <= len(stated) < len(skills)
    assert "patience" not in stated
    assert stated["excel"] == {
        "low": 10,
        "high": 30,
        "basis": "judgement",
        "source": {"zh": "编者估计", "en": "editors' estimate"},
        "date": "2026-11-28",
    }
    for hours in stated.values():
        assert (hours["basis"] == "judgement") == (hours["source"]["zh"] == "编者估计")


@pytest.mark.parametrize("kind", ["skills", "assets"])
def test_every_tag_asked_for_is_served_by_something(kind: str) -> None:
    """A condition nobody can meet would hide a platform from everyone."""
    asked = {
        tag
        for place in _conditions()
        for name, tags in place.items()
        if name.startswith(f"{kind}_")
        for tag in tags
    }
    served = {tag for one in _compiled(kind)[kind] for tag in one["serves"]}

    assert asked <= served


def _conditions() -> Iterator[Raw]:
    data = _compiled("platforms")
    for place in (*data["categories"], *data["platforms"]):
        yield place["conditions"]
        yield place.get("self_route", {}).get("conditions", {})


# Texts


@pytest.mark.parametrize("name", ["platforms", "skills", "assets", "payers", "traps", "disputes"])
def test_every_text_can_be_shown_on_a_gbk_terminal(name: str) -> None:
    """Chinese Windows has no more characters than that."""
    assert (COMPILED / f"{name}.json").read_text(encoding="utf-8").encode("gbk")


def _texts(value: Any, field: str = "") -> Iterator[tuple[str, Any]]:
    """Return every text of the catalogue that is not a name, with the field it stands in."""
    if isinstance(value, dict) and value.keys() != {"zh", "en"}:
        for key, item in value.items():
            yield from _texts(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, field)
    elif field != "name" and isinstance(value, dict | str):
        yield field, value


def test_every_text_is_in_both_languages() -> None:
    """But for names, words to search by, places, operators and the titles of sources."""
    found = list(_texts(_source("platforms")))

    chinese_alone = {
        field for field, text in found if isinstance(text, str) and re.search(CHINESE, text)
    }
    assert chinese_alone == {"aliases", "operator", "regions", "title"}
    assert not [
        text
        for field, text in found
        if isinstance(text, dict) and field != "operator" and CHINESE.search(text["en"])
    ]


CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
POWERS = {"万": 10**4, "亿": 10**8, "million": 10**6, "billion": 10**9}
MONTHS = {"January": 1, "October": 10}
IN_WORDS = re.compile("[一二两三四五六七八九十百千万半成]")


def _numbers(text: str) -> set[float]:
    plain = re.sub(r"(?<=\d),(?=\d{3})|:00\b", "", text)
    figures = re.findall(r"(\d+(?:\.\d+)?)(?: ?(万|亿|million\b|billion\b))?", plain)
    months = {number for name, number in MONTHS.items() if name in plain}
    return {round(float(one) * POWERS.get(power, 1), 2) for one, power in figures} | months


def test_both_languages_say_the_same_numbers() -> None:
    """None is lost; none comes in but where the Chinese has a number in words."""
    pairs = [text for _, text in _texts(_source("platforms")) if isinstance(text, dict)]
    assert len(pairs) > 500

    for pair in pairs:
        chinese, english = _numbers(pair["zh"]), _numbers(pair["en"])
        assert chinese <= english, pair
        assert english <= chinese or IN_WORDS.search(pair["zh"]), pair


def test_names_and_lines_are_in_both_languages() -> None:
    """English without Chinese characters in it, Chinese lines of one line's length."""
    data = _compiled("platforms")

    for one in (*data["platforms"], *data["categories"]):
        for text in (one["name"]["en"], one["what"]["en"]):
            assert not re.search(r"[\u4e00-\u9fff]", text), text
            assert len(text) <= 100, text
        assert len(one["what"]["zh"]) <= 40, one["what"]["zh"]
