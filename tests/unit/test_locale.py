"""The English of the program: complete, fitting its source, and nothing Chinese shining through."""

from __future__ import annotations

import importlib.util
import io
import re
import shlex
import shutil
import string
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from tests.importers import bills

import xianke
from xianke import i18n, slots
from xianke.errors import NotUnderstood

if TYPE_CHECKING:
    from tests.conftest import Run

pytest.importorskip("babel", reason="babel reads the .po; it comes with xianke[test]")

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
"""Chinese characters and full-width punctuation; the sign ￥ is at home in both languages."""

TIME_FILES = (
    "_slot_days.py",
    "_slot_parse.py",
    "_slot_rule.py",
    "_time_clock.py",
    "_time_dates.py",
)


def _load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_locale", ROOT / "tools" / "make_locale.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


TOOL = _load_tool()


def _pairs() -> list[tuple[str, str]]:
    """Return every source text with each of its English forms."""
    found: list[tuple[str, str]] = []
    for message in TOOL.read():
        source = message.id[0] if isinstance(message.id, tuple) else message.id
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        found.extend((source, form) for form in forms if source)
    return found


PAIRS = _pairs()
ENGLISH = dict(PAIRS)


@pytest.fixture(scope="module")
def compiled() -> bytes:
    """Compile the tracked .po: the .mo in the tree may be older, or missing."""
    from babel.messages.mofile import write_mo

    buffer = io.BytesIO()
    write_mo(buffer, TOOL.read())
    return buffer.getvalue()


@pytest.fixture
def english(compiled: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the program speak the English of the tracked .po."""
    # Help texts are made when a command module is imported: here these are imported anew.
    before = {name: sys.modules.pop(name) for name in _command_modules()}
    monkeypatch.setattr(xianke, "commands", None, raising=False)
    folder = tmp_path / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "xianke.mo").write_bytes(compiled)
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path / "locale")
    monkeypatch.setenv("XIANKE_LANG", "en")
    i18n.set_language("en")
    yield
    i18n.set_language("zh")
    for name in _command_modules():
        del sys.modules[name]
    sys.modules.update(before)


def _command_modules() -> list[str]:
    return [name for name in sys.modules if name.startswith("xianke.commands")]


def _fields(text: str) -> set[tuple[str, str, str | None]]:
    return {
        (name, spec or "", conversion)
        for _literal, name, spec, conversion in string.Formatter().parse(text)
        if name is not None
    }


def test_every_text_is_translated() -> None:
    """No text of the source lacks its English, and none is left over.

    `python tools/make_locale.py` gathers new texts; their English is then written into the .po.
    """
    assert TOOL.gaps() == []


def test_the_catalogue_is_in_its_normal_form() -> None:
    """The tracked .po is what the tool writes, so that a change shows as the change it is."""
    assert TOOL.TARGET.read_bytes() == TOOL.text_of(TOOL.read())


def test_placeholders_are_kept() -> None:
    """A translation fills in the same values, in the same form, as its source."""
    wrong = [(source, form) for source, form in PAIRS if _fields(source) != _fields(form)]

    assert wrong == []


def test_translations_hold_no_chinese() -> None:
    """A translation is English throughout."""
    wrong = [form for _source, form in PAIRS if CHINESE.search(form)]

    assert wrong == []


def test_translations_survive_a_chinese_terminal() -> None:
    """English, too, is made of characters that GBK has."""
    wrong = [form for _source, form in PAIRS if form.encode("gbk", "ignore").decode("gbk") != form]

    assert wrong == []


def test_blanks_at_the_ends_are_kept() -> None:
    """A text that is joined to others begins with a blank where its source does."""
    wrong = [
        (source, form)
        for source, form in PAIRS
        if source[:1].isspace() != form[:1].isspace() or form.endswith("\n")
    ]

    assert wrong == []


def test_the_tone_is_calm() -> None:
    """Nobody is shouted at."""
    assert [form for _source, form in PAIRS if "!" in form] == []


# Examples


def _is_time(text: str) -> bool:
    """Return whether *text* is a slot, or becomes one with what it lacks beside it."""
    days, clock, end, length = (
        f"{text} 12:00-13:00", f"weekdays {text}", f"weekdays {text}-23:59", f"Wed 12:00 for {text}"
    )  # fmt: skip
    for whole in (text, days, clock, end, length):
        try:
            slots.parse(whole, today=TODAY)
        except NotUnderstood:
            continue
        return True
    return False


def _time_examples() -> list[str]:
    """Return what stands after `e.g.` in the hints about slots, piece by piece."""
    from babel.messages.extract import extract_from_file

    found: list[str] = []
    for name in TIME_FILES:
        path = ROOT / "src" / "xianke" / name
        for _line, text, _comments, _context in extract_from_file("python", path):
            if not isinstance(text, str) or "{" in text:
                continue
            for example in re.findall(r"e\.g\. (.+?)(?:;|$)", ENGLISH.get(text, "")):
                found += [example] if _is_time(example) else re.split(r", | or ", example)
    return sorted(set(found))


def test_examples_of_times_are_understood() -> None:
    """Whatever a hint about slots proposes can be typed as it stands."""
    examples = _time_examples()

    assert len(examples) > 15
    assert [one for one in examples if not _is_time(one)] == []


def _slot_commands(texts: Sequence[str]) -> list[str]:
    pattern = r"xianke inventory add slot (.+?)(?: --\w+ .*)?$"
    return sorted({one for text in texts for one in re.findall(pattern, text, re.MULTILINE)})


@pytest.mark.parametrize("side", [0, 1], ids=["zh", "en"])
def test_slots_in_commands_are_understood(side: int) -> None:
    """Every `xianke inventory add slot …` that is shown names a slot."""
    commands = _slot_commands([pair[side] for pair in PAIRS])

    assert commands
    for text in commands:
        slots.parse(text, today=TODAY)


def _removes(line: str) -> bool:
    return " rm " in line or line.endswith("--replace")


def _help_examples(texts: Sequence[str]) -> list[list[str]]:
    lines = {line for text in texts for line in text.split("\n") if line.startswith("  xianke ")}
    # What adds something goes first and what removes it last: other examples speak of it.
    ordered = sorted(lines, key=lambda line: (_removes(line), " add " not in line, line))
    return [shlex.split(line)[1:] for line in ordered]


CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:周会\r\n"
    "DTSTART:20261130T010000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def _put_what_imports_name(folder: Path) -> None:
    """Put invented files where the examples of commands that read files look for them."""
    for name in ("招工.txt", "群消息.txt", "offer.txt", "chat.txt"):
        (folder / name).write_text("周末发传单，现场日结，不收任何费用\n", encoding="utf-8")
    for name in ("下载的目录.yaml", "catalogue.yaml"):
        shutil.copy(ROOT / "data" / "platforms.yaml", folder / name)
    for name in ("盘点.yaml", "stock.yaml"):
        (folder / name).write_text("skills:\n  - name: PPT\n", encoding="utf-8")
    for name in ("工作.ics", "work.ics", "basic.ics"):
        (folder / name).write_text(CALENDAR, encoding="utf-8")
    workbook = bills.xlsx({"Sheet1": bills.wechat_rows([bills.wechat_entry()])})
    gigs = "platform,at,gross\n闲鱼,2026-11-01 10:00,85\n"
    for bill, inside, table, columns, own in (
        ("微信支付账单.xlsx", "账单文件夹", "我的表.csv", "日期,金额,收支", "记录.csv"),
        ("wechat-bill.xlsx", "folder-of-bills", "mine.csv", "Date,Amount,Kind", "gigs.csv"),
    ):
        (folder / bill).write_bytes(workbook)
        (folder / inside).mkdir()
        (folder / inside / "1.xlsx").write_bytes(workbook)
        (folder / table).write_text(f"{columns}\n2026-11-01,85.00,收入\n", encoding="utf-8")
        (folder / own).write_text(gigs, encoding="utf-8")


@pytest.mark.parametrize("side", [0, 1], ids=["zh", "en"])
def test_examples_in_help_pages_work(
    side: int,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """Every example of a help page is understood and finds what it names."""
    if side:
        request.getfixturevalue("english")
    # What the examples write must not lie about in the checkout.
    (tmp_path / "data").symlink_to(ROOT / "data")
    _put_what_imports_name(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "USERPROFILE", "ZDOTDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("SHELL", "/bin/bash")  # not everything that runs tests has one
    examples = _help_examples([pair[side] for pair in PAIRS])

    results = {
        " ".join(words): run(*words)
        for words in examples
        if not {"g12", "b12", "r12", "c12", "p12"} & {*words}  # ids that nobody has yet
    }

    assert len(results) > 20
    # Refused (1) or there already (4) are answers of a program that understood.
    failed = {line: result.err for line, result in results.items() if result.code in (2, 3, 5, 70)}
    assert failed == {}


# What is seen


def _chinese_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if CHINESE.search(line)]


@pytest.mark.usefixtures("english")
def test_a_week_in_english(run: Run) -> None:
    """Taking stock, asking, logging and reporting show no Chinese."""
    commands: list[tuple[str, ...]] = [
        (),
        ("demo",),
        ("inventory", "add", "slot", "weekdays 12:00-13:00", "--label", "lunch"),
        ("inventory", "add", "slot", "Sat 09:00-12:00"),
        ("inventory", "add", "skill", "PPT"),
        ("inventory", "add", "asset", "camera"),
        ("inventory", "add", "asset", "computer"),
        ("inventory", "set", "city", "Hangzhou"),
        ("inventory", "set", "education", "bachelor"),
        ("inventory",),
        ("inventory", "slots"),
        ("suggest",),
        ("suggest", "--why-not", "customer_service"),
        ("now", "--minutes", "40", "--place", "home"),
        ("log", "xianyu", "85", "--minutes", "40", "--category", "skill_service"),
        ("log", "xianyu", "60", "--minutes", "50", "--status", "delivered"),
        ("log", "Aunt Wang", "50", "--minutes", "30", "--new", "--category", "local_service"),
        ("start", "xianyu", "--at", "9:30"),
        (),
        ("stop",),
        ("spend", "xianyu", "20"),
        ("spend", "shansong", "300", "--deposit"),
        ("spend", "returned", "c2", "--amount", "250"),
        ("spend",),
        ("owed",),
        ("owed", "--write-off", "g2"),
        ("owed",),
        ("gigs",),
        ("gigs", "show", "g1"),
        ("gigs", "edit", "g1", "--status", "rejected"),
        ("rates",),
        ("rates", "--by", "category"),
        ("report",),
        ("report", "--by", "weekday"),
        ("report", "--by", "category"),
        ("platforms",),
        ("platforms", "verify"),
        ("platforms", "show", "auntwang"),
        ("inventory", "rm", "s2"),
        ("undo",),
        (),
    ]

    shown = [(words, run(*words)) for words in commands]

    assert [(words, result.err) for words, result in shown if result.code] == []
    found = {" ".join(words): _chinese_lines(result.out) for words, result in shown}
    # Offers are read in Chinese alone, so that the tour has one to show.
    assert all("先交199元押金" in line for line in found.pop("demo"))
    assert {line: lines for line, lines in found.items() if lines} == {}


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    "words",
    [
        (),
        ("inventory",),
        ("inventory", "add", "slot"),
        ("inventory", "set"),
        ("suggest",),
        ("now",),
        ("rates",),
        ("log",),
        ("gigs",),
        ("gigs", "edit"),
        ("start",),
        ("stop",),
        ("owed",),
        ("spend",),
        ("report",),
        ("bills",),
        ("bills", "assign"),
        ("rules",),
        ("rules", "add"),
        ("rules", "edit"),
        ("platforms",),
        ("platforms", "edit"),
        ("undo",),
        ("demo",),
    ],
    ids=" ".join,
)
def test_help_in_english(words: tuple[str, ...], run: Run) -> None:
    """A help page is English, keeps its examples whole, and fits 80 columns."""
    result = run(*words, "--help")

    assert result.code == 0
    assert _chinese_lines(result.out) == []
    assert [line for line in result.out.splitlines() if len(line) > 80] == []
    examples = [line for line in result.out.splitlines() if line.startswith("  xianke ")]
    assert set(examples) <= {line for text in ENGLISH.values() for line in text.split("\n")}


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            ("inventory", "add", "slot", "lunch"),
            'Error: "lunch" is not a time, and days and clock times are missing too',
            'Hint: Write times like "weekdays 12:00-13:00"; other words go to --label lunch',
        ),
        (
            ("log", "xianyu", "eighty"),
            'Error: Cannot read the amount "eighty"',
            "Hint: Write digits, e.g. 12.5 or 85",
        ),
        (
            ("log", "xianyu", "85", "--status", "gone"),
            'Error: There is no status "gone"',
            (
                "Hint: Choose from: accepted, delivered, paid, rejected, cancelled, "
                "none_found (no work found)"
            ),
        ),
        (
            ("now", "--place", "moon"),
            'Error: There is no place "moon"',
            "Hint: Choose from: home, office, transit (on the way), neighbourhood, anywhere",
        ),
        (
            ("inventory", "set", "education", "clown"),
            'Error: Cannot read the education "clown"',
            (
                "Hint: Choose from: junior high school, senior high school, college diploma, "
                "bachelor, master, doctorate"
            ),
        ),
        (
            ("sugest",),
            'Error: There is no command "sugest"; did you mean suggest?',
            "Hint: See xianke --help",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_errors_in_english(words: tuple[str, ...], message: str, hint: str, run: Run) -> None:
    """An error quotes what was typed and names the choices that can be typed in English."""
    result = run(*words)

    assert result.err.splitlines() == [message, hint]


@pytest.mark.usefixtures("english")
def test_one_and_many() -> None:
    """English has two forms where Chinese has one."""
    text = "还有 {count} 单没到账，共 {fen}"

    assert [i18n.plural(text, number) for number in (0, 1, 2)] == [
        "{count} gigs not paid yet, {fen} in all",
        "{count} gig not paid yet, {fen}",
        "{count} gigs not paid yet, {fen} in all",
    ]


def test_codes_with_their_names() -> None:
    """A name that only repeats its code is not said twice."""
    named = [("home", "家里"), ("public_ratings", "Public ratings"), ("pc", "Computer")]

    assert i18n.with_codes(named) == "home (家里), public_ratings, pc (computer)"


@pytest.mark.usefixtures("english")
def test_one_of_a_thing_is_said_in_the_singular() -> None:
    """What counts gigs or days has two forms, and a least number of minutes needs none."""
    texts = [
        i18n.plural("{text}（大约 {count} 单回本）", 1).format(text="Bag", count=1),
        i18n.plural("共 {count} 单，净得 {net}", 1).format(count=1, net="5"),
        i18n.plural("约 {days} 天", 1).format(days=1),
        i18n._("至少写 {minimum} 分钟").format(minimum=1),
    ]

    assert texts == [
        "Bag (back after about 1 gig)",
        "1 gig, net 5",
        "about 1 day",
        "At least 1 min",
    ]


def test_a_sentence_stays_on_the_line_of_its_source() -> None:
    """On the terminal a line end within a sentence would be shown as a question mark."""
    assert [pair for pair in PAIRS if "\n" in pair[1] and "\n" not in pair[0]] == []
