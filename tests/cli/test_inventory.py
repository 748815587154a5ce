"""`xianke inventory`: add, edit, remove, set and show what a person has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from xianke.render import console

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Stored = Callable[[], dict[str, list[tuple[object, ...]]]]
Refused = Callable[..., str]
Screen = Callable[..., str]

EMPTY: Document = {
    "slots": [],
    "skills": [],
    "assets": [],
    "profile": {},
    "free_minutes_per_week": 0,
}
LUNCH: Document = {
    "id": "s1",
    "label": "午休",
    "text": "工作日 12:00-13:00",
    "place": "office",
    "devices": ["phone"],
    "driving": False,
    "minutes_per_week": 300,
}

LOOK = "→ 看一遍：xianke inventory（改错了：xianke undo）\n"
"""How what was written down is seen, and taken back."""


def add(run: Run, *arguments: str) -> Document:
    """Add one thing and return its document."""
    return run("inventory", "add", *arguments, "--json").data


def inventory(run: Run) -> Document:
    return run("inventory", "--json").data


@pytest.fixture
def full(run: Run) -> Document:
    """Take stock of a bit of everything and return the inventory."""
    add(run, "slot", "工作日", "12:00-13:00", "--label", "午休")
    add(run, "slot", "周六", "9点到11点", "--place", "anywhere", "--device", "pc")
    add(run, "slot", "工作日", "18:00-18:40", "--driving", "--label", "回家")
    add(run, "skill", "PPT", "--level", "4")
    add(run, "skill", "吹唢呐")
    add(run, "asset", "相机", "--idle", "平时", "--note", "套机")
    run("inventory", "set", "city", "杭州")
    run("inventory", "set", "birth_year", "1995")
    run("inventory", "set", "licence", "是")
    return inventory(run)


# The whole


def test_the_document_holds_all_that_was_said(full: Document) -> None:
    """Every key of the contract, ids that people can type, what was guessed and worked out."""
    assert full == {
        "slots": [
            LUNCH,
            {
                "id": "s2",
                "label": None,
                "text": "周六 09:00-11:00",
                "place": "anywhere",
                "devices": ["pc"],
                "driving": False,
                "minutes_per_week": 120,
            },
            {
                "id": "s3",
                "label": "回家",
                "text": "工作日 18:00-18:40",
                "place": "transit",
                "devices": ["phone"],
                "driving": True,
                "minutes_per_week": 200,
            },
        ],
        "skills": [
            {"id": "k1", "key": "ppt", "name": "PPT 制作", "level": 4},
            {"id": "k2", "key": "吹唢呐", "name": "吹唢呐", "level": 3},
        ],
        "assets": [{"id": "a1", "key": "camera", "name": "相机", "idle": "平时", "note": "套机"}],
        "profile": {"birth_year": 1995, "city": "杭州", "licence": True},
        "free_minutes_per_week": 620,
    }


def test_an_empty_inventory_is_a_whole_document(run: Run) -> None:
    """And makes no file."""
    assert run("inventory", "--json").document == {
        "schema": 1,
        "status": "ok",
        "data": EMPTY,
        "errors": [],
    }


def test_an_empty_inventory_says_how_to_begin(screen: Screen) -> None:
    """Two ways instead of three empty tables."""
    assert screen("inventory").splitlines() == [
        "还没有盘点。先写下三样：什么时候有空、会什么、闲着什么。",
        "→ 从这里开始：xianke init（最多十个问题）",
        "→ 自己来：xianke inventory add slot 工作日 12:00-13:00 --label 午休",
    ]


def test_the_screen_shows_what_there_is(full: Document, screen: Screen) -> None:
    """Four parts, weekly hours, and the next command."""
    lines = [line.strip() for line in screen("inventory").splitlines()]
    for text in ("空闲时段", "技能", "闲置", "关于你", "城市：杭州", "驾照：有"):
        assert text in lines
    assert "每周合计 10.3 小时（重叠的只算一次）" in lines
    assert lines[-1] == "→ xianke suggest"
    for word in ("午休", "开车骑车路上", "●●●●·", "吹唢呐", "平时", "套机", "出生年份：1995"):
        assert word in screen("inventory")


def test_only_what_there_is_is_shown(run: Run, screen: Screen) -> None:
    """No heading without a table below it."""
    add(run, "slot", "周六", "9:00-9:40")

    out = screen("inventory")

    assert "40 分钟" in out
    assert [text for text in ("技能", "闲置", "关于你") if text in out] == []


def test_without_slots_the_next_command_adds_one(run: Run, screen: Screen) -> None:
    """Advice needs time first."""
    add(run, "skill", "PPT")

    out = screen("inventory")

    assert "空闲时段" not in out
    assert out.splitlines()[-1].startswith("→ xianke inventory add slot")


def test_the_screen_is_english_where_english_is_asked_for(
    run: Run, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of the vocabulary too; codes and keys never change."""
    add(run, "slot", "工作日", "12:00-13:00", "--label", "lunch")
    add(run, "skill", "PPT")
    add(run, "asset", "相机")
    run("inventory", "set", "education", "本科")
    monkeypatch.setenv("XIANKE_LANG", "en")

    data, out = inventory(run), screen("inventory")

    assert data["slots"][0]["text"] == "weekdays 12:00-13:00"
    assert [data[kind][0]["name"] for kind in ("skills", "assets")] == ["Slide decks", "Camera"]
    assert [data[kind][0]["key"] for kind in ("skills", "assets")] == ["ppt", "camera"]
    assert not [char for char in out if "一" <= char <= "鿿"]


def test_long_words_do_not_break_the_screen(run: Run, screen: Screen) -> None:
    """Labels, own skills and notes of any length are folded within 80 columns."""
    long = "很长很长的名字" * 12
    add(run, "slot", "周一三五", "9:00-10:00,", "14:00-15:30,", "20:00-21:00", "--label", long)
    add(run, "skill", long)
    add(run, "asset", long, "--idle", long, "--note", "x" * 200)
    run("inventory", "set", "city", long)

    screen("inventory")
    screen("inventory", "slots")
    screen("inventory", "edit", "s1", "--place", "office")
    screen("inventory", "rm", "a1")


# Slots


def test_what_was_understood_of_a_slot_is_echoed(screen: Screen) -> None:
    """The times, the place that was guessed and how to change it, the week, the next command."""
    assert screen("inventory", "add", "slot", "周一三五晚上").splitlines() == [
        "记下了 s1：周一、周三、周五 19:00-22:00",
        "  地点：家里，每周 9.0 小时",
        "  地点没写，按「家里」记；不对就改：xianke inventory edit s1 --place office",
        "→ xianke suggest",
    ]


@pytest.mark.parametrize(
    ("arguments", "place", "devices"),
    [
        (("--label", "通勤"), "transit", ["phone"]),
        (("--label", "午休"), "office", ["phone"]),
        (("--label", "看书"), "home", ["phone"]),
        (("--label", "通勤", "--place", "家附近"), "neighbourhood", ["phone"]),
        (("--driving",), "transit", ["phone"]),
        (("--device", "电脑", "--device", "phone"), "home", ["pc", "phone"]),
    ],
)
def test_a_slot_has_a_place_and_devices(
    run: Run, arguments: tuple[str, ...], place: str, devices: list[str]
) -> None:
    """As said, else as the label tells, else at home with a phone."""
    slot = add(run, "slot", "工作日", "12:00-13:00", *arguments)

    assert (slot["place"], slot["devices"]) == (place, devices)


def test_a_place_that_was_said_is_not_called_a_guess(screen: Screen) -> None:
    """Nor is the place of a drive."""
    assert "没写" not in screen("inventory", "add", "slot", "周六 9-11点", "--place", "home")
    assert "没写" not in screen("inventory", "add", "slot", "周日 9-11点", "--driving")


def test_every_second_week_hangs_on_this_week_and_says_so(screen: Screen) -> None:
    """The start is stored with the slot and echoed; it counts half a week."""
    out = screen("inventory", "add", "slot", "隔周六 9:00-11:00")

    assert "隔周从 2026-11-16 那一周算起" in out
    assert "每周 1.0 小时" in out


def test_a_date_without_a_year_is_its_next_occurrence(run: Run) -> None:
    """Stored with the year; it comes once and counts nothing for a week."""
    slot = add(run, "slot", "3月5日", "9:00-11:00")

    assert (slot["text"], slot["minutes_per_week"]) == ("2027-03-05 09:00-11:00", 0)


def test_a_bare_hour_after_midnight_is_pointed_out(run: Run, screen: Screen) -> None:
    """With the command that makes an afternoon of it, which does."""
    shown = screen("inventory", "add", "slot", "工作日", "1点到2点半")

    assert "记成凌晨了" in shown
    assert "xianke inventory edit s1 工作日 13:00-14:30" in shown
    assert run("inventory", "edit", "s1", "工作日", "13:00-14:30").code == 0


@pytest.mark.parametrize(
    "time", ["凌晨1点到3点", "01:00-03:00", "1am-3am", "下午1点到3点", "6点到8点"]
)
def test_an_hour_that_was_said_is_not_doubted(screen: Screen, time: str) -> None:
    """Neither a night that was meant, nor what begins at six."""
    assert "记成凌晨了" not in screen("inventory", "add", "slot", "周日", time)


def test_an_overlap_is_pointed_out(run: Run, screen: Screen) -> None:
    """It is allowed, and counted once."""
    add(run, "slot", "工作日", "12:00-13:00", "--label", "午休")

    out = screen("inventory", "add", "slot", "周一 12:30-14:00")

    assert "和 s1（工作日 12:00-13:00）有重叠，合计时只算一次" in out
    assert inventory(run)["free_minutes_per_week"] == 300 + 60


def test_the_same_slot_twice_is_a_conflict(run: Run, refused: Refused) -> None:
    """The same time under another name is another slot."""
    add(run, "slot", "工作日", "12:00-13:00", "--label", "午休")

    said = refused(4, "conflict", "inventory", "add", "slot", "工作日12点到13点", "--label", "午休")

    assert "这个时段已经记过了（s1）" in said
    assert add(run, "slot", "工作日", "12:00-13:00", "--label", "散步")["id"] == "s2"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("工作日",), "工作日"),
        (("工作日", "25:00-26:00"), "25:00"),
        (("有空再说",), "有空再说"),
        (("工作日", "12:00-13:00", "--place", "月球"), "没有「月球」这个地点"),
        (("工作日", "12:00-13:00", "--device", "算盘"), "没有「算盘」这种设备"),
        (("工作日", "12:00-13:00", "--colour", "red"), "没有选项「--colour」"),
        ((), "少了"),
    ],
)
def test_a_slot_that_is_not_understood_in_full_is_not_stored(
    refused: Refused, arguments: tuple[str, ...], words: str
) -> None:
    """The message quotes what was meant by it."""
    assert words in refused(2, "not_understood", "inventory", "add", "slot", *arguments)


# Skills and things


@pytest.mark.parametrize("typed", ["PPT", "ppt", "幻灯片", "PowerPoint", "PPT 制作"])
def test_a_skill_is_found_as_people_type_it(run: Run, typed: str) -> None:
    """The default level is three."""
    assert add(run, "skill", typed) == {"id": "k1", "key": "ppt", "name": "PPT 制作", "level": 3}


def test_a_new_skill_is_echoed(screen: Screen) -> None:
    """With its level and the next command."""
    assert screen("inventory", "add", "skill", "PPT", "--level", "5").splitlines() == [
        "记下了 k1：PPT 制作，熟练度 5",
        "→ xianke suggest",
    ]


def test_a_skill_outside_the_vocabulary_is_kept_and_said_to_match_nothing(screen: Screen) -> None:
    """Near misses are named."""
    out = screen("inventory", "add", "skill", "exel")

    assert "记下了 k1：exel，熟练度 3" in out
    assert "词表里没有「exel」，算你自己的；眼下还配不上目录里的活" in out
    assert "是不是：Excel 表格" in out


def test_an_asset_is_echoed_like_a_skill(screen: Screen) -> None:
    """What the vocabulary does not know is said."""
    assert screen("inventory", "add", "asset", "相机").splitlines() == [
        "记下了 a1：相机",
        "→ xianke suggest",
    ]
    assert "词表里没有「八仙桌」" in screen("inventory", "add", "asset", "八仙桌")


@pytest.mark.parametrize(
    ("typed", "key"), [("智能手机", "phone"), ("电脑", "pc"), ("laptop", "pc")]
)
def test_a_phone_or_computer_is_a_device_and_no_asset(run: Run, typed: str, key: str) -> None:
    """It is known from then on, and stands among no idle things."""
    item = add(run, "asset", typed)

    assert (item["id"], item["key"]) == (None, key)
    assert inventory(run) == {**EMPTY, "profile": {key: True}}


def test_a_device_is_echoed_as_such(screen: Screen) -> None:
    """So that nobody looks for it in the list."""
    assert screen("inventory", "add", "asset", "电脑") == (
        "知道你有电脑了；它算设备，不算闲置\n→ xianke suggest\n"
    )


def test_a_computer_that_is_known_is_at_hand_at_home_and_office(run: Run) -> None:
    """On the way it is not."""
    for label in ("看书", "午休", "通勤"):
        add(run, "slot", "工作日", "12:00-13:00", "--label", label)

    add(run, "asset", "电脑")

    assert [slot["devices"] for slot in inventory(run)["slots"]] == [
        ["pc", "phone"],
        ["pc", "phone"],
        ["phone"],
    ]


@pytest.mark.parametrize(
    ("kind", "first", "again", "identity"),
    [("skill", "PPT", "幻灯片", "k1"), ("asset", "相机", "单反", "a1")],
)
def test_the_same_thing_twice_is_a_conflict(
    run: Run, refused: Refused, kind: str, first: str, again: str, identity: str
) -> None:
    """By whatever name; the hint says how to change it."""
    add(run, kind, first)

    said = refused(4, "conflict", "inventory", "add", kind, again)

    assert f"已经记过了（{identity}）" in said
    assert f"xianke inventory edit {identity}" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("skill", ""), "名称是空的"),
        (("asset", " "), "名称是空的"),
        (("skill", "PPT", "--level", "6"), "看不懂熟练度「6」"),
        (("skill", "PPT", "--level", "三"), "看不懂熟练度「三」"),
        (("skill",), "少了"),
        (("asset",), "少了"),
        (("house", "1"), "没有命令「house」"),
        ((), "少了子命令"),
    ],
)
def test_a_wrong_addition_is_refused(
    refused: Refused, arguments: tuple[str, ...], words: str
) -> None:
    """Nothing is stored."""
    assert words in refused(2, "not_understood", "inventory", "add", *arguments)


def test_empty_remarks_are_none(run: Run) -> None:
    """And others are kept with single blanks."""
    assert add(run, "asset", "相机", "--idle", "", "--note", " 旧  的 ") == {
        "id": "a1",
        "key": "camera",
        "name": "相机",
        "idle": None,
        "note": "旧 的",
        "warnings": [],
    }


# Near misses on a terminal


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program believe that somebody can answer."""
    monkeypatch.setattr(console, "is_interactive", lambda: True)


@pytest.mark.usefixtures("terminal")
def test_a_near_miss_is_asked_about(run: Run) -> None:
    """The number picks the word that was meant."""
    result = run("inventory", "add", "skill", "exel", "--json", stdin="1\n")

    assert result.data["key"] == "excel"
    assert "词表里没有「exel」，是不是：" in result.err


@pytest.mark.usefixtures("terminal")
def test_the_last_answer_keeps_the_word_as_typed(run: Run) -> None:
    """It is the user's own skill then."""
    offered = run("inventory", "add", "skill", "exel").err
    last = offered.count("\n") - 2

    result = run("inventory", "add", "skill", "exel", "--json", stdin=f"{last}\n")

    assert result.data["key"] == "exel"


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("answer", ["", "\n", "99\n", "x\n"])
def test_no_answer_stores_nothing(run: Run, answer: str) -> None:
    """Exit code 1: understood, but not done."""
    result = run("inventory", "add", "skill", "exel", stdin=answer)

    assert result.code == 1
    assert "没有选，什么也没有改" in result.err
    assert inventory(run) == EMPTY


@pytest.mark.usefixtures("terminal")
def test_nothing_is_asked_where_nothing_is_near(run: Run) -> None:
    """A word of one's own is simply kept."""
    result = run("inventory", "add", "skill", "吹唢呐")

    assert (result.code, result.err) == (0, "")


# Editing


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    ("arguments", "changes"),
    [
        (("s1", "工作日", "12:30-13:30"), {"text": "工作日 12:30-13:30"}),
        (("s1", "--label", "散 步"), {"label": "散 步"}),
        (("S1", "--place", "anywhere"), {"place": "anywhere"}),
        (("s1", "--device", "pc"), {"devices": ["pc"]}),
        (("s1", "--label", "午休"), {}),
    ],
)
def test_a_slot_is_edited_in_parts(run: Run, arguments: tuple[str, ...], changes: Document) -> None:
    """What is not named stays as it is."""
    edited = run("inventory", "edit", *arguments, "--json").data

    assert edited == {**LUNCH, **changes}
    assert inventory(run)["slots"][0] == edited


@pytest.mark.usefixtures("full")
def test_that_somebody_drives_is_edited_both_ways(run: Run) -> None:
    """A slot that becomes a ride is on the road; one that is none any more may be spent there."""
    ride = run("inventory", "edit", "s1", "--driving", "--json").data
    train = run("inventory", "edit", "s3", "--no-driving", "--json").data

    assert (ride["driving"], ride["place"]) == (True, "transit")
    assert (train["driving"], train["place"]) == (False, "transit")


@pytest.mark.parametrize(
    "words",
    [
        ("工作日", "8点到9点", "骑车"),
        ("工作日", "8点到9点", "--label", "骑电瓶车上班"),
        ("weekdays", "8am-9am", "by", "bike"),
    ],
)
def test_a_ride_is_said_in_words_as_well(run: Run, words: tuple[str, ...]) -> None:
    """Beside the time or in the name of a slot; it counts like --driving."""
    slot = add(run, "slot", *words)

    assert (slot["text"], slot["driving"], slot["place"]) == ("工作日 08:00-09:00", True, "transit")


@pytest.mark.usefixtures("full")
def test_skills_and_things_are_edited(run: Run) -> None:
    """A level, and the remarks."""
    skill = run("inventory", "edit", "k1", "--level", "2", "--json").data
    asset = run("inventory", "edit", "a1", "--idle", "周末", "--note", "带镜头", "--json").data

    assert skill == {"id": "k1", "key": "ppt", "name": "PPT 制作", "level": 2}
    assert asset == {
        "id": "a1", "key": "camera", "name": "相机", "idle": "周末", "note": "带镜头",
        "warnings": [],
    }  # fmt: skip


@pytest.mark.usefixtures("full")
def test_an_edited_item_is_echoed(screen: Screen) -> None:
    """As it is now."""
    assert screen("inventory", "edit", "s1", "--label", "散步") == (
        f"改好了 s1：散步，工作日 12:00-13:00，单位\n{LOOK}"
    )
    assert screen("inventory", "edit", "k1", "--level", "2") == (
        f"改好了 k1：PPT 制作，熟练度 2\n{LOOK}"
    )
    assert screen("inventory", "edit", "a1", "--note", "旧") == (
        f"改好了 a1：相机，平时，旧\n{LOOK}"
    )


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    ("code", "word", "arguments", "words"),
    [
        (2, "not_understood", ("s1",), "没写要改什么"),
        (2, "not_understood", ("s1", "--level", "3"), "这一项不能这样改"),
        (2, "not_understood", ("k1", "--driving"), "这一项不能这样改"),
        (2, "not_understood", ("s1", "--driving", "--no-driving"), "只能写一个"),
        (2, "not_understood", ("k1", "--place", "home"), "这一项不能这样改"),
        (2, "not_understood", ("a1", "新的名字"), "这一项不能这样改"),
        (2, "not_understood", ("k1", "--level", "9"), "看不懂熟练度「9」"),
        (2, "not_understood", ("s1", "--place", "月球"), "没有「月球」这个地点"),
        (2, "not_understood", ("s1", "工作日"), "工作日"),
        (2, "not_understood", (), "少了"),
        (3, "not_found", ("s9", "--label", "x"), "盘点里没有编号「s9」"),
        (3, "not_found", ("x1", "--label", "x"), "盘点里没有编号「x1」"),
        (3, "not_found", ("", "--label", "x"), "盘点里没有编号「」"),
        (4, "conflict", ("s2", "工作日 12:00-13:00", "--label", "午休"), "已经记过了（s1）"),
    ],
)
def test_a_wrong_change_is_refused(
    refused: Refused, code: int, word: str, arguments: tuple[str, ...], words: str
) -> None:
    """Nothing is changed, not even in part."""
    assert words in refused(code, word, "inventory", "edit", *arguments)


@pytest.mark.usefixtures("full")
def test_what_is_removed_is_given_back_and_its_id_is_not_used_again(run: Run) -> None:
    """Ids are permanent."""
    removed = run("inventory", "rm", "k1", "--json").data

    assert removed == {"id": "k1", "key": "ppt", "name": "PPT 制作", "level": 4}
    assert [one["id"] for one in inventory(run)["skills"]] == ["k2"]
    run("inventory", "rm", "k2")
    assert add(run, "skill", "Excel")["id"] == "k3"


@pytest.mark.usefixtures("full")
def test_what_is_removed_is_echoed_with_the_way_back(screen: Screen) -> None:
    """One word too many is soon typed."""
    assert screen("inventory", "rm", "s1").splitlines() == [
        "删掉了 s1：午休，工作日 12:00-13:00，单位",
        "→ 删错了就 xianke undo",
    ]


@pytest.mark.parametrize("identity", ["s1", "k1", "a1", "1", "gig"])
def test_what_is_not_there_cannot_be_removed(refused: Refused, identity: str) -> None:
    """The hint says where the ids are."""
    said = refused(3, "not_found", "inventory", "rm", identity)

    assert f"盘点里没有编号「{identity}」" in said
    assert "用 xianke inventory 看编号" in said


# The person


@pytest.mark.parametrize(
    ("key", "typed", "read"),
    [
        ("city", ("杭州",), "杭州"),
        ("birth_year", ("1995",), 1995),
        ("education", ("本科",), "本科"),
        ("student", ("no",), False),
        ("licence", ("是",), True),
        ("health_certificate", ("有",), True),
        ("employer_forbids_side_jobs", ("yes",), True),
        ("city", ("New", "York"), "New York"),
    ],
)
def test_an_answer_about_the_person_is_stored(
    run: Run, key: str, typed: tuple[str, ...], read: object
) -> None:
    """Programs get truths and years."""
    document = dict(run("inventory", "set", key, *typed, "--json").data)
    document.pop("place", None)

    assert document == {"key": key, "value": read}
    assert inventory(run)["profile"] == {key: read}


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        (
            "Hangzhou",
            {"name": "浙江省杭州市", "province": "浙江", "city": "杭州市", "county": None},
        ),
        ("湖南", {"name": "湖南省", "province": "湖南", "city": None, "county": None}),
        ("桃花源", None),
    ],
)
def test_a_city_is_stored_as_written_with_the_place_it_means(
    run: Run, typed: str, place: Document | None
) -> None:
    """A program is told what was understood; null where the city is unknown."""
    answer = run("inventory", "set", "city", typed, "--json").data

    assert answer == {"key": "city", "value": typed, "place": place}


def test_the_screen_says_which_place_was_understood(screen: Screen) -> None:
    """So that a city of the same name is noticed; an unknown one comes with a way to mend it."""
    assert screen("inventory", "set", "city", "Hangzhou").splitlines()[0] == (
        "记下了 城市：Hangzhou（浙江省杭州市）"
    )
    assert screen("inventory", "set", "city", "Hangzou").splitlines() == [
        "记下了 城市：Hangzou（认不出在哪个省）",
        "→ 是不是：xianke inventory set city Hangzhou",
    ]
    assert screen("inventory", "set", "city", "乌有之乡").splitlines()[1:] == [
        "→ 连省名一起写就认得出：xianke inventory set city 浙江杭州"
    ]


def test_a_city_that_is_one_of_several_is_asked_back(run: Run) -> None:
    """Nothing is stored."""
    found = run("inventory", "set", "city", "Suzhou")

    assert found.code == 2
    assert inventory(run)["profile"] == {}


def test_an_answer_is_forgotten_without_a_value(run: Run, screen: Screen) -> None:
    """Not known is not no."""
    assert screen("inventory", "set", "licence", "no") == f"记下了 驾照：没有\n{LOOK}"
    assert screen("inventory", "set", "licence") == f"忘掉了：驾照\n{LOOK}"

    assert run("inventory", "set", "licence", "--json").data == {"key": "licence", "value": None}
    assert inventory(run)["profile"] == {}


@pytest.mark.parametrize(
    ("code", "word", "arguments", "words"),
    [
        (3, "not_found", ("weight", "70"), "没有「weight」这一项"),
        (3, "not_found", ("weight",), "没有「weight」这一项"),
        (2, "not_understood", ("birth_year", "九五年"), "看不懂出生年份「九五年」"),
        (2, "not_understood", ("birth_year", "2030"), "看不懂出生年份「2030」"),
        (2, "not_understood", ("education", "幼儿园"), "看不懂学历「幼儿园」"),
        (2, "not_understood", ("licence", "大概"), "看不懂「大概」"),
        (2, "not_understood", ("city", ""), "city 的值是空的"),
        (2, "not_understood", (), "少了"),
    ],
)
def test_a_wrong_answer_is_refused(
    refused: Refused, code: int, word: str, arguments: tuple[str, ...], words: str
) -> None:
    """Nothing is stored."""
    assert words in refused(code, word, "inventory", "set", *arguments)


# The calendar


def test_slots_are_laid_out_over_the_calendar(run: Run) -> None:
    """Instants carry the offset of the store's zone; both ends are included."""
    add(run, "slot", "工作日", "12:00-13:00")
    add(run, "slot", "周五", "22:00-次日1:00")

    data = run("inventory", "slots", "--from", "2026-11-27", "--to", "2026-11-30", "--json").data

    assert data == {
        "occurrences": [
            {
                "slot": "s1",
                "start": "2026-11-27T12:00:00+08:00",
                "end": "2026-11-27T13:00:00+08:00",
                "flags": [],
            },
            {
                "slot": "s2",
                "start": "2026-11-27T22:00:00+08:00",
                "end": "2026-11-28T01:00:00+08:00",
                "flags": [],
            },
            {
                "slot": "s1",
                "start": "2026-11-30T12:00:00+08:00",
                "end": "2026-11-30T13:00:00+08:00",
                "flags": [],
            },
        ],
        "busy": [],
        "estimated": False,
    }


def test_a_named_weekday_on_a_makeup_workday_or_holiday_is_flagged(run: Run) -> None:
    """It is literal; 工作日 knows the calendar."""
    add(run, "slot", "周六", "9:00-10:00")
    add(run, "slot", "周四", "9:00-10:00")
    add(run, "slot", "工作日", "20:00-21:00")

    data = run("inventory", "slots", "--from", "2026-10-01", "--to", "2026-10-10", "--json").data

    assert [
        (one["slot"], one["start"][:10], one["flags"])
        for one in data["occurrences"]
        if one["slot"] != "s3"
    ] == [
        ("s2", "2026-10-01", ["holiday"]),
        ("s1", "2026-10-03", ["holiday"]),
        ("s2", "2026-10-08", []),
        ("s1", "2026-10-10", ["makeup_workday"]),
    ]
    assert [one["start"][:10] for one in data["occurrences"] if one["slot"] == "s3"] == [
        "2026-10-08",
        "2026-10-09",
        "2026-10-10",
    ]


def test_a_year_without_a_published_calendar_is_said_to_be_estimated(run: Run) -> None:
    """As a whole and day by day."""
    add(run, "slot", "工作日", "12:00-13:00")

    data = run("inventory", "slots", "--from", "2050-03-01", "--to", "2050-03-01", "--json").data

    assert data["estimated"] is True
    assert [one["flags"] for one in data["occurrences"]] == [["estimated"]]


def test_the_calendar_is_seven_days_from_today(run: Run, screen: Screen) -> None:
    """A table with weekdays and what to mind."""
    add(run, "slot", "每天", "12:00-13:00", "--label", "午休")

    lines = screen("inventory", "slots").splitlines()

    assert [line.split()[0] for line in lines[2:-1]] == [f"11-{day}" for day in range(22, 29)]
    assert "周日" in lines[2]
    assert lines[-1] == "→ 排成计划：xianke plan"


def test_flags_are_words_on_the_screen(run: Run, screen: Screen) -> None:
    """Make-up days, holidays and guesses."""
    add(run, "slot", "周六", "9:00-10:00")
    add(run, "slot", "工作日", "9:00-10:00")

    october = screen("inventory", "slots", "--from", "2026-10-01", "--to", "2026-10-10")
    far = screen("inventory", "slots", "--from", "2050-03-01", "--to", "2050-03-02")

    assert "节假日" in october
    assert "调休上班日" in october
    assert "日历未公布，按星期估" in far


def test_without_slots_the_calendar_says_how_to_add_one(run: Run, screen: Screen) -> None:
    """No empty table."""
    assert screen("inventory", "slots").splitlines() == [
        "2026-11-22 到 2026-11-28 没有空闲时段",
        "→ 从这里开始：xianke init（最多十个问题）",
        "→ 添一段：xianke inventory add slot 工作日 12:00-13:00 --label 午休",
    ]
    assert run("inventory", "slots", "--json").data == {
        "occurrences": [],
        "busy": [],
        "estimated": False,
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "改天"), "改天"),
        (("--to", "2026-13-01"), "2026-13-01"),
        (
            ("--from", "2026-12-02", "--to", "2026-12-01"),
            "--to 2026-12-01 比 --from 2026-12-02 还早",
        ),
        (("--from", "2026-01-01", "--to", "2040-01-01"), "这段日子超过十年"),
        (("--from",), "选项「--from」后面要跟一个值"),
    ],
)
def test_a_wrong_range_of_days_is_refused(
    refused: Refused, arguments: tuple[str, ...], words: str
) -> None:
    """With the days as they were understood."""
    assert words in refused(2, "not_understood", "inventory", "slots", *arguments)


# Undo


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    ("command", "named"),
    [
        (("add", "slot", "周日", "9:00-10:00"), "添时段 周日 09:00-10:00"),
        (("add", "slot", "周日", "9:00-10:00", "--label", "早市"), "添时段 早市"),
        (("add", "skill", "Excel"), "添技能 Excel 表格"),
        (("add", "asset", "打印机"), "添闲置 打印机"),
        (("add", "asset", "电脑"), "设置 电脑"),
        (("edit", "s1", "周日 9:00-10:00"), "改盘点 s1"),
        (("edit", "k1", "--level", "1"), "改盘点 k1"),
        (("rm", "s2"), "从盘点删掉 周六 09:00-11:00"),
        (("rm", "k1"), "从盘点删掉 PPT 制作"),
        (("rm", "a1"), "从盘点删掉 相机"),
        (("set", "city", "苏州"), "设置 city"),
        (("set", "city"), "设置 city"),
        (("set", "pc", "yes"), "设置 pc"),
    ],
)
def test_every_writing_command_can_be_undone_and_is_named(
    run: Run, stored: Stored, command: tuple[str, ...], named: str
) -> None:
    """The store is as it was before."""
    before = stored()

    assert run("inventory", *command).code == 0
    changed = stored()
    undone = run("undo", "--json").data["undone"]

    assert changed != before
    assert stored() == before
    assert undone == named


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    "command",
    [
        ("set", "city", "杭州"),
        ("set", "student"),
        ("edit", "k1", "--level", "4"),
        ("add", "skill", "PPT"),
        ("add", "slot", "工作日"),
    ],
)
def test_what_changes_nothing_leaves_nothing_to_undo(run: Run, command: tuple[str, ...]) -> None:
    """The next undo goes to the change before."""
    run("inventory", *command)

    assert run("undo", "--json").data["undone"] == "设置 licence"
