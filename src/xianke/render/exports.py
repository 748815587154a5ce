"""What `export` writes to stdout, and what it says of a file."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from xianke import faultwords
from xianke.errors import Unreadable
from xianke.i18n import _, plural
from xianke.render.console import say
from xianke.render.tables import next_step, note, place
from xianke.render.text import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import BinaryIO

_MARK = "\ufeff"


def pour(fill: Callable[[BinaryIO], object]) -> None:
    """Write an export to stdout: the very bytes of the file, for a pipe; a person sees lines.

    Raise Unreadable where it cannot be written.
    """
    if getattr(sys.stdout, "buffer", None) is None or sys.stdout.isatty():
        memory = io.BytesIO()
        fill(memory)
        text = memory.getvalue().decode()
        if not sys.stdout.isatty():
            sys.stdout.write(text)
            return
        for line in text.removeprefix(_MARK).splitlines():
            say(harmless(line))
        return
    sys.stdout.flush()
    try:
        # Whatever the terminal's encoding is: the other program wants UTF-8.
        with open(sys.stdout.fileno(), "wb", closefd=False) as file:
            fill(file)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unreadable(
            _("结果写不出去：{reason}").format(reason=faultwords.of_system(error)),
            _("看看磁盘是不是满了"),
        ) from error


def show_written(format: str, path: Path, counts: Mapping[str, int]) -> None:
    """Print what was written and what to do with it."""
    place(_("写好了：{path}").format(path=path), indent=0)
    note(
        _("，").join(_count(name, count) for name, count in counts.items() if count)
        or _("里面还没有东西")
    )
    if any(counts.values()):
        next_step(_next(format, path))
    else:
        next_step(_("记一单：xianke log 闲鱼 85 --minutes 40"))


def _count(name: str, count: int) -> str:
    texts = {
        "gigs": plural("{count} 单", count),
        "payouts": plural("{count} 笔到账", count),
        "spends": plural("{count} 笔开销和押金", count),
        "write_offs": plural("{count} 笔勾销", count),
        "events": plural("{count} 件事", count),
        "rows": plural("{count} 行", count),
    }
    return texts[name].format(count=count)


def _next(format: str, path: Path) -> str:
    texts = {
        "beancount": _("核对：bean-check {path}"),
        "hledger": _("核对并看余额：hledger -f {path} -s balance"),
        "csv": _("用表格软件打开；读回来：xianke import {path} --format gigs"),
        "ics": _("在手机或电脑的日历里导入它；以后再导入会更新，不会重复"),
        "json": _("读回来：xianke restore {path}"),
    }
    return texts[format].format(path=path)
