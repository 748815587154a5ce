"""Every answer ends with a command that is there: nobody is left standing."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import leaves
from tests.importers import bills

from xianke import i18n
from xianke.commands import root

if TYPE_CHECKING:
    from tests.conftest import Run

    from xianke.i18n import Language

Words = tuple[str, ...]

LIFE: tuple[Words, ...] = (
    ("inventory", "add", "slot", "工作日 12:00-13:00", "--label", "午休"),
    ("inventory", "add", "slot", "周六 9:00-12:00"),
    ("inventory", "add", "skill", "PPT"),
    ("inventory", "add", "asset", "相机"),
    ("inventory", "add", "asset", "电脑"),
    ("inventory", "edit", "s1", "--label", "中午"),
    ("inventory", "set", "city", "杭州"),
    ("inventory",),
    ("inventory", "slots"),
    ("inventory", "apply", "stock.yaml"),
    ("inventory", "apply", "stock.yaml"),
    ("inventory", "export", "-o", "mine.yaml"),
    ("inventory", "import-calendar", "work.ics"),
    ("inventory", "calendars"),
    ("inventory", "questions"),
    ("inventory", "refresh-calendar"),
    ("inventory", "remove-calendar", "work"),
    ("inventory", "rm", "s2"),
    ("suggest",),
    ("suggest", "--explain", "skill_service"),
    ("suggest", "--why-not", "customer_service"),
    ("now",),
    ("now", "--minutes", "40", "--place", "home"),
    ("plan", "--week", "next week"),
    ("plan", "--week", "next week", "--keep"),
    ("plan", "--week", "next week", "--kept"),
    ("plan", "--week", "next week", "--ics", "plan.ics"),
    ("log", "闲鱼", "85", "--minutes", "40", "--at", "2026-11-16 12:00"),
    ("log", "闲鱼", "60", "--minutes", "50", "--status", "delivered", "--at", "2026-11-17 12:00"),
    ("log", "王阿姨", "50", "--new", "--at", "2026-11-18 12:00"),
    ("gigs",),
    ("gigs", "show", "g1"),
    ("gigs", "edit", "g1", "--minutes", "45"),
    ("gigs", "rm", "g3"),
    ("undo",),
    ("start", "闲鱼", "--at", "9:30"),
    ("start",),
    (),
    ("stop", "--discard"),
    ("start", "闲鱼", "--at", "9:30"),
    ("stop", "30"),
    ("start", "闲鱼", "--at", "9:40"),
    ("stop",),
    ("import", "bill.csv", "--dry-run"),
    ("import", "bill.csv"),
    ("import", "bill.csv", "--yes"),
    ("import", "bill.csv", "--yes"),
    ("import", "gigs.csv", "--dry-run"),
    ("import", "gigs.csv"),
    ("import", "gigs.csv", "--yes"),
    ("import", "gigs.csv", "--yes"),
    ("bills",),
    ("bills", "show", "b1"),
    ("bills", "assign", "b1", "闲鱼"),
    ("bills", "assign", "b2", "private"),
    ("bills",),
    ("rules",),
    ("rules", "add", "示例甲方", "闲鱼"),
    ("rules", "edit", "r1", "--off"),
    ("rules", "apply"),
    ("rules", "rm", "r1"),
    ("payouts",),
    ("payouts", "add", "闲鱼", "60"),
    ("payouts", "explain"),
    ("payouts", "explain", "--yes"),
    ("payouts", "settle", "p6", "g2"),
    ("payouts", "rm", "p6"),
    ("owed",),
    ("owed", "--write-off", "g2"),
    ("owed",),
    ("spend",),
    ("spend", "闲鱼", "20"),
    ("spend", "shansong", "300", "--deposit"),
    ("spend",),
    ("spend", "returned", "c2"),
    ("spend", "rm", "c1"),
    ("report",),
    ("report", "--by", "month"),
    ("report", "--from", "2020-01-01", "--to", "2020-01-02"),
    ("report", "--html", "page.html"),
    ("rates",),
    ("rates", "--check"),
    ("usage",),
    ("learn",),
    ("learn", "视频剪辑"),
    ("goal", "1500/月"),
    ("goal",),
    ("goal", "off"),
    ("export", "--format", "csv", "-o", "gigs-out.csv"),
    ("export", "--format", "json", "-o", "out.json"),
    ("export", "--format", "ics", "-o", "out.ics"),
    ("export", "--format", "beancount", "-o", "out.beancount"),
    ("export", "--format", "hledger", "-o", "out.journal"),
    ("check", "先交100元押金才能派单"),
    ("check", "加微信聊，月入过万不是梦"),
    ("check", "周末发传单，现场日结，不收任何费用"),
    ("check", "hello there"),
    ("check", "--explain", "先交100元押金才能派单"),
    ("platforms",),
    ("platforms", "--search", "闲鱼"),
    ("platforms", "show", "xianyu"),
    ("platforms", "add", "李叔"),
    ("platforms", "edit", "xianyu", "结算", "日结"),
    ("platforms", "rm", "lishu"),
    ("platforms", "verify"),
    ("platforms", "validate", "catalogue.yaml"),
    ("platforms", "update", "--from", "catalogue.yaml"),
    ("platforms", "update", "--from", "catalogue.yaml", "--yes"),
    ("platforms", "update", "--from", "newer.yaml"),
    ("platforms", "update", "--from", "newer.yaml", "--yes"),
    ("platforms", "update", "--rollback"),
    ("backup",),
    ("restore",),
    ("config",),
    ("config", "get", "zone"),
    ("config", "set", "zone", "Asia/Shanghai"),
    ("config", "unset", "zone"),
    ("paths",),
    ("doctor",),
    ("undo",),
    ("completion", "show", "bash"),
    ("completion", "install", "--shell", "bash"),
    ("completion", "uninstall", "--shell", "bash"),
    ("init", "--preset", "office", "--yes"),
    ("demo",),
)
"""What somebody does, in an order in which it can be done."""

AT_FIRST: tuple[Words, ...] = (
    (),
    ("inventory",),
    ("inventory", "slots"),
    ("inventory", "calendars"),
    ("inventory", "questions"),
    ("suggest",),
    ("suggest", "--why-not", "skill_service"),
    ("now",),
    ("now", "--minutes", "40"),
    ("plan",),
    ("rates",),
    ("rates", "--check"),
    ("gigs",),
    ("start",),
    ("bills",),
    ("rules",),
    ("rules", "apply"),
    ("owed",),
    ("spend",),
    ("payouts",),
    ("payouts", "explain"),
    ("report",),
    ("usage",),
    ("learn",),
    ("goal",),
    ("platforms",),
    ("restore",),
    ("doctor",),
)
"""What a stranger may try before anything is written down."""

OF_FILES = (
    "export --format ics",  # its file is read by a calendar
    "export --format beancount",  # and these by programs that check books
    "export --format hledger",
)
PLAIN = (
    "config get",  # the value alone, for scripts
    "completion show",  # a script, for a shell
)
"""What points at no command of ours, each with its reason."""

_COMMAND = re.compile(r"\bxianke((?: [^\s（），；：、。();,:]+|(?: ?'[^']*'))*)")
"""A command in a sentence: words up to the punctuation that ends it."""


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Language:
    """Speak one language and then the other."""
    spoken: Language = request.param
    monkeypatch.setenv("XIANKE_LANG", spoken)
    i18n.set_language(spoken)
    return spoken


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with what is read: a stock, a bill, gigs, a calendar, two catalogues."""
    folder = tmp_path / "desk"
    folder.mkdir()
    stock = "slots:\n  - when: 周日 9:00-11:00\n    label: 早上\n"
    (folder / "stock.yaml").write_text(stock, encoding="utf-8")
    rows = [bills.Entry(), bills.Entry(who="示例乙方", amount="60.00", number="2026100500002")]
    (folder / "bill.csv").write_bytes(bills.gb(bills.alipay(rows)))
    gigs = "platform,at,gross,worked_minutes\nxianyu,2026-11-10 12:00,70,60\n"
    (folder / "gigs.csv").write_text(gigs, encoding="utf-8")
    (folder / "work.ics").write_text(CALENDAR, encoding="utf-8", newline="")
    shipped = Path(__file__).resolve().parents[2] / "data" / "platforms.yaml"
    shutil.copy(shipped, folder / "catalogue.yaml")
    text = shipped.read_text(encoding="utf-8")
    newer = re.sub(r"(?m)^as_of: .*$", "as_of: 2026-11-23", text, count=1)
    (folder / "newer.yaml").write_text(newer, encoding="utf-8")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "person"))
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.chdir(folder)
    return folder


CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTART:20261123T040000Z\r\nDURATION:PT1H\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.mark.usefixtures("language", "desk")
def test_each_answer_of_a_life_ends_with_a_command_that_is_there(run: Run) -> None:
    """Whatever was done, a line with an arrow says what is sensible next, and it can be typed."""
    faults = {" ".join(words): fault for words in LIFE if (fault := _fault(run, words))}

    assert faults == {}


@pytest.mark.usefixtures("language", "desk")
@pytest.mark.parametrize("words", AT_FIRST, ids=" ".join)
def test_before_anything_is_written_down_it_is_the_same(run: Run, words: Words) -> None:
    """A stranger who tries a command first is told how to begin, or what to do with the answer."""
    assert _fault(run, words) is None


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize(
    "words",
    [
        (), ("inventory",), ("inventory", "slots"), ("suggest",), ("now",), ("plan",), ("rates",),
        ("rates", "--check"), ("gigs",), ("start",), ("bills",), ("owed",), ("spend",),
        ("payouts",), ("payouts", "explain"), ("report",), ("usage",), ("learn",), ("goal",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_where_nothing_is_written_down_yet_init_comes_first(run: Run, words: Words) -> None:
    """It asks for all that the others need; and what is written down makes it go away."""
    pointers = [line for line in run(*words).out.splitlines() if line.startswith("→")]

    assert any("xianke init" in line for line in pointers[:2])

    run("init", "--preset", "office", "--yes")
    assert "xianke init" not in run(*words).out


def test_every_command_is_tried() -> None:
    """None is forgotten when one is added: each leaf of the command tree stands in the life."""
    named = set(map(" ".join, leaves(root.command())))

    tried = {" ".join(_path(words)) for words in LIFE}
    assert named - tried == set()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("→ 看合计：xianke report（记错了：xianke undo）", None),
        ("→ see it: xianke gigs edit g1 --minutes 90 (or xianke import FILE)", None),
        ("→ 一眼：xianke", None),
        ("→ 看合计：xianke reprot", "reprot"),
        ("→ 看合计：xianke gigs list", "list"),
        ("→ 看合计：xianke report --bay month", "--bay"),
        ("→ 用浏览器打开它", "no command"),
    ],
)
def test_a_pointer_to_nothing_is_found(line: str, fault: str | None) -> None:
    """What the two tests above look with can see a wrong name, a wrong option, and none."""
    assert _wrong([line]) == fault


def _fault(run: Run, words: Words) -> str | None:
    """Return what is wrong with the end of a command's answer."""
    result = run(*words)
    if result.code not in (0, 10):
        return result.err
    line = " ".join(words)
    if line.startswith(PLAIN):
        return None
    pointers = _pointers(result.out)
    if line.startswith(OF_FILES):
        return None if pointers else "no pointer"
    if len([one for one in pointers if one.startswith("→")]) > 2:
        return "too many"
    return _wrong(pointers) if pointers else "no pointer"


def _pointers(text: str) -> list[str]:
    """Return the lines with an arrow, each with the lines that go on with it."""
    found: list[str] = []
    open_at = -1
    for line in text.splitlines():
        bare = line.lstrip()
        indent = len(line) - len(bare)
        if bare.startswith("→"):
            found.append(line)
            open_at = indent
        elif open_at >= 0 and indent == open_at + 3:
            found[-1] += " " + bare
        else:
            open_at = -1
    return found


def _wrong(pointers: list[str]) -> str | None:
    """Return the first word of a command that the command tree does not know."""
    for line in pointers:
        commands = [shlex.split(rest) for rest in _COMMAND.findall(line)]
        if not commands:
            return "no command"
        for words in commands:
            command, names = _resolved(words)
            if command is None:
                return names[-1]
            options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
            for word in words:
                if word.startswith("--") and word not in options | {"--help"}:
                    return word
    return None


def _resolved(words: list[str]) -> tuple[Any, list[str]]:  # Any: typer's command class
    """Return the command that words lead to, None where a name is none."""
    command, names = root.command(), ["xianke"]
    for word in words:
        children = getattr(command, "commands", None)
        if children is None or word.startswith("-"):
            break
        names.append(word)
        command = command.get_command(None, word)
        if command is None:
            break
    return command, names


def _path(words: Words) -> list[str]:
    """Return the names of commands that a command line begins with."""
    return _resolved(list(words))[1][1:]
