"""A store in which each text that can be chosen is hostile, and what to look for afterwards."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tests.importers import bills
from tests.importers.bills import Entry, wechat_entry

from xianke import settings

if TYPE_CHECKING:
    from tests.conftest import Run

SEED = "毒"
"""Stands in every text that is typed; afterwards each becomes `HOSTILE`."""

HOSTILE = (
    "毒[bold red]x[/][link=https://evil.example]y[/link]"
    "\x1b[31m\x1b[2J\x1b]0;title\x07\x1b]8;;https://evil.example\x1b\\z\x1b]52;c;ZXZpbA==\x07"
    "\x9b31m\x9d0;t\x9c\x90q\x85\x00\x07\x08\x0b\x0c\x7f\r\n\t"
    "\u202aa\u202bb\u202cc\u202dd\u202ee\u2066f\u2067g\u2068h\u2069\u200e\u200f\u061c"
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u2028\u2029\ufff9\U000e0041"
    "e" + "\u0301" * 40 + "\u3164{0}%s{name}$x`y`<script>alert(1)</script>&\"'"
    '\n2026-01-01 open Assets:Evil\nplugin "os"\ninclude "/etc/hostname"\noption "title" "evil"\n'
    "    Assets:Evil  5 CNY\n; a: b | (c) * ! =5 @@ 2 CNY\nend comment\n"
    "END:VEVENT\r\nBEGIN:VALARM\r\nACTION:PROCEDURE\r\nATTACH:FMTTYPE=x:file:///bin/sh\\n"
)

STEERING = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Every control but the end of a line, and what hides or turns words."""
OBEYED = re.compile(STEERING)
FORBIDDEN = re.compile(f"{STEERING}|\u3164|[\u0300-\u036f]{{6}}")
"""What no screen may hold: that, letters nobody sees, and heaps of marks."""


def escapes(text: str) -> str:
    """Return what is left to look through once the escapes that rich itself makes are gone."""
    return re.sub(r"\x1b\[(?:0|1|2|3)m", "", text)


ARGUMENT = HOSTILE.replace("\0", "")
"""The same as a word of a command line, which cannot hold a NUL."""

TYPED: tuple[tuple[str, ...], ...] = (
    ("inventory", "add", "slot", "工作日 8:00-9:00", "--label", f"通勤{SEED}"),
    ("inventory", "add", "slot", "周日 9:00-18:00", "--label", f"周日{SEED}", "--device", "pc"),
    ("inventory", "add", "skill", f"修{SEED}"),
    ("inventory", "add", "skill", "PPT"),
    ("inventory", "add", "asset", f"旧{SEED}", "--idle", f"平时{SEED}", "--note", f"备注{SEED}"),
    ("inventory", "add", "asset", "电脑"),
    ("inventory", "set", "city", f"城{SEED}"),
    ("platforms", "add", f"平台{SEED}", "--category", "skill_service", "--note", f"注{SEED}"),
    ("platforms", "add", f"甲方{SEED}", "--client"),
    ("platforms", "edit", "闲鱼", "escrow", "no", "--note", f"据说{SEED}"),
    ("log", f"甲方{SEED}", "85", "--minutes", "40", "--note", f"谢{SEED}", "--status", "delivered"),
    ("log", f"平台{SEED}", "300", "--minutes", "90", "--note", f"谢{SEED}", "--at", "昨天 9:00"),
    ("log", "闲鱼", "20", "--minutes", "10", "--note", f"谢{SEED}", "--at", "11-15"),
    ("log", f"平台{SEED}", "30", "--minutes", "9", "--status", "rejected", "--note", f"坏{SEED}"),
    ("log", f"甲方{SEED}", "12", "--status", "delivered", "--at", "2026-09-01"),
    ("owed", "--write-off", "g5"),
    ("spend", f"平台{SEED}", "30", "--note", f"买{SEED}"),
    ("spend", f"平台{SEED}", "100", "--deposit", "--note", f"押{SEED}"),
    ("payouts", "add", f"平台{SEED}", "50", "--note", f"到{SEED}"),
    ("rules", "add", f"示例{SEED}", f"甲方{SEED}"),
    ("rules", "add", f"别的{SEED}", "private", "--field", "words"),
    ("start", f"平台{SEED}", "--note", f"现{SEED}"),
    ("goal", "1500/month"),
    ("plan", "--keep"),
)  # fmt: skip


def plant(run: Run, folder: Path) -> None:
    """Type a little of everything, read a bill and a calendar, and turn every text hostile."""
    for line in (*TYPED, *_files(folder)):
        done = run(*line)
        assert done.code == 0, (line, done.err)
    with closing(sqlite3.connect(settings.database_path())) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for table, column in list(_texts(connection)):
            word = json.dumps(HOSTILE)[1:-1] if (table, column) in _JSON else HOSTILE
            connection.execute(
                f'UPDATE {table} SET "{column}" = replace("{column}", ?, ?)', (SEED, word)
            )
        connection.commit()


_JSON = {("change", "before"), ("change", "after"), ("evidence", "value"), ("mapping", "columns")}


def _texts(connection: sqlite3.Connection) -> Iterable[tuple[str, str]]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        if table.startswith("sqlite_"):
            continue
        for row in connection.execute(f"PRAGMA table_info({table})").fetchall():
            if row[2] == "VARCHAR":
                yield table, row[1]


def _files(folder: Path) -> list[tuple[str, ...]]:
    folder.mkdir(exist_ok=True)
    income = [
        Entry(who=f"示例{SEED}", item=f"海报{SEED}", note=f"谢{SEED}"),
        Entry(who=f"陌生{SEED}", item=f"别的{SEED}", number="2026100500002", amount="7.00"),
        Entry(who=f"新人{SEED}", item=f"未知{SEED}", number="2026100500003", amount="8.00"),
    ]
    alipay = folder / f"账单{SEED}.csv"
    alipay.write_bytes(bills.gb(bills.alipay(income)))
    wechat = folder / "微信.csv"
    wechat.write_bytes(bills.utf8(bills.wechat_csv([wechat_entry(who=f"微{SEED}")])))
    calendar = folder / f"日历{SEED}.ics"
    calendar.write_text(
        "\r\n".join(
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", f"X-WR-CALNAME:课{SEED}",
                "BEGIN:VEVENT", "UID:1", "DTSTAMP:20261101T000000Z", f"SUMMARY:课程{SEED}",
                "DTSTART:20261123T080000", "DTEND:20261123T083000", "END:VEVENT",
                "BEGIN:VEVENT", "UID:2", "DTSTAMP:20261101T000000Z", f"SUMMARY:会{SEED}",
                "DTSTART:20261122T093000", "DTEND:20261122T113000", "END:VEVENT",
                "END:VCALENDAR", "",
            ]
        ),
        encoding="utf-8",
    )  # fmt: skip
    return [
        ("import", str(alipay), "--yes"),
        ("import", str(wechat), "--yes"),
        ("inventory", "import-calendar", str(calendar), "--name", f"课{SEED}"),
    ]
