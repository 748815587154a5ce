"""Bring the English catalogue up to date with the source, and compile it.

Run as `python tools/make_locale.py`: texts are gathered from `src/xianke`, merged into
`locale/en/LC_MESSAGES/xianke.po` (translations kept, texts that are gone removed), and the `.mo`
beside it is written. With `--check` nothing is written; the exit status says whether a text is
missing, left over, untranslated, fuzzy, or has other placeholders than its translation.
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "xianke"
TARGET = SOURCE / "locale" / "en" / "LC_MESSAGES" / "xianke.po"
KEYWORDS = {"_": None, "plural": (1, 1)}
HEADER = "# English texts of xianke. The source strings are Chinese.\n"

MOVING = tuple(
    f'"{name}'
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Project-Id",
        "Last-Translator",
        "Report-Msgid",
        "Language-Team",
    )
)
"""Header lines that would change with every run, or name nobody."""

_FIELD = re.compile(r"\{([a-z_]*)[^}]*\}")


def template() -> Catalog:
    """Return every text of the source, without places: those would change with every line."""
    catalog = Catalog(charset="utf-8", header_comment=HEADER)
    found = extract_from_dir(
        SOURCE, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=()
    )
    for _file, _line, message, _comments, _context in found:
        catalog.add(message)
    return catalog


def read() -> Catalog:
    """Return the tracked catalogue."""
    with TARGET.open("rb") as file:
        return read_po(file, locale="en")


def merged() -> Catalog:
    """Return the tracked catalogue with the source's texts, keeping all translations that fit."""
    catalog = read() if TARGET.exists() else Catalog(locale="en")
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def text_of(catalog: Catalog) -> bytes:
    """Return the catalogue as it is tracked: sorted, without dates and places."""
    catalog.header_comment = HEADER
    catalog.fuzzy = False
    buffer = BytesIO()
    write_po(buffer, catalog, sort_output=True, omit_header=False, no_location=True, width=0)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(MOVING)).encode()


def gaps() -> list[str]:
    """Return what is wrong with the tracked catalogue, one line per fault."""
    tracked, source = read(), template()
    wanted = {message.id for message in source if message.id}
    have = {message.id: message for message in tracked if message.id}
    faults = [f"not in the catalogue: {text!r}" for text in wanted - set(have)]
    faults += [f"no longer in the source: {text!r}" for text in set(have) - wanted]
    for text, message in have.items():
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        first = str(text[0] if isinstance(text, tuple) else text)
        if not all(forms) or message.fuzzy:
            faults.append(f"not translated: {first!r}")
        for form in map(str, filter(None, forms)):
            if set(_FIELD.findall(form)) != set(_FIELD.findall(first)):
                faults.append(f"other placeholders: {first!r} -> {form!r}")
            if re.search(r"[\u4e00-\u9fff]", form) and "xianke" not in form:
                faults.append(f"still Chinese: {first!r} -> {form!r}")
    return sorted(faults)


def compile_mo() -> None:
    """Write the binary catalogue beside the text."""
    with TARGET.with_suffix(".mo").open("wb") as file:
        write_mo(file, read())


def main() -> int:
    """Update and compile, or check."""
    if "--check" in sys.argv:
        faults = gaps()
        print("\n".join(faults), file=sys.stderr) if faults else None
        return 1 if faults else 0
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(text_of(merged()))
    compile_mo()
    return 0


if __name__ == "__main__":
    sys.exit(main())
