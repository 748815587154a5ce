"""Asking, where money could have been for one gig or another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xianke import money, platforms, store
from xianke._payout_search import LONGEST_WAIT, NEAR_DAYS
from xianke.commands import receiving, settling
from xianke.commands.shell import ask
from xianke.errors import XiankeError
from xianke.i18n import _, plural
from xianke.records import Claim, Payout
from xianke.render.console import is_interactive, tell
from xianke.render.gigs import date_text, day_text, name_of

MOST_CHOICES = 9


@dataclass(frozen=True, slots=True)
class Question:
    """One payout, and the gigs it may be for with what is open of each; some are proposed."""

    payout: Payout
    name: str
    choices: tuple[tuple[Claim, int], ...]
    proposed: frozenset[int]


def ask_unsure(outcomes: Sequence[settling.Outcome]) -> None:
    """Ask about each payout that only the order of days explains, until somebody has enough."""
    unsure = sorted(
        (one.payout for one in outcomes if not one.sure and one.shares),
        key=lambda one: (one.day, one.amount_fen, one.id),
    )
    if not unsure or not is_interactive():
        return
    tell(
        plural("有 {count} 笔钱先按先后算给了最早的单，看看对不对。", len(unsure)).format(
            count=len(unsure)
        )
    )
    for payout in unsure:
        # Read anew each time: an answer may have settled what the next question was about.
        question = _question(payout.id)
        if question is not None and not _ask(question):
            return


def _question(payout_id: int) -> Question | None:
    with store.read() as db:
        payout = db.payout(payout_id)
        if payout is None or payout.fixed or payout.replaced_by is not None:
            return None
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        book = settling.read(db, payout.platform)
    use = settling.match(book, catalogue, payout.platform).uses[payout_id]
    if use.sure or not use.shares:
        return None
    proposed = frozenset(gig for gig, _fen in use.shares)
    day = date.fromisoformat(payout.day)
    earliest = (day - timedelta(LONGEST_WAIT)).isoformat()
    latest = (day + timedelta(NEAR_DAYS)).isoformat()
    choices = [
        (claim, fen)
        for claim in book.claims
        if earliest <= claim.gig.day <= latest
        and (fen := receiving.available_fen(book, claim, payout_id, decided_only=False)) > 0
    ]
    # What is proposed always stands there; of the rest the latest.
    rest = [one for one in choices if one[0].gig.id not in proposed]
    room = max(MOST_CHOICES - len(proposed), 0)
    kept = proposed | {one[0].gig.id for one in rest[len(rest) - room :]}
    return Question(
        payout,
        name_of(payout.platform, catalogue),
        tuple(one for one in choices if one[0].gig.id in kept),
        proposed,
    )


def _ask(question: Question) -> bool:
    """Ask one question and store the answer; return whether to go on."""
    payout = question.payout
    tell("")
    tell(
        _("p{id} {name} {amount}，{day} 到账，是哪几单的钱？").format(
            id=payout.id,
            name=question.name,
            amount=money.yuan(payout.amount_fen),
            day=date_text(payout.day),
        )
    )
    for number, (claim, fen) in enumerate(question.choices, 1):
        mark = "*" if claim.gig.id in question.proposed else " "
        tell(
            _("{mark} {number}. g{id} {day}，还差 {amount}").format(
                mark=mark,
                number=number,
                id=claim.gig.id,
                day=day_text(claim.gig),
                amount=money.yuan(fen),
            )
        )
    while True:
        answer = ask(_("回车：就是打 * 的；写号码另选（1 3）；n 都不是；q 不问了："))
        if answer is None or answer.lower() == "q":
            return False
        try:
            _answer(question, answer)
        except XiankeError as error:
            tell(error.message)
        except ValueError:
            tell(_("看不懂「{text}」").format(text=answer))
        else:
            return True


def _answer(question: Question, answer: str) -> None:
    """Store what an answer means; raise ValueError for one that means nothing."""
    identity = f"p{question.payout.id}"
    if answer:
        receiving.settle(identity, _chosen(question, answer))
    else:
        receiving.confirm(identity)


def _chosen(question: Question, answer: str) -> list[str]:
    if answer.lower() == "n":
        return []
    places = [int(part) - 1 for part in answer.replace(",", " ").replace("，", " ").split()]
    if not all(0 <= place < len(question.choices) for place in places):
        raise ValueError(answer)
    return [f"g{question.choices[place][0].gig.id}" for place in places]
