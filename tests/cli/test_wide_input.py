"""What a Chinese keyboard makes wide is understood wherever it is typed, or refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke import streams

if TYPE_CHECKING:
    from tests.conftest import Run

ALIKE: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("log", "闲鱼", "８５．５", "--minutes", "４０"), ("log", "闲鱼", "85.5", "--minutes", "40")),
    (("ｌｏｇ", "ｘｉａｎｙｕ", "￥８５"), ("log", "xianyu", "85")),
    (("log　闲鱼　８５元",), ("log", "闲鱼", "85")),
    (("log", "闲鱼", "８５块", "--minutes", "１小时２０分"),
     ("log", "闲鱼", "85", "--minutes", "80")),
    (("log", "闲鱼", "¥85", "--fee", "１．５元", "--unpaid", "１０分"),
     ("log", "闲鱼", "85", "--fee", "1.5", "--unpaid", "10")),
    (("log", "闲鱼", "1，234.5", "--at", "昨天　１４：３０"),
     ("log", "闲鱼", "1234.5", "--at", "昨天 14:30")),
    (("log", "闲鱼", "85", "--rating", "５", "--status", "ｐａｉｄ", "--due", "１１月２８日"),
     ("log", "闲鱼", "85", "--rating", "5", "--status", "paid", "--due", "11月28日")),
    (("log", "闲鱼", "85", "－－minutes", "40"), ("log", "闲鱼", "85", "--minutes", "40")),
    (("log", "闲鱼", "85", "—minutes", "40"), ("log", "闲鱼", "85", "--minutes", "40")),
    (("log", "闲鱼", "85", "——ｍｉｎｕｔｅｓ", "４０"),
     ("log", "闲鱼", "85", "--minutes", "40")),
    (("log", "闲鱼", "85", "--minutes＝４０"), ("log", "闲鱼", "85", "--minutes=40")),
    (("gigs", "show", "ｇ１"), ("gigs", "show", "g1")),
    (("gigs", "show", "Ｇ１"), ("gigs", "show", "g1")),
    (("gigs", "show", "　g1　"), ("gigs", "show", "g1")),
    (("gigs", "edit", "ｇ１", "--minutes", "５０"), ("gigs", "edit", "g1", "--minutes", "50")),
    (("gigs", "--from", "２０２６－１１－０１", "--to", "２０２６／１１／２２"),
     ("gigs", "--from", "2026-11-01", "--to", "2026/11/22")),
    (("inventory", "add", "slot", "工作日　１２：００－１３：００", "--place", "ｈｏｍｅ"),
     ("inventory", "add", "slot", "工作日 12:00-13:00", "--place", "home")),
    (("inventory", "add", "slot", "周六 9：00—12：00"),
     ("inventory", "add", "slot", "周六 9:00-12:00")),
    (("inventory", "add", "skill", "ＰＰＴ", "--level", "４"),
     ("inventory", "add", "skill", "PPT", "--level", "4")),
    (("inventory", "set", "ｂｉｒｔｈ＿ｙｅａｒ", "１９９５"),
     ("inventory", "set", "birth_year", "1995")),
    (("inventory", "edit", "ｓ１", "--label", "午休"),
     ("inventory", "edit", "s1", "--label", "午休")),
    (("spend", "闲鱼", "３０元", "--deposit"), ("spend", "闲鱼", "30", "--deposit")),
    (("spend", "returned", "ｃ１"), ("spend", "returned", "c1")),
    (("payouts", "settle", "ｐ１", "ｇ１"), ("payouts", "settle", "p1", "g1")),
    (("goal", "１５００／月"), ("goal", "1500/月")),
    (("report", "--by", "ｍｏｎｔｈ"), ("report", "--by", "month")),
    (("plan", "--week", "２０２６－Ｗ４８"), ("plan", "--week", "2026-W48")),
    (("suggest", "--goal", "ｃａｓｈ", "--limit", "３"),
     ("suggest", "--goal", "cash", "--limit", "3")),
    (("now", "--minutes", "４０", "--place", "ｈｏｍｅ"),
     ("now", "--minutes", "40", "--place", "home")),
    (("platforms", "show", "ｘｉａｎｙｕ"), ("platforms", "show", "xianyu")),
    (("rates", "--by", "ｃａｔｅｇｏｒｙ"), ("rates", "--by", "category")),
    (("check", "先交１００元押金才能派单"), ("check", "先交100元押金才能派单")),
    (("ｇｉｇｓ", "－－ｈｅｌｐ"), ("gigs", "--help")),
)  # fmt: skip


@pytest.fixture
def store(run: Run) -> None:
    """Write down one of each thing that has an id."""
    for line in (
        ("inventory", "add", "slot", "工作日 19:00-21:00"),
        ("log", "闲鱼", "85", "--minutes", "40", "--status", "delivered"),
        ("spend", "闲鱼", "30", "--deposit"),
        ("payouts", "add", "闲鱼", "50"),
    ):
        assert run(*line).code == 0


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(("wide", "narrow"), ALIKE)
def test_wide_signs_are_as_good_as_narrow_ones(
    run: Run, wide: tuple[str, ...], narrow: tuple[str, ...]
) -> None:
    """The same answer to the same question, but for the number of a new row."""
    expected = run(*narrow)
    assert expected.code in (0, 10), expected
    if narrow[0] in ("log", "spend", "inventory", "payouts", "goal"):
        run("undo")

    done = run(*wide)

    assert (done.code, done.err) == (expected.code, "")
    assert _without_numbers(done.out) == _without_numbers(expected.out)


def _without_numbers(text: str) -> str:
    # Ids of what was taken back are not given a second time.
    return re.sub(r"\b[gscpk]\d+\b", "#", text).replace("１００", "100")


@pytest.mark.parametrize(
    "line",
    [
        ("log", "闲鱼", "八十五块五"),
        ("log", "闲鱼　８５",),
        ("log", "闲鱼", "８５", "－－minuets", "４０"),
        ("gigs", "show", "ｇ"),
        ("gigs", "－１"),
        ("inventory", "add", "slot", "“工作日”"),
        ("plan", "--week", "２０２６－Ｗ９９"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_in_one_sentence(run: Run, line: tuple[str, ...]) -> None:
    """With a hint below it, nothing on stdout, and a code of its own."""
    done = run(*line)

    assert done.code in (2, 3)
    assert done.out == ""
    error, hint = done.err.splitlines()
    assert error.startswith("错误：")
    assert hint.startswith("提示：")


def test_sentences_names_and_files_keep_their_signs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only words of letters, digits and signs are made narrow, and none after two dashes."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ＡＢ．ｃｓｖ").write_text("x", encoding="utf-8")
    words = ["import", "ＡＢ．ｃｓｖ", "--note", "好评，“快”（ＯＫ）", "——以上", "，", "--", "ｇ１"]

    assert streams.plain_words(words) == words
    assert streams.plain_words(["gigs", "show", "ｇ１"]) == ["gigs", "show", "g1"]


def test_bytes_the_locale_could_not_read_are_read_as_utf_8() -> None:
    """What is no UTF-8 either stays, to be refused by name."""
    unread = "闲鱼".encode().decode("ascii", "surrogateescape")
    foreign = "闲鱼".encode("gbk").decode("ascii", "surrogateescape")

    assert streams.plain_words(["log", unread, foreign]) == ["log", "闲鱼", foreign]
