"""The manual page in the language of `man`, for groff and mandoc alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tools.reference_words import WORDS, Words, exits

from xianke import __version__, settings
from xianke.render.text import wrapped

if TYPE_CHECKING:
    from tools.make_reference import Block, Page, Row

CHANGES = Path(__file__).resolve().parent.parent / "CHANGELOG.md"
HEAD = '.\\" Written by tools/make_reference.py from the help of the program.\n'
_ENGLISH = 76
"""Characters of a line of the source; the reader's program fills its own lines with them."""
_CHINESE = 64
"""Cells of a line, which fits eighty columns however far it is indented: few programs break
Chinese lines by themselves."""
_SPECIAL = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}
_RELEASED = re.compile(r"^## \[[\d.]+\] - (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def manual(pages: Sequence[Page], language: str) -> str:
    """Return the source of the manual page."""
    words = WORDS[language]
    program, *commands = pages
    lines = [f'.TH XIANKE 1 "{released()}" "xianke {__version__}" "{words.manual}"', ".nh", ".ad l"]
    lines += [_section(words.name), f"xianke \\- {_plain(words.summary)}"]
    lines += [_section(words.synopsis), ".B xianke", _synopsis(program)]
    lines += [_section(words.description)]
    # The first paragraph of a section begins by itself.
    lines += [line for block in program.blocks for line in _block(block)][1:]
    lines += [".PP", *_filled(words.everywhere)]
    lines += [_section(words.options), *_terms(program.options)]
    lines += [_section(words.commands)]
    for page in commands:
        lines += _command(page, words)
    lines += [_section(words.exits), *_terms(exits(language))]
    variables = [(one.name, one.explanation()) for one in settings.VARIABLES]
    lines += [_section(words.environment), *_terms(variables)]
    lines += [_section(words.files), *_filled(words.kept)]
    return HEAD + "\n".join(lines) + "\n"


def released() -> str:
    """Return the day of the newest release that the changelog tells of; nothing before the first.

    No clock has a part in it: the same source makes the same page on any day.
    """
    found = _RELEASED.search(CHANGES.read_text(encoding="utf-8"))
    return found[1] if found else ""


def _section(title: str) -> str:
    return f".SH {title.upper()}"


def _synopsis(page: Page) -> str:
    return _plain(page.usage.removeprefix("xianke "))


def _command(page: Page, words: Words) -> list[str]:
    lines = [f".SS {_plain(page.name)}"]
    rest = page.usage.removeprefix(page.name).strip()
    lines += [f"\\fB{_plain(page.name)}\\fR {_plain(rest)}".strip()]
    for block in page.blocks:
        lines += _block(block)
    return [*lines, *_terms([*page.arguments, *page.own_options])]


def _block(block: Block) -> list[str]:
    if block.kind == "terms":
        return _terms(block.rows())
    if block.kind == "typed":
        return [".PP", ".RS 4", ".nf", *map(_plain, block.lines), ".fi", ".RE"]
    lines = [".PP"]
    for number, line in enumerate(block.lines):
        lines += [".br"] * (number > 0) + _filled(line)
    return lines


def _terms(rows: Iterable[Row]) -> list[str]:
    lines: list[str] = []
    for term, text in rows:
        lines += [".TP", _term(term), *_filled(text)]
    return lines


def _term(term: str) -> str:
    """Return the words that are typed as they stand in bold, those that stand for others not."""
    names, blank, value = term.rpartition(" ")
    if not blank or not names.startswith("-") or value.startswith("-"):
        return f"\\fB{_plain(term)}\\fR"
    return f"\\fB{_plain(names)}\\fR \\fI{_plain(value)}\\fR"


def _filled(text: str) -> list[str]:
    """Return a paragraph as lines of source."""
    if text.isascii():
        return [_plain(line) for line in wrapped(text, _ENGLISH)]
    lines: list[str] = []
    for line in wrapped(text, _CHINESE):
        lines += [".br", _plain(line)] if lines else [_plain(line)]
    return lines


def _plain(text: str) -> str:
    """Return words that show as they are: nothing in them is a request or an escape."""
    escaped = "".join(_SPECIAL.get(char, char) for char in text)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped
