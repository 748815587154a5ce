"""`docs/contract.md`: every command is in it, and every key that it names is really there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from tests import handbook, shapes
from tests.handbook import ROOT, Page

from xianke import i18n
from xianke.commands import root

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

PAGE = Page(ROOT / "docs" / "contract.md")
NAMED, COMMANDS = shapes.read(
    [line for block in PAGE.blocks() if block.kind == "shape" for line in block.lines]
)

ARGUMENTS = {"spend returned"}
"""Lines that stand for what a command says to a word that is no command of its own."""


def _commands(command: Any, path: str = "") -> Iterator[str]:  # Any: typer's class is not public
    """Yield the commands of the tree that do something by themselves."""
    if not hasattr(command, "list_commands"):
        yield path
        return
    if command.invoke_without_command:
        yield path or "xianke"
    for name in command.list_commands(None):
        yield from _commands(command.get_command(None, name), f"{path} {name}".strip())


def test_every_command_is_listed() -> None:
    """A new command has its line in the contract, and none is left over."""
    known = {name.partition(" --")[0] for name in COMMANDS}

    assert set(_commands(root.command())) ^ (known - ARGUMENTS) == set()


def test_every_key_is_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of the page, one after the other, show each key and no value it rules out."""
    handbook.lay_out(tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("XIANKE_LANG", "en")
    i18n.set_language("en")

    shown: shapes.Shown = {name: [] for name in COMMANDS}
    failed = []
    for example in handbook.examples(PAGE):
        result = run(*example.words[1:])
        document = json.loads(result.out)
        assert document["schema"] == 1
        if document["status"] == "error" or result.code not in (0, 10):
            failed.append((example.line, result.err))
        shown[_meant(example.words)].append(document["data"])

    assert failed == []
    assert shapes.faults(NAMED, COMMANDS, shown) == []


def _meant(words: tuple[str, ...]) -> str:
    """Return the line of the contract that a command line is an example of."""
    line = " ".join(word for word in words[1:] if word != "--json") or "xianke"
    fitting = [
        name
        for name in COMMANDS
        if f"{line} ".startswith(f"{name.partition(' --')[0]} ")
        and set(name.split()) <= set(line.split())
    ]
    return max(fitting, key=len)


@pytest.mark.parametrize(
    ("lines", "value", "faults"),
    [
        (["x: {a, b: [{c}]}"], {"a": 1, "b": [{"c": 2}]}, []),
        (["x: {a, b: [{c}]}"], {"a": 1, "b": [{"d": 2}]}, ["x.b[].c is missing"]),
        (["x: {a: p|q|null}"], {"a": "z"}, ["x.a is z"]),
        (["x: {a: {b}|null}"], {"a": None}, ["x.a is no object"]),
        (["x: [{a}]"], [], ["x[] is no object"]),
        (["x: {a: []}"], {"a": []}, []),
        (["x: {a: [OUT]}", "OUT = {b: IN|null}", "IN = {c}"], {"a": [{"b": {"c": 1}}]}, []),
        (["x: {a: OUT}", "OUT = {b: IN}", "IN = {c}"], {"a": {"b": {}}}, ["IN.c is missing"]),
        (["x: {a: OUT, b: OUT|null}", "OUT = {c}"], {"a": {"c": 1}, "b": None}, []),
    ],
)
def test_a_missing_key_is_noticed(lines: list[str], value: object, faults: list[str]) -> None:
    """The reader of shapes knows right from wrong; an empty list shows no key."""
    named, commands = shapes.read(lines)

    assert shapes.faults(named, commands, {"x": [value]}) == faults
