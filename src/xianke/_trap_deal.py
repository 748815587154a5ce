"""The deal in an offer: who pays whom, for what, and when."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from xianke._trap_amounts import Amount, amounts
from xianke._trap_cues import Token, by_concept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke._trap_text import Reading

# Any 费 or 金 is a fee unless it is one of those that workers earn or that are no fees.
_SUFFIX = re.compile(r"[\u4e00-\u9fff]{1,3}?(?:费|金)(?![额融属色币条饰牌卡银砖店首手镯链])")
_VERB_BEFORE = re.compile(
    r"^(?:不收取?|收取?|交|缴|付|免|无|要|先|没|有|的|再|另|取|和|及|或|等|用|把|需|出|补|掏|花|垫|转|退|抵|省|含)+(?=.{2})"
)
_NO_FEE = re.compile(
    r"(?:免|消|浪|收|经|花|缴|付|自|白|不|无|计|话|电|水|房|运|邮|路|车|油|餐|饭|食|稿|课|时|劳务|加班|配送|跑腿|高温|"
    r"工|小|团|门|起步|出场|辛苦|好处|版权|佣|奖|现|资|基|薪|酬|赏|礼|税|黄|五|一|美|冶|积|养老|退休|学|补偿|赔偿|体验|提成|底|"
    r"租|本|罚|余|违约|通讯|播放|订阅|制作|设计|翻译|主持|劳|服务|任何|什么|一分|千|百|诊|医药|医疗|药|查|号|护|份子|"
    r"跑|班|绩效|补贴|外卖|快递|停车|过路|燃气|物业|取暖|差旅|食宿|住宿|宿|旅)(?:费|金)$"
)

_AGENTS = frozenset({"YOU", "THEM", "SELF", "THIRD"})

# Verbs that move money: of these alone it matters who does it and to whom it goes.
_VERBS = frozenset({"PAY", "FRONT", "MONEY_ON"})

# 转100回130: a verb that gives, a sum, a verb that brings back, and a larger sum.
_GIVES = re.compile(r"[转放付充投存打拍刷垫交买押搁认购]了?(?:个|了|进去?|上)?$")
_BRINGS = re.compile(r"回|返|得|出来|到手|变|退|结你|结您|给你|给您|给到|拿|提")


def doubled(found: Sequence[tuple[Token, Amount]], plain: str) -> list[Token]:
    """Return `OUT_BACK` where a sum is given and a larger one is said to come back.

    More than five times as much is another figure, not a return.
    """
    pairs: list[Token] = []
    for (token, one), (_next, other) in pairwise(found):
        between = plain[one.end : other.start]
        if one.fen is None or other.fen is None or len(between) > 24 or "\n" in between:
            continue
        if (
            one.fen < other.fen <= 5 * one.fen
            and _GIVES.search(plain[max(one.start - 5, 0) : one.start])
            and _BRINGS.search(between)
        ):
            pairs.append(replace(token, concept="OUT_BACK", end=other.end))
    return pairs


def fees(reading: Reading, known: Sequence[Token]) -> list[Token]:
    """Return the fees named by their last character, beside the listed ones."""
    listed = (token for token in known if token.concept == "FEE")
    taken = {place for token in listed for place in range(token.start, token.end)}
    found: list[Token] = []
    for match in _SUFFIX.finditer(reading.plain):
        start, end = match.span()
        lead = _VERB_BEFORE.match(match.group())
        start += lead.end() if lead else 0
        if _NO_FEE.search(reading.plain[start:end]) or end - 1 in taken:
            continue
        found.append(Token("FEE", start, end, reading.clause_of(start), reading.sentence_of(start)))
    return found


def amounts_of(reading: Reading) -> list[tuple[Token, Amount]]:
    """Return the amounts of the text, each with its token."""
    return [
        (
            Token(
                "AMOUNT" if one.sure else "NUMBER",
                one.start,
                one.end,
                reading.clause_of(one.start),
                reading.sentence_of(one.start),
            ),
            one,
        )
        for one in amounts(reading.plain)
    ]


def with_sides(tokens: Sequence[Token]) -> list[Token]:
    """Return *tokens* with who does what to whom, as far as their clause tells.

    The subject is the nearest person or firm before the verb; what follows 给 or the verb is the
    receiver. Chinese leaves out what is plain: both stay empty then.
    """
    clauses: dict[int, list[Token]] = {}
    for token in tokens:
        clauses.setdefault(token.clause, []).append(token)
    done: list[Token] = []
    for clause in clauses.values():
        agents = [t for t in clause if t.concept in _AGENTS and not _asks(t, clause)]
        starts = [t.start for t in agents]
        for token in clause:
            if token.concept not in _VERBS:
                done.append(token)
                continue
            place = bisect_left(starts, token.start)
            by = ""
            if place and agents[place - 1].end <= token.start:
                by = "you" if agents[place - 1].concept == "YOU" else "them"
            to = ""
            near = [t for t in clause if token.start - 3 <= t.start <= token.end + 4]
            if any(t.concept == "TO_YOU" for t in near):
                to, by = "you", by if by == "them" else ""
            elif any(t.concept in ("US", "PRIVATE_PAYEE") for t in near):
                # 给我转一千: who receives does not pay, whoever else is named does.
                receives = place and agents[place - 1].concept == "SELF"
                to, by = "them", "" if receives else by
            done.append(replace(token, by=by, to=to))
    return sorted(done, key=lambda token: (token.start, -token.end))


def _asks(agent: Token, clause: Sequence[Token]) -> bool:
    """Tell whether an agent only says what another shall do: 客户说先交押金."""
    return any(token.concept == "SAYS" and token.start == agent.end for token in clause)


def payments(tokens: Sequence[Token]) -> list[Token]:
    """Return who pays what: `PER_PAY`, `PAYS_FEE`, `PAYS_FIRST`, and `RENTED` beside its terms."""
    found: list[Token] = []
    concepts = by_concept(tokens)
    clauses: dict[int, list[Token]] = {}
    for token in tokens:
        clauses.setdefault(token.clause, []).append(token)
    for number, clause in clauses.items():
        own = by_concept(clause)
        found.extend(_per_piece(own))
        near = by_concept(
            [
                t
                for n in (number - 1, number, number + 1)
                for t in clauses.get(n, ())
                if n == number or t.sentence == clause[0].sentence
            ]
        )
        found.extend(_fee_paid(own))
        found.extend(_paid_first(own, near))
    return found + rented(concepts)


def rented(offer: dict[str, list[Token]]) -> list[Token]:
    """Return `RENTED` at each deposit on a named thing with its terms, to no private person.

    A rental deposit is honest where the thing is named and the words say how it comes back or who
    holds it: a contract, a receipt, a shop, a platform.
    """
    live = {
        name: [t for t in offer.get(name, ()) if not t.denied]
        for name in ("RENT", "OBJECT", "TERMS", "RECEIPT", "PRIVATE_PAYEE", "DEPOSIT")
    }
    if live["PRIVATE_PAYEE"] or not (live["RENT"] or (live["OBJECT"] and live["TERMS"])):
        return []
    if not (live["TERMS"] or live["RECEIPT"]):
        return []
    return [replace(token, concept="RENTED") for token in live["DEPOSIT"]]


def _per_piece(own: dict[str, list[Token]]) -> list[Token]:
    """Return `PER_PAY` where a sum stands beside what it is paid for: 一条一块五, 80一位."""
    money = own.get("AMOUNT", []) + own.get("NUMBER", [])
    return [
        replace(each, concept="PER_PAY", start=min(each.start, m.start), end=max(each.end, m.end))
        for each in own.get("EACH_PAY", ())
        for m in money
        if 0 <= m.start - each.end <= 5 or 0 <= each.start - m.end <= 2
    ]


def _fee_paid(own: dict[str, list[Token]]) -> list[Token]:
    """Return `PAYS_FEE` where a clause names a fee with its sum or verb, unless others pay it."""
    paid: list[Token] = []
    for fee in own.get("FEE", []):
        if fee.denied:
            continue
        verbs = [v for v in own.get("PAY", []) + own.get("FRONT", []) if not v.denied]
        if any(v.denied for v in own.get("PAY", [])) and not verbs:
            continue
        money = own.get("AMOUNT", []) + own.get("NUMBER", [])
        asked = own.get("ASKED", [])
        if not (verbs or money or asked):
            continue
        if verbs and all(v.by == "them" and v.to != "them" for v in verbs):
            continue
        if own.get("FROM_PAY") or (own.get("TO_YOU") and not verbs):
            continue
        last = max([fee, *verbs[:1], *money[:1]], key=lambda t: t.end)
        first = min([fee, *verbs[:1]], key=lambda t: t.start)
        paid.append(replace(fee, concept="PAYS_FEE", start=first.start, end=last.end))
    return paid


def _paid_first(own: dict[str, list[Token]], near: dict[str, list[Token]]) -> list[Token]:
    """Return `PAYS_FIRST` where a clause makes the worker pay before there is any pay."""
    money = (
        own.get("AMOUNT", []) + own.get("NUMBER", []) + own.get("MONEY", []) + own.get("FEE", [])
    )
    money = [m for m in money if not m.denied]
    if not money:
        return []
    paid: list[Token] = []
    early = near.get("ADVANCE", []) + near.get("UNLOCK", [])
    for verb in own.get("PAY", []) + own.get("FRONT", []):
        if verb.denied or verb.by == "them" or verb.to == "you":
            continue
        first = any(not e.denied for e in own.get("ADVANCE", [])) or verb.concept == "FRONT"
        if not (first or (verb.to == "them" and early)):
            continue
        nearest = min(money, key=lambda m: abs(m.start - verb.end))
        if abs(nearest.start - verb.end) > 14:
            continue
        start, end = min(verb.start, nearest.start), max(verb.end, nearest.end)
        paid.append(replace(verb, concept="PAYS_FIRST", start=start, end=end))
    return paid
