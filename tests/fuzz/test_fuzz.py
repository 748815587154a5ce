"""Whatever is read, it ends in data or in an error of the program's own, and it ends soon.

`XIANKE_FUZZ` is the number of examples each reader gets; the suite takes few, `make soak` many.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.targets import TARGETS, Target

from xianke.errors import XiankeError

EXAMPLES = int(os.environ.get("XIANKE_FUZZ", "40"))
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
        drawn = data.draw(target.inputs)
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
