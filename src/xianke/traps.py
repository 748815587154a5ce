"""Whether an offer of work is a trap, and what in its words says so.

The deal is judged, not the vocabulary: who pays whom and when, whose account, card or face does the
work, who moves money or sealed things, what has to be installed or read out, where income comes
from. A denial clears nothing that the rest of the offer asks for; a word inside a warning, a story
or a question is no offer. One decisive sign makes a trap, two different strong ones do, one strong
sign is a reason to be careful; weak ones never decide. Everything happens on this machine.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xianke import _trap_likeness as likenesses
from xianke._trap_cues import Cues, Token, by_concept, shipped
from xianke._trap_deal import amounts_of, doubled, fees, payments, with_sides
from xianke._trap_match import Match, match
from xianke._trap_parting import parted
from xianke._trap_stance import Stance, stance, with_denials
from xianke._trap_sums import Known, sums
from xianke.findings import (
    LIKENESS,
    STRENGTHS,
    VERDICTS,
    Finding,
    Judgement,
    Offer,
    Reads,
    SetAside,
    Sum,
    Verdict,
    weighed,
)
from xianke.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xianke._trap_text import Reading
    from xianke.findings import Excuse

# A quotation is the words themselves and a little around them, never the whole offer.
QUOTE = 60

# Up to this length a text is also read as one offer in several paragraphs.
_ONE_OFFER = 1200

# Concepts of what the worker is charged, which `unless` of a sign may name.
_CHARGED = frozenset({"DEPOSIT", "JOB_FEE"})

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


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of a text's plain characters that is judged as one offer, and how it speaks."""

    text: _Text
    start: int
    end: int
    tokens: Sequence[Token]
    sentences: range
    held: Stance

    @property
    def plain(self) -> str:
        """Return the plain text of this offer alone."""
        return self.text.reading.plain[self.start : self.end]

    def words(self, start: int, end: int) -> str:
        """Return what was written for a stretch of the offer's own plain text."""
        return self.text.quote(self.start + start, self.start + end)[2]


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
    offers = [_offer(_block(whole, *stretch)) for stretch in parted(reading)]
    if len(offers) > 1 and len(reading.plain) <= _ONE_OFFER:
        together = _offer(_block(whole, 0, len(reading.plain)))
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


def _block(text: _Text, start: int, end: int) -> _Block:
    reading = text.reading
    first = bisect_left(text.tokens, start, key=lambda token: token.start)
    last = bisect_left(text.tokens, end, key=lambda token: token.start)
    tokens = [*text.tokens[first:last], *payments(text.tokens[first:last])]
    sentences = range(reading.sentence_of(start), reading.sentence_of(max(end - 1, start)) + 1)
    return _Block(text, start, end, tokens, sentences, stance(tokens, sentences))


def _offer(block: _Block) -> Offer:
    text = block.text
    findings, aside = _signs(block)
    reads = likenesses.likeness(text.weights, block.plain)
    findings = _with_reading(block, findings, reads)
    return Offer(
        *_span(block),
        _verdict(findings, aside, block.held),
        tuple(findings),
        tuple(aside),
        tuple(
            Sum(one.code, one.values, block.words(one.start, one.end), one.category)
            for one in sums(block.plain, _paid(block), text.known)
        ),
        reads=Reads(
            round(reads.score * 100),
            tuple(block.words(*passage) for passage in reads.towards),
            tuple(block.words(*passage) for passage in reads.away),
        ),
    )


def _paid(block: _Block) -> list[Token]:
    """Return where the worker pays, in places of the offer's own plain text."""
    return [
        replace(token, start=token.start - block.start, end=token.end - block.start)
        for token in block.tokens
        if token.concept in ("PAYS_FEE", "PAYS_FIRST")
    ]


def _signs(block: _Block) -> tuple[list[Finding], list[SetAside]]:
    """Return the signs of an offer: those that count, and those that something takes away."""
    cues, tokens, excuses = block.text.cues, block.tokens, block.held.excuses
    live = by_concept(token for token in tokens if token.sentence not in excuses)
    said = by_concept(tokens)
    every = said
    if any(token.denied for token in tokens):
        every = by_concept(
            replace(token, denied=None) if token.denied else token for token in tokens
        )
    counted: list[Finding] = []
    aside: list[SetAside] = []
    for sign in cues.signs:
        met = match(sign, live)
        if met is not None and met.lifted_by is None:
            counted.append(_finding(block.text, met))
            continue
        if met is None and excuses:
            met = match(sign, said)
        if met is None and every is not said:
            met = match(sign, every)
        # What is charged tells one sign from another, and makes neither honest.
        if met is not None and not (met.lifted_by and met.lifted_by.concept in _CHARGED):
            aside.append(_set_aside(block, met))
    apart = _without_repeats(cues, [one.finding for one in aside])
    return _without_repeats(cues, counted), [one for one in aside if one.finding in apart]


def _with_reading(
    block: _Block, findings: list[Finding], reads: likenesses.Likeness
) -> list[Finding]:
    """Add how the offer reads, and lower what is decisive where all the rest reads honest."""
    decisive = [finding for finding in findings if finding.strength == "decisive"]
    if reads.score < UNLIKE and decisive and all(finding.loose for finding in decisive):
        return [replace(f, strength="strong") if f in decisive else f for f in findings]
    held = block.held
    quiet = all(number in held.excuses for number in block.sentences)
    enough = reads.pieces >= likenesses.FEWEST and bool(reads.towards)
    if reads.score < (CLOSELY if quiet else RESEMBLES) or not enough:
        return findings
    start, end = reads.towards[0]
    # Where a sign names the kind, the reading goes along: it knows the deal less well.
    kind = next((finding.type for finding in findings if finding.strength != "weak"), reads.kind)
    likely = Finding(
        LIKENESS,
        kind,
        "decisive" if reads.score >= CLOSELY and held.invites else "strong",
        *block.text.quote(block.start + start, block.start + end),
        _("整段话读起来像这一类"),
    )
    return [*findings, likely]


def _verdict(findings: Sequence[Finding], aside: Sequence[SetAside], held: Stance) -> Verdict:
    """Weigh what was found.

    A deal that is only told of or asked about is worth a warning where it would be a trap.
    """
    verdict = weighed(findings)
    told = any(a.excuse == "told" and a.finding.strength != "weak" for a in aside)
    return "warn" if verdict == "ok" and told and held.asked else verdict


def _without_repeats(cues: Cues, findings: Sequence[Finding]) -> list[Finding]:
    """Keep the strongest finding of each idea, the strongest first.

    What lies within the words of a decisive one says less about the same words.
    """
    sure = STRENGTHS.index
    ideas = {sign.id: sign.idea for sign in cues.signs}
    best: dict[str, Finding] = {}
    for finding in findings:
        idea = ideas[finding.rule]
        if idea not in best or sure(finding.strength) > sure(best[idea].strength):
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
    return sorted(kept, key=lambda f: (-sure(f.strength), f.start))


def _finding(text: _Text, met: Match) -> Finding:
    start, end = met.span
    if end - start > QUOTE:
        start, end = met.tokens[0].start, met.tokens[0].end
    sign = met.sign
    quoted = text.quote(start, end)
    return Finding(sign.id, sign.type, sign.strength, *quoted, sign.text, sign.loose)


def _set_aside(block: _Block, met: Match) -> SetAside:
    """Say what takes the weight of a sign: a warning or story, a denial, honest terms."""
    excuse, start, end = _excused(block, met)
    return SetAside(_finding(block.text, met), excuse, block.text.quote(start, end)[2])


def _excused(block: _Block, met: Match) -> tuple[Excuse, int, int]:
    """Return why a sign does not count, and the stretch of the plain text that says so."""
    excuses = block.held.excuses
    for token in met.tokens:
        if token.sentence in excuses:
            return excuses[token.sentence]
    if met.lifted_by is not None:
        return "honest", met.lifted_by.start, met.lifted_by.end
    places = {(token.concept, token.start) for token in met.tokens}
    denials = [token for token in block.tokens if token.denied is not None]
    own = [token for token in denials if (token.concept, token.start) in places]
    # Else what has to stand beside the words is denied, or stands where all is excused.
    beside = [token for token in denials if token.concept in met.sign.beside]
    for token in (*own, *beside):
        if token.denied is not None:
            return "denied", *token.denied
    return next(iter(excuses.values()), ("denied", *met.span))


def _span(block: _Block) -> tuple[int, int]:
    reading = block.text.reading
    if block.start >= block.end:
        return 0, len(reading.given)
    return reading.span(block.start, block.end)
