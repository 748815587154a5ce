"""The first stock-taking: what is asked of whom, and what Enter answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from xianke import answers, i18n, inventory, starting, vocabulary
from xianke.errors import NotUnderstood
from xianke.inventory import Stock
from xianke.records import Asset, Skill, Slot

if TYPE_CHECKING:
    from xianke.starting import Topic

TODAY = date(2026, 11, 22)
EMPTY = Stock((), (), (), {})


def _slots(*rules: str, place: str = "home") -> Stock:
    rows = [
        Slot(number, rule, None, inventory.check_place(place), None, False)
        for number, rule in enumerate(rules, 1)
    ]
    return inventory.stock(rows, (), (), {}, TODAY)


def test_a_newcomer_is_asked_ten_questions() -> None:
    """All of them, in their order, and no more than ten."""
    assert starting.open_topics(EMPTY, TODAY) == list(starting.TOPICS)
    assert len(starting.TOPICS) == 10


@pytest.mark.parametrize(
    ("stock", "answered"),
    [
        (Stock((), (), (), {"city": "杭州"}), "city"),
        (Stock((), (), (), {"pc": "no"}), "assets"),
        (Stock((), (Skill(1, "ppt", "PPT", 3),), (), {}), "skills"),
        (Stock((), (), (Asset(1, "camera", "相机", None, None),), {}), "assets"),
        (Stock((), (), (Asset(1, "van", "面包车", None, None),), {}), "vehicle"),
        (_slots("工作日 08:00-09:00", place="transit"), "commute"),
        (_slots("周三 10:00-11:00"), "daytime"),
        (_slots("周五 20:00-21:00"), "evenings"),
        (_slots("周日 15:00-16:00"), "weekends"),
    ],
)  # fmt: skip
def test_what_is_known_is_not_asked(stock: Stock, answered: Topic) -> None:
    """One thing that is there answers one question and no other."""
    asked = starting.open_topics(stock, TODAY)

    assert asked == [topic for topic in starting.TOPICS if topic != answered]


def test_a_full_inventory_leaves_what_matters_most() -> None:
    """Who somebody is like is asked for the sake of other questions only."""
    times = _slots("工作日 10:00-11:00", "工作日 20:00-21:00", "周日 10:00-11:00").slots
    way = _slots("工作日 08:00-09:00", place="transit").slots
    things = (Asset(1, "car", "小汽车", None, None), Asset(2, "camera", "相机", None, None))
    full = Stock((*times, *way), (Skill(1, "ppt", "PPT", 3),), things, {"city": "杭州"})

    assert starting.open_topics(full, TODAY) == ["goal"]


@pytest.mark.parametrize("preset", [*starting.PRESETS, starting.OTHER], ids=lambda one: one.code)
@pytest.mark.parametrize("topic", starting.TOPICS)
def test_what_enter_answers_is_an_answer(topic: Topic, preset: starting.Preset) -> None:
    """Each default is understood, and names nothing that is in no vocabulary."""
    usual = answers.again(topic, starting.default(topic, preset), TODAY)

    assert answers.again(topic, usual, TODAY) == usual
    assert answers.near(topic, usual) == {}


def test_what_is_offered_is_in_the_vocabulary() -> None:
    """Skills and things have a name of their own, in both languages; no two numbers mean one."""
    for language in ("zh", "en"):
        i18n.set_language("zh" if language == "zh" else "en")
        for topic in starting.LISTS:
            keys, names = zip(*starting.options(topic), strict=True)
            assert len(set(keys)) == len(set(names)) == len(keys)
            assert not set(keys) & set(names)
    assert all(vocabulary.find_skill(key).known for key in starting.SKILLS)
    assert all(vocabulary.find_asset(key).known for key in starting.ASSETS)


@pytest.mark.parametrize("text", ["student", "学生", " Student ", "ＳＴＵＤＥＮＴ"])
def test_a_preset_goes_by_its_code_or_name(text: str) -> None:
    """Width, case and blanks do not matter."""
    assert starting.find_preset(text).code == "student"


def test_an_unknown_preset_is_refused_with_the_list() -> None:
    """The user's own text, and what there is."""
    with pytest.raises(NotUnderstood) as caught:
        starting.find_preset("宇航员")

    assert caught.value.message == "没有「宇航员」这一类人"
    assert caught.value.hint is not None
    assert all(preset.code in caught.value.hint for preset in starting.PRESETS)
