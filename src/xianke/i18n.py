"""The language of everything a person reads: Chinese in the source, English from the catalogue.

Texts are marked with `_()` and filled in after translation, so that a translator sees whole
sentences. The language is set once, before any command module is imported.
"""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Language = Literal["zh", "en"]

LOCALE_DIR = Path(__file__).parent / "locale"

_current: Language = "zh"
_translations: _gettext.NullTranslations = _gettext.NullTranslations()


def set_language(language: Language) -> None:
    """Use *language* for all texts from now on; a missing catalogue leaves them Chinese."""
    global _current, _translations
    _current = language
    if language == "zh":
        _translations = _gettext.NullTranslations()
    else:
        _translations = _gettext.translation(
            "xianke", localedir=LOCALE_DIR, languages=[language], fallback=True
        )


def language() -> Language:
    """Return the language in use."""
    return _current


def _(text: str) -> str:
    """Return *text* in the language in use."""
    return _translations.gettext(text)


def with_codes(names: Iterable[tuple[str, str]]) -> str:
    """Return codes with their names: `home (家里)`; a name that repeats its code is left out."""
    return ", ".join(
        code if code.replace("_", " ") == name.lower() else f"{code} ({name.lower()})"
        for code, name in names
    )


def plural(text: str, number: int) -> str:
    """Return *text* in the form that fits *number*; Chinese has one form, English two."""
    return _translations.ngettext(text, text, number)
