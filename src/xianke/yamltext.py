"""YAML from files of unknown origin: looked through before anything is built, read as plain text.

No tag means anything, no anchor or alias is allowed, every scalar is text. What would take time
or memory out of proportion is found while the file streams by, and refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import yaml

MOST_DEPTH = 30
"""Levels of lists and mappings; a catalogue has seven."""
MOST_NODES = 60_000
"""Lists, mappings and texts in one file; the catalogue that is shipped has twelve thousand."""


_HALF = re.compile("[\ud800-\udfff]")
"""What an escape can make, and no file can hold."""

Kind = Literal["anchor", "repeated", "other"]
"""What is wrong with a text: the two that people do in good faith, and everything else."""


class Unfit(Exception):
    """Says that a text is not the plain YAML that is read here.

    `line` and `column` are where that shows, counted from one; `reason` is for people who write
    such files, in English (`faultwords` has it in the user's language).
    """

    def __init__(
        self, line: int, reason: str, kind: Kind = "other", *, column: int | None = None
    ) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column
        self.reason = reason
        self.kind = kind


def text_of(path: Path, most_bytes: int) -> str | None:
    """Return a file's text without the mark Windows puts before it; None where it is too large.

    Not even what pretends to be empty, as a device does, is read any further. Raise OSError or
    UnicodeDecodeError.
    """
    with path.open("rb") as file:
        data = file.read(most_bytes + 1)
    return None if len(data) > most_bytes else data.decode("utf-8-sig")


def composed(text: str) -> yaml.Node | None:
    """Return the tree of the one document of a text, None where it is empty; raise Unfit.

    Keys are texts, and none stands twice in the same mapping.
    """
    import yaml

    # Twenty times as fast, where it was built; both read the same language.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        _look_through(text, loader)
        tree: yaml.Node | None = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, None)
        raise Unfit(line, error.problem or "not YAML", column=column) from error
    except (yaml.YAMLError, ValueError) as error:
        reason = (str(error).splitlines() or ["not YAML"])[0]
        raise Unfit(1, reason) from error
    if tree is not None:
        _check_keys(tree)
    return tree


def plain(node: yaml.Node | None) -> object:
    """Return what a tree holds: texts, lists, and dicts with texts as keys; None for no tree."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    return None if node is None else node.value


def _look_through(text: str, loader: type[yaml.BaseLoader]) -> None:
    """Go through the events of a text, which are made one by one, and stop at what is too much."""
    import yaml

    depth = nodes = 0
    for event in yaml.parse(text, Loader=loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.NodeEvent):
            nodes += 1
            if event.anchor is not None:
                raise Unfit(line, "anchors and aliases are not allowed", "anchor")
        if isinstance(event, yaml.ScalarEvent) and _HALF.search(event.value):
            raise Unfit(line, "half a character")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MOST_DEPTH:
            raise Unfit(line, f"nested more than {MOST_DEPTH} levels deep")
        if nodes > MOST_NODES:
            raise Unfit(line, f"more than {MOST_NODES} entries")


def _check_keys(node: yaml.Node) -> None:
    import yaml

    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise Unfit(line, "a key has to be a text")
            if key.value in seen:
                raise Unfit(line, f"key stands twice: {key.value[:80]!r}", "repeated")
            seen.add(key.value)
            _check_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _check_keys(item)
