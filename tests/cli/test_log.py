"""`xianke log`: from one line to a gig, its payout, and what an hour really brought."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from xianke import store

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Stored = Callable[[], dict[str, list[tuple[object, ...]]]]
Refused = Callable[..., str]

LINE: Document = {
    "id": "g1",
    "platform": "xianyu",
    "category": "second_hand_rental",
    "day": "2026-11-22",
    "start": "2026-11-22T09:20:00+08:00",
    "orders": 1,
    "worked_minutes": 40,
    "unpaid_minutes": 0,
    "gross_fen": 8500,
    "agreed_fen": 8500,
    "fee_fen": 0,
    "cost_fen": 0,
    "tax_fen": 0,
    "net_fen": 8500,
    "net_fen_per_hour": 12750,
    "status": "paid",
    "due": None,
    "paid_at": "2026-11-22",
    "rating": None,
    "note": None,
}
"""The document of `log 闲鱼 85 --minutes 40` at ten o'clock."""


def _gig(run: Run, *arguments: str) -> Document:
    """Log one gig and return its document."""
    return run("log", *arguments, "--json").data


def _differences(found: Document) -> Document:
    """Return where a gig differs from `LINE`."""
    return {key: value for key, value in found.items() if value != LINE[key]}


# One line


def test_one_line_is_a_whole_gig(run: Run) -> None:
    """The document holds every key of the contract, money in fen, and nothing made up."""
    result = run("log", "闲鱼", "85", "--minutes", "40", "--json")

    assert (result.code, result.err) == (0, "")
    assert result.document == {"schema": 1, "status": "ok", "data": LINE, "errors": []}


def test_one_line_is_answered_with_the_real_hour(run: Run) -> None:
    """Net, time spent and the rate stand there in plain words, with the next command."""
    result = run("log", "闲鱼", "85", "--minutes", "40")

    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0] == "记下了 g1：闲鱼 ￥85.00，11-22 周日 09:20"
    assert lines[1] == "  净得 ￥85.00，用时 0:40，合每小时 ￥127.50，已收款"
    assert lines[-1] == "→ 看合计：xianke report（记错了：xianke undo）"


def test_every_option_is_kept(run: Run) -> None:
    """What was said about one gig comes back from the store as it was said."""
    options = {
        "--count": "17", "--minutes": "4小时", "--unpaid": "30分", "--fee": "3.05", "--cost": "5",
        "--tax": "0.99", "--category": "skill_service", "--at": "周三 14:00", "--due": "明天",
        "--status": "delivered", "--rating": "5", "--note": " 雨天  路滑 ",
    }  # fmt: skip
    words = [word for pair in options.items() for word in pair]

    found = _gig(run, "美团众包", "￥1,088.10", *words)

    assert found.pop("warnings") == []
    assert found == {
        "id": "g1",
        "platform": "meituan_zhongbao",
        "category": "skill_service",
        "day": "2026-11-18",
        "start": "2026-11-18T14:00:00+08:00",
        "orders": 17,
        "worked_minutes": 240,
        "unpaid_minutes": 30,
        "gross_fen": 108_810,
        "agreed_fen": 108_810,
        "fee_fen": 305,
        "cost_fen": 500,
        "tax_fen": 99,
        "net_fen": 107_906,
        "net_fen_per_hour": 23_979,
        "status": "delivered",
        "due": "2026-11-23",
        "paid_at": None,
        "rating": 5,
        "note": "雨天 路滑",
    }
    assert run("gigs", "show", "g1", "--json").data == found


def test_the_amount_is_the_total_of_all_orders(run: Run) -> None:
    """Seventeen orders for 88.10 are 88.10, and each brought its share, rounded down."""
    found = _gig(run, "美团众包", "88.1", "--count", "17")
    screen = run("log", "美团众包", "88.1", "--count", "17").out

    assert (found["orders"], found["gross_fen"], found["net_fen"]) == (17, 8_810, 8_810)
    assert "17 单，每单净得 ￥5.18" in screen


def test_orders_of_a_rejected_gig_brought_nothing_each(run: Run) -> None:
    """So nothing is said about each of them."""
    screen = run("log", "美团众包", "88.1", "--count", "17", "--status", "rejected").out

    assert "17 单" not in screen


def test_without_minutes_there_is_no_rate_but_the_way_to_one(run: Run) -> None:
    """An hourly rate is null, never guessed, and the screen says how to add the minutes."""
    result = run("log", "闲鱼", "85")

    assert "xianke gigs edit g1 --minutes 40" in result.out
    found = run("gigs", "show", "g1", "--json").data
    assert (found["worked_minutes"], found["net_fen_per_hour"]) == (None, None)


# The platform


@pytest.mark.parametrize(
    ("words", "platform"),
    [
        (("xianyu",), "xianyu"),
        (("闲鱼",), "xianyu"),
        (("咸鱼",), "xianyu"),
        (("XianYu",), "xianyu"),
        (("xy",), "xianyu"),
        (("Ｘｉａｎｙｕ",), "xianyu"),
        (("meituanzhongbao",), "meituan_zhongbao"),
        (("mtzb",), "meituan_zhongbao"),
        (("饿了么",), "fengniao_zhongbao"),
        (("字节 xpert",), "bytedance_xpert"),
    ],
)
def test_a_platform_is_named_as_people_name_it(run: Run, words: list[str], platform: str) -> None:
    """By id, name, alias, pinyin or initials, whatever the case and the width."""
    assert _gig(run, *words, "85")["platform"] == platform


def test_a_near_miss_is_refused_where_nobody_can_be_asked(refused: Refused) -> None:
    """Without a terminal nothing is taken on a guess; the hint names what may have been meant."""
    said = refused(3, "not_found", "log", "闲余", "85")

    assert "「闲余」" in said
    assert "闲鱼" in said.splitlines()[1]
    assert "--new" in said.splitlines()[1]


def test_an_unknown_name_is_refused_with_the_way_to_add_it(refused: Refused) -> None:
    """Nothing near: the hint says how a client or a platform is added."""
    said = refused(3, "not_found", "log", "王阿姨", "50")

    assert "「王阿姨」" in said
    assert "--new" in said
    assert "xianke platforms add" in said


def test_a_name_of_two_platforms_is_refused_with_both(refused: Refused) -> None:
    """Initials that two share: exit 4, and both are named with their ids."""
    said = refused(4, "conflict", "log", "zz", "85")

    assert "jd_zhongzhi" in said
    assert "zhuanzhuan" in said


def test_a_new_client_is_added_with_the_gig(run: Run, stored: Stored) -> None:
    """`--new` makes an own client of a name, under an id in pinyin; later the name is enough."""
    result = run("log", "王阿姨", "50", "--minutes", "30", "--new", "--category", "local_service")
    again = _gig(run, "王阿姨", "60")

    assert result.out.splitlines()[0] == "添了新客户「王阿姨」（wangayi）"
    assert stored()["own_platform"] == [
        ("wangayi", "王阿姨", "client", "local_service", None, "2026-11-22")
    ]
    assert (again["platform"], again["category"]) == ("wangayi", "local_service")


def test_a_client_without_a_category_has_none(run: Run) -> None:
    """Null rather than a guess."""
    assert _gig(run, "王阿姨", "50", "--new")["category"] is None


def test_new_adds_nothing_where_the_name_is_known(run: Run, stored: Stored) -> None:
    """A platform of the catalogue stays one, and a client is added once."""
    known = _gig(run, "闲鱼", "85", "--new")
    run("log", "王阿姨", "50", "--new")
    run("log", " 王 阿姨 ", "50", "--new")

    assert known["platform"] == "xianyu"
    assert [row[:2] for row in stored()["own_platform"]] == [("wangayi", "王阿姨")]


def test_new_takes_a_near_miss_at_its_word(run: Run) -> None:
    """Who says it is new is not asked again; the id is one that nobody else has."""
    assert _gig(run, "闲余", "85", "--new")["platform"] == "own-1"


@pytest.mark.parametrize("name", ["unknown", "unexplained", "private", "direct"])
def test_a_clients_id_is_no_word_with_another_meaning(run: Run, name: str) -> None:
    """Reports use such words as keys of their own: a client of that name gets another id."""
    assert _gig(run, name, "50", "--new")["platform"] == "own-1"
    assert _gig(run, name, "50")["platform"] == "own-1"


# When


@pytest.mark.parametrize(
    ("words", "day", "start"),
    [
        ("昨天", "2026-11-21", None),
        ("yesterday", "2026-11-21", None),
        ("昨天 20:10", "2026-11-21", "20:10"),
        ("yesterday 14:00", "2026-11-21", "14:00"),
        ("周三 14:00", "2026-11-18", "14:00"),
        ("周三", "2026-11-18", None),
        ("11-20 9点", "2026-11-20", "09:00"),
        ("2026-11-01 00:10", "2026-11-01", "00:10"),
        ("昨晚11点", "2026-11-21", "23:00"),
        ("3天前", "2026-11-19", None),
        ("现在", "2026-11-22", "10:00"),
        ("8:30", "2026-11-22", "08:30"),
    ],
)
def test_at_is_the_start(run: Run, words: str, day: str, start: str | None) -> None:
    """A day alone has no clock time, and none is made up; the minutes do not move it."""
    found = _gig(run, "闲鱼", "85", "--minutes", "40", "--at", words)

    assert (found["day"], found["start"]) == (day, start and f"{day}T{start}:00+08:00")
    assert found["paid_at"] == day


@pytest.mark.parametrize(
    ("now", "options", "day", "start"),
    [
        ("2026-11-22T10:00:00+08:00", [], "2026-11-22", "10:00"),
        ("2026-11-22T10:00:00+08:00", ["--minutes", "40"], "2026-11-22", "09:20"),
        ("2026-11-22T10:00:59+08:00", ["--unpaid", "15"], "2026-11-22", "09:45"),
        (
            "2026-11-22T10:00:00+08:00", ["--minutes", "40", "--unpaid", "15"],
            "2026-11-22", "09:05",
        ),
        ("2026-11-22T00:10:00+08:00", ["--minutes", "40"], "2026-11-21", "23:30"),
        ("2027-01-01T00:10:00+08:00", ["--minutes", "11"], "2026-12-31", "23:59"),
        ("2027-01-01T00:10:00+08:00", ["--minutes", "10"], "2027-01-01", "00:00"),
    ],
)  # fmt: skip
def test_without_at_the_gig_has_just_ended(
    run: Run, monkeypatch: pytest.MonkeyPatch, now: str, options: list[str], day: str, start: str
) -> None:
    """It began before all its minutes, also when that was before midnight."""
    monkeypatch.setenv("XIANKE_NOW", now)

    found = _gig(run, "闲鱼", "85", *options)

    assert (found["day"], found["start"]) == (day, f"{day}T{start}:00+08:00")


@pytest.mark.parametrize(
    ("now", "day", "start"),
    [
        ("2026-10-31T16:10:00+00:00", "2026-11-01", "00:10"),
        ("2026-10-31T15:59:00Z", "2026-10-31", "23:59"),
        ("2026-11-01T00:10:00", "2026-11-01", "00:10"),
    ],
)
def test_time_is_civil_in_the_stores_zone(
    run: Run, monkeypatch: pytest.MonkeyPatch, now: str, day: str, start: str
) -> None:
    """Ten past midnight in Shanghai is the new day, whatever zone the clock speaks."""
    monkeypatch.setenv("XIANKE_NOW", now)

    found = _gig(run, "闲鱼", "85")

    assert (found["day"], found["start"]) == (day, f"{day}T{start}:00+08:00")


def test_the_zone_is_a_setting(run: Run, tmp_path: Any) -> None:
    """Who lives elsewhere has that day and hour."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "config.toml").write_text('zone = "Europe/Berlin"\n', encoding="utf-8")

    found = _gig(run, "闲鱼", "85")

    assert (found["day"], found["start"]) == ("2026-11-22", "2026-11-22T03:00:00+01:00")


@pytest.mark.parametrize(
    ("options", "due"),
    [
        (["--due", "今天"], "2026-11-22"),
        (["--due", "明天"], "2026-11-23"),
        (["--due", "周三"], "2026-11-25"),
        (["--due", "11-15"], "2027-11-15"),
        (["--at", "11-10", "--due", "11-15"], "2026-11-15"),
        (["--at", "11-10", "--due", "周三"], "2026-11-18"),
        (["--at", "11-10", "--due", "2026-12-01"], "2026-12-01"),
    ],
)
def test_money_is_due_on_the_first_such_day_after_the_work(
    run: Run, options: list[str], due: str
) -> None:
    """Last week's gig may be late already when it is written down."""
    assert _gig(run, "闲鱼", "85", "--status", "delivered", *options)["due"] == due


# Money


def test_paid_is_the_default_and_makes_a_payout(run: Run) -> None:
    """Typed as received: the receivable, without what one spent oneself, on the gig's own day."""
    run("log", "闲鱼", "85", "--fee", "5", "--tax", "1", "--cost", "20", "--at", "昨天")

    with store.read() as db:
        (payout,) = db.payouts_of(1)
        (settlement,) = db.settlements_of(1)
    assert (payout.day, payout.amount_fen, payout.platform, payout.source) == (
        "2026-11-21",
        7_900,
        "xianyu",
        "typed",
    )
    assert (settlement.payout_id, settlement.amount_fen) == (payout.id, 7_900)


@pytest.mark.parametrize("status", ["accepted", "delivered", "rejected", "cancelled"])
def test_no_other_status_is_money_received(run: Run, stored: Stored, status: str) -> None:
    """Earned is not received."""
    run("log", "闲鱼", "85", "--status", status)

    assert stored()["payout"] == stored()["settlement"] == []


def test_a_gig_for_nothing_brings_no_payout(run: Run, stored: Stored) -> None:
    """A trial without pay is a gig all the same; nothing was received for it."""
    assert _gig(run, "闲鱼", "0", "--minutes", "40")["net_fen_per_hour"] == 0
    assert stored()["payout"] == []


@pytest.mark.parametrize(
    ("name", "status"),
    [("已接", "accepted"), ("已交", "delivered"), ("已收款", "paid"), ("PAID", "paid")],
)
def test_a_status_may_be_said_in_words(run: Run, name: str, status: str) -> None:
    """The code or the name."""
    assert _gig(run, "闲鱼", "85", "--status", name)["status"] == status


def test_a_rejected_gig_is_zero_pay_for_its_minutes(run: Run) -> None:
    """Zero gross, fee and tax; minutes and own cost count; what was agreed is still known."""
    arguments = (
        "闲鱼", "85", "--minutes", "40", "--fee", "5", "--tax", "1", "--cost", "2",
        "--status", "rejected",
    )  # fmt: skip

    found = _gig(run, *arguments)
    screen = run("log", *arguments).out

    assert _differences(found) == {
        "gross_fen": 0,
        "cost_fen": 200,
        "net_fen": -200,
        "net_fen_per_hour": -300,
        "status": "rejected",
        "paid_at": None,
    }
    assert found["agreed_fen"] == 8500
    assert "净得 -￥2.00，用时 0:40，合每小时 -￥3.00，被拒" in screen


def test_a_loss_is_said_plainly(run: Run) -> None:
    """More spent than earned: the figure is negative and a sentence says so."""
    result = run("log", "闲鱼", "10", "--cost", "30", "--minutes", "40")

    assert "净得 -￥20.00" in result.out
    assert "  这一单是亏的。" in result.out.splitlines()
    assert "亏" not in run("log", "闲鱼", "30", "--cost", "30").out


def test_unpaid_time_is_shown_as_part_of_the_whole(run: Run) -> None:
    """Waiting counts, and how much of it there was stands beside."""
    screen = run("log", "闲鱼", "100", "--minutes", "40", "--unpaid", "20").out

    assert "用时 1:00（含不算钱的 0:20），合每小时 ￥100.00" in screen


@pytest.mark.parametrize(
    ("amount", "fen"),
    [("85", 8_500), ("85元", 8_500), ("￥1,234.50", 123_450), ("1.2万", 1_200_000)],
)
def test_amounts_are_yuan_as_people_write_them(run: Run, amount: str, fen: int) -> None:
    """In the document they are whole fen."""
    assert _gig(run, "闲鱼", amount)["gross_fen"] == fen


# Against earlier gigs


def _compared(run: Run, *amounts: str) -> str:
    """Log one-hour gigs and return what the last one was told about the earlier ones."""
    for amount in amounts[:-1]:
        run("log", "闲鱼", amount, "--minutes", "60")
    lines = run("log", "闲鱼", amounts[-1], "--minutes", "60").out.splitlines()
    return "".join(line for line in lines if "之前" in line)


def test_a_gig_is_held_against_the_earlier_ones(run: Run) -> None:
    """Their plain mean over all minutes, whether this one is better, and better than how many."""
    assert _compared(run, "40", "50") == "  这里之前 1 单平均每小时 ￥40.00，这次高一些"
    assert _compared(run, "45", "20") == (
        "  这里之前 3 单平均每小时 ￥45.00，这次低一些，胜过以前的 0%"
    )
    assert _compared(run, "45") == "  这里之前 4 单平均每小时 ￥38.75，这次高一些，胜过以前的 50%"


def test_as_good_as_ever_is_neither_better_nor_worse(run: Run) -> None:
    """No word of judgement on a draw."""
    assert _compared(run, "40", "40") == "  这里之前 1 单平均每小时 ￥40.00"


def test_other_platforms_are_no_measure(run: Run) -> None:
    """Only what was earned on the same platform is compared, and only with minutes."""
    for _time in range(3):
        run("log", "美团众包", "40", "--minutes", "60")
    run("log", "闲鱼", "40")
    run("log", "闲鱼", "40", "--minutes", "60", "--status", "accepted")

    assert _compared(run, "50") == ""
    assert _compared(run, "60") == "  这里之前 1 单平均每小时 ￥50.00，这次高一些"


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [("1", "低于这个范围"), ("20", "在范围里"), ("900", "高于这个范围")],
)
def test_a_first_gig_is_held_against_the_catalogue(run: Run, amount: str, verdict: str) -> None:
    """Where nothing of one's own is known yet, the catalogue's range is the measure."""
    result = run("log", "达达", amount, "--minutes", "60")

    assert "目录里的行情是每小时" in result.out
    assert verdict in result.out


# On a terminal


@pytest.fixture
def _answering(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xianke.render.console.is_interactive", lambda: True)


@pytest.mark.usefixtures("_answering")
@pytest.mark.parametrize(
    ("line", "gig"),
    [
        ("闲鱼 85", ("xianyu", 8_500, None, "2026-11-22", "10:00")),
        ("闲鱼 85 40分", ("xianyu", 8_500, 40, "2026-11-22", "09:20")),
        ("闲鱼 85 40", ("xianyu", 8_500, 40, "2026-11-22", "09:20")),
        ("　闲鱼　８５元　40分钟　", ("xianyu", 8_500, 40, "2026-11-22", "09:20")),
        ("mtzb 88.1 昨天 1小时20分", ("meituan_zhongbao", 8_810, 80, "2026-11-21", None)),
        ("mtzb 88.1 1h20m 昨天14:00", ("meituan_zhongbao", 8_810, 80, "2026-11-21", "14:00")),
        ("字节 Xpert 36 周三", ("bytedance_xpert", 3_600, None, "2026-11-18", None)),
        ("mystery shopper 50", ("mystery_shopper", 5_000, None, "2026-11-22", "10:00")),
    ],
)
def test_a_line_is_platform_amount_and_what_else_was_said(
    run: Run, line: str, gig: tuple[object, ...]
) -> None:
    """Minutes and a day in any order; a name may have blanks in it."""
    result = run("log", "--json", stdin=f"{line}\n\n")

    found = result.data
    clock = found["start"] and found["start"][11:16]
    assert (
        found["platform"], found["gross_fen"], found["worked_minutes"], found["day"], clock,
    ) == gig  # fmt: skip
    assert "一行一单" in result.err


@pytest.mark.usefixtures("_answering")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("闲鱼", "少了金额"),
        ("闲鱼 八十五", "「八十五」"),
        ("闲余 85", "是不是：闲鱼"),
        ("王阿姨 85", "xianke platforms add"),
        ("zz 85", "zhuanzhuan"),
        ("闲鱼 85 14:00", "「14:00」是用时还是钟点"),
        ("闲鱼 85 昨天 1：20", "昨天14:00"),
        ("闲鱼 85 40分 50分", "写了两个用时"),
        ("闲鱼 85 昨天 前天", "写了两个日子"),
        ("闲鱼 85 40分 很累", "「很累」"),
        ("闲鱼 85 明天", "2026-11-23 还没到"),
        ("闲鱼 85 99999999小时", "用时长得不合理"),
        ("闲鱼 99999999999999", "99999999999999"),
    ],
)
def test_a_wrong_line_costs_no_other(run: Run, line: str, said: str) -> None:
    """It is refused at once, with its reason and hint; what stands around it is kept."""
    result = run("log", "--json", stdin=f"闲鱼 1\n{line}\n闲鱼 2\n\n")

    assert result.code == 0
    assert [gig["gross_fen"] for gig in result.data["gigs"]] == [100, 200]
    assert result.err.count("这一行没记：") == result.err.count("提示：") == 1
    assert said in result.err


@pytest.mark.usefixtures("_answering")
def test_several_lines_are_one_write(run: Run, stored: Stored) -> None:
    """Each is answered with its real hour, all together with their sum; one undo takes all."""
    result = run("log", stdin="闲鱼 85 40分\n闲鱼 15 40分")

    assert "共 2 单，净得 ￥100.00" in result.out.splitlines()
    assert "  这里之前 1 单平均每小时 ￥127.50，这次低一些" in result.out.splitlines()
    assert run("undo").out.splitlines()[0] == "撤销了：记单 闲鱼 85.00、闲鱼 15.00"
    assert not any(stored().values())


@pytest.mark.usefixtures("_answering")
def test_no_line_is_nothing_recorded(run: Run) -> None:
    """An empty list for programs, a sentence for people."""
    assert run("log", stdin="\n").out == "什么也没记。\n"
    assert run("log", "--json", stdin="").data == {"gigs": []}


@pytest.mark.usefixtures("_answering")
@pytest.mark.parametrize(
    ("words", "answer", "platform"),
    [
        (["闲余"], "1", "xianyu"),
        (["闲余"], "2", "own-1"),
        (["闲余", "--new"], "", "own-1"),
        (["王阿姨"], "y", "wangayi"),
        (["王阿姨"], "是", "wangayi"),
        (["zz"], "2", "zhuanzhuan"),
        (["zz", "--new"], "1", "jd_zhongzhi"),
        (["闲鱼"], "", "xianyu"),
    ],
)
def test_what_was_meant_is_asked_and_answered_by_number(
    run: Run, words: list[str], answer: str, platform: str
) -> None:
    """Near names, several of one name, or somebody new; nothing is asked that is clear."""
    result = run("log", *words, "85", "--json", stdin=f"{answer}\n")

    assert result.data["platform"] == platform
    assert (result.err == "") is (answer == "")


@pytest.mark.usefixtures("_answering")
@pytest.mark.parametrize(("name", "code"), [("闲余", 3), ("王阿姨", 3), ("zz", 4)])
def test_no_choice_is_nothing_recorded(run: Run, stored: Stored, name: str, code: int) -> None:
    """Return alone gives up."""
    result = run("log", name, "85", stdin="\n")

    assert result.code == code, result.err
    assert "错误：没有选平台，什么也没记" in result.err
    assert not any(stored().values())


# What is refused


@pytest.mark.parametrize(
    ("arguments", "quoted"),
    [
        (("闲鱼",), "85 --minutes"),
        ((), "xianke log 闲鱼 85"),
        (("--minutes", "40"), "xianke log 闲鱼 85"),
        (("闲鱼", "十二块半"), "「十二块半」"),
        (("闲鱼", "8 5"), "「8 5」"),
        (("闲鱼", "1.234"), "「1.234」"),
        (("闲鱼", "1e5"), "「1e5」"),
        (("闲鱼", ""), "「」"),
        (("闲鱼", "-5"), "--cost"),
        (("闲鱼", "99999999999999"), "99999999999999"),
        (("闲鱼", "85", "--minutes", "半天"), "「半天」"),
        (("闲鱼", "85", "--minutes", "0"), "「0」"),
        (("闲鱼", "85", "--minutes", "-"), "「-」"),
        (("闲鱼", "85", "--minutes", "99999999小时"), "40"),
        (("闲鱼", "85", "--minutes", "99999", "--unpaid", "9999"), "40"),
        (("闲鱼", "85", "--unpaid", "-5"), "「-5」"),
        (("闲鱼", "85", "--fee", "x"), "「x」"),
        (("闲鱼", "85", "--fee", "80", "--tax", "6"), "--cost"),
        (("闲鱼", "85", "--cost", "-1"), "「-1」"),
        (("闲鱼", "85", "--tax", ""), "「」"),
        (("闲鱼", "85", "--count", "0"), "「0」"),
        (("闲鱼", "85", "--count", "两"), "「两」"),
        (("闲鱼", "85", "--at", "某天"), "「某天」"),
        (("闲鱼", "85", "--at", "2026-02-30"), "2026-02-30"),
        (("闲鱼", "85", "--at", "25:00"), "25:00"),
        (("闲鱼", "85", "--at", "99999999小时前"), "「99999999"),
        (("闲鱼", "85", "--at", "明天"), "--status accepted"),
        (("闲鱼", "85", "--at", "明天", "--status", "delivered"), "--status accepted"),
        (("闲鱼", "85", "--status", "done"), "「done」"),
        (("闲鱼", "85", "--status", ""), "「」"),
        (("闲鱼", "85", "--due", "昨天"), "2026-11-21"),
        (("闲鱼", "85", "--due", "明天 14:00"), "14:00"),
        (("闲鱼", "85", "--rating", "6"), "「6」"),
        (("", "85", "--new"), "名字"),
        (("王\x1b[31m阿姨", "85", "--new"), "看不见"),
        (("闲鱼", "85", "90"), "「90」"),
        (("闲鱼", "85", "--minute", "40"), "--minutes"),
        (("闲鱼", "85", "--minutes"), "--minutes"),
    ],
)
def test_what_is_not_understood_is_not_recorded(
    refused: Refused, arguments: tuple[str, ...], quoted: str
) -> None:
    """Exit 2, one sentence that quotes the words, one hint, and nothing is written."""
    assert quoted in refused(2, "not_understood", "log", *arguments)


def test_an_unknown_category_is_not_found(refused: Refused) -> None:
    """Exit 3, with all there are."""
    said = refused(3, "not_found", "log", "闲鱼", "85", "--category", "玩")

    assert "「玩」" in said
    assert "skill_service" in said


def test_a_wrong_word_adds_no_client_either(run: Run, stored: Stored) -> None:
    """Gig and client are one write: all of it or nothing."""
    result = run("log", "王阿姨", "50", "--new", "--rating", "9")

    assert result.code == 2
    assert stored()["own_platform"] == []


def test_work_to_come_may_be_noted_as_accepted(run: Run) -> None:
    """The future is only for what has been agreed, and a day without a year is then the next."""
    found = _gig(run, "闲鱼", "85", "--at", "明天 14:00", "--status", "accepted")

    later = [_gig(run, "闲鱼", "85", "--at", at, "--status", "已接") for at in ("周三", "11-26")]
    assert (found["start"], found["paid_at"]) == ("2026-11-23T14:00:00+08:00", None)
    assert [gig["day"] for gig in later] == ["2026-11-25", "2026-11-26"]


# Both languages, ids


def test_programs_read_the_same_in_english(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys, codes and figures do not depend on the language."""
    chinese = _gig(run, "闲鱼", "85", "--minutes", "40")
    run("undo")
    monkeypatch.setenv("XIANKE_LANG", "en")

    english = _gig(run, "闲鱼", "85", "--minutes", "40")

    assert english == {**chinese, "id": "g2"}
    wrong = run("log", "闲鱼", "85", "--rating", "9", "--json")
    assert (wrong.code, wrong.document["errors"][0]["code"]) == (2, "not_understood")


def test_an_id_is_never_given_twice(run: Run) -> None:
    """Not after an undo, nor after a removal: a note on paper stays true."""
    ids = [_gig(run, "闲鱼", "1")["id"]]
    run("undo")
    ids.append(_gig(run, "闲鱼", "2")["id"])
    run("gigs", "rm", "g2")
    ids.append(_gig(run, "闲鱼", "3")["id"])

    assert ids == ["g1", "g2", "g3"]


# Work without a platform


@pytest.mark.parametrize("word", ["自己接", "self", "邻居", "熟人介绍", "On your own"])
def test_work_from_neighbours_needs_no_client(run: Run, word: str) -> None:
    """The route that is suggested as one's own can be logged by its name, first and later."""
    first = _gig(run, word, "30", "--minutes", "40", "--category", "delivery_errand")
    again = _gig(run, "自己接", "45", "--minutes", "50", "--category", "local_service")

    assert (first["platform"], first["category"]) == ("direct", "delivery_errand")
    assert (again["platform"], again["category"]) == ("direct", "local_service")
    listed = run("gigs", "--platform", word, "--json").data["gigs"]
    assert {one["id"] for one in listed} == {first["id"], again["id"]}


def test_a_client_named_like_a_neighbour_comes_first(run: Run) -> None:
    """Who has a client of that very name means the client."""
    run("platforms", "add", "邻居", "--client")

    assert _gig(run, "邻居", "30", "--minutes", "40")["platform"] == "linju"
    assert _gig(run, "熟人", "30", "--minutes", "40")["platform"] == "direct"


def test_own_work_teaches_its_own_route(run: Run) -> None:
    """Gigs from neighbours move the rate of the route that says: on your own."""
    run("inventory", "add", "slot", "工作日 9:00-11:00")
    before = _own_gigs(run)
    for _ in range(2):
        _gig(run, "自己接", "60", "--minutes", "60", "--category", "delivery_errand")

    assert (before, _own_gigs(run)) == (0, 2)


def _own_gigs(run: Run) -> int:
    picks = run("suggest", "--json").data["picks"]
    errand = next(one for one in picks if one["category"] == "delivery_errand")
    own = next(one for one in errand["platforms"] if one["id"] == "self")
    count: int = own["rate"]["own_gigs"]
    return count


def test_work_of_no_known_kind_is_told_what_it_lacks(run: Run) -> None:
    """Without a category nothing can be learned from it; the screen says how to mend that."""
    told = run("log", "自己接", "30", "--minutes", "40").out

    assert "xianke gigs edit g1 --category" in told
    assert run("gigs", "edit", "g1", "--category", "delivery_errand").code == 0
    assert "--category" not in run("log", "闲鱼", "30", "--minutes", "40").out


def test_a_gig_at_the_time_of_another_is_recorded_with_a_question(run: Run) -> None:
    """It names the other and the way back; programs read `overlaps`, and only then."""
    run("log", "闲鱼", "85", "--minutes", "60", "--at", "昨天14:00")

    out = run("log", "美团众包", "30", "--minutes", "60", "--at", "昨天14:30").out
    data = run("log", "美团众包", "20", "--minutes", "10", "--at", "昨天14:40", "--json").data
    apart = run("log", "美团众包", "10", "--minutes", "10", "--at", "昨天18:00", "--json").data

    assert "和 g1 的时间重叠，是不是记了两遍？是就：xianke gigs rm g2" in out
    assert data["overlaps"] == ["g1", "g2"]
    assert "overlaps" not in apart
    assert len(run("gigs", "--json").data["gigs"]) == 4


def test_the_same_amount_twice_on_a_day_is_asked_about(run: Run) -> None:
    """Also where nobody said when; a time that was only guessed accuses nobody."""
    run("log", "闲鱼", "85", "--minutes", "60")

    other = run("log", "美团众包", "30", "--minutes", "60").out
    out = run("log", "闲鱼", "85").out

    assert "记了两遍" not in other
    assert "和 g1 同一天、同一处、一样的钱，是不是记了两遍？" in out
