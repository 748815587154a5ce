"""`import` of bills: shown first, all or nothing, never counted twice, taken back as a whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.importers import bills
from tests.importers.bills import Entry, wechat_entry

from xianke import settings

if TYPE_CHECKING:
    from tests.cli.conftest import Dump
    from tests.conftest import Result, Run

ORDERS = [
    Entry(
        at=f"2026-10-{day:02d} 10:00:00",
        who="示例甲方",
        amount=f"{day}.50",
        number=f"20261000{day}",
    )
    for day in range(1, 11)
]
SUM_FEN = sum(day * 100 + 50 for day in range(1, 11))


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str], str]:
    """Return what writes an invented bill and gives back its path."""

    def call(name: str, text: str) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8-sig")
        return str(path)

    return call


Put = Callable[[str, str], str]


def _sums(result: Result) -> dict[str, Any]:
    names = ("read", "new", "duplicate", "updated", "review", "skipped", "received_fen",
             "assigned_fen", "private_fen", "unassigned_fen", "batch")  # fmt: skip
    return {name: result.document["data"][name] for name in names}


def _total(run: Run) -> dict[str, int]:
    data = run("report", "--json").data
    return {name: data[name] for name in ("received_fen", "unexplained_fen", "outstanding_fen")}


def test_without_a_terminal_it_is_a_preview(run: Run, put: Put, stored: Callable[[], Dump]) -> None:
    """Nothing is stored before somebody said yes, and the document says that it is partial."""
    path = put("bill.csv", bills.alipay(ORDERS))

    plain, result = run("import", path), run("import", path, "--json")

    assert (plain.code, result.code, result.document["status"]) == (0, 0, "partial")
    assert _sums(result) == {
        "read": 10, "new": 10, "duplicate": 0, "updated": 0, "review": 10, "skipped": 0,
        "received_fen": SUM_FEN, "assigned_fen": 0, "private_fen": 0, "unassigned_fen": SUM_FEN,
        "batch": None,
    }  # fmt: skip
    assert "什么也没有导入" in plain.out
    assert stored()["bill_row"] == []


def test_a_dry_run_does_what_was_asked(run: Run, put: Put, stored: Callable[[], Dump]) -> None:
    """It looks, says what it sees, and stores nothing, even together with --yes."""
    path = put("bill.csv", bills.alipay(ORDERS))

    result = run("import", path, "--dry-run", "--yes", "--json")

    assert (result.code, result.document["status"], result.data["new"]) == (0, "ok", 10)
    assert stored()["bill_row"] == []


def test_the_same_file_again_adds_nothing(run: Run, put: Put, stored: Callable[[], Dump]) -> None:
    """A second import is no error: exit 0, no batch, and the store is as it was."""
    path = put("bill.csv", bills.alipay(ORDERS))
    first = run("import", path, "--yes", "--json")
    before = stored()

    again = run("import", path, "--yes", "--json")

    assert (first.data["new"], first.data["batch"]) == (10, "b1")
    assert (again.code, again.document["status"]) == (0, "ok")
    assert _sums(again) == {
        **_sums(first), "new": 0, "duplicate": 10, "batch": None,
    }  # fmt: skip
    assert stored() == before


def test_an_overlapping_file_adds_what_is_new(run: Run, put: Put) -> None:
    """Two exports that share some days make the union of both, each row once."""
    early, late = put("a.csv", bills.alipay(ORDERS[:6])), put("b.csv", bills.alipay(ORDERS[3:]))

    one = run("import", early, "--yes", "--json").data
    two = run("import", late, "--yes", "--json").data
    both = run("import", early, late, "--yes", "--json").data

    assert (one["new"], two["new"], two["duplicate"]) == (6, 4, 3)
    assert (both["new"], both["duplicate"], both["received_fen"]) == (0, 13, SUM_FEN)


def test_files_of_one_import_overlap_as_well(run: Run, put: Put) -> None:
    """A folder of overlapping exports counts each row once."""
    put("bills/a.csv", bills.alipay(ORDERS[:6]))
    path = put("bills/b.csv", bills.alipay(ORDERS[3:]))

    data = run("import", str(Path(path).parent), "--yes", "--json").data

    assert (data["new"], data["duplicate"], data["received_fen"]) == (10, 3, SUM_FEN)
    assert [one["new"] for one in data["files"]] == [6, 4]


def test_csv_and_workbook_of_one_account_are_the_same_rows(
    run: Run, put: Put, tmp_path: Path
) -> None:
    """WeChat's old and new formats of the same transactions add nothing to each other."""
    entries = [wechat_entry(), wechat_entry(at="2026-10-06 11:00:07", number="4200001000002")]
    text = put("old.csv", bills.wechat_csv(entries))
    book = tmp_path / "new.xlsx"
    book.write_bytes(bills.xlsx({"Sheet1": bills.wechat_rows(entries)}))

    first = run("import", text, "--yes", "--json").data
    again = run("import", str(book), "--yes", "--json").data

    assert (first["new"], again["new"], again["duplicate"]) == (2, 0, 2)


def test_what_was_pending_and_then_came_is_counted_once(run: Run, put: Put) -> None:
    """The row is updated, the money belongs to whom the rules say; an older export of it, too
    late, takes nothing back."""
    run("rules", "add", "示例甲方", "闲鱼")
    waiting = put("a.csv", bills.alipay([Entry(status="等待确认收货", kind="收入")]))
    paid = put("b.csv", bills.alipay([Entry(kind="收入")]))

    before = run("import", waiting, "--yes", "--json").data
    none = _total(run)
    came = run("import", paid, "--yes", "--json").data
    some = _total(run)
    late = run("import", waiting, "--yes", "--json").data

    assert (before["new"], before["received_fen"]) == (1, 0)
    assert none["received_fen"] == 0
    assert (came["new"], came["updated"], came["assigned_fen"]) == (0, 1, 10000)
    assert some == {"received_fen": 10000, "unexplained_fen": 10000, "outstanding_fen": 0}
    assert (late["new"], late["updated"], late["batch"]) == (0, 0, None)
    assert late["rows"][0]["verdict"] == "received"
    assert _total(run) == some


def test_a_sale_that_was_closed_later_is_no_income(run: Run, put: Put) -> None:
    """A newer export says that the deal was closed: the payout goes, in either order."""
    run("rules", "add", "示例甲方", "闲鱼")
    done = put("a.csv", bills.alipay([Entry(kind="收入")]))
    closed = put("b.csv", bills.alipay([Entry(kind="收入", status="交易关闭")]))

    run("import", done, "--yes")
    some = _total(run)["received_fen"]
    said = run("import", closed, "--yes").out

    assert some == 10000
    assert "其中 1 笔后来退了或关闭了" in said
    assert _total(run)["received_fen"] == 0
    assert run("import", done, "--yes", "--json").data["updated"] == 0
    assert _total(run)["received_fen"] == 0


def test_wages_are_private_and_nobodys_money_is_not_income(run: Run, put: Put) -> None:
    """The three sums make the received one; only what is assigned reaches the report."""
    path = put(
        "bill.csv",
        bills.alipay(
            [
                Entry(who="示例公司", item="10月工资", amount="8000.00", number="1"),
                Entry(who="示例朋友", item="红包", amount="66.00", number="2"),
                Entry(who="王阿姨", item="看孩子", amount="300.00", number="3"),
            ]
        ),
    )
    run("rules", "add", "王阿姨", "王阿姨", "--new")

    data = run("import", path, "--yes", "--json").data

    assert {row["amount_fen"]: row["assigned"] for row in data["rows"]} == {
        800000: "private", 6600: None, 30000: "wangayi",
    }  # fmt: skip
    assert (data["received_fen"], data["assigned_fen"], data["private_fen"]) == (
        836600, 30000, 800000,
    )  # fmt: skip
    assert (data["unassigned_fen"], data["review"]) == (6600, 1)
    assert _total(run)["received_fen"] == 30000


def test_what_cannot_be_understood_goes_to_review(run: Run, put: Put) -> None:
    """A type nobody knows stops nothing and is never thrown away."""
    path = put("bill.csv", bills.alipay([Entry(kind="从没见过的类型"), ORDERS[0]]))

    data = run("import", path, "--yes", "--json").data

    assert (data["new"], data["review"], data["received_fen"]) == (2, 2, 150)
    assert [row["verdict"] for row in data["rows"]] == ["unknown", "received"]
    assert "从没见过的类型" in data["rows"][0]["reason"]


def test_review_counts_what_bills_lists(run: Run, put: Put) -> None:
    """Money in that is nobody's, what nobody understood, refunds paid; no other spending."""
    path = put(
        "bill.csv",
        bills.alipay(
            [
                Entry(number="1"),
                Entry(kind="从没见过的类型", number="2"),
                Entry(direction="支出", status="退款成功", number="3"),
                Entry(direction="支出", status="从没见过的状态", number="4"),
                Entry(direction="支出", number="5"),
            ]
        ),
    )

    review = run("import", path, "--yes", "--json").data["review"]

    assert review == len(run("bills", "--json").data["rows"]) == 3


BROKEN = [ORDERS[0], Entry(amount="12.x", number="77"), Entry(at="昨天", number="78")]


def test_rows_that_cannot_be_read_stop_the_whole_import(
    run: Run, put: Put, stored: Callable[[], Dump]
) -> None:
    """All of them are listed with line and reason, in both forms, and nothing is stored."""
    good, bad = put("a.csv", bills.alipay(ORDERS)), put("b.csv", bills.alipay(BROKEN))

    plain = run("import", good, bad, "--yes")
    result = run("import", good, bad, "--yes", "--json")

    assert (plain.code, result.code, plain.out) == (2, 2, "")
    assert "12.x" in plain.err
    assert "昨天" in plain.err
    assert "--skip-bad" in plain.err
    assert [one["code"] for one in result.document["errors"]] == [
        "not_understood", "bad_row", "bad_row",
    ]  # fmt: skip
    assert stored()["bill_row"] == []


def test_bad_rows_can_be_left_out_on_request(run: Run, put: Put) -> None:
    """The rest is imported, the exit code says that rows are missing."""
    path = put("b.csv", bills.alipay(BROKEN))

    result = run("import", path, "--yes", "--skip-bad", "--json")

    assert (result.code, result.document["status"]) == (7, "partial")
    data = result.document["data"]
    assert (data["read"], data["new"], data["skipped"]) == (3, 1, 2)
    assert len(result.document["errors"]) == 2


def test_one_file_that_cannot_be_read_stops_the_others(
    run: Run, put: Put, stored: Callable[[], Dump]
) -> None:
    """All files or none."""
    good, bad = put("a.csv", bills.alipay(ORDERS)), put("b.csv", "nothing,to,see\n1,2,3\n")

    result = run("import", good, bad, "--yes")

    assert (result.code, result.out) == (2, "")
    assert "b.csv" in result.err
    assert stored()["bill_row"] == []


def test_undo_takes_the_whole_batch_back(run: Run, put: Put, stored: Callable[[], Dump]) -> None:
    """Rows, payouts and what they settled: the store is as before the import."""
    run("rules", "add", "示例甲方", "闲鱼")
    run("log", "闲鱼", "1.5", "--status", "delivered", "--at", "2026-10-01 09:00")
    before = stored()
    path = put("bill.csv", bills.alipay(ORDERS))

    run("import", path, "--yes")
    during = stored()
    undone = run("undo", "--json").data

    assert (len(during["bill_row"]), len(during["payout"])) == (10, 10)
    assert "bill.csv" in undone["undone"]
    assert stored() == before
    assert run("import", path, "--yes", "--json").data["new"] == 10


def test_a_copy_is_put_aside_before_an_import(run: Run, put: Put) -> None:
    """Whoever regrets it later than undo reaches has the store of before."""
    run("log", "闲鱼", "85", "--minutes", "40")

    run("import", put("bill.csv", bills.alipay(ORDERS)), "--yes")

    (copy,) = (settings.home() / "backups").iterdir()
    assert "import" in copy.name


def test_the_store_knows_no_names_of_what_was_spent(
    run: Run, put: Put, stored: Callable[[], Dump]
) -> None:
    """Of expenses the key stays, so that they are known again, and no word of theirs."""
    path = put(
        "bill.csv",
        bills.alipay([Entry(direction="支出", who="示例药房", item="感冒药", kind="医疗健康")]),
    )

    run("import", path, "--yes")

    assert "示例药房" not in repr(stored()["bill_row"])
    assert "感冒药" not in repr(stored()["bill_row"])
    assert run("import", path, "--yes", "--json").data["duplicate"] == 1


OWN = "日期,谁,多少\n2026-10-01,示例甲方,100.00\n2026-10-02,示例乙方,-20.00\n"
MAP = "date=日期,amount=多少,counterparty=谁"


def test_a_mapping_is_remembered_for_tables_of_its_kind(run: Run, put: Put) -> None:
    """Explained once, the next table with these columns is read without a word."""
    first = run("import", put("a.csv", OWN), "--map", MAP, "--yes", "--json").data
    more = OWN + "2026-10-03,示例甲方,50.00\n"

    again = run("import", put("b.csv", more), "--yes", "--json").data

    assert (first["source"], first["new"], first["received_fen"]) == ("generic", 2, 10000)
    assert (again["new"], again["duplicate"], again["received_fen"]) == (1, 2, 15000)


def test_a_remembered_mapping_opens_a_zip_as_well(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is read twice, once to see that no bill is in it; the password serves for both."""
    path = tmp_path / "own.zip"
    path.write_bytes(bills.aes_zipped({"own.csv": OWN.encode()}, "110110"))
    monkeypatch.setenv("BILL_PASSWORD", "110110")
    options = ("--password-env", "BILL_PASSWORD", "--yes", "--json")
    run("import", str(path), "--map", MAP, *options)

    again = run("import", str(path), *options).data

    assert (again["new"], again["duplicate"]) == (0, 2)


@pytest.mark.parametrize(
    ("text", "word"), [("date=日期", "amount"), ("date=日期,amount=没有", "没有"), ("x=1", "x=1")]
)
def test_a_mapping_that_does_not_fit_is_refused(
    run: Run, put: Put, stored: Callable[[], Dump], text: str, word: str
) -> None:
    """It is said which part is missing; nothing is stored, not even the mapping."""
    path = put("a.csv", OWN)

    result = run("import", path, "--map", text, "--yes")

    assert result.code == 2
    assert word in result.err
    assert (stored()["bill_row"], stored()["mapping"]) == ([], [])


def test_accounts_that_no_file_names_can_be_told_apart(run: Run, put: Put) -> None:
    """The same row of two cards is two rows, once the accounts have names."""
    path = put("a.csv", OWN)
    run("import", path, "--map", MAP, "--account", "card-1", "--yes")

    data = run("import", path, "--map", MAP, "--account", "card-2", "--yes", "--json").data

    assert data["new"] == 2


def test_a_review_that_cannot_be_held_keeps_from_importing(
    put: Put, stored: Callable[[], Dump], refused: Callable[..., str]
) -> None:
    """Without a terminal nobody could decide: half of what was asked for is not done."""
    path = put("bill.csv", bills.alipay(ORDERS))

    said = refused(1, "refused", "import", path, "--yes", "--review")

    assert "要在终端里做" in said
    assert stored()["bill_row"] == []


def _zip(tmp_path: Path) -> str:
    path = tmp_path / "bill.zip"
    data = bills.alipay(ORDERS).encode("gb18030")
    path.write_bytes(bills.aes_zipped({"支付宝交易明细.csv": data}, "110110"))
    return str(path)


def test_a_password_comes_from_the_environment(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never as an argument, where others could read it; wrong or missing is one sentence."""
    path = _zip(tmp_path)
    monkeypatch.setenv("BILL_PASSWORD", "110110")
    monkeypatch.setenv("WRONG", "000000")

    right = run("import", path, "--password-env", "BILL_PASSWORD", "--yes", "--json")
    wrong = run("import", path, "--password-env", "WRONG", "--yes")
    missing = run("import", path, "--password-env", "NOT_SET", "--yes")
    none = run("import", path, "--yes")

    assert right.data["new"] == 10
    assert (wrong.code, missing.code, none.code) == (5, 1, 5)
    assert "NOT_SET" in missing.err
    assert "--password-env" in none.err
    assert [len(one.err.splitlines()) for one in (wrong, missing, none)] == [2, 2, 2]


@pytest.mark.parametrize(
    ("code", "word", "arguments"),
    [
        (2, "not_understood", ["import"]),
        (5, "unreadable", ["import", "/nowhere/bill.csv"]),
        (2, "not_understood", ["import", "{file}", "--format", "paypal"]),
    ],
)
def test_what_cannot_be_imported(
    refused: Callable[..., str], put: Put, code: int, word: str, arguments: Sequence[str]
) -> None:
    """One sentence, one hint, nothing changed."""
    path = put("bill.csv", bills.alipay(ORDERS))

    refused(code, word, *(one.format(file=path) for one in arguments))


def test_the_screens_hold_at_80_columns(
    screen: Callable[..., str], put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Preview and result, with long names, in both languages."""
    entries = [
        *ORDERS,
        Entry(who="名字特别长的示例信息技术服务有限公司" * 2, item="很长的说明" * 12, number="1"),
        Entry(direction="支出", number="2"),
        Entry(kind="奇怪的类型", number="3"),
    ]
    monkeypatch.chdir(Path(put("bill.csv", bills.alipay(entries))).parent)
    path = "bill.csv"

    preview = screen("import", path)
    monkeypatch.setenv("XIANKE_LANG", "en")
    done = screen("import", path, "--yes")

    assert "进账 11 笔" in preview
    assert "Imported: 13 new" in done


def test_a_row_of_a_hostile_bill_moves_no_cursor(run: Run, put: Put) -> None:
    """Escape sequences and direction marks in names are shown as question marks."""
    path = put("bill.csv", bills.alipay([Entry(who="坏\x1b[2J人\u202e", item="[bold]x[/bold]")]))

    out = run("import", path, "--yes").out

    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[bold]x[/bold]" in out


def test_a_reader_that_stops_reading_stops_no_import(put: Put, stored: Callable[[], Dump]) -> None:
    """`import --yes | head -1`: what was asked for is done before anything is printed."""
    path = put("bill.csv", bills.alipay(ORDERS))
    command = f"{sys.executable} -u -m xianke import {path} --yes | head -n 0"

    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)

    assert ended.stderr == ""
    assert len(stored()["bill_row"]) == len(ORDERS)


def test_a_bank_is_called_by_its_name(run: Run, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by the short word that programs read."""
    header = ("记账日期", "货币", "交易金额", "联机余额", "交易摘要", "对手信息")
    row = ("2026-10-01", "人民币", "85.00", "1085.00", "转账", "示例甲方")
    path = put("bank.csv", bills.statement(header, [row]))

    shown = run("import", path).out
    monkeypatch.setenv("XIANKE_LANG", "en")
    english = run("import", path).out
    source = run("import", path, "--json").document["data"]["source"]

    assert shown.startswith("bank.csv：招商银行，2026-10-01")
    assert english.startswith("bank.csv: China Merchants Bank")
    assert source == "cmb"
