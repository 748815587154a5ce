"""What all command files share: app and help pages, options, ids, questions."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from xianke import streams
from xianke.i18n import _

JsonFlag = Annotated[bool, typer.Option("--json", help=_("输出一份 JSON，供程序读取"))]
FirstDay = Annotated[str | None, typer.Option("--from", metavar="D", help=_("从哪天起"))]
LastDay = Annotated[str | None, typer.Option("--to", metavar="D", help=_("到哪天止"))]

_YES = ("y", "yes", "是", "好")
_MOST_DIGITS = 17
"""More than any id has, and SQLite still reads it as a number."""

_JSON_ASKED = "xianke.json"


class Command(TyperCommand):
    """A command whose help page is ours."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line."""
        with _placed(ctx):
            return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        from xianke.render import help

        formatter.write(streams.writable(help.page(ctx)))


class Group(TyperGroup):
    """A group whose help page is ours and whose commands are found in the order given."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line as far as the name of the command."""
        with _placed(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command; a `--json` written before its name is meant for it."""
        name, command, rest = super().resolve_command(ctx, args)
        asked = ctx.meta.get(_JSON_ASKED, False) or ctx.params.get("json", False)
        ctx.meta[_JSON_ASKED] = asked
        if asked and command and any(parameter.name == "json" for parameter in command.params):
            rest = ["--json", *rest]
        return name, command, rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page with the list of commands."""
        from xianke.render import help

        formatter.write(streams.writable(help.page(ctx, self.short_helps(ctx))))

    def short_helps(self, ctx: Any) -> dict[str, str]:
        """Return the names of the commands with their first lines of help."""
        found = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                found[name] = (command.help or "").strip().split("\n")[0]
        return found


@contextmanager
def _placed(context: Any) -> Iterator[None]:
    """Let every complaint of the parser say which command it is about; not all do by themselves."""
    try:
        yield
    except TyperException as error:
        complaint: Any = error  # Any: where it keeps its context is not public
        complaint.ctx = getattr(complaint, "ctx", None) or context
        raise


def new_app(**settings: Any) -> typer.Typer:
    """Return an app whose groups and commands use our help pages."""
    return typer.Typer(
        cls=Group,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        **settings,
    )


def number_of(identity: str, letter: str) -> int | None:
    """Return the number in an id as it was typed, `g12` or `12`; None where there is none."""
    plain = unicodedata.normalize("NFKC", identity).strip()
    digits = plain[1:] if plain[:1].lower() == letter else plain
    if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS:
        return int(digits)
    return None


def untouched() -> bool:
    """Return whether nothing has been written down yet, or all of it was undone."""
    from xianke import store

    with store.read() as db:
        return db.last_entry() is None


def ask(question: str) -> str | None:
    """Ask on the terminal and return the answer, None at the end of input."""
    from xianke.render import console

    console.question(question)
    answer = sys.stdin.readline()
    return answer.strip() if answer else None


def agreed(question: str) -> bool:
    """Ask yes or no on the terminal; whatever is not a yes is a no."""
    return unicodedata.normalize("NFKC", ask(question) or "").lower() in _YES


def choose(question: str, options: list[str]) -> int | None:
    """Ask for one of several by number; None when the answer is none of them."""
    from xianke.render.console import tell

    tell(question)
    for number, option in enumerate(options, 1):
        tell(f"  {number}. {option}")
    answer = unicodedata.normalize("NFKC", ask(_("选哪个（数字，回车放弃）：")) or "")
    if not (answer.isascii() and answer.isdigit() and len(answer) < 9):
        return None
    return int(answer) - 1 if 1 <= int(answer) <= len(options) else None
