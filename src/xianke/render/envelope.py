"""The JSON document every command prints with `--json`: one envelope, also for a failure."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from xianke.errors import XiankeError

SCHEMA = 1
_HIDDEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What JSON allows within a text, but a terminal obeys or nobody sees: written as an escape."""


def emit(
    # Any: a document is whatever JSON can hold.
    data: Mapping[str, Any],
    *,
    status: Literal["ok", "partial", "error"] = "ok",
    errors: Sequence[Mapping[str, str | None]] = (),
) -> None:
    """Print one document on stdout."""
    document = {"schema": SCHEMA, "status": status, "data": data, "errors": list(errors)}
    # Elsewhere than in UTF-8 a character may be missing, and what stands in for it is not JSON.
    escaped = (sys.stdout.encoding or "utf-8").lower() not in ("utf-8", "utf8")
    text = json.dumps(document, ensure_ascii=escaped, indent=2)
    sys.stdout.write(_HIDDEN.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n")


def emit_error(error: XiankeError) -> None:
    """Print the document of a command that failed."""
    fault = {"code": error.code, "message": error.message, "hint": error.hint}
    emit({}, status="error", errors=[fault])
