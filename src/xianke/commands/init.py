"""`xianke init`: at most ten questions, then a stock to begin with and the first suggestion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from xianke.commands.shell import Command, JsonFlag, ask, new_app
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.inventory import Stock
    from xianke.starting import Topic

app = new_app()

INTERRUPTED = 130
MOST_SUGGESTIONS = 3
BACK = ("<", "＜", "《", "〈")
"""An input method for Chinese sends other signs for the first."""


@app.command(
    "init",
    cls=Command,
    help=_(
        "第一次用：最多十个问题，问完就盘点好了，给出第一条建议，并列出等于敲了哪些命令。"
        "随时 Ctrl-C 放下，下次接着答；已经有的不动，只添缺的。\n\n"
        "例：\n"
        "  xianke init\n"
        "  xianke init --preset office\n"
        "  xianke init --preset student --yes"
    ),
)
def init(
    preset: Annotated[
        str | None,
        typer.Option(
            "--preset", metavar="NAME", help=_("哪一类人：office、student、parent、driver、retired")
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help=_("不问，全用这一类人的默认答案；要和 --preset 一起"))
    ] = False,
    json: JsonFlag = False,
) -> None:
    from xianke import settings, starting
    from xianke.commands import firststock

    chosen = None if preset is None else starting.find_preset(preset)
    _refuse(has_preset=chosen is not None, yes=yes, as_json=json)
    before = firststock.stock()
    today = settings.now().date()
    topics = starting.open_topics(before, today)
    if yes and chosen is not None:
        given = {topic: starting.default(topic, chosen) for topic in topics}
        given["who"] = chosen.code
    else:
        given = _asked(before, topics, None if chosen is None else chosen.code)
    added = firststock.add_missing(given)
    if not yes:
        firststock.forget()
    _show(added, given, as_json=json)


def _refuse(*, has_preset: bool, yes: bool, as_json: bool) -> None:
    """Raise where nobody can be asked and nothing was said instead."""
    from xianke.errors import NotUnderstood, Refused
    from xianke.render.console import is_interactive

    if yes and not has_preset:
        raise NotUnderstood(
            _("只写 --yes，不知道按哪一类人来"), _("例如 xianke init --preset office --yes")
        )
    if not yes and (as_json or not is_interactive()):
        raise Refused(
            _("这里没有人能回答问题"),
            _("不问：xianke init --preset office --yes；按文件：xianke inventory apply FILE"),
        )


def _asked(before: Stock, topics: list[Topic], preset: str | None) -> dict[Topic, str]:
    """Ask what is still open and return the answers; those of an earlier time stand."""
    from xianke import answers, settings, starting
    from xianke.commands import firststock
    from xianke.render import firststock as screen

    today = settings.now().date()
    given = {topic: text for topic, text in firststock.kept().items() if topic in topics}
    if preset is not None:
        given["who"] = preset
        topics = [topic for topic in topics if topic != "who"]
    earlier = [topic for topic in topics if topic in given]
    screen.welcome(before, len(topics), [(topic, given[topic]) for topic in earlier])
    place = next((n for n, topic in enumerate(topics) if topic not in given), len(topics))
    while place < len(topics):
        topic = topics[place]
        usual = starting.default(topic, starting.preset_of(given))
        proposal = answers.again(topic, given.get(topic, usual), today)
        screen.question(topic, place + 1, len(topics), proposal)
        try:
            answer = _answer(topic, proposal)
        except KeyboardInterrupt:
            answer = None
        if answer is None:
            screen.line_break()
            screen.broken_off(len(given))
            raise typer.Exit(INTERRUPTED)
        if answer in BACK:
            place = max(place - 1, 0)
            continue
        given[topic] = answer
        firststock.keep(given)
        place += 1
    return given


def _answer(topic: Topic, proposal: str) -> str | None:
    """Return an answer that was understood, a sign to go back, or None at the end of input."""
    from xianke import answers, settings
    from xianke.errors import NotUnderstood
    from xianke.render import firststock as screen

    today = settings.now().date()
    doubt: answers.Doubt | None = None
    while True:
        try:
            text = ask("> ")
        except UnicodeDecodeError:
            screen.unreadable()
            continue
        if text is None or text in BACK:
            return text
        settled = None if doubt is None else answers.settled(topic, doubt, text)
        if settled is not None:
            screen.understood(topic, settled)
            return settled
        if not text:
            return proposal
        try:
            answer = answers.understand(topic, text, today)
        except NotUnderstood as error:
            screen.again(error)
            continue
        doubt = answers.doubt(topic, answer)
        if doubt is not None:
            screen.doubt(topic, doubt.near)
            continue
        screen.understood(topic, answer)
        return answer


def _show(added: Stock, given: Mapping[Topic, str], *, as_json: bool) -> None:
    from xianke import answers
    from xianke.commands import advice
    from xianke.render import advice as advice_screen
    from xianke.render import advice_data, envelope, stock
    from xianke.render import firststock as screen
    from xianke.render.text import command_line

    suggesting = ("suggest", "--limit", str(MOST_SUGGESTIONS))
    lines = [command_line(words) for words in (*answers.commands(added), suggesting)]
    known = advice.load()
    result = known.match()
    checks = known.open_checks(result)
    if as_json:
        document = stock.document(added)
        del document["free_minutes_per_week"]
        envelope.emit(
            {
                "preset": given.get("who"),
                "added": document,
                "commands": lines,
                "suggest": advice_data.document(
                    result, known.catalogue, known.now, MOST_SUGGESTIONS, checks
                ),
            }
        )
        return
    screen.added(added, lines)
    if not known.stock.empty:
        screen.first_suggestion(lines[-1])
    advice_screen.show(result, known.catalogue, known.stock, MOST_SUGGESTIONS, checks)
