"""How a look at all that is kept is shown: each part in a line, what is wrong below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xianke import settings
from xianke.i18n import _, plural
from xianke.render import envelope
from xianke.render.console import say
from xianke.render.tables import next_step, note, place, sentence, table
from xianke.render.text import harmless, padded, shortened, width

if TYPE_CHECKING:
    from xianke.ailments import Ailment, Looked
    from xianke.places import Place

Document = dict[str, Any]

MOST_NAMED = 5
"""Of rows with one fault, and of files with one fault, how many are named on the screen."""


def emit(looked: Sequence[Looked]) -> None:
    """Print the one document; where something is damaged it says so as any failure does."""
    found = [one for part in looked for one in part.ailments]
    data = {
        "findings": [_document(part.key, one) for part in looked for one in part.ailments],
        "checks": [
            {"key": part.key, "state": part.grade or "ok", "fact": part.fact or None}
            for part in looked
        ],
    }
    damage = [one for one in found if one.grade == "damage"]
    envelope.emit(
        data,
        status="error" if damage else "ok",
        errors=[
            {"code": "unreadable", "message": one.text, "hint": one.advice or None}
            for one in damage
        ],
    )


def show(looked: Sequence[Looked]) -> None:
    """Print each part with its state, what is wrong, and what to do."""
    names = _names()
    states = {None: _("好"), "warning": _("留心"), "damage": _("坏了")}
    first = max(width(names[part.key]) for part in looked) + 2
    second = max(map(width, states.values())) + 2
    for part in looked:
        fact = "" if part.ailments else part.fact
        line = padded(names[part.key], first) + padded(states[part.grade], second) + fact
        say(line.rstrip())
        for alike in _grouped(part.ailments):
            _show_alike(alike)
    say()
    found = [one for part in looked for one in part.ailments]
    damage = sum(one.grade == "damage" for one in found)
    if not found:
        sentence(_("没有毛病。"))
    elif not damage:
        sentence(_("没有坏的；上面要留心的，有空时照着做。"))
    else:
        sentence(
            plural("有 {count} 处坏了，照上面的做；什么也没有改。", damage).format(count=damage)
        )


def paths_document(places: Sequence[Place]) -> Document:
    """Return where everything lies."""
    return {
        "paths": [
            {
                "key": one.key,
                "kind": one.kind,
                "path": str(one.path),
                "exists": one.exists,
                "rights": one.rights,
                "bytes": one.size,
                "open_to_others": one.open,
            }
            for one in places
        ]
    }


def show_paths(places: Sequence[Place]) -> None:
    """Print where everything lies: a path is never cut, so that it can be copied."""
    names = _place_names()
    home = settings.home()
    table(
        [(_("什么"), "left"), (_("在不在"), "left"), (_("权限"), "left"), (_("在哪"), "left")],
        [
            [
                names[one.key],
                _("在") if one.exists else _("还没有"),
                (one.rights or "") + (_("（别人能读）") if one.open else ""),
                str(one.path) if one.key == "home" else str(one.path.relative_to(home)),
            ]
            for one in places
        ],
    )
    note(_("除第一行外，都在第一行的文件夹里。"))
    if any(one.open for one in places):
        next_step(_("看怎么收紧：xianke doctor"))


def _document(key: str, one: Ailment) -> Document:
    return {
        "check": key,
        "code": one.code,
        "grade": one.grade,
        "text": one.text,
        "advice": one.advice or None,
        "path": None if one.path is None else str(one.path),
        "ids": list(one.ids),
    }


def _grouped(ailments: Sequence[Ailment]) -> list[list[Ailment]]:
    """Put together what is the same thing at several places."""
    groups: dict[tuple[str, str], list[Ailment]] = {}
    for one in ailments:
        groups.setdefault((one.text, one.advice), []).append(one)
    return list(groups.values())


def _show_alike(alike: Sequence[Ailment]) -> None:
    one = alike[0]
    for text in (one.text, _ids(one.ids)):
        if text:
            note(shortened(text, 400), indent=2)
    for other in alike[:MOST_NAMED]:
        if other.path is not None and str(other.path) not in one.text:
            place(str(other.path), indent=4)
    if len(alike) > MOST_NAMED:
        rest = len(alike) - MOST_NAMED
        note(plural("还有 {count} 个", rest).format(count=rest), indent=4)
    if one.advice:
        note(_("怎么办：{advice}").format(advice=harmless(one.advice)), indent=2)


def _ids(ids: Sequence[str]) -> str:
    if not ids:
        return ""
    named = ", ".join(ids[:MOST_NAMED]) + ("…" if len(ids) > MOST_NAMED else "")
    return _("编号：{ids}").format(ids=named)


def _names() -> dict[str, str]:
    return {
        "settings": _("设置文件"),
        "store": _("数据"),
        "money": _("账目"),
        "journal": _("改动记录"),
        "copies": _("备份"),
        "catalogue": _("平台目录"),
        "rights": _("权限"),
        "space": _("磁盘"),
        "leftovers": _("残留文件"),
    }


def _place_names() -> dict[str, str]:
    return {
        "home": _("文件夹"),
        "data": _("数据"),
        "config": _("设置文件"),
        "log": _("出错记录"),
        "copies": _("备份"),
        "catalogue": _("更新来的目录"),
    }
