"""`xianke platforms`: what is known of where work is, and what the user found out about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianke import settings, store
from xianke.commands.shell import Command, JsonFlag, agreed, choose, new_app
from xianke.errors import Conflict, NotFound, NotUnderstood, Unreadable
from xianke.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

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

    today = settings.now().date()
    known, city = _known(today)
    found = platforms.select(
        known, None if category is None else platforms.find_category(known, category).id, search
    )
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


def _known(judged_on: date | None = None) -> tuple[Catalogue, str | None]:
    """Return the catalogue with everything of the user's own, and the city they live in.

    With a day, own experience as it counts on that day is in it.
    """
    from xianke.commands import platformbook

    with store.read() as db:
        city = db.profile().get("city")
        if judged_on is None:
            return platformbook.known(db), city
        return platformbook.judged(db, judged_on), city


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
        "一个平台的全部：知道什么、谁说的、截至哪天，什么不知道；你自己的记录，钱不来找谁\n\n"
        "例：\n  xianke platforms show 闲鱼"
    ),
)
def show(which: Which, json: JsonFlag = False) -> None:
    from xianke import disputes, owed, platforms
    from xianke.commands import platformbook
    from xianke.render import envelope, platform_page

    today = settings.now().date()
    known, city = _known()
    meant = _meant(known, which).id
    with store.read() as db:
        platform = platformbook.judged(db, today, meant).platforms[meant]
        debt = owed.debt(db.claims(meant, only_open=True), db.spends(meant))
    standing = platforms.standing(platform, today, city)
    page = platform_page.Page(platform, standing, debt, disputes.ways(platform))
    if json:
        envelope.emit({"platforms": [platform_page.document(page)]})
    else:
        platform_page.show(known, page)


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
    from xianke.commands import notes, platformbook
    from xianke.render import catalogue, envelope

    added = platformbook.add(" ".join(name), category=category, client=client, note=note)
    read = notes.reading(" ".join(name), note)
    if json:
        standing = platforms.standing(added, settings.now().date())
        document = {"platforms": [catalogue.document(added, standing)]}
        envelope.emit({**document, **notes.document(read)})
    else:
        catalogue.show_added(added)
        notes.warn(read)


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
    from xianke.commands import notes, platformbook
    from xianke.render import catalogue, envelope

    known, _city = _known()
    edited = platformbook.edit(_meant(known, which).id, field, " ".join(value), note)
    read = notes.reading(note, edited.after if edited.field in ("name", "note") else None)
    if json:
        envelope.emit({**catalogue.edited_document(edited), **notes.document(read)})
    else:
        catalogue.show_edited(known, edited)
        notes.warn(read)


@group.command(
    "rm",
    cls=Command,
    help=_("删一个自己添的平台或客户；xianke undo 可以撤回\n\n例：\n  xianke platforms rm 王阿姨"),
)
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
        "自己做过的平台排在前面。查到了就记：xianke platforms edit 平台 哪一项 值\n\n"
        "例：\n"
        "  xianke platforms verify\n"
        "  xianke platforms verify --category 配送跑腿 --older-than 180"
    ),
)
def verify(
    category: CategoryOption = None,
    older_than: Annotated[
        str | None,
        typer.Option("--older-than", metavar="N", help=_("只看 N 天以前的和没有日期的，各项一样")),
    ] = None,
    json: JsonFlag = False,
) -> None:
    from xianke import platforms, verification
    from xianke.commands import platformbook
    from xianke.render import envelope
    from xianke.render import verification as screen

    today = settings.now().date()
    most_days = None if older_than is None else _days(older_than)
    with store.read() as db:
        known = platformbook.judged(db, today)
        city = db.profile().get("city")
        own_gigs = {one.key: one.gigs for one in db.sums("platform") if one.key is not None}
    due = verification.due(known, own_gigs, today, most_days)
    if category is not None:
        wanted = platforms.find_category(known, category).id
        due = [one for one in due if one.platform.category == wanted]
    if json:
        standings = {one.platform.id: platforms.standing(one.platform, today, city) for one in due}
        envelope.emit(screen.document(known, due, standings))
    else:
        screen.show(known, due, most_days)


def _days(text: str) -> int:
    plain = text.strip().removesuffix("天").strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 6):
        raise NotUnderstood(
            _("看不懂天数「{text}」").format(text=text), _("写成整数，例如 --older-than 180")
        )
    return int(plain)


@group.command(
    "validate",
    cls=Command,
    help=_(
        "检查一份目录文件：每处毛病在第几行、为什么\n\n"
        "什么都不改。\n\n"
        "例：\n"
        "  xianke platforms validate data/platforms.yaml"
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


@group.command(
    "update",
    cls=Command,
    help=_(
        "用更新的目录换掉现在的：先检查、给你看变了什么，再问\n\n"
        "--from 也可以是 https 网址：只在这时才上网，只取那一个文件，不带任何你的信息。"
        "xianke undo 管不到它，退回去用 --rollback。\n\n"
        "例：\n"
        "  xianke platforms update --from 下载的目录.yaml\n"
        "  xianke platforms update --from 下载的目录.yaml --yes\n"
        "  xianke platforms update --rollback"
    ),
)
def update(
    origin: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE|URL", help=_("目录文件，或它的 https 网址")),
    ] = None,
    sha256: Annotated[
        str | None, typer.Option("--sha256", metavar="H", help=_("文件的 sha256 应该是这个"))
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("不再问，直接换掉"))] = False,
    rollback: Annotated[
        bool, typer.Option("--rollback", help=_("退回上一份；再退就是随程序来的那份"))
    ] = False,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import updating
    from xianke.render import updates as screen
    from xianke.render.console import is_interactive, say

    if rollback:
        if origin is not None or sha256 is not None:
            raise NotUnderstood(
                _("--rollback 不能和 --from、--sha256 一起写"),
                _("退回去：xianke platforms update --rollback"),
            )
        done = updating.step_back()
        (screen.emit_step_back if json else screen.show_step_back)(done)
        return
    if not origin:
        raise NotUnderstood(
            _("没写从哪里更新"), _("例如 xianke platforms update --from 下载的目录.yaml")
        )
    found = updating.examine(origin, sha256)
    new = found.changes is not None
    may_ask = new and not yes and not json and is_interactive()
    if may_ask:
        screen.show(found)
        say()
    put = new and (yes or (may_ask and agreed(_("换成这份吗？[y/N] "))))
    if put:
        updating.put(found)
    if json:
        screen.emit(found, applied=put)
        return
    if not may_ask:
        # Only now: a reader that stops reading must not stop the update.
        screen.show(found)
    if put:
        screen.show_put(found)
    elif new:
        screen.show_not_put(found)


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
