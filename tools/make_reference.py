"""Write the reference of all commands and the manual pages from the program's own help.

`python -m tools.make_reference` writes `docs/reference.md`, `docs/reference.zh-CN.md` and the pages
in `docs/man`; with `--check` it only says whether they are what the help texts make of them. No
clock, terminal or setting has a part in it.
"""

from __future__ import annotations

import gettext
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parent.parent
FORMS = {
    "en": ("docs/reference.md", "docs/man/xianke.1"),
    "zh": ("docs/reference.zh-CN.md", "docs/man/xianke.zh_CN.1"),
}
"""Language → the reference and the manual page in it."""

Row = tuple[str, str]
"""A term, and what it means."""

_EXAMPLE = re.compile("(?P<title>Example: |例：)(?P<line>.+)")
"""An example that stands on the line of its title."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a help text: a paragraph, lines to be typed, or terms with their meaning."""

    kind: Literal["text", "typed", "terms"]
    lines: tuple[str, ...]

    def rows(self) -> list[Row]:
        """Return the terms of a block of terms with their meaning."""
        pairs = (re.split(" {2,}", line, maxsplit=1) for line in self.lines)
        return [(term, meaning) for term, meaning in pairs]


@dataclass(frozen=True, slots=True)
class Page:
    """The help of one command: `path` are its words after `xianke`, none for the program itself."""

    path: tuple[str, ...]
    usage: str
    blocks: tuple[Block, ...]
    arguments: tuple[Row, ...]
    options: tuple[Row, ...]
    commands: tuple[Row, ...]

    @property
    def name(self) -> str:
        """Return the command as it is typed."""
        return " ".join(("xianke", *self.path))

    @property
    def own_options(self) -> tuple[Row, ...]:
        """Return the options but for the one that every command has."""
        return tuple(row for row in self.options if row[0] != "--json")


def main(arguments: Sequence[str]) -> int:
    """Write or check the files, each language in a process of its own: texts are read only once."""
    if arguments[:1] and arguments[0] in FORMS:
        return _in_language(arguments[0], check="--check" in arguments)
    codes = [
        subprocess.run(
            [sys.executable, "-m", "tools.make_reference", language, *arguments],
            cwd=ROOT,
            check=False,
        ).returncode
        for language in FORMS
    ]
    return max(codes)


def _in_language(language: str, *, check: bool) -> int:
    stale = 0
    for name, text in written(language).items():
        target = ROOT / name
        if check:
            old = target.read_text(encoding="utf-8") if target.exists() else ""
            if old != text:
                print(f"{name} is stale: make reference", file=sys.stderr)
                stale = 1
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    return stale


def written(language: str) -> dict[str, str]:
    """Return the files in one language, name → content; call it once in a process."""
    from tools import reference_man, reference_md

    speak(language)
    found = list(pages())
    reference, manual = FORMS[language]
    return {
        reference: reference_md.reference(found, language),
        manual: reference_man.manual(found, language),
    }


def speak(language: str) -> None:
    """Set the language, English as the tracked catalogue has it: the compiled one may be older."""
    from babel.messages.mofile import write_mo
    from tools import make_locale

    from xianke import i18n

    i18n.set_language("en" if language == "en" else "zh")
    if language == "en":
        compiled = BytesIO()
        write_mo(compiled, make_locale.read())
        compiled.seek(0)
        i18n._translations = gettext.GNUTranslations(compiled)


def pages() -> Iterator[Page]:
    """Yield the help of the program and of every command, in the order of the program's own."""
    from xianke.commands import root

    group = root.command()
    yield _page((), group, list(group.short_helps(None).items()))
    for name in root.table():
        yield from _below((name,), group.get_command(None, name))


def _below(path: tuple[str, ...], command: Any) -> Iterator[Page]:
    # Any: no class of the parser is public.
    inner = getattr(command, "commands", {})
    yield _page(path, command, list(command.short_helps(None).items()) if inner else [])
    for name, one in inner.items():
        yield from _below((*path, name), one)


def _page(path: tuple[str, ...], command: Any, commands: Sequence[Row]) -> Page:
    name = " ".join(("xianke", *path))
    context = command.context_class(command, info_name=name)
    shown = [one for one in command.params if not getattr(one, "hidden", False)]
    arguments = [
        (one.make_metavar(context), one.help)
        for one in shown
        if one.param_type_name == "argument" and one.help
    ]
    options = [(_names(one, context), one.help) for one in shown if one.param_type_name == "option"]
    return Page(
        path,
        " ".join((name, *command.collect_usage_pieces(context))),
        tuple(blocks(command.help)),
        tuple(arguments),
        tuple(options),
        tuple(commands),
    )


def _names(option: Any, context: Any) -> str:
    names = ", ".join(sorted(option.opts, key=lambda name: (len(name) > 2, name)))
    return names if option.is_flag else f"{names} {option.make_metavar(context)}"


def blocks(text: str) -> Iterator[Block]:
    """Yield the parts of a help text: indented lines are typed, or terms if in two columns."""
    for paragraph in re.split(r"\n\s*\n", text.strip("\n")):
        gathered: list[str] = []
        for line in paragraph.split("\n"):
            if gathered and line.startswith("  ") != gathered[-1].startswith("  "):
                yield from _block(gathered)
                gathered = []
            gathered.append(line)
        yield from _block(gathered)


def _block(lines: Sequence[str]) -> Iterator[Block]:
    only = _EXAMPLE.fullmatch(lines[0])
    if only:
        yield Block("text", (only["title"].strip(),))
        yield Block("typed", (only["line"],))
        lines = lines[1:]
    if lines:
        yield _plain_block(lines)


def _plain_block(lines: Sequence[str]) -> Block:
    if not lines[0].startswith("  "):
        return Block("text", tuple(line.strip() for line in lines))
    bare = tuple(line.strip() for line in lines)
    kind: Literal["typed", "terms"] = "typed" if bare[0].startswith("xianke") else "terms"
    return Block(kind, bare)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
