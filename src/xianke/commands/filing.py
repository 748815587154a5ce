"""Writing a file for the user: whole or not at all, and for their eyes alone."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from xianke import rights, settings
from xianke.errors import Refused, Unreadable
from xianke.i18n import _

Fill = Callable[[BinaryIO], object]
"""What writes the content into an open file."""


def replace_file(path: Path, fill: Fill) -> int:
    """Write a file anew and return its bytes; one that was there stays until the new is whole.

    Raise Unreadable where it cannot be written, Refused where the store itself would go.
    """
    try:
        rights.refuse_planted(path)
        # What a link of the user's own stands for is written, not the link.
        target = path.resolve()
        _check(target, path)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                fill(file)
                file.flush()
                os.fsync(file.fileno())
                size = file.tell()
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        raise Unreadable(
            _("写不了 {path}：{reason}").format(
                path=path, reason=getattr(error, "strerror", None) or error
            ),
            _("换一个能写的地方"),
        ) from error
    return size


def _check(target: Path, path: Path) -> None:
    store = settings.database_path()
    if target.parent == store.parent.resolve() and target.name.startswith(store.name):
        raise Refused(
            _("{path} 是 xianke 自己的数据，不能盖掉").format(path=path), _("换一个文件名")
        )
    if target.exists() and not target.is_file():
        raise Unreadable(
            _("{path} 不是普通文件，不能写").format(path=path), _("写出文件名，例如 -o 账.txt")
        )
