"""What a shell is told when Tab is pressed: the words, what they cost, and what stays untouched."""

from __future__ import annotations

import json
import os
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any, get_args

import pytest
from tests.cli import waiting

from xianke import (
    exporters,
    gigs,
    i18n,
    importers,
    inventory,
    payers,
    platforms,
    priorities,
    profiles,
    settings,
    starting,
)
from xianke.commands import candidates, completing, gigimport, root, shellfiles

if TYPE_CHECKING:
    from tests.conftest import Run


def _answer(*words: str, shell: str = "bash") -> str:
    """Return the whole answer; the last word is the one under the cursor."""
    *finished, typed = words
    return completing.answer([shell, *finished, f".{typed}"])


def _words(*words: str, shell: str = "bash") -> list[str]:
    """Return the words that may come, without what they mean."""
    mode, *lines = _answer(*words, shell=shell).splitlines()
    assert mode == "words"
    return [line.split("\t")[0] for line in lines]


# Commands and options


def test_the_commands_come_with_what_they_do() -> None:
    """Those of the table that begin as typed, in its order."""
    assert _answer("lo") == f"words\nlog\t{root.table()['log'][1]}\n"
    assert _words("") == list(root.table())


def test_a_group_offers_its_commands() -> None:
    """From the group's own module."""
    assert _words("gigs", "") == ["show", "edit", "rm"]


def test_an_option_of_the_group_does_not_hide_its_commands() -> None:
    """Its value is no command."""
    assert _words("gigs", "--platform", "show", "e") == ["edit"]


def test_options_come_after_a_dash() -> None:
    """Each by its long name; one that was given is not offered again."""
    assert _words("log", "闲鱼", "85", "--m") == ["--minutes"]
    assert _words("log", "闲鱼", "85", "--minutes", "40", "--m") == []
    assert _words("export", "-") == ["--format", "--output", "--from", "--to", "--json", "--help"]


def test_an_option_that_may_be_given_twice_is_offered_again() -> None:
    """A slot can have two devices."""
    assert _words("inventory", "add", "slot", "--device", "pc", "--dev") == ["--device"]


def test_after_two_dashes_nothing_is_an_option() -> None:
    """As the parser reads it."""
    assert _words("log", "--", "--m") == []


def test_where_all_arguments_are_given_options_come() -> None:
    """There is nothing else to write."""
    assert "--limit" in _words("suggest", "")


@pytest.mark.parametrize("words", [("nonsense", ""), ("gigs", "nonsense", ""), ("--nonsense", "x")])
def test_what_is_no_command_has_no_words(words: tuple[str, ...]) -> None:
    """A slip is not completed any further."""
    assert _words(*words) == []


def test_free_text_has_no_words() -> None:
    """Nobody knows the amount but the user."""
    assert _answer("log", "闲鱼", "") == "words\n"


@pytest.mark.parametrize(
    "words", [("import", "bi"), ("export", "-o", ""), ("report", "--html", "")]
)
def test_files_are_left_to_the_shell(words: tuple[str, ...]) -> None:
    """It knows better how."""
    assert _answer(*words) == "files\n"


def test_nothing_asked_is_nothing_told() -> None:
    """Not even by a shell that sends nothing."""
    assert (completing.answer([]), completing.answer(["bash"])) == ("", "")


# Closed lists


@pytest.mark.parametrize(
    "words", [("--goal=s",), ("--goal", "s"), ("--goal", "=", "s")], ids=" ".join
)
def test_a_value_may_be_bound_by_an_equals_sign(words: tuple[str, ...]) -> None:
    """Whole, as zsh sends it, or in three words, as bash does."""
    bound = "--goal=" if len(words) == 1 else ""

    assert _words("suggest", *words) == [f"{bound}steady", f"{bound}safe"]


def test_a_code_is_found_by_its_name() -> None:
    """Typed in Chinese, inserted as the command takes it in both languages."""
    assert _answer("gigs", "--status", "已收") == "words\npaid\t已收款\n"


def test_values_of_a_fact_depend_on_the_fact() -> None:
    """What comes before decides."""
    assert _words("platforms", "edit", "闲鱼", "先付钱", "") == ["none", "possible", "required"]
    assert _words("inventory", "set", "student", "") == ["yes", "no"]
    assert _words("inventory", "set", "city", "") == []


def test_the_closed_lists_are_those_of_the_commands() -> None:
    """They stand twice only because their homes are heavy."""
    assert candidates.statuses() == gigs.status_names()
    assert candidates.places() == inventory.place_names()
    assert tuple(candidates.goals()) == get_args(priorities.Goal)
    assert candidates.REPORT_KEYS == gigs.REPORT_KEYS
    assert candidates.EXPORT_FORMATS == exporters.FORMATS
    assert (*importers.FORMATS, *gigimport.FORMATS) == candidates.IMPORT_FORMATS
    assert candidates.RULE_FIELDS == payers.FIELDS
    assert candidates.PROFILE_KEYS == profiles.KEYS
    assert candidates.PROFILE_FLAGS == profiles.FLAGS
    assert tuple(profiles.education_names()) == candidates.EDUCATION
    assert tuple(platforms.EDITABLE) == candidates.FACTS
    assert candidates.SHELLS == shellfiles.SHELLS
    assert tuple(preset.code for preset in starting.PRESETS) == candidates.PRESETS


def _parameters(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    # Any: no class of the parser is public.
    for parameter in command.params:
        if not getattr(parameter, "is_flag", False):
            yield path, parameter.name
    if hasattr(command, "list_commands"):
        for name in command.list_commands(None):
            yield from _parameters(command.get_command(None, name), (*path, name))


def test_every_parameter_was_thought_of() -> None:
    """A new one is given its words in `candidates`, or named there as a file or as free text."""
    forgotten = [
        (*path, name)
        for path, name in _parameters(root.command(), ())
        if not candidates.is_known(path, name)
    ]

    assert forgotten == []


# Platforms, skills and assets


@pytest.mark.parametrize("typed", ["xy", "xianyu", "闲鱼", "ＸＹ"])
def test_a_platform_is_found_by_name_pinyin_and_initials(typed: str) -> None:
    """And inserted by its Chinese name."""
    assert _words("log", typed)[0] == "闲鱼"


def test_initials_that_are_whole_mean_one_thing() -> None:
    """What goes on after them is another platform."""
    assert _words("log", "xy") == ["闲鱼"]
    assert {"闲鱼", "闲鱼优品"} <= set(_words("log", "xian"))
    assert {"闲鱼", "闲鱼优品"} <= set(_words("log", "闲鱼"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "words", [("log", ""), ("gigs", "--platform", ""), ("platforms", "show", "")]
)
def test_every_platform_offered_is_one_and_needs_no_quotes(
    words: tuple[str, ...], language: i18n.Language
) -> None:
    """What is inserted is understood, by the shell and by the command."""
    i18n.set_language(language)
    known = platforms.catalogue()

    offered = _words(*words)

    assert sorted(platforms.find(known, word).id for word in offered) == sorted(known.platforms)
    assert [word for word in offered if shlex.quote(word) != word and word.isascii()] == []
    assert [word for word in offered if set(word) & set(" '\"\\()（）[]{}$&;|<>*?~`!#=:/")] == []


def test_in_english_ids_are_inserted() -> None:
    """Whoever has no Chinese keyboard can read and correct them."""
    i18n.set_language("en")

    assert _words("log", "xy") == ["xianyu"]
    assert all(word.isascii() for word in _words("log", ""))


def test_a_shell_that_takes_words_literally_gets_ids() -> None:
    """Fish drops what does not begin as typed."""
    assert _words("log", "xy", shell="fish") == ["xianyu"]
    assert all(word.isascii() for word in _words("log", "xian", shell="fish"))
    assert _words("log", "闲鱼", shell="fish")[0] == "闲鱼"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("inventory", "add", "skill", "exc"), "Excel表格"),
        (("inventory", "add", "asset", "ddzxc"), "电动自行车"),
        (("learn", "jianji"), "视频剪辑"),
        (("platforms", "--category", "配送"), "delivery_errand"),
        (("suggest", "--explain", "配送跑"), "delivery_errand"),
        (("rules", "add", "工资", "私"), "private"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else one,
)
def test_things_are_found_as_people_type_them(words: tuple[str, ...], found: str) -> None:
    """Skills, things, categories, and the word for what is private."""
    assert found in _words(*words)


def test_what_the_terminal_cannot_show_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """It could not be sent back either."""

    class Ascii:
        encoding = "ascii"

    monkeypatch.setattr(sys, "stdout", Ascii)

    assert _words("log", "xy") == []


# What is in the store


@pytest.fixture
def lived_in(run: Run) -> None:
    """Write down a slot, a skill, an own client with a gig, and a row of a bill."""
    for line in (
        ("inventory", "add", "slot", "工作日 12:00-13:00", "--label", "午休"),
        ("inventory", "add", "skill", "PPT"),
        ("log", "王阿姨", "85.5", "--new", "--at", "2026-11-20"),
        ("log", "闲鱼", "20", "--status", "delivered", "--at", "2026-11-21"),
        ("spend", "闲鱼", "50", "--deposit", "--at", "2026-11-21"),
    ):
        assert run(*line).code == 0, line
    waiting.bring(waiting.Entry())


@pytest.mark.usefixtures("lived_in")
def test_ids_come_with_what_they_are() -> None:
    """The newest first."""
    assert _answer("gigs", "show", "") == (
        "words\ng2\t2026-11-21 xianyu 20.00\ng1\t2026-11-20 王阿姨 85.50\n"
    )
    assert _answer("inventory", "rm", "") == "words\ns1\t工作日 12:00-13:00 午休\nk1\tPPT 制作 3\n"
    assert _words("spend", "returned", "") == ["c1"]
    assert _words("bills", "show", "b") == ["b1"]


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize(("typed", "found"), [("g1", ["g1"]), ("1", ["g1"]), ("x", []), ("g١", [])])
def test_ids_begin_as_typed(typed: str, found: list[str]) -> None:
    """With the letter or without it."""
    assert _words("gigs", "rm", typed) == found


@pytest.mark.usefixtures("lived_in")
def test_own_clients_come_where_the_catalogue_has_no_such_word() -> None:
    """By name and by pinyin."""
    assert (_words("log", "王"), _words("log", "wanga")) == (["王阿姨"], ["王阿姨"])


@pytest.mark.usefixtures("lived_in")
def test_a_row_belongs_to_somebody() -> None:
    """First the rows, then also whose they are."""
    assert _words("bills", "assign", "") == ["b1"]
    assert "闲鱼" in _words("bills", "assign", "b1", "xy")


def test_without_a_store_there_are_no_ids_and_none_is_made() -> None:
    """Looking is not keeping."""
    assert _words("gigs", "show", "") == []
    assert not settings.home().exists()


@pytest.mark.usefixtures("lived_in")
def test_a_glance_leaves_the_store_alone() -> None:
    """Nor does it leave files beside it."""
    before = {path: path.read_bytes() for path in settings.home().rglob("*") if path.is_file()}

    assert _words("gigs", "show", "") == ["g2", "g1"]

    after = {path: path.read_bytes() for path in settings.home().rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.usefixtures("lived_in")
def test_a_damaged_store_is_silent() -> None:
    """The next command will say what is wrong."""
    settings.database_path().write_bytes(b"not a store" * 500)

    assert _answer("gigs", "show", "") == "words\n"


@pytest.mark.usefixtures("lived_in")
def test_a_locked_store_is_not_waited_for() -> None:
    """Another program holds it alone: no ids, and soon."""
    with closing(sqlite3.connect(settings.database_path(), isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")

        assert _answer("gigs", "show", "") == "words\n"


@pytest.mark.usefixtures("lived_in")
def test_what_the_user_wrote_cannot_paint_the_prompt(run: Run) -> None:
    """Control characters and line breaks of a bill become blanks."""
    waiting.bring(waiting.Entry(counterparty="a\x1b[31m\nb\tc\u202ed"))

    answer = _answer("bills", "show", "b2")

    assert answer.splitlines()[1].split("\t") == ["b2", "2026-11-10 09:30 a [31m b c d 100.00"]


# What it costs


SCRIPT = """
import io, json, sys
from xianke import cli
real, sys.stdout = sys.stdout, io.StringIO()
code = cli.run(["__complete", "bash", *sys.argv[1:]])
told, sys.stdout = sys.stdout.getvalue(), real
print(json.dumps([code, told, sorted(sys.modules)]))
"""
HEAVY = {
    "rich", "yaml", "pydantic", "sqlmodel", "sqlalchemy", "httpx", "jinja2", "rapidfuzz",
    "pypinyin", "chinese_calendar", "icalendar", "platformdirs",
}  # fmt: skip


def _process(*words: str) -> tuple[int, str, set[str]]:
    """Ask a process of its own; return its code, its answer and the packages it loaded."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
    )
    code, told, modules = json.loads(ended.stdout)
    return code, told, {name.split(".")[0] for name in modules}


@pytest.mark.parametrize(
    "words",
    [
        (".lo",),
        *((name, ".--") for name in root.table()),
        ("log", ".xy"),
        ("suggest", "--explain", ".p"),
        ("inventory", "add", "skill", ".e"),
        ("platforms", "edit", "闲鱼", "upfront", "."),
        ("report", "--by", "."),
    ],
    ids=" ".join,
)
def test_words_cost_neither_store_nor_machinery(words: tuple[str, ...]) -> None:
    """Commands, options, platforms, skills: no database, and nothing heavy."""
    code, told, packages = _process(*words)

    assert (code, told.split("\n")[0], packages & (HEAVY | {"sqlite3"})) == (0, "words", set())
    assert len(told.splitlines()) > 1


@pytest.mark.usefixtures("lived_in")
def test_ids_cost_the_store_alone() -> None:
    """Read by sqlite3 itself."""
    code, told, packages = _process("gigs", "show", ".g1")

    assert (code, told, packages & HEAVY) == (0, "words\ng1\t2026-11-20 王阿姨 85.50\n", set())


@pytest.mark.parametrize("home", ["~no-such-user-here/x", "\x7f"])
def test_a_fault_is_silent(home: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody wants to read at a prompt what went wrong."""
    monkeypatch.setenv("XIANKE_HOME", home)
    monkeypatch.delenv("XIANKE_DEBUG")

    ended = run("__complete", "bash", "gigs", "show", ".")

    assert (ended.code, ended.out, ended.err) == (0, "words\n", "")


def test_a_fault_of_the_program_is_silent_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where Tab asks what nobody thought of."""

    def fail(_words: object) -> str:
        raise ValueError

    monkeypatch.setattr(completing, "answer", fail)
    monkeypatch.delenv("XIANKE_DEBUG")

    ended = run("__complete", "bash", ".")

    assert (ended.code, ended.out, ended.err) == (0, "", "")
