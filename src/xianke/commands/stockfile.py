"""The inventory as a YAML file: `apply` reads it, `export` writes it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xianke import inventory, settings, slots, store, vocabulary
from xianke.commands.stocktaking import plain, slot_values
from xianke.errors import NotUnderstood, Unreadable
from xianke.i18n import _
from xianke.inventory import Stock
from xianke.records import Slot

MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Applied:
    """How many things an `apply` added, changed and removed."""

    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file asks for, checked: rows by the key that makes them the same thing."""

    slots: Mapping[tuple[str, str | None], Slot]
    skills: Mapping[str, tuple[str, int]]
    assets: Mapping[str, tuple[str, str | None, str | None]]
    profile: Mapping[str, str]


def content(stock: Stock) -> dict[str, Any]:
    """Return the inventory in the form of the file; slots stand there as stored, in Chinese."""
    return {
        "slots": [
            {
                "when": free.slot.rule,
                **({"label": free.slot.label} if free.slot.label else {}),
                "place": free.slot.place,
                **({"devices": free.slot.devices.split(",")} if free.slot.devices else {}),
                **({"driving": True} if free.slot.driving else {}),
            }
            for free in stock.slots
        ],
        "skills": [{"name": skill.name, "level": skill.level} for skill in stock.skills],
        "assets": [
            {
                "name": asset.name,
                **({"idle": asset.idle} if asset.idle else {}),
                **({"note": asset.note} if asset.note else {}),
            }
            for asset in stock.assets
        ],
        "profile": {
            key: inventory.profile_value(key, value) for key, value in stock.profile.items()
        },
    }


def text(content: Mapping[str, Any]) -> str:
    """Return the file's text."""
    import yaml

    def dumped(*, readable: bool) -> str:
        return yaml.safe_dump(dict(content), allow_unicode=readable, sort_keys=False, width=100)

    text = dumped(readable=True)
    # YAML leaves direction marks and the like as they are: with one of them all is escaped.
    return (
        text
        if all(line.replace("\u3000", "").isprintable() for line in text.split("\n"))
        else dumped(readable=False)
    )


def write(path: Path, text: str) -> None:
    """Write a file, readable by its owner alone; raise Unreadable where that fails."""
    from xianke.commands import filing

    filing.replace_file(path, lambda file: file.write(text.encode()))


def apply(path: Path, *, replace: bool) -> Applied:
    """Bring the inventory to what a file says: all of it, or nothing."""
    wanted = _read(path)
    with store.write("inventory.apply", path.name, settings.now()) as db:
        skills = {
            key: {"name": name, "level": level} for key, (name, level) in wanted.skills.items()
        }
        assets = {
            key: {"name": name, "idle": idle, "note": note}
            for key, (name, idle, note) in wanted.assets.items()
        }
        counts = [
            _apply_slots(db, wanted, replace),
            _apply_named(db, "skill", {one.key: one.id for one in db.skills()}, skills, replace),
            _apply_named(db, "asset", {one.key: one.id for one in db.assets()}, assets, replace),
            _apply_profile(db, wanted.profile, replace),
        ]
    added, changed, removed = (sum(column) for column in zip(*counts, strict=True))
    return Applied(added, changed, removed)


def _apply_slots(db: store.Journal, wanted: Wanted, replace: bool) -> tuple[int, int, int]:
    present = {(slot.rule, slot.label): slot for slot in db.slots()}
    added = changed = removed = 0
    for key, row in wanted.slots.items():
        if key in present:
            changed += db.update("slot", present[key].id, slot_values(row))
        else:
            db.insert("slot", slot_values(row))
            added += 1
    if replace:
        for key, slot in present.items():
            if key not in wanted.slots:
                db.delete("slot", slot.id)
                removed += 1
    return added, changed, removed


def _apply_named(
    db: store.Journal,
    table: str,
    present: Mapping[str, int],
    wanted: Mapping[str, Mapping[str, Any]],
    replace: bool,
) -> tuple[int, int, int]:
    added = changed = removed = 0
    for key, values in wanted.items():
        if key in present:
            # The key says what it is; its name only in which language it was typed.
            rest = {name: value for name, value in values.items() if name != "name"}
            changed += db.update(table, present[key], rest)
        else:
            db.insert(table, {"key": key, **values})
            added += 1
    if replace:
        for key, identity in present.items():
            if key not in wanted:
                db.delete(table, identity)
                removed += 1
    return added, changed, removed


def _apply_profile(
    db: store.Journal, wanted: Mapping[str, str], replace: bool
) -> tuple[int, int, int]:
    present = db.profile()
    added = sum(key not in present for key in wanted)
    changed = sum(key in present and present[key] != value for key, value in wanted.items())
    gone = [key for key in present if key not in wanted] if replace else []
    for key, value in wanted.items():
        db.set_profile(key, value)
    for key in gone:
        db.set_profile(key, None)
    return added, changed, len(gone)


# Reading


def _read(path: Path) -> Wanted:
    from xianke import faultwords, yamltext

    try:
        raw = yamltext.text_of(path, MAX_BYTES)
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(
            _("文件读不出来：{path}").format(path=path), _("确认文件存在，并存成 UTF-8")
        ) from error
    if raw is None:
        raise Unreadable(_("文件太大：{path}").format(path=path), _("盘点文件不到 1 MB"))
    try:
        data = yamltext.plain(yamltext.composed(raw))
    except yamltext.Unfit as fault:
        if fault.kind == "anchor":
            raise NotUnderstood(_("文件里有 YAML 的锚或别名"), _("把内容直接写开")) from fault
        if fault.kind == "repeated":
            raise NotUnderstood(
                _("{path} 第 {line} 行的名称前面已经有了").format(path=path, line=fault.line),
                _("两项并成一项再试"),
            ) from fault
        raise NotUnderstood(
            _("{path} 第 {line} 行第 {column} 列不是正确的 YAML：{reason}").format(
                path=path,
                line=fault.line,
                column=fault.column or 1,
                reason=faultwords.of_yaml(fault.reason),
            ),
            _("照 xianke inventory export 的样子写"),
        ) from fault
    return checked(data if data not in (None, "") else {})


def checked(data: object) -> Wanted:
    """Return what the content of a file asks for; raise NotUnderstood for what is not valid."""
    sections = ("slots", "skills", "assets", "profile")
    if not isinstance(data, dict) or not set(data) <= set(sections):
        raise NotUnderstood(
            _("文件里只能有 slots、skills、assets、profile 四段"),
            _("照 xianke inventory export 的样子写"),
        )
    today = settings.now().date()
    found_slots: dict[tuple[str, str | None], Slot] = {}
    skills: dict[str, tuple[str, int]] = {}
    assets: dict[str, tuple[str, str | None, str | None]] = {}
    profile: dict[str, str] = {}
    for where, item in _items(data, "slots", ("when", "label", "place", "devices", "driving")):
        row = _slot(item, where)
        _refuse_twice((row.rule, row.label), found_slots, where)
        found_slots[row.rule, row.label] = row
    for where, item in _items(data, "skills", ("name", "level")):
        word = vocabulary.find_skill(_text(item, "name", where))
        level = inventory.check_level(item["level"]) if "level" in item else inventory.DEFAULT_LEVEL
        _refuse_twice(word.key, skills, where)
        skills[word.key] = (word.name, level)
    for where, item in _items(data, "assets", ("name", "idle", "note")):
        word = vocabulary.find_asset(_text(item, "name", where))
        if word.device is not None:
            profile[word.device] = "yes"
        else:
            _refuse_twice(word.key, assets, where)
            assets[word.key] = (word.name, plain(item.get("idle")), plain(item.get("note")))
    entries = data.get("profile") or {}
    if not isinstance(entries, dict) or not all(isinstance(one, str) for one in entries.values()):
        raise NotUnderstood(_("profile 这一段写成 名称: 值"), _("例如 city: 杭州"))
    for key, value in entries.items():
        checked, stored = inventory.check_profile(key, value, today.year)
        profile[checked] = stored
    return Wanted(found_slots, skills, assets, profile)


def _refuse_twice(key: object, found: Container[object], where: str) -> None:
    if key in found:
        raise NotUnderstood(
            _("{where} 和前面的一项是同一样").format(where=where), _("两项并成一项再试")
        )


def _items(
    data: Mapping[str, Any], section: str, allowed: tuple[str, ...]
) -> list[tuple[str, dict[str, Any]]]:
    items = data.get(section) or []
    if not isinstance(items, list):
        raise NotUnderstood(
            _("{section} 这一段写成列表").format(section=section),
            _("照 xianke inventory export 的样子写"),
        )
    found = []
    for number, item in enumerate(items, 1):
        where = _("{section} 第 {number} 项").format(section=section, number=number)
        entry = {"when" if section == "slots" else "name": item} if isinstance(item, str) else item
        if not isinstance(entry, dict) or not set(entry) <= set(allowed):
            raise NotUnderstood(
                _("看不懂 {where}").format(where=where),
                _("可以有：{names}").format(names=", ".join(allowed)),
            )
        for key, value in entry.items():
            texts = value if key == "devices" and isinstance(value, list) else [value]
            if not all(isinstance(text, str) for text in texts):
                raise NotUnderstood(
                    _("看不懂 {where} 的 {key}").format(where=where, key=key),
                    _("照 xianke inventory export 的样子写"),
                )
        found.append((where, entry))
    return found


def _slot(item: Mapping[str, Any], where: str) -> Slot:
    try:
        rule = slots.parse(_text(item, "when", where), today=settings.now().date())
    except NotUnderstood as error:
        raise NotUnderstood(
            _("{where}：{message}").format(where=where, message=error.message), error.hint
        ) from error
    label = plain(item.get("label"))
    driving = inventory.is_yes(item.get("driving", "no"))
    place = item.get("place")
    devices = item.get("devices", [])
    row = Slot(0, slots.format_rule(rule, "zh"), label, "home", None, driving)
    return replace(
        row,
        place=inventory.check_place(place)
        if place
        else inventory.guess_place(label, driving=driving),
        devices=inventory.check_devices([devices] if isinstance(devices, str) else devices),
    )


def _text(item: Mapping[str, Any], key: str, where: str) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        raise NotUnderstood(
            _("{where} 少了 {key}").format(where=where, key=key),
            _("照 xianke inventory export 的样子写"),
        )
    return value
