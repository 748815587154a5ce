"""The first stock-taking: what it writes, and the file that keeps answers until all are given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from xianke import answers, inventory, rights, settings, store
from xianke.commands import filing, stockfile
from xianke.commands.stocktaking import slot_values
from xianke.errors import NotUnderstood
from xianke.i18n import _
from xianke.inventory import Stock
from xianke.starting import TOPICS, Topic
from xianke.store.complaints import explained

_VERSION = 1
_MOST_BYTES = 100_000
"""Ten answers are a few lines; a larger file is none of ours."""


def stock() -> Stock:
    """Return the inventory as it is."""
    with store.read() as db:
        return _stock(db)


def _stock(db: store.Queries) -> Stock:
    today = settings.now().date()
    return inventory.stock(db.slots(), db.skills(), db.assets(), db.profile(), today)


def add_missing(given: Mapping[Topic, str]) -> Stock:
    """Store what the answers amount to and is not there yet, as one change; return what is new.

    Nothing that is there is touched: a slot of the same time stays, whatever it is called.
    """
    now = settings.now()
    wanted = stockfile.checked(answers.content(given, now.date()))
    with store.write("inventory.init", "", now) as db:
        before = _stock(db)
        rules = {free.slot.rule for free in before.slots}
        for row in wanted.slots.values():
            if row.rule not in rules:
                db.insert("slot", slot_values(row))
                rules.add(row.rule)
        known = {one.key for one in before.skills}
        for key, (name, level) in wanted.skills.items():
            if key not in known:
                db.insert("skill", {"key": key, "name": name, "level": level})
        owned = {one.key for one in before.assets}
        for key, (name, idle, note) in wanted.assets.items():
            if key not in owned:
                db.insert("asset", {"key": key, "name": name, "idle": idle, "note": note})
        for key, value in wanted.profile.items():
            if key not in before.profile:
                db.set_profile(key, value)
        added = _difference(before, _stock(db))
        db.subject = _("{count} 项").format(count=_count(added))
    return added


def _difference(before: Stock, after: Stock) -> Stock:
    return Stock(
        tuple(one for one in after.slots if one not in before.slots),
        tuple(one for one in after.skills if one not in before.skills),
        tuple(one for one in after.assets if one not in before.assets),
        {key: value for key, value in after.profile.items() if key not in before.profile},
    )


def _count(added: Stock) -> int:
    return len(added.slots) + len(added.skills) + len(added.assets) + len(added.profile)


# Answers that wait


def _path() -> Path:
    return settings.home() / ".xianke-init.json"


def kept() -> dict[Topic, str]:
    """Return the answers of a stock-taking that was broken off; none where there are none.

    What is damaged, or not understood any more, is asked again.
    """
    # A pipe in its place would be waited for.
    if rights.is_planted(_path()) or not _path().is_file():
        return {}
    try:
        with _path().open("rb") as file:
            found = json.loads(file.read(_MOST_BYTES + 1))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict) or found.get("version") != _VERSION:
        return {}
    given = found.get("answers")
    if not isinstance(given, dict):
        return {}
    read = {topic: _again(topic, given.get(topic)) for topic in TOPICS}
    return {topic: answer for topic, answer in read.items() if answer is not None}


def _again(topic: Topic, answer: object) -> str | None:
    if not isinstance(answer, str):
        return None
    try:
        return answers.again(topic, answer, settings.now().date())
    except NotUnderstood:
        return None


def keep(given: Mapping[Topic, str]) -> None:
    """Keep the answers given so far, for the user's eyes alone."""
    path = _path()
    with explained(path):
        path.parent.mkdir(mode=rights.FOLDER, parents=True, exist_ok=True)
    text = json.dumps({"version": _VERSION, "answers": dict(given)}, ensure_ascii=False)
    filing.replace_file(path, lambda file: file.write(text.encode()))


def forget() -> None:
    """Throw the kept answers away."""
    with explained(_path()):
        _path().unlink(missing_ok=True)
