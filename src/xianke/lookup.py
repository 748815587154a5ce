"""Finding a named thing the way people type it: name, alias, pinyin, initials, near miss."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xianke.errors import NotUnderstood
from xianke.i18n import _

NEAR_SCORE = 75
"""Out of 100; below it the proposals are noise."""

MOST_PROPOSALS = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """What one thing answers to: `words` as written, `sounds` as pinyin and initials."""

    id: str
    words: tuple[str, ...]
    sounds: tuple[str, ...] = ()


def folded(text: str) -> str:
    """Return *text* in the form in which names are compared: width, case and blanks set aside."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def readable(text: str) -> str:
    """Return a text on one line; raise NotUnderstood for characters nobody can read."""
    plain = " ".join(text.split())
    if not plain.isprintable():
        raise NotUnderstood(
            _("「{text}」里有看不见的字符").format(text=plain), _("去掉它们，照着念一遍再写")
        )
    return plain


def entry_of(data: Mapping[str, Any]) -> Entry:
    """Return what a catalogue or vocabulary entry answers to; its full name also in its parts.

    「达达 / 京东秒送骑士」 answers to both halves, 「多多买菜（团长）」 to what stands before the
    bracket: what is in it explains.
    """
    names = [data["name"]["zh"], data["name"]["en"], *data.get("aliases", [])]
    parts: list[str] = []
    for name in names[:2]:
        plain = name.replace("（", "(").split("(")[0].replace("、", "/")
        parts.extend(part.strip() for part in plain.split("/")[:2])
    words = tuple(dict.fromkeys([data["id"], *names, *(part for part in parts if part)]))
    return Entry(data["id"], words, tuple(data.get("sounds", ())))


def exact(entries: Iterable[Entry], text: str) -> list[str]:
    """Return the ids whose name, alias or id is *text*; failing those, whose sounds are."""
    wanted = folded(text)
    if not wanted:
        return []
    entries = list(entries)
    named = [entry.id for entry in entries if any(folded(word) == wanted for word in entry.words)]
    if named:
        # The id, and then the full name, settle what several parts of names would share.
        for entry in entries:
            if wanted in (entry.id, *map(folded, entry.words[1:2])):
                return [entry.id]
        return named
    return [entry.id for entry in entries if wanted in entry.sounds]


def near(entries: Sequence[Entry], text: str, most: int = MOST_PROPOSALS) -> list[str]:
    """Return the ids that *text* may have meant, best first; ask before acting on one."""
    wanted = folded(text)
    if not wanted:
        return []
    from rapidfuzz import fuzz

    wanted_sounds = _sounds(wanted)
    scored = []
    for entry in entries:
        best = 0.0
        for word in entry.words:
            plain = folded(word)
            score = fuzz.ratio(wanted, plain)
            if len(wanted) >= 2 and (wanted in plain or (len(plain) >= 2 and plain in wanted)):
                score = max(score, 90 - min(abs(len(plain) - len(wanted)), 10))
            if _is_one_off(wanted, plain):
                score = max(score, 88)
            best = max(best, score)
        for sound in entry.sounds:
            for heard in wanted_sounds:
                # Initials alone are too short to be similar to anything by more than chance.
                if len(heard) >= 4 and len(sound) >= 4:
                    best = max(best, fuzz.ratio(heard, sound) - 2)
        if best >= NEAR_SCORE:
            scored.append((-best, entry.id))
    return [entry_id for _, entry_id in sorted(scored)[:most]]


def _is_one_off(one: str, other: str) -> bool:
    """Return whether two short names begin alike and differ in one character: 张姐, 张姊."""
    return (
        2 <= len(one) == len(other) <= 3
        and not (one + other).isascii()
        and one[0] == other[0]
        and sum(map(str.__ne__, one, other)) == 1
    )


def with_guess(hint: str, text: str, values: Iterable[str]) -> str:
    """Return a hint, led by the one of the values that a misspelt text most likely meant."""
    from difflib import get_close_matches

    # Of a code and a name that read alike, what stands first is kept: the code.
    spelled = {folded(value): value for value in reversed(list(values))}
    near = get_close_matches(folded(text), spelled, 1)
    if not near:
        return hint
    return _("是不是想写 {near}？{hint}").format(near=spelled[near[0]], hint=hint)


def contains(entries: Iterable[Entry], text: str) -> list[str]:
    """Return the ids in whose names, aliases or pinyin *text* stands: for searching a list."""
    wanted = folded(text)
    return [
        entry.id
        for entry in entries
        if any(wanted in folded(word) for word in entry.words)
        or any(sound.startswith(wanted) for sound in entry.sounds)
    ]


def pinyin(text: str) -> str:
    """Return the ASCII form of a name, for ids: `wangayi` for 王阿姨; empty if nothing is left."""
    if text.isascii():
        spelled = text
    else:
        from pypinyin import lazy_pinyin

        spelled = "".join(lazy_pinyin(text))
    kept = [char for char in spelled.lower() if char.isascii() and (char.isalnum() or char in "_-")]
    return "".join(kept)


def _sounds(text: str) -> set[str]:
    """Return how *text* sounds: as typed if it is ASCII, else its pinyin."""
    if text.isascii():
        return {text}
    from pypinyin import lazy_pinyin

    return {"".join(lazy_pinyin(text)).lower()}
