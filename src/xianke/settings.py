"""Settings: one table of what can be set, where it is kept, and where everything lives."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from xianke.errors import NotUnderstood, Unreadable
from xianke.i18n import Language, _

DEFAULT_ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: its name in `config.toml`, its default, what it does, what is valid.

    `variable` of the environment, where there is one, counts before the file. `words` are what
    people write for a value: folded word → value.
    """

    name: str
    default: str
    explanation: Callable[[], str]
    valid: Callable[[str], bool]
    variable: str | None
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of the environment and what it does."""

    name: str
    explanation: Callable[[], str]


def _is_zone(value: str) -> bool:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return False
    return True


_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
"""Where a TOML reader stopped, at the end of what it says."""

_LANGUAGES = {
    "中文": "zh",
    "汉语": "zh",
    "chinese": "zh",
    "zh-cn": "zh",
    "zh_cn": "zh",
    "英文": "en",
    "英语": "en",
    "english": "en",
}
_ZONES = {
    "北京": DEFAULT_ZONE,
    "上海": DEFAULT_ZONE,
    "中国": DEFAULT_ZONE,
    "beijing": DEFAULT_ZONE,
    "新疆": "Asia/Urumqi",
    "乌鲁木齐": "Asia/Urumqi",
    "香港": "Asia/Hong_Kong",
    "澳门": "Asia/Macau",
    "台北": "Asia/Taipei",
}

TABLE: tuple[Setting, ...] = (
    Setting(
        "language",
        "",
        lambda: _("界面语言：zh 或 en"),
        lambda v: v in ("", "zh", "en"),
        "XIANKE_LANG",
        _LANGUAGES,
    ),
    Setting("zone", DEFAULT_ZONE, lambda: _("记账所用的时区"), _is_zone, None, _ZONES),
)
"""All that can be set, in `config.toml` or with `xianke config`."""

VARIABLES: tuple[Variable, ...] = (
    Variable("XIANKE_HOME", lambda: _("全部数据放在这个文件夹里")),
    Variable("XIANKE_LANG", lambda: _("界面语言，先于设置文件：zh 或 en")),
    Variable("XIANKE_NOW", lambda: _("把现在定在这一刻，供脚本和测试用")),
    Variable("XIANKE_DEBUG", lambda: _("写 1：程序内部出错时显示全部经过")),
    Variable("NO_COLOR", lambda: _("写了就不用颜色")),
)
"""What the environment can say."""


def home() -> Path:
    """Return the folder that holds everything: `XIANKE_HOME`, else the platform's data folder.

    Raise NotUnderstood when `XIANKE_HOME` names the home of a user who does not exist.
    """
    override = os.environ.get("XIANKE_HOME")
    if override:
        try:
            return Path(override).expanduser()
        except RuntimeError as error:
            raise NotUnderstood(
                _("XIANKE_HOME 里的「{text}」不是一个文件夹").format(text=override),
                _("写成完整路径，例如 /home/me/xianke"),
            ) from error
    import platformdirs

    return Path(platformdirs.user_data_dir("xianke", appauthor=False))


def database_path() -> Path:
    """Return where the store lies."""
    return home() / "xianke.db"


def config_path() -> Path:
    """Return where `config.toml` lies."""
    return home() / "config.toml"


def read() -> Mapping[str, str]:
    """Return every setting, read from `config.toml` over the defaults.

    Raise Unreadable for a damaged file and NotUnderstood for a value that is not valid.
    Unknown names are left alone: a newer program may know them.
    """
    found = stated(text())
    values = {setting.name: setting.default for setting in TABLE}
    for setting in TABLE:
        if setting.name not in found:
            continue
        value = found[setting.name]
        if not is_valid(setting, value):
            raise NotUnderstood(
                _("设置 {name} 的值「{value}」不能用").format(name=setting.name, value=value),
                _("{explanation}。改回默认：xianke config unset {name}").format(
                    explanation=setting.explanation(), name=setting.name
                ),
            )
        values[setting.name] = str(value)
    return values


def is_valid(setting: Setting, value: object) -> bool:
    """Return whether what stands in the file can be used."""
    return isinstance(value, str) and setting.valid(value)


def text() -> str:
    """Return `config.toml` as it is, empty where there is none; raise Unreadable for a spoiled one.

    Line ends stay as they are.
    """
    path = config_path()
    try:
        # Windows editors like to put a mark at the beginning; tomllib would stumble over it.
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except PermissionError as error:
        raise Unreadable(
            _("设置文件读不出来：{path}").format(path=path),
            _("检查这个文件夹的权限和磁盘空间，或用 XIANKE_HOME 换一个地方"),
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(
            _("设置文件读不出来：{path}").format(path=path), _("检查或删除这个文件后再试")
        ) from error


def stated(text: str) -> Mapping[str, object]:
    """Return what a `config.toml` says; raise Unreadable where it is no TOML."""
    import tomllib

    from xianke import faultwords

    try:
        return tomllib.loads(text.replace("\r\n", "\n").replace("\r", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(
            _("设置文件格式不对：{path}（{place}{reason}）").format(
                path=config_path(),
                place=_place(str(error)),
                reason=faultwords.of_toml(_AT.sub("", str(error))),
            ),
            _("改正或删除这个文件后再试"),
        ) from error


def _place(complaint: str) -> str:
    """Return where a TOML reader stopped, in words that stand before the reason."""
    place = _AT.search(complaint)
    if place is None or place[1] is None:
        return ""
    return _("第 {line} 行第 {column} 列：").format(line=place[1], column=place[2])


def choose_language(environ: Mapping[str, str]) -> Language:
    """Return the language: `XIANKE_LANG`, else `config.toml`, else the locale, else Chinese.

    A damaged `config.toml` does not matter here: the command that needs it will say so,
    and must be able to say it in some language.
    """
    wanted = environ.get("XIANKE_LANG", "")
    if not wanted:
        try:
            wanted = read()["language"]
        except (Unreadable, NotUnderstood):
            wanted = ""
    if not wanted:
        wanted = next(
            (environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), ""
        )
    return "en" if wanted.lower().startswith("en") else "zh"


def zone() -> ZoneInfo:
    """Return the store's zone, in which a gig's day and hour are counted."""
    return ZoneInfo(read()["zone"])


def now() -> datetime:
    """Return the present in the store's zone; `XIANKE_NOW` freezes it for tests and scripts."""
    frozen = os.environ.get("XIANKE_NOW")
    if not frozen:
        return datetime.now(zone())
    try:
        moment = datetime.fromisoformat(frozen)
    except ValueError as error:
        raise NotUnderstood(
            _("看不懂 XIANKE_NOW 的时刻「{text}」").format(text=frozen),
            _("写成 2026-11-22T09:30:00+08:00"),
        ) from error
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone())
    return moment.astimezone(zone())
