"""The arithmetic of an offer: what is due first, what an hour would bring, what minutes it takes.

Only figures that stand in the offer are used. What it does not say (hours, minutes a piece) is not
guessed: the sum is left out then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianke._trap_amounts import Amount, amounts
from xianke._trap_text import CLAUSE_ENDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from xianke._trap_cues import Token

# What counts a piece of work, and what stands around sums for a span of time.
_PIECE = "单|条|张|份|篇|页|件|次|个|题|首|段|套|帖|票"
_EACH = re.compile(rf"(?:每|一|单)(?:{_PIECE}|价)[^，,。；;\n]{{0,4}}$")
_PIECES = re.compile(rf"^[^，,。；;\n]{{0,2}}(?:一|每|/)(?:{_PIECE})")
_HOUR = re.compile(r"(?:一小时|每小时|一个小时|每个小时|时薪|一个钟头?|每钟头)[^，,。；;\n]{0,4}$")
_HOURS = re.compile(r"^[^，,。；;\n]{0,2}(?:一|每|/)(?:个)?(?:小时|钟头)")
_DAY = re.compile(r"(?:一天|每天|日薪|日入|日赚|一日|每日|天天|日均)[^，,。；;\n]{0,6}$")
_DAYS = re.compile(r"^[^，,。；;\n]{0,2}(?:一|每|/)(?:天|日)")
_MONTH = re.compile(r"(?:月入|月薪|每月|一个月|一月|月收入|月赚|底薪)[^，,。；;\n]{0,6}$")
_COUNT = re.compile(rf"(\d{{1,4}})(?:\s*[-到至~]\s*(\d{{1,4}}))?\s*(?:{_PIECE})")
_COUNT_DAY = re.compile(r"(?:一天|每天|日均|每日|天天)[^，,。；;\n]{0,6}$")
_MINUTES_EACH = re.compile(
    rf"(\d{{1,3}})\s*分钟[^，,。；;\n]{{0,6}}(?:一|每)?(?:{_PIECE})"
    rf"|(?:一|每)(?:{_PIECE})[^，,。；;\n]{{0,6}}?(\d{{1,3}})\s*分钟|(\d{{1,3}})\s*分钟[^，,。；;\n]{{0,8}}任务"
)
# 48小时内到账 says when, not how long.
_HOURS_A_DAY = re.compile(r"(\d{1,2}(?:\.5)?)\s*(?:个)?(?:小时|钟头)(?!以?内|之内|后|到账|结)")
_CLOCK = re.compile(r"(\d{1,2})(?::00|点)\s*(?:-|到|至|~)\s*(\d{1,2})(?::00|点)")

DAYS_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue knows of one category: the 90 % point of a net hour, and its words."""

    category: str
    high_fen_per_hour: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Claims:
    """The figures an offer names for its pay."""

    each: Amount | None
    hour: Amount | None
    day: Amount | None
    month: Amount | None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A sum and the span of the plain text whose figure it starts from."""

    code: str
    values: Mapping[str, int]
    start: int
    end: int
    category: str | None = None


def sums(plain: str, paid: Sequence[Token], known: Callable[[], Iterable[Known]]) -> list[Reckoned]:
    """Return the sums over the figures of an offer's *plain* text.

    *paid* are the places where the worker is to pay; *known* gives what such work is known to
    bring, and is asked only where the offer names an hour's pay.
    """
    found = list(amounts(plain))
    claims = _claims(plain, found)
    due = [one for one in found if one.fen and _is_due(plain, one, paid)]
    results = (_first(due, claims), _implied(plain, claims), _market(plain, claims, known))
    return [result for result in results if result is not None]


def _claims(plain: str, found: Sequence[Amount]) -> _Claims:
    named: dict[str, Amount] = {}
    for one in found:
        if one.fen is None:
            continue
        before, after = plain[max(0, one.start - 12) : one.start], plain[one.end : one.end + 8]
        for name, ahead, behind in (
            ("hour", _HOUR, _HOURS),
            ("each", _EACH, _PIECES),
            ("day", _DAY, _DAYS),
            ("month", _MONTH, None),
        ):
            if ahead.search(before) or (behind is not None and behind.search(after)):
                # Of several figures for the same span the largest is what the offer promises.
                if name not in named or (named[name].fen or 0) < one.fen:
                    named[name] = one
                break
    return _Claims(*(named.get(name) for name in ("each", "hour", "day", "month")))


def _is_due(plain: str, one: Amount, paid: Sequence[Token]) -> bool:
    """Tell whether a sum stands where the worker pays, or shortly behind in the same clause."""
    return any(
        token.start - 1 <= one.start < token.end + 6
        and not any(mark in CLAUSE_ENDS for mark in plain[token.end : one.start])
        for token in paid
    )


def _first(due: Sequence[Amount], claims: _Claims) -> Reckoned | None:
    """What is to be paid first, against the largest sum the offer names for the work."""
    promised = [
        one
        for one in (claims.each, claims.hour, claims.day, claims.month)
        if one is not None and one not in due
    ]
    if not due or not promised:
        return None
    first = max(due, key=lambda one: one.fen or 0)
    best = max(promised, key=lambda one: one.fen or 0)
    return Reckoned(
        "first_against_promise",
        {"first_fen": first.fen or 0, "promised_fen": best.fen or 0},
        first.start,
        first.end,
    )


def _implied(plain: str, claims: _Claims) -> Reckoned | None:
    """How many pieces a claimed day or month takes, and how long, where minutes are named."""
    if claims.each is None or not claims.each.fen:
        return None
    claimed, days = claims.month, DAYS_A_MONTH
    if claimed is None:
        claimed, days = claims.day, 1
    low, high = _daily_count(plain)
    if claimed is not None and claimed.fen:
        orders = -(-claimed.fen // claims.each.fen)
        low, high = (low * days, high * days) if low else (orders, orders)
        total = claimed.fen
    elif low:
        total = claims.each.fen * high
    else:
        return None
    pace = _MINUTES_EACH.search(plain)
    minutes = next((int(group) for group in pace.groups() if group), 0) if pace else 0
    return Reckoned(
        "minutes_implied",
        {
            "fen_each": claims.each.fen,
            "orders_low": low,
            "orders_high": high,
            "fen_claimed": total,
            "minutes_at_pace": minutes * high,
        },
        claims.each.start,
        claims.each.end,
    )


def _daily_count(plain: str) -> tuple[int, int]:
    for match in _COUNT.finditer(plain):
        if _COUNT_DAY.search(plain[max(0, match.start() - 12) : match.start()]):
            low = int(match[1])
            return low, int(match[2] or low)
    return 0, 0


def _market(plain: str, claims: _Claims, known: Callable[[], Iterable[Known]]) -> Reckoned | None:
    """The hour that is claimed, against what such work is known to bring at its best."""
    hourly = _claimed_hour(plain, claims)
    if hourly is None:
        return None
    fits = [one for one in known() if any(word in plain for word in one.words)]
    if not fits:
        return None
    best = max(fits, key=lambda one: one.high_fen_per_hour)
    if hourly <= best.high_fen_per_hour:
        return None
    values: Mapping[str, int] = {
        "claimed_fen_per_hour": hourly,
        "known_high_fen_per_hour": best.high_fen_per_hour,
    }
    source = claims.hour or claims.day
    assert source is not None
    return Reckoned("above_market", values, source.start, source.end, best.category)


def _claimed_hour(plain: str, claims: _Claims) -> int | None:
    if claims.hour is not None:
        return claims.hour.fen
    if claims.day is None or claims.day.fen is None:
        return None
    hours = 0.0
    if found := _HOURS_A_DAY.search(plain):
        hours = float(found[1])
    elif clock := _CLOCK.search(plain):
        hours = (int(clock[2]) - int(clock[1])) % 24
    return int(claims.day.fen / hours) if hours >= 1 else None
