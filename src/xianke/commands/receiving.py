"""The writing half of `payouts`: money typed, decided about, and explained by gigs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from xianke import gigs, money, payouts, platforms, settings, store, unexplained, when
from xianke.catalogue import Catalogue
from xianke.commands import settling
from xianke.commands.recording import find as find_gig
from xianke.commands.shell import number_of
from xianke.errors import Conflict, NotFound, NotUnderstood, Refused
from xianke.i18n import _
from xianke.records import Claim, Gig, Payout, Receipt
from xianke.unexplained import Explanation


@dataclass(frozen=True, slots=True)
class Received:
    """One payout as it stands, what of it settles which gig, and whether that is sure.

    Not known to be sure or not (None) where it settles nothing.
    """

    payout: Payout
    shares: tuple[tuple[int, int], ...]
    sure: bool | None

    @property
    def settled_fen(self) -> int:
        """Return how much of it settles gigs."""
        return sum(fen for _gig, fen in self.shares)

    @property
    def unexplained_fen(self) -> int:
        """Return how much of it settles nothing yet."""
        return self.payout.amount_fen - self.settled_fen


def find(db: store.Queries, identity: str) -> Payout:
    """Return a payout by `p12` or `12`; raise NotFound otherwise."""
    number = number_of(identity, "p")
    payout = None if number is None else db.payout(number)
    if payout is None:
        raise NotFound(
            _("没有编号「{id}」的到账").format(id=identity), _("用 xianke payouts 看编号")
        )
    return payout


def received(
    db: store.Queries, catalogue: Catalogue, receipts: Sequence[Receipt]
) -> list[Received]:
    """Return payouts with what each settles, in the order they came in."""
    shares: dict[int, list[tuple[int, int]]] = {}
    names = {one.payout.platform for one in receipts}
    # Of one platform the rows of that one alone are read.
    for row in db.settlements(next(iter(names)) if len(names) == 1 else None):
        shares.setdefault(row.payout_id, []).append((row.gig_id, row.amount_fen))
    matched = {
        name: settling.match(settling.read(db, name), catalogue, name).uses
        for name in {one.payout.platform for one in receipts if one.payout.gig_id is None}
    }
    found = []
    for one in receipts:
        payout = one.payout
        use = matched.get(payout.platform, {}).get(payout.id)
        sure: bool | None = True if use is None else use.sure
        mine = tuple(sorted(shares.get(payout.id, ())))
        found.append(Received(payout, mine, sure if mine or payout.fixed else None))
    return found


def _one(db: store.Queries, catalogue: Catalogue, payout_id: int) -> Received:
    payout = db.payout(payout_id)
    assert payout is not None  # it was written a moment ago
    (found,) = received(db, catalogue, [Receipt(payout, 0)])
    return found


# Typing what came


@dataclass(frozen=True, slots=True)
class Words:
    """A payout in the user's words."""

    platform: str
    amount: str
    at: str | None
    note: str | None


def add(words: Words) -> Received:
    """Store money that came without a bill; it may settle gigs, or be known from a bill already."""
    now = settings.now()
    with store.write("payout.add", words.platform, now) as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        platform = platforms.find(catalogue, words.platform)
        day = now.date() if words.at is None else when.parse_day(words.at, now)
        if day > now.date():
            raise NotUnderstood(
                _("{day} 还没到").format(day=day.isoformat()), _("钱到了再记；没到的看 xianke owed")
            )
        fen = money.parse(words.amount, minimum_fen=1)
        payout = db.insert(
            "payout",
            {
                "day": day.isoformat(),
                "amount_fen": fen,
                "platform": platform.id,
                "source": "typed",
                "note": " ".join((words.note or "").split()) or None,
            },
        )
        settling.rebalance(db, catalogue, {platform.id})
        db.subject = f"p{payout} {platform.name} {money.plain_yuan(fen)}"
        return _one(db, catalogue, payout)


def remove(identity: str) -> Payout:
    """Remove a payout that was typed; what it settled is owed again."""
    with store.write("payout.rm", identity, settings.now()) as db:
        payout = find(db, identity)
        _refuse_word(payout)
        if payout.source == "imported":
            raise Refused(
                _("p{id} 是账单里的一笔，不能删").format(id=payout.id),
                _("认错了人：xianke bills assign b{row}；整个导入：xianke undo").format(
                    row=payout.bill_row_id
                ),
            )
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        db.unsettle(payout)
        db.delete("payout", payout.id)
        settling.rebalance(db, catalogue, {payout.platform})
        db.subject = _subject(payout, catalogue)
    return payout


def _refuse_word(payout: Payout) -> None:
    """Refuse to touch a payout that only repeats what the user said of a gig."""
    if payout.gig_id is not None:
        raise Refused(
            _("p{id} 是 g{gig} 记成已收款的那笔钱，跟着那单走").format(
                id=payout.id, gig=payout.gig_id
            ),
            _("没收到就 xianke gigs edit g{gig} --status delivered").format(gig=payout.gig_id),
        )


def _subject(payout: Payout, catalogue: Catalogue) -> str:
    known = catalogue.platforms.get(payout.platform)
    name = known.name if known is not None else payout.platform
    return f"p{payout.id} {name} {money.plain_yuan(payout.amount_fen)}"


# Deciding what it settles


def settle(identity: str, wanted: Sequence[str]) -> Received:
    """Let a payout settle the gigs of these ids, in their order, or none; matching leaves it so."""
    with store.write("payout.settle", identity, settings.now()) as db:
        payout = _to_decide(db, identity)
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        chosen = list({gig.id: gig for gig in (find_gig(db, one) for one in wanted)}.values())
        book = settling.read(db, payout.platform)
        amounts = _amounts(book, payout, chosen)
        db.unsettle(payout)
        db.update("payout", payout.id, {"fixed": True})
        for gig_id, fen in amounts.items():
            db.insert("settlement", {"payout_id": payout.id, "gig_id": gig_id, "amount_fen": fen})
        settling.rebalance(db, catalogue, {payout.platform})
        db.subject = _subject(payout, catalogue)
        return _one(db, catalogue, payout.id)


def confirm(identity: str) -> Received:
    """Let a payout settle for good what matching has found."""
    with store.write("payout.settle", identity, settings.now()) as db:
        payout = _to_decide(db, identity)
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        db.update("payout", payout.id, {"fixed": True})
        settling.rebalance(db, catalogue, {payout.platform})
        db.subject = _subject(payout, catalogue)
        return _one(db, catalogue, payout.id)


def release(identity: str) -> Received:
    """Give a payout back to matching."""
    with store.write("payout.settle", identity, settings.now()) as db:
        payout = find(db, identity)
        _refuse_word(payout)
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        db.update("payout", payout.id, {"fixed": False})
        settling.rebalance(db, catalogue, {payout.platform})
        db.subject = _subject(payout, catalogue)
        return _one(db, catalogue, payout.id)


def _to_decide(db: store.Queries, identity: str) -> Payout:
    payout = find(db, identity)
    _refuse_word(payout)
    if payout.replaced_by is not None:
        other = db.payout(payout.replaced_by)
        if other is not None and not other.fixed:
            raise Conflict(
                _("p{id} 和账单里的 p{other} 是同一笔").format(id=payout.id, other=other.id),
                _("xianke payouts settle p{other} …；真是两笔，之后再定 p{id}").format(
                    id=payout.id, other=other.id
                ),
            )
    return payout


def available_fen(book: settling.Book, claim: Claim, but: int, *, decided_only: bool) -> int:
    """Return what of a gig is open to one payout: what others do not settle, or did not decide."""
    others = {one.id for one in book.payouts if one.id != but and (one.fixed or not decided_only)}
    taken = sum(
        row.amount_fen
        for row in book.settlements
        if row.gig_id == claim.gig.id and row.payout_id in others
    )
    return gigs.receivable_fen(payouts.stated(claim.gig)) - claim.written_off_fen - taken


def _amounts(book: settling.Book, payout: Payout, chosen: Sequence[Gig]) -> dict[int, int]:
    """Return how much of each gig the payout settles; raise where one of them cannot be."""
    claims = {claim.gig.id: claim for claim in book.claims}
    open_fen = {}
    for gig in chosen:
        if gig.platform != payout.platform:
            raise Refused(
                _("g{gig} 不是这家的单").format(gig=gig.id),
                _("先改单：xianke gigs edit g{gig} --platform …").format(gig=gig.id),
            )
        if gig.id not in claims:
            raise Refused(
                _("g{gig} 还没交，或者没成").format(gig=gig.id),
                _("交了就 xianke gigs edit g{gig} --status delivered").format(gig=gig.id),
            )
        open_fen[gig.id] = available_fen(book, claims[gig.id], payout.id, decided_only=True)
        if open_fen[gig.id] <= 0:
            raise Refused(
                _("g{gig} 没有要收的钱了").format(gig=gig.id),
                _("xianke gigs show g{gig} 看它的金额和状态").format(gig=gig.id),
            )
    total = sum(open_fen.values())
    if payout.amount_fen < total and payouts.is_near(payout.amount_fen, total):
        missing = payouts.spread(total - payout.amount_fen, list(open_fen.values()))
        return {
            gig: fen - less
            for (gig, fen), less in zip(open_fen.items(), missing, strict=True)
            if fen > less
        }
    amounts = {}
    rest = payout.amount_fen
    for gig_id, fen in open_fen.items():
        if rest == 0:
            raise Refused(
                _("p{id} 的 {amount} 付不到 g{gig}").format(
                    id=payout.id, amount=money.yuan(payout.amount_fen), gig=gig_id
                ),
                _("少选一单，或者换个先后"),
            )
        amounts[gig_id] = min(rest, fen)
        rest -= amounts[gig_id]
    return amounts


# Explaining what is left by gigs


def plan(db: store.Queries, platform: str | None = None) -> list[Explanation]:
    """Return the gigs that would explain all money that settles nothing, oldest first."""
    receipts: dict[str, list[Receipt]] = {}
    for one in db.payouts(platform=platform):
        if one.payout.gig_id is None:
            receipts.setdefault(one.payout.platform, []).append(one)
    waiting = [gig for gig in db.gigs(platform=platform, status="accepted") if not gig.gross_fen]
    found = []
    for name in sorted(receipts):
        mine = [gig for gig in waiting if gig.platform == name]
        found += unexplained.explain(receipts[name], mine)
    return sorted(found, key=lambda one: (one.day, one.platform))


def explain(
    platform: str | None, expected: Sequence[Explanation], minutes: Mapping[int, int]
) -> list[Gig]:
    """Make the expected gigs, with the minutes given for them by their place, as one entry.

    Return them as they stand. Raise Conflict where the store has changed since they were shown.
    """
    now = settings.now()
    with store.write("payout.explain", "", now) as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        if plan(db, platform) != list(expected):
            raise Conflict(_("刚才又有别的改动，什么也没记"), _("再来一次：xianke payouts explain"))
        made = []
        for place, one in enumerate(expected):
            gig_id = _made(db, catalogue, one, minutes.get(place))
            made.append(gig_id)
            for payout, fen in one.parts:
                db.insert("settlement", {"payout_id": payout, "gig_id": gig_id, "amount_fen": fen})
        names = {one.platform for one in expected}
        for name in names:
            mine = [one for one in expected if one.platform == name]
            _decide_together(db, name, {payout for one in mine for payout, _fen in one.parts})
        settling.rebalance(db, catalogue, names, made)
        db.subject = _("、").join(f"g{gig_id}" for gig_id in made)
        return [gig for gig_id in made if (gig := db.gig(gig_id)) is not None]


def _made(db: store.Journal, catalogue: Catalogue, one: Explanation, minutes: int | None) -> int:
    """Store one gig as delivered; that its money came, the payouts say."""
    if one.gig is not None:
        gross = one.fen + one.gig.fee_fen + one.gig.tax_fen
        db.update("gig", one.gig.id, {"gross_fen": gross, "status": "delivered"})
        return one.gig.id
    known = catalogue.platforms.get(one.platform)
    return db.insert(
        "gig",
        {
            "platform": one.platform,
            "category": (known.category or None) if known is not None else None,
            "day": one.day,
            "orders": 1,
            "worked_minutes": minutes,
            "unpaid_minutes": 0,
            "gross_fen": one.fen,
            "fee_fen": 0,
            "cost_fen": 0,
            "tax_fen": 0,
            "status": "delivered",
            "note": _("按 {week} 的到账补记").format(week=one.week),
        },
    )


def _decide_together(db: store.Journal, platform: str, explained: Collection[int]) -> None:
    """Keep what explained payouts settle, and with them those that settle the same gigs.

    Otherwise matching would look at the rest of such a gig as if it were a whole one.
    """
    rows = db.settlements(platform)
    known = {one.payout.id: one.payout for one in db.payouts(platform=platform)}
    decided = set(explained)
    while True:
        shared = {row.gig_id for row in rows if row.payout_id in decided}
        more = {
            row.payout_id
            for row in rows
            if row.gig_id in shared
            and row.payout_id not in decided
            and row.payout_id in known
            and known[row.payout_id].gig_id is None
        }
        if not more:
            break
        decided |= more
    for payout in sorted(decided):
        db.update("payout", payout, {"fixed": True})
