"""The root group: it knows names and short helps, and loads a command only when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from xianke.commands.shell import Group, JsonFlag, new_app
from xianke.i18n import _


def table() -> dict[str, tuple[str, str]]:
    """Return every command: its name → (module below `xianke.commands`, short help)."""
    return {
        "init": ("init", _("第一次用：答几个问题，盘点好，看第一条建议")),
        "inventory": ("inventory", _("盘点空闲时间、技能、闲置")),
        "suggest": ("advice", _("建议该试什么：一小时大概净得多少，为什么，哪里要当心")),
        "now": ("advice", _("现在这会儿做什么合适")),
        "plan": ("planning", _("把这周的空闲排成计划，排不下的说明为什么")),
        "rates": ("advice", _("各平台每小时到手多少（自己的记录和行情）")),
        "log": ("gigs", _("记一单：平台、金额、用时")),
        "gigs": ("gigs", _("看、改、删记过的单")),
        "start": ("stopwatch", _("开始计时：现在开始做哪个平台")),
        "stop": ("stopwatch", _("停表，记成一单")),
        "import": ("imports", _("导入支付宝、微信、银行账单，同一笔不会记两遍")),
        "bills": ("bills", _("账单里的进账：认领到平台、客户或私人")),
        "rules": ("rules", _("什么样的钱自动归谁")),
        "owed": ("owed", _("谁还欠着、晚了没有；收不回的勾销")),
        "spend": ("owed", _("给平台花的钱、押金，回本没有")),
        "payouts": ("money", _("到账的钱：哪笔是哪几单的，哪些没对上")),
        "report": ("reports", _("收支和真实时薪")),
        "usage": ("growing", _("空闲用得怎样：有多少、排了多少、做了多少、漏在哪")),
        "learn": ("growing", _("学会一样会多挣多少、要学多久、几周回本")),
        "goal": ("goals", _("想挣多少：进度、照这样到期末、还差什么")),
        "export": ("exports", _("导出给记账、表格、日历软件")),
        "check": ("checking", _("看一份活是不是坑：贴上招工的话")),
        "platforms": ("platforms", _("平台目录：有据可查的事实")),
        "backup": ("backups", _("备份全部数据，成一个文件")),
        "restore": ("backups", _("用备份换掉现在的数据")),
        "config": ("config", _("看和改设置：界面语言、时区")),
        "paths": ("doctor", _("数据、设置、备份都放在哪")),
        "doctor": ("doctor", _("检查数据、备份、目录有没有毛病")),
        "undo": ("store", _("撤销上一次改动")),
        "completion": ("completion", _("按 Tab 补全命令、平台、编号：装上或去掉")),
        "demo": ("demo", _("用一位虚构上班族走一遍，不碰你的数据")),
    }


def invoke(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; faults and the parser's complaints pass.

    `help log` asks for the same page as `log --help`.
    """
    words = list(arguments)
    if words[:1] == ["help"]:
        words = [*words[1:], "--help"]
    result = command().main(words, prog_name="xianke", standalone_mode=False)
    return result if isinstance(result, int) else 0


def command() -> Any:  # Any: typer's command class is not public
    """Return the root command: it knows every name and loads what is called."""
    names = table()

    class Lazy(Group):
        def list_commands(self, ctx: Any) -> list[str]:
            return list(names)

        def short_helps(self, ctx: Any) -> dict[str, str]:
            return {name: text for name, (_module, text) in names.items()}

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            if cmd_name not in names:
                return None
            module, _text = names[cmd_name]
            app: typer.Typer = importlib.import_module(f"xianke.commands.{module}").app
            return typer.main.get_group(app).commands[cmd_name]

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
    group.commands = dict.fromkeys(names)
    return group
