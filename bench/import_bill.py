"""How long a bill of 100 000 rows takes, and how much memory: `python bench/import_bill.py [ROWS]`.

Reading alone, and the command as a whole: the first import, and the same file again.

Each case runs in a process of its own, so that the peak is that of the case alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

ROWS = 100_000
ALIPAY = (
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,"
    "交易订单号,商家订单号,备注,"
)
WECHAT = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
START = datetime(2026, 1, 1)


def alipay(path: Path, rows: int) -> None:
    """Write a bill of Alipay's app, one row per five minutes."""
    with path.open("w", encoding="gb18030", newline="\n") as file:
        file.write(f"支付宝账户：demo@example.com\n{ALIPAY}\n")
        for number in range(rows):
            at = START + timedelta(minutes=5 * number)
            file.write(
                f"{at},转账红包,示例客户{number % 500},/,第{number}单 结算,收入,{number % 900}.50,"
                f"余额,交易成功,2026{number:024d}\t,\t,,\n"
            )


def wechat_csv(path: Path, rows: int) -> None:
    """Write a bill of WeChat's with a tab behind each closing quote."""
    with path.open("w", encoding="utf-8-sig", newline="\r\n") as file:
        file.write(f"微信支付账单明细,,,,,,,,\n微信昵称：[示例],,,,,,,,\n{WECHAT}\n")
        for number in range(rows):
            at = START + timedelta(minutes=5 * number)
            file.write(
                f'{at},"转账","客户{number % 500}","转账备注:第{number}单","收入",'
                f'"¥{number % 900}.50","/","已存入零钱","42000{number:023d}"\t,"/"\t,"/"\n'
            )


def wechat_xlsx(path: Path, rows: int) -> None:
    """Write a workbook with serial times and amounts as numbers."""
    import openpyxl  # type: ignore[import-untyped]  # it brings no types

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.append(["微信支付账单明细"])
    sheet.append(WECHAT.split(","))
    for number in range(rows):
        at = START + timedelta(minutes=5 * number)
        who, item, amount = f"客户{number % 500}", f"转账备注:第{number}单", number % 900 + 0.5
        ends = ["/", "已存入零钱", f"42000{number:023d}", "/", "/"]
        sheet.append([at, "转账", who, item, "收入", amount, *ends])
    book.save(path)


CASES = {"alipay csv": alipay, "wechat csv": wechat_csv, "wechat xlsx": wechat_xlsx}

READ = """
import resource, sys, time
from pathlib import Path
from xianke import importers
from xianke.importers import identity
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
bill = importers.read(Path(sys.argv[1]))
read = time.perf_counter()
keys = identity.keys_of(bill)
end = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert len(set(keys)) == len(bill.rows) == int(sys.argv[2]) and not bill.problems
print(f"read {read - start:.1f} s, keys {end - read:.1f} s, {(peak - before) / 1024:.0f} MB more")
"""


COMMAND = """
import contextlib, io, json, resource, sys, time
from xianke import cli
start = time.perf_counter()
out = io.StringIO()
with contextlib.redirect_stdout(out):
    code = cli.run(["import", sys.argv[1], "--yes"])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert code == 0, code
print(f"{time.perf_counter() - start:.1f} s, peak {peak / 1024:.0f} MB")
"""


def imported(path: Path) -> str:
    """Return what one import of the file took; the store lies beside it."""
    ended = subprocess.run(
        [sys.executable, "-c", COMMAND, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "XIANKE_HOME": str(path.parent / f"home-{path.suffix}-{path.stem}")},
    )
    return ended.stdout.strip()


def main() -> None:
    """Write, read and measure each case."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        for case, write in CASES.items():
            path = Path(folder) / case.replace(" ", ".")
            write(path, rows)
            start = time.perf_counter()
            ended = subprocess.run(
                [sys.executable, "-c", READ, str(path), str(rows)],
                capture_output=True,
                text=True,
                check=True,
            )
            whole = time.perf_counter() - start
            size = path.stat().st_size / 2**20
            figures = f"{size:.0f} MB: {ended.stdout.strip()}, {whole:.1f} s whole"
            sys.stdout.write(f"{case:12} {rows} rows, {figures}\n")
            sys.stdout.write(f"{'':12} import {imported(path)}; again {imported(path)}\n")


if __name__ == "__main__":
    main()
