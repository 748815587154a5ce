"""What is known of the person: which answers there are, what they mean, how long they hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from xianke import lookup, priorities, regions, vocabulary, when
from xianke.errors import NotFound, NotUnderstood
from xianke.i18n import _
from xianke.records import DEVICES

THINGS = (
    "headset", "quiet_room", "microphone", "tablet", "kitchen_tools", "cleaning_tools", "fridge",
)  # fmt: skip
"""Things that help with some work, by their tags: asked about one by one, had or not."""

FLAGS = (
    "student", "licence", "health_certificate", "real_name", "employer_forbids_side_jobs",
    *DEVICES, *THINGS,
)  # fmt: skip
KEYS = ("city", "birth_year", "birthday", "education", "travel_minutes", "priority", *FLAGS)

STALE_DAYS: Mapping[str, int] = {"health_certificate": 365}
"""Answers that hold for a year, whether yes or no: a health certificate does by law (食品安全法
第四十五条: 每年进行健康检查). All others hold until they are changed."""

YOUNGEST, OLDEST = 10, 110
"""Years of age outside of which a year of birth is a slip of the pen."""

MOST_TRAVEL_MINUTES = 300
"""Nobody travels five hours to a small job: more is a slip of the pen."""

_MONTH_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_YES = ("yes", "y", "true", "是", "有", "对", "愿意", "可以")
_NO = ("no", "n", "false", "否", "不", "没", "没有", "无", "不是", "不愿意", "不可以")


def names() -> dict[str, str]:
    """Return what each entry is called in the user's language."""
    return {
        "city": _("城市"),
        "birth_year": _("出生年份"),
        "birthday": _("生日"),
        "education": _("学历"),
        "travel_minutes": _("到做活的地方单程"),
        "priority": _("最看重"),
        "student": _("学生"),
        "licence": _("驾照"),
        "health_certificate": _("健康证"),
        "real_name": _("愿意实名认证"),
        "employer_forbids_side_jobs": _("单位不许兼职"),
        "phone": _("手机"),
        "pc": _("电脑"),
        **{tag: vocabulary.display_name("asset", tag, tag) for tag in THINGS},
    }


def find(text: str) -> str:
    """Return the entry that is meant, by its key or its name; raise NotFound otherwise."""
    wanted = lookup.folded(text)
    for key, name in names().items():
        if wanted in (key, lookup.folded(name)):
            return key
    raise NotFound(
        _("没有「{key}」这一项").format(key=text),
        lookup.with_guess(_("可以设的有：{keys}").format(keys=", ".join(KEYS)), text, KEYS),
    )


def check(name: str, text: str, this_year: int) -> tuple[str, str]:
    """Return an entry and its answer as they are stored.

    Raise NotFound for an unknown entry and NotUnderstood for an answer that cannot be.
    """
    key = find(name)
    written = " ".join(text.split())
    plain = unicodedata.normalize("NFKC", written)
    if key in FLAGS:
        return key, _yes_no(written)
    if key == "birth_year":
        digits = plain if len(plain) < 9 and plain.isascii() and plain.isdigit() else ""
        if not (digits and this_year - OLDEST <= int(digits) <= this_year - YOUNGEST):
            raise NotUnderstood(
                _("看不懂出生年份「{text}」").format(text=text), _("写四位数，例如 1995")
            )
        return key, plain
    if key == "birthday":
        return key, _birthday(plain)
    if key == "education":
        return key, _education(text)
    if key == "travel_minutes":
        return key, _travel(plain)
    if key == "priority":
        return key, priorities.find(plain)
    if not plain:
        raise NotUnderstood(
            _("{key} 的值是空的").format(key=key), _("例如 xianke inventory set city 杭州")
        )
    return key, regions.check(written)


def _travel(text: str) -> str:
    minutes = when.parse_duration(text if not text.isdigit() else f"{text}分")
    if minutes > MOST_TRAVEL_MINUTES:
        raise NotUnderstood(
            _("单程要「{text}」，太远了").format(text=text),
            _("写平常去做活单程几分钟，例如 30"),
        )
    return str(minutes)


def _birthday(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    found = _MONTH_DAY.fullmatch(plain)
    if found is not None:
        month, day = int(found[1]), int(found[2])
        try:
            # A leap year: somebody was born on the 29th of February.
            return date(2000, month, day).strftime("%m-%d")
        except ValueError:
            pass
    raise NotUnderstood(_("看不懂生日「{text}」").format(text=text), _("写月和日，例如 5月1日"))


def education_names() -> dict[str, str]:
    """Return the levels of education, as they are stored, in the user's language."""
    return {
        "初中": _("初中"),
        "高中": _("高中"),
        "大专": _("大专"),
        "本科": _("本科"),
        "硕士": _("硕士"),
        "博士": _("博士"),
    }


def _education(text: str) -> str:
    wanted = lookup.folded(text)
    offered = education_names()
    for stored, name in offered.items():
        if wanted in (stored, lookup.folded(name)):
            return stored
    raise NotUnderstood(
        _("看不懂学历「{text}」").format(text=text),
        _("可以是：{values}").format(values=", ".join(offered.values())),
    )


def _yes_no(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    if plain in _YES:
        return "yes"
    if plain in _NO:
        return "no"
    raise NotUnderstood(_("看不懂「{text}」").format(text=text), _("写 yes 或 no（是、否也行）"))


def is_yes(text: str) -> bool:
    """Return whether an answer is yes; raise NotUnderstood for anything but yes or no."""
    return _yes_no(" ".join(text.split())) == "yes"


def value(key: str, stored: str) -> str | int | bool:
    """Return a stored answer as programs read it."""
    if key in FLAGS:
        return stored == "yes"
    return int(stored) if key in ("birth_year", "travel_minutes") else stored


# What holds today


def is_stale(key: str, day: str | None, today: date) -> bool:
    """Return whether an answer of a day is too old to go by; one of no known day is not."""
    most = STALE_DAYS.get(key)
    if most is None or day is None:
        return False
    return (today - date.fromisoformat(day)).days > most


def standing(profile: Mapping[str, str], days: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the answers that hold today; one that is too old is as good as none."""
    return {
        key: stored for key, stored in profile.items() if not is_stale(key, days.get(key), today)
    }


def ages(profile: Mapping[str, str], today: date) -> tuple[int, int] | None:
    """Return the least and the most years of age, the same where the birthday is known.

    None where the year of birth is not known.
    """
    if "birth_year" not in profile:
        return None
    years = today.year - int(profile["birth_year"])
    birthday = profile.get("birthday")
    if birthday is None:
        return years - 1, years
    # The 29th of February comes on the 1st of March in other years; so does the text's order.
    reached = birthday <= today.strftime("%m-%d")
    return (years, years) if reached else (years - 1, years - 1)
