"""Sentences beside the result: whoever knows one leaves it here, the shell says it on stderr."""

from __future__ import annotations

_waiting: list[str] = []


def leave(text: str) -> None:
    """Leave one sentence to be said once, however often it is left."""
    if text not in _waiting:
        _waiting.append(text)


def taken() -> list[str]:
    """Return what was left, and forget it."""
    found = _waiting.copy()
    _waiting.clear()
    return found
