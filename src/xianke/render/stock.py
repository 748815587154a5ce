"""How the inventory looks, to people and to programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from xianke import inventory, priorities, profiles, regions, settings, slots, vocabulary
from xianke.i18n import _, language
from xianke.records import Asset, Skill, Slot
from xianke.render.tables import first_step, gap, heading, next_step, note, sentence, table
from xianke.render.text import command_line

if TYPE_CHECKING:
    from xianke.commands.stocktaking import AddedSlot
    from xianke.inventory import FreeSlot, Stock

Document = dict[str, Any]


def document(stock: Stock) -> Document:
    """Return the whole inventory as the contract's data."""
    return {
        "slots": [slot_document(free, stock.profile) for free in stock.slots],
        "skills": [skill_document(skill) for skill in stock.skills],
        "assets": [asset_document(asset) for asset in stock.assets],
        "profile": {key: profiles.value(key, value) for key, value in stock.profile.items()},
        "free_minutes_per_week": stock.free_minutes_per_week,
    }


def slot_document(free: FreeSlot, profile: Mapping[str, str]) -> Document:
    """Return one slot with the devices that are surely at hand."""
    return {
        "id": f"s{free.slot.id}",
        "label": free.slot.label,
        "text": slots.format_rule(free.rule, language()),
        "place": free.slot.place,
        "devices": sorted(inventory.devices_at_hand(free.slot, profile).sure),
        "driving": free.slot.driving,
        "minutes_per_week": free.minutes_per_week,
    }


def skill_document(skill: Skill) -> Document:
    """Return one skill."""
    return {
        "id": f"k{skill.id}",
        "key": skill.key,
        "name": vocabulary.display_name("skill", skill.key, skill.name),
        "level": skill.level,
    }


def asset_document(asset: Asset) -> Document:
    """Return one asset."""
    return {
        "id": f"a{asset.id}",
        "key": asset.key,
        "name": vocabulary.display_name("asset", asset.key, asset.name),
        "idle": asset.idle,
        "note": asset.note,
    }


def item_document(item: Slot | Skill | Asset, profile: Mapping[str, str]) -> Document:
    """Return a slot, skill or asset."""
    if isinstance(item, Slot):
        return slot_document(_free(item), profile)
    return skill_document(item) if isinstance(item, Skill) else asset_document(item)


def item_id(item: Slot | Skill | Asset) -> str:
    """Return the permanent id that people type: `s1`, `k2`, `a3`."""
    letter = "s" if isinstance(item, Slot) else "k" if isinstance(item, Skill) else "a"
    return f"{letter}{item.id}"


def _free(slot: Slot) -> FreeSlot:
    return inventory.FreeSlot(slot, slots.parse(slot.rule, today=settings.now().date()))


# Screens


def show(stock: Stock) -> None:
    """Print the inventory, or how to begin one."""
    if stock.empty:
        sentence(_("还没有盘点。先写下三样：什么时候有空、会什么、闲着什么。"))
        first_step(
            _("自己来：xianke inventory add slot 工作日 12:00-13:00 --label 午休"),
            untouched=True,
        )
        return
    if stock.slots:
        heading(_("空闲时段"))
        table(
            [
                ("", "left"),
                (_("什么时候"), "left"),
                (_("名字"), "left"),
                (_("地点"), "left"),
                (_("每周"), "right"),
            ],
            [
                [
                    f"s{free.slot.id}",
                    slots.format_rule(free.rule, language()),
                    free.slot.label or "",
                    place_text(free.slot),
                    week_text(free.minutes_per_week),
                ]
                for free in stock.slots
            ],
            flexible=[1, 2],
        )  # fmt: skip
        note(
            _("每周合计 {hours}（重叠的只算一次）").format(
                hours=week_text(stock.free_minutes_per_week)
            )
        )
    if stock.skills:
        heading(_("技能"))
        table(
            [("", "left"), (_("技能"), "left"), (_("熟练度"), "left")],
            [
                [
                    f"k{skill.id}",
                    vocabulary.display_name("skill", skill.key, skill.name),
                    "●" * skill.level + "·" * (5 - skill.level),
                ]
                for skill in stock.skills
            ],
            flexible=[1],
        )
    if stock.assets:
        heading(_("闲置"))
        table(
            [("", "left"), (_("东西"), "left"), (_("什么时候闲着"), "left"), (_("备注"), "left")],
            [
                [
                    f"a{asset.id}",
                    vocabulary.display_name("asset", asset.key, asset.name),
                    asset.idle or "",
                    asset.note or "",
                ]
                for asset in stock.assets
            ],
            flexible=[1, 2, 3],
        )
    if stock.profile:
        heading(_("关于你"))
        for key, value in stock.profile.items():
            note(
                _("{name}：{value}").format(
                    name=profiles.names()[key], value=profile_text(key, value)
                )
            )
    gap()
    next_step(
        "xianke suggest"
        if stock.slots
        else _("xianke inventory add slot 工作日 12:00-13:00 --label 午休")
    )


def show_added_slot(done: AddedSlot) -> None:
    """Print what was understood of a new slot."""
    free = done.free
    sentence(
        _("记下了 {id}：{text}").format(
            id=f"s{free.slot.id}", text=slots.format_rule(free.rule, language())
        )
    )
    note(
        _("地点：{place}，每周 {hours}").format(
            place=place_text(free.slot), hours=week_text(free.minutes_per_week)
        )
    )
    if done.place_guessed and not free.slot.driving:
        note(
            _(
                "地点没写，按「{place}」记；不对就改：xianke inventory edit {id} --place {other}"
            ).format(
                place=place_text(free.slot),
                id=f"s{free.slot.id}",
                other="home" if free.slot.place == "office" else "office",
            )
        )
    if done.late is not None:
        note(_("记成凌晨了；要下午就写「下午1点」这样"))
    if free.rule.anchor is not None:
        note(_("隔周从 {day} 那一周算起").format(day=free.rule.anchor))
    for other in done.overlapping:
        note(
            _("和 {id}（{text}）有重叠，合计时只算一次").format(
                id=f"s{other.slot.id}", text=slots.format_rule(other.rule, language())
            )
        )
    if done.late is not None:
        late = slots.format_rule(done.late, language()).split()
        edit = command_line(("inventory", "edit", f"s{free.slot.id}", *late))
        next_step(_("改成下午：{command}").format(command=edit))
    next_step("xianke suggest")


def show_added_skill(skill: Skill, *, known: bool) -> None:
    """Print a new skill, and say so when nothing in the catalogue asks for it."""
    name = vocabulary.display_name("skill", skill.key, skill.name)
    sentence(
        _("记下了 k{id}：{name}，熟练度 {level}").format(id=skill.id, name=name, level=skill.level)
    )
    if not known:
        _own_word(skill.name, [word.name for word in vocabulary.near_skills(skill.name)])
    next_step("xianke suggest")


def show_added_asset(asset: Asset, *, known: bool) -> None:
    """Print a new asset, and say so when nothing in the catalogue asks for it."""
    name = vocabulary.display_name("asset", asset.key, asset.name)
    sentence(_("记下了 a{id}：{name}").format(id=asset.id, name=name))
    if not known:
        _own_word(asset.name, [word.name for word in vocabulary.near_assets(asset.name)])
    next_step("xianke suggest")


def _own_word(name: str, near: list[str]) -> None:
    note(_("词表里没有「{name}」，算你自己的；眼下还配不上目录里的活").format(name=name))
    if near:
        note(_("是不是：{names}？").format(names=_("、").join(near)))


def show_device(name: str) -> None:
    """Print that a device is known now."""
    sentence(_("知道你有{name}了；它算设备，不算闲置").format(name=name))
    next_step("xianke suggest")


def show_edited(item: Slot | Skill | Asset) -> None:
    """Print an item as it is now."""
    sentence(_("改好了 {id}：{text}").format(id=item_id(item), text=_item_text(item)))
    next_step(_("看一遍：xianke inventory（改错了：xianke undo）"))


def show_removed(item: Slot | Skill | Asset) -> None:
    """Print what was removed."""
    sentence(_("删掉了 {id}：{text}").format(id=item_id(item), text=_item_text(item)))
    next_step(_("删错了就 xianke undo"))


def _item_text(item: Slot | Skill | Asset) -> str:
    if isinstance(item, Slot):
        text = slots.format_rule(_free(item).rule, language())
        parts = [item.label, text, place_text(item)]
        return _("，").join(part for part in parts if part)
    if isinstance(item, Skill):
        name = vocabulary.display_name("skill", item.key, item.name)
        return _("{name}，熟练度 {level}").format(name=name, level=item.level)
    name = vocabulary.display_name("asset", item.key, item.name)
    return _("，").join(part for part in (name, item.idle, item.note) if part)


def show_profile_entry(key: str, value: str | None) -> None:
    """Print an answer about the person, or that it was forgotten."""
    if value is None:
        sentence(_("忘掉了：{name}").format(name=profiles.names()[key]))
    else:
        text = regions.shown(value) if key == "city" else profile_text(key, value)
        sentence(_("记下了 {name}：{value}").format(name=profiles.names()[key], value=text))
        if key == "city" and regions.place_of(value) is None:
            near = regions.near(value)
            hint = _("连省名一起写就认得出：xianke inventory set city 浙江杭州")
            if near is not None:
                hint = _("是不是：xianke inventory set city {city}").format(city=near)
            next_step(hint)
            return
    next_step(_("看一遍：xianke inventory（改错了：xianke undo）"))


def place_document(value: str) -> Document | None:
    """Return the place that a city means, None where it is not known."""
    place = regions.place_of(value)
    if place is None:
        return None
    return {
        "name": regions.name(place),
        "province": place.province,
        "city": place.city,
        "county": place.county,
    }


def show_applied(added: int, changed: int, removed: int) -> None:
    """Print what an `apply` did."""
    if not added and not changed and not removed:
        sentence(_("和文件里一样，什么也没变"))
    else:
        sentence(
            _("添了 {added} 项，改了 {changed} 项，删了 {removed} 项").format(
                added=added, changed=changed, removed=removed
            )
        )
    next_step("xianke inventory")


def weekday_name(number: int) -> str:
    """Return the short name of an ISO weekday."""
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[number - 1]


def place_text(slot: Slot) -> str:
    """Return where a slot is, in words."""
    return _("开车骑车路上") if slot.driving else inventory.place_names()[slot.place]


def week_text(minutes: int) -> str:
    """Return a nominal weekly span in words; a dated slot has none."""
    if minutes == 0:
        return _("一次性")
    if minutes < 60:
        return _("{minutes} 分钟").format(minutes=minutes)
    return _("{hours:.1f} 小时").format(hours=minutes / 60)


def profile_text(key: str, value: str) -> str:
    """Return an answer in words."""
    if key in profiles.FLAGS:
        if key in ("student", "real_name", "employer_forbids_side_jobs"):
            return _("是") if value == "yes" else _("不是")
        return _("有") if value == "yes" else _("没有")
    if key == "education":
        return profiles.education_names().get(value, value)
    if key == "priority":
        return priorities.names()[priorities.find(value)]
    if key == "travel_minutes":
        return _("{minutes} 分钟").format(minutes=value)
    if key == "city" and regions.place_of(value) is None:
        return regions.shown(value)
    return value
