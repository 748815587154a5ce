"""`xianke platforms`: the list and the page of one platform, over an invented catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from xianke import catalogue, disputes, i18n, platforms
from xianke.render import console, platform_page
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Refused = Callable[..., str]

REPORT = {"title": "某报：一则报道", "date": "2026-08-30", "url": "https://example.org/a"}
LISTED = {"title": "一份社区清单", "date": "2026-04-22", "url": None}

UNKNOWN: Document = {
    "value": None, "text": "不知道", "date": None, "confidence": None, "own": False, "source": None,
    "sources": [], "cited": False, "note": None, "old": False, "stated": None,
}  # fmt: skip

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
            "old": False,
            "stated": None,
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
        "region_names": [],
    },
    "flags": ["upfront_required", "status_unknown", "single_source"],
    "safety": {"known": 1, "total": 4, "letter": None, "worst": "upfront"},
    "own_record": None,
    "verify_first": True,
    "sources": [LISTED],
}


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English."""
    monkeypatch.setenv("XIANKE_LANG", "en")


@pytest.fixture
def seated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody sit at the terminal who can be asked."""
    monkeypatch.setattr(console, "is_interactive", lambda: True)


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
        "平台                  现状               安全             留意\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "配送跑腿\n"
        "苹果跑腿（众包）      在运营 2026-08-30  B 3/4·可能先付   可能要先付钱\n"
        "梨子跑腿              在运营 2020        0/4 已知         不收个人、消息过时\n"
        "荔枝跑腿              已停 2026-08-30    0/4 已知\n"
        "\n"
        "家教、咨询\n"
        "桃子家教中介（渠道）  不知道             1/4 已知·需先付  需先付钱、只有一个来源\n"
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


def test_an_unknown_category_is_not_found(refused: Refused) -> None:
    """With the categories to choose from."""
    said = refused(3, "not_found", "platforms", "--category", "种菜")

    assert said.startswith(
        "错误：没有「种菜」这个类别\n提示：类别有：micro_task (微任务、数据标注), "
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
    capsys: pytest.CaptureFixture[str], language: i18n.Language
) -> None:
    """All pages, in both languages, within eighty columns; only an address is never cut."""
    i18n.set_language(language)
    known = catalogue.catalogue()

    for platform in known.platforms.values():
        standing = platforms.standing(platform, date(2026, 11, 22))
        page = platform_page.Page(platform, standing, None, disputes.ways(platform))
        platform_page.show(known, page)
        lines = capsys.readouterr().out.splitlines()

        wide = [line for line in lines if width(line) > 80]
        assert [line for line in wide if "://" not in line] == [], platform.id
        assert len(lines) > 20


# One platform


WAYS = "钱不来、被冤枉，按这个顺序找（不是法律意见）"


def _without_ways(page: str) -> str:
    """Return a page without the part on where to complain, which stands in a file of its own."""
    before, _heading, rest = page.partition(WAYS)
    return before + rest.partition("\n\n")[2]


@pytest.mark.usefixtures("invented")
def test_a_page_says_where_to_complain(run: Run) -> None:
    """Whom to name, the nearest way first, with its rule; labour law not for every kind of work."""
    out = run("platforms", "show", "苹果").out
    ways = run("platforms", "show", "苹果", "--json").data["platforms"][0]["disputes"]

    assert f"\n{WAYS}\n  写明对方：苹果跑腿公司\n  - 先在平台里申诉或找客服" in out
    assert "\n    期限：从知道对方不付起三年内\n    依据：民事诉讼法第一百六十五条" in out
    assert [way["id"] for way in ways] == ["inside", "market", "hotline", "police", "court"]
    assert all(
        set(way) == {"id", "text", "contact", "limit", "source", "date", "confidence"}
        for way in ways
    )


def test_riders_may_turn_to_the_labour_inspection_and_clients_are_asked_in_writing(
    run: Run,
) -> None:
    """The kind of work and of platform decide what is open."""
    run("platforms", "add", "王阿姨", "--client")

    def ways(platform: str) -> list[str]:
        (page,) = run("platforms", "show", platform, "--json").data["platforms"]
        return [way["id"] for way in page["disputes"]]

    assert ways("美团众包") == [
        "inside", "market", "labour", "hotline", "police", "arbitration", "court",
    ]  # fmt: skip
    assert ways("王阿姨") == ["in_writing", "hotline", "police", "court"]


def test_a_page_says_what_is_owed_there(run: Run) -> None:
    """Gigs and deposits together, and where to look; nothing where nothing is."""
    clean = run("platforms", "show", "美团众包")
    run("log", "美团众包", "80", "--status", "delivered")
    run("log", "美团众包", "20", "--status", "delivered")
    run("spend", "美团众包", "100", "--deposit")

    page = run("platforms", "show", "美团众包").out
    data = run("platforms", "show", "美团众包", "--json").data["platforms"][0]

    assert "xianke owed" not in clean.out
    assert "\n  欠着你的      2 单共 100.00 元、押金 100.00 元\n" in page
    assert "\n→ 这里欠着你的：xianke owed\n" in page
    assert data["owed"] == {"gigs": 2, "outstanding_fen": 10_000, "deposit_fen": 10_000}


@pytest.mark.usefixtures("invented")
def test_a_page_tells_every_fact_with_who_says_so(run: Run) -> None:
    """In words, with source numbers and dates; hearsay and customers' prices are called that."""
    result = run("platforms", "show", "苹果")

    assert (
        _without_ways(result.out)
        == """\
苹果跑腿（众包）（pingguo）
  是什么  平台
  类别    配送跑腿
  做什么  送货
  别名    苹果
  运营方  苹果跑腿公司
  网址    pingguo.example（只是文字；自己核对是不是官方的再进）
  安全    B 3/4·可能先付
  留意    可能要先付钱

知道什么，谁说的
  现状      在运营（媒体或官方）；[1][2]；2026-08-30
  结算      周结；[1]；2026-08-30
  起提额    0.5 元；没记下是哪个来源；2026-04-22
  平台抽成  抽 5% 到 10%；[2]；2026-04-22
  先付钱    可能要先付（100 元）；[1]；2026-08-30
  担保      平台自己付，用不着担保；没记下是哪个来源；2026-04-22
  公开评价  不知道
  实名      不知道

补充
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

这一类（配送跑腿）
  单多的时候  午后单多
  风险        交通安全；差评扣款

有人抱怨
  - 派单偏向全职

另外要知道的
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
        _without_ways(result.out)
        == """\
桃子家教中介（taozi）
  是什么  渠道（不是一个平台，是一类找活的门路）
  类别    家教、咨询
  做什么  介绍学生给老师
  别名    桃子
  运营方  不知道
  网址    不知道
  安全    1/4 已知·需先付（知道三件才给等级）
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

这一类（家教、咨询）
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
    refused: Refused, text: str, code: int, name: str, message: str
) -> None:
    """Without a terminal nobody is asked and nothing is guessed."""
    said = refused(code, name, "platforms", "show", text)

    assert said.startswith(f"错误：{message}\n")


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
