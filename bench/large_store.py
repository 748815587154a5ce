"""Time the everyday commands over many years of records.

Fill a temporary folder through the store, in one transaction, with many slots, skills and
invented gigs; run each command several times as a process of its own, in turn with
`python -c pass`; print the medians and how many times a bare interpreter each one takes.
The folder is removed at the end.

    python bench/large_store.py
    python bench/large_store.py --gigs 2000 --runs 15 suggest "report --by month"
    python bench/large_store.py --profile suggest
    python bench/large_store.py --keep /tmp/large     # fill only, and keep the folder
    python bench/large_store.py --slots 0 --pieces 40 --own 80 "plan --week 2026-W48 --json"
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from xianke import settings, slots, store, vocabulary

if TYPE_CHECKING:
    from xianke.store.tables import Row

NOW = "2026-11-23T12:10:00+08:00"
LAST_DAY = date(2026, 11, 22)
YEARS_DAYS = 3 * 365
SEED = 20261122
COMMANDS = ("suggest", "report", "now", "", "gigs", "gigs --json", "log xianyu 1 --minutes 5")
TABS = ("__complete bash .", "__complete bash log .xy", "__complete bash gigs show .g1")
"""What a shell asks at every press of Tab."""
PLATFORMS = (
    ("xianyu", "second_hand_rental"),
    ("xianyu", "skill_service"),
    ("meituan_zhongbao", "delivery_errand"),
    ("dada_jd", "delivery_errand"),
    ("bytedance_xpert", "micro_task"),
    ("ant_weike", "micro_task"),
    ("zbj", "skill_service"),
    ("didi_sfc", "ride_hailing"),
    ("xiaohongshu", "content_creator"),
    ("wjx", "survey_testing"),
)
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日", "工作日", "周末", "每天")


def main() -> None:
    """Fill a store, time the commands, print a line for each."""
    asked = _arguments()
    if asked.keep is not None:
        _use(asked.keep)
        _fill(asked)
        return
    with tempfile.TemporaryDirectory(prefix="xianke-bench-") as folder:
        _use(Path(folder))
        started = time.perf_counter()
        _fill(asked)
        megabytes = settings.database_path().stat().st_size / 1_000_000
        _say(
            f"{asked.slots} slots, {asked.skills} skills, {asked.gigs} gigs: "
            f"{megabytes:.1f} MB, filled in {time.perf_counter() - started:.1f} s"
        )
        commands = asked.command or (*COMMANDS, *TABS)
        if asked.profile:
            for command in commands:
                _profile(command)
        else:
            _compare(commands, asked.runs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time the everyday commands on a large store.")
    parser.add_argument("command", nargs="*", help="command lines of xianke; default: the usual")
    parser.add_argument("--slots", type=int, default=200)
    parser.add_argument("--pieces", type=int, default=0, help="slots of one piece a week each")
    parser.add_argument("--own", type=int, default=0, help="platforms of the user's own")
    parser.add_argument("--skills", type=int, default=60)
    parser.add_argument("--gigs", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=9, help="runs of each command")
    parser.add_argument("--profile", action="store_true", help="print where the time goes instead")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="only fill DIR, and keep it")
    return parser.parse_args()


def _use(home: Path) -> None:
    os.environ |= {"XIANKE_HOME": str(home), "XIANKE_NOW": NOW, "XIANKE_LANG": "zh"}


# Invented records


def _fill(asked: argparse.Namespace) -> None:
    """Write everything as one command would: in one transaction, with its journal."""
    chance = random.Random(SEED)
    with store.write("bench.fill", "", datetime.fromisoformat(NOW)) as db:
        for number in range(asked.slots):
            db.insert("slot", _slot(number))
        for number in range(asked.pieces):
            db.insert("slot", _piece(number))
        for number in range(asked.own):
            db.insert("own_platform", _own(number))
            # Somebody who works there knows that it runs: otherwise others go before it.
            db.insert("evidence", _running(number))
        for key, name in _skills(asked.skills):
            db.insert("skill", {"key": key, "name": name, "level": chance.randint(1, 5)})
        db.set_profile("pc", "yes")
        for _number in range(asked.gigs):
            _insert_gig(db, _gig(chance))


def _slot(number: int) -> Row:
    """Return one of many different slots: a day, an hour and a length."""
    hour, quarter = 6 + number // len(WEEKDAYS) % 16, number // (16 * len(WEEKDAYS)) % 4
    text = f"{WEEKDAYS[number % len(WEEKDAYS)]} {hour}:{15 * quarter:02d}-{hour + 1}:45"
    return {
        "rule": slots.format_rule(slots.parse(text, today=LAST_DAY), "zh"),
        "label": f"时段 {number}",
        "place": ("home", "office", "transit", "anywhere")[number % 4],
        "devices": None,
        "driving": 0,
    }


def _piece(number: int) -> Row:
    """Return a slot that is one piece of a week: none of them overlap up to 63."""
    hour = 6 + 2 * (number // 7)
    text = f"{WEEKDAYS[number % 7]} {hour}:00-{hour + 1}:{(0, 15, 30, 45)[number % 4]:02d}"
    return {**_slot(number), "rule": slots.format_rule(slots.parse(text, today=LAST_DAY), "zh"),
            "place": "anywhere"}  # fmt: skip


def _own(number: int) -> Row:
    """Return a platform of the user's own, of a category whose pay is known: it can be planned."""
    return {
        "id": f"own-{number + 1}",
        "name": f"平台 {number}",
        "kind": "platform",
        "category": "delivery_errand",
        "note": None,
        "added_on": LAST_DAY.isoformat(),
    }


def _running(number: int) -> Row:
    return {
        "platform": f"own-{number + 1}",
        "field": "status",
        "value": "active",
        "day": LAST_DAY.isoformat(),
        "note": None,
    }


def _skills(count: int) -> list[tuple[str, str]]:
    """Return skills of the vocabulary, and invented ones where there are not enough."""
    words = Path(vocabulary.__file__).parent / "_data" / "skills.json"
    known = json.loads(words.read_text(encoding="utf-8"))["skills"]
    found = [(skill["id"], skill["name"]["zh"]) for skill in known][:count]
    return found + [(f"技能 {number}", f"技能 {number}") for number in range(count - len(found))]


def _gig(chance: random.Random) -> dict[str, int | str | None]:
    platform, category = chance.choice(PLATFORMS)
    day = (LAST_DAY - timedelta(chance.randrange(YEARS_DAYS))).isoformat()
    status = chance.choices(("paid", "delivered", "rejected"), (90, 5, 5))[0]
    gross = chance.randint(500, 30_000)
    return {
        "platform": platform,
        "category": category,
        "day": day,
        "start_minute": chance.randrange(1440),
        "orders": 1,
        "worked_minutes": chance.choice((None, *range(10, 240, 5))),
        "unpaid_minutes": chance.choice((0, 0, 5, 10, 30)),
        "gross_fen": gross,
        "fee_fen": gross // 100,
        "cost_fen": chance.choice((0, 0, 200, 500)),
        "tax_fen": 0,
        "status": status,
        "paid_day": day if status == "paid" else None,
        "note": "编的",
    }


def _insert_gig(db: store.Journal, gig: dict[str, int | str | None]) -> None:
    """Store a gig, and the typed payout that settles it if it is paid."""
    identity = db.insert("gig", gig)
    gross, fee = gig["gross_fen"], gig["fee_fen"]
    if gig["status"] != "paid" or not isinstance(gross, int) or not isinstance(fee, int):
        return
    due = gross - fee
    payout = db.insert(
        "payout",
        {
            "day": gig["day"],
            "amount_fen": due,
            "platform": gig["platform"],
            "source": "typed",
        },
    )
    db.insert("settlement", {"payout_id": payout, "gig_id": identity, "amount_fen": due})


# Timing


def _compare(commands: Sequence[str], runs: int) -> None:
    """Run everything in turn, so that a busy moment falls on all alike; print the medians."""
    bare = [sys.executable, "-c", "pass"]
    lines = {command: [*_python(), *shlex.split(command)] for command in commands}
    took: dict[str, list[float]] = {name: [] for name in ("python -c pass", *lines)}
    for line in lines.values():
        _seconds(line)
    for _run in range(runs):
        took["python -c pass"].append(_seconds(bare))
        for command, line in lines.items():
            took[command].append(_seconds(line))
    unit = statistics.median(took["python -c pass"])
    _say(f"{'command':<28}{'median ms':>10}{'least ms':>10}{'times python':>14}")
    for name, seconds in took.items():
        median = statistics.median(seconds)
        shown = name if name == "python -c pass" else f"xianke {name}".rstrip()
        _say(
            f"{shown:<28}{median * 1000:>10.0f}{min(seconds) * 1000:>10.0f}{median / unit:>13.1f}×"
        )


def _python() -> list[str]:
    return [sys.executable, "-m", "xianke"]


def _seconds(line: Sequence[str]) -> float:
    started = time.perf_counter()
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _profile(command: str) -> None:
    """Print the functions in which one run of a command spends its time."""
    _say(f"xianke {command}".rstrip())
    line = [sys.executable, "-m", "cProfile", "-s", "cumulative", "-m", "xianke"]
    done = subprocess.run(
        [*line, *shlex.split(command)], check=True, capture_output=True, encoding="utf-8"
    )
    table = done.stdout[done.stdout.rindex("function calls") :]
    _say("\n".join(table.splitlines()[:60]))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
