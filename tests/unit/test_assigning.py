"""Whose money a payment is: which rule speaks, how loud, and what is never decided alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianke import assigning, catalogue
from xianke.assigning import AUTOMATIC, Proposal
from xianke.records import PRIVATE, OwnPlatform
from xianke.records import Rule as Stored

CLIENT = OwnPlatform("wangayi", "王阿姨", "client", None, None, "2026-11-01")


@dataclass(frozen=True)
class Row:
    """The words of a row; the defaults are a payment in a shop."""

    counterparty: str = "某小店"
    item: str = ""
    kind: str = "商户消费"
    note: str = ""
    merchant_number: str | None = None


def _rule(
    number: int,
    text: str,
    target: str | None,
    *,
    field: str = "words",
    origin: str = "user",
    confidence: int = 100,
    base: str | None = None,
    enabled: bool = True,
) -> Stored:
    return Stored(
        number, base, field, text, target, confidence, origin, 1, 0, enabled, "2026-11-01"
    )


def _book(stored: Sequence[Stored] = (), used: Sequence[str] = ()) -> assigning.Book:
    known = catalogue.catalogue([CLIENT])
    return assigning.book(assigning.shipped(), stored, known, used)


def _said(
    row: Row, stored: Sequence[Stored] = (), used: Sequence[str] = (), source: str = "wechat"
) -> tuple[str | None, int, str] | None:
    found = assigning.propose(_book(stored, used), row, source)
    return None if found is None else (found.target, found.confidence, found.rule)


# What came along


@pytest.mark.parametrize(
    "row",
    [
        Row("", "工资", "代发"),
        Row("星海科技有限公司", "10月薪资"),
        Row("", "代发其他"),
        Row("杭州市住房公积金管理中心", "公积金提取"),
        Row("", "结息"),
        Row("中欧基金管理有限公司", "余额宝-2026.11.01-收益发放"),
        Row("财务部", "差旅费报销", "转账"),
        Row("吱信（上海）网络技术有限公司", "奖励金"),
    ],
    ids=lambda row: f"{row.counterparty} {row.item}",
)
def test_ones_own_affairs_are_private_without_asking(row: Row) -> None:
    """Wages, social security, interest, reimbursements."""
    found = assigning.propose(_book(), row, "bank")

    assert found is not None
    assert (found.target, found.is_sure) == (PRIVATE, True)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (Row("", "代发劳务费"), "labour"),
        (Row("", "兼职工资 10月"), "part_time_wage"),
        (Row("某平台", "9月劳务结算"), "labour"),
        (Row("云账户（天津）共享经济信息咨询有限公司", "提现"), "agent_yunzhanghu"),
        (Row("示例众包服务有限公司", "提现"), "agents"),
        (Row("北京钱袋宝支付技术有限公司", "提现"), "meituan_wallet"),
        (Row("某传媒有限公司", "批量付款", "其他"), "settlement_words"),
        (Row("某贸易有限公司", "货款", "其他"), "company"),
        (Row("用户A", "收款方备注:二维码收款", "二维码收款"), "qr_code"),
        (Row("周末拼车", "", "群收款"), "group_collection"),
        (Row("小刘", "转账备注:家教课时费 4节", "转账"), "tutoring"),
        (Row("小刘", "转账备注:海报尾款", "转账"), "down_payment"),
        (Row("", "抖音生活服务商家提现"), "douyin_shop"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value.counterparty} {value.item}",
)
def test_where_nobody_can_tell_a_person_is_asked(row: Row, rule: str) -> None:
    """There is no target, only a question that settles it."""
    found = assigning.propose(_book(used=["xianyu"]), row, "wechat")

    assert found is not None
    assert (found.target, found.rule, found.is_sure) == (None, rule, False)
    assert found.reason.endswith("？")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("表姐", "", "微信红包"), (PRIVATE, 60, "red_packet")),
        (Row("小刘", "转账备注:微信转账", "转账"), (PRIVATE, 55, "transfer")),
        (Row("n***8", "二手显示器", "收入", "", "T200P2000000003"), ("xianyu", 70, "xianyu_order")),
        (Row("合众易宝委托付款", "提现"), ("douyin_xingtu", 75, "douyin_wallet")),
    ],
    ids=["red packet", "transfer", "order", "douyin"],
)
def test_a_hint_is_proposed_and_not_followed(row: Row, said: tuple[str | None, int, str]) -> None:
    """Below eighty a person has the last word."""
    assert _said(row, source="alipay") == said
    assert said[1] < AUTOMATIC


@pytest.mark.parametrize(
    ("row", "target"),
    [
        (Row("快手极速版", "积分任务提现到账", "其他"), "kuaishou"),
        (Row("赞赏作者的收款_20261026", "/", "其他"), "wechat_mp"),
    ],
    ids=["kuaishou", "article"],
)
def test_what_can_only_be_one_platform_is_followed(row: Row, target: str) -> None:
    """No question is asked where there is no doubt."""
    found = assigning.propose(_book(), row, "wechat")

    assert found is not None
    assert (found.target, found.is_sure) == (target, True)


@pytest.mark.parametrize(
    "row",
    [
        Row("甜薪工场", "项目款"),
        Row("", "一件代发 货款"),
        Row("某创作平台", "创作收益发放"),
        Row("某任务平台", "冲单奖金"),
        Row("小刘", "帮忙代缴社保"),
    ],
    ids=lambda row: f"{row.counterparty} {row.item}",
)
def test_words_of_work_are_not_taken_for_wages(row: Row) -> None:
    """A syllable of a wage within other words makes nothing private by itself."""
    found = assigning.propose(_book(), row, "alipay")

    assert found is None or not found.is_sure


def test_conditions_of_a_rule_hold() -> None:
    """The till of Alipay is known by the type of the row and the kind of bill."""
    till = Row("*三", "商品", "收入")

    assert _said(till, source="alipay") == (None, 45, "qr_code_alipay")
    assert _said(till, source="wechat") is None
    assert _said(Row("*三", "商品", "日用百货"), source="alipay") is None


def test_nothing_is_said_where_there_is_nothing_to_go_by() -> None:
    """No rule, no name: nobody."""
    assert _said(Row()) is None


def test_what_a_payment_hints_at_is_passed_on() -> None:
    """The kind of work, for a client that is new."""
    found = assigning.propose(_book(), Row("小刘", "家教课时费", "转账"), "wechat")

    assert found is not None
    assert found.category == "knowledge_teaching"


# Names


def test_an_own_client_is_known_by_name() -> None:
    """Whatever kind of payment it is; the name has to be just that."""
    assert _said(Row("王阿姨", "", "转账")) == ("wangayi", 90, "name")
    assert _said(Row("王阿姨的店", "", "转账")) == (PRIVATE, 55, "transfer")


def test_a_platform_worked_for_is_followed_and_another_only_proposed() -> None:
    """The same name says more where one has gigs there."""
    row = Row("上海哔哩哔哩科技有限公司", "提现", "其他")

    assert _said(row, used=["bilibili"]) == ("bilibili", 85, "name")
    assert _said(row) == ("bilibili", 60, "name")


def test_a_nickname_is_no_platform() -> None:
    """Who pays privately calls themselves what they like: 番茄 is also a fruit."""
    friend = Row("番茄炒蛋", "", "转账")

    assert _said(friend, used=["fanqie"]) == (PRIVATE, 55, "transfer")
    assert _said(Row("番茄", "", "微信红包"), used=["fanqie"]) == (PRIVATE, 60, "red_packet")
    assert _said(Row("番茄科技有限公司", "", "其他"), used=["fanqie"]) == ("fanqie", 85, "name")


def test_the_longest_name_is_the_one_that_is_meant() -> None:
    """闲鱼 within 闲鱼优品 says nothing about 闲鱼."""
    assert _said(Row("闲鱼优品结算", "", "其他"), used=["xianyu"]) == ("xianyu_youpin", 60, "name")


def test_two_names_of_one_length_decide_nothing() -> None:
    """Somebody has to say which of them paid."""
    found = assigning.propose(
        _book(used=["xianyu", "zhuanzhuan"]), Row("闲鱼转转", "", "其他"), "bank"
    )

    assert found is not None
    assert not found.is_sure


def test_a_bank_that_names_the_payer_in_the_remark_is_understood() -> None:
    """Without a counterparty the remark stands in for it."""
    row = Row("", "上海哔哩哔哩科技有限公司 提现", "汇入")

    assert _said(row, used=["bilibili"]) == ("bilibili", 85, "name")


# Who comes first


def test_the_users_word_stands_above_all() -> None:
    """Above what was learned, what came along, and any name."""
    row = Row("王阿姨", "工资", "转账")
    learned = _rule(4, "王阿姨", "zhihu", field="payer", origin="learned", confidence=95)

    assert _said(row, [learned, _rule(3, "工资", "xianyu")]) == ("xianyu", 100, "r3")


def test_what_was_learned_stands_above_what_came_along() -> None:
    """Also where that makes it a question again."""
    row = Row("星海科技有限公司", "工资", "其他")
    learned = _rule(4, "星海科技有限公司", "zhihu", field="payer", origin="learned", confidence=66)

    assert _said(row, [learned]) == ("zhihu", 66, "r4")


def test_what_was_learned_and_what_is_known_bear_each_other_out() -> None:
    """Whoever confirms a sure rule once does not make it doubtful."""
    row = Row("星海科技有限公司", "工资", "其他")
    learned = _rule(4, "星海科技有限公司", PRIVATE, field="payer", origin="learned", confidence=66)

    assert _said(row, [learned]) == (PRIVATE, 95, "wage")


def test_wages_are_wages_whoever_pays_them() -> None:
    """A platform of the user's that pays wages is an employer."""
    row = Row("上海哔哩哔哩科技有限公司", "工资", "其他")

    assert _said(row, used=["bilibili"]) == (PRIVATE, 95, "wage")


def test_a_name_goes_before_a_hint() -> None:
    """That somebody paid by transfer says less than who it was."""
    assert _said(Row("王阿姨", "尾款", "转账")) == ("wangayi", 90, "name")


def test_the_longer_text_decides_among_the_users_own() -> None:
    """It was written for something narrower."""
    rules = [_rule(3, "课时费", "zhihu"), _rule(5, "英语课时费", "xianyu")]

    assert _said(Row("小刘", "十月英语课时费"), rules) == ("xianyu", 100, "r5")
    assert _said(Row("小刘", "十月课时费"), rules) == ("zhihu", 100, "r3")


def test_a_shipped_rule_made_certain_is_followed() -> None:
    """What the user said of these orders holds for the next."""
    certain = _rule(3, "T200P", "xianyu", field="merchant_number", base="xianyu_order")
    row = Row("n***8", "二手显示器", "收入", "", "T200P2000000003")

    assert _said(row, [certain], source="alipay") == ("xianyu", 100, "xianyu_order")


def test_a_broad_rule_made_certain_leaves_known_names_alone() -> None:
    """All transfers are private, but not those of a client."""
    certain = _rule(3, "转账", PRIVATE, base="transfer")

    assert _said(Row("李**", "", "转账"), [certain]) == (PRIVATE, 100, "transfer")
    assert _said(Row("王阿姨", "", "转账"), [certain]) == ("wangayi", 90, "name")


def test_a_rule_that_is_switched_off_says_nothing() -> None:
    """Nor does one whose platform is gone."""
    off = _rule(3, "工资", PRIVATE, base="wage", enabled=False)
    gone = _rule(4, "货款", "vanished")

    assert _said(Row("", "工资"), [off]) is None
    assert _said(Row("某小店", "货款"), [gone]) is None


def test_a_rule_may_say_that_it_asks() -> None:
    """A target of None, for sure."""
    ask = _rule(3, "工资", None)

    found = assigning.propose(_book([ask]), Row("", "工资"), "bank")

    assert found == Proposal(None, 100, "r3", "你的规则 r3：「工资」")
    assert not found.is_sure


# How texts are compared


def test_width_case_and_blanks_do_not_matter() -> None:
    """What a bill writes in full width is the same word."""
    rule = [_rule(3, "abc 稿费", "zhihu")]

    assert _said(Row("", "ＡＢＣ　稿 费结算"), rule) == ("zhihu", 100, "r3")


def test_nothing_is_found_across_two_texts() -> None:
    """The end of a name and the beginning of the goods are no word."""
    assert _said(Row("某稿", "费用"), [_rule(3, "稿费", "zhihu")]) is None


@pytest.mark.parametrize(
    ("field", "row", "fits"),
    [
        ("counterparty", Row("星海文化传媒"), True),
        ("counterparty", Row("某小店", "星海文化"), False),
        ("payer", Row("星海文化"), True),
        ("payer", Row("星海文化传媒"), False),
        ("words", Row("某小店", note="星海文化"), True),
        ("merchant_number", Row(merchant_number="星海文化2026"), True),
        ("merchant_number", Row(merchant_number="2026星海文化"), False),
        ("merchant_number", Row("星海文化"), False),
    ],
)
def test_a_rule_looks_where_it_was_told_to(field: str, row: Row, fits: bool) -> None:
    """Within the name, at the whole of it, at all words, at the beginning of the number."""
    said = _said(row, [_rule(3, "星海文化", "zhihu", field=field)])

    assert (said == ("zhihu", 100, "r3")) is fits


def test_a_users_text_is_never_a_pattern() -> None:
    """Dots and brackets mean themselves."""
    rule = [_rule(3, "a.*(b", "zhihu")]

    assert _said(Row("", "a.*(b")) is None
    assert _said(Row("", "a.*(b"), rule) == ("zhihu", 100, "r3")
    assert _said(Row("", "axx(b"), rule) is None


WORDS = st.text(alphabet="工资转账费红包闲鱼优品ab *\0", max_size=12)


@given(WORDS, WORDS, WORDS, WORDS)
def test_the_same_words_always_get_the_same_answer(
    payer: str, item: str, kind: str, note: str
) -> None:
    """Whether it was asked before or not, and whatever stands there."""
    row = Row(payer, item, kind, note)
    book = _book(used=["xianyu"])

    first = assigning.propose(book, row, "wechat")

    assert assigning.propose(book, row, "wechat") == first
    assert assigning.propose(_book(used=["xianyu"]), row, "wechat") == first
    if first is not None:
        assert 0 <= first.confidence <= 100
