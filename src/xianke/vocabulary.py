"""The words for skills and things: what people type, what it means, and the work it serves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xianke import lookup
from xianke.errors import NotUnderstood
from xianke.i18n import _, language

if TYPE_CHECKING:
    from xianke.records import Asset, Skill

_DATA = Path(__file__).parent / "_data"

LEVEL_FACTORS = {1: 0.5, 2: 0.65, 3: 0.8, 4: 0.9, 5: 1.0}
"""How much of a skill's strength a level brings to bear. Judgement, not measurement."""

LEAST_FIT = 0.3
"""A skill that covers less than this of the work under a tag does not open it."""


@cache
def _vocabulary(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))[name])


def entries(name: str) -> tuple[dict[str, Any], ...]:
    """Return the entries of `skills` or `assets` as they were compiled."""
    return _vocabulary(name)


@dataclass(frozen=True, slots=True)
class Word:
    """What a typed name means: a vocabulary entry, or the user's own word (`known` False)."""

    key: str
    name: str
    known: bool
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours it takes to learn a skill, from nothing to a first small paid job.

    `basis` is `judgement` where it is the editors' own and nothing more, or `published`.
    """

    low: int
    high: int
    basis: str
    source: str
    date: str


def every_skill() -> list[Word]:
    """Return all skills of the vocabulary, in its order."""
    return [_word("skills", raw["id"]) for raw in _vocabulary("skills")]


def hours_to_learn(key: str) -> Hours | None:
    """Return how long a skill of the vocabulary takes to learn; None where nobody can say."""
    raw = next((one for one in _vocabulary("skills") if one["id"] == key), {})
    stated = raw.get("hours_to_learn")
    if stated is None:
        return None
    return Hours(
        stated["low"], stated["high"], stated["basis"], stated["source"][language()], stated["date"]
    )


def find_skill(text: str) -> Word:
    """Return the skill a text names, exactly or by pinyin; an unknown one is the user's own."""
    return _find("skills", text)


def find_asset(text: str) -> Word:
    """Return the asset or device a text names; an unknown one is the user's own."""
    return _find("assets", text)


def near_skills(text: str) -> list[Word]:
    """Return the skills that a misspelt text may have meant."""
    return _near("skills", text)


def near_assets(text: str) -> list[Word]:
    """Return the assets that a misspelt text may have meant."""
    return _near("assets", text)


def _find(vocabulary: str, text: str) -> Word:
    plain = " ".join(text.split())
    if not plain:
        raise NotUnderstood(_("名称是空的"), _("例如 xianke inventory add skill PPT"))
    entries = [lookup.entry_of(raw) for raw in _vocabulary(vocabulary)]
    ids = lookup.exact(entries, plain)
    if len(ids) == 1:
        return _word(vocabulary, ids[0])
    return Word(plain, plain, known=False)


def _near(vocabulary: str, text: str) -> list[Word]:
    entries = [lookup.entry_of(raw) for raw in _vocabulary(vocabulary)]
    return [_word(vocabulary, found) for found in lookup.near(entries, text)]


def _word(vocabulary: str, key: str) -> Word:
    raw = next(one for one in _vocabulary(vocabulary) if one["id"] == key)
    return Word(key, raw["name"][language()], known=True, device=raw.get("device"))


def display_name(kind: str, key: str, stored: str) -> str:
    """Return a skill's or asset's name in the language in use; the user's own word stays."""
    vocabulary = "skills" if kind == "skill" else "assets"
    raw = next((one for one in _vocabulary(vocabulary) if one["id"] == key), None)
    return raw["name"][language()] if raw is not None else stored


def skill_strengths(skills: Sequence[Skill]) -> dict[str, tuple[float, Skill]]:
    """Return, per catalogue tag, the best strength times level factor and the skill that has it."""
    serves = {raw["id"]: raw["serves"] for raw in _vocabulary("skills")}
    best: dict[str, tuple[float, Skill]] = {}
    for skill in skills:
        for tag, strength in serves.get(skill.key, {}).items():
            reach = strength * LEVEL_FACTORS[skill.level]
            if strength >= LEAST_FIT and (tag not in best or reach > best[tag][0]):
                best[tag] = (reach, skill)
    return best


def asset_tags(assets: Sequence[Asset]) -> dict[str, Asset]:
    """Return, per catalogue tag, the asset that serves it best."""
    serves = {raw["id"]: raw["serves"] for raw in _vocabulary("assets")}
    best: dict[str, tuple[float, Asset]] = {}
    for asset in assets:
        for tag, strength in serves.get(asset.key, {}).items():
            if tag not in best or strength > best[tag][0]:
                best[tag] = (strength, asset)
    return {tag: asset for tag, (_strength, asset) in best.items()}


def skill_tag_name(tag: str) -> str:
    """Return how a catalogue tag is called: by the name of the skill that serves it best."""
    entries = [raw for raw in _vocabulary("skills") if tag in raw["serves"]]
    if not entries:
        return tag
    best = max(entries, key=lambda raw: (raw["serves"][tag], raw["id"] == tag))
    name: str = best["name"][language()]
    return name
