"""`xianke inventory questions`: what is not known about the person, asked once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from xianke import settings, store
from xianke.commands.shell import Command, JsonFlag, ask, new_app
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.openchecks import OpenCheck

app = new_app()

INTERRUPTED = 130
STOP = ("q", "Q", "ｑ")
SKIPPED = {
    "不知道", "不清楚", "不确定", "不记得", "不想说", "跳过", "skip", "don'tknow", "dontknow",
    "idon'tknow", "idontknow", "idk", "notsure", "unknown", "?",
}  # fmt: skip
"""What people write where they have no answer, without its blanks."""


@app.command(
    "questions",
    cls=Command,
    help=_(
        "哪些关于你的事还没问过，最值得答的在前；在终端里一个个问：回车跳过，q 不问了。"
        "答过的记住，不再问；健康证满一年再问一次。\n\n"
        "例：\n"
        "  xianke inventory questions\n"
        "  xianke inventory questions --list"
    ),
)
def questions(
    only_list: Annotated[bool, typer.Option("--list", help=_("只列出来，不问"))] = False,
    json: JsonFlag = False,
) -> None:
    from xianke.render import advice_data, envelope
    from xianke.render import questions as screen
    from xianke.render.console import is_interactive

    found, empty = _open()
    if json:
        envelope.emit({"questions": advice_data.checks_document(found)})
    elif empty:
        screen.show_empty()
    elif only_list or not found or not is_interactive():
        screen.show(found)
    else:
        _ask_all(found)


def _open() -> tuple[Sequence[OpenCheck], bool]:
    """Return what is open, and whether nothing was taken stock of yet."""
    from xianke.commands import advice

    known = advice.load()
    return known.open_checks(known.match()), known.stock.empty


def _ask_all(found: Sequence[OpenCheck]) -> None:
    """Ask one question after the other; each answer is stored before the next is asked.

    What is open is looked up anew each time: a no may have closed more than one question. What
    an answer opens is left to the next time, so that no more is asked than was announced.
    """
    from xianke.render import questions as screen

    screen.welcome(len(found))
    announced = {one.key for one in found}
    seen: set[str] = set()
    answered = 0
    how: Answer = "skipped"
    while how != "stopped" and (one := next((x for x in found if x.key in announced - seen), None)):
        seen.add(one.key)
        screen.question(one)
        try:
            how = _ask(one)
        except KeyboardInterrupt:
            screen.interrupted(answered)
            raise typer.Exit(INTERRUPTED) from None
        if how == "answered":
            answered += 1
            found, _empty = _open()
    screen.done(answered, [one for one in found if one.key not in seen or how == "stopped"])


Answer = Literal["answered", "skipped", "stopped"]


def _ask(one: OpenCheck) -> Answer:
    """Ask until an answer is understood and stored, or skipped."""
    from xianke import lookup, profiles
    from xianke.errors import NotUnderstood
    from xianke.render import questions as screen
    from xianke.render import stock

    while True:
        now = settings.now()
        try:
            text = ask("> ")
        except UnicodeDecodeError:
            screen.unreadable()
            continue
        if text is None or text in STOP:
            return "stopped"
        if not text or lookup.folded(text).replace("’", "'") in SKIPPED:
            return "skipped"
        try:
            key, stored = profiles.check(one.key, text, now.year)
        except NotUnderstood as error:
            screen.again_with_hint(error, one.key)
            continue
        with store.write("profile.set", key, now) as db:
            db.set_profile(key, stored)
        stock.show_profile_entry(key, stored)
        return "answered"
