"""How the questions about the person look, as a list and one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke import openchecks
from xianke.errors import NotUnderstood
from xianke.i18n import _, plural
from xianke.render.console import say, tell
from xianke.render.firststock import again, unreadable
from xianke.render.stock import profile_text
from xianke.render.tables import next_step, note, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.errors import XiankeError
    from xianke.openchecks import OpenCheck

__all__ = [
    "again_with_hint", "done", "interrupted", "question", "show", "show_empty", "unreadable",
    "welcome",
]  # fmt: skip

MOST_NAMES = 3


def show(found: Sequence[OpenCheck]) -> None:
    """Print all that is open, each with the command that answers it."""
    if not found:
        sentence(_("眼下没有要问的：合适的活要的，你都答过了。"))
        next_step("xianke suggest")
        return
    sentence(_("还没问过的，最值得答的在前："))
    for number, one in enumerate(found, 1):
        say()
        sentence(f"{number}. {openchecks.question(one.key)}")
        note(_why(one))
        if one.before is not None:
            note(_before(one))
        note(f"→ {_command(one)}")
    say()
    next_step(_("在终端里一个个答：xianke inventory questions"))


def show_empty() -> None:
    """Say that questions come with suggestions, and these with an inventory."""
    sentence(_("还没有盘点，还不知道该问什么。"))
    next_step("xianke init")


def _why(one: OpenCheck) -> str:
    """Return what hangs on a question: how many suggestions, and which routes."""
    names = _("、").join(name for _id, name in one.routes[:MOST_NAMES])
    if len(one.routes) > MOST_NAMES:
        names = _("{names} 等 {count} 处").format(names=names, count=len(one.routes))
    if one.suggestions != len(one.routes):
        # A count of suggestions before a row of routes would be taken for theirs.
        return _("关系到：{names}").format(names=names)
    return plural("关系到 {count} 条建议：{names}", one.suggestions).format(
        count=one.suggestions, names=names
    )


def _before(one: OpenCheck) -> str:
    value, day = one.before or ("", "")
    return _("{day} 答过「{value}」，满一年了，再问一次").format(
        day=day, value=profile_text(one.key, value)
    )


def _command(one: OpenCheck) -> str:
    words = openchecks.words(one.key)
    answers = (
        _("、").join(words) if words else _("如 {text}").format(text=openchecks.example(one.key))
    )
    return _("{command}（{answers}）").format(command=openchecks.command(one.key), answers=answers)


def welcome(count: int) -> None:
    """Say what is to come and how to leave."""
    tell(
        plural(
            "最多 {count} 个问题，最值得答的在前。回车跳过，q 不问了；答一个记一个。", count
        ).format(count=count)
    )


def question(one: OpenCheck) -> None:
    """Print one question, what hangs on it, and what an answer looks like."""
    words = openchecks.words(one.key)
    answers = "/".join(words) if words else _("如 {text}").format(text=openchecks.example(one.key))
    tell("")
    tell(
        _("{question}（{answers}）").format(question=openchecks.question(one.key), answers=answers)
    )
    tell(_why(one), indent=2)
    if one.before is not None:
        tell(_before(one), indent=2)


def again_with_hint(error: XiankeError, key: str) -> None:
    """Say what was not understood, with the answers that the question offers."""
    words = openchecks.words(key)
    if words:
        hint = _("写「{yes}」或「{no}」；说不准就回车跳过").format(yes=words[0], no=words[1])
    elif key == "city":
        hint = _("连省名一起写，如 {text}；说不准就回车跳过").format(text=openchecks.example(key))
    else:
        hint = _("写成 {text} 这样；说不准就回车跳过").format(text=openchecks.example(key))
    again(NotUnderstood(error.message, hint))


def interrupted(answered: int) -> None:
    """Say that what was answered is kept."""
    tell("")
    tell(plural("先不问了：答过的 {count} 个都记下了。", answered).format(count=answered))


def done(answered: int, left: Sequence[OpenCheck]) -> None:
    """Say what was stored, and how to go on."""
    say()
    sentence(plural("答了 {count} 个。", answered).format(count=answered))
    if left:
        next_step(_("接着答：xianke inventory questions"))
    next_step("xianke suggest")
