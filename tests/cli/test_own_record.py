"""How a platform has treated the user, as advice, pages and documents tell it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from xianke import platforms, store
from xianke.commands import settling

if TYPE_CHECKING:
    from tests.conftest import Run

    from xianke.store.tables import Row

Document = dict[str, Any]
Screen = Callable[..., str]

STOCK = ("add slot 每天 9:00-21:00", "add skill PPT", "add asset 电脑", "add asset 相机")


@pytest.fixture
def stocked(run: Run) -> None:
    """Take stock of whole days, slides, a computer and a camera."""
    for thing in STOCK:
        assert run("inventory", *thing.split()).code == 0


def work(run: Run, days: str, *options: str) -> None:
    """Log a delivered gig on Xianyu for each day of November, due on the tenth."""
    for day in days.split():
        run(
            "log", "闲鱼", "100", "--minutes", "60", "--category", "skill_service", "--at",
            f"2026-11-{day}", "--status", "delivered", "--due", "2026-11-10", *options,
        )  # fmt: skip


def route(run: Run, platform: str, category: str) -> Document:
    data = run("suggest", "--json").data
    return next(
        one
        for row in data["picks"] + data["untested"]
        if row["category"] == category
        for one in row["platforms"]
        if one["id"] == platform
    )


def page(run: Run, platform: str) -> Document:
    found: Document = run("platforms", "show", platform, "--json").data["platforms"][0]
    return found


@pytest.mark.usefixtures("stocked")
def test_late_money_takes_the_letter_away_and_undo_gives_it_back(run: Run) -> None:
    """Everywhere alike: in the route, on the page, in the list; with its figures."""
    work(run, "01")
    before, listed = route(run, "xianyu", "skill_service"), page(run, "闲鱼")["safety"]
    work(run, "02 03")

    after = route(run, "xianyu", "skill_service")

    assert (before["safety"]["letter"], listed["letter"]) == ("A", "A")
    assert after["safety"] == {"known": 3, "total": 4, "letter": "B", "worst": "own_late"}
    assert "own_late" in after["flags"]
    record = after["own_record"]
    assert (record["gigs"], record["judged"], record["late"]) == (3, 3, 3)
    assert (record["latest_days"], record["median_late_days"]) == (12, 12)
    assert record["text"] == "3 单里 3 单晚到，最晚 12 天"
    shown = page(run, "闲鱼")
    assert (shown["safety"], shown["own_record"]) == (after["safety"], record)
    assert run("undo").code == run("undo").code == 0
    assert route(run, "xianyu", "skill_service") == before


@pytest.mark.usefixtures("stocked")
def test_own_experience_is_told_in_words(
    run: Run, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the advice, in its explanation with what it cost, and on the page; in both languages."""
    work(run, "01 02 03")
    run("owed", "--write-off", "g3")

    told = "2 单里 2 单晚到，最晚 12 天；1 单的钱没来；勾销 100.00 元"
    data = run("suggest", "--json").data
    (pick,) = [one for one in data["picks"] if one["category"] == "skill_service"]
    assert {"code": "own_record", "text": f"你自己的记录：{told}"} in pick["reasons"]
    explained = screen("suggest", "--explain", "skill_service")
    assert f"  你自己的记录：{told}\n    所以安全分只算 " in explained
    assert f"\n  你自己的记录  {told}\n" in screen("platforms", "show", "闲鱼")
    assert "欠过你的钱没给、给你的钱常晚到" in screen("suggest", "--explain", "skill_service")
    monkeypatch.setenv("XIANKE_LANG", "en")
    english = page(run, "xianyu")["own_record"]["text"]
    assert english == (
        "paid late: 2 of 2, up to 12 days; 1 gig was never paid; 100.00 yuan written off"
    )


@pytest.mark.usefixtures("stocked")
def test_refused_work_is_a_warning_from_the_second_on(run: Run) -> None:
    """With how many of how many."""
    for _number in range(2):
        run("log", "闲鱼", "0", "--minutes", "60", "--status", "rejected")
    run("log", "闲鱼", "50", "--minutes", "60")

    found = page(run, "闲鱼")

    assert "own_rejections" in found["flags"]
    assert found["own_record"]["text"] == "3 单里 2 单被拒"
    assert found["safety"]["letter"] == "B"


def test_refusals_are_counted_among_all_that_was_handed_in(run: Run) -> None:
    """Work that is delivered and not yet paid is none of those that were refused."""
    run("log", "闲鱼", "0", "--minutes", "60", "--status", "rejected")
    run("log", "闲鱼", "50", "--minutes", "60", "--status", "delivered")

    assert page(run, "闲鱼")["own_record"]["text"] == "2 单里 1 单被拒"


def test_a_deposit_that_was_kept_is_money_that_never_came(run: Run) -> None:
    """While it is out it is only said; once given up it costs the letter."""
    run("spend", "闲鱼", "300", "--deposit")
    out = page(run, "闲鱼")
    run("owed", "--write-off", "c1")

    kept = page(run, "闲鱼")

    assert (out["safety"]["letter"], out["own_record"]["text"]) == ("A", "押金 300.00 元还押着")
    assert (kept["safety"]["letter"], kept["own_record"]["text"]) == ("B", "押金 300.00 元没退")
    assert "own_unpaid" in kept["flags"]


def test_own_payments_say_how_fast_money_comes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody else does; from the third on, marked as one's own."""
    assert page(run, "闪送")["facts"]["settlement"]["value"] is None
    for number in (1, 2, 3):
        monkeypatch.setenv("XIANKE_NOW", f"2026-11-0{number}T20:00:00+08:00")
        run("log", "闪送", "30", "--minutes", "60", "--status", "delivered")
        monkeypatch.setenv("XIANKE_NOW", f"2026-11-0{number + 2}T20:00:00+08:00")
        run("gigs", "edit", f"g{number}", "--status", "paid")

    found = page(run, "闪送")

    settlement = found["facts"]["settlement"]
    assert (settlement["value"], settlement["own"], settlement["date"]) == (
        "1_to_3_days", True, "2026-11-05",
    )  # fmt: skip
    assert settlement["source"] == "按你自己 3 笔到账"
    assert found["own_record"]["text"] == "3 单都到了账，没记过晚到；多数 2 天内到账"
    assert "1 到 3 天到账；按你自己 3 笔到账；2026-11-05" in run("platforms", "show", "闪送").out


def test_a_bill_says_better_when_money_came_than_the_word_paid(run: Run) -> None:
    """A gig logged as paid at once and found in a bill ten days later was ten days on its way."""
    run("log", "闪送", "30", "--at", "2026-11-01", "--due", "2026-11-05")
    typed = page(run, "闪送")["own_record"]
    with store.write("import", "", datetime(2026, 11, 22, 10, 0)) as db:
        row: Row = {"day": "2026-11-11", "amount_fen": 3_000, "platform": "shansong"}
        db.insert("payout", {**row, "source": "imported"})
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        settling.rebalance(db, catalogue, {"shansong"})

    billed = page(run, "闪送")["own_record"]

    assert (typed["late"], typed["arrivals"]) == (0, 0)
    assert (billed["late"], billed["latest_days"], billed["arrivals"]) == (1, 6, 1)


@pytest.mark.usefixtures("stocked")
def test_an_answer_changes_letter_and_score_and_makes_room_for_the_next(run: Run) -> None:
    """Two questions at most, each with the command that closes it."""
    run("inventory", "add", "asset", "电动车")

    def row() -> Document:
        data = run("suggest", "--json").data
        found: Document = next(one for one in data["picks"] if one["category"] == "delivery_errand")
        return found

    first = row()
    best = first["platforms"][0]["id"]
    facts = [one["fact"] for one in first["open_questions"]]
    assert facts == ["upfront", "settlement"]
    scores = [first["platforms"][0]["score"]]
    for question, answer in (("upfront", "不用"), ("settlement", "日结")):
        (asked,) = [one for one in row()["open_questions"] if one["fact"] == question]
        assert asked["text"] in row()["first_step"]
        *command, _stand_in = asked["command"].split()
        assert run(*command[1:], answer).code == 0
        assert question not in [one["fact"] for one in row()["open_questions"]]
        scores.append(row()["platforms"][0]["score"])

    assert scores == sorted(set(scores))
    assert row()["platforms"][0]["id"] == best
    assert row()["platforms"][0]["safety"]["letter"] == "A"
    bad = run("platforms", "edit", best, "upfront", "要", "--json").data
    assert (bad["before"]["safety"]["letter"], bad["after"]["safety"]["letter"]) == ("A", "C")
    assert row()["platforms"][0]["id"] != best


@pytest.mark.usefixtures("stocked")
def test_the_screen_shows_how_to_write_the_answer_down(
    run: Run, screen: Screen, refused: Callable[..., str]
) -> None:
    """Under the first step; the stand-in for an answer is refused, with the answers named."""
    run("inventory", "add", "asset", "电动车")

    lines = screen("suggest").splitlines()

    step = next(number for number, line in enumerate(lines) if "押金？几天到账？" in line)
    assert lines[step + 1] == "    → xianke platforms edit shansong 先付 答案（不用、可能、要）"
    said = refused(2, "not_understood", "platforms", "edit", "shansong", "先付", "答案")
    assert "「答案」" in said
    assert "none (不用先付)" in said
