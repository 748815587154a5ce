"""`demo`: a short tour with an invented office worker, in a store that is thrown away."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianke.commands.shell import Command, JsonFlag, new_app
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.commands.story import Chapter
    from xianke.matching import Pick

app = new_app()

_QUIT = ("q", "quit", "退出", "不看了")

_DOCUMENTS = {
    "inventory": ("inventory",),
    "suggest": ("suggest",),
    "report": ("report",),
    "gigs": ("gigs",),
    "rates": ("rates",),
    "plan": ("plan", "--week", "next week"),
    "dashboard": (),
}
"""What `--json` holds in the end: key → command."""


@app.command(
    "demo",
    cls=Command,
    help=_(
        "用一位虚构的上班族走一遍：盘点、建议、编的一个月、报表、学到什么、排一周、看一份活是不是坑。"
        "全在临时文件夹里，结束就删，不碰你的数据。\n\n"
        "例：\n"
        "  xianke demo\n"
        "  xianke demo --no-pause"
    ),
)
def demo(
    no_pause: Annotated[
        bool, typer.Option("--no-pause", help=_("一口气看完，每段之后不停"))
    ] = False,
    json: JsonFlag = False,
) -> None:
    from xianke import settings
    from xianke.commands import story
    from xianke.render import envelope
    from xianke.render.console import is_interactive, say
    from xianke.render.tables import next_step, no_next_steps, note

    chapters = story.story()
    with _throwaway_home() as folder:
        story.write_month(folder, settings.now().date())
        if json:
            _run_silently([line for chapter in chapters for line in chapter.lines])
            envelope.emit(_documents())
            return
        note(_("演示：一位虚构的上班族，有通勤、午休和晚上，会 PPT 和文案，有相机和车。"), indent=0)
        note(_("数据放在临时文件夹里，演示完就删；$ 后面的命令，换成你自己的就能用。"), indent=0)
        with no_next_steps():
            whole = _told(chapters, pausing=is_interactive() and not no_pause)
    say()
    note(
        _("演示完了，临时数据已经删掉。") if whole else _("停在这里，临时数据已经删掉。"), indent=0
    )
    next_step(_("轮到你自己的：xianke init（最多十个问题，随时可停）"))
    next_step(_("不想答问题就一条条记：xianke inventory add slot 工作日 12:00-13:00"))


def _told(chapters: Sequence[Chapter], *, pausing: bool) -> bool:
    """Show one chapter after the other; return whether the last was reached."""
    from xianke.render.console import say
    from xianke.render.tables import note
    from xianke.render.text import command_line

    before: Pick | None = None
    for number, chapter in enumerate(chapters):
        if number and pausing and not _goes_on():
            return False
        say()
        note(f"== {chapter.title} ==", indent=0)
        if chapter.about:
            note(chapter.about, indent=0)
        for command in chapter.quiet:
            say("$ " + command_line(command))
        _run_silently(chapter.quiet)
        for command in chapter.commands:
            _run(command)
        if number == 0:
            before = _first_choice()
        if chapter.compared:
            _compare(before, _first_choice())
    return True


def _goes_on() -> bool:
    """Ask at the end of a chapter; the end of input stops too."""
    from xianke.commands.shell import ask

    answer = ask(_("—— 回车看下一段，q 停 ——"))
    return answer is not None and answer.lower() not in _QUIT


def _first_choice() -> Pick | None:
    """Return what is suggested first for the stored hours, None where no pay is known."""
    from xianke import moments
    from xianke.commands import advice

    tested, _untested = moments.picks(advice.load().match("income"))
    return tested[0] if tested else None


def _compare(before: Pick | None, after: Pick | None) -> None:
    """Say in a sentence what the gigs have changed at the head of the suggestions, and why."""
    from xianke.render.advice import mid_text
    from xianke.render.console import say
    from xianke.render.tables import note

    if before is None or after is None:
        return
    say()
    note(
        _(
            "变了：先前排第一的是{before}，每小时{before_mid} 元，凭的是行情；现在是{after}，"
            "每小时{after_mid} 元，因为自己做的 {count} 单就是这样，糟的那周也算在内。"
        ).format(
            before=before.name,
            before_mid=mid_text(before.best.rate),
            after=after.name,
            after_mid=mid_text(after.best.rate),
            count=after.best.rate.own_gigs,
        ),
        indent=0,
    )


@contextmanager
def _throwaway_home() -> Iterator[Path]:
    """Work in a folder that is gone afterwards, also after Ctrl-C, with the store in it."""
    home, place = os.environ.get("XIANKE_HOME"), _working_folder()
    with tempfile.TemporaryDirectory(prefix="xianke-demo-") as folder:
        os.environ["XIANKE_HOME"] = folder
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            # Windows removes no folder that somebody works in.
            os.chdir(place)
            if home is None:
                del os.environ["XIANKE_HOME"]
            else:
                os.environ["XIANKE_HOME"] = home


def _working_folder() -> Path:
    """Return where the user is; where that has been removed, a place to go back to."""
    try:
        return Path.cwd()
    except OSError:
        return Path(tempfile.gettempdir())


def _run(command: Sequence[str]) -> None:
    from xianke.commands import root
    from xianke.render.console import say
    from xianke.render.text import command_line

    say()
    say("$ " + command_line(command))
    root.invoke(command)


def _run_silently(commands: Sequence[Sequence[str]]) -> None:
    import contextlib
    import io

    from xianke.commands import root
    from xianke.render.console import console

    with contextlib.redirect_stdout(io.StringIO()):
        for command in commands:
            root.invoke(command)
    # What tables are drawn on keeps the stream it was made for.
    console.cache_clear()


def _documents() -> dict[str, object]:
    """Return what the tour has led to, the answer of each command under its name."""
    import contextlib
    import io
    import json

    from xianke.commands import root

    found = {}
    for name, command in _DOCUMENTS.items():
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            root.invoke((*command, "--json"))
        found[name] = json.loads(out.getvalue())["data"]
    return found
