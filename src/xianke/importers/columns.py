"""Finding a table's columns by their names, wherever the header stands and whatever its order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xianke.errors import NotUnderstood
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.importers.types import Line, Table

Names = Mapping[str, tuple[str, ...]]
"""The role of each column, and the names it has or had; of two that are there the first counts."""

FEWEST_NAMES = 3
"""A row with fewer known names is no header: single words occur in any text."""

_NOTE = re.compile(
    r"-{5,}|#|\*{2}|共[:：]?\s*\d+\s*[笔条]|[已待]?(?:收入|支出|不计收支|中性交易|其他)\s*[:：]"
    r"|\S{0,6}(?:合计|总计|小计)|以上|说明[:：]|注[:：]|备注[:：]|提示|温馨提示|特别提示|打印|导出"
    r"|第\s*\d+\s*页|\d{1,2}[.、](?!\d)|用户[:：]"
)
"""How lines begin that stand below the rows: totals, dashes, remarks."""

_DATE_START = re.compile(r"\d{4}\D?\d")
_SENTENCE = 8
"""Characters from which a lone cell without a date is a remark and not the rest of a row."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands, and in which place each role is."""

    line: int
    names: tuple[str, ...]
    places: Mapping[str, int]
    width: int
    """Up to which place columns have names: vendors end the line with a comma."""


class Row(NamedTuple):
    """One row below the header, read by role."""

    number: int
    cells: list[str]
    places: Mapping[str, int]

    def text(self, role: str) -> str:
        """Return the cell of a role, empty where the column or the cell is missing."""
        place = self.places.get(role, -1)
        return self.cells[place] if 0 <= place < len(self.cells) else ""


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return a column name as it is compared: width, case, blanks set aside."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def first(line: Line) -> str:
    """Return the first cell of a line that holds anything."""
    return next(filter(None, line.cells), "")


def find(table: Table, names: Names, fewest: int = FEWEST_NAMES) -> Header | None:
    """Return the row that names the most roles, the first of equals; None where none does."""
    wanted = {
        folded(name): (role, rank)
        for role, spellings in names.items()
        for rank, name in enumerate(spellings)
    }
    best: Header | None = None
    for line in table.head:
        cells = tuple(folded(cell) for cell in line.cells)
        ranked: dict[str, tuple[int, int]] = {}
        for place, cell in enumerate(cells):
            if cell in wanted:
                role, rank = wanted[cell]
                ranked[role] = min(ranked.get(role, (rank, place)), (rank, place))
        places = {role: place for role, (_rank, place) in ranked.items()}
        if len(places) >= fewest and (best is None or len(places) > len(best.places)):
            width = max(place for place, cell in enumerate(cells, 1) if cell)
            best = Header(line.number, cells, places, width)
    return best


def require(table: Table, names: Names, roles: tuple[str, ...], title: str) -> Header:
    """Return the header; raise NotUnderstood naming the columns that were not found."""
    header = find(table, names)
    if header is None:
        raise NotUnderstood(
            _("「{name}」像{title}的账单，但没有找到表头那一行").format(
                name=table.name, title=title
            ),
            _("用没有改过的原始文件"),
        )
    missing = [names[role][0] for role in roles if role not in header.places]
    if missing:
        raise NotUnderstood(
            _("「{name}」像{title}的账单，但表头里没有这几列：{columns}").format(
                name=table.name, title=title, columns=_("、").join(missing)
            ),
            _("用没有改过的原始文件"),
        )
    return header


def above(table: Table, header: Header) -> list[str]:
    """Return the texts before the header, one per row."""
    return [_text(line) for line in table.head if line.number < header.line]


def below(table: Table, header: Header, when: str, notes: list[str]) -> Iterator[Row]:
    """Yield the rows under the header; remarks and totals among them go to *notes*.

    *when* is the role of the column with the date: a line that has one there is always a row.
    """
    for line in table.lines():
        if line.number <= header.line or not any(line.cells):
            continue
        row = Row(line.number, line.cells, header.places)
        if _DATE_START.match(row.text(when)) or not _is_note(line, header):
            yield row
        else:
            notes.append(_text(line))


def _text(line: Line) -> str:
    # As it stood there: a nickname may hold a comma, and only one of the formats splits at it.
    return ",".join(line.cells).strip(",")


def _is_note(line: Line, header: Header) -> bool:
    filled = [cell for cell in line.cells if cell]
    if _NOTE.match(filled[0]):
        return True
    if len(filled) == 1:
        return len(filled[0]) >= _SENTENCE and not filled[0][0].isdigit()
    # The header again, as printed pages repeat it.
    return [folded(cell) for cell in filled] == [name for name in header.names if name]
