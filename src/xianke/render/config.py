"""How settings look: what holds, where it comes from, and how to change it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xianke import settings
from xianke.i18n import _
from xianke.render.tables import heading, next_step, note, pairs, place, sentence, table

if TYPE_CHECKING:
    from xianke.configuring import Held

Document = dict[str, Any]


def document(held: Sequence[Held], unknown: Sequence[str]) -> Document:
    """Return every setting as it stands, and what the environment can say."""
    path = settings.config_path()
    return {
        "path": str(path),
        "exists": path.exists(),
        "settings": [setting_document(one) for one in held],
        "unknown": list(unknown),
        "variables": [
            {
                "name": one.name,
                "value": os.environ.get(one.name) or None,
                "explanation": one.explanation(),
            }
            for one in settings.VARIABLES
        ],
    }


def setting_document(one: Held) -> Document:
    """Return one setting as it stands; a default of null follows the system."""
    return {
        "key": one.setting.name,
        "value": one.value,
        "default": one.setting.default or None,
        "source": one.source,
        "stated": one.stated,
        "valid": one.valid,
        "variable": one.setting.variable,
        "explanation": one.setting.explanation(),
    }


def show(held: Sequence[Held], unknown: Sequence[str]) -> None:
    """Print every setting with its value, default, meaning and where it comes from."""
    table(
        [
            (_("设置项"), "left"),
            (_("现在"), "left"),
            (_("来自"), "left"),
            (_("默认值"), "left"),
            (_("做什么"), "left"),
        ],
        [
            [
                one.setting.name,
                one.value,
                _source(one),
                one.setting.default or _("随系统"),
                one.setting.explanation(),
            ]
            for one in held
        ],
        flexible=[4],
        fold=[4, 3, 2],
    )
    for one in held:
        if not one.valid:
            note(
                _("设置 {name} 的值「{value}」不能用").format(
                    name=one.setting.name, value=one.stated
                )
            )
            next_step(
                _("改回默认：{command}").format(command=f"xianke config unset {one.setting.name}")
            )
    for name in unknown:
        note(_("文件里的「{name}」不认识，没有用上。").format(name=name))
    place(_("设置文件：{path}").format(path=settings.config_path()))
    heading(_("环境变量，先于文件："))
    pairs(
        [
            (
                one.name,
                _("{explanation}（已设）").format(explanation=one.explanation())
                if os.environ.get(one.name)
                else one.explanation(),
            )
            for one in settings.VARIABLES
        ]
    )
    next_step(_("改设置：{command}").format(command="xianke config set language en"))


def show_changed(one: Held, before: str | None, *, changed: bool) -> None:
    """Print what holds now, and the way back to what the file said before, if that was valid."""
    name = one.setting.name
    if not changed:
        sentence(_("没有变：{name} 是 {value}").format(name=name, value=one.value))
        return
    if one.source != "environment":
        sentence(_("改好了：{name} 现在是 {value}").format(name=name, value=one.value))
    else:
        written = one.stated or one.setting.default or _("随系统")
        sentence(_("写进设置文件了：{name} = {value}").format(name=name, value=written))
        note(
            _("环境变量 {variable} 先于设置文件，去掉它才算数。").format(
                variable=one.setting.variable
            )
        )
    if name == "zone":
        note(_("以后记的按这个时区；已经记下的日子和钟点不变。"))
    if before is None:
        next_step(_("改回去：{command}").format(command=f"xianke config unset {name}"))
    elif before and one.setting.valid(before):
        back = f"xianke config set {name} {shlex.quote(before)}"
        next_step(_("改回去：{command}").format(command=back))


def _source(one: Held) -> str:
    names = {"environment": _("环境变量"), "file": _("文件"), "default": _("默认")}
    return names[one.source]
