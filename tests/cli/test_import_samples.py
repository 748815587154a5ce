"""The shared sample bills through the command line: every figure, and a second import adds 0."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xianke import money

if TYPE_CHECKING:
    from tests.conftest import Run

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "samples" / "bills"
FIGURES = SAMPLES / "expected.json"
EXPECTED: dict[str, dict[str, Any]] = (  # Any: counts and texts
    json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
)
ZIPS = {
    "synthetic-alipay-aes256-password-110110.zip": "synthetic-alipay-app-2025-gb18030.csv",
    "synthetic-wechat-zipcrypto-password-110110.zip": "synthetic-wechat-2026-xlsx.xlsx",
}

pytestmark = pytest.mark.skipif(not EXPECTED, reason="the samples are not beside the checkout")

Rows = list[dict[str, Any]]


def _count_and_sum(rows: Iterable[dict[str, Any]]) -> tuple[int, str]:
    rows = list(rows)
    return len(rows), money.plain_yuan(sum(row["amount_fen"] for row in rows))


def _figures(rows: Rows) -> dict[str, object]:
    received = _count_and_sum(row for row in rows if row["verdict"] == "received")
    refunds = _count_and_sum(
        row for row in rows if row["verdict"] == "refund" and "退税" not in row["reason"]
    )
    instants = [row["at"].replace("T", " ").removesuffix("+08:00") for row in rows]
    return {
        "rows": len(rows),
        "received_rows": received[0],
        "received_sum": received[1],
        "refund_rows": refunds[0],
        "refund_sum": refunds[1],
        "first": min(instants),
        "last": max(instants),
    }


@pytest.mark.parametrize("name", [*EXPECTED, *ZIPS])
def test_every_sample_gives_its_figures_once(
    run: Run, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows, received, refunds, first and last are those counted independently; again adds 0."""
    monkeypatch.setenv("BILL_PASSWORD", "110110")
    arguments = ["import", str(SAMPLES / name), "--yes", "--json"]
    if name in ZIPS:
        arguments += ["--password-env", "BILL_PASSWORD"]

    first, again = run(*arguments).data, run(*arguments).data

    expected = EXPECTED[ZIPS.get(name, name)]
    found = _figures(first["rows"])
    assert found == {key: expected[key] for key in found}
    assert (first["read"], first["new"]) == (expected["rows"], expected["rows"])
    assert money.plain_yuan(first["received_fen"]) == expected["received_sum"]
    assert (
        first["assigned_fen"] + first["private_fen"] + first["unassigned_fen"]
        == first["received_fen"]
    )
    assert (again["new"], again["updated"], again["duplicate"]) == (0, 0, expected["rows"])
    assert again["received_fen"] == first["received_fen"]


def test_formats_of_one_account_add_nothing_to_each_other(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A zip of a bill that was imported before, and a workbook of the same rows as a CSV."""
    monkeypatch.setenv("BILL_PASSWORD", "110110")
    for packed, plain in ZIPS.items():
        run("import", str(SAMPLES / plain), "--yes")
        path = str(SAMPLES / packed)

        data = run("import", path, "--yes", "--json", "--password-env", "BILL_PASSWORD").data

        assert data["new"] == 0


def test_all_samples_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with every sample: the sums are those of the files, shared rows counted once."""
    monkeypatch.setenv("BILL_PASSWORD", "110110")

    data = run("import", str(SAMPLES), "--yes", "--json", "--password-env", "BILL_PASSWORD").data

    assert len(data["files"]) == len(EXPECTED) + len(ZIPS)
    assert (
        data["assigned_fen"] + data["private_fen"] + data["unassigned_fen"] == data["received_fen"]
    )
    again = run("import", str(SAMPLES), "--yes", "--json", "--password-env", "BILL_PASSWORD").data
    assert (again["new"], again["received_fen"]) == (0, data["received_fen"])
