"""`xianke platforms` from the command line, over an invented catalogue of four platforms."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xianke import catalogue, store
from xianke.render import console
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]

REPORT = {"title": "某报：一则报道", "date": "2026-08-30", "url": "https://example.org/a"}
LIST = {"title": "一份社区清单", "date": "2026-04-22"}

DATA: Document = {
    "as_of": "2026-11-22",
    "factors": [
        {
            "id": name, "share": 0.0, "spread": 0.1, "text": {"zh": name, "en": name},
            "source": "编者", "grade": "assumption",
        }
        for name in ("unpaid_share", "advertised")
    ],
    "categories": [
        {
            "id": "errands", "name": {"zh": "配送跑腿", "en": "Errands"},
            "what": {"zh": "替人跑腿", "en": "Run errands"},
            "conditions": {"place": "neighbourhood", "devices_any": ["phone"]},
            "growth": 0.1, "peak": "午后单多", "risks": ["交通安全", "差评扣款"],
        },
        {
            "id": "teaching", "name": {"zh": "家教、咨询", "en": "Tutoring and advice"},
            "what": {"zh": "教孩子", "en": "Teach"},
            "conditions": {"skills_any": ["teaching"], "min_block_minutes": 60},
            "growth": 0.7, "peak": "晚上", "risks": ["先付信息费"],
        },
    ],
    "platforms": [
        {
            "id": "taozi", "name": {"zh": "桃子家教中介", "en": "Peach Tutors"},
            "aliases": ["桃子"], "kind": "channel", "category": "teaching",
            "sounds": ["taozi", "tzjj"],
            "what": {"zh": "介绍学生给老师", "en": "Finds pupils for teachers"}, "conditions": {},
            "status": {"value": "unknown"}, "upfront": {"value": "required", "yuan": 1200.0},
            "confidence": "low", "sources": [LIST],
        },
        {
            "id": "pingguo", "name": {"zh": "苹果跑腿（众包）", "en": "Apple Errands"},
            "aliases": ["苹果"], "kind": "platform", "category": "errands", "sounds": ["pgpt"],
            "what": {"zh": "送货", "en": "Deliver goods"}, "operator": "苹果跑腿公司",
            "conditions": {
                "skills_helpful": ["errands"], "assets_all": ["e_bike"], "min_age": 18,
                "certificates": ["health_certificate"], "regions": ["浙江"],
                "min_block_minutes": 60, "setup_minutes": 15, "ramp_up_days": 7,
            },
            "website": "pingguo.example", "complaints": ["派单偏向全职"], "confidence": "medium",
            "note": "2025 年改过一次规则。",
            "status": {
                "value": "active", "date": "2026-08-30", "basis": "press_or_official",
                "sources": [0, 1],
            },
            "settlement": {"value": "weekly", "sources": [0]},
            "min_withdrawal": {"yuan": 0.5}, "escrow": {"value": "not_applicable"},
            "fee": {
                "low_percent": 5.0, "high_percent": 10.0, "text": "抽 5% 到 10%", "sources": [1],
            },
            "upfront": {"value": "possible", "yuan": 100.0, "note": "押金可退", "sources": [0]},
            "pay": [
                {
                    "unit": "yuan_per_hour", "low": 15.0, "typical": 18.5, "high": 22.0,
                    "measure": "gross", "grade": "press", "by": "某报", "date": "2026-08-30",
                    "single_case": True, "derived": True, "unpaid_included": True, "sources": [0],
                    "note": "一名骑手自述",
                },
                {
                    "unit": "yuan_per_order", "low": 20.0, "measure": "customer_price",
                    "grade": "third_party", "by": "价目表",
                },
                {
                    "unit": "yuan_per_day", "high": 300.0, "measure": "advertised",
                    "grade": "community_estimate", "by": "社区清单", "date": "2026-04-22",
                    "unpaid_included": False,
                },
                {
                    "unit": "revenue_share_percent", "low": 5.0, "high": 5.0, "measure": "net",
                    "grade": "official", "by": "官网", "minutes": 30,
                },
                {
                    "unit": "usd_per_hour", "typical": 12.5, "measure": "net", "grade": "press",
                    "by": "某报", "date": "2026-08",
                },
            ],
            "sources": [REPORT, LIST],
        },
        {
            "id": "lizi", "name": {"zh": "梨子跑腿", "en": "Pear Errands"}, "aliases": ["众包"],
            "kind": "platform", "category": "errands", "sounds": ["lzpt"],
            "what": {"zh": "代买", "en": "Shop for people"}, "conditions": {},
            "not_for_workers": "只招公司", "confidence": "low",
            "status": {"value": "active", "date": "2020", "sources": [0]},
            "sources": [REPORT, LIST],
        },
        {
            "id": "lizhi", "name": {"zh": "荔枝跑腿", "en": "Lychee Errands"},
            "kind": "public_service", "category": "errands", "sounds": ["lzpt"],
            "what": {"zh": "排队", "en": "Queue for people"}, "conditions": {},
            "confidence": "high",
            "status": {"value": "closed", "date": "2026-08-30", "basis": "press_or_official"},
            "sources": [REPORT, LIST],
        },
    ],
}  # fmt: skip


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the invented catalogue in the place of the shipped one."""
    monkeypatch.setattr(catalogue, "_data", {"platforms": DATA}.__getitem__)


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English."""
    monkeypatch.setenv("XIANKE_LANG", "en")


@pytest.fixture
def seated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody sit at the terminal who can be asked."""
    monkeypatch.setattr(console, "is_interactive", lambda: True)


def _stored() -> tuple[list[Any], list[Any], str | None]:
    """Return everything of the user's own, and what undo would name."""
    with store.read() as db:
        entry = db.last_entry()
        return db.own_platforms(), db.evidence(), entry.subject if entry else None


def _refused(result: Any, code: int, name: str, message: str) -> None:
    """Assert that a command failed with one sentence on stderr and the same in its document."""
    assert (result.code, result.document["status"]) == (code, "error")
    (error,) = result.document["errors"]
    assert (error["code"], error["message"]) == (name, message)
    assert error["hint"]
    assert result.err == f"错误：{message}\n提示：{error['hint']}\n"


UNKNOWN = {
    "value": None, "text": "不知道", "date": None, "confidence": None, "own": False, "source": None,
    "sources": [], "cited": False, "note": None,
}  # fmt: skip
LISTED = {**LIST, "url": None}

TAOZI: Document = {
    "id": "taozi",
    "name": "桃子家教中介",
    "kind": "channel",
    "category": "teaching",
    "income": "time",
    "what": "介绍学生给老师",
    "aliases": ["桃子"],
    "operator": None,
    "website": None,
    "not_for_workers": None,
    "status": None,
    "facts": {
        "status": {**UNKNOWN, "basis": None},
        "settlement": UNKNOWN,
        "min_withdrawal": {**UNKNOWN, "amount_fen": None},
        "fee": {**UNKNOWN, "low_percent": None, "high_percent": None},
        "upfront": {
            "value": "required",
            "text": "要先付",
            "date": "2026-04-22",
            "confidence": "low",
            "own": False,
            "source": "一份社区清单",
            "sources": [LISTED],
            "cited": False,
            "note": None,
            "amount_fen": 120000,
        },
        "escrow": UNKNOWN,
        "public_ratings": UNKNOWN,
        "id_verification": UNKNOWN,
    },
    "pay": [],
    "complaints": [],
    "note": None,
    "confidence": "low",
    "conditions": {
        "skills_any": ["teaching"],
        "skills_all": [],
        "skills_helpful": [],
        "assets_any": [],
        "assets_all": [],
        "assets_helpful": [],
        "devices_any": [],
        "place": "online",
        "interruptible": False,
        "ride_sharing": False,
        "min_block_minutes": 60,
        "setup_minutes": 0,
        "ramp_up_days": 0,
        "min_age": None,
        "certificates": [],
        "regions": [],
    },
    "flags": ["upfront_required", "status_unknown", "single_source"],
    "safety": {"known": 1, "total": 4, "letter": None},
    "verify_first": True,
    "sources": [LISTED],
}


# The list


@pytest.mark.usefixtures("invented")
def test_the_list_is_a_document_of_all_that_is_known(run: Run) -> None:
    """Every fact with value, source, date and confidence; what is not known is null."""
    result = run("platforms", "--category", "家教", "--json")

    assert (result.code, result.err) == (0, "")
    assert result.document == {
        "schema": 1,
        "status": "ok",
        "data": {"as_of": "2026-11-22", "platforms": [TAOZI]},
        "errors": [],
    }


@pytest.mark.usefixtures("invented")
def test_the_list_shows_categories_with_straight_columns(run: Run) -> None:
    """Under its category each platform with status and date, safety, and what to beware of."""
    result = run("platforms")

    assert result.out == (
        "平台                  现状               安全      留意\n"
        "─────────────────────────────────────────────────────────────────────────\n"
        "配送跑腿\n"
        "苹果跑腿（众包）      在运营 2026-08-30  B         可能要先付钱\n"
        "梨子跑腿              在运营 2020        0/4 已知  不收个人、消息过时\n"
        "荔枝跑腿              已停 2026-08-30    0/4 已知\n"
        "\n"
        "家教、咨询\n"
        "桃子家教中介（渠道）  不知道             1/4 已知  需先付钱、只有一个来源\n"
        "\n"
        "共 4 个，目录截至 2026-11-22。现状后面是消息的日期。\n"
        "安全看四件事：担保、结算、公开评价、要不要先付；知道三件以上才给等级，A 最好。\n"
        "→ xianke platforms show pingguo\n"
    )


@pytest.mark.usefixtures("invented", "english")
def test_the_list_in_english_has_english_names(run: Run) -> None:
    """Names and categories follow the language."""
    result = run("platforms", "--search", "pear")

    assert "\nErrands\nPear Errands " in result.out
    assert "配送跑腿" not in result.out


@pytest.mark.parametrize(
    ("text", "ids"),
    [("代买", ["lizi"]), ("众包", ["pingguo", "lizi"]), ("lzp", ["lizi", "lizhi"]), ("芒果", [])],
)
@pytest.mark.usefixtures("invented")
def test_a_search_looks_into_names_sounds_and_work(run: Run, text: str, ids: list[str]) -> None:
    """Nothing found is an answer, not a failure."""
    result = run("platforms", "--search", text, "--json")

    assert [one["id"] for one in result.data["platforms"]] == ids


@pytest.mark.usefixtures("invented")
def test_a_search_without_a_find_proposes(run: Run) -> None:
    """What may have been meant, or how to add what is missing."""
    near = run("platforms", "--search", "平果跑腿")
    far = run("platforms", "--search", "芒果")

    assert near.out == (
        "没有找到\n  是不是：苹果跑腿（众包）？\n→ 目录里没有就自己添：xianke platforms add 名字\n"
    )
    assert far.out == "没有找到\n→ 目录里没有就自己添：xianke platforms add 名字\n"


@pytest.mark.usefixtures("invented")
def test_the_city_of_the_profile_decides_about_regions(run: Run) -> None:
    """A platform that works elsewhere only is flagged once the city is known."""
    run("inventory", "set", "city", "长沙")

    result = run("platforms", "show", "苹果", "--json")

    assert result.data["platforms"][0]["flags"] == ["upfront_possible", "region_mismatch"]


def test_an_unknown_category_is_not_found(run: Run) -> None:
    """With the categories to choose from."""
    _refused(
        run("platforms", "--category", "种菜", "--json"), 3, "not_found", "没有「种菜」这个类别"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", [(), ("verify",)])
def test_the_shipped_catalogue_fits_eighty_columns(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str, command: tuple[str, ...]
) -> None:
    """No line is too wide, and every second column begins in the same place."""
    monkeypatch.setenv("XIANKE_LANG", language)

    lines = run("platforms", *command).out.splitlines()

    assert max(map(width, lines)) <= 80
    rule = next(line for line in lines if line.startswith("─"))
    table = lines[lines.index(rule) + 1 : lines.index("", len(lines) - 15) if command else -4]
    start = width(lines[0][: lines[0].index(lines[0].split()[1])])
    for line in table:
        cells = ""
        while width(cells) < start and len(cells) < len(line):
            cells = line[: len(cells) + 1]
        if len(cells) < len(line) and not _is_group(line):
            assert width(cells) == start, line
            assert cells.endswith("  "), line


def _is_group(line: str) -> bool:
    return "  " not in line.strip()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_shipped_platform_can_be_shown(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """All pages, in both languages, within eighty columns; only an address is never cut."""
    monkeypatch.setenv("XIANKE_LANG", language)

    for identity in catalogue.catalogue().platforms:
        result = run("platforms", "show", identity)

        assert (result.code, result.err) == (0, ""), identity
        wide = [line for line in result.out.splitlines() if width(line) > 80]
        assert [line for line in wide if "://" not in line] == [], identity


# One platform


@pytest.mark.usefixtures("invented")
def test_a_page_tells_every_fact_with_who_says_so(run: Run) -> None:
    """In words, with source numbers and dates; hearsay and customers' prices are called that."""
    result = run("platforms", "show", "苹果")

    assert (
        result.out
        == """\
苹果跑腿（众包）（pingguo）
  是什么  平台
  类别    配送跑腿
  做什么  送货
  别名    苹果
  运营方  苹果跑腿公司
  网址    pingguo.example（只是文字；自己核对是不是官方的再进）
  安全    B（四件事知道 3 件）
  留意    可能要先付钱

知道什么，谁说的
  现状      在运营（媒体或官方）；[1][2]；2026-08-30
  结算      周结；[1]；2026-08-30
  起提额    0.5 元；没记下是哪个来源；2026-08-30
  平台抽成  抽 5% 到 10%；[2]；2026-04-22
  先付钱    可能要先付（100 元）；[1]；2026-08-30
  担保      平台自己付，用不着担保；没记下是哪个来源；2026-08-30
  公开评价  不知道
  实名      不知道

补充（中文原文）
  先付钱  押金可退

报酬
  - 每小时 15–22 元，常见 18.5；实收，没扣自己的成本；某报；2026-08-30；[1]；等
    待算在内；只是一个人的例子；推算
    一名骑手自述
  - 每单 20 元起；这是顾客付的价，不是到手；价目表；日期不明
  - 每天 300 元以内；广告价；社区清单；2026-04-22；传闻，不作数；等待没算在内
  - 收入的 5%（一次约 30 分钟）；净得；官网；日期不明
  - 每小时 12.5 美元；净得；某报；2026-08

要什么
  会了更好        跑腿
  东西（都要有）  电动自行车
  设备            手机
  地点            家附近
  证件            健康证
  年龄            满 18 岁
  地区            浙江
  一次至少        60 分钟
  准备和路上      15 分钟
  从开始到见钱    约 7 天

这一类（配送跑腿，中文原文）
  单多的时候  午后单多
  风险        交通安全；差评扣款

有人抱怨（中文原文）
  - 派单偏向全职

说明（中文原文）
  2025 年改过一次规则。

来源（整体可信程度：中）
  [1] 某报：一则报道；2026-08-30
      https://example.org/a
  [2] 一份社区清单；2026-04-22

→ 查到了就记：xianke platforms edit pingguo 哪一项 值
"""
    )


@pytest.mark.usefixtures("invented")
def test_a_page_says_what_nobody_knows(run: Run) -> None:
    """A channel is called one; unknown facts, address and pay say so."""
    result = run("platforms", "show", "taozi")

    assert (
        result.out
        == """\
桃子家教中介（taozi）
  是什么  渠道（不是一个平台，是一类找活的门路）
  类别    家教、咨询
  做什么  介绍学生给老师
  别名    桃子
  运营方  不知道
  网址    不知道
  安全    四件事只知道 1 件，不给等级
  留意    需先付钱、只有一个来源
  先核对  它还在不在、入口是不是官方的，再花时间

知道什么，谁说的
  现状      不知道
  结算      不知道
  起提额    不知道
  平台抽成  不知道
  先付钱    要先付（1200 元）；[1]；2026-04-22
  担保      不知道
  公开评价  不知道
  实名      不知道

报酬
  不知道

要什么
  技能（会一样就行）  教初中
  地点                线上
  一次至少            60 分钟

这一类（家教、咨询，中文原文）
  单多的时候  晚上
  风险        先付信息费

来源（整体可信程度：低）
  [1] 一份社区清单；2026-04-22

→ 查到了就记：xianke platforms edit taozi 哪一项 值
"""
    )


@pytest.mark.usefixtures("invented")
def test_a_page_warns_of_what_takes_no_individuals_and_what_is_closed(run: Run) -> None:
    """The reason stands there; what is closed need not be verified first."""
    firms = run("platforms", "show", "梨子跑腿").out
    closed = run("platforms", "show", "荔枝跑腿").out

    assert "\n  不收个人  只招公司\n" in firms
    assert "\n  留意      不收个人、消息过时\n" in firms
    assert "\n  是什么  公共服务\n" in closed
    assert "先核对" not in closed
    assert "留意" not in closed


@pytest.mark.usefixtures("invented")
def test_pay_is_in_fen_where_it_is_yuan(run: Run) -> None:
    """A share and a foreign currency have their figure and no fen; hearsay says it is that."""
    pay = run("platforms", "show", "pingguo", "--json").data["platforms"][0]["pay"]

    assert pay[0] == {
        "unit": "yuan_per_hour",
        "low": 15.0,
        "typical": 18.5,
        "high": 22.0,
        "low_fen": 1500,
        "typical_fen": 1850,
        "high_fen": 2200,
        "minutes": None,
        "measure": "gross",
        "grade": "press",
        "hearsay": False,
        "by": "某报",
        "date": "2026-08-30",
        "confidence": "medium",
        "single_case": True,
        "derived": True,
        "unpaid_included": True,
        "note": "一名骑手自述",
        "source": "某报：一则报道",
        "sources": [REPORT],
        "cited": True,
    }
    assert [one["hearsay"] for one in pay] == [False, False, True, False, False]
    assert (pay[1]["low_fen"], pay[1]["cited"]) == (2000, False)
    assert pay[1]["source"] == "某报：一则报道; 一份社区清单"
    assert (pay[3]["low"], pay[3]["low_fen"], pay[4]["typical_fen"]) == (5.0, None, None)


@pytest.mark.parametrize(
    ("text", "code", "name", "message"),
    [
        ("芒果", 3, "not_found", "目录里没有「芒果」"),
        ("lzpt", 4, "conflict", "「lzpt」可以指好几个：梨子跑腿 (lizi), 荔枝跑腿 (lizhi)"),
    ],
)
@pytest.mark.usefixtures("invented")
def test_a_name_of_none_or_several_is_refused(
    run: Run, text: str, code: int, name: str, message: str
) -> None:
    """Without a terminal nobody is asked and nothing is guessed."""
    _refused(run("platforms", "show", text, "--json"), code, name, message)


@pytest.mark.usefixtures("invented", "seated")
@pytest.mark.parametrize(
    ("text", "answer", "shown"),
    [("lzpt", "2", "荔枝跑腿（lizhi）"), ("平果跑腿", "1", "苹果跑腿（众包）（pingguo）")],
)
def test_somebody_at_the_terminal_is_asked(run: Run, text: str, answer: str, shown: str) -> None:
    """Several fits and near misses are put by number."""
    result = run("platforms", "show", text, stdin=f"{answer}\n")

    assert (result.code, result.out.splitlines()[0]) == (0, shown)
    assert result.err.startswith(("「lzpt」可以指好几个", "目录里没有「平果跑腿」"))
    assert "  1. " in result.err


@pytest.mark.usefixtures("invented", "seated")
@pytest.mark.parametrize(("text", "code"), [("lzpt", 4), ("芒果", 3)])
def test_no_answer_is_the_same_refusal(run: Run, text: str, code: int) -> None:
    """Whoever presses return has chosen nothing; where nothing is near nobody is asked."""
    assert run("platforms", "show", text, stdin="\n").code == code


# Own platforms


@pytest.mark.usefixtures("invented")
def test_a_client_is_added_under_an_id_of_its_own(run: Run) -> None:
    """Spelt in pinyin, with category and note, from today; undo takes it back."""
    result = run(
        "platforms", "add", "王阿姨", "--client", "--category", "家教", "--note", " 楼下 ", "--json"
    )

    (added,) = result.data["platforms"]
    assert {key: added[key] for key in ("id", "name", "kind", "category", "note", "flags")} == {
        "id": "wangayi", "name": "王阿姨", "kind": "client", "category": "teaching", "note": "楼下",
        "flags": [],
    }  # fmt: skip
    assert added["facts"]["status"] == {
        **UNKNOWN, "value": "active", "text": "在运营", "date": "2026-11-22", "own": True,
        "source": "你自己查到的", "basis": None,
    }  # fmt: skip
    with store.read() as db:
        (row,) = db.own_platforms()
    assert (row.id, row.kind, row.added_on) == ("wangayi", "client", "2026-11-22")
    assert run("undo").out == "撤销了：添平台 王阿姨\n"
    assert _stored() == ([], [], None)


@pytest.mark.usefixtures("invented")
def test_an_added_platform_is_shown_with_what_comes_next(run: Run) -> None:
    """Without a category it suits nothing yet, and the screen says how to change that."""
    bare = run("platforms", "add", "My", "Shop")
    placed = run("platforms", "add", "梨子", "分店", "--category", "errands")

    assert bare.out == (
        "添上了 myshop：My Shop（自己添的）\n"
        "  还没有类别，配活时用不上；补上：xianke platforms edit myshop category 类别\n"
        "→ 做了就记：xianke log myshop 金额 --minutes 分钟\n"
    )
    assert placed.out == (
        "添上了 lizifendian：梨子 分店（自己添的）\n"
        "→ 做了就记：xianke log lizifendian 金额 --minutes 分钟\n"
    )


@pytest.mark.usefixtures("invented")
def test_own_platforms_stand_in_the_list_and_have_pages(run: Run) -> None:
    """A platform with its category's questions, a client with the two that matter."""
    run("platforms", "add", "桃子", "二店", "--category", "teaching", "--note", "熟人开的")
    run("platforms", "add", "王阿姨", "--client")

    listed = run("platforms").out
    own = run("platforms", "show", "taozierdian").out
    client = run("platforms", "show", "王阿姨").out

    assert "\n没有分类的\n王阿姨（客户）         在运营 2026-11-22  0/4 已知\n" in listed
    assert "\n桃子 二店（自己添的）  在运营 2026-11-22  0/4 已知\n" in listed
    assert own.startswith(
        "桃子 二店（taozierdian）\n"
        "  是什么  自己添的平台\n"
        "  类别    家教、咨询\n"
        "  备注    熟人开的\n"
        "  安全    四件事只知道 0 件，不给等级\n"
        "\n"
        "知道什么，谁说的\n"
        "  现状      在运营；你自己查到的；2026-11-22\n"
    )
    assert "来源" not in own
    assert client == (
        "王阿姨（wangayi）\n"
        "  是什么  自己的客户\n"
        "  类别    没有分类\n"
        "\n"
        "知道什么，谁说的\n"
        "  结算    不知道\n"
        "  先付钱  不知道\n"
        "\n"
        "→ 查到了就记：xianke platforms edit wangayi 哪一项 值\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "name", "message"),
    [
        (["王阿姨"], 4, "conflict", "「王阿姨」已经添过了（wangayi）"),
        (["ＷＡＮＧ ａｙｉ"], 4, "conflict", "「ＷＡＮＧ ａｙｉ」已经添过了（wangayi）"),
        (["苹果"], 4, "conflict", "目录里已经有「苹果」：苹果跑腿（众包）（pingguo）"),
        ([" "], 2, "not_understood", "名字是空的"),
        (["王\u200b店"], 2, "not_understood", "「王\u200b店」里有看不见的字符"),
        (["王店", "--category", "种菜"], 3, "not_found", "没有「种菜」这个类别"),
    ],
)
@pytest.mark.usefixtures("invented")
def test_what_cannot_be_added_changes_nothing(
    run: Run, words: list[str], code: int, name: str, message: str
) -> None:
    """A name in use, no name, an unreadable one, an unknown category."""
    run("platforms", "add", "王阿姨", "--client")
    before = _stored()

    result = run("platforms", "add", *words, "--json")

    assert (result.code, _stored()) == (code, before)
    (error,) = result.document["errors"]
    assert (error["code"], error["message"]) == (name, message)


@pytest.mark.usefixtures("invented")
def test_names_that_sound_alike_are_two(run: Run) -> None:
    """The second one is numbered."""
    run("platforms", "add", "王阿姨", "--client")

    result = run("platforms", "add", "汪阿姨", "--client", "--json")

    assert result.data["platforms"][0]["id"] == "own-1"


# What the user found out


@pytest.mark.usefixtures("invented")
def test_a_finding_changes_flags_and_safety(run: Run) -> None:
    """It lies over the catalogue with today's date, and the document tells before and after."""
    result = run("platforms", "edit", "苹果", "押金", "不用", "--note", "问了客服", "--json")

    data = result.data
    assert (data["field"], data["before"], data["after"]) == (
        "upfront",
        {
            "value": "possible",
            "flags": ["upfront_possible"],
            "safety": {"known": 3, "total": 4, "letter": "B"},
            "verify_first": False,
        },
        {
            "value": "none",
            "flags": [],
            "safety": {"known": 3, "total": 4, "letter": "A"},
            "verify_first": False,
        },
    )
    assert data["platforms"][0]["facts"]["upfront"] == {
        "value": "none",
        "text": "不用先付",
        "date": "2026-11-22",
        "confidence": "own",
        "own": True,
        "source": "你自己查到的",
        "sources": [],
        "cited": False,
        "note": "问了客服",
        "amount_fen": None,
    }
    _own, (finding,), subject = _stored()
    assert (finding.platform, finding.field, finding.value, finding.day, finding.note) == (
        "pingguo", "upfront", "none", "2026-11-22", "问了客服",
    )  # fmt: skip
    assert subject == "苹果跑腿（众包） 先付钱"


@pytest.mark.usefixtures("invented")
def test_the_screen_tells_what_an_edit_changed(run: Run) -> None:
    """The fact, then what follows from it; undo takes it back."""
    result = run("platforms", "edit", "taozi", "status", "active")
    safer = run("platforms", "edit", "taozi", "担保", "有")
    page = run("platforms", "show", "taozi").out

    assert result.out == (
        "改好了「桃子家教中介」的现状：不知道 → 在运营\n"
        "  留意：需先付钱、现状不明、只有一个来源 → 需先付钱\n"
        "→ xianke platforms show taozi\n"
    )
    assert safer.out == (
        "改好了「桃子家教中介」的担保：不知道 → 钱由平台担保\n"
        "  安全：1/4 已知 → 2/4 已知\n"
        "→ xianke platforms show taozi\n"
    )
    assert "\n  现状      在运营；你自己查到的；2026-11-22\n" in page
    assert run("undo").out == "撤销了：改平台 桃子家教中介 担保\n"


@pytest.mark.usefixtures("invented")
def test_the_last_warning_gone_is_said(run: Run) -> None:
    """No warnings left reads as none, not as an empty place."""
    result = run("platforms", "edit", "pingguo", "upfront", "none")

    assert "\n  留意：可能要先付钱 → 没有\n" in result.out


@pytest.mark.usefixtures("invented")
def test_the_same_finding_twice_a_day_is_one(run: Run) -> None:
    """Another note is another finding."""
    run("platforms", "edit", "lizi", "upfront", "none")
    run("platforms", "edit", "lizi", "先付", "不用")
    run("platforms", "edit", "lizi", "upfront", "none", "--note", "再问一次")

    _own, evidence, _subject = _stored()

    assert [(one.value, one.note) for one in evidence] == [("none", None), ("none", "再问一次")]


@pytest.mark.usefixtures("invented")
def test_an_own_platform_can_be_renamed_filed_and_noted(run: Run) -> None:
    """The id stays; 「-」 empties category and note."""
    run("platforms", "add", "王阿姨", "--client")

    outs = [
        run("platforms", "edit", *words).out.splitlines()[0]
        for words in (
            ["王阿姨", "name", "王", "大妈"],
            ["wangayi", "类别", "家教"],
            ["王 大妈", "备注", "三楼"],
            ["王 大妈", "note", "-"],
            ["王 大妈", "category", "-"],
            ["王 大妈", "name", "王大妈"],
        )
    ]

    assert outs == [
        "改好了「王 大妈」的名字：王阿姨 → 王 大妈",
        "改好了「王 大妈」的类别：没有 → 家教、咨询",
        "改好了「王 大妈」的备注：没有 → 三楼",
        "改好了「王 大妈」的备注：三楼 → 没有",
        "改好了「王 大妈」的类别：家教、咨询 → 没有",
        "改好了「王大妈」的名字：王 大妈 → 王大妈",
    ]
    with store.read() as db:
        (row,) = db.own_platforms()
    assert (row.id, row.name, row.category, row.note) == ("wangayi", "王大妈", None, None)


@pytest.mark.parametrize(
    ("words", "code", "name", "message"),
    [
        (["苹果", "心情", "好"], 2, "not_understood", "没有「心情」这一项"),
        (["苹果", "押金", "也许"], 2, "not_understood", "押金 不能是「也许」"),
        (["芒果", "押金", "不用"], 3, "not_found", "目录里没有「芒果」"),
        (["苹果", "name", "青苹果"], 1, "refused", "「苹果跑腿（众包）」是目录里的，名字不能改"),
        (["王阿姨", "name", "苹果"], 4, "conflict",
         "目录里已经有「苹果」：苹果跑腿（众包）（pingguo）"),
        (["王阿姨", "name", " "], 2, "not_understood", "名字是空的"),
        (["王阿姨", "category", "种菜"], 3, "not_found", "没有「种菜」这个类别"),
        (["王阿姨", "name", "王妈", "--note", "x"], 2, "not_understood",
         "改「name」的时候不能写 --note"),
        (["苹果", "押金", "不用", "--note", "a\u200bb"], 2, "not_understood",
         "「a\u200bb」里有看不见的字符"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("invented")
def test_what_cannot_be_edited_changes_nothing(
    run: Run, words: list[str], code: int, name: str, message: str
) -> None:
    """An unknown field or value, a name of the catalogue's, a name in use."""
    run("platforms", "add", "王阿姨", "--client")
    before = _stored()

    result = run("platforms", "edit", *words, "--json")

    assert (result.code, _stored()) == (code, before)
    (error,) = result.document["errors"]
    assert (error["code"], error["message"]) == (name, message)
    assert error["hint"]


# Removing


@pytest.mark.usefixtures("invented")
def test_removing_takes_the_findings_along(run: Run) -> None:
    """Both come back with one undo."""
    run("platforms", "add", "王阿姨", "--client")
    run("platforms", "edit", "王阿姨", "结算", "当次")
    before = _stored()

    document = run("platforms", "rm", "王阿姨", "--json").data
    gone = _stored()[:2]
    undone = run("undo").out

    assert [one["id"] for one in document["platforms"]] == ["wangayi"]
    assert gone == ([], [])
    assert undone == "撤销了：删平台 王阿姨\n"
    assert _stored() == before


@pytest.mark.usefixtures("invented")
def test_removing_says_what_is_gone(run: Run) -> None:
    """And findings about others stay."""
    run("platforms", "add", "王阿姨", "--client")
    run("platforms", "edit", "苹果", "押金", "不用")

    result = run("platforms", "rm", "wangayi")

    assert result.out == "删掉了 wangayi：王阿姨（客户）\n→ 删错了就 xianke undo\n"
    assert [one.platform for one in _stored()[1]] == ["pingguo"]


@pytest.mark.parametrize(
    ("identity", "message"),
    [
        ("苹果", "「苹果跑腿（众包）」是目录里的，删不掉"),
        ("王阿姨", "「王阿姨」名下还有 1 单，不能删"),
    ],
)
@pytest.mark.usefixtures("invented")
def test_what_is_in_use_or_shipped_is_not_removed(run: Run, identity: str, message: str) -> None:
    """A gig must not lose the name it belongs to."""
    run("platforms", "add", "王阿姨", "--client")
    run("log", "王阿姨", "50", "--minutes", "30")
    before = _stored()

    _refused(run("platforms", "rm", identity, "--json"), 1, "refused", message)
    assert _stored() == before


# Checking again


@pytest.mark.usefixtures("invented")
def test_verify_lists_what_is_old_or_rests_on_one_source(run: Run) -> None:
    """Own platforms first, with the reasons; then what to look up for each fact."""
    run("platforms", "add", "桃子", "二店", "--category", "teaching")
    run("log", "桃子家教中介", "100", "--minutes", "60")

    result = run("platforms", "verify")

    assert (
        result.out
        == """\
平台                  要核对的，为什么
──────────────────────────────────────────────────────────────────────────────
你做过的
桃子家教中介（渠道）  先付钱（214 天前、一个来源）

配送跑腿
苹果跑腿（众包）      结算、先付钱（一个来源）；平台抽成（214 天前、一个来源）

现状、结算、先付钱、平台抽成过 90 天，别的过 365 天，就该重新核对。
  先付钱    要不要押金、会员费，要不要自己买装备
  结算      做完几天到账
  平台抽成  平台抽多少
→ 查到了就记：xianke platforms edit taozi 哪一项 值
"""
    )


@pytest.mark.usefixtures("invented")
def test_verify_is_a_document_of_platforms_with_checks(run: Run) -> None:
    """The whole platform, the own gigs there, and each check with its age and reasons."""
    run("log", "taozi", "100", "--minutes", "60")

    data = run("platforms", "verify", "--json").data

    assert data["as_of"] == "2026-11-22"
    assert [(one["id"], one["own_gigs"]) for one in data["platforms"]] == [
        ("taozi", 1),
        ("pingguo", 0),
    ]
    first = data["platforms"][0]
    assert first == {
        **TAOZI,
        "own_gigs": 1,
        "checks": [
            {
                "field": "upfront",
                "value": "required",
                "date": "2026-04-22",
                "age_days": 214,
                "doubts": ["old", "single_source"],
                "text": "要不要押金、会员费，要不要自己买装备",
            }
        ],
    }


def test_verify_with_nothing_to_check_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty catalogue leaves nothing to do."""
    empty = {**DATA, "platforms": []}
    monkeypatch.setattr(catalogue, "_data", {"platforms": empty}.__getitem__)

    assert run("platforms", "verify").out == "没有要核对的\n"


def test_old_pay_and_what_is_undated_are_told_apart(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pay has no value of its own in a check; a fact without a date says that."""
    peach: Document = json.loads(json.dumps(DATA["platforms"][0]))
    pay = {"unit": "yuan_per_hour", "low": 1.0, "measure": "net", "grade": "press", "by": "某报"}
    peach |= {
        "pay": [{**pay, "date": "2020"}],
        "category": "gone",
        "sources": [{"title": "甲"}] * 2,
    }
    data = {**DATA, "platforms": [peach], "categories": DATA["categories"]}
    data["categories"] = [*data["categories"], {**data["categories"][0], "id": "gone"}]
    monkeypatch.setattr(catalogue, "_data", {"platforms": data}.__getitem__)

    (found,) = run("platforms", "verify", "--json").data["platforms"]
    screen = run("platforms", "verify").out

    assert [(one["field"], one["value"], one["age_days"]) for one in found["checks"]] == [
        ("upfront", "required", None),
        ("pay", None, 2152),
    ]
    assert "先付钱（没有日期）；报酬（2152 天前）" in screen


# A catalogue file


GOOD = """\
as_of: 2026-11-22
factors: []
categories:
  - {id: errands, name: {zh: 跑腿, en: Errands}, what: {zh: 跑腿, en: Errands}, conditions: {},
     growth: 0.1, peak: 午后, risks: [摔跤]}
platforms:
  - {id: mango, name: {zh: 芒果, en: Mango}, kind: platform, category: errands,
     what: {zh: 跑腿, en: Errands}, conditions: {}, status: {value: unknown}, confidence: low,
     sources: [{title: 某报}]}
"""


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    """Write a text to a file and return its place."""

    def write(text: str) -> Path:
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_sound_file_is_counted(run: Run, file: Callable[[str], Path]) -> None:
    """What it holds, and nothing is changed by looking."""
    path = file(GOOD)

    shown = run("platforms", "validate", str(path))
    document = run("platforms", "validate", str(path), "--json").document

    assert (shown.code, shown.err) == (0, "")
    assert shown.out == f"{path} 没有毛病：1 类、1 个平台、1 条来源，截至 2026-11-22\n"
    assert document == {
        "schema": 1,
        "status": "ok",
        "data": {
            "file": str(path),
            "as_of": "2026-11-22",
            "counts": {"categories": 1, "platforms": 1, "sources": 1},
            "platforms": [{"id": "mango", "name": "芒果"}],
            "problems": [],
        },
        "errors": [],
    }


def test_each_fault_is_told_with_its_line(run: Run, file: Callable[[str], Path]) -> None:
    """In words where there are words for it; exit code 2."""
    path = file(GOOD.replace("growth: 0.1", "growth: much, mood: good").replace("kind: ", "sort: "))

    result = run("platforms", "validate", str(path))

    assert result.code == 2
    assert result.out == (
        f"{path} 第 5 行：categories.0.growth: not a number: 'much'\n"
        f"{path} 第 5 行：categories.0.mood: 没有这一项，看看是不是拼错了\n"
        f"{path} 第 7 行：platforms.0.kind: 少了这一项\n"
        f"{path} 第 7 行：platforms.0.sort: 没有这一项，看看是不是拼错了\n"
    )
    assert result.err == (
        f"错误：「{path}」有 4 处毛病\n提示：按行号改好再查一遍；整份文件对了才会用\n"
    )


def test_the_document_of_a_faulty_file_holds_the_faults(
    run: Run, file: Callable[[str], Path]
) -> None:
    """As data with file, line and reason, and as errors in words."""
    path = file(GOOD.replace("peak: 午后, ", ""))

    result = run("platforms", "validate", str(path), "--json")

    assert result.code == 2
    assert result.document == {
        "schema": 1,
        "status": "error",
        "data": {
            "file": str(path),
            "as_of": None,
            "counts": None,
            "platforms": [],
            "problems": [
                {"file": str(path), "line": 4, "reason": "categories.0.peak: Field required"}
            ],
        },
        "errors": [
            {
                "code": "not_understood",
                "message": f"{path} 第 4 行：categories.0.peak: 少了这一项",
                "hint": "按行号改好再查一遍；整份文件对了才会用",
            }
        ],
    }


def test_what_is_no_readable_text_is_unreadable(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing, a folder, not UTF-8, too large: exit code 5."""
    from xianke import schema

    gbk = tmp_path / "gbk.yaml"
    gbk.write_bytes("as_of: 今天".encode("gbk"))
    large = tmp_path / "large.yaml"
    large.write_text(GOOD, encoding="utf-8")

    for path in (tmp_path / "none.yaml", tmp_path, gbk):
        result = run("platforms", "validate", str(path), "--json")
        _refused(result, 5, "unreadable", f"文件读不出来：{path}")
    monkeypatch.setattr(schema, "MAX_FILE_BYTES", 10)
    result = run("platforms", "validate", str(large), "--json")
    _refused(result, 5, "unreadable", f"文件太大：{large}")


# Everything


@pytest.mark.parametrize(
    "command", [(), ("show",), ("add",), ("edit",), ("rm",), ("verify",), ("validate",)]
)
def test_every_command_explains_itself(run: Run, command: tuple[str, ...]) -> None:
    """A help page within eighty columns."""
    result = run("platforms", *command, "--help")

    assert result.code == 0
    assert result.out.startswith("用法：xianke platforms")
    assert max(map(width, result.out.splitlines())) <= 80


@pytest.mark.usefixtures("invented")
def test_what_is_shown_survives_a_gbk_terminal(run: Run) -> None:
    """No character of ours is missing there."""
    shown = [run("platforms"), run("platforms", "show", "苹果"), run("platforms", "verify")]

    for result in shown:
        assert result.out.encode("gbk")


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # A width from the shell that runs the tests must not matter.
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    yield
