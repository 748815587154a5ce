"""Words that say of a time that somebody drives or rides through it: no time for a phone."""

from __future__ import annotations

import re
import unicodedata

_RIDDEN = "(?:电动自行车|电动车|电瓶车|电驴|自行车|单车|共享单车|摩托车|摩托)"
_OWN = "(?:e-?bike|electric bike|bike|bicycle|scooter|motorbike|motorcycle|car)"
_WORDS = re.compile(
    rf"(?:自己)?(?:骑着?{_RIDDEN}|骑车|骑行|开着?车|驾车)"
    r"(?:去上班|上下班|上班|下班|通勤|(?:去|来)?[接送][^\s\d,，、;；]*)?"
    rf"|\b(?:driving|riding|cycling|biking)(?: (?:to work|home|my {_OWN}))?\b"
    rf"|\b(?:i )?(?:drive|ride|cycle|bike)(?: my {_OWN})? to work\b"
    rf"|\bby {_OWN}\b|\bon (?:my|the|an?) {_OWN}\b",
    re.IGNORECASE,
)
_AROUND = " ,，、;；。.()（）"


def said(text: str | None) -> bool:
    """Return whether a text, such as the label of a slot, speaks of driving or riding."""
    return text is not None and _WORDS.search(unicodedata.normalize("NFKC", text)) is not None


def taken_out(text: str) -> tuple[str, bool]:
    """Return a text without what it says of driving or riding, and whether it said any."""
    plain = unicodedata.normalize("NFKC", text)
    if _WORDS.search(plain) is None:
        return text, False
    parts = [part.strip(_AROUND) for part in _WORDS.split(plain)]
    return " ".join(part for part in parts if part), True
