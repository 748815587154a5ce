"""The root group: it knows names and short helps, and loads a command only when it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from xianke.commands.shell import Group, JsonFlag, new_app
from xianke.i18n import _

Table = Mapping[str, tuple[str, str]]
Loader = Callable[[str], typer.Typer]


def command(table: Table, load: Loader) -> Any:  # Any: typer's command class is not public
    """Return the root command over a table of names and a loader of modules."""

    class Lazy(Group):
        def list_commands(self, ctx: Any) -> list[str]:
            return list(table)

        def short_helps(self, ctx: Any) -> dict[str, str]:
            return {name: text for name, (_module, text) in table.items()}

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            if cmd_name not in table:
                return None
            module, _text = table[cmd_name]
            return typer.main.get_group(load(module)).commands[cmd_name]

    app = new_app(
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=_("闲客：盘点空闲，看清哪里值得试，记下真正挣了多少。数据只在这台电脑上。"),
    )
    app.info.cls = Lazy

    @app.callback(cls=Lazy, invoke_without_command=True)
    def root(
        context: typer.Context,
        version: Annotated[bool, typer.Option("--version", "-V", help=_("显示版本"))] = False,
        json: JsonFlag = False,
    ) -> None:
        if version:
            from xianke import __version__

            typer.echo(f"xianke {__version__}")
            raise typer.Exit
        if context.invoked_subcommand is None:
            from xianke.commands import dashboard

            dashboard.show(as_json=json)

    group: Any = typer.main.get_group(app)
    # For the parser's "did you mean": it looks for near names among these keys only.
    group.commands = dict.fromkeys(table)
    return group
