"""What the catalogue says, on an English screen: no Chinese but names, citations and quotations."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from xianke import shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Run

# Any: a compiled catalogue is whatever JSON holds.
SHIPPED: dict[str, Any] = json.loads(shelf.SHIPPED.read_bytes())
PLATFORMS = [one["id"] for one in SHIPPED["platforms"]]
CATEGORIES = [one["id"] for one in SHIPPED["categories"]]
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
NAMES = re.compile(r"^  (Also called  |Operator  |Name the other side: )")
"""Rows of a page that hold a name as it is written in China, to search by or to complain to."""
QUOTED = re.compile('"[^"]*"', re.DOTALL)
"""Words of the offer that was looked at."""


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIANKE_LANG", "en")
    monkeypatch.setenv("XIANKE_NOW", "2026-11-22T10:00:00+08:00")


def _without_names(page: str) -> Iterator[str]:
    """Return the lines of a page but its sources, aliases and operator, over all their lines."""
    named = False
    for line in page.partition("\nSources (")[0].splitlines():
        named = bool(NAMES.match(line)) or (named and line.startswith(" " * 14))
        if not named:
            yield line


def _chinese(lines: Iterator[str] | list[str]) -> list[str]:
    return [line for line in lines if CHINESE.search(line)]


@pytest.mark.parametrize("identity", PLATFORMS)
def test_a_page_is_in_english(run: Run, identity: str) -> None:
    """Every platform, from what it is to where to complain."""
    result = run("platforms", "show", identity)

    assert (result.code, result.err) == (0, "")
    assert _chinese(_without_names(result.out)) == []
    assert "(in Chinese" not in result.out


@pytest.fixture
def able(run: Run, tmp_path: Path) -> None:
    """Have time, every thing and every skill, so that nearly everything can be suggested."""
    vocabulary = {
        kind: json.loads(shelf.SHIPPED.with_name(f"{kind}.json").read_bytes())[kind]
        for kind in ("skills", "assets")
    }
    stock = {
        "slots": [
            {"when": when, "place": "home", "devices": ["phone", "pc"]}
            for when in ("weekdays 8:00-22:00", "Sat 8:00-20:00", "Sun 8:00-20:00")
        ],
        "skills": [{"name": one["name"]["en"], "level": 4} for one in vocabulary["skills"]],
        "assets": [{"name": one["name"]["en"]} for one in vocabulary["assets"]],
        "profile": {
            "city": "Changsha",
            "birth_year": 1990,
            "licence": "yes",
            "health_certificate": "yes",
            "education": "bachelor",
        },
    }
    path = tmp_path / "all.yaml"
    path.write_text(json.dumps(stock), encoding="utf-8")
    assert run("inventory", "apply", str(path)).code == 0


@pytest.mark.usefixtures("able")
def test_explanations_are_in_english(run: Run) -> None:
    """Of each category, and of each platform that can be suggested, with all its steps."""
    results = {one: run("suggest", "--explain", one) for one in (*CATEGORIES, *PLATFORMS)}

    explained = [one for one, result in results.items() if result.code == 0]
    assert set(CATEGORIES) <= set(explained)
    assert len(explained) > 60
    shown = {
        one: _chinese((result.out + result.err).splitlines()) for one, result in results.items()
    }
    assert {one: lines for one, lines in shown.items() if lines} == {}


@pytest.mark.usefixtures("able")
def test_lists_are_in_english(run: Run) -> None:
    """Whatever names, texts and reasons come out of the catalogue."""
    commands = [
        ("suggest", "--limit", "12"),
        ("now", "--minutes", "60"),
        ("plan",),
        ("rates",),
        ("rates", "--by", "category"),
        ("learn",),
        ("platforms",),
        ("platforms", "verify"),
        ("platforms", "verify", "--older-than", "1"),
        ("platforms", "edit", "xingsheng", "status", "closed"),
        *(("suggest", "--why-not", one) for one in CATEGORIES),
    ]

    results = {" ".join(words): run(*words) for words in commands}

    assert {line: result.err for line, result in results.items() if result.code} == {}
    shown = {line: _chinese(result.out.splitlines()) for line, result in results.items()}
    assert {line: lines for line, lines in shown.items() if lines} == {}


def test_a_platform_out_of_reach_names_its_places_in_english(run: Run) -> None:
    """Its regions are spelt in pinyin, and stay in Chinese for programs that compare them."""
    for words in (("asset", "shop"), ("slot", "Sat 8:00-20:00")):
        run("inventory", "add", *words)
    run("inventory", "set", "city", "杭州")

    text = run("suggest", "--why-not", "xingsheng").out
    data = run("platforms", "show", "xingsheng", "--json").document["data"]["platforms"][0]

    assert "Hunan, Hubei, Jiangxi" in text
    assert _chinese(text.splitlines()) == []
    assert data["conditions"]["regions"][:2] == ["湖南", "湖北"]
    assert data["conditions"]["region_names"][:2] == ["Hunan", "Hubei"]


def test_a_document_is_in_english(run: Run) -> None:
    """Pay, notes and complaints are in the user's language for programs too."""
    data = run("platforms", "--json").document["data"]["platforms"]

    for one in data:
        texts = [
            one["name"], one["what"], one["note"], one["not_for_workers"], *one["complaints"],
            *(fact["text"] for fact in one["facts"].values()),
            *(fact["note"] for fact in one["facts"].values()),
            *(pay["by"] for pay in one["pay"]), *(pay["note"] for pay in one["pay"]),
        ]  # fmt: skip
        assert _chinese([text for text in texts if text is not None]) == [], one["id"]


@pytest.mark.parametrize(
    "offer",
    [
        "日结兼职，先交押金300元，刷单返佣，加微信",
        "周末发传单，现场日结，不收任何费用",
        "高薪招聘出国打工，包机票",
        "出租银行卡和身份证人脸认证，每天500",
        "招配音，先交培训费1999，学完派单",
        "帮忙收款转账，日赚一千",
        "直播打赏任务，下载陌生App，垫付做单后一起返",
        "网上兼职打字员，一单50，先交保证金99",
    ],
)
def test_a_verdict_is_in_english(run: Run, offer: str) -> None:
    """Kinds, laws and advice; only the words of the offer stay as they were written."""
    for words in (("check", offer), ("check", "--explain", offer)):
        result = run(*words)

        assert result.code in (0, 10)
        assert _chinese([QUOTED.sub("", result.out)]) == []
