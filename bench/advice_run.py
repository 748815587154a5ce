"""What advice earns in a made-up world, and whether its ranges hold there.

    python bench/advice_run.py FOLDER --bars                       # all that must hold: ten minutes
    python bench/advice_run.py FOLDER --lives 60 [--params FILE]   # the world's own options

FOLDER holds the world: `world.py`, `life.py`, `baselines.py` and `params.json`. Ends with 1 where a
bar is missed.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

POLICY = "advice:make"

Row = dict[str, Any]


def bars(money: Row, ranges: Row) -> list[tuple[str, float, float, float]]:
    """Return (what, figure, least, most) for everything that must hold.

    *money* is the row of this policy in a run of 200 lives, *ranges* that of one of 400, beside
    the rows of its rivals: `{"own": …, "shrink": …}`.
    """
    own = money["own"]
    found = [
        ("gain over the best rival", own["gain"], 0.15, math.inf),
        ("its low end", own["gain_95"][0], 0.10, math.inf),
        ("share of the oracle", own["share"], 0.68, math.inf),
        ("weeks 14-26", own["phases"][2], 0.71, math.inf),
        ("worst decile", own["worst_decile"], 0.42, math.inf),
        ("refused requests", own["refused"], 0, 0),
        ("seconds a life", own["seconds"], 0, 4),
    ]
    for gigs, (least, most) in {"2": (0.74, 0.86), "5": (0.76, 0.84), "10": (0.76, 0.84)}.items():
        mine, other = (ranges[name]["probe"][gigs] for name in ("own", "shrink"))
        found.append((f"coverage, {gigs} gigs", mine["paid"], least, most))
        found.append((f"interval score, {gigs} gigs", mine["score"] / other["score"], 0, 1.05))
    return found


def run_world(folder: Path, arguments: Sequence[str]) -> int:
    """Run the world's own table with `advice.py` as the policy."""
    here = Path(__file__).resolve()
    paths = [str(folder), str(here.parent)]
    run = f"import sys; sys.path[:0] = {paths!r}; import world; world.main()"
    command = [sys.executable, "-c", run, "--policy", POLICY, *arguments]
    return subprocess.run(command, cwd=folder, check=False).returncode


def hold(folder: Path, arguments: Sequence[str]) -> int:
    """Play 200 lives for the money and 400 for the ranges; print the bars; 1 if one is missed."""
    rows = []
    with tempfile.TemporaryDirectory() as place:
        for lives in (200, 400):
            target = Path(place) / f"{lives}.json"
            code = run_world(folder, [f"--lives={lives}", f"--json={target}", *arguments])
            if code:
                return code
            policies = json.loads(target.read_text(encoding="utf-8"))["policies"]
            rows.append({"own": policies[POLICY], **policies})
    missed = 0
    sys.stdout.write(f"\n{'bar':28}{'figure':>9}{'least':>8}{'most':>8}\n")
    for what, figure, least, most in bars(*rows):
        held = least <= figure <= most
        missed += not held
        end = "" if held else "  MISSED"
        sys.stdout.write(f"{what:28}{figure:9.3f}{least:8.2f}{most:8.2f}{end}\n")
    return 1 if missed else 0


def main() -> int:
    """Run the world's own table on this policy, or hold it against the bars."""
    parser = argparse.ArgumentParser(description="Judge the advice in a made-up world.")
    parser.add_argument("folder", type=Path, help="where world.py, life.py and params.json are")
    parser.add_argument("--bars", action="store_true", help="200 and 400 lives against the bars")
    args, rest = parser.parse_known_args()
    folder = args.folder.resolve()
    return hold(folder, rest) if args.bars else run_world(folder, rest)


if __name__ == "__main__":
    sys.exit(main())
