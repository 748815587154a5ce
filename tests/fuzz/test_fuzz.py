"""Whatever is read, it ends in data or in an error of the program's own, and it ends soon.

`XIANKE_FUZZ` is the number of examples each reader gets; the suite takes few, `make soak` many.
`XIANKE_FUZZ_SEED` begins the blind ones elsewhere.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.targets import TARGETS, Target

from xianke.errors import XiankeError

EXAMPLES = int(os.environ.get("XIANKE_FUZZ", "20"))
SEED = int(os.environ.get("XIANKE_FUZZ_SEED", "0"))
QUICK = 10
LONGEST = timedelta(seconds=20)
"""For one input, on a busy machine; what takes longer hangs."""


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_nothing_but_an_error_of_its_own_comes_out(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, no hang; a refusal is a sentence of one line that any file can hold."""
    monkeypatch.setenv("XIANKE_DEBUG", "1")

    @settings(
        max_examples=max(5, int(EXAMPLES * target.weight)),
        deadline=LONGEST,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def endure(data: st.DataObject) -> None:
        drawn = data.draw(target.inputs.careful)
        with tempfile.TemporaryDirectory() as name:
            monkeypatch.setenv("XIANKE_HOME", str(Path(name, "home")))
            try:
                target.read(drawn, Path(name))
            except XiankeError as refused:
                assert refused.message
                assert len(refused.message) < 3_000
            finally:
                shutil.rmtree(Path(name, "home"), ignore_errors=True)

    endure()


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_nor_of_many_more_made_blindly(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any care, and so ten times as many; the number of the one that failed is said."""
    if target.inputs.quick is None:
        return
    monkeypatch.setenv("XIANKE_DEBUG", "1")
    with tempfile.TemporaryDirectory() as name:
        monkeypatch.setenv("XIANKE_HOME", str(Path(name, "home")))
        for number in range(max(5, int(EXAMPLES * QUICK * target.weight))):
            made = target.inputs.quick(Random(SEED + number))
            started = time.monotonic()
            try:
                target.read(made, Path(name))
            except XiankeError as refused:
                assert refused.message, number
            except Exception as fault:
                fault.add_note(f"{target.name}, Random({SEED + number}): {made!r}"[:5_000])
                raise
            assert time.monotonic() - started < LONGEST.total_seconds(), (number, made)
