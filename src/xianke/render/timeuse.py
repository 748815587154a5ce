"""How `usage` looks, to people and to programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from xianke import money, settings, timeuse
from xianke.i18n import _, plural
from xianke.render.console import say
from xianke.render.gigs import name_of
from xianke.render.tables import first_step, heading, hours, next_step, note, sentence, table

if TYPE_CHECKING:
    from datetime import datetime

    from xianke.platforms import Catalogue
    from xianke.steadiness import Dependence, Floor
    from xianke.timeuse import Use, Week

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Usage:
    """How the weeks asked for were used, and how steady income is.

    `now` is civil; `has_records` says whether anything was ever recorded, `has_slots` whether
    there is any spare time to hold it against.
    """

    now: datetime
    has_records: bool
    has_slots: bool
    weeks: tuple[Week, ...]
    floor: Floor
    dependence: Dependence | None
    catalogue: Catalogue

    @property
    def total(self) -> Use:
        """Return all weeks added up."""
        return timeuse.total(self.weeks)


def document(found: Usage) -> Document:
    """Return the use of time for programs."""
    return {
        "until": found.now.replace(tzinfo=settings.zone()).isoformat(),
        "slots_of": found.now.date().isoformat(),
        "weeks": [
            {
                "week": one.week,
                "from": one.first.isoformat(),
                "to": one.last.isoformat(),
                **_use_document(one.use),
            }
            for one in found.weeks
        ],
        "total": _use_document(found.total),
        "leaks": [
            {"code": leak.code, "minutes": leak.minutes, "text": timeuse.leak_text(leak.code)}
            for leak in timeuse.leaks(found.total)
        ],
        "floor_fen": found.floor.fen,
        "floor_weeks": found.floor.weeks,
        "floor_missing_weeks": found.floor.missing_weeks,
        "dependence": None if found.dependence is None else asdict(found.dependence),
    }


def _use_document(use: Use) -> Document:
    return {
        "supplied_minutes": use.supplied_minutes,
        "planned_minutes": use.planned_minutes,
        "worked_minutes": use.worked_minutes,
        "searched_minutes": use.searched_minutes,
        "paid_minutes": use.paid_minutes,
        "waiting_minutes": use.waiting_minutes,
        "rejected_minutes": use.rejected_minutes,
        "inside_minutes": timeuse.inside_minutes(use),
        "unplaced_minutes": use.unplaced_minutes,
        "net_fen": use.net_fen,
        "net_fen_per_supplied_hour": use.net_fen_per_supplied_hour,
        "net_fen_per_worked_hour": use.net_fen_per_worked_hour,
    }


def show(found: Usage) -> None:
    """Print the weeks, where time leaks, and how steady income is."""
    if not found.has_records and not found.has_slots:
        say(_("还没有空闲时段，也没有记录，看不出用得怎样。"))
        first_step(
            _("自己来：xianke inventory add slot 工作日 12:00-13:00 --label 午休"),
            untouched=True,
        )
        return
    if not found.weeks:
        say(_("这段日子没有记录。"))
        next_step("xianke usage")
        return
    sentence(
        _("{first} 到 {last} 的空闲用得怎样（没过去的不算）").format(
            first=found.weeks[0].first, last=found.weeks[-1].last
        )
    )
    say()
    _show_weeks(found)
    _show_rates(found.total)
    _show_leaks(found.total)
    _show_steadiness(found)
    say()
    if found.has_slots:
        note(_("空闲按今天登记的时段往回算：以前的时段没有存。"), indent=0)
        next_step(_("排好下一周：xianke plan --keep"))
    else:
        note(_("没有登记空闲时段，看不出漏了多少。"), indent=0)
        next_step(_("添一段：xianke inventory add slot 工作日 12:00-13:00 --label 午休"))


def _show_weeks(found: Usage) -> None:
    table(
        [
            (_("周"), "left"),
            (_("有空"), "right"),
            (_("排了"), "right"),
            (_("做了"), "right"),
            (_("时段里"), "right"),
            (_("没找到"), "right"),
            (_("收到钱的"), "right"),
            (_("净得"), "right"),
        ],
        [[one.week, *_cells(one.use)] for one in found.weeks],
        total=[_("合计"), *_cells(found.total)],
        spare=[4, 5, 6],
    )


def _cells(use: Use) -> list[str]:
    inside = timeuse.inside_minutes(use)
    return [
        hours(use.supplied_minutes),
        hours(use.planned_minutes),
        hours(use.worked_minutes),
        "" if inside is None else hours(inside),
        hours(use.searched_minutes),
        hours(use.paid_minutes),
        money.plain_yuan(use.net_fen),
    ]


def _show_rates(use: Use) -> None:
    supplied, worked = use.net_fen_per_supplied_hour, use.net_fen_per_worked_hour
    if supplied is not None:
        note(_("每小时空闲净得 {rate}").format(rate=money.yuan(supplied)))
    if worked is not None:
        note(_("每小时做单净得 {rate}，白找的时间也算").format(rate=money.yuan(worked)))


def _show_leaks(use: Use) -> None:
    heading(_("漏在哪"))
    found = timeuse.leaks(use)
    for leak in found:
        note(f"{hours(leak.minutes):>6}  {timeuse.leak_text(leak.code)}")
    if not found:
        note(_("看不出漏。"))
    if len(found) > 1:
        note(_("几样会重叠，不能相加。"))
    if use.unplaced_minutes:
        note(
            _(
                "做了的里头有 {hours} 没记几点开始，对不到时段上：「空着」「没见在做」可能算多了。"
            ).format(hours=hours(use.unplaced_minutes))
        )


def _show_steadiness(found: Usage) -> None:
    heading(_("稳不稳"))
    floor = found.floor
    if floor.fen is None:
        missing = floor.missing_weeks
        note(
            plural("坏的一周有多少还说不准：有记录的整周还差 {count} 个", missing).format(
                count=missing
            )
        )
    else:
        note(
            _("五周里有四周净得不少于 {fen}（按最近半年的整周，没记录的周算零）").format(
                fen=money.yuan(floor.fen)
            )
        )
    main = found.dependence
    if main is None:
        return
    name = name_of(main.platform, found.catalogue)
    note(_("最靠 {name}：占净得的 {share}%").format(name=name, share=main.share_percent))
    if main.loss_fen_per_week is not None:
        note(
            _("要是它没了，别的顶上，平常一周大概少 {fen} 元").format(
                fen=money.rounded_yuan(main.loss_fen_per_week)
            )
        )
