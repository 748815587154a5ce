"""One command on a terminal of its own; not on Windows, which has no pseudo terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import pexpect

COLUMNS, LINES = 80, 200
PROMPT = "> "


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of a command on a terminal, with some of it changed."""
    kept = {name: value for name, value in os.environ.items() if name != "XIANKE_DEBUG"}
    return {**kept, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **changes}


class Terminal:
    """One command on a terminal of its own; everything it writes is kept in `text`."""

    def __init__(self, *arguments: str, columns: int = COLUMNS, **changes: str) -> None:
        self.text = ""
        self._child: Any = pexpect.spawn(  # Any: the library has no types
            sys.executable,
            ["-m", "xianke", *arguments],
            env=environment(**changes),
            encoding="utf-8",
            codec_errors="replace",
            dimensions=(LINES, columns),
            timeout=30,
        )

    def wait_for(self, text: str) -> None:
        """Read until *text* has come."""
        self._child.expect_exact(text)
        self.text += self._child.before + self._child.after

    def answer(self, line: str) -> None:
        """Type one line."""
        self._child.sendline(line)

    def type(self, text: str) -> None:
        """Type a part of a line."""
        self._child.send(text)

    def send(self, data: bytes) -> None:
        """Send bytes as another program, or a terminal of another encoding, would."""
        os.write(self._child.child_fd, data)

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._child.sendintr()

    def end_input(self) -> None:
        """Press Ctrl-D."""
        self._child.sendeof()

    def finish(self) -> int:
        """Read to the end and return the exit code."""
        self._child.expect(pexpect.EOF)
        self.text += self._child.before
        self._child.close()
        code: int = self._child.exitstatus
        return code

    def stop(self) -> None:
        """End the command if it still runs."""
        self._child.close(force=True)


Open = Callable[..., Terminal]
