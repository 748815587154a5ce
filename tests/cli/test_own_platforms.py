"""`xianke platforms add`, `edit`, `rm`: what the user adds to the catalogue and finds out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from xianke import store

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Refused = Callable[..., str]

UNKNOWN: Document = {
    "value": None, "text": "不知道", "date": None, "confidence": None, "own": False, "source": None,
    "sources": [], "cited": False, "note": None, "old": False, "stated": None,
}  # fmt: skip


def _stored() -> tuple[list[Any], list[Any], str | None]:
    """Return everything of the user's own, and what undo would name."""
    with store.read() as db:
        entry = db.last_entry()
        return db.own_platforms(), db.evidence(), entry.subject if entry else None


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
    assert run("undo").out.splitlines()[0] == "撤销了：添平台 王阿姨"
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
        "  安全    0/4 已知（知道三件才给等级）\n"
        "\n"
        "知道什么，谁说的\n"
        "  现状      在运营；你自己查到的；2026-11-22\n"
    )
    assert "\n来源" not in own
    before, _heading, after = client.partition("钱不来、被冤枉，按这个顺序找（不是法律意见）\n")
    assert after.startswith("  - 先书面要一次")
    assert before == (
        "王阿姨（wangayi）\n"
        "  是什么  自己的客户\n"
        "  类别    没有分类\n"
        "\n"
        "知道什么，谁说的\n"
        "  结算    不知道\n"
        "  先付钱  不知道\n"
        "\n"
    )
    assert after.endswith("\n\n→ 查到了就记：xianke platforms edit wangayi 哪一项 值\n")


@pytest.mark.parametrize(
    ("words", "code", "name", "message"),
    [
        (["王阿姨"], 4, "conflict", "「王阿姨」已经添过了（wangayi）"),
        (["ＷＡＮＧ ａｙｉ"], 4, "conflict", "「ＷＡＮＧ ａｙｉ」已经添过了（wangayi）"),
        (["苹果"], 4, "conflict", "目录里已经有「苹果」：苹果跑腿（众包）（pingguo）"),
        ([" "], 2, "not_understood", "名字是空的"),
        (["王\u200b店"], 2, "not_understood", "「王?店」里有看不见的字符"),
        (["王店", "--category", "种菜"], 3, "not_found", "没有「种菜」这个类别"),
    ],
)
@pytest.mark.usefixtures("invented")
def test_what_cannot_be_added_changes_nothing(
    run: Run, refused: Refused, words: list[str], code: int, name: str, message: str
) -> None:
    """A name in use, no name, an unreadable one, an unknown category."""
    run("platforms", "add", "王阿姨", "--client")

    said = refused(code, name, "platforms", "add", *words)

    assert said.startswith(f"错误：{message}\n")


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
            "safety": {"known": 3, "total": 4, "letter": "B", "worst": "upfront"},
            "verify_first": False,
            "suggest": None,
        },
        {
            "value": "none",
            "flags": [],
            "safety": {"known": 3, "total": 4, "letter": "A", "worst": None},
            "verify_first": False,
            "suggest": None,
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
        "old": False,
        "stated": {
            "value": "possible",
            "text": "可能要先付",
            "date": "2026-08-30",
            "source": "某报：一则报道",
            "newer": False,
        },
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
        "  安全：1/4 已知·需先付 → 2/4 已知·需先付\n"
        "→ xianke platforms show taozi\n"
    )
    assert "\n  现状      在运营；你自己查到的；2026-11-22\n" in page
    assert run("undo").out.splitlines()[0] == "撤销了：改平台 桃子家教中介 担保"


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
def test_a_finding_is_taken_back_and_the_catalogue_counts_again(run: Run) -> None:
    """Every word of the user's on that one fact goes; undo brings them back."""
    run("platforms", "edit", "苹果", "押金", "不用")
    run("platforms", "edit", "苹果", "押金", "要")
    run("platforms", "edit", "苹果", "担保", "有")

    taken = run("platforms", "edit", "苹果", "押金", "--unset", "--json").data
    _own, evidence, _subject = _stored()

    assert (taken["field"], taken["unset"]) == ("upfront", True)
    assert (taken["before"]["value"], taken["after"]["value"]) == ("required", "possible")
    assert taken["platforms"][0]["facts"]["upfront"]["own"] is False
    assert [one.field for one in evidence] == ["escrow"]
    assert run("undo").out.splitlines()[0] == "撤销了：改平台 苹果跑腿（众包） 先付钱"
    assert [one.field for one in _stored()[1]] == ["upfront", "upfront", "escrow"]


@pytest.mark.usefixtures("invented")
def test_taking_back_is_said_on_the_screen(run: Run) -> None:
    """With what it does to safety and warnings."""
    run("platforms", "edit", "苹果", "押金", "不用")

    said = run("platforms", "edit", "苹果", "押金", "--unset").out

    assert said == (
        "收回了「苹果跑腿（众包）」的先付钱，照目录的算：不用先付 → 可能要先付\n"
        "  安全：A 3/4 → B 3/4·可能先付\n"
        "  留意：没有 → 可能要先付钱\n"
        "→ xianke platforms show pingguo\n"
    )


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        (1, "refused", ("lizi", "押金", "--unset")),
        (2, "not_understood", ("lizi", "押金")),
        (2, "not_understood", ("lizi", "押金", "不用", "--unset")),
        (2, "not_understood", ("lizi", "押金", "--unset", "--note", "x")),
        (2, "not_understood", ("lizi", "note", "--unset")),
        (2, "not_understood", ("lizi", "天气", "--unset")),
        (3, "not_found", ("榴莲", "押金", "--unset")),
    ],
)
@pytest.mark.usefixtures("invented")
def test_what_cannot_be_taken_back_changes_nothing(
    refused: Refused, code: int, name: str, words: tuple[str, ...]
) -> None:
    """Nothing was found out, or it is not said what is meant."""
    refused(code, name, "platforms", "edit", *words)


@pytest.mark.usefixtures("invented")
def test_a_page_shows_what_the_catalogue_says_beside_the_own_word(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with its date; after a year the own word is marked, and still counts."""
    run("platforms", "edit", "苹果", "押金", "不用")
    fresh = "".join(run("platforms", "show", "苹果").out.split())
    (fact,) = (
        one["facts"]["upfront"]
        for one in run("platforms", "show", "苹果", "--json").data["platforms"]
    )
    monkeypatch.setenv("XIANKE_NOW", "2027-11-23T10:00:00+08:00")
    later = "".join(run("platforms", "show", "苹果").out.split())
    (old,) = (
        one["facts"]["upfront"]
        for one in run("platforms", "show", "苹果", "--json").data["platforms"]
    )

    assert "不用先付；你自己查到的；2026-11-22；目录说：可能要先付，2026-08-30" in fresh
    assert "2026-11-22，一年多了，该再看一次；目录说：" in later
    assert (fact["value"], fact["old"], fact["stated"]["value"]) == ("none", False, "possible")
    assert (old["value"], old["old"]) == ("none", True)


def test_an_edit_says_where_it_moves_a_platform_in_the_advice(run: Run) -> None:
    """For who has taken stock: row, place and score, before and after, or why it is out."""
    run("inventory", "add", "slot", "周末", "8:00-20:00", "--place", "neighbourhood")
    run("inventory", "add", "asset", "电动车")

    safer = run("platforms", "edit", "shansong", "结算", "日结", "--json").data
    screen = run("platforms", "edit", "shansong", "先付", "不用").out
    closed = run("platforms", "edit", "shansong", "status", "closed", "--json").data
    same = run("platforms", "edit", "epwk", "status", "closed").out

    before, after = safer["before"]["suggest"], safer["after"]["suggest"]
    assert list(before) == ["block", "category", "rank", "place", "score", "code"]
    assert (before["block"], before["category"]) == ("picks", "delivery_errand")
    assert after["score"] > before["score"]
    assert (after["rank"], after["place"]) <= (before["rank"], before["place"])
    assert "\n  建议里：第 " in screen
    assert closed["after"]["suggest"] == {
        "block": "rejected", "category": None, "rank": None, "place": None, "score": None,
        "code": "closed",
    }  # fmt: skip
    assert "建议里：不在建议里（" in same


def test_an_explanation_shows_own_findings_beside_the_catalogue(run: Run) -> None:
    """Who said what, and when."""
    run("inventory", "add", "slot", "周末", "8:00-20:00", "--place", "neighbourhood")
    run("inventory", "add", "asset", "电动车")
    run("platforms", "edit", "shansong", "担保", "有")

    told = "".join(run("suggest", "--explain", "shansong").out.split())
    data = run("suggest", "--explain", "shansong", "--json").data

    assert "担保：钱由平台担保；你自己查到的；2026-11-22；目录说：" in told
    assert list(data["own_findings"]) == ["escrow"]
    assert data["own_findings"]["escrow"]["stated"]["value"] == "not_applicable"


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
         "「a?b」里有看不见的字符"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("invented")
def test_what_cannot_be_edited_changes_nothing(
    run: Run, refused: Refused, words: list[str], code: int, name: str, message: str
) -> None:
    """An unknown field or value, a name of the catalogue's, a name in use."""
    run("platforms", "add", "王阿姨", "--client")

    said = refused(code, name, "platforms", "edit", *words)

    assert said.startswith(f"错误：{message}\n")


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
    assert undone.splitlines()[0] == "撤销了：删平台 王阿姨"
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
def test_what_is_in_use_or_shipped_is_not_removed(
    run: Run, refused: Refused, identity: str, message: str
) -> None:
    """A gig must not lose the name it belongs to."""
    run("platforms", "add", "王阿姨", "--client")
    run("log", "王阿姨", "50", "--minutes", "30")

    said = refused(1, "refused", "platforms", "rm", identity)

    assert said.startswith(f"错误：{message}\n")


@pytest.mark.parametrize(
    "words",
    [
        ("payouts", "add", "王阿姨", "50"),
        ("spend", "王阿姨", "20"),
        ("start", "王阿姨"),
        ("rules", "add", "王小姐", "王阿姨"),
    ],
)
@pytest.mark.usefixtures("invented")
def test_money_rules_and_the_stopwatch_keep_a_client(
    run: Run, refused: Refused, words: tuple[str, ...]
) -> None:
    """Whatever names somebody would be left with a name that nobody has."""
    run("platforms", "add", "王阿姨", "--client")
    assert run(*words).code == 0

    said = refused(1, "refused", "platforms", "rm", "王阿姨")

    assert said.startswith("错误：「王阿姨」名下还有钱")
