"""The writing half of `owed` and `spend`: what is given up, paid, and paid back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from xianke import gigs, money, owed, platforms, settings, spends, store, when
from xianke.commands import recording, settling
from xianke.commands.shell import number_of
from xianke.errors import NotFound, NotUnderstood, Refused
from xianke.i18n import _
from xianke.platforms import Catalogue
from xianke.records import Gig, Spend
from xianke.spends import PayBack
from xianke.store.tables import Row


@dataclass(frozen=True, slots=True)
class Given:
    """What was given up: the rest of a gig's money, or a deposit."""

    id: str
    platform: str
    day: str
    fen: int


@dataclass(frozen=True, slots=True)
class Words:
    """A spend in the user's words; None where nothing was said."""

    platform: str
    amount: str
    at: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """A spend as it stands now, what was done to it, and how far the platform has paid back."""

    spend: Spend
    verb: Literal["paid", "returned", "removed"]
    pay_back: PayBack | None
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class Spends:
    """Everything that was paid for platforms, oldest first, and how far it has come back."""

    spends: tuple[Spend, ...]
    pay_backs: tuple[PayBack, ...]
    catalogue: Catalogue


def load() -> Spends:
    """Return all spends with the pay-back of each platform that has start-up costs."""
    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        found = db.spends()
        named = dict.fromkeys(one.platform for one in found)
        backs = [_pay_back(db, platform) for platform in named]
    return Spends(tuple(found), tuple(one for one in backs if one is not None), catalogue)


def _pay_back(db: store.Queries, platform: str) -> PayBack | None:
    return spends.pay_back(platform, db.spends(platform), db.gigs(platform=platform))


# What is given up


def write_off(identity: str) -> Given:
    """Give up the rest of a gig's money, or a deposit; refuse where nothing is out."""
    now = settings.now()
    today = now.date().isoformat()
    with store.write("owed.write_off", identity, now) as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        if identity[:1].lower() == "c":
            given = _lose_deposit(db, find(db, identity), today)
        else:
            gig = recording.find(db, identity)
            given = _lose_gig(db, gig, today)
            settling.rebalance(db, catalogue, [gig.platform], touched=[gig.id])
        db.subject = f"{given.id} {_name(catalogue, given.platform)} {money.plain_yuan(given.fen)}"
    return given


def _lose_gig(db: store.Journal, gig: Gig, today: str) -> Given:
    if gig.status not in gigs.EARNED:
        raise Refused(
            _("g{id} 是「{status}」的单，没有人欠钱").format(
                id=gig.id, status=gigs.status_names()[gig.status]
            ),
            _("看欠着的：xianke owed"),
        )
    claim = next(one for one in db.claims(gig.platform) if one.gig.id == gig.id)
    fen = owed.outstanding_fen(claim)
    if fen <= 0:
        raise Refused(_("g{id} 没有还欠着的钱").format(id=gig.id), _("看欠着的：xianke owed"))
    before = db.write_off_of(gig.id)
    if before is None:
        db.insert("write_off", {"gig_id": gig.id, "day": today, "amount_fen": fen})
    else:
        # The gig has been raised since; one gig is given up once, for all of it.
        db.update("write_off", before.id, {"day": today, "amount_fen": before.amount_fen + fen})
    return Given(f"g{gig.id}", gig.platform, gig.day, fen)


def _lose_deposit(db: store.Journal, spend: Spend, today: str) -> Given:
    _refuse_unless_out(spend)
    db.update("spend", spend.id, {"returned_day": today, "returned_fen": 0})
    return Given(f"c{spend.id}", spend.platform, spend.day, spend.amount_fen)


# What is paid and paid back


def pay(words: Words, *, deposit: bool) -> Done:
    """Store what was paid for a platform."""
    now = settings.now()
    fen = _amount(words.amount)
    day = _day(words.at)
    with store.write("spend.add", words.platform, now) as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        platform = platforms.find(catalogue, words.platform)
        spend = Spend(
            id=0,
            day=day.isoformat(),
            platform=platform.id,
            amount_fen=fen,
            kind="deposit" if deposit else "plain",
            returned_day=None,
            returned_fen=None,
            bill_row_id=None,
            note=" ".join((words.note or "").split()) or None,
        )
        row: Row = {
            "day": spend.day,
            "platform": spend.platform,
            "amount_fen": fen,
            "kind": spend.kind,
            "note": spend.note,
        }
        spend = replace(spend, id=db.insert("spend", row))
        db.subject = _subject(spend, catalogue)
        return Done(spend, "paid", _pay_back(db, platform.id), catalogue)


def give_back(identity: str, amount: str | None, at: str | None) -> Done:
    """Store that a deposit came back; what is missing of it is lost."""
    now = settings.now()
    # Nothing at all may have come back.
    fen = None if amount is None else _amount(amount, least=0)
    day = _day(at).isoformat()
    with store.write("spend.returned", identity, now) as db:
        spend = find(db, identity)
        _refuse_unless_out(spend)
        if day < spend.day:
            raise NotUnderstood(
                _("退回的日子 {day} 比付押金的 {paid} 还早").format(day=day, paid=spend.day),
                _("看看 --at 写得对不对"),
            )
        returned = spend.amount_fen if fen is None else fen
        if returned > spend.amount_fen:
            raise NotUnderstood(
                _("退回的 {fen} 比押金 {paid} 还多").format(
                    fen=money.yuan(returned), paid=money.yuan(spend.amount_fen)
                ),
                _("多出来的另外记：xianke payouts add"),
            )
        db.update("spend", spend.id, {"returned_day": day, "returned_fen": returned})
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        db.subject = _subject(spend, catalogue)
        spend = replace(spend, returned_day=day, returned_fen=returned)
        return Done(spend, "returned", None, catalogue)


def remove(identity: str) -> Done:
    """Remove a spend that was typed; refuse one that a bill shows."""
    with store.write("spend.rm", identity, settings.now()) as db:
        spend = find(db, identity)
        if spend.bill_row_id is not None:
            raise Refused(
                _("c{id} 是账单里的，不能单删").format(id=spend.id),
                _("改它的归属：xianke bills assign b{row} 私人").format(row=spend.bill_row_id),
            )
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        db.delete("spend", spend.id)
        db.subject = _subject(spend, catalogue)
        return Done(spend, "removed", None, catalogue)


def find(db: store.Queries, identity: str) -> Spend:
    """Return a spend by `c5` or `5`; raise NotFound otherwise."""
    number = number_of(identity, "c")
    spend = None if number is None else db.spend(number)
    if spend is None:
        raise NotFound(_("没有编号「{id}」的开支").format(id=identity), _("用 xianke spend 看编号"))
    return spend


def _refuse_unless_out(spend: Spend) -> None:
    if spend.kind != "deposit":
        raise Refused(
            _("c{id} 不是押金，不会退").format(id=spend.id),
            _("记错了就删掉重记：xianke spend rm c{id}").format(id=spend.id),
        )
    if spend.returned_day is not None:
        raise Refused(
            _("押金 c{id} 在 {day} 已经了结了").format(id=spend.id, day=spend.returned_day),
            _("记错了就删掉重记：xianke spend rm c{id}").format(id=spend.id),
        )


def _amount(text: str, least: int = 1) -> int:
    fen = money.parse(text, minimum_fen=-money.MAX_FEN)
    if fen < least:
        raise NotUnderstood(
            _("金额「{text}」要大于零").format(text=text), _("写付出去或退回来的钱，例如 199")
        )
    return fen


def _day(text: str | None) -> date:
    now = settings.now()
    day = now.date() if text is None else when.parse_day(text, now)
    if day > now.date():
        raise NotUnderstood(_("{day} 还没到").format(day=day), _("钱付了或退了再记"))
    return day


def _subject(spend: Spend, catalogue: Catalogue) -> str:
    name = _name(catalogue, spend.platform)
    return f"c{spend.id} {name} {money.plain_yuan(spend.amount_fen)}"


def _name(catalogue: Catalogue, platform: str) -> str:
    known = catalogue.platforms.get(platform)
    return platform if known is None else known.name
