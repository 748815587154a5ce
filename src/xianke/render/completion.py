"""What `xianke completion` says: which file was changed, how to use it at once, how to undo it."""

from __future__ import annotations

from pathlib import Path

from xianke.i18n import _
from xianke.render import console, envelope
from xianke.render.tables import next_step, note


def show_installed(shell: str, path: Path, *, changed: bool, as_json: bool) -> None:
    """Say where completion was put, and how to take it out."""
    if as_json:
        envelope.emit({"shell": shell, "path": str(path), "changed": changed})
        return
    sentence = (
        _("{shell} 的补全装好了：{path}") if changed else _("{shell} 的补全早就装好了：{path}")
    )
    console.say(sentence.format(shell=shell, path=path))
    if changed:
        note(_("开一个新终端就能用，试试：xianke log xy<Tab>"))
    next_step(_("不要了：xianke completion uninstall --shell {shell}").format(shell=shell))


def show_removed(shell: str, path: Path, *, changed: bool, as_json: bool) -> None:
    """Say what was taken out, and how to put it back."""
    if as_json:
        envelope.emit({"shell": shell, "path": str(path), "changed": changed})
        return
    sentence = (
        _("{shell} 的补全去掉了：{path}")
        if changed
        else _("{shell} 没有装过补全，什么也没有改：{path}")
    )
    console.say(sentence.format(shell=shell, path=path))
    next_step(_("要装：xianke completion install --shell {shell}").format(shell=shell))


def show_script(shell: str, script: str, *, as_json: bool) -> None:
    """Print the script as it is, for a file or for `eval`."""
    if as_json:
        envelope.emit({"shell": shell, "script": script})
    else:
        console.say_drawn(script.rstrip("\n"))
