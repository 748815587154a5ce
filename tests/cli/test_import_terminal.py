"""`import` at a real terminal: password, question, progress, Ctrl-C."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.importers import bills
from tests.importers.bills import Entry

from xianke.importers import PROGRESS_LINES

if TYPE_CHECKING:
    from tests.cli.conftest import Dump

if sys.platform == "win32":
    pytest.skip("no pseudo terminal there", allow_module_level=True)

import pexpect

HIDDEN = "解压密码：\\s*$"
SECONDS = 30


def _spawn(*arguments: str) -> Any:  # Any: pexpect brings no types
    kept = {name: value for name, value in os.environ.items() if name != "XIANKE_DEBUG"}
    return pexpect.spawn(
        sys.executable,
        ["-m", "xianke", "import", *arguments],
        env={**kept, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
        dimensions=(40, 80),
        timeout=SECONDS,
    )


def _end(child: Any) -> tuple[str, int]:
    child.expect(pexpect.EOF)
    child.close()
    return child.before, child.exitstatus


@pytest.fixture
def locked(tmp_path: Path) -> str:
    """Return the path of a zip as Alipay sends it."""
    path = tmp_path / "bill.zip"
    data = bills.alipay([Entry()]).encode("gb18030")
    path.write_bytes(bills.aes_zipped({"支付宝交易明细.csv": data}, "110110"))
    return str(path)


@pytest.mark.parametrize(("answer", "rows"), [("y", 1), ("", 0), ("n", 0)])
def test_a_password_is_asked_for_and_never_shown(
    locked: str, stored: Callable[[], Dump], answer: str, rows: int
) -> None:
    """A wrong one is said to be wrong; only yes imports."""
    child = _spawn(locked)

    child.expect(HIDDEN)
    child.sendline("000000")
    child.expect("密码不对")
    child.expect(HIDDEN)
    child.sendline("110110")
    child.expect(r"导入吗？\[y/N\] ")
    shown = child.before
    child.sendline(answer)
    rest, code = _end(child)

    assert code == 0
    assert "110110" not in shown
    assert "示例甲方" in shown
    assert ("导入了：新的 1 笔" in rest) == bool(rows)
    assert len(stored()["bill_row"]) == rows


def test_a_long_file_shows_how_far_it_is_and_can_be_broken_off(
    tmp_path: Path, stored: Callable[[], Dump]
) -> None:
    """Ctrl-C ends with 130 and leaves nothing behind."""
    path = tmp_path / "long.csv"
    row = bills.alipay([Entry()]).splitlines()[-1]
    text = bills.alipay([]) + f"{row}\n" * (PROGRESS_LINES * 12)
    path.write_text(text, encoding="utf-8-sig")
    child = _spawn(str(path))

    child.expect(f"读到第 {PROGRESS_LINES} 行")
    child.sendintr()
    _rest, code = _end(child)

    assert code == 130
    assert stored()["bill_row"] == []


def test_what_is_only_likely_is_asked_about(tmp_path: Path, stored: Callable[[], Dump]) -> None:
    """After the import, money that may settle one gig or another waits for an answer."""
    from xianke import cli

    for words in (
        ("rules", "add", "示例甲方", "示例甲方", "--new"),
        ("log", "示例甲方", "300", "--status", "delivered", "--at", "2026-10-01"),
        ("log", "示例甲方", "500", "--status", "delivered", "--at", "2026-10-02"),
    ):
        assert cli.run(words) == 0
    path = tmp_path / "bill.csv"
    path.write_text(bills.alipay([Entry(amount="200.00")]), encoding="utf-8-sig")
    child = _spawn(str(path))

    child.expect(r"导入吗？\[y/N\] ")
    child.sendline("y")
    child.expect("示例甲方")
    child.sendline("")
    _rest, code = _end(child)

    assert code == 0
    assert [row[2:] for row in stored()["settlement"]] == [(1, 20000)]
