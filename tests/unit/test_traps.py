"""Offers judged: the deal counts, not the vocabulary."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianke import i18n, traps
from xianke._trap_likeness import Weights, pieces
from xianke._trap_sums import Known
from xianke.findings import VERDICTS, Judgement

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

ROOT = Path(__file__).resolve().parents[2]


def rules(judgement: Judgement) -> set[str]:
    return {finding.rule for finding in judgement.findings}


def types(text: str) -> set[str]:
    return {finding.type for finding in traps.judge(text).findings}


@pytest.mark.parametrize(
    ("trap", "honest"),
    [
        (
            "电动车押金五百，扫我个人的码，合同不用签，转好了告诉你去哪提车。",
            "电动车月租二百六，押金五百写在合同里，还车那天在店里原路退。",
        ),
        (
            "每天早上替我们的司机刷一次脸，链接我发你，一次二十。",
            "跑单前要在骑手App里本人刷一次脸，过不了当天接不了单。",
        ),
        (
            "海报一张三百，你先转我一百定金，定稿再退。",
            "海报一张三百，我先付一百定金，定稿付清。",
        ),
        (
            "客户的货款打到你的卡里，你再转到指定的账户，一万给六十。",
            "稿费每月十五号打到您本人的卡里，个税代扣。",
        ),
        (
            "老员工拉一个人得五百，他再拉人，您还能拿两成。",
            "老员工介绍朋友来，干满三个月奖五百，随当月工资发。",
        ),
    ],
)
def test_one_point_of_the_deal_decides(trap: str, honest: str) -> None:
    """Of two offers in much the same words, the deal tells the trap from the honest one."""
    assert traps.judge(trap).verdict == "trap"
    assert traps.judge(honest).verdict != "trap"


@pytest.mark.parametrize(
    "text",
    [
        "不是刷单，就是帮店铺优化数据。前三单公司垫，第四单起您先付，本金加佣金一起返。",
        "无押金，只要先交工服费198元，做满一个月退。",
        "我们不是传销。交3800成为店主，您带一个人进来拿四成，他再带人您还有一成。",
    ],
)
def test_a_denial_clears_nothing_that_is_asked_all_the_same(text: str) -> None:
    """What an offer says it is not, it may be."""
    assert traps.judge(text).verdict == "trap"


@pytest.mark.parametrize(
    "text",
    [
        "入职不收任何费用，工服免费发，工资当天结。地点在中心仓库，找张主管。",
        "本店招晚班理货，不收押金、培训费、服装费，一小时18元，到店面谈。",
    ],
)
def test_what_is_denied_and_not_asked_counts_for_nothing(text: str) -> None:
    """A fee that is not charged is none."""
    assert traps.judge(text).verdict == "ok"


def test_what_is_denied_is_shown_as_set_aside() -> None:
    """The explanation names the sign and the words that deny it."""
    offer = traps.judge("招理货员，押金不用交，一小时18元，到店找王店长。").offers[0]

    assert offer.verdict == "ok"
    assert any(a.excuse == "denied" for a in offer.set_aside)


def test_honest_terms_are_shown_as_set_aside() -> None:
    """A rental deposit with its terms is excused by them, and says so."""
    offer = traps.judge("招骑手，车月租260，押金500写进合同，还车那天当场退。").offers[0]

    assert offer.verdict != "trap"
    assert any(a.excuse == "honest" and a.finding.type == "upfront_fee" for a in offer.set_aside)


def test_a_bond_that_is_asked_for_is_no_honest_term() -> None:
    """What takes the weight of one sign does not excuse where it is a trap by itself."""
    offer = traps.judge("招打单员，先交押金99元才派单。").offers[0]

    assert offer.verdict == "trap"
    assert [one for one in offer.set_aside if one.excuse == "honest"] == []


def test_a_reading_as_honest_lowers_loose_signs_and_hides_none() -> None:
    """A loose sign no longer decides then; two that are strong do, and all are still told."""
    one, two = "招收银员，押金500元到店交。", "帮忙注册借呗，一个给50元。"
    honest = Weights({piece: (-900, "") for piece, _start, _end in pieces(one + two)})

    alone = traps.judge(one, weights=honest)
    both = traps.judge(one + two, weights=honest)

    assert (alone.verdict, both.verdict) == ("warn", "trap")
    assert {finding.type for finding in both.findings} == {"upfront_fee", "loan_register"}
    assert {finding.strength for finding in both.findings} == {"strong"}


@pytest.mark.parametrize(
    "text",
    [
        "【派出所提醒】近期有人以做任务返佣金为名，让群众先垫付再返本金，都是诈骗，请勿参与，被骗请打110。",
        "妈，那个先交两百材料费做手工的千万别信，我同学被骗了，拉黑他。",
        "各班通知：有人高价收银行卡，出租银行卡属违法行为，请勿参与，已借出的请联系辅导员。",
    ],
)
def test_a_warning_is_no_offer(text: str) -> None:
    """A police notice, a school's, a friend's: what they quote is not what they offer."""
    judged = traps.judge(text)

    assert judged.verdict == "ok"
    assert any(a.excuse == "warning" for offer in judged.offers for a in offer.set_aside)


def test_a_question_about_a_trap_is_answered_with_care() -> None:
    """Who asks whether it is sound does not offer it, but has to be told."""
    judged = traps.judge("面试那边让我先转380元工装钱才能上班，这正常吗？")

    assert judged.verdict == "warn"


def test_a_label_of_warning_does_not_shield_an_offer() -> None:
    """Who asks for money himself is not excused by a word of caution."""
    text = "谨防诈骗！本团队正规可靠。刷单兼职，先垫付货款，本金加佣金十分钟返，加我微信。"

    assert traps.judge(text).verdict == "trap"


def test_offers_in_one_text_are_judged_one_by_one() -> None:
    """The honest one keeps its verdict, the text takes the worst."""
    text = (
        "超市周末理货，一天150，到店找刘主管，当天现结。\n\n"
        "线上打单员，先交会费99元，交完派单，做满十单退。"
    )

    judged = traps.judge(text)

    assert [offer.verdict for offer in judged.offers] == ["ok", "trap"]
    assert judged.verdict == "trap"


def test_commas_part_figures_that_stand_side_by_side() -> None:
    """A Chinese comma between two sums parts them; an English one may stand in one sum."""
    apart = traps.judge("招打字员，一单25元，先交会费118，300一天。").offers[0].sums
    whole = traps.judge("招打字员，一单25元，先交会费1,300元。").offers[0].sums

    assert apart[0].values["first_fen"] == 11_800
    assert whole[0].values["first_fen"] == 130_000


@pytest.mark.parametrize("heap", ["交会费金", "押金保证金", "先交押金99元，", "\n \n"])
def test_work_grows_with_the_text_alone(heap: str) -> None:
    """Ten times as much of the same is about ten times the work, and not a hundred times.

    Counted are the lines that run, so that the machine's speed does not matter.
    """
    lines = 0

    def count(_frame: FrameType, event: str, _value: object) -> Callable[..., object]:
        nonlocal lines
        lines += event == "line"
        return count

    def work(times: int) -> int:
        nonlocal lines
        lines = 0
        before = sys.gettrace()
        sys.settrace(count)
        try:
            traps.judge(heap * times)
        finally:
            sys.settrace(before)
        return lines

    traps.judge(heap)

    assert work(2_500) < 20 * work(250)


@pytest.mark.parametrize(
    "text",
    [
        "嫌职刷&单，先電付貨款，本金加拥金返",
        "兼 职 刷 单，先 垫 付 货 款，本 金 加 佣 金 返",
        "兼職刷單，先墊付貨款，本金加佣金返",
        "兼职刷\u200b单，先垫\u200b付货款，本金加佣\u2060金返",
    ],
)
def test_masks_change_nothing(text: str) -> None:
    """Sound-alikes, blanks, unseen characters and traditional script are read through."""
    assert traps.judge(text).verdict == "trap"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("您先垫货款，做完本金加12%佣金一起返到卡里", "task_rebate"),
        ("先交岗位锁定金99元，三天不满意随时退", "upfront_fee"),
        ("岗前提升班费用4280元，可以帮您开通花呗分期，结业就派单", "training_loan"),
        ("用您的收款码代收货款，再转到指定账户，每笔给千分之八", "money_mule"),
        ("微信号租给我，一天60元，掉号包赔", "account_rental"),
        ("在家看着插满电话卡的小盒子别断电，日薪300元", "device_relay"),
        ("下级的收益你能拿20%，下级的下级再拿10%", "pyramid"),
        ("棋牌平台招推广，玩家首充返你35%", "gambling_promo"),
        ("缅甸客服月薪两万，免学历，包机票，护照由公司保管", "overseas"),
        ("陪聊按剧本来，聊熟了把客户推给投资老师", "chat_companion"),
        ("工资发放失败，先转1元验证，再把验证码报给我", "fake_service"),
        ("平台外面交易，点这个链接缴500元卖家诚信金", "offplatform"),
        ("拍驿站的快递面单发我，一张0.5元，姓名电话要清楚", "info_harvest"),
        ("用您名字办网贷，下款转给公司冲业绩，公司三天内替您还", "loan_register"),
        ("导师带你买涨买跌，投入五千稳赚不赔", "invest_lure"),
        ("替考英语，一场三千，照片我们处理", "illegal_service"),
    ],
)
def test_each_kind_of_trap_is_named(text: str, kind: str) -> None:
    """The plainest deal of every kind is a trap, and of that kind."""
    judged = traps.judge(text)

    assert judged.verdict == "trap"
    assert kind in {finding.type for finding in judged.findings}


def test_findings_speak_the_users_language() -> None:
    """What a finding says follows the language, its quote the offer."""
    text = "先交会费99元才派单"
    chinese = traps.judge(text).findings[0]
    before = i18n.language()
    i18n.set_language("en")
    try:
        english = traps.judge(text).findings[0]
    finally:
        i18n.set_language(before)

    assert (chinese.rule, chinese.quote) == (english.rule, english.quote)
    assert english.text.isascii()
    assert not chinese.text.isascii()


def test_the_arithmetic_of_a_fee() -> None:
    """What is due first stands against what is promised."""
    sums = traps.judge("招打字员，每千字一单25元，先交会费118元").offers[0].sums

    first = next(one for one in sums if one.code == "first_against_promise")
    assert dict(first.values) == {"first_fen": 11_800, "promised_fen": 2_500}


def test_the_arithmetic_of_small_pieces() -> None:
    """Five yuan a piece, thirty to fifty a day: nine hundred to fifteen hundred a month."""
    text = "字幕任务每单5元，每天30-50单，月入7500元，10分钟一单"

    (implied,) = [s for s in traps.judge(text).offers[0].sums if s.code == "minutes_implied"]

    assert dict(implied.values) == {
        "fen_each": 500,
        "orders_low": 900,
        "orders_high": 1500,
        "fen_claimed": 750_000,
        "minutes_at_pace": 15_000,
    }


def test_orders_are_no_yuan() -> None:
    """Thirty to fifty orders a day of five yuan each come to 250 yuan at the most."""
    (implied,) = traps.judge("字幕任务每单5元，每天30-50单，10分钟一单").offers[0].sums

    assert (implied.values["orders_low"], implied.values["orders_high"]) == (30, 50)
    assert implied.values["fen_claimed"] == 25_000


def test_pay_above_what_such_work_brings() -> None:
    """An hour is compared with the category whose words stand in the offer, and with no other."""
    known = (Known("micro_task", 3000, ("录入",)), Known("ride_hailing", 9000, ("网约车",)))

    (sum_,) = traps.judge("资料录入，一小时80元", lambda: known).offers[0].sums

    assert (sum_.code, sum_.category) == ("above_market", "micro_task")
    assert dict(sum_.values) == {"claimed_fen_per_hour": 8000, "known_high_fen_per_hour": 3000}
    assert traps.judge("遛狗，一小时80元", lambda: known).offers[0].sums == ()
    assert traps.judge("资料录入，一小时20元", lambda: known).offers[0].sums == ()


def test_hours_that_say_when_make_no_working_day() -> None:
    """A day's pay is divided by the hours of the day, not by those within which it is paid out."""
    known = (Known("micro_task", 3000, ("录入",)),)
    text = "资料录入，{}，一天600元"

    assert traps.judge(text.format("2小时内到账"), lambda: known).offers[0].sums == ()
    assert traps.judge(text.format("每天2小时"), lambda: known).offers[0].sums != ()


@given(st.text(max_size=300))
def test_nothing_is_too_odd_to_be_judged(text: str) -> None:
    """Any text has a verdict, and every quote stands in it where it is said to stand."""
    judged = traps.judge(text)

    assert judged.verdict in VERDICTS
    for finding in judged.findings:
        assert text[finding.start : finding.end] == finding.quote
        assert finding.quote


PIECES = sorted(
    {
        word
        for words in json.loads(
            (Path(traps.__file__).parent / "_data" / "cues.json").read_text(encoding="utf-8")
        )["words"].values()
        for word in words[:4]
    }
)


@given(
    st.lists(
        st.sampled_from([*PIECES, "，", "。", "\n", "\n\n", "99元", "：", "您", "我"]), max_size=60
    )
)
def test_any_heap_of_cues_is_judged(pieces: list[str]) -> None:
    """Words of offers in any order give a verdict that its own findings account for."""
    text = "".join(pieces)

    judged = traps.judge(text)

    assert judged.verdict == max((o.verdict for o in judged.offers), key=VERDICTS.index)
    for offer in judged.offers:
        decisive = any(f.strength == "decisive" for f in offer.findings)
        strong = sum(f.strength == "strong" for f in offer.findings)
        assert (offer.verdict == "trap") == (decisive or strong >= 2)


@pytest.mark.parametrize(
    "text", ["兼职 佣金 是骗人的 刷单\n\n先交押金 加微信", "兼职是骗人的。\n\n先交押金"]
)
def test_a_sign_whose_company_alone_is_excused_is_judged(text: str) -> None:
    """The words that make it are not in the warning; those that have to stand beside them are."""
    assert traps.judge(text).verdict in ("trap", "warn", "ok")
