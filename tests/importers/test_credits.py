"""What money into a bank account is, by the words beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from xianke.importers import credits
from xianke.importers.types import BillRow

CREDIT = BillRow(
    line=1,
    at=datetime(2026, 10, 1),
    has_time=False,
    direction="in",
    amount_fen=100,
    counterparty="",
    item="",
    kind="",
    status="",
    method="",
    number=None,
    merchant_number=None,
    note="",
    verdict="unknown",
    reason="",
)


@pytest.mark.parametrize(
    ("kind", "item", "counterparty", "verdict"),
    [
        ("代发其他", "示例众包 9月劳务费", "", "received"),
        ("工资", "", "示例公司", "received"),
        ("他行汇入", "", "李四", "received"),
        ("账户结息", "", "", "received"),
        ("存款利息", "", "应付个人活期储蓄存款利息", "received"),
        ("", "", "", "received"),
        ("快捷退款", "财付通-示例餐厅 退款", "", "refund"),
        ("消费", "退货", "", "refund"),
        ("冲正", "", "", "refund"),
        ("汇入汇款", "余额提现", "支付宝（中国）网络技术有限公司", "transfer"),
        ("提现", "", "财付通支付科技有限公司", "transfer"),
        ("提现", "", "", "transfer"),
        ("提现", "", "示例科技有限公司", "unknown"),
        ("提现", "合众易宝委托付款", "", "received"),
        ("转账", "抖音生活服务商家提现", "示例支付", "received"),
        ("提现", "", "北京钱袋宝支付技术有限公司", "received"),
        ("基金赎回", "", "", "transfer"),
        ("理财到期", "", "", "transfer"),
        ("转账汇款", "本人 示例银行转入", "", "transfer"),
        ("转存", "", "", "unknown"),
        ("转存", "", "示例甲方", "received"),
        ("转账", "示例平台放款", "示例平台", "received"),
        ("贷款发放", "", "", "transfer"),
        ("ATM存款", "", "", "unknown"),
        ("现金存入", "", "", "unknown"),
    ],
)
def test_money_in(kind: str, item: str, counterparty: str, verdict: str) -> None:
    """Income arrives once: what was counted in a wallet, lent, or one's own, is not income."""
    row = replace(CREDIT, kind=kind, item=item, counterparty=counterparty)

    found, reason = credits.classify(row)

    assert found == verdict
    assert reason


@pytest.mark.parametrize(
    ("kind", "counterparty", "verdict"),
    [
        ("快捷支付", "示例餐厅", "expense"),
        ("退款", "示例买家", "refund"),
        ("信用卡还款", "", "transfer"),
        ("银联ATM取款", "", "transfer"),
        ("转账汇款", "示例甲", "transfer"),
    ],
)
def test_money_out(kind: str, counterparty: str, verdict: str) -> None:
    """Moving it about is no spending; giving it back to a buyer is a refund."""
    row = replace(CREDIT, direction="out", kind=kind, counterparty=counterparty)

    assert credits.classify(row, holder="示例甲")[0] == verdict
