"""`backup` and `restore`: a copy of everything, and the way back to it."""

from __future__ import annotations

from typing import Annotated

import typer

from xianke import settings
from xianke.commands.shell import Command, JsonFlag, agreed, new_app
from xianke.errors import NotUnderstood
from xianke.i18n import _

app = new_app()


@app.command(
    "backup",
    cls=Command,
    help=_(
        "备份全部数据，成一个文件；之后用 xianke restore 恢复。\n\n"
        "例：\n"
        "  xianke backup\n"
        "  xianke backup -o 闲客备份.db"
    ),
)
def backup(
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help=_("写到这个文件或文件夹；不写就放在数据旁边")
        ),
    ] = None,
    json: JsonFlag = False,
) -> None:
    from pathlib import Path

    from xianke.render import backups as screen
    from xianke.render import envelope
    from xianke.store import backups

    made = backups.back_up(None if output is None else Path(output), settings.now())
    if json:
        envelope.emit({"path": str(made.path), "bytes": made.size, "rows": made.summary.rows})
    else:
        screen.show_backup(made)


@app.command(
    "restore",
    cls=Command,
    help=_(
        "用一份备份换掉现在的数据；先全部检查，现在的数据另存一份。不写文件就列出有的备份。\n\n"
        "例：\n"
        "  xianke restore\n"
        "  xianke restore 闲客备份.db"
    ),
)
def restore(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help=_("backup 写的文件，或 export --format json 写的文件")),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("不再问，直接换掉"))] = False,
    json: JsonFlag = False,
) -> None:
    from xianke.render import backups as screen
    from xianke.render import envelope
    from xianke.render.console import is_interactive
    from xianke.store import copies, restoring

    if file is None:
        if yes:
            raise NotUnderstood(_("少了要恢复的文件"), _("看有哪些备份：xianke restore"))
        found_copies = copies.listed(settings.database_path())
        if json:
            envelope.emit({"copies": screen.copy_documents(found_copies)})
        else:
            screen.show_copies(found_copies)
        return
    with restoring.examined(restoring.find(file)) as found:
        before = restoring.present()
        if not json:
            screen.show_comparison(found, before)
        restored = None
        question = _("用这份备份换掉现在的数据吗？现在的会另存一份。[y/N] ")
        if yes or (not json and is_interactive() and agreed(question)):
            restored = restoring.put_in_place(found, settings.now())
    if json:
        envelope.emit(
            screen.document(found, before, restored), status="ok" if restored else "partial"
        )
    elif restored is not None:
        screen.show_restored(found, restored)
    else:
        screen.show_not_restored(file)
