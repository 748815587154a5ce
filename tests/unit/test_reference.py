"""The written reference and manual pages say what the program says, whoever writes them where."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke import errors, settings

if TYPE_CHECKING:
    from tools.make_reference import Page

ROOT = Path(__file__).parent.parent.parent
MANUALS = ("docs/man/xianke.1", "docs/man/xianke.zh_CN.1")
REFERENCES = ("docs/reference.md", "docs/reference.zh-CN.md")

pytestmark = pytest.mark.skipif(
    not (ROOT / "tools").exists(), reason="the tools are not in this copy"
)


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    """Return every command's help, in Chinese: its names are the same in all languages."""
    from tools import make_reference

    return list(make_reference.pages())


@pytest.mark.parametrize("changes", [{}, {"COLUMNS": "40", "TZ": "America/Los_Angeles"}], ids=str)
def test_the_written_files_are_current(changes: dict[str, str], tmp_path: Path) -> None:
    """`make reference` writes them anew; terminal, zone and settings have no part in it."""
    (tmp_path / "config.toml").write_text('language = "en"\nzone = "Asia/Urumqi"\n')
    environment = {**os.environ, "XIANKE_HOME": str(tmp_path), "XIANKE_LANG": "", **changes}

    ended = subprocess.run(
        [sys.executable, "-m", "tools.make_reference", "--check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("name", REFERENCES)
def test_every_command_and_option_is_in_the_reference(name: str, pages: list[Page]) -> None:
    """Under a title of its own, in the order of the program."""
    text = (ROOT / name).read_text(encoding="utf-8")
    titles = re.findall(r"^##+ (xianke .+)$", text, re.MULTILINE)
    parts = re.split(r"^##+ .+$", text, flags=re.MULTILINE)[1:]

    assert titles == [page.name for page in pages[1:]]
    for page, part in zip(pages[1:], parts, strict=False):
        bare = part.replace("\\|", "|")
        assert [row[0] for row in page.own_options if f"| `{row[0]}` |" not in bare] == []
        assert "\n".join(("```sh", page.usage, "```")) in part


@pytest.mark.parametrize("name", REFERENCES)
def test_links_of_the_reference_lead_to_titles(name: str) -> None:
    """As the reader's browser makes them from the words of a title."""
    text = (ROOT / name).read_text(encoding="utf-8")
    titles = re.findall(r"^##+ (.+)$", text, re.MULTILINE)

    links = re.findall(r"\]\(#([^)]+)\)", text)
    assert set(links) - {title.replace(" ", "-") for title in titles} == set()
    assert len(links) == len(set(links)) > 60


@pytest.mark.parametrize("name", MANUALS)
def test_every_command_is_in_the_manual(name: str, pages: list[Page]) -> None:
    """Each in a part of its own, with its options."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\-", "-")
    parts = re.split(r"^\.S[SH] .+$", text, flags=re.MULTILINE)

    assert re.findall(r"^\.SS (.+)$", text, re.MULTILINE) == [page.name for page in pages[1:]]
    for page in pages[1:]:
        (part,) = (one for one in parts if one.startswith(f"\n\\fB{page.name}\\fR "))
        for term, _text in page.own_options:
            assert f"\\fB{term.split(' ')[0].rstrip(',')}" in part, page.name


def test_every_exit_status_is_told() -> None:
    """Those of the errors, and the program's own."""
    from tools import reference_words

    from xianke import cli
    from xianke.commands import checking, imports

    faults = {one.exit_code for one in errors.XiankeError.__subclasses__()}
    own = {0, cli.INTERNAL, cli.INTERRUPTED, checking.TRAP, imports.LEFT_OUT}

    assert {code for code, _en, _zh in reference_words.EXITS} == faults | own


@pytest.mark.parametrize("name", REFERENCES + MANUALS)
def test_the_environment_is_told(name: str) -> None:
    """Every variable that the program reads."""
    text = (ROOT / name).read_text(encoding="utf-8")

    assert [one.name for one in settings.VARIABLES if one.name not in text] == []


def test_the_parts_of_a_help_text_are_told_apart() -> None:
    """Paragraphs, what is typed, terms in two columns, and an example beside its title."""
    from tools.make_reference import Block, blocks

    text = "One line.\n\nExamples:\n  xianke a\n  xianke b\nAfterwards.\n\n"
    text += "  csv    a table\n\n例：xianke c"

    assert list(blocks(text)) == [
        Block("text", ("One line.",)),
        Block("text", ("Examples:",)),
        Block("typed", ("xianke a", "xianke b")),
        Block("text", ("Afterwards.",)),
        Block("terms", ("csv    a table",)),
        Block("text", ("例：",)),
        Block("typed", ("xianke c",)),
    ]
    assert Block("terms", ("csv    a table",)).rows() == [("csv", "a table")]


def test_nothing_in_a_manual_is_taken_for_a_request() -> None:
    """A dot or a quote at the beginning of a line, and every backslash, shows as it is."""
    from tools.reference_man import _plain

    assert _plain(".ics 'a' \\n -x") == "\\&.ics \\(aqa\\(aq \\en \\-x"
