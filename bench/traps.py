"""How well offers are judged, slice by slice, beside two plain rules.

    python bench/traps.py FILE.jsonl [FILE.jsonl …] [--bars] [--misses]
    python bench/traps.py --apart data/offers/*.jsonl [--bars]
    python bench/traps.py --pace data/offers/*.jsonl

Each line of a file is `{"text", "label": "trap"|"ok", "kind"}`. The kinds `hand_*` and `sms_*` are
slices of their own, everything else of a file named `dev*` or `held*` is `rest`; other files are
one slice each. Shown with Wilson's 95 % interval: of the traps, how many are called trap, and trap
or warn; of the honest ones, how many are called trap, and warn. `--bars` ends with status 1 where
a slice misses its bar; `--misses` lists what was judged otherwise than labelled. `--apart` judges
each of the files that taught what offers read like by what the others teach, as if it were new.

`--pace` judges the texts of the files joined to 33 000 and to 330 000 characters (about 100 kB and
1 MB) and says how many times as long the second takes.

Baselines: a rule of nine words (a trap if one stands there), and naive Bayes over pairs of
characters, taught on four fifths of the slice and asked about the fifth, five times.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xianke import traps
from xianke._trap_cues import shipped
from xianke._trap_likeness import Weights, sort_of, taught

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NINE_WORDS = ("刷单", "返利", "佣金", "垫付", "押金", "日结", "兼职", "点赞", "QQ")

# Bars by slice: least share of traps called trap, and trap or warn; most of the honest called so.
BARS = {
    "hand": {"trap": 0.80, "trap or warn": 0.95, "ok as trap": 0.05, "ok as warn": 0.25},
    "rest": {"trap": 0.95, "ok as trap": 0.02},
}


@dataclass(frozen=True, slots=True)
class Record:
    """A labelled text."""

    text: str
    label: str
    kind: str


def read(path: Path) -> dict[str, list[Record]]:
    """Return the records of one file by their slice."""
    slices: dict[str, list[Record]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        record = Record(raw["text"], raw["label"], raw.get("kind", ""))
        name = path.stem
        if name.startswith(("dev", "held")):
            head = record.kind.split("_")[0]
            name = head if head in ("hand", "sms") else "rest"
        slices.setdefault(name, []).append(record)
    return slices


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    if not count:
        return 0.0, 1.0
    z = 1.959964
    share, middle = hits / count, 1 + z * z / count
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / middle
    centre = (share + z * z / (2 * count)) / middle
    return max(0.0, centre - half), min(1.0, centre + half)


def keywords(records: Sequence[Record]) -> list[str]:
    """Judge by nine words."""
    return ["trap" if any(w in r.text for w in NINE_WORDS) else "ok" for r in records]


def bayes(records: Sequence[Record]) -> list[str]:
    """Judge each fifth by the pairs of characters of the other four."""
    verdicts = [""] * len(records)
    for fold in range(5):
        counts = {"trap": Counter[str](), "ok": Counter[str]()}
        texts = Counter(r.label for n, r in enumerate(records) if n % 5 != fold)
        for number, record in enumerate(records):
            if number % 5 != fold:
                counts[record.label].update(pairs(record.text))
        words = len(set(counts["trap"]) | set(counts["ok"])) + 1
        for number, record in enumerate(records):
            if number % 5 == fold:
                weights = {
                    label: math.log((texts[label] + 1) / (texts.total() + 2))
                    + sum(
                        math.log((seen[pair] + 1) / (seen.total() + words))
                        for pair in pairs(record.text)
                    )
                    for label, seen in counts.items()
                }
                verdicts[number] = max(weights, key=lambda label: weights[label])
    return verdicts


def pairs(text: str) -> Iterable[str]:
    """Return the pairs of neighbouring characters."""
    return [text[n : n + 2] for n in range(len(text) - 1)]


def shares(records: Sequence[Record], verdicts: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return each figure as hits and count."""
    of = {
        label: [v for r, v in zip(records, verdicts, strict=True) if r.label == label]
        for label in ("trap", "ok")
    }
    return {
        "trap": (of["trap"].count("trap"), len(of["trap"])),
        "trap or warn": (len(of["trap"]) - of["trap"].count("ok"), len(of["trap"])),
        "ok as trap": (of["ok"].count("trap"), len(of["ok"])),
        "ok as warn": (of["ok"].count("warn"), len(of["ok"])),
    }


def missed(name: str, found: dict[str, tuple[int, int]]) -> list[str]:
    """Return the bars that a slice misses, in words."""
    bars = BARS.get(name, BARS["hand"] if name not in ("sms", "rest") else {})
    faults = []
    for figure, bar in bars.items():
        hits, count = found[figure]
        share = hits / count if count else bar
        if share < bar if figure.startswith("trap") else share > bar:
            faults.append(f"{name}: {figure} {share:.3f}, the bar is {bar}")
    return faults


def taught_apart(path: Path) -> Weights:
    """Return what the other files of the folder teach."""
    levels = shipped("zh").levels
    return taught(
        (levels.read(record.text).plain, record.label == "trap", record.kind, sort_of(other.stem))
        for other in sorted(path.parent.glob("*.jsonl"))
        if other != path
        for records in read(other).values()
        for record in records
    )


def say(line: str) -> None:
    """Write one line."""
    sys.stdout.write(line + "\n")


def show(name: str, records: Sequence[Record], judged: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Print the figures of one slice beside those of the baselines, and return them."""
    say(f"\n{name} ({len(records)} texts)")
    for rule, verdicts in (
        ("xianke", judged),
        ("nine words", keywords(records)),
        ("naive Bayes", bayes(records)),
    ):
        cells = []
        for figure, (hits, count) in shares(records, verdicts).items():
            low, high = wilson(hits, count)
            share = hits / count if count else 0.0
            cells.append(f"{figure} {share:.3f} ({low:.2f}-{high:.2f})")
        say(f"  {rule:12} " + "  ".join(cells))
    return shares(records, judged)


def pace(files: Sequence[Path]) -> int:
    """Print how time grows with the length of a text."""
    texts = [one.text for path in files for listed in read(path).values() for one in listed]
    traps.judge("")
    for joint in ("\n\n", "\n", "。"):
        whole = joint.join(texts) * 10
        seconds = []
        for length in (33_000, 330_000):
            started = time.process_time()
            traps.judge(whole[:length])
            seconds.append(time.process_time() - started)
        say(
            f"joined by {joint!r}: {seconds[0]:.2f} s, {seconds[1]:.2f} s, {seconds[1] / seconds[0]:.1f}x"
        )
    return 0


def main() -> int:
    """Print the table; return 1 where a bar is asked for and missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--bars", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--pace", action="store_true")
    options = parser.parse_args()
    if options.pace:
        return pace(options.files)
    slices: dict[str, list[Record]] = {}
    weights: dict[str, Weights | None] = {}
    for path in options.files:
        for name, records in read(path).items():
            slices.setdefault(name, []).extend(records)
            weights[name] = taught_apart(path) if options.apart else None
    faults: list[str] = []
    judged: dict[str, list[str]] = {}
    for name in sorted(slices, key=lambda n: (n != "hand", n)):
        records = slices[name]
        judged[name] = [traps.judge(one.text, weights=weights[name]).verdict for one in records]
        found = show(name, records, judged[name])
        # Of files judged apart, one author's quirks are no bar: all of them together are.
        faults += [] if options.apart else missed(name, found)
        if options.misses:
            for record, verdict in zip(records, judged[name], strict=True):
                if (record.label == "ok") != (verdict == "ok"):
                    say(f"  {record.label} called {verdict}: {record.kind}: {record.text}")
    if options.apart:
        together = [record for name in judged for record in slices[name]]
        verdicts = [verdict for listed in judged.values() for verdict in listed]
        faults += missed("together", show("together", together, verdicts))
    for fault in faults:
        say(fault)
    return 1 if options.bars and faults else 0


if __name__ == "__main__":
    sys.exit(main())
