from __future__ import annotations

import pytest

from xianke import lookup
from xianke.lookup import Entry

APPLE = Entry("apple", ("apple", "苹果跑腿", "Apple Errands", "小苹果"), ("pgpt", "pingguopaotui"))
PEAR = Entry("pear", ("pear", "梨子 / 苹果", "Pear", "苹果"), ("lizi", "lz"))
PLUM = Entry("plum", ("plum", "李子（苹果）", "Plum", "苹果"), ("lizi", "lz"))
ORCHARD = (APPLE, PEAR, PLUM)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("ＡＢＣ", "abc"),
        ("Up Work", "upwork"),
        (" 闲 鱼\t", "闲鱼"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_names_are_compared_without_width_case_and_blanks(text: str, same: str) -> None:
    """However somebody types a name, it is the same name."""
    assert lookup.folded(text) == same


def test_an_entry_answers_to_each_half_of_its_name() -> None:
    """A slash parts two names; what a bracket holds explains and is no name."""
    data = {
        "id": "dada",
        "name": {"zh": "达达 / 京东秒送骑士", "en": "Dada (delivery) and more"},
        "aliases": ["达达骑士"],
        "sounds": ["dada", "dd"],
    }

    entry = lookup.entry_of(data)

    assert entry == Entry(
        "dada",
        (
            "dada",
            "达达 / 京东秒送骑士",
            "Dada (delivery) and more",
            "达达骑士",
            "达达",
            "京东秒送骑士",
            "Dada",
        ),
        ("dada", "dd"),
    )


def test_an_entry_without_aliases_and_sounds_has_only_its_names() -> None:
    """Both are optional in the data."""
    data = {"id": "fiverr", "name": {"zh": "Fiverr", "en": "Fiverr"}}

    assert lookup.entry_of(data) == Entry("fiverr", ("fiverr", "Fiverr"), ())


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("apple", ["apple"]),
        ("苹果跑腿", ["apple"]),
        ("小苹果", ["apple"]),
        ("APPLE errands", ["apple"]),
        ("pgpt", ["apple"]),
        ("lz", ["pear", "plum"]),
        ("苹果", ["pear", "plum"]),
        ("李子（苹果）", ["plum"]),
        ("pear", ["pear"]),
        ("香蕉", []),
        ("  ", []),
    ],
)
def test_exact_finds_by_name_alias_id_and_sound(text: str, ids: list[str]) -> None:
    """Names come first, sounds only where no name fits; the full name settles a shared part."""
    assert lookup.exact(ORCHARD, text) == ids


def test_a_written_name_goes_before_the_sound_of_another() -> None:
    """Whoever types 「lz」 and has something called so means that."""
    entries = (*ORCHARD, Entry("own", ("own", "lz")))

    assert lookup.exact(entries, "LZ") == ["own"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("苹果跑退", ["apple"]),
        ("pinguopaotui", ["apple"]),
        ("平果跑腿", ["apple"]),
        ("苹果跑腿平台", ["apple"]),
        ("完全不像的东西", []),
        ("", []),
    ],
)
def test_near_proposes_what_may_have_been_meant(text: str, ids: list[str]) -> None:
    """A slip of the pen, of the ear or a word too many is close; noise is not."""
    assert lookup.near((APPLE,), text) == ids


def test_near_names_the_best_first_and_not_too_many() -> None:
    """A list of proposals is only of use while it is short."""
    entries = [Entry(f"p{number}", (f"p{number}", f"苹果跑腿{number}")) for number in range(9)]

    found = lookup.near(entries, "苹果跑腿7")

    assert found[0] == "p7"
    assert len(found) == lookup.MOST_PROPOSALS


@pytest.mark.parametrize(
    ("text", "ids"),
    [("苹果", ["apple", "pear", "plum"]), ("ping", ["apple"]), ("骑", [])],
)
def test_contains_searches_within_names_and_at_the_start_of_sounds(
    text: str, ids: list[str]
) -> None:
    """A search is wider than a name: a part is enough."""
    assert lookup.contains(ORCHARD, text) == ids


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("王阿姨", "wangayi"),
        ("Bob's Shop", "bobsshop"),
        ("snack_bar-2", "snack_bar-2"),
        ("楼下3号店", "louxia3haodian"),
        ("！？", ""),
        ("é", ""),
    ],
)
def test_pinyin_spells_a_name_for_an_id(text: str, spelt: str) -> None:
    """What is neither letter, digit, dash nor underscore is left out."""
    assert lookup.pinyin(text) == spelt


@pytest.mark.parametrize(
    ("typed", "near"), [("张姊", True), ("张姨妈", False), ("王姐", False), ("章姐", False)]
)
def test_a_short_name_with_one_wrong_character_is_proposed(typed: str, near: bool) -> None:
    """Two characters leave no ratio to measure by; the first of them must be right."""
    assert (lookup.near([lookup.Entry("zhangjie", ("张姐",))], typed) == ["zhangjie"]) is near
