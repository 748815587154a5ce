"""The JSON document every command prints with `--json`: one envelope, also for a failure."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from xianke import jsontext

if TYPE_CHECKING:
    from xianke.errors import XiankeError

SCHEMA = 1


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
    sys.stdout.write(jsontext.written(document, ascii_only=escaped, indent=2) + "\n")


def emit_error(error: XiankeError) -> None:
    """Print the document of a command that failed."""
    fault = {"code": error.code, "message": error.message, "hint": error.hint}
    emit({}, status="error", errors=[fault])
