"""Answers of the first stock-taking: understood as people type them, and what they amount to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianke import answers, i18n, inventory, starting
from xianke.errors import NotUnderstood
from xianke.records import Slot
from xianke.render.text import command_line

if TYPE_CHECKING:
    from xianke.starting import Topic

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text", ["没有", "无", "跳过", "skip", "None", "no", "0", "０", "－", " 没 "]
)
@pytest.mark.parametrize("topic", starting.TOPICS[1:-1])
def test_nothing_is_an_answer(topic: Topic, text: str) -> None:
    """In either language, to every question that adds something."""
    assert answers.understand(topic, text, TODAY) == ""


def test_a_choice_that_is_skipped_falls_back() -> None:
    """Nobody like you, and income."""
    assert answers.understand("who", "跳过", TODAY) == "other"
    assert answers.understand("goal", "跳过", TODAY) == ""


@pytest.mark.parametrize(
    ("topic", "text", "answer"),
    [
        ("commute", "8:00-9:00", "工作日 08:00-09:00"),
        ("commute", "８：００－９：００，18-19点", "工作日 08:00-09:00、18:00-19:00"),
        ("commute", "weekdays 8am-9am", "工作日 08:00-09:00"),
        ("daytime", "中午", "工作日 12:00-14:00"),
        ("evenings", "周一三五晚上", "周一、周三、周五 19:00-22:00"),
        ("evenings", "8-10pm", "工作日 20:00-22:00"),
        ("weekends", "下午", "周末 14:00-18:00"),
        ("weekends", "周六 9点到12点", "周六 09:00-12:00"),
    ],
)  # fmt: skip
def test_a_time_without_days_means_those_of_the_question(
    topic: Topic, text: str, answer: str
) -> None:
    """Days that are named are taken as they are."""
    assert answers.understand(topic, text, TODAY) == answer


@pytest.mark.parametrize(
    ("topic", "text", "answer"),
    [
        ("daytime", "工作日 1点到2点半", "工作日 13:00-14:30"),
        ("daytime", "1:00-2:30", "工作日 13:00-14:30"),
        ("daytime", "1点起 1小时", "工作日 13:00-14:00"),
        ("daytime", "1点到下午3点", "工作日 13:00-15:00"),
        ("evenings", "每天 9点到10点半", "每天 21:00-22:30"),
        ("evenings", "mon 8-10", "周一 20:00-22:00"),
        ("evenings", "9点到12点", "工作日 21:00-24:00"),
        ("evenings", "8点到24点", "工作日 20:00-24:00"),
        ("evenings", "10点到1点", "工作日 22:00-次日01:00"),
        ("evenings", "7点到8点、9点到10点", "工作日 19:00-20:00、21:00-22:00"),
        ("weekends", "周日 3点到5点", "周日 15:00-17:00"),
    ],
)
def test_a_bare_hour_lies_in_the_half_of_the_day_that_was_asked_for(
    topic: Topic, text: str, answer: str
) -> None:
    """Nobody who is asked about an evening means nine in the morning."""
    assert answers.understand(topic, text, TODAY) == answer


@pytest.mark.parametrize(
    ("topic", "text", "answer"),
    [
        ("daytime", "9点到11点", "工作日 09:00-11:00"),
        ("daytime", "12点到1点半", "工作日 12:00-13:30"),
        ("evenings", "早上7点到8点", "工作日 07:00-08:00"),
        ("evenings", "07:00-09:00", "工作日 07:00-09:00"),
        ("evenings", "6:30-22:00", "工作日 06:30-22:00"),
        ("weekends", "周六 9点到5点", "周六 09:00-17:00"),
        ("weekends", "凌晨1点到3点", "周末 01:00-03:00"),
        ("weekends", "1-2am", "周末 01:00-02:00"),
        ("weekends", "早上5点到6点、6点到7点", "周末 05:00-07:00"),
        ("commute", "6点到7点", "工作日 06:00-07:00"),
    ],
)
def test_a_word_or_a_clock_of_24_hours_outweighs_the_question(
    topic: Topic, text: str, answer: str
) -> None:
    """So do the hours that are morning by any reading."""
    assert answers.understand(topic, text, TODAY) == answer


@pytest.mark.parametrize(
    "text",
    ["8:00-9:00 开车", "自己开车 8:00-9:00", "8am-9am, driving", "8:00-9:00 骑车",
     "8:00-9:00，骑电瓶车", "骑电动车上班 8:00-9:00", "8:00-9:00 骑行", "8:00-9:00 开车送孩子",
     "8am-9am by bike", "8-9am cycling", "8-9am riding to work", "8-9am on my e-bike"],
)  # fmt: skip
def test_a_commute_at_the_wheel_is_one(text: str) -> None:
    """The word may stand before or after; it survives being kept."""
    answer = answers.understand("commute", text, TODAY)

    assert answers.again("commute", answer, TODAY) == answer
    assert answers.shown("commute", answer, TODAY) == "工作日 08:00-09:00，开车或骑车"
    (slot,) = answers.content({"commute": answer}, TODAY)["slots"]
    assert slot == {"when": "工作日 08:00-09:00", "label": "通勤", "driving": "yes"}


@pytest.mark.parametrize("text", ["19点到25点", "有时候", "工作日", "晚饭后 开车"])
def test_a_time_that_is_none_is_refused_with_an_example(text: str) -> None:
    """The hint fits the question, not a command line."""
    with pytest.raises(NotUnderstood) as caught:
        answers.understand("evenings", text, TODAY)

    assert caught.value.hint == "写成 工作日 19:00-21:00 这样；没空就写「没有」"


@pytest.mark.parametrize(
    "text",
    ["1,3", "1 3", "１，３", "1、3", "1；3", " 1 , 3 , ", "PPT Word", "1 Word 排版",
     "ppt，文档排版", "1 1 3 PPT"],
)  # fmt: skip
def test_a_list_is_cut_where_its_writer_meant_to(text: str) -> None:
    """Numbers and names, commas and blanks of any width, each thing once."""
    assert answers.understand("skills", text, TODAY) == "ppt、word_layout"


def test_a_name_of_several_words_stays_one() -> None:
    """Known or not: blanks part known words and numbers only."""
    assert answers.understand("skills", "1 slide decks, juggling 3 balls", TODAY) == (
        "ppt、juggling 3 balls"
    )


@pytest.mark.parametrize("text", ["16", "99999999", "1 77", "，、"])
def test_a_number_that_is_not_offered_is_refused(text: str) -> None:
    """With one hint that says which there are."""
    with pytest.raises(NotUnderstood) as caught:
        answers.understand("skills", text, TODAY)

    assert caught.value.hint == "写 1 到 15 的号码，几个就用逗号隔开；也可以直接写名字"


def test_only_vehicles_are_taken_for_vehicles() -> None:
    """A licence is one of the answers; what is no vehicle of the list is not understood."""
    assert answers.understand("vehicle", "1 驾照", TODAY) == "car、licence"
    assert answers.understand("vehicle", "面包车", TODAY) == "van"
    with pytest.raises(NotUnderstood):
        answers.understand("vehicle", "火箭", TODAY)


def test_commas_alone_are_no_vehicle() -> None:
    """Nothing was said, so nothing is taken for an answer."""
    with pytest.raises(NotUnderstood):
        answers.understand("vehicle", "，、", TODAY)


@pytest.mark.parametrize("topic", ["who", "goal"])
def test_a_choice_is_one_of_the_list(topic: Topic) -> None:
    """By number of any width, code or name; anything else is said to be wrong."""
    for number, (code, name) in enumerate(starting.options(topic), 1):
        typed = (str(number), chr(ord("０") + number), code, name)
        assert {answers.understand(topic, text, TODAY) for text in typed} == {code}
    with pytest.raises(NotUnderstood):
        answers.understand(topic, "1 2", TODAY)


@given(topic=st.sampled_from(starting.TOPICS), text=st.text(max_size=30))
def test_an_answer_survives_being_kept(topic: Topic, text: str) -> None:
    """Whatever is typed is either refused or read back as the same, in either language."""
    i18n.set_language("zh")
    try:
        answer = answers.understand(topic, text or "没有", TODAY)
    except NotUnderstood:
        return

    assert answers.again(topic, answer, TODAY) == answer
    i18n.set_language("en")
    assert answers.again(topic, answer, TODAY) == answer
    i18n.set_language("zh")


@pytest.mark.parametrize(
    ("topic", "text", "code"),
    [
        ("who", "宝妈", "parent"),
        ("who", "带孩子的", "parent"),
        ("who", "不上班，在家带娃", "parent"),
        ("who", "上班", "office"),
        ("who", "学生党", "student"),
        ("who", "an exchange student", "student"),
        ("who", "退休老师", "retired"),
        ("goal", "快点到账", "cash"),
        ("goal", "能学点东西", "growth"),
        ("goal", "别被骗", "safe"),
    ],
)
def test_a_word_in_what_people_say_decides_a_choice(topic: Topic, text: str, code: str) -> None:
    """Without a number, and what they say they are not set aside."""
    assert answers.understand(topic, text, TODAY) == code


@pytest.mark.parametrize(
    ("topic", "text"), [("who", "上班带孩子的"), ("who", "not a student"), ("goal", "快乐")]
)
def test_words_that_decide_nothing_are_refused(topic: Topic, text: str) -> None:
    """Two kinds at once, one that is denied, or none."""
    with pytest.raises(NotUnderstood) as caught:
        answers.understand(topic, text, TODAY)

    assert f"「{text}」" in caught.value.message


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("只有电瓶车，没驾照", "e_bike、no_licence"),
        ("ebike, no licence", "e_bike、no_licence"),
        ("有车没驾照", "car、no_licence"),
        ("I have a car but no license", "car、no_licence"),
        ("没车没驾照", "no_licence"),
        ("没有车", ""),
        ("有电瓶车，还没驾照", "e_bike、no_licence"),
        ("有车有驾照", "car、licence"),
        ("a car and a licence", "car、licence"),
    ],
)
def test_what_somebody_has_not_is_no_thing(text: str, answer: str) -> None:
    """That there is no licence is kept; it is asked about elsewhere."""
    assert answers.understand("vehicle", text, TODAY) == answer
    assert answers.again("vehicle", answer, TODAY) == answer
    content = answers.content({"vehicle": answer}, TODAY)
    licence = {"no_licence": "no", "licence": "yes"}.get(answer.split("、")[-1])
    assert content["profile"].get("licence") == licence
    assert all("licence" not in one["name"] for one in content["assets"])


@pytest.mark.parametrize(
    "text", ["sat afternoon; sun 10-12", "周六下午，周日 10点到12点", "周六下午和周日10-12点"]
)
def test_two_groups_of_days_become_two_slots(text: str) -> None:
    """Nothing of the answer is lost, and it survives being kept."""
    answer = answers.understand("weekends", text, TODAY)

    assert answers.again("weekends", answer, TODAY) == answer
    assert answers.shown("weekends", answer, TODAY) == "周六 14:00-18:00；周日 10:00-12:00"
    assert answers.content({"weekends": answer}, TODAY)["slots"] == [
        {"when": "周六 14:00-18:00", "label": "周末"},
        {"when": "周日 10:00-12:00", "label": "周末"},
    ]


@pytest.mark.parametrize("text", ["周六下午、周日", "sat afternoon; whenever"])
def test_a_group_that_is_not_understood_refuses_the_whole(text: str) -> None:
    """Half an answer is none; the form shown is that of the question."""
    with pytest.raises(NotUnderstood) as caught:
        answers.understand("weekends", text, TODAY)

    assert caught.value.hint == "写成 周六 14:00-17:00 这样；没空就写「没有」"


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ("", "ppt、excel、吹唢呐"),
        ("是", "ppt、excel、吹唢呐"),
        ("对", "ppt、excel、吹唢呐"),
        ("ｙ", "ppt、excel、吹唢呐"),
        ("Excel 表格", "ppt、excel、吹唢呐"),
        ("excel", "ppt、excel、吹唢呐"),
        ("EXECL", "ppt、EXECL、吹唢呐"),
        ("ppt、EXECL、吹唢呐", "ppt、EXECL、吹唢呐"),
        ("1", None),
        ("没有", None),
    ],
)
def test_a_doubt_is_settled_without_losing_the_rest(reply: str, answer: str | None) -> None:
    """Agreed to, chosen by name, or written again as it was; anything else is a new answer."""
    doubted = answers.doubt("skills", answers.understand("skills", "ppt、EXECL、吹唢呐", TODAY))

    assert doubted is not None
    assert answers.settled("skills", doubted, reply) == answer


def test_a_misspelt_city_is_doubted_like_a_word() -> None:
    """With the city that is near; one that is known, or like none, raises no question."""
    doubted = answers.doubt("city", answers.understand("city", "Hangzou", TODAY))

    assert doubted == answers.Doubt("Hangzou", {"Hangzou": ["Hangzhou"]})
    assert answers.settled("city", doubted, "") == "Hangzhou"
    assert answers.settled("city", doubted, "hangzou") == "Hangzou"
    assert answers.settled("city", doubted, "宁波") is None
    assert answers.doubt("city", "Hangzhou") is None
    assert answers.doubt("city", "qqqq") is None


@pytest.mark.parametrize("text", ["不知道", "朝阳", "12345"])
def test_a_city_that_is_not_understood_gets_a_hint_for_the_question(text: str) -> None:
    """What to write there, and no command of the shell."""
    with pytest.raises(NotUnderstood) as caught:
        answers.understand("city", text, TODAY)

    assert caught.value.hint
    assert "xianke" not in caught.value.hint


def test_a_word_of_ones_own_is_doubted() -> None:
    """With the names it may have meant; what is known raises no question."""
    assert answers.near("skills", "ppt、排板") == {"排板": ["Word 排版", "排队代办"]}
    assert answers.near("vehicle", "car") == {}


@pytest.mark.parametrize(
    ("who", "time", "label"),
    [
        ("office", "工作日 12:00-13:00", "午休"),
        ("office", "工作日 15:00-16:00", "白天"),
        ("parent", "工作日 12:00-13:00", "白天"),
    ],
)
def test_a_lunch_break_is_one_at_work(who: str, time: str, label: str) -> None:
    """It is spent at the office; other free hours by day are spent at home."""
    (slot,) = answers.content({"who": who, "daytime": time}, TODAY)["slots"]

    assert slot["label"] == label


def test_answers_amount_to_an_inventory() -> None:
    """A computer is left to the inventory's own rules; a licence belongs to the person."""
    given = {"who": "student", "city": "青岛", "skills": "ppt、吹唢呐", "assets": "pc、car"}

    assert answers.content({**given, "vehicle": "car、licence"}, TODAY) == {  # type: ignore[dict-item]
        "slots": [],
        "skills": [{"name": "ppt"}, {"name": "吹唢呐"}],
        "assets": [{"name": "pc"}, {"name": "car"}],
        "profile": {"student": "yes", "city": "青岛", "licence": "yes"},
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_time_with_a_comma_goes_into_a_command_as_one_word(language: str) -> None:
    """Some shells make something else of a comma that is not quoted."""
    i18n.set_language("zh" if language == "zh" else "en")
    rows = [Slot(1, "周一、周三 19:00-21:00", "晚上", "home", None, False)]

    (words,) = answers.commands(inventory.stock(rows, (), (), {}, TODAY))

    assert (
        command_line(words)
        == {
            "zh": "xianke inventory add slot '周一、周三 19:00-21:00' --label 晚上",
            "en": "xianke inventory add slot 'Mon, Wed 19:00-21:00' --label 晚上",
        }[language]
    )
