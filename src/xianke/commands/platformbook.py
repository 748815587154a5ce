"""The writing half of `platforms`: own platforms and findings, one transaction each."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from xianke import fact_words, lookup, ownrecord, platforms, settings, store
from xianke.errors import Conflict, NotUnderstood, Refused
from xianke.i18n import _
from xianke.records import Evidence

if TYPE_CHECKING:
    from xianke.platforms import Catalogue, Platform, Standing
    from xianke.rankings import Ranking
    from xianke.records import Outcome

OWN_FIELDS = ("name", "category", "note")
"""What can be edited of a platform of the user's own, besides the facts."""

CLEAR = "-"
"""What empties a category or a note."""

OWN_KINDS = ("own", "client")


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit did: the field with its old and new value, and how the platform stands now.

    The rankings are its places in the advice, None where there is nothing to advise on yet.
    """

    field: str
    before: str | None
    after: str | None
    platform: Platform
    standing_before: Standing
    standing: Standing
    unset: bool = False
    ranking_before: Ranking | None = None
    ranking: Ranking | None = None


def known(db: store.Queries) -> Catalogue:
    """Return the catalogue with what the store adds to it."""
    return platforms.catalogue(db.own_platforms(), db.evidence())


def judged(db: store.Queries, today: date, platform: str | None = None) -> Catalogue:
    """Return the catalogue with what the store adds to it, own experience among it.

    With *platform*, experience with that one alone.
    """
    spends = db.spends(platform)
    return platforms.with_own_records(known(db), outcomes(db, today, platform), spends)


def outcomes(db: store.Queries, today: date, platform: str | None = None) -> list[Outcome]:
    """Return how the gigs ended that count today in what a platform is worth."""
    first = today - timedelta(days=ownrecord.RECORD_DAYS)
    return db.outcomes(first.isoformat(), today.isoformat(), platform)


def add(text: str, *, category: str | None, client: bool, note: str | None) -> Platform:
    """Store a platform or private client of the user's own; raise Conflict for a known name."""
    name = lookup.readable(text)
    if not name:
        raise NotUnderstood(_("名字是空的"), _("例如 xianke platforms add 王阿姨 --client"))
    now = settings.now()
    with store.write("platform.add", name, now) as db:
        catalogue = known(db)
        _refuse_known(catalogue, name)
        identity = platforms.own_id(name, catalogue.platforms)
        row = {
            "id": identity,
            "name": name,
            "kind": "client" if client else "platform",
            "category": None
            if category is None
            else platforms.find_category(catalogue, category).id,
            "note": lookup.readable(note or "") or None,
            "added_on": now.date().isoformat(),
        }
        db.insert("own_platform", row)
        return known(db).platforms[identity]


def _refuse_known(catalogue: Catalogue, name: str, but: str | None = None) -> None:
    present = platforms.named(catalogue, name)
    if present is None or present.id == but:
        return
    if present.kind in OWN_KINDS:
        raise Conflict(
            _("「{name}」已经添过了（{id}）").format(name=name, id=present.id),
            _("要改：xianke platforms edit {id} note 备注").format(id=present.id),
        )
    raise Conflict(
        _("目录里已经有「{name}」：{known}（{id}）").format(
            name=name, known=present.name, id=present.id
        ),
        _("直接用它，或换一个叫法；看它：xianke platforms show {id}").format(id=present.id),
    )


def edit(identity: str, field: str, value: str, note: str | None) -> Edited:
    """Write down what the user found out about a platform, or change an own one."""
    now = settings.now()
    kind = fact_words.field_of(field) or ""
    if kind not in OWN_FIELDS:
        kind, value = platforms.check_finding(field, value)
    elif note is not None:
        raise NotUnderstood(
            _("改「{name}」的时候不能写 --note").format(name=field),
            _("备注另改：xianke platforms edit {id} note 备注").format(id=identity),
        )
    today = now.date()
    with store.write("platform.edit", identity, now) as db:
        before = judged(db, today, identity).platforms[identity]
        db.subject = f"{before.name} {fact_words.fact_name(kind)}"
        city = db.profile().get("city")
        if kind in OWN_FIELDS:
            old, new = _edit_own(db, before, kind, value)
        else:
            old, new = before.fact(kind).value, value
            day, remark = today.isoformat(), lookup.readable(note or "") or None
            _write_finding(db, Evidence(0, identity, kind, value, day, remark))
        after = judged(db, today, identity).platforms[identity]
    return Edited(
        kind,
        old,
        new,
        after,
        platforms.standing(before, today, city),
        platforms.standing(after, today, city),
    )


def unset(identity: str, field: str) -> Edited:
    """Take back what the user found out about one fact, so that the catalogue's word counts.

    Raise Refused where nothing was found out, and NotUnderstood for what is no fact.
    """
    name = fact_words.field_of(field) or ""
    if name in OWN_FIELDS:
        raise NotUnderstood(
            _("{field}不是查到的事实，不能用 --unset").format(field=fact_words.fact_name(name)),
            _("清空：xianke platforms edit {id} {field} -").format(id=identity, field=name),
        )
    name = platforms.check_field(field)
    now = settings.now()
    today = now.date()
    with store.write("platform.edit", identity, now) as db:
        before = judged(db, today, identity).platforms[identity]
        db.subject = f"{before.name} {fact_words.fact_name(name)}"
        own = [one for one in db.evidence() if (one.platform, one.field) == (identity, name)]
        if not own:
            raise Refused(
                _("「{name}」的{field}你没有自己记过").format(
                    name=before.name, field=fact_words.fact_name(name)
                ),
                _("看它现在是谁说的：xianke platforms show {id}").format(id=identity),
            )
        for finding in own:
            db.delete("evidence", finding.id)
        city = db.profile().get("city")
        after = judged(db, today, identity).platforms[identity]
    return Edited(
        name,
        before.fact(name).value,
        after.fact(name).value,
        after,
        platforms.standing(before, today, city),
        platforms.standing(after, today, city),
        unset=True,
    )


def _write_finding(db: store.Journal, finding: Evidence) -> None:
    where = (finding.platform, finding.field)
    same = [one for one in db.evidence() if (one.platform, one.field) == where]
    if same and replace(same[-1], id=0) == finding:
        # Said once today is enough.
        return
    row = asdict(finding)
    del row["id"]
    db.insert("evidence", row)


def _edit_own(
    db: store.Journal, platform: Platform, field: str, value: str
) -> tuple[str | None, str | None]:
    """Change the name, category or note of an own platform; return it as it was and as it is."""
    if platform.kind not in OWN_KINDS:
        raise Refused(
            _("「{name}」是目录里的，{field}不能改").format(
                name=platform.name, field=fact_words.fact_name(field)
            ),
            _("能改的是你查到的事实：{names}").format(names=", ".join(platforms.EDITABLE)),
        )
    catalogue = known(db)
    plain = lookup.readable(value)
    new: str | None
    if field == "category":
        new = None if plain == CLEAR else platforms.find_category(catalogue, plain).id
    elif field == "note":
        new = None if plain == CLEAR else plain or None
    else:
        if not plain:
            raise NotUnderstood(_("名字是空的"), _("例如 xianke platforms edit ID name 王阿姨"))
        _refuse_known(catalogue, plain, but=platform.id)
        new = plain
    row = next(one for one in db.own_platforms() if one.id == platform.id)
    old: str | None = getattr(row, field)
    db.update("own_platform", platform.id, {field: new})
    return old, new


def remove(identity: str) -> Platform:
    """Remove an own platform with what was found out about it; refuse while anything names it."""
    with store.write("platform.rm", identity, settings.now()) as db:
        platform = known(db).platforms[identity]
        db.subject = platform.name
        if platform.kind not in OWN_KINDS:
            raise Refused(
                _("「{name}」是目录里的，删不掉").format(name=platform.name),
                _("停了就记下来：xianke platforms edit {id} status closed").format(id=identity),
            )
        gigs = db.gigs(platform=identity)
        if gigs:
            raise Refused(
                _("「{name}」名下还有 {count} 单，不能删").format(
                    name=platform.name, count=len(gigs)
                ),
                _("先看是哪几单：xianke gigs --platform {id}").format(id=identity),
            )
        if db.is_named(identity):
            raise Refused(
                _("「{name}」名下还有钱、账单、规则或计时，不能删").format(name=platform.name),
                _("看一看：xianke payouts、xianke spend、xianke bills、xianke rules"),
            )
        for finding in db.evidence():
            if finding.platform == identity:
                db.delete("evidence", finding.id)
        db.delete("own_platform", identity)
    return platform
