"""One platform on the terminal: every fact with who says so and as of when."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from xianke import fact_words, inventory, money
from xianke.catalogue import FACTS
from xianke.i18n import _, plural
from xianke.reasons import asset_tag_name, own_record_text, skill_tag_name
from xianke.render import catalogue
from xianke.render.catalogue import found_text, is_hearsay, safety_text, warnings_text
from xianke.render.console import say, terminal_width
from xianke.render.tables import heading, next_step, note, pairs, sentence
from xianke.render.text import harmless, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.disputes import Way
    from xianke.owed import Debt
    from xianke.platforms import Catalogue, Conditions, Pay, Platform, Standing

Document = dict[str, Any]

CLIENT_FACTS = ("settlement", "upfront")
"""What matters of a private client: nobody else's rules stand between."""

OWN_KINDS = ("own", "client")


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown of one platform: itself, how it stands, what it owes, where to complain."""

    platform: Platform
    standing: Standing
    debt: Debt | None
    ways: Sequence[Way]


def document(page: Page) -> Document:
    """Return a page for programs."""
    debt = page.debt
    return {
        **catalogue.document(page.platform, page.standing),
        "owed": None
        if debt is None
        else {
            "gigs": debt.gigs,
            "outstanding_fen": debt.outstanding_fen,
            "deposit_fen": debt.deposit_fen,
        },
        "disputes": [asdict(way) for way in page.ways],
    }


def show(known: Catalogue, page: Page) -> None:
    """Print everything that is known of a platform, and name what is not."""
    platform = page.platform
    sentence(_("{name}（{id}）").format(name=platform.name, id=platform.id))
    pairs(_head(known, page))
    names = CLIENT_FACTS if platform.kind == "client" else FACTS
    heading(_("知道什么，谁说的"))
    pairs([(fact_words.fact_name(name), _fact_text(platform, name)) for name in names])
    remarks = [(fact_words.fact_name(name), platform.fact(name).note) for name in names]
    if any(text for _name, text in remarks):
        heading(_("补充"))
        pairs([(name, text) for name, text in remarks if text])
    if platform.kind not in OWN_KINDS:
        _show_pay(platform)
    category = known.categories.get(platform.category)
    if category is not None:
        heading(_("要什么"))
        pairs(_conditions(platform.conditions))
        heading(_("这一类（{name}）").format(name=category.name))
        pairs([(_("单多的时候"), category.peak), (_("风险"), _("；").join(category.risks))])
    if platform.kind not in OWN_KINDS:
        _show_texts(platform)
    _show_ways(page)
    if platform.kind not in OWN_KINDS:
        _show_sources(platform)
    say()
    if page.debt is not None:
        next_step(_("这里欠着你的：xianke owed"))
    next_step(_("查到了就记：xianke platforms edit {id} 哪一项 值").format(id=platform.id))


def _head(known: Catalogue, page: Page) -> list[tuple[str, str]]:
    """Return what a platform is, and what to beware of before anything else is read."""
    platform, standing = page.platform, page.standing
    kind = {
        "platform": _("平台"),
        "channel": _("渠道（不是一个平台，是一类找活的门路）"),
        "public_service": _("公共服务"),
        "own": _("自己添的平台"),
        "client": _("自己的客户"),
    }[platform.kind]
    category = known.categories.get(platform.category)
    rows = [
        (_("是什么"), kind),
        (_("类别"), category.name if category else _("没有分类")),
    ]
    if platform.kind in OWN_KINDS:
        rows.append((_("备注"), platform.note or ""))
    else:
        site = _("{website}（只是文字；自己核对是不是官方的再进）")
        rows += [
            (_("做什么"), platform.what),
            (_("别名"), _("、").join(platform.aliases)),
            (_("运营方"), platform.operator or _("不知道")),
            (_("网址"), site.format(website=platform.website) if platform.website else _("不知道")),
            (_("不收个人"), platform.not_for_workers or ""),
        ]
    if platform.kind != "client":
        text = safety_text(standing.safety)
        if standing.safety.letter is None:
            text = _("{text}（知道三件才给等级）").format(text=text)
        rows.append((_("安全"), text))
    if platform.record is not None:
        rows.append((_("你自己的记录"), own_record_text(platform.record)))
    if page.debt is not None:
        rows.append((_("欠着你的"), _debt_text(page.debt)))
    rows.append((_("留意"), warnings_text(platform, standing)))
    if standing.verify_first and platform.fact("status").value != "closed":
        rows.append((_("先核对"), _("它还在不在、入口是不是官方的，再花时间")))
    return [(name, text) for name, text in rows if text]


def _debt_text(debt: Debt) -> str:
    parts = []
    if debt.gigs:
        yuan = money.plain_yuan(debt.outstanding_fen)
        parts.append(plural("{count} 单共 {yuan} 元", debt.gigs).format(count=debt.gigs, yuan=yuan))
    if debt.deposit_fen:
        parts.append(_("押金 {yuan} 元").format(yuan=money.plain_yuan(debt.deposit_fen)))
    return _("、").join(parts)


def _show_ways(page: Page) -> None:
    """Print where to go when money does not come, with the rule behind each way."""
    heading(_("钱不来、被冤枉，按这个顺序找（不是法律意见）"))
    if page.platform.operator:
        note(_("写明对方：{name}").format(name=page.platform.operator))
    for way in page.ways:
        item(way.text)
        if way.limit is not None:
            note(_("期限：{limit}").format(limit=way.limit), indent=4)
        note(
            _("依据：{source}；{date}；可信程度：{level}").format(
                source=way.source, date=way.date, level=_level(way.confidence)
            ),
            indent=4,
        )


def _level(confidence: str) -> str:
    return {"low": _("低"), "medium": _("中"), "high": _("高")}[confidence]


def _fact_text(platform: Platform, name: str) -> str:
    fact = platform.fact(name)
    text = fact_words.value_text(name, fact.value)
    if fact.value is None:
        return text
    if fact.own:
        return found_text(name, fact)
    if fact.basis is not None:
        text = _("{value}（{basis}）").format(value=text, basis=fact_words.basis_text(fact.basis))
    elif name == "upfront" and fact.amount_fen is not None:
        text = _("{value}（{amount} 元）").format(
            value=text, amount=plain(fact.amount_fen / money.FEN_PER_YUAN)
        )
    parts = [text, _whose(fact.sources, platform), fact.date or _("日期不明")]
    return _("；").join(parts)


def _whose(sources: Sequence[int], platform: Platform) -> str:
    if not sources:
        return _("没记下是哪个来源") if len(platform.sources) > 1 else "[1]"
    return "".join(f"[{number + 1}]" for number in sources)


def _show_pay(platform: Platform) -> None:
    heading(_("报酬"))
    if not platform.pay:
        note(_("不知道"))
    for pay in platform.pay:
        parts = [figure(pay), _measure(pay), pay.by, pay.date or _("日期不明")]
        if pay.sources:
            parts.append(_whose(pay.sources, platform))
        if is_hearsay(pay):
            parts.append(_("传闻，不作数"))
        if pay.unpaid_included is not None:
            parts.append(_("等待算在内") if pay.unpaid_included else _("等待没算在内"))
        if pay.single_case:
            parts.append(_("只是一个人的例子"))
        if pay.derived:
            parts.append(_("推算"))
        item(_("；").join(parts))
        if pay.note:
            note(pay.note, indent=4)


def item(text: str) -> None:
    """Print one item of a list, its further lines under its beginning."""
    first, *rest = wrapped(harmless(text), terminal_width() - 4)
    say("  - " + first)
    for line in rest:
        say("    " + line)


def figure(pay: Pay) -> str:
    """Return what is said to be paid, per unit, with the ends that are known."""
    ends: list[float | None] = [end for end in (pay.low, pay.high) if end is not None]
    ends = ends or [pay.typical]
    amount = "–".join(dict.fromkeys(plain(end) for end in ends))
    text = unit_text(pay.unit).format(amount=amount)
    if pay.high is None and pay.low is not None:
        text = _("{text}起").format(text=text)
    elif pay.low is None and pay.high is not None:
        text = _("{text}以内").format(text=text)
    if pay.typical is not None and ends != [pay.typical]:
        text = _("{text}，常见 {typical}").format(text=text, typical=plain(pay.typical))
    if pay.minutes is not None:
        text = _("{text}（一次约 {minutes} 分钟）").format(text=text, minutes=pay.minutes)
    return text


def plain(amount: float | None) -> str:
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
    devices = devices.capitalize()
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
        (_("地区"), _("、").join(wanted.region_names)),
        (_("一次至少"), _minutes(wanted.min_block_minutes)),
        (_("准备和路上"), _minutes(wanted.setup_minutes)),
        (
            _("从开始到见钱"),
            plural("约 {days} 天", wanted.ramp_up_days).format(days=wanted.ramp_up_days)
            if wanted.ramp_up_days
            else "",
        ),
    ]
    return [(name, text) for name, text in rows if text]


def _minutes(minutes: int) -> str:
    return _("{minutes} 分钟").format(minutes=minutes) if minutes else ""


def _show_texts(platform: Platform) -> None:
    if platform.complaints:
        heading(_("有人抱怨"))
        for complaint in platform.complaints:
            item(complaint)
    if platform.note:
        heading(_("另外要知道的"))
        note(platform.note)


def _show_sources(platform: Platform) -> None:
    level = _level(platform.confidence or "low")
    heading(_("来源（整体可信程度：{level}）").format(level=level))
    for number, source in enumerate(platform.sources, 1):
        day = source.get("date") or _("日期不明")
        note(_("；").join([f"[{number}] {source['title']}", day]))
        if "url" in source:
            # Never cut: an address in pieces cannot be followed.
            say("      " + harmless(source["url"]))
