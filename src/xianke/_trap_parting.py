"""Where one offer of a text ends and the next begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xianke._trap_text import Reading

# Blank lines and ruled lines part offers.
_PARTING = re.compile(r"\n(?:[ \t]*(?:[-=*_~—]{3,}[ \t]*)?\n)+")
# What is shorter than this is a heading of what follows.
_HEADING = 16
# No offer is longer: what goes on is cut, so that time grows with the text only.
_LONGEST = 2000


def parted(reading: Reading) -> list[tuple[int, int]]:
    """Return the stretches of the plain text that are offers, at least one.

    A heading goes with what follows it; what stands last and holds no word is none.
    """
    blocks: list[tuple[int, int]] = []
    start = 0
    for parting in _PARTING.finditer(reading.plain):
        if parting.start() - start >= _HEADING:
            blocks.append((start, parting.end()))
            start = parting.end()
    if not blocks or any(one.isalnum() for one in reading.plain[start:]):
        blocks.append((start, len(reading.plain)))
    return [piece for block in blocks for piece in _pieces(reading, *block)]


def _pieces(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Return a block, or what it is cut into, between lines or else between sentences."""
    pieces: list[tuple[int, int]] = []
    while end - start > _LONGEST:
        cut = reading.plain.rfind("\n", start + _LONGEST // 2, start + _LONGEST) + 1
        cut = cut or reading.sentences[reading.sentence_of(start + _LONGEST)][0]
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]
