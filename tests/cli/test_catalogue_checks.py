"""`xianke platforms verify` and `validate`: what wants checking, and what is wrong with a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xianke import datafile, shelf

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]
Refused = Callable[..., str]


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
────────────────────────────────────────────────────────────────────────────────
你做过的
桃子家教中介（渠道）  先付钱（214 天前、一个来源）

配送跑腿
苹果跑腿（众包）      结算、先付钱（一个来源）；起提额（214 天前）；平台抽成
                        （214 天前、一个来源）

2 个平台，共 5 件事要核对。
现状、结算、起提额、平台抽成、先付钱过 90 天，别的过 365 天，就该重新核对。
  先付钱    要不要押金、会员费，要不要自己买装备
  结算      做完几天到账
  起提额    满多少才能提
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
    (shown,) = run("platforms", "show", "taozi", "--json").data["platforms"]
    on_the_page_only = {"owed", "disputes"}
    assert first == {
        **{key: value for key, value in shown.items() if key not in on_the_page_only},
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


@pytest.mark.usefixtures("invented")
def test_verify_can_be_narrowed(run: Run) -> None:
    """To a category, and to what is older than so many days; one source is then no reason."""
    all_of = run("platforms", "verify", "--older-than", "213", "--json").data["platforms"]
    none = run("platforms", "verify", "--older-than", "214 天").out
    narrow = run("platforms", "verify", "--category", "配送跑腿", "--older-than", "0")
    other = run("platforms", "verify", "--category", "teaching")

    assert [(one["id"], [check["field"] for check in one["checks"]]) for one in all_of] == [
        ("pingguo", ["min_withdrawal", "fee", "escrow"]),
        ("taozi", ["upfront"]),
    ]
    assert none == "没有要核对的\n"
    assert ("桃子" in other.out, "苹果" in other.out) == (True, False)
    assert "苹果跑腿" in narrow.out
    assert "桃子" not in narrow.out
    assert "列的是过了 0 天的，和没有日期的。" in narrow.out


@pytest.mark.parametrize("days", ["-1", "十", "1.5", "9" * 40, ""])
def test_verify_with_days_that_are_none_is_refused(refused: Refused, days: str) -> None:
    """A whole number of days, nothing else."""
    refused(2, "not_understood", "platforms", "verify", "--older-than", days)


def test_verify_with_nothing_to_check_says_so(
    run: Run, orchard: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty catalogue leaves nothing to do."""
    empty = {**orchard, "platforms": []}
    monkeypatch.setattr(shelf, "in_force", lambda: empty)

    assert run("platforms", "verify").out == "没有要核对的\n"


def test_old_pay_and_what_is_undated_are_told_apart(
    run: Run, orchard: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pay has no value of its own in a check; a fact without a date says that."""
    pay = {"unit": "yuan_per_hour", "low": 1.0, "measure": "net", "grade": "press", "by": "某报"}
    peach = orchard["platforms"][0]
    peach |= {"pay": [{**pay, "date": "2020"}], "sources": [{"title": "甲"}, {"title": "乙"}]}
    data = {**orchard, "platforms": [peach]}
    monkeypatch.setattr(shelf, "in_force", lambda: data)

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
    assert shown.out.splitlines() == [
        f"{path} 没有毛病：1 类、1 个平台、1 条来源，截至 2026-11-22",
        f"→ 换上这一份：xianke platforms update --from {path}",
    ]
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
        f"{path} 第 5 行：categories.0.growth: 要写成数字\n"
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
    refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing, a folder, not UTF-8, too large: exit code 5."""
    gbk = tmp_path / "gbk.yaml"
    gbk.write_bytes("as_of: 今天".encode("gbk"))
    large = tmp_path / "large.yaml"
    large.write_text(GOOD, encoding="utf-8")

    unread = [
        refused(5, "unreadable", "platforms", "validate", str(path))
        for path in (tmp_path / "none.yaml", tmp_path, gbk)
    ]
    monkeypatch.setattr(datafile, "MAX_FILE_BYTES", 10)
    too_large = refused(5, "unreadable", "platforms", "validate", str(large))

    assert all(said.startswith("错误：文件读不出来：") for said in unread)
    assert too_large.startswith(f"错误：文件太大：{large}\n")
