"""A place to put an invented bill, and to read it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from xianke import importers
from xianke.importers.types import Bill

Read = Callable[..., Bill]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write bytes, or text as UTF-8 with a mark, to a file and read it: `read(data, format=…)`."""

    def call(data: bytes | str, name: str = "账单.bin", **options: object) -> Bill:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8-sig"))
        return importers.read(path, **options)  # type: ignore[arg-type]  # passed on as they are

    return call
