"""`xianke now` and `xianke rates`: the present moment, and what an hour brings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from xianke import platforms
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Stored = Callable[[], dict[str, list[tuple[object, ...]]]]
Refused = Callable[..., str]
Screen = Callable[..., str]

LINE = [
    "key", "name", "low_fen_per_hour", "mid_fen_per_hour", "high_fen_per_hour", "basis",
    "own_gigs", "as_of", "own_net_fen_per_hour", "paid_share",
]  # fmt: skip


def have(run: Run, *things: str) -> None:
    """Take stock: each line is what follows `inventory`."""
    for thing in things:
        assert run("inventory", *thing.split()).code == 0, thing


@pytest.fixture
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be twenty past twelve on a Monday."""
    monkeypatch.setenv("XIANKE_NOW", "2026-11-23T12:20:00+08:00")


LUNCH = "add slot 工作日 12:00-13:00 --label 午休"
EVENING = "add slot 工作日 19:00-21:00"


# now


@pytest.mark.usefixtures("monday")
def test_the_slot_that_runs_decides(run: Run) -> None:
    """Its place, its devices and the minutes until its end; then what comes next."""
    have(run, LUNCH, EVENING)

    data = run("now", "--json").data

    assert list(data) == ["as_of", "now", "slot", "minutes", "picks", "untested", "next", "busy"]
    assert {key: data[key] for key in ("as_of", "now", "slot", "minutes", "next")} == {
        "as_of": platforms.catalogue().as_of,
        "now": "2026-11-23T12:20:00+08:00",
        "slot": "s1",
        "minutes": 40,
        "next": {
            "slot": "s2",
            "start": "2026-11-23T19:00:00+08:00",
            "end": "2026-11-23T21:00:00+08:00",
        },
    }
    rows = data["picks"] + data["untested"]
    assert rows
    for row in rows:
        assert row["kind"] == "time"
        assert row["usable_minutes_per_week"] == 40
        assert row["platforms"]
        assert row["first_step"]
    # At the office only online work goes.
    assert "delivery_errand" not in [row["category"] for row in rows]
    for block in (data["picks"], data["untested"]):
        assert [row["rank"] for row in block] == list(range(1, len(block) + 1))


@pytest.mark.usefixtures("monday")
def test_the_rows_of_now_are_those_of_suggest(run: Run) -> None:
    """The same keys, each row with its platform and first step."""
    have(run, LUNCH)

    now, suggested = run("now", "--json").data, run("suggest", "--json").data

    assert {tuple(row) for row in now["untested"]} == {tuple(row) for row in suggested["untested"]}


@pytest.mark.usefixtures("monday")
def test_the_screen_says_where_one_is_and_what_to_do(run: Run, screen: Screen) -> None:
    """At most three proposals, each with its way and first step."""
    have(run, LUNCH, EVENING, "add skill 文案")

    lines = screen("now").splitlines()

    assert lines[0] == "午休，单位，还有 40 分钟"
    assert len([line for line in lines if line.startswith("  走哪条路：")]) == 3
    assert len([line for line in lines if line.startswith("  第一步：")]) == 3
    assert lines[-1] == "→ 做完一单：xianke log 平台 金额 --minutes 分钟"


@pytest.mark.usefixtures("monday")
def test_a_slot_without_a_name_is_called_by_its_times(run: Run, screen: Screen) -> None:
    """In the language in use."""
    have(run, "add slot 工作日 12:00-13:00 --place home")

    assert screen("now").startswith("工作日 12:00-13:00，家里，还有 40 分钟\n")


def test_what_is_said_goes_before_the_slots(run: Run, screen: Screen) -> None:
    """Half an hour on the way, on a Sunday without a slot."""
    data = run("now", "--minutes", "30", "--place", "transit", "--json").data

    assert (data["slot"], data["minutes"], data["next"]) == (None, 30, None)
    rows = {row["category"]: row for row in data["picks"] + data["untested"]}
    assert {"micro_task", "survey_testing"} <= set(rows)
    assert "delivery_errand" not in rows
    assert all(row["usable_minutes_per_week"] == 30 for row in rows.values())
    assert screen("now", "--minutes", "半小时", "--place", "路上").startswith("路上，有 30 分钟\n")


@pytest.mark.parametrize(
    ("arguments", "minutes", "place"),
    [
        (("--minutes", "1小时20分"), 80, "家里"),
        (("--place", "office"), 60, "单位"),
        (("--device", "pc"), 60, "家里"),
    ],
)
def test_what_is_not_said_is_said_back(
    run: Run, screen: Screen, arguments: tuple[str, ...], minutes: int, place: str
) -> None:
    """An hour, at home."""
    assert run("now", *arguments, "--json").data["minutes"] == minutes
    assert screen("now", *arguments).startswith(f"{place}，有 {minutes} 分钟\n")


def test_a_device_opens_what_needs_it(run: Run) -> None:
    """A computer at hand is no longer to be checked."""
    have(run, "add skill PPT")

    def checks(*device: str) -> list[str]:
        data = run("now", "--minutes", "120", *device, "--json").data
        row = next(row for row in data["untested"] if row["category"] == "skill_service")
        return [reason["code"] for reason in row["reasons"]]

    assert "needs_check" in checks()
    assert "needs_check" not in checks("--device", "phone", "--device", "pc")


def test_outside_every_slot_the_next_one_is_named(run: Run, screen: Screen) -> None:
    """With how to ask about the present all the same."""
    have(run, LUNCH)

    data = run("now", "--json").data

    assert (data["slot"], data["minutes"], data["picks"], data["untested"]) == (None, 0, [], [])
    assert data["next"]["start"] == "2026-11-23T12:00:00+08:00"
    assert screen("now").splitlines() == [
        "现在不在你登记的时段里。",
        "  下一段：11-23 周一 12:00-13:00 午休",
        "→ 这会儿有空就说几分钟：xianke now --minutes 30 --place home",
    ]


def test_a_slot_too_far_off_is_not_named(run: Run, screen: Screen) -> None:
    """Two weeks are looked through."""
    have(run, "add slot 2027-03-05 9:00-10:00")

    assert run("now", "--json").data["next"] is None
    assert screen("now").splitlines() == [
        "现在不在你登记的时段里。",
        "→ 这会儿有空就说几分钟：xianke now --minutes 30 --place home",
    ]


def test_without_any_slot_one_is_asked_for(run: Run, screen: Screen) -> None:
    """No empty list."""
    assert screen("now").splitlines() == [
        "还没有登记空闲时段。",
        "→ 从这里开始：xianke init（最多十个问题）",
        "→ 这会儿有空就说几分钟：xianke now --minutes 30 --place home",
    ]
    assert run("now", "--json").data["next"] is None


def test_where_nothing_fits_one_may_rest(screen: Screen) -> None:
    """Five minutes at a place where nothing goes."""
    assert screen("now", "--minutes", "5").splitlines() == [
        "家里，有 5 分钟",
        "  这点时间、这个地点，目录里没有合适的。歇一会儿也好。",
        "→ xianke suggest",
    ]


@pytest.mark.usefixtures("monday")
def test_a_drive_is_called_one(run: Run, screen: Screen) -> None:
    """Only ride sharing goes."""
    have(run, "add slot 工作日 12:00-13:00 --driving", "add asset 车")

    rows = run("now", "--json").data["untested"]

    assert [row["category"] for row in rows] == ["ride_hailing"]
    assert "开车骑车路上，还有 40 分钟" in screen("now")


@pytest.mark.usefixtures("monday")
def test_now_in_english_holds_at_80_columns(
    run: Run, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a long name for the slot."""
    label = "x" * 70
    have(run, f"add slot 工作日 12:00-13:00 --place home --label {label}", "add skill 文案")
    monkeypatch.setenv("XIANKE_LANG", "en")

    assert label in screen("now")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--minutes", "一会儿"), "一会儿"),
        (("--minutes", "0"), "0"),
        (("--minutes",), "选项「--minutes」后面要跟一个值"),
        (("--place", "月球"), "没有「月球」这个地点"),
        (("--device", "算盘"), "没有「算盘」这种设备"),
        (("家里",), "家里"),
    ],
)
def test_a_wrong_moment_is_refused(
    refused: Refused, arguments: tuple[str, ...], words: str
) -> None:
    """With the user's own words."""
    assert words in refused(2, "not_understood", "now", *arguments)


# rates


@pytest.mark.parametrize("by", ["platform", "category"])
def test_without_own_gigs_the_catalogue_is_listed(run: Run, by: str) -> None:
    """Every line with its range and basis, best first; what nobody knows is left out."""
    data = run("rates", "--by", by, "--json").data

    assert list(data) == ["rates"]
    assert data["rates"]
    assert all(list(line) == LINE for line in data["rates"])
    assert {line["basis"] for line in data["rates"]} == {"catalogue"}
    mids = [line["mid_fen_per_hour"] for line in data["rates"]]
    assert mids == sorted(mids, reverse=True)
    known = platforms.catalogue()
    names = known.platforms if by == "platform" else known.categories
    assert {line["key"] for line in data["rates"]} <= set(names)
    assert all(line["name"] == names[line["key"]].name for line in data["rates"])


def test_every_platform_with_an_own_timed_gig_is_listed(run: Run) -> None:
    """Whatever its kind; a gig without minutes says nothing about an hour."""
    run("log", "闲鱼", "85", "--minutes", "60", "--cost", "5")
    run("log", "闲鱼", "0", "--minutes", "60", "--status", "rejected")
    run("log", "王阿姨", "30", "--new", "--minutes", "60")
    run("log", "美团众包", "20")

    own = [line for line in run("rates", "--json").data["rates"] if line["own_gigs"]]

    assert own == [
        {
            "key": "xianyu",
            "name": "闲鱼",
            "low_fen_per_hour": own[0]["low_fen_per_hour"],
            "mid_fen_per_hour": own[0]["mid_fen_per_hour"],
            "high_fen_per_hour": own[0]["high_fen_per_hour"],
            "basis": "own",
            "own_gigs": 2,
            "as_of": "2026-11-22",
            "own_net_fen_per_hour": 4000,
            "paid_share": 0.5,
        },
        {
            "key": "wangayi",
            "name": "王阿姨",
            "low_fen_per_hour": own[1]["low_fen_per_hour"],
            "mid_fen_per_hour": own[1]["mid_fen_per_hour"],
            "high_fen_per_hour": own[1]["high_fen_per_hour"],
            "basis": "own",
            "own_gigs": 1,
            "as_of": "2026-11-22",
            "own_net_fen_per_hour": 3000,
            "paid_share": 1.0,
        },
    ]
    assert own[0]["low_fen_per_hour"] < 8000 < own[0]["high_fen_per_hour"]
    # One gig is not the last word: a middle goes most of the way to it, and neither stays behind.
    assert 2500 < own[1]["mid_fen_per_hour"] < 3500
    assert 4500 < own[0]["mid_fen_per_hour"] < 8000


def test_own_gigs_of_a_category_are_taken_together(run: Run) -> None:
    """Whoever they were done for."""
    run("log", "王阿姨", "30", "--new", "--minutes", "60", "--category", "local_service")
    run("log", "闲鱼", "30", "--minutes", "60", "--category", "local_service")

    first, *others = run("rates", "--by", "category", "--json").data["rates"]

    assert (first["key"], first["own_gigs"], first["basis"]) == ("local_service", 2, "both")
    assert all(line["own_gigs"] == 0 for line in others)


def test_the_screen_shows_own_rates_first(run: Run, screen: Screen) -> None:
    """The plain rate beside the range for the next gig and the share that was paid."""
    run("log", "闲鱼", "85", "--minutes", "60")
    run("log", "闲鱼", "0", "--minutes", "60", "--status", "rejected")

    lines = screen("rates").splitlines()

    assert lines[0] == "你自己的（每小时净得）"
    assert lines[1].split() == ["平台", "单数", "收到钱的", "实际", "下一单", "中位"]
    assert lines[3].split()[:4] == ["闲鱼", "2", "50%", "42.50"]
    assert "「下一单」是十次里大约八次会落在其中的范围，不是承诺" in lines[4]
    assert "目录里的行情（没有你自己的记录）" in lines
    assert lines[-1] == "→ xianke suggest"


def test_what_still_waits_for_its_money_is_counted_beneath(run: Run, screen: Screen) -> None:
    """The share is of what has come to an end; that the rest is open is said."""
    run("log", "闲鱼", "85", "--minutes", "60")
    run("log", "闲鱼", "85", "--minutes", "60", "--at", "昨天", "--status", "delivered")

    lines = screen("rates").splitlines()

    assert lines[3].split()[:3] == ["闲鱼", "2", "100%"]
    assert lines[5] == "  * 只算有结果的；还有 1 单在等钱：xianke owed"
    assert "收到钱的*" in lines[1]


def test_gigs_that_were_never_paid_show_no_range(run: Run, screen: Screen) -> None:
    """Nothing is known of what a paid one brings."""
    run("log", "闲鱼", "0", "--minutes", "60", "--status", "rejected")

    lines = screen("rates").splitlines()

    assert lines[3].split() == ["闲鱼", "1", "0%", "0.00", "不知道"]


@pytest.mark.parametrize("by", ["platform", "category"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_rates_hold_at_80_columns(
    run: Run, screen: Screen, monkeypatch: pytest.MonkeyPatch, by: str, language: str
) -> None:
    """In both languages, with long names, by platform and by category."""
    run(
        "log",
        "很长很长的客户名字" * 6,
        "30",
        "--new",
        "--minutes",
        "60",
        "--category",
        "local_service",
    )
    monkeypatch.setenv("XIANKE_LANG", language)

    screen("rates", "--by", by)


def test_without_own_gigs_the_screen_says_how_to_get_some(screen: Screen) -> None:
    """The lines of the catalogue, and how to begin one's own."""
    lines = screen("rates").splitlines()

    assert lines[0] == "目录里的行情（没有你自己的记录）"
    assert any(line.startswith("UU跑腿") for line in lines)
    assert lines[-1] == "→ 记一单就有你自己的：xianke log 闲鱼 85 --minutes 40"
    assert "日期不明" in screen("rates", "--by", "category")


def test_nothing_is_written(run: Run, stored: Stored) -> None:
    """Asking leaves no trace."""
    before = stored()

    assert run("rates").code == 0
    assert run("now", "--minutes", "30").code == 0

    assert stored() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--by", "天"), "不能按「天」分"),
        (("--by", ""), "不能按「」分"),
        (("--by",), "选项「--by」后面要跟一个值"),
        (("闲鱼",), "闲鱼"),
    ],
)
def test_a_wrong_question_about_rates_is_refused(
    refused: Refused, arguments: tuple[str, ...], words: str
) -> None:
    """With what there is."""
    assert words in refused(2, "not_understood", "rates", *arguments)


# rates --check


def logged(run: Run, *gigs: str) -> None:
    """Log gigs: each line is what follows `log`."""
    for gig in gigs:
        assert run("log", *gig.split()).code == 0, gig


CHECKED = (
    "since", "foretold", "held", "below", "above", "held_percent", "error_factor",
    "own_mean_error_factor", "catalogue_error_factor", "by_known", "gigs",
)  # fmt: skip


def test_ranges_are_held_against_the_own_log(run: Run) -> None:
    """Three weeks: the second and third gig are judged by what was logged before."""
    logged(
        run,
        "闲鱼 40 --minutes 60 --at 2026-11-02",
        "闲鱼 42 --minutes 60 --at 2026-11-09",
        "闲鱼 900 --minutes 60 --at 2026-11-16",
    )

    data = run("rates", "--check", "--json").data

    assert tuple(data) == CHECKED
    assert (data["since"], data["foretold"], data["held"]) == ("2026-11-09", 2, 1)
    assert (data["above"], data["held_percent"]) == (1, None)
    assert [one["held"] for one in data["gigs"]] == [True, False]


def test_few_gigs_make_no_share_on_the_screen(run: Run) -> None:
    """Two gigs are no eight in ten; the screen says so."""
    logged(
        run,
        "闲鱼 40 --minutes 60 --at 2026-11-02",
        "闲鱼 42 --minutes 60 --at 2026-11-09",
    )

    shown = run("rates", "--check").out

    assert "一共才 1 单，少于 10 单" in shown
    assert "%" not in shown


def test_without_a_log_the_look_back_says_what_it_takes(run: Run) -> None:
    """Nothing to judge is no fault."""
    result = run("rates", "--check")

    assert (result.code, result.err) == (0, "")
    assert "还说不了" in result.out
    assert run("rates", "--check", "--json").data["foretold"] == 0


def test_a_phone_gets_the_rates_in_forty_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line runs over; the middle and the counts give way, the range stays."""
    logged(run, "闲鱼 40 --minutes 60 --at 2026-11-02", "猪八戒 240 --minutes 60 --at 2026-11-03")
    monkeypatch.setenv("COLUMNS", "40")

    shown = run("rates").out

    assert "下一单" in shown and "证据截至" in shown
    assert max(map(width, shown.splitlines())) <= 40
