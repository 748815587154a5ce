"""Where one platform stands in the advice, to tell what a finding about it has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from xianke.matching import Advice

Block = Literal["picks", "untested", "rejected"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Where a platform stands: its row's rank within its block, and its own place in that row.

    A rejected one has neither, but the code and the text of what speaks against it.
    """

    block: Block
    category: str | None = None
    rank: int | None = None
    place: int | None = None
    score: float | None = None
    code: str | None = None
    text: str | None = None


def ranking(advice: Advice, platform: str) -> Ranking | None:
    """Return where a platform stands; None for what is no route, such as a private client."""
    blocks: tuple[Block, Block] = ("picks", "untested")
    for block in blocks:
        for pick in getattr(advice, block):
            for place, route in enumerate(pick.routes, 1):
                if route.platform.id == platform:
                    return Ranking(block, pick.category, pick.rank, place, route.score)
    for one in advice.rejected:
        if (one.kind, one.id) == ("platform", platform):
            return Ranking("rejected", code=one.code, text=one.text)
    return None
