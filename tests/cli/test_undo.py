"""`xianke undo`: take back the last change, again and again, saying what it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

Stored = Callable[[], dict[str, list[tuple[object, ...]]]]
Refused = Callable[..., str]
Line = Sequence[str]

STOCK = "slots:\n- when: 周末 9:00-12:00\nskills:\n- name: 文案\nprofile:\n  city: 杭州\n"

WRITING: list[tuple[list[Line], Line, str, str]] = [
    (
        [], ["inventory", "add", "slot", "工作日 12:00-13:00", "--label", "午休"],
        "slot.add", "添时段 午休",
    ),
    (
        [], ["inventory", "add", "slot", "工作日 12:00-13:00"],
        "slot.add", "添时段 工作日 12:00-13:00",
    ),
    ([], ["inventory", "add", "skill", "文案"], "skill.add", "添技能 文案写作"),
    ([], ["inventory", "add", "asset", "相机"], "asset.add", "添闲置 相机"),
    ([], ["inventory", "add", "asset", "电脑"], "profile.set", "设置 电脑"),
    ([], ["inventory", "set", "city", "杭州"], "profile.set", "设置 city"),
    (
        [["inventory", "set", "city", "杭州"]], ["inventory", "set", "city"],
        "profile.set", "设置 city",
    ),
    (
        [["inventory", "add", "skill", "文案"]], ["inventory", "edit", "k1", "--level", "5"],
        "inventory.edit", "改盘点 k1",
    ),
    (
        [["inventory", "add", "skill", "文案"]], ["inventory", "rm", "k1"],
        "inventory.rm", "从盘点删掉 文案写作",
    ),
    ([], ["inventory", "apply", "stock.yaml"], "inventory.apply", "按文件盘点 stock.yaml"),
    (
        [["inventory", "add", "skill", "PPT"], ["inventory", "add", "asset", "相机"]],
        ["inventory", "apply", "stock.yaml", "--replace"],
        "inventory.apply", "按文件盘点 stock.yaml",
    ),
    ([], ["log", "闲鱼", "85", "--minutes", "40"], "gig.add", "记单 闲鱼 85.00"),
    ([], ["log", "王阿姨", "50", "--new"], "gig.add", "记单 王阿姨 50.00"),
    (
        [["log", "闲鱼", "85"]], ["gigs", "edit", "g1", "--status", "delivered"],
        "gig.edit", "改单 g1 闲鱼 85.00",
    ),
    (
        [["log", "闲鱼", "85"]], ["gigs", "edit", "1", "--platform", "转转", "--amount", "9"],
        "gig.edit", "改单 g1 转转 9.00",
    ),
    ([["log", "闲鱼", "85"]], ["gigs", "rm", "g1"], "gig.rm", "删单 g1 闲鱼 85.00"),
    ([], ["platforms", "add", "小区群"], "platform.add", "添平台 小区群"),
    (
        [["platforms", "add", "小区群"]], ["platforms", "edit", "小区群", "note", "楼下"],
        "platform.edit", "改平台 小区群 备注",
    ),
    (
        [], ["platforms", "edit", "闲鱼", "upfront", "none"],
        "platform.edit", "改平台 闲鱼 先付钱",
    ),
    (
        [["platforms", "add", "小区群"], ["platforms", "edit", "小区群", "upfront", "none"]],
        ["platforms", "rm", "小区群"], "platform.rm", "删平台 小区群",
    ),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _stock_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stock.yaml").write_text(STOCK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("before", "line", "action", "text"), WRITING)
def test_every_writing_command_can_be_taken_back(
    run: Run, stored: Stored, before: list[Line], line: Line, action: str, text: str
) -> None:
    """All rows are as they were, and what was taken back is named."""
    for earlier in before:
        assert run(*earlier).code == 0
    rows = stored()
    assert run(*line).code == 0
    assert stored() != rows

    found = run("undo", "--json").data

    assert stored() == rows
    assert found == {"undone": text, "action": action, "at": "2026-11-22T10:00:00+08:00"}


def test_undo_says_what_it_took_back(run: Run) -> None:
    """In one line, and how to go on."""
    run("log", "闲鱼", "85")

    result = run("undo")

    assert (result.code, result.out, result.err) == (
        0,
        "撤销了：记单 闲鱼 85.00\n→ 还要往前：再 xianke undo；看现在：xianke\n",
        "",
    )


def test_undo_goes_further_back_each_time(run: Run, stored: Stored) -> None:
    """Through everything that was written, newest first, down to the empty store."""
    lines = [line for _before, line, _action, _text in WRITING if line[0] != "platforms"]
    past = []
    named = []
    for line in lines:
        rows = stored()
        if run(*line).code == 0 and stored() != rows:
            past.append(rows)
    while past:
        result = run("undo")
        assert result.code == 0
        assert stored() == past.pop()
        named.append(result.out.removeprefix("撤销了：").split()[0])

    assert run("undo").code == 1
    assert not any(stored().values())
    assert {"记单", "改单", "删单", "按文件盘点", "添时段", "设置"} <= set(named)


def test_nothing_left_is_refused_by_a_rule(run: Run, refused: Refused) -> None:
    """Exit 1, with a hint; also in a fresh store."""
    run("log", "闲鱼", "85")
    run("undo")

    refused(1, "refused", "undo")


def test_a_fresh_store_has_nothing_to_undo(run: Run) -> None:
    """Exit 1 too."""
    assert run("undo").code == 1


def test_what_was_undone_is_not_undone_again(run: Run, stored: Stored) -> None:
    """New work after an undo is taken back next, then what came before both."""
    run("log", "闲鱼", "1")
    run("log", "闲鱼", "2")
    run("undo")
    run("log", "闲鱼", "3")

    said = [run("undo").out.splitlines()[0] for _time in range(2)]

    assert said == ["撤销了：记单 闲鱼 3.00", "撤销了：记单 闲鱼 1.00"]
    assert run("undo").code == 1
    assert stored()["gig"] == []


@pytest.mark.parametrize(
    "line",
    [
        ["log", "闲余", "85"],
        ["gigs", "edit", "g1", "--rating", "9"],
        ["gigs", "edit", "g1", "--note", "雨天"],
        ["gigs", "rm", "g9"],
        ["inventory", "set", "city", "杭州"],
        ["gigs"],
        ["report"],
        ["suggest"],
        [],
    ],
)
def test_what_changed_nothing_is_no_step(run: Run, line: Line) -> None:
    """Reading, a refusal, and writing what is there already leave nothing to undo."""
    run("inventory", "set", "city", "杭州")
    run("log", "闲鱼", "85", "--note", "雨天")
    run(*line)

    assert run("undo").out.splitlines()[0] == "撤销了：记单 闲鱼 85.00"


def test_an_import_of_several_things_is_one_step(run: Run, stored: Stored) -> None:
    """A file of stock is applied as one change and goes back as one."""
    run("inventory", "apply", "stock.yaml")
    found = stored()
    assert [len(found[table]) for table in ("slot", "skill", "profile")] == [1, 1, 1]

    run("undo")

    assert not any(stored().values())


def test_undo_takes_no_arguments(refused: Refused) -> None:
    """How many steps is not a word it knows: it is called again instead."""
    assert "「3」" in refused(2, "not_understood", "undo", "3")


def test_programs_read_the_same_in_english(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Action and time are codes; only the sentence is translated."""
    monkeypatch.setenv("XIANKE_LANG", "en")
    run("log", "xianyu", "85")

    found = run("undo", "--json").data

    assert (found["action"], found["at"]) == ("gig.add", "2026-11-22T10:00:00+08:00")
    assert "85.00" in found["undone"]
    assert run("undo", "--json").document["errors"][0]["code"] == "refused"
