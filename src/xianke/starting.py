"""The first stock-taking: what is asked, and what people of one kind of life mostly answer.

Answers stand here in the form in which they are kept (see `answers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from xianke import lookup, priorities, slots, vocabulary
from xianke.errors import NotUnderstood
from xianke.i18n import _, with_codes

if TYPE_CHECKING:
    from datetime import date

    from xianke.inventory import Stock

Topic = Literal[
    "who",
    "city",
    "commute",
    "daytime",
    "evenings",
    "weekends",
    "skills",
    "assets",
    "vehicle",
    "goal",
]
TOPICS: tuple[Topic, ...] = (
    "who", "city", "commute", "daytime", "evenings", "weekends", "skills", "assets", "vehicle",
    "goal",
)  # fmt: skip
"""The questions in their order."""

TIMES: tuple[Topic, ...] = ("commute", "daytime", "evenings", "weekends")
LISTS: tuple[Topic, ...] = ("skills", "assets", "vehicle")

SKILLS = (
    "ppt", "excel", "word_layout", "copywriting", "transcription", "english", "photography",
    "video_editing", "tutor_primary", "teach_elder_phone", "cooking", "tidying", "small_repair",
    "pet_sitting", "errands",
)  # fmt: skip
"""The skills offered by number: common ones, of several kinds."""

ASSETS = (
    "pc", "camera", "tablet", "printer", "instrument", "parking_space", "spare_room",
    "storage_space", "old_phone", "clothes", "books", "baby_gear",
)  # fmt: skip
"""The things offered by number; a computer is a device, and the list is where it is asked for."""

VEHICLES = ("car", "e_bike", "licence")
"""What is offered where vehicles are asked for; the licence belongs to the person."""

_OWN_VEHICLES = {"car", "van", "e_bike"}
_COVERED_BY: Mapping[Topic, str] = {
    "daytime": "工作日 9:00-18:00",
    "evenings": "工作日 18:30-23:00",
    "weekends": "周末 8:00-22:00",
}
"""Where a stored slot touches this, the question is answered already."""


@dataclass(frozen=True, slots=True)
class Preset:
    """People of one kind of life: what Enter answers for them, and what is true of all of them.

    The times, skills and things are judgement, there to be changed.
    """

    code: str
    answers: Mapping[Topic, str]
    profile: Mapping[str, str] = field(default_factory=dict)


PRESETS = (
    Preset(
        "office",
        {
            "commute": "工作日 8:00-9:00",
            "daytime": "工作日 12:00-13:00",
            "evenings": "周一到周四 19:30-21:30",
            "weekends": "周六 14:00-17:00",
            "skills": "excel、word_layout",
            "assets": "pc",
        },
    ),
    Preset(
        "student",
        {
            "daytime": "工作日 16:00-18:00",
            "evenings": "周一到周四 19:00-21:00",
            "weekends": "周末 9:00-12:00",
            "skills": "ppt、tutor_primary",
            "assets": "pc",
            "goal": "growth",
        },
        {"student": "yes"},
    ),
    Preset(
        "parent",
        {
            "daytime": "工作日 9:00-11:00",
            "evenings": "工作日 20:30-22:00",
            "skills": "cooking、tidying",
            "goal": "safe",
        },
    ),
    Preset(
        "driver",
        {
            "daytime": "工作日 13:00-16:00",
            "evenings": "工作日 19:00-22:00",
            "weekends": "周末 9:00-18:00",
            "skills": "driving",
            "vehicle": "car、licence",
        },
    ),
    Preset(
        "retired",
        {
            "daytime": "工作日 9:00-11:00",
            "weekends": "周六 9:00-11:00",
            "skills": "cooking、patience",
            "goal": "safe",
        },
    ),
)
OTHER = Preset("other", {"evenings": "工作日 19:30-21:30", "weekends": "周六 14:00-17:00"})
"""Somebody of whom nothing is known."""


def preset_names() -> dict[str, str]:
    """Return the kinds of life in the user's language, by their codes."""
    return {
        "office": _("上班族"),
        "student": _("学生"),
        "parent": _("在家带孩子"),
        "driver": _("司机"),
        "retired": _("退休"),
    }


def find_preset(text: str) -> Preset:
    """Return a preset by its code or name; raise NotUnderstood for anything else."""
    names = preset_names()
    wanted = lookup.folded(text)
    for preset in PRESETS:
        if wanted in (preset.code, lookup.folded(names[preset.code])):
            return preset
    raise NotUnderstood(
        _("没有「{text}」这一类人").format(text=text),
        _("可以是：{names}").format(names=with_codes(names.items())),
    )


def preset_of(answers: Mapping[Topic, str]) -> Preset:
    """Return the preset that was chosen; without one, that of somebody nothing is known about."""
    return next((one for one in PRESETS if one.code == answers.get("who")), OTHER)


def default(topic: Topic, preset: Preset) -> str:
    """Return what Enter answers: the form in which answers are kept."""
    answer = preset.answers.get(topic, "")
    if topic == "goal":
        return answer or priorities.DEFAULT
    if topic == "who":
        return "office"
    return answer


def options(topic: Topic) -> list[tuple[str, str]]:
    """Return what is offered by number: key and name; nothing where it is typed."""
    if topic == "who":
        return [*preset_names().items(), (OTHER.code, _("都不像"))]
    if topic == "goal":
        return list(priorities.names().items())
    if topic == "skills":
        return [(key, vocabulary.display_name("skill", key, key)) for key in SKILLS]
    if topic == "assets":
        return [(key, vocabulary.display_name("asset", key, key)) for key in ASSETS]
    if topic == "vehicle":
        return [(key, _thing_name(key)) for key in VEHICLES]
    return []


def _thing_name(key: str) -> str:
    return _("驾照") if key == "licence" else vocabulary.display_name("asset", key, key)


def open_topics(stock: Stock, today: date) -> list[Topic]:
    """Return what the inventory does not answer yet, in order.

    Who somebody is like is asked for the sake of the others, and not where none is left.
    """
    missing = [topic for topic in TOPICS[1:] if not _is_covered(topic, stock, today)]
    return ["who", *missing] if set(missing) & {*TIMES, *LISTS} else missing


def _is_covered(topic: Topic, stock: Stock, today: date) -> bool:
    vehicles = [asset for asset in stock.assets if asset.key in _OWN_VEHICLES]
    if topic == "city":
        return "city" in stock.profile
    if topic == "goal":
        return "priority" in stock.profile
    if topic == "commute":
        return any(free.slot.place == "transit" for free in stock.slots)
    if topic == "skills":
        return bool(stock.skills)
    if topic == "assets":
        return "pc" in stock.profile or len(stock.assets) > len(vehicles)
    if topic == "vehicle":
        return bool(vehicles)
    if topic not in _COVERED_BY:
        return False
    time = slots.parse(_COVERED_BY[topic], today=today)
    known = [free for free in stock.slots if free.slot.place != "transit"]
    return any(slots.overlaps(free.rule, time) for free in known)
