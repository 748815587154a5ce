"""Everyday words that decide a choice: what people answer instead of a number or a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_WHO: Mapping[str, str] = {
    "office": r"上班|白领|打工|职员|朝九晚五|社畜|\boffice\b|\bemployees?\b"
    r"|\b(?:9|nine) to (?:5|five)\b",
    "student": r"学生|上学|上大学|读书|读研|研究生|\bstudents?\b"
    r"|\b(?:at|in) (?:college|university)\b",
    "parent": r"[宝奶]妈|[宝奶]爸|全职妈妈|家庭主妇|带[孩小宝]|带娃|\bparents?\b|\bm[ou]m(?:my)?\b"
    r"|\bmother\b|\bfather\b|\bhousewife\b|\bwith (?:the |my )?kids\b|\braising\b",
    "driver": r"司机|跑车|网约车|代驾|\bdrivers?\b",
    "retired": r"退休|\bretire[de]\w*|\bpensioners?\b",
}
_GOAL: Mapping[str, str] = {
    "income": r"多[挣赚]|高收入|收入高|\b(?:more|most) (?:money|income|pay)\b|\bearn more\b",
    "steady": r"稳定|稳当|安稳|\bsteady\b|\bstable\b|\bregular\b",
    "cash": r"到账|快点|快些|尽快|快钱|\bquick(?:ly)?\b|\bfast\b|\basap\b|\bsoon\b",
    "growth": r"成长|学[点到习]|长本事|\bgrow(?:th|ing)?\b|\blearn(?:ing)?\b",
    "safe": r"安全|[不别](?:要)?被骗|不上当|靠谱|\bsafe(?:ty)?\b|\bno scams?\b",
}
_NEGATED = re.compile(
    r"(?:[不没无非别]|没有|不是|不用|不想|\b(?:not|no|isn't|never|don't)(?: an?)?)\s*$"
)

_HAD = re.compile(r"^(?:(?:我|就|只)*有|i have|i've got|only|just|(?:an?|my) )\s*", re.IGNORECASE)
_NOT_HAD = re.compile(
    r"^(?:还?没有?|无(?!人机)|no|without|don't have|do not have)(?![a-z_])\s*", re.IGNORECASE
)
_BETWEEN_THINGS = re.compile(
    r"\s*(?:但是?|可是|不过|还|也|\bbut|\band)?\s*"
    r"(没有?|无(?!人机)|\b(?:no|without)\b|(?<=[^\s我就只还没,、;])有)|\s+and\s+",
    re.IGNORECASE,
)


def who(text: str) -> str | None:
    """Return the code of the kind of life that a sentence names; None where it names not one."""
    return _only(_WHO, text)


def goal(text: str) -> str | None:
    """Return the code of what a sentence says matters most; None where it names not one."""
    return _only(_GOAL, text)


def _only(words: Mapping[str, str], text: str) -> str | None:
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    found = [code for code, pattern in words.items() if _says(pattern, plain)]
    return found[0] if len(found) == 1 else None


def _says(pattern: str, text: str) -> bool:
    return any(not _NEGATED.search(text[: found.start()]) for found in re.finditer(pattern, text))


def things(text: str) -> list[tuple[str, bool]]:
    """Return the things an answer names, and of each whether it is there.

    Nobody has what a part that begins with 没 or *no* names.
    """
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    found = []
    for part in re.split(r"[,、;\n]", _BETWEEN_THINGS.sub(r",\1", plain)):
        named = part.strip()
        lacking = _NOT_HAD.match(named)
        name = named[lacking.end() :] if lacking else _HAD.sub("", _HAD.sub("", named))
        if name.strip():
            found.append((name.strip(), lacking is None))
    return found
