"""The page in a real browser: it fits, it can be read, it fetches nothing, it prints."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.colours import contrast
from tests.conftest import tool
from tests.external.browser import Browser, Scheme, browser

if TYPE_CHECKING:
    from tests.conftest import Run

pytestmark = pytest.mark.external

SCHEMES: tuple[Scheme, ...] = ("light", "dark")
A4 = (595, 842)
"""Points."""

LIFE = (
    ("inventory", "add", "slot", "周一到周四 19:30-21:30"),
    ("log", "闲鱼", "1234567890.12", "--minutes", "90", "--fee", "1.92", "--at", "2024-07-30"),
    ("log", "美团众包", "88.1", "--minutes", "4小时", "--at", "2026-09-18 14:00"),
    ("log", "滴滴代驾", "10", "--cost", "4500.55", "--minutes", "60", "--at", "2026-09-19 14:00"),
    (
        "log", "某某小区三期业主互助跑腿与代取快递群（周末限定）", "50.01", "--minutes", "30",
        "--new", "--category", "local_service", "--at", "2026-11-20 18:00", "--status", "delivered",
    ),
    (
        "log", "Averyveryverylongnameofaclientwithoutasingleblankinit", "850.01", "--minutes", "30",
        "--new", "--at", "2026-11-12 18:00", "--status", "delivered",
    ),
    ("log", "字节 xpert", "36", "--minutes", "110", "--at", "2026-11-21 20:10",
     "--status", "delivered"),
    ("log", "王阿姨", "99", "--new", "--at", "2026-11-02"),
)  # fmt: skip


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a tab of a browser that can reach nothing."""
    if sys.platform == "win32":
        pytest.skip("the browser is spoken to through pipes that Windows does not have")
    program = tool("chromium", "chromium-browser", "google-chrome")
    with browser(program, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def address(run: Run, tmp_path: Path) -> str:
    """Return the address of a page with long names, large sums, a loss, years of months."""
    for line in LIFE:
        assert run(*line).code == 0, line
    return _written(run, tmp_path / "page.html")


def _written(run: Run, path: Path) -> str:
    assert run("report", "--html", str(path)).code == 0
    return path.as_uri()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_fetched_and_no_rule_is_broken(
    tab: Browser, address: str, scheme: Scheme
) -> None:
    """The file itself is all that the browser asks for; its log stays empty."""
    tab.open(address, width=1280, scheme=scheme)

    assert tab.fetched() == [address]
    assert tab.complaints() == []
    assert tab.value("document.title") == "闲客：收入一览 · 全部记录"
    assert tab.picture().startswith(b"\x89PNG")


def test_the_browser_would_tell_of_a_request(tab: Browser, tmp_path: Path) -> None:
    """The test above can fail: a picture from elsewhere is seen, and its ban."""
    path = tmp_path / "bad.html"
    path.write_text(
        "<meta http-equiv='Content-Security-Policy' content=\"img-src 'none'\">"
        "<link rel=stylesheet href='https://example.invalid/a.css'>"
        "<img src='https://example.invalid/a.png'>",
        encoding="utf-8",
    )

    tab.open(path.as_uri(), width=1280)

    assert "https://example.invalid/a.css" in tab.fetched()
    assert any("Content Security Policy" in text for text in tab.complaints())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [320, 360, 700, 1280])
def test_the_page_fits_its_window(
    run: Run,
    tab: Browser,
    address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    language: str,
) -> None:
    """Nothing reaches over the edge, with all tables open; those scroll by themselves."""
    monkeypatch.setenv("XIANKE_LANG", language)
    address = _written(run, tmp_path / "other.html")
    tab.open(address, width=width)
    tab.value("document.querySelectorAll('details').forEach(one => one.open = true)")

    over = tab.value(
        "[...document.querySelectorAll('body *')].filter(one => !one.closest('.scroll')"
        " && one.getBoundingClientRect().right > innerWidth + 0.5).map(one => one.outerHTML)"
    )

    assert over == []
    assert tab.value("document.documentElement.scrollWidth") <= width
    assert tab.value("document.querySelectorAll('.scroll').length") >= 6


@pytest.mark.parametrize("width", [360, 500, 1280])
def test_names_and_amounts_do_not_touch(tab: Browser, address: str, width: int) -> None:
    """In the rows of charts, however long a name is."""
    tab.open(address, width=width)

    pairs = tab.value(
        "[...document.querySelectorAll('.chart')].flatMap(chart => {"
        "  const seen = [...chart.querySelectorAll('.name, .value')]"
        "    .filter(one => getComputedStyle(one).display !== 'none')"
        "    .map(one => ({kind: one.classList[0], text: one.textContent,"
        "                  box: one.getBoundingClientRect().toJSON()}));"
        "  return seen.filter(one => one.kind === 'name').map((one, at) => [one,"
        "    seen.filter(other => other.kind === 'value')[at]]);"
        "})"
    )

    assert len(pairs) > 10
    assert [
        (name["text"], amount["text"])
        for name, amount in pairs
        if name["box"]["right"] > amount["box"]["left"] - 2
    ] == []


@pytest.mark.parametrize("width", [360, 500, 1280])
def test_labels_do_not_touch(tab: Browser, address: str, width: int) -> None:
    """Below columns and along an axis; on a phone some are left out."""
    tab.open(address, width=width)

    charts = tab.value(
        "[...document.querySelectorAll('.chart')].map(chart =>"
        "  [...chart.querySelectorAll('text.small')]"
        "    .filter(one => getComputedStyle(one).display !== 'none')"
        "    .map(one => one.getBoundingClientRect().toJSON()))"
    )

    for boxes in charts:
        for line in {round(box["top"]) for box in boxes}:
            found = sorted(
                (box["left"], box["right"]) for box in boxes if round(box["top"]) == line
            )
            assert all(first[1] < second[0] for first, second in pairwise(found)), found
    assert sum(map(len, charts)) > 30


@pytest.mark.parametrize("width", [320, 360, 821, 1280])
def test_large_sums_stay_in_their_cards(tab: Browser, address: str, width: int) -> None:
    """They are never broken, so there must be room."""
    tab.open(address, width=width)

    over = tab.value(
        "[...document.querySelectorAll('.sums dd, .summary dd')]"
        ".filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    )

    assert over == []


TEXTS = """
[...document.querySelectorAll('body *')].filter(one =>
  [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
  && one.getClientRects().length && one.closest('title, desc') === null
).map(one => {
  const style = getComputedStyle(one);
  const solid = colour => colour !== 'rgba(0, 0, 0, 0)' && colour !== 'transparent';
  let ground = one;
  while (ground && !solid(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
  return [one.textContent.trim(), one.closest('svg') ? style.fill : style.color,
          getComputedStyle(ground).backgroundColor];
})
"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_can_be_read(tab: Browser, address: str, scheme: Scheme) -> None:
    """WCAG AA as the browser computes the colours, in both schemes."""
    tab.open(address, width=1280, scheme=scheme)
    tab.value("document.querySelectorAll('details').forEach(one => one.open = true)")

    texts = tab.value(TEXTS)

    assert len(texts) > 150
    weak = [text for text, ink, ground in texts if contrast(_hex(ink), _hex(ground)) < 4.5]
    assert weak == []


def _hex(colour: str) -> str:
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    return f"#{red:02x}{green:02x}{blue:02x}"


def test_light_and_dark_are_two(tab: Browser, address: str) -> None:
    """The page follows what the system asks for."""
    grounds = []
    for scheme in SCHEMES:
        tab.open(address, width=1280, scheme=scheme)
        grounds.append(tab.value("getComputedStyle(document.body).backgroundColor"))

    assert _hex(grounds[0]) > "#eeeeee"
    assert _hex(grounds[1]) < "#222222"


def test_every_chart_has_a_name_for_those_who_listen(tab: Browser, address: str) -> None:
    """As the browser hands it to a screen reader: an image with a name and a description."""
    tab.open(address, width=1280)
    tab.ask("Accessibility.enable")

    nodes = tab.ask("Accessibility.getFullAXTree")["nodes"]

    images = [node for node in nodes if node.get("role", {}).get("value") in ("image", "img")]
    assert len(images) == 7
    assert all(node["name"]["value"] and node["description"]["value"] for node in images)


def test_the_page_prints_on_a4(tab: Browser, address: str) -> None:
    """In light colours, with the figures of closed tables, and no chart cut in two."""
    tab.open(address, width=720, scheme="dark", media="print")

    state = json.loads(
        tab.value(
            "JSON.stringify({"
            " ground: getComputedStyle(document.body).backgroundColor,"
            " tables: [...document.querySelectorAll('table')]"
            "   .map(one => one.getBoundingClientRect().height),"
            " closed: [...document.querySelectorAll('details')].every(one => !one.open),"
            " figures: [...document.querySelectorAll('figure')].map(one =>"
            "   [getComputedStyle(one).breakInside, one.getBoundingClientRect().height])})"
        )
    )
    printed = tab.printed()

    assert _hex(state["ground"]) == "#ffffff"
    assert state["closed"]
    assert all(height > 40 for height in state["tables"])
    assert {kind for kind, _height in state["figures"]} == {"avoid"}
    assert max(height for _kind, height in state["figures"]) < 1000
    assert printed.startswith(b"%PDF")
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert len(sizes) > 2
    assert {(round(float(x)), round(float(y))) for x, y in sizes} == {A4}


def test_an_empty_page_can_be_read_too(run: Run, tab: Browser, tmp_path: Path) -> None:
    """It fits a phone, and says how to begin."""
    tab.open(_written(run, tmp_path / "page.html"), width=320)

    shown: Any = tab.value("document.body.innerText")
    assert "xianke log 闲鱼 85 --minutes 40" in shown
    assert tab.value("document.documentElement.scrollWidth") <= 320
