"""Rules about payers: what came along is in order, what the user changes stands over it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from xianke import catalogue, i18n, payers
from xianke.errors import NotUnderstood
from xianke.payers import Learned, Rule
from xianke.records import PRIVATE
from xianke.records import Rule as Stored
from xianke.schema import Payers

SHIPPED = Rule(
    id="wage",
    field="words",
    texts=("工资", "薪水"),
    target=PRIVATE,
    confidence=95,
    origin="shipped",
    unless=("兼职",),
    reason="多半是主业的",
    source="某处",
    date="2026-11",
)
STORED = Stored(
    id=3,
    base=None,
    field="words",
    text="稿费",
    target="zhihu",
    confidence=100,
    origin="user",
    hits=0,
    misses=0,
    enabled=True,
    added_on="2026-11-22",
)


# What came along


def test_targets_and_categories_are_in_the_catalogue() -> None:
    """No shipped rule sends money to a platform that nobody knows."""
    known = catalogue.catalogue()
    rules = payers.shipped()

    targets = {rule.target for rule in rules if rule.target not in (None, PRIVATE)}
    categories = {rule.category for rule in rules if rule.category is not None}

    assert {"xianyu", "kuaishou", "wechat_mp"} <= targets
    assert targets <= set(known.platforms)
    assert categories <= set(known.categories)


def test_every_shipped_rule_says_why_and_since_when() -> None:
    """A reason, a source and a date, in both languages; what asks says what settles it."""
    for language in ("zh", "en"):
        i18n.set_language("en" if language == "en" else "zh")
        for rule in payers.shipped():
            assert rule.reason and rule.source and rule.date, rule.id
            if rule.target is None:
                assert rule.reason.endswith(("？", "?")), rule.id


def test_what_is_only_assumed_is_automatic_for_private_money_alone() -> None:
    """No side income is booked by a rule for which no bill was seen."""
    for rule in payers.shipped():
        if rule.source is not None and "推测" in rule.source:
            assert rule.target == PRIVATE or rule.confidence < 80, rule.id


def test_no_shipped_rule_looks_like_one_of_the_users_own() -> None:
    """`r3` is always the user's."""
    assert [rule.id for rule in payers.shipped() if not rule.is_shipped] == []


def test_the_texts_of_shipped_rules_are_long_enough() -> None:
    """What holds for the user's rules holds for these."""
    for rule in payers.shipped():
        for text in rule.texts:
            assert payers.check_text(rule.field, text) == text


RAW: dict[str, object] = {
    "id": "wage",
    "field": "words",
    "texts": ["工资"],
    "target": "private",
    "confidence": "95",
    "reason": {"zh": "多半是主业的", "en": "most likely the main job"},
    "source": {"zh": "某处", "en": "somewhere"},
    "grade": "press",
    "date": "2026-11",
}


@pytest.mark.parametrize(
    "changes",
    [
        {"field": "payer"},
        {"texts": []},
        {"confidence": "101"},
        {"confidence": "sure"},
        {"date": "lately"},
        {"reason": {"zh": "多半是主业的"}},
        {"grade": "gossip"},
        {"pattern": "工.*"},
        {"texts": ["\N{GRINNING FACE}工资"]},
    ],
    ids=str,
)
def test_a_faulty_rule_is_not_compiled(changes: dict[str, object]) -> None:
    """The check behind `make data` finds it; whole and once, the same rule passes."""
    assert Payers.model_validate({"rules": [RAW], "nameless": ["商品"]}).rules[0].confidence == 95
    with pytest.raises(ValidationError):
        Payers.model_validate({"rules": [{**RAW, **changes}], "nameless": []})


def test_ids_and_tills_stand_once() -> None:
    """Of two rules with one id nobody could say which is meant."""
    for raw in ({"rules": [RAW, RAW], "nameless": []}, {"rules": [], "nameless": ["商品"] * 2}):
        with pytest.raises(ValidationError):
            Payers.model_validate(raw)


# What the user adds and changes


def test_own_rules_come_first_then_learned_then_shipped() -> None:
    """In the order in which they are asked."""
    learned = replace(
        STORED,
        id=4,
        field="payer",
        text="星海文化",
        origin="learned",
        confidence=66,
        hits=1,
    )

    found = payers.rules([SHIPPED], [learned, STORED])

    assert found == (
        Rule(
            id="r3",
            field="words",
            texts=("稿费",),
            target="zhihu",
            confidence=100,
            origin="user",
            stored=3,
            date="2026-11-22",
        ),
        Rule(
            id="r4",
            field="payer",
            texts=("星海文化",),
            target="zhihu",
            confidence=66,
            origin="learned",
            hits=1,
            stored=4,
            date="2026-11-22",
        ),
        SHIPPED,
    )


def test_a_rule_of_the_users_own_is_always_certain() -> None:
    """Whatever confidence stands in the store."""
    (found,) = payers.rules([], [replace(STORED, confidence=12)])

    assert found.confidence == 100


def test_a_stored_rule_with_a_base_stands_in_the_place_of_the_shipped_one() -> None:
    """Target, confidence and switch are the user's; texts and conditions stay as they came."""
    changed = replace(STORED, base="wage", text="工资、薪水", target=None, enabled=False)

    found = payers.rules([SHIPPED], [changed])

    assert found == (
        replace(SHIPPED, target=None, confidence=100, origin="user", enabled=False, stored=3),
    )


def test_a_base_that_is_gone_leaves_a_rule_of_the_users_own() -> None:
    """What the user decided is not forgotten with a newer version."""
    found, *shipped = payers.rules([SHIPPED], [replace(STORED, base="vanished")])

    assert (found.id, found.texts, found.target, found.is_shipped) == (
        "r3",
        ("稿费",),
        "zhihu",
        False,
    )
    assert shipped == [SHIPPED]


# Learning


def test_three_equal_decisions_make_it_automatic() -> None:
    """66, 75, 80, and never more than 95."""
    known: Learned | None = None
    confidences = []
    for _time in range(40):
        known = payers.learn(known, "xianyu")
        confidences.append(known.confidence)

    assert confidences[:4] == [66, 75, 80, 83]
    assert max(confidences) == 95


@pytest.mark.parametrize("hits", [3, 6, 7, 40])
def test_one_contrary_decision_takes_a_habit_back_to_asking(hits: int) -> None:
    """Below eighty again, however old it is, and it still says what was decided most often."""
    known = payers.learn(Learned("xianyu", hits, 0), "zhihu")

    assert (known.target, known.misses) == ("xianyu", 1)
    assert known.confidence < 80


def test_where_the_old_decisions_are_outvoted_the_newest_stands_in() -> None:
    """One for, one against: the last word counts, and it asks."""
    known = payers.learn(Learned("xianyu", 1, 0), "zhihu")

    assert known == Learned("zhihu", 1, 1)
    assert known.confidence == 50


@pytest.mark.parametrize(
    "name",
    ["", " ", "*三", "t***7", "李**", "商品", "支付宝", "财付通支付科技有限公司", "微信支付"],
)
def test_who_cannot_be_told_from_others_teaches_nothing(name: str) -> None:
    """A blank, a masked name, a till."""
    assert not payers.is_learnable(name)


@pytest.mark.parametrize("name", ["王同学", "星海文化传媒有限公司", "A"])
def test_a_name_can_be_learned(name: str) -> None:
    """However short it is: it is compared as a whole."""
    assert payers.is_learnable(name)


# Texts


def test_a_text_is_cleaned() -> None:
    """Blanks at the ends and in rows are nobody's intention."""
    assert payers.check_text("words", "  课时费   四节 ") == "课时费 四节"


@pytest.mark.parametrize(
    ("kind", "text"),
    [("words", "费"), ("counterparty", " 王 "), ("merchant_number", "T20"), ("payer", " ")],
)
def test_a_short_text_is_refused(kind: payers.Field, text: str) -> None:
    """It would take money that has nothing to do with it."""
    with pytest.raises(NotUnderstood) as refusal:
        payers.check_text(kind, text)

    assert "太短" in refusal.value.message


def test_invisible_characters_are_refused() -> None:
    """A rule that nobody can read cannot be checked."""
    with pytest.raises(NotUnderstood):
        payers.check_text("words", "稿\x1b费")


def test_fields_are_named() -> None:
    """A wrong one is answered with those there are."""
    with pytest.raises(NotUnderstood) as refusal:
        payers.check_field("name")

    assert payers.check_field("payer") == "payer"
    assert refusal.value.hint == "可以用：counterparty, payer, words, merchant_number"
