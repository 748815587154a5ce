"""Any table, by a mapping of the user's: which column holds the date, the amount, and so on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from xianke.errors import NotUnderstood
from xianke.i18n import _
from xianke.importers import banks, columns

if TYPE_CHECKING:
    from xianke.importers.types import Bill, Table

name = "generic"

ColumnMapping = Mapping[str, str]
"""Which column plays which part, by the words of `PARTS`."""

PARTS: Mapping[str, str] = {
    "date": "time",
    "time": "clock",
    "amount": "amount",
    "in": "in",
    "out": "out",
    "direction": "sign",
    "counterparty": "counterparty",
    "kind": "kind",
    "item": "summary",
    "note": "remark",
    "number": "number",
}
"""The words of a mapping, and the roles they stand for."""

EXAMPLE = "date=日期,amount=金额,direction=收支,counterparty=对方,note=备注"


def parse_mapping(text: str) -> ColumnMapping:
    """Return the mapping in `date=日期,in=收入,out=支出`; raise NotUnderstood for half of one."""
    mapping: dict[str, str] = {}
    for pair in text.replace("，", ",").split(","):
        part, mark, column = (piece.strip() for piece in pair.partition("="))
        if not mark or not column or part not in PARTS:
            raise NotUnderstood(
                _("看不懂列的对应「{text}」").format(text=pair),
                _("写成 {example}；可用的词：{parts}").format(
                    example=EXAMPLE, parts=", ".join(PARTS)
                ),
            )
        if part in mapping:
            raise NotUnderstood(_("「{part}」写了两次").format(part=part), _("每个词只对应一列"))
        mapping[part] = column
    pair_given = "in" in mapping and "out" in mapping
    if "date" not in mapping or pair_given == ("amount" in mapping):
        raise NotUnderstood(
            _("列的对应「{text}」不完整").format(text=text),
            _("要有 date，再加 amount，或者 in 和 out 两个"),
        )
    return mapping


def extract(table: Table, mapping: ColumnMapping) -> Bill:
    """Return the rows of the mapped columns; raise NotUnderstood naming columns not found."""
    names = {PARTS[part]: (column,) for part, column in mapping.items()}
    header = columns.find(table, names, fewest=len(names))
    if header is None:
        found = columns.find(table, names, fewest=1)
        places = found.places if found else {}
        missing = [column for part, column in mapping.items() if PARTS[part] not in places]
        raise NotUnderstood(
            _("「{name}」里没有这几列：{columns}").format(
                name=table.name, columns=_("、").join(missing)
            ),
            _("列名要和表头上写的一样"),
        )
    return banks.read(table, header, name)
