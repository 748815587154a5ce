"""The little language in which `docs/contract.md` says what a document holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

_TOKEN = re.compile(r"\s*([{}\[\],:|]|\w+)")


@dataclass(frozen=True)
class Shape:
    """What a value looks like: an object's keys, a list's items, or the words it may be.

    A shape with a name of its own is gathered wherever it stands, and looked at once.
    """

    keys: Mapping[str, Shape] = field(default_factory=dict)
    items: Shape | None = None
    words: frozenset[str] = frozenset()
    name: str | None = None

    @property
    def is_plain(self) -> bool:
        """Return whether nothing is said about the inside."""
        return not self.keys and self.items is None and self.name is None


class Reader:
    """Reads shapes, knowing those that were named before."""

    def __init__(self, named: Mapping[str, Shape]) -> None:
        self._named = named
        self._tokens: list[str] = []

    def read(self, text: str) -> Shape:
        """Return the shape of a whole text."""
        self._tokens = _TOKEN.findall(text)
        found = self._value()
        assert not self._tokens, f"{text}: {self._tokens} is left over"
        return found

    def _take(self, *wanted: str) -> str:
        token = self._tokens.pop(0)
        assert not wanted or token in wanted, (token, wanted, self._tokens)
        return token

    def _value(self) -> Shape:
        token = self._take()
        if token == "{":
            found = Shape(keys=dict(self._pairs()))
        elif token == "[":
            inner = Shape() if self._tokens[0] == "]" else self._value()
            self._take("]")
            found = Shape(items=inner)
        elif token.isupper() and len(token) > 1:
            found = self._named[token]
        else:
            found = Shape(words=frozenset({token}))
        while self._tokens[:1] == ["|"]:
            self._take("|")
            word = self._take()
            if found.words:
                found = Shape(words=found.words | {word})
            else:
                assert word == "null", word
        return found

    def _pairs(self) -> Iterator[tuple[str, Shape]]:
        while self._tokens[0] != "}":
            key = self._take()
            inner = Shape()
            if self._tokens[0] == ":":
                self._take(":")
                inner = self._value()
            yield key, inner
            if self._tokens[0] == ",":
                self._take(",")
        self._take("}")


def read(lines: Sequence[str]) -> tuple[dict[str, Shape], dict[str, Shape]]:
    """Return the named shapes and those of commands; a name may be used before its own line."""
    said = [line for line in lines if line.strip()]
    named = dict(line.split(" = ", 1) for line in said if re.match(r"[A-Z]+ = ", line))
    shapes: dict[str, Shape] = {}
    for name in _in_order(named):
        shapes[name] = replace(Reader(shapes).read(named[name]), name=name)
    commands = dict(line.split(": ", 1) for line in said if not re.match(r"[A-Z]+ = ", line))
    return shapes, {name: Reader(shapes).read(text) for name, text in commands.items()}


def _in_order(named: Mapping[str, str]) -> list[str]:
    """Return the names so that each comes after those it is made of."""
    found: list[str] = []

    def add(name: str) -> None:
        for needed in re.findall(r"\b[A-Z]{2,}\b", named[name]):
            if needed in named and needed not in found:
                add(needed)
        found.append(name)

    for name in named:
        if name not in found:
            add(name)
    return found


Shown = dict[str, list[Any]]  # Any: whatever the documents hold


def faults(named: Mapping[str, Shape], commands: Mapping[str, Shape], shown: Shown) -> list[str]:
    """Return what the shapes of commands name and their documents do not show, or rule out."""
    pool: Shown = {name: [] for name in named}
    found = [
        fault
        for name, shape in commands.items()
        for fault in missing(shape, shown[name], name, pool)
    ]
    # The outer ones come last in the order of names, and fill the pool of those inside them.
    for name in reversed(list(named)):
        found += missing(replace(named[name], name=None), pool[name], name, pool)
    return found


def missing(shape: Shape, values: Sequence[Any], path: str, pool: Shown) -> Iterator[str]:
    """Yield what a shape names and no value shows, and values that it does not allow."""
    if shape.name is not None:
        pool[shape.name] += [value for value in values if value is not None]
        return
    if shape.words:
        wrong = {str(value) for value in values if value is not None} - shape.words
        yield from (f"{path} is {value}" for value in sorted(wrong))
    if shape.items is not None:
        lists = [value for value in values if isinstance(value, list)]
        if not lists:
            yield f"{path} is no list"
        inside = [item for value in lists for item in value]
        if inside or not shape.items.is_plain:
            yield from missing(shape.items, inside, f"{path}[]", pool)
    if shape.keys:
        objects = [value for value in values if isinstance(value, dict)]
        if not objects:
            yield f"{path} is no object"
            return
        for key, inner in shape.keys.items():
            there = [value[key] for value in objects if key in value]
            if not there:
                yield f"{path}.{key} is missing"
            else:
                yield from missing(inner, there, f"{path}.{key}", pool)
