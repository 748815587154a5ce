"""Reading one data file: YAML to checked plain data, every fault with file, line and reason.

YAML is read with the base loader, so every scalar is text and the schema converts it; a
`12:30`, a `no` or a `1.10` cannot turn into something else on the way. Faults are values, so
that all of them can be shown at once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from xianke import yamltext

if TYPE_CHECKING:
    from xianke.schema_types import Strict

MAX_FILE_BYTES = 8_000_000

MOST_PROBLEMS = 500
"""Faults of one file that are listed; more than these nobody reads in one go."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a catalogue file."""

    file: str
    line: int
    reason: str
    column: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


def check(path: Path, model: type[Strict]) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Read one file and return its content as plain data, or the problems found in it."""
    try:
        text = yamltext.text_of(path, MAX_FILE_BYTES)
    except UnicodeDecodeError as error:
        return None, [Problem(path.name, 1, f"not UTF-8: {error.reason}")]
    except OSError as error:
        return None, [Problem(path.name, 1, str(error.strerror))]
    if text is None:
        return None, [Problem(path.name, 1, "the file is too large for a catalogue")]
    return check_text(path.name, text, model)


def check_text(
    name: str, text: str, model: type[Strict]
) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Return the content of a file called *name* as plain data, or the problems found in it.

    What begins like JSON is read as JSON, with every scalar as text here too: one schema for both.
    """
    node, data, problems = (_json if text.lstrip().startswith("{") else _yaml)(name, text)
    if problems:
        return None, problems
    return _validated(name, node, data, model)


# Any: a file holds whatever its format can, until the schema has looked at it.
Read = tuple["yaml.Node | None", Any, list[Problem]]


def _yaml(name: str, text: str) -> Read:
    try:
        node = yamltext.composed(text)
    except yamltext.Unfit as fault:
        return None, None, [Problem(name, fault.line, fault.reason, fault.column)]
    return node, yamltext.plain(node), []


def _twice(key: str) -> str:
    return f"key stands twice: {key[:80]!r}"


def _json(name: str, text: str) -> Read:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        record: dict[str, Any] = {}
        for key, value in found:
            if key in record:
                raise ValueError(_twice(key))
            record[key] = value
        return record

    def unknown(word: str) -> str:
        raise ValueError(f"not a number: {word}")

    try:
        data = json.loads(
            text, object_pairs_hook=pairs, parse_int=str, parse_float=str, parse_constant=unknown
        )
        return None, _as_text(data), []
    except json.JSONDecodeError as error:
        return None, None, [Problem(name, error.lineno, error.msg, error.colno)]
    except (ValueError, RecursionError) as error:
        return None, None, [Problem(name, 1, str(error))]


def _as_text(value: Any) -> Any:  # Any: see Read
    """Return JSON as the base loader of YAML would have read it; its truth values are words too."""
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return {True: "yes", False: "no", None: "null"}.get(value, value)


def _validated(
    name: str,
    node: yaml.Node | None,
    data: Any,  # Any: see Read
    model: type[Strict],
) -> tuple[dict[str, Any] | None, list[Problem]]:
    try:
        checked = model.model_validate(data)
    except ValidationError as error:
        return None, [
            Problem(name, _line(node, found["loc"]), _reason(found["loc"], found["msg"]))
            for found in error.errors(include_url=False, include_input=False)[:MOST_PROBLEMS]
        ]
    return checked.model_dump(exclude_none=True, exclude_defaults=True), []


def compiled(kind: str, data: dict[str, Any]) -> str:
    """Return the JSON that the program reads, of a checked file of a *kind* such as `platforms`.

    Pinyin is added here, so that the program need not load a dictionary to find a platform by
    its sound; an address nobody should follow stays in the source as a record only.
    """
    # Rules about payers have no name of their own that anybody would type.
    entries: list[dict[str, Any]] = data.get(kind, [])
    for entry in entries:
        words = [entry["name"]["zh"], *entry.get("aliases", [])]
        entry["sounds"] = sorted(
            {sound for word in words if not word.isascii() for sound in _sounds(word)}
        )
        for source in entry.get("sources", []) if kind == "platforms" else []:
            if source.pop("link", True) is False:
                source.pop("url", None)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def _sounds(text: str) -> list[str]:
    """Return a Chinese name's pinyin and initials: `xianyu` and `xy` for 闲鱼."""
    from pypinyin import lazy_pinyin

    syllables = [part for part in lazy_pinyin(text) if part.isascii() and part.isalnum()]
    whole = "".join(syllables).lower()
    initials = "".join(part[0] for part in syllables).lower()
    return sorted({whole, initials} - {""})


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """Follow a location through the tree as far as it goes and return the line it stands on."""
    line = 1
    for step in location:
        if isinstance(node, yaml.MappingNode):
            pair = next((one for one in node.value if one[0].value == step), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _reason(location: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(step) for step in location)
    text = message.removeprefix("Value error, ")
    return f"{where}: {text}" if where else text
