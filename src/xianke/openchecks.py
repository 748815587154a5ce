"""What advice does not know about the person: one question each, the most valuable first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianke import profiles
from xianke.i18n import _, language

if TYPE_CHECKING:
    from xianke.matching import Advice, Pick
    from xianke.scoring import Candidate

_KEYS: Mapping[str, str] = {
    "age": "birth_year",
    "birthday": "birthday",
    "driving_licence": "licence",
    "health_certificate": "health_certificate",
    "real_name": "real_name",
    "city": "city",
    "region": "city",
    "pc": "pc",
}
"""The entry of the profile that answers each check. That the employer forbids side jobs is no
question: it was answered, and stays a warning."""


@dataclass(frozen=True, slots=True)
class OpenCheck:
    """One question about the person, and what hangs on it.

    `key` is the entry of the profile that answers it. `suggestions` are the rows with a route
    that waits for it, `leading` those whose best route does; `categories` are ids, `routes` pairs
    of id and name, best score first.
    `before` is the earlier answer that is too old, with its day.
    """

    key: str
    suggestions: int
    leading: int
    categories: tuple[str, ...]
    routes: tuple[tuple[str, str], ...]
    before: tuple[str, str] | None = None


def key_of(check: str) -> str | None:
    """Return the entry that answers a check; None where no answer would settle it."""
    tag = check.removeprefix("asset:")
    return tag if tag in profiles.THINGS else _KEYS.get(check)


def open_checks(
    advice: Advice, profile: Mapping[str, str], days: Mapping[str, str]
) -> tuple[OpenCheck, ...]:
    """Return what is still open for the routes that were found, the most valuable first.

    What more suggestions hang on comes first, those whose best route waits before the others;
    *profile* and *days* are all answers with their days, also those that are too old.
    """
    gathered: dict[str, list[tuple[Pick, Candidate]]] = {}
    for pick in (*advice.picks, *advice.untested):
        for route in pick.routes:
            for key in {key for check in route.checks if (key := key_of(check))}:
                gathered.setdefault(key, []).append((pick, route))
    found = []
    for key, waiting in gathered.items():
        rows = dict.fromkeys((pick.category, pick.kind) for pick, _route in waiting)
        leading = [pick for pick, route in waiting if route is pick.best]
        ordered = sorted((route for _pick, route in waiting), key=lambda one: -one.score)
        names = dict.fromkeys((route.platform.id, route.platform.name) for route in ordered)
        categories = dict.fromkeys(category for category, _kind in rows)
        known = key in profile and key in days and key in profiles.STALE_DAYS
        before = (profile[key], days[key]) if known else None
        found.append(
            OpenCheck(key, len(rows), len(leading), tuple(categories), tuple(names), before)
        )
    return tuple(
        sorted(found, key=lambda one: (-one.leading, -one.suggestions, -len(one.routes), one.key))
    )


def question(key: str) -> str:
    """Return the question that an entry of the profile answers."""
    if key in profiles.THINGS:
        return _("有{name}吗？").format(name=profiles.names()[key])
    return {
        "birth_year": _("哪一年出生？"),
        "birthday": _("哪天生日？"),
        "licence": _("有驾照吗？"),
        "health_certificate": _("有一年内办的健康证吗？"),
        "real_name": _("愿意用身份证做实名认证吗？"),
        "city": _("在哪个城市（连省名写最清楚）？"),
        "pc": _("有电脑可以用吗？"),
    }[key]


def words(key: str) -> tuple[str, ...]:
    """Return the answers that a yes-or-no question takes, as people type them; else nothing."""
    if key not in profiles.FLAGS:
        return ()
    if language() == "en":
        return ("yes", "no")
    return ("愿意", "不愿意") if key == "real_name" else ("有", "没有")


def example(key: str) -> str:
    """Return what an answer looks like."""
    return {
        "birth_year": "1995",
        "birthday": _("5月1日"),
        "city": _("浙江杭州"),
    }.get(key, "yes")


def command(key: str) -> str:
    """Return the command that answers; its last word stands for the answer and is none."""
    return _("xianke inventory set {key} 答案").format(key=key)
