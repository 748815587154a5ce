"""How the first stock-taking looks: questions, what was understood, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from xianke import answers, settings, starting
from xianke.i18n import _, plural
from xianke.render.console import say, tell, terminal_width
from xianke.render.tables import heading, note, sentence
from xianke.render.text import padded, width

if TYPE_CHECKING:
    from xianke.errors import XiankeError
    from xianke.inventory import Stock
    from xianke.starting import Topic

MOST_COLUMNS = 3
GAP = 3
"""Blanks between two columns of what is offered."""


def welcome(before: Stock, count: int, earlier: Sequence[tuple[Topic, str]]) -> None:
    """Say how it goes, what is there already, and which answers are left from the last time."""
    if not before.empty:
        tell(
            _(
                "已经盘点过：时段 {slots}、技能 {skills}、闲置 {assets}。这些不动，只问缺的。"
            ).format(slots=len(before.slots), skills=len(before.skills), assets=len(before.assets))
        )
    tell(plural("一共 {count} 题。", count).format(count=count))
    tell(_("回车用默认的，「没有」跳过，< 回上一题；Ctrl-C 先放下，下次接着答。"))
    if earlier:
        tell(_("上次答过的："))
        for topic, answer in earlier:
            text = _("{topic}：{answer}").format(
                topic=_names()[topic], answer=_shown(topic, answer)
            )
            tell(text, indent=2)


def question(topic: Topic, number: int, count: int, proposal: str) -> None:
    """Print a question with what is offered by number and what Enter answers."""
    tell("")
    tell(f"{number}/{count} {_titles()[topic]}")
    for line in _columns([name for _key, name in starting.options(topic)]):
        tell(line)
    tell(_("回车：{answer}").format(answer=_shown(topic, proposal)))


def _titles() -> dict[Topic, str]:
    return {
        "who": _("你更像哪一种？后面的默认答案按这个来。"),
        "city": _("在哪个城市？"),
        "commute": _("通勤路上是几点到几点？开车、骑车的就加上「开车」或「骑车」。"),
        "daytime": _("白天哪段有空？上班的多半是午休。"),
        "evenings": _("晚上哪几天、几点到几点有空？"),
        "weekends": _("周末哪段有空？"),
        "skills": _("会什么？写号码，或者直接写，可以写几样。"),
        "assets": _("有什么能用的设备、闲着的东西？可以写几样。"),
        "vehicle": _("有车、有驾照吗？可以写几样。"),
        "goal": _("最看重什么？"),
    }


def _names() -> dict[Topic, str]:
    return {
        "who": _("哪一种"),
        "city": _("城市"),
        "commute": _("通勤"),
        "daytime": _("白天"),
        "evenings": _("晚上"),
        "weekends": _("周末"),
        "skills": _("技能"),
        "assets": _("闲置"),
        "vehicle": _("车和驾照"),
        "goal": _("看重"),
    }


def _columns(names: Sequence[str]) -> list[str]:
    """Return numbered names in as many columns as fit, read down the columns."""
    cells = [f"{number:>2}. {name[:1].upper()}{name[1:]}" for number, name in enumerate(names, 1)]
    if not cells:
        return []
    column = max(map(width, cells)) + GAP
    # Nothing need stand behind the last one.
    across = max(1, min(MOST_COLUMNS, (terminal_width() - 2 + GAP) // column))
    down = -(-len(cells) // across)
    return [
        "  " + "".join(padded(cell, column) for cell in cells[row::down]).rstrip()
        for row in range(down)
    ]


def _shown(topic: Topic, answer: str) -> str:
    if topic == "city" and not answer:
        return _("不说")
    return answers.shown(topic, answer, settings.now().date())


def understood(topic: Topic, answer: str) -> None:
    """Say what was understood, and which words no work in the catalogue asks for."""
    tell(_("记：{answer}").format(answer=_shown(topic, answer)))
    for word in answers.near(topic, answer):
        tell(_("词表里没有「{name}」，算你自己的；眼下还配不上目录里的活").format(name=word))


def doubt(topic: Topic, near: Mapping[str, Sequence[str]]) -> None:
    """Ask about words that may be misspelt, and say how to take what is proposed."""
    form = _("词表里没有「{word}」，是不是：{names}？")
    if topic == "city":
        form = _("没有听说过「{word}」，是不是：{names}？")
    for word, names in near.items():
        tell(form.format(word=word, names=_("、").join(names)))
    firsts = _("、").join(names[0] for names in near.values())
    tell(
        _("回车或写「是」就记成「{names}」；原样没错，就再写一遍「{words}」。").format(
            names=firsts, words=_("、").join(near)
        )
    )


def again(error: XiankeError) -> None:
    """Say what was not understood, with one hint."""
    tell(error.message)
    if error.hint:
        tell(_("提示：{hint}").format(hint=error.hint))


def unreadable() -> None:
    """Say that what was typed is no text."""
    tell(_("这一行的编码认不出来，再写一遍"))


def line_break() -> None:
    """End the line in which somebody pressed Ctrl-C or Ctrl-D."""
    tell("")


def broken_off(count: int) -> None:
    """Say that nothing is lost."""
    tell(
        plural("先放下了：答过的 {count} 题留着，盘点还没动。", count).format(count=count)
        if count
        else _("先放下了，盘点没动。")
    )
    tell(_("接着答：xianke init"))


def added(found: Stock, lines: Sequence[str]) -> None:
    """Print what the answers came to, as the commands that would have done the same."""
    if len(lines) == 1:
        sentence(_("没有要添的，盘点和原来一样。"))
        return
    say()
    sentence(_("盘点好了。等于敲了下面这些命令，以后可以一条条来："))
    for line in lines[:-1]:
        say(f"  {line}")
    note(_("看一遍：xianke inventory；全部撤回：xianke undo"), indent=0)


def first_suggestion(line: str) -> None:
    """Print the heading above the first suggestion."""
    heading(_("第一条建议（{command}）：").format(command=line))
