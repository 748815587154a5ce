"""Which platform or client is meant, and adding one that the catalogue does not know."""

from __future__ import annotations

from datetime import datetime

from xianke import lookup, platforms, store
from xianke.commands.shell import agreed, choose
from xianke.errors import Conflict, NotFound, NotUnderstood
from xianke.i18n import _
from xianke.platforms import Catalogue, Platform


def resolve(
    db: store.Journal,
    catalogue: Catalogue,
    text: str,
    category: str | None,
    now: datetime,
    *,
    new: bool,
) -> tuple[Platform, bool]:
    """Return the platform meant, and whether it was added as a client because *new* says so.

    Work that one found by oneself needs no *new*: its words mean nothing else.
    """
    try:
        return platforms.find(catalogue, text), False
    except NotFound:
        if platforms.means_direct(text):
            # No category of its own: an errand today, a lesson tomorrow.
            return _insert(db, platforms.DIRECT, _("自己接"), None, now), True
        if not new:
            raise NotFound(
                _("目录里没有「{text}」").format(text=text), _unknown_hint(catalogue, text)
            ) from None
    name = lookup.readable(text)
    if not name:
        raise NotUnderstood(_("平台的名字是空的"), _("例如 xianke log 闲鱼 85"))
    return add(db, catalogue, name, category, now), True


def _unknown_hint(catalogue: Catalogue, text: str) -> str:
    near = platforms.near(catalogue, text)
    if near:
        return _("是不是：{names}？是新客户就加 --new").format(
            names=_("、").join(one.name for one in near)
        )
    return _("是新客户就加 --new；平台可以先 xianke platforms add")


def asked(text: str, *, new: bool) -> tuple[str, bool]:
    """Ask on the terminal which platform is meant, where the text leaves it open.

    Return what names it, and whether it is a new client. The store is closed meanwhile: nobody
    else shall wait for the answer.
    """
    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
    options = platforms.candidates(catalogue, text)
    settled = new or platforms.means_direct(text)
    if len(options) == 1 or (settled and not options):
        return text, new
    if options:
        picked = choose(
            _("「{text}」可以指好几个：").format(text=text), [one.name for one in options]
        )
        if picked is None:
            raise Conflict(_("没有选平台，什么也没记"), _("写全名或 id"))
        return options[picked].id, False
    options = platforms.near(catalogue, text)
    if not options:
        if not agreed(_("目录里没有「{text}」，当作新客户记下吗？[y/N] ").format(text=text)):
            raise NotFound(_("没有选平台，什么也没记"), _unknown_hint(catalogue, text))
        return text, True
    picked = choose(
        _("目录里没有「{text}」，是不是：").format(text=text),
        [*(one.name for one in options), _("都不是，「{text}」是新客户").format(text=text)],
    )
    if picked is None:
        raise NotFound(_("没有选平台，什么也没记"), _unknown_hint(catalogue, text))
    if picked == len(options):
        return text, True
    return options[picked].id, False


def add(
    db: store.Journal, catalogue: Catalogue, name: str, category: str | None, now: datetime
) -> Platform:
    """Store a private client within a writing command that is under way."""
    return _insert(db, platforms.own_id(name, catalogue.platforms), name, category, now)


def _insert(
    db: store.Journal, identity: str, name: str, category: str | None, now: datetime
) -> Platform:
    row = {
        "id": identity,
        "name": name,
        "kind": "client",
        "category": category,
        "note": None,
        "added_on": now.date().isoformat(),
    }
    db.insert("own_platform", row)
    known = platforms.catalogue(db.own_platforms(), db.evidence())
    return known.platforms[identity]
