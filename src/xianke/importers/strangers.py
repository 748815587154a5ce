"""What to say of a table that no reader knows: which part was not found, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke.errors import NotUnderstood
from xianke.i18n import _
from xianke.importers import columns, generic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xianke.importers.types import Table

_CASHBOOK: Mapping[str, tuple[str, ...]] = {
    "time": ("记录时间", "记账时间", "时间", "日期"),
    "kind": ("分类", "账单分类", "类别"),
    "direction": ("收支类型", "收支", "类型"),
    "amount": ("金额",),
    "account": ("账户", "来源", "标签", "记录来源", "备注"),
}
"""The bookkeeping tool inside Alipay: what its user noted, without status or order number."""

_GENERIC: Mapping[str, tuple[str, ...]] = {
    "time": ("日期", "时间", "交易日期", "交易时间", "date", "time"),
    "amount": ("金额", "交易金额", "收入", "amount", "金额(元)"),
}


def explained(tables: Iterable[Table], name: str) -> NotUnderstood:
    """Return the error for a file that no reader claims."""
    tables = list(tables)
    if any(_is_cashbook(table) for table in tables):
        return NotUnderstood(
            _("「{name}」是支付宝记账本的导出，没有交易状态和订单号，看不出钱到没到").format(
                name=name
            ),
            _("在支付宝的账单页导出交易明细（用于个人对账），再导入那个文件"),
        )
    hint = _("自己的表格可以说明每一列是什么：--map {example}").format(example=generic.EXAMPLE)
    if any(columns.find(table, _GENERIC, fewest=len(_GENERIC)) for table in tables):
        return NotUnderstood(
            _("认不出「{name}」是哪家的账单：有日期和金额，但没有交易状态、收/支或余额").format(
                name=name
            ),
            hint,
        )
    return NotUnderstood(
        _("认不出「{name}」是哪家的账单：没有找到写着日期和金额的表头").format(name=name), hint
    )


def _is_cashbook(table: Table) -> bool:
    header = columns.find(table, _CASHBOOK)
    return header is not None and {"kind", "direction", "amount"} <= header.places.keys()
