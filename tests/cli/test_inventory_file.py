"""`xianke inventory apply` and `export`: the inventory as a YAML file."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from xianke.commands import stockfile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

Document = dict[str, Any]
Stored = Callable[[], dict[str, list[tuple[object, ...]]]]
Refused = Callable[..., str]

FILE = """\
slots:
- when: 工作日 12:00-13:00
  label: 午休
  place: office
- when: 隔周（自2026-11-16起）周六 09:00-11:00
  place: anywhere
  devices:
  - phone
  - pc
- when: 工作日 18:00-18:40
  place: transit
  driving: true
skills:
- name: PPT 制作
  level: 4
- name: 吹唢呐
  level: 3
assets:
- name: 相机
  idle: 平时
  note: 套机
- name: 八仙桌
profile:
  birth_year: 1995
  city: 杭州
  licence: true
  student: false
"""
"""An inventory as `export` writes it."""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Return what writes a file and gives back its path."""

    def call(text: str | bytes = FILE, name: str = "stock.yaml") -> str:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return call


Write = Callable[..., str]


def apply(run: Run, *arguments: str) -> tuple[int, int, int]:
    """Apply a file and return what was added, changed and removed."""
    data = run("inventory", "apply", *arguments, "--json").data
    assert set(data) == {"added", "changed", "removed"}
    return data["added"], data["changed"], data["removed"]


def exported(run: Run) -> str:
    result = run("inventory", "export")
    assert (result.code, result.err) == (0, "")
    return result.out


# There and back


def test_a_file_brings_a_whole_inventory(run: Run, write: Write) -> None:
    """Slots, skills, things and the person, in one go."""
    assert apply(run, write()) == (11, 0, 0)

    data = run("inventory", "--json").data
    assert [slot["text"] for slot in data["slots"]] == [
        "工作日 12:00-13:00",
        "隔周（自2026-11-16起）周六 09:00-11:00",
        "工作日 18:00-18:40",
    ]
    assert [slot["driving"] for slot in data["slots"]] == [False, False, True]
    assert [(one["key"], one["level"]) for one in data["skills"]] == [("ppt", 4), ("吹唢呐", 3)]
    assert [(one["key"], one["idle"], one["note"]) for one in data["assets"]] == [
        ("camera", "平时", "套机"),
        ("八仙桌", None, None),
    ]
    assert data["profile"] == {
        "birth_year": 1995,
        "city": "杭州",
        "licence": True,
        "student": False,
    }


def test_applying_twice_changes_nothing(run: Run, write: Write, stored: Stored) -> None:
    """Neither the store nor what undo would take back."""
    file = write()
    apply(run, file)
    before = stored()

    assert apply(run, file) == (0, 0, 0)
    assert apply(run, file, "--replace") == (0, 0, 0)

    assert stored() == before
    assert run("undo", "--json").data["undone"] == "按文件盘点 stock.yaml"
    assert run("inventory", "--json").data["slots"] == []


def test_what_is_exported_is_what_was_applied(run: Run, write: Write) -> None:
    """To the letter."""
    apply(run, write())

    assert exported(run) == FILE


def test_an_export_brings_the_same_inventory_elsewhere(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What was typed by hand goes through the file unchanged, in either language."""
    run("inventory", "add", "slot", "周一三五晚上", "--label", "通勤 回家")
    run("inventory", "add", "slot", "3月5日", "9:00-11:00", "--device", "pc")
    run("inventory", "add", "skill", "Excel", "--level", "5")
    run("inventory", "add", "asset", "单反", "--note", " : # - 怪")
    run("inventory", "add", "asset", "电脑")
    run("inventory", "set", "education", "本科")
    monkeypatch.setenv("XIANKE_LANG", "en")
    file, before = write(exported(run)), run("inventory", "--json").data

    assert apply(run, file, "--replace") == (0, 0, 0)
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "elsewhere"))
    apply(run, file)

    assert run("inventory", "--json").data == before


def test_an_empty_inventory_is_exported_as_an_empty_one(run: Run, write: Write) -> None:
    """Applying it does nothing."""
    assert exported(run) == "slots: []\nskills: []\nassets: []\nprofile: {}\n"
    assert apply(run, write(exported(run)), "--replace") == (0, 0, 0)


# What a file may look like


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "slots:\nskills:\n", "{}", "slots: []"])
def test_an_empty_file_asks_for_nothing(run: Run, write: Write, text: str) -> None:
    """Sections may be missing or empty."""
    assert apply(run, write(text)) == (0, 0, 0)


def test_single_words_are_enough(run: Run, write: Write) -> None:
    """A slot, skill or thing may stand there as plain text, and a device is no thing."""
    text = "slots:\n- 工作日 12:00-13:00\nskills: [PPT]\nassets: [相机, 电脑]\n"

    assert apply(run, write(text)) == (4, 0, 0)

    data = run("inventory", "--json").data
    assert data["slots"][0]["place"] == "home"
    assert data["skills"][0]["level"] == 3
    assert [one["key"] for one in data["assets"]] == ["camera"]
    assert data["profile"] == {"pc": True}


def test_words_are_read_as_they_are_typed_on_the_command_line(run: Run, write: Write) -> None:
    """Labels tell the place; one device may stand alone; clock times are no numbers."""
    text = (
        "slots:\n- {when: 工作日 8点到9点, label: 通勤}\n"
        "- {when: 每天 20:00-21:00, devices: 电脑}\n"
        "- {when: 周六 9-11点, driving: 是}\n"
    )

    apply(run, write(text))

    assert [
        (slot["place"], slot["devices"], slot["driving"])
        for slot in run("inventory", "--json").data["slots"]
    ] == [("transit", ["phone"], False), ("home", ["pc"], False), ("transit", ["phone"], True)]


def test_a_windows_file_is_read(run: Run, write: Write) -> None:
    """With a mark at the beginning and carriage returns."""
    text = "\ufeff" + FILE.replace("\n", "\r\n")

    assert apply(run, write(text)) == (11, 0, 0)
    assert exported(run) == FILE


# Upserts


def test_the_same_thing_is_updated_and_not_added_again(run: Run, write: Write) -> None:
    """Slots are the same by time and label, skills and things by what they mean."""
    apply(run, write())
    text = (
        "slots:\n- {when: 工作日12点到13点, label: 午休, place: home}\n"
        "- {when: 工作日 12:00-13:00, label: 散步}\n"
        "skills:\n- {name: 幻灯片, level: 1}\n"
        "assets:\n- {name: 单反, idle: 周末}\n"
        "profile: {city: 苏州, pc: yes}\n"
    )

    assert apply(run, write(text)) == (2, 4, 0)

    data = run("inventory", "--json").data
    assert [(one["id"], one["label"], one["place"]) for one in data["slots"]][:1] == [
        ("s1", "午休", "home")
    ]
    assert data["slots"][-1]["label"] == "散步"
    assert data["skills"][0] == {"id": "k1", "key": "ppt", "name": "PPT 制作", "level": 1}
    assert (data["assets"][0]["key"], data["assets"][0]["idle"]) == ("camera", "周末")
    assert data["profile"]["city"] == "苏州"


def test_only_replace_deletes(run: Run, write: Write, stored: Stored) -> None:
    """What the file does not name goes, of every section; one undo brings all of it back."""
    apply(run, write())
    before = stored()
    text = "slots:\n- {when: 工作日 12:00-13:00, label: 午休, place: office}\n"

    assert apply(run, write(text)) == (0, 0, 0)
    assert stored() == before
    assert apply(run, write(text), "--replace") == (0, 0, 10)

    data = run("inventory", "--json").data
    assert [slot["id"] for slot in data["slots"]] == ["s1"]
    assert (data["skills"], data["assets"], data["profile"]) == ([], [], {})
    run("undo")
    assert stored() == before


def test_what_was_done_is_told(run: Run, write: Write) -> None:
    """In numbers, or that nothing was."""
    file = write()

    assert run("inventory", "apply", file).out == (
        "添了 11 项，改了 0 项，删了 0 项\n→ xianke inventory\n"
    )
    assert run("inventory", "apply", file).out == "和文件里一样，什么也没变\n→ xianke inventory\n"


# Wrong files


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- 工作日\n", "文件里只能有 slots、skills、assets、profile 四段"),
        ("just text\n", "文件里只能有 slots、skills、assets、profile 四段"),
        ("slot: []\n", "文件里只能有 slots、skills、assets、profile 四段"),
        ("slots: 工作日\n", "slots 这一段写成列表"),
        ("skills: {name: PPT}\n", "skills 这一段写成列表"),
        ("profile: [city]\n", "profile 这一段写成 名称: 值"),
        ("profile: {city: [杭州]}\n", "profile 这一段写成 名称: 值"),
        ("profile: {weight: 70}\n", "没有「weight」这一项"),
        ("profile: {birth_year: 九五}\n", "看不懂出生年份「九五」"),
        ("slots:\n- {label: 午休}\n", "slots 第 1 项 少了 when"),
        ("slots:\n- 工作日 12:00-13:00\n- 有空再说\n", "slots 第 2 项："),
        ("slots:\n- {when: 工作日 12:00-13:00, place: 月球}\n", "没有「月球」这个地点"),
        ("slots:\n- {when: 工作日 12:00-13:00, devices: [算盘]}\n", "没有「算盘」这种设备"),
        ("slots:\n- {when: 工作日 12:00-13:00, driving: 也许}\n", "看不懂「也许」"),
        ("slots:\n- {when: 工作日 12:00-13:00, colour: red}\n", "看不懂 slots 第 1 项"),
        ("slots:\n- {when: 工作日 12:00-13:00, label: [a]}\n", "看不懂 slots 第 1 项 的 label"),
        ("slots:\n- {when: 工作日 12:00-13:00, place: [home]}\n", "看不懂 slots 第 1 项 的 place"),
        ("slots:\n- {when: 工作日 12:00-13:00, devices: [[pc]]}\n", "的 devices"),
        ("slots:\n- {when: 工作日 12:00-13:00, devices: {pc: yes}}\n", "的 devices"),
        ("slots:\n- [工作日]\n", "看不懂 slots 第 1 项"),
        (
            "slots:\n- 工作日 12:00-13:00\n- 工作日12点到13点\n",
            "slots 第 2 项 和前面的一项是同一样",
        ),
        ("skills:\n- {level: 3}\n", "skills 第 1 项 少了 name"),
        ("skills:\n- ''\n", "skills 第 1 项 少了 name"),
        ("skills:\n- {name: [PPT]}\n", "看不懂 skills 第 1 项 的 name"),
        ("skills:\n- {name: PPT, level: 9}\n", "看不懂熟练度「9」"),
        ("skills:\n- {name: PPT, level: [3]}\n", "看不懂 skills 第 1 项 的 level"),
        ("skills:\n- PPT\n- 幻灯片\n", "skills 第 2 项 和前面的一项是同一样"),
        ("assets:\n- {name: 相机, price: 100}\n", "看不懂 assets 第 1 项"),
        ("assets:\n- {name: 相机, idle: {a: b}}\n", "看不懂 assets 第 1 项 的 idle"),
        ("assets:\n- 相机\n- 单反\n", "assets 第 2 项 和前面的一项是同一样"),
        ("slots: [\n", "第 2 行第 1 列不是正确的 YAML"),
        ("slots: {\n  a: b: c\n", "不是正确的 YAML"),
        ("? [a]\n: b\n", "不是正确的 YAML"),
        ("slots: &x []\nskills: *x\n", "文件里有 YAML 的锚或别名"),
        ("a: " + "[" * 5000 + "]" * 5000, "不是正确的 YAML"),
    ],
)
def test_a_wrong_file_changes_nothing(
    run: Run, refused: Refused, write: Write, text: str, words: str
) -> None:
    """All of it or nothing: what stands before the fault is not taken over either."""
    run("inventory", "add", "skill", "Excel")
    code, word = (3, "not_found") if "weight" in text else (2, "not_understood")

    assert words in refused(code, word, "inventory", "apply", write(text))


def test_a_file_that_cannot_be_read_is_refused(
    refused: Refused, write: Write, tmp_path: Path
) -> None:
    """Missing, a folder, not text, or far too large."""
    for path in (str(tmp_path / "nowhere.yaml"), str(tmp_path), write(b"\xff\xfe\x00slots")):
        assert "文件读不出来" in refused(5, "unreadable", "inventory", "apply", path)
    large = write("#" * (stockfile.MAX_BYTES + 1))
    assert "文件太大" in refused(5, "unreadable", "inventory", "apply", large)


@pytest.mark.parametrize("arguments", [(), ("a.yaml", "b.yaml"), ("a.yaml", "--force")])
def test_a_wrong_command_line_is_refused(refused: Refused, arguments: tuple[str, ...]) -> None:
    """One file, one option."""
    refused(2, "not_understood", "inventory", "apply", *arguments)


# Export


def test_an_export_goes_into_a_file_that_only_its_owner_reads(
    run: Run, write: Write, tmp_path: Path
) -> None:
    """It overwrites, and says how the file is read back."""
    apply(run, write())
    path = tmp_path / "out.yaml"

    result = run("inventory", "export", "-o", str(path))

    assert (result.code, result.out) == (0, f"→ 改好了读回来：xianke inventory apply {path}\n")
    assert result.err == f"写好了：{path}\n"
    assert path.read_text(encoding="utf-8") == FILE
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    run("inventory", "set", "city")
    run("inventory", "export", "--output", str(path))
    assert "杭州" not in path.read_text(encoding="utf-8")


def test_an_export_is_also_a_document(run: Run, write: Write, tmp_path: Path) -> None:
    """With the file's own shape, whether or not it is written."""
    apply(run, write())
    path = tmp_path / "out.yaml"

    data = run("inventory", "export", "--json").data

    assert list(data) == ["slots", "skills", "assets", "profile"]
    assert data["slots"][0] == {"when": "工作日 12:00-13:00", "label": "午休", "place": "office"}
    assert data["slots"][2]["driving"] is True
    assert data["skills"][0] == {"name": "PPT 制作", "level": 4}
    assert data["assets"][1] == {"name": "八仙桌"}
    assert data["profile"]["birth_year"] == 1995
    assert run("inventory", "export", "-o", str(path), "--json").data == data
    assert path.read_text(encoding="utf-8") == FILE


def test_a_place_that_cannot_be_written_is_refused(refused: Refused, tmp_path: Path) -> None:
    """A folder is no file."""
    for path in (tmp_path, tmp_path / "nowhere" / "out.yaml"):
        said = refused(5, "unreadable", "inventory", "export", "-o", str(path))
        assert "写不了" in said or "不是普通文件，不能写" in said
