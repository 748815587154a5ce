"""Texts of the catalogue: in the language in use, or plainly said to be in Chinese."""

from __future__ import annotations

from xianke import i18n, wording


def test_a_text_in_both_languages_is_read_in_the_one_in_use() -> None:
    """Nothing is added to it."""
    pair = {"zh": "单少", "en": "few orders"}

    assert (wording.worded(pair, "zh"), wording.worded(pair, "en")) == ("单少", "few orders")


def test_a_text_in_chinese_alone_says_so_in_english() -> None:
    """In Chinese there is nothing to say about it."""
    assert wording.worded("单少", "zh") == "单少"

    i18n.set_language("en")

    assert wording.worded("单少", "en") == "单少 (in Chinese)"


def test_a_plain_text_without_any_chinese_stays_as_it_is() -> None:
    """An English source is no Chinese text."""
    i18n.set_language("en")

    assert wording.worded("Planet Labor", "en") == "Planet Labor"


def test_what_is_not_there_has_no_words() -> None:
    """Not even a remark about its language."""
    i18n.set_language("en")

    assert wording.maybe_worded(None, "en") is None


def test_a_name_is_no_text_that_lacks_its_english() -> None:
    """It stands as it is written; a remark beside it is read in the language in use."""
    i18n.set_language("en")

    assert wording.named("美团", "en") == "美团"
    assert wording.named({"zh": "果壳系", "en": "the Guokr group"}, "en") == "the Guokr group"


def test_a_catalogue_takes_the_english_of_another_for_the_same_chinese() -> None:
    """Texts alone, wherever they stand; names, titles and aliases stay as they are."""
    pair = {"zh": "单少", "en": "few orders"}
    old = {"complaints": ["单少", "远"], "pay": [{"by": "单少"}], "aliases": ["单少"]}
    new = {"complaints": [pair], "pay": [], "aliases": ["单少"]}

    assert wording.levelled(old, new) == {
        "complaints": [pair, "远"], "pay": [{"by": pair}], "aliases": ["单少"],
    }  # fmt: skip
