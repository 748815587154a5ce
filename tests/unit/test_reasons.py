"""Reasons: why a row is suggested, what is doubtful, why another is not, and what to do first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest

from xianke import i18n, inventory, matching, platforms, priorities, rates, reasons, vocabulary
from xianke.catalogue import Catalogue, Category, Conditions, Fact, Platform
from xianke.ownrecord import OwnRecord
from xianke.rates import Rate
from xianke.reasons import Reason
from xianke.records import Asset, Evidence, Skill, Slot
from xianke.scoring import Candidate, Component, Income

TODAY = date(2026, 11, 22)
CODES = {
    "own_rate", "catalogue_rate", "advertised_discounted", "unknown_pay", "wide_range",
    "fits_slots", "skill_match", "asset_match", "fast_cash", "slow_cash", "safe", "unproven",
    "needs_check", "worth_a_try", "growth", "own_record",
    "public_entrance",
}  # fmt: skip
STATED = Rate(2000, 3000, 5000, "catalogue", 0, "2026-03", stated_as_of="2026-03")
UNKNOWN = Rate(None, None, None, "none", 0, None)


def platform(facts: Mapping[str, str | None] | None = None, **changes: Any) -> Platform:
    # Any: fields of Platform
    values = {"status": "active", **(facts or {})}
    made = Platform(
        "shop", "The shop", "platform", "work", "time", "", Conditions(),
        {name: Fact(value, "2026-06") for name, value in values.items()},
        confidence="medium", sources=({}, {}),
    )  # fmt: skip
    return replace(made, **changes)


ALL_KNOWN = {"upfront": "none", "escrow": "yes", "settlement": "weekly", "public_ratings": "yes"}


def candidate(of: Platform | None = None, rate: Rate = STATED, **changes: Any) -> Candidate:
    # Any: fields of Candidate
    of = of or platform(ALL_KNOWN)
    made = Candidate(
        of, rate, 50.0, (), 150, platforms.safety(of), platforms.flags(of, TODAY), (), None, None
    )
    return replace(made, **changes)


def book(growth: float = 0.5) -> Catalogue:
    work = Category("work", "Work", "", "time", growth, "", (), (), (), (), Conditions(), (), None)
    return Catalogue("2026-11-22", {"work": work}, {}, {}, ())


def codes(one: Candidate, growth: float = 0.5) -> list[str]:
    return [reason.code for reason in reasons.reasons_for(one, book(growth))]


def texts(one: Candidate) -> list[str]:
    return [reason.text for reason in reasons.reasons_for(one, book())]


# Why


def test_the_catalogues_rate_is_dated_and_the_hours_are_named() -> None:
    """The least that every row with pay says, all in whole sentences."""
    assert reasons.reasons_for(candidate(), book()) == (
        Reason("catalogue_rate", "行情证据截至 2026-03"),
        Reason("fits_slots", "每周有 2.5 小时合适"),
        Reason("safe", "安全项多数已知且好"),
    )


def test_a_rate_without_a_date_says_so() -> None:
    """Nobody knows how old it is."""
    undated = replace(STATED, as_of=None, stated_as_of=None)

    assert "行情证据没有日期" in texts(candidate(rate=undated))


def test_gigs_that_wait_for_their_money_are_not_called_unpaid() -> None:
    """Of four gigs two wait, one was paid and one was not: one did not bring its money."""
    rate = replace(STATED, basis="both", own_gigs=4, waiting=2, paid_share=0.5)

    assert "其中 1 单没收到钱" in texts(candidate(rate=rate))


def test_own_gigs_speak_first_and_the_catalogue_keeps_its_own_date() -> None:
    """The day of the last gig is not the date of the evidence."""
    rate = replace(
        STATED, basis="both", own_gigs=4, as_of="2026-11-20", paid_share=0.75,
        own_net_fen_per_hour=2550, losses=1,
    )  # fmt: skip

    found = reasons.reasons_for(candidate(rate=rate), book())

    assert found[:4] == (
        Reason("own_rate", "按你自己 4 单的记录，实际每小时 25.50 元"),
        Reason("own_rate", "其中 1 单是亏的"),
        Reason("own_rate", "其中 1 单没收到钱"),
        Reason("catalogue_rate", "行情证据截至 2026-03"),
    )


def test_own_gigs_that_all_were_paid_say_no_more_than_their_number() -> None:
    """Nothing lost, nothing unpaid, no catalogue."""
    rate = Rate(2000, 3000, 5000, "own", 2, "2026-11-20", paid_share=1.0)

    assert texts(candidate(rate=rate))[:2] == ["按你自己 2 单的记录", "每周有 2.5 小时合适"]


def test_a_discounted_rate_says_what_was_taken_off() -> None:
    """Waiting and costs are out of the figure already."""
    found = reasons.reasons_for(candidate(rate=replace(STATED, discounted=True)), book())

    assert Reason("advertised_discounted", "已按等待与成本打折") in found


@pytest.mark.parametrize(
    ("low", "high", "wide"), [(1000, 4000, False), (1000, 4001, True), (0, 100, True)]
)
def test_a_range_of_more_than_four_times_is_called_wide(low: int, high: int, wide: bool) -> None:
    """It says little about the next hour."""
    rate = replace(STATED, low_fen_per_hour=low, high_fen_per_hour=high)

    assert ("wide_range" in codes(candidate(rate=rate))) is wide


def test_without_credible_pay_the_row_says_so() -> None:
    """Also where own gigs brought nothing at all."""
    unpaid = Rate(None, None, None, "own", 1, "2026-11-20", paid_share=0.0)

    assert reasons.reasons_for(candidate(rate=UNKNOWN), book())[0] == Reason(
        "unknown_pay", "没有可信的报价"
    )
    assert codes(candidate(rate=unpaid))[:3] == ["own_rate", "own_rate", "unknown_pay"]


def test_pay_per_month_names_its_source() -> None:
    """Without hours: it takes none."""
    parking = platform(ALL_KNOWN, income="passive")
    income = Income("month", 30000, None, 40000, "the paper", "2019-11-06")

    assert texts(candidate(parking, UNKNOWN, income=income))[0] == "the paper（2019-11-06）"
    undated = replace(income, date=None)
    assert texts(candidate(parking, UNKNOWN, income=undated))[0] == "the paper（日期不明）"
    assert codes(candidate(parking, UNKNOWN)) == ["unknown_pay", "safe"]


@pytest.mark.parametrize(
    ("conditions", "code"),
    [
        (Conditions(skills_any=("office",)), "skill_match"),
        (Conditions(skills_all=("office",)), "skill_match"),
        (Conditions(assets_any=("camera",)), "asset_match"),
        (Conditions(assets_all=("camera",)), "asset_match"),
    ],
)
def test_what_the_user_has_is_named_as_a_reason(conditions: Conditions, code: str) -> None:
    """Where the work asks for it."""
    assert code in codes(candidate(platform(ALL_KNOWN, conditions=conditions)))


def test_growth_is_a_reason_where_work_can_grow() -> None:
    """From seven tenths."""
    assert "growth" in codes(candidate(), 0.7)
    assert "growth" not in codes(candidate(), 0.69)


@pytest.mark.parametrize(
    ("settlement", "code"),
    [
        ("daily", "fast_cash"),
        ("1_to_3_days", "fast_cash"),
        ("weekly", None),
        ("monthly", "slow_cash"),
        ("on_acceptance", None),
    ],
)
def test_fast_and_slow_money_are_told(settlement: str, code: str | None) -> None:
    """Within three days, or after two weeks."""
    found = codes(candidate(platform({**ALL_KNOWN, "settlement": settlement})))

    assert {"fast_cash", "slow_cash"} & set(found) == ({code} if code else set())


def test_a_single_source_is_unproven_and_the_self_route_is_not() -> None:
    """Nobody has to prove that neighbours exist."""
    doubtful = platform(ALL_KNOWN, sources=())

    assert Reason("unproven", "现状没有第二个来源证实") in reasons.reasons_for(
        candidate(doubtful), book()
    )
    assert "unproven" not in codes(candidate(replace(doubtful, kind="self")))


def test_what_is_unknown_and_counts_adds_a_reason() -> None:
    """A part without weight for the goal is not worth a word."""
    parts = (
        Component("safety", 0.2, 0.1, False),
        Component("cash", 0.2, 0.1, False),
        Component("growth", 0.2, 0.1, False),
    )
    weightless = tuple(replace(part, weight=0.0) for part in parts)
    known = tuple(replace(part, known=True) for part in parts)

    found = reasons.reasons_for(candidate(components=parts), book())

    assert [reason for reason in found if reason.code == "unproven"] == [
        Reason("unproven", "安全项都不知道，按偏低的算"),
        Reason("unproven", "不知道几天到账，按偏慢的算"),
    ]
    assert "unproven" not in codes(candidate(components=weightless))
    assert "unproven" not in codes(candidate(components=known))


@pytest.mark.parametrize(
    ("check", "text"),
    [
        ("age", "有年龄要求：xianke inventory set birth_year 1995"),
        ("birthday", "今年才到年龄，哪天生日：xianke inventory set birthday 5月1日"),
        ("driving_licence", "要驾照：xianke inventory set licence yes"),
        ("health_certificate", "要健康证：xianke inventory set health_certificate yes"),
        ("city", "只在部分地方有：xianke inventory set city 你的城市"),
        ("region", "只在部分地方有，认不出你的城市：连省名写 xianke inventory set city 浙江杭州"),
        (
            "employer",
            "单位不许兼职，先看清合同；谈妥了 xianke inventory set employer_forbids_side_jobs no",
        ),
        ("pc", "要用电脑：xianke inventory set pc yes"),
        ("asset:headset", "最好有耳麦：xianke inventory set headset yes"),
    ],
)
def test_a_check_says_how_to_settle_it(check: str, text: str) -> None:
    """Mostly by a command."""
    found = reasons.reasons_for(candidate(checks=(check,)), book())

    assert found[-1] == Reason("needs_check", text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_of_the_shipped_catalogue_is_one_that_programs_know(language: str) -> None:
    """For an inventory that fits nearly all of it, and every goal."""
    i18n.set_language("zh" if language == "zh" else "en")
    known = platforms.catalogue()
    skills = [raw["id"] for raw in vocabulary._vocabulary("skills")]
    assets = [raw["id"] for raw in vocabulary._vocabulary("assets")]
    everything = inventory.stock(
        [Slot(1, "每天 08:00-20:00", None, "anywhere", "phone,pc", False)],
        [Skill(1, key, key, 5) for key in skills],
        [Asset(1, key, key, None, None) for key in assets],
        {},
        TODAY,
    )

    for goal in get_args(priorities.Goal):
        found = matching.match(everything, known, rates.learn(known, [], TODAY), goal, TODAY)
        rows = (*found.picks, *found.untested)
        assert len(rows) > 10
        assert {reason.code for row in rows for reason in row.reasons} <= CODES
        assert all(reason.text for row in rows for reason in row.reasons)
        assert all(row.first_step for row in rows)


# Why not


@pytest.mark.parametrize(
    ("code", "failed", "text"),
    [
        ("closed", (), "已经停了，不再推荐"),
        ("no_asset", ("e_bike",), "缺：电动自行车"),
        ("no_asset", ("generic_goods", "rental_goods"), "缺：其他闲置物品 或 能出租的东西"),
        ("no_asset", (), "缺要用到的东西"),
        ("no_skill", ("coding", "writing"), "技能里没有：编程、文案写作"),
        ("no_skill", (), "缺要用到的技能"),
        ("profile", ("age",), "年龄不到"),
        ("profile", ("driving_licence",), "没有驾照"),
        ("profile", ("health_certificate",), "没有健康证"),
        ("profile", (), "条件不符"),
        (
            "region",
            ("湖南", "湖北", "江西", "长沙"),
            "只在：湖南、湖北、江西，你记的城市不在其中",
        ),
        ("region", (), "不在你的地区"),
        ("block_too_short", (), "合适的时段都太短"),
        ("no_device", (), "合适的时段里没有要用的设备"),
        ("no_place", (), "时段的地点做不了"),
        ("no_slot", (), "没有登记每周都有的空闲时段"),
    ],
)
def test_a_rejection_says_what_is_missing(code: str, failed: tuple[str, ...], text: str) -> None:
    """In the words of the vocabulary."""
    assert reasons.rejection_text(platform(), code, failed) == text


def test_a_platform_that_takes_no_individuals_says_why() -> None:
    """It is not closed: it is for others."""
    firms = platform(not_for_workers="只收企业")

    assert reasons.rejection_text(firms, "closed", ()) == "只收企业"


def test_of_many_skills_that_would_do_four_are_named() -> None:
    """A list of sixteen helps nobody."""
    wanted = ("office", "design", "writing", "coding", "translation", "english")

    found = reasons.rejection_text(platform(), "no_skill", wanted)

    assert found == "技能里没有：PPT 制作、平面设计、文案写作、编程"


@pytest.mark.parametrize("tag", sorted(
    {
        tag
        for route in platforms.catalogue().routes()
        for tag in (
            *route.conditions.assets_any, *route.conditions.assets_all,
            *route.conditions.assets_helpful,
        )
    }
))  # fmt: skip
def test_every_thing_that_the_catalogue_asks_for_has_a_name(tag: str) -> None:
    """No code reaches the screen."""
    assert reasons.asset_tag_name(tag) != tag


@pytest.mark.parametrize("tag", sorted(
    {
        tag
        for route in platforms.catalogue().routes()
        for tag in (*route.conditions.skills_any, *route.conditions.skills_all)
    }
))  # fmt: skip
def test_every_skill_that_the_catalogue_asks_for_has_a_name(tag: str) -> None:
    """No code reaches the screen."""
    assert reasons.skill_tag_name(tag) != tag


def test_every_flag_has_words_and_a_rank() -> None:
    """The worst stands first."""
    assert reasons.FLAG_ORDER[0] == "upfront_required"
    assert set(reasons.FLAG_ORDER) == {
        "upfront_required", "upfront_possible", "closed", "restricted", "stale", "single_source",
        "status_unknown", "off_platform_pay", "region_mismatch", "own_unpaid", "own_late",
        "own_rejections",
    }  # fmt: skip
    assert all(reasons.flag_text(flag) for flag in reasons.FLAG_ORDER)


# The first step


def test_what_is_not_known_of_safety_is_asked_first() -> None:
    """At most two questions, the one about money in advance first."""
    assert reasons.first_step(candidate(platform())) == (
        "先在官方 App 或小程序里问清：押金？几天到账？再试"
    )
    assert reasons.first_step(candidate(platform({**ALL_KNOWN, "settlement": None}))) == (
        "先在官方 App 或小程序里问清：几天到账？再试"
    )
    assert "对方那里" in reasons.first_step(candidate(platform(kind="channel")))


def test_what_the_user_found_out_is_not_asked_again() -> None:
    """The typed answer counts as own dated evidence."""
    known = platforms.catalogue()
    shop = next(one for one in known.platforms.values() if one.fact("upfront").value is None)
    answer = Evidence(1, shop.id, "upfront", "none", "2026-11-20", None)

    asked = known.platforms[shop.id]
    answered = platforms.catalogue((), [answer]).platforms[shop.id]

    assert "押金？" in reasons.first_step(candidate(asked))
    assert "押金？" not in reasons.first_step(candidate(answered))
    assert answered.fact("upfront").own


def test_money_that_never_came_is_fetched_before_more_work_is_taken() -> None:
    """Rather than going on or asking questions; and such a place is not called safe."""
    lost = OwnRecord("shop", gigs=9, paid=8, good=8, unpaid=1)
    one = candidate(platform(ALL_KNOWN, record=lost), replace(STATED, own_gigs=9, paid_share=1.0))
    unknown = candidate(platform(record=lost))

    assert one.safety.letter == "B"
    assert reasons.first_step(one).startswith("先把没给你的钱要回来")
    assert (reasons.asked_first(one), reasons.asked_first(unknown)) == ((), ())
    assert "safe" not in codes(one)
    assert "own_record" in codes(one)
    good = replace(lost, gigs=21, paid=20, good=20)
    assert reasons.first_step(replace(one, platform=platform(ALL_KNOWN, record=good))).startswith(
        "接着做"
    )


def test_a_good_record_is_told_from_three_gigs_on() -> None:
    """One or two say nothing."""
    few, some = (OwnRecord("shop", gigs=n, paid=n, good=n) for n in (2, 3))

    assert reasons.own_record_text(few) == ""
    assert reasons.own_record_text(some) == "3 单都到了账，没记过晚到"
    assert "own_record" not in codes(candidate(platform(ALL_KNOWN, record=few)))


def test_what_is_not_verified_is_verified_first() -> None:
    """Together with the questions, where there are any."""
    doubtful = platform(ALL_KNOWN, sources=())

    assert reasons.first_step(candidate(doubtful)) == ("先核对它还在不在、入口是不是官方的，再试")
    assert reasons.first_step(candidate(platform(sources=()))).startswith(
        "先核对它还在不在、入口是不是官方的，在官方 App 或小程序里问清：押金？"
    )


def test_money_first_is_warned_of_whatever_else_is_unknown() -> None:
    """The warning goes before every question."""
    paying = platform({"upfront": "required"})

    assert reasons.first_step(candidate(paying)) == (
        "要先付钱：弄清退还条件，写进合同再付；不清楚就别付"
    )


def test_where_everything_is_known_one_does_a_gig_and_logs_it() -> None:
    """With the command."""
    assert reasons.first_step(candidate()) == (
        "先接一单试，记下分钟：xianke log shop 金额 --minutes 分钟"
    )


def test_who_was_paid_there_goes_on() -> None:
    """And who was never paid asks like everybody else."""
    paid = replace(STATED, own_gigs=2, paid_share=0.5)
    never = replace(STATED, own_gigs=2, paid_share=0.0)
    neighbours = platform(kind="self", id="self")

    assert reasons.first_step(candidate(rate=paid)) == (
        "接着做，每单记下分钟：xianke log shop 金额 --minutes 分钟"
    )
    assert "xianke log 客户名 金额" in reasons.first_step(candidate(neighbours, paid))
    assert "接着做" not in reasons.first_step(candidate(rate=never))


def test_among_people_one_knows_terms_are_settled_by_word() -> None:
    """For work and for things."""
    neighbours = platform(kind="self", id="self")

    assert reasons.first_step(candidate(neighbours)) == (
        "先问一个熟人要不要帮忙；价钱、时间、怎么付，动手前说定；"
        "做完记下：xianke log 自己接 金额 --minutes 分钟 --category work"
    )
    assert reasons.first_step(candidate(replace(neighbours, income="one_off"))) == (
        "先问一个认识的人要不要；价钱和归还当面说清"
    )
