"""What a person has: slots, skills, assets, profile; what is usable when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from xianke import lookup, slots, when
from xianke.errors import NotUnderstood
from xianke.i18n import _, with_codes
from xianke.records import DEVICES, PLACES

if TYPE_CHECKING:
    from datetime import date

    from xianke.platforms import Conditions
    from xianke.records import Asset, Device, Place, Skill, Slot

_DATA = Path(__file__).parent / "_data"

LEVELS = range(1, 6)
DEFAULT_LEVEL = 3

_CERTIFICATE_KEYS = {"driving_licence": "licence", "health_certificate": "health_certificate"}

_PLACE_WORDS: Mapping[Place, tuple[str, ...]] = {
    "transit": (
        "通勤",
        "地铁",
        "公交",
        "路上",
        "高铁",
        "commut",
        "subway",
        "metro",
        "train",
        "bus",
    ),
    "office": ("午休", "公司", "单位", "上班", "办公", "办公室", "lunch", "office", "at work"),
    "neighbourhood": ("小区", "附近", "neighbourhood", "neighborhood"),
    "home": ("家", "在家", "宿舍", "at home"),
}


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A stored slot together with what its rule means."""

    slot: Slot
    rule: slots.SlotRule

    @property
    def minutes_per_week(self) -> int:
        """Return the nominal minutes of a week."""
        return slots.minutes_per_week(self.rule)


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything a person took stock of."""

    slots: tuple[FreeSlot, ...]
    skills: tuple[Skill, ...]
    assets: tuple[Asset, ...]
    profile: Mapping[str, str]

    @property
    def free_minutes_per_week(self) -> int:
        """Return the nominal minutes of a week in which at least one slot is free."""
        return slots.union_minutes_per_week([free.rule for free in self.slots])

    @property
    def empty(self) -> bool:
        """Return whether nothing has been taken stock of yet; the profile alone does not count."""
        return not (self.slots or self.skills or self.assets)


def stock(
    slot_rows: Sequence[Slot],
    skill_rows: Sequence[Skill],
    asset_rows: Sequence[Asset],
    profile: Mapping[str, str],
    today: date,
) -> Stock:
    """Return the stock from stored rows; a stored rule names its dates in full."""
    free = tuple(FreeSlot(row, slots.parse(row.rule, today=today)) for row in slot_rows)
    return Stock(free, tuple(skill_rows), tuple(asset_rows), profile)


# Slots


def guess_place(label: str | None, *, driving: bool) -> Place:
    """Return the place a label speaks of (通勤, 午休), else home; what was guessed is echoed."""
    if driving:
        return "transit"
    text = (label or "").lower()
    for place, words in _PLACE_WORDS.items():
        if any(word in text for word in words):
            return place
    return "home"


def check_place(text: str) -> Place:
    """Return a place by its code or Chinese name; raise NotUnderstood otherwise."""
    names = {lookup.folded(name): place for place, name in place_names().items()}
    wanted = lookup.folded(text)
    for place in PLACES:
        if wanted == place:
            return place
    if wanted in names:
        return names[wanted]
    for place, words in _PLACE_WORDS.items():
        if wanted in words:
            return place
    hint = _("可以是：{places}").format(places=with_codes(place_names().items()))
    raise NotUnderstood(
        _("没有「{text}」这个地点").format(text=text),
        lookup.with_guess(hint, text, [*PLACES, *place_names().values()]),
    )


def place_names() -> dict[Place, str]:
    """Return the places in the user's language."""
    return {
        "home": _("家里"),
        "office": _("单位"),
        "transit": _("路上"),
        "neighbourhood": _("家附近"),
        "anywhere": _("哪里都行"),
    }


def device_names() -> dict[Device, str]:
    """Return the devices in the user's language."""
    return {"phone": _("手机"), "pc": _("电脑")}


def check_devices(texts: Sequence[str]) -> str | None:
    """Return devices as they are stored, or None where none was named."""
    found: list[Device] = []
    for text in texts:
        wanted = lookup.folded(text)
        device = next(
            (one for one, name in device_names().items() if wanted in (one, lookup.folded(name))),
            None,
        )
        if device is None:
            raise NotUnderstood(
                _("没有「{text}」这种设备").format(text=text),
                lookup.with_guess(
                    _("可以是：phone（手机）、pc（电脑）"),
                    text,
                    [*device_names(), *device_names().values()],
                ),
            )
        found.append(device)
    return ",".join(device for device in DEVICES if device in found) or None


@dataclass(frozen=True, slots=True)
class Devices:
    """What is at hand in a slot: surely, and perhaps (a computer nobody asked about yet)."""

    sure: frozenset[str]
    perhaps: frozenset[str] = frozenset()


def devices_at_hand(slot: Slot, profile: Mapping[str, str]) -> Devices:
    """Return the devices of a slot: a phone everywhere, a computer at home and office if owned."""
    if slot.devices is not None:
        sure = frozenset(slot.devices.split(","))
    else:
        sure = frozenset() if profile.get("phone") == "no" else frozenset({"phone"})
        if slot.place in ("home", "office", "anywhere"):
            if profile.get("pc") == "yes":
                sure |= {"pc"}
            elif "pc" not in profile:
                return Devices(sure, frozenset({"pc"}))
    if slot.place == "transit":
        sure &= {"phone"}
    return Devices(sure)


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a slot suits a route: the code of what is missing, or None and what is usable."""

    missing: str | None
    rule: slots.SlotRule | None = None
    device_unsure: bool = False


def fit(free: FreeSlot, wanted: Conditions, profile: Mapping[str, str]) -> Fit:
    """Hold one slot against what a route asks of place, device and length.

    Only clock spans of at least the smallest block count; the rest of the rule stays as it is.
    """
    obstacle = obstacle_of(free.slot, wanted, profile)
    if obstacle in ("no_place", "no_device"):
        return Fit(obstacle)
    unsure = obstacle == "unsure"
    long_enough = tuple(
        span for span in free.rule.spans if span.end - span.start >= wanted.min_block_minutes
    )
    if not long_enough:
        return Fit("block_too_short")
    # The rule itself where nothing is left out: two hundred slots meet a hundred routes.
    whole = len(long_enough) == len(free.rule.spans)
    return Fit(None, free.rule if whole else replace(free.rule, spans=long_enough), unsure)


def obstacle_of(
    slot: Slot, wanted: Conditions, profile: Mapping[str, str]
) -> Literal["no_place", "no_device", "unsure"] | None:
    """Return what a slot lacks for a route however long it is, or None.

    `unsure` stands for a device that nobody has asked about.
    """
    if not _place_fits(slot, wanted):
        return "no_place"
    at_hand, devices = devices_at_hand(slot, profile), set(wanted.devices_any)
    if not devices or at_hand.sure & devices:
        return None
    return "unsure" if at_hand.perhaps & devices else "no_device"


def _place_fits(slot: Slot, wanted: Conditions) -> bool:
    if slot.driving:
        return wanted.ride_sharing
    if wanted.place == "online":
        if slot.place == "transit":
            return wanted.interruptible
        return slot.place in ("home", "office", "anywhere")
    # One leaves for the neighbourhood, or for a place of work, from home as well.
    return slot.place in ("home", "neighbourhood", "anywhere")


def calendar_is_estimated(day: date) -> bool:
    """Return whether the workday calendar of a day's year has not been published."""
    return when.day_kind(day).estimated


# Levels, and what follows from the profile


def check_level(text: str) -> int:
    """Return a level of 1 to 5; raise NotUnderstood otherwise."""
    # Python does not turn thousands of digits into a number.
    if not (len(text) < 9 and text.isascii() and text.isdigit() and int(text) in LEVELS):
        raise NotUnderstood(
            _("看不懂熟练度「{text}」").format(text=text), _("写 1 到 5：1 刚会，3 够用，5 专业")
        )
    return int(text)


def travel_minutes(wanted: Conditions, profile: Mapping[str, str]) -> int | None:
    """Return the minutes there and back for work at a place of its own; None where not known.

    Only onsite work is travelled to; `travel_minutes` of the profile is one way.
    """
    if wanted.place != "onsite":
        return 0
    one_way = profile.get("travel_minutes")
    return None if one_way is None else 2 * int(one_way)


def certificate_state(certificate: str, profile: Mapping[str, str]) -> str | None:
    """Return `yes`, `no`, or None for not known."""
    return profile.get(_CERTIFICATE_KEYS[certificate])
