"""One platform on the terminal: every fact with who says so and as of when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke import fact_words, inventory, money
from xianke.catalogue import FACTS
from xianke.i18n import _
from xianke.reasons import asset_tag_name, skill_tag_name
from xianke.render.catalogue import flags_text, is_hearsay, safety_text
from xianke.render.console import say
from xianke.render.tables import heading, next_step, note, pairs
from xianke.render.text import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.platforms import Catalogue, Conditions, Pay, Platform, Standing


def show(known: Catalogue, platform: Platform, standing: Standing) -> None:
    """Print everything that is known of a platform, and name what is not."""
    say(harmless(f"{platform.name}（{platform.id}）"))
    note(" · ".join(_what(known, platform)))
    if platform.not_for_workers:
        note(_("不收个人：{reason}").format(reason=platform.not_for_workers))
    if standing.flags:
        note(_("留意：{flags}").format(flags=flags_text(standing.flags)))
    if standing.verify_first:
        note(_("先核对它还在不在、入口是不是官方的，再花时间。"))
    heading(_("知道什么，谁说的"))
    pairs([(fact_words.fact_name(name), _fact_text(platform, name)) for name in FACTS])
    note(_("安全：{safety}").format(safety=safety_text(standing.safety)))
    remarks = [
        (fact_words.fact_name(name), platform.fact(name).note or "")
        for name in FACTS
        if platform.fact(name).note
    ]
    if remarks:
        heading(_("补充（中文原文）"))
        pairs(remarks)
    _show_pay(platform)
    heading(_("要什么"))
    pairs(_conditions(platform.conditions))
    _show_category(known, platform)
    if platform.complaints:
        heading(_("有人抱怨（中文原文）"))
        for complaint in platform.complaints:
            note("- " + complaint)
    if platform.note and platform.note != platform.what:
        heading(_("说明（中文原文）"))
        note(platform.note)
    _show_sources(platform)
    say()
    next_step(_("查到了就记：xianke platforms edit {id} 哪一项 值").format(id=platform.id))


def _what(known: Catalogue, platform: Platform) -> list[str]:
    kind = {
        "platform": _("平台"),
        "channel": _("渠道（不是一个平台，是一类找活的门路）"),
        "public_service": _("公共服务"),
        "own": _("自己添的平台"),
        "client": _("自己的客户"),
    }[platform.kind]
    category = known.categories.get(platform.category)
    return [category.name if category else _("没有分类"), kind, platform.what]


def _fact_text(platform: Platform, name: str) -> str:
    fact = platform.fact(name)
    text = fact_words.value_text(name, fact.value)
    if fact.value is None:
        return text
    if fact.basis is not None:
        text = _("{value}（{basis}）").format(value=text, basis=fact_words.basis_text(fact.basis))
    elif name == "upfront" and fact.amount_fen is not None:
        text = _("{value}（{amount} 元起）").format(
            value=text, amount=_plain(fact.amount_fen / money.FEN_PER_YUAN)
        )
    parts = [text, _whose(fact.own, fact.sources, platform), fact.date or _("日期不明")]
    return " · ".join(parts)


def _whose(own: bool, sources: Sequence[int], platform: Platform) -> str:
    if own:
        return _("你自己查到的")
    if not sources:
        return _("没记下是哪个来源") if len(platform.sources) > 1 else "[1]"
    return "".join(f"[{number + 1}]" for number in sources)


def _show_pay(platform: Platform) -> None:
    heading(_("报酬"))
    if not platform.pay:
        note(_("不知道"))
    for pay in platform.pay:
        parts = [_figure(pay), _measure(pay), pay.by, pay.date or _("日期不明")]
        if pay.sources:
            parts.append(_whose(False, pay.sources, platform))
        if is_hearsay(pay):
            parts.append(_("传闻，不作数"))
        if pay.single_case:
            parts.append(_("只是一个人的例子"))
        if pay.derived:
            parts.append(_("推算"))
        note("- " + " · ".join(parts))
        if pay.note:
            note(pay.note, indent=4)


def _figure(pay: Pay) -> str:
    """Return what is said to be paid, per unit, with the ends that are known."""
    if pay.low is not None and pay.high is not None:
        amount = _plain(pay.low) if pay.low == pay.high else f"{_plain(pay.low)}–{_plain(pay.high)}"
    elif pay.low is not None:
        amount = _("不低于 {amount}").format(amount=_plain(pay.low))
    elif pay.high is not None:
        amount = _("最多 {amount}").format(amount=_plain(pay.high))
    else:
        amount = _plain(pay.typical)
    text = unit_text(pay.unit).format(amount=amount)
    if pay.typical is not None and (pay.low is not None or pay.high is not None):
        text = _("{text}，常见 {typical}").format(text=text, typical=_plain(pay.typical))
    if pay.minutes is not None:
        text = _("{text}（一次约 {minutes} 分钟）").format(text=text, minutes=pay.minutes)
    return text


def _plain(amount: float | None) -> str:
    """Return an amount as it was stated: no sign, no zeros nobody wrote."""
    return f"{amount or 0:.2f}".rstrip("0").rstrip(".")


def _measure(pay: Pay) -> str:
    return {
        "advertised": _("广告价"),
        "gross": _("实收，没扣自己的成本"),
        "net": _("净得"),
        "customer_price": _("这是顾客付的价，不是到手"),
    }[pay.measure]


def unit_text(unit: str) -> str:
    """Return the pattern of an amount per unit of work."""
    return {
        "yuan_per_hour": _("每小时 {amount} 元"),
        "yuan_per_day": _("每天 {amount} 元"),
        "yuan_per_half_day": _("每半天 {amount} 元"),
        "yuan_per_session": _("每场 {amount} 元"),
        "yuan_per_month": _("每月 {amount} 元"),
        "yuan_per_order": _("每单 {amount} 元"),
        "yuan_per_task": _("每个任务 {amount} 元"),
        "yuan_per_item": _("每件 {amount} 元"),
        "yuan_per_project": _("每个项目 {amount} 元"),
        "yuan_per_post": _("每篇 {amount} 元"),
        "yuan_per_image": _("每张 {amount} 元"),
        "yuan_per_trip": _("每趟 {amount} 元"),
        "yuan_per_visit": _("每次上门 {amount} 元"),
        "yuan_per_1000_chars": _("每千字 {amount} 元"),
        "yuan_per_10k_views": _("每万次播放 {amount} 元"),
        "yuan_per_audio_hour": _("每小时录音 {amount} 元"),
        "yuan_monthly_bonus": _("每月奖金 {amount} 元"),
        "usd_per_hour": _("每小时 {amount} 美元"),
        "revenue_share_percent": _("收入的 {amount}%"),
    }[unit]


def _conditions(wanted: Conditions) -> list[tuple[str, str]]:
    """Return what a route asks for, in words; what is asked of nobody is left out."""

    def tags(names: Sequence[str], of: str) -> str:
        name = skill_tag_name if of == "skill" else asset_tag_name
        return _("、").join(dict.fromkeys(name(tag) for tag in names))

    names = inventory.device_names()
    devices = _(" 或 ").join(name for key, name in names.items() if key in wanted.devices_any)
    places = {"online": _("线上"), "neighbourhood": _("家附近"), "onsite": _("到场")}
    certificates = {"driving_licence": _("驾照"), "health_certificate": _("健康证")}
    rows = [
        (_("技能（会一样就行）"), tags(wanted.skills_any, "skill")),
        (_("技能（都要会）"), tags(wanted.skills_all, "skill")),
        (_("会了更好"), tags(wanted.skills_helpful, "skill")),
        (_("东西（有一样就行）"), tags(wanted.assets_any, "asset")),
        (_("东西（都要有）"), tags(wanted.assets_all, "asset")),
        (_("有了更好"), tags(wanted.assets_helpful, "asset")),
        (_("设备"), devices),
        (_("地点"), places[wanted.place]),
        (_("证件"), _("、").join(certificates[name] for name in wanted.certificates)),
        (_("年龄"), _("满 {age} 岁").format(age=wanted.min_age) if wanted.min_age else ""),
        (_("地区"), _("、").join(wanted.regions)),
        (_("一次至少"), _minutes(wanted.min_block_minutes)),
        (_("准备和路上"), _minutes(wanted.setup_minutes)),
        (
            _("从开始到见钱"),
            _("约 {days} 天").format(days=wanted.ramp_up_days) if wanted.ramp_up_days else "",
        ),
    ]
    return [(name, text) for name, text in rows if text]


def _minutes(minutes: int) -> str:
    return _("{minutes} 分钟").format(minutes=minutes) if minutes else ""


def _show_category(known: Catalogue, platform: Platform) -> None:
    category = known.categories.get(platform.category)
    if category is None:
        return
    heading(_("这一类（{name}，中文原文）").format(name=category.name))
    pairs([(_("单多的时候"), category.peak), (_("风险"), _("；").join(category.risks))])


def _show_sources(platform: Platform) -> None:
    rows = [
        (_("运营方"), platform.operator or _("不知道")),
        (
            _("网址"),
            _("{website}（只是文字；自己核对是不是官方的再进）").format(website=platform.website)
            if platform.website
            else _("不知道"),
        ),
    ]
    if platform.kind in ("own", "client"):
        return
    heading(_("来源"))
    pairs(rows)
    if platform.confidence:
        words = {"low": _("低"), "medium": _("中"), "high": _("高")}
        note(_("可信程度：{level}").format(level=words[platform.confidence]))
    for number, source in enumerate(platform.sources, 1):
        day = source.get("date") or _("日期不明")
        note(f"[{number}] {source['title']} · {day}")
        if "url" in source:
            # Never cut: an address in pieces cannot be followed.
            say("      " + harmless(source["url"]))
