"""`xianke suggest`: whole answers, the founding examples, explanations, empty and wrong input."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from xianke import platforms, priorities, scoring
from xianke.render import advice
from xianke.render.text import width
from xianke.scoring import Income

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Stored = Callable[[], dict[str, list[tuple[object, ...]]]]
Refused = Callable[..., str]
Screen = Callable[..., str]

RATE = {
    "low_fen_per_hour", "mid_fen_per_hour", "high_fen_per_hour", "basis", "own_gigs", "as_of",
    "own_net_fen_per_hour", "paid_share",
}  # fmt: skip
ROW = {
    "rank", "category", "name", "kind", "score", "usable_minutes_per_week", "rate", "income",
    "weekly", "platforms", "reasons", "first_step", "open_questions",
}  # fmt: skip
ROUTE = {
    "id", "name", "kind", "status", "score", "rate", "safety", "own_record", "flags",
    "verify_first",
}  # fmt: skip


def have(run: Run, *things: str) -> None:
    """Take stock: each line is what follows `inventory`."""
    for thing in things:
        assert run("inventory", *thing.split()).code == 0, thing


def suggest(run: Run, *arguments: str) -> Document:
    return run("suggest", *arguments, "--json").data


def rows(data: Document, kind: str = "time") -> dict[str, Document]:
    """Return the rows of one kind, picks and untested, by category."""
    return {row["category"]: row for row in data["picks"] + data["untested"] if row["kind"] == kind}


def rejections(data: Document) -> dict[tuple[str, str], tuple[str, str]]:
    return {(one["kind"], one["id"]): (one["code"], one["text"]) for one in data["rejected"]}


def codes(row: Document) -> list[str]:
    return [reason["code"] for reason in row["reasons"]]


EVENING = "add slot 工作日 18:30-21:00 --label 下班后"
CAMERA = "add asset 相机"
PARKING = "add asset 车位"


# The document


def test_a_whole_answer(run: Run) -> None:
    """Collecting parcels for neighbours after work, with every key of the contract."""
    have(run, "add slot 工作日 18:30-20:00 --place neighbourhood")

    document = run("suggest", "--json").document

    assert list(document) == ["schema", "status", "data", "errors"]
    data = document["data"]
    assert list(data) == [
        "as_of", "now", "goal", "picks", "untested", "rejected", "worth_a_try", "open_checks",
    ]  # fmt: skip
    assert (data["as_of"], data["now"], data["goal"]) == (
        platforms.catalogue().as_of,
        "2026-11-22T10:00:00+08:00",
        "income",
    )
    rate = {
        "low_fen_per_hour": 1041,
        "mid_fen_per_hour": 1702,
        "high_fen_per_hour": 2785,
        "basis": "catalogue",
        "own_gigs": 0,
        "as_of": "2025-09-24",
        "own_net_fen_per_hour": None,
        "paid_share": None,
    }
    (pick,) = data["picks"]
    score = pick["score"]
    assert pick == {
        "rank": 1,
        "category": "delivery_errand",
        "name": "配送跑腿",
        "kind": "time",
        "score": score,
        "usable_minutes_per_week": 450,
        "rate": rate,
        "income": None,
        "weekly": None,
        "platforms": [
            {
                "id": "self",
                "name": "自己接（邻居、熟人介绍）",
                "kind": "self",
                "status": None,
                "score": score,
                "rate": rate,
                "safety": {"known": 1, "total": 4, "letter": None, "worst": None},
                "own_record": None,
                "flags": [],
                "verify_first": False,
            }
        ],
        "reasons": [
            {"code": "catalogue_rate", "text": "行情证据截至 2025-09-24"},
            {"code": "fits_slots", "text": "每周有 7.5 小时合适"},
            {"code": "unproven", "text": "不知道几天到账，按偏慢的算"},
        ],
        "first_step": "先问一个熟人要不要帮忙；价钱、时间、怎么付，动手前说定；做完记下："
        "xianke log 自己接 金额 --minutes 分钟 --category delivery_errand",
        "open_questions": [],
    }


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("goal", priorities.GOALS)
def test_every_document_keeps_the_contract(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str, goal: str
) -> None:
    """Keys, types and codes are the same for every goal and in both languages."""
    have(
        run, EVENING, CAMERA, PARKING, "add skill PPT", "add skill 耐心", "add asset 电脑",
        "set licence yes", "add asset 折叠车", "add slot 周末 9:00-18:00",
    )  # fmt: skip
    run("log", "bytedance_xpert", "50", "--minutes", "60")
    monkeypatch.setenv("XIANKE_LANG", language)

    data = suggest(run, "--goal", goal)

    assert data["goal"] == goal
    for block in (data["picks"], data["untested"]):
        assert [row["rank"] for row in block] == list(range(1, len(block) + 1))
        for row in block:
            assert set(row) == ROW
            assert set(row["rate"]) == RATE
            assert row["kind"] in ("time", "passive", "one_off")
            assert row["rate"]["basis"] in ("catalogue", "own", "both", "none")
            assert 0 <= row["score"] <= 100
            assert (row["usable_minutes_per_week"] > 0) == (row["kind"] == "time")
            assert row["income"] is None or set(row["income"]) == {
                "unit", "low_fen", "mid_fen", "high_fen",
            }  # fmt: skip
            assert row["platforms"]
            for route in row["platforms"]:
                assert set(route) == ROUTE
                assert set(route["rate"]) == RATE
                assert set(route["safety"]) == {"known", "total", "letter", "worst"}
                assert route["safety"]["total"] == 4
                assert (route["safety"]["letter"] is None) == (route["safety"]["known"] < 3)
                assert route["status"] != "closed"
            assert all(set(reason) == {"code", "text"} for reason in row["reasons"])
            assert row["first_step"]
            assert len(row["open_questions"]) <= 2
            for one in row["open_questions"]:
                assert set(one) == {"fact", "text", "command", "values"}
                assert one["text"] in row["first_step"]
    for one in data["rejected"]:
        assert set(one) == {"kind", "id", "code", "text"}
        assert one["kind"] in ("category", "platform")
        assert one["code"] in {
            "closed", "no_skill", "no_asset", "no_device", "no_place", "block_too_short", "profile",
            "region", "no_slot",
        }  # fmt: skip


def test_both_languages_say_the_same(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers, ids and codes do not depend on the language; names do."""
    have(run, EVENING, CAMERA, "add skill PPT")
    chinese = suggest(run)
    monkeypatch.setenv("XIANKE_LANG", "en")
    english = suggest(run)

    def without_words(found: Any) -> Any:  # Any: whatever JSON holds
        if isinstance(found, dict):
            hidden = ("name", "text", "first_step", "command")
            return {key: without_words(value) for key, value in found.items() if key not in hidden}
        return [without_words(one) for one in found] if isinstance(found, list) else found

    assert without_words(english) == without_words(chinese)
    assert rows(chinese)["delivery_errand"]["name"] == "配送跑腿"
    assert rows(english)["delivery_errand"]["name"] == "Delivery and errands"


def test_every_platform_is_suggested_or_rejected_once(run: Run) -> None:
    """The answer leaves nothing out."""
    have(run, EVENING, CAMERA, "add skill PPT")

    data = suggest(run)

    suggested = [
        route["id"]
        for row in data["picks"] + data["untested"]
        for route in row["platforms"]
        if route["kind"] != "self"
    ]
    rejected = [one["id"] for one in data["rejected"] if one["kind"] == "platform"]
    assert sorted(suggested + rejected) == sorted(platforms.catalogue().platforms)


def test_a_limit_cuts_the_picks(run: Run) -> None:
    """Ranks stay, and the second block is shown in full."""
    have(run, EVENING, "add skill 家教", "add skill 喂猫")
    everything = suggest(run)
    assert len(everything["picks"]) > 2

    data = suggest(run, "--limit", "2")

    assert data == {**everything, "picks": everything["picks"][:2]}


@pytest.mark.parametrize(
    ("typed", "goal"),
    [("income", "income"), ("多挣", "income"), ("稳定", "steady"), ("快到账", "cash")],
)
def test_a_goal_is_named_by_code_or_in_words(run: Run, typed: str, goal: str) -> None:
    """The answer says which one it was."""
    assert suggest(run, "--goal", typed)["goal"] == goal


def test_nothing_is_written(run: Run, stored: Stored) -> None:
    """Asking leaves no trace, nothing to undo and, before the first write, no file."""
    before = stored()

    for arguments in ((), ("--goal", "safe"), ("--why-not", "闲鱼")):
        assert run("suggest", *arguments).code == 0

    assert stored() == before
    assert run("undo").code == 1


# The founding examples


def test_excel_at_ten_on_workdays_is_skilled_work(run: Run) -> None:
    """A computer nobody asked about is something to check, not something to assume."""
    have(run, "add slot 工作日 10:00-11:00", "add skill Excel")

    row = rows(suggest(run))["skill_service"]

    assert row["usable_minutes_per_week"] == 300
    assert {"skill_match", "needs_check"} <= set(codes(row))
    assert "要用电脑：xianke inventory set pc yes" in [reason["text"] for reason in row["reasons"]]
    have(run, "add asset 电脑")
    assert "needs_check" not in codes(rows(suggest(run))["skill_service"])


@pytest.fixture
def commuter(run: Run) -> None:
    """Take stock of a commute by train, half an hour of lunch, two skills and a camera."""
    have(
        run, "add slot 工作日 8:00-9:00 --label 通勤", "add slot 工作日 12:00-12:30 --label 午休",
        "add skill PPT", "add skill 文案", CAMERA,
    )  # fmt: skip


@pytest.mark.usefixtures("commuter")
def test_commute_and_lunch_suit_what_can_be_interrupted(run: Run) -> None:
    """Writing, micro tasks and surveys on the phone; the camera is among the idle things."""
    data = suggest(run)

    found = rows(data)
    assert set(found) == {"content_creator", "micro_task", "survey_testing"}
    assert found["content_creator"]["usable_minutes_per_week"] == 450
    assert found["survey_testing"]["usable_minutes_per_week"] == 450
    assert "xianyu" in [
        one["id"] for one in rows(data, "one_off")["second_hand_rental"]["platforms"]
    ]
    assert "renrenzu" in [
        one["id"] for one in rows(data, "passive")["second_hand_rental"]["platforms"]
    ]


@pytest.mark.usefixtures("commuter")
def test_skilled_projects_are_rejected_as_too_long_for_lunch(run: Run, screen: Screen) -> None:
    """With the reason said, for the category and for each platform the skills would fit."""
    found = rejections(suggest(run))

    too_short = ("block_too_short", "合适的时段都太短")
    assert found["category", "skill_service"] == too_short
    assert found["platform", "zbj"] == too_short
    assert "猪八戒网（zbj）  合适的时段都太短" in screen("suggest", "--why-not", "技能接单")


def test_collecting_parcels_needs_no_e_bike(run: Run) -> None:
    """The way among neighbours is open; the platforms want one, and say so."""
    have(run, "add slot 工作日 18:30-20:00 --place neighbourhood")

    data = suggest(run)

    row = rows(data)["delivery_errand"]
    assert [route["id"] for route in row["platforms"]] == ["self"]
    assert row in data["picks"]
    for platform in ("meituan_zhongbao", "fengniao_zhongbao", "dada_jd", "uupt"):
        assert rejections(data)["platform", platform] == ("no_asset", "缺：电动自行车")
    have(run, "add asset 电动车")
    found = rows(suggest(run))["delivery_errand"]
    assert {"self", "meituan_zhongbao"} <= {route["id"] for route in found["platforms"]}
    assert "upfront_required" not in found["platforms"][0]["flags"]


@pytest.mark.usefixtures("commuter")
def test_the_claim_of_five_yuan_a_clip_is_put_into_hours(run: Run) -> None:
    """Five to eight hours a day for thirty yuan an hour at most; with own pieces, less."""
    (claim,) = suggest(run, "--explain", "micro_task")["claims"]

    assert claim == {
        "text": "一段 10 分钟的语音转写 5 元，每天 30 到 50 单，一个月 4500 到 7500 元",
        "source": "一篇鼓吹「闲客兼职」的文章，没有给出平台和时间",
        "minutes_per_piece": 10.0,
        "own": False,
        "minutes_per_day_low": 300,
        "minutes_per_day_high": 500,
        "hours_per_month_low": 150,
        "hours_per_month_high": 250,
        "fen_per_hour": 3000,
    }
    run("log", "bytedance_xpert", "50", "--count", "10", "--minutes", "220")
    (own,) = suggest(run, "--explain", "micro_task")["claims"]
    assert own == {
        **claim,
        "minutes_per_piece": 22.0,
        "own": True,
        "minutes_per_day_low": 660,
        "minutes_per_day_high": 1100,
        "hours_per_month_low": 330,
        "hours_per_month_high": 550,
        "fen_per_hour": 1363,
    }


def test_teaching_the_elderly_to_use_a_phone_has_no_rate(run: Run, screen: Screen) -> None:
    """It is worth a try, and no number is made up for it."""
    have(run, EVENING, "add skill 耐心")

    data = suggest(run)

    row = rows(data)["local_service"]
    assert row in data["untested"]
    assert [route["id"] for route in row["platforms"]] == ["elder_phone"]
    assert row["rate"] == {
        "low_fen_per_hour": None,
        "mid_fen_per_hour": None,
        "high_fen_per_hour": None,
        "basis": "none",
        "own_gigs": 0,
        "as_of": None,
        "own_net_fen_per_hour": None,
        "paid_share": None,
    }
    assert (row["weekly"], row["income"]) == (None, None)
    assert "unknown_pay" in codes(row)
    assert "每小时净得：不知道" in screen("suggest", "--explain", "老年智能设备教学")


def test_a_driving_commute_admits_ride_sharing_and_nothing_else(run: Run) -> None:
    """Whatever else one can and has."""
    have(
        run, "add slot 工作日 8:00-9:00 --driving", "add asset 车", "add asset 折叠车",
        "add skill PPT", "add skill 文案", "add skill 耐心", "add asset 电脑", "set licence yes",
    )  # fmt: skip

    data = suggest(run)

    found = rows(data)
    assert set(found) == {"ride_hailing"}
    assert {route["id"] for route in found["ride_hailing"]["platforms"]} == {
        "didi_sfc", "hello_sfc", "dida",
    }  # fmt: skip
    assert rejections(data)["platform", "didi_daijia"][0] in ("no_place", "block_too_short")
    assert rejections(data)["platform", "wechat_channels"] == ("no_place", "时段的地点做不了")


# What else an answer rests on


def test_a_condition_on_an_unknown_answer_is_a_check(run: Run) -> None:
    """Known, it passes or rejects."""
    have(run, "add slot 工作日 8:00-9:00 --driving", "add asset 车")
    licence = "要驾照：xianke inventory set licence yes"

    asked = rows(suggest(run))["ride_hailing"]
    have(run, "set licence yes")
    settled = rows(suggest(run))["ride_hailing"]
    have(run, "set licence no")
    refused = suggest(run)

    assert licence in [reason["text"] for reason in asked["reasons"]]
    assert licence not in [reason["text"] for reason in settled["reasons"]]
    assert rejections(refused)["platform", "dida"] == ("profile", "没有驾照")


def test_an_employer_who_forbids_it_is_remembered(run: Run, screen: Screen) -> None:
    """Before the table, and as a check in every row."""
    have(run, EVENING, "set employer_forbids_side_jobs yes")

    assert all("needs_check" in codes(row) for row in rows(suggest(run)).values())
    assert screen("suggest").startswith("你记过单位不许兼职：先看清合同再往下走。\n")


def test_own_gigs_move_the_rate_and_speak_first(run: Run) -> None:
    """A private client's gig is evidence for the way among neighbours."""
    have(run, EVENING)
    run("log", "王阿姨", "60", "--new", "--minutes", "60", "--category", "delivery_errand")
    run("log", "王阿姨", "0", "--minutes", "30", "--status", "rejected")

    row = rows(suggest(run))["delivery_errand"]

    assert row["rate"]["basis"] == "both"
    assert (row["rate"]["own_gigs"], row["rate"]["paid_share"]) == (2, 0.5)
    assert row["rate"]["own_net_fen_per_hour"] == 4000
    assert row["rate"]["mid_fen_per_hour"] > 1702
    assert [reason["text"] for reason in row["reasons"] if reason["code"] == "own_rate"] == [
        "按你自己 2 单的记录，实际每小时 40.00 元",
        "其中 1 单没收到钱",
    ]
    assert row["first_step"].startswith("接着做")


def test_a_weekly_figure_appears_with_the_third_own_week(run: Run, screen: Screen) -> None:
    """Never more than the usable time, and said not to add up."""
    have(run, EVENING)
    for week, day in enumerate(("2026-11-03", "2026-11-10", "2026-11-17")):
        assert rows(suggest(run))["delivery_errand"]["weekly"] is None, week
        category = ("--category", "delivery_errand")
        run("log", "王阿姨", "30", "--new", "--minutes", "60", "--at", f"{day} 19:00", *category)

    weekly = rows(suggest(run))["delivery_errand"]["weekly"]

    assert set(weekly) == {"low_fen", "mid_fen", "high_fen"}
    rate = rows(suggest(run))["delivery_errand"]["rate"]
    assert weekly["mid_fen"] == rate["mid_fen_per_hour"]
    assert "按你自己最近几周的单量，各项不能相加" in screen("suggest")


def test_a_week_that_brings_nothing_is_one_figure(run: Run, screen: Screen) -> None:
    """Three weeks of refused work: nought yuan, and no range from nought to nought."""
    have(run, EVENING)
    for day in ("2026-11-03", "2026-11-10", "2026-11-17"):
        where = ("--category", "delivery_errand", "--status", "rejected")
        run("log", "王阿姨", "30", "--new", "--minutes", "60", "--at", f"{day} 19:00", *where)

    assert "每周约 0 元（" in screen("suggest")


def test_what_the_user_found_closed_is_no_longer_suggested(run: Run) -> None:
    """Own dated evidence goes before the catalogue's."""
    have(run, EVENING)
    assert "ant_weike" in [one["id"] for one in rows(suggest(run))["micro_task"]["platforms"]]

    run("platforms", "edit", "蚂蚁微客", "status", "closed")

    assert rejections(suggest(run))["platform", "ant_weike"] == ("closed", "已经停了，不再推荐")


def test_things_are_paid_by_month_or_item(run: Run, screen: Screen) -> None:
    """In a table of their own, without hours."""
    have(run, CAMERA, PARKING)

    data = suggest(run)

    (pick,) = data["picks"]
    assert (pick["kind"], pick["platforms"][0]["id"]) == ("passive", "shared_parking")
    assert pick["income"] == {
        "unit": "month", "low_fen": 30000, "mid_fen": None, "high_fen": 40000,
    }  # fmt: skip
    out = screen("suggest")
    assert "闲置能换的（不按小时）" in out
    assert "每月 300–400 元" in out
    assert "每小时净得" not in out


def test_money_first_is_warned_of_and_never_leads(run: Run, screen: Screen) -> None:
    """With too few other rows it waits in a block that is called by its name."""
    have(run, "add slot 周末 9:00-18:00", "add asset 折叠车", "set licence yes")
    run("log", "滴滴代驾", "300", "--minutes", "60")

    data = suggest(run)

    row = rows(data)["ride_hailing"]
    assert row == data["untested"][-1]
    assert row["rate"]["basis"] == "own"
    assert "upfront_required" in row["platforms"][0]["flags"]
    lines = screen("suggest").splitlines()
    start = lines.index("需先付钱")
    assert lines[start + 1].startswith("  · 顺风车、代驾")
    assert lines[start + 2].startswith("    当心：需先付钱")


def test_the_worst_safety_fact_stands_beside_what_is_known(run: Run, screen: Screen) -> None:
    """A letter only from three known facts."""
    have(run, EVENING, "add skill 喂猫", "add asset 电动车")
    run("platforms", "edit", "美团众包", "escrow", "yes")

    route = next(
        one
        for one in rows(suggest(run))["delivery_errand"]["platforms"]
        if one["id"] == "meituan_zhongbao"
    )

    assert "upfront_required" in route["flags"]
    out = screen("suggest", "--explain", "美团众包")
    assert "C 3/4·需先付" in out
    assert "当心：需先付钱" in out


# The screen


def test_the_screen_shows_a_table_and_the_leading_rows(run: Run, screen: Screen) -> None:
    """At most six rows, three of them in detail, and at most three without a rate."""
    have(
        run, "add slot 每天 9:00-21:00", "add skill PPT", "add skill 家教", "add skill 喂猫",
        "add skill 客服", "add skill 文案", CAMERA, PARKING, "add asset 电脑", "add asset 车",
    )  # fmt: skip

    out = screen("suggest")

    lines = out.splitlines()
    assert lines[0].startswith("每小时净得是范围，不是承诺；目录截至 ")
    data = suggest(run)
    timed = [row for row in data["picks"] if row["kind"] == "time"]
    for number, row in enumerate(timed[:6], 1):
        assert any(line.startswith(f"{number}   {row['name']}") for line in lines)
    assert [line for line in lines if line.startswith(("1. ", "2. ", "3. ", "4. "))] == [
        f"{number}. {row['name']}" for number, row in enumerate(timed[:3], 1)
    ]
    untested = [row for row in data["untested"] if row["kind"] == "time"]
    assert len(untested) > 3
    tries = next(at for at, line in enumerate(lines) if line.startswith("这周可以各试一单"))
    assert len([line for line in lines[:tries] if line.startswith("  · ")]) == 3
    names = [one["name"] for one in data["worth_a_try"]]
    assert names
    for name in names:
        assert any(line.startswith(f"  · {name}（") for line in lines[tries:])
    more = next(line for line in lines if line.startswith("  还有："))
    assert untested[3]["name"] in more
    assert lines[-3].startswith("数字从哪来：xianke suggest --explain ")
    assert lines[-2] == "→ 做完一单：xianke log 平台 金额 --minutes 分钟"
    assert lines[-1].endswith("答了更准：xianke inventory questions")


@pytest.mark.usefixtures("commuter")
def test_a_limit_holds_on_the_screen(run: Run, screen: Screen) -> None:
    """For the table of work with a rate."""
    have(run, EVENING, "add skill 家教", "add skill 喂猫")

    lines = screen("suggest", "--limit", "1").splitlines()

    assert [line for line in lines if line.startswith(("1. ", "2. "))] == [
        f"1. {next(iter(rows(suggest(run)).values()))['name']}"
    ]


def test_a_phone_keeps_the_range_and_the_safety(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """At forty columns no line runs over; score, middle and hours stand under their row."""
    have(run, EVENING, "add skill 家教", "add skill 喂猫")
    monkeypatch.setenv("COLUMNS", "40")

    lines = run("suggest").out.splitlines()

    assert "每小时净得" in lines[3] and "安全" in lines[3]
    assert max(map(width, lines)) <= 40


@pytest.mark.parametrize("goal", priorities.GOALS)
def test_english_screens_hold_at_80_columns(
    run: Run, screen: Screen, monkeypatch: pytest.MonkeyPatch, goal: str
) -> None:
    """Names are longer there."""
    have(
        run, "add slot 每天 9:00-21:00", "add skill PPT", "add skill 家教", "add skill 喂猫",
        "add skill 客服", "add skill 文案", CAMERA, PARKING, "add asset 电脑", "add asset 车",
    )  # fmt: skip
    run("log", "bytedance_xpert", "50", "--minutes", "60")
    monkeypatch.setenv("XIANKE_LANG", "en")

    assert "Micro tasks and labelling" in screen("suggest", "--goal", goal)
    screen("suggest", "--explain", "knowledge_teaching", "--goal", goal)
    screen("suggest", "--why-not", "skill_service")
    screen("suggest", "--explain", "shared_parking")


def test_where_everything_fits_nothing_is_called_unfit(run: Run, screen: Screen) -> None:
    """No empty list of what does not suit."""
    have(
        run, "add slot 每天 9:00-21:00", "add skill PPT", "add skill 家教", "add skill 喂猫",
        "add skill 客服", "add skill 推广", CAMERA, "add asset 电脑", "add asset 车",
    )  # fmt: skip

    assert [one for one in suggest(run)["rejected"] if one["kind"] == "category"] == []
    assert "眼下不合适" not in screen("suggest")


@pytest.mark.parametrize(
    ("income", "text"),
    [
        (Income("month", 30000, None, 40050, "", None), "每月 300–400 元"),
        (Income("item", None, 1500, None, "", None), "每件 15 元"),
        (None, "没有可信报价"),
    ],
)
def test_pay_per_month_or_item_is_shown_in_whole_yuan(income: Income | None, text: str) -> None:
    """What is known of it, rounded down."""
    assert advice.income_text(income) == text


# Nothing to suggest


def test_an_empty_inventory_says_how_to_begin(run: Run, screen: Screen) -> None:
    """No empty table, two commands."""
    assert screen("suggest").splitlines() == [
        "还没有盘点，没有东西可以配。先写下什么时候有空、会什么、闲着什么。",
        "→ 从这里开始：xianke init（最多十个问题）",
        "→ 自己来：xianke inventory add slot 工作日 12:00-13:00 --label 午休",
    ]
    data = suggest(run)
    assert (data["picks"], data["untested"]) == ([], [])
    assert rejections(data)["category", "micro_task"] == ("no_slot", "没有登记每周都有的空闲时段")


@pytest.mark.parametrize(
    ("things", "hint"),
    [
        (("add skill PPT",), "→ 添一段：xianke inventory add slot 工作日 19:00-21:00 --label 晚上"),
        (("add slot 工作日 12:00-12:05",), "→ xianke inventory add skill PPT"),
        (
            ("add slot 工作日 12:00-12:05", "add skill PPT"),
            "→ xianke suggest --why-not micro_task",
        ),
    ],
)
def test_where_nothing_fits_the_reasons_and_the_next_command_are_given(
    run: Run, screen: Screen, things: tuple[str, ...], hint: str
) -> None:
    """By the names of the categories."""
    have(run, *things)

    lines = screen("suggest").splitlines()

    assert lines[0] == "按现在的盘点，没有一类合适。"
    assert lines[1].startswith("  微任务、数据标注：")
    assert lines[-1] == hint
    assert len(lines) == 7
    assert suggest(run)["picks"] == []


def test_a_single_date_is_no_weekly_time(run: Run) -> None:
    """It can be planned, but says nothing about a week."""
    have(run, "add slot 2026-12-05 9:00-18:00")

    assert rejections(suggest(run))["category", "micro_task"] == (
        "no_slot",
        "没有登记每周都有的空闲时段",
    )


# Explanations


@pytest.mark.usefixtures("commuter")
def test_an_explanation_adds_up(run: Run) -> None:
    """Every part with its weight, every figure with its source."""
    have(run, EVENING)

    data = suggest(run, "--explain", "跑腿")

    assert list(data) == [
        "category", "platform", "name", "score", "components", "rate", "steps", "income",
        "usable_minutes_per_week", "costs", "flags", "safety", "own_record", "own_findings",
        "checks", "claims", "others",
    ]  # fmt: skip
    assert (data["category"], data["platform"]) == ("delivery_errand", "self")
    assert [part["name"] for part in data["components"]] == list(scoring.COMPONENTS)
    assert all(
        set(part) == {"name", "value", "weight", "points", "known"} for part in data["components"]
    )
    assert abs(sum(part["points"] for part in data["components"]) - data["score"]) < 0.1
    assert data["rate"] == rows(suggest(run))["delivery_errand"]["rate"]
    assert len(data["steps"]) >= 4
    assert all(step["text"] and step["source"] for step in data["steps"])
    assert all(set(step) == {"text", "source", "date"} for step in data["steps"])
    assert {one["id"] for one in data["others"]} == set()


@pytest.mark.usefixtures("commuter")
def test_an_explanation_reads_as_a_page(run: Run, screen: Screen) -> None:
    """The parts, where the figure comes from, risks, when there is work, and what to read on."""
    have(run, EVENING)
    run("log", "王阿姨", "30", "--new", "--minutes", "60", "--category", "delivery_errand")

    out = screen("suggest", "--explain", "delivery_errand")

    assert out.startswith("配送跑腿 · 自己接（邻居、熟人介绍）：")
    for text in ("分数怎么来的", "合计", "每小时净得：", "你自己的 1 单", "每周合适的时间：",
                 "这一类的风险：", "什么时候单多：", "不知道，按偏低的算"):  # fmt: skip
        assert text in out
    assert out.splitlines()[-1] == "→ xianke suggest"


def test_things_are_explained_by_what_they_bring(run: Run, screen: Screen) -> None:
    """Without an hourly rate."""
    have(run, PARKING)

    out = screen("suggest", "--explain", "shared_parking")

    assert "收入：每月 300–400 元" in out
    assert "每小时净得" not in out
    assert out.splitlines()[-1] == ("→ 这个平台的全部事实：xianke platforms show shared_parking")
    data = suggest(run, "--explain", "shared_parking")
    assert data["income"]["unit"] == "month"


@pytest.mark.usefixtures("commuter")
def test_a_claim_is_put_into_proportion_on_the_screen(screen: Screen) -> None:
    """Hours a day and a month, and what an hour brings at most."""
    out = "".join(screen("suggest", "--explain", "micro_task").split())

    assert "流传的说法：一段10分钟的语音转写5元" in out
    assert "一天就是5:00到8:20小时，一个月天天做是150到250小时。" in out
    assert "一小时最多30.0元，还没算找活、返工和被退。" in out


# Why not


@pytest.mark.usefixtures("commuter")
def test_the_conditions_that_are_not_met_are_listed(run: Run, screen: Screen) -> None:
    """For one platform as for a category."""
    assert suggest(run, "--why-not", "美团众包") == {
        "id": "meituan_zhongbao",
        "name": "美团众包",
        "suggested": False,
        "conditions": [
            {
                "kind": "platform",
                "id": "meituan_zhongbao",
                "code": "no_asset",
                "text": "缺：电动自行车",
            }
        ],
    }
    assert screen("suggest", "--why-not", "美团众包").splitlines() == [
        "美团众包 眼下不合适",
        "  美团众包（meituan_zhongbao）  缺：电动自行车",
        "",
        "→ xianke inventory",
    ]


@pytest.mark.usefixtures("commuter")
def test_what_is_suggested_says_so(run: Run, screen: Screen) -> None:
    """With the rest of its category explained."""
    data = suggest(run, "--why-not", "闲鱼")
    assert (data["suggested"], data["conditions"]) == (True, [])

    out = screen("suggest", "--why-not", "second_hand_rental")

    assert out.startswith("闲置与出租 在建议里：闲鱼、")
    assert "其中不合适的" in out
    assert "（shared_parking）  缺：车位" in out
    assert out.splitlines()[-1] == "→ 全部理由：xianke suggest --explain second_hand_rental"
    assert "其中不合适的" not in screen("suggest", "--why-not", "闲鱼")


# Wrong input


@pytest.mark.parametrize(
    ("code", "word", "arguments", "words"),
    [
        (2, "not_understood", ("--goal", "发财"), "没有「发财」这个目标"),
        (2, "not_understood", ("--goal", ""), "没有「」这个目标"),
        (2, "not_understood", ("--limit", "0"), "看不懂 --limit 的「0」"),
        (2, "not_understood", ("--limit", "几个"), "看不懂 --limit 的「几个」"),
        (2, "not_understood", ("--limit", "1001"), "看不懂 --limit 的「1001」"),
        (2, "not_understood", ("--limit",), "选项「--limit」后面要跟一个值"),
        (2, "not_understood", ("跑腿",), "跑腿"),
        (2, "not_understood", ("--best",), "没有选项「--best」"),
        (3, "not_found", ("--explain", "没有这个东西"), "没有「没有这个东西」"),
        (3, "not_found", ("--why-not", "没有这个东西"), "没有「没有这个东西」"),
        (3, "not_found", ("--why-not", ""), "没有「」"),
        (4, "conflict", ("--why-not", "zz"), "「zz」可以指好几个"),
        (1, "refused", ("--explain", "美团众包"), "「美团众包」不在建议里"),
        (1, "refused", ("--explain", "skill_service"), "「skill_service」不在建议里"),
    ],
)
def test_a_wrong_question_is_refused(
    refused: Refused, code: int, word: str, arguments: tuple[str, ...], words: str
) -> None:
    """With one sentence and the next step."""
    assert words in refused(code, word, "suggest", *arguments)


# What matters most, said once


def test_what_matters_most_is_remembered(run: Run) -> None:
    """Said once it weighs every answer; an option weighs one answer only."""
    run("inventory", "add", "slot", "工作日 12:00-13:00")
    assert run("suggest", "--json").data["goal"] == "income"
    for text, goal in (("安全", "safe"), ("quick cash", "cash"), ("growth", "growth")):
        assert run("inventory", "set", "priority", text, "--json").code == 0

        assert run("suggest", "--json").data["goal"] == goal
        assert run("suggest", "--goal", "steady", "--json").data["goal"] == "steady"
    assert run("inventory", "--json").data["profile"]["priority"] == "growth"
    assert "能成长" in run("inventory").out
    assert "最看重「能成长」" in run("suggest").out


def test_a_priority_that_is_none_is_refused(run: Run, refused: Refused) -> None:
    """With what there is to choose from."""
    assert "safe" in refused(2, "not_understood", "inventory", "set", "priority", "发财")
    assert run("inventory", "--json").data["profile"] == {}


def test_gigs_at_a_client_give_their_category_a_rate(run: Run) -> None:
    """A category without work from neighbours has one as soon as a client paid for it."""
    have(run, EVENING, "add skill 写作")
    run(
        "log",
        "示例设计工作室",
        "2600",
        "--minutes",
        "720",
        "--new",
        "--category",
        "content_creator",
    )

    row = rows(suggest(run))["content_creator"]

    assert row["rank"] == 1
    assert row["platforms"][0]["id"] == "self"
    assert (row["rate"]["basis"], row["rate"]["own_gigs"]) == ("own", 1)
    assert row["rate"]["own_net_fen_per_hour"] == 21666


def test_further_platforms_that_want_money_first_say_so(run: Run, screen: Screen) -> None:
    """Only the leading one has a line of warnings; the others carry theirs with their name."""
    have(run, EVENING, "add slot 周六 9:00-18:00", "add skill 初中数学", "add skill PPT")

    row = rows(suggest(run))["knowledge_teaching"]
    out = "".join(screen("suggest").split())

    further = row["platforms"][1 : 1 + advice.MOST_OTHERS]
    required = [one["name"] for one in further if "upfront_required" in one["flags"]]
    assert required
    for name in required:
        assert f"{name}（要先付钱）" in out
    assert "猪八戒网（可能要先付钱）" in out


def test_work_on_ones_own_is_named_without_an_id(run: Run, screen: Screen) -> None:
    """`self` means nothing to anybody who asks why something does not fit."""
    have(run, EVENING)

    lines = screen("suggest", "--why-not", "knowledge_teaching").splitlines()

    assert not [line for line in lines if "self" in line]
    assert [line for line in lines if line.startswith("  自己接（邻居、熟人介绍）：")]
