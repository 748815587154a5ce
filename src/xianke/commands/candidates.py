"""The words that each option and argument can take, for completion.

Closed lists stand here, for the modules they come from cost more to load than a press of Tab
may; a test holds them against those. What is a file is left to the shell, what is free text, such
as an amount, to the user.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xianke import lookup, settings
from xianke.i18n import _, language

if TYPE_CHECKING:
    from xianke.store.glance import Kind

_PLAIN = re.compile(r"[\w.+-]+")
"""What no shell reads as anything but itself."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be inserted, and what it means."""

    value: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the command, its parameter, the arguments given so far, the beginning.

    `literal` says that the shell takes only what begins as typed.
    """

    path: tuple[str, ...]
    parameter: str
    given: tuple[str, ...]
    typed: str
    literal: bool = False


Source = Callable[[Asked], list[Candidate]]

FILES = frozenset({"file", "files", "output", "ics", "html", "origin"})
"""Parameters whose names the shell itself completes."""

FREE = frozenset(
    {
        "account", "alarm", "amount", "at", "cost", "count", "due", "fee", "first", "hours_a_day",
        "hours_a_week", "idle", "label", "last", "limit", "mapping", "minutes", "name", "note",
        "older_than", "password_env", "platforms", "rest", "search", "sha256", "share", "tax",
        "text", "unpaid",
    }
)  # fmt: skip
"""Parameters that are amounts, times, numbers or the user's own words."""


def found(asked: Asked) -> list[Candidate] | None:
    """Return what a parameter can be, as far as it begins with what was typed; None for a file."""
    source = _BY_PATH.get((*asked.path, asked.parameter)) or _BY_NAME.get(asked.parameter)
    if source is not None:
        return source(asked)
    return None if asked.parameter in FILES else []


def is_known(path: tuple[str, ...], parameter: str) -> bool:
    """Return whether somebody has thought about what this parameter can be."""
    sourced = (*path, parameter) in _BY_PATH or parameter in _BY_NAME
    return sourced or parameter in FILES | FREE


# Closed lists


def statuses() -> dict[str, str]:
    """Return the statuses of a gig."""
    return {
        "accepted": _("已接"),
        "delivered": _("已交"),
        "paid": _("已收款"),
        "rejected": _("被拒"),
        "cancelled": _("已取消"),
        "none_found": _("没接到单"),
    }


def goals() -> dict[str, str]:
    """Return what can matter most to somebody who asks for advice."""
    from xianke import priorities

    return {str(goal): name for goal, name in priorities.names().items()}


def places() -> dict[str, str]:
    """Return where a slot can be spent."""
    return {
        "home": _("家里"),
        "office": _("单位"),
        "transit": _("路上"),
        "neighbourhood": _("家附近"),
        "anywhere": _("哪里都行"),
    }


def _devices() -> dict[str, str]:
    return {"phone": _("手机"), "pc": _("电脑")}


def _bare(*values: str) -> Callable[[], dict[str, str]]:
    return lambda: dict.fromkeys(values, "")


REPORT_KEYS = ("platform", "category", "month", "week", "weekday", "hour")
EXPORT_FORMATS = ("beancount", "hledger", "csv", "json", "ics")
IMPORT_FORMATS = (
    "alipay", "wechat", "jd", "meituan", "bank", "generic", "gigs", "timewarrior", "watson",
)  # fmt: skip
RULE_FIELDS = ("counterparty", "payer", "words", "merchant_number")
PROFILE_FLAGS = (
    "student", "licence", "health_certificate", "real_name", "employer_forbids_side_jobs",
    "phone", "pc", "headset", "quiet_room", "microphone", "tablet", "kitchen_tools",
    "cleaning_tools", "fridge",
)  # fmt: skip
PROFILE_KEYS = (
    "city", "birth_year", "birthday", "education", "travel_minutes", "priority", *PROFILE_FLAGS,
)  # fmt: skip
FACTS = ("status", "upfront", "settlement", "escrow", "public_ratings", "id_verification")
SHELLS = ("bash", "zsh", "fish", "powershell")

PRESETS = ("office", "student", "parent", "driver", "retired")
EDUCATION = ("初中", "高中", "大专", "本科", "硕士", "博士")
_STEPS = ("1", "2", "3", "4", "5")


def _listed(names: Callable[[], Mapping[str, str]]) -> Source:
    return lambda asked: _fitting(names(), asked.typed)


def _fitting(names: Mapping[str, str], typed: str) -> list[Candidate]:
    """Return the codes that begin as typed, or whose names do."""
    wanted = lookup.folded(typed)
    return [
        Candidate(code, name)
        for code, name in names.items()
        if any(lookup.folded(word).startswith(wanted) for word in (code, name))
    ]


def _weeks(asked: Asked) -> list[Candidate]:
    return _fitting(dict.fromkeys(("本周", "下周"), ""), asked.typed) if language() == "zh" else []


def _profile_values(asked: Asked) -> list[Candidate]:
    key = asked.given[0] if asked.given else ""
    if key in PROFILE_FLAGS:
        return _fitting({"yes": _("是"), "no": _("否")}, asked.typed)
    if key == "priority":
        return _fitting(goals(), asked.typed)
    return _fitting(dict.fromkeys(EDUCATION, ""), asked.typed) if key == "education" else []


def _facts(asked: Asked) -> list[Candidate]:
    from xianke import fact_words

    return _fitting({name: fact_words.fact_name(name) for name in FACTS}, asked.typed)


def _fact_values(asked: Asked) -> list[Candidate]:
    from xianke import fact_words

    field = fact_words.field_of(asked.given[1]) if len(asked.given) == 2 else None
    if field == "category":
        return _categories(asked)
    return _fitting(fact_words.value_names(field), asked.typed) if field in FACTS else []


# The catalogue and the vocabulary


def _named(raw: Sequence[Mapping[str, Any]], asked: Asked) -> list[Candidate]:
    """Return the entries that answer to what was typed, each by a word that a shell can hold."""
    entries = [lookup.entry_of(one) for one in raw]
    counted = Counter(word for entry in entries for word in {lookup.folded(w) for w in entry.words})
    wanted = lookup.folded(asked.typed)
    heard = [entry.id for entry in entries if wanted and wanted in entry.sounds]
    names = {one["id"]: one["name"][language()] for one in raw}
    found = []
    for entry in entries:
        if entry.id in heard if heard else _answers(entry, wanted):
            value = next((one for one in entry.words[1:] if _can_stand(one, counted)), entry.id)
            if asked.literal and not value.startswith(asked.typed):
                value = entry.id
            found.append(Candidate(value, names[entry.id] if names[entry.id] != value else ""))
    return found


def _answers(entry: lookup.Entry, wanted: str) -> bool:
    words = [*map(lookup.folded, entry.words), *entry.sounds]
    return any(word.startswith(wanted) for word in words)


def _can_stand(word: str, counted: Mapping[str, int]) -> bool:
    """Return whether a word is Chinese, means one thing only, and needs no quotes."""
    chinese = language() == "zh" and not word.isascii()
    return chinese and counted[lookup.folded(word)] == 1 and _PLAIN.fullmatch(word) is not None


def _platforms(asked: Asked) -> list[Candidate]:
    """Return platforms of the catalogue; the user's own only where none of those fits."""
    from xianke import shelf

    return _named(shelf.in_force()["platforms"], asked) or _own_platforms(asked)


def _own_platforms(asked: Asked) -> list[Candidate]:
    from xianke.store import glance

    wanted = lookup.folded(asked.typed)
    return [
        Candidate(name if _PLAIN.fullmatch(name) else identity, name)
        for identity, name in glance.own_platforms()
        if lookup.folded(name).startswith(wanted) or identity.startswith(wanted)
    ]


def _categories(asked: Asked) -> list[Candidate]:
    from xianke import shelf

    names = {one["id"]: one["name"][language()] for one in shelf.in_force()["categories"]}
    return _fitting(names, asked.typed)


def _routes(asked: Asked) -> list[Candidate]:
    return _categories(asked) + _platforms(asked)


def _targets(asked: Asked) -> list[Candidate]:
    return _fitting({"private": _("私人")}, asked.typed) + _platforms(asked)


def _skills(asked: Asked) -> list[Candidate]:
    from xianke import vocabulary

    return _named(vocabulary.entries("skills"), asked)


def _assets(asked: Asked) -> list[Candidate]:
    from xianke import vocabulary

    return _named(vocabulary.entries("assets"), asked)


# The store


def _ids(*kinds: Kind) -> Source:
    def source(asked: Asked) -> list[Candidate]:
        from xianke.store import glance

        return [Candidate(*row) for kind in kinds for row in glance.ids(kind, asked.typed)]

    return source


def _calendars(asked: Asked) -> list[Candidate]:
    from xianke.store import glance

    names = [name for name in glance.calendars() if _PLAIN.fullmatch(name)]
    return _fitting(dict.fromkeys(names, ""), asked.typed)


def _spend_words(asked: Asked) -> list[Candidate]:
    if not asked.given:
        actions = {"returned": _("押金退了"), "rm": _("删一笔")}
        return _fitting(actions, asked.typed) + _platforms(asked)
    return _ids("spend")(asked) if asked.given in (("returned",), ("rm",)) else []


def _assign_words(asked: Asked) -> list[Candidate]:
    """Return rows of bills, and after the first of them also whom they may belong to."""
    rows = _ids("bill")(asked)
    return rows + _targets(asked) if asked.given and (asked.typed or not rows) else rows


def _settings() -> dict[str, str]:
    """Return the settings and what each is for."""
    return {setting.name: setting.explanation() for setting in settings.TABLE}


def _setting_values(asked: Asked) -> list[Candidate]:
    """Return what the language can be; a time zone has too many names."""
    return _fitting(_bare("zh", "en")(), asked.typed) if asked.given[:1] == ("language",) else []


_STOCK = _ids("slot", "skill", "asset")
_GIGS = _ids("gig")

_BY_NAME: Mapping[str, Source] = {
    "category": _categories,
    "device": _listed(_devices),
    "explain": _routes,
    "gigs": _GIGS,
    "goal": _listed(goals),
    "level": _listed(_bare(*_STEPS)),
    "place": _listed(places),
    "platform": _platforms,
    "rating": _listed(_bare(*_STEPS)),
    "shell": _listed(_bare(*SHELLS)),
    "skill": _skills,
    "status": _listed(statuses),
    "target": _targets,
    "week": _weeks,
    "which": _platforms,
    "why_not": _routes,
    "write_off": _GIGS,
}

_BY_PATH: Mapping[Iterable[str], Source] = {
    ("inventory", "add", "skill", "text"): _skills,
    ("inventory", "add", "asset", "text"): _assets,
    ("inventory", "edit", "identity"): _STOCK,
    ("inventory", "rm", "identity"): _STOCK,
    ("inventory", "set", "key"): _listed(_bare(*PROFILE_KEYS)),
    ("inventory", "set", "value"): _profile_values,
    ("inventory", "refresh-calendar", "name"): _calendars,
    ("inventory", "remove-calendar", "name"): _calendars,
    ("init", "preset"): _listed(_bare(*PRESETS)),
    ("config", "get", "key"): _listed(_settings),
    ("config", "set", "key"): _listed(_settings),
    ("config", "set", "value"): _setting_values,
    ("config", "unset", "key"): _listed(_settings),
    ("rates", "by"): _listed(_bare("platform", "category")),
    ("gigs", "show", "identity"): _GIGS,
    ("gigs", "edit", "identity"): _GIGS,
    ("gigs", "rm", "identity"): _GIGS,
    ("import", "format"): _listed(_bare(*IMPORT_FORMATS)),
    ("bills", "batch"): _ids("batch"),
    ("bills", "show", "identity"): _ids("bill"),
    ("bills", "assign", "words"): _assign_words,
    ("rules", "edit", "identity"): _ids("rule"),
    ("rules", "rm", "identity"): _ids("rule"),
    ("rules", "add", "field"): _listed(_bare(*RULE_FIELDS)),
    ("rules", "edit", "field"): _listed(_bare(*RULE_FIELDS)),
    ("spend", "words"): _spend_words,
    ("payouts", "rm", "identity"): _ids("payout"),
    ("payouts", "settle", "identity"): _ids("payout"),
    ("report", "by"): _listed(_bare(*REPORT_KEYS)),
    ("goal", "words"): _listed(_bare("none")),
    ("export", "format"): _listed(_bare(*EXPORT_FORMATS)),
    ("platforms", "edit", "field"): _facts,
    ("platforms", "edit", "value"): _fact_values,
}
