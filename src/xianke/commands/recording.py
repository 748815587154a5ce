"""The writing half of `log` and `gigs`: from the user's words to a gig and its payout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from xianke import doubles, gigs, money, platforms, rates, searches, settings, store, when
from xianke.catalogue import unlisted
from xianke.commands import clients, settling
from xianke.commands.shell import ask, number_of
from xianke.errors import Conflict, NotFound, NotUnderstood, XiankeError
from xianke.i18n import _
from xianke.platforms import Catalogue, Platform
from xianke.records import Gig, GigStatus, Payout

CLEAR = "-"
"""What empties a thing in `gigs edit`."""

_CLOCK = re.compile(r"\d+[:：]\d+")


@dataclass(frozen=True, slots=True)
class Words:
    """A gig in the user's words; None where nothing was said."""

    platform: str | None = None
    gross: str | None = None
    count: str | None = None
    minutes: str | None = None
    unpaid: str | None = None
    fee: str | None = None
    cost: str | None = None
    tax: str | None = None
    category: str | None = None
    at: str | None = None
    status: str | None = None
    due: str | None = None
    rating: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A gig as it stands now, its platform, and what to hold its hourly rate against.

    `earlier` is what an hour brought there before it, `stated` what the catalogue says.
    `settled_by` is the money that was known to have come and turned out to be for it. It may have
    been written down before as one of `overlapping` (same time) or `alike` (same day and amount).
    """

    gig: Gig
    platform: Platform
    added_platform: bool
    earlier: rates.Rate | None
    stated: rates.Rate | None
    beats: float | None
    settled_by: tuple[Payout, ...] = ()
    overlapping: tuple[Gig, ...] = ()
    alike: tuple[Gig, ...] = ()


def log(words: Words, *, new: bool) -> Recorded:
    """Store one gig; raise before anything is written if a word is not understood."""
    from xianke.render.console import is_interactive

    now = settings.now()
    if is_interactive():
        meant, new = clients.asked(words.platform or "", new=new)
        words = replace(words, platform=meant)
    with store.write("gig.add", words.platform or "", now) as db:
        return add(db, words, now, new=new)


def add(db: store.Journal, words: Words, now: datetime, *, new: bool) -> Recorded:
    """Store one gig within a writing command that is under way."""
    catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
    category = (
        None if words.category is None else platforms.find_category(catalogue, words.category).id
    )
    platform, added = clients.resolve(db, catalogue, words.platform or "", category, now, new=new)
    gig = _gig(words, platform, category, now)
    gigs.check(gig)
    earlier = db.timed_gigs(platform.id)
    identity = db.insert("gig", _values(gig))
    settling.rebalance(db, catalogue, {platform.id}, {identity})
    db.subject = f"{platform.name} {gigs.what(gig)}"
    recorded = _recorded(_kept(db, identity), platform, added, earlier, catalogue)
    recorded = replace(recorded, settled_by=_settled_by(db, identity))
    return _with_doubles(db, recorded, timed=words.at is not None)


def _with_doubles(db: store.Journal, recorded: Recorded, *, timed: bool) -> Recorded:
    """Return what was recorded with the gigs that may be the same.

    Where nobody said when it began (*timed* is false) its time is a guess, and accuses nobody.
    """
    gig, day = recorded.gig, date.fromisoformat(recorded.gig.day)
    near = timedelta(days=doubles.NEAR_DAYS)
    others = db.gigs(first=(day - near).isoformat(), last=(day + near).isoformat())
    overlapping = doubles.overlapping(gig, others) if timed else ()
    alike = [one for one in doubles.alike(gig, others) if one not in overlapping]
    return replace(recorded, overlapping=overlapping, alike=tuple(alike))


def _kept(db: store.Journal, identity: int) -> Gig:
    gig = db.gig(identity)
    assert gig is not None  # it was written a moment ago
    return gig


def _settled_by(db: store.Journal, identity: int) -> tuple[Payout, ...]:
    return tuple(one for one in db.payouts_of(identity) if one.gig_id is None)


def _recorded(
    gig: Gig, platform: Platform, added: bool, earlier: list[Gig], catalogue: Catalogue
) -> Recorded:
    # The day of the gig itself: what was known before it must not depend on when it is typed.
    today = date.fromisoformat(gig.day)
    own = rates.own_rates(catalogue, earlier, today).get(platform.id)
    rate = gigs.net_fen_per_hour(gig)
    done = [one for one in earlier if not searches.is_search(one)]
    hourly = [found for one in done if (found := gigs.net_fen_per_hour(one)) is not None]
    beats = None if rate is None else gigs.comparison(hourly, rate)
    stated = rates.stated(catalogue, rates.route_of(catalogue, gig.platform, gig.category))
    return Recorded(gig, platform, added, own, stated, beats)


def _values(gig: Gig) -> dict[str, Any]:
    return {column.name: getattr(gig, column.name) for column in fields(gig)[1:]}


def _gig(words: Words, platform: Platform, category: str | None, now: datetime) -> Gig:
    worked = None if words.minutes is None else when.parse_duration(words.minutes)
    unpaid = 0 if words.unpaid is None else when.parse_duration(words.unpaid, minimum=0)
    gigs.check_minutes(worked, unpaid)
    status = "paid" if words.status is None else gigs.check_status(words.status)
    if words.at is not None:
        moment = _start(words.at, status, now)
        day, start = moment.day, moment.minute
    else:
        # It was just done: it began before the minutes it took.
        began = now - timedelta(minutes=(worked or 0) + unpaid)
        day, start = began.date(), began.hour * 60 + began.minute
    if _is_over(status) and day > now.date():
        raise NotUnderstood(
            _("{day} 还没到").format(day=day),
            _("还没做的写 --status accepted；做过的看看 --at 写得对不对"),
        )
    gig = Gig(
        id=0,
        platform=platform.id,
        category=category or platform.category or None,
        day=day.isoformat(),
        start_minute=start,
        orders=1 if words.count is None else gigs.check_count(words.count),
        worked_minutes=worked,
        unpaid_minutes=unpaid,
        gross_fen=money.parse(words.gross or ""),
        fee_fen=_fen(words.fee),
        cost_fen=_fen(words.cost),
        tax_fen=_fen(words.tax),
        status="accepted",
        due=None if words.due is None else _due(words.due, day, now),
        paid_day=None,
        rating=None if words.rating is None else gigs.check_rating(words.rating),
        note=_plain(words.note),
    )
    gig = gigs.with_status(gig, status)
    return searches.as_search(gig) if searches.is_search(gig) else gig


def is_search(status: str) -> bool:
    """Return whether a status, in the user's words, says that no work was found."""
    return gigs.check_status(status) == "none_found"


def _is_over(status: GigStatus) -> bool:
    """Return whether a status speaks of time that is gone."""
    return status in gigs.FINISHED or status == "none_found"


def _start(text: str, status: GigStatus, now: datetime) -> when.Moment:
    """Return when a gig begins or began: work that is only agreed on mostly lies ahead."""
    return when.parse_moment(text, now, prefer="future" if status == "accepted" else "past")


def _due(text: str, day: date, now: datetime) -> str:
    """Return when money is due; a day without a year is the first one from the work on.

    Somebody who logs last week's gig may know that its money is late already.
    """
    coming = when.parse_day(text, now, prefer="future")
    gone = when.parse_day(text, now, prefer="past")
    return (gone if gone >= day else coming).isoformat()


def _fen(text: str | None) -> int:
    return 0 if text is None else money.parse(text)


def _plain(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split()) or None


# Editing


def find(db: store.Queries, identity: str) -> Gig:
    """Return a gig by `g12` or `12`; raise NotFound otherwise."""
    number = number_of(identity, "g")
    gig = None if number is None else db.gig(number)
    if gig is None:
        raise NotFound(_("没有编号「{id}」的单").format(id=identity), _("用 xianke gigs 看编号"))
    return gig


def edit(identity: str, words: Words) -> Recorded:
    """Change one gig, and its typed payout with it."""
    now = settings.now()
    if words == Words():
        raise NotUnderstood(
            _("没写要改什么"), _("例如 xianke gigs edit {id} --minutes 40").format(id=identity)
        )
    with store.write("gig.edit", identity, now) as db:
        before = find(db, identity)
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        gig = _edited(before, words, catalogue, now)
        # What a bill showed to be kept follows from the rest, and is found anew.
        gigs.check(replace(gig, kept_fen=0))
        written_off = db.write_off_of(gig.id)
        if written_off is not None and words.status is not None and gig.status == "paid":
            # What has come was not lost.
            db.delete("write_off", written_off.id)
        db.update("gig", gig.id, _values(gig))
        settling.rebalance(db, catalogue, {before.platform, gig.platform}, {gig.id})
        gig = _kept(db, gig.id)
        settled_by = _settled_by(db, gig.id)
        platform = catalogue.platforms.get(gig.platform) or unlisted(gig.platform)
        db.subject = f"g{gig.id} {platform.name} {gigs.what(gig)}"
    # A correction is no new gig: it is not held against the others.
    return Recorded(gig, platform, False, None, None, None, settled_by)


def _edited(gig: Gig, words: Words, catalogue: Catalogue, now: datetime) -> Gig:
    changes: dict[str, Any] = {}
    if words.platform is not None:
        platform = platforms.find(catalogue, words.platform)
        changes["platform"] = platform.id
        changes["category"] = platform.category or gig.category
    if words.category is not None:
        home = catalogue.platforms.get(changes.get("platform", gig.platform))
        # Emptied, it is the platform's own again; only a client's gig may have none.
        changes["category"] = (
            (home.category or None if home is not None else None)
            if words.category == CLEAR
            else platforms.find_category(catalogue, words.category).id
        )
    if words.at is not None:
        status = gig.status if words.status is None else gigs.check_status(words.status)
        moment = _start(words.at, status, now)
        changes |= {"day": moment.day.isoformat(), "start_minute": moment.minute}
    readers: Mapping[str, tuple[str, Any, Any]] = {
        "gross": ("gross_fen", money.parse, 0),
        "fee": ("fee_fen", money.parse, 0),
        "cost": ("cost_fen", money.parse, 0),
        "tax": ("tax_fen", money.parse, 0),
        "count": ("orders", gigs.check_count, 1),
        "minutes": ("worked_minutes", when.parse_duration, None),
        "unpaid": ("unpaid_minutes", lambda text: when.parse_duration(text, minimum=0), 0),
        "due": (
            "due",
            lambda text: _due(text, date.fromisoformat(changes.get("day", gig.day)), now),
            None,
        ),
        "rating": ("rating", gigs.check_rating, None),
        "note": ("note", _plain, None),
    }
    for name, (column, reader, empty) in readers.items():
        text = getattr(words, name)
        if text is not None:
            changes[column] = empty if text == CLEAR else reader(text)
    if searches.is_search(gig) and words.minutes is not None:
        # All its minutes stand there as unpaid ones: what is said now takes their place.
        changes.setdefault("unpaid_minutes", 0)
    edited = replace(gig, **changes)
    if words.status is not None:
        today = now.date().isoformat()
        status = gigs.check_status(words.status)
        # Money that is only now marked as paid came today, not on the day of the work.
        edited = gigs.with_status(edited, status, gig.paid_day or today)
        edited = replace(edited, paid_by_bill=False)
    elif edited.status == "paid" and gig.paid_day == gig.day:
        edited = replace(edited, paid_day=edited.day)
    if _is_over(edited.status) and edited.day > now.date().isoformat():
        raise NotUnderstood(
            _("{day} 还没到").format(day=edited.day), _("还没做的写 --status accepted")
        )
    if searches.is_search(edited):
        return searches.as_search(edited)
    return edited if edited.status in gigs.EARNED else replace(edited, kept_fen=0)


def remove(identity: str) -> Recorded:
    """Remove one gig; what was typed as received for it goes too, other money is free again."""
    with store.write("gig.rm", identity, settings.now()) as db:
        gig = find(db, identity)
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        platform = catalogue.platforms.get(gig.platform) or unlisted(gig.platform)
        _release(db, gig.id)
        db.delete("gig", gig.id)
        settling.rebalance(db, catalogue, {gig.platform}, ())
        db.subject = f"g{gig.id} {platform.name} {gigs.what(gig)}"
    return Recorded(gig, platform, False, None, None, None)


def _release(db: store.Journal, gig_id: int) -> None:
    """Remove all that hangs on a gig, so that it can go itself."""
    db.unsettle_typed(gig_id)
    for payout in db.payouts_of(gig_id):
        if payout.fixed and {gig_id} == {
            one.gig_id for one in db.settlements(payout.platform) if one.payout_id == payout.id
        }:
            # It was decided for this gig alone.
            db.update("payout", payout.id, {"fixed": False})
    for settlement in db.settlements_of(gig_id):
        db.delete("settlement", settlement.id)
    written_off = db.write_off_of(gig_id)
    if written_off is not None:
        db.delete("write_off", written_off.id)


# Several lines on the terminal


def from_terminal() -> list[Recorded]:
    """Read one gig per line until an empty one, then store them all as one write."""
    from xianke.render.console import is_interactive, tell

    if not is_interactive():
        raise NotUnderstood(_("少了平台和金额"), _("例如 xianke log 闲鱼 85 --minutes 40"))
    tell(_("一行一单：平台 金额 用时，例如「闲鱼 85 40分」。空行结束，Ctrl-C 放弃。"))
    wanted = []
    while line := ask("> "):
        try:
            wanted.append(_line(line))
        except XiankeError as error:
            tell(_("这一行没记：{message}").format(message=error.message))
            if error.hint:
                tell(_("提示：{hint}").format(hint=error.hint))
    if not wanted:
        return []
    now = settings.now()
    with store.write("gig.add", "", now) as db:
        recorded = [add(db, words, now, new=False) for words in wanted]
        db.subject = _("、").join(f"{one.platform.name} {gigs.what(one.gig)}" for one in recorded)
    return recorded


def _line(line: str) -> Words:
    """Return the words of one line: platform, amount, then minutes, day, status in any order."""
    parts = line.split()
    if len(parts) < 2:
        raise NotUnderstood(_("少了金额"), _("例如 闲鱼 85 40分"))
    now = settings.now()
    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
    # A platform's name may have blanks in it: the longest that is known wins.
    for length in range(len(parts) - 1, 0, -1):
        name = " ".join(parts[:length])
        try:
            platform = platforms.find(catalogue, name)
        except (NotFound, Conflict):
            continue
        break
    else:
        length = 1
        platform = platforms.find(catalogue, parts[0])
    words = Words(platform=platform.id, gross=parts[length])
    for part in parts[length + 1 :]:
        words = _with_part(words, part, now)
    # At once, while the line can still be typed again: later it would cost all the others.
    gigs.check(_gig(words, platform, None, now))
    return words


def _with_part(words: Words, part: str, now: datetime) -> Words:
    if _CLOCK.fullmatch(part):
        raise NotUnderstood(
            _("「{text}」是用时还是钟点？").format(text=part),
            _("用时写成 80分；钟点跟日子连着写：昨天14:00"),
        )
    if part in {*gigs.status_names(), *gigs.status_names().values()}:
        if words.status is not None:
            raise NotUnderstood(_("写了两个状态"), _("一行一单"))
        return replace(words, status=part)
    try:
        when.parse_duration(part)
    except NotUnderstood:
        when.parse_moment(part, now)
        if words.at is not None:
            raise NotUnderstood(_("写了两个日子"), _("一行一单")) from None
        return replace(words, at=part)
    if words.minutes is not None:
        raise NotUnderstood(_("写了两个用时"), _("一行一单"))
    return replace(words, minutes=part)
