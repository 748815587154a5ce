"""How far the week planner stays behind an exact solver: `python bench/planner.py --help`.

Each made-up week is also given to HiGHS (`pip install -e '.[bench]'`); every plan is counted and
checked from the definition of a week alone. Ends with 1 where the planner misses more than the
bars below, is worse than plain greed, or breaks a limit. Time is that of the processor, as a
multiple of what a bare `python -c pass` takes in the same run, since machines differ. HiGHS stops
by the clock: on a busy machine it proves less, and the gap to its plan flatters the planner.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import planner_solver
from planner_weeks import week

from xianke import _plan_check
from xianke._plan_search import QUICK, THOROUGH, Effort, greedy_plan, solve

if TYPE_CHECKING:
    from xianke._plan_model import Problem, Solution

SIZES = ((20, 50), (40, 80))
"""Slots and routes."""
SIMULATED = (30, 40)
MEDIAN_BAR, WORST_BAR = 1.0, 2.0
"""Per cent of the value of the solver's plan that may be missing."""
REPEATS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One week: values of the three plans, the solver's bound, and seconds of both."""

    slots: int
    routes: int
    seed: int
    value_fen: int
    greedy_fen: int
    solver_fen: int
    bound_fen: int
    seconds: float
    solver_seconds: float

    def behind(self, fen: int) -> float:
        """Return what is missing to the solver's plan, in per cent."""
        return 100 * (self.solver_fen - fen) / self.solver_fen if self.solver_fen else 0.0


def checked(problem: Problem, solution: Solution) -> int:
    """Return the value of a plan, having made sure of it."""
    broken = _plan_check.violations(problem, solution.choice)
    if broken or _plan_check.value(problem, solution.choice) != solution.value_fen:
        raise SystemExit(f"a plan is wrong: {broken or solution}")
    return solution.value_fen


def timed(problem: Problem, effort: Effort) -> tuple[Solution, float]:
    """Return the planner's plan, and the least seconds it took of some times."""
    seconds = []
    for _ in range(REPEATS):
        start = time.process_time()
        solution = solve(problem, effort)
        seconds.append(time.process_time() - start)
    return solution, min(seconds)


def bare_python() -> float:
    """Return the least seconds of processor that starting Python takes."""
    seconds = []
    for _ in range(20):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(seconds)


def measured(size: tuple[int, int], seed: int, limit: float) -> Row:
    """Plan one week in every way."""
    problem = week(seed, *size)
    plan, seconds = timed(problem, THOROUGH)
    value = checked(problem, plan)
    greedy = checked(problem, greedy_plan(problem))
    start = time.perf_counter()
    solver, bound = planner_solver.best(problem, limit, plan)
    took = time.perf_counter() - start
    return Row(*size, seed, value, greedy, solver, bound, round(seconds, 4), round(took, 2))


def report(rows: Sequence[Row], bare: float) -> bool:
    """Print what came out for one size; return whether the bars hold."""
    gaps = [row.behind(row.value_fen) for row in rows]
    greedy = [row.behind(row.greedy_fen) for row in rows]
    times = [row.seconds for row in rows]
    worse = sum(row.value_fen < row.greedy_fen for row in rows)
    proved = sum(row.bound_fen <= row.solver_fen for row in rows)
    out = sys.stdout.write
    out(f"{rows[0].slots} slots x {rows[0].routes} routes, {len(rows)} weeks\n")
    out(f"  behind HiGHS  median {median(gaps):.2f} %, worst {max(gaps):.2f} %")
    out(f"  (its plan is proved best {proved} times)\n")
    bounds = [100 * (row.bound_fen - row.value_fen) / row.bound_fen for row in rows]
    out(f"  behind bound  median {median(bounds):.2f} %, worst {max(bounds):.2f} %")
    out("  (no plan at all can be better than that)\n")
    out(f"  greed         median {median(greedy):.2f} %, worst {max(greedy):.2f} %")
    out(f"  (better than the planner {worse} times)\n")
    out(f"  time          median {median(times) / bare:.1f}, worst {max(times) / bare:.1f} x bare")
    out(f" Python ({median(times):.3f} s, {max(times):.3f} s);")
    out(f" HiGHS median {median(row.solver_seconds for row in rows):.1f} s\n")
    return median(gaps) <= MEDIAN_BAR and max(gaps) <= WORST_BAR and not worse


def simulated(instances: int, bare: float) -> None:
    """Print how QUICK does against THOROUGH on weeks as a simulation has them."""
    gaps, times = [], []
    for seed in range(instances):
        problem = week(seed, *SIMULATED, limited=False)
        plan, seconds = timed(problem, QUICK)
        best = checked(problem, solve(problem, THOROUGH))
        gaps.append(100 * (best - checked(problem, plan)) / best)
        times.append(seconds)
    out = sys.stdout.write
    out(f"quick, {SIMULATED[0]} slots x {SIMULATED[1]} routes without bound on platforms\n")
    out(f"  behind thorough  median {median(gaps):.2f} %, worst {max(gaps):.2f} %\n")
    out(
        f"  time             median {median(times) * 1000:.1f} ms, worst {max(times) * 1000:.1f} ms"
    )
    out(f" ({median(times) / bare:.1f} x bare Python)\n")


def main() -> int:
    """Plan, compare, and say whether the bars hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, default=20, help="weeks of each size")
    parser.add_argument("--seconds", type=float, default=30, help="for HiGHS and each week")
    parser.add_argument("--json", type=Path, help="write every week's figures there")
    given = parser.parse_args()
    bare = bare_python()
    sys.stdout.write(f"bare Python {bare * 1000:.1f} ms of processor\n")
    rows: list[Row] = []
    held = []
    for size in SIZES:
        some = [measured(size, seed, given.seconds) for seed in range(given.instances)]
        held.append(report(some, bare))
        rows += some
    simulated(given.instances, bare)
    if given.json:
        found = {"bare_seconds": bare, "weeks": [asdict(row) for row in rows]}
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
