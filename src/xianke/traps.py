"""Whether an offer of work is a trap, and what in its words says so.

The deal is judged, not the vocabulary: who pays whom and when, whose account, card or face does the
work, who moves money or sealed things, what has to be installed or read out, where income comes
from. A denial clears nothing that the rest of the offer asks for; a word inside a warning, a story
or a question is no offer. One decisive sign makes a trap, two different strong ones do, one strong
sign is a reason to be careful; weak ones never decide. Everything happens on this machine.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xianke import _trap_likeness as likenesses
from xianke._trap_cues import Cues, Token, by_concept, shipped
from xianke._trap_deal import amounts_of, doubled, fees, payments, with_sides
from xianke._trap_match import Match, match
from xianke._trap_stance import Stance, stance, with_denials
from xianke._trap_sums import Known, sums
from xianke.findings import VERDICTS, Finding, Judgement, Offer, Reads, SetAside, Sum, Verdict
from xianke.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xianke._trap_text import Reading

# A quotation is the words themselves and a little around them, never the whole offer.
QUOTE = 60

# Blank lines and ruled lines part offers.
_PARTING = re.compile(r"\n(?:[ \t]*(?:[-=*_~—]{3,}[ \t]*)?\n)+")
# What is shorter than this is a heading of what follows.
_HEADING = 16
# Up to this length a text is also read as one offer in several paragraphs.
_ONE_OFFER = 1200
# No offer is longer: what goes on is cut between sentences, so that time grows with the text only.
_LONGEST_OFFER = 2000


# How an offer reads, on the scale of `Likeness.score`: from the first on it is a strong sign, from
# the second on a decisive one, below the third a decisive sign counts as a strong one only. Chosen
# on offers of other hands than those the weights were taught by (bench/traps.py --apart).
RESEMBLES = -0.15
CLOSELY = 0.8
UNLIKE = -1.0


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that is being judged, and what it is judged by."""

    reading: Reading
    tokens: Sequence[Token]
    cues: Cues
    weights: likenesses.Weights
    known: Callable[[], Sequence[Known]]

    def quote(self, start: int, end: int) -> tuple[int, int, str]:
        """Return the given text's span and words of a stretch of the plain text."""
        begin, finish = self.reading.span(start, end)
        return begin, finish, self.reading.given[begin:finish]


def judge(
    text: str,
    known: Callable[[], Sequence[Known]] = tuple,
    weights: likenesses.Weights | None = None,
) -> Judgement:
    """Return the judgement of *text*, which may hold several offers parted by blank lines.

    *known* gives what categories of work are known to bring; it is asked only where an offer names
    an hour's pay. *weights* are those that come with the program; others serve to measure.
    """
    cues = shipped(language())
    reading = cues.levels.read(text)
    whole = _Text(reading, _tokens(cues, reading), cues, weights or likenesses.shipped(), known)
    blocks = _blocks(reading)
    offers = [_offer(whole, block) for block in blocks]
    if len(blocks) > 1 and len(reading.plain) <= _ONE_OFFER:
        together = _offer(whole, (0, len(reading.plain)))
        apart = {offer.verdict for offer in offers}
        if _is_decided(together) and "trap" not in apart:
            offers = [together]
    worst = max((offer.verdict for offer in offers), key=VERDICTS.index)
    return Judgement(worst, tuple(offers))


def _is_decided(offer: Offer) -> bool:
    return any(finding.strength == "decisive" for finding in offer.findings)


def _tokens(cues: Cues, reading: Reading) -> list[Token]:
    known: list[Token] = []
    for token in cues.tokens(reading):
        # 让我先转: the one who speaks is made to pay, and does not offer to.
        made_to = token.start > 0 and reading.plain[token.start - 1] in "让叫要"
        if made_to and token.concept == "SELF":
            known.append(replace(token, concept="YOU"))
        elif not (made_to and token.concept == "CLIENT_PAYS"):
            known.append(token)
    known += fees(reading, known)
    found = amounts_of(reading)
    known += [token for token, _amount in found] + doubled(found, reading.plain)
    return with_sides(with_denials(reading, sorted(known, key=lambda t: (t.start, -t.end))))


def _blocks(reading: Reading) -> list[tuple[int, int]]:
    """Return the plain text's offers: blocks between blank lines, headings with what follows."""
    blocks: list[tuple[int, int]] = []
    start = 0
    for parting in _PARTING.finditer(reading.plain):
        if parting.start() - start >= _HEADING:
            blocks.append((start, parting.end()))
            start = parting.end()
    if not blocks or any(one.isalnum() for one in reading.plain[start:]):
        blocks.append((start, len(reading.plain)))
    return [piece for block in blocks for piece in _pieces(reading, block)]


def _pieces(reading: Reading, block: tuple[int, int]) -> list[tuple[int, int]]:
    """Return a block, or what it is cut into where it is longer than any offer."""
    pieces: list[tuple[int, int]] = []
    start, end = block
    while end - start > _LONGEST_OFFER:
        cut = reading.sentences[reading.sentence_of(start + _LONGEST_OFFER)][0]
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _offer(text: _Text, block: tuple[int, int]) -> Offer:
    reading = text.reading
    first = bisect_left(text.tokens, block[0], key=lambda token: token.start)
    last = bisect_left(text.tokens, block[1], key=lambda token: token.start)
    tokens = [*text.tokens[first:last], *payments(text.tokens[first:last])]
    sentences = range(
        reading.sentence_of(block[0]), reading.sentence_of(max(block[1] - 1, block[0])) + 1
    )
    held = stance(tokens, sentences)
    findings, aside = _signs(text, tokens, held)
    reads = likenesses.likeness(text.weights, reading.plain[slice(*block)])
    findings = _weighed(text, findings, reads, block, held, sentences)
    return Offer(
        *_span(reading, block),
        _verdict(findings, aside, held),
        tuple(findings),
        tuple(aside),
        tuple(
            Sum(
                one.code,
                one.values,
                text.quote(block[0] + one.start, block[0] + one.end)[2],
                one.category,
            )
            for one in sums(reading.plain[slice(*block)], _paid(tokens, block), text.known)
        ),
        reads=Reads(
            round(reads.score * 100),
            tuple(text.quote(block[0] + s, block[0] + e)[2] for s, e in reads.towards),
            tuple(text.quote(block[0] + s, block[0] + e)[2] for s, e in reads.away),
        ),
    )


def _paid(tokens: Sequence[Token], block: tuple[int, int]) -> list[Token]:
    """Return where the worker pays, in places of the offer's own plain text."""
    return [
        replace(token, start=token.start - block[0], end=token.end - block[0])
        for token in tokens
        if token.concept in ("PAYS_FEE", "PAYS_FIRST")
    ]


def _signs(
    text: _Text, tokens: Sequence[Token], held: Stance
) -> tuple[list[Finding], list[SetAside]]:
    """Return the signs of an offer: those that count, and those that something takes away."""
    live = by_concept(token for token in tokens if token.sentence not in held.excuses)
    said = by_concept(tokens)
    every = said
    if any(token.denied for token in tokens):
        every = by_concept(
            replace(token, denied=None) if token.denied else token for token in tokens
        )
    findings: list[Finding] = []
    aside: list[SetAside] = []
    for sign in text.cues.signs:
        met = match(sign, live)
        if met is not None and met.lifted_by is None:
            findings.append(_finding(text, met))
            continue
        if met is None and held.excuses:
            met = match(sign, said)
        if met is None and every is not said:
            met = match(sign, every)
        if met is not None:
            aside.append(_set_aside(text, met, tokens, held))
    apart = _without_repeats(text.cues, [one.finding for one in aside])
    return _without_repeats(text.cues, findings), [one for one in aside if one.finding in apart]


def _weighed(
    text: _Text,
    findings: list[Finding],
    reads: likenesses.Likeness,
    block: tuple[int, int],
    held: Stance,
    sentences: range,
) -> list[Finding]:
    """Add how the offer reads, and lower what is decisive where all the rest reads honest."""
    decisive = [finding for finding in findings if finding.strength == "decisive"]
    if reads.score < UNLIKE and decisive and all(finding.loose for finding in decisive):
        return [replace(decisive[0], strength="strong")]
    quiet = all(number in held.excuses for number in sentences)
    enough = reads.pieces >= likenesses.FEWEST and bool(reads.towards)
    if reads.score < (CLOSELY if quiet else RESEMBLES) or not enough:
        return findings
    start, end = reads.towards[0]
    # Where a sign names the kind, the reading goes along: it knows the deal less well.
    kind = next((finding.type for finding in findings if finding.strength != "weak"), reads.kind)
    likely = Finding(
        "reads_like",
        kind,
        "decisive" if reads.score >= CLOSELY and held.invites else "strong",
        *text.quote(block[0] + start, block[0] + end),
        _("整段话读起来像这一类"),
    )
    return [*findings, likely]


def _verdict(findings: Sequence[Finding], aside: Sequence[SetAside], held: Stance) -> Verdict:
    """Weigh what was found: decisive, or two different strong ideas, make a trap.

    A deal that is only told of or asked about is worth a warning where it would be a trap.
    """
    strong = [finding for finding in findings if finding.strength == "strong"]
    if any(finding.strength == "decisive" for finding in findings) or len(strong) >= 2:
        return "trap"
    if strong:
        return "warn"
    told = any(a.excuse == "told" and a.finding.strength != "weak" for a in aside)
    return "warn" if told and held.asked else "ok"


def _without_repeats(cues: Cues, findings: Sequence[Finding]) -> list[Finding]:
    """Keep the strongest finding of each idea, the strongest first.

    What lies within the words of a decisive one says less about the same words.
    """
    order = ("decisive", "strong", "weak")
    ideas = {sign.id: sign.idea for sign in cues.signs}
    best: dict[str, Finding] = {}
    for finding in findings:
        idea = ideas[finding.rule]
        if idea not in best or order.index(finding.strength) < order.index(best[idea].strength):
            best[idea] = finding
    kept = [
        one
        for one in best.values()
        if not any(
            other.start <= one.start
            and one.end <= other.end
            and (one.start, one.end) != (other.start, other.end)
            and other.strength == "decisive"
            for other in best.values()
        )
    ]
    return sorted(kept, key=lambda f: (order.index(f.strength), f.start))


def _finding(text: _Text, met: Match) -> Finding:
    start, end = met.span
    if end - start > QUOTE:
        start, end = met.tokens[0].start, met.tokens[0].end
    sign = met.sign
    quoted = text.quote(start, end)
    return Finding(sign.id, sign.type, sign.strength, *quoted, sign.text, sign.loose)


def _set_aside(text: _Text, met: Match, tokens: Sequence[Token], held: Stance) -> SetAside:
    """Say what takes the weight of a sign: a warning or story, a denial, honest terms."""
    finding = _finding(text, met)
    for token in met.tokens:
        if token.sentence in held.excuses:
            excuse, start, end = held.excuses[token.sentence]
            return SetAside(finding, excuse, text.quote(start, end)[2])
    if met.lifted_by is not None:
        return SetAside(finding, "honest", text.quote(met.lifted_by.start, met.lifted_by.end)[2])
    places = {(token.concept, token.start) for token in met.tokens}
    denials = [token for token in tokens if token.denied is not None]
    own = [token for token in denials if (token.concept, token.start) in places]
    # Else what has to stand beside the words is denied, or stands where all is excused.
    beside = [token for token in denials if token.concept in met.sign.beside]
    for token in (*own, *beside):
        if token.denied is not None:
            return SetAside(finding, "denied", text.quote(*token.denied)[2])
    for excuse, start, end in held.excuses.values():
        return SetAside(finding, excuse, text.quote(start, end)[2])
    return SetAside(finding, "denied", finding.quote)


def _span(reading: Reading, block: tuple[int, int]) -> tuple[int, int]:
    if block[0] >= block[1]:
        return 0, len(reading.given)
    return reading.span(*block)
