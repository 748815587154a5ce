"""What docs/privacy.md says of money spent: when and how much, not to whom or for what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.importers import bills

from xianke import settings

if TYPE_CHECKING:
    from tests.conftest import Run


def test_of_an_expense_no_words_are_kept(run: Run, tmp_path: Path) -> None:
    """Payee, goods and order number of an expense stand nowhere in the data; of income they do."""
    spent = bills.wechat_entry(
        direction="支出", status="支付成功", kind="商户消费", who="某某诊所", item="挂号费用",
        number="4200009990009",
    )  # fmt: skip
    earned = bills.wechat_entry(who="示例书店", number="4200001110001")
    bill = tmp_path / "bill.xlsx"
    bill.write_bytes(bills.xlsx({"Sheet1": bills.wechat_rows([spent, earned])}))

    assert run("import", str(bill), "--yes").code == 0

    kept = b"".join(path.read_bytes() for path in settings.home().rglob("*") if path.is_file())
    assert [
        word for word in ("某某诊所", "挂号费用", "4200009990009") if word.encode() in kept
    ] == []
    assert "示例书店".encode() in kept and b"4200001110001" in kept
