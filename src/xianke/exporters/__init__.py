"""What other programs read: accounting texts, a table, a calendar; one module per format.

Each takes a `Book` and returns the text of one file. Nothing is written here.
"""

from __future__ import annotations

from typing import Literal, get_args

from xianke import lookup
from xianke.errors import NotUnderstood
from xianke.i18n import _

Format = Literal["beancount", "hledger", "csv", "json", "ics"]
FORMATS: tuple[Format, ...] = get_args(Format)

_OTHER_NAMES: dict[str, Format] = {"ledger": "hledger", "jsonl": "json", "ical": "ics"}
"""One text serves hledger and ledger alike; JSON Lines and iCalendar have two names each."""


def check_format(text: str | None) -> Format:
    """Return a format by its name; raise NotUnderstood for none and for anything else."""
    values = ", ".join(FORMATS)
    if text is None:
        raise NotUnderstood(
            _("没有说导出成什么格式"), _("加 --format，可以是：{values}").format(values=values)
        )
    plain = text.strip().lower()
    for format in FORMATS:
        if _OTHER_NAMES.get(plain, plain) == format:
            return format
    raise NotUnderstood(
        _("没有「{text}」这种导出格式").format(text=text),
        lookup.with_guess(_("可以是：{values}").format(values=values), text, FORMATS),
    )
