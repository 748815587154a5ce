"""Help pages in the user's language, with Chinese columns that line up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xianke.i18n import _
from xianke.render.console import terminal_width
from xianke.render.text import padded, width, wrapped

INDENT = 2
WIDEST_TERM = 34


def usage(context: Any) -> str:  # Any: typer's own context, whose class is not public
    """Return the usage line of a command."""
    signs = {"[OPTIONS]": _("[选项]"), "COMMAND [ARGS]...": _("命令 [参数]…")}
    pieces = [signs.get(one, one) for one in context.command.collect_usage_pieces(context)]
    return (
        _("用法：{command} {rest}")
        .format(command=context.command_path, rest=" ".join(pieces))
        .rstrip()
    )


def page(context: Any, commands: Mapping[str, str] | None = None) -> str:
    """Return the whole help page of a command; *commands* are a group's names and short helps."""
    command = context.command
    cells = terminal_width()
    lines = [usage(context), ""]
    if command.help:
        for paragraph in command.help.strip("\n").split("\n"):
            lines.extend(wrapped(paragraph, cells) if paragraph else [""])
        lines.append("")
    arguments, options = [], []
    for parameter in command.get_params(context):
        if getattr(parameter, "hidden", False):
            continue
        if parameter.param_type_name == "argument":
            if parameter.help:
                arguments.append((parameter.make_metavar(context), parameter.help))
        else:
            options.append((_option_names(parameter, context), _option_help(parameter)))
    for title, rows in ((_("参数"), arguments), (_("选项"), options)):
        lines.extend(section(title, rows, cells))
    if commands:
        lines.extend(section(_("命令"), list(commands.items()), cells))
    return "\n".join(lines).rstrip() + "\n"


def section(title: str, rows: Sequence[tuple[str, str]], cells: int) -> list[str]:
    """Return a titled list of terms and explanations, or nothing for no rows."""
    if not rows:
        return []
    column = min(max(width(term) for term, _text in rows), WIDEST_TERM) + INDENT
    lines = [_("{title}：").format(title=title)]
    for term, text in rows:
        explained = wrapped(text, max(cells - INDENT - column, 20))
        if width(term) > WIDEST_TERM:
            lines.append(" " * INDENT + term)
        else:
            lines.append((" " * INDENT + padded(term, column) + explained.pop(0)).rstrip())
        lines.extend(" " * (INDENT + column) + rest for rest in explained)
    return [*lines, ""]


def _option_names(parameter: Any, context: Any) -> str:
    names = ", ".join(sorted(parameter.opts, key=lambda name: (len(name) > 2, name)))
    if parameter.is_flag:
        return names
    return f"{names} {parameter.make_metavar(context)}"


def _option_help(parameter: Any) -> str:
    return _("显示这一页") if "--help" in parameter.opts else parameter.help or ""
