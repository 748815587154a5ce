"""How a look at all that is kept is shown: each part in a line, what is wrong below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xianke import settings
from xianke.i18n import _, plural
from xianke.render import envelope
from xianke.render.console import say, terminal_width
from xianke.render.tables import next_step, note, place, sentence, table
from xianke.render.text import harmless, padded, shortened, width, wrapped

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
        for alike in _by_advice(part.ailments):
            _show_alike(alike)
    say()
    found = [one for part in looked for one in part.ailments]
    damage = sum(one.grade == "damage" for one in found)
    if not found:
        sentence(_("没有毛病。"))
        next_step(_("备份一份更放心：xianke backup"))
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
        [(_("什么"), "left"), (_("在不在"), "left"), (_("读写权限"), "left"), (_("在哪"), "left")],
        [
            [
                names[one.key],
                {True: _("在"), False: _("还没有"), None: _("看不到")}[one.exists],
                _("{rights}（别人能读）").format(rights=one.rights)
                if one.open
                else one.rights or "",
                str(one.path.relative_to(home)),
            ]
            for one in places
        ],
    )
    place(_("都在 {folder}").format(folder=home))
    if any(one.open for one in places):
        next_step(_("看怎么收紧：xianke doctor"))
    else:
        next_step(_("备份全部数据：xianke backup；检查有没有毛病：xianke doctor"))


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


def _by_advice(ailments: Sequence[Ailment]) -> list[list[Ailment]]:
    """Put together what is to be put right in the same way."""
    groups: dict[str, list[Ailment]] = {}
    for one in ailments:
        groups.setdefault(one.advice, []).append(one)
    return list(groups.values())


def _show_alike(alike: Sequence[Ailment]) -> None:
    texts = dict.fromkeys((one.text, one.ids) for one in alike)
    said = "\n".join(text for text, _numbers in texts)
    for text, ids in texts:
        if any(one.path is not None and str(one.path) in text for one in alike):
            place(text)
        else:
            note(shortened(text, 400) + _named(ids))
    paths = dict.fromkeys(str(one.path) for one in alike if one.path is not None)
    paths = {path: None for path in paths if path not in said}
    for path in list(paths)[:MOST_NAMED]:
        place(path, indent=4)
    if len(paths) > MOST_NAMED:
        rest = len(paths) - MOST_NAMED
        note(plural("另有 {count} 处", rest).format(count=rest), indent=4)
    if alike[0].advice:
        first, *more = wrapped(harmless(alike[0].advice), terminal_width() - 4)
        say(f"  → {first}")
        for line in more:
            say(f"    {line}")


def _named(ids: Sequence[str]) -> str:
    if not ids:
        return ""
    return _("：{ids}").format(
        ids=", ".join(ids[:MOST_NAMED]) + ("…" if len(ids) > MOST_NAMED else "")
    )


def _names() -> dict[str, str]:
    return {
        "settings": _("设置与环境"),
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
