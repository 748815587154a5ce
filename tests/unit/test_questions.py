"""What is asked of a platform before the first gig."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from xianke import fact_words, i18n, platforms, questions
from xianke.catalogue import Conditions, Fact, Platform
from xianke.records import Evidence


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Speak Chinese again after each test."""
    yield
    i18n.set_language("zh")


def shop(kind: str = "platform", /, **facts: Fact) -> Platform:
    return Platform("shop", "The shop", kind, "work", "time", "", Conditions(), facts)


def asked(platform: Platform) -> list[str]:
    return [one.fact for one in questions.open_questions(platform)]


def test_at_most_two_are_asked_money_in_advance_first() -> None:
    """An answer makes room for the next one; with all four there is none."""
    none, daily, yes = Fact("none"), Fact("daily"), Fact("yes")

    assert asked(shop()) == ["upfront", "settlement"]
    assert asked(shop(upfront=none)) == ["settlement", "escrow"]
    assert asked(shop(upfront=none, settlement=daily)) == ["escrow", "public_ratings"]
    assert asked(shop(upfront=none, settlement=daily, escrow=yes)) == ["public_ratings"]
    assert asked(shop(upfront=none, settlement=daily, escrow=yes, public_ratings=yes)) == []


def test_nobody_is_asked_where_there_is_no_platform() -> None:
    """Neighbours are asked to their face."""
    assert asked(shop("self")) == []


def test_that_money_may_be_asked_for_leaves_open_for_what() -> None:
    """Until the user has looked: then it is what they found."""
    hearsay, own = Fact("possible"), Fact("possible", own=True)

    (first, _second) = questions.open_questions(shop(upfront=hearsay))

    assert (first.fact, first.text) == ("upfront", "要先付什么钱？")
    assert asked(shop(upfront=own)) == ["settlement", "escrow"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", questions.ORDER)
def test_every_answer_offered_can_be_typed(language: i18n.Language, name: str) -> None:
    """As the word shown and as the code, under the name shown; the stand-in itself cannot."""
    i18n.set_language(language)
    others = {one: Fact("x") for one in questions.ORDER if one != name}

    (question,) = questions.open_questions(shop(**others))
    *command, field, stand_in = question.command.split()

    assert command == ["xianke", "platforms", "edit", "shop"]
    assert fact_words.field_of(field) == name == question.fact
    assert fact_words.value_of(name, stand_in) is None
    assert [fact_words.value_of(name, word) for word in question.words] == list(question.values)
    assert set(question.values) <= set(platforms.EDITABLE[name])


def test_an_answer_in_the_store_closes_the_question() -> None:
    """Whatever it says, good or bad."""
    known = platforms.catalogue()
    open_one = next(one for one in known.platforms.values() if asked(one)[:1] == ["upfront"])

    for value in platforms.EDITABLE["upfront"]:
        found = [Evidence(1, open_one.id, "upfront", value, "2026-11-20", None)]
        answered = platforms.catalogue((), found).platforms[open_one.id]

        assert "upfront" not in asked(answered)
