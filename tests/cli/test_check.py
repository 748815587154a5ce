"""`xianke check` and the warnings beside notes, end to end."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke import i18n, trapbook
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

TRAP = "先交100元押金才能派单"
FINE = "周末发传单，现场日结，不收任何费用"
Refused = Callable[..., str]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def test_a_trap_ends_with_ten(run: Run) -> None:
    """A script sees it by the code alone, a person by the first word."""
    result = run("check", TRAP)

    assert (result.code, result.err) == (10, "")
    verdict, *rest = result.out.splitlines()
    assert verdict.startswith("是坑，别做：")
    assert "先收费" in verdict
    assert "110" in "".join(rest)


def test_an_honest_offer_ends_with_nought(run: Run) -> None:
    """Daily pay for work on the spot is no sign."""
    result = run("check", FINE)

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("没看出坑。")


def test_the_document_is_ok_when_the_offer_is_not(run: Run) -> None:
    """The check itself went well; what was found stands in its data."""
    result = run("check", TRAP, "--json")

    assert (result.code, result.err) == (10, "")
    data = result.data
    assert data["verdict"] == "trap"
    decisive = [one for one in data["findings"] if one["strength"] == "decisive"]
    assert {"upfront_fee"} <= {one["type"] for one in decisive}
    for one in data["findings"]:
        assert one["quote"] == TRAP[one["start"] : one["end"]]
        assert set(one) >= {"severity", "text", "advice", "advice_ids", "laws", "name", "why"}
        assert one["type"] in trapbook.book()


def test_the_worst_of_several_decides(run: Run, tmp_path: Path) -> None:
    """Each is named, the trap is found among the others."""
    path = tmp_path / "招工.txt"
    path.write_text(TRAP, encoding="gb18030")

    result = run("check", FINE, "--file", str(path), "--json")

    assert result.code == 10
    assert [(one["name"], one["verdict"]) for one in result.data["texts"]] == [
        ("第 1 份", "ok"),
        (str(path), "trap"),
    ]
    assert {one["where"] for one in result.data["findings"]} == {str(path)}


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_who_leaves_changes_no_verdict(unbuffered: str) -> None:
    """`xianke check … | head -1` is silent, and still ends with ten."""
    reader, writer = os.pipe()
    os.close(reader)

    ended = subprocess.run(
        [sys.executable, "-m", "xianke", "check", TRAP],
        stdout=writer,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        check=False,
    )
    os.close(writer)

    assert (ended.returncode, ended.stderr) == (10, b"")


def test_a_pipe_is_read(run: Run) -> None:
    """With a dash and without anything."""
    for arguments in (("check",), ("check", "-")):
        assert run(*arguments, stdin=TRAP + "\n").code == 10


def test_both_languages_fit_eighty_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same verdict in English, and no line runs over."""
    monkeypatch.setenv("COLUMNS", "80")
    for language, first in (("zh", "是坑，别做"), ("en", "A trap, leave it")):
        monkeypatch.setenv("XIANKE_LANG", language)
        for more in ((), ("--explain",)):
            result = run("check", TRAP, *more)
            assert result.out.startswith(first)
            assert [line for line in result.out.splitlines() if width(line) > 80] == []
    i18n.set_language("zh")


def test_nothing_is_written(run: Run, stored: Dump) -> None:
    """An offer is read and forgotten."""
    before = stored()

    run("check", TRAP)

    assert stored() == before


@pytest.mark.parametrize(
    ("code", "word", "arguments"),
    [
        (2, "not_understood", ("",)),
        (2, "not_understood", ("-", "-")),
        (5, "unreadable", ("--file", "不在这里.txt")),
        (5, "unreadable", ("--file", sys.executable)),
    ],
)
def test_what_cannot_be_read_is_refused(
    refused: Refused, code: int, word: str, arguments: tuple[str, ...]
) -> None:
    """One sentence, one hint; never a verdict on what was not read."""
    if arguments[-1] == sys.executable and Path(sys.executable).stat().st_size > 1_000_000:
        code, word = 2, "not_understood"
    refused(code, word, "check", *arguments)


# Notes

WRITING = [
    ("log", "闲鱼", "85", "--note", TRAP),
    ("gigs", "edit", "g1", "--note", TRAP),
    ("start", "闲鱼", "--note", TRAP),
    ("platforms", "add", "小区群", "--note", TRAP),
    ("platforms", "edit", "闲鱼", "upfront", "none", "--note", TRAP),
    ("rules", "add", TRAP, "私人"),
    ("inventory", "add", "asset", "相机", "--note", TRAP),
    ("spend", "闲鱼", "20", "--note", TRAP),
    ("payouts", "add", "闲鱼", "20", "--note", TRAP),
]


@pytest.mark.parametrize("arguments", WRITING, ids=lambda words: " ".join(words[:2]))
def test_a_note_that_looks_like_a_trap_is_pointed_out(
    run: Run, stored: Dump, arguments: tuple[str, ...]
) -> None:
    """It is written all the same; one line on stderr, or `warnings` in the document."""
    run("log", "闲鱼", "60")
    before = stored()

    plain = run(*arguments)
    written = stored()
    run("undo")
    document = run(*arguments, "--json")

    assert plain.code == document.code == 0
    assert written != before
    (line,) = plain.err.splitlines()
    assert re.fullmatch("当心：你写下的话像是坑（.*先收费.*），xianke check 可以细看", line)
    assert document.err == ""
    warnings = document.data["warnings"]
    assert {"upfront_fee"} <= {one["type"] for one in warnings}
    assert all(set(one) == {"type", "strength", "quote", "text"} for one in warnings)


def test_a_plain_note_is_read_and_nothing_is_said(run: Run) -> None:
    """The key is there where a note was given, and only there."""
    plain = run("log", "闲鱼", "85", "--note", "改了两版")

    assert plain.err == ""
    assert run("log", "闲鱼", "85", "--note", "改了两版", "--json").data["warnings"] == []
    assert "warnings" not in run("log", "闲鱼", "85", "--json").data
    assert "warnings" not in run("gigs", "edit", "g1", "--note", "-", "--json").data
