"""The costs people forget: what goes off an hour before it is theirs, and what has to come first.

The range of a rate is for a paid gig once somebody is at work. Going unpaid, waiting for the money,
getting ready and travelling come off it here; money and time that must be put in first stand beside
it, with the gigs after which they are back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianke import inventory, money, platforms, worth
from xianke.i18n import _, plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xianke.platforms import Platform
    from xianke.rates import Rate
    from xianke.slots import SlotRule

LONGEST_BLOCK_MINUTES = 180
"""Nobody counts on working longer than three hours at a stretch; see `week`."""

ROUNDING_ROOM = 1e-6
"""Fen by which a cost may exceed a whole one and still be it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that goes off an hour: fen per hour of the user's time, in words, with source."""

    code: str
    fen_per_hour: int
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Investment:
    """What has to be put in first; `fen`, `days` and `gigs` (until it is back) None where unknown.

    `gigs` is how many gigs bring it back at what one is expected to leave.
    """

    code: str
    fen: int | None
    days: int | None
    gigs: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Costs:
    """From the middle of the range to what an hour of the user's time should leave, item by item.

    `block_minutes` is the length of block that set-up and travel are spread over.
    """

    block_minutes: int
    items: tuple[Item, ...]
    expected_fen_per_hour: int | None
    investments: tuple[Investment, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What is left of an hour's pay after each of the costs, as factors between 0 and 1."""

    paid: float
    in_time: float
    at_work: float

    @property
    def whole(self) -> float:
        """Return what all of them leave."""
        return self.paid * self.in_time * self.at_work


def typical_block(usable: Sequence[SlotRule]) -> int:
    """Return the mean length in minutes of the usable blocks, long ones cut; 0 without any."""
    lengths = [
        min(span.end - span.start, LONGEST_BLOCK_MINUTES) for rule in usable for span in rule.spans
    ]
    return round(sum(lengths) / len(lengths)) if lengths else 0


def share_of(
    platform: Platform, rate: Rate, block_minutes: int, profile: Mapping[str, str]
) -> Share:
    """Return what going unpaid, waiting, getting ready and travelling leave of an hour's pay.

    Own gigs hold what getting ready takes already; only what is published alone is charged for it.
    """
    days = delay_days(platform)
    in_time = 1.0 if days is None else max(0.0, 1 - worth.DELAY_COST_PER_DAY * days)
    paid = 1.0 if rate.paid_share is None else rate.paid_share
    return Share(paid, in_time, _at_work(platform, rate, block_minutes, profile))


def delay_days(platform: Platform) -> int | None:
    """Return the days until money comes, by the catalogue's word; None where it has none."""
    return platforms.FAST_DAYS.get(platform.fact("settlement").value or "")


def _ready_minutes(platform: Platform, rate: Rate, profile: Mapping[str, str]) -> tuple[int, int]:
    """Return the minutes of set-up and of travel that a block begins with."""
    if rate.own_gigs:
        return 0, 0
    wanted = platform.conditions
    return wanted.setup_minutes, inventory.travel_minutes(wanted, profile) or 0


def _at_work(
    platform: Platform, rate: Rate, block_minutes: int, profile: Mapping[str, str]
) -> float:
    ready = sum(_ready_minutes(platform, rate, profile))
    return max(0.0, 1 - ready / block_minutes) if block_minutes else 1.0


def of(
    platform: Platform,
    rate: Rate,
    usable: Sequence[SlotRule],
    profile: Mapping[str, str],
    spent_fen: int = 0,
) -> Costs:
    """Return the costs of a route item by item; *spent_fen* is what was spent on it to start."""
    block = typical_block(usable)
    share = share_of(platform, rate, block, profile)
    mid = rate.mid_fen_per_hour
    if mid is None:
        return Costs(block, (), None, _investments(platform, rate, None, spent_fen))
    items, left = [], float(mid)
    for item, factor in _parts(platform, rate, share, profile):
        taken = left * (1 - factor)
        left -= taken
        if taken >= 1:
            code, text, source = item
            items.append(Item(code, -math.ceil(taken - ROUNDING_ROOM), text, source))
    expected = mid + sum(item.fen_per_hour for item in items)
    per_gig = expected * block // 60
    return Costs(block, tuple(items), expected, _investments(platform, rate, per_gig, spent_fen))


def _parts(
    platform: Platform, rate: Rate, share: Share, profile: Mapping[str, str]
) -> list[tuple[tuple[str, str, str], float]]:
    """Return each thing that goes off (code, text, source) and the factor that it leaves."""
    setup, travel = _ready_minutes(platform, rate, profile)
    # Of what getting there and getting ready take together, each bears its part.
    off = (1 - share.at_work) / (setup + travel) if setup + travel else 0.0
    own = _("你自己的记录")
    percent, days = round(100 * (1 - share.paid)), delay_days(platform)
    after_setup = 1 - off * setup
    return [
        (
            ("setup", _("准备 {minutes} 分钟，一段只一次").format(minutes=setup), _("目录的估计")),
            after_setup,
        ),
        (
            ("travel", _("来回路上 {minutes} 分钟").format(minutes=travel), _("你填的单程时间")),
            share.at_work / after_setup if after_setup else 0.0,
        ),
        (
            ("unpaid_gigs", _("做了没收到钱的有 {percent}%").format(percent=percent), own),
            share.paid,
        ),
        (
            (
                "delay",
                plural("钱晚 {days} 天到，一天算万分之五", days or 0).format(days=days),
                _("信用卡日利率上限（银发〔2016〕111 号）"),
            ),
            share.in_time,
        ),
    ]


def _investments(
    platform: Platform, rate: Rate, per_gig_fen: int | None, spent_fen: int
) -> tuple[Investment, ...]:
    """Return what has to be put in before the first gig, and what own records say of it."""
    found = []
    upfront = platform.fact("upfront")
    if upfront.value in ("required", "possible"):
        fen = upfront.amount_fen
        text = (
            _("先付 {yuan} 元，退不退、什么时候退先问清").format(yuan=money.plain_yuan(fen))
            if fen is not None
            else _("要先付钱，多少不知道")
        )
        found.append(Investment("upfront", fen, None, _gigs(fen, per_gig_fen), text))
    if spent_fen:
        text = _("你已经花了 {yuan} 元开办；回本没有看 xianke spend").format(
            yuan=money.plain_yuan(spent_fen)
        )
        found.append(Investment("spent", spent_fen, None, _gigs(spent_fen, per_gig_fen), text))
    days = platform.conditions.ramp_up_days
    if days and not rate.own_gigs:
        text = plural("上手约 {days} 天，这段时间多半挣得少", days).format(days=days)
        found.append(Investment("ramp_up", None, days, None, text))
    for certificate in platform.conditions.certificates:
        name = {"driving_licence": _("驾照"), "health_certificate": _("健康证")}[certificate]
        text = _("没有{name}的话先要办，时间和钱因地而异，目录里没有数").format(name=name)
        found.append(Investment(certificate, None, None, None, text))
    return tuple(found)


def _gigs(fen: int | None, per_gig_fen: int | None) -> int | None:
    if fen is None or not per_gig_fen or per_gig_fen <= 0:
        return None
    return -(-fen // per_gig_fen)
