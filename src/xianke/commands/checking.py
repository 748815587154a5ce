"""`check`: whether an offer of work is a trap."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xianke.commands.shell import Command, JsonFlag, new_app
from xianke.i18n import _

TRAP = 10
"""The exit code when one of the texts is a trap."""

app = new_app()


@app.command(
    "check",
    cls=Command,
    help=_(
        "看一份活是不是坑：把招工的话贴进来，说是什么套路、凭哪几个字、现在怎么办。"
        "只在这台电脑上看，不联网。\n\n"
        "例：\n"
        "  xianke check 先交100元押金才能派单\n"
        "  xianke check --explain 周末发传单，现场日结，不收任何费用\n"
        "  xianke check --file 招工.txt --file 群消息.txt\n\n"
        "只写 xianke check，可以在终端里粘贴，或者从管道读。是坑，退出码是 10。"
    ),
)
def check(
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TEXT]…", help=_("那段话，有空格就加引号；「-」从管道读")),
    ] = None,
    file: Annotated[
        list[Path] | None,
        typer.Option("--file", metavar="F", help=_("读文件（UTF-8 或 GBK），可写几次")),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help=_("全部理由：算数的、不算数的、算的账、依据"))
    ] = False,
    json: JsonFlag = False,
) -> None:
    from xianke import traps
    from xianke.commands import texts
    from xianke.render import checks, envelope

    checked = [
        texts.Checked(one.name, traps.judge(one.content), texts.has_chinese(one.content))
        for one in texts.given(text or [], file or [])
    ]
    ending = typer.Exit(TRAP if checks.worst(checked) == "trap" else 0)
    try:
        if json:
            envelope.emit(checks.document(checked))
        else:
            checks.show(checked, explain=explain)
    except BrokenPipeError:
        # Whoever read along has seen enough; a script still goes by how it ended.
        raise ending from None
    raise ending
