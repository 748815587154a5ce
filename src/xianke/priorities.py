"""What matters most to somebody: the goals by which advice is weighed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from xianke import lookup
from xianke.errors import NotUnderstood
from xianke.i18n import _, with_codes

Goal = Literal["income", "steady", "cash", "growth", "safe"]
GOALS: tuple[Goal, ...] = ("income", "steady", "cash", "growth", "safe")

DEFAULT: Goal = "income"
"""What counts where nobody has said."""

_WORDS: Mapping[Goal, tuple[str, ...]] = {
    "income": ("收入", "多赚", "挣钱", "赚钱", "money", "more money", "more income"),
    "steady": ("稳", "稳当", "stable", "regular"),
    "cash": ("快钱", "快", "到账快", "quick cash", "fast cash", "quick", "fast"),
    "growth": ("成长", "grow", "growing"),
    "safe": ("保险", "稳妥", "safety"),
}
"""Other words for the same, as people type them."""


def names() -> dict[Goal, str]:
    """Return what may matter most, in the user's language."""
    return {
        "income": _("多挣"),
        "steady": _("稳定"),
        "cash": _("快到账"),
        "growth": _("能成长"),
        "safe": _("安全"),
    }


def find(text: str) -> Goal:
    """Return what matters most by its code, its name or a word for it.

    Raise NotUnderstood, with the goals there are, for anything else.
    """
    wanted = lookup.folded(text)
    offered = names()
    for goal in GOALS:
        if wanted in map(lookup.folded, (goal, offered[goal], *_WORDS[goal])):
            return goal
    raise NotUnderstood(
        _("没有「{text}」这个目标").format(text=text),
        lookup.with_guess(
            _("可以是：{goals}").format(goals=with_codes(offered.items())),
            text,
            [*offered, *offered.values()],
        ),
    )
