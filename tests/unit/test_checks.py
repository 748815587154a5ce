"""How the reading of an offer is shown: hand-made judgements, whole screens and documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from xianke import i18n, trapbook
from xianke.commands.texts import Checked
from xianke.findings import LIKENESS, Finding, Judgement, Offer, Reads, SetAside, Sum, Verdict
from xianke.render import checks
from xianke.render.check_reasons import sum_text
from xianke.render.text import width

if TYPE_CHECKING:
    from xianke.findings import Strength
    from xianke.i18n import Language

BOTH: tuple[Language, ...] = ("zh", "en")


def _finding(type: str, strength: Strength = "decisive", quote: str = "先交钱") -> Finding:
    return Finding(f"{type}_rule", type, strength, 0, len(quote), quote, "派活之前先要钱")


def _checked(
    verdict: Verdict,
    *findings: Finding,
    name: str = "第 1 份",
    aside: Sequence[SetAside] = (),
    sums: Sequence[Sum] = (),
) -> Checked:
    offer = Offer(0, 30, verdict, findings, tuple(aside), tuple(sums))
    return Checked(name, Judgement(verdict, (offer,)))


FEE = _checked("trap", _finding("upfront_fee"), _finding("upfront_fee", "weak", "日结"))
APP = _checked("warn", _finding("fake_service", "strong", "下载"), name="群消息.txt")
FINE = _checked("ok", _finding("upfront_fee", "weak", "日结"), name="第 3 份")
SUMS = (
    Sum("first_against_promise", {"first_fen": 10000, "promised_fen": 88000}, "100元"),
    Sum(
        "above_market",
        {"claimed_fen_per_hour": 30000, "known_high_fen_per_hour": 6000},
        "一小时300",
        "micro_task",
    ),
    Sum(
        "minutes_implied",
        {
            "fen_each": 50,
            "orders_low": 400,
            "orders_high": 600,
            "fen_claimed": 30000,
            "minutes_at_pace": 800,
        },
        "每单0.5元",
    ),
)


@pytest.fixture
def screen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Return what shows texts on eighty columns and gives the screen back."""
    monkeypatch.setenv("COLUMNS", "80")

    def call(*checked: Checked, explain: bool = False) -> str:
        checks.show(checked, explain=explain)
        out = capsys.readouterr().out
        assert [line for line in out.splitlines() if width(line) > 80] == []
        out.encode("gbk")
        return out

    return call


# The screen


def test_a_trap_is_called_one_and_says_what_to_do(screen) -> None:  # type: ignore[no-untyped-def]
    """Verdict, kind, the words, why, who says so since when, and both ways out."""
    assert screen(FEE) == (
        "是坑，别做：先收费\n"
        "\n"
        "先收费（危害 3/5）\n"
        "  「先交钱」：派活之前先要钱（有这一条就够了）\n"
        "  「日结」：派活之前先要钱（常见的字眼）\n"
        "  要的就是这笔费；活不会来，或者怎么交都算不合格。\n"
        "  劳动合同法第九、八十四条：招人不得收押金、要担保；收了要退，每人罚五百到两千元\n"
        "  （2008-01-01 起）\n"
        "\n"
        "现在怎么办\n"
        "  还什么都没给：先停下，别加联系人，别付钱，别给证件，留着这段话；拿不准就打反诈\n"
        "  专线 96110 问，它打来的也要接\n"
        "  已经给了钱、卡、验证码或证件：马上打 110，先打再收拾材料，转账记录、聊天记录都\n"
        "  留着；打银行或支付软件的客服，要求止付、冻结；招工的单位或中介收了钱，打 12333\n"
        "  找劳动监察；说能帮你追回、先要收费的是第二场骗局\n"
        "→ 为什么这样判：xianke check --explain 再贴一遍\n"
    )


def test_ok_is_no_promise(screen) -> None:  # type: ignore[no-untyped-def]
    """It says that nothing known was seen, and which words by themselves mean nothing."""
    assert screen(FINE) == (
        "没看出坑。这只是说没有已知的迹象，不是担保：要先付钱、借账户、替人转钱的都别做，\n"
        "拿不准打 96110 问。\n"
        "  「日结」：诚实的招工也这样写，单凭它们不算。\n"
        "→ 再查它在哪个平台、钱怎么结：xianke platforms --search 名字\n"
    )


def test_what_cannot_be_read_is_not_passed_off_as_read(screen) -> None:  # type: ignore[no-untyped-def]
    """An offer in another language, or a mere link, is not said to be free of traps."""
    reads = Reads(-200, away=("weekend barista",))
    unread = Checked("第 1 份", Judgement("ok", (Offer(0, 30, "ok", reads=reads),)), chinese=False)

    for out in (screen(unread), screen(unread, explain=True)):
        assert out == (
            "没看懂，说不出是不是坑：里面没多少中文，只看得懂中文的招工。要先付钱、借账户、替\n"
            "人转钱的都别做，拿不准打 96110 问。\n"
            "→ 贴上中文原话再看：xianke check\n"
        )
    assert "共 2 份：是坑 0，当心 0，没看出坑 1，没看懂 1" in screen(unread, FINE)


def test_of_equally_grave_kinds_the_one_with_more_signs_is_named_first(screen) -> None:  # type: ignore[no-untyped-def]
    """A passing likeness to another trap does not give the offer its name."""
    lure, likeness = _finding("invest_lure"), replace(_finding("invest_lure"), rule="reads_like")
    rebate = _finding("task_rebate", quote="转3000返3900")
    also = _finding("task_rebate", "strong", "下他们的软件")

    out = screen(_checked("trap", lure, likeness, rebate, also))

    names = [trapbook.book()[kind].name for kind in ("task_rebate", "invest_lure")]
    assert out.startswith(f"是坑，别做：{names[0]}、{names[1]}\n")


@pytest.mark.parametrize(
    ("end", "away", "shown"),
    [
        (30, ("现场日结",), True),
        (30, ("先交钱才派单",), False),  # the very words that make it a trap
        (9, ("现场日结",), False),  # too short to read like anything
    ],
)
def test_reading_honest_is_a_reason_only_where_it_is_one(  # type: ignore[no-untyped-def]
    screen, end: int, away: tuple[str, ...], shown: bool
) -> None:
    """Nobody is told that the words of the trap themselves sound honest."""
    offer = Offer(0, end, "trap", (_finding("upfront_fee"),), reads=Reads(-50, away=away))

    out = screen(Checked("第 1 份", Judgement("trap", (offer,))), explain=True)

    assert ("读着像正经招工的" in out) is shown


def test_a_warning_asks_to_ask_first(screen) -> None:  # type: ignore[no-untyped-def]
    """It names what the offer looks like, and does not say that it is one."""
    out = screen(APP)

    assert out.startswith("当心，像是假面试、假客服、解冻：问清之前别付钱、别借账户、别给证件\n")
    assert "是坑" not in out


def test_a_warning_without_signs_stands_by_itself(screen) -> None:  # type: ignore[no-untyped-def]
    """Where only a sum speaks against an offer, the sum is shown."""
    out = screen(_checked("warn", sums=SUMS[1:2]))

    assert out.startswith("当心：先问清楚，问清之前别付钱、别借账户、别给证件\n")
    assert "已知最高的是每小时 ￥60.00" in out


def test_several_texts_are_named_and_counted(screen) -> None:  # type: ignore[no-untyped-def]
    """Each verdict follows its name; what to do comes once, at the end."""
    out = screen(FEE, APP, FINE)

    assert "第 1 份：是坑，别做：先收费\n" in out
    assert "群消息.txt：当心，像是" in out
    assert "第 3 份：没看出坑。" in out
    assert "\n共 3 份：是坑 1，当心 1，没看出坑 1\n" in out
    assert out.count("现在怎么办") == 1


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("kind", list(trapbook.book()))
def test_one_offer_fits_one_screen(screen, language: Language, kind: str) -> None:  # type: ignore[no-untyped-def]
    """Twenty-four lines hold any kind of trap, in both languages."""
    i18n.set_language(language)

    out = screen(_checked("trap", _finding(kind), sums=SUMS[:1]))

    assert len(out.splitlines()) <= 24, out


def test_the_surest_kind_comes_first_and_of_equals_the_gravest(screen) -> None:  # type: ignore[no-untyped-def]
    """Two kinds are laid out, further ones are named."""
    out = screen(
        _checked(
            "trap",
            _finding("fake_service", "strong"),
            _finding("upfront_fee"),
            _finding("money_mule"),
        )
    )

    assert out.startswith("是坑，别做：跑分洗钱、先收费\n")
    assert "还像：假面试、假客服、解冻" in out


def test_quotes_cannot_steer_the_terminal(screen) -> None:  # type: ignore[no-untyped-def]
    """Escapes, direction marks and line breaks of an offer are shown as harmless signs."""
    nasty = "\x1b[31m先交\u202e钱\x07\n\u2066 快"

    for explain in (False, True):
        out = screen(_checked("trap", _finding("upfront_fee", quote=nasty)), explain=explain)
        assert "「?[31m先交?钱? ? 快」" in out
        assert not set(out) & set("\x1b\x07\u202e\u2066")


def test_a_long_quote_is_cut(screen) -> None:  # type: ignore[no-untyped-def]
    """A finding over half a page does not fill the screen."""
    out = screen(_checked("trap", _finding("upfront_fee", quote="先交钱" * 200)))

    assert "…」" in out
    assert len(out.splitlines()) <= 24


def test_explain_tells_what_counted_and_what_did_not(screen) -> None:  # type: ignore[no-untyped-def]
    """Signs set aside say why and by which words; every law comes, and every sum."""
    aside = SetAside(_finding("task_rebate", quote="刷单"), "warning", "警方提醒")

    out = screen(_checked("trap", _finding("upfront_fee"), aside=[aside], sums=SUMS), explain=True)

    assert "  算：「先交钱」先收费：派活之前先要钱（有这一条就够了）\n" in out
    assert "  不算：「刷单」刷单返利：派活之前先要钱。这是在提醒人：「警方提醒」\n" in out
    assert out.count("  账：") == 3
    assert "  常这样来：打字、抄写、手工、群演" in out
    assert "人社部十类求职陷阱：以各种名目先收费（官方提醒，2024-06）" in out
    assert "--explain" not in out


def test_explain_has_something_to_say_about_nothing(screen) -> None:  # type: ignore[no-untyped-def]
    """Whoever asks for the reasons and there are none is told so."""
    assert "里面没有见到一个已知的迹象。" in screen(_checked("ok"), explain=True)


def test_explain_names_each_offer_of_a_text(screen) -> None:  # type: ignore[no-untyped-def]
    """The second of two offers is found by where it stands."""
    fine = Offer(0, 10, "ok", (_finding("upfront_fee", "weak", "日结"),))
    trap = Offer(10, 42, "trap", (_finding("upfront_fee"),))

    out = screen(Checked("第 1 份", Judgement("trap", (fine, trap))), explain=True)

    assert "第 1 段（第 1-10 个字）：没看出坑\n" in out
    assert "第 2 段（第 11-42 个字）：是坑\n" in out
    # What an honest offer says beside it is not held against it.
    assert out.startswith("是坑，别做：先收费\n")


def test_what_was_not_read_again_says_so() -> None:
    """A law that is only well known is marked."""
    laws = {law.id: law for kind in trapbook.book().values() for law in kind.laws}

    assert checks.law_text(laws["ecommerce_17"]) == (
        "电子商务法第十七条：不得虚构交易、编造评价（2019-01-01 起，原文没有再核对）"
    )
    assert checks.law_text(laws["antifraud_centre_tasks"]).endswith("（官方提醒）")


@pytest.mark.parametrize(
    ("found", "zh", "en"),
    [
        (
            SUMS[0],
            "先要你拿出 ￥100.00，说好给你 ￥880.00：出钱在前，拿钱在后。",
            (
                "You pay ￥100.00 first, they promise you ￥880.00: "
                "your money goes before theirs comes."
            ),
        ),
        (
            SUMS[1],
            "照它说的每小时 ￥300.00；微任务、数据标注已知最高的是每小时 ￥60.00。",
            (
                "By its own words ￥300.00 an hour; "
                "the most that is known of Micro tasks and labelling is ￥60.00 an hour."
            ),
        ),
        (
            SUMS[2],
            "每单 ￥0.50，要拿到 ￥300.00 得做 400-600 单，照它说的快慢要 13:20。",
            "At ￥0.50 an order, ￥300.00 takes 400-600 orders, at its own pace 13:20.",
        ),
    ],
)
def test_each_sum_is_a_sentence(found: Sum, zh: str, en: str) -> None:
    """The figures of the offer, and what they come to."""
    assert sum_text(found) == zh
    i18n.set_language("en")
    assert sum_text(found) == en


def test_a_deal_that_is_asked_about_is_named(screen) -> None:  # type: ignore[no-untyped-def]
    """Nobody offers it here, yet whoever asks is told what it would be."""
    aside = SetAside(_finding("task_rebate", quote="垫付"), "told", "是真的吗")

    out = screen(_checked("warn", aside=[aside]))

    assert out.startswith("当心，像是刷单返利：问清之前别付钱、别借账户、别给证件\n")
    assert "「垫付」：派活之前先要钱（真是这样，就是坑）" in out


def test_a_sum_without_a_pace_says_nothing_of_hours() -> None:
    """Where the offer names no minutes, none are made up."""
    found = replace(SUMS[2], values={**SUMS[2].values, "minutes_at_pace": 0})

    assert sum_text(found) == "每单 ￥0.50，要拿到 ￥300.00 得做 400-600 单。"


def test_explain_quotes_what_an_offer_reads_like(screen) -> None:  # type: ignore[no-untyped-def]
    """To either side, where there is something."""
    reads = Reads(-12, towards=("先交押金",), away=("现场日结", "不收费"))
    judgement = Judgement("ok", (Offer(0, 30, "ok", reads=reads),))

    out = screen(Checked("第 1 份", judgement), explain=True)

    assert "  读着像坑的：「先交押金」\n  读着像正经招工的：「现场日结」、「不收费」\n" in out
    (text,) = checks.document([Checked("第 1 份", judgement)])["texts"]
    assert text["offers"][0]["reads"] == {
        "hundredths": -12,
        "towards": ["先交押金"],
        "away": ["现场日结", "不收费"],
    }


def test_what_an_offer_reads_like_names_a_kind_only_where_no_sign_does(screen) -> None:  # type: ignore[no-untyped-def]
    """The gravest kind by mere likeness must not hide the one that stands in the words."""
    like = replace(_finding("overseas"), rule=LIKENESS)

    assert screen(_checked("trap", like, _finding("upfront_fee"))).startswith(
        "是坑，别做：先收费\n"
    )
    alone = screen(_checked("trap", like))
    assert alone.startswith("是坑，别做。读起来最像：境外高薪\n")
    assert "是不是这一类不一定" in alone


# The document


def test_the_document_of_a_trap() -> None:
    """Every finding carries its kind's advice and laws; each text its offers."""
    aside = SetAside(_finding("task_rebate", quote="刷单"), "denied", "不是刷单")

    data = checks.document(
        [_checked("trap", _finding("upfront_fee"), aside=[aside], sums=SUMS[:1])]
    )

    (finding,) = data["findings"]
    kind = trapbook.book()["upfront_fee"]
    sign = {
        "rule": "upfront_fee_rule",
        "type": "upfront_fee",
        "strength": "decisive",
        "severity": 3,
        "start": 0,
        "end": 3,
        "quote": "先交钱",
        "text": "派活之前先要钱",
    }
    assert {name: finding[name] for name in sign} == sign
    assert finding["advice"] == "；".join(one.text for one in kind.advice)
    assert finding["advice_ids"] == [one.id for one in kind.advice]
    assert [law["date"] for law in finding["laws"]] == ["2008-01-01", "2024-06", None]
    assert (data["verdict"], data["as_of"], finding["where"]) == ("trap", "2026-11-22", "第 1 份")
    assert data["texts"] == [
        {
            "name": "第 1 份",
            "verdict": "trap",
            "chinese": True,
            "offers": [
                {
                    "start": 0,
                    "end": 30,
                    "verdict": "trap",
                    "findings": [sign],
                    "set_aside": [
                        {
                            **sign,
                            "rule": "task_rebate_rule",
                            "type": "task_rebate",
                            "severity": 4,
                            "end": 2,
                            "quote": "刷单",
                            "excuse": "denied",
                            "excuse_text": "说了没有这回事",
                            "by": "不是刷单",
                        }
                    ],
                    "sums": [
                        {
                            "code": "first_against_promise",
                            "values": {"first_fen": 10000, "promised_fen": 88000},
                            "category": None,
                            "quote": "100元",
                            "text": "先要你拿出 ￥100.00，说好给你 ￥880.00：出钱在前，拿钱在后。",
                        }
                    ],
                    "reads": None,
                }
            ],
        }
    ]


def test_the_worst_text_decides() -> None:
    """One trap among several is what a script has to know of."""
    assert checks.worst([FINE, APP]) == "warn"
    assert checks.worst([FINE, FEE, APP]) == "trap"
    assert checks.document([FINE])["verdict"] == "ok"
