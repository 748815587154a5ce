from __future__ import annotations

import pytest

from xianke import fact_words, lookup, platforms
from xianke.catalogue import FACTS
from xianke.platforms import EDITABLE


def test_every_fact_has_a_name_and_a_question() -> None:
    """Each can be shown, and each can be looked up again."""
    for name in (*FACTS, "pay"):
        assert fact_words.fact_name(name)
        assert fact_words.question(name)


def test_every_value_a_user_can_give_has_words() -> None:
    """The words stand for exactly the values that can be stored."""
    assert {name: tuple(fact_words.value_names(name)) for name in EDITABLE} == {
        name: tuple(sorted(values, key=list(fact_words.value_names(name)).index))
        for name, values in EDITABLE.items()
    }
    assert set(platforms.FAST_DAYS) == set(fact_words.value_names("settlement"))


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("status", "active", "在运营"),
        ("status", None, "不知道"),
        ("min_withdrawal", "10", "10 元"),
        ("fee", "抽一成", "抽一成"),
        ("escrow", "a word of later days", "a word of later days"),
    ],
)
def test_a_value_is_shown_in_words(name: str, value: str | None, text: str) -> None:
    """Codes are translated, texts stay, and the unknown says so."""
    assert fact_words.value_text(name, value) == text


@pytest.mark.parametrize("basis", ["press_or_official", "community_list_plus_others"])
def test_the_basis_of_a_status_has_words(basis: str) -> None:
    """On what a status rests is told beside it."""
    assert fact_words.basis_text(basis) != basis


def test_words_for_one_fact_never_mean_two_values() -> None:
    """Whatever is typed is one value or none."""
    for name in EDITABLE:
        shown = fact_words.value_names(name)
        typed = [
            word
            for value, words in fact_words._TYPED_VALUES[name].items()
            for word in {value, lookup.folded(shown[value]), *words}
        ]
        assert len(typed) == len(set(typed)), name


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("押金", "upfront"),
        ("Status", "status"),
        ("类别", "category"),
        ("抽成", None),
        ("fee", None),
    ],
)
def test_a_field_is_named_by_code_or_in_words(text: str, field: str | None) -> None:
    """Only what can be edited is a field."""
    assert fact_words.field_of(text) == field


def test_what_is_not_a_value_is_none() -> None:
    """The caller says what would have been."""
    assert fact_words.value_of("upfront", "也许吧") is None
