"""Explaining: what a score rests on, what a claim comes down to, why something is not suggested."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from xianke import explaining, i18n, inventory, matching, platforms, rates
from xianke.errors import Conflict, NotFound, Refused
from xianke.explaining import ClaimCheck, Explanation, WhyNot
from xianke.records import Asset, Gig, OwnPlatform, Skill, Slot

TODAY = date(2026, 11, 22)
CATALOGUE = platforms.catalogue()


def stock(
    *skills: str, assets: tuple[str, ...] = (), text: str = "工作日 12:00-12:30"
) -> inventory.Stock:
    return inventory.stock(
        [Slot(1, text, None, "office", None, False)],
        [Skill(number, key, key, 3) for number, key in enumerate(skills, 1)],
        [Asset(number, key, key, None, None) for number, key in enumerate(assets, 1)],
        {},
        TODAY,
    )


def gig(
    platform: str = "bytedance_xpert",
    orders: int = 10,
    worked: int | None = 200,
    unpaid: int = 20,
    category: str | None = None,
) -> Gig:
    return Gig(
        1, platform, category, "2026-11-01", None, orders, worked, unpaid, 5000, 0, 0, 0, "paid",
        None, None, None, None,
    )  # fmt: skip


def explain(
    text: str,
    have: inventory.Stock | None = None,
    *gigs: Gig,
    known: platforms.Catalogue = CATALOGUE,
) -> Explanation:
    have = have or stock()
    found = matching.match(have, known, rates.learn(known, gigs, TODAY), "income", TODAY)
    return explaining.explain(text, found, explaining.Grounds(have, known, gigs, (), TODAY))


def why_not(
    text: str, have: inventory.Stock | None = None, known: platforms.Catalogue = CATALOGUE
) -> WhyNot:
    have = have or stock()
    found = matching.match(have, known, rates.learn(known, [], TODAY), "income", TODAY)
    return explaining.why_not(text, found, known, have, TODAY)


# Claims


def test_the_claim_of_five_yuan_a_clip_is_put_into_hours() -> None:
    """Heard once and nothing typed: five to eight hours a day, thirty yuan an hour at most."""
    (claim,) = explain("micro_task").claims

    assert (claim.yuan_per_piece, claim.pieces_low, claim.pieces_high) == (5, 30, 50)
    assert (claim.minutes_per_piece, claim.own) == (10, False)
    assert claim.day_minutes == (300, 500)
    assert claim.month_hours == (150, 250)
    assert claim.yuan_per_hour == 30


def test_own_pieces_replace_the_least_a_piece_can_take() -> None:
    """Ten pieces in 220 minutes, waiting included, are 22 minutes each."""
    (claim,) = explain("micro_task", None, gig()).claims

    assert (claim.minutes_per_piece, claim.own, claim.basis) == (22, True, "按你自己记的 10 件算")
    assert claim.day_minutes == (660, 1100)
    assert claim.month_hours == (330, 550)
    assert claim.yuan_per_hour == pytest.approx(300 / 22)


@pytest.mark.parametrize(
    "other",
    [
        gig(orders=1),
        gig("xianyu"),
        gig(category="survey_testing"),
        gig("unheard_of"),
        gig(worked=None),
    ],
    ids=["one order", "other platform", "other category", "unknown platform", "not timed"],
)
def test_only_timed_pieces_of_the_category_are_own_pieces(other: Gig) -> None:
    """One order logged alone may be anything."""
    (claim,) = explain("micro_task", None, other).claims

    assert not claim.own


def test_own_pieces_add_up_over_platforms() -> None:
    """What is logged under the category counts wherever it was done."""
    (claim,) = explain("micro_task", None, gig(), gig("xianyu", 30, 180, 0, "micro_task")).claims

    assert claim.minutes_per_piece == 10
    assert claim.basis == "按你自己记的 40 件算"


def test_a_claim_is_told_in_the_language_in_use() -> None:
    """So is the basis of its minutes."""
    i18n.set_language("en")

    (claim,) = explain("micro_task", known=platforms.catalogue()).claims

    assert claim.text.isascii()
    assert claim.basis.isascii()


def test_hours_are_rounded_down_and_minutes_to_the_nearest() -> None:
    """A claim is never made to look worse than it is."""
    claim = ClaimCheck("", "", 1.0, 1, 3, 2.5, "", True)

    assert claim.day_minutes == (2, 8)
    assert claim.month_hours == (1, 4)


# Explanations


@pytest.mark.parametrize(
    "typed", ["micro_task", "微任务", "数据标注", "微任务、数据标注", "MICRO_TASK"]
)
def test_a_category_is_named_by_id_name_or_part_of_its_name(typed: str) -> None:
    """Its leading route is explained, with the others behind it and what holds for all."""
    found = explain(typed, stock("copywriting"))

    assert found.category_name == "微任务、数据标注"
    assert found.candidate.platform.id == "bytedance_xpert"
    assert "bytedance_xpert" not in [one.platform.id for one in found.others]
    assert len(found.others) > 3
    category = CATALOGUE.categories["micro_task"]
    assert (found.risks, found.peak) == (category.risks, category.peak)


def test_half_a_name_is_enough_where_it_fits_one_category() -> None:
    """跑腿 means 配送跑腿; one character may mean anything."""
    home = inventory.stock(
        [Slot(1, "工作日 19:00-21:00", None, "home", None, False)], [], [], {}, TODAY
    )

    assert explain("送跑", home).candidate.platform.category == "delivery_errand"
    with pytest.raises(NotFound):
        explain("送", home)
    i18n.set_language("en")
    with pytest.raises(NotFound):
        # Half of several categories is none.
        explain("and", known=platforms.catalogue())


def test_a_platform_is_named_like_everywhere() -> None:
    """By id, name, alias or pinyin; the others of its row stand beside it."""
    for typed in ("ant_weike", "蚂蚁微客"):
        found = explain(typed)
        assert found.candidate.platform.id == "ant_weike"
        assert "ant_weike" not in [one.platform.id for one in found.others]


def test_what_is_not_suggested_is_refused_with_the_way_to_its_reasons() -> None:
    """The hint names the id, whatever was typed."""
    with pytest.raises(Refused) as caught:
        explain("猪八戒网")

    assert caught.value.message == "「猪八戒网」不在建议里"
    assert caught.value.hint == "看原因：xianke suggest --why-not zbj"
    with pytest.raises(Refused, match="「技能接单」不在建议里"):
        explain("技能接单")


@pytest.mark.parametrize("typed", ["", "没有这个东西"])
def test_an_unknown_name_is_not_found(typed: str) -> None:
    """In both questions."""
    with pytest.raises(NotFound):
        explain(typed)
    with pytest.raises(NotFound):
        why_not(typed)


def test_an_ambiguous_name_is_a_conflict() -> None:
    """The candidates are named."""
    with pytest.raises(Conflict):
        explain("zz")


# Private clients and platforms of the user's own


def own(kind: str, category: str | None) -> platforms.Catalogue:
    return platforms.catalogue([OwnPlatform("wang", "王阿姨", kind, category, None, "2026-01-01")])


def test_a_private_client_stands_for_the_self_route_of_its_category() -> None:
    """That is the route its gigs are evidence for."""
    home = inventory.stock(
        [Slot(1, "工作日 19:00-21:00", None, "home", None, False)], [], [], {}, TODAY
    )
    known = own("client", "delivery_errand")

    assert explain("王阿姨", home, known=known).candidate.platform.id == "self"
    assert why_not("王阿姨", home, known).eligible == ("自己接（邻居、熟人介绍）",)
    with pytest.raises(Refused) as caught:
        explain("王阿姨", known=known)
    assert caught.value.hint == "看原因：xianke suggest --why-not delivery_errand"


@pytest.mark.parametrize(
    ("kind", "category"),
    [("client", None), ("own", None)],
    ids=["client", "platform"],
)
def test_what_is_no_route_of_any_category_cannot_be_scored(kind: str, category: str | None) -> None:
    """The answer says so, and how to change it."""
    known = own(kind, category)

    for ask in (lambda: explain("王阿姨", known=known), lambda: why_not("王阿姨", known=known)):
        with pytest.raises(Refused) as caught:
            ask()
        assert caught.value.message == "「王阿姨」不是哪一类活的去处，没法打分"
        assert "xianke platforms edit wang category" in (caught.value.hint or "")


def test_a_client_of_a_category_that_nobody_offers_alone_needs_a_gig_first() -> None:
    """It has a category, so the hint asks for a timed gig; with one it is scored."""
    known = own("client", "content_creator")

    with pytest.raises(Refused) as caught:
        explain("王阿姨", known=known)
    worked = platforms.with_used_routes(known, [("content_creator", "self")])

    assert caught.value.message == "「王阿姨」还没有记过用时的单，没法打分"
    assert "xianke log wang" in (caught.value.hint or "")
    assert why_not("王阿姨", known=worked).eligible == ("自己接（你的客户）",)


def test_a_platform_of_the_users_own_is_a_route_like_any_other() -> None:
    """It asks what its category asks."""
    known = own("own", "micro_task")

    assert explain("王阿姨", known=known).candidate.platform.id == "wang"


# Why not


def test_every_route_of_a_category_is_either_eligible_or_rejected() -> None:
    """With the condition that is not met, in one sentence each."""
    found = why_not("skill_service", stock("ppt"))

    routes = [one for one in CATALOGUE.routes() if one.category == "skill_service"]
    assert (found.id, found.name, found.eligible) == ("skill_service", "技能接单", ())
    assert [one.id for one in found.rejections] == [one.id for one in routes]
    by_id = {one.id: (one.kind, one.code, one.text) for one in found.rejections}
    assert by_id["zbj"] == ("platform", "block_too_short", "合适的时段都太短")
    assert by_id["proginn"] == ("platform", "no_skill", "技能里没有：编程")
    assert by_id["txgc"] == ("platform", "closed", "已经停了，不再推荐")
    assert by_id["self"] == ("platform", "block_too_short", "合适的时段都太短")


def test_one_platform_is_answered_for_alone() -> None:
    """Under its own id and name."""
    assert why_not("美团众包") == WhyNot(
        "meituan_zhongbao",
        "美团众包",
        (matching.Rejection("platform", "meituan_zhongbao", "no_asset", "缺：电动自行车"),),
        (),
    )


def test_what_is_suggested_is_named_and_the_rest_of_it_explained() -> None:
    """A camera can be sold and rented, a parking space is missing."""
    found = why_not("second_hand_rental", stock(assets=("camera",)))

    assert "闲鱼" in found.eligible
    assert "shared_parking" in [one.id for one in found.rejections]
    assert why_not("闲鱼", stock(assets=("camera",))) == WhyNot("xianyu", "闲鱼", (), ("闲鱼",))


def test_a_route_is_found_in_whichever_row_of_its_category_it_stands() -> None:
    """Selling and renting out are two rows of one category."""
    have = stock(assets=("camera",))

    for typed, kind in (("闲鱼", "one_off"), ("人人租", "passive")):
        found = explain(typed, have)
        assert found.candidate.platform.name == typed
        assert {one.platform.income for one in (found.candidate, *found.others)} == {kind}


def test_a_route_that_is_used_under_another_category_is_its_own_route() -> None:
    """Explaining the platform explains it in its own category."""
    done = gig("xianyu", category="skill_service")
    known = platforms.with_used_routes(CATALOGUE, {("skill_service", "xianyu")})
    have = replace(stock("ppt", assets=("camera",), text="工作日 19:00-21:00"))

    found = explain("闲鱼", have, done, known=known)

    assert found.candidate.platform.category == "second_hand_rental"
