"""Texts of the catalogue in the language in use.

A text stands in both languages as `{zh, en}`, or plain in Chinese: so wrote older catalogues, and
so may anybody who lays one of their own beside ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xianke.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FIELDS = (
    "peak", "risks", "by", "note", "source", "not_for_workers", "operator", "complaints", "text",
    "title",
)  # fmt: skip
"""What may be plain; everything else of a catalogue is in both languages or in neither."""


def worded(text: str | Mapping[str, str], tongue: str) -> str:
    """Return a text in a language, `zh` or `en`; in English, one in Chinese alone says so."""
    if not isinstance(text, str):
        return text[tongue]
    return text if text.isascii() else _("{text}").format(text=text)


def maybe_worded(text: str | Mapping[str, str] | None, tongue: str) -> str | None:
    """Return a text as `worded` does, or None where there is none."""
    return None if text is None else worded(text, tongue)


def named(text: str | Mapping[str, str], tongue: str) -> str:
    """Return a name or title: a plain one is as it is written, in whatever language it is read."""
    return text if isinstance(text, str) else text[tongue]


def levelled(data: Any, like: Any) -> Any:  # Any: compiled catalogues, checked by their schema
    """Return a catalogue's data with its plain texts as *like* has them in both languages.

    Two catalogues that say the same in Chinese then say the same in English too, so that a
    translation alone never looks like news.
    """
    pairs = {pair["zh"]: pair for pair in _pairs(like)}

    def level(value: Any, field: str | None = None) -> Any:  # Any: see above
        if isinstance(value, dict):
            return {key: level(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [level(item, field) for item in value]
        return pairs.get(value, value) if field in _FIELDS else value

    return level(data)


def _pairs(value: Any) -> Iterator[Mapping[str, str]]:  # Any: see levelled
    if isinstance(value, dict):
        if value.keys() == {"zh", "en"}:
            yield value
        else:
            for item in value.values():
                yield from _pairs(item)
    elif isinstance(value, list):
        for item in value:
            yield from _pairs(item)
