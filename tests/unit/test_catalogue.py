from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from xianke import catalogue, i18n, shelf
from xianke.catalogue import SELF, UNKNOWN, Category, Conditions, Fact, Factor, Pay, Platform
from xianke.records import Evidence, OwnPlatform

# Any: compiled data is whatever JSON holds.
DATA: dict[str, Any] = {
    "as_of": "2026-11-22",
    "factors": [
        {
            "id": "fuel", "share": 0.1, "spread": 0.2, "text": {"zh": "油钱", "en": "fuel"},
            "source": "编者", "grade": "assumption",
        }
    ],
    "categories": [
        {
            "id": "errands", "name": {"zh": "跑腿", "en": "Errands"},
            "what": {"zh": "替人跑腿", "en": "Run errands"},
            "conditions": {
                "skills_any": ["errands"], "assets_any": ["bike"], "min_block_minutes": 30,
            },
            "self_route": {
                "what": {"zh": "替邻居跑腿", "en": "For neighbours"},
                "conditions": {"assets_all": ["bag"]}, "costs": [],
            },
            "costs": ["fuel"], "growth": 0.1, "peak": "午后", "risks": ["摔跤"],
            "rates": [
                {
                    "unit": "yuan_per_hour", "low": 10.0, "high": 20.0, "measure": "gross",
                    "grade": "press", "by": "某报",
                }
            ],
        },
        {
            "id": "selling", "name": {"zh": "卖旧货", "en": "Selling"},
            "what": {"zh": "卖掉", "en": "Sell"}, "income": "one_off",
            "conditions": {"place": "online"}, "growth": 0.2, "peak": "随时", "risks": [],
            "self_route": {"what": {"zh": "卖给熟人", "en": "Sell to friends"}},
        },
    ],
    "platforms": [
        {
            "id": "pear", "name": {"zh": "梨子二手", "en": "Pear"}, "kind": "platform",
            "category": "selling", "what": {"zh": "卖", "en": "Sell"}, "conditions": {},
            "status": {"value": "unknown"}, "confidence": "low", "sources": [], "sounds": ["lz"],
        },
        {
            "id": "apple", "name": {"zh": "苹果跑腿", "en": "Apple Errands"}, "aliases": ["苹果"],
            "kind": "channel", "category": "errands", "income": "passive",
            "what": {"zh": "跑腿", "en": "Errands"},
            "conditions": {"assets_all": ["car"], "skills_helpful": ["driving"]},
            "public_entrance": True, "category_rate": False, "not_for_workers": "只招公司",
            "operator": "某公司", "website": "apple.example", "complaints": ["单少"],
            "confidence": "medium", "note": "例子", "sounds": [],
            "status": {
                "value": "active", "date": "2026-04-22", "basis": "press_or_official",
                "sources": [1],
            },
            "settlement": {"value": "weekly"},
            "min_withdrawal": {"yuan": 0.5, "sources": [0]},
            "fee": {"low_percent": 5.0, "text": "抽一成", "sources": [2]},
            "upfront": {"value": "required", "yuan": 99.5, "note": "押金"},
            "escrow": {"value": "no", "sources": [2]},
            "pay": [
                {
                    "unit": "yuan_per_order", "typical": 5.0, "measure": "net", "grade": "press",
                    "by": "某报", "date": "2026-01", "single_case": True, "derived": True,
                    "unpaid_included": False, "minutes": 20, "note": "一例", "sources": [0],
                }
            ],
            "sources": [
                {"title": "甲", "date": "2025-03"},
                {"title": "乙", "date": "2026-04-22", "url": "https://example.org"},
                {"title": "丙"},
            ],
        },
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "in_force", lambda: DATA)


def test_a_platform_carries_all_that_the_data_says() -> None:
    """Every fact with its value, date, sources and confidence, and nothing that was not said."""
    found = catalogue.catalogue().platforms["apple"]

    assert found == Platform(
        id="apple",
        name="苹果跑腿",
        kind="channel",
        category="errands",
        income="passive",
        what="跑腿",
        conditions=Conditions(
            skills_any=("errands",),
            skills_helpful=("driving",),
            assets_all=("car",),
            min_block_minutes=30,
        ),
        facts={
            "status": Fact("active", "2026-04-22", "medium", (1,), basis="press_or_official"),
            "settlement": Fact("weekly", "2025-03", "medium"),
            "min_withdrawal": Fact("0.5", "2025-03", "medium", (0,), amount_fen=50),
            "fee": Fact("抽一成", None, "medium", (2,), percent=(5.0, None)),
            "upfront": Fact("required", "2025-03", "medium", note="押金", amount_fen=9950),
            "escrow": Fact("no", None, "medium", (2,)),
        },
        pay=(
            Pay(
                unit="yuan_per_order",
                low=None,
                typical=5.0,
                high=None,
                measure="net",
                grade="press",
                by="某报",
                date="2026-01",
                single_case=True,
                derived=True,
                unpaid_included=False,
                minutes=20,
                note="一例",
                sources=(0,),
            ),
        ),
        costs=("fuel",),
        public_entrance=True,
        category_rate=False,
        not_for_workers="只招公司",
        operator="某公司",
        website="apple.example",
        complaints=("单少",),
        note="例子",
        confidence="medium",
        sources=(
            {"title": "甲", "date": "2025-03"},
            {"title": "乙", "date": "2026-04-22", "url": "https://example.org"},
            {"title": "丙"},
        ),
        aliases=("苹果",),
    )


def test_unknown_is_no_value_and_no_date() -> None:
    """Neither the word `unknown` nor a missing fact is ever a value."""
    pear = catalogue.catalogue().platforms["pear"]

    assert pear.fact("status") == Fact(None, confidence="low")
    assert pear.fact("escrow") is UNKNOWN
    assert pear.income == "one_off"


def test_a_category_carries_its_route_without_a_platform() -> None:
    """Neighbours ask what the category asks, with the route's own assets in place of its."""
    known = catalogue.catalogue()

    errands = known.categories["errands"]
    assert errands.self_route == Platform(
        id=SELF,
        name="自己接（邻居、熟人介绍）",
        kind=SELF,
        category="errands",
        income="time",
        what="替邻居跑腿",
        conditions=Conditions(skills_any=("errands",), assets_all=("bag",), min_block_minutes=30),
        facts={"upfront": Fact("none")},
        costs=(),
    )
    assert errands == Category(
        id="errands",
        name="跑腿",
        what="替人跑腿",
        income="time",
        growth=0.1,
        peak="午后",
        peaks=(),
        risks=("摔跤",),
        rates=errands.rates,
        claims=(),
        conditions=Conditions(skills_any=("errands",), assets_any=("bike",), min_block_minutes=30),
        costs=("fuel",),
        self_route=errands.self_route,
    )
    assert errands.rates[0].sources == ()
    assert known.factors == {"fuel": Factor("fuel", 0.1, 0.2, "油钱", "编者", None, "assumption")}
    assert known.as_of == "2026-11-22"


def test_names_follow_the_language() -> None:
    """So do texts in both languages; one in Chinese alone says so."""
    i18n.set_language("en")

    known = catalogue.catalogue()

    assert known.platforms["apple"].name == "Apple Errands"
    assert known.platforms["apple"].note == "例子 (in Chinese)"
    assert known.categories["selling"].what == "Sell"
    assert known.factors["fuel"].text == "fuel"


def test_an_own_platform_asks_what_its_category_asks() -> None:
    """Its being active is what the user said by adding it, on that day."""
    own = OwnPlatform("wangdian", "王店", "platform", "errands", "楼下", "2026-11-01")

    known = catalogue.catalogue([own])

    assert known.platforms["wangdian"] == Platform(
        id="wangdian",
        name="王店",
        kind="own",
        category="errands",
        income="time",
        what="楼下",
        conditions=known.categories["errands"].conditions,
        facts={"status": Fact("active", "2026-11-01", own=True)},
        costs=("fuel",),
        note="楼下",
    )
    assert known.entries[0].words == ("wangdian", "王店")


def test_a_client_without_a_category_asks_nothing() -> None:
    """A private client needs no more than a name."""
    client = OwnPlatform("wangayi", "王阿姨", "client", None, None, "2026-11-01")

    found = catalogue.catalogue([client]).platforms["wangayi"]

    assert (found.kind, found.category, found.conditions) == ("client", "", Conditions())
    assert (found.what, found.note) == ("自己添的", None)


def test_a_finding_lies_over_what_the_catalogue_says() -> None:
    """The latest finding holds; one about a platform that is gone is passed over."""
    findings = [
        Evidence(1, "apple", "upfront", "possible", "2026-10-01", None),
        Evidence(2, "apple", "upfront", "none", "2026-11-01", "问了客服"),
        Evidence(3, "plum", "upfront", "none", "2026-11-01", None),
    ]

    apple = catalogue.catalogue(evidence=findings).platforms["apple"]

    found = apple.fact("upfront")
    assert replace(found, stated=None) == Fact(
        "none", "2026-11-01", "own", own=True, note="问了客服"
    )
    assert found.stated is not None
    assert (found.stated.value, found.stated.date) == ("required", "2025-03")
    assert apple.fact("settlement") == Fact("weekly", "2025-03", "medium")


def test_routes_come_category_by_category_without_clients() -> None:
    """Platforms first, the user's own among them; the route without a platform last."""
    own = [
        OwnPlatform("wangdian", "王店", "platform", "errands", None, "2026-11-01"),
        OwnPlatform("wangayi", "王阿姨", "client", "errands", None, "2026-11-01"),
    ]

    routes = [(one.category, one.id) for one in catalogue.catalogue(own).routes()]

    assert routes == [
        ("errands", "apple"),
        ("errands", "wangdian"),
        ("errands", SELF),
        ("selling", "pear"),
        ("selling", SELF),
    ]


def test_gigs_at_clients_make_a_route_where_nobody_offers_one_alone() -> None:
    """What was really earned there must count; it asks what the category asks."""
    full = catalogue.catalogue()
    lacking = replace(full.categories["errands"], self_route=None)
    known = replace(full, categories={**full.categories, "errands": lacking})

    found = catalogue.with_used_routes(known, [(lacking.id, "self")])

    route = found.categories[lacking.id].self_route
    assert route is not None
    assert (route.id, route.kind, route.category) == ("self", "self", lacking.id)
    assert route.conditions == lacking.conditions
    assert route in list(found.routes())
    assert lacking.id not in [one.category for one in known.routes() if one.kind == "self"]


def test_work_in_another_category_is_a_route_too() -> None:
    """It asks what that category asks, and the platform's pay says nothing about it."""
    own = [OwnPlatform("wangayi", "王阿姨", "client", "errands", None, "2026-11-01")]
    known = catalogue.catalogue(own)
    used = [
        ("selling", "apple"), ("errands", "apple"), ("selling", "wangayi"), ("selling", "nobody"),
        ("nowhere", "apple"),
    ]  # fmt: skip

    found = catalogue.with_used_routes(known, used)

    (added,) = found.used_routes
    assert (added.id, added.category, added.income, added.pay) == (
        "apple",
        "selling",
        "one_off",
        (),
    )
    assert added.conditions == known.categories["selling"].conditions
    assert ("selling", "apple") in [(one.category, one.id) for one in found.routes()]
