"""`demo`: the whole loop once, with an invented office worker in a store that is thrown away."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from xianke.commands.shell import Command, JsonFlag, command_line, new_app
from xianke.i18n import _, language

app = new_app()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A few commands with a sentence before them."""

    title: str
    commands: tuple[Sequence[str], ...]


@app.command(
    "demo",
    cls=Command,
    help=_(
        "用一位虚构的上班族走一遍：盘点、建议、记账、报表、排一周。全在临时文件夹里，结束就删，不碰你的数据。"
    ),
)
def demo(json: JsonFlag = False) -> None:
    from xianke.render import envelope
    from xianke.render.console import say
    from xianke.render.tables import next_step, note, sentence

    chapters = story()
    with _throwaway_home():
        if json:
            _run_silently(chapters)
            envelope.emit(_documents())
            return
        note(_("演示：一位虚构的上班族，有通勤、午休和晚上，会 PPT 和文案，有相机和车。"), indent=0)
        note(_("数据放在临时文件夹里，演示完就删；下面每一行 $ 后面都是你也能用的命令。"), indent=0)
        for chapter in chapters:
            say()
            sentence(f"== {chapter.title} ==")
            for command in chapter.commands:
                _run(command)
    say()
    sentence(_("演示完了，临时数据已经删掉。轮到你自己的："))
    next_step("xianke init")
    next_step("xianke inventory add slot " + _("工作日 12:00-13:00 --label 午休"))
    next_step("xianke inventory add skill PPT")
    next_step("xianke suggest")


def story() -> tuple[Chapter, ...]:
    """Return what the invented office worker does; every amount is made up and says so."""
    if language() == "en":
        slots = (
            ("weekdays 08:00-09:00", "commute"),
            ("weekdays 12:00-12:30", "lunch"),
            ("Mon-Thu 19:30-21:30", "evening"),
        )
        skills, things = ("PPT", "copywriting"), ("camera", "car", "computer")
        days = ("3 days ago 20:00", "2 days ago 19:40", "yesterday 20:10")
        coming = "next week"
    else:
        slots = (
            ("工作日 8:00-9:00", "通勤"),
            ("工作日 12:00-12:30", "午休"),
            ("周一到周四 19:30-21:30", "晚上"),
        )
        skills, things = ("PPT", "文案"), ("相机", "闲置车辆", "电脑")
        days = ("3天前 20:00", "前天 19:40", "昨天 20:10")
        coming = "下周"
    made_up = ("--note", _("演示，编的"))
    stock = (
        *(("inventory", "add", "slot", when, "--label", label) for when, label in slots),
        *(("inventory", "add", "skill", skill) for skill in skills),
        *(("inventory", "add", "asset", thing) for thing in things),
        ("inventory",),
    )
    work = (
        (
            "log",
            "xianyu",
            "120",
            "--minutes",
            "90",
            "--unpaid",
            "20",
            "--category",
            "skill_service",
            "--at",
            days[0],
            *made_up,
        ),
        (
            "log",
            "xianyu",
            "80",
            "--minutes",
            "75",
            "--unpaid",
            "15",
            "--category",
            "skill_service",
            "--at",
            days[1],
            *made_up,
        ),
        (
            "log",
            "bytedance_xpert",
            "36",
            "--count",
            "6",
            "--minutes",
            "110",
            "--status",
            "delivered",
            "--at",
            days[2],
            *made_up,
        ),
    )
    return (
        Chapter(_("一、盘点：有什么时间、会什么、闲着什么"), stock),
        Chapter(_("二、建议：哪里值得试，哪里要当心"), (("suggest", "--limit", "3"),)),
        Chapter(_("三、记账：下面三单是编的，只为演示"), work),
        Chapter(_("四、报表：挣了多少，一小时到底多少"), (("report",),)),
        Chapter(
            _("五、记了账，建议跟着变：自己的记录排在前面"),
            (("rates",), ("suggest", "--limit", "1")),
        ),
        Chapter(_("六、排下一周：哪段做什么，哪段空着、为什么"), (("plan", "--week", coming),)),
    )


@contextmanager
def _throwaway_home() -> Iterator[Path]:
    """Put the store into a folder of its own that is gone afterwards, also after Ctrl-C."""
    before = os.environ.get("XIANKE_HOME")
    with tempfile.TemporaryDirectory(prefix="xianke-demo-") as folder:
        os.environ["XIANKE_HOME"] = folder
        try:
            yield Path(folder)
        finally:
            if before is None:
                del os.environ["XIANKE_HOME"]
            else:
                os.environ["XIANKE_HOME"] = before


def _run(command: Sequence[str]) -> None:
    from xianke.commands import root
    from xianke.render.console import say

    say()
    say("$ " + command_line(command))
    root.invoke(command)


def _run_silently(chapters: Sequence[Chapter]) -> None:
    import contextlib
    import io

    from xianke.commands import root

    with contextlib.redirect_stdout(io.StringIO()):
        for chapter in chapters:
            for command in chapter.commands:
                root.invoke(command)


def _documents() -> dict[str, object]:
    """Return what the demo ends with: the inventory, the suggestions and the report."""
    import contextlib
    import io
    import json

    from xianke.commands import root

    found = {}
    for name in ("inventory", "suggest", "report"):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            root.invoke((name, "--json"))
        found[name] = json.loads(out.getvalue())["data"]
    return found
