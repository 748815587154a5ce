"""The writing half of `start` and `stop`: from a running stopwatch to a gig."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, time, timedelta

from xianke import gigs, money, platforms, settings, store, when
from xianke.commands import clients, recording
from xianke.commands.recording import Recorded
from xianke.commands.shell import ask
from xianke.errors import Conflict, NotUnderstood, Refused
from xianke.i18n import _
from xianke.platforms import Catalogue
from xianke.records import Timer
from xianke.store.tables import Row

LONGEST_HOURS = 16
"""Nobody works longer in one go: somebody forgot to stop. A day less eight hours of sleep."""


@dataclass(frozen=True, slots=True)
class Words:
    """What shall be timed, in the user's words; None where nothing was said."""

    platform: str
    category: str | None
    at: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Running:
    """A stopwatch as it stands now, in whole minutes, rounded up.

    `name` is the platform's, its id where the catalogue no longer has it.
    """

    timer: Timer
    name: str
    started: datetime
    minutes: int
    added_platform: bool = False

    @property
    def start_text(self) -> str:
        """Return when it was started: `11-22 09:30`."""
        return f"{self.started:%m-%d %H:%M}"


def running() -> Running | None:
    """Return the stopwatch that runs, or None."""
    with store.read() as db:
        timer = db.timer()
        if timer is None:
            return None
        return state(timer, platforms.catalogue(db.own_platforms(), db.evidence()))


def state(timer: Timer, catalogue: Catalogue) -> Running:
    """Return how long a stopwatch has run by now."""
    started = datetime.fromisoformat(timer.started_at).astimezone(settings.zone())
    known = catalogue.platforms.get(timer.platform)
    minutes = _minutes_between(started, settings.now())
    name = timer.platform if known is None else known.name
    return Running(timer, name, started, max(minutes, 0))


def start(words: Words, *, new: bool) -> Running:
    """Start the stopwatch; refuse while one runs."""
    from xianke.render.console import is_interactive

    now = settings.now()
    started = now.replace(microsecond=0) if words.at is None else _past(words.at, now)
    meant = words.platform
    if is_interactive():
        with store.read() as db:
            _refuse_second(db)
        meant, new = clients.asked(meant, new=new)
    with store.write("timer.start", words.platform, now) as db:
        _refuse_second(db)
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        category = (
            None
            if words.category is None
            else platforms.find_category(catalogue, words.category).id
        )
        platform, added = clients.resolve(db, catalogue, meant, category, now, new=new)
        note = " ".join((words.note or "").split()) or None
        timer = Timer(0, platform.id, category, started.isoformat(timespec="seconds"), note)
        row: Row = {name: value for name, value in asdict(timer).items() if name != "id"}
        timer = replace(timer, id=db.insert("timer", row))
        db.subject = platform.name
    minutes = _minutes_between(started, now)
    return Running(timer, platform.name, started, minutes, added_platform=added)


def _refuse_second(db: store.Queries) -> None:
    timer = db.timer()
    if timer is None:
        return
    one = state(timer, platforms.catalogue(db.own_platforms(), db.evidence()))
    raise Conflict(
        _("已经在计时：{name}，{start} 开始的").format(name=one.name, start=one.start_text),
        _("做完了先 xianke stop 金额；不记了就 xianke stop --discard"),
    )


def _past(text: str, now: datetime) -> datetime:
    """Return the instant of a day and clock time that is over."""
    moment = when.parse_moment(text, now)
    if moment.minute is None:
        raise NotUnderstood(
            _("「{text}」少了钟点").format(text=text), _("例如 9:30、昨天 22:00、20分钟前")
        )
    clock = time(moment.minute // 60, moment.minute % 60)
    found = datetime.combine(moment.day, clock, now.tzinfo)
    if found > now:
        raise NotUnderstood(
            _("「{text}」还没到").format(text=text), _("写已经过去的，例如 9:30、昨天 22:00")
        )
    return found


def _minutes_between(start: datetime, end: datetime) -> int:
    """Return whole minutes, rounded up: a minute that was begun was spent."""
    return -((start - end) // timedelta(minutes=1))


# Stopping


def discard() -> Running:
    """Drop the stopwatch without a gig."""
    with store.write("timer.discard", "", settings.now()) as db:
        one = _that_runs(db)
        db.delete("timer", one.timer.id)
        db.subject = one.name
    return one


def stop(words: recording.Words) -> Recorded:
    """End the stopwatch and store its gig; it runs on until everything is understood.

    Without an amount the gig is only accepted: what it brought is not known yet.
    """
    from xianke.render.console import is_interactive

    now = settings.now()
    with store.read() as db:
        one = _that_runs(db)
    began, worked = _measured(one, words, now)
    status = None if words.status is None else gigs.check_status(words.status)
    if words.gross is None and status in (None, *gigs.EARNED):
        if is_interactive():
            words = replace(words, gross=_asked_amount(one.name, worked))
        if words.gross is None and status is not None:
            raise NotUnderstood(_("少了金额"), _("例如 xianke stop 85；还不知道就不写 --status"))
    words = replace(
        words,
        platform=one.timer.platform,
        category=one.timer.category,
        gross="0" if words.gross is None else words.gross,
        minutes=str(worked),
        at=f"{began:%Y-%m-%d %H:%M}",
        status=status or ("accepted" if words.gross is None else None),
        note=words.note or one.timer.note,
    )
    with store.write("timer.stop", "", now) as db:
        if db.timer() != one.timer:
            raise Conflict(_("计时刚才在别处变了"), _("看在计什么：xianke start"))
        recorded = recording.add(db, words, now, new=False)
        db.delete("timer", one.timer.id)
    return recorded


def _that_runs(db: store.Queries) -> Running:
    timer = db.timer()
    if timer is None:
        raise Refused(_("没有在计时"), _("先开始：xianke start 美团众包；已经做完的用 xianke log"))
    return state(timer, platforms.catalogue(db.own_platforms(), db.evidence()))


def _measured(one: Running, words: recording.Words, now: datetime) -> tuple[datetime, int]:
    """Return when the work began and its minutes: what the user says, else what was measured.

    Raise Refused for a time that nobody can have meant.
    """
    unpaid = 0 if words.unpaid is None else when.parse_duration(words.unpaid, minimum=0)
    if words.minutes is not None:
        worked = when.parse_duration(words.minutes)
        gigs.check_minutes(worked, unpaid)
        # With a clock that was set back, all that is known is that it lies before now.
        later = one.started > now
        return (now - timedelta(minutes=worked + unpaid) if later else one.started), worked
    if one.started > now:
        raise Refused(
            _("秒表是 {start} 开始的，比现在还晚：电脑的钟拨过").format(start=one.start_text),
            _("说做了多久：xianke stop 金额 --minutes 40"),
        )
    ended = now if words.at is None else _ended(one, words.at, now)
    if words.at is None and now - one.started > timedelta(hours=LONGEST_HOURS):
        raise Refused(
            _("秒表从 {start} 走到现在，超过 {hours} 小时，像是忘了停").format(
                start=one.start_text, hours=LONGEST_HOURS
            ),
            _("说做了多久，或几点做完：xianke stop 金额 --minutes 90，或 --at 昨天18:00"),
        )
    minutes = max(_minutes_between(one.started, ended), 1)
    if unpaid >= minutes:
        raise NotUnderstood(
            _("不算钱的 {unpaid} 分钟占满了全部 {minutes} 分钟").format(
                unpaid=unpaid, minutes=minutes
            ),
            _("--unpaid 写其中等待、路上的；做了多久另写 --minutes"),
        )
    return one.started, minutes - unpaid


def _ended(one: Running, text: str, now: datetime) -> datetime:
    ended = _past(text, now)
    if ended <= one.started:
        raise NotUnderstood(
            _("「{text}」比开始的 {start} 还早").format(text=text, start=one.start_text),
            _("--at 写几点做完的，例如 18:30、昨天 22:00"),
        )
    return ended


def _asked_amount(name: str, minutes: int) -> str | None:
    """Ask what it brought until an amount is understood; None where it is not known yet."""
    from xianke.render.console import tell

    question = _("{name} 做了 {minutes} 分钟，总收入多少元（还不知道就回车）：").format(
        name=name, minutes=minutes
    )
    while answer := ask(question):
        try:
            money.parse(answer)
        except NotUnderstood as error:
            tell(_("{message}；{hint}").format(message=error.message, hint=error.hint))
        else:
            return answer
    return None
