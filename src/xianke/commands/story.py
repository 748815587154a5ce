"""What the tour tells: an invented office worker, an invented month, and where each part stops."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from xianke.i18n import _, language
from xianke.importers.gigfiles import COLUMNS

MADE_UP = "made-up-month.csv"
"""The file of invented gigs, in the folder that is thrown away."""

TRAP = "在家打字日结300元，先交199元押金，做满三单全退"
"""An invented offer; offers are read in Chinese only."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A few commands with a sentence before them.

    Of the *quiet* ones, which come first, the answers are left out. *compared* chapters end with
    what the gigs have changed in the suggestions.
    """

    title: str
    about: str
    commands: tuple[Sequence[str], ...]
    quiet: tuple[Sequence[str], ...] = ()
    compared: bool = False

    @property
    def lines(self) -> tuple[Sequence[str], ...]:
        """Return all commands in the order in which they run."""
        return (*self.quiet, *self.commands)


@dataclass(frozen=True, slots=True)
class _MadeUp:
    """One invented gig: how many weeks ago, on which weekday (Monday is 0); amounts in yuan."""

    weeks_ago: int
    weekday: int
    start: str
    platform: str
    worked_minutes: int
    unpaid_minutes: int
    gross: str
    fee: str = ""
    cost: str = ""
    status: str = "paid"
    tale: str = ""

    def row(self, monday: date) -> list[str]:
        """Return the row of the file that stands for it, seen from the week of *monday*."""
        day = monday + timedelta(days=self.weekday - 7 * self.weeks_ago)
        told = _("编的：{tale}").format(tale=self.tale) if self.tale else _("编的")
        return [
            self.platform,
            _CATEGORIES[self.platform],
            f"{day:%Y-%m-%d} {self.start}",
            str(self.worked_minutes),
            str(self.unpaid_minutes),
            self.gross,
            self.fee,
            self.cost,
            "",
            self.status,
            told,
        ]


_CATEGORIES = {
    "xianyu": "skill_service",
    "bytedance_xpert": "micro_task",
    "dida": "ride_hailing",
}


def _month() -> tuple[_MadeUp, ...]:
    """Return four weeks of gigs: two fair ones, a bad one, and one that is not all paid yet."""
    slides, labels, ride = "xianyu", "bytedance_xpert", "dida"
    return (
        _MadeUp(4, 0, "19:30", slides, 90, 30, "120", "0.72"),
        _MadeUp(4, 2, "19:40", labels, 110, 10, "38"),
        _MadeUp(4, 3, "08:00", ride, 50, 15, "22", "2", "8"),
        _MadeUp(3, 1, "19:30", slides, 100, 20, "150", "0.90"),
        _MadeUp(3, 3, "19:35", slides, 75, 15, "80", "0.48"),
        _MadeUp(3, 4, "12:00", labels, 30, 0, "11"),
        _MadeUp(2, 0, "19:30", slides, 150, 70, "60", "0.36", tale=_("改了三遍，退了一半")),
        _MadeUp(2, 1, "08:00", ride, 55, 30, "18", "2", "9", tale=_("等了半小时")),
        _MadeUp(2, 2, "19:30", labels, 90, 35, "14", tale=_("一半没过审")),
        _MadeUp(1, 0, "19:30", slides, 90, 10, "160", "0.96", tale=_("老客户")),
        _MadeUp(1, 1, "08:00", ride, 50, 10, "24", "2", "8"),
        _MadeUp(1, 2, "19:40", labels, 100, 5, "40"),
        _MadeUp(
            1, 3, "19:30", slides, 110, 20, "180", "1.08", status="delivered", tale=_("还没收到钱")
        ),
    )


def write_month(folder: Path, today: date) -> None:
    """Write the invented gigs of the four weeks before that of *today* as a file for `import`."""
    monday = today - timedelta(days=today.weekday())
    with (folder / MADE_UP).open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        rows.writerows(gig.row(monday) for gig in _month())


def story() -> tuple[Chapter, ...]:
    """Return what the invented office worker does, from the first slot to an offer that smells."""
    return (
        Chapter(
            _("一、盘点：有什么时间、会什么、闲着什么"),
            _("这样一条条记（回话略去），再看全貌："),
            (("inventory",),),
            quiet=_stock(),
        ),
        Chapter(
            _("二、建议：哪里值得试，哪里要当心"),
            _("还没做过一单，只能凭目录里有据可查的行情："),
            (("suggest", "--limit", "1"),),
        ),
        Chapter(
            _("三、编的一个月"),
            _("下面十三单都是编的，每单的备注也这样写着：做 PPT、数据标注、顺风车，第三周很糟。"),
            (("import", MADE_UP, "--yes"),),
        ),
        Chapter(
            _("四、报表：等单、改稿、手续费、油钱都算上，一小时到底多少"),
            "",
            (("report",), ("report", "--by", "week")),
        ),
        Chapter(
            _("五、学到了什么"),
            _("自己的记录比行情要紧，记得越多越准："),
            (("rates", "--by", "category"),),
            compared=True,
        ),
        Chapter(
            _("六、排下一周：哪段做什么，哪段空着、为什么"),
            "",
            (("plan", "--week", "next week" if language() == "en" else "下周"),),
        ),
        Chapter(
            _("七、每天只看一眼"),
            _("不带任何词，就是眼下：接下来的空闲、这个月、谁还欠着："),
            ((),),
        ),
        Chapter(
            _("八、有人找上门：是不是坑"),
            _("把招工的话贴进来（这段也是编的）："),
            (("check", TRAP),),
        ),
    )


def _stock() -> tuple[Sequence[str], ...]:
    if language() == "en":
        slots = (
            ("weekdays 08:00-09:00", "commute"),
            ("weekdays 12:00-12:30", "lunch"),
            ("Mon-Thu 19:30-21:30", "evening"),
        )
        skills, things = ("PPT", "copywriting"), ("camera", "car", "computer")
    else:
        slots = (
            ("工作日 8:00-9:00", "通勤"),
            ("工作日 12:00-12:30", "午休"),
            ("周一到周四 19:30-21:30", "晚上"),
        )
        skills, things = ("PPT", "文案"), ("相机", "闲置车辆", "电脑")
    return (
        *(("inventory", "add", "slot", when, "--label", label) for when, label in slots),
        *(("inventory", "add", "skill", skill) for skill in skills),
        *(("inventory", "add", "asset", thing) for thing in things),
    )
