"""YAML of unknown origin: plain text comes out, and what would do more is refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from xianke import yamltext
from xianke.yamltext import Unfit

SECONDS = 20
"""Far more than any of these takes, far less than some did without a look first."""

HOSTILE = {
    "laughs": "a: &a [x, x]\nb: &b [*a, *a]\nslots: [*b, *b]\n",
    "merge of an anchor": "a: &a {b: c}\nd:\n  <<: *a\n",
    "open lists": "slots: " + "[" * 200_000,
    "lists": "slots: " + "[" * 50_000 + "]" * 50_000,
    "mappings": "slots: " + "{a: " * 20_000 + "}" * 20_000,
    "dashes": "- " * 100_000,
    "questions": "? " * 100_000,
    "indents": "\n".join("  " * depth + "x:" for depth in range(1200)),
    "many": "skills: [" + "x," * 300_000 + "]",
    "twice": "slots: []\nslots: [x]\n",
    "twice below": "- a: 1\n  b: 2\n  a: 3\n",
    "a list as a key": "? [a]\n: b\n",
    "a mapping as a key": "? {a: b}\n: c\n",
    "two documents": "a: b\n---\nc: d\n",
    "control": "a: \x07\n",
    "NUL": "a: \x00\n",
    "half a character": 'a: "\\ud800"\n',
    "cut off": "a: [1\n",
    "alias of nothing": "a: *x\n",
    "unknown tag handle": "a: !x!y z\n",
}
"""What is refused, each for a reason of its own."""


@pytest.fixture(params=["built", "plain"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the quick loader, and as where it was not built."""
    if request.param == "plain":
        monkeypatch.delattr(yaml, "CBaseLoader")


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_at_once(name: str) -> None:
    """One reason on one line, and a line of the file; never more than some seconds."""
    started = time.monotonic()

    with pytest.raises(Unfit) as caught:
        yamltext.composed(HOSTILE[name])

    assert time.monotonic() - started < SECONDS
    assert 1 <= caught.value.line <= HOSTILE[name].count("\n") + 1
    assert len(caught.value.reason.splitlines()) == 1


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "text",
    [
        '!!python/object/apply:os.system ["touch pwned"]',
        'a: !!python/object/new:os.system ["touch pwned"]',
        "!!python/name:os.system",
        "!!python/module:os",
        '!!python/object/apply:subprocess.check_output [["touch", "pwned"]]',
        "a: !!timestamp 2026-01-01",
    ],
)
def test_tags_mean_nothing(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they would call is not called: texts, lists and mappings are left."""
    monkeypatch.chdir(tmp_path)

    found = yamltext.plain(yamltext.composed(text))

    assert not (tmp_path / "pwned").exists()
    assert type(found) in (str, list, dict)


@pytest.mark.usefixtures("loader")
def test_everything_is_text() -> None:
    """Nothing turns into a number, a truth value, a date or nothing on the way."""
    text = "a: [1, 1.10, no, 12:30, ~, 2026-01-01, 0x1f]\nb: {c: }\n"

    assert yamltext.plain(yamltext.composed(text)) == {
        "a": ["1", "1.10", "no", "12:30", "~", "2026-01-01", "0x1f"],
        "b": {"c": ""},
    }
    assert yamltext.plain(yamltext.composed("")) is None


def test_a_file_is_read_no_further_than_it_may_be_long(tmp_path: Path) -> None:
    """One byte more is too much; the mark of Windows is no part of the text."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfabc")

    assert yamltext.text_of(path, 6) == "abc"
    assert yamltext.text_of(path, 5) is None
