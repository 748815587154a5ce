"""What can stop a command: one class per exit code, each with a sentence and a hint."""

from __future__ import annotations

MOST_CHARACTERS = 2_000
"""A sentence may quote what somebody else has written, of any length."""


def _short(text: str) -> str:
    """Return a text that a screen can hold; of a longer one the beginning and the end."""
    if len(text) <= MOST_CHARACTERS:
        return text
    half = MOST_CHARACTERS // 2
    return f"{text[:half]}…{text[-half:]}"


class XiankeError(Exception):
    """Stop the command with one sentence for the user and, where there is one, the next step.

    `code` is the English word programs read, `exit_code` the status of the process.
    Both belong to the class, so that the same fault always ends the same way.
    """

    code = "refused"
    exit_code = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = _short(message)
        self.hint = None if hint is None else _short(hint)


class Refused(XiankeError):
    """The request was understood, but a rule forbids it."""


class NotUnderstood(XiankeError):
    """An option, slot, amount or date could not be read in full."""

    code = "not_understood"
    exit_code = 2


class NotFound(XiankeError):
    """The named thing does not exist."""

    code = "not_found"
    exit_code = 3


class Conflict(XiankeError):
    """The thing exists already, or the name fits more than one."""

    code = "conflict"
    exit_code = 4


class Unreadable(XiankeError):
    """A file is missing, damaged, locked, or written by a newer program."""

    code = "unreadable"
    exit_code = 5


class Unreachable(XiankeError):
    """Something on the network did not answer, or not as it must."""

    code = "network"
    exit_code = 6
