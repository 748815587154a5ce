"""The words behind advice: reasons for a pick, reasons against a route, the first step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianke import money, platforms, profiles, regions, vocabulary
from xianke.i18n import _, language, plural
from xianke.ownrecord import LEAST_DELAYS, OWN_FLAGS
from xianke.platforms import FAST_DAYS, SELF
from xianke.questions import open_questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.ownrecord import OwnRecord
    from xianke.platforms import Catalogue, Category, Platform
    from xianke.questions import OpenQuestion
    from xianke.rates import Rate
    from xianke.scoring import Candidate

WIDE_RATIO = 4
"""A range whose top is more than four times its bottom says little about the next hour."""

MOST_REGIONS = 6
"""So many provinces or cities are named; a longer list would not be read."""

FAST_DAYS_LIMIT = 3
SLOW_DAYS_LIMIT = 14

_QUESTIONS_APART = {"zh": "", "en": " "}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its code for programs, its text for people."""

    code: str
    text: str


def reasons_for(candidate: Candidate, catalogue: Catalogue) -> tuple[Reason, ...]:
    """Return why a route is suggested and what is uncertain about it, strongest first."""
    found = _pay_reasons(candidate)
    if candidate.platform.income == "time":
        hours = candidate.usable_minutes_per_week / 60
        found.append(Reason("fits_slots", _("每周有 {hours:.1f} 小时合适").format(hours=hours)))
    if candidate.platform.conditions.skills_any or candidate.platform.conditions.skills_all:
        found.append(Reason("skill_match", _("用得上你会的")))
    if candidate.platform.conditions.assets_any or candidate.platform.conditions.assets_all:
        found.append(Reason("asset_match", _("用得上你有的")))
    if candidate.platform.public_entrance:
        found.append(Reason("public_entrance", _public_text(candidate.platform)))
    found.extend(_safety_reasons(candidate))
    if catalogue.categories[candidate.platform.category].growth >= 0.7:
        found.append(Reason("growth", _("做熟了能涨价、能攒口碑")))
    found.extend(Reason("needs_check", check_text(check)) for check in candidate.checks)
    return tuple(found)


def _public_text(platform: Platform) -> str:
    """Return why a public entrance stands before the boards that firms run."""
    if platform.kind == "public_service":
        return _("政府办的入口，求职从不收费：谁在这里要钱，就不是它")
    return _("公共入口，求职不收费，排在招工平台前面")


def _pay_reasons(candidate: Candidate) -> list[Reason]:
    rate = candidate.rate
    found = []
    if candidate.platform.income != "time":
        if candidate.income is None:
            return [Reason("unknown_pay", _("没有可信的报价"))]
        return [
            Reason(
                "catalogue_rate",
                _("{source}（{date}）").format(
                    source=candidate.income.source, date=candidate.income.date or _("日期不明")
                ),
            )
        ]
    if rate.own_gigs:
        text = plural("按你自己 {count} 单的记录", rate.own_gigs).format(count=rate.own_gigs)
        if rate.own_net_fen_per_hour is not None:
            text = _("{text}，实际每小时 {rate} 元").format(
                text=text, rate=money.plain_yuan(rate.own_net_fen_per_hour)
            )
        found.append(Reason("own_rate", text))
        if rate.losses:
            lost = _("其中 {count} 单是亏的").format(count=rate.losses)
            found.append(Reason("own_rate", lost))
        if rate.paid_share is not None and rate.paid_share < 1:
            unpaid = round((rate.own_gigs - rate.waiting) * (1 - rate.paid_share))
            found.append(Reason("own_rate", _("其中 {count} 单没收到钱").format(count=unpaid)))
    if rate.basis in ("catalogue", "both"):
        found.append(
            Reason(
                "catalogue_rate",
                _("行情证据截至 {date}").format(date=rate.stated_as_of)
                if rate.stated_as_of
                else _("行情证据没有日期"),
            )
        )
    if rate.discounted:
        found.append(Reason("advertised_discounted", _("已按等待与成本打折")))
    if rate.mid_fen_per_hour is None:
        found.append(Reason("unknown_pay", _("没有可信的报价")))
    elif (
        rate.low_fen_per_hour is not None
        and rate.high_fen_per_hour is not None
        and rate.high_fen_per_hour > WIDE_RATIO * rate.low_fen_per_hour
    ):
        found.append(Reason("wide_range", _("范围很宽，先当作不确定")))
    return found


def _safety_reasons(candidate: Candidate) -> list[Reason]:
    platform = candidate.platform
    found = []
    if platform.record is not None and (told := own_record_text(platform.record)):
        found.append(Reason("own_record", _("你自己的记录：{record}").format(record=told)))
    if candidate.safety.letter in ("A", "B") and candidate.safety.worst not in OWN_FLAGS:
        found.append(Reason("safe", _("安全项多数已知且好")))
    if platform.kind != SELF and candidate.verify_first:
        stale = platforms.is_verified(platform)
        text = _("最近的消息也在两年以前") if stale else _("现状没有第二个来源证实")
        found.append(Reason("unproven", text))
    for component in candidate.components:
        if not component.known and component.name in ("safety", "cash") and component.weight:
            text = {
                "safety": _("安全项都不知道，按偏低的算"),
                "cash": _("不知道几天到账，按偏慢的算"),
            }[component.name]
            found.append(Reason("unproven", text))
    days = FAST_DAYS.get(platform.fact("settlement").value or "")
    if days is not None and days <= FAST_DAYS_LIMIT:
        found.append(Reason("fast_cash", _("钱来得快")))
    elif days is not None and days >= SLOW_DAYS_LIMIT:
        found.append(Reason("slow_cash", _("钱来得慢")))
    return found


def own_record_text(record: OwnRecord) -> str:
    """Return how a platform has treated the user, in figures; empty where nothing tells."""
    parts = []
    if record.late:
        parts.append(
            plural("{judged} 单里 {late} 单晚到，最晚 {days} 天", record.latest_days or 0).format(
                judged=record.judged, late=record.late, days=record.latest_days
            )
        )
    elif record.judged >= LEAST_DELAYS and not record.unpaid:
        parts.append(
            plural("{count} 单都到了账，没记过晚到", record.judged).format(count=record.judged)
        )
    if record.unpaid:
        text = plural("{count} 单的钱没来", record.unpaid).format(count=record.unpaid)
        parts.append(text)
    if record.rejected:
        parts.append(
            _("{settled} 单里 {count} 单被拒").format(settled=record.gigs, count=record.rejected)
        )
    if record.written_off_fen:
        parts.append(_("勾销 {yuan} 元").format(yuan=money.plain_yuan(record.written_off_fen)))
    if record.deposit_kept_fen:
        yuan = money.plain_yuan(record.deposit_kept_fen)
        parts.append(_("押金 {yuan} 元没退").format(yuan=yuan))
    if record.deposit_out_fen:
        yuan = money.plain_yuan(record.deposit_out_fen)
        parts.append(_("押金 {yuan} 元还押着").format(yuan=yuan))
    if record.arrivals >= LEAST_DELAYS and record.usual_days is not None:
        text = plural("多数 {days} 天内到账", record.usual_days).format(days=record.usual_days)
        parts.append(text)
    return _("；").join(parts)


def try_reason(candidate: Candidate) -> Reason:
    """Return that a route is worth one try."""
    text = _("值得试一单：{name}，证据少，但可能更好").format(name=candidate.platform.name)
    return Reason("worth_a_try", text)


def check_text(check: str) -> str:
    """Return what a person should make sure of before they begin."""
    texts = {
        "age": _("有年龄要求：xianke inventory set birth_year 1995"),
        "birthday": _("今年才到年龄，哪天生日：xianke inventory set birthday 5月1日"),
        "driving_licence": _("要驾照：xianke inventory set licence yes"),
        "health_certificate": _("要健康证：xianke inventory set health_certificate yes"),
        "real_name": _("要实名认证：xianke inventory set real_name yes"),
        "city": _("只在部分地方有：xianke inventory set city 你的城市"),
        "region": _("只在部分地方有，认不出你的城市：连省名写 xianke inventory set city 浙江杭州"),
        "employer": _(
            "单位不许兼职，先看清合同；谈妥了 xianke inventory set employer_forbids_side_jobs no"
        ),
        "pc": _("要用电脑：xianke inventory set pc yes"),
    }
    if not check.startswith("asset:"):
        return texts[check]
    tag = check.removeprefix("asset:")
    if tag in profiles.THINGS:
        return _("最好有{name}：xianke inventory set {tag} yes").format(
            name=asset_tag_name(tag), tag=tag
        )
    return _("最好有：{name}").format(name=asset_tag_name(tag))


def check_name(check: str) -> str:
    """Return what a person should make sure of in a few words, where the question is asked."""
    if check.startswith("asset:"):
        return _("最好有{name}").format(name=asset_tag_name(check.removeprefix("asset:")))
    return {
        "age": _("有年龄要求"),
        "birthday": _("今年才到年龄"),
        "driving_licence": _("要驾照"),
        "health_certificate": _("要健康证"),
        "real_name": _("要实名认证"),
        "city": _("只在部分地方有"),
        "region": _("只在部分地方有，认不出你的城市"),
        "employer": _("单位不许兼职"),
        "pc": _("要用电脑"),
    }[check]


def asset_tag_name(tag: str) -> str:
    """Return how an asset tag is called in the vocabulary."""
    if tag == "rental_goods":
        # No one thing is called so: a camera, a car and a tent are all for hire.
        return _("能出租的东西")
    return vocabulary.display_name("asset", tag, tag)


FLAG_ORDER = (
    "upfront_required", "own_unpaid", "closed", "own_late", "restricted", "upfront_possible",
    "off_platform_pay", "own_rejections", "region_mismatch", "stale", "status_unknown",
    "single_source",
)  # fmt: skip


def flag_text(flag: str) -> str:
    """Return a warning flag in a few words."""
    return {
        "upfront_required": _("需先付钱"),
        "upfront_possible": _("可能要先付钱"),
        "closed": _("已停"),
        "restricted": _("在收缩"),
        "stale": _("消息过时"),
        "single_source": _("只有一个来源"),
        "status_unknown": _("现状不明"),
        "off_platform_pay": _("平台不担保"),
        "region_mismatch": _("不在你的地区"),
        "own_unpaid": _("欠过你的钱没给"),
        "own_late": _("给你的钱常晚到"),
        "own_rejections": _("你的活常被拒"),
    }[flag]


def rejection_text(thing: Platform | Category, code: str, failed: Sequence[str]) -> str:
    """Return why a platform or category does not come into question, with the way to change it."""
    if code == "closed":
        reason = getattr(thing, "not_for_workers", None)
        return str(reason) if reason else _("已经停了，不再推荐")
    if code == "no_asset":
        names = _(" 或 ").join(dict.fromkeys(asset_tag_name(tag) for tag in failed))
        if not names:
            return _("缺要用到的东西")
        return _("缺：{names}").format(names=names)
    if code == "no_skill":
        names = _("、").join(dict.fromkeys(skill_tag_name(tag) for tag in failed[:4]))
        if not names:
            return _("缺要用到的技能")
        return _("技能里没有：{names}").format(names=names)
    if code == "region":
        return _only_in(failed) if failed else _("不在你的地区")
    if code == "profile":
        return (
            {
                "age": _("年龄不到"),
                "driving_licence": _("没有驾照"),
                "health_certificate": _("没有健康证"),
                "real_name": _("要实名认证，你记过不愿意"),
            }[failed[0]]
            if failed
            else _("条件不符")
        )
    return {
        "block_too_short": _("合适的时段都太短"),
        "no_device": _("合适的时段里没有要用的设备"),
        "no_place": _("时段的地点做不了"),
        "no_slot": _("没有登记每周都有的空闲时段"),
    }[code]


def _only_in(areas: Sequence[str]) -> str:
    wide = regions.widest(areas)
    names = _("、").join(regions.area_name(area) for area in wide[:MOST_REGIONS])
    if len(wide) > MOST_REGIONS:
        return _("只在：{names} 等地，你记的城市不在其中").format(names=names)
    return _("只在：{names}，你记的城市不在其中").format(names=names)


def skill_tag_name(tag: str) -> str:
    """Return how a catalogue tag is called: by the skill that serves it best."""
    return vocabulary.skill_tag_name(tag)


def first_step(candidate: Candidate) -> str:
    """Return the one thing to do next: first what is not known about safety, then one gig."""
    return first_step_on(
        candidate.platform, candidate.rate, candidate.flags, verify_first=candidate.verify_first
    )


def asked_first(candidate: Candidate) -> tuple[OpenQuestion, ...]:
    """Return the questions that the first step of a candidate asks, at most two.

    Where own gigs were paid the user knows better; where money is wanted first, or never came,
    there is but one thing to say.
    """
    if _is_owed_for(candidate.platform) or _goes_on(candidate.rate):
        return ()
    if "upfront_required" in candidate.flags:
        return ()
    return open_questions(candidate.platform)


def _is_owed_for(platform: Platform) -> bool:
    """Return whether money never came, and too few gigs were paid since to make it good."""
    record = platform.record
    return record is not None and record.unpaid > 0 and record.best_letter != "A"


def _goes_on(rate: Rate) -> bool:
    return bool(rate.own_gigs) and rate.paid_share != 0


def first_step_on(
    platform: Platform, rate: Rate, flags: Sequence[str], *, verify_first: bool
) -> str:
    """Return the one thing to do next on a route; *flags* are those of `platforms.flags`."""
    if _is_owed_for(platform):
        return _("先把没给你的钱要回来，再想接不接；找谁：xianke platforms show {id}").format(
            id=platform.id
        )
    if _goes_on(rate):
        return _("接着做，每单记下分钟：xianke log {name} 金额 --minutes 分钟").format(
            name=platform.id if platform.kind != SELF else _("客户名")
        )
    if platform.income != "time" and platform.kind == SELF:
        return _("先问一个认识的人要不要；价钱和归还当面说清")
    if platform.kind == SELF:
        return _(
            "先问一个熟人要不要帮忙；价钱、时间、怎么付，动手前说定；"
            "做完记下：xianke log 自己接 金额 --minutes 分钟 --category {category}"
        ).format(category=platform.category)
    questions = [one.text for one in open_questions(platform)]
    where = _("官方 App 或小程序里") if platform.kind == "platform" else _("对方那里")
    if "upfront_required" in flags:
        return _("要先付钱：弄清退还条件，写进合同再付；不清楚就别付")
    asked = _QUESTIONS_APART[language()].join(questions)
    if questions and verify_first:
        return _("先核对它还在不在、入口是不是官方的，在{where}问清：{questions}再试").format(
            where=where, questions=asked
        )
    if questions:
        return _("先在{where}问清：{questions}再试").format(where=where, questions=asked)
    if verify_first:
        return _("先核对它还在不在、入口是不是官方的，再试")
    if platform.income != "time":
        return _("先挂一件试，成了就记下：xianke log {name} 金额").format(name=platform.id)
    return _("先接一单试，记下分钟：xianke log {name} 金额 --minutes 分钟").format(name=platform.id)
