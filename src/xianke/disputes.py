"""Where to go when a platform or client does not pay or refuses work unfairly."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xianke.i18n import language

if TYPE_CHECKING:
    from xianke.platforms import Platform

_DATA = Path(__file__).parent / "_data" / "disputes.json"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to get what is due: `contact` is a telephone number, `limit` until when.

    `source` names the rule it rests on, `date` since when that is in force, `confidence` how well
    it was checked: low, medium or high.
    """

    id: str
    text: str
    contact: str | None
    limit: str | None
    source: str
    date: str
    confidence: str


def ways(platform: Platform) -> tuple[Way, ...]:
    """Return the ways that are open for this kind of platform and work, nearest first."""
    tongue = language()
    return tuple(
        Way(
            raw["id"],
            raw["text"][tongue],
            raw.get("contact"),
            raw["limit"][tongue] if raw.get("limit") else None,
            raw["source"][tongue],
            raw["date"],
            raw["confidence"],
        )
        for raw in _ways()
        if platform.kind in (raw.get("kinds") or [platform.kind])
        and platform.category in (raw.get("categories") or [platform.category])
    )


@cache
def _ways() -> list[dict[str, Any]]:
    # Any: the compiled file was checked against the schema.
    found: list[dict[str, Any]] = json.loads(_DATA.read_text(encoding="utf-8"))["ways"]
    return found
