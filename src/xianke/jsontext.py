"""JSON whose texts steer no terminal and hide nothing: for documents, and for lines in a file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_HIDDEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What JSON allows within a text, but a terminal obeys or nobody sees: written as an escape."""


def written(document: Mapping[str, object], *, ascii_only: bool, indent: int | None = None) -> str:
    """Return a document as JSON. What is escaped reads back as it was, a half character too."""
    text = json.dumps(document, ensure_ascii=ascii_only, indent=indent)
    return text if ascii_only else _HIDDEN.sub(lambda found: json.dumps(found[0])[1:-1], text)
