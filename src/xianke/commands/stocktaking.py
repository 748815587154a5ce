"""The writing half of `inventory`: from the user's words to rows, one transaction each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xianke import driving as wheels
from xianke import inventory, settings, slots, store
from xianke.errors import Conflict, NotFound, NotUnderstood
from xianke.i18n import _, language
from xianke.inventory import FreeSlot
from xianke.records import Asset, Skill, Slot
from xianke.render.stock import item_id
from xianke.slots import SlotRule

Item = Slot | Skill | Asset


@dataclass(frozen=True, slots=True)
class AddedSlot:
    """A new slot, the others it overlaps, and whether its place was guessed from the label.

    `late` is the same slot after noon, where the words did not say that they meant the night.
    """

    free: FreeSlot
    profile: Mapping[str, str]
    overlapping: tuple[FreeSlot, ...]
    place_guessed: bool
    late: SlotRule | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What `edit` was asked to change; None leaves a thing as it is."""

    text: str | None = None
    label: str | None = None
    place: str | None = None
    devices: Sequence[str] | None = None
    level: str | None = None
    idle: str | None = None
    note: str | None = None
    driving: bool | None = None

    def named(self) -> set[str]:
        """Return the names of what shall change."""
        names = ("text", "label", "place", "devices", "level", "idle", "note")
        found = {name for name in names if getattr(self, name)}
        return found if self.driving is None else found | {"driving"}


def add_slot(
    text: str, *, label: str | None, place: str | None, devices: Sequence[str], driving: bool
) -> AddedSlot:
    """Store a slot; raise NotUnderstood for words not wholly understood, Conflict for a copy."""
    now = settings.now()
    rule, drives = _read(text)
    driving = driving or drives or wheels.said(label)
    canonical = slots.format_rule(rule, "zh")
    row = Slot(
        0,
        canonical,
        plain(label),
        inventory.check_place(place) if place else inventory.guess_place(label, driving=driving),
        inventory.check_devices(devices),
        driving,
    )
    subject = row.label or slots.format_rule(rule, language())
    with store.write("slot.add", subject, now) as db:
        others = [_free(one) for one in db.slots()]
        _refuse_copy(row, [free.slot for free in others])
        slot = _inserted(db, row)
        profile = db.profile()
    free = FreeSlot(slot, rule)
    overlapping = tuple(other for other in others if slots.overlaps(other.rule, rule))
    return AddedSlot(free, profile, overlapping, place is None, _late(text, rule))


def _read(text: str) -> tuple[SlotRule, bool]:
    """Return the rule of a slot, and whether its words say that somebody drives or rides."""
    time, drives = wheels.taken_out(text)
    return slots.parse(time if drives else text, today=settings.now().date()), drives


_SMALL_HOURS = range(1, 6)


def _late(text: str, rule: SlotRule) -> SlotRule | None:
    """Return the slot after noon that a bare 1点 may have meant; None where it cannot."""
    try:
        time, _drives = wheels.taken_out(text)
        late = slots.parse(time, today=settings.now().date(), pm_hours=_SMALL_HOURS)
    except NotUnderstood:
        return None
    return None if late == rule else late


def plain(text: str | None) -> str | None:
    """Return a label or note with single blanks, None where nothing is left of it."""
    return " ".join(text.split()) or None if text is not None else None


def _free(slot: Slot) -> FreeSlot:
    return FreeSlot(slot, slots.parse(slot.rule, today=settings.now().date()))


def _refuse_copy(row: Slot, others: Sequence[Slot]) -> None:
    for other in others:
        if (other.rule, other.label) == (row.rule, row.label) and other.id != row.id:
            raise Conflict(
                _("这个时段已经记过了（{id}）").format(id=item_id(other)),
                _("要改：xianke inventory edit {id}").format(id=item_id(other)),
            )


def slot_values(row: Slot) -> dict[str, Any]:
    """Return the columns of a slot without its id."""
    return {
        "rule": row.rule,
        "label": row.label,
        "place": row.place,
        "devices": row.devices,
        "driving": int(row.driving),
    }


def _inserted(db: store.Journal, row: Slot) -> Slot:
    identity = db.insert("slot", slot_values(row))
    return next(one for one in db.slots() if one.id == identity)


def find(db: store.Queries, identity: str) -> tuple[str, Item]:
    """Return the table and row of an id such as `s1`; raise NotFound otherwise."""
    letter, number = identity[:1].lower(), identity[1:]
    tables: dict[str, tuple[str, Sequence[Item]]] = {
        "s": ("slot", db.slots()),
        "k": ("skill", db.skills()),
        "a": ("asset", db.assets()),
    }
    table, rows = tables.get(letter, ("", ()))
    for row in rows:
        if number == str(row.id):
            return table, row
    raise NotFound(
        _("盘点里没有编号「{id}」").format(id=identity),
        _("用 xianke inventory 看编号：s 是时段，k 是技能，a 是闲置"),
    )


_EDITABLE = {
    "slot": {"text", "label", "place", "devices", "driving"},
    "skill": {"level"},
    "asset": {"idle", "note"},
}


def edit(identity: str, changes: Changes) -> tuple[Item, Mapping[str, str]]:
    """Change one item and return it as it is now, with the profile."""
    now = settings.now()
    with store.write("inventory.edit", identity, now) as db:
        table, row = find(db, identity)
        wanted = changes.named()
        if not wanted or not wanted <= _EDITABLE[table]:
            options = {
                "slot": _("TEXT、--label、--place、--device、--driving"),
                "skill": "--level",
                "asset": _("--idle、--note"),
            }
            raise NotUnderstood(
                _("没写要改什么") if not wanted else _("这一项不能这样改"),
                _("{id} 可以改的有：{options}").format(id=identity, options=options[table]),
            )
        values: dict[str, Any] = {}
        drives = changes.driving
        if changes.text:
            rule, said = _read(changes.text)
            values["rule"] = slots.format_rule(rule, "zh")
            drives = drives if drives is not None or not said else True
        if drives is not None:
            values["driving"] = int(drives)
        if changes.label:
            values["label"] = plain(changes.label)
        if changes.place:
            values["place"] = inventory.check_place(changes.place)
        elif drives:
            values["place"] = inventory.guess_place(None, driving=True)
        if changes.devices:
            values["devices"] = inventory.check_devices(changes.devices)
        if changes.level:
            values["level"] = inventory.check_level(changes.level)
        if changes.idle:
            values["idle"] = plain(changes.idle)
        if changes.note:
            values["note"] = plain(changes.note)
        db.update(table, row.id, values)
        _table, after = find(db, identity)
        if isinstance(after, Slot):
            _refuse_copy(after, db.slots())
        return after, db.profile()


def remove(identity: str) -> tuple[Item, Mapping[str, str]]:
    """Remove one item and return what it was, with the profile."""
    with store.write("inventory.rm", identity, settings.now()) as db:
        table, row = find(db, identity)
        db.subject = name_of(row)
        db.delete(table, row.id)
        return row, db.profile()


def name_of(item: Item) -> str:
    """Return what a person calls an item."""
    if isinstance(item, Slot):
        return item.label or slots.format_rule(_free(item).rule, language())
    return item.name
