"""`config`: what can be set, what holds, and changing it."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from xianke import faultwords, rights, settings
from xianke.commands.shell import Command, Group, JsonFlag, new_app
from xianke.errors import Unreadable
from xianke.i18n import _, set_language

app = new_app()
group = new_app(
    invoke_without_command=True,
    help=_(
        "看和改设置：界面语言、时区。\n\n"
        "例：\n"
        "  xianke config\n"
        "  xianke config set language en\n"
        "  xianke config set zone Asia/Urumqi\n"
        "  xianke config unset zone"
    )
    + "\n\n"
    + _("可以设：")
    + "".join(f"\n  {one.name:<8}  {one.explanation()}" for one in settings.TABLE),
)
app.add_typer(group, name="config", cls=Group)

Key = Annotated[str, typer.Argument(metavar="KEY", help=_("设置的名字，如 language"))]


@group.callback()
def listing(context: typer.Context, json: JsonFlag = False) -> None:
    """List the settings."""
    if context.invoked_subcommand is not None:
        return
    from xianke import configuring
    from xianke.render import config as screen
    from xianke.render import envelope

    held = configuring.held()
    unknown = configuring.unknown(settings.stated(settings.text()))
    if json:
        envelope.emit(screen.document(held, unknown))
    else:
        screen.show(held, unknown)


@group.command(
    "get",
    cls=Command,
    help=_("一个设置现在是什么，只输出值。\n\n例：\n  xianke config get zone"),
)
def get(key: Key, json: JsonFlag = False) -> None:
    from xianke import configuring
    from xianke.render import config as screen
    from xianke.render import envelope
    from xianke.render.console import say

    setting = configuring.setting_named(key)
    found = next(one for one in configuring.held() if one.setting is setting)
    if json:
        envelope.emit(screen.setting_document(found))
    else:
        say(found.value)


@group.command(
    "set",
    cls=Command,
    help=_(
        "改一个设置，写进设置文件，别的行和注释不动。\n\n"
        "例：\n"
        "  xianke config set language zh\n"
        "  xianke config set zone Asia/Shanghai"
    ),
)
def change(
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help=_("新的值"))],
    json: JsonFlag = False,
) -> None:
    from xianke import configuring

    setting = configuring.setting_named(key)
    wanted = configuring.understood(setting, value)
    before = settings.text()
    _write(before, configuring.with_value(before, setting.name, wanted), setting, as_json=json)


@group.command(
    "unset",
    cls=Command,
    help=_("从设置文件里去掉一个设置，回到默认。\n\n例：\n  xianke config unset zone"),
)
def unset(key: Key, json: JsonFlag = False) -> None:
    from xianke import configuring

    setting = configuring.setting_named(key)
    before = settings.text()
    _write(before, configuring.without(before, setting.name), setting, as_json=json)


def _write(before: str, after: str, setting: settings.Setting, *, as_json: bool) -> None:
    """Put the new text in place where it is another one, and say what holds now."""
    from xianke import configuring
    from xianke.render import config as screen
    from xianke.render import envelope

    then = settings.stated(before).get(setting.name)
    changed = before != after
    if changed:
        _put(after)
    set_language(settings.choose_language(os.environ))
    held = next(one for one in configuring.held() if one.setting is setting)
    if as_json:
        envelope.emit({**screen.setting_document(held), "changed": changed})
    else:
        screen.show_changed(held, None if then is None else str(then), changed=changed)


def _put(text: str) -> None:
    from xianke.commands import filing

    path = settings.config_path()
    try:
        path.parent.mkdir(mode=rights.FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise Unreadable(
            _("写不了 {path}：{reason}").format(path=path, reason=faultwords.of_system(error)),
            _("换一个能写的地方"),
        ) from error
    filing.replace_file(path, lambda file: file.write(text.encode()))
