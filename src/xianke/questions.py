"""What to find out about a platform before the first gig: at most two questions, money first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianke import fact_words
from xianke.i18n import _
from xianke.platforms import EDITABLE, SELF

if TYPE_CHECKING:
    from xianke.platforms import Platform

MOST_QUESTIONS = 2
"""Two questions are asked; a list of four would be skipped."""

ORDER = ("upfront", "settlement", "escrow", "public_ratings")
"""By what ignorance costs: money paid in advance, work done without knowing when it is paid."""

_SETTLEMENTS = ("daily", "1_to_3_days", "weekly", "monthly")
"""Of nine ways to settle, those that people are told."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What is not known about a platform's safety, and the command that writes the answer down.

    `values` are the answers the command takes, as codes, `words` as people type them; of the
    settlement the usual ones. `command` ends in a word that stands for the answer and is none:
    typed as it stands, it is refused.
    """

    fact: str
    text: str
    command: str
    values: tuple[str, ...]
    words: tuple[str, ...]


def open_questions(platform: Platform) -> tuple[OpenQuestion, ...]:
    """Return the questions to ask first, at most two; an answer of the user's own closes one."""
    if platform.kind == SELF:
        return ()
    found = [_question(platform, name) for name in ORDER if _is_open(platform, name)]
    return tuple(found[:MOST_QUESTIONS])


def _is_open(platform: Platform, name: str) -> bool:
    fact = platform.fact(name)
    # That money may be asked for leaves open for what, unless the user has looked already.
    return fact.value is None or (name == "upfront" and fact.value == "possible" and not fact.own)


def _question(platform: Platform, name: str) -> OpenQuestion:
    values = _SETTLEMENTS if name == "settlement" else EDITABLE[name]
    possible = name == "upfront" and platform.fact(name).value is not None
    return OpenQuestion(
        name,
        _("要先付什么钱？") if possible else _texts()[name],
        _("xianke platforms edit {id} {fact} 答案").format(
            id=platform.id, fact=fact_words.typed_name(name)
        ),
        tuple(values),
        tuple(fact_words.typed_value(name, value) for value in values),
    )


def _texts() -> Mapping[str, str]:
    return {
        "upfront": _("押金？"),
        "settlement": _("几天到账？"),
        "escrow": _("钱有人担保吗？"),
        "public_ratings": _("看得到别人的评价吗？"),
    }
