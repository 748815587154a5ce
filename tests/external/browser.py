"""A real browser without a window, spoken to through pipes: no port, no driver, no network."""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

Scheme = Literal["light", "dark"]
Answer = dict[str, Any]  # Any: whatever the browser's answer holds

PATIENCE = 60.0
"""Seconds for one answer: a browser on a busy machine begins slowly."""


class Browser:
    """One tab of a headless Chromium."""

    def __init__(self, to: int, back: int) -> None:
        self._to = to
        self._back = back
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[Answer] = []

    def attach(self) -> None:
        """Open the tab, and have everything it fetches and complains about reported."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        found = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = found["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.ask(f"{domain}.enable")

    def close(self) -> None:
        """Ask the browser to end; one that has ended already needs no asking."""
        self._session = None
        with suppress(AssertionError, OSError):
            self.ask("Browser.close")

    def ask(self, method: str, **parameters: Any) -> Answer:  # Any: see the protocol
        """Send one command and return its result; what happens meanwhile is kept in `events`."""
        self._number += 1
        message: Answer = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                result: Answer = answer["result"]
                return result
            self.events.append(answer)

    def open(self, uri: str, *, width: int, scheme: Scheme = "light", media: str = "") -> None:
        """Show a page in a window of *width* pixels, as light or dark, on screen or `print`."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=800, deviceScaleFactor=1, mobile=width < 500,
        )  # fmt: skip
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", media=media, features=features)
        self.events.clear()
        self.ask("Page.navigate", url=uri)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def value(self, script: str) -> Any:  # Any: whatever the script returns
        """Return what a script evaluates to; it stands outside the page and its policy."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def picture(self) -> bytes:
        """Return the whole page as a PNG."""
        found = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        return base64.b64decode(found["data"])

    def printed(self) -> bytes:
        """Return the page as a PDF, on the paper it asks for."""
        found = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(found["data"])

    def fetched(self) -> list[str]:
        """Return the address of everything the open page asked for, itself among them."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[str]:
        """Return what the browser wrote into its log: broken rules of the policy, for one."""
        return [
            event["params"]["entry"]["text"]
            for event in self.events
            if event.get("method") == "Log.entryAdded"
        ]

    def _next(self) -> Answer:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            ready, _write, _error = select.select([self._back], [], [], until - time.monotonic())
            assert ready, "the browser does not answer"
            more = os.read(self._back, 1 << 16)
            assert more, "the browser has gone"
            self._rest += more
        message, _zero, self._rest = self._rest.partition(b"\0")
        answer: Answer = json.loads(message)
        return answer


@contextmanager
def browser(program: str, profile: Path) -> Iterator[Browser]:
    """Start the browser with an empty *profile* and end it afterwards."""
    import fcntl  # Windows has none, and must be able to read this file

    theirs_in, to = os.pipe()
    back, theirs_out = os.pipe()
    # The browser expects its pipes as 3 and 4, which may be taken here.
    high = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (theirs_in, theirs_out)]
    os.close(theirs_in)
    os.close(theirs_out)
    started = subprocess.Popen(
        [
            "bash", "-c", f'exec "$@" 3<&{high[0]} 4>&{high[1]}', "bash", program,
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--remote-debugging-pipe", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-extensions",
            "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={profile}", "about:blank",
        ],
        pass_fds=high,
        env={**os.environ, "HOME": str(profile)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for end in high:
        os.close(end)
    tab = Browser(to, back)
    try:
        tab.attach()
        yield tab
    finally:
        tab.close()
        os.close(to)
        os.close(back)
        try:
            started.wait(10)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
