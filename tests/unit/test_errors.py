"""The tree of errors: one class, one code, one exit status."""

from __future__ import annotations

import inspect

import pytest

from xianke import cli, errors
from xianke.errors import XiankeError

CONTRACT = {
    "XiankeError": ("refused", 1),
    "Refused": ("refused", 1),
    "NotUnderstood": ("not_understood", 2),
    "NotFound": ("not_found", 3),
    "Conflict": ("conflict", 4),
    "Unreadable": ("unreadable", 5),
    "Unreachable": ("network", 6),
}
"""The part of the machine contract that these classes keep."""


def test_every_class_keeps_its_code_and_exit_status() -> None:
    """Programs rely on the word, scripts on the number: both are fixed, and none is left out."""
    found = {
        name: (kind.code, kind.exit_code)
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, XiankeError)
    }

    assert found == CONTRACT


def test_the_statuses_without_a_class_are_those_of_the_contract() -> None:
    """A fault of the program and an interruption end in the same way everywhere."""
    assert (cli.INTERNAL, cli.INTERRUPTED) == (70, 130)


@pytest.mark.parametrize("kind", [getattr(errors, name) for name in CONTRACT])
def test_an_error_carries_its_sentence_and_hint(kind: type[XiankeError]) -> None:
    """Both reach the user as they were written; the hint may be missing."""
    with_hint, without = kind("看不懂", "写成 12.5"), kind("看不懂")

    assert (with_hint.message, with_hint.hint, str(with_hint)) == ("看不懂", "写成 12.5", "看不懂")
    assert (without.message, without.hint) == ("看不懂", None)
