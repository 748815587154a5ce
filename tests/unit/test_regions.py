"""Where somebody lives: what people write, and the province it means."""

from __future__ import annotations

import pytest

from xianke import catalogue, i18n, regions
from xianke.errors import NotUnderstood


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("杭州", "浙江省杭州市"),
        ("杭州市", "浙江省杭州市"),
        ("浙江杭州", "浙江省杭州市"),
        ("浙江省 杭州市", "浙江省杭州市"),
        ("中国浙江杭州", "浙江省杭州市"),
        ("杭州余杭", "浙江省杭州市余杭区"),
        ("浙江省杭州市余杭区", "浙江省杭州市余杭区"),
        ("杭州下沙", "浙江省杭州市"),
        ("Hangzhou", "浙江省杭州市"),
        ("hangzhou", "浙江省杭州市"),
        ("hangzhoushi", "浙江省杭州市"),
        ("Hangzhou City", "浙江省杭州市"),
        ("浙江", "浙江省"),
        ("zhejiang", "浙江省"),
        ("Zhejiang Province", "浙江省"),
        ("北京", "北京市"),
        ("北京朝阳", "北京市朝阳区"),
        ("上海浦东", "上海市浦东新区"),
        ("重庆万州", "重庆市万州区"),
        ("内蒙", "内蒙古自治区"),
        ("广西", "广西壮族自治区"),
        ("新疆维吾尔自治区", "新疆维吾尔自治区"),
        ("昆山", "江苏省苏州市昆山市"),
        ("义乌市", "浙江省金华市义乌市"),
        ("yiwu", "浙江省金华市义乌市"),
        ("Xi'an", "陕西省西安市"),
        ("Ürümqi", "新疆维吾尔自治区乌鲁木齐市"),
        ("lüliang", "山西省吕梁市"),
        ("hohhot", "内蒙古自治区呼和浩特市"),
        ("Shaanxi", "陕西省"),
        ("Shanxi", "山西省"),
        ("恩施州", "湖北省恩施土家族苗族自治州"),
        ("恩施市", "湖北省恩施土家族苗族自治州恩施市"),
        ("仙桃", "湖北省仙桃市"),
        ("吉林", "吉林省"),
        ("吉林市", "吉林省吉林市"),
        ("Jilin City", "吉林省吉林市"),
        ("海南", "海南省"),
        ("海南州", "青海省海南藏族自治州"),
        ("中山", "广东省中山市"),
        ("朝阳市", "辽宁省朝阳市"),
        ("suzhou, jiangsu", "江苏省苏州市"),
        ("Hangzhou, Xihu district", "浙江省杭州市"),
        ("Hangzhou Xihu", "浙江省杭州市"),
        ("Xihu, Hangzhou", "浙江省杭州市"),
        ("Xihu qu, Hangzhou shi, Zhejiang", "浙江省杭州市"),
        ("Anhui Suzhou", "安徽省宿州市"),
        ("香港", "香港特别行政区"),
        ("Hong Kong", "香港特别行政区"),
        ("taipei", "台湾省台北市"),
        ("浙江某某镇", "浙江省"),
    ],
)
def test_a_place_is_understood_as_people_write_it(written: str, meant: str) -> None:
    """With the province or without, in full or in short, in Chinese or in Latin letters."""
    place = regions.place_of(written)

    assert place is not None
    assert regions.name(place) == meant


@pytest.mark.parametrize("written", ["桃花源", "南京西路", "Atlantis", "", "Hangzou", "杭"])
def test_what_is_in_no_list_is_not_guessed(written: str) -> None:
    """A street that is called after a city is not in it."""
    assert regions.understood(written) == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("朝阳", ["辽宁省朝阳市", "北京市朝阳区", "辽宁省朝阳市朝阳县", "吉林省长春市朝阳区"]),
        ("西湖区", ["浙江省杭州市西湖区", "江西省南昌市西湖区"]),
        ("Suzhou", ["江苏省苏州市", "安徽省宿州市"]),
        ("yulin", ["广西壮族自治区玉林市", "陕西省榆林市"]),
    ],
)
def test_one_of_several_places_is_asked_back(written: str, meant: list[str]) -> None:
    """All that it can be are named, and the way to say which."""
    assert [regions.name(one) for one in regions.understood(written)] == meant
    with pytest.raises(NotUnderstood) as caught:
        regions.check(written)

    assert all(name in caught.value.message for name in meant)
    assert f"inventory set city {meant[0]}" in (caught.value.hint or "")


@pytest.mark.parametrize(
    "written", ["123", "？？", "你的城市", "city", "yes", "不知道", "好" * 41, "杭\u200b州"]
)
def test_what_can_be_no_place_is_refused(written: str) -> None:
    """What was copied from an example as well."""
    with pytest.raises(NotUnderstood):
        regions.check(written)


def test_an_unknown_place_is_kept_and_said_to_be_unknown() -> None:
    """Nobody has to live in a place that a list knows."""
    assert regions.check(" 桃花源  村 ") == "桃花源 村"
    assert regions.shown("桃花源") == "桃花源（认不出在哪个省）"
    assert regions.shown("杭州") == "杭州（浙江省杭州市）"
    assert regions.shown("浙江省") == "浙江省"


@pytest.mark.parametrize(("written", "near"), [("Hangzou", "Hangzhou"), ("呼和皓特", "呼和浩特")])
def test_a_misspelt_city_is_guessed_at(written: str, near: str) -> None:
    """As a proposal only."""
    assert regions.near(written) == near
    assert regions.near("qqqq") is None


def test_places_are_named_in_english() -> None:
    """By city and province; a district goes by its city."""
    i18n.set_language("en")

    names = [regions.shown(one) for one in ("杭州", "北京", "杭州余杭", "义乌", "西藏", "Ordos")]

    assert names == [
        "杭州 (Hangzhou, Zhejiang)",
        "北京 (Beijing)",
        "杭州余杭 (Hangzhou, Zhejiang)",
        "义乌 (Yiwu, Zhejiang)",
        "西藏 (Tibet)",
        "Ordos, Inner Mongolia",
    ]


@pytest.mark.parametrize(
    ("areas", "city", "answer"),
    [
        (("湖南省", "湖北"), "湖南长沙", True),
        (("湖南",), "长沙", True),
        (("湖南",), "Changsha", True),
        (("湖南",), "浏阳", True),
        (("长沙",), "长沙岳麓区", True),
        (("湖南", "湖北"), "杭州", False),
        (("长沙",), "株洲", False),
        (("长沙",), "湖南", None),
        (("湖南",), "桃花源", None),
        (("长三角",), "杭州", None),
        (("长三角",), "长三角", True),
        (("长三角", "浙江"), "杭州", True),
    ],
)
def test_a_city_lies_in_its_province(
    areas: tuple[str, ...], city: str, answer: bool | None
) -> None:
    """Where only the province is known, or nothing, nobody can say of one of its cities."""
    assert regions.inside(areas, city) is answer


def test_of_a_province_and_its_cities_the_province_is_named() -> None:
    """A list of forty cities says no more than three provinces."""
    assert regions.widest(("湖南", "长沙", "株洲", "武汉", "长三角")) == ("湖南", "武汉", "长三角")


def test_areas_of_the_catalogue_are_named_in_the_language_in_use() -> None:
    """What no list knows keeps its name."""
    assert regions.area_name("湖南") == "湖南"

    i18n.set_language("en")

    assert [regions.area_name(one) for one in ("湖南", "长沙", "长三角")] == [
        "Hunan", "Changsha, Hunan", "长三角",
    ]  # fmt: skip


def test_every_region_of_the_catalogue_is_a_place() -> None:
    """Otherwise nobody could be told whether they live there."""
    wanted = {
        area for one in catalogue.catalogue().routes() for area in one.conditions.regions
    }  # fmt: skip

    assert wanted
    assert [area for area in wanted if regions.place_of(area) is None] == []
