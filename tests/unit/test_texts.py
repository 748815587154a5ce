"""Texts handed in: typed, in files, through a pipe, pasted; what is no text is refused."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from xianke.commands import texts
from xianke.commands.texts import Text
from xianke.errors import NotUnderstood, Unreadable
from xianke.render import console

OFFER = "先交100元押金，再派单"


def _pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_is_read_in_the_encodings_people_save_in(tmp_path: Path, encoding: str) -> None:
    """Whatever the editor of Windows or of a phone wrote, the words are the same."""
    path = tmp_path / "招工.txt"
    path.write_bytes(OFFER.encode(encoding))

    assert texts.given([], [path]) == [Text(str(path), OFFER)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_pipe_is_read_without_being_asked_for(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """Where nothing stands on the command line, the pipe is what is meant."""
    _pipe(monkeypatch, OFFER.encode(encoding))

    assert texts.given([], []) == [Text("标准输入", OFFER)]


def test_texts_keep_their_order_and_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words first, the pipe where its dash stands, then the files."""
    _pipe(monkeypatch, b"b\n")
    path = tmp_path / "c"
    path.write_text("丙", encoding="utf-8")

    found = texts.given(["甲", "-", "乙"], [path])

    assert [one.name for one in found] == ["第 1 份", "标准输入", "第 3 份", str(path)]
    assert [one.content for one in found] == ["甲", "b\n", "乙", "丙"]


def test_single_bytes_of_a_terminal_in_gbk_become_words() -> None:
    """What the command line could not decode is decoded like a file."""
    word = OFFER.encode("gb18030").decode("utf-8", "surrogateescape")

    assert texts.given([word], [])[0].content == OFFER


@pytest.mark.parametrize("word", ["", "  \n", "\u200b\u3000"])
def test_an_empty_text_is_refused(word: str) -> None:
    """Nothing to read is not the same as nothing found."""
    with pytest.raises(NotUnderstood, match="没有字"):
        texts.given([word], [])


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n\x01\x02\x03\x04\x05\x06\xe4\xe5",
        OFFER.encode()[:-1],
        OFFER.encode("gb18030")[:-1],
        b"\xff\xff\xff\xff",
    ],
    ids=["image", "pdf", "cut utf-8", "cut gbk", "noise"],
)
def test_what_is_no_text_or_not_whole_is_unreadable(tmp_path: Path, data: bytes) -> None:
    """Gibberish would be found harmless."""
    path = tmp_path / "招工"
    path.write_bytes(data)

    with pytest.raises(Unreadable):
        texts.given([], [path])


def test_a_text_of_more_than_a_megabyte_is_refused(tmp_path: Path) -> None:
    """At the limit it is read, beyond it not."""
    path = tmp_path / "long"
    path.write_bytes(b"a" * texts.MOST_BYTES)
    assert len(texts.given([], [path])[0].content) == texts.MOST_BYTES

    path.write_bytes(b"a" * (texts.MOST_BYTES + 1))
    with pytest.raises(NotUnderstood, match="超过 1 MB"):
        texts.given([], [path])


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path, name: str) -> None:
    """A folder is no file either."""
    with pytest.raises(Unreadable, match="读不出来"):
        texts.given([], [tmp_path / name])


def test_the_name_of_a_file_is_not_taken_for_an_offer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name alone would be found harmless; the hint says how to read the file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "offer.txt").write_text(OFFER, encoding="utf-8")

    with pytest.raises(NotUnderstood) as raised:
        texts.given(["offer.txt"], [])

    assert raised.value.hint == "看文件里的话：xianke check --file offer.txt"


def test_the_pipe_is_read_once() -> None:
    """A second dash would find nothing left."""
    with pytest.raises(NotUnderstood, match="「-」写了两次"):
        texts.given(["-", "-"], [])


# On a terminal


@pytest.fixture
def paste(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Return what pastes bytes into a terminal and gives back what was read, and what is left."""
    if sys.platform == "win32":
        pytest.skip("no such terminals there")
    monkeypatch.setattr(console, "tell", lambda text: None)

    def call(data: bytes) -> tuple[str, bytes]:
        ours, theirs = os.openpty()
        os.write(ours, data)
        with os.fdopen(theirs, encoding="utf-8") as terminal:
            monkeypatch.setattr(sys, "stdin", terminal)
            (found,) = texts.given([], [])
            os.set_blocking(theirs, False)
            try:
                left = os.read(theirs, 100)
            except BlockingIOError:
                left = b""
        os.close(ours)
        return found.content, left

    return call


@pytest.mark.parametrize("end", [b"\n\n", b"\n\x04"], ids=["empty line", "Ctrl-D"])
def test_a_paste_ends_with_an_empty_line_or_the_end(paste, end: bytes) -> None:  # type: ignore[no-untyped-def]
    """Several lines are one text."""
    assert paste(f"招打字员\n{OFFER}".encode() + end) == (f"招打字员\n{OFFER}\n", b"")


def test_a_paste_with_empty_lines_within_stays_one(paste) -> None:  # type: ignore[no-untyped-def]
    """What follows an empty line must not be left for the shell to run."""
    assert paste(f"招打字员\n\n\n{OFFER}\n\n".encode()) == (f"招打字员\n\n\n{OFFER}\n", b"")


def test_an_empty_paste_is_refused(paste) -> None:  # type: ignore[no-untyped-def]
    """Whoever only presses Enter is told so."""
    with pytest.raises(NotUnderstood, match="没有字"):
        paste(b"\n")


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("先交100元押金才能派单", True),
        ("小学英语家教 English tutor for a pupil，100/小时", True),
        ("https://example.com/a-b/share?from=timeline 进来看看", True),
        ("Weekend barista wanted, 25 yuan per hour", False),
        ("Hi 你好，simple job: like videos, 5 yuan each, later prepay 200", False),
        ("12345", False),
    ],
)
def test_what_is_mostly_in_other_words_is_not_chinese(text: str, readable: bool) -> None:
    """A greeting makes an offer no more readable; an address or a few words take nothing away."""
    assert texts.has_chinese(text) is readable
