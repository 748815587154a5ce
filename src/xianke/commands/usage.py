"""Wrong usage in the user's language: the parser's English sentences said again."""

from __future__ import annotations

import ast
import re
from typing import Any

from xianke.errors import NotUnderstood
from xianke.i18n import _, language

_QUOTED = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
_NEGATIVE = re.compile(r"-[\d.]+")
_EXTRA = re.compile(r"unexpected extra arguments?(?:\(s\))? \((.*)\)$", re.DOTALL)

_LEAST_TEXT = 2
_MOST_ABOUT = 3
"""A word that more commands speak of points nowhere."""


def reworded(error: Any) -> NotUnderstood:  # Any: the parser's exceptions are not public
    """Return the parser's complaint as one sentence with a hint."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "xianke"
    if type(error).__name__ == "NoSuchOption" and _NEGATIVE.fullmatch(error.option_name):
        return NotUnderstood(
            _("金额不能是负数"), _("亏损请写成收入加成本：金额写收到的钱，成本用 --cost")
        )
    return NotUnderstood(
        _sentence(error, context, path), _("看用法：{command} --help").format(command=path)
    )


def _sentence(error: Any, context: Any, path: str) -> str:
    kind = type(error).__name__
    message = error.format_message()
    if kind == "NoSuchOption":
        near = ", ".join(error.possibilities or ())
        if near:
            return _("没有选项「{name}」，是不是想写 {near}？").format(
                name=error.option_name, near=near
            )
        return _("没有选项「{name}」").format(name=error.option_name)
    if kind == "MissingParameter" and error.param is not None:
        return _("少了 {name}").format(name=error.param.make_metavar(context))
    if kind == "BadOptionUsage" and "does not take" in message:
        return _("选项「{name}」后面不带值").format(name=error.option_name)
    if kind == "BadOptionUsage":
        return _("选项「{name}」后面要跟一个值").format(name=error.option_name)
    # Names stand there as Python writes them: in double quotes if they hold a single one.
    quoted = [ast.literal_eval(name) for name in _QUOTED.findall(message)]
    if message.startswith("No such command") and quoted:
        near = ", ".join(quoted[1:] or _about(quoted[0], path))
        if near:
            return _("没有命令「{name}」，是不是想写 {near}？").format(name=quoted[0], near=near)
        return _("没有命令「{name}」").format(name=quoted[0])
    if message.startswith("Missing command"):
        return _("少了子命令")
    extra = _EXTRA.search(message)
    if extra is not None:
        return _("多出来的词：「{rest}」").format(rest=extra[1])
    if language() == "en":
        return _("命令用法不对：{message}").format(message=message)
    # Half a sentence in English helps nobody.
    return _("命令用法不对")


def _about(text: str, path: str) -> list[str]:
    """Return the commands whose short help speaks of a text: 盘点 is what `inventory` is about."""
    if path != "xianke" or len(text.strip()) < _LEAST_TEXT:
        return []
    from xianke.commands import root

    wanted = text.strip().lower()
    found = [name for name, (_module, told) in root.table().items() if wanted in told.lower()]
    return found if len(found) <= _MOST_ABOUT else []
