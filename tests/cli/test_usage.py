"""The way in: wrong usage, help pages, pipes, interruptions and faults, in both languages."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xianke import __version__, i18n, settings
from xianke.commands import root
from xianke.i18n import LOCALE_DIR, _
from xianke.render.text import width

if TYPE_CHECKING:
    from tests.conftest import Run

COMPILED = (LOCALE_DIR / "en" / "LC_MESSAGES" / "xianke.mo").exists()
HAN = re.compile(r"[\u4e00-\u9fff]")
WIDTH = 80

unix = pytest.mark.skipif(os.name == "nt", reason="pipes and terminals work otherwise there")


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Speak one language and then the other; Any: pytest does not know a parameter's type."""
    monkeypatch.setenv("XIANKE_LANG", request.param)
    i18n.set_language(request.param)
    return request.param


def _process(
    *arguments: str, stdout: int = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "xianke", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )


# Wrong usage


@dataclass(frozen=True)
class Slip:
    """A wrong command line, the sentence about it, and the command whose help is pointed to."""

    arguments: tuple[str, ...]
    sentence: str
    words: dict[str, str]
    command: str

    def message(self) -> str:
        """Return the sentence in the language in use."""
        return _(self.sentence).format(**self.words)

    def hint(self) -> str:
        """Return the hint in the language in use."""
        return _("看用法：{command} --help").format(command=self.command)

    def __str__(self) -> str:
        return " ".join(self.arguments)


NEAR = "没有命令「{name}」，是不是想写 {near}？"
UNKNOWN = "没有命令「{name}」"
SLIPS = [
    Slip(("inventry",), NEAR, {"name": "inventry", "near": "inventory"}, "xianke"),
    Slip(("做什么都行",), UNKNOWN, {"name": "做什么都行"}, "xianke"),
    Slip(("it's",), UNKNOWN, {"name": "it's"}, "xianke"),
    Slip(('say "hi" it\'s',), UNKNOWN, {"name": 'say "hi" it\'s'}, "xianke"),
    Slip(("",), UNKNOWN, {"name": ""}, "xianke"),
    Slip(
        ("inventory", "add", "slott"),
        NEAR,
        {"name": "slott", "near": "slot"},
        "xianke inventory add",
    ),
    Slip(
        ("--jsn",),
        "没有选项「{name}」，是不是想写 {near}？",
        {"name": "--jsn", "near": "--json"},
        "xianke",
    ),
    Slip(("inventory", "-x"), "没有选项「{name}」", {"name": "-x"}, "xianke inventory"),
    Slip(
        ("inventory", "rm", "--wholly-unknown"),
        "没有选项「{name}」",
        {"name": "--wholly-unknown"},
        "xianke inventory rm",
    ),
    Slip(
        ("inventory", "add", "skill"), "少了 {name}", {"name": "TEXT"}, "xianke inventory add skill"
    ),
    Slip(("inventory", "rm"), "少了 {name}", {"name": "ID"}, "xianke inventory rm"),
    Slip(
        ("inventory", "rm", "s1", "s2"),
        "多出来的词：「{rest}」",
        {"rest": "s2"},
        "xianke inventory rm",
    ),
    Slip(
        ("inventory", "rm", "s1", "a (b", "c)"),
        "多出来的词：「{rest}」",
        {"rest": "a (b c)"},
        "xianke inventory rm",
    ),
    Slip(
        ("inventory", "add", "skill", "PPT", "--level"),
        "选项「{name}」后面要跟一个值",
        {"name": "--level"},
        "xianke inventory add skill",
    ),
    Slip(
        ("inventory", "export", "-o"),
        "选项「{name}」后面要跟一个值",
        {"name": "-o"},
        "xianke inventory export",
    ),
    Slip(("--json=yes",), "选项「{name}」后面不带值", {"name": "--json"}, "xianke"),
    Slip(("inventory", "add"), "少了子命令", {}, "xianke inventory add"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
@pytest.mark.usefixtures("language")
def test_wrong_usage_is_one_sentence_and_a_hint(slip: Slip, run: Run) -> None:
    """On stderr, with status 2; nothing on stdout, nothing in the home folder."""
    ended = run(*slip.arguments)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        _("错误：{message}").format(message=slip.message()),
        _("提示：{hint}").format(hint=slip.hint()),
    ]
    assert not settings.home().exists()


@pytest.mark.parametrize("slip", SLIPS, ids=str)
@pytest.mark.usefixtures("language")
def test_wrong_usage_is_a_document_for_programs(slip: Slip, run: Run) -> None:
    """With --json the envelope comes even when the command line could not be read."""
    ended = run("--json", *slip.arguments)

    assert ended.code == 2
    assert ended.document == {
        "schema": 1,
        "status": "error",
        "data": {},
        "errors": [{"code": "not_understood", "message": slip.message(), "hint": slip.hint()}],
    }
    assert not settings.home().exists()


@pytest.mark.parametrize("slip", SLIPS, ids=str)
@pytest.mark.skipif(not COMPILED, reason="the English catalogue is not compiled")
def test_in_english_no_chinese_is_left(
    slip: Slip, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for what the user typed."""
    monkeypatch.setenv("XIANKE_LANG", "en")

    ended = run(*slip.arguments)

    typed = set("".join(slip.arguments))
    assert [char for char in HAN.findall(ended.err) if char not in typed] == []


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("gigs", "--status", "pid"), "paid"),
        (("suggest", "--goal", "incom"), "income"),
        (("now", "--place", "hme"), "home"),
        (("now", "--device", "phon"), "phone"),
        (("report", "--by", "platfrm"), "platform"),
        (("rates", "--by", "categry"), "category"),
        (("export", "--format", "beancont"), "beancount"),
        (("platforms", "--category", "delivry"), "delivery_errand"),
        (("platforms", "edit", "闲鱼", "statu", "closed"), "status"),
        (("platforms", "edit", "闲鱼", "status", "closd"), "closed"),
        (("inventory", "set", "citty", "杭州"), "city"),
        (("rules", "add", "工资", "私人", "--field", "word"), "words"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else one,
)
@pytest.mark.usefixtures("language")
def test_a_misspelt_value_gets_a_proposal(arguments: tuple[str, ...], near: str, run: Run) -> None:
    """The nearest one before the whole list; what resembles nothing gets the list alone."""
    led = _("是不是想写 {near}？{hint}").format(near=near, hint="")

    ended = run(*arguments)

    assert ended.code in (2, 3)
    assert ended.err.splitlines()[1].removeprefix(_("提示：{hint}").format(hint="")).startswith(led)
    assert led.split()[0] not in run("gigs", "--status", "qqqq").err


def test_a_misspelt_name_gets_a_proposal_in_chinese(run: Run) -> None:
    """Names count like codes."""
    assert "提示：是不是想写 已收款？可以是：" in run("gigs", "--status", "已收").err


@pytest.mark.parametrize(
    ("word", "commands"),
    [("盘点", "init, inventory"), ("账单", "import, bills"), ("记一单", "log")],
)
def test_a_chinese_word_leads_to_its_command(word: str, commands: str, run: Run) -> None:
    """Beginners type what they want to do; a word that many commands speak of leads nowhere."""
    ended = run(word)

    assert (ended.code, ended.err.splitlines()[0]) == (
        2,
        f"错误：没有命令「{word}」，是不是想写 {commands}？",
    )
    assert run("平台").err.splitlines()[0] == "错误：没有命令「平台」"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--json", "inventory"),
        ("inventory", "--json"),
        ("--json", "inventory", "--json"),
        ("inventory", "--json", "add", "skill", "PPT"),
        ("--json", "inventory", "add", "skill", "PPT"),
        ("inventory", "add", "skill", "--json", "PPT"),
    ],
    ids=" ".join,
)
def test_json_may_stand_anywhere(arguments: tuple[str, ...], run: Run) -> None:
    """Before the command's name, between its words or after them: one document."""
    ended = run(*arguments)

    assert (ended.code, ended.err, ended.document["status"]) == (0, "", "ok")


def test_after_two_dashes_json_is_a_word(run: Run) -> None:
    """Nothing after `--` is an option."""
    ended = run("inventory", "rm", "--", "--json")

    assert (ended.code, ended.out) == (3, "")
    assert "「--json」" in ended.err


def test_control_characters_in_a_wrong_command_are_not_passed_on(run: Run) -> None:
    """What was pasted by accident must not paint the terminal."""
    ended = run("\x1b[31mred\u202e")

    assert ended.code == 2
    assert not any(char in ended.err for char in ("\x1b", "\u202e"))
    assert len(ended.err.splitlines()) == 2


# Version and help


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_one_line(option: str, run: Run) -> None:
    """Name and number, and no file is touched."""
    ended = run(option)

    assert (ended.code, ended.out, ended.err) == (0, f"xianke {__version__}\n", "")
    assert run("--json", option).out == ended.out
    assert not settings.home().exists()


def _is_there(module: str) -> bool:
    return importlib.util.find_spec(f"xianke.commands.{module}") is not None


def _leaves(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield a command and all below it with their paths; Any: no class of the parser is public."""
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _leaves(below, (*path, name))


def _commands() -> dict[tuple[str, ...], Any]:
    group = root.command()
    found: dict[tuple[str, ...], Any] = {(): group}
    for name, (module, _text) in root.table().items():
        if _is_there(module):
            found.update(_leaves(group.get_command(None, name), (name,)))
    return found


COMMANDS = _commands()
PAGES_SCRIPT = """
import contextlib, io, json, sys
from xianke import cli
pages = []
for path in json.load(sys.stdin):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = cli.run(path)
    pages.append([code, out.getvalue()])
print(json.dumps(pages))
"""


def _pages(language: str, option: str) -> dict[tuple[str, ...], tuple[int, str]]:
    """Return the help pages of all commands from one process that speaks *language* throughout."""
    paths = [[*path, option] for path in COMMANDS]
    ended = subprocess.run(
        [sys.executable, "-c", PAGES_SCRIPT],
        input=json.dumps(paths),
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "XIANKE_LANG": language, "PYTHONIOENCODING": "utf-8"},
    )
    return {
        path: (code, page)
        for path, (code, page) in zip(COMMANDS, json.loads(ended.stdout), strict=True)
    }


@pytest.fixture(scope="module", params=["zh", "en"])
def pages(request: pytest.FixtureRequest) -> dict[tuple[str, ...], str]:
    """Return all help pages in one language."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COLUMNS", raising=False)
        found = _pages(request.param, "--help")
        assert _pages(request.param, "-h") == found
    assert {code for code, _page in found.values()} == {0}
    return {path: page for path, (_code, page) in found.items()}


each_command = pytest.mark.parametrize(
    "path", COMMANDS, ids=lambda path: " ".join(("xianke", *path))
)


@each_command
def test_a_help_page_fits_the_terminal(
    path: tuple[str, ...], pages: dict[tuple[str, ...], str]
) -> None:
    """No line is wider than 80 cells, none ends in blanks, and the page says whose it is."""
    lines = pages[path].splitlines()

    assert " ".join(("xianke", *path)) in lines[0]
    assert [line for line in lines if width(line) > WIDTH or line != line.rstrip()] == []
    assert lines[-1]


_ROW = re.compile(r"  (?P<term>\S+(?: \S+)*)(?P<gap> {2,})(?=\S)")


@each_command
def test_the_columns_of_a_help_page_line_up(
    path: tuple[str, ...], pages: dict[tuple[str, ...], str]
) -> None:
    """In every section all explanations begin in the same cell, counted in Chinese widths."""
    for block in pages[path].split("\n\n"):
        title, *rows = block.splitlines()
        if not title.endswith(("：", ":")) or not rows or HAN.match(rows[0].strip()):
            continue
        found = [_ROW.match(row) for row in rows]
        columns = {width(match[0]) for match in found if match}
        indents = {len(row) - len(row.lstrip()) for row in rows if row.startswith("   ")}

        assert len(columns | indents) <= 1, block


@each_command
def test_everything_in_a_help_page_is_explained(path: tuple[str, ...]) -> None:
    """A command without a sentence, or an option without one, is not finished."""
    command = COMMANDS[path]
    silent = [
        parameter.name
        for parameter in command.params
        if not parameter.help and not getattr(parameter, "hidden", False)
    ]

    assert command.help
    assert silent == []


@each_command
def test_values_come_in_as_text(path: tuple[str, ...]) -> None:
    """The program reads them itself: the parser would complain in English."""
    kinds = {(parameter.name, type(parameter.type).__name__) for parameter in COMMANDS[path].params}
    allowed = ("StringParamType", "BoolParamType", "TyperPath")

    assert [pair for pair in sorted(kinds) if pair[1] not in allowed] == []


def test_the_root_page_lists_every_command(pages: dict[tuple[str, ...], str]) -> None:
    """In the order of the table."""
    listed = re.findall(r"^  ([a-z]+) {2,}\S", pages[()], re.MULTILINE)

    assert listed == list(root.table())


@pytest.mark.parametrize("name", root.table())
def test_the_table_names_what_there_is(name: str) -> None:
    """Every name of the table is a command of its module."""
    module, text = root.table()[name]
    if not _is_there(module):
        pytest.skip(f"{module} is not there yet")

    assert (name,) in COMMANDS
    assert text


# Pipes and terminals


@unix
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("--version",), ("inventory", "--json"), ("inventory",)],
    ids=" ".join,
)
def test_a_closed_pipe_ends_silently(arguments: tuple[str, ...], unbuffered: str) -> None:
    """`xianke … | head -1`: whoever reads may stop reading."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ended = _process(*arguments, stdout=writer, PYTHONUNBUFFERED=unbuffered)
    finally:
        os.close(writer)

    assert (ended.returncode, ended.stderr) == (0, b"")


@unix
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_pipe_is_no_second_error(unbuffered: str) -> None:
    """A command that fails says so once; that nobody reads its document is not worth a word."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ended = _process("nonsense", "--json", stdout=writer, PYTHONUNBUFFERED=unbuffered)
    finally:
        os.close(writer)

    assert len(ended.stderr.splitlines()) in (0, 2)
    assert b"Traceback" not in ended.stderr
    assert b"BrokenPipe" not in ended.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
@pytest.mark.parametrize("arguments", [("--version",), ("inventory", "--json")], ids=" ".join)
def test_a_full_disk_is_a_sentence(arguments: tuple[str, ...]) -> None:
    """`xianke … > file`, and no room for the file."""
    with Path("/dev/full").open("wb") as full:
        ended = _process(*arguments, stdout=full.fileno(), PYTHONUNBUFFERED="")

    assert ended.returncode == 5
    assert ended.stderr.decode().splitlines() == [
        "错误：结果写不出去：磁盘满了",
        "提示：看看磁盘是不是满了",
    ]


@pytest.mark.parametrize("arguments", [("--help",), ("inventory",)], ids=" ".join)
def test_gbk_terminals_are_written_to(arguments: tuple[str, ...]) -> None:
    """Nothing of our own is missing there: no escape stands in the text."""
    ended = _process(*arguments, PYTHONIOENCODING="gbk")

    text = ended.stdout.decode("gbk")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert HAN.search(text)
    assert not re.search(r"\\[xuU][0-9a-f]{2}", text)


def test_what_gbk_lacks_is_shown_as_an_escape() -> None:
    """The user's own characters do not stop the output either."""
    ended = _process("ma\u00f1ana", PYTHONIOENCODING="gbk")

    assert ended.returncode == 2
    assert ended.stderr.decode("gbk").splitlines()[0] == "错误：没有命令「ma\\xf1ana」"


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1", "utf-8"])
def test_a_document_is_json_in_every_encoding(encoding: str) -> None:
    """What a terminal lacks is escaped as JSON escapes it."""
    ended = _process("caf\u00e9 \U0001f41f 闲", "--json", PYTHONIOENCODING=encoding)

    document = json.loads(ended.stdout.decode(encoding))
    assert document["errors"][0]["message"] == "没有命令「café \U0001f41f 闲」"


# Interruptions and faults


@unix
@pytest.mark.parametrize(
    ("key", "code", "said"),
    [("c", 130, ""), ("d", 1, "没有选，什么也没有改"), ("m", 1, "没有选，什么也没有改")],
    ids=["Ctrl-C", "Ctrl-D", "Enter"],
)
def test_a_question_may_be_left_unanswered(key: str, code: int, said: str) -> None:
    """Interrupted is 130, not answered is refused; nothing is written, no traceback is shown."""
    import pexpect

    child = pexpect.spawn(
        sys.executable,
        ["-m", "xianke", "inventory", "add", "skill", "Exce"],
        encoding="utf-8",
        timeout=20,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    child.expect("选哪个")
    child.sendcontrol(key)
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == code
    assert "Traceback" not in child.before
    assert said in child.before
    assert not settings.database_path().exists()


SECRET = "王阿姨欠 85.40 元"


def _break(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a fault into the program."""

    def fail(_arguments: object) -> int:
        raise ValueError(SECRET)

    monkeypatch.setattr(root, "invoke", fail)
    monkeypatch.delenv("XIANKE_DEBUG", raising=False)


@pytest.mark.usefixtures("language")
def test_a_fault_of_the_program_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 70, where the log is, and nothing of the user's."""
    _break(monkeypatch)

    ended = run("inventory")

    log = settings.home() / "errors.log"
    assert (ended.code, ended.out) == (70, "")
    assert ended.err.splitlines() == [
        _("错误：{message}").format(message=_("程序内部出错，这不是你的问题")),
        _("提示：{hint}").format(hint=_("详情写在 {place}，里面没有你的账目").format(place=log)),
    ]
    assert "ValueError" in log.read_text(encoding="utf-8")
    assert "85.40" not in log.read_text(encoding="utf-8")


def test_a_fault_of_the_program_is_a_document_for_programs(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One envelope, whatever happens."""
    _break(monkeypatch)

    ended = run("inventory", "--json")

    (fault,) = ended.document["errors"]
    assert (ended.code, ended.document["status"], fault["code"]) == (70, "error", "internal")


def test_a_fault_without_a_place_for_its_log_is_still_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file lies where the home folder should be."""
    settings.home().write_bytes(b"")
    _break(monkeypatch)

    ended = run("inventory")

    assert (ended.code, ended.err) == (70, "错误：程序内部出错，这不是你的问题\n")


def test_a_debugger_sees_the_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """XIANKE_DEBUG=1 lets the fault through."""
    _break(monkeypatch)
    monkeypatch.setenv("XIANKE_DEBUG", "1")

    with pytest.raises(ValueError, match=SECRET):
        run("inventory")


def test_an_interrupted_command_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C before the parser is there."""

    def interrupt(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(root, "invoke", interrupt)

    ended = run("inventory")

    assert (ended.code, ended.out, ended.err) == (130, "", "\n")


def test_a_home_that_nobody_has_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named, and what to write instead."""
    monkeypatch.setenv("XIANKE_HOME", "~no-such-user-here/x")

    ended = run("inventory")

    assert (ended.code, len(ended.err.splitlines())) == (2, 2)
    assert "XIANKE_HOME" in ended.err


# Examples


def _help_texts(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Go through the command tree: each command with what its help says."""
    if path:
        yield " ".join(path), command.help or ""
    for name in command.list_commands(None) if getattr(command, "commands", None) else ():
        yield from _help_texts(command.get_command(None, name), (*path, name))


@pytest.mark.usefixtures("language")
def test_every_help_page_has_an_example() -> None:
    """One can begin by changing a line that works; it stands before the options."""
    without = [name for name, text in _help_texts(root.command()) if "xianke " not in text]

    assert without == []


def test_help_is_asked_for_in_either_order(run: Run) -> None:
    """`help log` is what `log --help` is; alone it is the list of commands."""
    assert run("help", "log") == run("log", "--help")
    assert run("help") == run("--help")
    assert run("help", "没有的").code == 2


def test_a_word_for_advice_leads_to_the_command_that_gives_it(run: Run) -> None:
    """「建议」 is what `suggest` is about."""
    assert "suggest" in run("建议").err.splitlines()[0]
