"""`xianke owed`: who still owes what, whether it is late, and what is given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Refused = Callable[..., str]
Screen = Callable[..., str]
Stored = Callable[[], dict[str, list[tuple[object, ...]]]]

NOBODY: Document = {
    "owed": [], "outstanding_fen": 0, "deposit_fen": 0, "written_off_fen": 0,
}  # fmt: skip


@pytest.fixture
def open_claims(run: Run) -> None:
    """Leave three gigs unpaid at three places, and a deposit out at a fourth."""
    run("log", "闲鱼", "100", "--fee", "6", "--at", "2026-11-01", "--status", "delivered")
    run(
        "log", "美团众包", "44.44", "--at", "2026-11-20", "--status", "delivered",
        "--due", "2026-11-25",
    )  # fmt: skip
    run("log", "王阿姨", "80", "--new", "--at", "2026-11-10", "--status", "delivered")
    run("log", "王阿姨", "50", "--at", "2026-11-12")
    run("log", "王阿姨", "70", "--at", "2026-11-12", "--status", "accepted")
    run("spend", "闪送", "300", "--deposit", "--at", "2026-10-23")


def _paid_after(run: Run, monkeypatch: pytest.MonkeyPatch, *days: int) -> None:
    """Log gigs of the first of October at an own client, paid so many days later."""
    for number, later in enumerate(days, 1):
        monkeypatch.setenv("XIANKE_NOW", "2026-10-01T20:00:00+08:00")
        assert run("log", "李老师", "100", "--new", "--status", "delivered").code == 0
        monkeypatch.setenv("XIANKE_NOW", f"2026-10-{1 + later:02d}T20:00:00+08:00")
        assert run("gigs", "edit", f"g{number}", "--status", "paid").code == 0
    monkeypatch.setenv("XIANKE_NOW", "2026-11-22T10:00:00+08:00")


# The document


@pytest.mark.usefixtures("open_claims")
def test_who_owes_what_is_the_document_of_the_contract(run: Run) -> None:
    """Late ones first, then the longest waiting; deposits alone come last, with nulls.

    What was paid, or is only agreed on, is not owed.
    """
    blank: Document = {"usual_days": None, "usual_payments": None, "basis": None, "deposits": []}

    assert run("owed", "--json").data == {
        "owed": [
            {
                **blank, "platform": "xianyu", "name": "闲鱼", "gigs": 1, "outstanding_fen": 9_400,
                "deposit_fen": 0, "oldest_days": 21, "expected_by": "2026-11-11", "late": True,
                "usual_days": 10, "usual_payments": 0, "basis": "catalogue",
                "items": [
                    {
                        "id": "g1", "day": "2026-11-01", "outstanding_fen": 9_400,
                        "expected_by": "2026-11-11", "late": True,
                    }
                ],
            },
            {
                **blank, "platform": "wangayi", "name": "王阿姨", "gigs": 1,
                "outstanding_fen": 8_000, "deposit_fen": 0, "oldest_days": 12,
                "expected_by": None, "late": False,
                "items": [
                    {
                        "id": "g3", "day": "2026-11-10", "outstanding_fen": 8_000,
                        "expected_by": None, "late": False,
                    }
                ],
            },
            {
                **blank, "platform": "meituan_zhongbao", "name": "美团众包", "gigs": 1,
                "outstanding_fen": 4_444, "deposit_fen": 0, "oldest_days": 2,
                "expected_by": "2026-11-25", "late": False, "usual_days": 1,
                "usual_payments": 0, "basis": "due",
                "items": [
                    {
                        "id": "g2", "day": "2026-11-20", "outstanding_fen": 4_444,
                        "expected_by": "2026-11-25", "late": False,
                    }
                ],
            },
            {
                **blank, "platform": "shansong", "name": "闪送（闪送员）", "gigs": 0,
                "outstanding_fen": 0, "deposit_fen": 30_000, "oldest_days": None,
                "expected_by": None, "late": False, "items": [],
                "deposits": [
                    {"id": "c1", "day": "2026-10-23", "amount_fen": 30_000, "days": 30}
                ],
            },
        ],
        "outstanding_fen": 21_844,
        "deposit_fen": 30_000,
        "written_off_fen": 0,
    }  # fmt: skip


def test_nobody_owes_anything(run: Run) -> None:
    """Zeros for programs, a sentence for people; no store is made by asking."""
    assert run("owed", "--json").data == NOBODY
    assert run("owed").out.splitlines() == [
        "没有还欠着的钱。",
        "→ 从这里开始：xianke init（最多十个问题）",
        "→ 看合计：xianke report",
    ]


@pytest.mark.usefixtures("open_claims")
def test_it_is_what_the_report_says(run: Run) -> None:
    """One figure, wherever it is shown."""
    owed, report = run("owed", "--json").data, run("report", "--json").data

    assert owed["outstanding_fen"] == report["outstanding_fen"]
    assert owed["deposit_fen"] == report["deposit_fen"]
    assert sum(row["outstanding_fen"] for row in owed["owed"]) == owed["outstanding_fen"]


@pytest.mark.parametrize(
    ("today", "late"), [("2026-11-11", False), ("2026-11-12", True), ("2027-01-01", True)]
)
def test_own_payments_say_when_it_is_late(
    run: Run, monkeypatch: pytest.MonkeyPatch, today: str, late: bool
) -> None:
    """Expected after their median, late after four in five of them and three days of patience."""
    _paid_after(run, monkeypatch, 5, 7, 10)
    run("log", "李老师", "60", "--at", "2026-11-01", "--status", "delivered")
    monkeypatch.setenv("XIANKE_NOW", f"{today}T10:00:00+08:00")

    (row,) = run("owed", "--json").data["owed"]

    assert (row["basis"], row["usual_days"], row["usual_payments"]) == ("own", 7, 3)
    assert (row["expected_by"], row["late"]) == ("2026-11-08", late)
    assert "  李老师：一般 7 天到账（按你自己的 3 笔）" in run("owed").out.splitlines()


def test_two_own_payments_are_too_few(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a client the catalogue knows nothing: unknown, and so never late."""
    _paid_after(run, monkeypatch, 5, 7)
    run("log", "李老师", "60", "--at", "2026-10-20", "--status", "delivered")

    (row,) = run("owed", "--json").data["owed"]

    assert (row["basis"], row["usual_days"], row["expected_by"], row["late"]) == (
        None,
        None,
        None,
        False,
    )
    assert "  多久到账不知道：李老师" in run("owed").out.splitlines()


def test_what_the_user_found_out_counts_like_the_catalogue(run: Run) -> None:
    """And is said to be the user's own word."""
    run("log", "王阿姨", "80", "--new", "--at", "2026-11-10", "--status", "delivered")
    run("platforms", "edit", "王阿姨", "settlement", "周结")

    (row,) = run("owed", "--json").data["owed"]

    assert (row["basis"], row["usual_days"], row["expected_by"]) == ("catalogue", 7, "2026-11-17")
    assert "  王阿姨：一般 7 天到账（你自己查到的：周结）" in run("owed").out.splitlines()


# The screen


@pytest.mark.usefixtures("open_claims")
def test_the_screen_says_who_is_late_and_what_to_do(screen: Screen) -> None:
    """In words; with the gigs behind it, what is usual, and the next commands."""
    lines = screen("owed").splitlines()

    assert lines[:3] == ["还有 3 单没到账，共 ￥218.44", "押金 ￥300.00 还没退", ""]
    assert [line.split() for line in lines[5:9]] == [
        ["闲鱼", "1", "94.00", "21", "天", "11-11", "周三，晚了"],
        ["王阿姨", "1", "80.00", "12", "天", "不知道"],
        ["美团众包", "1", "44.44", "2", "天", "11-25", "周三"],
        ["闪送（闪送员）", "300.00"],
    ]
    assert lines[9:13] == [
        "  闲鱼：一般 10 天到账（按目录：买家确认收货后付）",
        "  美团众包：一般 1 天到账（按目录：当天到账）",
        "  多久到账不知道：王阿姨",
        "",
    ]
    assert lines[13] == "哪几笔"
    assert [line.split() for line in lines[16:20]] == [
        ["g1", "11-01", "周日", "闲鱼", "94.00", "11-11", "周三，晚了"],
        ["g3", "11-10", "周二", "王阿姨", "80.00", "不知道"],
        ["g2", "11-20", "周五", "美团众包", "44.44", "11-25", "周三"],
        ["c1", "10-23", "周五", "闪送（闪送员）", "300.00", "押金，退了才算"],
    ]
    assert [line for line in lines if line.startswith("→")] == [
        "→ 到账了：xianke gigs edit g1 --status paid，或 xianke import 账单",
        "→ 收不回了：xianke owed --write-off g1",
    ]
    told = " ".join(lines)
    assert "闲鱼 晚了：先在它的 App 里问客服。" in told
    assert "xianke platforms show xianyu" in told


def test_a_client_is_asked_in_person(run: Run) -> None:
    """There is no app and no help desk."""
    run("log", "王阿姨", "80", "--new", "--status", "delivered", "--due", "昨天", "--at", "前天")

    out = run("owed").out

    assert "王阿姨 晚了：发条消息问一声，写明哪天、多少钱。" in out.splitlines()
    assert "platforms show" not in out


def test_without_delay_nobody_is_told_to_give_up(run: Run) -> None:
    """The money may still come."""
    run("log", "王阿姨", "80", "--new", "--status", "delivered")

    assert "--write-off" not in run("owed").out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_keeps_within_eighty_columns(
    run: Run, screen: Screen, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """With long names, large sums, and more gigs than a screen holds; the rest are counted."""
    name = "某某小区三期业主互助跑腿与代取快递群（周末限定）"
    for day in range(1, 16):
        run("log", name, "1234567.89", "--new", "--status", "delivered", "--at", f"11-{day:02d}")
    run("spend", name, "1234567.89", "--deposit")
    monkeypatch.setenv("XIANKE_LANG", language)

    out = screen("owed")

    assert ("还有 3 笔没列出" if language == "zh" else "3 more") in out


@pytest.mark.usefixtures("open_claims")
def test_programs_read_the_same_in_english(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """All but the names."""

    def nameless(found: Document) -> Document:
        return {**found, "owed": [{**row, "name": None} for row in found["owed"]]}

    chinese = nameless(run("owed", "--json").data)
    monkeypatch.setenv("XIANKE_LANG", "en")

    assert nameless(run("owed", "--json").data) == chinese


# What is given up


@pytest.mark.usefixtures("open_claims")
def test_the_rest_of_a_gig_is_written_off(run: Run) -> None:
    """It is owed no more, was still earned, and is said to be lost."""
    found = run("owed", "--write-off", "g1", "--json").data

    assert (found["outstanding_fen"], found["written_off_fen"]) == (12_444, 9_400)
    assert found["written_off"] == {"id": "g1", "platform": "xianyu", "amount_fen": 9_400}
    assert [row["platform"] for row in found["owed"]] == ["wangayi", "meituan_zhongbao", "shansong"]
    report = run("report", "--json").data
    assert (report["outstanding_fen"], report["written_off_fen"]) == (12_444, 9_400)
    assert report["earned_fen"] == report["received_fen"] + 12_444 + 9_400
    assert run("gigs", "show", "g1", "--json").data["status"] == "delivered"
    assert "  另有 ￥94.00 收不回，已经勾销" in run("owed").out.splitlines()


@pytest.mark.usefixtures("open_claims")
def test_it_is_said_what_was_written_off(run: Run) -> None:
    """Which gig, how much, and how to take it back."""
    assert run("owed", "--write-off", "3").out.splitlines() == [
        "勾销了 g3：王阿姨 ￥80.00，11-10 周二",
        "  挣到的还照记，只是不再等这笔钱。",
        "→ 看还欠什么：xianke owed（弄错了：xianke undo）",
    ]


@pytest.mark.usefixtures("open_claims")
@pytest.mark.parametrize("identity", ["g1", "c1"])
def test_writing_off_can_be_taken_back(run: Run, stored: Stored, identity: str) -> None:
    """The store is as it was; undo names it."""
    before = stored()
    assert run("owed", "--write-off", identity).code == 0
    assert stored() != before

    said = run("undo").out

    assert stored() == before
    assert said.startswith(f"撤销了：勾销 {identity} ")


@pytest.mark.usefixtures("open_claims")
def test_a_deposit_that_is_lost_is_a_cost_of_that_day(run: Run) -> None:
    """Not owed any more, and not returned."""
    found = run("owed", "--write-off", "c1", "--json").data

    assert (found["deposit_fen"], found["outstanding_fen"]) == (0, 21_844)
    assert found["written_off"] == {"id": "c1", "platform": "shansong", "amount_fen": 30_000}
    report = run("report", "--from", "2026-11-22", "--json").data
    assert (report["spend_fen"], report["total"]["net_fen"]) == (30_000, -30_000)
    (spend,) = run("spend", "--json").data["spends"]
    assert (spend["returned_day"], spend["returned_fen"]) == ("2026-11-22", 0)


def test_only_the_part_that_is_missing_is_written_off(run: Run) -> None:
    """A raise afterwards is owed again, and can be given up as well."""
    run("log", "王阿姨", "80", "--new", "--status", "delivered")
    run("owed", "--write-off", "g1")
    run("gigs", "edit", "g1", "--amount", "100")

    assert run("owed", "--json").data["outstanding_fen"] == 2_000
    again = run("owed", "--write-off", "g1", "--json").data

    assert again["written_off"]["amount_fen"] == 2_000
    assert (again["outstanding_fen"], again["written_off_fen"]) == (0, 10_000)


@pytest.mark.usefixtures("open_claims")
@pytest.mark.parametrize(
    ("identity", "code", "word", "quoted"),
    [
        ("g4", 1, "refused", "g4"),  # paid
        ("g5", 1, "refused", "已接"),
        ("g99", 3, "not_found", "「g99」"),
        ("c99", 3, "not_found", "「c99」"),
        ("闲鱼", 3, "not_found", "「闲鱼」"),
        ("", 3, "not_found", "「」"),
        ("c" + "9" * 30, 3, "not_found", "「c999"),
        ("-1", 3, "not_found", "「-1」"),
    ],
)
def test_what_is_not_owed_cannot_be_written_off(
    refused: Refused, identity: str, code: int, word: str, quoted: str
) -> None:
    """Nothing is changed."""
    assert quoted in refused(code, word, "owed", f"--write-off={identity}")


@pytest.mark.usefixtures("open_claims")
def test_nothing_is_given_up_twice(run: Run, refused: Refused) -> None:
    """Neither a gig nor a deposit."""
    run("owed", "--write-off", "g1")
    run("owed", "--write-off", "c1")

    refused(1, "refused", "owed", "--write-off", "g1")
    refused(1, "refused", "owed", "--write-off", "c1")
