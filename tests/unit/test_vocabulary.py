"""Vocabulary: what a typed name means, and what a skill or thing is good for."""

from __future__ import annotations

import pytest

from xianke import i18n, vocabulary
from xianke.errors import NotUnderstood
from xianke.records import Asset, Skill
from xianke.vocabulary import Word


def skill(key: str, level: int = 5) -> Skill:
    return Skill(1, key, key, level)


def asset(key: str) -> Asset:
    return Asset(1, key, key, None, None)


# Names


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["skills", "assets"])
def test_every_name_of_the_vocabulary_finds_its_own_entry(kind: str, language: str) -> None:
    """What `export` writes, `apply` reads back, in either language."""
    i18n.set_language("zh" if language == "zh" else "en")
    find = vocabulary.find_skill if kind == "skills" else vocabulary.find_asset

    for raw in vocabulary._vocabulary(kind):
        found = find(raw["name"][language])

        assert found == Word(raw["id"], raw["name"][language], True, raw.get("device"))


@pytest.mark.parametrize("typed", ["Excel", "excel", "ＥＸＣＥＬ", " excel ", "表格", "Excel 表格"])
def test_a_skill_is_found_as_people_type_it(typed: str) -> None:
    """Case, width, blanks and aliases all lead to the same entry."""
    assert vocabulary.find_skill(typed) == Word("excel", "Excel 表格", True)


def test_hours_to_learn_are_read_in_the_language_in_use() -> None:
    """With what they rest on; None where nobody can say, or for a word of the user's own."""
    assert vocabulary.hours_to_learn("excel") == vocabulary.Hours(
        10, 30, "judgement", "编者估计", "2026-11-28"
    )
    assert vocabulary.hours_to_learn("patience") is None
    assert vocabulary.hours_to_learn("吹唢呐") is None

    i18n.set_language("en")
    hours = vocabulary.hours_to_learn("excel")

    assert hours is not None
    assert hours.source == "editors' estimate"


def test_a_name_outside_the_vocabulary_is_the_users_own_word() -> None:
    """It is kept as typed, with single blanks."""
    assert vocabulary.find_skill("  吹  唢呐 ") == Word("吹 唢呐", "吹 唢呐", False)


@pytest.mark.parametrize("find", [vocabulary.find_skill, vocabulary.find_asset])
@pytest.mark.parametrize("typed", ["", "  ", "\t\n"])
def test_an_empty_name_is_refused(find: object, typed: str) -> None:
    """There is nothing to keep."""
    with pytest.raises(NotUnderstood, match="名称是空的"):
        find(typed)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("typed", "device"), [("智能手机", "phone"), ("电脑", "pc"), ("笔记本", "pc"), ("相机", None)]
)
def test_phone_and_computer_are_devices(typed: str, device: str | None) -> None:
    """They are not idle things to sell or rent."""
    assert vocabulary.find_asset(typed).device == device


def test_a_misspelt_name_is_met_with_proposals() -> None:
    """Near misses are named, best first."""
    assert vocabulary.near_skills("exel")[0] == Word("excel", "Excel 表格", True)
    assert "camera" in [word.key for word in vocabulary.near_assets("cameraa")]


def test_names_are_shown_in_the_language_in_use() -> None:
    """The user's own words stay as they are."""
    i18n.set_language("en")

    assert vocabulary.display_name("skill", "excel", "Excel 表格") == "Spreadsheets"
    assert vocabulary.display_name("asset", "camera", "相机") == "Camera"
    assert vocabulary.display_name("skill", "吹唢呐", "吹唢呐") == "吹唢呐"


def test_a_catalogue_tag_is_called_after_the_skill_that_serves_it_best() -> None:
    """A tag nobody serves is called by its own name."""
    assert vocabulary.skill_tag_name("writing") == "文案写作"
    assert vocabulary.skill_tag_name("alchemy") == "alchemy"


# Strengths


def test_a_skill_serves_tags_with_its_strength_times_its_level() -> None:
    """PPT serves design with .6 and office with .8; level 3 brings four fifths of it."""
    found = vocabulary.skill_strengths([skill("ppt", 3)])

    assert {tag: round(reach, 4) for tag, (reach, _skill) in found.items()} == {
        "design": 0.48,
        "office": 0.64,
    }


def test_the_best_skill_counts_for_a_tag() -> None:
    """Two skills do not add up."""
    slides, tables = skill("ppt", 5), skill("excel", 2)

    found = vocabulary.skill_strengths([tables, slides])

    assert found["office"] == (0.8, slides)
    assert vocabulary.skill_strengths([slides, tables])["office"] == (0.8, slides)


def test_a_skill_that_covers_too_little_of_a_tag_does_not_open_it() -> None:
    """Layout is not design: .2 is below the least fit."""
    assert set(vocabulary.skill_strengths([skill("word_layout", 5)])) == {"office", "typing"}


def test_an_own_word_serves_nothing() -> None:
    """The catalogue cannot know what it is good for."""
    assert vocabulary.skill_strengths([skill("吹唢呐")]) == {}
    assert vocabulary.asset_tags([asset("八仙桌")]) == {}


def test_the_asset_that_serves_a_tag_best_stands_for_it() -> None:
    """A folding bike is a bike, but a bike is more of one."""
    bike, folding = asset("bike"), asset("folding_bike")

    assert vocabulary.asset_tags([folding, bike])["bike"] == bike
    assert vocabulary.asset_tags([bike, folding])["bike"] == bike
    assert vocabulary.asset_tags([folding])["bike"] == folding
