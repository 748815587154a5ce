"""Books to export: single records with plain defaults, and random ones that hold together."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from xianke import gigs
from xianke.exporters.book import WALLETS, Book
from xianke.records import GIG_STATUSES, Gig, Payout, Settlement, Spend, WriteOff

NAMES = {
    "xianyu": "闲鱼",
    "ali_zhongbao": "阿里众包",
    "own-1": "示例甲方",
    "a_1": "A 1",
    "a1": "A1",
}

EMPTY = Book((), (), (), (), (), NAMES, {"skill_service": "技能服务"}, {}, {})

HOSTILE = st.text(
    st.sampled_from("=+-@＝'\"\\;|(*!{}[]:,#^~%$ \t\r\n\x00\x1b\x85\u2028\u200b\u202e\u3000字a1￥"),
    max_size=12,
)
"""Notes and names as bills and the clumsy bring them."""


def gig(identity: int = 1, **changed: object) -> Gig:
    """Return a gig of 100 yuan, delivered, but for what is changed."""
    plain = Gig(
        id=identity,
        platform="xianyu",
        category="skill_service",
        day="2026-10-05",
        start_minute=None,
        orders=1,
        worked_minutes=None,
        unpaid_minutes=0,
        gross_fen=100_00,
        fee_fen=0,
        cost_fen=0,
        tax_fen=0,
        status="delivered",
        due=None,
        paid_day=None,
        rating=None,
        note=None,
    )
    return replace(plain, **changed)  # type: ignore[arg-type]  # whatever a test changes


def payout(identity: int = 1, **changed: object) -> Payout:
    """Return a payout of 60 yuan out of a bill, but for what is changed."""
    plain = Payout(identity, "2026-10-12", 60_00, "xianyu", "imported")
    return replace(plain, **changed)  # type: ignore[arg-type]  # whatever a test changes


def deposit(identity: int = 1, **changed: object) -> Spend:
    """Return a deposit of 300 yuan that is still out, but for what is changed."""
    plain = Spend(identity, "2026-10-01", "xianyu", 300_00, "deposit", None, None, None, None)
    return replace(plain, **changed)  # type: ignore[arg-type]  # whatever a test changes


_FIRST_DAY = date(2026, 9, 1)
_days = st.integers(0, 90).map(lambda later: (_FIRST_DAY + timedelta(later)).isoformat())
_platforms = st.sampled_from(sorted(NAMES))
_fen = st.integers(0, 50_00)


@st.composite
def books(draw: st.DrawFn) -> Book:
    """Return a random book in which nothing is settled or given up beyond what is owed."""
    done = [draw(_gigs(number)) for number in range(1, draw(st.integers(0, 6)) + 1)]
    open_fen = {one.id: gigs.receivable_fen(one) for one in done if one.status in gigs.EARNED}
    money: list[Payout] = []
    settled: list[Settlement] = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        parts: Counter[int] = Counter()
        for one in draw(
            st.lists(st.sampled_from(sorted(open_fen)), max_size=3) if open_fen else st.just([])
        ):
            part = draw(st.integers(0, open_fen[one]))
            parts[one] += part
            open_fen[one] -= part
        amount = sum(parts.values()) + draw(_fen)
        if amount:
            money.append(
                payout(number, day=draw(_days), amount_fen=amount, platform=draw(_platforms))
            )
            settled += [
                Settlement(len(settled) + place, number, one, part)
                for place, (one, part) in enumerate(parts.items(), 1)
                if part
            ]
    lost = [
        WriteOff(one, one, draw(_days), fen)
        for one, fen in open_fen.items()
        if fen and draw(st.booleans())
    ]
    return Book(
        gigs=done,
        payouts=money,
        settlements=settled,
        write_offs=lost,
        spends=[draw(_spends(number)) for number in range(1, draw(st.integers(0, 4)) + 1)],
        names={one: draw(HOSTILE) for one in NAMES},
        categories={"skill_service": draw(HOSTILE)},
        wallets={one.id: draw(st.sampled_from((*WALLETS, "ccb"))) for one in money},
        expected={},
        first=draw(st.none() | _days),
        last=draw(st.none() | _days),
    )


@st.composite
def _gigs(draw: st.DrawFn, number: int) -> Gig:
    status = draw(st.sampled_from(GIG_STATUSES))
    day = draw(_days)
    fee, tax, kept = draw(_fen), draw(_fen), draw(_fen)
    if status == "none_found":
        return gig(
            number,
            platform=draw(_platforms),
            day=day,
            worked_minutes=0,
            unpaid_minutes=draw(st.integers(1, 60)),
            gross_fen=0,
            fee_fen=0,
            cost_fen=draw(_fen),
            tax_fen=0,
            status=status,
            note=draw(st.none() | HOSTILE),
        )
    return gig(
        number,
        platform=draw(_platforms),
        category=draw(st.none() | st.just("skill_service")),
        day=day,
        start_minute=draw(st.none() | st.integers(0, 1439)),
        orders=draw(st.integers(1, 3)),
        worked_minutes=draw(st.none() | st.integers(0, 600)),
        unpaid_minutes=draw(st.integers(0, 60)),
        gross_fen=fee + tax + kept + draw(_fen),
        fee_fen=fee,
        cost_fen=draw(_fen),
        tax_fen=tax,
        kept_fen=kept,
        status=status,
        due=draw(st.none() | st.just((date.fromisoformat(day) + timedelta(9)).isoformat())),
        paid_day=day if status == "paid" else None,
        rating=draw(st.none() | st.integers(1, 5)),
        note=draw(st.none() | HOSTILE),
    )


@st.composite
def _spends(draw: st.DrawFn, number: int) -> Spend:
    kind = draw(st.sampled_from(("plain", "refund", "deposit")))
    day, amount = draw(_days), draw(st.integers(1, 300_00))
    back = kind == "deposit" and draw(st.booleans())
    return deposit(
        number,
        day=day,
        platform=draw(_platforms),
        amount_fen=amount,
        kind=kind,
        returned_day=(date.fromisoformat(day) + timedelta(draw(st.integers(0, 30)))).isoformat()
        if back
        else None,
        returned_fen=draw(st.integers(0, amount)) if back else None,
        note=draw(st.none() | HOSTILE),
    )
