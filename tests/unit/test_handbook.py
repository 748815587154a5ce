"""READMEs and docs: links that lead somewhere, twins, and commands that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from tests import handbook
from tests.handbook import ROOT, Page

from xianke.commands import root

PAGES = handbook.pages()

PLACEHOLDER = re.compile(r"[A-Z]{2,}|[\[{].*|…|命令|<Tab>|\.\.\.")
"""What stands for a word of the reader's own: `COMMAND`, `[OPTIONS]`, 命令, `…`."""

TWINS = [page for page in handbook.written_by_hand() if page.language == "zh"]


def _broken(page: Page) -> list[str]:
    wrong = []
    for link in page.links:
        target, _hash, anchor = link.partition("#")
        if re.match(r"https?:|mailto:", target):
            continue
        path = (page.path.parent / target).resolve() if target else page.path
        if not path.exists():
            wrong += [] if path.relative_to(ROOT).as_posix() in handbook.GENERATED else [link]
        elif anchor and anchor not in Page(path).anchors:
            wrong.append(link)
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_lead_somewhere(page: Page) -> None:
    """Every link within the project names a file that is there and a heading that it has."""
    assert _broken(page) == []


@pytest.mark.parametrize("page", TWINS, ids=str)
def test_twins_link_to_each_other(page: Page) -> None:
    """A page in two languages offers the other one near its top."""
    other = Page(page.twin)

    for one, two in ((page, other), (other, page)):
        head = "\n".join(one.text.splitlines()[:4])
        assert f"]({two.path.name})" in head, one


@pytest.mark.parametrize("page", TWINS, ids=str)
def test_twins_say_the_same(page: Page) -> None:
    """Both have as many headings and blocks, and show the same commands in the same order."""
    other = Page(page.twin)

    def outline(one: Page) -> list[str]:
        return re.findall(r"^(#+) ", one.prose, re.MULTILINE)

    def shown(one: Page) -> list[list[str]]:
        return [
            [word for word in example.words if word.isascii() and re.match(r"-*[a-z]", word)][:2]
            for example in handbook.examples(one)
        ]

    assert outline(page) == outline(other)
    assert [block.kind for block in page.blocks()] == [block.kind for block in other.blocks()]
    assert [words[:1] for words in shown(page)] == [words[:1] for words in shown(other)]


def test_every_page_is_listed() -> None:
    """Both indexes name every page of docs in their language."""
    for name, language in (("index.md", "en"), ("index.zh-CN.md", "zh")):
        index = Page(ROOT / "docs" / name)
        there = {page.path.name for page in PAGES if page.path.parent.name == "docs"}
        wanted = {one for one in there if Page(ROOT / "docs" / one).language == language}
        assert wanted - set(index.links) - {name} == set()


def _misnamed(line: str) -> str | None:
    """Return what in a command line is no command or option of the program."""
    try:
        words = shlex.split(line, comments=True)[1:]
    except ValueError:  # a quote that is never closed: an example cut short
        words = line.split()[1:]
    command: Any = root.command()  # Any: typer's command class is not public
    path = "xianke"
    while words and hasattr(command, "list_commands") and not words[0].startswith("-"):
        if PLACEHOLDER.fullmatch(words[0]):
            return None
        found = command.get_command(None, words[0])
        if found is None:
            return f"{path} {words[0]}"
        command, path, words = found, f"{path} {words[0]}", words[1:]
    known = {name for parameter in command.params for name in parameter.opts} | {"--help", "-h"}
    for word in words:
        if word == "--":
            break
        option = re.match(r"--[a-z][a-z-]*|-[a-zA-Z]$", word)
        if option and option[0] not in known:
            return f"{path} {option[0]}"
    return None


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_no_page_names_a_command_that_is_not_there(page: Page) -> None:
    """Every `xianke …` is a command of the program, with options that it has."""
    wrong = {line: found for line in page.commands() if (found := _misnamed(line))}

    assert wrong == {}


@pytest.mark.parametrize(
    ("line", "misnamed"),
    [
        ("xianke suggets", "xianke suggets"),
        ("xianke inventory add slut x", "xianke inventory add slut"),
        ("xianke log xianyu 85 --minuten 40", "xianke log --minuten"),
        ("xianke log xianyu 85 --minutes 40 # done", None),
        ("xianke COMMAND --help", None),
    ],
)
def test_a_misspelt_command_is_noticed(line: str, misnamed: str | None) -> None:
    """The reader of commands knows right from wrong."""
    assert _misnamed(line) == misnamed


def test_anchors_are_those_of_github() -> None:
    """Small letters, no punctuation but hyphens, Chinese kept."""
    headings = "# What `xianke check` says, and why\n\n## 数据：放在哪，怎么删\n"

    assert {handbook._anchor(one) for one in re.findall("^#+ (.*)$", headings, re.MULTILINE)} == {
        "what-xianke-check-says-and-why",
        "数据放在哪怎么删",
    }


def test_the_newest_release_is_this_version() -> None:
    """The first release that CHANGELOG names is the one the program says it is."""
    from xianke import __version__

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert (
        re.findall(r"^## \[(\d[^\]]*)\] - \d{4}-\d\d-\d\d$", text, re.MULTILINE)[0] == __version__
    )


@pytest.mark.parametrize(
    "path", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml")), ids=lambda p: p.name
)
def test_forms_can_be_filled_in(path: Path) -> None:
    """Each question has an id of its own and a label; choices are words."""
    import yaml

    form = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert {"name", "description", "body"} <= set(form)
    asked = [one for one in form["body"] if one["type"] != "markdown"]
    assert len({one["id"] for one in asked}) == len(asked) > 3
    assert {one["type"] for one in asked} <= {"input", "textarea", "dropdown"}
    assert all(one["attributes"]["label"] for one in asked)
    assert all(
        all(isinstance(choice, str) for choice in one["attributes"]["options"])
        for one in asked
        if one["type"] == "dropdown"
    )


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_targets_of_make_are_there(page: Page) -> None:
    """Every `make …` in code is a target of the Makefile."""
    targets = re.findall(
        r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert set(re.findall(r"`make ([a-z-]+)", page.text)) - set(targets) == set()
