"""Free texts that are written down: what looks like a trap is pointed out, and never refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xianke.findings import LIKENESS, VERDICTS, Finding, Offer, Verdict, weighed
from xianke.i18n import _

CLEAR = "-"
"""What empties a note; nothing to read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading the texts of one command leads to."""

    verdict: Verdict
    findings: tuple[Finding, ...]


def reading(*texts: str | None) -> Reading | None:
    """Return what the texts come to; None, and nothing loaded, where none was written."""
    written = [text for text in texts if text is not None and text.strip() not in ("", CLEAR)]
    if not written:
        return None
    from xianke import traps

    signs = [_signs(offer) for text in written for offer in traps.judge(text).offers]
    verdict, _found = max(signs, key=lambda one: VERDICTS.index(one[0]))
    return Reading(verdict, tuple(finding for _verdict, found in signs for finding in found))


def _signs(offer: Offer) -> tuple[Verdict, list[Finding]]:
    """Return what an offer's signs come to, and those it rests on.

    What a note reads like says nothing: it is a few words long.
    """
    from xianke import trapbook

    found = [one for one in trapbook.telling(offer) if one.rule != LIKENESS]
    verdict = min(offer.verdict, weighed(found), key=VERDICTS.index)
    return verdict, found if verdict != "ok" else []


def document(found: Reading | None) -> dict[str, Any]:  # Any: a document is whatever JSON holds
    """Return `warnings` for a command's document; nothing where no text was written."""
    if found is None:
        return {}
    return {
        "warnings": [
            {"type": one.type, "strength": one.strength, "quote": one.quote, "text": one.text}
            for one in found.findings
        ]
    }


def warn(found: Reading | None) -> None:
    """Say on stderr, in one line, what the texts look like; nothing where they look harmless."""
    if found is None or found.verdict == "ok":
        return
    from xianke import trapbook
    from xianke.render.console import tell

    book = trapbook.book()
    sure = [one for one in found.findings if one.strength != "weak"]
    names = _("、").join(dict.fromkeys(book[one.type].name for one in sure))
    if found.verdict == "trap":
        text = _("当心：你写下的话像是坑（{names}），xianke check 可以细看")
    else:
        text = _("留意：你写下的话有点像{names}，xianke check 可以细看")
    tell(text.format(names=names))
