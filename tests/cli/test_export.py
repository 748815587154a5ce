"""`xianke export`: files and pipes, and sums that other programs find again to the fen."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import tool

from xianke import gigs, i18n, settings, store
from xianke.commands import filing
from xianke.errors import Refused, Unreadable
from xianke.exporters import FORMATS
from xianke.render import exports as screen_of_exports

if TYPE_CHECKING:
    from tests.conftest import Run

    from xianke.store.tables import Row

AT = datetime(2026, 11, 22, 10)
REFUSED = Callable[..., str]


def _insert_gig(db: store.Journal, **values: Any) -> int:  # Any: whatever a column holds
    plain: Row = {"platform": "xianyu", "day": "2026-10-05", "orders": 1, "status": "delivered"}
    none: Row = dict.fromkeys(("unpaid_minutes", "fee_fen", "cost_fen", "tax_fen"), 0)
    return db.insert("gig", {**plain, **none, "gross_fen": 100_00, **values})


def _bill(db: store.Journal, batch: int, account: str, fen: int) -> int:
    row: Row = {
        "batch_id": batch,
        "key": f"{account}-{fen}",
        "account": account,
        "at": "2026-10-12 10:00:00",
        "direction": "in",
        "amount_fen": fen,
        "verdict": "received",
        **dict.fromkeys(("counterparty", "item", "kind", "status", "note"), ""),
    }
    return db.insert("bill_row", row)


@pytest.fixture
def varied() -> None:
    """Fill the store with one of everything that moves money."""
    with store.write("test", "", AT) as db:
        db.insert(
            "own_platform",
            {"id": "own-1", "name": "示例甲方", "kind": "client", "added_on": "2026-10-01"},
        )
        first = _insert_gig(db, fee_fen=6_00, kept_fen=1_50, tax_fen=8_00, cost_fen=5_00)
        _insert_gig(db, platform="own-1", gross_fen=3000_00, due="2026-11-30", note="=海报; |(")
        paid = _insert_gig(db, status="paid", paid_day="2026-10-06", gross_fen=33_33)
        _insert_gig(db, status="rejected", cost_fen=2_01)
        _insert_gig(db, status="cancelled", cost_fen=1_02)
        _insert_gig(db, status="accepted", day="2026-12-05", start_minute=1140, cost_fen=9_00)
        lost = _insert_gig(db, platform="meituan_zhongbao", day="2026-11-02", gross_fen=50_05)
        paid_gig = db.gig(paid)
        assert paid_gig is not None
        db.settle_typed(paid_gig, gigs.receivable_fen(paid_gig))
        batch = db.insert("batch", {"at": "2026-10-13", "source": "x", "files": "x"})
        for account, fen, settled in (
            ("wechat:a", 80_00, ((first, 80_00),)),
            ("alipay:b", 70_07, ((lost, 20_00), (first, 4_50))),
            ("ccb:c", 9_99, ()),
        ):
            payout = db.insert(
                "payout",
                {
                    "day": "2026-10-12",
                    "amount_fen": fen,
                    "platform": "xianyu",
                    "source": "imported",
                    "bill_row_id": _bill(db, batch, account, fen),
                },
            )
            for gig, part in settled:
                db.insert("settlement", {"payout_id": payout, "gig_id": gig, "amount_fen": part})
        replaced: Row = {"day": "2026-10-11", "amount_fen": 80_00, "platform": "xianyu"}
        db.insert("payout", {**replaced, "source": "typed", "replaced_by": payout})
        db.insert("write_off", {"gig_id": lost, "day": "2026-11-20", "amount_fen": 30_05})
        for kind, fen, back in (
            ("plain", 199_00, None),
            ("refund", 39_00, None),
            ("deposit", 300_00, None),
            ("deposit", 200_00, 150_00),
        ):
            db.insert(
                "spend",
                {
                    "day": "2026-10-01",
                    "platform": "xianyu",
                    "amount_fen": fen,
                    "kind": kind,
                    "returned_day": None if back is None else "2026-10-20",
                    "returned_fen": back,
                },
            )


# Files and pipes


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.usefixtures("varied")
def test_a_file_holds_what_is_printed(format: str, run: Run, tmp_path: Path) -> None:
    """With and without -o it is the same text."""
    path = tmp_path / "out"

    printed = run("export", "--format", format)
    written = run("export", "--format", format, "-o", str(path))

    assert (printed.code, printed.err, written.code, written.err) == (0, "", 0, "")
    assert path.read_bytes() == printed.out.encode()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("format", "counts"),
    [
        ("beancount", {"gigs": 6, "payouts": 4, "spends": 4, "write_offs": 1}),
        ("hledger", {"gigs": 6, "payouts": 4, "spends": 4, "write_offs": 1}),
        ("csv", {"gigs": 7}),
        ("ics", {"events": 3}),
    ],
)
@pytest.mark.usefixtures("varied")
def test_what_was_written_for_a_program(
    format: str, counts: dict[str, int], run: Run, tmp_path: Path
) -> None:
    """One document with the format, the file and how much it holds."""
    path = tmp_path / "out"

    data = run("export", "--format", format, "-o", str(path), "--json").data

    assert data == {
        "format": format,
        "path": str(path),
        "bytes": path.stat().st_size,
        **counts,
    }


@pytest.mark.usefixtures("varied")
def test_everything_as_it_is(run: Run, tmp_path: Path) -> None:
    """`json` is a line for every row of the store, between a header and an end."""
    path = tmp_path / "all.jsonl"

    data = run("export", "--format", "json", "-o", str(path), "--json").data

    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert (data["format"], data["rows"]) == ("json", len(lines) - 2)
    assert sum(line.get("table") == "gig" for line in lines) == 7


@pytest.mark.parametrize(
    ("format", "said"),
    [
        ("beancount", "  6 单，4 笔到账，4 笔开销和押金，1 笔勾销\n→ 核对：bean-check out"),
        ("csv", "  7 单\n→ 用表格软件打开；读回来：xianke import out --format gigs"),
    ],
)
@pytest.mark.usefixtures("varied")
def test_what_was_written_for_a_person(
    format: str,
    said: str,
    screen: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The file, what is in it, and what to do with it."""
    monkeypatch.chdir(tmp_path)

    assert screen("export", "--format", format, "-o", "out") == f"写好了：out\n{said}\n"


@pytest.mark.parametrize("format", ["beancount", "hledger", "csv", "ics"])
def test_an_empty_store(format: str, run: Run, tmp_path: Path) -> None:
    """There is a file, and it is said that nothing is in it; no store is made."""
    result = run("export", "--format", format, "-o", str(tmp_path / "out"))

    assert result.code == 0
    assert result.out.splitlines()[-2:] == [
        "  里面还没有东西",
        "→ 记一单：xianke log 闲鱼 85 --minutes 40",
    ]
    assert (tmp_path / "out").stat().st_size > 0
    assert not settings.database_path().exists()


@pytest.mark.usefixtures("varied")
def test_a_range_of_days(run: Run) -> None:
    """Both ends are included; the books begin with what was open before."""
    table = run("export", "--format", "csv", "--from", "2026-11-02", "--to", "2026-11-02").out
    books = run("export", "--format", "beancount", "--from", "2026-11-01").out

    assert [line.split(",")[11] for line in table.splitlines()[1:]] == ["g7"]
    assert '2026-11-01 * "这之前还没到账的钱和押金"\n' in books
    assert "2026-10" not in books


def test_other_names_of_formats(run: Run) -> None:
    """One text serves ledger and hledger; case does not matter."""
    assert run("export", "--format", "Ledger").out == run("export", "--format", "hledger").out


@pytest.mark.usefixtures("varied")
def test_a_pipe_gets_the_bytes_of_the_file(run: Run, tmp_path: Path) -> None:
    """UTF-8 whatever the terminal's encoding is, with the mark of a CSV file for Excel."""
    path = tmp_path / "out.csv"
    run("export", "--format", "csv", "-o", str(path))

    ended = subprocess.run(
        [sys.executable, "-m", "xianke", "export", "--format", "csv"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )

    assert ended.stdout == path.read_bytes()
    assert ended.stdout.startswith(b"\xef\xbb\xbfplatform,")


def test_a_person_sees_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal nothing of the content steers it, and Excel's mark is left out."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)

    screen_of_exports.pour(lambda file: file.write("\ufeff一,\x1b[2J\r\n二\r\n".encode()))

    assert terminal.getvalue() == "一,?[2J\n二\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.usefixtures("varied")
def test_a_pipe_that_cannot_take_it() -> None:
    """A full disk behind stdout is said once, with its exit code."""
    environment = {name: text for name, text in os.environ.items() if name != "XIANKE_DEBUG"}
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "xianke", "export", "--format", "json"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment,
        )

    assert ended.returncode == 5
    assert len(ended.stderr.splitlines()) == 2
    assert "结果写不出去" in ended.stderr


# Refusals


@pytest.mark.parametrize(
    ("code", "word", "arguments"),
    [
        (2, "not_understood", ()),
        (2, "not_understood", ("--format", "xlsx")),
        (2, "not_understood", ("--format", "csv", "--from", "没这天")),
        (1, "refused", ("--format", "json", "--from", "2026-01-01", "-o", "out")),
    ],
)
def test_what_cannot_be_meant(
    code: int, word: str, arguments: tuple[str, ...], refused: REFUSED
) -> None:
    """No format, an unknown one, no day, a range of what is always whole."""
    refused(code, word, "export", *arguments)


@pytest.mark.parametrize("format", FORMATS)
def test_two_documents_cannot_share_the_screen(format: str, run: Run) -> None:
    """`--json` tells of a file: without one it is refused."""
    result = run("export", "--format", format, "--json")

    assert result.code == 1
    assert result.document["errors"][0]["hint"] == "加 -o FILE 把导出的内容写进文件"


@pytest.mark.parametrize("place", ["", "gone/out", "file/out"])
def test_a_place_that_cannot_be_written(place: str, refused: REFUSED, tmp_path: Path) -> None:
    """A folder, a folder that is not there, a file taken for a folder: one sentence each."""
    (tmp_path / "file").write_text("old")

    refused(5, "unreadable", "export", "--format", "csv", "-o", str(tmp_path / place))

    assert (tmp_path / "file").read_text() == "old"


def test_the_store_itself_is_not_overwritten(refused: REFUSED) -> None:
    """Nor what SQLite keeps beside it."""
    for end in ("", "-wal"):
        path = f"{settings.database_path()}{end}"
        assert "自己的数据" in refused(1, "refused", "export", "--format", "csv", "-o", path)


# Writing files


def test_a_file_that_was_there_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    """Whatever interrupts the writing, and nothing is left lying about."""
    path = tmp_path / "out"
    path.write_text("old")

    def interrupted(file: Any) -> None:  # Any: an open binary file
        file.write(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filing.replace_file(path, interrupted)

    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("out", "old")]


def test_a_link_is_followed(tmp_path: Path) -> None:
    """What it points to is written, and it stays a link."""
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")

    size = filing.replace_file(tmp_path / "link", lambda file: file.write(b"new"))

    assert size == 3
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    """A device is not replaced by a file, a circle of links leads nowhere."""
    (tmp_path / "circle").symlink_to("circle")

    for path in (Path("/dev/null"), tmp_path / "circle"):
        with pytest.raises(Unreadable):
            filing.replace_file(path, lambda file: file.write(b"new"))

    assert not Path("/dev/null").is_file()


def test_a_refusal_within_passes(tmp_path: Path) -> None:
    """What the content's maker has to say is said."""

    def refusing(_file: object) -> None:
        raise Refused("no")

    with pytest.raises(Refused):
        filing.replace_file(tmp_path / "out", refusing)

    assert list(tmp_path.iterdir()) == []


# Sums, asked of the programs themselves

KINDS = {
    "zh": {
        "Income:兼职": "gross",
        "Income:没说明的进账": "unexplained",
        "Expenses:平台费": "fee",
        "Expenses:自己花的": "cost",
        "Expenses:平台开销": "cost",
        "Expenses:退给买家": "cost",
        "Expenses:没退的押金": "cost",
        "Expenses:勾销的欠款": "written_off",
        "Assets:代扣的税": "tax",
        "Assets:已收": "received",
        "Assets:待收": "outstanding",
        "Assets:押金": "deposit",
    },
    "en": {
        "Income:Gigs": "gross",
        "Income:Unexplained": "unexplained",
        "Expenses:Platform fees": "fee",
        "Expenses:Own costs": "cost",
        "Expenses:Spent on platforms": "cost",
        "Expenses:Refunds to buyers": "cost",
        "Expenses:Lost deposits": "cost",
        "Expenses:Written off": "written_off",
        "Assets:Tax withheld": "tax",
        "Assets:Received": "received",
        "Assets:Receivable": "outstanding",
        "Assets:Deposits": "deposit",
    },
    "beancount": {
        "Income:Gig": "gross",
        "Income:Unexplained": "unexplained",
        "Expenses:Gig:PlatformFee": "fee",
        "Expenses:Gig:OwnCost": "cost",
        "Expenses:Gig:PlatformCost": "cost",
        "Expenses:Gig:Refunds": "cost",
        "Expenses:Gig:DepositLost": "cost",
        "Expenses:Gig:WrittenOff": "written_off",
        "Assets:Tax": "tax",
        "Assets:Received": "received",
        "Assets:Receivable": "outstanding",
        "Assets:Deposit": "deposit",
    },
}


def _fen(yuan: str) -> int:
    whole, _point, rest = yuan.lstrip("-").partition(".")
    fen = int(whole) * 100 + int(rest.ljust(2, "0"))
    return -fen if yuan.startswith("-") else fen


def _balances(program: str, path: Path) -> dict[str, int]:
    """Return account → fen as a program sees them."""
    asked = {
        "hledger": ("balance", "-s", "--flat", "-N", "-O", "csv"),
        "ledger": ("--strict", "balance", "--flat", "--no-total", "--balance-format",
                   '"%(account)","%(display_total)"\n'),
    }  # fmt: skip
    ended = subprocess.run(
        [tool(program), "-f", path, *asked[program]],
        capture_output=True,
        encoding="utf-8",
        env={"LC_ALL": "C.UTF-8", "HOME": str(path.parent)},
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    pairs = csv.reader(ended.stdout.splitlines())
    return {name: _fen(text.removesuffix(" CNY")) for name, text in pairs if " CNY" in text}


def _beancount_balances(path: Path) -> dict[str, int]:
    ended = subprocess.run([tool("bean-check"), path], capture_output=True, encoding="utf-8")
    assert (ended.returncode, ended.stdout + ended.stderr) == (0, "")
    script = (
        "import sys\n"
        "from beancount import loader\n"
        "from beancount.core import realization\n"
        "entries, errors, options = loader.load_file(sys.argv[1])\n"
        "assert not errors\n"
        "for one in realization.iter_children(realization.realize(entries)):\n"
        "    for position in one.balance:\n"
        "        print(one.account, position.units.number, sep='\\t')\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, encoding="utf-8", check=True
    )
    pairs = [line.split("\t") for line in told.stdout.splitlines()]
    return {name: _fen(text) for name, text in pairs}


def _by_kind(found: dict[str, int], kinds: dict[str, str]) -> dict[str, int]:
    sums = dict.fromkeys(kinds.values(), 0)
    for account, fen in found.items():
        for path, kind in kinds.items():
            if account == path or account.startswith(f"{path}:"):
                sums[kind] += -fen if path.startswith("Income") else fen
    return sums


def _reported(run: Run) -> dict[str, int]:
    data = run("report", "--json").data
    total = data["total"]
    return {
        **{name: total[f"{name}_fen"] for name in ("gross", "fee", "cost", "tax", "received")},
        "unexplained": data["unexplained_fen"],
        "outstanding": data["outstanding_fen"],
        "written_off": data["written_off_fen"],
        "deposit": data["deposit_fen"],
    }


@pytest.mark.external
@pytest.mark.parametrize("program", ["hledger", "ledger"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("varied")
def test_the_ledgers_find_the_sums_of_the_report(
    program: str, language: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for their balances, both say to the fen what `report` says, in both languages."""
    path = tmp_path / "books.journal"
    monkeypatch.setenv("XIANKE_LANG", language)

    run("export", "--format", "hledger", "-o", str(path))

    found = _by_kind(_balances(program, path), KINDS[language])
    i18n.set_language("zh")
    assert found == _reported(run)


@pytest.mark.external
@pytest.mark.usefixtures("varied")
def test_beancount_finds_the_sums_of_the_report(run: Run, tmp_path: Path) -> None:
    """Asked for its balances, it says to the fen what `report` says."""
    path = tmp_path / "books.beancount"

    run("export", "--format", "beancount", "-o", str(path))

    assert _by_kind(_beancount_balances(path), KINDS["beancount"]) == _reported(run)


@pytest.mark.usefixtures("varied")
def test_the_report_is_what_was_put_in(run: Run) -> None:
    """The sums that the programs are held against, added up by hand."""
    assert _reported(run) == {
        "gross": 3183_38,
        "fee": 7_50,
        "cost": 5_00 + 2_01 + 1_02 + 199_00 + 39_00 + 50_00,
        "tax": 8_00,
        "received": 33_33 + 80_00 + 70_07 + 9_99,
        "unexplained": 45_57 + 9_99,
        "outstanding": 3000_00,
        "written_off": 30_05,
        "deposit": 300_00,
    }
