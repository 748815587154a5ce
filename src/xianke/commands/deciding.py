"""Deciding whose rows of bills are: what `bills assign`, the review and `rules` share."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from xianke import assigning, lookup, money, payers, platforms
from xianke.commands import billing, clients, rulebook, settling
from xianke.commands.shell import number_of
from xianke.errors import NotFound, Refused
from xianke.i18n import _
from xianke.payers import Rule
from xianke.records import PRIVATE, BillRow
from xianke.render.bills import target_name

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
    """What a decision did: the rows as they stand now, and the rules that came of it.

    `others` are further rows that the rules have taken along, `more` how many they would take.
    """

    rows: tuple[BillRow, ...]
    target: str | None
    rules: tuple[Rule, ...] = ()
    others: tuple[BillRow, ...] = ()
    more: int = 0


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
    number = number_of(identity, "b")
    row = None if number is None else db.bill_row(number)
    if row is None:
        raise NotFound(_("没有编号「{id}」的进账").format(id=identity), _("用 xianke bills 看编号"))
    return row


def find_batch(db: store.Queries, identity: str) -> int:
    """Return the number of an import by `b3` or `3`; raise NotFound otherwise."""
    number = number_of(identity, "b")
    for batch in db.batches():
        if batch.id == number:
            return batch.id
    raise NotFound(
        _("没有编号「{id}」的导入").format(id=identity), _("导入的时候会写着是第几次，如 b3")
    )


def candidates(
    db: store.Queries, *, batch: int | None = None, everything: bool = False
) -> list[BillRow]:
    """Return the rows that wait for a decision, or with *everything* all whose texts are kept."""
    if not everything:
        return [row for row in db.bill_rows(batch=batch, unassigned=True) if can_be_assigned(row)]
    return [
        row for row in db.bill_rows(batch=batch) if can_be_assigned(row) or row.verdict == "pending"
    ]


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
    platform, _added = clients.resolve(db, catalogue, text, kind, now, new=new)
    return platform.id


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
    """Assign rows by the user's word and remember it; with *always* as rules of the user's own.

    With *sweep* these also take the rows that still wait. Raise Refused for a row that can belong
    to nobody, or where there is nothing a rule could hold on to.
    """
    made: tuple[Rule, ...] = ()
    if target is not None and always:
        made = _make_rules(db, desk(db), rows, target, now)
    elif target is not None:
        _learn(db, rows, target, now)
    touched: set[str] = set()
    for row in rows:
        touched |= billing.assign(db, row, target, "user")
    known = desk(db)
    settling.rebalance(db, known.catalogue, touched)
    more = taken_by(db, known, {rule.id for rule in made}) if made else []
    others = apply(db, known, more) if sweep else ()
    decided = Decided(_again(db, rows), target, made, others, 0 if sweep else len(more))
    db.subject = subject_of(decided, known.catalogue)
    return decided


def _again(db: store.Queries, rows: Iterable[BillRow]) -> tuple[BillRow, ...]:
    return tuple(row for one in rows if (row := db.bill_row(one.id)) is not None)


def subject_of(decided: Decided, catalogue: Catalogue) -> str:
    """Return what a decision was about, for `undo` to name."""
    everything = (*decided.rows, *decided.others)
    total = money.plain_yuan(sum(row.amount_fen for row in everything))
    name = target_name(decided.target, catalogue)
    return _("{name} {total}").format(name=name, total=total)


# Remembering


def _learn(db: store.Journal, rows: Sequence[BillRow], target: str, now: datetime) -> None:
    """Count one decision for each payer among the rows of which it is news."""
    news = [
        row
        for row in rows
        if billing.is_money_in(row) and (row.assigned, row.assigned_by) != (target, "user")
    ]
    for name in _names(news):
        known = rulebook.alike(db, "payer", name, "learned")
        earlier = None
        if known is not None and known.target is not None:
            earlier = payers.Learned(known.target, known.hits, known.misses)
        learned = payers.learn(earlier, target)
        values: rulebook.Values = {
            "target": learned.target,
            "confidence": learned.confidence,
            "hits": learned.hits,
            "misses": learned.misses,
        }
        if known is not None:
            db.update("rule", known.stored or 0, values)
        else:
            rulebook.insert(db, "payer", name, values, now, origin="learned")


def _names(rows: Iterable[BillRow]) -> list[str]:
    """Return the payers that can be told from others, each once."""
    names = {lookup.folded(row.counterparty): row.counterparty for row in rows}
    return [name for name in names.values() if payers.is_learnable(name)]


def _make_rules(
    db: store.Journal, known: Desk, rows: Sequence[BillRow], target: str, now: datetime
) -> tuple[Rule, ...]:
    """Store that rows like these always belong to *target*, and return the rules that say so.

    A shipped rule that proposes just that is made certain. A broad one only where the payer has
    no name to go by: it would take the money of everybody.
    """
    made: dict[str, Rule] = {}
    for row in {lookup.folded(row.counterparty): row for row in rows}.values():
        base = _base(db, known.proposal(row), target)
        named = payers.is_learnable(row.counterparty)
        sure: rulebook.Values = {"target": target, "confidence": payers.CERTAIN, "enabled": 1}
        if base is not None and not (base.broad and named):
            rule = rulebook.override(db, base, sure, now)
        elif named:
            present = rulebook.alike(db, "payer", row.counterparty, "user")
            if present is None:
                identity = rulebook.insert(db, "payer", row.counterparty, sure, now)
            else:
                db.update("rule", present.stored or 0, sure)
                identity = present.id
            rule = rulebook.find(db, identity)
        else:
            raise Refused(
                _("b{id} 没有可以认人的名字，记不成规则").format(id=row.id),
                _("按别的字认：xianke rules add 文字 平台；或者不加 --always"),
            )
        made[rule.id] = rule
    return tuple(made.values())


def _base(db: store.Queries, proposal: Proposal | None, target: str) -> Rule | None:
    """Return the shipped rule that a proposal came from, if it proposes *target*."""
    if proposal is None or proposal.target != target:
        return None
    by_id = {rule.id: rule for rule in rulebook.rules(db) if rule.is_shipped}
    return by_id.get(proposal.rule)


# By rule


def taken_by(
    db: store.Queries, known: Desk, rules: Container[str] | None = None
) -> list[tuple[BillRow, Proposal]]:
    """Return the waiting rows that would be assigned without asking, by any rule or by *rules*.

    Rows that nobody understood are left to a person.
    """
    found = []
    for row in candidates(db):
        proposal = known.proposal(row)
        if proposal is None or not proposal.is_sure or row.verdict == "unknown":
            continue
        if rules is None or proposal.rule in rules:
            found.append((row, proposal))
    return found


def apply(
    db: store.Journal, known: Desk, found: Iterable[tuple[BillRow, Proposal]]
) -> tuple[BillRow, ...]:
    """Assign rows as their proposals say, and return them as they stand now."""
    touched: set[str] = set()
    rows = []
    for row, proposal in found:
        touched |= billing.assign(db, row, proposal.target, "rule")
        rows.append(row)
    settling.rebalance(db, known.catalogue, touched)
    return _again(db, rows)
