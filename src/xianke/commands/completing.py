"""What may come next on a command line: the answer to a shell in which Tab was pressed.

The shell sends its name, the finished words after the program's name, and last the word under
the cursor with a dot before it, for some shells drop words that are empty. The answer's first line
is `words` or `files`; with `words`, each further line is one word, a tab, and what it means.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xianke.commands import candidates, root
from xianke.commands.candidates import Asked, Candidate

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_QUOTES = "\"'"
_MOST_CELLS = 56
"""Of an explanation: it stands beside the word, on one line of the screen."""

_LITERAL = frozenset({"fish"})
"""Shells that drop every word that does not begin as typed, 闲鱼 for `xy` say."""


@dataclass(slots=True)
class _Stand:
    """Where a command line stands after its finished words.

    State: the command reached and its path, the arguments and options it was given, the option
    whose value is due, and whether `--` has made all further words arguments.
    """

    command: Any  # Any: the parser's classes are not public
    path: tuple[str, ...] = ()
    arguments: list[str] = field(default_factory=list)
    options: list[Any] = field(default_factory=list)
    due: Any = None
    plain: bool = False


def answer(words: Sequence[str]) -> str:
    """Return what the shell is told about a command line; nothing where nothing is known."""
    if len(words) < 2:
        return ""
    shell, *before, last = words
    finished, typed = _without_equals([_unquoted(word) for word in before], last[1:])
    found = _Line(shell in _LITERAL, typed.lstrip(_QUOTES)).next_words(finished)
    if found is None:
        return "files\n"
    # A terminal that cannot show a word could not send it back either.
    encoding = sys.stdout.encoding or "utf-8"
    lines = [
        f"{one.value}\t{_on_one_line(one.text)}"
        for one in found
        if one.value and _fits(one.value, encoding)
    ]
    return "".join(f"{line.rstrip()}\n" for line in ("words", *lines))


def _fits(value: str, encoding: str) -> bool:
    if _CONTROL.search(value):
        return False
    try:
        value.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _on_one_line(text: str) -> str:
    line = _CONTROL.sub(" ", text.split("\n")[0]).strip()
    cells = 0
    for place, char in enumerate(line):
        cells += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if cells > _MOST_CELLS:
            return f"{line[: place - 1]}…"
    return line


def _unquoted(word: str) -> str:
    """Return a word as the program would get it: the shells send it as it was typed."""
    if not any(char in word for char in "\"'\\"):
        return word
    import shlex

    try:
        return "".join(shlex.split(word))
    except ValueError:
        return word


def _without_equals(words: list[str], typed: str) -> tuple[list[str], str]:
    """Return the words without the lone `=` that bash makes of `--goal=income`."""
    kept = [
        word
        for number, word in enumerate(words)
        if word != "=" or number == 0 or not words[number - 1].startswith("--")
    ]
    return kept, "" if typed == "=" else typed


@dataclass(frozen=True, slots=True)
class _Line:
    """The word under the cursor as far as it is typed, and whether the shell takes it literally."""

    literal: bool
    typed: str

    def next_words(self, finished: Sequence[str]) -> list[Candidate] | None:
        """Return what may stand where the word is under way; None where it is a file."""
        stand = _walk(finished)
        if stand is None:
            return []
        if stand.due is not None:
            return self._values(stand, stand.due, self.typed)
        if self.typed.startswith("-") and not stand.plain:
            name, equals, value = self.typed.partition("=")
            if not equals:
                return _options(stand, self.typed)
            option = _option(stand.command, name)
            found = None if option is None else self._values(stand, option, value)
            return [Candidate(f"{name}={one.value}", one.text) for one in found or ()]
        if _is_group(stand.command):
            return _commands(stand, self.typed)
        argument = _argument(stand)
        if argument is None:
            return _options(stand, self.typed)
        return self._values(stand, argument, self.typed)

    def _values(self, stand: _Stand, parameter: Any, typed: str) -> list[Candidate] | None:
        asked = Asked(stand.path, parameter.name, tuple(stand.arguments), typed, self.literal)
        return candidates.found(asked)


def _walk(words: Sequence[str]) -> _Stand | None:
    """Follow the finished words; None where one of them is no command."""
    stand = _Stand(root.command())
    for word in words:
        if stand.due is not None:
            stand.due = None
        elif word == "--" and not stand.plain:
            stand.plain = True
        elif word.startswith("-") and len(word) > 1 and not stand.plain:
            name, equals, _value = word.partition("=")
            option = _option(stand.command, name)
            stand.options.append(option)
            if option is not None and not option.is_flag and not equals:
                stand.due = option
        elif _is_group(stand.command):
            command = stand.command.get_command(None, word)
            if command is None:
                return None
            stand = _Stand(command, (*stand.path, word))
        else:
            stand.arguments.append(word)
    return stand


def _is_group(command: Any) -> bool:
    return hasattr(command, "get_command")


def _option(command: Any, name: str) -> Any:
    """Return the option of that name, None where there is none."""
    return next((one for one in command.params if name in one.opts and name[:1] == "-"), None)


def _argument(stand: _Stand) -> Any:
    """Return the argument that the next word is, None where all have been given."""
    arguments = [one for one in stand.command.params if one.param_type_name == "argument"]
    for place, one in enumerate(arguments):
        if one.nargs < 0 or place == len(stand.arguments):
            return one
    return None


def _options(stand: _Stand, typed: str) -> list[Candidate]:
    """Return the options not given yet, and the page that explains them."""
    found = [
        Candidate(max(one.opts, key=len), one.help or "")
        for one in stand.command.params
        if one.param_type_name == "option"
        and not one.hidden
        and (one.multiple or one not in stand.options)
    ]
    found.append(Candidate("--help", ""))
    return [one for one in found if one.value.startswith(typed)]


def _commands(stand: _Stand, typed: str) -> list[Candidate]:
    return [
        Candidate(name, text)
        for name, text in stand.command.short_helps(None).items()
        if name.startswith(typed)
    ]
