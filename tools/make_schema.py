"""Write `src/xianke/store/schema.sql` from the declaration in `xianke.models`.

Run as `python tools/make_schema.py`; with `--check` it only says whether the file is current.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

import xianke.models

TARGET = Path(xianke.models.__file__).parent / "store" / "schema.sql"
HEADER = "-- Written by tools/make_schema.py from xianke.models; do not edit by hand.\n"


def schema() -> str:
    """Return the statements that create every table and index, in an order that can run."""
    dialect = sqlite.dialect()
    parts = []
    for table in SQLModel.metadata.sorted_tables:
        parts.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        parts.extend(
            str(CreateIndex(index).compile(dialect=dialect)).strip()
            for index in sorted(table.indexes, key=lambda index: str(index.name))
        )
    # SQLAlchemy ends lines with blanks and indents with tabs.
    text = ";\n\n".join(parts) + ";\n"
    return (
        HEADER + "\n".join(line.rstrip().replace("\t", "    ") for line in text.splitlines()) + "\n"
    )


def main() -> int:
    """Write the file, or check it."""
    if "--check" in sys.argv:
        return 0 if TARGET.read_text(encoding="utf-8") == schema() else 1
    TARGET.write_text(schema(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
