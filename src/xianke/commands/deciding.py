"""Deciding whose rows of bills are: what `bills assign`, the review and `rules` share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from xianke import assigning, lookup, money, payers, platforms
from xianke.commands import billing, recording, settling
from xianke.errors import NotFound, NotUnderstood, Refused
from xianke.i18n import _
from xianke.records import PRIVATE, BillRow

if TYPE_CHECKING:
    from xianke import store
    from xianke.assigning import Book, Proposal
    from xianke.catalogue import Catalogue

NOBODY = "-"
"""What takes a decision back: the row belongs to nobody."""

_PRIVATE_WORDS = frozenset({PRIVATE, "私人", "自己", "自己的", "私事"})


@dataclass(frozen=True, slots=True)
class Desk:
    """What a decision needs to know: the catalogue, and what speaks for whom."""

    catalogue: Catalogue
    book: Book

    def proposal(self, row: BillRow) -> Proposal | None:
        """Return whose a stored row may be."""
        return assigning.propose(self.book, row, source_of(row))


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did: the rows as they stand now, and the rule that came of it.

    `others` are further rows that the rule has taken along.
    """

    rows: tuple[BillRow, ...]
    target: str | None
    rule: payers.Rule | None = None
    others: tuple[BillRow, ...] = ()


def desk(db: store.Queries) -> Desk:
    """Return what the store knows at this moment."""
    catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
    book = assigning.book(assigning.shipped(), db.rules(), catalogue, db.used_platforms())
    return Desk(catalogue, book)


def source_of(row: BillRow) -> str:
    """Return the kind of bill a stored row came from."""
    return row.account.partition(":")[0]


def can_be_assigned(row: BillRow) -> bool:
    """Return whether a row can belong to somebody at all."""
    return billing.is_money_in(row) or billing.is_refund_paid(row)


def find(db: store.Queries, identity: str) -> BillRow:
    """Return a row by `b12` or `12`; raise NotFound otherwise."""
    number = identity[1:] if identity[:1].lower() == "b" else identity
    row = None
    if number.isascii() and number.isdigit() and len(number) < 18:
        row = db.bill_row(int(number))
    if row is None:
        raise NotFound(_("没有编号「{id}」的进账").format(id=identity), _("用 xianke bills 看编号"))
    return row


def is_private(text: str) -> bool:
    """Return whether a word names the user's own affairs."""
    return lookup.folded(text) in _PRIVATE_WORDS


def target_of(
    db: store.Journal,
    catalogue: Catalogue,
    text: str,
    category: str | None,
    now: datetime,
    *,
    new: bool,
) -> str:
    """Return whom a word means: a platform, a client (added where *new* says so), or `private`."""
    if is_private(text):
        return PRIVATE
    kind = None if category is None else platforms.find_category(catalogue, category).id
    platform, _added = recording.resolve(db, catalogue, text, kind, now, new=new)
    return platform.id


def name_of(target: str | None, catalogue: Catalogue) -> str:
    """Return how a target is called."""
    if target is None:
        return _("没定")
    if target == PRIVATE:
        return _("私人")
    platform = catalogue.platforms.get(target)
    return target if platform is None else platform.name


# Deciding


def decide(
    db: store.Journal,
    rows: Sequence[BillRow],
    target: str | None,
    now: datetime,
    *,
    always: bool = False,
    sweep: bool = False,
) -> Decided:
    """Assign rows by the user's word and remember it; with *always* as a rule of the user's own.

    With *sweep* the new rule also takes the rows that still wait. Raise Refused for a row that
    can belong to nobody, or where there is nothing a rule could hold on to.
    """
    before = desk(db)
    rule = None
    if target is not None:
        if always:
            rule = _make_rules(db, before, rows, target, now)
        else:
            _learn(db, rows, target, now)
    touched: set[str] = set()
    for row in rows:
        touched |= billing.assign(db, row, target, "user")
    others: tuple[BillRow, ...] = ()
    after = desk(db)
    if rule is not None and sweep:
        others = tuple(row for row, _found in taken_by(db, after, {rule.id}))
        for row in others:
            touched |= billing.assign(db, row, target, "rule")
    settling.rebalance(db, after.catalogue, touched)
    decided = Decided(_again(db, rows), target, rule, _again(db, others))
    db.subject = subject_of(decided, after.catalogue)
    return decided


def _again(db: store.Queries, rows: Iterable[BillRow]) -> tuple[BillRow, ...]:
    return tuple(row for one in rows if (row := db.bill_row(one.id)) is not None)


def subject_of(decided: Decided, catalogue: Catalogue) -> str:
    """Return what a decision was about, for `undo` to name."""
    everything = (*decided.rows, *decided.others)
    total = money.plain_yuan(sum(row.amount_fen for row in everything))
    name = name_of(decided.target, catalogue)
    return _("{name} {total}").format(name=name, total=total)


def taken_by(
    db: store.Queries, known: Desk, rules: set[str] | None = None
) -> list[tuple[BillRow, Proposal]]:
    """Return the waiting rows that would be assigned without asking, by any rule or by *rules*.

    Rows that nobody understood are left to a person, whatever a shipped rule says of them.
    """
    found = []
    for row in waiting(db):
        proposal = known.proposal(row)
        if proposal is None or not proposal.is_sure or row.verdict == "unknown":
            continue
        if rules is None or proposal.rule in rules:
            found.append((row, proposal))
    return found


def waiting(db: store.Queries) -> list[BillRow]:
    """Return the rows that wait for a decision, oldest first."""
    return [row for row in db.bill_rows(unassigned=True) if can_be_assigned(row)]


# Remembering


def _learn(db: store.Journal, rows: Sequence[BillRow], target: str, now: datetime) -> None:
    """Count one decision for each payer among the rows of which it is news."""
    news = [
        row
        for row in rows
        if billing.is_money_in(row) and (row.assigned, row.assigned_by) != (target, "user")
    ]
    for name in _names(news):
        known = _stored(db, "payer", name, "learned")
        earlier = None
        if known is not None and known.target is not None:
            earlier = payers.Learned(known.target, known.hits, known.misses)
        learned = payers.learn(earlier, target)
        values = {
            "target": learned.target,
            "confidence": learned.confidence,
            "hits": learned.hits,
            "misses": learned.misses,
        }
        if known is not None:
            db.update("rule", known.id, values)
        else:
            new_rule(db, "payer", name, values, now, origin="learned")


def _names(rows: Iterable[BillRow]) -> list[str]:
    """Return the payers that can be told from others, each once."""
    names = {lookup.folded(row.counterparty): row.counterparty for row in rows}
    return [name for name in names.values() if payers.is_learnable(name)]


def _make_rules(
    db: store.Journal, known: Desk, rows: Sequence[BillRow], target: str, now: datetime
) -> payers.Rule | None:
    """Store that rows like these always belong to *target*; return the (last) rule.

    A shipped rule that proposes just that is made certain. A broad one only where the payer has
    no name to go by: it would take the money of everybody.
    """
    identity = None
    for row in {lookup.folded(row.counterparty): row for row in rows}.values():
        proposal = known.proposal(row)
        base = _base(known, proposal, target)
        named = payers.is_learnable(row.counterparty)
        if base is not None and not (base.broad and named):
            identity = override(db, base, {"target": target, "enabled": 1}, now)
        elif named:
            present = _stored(db, "payer", row.counterparty, "user")
            values: dict[str, str | int | None] = {"target": target, "enabled": 1}
            if present is not None:
                db.update("rule", present.id, values)
                identity = f"r{present.id}"
            else:
                identity = new_rule(db, "payer", row.counterparty, values, now)
        else:
            raise Refused(
                _("b{id} 没有可以认人的名字，记不成规则").format(id=row.id),
                _("按别的字认：xianke rules add 文字 平台；或者不加 --always"),
            )
    return None if identity is None else rule_of(db, identity)


def _base(known: Desk, proposal: Proposal | None, target: str) -> payers.Rule | None:
    if proposal is None or proposal.target != target:
        return None
    return next((rule for rule in assigning.shipped() if rule.id == proposal.rule), None)


def _stored(db: store.Queries, kind: str, text: str, origin: str) -> payers.Rule | None:
    """Return the user's or learned rule for a text, or None."""
    wanted = lookup.folded(text)
    for rule in payers.rules((), db.rules()):
        if (rule.field, lookup.folded(rule.text), rule.origin) == (kind, wanted, origin):
            return rule
    return None
