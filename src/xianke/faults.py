"""Where an internal error is written: frames and the kind of fault, never what was in them."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path

from xianke import __version__, rights, settings
from xianke.errors import XiankeError

MOST_BYTES = 200_000


def record(error: BaseException) -> Path | None:
    """Append the fault to `errors.log` and return its place; None if even that fails.

    The message of the exception is left out: it may quote a name or an amount.
    """
    frames = "".join(traceback.format_tb(error.__traceback__))
    stamp = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        path = settings.home() / "errors.log"
        path.parent.mkdir(mode=rights.FOLDER, parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > MOST_BYTES:
            path.unlink()
        if rights.is_planted(path):
            return None
        path.touch(mode=rights.FILE, exist_ok=True)
        rights.narrow_file(path)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{stamp} xianke {__version__} {type(error).__name__}\n{frames}\n")
    except (OSError, XiankeError):
        return None
    return path
