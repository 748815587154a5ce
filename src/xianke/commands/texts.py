"""Texts handed in to be read: typed, in files, through a pipe, or pasted into the terminal."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xianke.errors import NotUnderstood, Unreadable
from xianke.findings import Judgement
from xianke.i18n import _

MOST_BYTES = 1_000_000
"""An offer is a screen or two; what is longer is something else."""

FROM_STDIN = "-"

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""How a file of sixteen-bit characters begins, as editors on Windows write it on request."""
_LONGEST_CHARACTER = 4
_LIKELY_CONTROLS = frozenset("\t\n\r\f\v\b\x1b")
_MOST_CONTROLS = 0.01
"""A text has next to no control characters; what has more is no text."""
_PASTE_SECONDS = 0.1
"""How long to wait after an empty line for the rest of what was pasted at one go."""
_LONGEST_LINE = 1023 if sys.platform == "darwin" else 4095
"""So many bytes of a line a terminal hands on, without a word about those it drops."""

_ADDRESS = re.compile(r"\w+://\S+")
_WORD = re.compile("[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and what it is called: its number on the command line, or its file."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A text's name and what reading it leads to; without `chinese` in it little can be read."""

    name: str
    judgement: Judgement
    chinese: bool = True


def has_chinese(text: str) -> bool:
    """Return whether *text* is Chinese, addresses aside: offers in other words go unread.

    A greeting in Chinese before an offer in English makes it no more readable.
    """
    words = len(_WORD.findall(_ADDRESS.sub("", text)))
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text)
    return chinese > 0 and chinese >= words


def given(words: Sequence[str], files: Sequence[Path]) -> list[Text]:
    """Return all texts of a command line; without any, what comes through the pipe or is pasted.

    Raise NotUnderstood for one that is empty or too long, Unreadable for what is no text.
    """
    if not words and not files:
        words = [FROM_STDIN]
    if list(words).count(FROM_STDIN) > 1:
        raise NotUnderstood(_("「-」写了两次"), _("「-」是从管道读，只写一次"))
    texts = [_typed(word, number) for number, word in enumerate(words, 1)]
    return [*texts, *map(_from_file, files)]


def _typed(word: str, number: int) -> Text:
    if word == FROM_STDIN:
        return _from_stdin()
    name = _("第 {number} 份").format(number=number)
    if _is_file(word):
        raise NotUnderstood(
            _("「{text}」是一个文件").format(text=word),
            _("看文件里的话：xianke check --file {text}").format(text=word),
        )
    # What the terminal's encoding could not say comes in as single bytes.
    return Text(name, _decoded(os.fsencode(word), name) if _has_bytes(word) else _kept(word, name))


def _is_file(word: str) -> bool:
    try:
        return Path(word).is_file()
    except (OSError, ValueError):  # too long, or a character no name can have
        return False


def _has_bytes(word: str) -> bool:
    return any("\udc80" <= char <= "\udcff" for char in word)


def _from_file(path: Path) -> Text:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(
            _("文件读不出来：{path}").format(path=path), _("看看文件名和权限对不对")
        ) from error
    return Text(str(path), _decoded(data, str(path)))


def _from_stdin() -> Text:
    name = _("标准输入")
    if sys.stdin.isatty():
        return Text(_("粘贴的"), _decoded(_pasted(), _("粘贴的")))
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None:
        return Text(name, _kept(sys.stdin.read(MOST_BYTES + 1), name))
    return Text(name, _decoded(buffer.read(MOST_BYTES + 1), name))


def _pasted() -> bytes:
    """Return what somebody types or pastes; an empty line ends it, if nothing is waiting behind.

    A pasted message may have empty lines within, and its rest must not reach the shell. Raise
    NotUnderstood where the terminal may have cut a line: what is missing may be the trap.
    """
    from xianke.render.console import tell

    tell(_("把那段话粘贴进来，空行或 Ctrl-D 结束，Ctrl-C 放弃。"))
    lines: list[bytes] = []
    size, longest = 0, 0
    while line := sys.stdin.buffer.readline():
        if not line.strip() and not _more_is_waiting():
            break
        size += len(line)
        longest = max(longest, len(line))
        if size <= MOST_BYTES:
            lines.append(line)
    if longest >= _LONGEST_LINE:
        raise NotUnderstood(
            _("有一行太长，终端没有收全，后面的没看到"),
            _("存成文件再看：xianke check --file 文件；或者分几行粘贴"),
        )
    if size > MOST_BYTES:
        raise _too_long(_("粘贴的"))
    return b"".join(lines)


def _more_is_waiting() -> bool:
    if sys.platform == "win32":
        return False
    import select

    return bool(select.select([sys.stdin], [], [], _PASTE_SECONDS)[0])


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES:
        raise _too_long(name)
    wide = data[:2] in _WIDE_MARKS
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as fault:
            if fault.start >= len(data) - _LONGEST_CHARACTER and not data[: fault.start].isascii():
                # Cut off within its last character: in another encoding it would be gibberish.
                break
            continue
        if not _is_binary(text):
            return _kept(text, name)
        break
    raise Unreadable(
        _("「{name}」不是文字，或者没有存完整").format(name=name),
        _("存成纯文本（UTF-8 或 GBK）；图片里的字先转成文字"),
    )


def _is_binary(text: str) -> bool:
    odd = sum(unicodedata.category(char) == "Cc" and char not in _LIKELY_CONTROLS for char in text)
    return "\0" in text or odd > len(text) * _MOST_CONTROLS


def _kept(text: str, name: str) -> str:
    if len(text) > MOST_BYTES:
        raise _too_long(name)
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise NotUnderstood(
            _("「{name}」里没有字").format(name=name),
            _("例如 xianke check 先交100元押金才能派单"),
        )
    return text


def _too_long(name: str) -> NotUnderstood:
    return NotUnderstood(
        _("「{name}」太长，超过 {most} MB").format(name=name, most=MOST_BYTES // 1_000_000),
        _("只留招工的那一段"),
    )
