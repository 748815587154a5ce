"""`xianke gigs`: list, show, edit and remove what was logged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from xianke import store
from xianke.render import gigs as screen
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

    from xianke.store.tables import Row

Document = dict[str, Any]
Stored = Callable[[], dict[str, list[tuple[object, ...]]]]
Refused = Callable[..., str]


def _ids(run: Run, *options: str) -> list[str]:
    return [gig["id"] for gig in run("gigs", *options, "--json").data["gigs"]]


@pytest.fixture
def four(run: Run) -> None:
    """Log four gigs: g1 and g4 on xianyu, g2 and g3 elsewhere, of three statuses."""
    run("log", "闲鱼", "85", "--minutes", "40", "--at", "11-20 20:00")
    run("log", "美团众包", "60", "--at", "11-20", "--status", "delivered", "--due", "11-25")
    run("log", "王阿姨", "50", "--minutes", "30", "--at", "11-20 8:00", "--new")
    run("log", "闲鱼", "12", "--minutes", "15", "--at", "昨天 9:00", "--status", "rejected")


# The list


@pytest.mark.usefixtures("four")
def test_a_narrow_terminal_costs_the_hours_but_not_the_platform(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who, when, how much and whether it is paid stay whole, each gig on one line."""
    monkeypatch.setenv("COLUMNS", "60")

    lines = run("gigs").out.splitlines()

    rows = {line.split()[0]: line.split()[1:] for line in lines if line[:1] == "g"}
    assert {key: (row[-2:], row[-1]) for key, row in rows.items() if key == "g2"} == {
        "g2": (["60.00", "已交"], "已交")
    }
    assert {key for key, row in rows.items() if "闲鱼" in row} == {"g1", "g4"}
    assert max(map(width, lines)) <= 60


@pytest.mark.usefixtures("four")
def test_gigs_stand_in_the_order_they_began(run: Run) -> None:
    """By day and start; one without a start comes last of its day."""
    assert _ids(run) == ["g3", "g1", "g2", "g4"]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--from", "11-20"], ["g3", "g1", "g2", "g4"]),
        (["--from", "昨天"], ["g4"]),
        (["--to", "11-20"], ["g3", "g1", "g2"]),
        (["--to", "11-19"], []),
        (["--from", "11-20", "--to", "2026-11-20"], ["g3", "g1", "g2"]),
        (["--platform", "闲鱼"], ["g1", "g4"]),
        (["--platform", "mtzb"], ["g2"]),
        (["--platform", "王阿姨"], ["g3"]),
        (["--platform", "蜂鸟"], []),
        (["--status", "paid"], ["g3", "g1"]),
        (["--status", "已交"], ["g2"]),
        (["--platform", "xianyu", "--status", "rejected", "--from", "11-21"], ["g4"]),
    ],
)
def test_filters_narrow_the_list(run: Run, options: list[str], ids: list[str]) -> None:
    """Both ends of a range are included; platforms are named as in `log`; filters add up."""
    assert _ids(run, *options) == ids


@pytest.mark.usefixtures("four")
def test_the_list_holds_whole_gigs(run: Run) -> None:
    """Each is the document that `gigs show` gives."""
    found = run("gigs", "--json").data

    assert found == {
        "gigs": [run("gigs", "show", one["id"], "--json").data for one in found["gigs"]]
    }


@pytest.mark.usefixtures("four")
def test_the_list_is_read_at_one_sight(run: Run) -> None:
    """Day, name, net, time, rate and status on one line each."""
    lines = [line.split() for line in run("gigs").out.splitlines()]

    assert lines[2:-1] == [
        ["g3", "11-20", "周五", "08:00", "王阿姨", "50.00", "0:30", "100.00", "已收款"],
        ["g1", "11-20", "周五", "20:00", "闲鱼", "85.00", "0:40", "127.50", "已收款"],
        ["g2", "11-20", "周五", "美团众包", "60.00", "已交"],
        ["g4", "11-21", "周六", "09:00", "闲鱼", "0.00", "0:15", "0.00", "被拒"],
    ]


def test_no_gigs_is_an_answer_too(run: Run) -> None:
    """An empty list for programs; for people the next command."""
    assert run("gigs", "--json").data == {"gigs": []}
    result = run("gigs")
    assert result.code == 0
    assert "xianke log 闲鱼 85" in result.out


def test_of_many_the_screen_shows_the_latest(run: Run) -> None:
    """It says how many there are and how to narrow them down; programs get all."""
    row: Row = {
        "platform": "xianyu", "orders": 1, "unpaid_minutes": 0, "gross_fen": 100, "fee_fen": 0,
        "cost_fen": 0, "tax_fen": 0, "status": "delivered",
    }  # fmt: skip
    with store.write("gig.add", "", datetime(2026, 11, 22, 10, 0)) as db:
        for number in range(screen.MOST_ON_SCREEN + 2):
            db.insert("gig", {**row, "day": f"2026-10-{number % 28 + 1:02d}"})

    lines = run("gigs").out.splitlines()

    assert lines[0].startswith("共 42 单，这里是最近 40 单")
    assert len([line for line in lines if line.startswith("g")]) == screen.MOST_ON_SCREEN
    assert len(_ids(run)) == 42


def test_another_year_is_written_out(run: Run) -> None:
    """The present year goes without saying, any other does not, on every screen."""
    run("log", "闲鱼", "85", "--at", "2026-01-01 20:00")
    said = run("log", "闲鱼", "85", "--at", "12-31 20:00").out

    listed = run("gigs").out.splitlines()

    assert "，2025-12-31 周三 20:00" in said
    assert "g2   2025-12-31 周三 20:00" in listed[2]
    assert "g1   01-01 周四 20:00" in listed[3]
    assert "2025-12-31" in run("gigs", "show", "g2").out
    assert "2025-12-31" in run("gigs", "edit", "g2", "--fee", "1").out
    assert "2025-12-31" in run("gigs", "rm", "g2").out


# One gig


def test_show_holds_everything(run: Run) -> None:
    """What was said, what follows from it, and what is not known, named as such."""
    run(
        "log", "闲鱼", "100", "--minutes", "40", "--unpaid", "20", "--fee", "6", "--cost", "15",
        "--tax", "3", "--at", "昨天 14:00", "--due", "11-25", "--rating", "4", "--note", "雨天",
        "--count", "2",
    )  # fmt: skip

    lines = [line.split() for line in run("gigs", "show", "g1").out.splitlines()]

    assert lines[:-1] == [
        ["g1", "闲鱼", "11-21", "周六", "14:00"],
        ["类别", "闲置与出租"],
        ["单数", "2"],
        ["收入", "￥100.00"],
        ["平台扣", "￥6.00"],
        ["自己花", "￥15.00"],
        ["代扣税", "￥3.00"],
        ["净得", "￥76.00"],
        ["做了", "0:40"],
        ["不算钱的", "0:20"],
        ["每小时", "76.00", "元/小时"],
        ["状态", "已收款"],
        ["说好到账", "2026-11-25"],
        ["到账", "2026-11-21"],
        ["评分", "4"],
        ["备注", "雨天"],
    ]
    assert run("gigs", "show", "g1").out.splitlines()[-1] == (
        "→ 改：xianke gigs edit g1 --minutes 45；删：xianke gigs rm g1"
    )


def test_show_names_what_is_not_known(run: Run) -> None:
    """Nothing is shown as zero that nobody said."""
    run("log", "王阿姨", "50", "--new", "--status", "accepted", "--at", "昨天")

    lines = [line.split() for line in run("gigs", "show", "1").out.splitlines()]

    assert ["类别", "没有"] in lines
    assert ["做了", "没记"] in lines
    assert ["每小时", "没记用时"] in lines
    assert ["说好到账", "没说"] in lines
    assert ["到账", "还没有"] in lines
    assert ["评分", "没有"] in lines
    assert ["备注", "没有"] in lines


@pytest.mark.parametrize("status", ["rejected", "cancelled"])
def test_show_explains_why_nothing_was_earned(run: Run, status: str) -> None:
    """The agreed sum stands there, the net does not count it, and a sentence says why."""
    run("log", "闲鱼", "85", "--minutes", "40", "--status", status)

    result = run("gigs", "show", "G1")

    assert "￥85.00" in result.out
    assert "没有成，收入按零算；用掉的时间和自己花的照算。" in result.out


@pytest.mark.parametrize("identity", ["g1", "G1", "1"])
def test_an_id_is_read_with_or_without_its_letter(run: Run, identity: str) -> None:
    """Both mean the same gig."""
    run("log", "闲鱼", "85")

    assert run("gigs", "show", identity, "--json").data["id"] == "g1"


@pytest.mark.parametrize("identity", ["g2", "x1", "g", "g一", "g" + "9" * 30])
@pytest.mark.parametrize("command", [["show"], ["rm"], ["edit", "--note", "x"]])
def test_an_unknown_id_is_not_found(refused: Refused, command: list[str], identity: str) -> None:
    """Exit 3, quoting the id, with the command that shows them."""
    said = refused(3, "not_found", "gigs", command[0], identity, *command[1:])

    assert f"「{identity}」" in said
    assert "xianke gigs" in said


# Editing


EDITS: list[tuple[str, str, Document]] = [
    ("--platform", "蜂鸟", {"platform": "fengniao_zhongbao", "category": "delivery_errand"}),
    ("--amount", "120.5", {
        "gross_fen": 12_050, "agreed_fen": 12_050, "net_fen": 9_850, "net_fen_per_hour": 9_850,
    }),
    ("--count", "3", {"orders": 3}),
    ("--minutes", "1小时", {"worked_minutes": 60, "net_fen_per_hour": 5_850}),
    ("--unpaid", "0", {"unpaid_minutes": 0, "net_fen_per_hour": 11_700}),
    ("--fee", "0", {"fee_fen": 0, "net_fen": 8_400, "net_fen_per_hour": 8_400}),
    ("--cost", "100", {"cost_fen": 10_000, "net_fen": -900, "net_fen_per_hour": -900}),
    ("--tax", "0.5", {"tax_fen": 50, "net_fen": 8_050, "net_fen_per_hour": 8_050}),
    ("--category", "技能接单", {"category": "skill_service"}),
    ("--at", "周三 9:30", {
        "day": "2026-11-18", "start": "2026-11-18T09:30:00+08:00", "paid_at": "2026-11-18",
    }),
    ("--at", "周三", {"day": "2026-11-18", "start": None, "paid_at": "2026-11-18"}),
    ("--status", "delivered", {"status": "delivered", "paid_at": None}),
    ("--status", "已取消", {
        "status": "cancelled", "paid_at": None, "gross_fen": 0, "fee_fen": 0, "tax_fen": 0,
        "net_fen": -1_300, "net_fen_per_hour": -1_300,
    }),
    ("--due", "11-30", {"due": "2026-11-30"}),
    ("--rating", "1", {"rating": 1}),
    ("--note", " 改  过", {"note": "改 过"}),
]  # fmt: skip
CLEARED: list[tuple[str, Document]] = [
    ("--amount", {}),
    ("--count", {"orders": 1}),
    ("--minutes", {"worked_minutes": None, "net_fen_per_hour": None}),
    ("--unpaid", {"unpaid_minutes": 0, "net_fen_per_hour": 11_700}),
    ("--fee", {"fee_fen": 0, "net_fen": 8_400, "net_fen_per_hour": 8_400}),
    ("--cost", {"cost_fen": 0, "net_fen": 9_100, "net_fen_per_hour": 9_100}),
    ("--tax", {"tax_fen": 0, "net_fen": 8_100, "net_fen_per_hour": 8_100}),
    ("--category", {}),
    ("--due", {"due": None}),
    ("--rating", {"rating": None}),
    ("--note", {"note": None}),
]


@pytest.fixture
def whole(run: Run) -> Document:
    """Log a gig of which everything is known and return it: net 78 yuan in one hour."""
    found = run(
        "log", "闲鱼", "100", "--minutes", "40", "--unpaid", "20", "--fee", "6", "--cost", "13",
        "--tax", "3", "--at", "昨天 14:00", "--due", "11-25", "--rating", "4", "--note", "雨天",
        "--count", "2", "--json",
    ).data  # fmt: skip
    # How its note reads is no part of the gig.
    assert found.pop("warnings") == []
    return found


@pytest.mark.parametrize(("option", "value", "changes"), EDITS)
def test_an_edit_changes_what_it_names(
    run: Run, whole: Document, option: str, value: str, changes: Document
) -> None:
    """That field, and what follows from it; everything else stays."""
    found = run("gigs", "edit", "g1", option, value, "--json")

    read: Document = {"warnings": []} if option == "--note" else {}
    assert found.data == {**whole, **changes, **read}
    assert run("gigs", "show", "g1", "--json").data == {**whole, **changes}


@pytest.mark.parametrize(("option", "changes"), CLEARED)
def test_a_dash_clears_a_field(run: Run, whole: Document, option: str, changes: Document) -> None:
    """It is as if nothing had been said."""
    options = ["--fee", "0", "--tax", "0"] if option == "--amount" else []
    if option == "--amount":
        changes = {
            "gross_fen": 0, "agreed_fen": 0, "fee_fen": 0, "tax_fen": 0, "net_fen": -1_300,
            "net_fen_per_hour": -1_300,
        }  # fmt: skip

    found = run("gigs", "edit", "g1", option, "-", *options, "--json")

    assert found.data == {**whole, **changes}


def test_several_things_are_edited_at_once(run: Run, whole: Document) -> None:
    """One command, one change."""
    found = run("gigs", "edit", "g1", "--minutes", "50", "--note", "-", "--rating", "5", "--json")

    assert found.data == {
        **whole, "worked_minutes": 50, "net_fen_per_hour": 6_685, "note": None, "rating": 5,
    }  # fmt: skip


@pytest.mark.usefixtures("whole")
def test_an_edit_is_echoed(run: Run) -> None:
    """The gig as it is now, with its real hour."""
    lines = run("gigs", "edit", "g1", "--cost", "300").out.splitlines()

    assert lines[:3] == [
        "改好了 g1：闲鱼 ￥100.00，11-21 周六 14:00",
        "  净得 -￥209.00，用时 1:00（含不算钱的 0:20），合每小时 -￥209.00，已收款",
        "  2 单，每单净得 -￥104.50",
    ]
    assert "  这一单是亏的。" in lines


def test_an_edited_gig_is_not_held_against_others(run: Run) -> None:
    """A correction is no new gig, and what came later is not what was before."""
    run("log", "闲鱼", "85", "--minutes", "60")
    run("log", "闲鱼", "10", "--minutes", "60")

    lines = run("gigs", "edit", "g1", "--minutes", "30").out.splitlines()

    assert lines == [
        "改好了 g1：闲鱼 ￥85.00，11-22 周日 09:00",
        "  净得 ￥85.00，用时 0:30，合每小时 ￥170.00，已收款",
        "→ 看合计：xianke report（改错了：xianke undo）",
    ]


def _payouts(identity: int) -> list[tuple[str, int, str]]:
    with store.read() as db:
        return [(one.day, one.amount_fen, one.platform) for one in db.payouts_of(identity)]


def test_the_typed_payout_follows_the_gig(run: Run, stored: Stored) -> None:
    """Amount, platform and day of an edit reach it; a status that is not paid removes it."""
    run("log", "闲鱼", "85", "--fee", "5")
    assert _payouts(1) == [("2026-11-22", 8_000, "xianyu")]

    run("gigs", "edit", "g1", "--amount", "100", "--platform", "转转", "--at", "昨天")
    assert _payouts(1) == [("2026-11-21", 9_500, "zhuanzhuan")]

    run("gigs", "edit", "g1", "--status", "delivered")
    assert stored()["payout"] == stored()["settlement"] == []


def test_money_that_arrives_later_came_today(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A delivered gig marked as paid was paid on the day of the edit, not of the work."""
    run("log", "闲鱼", "85", "--at", "11-01", "--status", "delivered")
    monkeypatch.setenv("XIANKE_NOW", "2026-11-30T09:00:00+08:00")

    found = run("gigs", "edit", "g1", "--status", "paid", "--json").data

    assert (found["day"], found["paid_at"]) == ("2026-11-01", "2026-11-30")
    assert _payouts(1) == [("2026-11-30", 8_500, "xianyu")]
    moved = run("gigs", "edit", "g1", "--at", "11-02", "--json").data
    assert moved["paid_at"] == "2026-11-30"
    monkeypatch.setenv("XIANKE_NOW", "2026-12-05T09:00:00+08:00")
    said_again = run("gigs", "edit", "g1", "--status", "paid", "--json").data
    assert said_again == moved


def test_an_edit_that_changes_nothing_is_no_step_back(run: Run) -> None:
    """`undo` after it takes back what really happened."""
    run("log", "闲鱼", "85", "--note", "雨天")

    assert run("gigs", "edit", "g1", "--note", "雨天").code == 0

    assert run("undo", "--json").data["action"] == "gig.add"


def test_a_cleared_category_is_the_platforms_own_again(run: Run) -> None:
    """Only a gig of a client without one has none."""
    run("log", "闲鱼", "85", "--category", "skill_service")
    run("log", "王阿姨", "50", "--new", "--category", "local_service")
    run("log", "李阿姨", "50", "--new")
    run("gigs", "edit", "g3", "--category", "local_service")

    cleared = [
        run("gigs", "edit", gig, "--category", "-", "--json").data["category"]
        for gig in ("g1", "g2", "g3")
    ]

    assert cleared == ["second_hand_rental", "local_service", None]


def test_a_clients_gig_keeps_its_category(run: Run) -> None:
    """A client without a category takes the one the gig has."""
    run("log", "王阿姨", "1", "--new")
    run("log", "闲鱼", "85")

    found = run("gigs", "edit", "g2", "--platform", "wangayi", "--json").data

    assert (found["platform"], found["category"]) == ("wangayi", "second_hand_rental")


@pytest.mark.parametrize(
    ("options", "quoted"),
    [
        ([], "--minutes 40"),
        (["--amount", "x"], "「x」"),
        (["--amount", "-1"], "「-1」"),
        (["--amount", "-"], "--cost"),
        (["--minutes", "0"], "「0」"),
        (["--count", "0"], "「0」"),
        (["--rating", "9"], "「9」"),
        (["--status", "-"], "「-」"),
        (["--at", "-"], "「-」"),
        (["--at", "某天"], "「某天」"),
        (["--at", "明天"], "2026-11-23"),
        (["--due", "2026-11-01"], "2026-11-01"),
        (["--at", "11-26", "--status", "accepted"], "2026-11-25"),
        (["--fee", "98"], "--cost"),
        (["--unpaid", "99999999"], "40"),
        (["--colour", "red"], "--colour"),
    ],
)
def test_a_wrong_edit_changes_nothing(
    run: Run, refused: Refused, options: list[str], quoted: str
) -> None:
    """Exit 2, what is wrong, what to do."""
    run(
        "log", "闲鱼", "100", "--fee", "5", "--tax", "3", "--due", "2026-11-25", "--minutes", "40",
        "--at", "2026-11-21",
    )  # fmt: skip

    assert quoted in refused(2, "not_understood", "gigs", "edit", "g1", *options)


@pytest.mark.parametrize(
    ("options", "code", "word"),
    [
        (["--platform", "闲余"], 3, "not_found"),
        (["--platform", "-"], 3, "not_found"),
        (["--platform", "zz"], 4, "conflict"),
        (["--category", "玩"], 3, "not_found"),
    ],
)
def test_an_edit_adds_no_platform(
    run: Run, refused: Refused, options: list[str], code: int, word: str
) -> None:
    """It must be known."""
    run("log", "闲鱼", "100")

    refused(code, word, "gigs", "edit", "g1", *options)


# Removing


def test_a_removed_gig_takes_its_payout_along(run: Run, stored: Stored) -> None:
    """The document is the gig that was; `undo` brings both back."""
    gig = run("log", "闲鱼", "85", "--json").data
    run("log", "闲鱼", "12")
    before = stored()

    found = run("gigs", "rm", "g1", "--json")

    assert found.data == gig
    assert [row[0] for row in stored()["gig"]] == [2]
    assert [row[2] for row in stored()["payout"]] == [1_200]
    run("undo")
    assert stored() == before


def test_a_removal_says_what_went_and_how_to_get_it_back(run: Run) -> None:
    """Name, amount, day, and the next command."""
    run("log", "闲鱼", "85", "--at", "昨天 14:00")

    assert run("gigs", "rm", "g1").out.splitlines() == [
        "删掉了 g1：闲鱼 ￥85.00，11-21 周六 14:00",
        "→ 删错了就 xianke undo",
    ]


# What is refused


@pytest.mark.parametrize(
    ("arguments", "code", "word", "quoted"),
    [
        (["--from", "某天"], 2, "not_understood", "「某天」"),
        (["--from", "昨天 14:00"], 2, "not_understood", "「14:00」"),
        (["--to", "2026-02-30"], 2, "not_understood", "2026-02-30"),
        (["--from", "昨天", "--to", "前天"], 2, "not_understood", "2026-11-20"),
        (["--status", "done"], 2, "not_understood", "「done」"),
        (["--platform", "闲余"], 3, "not_found", "闲鱼"),
        (["--platform", "zz"], 4, "conflict", "zhuanzhuan"),
        (["list"], 2, "not_understood", "「list」"),
        (["show"], 2, "not_understood", "ID"),
        (["rm", "g1", "g2"], 2, "not_understood", "「g2」"),
    ],
)
def test_a_wrong_question_is_refused(
    refused: Refused, arguments: list[str], code: int, word: str, quoted: str
) -> None:
    """Code, one sentence, one hint."""
    assert quoted in refused(code, word, "gigs", *arguments)


@pytest.mark.usefixtures("four")
def test_programs_read_the_same_in_english(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys, codes and figures do not depend on the language; every screen still comes."""
    chinese = run("gigs", "--json").data
    monkeypatch.setenv("XIANKE_LANG", "en")

    assert run("gigs", "--json").data == chinese
    edited = run("gigs", "edit", "g1", "--status", "delivered", "--json").data
    assert edited["status"] == "delivered"
    for words in (["gigs"], ["gigs", "show", "g1"], ["gigs", "edit", "g1", "--fee", "1"]):
        assert (run(*words).code, run(*words).err) == (0, "")
    assert run("gigs", "rm", "g9", "--json").document["errors"][0]["code"] == "not_found"
