"""Changing `config.toml`: which setting is meant, what its value is, and one line of the text."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from xianke import lookup, settings
from xianke.errors import NotFound, NotUnderstood, Unreadable
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.settings import Setting

_TABLE_BEGINS = re.compile(r"\s*\[")


@dataclass(frozen=True, slots=True)
class Held:
    """One setting as it stands: what holds, where that comes from, and what the file says.

    A `stated` value that is not valid stops other commands until it is changed.
    """

    setting: Setting
    value: str
    source: Literal["environment", "file", "default"]
    stated: str | None
    valid: bool


def held() -> list[Held]:
    """Return every setting as it stands; raise Unreadable for a damaged file."""
    found = settings.stated(settings.text())
    return [_held(setting, found) for setting in settings.TABLE]


def unknown(found: Mapping[str, object]) -> list[str]:
    """Return the names in the file that mean nothing to this program."""
    known = {setting.name for setting in settings.TABLE}
    return [name for name in found if name not in known]


def setting_named(text: str) -> Setting:
    """Return the setting of that name; raise NotFound with what it may have meant."""
    by_name = {setting.name: setting for setting in settings.TABLE}
    wanted = lookup.folded(text)
    if wanted in by_name:
        return by_name[wanted]
    entries = [lookup.Entry(name, (name,)) for name in by_name]
    near = lookup.near(entries, text)
    hint = (
        _("你是不是要写：{names}").format(names=_("、").join(near))
        if near
        else _("可以设的有：{names}").format(names=_("、").join(by_name))
    )
    raise NotFound(_("没有「{text}」这个设置").format(text=text), hint)


def understood(setting: Setting, text: str) -> str:
    """Return the value that was meant; raise NotUnderstood for what the setting cannot be."""
    wanted = lookup.folded(text)
    if wanted and wanted in setting.words:
        return setting.words[wanted]
    if setting.name == "zone":
        return _zone(text.strip(), wanted)
    if wanted and setting.valid(wanted):
        return wanted
    raise _not_valid(setting, text, None)


def with_value(text: str, name: str, value: str) -> str:
    """Return the text of a `config.toml` in which a setting has a value; all else stays.

    Raise Unreadable where the text is written in a way that cannot be changed line by line.
    """
    lines = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    last = _end_of_top(lines)
    place = _place(lines[:last], name)
    if place is not None:
        before = lines[place]
        comment = _comment(before)
        lines[place] = f"{line}{comment}{end if before.endswith(chr(10)) else ''}"
    else:
        if last and not lines[last - 1].endswith("\n"):
            lines[last - 1] += end
        lines.insert(last, line + end)
    return _checked(text, "".join(lines), {name: value}, None)


def without(text: str, name: str) -> str:
    """Return the text of a `config.toml` in which a setting is not named; see `with_value`."""
    lines = text.splitlines(keepends=True)
    place = _place(lines[: _end_of_top(lines)], name)
    if place is not None:
        del lines[place]
    return _checked(text, "".join(lines), {}, name)


def _held(setting: Setting, found: Mapping[str, object]) -> Held:
    raw = found.get(setting.name)
    stated = None if raw is None else str(raw)
    valid = raw is None or settings.is_valid(setting, raw)
    value = setting.default if raw is None or not valid else str(raw)
    from_file: Literal["file", "default"] = "file" if raw is not None and valid else "default"
    if setting.name != "language":
        return Held(setting, value, from_file, stated, valid)
    chosen = settings.choose_language(os.environ)
    if os.environ.get("XIANKE_LANG"):
        return Held(setting, chosen, "environment", stated, valid)
    return Held(setting, chosen, "file" if value else "default", stated, valid)


def _zone(text: str, wanted: str) -> str:
    from zoneinfo import available_timezones

    zone = next(setting for setting in settings.TABLE if setting.name == "zone")
    names = sorted(available_timezones())
    for name in names:
        if name.casefold() == wanted:
            return name
    if not names and zone.valid(text):
        return text
    # The city alone is what people type.
    cities = [name for name in names if name.casefold().endswith(f"/{wanted}")]
    if len(cities) == 1:
        return cities[0]
    entries = [lookup.Entry(name, (name, name.rpartition("/")[2])) for name in names]
    near = cities or lookup.near(entries, text, 3)
    raise _not_valid(zone, text, _("、").join(near) or None)


def _not_valid(setting: Setting, text: str, near: str | None) -> NotUnderstood:
    hint = (
        _("你是不是要写：{names}").format(names=near)
        if near
        else _("{explanation}。例：xianke config set {name} {value}").format(
            explanation=setting.explanation(),
            name=setting.name,
            value=setting.default or "zh",
        )
    )
    return NotUnderstood(
        _("设置 {name} 不能是「{value}」").format(name=setting.name, value=text), hint
    )


def _end_of_top(lines: list[str]) -> int:
    """Return the line before which everything stands that belongs to no table."""
    for number, line in enumerate(lines):
        if _TABLE_BEGINS.match(line):
            return number
    return len(lines)


def _place(lines: list[str], name: str) -> int | None:
    names = re.compile(rf"\s*(?:{name}|\"{name}\"|'{name}')\s*=")
    return next((number for number, line in enumerate(lines) if names.match(line)), None)


def _comment(line: str) -> str:
    """Return the comment at the end of a line that holds a plain text, with its blanks."""
    found = re.fullmatch(r"[^=]*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s#]+)(\s*#.*?)?\s*", line)
    return (found[1] or "") if found else ""


def _checked(old: str, new: str, changes: Mapping[str, str], gone: str | None) -> str:
    """Return the new text once it is read and says exactly what was wanted."""
    wanted = {name: one for name, one in settings.stated(old).items() if name != gone}
    wanted.update(changes)
    try:
        right = settings.stated(new) == wanted
    except Unreadable:
        right = False
    if not right:
        raise Unreadable(
            _("设置文件的写法特别，程序改不了：{path}").format(path=settings.config_path()),
            _("用文本编辑器改"),
        )
    return new
