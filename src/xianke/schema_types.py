"""What the data files are made of: texts, ids, numbers, dates, and the record they stand in.

Every scalar comes in as text; the types here convert it.
"""

import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
)

MOST = 1_000_000_000
"""No figure of a catalogue is larger: money in yuan, minutes, days, percent."""


def or_none(value: object) -> object:
    """Return None for what stands for nothing in a file."""
    return None if value in ("null", "~", "") else value


def _yes_no(value: object) -> object:
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


def _number(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"not a number: {value!r}") from None
    if not number.is_finite() or number < 0:
        raise ValueError(f"not a number of zero or more: {value!r}")
    if number > MOST:
        raise ValueError(f"larger than anything in a catalogue: {value!r}")
    return float(number)


def _whole(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not value.isdecimal():
        raise ValueError(f"not a whole number: {value!r}")
    if len(value) > len(str(MOST)) or int(value) > MOST:
        raise ValueError(f"larger than anything in a catalogue: {value[:20]!r}")
    return int(value)


def real_day(text: str | None) -> str | None:
    """Refuse a day that no calendar has; a year or a month alone is a date too."""
    if text is not None:
        date.fromisoformat(f"{text}-01-01"[:10])
    return text


def _gbk(text: str) -> str:
    """Refuse what a Chinese Windows terminal cannot print, or obeys instead of printing."""
    if any(unicodedata.category(letter) == "Cc" for letter in text):
        raise ValueError(f"holds a control character: {text!r}")
    try:
        text.encode("gbk")
    except UnicodeEncodeError as error:
        raise ValueError(f"not printable in GBK: {text[error.start : error.end]!r}") from None
    if not text.strip():
        raise ValueError("must not be blank")
    return text


Text = Annotated[str, AfterValidator(_gbk)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9_]{2,40}$")]
Flag = Annotated[bool, BeforeValidator(_yes_no)]
Number = Annotated[float, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_whole)]
Date = Annotated[
    Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"), AfterValidator(real_day)]
    | None,
    BeforeValidator(or_none),
]
Grade = Literal["official", "press", "third_party", "community_estimate", "assumption"]


class Strict(BaseModel):
    """A record in which an unknown key is a fault, not an extra."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Bilingual(Strict):
    """A text in both languages."""

    zh: Text
    en: Text


PAIR, PLAIN = "pair", "plain"
FORMS = frozenset({PAIR, PLAIN})
"""How `Words` may stand in a file; in where a fault lies, they name no key of it."""


def _form(value: object) -> str:
    return PAIR if isinstance(value, dict | Bilingual) else PLAIN


Words = Annotated[
    Annotated[Bilingual, Tag(PAIR)] | Annotated[Text, Tag(PLAIN)], Discriminator(_form)
]
"""A text in both languages, or in Chinese alone."""


def unique(what: str, words: list[str]) -> None:
    """Raise ValueError where one of *words* stands twice; *what* says what they are."""
    seen: set[str] = set()
    for word in words:
        if word in seen:
            raise ValueError(f"{what} stands twice: {word!r}")
        seen.add(word)
