"""The writing half of `rules`: the user's own rules, and what the user changes of shipped ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from xianke import lookup, payers
from xianke.errors import Conflict, NotFound, Refused
from xianke.i18n import _
from xianke.payers import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xianke import store

Values = dict[str, str | int | None]


def rules(db: store.Queries) -> tuple[Rule, ...]:
    """Return all rules as they hold now."""
    return payers.rules(payers.shipped(), db.rules())


def find(db: store.Queries, identity: str) -> Rule:
    """Return a rule by its id, `r3`, `3` or `wage`; raise NotFound otherwise."""
    wanted = lookup.folded(identity)
    for rule in rules(db):
        if wanted in (rule.id, rule.id.removeprefix("r") if not rule.is_shipped else rule.id):
            return rule
    raise NotFound(_("没有编号「{id}」的规则").format(id=identity), _("用 xianke rules 看编号"))


def alike(db: store.Queries, kind: payers.Field, text: str, origin: payers.Origin) -> Rule | None:
    """Return the own or learned rule that looks for the same text at the same place, or None."""
    wanted = (kind, lookup.folded(text), origin)
    for rule in rules(db):
        if not rule.is_shipped and (rule.field, lookup.folded(rule.text), rule.origin) == wanted:
            return rule
    return None


def add(
    db: store.Journal, kind: payers.Field, text: str, target: str | None, now: datetime
) -> Rule:
    """Store a rule of the user's own; raise Conflict where the same text has one already."""
    plain = payers.check_text(kind, text)
    present = alike(db, kind, plain, "user")
    if present is not None:
        raise Conflict(
            _("「{text}」已经有规则了（{id}）").format(text=plain, id=present.id),
            _("要改：xianke rules edit {id} --target 平台").format(id=present.id),
        )
    return find(db, insert(db, kind, plain, {"target": target}, now))


def insert(
    db: store.Journal,
    kind: payers.Field,
    text: str,
    values: Mapping[str, str | int | None],
    now: datetime,
    *,
    origin: Literal["user", "learned"] = "user",
) -> str:
    """Store one rule as it is and return its id."""
    row: Values = {
        "field": kind,
        "text": " ".join(text.split()),
        "target": None,
        "confidence": payers.CERTAIN,
        "origin": origin,
        "hits": 0,
        "misses": 0,
        "enabled": 1,
        "added_on": now.date().isoformat(),
        **values,
    }
    return f"r{db.insert('rule', row)}"


def override(db: store.Journal, rule: Rule, values: Values, now: datetime) -> Rule:
    """Store what the user changes of a shipped rule; the rest of it stays as it came."""
    now_so: Values = {
        "target": rule.target,
        "confidence": rule.confidence,
        "enabled": int(rule.enabled),
        **values,
    }
    came = next(one for one in payers.shipped() if one.id == rule.id)
    if now_so == {"target": came.target, "confidence": came.confidence, "enabled": 1}:
        # It is again as it came: nothing of the user's is left to remember.
        if rule.stored is not None:
            db.delete("rule", rule.stored)
    elif rule.stored is not None:
        db.update("rule", rule.stored, now_so)
    else:
        insert(db, rule.field, rule.text, {"base": rule.id, **now_so}, now)
    return find(db, rule.id)


@dataclass(frozen=True, slots=True)
class Changes:
    """What `rules edit` shall change; None leaves a thing as it is, `asks` empties the target."""

    text: str | None = None
    field: payers.Field | None = None
    target: str | None = None
    asks: bool = False
    enabled: bool | None = None


def edit(db: store.Journal, rule: Rule, changes: Changes, now: datetime) -> Rule:
    """Change a rule. One that was learned becomes the user's own by it.

    Raise Refused for the text of a shipped rule: the rest of it was written for that text.
    """
    values: Values = {}
    if changes.target is not None or changes.asks:
        values |= {"target": changes.target, "confidence": payers.CERTAIN}
    if changes.enabled is not None:
        values["enabled"] = int(changes.enabled)
    if rule.is_shipped:
        if changes.text is not None or changes.field is not None:
            raise Refused(
                _("「{id}」是自带的规则，文字不能改").format(id=rule.id),
                _("关掉它：xianke rules rm {id}；再添自己的：xianke rules add 文字 平台").format(
                    id=rule.id
                ),
            )
        return override(db, rule, values, now)
    kind = changes.field or rule.field
    text = payers.check_text(kind, changes.text or rule.text)
    present = alike(db, kind, text, "user")
    if present is not None and present.id != rule.id:
        raise Conflict(
            _("「{text}」已经有规则了（{id}）").format(text=text, id=present.id),
            _("要改：xianke rules edit {id} --target 平台").format(id=present.id),
        )
    db.update(
        "rule",
        rule.stored or 0,
        {"origin": "user", "confidence": payers.CERTAIN, **values, "field": kind, "text": text},
    )
    return find(db, rule.id)


def remove(db: store.Journal, rule: Rule, now: datetime) -> Rule:
    """Forget an own or learned rule; a shipped one is switched off. Return what it is or was."""
    if rule.is_shipped:
        return override(db, rule, {"enabled": 0}, now)
    db.delete("rule", rule.stored or 0)
    return rule
