"""Reading one data file: YAML to checked plain data, every fault with file, line and reason.

YAML is read with the base loader, so every scalar is text and the schema converts it; a
`12:30`, a `no` or a `1.10` cannot turn into something else on the way. Faults are values, so
that all of them can be shown at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

if TYPE_CHECKING:
    from xianke.schema_types import Strict

MAX_FILE_BYTES = 8_000_000


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
        if path.stat().st_size > MAX_FILE_BYTES:
            return None, [Problem(path.name, 1, "the file is too large for a catalogue")]
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return None, [Problem(path.name, 1, f"not UTF-8: {error.reason}")]
    except OSError as error:
        return None, [Problem(path.name, 1, str(error.strerror))]
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        if node is not None and (alias := _alias(text)) is not None:
            return None, [Problem(path.name, alias, "anchors and aliases are not allowed")]
        data = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, [Problem(path.name, line, error.problem or "not YAML")]
    except (yaml.YAMLError, RecursionError) as error:
        return None, [Problem(path.name, 1, str(error).splitlines()[0])]
    repeated = _repeated_keys(node) if node is not None else []
    if repeated:
        return None, [
            Problem(path.name, line, f"key stands twice: {key!r}") for line, key in repeated
        ]
    try:
        checked = model.model_validate(data)
    except ValidationError as error:
        return None, [
            Problem(path.name, _line(node, found["loc"]), _reason(found["loc"], found["msg"]))
            for found in error.errors()
        ]
    return checked.model_dump(exclude_none=True, exclude_defaults=True), []


def _alias(text: str) -> int | None:
    """Return the line of the first anchor or alias: with them a small file can grow without end."""
    for token in yaml.scan(text, Loader=yaml.BaseLoader):
        if isinstance(token, (yaml.AnchorToken, yaml.AliasToken)):
            return int(token.start_mark.line) + 1
    return None


def _repeated_keys(node: yaml.Node) -> list[tuple[int, str]]:
    found = []
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                found.append((key.start_mark.line + 1, key.value))
            seen.add(key.value)
            found.extend(_repeated_keys(value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            found.extend(_repeated_keys(item))
    return found


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """Follow a location through the tree as far as it goes and return the line it stands on."""
    line = 1
    for step in location:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if step not in pairs:
                break
            key, node = pairs[step]
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
