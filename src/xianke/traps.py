"""Whether an offer of work is a trap, and what in its words says so.

The deal is judged, not the vocabulary: who pays whom and when, whose account, card or face does the
work, who moves money or sealed things, what has to be installed or read out, where income comes
from. A denial clears nothing that the rest of the offer asks for; a word inside a warning, a story
or a question is no offer. One decisive sign makes a trap, two different strong ones do, one strong
sign is a reason to be careful; weak ones never decide. Everything happens on this machine.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xianke._trap_cues import Cues, Token, by_concept, shipped
from xianke._trap_deal import doubled, fees, payments, sums, with_sides
from xianke._trap_match import Match, match
from xianke._trap_stance import Stance, stance, with_denials
from xianke.findings import Excuse, Finding, Judgement, Offer, SetAside, VERDICTS, Verdict
from xianke.i18n import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xianke._trap_text import Reading

# A quotation is the words themselves and a little around them, never the whole offer.
QUOTE = 60

# Blank lines and ruled lines part offers.
_PARTING = re.compile(r"\n[ \t]*(?:\n|[-=*_~—]{3,}[ \t]*\n)+")
# What is shorter than this is a heading of what follows.
_HEADING = 16
# Up to this length a text is also read as one offer in several paragraphs.
_ONE_OFFER = 1200


def judge(text: str) -> Judgement:
    """Return the judgement of *text*, which may hold several offers parted by blank lines."""
    cues = shipped(language())
    reading = cues.levels.read(text)
    tokens = _tokens(cues, reading)
    blocks = _blocks(reading)
    offers = [_offer(cues, reading, tokens, block) for block in blocks]
    if len(blocks) > 1 and len(reading.plain) <= _ONE_OFFER:
        whole = _offer(cues, reading, tokens, (0, len(reading.plain)))
        if (
            whole.verdict == "trap"
            and any(f.strength == "decisive" for f in whole.findings)
            and not any(offer.verdict == "trap" for offer in offers)
        ):
            offers = [whole]
    worst = max((offer.verdict for offer in offers), key=VERDICTS.index, default="ok")
    return Judgement(worst, tuple(offers))


def _tokens(cues: Cues, reading: Reading) -> list[Token]:
    known = list(cues.tokens(reading))
    known += fees(reading, known)
    money = sums(reading)
    known += [token for token, _amount in money] + doubled(money, reading.plain)
    return with_sides(with_denials(reading, sorted(known, key=lambda t: (t.start, -t.end))))


def _blocks(reading: Reading) -> list[tuple[int, int]]:
    """Return the plain text's offers: blocks between blank lines, headings with what follows."""
    blocks: list[tuple[int, int]] = []
    start = 0
    for parting in _PARTING.finditer(reading.plain):
        if parting.start() - start >= _HEADING:
            blocks.append((start, parting.end()))
            start = parting.end()
    if start < len(reading.plain) or not blocks:
        blocks.append((start, len(reading.plain)))
    return blocks


def _offer(cues: Cues, reading: Reading, tokens: Sequence[Token], block: tuple[int, int]) -> Offer:
    inside = [token for token in tokens if block[0] <= token.start < block[1]]
    inside += payments(inside)
    first, last = reading.sentence_of(block[0]), reading.sentence_of(max(block[1] - 1, block[0]))
    held = stance(reading, inside, range(first, last + 1))
    live = by_concept(token for token in inside if token.sentence not in held.excuses)
    every = by_concept(inside)
    findings: list[Finding] = []
    aside: list[SetAside] = []
    for sign in cues.signs:
        met = match(sign, live)
        if met is not None:
            findings.append(_finding(reading, met))
        elif held.excuses:
            met = match(sign, every)
            if met is not None:
                aside.append(_set_aside(reading, met, held))
    span = _span(reading, block)
    kept = _without_repeats(cues, findings)
    return Offer(*span, verdict(cues, kept, aside, asked=held.asked), tuple(kept), tuple(aside))


def verdict(
    cues: Cues, findings: Iterable[Finding], aside: Iterable[SetAside], *, asked: bool
) -> Verdict:
    """Weigh what was found: decisive, or two different strong ideas, make a trap.

    A deal that is only told of or asked about is worth a warning where it would be a trap.
    """
    ideas = {sign.id: sign.idea for sign in cues.signs}
    strong = {ideas[f.rule] for f in findings if f.strength == "strong"}
    if any(f.strength == "decisive" for f in findings) or len(strong) >= 2:
        return "trap"
    if strong:
        return "warn"
    told = [s for s in aside if s.excuse == "told" and s.finding.strength == "decisive"]
    return "warn" if told and asked else "ok"


def _without_repeats(cues: Cues, findings: Sequence[Finding]) -> list[Finding]:
    """Keep the strongest finding of each idea."""
    order = ("decisive", "strong", "weak")
    ideas = {sign.id: sign.idea for sign in cues.signs}
    best: dict[str, Finding] = {}
    for finding in findings:
        idea = ideas[finding.rule]
        if idea not in best or order.index(finding.strength) < order.index(best[idea].strength):
            best[idea] = finding
    return sorted(best.values(), key=lambda f: (order.index(f.strength), f.start))


def _finding(reading: Reading, met: Match) -> Finding:
    start, end = met.span
    if end - start > QUOTE:
        start, end = met.tokens[0].start, met.tokens[0].end
    begin, finish = reading.span(start, end)
    sign = met.sign
    return Finding(
        sign.id, sign.type, sign.strength, begin, finish, reading.given[begin:finish], sign.text
    )


def _set_aside(reading: Reading, met: Match, held: Stance) -> SetAside:
    excuse: Excuse = "told"
    by = ""
    for token in met.tokens:
        if token.sentence in held.excuses:
            excuse, start, end = held.excuses[token.sentence]
            begin, finish = reading.span(start, end)
            by = reading.given[begin:finish]
            break
    return SetAside(_finding(reading, met), excuse, by)


def _span(reading: Reading, block: tuple[int, int]) -> tuple[int, int]:
    if block[0] >= block[1]:
        return 0, len(reading.given)
    return reading.span(*block)
