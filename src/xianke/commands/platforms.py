"""`xianke platforms`: what is known of where work is, and what the user found out about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianke import settings, store
from xianke.commands.shell import Command, JsonFlag, choose, new_app
from xianke.errors import Conflict, NotFound, Unreadable
from xianke.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.platforms import Catalogue, Platform

NOT_VALID = 2
"""The exit code of `validate` when the file has faults: it could not be understood."""

app = new_app()
group = new_app(
    invoke_without_command=True,
    help=_(
        "平台目录：每个平台知道什么、谁说的、什么时候说的；不知道的就写不知道。\n\n"
        "例：\n"
        "  xianke platforms --category 配送跑腿\n"
        "  xianke platforms --search 翻译\n"
        "  xianke platforms show 闲鱼\n"
        "  xianke platforms edit 闲鱼 upfront none\n"
        "  xianke platforms add 王阿姨 --client"
    ),
)
app.add_typer(group, name="platforms")

Which = Annotated[str, typer.Argument(metavar="ID", help=_("id、名字、别名或拼音"))]
NoteOption = Annotated[str | None, typer.Option("--note", metavar="T", help=_("备注"))]
CategoryOption = Annotated[
    str | None, typer.Option("--category", metavar="C", help=_("类别：id 或名字"))
]


@group.callback()
def show_all(
    context: typer.Context,
    category: CategoryOption = None,
    search: Annotated[
        str | None,
        typer.Option("--search", metavar="T", help=_("名字、别名、拼音或做什么里有这个词")),
    ] = None,
    json: JsonFlag = False,
) -> None:
    """List the catalogue."""
    if context.invoked_subcommand is not None:
        return
    from xianke import platforms
    from xianke.render import catalogue, envelope

    known, city = _known()
    found = platforms.select(
        known, None if category is None else platforms.find_category(known, category).id, search
    )
    today = settings.now().date()
    standings = {one.id: platforms.standing(one, today, city) for one in found}
    if json:
        envelope.emit(
            {
                "as_of": known.as_of,
                "platforms": [catalogue.document(one, standings[one.id]) for one in found],
            }
        )
    else:
        near = platforms.near(known, search) if search and not found else []
        catalogue.show_all(known, found, standings, near)


def _known() -> tuple[Catalogue, str | None]:
    """Return the catalogue with everything of the user's own, and the city they live in."""
    from xianke.commands import platformbook

    with store.read() as db:
        return platformbook.known(db), db.profile().get("city")


def _meant(known: Catalogue, text: str) -> Platform:
    """Return the platform a text means; several or near ones are asked about on a terminal."""
    from xianke import platforms
    from xianke.render.console import is_interactive

    try:
        return platforms.find(known, text)
    except (Conflict, NotFound) as error:
        options: Sequence[Platform] = platforms.candidates(known, text) or platforms.near(
            known, text
        )
        if not options or not is_interactive():
            raise
        picked = choose(error.message, [f"{one.name} ({one.id})" for one in options])
        if picked is None:
            raise
        return options[picked]


@group.command(
    "show",
    cls=Command,
    help=_(
        "一个平台的全部：知道什么、谁说的、截至哪天，什么不知道\n\n例：xianke platforms show 闲鱼"
    ),
)
def show(which: Which, json: JsonFlag = False) -> None:
    from xianke import platforms
    from xianke.render import catalogue, envelope, platform_page

    known, city = _known()
    platform = _meant(known, which)
    standing = platforms.standing(platform, settings.now().date(), city)
    if json:
        envelope.emit({"platforms": [catalogue.document(platform, standing)]})
    else:
        platform_page.show(known, platform, standing)


@group.command(
    "add",
    cls=Command,
    help=_(
        "添一个目录里没有的平台，或一位自己的客户\n\n"
        "例：\n"
        "  xianke platforms add 王阿姨 --client --category local_service\n"
        "  xianke platforms add 小区团购群 --note 楼下店主拉的群"
    ),
)
def add(
    name: Annotated[list[str], typer.Argument(metavar="NAME", help=_("叫什么"))],
    category: CategoryOption = None,
    client: Annotated[bool, typer.Option("--client", help=_("是一位客户，不是平台"))] = False,
    note: NoteOption = None,
    json: JsonFlag = False,
) -> None:
    from xianke import platforms
    from xianke.commands import platformbook
    from xianke.render import catalogue, envelope

    added = platformbook.add(" ".join(name), category=category, client=client, note=note)
    if json:
        standing = platforms.standing(added, settings.now().date())
        envelope.emit({"platforms": [catalogue.document(added, standing)]})
    else:
        catalogue.show_added(added)


@group.command(
    "edit",
    cls=Command,
    help=_(
        "记下你自己查到的一件事，今天的日期一起记\n\n"
        "可以记：status（现状）、settlement（结算）、upfront（先付）、escrow（担保）、"
        "public_ratings（评价）、id_verification（实名）。"
        "自己添的还能改 name（名字）、category（类别）、note（备注）。\n\n"
        "例：\n"
        "  xianke platforms edit 京东微工 status closed --note 打不开了\n"
        "  xianke platforms edit 跑腿帮 先付 不用\n"
        "  xianke platforms edit wangayi category local_service"
    ),
)
def edit(
    which: Which,
    field: Annotated[str, typer.Argument(metavar="FIELD", help=_("哪一项"))],
    value: Annotated[list[str], typer.Argument(metavar="VALUE", help=_("值：代码或中文"))],
    note: NoteOption = None,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import platformbook
    from xianke.render import catalogue, envelope

    known, _city = _known()
    edited = platformbook.edit(_meant(known, which).id, field, " ".join(value), note)
    if json:
        envelope.emit(catalogue.edited_document(edited))
    else:
        catalogue.show_edited(known, edited)


@group.command("rm", cls=Command, help=_("删一个自己添的平台或客户；xianke undo 可以撤回"))
def remove(which: Which, json: JsonFlag = False) -> None:
    from xianke import platforms
    from xianke.commands import platformbook
    from xianke.render import catalogue, envelope

    known, _city = _known()
    removed = platformbook.remove(_meant(known, which).id)
    if json:
        standing = platforms.standing(removed, settings.now().date())
        envelope.emit({"platforms": [catalogue.document(removed, standing)]})
    else:
        catalogue.show_removed(removed)


@group.command(
    "verify",
    cls=Command,
    help=_(
        "哪些事该重新核对：日子太久，没有日期，只有一个来源\n\n"
        "自己做过的平台排在前面。查到了就记：xianke platforms edit 平台 哪一项 值"
    ),
)
def verify(json: JsonFlag = False) -> None:
    from xianke import platforms, verification
    from xianke.commands import platformbook
    from xianke.render import envelope
    from xianke.render import verification as screen

    today = settings.now().date()
    with store.read() as db:
        known = platformbook.known(db)
        city = db.profile().get("city")
        own_gigs = {one.key: one.gigs for one in db.sums("platform") if one.key is not None}
    due = verification.due(known, own_gigs, today)
    if json:
        standings = {one.platform.id: platforms.standing(one.platform, today, city) for one in due}
        envelope.emit(screen.document(known, due, standings))
    else:
        screen.show(known, due)


@group.command(
    "validate",
    cls=Command,
    help=_(
        "检查一份目录文件：每处毛病在第几行、为什么\n\n"
        "什么都不改。\n"
        "例：xianke platforms validate data/platforms.yaml"
    ),
)
def validate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("目录文件，YAML"))],
    json: JsonFlag = False,
) -> None:
    from xianke import datafile, schema
    from xianke.render import verification

    _refuse_unreadable(file, datafile.MAX_FILE_BYTES)
    content, problems = datafile.check(file, schema.MODELS["platforms"])
    if json:
        verification.emit_checked(file, content, problems)
    else:
        verification.show_checked(file, content, problems)
    if problems:
        raise typer.Exit(NOT_VALID)


def _refuse_unreadable(file: Path, most_bytes: int) -> None:
    """Raise Unreadable for what is no readable text at all: there are no lines to name."""
    from xianke import yamltext

    try:
        text = yamltext.text_of(file, most_bytes)
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(
            _("文件读不出来：{path}").format(path=file), _("确认文件存在，并存成 UTF-8")
        ) from error
    if text is None:
        raise Unreadable(
            _("文件太大：{path}").format(path=file),
            _("目录文件不超过 {megabytes} MB").format(megabytes=most_bytes // 1_000_000),
        )
