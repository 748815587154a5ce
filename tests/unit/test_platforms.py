from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xianke import fact_words, i18n, platforms
from xianke.errors import Conflict, NotFound, NotUnderstood
from xianke.lookup import Entry
from xianke.platforms import (
    EDITABLE,
    SELF,
    Catalogue,
    Category,
    Conditions,
    Fact,
    Platform,
    Safety,
    Standing,
)

TODAY = date(2026, 11, 22)
TWO = ({"title": "甲"}, {"title": "乙"})


def _platform(identity: str = "apple", **changes: Any) -> Platform:  # Any: any field of it
    values: dict[str, Any] = {
        "id": identity,
        "name": identity.title(),
        "kind": "platform",
        "category": "errands",
        "income": "time",
        "what": "跑腿",
        "conditions": Conditions(),
        "facts": {"status": Fact("active", "2026-04-22")},
        "sources": TWO,
    }
    return Platform(**(values | changes))


def _facts(**values: str) -> dict[str, Fact]:
    return {name: Fact(value) for name, value in values.items()}


def _category(identity: str, name: str) -> Category:
    return Category(
        identity, name, "做", "time", 0.1, "午后", (), (), (), (), Conditions(), (), None
    )


def _catalogue(*found: tuple[Platform, tuple[str, ...], tuple[str, ...]]) -> Catalogue:
    return Catalogue(
        "2026-11-22",
        {
            "errands": _category("errands", "配送跑腿"),
            "teaching": _category("teaching", "家教、咨询"),
            "care": _category("care", "Care, visits"),
        },
        {platform.id: platform for platform, _words, _sounds in found},
        {},
        tuple(Entry(platform.id, words, sounds) for platform, words, sounds in found),
    )


KNOWN = _catalogue(
    (_platform("tutor", category="teaching", what="教小学"), ("tutor", "桃子家教", "团"), ("tz",)),
    (_platform("apple", name="苹果跑腿"), ("apple", "苹果跑腿", "团"), ("pgpt",)),
    (_platform("aunt", name="王阿姨", kind="client", category=""), ("aunt", "王阿姨"), ()),
)


# Finding


@pytest.mark.parametrize("text", ["apple", "苹果跑腿", "ＡＰＰＬＥ", "pgpt"])
def test_a_platform_is_found_as_people_type_it(text: str) -> None:
    """By id, name or sound, whatever the width and case."""
    assert platforms.find(KNOWN, text) is KNOWN.platforms["apple"]


def test_a_name_of_several_is_a_conflict_that_names_them() -> None:
    """Nothing is done on a guess."""
    with pytest.raises(Conflict) as raised:
        platforms.find(KNOWN, "团")

    assert raised.value.message == "「团」可以指好几个：Tutor (tutor), 苹果跑腿 (apple)"
    assert raised.value.hint == "写全名或 id"


def test_an_unknown_name_brings_near_misses() -> None:
    """A slip is answered with what may have been meant, and the way to add what is missing."""
    with pytest.raises(NotFound) as near:
        platforms.find(KNOWN, "苹果跑退")
    with pytest.raises(NotFound) as far:
        platforms.find(KNOWN, "香蕉")

    assert near.value.message == "目录里没有「苹果跑退」"
    assert near.value.hint == "是不是：苹果跑腿 (apple)？"
    assert far.value.hint == "用 xianke platforms --search 找一找，或用 xianke platforms add 添上"


def test_candidates_and_near_misses_are_platforms() -> None:
    """For asking by number."""
    assert [one.id for one in platforms.candidates(KNOWN, "团")] == ["tutor", "apple"]
    assert [one.id for one in platforms.near(KNOWN, "苹果跑退")] == ["apple"]


def test_only_what_is_written_so_has_a_name() -> None:
    """What merely sounds alike does not stand in the way of a new name."""
    assert platforms.named(KNOWN, "苹果 跑腿") is KNOWN.platforms["apple"]
    assert platforms.named(KNOWN, "pgpt") is None


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("errands", "errands"),
        ("配送跑腿", "errands"),
        ("家教", "teaching"),
        ("家教、咨询", "teaching"),
        ("VISITS", "care"),
    ],
)
def test_a_category_is_found_by_id_name_or_part_of_it(text: str, identity: str) -> None:
    """「家教」 is enough for 「家教、咨询」."""
    assert platforms.find_category(KNOWN, text).id == identity


def test_an_unknown_category_is_answered_with_those_there_are() -> None:
    """The ids to choose from stand in the hint."""
    with pytest.raises(NotFound) as raised:
        platforms.find_category(KNOWN, "做饭")

    assert raised.value.message == "没有「做饭」这个类别"
    assert raised.value.hint is not None
    assert all(identity in raised.value.hint for identity in KNOWN.categories)


@pytest.mark.parametrize(
    ("category", "search", "ids"),
    [
        (None, None, ["apple", "tutor", "aunt"]),
        ("teaching", None, ["tutor"]),
        (None, "果", ["apple"]),
        (None, "小学", ["tutor"]),
        (None, "跑腿", ["apple", "aunt"]),
        ("errands", "小学", []),
    ],
)
def test_the_list_is_cut_by_category_and_search(
    category: str | None, search: str | None, ids: list[str]
) -> None:
    """In the order of the categories; a search looks into names and into what one does."""
    assert [one.id for one in platforms.select(KNOWN, category, search)] == ids


# Own ids


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Upwork2", "upwork2"),
        ("snack_bar-2", "snack_bar-2"),
        ("ＡＢＣ", "abc"),
        ("My Shop", "myshop"),
        ("王阿姨", "wangayi"),
        ("楼下 3 号店", "louxia3haodian"),
        ("！？", "own-1"),
        ("self", "own-1"),
        ("private", "own-1"),
        ("-x", "own-1"),
        ("好" * 30, "own-1"),
    ],
)
def test_an_own_platform_gets_an_id_from_its_name(name: str, identity: str) -> None:
    """ASCII keeps itself, Chinese is spelt; what gives no valid id is numbered."""
    assert platforms.own_id(name, set()) == identity


def test_an_id_in_use_is_not_given_again() -> None:
    """Two names that sound alike are two platforms."""
    assert platforms.own_id("汪阿姨", {"wangayi"}) == "own-1"
    assert platforms.own_id("汪阿姨", {"wangayi", "own-1", "own-2"}) == "own-3"
    assert platforms.own_id("My Shop", {"myshop": "any mapping will do"}) == "own-1"


# Flags


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({}, ()),
        ({"facts": {"status": Fact("restricted", "2026-04-22")}}, ("restricted",)),
        ({"facts": {"status": Fact("closed", "2026-04-22")}}, ("closed",)),
        ({"not_for_workers": "只招公司"}, ("closed",)),
        ({"facts": {}}, ("status_unknown",)),
        ({"facts": {"status": Fact("active", "2024-11-22")}}, ()),
        ({"facts": {"status": Fact("active", "2024-11-21")}}, ("stale",)),
        ({"facts": {"status": Fact("active", "2023")}}, ("stale",)),
        ({"facts": {"status": Fact("active", "2024-11")}}, ()),
        ({"facts": _facts(status="active", upfront="required")}, ("upfront_required",)),
        ({"facts": _facts(status="active", upfront="possible")}, ("upfront_possible",)),
        ({"facts": _facts(status="active", escrow="no")}, ("off_platform_pay",)),
        ({"sources": TWO[:1]}, ("single_source",)),
        ({"facts": {"status": Fact("active", basis="community_list_only")}}, ("single_source",)),
        ({"facts": {"status": Fact("active", own=True)}, "sources": ()}, ()),
        ({"kind": "own", "facts": _facts(status="active"), "sources": ()}, ()),
        ({"kind": SELF, "facts": {}, "sources": ()}, ()),
        ({"conditions": Conditions(regions=("湖南", "湖北省"))}, ("region_mismatch",)),
    ],
)
def test_flags_say_what_speaks_against_a_platform(
    changes: dict[str, Any], flags: tuple[str, ...]
) -> None:
    """One code for each doubt, for somebody in Hangzhou."""
    assert platforms.flags(_platform(**changes), TODAY, "杭州") == flags


def test_flags_come_worst_first() -> None:
    """Money up front is the first thing to know."""
    platform = _platform(
        facts={"upfront": Fact("required"), "escrow": Fact("no"), "status": Fact(None, "2020")},
        sources=(),
        conditions=Conditions(regions=("湖南",)),
    )

    assert platforms.flags(platform, TODAY, "杭州") == (
        "upfront_required", "status_unknown", "stale", "single_source", "off_platform_pay",
        "region_mismatch",
    )  # fmt: skip


def test_without_a_city_no_region_is_wrong() -> None:
    """What is not known of the user is not held against a platform."""
    platform = _platform(conditions=Conditions(regions=("湖南",)))

    assert platforms.flags(platform, TODAY) == ()
    assert platforms.flags(platform, TODAY, "湖南省") == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026", date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 28)),
        ("2026-12", date(2026, 12, 31)),
        ("2026-11-22", date(2026, 11, 22)),
    ],
)
def test_a_vague_date_means_its_last_day(text: str, day: date) -> None:
    """A statement of 2026 may be from its last day: it is not called old too soon."""
    assert platforms.latest_day(text) == day


def test_what_has_no_date_is_not_stale() -> None:
    """It is undated, which is another doubt."""
    assert platforms.is_stale(None, TODAY) is False


@pytest.mark.parametrize(
    ("changes", "verified"),
    [
        ({}, True),
        ({"facts": _facts(status="restricted")}, True),
        ({"facts": _facts(status="closed")}, False),
        ({"facts": {}}, False),
        ({"sources": TWO[:1]}, False),
        ({"kind": SELF, "facts": {}, "sources": ()}, True),
    ],
)
def test_verified_means_a_second_source_says_it_runs(
    changes: dict[str, Any], verified: bool
) -> None:
    """One voice is not enough, and neighbours need none."""
    assert platforms.is_verified(_platform(**changes)) is verified


# Safety


@pytest.mark.parametrize(
    ("facts", "known", "good", "letter", "worst"),
    [
        ({}, 0, 0, None, None),
        ({"escrow": "yes", "upfront": "none"}, 2, 2, None, None),
        ({"escrow": "yes", "upfront": "none", "settlement": "daily"}, 3, 3, "A", None),
        (
            {"escrow": "partial", "upfront": "none", "settlement": "daily",
             "public_ratings": "yes"},
            4, 3.5, "B", "escrow",
        ),
        ({"escrow": "yes", "upfront": "possible", "settlement": "monthly"}, 3, 1.5, "C", "upfront"),
        ({"escrow": "no", "upfront": "none", "settlement": "milestone"}, 3, 1, "D", "escrow"),
        (
            {"escrow": "yes", "upfront": "required", "settlement": "daily",
             "public_ratings": "yes"},
            4, 3, "C", "upfront",
        ),
        ({"escrow": "no", "upfront": "required", "settlement": "monthly"}, 3, 0, "D", "upfront"),
        ({"escrow": "not_applicable", "upfront": "none", "settlement": "weekly"}, 3, 3, "A", None),
        ({"public_ratings": "no"}, 1, 0, None, "public_ratings"),
        ({"escrow": "a word of later days", "upfront": "likewise"}, 0, 0, None, None),
    ],
)  # fmt: skip
def test_safety_counts_the_known_and_marks_from_three(
    facts: dict[str, str], known: int, good: float, letter: str | None, worst: str | None
) -> None:
    """A letter from three known facts, never better than C where money is wanted first."""
    platform = _platform(facts=_facts(**facts))

    found = platforms.safety(platform)

    assert found == Safety(known, 4, good, letter, worst, found.halfway)
    assert found.halfway == (worst is not None and facts[worst] in ("partial", "possible"))


@pytest.mark.parametrize(
    ("changes", "verify_first"),
    [
        ({}, False),
        ({"sources": ()}, True),
        ({"facts": {"status": Fact("active", "2020")}}, True),
    ],
)
def test_a_standing_asks_to_verify_what_is_unproven_or_old(
    changes: dict[str, Any], verify_first: bool
) -> None:
    """Flags, safety and the question whether it runs at all, together."""
    platform = _platform(**changes)

    assert platforms.standing(platform, TODAY) == Standing(
        platforms.flags(platform, TODAY), platforms.safety(platform), verify_first
    )


# Findings


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("status", "closed", ("status", "closed")),
        ("现状", "停了", ("status", "closed")),
        ("押金", "不用", ("upfront", "none")),
        ("UPFRONT", "要先付", ("upfront", "required")),
        ("结算", "1 到 3 天到账", ("settlement", "1_to_3_days")),
        ("settlement", "月结", ("settlement", "monthly")),
        ("担保", "没有", ("escrow", "no")),
        ("公开评价", "有", ("public_ratings", "yes")),
        ("实名", "可选", ("id_verification", "optional")),
    ],
)
def test_a_finding_is_understood_by_code_or_in_words(
    name: str, value: str, stored: tuple[str, str]
) -> None:
    """What is stored are the codes."""
    assert platforms.check_finding(name, value) == stored


@pytest.mark.parametrize("field", EDITABLE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_value_is_understood_as_it_is_shown(field: str, language: i18n.Language) -> None:
    """What stands on the screen can be typed back, in either language."""
    i18n.set_language(language)
    names = fact_words.value_names(field)

    understood = [platforms.check_finding(field, names[value])[1] for value in EDITABLE[field]]

    assert understood == list(EDITABLE[field])


def test_an_unknown_field_or_value_is_refused_with_the_choices() -> None:
    """The hint names everything that would do, by code and in words."""
    with pytest.raises(NotUnderstood) as field:
        platforms.check_finding("fee", "5%")
    with pytest.raises(NotUnderstood) as word:
        platforms.check_finding("心情", "好")
    with pytest.raises(NotUnderstood) as value:
        platforms.check_finding("押金", "也许吧")

    assert field.value.message == "没有「fee」这一项"
    assert word.value.hint == (
        "可以改的有：status (现状), upfront (先付钱), settlement (结算), escrow (担保), "
        "public_ratings (公开评价), id_verification (实名)"
    )
    assert value.value.message == "押金 不能是「也许吧」"
    assert value.value.hint == ("可以是：none (不用先付), possible (可能要先付), required (要先付)")


@pytest.mark.parametrize(
    ("stated", "newer"),
    [
        (Fact("required", "2026-12-01"), True),
        (Fact("required", "2026-12"), True),
        (Fact("required", "2026-11"), False),
        (Fact("required", "2026"), False),
        (Fact("required", "2026-11-22"), False),
        (Fact("required", None), False),
        (Fact("none", "2026-12-01"), False),
        (Fact(None, "2026-12-01"), False),
        (None, False),
    ],
)
def test_a_later_word_of_the_catalogue_is_told_from_an_earlier_one(
    stated: Fact | None, newer: bool
) -> None:
    """Where a month or a year is all that is known, the whole of it must be later."""
    own = Fact("none", "2026-11-22", "own", own=True, stated=stated)

    assert platforms.newer_statement(own) is (stated if newer else None)


def test_what_the_user_found_out_is_old_after_a_year() -> None:
    """Not what own payments say, nor what the catalogue does."""
    day = date(2027, 11, 23)

    assert platforms.is_old_finding(Fact("none", "2026-11-22", own=True), day)
    assert not platforms.is_old_finding(Fact("none", "2026-11-23", own=True), day)
    assert not platforms.is_old_finding(Fact("daily", "2025-01-01", own=True, payments=3), day)
    assert not platforms.is_old_finding(Fact("none", "2020-01-01"), day)
