"""`xianke inventory`: take stock of slots, skills, assets and what concerns the person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xianke import settings, store
from xianke.commands import calendars, questioning
from xianke.commands.shell import Command, Group, JsonFlag, choose, new_app
from xianke.i18n import _

app = new_app()
group = new_app(
    invoke_without_command=True,
    help=_(
        "盘点你有的：空闲时段、技能、闲置、关于你的几件事。\n\n"
        "例：\n"
        "  xianke inventory add slot 工作日 12:00-13:00 --label 午休\n"
        "  xianke inventory add skill PPT --level 4\n"
        "  xianke inventory add asset 相机\n"
        "  xianke inventory set city 杭州"
    ),
)
app.add_typer(group, name="inventory")
adding = new_app(
    no_args_is_help=False,
    help=_(
        "添一个时段、一项技能或一件闲置\n\n"
        "例：\n"
        "  xianke inventory add slot 工作日 12:00-13:00 --label 午休\n"
        "  xianke inventory add skill PPT\n"
        "  xianke inventory add asset 相机"
    ),
)
group.add_typer(adding, name="add", cls=Group)
# Without a name of its own: its commands stand among those of the group.
group.add_typer(calendars.app)
group.add_typer(questioning.app)

Words = Annotated[list[str], typer.Argument(metavar="TEXT", help=_("用自己的话写"))]
Item = Annotated[
    str, typer.Argument(metavar="ID", help=_("编号，如 s1（时段）k2（技能）a3（闲置）"))
]
Level = Annotated[
    str | None, typer.Option("--level", metavar="1-5", help=_("熟练度：1 刚会，3 够用，5 专业"))
]
Label = Annotated[str | None, typer.Option("--label", metavar="L", help=_("名字，如 通勤、午休"))]
PlaceOption = Annotated[
    str | None,
    typer.Option(
        "--place", metavar="P", help=_("home、office、transit、neighbourhood 或 anywhere")
    ),
]
DeviceOption = Annotated[
    list[str] | None,
    typer.Option("--device", metavar="D", help=_("手边的设备：phone、pc，可写几次")),
]
IdleOption = Annotated[str | None, typer.Option("--idle", metavar="TEXT", help=_("什么时候闲着"))]
NoteOption = Annotated[str | None, typer.Option("--note", metavar="T", help=_("备注"))]


@group.callback()
def show(context: typer.Context, json: JsonFlag = False) -> None:
    """Show the whole inventory."""
    if context.invoked_subcommand is not None:
        return
    from xianke.render import envelope, stock

    with store.read() as db:
        found = _stock(db)
    if json:
        envelope.emit(stock.document(found))
    else:
        stock.show(found)


def _stock(db: store.Queries):  # type: ignore[no-untyped-def]
    from xianke import inventory

    return inventory.stock(
        db.slots(), db.skills(), db.assets(), db.profile(), settings.now().date()
    )


@adding.command(
    "slot",
    cls=Command,
    help=_(
        "添一个空闲时段；听懂了什么会念给你听，没听懂就不记。\n\n"
        "例：\n"
        "  xianke inventory add slot 工作日 12:00-13:00 --label 午休\n"
        "  xianke inventory add slot 周一三五晚上\n"
        "  xianke inventory add slot 每月第二个周六 9点到12点 --place anywhere"
    ),
)
def add_slot(
    text: Words,
    label: Label = None,
    place: PlaceOption = None,
    device: DeviceOption = None,
    driving: Annotated[bool, typer.Option("--driving", help=_("开车、骑车的路上"))] = False,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import stocktaking
    from xianke.render import envelope, stock

    done = stocktaking.add_slot(
        " ".join(text), label=label, place=place, devices=device or [], driving=driving
    )
    if json:
        envelope.emit(stock.slot_document(done.free, done.profile))
    else:
        stock.show_added_slot(done)


@adding.command(
    "skill",
    cls=Command,
    help=_(
        "添一项技能；词表里没有的照样记下，算你自己的。\n\n"
        "例：\n"
        "  xianke inventory add skill PPT\n"
        "  xianke inventory add skill 文案 --level 4"
    ),
)
def add_skill(text: Words, level: Level = None, json: JsonFlag = False) -> None:
    from xianke import inventory, vocabulary
    from xianke.render import envelope, stock

    typed = " ".join(text)
    word = _settled(vocabulary.find_skill(typed), vocabulary.near_skills, typed)
    rank = inventory.DEFAULT_LEVEL if level is None else inventory.check_level(level)
    with store.write("skill.add", word.name, settings.now()) as db:
        existing = next((one for one in db.skills() if one.key == word.key), None)
        if existing is not None:
            _already(word.name, f"k{existing.id}")
        row = db.insert("skill", {"key": word.key, "name": word.name, "level": rank})
        skill = next(one for one in db.skills() if one.id == row)
    if json:
        envelope.emit(stock.skill_document(skill))
    else:
        stock.show_added_skill(skill, known=word.known)


@adding.command(
    "asset",
    cls=Command,
    help=_(
        "添一件闲置；手机和电脑记作设备。\n\n"
        "例：\n"
        "  xianke inventory add asset 相机\n"
        "  xianke inventory add asset 电脑"
    ),
)
def add_asset(
    text: Words, idle: IdleOption = None, note: NoteOption = None, json: JsonFlag = False
) -> None:
    from xianke import vocabulary
    from xianke.commands import notes, stocktaking
    from xianke.render import envelope, stock

    typed = " ".join(text)
    word = _settled(vocabulary.find_asset(typed), vocabulary.near_assets, typed)
    if word.device is not None:
        with store.write("profile.set", word.name, settings.now()) as db:
            db.set_profile(word.device, "yes")
        if json:
            envelope.emit(
                {"id": None, "key": word.device, "name": word.name, "idle": None, "note": None}
            )
        else:
            stock.show_device(word.name)
        return
    with store.write("asset.add", word.name, settings.now()) as db:
        existing = next((one for one in db.assets() if one.key == word.key), None)
        if existing is not None:
            _already(word.name, f"a{existing.id}")
        values = {"idle": stocktaking.plain(idle), "note": stocktaking.plain(note)}
        row = db.insert("asset", {"key": word.key, "name": word.name, **values})
        asset = next(one for one in db.assets() if one.id == row)
    read = notes.reading(note)
    if json:
        envelope.emit({**stock.asset_document(asset), **notes.document(read)})
    else:
        stock.show_added_asset(asset, known=word.known)
        notes.warn(read)


def _settled(word, near_of, typed: str):  # type: ignore[no-untyped-def]
    """Return the word meant: ask about near misses where somebody can answer."""
    from xianke.render.console import is_interactive

    if word.known or not is_interactive():
        return word
    near = near_of(typed)
    if not near:
        return word
    picked = choose(
        _("词表里没有「{text}」，是不是：").format(text=typed),
        [*(one.name for one in near), _("都不是，按「{text}」记").format(text=typed)],
    )
    if picked is None:
        raise typer.Abort
    return word if picked == len(near) else near[picked]


def _already(name: str, identity: str) -> None:
    from xianke.errors import Conflict

    raise Conflict(
        _("「{name}」已经记过了（{id}）").format(name=name, id=identity),
        _("要改：xianke inventory edit {id}").format(id=identity),
    )


def _either(*, driving: bool, no_driving: bool) -> bool | None:
    """Return what was said of driving, None for nothing; raise NotUnderstood for both at once."""
    from xianke.errors import NotUnderstood

    if driving and no_driving:
        raise NotUnderstood(
            _("--driving 和 --no-driving 只能写一个"),
            _("例如 xianke inventory edit s1 --no-driving"),
        )
    return driving if driving or no_driving else None


@group.command(
    "edit",
    cls=Command,
    help=_(
        "改一个时段、一项技能或一件闲置\n\n"
        "例：\n"
        "  xianke inventory edit s1 --label 午休\n"
        "  xianke inventory edit s1 --no-driving\n"
        "  xianke inventory edit k1 --level 4"
    ),
)
def edit(
    identity: Item,
    text: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]", help=_("时段的新写法"))
    ] = None,
    label: Label = None,
    place: PlaceOption = None,
    device: DeviceOption = None,
    level: Level = None,
    idle: IdleOption = None,
    note: NoteOption = None,
    driving: Annotated[bool, typer.Option("--driving", help=_("开车、骑车的路上"))] = False,
    no_driving: Annotated[
        bool, typer.Option("--no-driving", help=_("不是开车、骑车的路上"))
    ] = False,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import notes, stocktaking
    from xianke.render import envelope, stock

    changes = stocktaking.Changes(
        text=" ".join(text) if text else None,
        label=label,
        place=place,
        devices=device,
        level=level,
        idle=idle,
        note=note,
        driving=_either(driving=driving, no_driving=no_driving),
    )
    item, profile = stocktaking.edit(identity, changes)
    read = notes.reading(note)
    if json:
        envelope.emit({**stock.item_document(item, profile), **notes.document(read)})
    else:
        stock.show_edited(item)
        notes.warn(read)


@group.command(
    "rm",
    cls=Command,
    help=_(
        "删一个时段、一项技能或一件闲置；xianke undo 可以撤回\n\n例：\n  xianke inventory rm s1"
    ),
)
def remove(identity: Item, json: JsonFlag = False) -> None:
    from xianke.commands import stocktaking
    from xianke.render import envelope, stock

    item, profile = stocktaking.remove(identity)
    if json:
        envelope.emit(stock.item_document(item, profile))
    else:
        stock.show_removed(item)


@group.command(
    "set",
    cls=Command,
    help=_(
        "记一件关于你的事，都可以不填，写代码或名字：city（城市）、birth_year（出生年份）、birthday（生日）、"
        "student（学生）、education（学历）、licence（驾照）、health_certificate（健康证）、"
        "real_name（愿意实名认证）、employer_forbids_side_jobs（单位不许兼职）、"
        "travel_minutes（到做活的地方单程几分钟）、"
        "priority（最看重什么：income、steady、cash、growth 或 safe）、"
        "phone、pc，和耳机、厨具一类用得上的东西。"
        "还有什么没答：xianke inventory questions\n\n"
        "不写值，就是忘掉这一项。\n\n"
        "例：\n"
        "  xianke inventory set licence yes\n"
        "  xianke inventory set 城市 浙江杭州\n"
        "  xianke inventory set priority safe"
    ),
)
def set_profile(
    key: Annotated[str, typer.Argument(metavar="KEY", help=_("哪一项"))],
    value: Annotated[
        list[str] | None, typer.Argument(metavar="[VALUE]", help=_("值；是否题写 yes 或 no"))
    ] = None,
    json: JsonFlag = False,
) -> None:
    from xianke import profiles
    from xianke.render import envelope, stock

    now = settings.now()
    if value is None:
        key, stored = profiles.find(key), None
    else:
        key, stored = profiles.check(key, " ".join(value), now.year)
    with store.write("profile.set", key, now) as db:
        db.set_profile(key, stored)
    if json:
        read = None if stored is None else profiles.value(key, stored)
        document: dict[str, object] = {"key": key, "value": read}
        if key == "city":
            document["place"] = None if stored is None else stock.place_document(stored)
        envelope.emit(document)
    else:
        stock.show_profile_entry(key, stored)


@group.command(
    "apply",
    cls=Command,
    help=_(
        "按一个 YAML 文件盘点：有的更新，没有的添上；写了 --replace，文件里没有的就删掉。"
        "再做一遍什么也不变。\n\n"
        "例：\n"
        "  xianke inventory apply 盘点.yaml\n"
        "  xianke inventory apply 盘点.yaml --replace"
    ),
)
def apply(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=_("inventory export 写出的那种文件"))
    ],
    replace: Annotated[bool, typer.Option("--replace", help=_("文件里没有的都删掉"))] = False,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import stockfile
    from xianke.render import envelope, stock

    done = stockfile.apply(file, replace=replace)
    if json:
        envelope.emit({"added": done.added, "changed": done.changed, "removed": done.removed})
    else:
        stock.show_applied(done.added, done.changed, done.removed)


@group.command(
    "export",
    cls=Command,
    help=_(
        "把盘点写成 YAML，改好后可以用 apply 读回来\n\n"
        "例：\n"
        "  xianke inventory export\n"
        "  xianke inventory export -o 盘点.yaml"
    ),
)
def export(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=_("写进文件；不写就打印"))
    ] = None,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import stockfile
    from xianke.render import envelope
    from xianke.render.console import say, tell
    from xianke.render.tables import next_step
    from xianke.render.text import command_line

    with store.read() as db:
        content = stockfile.content(_stock(db))
    if output is not None:
        stockfile.write(output, stockfile.text(content))
        tell(_("写好了：{path}").format(path=output))
    if json:
        envelope.emit(content)
    elif output is not None:
        back = command_line(("inventory", "apply", str(output)))
        next_step(_("改好了读回来：{command}").format(command=back))
    else:
        for line in stockfile.text(content).rstrip().split("\n"):
            say(line)
