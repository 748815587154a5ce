"""Reading one data file: YAML to checked plain data, every fault with file, line and reason.

Every scalar is text and the schema converts it; a `12:30`, a `no` or a `1.10` cannot turn into
something else on the way. Faults are values, so that many of them can be shown at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from xianke import yamltext

if TYPE_CHECKING:
    from xianke.schema import Strict

MAX_FILE_BYTES = 8_000_000
MOST_PROBLEMS = 200
"""What comes after so many is the same fault again, or no catalogue at all."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a catalogue file."""

    file: str
    line: int
    reason: str

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
    try:
        node = yamltext.composed(text)
    except yamltext.Unfit as fault:
        return None, [Problem(path.name, fault.line, fault.reason)]
    try:
        checked = model.model_validate(yamltext.plain(node))
    except ValidationError as error:
        return None, [
            Problem(path.name, _line(node, found["loc"]), _reason(found["loc"], found["msg"]))
            for found in error.errors()[:MOST_PROBLEMS]
        ]
    return checked.model_dump(exclude_none=True, exclude_defaults=True), []


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """Follow a location through the tree as far as it goes and return the line it stands on."""
    line = 1
    for step in location:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                break
            key, node = pair
            line = key.start_mark.line + 1
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
