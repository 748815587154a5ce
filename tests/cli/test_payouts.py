"""`payouts`: what came, what it is for, what is typed, decided, and explained by gigs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from xianke import platforms, store
from xianke.commands import asking, receiving, settling
from xianke.commands.settling import Outcome
from xianke.errors import Conflict

if TYPE_CHECKING:
    from tests.conftest import Run

    from xianke.store.tables import Row

Stored = Callable[[], dict[str, list[tuple[object, ...]]]]
Refused = Callable[..., str]
Screen = Callable[..., str]
Document = dict[str, Any]  # Any: whatever the command's document holds

AT = datetime(2026, 11, 22, 10, 0)


@pytest.fixture
def aunt(run: Run) -> None:
    """Two gigs for an invented client: one of 500.00 of long ago, one of 200.00 of this week."""
    run("log", "王阿姨", "500", "--at", "11-02", "--new", "--status", "delivered")
    run("log", "王阿姨", "200", "--at", "11-18", "--status", "delivered")


def _bill(day: str, fen: int, platform: str) -> list[Outcome]:
    """Store a payout as an import does, and return what changed."""
    with store.write("import", "", AT) as db:
        row: Row = {"day": day, "amount_fen": fen, "platform": platform, "source": "imported"}
        db.insert("payout", row)
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        return settling.rebalance(db, catalogue, {platform})


def _payouts(run: Run) -> list[Document]:
    found: list[Document] = run("payouts", "--json").data["payouts"]
    return found


def _uses(run: Run) -> dict[str, dict[str, int]]:
    """Return which payout settles how much of which gig."""
    return {
        one["id"]: {share["gig"]: share["amount_fen"] for share in one["settles"]}
        for one in _payouts(run)
    }


def _gigs(run: Run) -> dict[str, tuple[str, str | None]]:
    """Return status and day of payment of each gig."""
    return {
        one["id"]: (one["status"], one["paid_at"]) for one in run("gigs", "--json").data["gigs"]
    }


def _sums(run: Run) -> tuple[int, int, int, int]:
    """Return net, received, unexplained and outstanding, as a report has them."""
    data = run("report", "--json").data
    return (
        data["total"]["net_fen"],
        data["received_fen"],
        data["unexplained_fen"],
        data["outstanding_fen"],
    )


# The list


def test_the_document_of_the_list(run: Run, aunt: None) -> None:
    """Each payout with its gigs, whether that is sure, and what is left over."""
    run("payouts", "add", "王阿姨", "300", "--at", "11-20", "--note", " 先付 一部分 ")
    run("log", "闲鱼", "85", "--at", "11-21")

    assert run("payouts", "--json").data == {
        "payouts": [
            {
                "id": "p1", "day": "2026-11-20", "amount_fen": 30_000, "platform": "wangayi",
                "source": "typed", "settled_fen": 30_000,
                "settles": [{"gig": "g1", "amount_fen": 30_000}], "sure": False, "fixed": False,
                "replaced_by": None, "note": "先付 一部分",
            },
            {
                "id": "p2", "day": "2026-11-21", "amount_fen": 8_500, "platform": "xianyu",
                "source": "typed", "settled_fen": 8_500,
                "settles": [{"gig": "g3", "amount_fen": 8_500}], "sure": True, "fixed": False,
                "replaced_by": None, "note": None,
            },
        ],
        "received_fen": 38_500,
        "unexplained_fen": 0,
    }  # fmt: skip


def test_the_list_keeps_to_days_and_platform(run: Run, aunt: None) -> None:
    """Both ends are included; the sums are those of what is listed."""
    for day, yuan in (("11-19", "10"), ("11-20", "20"), ("11-21", "30")):
        run("payouts", "add", "闲鱼", yuan, "--at", day)
    run("payouts", "add", "王阿姨", "40", "--at", "11-20")

    data = run("payouts", "--from", "11-20", "--to", "11-20", "--platform", "闲鱼", "--json").data

    assert [one["id"] for one in data["payouts"]] == ["p2"]
    assert (data["received_fen"], data["unexplained_fen"]) == (2_000, 2_000)
    assert data["payouts"][0]["sure"] is None


def test_the_screen_of_the_list(run: Run, screen: Screen, aunt: None) -> None:
    """A guess is called one, what nobody explains is marked, and the way on is named."""
    run("payouts", "add", "王阿姨", "300", "--at", "11-20")
    run("payouts", "add", "闲鱼", "12.5")
    run("log", "猪八戒", "85", "--at", "11-21")
    for day in range(1, 6):
        run("log", "美团众包", "30", "--at", f"11-0{day}", "--status", "delivered")
    _bill("2026-11-08", 15_000, "meituan_zhongbao")

    shown = screen("payouts")

    rows = {line.split()[0]: line.split()[1:] for line in shown.splitlines() if line[:1] == "p"}
    assert rows["p4"][:2] == ["11-08", "周日"]
    assert rows["p4"][2:] == ["美团众包", "150.00", "账单来的", "g4、g5、g6", "等", "5", "单"]
    assert rows["p1"][2:] == ["王阿姨", "300.00", "手记", "先算", "g1"]
    assert rows["p3"][3:] == ["85.00", "随单", "g3"]
    assert rows["p2"][2:] == ["闲鱼", "12.50", "手记", "没对上", "12.50"]
    assert "547.50" in shown
    assert "有 ￥12.50 没对上单。" in shown
    assert shown.endswith("→ 把没对上的记成单：xianke payouts explain\n")


@pytest.mark.usefixtures("aunt")
def test_a_guess_comes_with_the_command_that_corrects_it(run: Run) -> None:
    """It names the payout that was guessed, and works as it stands."""
    run("log", "闲鱼", "20", "--at", "11-19")
    run("payouts", "add", "王阿姨", "300", "--at", "11-20")

    shown = "".join(run("payouts").out.split())
    done = run("payouts", "settle", "p2", "--none")

    assert "xiankepayoutssettlep2g3，哪单都不是写--none" in shown
    assert done.code == 0
    assert [one["sure"] for one in _payouts(run) if one["id"] == "p2"] != [False]


def test_of_many_payouts_the_latest_are_shown(run: Run, screen: Screen) -> None:
    """A screen holds forty; the sum is that of all."""
    with store.write("import", "", AT) as db:
        for number in range(45):
            row: Row = {
                "day": f"2026-01-{number % 28 + 1:02d}",
                "amount_fen": 100,
                "source": "typed",
            }
            db.insert("payout", {**row, "platform": "xianyu"})

    shown = screen("payouts")

    assert "共 45 笔，这里是最近 40 笔" in shown
    assert sum(line.startswith("p") for line in shown.splitlines()) == 40
    assert "45.00" in shown


def test_an_empty_list_says_where_payouts_come_from(run: Run, screen: Screen) -> None:
    """A bill, or typed by hand."""
    assert "xianke payouts add 闲鱼 300" in screen("payouts")
    assert run("payouts", "--json").data == {
        "payouts": [], "received_fen": 0, "unexplained_fen": 0
    }  # fmt: skip


# Never twice


def test_a_bill_takes_the_place_of_the_users_word(run: Run) -> None:
    """Logged as paid, imported later: received is what the bill says, and the fee shows."""
    run("log", "闲鱼", "100", "--at", "11-18")
    assert _sums(run) == (10_000, 10_000, 0, 0)

    _bill("2026-11-20", 9_940, "xianyu")

    assert _sums(run) == (9_940, 9_940, 0, 0)
    assert _uses(run) == {"p2": {"g1": 9_940}}
    (row,) = run("report", "--json").data["rows"]
    assert row["fee_fen"] == 60


def test_a_gig_logged_after_its_bill_is_paid_by_it(run: Run) -> None:
    """The other way round it is the same, and `log` says which money it is."""
    _bill("2026-11-20", 9_940, "xianyu")
    assert _sums(run) == (0, 9_940, 9_940, 0)

    logged = run("log", "闲鱼", "100", "--at", "11-18")

    assert "  这单的钱是 11-20 周五 到账的那笔（p1）\n" in logged.out
    assert _sums(run) == (9_940, 9_940, 0, 0)
    assert _uses(run) == {"p1": {"g1": 9_940}}


def test_several_payouts_for_one_gig_are_all_named(run: Run) -> None:
    """A part each."""
    for day in ("2026-11-19", "2026-11-20"):
        _bill(day, 4_000, "xianyu")

    logged = run("log", "闲鱼", "85", "--at", "11-18", "--status", "delivered")

    assert "  这单的钱是已经到账的几笔：p1、p2\n" in logged.out


def test_what_was_typed_gives_way_to_the_bill(run: Run, aunt: None) -> None:
    """Money known before its bill counts once; other money of the same amount counts beside."""
    run("payouts", "add", "王阿姨", "200", "--at", "11-19")
    _bill("2026-11-20", 20_000, "wangayi")
    assert _uses(run) == {"p2": {"g2": 20_000}}

    run("payouts", "add", "王阿姨", "200", "--at", "11-21")

    assert _uses(run) == {"p2": {"g2": 20_000}, "p3": {"g1": 20_000}}


def test_typing_what_a_bill_knows_adds_nothing(run: Run, aunt: None) -> None:
    """It is said which payout it is; removing what was typed changes nothing."""
    _bill("2026-11-20", 20_000, "wangayi")

    typed = run("payouts", "add", "王阿姨", "200", "--at", "11-21")

    assert "账单里已经有这笔（p1），不会算两遍。" in typed.out
    assert _uses(run) == {"p1": {"g2": 20_000}}
    assert _sums(run)[1] == 20_000
    assert run("payouts", "rm", "p2").code == 0
    assert _sums(run)[1] == 20_000


def test_a_delivered_gig_becomes_paid_by_the_bill_and_owed_again_without(
    run: Run, aunt: None
) -> None:
    """Nobody has to mark it; without the money the word of the user stands as it was."""
    _bill("2026-11-20", 20_000, "wangayi")
    assert _gigs(run) == {"g1": ("delivered", None), "g2": ("paid", "2026-11-20")}

    run("undo")

    assert _gigs(run) == {"g1": ("delivered", None), "g2": ("delivered", None)}


# Typing and removing


def test_what_is_typed_settles_and_says_what(run: Run, aunt: None) -> None:
    """Exactly one gig, a part of the oldest as a guess, or none."""
    exact = run("payouts", "add", "王阿姨", "200").out
    part = run("payouts", "add", "王阿姨", "300", "--at", "昨天").out
    none = run("payouts", "add", "闲鱼", "5").out

    assert exact == (
        "记下了 p1：王阿姨 ￥200.00，11-22 周日 到账\n"
        "  是这些单的钱：g2 ￥200.00\n"
        "→ 看全部：xianke payouts\n"
    )
    assert "  是这些单的钱：g1 ￥300.00\n" in part
    assert part.endswith("→ 这是按先后先算的，不对就指定：xianke payouts settle p2 g3\n")
    assert "  有 ￥5.00 没对上单。\n" in none
    assert run("undo").out.splitlines()[0] == "撤销了：记到账 p3 闲鱼 5.00"


def test_a_removed_payout_is_owed_again(run: Run, aunt: None, stored: Stored) -> None:
    """And comes back with undo."""
    run("payouts", "add", "王阿姨", "200")
    before = stored()

    removed = run("payouts", "rm", "p1", "--json").data

    assert removed == {
        "id": "p1", "day": "2026-11-22", "amount_fen": 20_000, "platform": "wangayi",
        "source": "typed", "note": None,
    }  # fmt: skip
    assert _sums(run) == (70_000, 0, 0, 70_000)
    assert run("undo").out.splitlines()[0] == "撤销了：删到账 p1 王阿姨 200.00"
    assert stored() == before


@pytest.mark.parametrize(
    ("arguments", "code", "word", "said"),
    [
        (("add", "王阿姨", "0"), 2, "not_understood", "不能小于"),
        (("add", "王阿姨", "五块"), 2, "not_understood", "看不懂金额「五块」"),
        (("add", "没有这家", "5"), 3, "not_found", "没有「没有这家」"),
        (("add", "王阿姨", "5", "--at", "2027-01-01"), 2, "not_understood", "2027-01-01 还没到"),
        (("rm", "p9"), 3, "not_found", "没有编号「p9」的到账"),
        (("rm", "p1"), 1, "refused", "p1 是 g3 记成已收款的那笔钱"),
        (("rm", "p2"), 1, "refused", "p2 是账单里的一笔，不能删"),
        (("settle", "p1", "g1"), 1, "refused", "xianke gigs edit g3 --status delivered"),
        (("settle", "p1", "--auto"), 1, "refused", "跟着那单走"),
        (("settle", "p2"), 2, "not_understood", "--none、--auto"),
        (("settle", "p2", "g1", "--none"), 2, "not_understood", "--none、--auto"),
        (("settle", "p2", "g9"), 3, "not_found", "g9"),
        (("settle", "p2", "g3"), 1, "refused", "g3 不是这家的单"),
        (("settle", "p2", "g4"), 1, "refused", "g4 还没交，或者没成"),
        (("settle", "p2", "g1", "g2"), 1, "refused", "p2 的 ￥300.00 付不到 g2"),
        (("explain", "--minutes", "很久"), 2, "not_understood", "很久"),
    ],
)
def test_what_cannot_be_is_refused(
    run: Run, refused: Refused, aunt: None,
    arguments: tuple[str, ...], code: int, word: str, said: str,
) -> None:  # fmt: skip
    """Nothing is written, and the next step is named."""
    run("log", "闲鱼", "85")
    run("log", "王阿姨", "70", "--status", "accepted", "--at", "11-21")
    _bill("2026-11-20", 30_000, "wangayi")

    assert said in refused(code, word, "payouts", *arguments)


# Deciding


def test_the_users_decision_stands(run: Run, aunt: None) -> None:
    """The gigs in their order, until somebody gives it back to matching."""
    _bill("2026-11-20", 20_000, "wangayi")
    assert _uses(run) == {"p1": {"g2": 20_000}}

    settled = run("payouts", "settle", "p1", "g1")

    assert settled.out == (
        "p1 ￥200.00 定好了\n  是这些单的钱：g1 ￥200.00\n→ 看全部：xianke payouts\n"
    )
    run("log", "王阿姨", "200", "--at", "11-19", "--status", "delivered")
    assert _uses(run) == {"p1": {"g1": 20_000}}
    assert "交回自动对单" in run("payouts", "settle", "p1", "--auto").out
    assert _uses(run) == {"p1": {"g3": 20_000}}
    assert run("undo").out.splitlines()[0] == "撤销了：定到账 p1 王阿姨 200.00"
    assert _uses(run) == {"p1": {"g1": 20_000}}


def test_decided_for_none_it_waits(run: Run, aunt: None) -> None:
    """What it settled is owed again, and it does not go to another."""
    _bill("2026-11-20", 20_000, "wangayi")

    document = run("payouts", "settle", "p1", "--none", "--json").data

    assert (document["settles"], document["fixed"], document["sure"]) == ([], True, True)
    assert _sums(run) == (70_000, 20_000, 20_000, 70_000)


def test_a_decided_payout_over_several_gigs_may_lack_a_fee(run: Run) -> None:
    """Within three percent a platform has kept it, shared by what each was to bring."""
    for day in ("11-02", "11-18"):
        run("log", "闲鱼", "100", "--at", day, "--status", "delivered")
    _bill("2026-11-20", 19_880, "xianyu")

    run("payouts", "settle", "p1", "g2", "g1")

    assert _uses(run) == {"p1": {"g1": 9_940, "g2": 9_940}}
    assert _sums(run) == (19_880, 19_880, 0, 0)


def test_a_gig_with_nothing_to_come_takes_no_money(run: Run, refused: Refused, aunt: None) -> None:
    """Where the user decided that another payout has paid it."""
    _bill("2026-11-19", 20_000, "wangayi")
    _bill("2026-11-20", 20_000, "wangayi")
    run("payouts", "settle", "p1", "g2")

    assert "g2 没有要收的钱了" in refused(1, "refused", "payouts", "settle", "p2", "g2")


def test_a_decision_shrinks_and_grows_with_its_gig(run: Run, aunt: None) -> None:
    """A corrected amount is no new decision."""
    _bill("2026-11-20", 20_000, "wangayi")
    run("payouts", "settle", "p1", "g2")

    run("gigs", "edit", "g2", "--amount", "150")
    shrunk = _uses(run)
    run("gigs", "edit", "g2", "--amount", "250")

    assert shrunk == {"p1": {"g2": 15_000}}
    assert _uses(run) == {"p1": {"g2": 20_000}}
    assert _gigs(run)["g2"] == ("delivered", None)


@pytest.mark.parametrize(
    "change",
    [
        ("rm", "g2"),
        ("edit", "g2", "--status", "rejected"),
        ("edit", "g2", "--platform", "闲鱼"),
    ],
)
def test_a_decision_ends_with_its_gig(run: Run, aunt: None, change: tuple[str, ...]) -> None:
    """Removed, rejected, or another's: the money is free and finds the next one."""
    _bill("2026-11-20", 20_000, "wangayi")
    run("payouts", "settle", "p1", "g2")

    assert run("gigs", *change).code == 0

    (payout,) = _payouts(run)
    assert (payout["settles"], payout["fixed"]) == ([{"gig": "g1", "amount_fen": 20_000}], False)


def test_a_decision_on_replaced_money_is_made_where_it_counts(
    run: Run, refused: Refused, aunt: None
) -> None:
    """The bill's payout is the one to decide about; decided both, they are two."""
    run("payouts", "add", "王阿姨", "200", "--at", "11-19")
    _bill("2026-11-20", 20_000, "wangayi")

    said = refused(4, "conflict", "payouts", "settle", "p1", "g1")
    run("payouts", "settle", "p2", "g2")
    run("payouts", "settle", "p1", "g1")

    assert "p1 和账单里的 p2 是同一笔" in said
    assert _uses(run) == {"p1": {"g1": 20_000}, "p2": {"g2": 20_000}}


def test_a_decision_passes_on_to_the_bill(run: Run, aunt: None) -> None:
    """Typed and decided first, imported later."""
    run("payouts", "add", "王阿姨", "200", "--at", "11-19")
    run("payouts", "settle", "p1", "g1")

    _bill("2026-11-20", 20_000, "wangayi")

    assert _uses(run) == {"p2": {"g1": 20_000}}
    assert [one["fixed"] for one in _payouts(run)] == [True]


# What becomes of gigs


def test_the_users_word_on_a_paid_gig_is_the_users_again(run: Run, aunt: None) -> None:
    """Called paid by the user, it stays paid without the bill's money."""
    _bill("2026-11-20", 19_000, "wangayi")
    run("gigs", "edit", "g2", "--status", "paid")
    run("payouts", "settle", "p1", "g1")

    assert _gigs(run)["g2"] == ("paid", "2026-11-22")
    assert _uses(run) == {"p1": {"g1": 19_000}, "p2": {"g2": 20_000}}


def test_what_a_bill_showed_to_be_kept_blocks_no_correction(run: Run) -> None:
    """The fee is found anew: a smaller amount is no error."""
    run("log", "闲鱼", "100", "--at", "11-18")
    _bill("2026-11-20", 9_940, "xianyu")

    edited = run("gigs", "edit", "g1", "--amount", "0.50")

    assert edited.code == 0
    assert _sums(run) == (50, 9_940, 9_890, 0)


def test_a_kept_fee_goes_with_the_gig_that_failed(run: Run) -> None:
    """Rejected, it earned nothing: nothing was kept of it, and the money is unexplained."""
    run("log", "闲鱼", "100", "--at", "11-18")
    _bill("2026-11-20", 9_940, "xianyu")

    run("gigs", "edit", "g1", "--status", "rejected")

    assert _sums(run) == (0, 9_940, 9_940, 0)
    with store.read() as db:
        assert [(gig.kept_fen, gig.paid_by_bill) for gig in db.gigs()] == [(0, False)]


def test_money_for_a_gig_that_was_written_off(run: Run, aunt: None) -> None:
    """Marked paid, it was not lost; removed, nothing is lost with it any more."""
    run("owed", "--write-off", "g2")
    assert _sums(run) == (70_000, 0, 0, 50_000)

    run("gigs", "edit", "g2", "--status", "paid")

    assert _sums(run) == (70_000, 20_000, 0, 50_000)
    run("undo")
    assert run("gigs", "rm", "g2").code == 0
    assert _sums(run) == (50_000, 0, 0, 50_000)


def test_no_more_is_written_off_than_a_gig_brings(run: Run, aunt: None) -> None:
    """A corrected amount, and a gig that turns out to have failed."""
    run("owed", "--write-off", "g2")

    run("gigs", "edit", "g2", "--amount", "150")
    with store.read() as db:
        assert [one.amount_fen for one in db.write_offs()] == [15_000]
    run("gigs", "edit", "g2", "--status", "rejected")

    with store.read() as db:
        assert db.write_offs() == []


def test_money_beside_a_write_off_changes_neither(run: Run, aunt: None) -> None:
    """A gig of which a part was lost, and that becomes smaller than that part."""
    run("payouts", "add", "王阿姨", "60")
    run("owed", "--write-off", "g1")

    run("gigs", "edit", "g1", "--amount", "300")

    with store.read() as db:
        assert [one.amount_fen for one in db.write_offs()] == [30_000]
    assert _sums(run) == (50_000, 6_000, 0, 14_000)
    assert _uses(run) == {"p1": {"g2": 6_000}}


# Explaining


def _two_weeks() -> None:
    for day, fen in (("2026-11-09", 10_000), ("2026-11-12", 5_000), ("2026-11-17", 7_000)):
        _bill(day, fen, "meituan_zhongbao")


def test_without_a_terminal_explaining_is_a_preview(run: Run, stored: Stored) -> None:
    """One gig per platform and week; nothing is stored, and the document says so."""
    _two_weeks()
    before = stored()

    result = run("payouts", "explain", "--json")

    assert (result.code, result.document["status"]) == (0, "partial")
    assert result.document["data"] == {
        "explained": [
            {
                "platform": "meituan_zhongbao", "week": "2026-W46", "day": "2026-11-12",
                "gig": None, "new": True, "amount_fen": 15_000, "minutes": None,
                "payouts": [{"id": "p1", "amount_fen": 10_000}, {"id": "p2", "amount_fen": 5_000}],
            },
            {
                "platform": "meituan_zhongbao", "week": "2026-W47", "day": "2026-11-17",
                "gig": None, "new": True, "amount_fen": 7_000, "minutes": None,
                "payouts": [{"id": "p3", "amount_fen": 7_000}],
            },
        ],
        "explained_fen": 0,
        "unexplained_fen": 22_000,
    }  # fmt: skip
    assert "这是预览，什么也没记。" in run("payouts", "explain").out
    assert stored() == before


def test_explained_money_has_its_gigs(run: Run, screen: Screen, stored: Stored) -> None:
    """Paid by those payouts, in the platform's category; a second time there is nothing to do."""
    _two_weeks()
    before = stored()

    shown = screen("payouts", "explain", "--yes")

    assert "记好了 2 单：" in shown
    assert "→ 想起用时再补：xianke gigs edit g1 --minutes 90" in shown
    gigs = run("gigs", "--json").data["gigs"]
    assert [(one["id"], one["day"], one["gross_fen"], one["status"]) for one in gigs] == [
        ("g1", "2026-11-12", 15_000, "paid"),
        ("g2", "2026-11-17", 7_000, "paid"),
    ]
    assert {one["category"] for one in gigs} == {"delivery_errand"}
    assert _uses(run) == {"p1": {"g1": 10_000}, "p2": {"g1": 5_000}, "p3": {"g2": 7_000}}
    assert _sums(run) == (22_000, 22_000, 0, 0)
    again = run("payouts", "explain", "--yes", "--json").data
    assert again == {"explained": [], "explained_fen": 0, "unexplained_fen": 0}
    assert run("payouts", "explain").out.startswith("没有要说明的：到账的钱都对上单了。\n")
    assert run("undo").out.splitlines()[0] == "撤销了：补记到账的单 g1、g2"
    assert stored() == before


def test_only_what_is_left_over_is_explained(run: Run) -> None:
    """The part that settles a gig stays with it."""
    run("log", "美团众包", "60", "--at", "11-16", "--status", "delivered")
    _bill("2026-11-17", 10_000, "meituan_zhongbao")

    data = run("payouts", "explain", "--yes", "--minutes", "1小时30分", "--json").data

    assert (data["explained"][0]["amount_fen"], data["explained"][0]["minutes"]) == (4_000, 90)
    assert _uses(run) == {"p1": {"g1": 6_000, "g2": 4_000}}
    assert run("gigs", "show", "g2", "--json").data["worked_minutes"] == 90


def test_minutes_for_several_gigs_are_refused(run: Run, refused: Refused) -> None:
    """Nobody knows whose they are."""
    _two_weeks()

    said = refused(
        2, "not_understood", "payouts", "explain", "--minutes", "90", "--yes",
    )  # fmt: skip

    assert "会记出 2 张新单" in said


def test_timed_work_shares_the_money_by_its_minutes(run: Run) -> None:
    """Gigs logged without their pay, since the payout before: to the fen, and nobody is asked."""
    for day, minutes in (("2026-11-03", "60"), ("2026-11-10", "60"), ("2026-11-12", "120")):
        run("log", "美团众包", "0", "--minutes", minutes, "--status", "accepted", "--at", day)
    _bill("2026-11-04", 5_000, "meituan_zhongbao")
    _bill("2026-11-14", 10_000, "meituan_zhongbao")
    _bill("2026-11-20", 700, "meituan_zhongbao")

    made = run("payouts", "explain", "--yes", "--json").data["explained"]

    assert [(one["gig"], one["new"], one["amount_fen"], one["minutes"]) for one in made] == [
        ("g1", False, 5_000, 60),
        ("g2", False, 3_333, 60),
        ("g3", False, 6_667, 120),
        ("g4", True, 700, None),
    ]
    assert _gigs(run) == {
        "g1": ("paid", "2026-11-04"),
        "g2": ("paid", "2026-11-14"),
        "g3": ("paid", "2026-11-14"),
        "g4": ("paid", "2026-11-20"),
    }
    assert _sums(run) == (15_700, 15_700, 0, 0)


@pytest.mark.parametrize("day", ["2026-10-05", "2026-11-21"])
def test_work_out_of_reach_of_a_payout_keeps_waiting(run: Run, day: str) -> None:
    """More than forty-five days before it, or after."""
    at = ("--at", day, "--minutes", "60", "--status", "accepted")
    run("log", "美团众包", "0", *at)
    _bill("2026-11-20", 700, "meituan_zhongbao")

    (one,) = run("payouts", "explain", "--json").document["data"]["explained"]

    assert one["new"] is True


def test_what_was_shown_is_what_is_recorded(run: Run, stored: Stored) -> None:
    """Money that came between question and answer: nothing is stored, and it is said."""
    _two_weeks()
    with store.read() as db:
        plan = receiving.plan(db)
    _bill("2026-11-21", 900, "xianyu")
    before = stored()

    with pytest.raises(Conflict):
        receiving.explain(None, plan, {})

    assert stored() == before


def test_explaining_keeps_what_shares_a_gig_with_it(run: Run) -> None:
    """Two part payments of a gig, the second with something over: both stay as they were."""
    run("log", "美团众包", "100", "--at", "11-16", "--status", "delivered")
    _bill("2026-11-17", 4_100, "meituan_zhongbao")
    _bill("2026-11-18", 8_000, "meituan_zhongbao")

    run("payouts", "explain", "--yes")

    assert _uses(run) == {"p1": {"g1": 4_100}, "p2": {"g1": 5_900, "g2": 2_100}}
    assert [one["fixed"] for one in _payouts(run)] == [True, True]


def test_explained_with_its_time_leads_to_the_report(run: Run) -> None:
    """Nothing is left to add."""
    _bill("2026-11-20", 900, "xianyu")

    explained = run("payouts", "explain", "--yes", "--minutes", "30")

    assert explained.out.endswith("→ 看合计：xianke report\n")


def test_explaining_one_platform_leaves_the_others(run: Run) -> None:
    """Each has its own gigs."""
    _bill("2026-11-20", 700, "meituan_zhongbao")
    _bill("2026-11-20", 900, "xianyu")

    run("payouts", "explain", "--platform", "闲鱼", "--yes")

    assert _uses(run) == {"p1": {}, "p2": {"g1": 900}}


# Asking


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[str]]]:
    """Return what lets a person at the terminal answer, and gives back the questions."""
    questions: list[str] = []

    def prepare(*lines: str | None) -> list[str]:
        waiting = list(lines)

        def ask(question: str) -> str | None:
            questions.append(question)
            return waiting.pop(0)

        monkeypatch.setattr(asking, "is_interactive", lambda: True)
        monkeypatch.setattr(asking, "ask", ask)
        monkeypatch.setattr(asking, "tell", questions.append)
        return questions

    yield prepare


Answers = Callable[..., list[str]]


def test_whoever_is_asked_sees_payout_and_gigs(aunt: None, answers: Answers) -> None:
    """The proposed gig is marked; enter makes it a decision."""
    unsure = _bill("2026-11-20", 30_000, "wangayi")
    said = answers("")

    asking.ask_unsure(unsure)

    assert said == [
        "有 1 笔钱先按先后算给了最早的单，看看对不对。",
        "",
        "p1 王阿姨 ￥300.00，11-20 周五 到账，是哪几单的钱？",
        "* 1. g1 11-02 周一，还差 ￥500.00",
        "  2. g2 11-18 周三，还差 ￥200.00",
        "回车：就是打 * 的；写号码另选（1 3）；n 都不是；q 不问了：",
    ]


@pytest.mark.parametrize(
    ("given", "uses", "is_fixed"),
    [
        (("",), {"g1": 30_000}, True),
        (("2 1",), {"g1": 10_000, "g2": 20_000}, True),
        (("2，1",), {"g1": 10_000, "g2": 20_000}, True),
        (("n",), {}, True),
        (("q",), {"g1": 30_000}, False),
        ((None,), {"g1": 30_000}, False),
        (("x", "9", "1 2", "2"), {"g2": 20_000}, True),
    ],
)
def test_the_answer_decides(
    run: Run, aunt: None, answers: Answers,
    given: tuple[str | None, ...], uses: dict[str, int], is_fixed: bool,
) -> None:  # fmt: skip
    """Right, others, none, or no more questions; what is no answer is asked again."""
    unsure = _bill("2026-11-20", 30_000, "wangayi")
    answers(*given)

    asking.ask_unsure(unsure)

    assert _uses(run) == {"p1": uses}
    assert [one["fixed"] for one in _payouts(run)] == [is_fixed]


def test_an_answer_may_spare_the_next_question(run: Run, aunt: None, answers: Answers) -> None:
    """The second payout is asked about only if it is still a guess; each answer is one step."""
    _bill("2026-11-20", 30_000, "wangayi")
    unsure = _bill("2026-11-21", 39_000, "wangayi")
    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        book = settling.read(db, "wangayi")
    assert [use.sure for use in settling.match(book, catalogue, "wangayi").uses.values()] == [
        False, False
    ]  # fmt: skip
    said = answers("n", "n")

    asking.ask_unsure([*unsure, Outcome(book.payouts[0], unsure[0].shares, False)])

    assert sum(line.startswith("p") for line in said) == 2
    assert _uses(run) == {"p1": {}, "p2": {}}
    run("undo")
    assert _uses(run)["p1"] == {}
    assert _uses(run)["p2"] == {"g1": 39_000}


def test_what_is_sure_is_not_asked(aunt: None, answers: Answers) -> None:
    """Nor where nobody could answer."""
    said = answers()

    asking.ask_unsure(_bill("2026-11-20", 20_000, "wangayi"))

    assert said == []


# On a terminal

if sys.platform != "win32":
    from tests.cli.terminals import Terminal

    def test_the_minutes_are_asked_once_per_gig(run: Run) -> None:
        """Whoever does not know presses enter; what is no duration is asked again."""
        _two_weeks()

        session = Terminal("payouts", "explain")
        session.wait_for("2026-W46 ￥150.00，一共做了多久？（回车：不知道）")
        session.answer("十分久")
        session.wait_for("一共做了多久？（回车：不知道）")
        session.answer("3小时")
        session.wait_for("2026-W47 ￥70.00，一共做了多久？（回车：不知道）")
        session.answer("")

        assert session.finish() == 0
        assert "看不懂" in session.text
        assert "记好了 2 单：" in session.text
        gigs = run("gigs", "--json").data["gigs"]
        assert [(one["gross_fen"], one["worked_minutes"]) for one in gigs] == [
            (15_000, 180),
            (7_000, None),
        ]

    def test_breaking_off_explains_nothing(run: Run, stored: Stored) -> None:
        """Ctrl-C at the question leaves all as it was."""
        _two_weeks()
        before = stored()

        session = Terminal("payouts", "explain")
        session.wait_for("一共做了多久？")
        session.interrupt()

        assert session.finish() == 130
        assert stored() == before
