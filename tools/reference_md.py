"""The reference of all commands as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.reference_words import WORDS, Words, exits

from xianke import settings

if TYPE_CHECKING:
    from tools.make_reference import Block, Page, Row

_MARKED = re.compile(r"([\\`*<>|])")


def reference(pages: Sequence[Page], language: str) -> str:
    """Return the whole reference: the program, each command below it, and what holds for all."""
    words = WORDS[language]
    writer = _Writer(_typed_words(page.name for page in pages))
    program, *commands = pages
    parts = [f"# {words.title}", words.preface]
    parts += [writer.block(block) for block in program.blocks]
    parts += [_typed([program.usage]), writer.sentence(words.everywhere)]
    parts += [writer.table((words.option, words.meaning), program.options)]
    parts += [writer.table((words.command, words.meaning), _links(program))]
    for page in commands:
        parts += _command(page, words, writer)
    parts += [f"## {words.exits}", writer.table((words.exit, words.meaning), exits(language))]
    variables = [(one.name, one.explanation()) for one in settings.VARIABLES]
    parts += [f"## {words.environment}", writer.table((words.variable, words.meaning), variables)]
    parts += [f"## {words.files}", writer.sentence(words.kept)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _command(page: Page, words: Words, writer: _Writer) -> list[str]:
    parts = [f"{'#' * (len(page.path) + 1)} {page.name}", _typed([page.usage])]
    parts += [writer.block(block) for block in page.blocks]
    parts += [writer.table((words.argument, words.meaning), page.arguments)]
    parts += [writer.table((words.option, words.meaning), page.own_options)]
    return [*parts, writer.table((words.command, words.meaning), _links(page))]


def _links(page: Page) -> list[Row]:
    return [(f"[{name}](#{_anchor(page, name)})", text) for name, text in page.commands]


def _anchor(page: Page, name: str) -> str:
    return f"{page.name} {name}".replace(" ", "-")


def _typed_words(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds a command or an option in a sentence, the longest command first."""
    longest_first = sorted(names, key=len, reverse=True)
    commands = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<![\w`-])((?:{commands})(?![\w-])|--[a-z][a-z-]*)")


@dataclass(frozen=True, slots=True)
class _Writer:
    """What writes Markdown, knowing which words of a sentence are there to be typed."""

    commands: re.Pattern[str]

    def block(self, block: Block) -> str:
        """Return a part of a help text."""
        if block.kind == "typed":
            return _typed(block.lines)
        if block.kind == "terms":
            rows = block.rows()
            return "\n".join(f"- `{term}`: {self.sentence(text)}" for term, text in rows)
        return "\\\n".join(map(self.sentence, block.lines))

    def table(self, titles: Row, rows: Iterable[Row]) -> str:
        """Return terms and their meaning in two columns, nothing where there are none."""
        lines = [f"| {_term(term)} | {self.sentence(text)} |" for term, text in rows]
        if not lines:
            return ""
        return "\n".join((f"| {titles[0]} | {titles[1]} |", "|---|---|", *lines))

    def sentence(self, text: str) -> str:
        """Return a sentence with its commands set apart and nothing that Markdown would eat."""
        return self.commands.sub(r"`\1`", _MARKED.sub(r"\\\1", text))


def _typed(lines: Iterable[str]) -> str:
    return "\n".join(("```sh", *lines, "```"))


def _term(term: str) -> str:
    if term.startswith("[") and "](" in term:
        return term
    return f"`{term.replace('|', chr(92) + '|')}`"
