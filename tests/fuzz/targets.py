"""Everything that reads what others wrote: how to make such input, and how it is read.

A new reader gets a row in `TARGETS`: a strategy, and a function that may raise XiankeError and
nothing else. `weight` is how much of the usual number of examples it gets; what is slow, less.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from tests.hostile import ARGUMENT, FORBIDDEN
from tests.importers.test_fuzz import GOOD
from tests.importers.test_fuzz import WORDS as BILL_WORDS
from tests.unit.test_schema import WHOLE

from xianke import (
    datafile,
    goals,
    importers,
    inventory,
    lookup,
    money,
    payers,
    profiles,
    slots,
    traps,
    when,
)
from xianke.errors import XiankeError
from xianke.importers import generic, gigfiles, icalendars, identity, timelogs
from xianke.schema import MODELS

NOW = datetime.fromisoformat("2026-11-22T10:00:00+08:00")
ZONE = ZoneInfo("Asia/Shanghai")

Data = Any
"""What a strategy draws and its target reads; each row of the table fits itself."""


@dataclass(frozen=True)
class Inputs:
    """How input is made: with care, so that a fault shrinks, and blindly, many times as fast.

    `seeds` are the good files that are damaged.
    """

    careful: st.SearchStrategy[Data]
    quick: Callable[[Random], Data] | None = None
    seeds: Callable[[], Sequence[bytes]] | None = None


@dataclass(frozen=True)
class Target:
    """One reader: what it is called, what it gets, how it reads; the path is a folder for files."""

    name: str
    inputs: Inputs
    read: Callable[[Data, Path], object]
    weight: float = 1.0


# Texts that are typed

TIME_WORDS = [
    "工作日", "周末", "周一", "周三、周五", "每月", "第二个", "最后一个", "周六", "隔周", "单周",
    "除了", "节假日", "调休", "国庆节", "春节", "every", "other", "Saturday", "weekdays",
    "except", "12:00", "9am", "noon", "半", "点", "晚上", "早上", "八点", "-", "到", "至", "~",
    "—", ",", "，", "和", " ", "10-01", "2026-12-31", "2/29", "明天", "昨天", "上周", "下个月",
    "分钟", "小时", "1小时20分", "半小时", "24:00", "25:00", "00:00", "99", "1e9", "-1", "٣",
    "１２", "²", "十二", "两", "廿", "W47", "2026-W53",
]  # fmt: skip
MONEY_WORDS = [
    "12.5", "1,234.56", "￥", "¥", "元", "块", "毛", "万", "千", "k", "-", "+", ".", ",", "e",
    "9" * 30, "NaN", "Infinity", "0x1", "一百", "十二块五", "１２", " ", "0.001", "/month",
    "/week", "每月", "一个月",
]  # fmt: skip


def _texts(words: Sequence[str]) -> Inputs:
    piece = st.one_of(st.sampled_from(list(words)), st.text(max_size=3), st.just(ARGUMENT))

    def quick(chance: Random) -> str:
        found = chance.choices(words, k=chance.randrange(9))
        if chance.random() < 0.3:
            found.append(chr(chance.choice([chance.randrange(128), chance.randrange(0xD800)])))
            chance.shuffle(found)
        return chance.choice(["", " "]).join(found) * chance.choice([1] * 20 + [40])

    return Inputs(
        st.one_of(
            st.lists(piece, max_size=8).map("".join),
            st.lists(piece, max_size=8).map(" ".join),
            st.builds(str.__mul__, st.sampled_from(list(words)), st.integers(1, 400)),
            st.text(max_size=40),
        ),
        quick,
    )


def _slot(text: str, _folder: Path) -> None:
    rule = slots.parse(text, today=NOW.date())
    assert slots.parse(slots.format_rule(rule, "zh"), today=NOW.date()) == rule


def _typed(text: str, _folder: Path) -> None:
    for read in (
        money.parse,
        when.parse_duration,
        goals.parse,
        generic.parse_mapping,
        lookup.readable,
        inventory.check_level,
        inventory.check_place,
        lambda words: inventory.check_devices([words]),
        lambda words: profiles.check("city", words, 2026),
        lambda words: profiles.check(words, "1", 2026),
        lambda words: payers.check_text("words", words),
        lambda words: when.parse_day(words, NOW),
        lambda words: when.parse_moment(words, NOW),
        lambda words: when.parse_week(words, NOW),
    ):
        try:
            read(text)
        except XiankeError as refused:
            assert refused.message


OFFER_WORDS = [
    "兼职", "刷单", "日结", "先交押金", "300元", "佣金", "加微信", "一单", "5-10元", "保底",
    "垫付", "返现", "，", "。", "\n", "\n\n", "不", "没有", "是骗人的", "http://x", "１０", "¥",
    "9" * 30, "天", "-", "～", "%", "part-time", "deposit", "refund", "$5/hour", "no experience",
]  # fmt: skip


def _offer(text: str, _folder: Path) -> None:
    found = traps.judge(text)
    assert found.verdict in ("trap", "warn", "ok")


# Files


def _damaged(files: Callable[[], Sequence[bytes]], pieces: Sequence[bytes] = ()) -> Inputs:
    """Return files with bytes changed, taken out, put in, doubled or cut off."""

    @st.composite
    def careful(draw: st.DrawFn) -> bytes:
        data = bytearray(draw(st.sampled_from(list(files()))))
        for _time in range(draw(st.integers(1, 5))):
            place = draw(st.integers(0, max(0, len(data) - 1)))
            end = min(len(data), place + draw(st.integers(0, 24)))
            new = draw(st.one_of(st.binary(max_size=4), st.sampled_from([b"", *pieces])))
            data[place:end] = data[place:end] * 2 if draw(st.booleans()) and not new else new
        if draw(st.integers(0, 9)) == 0:
            del data[draw(st.integers(0, len(data))) :]
        return bytes(data)

    def quick(chance: Random) -> bytes:
        data = bytearray(chance.choice(files()))
        for _time in range(chance.randint(1, 6)):
            place = chance.randrange(len(data) + 1)
            end = place + chance.choice([0, 1, 2, 24])
            new = chance.choice([b"", chance.randbytes(chance.randrange(5)), *pieces])
            data[place:end] = data[place:end] * 2 if chance.random() < 0.1 else new
        if chance.random() < 0.1:
            del data[chance.randrange(len(data) + 1) :]
        return bytes(data)

    return Inputs(careful(), quick, files)


def _always(data: bytes) -> Callable[[], Sequence[bytes]]:
    return lambda: [data]


def _put(folder: Path, data: bytes, name: str) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _bill(data: bytes, folder: Path) -> None:
    path = _put(folder, data, "账单")
    mapping = {"date": "交易时间", "amount": "金额"}
    for options in ({}, {"format": "bank"}, {"format": "generic", "mapping": mapping}):
        try:
            bill = importers.read(path, password=lambda: "1", **options)
        except XiankeError as refused:
            assert refused.message
        else:
            assert len(set(identity.keys_of(bill))) == len(bill.rows)
            assert all(row.amount_fen >= 0 for row in bill.rows)


GIGS = (
    "platform,category,at,worked_minutes,unpaid_minutes,gross,fee,cost,tax,status,note\n"
    "闲鱼,skill_service,2026-10-05 10:00,40,5,85.00,1.00,0,0,paid,谢谢\n"
    "'=甲,,2026-10-06T09:00:30,,0,12.5,,,,,'=1+1\n"
).encode()
TIMELOG = json.dumps(
    [
        {
            "id": 1,
            "start": "20261005T020000Z",
            "end": "20261005T030000Z",
            "tags": ["闲鱼"],
            "annotation": "x",
        },
        [1759630000, 1759633600, "闲鱼", "abc", ["甲"], 1759633600],
    ]
).encode()
CALENDAR = "\r\n".join(
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai",
        "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800",
        "END:STANDARD", "END:VTIMEZONE", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20261101T000000Z",
        "SUMMARY:课", "DTSTART;TZID=Asia/Shanghai:20261123T080000", "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;COUNT=9;BYDAY=MO,WE", "EXDATE;TZID=Asia/Shanghai:20261125T080000",
        "END:VEVENT", "BEGIN:VEVENT", "UID:2", "DTSTAMP:20261101T000000Z",
        "DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=MONTHLY;UNTIL=20270101", "END:VEVENT",
        "END:VCALENDAR", "",
    ]
).encode()  # fmt: skip
CALENDAR_WORDS = [
    b"COUNT=999999999", b"INTERVAL=0", b"FREQ=SECONDLY", b"FREQ=YEARLY", b"19000101",
    b"99991231T235959Z", b"P9999W", b"-P1D", b"BYDAY=99MO", b"BYSETPOS=1", b"TZID=../x",
    b"RDATE:20261123T080000", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n",
]  # fmt: skip
STOCK = """slots:
- {when: 工作日 20:00-21:00, label: 晚上, place: home, devices: [pc, phone]}
- 周六 9:00-12:00
skills: [{name: PPT, level: 3}, Excel]
assets: [{name: 相机, idle: 周末, note: 旧}]
profile: {city: 杭州, travel_minutes: '20'}
""".encode()
YAML_WORDS = [
    b"!!python/object/apply:os.system ", b"&a ", b"*a", b"<<: ", b"? ", b"- ", b"[", b"{",
    b"---\n", b"...\n", b"|\n", b">-\n", b"%YAML 9.9\n", b'"\\ud800"', b"\x85", b"\xe2\x80\xa8",
    b"null", b"~", b"\t", b"# ", b"1e999", b"'",
]  # fmt: skip
GIG_PIECES = [b"'", b"=", b'"', b",", b"\r", b"1e9", b"99999-01-01"]
JSON_PIECES = [b"null", b"[", b"{", b"1e400", b'"', b"-1"]
TOML_PIECES = [b'"""', b"\\", b"=", b"[["]
CATALOGUE = json.dumps(WHOLE, ensure_ascii=False, indent=1).encode()
CONFIG = b'language = "zh"\nzone = "Asia/Shanghai"\n[other]\nx = 1979-05-27T07:32:00Z\n'


def _gig_file(data: bytes, folder: Path) -> None:
    gigfiles.read_gigs(_put(folder, data, "gigs.csv"))


def _timelog(data: bytes, folder: Path) -> None:
    path = _put(folder, data, "log.json")
    timelogs.kind_of(path)
    for read in (timelogs.read_timewarrior, timelogs.read_watson):
        try:
            read(path, ZONE)
        except XiankeError as refused:
            assert refused.message


def _calendar(data: bytes, folder: Path) -> None:
    window = icalendars.Window(date(2026, 11, 1), date(2026, 12, 31), ZONE)
    icalendars.read(_put(folder, data, "x.ics"), window)


def _catalogue(data: bytes, folder: Path) -> None:
    content, problems = datafile.check(_put(folder, data, "c.yaml"), MODELS["platforms"])
    assert (content is None) == bool(problems)
    assert all(one.line >= 1 and one.reason for one in problems)


def _inventory(data: bytes, folder: Path) -> None:
    from xianke.commands import stockfile

    stockfile._read(_put(folder, data, "stock.yaml"))


def _config(data: bytes, _folder: Path) -> None:
    from xianke import settings

    settings.home().mkdir(parents=True, exist_ok=True)
    _put(settings.home(), data, "config.toml")
    settings.read()


def _restore(data: bytes, folder: Path) -> None:
    from xianke.store import restoring

    with restoring.examined(_put(folder, data, "old.jsonl")) as found:
        assert found.summary.rows > 0


@cache
def _lines() -> list[bytes]:
    folder = Path(__file__).parent.parent / "store" / "lines"
    return [path.read_bytes() for path in sorted(folder.glob("*.jsonl"))]


@st.composite
def _relined(draw: st.DrawFn) -> bytes:
    """Return whole lines with other values in them, and the checksum that such lines have."""
    *body, _end = [json.loads(line) for line in draw(st.sampled_from(_lines())).splitlines()]
    for _time in range(draw(st.integers(1, 4))):
        row = draw(st.sampled_from(body[1:]))["row"]
        row[draw(st.sampled_from(sorted(row)))] = draw(
            st.one_of(
                st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
                st.just([]), st.just({}), st.sampled_from(["2026-02-30", 2**53, -1, ARGUMENT]),
            )
        )  # fmt: skip
    lines = b"".join(json.dumps(one).encode() + b"\n" for one in body)
    end = {"end": len(body) - 1, "sha256": hashlib.sha256(lines).hexdigest()}
    return lines + json.dumps(end).encode() + b"\n"


@cache
def _database() -> list[bytes]:
    """Return a backup with a row in it, made in memory."""
    import sqlite3

    from xianke.store import opening

    connection = sqlite3.connect(":memory:", isolation_level=None)
    opening.create(connection)
    connection.execute("INSERT INTO skill (id, key, name, level) VALUES (1, 'ppt', 'PPT', 3)")
    connection.execute("VACUUM")
    return [connection.serialize()]


# Whole command lines

COMMANDS = [
    "log", "gigs", "gigs show", "gigs edit", "gigs rm", "report", "suggest", "now", "plan",
    "rates", "inventory", "inventory add slot", "inventory add skill", "inventory add asset",
    "inventory set", "inventory edit", "inventory rm", "inventory slots", "bills", "bills show",
    "bills assign", "rules", "rules add", "rules edit", "owed", "spend", "spend returned",
    "payouts", "payouts add", "payouts settle", "usage", "learn", "goal", "platforms",
    "platforms show", "platforms add", "platforms edit", "undo", "start", "stop", "import",
    "restore", "init", "",
]  # fmt: skip
OPTIONS = [
    "--json", "--minutes", "--at", "--note", "--from", "--to", "--by", "--limit", "--goal",
    "--new", "--status", "--due", "--fee", "--cost", "--count", "--category", "--platform",
    "--explain", "--why-not", "--place", "--device", "--week", "--label", "--level", "--search",
    "--format", "--", "-h", "--deposit", "--rating", "--discard", "--hours-a-week", "--rest",
    "--share", "--field", "--preset", "--yes",
]  # fmt: skip
VALUES = [
    "闲鱼", "85", "40分", "g1", "s1", "k1", "p1", "b1", "r1", "d1", "周一 9:00-10:00", "PPT",
    "电脑", "昨天", "2026-11-22", "month", "skill_service", "paid", "delivered", "pc", "home",
    "2026-W47", "city", "1500/month", "", " ", "-1", "0", "9" * 30, "nan", ARGUMENT, "\udcff",
    "/dev/null", "/", "json",
]  # fmt: skip


@st.composite
def _command_lines(draw: st.DrawFn) -> tuple[tuple[str, ...], ...]:
    word = st.one_of(
        st.sampled_from(VALUES),
        st.sampled_from(OPTIONS),
        st.text(max_size=6).filter(lambda text: "\0" not in text),
    )
    line = st.tuples(st.sampled_from(COMMANDS), st.lists(word, max_size=7)).map(
        lambda two: (*two[0].split(), *two[1])
    )
    return tuple(draw(st.lists(line, min_size=1, max_size=4)))


def _command_line(lines: tuple[tuple[str, ...], ...], folder: Path) -> None:
    from xianke import cli
    from xianke.render import console

    for line in lines:
        console.console.cache_clear()
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            # The debugger's switch is on: what is no error of the program's own comes through.
            code = cli.run(line)
        assert code in (0, 1, 2, 3, 4, 5, 10), line
        if "--json" not in line and not {"-h", "--help"} & set(line):
            assert FORBIDDEN.search(out.getvalue()) is None, line
        assert FORBIDDEN.search(err.getvalue()) is None, line
    console.console.cache_clear()


BILL_PIECES = [word.encode("gb18030") for word in BILL_WORDS if word.isprintable()]

TARGETS = (
    Target("slots", _texts(TIME_WORDS), _slot),
    Target("offers", _texts(OFFER_WORDS), _offer),
    Target("typed", _texts([*TIME_WORDS, *MONEY_WORDS]), _typed),
    *(
        Target(f"bill {number}", _damaged(_always(good), BILL_PIECES), _bill, 0.5)
        for number, good in enumerate(GOOD)
    ),
    Target("gig file", _damaged(_always(GIGS), GIG_PIECES), _gig_file),
    Target("time log", _damaged(_always(TIMELOG), JSON_PIECES), _timelog),
    Target("calendar", _damaged(_always(CALENDAR), CALENDAR_WORDS), _calendar, 0.5),
    Target("catalogue", _damaged(_always(CATALOGUE), YAML_WORDS), _catalogue, 0.3),
    Target("inventory file", _damaged(_always(STOCK), YAML_WORDS), _inventory),
    Target("settings", _damaged(_always(CONFIG), TOML_PIECES), _config),
    Target("lines", Inputs(_relined()), _restore, 0.3),
    Target("broken lines", _damaged(_lines, JSON_PIECES), _restore, 0.1),
    Target("database", _damaged(_database), _restore, 0.3),
    Target("command lines", Inputs(_command_lines()), _command_line, 0.5),
)
"""What `make soak` runs at length, and the suite a little of."""
