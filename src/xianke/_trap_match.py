"""Signs found among the tokens of an offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianke._trap_cues import Need, Sign, Token, spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Within `close` the words stand at most so many characters from the leading one, within `tight`
# at most so many from one to the next, in the same sentence.
CLOSE = 30
TIGHT = 8
# So many places of the rarest concept are looked at in one offer.
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Match:
    """A sign, the tokens that make it, and what beside them makes it a usual, lawful thing."""

    sign: Sign
    tokens: tuple[Token, ...]
    lifted_by: Token | None = None

    @property
    def span(self) -> tuple[int, int]:
        """Return the plain text's stretch from the first to the last of the words."""
        return spans(self.tokens)


def match(sign: Sign, tokens: dict[str, list[Token]]) -> Match | None:
    """Return the first place in an offer where everything stands that *sign* needs.

    A place where nothing lifts its weight goes before one where something does.
    """
    if any(need.concepts.isdisjoint(tokens) for need in sign.needs):
        return None
    lists = [_meeting(need, tokens) for need in sign.needs]
    if not all(lists) or (sign.beside and not any(tokens.get(name) for name in sign.beside)):
        return None
    # The rarest concept leads: every place of it is tried once.
    lead = min(range(len(lists)), key=lambda n: len(lists[n]))
    units = [_by_unit(listed, sign.within) for listed in lists]
    excused: Match | None = None
    for first in lists[lead][:_TRIES]:
        chosen = _around(first, lead, units, sign)
        if chosen is None:
            continue
        lifting = _lifting(chosen, sign, tokens)
        if lifting is None:
            return Match(sign, tuple(chosen))
        excused = excused or Match(sign, tuple(chosen), lifting)
    return excused


def _meeting(need: Need, tokens: Mapping[str, Sequence[Token]]) -> list[Token]:
    return sorted(
        (
            token
            for concept in need.concepts
            for token in tokens.get(concept, ())
            if need.met_by(token)
        ),
        key=lambda token: (token.start, token.end),
    )


def _unit(token: Token, within: str) -> int:
    if within == "clause":
        return token.clause
    return 0 if within == "offer" else token.sentence


def _by_unit(tokens: Iterable[Token], within: str) -> dict[int, list[Token]]:
    units: dict[int, list[Token]] = {}
    for token in tokens:
        units.setdefault(_unit(token, within), []).append(token)
    return units


def _around(
    first: Token, lead: int, units: Sequence[Mapping[int, list[Token]]], sign: Sign
) -> list[Token] | None:
    """Return one token for each need beside *first*, the nearest ones, or None."""
    number = _unit(first, sign.within)
    spread = (number - 1, number, number + 1) if sign.within in ("near", "close") else (number,)
    chosen: list[Token] = []
    for place, listed in enumerate(units):
        if place == lead:
            chosen.append(first)
            continue
        others = [
            token
            for unit in spread
            for token in listed.get(unit, ())[:40]
            if not _same(token, first, chosen)
        ]
        if sign.ordered:
            others = [
                t
                for t in others
                if (t.start >= first.end if place > lead else t.end <= first.start)
            ]
            if place and place > lead:
                others = [t for t in others if t.start >= chosen[-1].end]
        if sign.within == "close":
            others = [t for t in others if _gap(t, first) <= CLOSE]
        elif sign.within == "tight":
            others = [
                t for t in others if min(_gap(t, other) for other in (first, *chosen)) <= TIGHT
            ]
        if not others:
            return None
        chosen.append(min(others, key=lambda token: _gap(token, first)))
    return chosen


def _same(token: Token, first: Token, chosen: Sequence[Token]) -> bool:
    """One word is one thing: it does not meet two needs of a sign."""
    return any(token.start < other.end and other.start < token.end for other in (first, *chosen))


def _gap(one: Token, other: Token) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _lifting(
    chosen: Sequence[Token], sign: Sign, tokens: Mapping[str, Sequence[Token]]
) -> Token | None:
    """Return what stands beside the words and makes them a usual, lawful thing."""
    numbers = {_unit(token, sign.unless_within) for token in chosen}
    if sign.unless_within == "near":
        numbers |= {n + step for n in tuple(numbers) for step in (-1, 1)}
    return next(
        (
            token
            for concept in sorted(sign.unless)
            for token in tokens.get(concept, ())
            if token.denied is None and _unit(token, sign.unless_within) in numbers
        ),
        None,
    )
