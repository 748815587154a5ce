"""What is wrong around the store: settings, catalogue, rights, room on the disk, leftovers."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

from xianke import configuring, faultwords, lookup, places, settings, shelf
from xianke.ailments import Ailment, Looked
from xianke.errors import NotUnderstood, Unreadable, XiankeError
from xianke.i18n import _

STALE_DAYS = 180
"""After half a year fees and rules of platforms have often changed; judgement, not measurement."""
LEAST_FREE_BYTES = 50_000_000
"""Room for a store of some years, a copy of it, and what SQLite writes beside it."""


def barred() -> Looked | None:
    """Return that the folder of all data cannot be looked into, where that is so."""
    home = settings.home()
    try:
        home.stat()
        if not home.is_dir():
            text = _("数据文件夹的位置上是一个文件")
        elif os.access(home, os.R_OK | os.X_OK):
            return None
        else:
            text = _("数据文件夹打不开")
    except FileNotFoundError:
        return None
    except OSError as error:
        text = _("数据文件夹打不开：{reason}").format(reason=faultwords.of_system(error))
    advice = _("检查这个文件夹的权限和磁盘空间，或用 XIANKE_HOME 换一个地方")
    return Looked("rights", "", (Ailment("home_barred", "damage", text, advice, home),))


def settings_looked() -> Looked:
    """Look at `config.toml` and the environment: what stops every command, and what is misspelt."""
    path = settings.config_path()
    try:
        found = settings.stated(settings.text())
        held = configuring.held()
    except Unreadable as error:
        ailment = Ailment(
            "settings_damaged", "damage", error.message, error.hint or "", path or None
        )
        return Looked("settings", "", (ailment,))
    wrong = [_wrong_value(one, path) for one in held if not one.valid]
    wrong += [_unknown(name, path) for name in configuring.unknown(found)]
    wrong += _clock()
    zone = next(one.value for one in held if one.setting.name == "zone")
    return Looked("settings", _("时区 {zone}").format(zone=zone), tuple(wrong))


def catalogue_looked(today: date | None) -> Looked:
    """Look at the catalogue in force, and at the fetched ones that are kept.

    How old it is can be told only where *today* is known.
    """
    wrong = []
    day = shelf.shipped_day()
    try:
        kept = shelf.read(shelf.current_path())
        if kept is not None:
            day = max(day, shelf.day_of(kept))
    except shelf.Damaged:
        wrong.append(
            Ailment(
                "catalogue_damaged",
                "damage",
                _("更新来的平台目录坏了，先用着随程序来的那份"),
                _("重新更新，或退回去：xianke platforms update --rollback"),
                shelf.current_path(),
            )
        )
    try:
        shelf.read(shelf.previous_path())
    except shelf.Damaged:
        wrong.append(
            Ailment(
                "catalogue_previous_damaged",
                "warning",
                _("上一份平台目录坏了，退不回去"),
                _("可以删掉它"),
                shelf.previous_path(),
            )
        )
    age = 0 if today is None else (today - date.fromisoformat(day)).days
    if age > STALE_DAYS:
        wrong.append(
            Ailment(
                "catalogue_stale",
                "warning",
                _("平台目录截至 {day}，已经 {count} 天了，费用和规则可能变了").format(
                    day=day, count=age
                ),
                _("升级 xianke，或者：xianke platforms update --from 文件或网址"),
            )
        )
    return Looked("catalogue", _("截至 {day}").format(day=day), tuple(wrong))


def rights_looked() -> Looked:
    """Look at who may read and change what is ours, and whether its owner may write."""
    wrong = [
        Ailment(
            "rights_open",
            "warning",
            _("电脑上别的账户也能读或改"),
            _("只留给自己：chmod go-rwx 加上这个路径"),
            path,
        )
        for path in places.open_to_others()
    ]
    home = settings.home()
    if home.exists() and not os.access(home, os.W_OK):
        wrong.append(
            Ailment(
                "home_not_writable",
                "damage",
                _("数据文件夹不能写"),
                _("检查这个文件夹的权限和磁盘空间，或用 XIANKE_HOME 换一个地方"),
                home,
            )
        )
    fact = _("只有自己能读") if home.exists() else ""
    return Looked("rights", fact, tuple(wrong))


def space_looked() -> Looked:
    """Look at how much room there is where the store lies: a copy of it must find place."""
    database = settings.database_path()
    place = _nearest(settings.home())
    try:
        free = shutil.disk_usage(place).free
        wanted = max(LEAST_FREE_BYTES, 3 * (database.stat().st_size if database.exists() else 0))
    except OSError as error:
        reason = faultwords.of_system(error)
        text = _("看不出磁盘还有多少空间：{reason}").format(reason=reason)
        return Looked("space", "", (Ailment("space_unknown", "warning", text, "", place),))
    fact = _("还有 {size}").format(size=_size(free))
    if free >= wanted:
        return Looked("space", fact, ())
    text = _("磁盘快满了，只剩 {size}").format(size=_size(free))
    advice = _("腾出 {size} 以上再记账、导入").format(size=_size(wanted))
    return Looked("space", fact, (Ailment("space", "warning", text, advice, place),))


def leftovers_looked() -> Looked:
    """Look for what commands that died half-way have left behind."""
    wrong = tuple(
        Ailment(
            "leftover",
            "warning",
            _("中断的命令留下的临时文件"),
            _("没有别的 xianke 在运行时，可以删掉"),
            path,
        )
        for path in places.leftovers()
    )
    return Looked("leftovers", "", wrong)


def _wrong_value(one: configuring.Held, path: Path) -> Ailment:
    name = one.setting.name
    return Ailment(
        "setting_value",
        "damage",
        _("设置 {name} 的值「{value}」不能用").format(name=name, value=one.stated),
        _("{explanation}。改回默认：xianke config unset {name}").format(
            explanation=one.setting.explanation(), name=name
        ),
        path,
    )


def _unknown(name: str, path: Path) -> Ailment:
    entries = [lookup.Entry(one.name, (one.name,)) for one in settings.TABLE]
    near = lookup.near(entries, name, 1)
    advice = (
        _("你是不是要写：{names}").format(names=near[0])
        if near
        else _("可以设的有：{names}").format(names=_("、").join(one.name for one in settings.TABLE))
    )
    text = _("没有「{text}」这个设置").format(text=name)
    return Ailment("setting_unknown", "warning", text, advice, path)


def _clock() -> list[Ailment]:
    try:
        settings.now()
    except NotUnderstood as error:
        # A wrong zone has been named already.
        if "XIANKE_NOW" in error.message:
            return [Ailment("clock", "damage", error.message, error.hint or "")]
    except XiankeError:
        pass
    return []


def _nearest(folder: Path) -> Path:
    return next((one for one in (folder, *folder.parents) if one.exists()), folder)


def _size(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
