"""A gig's life, its effective pay, and the sums of many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal, get_args

from xianke import lookup, money, when
from xianke.errors import NotUnderstood
from xianke.i18n import _, with_codes
from xianke.records import GIG_STATUSES, Gig, GigStatus, Sums
from xianke.searches import is_search

By = Literal["platform", "category", "month", "week", "weekday", "hour"]
REPORT_KEYS: tuple[By, ...] = get_args(By)
UNEXPLAINED = "unexplained"
"""The report row of money that came in and settles no gig."""
UNKNOWN_KEY = "unknown"
"""The report row of gigs without a category or without a start."""

EARNED: tuple[GigStatus, ...] = ("delivered", "paid")
FINISHED: tuple[GigStatus, ...] = (*EARNED, "rejected")
UNEARNED: tuple[GigStatus, ...] = ("rejected", "cancelled", "none_found")
MAX_MINUTES = 100_000
"""About seventy days: a gig, even one that sums many orders, is not longer."""
MAX_ORDERS = 100_000


def earned_fen(gig: Gig) -> int:
    """Return the gross of a gig: nothing for one that was rejected or cancelled."""
    return 0 if gig.status in UNEARNED else gig.gross_fen


def fee_fen(gig: Gig) -> int:
    """Return what the platform keeps, told or seen in a bill: nothing of what was never earned."""
    return 0 if gig.status in UNEARNED else gig.fee_fen + gig.kept_fen


def tax_fen(gig: Gig) -> int:
    """Return the tax withheld: none from what was never earned."""
    return 0 if gig.status in UNEARNED else gig.tax_fen


def receivable_fen(gig: Gig) -> int:
    """Return what is or was to be paid out: gross − fee − tax; own cost is owed by nobody."""
    return earned_fen(gig) - fee_fen(gig) - tax_fen(gig)


def net_fen(gig: Gig) -> int:
    """Return gross − fee − cost − tax; a rejected gig keeps its cost only."""
    return receivable_fen(gig) - gig.cost_fen


def net_fen_per_hour(gig: Gig) -> int | None:
    """Return the net per hour over all minutes, rounded down; None without minutes."""
    if gig.worked_minutes is None:
        return None
    minutes = gig.worked_minutes + gig.unpaid_minutes
    return None if minutes == 0 else net_fen(gig) * 60 // minutes


def is_counted(gig: Gig) -> bool:
    """Return whether a gig stands in reports: finished, or called off at a price.

    Money or time that was spent is gone all the same, also where no work was found.
    """
    if gig.status == "cancelled":
        return gig.cost_fen > 0 or gig.worked_minutes is not None
    return gig.status in FINISHED or is_search(gig)


def check_report_key(text: str) -> By:
    """Return what a report is divided by; raise NotUnderstood for anything else."""
    for key in REPORT_KEYS:
        if text == key:
            return key
    raise NotUnderstood(
        _("不能按「{text}」分").format(text=text),
        lookup.with_guess(
            _("可以按 {keys}").format(keys=", ".join(REPORT_KEYS)), text, REPORT_KEYS
        ),
    )


def check(gig: Gig) -> None:
    """Raise NotUnderstood for a gig that cannot be: more taken off than earned, say."""
    if receivable_fen(gig) < 0:
        raise NotUnderstood(
            _("平台扣的和税加起来比收入还多"),
            _("收入写扣费之前的总额；自己花的钱用 --cost"),
        )
    if gig.due is not None and gig.due < gig.day:
        raise NotUnderstood(
            _("到账日 {due} 比做这单的日子 {day} 还早").format(due=gig.due, day=gig.day),
            _("看看 --due 和 --at 有没有写反"),
        )
    check_minutes(gig.worked_minutes, gig.unpaid_minutes)


def check_minutes(worked: int | None, unpaid: int) -> None:
    """Raise NotUnderstood for more minutes than a gig can take."""
    if (worked or 0) + unpaid > MAX_MINUTES:
        raise NotUnderstood(_("用时长得不合理"), _("分钟数写成 40 或 1小时20分"))


def what(gig: Gig) -> str:
    """Return what a gig was about in a word, for the journal: its gross, or that there was none."""
    return _("没接到单") if is_search(gig) else money.plain_yuan(gig.gross_fen)


def check_status(text: str) -> GigStatus:
    """Return a status by its code or Chinese name; raise NotUnderstood otherwise."""
    plain = text.strip().lower()
    for status, name in status_names().items():
        if plain in (status, name):
            return status
    names = status_names()
    hint = _("可以是：{values}").format(values=with_codes(names.items()))
    raise NotUnderstood(
        _("没有「{text}」这种状态").format(text=text),
        lookup.with_guess(hint, text, [*names, *names.values()]),
    )


def status_names() -> dict[GigStatus, str]:
    """Return the statuses in the user's language."""
    names = (_("已接"), _("已交"), _("已收款"), _("被拒"), _("已取消"), _("没接到单"))
    return dict(zip(GIG_STATUSES, names, strict=True))


def check_rating(text: str) -> int:
    """Return a rating of 1 to 5; raise NotUnderstood otherwise."""
    if text not in ("1", "2", "3", "4", "5"):
        raise NotUnderstood(_("看不懂评分「{text}」").format(text=text), _("写 1 到 5"))
    return int(text)


def check_count(text: str) -> int:
    """Return a number of orders, at least one; raise NotUnderstood otherwise."""
    # The length first: Python refuses to read a number of thousands of digits.
    short = text.isascii() and text.isdigit() and len(text) <= len(str(MAX_ORDERS))
    if not (short and 1 <= int(text) <= MAX_ORDERS):
        raise NotUnderstood(_("看不懂单数「{text}」").format(text=text), _("写整数，例如 30"))
    return int(text)


def with_status(gig: Gig, status: GigStatus, paid_day: str | None = None) -> Gig:
    """Return the gig under another status; the day of payment is its own day unless given."""
    day = (paid_day or gig.paid_day or gig.day) if status == "paid" else None
    return replace(gig, status=status, paid_day=day)


# Reports


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a report, money in fen; `net_fen_per_hour` None where no minute was logged."""

    key: str
    name: str
    gigs: int
    timed_gigs: int
    worked_minutes: int
    unpaid_minutes: int
    gross_fen: int
    fee_fen: int
    cost_fen: int
    tax_fen: int
    net_fen: int
    net_fen_per_hour: int | None
    received_fen: int


@dataclass(frozen=True, slots=True)
class Flows:
    """What a range of days saw of money beside the gigs' own sums, in fen.

    `received` is what settles gigs, by key like the sums; `spends` are (platform, day, fen) of
    what was paid for platforms; `deposit_fen` is what of it is still to come back.
    """

    received: Sequence[tuple[str | None, int]]
    received_fen: int
    outstanding_fen: int
    written_off_fen: int = 0
    spends: Sequence[tuple[str, str, int]] = ()
    deposit_fen: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Rows that add up to the total, and what became of the money that was earned.

    `searched_minutes` of the unpaid minutes brought no work; they are in no number of gigs.

    `earned_fen` is what was to be paid out for the gigs; of all time, it and the unexplained
    are together what was received, is outstanding and was written off. `spend_fen` is the part
    of the cost that was paid for platforms, not for single gigs.
    """

    by: str
    rows: tuple[Row, ...]
    total: Row
    earned_fen: int
    unexplained_fen: int
    outstanding_fen: int
    written_off_fen: int
    spend_fen: int
    deposit_fen: int
    searched_minutes: int = 0


def report(
    by: By,
    sums: Iterable[Sums],
    flows: Flows,
    name_of: Callable[[str], str],
    category_of: Callable[[str], str | None],
) -> Report:
    """Return the report from grouped sums and what money came and went.

    Weeks and weekdays come in as days and are folded here, so that SQL needs no calendar.
    Spends are a cost of their platform: they count in cost and net, but in no hourly rate.
    Rows are sorted by key for times and by net otherwise; the unexplained row comes last.
    """
    cells: dict[str, Sums] = {}
    for one in sums:
        key = _fold(by, one.key)
        cells[key] = _added(cells[key], one, key) if key in cells else replace(one, key=key)
    total = _EMPTY
    for one in cells.values():
        total = _added(total, one, "")
    money: dict[str, int] = {}
    for raw, fen in flows.received:
        key = _fold(by, raw)
        money[key] = money.get(key, 0) + fen
    spent: dict[str, int] = {}
    for platform, day, fen in flows.spends:
        key = _fold(by, _spend_key(by, platform, day, category_of))
        spent[key] = spent.get(key, 0) + fen
    rows = [
        _row(key, name_of(key), cells.get(key, _EMPTY), money.get(key, 0), spent.get(key, 0))
        for key in {**cells, **money, **spent}
    ]
    if by in ("platform", "category"):
        rows.sort(key=lambda row: (-row.net_fen, row.key))
    elif by in ("weekday", "hour"):
        rows.sort(key=lambda row: (row.key == UNKNOWN_KEY, len(row.key), row.key))
    else:
        rows.sort(key=lambda row: row.key)
    unexplained = flows.received_fen - sum(money.values())
    if unexplained:
        rows.append(_row(UNEXPLAINED, name_of(UNEXPLAINED), _EMPTY, unexplained))
    spend_fen = sum(spent.values())
    return Report(
        by,
        tuple(rows),
        _row("total", _("合计"), total, flows.received_fen, spend_fen),
        total.gross_fen - total.fee_fen - total.tax_fen,
        unexplained,
        flows.outstanding_fen,
        flows.written_off_fen,
        spend_fen,
        flows.deposit_fen,
        total.searched_minutes,
    )


def _spend_key(
    by: By, platform: str, day: str, category_of: Callable[[str], str | None]
) -> str | None:
    """Return to which cell a spend belongs, as the sums name it; no hour is known of one."""
    if by == "platform":
        return platform
    if by == "category":
        return category_of(platform)
    if by == "hour":
        return None
    return day[:7] if by == "month" else day


def _fold(by: By, key: str | None) -> str:
    if key is None:
        return UNKNOWN_KEY
    if by == "week":
        return when.iso_week(date.fromisoformat(key))
    if by == "weekday":
        return str(date.fromisoformat(key).isoweekday())
    return key


_EMPTY = Sums("", *(0 for _column in fields(Sums)[1:]))


def _added(one: Sums, other: Sums, key: str) -> Sums:
    columns = [column.name for column in fields(Sums)[1:]]
    return Sums(key, *(getattr(one, name) + getattr(other, name) for name in columns))


def _row(key: str, name: str, sums: Sums, received_fen: int, spend_fen: int = 0) -> Row:
    cost = sums.cost_fen + spend_fen
    return Row(
        key,
        name,
        sums.gigs,
        sums.timed_gigs,
        sums.worked_minutes,
        sums.unpaid_minutes,
        sums.gross_fen,
        sums.fee_fen,
        cost,
        sums.tax_fen,
        sums.gross_fen - sums.fee_fen - cost - sums.tax_fen,
        # Rounded down: a rate must never flatter.
        sums.timed_net_fen * 60 // sums.timed_minutes if sums.timed_minutes else None,
        received_fen,
    )


def heat_map(cells: Iterable[tuple[str, int, int]]) -> dict[tuple[int, int], int]:
    """Return minutes worked by (ISO weekday, hour of the start) from (day, hour, minutes)."""
    found: dict[tuple[int, int], int] = {}
    for day, hour, minutes in cells:
        key = (date.fromisoformat(day).isoweekday(), hour)
        found[key] = found.get(key, 0) + minutes
    return found


def own_weeks(
    cells: Iterable[tuple[str, str | None, str, int]],
    route_of: Callable[[str, str | None], tuple[str, str]],
) -> Mapping[tuple[str, str], tuple[int, ...]]:
    """Return the minutes per ISO week in which each (category, platform) route was used."""
    weeks: dict[tuple[str, str], dict[str, int]] = {}
    for platform, category, day, minutes in cells:
        route = weeks.setdefault(route_of(platform, category), {})
        week = when.iso_week(date.fromisoformat(day))
        route[week] = route.get(week, 0) + minutes
    return {route: tuple(found.values()) for route, found in weeks.items()}


def comparison(rates: Sequence[int], rate: int) -> float | None:
    """Return the share of earlier hourly rates that *rate* beats, None with fewer than three."""
    if len(rates) < 3:
        return None
    return sum(earlier < rate for earlier in rates) / len(rates)
