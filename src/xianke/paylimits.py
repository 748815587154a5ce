"""What an hour of a kind of work is known to bring at its best, to hold offers against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke import rates
from xianke._trap_cues import shipped
from xianke._trap_sums import Known
from xianke.i18n import language

if TYPE_CHECKING:
    from datetime import date

    from xianke.catalogue import Catalogue


def known(catalogue: Catalogue, today: date) -> tuple[Known, ...]:
    """Return the 90 % point of a net hour for each category with credible pay.

    Only what is published counts: the user's own hours say nothing about an offer of others. The
    words by which an offer is taken for such work stand in `data/cues.yaml`.
    """
    learned = rates.learn(catalogue, (), today)
    words = shipped(language()).work
    return tuple(
        Known(category, rate.high_fen_per_hour, words[category])
        for category, rate in sorted(learned.categories.items())
        if rate.high_fen_per_hour is not None and category in words
    )
