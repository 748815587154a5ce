"""`xianke report --html`: one file to look at that fetches nothing and agrees with the report."""

from __future__ import annotations

import re
import stat
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from tests.colours import contrast

from xianke import money, settings, store
from xianke.render import page as drawing
from xianke.render import svg

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tests.conftest import Run

Document = dict[str, Any]
Refused = Callable[..., str]
Table = list[list[str]]

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
LONG = "某某小区三期业主互助跑腿与代取快递群（周末限定）"
HOSTILE = "<script>alert(1)</script>\"'&{{ 7 * 7 }}"


@dataclass(frozen=True)
class Page:
    """A page that was written, as text and as a tree."""

    text: str
    root: Element

    def section(self, key: str) -> Element:
        """Return one section."""
        (found,) = (one for one in self.root.iter("section") if one.get("id") == key)
        return found

    def tables(self, key: str) -> list[Table]:
        """Return the tables of a section: rows of cells, the headings first."""
        return [
            [[_words(cell) for cell in row] for row in table.iter("tr")]
            for table in self.section(key).iter("table")
        ]

    def notes(self, key: str) -> list[str]:
        """Return what a section asks to bear in mind."""
        return [_words(note) for note in self.section(key).findall("ul[@class='notes']/li")]

    def lead(self, key: str) -> str:
        """Return the sentence below a section's title."""
        found = self.section(key).find("p[@class='lead']")
        assert found is not None
        return _words(found)

    def sums(self) -> dict[str, str]:
        """Return the sums at the head: name → value."""
        return {
            _words(one[0]): _words(one[1])
            for one in self.root.iter("div")
            if (one.get("class") or "").startswith("sum ")
        }


def _words(element: Element) -> str:
    return "".join(element.itertext()).strip()


Write = Callable[..., Page]


@pytest.fixture
def write(run: Run, tmp_path: Path) -> Write:
    """Return what writes a page and reads it strictly: tags must balance, entities be known."""

    def call(*options: str) -> Page:
        path = tmp_path / "page.html"
        result = run("report", "--html", str(path), *options)
        assert (result.code, result.err) == (0, "")
        text = path.read_text(encoding="utf-8")
        closed = re.sub(r"(<meta[^>]*)>", r"\1/>", text.removeprefix("<!DOCTYPE html>"))
        return Page(text, ElementTree.fromstring(closed))

    return call


@pytest.fixture
def life(run: Run) -> None:
    """Live through some months: gains, a loss, a gap, a month unpaid, untimed gigs, money owed."""
    for line in (
        ("inventory", "add", "slot", "周一到周四 19:30-21:30"),
        (
            "log", "闲鱼", "120", "--minutes", "90", "--unpaid", "20", "--fee", "1.92",
            "--at", "2026-07-30 20:00",
        ),
        ("log", "美团众包", "88.1", "--minutes", "4小时", "--at", "2026-09-18 14:00"),
        ("log", "美团众包", "10", "--cost", "45.55", "--minutes", "60", "--at", "2026-09-19 14:00"),
        (
            "log", LONG, "50.01", "--minutes", "30", "--new", "--category", "local_service",
            "--at", "2026-11-20 18:00",
        ),
        ("log", "字节 xpert", "36", "--minutes", "110", "--at", "2026-11-21 20:10",
         "--status", "delivered"),
        ("log", "字节 xpert", "40", "--minutes", "60", "--at", "2026-08-01 20:10",
         "--status", "delivered"),
        ("log", "闲鱼", "25", "--minutes", "40", "--at", "2026-11-20", "--status", "rejected"),
        ("log", "王阿姨", "99", "--new", "--at", "2026-11-02"),
        ("spend", "闲鱼", "30", "--at", "2026-10-05"),
        ("spend", "闪送", "300", "--deposit", "--at", "2026-09-01"),
        ("payouts", "add", "闲鱼", "7.77", "--at", "2026-11-01"),
    ):  # fmt: skip
        result = run(*line)
        assert result.code == 0, result.err


def _report(run: Run, *options: str) -> Document:
    return run("report", *options, "--json").data


def _cells(row: Document, *names: str) -> list[str]:
    return [money.yuan(row[name]) for name in names]


# The figures


@pytest.mark.usefixtures("life")
@pytest.mark.parametrize("span", [(), ("--from", "2026-09-01", "--to", "2026-11-20")])
def test_the_sums_are_those_of_the_report(run: Run, write: Write, span: tuple[str, ...]) -> None:
    """To the fen, under the names they have on the terminal."""
    found = _report(run, *span)

    page = write(*span)

    keys = ("earned_fen", "received_fen", "unexplained_fen", "outstanding_fen")
    names = ("该到手", "收到了", "其中没说明", "还没到手")
    assert page.sums() == dict(zip(names, _cells(found, *keys), strict=True))
    assert set(names) <= set(run("report", *span).out.split())
    assert money.yuan(found["total"]["net_fen"]) in page.text
    assert money.yuan(found["total"]["net_fen_per_hour"]) in page.text


@pytest.mark.usefixtures("life")
@pytest.mark.parametrize("span", [(), ("--from", "2026-09-01", "--to", "2026-11-20")])
def test_the_months_are_those_of_the_report(run: Run, write: Write, span: tuple[str, ...]) -> None:
    """With zeros in between, the unexplained apart, and the same total."""
    found = _report(run, "--by", "month", *span)

    (table,) = write(*span).tables("months")

    by_key = {row[0]: [row[1], *row[3:]] for row in table}
    for row in found["rows"]:
        money_cells = _cells(row, "net_fen", "received_fen")
        if row["key"] == "unexplained":
            assert by_key.pop(row["name"]) == ["", "", money_cells[1]]
        else:
            assert by_key.pop(row["key"]) == [str(row["gigs"]), *money_cells]
    total = found["total"]
    assert by_key.pop("合计") == [str(total["gigs"]), *_cells(total, "net_fen", "received_fen")]
    assert by_key.pop("月") == ["单", "净得", "收到"]
    assert all(cells == ["0", "￥0.00", "￥0.00"] for cells in by_key.values())


@pytest.mark.usefixtures("life")
def test_the_platforms_are_those_of_the_report(run: Run, write: Write) -> None:
    """Net and hourly rate of each, the loss told apart, the untimed named."""
    rows = {row["name"]: row for row in _report(run)["rows"] if row["gigs"] or row["net_fen"]}

    page = write()

    (shares,) = page.tables("shares")
    assert {row[0]: row[1] for row in shares[1:-1]} == {
        name: money.yuan(row["net_fen"]) for name, row in rows.items()
    }
    percents = [int(row[2].rstrip("%").replace(".", "")) for row in shares[1:-1] if row[2]]
    assert sum(percents) == 1000
    (hourly,) = page.tables("hourly")
    assert {row[0]: row[1:3] for row in hourly[1:]} == {
        name: [
            f"{row['timed_gigs']}/{row['gigs']}", money.plain_yuan(row["net_fen_per_hour"])
        ]
        for name, row in rows.items()
        if row["timed_gigs"]
    }  # fmt: skip
    assert page.notes("hourly")[0] == "没有一单记了用时，时薪不知道：王阿姨"


def test_a_loss_has_no_share(run: Run, write: Write) -> None:
    """It is said in words, without a sign that a line could break off."""
    run("log", "闲鱼", "85", "--minutes", "40")
    run("log", "美团众包", "10", "--cost", "45.55", "--minutes", "60")

    page = write()

    assert page.notes("shares") == ["亏的：美团众包（￥35.55）。占比只在赚钱的平台之间算。"]
    assert page.tables("shares")[0][1:] == [
        ["闲鱼", "￥85.00", "100.0%"],
        ["美团众包", "-￥35.55", ""],
        ["合计", "￥49.45", ""],
    ]


def _range(low: int, high: int) -> str:
    return f"{money.rounded_yuan(low)}–{money.rounded_yuan(high)}"


@pytest.mark.usefixtures("life")
def test_the_ranges_are_those_of_the_rates(run: Run, write: Write) -> None:
    """As `xianke rates` says them, in whole yuan; what the catalogue says stands beside."""
    rates = {row["name"]: row for row in run("rates", "--json").data["rates"] if row["own_gigs"]}

    (table,) = write().tables("hourly")

    assert {row[0]: row[3:5] for row in table[1:]} == {
        name: [
            _range(row["low_fen_per_hour"], row["high_fen_per_hour"]),
            money.rounded_yuan(row["mid_fen_per_hour"]),
        ]
        for name, row in rates.items()
    }
    stated = {row[0]: row[5] for row in table[1:]}
    assert re.fullmatch(r"\d+–\d+", stated["美团众包"])
    assert stated[LONG] == ""


@pytest.mark.usefixtures("life")
def test_what_is_owed_adds_up_to_what_is_outstanding(run: Run, write: Write) -> None:
    """By age and by platform; the deposit stands apart."""
    page = write()

    owed, deposits = page.tables("owed")
    assert owed == [
        ["平台", "单", "还没到手", "最久（天）"],
        ["字节 Xpert", "2", "￥76.00", "113"],
        ["合计", "2", money.yuan(_report(run)["outstanding_fen"]), ""],
    ]
    assert deposits[1:] == [["闪送（闪送员）", "2026-09-01", "￥300.00"], ["合计", "", "￥300.00"]]
    assert page.notes("owed") == ["押金另算，不在这里面：还押着 ￥300.00。"]
    ages = page.section("owed").find(".//svg/desc")
    assert ages is not None
    assert ages.text == (
        "0–7 天 ￥36.00 · 1 单，8–30 天 ￥0.00 · 0 单，31–90 天 ￥0.00 · 0 单，"
        "超过 90 天 ￥40.00 · 1 单"
    )


@pytest.mark.usefixtures("life")
def test_the_heat_map_is_that_of_the_report(run: Run, write: Write) -> None:
    """Each cell of the table, and the minutes of gigs whose hour nobody knows."""
    heat = _report(run, "--by", "hour")["heat"]

    page = write()

    (table,) = page.tables("heat")
    found = {
        (weekday, int(row[0].removesuffix(":00"))): cell
        for row in table[1:-1]
        for weekday, cell in enumerate(row[1:], 1)
        if cell
    }
    assert found == {
        (one["weekday"], one["hour"]): f"{one['minutes'] // 60}:{one['minutes'] % 60:02d}"
        for one in heat
    }
    assert page.notes("heat")[1] == "另有 0:40 没记几点开始，不在图里。"


@pytest.mark.usefixtures("life")
def test_spare_time_is_that_of_the_inventory(run: Run, write: Write) -> None:
    """Free minutes beside the weeks of the report; the running one does not count."""
    assert run("inventory", "--json").data["free_minutes_per_week"] == 480
    weeks = {row["key"]: row for row in _report(run, "--by", "week")["rows"]}

    page = write()

    (table,) = page.tables("spare")
    assert [row[0] for row in table[1:]] == [
        *(f"2026-W{number}" for number in range(40, 47)),
        "2026-W47（不满一周）",
    ]
    minutes = weeks["2026-W47"]["worked_minutes"] + weeks["2026-W47"]["unpaid_minutes"]
    assert table[-1][1:] == [f"{minutes // 60}:{minutes % 60:02d}", ""]
    assert (
        page.lead("spare") == "最近 7 个整周，平均每周做 0:00，是登记的空闲（每周 8:00）的 0.0%。"
    )


def test_without_slots_there_is_nothing_to_compare_with(run: Run, write: Write) -> None:
    """That is said, with the command that adds one; no line is drawn."""
    run("log", "闲鱼", "85", "--minutes", "40", "--at", "2026-11-12 20:00")

    page = write()

    assert "没有登记每周的空闲时段，没有什么可比。" in page.notes("spare")
    assert page.section("spare").find(".//line[@class='level']") is None
    assert "xianke inventory add slot" in _words(page.section("spare"))


def test_a_range_counts_its_own_gigs_alone(run: Run, write: Write) -> None:
    """Also in the range of what an hour brings."""
    run("log", "闲鱼", "30", "--minutes", "60", "--at", "2026-09-01")
    run("log", "闲鱼", "300", "--minutes", "60", "--at", "2026-11-01")

    (whole,) = write().tables("hourly")
    page = write("--from", "2026-11-01")

    (table,) = page.tables("hourly")
    assert table[1][1:3] == ["1/1", "300.00"]
    assert whole[1][1:3] == ["2/2", "165.00"]
    # The gig at thirty yuan pulls the whole log's range down, and has no part in this one.
    assert int(table[1][4]) > 1.2 * int(whole[1][4])
    assert "2026-11-01 起" in page.text


# Nothing to show


def test_an_empty_store_says_how_to_begin(write: Write) -> None:
    """No charts, no sums, and no store is made."""
    page = write()

    assert [one.get("id") for one in page.root.iter("section")] == ["beginning"]
    assert "xianke log 闲鱼 85 --minutes 40" in page.text
    assert page.sums() == {}
    assert not settings.database_path().exists()


@pytest.mark.usefixtures("life")
def test_an_empty_range_is_not_an_empty_store(write: Write) -> None:
    """It points to the whole."""
    page = write("--from", "2020-01-01", "--to", "2020-12-31")

    assert "这段日子没有记录。" in page.text
    assert "2020-01-01 到 2020-12-31" in page.text


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("spend", {"kind": "deposit"}),
        ("spend", {"kind": "plain"}),
        ("payout", {"source": "typed"}),
    ],
)
def test_money_without_gigs_makes_a_page(write: Write, table: str, values: dict[str, str]) -> None:
    """A deposit, a spend, or a payout nobody has explained."""
    with store.write("test", "", datetime(2026, 11, 22)) as db:
        common: dict[str, str | int | None] = {
            "day": "2026-11-01", "platform": "xianyu", "amount_fen": 1_234,
        }  # fmt: skip
        db.insert(table, {**common, **values})

    assert "12.34" in write().text


def test_only_untimed_gigs_have_no_rate(run: Run, write: Write) -> None:
    """Unknown, not zero."""
    run("log", "闲鱼", "85")

    page = write()

    assert page.lead("hourly") == "没有一单记了用时，每小时多少还不知道"
    assert page.lead("heat") == "没有一单既记了几点又记了用时，看不出什么时候在做。"
    assert "还不知道" in [_words(one) for one in page.root.iter("dd")]


# The file


@pytest.mark.usefixtures("life")
def test_json_tells_where_the_page_lies(run: Run, tmp_path: Path) -> None:
    """The report's document with one key more."""
    path = tmp_path / "page.html"

    found = run("report", "--by", "month", "--html", str(path), "--json").data

    assert found == {**_report(run, "--by", "month"), "html": str(path)}


def test_the_screen_tells_where_the_page_lies(run: Run, tmp_path: Path) -> None:
    """And what to do with it."""
    result = run("report", "--html", str(tmp_path / "页.html"))

    assert result.out.splitlines()[0].startswith("写好了：")
    assert "页.html" in result.out


@pytest.mark.usefixtures("life")
def test_a_page_is_written_over_and_for_its_owner_alone(run: Run, tmp_path: Path) -> None:
    """Nothing else is left in the folder."""
    path = tmp_path / "out" / "page.html"
    path.parent.mkdir()
    path.write_text("old", encoding="utf-8")
    path.chmod(0o644)

    run("report", "--html", str(path))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.usefixtures("life")
def test_the_same_report_makes_the_same_page(write: Write) -> None:
    """Nothing in it depends on chance."""
    assert write().text == write().text


def test_what_cannot_be_written_is_refused(refused: Refused, tmp_path: Path) -> None:
    """A folder that is not there, a folder instead of a file."""
    assert "nowhere" in refused(5, "unreadable", "report", "--html", str(tmp_path / "nowhere/p"))
    assert refused(5, "unreadable", "report", "--html", str(tmp_path))


def test_the_store_is_not_written_over(refused: Refused) -> None:
    """A slip must not cost all records."""
    refused(1, "refused", "report", "--html", str(settings.database_path()))


# Opening


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Stand in for the browser: keep what it was asked to open, if it was there by then."""
    asked: list[str] = []

    def open_(uri: str) -> bool:
        assert Path(uri.removeprefix("file://")).read_text(encoding="utf-8")
        asked.append(uri)
        return True

    monkeypatch.setattr(webbrowser, "open", open_)
    yield asked


def test_the_page_is_opened_once_it_is_written(run: Run, tmp_path: Path, opened: list[str]) -> None:
    """By the address of the file, only when asked to."""
    path = tmp_path / "page.html"

    run("report", "--html", str(path))
    assert opened == []
    result = run("report", "--html", str(path), "--open")

    assert (result.code, result.err, opened) == (0, "", [path.as_uri()])


@pytest.mark.parametrize("fault", [False, webbrowser.Error("none")], ids=["no", "error"])
def test_a_browser_that_does_not_come_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Any
) -> None:
    """The page is written all the same: exit 0, and stdout is whole."""

    def open_(uri: str) -> bool:
        if fault:
            raise fault
        return False

    monkeypatch.setattr(webbrowser, "open", open_)
    path = tmp_path / "page.html"

    result = run("report", "--html", str(path), "--open", "--json")

    assert result.code == 0
    assert result.data["html"] == str(path)
    assert result.err == f"浏览器没打开，请自己打开这个文件：{path}\n"


def test_nothing_to_open_is_refused(refused: Refused, opened: list[str]) -> None:
    """--open alone has no file."""
    assert "--html" in refused(2, "not_understood", "report", "--open")
    assert opened == []


# What a page may not do


@pytest.mark.usefixtures("life")
def test_a_page_fetches_nothing(write: Write) -> None:
    """No script, nothing that loads, no address; the policy forbids it all the same."""
    page = write()

    tags = {one.tag for one in page.root.iter()}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "a", "form"})
    names = {name.lower() for one in page.root.iter() for name in one.attrib}
    assert names.isdisjoint({"src", "href", "srcset", "action", "data", "style", "poster"})
    assert not any(name.startswith("on") for name in names)
    assert re.search(r"url\(|@import|@font-face|https?:|//[a-z]|javascript:", page.text) is None
    (policy,) = (
        one.get("content")
        for one in page.root.iter("meta")
        if one.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def test_names_from_outside_do_no_harm(run: Run, write: Write) -> None:
    """Shown as they were typed, as text: no tag, no template, no turned direction."""
    run(
        "log", HOSTILE, "85", "--minutes", "40", "--new", "--note", HOSTILE, "--status", "delivered"
    )
    with store.write("test", "", datetime(2026, 11, 22)) as db:
        db.update("own_platform", db.own_platforms()[0].id, {"name": HOSTILE + "\u202eabc"})

    page = write()

    assert page.tables("shares")[0][1][0] == HOSTILE + "?abc"
    assert {one.tag for one in page.root.iter()}.isdisjoint({"script"})
    assert "\u202e" not in page.text
    assert ">49<" not in page.text


@pytest.mark.usefixtures("life")
def test_every_chart_and_table_speaks(write: Write) -> None:
    """A title and a description for who does not see it; headings with their scope."""
    page = write()

    charts = list(page.root.iter("svg"))
    assert len(charts) == 7
    for chart in charts:
        assert chart.get("role") == "img"
        assert [child.tag for child in chart][:2] == ["title", "desc"]
        assert all(child.text for child in chart[:2])
    headings = {(one.get("scope")) for one in page.root.iter("th")}
    assert headings == {"col", "row"}
    for figure in page.root.iter("section"):
        assert figure.find("details") is not None


@pytest.mark.usefixtures("life")
def test_the_page_speaks_english(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """All but the names that the user gave."""
    monkeypatch.setenv("XIANKE_LANG", "en")

    page = write()

    assert page.root.get("lang") == "en"
    text = page.text.replace(LONG, "").replace("王阿姨", "")
    text = re.sub(r'<text[^>]*class="name[^"]*"[^>]*>[^<]*</text>', "", text).replace("￥", "")
    css = text.index("</style>")
    assert CHINESE.findall(text[css:]) == []
    assert "side income" in page.text


def test_the_page_says_its_language_and_title(write: Write) -> None:
    """In Chinese unless told otherwise."""
    page = write()

    assert page.root.get("lang") == "zh-CN"
    title = page.root.find("head/title")
    assert title is not None
    assert title.text == "闲客：收入一览 · 全部记录"
    assert "截至 2026-11-22 10:00" in page.text


def test_a_plain_report_draws_no_page(run: Run) -> None:
    """Without --html there is no key for it."""
    assert "html" not in _report(run)


# Colours


def _schemes() -> dict[str, dict[str, str]]:
    css = (drawing.TEMPLATES / "style.css.j2").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    colours = re.compile(r"--([a-z0-9]+): (#[0-9a-f]{6})")
    return {"light": dict(colours.findall(light)), "dark": dict(colours.findall(dark))}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_told_from_the_ground(scheme: str) -> None:
    """WCAG AA: 4.5 for text on every ground, 3 for what charts are drawn with."""
    colours = _schemes()[scheme]

    for ground in ("paper", "card", "track"):
        for ink in ("ink", "soft"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for mark in ("net", "got", "owed", "loss", "axis"):
        assert contrast(colours[mark], colours["card"]) >= 3, mark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shades_of_the_heat_map_rise(scheme: str) -> None:
    """Each stands out more than the one before; the fullest clearly."""
    colours = _schemes()[scheme]

    found = [contrast(colours[f"h{number}"], colours["card"]) for number in range(5)]

    assert found == sorted(found)
    assert all(later / earlier > 1.2 for earlier, later in pairwise(found))
    assert found[-1] > 4.5


# Drawing


@pytest.mark.parametrize(
    ("low", "high", "unit", "most", "steps"),
    [
        (0, 100, 100, 4, [0, 100]),
        (0, 450, 100, 4, [0, 200, 400, 600]),
        (0, 900, 100, 4, [0, 500, 1000]),
        (-30, 250, 100, 4, [-100, 0, 100, 200, 300]),
        (0, 10**14, 100, 4, [0, 5 * 10**13, 10**14]),
        (0, 61, 60, 4, [0, 60, 120]),
    ],
)
def test_steps_are_round(low: int, high: int, unit: int, most: int, steps: list[int]) -> None:
    """One, two or five times a power of ten units, zero among them, over everything."""
    assert svg._steps(low, high, unit, most) == steps


def test_a_long_name_is_cut_in_the_chart_alone(run: Run, write: Write) -> None:
    """With dots, at a bracket first; the table has it in full."""
    run("log", LONG, "85", "--minutes", "40", "--new")

    page = write()

    names = [_words(one) for one in page.section("shares").iter("text")]
    assert names[0].endswith("…")
    assert LONG.startswith(names[0].removesuffix("…"))
    assert page.tables("shares")[0][1][0] == LONG


def test_shades_reach_from_nothing_to_the_most() -> None:
    """The least that is something has a shade of its own."""
    assert [svg.shade(value, 400) for value in (0, 1, 100, 101, 400)] == [0, 1, 1, 2, 4]
