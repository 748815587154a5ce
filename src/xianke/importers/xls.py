"""Reads one old workbook from stdin and writes its cells to stdout, in a process of its own.

`python -m xianke.importers.xls`: the caller survives whatever a damaged file does to this one.
"""

from __future__ import annotations

import io
import json

from xianke.importers.books import LOCKED, text_of

MOST_MEMORY = 1 << 30
"""A damaged file can lead the library in a circle, which would otherwise fill all there is."""


def sheets(data: bytes) -> list[tuple[str, list[list[str]]]]:
    """Return the name and the rows of each sheet, cells as text."""
    import python_calamine as calamine

    book = calamine.load_workbook(io.BytesIO(data))
    found = []
    for about in book.sheets_metadata:
        if about.typ == calamine.SheetTypeEnum.WorkSheet:
            rows = book.get_sheet_by_name(about.name).iter_rows()
            found.append((about.name, [[text_of(cell) for cell in row] for row in rows]))
    return found


def main() -> int:
    """Answer on stdout; the exit status says whether a password is in the way."""
    import python_calamine as calamine

    _limit_memory()
    with open(0, "rb") as incoming, open(1, "w", encoding="utf-8") as outgoing:
        try:
            json.dump(sheets(incoming.read()), outgoing)
        except calamine.PasswordError:
            return LOCKED
        except calamine.CalamineError:
            return 1
    return 0


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    raise SystemExit(main())
