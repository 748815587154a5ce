"""Free texts that are written down: only signs speak, and never how a few words read."""

from __future__ import annotations

import pytest

from xianke import traps
from xianke.commands import notes


def test_what_a_note_reads_like_is_no_warning() -> None:
    """Common words are none either, however much like a trap the whole of them reads."""
    text = "手机就能做，在家轻松日赚300，名额有限抓紧"

    assert traps.judge(text).verdict == "trap"
    assert notes.reading(text) == notes.Reading("ok", ())


def test_one_strong_sign_in_a_note_is_a_reason_to_be_careful(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """How it reads does not make a trap of it; the kind is named on stderr."""
    found = notes.reading("兼职在家做，日结，加微信", None, "-")
    notes.warn(found)

    assert found is not None
    assert found.verdict == "warn"
    assert "tasks_in_chat" in {finding.rule for finding in found.findings}
    assert capsys.readouterr().err.startswith("留意：")


def test_signs_of_several_notes_are_not_added_up() -> None:
    """The worst of the texts is told, and what each of them rests on."""
    found = notes.reading("先交会费99元才派单", "到店面谈，一小时18元")

    assert found is not None
    assert found.verdict == "trap"
    assert [finding.type for finding in found.findings] == ["upfront_fee"]


def test_a_deal_that_is_asked_about_is_a_reason_to_be_careful() -> None:
    """Who notes a question is not told that it is a trap."""
    found = notes.reading("面试那边让我先转380元工装钱才能上班，这正常吗？")

    assert found is not None
    assert found.verdict == "warn"
    assert found.findings


@pytest.mark.parametrize("texts", [(), (None,), ("", " ", "-")])
def test_nothing_written_is_nothing_read(texts: tuple[str | None, ...]) -> None:
    """No text, no reading: nothing is loaded for it."""
    assert notes.reading(*texts) is None
    assert notes.document(None) == {}
