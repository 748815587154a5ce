"""`xianke completion`: let the Tab key finish commands, options, platforms, skills and ids."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from xianke.commands.shell import Command, JsonFlag, new_app
from xianke.i18n import _

app = new_app()
group = new_app(
    help=_(
        "按 Tab 补全：命令、选项、平台（打拼音也行：xianke log xy<Tab>）、技能、编号\n\n"
        "例：\n"
        "  xianke completion install\n"
        "  xianke completion install --shell zsh\n"
        "  xianke completion uninstall"
    ),
)
app.add_typer(group, name="completion")

ShellOption = Annotated[
    str | None,
    typer.Option("--shell", metavar="S", help=_("bash、zsh、fish 或 powershell；默认是正在用的")),
]


@group.command(
    "install",
    cls=Command,
    help=_(
        "装上补全：在 shell 的配置文件末尾加一段带标记的，别的不动；fish 是单独一个文件。"
        "装两遍也只有一段\n\n"
        "例：\n"
        "  xianke completion install\n"
        "  xianke completion install --shell zsh"
    ),
)
def install(shell: ShellOption = None, json: JsonFlag = False) -> None:
    from xianke.commands import shellfiles
    from xianke.render import completion

    wanted = shellfiles.meant(shell, os.environ)
    change = shellfiles.install(wanted, shellfiles.path_of(wanted, os.environ))
    completion.show_installed(change.shell, change.path, changed=change.changed, as_json=json)


@group.command(
    "uninstall",
    cls=Command,
    help=_("去掉补全，配置文件恢复原样\n\n例：\n  xianke completion uninstall"),
)
def uninstall(shell: ShellOption = None, json: JsonFlag = False) -> None:
    from xianke.commands import shellfiles
    from xianke.render import completion

    wanted = shellfiles.meant(shell, os.environ)
    change = shellfiles.uninstall(wanted, shellfiles.path_of(wanted, os.environ))
    completion.show_removed(change.shell, change.path, changed=change.changed, as_json=json)


@group.command(
    "show",
    cls=Command,
    help=_(
        "只打印补全脚本，什么也不改：想自己放到哪里就放到哪里\n\n"
        '例：eval "$(xianke completion show bash)"'
    ),
)
def show(
    shell: Annotated[
        str | None,
        typer.Argument(metavar="[SHELL]", help=_("bash、zsh、fish 或 powershell；默认是正在用的")),
    ] = None,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import shellfiles
    from xianke.render import completion

    wanted = shellfiles.meant(shell, os.environ)
    completion.show_script(wanted, shellfiles.script(wanted), as_json=json)
